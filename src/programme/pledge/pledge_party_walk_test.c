/* SPDX-License-Identifier: MIT */
/*
 * pledge_party_walk_test.c - every act of pledge_party.h in every state of a pledge: what the table
 * `acts` allows works, and whatever it does not leaves the pledge as it was.
 */
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/directory/directory_test_help.h"
#include "programme/pledge/pledge_internal.h"
#include "programme/pledge/pledge_test.h"

#define IN(state) (1u << (state))
#define SIGNED_ONES                                                                                \
    (IN(PLEDGE_SIGNED) | IN(PLEDGE_ACKNOWLEDGED) | IN(PLEDGE_PUBLISHED) | IN(PLEDGE_UNDER_REVIEW))
#define NOT_OVER (SIGNED_ONES | IN(PLEDGE_AWAITING) | IN(PLEDGE_RETURNED))

struct walk {
    struct ctx *ctx;
    const char *reference, *other; /* a pledge in force of another organisation */
    int number;
};

/* ---- the acts: each says whether it did anything ---- */

static bool hand_over(struct walk *walk)
{
    struct form_problems problems = {.count = 0};
    const struct pledge_successor nia = {"leader", "Nia New", "Chief", "nia@trust.example", "Why"};
    enum status status = pledge_hand_over(walk->ctx, walk->reference, &nia, true, &problems);
    return status == OK &&
           pledge_take_over(walk->ctx, pledge_test_token(walk->ctx, nia.email)) == OK;
}

static bool merge(struct walk *walk, const char *goes, const char *stays)
{
    struct form_problems problems = {.count = 0};
    const struct pledge_merge merge = {goes, stays, "One twice"};
    return pledge_merge(walk->ctx, &merge, &problems) == OK;
}

static bool goes(struct walk *walk)
{
    return merge(walk, walk->reference, walk->other);
}

static bool stays(struct walk *walk)
{
    return merge(walk, walk->other, walk->reference);
}

/* Its organisation closes, and another that has no pledge takes over. */
static bool carry(struct walk *walk)
{
    struct ctx *ctx = walk->ctx;
    bool moved;
    import_test_text(ctx, DIRECTORY_IMPORT_ORGANISATIONS,
                     mem_format(ctx->mem,
                                "code,name,kind,opened_on,closed_on\n"
                                "ZW%d,Walk Trust,nhs-trust,2010-04-01,2026-03-01\n"
                                "ZX%d,Next Trust,nhs-trust,2010-04-01,\n",
                                walk->number, walk->number),
                     NULL);
    import_test_text(ctx, DIRECTORY_IMPORT_SUCCESSIONS,
                     mem_format(ctx->mem,
                                "predecessor,successor,on,kind\nZW%d,ZX%d,2026-03-02,merger\n",
                                walk->number, walk->number),
                     NULL);
    CHECK(pledge_succeed(ctx, walk->reference, &moved) == OK);
    return moved;
}

static bool not_made(struct walk *walk)
{
    struct ctx *ctx = walk->ctx;
    struct form_problems problems = {.count = 0};
    struct pledge pledge;
    const char *reference;
    CHECK(pledge_find(ctx, walk->reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    const struct pledge_dispute_draft draft = {
        pledge.code, "other", "Not us",
        "Dara",      "Clerk", mem_format(ctx->mem, "dara-%d@x.example", walk->number),
        ""};
    const struct pledge_decision yes = {true, "You are right."};
    return pledge_dispute_raise(ctx, &draft, &problems, &reference) == OK &&
           pledge_dispute_decide(ctx, reference, &yes) == OK;
}

static const struct act {
    bool (*fn)(struct walk *walk);
    unsigned allowed_in;
    enum pledge_state next; /* PLEDGE_NONE: it stays as it was */
} acts[] = {
    {hand_over, SIGNED_ONES, PLEDGE_NONE},
    {goes, NOT_OVER, PLEDGE_MERGED},
    {stays, NOT_OVER & ~IN(PLEDGE_RETURNED), PLEDGE_NONE},
    {carry, NOT_OVER, PLEDGE_NONE},
    {not_made, NOT_OVER, PLEDGE_WITHDRAWN},
};

/* ---- the states ---- */

static enum status happen(struct ctx *ctx, void *arg)
{
    const struct walk *walk = arg;
    TRY(pledge_happen(
        ctx, walk->reference,
        &(const struct pledge_news){.kind = PLEDGE_REVIEW_OPENED, .role = "programme"}, NULL));
    return OK;
}

static enum status lapse(struct ctx *ctx, void *arg)
{
    const struct walk *walk = arg;
    return pledge_happen(
        ctx, walk->reference,
        &(const struct pledge_news){.kind = PLEDGE_HAS_LAPSED, .role = "programme"}, NULL);
}

static const char *publish(struct ctx *ctx, const char *code)
{
    const char *reference = pledge_test_send(ctx, code);
    pledge_test_sign(ctx);
    CHECK(pledge_acknowledge(ctx, reference) == OK && pledge_publish(ctx, reference) == OK);
    return reference;
}

static void bring(struct walk *walk, enum pledge_state state)
{
    struct ctx *ctx = walk->ctx;
    const char *code = mem_format(ctx->mem, "ZW%d", walk->number);
    if (state == PLEDGE_AWAITING || state == PLEDGE_RETURNED || state == PLEDGE_SIGNED ||
        state == PLEDGE_ACKNOWLEDGED) {
        walk->reference = pledge_test_send(ctx, code);
        if (state == PLEDGE_SIGNED || state == PLEDGE_ACKNOWLEDGED)
            pledge_test_sign(ctx);
        if (state == PLEDGE_ACKNOWLEDGED)
            CHECK(pledge_acknowledge(ctx, walk->reference) == OK);
        if (state == PLEDGE_RETURNED)
            CHECK(pledge_return(ctx, walk->reference, "Not yet") == OK);
        return;
    }
    walk->reference = publish(ctx, code);
    if (state == PLEDGE_UNDER_REVIEW || state == PLEDGE_LAPSED)
        CHECK(store_transact(ctx, "test", happen, walk) == OK);
    if (state == PLEDGE_LAPSED)
        CHECK(store_transact(ctx, "test", lapse, walk) == OK);
    if (state == PLEDGE_WITHDRAWN)
        CHECK(pledge_withdraw(ctx, walk->reference, "Over") == OK);
    if (state == PLEDGE_MERGED)
        CHECK(goes(walk));
}

static void begin(struct walk *walk)
{
    struct ctx *ctx = walk->ctx;
    walk->number++;
    import_test_text(ctx, DIRECTORY_IMPORT_ORGANISATIONS,
                     mem_format(ctx->mem,
                                "code,name,kind,opened_on\nZW%d,Walk Trust,nhs-trust,2010-04-01\n"
                                "ZO%d,Other Trust,nhs-trust,2010-04-01\n",
                                walk->number, walk->number),
                     NULL);
    walk->other = publish(ctx, mem_format(ctx->mem, "ZO%d", walk->number));
    ctx->now_secs += 60;
}

static void try_one(struct walk *walk, const struct act *act, enum pledge_state state)
{
    struct ctx *ctx = walk->ctx;
    struct pledge before, after;
    begin(walk);
    bring(walk, state);
    ctx->now_secs += 60;
    CHECK(pledge_find(ctx, walk->reference, PLEDGE_FOR_STAFF, &before) == OK &&
          before.state == state);
    bool is_allowed = (act->allowed_in & IN(state)) != 0, did = act->fn(walk);
    ctx->fault = NULL;
    CHECK(pledge_find(ctx, walk->reference, PLEDGE_FOR_STAFF, &after) == OK);
    if (did != is_allowed)
        fail_msg("act %d in state %s: %s", (int)(act - acts), pledge_state_code(state),
                 did ? "was done" : "was refused");
    CHECK(after.state == (did && act->next != PLEDGE_NONE ? act->next : state));
    CHECK(did || (after.event_count == before.event_count && after.holder_id == before.holder_id));
}

TEST(no_act_of_other_hands_is_done_in_a_state_that_forbids_it)
{
    static const enum pledge_state states[] = {
        PLEDGE_AWAITING,  PLEDGE_SIGNED,       PLEDGE_ACKNOWLEDGED,
        PLEDGE_PUBLISHED, PLEDGE_UNDER_REVIEW, PLEDGE_LAPSED,
        PLEDGE_RETURNED,  PLEDGE_WITHDRAWN,    PLEDGE_MERGED};
    struct walk walk = {.ctx = ctx};
    int64_t checked;
    const char *broken;
    directory_test_packs(ctx);
    for (size_t a = 0; a < sizeof acts / sizeof acts[0]; a++)
        for (size_t s = 0; s < sizeof states / sizeof states[0]; s++)
            try_one(&walk, &acts[a], states[s]);
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK && broken == NULL && checked > 80);
}
