/* SPDX-License-Identifier: MIT */
/* library_internal.h - what the files of this folder share. */
#ifndef PROGRAMME_LIBRARY_LIBRARY_INTERNAL_H
#define PROGRAMME_LIBRARY_LIBRARY_INTERNAL_H

#include "programme/library/library.h"
#include "programme/library/library.sql.h"

#define LIBRARY_PUBLISH_JOB "library.publish"

/* What is wrong with a draft, whatever pages there are; OK also when something is. */
MUST_CHECK enum status library_draft_check(struct ctx *ctx, const struct library_draft *draft,
                                           struct form_problems *problems);

/* Adds a problem when the address is another page's, or leads to another page. */
MUST_CHECK enum status library_path_check(struct ctx *ctx, int64_t page_id, const char *path,
                                          struct form_problems *problems);

/* A version more, in the caller's transaction.  ERR_CONFLICT: it is not the next. */
struct library_adding {
    int64_t page_id, number; /* of the new version */
    const struct library_draft *draft;
    const char *origin, *origin_note;
    bool is_address_taken; /* by another page: this one keeps the address that it has */
};
MUST_CHECK enum status library_version_put(struct ctx *ctx, const struct library_adding *adding);

/* Makes a version live, in the caller's transaction.  ERR_INVALID: its address is not free. */
MUST_CHECK enum status library_go_live(struct ctx *ctx, int64_t page_id, int64_t number,
                                       struct form_problems *problems);

/* Tells search/ and links/ what is public. */
MUST_CHECK enum status library_announce(struct ctx *ctx, const struct library_page *page,
                                        const struct library_version *version);
MUST_CHECK enum status library_renounce(struct ctx *ctx, const struct library_page *page);

/* Reads a file of a pack.  ERR_INVALID: ctx->fault says file, line and reason. */
MUST_CHECK enum status library_front_read(struct ctx *ctx, const char *path, const char *bytes,
                                          size_t size_bytes, struct library_draft *out);

/* A line of `steps`: [words](/address).  False: it is another thing. */
bool library_step_read(struct mem *mem, const char *line, const char **words_out,
                       const char **href_out);

#endif
