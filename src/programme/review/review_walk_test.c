/* SPDX-License-Identifier: MIT */
/*
 * review_walk_test.c - acts on a review in orders by chance, on days by chance, against a small
 * oracle.
 *
 * The oracle knows the rules in words of its own and nothing of the program: which act changes what
 * on which day.  After each act what the program says is compared with what the oracle says.
 */
#include "platform/base/random.h"
#include "platform/base/test.h"
#include "programme/pledge/pledge_test_help.h"
#include "programme/review/review_test_help.h"

enum phase { IN_FORCE, OPEN, LAPSED, RENEWED, WITHDRAWN, PHASES };
enum act {
    NEXT_DAY,
    CLOCK,
    SEND,
    SIGN_LEADER,
    SIGN_COSIGNER,
    DECLINE_LEADER,
    DECLINE_COSIGNER,
    EXTEND,
    WITHDRAW,
    ACTS
};

static const char *const act_names[ACTS] = {"next day",         "clock",         "send",
                                            "sign leader",      "sign cosigner", "decline leader",
                                            "decline cosigner", "extend",        "withdraw"};

/* The days that matter: before it opens, open, late, the last one, behind it, and the same with the
 * time that the programme gives. */
static const char *const days[] = {"2027-01-07", REVIEW_TEST_OPENS_ON, "2027-03-10", "2027-06-07",
                                   "2027-06-08", "2027-08-01",         "2027-08-02"};

enum { DAYS = sizeof days / sizeof days[0], WALKS = 40, STEPS = 18 };

/* ---- the oracle ---- */

struct oracle {
    int day;
    enum phase phase;
    bool waits;    /* a version waits for signatures                     */
    int sent_back; /* 0: not; 1: by the leader, 2: by the staff side     */
    bool has_signed[2];
    bool has_more_time;
    int versions;
};

static bool can_work(const struct oracle *o)
{
    return o->phase == OPEN && o->day <= (o->has_more_time ? 5 : 3);
}

static enum status oracle_clock(struct oracle *o)
{
    if (o->phase == IN_FORCE && o->day >= 1)
        o->phase = OPEN;
    else if (o->phase == OPEN && !can_work(o))
        o->phase = LAPSED;
    return OK;
}

static enum status oracle_send(struct oracle *o)
{
    if (!can_work(o))
        return ERR_CONFLICT;
    o->waits = true;
    o->sent_back = 0;
    o->has_signed[0] = o->has_signed[1] = false;
    o->versions++;
    return OK;
}

static enum status oracle_sign(struct oracle *o, int side)
{
    if (o->has_signed[side])
        return OK;
    if (!can_work(o) || !o->waits)
        return ERR_CONFLICT;
    o->has_signed[side] = true;
    if (o->has_signed[0] && o->has_signed[1])
        o->phase = RENEWED;
    return OK;
}

static enum status oracle_decline(struct oracle *o, int side)
{
    if (o->sent_back == side + 1)
        return OK;
    if (!can_work(o) || !o->waits || o->has_signed[side])
        return ERR_CONFLICT;
    o->waits = false;
    o->sent_back = side + 1;
    return OK;
}

static enum status oracle_extend(struct oracle *o)
{
    if (!can_work(o) || o->has_more_time)
        return ERR_CONFLICT;
    o->has_more_time = true;
    return OK;
}

static enum status oracle_act(struct oracle *o, enum act act)
{
    switch (act) {
    case NEXT_DAY:
        o->day += o->day < DAYS - 1;
        return OK;
    case CLOCK:
        return oracle_clock(o);
    case SEND:
        return oracle_send(o);
    case SIGN_LEADER:
    case SIGN_COSIGNER:
        return oracle_sign(o, act == SIGN_COSIGNER);
    case DECLINE_LEADER:
    case DECLINE_COSIGNER:
        return oracle_decline(o, act == DECLINE_COSIGNER);
    case EXTEND:
        return oracle_extend(o);
    default:
        if (o->phase == LAPSED)
            return ERR_CONFLICT;
        o->phase = WITHDRAWN;
        return OK;
    }
}

/* ---- the program ---- */

struct walk {
    struct ctx *ctx;
    struct random_seeded random;
    const char *reference;
    struct oracle oracle;
    int changed[ACTS], refused[ACTS], reached[PHASES];
};

static enum status send_new(struct walk *walk)
{
    struct form_problems problems = {.count = 0};
    struct review_words words = review_test_words(walk->ctx);
    words.statement = mem_format(walk->ctx->mem, "Try %d", walk->oracle.versions);
    words.late_reason = "We were busy";
    return review_send(walk->ctx, walk->reference, &words, &problems);
}

static enum status extend(struct walk *walk)
{
    struct form_problems problems = {.count = 0};
    return review_extend(walk->ctx, walk->reference,
                         &(const struct review_extension){days[5], "A flood"}, &problems);
}

static enum status program_act(struct walk *walk, enum act act)
{
    struct review_moved moved;
    struct ctx *ctx = walk->ctx;
    bool is_leader = act == SIGN_LEADER || act == DECLINE_LEADER;
    const struct review_act by = {walk->reference, 1, walk->oracle.versions,
                                  is_leader ? "leader" : "cosigner"};
    switch (act) {
    case NEXT_DAY:
        review_test_day(ctx, days[walk->oracle.day + (walk->oracle.day < DAYS - 1)]);
        return OK;
    case CLOCK:
        return review_upkeep(ctx, &moved);
    case SEND:
        return send_new(walk);
    case SIGN_LEADER:
    case SIGN_COSIGNER:
        return review_sign(ctx, &by);
    case DECLINE_LEADER:
    case DECLINE_COSIGNER:
        return review_decline(ctx, &by, "Say more");
    case EXTEND:
        return extend(walk);
    default:
        return pledge_withdraw(ctx, walk->reference, "no more");
    }
}

static bool agrees(const struct oracle *o, const struct pledge *pledge, const struct review *review)
{
    static const enum pledge_state states[PHASES] = {
        PLEDGE_PUBLISHED, PLEDGE_UNDER_REVIEW, PLEDGE_LAPSED, PLEDGE_RENEWED, PLEDGE_WITHDRAWN};
    const struct review_version *version = &review->version;
    bool holds = pledge->state == states[o->phase] && version->version == o->versions &&
                 review->is_open == can_work(o) &&
                 (version->declined_at != 0) == (o->sent_back != 0) &&
                 (review->extended_at != 0) == o->has_more_time &&
                 review->is_signed == (o->has_signed[0] && o->has_signed[1]);
    for (size_t i = 0; i < version->signature_count; i++)
        holds = holds && (version->signatures[i].signed_at != 0) == o->has_signed[i];
    return holds;
}

static void compare(struct walk *walk, enum act act)
{
    struct ctx *ctx = walk->ctx;
    struct pledge pledge;
    struct review review = {.period = 0};
    CHECK(pledge_find(ctx, walk->reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    enum status status = review_find(ctx, &pledge, 1, &review);
    CHECK(status == OK || status == ERR_NOT_FOUND);
    ctx->fault = NULL;
    if (!agrees(&walk->oracle, &pledge, &review))
        fail_msg("after \"%s\" on %s the pledge is %s, version %d", act_names[act],
                 days[walk->oracle.day], pledge_state_code(pledge.state),
                 (int)review.version.version);
}

static void step(struct walk *walk, enum act act)
{
    struct oracle after = walk->oracle;
    enum status wanted = oracle_act(&after, act);
    enum status status = program_act(walk, act);
    struct ctx *ctx = walk->ctx;
    if (status != wanted)
        fail_msg("\"%s\" on %s in phase %d: %d, not %d (%s)", act_names[act],
                 days[walk->oracle.day], (int)walk->oracle.phase, (int)status, (int)wanted,
                 ctx->fault);
    ctx->fault = NULL;
    walk->refused[act] += wanted == ERR_CONFLICT;
    walk->changed[act] += wanted == OK;
    walk->oracle = after;
    walk->reached[after.phase]++;
    compare(walk, act);
}

/* A pledge in force, recorded as it was signed: the clock goes back for each walk, and links of
 * mails would be taken for older ones. */
static const char *pledge_in_force(struct ctx *ctx)
{
    struct pledge_draft draft;
    struct form_problems problems = {.count = 0};
    const char *reference;
    review_test_day(ctx, REVIEW_TEST_SIGNED_ON);
    const struct pledge_past events[] = {{PLEDGE_SENT, ctx->now_secs, {0}, ""},
                                         {PLEDGE_LEADER_SIGNED, ctx->now_secs, {0}, ""},
                                         {PLEDGE_COSIGNER_SIGNED, ctx->now_secs, {0}, ""},
                                         {PLEDGE_WAS_ACKNOWLEDGED, ctx->now_secs, {0}, ""},
                                         {PLEDGE_WAS_PUBLISHED, ctx->now_secs, {0}, ""}};
    const struct pledge_history history = {NULL, events, 5};
    pledge_test_draft(ctx, "R0A", &draft);
    CHECK(pledge_record(ctx, &draft, &history, &problems, &reference) == OK);
    return reference;
}

static void walk_once(struct walk *walk)
{
    struct ctx *ctx = walk->ctx;
    walk->oracle = (struct oracle){.day = 0};
    walk->reference = pledge_in_force(ctx);
    review_test_day(ctx, days[0]);
    for (int i = 0; i < STEPS; i++) {
        enum act act = (enum act)random_seeded_below(&walk->random, ACTS);
        /* The clock is asked many times a day, so it opens on the day itself; and a pledge is
         * seldom withdrawn. */
        bool opens_first =
            act == NEXT_DAY && walk->oracle.day == 1 && walk->oracle.phase == IN_FORCE;
        bool is_too_soon = act == WITHDRAW && walk->oracle.phase != LAPSED &&
                           !random_seeded_chance(&walk->random, 15);
        step(walk, opens_first ? CLOCK : is_too_soon ? NEXT_DAY : act);
        if (walk->oracle.day == 1 && walk->oracle.phase == IN_FORCE)
            step(walk, CLOCK);
    }
    if (walk->oracle.phase != LAPSED)
        CHECK(pledge_withdraw(ctx, walk->reference, "to make room") == OK);
}

TEST(no_order_of_acts_on_any_day_goes_past_the_rules_of_reviews)
{
    struct walk walk = {.ctx = ctx, .random = random_seeded("review")};
    const char *broken;
    int64_t checked;
    for (int i = 0; i < WALKS; i++)
        walk_once(&walk);
    for (int act = 0; act < ACTS; act++)
        if (walk.changed[act] == 0 || (act >= SEND && walk.refused[act] == 0))
            fail_msg("\"%s\" was never tried both ways", act_names[act]);
    for (int phase = 0; phase < PHASES; phase++)
        CHECK(walk.reached[phase] > 0);
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK && broken == NULL);
    CHECK(checked == WALKS);
}
