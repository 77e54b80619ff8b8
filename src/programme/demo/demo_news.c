/* SPDX-License-Identifier: MIT */
/*
 * demo_news.c - news of the demonstration: two that are out, one of them corrected, one that comes
 * out tomorrow, a draft, and one that was withdrawn.
 */
#include "platform/base/time.h"
#include "programme/demo/demo_internal.h"
#include "programme/news/news.h"

static const struct news_words visits = {
    "Schools can ask for a visit of a Health Ambassador",
    "People who work in health and care come to your school and tell what they do.", "people",
    "A **Health Ambassador** is somebody who works in health or care and gives about an hour a "
    "year "
    "to a school near them.\n\n## What happens on a visit\n\n- They tell how they came to their "
    "job.\n- Pupils ask what they like.\n- Nobody has to decide anything.\n\n::: inset\nA visit "
    "costs the school nothing.\n:::\n",
    ""};

static const struct news_words pledges = {
    "Employers and unions report on their first year",
    "The first pledges have been renewed. Read what became of the plans.", "pledges",
    "A pledge lasts a year. Then both sides look back together and sign again, or it ends.\n\n"
    "::: action\n[See who has signed](/pledges)\n:::\n",
    ""};

static const struct news_words ladder = {
    "From the first day to a registered profession: the rungs of the ladder",
    "A new page shows each step, and what it asks.", "learning",
    "Many who work in care today never heard that there is a next step.\n\n::: do\n- ask your "
    "manager "
    "which step is next\n- look what it asks for\n:::\n",
    ""};

static const struct news_words fund = {"Money for travel to work experience",
                                       "Some employers pay the bus fare. Ask yours.", "funding",
                                       "We are finding out which employers pay for travel.\n", ""};

static const struct news_words closed = {"Places for the summer are open",
                                         "Wards in all regions take pupils in July.", "programme",
                                         "Ask the ward of your choice.\n", ""};

/* An item as it was written and published some days ago. */
static enum status publish(struct ctx *then, const struct news_words *words, const char **slug_out)
{
    struct form_problems problems = {.count = 0};
    TRY(news_write(then, &(const struct news_place){"", 0}, words, &problems, slug_out));
    return news_publish(then, &(const struct news_place){*slug_out, 1}, 0, &problems);
}

static enum status publish_ago(struct ctx *ctx, int days, const struct news_words *words,
                               const char **slug_out)
{
    struct ctx then = *ctx;
    then.id_last = 0; /* ids tell when something was made */
    then.now_secs -= days * (int64_t)TIME_DAY_SECS;
    enum status status = publish(&then, words, slug_out);
    ctx->fault = then.fault;
    return status;
}

static enum status add_corrected(struct ctx *ctx)
{
    const char *slug;
    struct form_problems problems = {.count = 0};
    struct news_words right = pledges;
    struct news_words wrong = pledges;
    wrong.body = "A pledge lasts two years. Then both sides look back together.\n";
    right.correction = "We wrote that a pledge lasts two years. It lasts one.";
    TRY(publish_ago(ctx, 40, &wrong, &slug));
    return news_write(ctx, &(const struct news_place){slug, 1}, &right, &problems, &slug);
}

static enum status add_coming(struct ctx *ctx)
{
    const char *slug, *tomorrow;
    int64_t at;
    struct form_problems problems = {.count = 0};
    TRY(time_day_add(ctx->mem, time_day_of(ctx->mem, ctx->now_secs), (struct time_step){.days = 1},
                     &tomorrow));
    TRY(time_at(tomorrow, 9, 30, &at));
    TRY(news_write(ctx, &(const struct news_place){"", 0}, &ladder, &problems, &slug));
    TRY(news_publish(ctx, &(const struct news_place){slug, 1}, at, &problems));
    return news_write(ctx, &(const struct news_place){"", 0}, &fund, &problems, &slug);
}

static enum status add_all(struct ctx *ctx)
{
    const char *slug;
    TRY(publish_ago(ctx, 6, &visits, &slug));
    TRY(add_corrected(ctx));
    TRY(add_coming(ctx));
    TRY(publish_ago(ctx, 90, &closed, &slug));
    return news_withdraw(ctx, slug, "The places are taken. New ones are told here in the spring.");
}

enum status demo_news(struct ctx *ctx, struct person_id editor)
{
    struct ctx own = *ctx;
    own.person = editor;
    enum status status = add_all(&own);
    ctx->fault = own.fault;
    ctx->id_last = own.id_last;
    return status;
}
