/* SPDX-License-Identifier: MIT */
/* search_test.c - documents come and go. */
#include "platform/base/test.h"
#include "programme/search/search.h"

TEST(what_was_put_is_among_the_recent_until_it_is_dropped)
{
    struct search_found *rows = NULL;
    size_t count = 0;
    struct search_document news = {.kind = SEARCH_NEWS,
                                   .key = "a",
                                   .href = "/news/a",
                                   .title = "Apprentices wanted",
                                   .published_on = "2026-03-09"};
    CHECK(search_put(ctx, &news) == OK);
    news.title = "Apprentices still wanted";
    CHECK(search_put(ctx, &news) == OK);
    CHECK(search_recent(ctx, &(struct search_since){NULL, "2026-03-01", 10}, &rows, &count) == OK);
    CHECK(count == 1);
    CHECK_TEXT(rows[0].title, "Apprentices still wanted");
    CHECK(search_recent(ctx, &(struct search_since){SEARCH_EVENT, "", 10}, &rows, &count) == OK);
    CHECK(count == 0);
    CHECK(search_drop(ctx, SEARCH_NEWS, "a") == OK);
    CHECK(search_drop(ctx, SEARCH_NEWS, "a") == OK);
    CHECK(search_recent(ctx, &(struct search_since){.at_most = 10}, &rows, &count) == OK);
    CHECK(count == 0);
}
