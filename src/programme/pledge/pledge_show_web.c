/* SPDX-License-Identifier: MIT */
/*
 * pledge_show_web.c - a pledge as its pages show it: words for states, events and days.
 */
#include "programme/pledge/pledge_show_web.h"

#include "platform/base/time.h"
#include "programme/pledge/pledge_page.html.h"
#include "programme/pledge/pledge_passage.sql.h"
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

const struct form_option pledge_state_options[] = {
    {"awaiting", "Waiting for signatures", "nhsuk-tag--yellow", NULL},
    {"signed", "Signed", "nhsuk-tag--blue", NULL},
    {"acknowledged", "Countersigned", "nhsuk-tag--aqua-green", NULL},
    {"published", "In force", "nhsuk-tag--green", NULL},
    {"under-review", "Under review", "nhsuk-tag--blue", NULL},
    {"renewed", "Renewed", "nhsuk-tag--green", NULL},
    {"lapsed", "Lapsed", "nhsuk-tag--red", NULL},
    {"returned", "Returned", "nhsuk-tag--orange", NULL},
    {"withdrawn", "Withdrawn", "nhsuk-tag--grey", NULL},
    {"merged", "Part of another pledge", "nhsuk-tag--grey", NULL},
    {0}};

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

/* The same with what the event says besides its kind. */
static const char *moment_text(struct mem *mem, const struct pledge_event *event)
{
    const char *why = pledge_detail(mem, event->detail, "why");
    switch (event->kind) {
    case PLEDGE_HANDED_OVER:
        return mem_format(mem, "Another person signs for %s from now on",
                          strcmp(pledge_detail(mem, event->detail, "role"), "leader") == 0
                              ? "the employer"
                              : "the staff side");
    case PLEDGE_CARRIED_OVER:
        return mem_format(
            mem, "Went %s from %s to %s%s", strcmp(why, "undone") == 0 ? "back" : "over",
            pledge_detail(mem, event->detail, "from"), pledge_detail(mem, event->detail, "to"),
            strcmp(why, "undone") == 0 ? "" : ", which took over");
    case PLEDGE_WAS_MERGED:
        return mem_format(mem, "Became a part of the pledge %s%s",
                          pledge_detail(mem, event->detail, "into"),
                          strcmp(why, "duplicate") == 0 ? ": it was there twice" : "");
    case PLEDGE_WAS_WITHDRAWN:
        return strcmp(why, "not-made") == 0 ? "Withdrawn: not made by the organisation"
                                            : event_text(event->kind);
    default:
        return event_text(event->kind);
    }
}

static const char *day_or_nothing(struct mem *mem, const char *on)
{
    return on[0] == '\0' ? "" : time_show_day(mem, on);
}

/* Who signs now instead of whoever signed, and whether anybody of theirs did at all. */
static void fill_hands(struct mem *mem, const struct pledge *pledge, struct pledge_show *out)
{
    out->other_since[0] = out->other_since[1] = "";
    for (size_t i = 0; i < pledge->event_count; i++) {
        const struct pledge_event *event = &pledge->events[i];
        if (event->kind == PLEDGE_SENT_AGAIN)
            out->other_since[0] = out->other_since[1] = "";
        if (event->kind == PLEDGE_HANDED_OVER)
            out->other_since[strcmp(pledge_detail(mem, event->detail, "role"), "leader") != 0] =
                time_show_day(mem, time_day_of(mem, event->at));
        if (event->kind == PLEDGE_WAS_WITHDRAWN)
            out->was_not_made = strcmp(pledge_detail(mem, event->detail, "why"), "not-made") == 0;
    }
    out->can_be_disputed = !pledge_state_is_over(pledge->state);
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
            (struct pledge_moment){moment_text(mem, &pledge->events[i]),
                                   time_show(mem, pledge->events[i].at), pledge->events[i].reason};
    fill_hands(mem, pledge, out);
    for (size_t i = 0; i < pledge->signature_count; i++)
        out->signed_at[i] = signing_text(mem, &pledge->signatures[i]);
    for (size_t i = 0; i < pledge->action_count; i++) {
        out->starts_on[i] = time_show_day(mem, pledge->actions[i].start_on);
        out->due_on[i] = time_show_day(mem, pledge->actions[i].due_on);
    }
}

enum status pledge_show_whole(struct ctx *ctx, const struct pledge *pledge, bool is_desk,
                              struct pledge_whole *out)
{
    struct pledge whole;
    *out = (struct pledge_whole){0};
    if (pledge->into[0] == '\0')
        return OK;
    TRY(pledge_whole_of(ctx, pledge, &whole));
    *out = (struct pledge_whole){
        .reference = whole.reference,
        .organisation_name = whole.organisation_name,
        .href = is_desk ? mem_format(ctx->mem, "/desk/pledges/%s", whole.reference)
                : whole.published_at != 0 ? mem_format(ctx->mem, "/pledges/%s", whole.reference)
                                          : NULL,
        .stands = pledge_stands(&whole)};
    return OK;
}

/* ---- in the head, for who shares the page ---- */

void pledge_show_shared(struct ctx *ctx, const struct pledge_show *show, struct web_page *out)
{
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
        .alternative = out->description};
}

/* ---- on the page of an organisation ---- */

enum { WAYS_MAX = 20 };

static void add_way(struct mem *mem, const struct pledge_came_to_row *row, bool has_come,
                    struct pledge_of *page)
{
    if (row->is_public == 0)
        return;
    page->ways[page->way_count++] =
        (struct pledge_way){.reference = row->reference,
                            .other_name = row->other_name,
                            .other_href = mem_format(mem, "/organisations/%s", row->other_code),
                            .on = time_show_day(mem, row->on_day),
                            .is_merged = strcmp(row->kind, "merged") == 0,
                            .has_come = has_come};
}

/* Where its pledges came from and went to. */
static enum status fill_ways(struct ctx *ctx, struct organisation_id id, struct pledge_of *page)
{
    struct pledge_came_to_row *came;
    struct pledge_went_from_row *went;
    size_t came_count, went_count;
    TRY(pledge_came_to(ctx, id.n, WAYS_MAX, &came, &came_count));
    TRY(pledge_went_from(ctx, id.n, WAYS_MAX, &went, &went_count));
    page->ways = mem_array(ctx->mem, struct pledge_way, came_count + went_count);
    for (size_t i = 0; i < came_count; i++)
        add_way(ctx->mem, &came[i], true, page);
    for (size_t i = 0; i < went_count; i++)
        add_way(ctx->mem,
                &(const struct pledge_came_to_row){.reference = went[i].reference,
                                                   .is_public = went[i].is_public,
                                                   .kind = went[i].kind,
                                                   .other_name = went[i].other_name,
                                                   .other_code = went[i].other_code,
                                                   .on_day = went[i].on_day},
                false, page);
    return OK;
}

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
    TRY(fill_ways(request->ctx, id, &page));
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
    TRY(pledge_log_missing(ctx, &added));
    return pledge_search_missing(ctx);
}

static enum status succeed(struct ctx *ctx, const struct job *job)
{
    int64_t moved;
    (void)job;
    return pledge_succeed_all(ctx, &moved);
}

const struct job_kind pledge_job_kinds[] = {
    {.name = "pledge.succeed",
     .fn = succeed,
     .at_most_attempts = 5,
     .lease_secs = 600,
     .every_secs = 24 * 60 * 60,
     .offset_secs = 2 * 60 * 60},
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
