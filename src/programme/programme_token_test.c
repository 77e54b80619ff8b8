/* SPDX-License-Identifier: MIT */
/* programme_token_test.c - keys and the API document, through the whole program. */
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/web/openapi.h"
#include "platform/web/web_test_client.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"
#include "programme/pledge/pledge_test.h"
#include "programme/programme.h"
#include "programme/token/token.h"

#include <jansson.h>

static const char *see_pledges[] = {"see-pledges"};

/* A key of Manchester University NHS Foundation Trust. */
static const char *key_of(struct ctx *ctx, const char *request)
{
    struct form_problems problems = {.count = 0};
    const struct token_new wanted = {
        .name = "Dashboard", .accesses = {see_pledges, 1}, .days = "30", .request = request};
    const char *key;
    directory_test_packs(ctx);
    CHECK(token_make(ctx, "R0A", &wanted, &problems, &key) == OK);
    return key;
}

static struct person_id person(struct ctx *ctx, const char *email, const char *role,
                               const char *area)
{
    struct access_person added;
    CHECK(access_person_add(ctx, &(const struct access_new){email, NULL, role, area, NULL}, &added,
                            NULL) == OK);
    return added.id;
}

static struct web_client *program(struct ctx *ctx, const char *key)
{
    struct web_client *c = web_client(ctx, &programme_app);
    client_set_header(c, "Authorization", mem_format(ctx->mem, "Bearer %s", key));
    return c;
}

TEST(a_program_reads_what_its_organisation_may_and_nothing_else)
{
    const char *own = pledge_test_send(ctx, "R0A"), *other = pledge_test_send(ctx, "RJ1");
    struct web_client *c = program(ctx, key_of(ctx, "a"));
    client_get(c, "/desk/pledges.json");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, own) && !client_has(c, other));
    CHECK_TEXT(client_header(c, "Cache-Control"), "no-store");
    CHECK_TEXT(client_header(c, "Access-Control-Allow-Origin"), "");
    client_get(c, mem_format(ctx->mem, "/desk/pledges/%s", other));
    CHECK_CODE(c, 404);
    static const char *const forbidden[] = {"/desk", "/desk/keys.json", "/account",
                                            "/desk/messages.json"};
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
        client_get(c, forbidden[i]);
        CHECK_CODE(c, 403);
    }
    client_token(c);
    client_post(c, mem_format(ctx->mem, "/desk/pledges/%s/withdraw", own), "reason", "x", NULL);
    CHECK_CODE(c, 403);
    c = program(ctx, "onward_aaaaaaaaaaaaaaaaaaaaaaaaaa");
    client_get(c, "/pledges.json");
    CHECK_CODE(c, 401);
    CHECK(text_begins(client_header(c, "WWW-Authenticate"), "Bearer"));
}

TEST(a_key_beside_a_session_counts_as_the_key_alone)
{
    const char *key = key_of(ctx, "a");
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, person(ctx, "lead@nhs.example", "national", NULL));
    client_set_header(c, "Authorization", mem_format(ctx->mem, "Bearer %s", key));
    client_get(c, "/desk/messages.json");
    CHECK_CODE(c, 403);
    client_get(c, "/account");
    CHECK_CODE(c, 403);
}

/* The newest key in a page. */
static const char *key_on(struct web_client *c)
{
    const char *at = strstr(c->body, "<code>onward_");
    return at == NULL ? NULL : mem_text_part(c->ctx->mem, at + 6, strcspn(at + 6, "<"));
}

TEST(a_lead_makes_sees_and_takes_back_keys_of_the_own_organisation)
{
    directory_test_packs(ctx);
    struct web_client *c = web_client(ctx, &programme_app), *other = client_other(c);
    client_sign_in(c, person(ctx, "a@nhs.example", "lead", "R0A"));
    client_sign_in(other, person(ctx, "b@nhs.example", "lead", "RJ1"));
    client_get(c, "/desk/keys/new");
    client_follow(c);
    CHECK_CODE(c, 200);
    const char *form = strchr(c->path, '/');
    client_post(c, form, "name", "", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Enter a name for the key") && client_has(c, "Choose what the key may do"));
    client_post(c, form, "name", "Dash <b>", "accesses", "see-pledges", "days", "90",
                "organisation", "RJ1", NULL);
    CHECK_CODE(c, 200);
    const char *key = key_on(c);
    int64_t id = 0;
    struct token token;
    CHECK(key != NULL && token_show(ctx, key, &id) == OK && token_get(ctx, id, &token) == OK);
    CHECK_TEXT(token.organisation, "R0A"); /* whatever the form says */
    client_post(c, form, "name", "Dash", "accesses", "see-pledges", "days", "90", NULL);
    CHECK_CODE(c, 409);
    const char *page = mem_format(ctx->mem, "/desk/keys/%lld", (long long)id);
    client_get(c, page);
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Dash &lt;b&gt;") && !client_has(c, key));
    client_get(other, page);
    CHECK_CODE(other, 404);
    client_post(other, mem_format(ctx->mem, "%s/end", page), NULL);
    CHECK_CODE(other, 404);
    client_get(other, "/desk/keys");
    CHECK(client_has(other, "0 keys"));
    client_post(c, mem_format(ctx->mem, "%s/end", page), NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "This key was taken back"));
    CHECK(token_show(ctx, key, &id) == ERR_FORBIDDEN);
}

TEST(the_national_lead_chooses_the_organisation)
{
    directory_test_packs(ctx);
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, person(ctx, "n@nhs.example", "national", NULL));
    client_get(c, "/desk/keys/new/abc");
    CHECK(client_has(c, "Which organisation is it for?"));
    client_post(c, "/desk/keys/new/abc", "name", "X", "accesses", "see-pledges", "days", "30",
                NULL);
    CHECK_CODE(c, 422);
    client_post(c, "/desk/keys/new/abc", "name", "X", "accesses", "see-pledges", "days", "30",
                "organisation", "RJ1", NULL);
    CHECK_CODE(c, 200);
    CHECK(key_on(c) != NULL);
    client_get(c, "/desk/keys/nonsense");
    CHECK_CODE(c, 404);
}

/* ---- the API document ---- */

static json_t *document(struct ctx *ctx)
{
    const char *text;
    CHECK(web_openapi(ctx, &programme_app, &text) == OK);
    json_t *json = json_loads(text, 0, NULL);
    CHECK(json != NULL);
    return json;
}

TEST(the_api_document_has_every_listing_and_every_journey)
{
    json_t *json = document(ctx);
    json_t *paths = json_object_get(json, "paths");
    const char *path, *status;
    json_t *item, *schema, *get = json_object_get(json_object_get(paths, "/pledges.json"), "get");
    CHECK(get != NULL && json_array_size(json_object_get(get, "security")) == 0);
    CHECK(json_object_get(json_object_get(paths, "/pledges/sign"), "post") != NULL);
    json_t *queue = json_object_get(json_object_get(paths, "/desk/pledges.json"), "get");
    CHECK(json_array_size(json_object_get(queue, "security")) == 2);
    int operations = 0;
    json_object_foreach(paths, path, item)
    {
        const char *method;
        json_t *operation, *responses;
        json_object_foreach(item, method, operation)
        {
            operations++;
            responses = json_object_get(operation, "responses");
            CHECK(json_object_get(operation, "operationId") != NULL && responses != NULL);
            json_object_foreach(responses, status, schema)
                CHECK(json_object_get(schema, "content") != NULL);
        }
    }
    CHECK(operations >= 8);
    json_decref(json);
}
