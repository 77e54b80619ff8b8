/* SPDX-License-Identifier: MIT */
/*
 * news.h - news of the programme: a draft, published now or at a time, corrected, withdrawn.
 *
 * Each saving makes a version, which nothing overwrites.  A scheduled item is published by a job,
 * never by somebody's looking, and it is the version that was scheduled that comes out: one saved
 * since is a draft of the next change, as is one saved of a withdrawn item.  What is changed after
 * it came out is a correction: it says what was wrong, and readers see it with its day.  A
 * withdrawn item keeps its address, which says why, under the last title that was public, until it
 * comes out again.
 *
 * Owns the tables news_item and news_version.  They hold what the public reads, and nothing of who
 * wrote it, which is in the record of deeds.  Text: library_markdown (library/).
 */
#ifndef PROGRAMME_NEWS_NEWS_H
#define PROGRAMME_NEWS_NEWS_H

#include "platform/base/filled.h"
#include "platform/job/job.h"
#include "programme/audit/audit.h"
#include "programme/links/links.h"

enum {
    NEWS_TITLE_CHARS = 120,
    NEWS_SUMMARY_CHARS = 300,
    NEWS_BODY_CHARS = 20000,
    NEWS_CORRECTION_CHARS = 400,
    NEWS_REASON_CHARS = 400,
    NEWS_AHEAD_DAYS = 366, /* how far ahead one can be scheduled */
    NEWS_VERSIONS_MOST = 1000
};

enum news_state { NEWS_DRAFT, NEWS_SCHEDULED, NEWS_PUBLISHED, NEWS_WITHDRAWN };

struct news_words {
    const char *title, *summary, *category, *body;
    const char *correction; /* what was wrong; only once it is published */
};

struct news_item {
    int64_t id;
    const char *slug;
    enum news_state state;
    int64_t version;     /* number of the newest */
    int64_t out_version; /* of what is out, or was last; 0: it never was */
    int64_t due_version; /* of what a scheduled item brings out; 0: it is not scheduled */
    int64_t shown;       /* whose words these are */
    struct news_words words;
    int64_t publish_at, published_at, corrected_at, withdrawn_at, changed_at; /* 0: not (yet) */
    const char *withdrawn_reason;
};

/* With the words of its newest version.  ERR_NOT_FOUND  there is no such item.  Two queries. */
MUST_CHECK enum status news_open(struct ctx *ctx, const char *slug, struct news_item *out);

/* As the public may see it, with the words that are out: published, or withdrawn until it comes out
 * again.  ERR_NOT_FOUND  it is not out, and never was.  Two queries. */
MUST_CHECK enum status news_find(struct ctx *ctx, const char *slug, struct news_item *out);

/* What an editor has before them. */
struct news_place {
    const char *slug; /* "": a new item */
    int64_t seen;     /* number of the version that they began with */
};

/*
 * Keeps the words as a version.  Of an item that ever came out it is a
 * correction, which says what was wrong; of one that is out it is out at once.  The same new words
 * sent twice make one draft.
 *
 * ERR_INVALID    problems says what is wrong, by field
 * ERR_CONFLICT   somebody wrote a version since: nothing is written
 * ERR_NOT_FOUND  there is no such item
 * One transaction.
 */
MUST_CHECK enum status news_write(struct ctx *ctx, const struct news_place *place,
                                  const struct news_words *words, struct form_problems *problems,
                                  const char **slug_out);

/* Problems of the words alone, for a preview. */
MUST_CHECK enum status news_check(struct ctx *ctx, const struct news_words *words,
                                  struct form_problems *problems);

/*
 * Publishes the version that was seen: now (at 0), or at a time that is still to come, by a job.
 * Publishing what is out changes nothing.
 *
 * ERR_INVALID    the time is past, or more than NEWS_AHEAD_DAYS ahead: problem of the field "on"
 * ERR_CONFLICT   somebody wrote a version since
 * One transaction.
 */
MUST_CHECK enum status news_publish(struct ctx *ctx, const struct news_place *place, int64_t at,
                                    struct form_problems *problems);

/* A scheduled item is a draft again, or withdrawn again if it was; OK also when it was none.  One
 * transaction. */
MUST_CHECK enum status news_unschedule(struct ctx *ctx, const char *slug);

/* Takes back what is out, for a reason that everybody can read; OK also when it was.
 * ERR_CONFLICT  it never came out.  One transaction. */
MUST_CHECK enum status news_withdraw(struct ctx *ctx, const char *slug, const char *reason);

struct news_past {
    int64_t number, at;
    const char *title, *correction;
};

/* All versions, the newest first. */
MUST_CHECK enum status news_history(struct ctx *ctx, const struct news_item *item,
                                    struct news_past **out, size_t *count_out);

/* ---- words (news_words.c) ---- */

struct news_category {
    const char *code, *label;
};

/* Ends with a NULL code. */
extern const struct news_category news_categories[];
size_t news_category_count(void);
const char *news_category_label(const char *code);

/* The words of an address, from a title: "New rules: apply by May!" gives "new-rules-apply-by-may";
 * "item" for a title without letters or digits of any script. */
const char *news_slug(struct mem *mem, const char *title);

/* ---- for the lists of the program ---- */

extern const struct job_kind news_job_kinds[];
extern const struct audit_kind news_audit_kinds[];
extern const struct links_kind news_linked;

#endif
