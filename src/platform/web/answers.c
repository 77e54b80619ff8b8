/* SPDX-License-Identifier: MIT */
/*
 * answers.c - pairs of name and value, read from urlencoded text and kept as a line of JSON.
 *
 * Everything read from outside goes through answers_take, where the limits stand and where the text
 * is cleaned.  A control character other than NUL is no reason to lose what somebody typed (word
 * processors paste vertical tabs): it becomes a space or a line feed.  NUL and bytes that are not
 * UTF-8 come from no keyboard and are refused.
 */
#include "platform/web/answers.h"

#include "platform/base/text.h"
#include "platform/web/answers_take.h"

#include <jansson.h>
#include <string.h>

enum { FIRST_ROOM = 16 };

const struct form_answer *answers_find(const struct form_answers *answers, const char *name)
{
    for (size_t i = 0; i < answers->count; i++)
        if (strcmp(answers->items[i].name, name) == 0)
            return &answers->items[i];
    return NULL;
}

const char *answers_get(const struct form_answers *answers, const char *name)
{
    const struct form_answer *answer = answers_find(answers, name);
    return answer != NULL ? answer->value : "";
}

bool answers_has(const struct form_answers *answers, const char *name)
{
    return answers_find(answers, name) != NULL;
}

struct form_answer *answers_push(struct mem *mem, struct form_answers *answers)
{
    if (answers->count == answers->room) {
        size_t room = answers->room == 0 ? FIRST_ROOM : answers->room * 2;
        struct form_answer *items = mem_array(mem, struct form_answer, room);
        if (answers->count > 0)
            memcpy(items, answers->items, answers->count * sizeof *items);
        answers->items = items;
        answers->room = room;
    }
    struct form_answer *item = &answers->items[answers->count++];
    *item = (struct form_answer){.name = "", .value = ""};
    return item;
}

void answers_add(struct mem *mem, struct form_answers *answers, const char *name, const char *value)
{
    struct form_answer *item = answers_push(mem, answers);
    item->name = mem_text(mem, name);
    item->value = mem_text(mem, value);
}

void answers_remove(struct form_answers *answers, const char *name)
{
    size_t length = strlen(name), kept = 0;
    for (size_t i = 0; i < answers->count; i++) {
        const char *has = answers->items[i].name;
        if (strncmp(has, name, length) == 0 && (has[length] == '\0' || has[length] == '-'))
            continue;
        answers->items[kept++] = answers->items[i];
    }
    answers->count = kept;
}

/* ---- the border ---- */

static bool is_control(char byte)
{
    return (unsigned char)byte < ' ' && byte != '\0' && byte != '\t' && byte != '\n' &&
           byte != '\r';
}

static const char *without_controls(struct mem *mem, const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length && !is_control(bytes[at]) && bytes[at] != 0x7f)
        at++;
    if (at == length)
        return bytes;
    char *copy = mem_copy(mem, bytes, length);
    for (; at < length; at++) {
        if (copy[at] == '\v' || copy[at] == '\f')
            copy[at] = '\n';
        else if (is_control(copy[at]) || copy[at] == 0x7f)
            copy[at] = ' ';
    }
    return copy;
}

enum status answers_clean(struct ctx *ctx, const char *name, struct text_span typed,
                          const char **out)
{
    if (typed.length_bytes > ANSWERS_VALUE_BYTES_MAX)
        return ctx_fail(ctx, ERR_INVALID, "the value of \"%s\" is longer than %d bytes", name,
                        ANSWERS_VALUE_BYTES_MAX);
    const char *bytes = without_controls(ctx->mem, typed.bytes, typed.length_bytes);
    if (text_clean(ctx->mem, bytes, typed.length_bytes, TEXT_LONG, out) != OK)
        return ctx_fail(ctx, ERR_INVALID, "the value of \"%s\" is not text", name);
    return OK;
}

enum status answers_name(struct ctx *ctx, struct text_span sent, const char **out)
{
    if (sent.length_bytes > ANSWERS_NAME_BYTES_MAX)
        return ctx_fail(ctx, ERR_INVALID, "a name is longer than %d bytes", ANSWERS_NAME_BYTES_MAX);
    if (text_clean(ctx->mem, sent.bytes, sent.length_bytes, TEXT_LINE, out) != OK)
        return ctx_fail(ctx, ERR_INVALID, "a name is not text");
    return OK;
}

enum status answers_take(struct ctx *ctx, struct form_answers *out, const char *name,
                         struct text_span typed)
{
    const char *value;
    if (out->count >= ANSWERS_COUNT_MAX)
        return ctx_fail(ctx, ERR_INVALID, "more than %d answers", ANSWERS_COUNT_MAX);
    TRY(answers_clean(ctx, name, typed, &value));
    struct form_answer *item = answers_push(ctx->mem, out);
    item->name = name;
    item->value = value;
    return OK;
}

/* ---- application/x-www-form-urlencoded ---- */

static enum status take_coded_pair(struct ctx *ctx, const char *text, size_t bytes,
                                   struct form_answers *out)
{
    const char *equals = memchr(text, '=', bytes);
    size_t name_bytes = equals != NULL ? (size_t)(equals - text) : bytes;
    struct text_span coded_name = {text, name_bytes}, coded = {"", 0}, sent_name, typed;
    const char *name;

    if (equals != NULL)
        coded = (struct text_span){equals + 1, bytes - name_bytes - 1};
    if (text_percent_read(ctx->mem, coded_name, TEXT_PERCENT_FORM, &sent_name) != OK ||
        text_percent_read(ctx->mem, coded, TEXT_PERCENT_FORM, &typed) != OK)
        return ctx_fail(ctx, ERR_INVALID, "a %% without two hexadecimal digits");
    TRY(answers_name(ctx, sent_name, &name));
    return answers_take(ctx, out, name, typed);
}

enum status answers_from_urlencoded(struct ctx *ctx, const char *text, size_t bytes,
                                    struct form_answers *out)
{
    size_t at = 0;
    while (at < bytes) {
        const char *end = memchr(text + at, '&', bytes - at);
        size_t length = end != NULL ? (size_t)(end - text) - at : bytes - at;
        if (length > 0)
            TRY(take_coded_pair(ctx, text + at, length, out));
        at += length + 1;
    }
    return OK;
}

/* ---- the line of JSON in the store ---- */

static int add_json(const char *buffer, size_t size, void *builder)
{
    text_add_part(builder, buffer, size);
    return 0;
}

const char *answers_pack(struct mem *mem, const struct form_answers *answers)
{
    const char *text;
    struct text_builder builder = text_build(mem, (size_t)ANSWERS_COUNT_MAX * 8192);
    json_t *pairs = json_array();
    for (size_t i = 0; i < answers->count; i++) {
        const struct form_answer *item = &answers->items[i];
        json_array_append_new(pairs, json_pack("[ss]", item->name, item->value));
    }
    json_dump_callback(pairs, add_json, &builder, JSON_COMPACT);
    json_decref(pairs);
    return text_build_end(&builder, &text) == OK ? text : "[]";
}

static enum status unpack_pairs(struct ctx *ctx, json_t *pairs, struct form_answers *out)
{
    size_t i;
    json_t *pair;
    if (!json_is_array(pairs))
        return ctx_fail(ctx, ERR_INVALID, "saved answers are not a list");
    json_array_foreach(pairs, i, pair)
    {
        const char *name = json_string_value(json_array_get(pair, 0));
        const char *value = json_string_value(json_array_get(pair, 1));
        if (name == NULL || value == NULL)
            return ctx_fail(ctx, ERR_INVALID, "saved answer %zu is not a pair", i);
        answers_add(ctx->mem, out, name, value);
    }
    return OK;
}

enum status answers_unpack(struct ctx *ctx, const char *packed, struct form_answers *out)
{
    json_error_t error;
    json_t *pairs = json_loads(packed, 0, &error);
    if (pairs == NULL)
        return ctx_fail(ctx, ERR_INVALID, "saved answers: %s at %d", error.text, error.position);
    enum status status = unpack_pairs(ctx, pairs, out);
    json_decref(pairs);
    return status;
}
