/* SPDX-License-Identifier: MIT */
/* programme_review_sides_test.c - nobody signs a review for two sides, whoever they are by then. */
#include "platform/base/test.h"
#include "programme/access/access.h"
#include "programme/pledge/pledge.sql.h"
#include "programme/review/review_test_help.h"

static struct person_id person(struct ctx *ctx, const char *email)
{
    struct access_person out;
    const struct access_new wanted = {.email = email, .role = "member", .area = "R0A"};
    CHECK(access_person_add(ctx, &wanted, &out, NULL) == OK);
    return out.id;
}

TEST(nobody_signs_for_two_sides_while_signed_in)
{
    const char *reference = review_test_open(ctx);
    CHECK(review_test_send(ctx, reference) == OK);
    ctx->person = person(ctx, REVIEW_TEST_LEADER);
    /* With the other side's link in hand. */
    CHECK(review_link_sign(ctx, review_test_token(ctx, REVIEW_TEST_COSIGNER)) == ERR_FORBIDDEN);
    ctx->fault = NULL;
    CHECK(review_test_sign(ctx, reference, 1, "leader") == OK);
    CHECK(review_test_sign(ctx, reference, 1, "cosigner") == ERR_FORBIDDEN);
    CHECK(review_test_state(ctx, reference) == PLEDGE_UNDER_REVIEW);
}

/* The staff side is handed over to an address, as pledge/ does it. */
static void hand_over(struct ctx *ctx, const char *reference, const char *address)
{
    struct pledge_by_reference_row row;
    int64_t changes;
    CHECK(pledge_by_reference(ctx, reference, &row) == OK);
    CHECK(pledge_party_add(ctx, row.organisation_id, row.id, "cosigner", 1, "Cy New", "Chair",
                           address, address, ctx->now_secs, "Bo has left", &changes) == OK);
    CHECK(pledge_party_confirm(ctx, row.organisation_id, row.id, "cosigner", 1, ctx->now_secs,
                               &changes) == OK);
}

TEST(who_signed_for_one_side_does_not_sign_for_another_that_is_handed_over)
{
    const char *reference = review_test_open(ctx);
    CHECK(review_test_send(ctx, reference) == OK);
    CHECK(review_test_sign(ctx, reference, 1, "leader") == OK);
    hand_over(ctx, reference, REVIEW_TEST_LEADER);
    CHECK(review_remind(ctx, reference) == OK);
    CHECK(review_link_sign(ctx, review_test_token(ctx, REVIEW_TEST_LEADER)) == ERR_FORBIDDEN);
    CHECK(review_test_state(ctx, reference) == PLEDGE_UNDER_REVIEW);
}

TEST(a_link_ends_when_its_side_is_handed_over_and_the_new_one_signs)
{
    const char *reference = review_test_open(ctx);
    CHECK(review_test_send(ctx, reference) == OK);
    const char *old = review_test_token(ctx, REVIEW_TEST_COSIGNER);
    hand_over(ctx, reference, "cy@union.example");
    CHECK(review_link_sign(ctx, old) == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(review_remind(ctx, reference) == OK);
    CHECK(review_link_sign(ctx, review_test_token(ctx, "cy@union.example")) == OK);
    CHECK_TEXT(review_test_find(ctx, reference, 0).version.signatures[1].office, "Chair");
}
