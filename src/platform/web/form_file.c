/* SPDX-License-Identifier: MIT */
/* form_file.c - the files among answers, kept in the store before the answers are. */
#include "platform/web/form_internal.h"

#include <string.h>

static void keep_before(struct mem *mem, const struct form_answers *saved, const char *name,
                        struct form_answers *out)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < saved->count; i++) {
        const char *at = saved->items[i].name;
        if (strncmp(at, name, length) == 0 && (at[length] == '\0' || at[length] == '-'))
            answers_add(mem, out, at, saved->items[i].value);
    }
}

static enum status keep_file(struct ctx *ctx, const struct form_field *field,
                             const struct form_answer *sent, const char *owner,
                             struct form_answers *out, struct form_problems *problems)
{
    (void)ctx, (void)sent, (void)owner, (void)out;
    form_wrong(problems, field->name, "Files cannot be taken at the moment");
    return OK;
}

static const struct form_field *file_field_of(const struct form_field *fields, const char *name)
{
    for (const struct form_field *field = fields; field->kind != FORM_KIND_END; field++) {
        size_t length = strlen(field->name);
        if (field->kind == FORM_KIND_FILE && strncmp(name, field->name, length) == 0 &&
            (name[length] == '\0' || name[length] == '-'))
            return field;
    }
    return NULL;
}

enum status form_keep_files(struct ctx *ctx, const struct form_field *fields,
                            const struct form_answers *saved, const struct form_answers *sent,
                            const char *owner, struct form_answers *out,
                            struct form_problems *problems)
{
    for (size_t i = 0; i < sent->count; i++) {
        if (file_field_of(fields, sent->items[i].name) == NULL)
            answers_add(ctx->mem, out, sent->items[i].name, sent->items[i].value);
    }
    for (const struct form_field *field = fields; field->kind != FORM_KIND_END; field++) {
        if (field->kind != FORM_KIND_FILE)
            continue;
        const struct form_answer *file = answers_find(sent, field->name);
        const char *removed = mem_format(ctx->mem, "%s-remove", field->name);
        if (file != NULL && file->file != NULL && (file->file_bytes > 0 || file->value[0] != '\0'))
            TRY(keep_file(ctx, field, file, owner, out, problems));
        else if (answers_get(sent, removed)[0] == '\0')
            keep_before(ctx->mem, saved, field->name, out);
    }
    return problems->count == 0 ? OK : ERR_INVALID;
}
