/* SPDX-License-Identifier: MIT */
/*
 * listing.c - what was asked of a listing, and the rows that answer it.
 *
 * The address is the whole state: filters and order by name, and a place, `after=` or `before=`,
 * which holds the keys of the row that the page begins behind.  Rows that are added meanwhile
 * neither repeat nor hide others.
 */
#include "platform/web/listing.h"

#include "platform/base/json_text.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/listing_internal.h"

#include <assert.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* ---- names of the query ---- */

static int argument_at(const struct store_query *query, const char *name)
{
    for (int i = 0; i < query->argument_count; i++) {
        if (strcmp(query->arguments[i].name, name) == 0)
            return i;
    }
    return -1;
}

const struct listing_filter *listing_filter_without_argument(const struct listing *listing)
{
    for (const struct listing_filter *f = listing->filters; f != NULL && f->argument != NULL; f++) {
        bool is_int =
            f->kind == LISTING_CHECK || f->kind == LISTING_FROM || f->kind == LISTING_UNTIL;
        const char *name = f->kind == LISTING_SEARCH ? "q_1" : f->argument;
        int at = argument_at(listing->query, name);
        if (at < 0 || (is_int && listing->query->arguments[at].type != STORE_INT))
            return f;
    }
    return NULL;
}

int listing_column_at(const struct listing *listing, const char *name)
{
    int at = 0;
    while (at < listing->query->column_count && strcmp(listing->query->columns[at].name, name) != 0)
        at++;
    assert(at < listing->query->column_count);
    return at;
}

/* ---- filters ---- */

/* The first text behind all that begin with word: its last byte one higher.  Folded text has no
 * byte 0xFF, so there is one. */
static const char *end_of(struct mem *mem, const char *word)
{
    char *end = mem_text(mem, word);
    size_t last = strlen(end) - 1;
    end[last] = (char)((unsigned char)end[last] + 1);
    return end;
}

static void take_search(struct asking *a, const char *typed)
{
    const char *rest = text_fold(a->ctx->mem, typed);
    for (int word = 1; word <= LISTING_WORDS && *rest != '\0'; word++) {
        size_t length = strcspn(rest, " ");
        const char *text = mem_text_part(a->ctx->mem, rest, length);
        int from = argument_at(a->listing->query, mem_format(a->ctx->mem, "q_%d", word));
        int to = argument_at(a->listing->query, mem_format(a->ctx->mem, "q_%d_end", word));
        assert(from >= 0 && to >= 0);
        a->arguments[from] = store_text(text);
        a->arguments[to] = store_text(end_of(a->ctx->mem, text));
        rest += length + (rest[length] == ' ');
    }
}

enum status asking_options(struct asking *a, size_t filter, const struct form_option **out)
{
    const struct listing_filter *declared = &a->listing->filters[filter];
    if (a->options[filter] == NULL && declared->options_from != NULL)
        TRY(declared->options_from(a->ctx, &a->options[filter]));
    *out = declared->options_from != NULL ? a->options[filter] : declared->options;
    return OK;
}

static bool is_option(const struct form_option *options, const char *code)
{
    for (; options->code != NULL; options++) {
        if (strcmp(options->code, code) == 0)
            return true;
    }
    return false;
}

/* A whole number in decimal digits. */
static bool take_int(const char *text, int64_t *out)
{
    char *end;
    *out = strtoll(text, &end, 10);
    return text[0] != '\0' && *end == '\0';
}

/* A day bounds instants of London's clock.  What is no day counts as not given. */
static bool take_day(struct mem *mem, enum listing_filter_kind kind, const char *day, int64_t *out)
{
    if (kind == LISTING_UNTIL && time_day_add(mem, day, (struct time_step){.days = 1}, &day) != OK)
        return false;
    return time_day_start(day, out) == OK;
}

/* Text boxes and days.  False: it counts as not given. */
static bool take_typed(struct asking *a, const struct listing_filter *filter, const char *typed)
{
    int64_t at;
    struct store_value *argument = &a->arguments[argument_at(a->listing->query, filter->argument)];
    if (filter->kind == LISTING_TYPED) {
        *argument = store_text(filter->key != NULL ? filter->key(a->ctx->mem, typed) : typed);
        return true;
    }
    if (!take_day(a->ctx->mem, filter->kind, typed, &at))
        return false;
    *argument = store_int(at);
    return true;
}

static enum status take_filter(struct asking *a, size_t at, const char *typed)
{
    const struct listing_filter *filter = &a->listing->filters[at];
    const struct form_option *options;
    int argument = argument_at(a->listing->query, filter->argument);
    int64_t number;
    a->chosen[at] = "";
    if (typed[0] == '\0')
        return OK;
    if (filter->kind == LISTING_SEARCH) {
        take_search(a, typed);
    } else if (filter->kind == LISTING_CHECK) {
        assert(argument >= 0);
        a->arguments[argument] = store_int(1);
        typed = "1";
    } else if (filter->kind != LISTING_CHOICE) {
        assert(argument >= 0);
        if (!take_typed(a, filter, typed))
            return OK;
    } else {
        assert(argument >= 0);
        TRY(asking_options(a, at, &options));
        if (!is_option(options, typed))
            return OK;
        if (a->listing->query->arguments[argument].type == STORE_INT && take_int(typed, &number))
            a->arguments[argument] = store_int(number);
        else
            a->arguments[argument] = store_text(typed);
    }
    a->chosen[at] = typed;
    a->is_filtered = true;
    return OK;
}

/* ---- order and place ---- */

static void take_order(struct asking *a)
{
    const char *asked = web_query(a->request, "sort");
    const struct store_query *query = a->listing->query;
    for (const struct listing_order *order = a->listing->orders; order->sort != NULL; order++) {
        if (strcmp(order->sort, asked) != 0 && (order != a->listing->orders || asked[0] != '\0'))
            continue;
        for (int i = 0; i < query->sort_count; i++) {
            if (strcmp(query->sorts[i].name, order->sort) == 0)
                a->choice.sort = i;
        }
    }
}

/* A key as JSON: a number, or a text.  False: it has not the type of its column. */
static bool take_key(struct asking *a, int at, const json_t *key)
{
    const struct store_sort *sort = &a->listing->query->sorts[a->choice.sort];
    switch (a->listing->query->columns[sort->key_columns[at]].type) {
    case STORE_INT:
        a->keys[at] = store_int(json_integer_value(key));
        return json_is_integer(key);
    case STORE_REAL:
        a->keys[at] = store_real(json_real_value(key));
        return json_is_real(key);
    case STORE_TEXT:
        a->keys[at] =
            store_text(json_is_string(key) ? mem_text(a->ctx->mem, json_string_value(key)) : "");
        return json_is_string(key);
    case STORE_BLOB:
        return false;
    }
    return false;
}

static void take_place(struct asking *a, const char *coded, bool is_backwards)
{
    struct text_span packed;
    const struct store_sort *sort = &a->listing->query->sorts[a->choice.sort];
    if (coded[0] == '\0' || text_base64url_read(a->ctx->mem, coded, &packed) != OK)
        return;
    json_t *keys = json_loadb(packed.bytes, packed.length_bytes, 0, NULL);
    bool is_place = json_is_array(keys) && json_array_size(keys) == (size_t)sort->key_count;
    for (int i = 0; is_place && i < sort->key_count; i++)
        is_place = take_key(a, i, json_array_get(keys, (size_t)i));
    json_decref(keys);
    if (!is_place)
        return;
    a->choice.keys = a->keys;
    a->choice.is_backwards = is_backwards;
}

const char *asking_place(const struct asking *a, const struct listing_row *row, const char *side)
{
    const struct store_sort *sort = &a->listing->query->sorts[a->choice.sort];
    json_t *keys = json_array();
    for (int i = 0; i < sort->key_count; i++) {
        const struct store_value *value = &row->values[sort->key_columns[i]];
        json_array_append_new(keys, value->type == STORE_INT    ? json_integer(value->n)
                                    : value->type == STORE_REAL ? json_real(value->real)
                                                                : json_string(value->text));
    }
    const char *packed = json_text_taken(a->ctx->mem, keys, JSON_COMPACT);
    return mem_format(a->ctx->mem, "%s=%s", side,
                      text_base64url(a->ctx->mem, packed, strlen(packed)));
}

/* What the role is limited to is an argument of the query, or nothing is shown at all. */
static enum status take_scope(struct asking *a)
{
    const struct web_grant *grant = &a->request->grant;
    if (grant->scope == NULL)
        return OK;
    int scope = argument_at(a->listing->query, "scope");
    if (scope < 0)
        return ctx_fail(a->ctx, ERR_FORBIDDEN, "query \"%s\" cannot be narrowed to a scope",
                        a->listing->query->name);
    a->arguments[scope] = store_text(grant->scope);
    return OK;
}

/* The first instant of today. */
static enum status take_today_at(struct asking *a)
{
    int64_t at;
    int place = argument_at(a->listing->query, "today_at");
    if (place < 0)
        return OK;
    TRY(time_day_start(time_day_of(a->ctx->mem, a->ctx->now_secs), &at));
    a->arguments[place] = store_int(at);
    return OK;
}

enum status asking_read(struct web_request *request, size_t tail_bytes, struct asking *out)
{
    const struct listing *listing = request->route->listing;
    const struct store_query *query = listing->query;
    *out = (struct asking){
        .request = request,
        .ctx = request->ctx,
        .listing = listing,
        .base = mem_text_part(request->ctx->mem, request->path, strlen(request->path) - tail_bytes),
    };
    for (int i = 0; i < query->argument_count; i++)
        out->arguments[i] = store_null(query->arguments[i].type);
    for (const struct listing_filter *f = listing->filters; f != NULL && f->argument != NULL; f++) {
        assert(out->filter_count < LISTING_FILTERS_MAX);
        TRY(take_filter(out, out->filter_count, web_query(request, f->argument)));
        out->filter_count++;
    }
    TRY(take_scope(out));
    int today = argument_at(query, "today");
    if (today >= 0)
        out->arguments[today] = store_text(time_day_of(request->ctx->mem, request->ctx->now_secs));
    TRY(take_today_at(out));
    int reader = argument_at(query, "reader_id");
    if (reader >= 0)
        out->arguments[reader] = store_int(request->ctx->person.n);
    take_order(out);
    take_place(out, web_query(request, "after"), false);
    if (out->choice.keys == NULL)
        take_place(out, web_query(request, "before"), true);
    return listing->notice == NULL ? OK : listing->notice(request, asking_address(out, "", -1, ""));
}

/* ---- addresses ---- */

const char *asking_address(const struct asking *a, const char *ending, int but, const char *place)
{
    struct mem *mem = a->ctx->mem;
    const char *query = "", *sort = web_query(a->request, "sort");
    for (size_t i = 0; i < a->filter_count; i++) {
        if ((int)i == but || a->chosen[i][0] == '\0')
            continue;
        query = mem_format(mem, "%s&%s=%s", query, a->listing->filters[i].argument,
                           text_percent(mem, a->chosen[i]));
    }
    if (sort[0] != '\0')
        query = mem_format(mem, "%s&sort=%s", query, text_percent(mem, sort));
    if (place[0] != '\0')
        query = mem_format(mem, "%s&%s", query, place);
    return query[0] == '\0' ? mem_join(mem, a->base, ending, "")
                            : mem_format(mem, "%s%s?%s", a->base, ending, query + 1);
}

/* ---- rows ---- */

struct taking {
    struct asking *asking;
    struct listing_row *rows;
    struct store_value *values;
    size_t count, room;
};

static bool is_text(const struct store_value *value)
{
    return value->type == STORE_TEXT && !value->is_null;
}

/* All texts of a row in one piece of memory. */
static enum status take_row(void *arg, const struct store_value *columns)
{
    struct taking *taking = arg;
    if (taking->count == taking->room)
        return OK;
    int columns_count = taking->asking->listing->query->column_count;
    struct listing_row *row = &taking->rows[taking->count];
    row->values = taking->values + taking->count++ * (size_t)columns_count;
    size_t bytes = 0;
    for (int i = 0; i < columns_count; i++)
        if (is_text(&columns[i]))
            bytes += columns[i].size_bytes + 1;
    char *texts = mem_room(taking->asking->ctx->mem, bytes);
    for (int i = 0; i < columns_count; i++) {
        row->values[i] = columns[i];
        if (!is_text(&columns[i]))
            continue;
        row->values[i].text = memcpy(texts, columns[i].text, columns[i].size_bytes + 1);
        texts += columns[i].size_bytes + 1;
    }
    return OK;
}

static void reverse(struct listing_row *rows, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct listing_row row = rows[i];
        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = row;
    }
}

enum status asking_rows(struct asking *a, size_t at_most, struct portion *out)
{
    struct taking taking = {
        .asking = a,
        .rows = mem_array(a->ctx->mem, struct listing_row, at_most + 1),
        .values = mem_array(a->ctx->mem, struct store_value,
                            (at_most + 1) * (size_t)a->listing->query->column_count),
        .room = at_most + 1,
    };
    a->choice.what = STORE_ROWS;
    a->choice.at_most = (int64_t)at_most + 1;
    TRY(store_run(a->ctx, a->listing->query, &a->choice, a->arguments, take_row, &taking, NULL));
    bool has_more = taking.count > at_most;
    *out = (struct portion){.rows = taking.rows, .count = taking.count - has_more};
    if (a->choice.is_backwards)
        reverse(out->rows, out->count);
    out->has_before = a->choice.is_backwards ? has_more : a->choice.keys != NULL;
    out->has_after = a->choice.is_backwards || has_more;
    return OK;
}

static enum status take_number(void *arg, const struct store_value *columns)
{
    *(int64_t *)arg = columns[0].n;
    return OK;
}

enum status asking_total(struct asking *a, int64_t *out)
{
    struct store_choice choice = {.what = STORE_COUNT, .at_most = LISTING_COUNT_MOST + 1};
    *out = 0;
    return store_run(a->ctx, a->listing->query, &choice, a->arguments, take_number, out, NULL);
}
