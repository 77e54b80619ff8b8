/* SPDX-License-Identifier: MIT */
/* programme_proof_test.c - the pages where the code of a mail is typed, of each kind there is. */
#include "platform/base/test.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access_test_help.h"
#include "programme/casestudy/casestudy_test_help.h"
#include "programme/directory/directory.h"
#include "programme/event/event_test_help.h"
#include "programme/individual/individual_test_help.h"
#include "programme/newsletter/newsletter.h"
#include "programme/programme.h"

#define ADA "ada@home.example"

static const char *send_wish(struct ctx *ctx, const char *email)
{
    static const char *topics[] = {"news"};
    const char *reference;
    struct form_problems problems = {.count = 0};
    const struct newsletter_wish wish = {FORM_YES, {topics, 1}, "", email};
    CHECK(newsletter_ask(ctx, &wish, &problems, &reference) == OK);
    return reference;
}

static const char *send_booking(struct ctx *ctx, const char *email)
{
    const struct event_booking_draft draft =
        event_test_booking(event_test_make(ctx, 5, 0), email, 4);
    return event_test_send(ctx, &draft);
}

static const char *send_case_study(struct ctx *ctx, const char *email)
{
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    draft.email = email;
    return casestudy_test_send(ctx, &draft);
}

static const char *send_reuse(struct ctx *ctx, const char *email)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    const struct casestudy_draft draft = casestudy_test_draft(ctx);
    const char *study = casestudy_test_confirmed(ctx, &draft);
    casestudy_test_publish(ctx, study);
    CHECK(casestudy_reuse_send(ctx,
                               &(const struct casestudy_reuse_draft){.case_study = study,
                                                                     .organisation = {.key = "RJ1"},
                                                                     .words = "",
                                                                     .name = "Bo",
                                                                     .email = email},
                               &problems, &reference) == OK);
    return reference;
}

static const struct {
    const char *(*send)(struct ctx *ctx, const char *email);
    const char *page, *none; /* with a reference in it; one that nobody has */
    const char *again;       /* the link to a new code */
    const char *again_words, *leads_to;
} pages[] = {{individual_test_send, "/pledges/people/%s/confirm", "IP-0000-0000",
              "href=\"/pledges/individual\">sign again<", "or sign again to get", "/pledges/mine/"},
             {send_wish, "/newsletter/confirm/%s", "NA-0000-0000",
              "href=\"/newsletter/subscribe\">ask again<", "or ask again to get",
              "/newsletter/mine/"},
             {send_booking, "/events/bookings/%s/confirm", "EB-0000-0000",
              "href=\"/events/book\">book again<", "or book again to get", "/events/mine/"},
             {send_case_study, "/case-studies/confirm/%s", "CS-0000-0000",
              "href=\"/case-studies/send\">send it again<", "or send it again to get",
              "/case-studies/mine/"},
             {send_reuse, "/case-studies/confirm/%s", "RU-0000-0000",
              "href=\"/case-studies/reuse\">send it again<", "or send it again to get",
              "/case-studies/reused/"}};

enum { PAGES_COUNT = sizeof pages / sizeof pages[0] };

static const char *page_of(struct ctx *ctx, size_t n, const char *reference)
{
    char *page = mem_bytes(ctx->mem, strlen(pages[n].page) + strlen(reference) + 1);
    size_t before = strcspn(pages[n].page, "%");
    memcpy(page, pages[n].page, before);
    page[before] = '\0';
    return mem_join(ctx->mem, page, reference, pages[n].page + before + 2);
}

static struct web_client *begin(struct ctx *ctx)
{
    help_demonstration(ctx, true);
    CHECK(directory_take_packs(ctx) == OK);
    return web_client(ctx, &programme_app);
}

TEST(each_page_of_a_code_says_how_to_get_a_new_one_and_leads_to_its_own)
{
    struct web_client *c = begin(ctx);
    for (size_t n = 0; n < PAGES_COUNT; n++) {
        const char *page = page_of(ctx, n, pages[n].send(ctx, ADA));
        const char *right = help_newest_code(ctx);
        client_get(c, page);
        CHECK(client_has(c, "Check your email") && client_has(c, pages[n].again));
        CHECK(client_has(c, "/desk/outbox") && !client_has(c, ADA));
        client_post(c, page, "code", right, NULL);
        CHECK(c->code == 303 && strstr(c->location, pages[n].leads_to) == c->location);
        client_follow(c);
        CHECK_CODE(c, 200);
        client_get(c, page_of(ctx, n, pages[n].none));
        CHECK_CODE(c, 404);
    }
}

TEST(each_page_of_a_code_says_what_is_wrong_on_the_page_and_as_json)
{
    struct web_client *c = begin(ctx);
    help_demonstration(ctx, false);
    for (size_t n = 0; n < PAGES_COUNT; n++) {
        const char *page = page_of(ctx, n, pages[n].send(ctx, ADA));
        const char *wrong = help_other_code(ctx->mem, help_newest_code(ctx));
        const char *json = mem_format(ctx->mem, "{\"code\":\"%s\"}", wrong);
        client_get(c, page);
        CHECK(c->code == 200 && !client_has(c, "/desk/outbox"));
        client_post_json(c, page, "{\"code\":\"12\"}");
        CHECK(c->code == 422 && client_has(c, "Enter the 6 digits") && !client_has(c, "<h1"));
        client_post_json(c, page, json);
        CHECK(c->code == 422 && client_has(c, "That is not the code") && !client_has(c, "<h1"));
        for (int i = 2; i <= PROOF_CODE_TRIES; i++) {
            client_get(c, page);
            client_post(c, page, "code", wrong, NULL);
            CHECK_CODE(c, 422);
        }
        CHECK(client_has(c, "typed too often") && client_has(c, pages[n].again_words));
        client_post_json(c, page_of(ctx, n, pages[n].none), json);
        CHECK_CODE(c, 404);
    }
}

TEST(who_typed_too_many_wrong_codes_is_asked_to_wait)
{
    struct web_client *c = begin(ctx);
    for (int n = 0; n <= PROOF_CALLER_WRONG_AN_HOUR / PROOF_CODE_TRIES; n++) {
        const char *page =
            page_of(ctx, 1, send_wish(ctx, mem_format(ctx->mem, "p%d@home.example", n)));
        const char *wrong = help_other_code(ctx->mem, help_newest_code(ctx));
        client_get(c, page);
        for (int i = 0; i < PROOF_CODE_TRIES && c->code != 429; i++)
            client_post(c, page, "code", wrong, NULL);
    }
    CHECK(c->code == 429 && client_has(c, "Wait an hour, or use the link in the email"));
}

TEST(a_booking_that_no_longer_fits_is_told_when_its_code_is_typed)
{
    struct web_client *c = begin(ctx);
    struct form_problems problems = {.count = 0};
    const struct event_draft smaller = event_test_draft(3, 0);
    const char *event = event_test_make(ctx, 5, 0);
    const struct event_booking_draft draft = event_test_booking(event, ADA, 4);
    const char *page = page_of(ctx, 2, event_test_send(ctx, &draft)), *right;
    right = help_newest_code(ctx);
    struct event before = event_test_get(ctx, event);
    CHECK(event_change(ctx, &before, &smaller, &problems) == OK);
    client_get(c, page);
    client_post(c, page, "code", right, NULL);
    CHECK(c->code == 422 && client_has(c, "is another one than when you booked"));
}
