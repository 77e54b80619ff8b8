/* SPDX-License-Identifier: MIT */
/*
 * answers_json.c - a JSON object as the same pairs that a form would have sent.
 *
 * So that page and API cannot differ: what is true of a form's field is true of the member of its
 * name.  jansson does the parsing, strictly (no duplicates, no NUL in a text).
 *
 * A body with files may be large, and a parsed value needs many times the bytes of a short one: so
 * the signs between values are counted before anything is parsed.
 */
#include "platform/web/answers.h"

#include "platform/web/answers_take.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 4, NUMBER_BYTES = 40 };

/* The shortest text that reads back as the same number: 0.1, not 0.10000000000000001. */
static void write_real(char *text, double real)
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, NUMBER_BYTES, "%.*g", digits, real);
        if (fabs(strtod(text, NULL) - real) <= 0)
            return;
    }
}

static enum status take_text(struct ctx *ctx, const char *name, const char *text,
                             struct form_answers *out)
{
    return answers_take(ctx, out, name, (struct text_span){text, strlen(text)});
}

static enum status take_plain(struct ctx *ctx, const char *name, const json_t *value,
                              struct form_answers *out)
{
    char number[NUMBER_BYTES];
    switch (json_typeof(value)) {
    case JSON_STRING:
        return answers_take(
            ctx, out, name,
            (struct text_span){json_string_value(value), json_string_length(value)});
    case JSON_INTEGER:
        snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return take_text(ctx, name, number, out);
    case JSON_REAL:
        write_real(number, json_real_value(value));
        return take_text(ctx, name, number, out);
    case JSON_TRUE:
        return take_text(ctx, name, "yes", out);
    case JSON_FALSE:
        return take_text(ctx, name, "no", out);
    case JSON_NULL:
        return OK;
    default:
        return ctx_fail(ctx, ERR_INVALID, "\"%s\" holds a list within a list", name);
    }
}

/* ---- files ---- */

static const char not_base64[] = "The file could not be read: send its content in base64, without "
                                 "line breaks";

static bool is_file(const json_t *value)
{
    return json_is_object(value) && json_is_string(json_object_get(value, "content"));
}

static enum status take_file(struct ctx *ctx, const char *name, const json_t *file,
                             struct form_answers *out)
{
    const json_t *content = json_object_get(file, "content");
    const char *said[] = {json_string_value(json_object_get(file, "name")),
                          json_string_value(json_object_get(file, "type"))};
    struct text_span bytes = {"", 0};
    const struct text_span coded = {json_string_value(content), json_string_length(content)};
    if (out->count >= ANSWERS_COUNT_MAX)
        return ctx_fail(ctx, ERR_INVALID, "more than %d answers", ANSWERS_COUNT_MAX);
    for (size_t i = 0; i < 2; i++)
        if (said[i] == NULL)
            said[i] = "";
        else
            TRY(answers_name(ctx, (struct text_span){said[i], strlen(said[i])}, &said[i]));
    struct form_answer *item = answers_push(ctx->mem, out);
    item->name = name;
    item->value = said[0];
    item->file_type = said[1];
    if (text_base64_read(ctx->mem, coded, &bytes) != OK)
        item->file_wrong = not_base64;
    item->file = bytes.bytes;
    item->file_bytes = bytes.length_bytes;
    return OK;
}

/* ---- objects and lists ---- */

static enum status take_object(struct ctx *ctx, const char *before, json_t *object, int depth,
                               struct form_answers *out);

static enum status take_list(struct ctx *ctx, const char *name, json_t *list, int depth,
                             struct form_answers *out)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        if (json_is_object(item))
            TRY(take_object(ctx, mem_format(ctx->mem, "%s-%zu-", name, i), item, depth + 1, out));
        else
            TRY(take_plain(ctx, name, item, out));
    }
    return OK;
}

static enum status take_object(struct ctx *ctx, const char *before, json_t *object, int depth,
                               struct form_answers *out)
{
    const char *key;
    json_t *value;
    if (depth > DEPTH_MAX)
        return ctx_fail(ctx, ERR_INVALID, "nested deeper than %d", DEPTH_MAX);
    json_object_foreach(object, key, value)
    {
        const char *name, *whole = mem_format(ctx->mem, "%s%s", before, key);
        TRY(answers_name(ctx, (struct text_span){whole, strlen(whole)}, &name));
        if (is_file(value))
            TRY(take_file(ctx, name, value, out));
        else if (json_is_object(value))
            TRY(take_object(ctx, mem_format(ctx->mem, "%s-", name), value, depth + 1, out));
        else if (json_is_array(value))
            TRY(take_list(ctx, name, value, depth + 1, out));
        else
            TRY(take_plain(ctx, name, value, out));
    }
    return OK;
}

/* Commas, colons and brackets outside of texts. */
static size_t marks_in(const char *text, size_t bytes)
{
    size_t marks = 0;
    bool is_inside = false;
    for (size_t i = 0; i < bytes; i++) {
        if (is_inside && text[i] == '\\')
            i++;
        else if (text[i] == '"')
            is_inside = !is_inside;
        else if (!is_inside)
            marks += text[i] == ',' || text[i] == ':' || text[i] == '[' || text[i] == '{';
    }
    return marks;
}

enum status answers_from_json(struct ctx *ctx, const char *text, size_t bytes,
                              struct form_answers *out)
{
    json_error_t error;
    if (marks_in(text, bytes) > ANSWERS_JSON_MARKS_MAX)
        return ctx_fail(ctx, ERR_INVALID, "more than %d signs between values",
                        ANSWERS_JSON_MARKS_MAX);
    json_t *object = json_loadb(text, bytes, JSON_REJECT_DUPLICATES, &error);
    if (object == NULL)
        return ctx_fail(ctx, ERR_INVALID, "line %d, column %d: %s", error.line, error.column,
                        text_repair(ctx->mem, error.text, strlen(error.text)));
    enum status status = json_is_object(object)
                             ? take_object(ctx, "", object, 1, out)
                             : ctx_fail(ctx, ERR_INVALID, "not an object with members");
    json_decref(object);
    return status;
}
