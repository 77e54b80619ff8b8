/* SPDX-License-Identifier: MIT */
/* account_name_test.c - a person puts their own name right, and it is kept which it was. */
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access.h"
#include "programme/account/account_test_help.h"

#define ADA "ada@trust.example"

static struct access_person person_of(struct ctx *ctx, struct person_id id)
{
    struct access_person person;
    CHECK(access_person_get(ctx, id, &person) == OK);
    return person;
}

static const char *renaming_of(struct ctx *ctx, struct person_id id)
{
    struct audit_event *events;
    size_t count;
    CHECK(audit_about(ctx, id, 20, &events, &count) == OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(events[i].what, "access.renamed") == 0)
            return events[i].detail;
    return "";
}

TEST(a_name_is_changed_by_its_person_and_the_record_has_both)
{
    struct web_client *c = account_browser(ctx);
    struct person_id ada = help_person(ctx, ADA, "national");
    const char *before = person_of(ctx, ada).name;
    client_get(c, "/sign-in");
    help_sign_in_from(c, "/sign-in?next=%2Faccount", ADA);
    client_get(c, "/account");
    CHECK(client_has(c, "href=\"/account/name\""));
    client_get(c, "/account/name");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, mem_format(ctx->mem, "value=\"%s\"", before)));
    client_post(c, "/account/name", "name", " ", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Enter your name"));
    client_post(c, "/account/name", "name", "Ada Byron", NULL);
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, "/account");
    CHECK_TEXT(person_of(ctx, ada).name, "Ada Byron");
    CHECK_TEXT(renaming_of(ctx, ada),
               mem_format(ctx->mem, "{\"before\":\"%s\",\"after\":\"Ada Byron\"}", before));
    client_post(c, "/account/name", "name", "Ada Byron", NULL);
    CHECK_CODE(c, 303);
    CHECK(help_events(ctx, ada, "access.renamed") == 1);
}

TEST(an_operator_who_gives_another_name_is_in_the_record_too)
{
    bool changed;
    struct access_person person;
    struct person_id ada = help_person(ctx, ADA, "national");
    const struct access_new again = {.email = ADA, .name = "Ada Byron"};
    CHECK(access_person_add(ctx, &again, &person, &changed) == OK && changed);
    CHECK(strstr(renaming_of(ctx, ada), "\"after\":\"Ada Byron\"") != NULL);
    CHECK(access_person_add(ctx, &again, &person, &changed) == OK && !changed);
    CHECK(help_events(ctx, ada, "access.renamed") == 1);
}

TEST(what_is_no_name_is_refused_and_a_renaming_that_fails_leaves_nothing)
{
    bool changed;
    char long_name[ACCESS_NAME_CHARS_MAX + 2];
    struct person_id ada = help_person(ctx, ADA, "national");
    const char *before = person_of(ctx, ada).name;
    memset(long_name, 'a', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    CHECK(access_person_rename(ctx, ada, "", &changed) == ERR_INVALID);
    CHECK(access_person_rename(ctx, ada, long_name, &changed) == ERR_INVALID);
    ctx->fault = NULL;
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = access_person_rename(ctx, ada, "Ada Byron", &changed);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK_TEXT(person_of(ctx, ada).name, status == OK ? "Ada Byron" : before);
        CHECK(help_events(ctx, ada, "access.renamed") == (status == OK));
        if (status == OK) {
            CHECK(nth > 4);
            return;
        }
    }
}
