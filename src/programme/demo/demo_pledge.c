/* SPDX-License-Identifier: MIT */
/*
 * demo_pledge.c - one pledge of the demonstration: what it says and what happened to it when.
 *
 * Most are recorded with their whole past.  The first that wait for a signature are sent as people
 * send them, so that their mails are in the outbox with links that work; those that were returned
 * go their last step so, for the mail that asks for a change.
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "programme/demo/demo_internal.h"

#include <string.h>

enum {
    MAILED_NUMBER_MOST = 60, /* pledges from this number on put no mails in the outbox */
    INTENTIONS_MAX = 5,
    PAST_MAX = 6,
    UNIONS_MAX = 40
};

enum pledge_state demo_state(int64_t number)
{
    /* The others are published, as on a register that has been kept for a while. */
    static const enum pledge_state states[20] = {
        [2] = PLEDGE_SIGNED,       [3] = PLEDGE_AWAITING,  [4] = PLEDGE_RETURNED,
        [5] = PLEDGE_ACKNOWLEDGED, [7] = PLEDGE_WITHDRAWN, [11] = PLEDGE_AWAITING,
        [14] = PLEDGE_SIGNED,      [17] = PLEDGE_AWAITING,
    };
    enum pledge_state state = states[number % 20];
    return state != PLEDGE_NONE ? state : PLEDGE_PUBLISHED;
}

/* ---- what it says ---- */

static size_t choose_intentions(struct random_seeded *random, const struct framework *framework,
                                const char **codes)
{
    size_t wanted = 2 + (size_t)random_seeded_below(random, INTENTIONS_MAX - 1), count = 0;
    for (size_t i = 0; i < framework->intention_count && count < wanted; i++) {
        size_t left = framework->intention_count - i;
        if (random_seeded_below(random, left) < wanted - count)
            codes[count++] = framework->intentions[i].code;
    }
    return count;
}

static enum status plan_one(struct ctx *ctx, const struct demo_scene *scene,
                            const struct framework_action *standard,
                            struct pledge_action_draft *out)
{
    struct random_seeded *random = scene->random;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    const struct time_step wait = {.days = 10 + (int)random_seeded_below(random, 60)};
    *out = (struct pledge_action_draft){
        .intention = standard->intention,
        .standard = standard->code,
        .baseline = demo_baseline(ctx->mem, random, standard->unit),
        .action = standard->action,
        .measure = standard->measure,
        .target = standard->suggested_target,
        .lead = demo_word(random, DEMO_ACTION_LEADS),
        .partners = demo_word(random, DEMO_PARTNERS),
    };
    TRY(time_day_add(ctx->mem, today, wait, &out->start_on));
    return time_day_add(ctx->mem, out->start_on,
                        (struct time_step){.months = (int)standard->months}, &out->due_on);
}

/* One action of the library for each intention, now and then a second. */
static enum status write_plan(struct ctx *ctx, const struct demo_scene *scene,
                              struct pledge_draft *draft)
{
    const struct framework *framework = scene->framework;
    struct pledge_action_draft *plan =
        mem_array(ctx->mem, struct pledge_action_draft, 2 * draft->intentions.count);
    draft->actions.items = plan;
    for (size_t i = 0; i < draft->intentions.count; i++) {
        size_t first = 0, count = 0;
        for (size_t k = 0; k < framework->action_count; k++)
            if (strcmp(framework->actions[k].intention, draft->intentions.codes[i]) == 0 &&
                count++ == 0)
                first = k;
        if (count == 0)
            continue;
        size_t begin = (size_t)random_seeded_below(scene->random, count);
        size_t wanted = count > 1 && random_seeded_chance(scene->random, 25) ? 2 : 1;
        for (size_t k = 0; k < wanted; k++)
            TRY(plan_one(ctx, scene, &framework->actions[first + (begin + k) % count],
                         &plan[draft->actions.count++]));
    }
    return OK;
}

static void write_staff_side(struct ctx *ctx, const struct demo_scene *scene,
                             const struct demo_employer *employer, const char *domain,
                             struct pledge_draft *draft)
{
    struct random_seeded *random = scene->random;
    draft->has_union =
        employer->is_invented && random_seeded_chance(random, 70) ? FORM_NO : FORM_YES;
    draft->union_code = draft->union_other = "";
    draft->cosigner_name = draft->cosigner_title = draft->cosigner_email = "";
    draft->no_union_reason = "";
    if (draft->has_union == FORM_NO) {
        draft->no_union_reason = demo_word(random, DEMO_NO_UNION_REASONS);
        return;
    }
    size_t named = (size_t)random_seeded_below(random, scene->framework->union_count);
    draft->union_code = scene->framework->unions[named].code;
    if (strcmp(draft->union_code, "other") == 0)
        draft->union_other = "Staff council";
    do
        draft->cosigner_name = demo_name(ctx->mem, random);
    while (text_equal_fold(ctx->mem, draft->cosigner_name, draft->leader_name));
    draft->cosigner_title = demo_word(random, DEMO_COSIGNER_TITLES);
    draft->cosigner_email = mem_format(ctx->mem, "staffside@%s", domain);
}

static void write_shown(struct ctx *ctx, struct random_seeded *random, struct pledge_draft *draft)
{
    static const char *const parts[] = {"leader", "cosigner", "leads"};
    const char **shown = mem_array(ctx->mem, const char *, 3);
    draft->shown = (struct form_several){shown, 0};
    for (size_t i = 0; i < 3; i++)
        if ((i != 1 || draft->has_union == FORM_YES) && random_seeded_chance(random, 70))
            shown[draft->shown.count++] = parts[i];
}

static enum status write_draft(struct ctx *ctx, const struct demo_scene *scene,
                               const struct demo_employer *employer, struct pledge_draft *out)
{
    struct random_seeded *random = scene->random;
    const char **intentions = mem_array(ctx->mem, const char *, INTENTIONS_MAX + 1);
    const char *domain =
        mem_format(ctx->mem, "%s.example", text_email_key(ctx->mem, employer->code));
    *out = (struct pledge_draft){
        .amends = "",
        .organisation = {employer->code, employer->name, "", employer->id},
        .leader_name = demo_name(ctx->mem, random),
        .leader_title = demo_word(random, employer->is_invented ? DEMO_SMALL_LEADER_TITLES
                                                                : DEMO_LEADER_TITLES),
        .leader_email = mem_format(ctx->mem, "leader@%s", domain),
        .statement = demo_statement(ctx->mem, random, employer),
        .plan_file = {0, "", 0, ""},
    };
    out->intentions =
        (struct form_several){intentions, choose_intentions(random, scene->framework, intentions)};
    write_staff_side(ctx, scene, employer, domain, out);
    write_shown(ctx, random, out);
    return write_plan(ctx, scene, out);
}

/* ---- what happened to it ---- */

/* How long ago it was sent, in days: those that wait are new, those in force from any time. */
static int64_t age_days(struct random_seeded *random, enum pledge_state state)
{
    switch (state) {
    case PLEDGE_AWAITING:
        return 1 + (int64_t)random_seeded_below(random, 12);
    case PLEDGE_SIGNED:
    case PLEDGE_RETURNED:
        return 12 + (int64_t)random_seeded_below(random, 15);
    case PLEDGE_ACKNOWLEDGED:
        return 25 + (int64_t)random_seeded_below(random, 15);
    default:
        return 40 + (int64_t)random_seeded_below(random, 500);
    }
}

/* A morning so many days ago, or the nearest that the wording and the organisation's age allow. */
static enum status sent_at(struct ctx *ctx, const struct demo_scene *scene, enum pledge_state state,
                           const struct demo_employer *employer, int64_t *out)
{
    int64_t opens_at = scene->opens_at, opened_at = 0;
    if (employer->opened_on[0] != '\0')
        TRY(time_day_start(employer->opened_on, &opened_at));
    if (opened_at > opens_at)
        opens_at = opened_at;
    int64_t known_days = (ctx->now_secs - opens_at) / TIME_DAY_SECS;
    int64_t days = age_days(scene->random, state);
    if (days >= known_days && known_days > 45)
        days = 42 + (int64_t)random_seeded_below(scene->random, (uint64_t)known_days - 43);
    int64_t at = ctx->now_secs - days * TIME_DAY_SECS;
    int hour = 9 + (int)random_seeded_below(scene->random, 4);
    int minute = (int)random_seeded_below(scene->random, 60);
    TRY(time_at(time_day_of(ctx->mem, at), hour, minute, &at));
    *out = at < opens_at ? opens_at : at >= ctx->now_secs ? ctx->now_secs - 1 : at;
    return OK;
}

/* The next event, one to six days after the last, and before now however many are still to come. */
static int64_t next_at(struct ctx *ctx, struct random_seeded *random, int64_t last, size_t to_come)
{
    int64_t room = (ctx->now_secs - last) / (int64_t)(to_come + 1);
    int64_t step = (1 + (int64_t)random_seeded_below(random, 6)) * TIME_DAY_SECS +
                   (int64_t)random_seeded_below(random, TIME_HOUR_SECS);
    return last + (step < room ? step : room);
}

struct story {
    struct pledge_past events[PAST_MAX];
    size_t count;
};

static void tell(struct story *story, enum pledge_event_kind kind, const char *reason)
{
    story->events[story->count++] = (struct pledge_past){.kind = kind, .reason = reason};
}

/* What must have happened for a pledge to stand there. */
static void tell_all(struct story *story, const struct demo_scene *scene,
                     const struct pledge_draft *draft, enum pledge_state state)
{
    bool has_union = draft->has_union == FORM_YES;
    bool union_first = has_union && random_seeded_chance(scene->random, 40);
    const char *reason = demo_word(scene->random, DEMO_WITHDRAW_REASONS);
    tell(story, PLEDGE_SENT, "");
    if (state == PLEDGE_AWAITING || state == PLEDGE_RETURNED) {
        if (has_union && random_seeded_chance(scene->random, 50))
            tell(story, PLEDGE_LEADER_SIGNED, "");
        return;
    }
    if (union_first)
        tell(story, PLEDGE_COSIGNER_SIGNED, "");
    tell(story, PLEDGE_LEADER_SIGNED, "");
    if (has_union && !union_first)
        tell(story, PLEDGE_COSIGNER_SIGNED, "");
    if (state == PLEDGE_SIGNED)
        return;
    tell(story, PLEDGE_WAS_ACKNOWLEDGED, "");
    if (state == PLEDGE_ACKNOWLEDGED)
        return;
    tell(story, PLEDGE_WAS_PUBLISHED, "");
    if (state == PLEDGE_WITHDRAWN)
        tell(story, PLEDGE_WAS_WITHDRAWN, reason);
}

static void date(struct ctx *ctx, const struct demo_scene *scene, int64_t at, struct story *story)
{
    for (size_t i = 0; i < story->count; i++) {
        struct pledge_past *event = &story->events[i];
        bool is_ours = event->kind == PLEDGE_WAS_ACKNOWLEDGED ||
                       event->kind == PLEDGE_WAS_PUBLISHED || event->kind == PLEDGE_WAS_WITHDRAWN;
        if (i > 0)
            at = next_at(ctx, scene->random, at, story->count - i);
        event->at = at;
        event->person = is_ours ? scene->lead : (struct person_id){0};
    }
}

/* ---- by the way that people go ---- */

enum status demo_token(struct ctx *ctx, const char *reference, const char *address,
                       const char **out)
{
    struct mail_outbox_row *rows;
    size_t count;
    const struct store_choice newest = {.at_most = 10};
    TRY(mail_outbox(ctx, NULL, NULL, reference, &newest, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct mail_kept mail;
        if (rows[i].to_address == NULL || strcmp(rows[i].to_address, address) != 0)
            continue;
        TRY(mail_find(ctx, rows[i].id, &mail));
        for (const struct mail_part *part = mail.parts; part->kind != MAIL_PARTS_END; part++)
            if (part->kind == MAIL_PART_BUTTON) {
                *out = strrchr(part->href, '/') + 1;
                return OK;
            }
    }
    return ctx_fail(ctx, ERR_NOT_FOUND, "no mail about pledge \"%s\" went to \"%s\"", reference,
                    address);
}

static enum status send_and_sign(struct ctx *then, const struct pledge_draft *draft,
                                 const struct story *story, struct form_problems *problems)
{
    const char *reference, *token = NULL;
    then->now_secs = story->events[0].at;
    TRY(pledge_send(then, draft, problems, &reference));
    if (story->count == 1)
        return OK;
    TRY(demo_token(then, reference, draft->leader_email, &token));
    then->now_secs = story->events[1].at;
    return pledge_link_sign(then, token);
}

/* What was wrong with a draft, for whoever changes packs or rules. */
static enum status say(struct ctx *ctx, const struct form_problems *problems, enum status status)
{
    if (status == ERR_INVALID && problems->count > 0)
        ctx->fault = mem_format(ctx->mem, "a pledge of the demonstration is not right: %s: %s",
                                problems->items[0].field, problems->items[0].text);
    return status;
}

/* A framework whose first wording is old enough for a pledge with a yearly review. */
static const struct framework *older(struct ctx *ctx, const struct framework *framework)
{
    struct framework *out = mem_copy(ctx->mem, framework, sizeof *framework);
    out->wordings = mem_copy(ctx->mem, framework->wordings,
                             framework->wording_count * sizeof *framework->wordings);
    out->wordings[0].valid_from = "2015-01-01";
    return out;
}

/* When a pledge was sent, and by which framework. */
struct beginning {
    struct demo_scene scene;
    int64_t at;
    bool has_review;
};

static enum status begin(struct ctx *ctx, const struct demo_scene *scene, int64_t number,
                         const struct demo_employer *employer, struct beginning *out)
{
    int64_t opened_at = 0, age_days = demo_review_age(number);
    *out = (struct beginning){*scene, ctx->now_secs - age_days * TIME_DAY_SECS, false};
    if (employer->opened_on[0] != '\0')
        TRY(time_day_start(employer->opened_on, &opened_at));
    out->has_review = age_days != 0 && opened_at < out->at;
    if (!out->has_review)
        return sent_at(ctx, scene, demo_state(number), employer, &out->at);
    out->scene.framework = older(ctx, scene->framework);
    return OK;
}

static enum status make(struct ctx *then, const struct demo_scene *now_scene, int64_t number,
                        const struct demo_employer *employer)
{
    const int64_t now = then->now_secs;
    struct pledge_draft draft;
    struct form_problems problems = {.count = 0};
    struct story story = {.count = 0};
    const char *reference;
    struct beginning from;
    enum pledge_state state = demo_state(number);
    TRY(begin(then, now_scene, number, employer, &from));
    const struct demo_scene *scene = &from.scene;
    then->now_secs = from.at;
    TRY(write_draft(then, scene, employer, &draft));
    then->now_secs = now;
    tell_all(&story, scene, &draft, state);
    date(then, scene, from.at, &story);
    if (state == PLEDGE_AWAITING && number < MAILED_NUMBER_MOST)
        return say(then, &problems, send_and_sign(then, &draft, &story, &problems));
    const struct pledge_history history = {scene->framework, story.events, story.count};
    TRY(say(then, &problems, pledge_record(then, &draft, &history, &problems, &reference)));
    if (from.has_review)
        return demo_review(then, scene, number, reference);
    if (state != PLEDGE_RETURNED)
        return OK;
    then->now_secs = next_at(then, scene->random, story.events[story.count - 1].at, 1);
    then->person = scene->lead;
    return pledge_return(then, reference, demo_word(scene->random, DEMO_RETURN_REASONS));
}

enum status demo_pledge(struct ctx *ctx, const struct demo_scene *scene, int64_t number,
                        const struct demo_employer *employer)
{
    struct ctx then = *ctx;
    then.id_last = 0; /* ids tell when something was made */
    enum status status = make(&then, scene, number, employer);
    ctx->fault = then.fault;
    return status;
}
