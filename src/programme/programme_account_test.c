/* SPDX-License-Identifier: MIT */
/* programme_account_test.c - one's own account with what every capability shows there. */
#include "platform/base/test.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access.h"
#include "programme/access/access_test_help.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"
#include "programme/member/member.h"
#include "programme/pledge/pledge_test.h"
#include "programme/programme.h"

static struct person_id person_of(struct ctx *ctx, const char *email, const char *role,
                                  const char *area)
{
    struct access_person person;
    CHECK(access_person_add(ctx, &(const struct access_new){email, "Ada Lovelace", role, area},
                            &person, NULL) == OK);
    return person.id;
}

/* The account page of somebody. */
static struct web_client *account_of(struct ctx *ctx, struct person_id person)
{
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, person);
    client_get(c, "/account");
    CHECK_CODE(c, 200);
    return c;
}

TEST(an_account_leads_to_all_that_is_one_s_own)
{
    static const char *const links[] = {"/account/address",  "/account/phone", "/account/password",
                                        "/account/devices",  "/account/roles", "/account/data",
                                        "/account/requests", "/account/erase", "/account/record",
                                        "/account/equality", "/roles"};
    struct person_id ada;
    directory_test_packs(ctx);
    ada = person_of(ctx, "ada@trust.example", "lead", "R0A");
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        struct web_client *c = account_of(ctx, ada);
        if (!client_has(c, mem_format(ctx->mem, "href=\"%s\"", links[i])))
            fail_msg("the account does not lead to %s", links[i]);
        client_get(c, links[i]);
        CHECK_CODE(c, 200);
    }
}

TEST(an_account_shows_the_pledges_that_are_one_s_own)
{
    const char *pledge = pledge_test_send(ctx, "R0A");
    const char *at_desk = mem_format(ctx->mem, "href=\"/desk/pledges/%s\"", pledge);
    static const char *const roles[] = {"lead", "coordinator", "union"};
    for (size_t i = 0; i < 3; i++) {
        const char *email = mem_format(ctx->mem, "%s@trust.example", roles[i]);
        struct web_client *c = account_of(ctx, person_of(ctx, email, roles[i], "R0A"));
        CHECK(client_count(c, at_desk) == 1);
    }
    struct web_client *c = account_of(ctx, person_of(ctx, "m@trust.example", "member", "R0A"));
    CHECK(!client_has(c, pledge) && !client_has(c, "Your pledges"));
    c = account_of(ctx, person_of(ctx, "lead@else.example", "lead", "RJ1"));
    CHECK(!client_has(c, pledge));
}

TEST(an_account_shows_the_pledge_that_one_is_asked_to_sign)
{
    struct pledge_draft draft;
    pledge_test_draft(ctx, "R0A", &draft);
    const char *pledge = pledge_test_send(ctx, "R0A");
    struct web_client *c = account_of(ctx, person_of(ctx, draft.leader_email, NULL, NULL));
    CHECK(client_has(c, pledge) && client_has(c, "Your pledges"));
    CHECK(!client_has(c, mem_format(ctx->mem, "pledges/%s", pledge))); /* not public yet */
    c = account_of(ctx, person_of(ctx, draft.cosigner_email, NULL, NULL));
    CHECK(client_has(c, pledge));
    c = account_of(ctx, person_of(ctx, "somebody@trust.example", NULL, NULL));
    CHECK(!client_has(c, pledge));
}

TEST(an_account_says_what_waits_for_an_answer)
{
    struct form_problems problems = {.count = 0};
    const char *reference;
    directory_test_packs(ctx);
    struct person_id lead = person_of(ctx, "lead@trust.example", "lead", "R0A");
    struct person_id newcomer = person_of(ctx, "new@trust.example", NULL, NULL);
    CHECK(!client_has(account_of(ctx, newcomer), "Answer an invitation"));
    ctx->person = lead;
    CHECK(member_invite(ctx, "new@trust.example",
                        &(const struct member_offer){"assessor", "R0A", "", ""}, &problems,
                        &reference) == OK);
    struct web_client *c = account_of(ctx, newcomer);
    CHECK(client_has(c, "Answer an invitation") && client_has(c, "You have no role yet"));
    client_get(c, "/account/claims");
    client_post(c, mem_format(ctx->mem, "/account/invitations/%s/accept", reference), NULL);
    CHECK_CODE(c, 303);
    c = account_of(ctx, newcomer);
    CHECK(client_has(c, "Assessor for") && !client_has(c, "Answer an invitation"));
}

/* The list under "Who can see your data". */
static const char *readers_of(struct web_client *c)
{
    return client_between(c, "Who can see your data", "</ul>");
}

TEST(an_account_says_whose_roles_can_see_one_s_data)
{
    directory_test_packs(ctx);
    struct web_client *c = account_of(ctx, person_of(ctx, "member@trust.example", "member", "R0A"));
    const char *readers = readers_of(c);
    CHECK(strstr(readers, "Organisation lead") != NULL && strstr(readers, "Local lead") != NULL);
    CHECK(strstr(readers, "National lead") != NULL && strstr(readers, "Assessor") == NULL);
    c = account_of(ctx, person_of(ctx, "editor@programme.example", "editor", NULL));
    readers = readers_of(c);
    CHECK(strstr(readers, "National lead") != NULL);
    CHECK(strstr(readers, "Organisation lead") == NULL && strstr(readers, "Local lead") == NULL);
}

TEST(grave_acts_need_a_fresh_proof)
{
    static const char *const pages[] = {"/account/erase", "/desk/invite", "/desk/keys/new",
                                        "/desk/domains/R0A/add", "/desk/break-glass"};
    directory_test_packs(ctx);
    struct person_id lead = person_of(ctx, "lead@trust.example", "lead", "R0A");
    person_of(ctx, "lead@trust.example", "operator", NULL);
    struct web_client *c = account_of(ctx, lead);
    ctx->now_secs += WEB_PROOF_SECS + 1;
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        client_get(c, pages[i]);
        CHECK_CODE(c, 303);
        if (strncmp(c->location, "/sign-in/prove?next=", 20) != 0)
            fail_msg("%s asks for no proof: %s", pages[i], c->location);
    }
}

TEST(who_sends_a_form_without_a_fresh_proof_comes_back_to_its_page)
{
    directory_test_packs(ctx);
    struct web_client *c = account_of(ctx, person_of(ctx, "ada@trust.example", "editor", NULL));
    client_get(c, "/account/data");
    ctx->now_secs += WEB_PROOF_SECS + 1;
    client_set_header(c, "Referer", "http://localhost:8080/account/data?x=1");
    client_post(c, "/account/data/download", NULL);
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, "/sign-in/prove?next=%2Faccount%2Fdata%3Fx%3D1");
    client_set_header(c, "Referer", "http://localhost:8080");
    client_post(c, "/account/data/download", NULL);
    CHECK_CODE(c, 403);
    client_set_header(c, "Referer", NULL);
    client_post(c, "/account/data/download", NULL);
    CHECK_CODE(c, 403);
}

TEST(the_page_of_roles_says_what_a_program_with_a_key_may_do)
{
    struct web_client *c = web_client(ctx, &programme_app);
    client_get(c, "/roles");
    CHECK_CODE(c, 200);
    CHECK(client_count(c, "a program with a key") == 1);
    client_get(c, "/privacy");
    CHECK(client_has(c, "href=\"/roles\""));
}
