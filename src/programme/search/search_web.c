/* SPDX-License-Identifier: MIT */
/*
 * search_web.c - one box over everything.
 *
 *   /search                  ?q= &kind= &stage= &pillar= &region= &scope=mine &page=; .json
 *   /search/suggest.json     titles and organisations while somebody types
 *   /desk/searches           what was searched and not found, for editors
 */
#include "programme/search/search_web.h"

#include <string.h>

#include "platform/base/log.h"
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/search/search.sql.h"
#include "programme/search/search_internal.h"
#include "programme/search/search_missed.h"
#include "programme/search/search_page.html.h"
#include "programme/search/search_routes.h"

enum { ORGANISATIONS_SHOWN = 3, CODE_CHARS_MAX = 12, ACCESSES_MAX = 40, PAGES_MAX = 1000 };

static const char *const facet_names[SEARCH_FACETS] = {"kind", "stage", "pillar", "region"};

/* ---- what was asked ---- */

/* The accesses that any document needs, and the person has. */
static enum status read_accesses(struct web_request *request, struct search_asked *asked)
{
    struct ctx *ctx = request->ctx;
    struct search_access *accesses = mem_array(ctx->mem, struct search_access, ACCESSES_MAX);
    int64_t after = 0;
    while (asked->access_count < ACCESSES_MAX) {
        struct search_accesses_row row = {0};
        struct web_grant grant = {0};
        TRY(search_accesses(ctx, after, &row));
        if (row.access == NULL)
            break;
        after = *row.access;
        enum status status = request->app->may(request, (int)after, &grant);
        if (status == OK)
            accesses[asked->access_count++] = (struct search_access){(int)after, grant.scope};
        else if (status != ERR_FORBIDDEN)
            return status;
        ctx->fault = NULL;
    }
    asked->accesses = accesses;
    return OK;
}

static bool is_signed_in(const struct web_request *request)
{
    return request->ctx->person.n != 0;
}

static enum status read_asked(struct web_request *request, struct search_asked *asked)
{
    *asked = (struct search_asked){.typed = web_query(request, "q"), .page = 1};
    for (int i = 0; i < SEARCH_FACETS; i++) {
        const char *code = web_query(request, facet_names[i]);
        asked->chosen[i] = search_is_code(code) ? code : "";
    }
    int64_t page = 1;
    if (text_number(web_query(request, "page"), 1, PAGES_MAX, &page) == OK)
        asked->page = (int)page;
    if (is_signed_in(request) && strcmp(web_query(request, "scope"), "mine") == 0)
        TRY(read_accesses(request, asked));
    return OK;
}

/* ---- what is known by its form ---- */

static bool has_chosen(const struct search_asked *asked)
{
    for (int i = 0; i < SEARCH_FACETS; i++)
        if (asked->chosen[i][0] != '\0')
            return true;
    return false;
}

/* A code has a digit and no space, so that no word is taken for one. */
static bool may_be_code(const char *typed)
{
    return text_length_chars(typed) <= CODE_CHARS_MAX && strpbrk(typed, "0123456789") != NULL &&
           strchr(typed, ' ') == NULL;
}

static enum status find_known(struct web_request *request, const struct search_asked *asked,
                              size_t found, struct search_known_forms *out)
{
    struct ctx *ctx = request->ctx;
    if (has_chosen(asked) || asked->page > 1)
        return OK;
    if (text_postcode(ctx->mem, asked->typed, &out->place) == OK)
        return OK;
    out->place = NULL;
    if (may_be_code(asked->typed)) {
        enum status status = directory_find(ctx, asked->typed, &out->organisation);
        out->is_coded = status == OK;
        ctx->fault = NULL;
        if (status == OK || status != ERR_NOT_FOUND)
            return status;
    }
    /* Where there is something already, a slip of the finger is not looked for here too. */
    const struct directory_asked of = {asked->typed, DIRECTORY_ORGANISATIONS,
                                       ORGANISATIONS_SHOWN + 1, found > 0};
    TRY(directory_search(ctx, &of, &out->found, &out->found_count));
    out->has_more = out->found_count > ORGANISATIONS_SHOWN;
    if (out->has_more)
        out->found_count = ORGANISATIONS_SHOWN;
    return OK;
}

/* A search that found nothing is counted; if it cannot be, the page is shown all the same. */
static void note_missed(struct web_request *request, const struct search_asked *asked,
                        struct search_outcome *o)
{
    struct ctx *ctx = request->ctx;
    o->is_missed = o->result.problem == SEARCH_FINE && !has_chosen(asked) && o->result.total == 0 &&
                   o->known.place == NULL && !o->known.is_coded && o->known.found_count == 0;
    if (!o->is_missed || asked->page > 1)
        return;
    if (search_missed_later(ctx, asked->typed, request->address) != OK)
        log_fault(ctx, LOG_WARN, "search not counted");
    ctx->fault = NULL;
}

enum status search_outcome_of(struct web_request *request, struct search_outcome *out)
{
    *out = (struct search_outcome){.is_mine = false};
    TRY(read_asked(request, &out->asked));
    out->is_mine = out->asked.accesses != NULL;
    TRY(search_find(request->ctx, &out->asked, &out->result));
    if (out->result.problem != SEARCH_FINE)
        return OK;
    TRY(find_known(request, &out->asked, out->result.total, &out->known));
    note_missed(request, &out->asked, out);
    return OK;
}

/* ---- the page ---- */

static const char *problem_text(enum search_problem problem, bool was_sent)
{
    switch (problem) {
    case SEARCH_FINE:
        return NULL;
    case SEARCH_NOTHING_TYPED:
        return was_sent ? "Enter what you are looking for" : NULL;
    case SEARCH_TOO_LONG:
        return "Enter a few words: at most 200 letters";
    case SEARCH_COMMON_ONLY:
        return "These words are on almost every page. Add a word that says what it is about";
    case SEARCH_NO_WORDS:
        return "Enter words: letters or numbers";
    }
    return NULL;
}

/* The address of this search with one of its parts changed; value "": left out. */
static const char *href_with(struct mem *mem, const struct search_outcome *o, const char *name,
                             const char *value)
{
    struct text_builder to = text_build(mem, 8192);
    const char *href = SEARCH_PATH;
    text_add_format(&to, SEARCH_PATH "?q=%s", text_percent(mem, o->asked.typed));
    for (int i = 0; i < SEARCH_FACETS; i++) {
        bool is_it = name != NULL && strcmp(facet_names[i], name) == 0;
        const char *code = name == NULL ? "" : is_it ? value : o->asked.chosen[i];
        if (code[0] != '\0')
            text_add_format(&to, "&%s=%s", facet_names[i], text_percent(mem, code));
    }
    if (o->is_mine)
        text_add(&to, "&scope=mine");
    if (name != NULL && strcmp(name, "page") == 0)
        text_add_format(&to, "&page=%s", value);
    return text_build_end(&to, &href) == OK ? href : SEARCH_PATH;
}

static const char *page_href(struct mem *mem, const struct search_outcome *o, int page)
{
    return page < 1 || page > o->result.page_count
               ? NULL
               : href_with(mem, o, "page", mem_format(mem, "%d", page));
}

/* It repeats the words: on paper there is no box that holds them. */
static const char *total_text(struct mem *mem, const struct search_outcome *o)
{
    size_t total = o->result.total;
    const char *words = o->result.mended ? o->result.mended : o->asked.typed;
    if (o->result.is_more)
        return mem_format(mem, "More than %d results for “%s”", SEARCH_FOUND_MAX, words);
    if (total == 0 && (o->known.place != NULL || o->known.is_coded || o->known.found_count > 0))
        return "No other results";
    return total == 0   ? mem_format(mem, "Nothing found for “%s”", o->asked.typed)
           : total == 1 ? mem_format(mem, "1 result for “%s”", words)
                        : mem_format(mem, "%zu results for “%s”", total, words);
}

static enum status fill_narrows(struct ctx *ctx, const struct search_outcome *o,
                                struct search_page *page)
{
    static const char *const titles[SEARCH_FACETS] = {"Kind", "Stage", "Pillar", "Region"};
    struct search_narrows *narrows = mem_array(ctx->mem, struct search_narrows, SEARCH_FACETS);
    for (int i = 0; i < SEARCH_FACETS; i++) {
        size_t count = o->result.value_counts[i];
        const char *chosen = o->asked.chosen[i];
        if (count < 2 && chosen[0] == '\0')
            continue; /* it would narrow nothing */
        struct search_narrows *to = &narrows[page->narrow_count++];
        *to = (struct search_narrows){titles[i], mem_array(ctx->mem, struct search_narrow, count),
                                      count};
        for (size_t n = 0; n < count; n++) {
            const struct search_value *value = &o->result.values[i][n];
            bool is_chosen = strcmp(value->code, chosen) == 0;
            const char *text = NULL;
            TRY(search_label(ctx, (enum search_facet)i, value->code, &text));
            to->narrow[n] = (struct search_narrow){
                text, href_with(ctx->mem, o, facet_names[i], is_chosen ? "" : value->code),
                value->count, is_chosen};
        }
    }
    page->narrows = narrows;
    return OK;
}

static void fill_rows(struct mem *mem, const struct search_result *result, struct search_page *page)
{
    struct search_row *rows = mem_array(mem, struct search_row, result->hit_count + 1);
    for (size_t i = 0; i < result->hit_count; i++) {
        const struct search_hit *hit = &result->hits[i];
        rows[i] = (struct search_row){
            hit, search_kind_name(hit->kind),
            hit->published_on[0] == '\0' ? "" : time_show_day(mem, hit->published_on)};
    }
    page->rows = rows;
    page->row_count = result->hit_count;
}

static enum status fill_page(struct web_request *request, const struct search_outcome *o,
                             struct search_page *page)
{
    struct mem *mem = request->ctx->mem;
    bool was_sent = strchr(request->target, '?') != NULL;
    *page = (struct search_page){
        .typed = o->result.problem == SEARCH_TOO_LONG
                     ? text_cut(mem, o->asked.typed, SEARCH_TYPED_CHARS_MAX)
                     : o->asked.typed,
        .is_signed_in = is_signed_in(request),
        .is_mine = o->is_mine,
        .problem = problem_text(o->result.problem, was_sent),
        .was_asked = o->result.problem == SEARCH_FINE,
        .place = o->known.place,
        .coded = o->known.is_coded ? &o->known.organisation : NULL,
        .organisations = o->known.found,
        .organisation_count = o->known.found_count,
        .result = &o->result,
        .total = total_text(mem, o),
        .previous_href = page_href(mem, o, o->result.page - 1),
        .next_href = page_href(mem, o, o->result.page + 1),
        .clear_href = has_chosen(&o->asked) ? href_with(mem, o, NULL, "") : NULL,
    };
    if (o->known.has_more)
        page->organisations_href =
            mem_format(mem, "/organisations/find?q=%s", text_percent(mem, o->asked.typed));
    fill_rows(mem, &o->result, page);
    return fill_narrows(request->ctx, o, page);
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct search_outcome outcome;
    struct search_page page;
    TRY(search_outcome_of(request, &outcome));
    TRY(fill_page(request, &outcome, &page));
    answer->page = (struct web_page){
        .title = page.was_asked ? mem_format(request->ctx->mem, "%s – search", outcome.asked.typed)
                                : "Search",
        .crumbs = {{"Home", "/"}},
        .has_problem = page.problem != NULL,
        .is_wide = true,
    };
    /* What was missed is kept for a second at most, so that it goes on being counted. */
    answer->is_public = !is_signed_in(request);
    answer->is_same_all_day = answer->is_public && !outcome.is_missed;
    search_show(&answer->body, &page);
    return OK;
}

/* ---- what was not found ---- */

static enum status missed_intro(struct web_request *request, struct view *out)
{
    (void)request;
    search_missed_intro(out, SEARCH_MISSED_DAYS, SEARCH_MISSED_CALLERS);
    return OK;
}

static enum status missed_empty(struct web_request *request, struct view *out)
{
    (void)request;
    search_missed_empty(out);
    return OK;
}

static const struct listing_column missed_columns[] = {
    {.name = "words", .heading = "Words"},
    {.name = "times", .heading = "Times", .format = LISTING_NUMBER},
    {.name = "days", .heading = "Days", .format = LISTING_NUMBER},
    {.name = "last_on", .heading = "Last searched", .format = LISTING_DATE},
    {0}};
static const struct listing_order missed_orders[] = {
    {"most", "Most often first"}, {"newest", "Last searched first"}, {0}};

static const struct listing missed = {
    .title = "What people searched for and did not find",
    .query = &search_missed_list_query,
    .columns = missed_columns,
    .orders = missed_orders,
    .one = "search",
    .many = "searches",
    .file_name = "searches",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
    .intro = missed_intro,
    .empty = missed_empty,
};

const struct desk_queue search_queues[] = {
    {"Searches that found nothing", "/desk/searches", "Words that people look for in vain",
     MAY_EDIT_CONTENT, NULL},
    {0},
};

const struct web_route search_routes[] = {
    {"GET", SEARCH_PATH, WEB_PUBLIC, show, "Search everything."},
    {.method = "GET",
     .path = SEARCH_PATH ".json",
     .access = WEB_PUBLIC,
     .handler = search_json_show,
     .summary = "What fits a search, best first, with counts.",
     .asks = "q kind stage pillar region scope page",
     .answers = search_json_schema},
    {.method = "GET",
     .path = SEARCH_PATH "/suggest.json",
     .access = WEB_PUBLIC,
     .handler = search_suggest_show,
     .summary = "Titles and organisations that begin so.",
     .asks = "q",
     .answers = search_suggest_schema},
    WEB_LISTING("/desk/searches", MAY_EDIT_CONTENT, &missed, "What was searched and not found."),
    {0},
};
