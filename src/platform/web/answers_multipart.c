/* SPDX-License-Identifier: MIT */
/*
 * answers_multipart.c - reads multipart/form-data (RFC 7578), no more of it than browsers send.
 *
 * The body is in memory and limited by the dispatcher, so a file is not copied: its bytes stay
 * where they are in the body.  Strict: nothing before the first boundary, each part with one
 * Content-Disposition of form-data with a name, a last boundary at the end.
 */
#include "platform/web/answers.h"

#include "platform/web/answers_take.h"

#include <string.h>
#include <strings.h>

enum { BOUNDARY_BYTES_MAX = 70, PART_HEAD_BYTES_MAX = 4096 };

struct part {
    const char *name;      /* NULL: none yet      */
    const char *file_name; /* NULL: not a file    */
    const char *type;      /* "" when not said    */
    const char *content;
    size_t content_bytes;
};

static enum status broken(struct ctx *ctx, const char *what)
{
    return ctx_fail(ctx, ERR_INVALID, "multipart: %s", what);
}

static bool may_be_in_boundary(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("'()+_,-./:=? ", c) != NULL);
}

/* RFC 2046, 5.1.1.  Out: CRLF, two dashes and the boundary, as it stands between parts. */
static enum status read_boundary(struct ctx *ctx, const char *content_type, const char **out)
{
    const char *at = strcasestr(content_type, "boundary=");
    if (at == NULL)
        return broken(ctx, "no boundary");
    at += strlen("boundary=");
    size_t length = *at == '"' ? strcspn(++at, "\"") : strcspn(at, "; \t");
    if (length == 0 || length > BOUNDARY_BYTES_MAX || at[length - 1] == ' ')
        return broken(ctx, "the boundary is empty or too long");
    for (size_t i = 0; i < length; i++)
        if (!may_be_in_boundary(at[i]))
            return broken(ctx, "the boundary has a sign that none may have");
    *out = mem_format(ctx->mem, "\r\n--%.*s", (int)length, at);
    return OK;
}

/* The value of a quoted parameter such as ` name="..."`, as browsers write it: %22, %0D and %0A
 * stand for what may not be there (HTML, "multipart/form-data encoding algorithm"). */
static enum status read_parameter(struct ctx *ctx, const char *line, const char *parameter,
                                  struct text_span *out)
{
    const char *at = line;
    size_t length = strlen(parameter);
    while ((at = strchr(at, ';')) != NULL) {
        at += 1 + strspn(at + 1, " \t");
        if (strncasecmp(at, parameter, length) != 0 || at[length] != '=')
            continue;
        at += length + 1;
        if (*at != '"')
            return broken(ctx, "a parameter without quotes");
        struct text_builder value = text_build(ctx->mem, PART_HEAD_BYTES_MAX);
        for (at++; *at != '"'; at++) {
            if (*at == '\0')
                return broken(ctx, "a quote that does not end");
            if (at[0] == '\\' && at[1] == '"')
                at++;
            else if (strncasecmp(at, "%22", 3) == 0) {
                text_add(&value, "\"");
                at += 2;
                continue;
            }
            text_add_part(&value, at, 1);
        }
        TRY(text_build_end(&value, &out->bytes));
        out->length_bytes = strlen(out->bytes);
        return OK;
    }
    return ERR_NOT_FOUND;
}

static enum status read_disposition(struct ctx *ctx, const char *value, struct part *part)
{
    struct text_span span;
    if (part->name != NULL)
        return broken(ctx, "two dispositions in one part");
    if (strncasecmp(value, "form-data", strlen("form-data")) != 0)
        return broken(ctx, "a part that is not form-data");
    enum status status = read_parameter(ctx, value, "name", &span);
    if (status == ERR_NOT_FOUND)
        return broken(ctx, "a part without a name");
    TRY(status);
    TRY(answers_name(ctx, span, &part->name));
    status = read_parameter(ctx, value, "filename", &span);
    if (status == ERR_NOT_FOUND)
        return OK;
    TRY(status);
    if (text_clean(ctx->mem, span.bytes, span.length_bytes, TEXT_LINE, &part->file_name) != OK)
        return broken(ctx, "a file name that is not text");
    return OK;
}

static enum status read_head_line(struct ctx *ctx, const char *line, struct part *part)
{
    const char *colon = strchr(line, ':');
    if (colon == NULL)
        return broken(ctx, "a head line without a colon");
    size_t length = (size_t)(colon - line);
    const char *value = colon + 1 + strspn(colon + 1, " \t");
    if (length == strlen("content-disposition") &&
        strncasecmp(line, "content-disposition", length) == 0)
        return read_disposition(ctx, value, part);
    if (length == strlen("content-type") && strncasecmp(line, "content-type", length) == 0 &&
        text_clean(ctx->mem, value, strlen(value), TEXT_LINE, &part->type) != OK)
        return broken(ctx, "a type that is not text");
    return OK;
}

static enum status read_head(struct ctx *ctx, const char *head, size_t bytes, struct part *part)
{
    if (bytes > PART_HEAD_BYTES_MAX || memchr(head, '\0', bytes) != NULL)
        return broken(ctx, "the head of a part is too long or has a zero byte");
    for (size_t at = 0; at < bytes;) {
        const char *end = memmem(head + at, bytes - at, "\r\n", 2);
        size_t length = end != NULL ? (size_t)(end - head) - at : bytes - at;
        TRY(read_head_line(ctx, mem_text_part(ctx->mem, head + at, length), part));
        at += length + 2;
    }
    return part->name != NULL ? OK : broken(ctx, "a part without a disposition");
}

static enum status keep_part(struct ctx *ctx, const struct part *part, struct form_answers *out)
{
    struct text_span typed = {part->content, part->content_bytes};
    if (part->file_name == NULL)
        return answers_take(ctx, out, part->name, typed);
    if (out->count >= ANSWERS_COUNT_MAX)
        return ctx_fail(ctx, ERR_INVALID, "more than %d answers", ANSWERS_COUNT_MAX);
    struct form_answer *item = answers_push(ctx->mem, out);
    item->name = part->name;
    item->value = part->file_name;
    /* A file input left empty is sent as a file without name and content: no file. */
    if (part->file_name[0] == '\0' && part->content_bytes == 0)
        return OK;
    item->file = part->content;
    item->file_bytes = part->content_bytes;
    item->file_type = part->type;
    return OK;
}

/* Reads the part that begins at *at (behind its boundary line) and moves *at behind its end. */
static enum status read_part(struct ctx *ctx, struct text_span body, const char *boundary,
                             size_t *at, struct form_answers *out)
{
    struct part part = {.type = ""};
    const char *begin = body.bytes + *at;
    size_t left = body.length_bytes - *at;
    size_t head_room = left < PART_HEAD_BYTES_MAX + 4 ? left : PART_HEAD_BYTES_MAX + 4;
    const char *head_end = memmem(begin, head_room, "\r\n\r\n", 4);
    if (head_end == NULL)
        return broken(ctx, "the head of a part does not end");
    part.content = head_end + 4;
    left -= (size_t)(part.content - begin);
    const char *end = memmem(part.content, left, boundary, strlen(boundary));
    if (end == NULL)
        return broken(ctx, "a part does not end");
    part.content_bytes = (size_t)(end - part.content);
    TRY(read_head(ctx, begin, (size_t)(head_end - begin), &part));
    *at = (size_t)(end - body.bytes) + strlen(boundary);
    return keep_part(ctx, &part, out);
}

enum status answers_from_multipart(struct ctx *ctx, const char *content_type, const char *body,
                                   size_t bytes, struct form_answers *out)
{
    const char *boundary = NULL;
    struct text_span whole = {body, bytes};
    TRY(read_boundary(ctx, content_type, &boundary));
    size_t at = strlen(boundary) - 2;
    if (bytes < at || memcmp(body, boundary + 2, at) != 0)
        return broken(ctx, "it does not begin with its boundary");
    for (;;) {
        if (bytes - at >= 2 && memcmp(body + at, "--", 2) == 0)
            return OK;
        if (bytes - at < 2 || memcmp(body + at, "\r\n", 2) != 0)
            return broken(ctx, "it is cut off");
        at += 2;
        TRY(read_part(ctx, whole, boundary, &at, out));
    }
}
