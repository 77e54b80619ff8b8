/* SPDX-License-Identifier: MIT */
/*
 * demo_review.c - yearly reviews of the demonstration: one in each state that there is.
 *
 * The pledges with a review are older than the wording that all are signed with, which is a liberty
 * that only a demonstration takes: years have to have passed.
 */
#include "platform/base/time.h"
#include "programme/demo/demo_internal.h"
#include "programme/review/review.h"

enum { REVIEWED_NUMBER_MOST = 40, EVENTS_MAX = 10, YEAR_DAYS = 365 };

enum story {
    NONE,
    OPENED,       /* nothing was sent yet                              */
    HALF,         /* signed by one side                                */
    BACK,         /* one side sent it back                             */
    LATE,         /* sent with a reason, and not signed                */
    MORE_TIME,    /* late, and the programme gave more time            */
    LAPSED,       /* nobody signed                                     */
    RENEWED,      /* signed by all, in time                            */
    RENEWED_TWICE /* the first late, the second in time                */
};

static const struct {
    enum story story;
    int age_days; /* of the pledge */
} stories[20] = {
    [0] = {RENEWED, 400},
    [1] = {OPENED, YEAR_DAYS - 25},
    [6] = {HALF, YEAR_DAYS - 35},
    [8] = {LATE, YEAR_DAYS + 35},
    [9] = {LAPSED, YEAR_DAYS + 150},
    [10] = {RENEWED_TWICE, 2 * YEAR_DAYS + 40},
    [12] = {BACK, YEAR_DAYS - 30},
    [13] = {MORE_TIME, YEAR_DAYS + 100},
};

int demo_review_age(int64_t number)
{
    return number < REVIEWED_NUMBER_MOST ? stories[number % 20].age_days : 0;
}

/* ---- the words ---- */

static const char *const done[] = {
    "We did what we planned and a little more. The figures are in the plan, and the staff side saw "
    "them each quarter.",
    "The first half of the year went well. In the second we lost our coordinator, and did less.",
    "We began with one ward and now have five. Those who took part ask their colleagues to come "
    "along.",
    "Slower than we hoped: rooms were short. We know now how many places we can offer, and offer "
    "just those."};

static const char *const next[] = {"We keep the target and add the night shift.",
                                   "We name a second person for the work.",
                                   "We open it to our care homes as well.",
                                   "We ask those who left why, and change what they tell us."};

static const char *const statements[] = {
    "A good year. More people found their way in than in the year before, and more of them stayed.",
    "An honest year: two of our actions are embedded, one is behind, and we know why.",
    "We learnt that small steps in every team do more than one large project."};

static const char *const changes[] = {
    "We report to the board twice a year instead of once.",
    "Nothing changes in the plan. The staff side chairs the meetings from now on.",
    "We stop one action that nobody used, and put its money into mentoring."};

static const char *const late_reasons[] = {
    "Two services moved to another site in the spring, and we could not meet before.",
    "Our branch secretary was elected only this month."};

#define ONE_OF(random, texts)                                                                      \
    (texts)[random_seeded_below((random), sizeof(texts) / sizeof((texts)[0]))]

static struct review_words *words_for(struct ctx *ctx, struct random_seeded *random,
                                      const struct pledge *pledge, bool is_late)
{
    struct review_words *out = mem_array(ctx->mem, struct review_words, 1);
    struct review_part *parts = mem_array(ctx->mem, struct review_part, pledge->intention_count);
    for (size_t i = 0; i < pledge->intention_count; i++)
        parts[i] =
            (struct review_part){pledge->intentions[i], ONE_OF(random, done), ONE_OF(random, next)};
    *out = (struct review_words){.parts = {parts, pledge->intention_count},
                                 .statement = ONE_OF(random, statements),
                                 .changes = ONE_OF(random, changes),
                                 .late_reason = is_late ? ONE_OF(random, late_reasons) : ""};
    return out;
}

/* ---- what happened ---- */

struct telling {
    struct ctx *ctx;
    struct random_seeded *random;
    const struct pledge *pledge;
    struct review_past events[EVENTS_MAX];
    size_t count;
};

static void tell(struct telling *t, enum review_past_kind kind, int64_t at,
                 const struct review_words *words)
{
    t->events[t->count++] = (struct review_past){kind, at, words};
}

/* Opened on its day, of the year whose review is due at due_at. */
static void tell_opened(struct telling *t, int64_t due_at)
{
    tell(t, REVIEW_OPENED, due_at - REVIEW_OPENS_DAYS * TIME_DAY_SECS, NULL);
}

static void tell_sent(struct telling *t, int64_t at, bool is_late)
{
    tell(t, REVIEW_WAS_SENT, at, words_for(t->ctx, t->random, t->pledge, is_late));
}

static void tell_signed(struct telling *t, int64_t at)
{
    tell(t, REVIEW_SIGNED_BY_LEADER, at + TIME_DAY_SECS, NULL);
    if (t->pledge->no_union_reason[0] == '\0')
        tell(t, REVIEW_SIGNED_BY_COSIGNER, at + 2 * TIME_DAY_SECS, NULL);
}

static enum status after_a_year(struct ctx *ctx, const char *on, int64_t *out)
{
    const char *then;
    TRY(time_day_add(ctx->mem, on, (struct time_step){.years = 1}, &then));
    return time_at(then, 10, 0, out);
}

static void tell_unsigned(struct telling *t, enum story story, int64_t due_at)
{
    int64_t now = t->ctx->now_secs;
    tell_opened(t, due_at);
    if (story == HALF || story == BACK)
        tell_sent(t, now - 6 * TIME_DAY_SECS, false);
    if (story == HALF)
        tell(t, REVIEW_SIGNED_BY_LEADER, now - 5 * TIME_DAY_SECS, NULL);
    if (story == LATE)
        tell_sent(t, now - 3 * TIME_DAY_SECS, true);
    if (story == LAPSED)
        tell(t, REVIEW_LAPSED, due_at + (REVIEW_GRACE_DAYS + 1) * TIME_DAY_SECS, NULL);
}

static enum status tell_renewed(struct telling *t, enum story story, int64_t due_at)
{
    bool is_late = story == RENEWED_TWICE;
    int64_t sent_at = due_at + (is_late ? 20 : -20) * TIME_DAY_SECS, second_at;
    tell_opened(t, due_at);
    tell_sent(t, sent_at, is_late);
    tell_signed(t, sent_at);
    if (!is_late)
        return OK;
    TRY(after_a_year(t->ctx, t->pledge->review_on, &second_at));
    tell_opened(t, second_at);
    tell_sent(t, second_at - 15 * TIME_DAY_SECS, false);
    tell_signed(t, second_at - 15 * TIME_DAY_SECS);
    return OK;
}

/* What goes its last step as people take it, with its mails. */
static enum status go_on(struct ctx *then, const struct demo_scene *scene,
                         const struct pledge *pledge, enum story story)
{
    struct form_problems problems;
    struct review_extension extension = {.reason = "They merge two sites, and asked for it."};
    const struct review_act act = {pledge->reference, 1, 1, "leader"};
    if (story == HALF && pledge->no_union_reason[0] == '\0')
        return review_remind(then, pledge->reference);
    if (story == BACK)
        return review_decline(then, &act, "The figure for mentors is of last year. Please look.");
    if (story != MORE_TIME)
        return OK;
    then->person = scene->lead;
    TRY(time_day_add(then->mem, pledge->review_on,
                     (struct time_step){.days = REVIEW_GRACE_DAYS + 60}, &extension.until_on));
    then->now_secs -= 30 * TIME_DAY_SECS;
    return review_extend(then, pledge->reference, &extension, &problems);
}

enum status demo_review(struct ctx *ctx, const struct demo_scene *scene, int64_t number,
                        const char *reference)
{
    struct pledge pledge;
    struct ctx then = *ctx;
    enum story story = stories[number % 20].story;
    int64_t due_at;
    TRY(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge));
    struct telling t = {.ctx = ctx, .random = scene->random, .pledge = &pledge};
    TRY(time_at(pledge.review_on, 10, 0, &due_at));
    if (story == RENEWED || story == RENEWED_TWICE)
        TRY(tell_renewed(&t, story, due_at));
    else
        tell_unsigned(&t, story, due_at);
    TRY(review_record(ctx, reference, t.events, t.count));
    enum status status = go_on(&then, scene, &pledge, story);
    ctx->fault = then.fault;
    return status;
}

enum status demo_review_signed(struct ctx *then, const char *reference)
{
    struct pledge pledge;
    struct random_seeded random = random_seeded("a review that is signed");
    TRY(pledge_find(then, reference, PLEDGE_FOR_STAFF, &pledge));
    struct telling t = {.ctx = then, .random = &random, .pledge = &pledge};
    tell(&t, REVIEW_OPENED, then->now_secs += TIME_HOUR_SECS, NULL);
    tell_sent(&t, then->now_secs += TIME_HOUR_SECS, false);
    tell(&t, REVIEW_SIGNED_BY_LEADER, then->now_secs += TIME_HOUR_SECS, NULL);
    if (pledge.no_union_reason[0] == '\0')
        tell(&t, REVIEW_SIGNED_BY_COSIGNER, then->now_secs += TIME_HOUR_SECS, NULL);
    return review_record(then, reference, t.events, t.count);
}
