/* SPDX-License-Identifier: MIT */
/*
 * search_remake.c - makes the index anew when its rules have changed, and keeps its words tidy.
 *
 * search_text and search_title follow from search_document, the rules of search_words.c and the
 * pack of synonyms.  search_made says of which they were made; when those are not in force, a job
 * reads every document again, a part at a time, while searches go on.  The words that are known to
 * mend slips are swept once a week: of one that no document has any more nothing stays.
 */
#include "programme/search/search_routes.h"

#include <string.h>

#include "platform/store/store.h"
#include "programme/search/search.sql.h"
#include "programme/search/search_internal.h"
#include "programme/search/search_missed.h"
#include "programme/search/search_query.h"

enum { MERGE_STEPS = 200, MERGE_PAGES = 200 };
enum { DOCUMENTS_A_PART = 100, WORDS_A_PART = 200, DAY_SECS = 24 * 60 * 60 };

/* ---- documents ---- */

struct part {
    const struct search_reader *reader;
    int64_t after, last;
    size_t count;
};

static enum status remake_part(struct ctx *ctx, void *arg)
{
    struct part *part = arg;
    struct search_documents_after_row *rows = NULL;
    TRY(search_documents_after(ctx, part->after, DOCUMENTS_A_PART, &rows, &part->count));
    for (size_t i = 0; i < part->count; i++) {
        const struct search_document document = {
            .kind = rows[i].kind,
            .title = rows[i].title,
            .summary = rows[i].summary,
            .body = rows[i].body,
            .region = rows[i].region,
            .stage = rows[i].stage,
            .pillar = rows[i].pillar,
            .access = (int)rows[i].access,
        };
        struct search_index index = search_index_of(ctx->mem, part->reader, &document);
        TRY(search_index_drop(ctx, rows[i].id));
        TRY(search_index_add(ctx, rows[i].id, &document, &index));
        part->last = rows[i].id;
    }
    return OK;
}

enum status search_remake(struct ctx *ctx)
{
    struct search_reader *reader = NULL;
    struct part part = {.after = 0};
    int64_t changes = 0;
    TRY(search_reader_open(ctx, &reader));
    part.reader = reader;
    do {
        struct ctx round = *ctx;
        round.mem = mem_child(ctx->mem);
        enum status status = store_transact(&round, "search remake", remake_part, &part);
        part.after = part.last;
        if (round.fault != NULL && ctx->fault == NULL)
            ctx->fault = mem_text(ctx->mem, round.fault);
        mem_end(round.mem);
        TRY(status);
    } while (part.count == DOCUMENTS_A_PART);
    return search_made_set(ctx, search_reader_mark(reader), &changes);
}

static enum status is_other(struct ctx *ctx, bool *out)
{
    struct search_made_mark_row row = {0};
    struct search_reader *reader = NULL;
    TRY(search_reader_open(ctx, &reader));
    enum status status = search_made_mark(ctx, &row);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    *out = status == ERR_NOT_FOUND || strcmp(row.mark, search_reader_mark(reader)) != 0;
    return OK;
}

static enum status remake(struct ctx *ctx, const struct job *job)
{
    (void)job;
    return search_remake(ctx);
}

/* ---- words ---- */

static enum status sweep_word(struct ctx *ctx, void *arg)
{
    const struct search_known_after_row *word = arg;
    struct search_known_holders_row *holders = NULL;
    struct search_question question = search_question(ctx);
    size_t count = 0;
    int64_t changes = 0;
    search_ask_word(&question, "", word->stem);
    TRY(search_known_holders(ctx, search_asked_text(&question), INT64_MAX, 1, &holders, &count));
    if (count > 0)
        return OK;
    TRY(search_known_unsplit(ctx, word->word, &changes));
    return search_known_drop(ctx, word->word, &changes);
}

/* A full merge, in steps so that nobody waits long; steps behind its end do nothing. */
static enum status merge(struct ctx *ctx)
{
    int64_t changes = 0;
    for (int i = 0; i < MERGE_STEPS; i++)
        TRY(search_text_merge(ctx, i == 0 ? -MERGE_PAGES : MERGE_PAGES, &changes));
    return OK;
}

static enum status sweep(struct ctx *ctx, const struct job *job)
{
    struct search_known_after_row *words = NULL;
    const char *after = "";
    size_t count = 0;
    (void)job;
    TRY(search_missed_tidy(ctx));
    do {
        TRY(search_known_after(ctx, after, WORDS_A_PART, &words, &count));
        for (size_t i = 0; i < count; i++)
            TRY(store_transact(ctx, "search sweep", sweep_word, &words[i]));
        if (count > 0)
            after = words[count - 1].word;
    } while (count == WORDS_A_PART);
    return merge(ctx);
}

const struct job_kind search_job_kinds[] = {
    {.name = "search.remake",
     .fn = remake,
     .at_most_attempts = 5,
     .lease_secs = 3600,
     .every_secs = 60 * 60,
     .is_wanted = is_other},
    {.name = "search.sweep",
     .fn = sweep,
     .at_most_attempts = 5,
     .lease_secs = 3600,
     .every_secs = 7 * DAY_SECS,
     .offset_secs = 4 * 60 * 60},
    {0},
};
