/* SPDX-License-Identifier: MIT */
/*
 * review_fail_test.c - whatever breaks while a review is opened, sent, signed, sent back, given
 * more time or lapses: nothing is half done, and doing it again does it.
 */
#include "platform/base/test.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/review/review_test_help.h"

/* What can be seen from outside. */
struct sight {
    enum pledge_state state;
    size_t events, mails;
    int64_t version, declined_at, extended_at, period, draft;
};

static struct sight look(struct ctx *ctx, const char *reference)
{
    struct pledge pledge;
    struct review review;
    struct mail_counts mails;
    struct review_draft *drafts;
    size_t count;
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    CHECK(mail_count(ctx, &mails) == OK);
    CHECK(review_draft_list(ctx, &pledge, &drafts, &count) == OK);
    struct sight out = {.state = pledge.state,
                        .events = pledge.event_count,
                        .mails = (size_t)mails.waiting_count,
                        .period = pledge.period,
                        .draft = (int64_t)count};
    if (review_find(ctx, &pledge, 1, &review) == OK) {
        out.version = review.version.version;
        out.declined_at = review.version.declined_at;
        out.extended_at = review.extended_at;
    }
    ctx->fault = NULL;
    return out;
}

static bool is_same(const struct sight *a, const struct sight *b)
{
    return a->state == b->state && a->events == b->events && a->mails == b->mails &&
           a->version == b->version && a->declined_at == b->declined_at &&
           a->extended_at == b->extended_at && a->period == b->period && a->draft == b->draft;
}

typedef enum status act_fn(struct ctx *ctx, const char *reference);

/* What a pass of the clock has done by the time that a later call failed is whole: once more finds
 * nothing to do. */
static bool is_whole(struct ctx *ctx, const char *reference, act_fn *act, const struct sight *after)
{
    CHECK(act(ctx, reference) == OK);
    struct sight again = look(ctx, reference);
    return is_same(after, &again);
}

/* Runs act with the 1st, 2nd, 3rd ... call of the store failing, until it goes through. */
static void fail_each(struct ctx *ctx, const char *reference, act_fn *act)
{
    const struct sight before = look(ctx, reference);
    struct sight after = before;
    for (int nth = 1; is_same(&before, &after); nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = act(ctx, reference);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        after = look(ctx, reference);
        CHECK(status == ERR_FAULT || nth > 10);
        CHECK(status == ERR_FAULT || !is_same(&before, &after));
        if (status == ERR_FAULT && !is_same(&before, &after) &&
            !is_whole(ctx, reference, act, &after))
            fail_msg("call %d failed, and something was half done", nth);
    }
}

static enum status upkeep(struct ctx *ctx, const char *reference)
{
    struct review_moved moved;
    (void)reference;
    return review_upkeep(ctx, &moved);
}

static enum status sign_leader(struct ctx *ctx, const char *reference)
{
    return review_sign(ctx, &(const struct review_act){reference, 1, 1, "leader"});
}

static enum status sign_cosigner(struct ctx *ctx, const char *reference)
{
    return review_sign(ctx, &(const struct review_act){reference, 1, 1, "cosigner"});
}

static enum status decline(struct ctx *ctx, const char *reference)
{
    return review_decline(ctx, &(const struct review_act){reference, 1, 1, "cosigner"}, "No");
}

static enum status extend(struct ctx *ctx, const char *reference)
{
    struct form_problems problems;
    const struct review_extension extension = {"2027-07-01", "A flood"};
    return review_extend(ctx, reference, &extension, &problems);
}

static enum status save(struct ctx *ctx, const char *reference)
{
    struct pledge pledge = {.reference = reference};
    return review_draft_save(ctx, &pledge, &(const struct review_draft){"changes", "[]", 0, 0});
}

TEST(a_failed_coming_to_write_makes_no_account)
{
    struct access_person found;
    struct pledge pledge;
    review_test_open(ctx);
    const char *token = review_test_link(ctx, "review.opened", REVIEW_TEST_LEADER);
    enum status status = ERR_FAULT;
    for (int nth = 1; status != OK; nth++) {
        store_fail_on_call(ctx->store, nth);
        status = review_link_begin(ctx, token, &pledge);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(status == ERR_FAULT || nth > 10);
        bool has_account = access_person_find(ctx, REVIEW_TEST_LEADER, &found) == OK;
        CHECK(has_account == (status == OK));
        ctx->fault = NULL;
    }
}

TEST(a_failed_opening_leaves_no_trace)
{
    const char *reference = review_test_pledge(ctx, true);
    review_test_day(ctx, REVIEW_TEST_OPENS_ON);
    fail_each(ctx, reference, upkeep);
    CHECK(review_test_state(ctx, reference) == PLEDGE_UNDER_REVIEW);
}

TEST(a_failed_sending_and_signing_leave_no_trace)
{
    const char *reference = review_test_open(ctx);
    fail_each(ctx, reference, save);
    fail_each(ctx, reference, review_test_send);
    fail_each(ctx, reference, sign_leader);
    fail_each(ctx, reference, sign_cosigner);
    CHECK(review_test_state(ctx, reference) == PLEDGE_RENEWED);
    CHECK(review_test_mails(ctx, "review.renewed") == 2);
}

TEST(a_failed_sending_back_and_new_links_leave_no_trace)
{
    const char *reference = review_test_open(ctx);
    CHECK(review_test_send(ctx, reference) == OK);
    fail_each(ctx, reference, review_remind);
    fail_each(ctx, reference, decline);
}

TEST(a_failed_warning_extension_and_lapse_leave_no_trace)
{
    const char *reference = review_test_open(ctx);
    review_test_day(ctx, "2027-06-01");
    fail_each(ctx, reference, upkeep);
    fail_each(ctx, reference, extend);
    review_test_day(ctx, "2027-07-02");
    fail_each(ctx, reference, upkeep);
    CHECK(review_test_state(ctx, reference) == PLEDGE_LAPSED);
}
