/* SPDX-License-Identifier: MIT */
/* member_claim_test.c - claims: proven, vouched for, refused, their clocks, and domains. */
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"
#include "programme/member/member_internal.h"
#include "programme/member/member_test_help.h"

#define CLEO "cleo@trust.example"

static struct person_id lead(struct ctx *ctx)
{
    return member_test_person(ctx, "lead@trust.example", "lead", TRUST);
}

static struct member_claim claim_of(struct ctx *ctx, const char *reference)
{
    struct member_claim claim;
    CHECK(member_claim_find(ctx, reference, &claim) == OK);
    return claim;
}

/* ---- proving and deciding ---- */

TEST(a_claim_waits_once_its_address_is_proven_and_is_vouched_for)
{
    struct access_person cleo;
    struct person_id boss = lead(ctx);
    const char *reference = member_test_claim(ctx, CLEO, "coordinator");
    CHECK_TEXT(claim_of(ctx, reference).state, "unproven");
    CHECK(access_person_find(ctx, CLEO, &cleo) == ERR_NOT_FOUND);
    CHECK(member_test_mails(ctx, "member.claim_waits", NULL) == 0);
    const char *token = member_test_token(ctx, "member.claim_proof", CLEO);
    CHECK(member_claim_prove_by(ctx, token) == OK && member_claim_prove_by(ctx, token) == OK);
    struct member_claim claim = claim_of(ctx, reference);
    CHECK_TEXT(claim.state, "waiting");
    CHECK_TEXT(claim.due_on, "2026-03-16"); /* five working days behind a Monday */
    CHECK(member_test_mails(ctx, "member.claim_waits", "lead@trust.example") == 1);
    CHECK(access_person_find(ctx, CLEO, &cleo) == OK && cleo.grant_count == 0);
    CHECK(member_claim_confirm(ctx, reference) == ERR_FORBIDDEN); /* by nobody */
    ctx->person = cleo.id;
    CHECK(member_claim_confirm(ctx, reference) == ERR_FORBIDDEN); /* by the claimant */
    ctx->person = boss;
    CHECK(member_claim_confirm(ctx, reference) == OK);
    CHECK(member_claim_confirm(ctx, reference) == ERR_CONFLICT);
    CHECK(member_claim_refuse(ctx, reference, "no") == ERR_CONFLICT);
    CHECK(member_test_grant(ctx, cleo.id, "coordinator") != 0);
    CHECK(member_test_mails(ctx, "member.claim_decided", CLEO) == 1);
}

TEST(nobody_decides_on_a_claim_of_their_own_or_outside_their_area)
{
    const char *reference = member_test_proven(ctx, CLEO, "lead");
    struct person_id cleo = claim_of(ctx, reference).person;
    const char *const wrong[][3] = {{"a@x.example", "lead", OTHER_TRUST},
                                    {"b@x.example", "regional", "Y56"},
                                    {"c@x.example", "coordinator", TRUST},
                                    {"d@x.example", "operator", NULL},
                                    {"e@x.example", "local", "QYG"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ctx->person = member_test_person(ctx, wrong[i][0], wrong[i][1], wrong[i][2]);
        CHECK(member_claim_confirm(ctx, reference) == ERR_FORBIDDEN);
        CHECK(member_claim_refuse(ctx, reference, "no") == ERR_FORBIDDEN);
    }
    ctx->person = member_test_person(ctx, CLEO, "regional", "Y62"); /* theirs to decide, but own */
    CHECK(member_claim_confirm(ctx, reference) == ERR_FORBIDDEN);
    CHECK(member_test_grant(ctx, cleo, "lead") == 0);
    ctx->person = member_test_person(ctx, "f@x.example", "local", "QOP");
    CHECK(member_claim_confirm(ctx, reference) == OK);
    CHECK(member_test_grant(ctx, cleo, "lead") != 0);
}

TEST(a_refusal_says_why_and_gives_nothing)
{
    const char *reference = member_test_proven(ctx, CLEO, "member");
    ctx->person = lead(ctx);
    CHECK(member_claim_refuse(ctx, reference, "We do not know you") == OK);
    struct member_claim claim = claim_of(ctx, reference);
    CHECK_TEXT(claim.state, "refused");
    CHECK_TEXT(claim.reason, "We do not know you");
    CHECK(member_test_grant(ctx, claim.person, "member") == 0);
    /* Refused once is not refused for ever. */
    ctx->person = (struct person_id){0};
    CHECK(strcmp(member_test_claim(ctx, CLEO, "member"), reference) != 0);
}

TEST(claiming_twice_is_one_claim_and_mails_have_an_end)
{
    const char *reference = member_test_claim(ctx, CLEO, "member");
    for (int i = 0; i < 10; i++)
        CHECK_TEXT(member_test_claim(ctx, "CLEO@trust.example", "member"), reference);
    CHECK(member_test_mails(ctx, "member.claim_proof", NULL) == MEMBER_SENDS_MAX);
    const char *token = member_test_token(ctx, "member.claim_proof", "CLEO@trust.example");
    CHECK(member_claim_prove_by(ctx, token) == OK);
    CHECK_TEXT(member_test_claim(ctx, CLEO, "lead"), reference);
    CHECK_TEXT(claim_of(ctx, reference).role->code, "member"); /* what was proven stays */
}

TEST(what_cannot_be_claimed_is_said)
{
    static const struct {
        const char *key, *role, *field;
    } wrong[] = {{TRUST, "national", "role"},      {TRUST, "regional", "role"},
                 {TRUST, "safeguarding", "role"},  {TRUST, "", "role"},
                 {"QOP", "lead", "organisation"},  {"Y62", "lead", "organisation"},
                 {"RW3", "member", "organisation"}}; /* closed: now part of R0A */
    directory_test_packs(ctx);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const char *reference;
        struct organisation it;
        struct form_problems problems = {.count = 0};
        if (directory_find(ctx, wrong[i].key, &it) == ERR_NOT_FOUND)
            continue; /* the pack may not hold the closed one */
        const struct member_claim_draft draft = {.organisation = {.key = wrong[i].key},
                                                 .role = wrong[i].role,
                                                 .name = "N",
                                                 .job_title = "J",
                                                 .email = CLEO,
                                                 .about = ""};
        CHECK(member_claim_send(ctx, &draft, &problems, &reference) == ERR_INVALID);
        CHECK(form_problem_of(&problems, wrong[i].field) != NULL);
        ctx->fault = NULL;
    }
    CHECK(member_test_mails(ctx, NULL, NULL) == 0);
}

TEST(who_is_signed_in_with_the_address_has_proven_it)
{
    ctx->person = member_test_person(ctx, CLEO, NULL, NULL);
    const char *reference = member_test_claim(ctx, CLEO, "member");
    CHECK_TEXT(claim_of(ctx, reference).state, "waiting");
    /* But not another's. */
    CHECK_TEXT(claim_of(ctx, member_test_claim(ctx, "x@trust.example", "member")).state,
               "unproven");
    CHECK(member_claim_withdraw(ctx, reference) == OK);
    CHECK(member_claim_withdraw(ctx, reference) == ERR_CONFLICT);
    reference = member_test_claim(ctx, CLEO, "member");
    ctx->person = member_test_person(ctx, "mallory@x.example", NULL, NULL);
    CHECK(member_claim_withdraw(ctx, reference) == ERR_NOT_FOUND);
    CHECK_TEXT(claim_of(ctx, reference).state, "waiting");
}

TEST(a_link_to_prove_an_address_ends)
{
    struct member_claim claim;
    const char *reference = member_test_claim(ctx, CLEO, "member");
    const char *token = member_test_token(ctx, "member.claim_proof", CLEO);
    CHECK(member_claim_prove_by(ctx, "none") == ERR_NOT_FOUND);
    ctx->now_secs += MEMBER_PROOF_SECS;
    CHECK(member_claim_prove_by(ctx, token) == ERR_CONFLICT);
    member_test_work(ctx);
    CHECK_TEXT(claim_of(ctx, reference).state, "over");
    CHECK(member_claim_open(ctx, token, &claim) == ERR_CONFLICT);
}

/* ---- domains ---- */

static void say_domain(struct ctx *ctx, const char *domain, enum status wanted)
{
    struct form_problems problems = {.count = 0};
    const struct member_domain_draft draft = {domain, "Their website"};
    ctx->person = lead(ctx);
    CHECK(member_domain_say(ctx, TRUST, &draft, &problems) == wanted);
    CHECK((problems.count > 0) == (wanted == ERR_INVALID));
    ctx->person = (struct person_id){0};
    ctx->fault = NULL;
}

TEST(a_mailbox_of_the_organisations_own_domain_makes_a_member_and_no_lead)
{
    say_domain(ctx, "@Trust.example", OK);
    say_domain(ctx, "trust.example", OK); /* twice is once */
    const char *as_member = member_test_proven(ctx, CLEO, "member");
    CHECK_TEXT(claim_of(ctx, as_member).state, "confirmed");
    CHECK(member_test_grant(ctx, claim_of(ctx, as_member).person, "member") != 0);
    CHECK(member_test_mails(ctx, "member.joined", "lead@trust.example") == 1);
    const char *as_lead = member_test_proven(ctx, "dan@trust.example", "lead");
    CHECK_TEXT(claim_of(ctx, as_lead).state, "waiting");
    CHECK(member_test_grant(ctx, claim_of(ctx, as_lead).person, "member") != 0);
    CHECK(member_test_grant(ctx, claim_of(ctx, as_lead).person, "lead") == 0);
    const char *const elsewhere[] = {"a@sub.trust.example", "a@nottrust.example",
                                     "a@trust.example.org"};
    for (size_t i = 0; i < 3; i++) {
        struct member_claim claim = claim_of(ctx, member_test_proven(ctx, elsewhere[i], "member"));
        CHECK(!claim.is_domain && member_test_grant(ctx, claim.person, "member") == 0);
    }
}

TEST(a_domain_that_many_share_proves_nothing)
{
    static const char *const wrong[] = {"nhs.net", "NHS.net", "gmail.com",   "me@nhs.net",
                                        "trust",   "",        "a b.example", "nhs.uk"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        say_domain(ctx, wrong[i], ERR_INVALID);
    say_domain(ctx, "trust.example", OK);
    ctx->person = lead(ctx);
    CHECK(member_domain_unsay(ctx, TRUST, "trust.example") == OK);
    CHECK(member_domain_unsay(ctx, TRUST, "trust.example") == ERR_NOT_FOUND);
}

/* ---- clocks ---- */

TEST(working_days_leave_out_weekends_and_bank_holidays)
{
    static const char *const holidays[] = {
        "2022-12-26", "2022-12-27", "2024-03-29", "2024-04-01", "2026-01-01", "2026-04-03",
        "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28",
        "2027-03-26", "2027-12-27", "2027-12-28", "2028-01-03", "2026-03-07", "2026-03-08"};
    static const char *const working[] = {"2026-01-02", "2026-04-02", "2026-04-07", "2026-05-05",
                                          "2026-05-18", "2026-08-24", "2026-12-24", "2026-12-29",
                                          "2027-12-29", "2028-01-04", "2022-12-28", "2026-03-09"};
    const char *day;
    for (size_t i = 0; i < sizeof holidays / sizeof holidays[0]; i++)
        if (member_is_working_day(holidays[i]))
            fail_msg("%s is no working day", holidays[i]);
    for (size_t i = 0; i < sizeof working / sizeof working[0]; i++)
        if (!member_is_working_day(working[i]))
            fail_msg("%s is a working day", working[i]);
    CHECK(member_working_days_after(ctx->mem, "2026-04-01", 5, &day) == OK);
    CHECK_TEXT(day, "2026-04-10"); /* over Easter */
}

TEST(a_claim_goes_from_the_lead_to_the_local_the_regional_and_the_national_lead)
{
    static const struct {
        const char *on; /* the morning after which mails are counted */
        size_t lead, local, regional, national;
    } days[] = {{"2026-03-11", 1, 0, 0, 0}, {"2026-03-12", 2, 0, 0, 0}, {"2026-03-16", 2, 1, 0, 0},
                {"2026-03-18", 2, 1, 1, 0}, {"2026-03-23", 2, 1, 1, 1}, {"2026-03-30", 2, 1, 1, 2}};
    lead(ctx);
    member_test_person(ctx, "local@x.example", "local", "QOP");
    member_test_person(ctx, "nw@x.example", "regional", "Y62");
    member_test_person(ctx, "london@x.example", "regional", "Y56");
    member_test_person(ctx, "national@x.example", "national", NULL);
    member_test_proven(ctx, CLEO, "member");
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        CHECK(time_at(days[i].on, 12, 0, &ctx->now_secs) == OK);
        member_test_work(ctx);
        member_test_work(ctx);
        CHECK(member_test_mails(ctx, "member.claim_waits", "lead@trust.example") == days[i].lead);
        CHECK(member_test_mails(ctx, "member.claim_waits", "local@x.example") == days[i].local);
        CHECK(member_test_mails(ctx, "member.claim_waits", "nw@x.example") == days[i].regional);
        CHECK(member_test_mails(ctx, "member.claim_waits", "national@x.example") ==
              days[i].national);
    }
    CHECK(member_test_mails(ctx, "member.claim_waits", "london@x.example") == 0);
}

TEST(where_nobody_is_the_next_up_is_told_at_once)
{
    member_test_person(ctx, "national@x.example", "national", NULL);
    member_test_proven(ctx, CLEO, "lead");
    CHECK(member_test_mails(ctx, "member.claim_waits", "national@x.example") == 1);
    /* And where nobody is at all, the claim waits all the same. */
    CHECK(access_person_end_role(ctx, "national@x.example", "national", NULL) == OK);
    const char *reference = member_test_proven(ctx, "dan@trust.example", "lead");
    CHECK_TEXT(claim_of(ctx, reference).state, "waiting");
}

TEST(the_only_lead_who_asks_for_another_role_does_not_answer_for_it)
{
    struct member_claim_row_row row;
    struct person_id local = member_test_person(ctx, "local@x.example", "local", "QOP");
    member_test_person(ctx, CLEO, "lead", TRUST);
    const char *reference = member_test_proven(ctx, CLEO, "union");
    CHECK(member_test_mails(ctx, "member.claim_waits", "local@x.example") == 1);
    CHECK(member_test_mails(ctx, "member.claim_waits", NULL) == 1);
    CHECK(member_claim_row(ctx, reference, &row) == OK);
    CHECK(row.decider_id != NULL && *row.decider_id == local.n);
}

TEST(a_failed_decision_changes_nothing)
{
    const char *reference = member_test_proven(ctx, CLEO, "lead");
    struct person_id cleo = claim_of(ctx, reference).person;
    ctx->person = lead(ctx);
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = member_claim_confirm(ctx, reference);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        bool has_role = member_test_grant(ctx, cleo, "lead") != 0;
        bool waits = strcmp(claim_of(ctx, reference).state, "waiting") == 0;
        if (status == OK) {
            CHECK(nth > 8 && has_role && !waits);
            return;
        }
        CHECK(status == ERR_FAULT && !has_role && waits);
    }
}

TEST(a_failed_proof_changes_nothing)
{
    struct access_person cleo;
    const char *reference = member_test_claim(ctx, CLEO, "lead");
    const char *token = member_test_token(ctx, "member.claim_proof", CLEO);
    lead(ctx);
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = member_claim_prove_by(ctx, token);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        if (status == OK) {
            CHECK(nth > 10 && claim_of(ctx, reference).proven_at != 0);
            CHECK(member_test_mails(ctx, "member.claim_waits", NULL) == 1);
            return;
        }
        CHECK(status == ERR_FAULT && claim_of(ctx, reference).proven_at == 0);
        CHECK(access_person_find(ctx, CLEO, &cleo) == ERR_NOT_FOUND);
        CHECK(member_test_mails(ctx, "member.claim_waits", NULL) == 0);
    }
}
