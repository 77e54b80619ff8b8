/* SPDX-License-Identifier: MIT */
/* form_internal.h - what the parts of form share; nobody else includes it. */
#ifndef PLATFORM_WEB_FORM_INTERNAL_H
#define PLATFORM_WEB_FORM_INTERNAL_H

#include "platform/web/form.h"

struct json_t;

/* prefix and name joined; "" and NULL are no prefix. */
const char *form_name(struct mem *mem, const char *prefix, const char *name);

/* The value of `prefix name - part`; part NULL: of the field itself. */
const char *form_value(struct mem *mem, const struct form_answers *answers, const char *name,
                       const char *part);

/* Whether the field is asked, given the raw answers beside it (`.when`, `.is`): the field that it
 * depends on has that answer and is itself asked. */
bool form_applies(struct mem *mem, const struct form_field *fields, const struct form_field *field,
                  const struct form_answers *answers, const char *prefix);

/* The field's options, fixed or from the store; an empty list when it has none. */
MUST_CHECK enum status form_options(struct ctx *ctx, const struct form_field *field,
                                    const void *form, const struct form_option **out);

/* Whether one of the answers of that name has that value. */
bool form_holds(const struct form_answers *answers, const char *name, const char *value);

/* Whether a file is among the fields; NULL: no. */
bool form_has_files(const struct form_field *fields);

/* Nothing but white space. */
bool form_is_blank(const char *text);

/* "Start date" as it stands inside a sentence: "start date"; abbreviations keep their letters. */
const char *form_lower_first(struct mem *mem, const char *text);

/* How many items of a group there are: one more than the greatest index among the names. */
size_t form_items(const struct form_answers *answers, const char *name);

/* Adds each field's JSON Schema to the object properties, and the names of those that must be there
 * to the array required, which may be NULL.  Both are jansson's. */
void form_schema_members(const struct form_field *fields, struct json_t *properties,
                         struct json_t *required);

/* "Start date", or "Your answer" when the label is a question. */
const char *form_subject(const struct form_field *field);

/* The greatest length in characters. */
size_t form_length_most(const struct form_field *field);

/* Sets the members of all fields to "not answered": "" rather than NULL for text. */
void form_clear(const struct form_field *fields, void *form);

/* The three inputs of a date, or one YYYY-MM-DD under the name itself. */
struct form_date {
    const char *day;     /* YYYY-MM-DD; "" when nothing was typed, or something else than a date */
    const char *problem; /* what is wrong, beginning with the subject; NULL: nothing             */
};
struct form_date form_date_read(struct mem *mem, const struct form_answers *answers,
                                const char *name, const char *subject);

/* A whole number as people type it: spaces, commas, a pound or percent sign are fine.
 * money: up to two decimals, result in pence.  False: not a number. */
bool form_number_read(const char *typed, enum form_kind kind, int64_t *out);

/* A number as people write it, in the unit of its kind. */
const char *form_number_text(struct mem *mem, enum form_kind kind, int64_t n);

#endif
