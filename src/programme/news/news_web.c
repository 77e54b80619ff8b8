/* SPDX-License-Identifier: MIT */
/*
 * news_web.c - what anybody may read of the news.
 *
 *   /news            all of it, by category and by month; .atom is a feed of the same
 *   /news/:slug      one item with its corrections; 410 when it was withdrawn
 *   /news/:slug/picture.png   for its shared address; 410 too
 *
 * and a part of the front page.
 */
#include "programme/news/news_web.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/picture_shared.h"
#include "platform/web/listing.h"
#include "programme/library/library.h"
#include "programme/news/news.sql.h"
#include "programme/news/news_page.html.h"

#include <string.h>

enum { MONTHS_MOST = 240, CORRECTIONS_MOST = 100, AT_HOME = 3 };

/* ---- the list ---- */

enum status news_category_options(struct ctx *ctx, const struct form_option **out)
{
    size_t count = news_category_count();
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct form_option){.code = news_categories[i].code,
                                          .label = news_categories[i].label};
    *out = options;
    return OK;
}

/* "2026-03" as "March 2026". */
static const char *month_name(struct mem *mem, const char *month)
{
    const char *day = time_show_day(mem, mem_format(mem, "%s-01", month));
    return text_begins(day, "1 ") ? day + strlen("1 ") : day;
}

static enum status months(struct ctx *ctx, struct news_months_page *out)
{
    struct news_months_row *rows;
    TRY(news_months(ctx, MONTHS_MOST, &rows, &out->count));
    out->items = mem_array(ctx->mem, struct news_month, out->count + 1);
    for (size_t i = 0; i < out->count; i++)
        out->items[i] = (struct news_month){rows[i].month, month_name(ctx->mem, rows[i].month)};
    return OK;
}

static enum status month_options(struct ctx *ctx, const struct form_option **out)
{
    struct news_months_page all;
    TRY(months(ctx, &all));
    struct form_option *options = mem_array(ctx->mem, struct form_option, all.count + 1);
    for (size_t i = 0; i < all.count; i++)
        options[i] = (struct form_option){.code = all.items[i].month, .label = all.items[i].name};
    *out = options;
    return OK;
}

/* In the order of the columns of news_list. */
enum { SLUG, TITLE, SUMMARY, CATEGORY, MONTH, CHANGED_AT, PUBLISHED_AT, CORRECTED_AT };

static const struct listing_column columns[] = {
    {.name = "title", .heading = "News", .link = "/news/:slug"},
    {.name = "summary", .heading = "In short"},
    {.name = "category",
     .heading = "About",
     .format = LISTING_CODE,
     .options_from = news_category_options},
    {.name = "published_at", .heading = "Came out", .format = LISTING_TIME},
    {.name = "changed_at",
     .heading = "Last changed",
     .format = LISTING_TIME,
     .is_in_files_only = true},
    {.name = "slug", .heading = "Address", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {{.argument = "category",
                                                 .label = "About",
                                                 .kind = LISTING_CHOICE,
                                                 .options_from = news_category_options,
                                                 .column = "category"},
                                                {.argument = "month",
                                                 .label = "Month",
                                                 .kind = LISTING_CHOICE,
                                                 .options_from = month_options,
                                                 .column = "month"},
                                                {0}};

static const struct listing_order orders[] = {
    {"newest", "Newest first"}, {"oldest", "Oldest first"}, {0}};

static enum status intro(struct web_request *request, struct view *out)
{
    struct news_months_page page;
    TRY(months(request->ctx, &page));
    news_intro(out, &page);
    return OK;
}

static enum status empty(struct web_request *request, struct view *out)
{
    (void)request;
    news_empty(out);
    return OK;
}

static const char *day_of(struct mem *mem, int64_t at)
{
    return at == 0 ? "" : time_show_day(mem, time_day_of(mem, at));
}

static void show_card(struct view *out, const struct store_value *row)
{
    news_card_show(out,
                   &(const struct news_card){.slug = row[SLUG].text,
                                             .title = row[TITLE].text,
                                             .summary = row[SUMMARY].text,
                                             .category = news_category_label(row[CATEGORY].text),
                                             .when = day_of(out->mem, row[PUBLISHED_AT].n),
                                             .is_corrected = row[CORRECTED_AT].n != 0});
}

static const struct listing list = {.title = "News",
                                    .section = "/news",
                                    .query = &news_list_query,
                                    .columns = columns,
                                    .filters = filters,
                                    .orders = orders,
                                    .one = "item",
                                    .many = "items",
                                    .file_name = "news",
                                    .crumbs = {{"Home", "/"}},
                                    .intro = intro,
                                    .empty = empty,
                                    .card = show_card,
                                    .dated_column = "changed_at",
                                    .title_column = "title"};

/* ---- one ---- */

static enum status fill_corrections(struct ctx *ctx, const struct news_item *item,
                                    struct news_page *out)
{
    struct news_corrections_row *rows;
    TRY(news_corrections(ctx, item->id, item->shown, CORRECTIONS_MOST, &rows,
                         &out->correction_count));
    out->corrections = mem_array(ctx->mem, struct news_correction, out->correction_count + 1);
    for (size_t i = 0; i < out->correction_count; i++)
        out->corrections[i] =
            (struct news_correction){day_of(ctx->mem, rows[i].at), rows[i].correction};
    return OK;
}

enum status news_page_fill(struct ctx *ctx, const struct news_item *item, struct news_page *out)
{
    *out = (struct news_page){.item = item,
                              .category = news_category_label(item->words.category),
                              .when = day_of(ctx->mem, item->published_at),
                              .withdrawn = day_of(ctx->mem, item->withdrawn_at)};
    TRY(library_markdown(ctx, item->words.body, &out->body));
    return fill_corrections(ctx, item, out);
}

static enum status show_gone(struct web_request *request, struct web_answer *answer,
                             const struct news_page *page)
{
    if (request->wants == WEB_JSON)
        return web_sorry(request, answer, 410, "This news was withdrawn",
                         page->item->withdrawn_reason);
    answer->page.title = "This news was withdrawn";
    answer->code = 410;
    news_gone(&answer->body, page);
    return OK;
}

static struct picture_shared picture_of(struct mem *mem, const struct news_item *item)
{
    return (struct picture_shared){
        .kind = "News", .title = item->words.title, .line = day_of(mem, item->published_at)};
}

/* For who shares it: only while it is out. */
static struct web_shared shared_of(struct mem *mem, const struct news_item *item)
{
    const struct picture_shared picture = picture_of(mem, item);
    const char *path = mem_format(mem, "/news/%s", item->slug);
    return (struct web_shared){.path = path,
                               .picture = mem_format(mem, "%s/picture.png", path),
                               .alternative = picture_shared_words(mem, &picture)};
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct news_item item;
    struct news_page page;
    TRY(news_find(request->ctx, web_value(request, "slug"), &item));
    TRY(news_page_fill(request->ctx, &item, &page));
    answer->page = (struct web_page){.title = item.words.title,
                                     .description = item.words.summary,
                                     .section = "/news",
                                     .crumbs = {{"Home", "/"}, {"News", "/news"}},
                                     .feeds = {"/news.atom"}};
    answer->is_public = answer->is_same_all_day = true;
    if (item.state != NEWS_PUBLISHED) /* till it comes out again */
        return show_gone(request, answer, &page);
    answer->page.shared = shared_of(request->ctx->mem, &item);
    news_show(&answer->body, &page);
    return OK;
}

static enum status show_picture(struct web_request *request, struct web_answer *answer)
{
    struct news_item item;
    struct news_page page;
    TRY(news_find(request->ctx, web_value(request, "slug"), &item));
    if (item.state != NEWS_PUBLISHED) {
        TRY(news_page_fill(request->ctx, &item, &page));
        return show_gone(request, answer, &page);
    }
    const struct picture_shared picture = picture_of(request->ctx->mem, &item);
    return web_shared_picture(request, answer, &picture);
}

/* ---- on the front page ---- */

static enum status write_home(struct ctx *ctx, struct view *out)
{
    struct news_newest_row *rows;
    struct news_cards page;
    TRY(news_newest(ctx, AT_HOME, &rows, &page.count));
    page.items = mem_array(ctx->mem, struct news_card, page.count + 1);
    for (size_t i = 0; i < page.count; i++)
        page.items[i] = (struct news_card){.slug = rows[i].slug,
                                           .title = rows[i].title,
                                           .summary = rows[i].summary,
                                           .category = news_category_label(rows[i].category),
                                           .when = day_of(ctx->mem, rows[i].published_at)};
    if (page.count > 0)
        news_home(out, &page);
    return OK;
}

const struct home_section news_home_section = {write_home};

const struct web_route news_routes[] = {
    WEB_LISTING("/news", WEB_PUBLIC, &list, "News of the programme."),
    {"GET", "/news/:slug", WEB_PUBLIC, show, "One item of news."},
    {"GET", "/news/:slug/picture.png", WEB_PUBLIC, show_picture,
     "The picture beside a shared address."},
    {0},
};
