/* SPDX-License-Identifier: MIT */
/*
 * programme_concern_test.c - safeguarding concerns: who is told, who reads, and what nobody else
 * ever sees.
 */
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access_test_help.h"
#include "programme/concern/concern.h"
#include "programme/concern/concern.sql.h"
#include "programme/concern/concern_test.sql.h"
#include "programme/concern/concern_test_help.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"
#include "programme/oversight/oversight_test.sql.h"
#include "programme/programme.h"

#include <string.h>

/* ---- who is told ---- */

TEST(the_nearest_safeguarding_lead_is_told)
{
    static const struct {
        const char *email, *area;
    } leads[] = {{"programme@x.example", NULL},
                 {"region@x.example", "Y62"},
                 {"board@x.example", "QOP"},
                 {"organisation@x.example", "R0A"}};
    directory_test_packs(ctx);
    concern_test_role(ctx, "national@x.example", "national", NULL);
    concern_test_role(ctx, "elsewhere@x.example", "safeguarding", "RJ1");
    concern_test_raise(ctx, "R0A");
    CHECK(concern_test_was_told(ctx, "national@x.example") && help_mail_count(ctx) == 1);
    for (size_t i = 0; i < 4; i++) {
        concern_test_role(ctx, leads[i].email, "safeguarding", leads[i].area);
        size_t before = help_mail_count(ctx);
        concern_test_raise(ctx, "R0A");
        CHECK(concern_test_was_told(ctx, leads[i].email) && help_mail_count(ctx) == before + 1);
        CHECK(!concern_test_was_told(ctx, "elsewhere@x.example"));
    }
}

TEST(the_national_lead_sees_that_a_concern_reached_nobody_and_not_what_it_says)
{
    struct person_id national = concern_test_role(ctx, "national@x.example", "national", NULL);
    const char *reference = concern_test_raise(ctx, "R0A");
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, national);
    client_get(c, "/desk");
    CHECK(client_has(c, "Concerns that may have reached nobody"));
    client_get(c, "/desk/concerns-not-seen");
    CHECK(client_has(c, reference) && client_has(c, "There is no safeguarding lead"));
    CHECK(!client_has(c, CONCERN_TEST_SECRET));
    client_get(c, mem_format(ctx->mem, "/desk/concerns/%s", reference));
    CHECK_CODE(c, 403);
}

TEST(a_message_that_cannot_be_delivered_shows_to_the_national_lead)
{
    struct mail_outbox_row *rows;
    size_t count;
    struct store_choice choice = {.at_most = MAILS_MAX};
    struct person_id national = concern_test_role(ctx, "national@x.example", "national", NULL);
    struct person_id lead = concern_test_role(ctx, "lead@x.example", "safeguarding", NULL);
    const char *reference = concern_test_raise(ctx, "R0A");
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, national);
    client_get(c, "/desk/concerns-not-seen");
    CHECK(!client_has(c, reference));
    CHECK(mail_outbox(ctx, NULL, NULL, NULL, &choice, &rows, &count) == OK && count == 1);
    CHECK(mail_cancel(ctx, mem_format(ctx->mem, "concern/%s/%lld", reference, (long long)lead.n)) ==
          OK);
    client_get(c, "/desk/concerns-not-seen");
    CHECK(client_has(c, reference) && client_has(c, "could not be delivered"));
    struct concern concern;
    concern_test_as(ctx, lead);
    CHECK(concern_read(ctx, concern_test_everywhere, reference, CONCERN_TEST_PURPOSE, &concern) ==
          OK);
    client_get(c, "/desk/concerns-not-seen");
    CHECK(!client_has(c, reference)); /* a lead has read it */
}

/* ---- raising ---- */

TEST(a_concern_needs_a_person_an_organisation_and_words)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    struct concern_draft draft = concern_test_draft(ctx, "R0A");
    concern_test_as(ctx, (struct person_id){0});
    CHECK(concern_raise(ctx, &draft, &problems, &reference) == ERR_FORBIDDEN);
    concern_test_as(ctx, concern_test_role(ctx, "ada@x.example", "analyst", NULL));
    draft.about = "";
    CHECK(concern_raise(ctx, &draft, &problems, &reference) == ERR_INVALID && problems.count == 1);
    draft.organisation.id = 0;
    problems.count = 0;
    CHECK(concern_raise(ctx, &draft, &problems, &reference) == ERR_INVALID && problems.count == 2);
}

TEST(a_concern_that_could_not_be_raised_leaves_no_trace)
{
    struct concern_test_counts_row counts;
    struct concern_draft draft = concern_test_draft(ctx, "R0A");
    struct form_problems problems = {.count = 0};
    const char *reference;
    concern_test_role(ctx, "lead@x.example", "safeguarding", "R0A");
    concern_test_as(ctx, concern_test_role(ctx, "ada@x.example", "analyst", NULL));
    enum status status = ERR_FAULT;
    for (int nth = 1; status != OK && nth < 200; nth++) {
        store_fail_on_call(ctx->store, nth);
        status = concern_raise(ctx, &draft, &problems, &reference);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(concern_test_counts(ctx, &counts) == OK);
        CHECK(counts.concerns == (status == OK) && counts.told == (status == OK));
        CHECK((int)help_mail_count(ctx) == (status == OK));
    }
    CHECK(status == OK);
}

TEST(a_concern_is_raised_by_the_pages_from_any_page)
{
    concern_test_role(ctx, "lead@x.example", "safeguarding", NULL);
    struct concern_draft about = concern_test_draft(ctx, "R0A");
    struct web_client *c = web_client(ctx, &programme_app);
    client_get(c, "/");
    CHECK(!client_has(c, "/concern\""));
    client_get(c, "/concern");
    CHECK_CODE(c, 303);
    client_sign_in(c, concern_test_role(ctx, "ada@x.example", "member", "R0A"));
    client_get(c, "/");
    CHECK(client_has(c, "/concern\""));
    client_get(c, "/concern");
    CHECK(client_has(c, "call 999 first"));
    client_post(c, "/concern", NULL);
    client_follow(c);
    const char *step = c->location;
    client_follow(c);
    client_post(c, step, "in_danger", "yes", NULL);
    step = c->location;
    CHECK(text_ends(step, "/call-999"));
    client_follow(c);
    CHECK(client_has(c, "Call 999 now"));
    client_post(c, step, NULL);
    step = c->location;
    client_follow(c);
    client_post(c, step, "organisation", about.organisation.key, NULL);
    CHECK_CODE(c, 303);
    step = c->location;
    client_follow(c);
    client_post(c, step, "about_lead", "no", NULL);
    step = c->location;
    client_follow(c);
    client_post(c, step, "about", CONCERN_TEST_SECRET, "happened", "today", NULL);
    step = c->location;
    client_follow(c);
    client_post(c, step, "may_contact", "no", NULL);
    step = c->location;
    CHECK(text_ends(step, "/check"));
    client_follow(c);
    client_post(c, step, NULL);
    client_follow(c);
    CHECK(client_has(c, "SC-"));
    CHECK(concern_test_was_told(ctx, "lead@x.example"));
    client_get(c, "/account/concerns");
    CHECK(client_has(c, "Received") && client_has(c, "SC-") && !client_has(c, CONCERN_TEST_SECRET));
}

/* ---- reading ---- */

TEST(a_concern_is_read_in_scope_and_for_a_purpose)
{
    struct concern concern;
    const char *here = "QOP", *there = "QWO";
    struct oversight_test_newest_row newest;
    const char *reference = concern_test_raise(ctx, "R0A");
    concern_test_as(ctx, concern_test_role(ctx, "lead@x.example", "safeguarding", "QOP"));
    CHECK(concern_read(ctx, here, reference, NULL, &concern) == ERR_INVALID);
    CHECK(concern_read(ctx, there, reference, CONCERN_TEST_PURPOSE, &concern) == ERR_NOT_FOUND);
    concern_test_as(ctx, ctx->person);
    CHECK(concern_read(ctx, here, reference, CONCERN_TEST_PURPOSE, &concern) == OK);
    CHECK_TEXT(concern.about, CONCERN_TEST_SECRET);
    CHECK_TEXT(concern.state, "open");
    CHECK(concern_read(ctx, here, reference, NULL, &concern) == OK);
    CHECK(oversight_test_newest(ctx, "concern.seen", &newest) == OK);
    CHECK_TEXT(newest.chain, AUDIT_APART "R0A");
    CHECK(strstr(newest.detail, CONCERN_TEST_PURPOSE) != NULL &&
          strstr(newest.detail, CONCERN_TEST_SECRET) == NULL);
    CHECK(newest.subject_id == 0);
    ctx->now_secs += CONCERN_READING_SECS;
    CHECK(concern_read(ctx, here, reference, NULL, &concern) == ERR_INVALID);
}

TEST(a_concern_is_not_shown_when_the_look_cannot_be_noted)
{
    const char *reference = concern_test_raise(ctx, "R0A");
    struct oversight_test_count_row seen;
    concern_test_as(ctx, concern_test_role(ctx, "lead@x.example", "safeguarding", NULL));
    enum status status = ERR_FAULT;
    for (int nth = 1; status != OK && nth < 100; nth++) {
        struct concern concern = {0};
        store_fail_on_call(ctx->store, nth);
        status =
            concern_read(ctx, concern_test_everywhere, reference, CONCERN_TEST_PURPOSE, &concern);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(oversight_test_count(ctx, "concern.seen", &seen) == OK);
        CHECK(seen.events == (status == OK));
    }
    CHECK(status == OK);
}

TEST(what_is_done_about_a_concern_is_a_list_that_only_grows)
{
    struct concern concern;
    const char *reference = concern_test_raise(ctx, "R0A");
    static const struct {
        struct concern_step step;
        enum status wanted;
    } steps[] = {
        {{"note", "", "Spoke to the ward"}, OK},
        {{"note", "police", "A note has no body"}, ERR_INVALID},
        {{"note", "", ""}, ERR_INVALID},
        {{"gossip", "", "x"}, ERR_INVALID},
        {{"referral", "", "To nobody"}, ERR_INVALID},
        {{"referral", "council", "To an unknown one"}, ERR_INVALID},
        {{"opened", "", "It is open"}, ERR_CONFLICT},
        {{"action", "", "Moved the mentor"}, OK},
        {{"referral", "lado", "By phone"}, OK},
        {{"closed", "", "All done"}, OK},
        {{"note", "", "Too late"}, ERR_CONFLICT},
        {{"opened", "", "More came up"}, OK},
        {{"referral", "dbs", "Referred"}, OK},
        {{"referral", "police", "Referred"}, OK},
        {{"referral", "local-authority", "Referred"}, OK},
    };
    concern_test_as(ctx, concern_test_role(ctx, "lead@x.example", "safeguarding", NULL));
    CHECK(concern_add_step(ctx, concern_test_everywhere, reference, &steps[0].step) == ERR_INVALID);
    CHECK(concern_read(ctx, concern_test_everywhere, reference, CONCERN_TEST_PURPOSE, &concern) ==
          OK);
    size_t done = 0;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        concern_test_as(ctx, ctx->person);
        if (concern_add_step(ctx, concern_test_everywhere, reference, &steps[i].step) !=
            steps[i].wanted)
            fail_msg("step %zu: %s", i, ctx->fault);
        done += steps[i].wanted == OK;
    }
    concern_test_as(ctx, ctx->person);
    CHECK(concern_read(ctx, concern_test_everywhere, reference, NULL, &concern) == OK);
    CHECK(concern.event_count == done && concern.was_referred);
    CHECK_TEXT(concern.state, "open");
    CHECK_TEXT(concern.events[0].text, "Spoke to the ward");
}

TEST(a_step_that_fails_leaves_no_trace)
{
    struct concern concern;
    struct concern_test_counts_row counts;
    const char *reference = concern_test_raise(ctx, "R0A");
    const struct concern_step step = {"closed", "", "All done"};
    concern_test_as(ctx, concern_test_role(ctx, "lead@x.example", "safeguarding", NULL));
    CHECK(concern_read(ctx, concern_test_everywhere, reference, CONCERN_TEST_PURPOSE, &concern) ==
          OK);
    enum status status = ERR_FAULT;
    for (int nth = 1; status != OK && nth < 100; nth++) {
        store_fail_on_call(ctx->store, nth);
        status = concern_add_step(ctx, concern_test_everywhere, reference, &step);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(concern_test_counts(ctx, &counts) == OK && counts.events == (status == OK));
        CHECK(concern_read(ctx, concern_test_everywhere, reference, NULL, &concern) == OK);
        CHECK((strcmp(concern.state, "closed") == 0) == (status == OK));
    }
    CHECK(status == OK);
}

/* ---- the pages ---- */

TEST(a_lead_reads_works_on_and_exports_a_concern)
{
    const char *reference = concern_test_raise(ctx, "R0A");
    const char *path = mem_format(ctx->mem, "/desk/concerns/%s", reference);
    struct web_client *c = web_client(ctx, &programme_app);
    concern_test_as(ctx, (struct person_id){0});
    client_sign_in(c, concern_test_role(ctx, "lead@x.example", "safeguarding", "R0A"));
    client_get(c, "/desk");
    CHECK(client_has(c, "Safeguarding concerns not read yet"));
    client_get(c, "/desk/concerns");
    CHECK(client_has(c, reference) && !client_has(c, CONCERN_TEST_SECRET));
    client_get(c, path);
    CHECK(client_has(c, "What do you need to read it for?") && !client_has(c, CONCERN_TEST_SECRET));
    client_get(c, mem_format(ctx->mem, "%s/concern.pdf", path));
    CHECK_CODE(c, 303);
    client_get(c, mem_format(ctx->mem, "%s/concern.json", path));
    CHECK_CODE(c, 303);
    client_get(c, path);
    client_post(c, mem_format(ctx->mem, "%s/purpose", path), "purpose", "", NULL);
    CHECK_CODE(c, 422);
    client_post(c, mem_format(ctx->mem, "%s/purpose", path), "purpose", CONCERN_TEST_PURPOSE, NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, CONCERN_TEST_SECRET) && client_has(c, "01632 960001") &&
          client_has(c, "Refer by"));
    client_post(c, mem_format(ctx->mem, "%s/step", path), "kind", "referral", "text", "By phone",
                NULL);
    CHECK_CODE(c, 422);
    client_post(c, mem_format(ctx->mem, "%s/step", path), "kind", "referral", "body", "lado",
                "text", "By phone", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "(LADO)") && !client_has(c, "Refer by"));
    client_post(c, mem_format(ctx->mem, "%s/step", path), "kind", "opened", "text", "x", NULL);
    CHECK_CODE(c, 422);
    client_get(c, mem_format(ctx->mem, "%s/concern.pdf", path));
    CHECK_CODE(c, 200);
    CHECK(text_begins(c->body, "%PDF-"));
    client_get(c, mem_format(ctx->mem, "%s/concern.json", path));
    CHECK(client_has(c, CONCERN_TEST_SECRET) && client_has(c, "\"lado\"") &&
          client_has(c, CONCERN_TEST_PURPOSE));
    ctx->now_secs += CONCERN_READING_SECS;
    client_sign_in(c, concern_test_role(ctx, "lead@x.example", "safeguarding", "R0A"));
    client_get(c, path);
    CHECK(!client_has(c, CONCERN_TEST_SECRET));
}

TEST(seven_days_without_a_referral_are_shown)
{
    struct concern concern;
    const char *reference = concern_test_raise(ctx, "R0A");
    struct web_client *c = web_client(ctx, &programme_app);
    struct person_id lead = concern_test_role(ctx, "lead@x.example", "safeguarding", "R0A");
    for (int days = 7; days <= 8; days++) {
        ctx->now_secs += (days == 7 ? 7 : 1) * TIME_DAY_SECS;
        concern_test_as(ctx, lead);
        CHECK(concern_read(ctx, concern_test_everywhere, reference, CONCERN_TEST_PURPOSE,
                           &concern) == OK);
        client_sign_in(c, lead);
        client_get(c, mem_format(ctx->mem, "/desk/concerns/%s", reference));
        CHECK(client_has(c, "Seven days have passed") == (days == 8));
    }
}

TEST(nobody_else_finds_a_concern_on_any_page)
{
    static const struct {
        const char *role, *area;
    } others[] = {{"national", NULL},     {"operator", NULL},      {"lead", "R0A"},
                  {"coordinator", "R0A"}, {"local", "QOP"},        {"regional", "Y62"},
                  {"selector", "R0A"},    {"safeguarding", "RJ1"}, {"analyst", NULL}};
    struct concern concern;
    struct concern_test_walk walk = {.ctx = ctx, .reference = concern_test_raise(ctx, "R0A")};
    concern_test_as(ctx, concern_test_role(ctx, "lead@x.example", "safeguarding", "R0A"));
    CHECK(concern_read(ctx, concern_test_everywhere, walk.reference, CONCERN_TEST_PURPOSE,
                       &concern) == OK);
    concern_test_as(ctx, (struct person_id){0});
    help_demonstration(ctx, true);
    walk.c = web_client(ctx, &programme_app);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        client_sign_in(walk.c, concern_test_role(ctx, mem_format(ctx->mem, "o%zu@x.example", i),
                                                 others[i].role, others[i].area));
        CHECK(web_routes_each(ctx, &programme_app, concern_test_look, &walk) == OK);
    }
}
