/* SPDX-License-Identifier: MIT */
/*
 * listing.h - a declared query with columns, filters, sorts and a page size.
 *
 * The page: an accessible table or cards, a filter form that works without script and shows what is
 * chosen, counts where cheap, a plain total, an empty state that says what to do, keyset pages that
 * stay right while rows are added, addresses that can be shared.  The same rows as .json (with a
 * next link), .csv, .xlsx and, where dated, .atom and .ics: what I see is what I download.
 *
 * The query is a `page` query of sqlgen.  Filters name its optional arguments, columns its columns.
 * Who may see which rows is bound by the route's access: the argument `scope` is given the scope of
 * request->grant; a query without that argument is refused to who is limited, and a filter can
 * never set it.  An argument `today` is given the day in London,
 * `today_at` its first instant, `reader_id` the number of who asks
 * (0: nobody is signed in).
 *
 * The routes of a listing at BASE: GET BASE, BASE.json, BASE.csv, BASE.xlsx, and BASE.atom,
 * BASE.ics when the declaration says how.
 */
#ifndef PLATFORM_WEB_LISTING_H
#define PLATFORM_WEB_LISTING_H

#include "platform/store/store.h"
#include "platform/web/form.h"
#include "platform/web/web.h"

enum listing_format {
    LISTING_TEXT,
    LISTING_NUMBER,
    LISTING_DATE, /* YYYY-MM-DD, shown as 9 March 2026                       */
    LISTING_TIME, /* UTC seconds, shown in London time                       */
    LISTING_CODE, /* a code of the column's options, shown as its label      */
    LISTING_TAG   /* the same as a coloured tag (option hint: the tag class) */
};

struct listing_column {
    const char *name; /* of the query's column                                          */
    const char *heading;
    enum listing_format format;
    const char *link; /* "/pledges/:reference": each : filled from the row's columns    */
    const struct form_option *options; /* LISTING_CODE, LISTING_TAG                     */
    enum status (*options_from)(struct ctx *ctx, const struct form_option **out); /* or from here */
    bool is_in_files_only; /* in JSON, CSV and XLSX, not on the page        */
    /* LISTING_TEXT: what people read instead of what is stored, on the page and in files; NULL */
    const char *(*show)(struct mem *mem, const char *stored);
};

enum listing_filter_kind {
    LISTING_SEARCH, /* a text box `q`: its first three words, folded (text_fold), become the
                     * arguments q_1, q_1_end, q_2, q_2_end, q_3, q_3_end; q_N_end is the first
                     * text behind all that begin with the word                             */
    LISTING_CHOICE, /* one of options: a select or radios, with counts                 */
    LISTING_CHECK,  /* a checkbox: argument given as 1, or left out                    */
    LISTING_TYPED,  /* a text box: the argument is just what was typed, or `key` of it */
    LISTING_FROM,   /* a day: the argument, an int, is its first instant in London     */
    LISTING_UNTIL   /* a day: the argument, an int, is the first instant behind it     */
};

struct listing_filter {
    const char *argument; /* of the query, optional; also the name in the address          */
    const char *label;
    enum listing_filter_kind kind;
    const struct form_option *options;
    enum status (*options_from)(struct ctx *ctx, const struct form_option **out);
    const char *column; /* CHOICE: column to count by, shown beside each option; NULL: none */
    /* CHOICE: instead of a column, a `many` query of (value, count) with the same arguments and an
     * at_most after them: for a filter by something that a row has several of. */
    const struct store_query *counts;
    const char *(*key)(struct mem *mem, const char *typed); /* TYPED: as it is stored; NULL */
};

struct listing_order {
    const char *sort; /* of the query */
    const char *label;
};

struct listing {
    const char *title;
    const char *section; /* navigation item that is current */
    const struct store_query *query;
    const struct listing_column *columns; /* ends with a NULL name     */
    const struct listing_filter *filters; /* ends with a NULL argument; may be NULL */
    const struct listing_order *orders;   /* ends with a NULL sort     */
    int page_rows;                        /* 0: 25 */
    const char *one, *many;               /* "pledge", "pledges": for totals and messages        */
    const char *file_name;                /* of downloads, without ending: "pledges"             */
    struct web_crumb crumbs[4];
    /* Writes what stands above the list (words, buttons); may be NULL. */
    enum status (*intro)(struct web_request *request, struct view *out);
    /* Writes what to do when nothing is there at all; NULL: a plain sentence. */
    enum status (*empty)(struct web_request *request, struct view *out);
    /* Writes one row as a card instead of table cells; NULL: a table. */
    void (*card)(struct view *out, const struct store_value *row);
    /* Called before any row is read, for the page and for every file: for records that note who
     * looked.  what: the filters as an address has them, the same on each page of one search.  Not
     * OK: nothing is shown.  May be NULL. */
    enum status (*notice)(struct web_request *request, const char *what);
    const char *dated_column; /* time of each entry: gives .atom; NULL: none          */
    const char *title_column; /* of each entry                                        */
    const char *starts_column, *ends_column; /* days or times: gives .ics; NULL: none */
    /* More for .ics; each may be NULL: where it is, its number of changes, 1 for cancelled. */
    const char *place_column, *sequence_column, *cancelled_column;
};

/* The first filter that its query has no argument of the right type for; NULL: each has one.  A
 * listing with such a filter stops the start. */
const struct listing_filter *listing_filter_without_argument(const struct listing *listing);

/* Suffixes of the routes above; web/route.c spreads a WEB_LISTING row over them. */
extern const struct web_route listing_routes[];

#endif
