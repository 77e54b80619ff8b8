/* SPDX-License-Identifier: MIT */
/* member_invite_test.c - giving, ending and inviting: what is allowed, and what never happens. */
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "programme/access/access_web.h"
#include "programme/member/member_test_help.h"

#define BOB "bob@trust.example"

static const struct member_offer member_here = {"member", TRUST, "", ""};

static struct person_id lead(struct ctx *ctx)
{
    return member_test_person(ctx, "lead@trust.example", "lead", TRUST);
}

/* ---- inviting ---- */

TEST(an_invitation_is_accepted_once_by_its_link)
{
    struct access_person bob;
    struct member_invitation invitation;
    const char *token = member_test_invite(ctx, lead(ctx), BOB, &member_here);
    CHECK(access_person_find(ctx, BOB, &bob) == ERR_NOT_FOUND);
    CHECK(member_invitation_open(ctx, token, &invitation) == OK);
    CHECK(invitation.state == MEMBER_OPEN);
    CHECK(access_person_find(ctx, BOB, &bob) == ERR_NOT_FOUND); /* looking changes nothing */
    CHECK(member_invitation_accept_by(ctx, token, "Bob Builder") == OK);
    CHECK(access_person_find(ctx, BOB, &bob) == OK && bob.grant_count == 1);
    CHECK_TEXT(bob.name, "Bob Builder");
    CHECK_TEXT(bob.grants[0].role->code, "member");
    CHECK_TEXT(bob.grants[0].area, TRUST);
    CHECK(member_invitation_accept_by(ctx, token, "Somebody Else") == ERR_CONFLICT);
    CHECK(member_invitation_decline(ctx, token) == ERR_CONFLICT);
    CHECK(access_person_end_role(ctx, BOB, "member", NULL) == OK);
    CHECK(member_invitation_accept_by(ctx, token, "") == ERR_CONFLICT); /* replay after leaving */
    CHECK(access_person_find(ctx, BOB, &bob) == OK && bob.grant_count == 0);
    CHECK_TEXT(bob.name, "Bob Builder");
}

TEST(an_invitation_is_not_for_who_is_signed_in_with_another_address)
{
    struct access_person mallory;
    const char *token = member_test_invite(ctx, lead(ctx), BOB, &member_here);
    ctx->person = member_test_person(ctx, "mallory@x.example", NULL, NULL);
    CHECK(member_invitation_accept_by(ctx, token, "") == ERR_FORBIDDEN);
    struct member_invitation invitation;
    CHECK(member_invitation_open(ctx, token, &invitation) == OK);
    CHECK(member_invitation_accept_own(ctx, invitation.reference) == ERR_NOT_FOUND);
    CHECK(access_person_get(ctx, ctx->person, &mallory) == OK && mallory.grant_count == 0);
    ctx->person = member_test_person(ctx, BOB, NULL, NULL);
    CHECK(member_invitation_accept_own(ctx, invitation.reference) == OK);
    CHECK(member_test_grant(ctx, ctx->person, "member") != 0);
    CHECK(member_invitation_accept_own(ctx, invitation.reference) == ERR_CONFLICT);
}

TEST(inviting_twice_is_one_invitation_whose_first_link_stops)
{
    const char *first_reference, *second_reference;
    struct member_invitation invitation;
    struct form_problems problems = {.count = 0};
    ctx->person = lead(ctx);
    CHECK(member_invite(ctx, BOB, &member_here, &problems, &first_reference) == OK);
    const char *first = member_test_token(ctx, "member.invitation", BOB);
    ctx->now_secs++;
    CHECK(member_invite(ctx, "BOB@trust.example", &member_here, &problems, &second_reference) ==
          OK);
    CHECK_TEXT(second_reference, first_reference);
    CHECK(member_invitation_open(ctx, first, &invitation) == ERR_NOT_FOUND);
    for (int i = 0; i < 10; i++)
        CHECK(member_invite(ctx, BOB, &member_here, &problems, &second_reference) == OK);
    CHECK(member_test_mails(ctx, "member.invitation", NULL) == MEMBER_SENDS_MAX);
}

TEST(an_invitation_is_sent_again_with_a_new_link_and_counts_for_fourteen_days_more)
{
    struct member_invitation invitation;
    struct person_id boss = lead(ctx);
    const char *first = member_test_invite(ctx, boss, BOB, &member_here);
    CHECK(member_invitation_open(ctx, first, &invitation) == OK);
    const char *reference = invitation.reference;
    ctx->now_secs += MEMBER_INVITATION_SECS + 1;
    ctx->person = member_test_person(ctx, "eve@x.example", "lead", OTHER_TRUST);
    CHECK(member_invitation_send_again(ctx, reference) == ERR_FORBIDDEN);
    ctx->person = member_test_person(ctx, "second@trust.example", "lead", TRUST);
    CHECK(member_invitation_send_again(ctx, reference) == OK);
    const char *again = member_test_token(ctx, "member.invitation", BOB);
    CHECK(member_invitation_open(ctx, first, &invitation) == ERR_NOT_FOUND);
    CHECK(member_invitation_open(ctx, again, &invitation) == OK);
    CHECK(invitation.state == MEMBER_OPEN && invitation.invited_by.n == ctx->person.n);
    CHECK(invitation.expires_at == ctx->now_secs + MEMBER_INVITATION_SECS);
    ctx->person = (struct person_id){0};
    CHECK(member_invitation_accept_by(ctx, again, "Bob") == OK);
    ctx->person = boss;
    CHECK(member_invitation_send_again(ctx, reference) == ERR_CONFLICT);
    CHECK(member_invitation_send_again(ctx, "IN-0000-0000") == ERR_NOT_FOUND);
}

TEST(whether_the_invited_address_has_an_account_shows_nowhere)
{
    const char *reference;
    int64_t calls[2];
    const char *const emails[2] = {"known@trust.example", "newcomer@trust.example"};
    struct form_problems problems = {.count = 0};
    struct person_id inviter = lead(ctx);
    member_test_person(ctx, emails[0], "member", OTHER_TRUST);
    ctx->person = inviter;
    for (int i = 0; i < 2; i++) {
        int64_t before = store_calls(ctx->store);
        CHECK(member_invite(ctx, emails[i], &member_here, &problems, &reference) == OK);
        calls[i] = store_calls(ctx->store) - before;
    }
    CHECK(calls[0] == calls[1] && calls[0] > 3);
    CHECK(member_test_mails(ctx, "member.invitation", emails[0]) == 1);
    CHECK(member_test_mails(ctx, "member.invitation", emails[1]) == 1);
}

TEST(an_invitation_ends_by_time_by_withdrawing_and_by_saying_no)
{
    struct member_invitation invitation;
    struct person_id inviter = lead(ctx);
    const char *old = member_test_invite(ctx, inviter, "a@trust.example", &member_here);
    const char *back = member_test_invite(ctx, inviter, "b@trust.example", &member_here);
    const char *no = member_test_invite(ctx, inviter, "c@trust.example", &member_here);
    CHECK(member_invitation_open(ctx, back, &invitation) == OK);
    CHECK(member_invitation_withdraw(ctx, invitation.reference) == ERR_FORBIDDEN);
    ctx->person = member_test_person(ctx, "other@x.example", "lead", OTHER_TRUST);
    CHECK(member_invitation_withdraw(ctx, invitation.reference) == ERR_FORBIDDEN);
    ctx->person = inviter;
    CHECK(member_invitation_withdraw(ctx, invitation.reference) == OK);
    CHECK(member_invitation_withdraw(ctx, invitation.reference) == ERR_CONFLICT);
    ctx->person = (struct person_id){0};
    CHECK(member_invitation_accept_by(ctx, back, "") == ERR_CONFLICT);
    CHECK(member_invitation_decline(ctx, no) == OK && member_invitation_decline(ctx, no) == OK);
    CHECK(member_invitation_accept_by(ctx, no, "") == ERR_CONFLICT);
    ctx->now_secs += MEMBER_INVITATION_SECS;
    CHECK(member_invitation_accept_by(ctx, old, "") == ERR_CONFLICT);
    member_test_work(ctx);
    CHECK(member_invitation_open(ctx, old, &invitation) == OK && invitation.state == MEMBER_OVER);
    CHECK(member_invitation_accept_by(ctx, "none", "") == ERR_NOT_FOUND);
}

TEST(nobody_invites_to_what_reaches_wider_or_lies_elsewhere)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    const struct member_offer wider[] = {{"national", "", "", ""},
                                         {"lead", OTHER_TRUST, "", ""},
                                         {"regional", "Y62", "", ""},
                                         {"local", TRUST, "", ""},
                                         {"safeguarding", "Y62", "", ""}};
    struct person_id inviter = lead(ctx);
    ctx->person = inviter;
    for (size_t i = 0; i < sizeof wider / sizeof wider[0]; i++) {
        ctx->fault = NULL;
        CHECK(member_invite(ctx, BOB, &wider[i], &problems, &reference) == ERR_FORBIDDEN);
    }
    CHECK(problems.count == 0 && member_test_mails(ctx, NULL, NULL) == 0);
    CHECK(member_invite(ctx, "LEAD@trust.example", &member_here, &problems, &reference) ==
          ERR_INVALID);
    CHECK(form_problem_of(&problems, "email") != NULL);
    /* Nor after the own role has ended. */
    ctx->person = (struct person_id){0};
    CHECK(access_person_end_role(ctx, "lead@trust.example", "lead", NULL) == OK);
    ctx->person = inviter;
    problems.count = 0;
    CHECK(member_invite(ctx, BOB, &member_here, &problems, &reference) == ERR_FORBIDDEN);
    ctx->person = (struct person_id){0};
    CHECK(member_invite(ctx, BOB, &member_here, &problems, &reference) == ERR_FORBIDDEN);
}

TEST(an_offer_for_days_to_come_counts_from_its_day_on)
{
    struct access_person bob;
    struct form_problems problems = {.count = 0};
    const char *reference;
    const struct member_offer later = {"member", TRUST, "2026-03-20", "2026-03-31"};
    const char *token = member_test_invite(ctx, lead(ctx), BOB, &later);
    CHECK(member_invitation_accept_by(ctx, token, "") == OK);
    CHECK(access_person_find(ctx, BOB, &bob) == OK && bob.grant_count == 0);
    ctx->now_secs += 11 * 86400;
    CHECK(access_person_find(ctx, BOB, &bob) == OK && bob.grant_count == 1);
    CHECK_TEXT(bob.grants[0].until_on, "2026-04-01");
    ctx->person = lead(ctx);
    const struct member_offer past = {"member", TRUST, "2026-03-01", ""};
    const struct member_offer turned = {"member", TRUST, "2026-05-01", "2026-04-01"};
    CHECK(member_invite(ctx, "z@trust.example", &past, &problems, &reference) == ERR_INVALID);
    CHECK(form_problem_of(&problems, "from_on") != NULL);
    CHECK(member_invite(ctx, "z@trust.example", &turned, &problems, &reference) == ERR_INVALID);
    CHECK(form_problem_of(&problems, "last_on") != NULL);
}

TEST(a_failed_acceptance_leaves_no_trace)
{
    const char *token = member_test_invite(ctx, lead(ctx), BOB, &member_here);
    for (int nth = 1;; nth++) {
        struct access_person bob;
        struct member_invitation invitation;
        store_fail_on_call(ctx->store, nth);
        enum status status = member_invitation_accept_by(ctx, token, "Bob");
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(member_invitation_open(ctx, token, &invitation) == OK);
        if (status == OK) {
            CHECK(nth > 8 && invitation.state == MEMBER_ACCEPTED);
            return;
        }
        CHECK(status == ERR_FAULT && invitation.state == MEMBER_OPEN);
        CHECK(access_person_find(ctx, BOB, &bob) == ERR_NOT_FOUND);
    }
}

TEST(a_failed_invitation_sends_nothing)
{
    ctx->person = lead(ctx);
    for (int nth = 1;; nth++) {
        const char *reference;
        struct form_problems problems = {.count = 0};
        store_fail_on_call(ctx->store, nth);
        enum status status = member_invite(ctx, BOB, &member_here, &problems, &reference);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        if (status == OK) {
            CHECK(nth > 8 && member_test_mails(ctx, "member.invitation", BOB) == 1);
            return;
        }
        CHECK(status == ERR_FAULT && member_test_mails(ctx, "member.invitation", BOB) == 0);
    }
}

/* ---- giving and ending ---- */

TEST(a_role_is_given_by_who_may_to_others_alone)
{
    struct form_problems problems = {.count = 0};
    struct person_id bob = member_test_person(ctx, BOB, "member", TRUST);
    const struct member_offer coordinator = {"coordinator", TRUST, "", ""};
    const struct member_offer wider = {"national", "", "", ""};
    ctx->person = lead(ctx);
    CHECK(member_give(ctx, bob, &coordinator, &problems) == OK);
    CHECK(member_give(ctx, bob, &coordinator, &problems) == OK);
    CHECK(member_test_grant(ctx, bob, "coordinator") != 0);
    CHECK(member_test_mails(ctx, "member.given", BOB) == 1);
    CHECK(member_give(ctx, bob, &wider, &problems) == ERR_FORBIDDEN);
    CHECK(member_give(ctx, ctx->person, &coordinator, &problems) == ERR_INVALID);
    CHECK(member_test_grant(ctx, ctx->person, "coordinator") == 0);
    CHECK(member_give(ctx, (struct person_id){4711}, &coordinator, &problems) == ERR_NOT_FOUND);
}

TEST(a_role_is_ended_by_who_could_give_it_and_never_the_last_one)
{
    struct person_id bob = member_test_person(ctx, BOB, "member", TRUST);
    member_test_person(ctx, BOB, "coordinator", TRUST);
    int64_t member = member_test_grant(ctx, bob, "member");
    int64_t coordinator = member_test_grant(ctx, bob, "coordinator");
    ctx->person = member_test_person(ctx, "other@x.example", "lead", OTHER_TRUST);
    CHECK(member_end(ctx, bob, coordinator) == ERR_FORBIDDEN);
    struct person_id boss = ctx->person = lead(ctx);
    CHECK(member_end(ctx, boss, coordinator) == ERR_NOT_FOUND); /* another's */
    CHECK(member_end(ctx, bob, coordinator) == OK);
    CHECK(member_end(ctx, bob, coordinator) == ERR_NOT_FOUND);
    CHECK(member_end(ctx, bob, member) == ERR_CONFLICT); /* that is leaving */
    member_test_person(ctx, "lead@trust.example", "member", TRUST);
    ctx->person = member_test_person(ctx, "nw@x.example", "regional", "Y62");
    CHECK(member_end(ctx, boss, member_test_grant(ctx, boss, "lead")) == ERR_CONFLICT);
    CHECK(member_end(ctx, boss, 4711) == ERR_NOT_FOUND);
}
