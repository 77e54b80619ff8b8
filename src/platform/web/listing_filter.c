/* SPDX-License-Identifier: MIT */
/*
 * listing_filter.c - the filter form, what is chosen, and how many rows each choice would give.
 *
 * Counting costs a pass over the rows that fit, so choices are counted only while these are few
 * (LISTING_FACETS_UP_TO), and what came out is noted until the store changes.  A choice's own
 * filter is left out when its options are counted.
 */
#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/store/store_note.h"
#include "platform/web/listing_internal.h"
#include "platform/web/listing_view.html.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

struct count_of {
    const char *value;
    int64_t rows;
};

struct counting {
    struct mem *mem;
    struct count_of items[200];
    size_t count;
};

static enum status take_count(void *arg, const struct store_value *columns)
{
    struct counting *counting = arg;
    if (counting->count == sizeof counting->items / sizeof counting->items[0] || columns[0].is_null)
        return OK;
    counting->items[counting->count++] = (struct count_of){
        columns[0].type == STORE_INT ? mem_format(counting->mem, "%" PRId64, columns[0].n)
                                     : mem_text(counting->mem, columns[0].text),
        columns[1].n};
    return OK;
}

static enum status count_choices(struct asking *a, size_t filter, struct counting *out)
{
    const struct listing_filter *declared = &a->listing->filters[filter];
    const int most = (int)(sizeof out->items / sizeof out->items[0]);
    struct store_value arguments[STORE_ARGUMENTS_MAX];
    memcpy(arguments, a->arguments, sizeof arguments);
    for (int i = 0; i < a->listing->query->argument_count; i++) {
        if (strcmp(a->listing->query->arguments[i].name, declared->argument) == 0)
            arguments[i] = store_null(a->listing->query->arguments[i].type);
    }
    *out = (struct counting){.mem = a->ctx->mem};
    if (declared->counts != NULL) {
        arguments[a->listing->query->argument_count] = store_int(most);
        return store_run(a->ctx, declared->counts, NULL, arguments, take_count, out, NULL);
    }
    struct store_choice choice = {.what = STORE_FACET,
                                  .facet_column = listing_column_at(a->listing, declared->column),
                                  .at_most = most};
    return store_run(a->ctx, a->listing->query, &choice, arguments, take_count, out, NULL);
}

static int64_t rows_of(const struct counting *counting, const char *code)
{
    for (size_t i = 0; i < counting->count; i++) {
        if (strcmp(counting->items[i].value, code) == 0)
            return counting->items[i].rows;
    }
    return 0;
}

static enum status fill_choice(struct asking *a, size_t at, bool with_counts,
                               struct listing_choice *out)
{
    const struct listing_filter *filter = &a->listing->filters[at];
    const struct form_option *options;
    struct counting *counting = mem_new(a->ctx->mem, struct counting);
    size_t count = 0;
    TRY(asking_options(a, at, &options));
    with_counts = with_counts && (filter->column != NULL || filter->counts != NULL);
    if (with_counts)
        TRY(count_choices(a, at, counting));
    while (options[count].code != NULL)
        count++;
    struct select_item *items = mem_array(a->ctx->mem, struct select_item, count + 1);
    size_t shown = 0;
    items[shown++] = (struct select_item){.text = "All", .value = ""};
    for (size_t i = 0; i < count; i++) {
        int64_t rows = with_counts ? rows_of(counting, options[i].code) : -1;
        bool is_chosen = strcmp(options[i].code, a->chosen[at]) == 0;
        if (rows == 0 && !is_chosen)
            continue; /* a choice that gives nothing is no choice */
        items[shown++] = (struct select_item){
            .text = rows < 0 ? options[i].label
                             : mem_format(a->ctx->mem, "%s (%" PRId64 ")", options[i].label, rows),
            .value = options[i].code};
    }
    *out = (struct listing_choice){filter->argument, filter->label, a->chosen[at], .items = items,
                                   .item_count = shown};
    return OK;
}

static void fill_orders(const struct asking *a, struct listing_choice *out)
{
    size_t count = 0;
    while (a->listing->orders[count].sort != NULL)
        count++;
    struct select_item *items = mem_array(a->ctx->mem, struct select_item, count);
    for (size_t i = 0; i < count; i++)
        items[i] = (struct select_item){.text = a->listing->orders[i].label,
                                        .value = a->listing->orders[i].sort};
    *out = (struct listing_choice){"sort", "Sort", a->listing->query->sorts[a->choice.sort].name,
                                   .items = items, .item_count = count};
}

/* What is chosen, with an address without it. */
static enum status fill_chosen(struct asking *a, struct listing_filter_page *page)
{
    page->chosen = mem_array(a->ctx->mem, struct listing_chosen, a->filter_count);
    for (size_t i = 0; i < a->filter_count; i++) {
        const struct listing_filter *filter = &a->listing->filters[i];
        const struct form_option *options = NULL;
        const char *text = a->chosen[i];
        if (text[0] == '\0')
            continue;
        if (filter->kind == LISTING_CHOICE)
            TRY(asking_options(a, i, &options));
        for (; options != NULL && options->code != NULL; options++) {
            if (strcmp(options->code, text) == 0)
                text = options->label;
        }
        if (filter->kind == LISTING_FROM || filter->kind == LISTING_UNTIL)
            text = time_show_day(a->ctx->mem, text);
        page->chosen[page->chosen_count++] =
            (struct listing_chosen){filter->label, filter->kind == LISTING_CHECK ? "yes" : text,
                                    asking_address(a, "", (int)i, "")};
    }
    return OK;
}

static enum status render(struct asking *a, bool with_counts, struct view *out)
{
    struct listing_filter_page page = {
        .action = a->base,
        .choices = mem_array(a->ctx->mem, struct listing_choice, a->filter_count + 1),
        .clear_href = a->base,
        .is_open = web_query(a->request, "sort")[0] != '\0',
    };
    for (size_t i = 0; i < a->filter_count; i++) {
        const struct listing_filter *filter = &a->listing->filters[i];
        if (filter->kind == LISTING_SEARCH) {
            page.search_name = filter->argument;
            page.search_label = filter->label;
            page.search_value = a->chosen[i];
            continue;
        }
        page.is_open |= a->chosen[i][0] != '\0';
        if (filter->kind != LISTING_CHOICE) {
            page.choices[page.choice_count++] =
                (struct listing_choice){.name = filter->argument,
                                        .label = filter->label,
                                        .value = a->chosen[i],
                                        .input = filter->kind == LISTING_TYPED ? "text" : "date",
                                        .is_checkbox = filter->kind == LISTING_CHECK};
            continue;
        }
        TRY(fill_choice(a, i, with_counts, &page.choices[page.choice_count++]));
    }
    if (a->listing->orders[0].sort != NULL && a->listing->orders[1].sort != NULL)
        fill_orders(a, &page.choices[page.choice_count++]);
    TRY(fill_chosen(a, &page));
    if (page.search_name != NULL || page.choice_count > 0)
        listing_filter_form(out, &page);
    return OK;
}

/* ---- what is noted ---- */

static struct form_option *copy_options(struct mem *mem, const struct form_option *from)
{
    size_t count = 0;
    while (from[count].code != NULL)
        count++;
    struct form_option *to = mem_array(mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        to[i] = (struct form_option){mem_text(mem, from[i].code), mem_text(mem, from[i].label),
                                     mem_text(mem, from[i].hint), mem_text(mem, from[i].group)};
    return to;
}

static const void *copy_parts(struct mem *mem, const void *value)
{
    struct listing_parts *parts = mem_copy(mem, value, sizeof *parts);
    parts->filters.trusted = mem_text(mem, parts->filters.trusted);
    for (int i = 0; i < STORE_COLUMNS_MAX; i++)
        if (parts->options[i] != NULL)
            parts->options[i] = copy_options(mem, parts->options[i]);
    return parts;
}

/* The options of columns that ask the store for them. */
static enum status take_column_options(struct asking *a, struct listing_parts *parts)
{
    const struct listing_column *columns = a->listing->columns;
    for (int i = 0; columns[i].name != NULL; i++) {
        assert(i < STORE_COLUMNS_MAX);
        if (columns[i].options_from != NULL && !columns[i].is_in_files_only)
            TRY(columns[i].options_from(a->ctx, &parts->options[i]));
    }
    return OK;
}

static enum status make_parts(struct asking *a, struct listing_parts *out)
{
    struct view form = {.mem = a->ctx->mem};
    TRY(asking_total(a, &out->total));
    TRY(render(a, out->total <= LISTING_FACETS_UP_TO, &form));
    out->filters = view_html(&form);
    return take_column_options(a, out);
}

enum status listing_parts(struct asking *a, const struct listing_parts **out)
{
    struct ctx *ctx = a->ctx;
    const char *scope = a->request->grant.scope;
    struct store_note note = {
        .key = mem_format(ctx->mem, "listing %s %s %s", time_day_of(ctx->mem, ctx->now_secs),
                          scope == NULL ? "" : scope, asking_address(a, "", -1, "")),
        .secs = ctx->settings == NULL ? 0 : ctx->settings->counts_kept_secs,
    };
    *out = store_note_find(ctx, &note);
    if (*out != NULL)
        return OK;
    struct listing_parts *parts = mem_new(ctx->mem, struct listing_parts);
    TRY(make_parts(a, parts));
    store_note_write(ctx, &note, copy_parts, parts);
    *out = parts;
    return OK;
}
