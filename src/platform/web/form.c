/* SPDX-License-Identifier: MIT */
/*
 * form.c - what is kept of what was sent: answers of the table's fields that apply, nothing else.
 *
 * A lookup arrives as a key (chosen before, by the script, or by the API), as a choice among search
 * results (`-pick`), or as text only (`-typed`).  The choice wins; a key counts only while the text
 * beside it is still its label, so that editing the text cannot leave an old key behind.
 */
#include "platform/web/form.h"

#include "platform/base/text.h"
#include "platform/web/answers_take.h"
#include "platform/web/form_internal.h"

#include <stdio.h>
#include <string.h>

/* Files among them with their bytes. */
static void copy_named(struct mem *mem, const struct form_answers *from, const char *name,
                       struct form_answers *to)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < from->count; i++) {
        const char *at = from->items[i].name;
        if (strncmp(at, name, length) == 0 && (at[length] == '\0' || at[length] == '-'))
            *answers_push(mem, to) = from->items[i];
    }
}

/* The key that the text names outright: the key itself or the whole label, of one thing only. */
static const char *named_outright(struct ctx *ctx, const struct form_field *field,
                                  const char *typed)
{
    struct form_found *found;
    size_t count;
    if (field->in->search(ctx, typed, 5, &found, &count) != OK) {
        ctx->fault = NULL; /* the list that is shown next says it */
        return "";
    }
    for (size_t i = 0; i < count; i++) {
        if (text_equal_fold(ctx->mem, found[i].key, typed) ||
            (text_equal_fold(ctx->mem, found[i].label, typed) && count == 1))
            return found[i].key;
    }
    return "";
}

static void pick_lookup(struct ctx *ctx, const struct form_field *field, const char *name,
                        const struct form_answers *sent, struct form_answers *out)
{
    const char *key = form_value(ctx->mem, sent, name, NULL);
    const char *typed = form_value(ctx->mem, sent, name, "typed");
    const char *picked = form_value(ctx->mem, sent, name, "pick");
    struct form_found found;
    if (picked[0] != '\0')
        key = picked;
    else if (key[0] != '\0' && !form_is_blank(typed) &&
             (field->in->find(ctx, key, &found) != OK || strcmp(found.label, typed) != 0))
        key = "";
    ctx->fault = NULL;
    if (key[0] == '\0' && !form_is_blank(typed))
        key = named_outright(ctx, field, typed);
    if (key[0] != '\0') {
        answers_add(ctx->mem, out, name, key);
        if (field->in->find(ctx, key, &found) == OK)
            typed = found.label;
        ctx->fault = NULL;
    }
    if (!form_is_blank(typed))
        answers_add(ctx->mem, out, mem_format(ctx->mem, "%s-typed", name), typed);
}

static void pick_fields(struct ctx *ctx, const struct form_field *fields, const char *prefix,
                        const struct form_answers *sent, struct form_answers *out)
{
    for (const struct form_field *field = fields; field->kind != FORM_KIND_END; field++) {
        const char *name = form_name(ctx->mem, prefix, field->name);
        if (field->kind == FORM_KIND_HIDDEN || !form_applies(ctx->mem, fields, field, sent, prefix))
            continue;
        if (field->kind == FORM_KIND_LOOKUP) {
            pick_lookup(ctx, field, name, sent, out);
        } else if (field->kind == FORM_KIND_GROUP) {
            size_t items = form_items(sent, name);
            for (size_t i = 0; i < items; i++)
                pick_fields(ctx, field->fields, mem_format(ctx->mem, "%s-%zu-", name, i), sent,
                            out);
        } else {
            copy_named(ctx->mem, sent, name, out);
        }
    }
}

void form_pick(struct ctx *ctx, const struct form_field *fields, const struct form_answers *sent,
               struct form_answers *out)
{
    pick_fields(ctx, fields, "", sent, out);
}

const char *form_to_choose(const struct form_field *fields, const struct form_answers *answers)
{
    char typed[ANSWERS_NAME_BYTES_MAX + 8];
    for (const struct form_field *field = fields; field->kind != FORM_KIND_END; field++) {
        if (field->kind != FORM_KIND_LOOKUP || answers_get(answers, field->name)[0] != '\0')
            continue;
        if ((size_t)snprintf(typed, sizeof typed, "%s-typed", field->name) < sizeof typed &&
            !form_is_blank(answers_get(answers, typed)))
            return field->name;
    }
    return NULL;
}
