/* SPDX-License-Identifier: MIT */
/* documents.c - see documents.h. */
#include "bench/documents.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/search/search.h"
#include "programme/search/search_routes.h"

enum {
    WORDS = 20000,
    SEARCHED_WORDS = 1500,
    MISTYPED_WORDS = 400,
    SECOND_WORDS = 100,
    PORTION = 1000,
    WRONG_IN = 8
};

/* The word of a rank, the same each time. */
static const char *word_of(struct mem *mem, int64_t rank)
{
    static const char *const beginnings[] = {"b", "c", "d", "f", "g", "h",  "l",  "m",  "n",  "p",
                                             "r", "s", "t", "v", "w", "st", "tr", "pl", "gr", "sh"};
    static const char *const middles[] = {"a", "e", "i", "o", "u", "ea", "ou", "ar", "on", "il"};
    char word[40] = "";
    size_t used = 0;
    for (int64_t left = rank + 300; left > 0; left /= 200)
        used += (size_t)snprintf(word + used, sizeof word - used, "%s%s", beginnings[left % 20],
                                 middles[left / 20 % 10]);
    return mem_text(mem, word);
}

static int64_t rank_below(struct random_seeded *random, int64_t below)
{
    double share = (double)random_seeded_below(random, 1000000) / 1000000.0;
    return (int64_t)exp(share * log((double)below)) - 1;
}

static const char *words_of(struct mem *mem, struct random_seeded *random, int count)
{
    struct text_builder to = text_build(mem, 8192);
    const char *text = "";
    for (int i = 0; i < count; i++)
        text_add_format(&to, "%s%s", i > 0 ? " " : "", word_of(mem, rank_below(random, WORDS)));
    return text_build_end(&to, &text) == OK ? text : "";
}

struct filling {
    int64_t from, to;
};

static enum status fill(struct ctx *ctx, void *arg)
{
    static const char *const kinds[] = {SEARCH_PLEDGE, SEARCH_NEWS, SEARCH_EVENT, SEARCH_RESOURCE,
                                        SEARCH_CASE_STUDY};
    static const char *const stages[] = {"get-ready", "get-in", "get-on", "go-further"};
    static const char *const regions[] = {"Y56", "Y58", "Y59", "Y60", "Y61", "Y62", "Y63"};
    const struct filling *filling = arg;
    struct mem *whole = ctx->mem;
    for (int64_t i = filling->from; i < filling->to; i++) {
        ctx->mem = mem_child(whole);
        struct random_seeded random = random_seeded(mem_format(ctx->mem, "document %" PRId64, i));
        enum status status = search_put(
            ctx, &(const struct search_document){
                     .kind = kinds[i % 5],
                     .key = mem_format(ctx->mem, "bench-%" PRId64, i),
                     .href = mem_format(ctx->mem, "/bench/%" PRId64, i),
                     .title = words_of(ctx->mem, &random, 5),
                     .summary = words_of(ctx->mem, &random, 20),
                     .body = words_of(ctx->mem, &random, 120),
                     .stage = stages[i % 4],
                     .pillar = i % 3 == 0 ? "volunteering" : "apprenticeships",
                     .region = regions[i % 7],
                     .published_on = mem_format(ctx->mem, "20%02d-0%d-1%d", (int)(i % 20) + 5,
                                                (int)(i % 9) + 1, (int)(i % 9))});
        mem_end(ctx->mem);
        ctx->mem = whole;
        TRY(status);
    }
    return OK;
}

enum status documents_fill(struct ctx *ctx, int64_t count)
{
    for (int64_t i = 0; i < count; i += PORTION) {
        struct filling filling = {i, i + PORTION < count ? i + PORTION : count};
        TRY(store_transact(ctx, "documents", fill, &filling));
    }
    /* What the service does now and then while it runs. */
    for (const struct job_kind *kind = search_job_kinds; kind->name != NULL; kind++)
        TRY(kind->fn(ctx, &(const struct job){.kind = kind->name}));
    return OK;
}

void documents_searches(struct mem *mem, int64_t count)
{
    struct random_seeded random = random_seeded("searches");
    for (int64_t i = 0; i < count; i++) {
        const char *first = word_of(mem, i * 7919 % SEARCHED_WORDS);
        if (i % WRONG_IN == 0) {
            char *wrong = mem_text(mem, word_of(mem, 40 + i / WRONG_IN % MISTYPED_WORDS));
            wrong[strlen(wrong) / 2] = 'z';
            puts(wrong);
        } else if (i % 2 == 0) {
            puts(first);
        } else {
            printf("%s%%20%s\n", first, word_of(mem, rank_below(&random, SECOND_WORDS)));
        }
    }
}
