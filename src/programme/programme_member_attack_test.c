/* SPDX-License-Identifier: MIT */
/* programme_member_attack_test.c - what somebody would try who wants a role that is not theirs. */
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "platform/web/web_test_client.h"
#include "programme/member/member_test_help.h"
#include "programme/programme.h"

static struct web_client *as(struct ctx *ctx, const char *email, const char *role, const char *area)
{
    struct person_id person = member_test_person(ctx, email, role, area);
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, person);
    return c;
}

TEST(a_claim_is_not_decided_through_the_path_of_another_organisation)
{
    const char *reference = member_test_proven(ctx, "cleo@trust.example", "lead");
    struct web_client *c = as(ctx, "other@x.example", "lead", OTHER_TRUST);
    client_token(c);
    static const char *const codes[] = {OTHER_TRUST, TRUST,     "r0a", "R0A%20",
                                        "..",        "NOWHERE", "Y62"};
    static const char *const tails[] = {"", "/confirm", "/refuse"};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        for (size_t k = 0; k < 3; k++) {
            const char *path =
                mem_format(ctx->mem, "/desk/claims/%s/%s%s", codes[i], reference, tails[k]);
            client_post(c, path, "reason", "x", NULL);
            CHECK(c->code == 403 || c->code == 404 || c->code == 405 || c->code == 301 ||
                  c->code == 400);
            client_get(c, path);
            CHECK(c->code != 200 || strcmp(codes[i], "..") == 0);
        }
    struct member_claim claim;
    CHECK(member_claim_find(ctx, reference, &claim) == OK);
    CHECK_TEXT(claim.state, "waiting");
}

TEST(anothers_invitation_is_neither_accepted_nor_taken_back)
{
    const struct member_offer offer = {"lead", TRUST, "", ""};
    struct person_id boss = member_test_person(ctx, "lead@trust.example", "lead", TRUST);
    const char *token = member_test_invite(ctx, boss, "bob@trust.example", &offer);
    struct member_invitation invitation;
    CHECK(member_invitation_open(ctx, token, &invitation) == OK);
    struct web_client *c = as(ctx, "mallory@x.example", "lead", OTHER_TRUST);
    client_token(c);
    client_post(c, mem_format(ctx->mem, "/invitations/%s/accept", token), "email",
                "mallory@x.example", NULL);
    CHECK_CODE(c, 409);
    client_post(c, mem_format(ctx->mem, "/account/invitations/%s/accept", invitation.reference),
                NULL);
    CHECK_CODE(c, 404);
    client_post(c, mem_format(ctx->mem, "/desk/invitations/%s/withdraw", invitation.reference),
                NULL);
    CHECK_CODE(c, 404);
    client_post(c, mem_format(ctx->mem, "/desk/invitations/%s/again", invitation.reference), NULL);
    CHECK_CODE(c, 404);
    client_get(c, mem_format(ctx->mem, "/desk/invitations/%s", invitation.reference));
    CHECK_CODE(c, 404);
    CHECK(member_invitation_open(ctx, token, &invitation) == OK);
    CHECK(invitation.state == MEMBER_OPEN);
}

TEST(a_lead_whose_role_has_ended_does_nothing_more_in_the_session_that_is_open)
{
    static const char *const paths[] = {"/desk/people", "/desk/invite", "/desk/invitations",
                                        "/desk/claims", "/desk/domains/R0A"};
    const char *reference = member_test_proven(ctx, "cleo@trust.example", "lead");
    struct web_client *c = as(ctx, "lead@trust.example", "lead", TRUST);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        client_get(c, paths[i]);
        CHECK_CODE(c, 200);
    }
    client_get(c, "/desk/invite");
    CHECK(access_person_end_role(ctx, "lead@trust.example", "lead", NULL) == OK);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        client_get(c, paths[i]);
        CHECK_CODE(c, 403);
    }
    client_post(c, "/desk/invite", "email", "x@x.example", "role", "lead", NULL);
    CHECK_CODE(c, 403);
    client_post(c, mem_format(ctx->mem, "/desk/claims/" TRUST "/%s/confirm", reference), NULL);
    CHECK_CODE(c, 403);
}

TEST(nobody_leaves_for_another_or_ends_what_is_not_theirs)
{
    struct person_id bob = member_test_person(ctx, "bob@trust.example", "lead", TRUST);
    long long grant = (long long)member_test_grant(ctx, bob, "lead");
    struct web_client *c = as(ctx, "mallory@x.example", "lead", OTHER_TRUST);
    client_token(c);
    const char *const paths[] = {
        mem_format(ctx->mem, "/account/leave/%lld", grant),
        mem_format(ctx->mem, "/desk/people/%lld/left/%lld", (long long)bob.n, grant),
        mem_format(ctx->mem, "/desk/people/%lld/roles/%lld/end", (long long)bob.n, grant)};
    for (size_t i = 0; i < 3; i++) {
        client_post(c, paths[i], "successor", "1", NULL);
        CHECK_CODE(c, 404);
    }
    CHECK(member_test_grant(ctx, bob, "lead") == grant);
}

TEST(what_is_typed_reaches_pages_as_words_and_no_mail_to_others)
{
    struct form_problems problems = {.count = 0};
    const char *reference;
    struct web_client *c = as(ctx, "lead@trust.example", "lead", TRUST);
    const struct member_claim_draft draft = {.organisation = {.key = TRUST, .label = "The trust"},
                                             .role = "member",
                                             .name = "<script>alert(1)</script>",
                                             .job_title = "See http://evil.example",
                                             .email = "cleo@trust.example",
                                             .about = "\"><img src=x onerror=alert(1)>"};
    CHECK(member_claim_send(ctx, &draft, &problems, &reference) == OK);
    const char *token = member_test_token(ctx, "member.claim_proof", "cleo@trust.example");
    CHECK(member_claim_prove_by(ctx, token) == OK);
    client_get(c, mem_format(ctx->mem, "/desk/claims/" TRUST "/%s", reference));
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "&lt;script&gt;") && !client_has(c, "<script>alert") &&
          !client_has(c, "<img src=x"));
    CHECK(member_test_mails(ctx, "member.claim_waits", "lead@trust.example") == 1);
    /* The button of the mail leads to the claim and to nowhere that was typed. */
    CHECK_TEXT(member_test_token(ctx, "member.claim_waits", "lead@trust.example"), reference);
}
