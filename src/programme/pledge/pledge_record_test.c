/* SPDX-License-Identifier: MIT */
/* pledge_record_test.c - what happened before is recorded by the same rules. */
#include "platform/base/test.h"
#include "platform/mail/mail.h"
#include "programme/pledge/pledge.h"
#include "programme/pledge/pledge_test.h"

enum { DAY = 86400 };

static enum status record(struct ctx *ctx, const struct pledge_past *events, size_t count,
                          const char **reference_out)
{
    struct pledge_draft draft;
    struct form_problems problems = {.count = 0};
    const struct pledge_history history = {NULL, events, count};
    pledge_test_draft(ctx, "R0A", &draft);
    return pledge_record(ctx, &draft, &history, &problems, reference_out);
}

TEST(a_recorded_pledge_has_its_events_at_their_times_and_a_chain_that_holds)
{
    const int64_t now = ctx->now_secs;
    const struct pledge_past events[] = {
        {PLEDGE_SENT, now - 30 * DAY, {0}, ""},
        {PLEDGE_LEADER_SIGNED, now - 28 * DAY, {0}, ""},
        {PLEDGE_COSIGNER_SIGNED, now - 25 * DAY, {0}, ""},
        {PLEDGE_WAS_ACKNOWLEDGED, now - 20 * DAY, {7}, ""},
        {PLEDGE_WAS_PUBLISHED, now - 20 * DAY, {7}, ""},
    };
    struct pledge pledge;
    const char *reference, *broken;
    int64_t checked;
    CHECK(record(ctx, events, 5, &reference) == OK);
    CHECK(ctx->now_secs == now && ctx->person.n == 0);
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_PUBLIC, &pledge) == OK);
    CHECK(pledge.state == PLEDGE_PUBLISHED && pledge.event_count == 5);
    CHECK_TEXT(pledge.signed_on, "2026-02-12");
    CHECK(pledge.published_at == now - 20 * DAY && pledge.events[3].at == now - 20 * DAY);
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK);
    CHECK(checked == 1 && broken == NULL);
}

TEST(recording_sends_no_mail_and_a_reminder_does)
{
    struct mail_counts counts;
    const struct pledge_past sent = {PLEDGE_SENT, ctx->now_secs - 5 * DAY, {0}, ""};
    const char *reference;
    CHECK(record(ctx, &sent, 1, &reference) == OK);
    CHECK(mail_count(ctx, &counts) == OK && counts.waiting_count == 0);
    CHECK(pledge_remind(ctx, reference) == OK);
    pledge_test_sign(ctx);
    CHECK(pledge_acknowledge(ctx, reference) == OK);
}

TEST(a_history_that_the_rules_refuse_leaves_nothing)
{
    const int64_t now = ctx->now_secs;
    const struct pledge_past unsigned_yet[] = {
        {PLEDGE_SENT, now - 30 * DAY, {0}, ""},
        {PLEDGE_WAS_PUBLISHED, now - 20 * DAY, {0}, ""},
    };
    const char *reference, *broken;
    int64_t checked;
    CHECK(record(ctx, unsigned_yet, 2, &reference) == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK && checked == 0);
}

TEST(a_history_begins_with_sending_and_lies_in_the_past_in_order)
{
    const int64_t now = ctx->now_secs;
    const struct pledge_past ahead[] = {{PLEDGE_SENT, now + 1, {0}, ""}};
    const struct pledge_past unsent[] = {{PLEDGE_LEADER_SIGNED, now - 1, {0}, ""}};
    const struct pledge_past back[] = {{PLEDGE_SENT, now - 1, {0}, ""},
                                       {PLEDGE_LEADER_SIGNED, now - 2, {0}, ""}};
    const struct pledge_past again[] = {{PLEDGE_SENT, now - 9, {0}, ""},
                                        {PLEDGE_WAS_RETURNED, now - 8, {0}, "Please say more"},
                                        {PLEDGE_SENT_AGAIN, now - 7, {0}, ""}};
    const char *reference;
    CHECK(record(ctx, ahead, 1, &reference) == ERR_INVALID);
    CHECK(record(ctx, unsent, 1, &reference) == ERR_INVALID);
    CHECK(record(ctx, back, 2, &reference) == ERR_INVALID);
    CHECK(record(ctx, again, 3, &reference) == ERR_INVALID);
    CHECK(record(ctx, NULL, 0, &reference) == ERR_INVALID);
}
