/* SPDX-License-Identifier: MIT */
/* register_section_web.c - what the register shows on the pages of others, and its jobs. */
#include "platform/base/time.h"
#include "programme/pledge/pledge.h"
#include "programme/register/register.sql.h"
#include "programme/register/register_page.html.h"
#include "programme/register/register_routes.h"

#include <string.h>

enum { PLEDGES_MAX = 100 };

/* ---- the pledges of an organisation ---- */

static const char *tag_class(enum pledge_state state)
{
    return pledge_state_stands(state) ? "nhsuk-tag--green"
           : state == PLEDGE_LAPSED   ? "nhsuk-tag--red"
                                      : "nhsuk-tag--grey";
}

static const char *role_text(const struct register_of_organisation_row *row)
{
    if (row->is_signer && row->is_holder)
        return "";
    return row->is_signer ? "This organisation signed it. Another one holds it now."
                          : "Another organisation signed it. This one took it over.";
}

/* "Signed on 3 April 2025, in force until 9 June 2026" */
static const char *when_text(struct mem *mem, const struct register_of_organisation_row *row)
{
    const char *from =
        row->signed_on != NULL ? time_show_day(mem, row->signed_on) : "a day that is not known";
    const char *last = time_show_day(mem, time_day_of(mem, row->state_at));
    if (pledge_state_stands(pledge_state_of(row->state)))
        return mem_format(mem, "Signed on %s, in force since %s", from,
                          time_show_day(mem, time_day_of(mem, *row->published_at)));
    return mem_format(mem, "Signed on %s, ended on %s", from, last);
}

/* What happened in between: "Review signed on ...", "Taken over on ..." */
static const char *moments_text(struct mem *mem, const struct register_history *history)
{
    const char *text = "";
    for (size_t i = 0; i < history->step_count; i++) {
        const struct register_step *step = &history->steps[i];
        bool is_renewed = step->after == PLEDGE_RENEWED && step->before != PLEDGE_RENEWED;
        if (is_renewed || step->kind == PLEDGE_CARRIED_OVER)
            text = mem_format(mem, "%s%s%s on %s.", text, text[0] != '\0' ? " " : "",
                              is_renewed ? "Review signed" : "Taken over",
                              time_show_day(mem, time_day_of(mem, step->at)));
    }
    return text;
}

static enum status write_over_time(struct web_request *request, struct organisation_id id,
                                   struct view *out)
{
    struct ctx *ctx = request->ctx;
    struct register_of_organisation_row *rows;
    struct register_history history;
    size_t count;
    struct register_over_time page = {0};
    TRY(register_of_organisation(ctx, id.n, PLEDGES_MAX, &rows, &count));
    if (count == 0)
        return OK;
    page.lines = mem_array(ctx->mem, struct register_time_line, count);
    page.count = count;
    for (size_t i = 0; i < count; i++) {
        enum pledge_state state = pledge_state_of(rows[i].state);
        TRY(register_steps(ctx, rows[i].reference, &history));
        page.lines[i] = (struct register_time_line){.reference = rows[i].reference,
                                                    .state = pledge_state_text(state),
                                                    .tag_class = tag_class(state),
                                                    .when = when_text(ctx->mem, &rows[i]),
                                                    .role = role_text(&rows[i]),
                                                    .moments = moments_text(ctx->mem, &history),
                                                    .into = rows[i].into_reference};
    }
    register_over_time_section(out, &page);
    return OK;
}

const struct directory_section register_directory_section = {write_over_time};

/* ---- on the register and on the page of a pledge ---- */

static enum status write_links(struct web_request *request, const struct pledge *pledge,
                               struct view *out)
{
    (void)request;
    (void)pledge;
    register_links(out);
    return OK;
}

const struct pledge_section register_links_section = {PLEDGE_AT_REGISTER, write_links};

static enum status write_compare(struct web_request *request, const struct pledge *pledge,
                                 struct view *out)
{
    (void)request;
    register_compare_section(out, pledge->reference);
    return OK;
}

const struct pledge_section register_compare_pledge_section = {PLEDGE_AT_END, write_compare};

/* ---- jobs ---- */

static enum status count(struct ctx *ctx, const struct job *job)
{
    (void)job;
    TRY(register_count_places(ctx));
    return register_count_quarters(ctx);
}

static enum status keep_month(struct ctx *ctx, const struct job *job)
{
    (void)job;
    return register_snapshot_make(ctx);
}

/* Behind the refresh of names and places (pledge.refresh, at three).  The snapshot looks each night
 * whether one is missing, so that a first of a month without the service is made good. */
const struct job_kind register_job_kinds[] = {
    {.name = "register.count",
     .fn = count,
     .at_most_attempts = 5,
     .lease_secs = 900,
     .every_secs = 24 * 60 * 60,
     .offset_secs = 3 * 60 * 60 + 30 * 60},
    {.name = "register.snapshot",
     .fn = keep_month,
     .at_most_attempts = 5,
     .lease_secs = 900,
     .every_secs = 24 * 60 * 60,
     .offset_secs = 4 * 60 * 60},
    {0},
};
