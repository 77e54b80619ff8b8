/* SPDX-License-Identifier: MIT */
/*
 * answers.h - what somebody sent, by name, exactly as it was typed.
 *
 * One shape for a form body, a multipart body, a query string, a JSON body and a saved draft, so
 * that all of them are read by the same table of fields (form.h).  Names of parts are joined with a
 * dash: `start_on-day`, `actions-0-measure`; several values of one name stand in order.
 */
#ifndef PLATFORM_WEB_ANSWERS_H
#define PLATFORM_WEB_ANSWERS_H

#include "platform/base/ctx.h"

struct form_answer {
    const char *name;
    const char *value; /* UTF-8, cleaned at the border (text_clean); a file's name as sent  */
    const char *file;  /* the bytes of an uploaded file; NULL: not a file                   */
    size_t file_bytes;
    const char *file_type;  /* what the sender says it is: never believed                        */
    const char *file_wrong; /* why the file could not be read, as said beside a field; NULL: fine */
};

struct form_answers {
    struct form_answer *items;
    size_t count, room;
};

enum {
    ANSWERS_COUNT_MAX = 2000,         /* pairs in one body          */
    ANSWERS_JSON_MARKS_MAX = 20000,   /* signs between values of a JSON body: see answers_json.c */
    ANSWERS_NAME_BYTES_MAX = 100,     /* of a name                  */
    ANSWERS_VALUE_BYTES_MAX = 1048576 /* of a value that is no file: what a body may hold, so that a
                                       field can say itself that it is too long */
};

/* The first value of that name; "" when there is none. */
const char *answers_get(const struct form_answers *answers, const char *name);

/* The whole first answer of that name, e.g. a file; NULL when there is none. */
const struct form_answer *answers_find(const struct form_answers *answers, const char *name);

bool answers_has(const struct form_answers *answers, const char *name);

/* Adds a pair; copies name and value into mem. */
void answers_add(struct mem *mem, struct form_answers *answers, const char *name,
                 const char *value);

/* Removes every pair whose name is name, or begins with name and a dash. */
void answers_remove(struct form_answers *answers, const char *name);

/*
 * Reads application/x-www-form-urlencoded text (also a query string).
 * Control characters, which word processors paste, become a space or a line feed.
 * ERR_INVALID  a broken % escape, invalid UTF-8, a NUL, or a limit passed; out then holds what was
 *              read before it, cleaned
 */
MUST_CHECK enum status answers_from_urlencoded(struct ctx *ctx, const char *text, size_t bytes,
                                               struct form_answers *out);

/* Reads multipart/form-data; the boundary comes from content_type.  Statuses as above. */
MUST_CHECK enum status answers_from_multipart(struct ctx *ctx, const char *content_type,
                                              const char *body, size_t bytes,
                                              struct form_answers *out);

/*
 * Reads a JSON object: members become names, arrays of texts repeated names, arrays of objects
 * `name-0-member`, objects `name-member`; true/false become "yes"/"no", numbers their text, null
 * nothing.  Nesting is at most 4.  An object with a text `content` is a file: that is its bytes in
 * base64, `name` its name and `type` what it is said to be; content that is no base64 is a file
 * that could not be read (file_wrong).
 * ERR_INVALID  not JSON, not an object, or a limit passed; ctx->fault says where
 */
MUST_CHECK enum status answers_from_json(struct ctx *ctx, const char *text, size_t bytes,
                                         struct form_answers *out);

/* The pairs as one line of JSON ([["name","value"],...]) for the store, and back. */
const char *answers_pack(struct mem *mem, const struct form_answers *answers);
MUST_CHECK enum status answers_unpack(struct ctx *ctx, const char *packed,
                                      struct form_answers *out);

#endif
