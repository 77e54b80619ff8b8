/* SPDX-License-Identifier: MIT */
/*
 * demo_organisation.c - who makes the pledges of the demonstration: trusts and boards as the packs
 * know them, and invented small employers beside them.
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/demo/demo.sql.h"
#include "programme/demo/demo_internal.h"
#include "programme/directory/directory.h"

#include <stdio.h>
#include <string.h>

/* Codes of registers are shorter and hold no dash. */
static const char invented_prefix[] = "DEMO-";

enum { PORTION = 200, REAL_MAX = 5000 };

static const struct {
    const char *kind, *name;
} invented[] = {
    {"care-home", "Example Care Home"},
    {"home-care-provider", "Example Home Care"},
    {"independent-provider", "Example Hospital"},
    {"gp-practice", "Example Surgery"},
    {"charity-or-hospice", "Example Hospice"},
    {"social-care-provider", "Example Supported Living"},
};
enum { INVENTED_KINDS = sizeof invented / sizeof invented[0] };

/* ---- real ones ---- */

static enum status add_place(struct ctx *ctx, struct demo_employer *employer)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    struct organisation_id id = {employer->id};
    struct directory_place board, region;
    TRY(directory_board_on(ctx, id, today, &board));
    TRY(directory_region_on(ctx, id, today, &region));
    employer->board = board.known == DIRECTORY_KNOWN ? board.code : "";
    employer->region = region.known == DIRECTORY_KNOWN ? region.code : "";
    return OK;
}

static void shuffle(struct random_seeded *random, struct demo_employers *list)
{
    for (size_t i = list->count; i > 1; i--) {
        size_t other = (size_t)random_seeded_below(random, i);
        struct demo_employer kept = list->items[i - 1];
        list->items[i - 1] = list->items[other];
        list->items[other] = kept;
    }
}

static bool is_like(const struct demo_employer *a, const struct demo_employer *b)
{
    return strcmp(a->region, b->region) == 0 && strcmp(a->kind, b->kind) == 0;
}

/* First one of each kind in each region, then a second of each, and so on. */
static void take_turns(struct mem *mem, struct demo_employers *list)
{
    struct demo_employer *turned = mem_array(mem, struct demo_employer, list->count);
    size_t *turn = mem_array(mem, size_t, list->count);
    size_t done = 0;
    for (size_t i = 0; i < list->count; i++)
        for (size_t k = 0; k < i; k++)
            turn[i] += is_like(&list->items[i], &list->items[k]);
    for (size_t round = 0; done < list->count; round++)
        for (size_t i = 0; i < list->count; i++)
            if (turn[i] == round)
                turned[done++] = list->items[i];
    list->items = turned;
}

enum status demo_employers_real(struct ctx *ctx, struct random_seeded *random,
                                struct demo_employers *out)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs), *last = "";
    *out = (struct demo_employers){mem_array(ctx->mem, struct demo_employer, REAL_MAX), 0};
    for (size_t count = PORTION; count == PORTION;) {
        struct demo_employers_row *rows;
        TRY(demo_employers(ctx, last, PORTION, &rows, &count));
        for (size_t i = 0; i < count && out->count < REAL_MAX; i++) {
            const struct demo_employers_row *row = &rows[i];
            last = row->code;
            if (!directory_is_open_on(row->state, row->opened_on, row->closed_on, today))
                continue;
            struct demo_employer *employer = &out->items[out->count++];
            *employer = (struct demo_employer){.id = row->id,
                                               .code = row->code,
                                               .name = row->name,
                                               .town = row->town,
                                               .opened_on = row->opened_on,
                                               .kind = row->kind};
            TRY(add_place(ctx, employer));
            out->count -= employer->region[0] == '\0'; /* of another nation's structure */
        }
    }
    shuffle(random, out);
    take_turns(ctx->mem, out);
    return OK;
}

/* ---- invented ones ---- */

/* Boards have no town; everything else has. */
static const struct demo_employer *next_with_town(const struct demo_employers *real, size_t *at)
{
    for (size_t tries = 0; tries < real->count; tries++) {
        const struct demo_employer *employer = &real->items[(*at)++ % real->count];
        if (employer->town[0] != '\0')
            return employer;
    }
    return &real->items[0];
}

/* The number is last in code and name, and as wide as the largest, so that codes sort by it. */
static void write_rows(FILE *file, int64_t count, const struct demo_employers *real)
{
    size_t at = 0;
    fputs("code,name,kind,town,status,opened_on,board\n", file);
    for (int64_t i = 0; i < count; i++) {
        const struct demo_employer *beside = next_with_town(real, &at);
        size_t kind = (size_t)i % INVENTED_KINDS;
        fprintf(file, "%s%07lld,%s %05lld,%s,\"%s\",open,2015-04-01,%s\n", invented_prefix,
                (long long)i + 1, invented[kind].name, (long long)i + 1, invented[kind].kind,
                beside->town, beside->board);
    }
}

static enum status import(struct ctx *ctx, FILE *file)
{
    const struct directory_import_options options = {.source = "Invented for the demonstration"};
    struct directory_import_report *report = mem_new(ctx->mem, struct directory_import_report);
    if (fflush(file) != 0 || fseek(file, 0, SEEK_SET) != 0)
        return ctx_fail(ctx, ERR_FAULT, "a temporary file could not be written");
    TRY(directory_import(ctx, DIRECTORY_IMPORT_ORGANISATIONS, fileno(file), &options, report));
    if (report->refused_count > 0)
        return ctx_fail(ctx, ERR_FAULT, "an invented organisation was refused: %s",
                        report->problem_count > 0 ? report->problems[0].reason : "?");
    return OK;
}

enum status demo_employers_invent(struct ctx *ctx, int64_t count, const struct demo_employers *real)
{
    FILE *file = tmpfile();
    if (file == NULL)
        return ctx_fail(ctx, ERR_FAULT, "a temporary file could not be made");
    write_rows(file, count, real);
    enum status status = import(ctx, file);
    fclose(file);
    return status;
}

enum status demo_employers_invented(struct ctx *ctx, const char *after, int64_t at_most,
                                    struct demo_employers *out)
{
    struct demo_employers_row *rows;
    size_t count;
    TRY(demo_employers(ctx, after[0] != '\0' ? after : invented_prefix, at_most, &rows, &count));
    *out = (struct demo_employers){mem_array(ctx->mem, struct demo_employer, count), 0};
    for (size_t i = 0; i < count && text_begins(rows[i].code, invented_prefix); i++)
        out->items[out->count++] = (struct demo_employer){.id = rows[i].id,
                                                          .code = rows[i].code,
                                                          .name = rows[i].name,
                                                          .town = rows[i].town,
                                                          .opened_on = rows[i].opened_on,
                                                          .kind = rows[i].kind,
                                                          .board = "",
                                                          .region = "",
                                                          .is_invented = true};
    return OK;
}
