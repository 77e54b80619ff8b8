/* SPDX-License-Identifier: MIT */
/*
 * pledge_own_web.c - at /account: the pledges of organisations that one leads, coordinates or
 * speaks for, and those that one is asked to sign.
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/pledge/pledge.sql.h"
#include "programme/pledge/pledge_page.html.h"
#include "programme/pledge/pledge_routes.h"
#include "programme/pledge/pledge_show_web.h"

enum { OWN_MAX = 50 };

/* Where this reader may see it: at the desk, or with everybody. */
static enum status href_of(struct ctx *ctx, const struct pledge_of_person_row *row,
                           const char **out)
{
    struct access_granted granted;
    enum status status = access_check_for(ctx, MAY_SEE_PLEDGES, row->organisation_code, &granted);
    if (status != OK && status != ERR_FORBIDDEN && status != ERR_NOT_FOUND)
        return status;
    ctx->fault = NULL;
    *out = status == OK          ? mem_format(ctx->mem, "/desk/pledges/%s", row->reference)
           : row->is_public != 0 ? mem_format(ctx->mem, "/pledges/%s", row->reference)
                                 : NULL;
    return OK;
}

/* Whether a side of it is theirs to hand over. */
static enum status may_hand_over(struct ctx *ctx, const struct pledge_of_person_row *row, bool *out)
{
    struct pledge_sides sides;
    *out = false;
    if (!pledge_state_is_live(pledge_state_of(row->state)))
        return OK;
    enum status status = pledge_sides(ctx, row->reference, false, &sides);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    ctx->fault = NULL;
    *out = status == OK && sides.can_be_handed_over;
    return OK;
}

static enum status show(struct web_request *request, struct view *out)
{
    struct ctx *ctx = request->ctx;
    struct access_person person;
    struct pledge_of_person_row *rows;
    struct pledge_own page;
    TRY(access_person_get(ctx, ctx->person, &person));
    TRY(pledge_of_person(ctx, person.id.n, text_email_key(ctx->mem, person.email),
                         time_day_of(ctx->mem, ctx->now_secs), OWN_MAX, &rows, &page.count));
    page.lines = mem_array(ctx->mem, struct pledge_own_line, page.count);
    for (size_t i = 0; i < page.count; i++) {
        page.lines[i] =
            (struct pledge_own_line){.reference = rows[i].reference,
                                     .name = rows[i].name,
                                     .stage = pledge_stage_of(pledge_state_of(rows[i].state))};
        TRY(href_of(ctx, &rows[i], &page.lines[i].href));
        TRY(may_hand_over(ctx, &rows[i], &page.lines[i].may_hand_over));
    }
    if (page.count > 0)
        pledge_own_section(out, &page);
    return OK;
}

const struct account_section pledge_own_sections[] = {{"Your pledges", show}, {0}};
