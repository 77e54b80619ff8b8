/* SPDX-License-Identifier: MIT */
/*
 * news_write_web.c - the form in which editors write news: saved, or only shown as it will read.
 *
 *   /desk/news/new, /desk/news/:slug/edit
 */
#include "platform/base/text.h"
#include "programme/library/library.h"
#include "programme/news/news_page.html.h"
#include "programme/news/news_web.h"

#include <inttypes.h>

static const char *page_of(struct web_request *request, const struct news_item *item)
{
    return mem_format(request->ctx->mem, "/desk/news/%s", item->slug);
}

static enum status category_choices(struct ctx *ctx, const void *form,
                                    const struct form_option **out)
{
    (void)form;
    return news_category_options(ctx, out);
}

/* The first is asked only of what came out: see fields_of. */
static const struct form_field all_fields[] = {
    FORM_LONG_TEXT(news_words, correction, .label = "What was wrong?",
                   .hint = "Readers see this with the day, above the text",
                   .length_most = NEWS_CORRECTION_CHARS, .rows = 2,
                   .missing = "Enter what was wrong, for those who read it before"),
    FORM_TEXT(news_words, title, .label = "Title", .length_most = NEWS_TITLE_CHARS,
              .missing = "Enter a title"),
    FORM_LONG_TEXT(news_words, summary, .label = "In short",
                   .hint = "One or two sentences. They stand in lists, searches and mails",
                   .length_most = NEWS_SUMMARY_CHARS, .rows = 2,
                   .missing = "Enter what it says in short"),
    FORM_ONE_OF(news_words, category, .label = "What is it about?", .short_label = "About",
                .options_from = category_choices, .is_select = true,
                .missing = "Choose what it is about"),
    FORM_LONG_TEXT(news_words, body, .label = "Text",
                   .hint = "Empty lines part paragraphs, “## ” begins a heading, “- ” a line of a "
                           "list. A link is [words](address)",
                   .length_most = NEWS_BODY_CHARS, .rows = 14, .missing = "Enter the text"),
    FORM_END};

static bool is_out(const struct news_item *item)
{
    return item != NULL && item->state == NEWS_PUBLISHED;
}

static const struct form_field *fields_of(const struct news_item *item)
{
    return item != NULL && item->published_at != 0 ? all_fields : all_fields + 1;
}

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
    const struct form_shown shown = {.fields = fields_of(editing->item),
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
    struct mem *mem = request->ctx->mem;
    struct news_edit_page page = {
        .title = item == NULL   ? "Write news"
                 : is_out(item) ? "Correct news"
                                : "Change news",
        .action =
            item == NULL ? "/desk/news/new" : mem_join(mem, page_of(request, item), "/edit", ""),
        .seen = seen_of(request, editing),
        .form_token = web_token(request),
        .button = is_out(item) ? "Publish the correction" : "Save",
        .other = editing->is_changed ? &item->words : NULL,
        .is_out = is_out(item)};
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

enum status news_ask_new(struct web_request *request, struct web_answer *answer)
{
    return show_form(request, answer, &(const struct editing){0});
}

enum status news_ask_edit(struct web_request *request, struct web_answer *answer)
{
    struct news_item item;
    TRY(news_open(request->ctx, web_value(request, "slug"), &item));
    return show_form(request, answer, &(const struct editing){.item = &item});
}

/* What was sent is saved, or only shown. */
static enum status take(struct web_request *request, const struct news_item *item,
                        struct news_words *words, struct form_problems *problems,
                        const char **slug_out)
{
    struct news_place place = {item == NULL ? "" : item->slug, 0};
    *slug_out = NULL;
    if (item != NULL &&
        text_number(answers_get(request->sent, "seen"), 0, INT64_MAX, &place.seen) != OK)
        place.seen = -1;
    TRY(form_read(request->ctx, fields_of(item), request->sent, words, problems));
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
    bool is_changed = status == ERR_CONFLICT && item != NULL && request->wants != WEB_JSON;
    if (status != OK && status != ERR_INVALID && !is_changed)
        return status;
    editing.preview = status == OK ? &words : NULL;
    editing.problems = status == OK ? NULL : &problems;
    editing.is_changed = is_changed;
    if (is_changed)
        TRY(news_open(request->ctx, item->slug, item)); /* as it is now */
    return show_form(request, answer, &editing);
}

enum status news_write_new(struct web_request *request, struct web_answer *answer)
{
    return save(request, answer, NULL);
}

enum status news_edit(struct web_request *request, struct web_answer *answer)
{
    struct news_item item;
    TRY(news_open(request->ctx, web_value(request, "slug"), &item));
    return save(request, answer, &item);
}
