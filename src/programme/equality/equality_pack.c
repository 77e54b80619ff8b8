/* SPDX-License-Identifier: MIT */
/* equality_pack.c - the answers to choose from, and how the groups of 2021 fall into the 16+1. */
#include "programme/equality/equality.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/csv.h"

#include <string.h>
#include <unistd.h>

enum { OPTIONS_MAX = 300 };

static enum status open_table(struct ctx *ctx, const struct pack *pack, const char *path,
                              struct csv_reader **out)
{
    int file;
    const char *problem;
    TRY(pack_file_open(ctx, pack, path, &file));
    enum status status = csv_open(ctx, file, &(const struct csv_options){0}, out, &problem);
    return status == ERR_INVALID ? ctx_fail(ctx, ERR_INVALID, "%s: %s", path, problem) : status;
}

static enum status read_options(struct ctx *ctx, const struct pack *pack,
                                struct equality_option **out, size_t *count_out)
{
    static const char *const headings[] = {"question", "code", "label", "group"};
    struct csv_reader *reader;
    struct csv_row row;
    const char *problem;
    int at[4];
    enum status status;
    TRY(open_table(ctx, pack, "options.csv", &reader));
    if (csv_columns(reader, headings, at, 4, &problem) != OK)
        return ctx_fail(ctx, ERR_INVALID, "options.csv: %s", problem);
    *out = mem_array(ctx->mem, struct equality_option, OPTIONS_MAX);
    *count_out = 0;
    while ((status = csv_read(reader, &row)) == OK && *count_out < OPTIONS_MAX)
        (*out)[(*count_out)++] = (struct equality_option){
            mem_text(ctx->mem, csv_cell(&row, at[0])), mem_text(ctx->mem, csv_cell(&row, at[1])),
            mem_text(ctx->mem, csv_cell(&row, at[2])), mem_text(ctx->mem, csv_cell(&row, at[3]))};
    if (status == ERR_INVALID)
        return ctx_fail(ctx, ERR_INVALID, "options.csv: line %lld: %s", (long long)row.problem_line,
                        row.problem);
    return status == ERR_NOT_FOUND ? OK
           : status == OK ? ctx_fail(ctx, ERR_INVALID, "options.csv: more than %d", OPTIONS_MAX)
                          : status;
}

enum status equality_options(struct ctx *ctx, struct equality_option **out, size_t *count_out,
                             const char **edition_out)
{
    struct pack pack;
    TRY(pack_on(ctx, EQUALITY_PACK, time_day_of(ctx->mem, ctx->now_secs), &pack));
    *edition_out = pack.version;
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
    struct pack pack;
    struct csv_reader *reader;
    struct csv_row row;
    enum status status;
    TRY(pack_on(ctx, EQUALITY_PACK, time_day_of(ctx->mem, ctx->now_secs), &pack));
    TRY(open_table(ctx, &pack, "ethnicity_nhs.csv", &reader));
    int code = csv_column(reader, "code"), from = csv_column(reader, "from_2021"),
        lossy = csv_column(reader, "is_lossy");
    while ((status = csv_read(reader, &row)) == OK) {
        if (!has_word(csv_cell(&row, from), answer))
            continue;
        *category_out = mem_text(ctx->mem, csv_cell(&row, code));
        *lossy_out = strcmp(csv_cell(&row, lossy), "yes") == 0;
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
