/* SPDX-License-Identifier: MIT */
/*
 * equality_privacy.c - what is kept of equality answers, found and erased by pseudonym only.
 *
 * No row names anybody, so what a legal hold stops is found the other way round: the pseudonyms of
 * the people who are held are made, and their rows are passed over.
 */
#include "programme/equality/equality_internal.h"

#include "programme/equality/equality.sql.h"
#include "programme/privacy/privacy.h"

#include <inttypes.h>
#include <string.h>

enum { HELD_AT_ONCE = 500 };

static enum status pseudonym_of(struct ctx *ctx, int64_t person, const char **out)
{
    const struct equality_owner owner = {EQUALITY_OF_PERSON,
                                         mem_format(ctx->mem, "%" PRId64, person)};
    return equality_pseudonym(ctx, &owner, out);
}

static enum status pseudonym(struct ctx *ctx, const struct privacy_subject *subject,
                             const char **out)
{
    *out = "";
    return subject->person.n == 0 ? OK : pseudonym_of(ctx, subject->person.n, out);
}

/* ---- retention ---- */

/* The pseudonyms of those who are held, one after the other, each between two bars. */
static enum status read_held(struct ctx *ctx, const char **out)
{
    size_t count = HELD_AT_ONCE;
    int64_t after = 0;
    *out = "|";
    while (count == HELD_AT_ONCE) {
        struct equality_held_row *rows;
        TRY(equality_held(ctx, after, HELD_AT_ONCE, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            const char *one;
            TRY(pseudonym_of(ctx, rows[i].person_id, &one));
            *out = mem_format(ctx->mem, "%s%s|", *out, one);
            after = rows[i].person_id;
        }
    }
    return OK;
}

static bool is_held(struct ctx *ctx, const char *held, const char *one)
{
    return strstr(held, mem_format(ctx->mem, "|%s|", one)) != NULL;
}

/* A batch: what was answered too long ago goes, but for those who are held. */
static enum status retain(struct ctx *ctx, int64_t *changed_out)
{
    struct privacy_rule rule;
    const char *held, *after = "", *before_on;
    int64_t before, changes;
    size_t count = PRIVACY_BATCH_ROWS;
    *changed_out = 0;
    TRY(privacy_rule_find(ctx, "equality", &rule));
    TRY(privacy_rule_before(ctx, &rule, &before, &before_on));
    TRY(read_held(ctx, &held));
    while (count == PRIVACY_BATCH_ROWS && *changed_out < PRIVACY_BATCH_ROWS) {
        struct equality_answer_due_row *rows;
        TRY(equality_answer_due(ctx, after, before_on, PRIVACY_BATCH_ROWS, &rows, &count));
        for (size_t i = 0; i < count && *changed_out < PRIVACY_BATCH_ROWS; i++) {
            after = rows[i].pseudonym;
            if (is_held(ctx, held, after))
                continue;
            TRY(equality_answer_retain(ctx, after, before_on, &changes));
            *changed_out += changes;
        }
    }
    return OK;
}

const struct privacy_holding equality_holdings[] = {
    {.table = "equality_answer",
     .name = "Equality answers",
     .what = "what you told us about yourself in the equality questions, and the day",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC,
     .kind = PRIVACY_EQUALITY,
     .basis = PRIVACY_EQUALITY_DUTY,
     .purpose = "to see whether everybody is treated fairly, in figures and never one by one",
     .source = "you, and you need not answer",
     .rule = "equality",
     .rows = &equality_answer_copy_query,
     .words = equality_words,
     .pseudonym = pseudonym,
     .kept_back = "The answers do not stand under your name. Nobody who decides about you can read "
                  "them.",
     .erase = &equality_answer_clear_query,
     .retain_by = retain},
    {0},
};
