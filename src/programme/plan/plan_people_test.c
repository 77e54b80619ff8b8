/* SPDX-License-Identifier: MIT */
/* plan_people_test.c - who works on a plan, and who is reminded. */
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access_web.h"
#include "programme/plan/plan_test_help.h"

enum { DAY = 86400 };

static enum plan_seat seat(struct ctx *ctx, const char *reference)
{
    enum plan_seat out;
    struct pledge pledge;
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    CHECK(plan_seat_of(ctx, &pledge, &out) == OK);
    return out;
}

static enum status invite(struct ctx *ctx, const char *reference, const char *email,
                          const char *last_on)
{
    struct form_problems problems = {.count = 0};
    const struct plan_invitation it = {"Cy Coach", email, last_on};
    return plan_invite(ctx, reference, &it, &problems);
}

TEST(those_who_sign_work_on_the_plan_and_are_welcomed_once)
{
    int64_t begun;
    struct plan_joining joining;
    struct access_person ada;
    const char *reference = plan_test_publish(ctx);
    CHECK(plan_begin_all(ctx, ctx->now_secs - DAY, &begun) == OK);
    CHECK(plan_begin_all(ctx, ctx->now_secs - DAY, &begun) == OK);
    CHECK(plan_test_mails(ctx, "plan_welcome", "ada@trust.example") == 1);
    CHECK(plan_test_mails(ctx, "plan_welcome", "bo@union.example") == 1);
    CHECK(access_person_find(ctx, "ada@trust.example", &ada) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    CHECK(plan_link_join(ctx, plan_test_token(ctx, "ada@trust.example"), &joining) == OK);
    CHECK_TEXT(joining.reference, reference);
    CHECK(access_person_find(ctx, "ada@trust.example", &ada) == OK && ada.grant_count == 0);
    CHECK_TEXT(ada.name, "Ada Leader");
    ctx->person = ada.id;
    CHECK(seat(ctx, reference) == PLAN_PARTY);
    ctx->person = plan_test_person(ctx, "eve@x.example", NULL);
    CHECK(seat(ctx, reference) == PLAN_STRANGER);
    ctx->person = (struct person_id){0};
    CHECK(seat(ctx, reference) == PLAN_STRANGER);
}

TEST(somebody_who_is_asked_works_on_it_once_they_joined_and_until_it_ends)
{
    struct plan_joining joining;
    struct access_person cy;
    struct pledge pledge;
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    struct person_id ada = ctx->person;
    CHECK(invite(ctx, reference, "cy@x.example", "2026-03-20") == OK);
    const char *token = plan_test_token(ctx, "cy@x.example");
    CHECK(plan_link_open(ctx, token, &joining) == OK && !joining.is_over && !joining.has_joined);
    ctx->person = plan_test_person(ctx, "cy@x.example", NULL);
    CHECK(seat(ctx, reference) == PLAN_STRANGER);
    CHECK(plan_link_join(ctx, token, &joining) == OK);
    CHECK(plan_link_join(ctx, token, &joining) == OK);
    CHECK(access_person_find(ctx, "cy@x.example", &cy) == OK);
    CHECK(seat(ctx, reference) == PLAN_GUEST);
    ctx->now_secs += 11 * (int64_t)DAY; /* 20 March is the last day */
    CHECK(seat(ctx, reference) == PLAN_GUEST);
    ctx->now_secs += DAY;
    CHECK(seat(ctx, reference) == PLAN_STRANGER);
    CHECK(plan_link_join(ctx, token, &joining) == ERR_CONFLICT);
    ctx->now_secs -= DAY;
    ctx->person = ada;
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    CHECK(plan_member_end(ctx, &pledge, 1) == OK && plan_member_end(ctx, &pledge, 1) == OK);
    CHECK(plan_member_end(ctx, &pledge, 2) == ERR_NOT_FOUND);
    ctx->person = cy.id;
    CHECK(seat(ctx, reference) == PLAN_STRANGER);
}

TEST(asking_again_makes_one_new_link_and_not_one_a_click)
{
    struct plan_joining joining;
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    CHECK(invite(ctx, reference, "cy@x.example", "") == OK);
    CHECK(invite(ctx, reference, "CY@x.example", "") == OK);
    CHECK(plan_test_mails(ctx, "plan_invite", "cy@x.example") == 1);
    const char *first = plan_test_token(ctx, "cy@x.example");
    ctx->now_secs += 2 * 3600;
    CHECK(invite(ctx, reference, "cy@x.example", "") == OK);
    CHECK(plan_test_mails(ctx, "plan_invite", "cy@x.example") == 2);
    CHECK(plan_link_open(ctx, first, &joining) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    ctx->now_secs += PLAN_LINK_SECS;
    CHECK(plan_link_open(ctx, "nothing", &joining) == ERR_NOT_FOUND);
}

TEST(an_invitation_that_cannot_be_is_told)
{
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    CHECK(invite(ctx, reference, "bo@union.example", "") == ERR_INVALID);
    CHECK(invite(ctx, reference, "nobody", "") == ERR_INVALID);
    CHECK(invite(ctx, reference, "cy@x.example", "2026-03-08") == ERR_INVALID);
    for (int i = 0; i < PLAN_MEMBERS_MAX; i++)
        CHECK(invite(ctx, reference, mem_format(ctx->mem, "p%d@x.example", i), "") == OK);
    CHECK(invite(ctx, reference, "cy@x.example", "") == ERR_INVALID);
    CHECK(pledge_withdraw(ctx, reference, "It is over") == OK);
    CHECK(invite(ctx, reference, "p1@x.example", "") == ERR_CONFLICT);
}

TEST(a_closed_account_is_not_opened_by_a_link)
{
    struct plan_joining joining;
    struct access_person cy;
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    CHECK(invite(ctx, reference, "cy@x.example", "") == OK);
    plan_test_person(ctx, "cy@x.example", NULL);
    CHECK(access_person_close(ctx, "cy@x.example") == OK);
    CHECK(plan_link_join(ctx, plan_test_token(ctx, "cy@x.example"), &joining) == OK);
    CHECK(access_person_find(ctx, "cy@x.example", &cy) == OK && cy.closed_at != 0);
}

TEST(who_was_invited_names_as_lead_only_whom_others_invited)
{
    struct plan_joining joining;
    struct form_problems problems = {.count = 0};
    const char *reference = plan_test_publish(ctx);
    const struct plan_place place = {reference, 1, 1};
    plan_test_as_leader(ctx);
    CHECK(invite(ctx, reference, "cy@x.example", "") == OK);
    CHECK(plan_link_join(ctx, plan_test_token(ctx, "cy@x.example"), &joining) == OK);
    ctx->person = plan_test_person(ctx, "cy@x.example", NULL);
    CHECK(plan_lead_set(ctx, &place, "Cy", "cy@x.example", &problems) == OK);
    CHECK(plan_lead_set(ctx, &place, "Di", "di@x.example", &problems) == ERR_INVALID);
    CHECK(form_problem_of(&problems, "email") != NULL);
    CHECK_TEXT(plan_test_read(ctx, reference, 0).actions[0].lead_email, "cy@x.example");
    CHECK(plan_test_mails(ctx, "plan_invite", "di@x.example") == 0);
}

/* ---- reminders ---- */

static size_t reminded(struct ctx *ctx, const char *on)
{
    int64_t mailed;
    CHECK(time_day_start(on, &ctx->now_secs) == OK);
    CHECK(plan_remind_all(ctx, &mailed) == OK && plan_remind_all(ctx, &mailed) == OK);
    return plan_test_mails(ctx, "plan_reminder", "cy@x.example");
}

static void set_lead(struct ctx *ctx, const char *reference)
{
    struct form_problems problems = {.count = 0};
    CHECK(plan_lead_set(ctx, &(const struct plan_place){reference, 1, 1}, "Cy", "cy@x.example",
                        &problems) == OK);
}

TEST(the_lead_is_reminded_before_on_the_day_and_monthly_behind_it_once_each)
{
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    set_lead(ctx, reference);
    CHECK(plan_test_mails(ctx, "plan_invite", "cy@x.example") == 1);
    /* Due on 31 March 2027. */
    CHECK(reminded(ctx, "2027-02-28") == 0);
    CHECK(reminded(ctx, "2027-03-01") == 1);
    CHECK(reminded(ctx, "2027-03-30") == 1);
    CHECK(reminded(ctx, "2027-03-31") == 2);
    CHECK(reminded(ctx, "2027-04-29") == 2);
    CHECK(reminded(ctx, "2027-04-30") == 3);
    CHECK(reminded(ctx, "2027-05-30") == 4);
    struct plan_draft draft = plan_test_draft(ctx);
    draft.state = "stopped";
    draft.reason = "The ward closed.";
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    CHECK(reminded(ctx, "2027-08-30") == 4);
}

TEST(a_day_that_was_moved_is_reminded_of_again)
{
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    set_lead(ctx, reference);
    CHECK(reminded(ctx, "2027-03-31") == 1);
    struct plan_draft draft = plan_test_draft(ctx);
    draft.due_on = "2027-06-30";
    draft.due_reason = "The ward moves first.";
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    CHECK(reminded(ctx, "2027-05-30") == 1);
    CHECK(reminded(ctx, "2027-05-31") == 2);
    CHECK(reminded(ctx, "2027-06-30") == 3);
}

TEST(nobody_is_reminded_who_does_not_lead_any_more_or_of_a_pledge_that_ended)
{
    struct form_problems problems = {.count = 0};
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    set_lead(ctx, reference);
    CHECK(plan_lead_set(ctx, &(const struct plan_place){reference, 1, 1}, "", "", &problems) == OK);
    CHECK(reminded(ctx, "2027-04-01") == 0);
    set_lead(ctx, reference);
    CHECK(pledge_withdraw(ctx, reference, "It is over") == OK);
    CHECK(reminded(ctx, "2027-04-01") == 0);
}

TEST(who_leads_fails_whole_or_not_at_all)
{
    struct form_problems problems = {.count = 0};
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    enum status status = ERR_FAULT;
    for (int nth = 1; nth < 80 && status != OK; nth++) {
        store_fail_on_call(ctx->store, nth);
        status = plan_lead_set(ctx, &(const struct plan_place){reference, 1, 1}, "Cy",
                               "cy@x.example", &problems);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(status == OK || (!plan_test_read(ctx, reference, 0).is_begun &&
                               plan_test_mails(ctx, "plan_invite", "cy@x.example") == 0));
    }
    CHECK(status == OK && plan_test_mails(ctx, "plan_invite", "cy@x.example") == 1);
}

TEST(joining_fails_whole_or_not_at_all)
{
    struct plan_joining joining;
    struct access_person cy;
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    CHECK(invite(ctx, reference, "cy@x.example", "") == OK);
    const char *token = plan_test_token(ctx, "cy@x.example");
    enum status status = ERR_FAULT;
    for (int nth = 1; nth < 80 && status != OK; nth++) {
        store_fail_on_call(ctx->store, nth);
        status = plan_link_join(ctx, token, &joining);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        enum status found = access_person_find(ctx, "cy@x.example", &cy);
        ctx->fault = NULL;
        CHECK((status == OK) == (found == OK));
        CHECK(plan_link_open(ctx, token, &joining) == OK && joining.has_joined == (status == OK));
    }
    CHECK(status == OK);
}
