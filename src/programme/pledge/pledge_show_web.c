/* SPDX-License-Identifier: MIT */
/*
 * pledge_show_web.c - a pledge as its pages show it: words for states, events and days.
 */
#include "programme/pledge/pledge_show_web.h"

#include "platform/base/time.h"
#include "programme/pledge/pledge_page.html.h"
#include "programme/pledge/pledge_routes.h"

#include <string.h>

struct pledge_stage pledge_stage_of(enum pledge_state state)
{
    static const char *const colours[] = {
        [PLEDGE_NONE] = "nhsuk-tag--grey",       [PLEDGE_AWAITING] = "nhsuk-tag--yellow",
        [PLEDGE_SIGNED] = "nhsuk-tag--blue",     [PLEDGE_ACKNOWLEDGED] = "nhsuk-tag--aqua-green",
        [PLEDGE_PUBLISHED] = "nhsuk-tag--green", [PLEDGE_RETURNED] = "nhsuk-tag--orange",
        [PLEDGE_WITHDRAWN] = "nhsuk-tag--grey",  [PLEDGE_UNDER_REVIEW] = "nhsuk-tag--blue",
        [PLEDGE_RENEWED] = "nhsuk-tag--green",   [PLEDGE_LAPSED] = "nhsuk-tag--red",
        [PLEDGE_MERGED] = "nhsuk-tag--grey",
    };
    return (struct pledge_stage){pledge_state_text(state), colours[state]};
}

static const char *event_text(enum pledge_event_kind kind)
{
    static const char *const texts[PLEDGE_EVENT_KINDS] = {
        [PLEDGE_SENT] = "Sent for signing",
        [PLEDGE_LEADER_SIGNED] = "Signed for the employer",
        [PLEDGE_COSIGNER_SIGNED] = "Signed for the staff side",
        [PLEDGE_DECLINED] = "A signatory sent it back",
        [PLEDGE_WAS_ACKNOWLEDGED] = "Countersigned by the programme",
        [PLEDGE_WAS_PUBLISHED] = "Put on the public register",
        [PLEDGE_WAS_RETURNED] = "Returned by the programme",
        [PLEDGE_SENT_AGAIN] = "Changed and sent again",
        [PLEDGE_WAS_WITHDRAWN] = "Withdrawn",
        [PLEDGE_REVIEW_OPENED] = "The yearly review opened",
        [PLEDGE_REVIEW_SENT] = "The review was sent for signing",
        [PLEDGE_REVIEW_LEADER_SIGNED] = "Review signed for the employer",
        [PLEDGE_REVIEW_COSIGNER_SIGNED] = "Review signed for the staff side",
        [PLEDGE_HAS_LAPSED] = "Lapsed: the review was not signed in time",
        [PLEDGE_HANDED_OVER] = "Another person signs for one side now",
        [PLEDGE_CARRIED_OVER] = "Went over to the organisation that took over",
        [PLEDGE_WAS_MERGED] = "Became a part of another pledge",
    };
    return kind < PLEDGE_EVENT_KINDS ? texts[kind] : "";
}

static const char *day_or_nothing(struct mem *mem, const char *on)
{
    return on[0] == '\0' ? "" : time_show_day(mem, on);
}

/* "signed on 9 March 2026 at 9am", as it follows the name when that is shown. */
static const char *signing_text(struct mem *mem, const struct pledge_signature *signature)
{
    bool begins = signature->name[0] == '\0'; /* nothing stands before it */
    const char *word = begins ? "Signed" : "signed";
    if (signature->signed_at == 0)
        return begins ? "Not yet" : "not yet";
    if (signature->paper_on[0] == '\0')
        return mem_format(mem, "%s on %s", word, time_show(mem, signature->signed_at));
    return mem_format(mem, "%s on paper on %s, checked by the programme on %s", word,
                      time_show_day(mem, signature->paper_on),
                      time_show_day(mem, time_day_of(mem, signature->signed_at)));
}

void pledge_show_fill(struct ctx *ctx, const struct pledge *pledge, struct pledge_show *out)
{
    struct mem *mem = ctx->mem;
    *out = (struct pledge_show){
        .pledge = pledge,
        .stage = pledge_stage_of(pledge->state),
        .stands = pledge_stands(pledge),
        .signed_on = day_or_nothing(mem, pledge->signed_on),
        .review_on = day_or_nothing(mem, pledge->review_on),
        .moments = mem_array(mem, struct pledge_moment, pledge->event_count),
        .moment_count = pledge->event_count,
        .signed_at = mem_array(mem, const char *, pledge->signature_count),
        .starts_on = mem_array(mem, const char *, pledge->action_count),
        .due_on = mem_array(mem, const char *, pledge->action_count),
    };
    for (size_t i = 0; i < pledge->event_count; i++)
        out->moments[i] =
            (struct pledge_moment){event_text(pledge->events[i].kind),
                                   time_show(mem, pledge->events[i].at), pledge->events[i].reason};
    for (size_t i = 0; i < pledge->signature_count; i++)
        out->signed_at[i] = signing_text(mem, &pledge->signatures[i]);
    for (size_t i = 0; i < pledge->action_count; i++) {
        out->starts_on[i] = time_show_day(mem, pledge->actions[i].start_on);
        out->due_on[i] = time_show_day(mem, pledge->actions[i].due_on);
    }
}

/* ---- in the head, for who shares the page ---- */

void pledge_show_shared(struct ctx *ctx, const struct pledge_show *show, struct web_page *out)
{
    enum { WIDTH_PX = 1200, HEIGHT_PX = 630 };
    struct mem *mem = ctx->mem;
    const struct pledge *pledge = show->pledge;
    out->description =
        show->stands
            ? mem_format(mem,
                         "The Partnership Pledge of %s, in force since %s, with its action "
                         "plan. Anyone can check it.",
                         pledge->organisation_name, show->signed_on)
            : mem_format(mem, "The Partnership Pledge of %s is no longer in force (%s).",
                         pledge->organisation_name, show->stage.state);
    out->shared = (struct web_shared){
        .path = mem_format(mem, "/pledges/%s", pledge->reference),
        .picture = mem_format(mem, "/pledges/%s/picture.png", pledge->reference),
        .alternative = out->description,
        .width_px = WIDTH_PX,
        .height_px = HEIGHT_PX};
}

/* ---- on the page of an organisation ---- */

static enum status write_section(struct web_request *request, struct organisation_id id,
                                 struct view *out)
{
    struct pledge_of page = {.href = "/pledges/sign"};
    enum pledge_state state;
    const char *reference;
    enum status status = pledge_of_organisation(request->ctx, id.n, &reference, &state);
    if (status == OK) {
        page.stage = pledge_stage_of(state);
        page.href = mem_format(request->ctx->mem, "/pledges/%s", reference);
        page.reference = reference;
    } else if (status != ERR_NOT_FOUND) {
        return status;
    }
    pledge_of_section(out, &page);
    return OK;
}

const struct directory_section pledge_directory_section = {write_section};

/* ---- jobs ---- */

static enum status refresh(struct ctx *ctx, const struct job *job)
{
    int64_t changed, added;
    (void)job;
    TRY(pledge_register_refresh(ctx, &changed));
    return pledge_log_missing(ctx, &added);
}

const struct job_kind pledge_job_kinds[] = {
    {.name = "pledge.refresh",
     .fn = refresh,
     .at_most_attempts = 5,
     .lease_secs = 600,
     .every_secs = 24 * 60 * 60,
     .offset_secs = 3 * 60 * 60},
    {0},
};

/* ---- what others have to say on the pages of a pledge ---- */

enum status pledge_sections_write(struct web_request *request, const struct pledge *pledge,
                                  enum pledge_place place, struct html *out)
{
    struct view view = {.mem = request->ctx->mem};
    for (size_t i = 0; pledge_sections[i] != NULL; i++)
        if (pledge_sections[i]->place == place)
            TRY(pledge_sections[i]->write(request, pledge, &view));
    *out = view_html(&view);
    return OK;
}
