/* SPDX-License-Identifier: MIT */
/*
 * search.h - one box over everything: what can be found, and how it is found.
 *
 * Whoever publishes something says so here, in the transaction in which it is published, changed or
 * taken down.  A row is what searches find, what the newsletter composes from and what the sitemap
 * lists; it holds what the public may read, or, with an access, what those may read who have it.
 *
 * Organisations are not among the rows.  They come in by imports of tens of thousands that can be
 * undone, they open and close by the calendar, and directory/ has an index of their names, earlier
 * names, codes and postcodes already, which forgives a wrong letter too.  A copy here would be
 * stored twice and stale on the day that a trust closes; so a search asks the directory at the same
 * time, and shows what it says.
 *
 * How something is found: search_words.h.  What searching promises: search_find below.
 *
 * Owns the tables search_document, search_text, search_title, search_known, search_known_piece,
 * search_missed, search_missed_caller and search_made.
 * Others may read search_document where access is 0.
 */
#ifndef PROGRAMME_SEARCH_SEARCH_H
#define PROGRAMME_SEARCH_SEARCH_H

#include "platform/base/ctx.h"

#include "programme/privacy/privacy.h"
#include <stddef.h>

/* Kinds of documents, the one first that comes first when two fit alike. */
#define SEARCH_GUIDANCE "guidance"
#define SEARCH_RESOURCE "resource"
#define SEARCH_CASE_STUDY "case-study"
#define SEARCH_EVENT "event"
#define SEARCH_NEWS "news"
#define SEARCH_PLEDGE "pledge"

/* One thing that can be found.  "" where a text does not apply; NULL counts as "". */
struct search_document {
    const char *kind; /* one of the above: required */
    const char *key;  /* unique within the kind: required, at most SEARCH_KEY_BYTES_MAX */
    const char *href; /* path of its page: required */
    const char *title;
    const char *summary; /* a sentence or two */
    const char *body;    /* plain text; of more than SEARCH_BODY_BYTES_MAX the beginning counts */
    const char *region;  /* code of a region */
    const char *organisation; /* code of an organisation */
    const char *stage;        /* codes parted by spaces: "get-in get-on" */
    const char *pillar;       /* codes parted by spaces */
    const char *published_on; /* YYYY-MM-DD */
    int access;               /* 0: everybody, else a MAY_ number (access.h) */
};

enum { SEARCH_KEY_BYTES_MAX = 200, SEARCH_BODY_BYTES_MAX = 64 * 1024 };

/*
 * Makes it found from now on as it is here, in place of what was known of this kind and key.  In
 * the caller's transaction, or in one of its own.
 *
 * ERR_INVALID  kind, key, href or title is missing, the kind is none, the day is no day
 * ERR_FAULT    the store failed
 *
 * Eight queries, and two for each word that no document had before.
 */
MUST_CHECK enum status search_put(struct ctx *ctx, const struct search_document *document);

/* Makes it found no more; what is not there is fine.  In the caller's transaction. */
MUST_CHECK enum status search_drop(struct ctx *ctx, const char *kind, const char *key);

/* What is known of a document, but its body. */
struct search_found {
    const char *kind, *key, *href, *title, *summary;
    const char *region, *organisation, *stage, *pillar;
    const char *published_on;
};

enum { SEARCH_RECENT_MAX = 1000 };

struct search_since {
    const char *kind;    /* NULL or "": every kind                                  */
    const char *from_on; /* YYYY-MM-DD, NULL or "": ever, also without a day        */
    int64_t at_most;     /* itself at most SEARCH_RECENT_MAX                        */
};

/* What everybody may read, published on a day or later, the newest first.  One query. */
MUST_CHECK enum status search_recent(struct ctx *ctx, const struct search_since *since,
                                     struct search_found **rows_out, size_t *count_out);

/* Where a document is. */
struct search_address {
    const char *kind, *href, *published_on;
};

/* Where everything is that everybody may read, at most so many.  One query. */
MUST_CHECK enum status search_addresses(struct ctx *ctx, int64_t at_most,
                                        struct search_address **rows_out, size_t *count_out);

/* Counts that this was searched and not found, once a day for a caller (a hash of an address), of
 * whom nothing stays behind that day; of what could stand for a person nothing is kept
 * (search_missed.c).  A few queries in a transaction, or none. */
MUST_CHECK enum status search_missed_note(struct ctx *ctx, const char *typed, const char *caller);

extern const struct privacy_holding search_holdings[];

#endif
