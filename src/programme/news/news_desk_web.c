/* SPDX-License-Identifier: MIT */
/*
 * news_desk_web.c - what editors do with news.
 *
 *   /desk/news                     all items
 *   /desk/news/new                 a new one; POST saves it, or shows a preview
 *   /desk/news/:slug               one as it reads, its versions, what can be done
 *   .../edit                       other words; POST saves them, or shows a preview
 *   .../publish  .../withdraw      forms; POST does it
 *   POST .../unschedule            a draft again
 *
 * A GET never publishes.
 */
#include "platform/base/clock.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/links/links_web.h"
#include "programme/news/news.sql.h"
#include "programme/news/news_page.html.h"
#include "programme/news/news_web.h"

#include <inttypes.h>
#include <string.h>

/* ---- all ---- */

static const struct form_option states[] = {{"draft", "Draft", "nhsuk-tag--grey", NULL},
                                            {"scheduled", "Scheduled", "nhsuk-tag--blue", NULL},
                                            {"published", "Published", "nhsuk-tag--green", NULL},
                                            {"withdrawn", "Withdrawn", "nhsuk-tag--red", NULL},
                                            {0}};

static const struct listing_column columns[] = {
    {.name = "title", .heading = "News", .link = "/desk/news/:slug"},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = states},
    {.name = "category",
     .heading = "About",
     .format = LISTING_CODE,
     .options_from = news_category_options},
    {.name = "changed_at", .heading = "Last changed", .format = LISTING_TIME},
    {.name = "slug", .heading = "Address", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {{.argument = "state",
                                                 .label = "State",
                                                 .kind = LISTING_CHOICE,
                                                 .options = states,
                                                 .column = "state"},
                                                {0}};

static const struct listing_order orders[] = {{"newest", "Last changed first"}, {0}};

static enum status intro(struct web_request *request, struct view *out)
{
    (void)request;
    news_desk_intro(out);
    return OK;
}

static const struct listing list = {.title = "News, for editors",
                                    .section = "/desk",
                                    .query = &news_desk_list_query,
                                    .columns = columns,
                                    .filters = filters,
                                    .orders = orders,
                                    .one = "item",
                                    .many = "items",
                                    .file_name = "news-at-the-desk",
                                    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
                                    .intro = intro};

/* ---- one ---- */

static const char *page_of(struct web_request *request, const struct news_item *item)
{
    return mem_format(request->ctx->mem, "/desk/news/%s", item->slug);
}

static enum status find(struct web_request *request, struct news_item *out)
{
    return news_open(request->ctx, web_value(request, "slug"), out);
}

static const char *note_of(const struct news_item *item, int64_t number)
{
    return item->due_version == number                                    ? "Comes out"
           : item->state == NEWS_PUBLISHED && item->out_version == number ? "Public"
           : item->withdrawn_at != 0 && item->out_version == number       ? "Was public"
                                                                          : "";
}

static enum status fill_past(struct ctx *ctx, const struct news_item *item,
                             struct news_desk_page *out)
{
    struct news_past *past;
    TRY(news_history(ctx, item, &past, &out->past_count));
    out->past = mem_array(ctx->mem, struct news_past_line, out->past_count + 1);
    for (size_t i = 0; i < out->past_count; i++)
        out->past[i] = (struct news_past_line){&past[i], time_show(ctx->mem, past[i].at),
                                               note_of(item, past[i].number)};
    return OK;
}

/* Says what of the newest version is not public, and what is or will be. */
static void fill_kept(struct mem *mem, const struct news_item *item, struct news_desk_page *out)
{
    bool is_due = item->state == NEWS_SCHEDULED, is_out = item->state == NEWS_PUBLISHED;
    out->kept_version = is_due ? item->due_version : is_out ? item->out_version : 0;
    out->kept_words =
        is_due ? mem_format(mem,
                            "Version %" PRId64 " comes out then, as it was scheduled. What was "
                            "saved since is a draft. To bring that out, publish it instead.",
                            item->due_version)
               : mem_format(mem,
                            "Version %" PRId64 " is public. What was saved since is a draft. To "
                            "make that public, correct it.",
                            item->out_version);
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct news_item item;
    struct news_desk_page page = {0};
    TRY(find(request, &item));
    TRY(news_page_fill(request->ctx, &item, &page.page));
    TRY(fill_past(request->ctx, &item, &page));
    page.state = states[item.state].label;
    page.state_class = states[item.state].hint;
    page.publish_at = item.publish_at == 0 ? "" : time_show(request->ctx->mem, item.publish_at);
    page.form_token = web_token(request);
    fill_kept(request->ctx->mem, &item, &page);
    answer->page = (struct web_page){
        .title = item.words.title,
        .section = "/desk",
        .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"News, for editors", "/desk/news"}}};
    news_desk_show(&answer->body, &page);
    return links_mend_write(request->ctx, &news_linked, item.slug, &answer->body);
}

/* ---- publishing ---- */

struct publish_form {
    const char *when, *on, *clock;
};

static const struct form_option whens[] = {
    {"now", "Now", NULL, NULL}, {"later", "On a day and at a time", NULL, NULL}, {0}};

static const struct form_field publish_fields[] = {
    FORM_ONE_OF(publish_form, when, .options = whens, .label = "When does it come out?",
                .missing = "Choose when it comes out"),
    FORM_DATE(publish_form, on, .when = "when", .is = "later", .label = "Day",
              .missing = "Enter the day"),
    FORM_TEXT(publish_form, clock, .when = "when", .is = "later", .label = "Time",
              .hint = "London time, for example 9:30am or 14:00", .length_most = 20,
              .missing = "Enter the time"),
    FORM_END};

static enum status show_publish(struct web_request *request, struct web_answer *answer,
                                const struct news_item *item, const struct form_problems *problems)
{
    struct mem *mem = request->ctx->mem;
    struct view top = {.mem = mem}, form = {.mem = mem};
    const struct form_shown shown = {.fields = publish_fields,
                                     .answers = problems != NULL ? request->sent : NULL,
                                     .problems = problems};
    form_show_problems(&top, &shown);
    TRY(form_show(request->ctx, &form, &shown));
    answer->page = (struct web_page){.title = "Publish news",
                                     .section = "/desk",
                                     .has_problem = problems != NULL,
                                     .back_href = page_of(request, item)};
    news_publish_show(&answer->body,
                      &(const struct news_edit_page){
                          .title = item->words.title,
                          .action = mem_join(mem, page_of(request, item), "/publish", ""),
                          .seen = problems != NULL ? answers_get(request->sent, "seen")
                                                   : mem_format(mem, "%" PRId64, item->version),
                          .form_token = web_token(request),
                          .problems = view_html(&top),
                          .form = view_html(&form)});
    return problems != NULL ? ERR_INVALID : OK;
}

static enum status ask_publish(struct web_request *request, struct web_answer *answer)
{
    struct news_item item;
    TRY(find(request, &item));
    return show_publish(request, answer, &item, NULL);
}

/* When it is to come out; 0: at once. */
static enum status read_time(struct ctx *ctx, const struct publish_form *form,
                             struct form_problems *problems, int64_t *at_out)
{
    const struct clock_moment moment = {form->on, form->clock, CLOCK_HOUR_ANY, "clock", false};
    *at_out = 0;
    return strcmp(form->when, "later") != 0 ? OK : clock_instant(ctx, &moment, problems, at_out);
}

static enum status publish(struct web_request *request, struct web_answer *answer)
{
    struct news_item item;
    struct publish_form form = {"", "", ""};
    struct form_problems problems = {.count = 0};
    struct news_place place = {.seen = -1};
    int64_t at = 0;
    TRY(find(request, &item));
    place.slug = item.slug;
    if (text_number(answers_get(request->sent, "seen"), 0, INT64_MAX, &place.seen) != OK)
        place.seen = -1;
    enum status status = form_read(request->ctx, publish_fields, request->sent, &form, &problems);
    if (status == OK)
        status = read_time(request->ctx, &form, &problems, &at);
    if (status == OK)
        status = news_publish(request->ctx, &place, at, &problems);
    if (problems.count > 0)
        return show_publish(request, answer, &item, &problems);
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "Somebody wrote another version",
                         "Nothing was published. Go back, read it again, and publish it then.");
    TRY(status);
    return web_see_other(answer, page_of(request, &item));
}

static enum status unschedule(struct web_request *request, struct web_answer *answer)
{
    struct news_item item;
    TRY(find(request, &item));
    TRY(news_unschedule(request->ctx, item.slug));
    return web_see_other(answer, page_of(request, &item));
}

/* ---- taking back ---- */

struct withdraw_form {
    const char *reason;
};

static const struct form_field withdraw_fields[] = {
    FORM_LONG_TEXT(withdraw_form, reason, .label = "Why is it withdrawn?",
                   .hint = "Everybody can read this", .length_most = NEWS_REASON_CHARS, .rows = 3,
                   .missing = "Enter why it is withdrawn"),
    FORM_END};

static enum status show_withdraw(struct web_request *request, struct web_answer *answer,
                                 const struct form_problems *problems)
{
    struct news_item item;
    struct view words = {.mem = request->ctx->mem};
    TRY(find(request, &item));
    news_withdraw_intro(&words);
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = "Withdraw this news",
            .action = mem_join(request->ctx->mem, page_of(request, &item), "/withdraw", ""),
            .button = "Withdraw it",
            .intro = view_html(&words),
            .back_href = page_of(request, &item),
            .is_warning = true,
            .shown = {.fields = withdraw_fields,
                      .answers = problems != NULL ? request->sent : NULL,
                      .problems = problems}});
}

static enum status ask_withdraw(struct web_request *request, struct web_answer *answer)
{
    return show_withdraw(request, answer, NULL);
}

static enum status withdraw(struct web_request *request, struct web_answer *answer)
{
    struct news_item item;
    struct withdraw_form form = {""};
    struct form_problems problems = {.count = 0};
    TRY(find(request, &item));
    if (form_read(request->ctx, withdraw_fields, request->sent, &form, &problems) != OK)
        return show_withdraw(request, answer, &problems);
    TRY(news_withdraw(request->ctx, item.slug, form.reason));
    return web_see_other(answer, page_of(request, &item));
}

/* ---- what waits ---- */

static enum status count_drafts(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct news_draft_count_row row;
    (void)scope;
    TRY(news_draft_count(ctx, &row));
    *out = (struct desk_load){row.items, row.oldest_at == NULL ? 0 : *row.oldest_at};
    return OK;
}

const struct desk_queue news_queues[] = {
    {"Drafts of news", "/desk/news?state=draft", "Written, and not out yet.", MAY_EDIT_CONTENT,
     count_drafts},
    {"News, for editors", "/desk/news", "Write, publish, correct and withdraw.", MAY_EDIT_CONTENT,
     NULL},
    {0}};

const struct web_route news_desk_routes[] = {
    WEB_LISTING("/desk/news", MAY_EDIT_CONTENT, &list, "News, for editors."),
    {"GET", "/desk/news/new", MAY_EDIT_CONTENT, news_ask_new, "Asks for the words of a new item."},
    {"POST", "/desk/news/new", MAY_EDIT_CONTENT, news_write_new,
     "Saves a draft, or shows it first."},
    {"GET", "/desk/news/:slug", MAY_EDIT_CONTENT, show, "One item of news, for editors."},
    {"GET", "/desk/news/:slug/edit", MAY_EDIT_CONTENT, news_ask_edit, "Asks for other words."},
    {"POST", "/desk/news/:slug/edit", MAY_EDIT_CONTENT, news_edit,
     "Saves a version, unless somebody else did meanwhile, or shows it first."},
    {"GET", "/desk/news/:slug/publish", MAY_EDIT_CONTENT, ask_publish, "Asks when it comes out."},
    {"POST", "/desk/news/:slug/publish", MAY_EDIT_CONTENT, publish,
     "Publishes an item, now or at a time. Safe to repeat."},
    {"POST", "/desk/news/:slug/unschedule", MAY_EDIT_CONTENT, unschedule,
     "A scheduled item is a draft again. Safe to repeat."},
    {"GET", "/desk/news/:slug/withdraw", MAY_EDIT_CONTENT, ask_withdraw, "Asks for a reason."},
    {"POST", "/desk/news/:slug/withdraw", MAY_EDIT_CONTENT, withdraw,
     "Withdraws an item. Safe to repeat."},
    {0},
};
