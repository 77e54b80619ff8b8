/* SPDX-License-Identifier: MIT */
/* programme_lead_test.c - finding a local lead, asking and answering, through the whole program. */
#include "platform/base/test.h"
#include "platform/web/web_test_client.h"
#include "programme/lead/lead_test_help.h"
#include "programme/programme.h"

static struct web_client *browser(struct ctx *ctx, struct person_id person)
{
    struct web_client *c = web_client(ctx, &programme_app);
    if (person.n != 0)
        client_sign_in(c, person);
    client_token(c);
    return c;
}

/* To the page that is shown in the end; its address. */
static const char *go_on(struct web_client *c)
{
    const char *at = "";
    for (int i = 0; i < 5 && c->location[0] != '\0'; i++) {
        at = c->location;
        client_follow(c);
    }
    CHECK_CODE(c, 200);
    return at;
}

static struct web_client *begin(struct ctx *ctx, struct person_id *lead_out)
{
    lead_test_begin(ctx);
    *lead_out = lead_test_person(ctx, "ada@nhs.example", "local", "QOP");
    lead_test_person(ctx, "reg@nhs.example", "regional", "Y62");
    lead_test_add(
        ctx, &(const struct lead_test_new){"ada@nhs.example", "QOP", NULL, "2026-01-01", NULL});
    return browser(ctx, (struct person_id){0});
}

TEST(a_lead_is_found_by_postcode_organisation_or_school_and_on_a_day)
{
    struct person_id ada;
    struct web_client *c = begin(ctx, &ada);
    client_get(c, "/local-lead?place=m13+9wl");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Name of ada@nhs.example") && client_has(c, "Ask a question"));
    CHECK(!client_has(c, "mailto:")); /* no address unless they choose */
    client_get(c, "/local-lead?place=R0A");
    CHECK(client_has(c, "Name of ada@nhs.example"));
    client_get(c, "/local-lead?place=M13+9WL&on=2025-12-31");
    CHECK(client_has(c, "We know of no local lead for this place on that day"));
    client_get(c, "/local-lead?place=PE13+3&on=2025-03-09");
    CHECK(client_has(c, "PE13 3 lies in more than one area") &&
          client_has(c, "NHS Norfolk and Waveney"));
    client_get(c, "/local-lead?at=PE13%203%2FQMM&on=2025-03-09");
    CHECK(client_has(c, "It lies in NHS Norfolk and Waveney"));
    client_get(c, "/local-lead?at=PE13%203%2FQMM&on=2026-04-01"); /* it has merged: ask again */
    CHECK(client_has(c, "PE13 3 lies in more than one area"));
    client_get(c, "/local-lead?place=EH1+1YZ");
    CHECK(client_has(c, "We found no place like"));
    client_get(c, "/local-lead?place=M13+9WL&on=soon");
    CHECK(client_has(c, "Enter the day as year, month and day") &&
          client_has(c, "value=\"soon\"") && client_has(c, "value=\"M13 9WL\""));
    client_get(c, "/local-lead.json?place=M13+9WL");
    CHECK(client_has(c, "\"code\":\"QOP\"") &&
          client_has(c, "\"name\":\"Name of ada@nhs.example\""));
    client_get(c, "/local-lead/places.json?q=PE13+3");
    CHECK(client_has(c, "\"key\":\"PE13 3/QUE\""));
    client_get(c, "/local-lead/all.csv");
    CHECK(client_has(c, "Name of ada@nhs.example") && !client_has(c, "ada@nhs.example\","));
}

TEST(a_question_is_asked_confirmed_answered_and_closed_on_the_pages)
{
    struct person_id ada;
    struct mail_kept mail;
    struct web_client *c = begin(ctx, &ada), *desk = browser(ctx, ada);
    client_post(c, "/local-lead/ask", "place", "M13 9WL/QOP", NULL);
    const char *base = go_on(c);
    CHECK(client_has(c, "What do you want to know?"));
    client_post(c, base, "theme", "all", "question", "", NULL);
    CHECK(c->code == 422 && client_has(c, "Enter your question"));
    client_post(c, base, "theme", "all", "question", "How do I begin?", NULL);
    client_post(c, go_on(c), "name", "Ana Bell", "email", "ana@home.example", NULL);
    base = go_on(c);
    CHECK(client_has(c, "How do I begin?"));
    client_post(c, base, NULL);
    go_on(c);
    CHECK(client_has(c, "Now look at your mail"));
    CHECK(lead_test_mails(ctx, "enquiry.confirm", &mail) == 1);
    const char *page = strstr(mail.parts[1].href, "/enquiries/mine/");
    client_get(c, page);
    CHECK(client_has(c, "Yes, send my question"));
    CHECK(lead_test_mails(ctx, "enquiry.new", NULL) == 0); /* the link alone does nothing */
    client_post(c, mem_join(ctx->mem, page, "/more", ""), "text", "Hello", NULL);
    CHECK_CODE(c, 409);
    client_post(c, mem_join(ctx->mem, page, "/confirm", ""), NULL);
    client_follow(c);
    CHECK(client_has(c, "16 March 2026") && client_has(c, "Name of ada@nhs.example"));

    client_get(desk, "/desk/enquiries?state=open");
    CHECK(client_has(desk, "1 question<") && !client_has(desk, "Ana Bell"));
    const char *address = mem_format(ctx->mem, "/desk/enquiries/EN-%s",
                                     client_between(desk, "/desk/enquiries/EN-", "\""));
    client_get(desk, address);
    CHECK(client_has(desk, "How do I begin?") && client_has(desk, "ana@home.example") &&
          client_has(desk, "16 March 2026"));
    CHECK(client_has(c, "closes 182 days after an answer was due") &&
          client_has(c, "for 2 years after it was closed") && /* both sides read it */
          client_has(desk, "for 2 years after it was closed"));
    client_post(desk, mem_join(ctx->mem, address, "/answer", ""), "text", "", NULL);
    CHECK(desk->code == 422 && client_has(desk, "Write something first"));
    client_post(desk, mem_join(ctx->mem, address, "/pass", ""), "email", "who@nhs.example", NULL);
    CHECK(desk->code == 422 && client_has(desk, "value=\"who@nhs.example\""));
    client_post(desk, mem_join(ctx->mem, address, "/answer", ""), "text", "Come on Monday.", NULL);
    CHECK_CODE(desk, 303);
    client_get(c, page);
    CHECK(client_has(c, "Come on Monday.") && client_has(c, "Answered"));
    client_post(c, mem_join(ctx->mem, page, "/close", ""), NULL);
    client_get(desk, address);
    CHECK(client_has(desk, "Closed"));
}

TEST(a_question_that_is_closed_at_the_desk_is_told_to_who_asked)
{
    struct person_id ada;
    struct mail_kept mail;
    begin(ctx, &ada);
    struct enquiry enquiry = lead_test_enquiry(ctx, lead_test_ask(ctx));
    CHECK(enquiry_confirm(ctx, &enquiry) == OK);
    struct web_client *desk = browser(ctx, ada);
    const char *page = mem_join(ctx->mem, "/desk/enquiries/", enquiry.reference, "");
    for (int i = 0; i < 2; i++) { /* pressed twice */
        client_post(desk, mem_join(ctx->mem, page, "/close", ""), NULL);
        CHECK_CODE(desk, 303);
    }
    CHECK(lead_test_mails(ctx, "enquiry.closed", &mail) == 1);
    CHECK_TEXT(mail.to_address, "Ana@home.example");
    client_get(desk, page);
    CHECK(client_has(desk, "<strong>Closed</strong>: Name of ada@nhs.example"));
}

TEST(a_place_that_is_typed_is_chosen_among_its_areas_or_asked_for_again)
{
    struct person_id ada;
    struct web_client *c = begin(ctx, &ada);
    client_post(c, "/enquiries/ask", NULL);
    const char *base = go_on(c);
    client_post(c, base, "place", "", NULL);
    CHECK(c->code == 422 && client_has(c, "Enter your postcode, organisation or school"));
    client_post(c, base, "place-typed", "PE13 3", NULL);
    base = go_on(c);
    CHECK(client_has(c, "value=\"PE13 3/QMM\"") && client_has(c, "value=\"PE13 3/QUE\""));
    client_post(c, base, "place", "PE13 3/QOP", NULL); /* it does not lie there */
    CHECK(c->code == 422 && client_has(c, "We could not find that place"));
    client_post(c, base, "place", "PE13 3/QMM", NULL);
    go_on(c);
    CHECK(client_has(c, "What do you want to know?"));
}

TEST(questions_and_leads_are_kept_within_the_own_area)
{
    struct person_id ada;
    begin(ctx, &ada);
    struct enquiry enquiry = lead_test_enquiry(ctx, lead_test_ask(ctx));
    const char *address = mem_join(ctx->mem, "/desk/enquiries/", enquiry.reference, "");
    struct web_client *c = browser(ctx, ada);
    client_get(c, address);
    CHECK_CODE(c, 404); /* not confirmed */
    CHECK(enquiry_confirm(ctx, &enquiry) == OK);
    client_get(c, address);
    CHECK_CODE(c, 200);
    struct web_client *far = browser(ctx, lead_test_person(ctx, "far@nhs.example", "local", "QYG"));
    client_get(far, address);
    CHECK_CODE(far, 404);
    client_get(far, "/desk/enquiries");
    CHECK(client_has(far, "0 questions"));
    client_get(far, "/desk/leads/new");
    CHECK_CODE(far, 403);
    struct lead *own;
    size_t count;
    ctx->person = ada;
    CHECK(lead_own(ctx, &own, &count) == OK && count == 1);
    client_get(far, mem_format(ctx->mem, "/desk/leads/%lld", (long long)own[0].id));
    CHECK_CODE(far, 404);
}

TEST(a_regional_lead_names_a_lead_and_the_lead_keeps_the_rest)
{
    struct person_id ada;
    begin(ctx, &ada);
    struct web_client *c =
        browser(ctx, lead_test_person(ctx, "reg@nhs.example", "regional", "Y62"));
    client_post(c, "/desk/leads/new", "area", "QOP", "theme", "volunteering", "email",
                "who@nhs.example", "from_on-day", "1", "from_on-month", "3", "from_on-year", "2026",
                NULL);
    CHECK(c->code == 422 && client_has(c, "Give them the role of local lead") &&
          client_has(c, "value=\"who@nhs.example\""));
    client_post(c, "/desk/leads/new", "area", "QOP", "theme", "volunteering", "email",
                "ada@nhs.example", "from_on-day", "1", "from_on-month", "3", "from_on-year", "2026",
                NULL);
    CHECK_CODE(c, 303);
    const char *lead = c->location;
    client_follow(c);
    CHECK(client_has(c, "Yes, this is still so") && !client_has(c, "Show my address"));
    client_get(c, "/desk/leads?state=shown");
    CHECK(client_has(c, "2 local leads"));

    struct web_client *own = browser(ctx, ada);
    client_get(own, "/desk/leads/mine");
    CHECK(client_has(own, "Show my address to everybody"));
    client_post(own, mem_join(ctx->mem, lead, "/email", ""), "shows", "yes", NULL);
    CHECK_CODE(own, 303);
    client_get(own, "/local-lead?place=M13+9WL");
    CHECK(client_has(own, "mailto:ada@nhs.example"));
    client_post(own, mem_join(ctx->mem, lead, "/away", ""), "email", "", NULL);
    CHECK(own->code == 422 && client_has(own, "Enter the days"));
    client_post(own, mem_join(ctx->mem, lead, "/end", ""), "last_on-day", "1", "last_on-month", "2",
                "last_on-year", "2026", NULL);
    CHECK(own->code == 422 && client_has(own, "must not be before the first"));
    client_post(own, mem_join(ctx->mem, lead, "/confirm", ""), NULL);
    CHECK_CODE(own, 303);

    /* Back to where each came from. */
    static const char *const forms[] = {"/end", "/away"};
    const char *to_lead = mem_format(ctx->mem, "href=\"%s\"", lead);
    for (size_t i = 0; i < 2; i++) {
        client_get(c, mem_join(ctx->mem, lead, forms[i], ""));
        CHECK(client_has(c, "nhsuk-back-link") && client_has(c, to_lead));
        client_get(own, mem_join(ctx->mem, lead, forms[i], ""));
        CHECK(client_has(own, "href=\"/desk/leads/mine\"") && !client_has(own, to_lead));
    }
}

TEST(a_lead_without_the_role_is_in_no_list_and_the_desk_says_why)
{
    struct person_id ada;
    struct web_client *c = begin(ctx, &ada);
    struct web_client *desk = browser(ctx, ctx->person);
    struct person_id keeper = ctx->person;
    struct lead *own;
    size_t count;
    ctx->person = ada;
    CHECK(lead_own(ctx, &own, &count) == OK && count == 1);
    ctx->person = keeper;
    const char *lead = mem_format(ctx->mem, "/desk/leads/%lld", (long long)own[0].id);
    client_get(c, "/local-lead/all");
    CHECK(client_has(c, "Name of ada"));
    ctx->now_secs += 60;
    CHECK(access_person_end_role(ctx, "ada@nhs.example", "local", NULL) == OK);
    static const char *const places[] = {"/local-lead/all", "/local-lead/all.json",
                                         "/local-lead?place=M13+9WL",
                                         "/local-lead.json?place=M13+9WL"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        client_get(c, places[i]);
        CHECK(c->code == 200 && !client_has(c, "Name of ada"));
    }
    client_get(desk, lead);
    CHECK(client_has(desk, "because the role for this area has ended") &&
          !client_has(desk, "Yes, this is still so"));
    client_post(desk, mem_join(ctx->mem, lead, "/confirm", ""), NULL);
    CHECK(desk->code == 409 && client_has(desk, "The role for this area has ended"));
}
