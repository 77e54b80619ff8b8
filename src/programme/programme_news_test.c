/* SPDX-License-Identifier: MIT */
/* programme_news_test.c - news in a browser: readers and editors. */
#include "platform/base/test.h"
#include "programme/access/access_test_help.h"
#include "programme/news/news.h"
#include "programme/programme.h"

#define WORDS(title_)                                                                              \
    "title", title_, "summary", "What changes in April.", "category", "funding", "body",           \
        "## What is new\n\nMore money, says [the page](/resources)."

static struct web_client *editor(struct ctx *ctx)
{
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, help_person(ctx, "editor@nhs.example", "editor"));
    client_token(c);
    return c;
}

/* Writes and publishes an item, now. */
static struct web_client *with_news(struct ctx *ctx)
{
    struct web_client *c = editor(ctx);
    client_post(c, "/desk/news/new", "seen", "0", WORDS("New rules"), NULL);
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, "/desk/news/new-rules");
    client_post(c, "/desk/news/new-rules/publish", "seen", "1", "when", "now", NULL);
    CHECK_CODE(c, 303);
    return c;
}

TEST(news_is_read_listed_by_category_and_month_fed_and_on_the_front_page)
{
    struct web_client *c = with_news(ctx), *reader = client_other(c);
    client_get(reader, "/news/new-rules");
    CHECK_CODE(reader, 200);
    CHECK(client_has(reader, "More money") && client_has(reader, "9 March 2026"));
    static const char *const have[] = {"/news",
                                       "/news?category=funding&month=2026-03",
                                       "/news.atom?category=funding",
                                       "/news.json",
                                       "/news.csv",
                                       "/"};
    static const char *const have_not[] = {"/news?category=events", "/news.atom?category=events"};
    for (size_t i = 0; i < sizeof have / sizeof have[0]; i++) {
        client_get(reader, have[i]);
        CHECK_CODE(reader, 200);
        if (!client_has(reader, "New rules"))
            fail_msg("%s does not have it", have[i]);
    }
    for (size_t i = 0; i < sizeof have_not / sizeof have_not[0]; i++) {
        client_get(reader, have_not[i]);
        CHECK_CODE(reader, 200);
        CHECK(!client_has(reader, "New rules"));
    }
    client_get(reader, "/news");
    CHECK(client_has(reader, "March 2026 (1)"));
}

TEST(nobody_reads_what_is_not_out_and_no_get_brings_it_out)
{
    struct web_client *c = editor(ctx), *reader = client_other(c);
    client_post(c, "/desk/news/new", "seen", "0", WORDS("New rules"), NULL);
    static const char *const gets[] = {"/desk/news/new-rules", "/desk/news/new-rules/publish",
                                       "/desk/news/new-rules/publish?when=now&seen=1",
                                       "/desk/news?state=draft"};
    for (size_t i = 0; i < sizeof gets / sizeof gets[0]; i++) {
        client_get(c, gets[i]);
        CHECK_CODE(c, 200);
    }
    client_get(reader, "/news/new-rules");
    CHECK_CODE(reader, 404);
    client_post(c, "/desk/news/new-rules/publish", "seen", "1", "when", "later", "on-day", "10",
                "on-month", "3", "on-year", "2026", "clock", "9:30", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "10 March 2026 at 9:30am"));
    ctx->now_secs += (int64_t)3 * 86400;
    client_get(reader, "/news/new-rules");
    CHECK_CODE(reader, 404); /* until the job has run */
    bool did = true;
    while (did)
        CHECK(job_work_once(ctx, (const struct job_kind *const[]){news_job_kinds, NULL}, &did) ==
              OK);
    client_get(reader, "/news/new-rules");
    CHECK_CODE(reader, 200);
}

TEST(a_preview_shows_and_keeps_and_saves_nothing)
{
    struct web_client *c = editor(ctx);
    client_post(c, "/desk/news/new", "seen", "0", "preview", "1", WORDS("New rules"), NULL);
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "nothing is saved yet") && client_has(c, "href=\"/resources\"") &&
          client_has(c, "value=\"New rules\""));
    client_get(c, "/desk/news/new-rules");
    CHECK_CODE(c, 404);
}

TEST(what_was_typed_wrong_stays_and_the_page_says_what_to_do)
{
    struct web_client *c = editor(ctx);
    client_post(c, "/desk/news/new", "seen", "7", WORDS(""), NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Enter a title") && client_has(c, "More money"));
    client_post(c, "/desk/news/new", "seen", "7", WORDS("New rules"), NULL);
    CHECK_CODE(c, 303); /* a new item has no version that one could have seen */
    static const char *const clocks[] = {"", "25:00", "9:75", "soon", "9:30x", ":", "-1:00"};
    for (size_t i = 0; i < sizeof clocks / sizeof clocks[0]; i++) {
        client_post(c, "/desk/news/new-rules/publish", "seen", "1", "when", "later", "on-day", "10",
                    "on-month", "3", "on-year", "2026", "clock", clocks[i], NULL);
        CHECK_CODE(c, 422);
        CHECK(client_has(c, "Enter a time, like 9:30am") || client_has(c, "Enter the time"));
    }
    client_post(c, "/desk/news/new-rules/publish", "seen", "1", "when", "later", "on-day", "1",
                "on-month", "3", "on-year", "2026", "clock", "09:30", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "still to come"));
    client_post(c, "/desk/news/new-rules/withdraw", "reason", "Because", NULL);
    CHECK_CODE(c, 409); /* it never came out */
}

TEST(a_correction_stands_above_the_text_for_readers)
{
    struct web_client *c = with_news(ctx), *reader = client_other(c);
    client_get(c, "/desk/news/new-rules/edit");
    CHECK(client_has(c, "What was wrong?"));
    client_post(c, "/desk/news/new-rules/edit", "seen", "1", WORDS("New rules"), NULL);
    CHECK_CODE(c, 422);
    client_post(c, "/desk/news/new-rules/edit", "seen", "1", "correction", "We forgot the month.",
                WORDS("New rules for April"), NULL);
    CHECK_CODE(c, 303);
    client_get(reader, "/news/new-rules");
    CHECK(client_has(reader, "Corrected on 9 March 2026: We forgot the month.") &&
          client_has(reader, "New rules for April"));
    client_get(reader, "/news");
    CHECK(client_has(reader, "Corrected since."));
}

TEST(the_second_of_two_writers_is_told_and_loses_nothing)
{
    struct web_client *c = editor(ctx);
    client_post(c, "/desk/news/new", "seen", "0", WORDS("New rules"), NULL);
    client_post(c, "/desk/news/new-rules/edit", "seen", "1", WORDS("Hers"), NULL);
    CHECK_CODE(c, 303);
    client_post(c, "/desk/news/new-rules/edit", "seen", "1", WORDS("His"), NULL);
    CHECK_CODE(c, 409);
    CHECK(client_has(c, "Somebody else changed this") && client_has(c, "<strong>Hers</strong>") &&
          client_has(c, "value=\"His\""));
    client_post(c, "/desk/news/new-rules/edit", "seen",
                client_between(c, "name=\"seen\" value=\"", "\""), WORDS("His"), NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "Version 3: His") && client_has(c, "Version 2: Hers"));
    client_post(c, "/desk/news/new-rules/publish", "seen", "2", "when", "now", NULL);
    CHECK_CODE(c, 409); /* not what was read */
}

TEST(withdrawn_news_is_gone_and_says_why)
{
    struct web_client *c = with_news(ctx), *reader = client_other(c);
    client_post(c, "/desk/news/new-rules/withdraw", "reason", "", NULL);
    CHECK_CODE(c, 422);
    client_post(c, "/desk/news/new-rules/withdraw", "reason", "It was not true.", NULL);
    CHECK_CODE(c, 303);
    client_get(reader, "/news/new-rules");
    CHECK_CODE(reader, 410);
    CHECK(client_has(reader, "It was not true.") && !client_has(reader, "More money"));
    client_get(reader, "/");
    CHECK(!client_has(reader, "New rules"));
    client_get(c, "/desk/news/new-rules");
    CHECK(client_has(c, "Withdrawn on 9 March 2026"));
    client_post(c, "/desk/news/new-rules/unschedule", NULL);
    CHECK_CODE(c, 303);
}

TEST(withdrawn_news_is_gone_until_the_time_at_which_it_comes_again)
{
    struct web_client *c = with_news(ctx), *reader = client_other(c);
    client_post(c, "/desk/news/new-rules/withdraw", "reason", "It was not true.", NULL);
    client_post(c, "/desk/news/new-rules/publish", "seen", "1", "when", "later", "on-day", "1",
                "on-month", "4", "on-year", "2026", "clock", "09:30", NULL);
    CHECK_CODE(c, 303);
    for (int is_off = 0; is_off < 2; is_off++) {
        client_get(reader, "/news/new-rules");
        CHECK(reader->code == 410 && client_has(reader, "It was not true."));
        client_post(c, "/desk/news/new-rules/unschedule", NULL);
        CHECK_CODE(c, 303);
    }
    client_get(c, "/desk/news?state=withdrawn");
    CHECK(client_has(c, "/desk/news/new-rules"));
}
