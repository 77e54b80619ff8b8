/* SPDX-License-Identifier: MIT */
/*
 * pack_json.h - reads JSON files by the member, with faults that say file, place and reason.
 *
 * "packs/x/actions.json: actions[3].measure: is missing".  For this folder only.  All functions
 * return ERR_INVALID with such a fault in ctx->fault.
 */
#ifndef PROGRAMME_PACK_PACK_JSON_H
#define PROGRAMME_PACK_PACK_JSON_H

#include "platform/base/ctx.h"

#include <jansson.h>

/* A value and where it stands. */
struct json_at {
    struct ctx *ctx;
    const char *file;
    const char *path; /* "actions[3]"; "" for the whole file */
    const json_t *value;
};

/* Parses a whole file, which must be one object; no member twice.  Ends with ctx->mem. */
MUST_CHECK enum status json_at_begin(struct ctx *ctx, const char *file, const char *bytes,
                                     size_t size_bytes, struct json_at *out);

/* Fails with "FILE: PATH.MEMBER: reason"; member may be NULL. */
enum status json_at_refuse(const struct json_at *at, const char *member, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Refuses members that are not among names (NULL-ended): a slip of the pen is no member. */
MUST_CHECK enum status json_at_only(const struct json_at *at, const char *const *names);

/* Text without control characters; the first must not be empty, the second may be or be absent. */
MUST_CHECK enum status json_at_text(const struct json_at *at, const char *member, const char **out);
MUST_CHECK enum status json_at_text_if_any(const struct json_at *at, const char *member,
                                           const char **out);

/* A code of small letters, digits, "." and "-", at most 60. */
MUST_CHECK enum status json_at_code(const struct json_at *at, const char *member, const char **out);

/* A day, YYYY-MM-DD; the second may be "". */
MUST_CHECK enum status json_at_day(const struct json_at *at, const char *member, const char **out);
MUST_CHECK enum status json_at_day_if_any(const struct json_at *at, const char *member,
                                          const char **out);

/* A whole number between two. */
MUST_CHECK enum status json_at_count(const struct json_at *at, const char *member, int64_t least,
                                     int64_t most, int64_t *out);

/* true or false; absent is false. */
MUST_CHECK enum status json_at_flag(const struct json_at *at, const char *member, bool *out);

/* A list of at least so many. */
MUST_CHECK enum status json_at_list(const struct json_at *at, const char *member, size_t least,
                                    struct json_at *out, size_t *count_out);
struct json_at json_at_item(const struct json_at *list, size_t i);

/* The item of a list, which must be an object. */
MUST_CHECK enum status json_at_object(const struct json_at *list, size_t i, struct json_at *out);

/* A list of texts, none empty. */
MUST_CHECK enum status json_at_texts(const struct json_at *at, const char *member, size_t least,
                                     const char ***out, size_t *count_out);

#endif
