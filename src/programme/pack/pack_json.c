/* SPDX-License-Identifier: MIT */
/* pack_json.c - reads JSON files by the member, with faults that say file, place and reason. */
#include "programme/pack/pack_json.h"

#include "platform/base/text.h"
#include "platform/base/time.h"

#include <stdarg.h>
#include <string.h>

enum { CODE_CHARS_MAX = 60 };

static void let_go(void *root)
{
    json_decref(root);
}

enum status json_at_begin(struct ctx *ctx, const char *file, const char *bytes, size_t size_bytes,
                          struct json_at *out)
{
    json_error_t error;
    json_t *root = json_loadb(bytes, size_bytes, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL)
        return ctx_fail(ctx, ERR_INVALID, "%s: line %d, column %d: %s", file, error.line,
                        error.column, text_repair(ctx->mem, error.text, strlen(error.text)));
    mem_at_end(ctx->mem, let_go, root);
    *out = (struct json_at){.ctx = ctx, .file = file, .path = "", .value = root};
    if (!json_is_object(root))
        return json_at_refuse(out, NULL, "is not an object");
    return OK;
}

enum status json_at_refuse(const struct json_at *at, const char *member, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    const char *reason = mem_vformat(at->ctx->mem, format, ap);
    va_end(ap);
    bool has_path = at->path[0] != '\0';
    return ctx_fail(at->ctx, ERR_INVALID, "%s: %s%s%s%s%s", at->file, at->path,
                    has_path && member != NULL ? "." : "", member != NULL ? member : "",
                    has_path || member != NULL ? ": " : "", reason);
}

enum status json_at_only(const struct json_at *at, const char *const *names)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(size_t)at->value, key, value)
    {
        bool is_known = false;
        for (size_t i = 0; names[i] != NULL && !is_known; i++)
            is_known = strcmp(names[i], key) == 0;
        if (!is_known)
            return json_at_refuse(at, key, "is not a member that belongs here");
    }
    return OK;
}

static enum status read_text(const struct json_at *at, const char *member, const json_t *value,
                             const char **out)
{
    if (!json_is_string(value))
        return json_at_refuse(at, member, "is not a text");
    const char *bytes = json_string_value(value);
    size_t length = json_string_length(value);
    const char *clean;
    if (text_clean(at->ctx->mem, bytes, length, TEXT_LINE, &clean) != OK)
        return json_at_refuse(at, member, "holds characters that no text should hold");
    if (strlen(clean) != length || memcmp(clean, bytes, length) != 0)
        return json_at_refuse(at, member,
                              "has spaces at an end, or characters that cannot be seen");
    *out = clean;
    return OK;
}

enum status json_at_text_if_any(const struct json_at *at, const char *member, const char **out)
{
    *out = "";
    const json_t *value = json_object_get(at->value, member);
    return value == NULL ? OK : read_text(at, member, value, out);
}

enum status json_at_text(const struct json_at *at, const char *member, const char **out)
{
    const json_t *value = json_object_get(at->value, member);
    if (value == NULL)
        return json_at_refuse(at, member, "is missing");
    TRY(read_text(at, member, value, out));
    if ((*out)[0] == '\0')
        return json_at_refuse(at, member, "is empty");
    return OK;
}

enum status json_at_code(const struct json_at *at, const char *member, const char **out)
{
    TRY(json_at_text(at, member, out));
    size_t length = strspn(*out, "abcdefghijklmnopqrstuvwxyz0123456789.-");
    if ((*out)[length] != '\0' || length > CODE_CHARS_MAX)
        return json_at_refuse(
            at, member, "\"%s\" is not a code of small letters, digits, dots and hyphens", *out);
    return OK;
}

enum status json_at_day_if_any(const struct json_at *at, const char *member, const char **out)
{
    TRY(json_at_text_if_any(at, member, out));
    if ((*out)[0] != '\0' && !time_day_is_valid(*out))
        return json_at_refuse(at, member, "\"%s\" is not a day, such as 2026-04-01", *out);
    return OK;
}

enum status json_at_day(const struct json_at *at, const char *member, const char **out)
{
    TRY(json_at_text(at, member, out));
    return json_at_day_if_any(at, member, out);
}

enum status json_at_count(const struct json_at *at, const char *member, int64_t least, int64_t most,
                          int64_t *out)
{
    const json_t *value = json_object_get(at->value, member);
    if (value == NULL)
        return json_at_refuse(at, member, "is missing");
    if (!json_is_integer(value))
        return json_at_refuse(at, member, "is not a whole number");
    *out = json_integer_value(value);
    if (*out < least || *out > most)
        return json_at_refuse(at, member, "is not between %lld and %lld", (long long)least,
                              (long long)most);
    return OK;
}

enum status json_at_flag(const struct json_at *at, const char *member, bool *out)
{
    const json_t *value = json_object_get(at->value, member);
    if (value != NULL && !json_is_boolean(value))
        return json_at_refuse(at, member, "is neither true nor false");
    *out = json_is_true(value);
    return OK;
}

enum status json_at_list(const struct json_at *at, const char *member, size_t least,
                         struct json_at *out, size_t *count_out)
{
    const json_t *value = json_object_get(at->value, member);
    if (value == NULL)
        return json_at_refuse(at, member, "is missing");
    if (!json_is_array(value))
        return json_at_refuse(at, member, "is not a list");
    if (json_array_size(value) < least)
        return json_at_refuse(at, member, "holds fewer than %zu", least);
    *out = *at;
    out->path = at->path[0] == '\0' ? mem_text(at->ctx->mem, member)
                                    : mem_format(at->ctx->mem, "%s.%s", at->path, member);
    out->value = value;
    *count_out = json_array_size(value);
    return OK;
}

struct json_at json_at_item(const struct json_at *list, size_t i)
{
    struct json_at item = *list;
    item.path = mem_format(list->ctx->mem, "%s[%zu]", list->path, i);
    item.value = json_array_get(list->value, i);
    return item;
}

enum status json_at_object(const struct json_at *list, size_t i, struct json_at *out)
{
    *out = json_at_item(list, i);
    if (!json_is_object(out->value))
        return json_at_refuse(out, NULL, "is not an object");
    return OK;
}

enum status json_at_texts(const struct json_at *at, const char *member, size_t least,
                          const char ***out, size_t *count_out)
{
    struct json_at list = *at;
    TRY(json_at_list(at, member, least, &list, count_out));
    *out = mem_array(at->ctx->mem, const char *, *count_out);
    for (size_t i = 0; i < *count_out; i++) {
        struct json_at item = json_at_item(&list, i);
        TRY(read_text(&item, NULL, item.value, &(*out)[i]));
        if ((*out)[i][0] == '\0')
            return json_at_refuse(&item, NULL, "is empty");
    }
    return OK;
}
