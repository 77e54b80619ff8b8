/* SPDX-License-Identifier: MIT */
/* library_difference.c - what changed from one version to another, line by line. */
#include "programme/library/library_internal.h"

#include <string.h>

#include "programme/library/library_block.h"

enum { LINES_MOST = 1200, AROUND = 2 };

struct lines {
    const char **items;
    size_t count;
};

static void add_text(struct mem *mem, struct lines *to, const char *label, const char *text)
{
    if (text[0] != '\0' && label != NULL && to->count < LINES_MOST)
        to->items[to->count++] = mem_format(mem, "%s: %s", label, text);
}

static void add_lines(struct mem *mem, struct lines *to, const char *label, const char *text)
{
    for (const char *line; (line = library_line_next(mem, &text)) != NULL;)
        if (to->count < LINES_MOST && line[0] != '\0')
            to->items[to->count++] = label != NULL ? mem_format(mem, "%s: %s", label, line) : line;
}

/* A version as lines, as an editor reads them. */
static enum status read_lines(struct ctx *ctx, const struct library_draft *draft,
                              struct lines *whole)
{
    const char *stage;
    struct mem *mem = ctx->mem;
    struct lines out = {mem_array(mem, const char *, LINES_MOST), 0};
    TRY(framework_stage_name(ctx, draft->stage, &stage));
    add_text(mem, &out, "Address", draft->path);
    add_text(mem, &out, "Title", draft->title);
    add_text(mem, &out, "Summary", draft->summary);
    add_text(mem, &out, "Stage", stage);
    add_text(mem, &out, "Pillar", framework_pillar_name(draft->pillar));
    add_text(mem, &out, "Checked", draft->checked_on);
    add_text(mem, &out, "Next check", draft->check_by_on);
    add_lines(mem, &out, NULL, draft->body);
    add_lines(mem, &out, "Next", draft->steps);
    add_lines(mem, &out, "Related", draft->related);
    add_lines(mem, &out, "Source", draft->sources);
    *whole = out;
    return OK;
}

/* lengths[i][j]: of the longest run of lines, in order, that both share from i and j on. */
static uint16_t *shared_lengths(struct mem *mem, const struct lines *a, const struct lines *b)
{
    size_t width = b->count + 1;
    uint16_t *lengths = mem_array(mem, uint16_t, (a->count + 1) * width);
    for (size_t i = a->count; i-- > 0;)
        for (size_t j = b->count; j-- > 0;) {
            uint16_t below = lengths[(i + 1) * width + j], right = lengths[i * width + j + 1];
            lengths[i * width + j] = strcmp(a->items[i], b->items[j]) == 0
                                         ? (uint16_t)(lengths[(i + 1) * width + j + 1] + 1)
                                     : below > right ? below
                                                     : right;
        }
    return lengths;
}

static size_t compare(struct mem *mem, const struct lines *a, const struct lines *b,
                      struct library_difference *out)
{
    const uint16_t *lengths = shared_lengths(mem, a, b);
    size_t width = b->count + 1, i = 0, j = 0, count = 0;
    while (i < a->count || j < b->count) {
        bool is_same = i < a->count && j < b->count && strcmp(a->items[i], b->items[j]) == 0;
        bool is_removed =
            !is_same && i < a->count &&
            (j == b->count || lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]);
        out[count++] =
            (struct library_difference){is_same      ? LIBRARY_SAME
                                        : is_removed ? LIBRARY_REMOVED
                                                     : LIBRARY_ADDED,
                                        is_same || is_removed ? a->items[i] : b->items[j]};
        i += is_same || is_removed;
        j += is_same || !is_removed;
    }
    return count;
}

/* Whether something changed within a few lines of this one. */
static bool is_near(const struct library_difference *all, size_t count, size_t at)
{
    size_t first = at < AROUND ? 0 : at - AROUND;
    for (size_t i = first; i < count && i <= at + AROUND; i++)
        if (all[i].change != LIBRARY_SAME)
            return true;
    return false;
}

enum status library_differences(struct ctx *ctx, const struct library_draft *from,
                                const struct library_draft *to, struct library_difference **out,
                                size_t *count_out)
{
    struct lines a, b;
    struct mem *mem = ctx->mem;
    TRY(read_lines(ctx, from, &a));
    TRY(read_lines(ctx, to, &b));
    struct library_difference *all =
        mem_array(mem, struct library_difference, a.count + b.count + 1);
    size_t count = compare(mem, &a, &b, all);
    *out = mem_array(mem, struct library_difference, count + 1);
    *count_out = 0;
    for (size_t i = 0; i < count; i++)
        if (is_near(all, count, i))
            (*out)[(*count_out)++] = all[i];
    if (a.count == LINES_MOST || b.count == LINES_MOST)
        (*out)[(*count_out)++] = (struct library_difference){
            LIBRARY_SAME, mem_format(mem, "Only the first %d lines are compared.", LINES_MOST)};
    return OK;
}
