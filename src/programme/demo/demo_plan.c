/* SPDX-License-Identifier: MIT */
/*
 * demo_plan.c - living plans: some of the first pledges are worked on, in every state; one has a
 * second period.
 */
#include "platform/base/time.h"
#include "programme/access/access.h"
#include "programme/demo/demo.sql.h"
#include "programme/demo/demo_internal.h"
#include "programme/plan/plan.h"

#include <string.h>

enum { LOOKED_AT = 100, PLANS = 12, RENEWED = 1, DAYS_AGO = 10, KINDS = 5 };

/* What is said of an action, by its number and that of its plan. */
static const struct {
    const char *state, *reason, *rag, *note, *evidence, *link;
} said[KINDS] = {{"in-progress", "", "green", "The first group has begun. It goes as planned.",
                  "14 people came to the first session.", ""},
                 {"in-progress", "", "amber",
                  "Two of four wards take part. The others have no room yet.", "", ""},
                 {"embedded", "", "green", "This is now a part of how we bring new colleagues in.",
                  "", "https://www.example.org/reports/getting-in"},
                 {"stopped", "The college closed the course, and there is none other near us.",
                  "red", "We told everyone who had asked for a place.", "", ""},
                 {"planned", "", "amber", "It begins when the new coordinator is here.", "", ""}};

static enum status write_one(struct ctx *then, const struct plan_place *place, size_t kind,
                             int64_t corrects)
{
    struct form_problems problems = {.count = 0};
    int64_t number;
    const char *due_on = "";
    bool moves = kind == 1; /* some days were moved, and some of those moves taken back */
    if (moves)
        TRY(time_day_add(then->mem, time_day_of(then->mem, then->now_secs),
                         (struct time_step){.months = 4}, &due_on));
    const struct plan_draft draft = {.happened_on = time_day_of(then->mem, then->now_secs),
                                     .state = said[kind].state,
                                     .reason = said[kind].reason,
                                     .rag = said[kind].rag,
                                     .note = said[kind].note,
                                     .evidence = said[kind].evidence,
                                     .link = said[kind].link,
                                     .due_on = due_on,
                                     .due_reason =
                                         moves ? "Two wards have no room before autumn." : "",
                                     .corrects = corrects,
                                     .seen = -1};
    return plan_tell(then, place, &draft, &problems, &number);
}

/* Every fifth action has no update, every other one a second, and some a correction. */
static enum status write_updates(struct ctx *then, const struct pledge *pledge, size_t plan)
{
    for (size_t i = 0; i < pledge->action_count; i++) {
        const struct plan_place place = {pledge->reference, pledge->period, (int64_t)i + 1};
        size_t kind = (plan + i) % (KINDS + 1);
        if (kind == KINDS)
            continue;
        then->now_secs += TIME_HOUR_SECS;
        TRY(write_one(then, &place, kind == 0 ? 1 : 4, 0));
        then->now_secs += TIME_HOUR_SECS;
        TRY(write_one(then, &place, kind, kind == 0 ? 1 : 0));
    }
    return OK;
}

/* One that was to be done by now. */
static enum status add_overdue(struct ctx *then, const struct pledge *pledge)
{
    struct form_problems problems = {.count = 0};
    struct pledge_action_draft draft = {.intention = pledge->intentions[0],
                                        .standard = "",
                                        .baseline = "No ward has a person to ask",
                                        .action =
                                            "Name somebody on each ward whom learners can ask",
                                        .measure = "Wards with a named person",
                                        .target = "All wards",
                                        .lead = "Head of nursing",
                                        .partners = ""};
    const struct plan_place place = {pledge->reference, pledge->period, 0};
    const char *today = time_day_of(then->mem, then->now_secs);
    int64_t number;
    TRY(time_day_add(then->mem, today, (struct time_step){.months = -2}, &draft.start_on));
    TRY(time_day_add(then->mem, today, (struct time_step){.days = -3}, &draft.due_on));
    return plan_action_new(then, &place, &draft, &problems, &number);
}

/* The review is signed, and the second period begins. */
static enum status renew(struct ctx *then, const struct pledge *pledge)
{
    struct form_problems problems = {.count = 0};
    TRY(demo_review_signed(then, pledge->reference));
    TRY(plan_begin(then, pledge->reference));
    const struct plan_place place = {pledge->reference, pledge->period + 1, 1};
    const struct plan_invitation coach = {"Cy Coach", "coach@demo.example", ""};
    TRY(plan_invite(then, pledge->reference, &coach, &problems));
    return plan_lead_set(then, &place, "Head of learning", "learning@demo.example", &problems);
}

static enum status work_on(struct ctx *then, const char *reference, size_t plan)
{
    struct pledge pledge;
    TRY(pledge_find(then, reference, PLEDGE_FOR_STAFF, &pledge));
    TRY(write_updates(then, &pledge, plan));
    if (plan % 3 == 0 || plan == RENEWED)
        TRY(add_overdue(then, &pledge));
    return plan == RENEWED ? renew(then, &pledge) : OK;
}

enum status demo_plans(struct ctx *ctx)
{
    struct demo_pledges_row *rows;
    struct access_person writer;
    size_t count, done = 0;
    struct ctx then = *ctx;
    enum status status = access_person_find(ctx, "trust@demo.example", &writer);
    if (status == ERR_NOT_FOUND) { /* there is no trust in a demonstration as small as that */
        ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    TRY(demo_pledges(ctx, 0, LOOKED_AT, &rows, &count));
    then.person = writer.id;
    then.id_last = 0;
    for (size_t i = 0; i < count && done < PLANS && status == OK; i++) {
        if (strcmp(rows[i].state, "published") != 0)
            continue;
        then.now_secs = ctx->now_secs - DAYS_AGO * TIME_DAY_SECS;
        status = work_on(&then, rows[i].reference, done++);
    }
    ctx->fault = then.fault;
    return status;
}
