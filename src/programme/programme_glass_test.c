/* SPDX-License-Identifier: MIT */
/* programme_glass_test.c - opening a record in an emergency: how, how long, and who hears of it. */
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access_test_help.h"
#include "programme/oversight/oversight.h"
#include "programme/oversight/oversight_test.sql.h"
#include "programme/pledge/pledge_test.h"
#include "programme/programme.h"

#include <string.h>

#define REASON "Ada cannot sign in and her shift begins in an hour"

static int64_t count_of(struct ctx *ctx, const char *what)
{
    struct oversight_test_count_row row;
    CHECK(oversight_test_count(ctx, what, &row) == OK);
    return row.events;
}

static enum status try_to_open(struct ctx *ctx, const char *what, const char **reference_out)
{
    ctx->person = help_person(ctx, "robin@x.example", "operator");
    return glass_open(ctx, &(const struct glass_request){what, REASON}, reference_out);
}

/* Robin, an operator, opens what. */
static const char *open_it(struct ctx *ctx, const char *what)
{
    const char *reference;
    CHECK(try_to_open(ctx, what, &reference) == OK);
    return reference;
}

TEST(a_record_is_open_for_half_an_hour)
{
    struct glass_record record;
    help_person(ctx, "ada@x.example", "analyst");
    const char *reference = open_it(ctx, "ADA@x.example");
    CHECK(glass_read(ctx, reference, &record) == OK);
    CHECK_TEXT(record.title, "Account of ada@x.example");
    ctx->now_secs += OVERSIGHT_GLASS_SECS - 1;
    CHECK(glass_read(ctx, reference, &record) == OK);
    ctx->now_secs++;
    CHECK(glass_read(ctx, reference, &record) == ERR_CONFLICT);
    CHECK(count_of(ctx, "oversight.glass_opened") == 1);
    CHECK(count_of(ctx, "oversight.glass_seen") == 2);
}

TEST(opening_a_record_twice_is_one_opening)
{
    help_person(ctx, "lead@x.example", "national");
    help_person(ctx, "ada@x.example", "analyst");
    const char *reference = open_it(ctx, "ada@x.example");
    CHECK_TEXT(open_it(ctx, "ada@x.example"), reference);
    CHECK(help_mail_count(ctx) == 1 && count_of(ctx, "oversight.glass_opened") == 1);
    ctx->now_secs += OVERSIGHT_GLASS_SECS;
    CHECK(strcmp(open_it(ctx, "ada@x.example"), reference) != 0);
    CHECK(help_mail_count(ctx) == 2 && count_of(ctx, "oversight.glass_opened") == 2);
}

TEST(only_who_opened_it_reads_it)
{
    struct glass_record record;
    help_person(ctx, "ada@x.example", "analyst");
    const char *reference = open_it(ctx, "ada@x.example");
    ctx->person = help_person(ctx, "other@x.example", "operator");
    CHECK(glass_read(ctx, reference, &record) == ERR_NOT_FOUND);
    CHECK(glass_close(ctx, reference) == ERR_NOT_FOUND);
    ctx->person = (struct person_id){0};
    CHECK(glass_read(ctx, reference, &record) == ERR_NOT_FOUND);
}

TEST(a_reason_needs_some_words)
{
    const char *reference;
    ctx->person = help_person(ctx, "robin@x.example", "operator");
    static const char *const reasons[] = {"", "x", "emergency", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                                          "I need to"};
    for (size_t i = 0; i < 5; i++)
        CHECK(glass_open(ctx, &(const struct glass_request){"a@b.example", reasons[i]},
                         &reference) == ERR_INVALID);
    CHECK(help_mail_count(ctx) == 0);
}

TEST(nobody_tries_out_addresses_unseen)
{
    struct glass_record record;
    const char *reference;
    help_person(ctx, "lead@x.example", "national");
    reference = open_it(ctx, "nobody@x.example");
    CHECK(help_mail_count(ctx) == 1); /* the lead is told */
    CHECK(glass_read(ctx, reference, &record) == ERR_NOT_FOUND);
    for (int i = 1; i < OVERSIGHT_GLASS_A_DAY; i++) {
        ctx->now_secs += OVERSIGHT_GLASS_SECS;
        open_it(ctx, "nobody@x.example");
    }
    ctx->now_secs += OVERSIGHT_GLASS_SECS;
    CHECK(try_to_open(ctx, "nobody@x.example", &reference) == ERR_BUSY);
}

TEST(the_national_leads_are_told_and_look_it_over)
{
    struct glass glass;
    struct person_id lead = help_person(ctx, "lead@x.example", "national");
    help_person(ctx, "second@x.example", "national");
    help_person(ctx, "ada@x.example", "analyst");
    size_t mails = help_mail_count(ctx);
    const char *reference = open_it(ctx, "ada@x.example");
    struct person_id robin = ctx->person;
    CHECK(help_mail_count(ctx) == mails + 2);
    CHECK(glass_review(ctx, reference, "I reviewed it myself") == ERR_CONFLICT);
    ctx->fault = NULL;
    ctx->person = lead;
    CHECK(glass_review(ctx, reference, "All was well") == OK);
    CHECK(glass_review(ctx, reference, "Said twice") == OK);
    CHECK(glass_find(ctx, reference, &glass) == OK);
    CHECK_TEXT(glass.review, "All was well");
    CHECK_TEXT(glass.reviewer, "lead@x.example");
    CHECK(glass.actor_id.n == robin.n && count_of(ctx, "oversight.glass_reviewed") == 1);
}

TEST(a_failed_opening_leaves_no_trace)
{
    struct glass_record record;
    const char *reference = "";
    help_person(ctx, "lead@x.example", "national");
    help_person(ctx, "ada@x.example", "analyst");
    ctx->person = help_person(ctx, "robin@x.example", "operator");
    enum status status = ERR_FAULT;
    for (int nth = 1; status != OK && nth < 100; nth++) {
        store_fail_on_call(ctx->store, nth);
        status =
            glass_open(ctx, &(const struct glass_request){"ada@x.example", REASON}, &reference);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        if (status == OK)
            break;
        CHECK(status == ERR_FAULT);
        CHECK(help_mail_count(ctx) == 0 && count_of(ctx, "oversight.glass_opened") == 0);
    }
    CHECK(status == OK && help_mail_count(ctx) == 1);
    status = ERR_FAULT;
    for (int nth = 1; status != OK && nth < 100; nth++) {
        store_fail_on_call(ctx->store, nth);
        status = glass_read(ctx, reference, &record);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(status != OK || count_of(ctx, "oversight.glass_seen") > 0);
    }
    CHECK(status == OK);
}

/* ---- the pages ---- */

TEST(the_pages_lead_from_the_reason_to_the_record_and_its_review)
{
    struct person_id ada = help_person(ctx, "ada@x.example", "analyst");
    struct person_id lead_id = help_person(ctx, "lead@x.example", "national");
    struct web_client *lead = web_client(ctx, &programme_app), *c = client_other(lead);
    client_sign_in(lead, lead_id);
    client_sign_in(c, help_person(ctx, "robin@x.example", "operator"));
    client_get(c, "/desk/break-glass");
    client_post(c, "/desk/break-glass", "what", "ada@x.example", "reason", "because", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "value=\"ada@x.example\""));
    client_post(c, "/desk/break-glass", "what", "ada@x.example", "reason", REASON, NULL);
    CHECK_CODE(c, 303);
    const char *path = c->location;
    client_follow(c);
    CHECK(client_has(c, "Account of ada@x.example") && client_has(c, "National analyst"));
    client_get(lead, path);
    CHECK_CODE(lead, 403);
    client_get(lead, "/desk");
    CHECK(client_has(lead, "Emergencies to look over"));
    client_get(lead, "/desk/emergencies?state=waiting");
    CHECK(client_has(lead, REASON) && client_has(lead, "1 record<"));
    const char *review = mem_format(ctx->mem, "/desk/emergencies/%s",
                                    client_between(lead, "href=\"/desk/emergencies/", "\""));
    client_get(lead, review);
    CHECK(client_has(lead, "What did you find?") && !client_has(lead, "ada@x.example"));
    client_post(lead, review, "review", "", NULL);
    CHECK_CODE(lead, 422);
    client_post(lead, review, "review", "All was well", NULL);
    CHECK_CODE(lead, 303);
    client_get(lead, review);
    CHECK(client_has(lead, "All was well") && !client_has(lead, "What did you find?"));
    client_get(c, path);
    client_post(c, mem_format(ctx->mem, "%s/close", path), NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "This record is closed") && !client_has(c, "Account of"));
    client_sign_in(c, ada);
    client_get(c, "/account/record");
    CHECK(client_has(c, "opened in an emergency was read") && client_has(c, "Operator"));
}

TEST(a_pledge_opens_by_its_reference_and_nothing_else_does)
{
    struct glass_record record;
    const char *pledge = pledge_test_send(ctx, "R0A");
    const char *reference = open_it(ctx, pledge);
    CHECK(glass_read(ctx, reference, &record) == OK);
    CHECK_TEXT(record.organisation, "R0A");
    CHECK_TEXT(record.title, mem_format(ctx->mem, "Pledge %s", pledge));
    reference = open_it(ctx, "PL-0000-0000");
    CHECK(glass_read(ctx, reference, &record) == ERR_NOT_FOUND);
}

TEST(opening_a_record_needs_a_fresh_proof)
{
    struct web_client *c = web_client(ctx, &programme_app);
    help_person(ctx, "ada@x.example", "analyst");
    client_sign_in(c, help_person(ctx, "robin@x.example", "operator"));
    client_get(c, "/desk/break-glass");
    CHECK_CODE(c, 200);
    ctx->now_secs += WEB_PROOF_SECS + 1;
    client_post(c, "/desk/break-glass", "what", "ada@x.example", "reason", REASON, NULL);
    CHECK_CODE(c, 403);
    CHECK(count_of(ctx, "oversight.glass_opened") == 0 && help_mail_count(ctx) == 0);
    client_get(c, "/desk/break-glass");
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, "/sign-in/prove?next=%2Fdesk%2Fbreak-glass");
}

TEST(odd_addresses_of_emergencies_are_not_found)
{
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, help_person(ctx, "robin@x.example", "operator"));
    client_get(c, "/desk/break-glass");
    client_get(c, "/desk/break-glass/BG-1");
    CHECK_CODE(c, 404);
    client_post(c, "/desk/break-glass/BG-1/close", NULL);
    CHECK_CODE(c, 404);
    client_sign_in(c, help_person(ctx, "lead@x.example", "national"));
    client_get(c, "/desk/emergencies/BG-1");
    CHECK_CODE(c, 404);
    client_get(c, "/account/record");
    client_token(c);
    client_post(c, "/desk/emergencies/BG-1", "review", "x", NULL);
    CHECK_CODE(c, 404);
}
