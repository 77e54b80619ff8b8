/* SPDX-License-Identifier: MIT */
/* review_test_help.c - for tests: a pledge whose review is open. */
#include "programme/review/review_test_help.h"

#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "programme/pledge/pledge_test_help.h"

void review_test_day(struct ctx *ctx, const char *on)
{
    CHECK(time_at(on, 12, 0, &ctx->now_secs) == OK);
}

const char *review_test_pledge(struct ctx *ctx, bool has_union)
{
    struct pledge_draft draft;
    struct form_problems problems = {.count = 0};
    const char *reference;
    review_test_day(ctx, REVIEW_TEST_SIGNED_ON);
    ctx->fault = NULL;
    pledge_test_draft(ctx, "R0A", &draft);
    if (!has_union) {
        draft.has_union = FORM_NO;
        draft.union_code = draft.cosigner_name = draft.cosigner_title = draft.cosigner_email = "";
        draft.no_union_reason = "We are few.";
    }
    CHECK(pledge_send(ctx, &draft, &problems, &reference) == OK);
    CHECK(pledge_link_sign(ctx, pledge_test_token(ctx, REVIEW_TEST_LEADER)) == OK);
    if (has_union)
        CHECK(pledge_link_sign(ctx, pledge_test_token(ctx, REVIEW_TEST_COSIGNER)) == OK);
    CHECK(pledge_acknowledge(ctx, reference) == OK && pledge_publish(ctx, reference) == OK);
    return reference;
}

const char *review_test_open(struct ctx *ctx)
{
    struct review_moved moved;
    const char *reference = review_test_pledge(ctx, true);
    review_test_day(ctx, REVIEW_TEST_OPENS_ON);
    CHECK(review_upkeep(ctx, &moved) == OK && moved.opened_count == 1);
    return reference;
}

struct review_words review_test_words(struct ctx *ctx)
{
    struct review_part *parts = mem_array(ctx->mem, struct review_part, 2);
    parts[0] = (struct review_part){"tfc-1", "Two ways in are open.", "A third."};
    parts[1] = (struct review_part){"tfc-3", "Twelve people began.", "Twenty."};
    return (struct review_words){.parts = {parts, 2},
                                 .statement = "A good year.",
                                 .changes = "More places.",
                                 .late_reason = ""};
}

enum status review_test_send(struct ctx *ctx, const char *reference)
{
    struct form_problems problems;
    struct review_words words = review_test_words(ctx);
    enum status status = review_send(ctx, reference, &words, &problems);
    if (status != OK && status != ERR_FAULT)
        ctx->fault = NULL;
    return status;
}

const char *review_test_link(struct ctx *ctx, const char *kind, const char *address)
{
    struct mail_outbox_row *rows;
    size_t count;
    struct store_choice newest = {.at_most = 100};
    CHECK(mail_outbox(ctx, NULL, kind, NULL, &newest, &rows, &count) == OK);
    for (size_t i = 0; i < count; i++) {
        struct mail_kept mail;
        if (rows[i].to_address == NULL || strcmp(rows[i].to_address, address) != 0)
            continue;
        CHECK(mail_find(ctx, rows[i].id, &mail) == OK);
        for (const struct mail_part *part = mail.parts; part->kind != MAIL_PARTS_END; part++)
            if (part->kind == MAIL_PART_BUTTON)
                return strrchr(part->href, '/') + 1;
    }
    return "";
}

const char *review_test_token(struct ctx *ctx, const char *address)
{
    return review_test_link(ctx, "review.sign", address);
}

size_t review_test_mails(struct ctx *ctx, const char *kind)
{
    struct mail_outbox_row *rows;
    size_t count;
    struct store_choice newest = {.at_most = 100};
    CHECK(mail_outbox(ctx, NULL, kind, NULL, &newest, &rows, &count) == OK);
    return count;
}

struct review review_test_find(struct ctx *ctx, const char *reference, int64_t period)
{
    struct pledge pledge;
    struct review review;
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    CHECK(review_find(ctx, &pledge, period, &review) == OK);
    return review;
}

enum pledge_state review_test_state(struct ctx *ctx, const char *reference)
{
    struct pledge pledge;
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    return pledge.state;
}

enum status review_test_sign(struct ctx *ctx, const char *reference, int64_t version,
                             const char *role)
{
    const struct review_act act = {reference, 1, version, role};
    enum status status = review_sign(ctx, &act);
    if (status != OK && status != ERR_FAULT)
        ctx->fault = NULL;
    return status;
}

enum status review_test_decline(struct ctx *ctx, const char *reference, int64_t version,
                                const char *role)
{
    const struct review_act act = {reference, 1, version, role};
    enum status status = review_decline(ctx, &act, "Please say more");
    if (status != OK && status != ERR_FAULT)
        ctx->fault = NULL;
    return status;
}
