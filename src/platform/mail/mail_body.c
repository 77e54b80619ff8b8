/* SPDX-License-Identifier: MIT */
/* mail_body.c - keeps the parts of a message as JSON, so that they can be read in a dump too. */
#include "platform/mail/mail_body.h"

#include "platform/base/json_text.h"
#include "platform/base/text.h"

#include <jansson.h>
#include <string.h>

/* Names in the store: adding a kind adds a row at the end. */
static const char *const kind_name[] = {
    [MAIL_PART_TEXT] = "text", [MAIL_PART_HEADING] = "heading", [MAIL_PART_BULLET] = "bullet",
    [MAIL_PART_CODE] = "code", [MAIL_PART_BUTTON] = "button",
};
enum { KIND_COUNT = sizeof kind_name / sizeof kind_name[0] };

static void let_go(void *arg)
{
    json_decref(arg);
}

/* A JSON value that goes with the memory of ctx. */
static json_t *held(struct ctx *ctx, json_t *value)
{
    mem_at_end(ctx->mem, let_go, value);
    return value;
}

/* An address has none of these, and each could end it early in a header or in plain text. */
static bool is_address_char(char c)
{
    return c > ' ' && c < 127 && strchr("\"<>\\^`{|}", c) == NULL;
}

enum status mail_body_href(struct ctx *ctx, const char *href, const char *base_url,
                           const char **out)
{
    bool is_path = href[0] == '/' && href[1] != '/';
    if (!is_path && !text_begins(href, "https://") && !text_begins(href, "http://"))
        return ctx_fail(ctx, ERR_INVALID, "a link in mail is neither http nor a path");
    for (const char *c = href; *c != '\0'; c++)
        if (!is_address_char(*c))
            return ctx_fail(ctx, ERR_INVALID, "a link in mail holds a character it cannot have");

    const char *whole = is_path ? mem_format(ctx->mem, "%s%s", base_url, href) : href;
    if (strlen(whole) > MAIL_URL_BYTES_MAX)
        return ctx_fail(ctx, ERR_INVALID, "a link in mail is too long");
    *out = whole;
    return OK;
}

static enum status pack_part(struct ctx *ctx, const struct mail_part *part, const char *base_url,
                             json_t *into)
{
    if ((int)part->kind >= KIND_COUNT || part->text == NULL)
        return ctx_fail(ctx, ERR_INVALID, "a part of a mail has no text");
    const char *text;
    if (text_clean(ctx->mem, part->text, strlen(part->text), TEXT_LONG, &text) != OK)
        return ctx_fail(ctx, ERR_INVALID, "a part of a mail is no text");
    if (text[0] == '\0' || text_length_chars(text) > MAIL_TEXT_CHARS_MAX)
        return ctx_fail(ctx, ERR_INVALID, "a part of a mail is empty or too long");

    const char *href = "";
    if (part->kind == MAIL_PART_BUTTON) {
        if (part->href == NULL)
            return ctx_fail(ctx, ERR_INVALID, "a button in a mail has no link");
        TRY(mail_body_href(ctx, part->href, base_url, &href));
    }
    json_array_append_new(into, json_pack("[sss]", kind_name[part->kind], text, href));
    return OK;
}

enum status mail_body_pack(struct ctx *ctx, const struct mail_part *parts, const char *base_url,
                           const char **out)
{
    json_t *list = held(ctx, json_array());
    int count = 0;
    for (; parts != NULL && parts[count].kind != MAIL_PARTS_END; count++) {
        if (count == MAIL_PARTS_MAX)
            return ctx_fail(ctx, ERR_INVALID, "a mail has more than %d parts", MAIL_PARTS_MAX);
        TRY(pack_part(ctx, &parts[count], base_url, list));
    }
    if (count == 0)
        return ctx_fail(ctx, ERR_INVALID, "a mail says nothing");

    *out = json_text(ctx->mem, list, JSON_COMPACT);
    return OK;
}

static enum status unpack_part(struct ctx *ctx, const json_t *from, struct mail_part *out)
{
    const char *name = json_string_value(json_array_get(from, 0));
    const char *text = json_string_value(json_array_get(from, 1));
    const char *href = json_string_value(json_array_get(from, 2));
    if (name == NULL || text == NULL || href == NULL)
        return ctx_fail(ctx, ERR_FAULT, "a part of a kept mail is not a list of three texts");
    for (int kind = MAIL_PART_TEXT; kind < KIND_COUNT; kind++)
        if (strcmp(name, kind_name[kind]) == 0) {
            *out = (struct mail_part){(enum mail_part_kind)kind, text, href};
            return OK;
        }
    return ctx_fail(ctx, ERR_FAULT, "a part of a kept mail is of an unknown kind \"%s\"", name);
}

enum status mail_body_unpack(struct ctx *ctx, const char *packed, const struct mail_part **out)
{
    json_t *list = json_loads(packed, 0, NULL);
    if (list == NULL)
        return ctx_fail(ctx, ERR_FAULT, "the parts of a kept mail are no JSON");
    held(ctx, list);
    size_t count = json_array_size(list);
    struct mail_part *parts = mem_array(ctx->mem, struct mail_part, count + 1);
    for (size_t i = 0; i < count; i++)
        TRY(unpack_part(ctx, json_array_get(list, i), &parts[i]));
    *out = parts;
    return OK;
}
