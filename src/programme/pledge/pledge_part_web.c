/* SPDX-License-Identifier: MIT */
/*
 * pledge_part_web.c - on the pages of a pledge: the histories of others that belong to it, and at
 * the desk who signs today, what is disputed and what staff have to choose.
 */
#include "platform/base/time.h"
#include "programme/access/access.h"
#include "programme/pledge/pledge_party_page.html.h"
#include "programme/pledge/pledge_party_web.h"
#include "programme/pledge/pledge_routes.h"
#include "programme/pledge/pledge_show_web.h"

#include <string.h>

/* ---- histories ---- */

/* Adds one; nothing when this reader does not see it. */
static enum status add_history(struct ctx *ctx, const char *reference, bool is_desk, bool is_whole,
                               struct pledge_histories *page)
{
    struct pledge *other = mem_new(ctx->mem, struct pledge);
    enum status status =
        pledge_find(ctx, reference, is_desk ? PLEDGE_FOR_STAFF : PLEDGE_FOR_PUBLIC, other);
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    struct pledge_other_history *out = &page->items[page->count++];
    pledge_show_fill(ctx, other, &out->show);
    out->href = mem_format(ctx->mem, "%s/pledges/%s", is_desk ? "/desk" : "", other->reference);
    out->is_whole = is_whole;
    return OK;
}

static enum status write_histories(struct ctx *ctx, const struct pledge *pledge, bool is_desk,
                                   struct view *out)
{
    struct pledge whole;
    const char **parts;
    size_t count;
    TRY(pledge_parts_of(ctx, pledge->reference, &parts, &count));
    struct pledge_histories page = {mem_array(ctx->mem, struct pledge_other_history, count + 1), 0};
    enum status status = pledge_whole_of(ctx, pledge, &whole);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    if (status == OK)
        TRY(add_history(ctx, whole.reference, is_desk, true, &page));
    for (size_t i = 0; i < count; i++)
        TRY(add_history(ctx, parts[i], is_desk, false, &page));
    pledge_histories_show(out, &page);
    return OK;
}

static enum status write_public(struct web_request *request, const struct pledge *pledge,
                                struct view *out)
{
    return write_histories(request->ctx, pledge, false, out);
}

const struct pledge_section pledge_histories_section = {PLEDGE_AT_HISTORY, write_public};

/* ---- at the desk ---- */

static enum status fill_disputes(struct ctx *ctx, const struct pledge *pledge,
                                 struct pledge_desk_hands *page)
{
    struct pledge_dispute *disputes;
    TRY(pledge_disputes(ctx, pledge, &disputes, &page->dispute_count));
    page->disputes = mem_array(ctx->mem, struct pledge_dispute_line, page->dispute_count);
    for (size_t i = 0; i < page->dispute_count; i++) {
        const struct pledge_dispute *one = &disputes[i];
        page->disputes[i] = (struct pledge_dispute_line){
            .reference = one->reference,
            .state = pledge_dispute_text(pledge_dispute_states, one->state),
            .raised_on = time_show(ctx->mem, one->raised_at),
            .due_on = time_show_day(ctx->mem, one->due_on),
            .href =
                page->may_work ? mem_format(ctx->mem, "/desk/disputes/%s", one->reference) : NULL,
            .is_open = strcmp(one->state, "open") == 0};
    }
    return OK;
}

/* What staff have to choose, when successions do not say it. */
static enum status fill_choices(struct ctx *ctx, const struct pledge *pledge,
                                struct pledge_desk_hands *page)
{
    struct pledge_heir *heirs;
    struct pledge_undone undone;
    size_t count;
    TRY(pledge_heirs_of(ctx, pledge, &heirs, &count));
    TRY(pledge_undone_of(ctx, pledge, &undone, &page->is_undone));
    page->is_split = count > 1;
    page->heir_href = mem_format(ctx->mem, "/desk/pledges/%s/heir", pledge->reference);
    page->settle_href = mem_format(ctx->mem, "/desk/pledges/%s/settle", pledge->reference);
    if (page->is_undone)
        page->undone_text =
            mem_format(ctx->mem,
                       "This pledge went from %s to %s on %s by an import that was undone since. "
                       "Nothing moves back by itself.",
                       undone.from_name, undone.to_name, time_show_day(ctx->mem, undone.on));
    return OK;
}

static enum status write_desk(struct web_request *request, const struct pledge *pledge,
                              struct view *out)
{
    struct ctx *ctx = request->ctx;
    struct access_granted granted;
    struct pledge_sides sides;
    struct pledge_desk_hands page = {.reference = pledge->reference};
    enum status status = access_check(ctx, MAY_WORK_PLEDGES, &granted);
    if (status != OK && status != ERR_FORBIDDEN)
        return status;
    ctx->fault = NULL;
    page.may_work = status == OK;
    page.can_be_merged = page.may_work && !pledge_state_is_over(pledge->state);
    TRY(pledge_sides(ctx, pledge->reference, true, &sides));
    pledge_sides_fill(ctx, &sides,
                      page.may_work ? mem_format(ctx->mem, "/desk/pledges/%s", pledge->reference)
                                    : NULL,
                      &page.sides);
    TRY(fill_disputes(ctx, pledge, &page));
    TRY(fill_choices(ctx, pledge, &page));
    pledge_desk_hands_show(out, &page);
    return write_histories(ctx, pledge, true, out);
}

const struct pledge_section pledge_hands_section = {PLEDGE_AT_DESK, write_desk};
