/* SPDX-License-Identifier: MIT */
/* token_test.c - what a key lets another program do, and what not. */
#include "programme/token/token.h"

#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"

enum { DAY = 86400 };

static const char *see_pledges[] = {"see-pledges"};

static struct token_new wish(const char *request)
{
    return (struct token_new){
        .name = "Dashboard", .accesses = {see_pledges, 1}, .days = "30", .request = request};
}

/* A key of Manchester University NHS Foundation Trust. */
static const char *key_of(struct ctx *ctx, const char *request)
{
    struct form_problems problems = {.count = 0};
    struct token_new wanted = wish(request);
    const char *key;
    directory_test_packs(ctx);
    CHECK(token_make(ctx, "R0A", &wanted, &problems, &key) == OK);
    return key;
}

TEST(a_key_works_until_its_end_or_until_it_is_taken_back)
{
    int64_t id, again;
    struct token token;
    const char *key = key_of(ctx, "a");
    CHECK(token_show(ctx, key, &id) == OK);
    CHECK(token_get(ctx, id, &token) == OK);
    CHECK_TEXT(token.organisation, "R0A");
    CHECK(text_begins(key, token.start) && strlen(token.start) < 12);
    CHECK(token.used_at == ctx->now_secs && token.access_count == 1);
    ctx->now_secs += 30 * DAY - 1;
    CHECK(token_show(ctx, key, &again) == OK && again == id);
    ctx->now_secs += 1;
    CHECK(token_show(ctx, key, &again) == ERR_FORBIDDEN);
    key = key_of(ctx, "b");
    CHECK(token_show(ctx, key, &id) == OK && token_end(ctx, id) == OK);
    CHECK(token_end(ctx, id) == OK);
    CHECK(token_show(ctx, key, &id) == ERR_FORBIDDEN);
    CHECK(token_end(ctx, 4711) == ERR_NOT_FOUND);
}

TEST(what_is_no_key_is_refused)
{
    int64_t id;
    const char *key = key_of(ctx, "a");
    const char *const wrong[] = {"",
                                 "onward_",
                                 "onward_short",
                                 mem_format(ctx->mem, "%sx", key),
                                 key + 1,
                                 "onward_aaaaaaaaaaaaaaaaaaaaaaaaaa"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ctx->fault = NULL;
        CHECK(token_show(ctx, wrong[i], &id) == ERR_FORBIDDEN);
    }
}

TEST(a_key_that_cannot_be_made_says_why)
{
    const char *key, *other[] = {"work-pledges"};
    struct {
        struct token_new wanted;
        const char *field;
    } cases[5];
    for (size_t i = 0; i < 5; i++)
        cases[i].wanted = wish("x");
    cases[0].wanted.name = "", cases[0].field = "name";
    cases[1].wanted.days = "367", cases[1].field = "days";
    cases[2].wanted.days = "ever", cases[2].field = "days";
    cases[3].wanted.accesses.codes = other, cases[3].field = "accesses";
    cases[4].wanted.accesses.count = 0, cases[4].field = "accesses";
    directory_test_packs(ctx);
    for (size_t i = 0; i < 5; i++) {
        struct form_problems problems = {.count = 0};
        CHECK(token_make(ctx, "R0A", &cases[i].wanted, &problems, &key) == ERR_INVALID);
        CHECK(problems.count == 1);
        CHECK_TEXT(problems.items[0].field, cases[i].field);
        ctx->fault = NULL;
    }
    struct form_problems none = {.count = 0};
    struct token_new wanted = wish("y");
    CHECK(token_make(ctx, "NOWHERE", &wanted, &none, &key) == ERR_NOT_FOUND);
}

TEST(a_form_makes_one_key_and_an_organisation_has_so_many)
{
    struct form_problems problems = {.count = 0};
    struct token_new wanted = wish("0");
    const char *key = key_of(ctx, "0");
    CHECK(token_make(ctx, "R0A", &wanted, &problems, &key) == ERR_CONFLICT);
    ctx->fault = NULL;
    for (int i = 1; i < TOKENS_LIVE_MOST; i++)
        key_of(ctx, mem_format(ctx->mem, "%d", i));
    wanted = wish("one more");
    CHECK(token_make(ctx, "R0A", &wanted, &problems, &key) == ERR_CONFLICT);
    CHECK(token_make(ctx, "RJ1", &wanted, &problems, &key) == OK);
}

TEST(a_failed_making_leaves_no_key)
{
    directory_test_packs(ctx);
    for (int nth = 1;; nth++) {
        struct form_problems problems = {.count = 0};
        struct token_new wanted = wish("torture");
        struct audit_event *events;
        size_t count;
        const char *key;
        store_fail_on_call(ctx->store, nth);
        enum status status = token_make(ctx, "R0A", &wanted, &problems, &key);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(audit_about(ctx, (struct person_id){0}, 10, &events, &count) == OK);
        CHECK(count == (status == OK ? 1 : 0));
        if (status == OK)
            break;
        CHECK(status == ERR_FAULT && nth < 30);
    }
}
