/* SPDX-License-Identifier: MIT */
/*
 * resource.h - documents that the programme gives out: guides, forms, posters.
 *
 * A document has versions, which nothing overwrites: the newest is shown, the earlier ones can
 * still be read.  A version has files: the document itself, an accessible version beside it, other
 * formats, translations.  Where no file of a version works with a screen reader, its page says so
 * and whom to ask.
 *
 * Counting downloads
 *   One number a version and London day, and nothing of who downloaded: no address, no cookie, no
 *   browser.  A download counts when a file is given from its first byte on (web_answer.taken):
 *   so not a HEAD, not a browser that has the file already, and of one that is fetched in parts
 *   only the first part.
 *
 * Owns the tables whose names begin with resource.  None of them holds anything about people: who
 * did what is in the record of deeds.  Included by nobody but the lists of the program.
 */
#ifndef PROGRAMME_RESOURCE_RESOURCE_H
#define PROGRAMME_RESOURCE_RESOURCE_H

#include "platform/base/filled.h"
#include "platform/base/text.h"
#include "programme/audit/audit.h"
#include "programme/links/links.h"

enum {
    RESOURCE_TITLE_CHARS = 120,
    RESOURCE_SUMMARY_CHARS = 600,
    RESOURCE_CHANGES_CHARS = 600,
    RESOURCE_REASON_CHARS = 400,
    RESOURCE_FILES_MOST = 30, /* of one version */
    RESOURCE_VERSIONS_MOST = 500,
    RESOURCE_REVIEW_YEARS = 3 /* the next check comes within */
};

/* What an editor fills in for a new document, or for its next version. */
struct resource_draft {
    const char *reference; /* of the document that gets a version; "": a new document */
    const char *title, *summary;
    const char *kind, *stage, *pillar; /* codes; stage and pillar may be "" */
    struct form_file document;
    const char *language;   /* code */
    const char *accessible; /* "itself", "beside": alternative is; "none": there is none yet */
    struct form_file alternative;
    const char *changes;   /* what is new; "" for a new document */
    const char *review_on; /* when somebody looks at it again    */
};

/* One more file of the newest version. */
struct resource_addition {
    const char *reference;
    struct form_file file;
    const char *role; /* "accessible", "format", "translation" */
    const char *language;
    enum form_yes_no is_accessible;
};

/* What a document is called and for whom. */
struct resource_words {
    const char *title, *summary, *kind, *stage, *pillar, *review_on;
};

struct resource_file {
    int64_t number;
    const char *role, *name, *format, *sha256, *language;
    int64_t upload_id, size_bytes, added_at;
    int64_t removed_at; /* UTC seconds; 0: it is there */
    bool is_accessible;
};

struct resource_version {
    int64_t number, at; /* at: UTC seconds */
    const char *title, *summary, *changes;
    struct resource_file *files; /* the document itself is the first */
    size_t file_count;
    bool is_accessible; /* one of its files is */
};

struct resource {
    int64_t id;
    const char *reference;
    struct resource_words words;
    const char *checked_on;
    int64_t revision; /* counts every change */
    int64_t published_at, changed_at;
    int64_t withdrawn_at; /* 0: it is live */
    const char *withdrawn_reason;
    int64_t newest;                /* number of the newest version */
    struct resource_version shown; /* the one that was asked for   */
};

/*
 * Gives out a new document, or the next version of one.  Two editors who do it at once get two
 * versions, one after the other.
 *
 * ERR_INVALID    problems says what is wrong: by field
 * ERR_NOT_FOUND  there is no such document, or it is withdrawn
 *
 * In the caller's transaction, or in one of its own.
 */
MUST_CHECK enum status resource_publish(struct ctx *ctx, const struct resource_draft *draft,
                                        struct form_problems *problems, const char **reference_out);

/* Problems of the files of a draft, by field: before it is sent. */
MUST_CHECK enum status resource_check_files(struct ctx *ctx, const struct resource_draft *draft,
                                            struct form_problems *problems);

/* Problems of a day of review. */
MUST_CHECK enum status resource_check_review(struct ctx *ctx, const char *review_on,
                                             struct form_problems *problems);

/* Adds a file to the newest version.  Statuses as resource_publish. */
MUST_CHECK enum status resource_file_add(struct ctx *ctx, const struct resource_addition *addition,
                                         struct form_problems *problems);

/*
 * Describes a document in other words.  seen: the revision that the editor began with.
 *
 * ERR_CONFLICT  somebody changed it since: nothing is written
 * others as resource_publish.  One transaction.
 */
MUST_CHECK enum status resource_describe(struct ctx *ctx, const char *reference, int64_t seen,
                                         const struct resource_words *words,
                                         struct form_problems *problems);

/* Somebody looked at it and it is still right; looks again on review_on.  Statuses as above.  One
 * transaction. */
MUST_CHECK enum status resource_checked(struct ctx *ctx, const char *reference,
                                        const char *review_on, struct form_problems *problems);

/* Takes it back, for a reason that everybody can read; OK also when it was.  One transaction. */
MUST_CHECK enum status resource_withdraw(struct ctx *ctx, const char *reference,
                                         const char *reason);

/* Gives it out again; OK also when it is live.  One transaction. */
MUST_CHECK enum status resource_restore(struct ctx *ctx, const char *reference);

/*
 * Takes one file of a version away for good, because it should never have been given out: its bytes
 * and its name are erased, its page says that a file was taken away and when, and the record of
 * deeds says why.  Other files and versions stay.  Also of a document that is withdrawn.  OK also
 * when it was taken away before.
 *
 * ERR_NOT_FOUND  there is no such file
 *
 * One transaction.
 */
struct resource_removal {
    const char *reference;
    int64_t version, number;
    const char *reason; /* without the personal details that the file held */
};
MUST_CHECK enum status resource_file_remove(struct ctx *ctx,
                                            const struct resource_removal *removal);

/* A document as one version of it (0: the newest).  Whether it is withdrawn is for the caller to
 * look at.  ERR_NOT_FOUND  there is none such.  Three queries. */
MUST_CHECK enum status resource_open(struct ctx *ctx, const char *reference, int64_t version,
                                     struct resource *out);

struct resource_past {
    int64_t number, at, downloads;
    const char *changes;
};

/* All its versions, the newest first.  One query. */
MUST_CHECK enum status resource_history(struct ctx *ctx, const struct resource *resource,
                                        struct resource_past **out, size_t *count_out);

struct resource_bytes {
    const char *name, *type;
    struct text_span bytes;
};

/* The bytes of a file of the version that is shown.  ERR_NOT_FOUND  it has no such file. */
MUST_CHECK enum status resource_read(struct ctx *ctx, const struct resource *resource,
                                     int64_t number, struct resource_bytes *out);

/* One more download of that version today.  One query. */
MUST_CHECK enum status resource_count(struct ctx *ctx, int64_t resource_id, int64_t version);

/* ---- words (resource_words.c) ---- */

/* A code and how people read it; tables end with a NULL code. */
struct resource_code {
    const char *code, *label;
};

extern const struct resource_code resource_kinds[], resource_languages[], resource_formats[];

/* The label of a code in a table; the code itself when it is none of it. */
const char *resource_label(const struct resource_code *codes, const char *code);

/* "240 KB", "1.2 MB": thousands, as file managers and shops count. */
const char *resource_size(struct mem *mem, int64_t size_bytes);

/* The ending of a file name in small letters, ".pdf"; "" for none. */
const char *resource_ending(struct mem *mem, const char *name);

/* ---- for the lists of the program ---- */

extern const struct audit_kind resource_audit_kinds[];
extern const struct links_kind resource_linked;

#endif
