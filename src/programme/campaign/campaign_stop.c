/* SPDX-License-Identifier: MIT */
/*
 * campaign_stop.c - addresses that want no more letters.
 *
 * Only a keyed hash of each is kept, so that the list of those who want nothing is no list of
 * addresses.
 */
#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/campaign/campaign.h"
#include "programme/campaign/campaign.sql.h"

#include <string.h>

enum status campaign_stop_key(struct ctx *ctx, struct text_span *out)
{
    struct campaign_secret_get_row row;
    enum status status = campaign_secret_get(ctx, &row);
    if (status == ERR_NOT_FOUND) {
        int64_t changes;
        unsigned char fresh[HASH_KEY_BYTES];
        random_bytes(fresh, sizeof fresh);
        TRY(campaign_secret_add(ctx, text_hex(ctx->mem, fresh, sizeof fresh), &changes));
        status = campaign_secret_get(ctx, &row);
    }
    TRY(status);
    if (text_hex_read(ctx->mem, row.secret, out) != OK || out->length_bytes != HASH_KEY_BYTES)
        return ctx_fail(ctx, ERR_FAULT, "the secret in campaign_secret is not one");
    return OK;
}

static const char *hash_of(struct mem *mem, const struct text_span *key, const char *email_key)
{
    return hash_keyed(mem, key->bytes, email_key, strlen(email_key));
}

enum status campaign_stop_hash(struct ctx *ctx, const char *email_key, const char **out)
{
    struct text_span key;
    *out = "";
    if (email_key[0] == '\0')
        return OK;
    TRY(campaign_stop_key(ctx, &key));
    *out = hash_of(ctx->mem, &key, email_key);
    return OK;
}

enum status campaign_is_stopped(struct ctx *ctx, const struct text_span *key, const char *email_key,
                                bool *out)
{
    struct campaign_stopped_find_row row;
    *out = false;
    if (email_key[0] == '\0')
        return OK;
    enum status status = campaign_stopped_find(ctx, hash_of(ctx->mem, key, email_key), &row);
    *out = status == OK;
    return status == ERR_NOT_FOUND ? OK : status;
}

enum status campaign_stop_open(struct ctx *ctx, const char *token, const char **organisation_out)
{
    struct campaign_stop_find_row row;
    TRY(campaign_stop_find(ctx, hash_token(ctx->mem, token), &row));
    *organisation_out = row.organisation_name;
    return OK;
}

static enum status stop_once(struct ctx *ctx, void *arg)
{
    struct campaign_stop_find_row row;
    const char *hash;
    int64_t changes;
    TRY(campaign_stop_find(ctx, hash_token(ctx->mem, arg), &row));
    TRY(campaign_stop_hash(ctx, row.email_key, &hash));
    if (hash[0] == '\0') /* it was erased, and gets none */
        return OK;
    TRY(campaign_stop_add(ctx, hash, ctx->now_secs, &changes));
    if (changes == 0)
        return OK;
    return audit_note(ctx, &(const struct audit_deed){.what = "campaign.stopped"});
}

enum status campaign_stop(struct ctx *ctx, const char *token)
{
    return store_transact(ctx, "campaign_stop", stop_once, mem_text(ctx->mem, token));
}
