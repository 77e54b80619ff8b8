/* SPDX-License-Identifier: MIT */
/* resource_internal.h - what the files of this folder share. */
#ifndef PROGRAMME_RESOURCE_RESOURCE_INTERNAL_H
#define PROGRAMME_RESOURCE_RESOURCE_INTERNAL_H

#include "programme/resource/resource.h"
#include "programme/resource/resource.sql.h"

/* Who owns the bytes of a document. */
const char *resource_owner(struct mem *mem, const char *reference);

/* A file that goes into a version, and what is said of it. */
struct resource_putting {
    const struct form_file *file;
    const char *role, *language;
    bool is_accessible;
};

/* Puts a file into a version under the next number, in the caller's transaction. */
MUST_CHECK enum status resource_put_file(struct ctx *ctx, const struct resource_row_row *row,
                                         int64_t version, const struct resource_putting *putting);

/* Writes what follows from the files of the newest version: formats, languages, words, and what
 * the search knows, and the links.  In the caller's transaction. */
MUST_CHECK enum status resource_settle(struct ctx *ctx, const char *reference);

/* Problems of one file under a field: what may not be given to everybody. */
MUST_CHECK enum status resource_check_file(struct ctx *ctx, const struct form_file *file,
                                           const char *field, struct form_problems *problems);

/* Whether people who cannot see could ever read a file of that ending. */
bool resource_is_picture(const char *ending);

#endif
