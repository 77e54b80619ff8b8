/* SPDX-License-Identifier: MIT */
/* form_file.c - the files among answers, kept in the store before the answers are. */
#include "platform/document/upload.h"
#include "platform/web/form_internal.h"

#include <inttypes.h>
#include <string.h>

struct keeping {
    struct ctx *ctx;
    const char *owner;
    struct form_answers *out;
    struct form_problems *problems;
};

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

/* The answers by which a file that is kept is known. */
static void put_kept(struct mem *mem, const char *name, const struct upload *kept,
                     struct form_answers *out)
{
    answers_add(mem, out, name, mem_format(mem, "%" PRId64, kept->id));
    answers_add(mem, out, mem_format(mem, "%s-name", name), kept->name);
    answers_add(mem, out, mem_format(mem, "%s-bytes", name),
                mem_format(mem, "%" PRId64, kept->size_bytes));
    answers_add(mem, out, mem_format(mem, "%s-owner", name), kept->owner);
}

/* name: of the answer. */
static enum status keep_file(const struct keeping *k, const struct form_field *field,
                             const char *name, const struct form_answer *sent)
{
    struct upload kept;
    const char *why = NULL;
    if (sent->file_wrong != NULL) {
        form_wrong(k->problems, name, sent->file_wrong);
        return OK;
    }
    enum status status = upload_keep(
        k->ctx, &(const struct upload_sent){sent->value, sent->file, sent->file_bytes, k->owner},
        &(const struct upload_rules){field->file_types != NULL ? field->file_types
                                                               : upload_all_endings,
                                     field->file_bytes_most, field->is_photo},
        &kept, &why);
    if (status == ERR_INVALID || (status == ERR_BUSY && why != NULL)) {
        k->ctx->fault = NULL;
        form_wrong(k->problems, name, why);
        return OK;
    }
    TRY(status);
    put_kept(k->ctx->mem, name, &kept, k->out);
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

enum status form_keep_files(const struct form_keeping *keeping, const struct form_answers *sent,
                            struct form_answers *out, struct form_problems *problems)
{
    struct ctx *ctx = keeping->ctx;
    struct keeping k = {ctx, keeping->owner, out, problems};
    for (size_t i = 0; i < sent->count; i++) {
        if (file_field_of(keeping->fields, sent->items[i].name) == NULL)
            answers_add(ctx->mem, out, sent->items[i].name, sent->items[i].value);
    }
    for (const struct form_field *field = keeping->fields; field->kind != FORM_KIND_END; field++) {
        if (field->kind != FORM_KIND_FILE)
            continue;
        const struct form_answer *file = answers_find(sent, field->name);
        const char *removed = mem_format(ctx->mem, "%s-remove", field->name);
        if (file != NULL && file->file != NULL && (file->file_bytes > 0 || file->value[0] != '\0'))
            TRY(keep_file(&k, field, field->name, file));
        else if (answers_get(sent, removed)[0] == '\0')
            keep_before(ctx->mem, keeping->saved, field->name, out);
    }
    return problems->count == 0 ? OK : ERR_INVALID;
}

enum status form_read_sent(const struct form_keeping *keeping, const struct form_answers *sent,
                           void *form, struct form_problems *problems)
{
    struct form_answers whole = {0};
    enum status kept = form_keep_files(keeping, sent, &whole, problems);
    if (kept != OK && kept != ERR_INVALID)
        return kept;
    enum status read = form_read(keeping->ctx, keeping->fields, &whole, form, problems);
    return read != OK ? read : kept;
}

static void take_file(struct ctx *ctx, const struct form_field *field, const char *name,
                      struct form_answers *answers, struct form_taken *taken)
{
    const struct form_answer *sent = answers_find(answers, name);
    if (taken->items == NULL)
        taken->items = mem_array(ctx->mem, struct form_taken_file, answers->count);
    if (sent != NULL && sent->file != NULL)
        taken->items[taken->count++] = (struct form_taken_file){field, name, *sent};
    answers_remove(answers, name);
}

void form_take_files(struct ctx *ctx, const struct form_field *fields, const char *prefix,
                     struct form_answers *answers, struct form_taken *taken)
{
    for (const struct form_field *field = fields; field->kind != FORM_KIND_END; field++) {
        const char *name = form_name(ctx->mem, prefix, field->name);
        size_t items = field->kind == FORM_KIND_GROUP ? form_items(answers, name) : 0;
        if (field->kind == FORM_KIND_FILE)
            take_file(ctx, field, name, answers, taken);
        for (size_t i = 0; i < items; i++)
            form_take_files(ctx, field->fields, mem_format(ctx->mem, "%s-%zu-", name, i), answers,
                            taken);
    }
}

enum status form_keep_taken(struct ctx *ctx, const char *owner, const struct form_taken *taken,
                            struct form_answers *answers, struct form_problems *problems)
{
    const struct keeping k = {ctx, owner, answers, problems};
    size_t before = problems->count;
    for (size_t i = 0; i < taken->count; i++)
        TRY(keep_file(&k, taken->items[i].field, taken->items[i].name, &taken->items[i].sent));
    return problems->count == before ? OK : ERR_INVALID;
}

bool form_has_files(const struct form_field *fields)
{
    for (; fields != NULL && fields->kind != FORM_KIND_END; fields++)
        if (fields->kind == FORM_KIND_FILE)
            return true;
    return false;
}
