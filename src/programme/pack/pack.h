/* SPDX-License-Identifier: MIT */
/*
 * pack.h - everything official, as dated and versioned data files.
 *
 * A pack is a folder: pack.json, its manifest, and the files that this names.  Those under packs/
 * of the source tree are built into the program; an operator can install newer ones, which are
 * kept in the store, so that a framework or a list of boards changes without a release.  Both are
 * seen alike here.  What a pack holds is read by the capability that it is for (struct
 * pack_reader), mostly row by row of a table (pack_table.h); this folder reads frameworks itself
 * (framework.h).  Both headers come with this one.
 *
 * Owns the tables pack and pack_file.
 */
#ifndef PROGRAMME_PACK_PACK_H
#define PROGRAMME_PACK_PACK_H

#include "platform/base/ctx.h"

#include <stddef.h>

enum {
    PACK_FILES_MAX = 50,
    PACK_FILE_BYTES_MAX = 32 << 20,
    PACKS_MAX = 1000 /* names and versions together */
};

struct pack_file {
    const char *path; /* a plain name, "boards.csv"                              */
    const char *what; /* one line about it                                       */
    const char *bytes;
    size_t size_bytes;
};

struct pack {
    const char *name;    /* "boards"                                                       */
    const char *version; /* numbers parted by dots, "2026.1"                               */
    const char *title;
    const char *holds;       /* what kind of thing it is, "boards": chooses the reader      */
    const char *valid_from;  /* the first day it is in force, YYYY-MM-DD                    */
    const char *valid_until; /* the last; "": no end is known                               */
    const char *as_at;       /* the day that its contents describe                          */
    const char *source;
    const char *licence;
    const char *attribution; /* to be shown where the data is used; "": nothing is owed     */
    const char *manifest;    /* pack.json as it stands */
    struct pack_file *files; /* bytes are there after pack_find, pack_on and pack_read only */
    size_t file_count;
    bool is_built_in;
};

/* Every pack, built in and installed, by name, oldest version first; without the files' bytes. */
MUST_CHECK enum status pack_list(struct ctx *ctx, struct pack **out, size_t *count_out);

/* One version of a pack.  Where the same is built in and installed, the installed one is given.
 * ERR_NOT_FOUND  there is none */
MUST_CHECK enum status pack_find(struct ctx *ctx, const char *name, const char *version,
                                 struct pack *out);

/*
 * The pack in force on a day (YYYY-MM-DD): of the versions that are valid then, the newest.
 *
 * ERR_NOT_FOUND  no version was in force
 */
MUST_CHECK enum status pack_on(struct ctx *ctx, const char *name, const char *day,
                               struct pack *out);

/* The newest version, in force or not: for data that says its own days.  ERR_NOT_FOUND: none. */
MUST_CHECK enum status pack_newest(struct ctx *ctx, const char *name, struct pack *out);

/* One of its files.  ERR_NOT_FOUND: the manifest names none so. */
MUST_CHECK enum status pack_file(struct ctx *ctx, const struct pack *pack, const char *path,
                                 const struct pack_file **out);

/* The same as an open file that stands at its beginning, for readers of files; closed with
 * ctx->mem. */
MUST_CHECK enum status pack_file_open(struct ctx *ctx, const struct pack *pack, const char *path,
                                      int *file_out);

/* ---- taking in ---- */

/* What a capability does with the packs that are for it. */
struct pack_reader {
    const char *holds; /* NULL ends a table */
    /* ERR_INVALID: ctx->fault names file, place and reason.  May be NULL. */
    enum status (*check)(struct ctx *ctx, const struct pack *pack);
    /* Puts the contents where they are used; taking the same again changes nothing.  NULL: the
     * pack is read where it lies. */
    enum status (*take)(struct ctx *ctx, const struct pack *pack);
};

/* For packs that hold a framework. */
extern const struct pack_reader framework_pack_readers[];

/*
 * Reads the pack in a folder of this machine and checks its manifest: every member known and of
 * its type, every file there, no file too large.
 *
 * ERR_NOT_FOUND  no such folder, or no pack.json in it
 * ERR_INVALID    ctx->fault names the file, the place in it and what is wrong
 */
MUST_CHECK enum status pack_read(struct ctx *ctx, const char *folder, struct pack *out);

/*
 * Checks what a pack holds with the reader that knows it.  readers is a NULL-ended list of tables.
 *
 * ERR_INVALID  as above, or nobody reads what it holds
 */
MUST_CHECK enum status pack_check(struct ctx *ctx, const struct pack_reader *const *readers,
                                  const struct pack *pack);

/*
 * Checks a pack, keeps it in the store (unless it is built in) and lets its reader take it, in one
 * transaction.  Installing the same again changes nothing.
 *
 * ERR_INVALID   as pack_check
 * ERR_CONFLICT  this version is known with other contents: a change needs a new version
 */
MUST_CHECK enum status pack_install(struct ctx *ctx, const struct pack_reader *const *readers,
                                    const struct pack *pack);

/* Below 0, 0 or above 0 as version a is older than, the same as, or newer than b. */
int pack_version_compare(const char *a, const char *b);

#include "programme/pack/framework.h"
#include "programme/pack/pack_table.h"

#endif
