/* SPDX-License-Identifier: MIT */
/* search_test.c - documents come and go. */
#include "platform/base/test.h"
#include "programme/search/search.h"
#include "programme/search/search_find.h"

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

/* ---- finding ---- */

static void put(struct ctx *ctx, const char *kind, const char *key, const char *title,
                const char *body)
{
    CHECK(search_put(ctx, &(struct search_document){.kind = kind,
                                                    .key = key,
                                                    .href = mem_format(ctx->mem, "/x/%s", key),
                                                    .title = title,
                                                    .body = body}) == OK);
}

/* The keys of what is found, in order, parted by spaces. */
static const char *found(struct ctx *ctx, const char *typed)
{
    struct search_result result;
    const char *keys = "";
    CHECK(search_find(ctx, &(struct search_asked){.typed = typed, .chosen = {"", "", "", ""}},
                      &result) == OK);
    for (size_t i = 0; i < result.hit_count; i++)
        keys = mem_join(ctx->mem, keys, i > 0 ? " " : "", result.hits[i].key);
    return keys;
}

TEST(words_are_found_by_stem_by_concept_and_with_one_letter_wrong)
{
    put(ctx, SEARCH_NEWS, "a", "Apprentices wanted", "Come and work in our hospital kitchens.");
    put(ctx, SEARCH_GUIDANCE, "b", "Your first ward", "What an HCSW does on an apprenticeship.");
    CHECK_TEXT(found(ctx, "kitchen"), "a");
    CHECK_TEXT(found(ctx, "apprentice"), "a b");
    CHECK_TEXT(found(ctx, "Health-care ASSISTANTS"), "b");
    CHECK_TEXT(found(ctx, "hopsital"), "a");
    CHECK_TEXT(found(ctx, "hostal"), "");
    CHECK_TEXT(found(ctx, "kitchen ward"), "b a");
    CHECK_TEXT(found(ctx, "\"kitchen\" AND (NOT *) title:x"), "a");
}
