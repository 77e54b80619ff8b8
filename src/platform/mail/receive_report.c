/* SPDX-License-Identifier: MIT */
/* receive_report.c - reads the groups of fields of a delivery status notification. */
#include "platform/mail/receive_report.h"

#include "platform/mail/receive_text.h"

#include <string.h>
#include <strings.h>

enum { REPORT_BYTES_MAX = 64 * 1024 };

/* A field ends where a line does that no line with a space in front follows. */
static const char *end_of_field(const char *at)
{
    for (;; at++) {
        at += strcspn(at, "\n");
        if (*at == '\0' || (at[1] != ' ' && at[1] != '\t'))
            return at;
    }
}

const char *receive_field(struct ctx *ctx, const char *headers, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = headers; *at != '\0';) {
        const char *end = end_of_field(at);
        if (strncasecmp(at, name, length) == 0 && at[length] == ':') {
            struct text_builder value = text_build(ctx->mem, (size_t)(end - at));
            const char *out;
            for (const char *c = at + length + 1; c < end; c++) /* a fold ends before its space */
                if (*c != '\n')
                    text_add_part(&value, c, 1);
            if (text_build_end(&value, &out) != OK)
                ctx->fault = NULL;
            return receive_clean(ctx, (struct text_span){out, strlen(out)}, TEXT_LINE,
                                 MAIL_RECEIVED_HEADER_CHARS_MAX);
        }
        at = *end == '\0' ? end : end + 1;
    }
    return "";
}

const char *receive_bare(struct ctx *ctx, const char *text)
{
    const char *begin = text + strspn(text, " <");
    return mem_text_part(ctx->mem, begin, strcspn(begin, " >"));
}

/* "rfc822; ana@trust.example" */
static const char *behind_type(struct ctx *ctx, const char *value)
{
    const char *semicolon = strchr(value, ';');
    return receive_bare(ctx, semicolon != NULL ? semicolon + 1 : value);
}

static const char *small_letters(struct ctx *ctx, const char *text)
{
    return text_email_key(ctx->mem, text);
}

/* Digits and two dots: class, subject and detail (RFC 3463). */
static const char *status_of(struct ctx *ctx, const char *value)
{
    const char *status = mem_text_part(ctx->mem, value, strspn(value, "0123456789."));
    const char *dot = strchr(status, '.');
    bool is_one = strchr("245", status[0]) != NULL && dot == status + 1 &&
                  strchr(dot + 1, '.') != NULL && strlen(status) <= 9;
    return status[0] != '\0' && is_one ? status : "";
}

static bool read_group(struct ctx *ctx, const char *group, struct mail_reported *out)
{
    const char *original = receive_field(ctx, group, "Original-Recipient");
    const char *final = receive_field(ctx, group, "Final-Recipient");
    const char *reason = receive_field(ctx, group, "Diagnostic-Code");
    const char *action = receive_field(ctx, group, "Action");
    *out = (struct mail_reported){
        .address = behind_type(ctx, original[0] != '\0' ? original : final),
        .action = small_letters(ctx, receive_bare(ctx, action)),
        .status = status_of(ctx, receive_field(ctx, group, "Status")),
        .reason = reason,
    };
    return out->address[0] != '\0' && out->action[0] != '\0';
}

/* Lines end as they like; groups have an empty line between them. */
static char *with_line_feeds(struct ctx *ctx, struct text_span part)
{
    size_t length = part.length_bytes < REPORT_BYTES_MAX ? part.length_bytes : REPORT_BYTES_MAX;
    char *text = receive_copy(ctx, part.bytes, length);
    size_t to = 0;
    for (size_t i = 0; i < length; i++)
        if (text[i] != '\r' && text[i] != '\0')
            text[to++] = text[i];
    text[to] = '\0';
    return text;
}

void receive_report(struct ctx *ctx, struct text_span part, struct mail_received *into)
{
    struct mail_reported *reported =
        mem_array(ctx->mem, struct mail_reported, MAIL_RECEIVED_REPORTS_MAX);
    char *at = with_line_feeds(ctx, part);
    size_t count = 0;
    while (at != NULL && count < MAIL_RECEIVED_REPORTS_MAX) {
        char *end = strstr(at, "\n\n");
        if (end != NULL)
            *end = '\0';
        count += read_group(ctx, at, &reported[count]);
        at = end != NULL ? end + 2 : NULL;
    }
    into->reported = reported;
    into->reported_count = count;
}
