/* SPDX-License-Identifier: MIT */
/* programme_pledge_test.c - the pages of pledges, through the whole program. */
#include "platform/base/test.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access.h"
#include "programme/pledge/pledge_test.h"
#include "programme/programme.h"

static struct web_client *visitor(struct ctx *ctx)
{
    return web_client(ctx, &programme_app);
}

static const char *published(struct ctx *ctx, const char *code)
{
    const char *reference = pledge_test_send(ctx, code);
    pledge_test_sign(ctx);
    CHECK(pledge_acknowledge(ctx, reference) == OK && pledge_publish(ctx, reference) == OK);
    return reference;
}

TEST(an_empty_register_invites_to_sign)
{
    struct web_client *c = visitor(ctx);
    client_get(c, "/pledges");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "0 pledges") && client_has(c, "Be the first to sign the pledge"));
}

TEST(the_register_finds_a_pledge_by_name_code_region_and_intention)
{
    static const char *const finds[] = {"/pledges?q=manchester",    "/pledges?q=r0a",
                                        "/pledges?q=manch%20univ",  "/pledges?region=Y62",
                                        "/pledges?intention=tfc-3", "/pledges?year=2026",
                                        "/pledges?state=published"};
    static const char *const misses[] = {"/pledges?q=leeds", "/pledges?region=Y56",
                                         "/pledges?intention=tfc-9", "/pledges?state=withdrawn"};
    published(ctx, "R0A");
    struct web_client *c = visitor(ctx);
    for (size_t i = 0; i < sizeof finds / sizeof finds[0]; i++) {
        client_get(c, finds[i]);
        CHECK(client_has(c, "1 pledge<") && client_has(c, "Manchester University"));
    }
    for (size_t i = 0; i < sizeof misses / sizeof misses[0]; i++) {
        client_get(c, misses[i]);
        CHECK(client_has(c, "0 pledges"));
    }
}

TEST(being_signed_in_costs_the_register_two_queries)
{
    struct access_person person;
    const struct access_new wanted = {.email = "ada@trust.example", .role = "operator"};
    CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK);
    published(ctx, "R0A");
    struct web_client *c = visitor(ctx);
    client_get(c, "/pledges"); /* what it counts is noted */
    client_get(c, "/pledges");
    int64_t calls = c->store_calls;
    client_sign_in(c, person.id);
    client_get(c, "/pledges"); /* the sign-in changed the store */
    client_get(c, "/pledges");
    CHECK(client_has(c, "Sign out"));
    CHECK(c->store_calls == calls + 2);
}

TEST(the_register_comes_in_every_format_without_a_private_name)
{
    static const char *const formats[] = {"/pledges.json", "/pledges.csv", "/pledges.atom"};
    published(ctx, "R0A");
    struct web_client *c = visitor(ctx);
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        client_get(c, formats[i]);
        CHECK_CODE(c, 200);
        CHECK(client_has(c, "Manchester University"));
        CHECK(!client_has(c, "Ada") && !client_has(c, "trust.example"));
    }
    client_get(c, "/pledges.xlsx");
    CHECK_CODE(c, 200);
}

TEST(the_page_the_paper_and_the_check_of_a_pledge_show_no_private_name)
{
    struct pledge pledge;
    const char *reference = published(ctx, "R0A");
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_PUBLIC, &pledge) == OK);
    struct web_client *c = visitor(ctx);
    client_get(c, mem_format(ctx->mem, "/pledges/%s", reference));
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Open two new ways in") && client_has(c, "Put on the public register"));
    CHECK(!client_has(c, "Ada") && !client_has(c, "Head of learning"));
    client_get(c, mem_format(ctx->mem, "/pledges/%s/pledge.pdf", reference));
    CHECK_CODE(c, 200);
    CHECK(strncmp(c->body, "%PDF-", 5) == 0);
    client_get(c, mem_format(ctx->mem, "/verify/%s", pledge.code));
    CHECK(client_has(c, "This pledge is real and in force") && !client_has(c, "Ada"));
    client_get(c, "/verify/NONSENSE");
    CHECK_CODE(c, 404);
    client_get(c, "/organisations/R0A");
    CHECK(client_has(c, reference));
}

TEST(what_is_not_public_is_not_found)
{
    const char *reference = pledge_test_send(ctx, "R0A");
    struct web_client *c = visitor(ctx);
    client_get(c, mem_format(ctx->mem, "/pledges/%s", reference));
    CHECK_CODE(c, 404);
    client_get(c, mem_format(ctx->mem, "/pledges/%s/pledge.pdf", reference));
    CHECK_CODE(c, 404);
}

TEST(a_link_shows_a_page_and_its_button_signs_once)
{
    struct pledge pledge;
    const char *reference = pledge_test_send(ctx, "R0A");
    const char *address =
        mem_format(ctx->mem, "/pledges/confirm/%s", pledge_test_token(ctx, "ada@trust.example"));
    struct web_client *c = visitor(ctx);
    client_get(c, address);
    CHECK(client_has(c, "I sign this pledge") && client_has(c, "Ada Leader"));
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK && pledge.event_count == 1);
    client_post(c, address, NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "You have signed"));
    client_token(c);
    client_post(c, address, NULL);
    CHECK_CODE(c, 303);
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK && pledge.event_count == 2);
    client_get(c, "/pledges/confirm/madeup");
    CHECK_CODE(c, 404);
}

TEST(sending_it_back_needs_a_reason_and_opens_the_answers_again)
{
    pledge_test_send(ctx, "R0A");
    const char *address =
        mem_format(ctx->mem, "/pledges/confirm/%s", pledge_test_token(ctx, "bo@union.example"));
    struct web_client *c = visitor(ctx);
    client_get(c, address);
    client_post(c, mem_format(ctx->mem, "%s/decline", address), "reason", "", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Enter the reason"));
    client_post(c, mem_format(ctx->mem, "%s/decline", address), "reason", "Too thin", NULL);
    CHECK_CODE(c, 200);
    const char *mend =
        mem_format(ctx->mem, "/pledges/mend/%s", pledge_test_token(ctx, "ada@trust.example"));
    client_get(c, mend);
    CHECK_CODE(c, 200);
    client_post(c, mend, NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    client_follow(c);
    CHECK(client_has(c, "Check your answers") && client_has(c, "Open two new ways in"));
}

TEST(the_desk_is_closed_to_strangers)
{
    struct web_client *c = visitor(ctx);
    const char *reference = pledge_test_send(ctx, "R0A");
    client_get(c, "/desk/pledges");
    CHECK_CODE(c, 303);
    client_token(c);
    client_post(c, mem_format(ctx->mem, "/desk/pledges/%s/withdraw", reference), "reason", "x",
                NULL);
    CHECK(c->code == 403 || c->code == 303);
    struct pledge pledge;
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    CHECK(pledge.state == PLEDGE_AWAITING);
}
