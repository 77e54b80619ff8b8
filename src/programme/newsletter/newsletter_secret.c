/* SPDX-License-Identifier: MIT */
/*
 * newsletter_secret.c - tokens and hashes, all of one key.
 *
 * A link of a reader stands in every mail.  Kept as a random secret it would have to be stored as
 * it is, to be mailed again; so it follows from the reader and the key, and nothing is stored.
 */
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "programme/newsletter/newsletter.sql.h"
#include "programme/newsletter/newsletter_internal.h"

#include <inttypes.h>
#include <string.h>

enum { ID_CHARS = 16, PROOF_CHARS = 32, REPORT_PROOF_CHARS = 16 };

enum status newsletter_key(struct ctx *ctx, struct newsletter_key *out)
{
    struct text_span bytes;
    struct newsletter_secret_get_row row;
    unsigned char fresh[HASH_KEY_BYTES];
    enum status status = newsletter_secret_get(ctx, &row);
    if (status == ERR_NOT_FOUND) {
        int64_t changes;
        random_bytes(fresh, sizeof fresh);
        TRY(newsletter_secret_add(ctx, text_hex(ctx->mem, fresh, sizeof fresh), ctx->now_secs,
                                  &changes));
        status = newsletter_secret_get(ctx, &row);
    }
    TRY(status);
    if (text_hex_read(ctx->mem, row.secret, &bytes) != OK || bytes.length_bytes != HASH_KEY_BYTES)
        return ctx_fail(ctx, ERR_FAULT, "the secret in newsletter_secret is not one");
    memcpy(out->bytes, bytes.bytes, HASH_KEY_BYTES);
    return OK;
}

/* What the key says of a text, as so many hexadecimal digits. */
static const char *proof(struct mem *mem, const struct newsletter_key *key, const char *text,
                         int chars)
{
    return mem_text_part(mem, hash_keyed(mem, key->bytes, text, strlen(text)), (size_t)chars);
}

const char *newsletter_token_of(struct mem *mem, const struct newsletter_key *key,
                                int64_t reader_id)
{
    const char *id = mem_format(mem, "%016" PRIx64, (uint64_t)reader_id);
    return mem_join(mem, id, proof(mem, key, mem_join(mem, "reader ", id, ""), PROOF_CHARS), "");
}

const char *newsletter_report_token(struct mem *mem, const struct newsletter_key *key,
                                    int64_t issue_id, int64_t reader_id)
{
    const char *ids =
        mem_format(mem, "%016" PRIx64 "%016" PRIx64, (uint64_t)issue_id, (uint64_t)reader_id);
    return mem_join(mem, ids,
                    proof(mem, key, mem_join(mem, "report ", ids, ""), REPORT_PROOF_CHARS), "");
}

/* Sixteen hexadecimal digits; false: not. */
static bool read_id(const char *text, int64_t *out)
{
    uint64_t id = 0;
    for (int i = 0; i < ID_CHARS; i++) {
        char c = text[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
            return false;
        id = id * 16 + (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    *out = (int64_t)id;
    return *out > 0;
}

enum status newsletter_token_read(struct ctx *ctx, const char *token, int64_t *out)
{
    struct newsletter_key key;
    if (strlen(token) != NEWSLETTER_TOKEN_CHARS || !read_id(token, out))
        return ERR_NOT_FOUND;
    TRY(newsletter_key(ctx, &key));
    return hash_is_equal(newsletter_token_of(ctx->mem, &key, *out), token) ? OK : ERR_NOT_FOUND;
}

enum status newsletter_report_read(struct ctx *ctx, const char *token, int64_t *issue_id,
                                   int64_t *reader_id)
{
    struct newsletter_key key;
    if (strlen(token) != NEWSLETTER_REPORT_CHARS || !read_id(token, issue_id) ||
        !read_id(token + ID_CHARS, reader_id))
        return ERR_NOT_FOUND;
    TRY(newsletter_key(ctx, &key));
    const char *right = newsletter_report_token(ctx->mem, &key, *issue_id, *reader_id);
    return hash_is_equal(right, token) ? OK : ERR_NOT_FOUND;
}

enum status newsletter_stop_hash(struct ctx *ctx, const char *email_key, const char **out)
{
    struct newsletter_key key;
    TRY(newsletter_key(ctx, &key));
    const char *text = mem_join(ctx->mem, "stop ", email_key, "");
    *out = hash_keyed(ctx->mem, key.bytes, text, strlen(text));
    return OK;
}

enum status newsletter_token(struct ctx *ctx, int64_t reader_id, const char **out)
{
    struct newsletter_key key;
    TRY(newsletter_key(ctx, &key));
    *out = newsletter_token_of(ctx->mem, &key, reader_id);
    return OK;
}
