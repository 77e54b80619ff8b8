/* SPDX-License-Identifier: MIT */
/*
 * equality.c - answers under a pseudonym.
 *
 * The pseudonym is a keyed hash of what kind of owner it is and its name; without the key, which
 * never leaves this folder, a row leads to nobody.  No event is noted: who answered what, and when,
 * is nobody's business but the person's.
 */
#include "programme/equality/equality.h"

#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/equality/equality.sql.h"
#include "programme/equality/equality_internal.h"

#include <inttypes.h>
#include <string.h>

struct equality_owner equality_me(struct ctx *ctx)
{
    return (struct equality_owner){EQUALITY_OF_PERSON,
                                   mem_format(ctx->mem, "%" PRId64, ctx->person.n)};
}

static enum status read_key(struct ctx *ctx, struct text_span *out)
{
    struct equality_secret_get_row row;
    enum status status = equality_secret_get(ctx, &row);
    if (status == ERR_NOT_FOUND) {
        int64_t changes;
        unsigned char fresh[HASH_KEY_BYTES];
        random_bytes(fresh, sizeof fresh);
        TRY(equality_secret_add(ctx, text_hex(ctx->mem, fresh, sizeof fresh), &changes));
        status = equality_secret_get(ctx, &row);
    }
    TRY(status);
    if (text_hex_read(ctx->mem, row.secret, out) != OK || out->length_bytes != HASH_KEY_BYTES)
        return ctx_fail(ctx, ERR_FAULT, "the secret in equality_secret is not one");
    return OK;
}

enum status equality_pseudonym(struct ctx *ctx, const struct equality_owner *owner,
                               const char **out)
{
    static const char *const kinds[] = {[EQUALITY_OF_PERSON] = "person",
                                        [EQUALITY_OF_DRAFT] = "draft",
                                        [EQUALITY_OF_REFERENCE] = "reference"};
    struct text_span key;
    TRY(read_key(ctx, &key));
    const char *text = mem_format(ctx->mem, "%s %s", kinds[owner->whose], owner->name);
    *out = hash_keyed(ctx->mem, key.bytes, text, strlen(text));
    return OK;
}

enum status equality_find(struct ctx *ctx, const struct equality_owner *owner,
                          struct equality_answer **out, size_t *count_out)
{
    const char *pseudonym;
    struct equality_answer_rows_row *rows;
    TRY(equality_pseudonym(ctx, owner, &pseudonym));
    TRY(equality_answer_rows(ctx, pseudonym, EQUALITY_ANSWERS_MAX, &rows, count_out));
    *out = mem_array(ctx->mem, struct equality_answer, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct equality_answer){rows[i].question, rows[i].answer};
    return OK;
}

/* ---- writing ---- */

struct setting {
    const struct equality_owner *owner;
    const struct equality_answer *answers;
    size_t count;
    const char *edition;
};

static enum status set_once(struct ctx *ctx, void *arg)
{
    const struct setting *setting = arg;
    const char *pseudonym, *today = time_day_of(ctx->mem, ctx->now_secs);
    int64_t changes;
    TRY(equality_pseudonym(ctx, setting->owner, &pseudonym));
    TRY(equality_answer_clear(ctx, pseudonym, &changes));
    for (size_t i = 0; i < setting->count; i++)
        TRY(equality_answer_set(ctx, pseudonym, setting->answers[i].question,
                                setting->answers[i].answer, setting->edition, today,
                                setting->owner->whose == EQUALITY_OF_DRAFT, &changes));
    return OK;
}

static bool is_option(const struct equality_option *options, size_t count,
                      const struct equality_answer *answer)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(options[i].question, answer->question) == 0 &&
            strcmp(options[i].code, answer->answer) == 0)
            return true;
    return false;
}

enum status equality_set(struct ctx *ctx, const struct equality_owner *owner,
                         const struct equality_answer *answers, size_t count)
{
    struct setting setting = {owner, answers, count, ""};
    struct equality_option *options;
    size_t option_count;
    TRY(equality_options(ctx, &options, &option_count, &setting.edition));
    for (size_t i = 0; i < count; i++)
        if (!is_option(options, option_count, &answers[i]))
            return ctx_fail(ctx, ERR_INVALID, "no answer \"%s\" to \"%s\"", answers[i].answer,
                            answers[i].question);
    return store_transact(ctx, "equality_set", set_once, &setting);
}

struct moving {
    const struct equality_owner *from, *to;
};

static enum status move_once(struct ctx *ctx, void *arg)
{
    const struct moving *moving = arg;
    const char *from, *to;
    struct equality_answer_rows_row *rows;
    size_t count;
    int64_t changes;
    TRY(equality_pseudonym(ctx, moving->from, &from));
    TRY(equality_pseudonym(ctx, moving->to, &to));
    TRY(equality_answer_rows(ctx, from, 1, &rows, &count));
    if (count == 0)
        return OK; /* nothing was answered: what was said before stays */
    TRY(equality_answer_clear(ctx, to, &changes));
    return equality_answer_move(ctx, from, to, &changes);
}

enum status equality_move(struct ctx *ctx, const struct equality_owner *from,
                          const struct equality_owner *to)
{
    struct moving moving = {from, to};
    return store_transact(ctx, "equality_move", move_once, &moving);
}

enum status equality_forget(struct ctx *ctx, const struct equality_owner *owner)
{
    const char *pseudonym;
    int64_t changes;
    TRY(equality_pseudonym(ctx, owner, &pseudonym));
    return equality_answer_clear(ctx, pseudonym, &changes);
}

static enum status purge(struct ctx *ctx, const struct job *job)
{
    const char *day = time_day_of(ctx->mem, ctx->now_secs);
    int64_t changes;
    (void)job;
    TRY(time_day_add(ctx->mem, day, (struct time_step){.days = -EQUALITY_DRAFT_KEPT_DAYS}, &day));
    return equality_answer_purge(ctx, day, &changes);
}

const struct job_kind equality_job_kinds[] = {
    {"equality.purge", purge, 3, 60, .every_secs = TIME_DAY_SECS},
    {0},
};
