/* SPDX-License-Identifier: MIT */
/* member_leave_test.c - whoever leaves, nothing that waited for them is left hanging. */
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "programme/access/access_web.h"
#include "programme/member/member_test_help.h"

#define LEAD "lead@trust.example"

static struct person_id lead(struct ctx *ctx)
{
    return member_test_person(ctx, LEAD, "lead", TRUST);
}

/* What waits for a person anywhere, by the tables of all capabilities. */
static size_t hanging(struct ctx *ctx, struct person_id person, const char *area_code)
{
    size_t count = 0;
    struct access_area area;
    struct access_person found;
    CHECK(access_area_find(ctx, area_code, &area) == OK);
    CHECK(access_person_get(ctx, person, &found) == OK);
    for (size_t t = 0; member_waitings[t] != NULL; t++)
        for (const struct member_waiting *w = member_waitings[t]; w->title != NULL; w++) {
            struct member_thing *things;
            size_t more;
            CHECK(w->list(ctx, &found, &area, &things, &more) == OK);
            count += more;
        }
    return count;
}

/* A lead for whom two invitations and a claim wait. */
static struct person_id busy_lead(struct ctx *ctx)
{
    const struct member_offer offer = {"member", TRUST, "", ""};
    struct person_id boss = lead(ctx);
    member_test_invite(ctx, boss, "a@trust.example", &offer);
    member_test_invite(ctx, boss, "b@trust.example", &offer);
    member_test_proven(ctx, "cleo@trust.example", "coordinator");
    CHECK(hanging(ctx, boss, TRUST) == 3);
    return boss;
}

TEST(the_last_lead_names_a_successor_who_gets_the_role_and_all_that_waits)
{
    bool has_none;
    struct member_leaving leaving;
    struct person_id boss = busy_lead(ctx);
    struct person_id bob = member_test_person(ctx, "bob@trust.example", "member", TRUST);
    int64_t grant = member_test_grant(ctx, boss, "lead");
    ctx->person = boss;
    CHECK(member_leave_look(ctx, boss, grant, &leaving) == OK);
    CHECK(leaving.needs_successor && leaving.thing_count == 3 && leaving.colleague_count == 1);
    CHECK_TEXT(leaving.last->code, "lead");
    CHECK(member_leave(ctx, boss, grant, (struct person_id){0}, &has_none) == ERR_INVALID);
    CHECK(member_leave(ctx, boss, grant, boss, &has_none) == ERR_INVALID);
    CHECK(member_leave(ctx, boss, grant, (struct person_id){4711}, &has_none) == ERR_INVALID);
    CHECK(member_test_grant(ctx, boss, "lead") == grant);
    CHECK(member_leave(ctx, boss, grant, bob, &has_none) == OK && has_none);
    CHECK(member_test_grant(ctx, boss, "lead") == 0 && member_test_grant(ctx, bob, "lead") != 0);
    CHECK(hanging(ctx, boss, TRUST) == 0 && hanging(ctx, bob, TRUST) == 3);
    CHECK(member_test_mails(ctx, "member.handed_over", "bob@trust.example") == 1);
    const char *words = member_test_words(ctx, "member.handed_over", "bob@trust.example");
    CHECK(strstr(words, "You now have the role Organisation lead.") != NULL);
    CHECK(strstr(words, "What waited for them now waits for you: 3 things.") != NULL);
    CHECK(member_leave(ctx, boss, grant, bob, &has_none) == ERR_NOT_FOUND); /* once */
}

TEST(the_last_lead_can_hand_to_the_local_lead_who_becomes_no_lead_there)
{
    bool has_none;
    struct person_id boss = busy_lead(ctx);
    struct person_id local = member_test_person(ctx, "local@x.example", "local", "QOP");
    ctx->person = boss;
    CHECK(member_leave(ctx, boss, member_test_grant(ctx, boss, "lead"), local, &has_none) == OK);
    CHECK(member_test_grant(ctx, local, "lead") == 0);
    CHECK(hanging(ctx, boss, TRUST) == 0 && hanging(ctx, local, TRUST) == 3);
}

TEST(who_takes_over_when_nothing_waits_is_told_of_no_things)
{
    bool has_none;
    struct person_id bob = member_test_person(ctx, "bob@trust.example", "member", TRUST);
    ctx->person = member_test_person(ctx, "ann@trust.example", "member", TRUST);
    CHECK(member_leave(ctx, ctx->person, member_test_grant(ctx, ctx->person, "member"), bob,
                       &has_none) == OK);
    const char *words = member_test_words(ctx, "member.handed_over", "bob@trust.example");
    CHECK(strstr(words, "you take over") != NULL && strstr(words, "thing") == NULL &&
          strstr(words, "role") == NULL);
}

TEST(a_claim_never_waits_for_somebody_who_cannot_decide_it)
{
    bool has_none;
    struct person_id boss = busy_lead(ctx);
    struct person_id second = member_test_person(ctx, "second@trust.example", "lead", TRUST);
    struct person_id bob = member_test_person(ctx, "bob@trust.example", "member", TRUST);
    ctx->person = boss;
    CHECK(member_leave(ctx, boss, member_test_grant(ctx, boss, "lead"), bob, &has_none) == OK);
    CHECK(member_test_grant(ctx, bob, "lead") == 0); /* there is another lead */
    CHECK(hanging(ctx, boss, TRUST) == 0 && hanging(ctx, bob, TRUST) == 2);
    ctx->now_secs++;
    member_test_work(ctx); /* the clock puts the claim before who can decide */
    CHECK(hanging(ctx, second, TRUST) == 1);
}

TEST(others_end_the_roles_of_who_has_left_only_where_they_could_give_them)
{
    bool has_none;
    struct person_id boss = lead(ctx);
    struct person_id bob = member_test_person(ctx, "bob@trust.example", "member", TRUST);
    int64_t grant = member_test_grant(ctx, bob, "member");
    ctx->person = member_test_person(ctx, "other@x.example", "lead", OTHER_TRUST);
    CHECK(member_leave(ctx, bob, grant, (struct person_id){0}, &has_none) == ERR_FORBIDDEN);
    ctx->person = (struct person_id){0};
    CHECK(member_leave(ctx, bob, grant, (struct person_id){0}, &has_none) == ERR_FORBIDDEN);
    ctx->person = boss;
    CHECK(member_leave(ctx, boss, grant, (struct person_id){0}, &has_none) == ERR_NOT_FOUND);
    CHECK(member_leave(ctx, bob, grant, (struct person_id){0}, &has_none) == OK && has_none);
    CHECK(member_test_mails(ctx, "member.left", "bob@trust.example") == 1);
    /* Who has a role that the lead could not give is not the lead's to end. */
    struct person_id local = member_test_person(ctx, "eve@trust.example", "member", TRUST);
    member_test_person(ctx, "eve@trust.example", "local", TRUST);
    grant = member_test_grant(ctx, local, "member");
    CHECK(member_leave(ctx, local, grant, (struct person_id){0}, &has_none) == ERR_FORBIDDEN);
}

TEST(who_leaves_one_organisation_keeps_the_roles_in_another)
{
    bool has_none;
    struct person_id bob = member_test_person(ctx, "bob@trust.example", "member", TRUST);
    int64_t grant = member_test_grant(ctx, bob, "member");
    member_test_person(ctx, "bob@trust.example", "coordinator", TRUST);
    member_test_person(ctx, "bob@trust.example", "assessor", OTHER_TRUST);
    ctx->person = bob;
    CHECK(member_leave(ctx, bob, grant, (struct person_id){0}, &has_none) == OK && !has_none);
    CHECK(member_test_grant(ctx, bob, "member") == 0);
    CHECK(member_test_grant(ctx, bob, "coordinator") == 0);
    CHECK(member_test_grant(ctx, bob, "assessor") != 0);
}

TEST(a_regional_lead_who_leaves_hands_over_what_waits_in_the_whole_region)
{
    bool has_none;
    const struct member_offer offer = {"member", TRUST, "", ""};
    struct person_id first = member_test_person(ctx, "nw@x.example", "regional", "Y62");
    member_test_invite(ctx, first, "a@trust.example", &offer);
    member_test_proven(ctx, "cleo@trust.example", "lead"); /* no lead: it goes up to the region */
    CHECK(hanging(ctx, first, "Y62") == 2);
    ctx->person = first;
    int64_t grant = member_test_grant(ctx, first, "regional");
    CHECK(member_leave(ctx, first, grant, (struct person_id){0}, &has_none) == ERR_INVALID);
    struct person_id national = member_test_person(ctx, "n@x.example", "national", NULL);
    CHECK(member_leave(ctx, first, grant, national, &has_none) == OK);
    CHECK(hanging(ctx, first, "Y62") == 0 && hanging(ctx, national, "") == 2);
}

TEST(the_last_national_lead_cannot_go_alone)
{
    bool has_none;
    struct person_id only = member_test_person(ctx, "n@x.example", "national", NULL);
    int64_t grant = member_test_grant(ctx, only, "national");
    ctx->person = only;
    CHECK(member_leave(ctx, only, grant, (struct person_id){0}, &has_none) == ERR_INVALID);
    struct person_id editor = member_test_person(ctx, "e@x.example", "editor", NULL);
    CHECK(member_leave(ctx, only, grant, editor, &has_none) == OK);
    CHECK(member_test_grant(ctx, editor, "national") != 0);
}

TEST(a_failed_leaving_changes_nothing)
{
    struct person_id boss = busy_lead(ctx);
    struct person_id bob = member_test_person(ctx, "bob@trust.example", "member", TRUST);
    int64_t grant = member_test_grant(ctx, boss, "lead");
    ctx->person = boss;
    for (int nth = 1;; nth++) {
        bool has_none;
        store_fail_on_call(ctx->store, nth);
        enum status status = member_leave(ctx, boss, grant, bob, &has_none);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        if (status == OK) {
            CHECK(nth > 20 && hanging(ctx, boss, TRUST) == 0 && hanging(ctx, bob, TRUST) == 3);
            return;
        }
        CHECK(status == ERR_FAULT);
        CHECK(hanging(ctx, boss, TRUST) == 3 && hanging(ctx, bob, TRUST) == 0);
        CHECK(member_test_grant(ctx, boss, "lead") == grant);
        CHECK(member_test_grant(ctx, bob, "lead") == 0);
        CHECK(member_test_mails(ctx, "member.handed_over", NULL) == 0);
    }
}

/* ---- an account that is closed ---- */

TEST(a_closed_account_leaves_no_invitation_open_and_no_claim_with_nobody)
{
    int64_t ended;
    struct person_id boss = busy_lead(ctx);
    struct person_id next = member_test_person(ctx, "next@trust.example", "lead", TRUST);
    CHECK(access_person_close(ctx, LEAD) == OK);
    ctx->person = (struct person_id){0};
    CHECK(member_person_closed(ctx, boss, &ended) == OK && ended == 2);
    CHECK(hanging(ctx, boss, TRUST) == 0);
    member_test_work(ctx);
    CHECK(hanging(ctx, boss, TRUST) == 0);
    CHECK(hanging(ctx, next, TRUST) == 1); /* the claim */
    CHECK(member_person_closed(ctx, boss, &ended) == OK && ended == 0);
}

static enum status closed_once(struct ctx *ctx, void *arg)
{
    int64_t ended;
    return member_person_closed(ctx, *(const struct person_id *)arg, &ended);
}

TEST(closing_that_fails_anywhere_leaves_everything_as_it_was)
{
    struct person_id boss = busy_lead(ctx);
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = store_transact(ctx, "closed", closed_once, &boss);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(hanging(ctx, boss, TRUST) == (status == OK ? 0 : 3));
        if (status == OK) {
            CHECK(nth > 8);
            return;
        }
    }
}
