/* SPDX-License-Identifier: MIT */
/* equality_pack.c - the answers to choose from, and how the groups of 2021 fall into the 16+1. */
#include "programme/equality/equality_internal.h"

#include "platform/base/time.h"

#include <string.h>

enum { OPTIONS_MAX = 300 };

static enum status read_options(struct ctx *ctx, const struct pack *pack,
                                struct equality_option **out, size_t *count_out)
{
    static const char *const headings[] = {"question", "code", "label", "group", NULL};
    struct pack_table *table;
    const char *const *cells;
    enum status status;
    *out = mem_array(ctx->mem, struct equality_option, OPTIONS_MAX);
    *count_out = 0;
    TRY(pack_table_open(ctx, pack, "options.csv", headings, &table));
    while ((status = pack_table_next(table, &cells)) == OK) {
        if (*count_out == OPTIONS_MAX)
            return pack_table_refuse(table, "there are more than %d answers", OPTIONS_MAX);
        (*out)[(*count_out)++] = (struct equality_option){cells[0], cells[1], cells[2], cells[3]};
    }
    return status == ERR_NOT_FOUND ? OK : status;
}

enum status equality_options(struct ctx *ctx, struct equality_option **out, size_t *count_out,
                             const char **edition_out)
{
    struct pack pack;
    TRY(pack_on(ctx, EQUALITY_PACK, time_day_of(ctx->mem, ctx->now_secs), &pack));
    *edition_out = pack.version;
    return read_options(ctx, &pack, out, count_out);
}

enum status equality_options_of(struct ctx *ctx, const char *edition, struct equality_option **out,
                                size_t *count_out)
{
    struct pack pack;
    TRY(pack_find(ctx, EQUALITY_PACK, edition, &pack));
    return read_options(ctx, &pack, out, count_out);
}

/* ---- the 16+1 ---- */

/* Whether a list of words parted by spaces has that one. */
static bool has_word(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; length > 0 && (at = strstr(at, word)) != NULL; at++)
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

enum status equality_ethnicity_nhs(struct ctx *ctx, const char *answer, const char **category_out,
                                   bool *lossy_out)
{
    static const char *const headings[] = {"code", "from_2021", "is_lossy", NULL};
    struct pack pack;
    struct pack_table *table;
    const char *const *cells;
    enum status status;
    TRY(pack_on(ctx, EQUALITY_PACK, time_day_of(ctx->mem, ctx->now_secs), &pack));
    TRY(pack_table_open(ctx, &pack, "ethnicity_nhs.csv", headings, &table));
    while ((status = pack_table_next(table, &cells)) == OK) {
        if (!has_word(cells[1], answer))
            continue;
        *category_out = cells[0];
        *lossy_out = strcmp(cells[2], "yes") == 0;
        return OK;
    }
    return status;
}

/* ---- checking ---- */

/* Every question can be answered by "prefer not to say", and no answer stands there twice. */
static enum status check_option(struct ctx *ctx, const struct equality_option *options,
                                size_t count, size_t at)
{
    const struct equality_option *it = &options[at];
    bool has_prefer_not = false;
    for (size_t i = 0; i < count; i++) {
        bool is_same = strcmp(options[i].question, it->question) == 0;
        has_prefer_not |= is_same && strcmp(options[i].code, EQUALITY_PREFER_NOT) == 0;
        if (is_same && i != at && strcmp(options[i].code, it->code) == 0)
            return ctx_fail(ctx, ERR_INVALID, "options.csv: \"%s\" of \"%s\" stands there twice",
                            it->code, it->question);
    }
    if (it->question[0] == '\0' || it->code[0] == '\0' || it->label[0] == '\0')
        return ctx_fail(ctx, ERR_INVALID, "options.csv: row %zu lacks a word", at + 1);
    return has_prefer_not ? OK
                          : ctx_fail(ctx, ERR_INVALID, "options.csv: \"%s\" lacks \"%s\"",
                                     it->question, EQUALITY_PREFER_NOT);
}

static enum status check_pack(struct ctx *ctx, const struct pack *pack)
{
    struct equality_option *options;
    size_t count;
    TRY(read_options(ctx, pack, &options, &count));
    for (size_t i = 0; i < count; i++)
        TRY(check_option(ctx, options, count, i));
    return count > 0 ? OK : ctx_fail(ctx, ERR_INVALID, "options.csv: is empty");
}

const struct pack_reader equality_pack_readers[] = {
    {.holds = "equality", .check = check_pack},
    {0},
};
