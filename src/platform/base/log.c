/* SPDX-License-Identifier: MIT */
/*
 * log.c - builds a line in memory of its own and writes it at once.
 *
 * A line that cannot be written is lost: the log is the last to know, and nothing is better served
 * by failing a request for it.
 */
#include "platform/base/log.h"

#include "platform/base/text.h"
#include "platform/base/time.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { TEXT_BYTES_MAX = 500, LINE_END_BYTES = sizeof ",\"cut\":true}\n" };

struct log {
    int descriptor;
    enum log_level least;
};

static const char *const level_names[] = {"debug", "info", "warn", "error"};

#define LOG_KEY_TEXT(name) #name,
static const char *const key_names[] = {LOG_KEYS(LOG_KEY_TEXT)};

struct log *log_open(struct mem *mem, int descriptor, enum log_level least)
{
    struct log *log = mem_new(mem, struct log);
    *log = (struct log){descriptor, least};
    return log;
}

enum log_level log_level_of(const char *name)
{
    for (size_t i = 0; i < sizeof level_names / sizeof level_names[0]; i++)
        if (strcmp(level_names[i], name) == 0)
            return (enum log_level)i;
    return LOG_INFO;
}

/* A JSON string.  Text is cut before it is made valid, so that a character cut in two is not. */
static const char *quoted(struct mem *mem, const char *text)
{
    struct text_builder to = text_build(mem, TEXT_BYTES_MAX * 6 + 2);
    text = text_repair(mem, text, strnlen(text, TEXT_BYTES_MAX));
    text_add(&to, "\"");
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            text_add_format(&to, "\\%c", c);
        else if (c < ' ' || c == 0x7f)
            text_add_format(&to, "\\u%04x", c);
        else
            text_add_part(&to, text, 1);
    }
    text_add(&to, "\"");
    const char *out;
    return text_build_end(&to, &out) == OK ? out : "\"\"";
}

static const char *field_text(struct mem *mem, const struct log_field *field)
{
    const char *value = "null";
    if (field->kind == LOG_FIELD_INT)
        value = mem_format(mem, "%lld", (long long)field->n);
    else if (field->text != NULL)
        value = quoted(mem, field->text);
    return mem_format(mem, ",\"%s\":%s", key_names[field->key], value);
}

static void write_whole(int descriptor, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(descriptor, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        bytes += written;
        length -= (size_t)written;
    }
}

void log_fields(struct ctx *ctx, enum log_level level, const char *event,
                const struct log_field *fields, size_t count)
{
    if (ctx->log == NULL || level < ctx->log->least)
        return;
    struct mem *mem = mem_child(ctx->mem);
    struct text_builder line = text_build(mem, LOG_LINE_BYTES - LINE_END_BYTES);
    text_add_format(&line, "{\"at\":\"%s\",\"level\":\"%s\",\"event\":%s",
                    time_rfc3339(mem, ctx->now_secs), level_names[level], quoted(mem, event));
    if (ctx->request_id != NULL && ctx->request_id[0] != '\0')
        text_add_format(&line, ",\"request\":%s", quoted(mem, ctx->request_id));
    for (size_t i = 0; i < count; i++)
        if (fields[i].kind != LOG_FIELD_NONE)
            text_add(&line, field_text(mem, &fields[i]));
    const char *fitted;
    bool is_cut = text_build_end(&line, &fitted) != OK;
    const char *whole = mem_format(mem, "%s%s}\n", fitted, is_cut ? ",\"cut\":true" : "");
    write_whole(ctx->log->descriptor, whole, strlen(whole));
    mem_end(mem);
}

void log_fault(struct ctx *ctx, enum log_level level, const char *event)
{
    log_event(ctx, level, event, LOG_TEXT(fault, ctx->fault != NULL ? ctx->fault : "none given"));
}
