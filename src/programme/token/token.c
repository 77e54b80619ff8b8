/* SPDX-License-Identifier: MIT */
/* token.c - making, taking back and recognising keys. */
#include "programme/token/token.h"

#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/directory/directory.h"
#include "programme/token/token.sql.h"

#include <inttypes.h>
#include <string.h>

/* So that a key that got into some file is found for what it is. */
#define BEGINNING "onward_"

enum { START_CHARS = sizeof BEGINNING - 1 + 4, DAY_SECS = 86400, USED_EXACT_SECS = 3600 };

static const struct {
    enum access access;
    const char *code; /* stands in the table: never changed */
} can_be_given[] = {
    {MAY_SEE_PLEDGES, "see-pledges"},
};
enum { CAN_BE_GIVEN = sizeof can_be_given / sizeof can_be_given[0] };

_Static_assert(CAN_BE_GIVEN <= sizeof((struct token *)0)->accesses / sizeof(enum access),
               "struct token holds every access");

const enum access *token_accesses(void)
{
    static const enum access accesses[CAN_BE_GIVEN + 1] = {MAY_SEE_PLEDGES};
    return accesses;
}

const char *token_access_code(enum access access)
{
    for (size_t i = 0; i < CAN_BE_GIVEN; i++)
        if (can_be_given[i].access == access)
            return can_be_given[i].code;
    return NULL;
}

const struct audit_kind token_audit_kinds[] = {
    {"token.made", "A key for another program was made", false},
    {"token.ended", "A key for another program was taken back", false},
    {0},
};

bool token_is_live(const struct token *token, int64_t now_secs)
{
    return token->ended_at == 0 && token->expires_at > now_secs;
}

/* ---- making ---- */

struct making {
    const char *organisation;
    const struct token_new *wanted;
    const char *accesses; /* codes parted by spaces */
    const char *key;
    int64_t days;
};

static enum status note(struct ctx *ctx, const char *what, const char *organisation,
                        const char *name)
{
    return audit_note(
        ctx, &(const struct audit_deed){.what = what, .organisation = organisation, .thing = name});
}

/* Runs inside a transaction, perhaps more than once. */
static enum status make_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    struct organisation it;
    struct token_live_row live;
    const struct making *making = arg;
    TRY(directory_find(ctx, making->organisation, &it));
    TRY(token_live(ctx, it.code, ctx->now_secs, &live));
    if (live.tokens >= TOKENS_LIVE_MOST)
        return ctx_fail(ctx, ERR_CONFLICT, "%s has %d keys, as many as one may", it.code,
                        TOKENS_LIVE_MOST);
    TRY(token_add(ctx, id_new(ctx), it.code, it.name, making->wanted->name,
                  mem_text_part(ctx->mem, making->key, START_CHARS),
                  hash_token(ctx->mem, making->key), making->accesses, ctx->now_secs, ctx->person.n,
                  making->wanted->request, ctx->now_secs + making->days * DAY_SECS, &changes));
    if (changes == 0)
        return ctx_fail(ctx, ERR_CONFLICT, "this form made a key before");
    return note(ctx, "token.made", it.code, making->wanted->name);
}

static enum status read_wanted(struct ctx *ctx, struct making *making,
                               struct form_problems *problems)
{
    const struct token_new *wanted = making->wanted;
    if (wanted->name == NULL || wanted->name[0] == '\0' ||
        text_length_chars(wanted->name) > TOKEN_NAME_CHARS_MOST)
        form_wrong(problems, "name", "Enter a name of at most 80 characters");
    if (text_number(wanted->days, 1, TOKEN_DAYS_MOST, &making->days) != OK)
        form_wrong(problems, "days", "Choose how long the key works");
    for (size_t i = 0; i < wanted->accesses.count; i++) {
        bool is_known = false;
        for (size_t k = 0; k < CAN_BE_GIVEN; k++)
            is_known = is_known || strcmp(can_be_given[k].code, wanted->accesses.codes[i]) == 0;
        if (!is_known)
            form_wrong(problems, "accesses", "Choose what the key may do from the list");
        making->accesses = mem_format(ctx->mem, "%s%s%s", making->accesses, i > 0 ? " " : "",
                                      wanted->accesses.codes[i]);
    }
    if (wanted->accesses.count == 0)
        form_wrong(problems, "accesses", "Choose what the key may do");
    if (problems->count == 0)
        return OK;
    ctx->fault = NULL;
    return ctx_fail(ctx, ERR_INVALID, "this is no key that can be made");
}

enum status token_make(struct ctx *ctx, const char *organisation, const struct token_new *wanted,
                       struct form_problems *problems, const char **key_out)
{
    struct making making = {.organisation = organisation, .wanted = wanted, .accesses = ""};
    TRY(read_wanted(ctx, &making, problems));
    making.key = mem_format(ctx->mem, BEGINNING "%s", random_token(ctx->mem));
    TRY(store_transact(ctx, "token_make", make_once, &making));
    *key_out = making.key;
    return OK;
}

/* ---- reading ---- */

static int64_t or_zero(const int64_t *at)
{
    return at != NULL ? *at : 0;
}

/* Names that this release does not know allow nothing. */
static void read_accesses(struct mem *mem, const char *text, struct token *out)
{
    const char *padded = mem_format(mem, " %s ", text);
    for (size_t i = 0; i < CAN_BE_GIVEN; i++)
        if (strstr(padded, mem_format(mem, " %s ", can_be_given[i].code)) != NULL)
            out->accesses[out->access_count++] = can_be_given[i].access;
}

enum status token_get(struct ctx *ctx, int64_t id, struct token *out)
{
    struct token_by_id_row row;
    TRY(token_by_id(ctx, id, &row));
    *out = (struct token){
        .id = row.id,
        .organisation = row.organisation_code,
        .organisation_name = row.organisation_name,
        .name = row.name,
        .start = row.start,
        .made_at = row.made_at,
        .expires_at = row.expires_at,
        .ended_at = or_zero(row.ended_at),
        .used_at = or_zero(row.used_at),
        .maker = row.maker != NULL ? row.maker : "somebody who has left",
    };
    read_accesses(ctx->mem, row.accesses, out);
    return OK;
}

/* ---- taking back ---- */

static enum status end_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    struct token token;
    const int64_t *id = arg;
    TRY(token_get(ctx, *id, &token));
    TRY(token_set_ended(ctx, *id, ctx->now_secs, &changes));
    return changes == 0 ? OK : note(ctx, "token.ended", token.organisation, token.name);
}

enum status token_end(struct ctx *ctx, int64_t id)
{
    return store_transact(ctx, "token_end", end_once, &id);
}

/* ---- being shown ---- */

enum status token_show(struct ctx *ctx, const char *key, int64_t *id_out)
{
    int64_t changes;
    struct token_by_hash_row row;
    size_t length = strlen(key);
    if (!text_begins(key, BEGINNING) || length != sizeof BEGINNING - 1 + RANDOM_TOKEN_CHARS)
        return ctx_fail(ctx, ERR_FORBIDDEN, "this has not the form of a key");
    enum status status = token_by_hash(ctx, hash_token(ctx->mem, key), &row);
    if (status == ERR_NOT_FOUND)
        return ctx_fail(ctx, ERR_FORBIDDEN, "there is no such key");
    TRY(status);
    if (row.ended_at != NULL || row.expires_at <= ctx->now_secs)
        return ctx_fail(ctx, ERR_FORBIDDEN, "key %" PRId64 " has ended", row.id);
    if (ctx->now_secs - or_zero(row.used_at) >= USED_EXACT_SECS)
        TRY(token_set_used(ctx, row.id, ctx->now_secs, &changes));
    *id_out = row.id;
    return OK;
}
