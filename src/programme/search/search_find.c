/* SPDX-License-Identifier: MIT */
/*
 * search_find.c - asks the index, and makes a page of what it says.
 *
 * Three questions: all words in the title, then about them all, then anywhere.  Each stops when
 * there is enough, so that a word which half of a hundred thousand documents have costs what a
 * rarer one does.
 */
#include "programme/search/search_find.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "programme/access/access.h"
#include "programme/search/search.sql.h"
#include "programme/search/search_internal.h"

enum { RANKS = 3 };

/* A row, with its facets cut out of their column: each ends at a line's end. */
enum { ORGANISATION = SEARCH_FACETS, CODES };
struct found_row {
    int64_t id;
    int64_t access;
    const char *code[CODES];
    size_t length[CODES];
};

struct finding {
    struct ctx *ctx;
    const struct search_asked *asked;
    const struct search_reader *reader;
    struct search_terms terms;
    bool is_any;
    struct found_row *rows;
    size_t count; /* at most SEARCH_FOUND_MAX + 1 */
};

static const char *const marks_of_facets[SEARCH_FACETS] = {"k:", "s:", "p:", "r:"};

bool search_is_code(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length <= SEARCH_CODE_BYTES_MAX &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") ==
               length;
}

/* ---- asking ---- */

/* Not what is restricted, but what the person may see all the same. */
static void ask_access(struct search_question *question, const struct search_asked *asked)
{
    if (asked->access_count == 0)
        return; /* see SEARCH_PUBLIC_END */
    search_ask_join(question, SEARCH_NOT);
    search_ask_open(question);
    search_ask_word(question, "x:", "r");
    for (size_t i = 0; i < asked->access_count; i++) {
        char number[16];
        snprintf(number, sizeof number, "%d", asked->accesses[i].access);
        search_ask_join(question, SEARCH_NOT);
        search_ask_word(question, "x:", number);
    }
    search_ask_close(question);
}

static void ask_chosen(struct search_question *question, const struct search_asked *asked)
{
    for (int i = 0; i < SEARCH_FACETS; i++) {
        if (asked->chosen[i][0] == '\0')
            continue;
        search_ask_join(question, SEARCH_AND);
        search_ask_word(question, marks_of_facets[i], asked->chosen[i]);
    }
}

static const char *question_of(const struct finding *f, int rank, bool narrowed)
{
    static const char *const marks[RANKS] = {"t:", "a:", ""};
    struct search_question question = search_question(f->ctx);
    search_ask_open(&question);
    search_ask_terms(&question, &f->terms, marks[rank], f->is_any);
    if (narrowed)
        ask_chosen(&question, f->asked);
    search_ask_close(&question);
    ask_access(&question, f->asked);
    return search_asked_text(&question);
}

/* Whether the person may see a restricted row: it lies in the area of the access that it needs. */
static enum status may_see(struct ctx *ctx, const struct search_asked *asked,
                           const struct found_row *row, bool *out)
{
    *out = row->access == 0;
    for (size_t i = 0; i < asked->access_count && !*out; i++) {
        const struct search_access *access = &asked->accesses[i];
        if (access->access != row->access)
            continue;
        if (access->scope == NULL || row->length[ORGANISATION] == 0) {
            *out = access->scope == NULL;
            continue;
        }
        enum status status = access_scope_holds(
            ctx, access->scope,
            mem_text_part(ctx->mem, row->code[ORGANISATION], row->length[ORGANISATION]), out);
        if (status != OK && status != ERR_NOT_FOUND)
            return status;
    }
    return OK;
}

static bool has_id(const struct finding *f, int64_t id)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->rows[i].id == id)
            return true;
    return false;
}

/* Adds what fits in one rank and in none before it. */
static enum status find_rank(struct finding *f, int rank, bool narrowed)
{
    struct search_match_row *rows = NULL;
    size_t count = 0;
    int64_t below = f->asked->access_count > 0 ? INT64_MAX : SEARCH_PUBLIC_END;
    TRY(search_match(f->ctx, question_of(f, rank, narrowed), below, SEARCH_FOUND_MAX + 1, &rows,
                     &count));
    for (size_t i = 0; i < count && f->count <= SEARCH_FOUND_MAX; i++)
        if (!has_id(f, rows[i].id))
            f->rows[f->count++].id = rows[i].id;
    return OK;
}

static const char *ids_of(struct mem *mem, const struct found_row *rows, size_t count)
{
    struct text_builder to = text_build(mem, 8192);
    const char *text = "";
    for (size_t i = 0; i < count; i++)
        text_add_format(&to, "%c\"%" PRId64 "\"", i > 0 ? ',' : '[', rows[i].id);
    text_add(&to, count > 0 ? "]" : "[]");
    return text_build_end(&to, &text) == OK ? text : "[]";
}

static void fill_row(struct found_row *row, const struct search_facets_row *from)
{
    const char *at = from->facets;
    row->access = from->access;
    for (int i = 0; i < CODES; i++) {
        row->code[i] = at;
        row->length[i] = strcspn(at, "\n");
        at += row->length[i] + (at[row->length[i]] == '\n');
    }
}

static int compare_facets(const void *key, const void *row)
{
    int64_t id = *(const int64_t *)key, of = ((const struct search_facets_row *)row)->id;
    return id == of ? 0 : id < of ? -1 : 1;
}

/* Reads by what the rows can be narrowed, and leaves out those that the person may not see. */
static enum status read_facets(struct finding *f)
{
    struct search_facets_row *facets = NULL;
    size_t count = 0, kept = 0;
    TRY(search_facets(f->ctx, ids_of(f->ctx->mem, f->rows, f->count), SEARCH_FOUND_MAX + 1, &facets,
                      &count));
    for (size_t i = 0; i < f->count; i++) {
        bool may = false;
        const struct search_facets_row *of =
            bsearch(&f->rows[i].id, facets, count, sizeof facets[0], compare_facets);
        if (of == NULL)
            continue; /* taken down between two queries */
        fill_row(&f->rows[i], of);
        TRY(may_see(f->ctx, f->asked, &f->rows[i], &may));
        if (may)
            f->rows[kept++] = f->rows[i];
    }
    f->count = kept;
    return OK;
}

static enum status find_rows(struct finding *f, bool narrowed)
{
    f->rows = mem_array(f->ctx->mem, struct found_row, SEARCH_FOUND_MAX + 1);
    f->count = 0;
    for (int rank = 0; rank < RANKS && f->count <= SEARCH_FOUND_MAX; rank++)
        TRY(find_rank(f, rank, narrowed));
    return f->count == 0 ? OK : read_facets(f);
}

/* ---- narrowing and counting ---- */

/* The next code from *at on; its length, 0 when there are no more. */
static size_t next_code(const char **at)
{
    *at += strspn(*at, " ");
    return strcspn(*at, " \n");
}

static bool has_code(const struct found_row *row, int facet, const char *code)
{
    size_t length = strlen(code), has;
    for (const char *at = row->code[facet]; (has = next_code(&at)) > 0; at += has)
        if (has == length && memcmp(at, code, length) == 0)
            return true;
    return false;
}

/* Whether a row fits all that was chosen, but for one facet (-1: for all). */
static bool fits(const struct search_asked *asked, const struct found_row *row, int but)
{
    for (int i = 0; i < SEARCH_FACETS; i++)
        if (i != but && asked->chosen[i][0] != '\0' && !has_code(row, i, asked->chosen[i]))
            return false;
    return true;
}

struct values {
    struct search_value *value;
    size_t count;
};

static void count_code(struct mem *mem, struct values *to, const char *code, size_t length,
                       int64_t more)
{
    for (size_t i = 0; i < to->count; i++)
        if (strlen(to->value[i].code) == length && memcmp(to->value[i].code, code, length) == 0) {
            to->value[i].count += more;
            return;
        }
    if (length > 0 && to->count < SEARCH_VALUES_MAX)
        to->value[to->count++] = (struct search_value){mem_text_part(mem, code, length), more};
}

static int compare_values(const void *a, const void *b)
{
    const struct search_value *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return strcmp(x->code, y->code);
}

static void count_facet(const struct finding *f, int facet, bool is_whole,
                        struct search_result *out)
{
    struct mem *mem = f->ctx->mem;
    struct values values = {mem_array(mem, struct search_value, SEARCH_VALUES_MAX + 1), 0};
    const char *chosen = f->asked->chosen[facet];
    for (size_t i = 0; i < f->count; i++) {
        if (!fits(f->asked, &f->rows[i], facet))
            continue;
        size_t length;
        for (const char *at = f->rows[i].code[facet]; (length = next_code(&at)) > 0; at += length)
            count_code(mem, &values, at, length, 1);
    }
    count_code(mem, &values, chosen, strlen(chosen), 0);
    qsort(values.value, values.count, sizeof values.value[0], compare_values);
    for (size_t i = 0; i < values.count && !is_whole; i++)
        values.value[i].count = -1;
    out->values[facet] = values.value;
    out->value_counts[facet] = values.count;
}

static bool is_narrowed(const struct search_asked *asked)
{
    for (int i = 0; i < SEARCH_FACETS; i++)
        if (asked->chosen[i][0] != '\0')
            return true;
    return false;
}

/* Counts by facet, then leaves only the rows that fit what was chosen.  Where there are too many to
 * count, the index is asked once more for those. */
static enum status narrow(struct finding *f, struct search_result *out)
{
    bool is_whole = f->count <= SEARCH_FOUND_MAX;
    for (int i = 0; i < SEARCH_FACETS; i++)
        count_facet(f, i, is_whole, out);
    if (!is_narrowed(f->asked))
        return OK;
    if (!is_whole)
        return find_rows(f, true);
    size_t kept = 0;
    for (size_t i = 0; i < f->count; i++)
        if (fits(f->asked, &f->rows[i], -1))
            f->rows[kept++] = f->rows[i];
    f->count = kept;
    return OK;
}

/* ---- a page ---- */

static struct search_hit hit_of(const struct finding *f, const struct search_documents_row *row)
{
    struct mem *mem = f->ctx->mem;
    return (struct search_hit){
        .kind = row->kind,
        .key = row->key,
        .href = row->href,
        .title = row->title,
        .summary = row->summary,
        .region = row->region,
        .stage = row->stage,
        .pillar = row->pillar,
        .published_on = row->published_on,
        .is_restricted = row->access != 0,
        .title_pieces = search_mark(mem, f->reader, &f->terms, row->title),
        .excerpt = search_excerpt(mem, f->reader, &f->terms,
                                  (const char *const[]){row->summary, row->body}),
    };
}

static enum status read_page(struct finding *f, struct search_result *out)
{
    struct search_documents_row *rows = NULL;
    size_t count = 0;
    size_t pages = (out->total + SEARCH_PAGE_ROWS - 1) / SEARCH_PAGE_ROWS;
    out->page_count = (int)pages;
    out->page = f->asked->page < 1 ? 1 : f->asked->page;
    if (out->page > out->page_count)
        out->page = out->page_count > 0 ? out->page_count : 1;
    size_t first = (size_t)(out->page - 1) * SEARCH_PAGE_ROWS;
    size_t shown = out->total - first < SEARCH_PAGE_ROWS ? out->total - first : SEARCH_PAGE_ROWS;
    if (shown == 0)
        return OK;
    TRY(search_documents(f->ctx, ids_of(f->ctx->mem, f->rows + first, shown), SEARCH_PAGE_ROWS,
                         &rows, &count));
    out->hits = mem_array(f->ctx->mem, struct search_hit, shown);
    for (size_t i = 0; i < shown; i++)
        for (size_t n = 0; n < count; n++)
            if (rows[n].id == f->rows[first + i].id)
                out->hits[out->hit_count++] = hit_of(f, &rows[n]);
    return OK;
}

/* ---- the door ---- */

/* Finds as typed; when nothing fits, mended; and when nothing fits then, by any of the words. */
static enum status find_somehow(struct finding *f, struct search_result *out)
{
    TRY(find_rows(f, false));
    if (f->count > 0)
        return OK;
    TRY(search_mend(f->ctx, &f->terms, &out->mended));
    if (out->mended != NULL)
        TRY(find_rows(f, false));
    if (f->count > 0 || f->terms.count < 2)
        return OK;
    f->is_any = true;
    TRY(find_rows(f, false));
    out->is_any = f->count > 0;
    return OK;
}

static enum search_problem problem_of(const struct search_asked *asked,
                                      const struct search_terms *terms)
{
    if (asked->typed[0] == '\0')
        return SEARCH_NOTHING_TYPED;
    if (terms->count > 0)
        return SEARCH_FINE;
    return terms->word_count > 0 ? SEARCH_COMMON_ONLY : SEARCH_NO_WORDS;
}

enum status search_find(struct ctx *ctx, const struct search_asked *asked,
                        struct search_result *out)
{
    struct finding f = {.ctx = ctx, .asked = asked};
    struct search_reader *reader = NULL;
    *out = (struct search_result){.page = 1};
    if (text_length_chars(asked->typed) > SEARCH_TYPED_CHARS_MAX) {
        out->problem = SEARCH_TOO_LONG;
        return OK;
    }
    TRY(search_reader_open(ctx, &reader));
    f.reader = reader;
    f.terms = search_terms_of(ctx->mem, reader, asked->typed);
    out->problem = problem_of(asked, &f.terms);
    if (out->problem != SEARCH_FINE)
        return OK;
    TRY(find_somehow(&f, out));
    TRY(narrow(&f, out));
    out->is_more = f.count > SEARCH_FOUND_MAX;
    out->total = out->is_more ? SEARCH_FOUND_MAX : f.count;
    return read_page(&f, out);
}
