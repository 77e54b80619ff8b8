/* SPDX-License-Identifier: MIT */
/* kept_test.c - a page is sent again only while it cannot have become another. */
#include "platform/web/kept.h"

#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "platform/web/session.h"
#include "platform/web/web.sql.h"
#include "platform/web/web_test_app.h"
#include "platform/web/web_test_client.h"

struct setting {
    struct ctx *ctx;
    struct kept *kept;
    struct web_client *client;
    struct web_answer answer;
};

static struct setting begin(struct ctx *ctx)
{
    struct setting setting = {.ctx = ctx, .kept = kept_new(ctx->mem)};
    setting.client = web_client(ctx, &web_test_app);
    client_get(setting.client, "/long");
    setting.answer = setting.client->answer;
    return setting;
}

/* Whether the question was answered from what is kept; otherwise the answer is offered. */
static bool ask(struct setting *setting, const char *method, const char *target,
                const char *const *header)
{
    struct kept_question question;
    struct web_raw raw = {
        .method = method, .target = target, .header = header, .peer = "127.0.0.1"};
    const struct kept_page *page =
        kept_find(setting->ctx, setting->kept, setting->client->server, &raw, &question);
    if (page == NULL)
        kept_put(setting->ctx, setting->kept, &question, &setting->answer);
    return page != NULL;
}

static bool is_kept_after_three(struct setting *setting, const char *method,
                                const char *const *header)
{
    (void)ask(setting, method, "/long", header);
    (void)ask(setting, method, "/long", header);
    return ask(setting, method, "/long", header);
}

TEST(a_page_asked_for_again_and_again_is_made_twice_at_most)
{
    struct setting setting = begin(ctx);
    if (store_is_postgresql(ctx->store)) {
        CHECK(!is_kept_after_three(&setting, "GET", NULL));
        return;
    }
    CHECK(!ask(&setting, "GET", "/long", NULL));
    CHECK(!ask(&setting, "GET", "/long", NULL));
    CHECK(ask(&setting, "GET", "/long", NULL));
    CHECK(!ask(&setting, "GET", "/long?a", NULL));
    CHECK(ask(&setting, "GET", "/long", NULL));
}

TEST(a_page_is_made_again_after_any_change_and_in_any_other_second)
{
    int64_t changes;
    struct setting setting = begin(ctx);
    if (store_is_postgresql(ctx->store))
        return;
    CHECK(is_kept_after_three(&setting, "GET", NULL));
    CHECK(web_session_add(ctx, 1, "hash", 1, "browser", 0, 1, 1, 1, 1, "", "", &changes) == OK);
    CHECK(!ask(&setting, "GET", "/long", NULL));
    CHECK(ask(&setting, "GET", "/long", NULL));
    ctx->now_secs++;
    CHECK(!ask(&setting, "GET", "/long", NULL));
    CHECK(ask(&setting, "GET", "/long", NULL));
}

TEST(a_page_is_made_again_after_a_change_by_another_connection)
{
    int64_t changes;
    struct setting setting = begin(ctx);
    struct ctx other = *ctx;
    if (store_is_postgresql(ctx->store))
        return;
    CHECK(store_open_again(&other, ctx->store, &other.store) == OK);
    CHECK(is_kept_after_three(&setting, "GET", NULL));
    CHECK(web_session_add(&other, 1, "hash", 1, "browser", 0, 1, 1, 1, 1, "", "", &changes) == OK);
    CHECK(!ask(&setting, "GET", "/long", NULL));
}

/* The tests begin at 09:00 in London's winter. */
TEST(a_page_that_is_the_same_all_day_is_kept_until_midnight_in_london)
{
    enum { TO_MIDNIGHT_SECS = 15 * 60 * 60 };
    int64_t changes, began_secs = ctx->now_secs;
    struct setting setting = begin(ctx);
    if (store_is_postgresql(ctx->store))
        return;
    setting.answer.is_same_all_day = true;
    CHECK(!ask(&setting, "GET", "/long", NULL));
    ctx->now_secs = began_secs + 100; /* the second time, although much later */
    CHECK(!ask(&setting, "GET", "/long", NULL));
    CHECK(ask(&setting, "GET", "/long", NULL));
    ctx->now_secs = began_secs + TO_MIDNIGHT_SECS - 1;
    CHECK(ask(&setting, "GET", "/long", NULL));
    ctx->now_secs = began_secs - 1; /* a clock that was set back */
    CHECK(!ask(&setting, "GET", "/long", NULL));
    ctx->now_secs = began_secs + TO_MIDNIGHT_SECS;
    CHECK(!ask(&setting, "GET", "/long", NULL));
    CHECK(ask(&setting, "GET", "/long", NULL));
    CHECK(web_session_add(ctx, 1, "hash", 1, "browser", 0, 1, 1, 1, 1, "", "", &changes) == OK);
    CHECK(!ask(&setting, "GET", "/long", NULL));
}

TEST(who_says_more_is_answered_by_the_dispatcher)
{
    static const char *const says[][3] = {
        {"Cookie", "a=1; onward=s1"}, {"Cookie", "__Host-onward=s"},  {"Authorization", "Bearer x"},
        {"Content-Length", "2"},      {"If-Modified-Since", "today"}, {"X-Bad", "a\x01"},
    };
    struct setting setting = begin(ctx);
    for (size_t i = 0; i < sizeof says / sizeof says[0]; i++)
        CHECK(!is_kept_after_three(&setting, "GET", says[i]));
    CHECK(!is_kept_after_three(&setting, "HEAD", NULL));
    CHECK(!is_kept_after_three(&setting, "POST", NULL));
}

TEST(who_has_the_page_already_is_told_so)
{
    struct kept_question question;
    struct setting setting = begin(ctx);
    const char *etag = client_header(setting.client, "ETag");
    const char *has_it[] = {"If-None-Match", mem_format(ctx->mem, "\"0\", %s", etag), NULL};
    static const char *const has_other[] = {"If-None-Match", "W/\"0\"", NULL};
    struct web_raw raw = {.method = "GET", .target = "/long", .peer = "127.0.0.1"};
    if (store_is_postgresql(ctx->store))
        return;
    CHECK(strlen(etag) > 4);
    CHECK(is_kept_after_three(&setting, "GET", NULL));
    const struct kept_page *page =
        kept_find(ctx, setting.kept, setting.client->server, &raw, &question);
    CHECK(page != NULL && !question.is_known);
    raw.header = has_other;
    CHECK(kept_find(ctx, setting.kept, setting.client->server, &raw, &question) == page);
    CHECK(!question.is_known);
    raw.header = has_it;
    CHECK(kept_find(ctx, setting.kept, setting.client->server, &raw, &question) == page);
    CHECK(question.is_known);
    CHECK(MHD_get_response_header(page->response, "Content-Type") != NULL);
    CHECK(MHD_get_response_header(page->response_known, "Content-Type") == NULL);
    CHECK_TEXT(MHD_get_response_header(page->response_known, "ETag"), etag);
    CHECK_TEXT(MHD_get_response_header(page->response_known, "Vary"),
               client_header(setting.client, "Vary"));
}

TEST(each_kind_of_answer_is_kept_by_itself)
{
    static const char *const says[][3] = {{"Accept-Encoding", "gzip"}, {"Accept", "text/json"}};
    static const char *const same[] = {"Cookie", "other=s; onward=abc", NULL};
    struct setting setting = begin(ctx);
    if (store_is_postgresql(ctx->store))
        return;
    CHECK(is_kept_after_three(&setting, "GET", NULL));
    CHECK(ask(&setting, "GET", "/long", same));
    for (size_t i = 0; i < sizeof says / sizeof says[0]; i++) {
        CHECK(!ask(&setting, "GET", "/long", says[i]));
        CHECK(!ask(&setting, "GET", "/long", says[i]));
        CHECK(ask(&setting, "GET", "/long", says[i]));
    }
}

TEST(only_what_is_the_same_for_all_is_kept)
{
    struct setting setting = begin(ctx);
    setting.answer.is_for_all = false;
    CHECK(!is_kept_after_three(&setting, "GET", NULL));
    setting = begin(ctx);
    setting.answer.code = 404;
    CHECK(!is_kept_after_three(&setting, "GET", NULL));
    client_get(setting.client, "/form");
    CHECK(!setting.client->answer.is_for_all);
    client_sign_in(setting.client, (struct person_id){ADA});
    client_get(setting.client, "/long");
    CHECK(!setting.client->answer.is_for_all);
}

/* Three visitors in turn, which keeps a page that has a place. */
static int kept_of(struct setting *setting, int count)
{
    int kept = 0;
    for (int round = 0; round < 3; round++) {
        kept = 0;
        for (int i = 0; i < count; i++)
            kept += ask(setting, "GET", mem_format(setting->ctx->mem, "/long?%d", i), NULL);
    }
    return kept;
}

TEST(hundreds_of_pages_have_places_and_what_is_asked_for_often_stays)
{
    struct setting setting = begin(ctx);
    if (store_is_postgresql(ctx->store))
        return;
    setting.answer.is_same_all_day = true;
    setting.answer.body.length_bytes = 10 * 1024; /* all of them find room */
    CHECK(kept_of(&setting, 200) > 185);          /* which share a set is always the same */
    CHECK(is_kept_after_three(&setting, "GET", NULL));
    for (int i = 0; i < 1000; i++) {
        const char *target = mem_format(ctx->mem, "/long?seldom=%d", i);
        CHECK(!ask(&setting, "GET", target, NULL));
        CHECK(!ask(&setting, "GET", target, NULL));
        CHECK(ask(&setting, "GET", "/long", NULL));
    }
}

TEST(of_pages_for_which_there_is_no_room_the_oldest_go)
{
    struct setting setting = begin(ctx);
    size_t bytes = 250 * 1024;
    if (store_is_postgresql(ctx->store))
        return;
    setting.answer.is_same_all_day = true;
    setting.answer.body = (struct view){.mem = ctx->mem, .text = mem_bytes(ctx->mem, bytes)};
    setting.answer.body.length_bytes = bytes;
    CHECK(is_kept_after_three(&setting, "GET", NULL));
    for (int i = 0; i < 40; i++) { /* sixteen of them find room */
        const char *target = mem_format(ctx->mem, "/long?large=%d", i);
        CHECK(!ask(&setting, "GET", target, NULL) && !ask(&setting, "GET", target, NULL));
        CHECK(ask(&setting, "GET", "/long", NULL));
    }
    CHECK(ask(&setting, "GET", "/long?large=39", NULL));
    CHECK(ask(&setting, "GET", "/long?large=30", NULL));
    CHECK(!ask(&setting, "GET", "/long?large=20", NULL));
}

TEST(many_pages_take_only_so_much_memory)
{
    struct setting setting = begin(ctx);
    size_t bytes = 200 * 1024;
    setting.answer.body = (struct view){.mem = ctx->mem, .text = mem_bytes(ctx->mem, bytes)};
    setting.answer.body.length_bytes = bytes;
    for (int i = 0; i < 1000; i++) {
        const char *target = mem_format(ctx->mem, "/long?%d", i);
        (void)ask(&setting, "GET", target, NULL);
        (void)ask(&setting, "GET", target, NULL);
    }
    char *far = mem_bytes(ctx->mem, 1001);
    memset(far, 'a', 1000);
    far[0] = '/';
    for (int i = 0; i < 3; i++)
        CHECK(!ask(&setting, "GET", far, NULL));
}
