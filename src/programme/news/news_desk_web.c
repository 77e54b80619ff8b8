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
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/library/library.h"
#include "programme/news/news.sql.h"
#include "programme/news/news_page.html.h"
#include "programme/news/news_web.h"

#include <inttypes.h>
#include <stdio.h>
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

static enum status fill_past(struct ctx *ctx, const struct news_item *item,
                             struct news_desk_page *out)
{
    struct news_past *past;
    TRY(news_history(ctx, item, &past, &out->past_count));
    out->past = mem_array(ctx->mem, struct news_past_line, out->past_count + 1);
    for (size_t i = 0; i < out->past_count; i++)
        out->past[i] = (struct news_past_line){&past[i], time_show(ctx->mem, past[i].at)};
    return OK;
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
    answer->page = (struct web_page){
        .title = item.words.title,
        .section = "/desk",
        .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"News, for editors", "/desk/news"}}};
    news_desk_show(&answer->body, &page);
    return OK;
}

/* ---- writing ---- */

static enum status category_choices(struct ctx *ctx, const void *form,
                                    const struct form_option **out)
{
    (void)form;
    return news_category_options(ctx, out);
}

#define WORDS_FIELDS                                                                                       \
    FORM_TEXT(news_words, title, .label = "Title", .length_most = NEWS_TITLE_CHARS,                        \
              .missing = "Enter a title"),                                                                 \
        FORM_LONG_TEXT(news_words, summary, .label = "In short",                                           \
                       .hint = "One or two sentences. They stand in lists, searches and mails",            \
                       .length_most = NEWS_SUMMARY_CHARS, .rows = 2,                                       \
                       .missing = "Enter what it says in short"),                                          \
        FORM_ONE_OF(news_words, category, .label = "What is it about?", .short_label = "About",            \
                    .options_from = category_choices, .is_select = true,                                   \
                    .missing = "Choose what it is about"),                                                 \
        FORM_LONG_TEXT(news_words, body, .label = "Text",                                                  \
                       .hint = "Empty lines part paragraphs, “## ” begins a heading, “- ” a line " \
                               "of a list. A link is [words](address)",                                    \
                       .length_most = NEWS_BODY_CHARS, .rows = 14, .missing = "Enter the text")

static const struct form_field words_fields[] = {WORDS_FIELDS, FORM_END};

static const struct form_field correction_fields[] = {
    WORDS_FIELDS,
    FORM_LONG_TEXT(news_words, correction, .label = "What was wrong?",
                   .hint = "Readers see this with the day, above the text",
                   .length_most = NEWS_CORRECTION_CHARS, .rows = 2,
                   .missing = "Enter what was wrong, for those who read it before"),
    FORM_END};

/* A form as it is shown: what was typed, or what is kept. */
struct editing {
    const struct news_item *item;         /* NULL: a new one                            */
    const struct form_problems *problems; /* NULL: nothing was sent, or it is a preview */
    const struct news_words *preview;     /* NULL: none was asked for                   */
    bool was_sent, is_changed;            /* is_changed: somebody else saved meanwhile  */
};

static void add_words(struct mem *mem, const struct news_item *item, struct form_answers *to)
{
    if (item == NULL)
        return;
    answers_add(mem, to, "title", item->words.title);
    answers_add(mem, to, "summary", item->words.summary);
    answers_add(mem, to, "category", item->words.category);
    answers_add(mem, to, "body", item->words.body);
}

static enum status fill_preview(struct ctx *ctx, const struct news_words *words,
                                struct news_edit_page *page)
{
    struct view preview = {.mem = ctx->mem};
    struct html body;
    if (words == NULL)
        return OK;
    TRY(library_markdown(ctx, words->body, &body));
    news_preview(&preview, words, body);
    page->preview = view_html(&preview);
    page->has_preview = true;
    return OK;
}

static enum status fill_form(struct web_request *request, const struct editing *editing,
                             struct news_edit_page *page)
{
    struct mem *mem = request->ctx->mem;
    struct view top = {.mem = mem}, form = {.mem = mem};
    struct form_answers now = {0};
    add_words(mem, editing->item, &now);
    const struct form_shown shown = {.fields = page->is_out ? correction_fields : words_fields,
                                     .answers = editing->was_sent ? request->sent : &now,
                                     .problems = editing->problems};
    if (editing->problems != NULL)
        form_show_problems(&top, &shown);
    TRY(form_show(request->ctx, &form, &shown));
    page->problems = view_html(&top);
    page->form = view_html(&form);
    return OK;
}

/* The version that this form begins with: what was seen stays so while it is typed on; who was told
 * of another's words begins with those. */
static const char *seen_of(struct web_request *request, const struct editing *editing)
{
    if (editing->was_sent && !editing->is_changed)
        return answers_get(request->sent, "seen");
    return mem_format(request->ctx->mem, "%" PRId64,
                      editing->item == NULL ? (int64_t)0 : editing->item->version);
}

static enum status show_form(struct web_request *request, struct web_answer *answer,
                             const struct editing *editing)
{
    const struct news_item *item = editing->item;
    bool is_out = item != NULL && item->state == NEWS_PUBLISHED;
    struct mem *mem = request->ctx->mem;
    struct news_edit_page page = {
        .title = item == NULL ? "Write news"
                 : is_out     ? "Correct news"
                              : "Change news",
        .action =
            item == NULL ? "/desk/news/new" : mem_join(mem, page_of(request, item), "/edit", ""),
        .seen = seen_of(request, editing),
        .form_token = web_token(request),
        .button = is_out ? "Publish the correction" : "Save",
        .other = editing->is_changed ? &item->words : NULL,
        .is_out = is_out};
    bool is_wrong = editing->problems != NULL && editing->problems->count > 0;
    TRY(fill_form(request, editing, &page));
    TRY(fill_preview(request->ctx, editing->preview, &page));
    answer->page =
        (struct web_page){.title = page.title,
                          .section = "/desk",
                          .has_problem = is_wrong || editing->is_changed,
                          .back_href = item == NULL ? "/desk/news" : page_of(request, item)};
    answer->code = editing->is_changed ? 409 : 0;
    news_edit_show(&answer->body, &page);
    return editing->is_changed ? ERR_CONFLICT : is_wrong ? ERR_INVALID : OK;
}

static enum status ask_new(struct web_request *request, struct web_answer *answer)
{
    return show_form(request, answer, &(const struct editing){0});
}

static enum status ask_edit(struct web_request *request, struct web_answer *answer)
{
    struct news_item item;
    TRY(find(request, &item));
    return show_form(request, answer, &(const struct editing){.item = &item});
}

/* What was sent is saved, or only shown. */
static enum status take(struct web_request *request, const struct news_item *item,
                        struct news_words *words, struct form_problems *problems,
                        const char **slug_out)
{
    bool is_out = item != NULL && item->state == NEWS_PUBLISHED;
    const struct form_field *fields = is_out ? correction_fields : words_fields;
    struct news_place place = {item == NULL ? "" : item->slug, 0};
    *slug_out = NULL;
    if (text_number(answers_get(request->sent, "seen"), 0, INT64_MAX, &place.seen) != OK)
        place.seen = item == NULL ? 0 : -1;
    TRY(form_read(request->ctx, fields, request->sent, words, problems));
    if (answers_get(request->sent, "preview")[0] == '\0')
        return news_write(request->ctx, &place, words, problems, slug_out);
    TRY(news_check(request->ctx, words, problems));
    return problems->count == 0 ? OK : ERR_INVALID;
}

static enum status save(struct web_request *request, struct web_answer *answer,
                        struct news_item *item)
{
    struct news_words words = {"", "", "", "", ""};
    struct form_problems problems = {.count = 0};
    struct editing editing = {.item = item, .was_sent = true};
    const char *slug;
    enum status status = take(request, item, &words, &problems, &slug);
    if (status == ERR_INVALID && request->wants == WEB_JSON)
        return form_problems_answer(answer, &problems, status);
    if (status == OK && slug != NULL)
        return web_see_other(answer, mem_format(request->ctx->mem, "/desk/news/%s", slug));
    if (status != OK && status != ERR_INVALID && status != ERR_CONFLICT)
        return status;
    editing.preview = status == OK ? &words : NULL;
    editing.problems = status == OK ? NULL : &problems;
    editing.is_changed = status == ERR_CONFLICT;
    if (editing.is_changed)
        TRY(news_open(request->ctx, item->slug, item)); /* as it is now */
    return show_form(request, answer, &editing);
}

static enum status write_new(struct web_request *request, struct web_answer *answer)
{
    return save(request, answer, NULL);
}

static enum status edit(struct web_request *request, struct web_answer *answer)
{
    struct news_item item;
    TRY(find(request, &item));
    return save(request, answer, &item);
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
              .hint = "London time, for example 09:30", .length_most = 5,
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

/* "09:30", "9.30" or "9" of the day; 0 for now. */
static void read_time(const struct publish_form *form, struct form_problems *problems,
                      int64_t *at_out)
{
    int hour = -1, minute = 0, end = 0;
    *at_out = 0;
    if (strcmp(form->when, "later") != 0)
        return;
    int read = sscanf(form->clock, "%2d%*1[:.]%2d%n", &hour, &minute, &end);
    if (read == 1 && sscanf(form->clock, "%2d%n", &hour, &end) == 1)
        minute = 0;
    if (read < 1 || form->clock[end] != '\0' || time_at(form->on, hour, minute, at_out) != OK)
        form_wrong(problems, "clock", "Enter a time such as 09:30");
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
        read_time(&form, &problems, &at);
    if (problems.count == 0)
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
    {"GET", "/desk/news/new", MAY_EDIT_CONTENT, ask_new, "Asks for the words of a new item."},
    {"POST", "/desk/news/new", MAY_EDIT_CONTENT, write_new, "Saves a draft, or shows it first."},
    {"GET", "/desk/news/:slug", MAY_EDIT_CONTENT, show, "One item of news, for editors."},
    {"GET", "/desk/news/:slug/edit", MAY_EDIT_CONTENT, ask_edit, "Asks for other words."},
    {"POST", "/desk/news/:slug/edit", MAY_EDIT_CONTENT, edit,
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
