/* SPDX-License-Identifier: MIT */
/* campaign_merge.c - words with named fields, and a letter made of them. */
#include "programme/campaign/campaign.h"

#include "platform/base/text.h"

#include <stddef.h>
#include <string.h>

enum { BODY_BYTES_MAX = 200000, OWN_PARTS = 3 };

static const struct field {
    const char *name;
    size_t offset;
} fields[] = {{"organisation", offsetof(struct campaign_values, organisation)},
              {"leader", offsetof(struct campaign_values, leader)},
              {"region", offsetof(struct campaign_values, region)},
              {"days waiting", offsetof(struct campaign_values, days_waiting)},
              {"link", offsetof(struct campaign_values, link)}};

enum { FIELD_COUNT = sizeof fields / sizeof fields[0] };

const char campaign_field_names[] = "{organisation}, {leader}, {region}, {days waiting} and {link}";

static const struct field *field_at(const char *open, size_t length)
{
    for (size_t i = 0; i < FIELD_COUNT; i++)
        if (strlen(fields[i].name) == length && strncmp(fields[i].name, open + 1, length) == 0)
            return &fields[i];
    return NULL;
}

const char *campaign_fields_wrong(struct mem *mem, const char *text)
{
    for (const char *at = text; (at = strpbrk(at, "{}")) != NULL;) {
        const char *close = strpbrk(at + 1, "{}\n");
        if (*at == '}' || close == NULL || *close != '}')
            return "A “{” begins a field and a “}” ends it: one of them stands alone";
        size_t length = (size_t)(close - at) - 1;
        if (field_at(at, length) == NULL) {
            const char *typed = text_cut(mem, mem_text_part(mem, at + 1, length), 40);
            return mem_format(mem, "There is no field {%s}. The fields are %s", typed,
                              campaign_field_names);
        }
        at = close + 1;
    }
    return NULL;
}

bool campaign_has_days(const char *text)
{
    return strstr(text, "{days waiting}") != NULL;
}

static const char *value_of(const struct field *field, const struct campaign_values *values)
{
    const char *value = *(const char *const *)((const char *)values + field->offset);
    return value != NULL ? value : "";
}

/* More than a text can have once its fields are filled in. */
static size_t bytes_most(const char *text, const struct campaign_values *values)
{
    size_t longest = 0, most = strlen(text) + 1;
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        size_t length = strlen(value_of(&fields[i], values));
        longest = length > longest ? length : longest;
    }
    for (; *text != '\0'; text++)
        most += *text == '{' ? longest : 0;
    return most;
}

const char *campaign_fill(struct mem *mem, const char *text, const struct campaign_values *values)
{
    const char *filled;
    struct text_builder out = text_build(mem, bytes_most(text, values));
    for (const char *at = text; *at != '\0';) {
        size_t plain = strcspn(at, "{");
        text_add_part(&out, at, plain);
        at += plain;
        size_t length = *at == '{' ? strcspn(at + 1, "}") : 0;
        const struct field *field = *at == '{' ? field_at(at, length) : NULL;
        if (field != NULL) {
            text_add(&out, value_of(field, values));
            at += length + 2;
        } else if (*at == '{') {
            text_add_part(&out, at++, 1);
        }
    }
    return text_build_end(&out, &filled) == OK ? filled : "";
}

/* ---- parts ---- */

struct writing {
    struct ctx *ctx;
    const struct campaign_values *values;
    struct mail_part *parts;
    size_t count;
    struct text_builder paragraph;
};

static enum status add(struct writing *w, enum mail_part_kind kind, const char *text)
{
    const char *filled = campaign_fill(w->ctx->mem, text, w->values);
    if (w->count + OWN_PARTS >= MAIL_PARTS_MAX)
        return ctx_fail(w->ctx, ERR_INVALID, "a letter has too many parts");
    if (text_length_chars(filled) > MAIL_TEXT_CHARS_MAX)
        return ctx_fail(w->ctx, ERR_INVALID, "a part of a letter is too long");
    if (filled[0] == '\0')
        return OK;
    w->parts[w->count++] = (struct mail_part){kind, filled, NULL};
    return OK;
}

static enum status end_paragraph(struct writing *w)
{
    const char *text;
    TRY(text_build_end(&w->paragraph, &text));
    if (text[0] != '\0')
        TRY(add(w, MAIL_PART_TEXT, text));
    w->paragraph = text_build(w->ctx->mem, BODY_BYTES_MAX);
    return OK;
}

static enum status add_line(struct writing *w, const char *line)
{
    bool is_button = strcmp(line, "{link}") == 0;
    bool is_bullet = text_begins(line, "- "), is_heading = text_begins(line, "# ");
    if (line[0] == '\0' || is_button || is_bullet || is_heading)
        TRY(end_paragraph(w));
    if (is_button) {
        TRY(add(w, MAIL_PART_BUTTON, "Sign the pledge"));
        w->parts[w->count - 1].href = w->values->link;
        return OK;
    }
    if (is_bullet || is_heading)
        return add(w, is_bullet ? MAIL_PART_BULLET : MAIL_PART_HEADING, line + 2);
    if (w->paragraph.length_bytes > 0)
        text_add(&w->paragraph, "\n");
    text_add(&w->paragraph, line);
    return OK;
}

enum status campaign_parts(struct ctx *ctx, const char *body, const struct campaign_values *values,
                           const struct mail_part **out)
{
    struct writing w = {.ctx = ctx,
                        .values = values,
                        .parts = mem_array(ctx->mem, struct mail_part, MAIL_PARTS_MAX + 1),
                        .paragraph = text_build(ctx->mem, BODY_BYTES_MAX)};
    for (const char *at = body;; at++) {
        size_t length = strcspn(at, "\n");
        TRY(add_line(&w, mem_text_part(ctx->mem, at, length)));
        at += length;
        if (*at == '\0')
            break;
    }
    TRY(end_paragraph(&w));
    *out = w.parts; /* ended by its zero */
    return OK;
}
