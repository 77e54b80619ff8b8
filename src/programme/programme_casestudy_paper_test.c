/* SPDX-License-Identifier: MIT */
/*
 * programme_casestudy_paper_test.c - consent on paper in browsers, and what who is shown may read
 * of a case study that was taken back.
 */
#include "platform/base/test.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access_test_help.h"
#include "programme/casestudy/casestudy_test_help.h"
#include "programme/directory/directory.h"
#include "programme/programme.h"

static struct web_client *browser(struct ctx *ctx)
{
    help_demonstration(ctx, false);
    CHECK(directory_take_packs(ctx) == OK);
    return web_client(ctx, &programme_app);
}

static struct web_client *editor(struct ctx *ctx, struct web_client *c, const char *email)
{
    struct web_client *other = client_other(c);
    client_sign_in(other, help_person(ctx, email, "editor"));
    return other;
}

/* A public case study with pictures; Kim, of 13 to 17, and her guardian sign on paper when they
 * have no addresses. */
static const char *shown_to(struct ctx *ctx, bool on_paper, const char **mine_out)
{
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    casestudy_test_add_pictures(ctx, &draft);
    struct casestudy_person_draft *people = draft.people.items;
    if (on_paper) {
        people[1].way = "paper";
        people[1].email = people[1].guardian_email = "";
    }
    const char *reference = casestudy_test_confirmed(ctx, &draft);
    *mine_out =
        mem_format(ctx->mem, "/case-studies/mine/%s", casestudy_test_token(ctx, TEST_AUTHOR));
    casestudy_test_publish(ctx, reference);
    return reference;
}

static const char *shown(struct ctx *ctx, bool on_paper)
{
    const char *mine;
    return shown_to(ctx, on_paper, &mine);
}

TEST(the_author_writes_a_consent_on_paper_down_and_an_editor_looks_at_it)
{
    struct web_client *c = browser(ctx);
    const char *mine, *study = shown_to(ctx, true, &mine);
    const char *form = mem_join(ctx->mem, mine, "/people/2/paper", "");
    client_get(c, mine);
    CHECK(client_has(c, "They sign on paper. Nothing is written down yet"));
    CHECK(client_has(c, form) && !client_has(c, TEST_GROWN)); /* no address, nor what others said */
    client_get(c, form);
    CHECK(client_has(c, "Kim") && client_has(c, "I agree that this service shows"));
    client_post(c, form, "signed_on", "2026-03-01", "kept_at", "", NULL);
    CHECK(c->code == 422 && client_has(c, "Enter where the paper is kept"));
    CHECK(client_has(c, "Enter the day on which the parent or guardian signed"));
    struct client_file scan = {"scan", "scan.pdf", "application/pdf", "no PDF", 6};
    client_upload(c, form, &scan, "signed_on", "2026-03-01", "guardian_signed_on", "2026-03-02",
                  "kept_at", "Room 7", NULL);
    CHECK(c->code == 422 && client_has(c, "Room 7"));
    client_post(c, form, "signed_on", "2026-03-01", "guardian_signed_on", "2026-03-02", "kept_at",
                "Room 7", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "An editor must look at it before it counts"));
    client_get(c, mem_format(ctx->mem, "/case-studies/%s", study));
    CHECK(!client_has(c, "/pictures/2"));

    struct web_client *e = editor(ctx, c, "editor@programme.example");
    client_get(e, "/desk");
    CHECK(client_has(e, "Consents on paper to look at"));
    client_get(e, "/desk/case-studies?paper=1");
    CHECK(client_has(e, study));
    client_get(e, mem_format(ctx->mem, "/desk/case-studies/%s", study));
    CHECK(client_has(e, "1 March 2026, and by a parent or guardian on 2 March 2026"));
    CHECK(client_has(e, "kept at: Room 7"));
    const char *paper =
        client_between(e, "<form method=\"post\" action=\"/desk/case-studies/", "/count\"");
    for (const char *next; (next = strstr(paper, "action=\"/desk/case-studies/")) != NULL;)
        paper = next + strlen("action=\"/desk/case-studies/");
    paper = mem_join(ctx->mem, "/desk/case-studies/", paper, "");
    client_get(e, mem_join(ctx->mem, paper, "/refuse", ""));
    CHECK_CODE(e, 200);
    client_post(e, mem_join(ctx->mem, paper, "/count", ""), NULL);
    CHECK_CODE(e, 303);
    client_get(c, mem_format(ctx->mem, "/case-studies/%s", study));
    CHECK(client_has(c, "/pictures/2") && !client_has(c, "/pictures/1"));
    client_get(e, "/desk/case-studies?paper=1");
    CHECK(!client_has(e, study));
}

TEST(an_editor_writes_down_a_scan_and_another_one_refuses_it)
{
    struct web_client *c = browser(ctx);
    const char *desk = mem_format(ctx->mem, "/desk/case-studies/%s", shown(ctx, true));
    const char *form = mem_join(ctx->mem, desk, "/people/2/paper", "");
    struct web_client *e = editor(ctx, c, "editor@programme.example");
    static const char text[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                               "2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>"
                               "\n%%EOF\n";
    struct client_file scan = {"scan", "scan.pdf", "application/pdf", text, sizeof text - 1};
    client_get(e, form);
    client_upload(e, form, &scan, "signed_on", "2026-03-01", "guardian_signed_on", "2026-03-02",
                  "kept_at", "Room 7", NULL);
    CHECK_CODE(e, 303);
    client_get(e, desk);
    const char *paper =
        client_between(e, mem_join(ctx->mem, "href=\"", desk, "/papers/"), "/scan\"");
    paper = mem_format(ctx->mem, "%s/papers/%s", desk, paper);
    client_get(e, mem_join(ctx->mem, paper, "/scan", ""));
    CHECK(e->code == 200 && e->body_bytes == sizeof text - 1);
    CHECK(client_has(e, "%PDF") && strstr(client_header(e, "Content-Disposition"), "attachment"));
    client_get(e, desk);
    CHECK(!client_has(e, "it counts</button>") && !client_has(e, "it counts\n"));
    client_post(e, mem_join(ctx->mem, paper, "/count", ""), NULL);
    CHECK_CODE(e, 403);
    struct web_client *other = editor(ctx, c, "other@programme.example");
    client_get(other, desk);
    client_post(other, mem_join(ctx->mem, paper, "/refuse", ""), "reason", "", NULL);
    CHECK(other->code == 422 && client_has(other, "Enter why it cannot count"));
    client_post(other, mem_join(ctx->mem, paper, "/refuse", ""), "reason", "No name", NULL);
    CHECK_CODE(other, 303);
    client_get(other, mem_join(ctx->mem, paper, "/scan", ""));
    CHECK_CODE(other, 404);
    client_get(
        c, mem_format(ctx->mem, "/case-studies/mine/%s", casestudy_test_token(ctx, TEST_AUTHOR)));
    CHECK(client_has(c, "cannot count: No name"));
}

TEST(an_editor_is_told_that_a_guardian_agrees_no_more_and_forgets_who_it_was)
{
    struct web_client *c = browser(ctx);
    const char *desk = mem_format(ctx->mem, "/desk/case-studies/%s", shown(ctx, false));
    const char *told = mem_join(ctx->mem, desk, "/people/2/told", "");
    CHECK(casestudy_asked_say(ctx, casestudy_test_token(ctx, TEST_GUARDIAN), true) == OK);
    struct web_client *e = editor(ctx, c, "editor@programme.example");
    client_get(e, told);
    CHECK(client_has(e, "Who said so?") && client_has(e, "Kim"));
    client_post(e, told, "channel", "phone", "reason", "He rang", "forget", "yes", NULL);
    CHECK(e->code == 422 && client_has(e, "Choose who said so"));
    client_post(e, told, "who", "guardian", "channel", "phone", "reason", "He rang", "forget",
                "yes", NULL);
    CHECK_CODE(e, 303);
    client_follow(e);
    CHECK(client_has(e, "Somebody whose name was erased") && client_has(e, "He rang"));
    CHECK(client_has(e, "Withdrawn"));
    client_get(e, mem_join(ctx->mem, desk, "/people/9/told", ""));
    CHECK_CODE(e, 404);
}

TEST(who_is_shown_reads_nothing_of_what_was_taken_back_and_can_still_say_no)
{
    struct web_client *c = browser(ctx);
    const char *study = shown(ctx, false);
    const char *page =
        mem_format(ctx->mem, "/case-studies/shown/%s", casestudy_test_token(ctx, TEST_GROWN));
    CHECK(casestudy_asked_say(ctx, casestudy_test_token(ctx, TEST_GROWN), true) == OK);
    client_get(c, page);
    CHECK(client_has(c, "Few pupils near us knew") && client_has(c, "/pictures/1"));
    CHECK(casestudy_withdraw(ctx, study, CASESTUDY_BY_AUTHOR, NULL) == OK);
    client_get(c, page);
    CHECK(client_has(c, "It was taken back, so nobody can read it"));
    CHECK(!client_has(c, "Few pupils near us knew") && !client_has(c, "Ward visits"));
    CHECK(!client_has(c, "/pictures/1") && !client_has(c, "Yes, I agree"));
    CHECK(client_has(c, "You said yes") && client_has(c, "I agree that this service shows"));
    CHECK(client_has(c, "I take this back"));
    client_get(c, mem_join(ctx->mem, page, "/pictures/1", ""));
    CHECK_CODE(c, 404);
    client_get(c, page);
    client_post(c, page, "say", "no", NULL);
    CHECK_CODE(c, 303);
    client_post(c, page, "say", "yes", NULL);
    CHECK_CODE(c, 409);
    client_get(c, page);
    CHECK(client_has(c, "You said no"));
}

TEST(an_editor_chooses_another_day_of_review_on_its_page)
{
    struct web_client *c = browser(ctx);
    const char *desk = mem_format(ctx->mem, "/desk/case-studies/%s", shown(ctx, false));
    const char *review = mem_join(ctx->mem, desk, "/review", "");
    struct web_client *e = editor(ctx, c, "editor@programme.example");
    client_get(e, review);
    CHECK(client_has(e, "value=\"2027\"")); /* as it stands */
    client_post(e, review, "review_on", "2040-01-01", NULL);
    CHECK(e->code == 422 && client_has(e, "Choose a day from"));
    client_post(e, review, "review_on", "2026-08-01", NULL);
    CHECK_CODE(e, 303);
    client_follow(e);
    CHECK(client_has(e, "To be looked at again by 1 August 2026"));
    CHECK(client_has(e, "Another day was chosen"));
}

TEST(the_form_of_consent_can_be_printed_by_anybody)
{
    struct web_client *c = browser(ctx);
    client_get(c, "/case-studies/consent.pdf");
    CHECK_CODE(c, 200);
    CHECK_TEXT(client_header(c, "Content-Type"), "application/pdf");
}
