/* SPDX-License-Identifier: MIT */
/* programme_newsletter_issue_test.c - what issues promise: one source, two people, versions. */
#include "programme/newsletter/newsletter.h"

#include "platform/base/test.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"
#include "programme/newsletter/newsletter_test_help.h"
#include "programme/programme.h"
#include "programme/search/search.h"

#include <string.h>

static struct web_client *browser(struct ctx *ctx, const char *email)
{
    help_demonstration(ctx, true);
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, help_person(ctx, email, "editor"));
    client_token(c);
    return c;
}

/* Begins an issue by its pages, with words and a thing that was published; its address. */
static const char *write_issue(struct web_client *c)
{
    struct ctx *ctx = c->ctx;
    CHECK(search_put(ctx, &(const struct search_document){.kind = "news",
                                                          .key = "n1",
                                                          .href = "/news/bus",
                                                          .title = "A bus at six",
                                                          .summary = "It begins in May.",
                                                          .published_on = "2026-03-01"}) == OK);
    client_post(c, "/desk/newsletter/new", "subject", "What is new", "preview", "A bus", NULL);
    CHECK_CODE(c, 303);
    const char *at = c->location;
    client_post(c, mem_join(c->ctx->mem, at, "/words", ""), "words",
                "## Hello\n\n[Our pledge](/pledges) and [others](https://else.example/a?b=c)",
                NULL);
    CHECK_CODE(c, 303);
    client_get(c, mem_join(c->ctx->mem, at, "/published", ""));
    CHECK(client_has(c, "A bus at six"));
    client_post(c, mem_join(c->ctx->mem, at, "/published", ""), "item", "/news/bus", NULL);
    CHECK_CODE(c, 303);
    return at;
}

TEST(who_wrote_an_issue_cannot_approve_it_by_any_route)
{
    struct web_client *writer = browser(ctx, "writer@nhs.example");
    const char *at = write_issue(writer);
    const char *approve = mem_join(ctx->mem, at, "/approve", "");
    client_post(writer, approve, NULL);
    CHECK_CODE(writer, 403);
    client_post(writer, mem_join(ctx->mem, at, "/ask", ""), NULL);
    CHECK_CODE(writer, 303);
    client_post(writer, approve, NULL);
    CHECK_CODE(writer, 403);
    client_post_json(writer, approve, "{\"version\":\"3\"}");
    CHECK_CODE(writer, 403);
    client_get(writer, at);
    CHECK(client_has(writer, "Another person has to read") && !client_has(writer, "Approve this"));

    struct web_client *second = browser(ctx, "second@nhs.example");
    client_get(second, "/desk");
    CHECK(client_has(second, "Newsletters to approve"));
    client_post(second, approve, "version", "2", NULL); /* what they read is old */
    CHECK_CODE(second, 409);
    client_post(second, approve, NULL); /* they do not say what they read */
    CHECK_CODE(second, 409);
    client_post(second, approve, "version", "3", NULL);
    CHECK_CODE(second, 303);
    client_post(second, approve, "version", "3", NULL);
    CHECK_CODE(second, 303);
    client_post(writer, mem_join(ctx->mem, at, "/words", ""), "words", "More", NULL);
    CHECK_CODE(writer, 303); /* a change asks for approval again */
    client_get(writer, at);
    CHECK(client_has(writer, "Draft"));
    client_post(second, approve, "version", "4", NULL);
    CHECK_CODE(second, 409);
}

TEST(approval_is_asked_for_the_version_that_was_read_and_checked)
{
    struct form_problems problems = {.count = 0};
    struct newsletter_issue *issue = mem_new(ctx->mem, struct newsletter_issue);
    struct web_client *writer = browser(ctx, "writer@nhs.example");
    const char *at = write_issue(writer), *reference = at + strlen("/desk/newsletter/");
    client_get(writer, at);
    CHECK(client_has(writer, mem_join(ctx->mem, at, "/ask?version=3", "")));
    client_get(writer, mem_join(ctx->mem, at, "/ask?version=3", ""));
    CHECK(client_has(writer, "/ask?version=3\"")); /* the form keeps it */
    client_post(browser(ctx, "other@nhs.example"), mem_join(ctx->mem, at, "/words", ""), "words",
                "[here](https://example.org)", NULL); /* somebody adds what must be mended */
    client_post(writer, mem_join(ctx->mem, at, "/ask?version=3", ""), NULL);
    CHECK_CODE(writer, 409);
    CHECK(newsletter_issue_open(ctx, reference, issue) == OK && issue->version == 4);
    CHECK_TEXT(issue->state, "draft");
    CHECK(newsletter_issue_ask_for(ctx, reference, &(const struct newsletter_asking){3, 0},
                                   &problems) == ERR_CONFLICT);
}

TEST(an_issue_that_was_stopped_leaves_the_archive_and_its_page_says_so)
{
    const char *reference;
    struct web_client *c = web_client(ctx, &programme_app);
    CHECK(newsletter_try_issue(ctx, "Words.", &reference) == OK);
    const char *page = mem_join(ctx->mem, "/newsletter/", reference, "");
    client_get(c, page);
    CHECK(c->code == 200 && !client_has(c, "We stopped this newsletter"));
    client_get(c, "/newsletter");
    CHECK(client_has(c, page));
    CHECK(newsletter_issue_halt(ctx, reference) == OK);
    client_get(c, page); /* who got it by mail can still open it */
    CHECK(c->code == 200 && client_has(c, "We stopped this newsletter"));
    CHECK_TEXT(client_header(c, "X-Robots-Tag"), "noindex");
    static const char *const lists[] = {"/newsletter", "/newsletter.json", "/newsletter.atom"};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        client_get(c, lists[i]);
        CHECK(c->code == 200 && !client_has(c, reference));
    }
}

TEST(a_change_of_what_somebody_else_changed_meanwhile_is_refused)
{
    struct web_client *c = browser(ctx, "writer@nhs.example");
    const char *at = write_issue(c);
    client_post(c, mem_join(ctx->mem, at, "/blocks/2/up", ""), "version", "3", NULL);
    CHECK_CODE(c, 303);
    client_post(c, mem_join(ctx->mem, at, "/blocks/1/remove", ""), "version", "3", NULL);
    CHECK_CODE(c, 409);
    client_post(c, mem_join(ctx->mem, at, "/blocks/9/remove", ""), "version", "4", NULL);
    CHECK_CODE(c, 404);
    client_get(c, mem_join(ctx->mem, at, "/edit", ""));
    const char *open = client_between(c, "action=\"/desk/newsletter/NL", "\"");
    open = mem_join(ctx->mem, "/desk/newsletter/NL", open, "");
    client_post(c, open, "subject", "", NULL);
    CHECK(c->code == 422 && client_has(c, open)); /* it stays the version that was read */
    client_post(c, open, "subject", "What is new today", NULL);
    CHECK_CODE(c, 303);
    client_post(c, open, "subject", "What is new in May", NULL);
    CHECK_CODE(c, 409);
}

TEST(html_text_and_page_come_from_one_source_without_pixel_or_rewritten_link)
{
    const char *html, *text;
    struct web_client *c = browser(ctx, "writer@nhs.example");
    const char *at = write_issue(c);
    const struct newsletter_links links = {"https://p.example/mine", "https://p.example/stop",
                                           "https://p.example/page"};
    struct newsletter_issue *issue = mem_new(ctx->mem, struct newsletter_issue);
    CHECK(newsletter_issue_open(ctx, at + strlen("/desk/newsletter/"), issue) == OK);
    CHECK(newsletter_mail_html(ctx, issue, &links, &html) == OK);
    CHECK(newsletter_mail_text(ctx, issue, &links, &text) == OK);
    CHECK(strstr(html, "href=\"https://else.example/a?b=c\"") != NULL);
    CHECK(strstr(html, "<img") == NULL && strstr(html, "class=") == NULL);
    CHECK(strstr(html, "/news/bus\"") != NULL && strstr(text, "/news/bus\n") != NULL);
    CHECK(strstr(html, "href=\"/") == NULL); /* every address is whole */
    CHECK(strstr(text, "A bus at six\nIt begins in May.") != NULL);
    CHECK(strstr(text, "https://p.example/stop") != NULL && strstr(text, "(/pledges)") == NULL);
    client_get(c, mem_join(ctx->mem, at, "/preview", ""));
    CHECK(client_has(c, "A bus at six") && client_has(c, "It begins in May."));
    client_get(c, mem_join(ctx->mem, at, "/mail", ""));
    CHECK(client_has(c, "<!DOCTYPE html>") && client_has(c, "A bus at six"));
}

TEST(an_issue_is_public_when_sending_begins_and_not_before)
{
    const char *reference;
    struct web_client *c = browser(ctx, "writer@nhs.example");
    const char *at = write_issue(c);
    client_get(c, mem_join(ctx->mem, "/newsletter/", at + strlen("/desk/newsletter/"), ""));
    CHECK_CODE(c, 404);
    CHECK(newsletter_try_issue(ctx, "## Sent\n\nWords.", &reference) == OK);
    client_get(c, mem_join(ctx->mem, "/newsletter/", reference, ""));
    CHECK(client_has(c, "News of the programme") && client_has(c, "Words."));
    client_get(c, "/newsletter");
    CHECK(client_has(c, "News of the programme") && !client_has(c, "A bus"));
    client_get(c, "/newsletter.atom");
    CHECK(client_has(c, "<feed") && client_has(c, reference));
}

TEST(what_cannot_go_says_why_and_keeps_what_was_typed)
{
    struct web_client *c = browser(ctx, "writer@nhs.example");
    client_post(c, "/desk/newsletter/new", "subject", "", "preview", "Kept words", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Enter a subject") && client_has(c, "Kept words"));
    client_post(c, "/desk/newsletter/new", "subject", "FREE MONEY!!", NULL);
    const char *at = c->location;
    client_get(c, at);
    CHECK(client_has(c, "SUBJ_ALL_CAPS") && client_has(c, "Put something into the issue"));
    const char *ask = mem_join(ctx->mem, at, "/ask", "");
    client_post(c, ask, NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Put something into the issue"));
    client_post(c, mem_join(ctx->mem, at, "/words", ""), "words", "[here](/pledges)", NULL);
    client_get(c, at);
    CHECK(client_has(c, "2.4.4 Link Purpose"));
    client_post(c, ask, "send_on-day", "1", "send_on-month", "2", "send_on-year", "2026", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "must be in the future") && client_has(c, "value=\"2026\""));
}

TEST(a_failed_approval_leaves_an_issue_as_it_was)
{
    struct form_problems problems = {.count = 0};
    struct web_client *c = browser(ctx, "writer@nhs.example");
    const char *reference = write_issue(c) + strlen("/desk/newsletter/");
    ctx->person.n = 7;
    CHECK(newsletter_issue_ask_for(ctx, reference, &(const struct newsletter_asking){3, 0},
                                   &problems) == OK);
    ctx->person.n = 8;
    enum status status = ERR_FAULT;
    struct newsletter_issue *issue = mem_new(ctx->mem, struct newsletter_issue);
    for (int nth = 1; status != OK; nth++) {
        CHECK(nth < 60);
        store_fail_on_call(ctx->store, nth);
        status = newsletter_issue_approve_it(ctx, reference, 3);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(newsletter_issue_open(ctx, reference, issue) == OK);
        CHECK(strcmp(issue->state, status == OK ? "approved" : "asked") == 0);
    }
}
