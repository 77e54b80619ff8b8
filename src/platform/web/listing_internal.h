/* SPDX-License-Identifier: MIT */
/* listing_internal.h - one request for a listing, shared by its parts; nobody else includes it. */
#ifndef PLATFORM_WEB_LISTING_INTERNAL_H
#define PLATFORM_WEB_LISTING_INTERNAL_H

#include "platform/web/listing.h"

enum {
    LISTING_ROWS_USUAL = 25,
    LISTING_COUNT_MOST = 10000,  /* a total above is "over 10,000"                            */
    LISTING_FACETS_UP_TO = 2000, /* choices are counted while no more rows than this fit      */
    LISTING_FILTERS_MAX = 16,
    LISTING_WORDS = 3 /* of a search box that count */
};

struct listing_row {
    struct store_value *values; /* one a column of the query */
};

/* What was asked: filters as arguments of the query, the order, the place to begin at. */
struct asking {
    struct web_request *request;
    struct ctx *ctx;
    const struct listing *listing;
    const char *base; /* address of the page, without ending */
    struct store_value arguments[STORE_ARGUMENTS_MAX];
    const char *chosen[LISTING_FILTERS_MAX]; /* as in the address; "" for none              */
    const struct form_option *options[LISTING_FILTERS_MAX]; /* NULL until asked for         */
    size_t filter_count;
    bool is_filtered;
    struct store_choice choice;
    struct store_value keys[STORE_KEYS_MAX];
};

/* Reads filters, order and place.  What is not a choice of a filter, and a place that is no place,
 * count as not given.  tail_bytes: how much of the path stands behind the listing's base. */
MUST_CHECK enum status asking_read(struct web_request *request, size_t tail_bytes,
                                   struct asking *out);

/* Index of a column of the query by name; asserts that there is one. */
int listing_column_at(const struct listing *listing, const char *name);

/* The options of a filter or a column, fixed or from the store. */
MUST_CHECK enum status asking_options(struct asking *asking, size_t filter,
                                      const struct form_option **out);

/* The rows of this page, copied, in the order to show; and whether there is more on either side. */
struct portion {
    struct listing_row *rows;
    size_t count;
    bool has_before, has_after;
};
MUST_CHECK enum status asking_rows(struct asking *asking, size_t at_most, struct portion *out);

/* How many rows fit, counted up to LISTING_COUNT_MOST + 1. */
MUST_CHECK enum status asking_total(struct asking *asking, int64_t *out);

/* The address with what was asked: ending ".json", other filters as they are; without the filter
 * `but` (-1: with all); place "" or "after=...". */
const char *asking_address(const struct asking *asking, const char *ending, int but,
                           const char *place);

/* "after" or "before" and the keys of a row. */
const char *asking_place(const struct asking *asking, const struct listing_row *row,
                         const char *side);

/* A column's value as people read it; link filled from the row, "" for none. */
MUST_CHECK enum status listing_cell_text(struct asking *asking, const struct listing_column *column,
                                         const struct store_value *row, const char **out);
const char *listing_cell_link(struct mem *mem, const struct listing *listing, const char *pattern,
                              const struct store_value *row);

/* What of the page is the same for all its rows: noted (store_note.h) until the store changes. */
struct listing_parts {
    int64_t total;
    struct html filters;                                  /* the form with its counts */
    const struct form_option *options[STORE_COLUMNS_MAX]; /* of columns, where the store has them */
};
MUST_CHECK enum status listing_parts(struct asking *asking, const struct listing_parts **out);

MUST_CHECK enum status listing_json(struct web_request *request, struct web_answer *answer);
MUST_CHECK enum status listing_csv(struct web_request *request, struct web_answer *answer);
MUST_CHECK enum status listing_xlsx(struct web_request *request, struct web_answer *answer);
MUST_CHECK enum status listing_atom(struct web_request *request, struct web_answer *answer);
MUST_CHECK enum status listing_ics(struct web_request *request, struct web_answer *answer);

#endif
