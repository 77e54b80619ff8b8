/* SPDX-License-Identifier: MIT */
/*
 * ledger_key.c - the keys that sign, and signing.
 *
 * Keys are numbered from 1.  What lets a key in is a signature, for the purpose "log key", over
 *
 *     onward log key 1
 *     number               from 1
 *     public key           base64url
 *     from                 UTC seconds
 *
 * each line ended by LF: by the key before it, and by itself for the first.  Whoever knows one key
 * can so follow to all later ones.  When another takes over, the secret of the old one is wiped.
 */
#include "programme/ledger/ledger_internal.h"

#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/base/sign.h"
#include "platform/store/store.h"

#include <inttypes.h>
#include <string.h>

/* What is signed in the place of the bytes. */
static const char *statement(struct mem *mem, const char *purpose, const void *bytes, size_t length)
{
    return mem_format(mem, "onward signature 1\n%s\n%s\n", purpose,
                      hash_sha256(mem, bytes, length));
}

static const char *signature_of(struct mem *mem, const unsigned char *secret, const char *text)
{
    unsigned char signature[SIGN_SIGNATURE_BYTES];
    sign_bytes(secret, text, strlen(text), signature);
    return text_base64url(mem, signature, sizeof signature);
}

/* ---- making keys ---- */

/* A new pair of keys, still without what lets it in. */
static struct ledger_key_now_row new_key(struct ctx *ctx, int64_t number, unsigned char *secret_out)
{
    unsigned char public_key[SIGN_PUBLIC_BYTES];
    random_bytes(secret_out, SIGN_SECRET_BYTES);
    sign_public(secret_out, public_key);
    const char *digest = hash_sha256(ctx->mem, public_key, sizeof public_key);
    return (struct ledger_key_now_row){
        .number = number,
        .id = mem_text_part(ctx->mem, digest, LEDGER_KEY_ID_CHARS),
        .public_key = text_base64url(ctx->mem, public_key, sizeof public_key),
        .secret = text_hex(ctx->mem, secret_out, SIGN_SECRET_BYTES),
        .from_at = ctx->now_secs,
    };
}

const char *ledger_key_text(struct mem *mem, int64_t number, const char *public_key,
                            int64_t from_at)
{
    return mem_format(mem, "onward log key 1\n%" PRId64 "\n%s\n%" PRId64 "\n", number, public_key,
                      from_at);
}

/* Keeps a key that another one, or itself, lets in.  changes: 0 when there is one of its number. */
static enum status keep_key(struct ctx *ctx, const struct ledger_key_now_row *key,
                            const char *signed_by, const unsigned char *secret, int64_t *changes)
{
    const char *text = ledger_key_text(ctx->mem, key->number, key->public_key, key->from_at);
    const char *signature =
        signature_of(ctx->mem, secret, statement(ctx->mem, "log key", text, strlen(text)));
    return ledger_key_add(ctx, key->number, key->id, key->public_key, key->secret, key->from_at,
                          signed_by, signature, changes);
}

static enum status read_secret(struct ctx *ctx, const struct ledger_key_now_row *key,
                               unsigned char *secret_out)
{
    struct text_span bytes;
    if (text_hex_read(ctx->mem, key->secret, &bytes) != OK ||
        bytes.length_bytes != SIGN_SECRET_BYTES)
        return ctx_fail(ctx, ERR_FAULT, "the secret of the key \"%s\" is not one", key->id);
    memcpy(secret_out, bytes.bytes, SIGN_SECRET_BYTES);
    return OK;
}

/* The key that signs now; the first time it is made. */
static enum status key_now(struct ctx *ctx, struct ledger_key_now_row *out,
                           unsigned char *secret_out)
{
    enum status status = ledger_key_now(ctx, out);
    if (status == ERR_NOT_FOUND) {
        int64_t changes;
        struct ledger_key_now_row first = new_key(ctx, 1, secret_out);
        TRY(keep_key(ctx, &first, first.id, secret_out, &changes));
        status = ledger_key_now(ctx, out);
    }
    TRY(status);
    return read_secret(ctx, out, secret_out);
}

enum status ledger_keys(struct ctx *ctx, struct ledger_key **out, size_t *count_out)
{
    struct ledger_key_rows_row *rows;
    TRY(ledger_key_rows(ctx, 0, LEDGER_KEYS_MAX, &rows, count_out));
    *out = mem_array(ctx->mem, struct ledger_key, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct ledger_key){rows[i].id, rows[i].public_key, rows[i].from_at,
                                        rows[i].until_at == NULL ? 0 : *rows[i].until_at};
    return OK;
}

/* What the old key signed lies before, whatever the clock of this node says. */
static enum status no_earlier_than(struct ctx *ctx, const struct ledger_key_now_row *old,
                                   int64_t *at)
{
    struct ledger_head head = {0};
    enum status status = ledger_head_newest(ctx, &head);
    if (*at < old->from_at)
        *at = old->from_at;
    if (status == OK && *at < head.at)
        *at = head.at;
    return status == ERR_NOT_FOUND ? OK : status;
}

static enum status renew_once(struct ctx *ctx, void *arg)
{
    const char **id_out = arg;
    unsigned char secret[SIGN_SECRET_BYTES], fresh_secret[SIGN_SECRET_BYTES];
    struct ledger_key_now_row old;
    int64_t changes, from_at = ctx->now_secs;
    TRY(key_now(ctx, &old, secret));
    TRY(no_earlier_than(ctx, &old, &from_at));
    struct ledger_key_now_row fresh = new_key(ctx, old.number + 1, fresh_secret);
    fresh.from_at = from_at;
    TRY(keep_key(ctx, &fresh, old.id, secret, &changes));
    *id_out = fresh.id;
    return ledger_key_end(ctx, old.number, from_at, &changes);
}

enum status ledger_key_renew(struct ctx *ctx, const char **id_out)
{
    return store_transact(ctx, "ledger_key_renew", renew_once, id_out);
}

/* ---- signing ---- */

enum status ledger_sign(struct ctx *ctx, const char *purpose, const void *bytes,
                        size_t length_bytes, struct ledger_signature *out)
{
    unsigned char secret[SIGN_SECRET_BYTES];
    struct ledger_key_now_row key;
    TRY(key_now(ctx, &key, secret));
    out->key_id = key.id;
    out->signature =
        signature_of(ctx->mem, secret, statement(ctx->mem, purpose, bytes, length_bytes));
    return OK;
}

enum status ledger_signature_holds(struct ctx *ctx, const char *purpose,
                                   const struct text_span *bytes,
                                   const struct ledger_signature *signature, bool *holds_out)
{
    struct ledger_key_of_row key;
    struct text_span public_key, signed_bytes;
    *holds_out = false;
    TRY(ledger_key_of(ctx, signature->key_id, &key));
    if (text_base64url_read(ctx->mem, key.public_key, &public_key) != OK ||
        public_key.length_bytes != SIGN_PUBLIC_BYTES)
        return ctx_fail(ctx, ERR_FAULT, "the public key \"%s\" is not one", signature->key_id);
    if (text_base64url_read(ctx->mem, signature->signature, &signed_bytes) != OK ||
        signed_bytes.length_bytes != SIGN_SIGNATURE_BYTES)
        return OK;
    const char *text = statement(ctx->mem, purpose, bytes->bytes, bytes->length_bytes);
    *holds_out = sign_holds((const unsigned char *)public_key.bytes, text, strlen(text),
                            (const unsigned char *)signed_bytes.bytes);
    return OK;
}
