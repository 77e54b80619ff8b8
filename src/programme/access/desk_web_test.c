/* SPDX-License-Identifier: MIT */
/* desk_web_test.c - who gets through to what, the desk, and the outbox of a demonstration. */
#include "programme/access/access_web.h"

#include "platform/base/test.h"
#include "platform/mail/mail.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access.sql.h"
#include "programme/access/access_test_help.h"

#define ADA "ada@trust.example"

/* ---- who may what, by the routes ---- */

TEST(each_role_gets_through_to_what_the_policy_allows_it)
{
    static const struct {
        const char *role;
        int codes[6]; /* of the probes and of the desk */
    } walk[] = {
        {"national", {200, 200, 200, 200, 403, 200}},
        {"operator", {403, 403, 200, 200, 403, 200}},
        {NULL, {403, 403, 403, 403, 403, 403}},
    };
    static const char *const paths[6] = {"/probe/17", "/probe/18",  "/probe/19",
                                         "/probe/20", "/probe/end", "/desk"};
    struct web_client *c = help_browser(ctx);
    for (int n = 0; n < 6; n++) {
        client_get(c, paths[n]);
        CHECK_CODE(c, 303);
    }
    for (size_t i = 0; i < sizeof walk / sizeof walk[0]; i++) {
        const char *email = mem_format(ctx->mem, "p%zu@trust.example", i);
        struct web_client *one = client_other(c);
        client_sign_in(one, help_person(ctx, email, i == 2 ? "national" : walk[i].role));
        if (i == 2)
            CHECK(access_person_end_role(ctx, email, "national", NULL) == OK);
        for (int n = 0; n < 6; n++) {
            client_get(one, paths[n]);
            CHECK_CODE(one, walk[i].codes[n]);
        }
        client_get(one, "/probe/signed-in");
        CHECK_CODE(one, 200);
    }
}

TEST(a_regional_lead_acts_within_the_region)
{
    int64_t changes;
    struct web_client *c = help_browser(ctx);
    struct person_id id = help_person(ctx, ADA, "operator");
    CHECK(access_person_end_role(ctx, ADA, "operator", NULL) == OK);
    CHECK(access_grant_insert(ctx, 5, id.n, "regional", "region", "Y56", "2026-01-01", NULL,
                              ctx->now_secs, NULL, &changes) == OK);
    client_sign_in(c, id);
    client_get(c, "/probe/17");
    CHECK_TEXT(c->body, "in as regionalY56");
    client_get(c, "/probe/18");
    CHECK_CODE(c, 403);
    client_get(c, "/probe/19");
    CHECK_CODE(c, 403);
    client_get(c, "/desk");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Regional lead for Y56"));
}

/* ---- the desk ---- */

TEST(the_desk_shows_what_waits_to_those_who_may_see_it)
{
    struct web_client *c = help_browser(ctx);
    client_sign_in(c, help_person(ctx, ADA, "operator"));
    client_get(c, "/desk");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "What needs me today") && client_has(c, "Operator"));
    CHECK(client_has(c, "Emails not yet sent") && client_has(c, "nothing waits"));
    struct settings *settings = mem_new(ctx->mem, struct settings);
    *settings = *ctx->settings;
    settings->smtp = "smtp://127.0.0.1:9";
    ctx->settings = settings;
    CHECK(access_code_ask(ctx, &(const struct access_caller){"b", "a"}, ADA, "") == OK);
    help_work(ctx);
    ctx->now_secs += 3 * 3600;
    client_get(c, "/desk");
    CHECK_CODE(c, 303); /* nobody reads for three hours and stays signed in */
    client_sign_in(c, help_person(ctx, ADA, "operator"));
    client_get(c, "/desk");
    CHECK(client_has(c, "3 hours ago"));
    CHECK(client_has(c, "href=\"/desk/messages?state=waiting\""));
}

TEST(the_list_of_emails_shows_neither_addresses_nor_secrets)
{
    static const char *const pages[] = {"/desk/messages", "/desk/messages.json",
                                        "/desk/messages.csv", "/desk/messages?state=waiting"};
    struct web_client *c = help_browser(ctx);
    client_sign_in(c, help_person(ctx, "op@trust.example", "operator"));
    help_person(ctx, ADA, "national");
    CHECK(access_code_ask(ctx, &(const struct access_caller){"b", "a"}, ADA, "") == OK);
    help_work(ctx);
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        client_get(c, pages[i]);
        CHECK_CODE(c, 200);
        CHECK(client_has(c, "access_code"));
        CHECK(!client_has(c, ADA) && !client_has(c, help_newest_code(ctx)));
    }
    client_get(c, "/desk/messages.xlsx");
    CHECK_CODE(c, 200);
    struct web_client *nobody = client_other(c);
    client_get(nobody, "/desk/messages.csv");
    CHECK_CODE(nobody, 303);
}

TEST(who_has_several_roles_chooses_the_one_to_work_in)
{
    struct access_person person;
    struct web_client *c = help_browser(ctx);
    struct person_id id = help_person(ctx, ADA, "operator");
    client_sign_in(c, id);
    client_get(c, "/desk");
    CHECK(!client_has(c, "/desk/work-as")); /* there is nothing to choose */
    help_person(ctx, ADA, "national");
    client_get(c, "/desk");
    CHECK(client_has(c, "Operator, National lead") && client_has(c, "/desk/work-as"));
    client_get(c, "/desk/work-as");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Operator") && client_has(c, "All my roles"));
    CHECK(access_person_get(ctx, id, &person) == OK);
    const char *operator= mem_format(ctx->mem, "%lld", (long long)person.grants[0].id);
    client_post(c, "/desk/work-as", "grant", operator, NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "working as Operator") && !client_has(c, "National lead"));
    /* Neither somebody else's role nor one that there is not. */
    struct person_id bob = help_person(ctx, "bob@trust.example", "analyst");
    struct access_person other;
    CHECK(access_person_get(ctx, bob, &other) == OK);
    const char *const wrong[] = {mem_format(ctx->mem, "%lld", (long long)other.grants[0].id),
                                 "4711",
                                 "-1",
                                 "x",
                                 "",
                                 "99999999999999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        client_post(c, "/desk/work-as", "grant", wrong[i], NULL);
        CHECK_CODE(c, 422);
    }
    client_post(c, "/desk/work-as", "grant", "0", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "Operator, National lead"));
}

/* ---- the outbox of a demonstration ---- */

TEST(a_newcomer_reads_the_code_in_the_outbox_of_a_demonstration)
{
    help_demonstration(ctx, true);
    struct web_client *c = help_browser(ctx);
    help_person(ctx, ADA, "national");
    client_get(c, "/desk/outbox");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "There are no emails yet"));
    help_mail_code(ctx, ADA);
    help_work(ctx);
    client_get(c, "/desk/outbox");
    CHECK(client_has(c, "Your code to sign in") && client_has(c, ADA));
    const char *path = client_between(c, "href=\"/desk/outbox/", "\"");
    client_get(c, mem_format(ctx->mem, "/desk/outbox/%s", path));
    CHECK_CODE(c, 200);
    CHECK(client_count(c, help_newest_code(ctx)) >= 2);
    client_get(c, mem_format(ctx->mem, "/desk/outbox/%s/message", path));
    CHECK_CODE(c, 200);
    CHECK(client_has(c, help_newest_code(ctx)));
    CHECK(strstr(client_header(c, "content-security-policy"), "sandbox") != NULL);
    CHECK(strstr(client_header(c, "content-security-policy"), "script") == NULL);
}

TEST(a_message_shows_its_parts_with_links_that_work_here)
{
    help_demonstration(ctx, true);
    struct web_client *c = help_browser(ctx);
    CHECK(mail_put(ctx,
                   &(const struct mail){
                       .kind = "test",
                       .key = "test/1",
                       .to_address = ADA,
                       .to_name = "Ada <b>",
                       .subject = "Read & sign",
                       .parts = (const struct mail_part[]){
                           MAIL_HEADING("What to do"), MAIL_BULLET("read"), MAIL_BULLET("sign"),
                           MAIL_TEXT("one\ntwo"), MAIL_BUTTON("Read it", "/pledges/1"),
                           MAIL_BUTTON("Elsewhere", "https://other.example/x"), MAIL_END}}) == OK);
    client_get(c, mem_format(ctx->mem, "/desk/outbox/%lld", (long long)help_newest_mail(ctx)));
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Read &amp; sign</h1>") && client_has(c, "Ada &lt;b&gt;, " ADA));
    CHECK(client_has(c, "href=\"/pledges/1\"") && client_has(c, "\"https://other.example/x\""));
    CHECK(client_count(c, "<li>read</li>") == 1 && client_count(c, "nhsuk-list--bullet") == 1);
}

TEST(a_message_that_has_ended_says_so)
{
    help_demonstration(ctx, true);
    struct web_client *c = help_browser(ctx);
    CHECK(mail_put(ctx, &(const struct mail){.kind = "test",
                                             .key = "test/1",
                                             .to_address = ADA,
                                             .subject = "Gone",
                                             .parts = (const struct mail_part[]){
                                                 MAIL_TEXT("secret"), MAIL_END}}) == OK);
    CHECK(mail_cancel(ctx, "test/1") == OK);
    const char *path = mem_format(ctx->mem, "/desk/outbox/%lld", (long long)help_newest_mail(ctx));
    client_get(c, path);
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "no longer kept") && !client_has(c, "secret"));
    client_get(c, mem_format(ctx->mem, "%s/message", path));
    CHECK_CODE(c, 409);
}

TEST(the_outbox_goes_on_where_its_page_ends)
{
    help_demonstration(ctx, true);
    struct web_client *c = help_browser(ctx);
    for (int i = 0; i < 30; i++)
        CHECK(mail_put(ctx, &(const struct mail){.kind = "test",
                                                 .key = mem_format(ctx->mem, "test/%d", i),
                                                 .to_address = ADA,
                                                 .subject = mem_format(ctx->mem, "No %d.", i),
                                                 .parts = (const struct mail_part[]){
                                                     MAIL_TEXT("x"), MAIL_END}}) == OK);
    client_get(c, "/desk/outbox");
    CHECK(client_has(c, "No 29.") && client_has(c, "No 5.") && !client_has(c, "No 4."));
    CHECK(c->store_calls == 7); /* one for the list; that somebody looks is noted in six */
    const char *before = client_between(c, "/desk/outbox?before=", "\"");
    client_get(c, mem_format(ctx->mem, "/desk/outbox?before=%s", before));
    CHECK(client_has(c, "No 4.") && client_has(c, "No 0.") && !client_has(c, "No 5."));
    CHECK(!client_has(c, "Older emails") && client_has(c, "Newest emails"));
    static const char *const wrong[] = {"/desk/outbox?before=x",  "/desk/outbox?before=-1",
                                        "/desk/outbox?before=0",  "/desk/outbox/x",
                                        "/desk/outbox/0",         "/desk/outbox/4711",
                                        "/desk/outbox/9/message", "/desk/outbox/-9/message"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        client_get(c, wrong[i]);
        CHECK_CODE(c, 404);
    }
}

TEST(where_this_is_no_demonstration_there_is_no_outbox_for_anyone)
{
    help_demonstration(ctx, false);
    struct web_client *c = help_browser(ctx);
    struct person_id ada = help_person(ctx, ADA, "national");
    help_mail_code(ctx, ADA);
    CHECK(!client_has(c, "outbox"));
    help_work(ctx);
    long long id = (long long)help_newest_mail(ctx);
    for (int signed_in = 0; signed_in < 2; signed_in++) {
        client_get(c, "/desk/outbox");
        CHECK_CODE(c, 404);
        client_get(c, mem_format(ctx->mem, "/desk/outbox/%lld", id));
        CHECK_CODE(c, 404);
        client_get(c, mem_format(ctx->mem, "/desk/outbox/%lld/message", id));
        CHECK_CODE(c, 404);
        client_sign_in(c, ada);
    }
}

TEST(every_route_of_access_is_visited)
{
    static const struct web_route *const own[] = {access_routes, NULL};
    static const struct web_app only = {.routes = own};
    static const char *const pages[] = {"/sign-in",
                                        "/sign-in/code",
                                        "/signed-out",
                                        "/account",
                                        "/desk",
                                        "/desk/work-as",
                                        "/desk/messages",
                                        "/desk/messages.json",
                                        "/desk/messages.csv",
                                        "/desk/messages.xlsx",
                                        "/desk/outbox",
                                        "/desk/outbox/1",
                                        "/desk/outbox/1/message"};
    static const char *const posts[] = {"/sign-in", "/sign-in/code", "/desk/work-as",
                                        "/account/sign-out-everywhere", "/sign-out"};
    struct web_client *c = help_browser(ctx);
    client_sign_in(c, help_person(ctx, ADA, "national"));
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        client_get(c, pages[i]);
        CHECK(c->code < 500);
    }
    client_token(c);
    for (size_t i = 0; i < sizeof posts / sizeof posts[0]; i++) {
        client_post(c, posts[i], NULL);
        CHECK(c->code < 500);
        client_token(c);
    }
    const char *left = client_first_unvisited(ctx, &only);
    if (left != NULL)
        fail_msg("not visited: %s", left);
}
