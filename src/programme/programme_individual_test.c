/* SPDX-License-Identifier: MIT */
/* programme_individual_test.c - the pages of a person's pledge, as people and programs see them. */
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "programme/access/access_test_help.h"
#include "programme/individual/individual_test_help.h"
#include "programme/programme.h"

#define ADA "ada@home.example"
#define BASE "/pledges/individual"

static struct web_client *browser(struct ctx *ctx)
{
    help_demonstration(ctx, false);
    return web_client(ctx, &programme_app);
}

static void answer(struct web_client *c, const char *name, const char *value)
{
    const char *step = c->location;
    client_follow(c);
    CHECK_CODE(c, 200);
    client_post(c, step, name, value, NULL);
    CHECK_CODE(c, 303);
}

/* Goes through the journey; gives the address where the code is typed, where the browser stands. */
static const char *sign(struct web_client *c, const char *name, const char *email)
{
    struct ctx *ctx = c->ctx;
    client_get(c, BASE);
    CHECK_CODE(c, 200);
    client_post(c, BASE, NULL);
    client_follow(c);
    answer(c, "name", name);
    answer(c, "role", "Porter");
    answer(c, "employer_kind", "none");
    answer(c, "intentions", "tfc-3");
    answer(c, "statement", "");
    answer(c, "shown", "name");
    answer(c, "remind_on", "");
    answer(c, "email", email);
    const char *preview = c->location;
    client_follow(c);
    CHECK(client_has(c, "What the public will see") && client_has(c, name));
    client_post(c, preview, NULL);
    const char *check = c->location;
    client_follow(c);
    CHECK(client_has(c, "Check your answers"));
    client_post(c, check, NULL);
    CHECK_CODE(c, 303);
    CHECK(text_begins(c->location, "/pledges/people/IP-") && text_ends(c->location, "/confirm"));
    const char *page = c->location;
    client_follow(c);
    CHECK_CODE(c, 200);
    return page;
}

static void type_code(struct web_client *c, const char *page)
{
    struct ctx *ctx = c->ctx;
    client_post(c, page, "code", help_newest_code(ctx), NULL);
    CHECK_CODE(c, 303);
    CHECK(text_begins(c->location, "/pledges/mine/"));
    client_follow(c);
}

/* The page without what is different each time. */
static const char *bare(struct web_client *c)
{
    struct ctx *ctx = c->ctx;
    const char *main = client_between(c, "<main", "</main>");
    const char *token = strstr(main, "name=\"form_token\" value=\"");
    CHECK(token != NULL);
    const char *reference = strstr(main, "IP-");
    CHECK(reference != NULL && reference < token);
    const char *rest = strchr(token + strlen("name=\"form_token\" value=\""), '"');
    return mem_format(ctx->mem, "%.*s%.*s%s", (int)(reference - main), main,
                      (int)(token - reference - 12), reference + 12, rest);
}

TEST(a_person_signs_on_the_pages_and_types_the_code_in_the_open_page)
{
    struct web_client *c = browser(ctx);
    type_code(c, sign(c, "Zoë", ADA));
    CHECK(client_has(c, "Your pledge counts") && client_has(c, "Zoë"));
    client_get(c, "/pledges/people");
    CHECK(client_has(c, "1 person has signed") && client_has(c, "Zoë") && !client_has(c, "Porter"));
    client_get(c, "/pledges/people.json");
    CHECK(client_has(c, "Zoë") && !client_has(c, "Porter") && !client_has(c, ADA));
}

TEST(pages_are_the_same_for_an_address_that_has_signed_and_one_that_has_not)
{
    const char *pages[2];
    struct web_client *c = browser(ctx);
    individual_test_sign(ctx, ADA);
    for (int i = 0; i < 2; i++) {
        struct web_client *other = client_other(c);
        const char *page = sign(other, "Somebody", i == 0 ? ADA : "bob@home.example");
        pages[i] = bare(other);
        client_post(other, page, "code", "12345x", NULL);
        CHECK_CODE(other, 422);
        CHECK(client_has(other, "Enter the 6 digits of the code"));
    }
    CHECK_TEXT(pages[0], pages[1]);
}

TEST(a_scanner_that_fetches_every_link_confirms_nobody)
{
    int64_t count;
    struct web_client *c = browser(ctx);
    individual_test_send(ctx, ADA);
    const char *page = mem_format(ctx->mem, "/pledges/mine/%s", individual_test_token(ctx, ADA));
    for (int i = 0; i < 3; i++) {
        client_get(c, page);
        CHECK_CODE(c, 200);
        CHECK(client_has(c, "I sign this pledge") && client_count(c, "<script") <= 2);
        client_head(c, page);
    }
    CHECK(individual_count(ctx, 10, &count) == OK && count == 0);
    client_get(c, page);
    client_post(c, page, NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "Your pledge counts"));
    CHECK(individual_count(ctx, 10, &count) == OK && count == 1);
}

TEST(names_of_any_script_and_length_are_taken_and_201_refused_kindly)
{
    static const char *const names[] = {"李", "Ж", "نور الهدى", "Ó", "François-Xavier d’Arc"};
    struct web_client *c = browser(ctx);
    const char *longest = "";
    for (int i = 0; i < 200; i++)
        longest = mem_format(ctx->mem, "%sé", longest);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        sign(client_other(c), names[i], mem_format(ctx->mem, "p%zu@home.example", i));
    sign(client_other(c), longest, ADA);
    client_get(c, BASE);
    client_post(c, BASE, NULL);
    client_follow(c);
    const char *step = c->location;
    client_follow(c);
    const char *longer = mem_format(ctx->mem, "%sz", longest);
    client_post(c, step, "name", longer, NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "200 characters or fewer") && client_has(c, longer));
}

TEST(a_reminder_in_the_past_is_refused_and_what_was_typed_stays)
{
    struct web_client *c = browser(ctx);
    client_get(c, BASE);
    client_post(c, BASE, NULL);
    client_follow(c);
    answer(c, "name", "Ada");
    answer(c, "role", "");
    answer(c, "employer_kind", "none");
    answer(c, "intentions", "tfc-3");
    answer(c, "statement", "");
    answer(c, "shown", "");
    const char *step = c->location;
    client_follow(c);
    client_post(c, step, "remind_on-day", "1", "remind_on-month", "2", "remind_on-year", "2020",
                NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "must be after today") && client_has(c, "value=\"2020\""));
}

TEST(wrong_codes_are_told_and_too_many_need_the_link)
{
    struct web_client *c = browser(ctx);
    const char *page = sign(c, "Ada", ADA),
               *wrong = help_other_code(ctx->mem, help_newest_code(ctx));
    client_post(c, page, "code", "", NULL);
    CHECK(c->code == 422 && client_has(c, "Enter the code from the email"));
    for (int i = 1; i < PROOF_CODE_TRIES; i++) {
        client_post(c, page, "code", wrong, NULL);
        CHECK(c->code == 422 && client_has(c, "That is not the code"));
    }
    client_post(c, page, "code", wrong, NULL);
    CHECK(c->code == 422 && client_has(c, "typed too often"));
    client_get(c, mem_format(ctx->mem, "/pledges/mine/%s", individual_test_token(ctx, ADA)));
    CHECK(client_has(c, "I sign this pledge"));
}

TEST(a_program_signs_in_one_call_and_confirms_in_another)
{
    struct web_client *c = browser(ctx);
    client_set_header(c, "Idempotency-Key", "0123456789abcdef");
    const char *json = "{\"name\":\"Ada\",\"role\":\"Porter\",\"employer_kind\":\"other\","
                       "\"employer_other\":\"A hospice\",\"intentions\":[\"tfc-1\"],"
                       "\"shown\":[\"employer\"],\"email\":\"" ADA "\"}";
    client_post_json(c, BASE, json);
    CHECK_CODE(c, 201);
    const char *reference = client_between(c, "\"reference\":\"", "\"");
    client_post_json(c, BASE, json);
    CHECK_CODE(c, 200);
    CHECK_TEXT(client_between(c, "\"reference\":\"", "\""), reference);
    const char *page = mem_format(ctx->mem, "/pledges/people/%s/confirm", reference);
    client_post_json(c, page, "{\"code\":\"x\"}");
    CHECK(c->code == 422 && client_has(c, "6 digits"));
    client_post_json(c, page, mem_format(ctx->mem, "{\"code\":\"%s\"}", help_newest_code(ctx)));
    CHECK_CODE(c, 303);
    client_get(c, "/pledges/people");
    CHECK(client_has(c, "Somebody who stays anonymous") && client_has(c, "A hospice"));
    CHECK(!client_has(c, "Porter") && !client_has(c, ">Ada<"));
}

static const char *mine(struct web_client *c, const char *token, const char *tail)
{
    return mem_format(c->ctx->mem, "/pledges/mine/%s%s", token, tail);
}

TEST(ones_own_page_changes_what_is_shown_and_withdraws)
{
    struct web_client *c = browser(ctx);
    const char *token = individual_test_sign(ctx, ADA);
    client_get(c, mine(c, token, "/choice"));
    CHECK(client_count(c, " checked") == 2);
    client_post(c, mine(c, token, "/choice"), "shown", "band", "remind_on-day", "1",
                "remind_on-month", "1", "remind_on-year", "2020", NULL);
    CHECK(c->code == 422 && client_has(c, "must be after today"));
    client_post(c, mine(c, token, "/choice"), "shown", "band", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "Band 2") && client_has(c, "Somebody who stays anonymous"));
    client_get(c, mine(c, token, "/withdraw"));
    client_post(c, mine(c, token, "/withdraw"), NULL);
    client_follow(c);
    CHECK(client_has(c, "You have withdrawn your pledge"));
    client_post(c, mine(c, token, "/withdraw"), NULL);
    CHECK_CODE(c, 303);
    client_get(c, mine(c, token, "/receipt"));
    CHECK_CODE(c, 303);
}

TEST(the_receipt_is_there_as_page_json_and_paper_and_only_by_ones_own_link)
{
    struct web_client *c = browser(ctx);
    const char *token = individual_test_sign(ctx, ADA);
    client_get(c, mine(c, token, "/receipt"));
    CHECK(client_has(c, "within a minute or two") && client_has(c, "My own pledge"));
    client_get(c, mine(c, token, "/receipt.json"));
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "\"onward receipt 1\"") && client_has(c, "\"kind\": \"individual\""));
    client_get(c, mine(c, token, "/receipt.pdf"));
    CHECK(c->code == 200 && text_begins(c->body, "%PDF"));
    client_get(c, mine(c, "nobodys", "/receipt.json"));
    CHECK_CODE(c, 404);
}

TEST(the_code_for_checking_shows_only_what_the_person_shows)
{
    struct individual it;
    struct web_client *c = browser(ctx);
    const char *token = individual_test_sign(ctx, ADA);
    CHECK(individual_link_open(ctx, token, &it) == OK);
    client_get(c, mem_format(ctx->mem, "/verify/%s", it.code));
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "This pledge is real and counts") && client_has(c, it.name));
    CHECK(client_has(c, it.text_digest) && !client_has(c, "Porter") && !client_has(c, "hospice"));
    CHECK(individual_withdraw(ctx, &it) == OK);
    client_get(c, mem_format(ctx->mem, "/verify/%s", it.code));
    CHECK(client_has(c, "This pledge was withdrawn") && !client_has(c, it.name));
}

TEST(equality_answers_are_kept_apart_from_the_pledge)
{
    struct web_client *c = browser(ctx);
    const char *token = individual_test_sign(ctx, ADA);
    client_get(c, mine(c, token, "/about-you"));
    CHECK(client_has(c, "What is your ethnic group?"));
    client_post(c, mine(c, token, "/about-you"), "carer", "no", NULL);
    CHECK_CODE(c, 303);
    client_get(c, mine(c, token, "/about-you"));
    CHECK(client_count(c, " checked") == 0); /* nobody reads them again, by this link either */
}

TEST(who_is_signed_in_with_the_address_finds_the_pledge_at_the_account)
{
    struct web_client *c = browser(ctx);
    struct person_id ada = help_person(ctx, ADA, "national");
    client_sign_in(c, ada);
    client_get(c, "/account");
    CHECK(!client_has(c, "A pledge of your own"));
    client_get(c, "/account/my-pledge");
    CHECK_CODE(c, 404);
    individual_test_sign(ctx, ADA);
    client_get(c, "/account");
    CHECK(client_has(c, "A pledge of your own"));
    static const char *const pages[] = {
        "", "/choice", "/withdraw", "/receipt", "/receipt.json", "/receipt.pdf", "/about-you"};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        client_get(c, mem_format(ctx->mem, "/account/my-pledge%s", pages[i]));
        CHECK_CODE(c, 200);
    }
    client_get(c, "/account/my-pledge/about-you");
    client_post(c, "/account/my-pledge/about-you", "carer", "no", NULL);
    client_post(c, "/account/my-pledge/choice", NULL);
    CHECK_CODE(c, 303);
    client_post(c, "/account/my-pledge/withdraw", NULL);
    CHECK_CODE(c, 303);
    client_get(c, "/account/my-pledge");
    CHECK_CODE(c, 404);
}

TEST(odd_addresses_of_a_persons_pages_are_not_found)
{
    static const char *const odd[] = {"/pledges/mine/x", "/pledges/people/IP-0000-0000/confirm",
                                      "/pledges/people/%F0%9F%98%80/confirm",
                                      "/pledges/mine/%27/choice", "/pledges/mine/x/receipt.pdf"};
    struct web_client *c = browser(ctx);
    client_token(c);
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        client_get(c, odd[i]);
        CHECK_CODE(c, 404);
    }
    client_post(c, "/pledges/people/IP-0000-0000/confirm", "code", "123456", NULL);
    CHECK_CODE(c, 404);
    client_post(c, "/pledges/mine/x", NULL);
    CHECK_CODE(c, 404);
}

TEST(a_link_that_nobody_used_in_time_says_so)
{
    struct web_client *c = browser(ctx);
    individual_test_send(ctx, ADA);
    const char *token = individual_test_token(ctx, ADA);
    ctx->now_secs += INDIVIDUAL_CONFIRM_SECS;
    client_get(c, mine(c, token, ""));
    CHECK_CODE(c, 409);
    CHECK(client_has(c, "Nobody confirmed the pledge within 7 days"));
    client_get(c, mine(c, token, "/choice"));
    CHECK_CODE(c, 409);
}

TEST(the_programme_hides_what_a_person_shows_and_shows_it_again)
{
    struct web_client *c = browser(ctx);
    struct individual it;
    const char *token = individual_test_sign(ctx, ADA);
    CHECK(individual_link_open(ctx, token, &it) == OK);
    const char *page = mem_format(ctx->mem, "/desk/individuals/%s", it.reference);
    struct web_client *staff = client_other(c);
    client_sign_in(staff, help_person(ctx, "keys@x.example", "operator"));
    client_get(staff, page);
    CHECK_CODE(staff, 403);
    client_sign_in(staff, help_person(ctx, "national@x.example", "national"));
    client_get(staff, "/desk");
    CHECK(client_has(staff, "/desk/individuals"));
    client_get(staff, "/desk/individuals");
    CHECK(client_has(staff, it.reference) && client_has(staff, "Shown"));
    client_get(staff, page);
    CHECK(client_has(staff, "show a pupil round") && !client_has(staff, ADA));
    client_post(staff, mem_format(ctx->mem, "%s/hide", page), "reason", "", NULL);
    CHECK(staff->code == 422 && client_has(staff, "Enter the reason"));
    client_post(staff, mem_format(ctx->mem, "%s/hide", page), "reason", "It hurts <b>", NULL);
    CHECK_CODE(staff, 303);
    client_follow(staff);
    CHECK(client_has(staff, "It hurts &lt;b&gt;") && client_has(staff, "again"));
    client_get(staff, "/desk/individuals?hidden=no");
    CHECK(!client_has(staff, it.reference));
    client_get(c, "/pledges/people");
    CHECK(client_has(c, "1 person has signed") && !client_has(c, "show a pupil round"));
    client_get(c, mem_format(ctx->mem, "/verify/%s", it.code));
    CHECK(client_has(c, "is real and counts") && client_has(c, "The programme has hidden it"));
    CHECK(!client_has(c, it.name) && !client_has(c, "It hurts"));
    client_get(c, mine(c, individual_test_token(ctx, ADA), "")); /* of the mail that told them */
    CHECK(client_has(c, "It hurts &lt;b&gt;") && client_has(c, "It still counts"));
    client_post(staff, mem_format(ctx->mem, "%s/unhide", page), NULL);
    CHECK_CODE(staff, 303);
    client_get(c, "/pledges/people");
    CHECK(client_has(c, "show a pupil round"));
    client_get(staff, "/desk/individuals/IP-0000-0000");
    CHECK_CODE(staff, 404);
}
