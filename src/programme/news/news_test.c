/* SPDX-License-Identifier: MIT */
/* news_test.c - what news promises. */
#include "programme/news/news.h"

#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/search/search.h"

static const struct news_words words = {"New rules for funding", "What changes in April.",
                                        "funding", "## What is new\n\nMore money.\n", ""};

static const char *written_with(struct ctx *ctx, const char *summary)
{
    struct form_problems problems = {.count = 0};
    struct news_words own = words;
    const char *slug = NULL;
    own.summary = summary;
    CHECK(news_write(ctx, &(const struct news_place){"", 0}, &own, &problems, &slug) == OK);
    return slug;
}

static const char *written(struct ctx *ctx)
{
    return written_with(ctx, words.summary);
}

static struct news_item opened(struct ctx *ctx, const char *slug)
{
    struct news_item item;
    CHECK(news_open(ctx, slug, &item) == OK);
    return item;
}

static enum status publish(struct ctx *ctx, const char *slug, int64_t at)
{
    struct form_problems problems = {.count = 0};
    return news_publish(ctx, &(const struct news_place){slug, opened(ctx, slug).version}, at,
                        &problems);
}

static void work(struct ctx *ctx)
{
    static const struct job_kind *const jobs[] = {news_job_kinds, NULL};
    bool did = true;
    for (int i = 0; i < 20 && did; i++)
        CHECK(job_work_once(ctx, jobs, &did) == OK);
    CHECK(!did);
}

/* What searches know of the news; "" for nothing. */
static const char *found(struct ctx *ctx)
{
    struct search_found *rows;
    size_t count;
    CHECK(search_recent(ctx, &(const struct search_since){.kind = SEARCH_NEWS, .at_most = 5}, &rows,
                        &count) == OK &&
          count <= 1);
    return count == 0 ? "" : rows[0].title;
}

TEST(an_address_is_made_of_the_words_of_the_title)
{
    CHECK_TEXT(news_slug(ctx->mem, "New rules: apply by May!"), "new-rules-apply-by-may");
    CHECK_TEXT(news_slug(ctx->mem, "  Côté & Søn's café "), "cote-and-sons-cafe");
    CHECK_TEXT(news_slug(ctx->mem, "新しい"), "item");
    CHECK_TEXT(news_slug(ctx->mem, ""), "item");
    CHECK_TEXT(news_slug(ctx->mem, "Ten words that together are longer than sixty letters in all"),
               "ten-words-that-together-are-longer-than-sixty-letters-in-all");
    CHECK_TEXT(
        news_slug(ctx->mem, "Ten words that together are longer than sixty letters in all x"),
        "ten-words-that-together-are-longer-than-sixty-letters-in-all");
    CHECK(strlen(news_slug(ctx->mem, "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
                                     "Llanfairpwll")) == 60);
}

TEST(two_items_of_one_title_have_two_addresses_and_one_sent_twice_has_one)
{
    CHECK_TEXT(written(ctx), "new-rules-for-funding");
    CHECK_TEXT(written(ctx), "new-rules-for-funding");
    CHECK_TEXT(written_with(ctx, "Another item."), "new-rules-for-funding-2");
}

TEST(a_scheduled_item_comes_out_at_its_time_and_by_the_job_alone)
{
    const char *slug = written(ctx);
    int64_t at = ctx->now_secs + TIME_HOUR_SECS;
    CHECK(publish(ctx, slug, at) == OK);
    ctx->now_secs = at - 1;
    work(ctx);
    CHECK(opened(ctx, slug).state == NEWS_SCHEDULED);
    ctx->now_secs = at + 5;
    CHECK(opened(ctx, slug).state == NEWS_SCHEDULED); /* looking does not publish */
    CHECK_TEXT(found(ctx), "");
    work(ctx);
    struct news_item item = opened(ctx, slug);
    CHECK(item.state == NEWS_PUBLISHED && item.published_at == at + 5);
    CHECK_TEXT(found(ctx), words.title);
}

TEST(what_is_put_off_or_taken_off_the_clock_does_not_come_out_at_the_old_time)
{
    const char *slug = written(ctx), *other = written_with(ctx, "Another item.");
    int64_t now = ctx->now_secs;
    CHECK(publish(ctx, slug, now + TIME_HOUR_SECS) == OK);
    CHECK(publish(ctx, slug, now + 3 * TIME_HOUR_SECS) == OK);
    CHECK(publish(ctx, other, now + TIME_HOUR_SECS) == OK);
    CHECK(news_unschedule(ctx, other) == OK && news_unschedule(ctx, other) == OK);
    ctx->now_secs = now + 2 * TIME_HOUR_SECS;
    work(ctx);
    CHECK(opened(ctx, slug).state == NEWS_SCHEDULED && opened(ctx, other).state == NEWS_DRAFT);
    ctx->now_secs = now + 3 * TIME_HOUR_SECS;
    work(ctx);
    CHECK(opened(ctx, slug).state == NEWS_PUBLISHED && opened(ctx, other).state == NEWS_DRAFT);
}

static void rewrite(struct ctx *ctx, const char *slug, const char *title, const char *correction)
{
    struct form_problems problems = {.count = 0};
    struct news_words other = words;
    const char *same;
    other.title = title;
    other.correction = correction;
    CHECK(news_write(ctx, &(const struct news_place){slug, opened(ctx, slug).version}, &other,
                     &problems, &same) == OK);
}

/* The title that the public reads; "" for nothing. */
static const char *public_title(struct ctx *ctx, const char *slug)
{
    struct news_item item;
    enum status status = news_find(ctx, slug, &item);
    ctx->fault = NULL;
    CHECK(status == OK || status == ERR_NOT_FOUND);
    return status == OK ? item.words.title : "";
}

TEST(what_comes_out_is_the_version_that_was_scheduled_and_not_what_was_saved_since)
{
    const char *slug = written(ctx);
    int64_t at = ctx->now_secs + TIME_HOUR_SECS;
    CHECK(publish(ctx, slug, at) == OK);
    rewrite(ctx, slug, "Nobody approved this", "");
    CHECK(opened(ctx, slug).state == NEWS_SCHEDULED && opened(ctx, slug).due_version == 1);
    CHECK_TEXT(public_title(ctx, slug), "");
    ctx->now_secs = at;
    work(ctx);
    struct news_item item = opened(ctx, slug);
    CHECK(item.state == NEWS_PUBLISHED && item.version == 2 && item.out_version == 1);
    CHECK_TEXT(item.words.title, "Nobody approved this"); /* a draft of the next change */
    CHECK_TEXT(public_title(ctx, slug), words.title);
    CHECK_TEXT(found(ctx), words.title);
    rewrite(ctx, slug, "Corrected", "The title was not clear.");
    CHECK_TEXT(public_title(ctx, slug), "Corrected");
    CHECK(opened(ctx, slug).out_version == 3 && opened(ctx, slug).corrected_at == at);
}

TEST(what_was_withdrawn_is_named_as_it_was_public_and_a_later_correction_is_not_out)
{
    const char *slug = written(ctx);
    CHECK(publish(ctx, slug, 0) == OK && news_withdraw(ctx, slug, "Why") == OK);
    rewrite(ctx, slug, "Never public", "A first one.");
    CHECK_TEXT(public_title(ctx, slug), words.title);
    int64_t at = ctx->now_secs + TIME_HOUR_SECS;
    CHECK(publish(ctx, slug, at) == OK); /* version 2 */
    ctx->now_secs += TIME_MINUTE_SECS;
    rewrite(ctx, slug, "Nor this", "A second one.");
    CHECK_TEXT(public_title(ctx, slug), words.title);
    ctx->now_secs = at;
    work(ctx);
    struct news_item item;
    CHECK(news_find(ctx, slug, &item) == OK && item.state == NEWS_PUBLISHED);
    CHECK(item.shown == 2 && item.corrected_at == at - TIME_HOUR_SECS);
    CHECK_TEXT(item.words.title, "Never public");
}

TEST(a_time_that_is_past_or_far_ahead_is_refused)
{
    const char *slug = written(ctx);
    CHECK(publish(ctx, slug, ctx->now_secs - 1) == ERR_INVALID);
    CHECK(publish(ctx, slug, ctx->now_secs + (int64_t)367 * TIME_DAY_SECS) == ERR_INVALID);
    CHECK(opened(ctx, slug).state == NEWS_DRAFT);
}

TEST(a_correction_says_what_was_wrong_and_what_was_kept_stays)
{
    struct form_problems problems = {.count = 0};
    const char *slug = written(ctx), *same;
    struct news_words right = words;
    struct news_past *past;
    size_t count;
    CHECK(publish(ctx, slug, 0) == OK);
    right.title = "New rules for funding in April";
    CHECK(news_write(ctx, &(const struct news_place){slug, 1}, &right, &problems, &same) ==
          ERR_INVALID);
    CHECK(form_problem_of(&problems, "correction") != NULL);
    ctx->fault = NULL;
    problems.count = 0;
    right.correction = "We forgot the month.";
    ctx->now_secs += TIME_HOUR_SECS;
    CHECK(news_write(ctx, &(const struct news_place){slug, 1}, &right, &problems, &same) == OK);
    struct news_item item = opened(ctx, slug);
    CHECK_TEXT(item.slug, "new-rules-for-funding"); /* addresses last */
    CHECK(item.corrected_at == ctx->now_secs);
    CHECK_TEXT(found(ctx), "New rules for funding in April");
    CHECK(news_history(ctx, &item, &past, &count) == OK && count == 2);
    CHECK_TEXT(past[0].correction, "We forgot the month.");
    CHECK_TEXT(past[1].title, words.title);
}

TEST(the_second_of_two_writers_overwrites_nothing_and_publishes_only_what_was_seen)
{
    struct form_problems problems = {.count = 0};
    const char *slug = written(ctx), *same;
    struct news_words hers = words, his = words;
    hers.title = "Hers";
    his.title = "His";
    CHECK(news_write(ctx, &(const struct news_place){slug, 1}, &hers, &problems, &same) == OK);
    CHECK(news_write(ctx, &(const struct news_place){slug, 1}, &his, &problems, &same) ==
          ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(news_publish(ctx, &(const struct news_place){slug, 1}, 0, &problems) == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK_TEXT(opened(ctx, slug).words.title, "Hers");
    CHECK(opened(ctx, slug).state == NEWS_DRAFT);
}

TEST(what_is_withdrawn_is_found_no_more_and_can_come_out_again_with_its_first_day)
{
    const char *slug = written(ctx);
    CHECK(news_withdraw(ctx, slug, "Why") == ERR_CONFLICT); /* it never came out */
    ctx->fault = NULL;
    CHECK(publish(ctx, slug, 0) == OK && publish(ctx, slug, 0) == OK);
    int64_t first = opened(ctx, slug).published_at;
    CHECK(news_withdraw(ctx, slug, "It was not true.") == OK &&
          news_withdraw(ctx, slug, "x") == OK);
    CHECK_TEXT(opened(ctx, slug).withdrawn_reason, "It was not true.");
    CHECK_TEXT(found(ctx), "");
    ctx->now_secs += TIME_DAY_SECS;
    struct form_problems problems = {.count = 0};
    const char *same;
    CHECK(news_write(ctx, &(const struct news_place){slug, 1}, &words, &problems, &same) ==
          ERR_INVALID); /* it was read: a change says what was wrong */
    CHECK(form_problem_of(&problems, "correction") != NULL);
    ctx->fault = NULL;
    CHECK(publish(ctx, slug, 0) == OK);
    CHECK(opened(ctx, slug).published_at == first && opened(ctx, slug).withdrawn_at == 0);
    CHECK_TEXT(found(ctx), words.title);
}

TEST(text_that_could_harm_or_that_nobody_could_read_is_refused)
{
    static const char *const bad[] = {"[x](javascript:alert)", "![](/a.png)",
                                      "::: nothing\nx\n:::"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct form_problems problems = {.count = 0};
        struct news_words wrong = words;
        const char *slug;
        wrong.body = bad[i];
        CHECK(news_write(ctx, &(const struct news_place){"", 0}, &wrong, &problems, &slug) ==
              ERR_INVALID);
        CHECK(form_problem_of(&problems, "body") != NULL);
        ctx->fault = NULL;
    }
}

/* ---- whatever breaks, nothing is half done ---- */

static enum status step(struct ctx *ctx, const char *slug, int which)
{
    struct form_problems problems = {.count = 0};
    const char *same;
    struct news_words right = words;
    struct news_place place = {slug, opened(ctx, slug).version};
    static const struct job_kind *const jobs[] = {news_job_kinds, NULL};
    bool did;
    right.correction = "A word.";
    if (which % 10 == 1) /* after ten failures it is given up: somebody puts it again */
        CHECK(job_put(ctx, "news.publish", slug, "", 0) == OK);
    store_fail_on_call(ctx->store, which / 10);
    switch (which % 10) {
    case 0:
        return news_publish(ctx, &place, ctx->now_secs, &problems);
    case 1:
        return job_work_once(ctx, jobs, &did);
    case 2:
        return news_write(ctx, &place, &right, &problems, &same);
    case 3:
        return news_withdraw(ctx, slug, "Because");
    default:
        return news_publish(ctx, &place, 0, &problems);
    }
}

/* What a failed step must leave as it was. */
static const char *standing(struct ctx *ctx, const char *slug)
{
    struct news_item item = opened(ctx, slug);
    return mem_format(ctx->mem, "%d %d %s", (int)item.state, (int)item.version, found(ctx));
}

TEST(each_step_of_an_item_is_done_wholly_or_not_at_all)
{
    static const char *const after[] = {"1 1 ", "2 1 New rules for funding",
                                        "2 2 New rules for funding", "3 2 ",
                                        "2 2 New rules for funding"};
    const char *slug = written(ctx);
    for (int which = 0; which < 5; which++) {
        const char *before = standing(ctx, slug), *now = before;
        int nth = 1;
        for (; strcmp(now, before) == 0 && nth < 100; nth++) {
            (void)step(ctx, slug, nth * 10 + which);
            store_fail_on_call(ctx->store, 0);
            ctx->fault = NULL;
            ctx->now_secs += TIME_HOUR_SECS; /* a job that failed waits */
            now = standing(ctx, slug);
        }
        CHECK_TEXT(now, after[which]);
        CHECK(nth > 3);
    }
}
