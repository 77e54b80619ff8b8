/* SPDX-License-Identifier: MIT */
/*
 * dkim.c - the canonical form of RFC 6376, section 3.4, and the signature over it, by OpenSSL.
 *
 * RSA signs the header data itself (rsa-sha256); Ed25519 signs its SHA-256 (RFC 8463, section 3).
 */
#include "platform/mail/dkim.h"

#include "platform/base/settings.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>
#include <strings.h>

enum {
    RSA_BITS_LEAST = 2048,
    DIGEST_BYTES = 32,
    SIGNATURE_BYTES_MAX = 1024,
    HEADER_BYTES_MAX = 65536
};

struct dkim {
    EVP_PKEY *key;
    bool is_ed25519;
    const char *selector, *domain;
};

/* What is signed, when it is there: what people see, and what their mail program acts on (RFC 8058
 * asks for the last two). */
static const char *const signed_headers[] = {"From",
                                             "To",
                                             "Subject",
                                             "Date",
                                             "Message-Id",
                                             "MIME-Version",
                                             "Content-Type",
                                             "List-Unsubscribe",
                                             "List-Unsubscribe-Post"};
enum { SIGNED_COUNT = sizeof signed_headers / sizeof signed_headers[0] };

static void let_go(void *arg)
{
    EVP_PKEY_free(arg);
}

enum status dkim_open(struct ctx *ctx, struct dkim **out)
{
    const struct settings *settings = ctx->settings;
    *out = NULL;
    if (settings->dkim_key[0] == '\0')
        return OK;
    if (settings->dkim_selector[0] == '\0')
        return ctx_fail(ctx, ERR_INVALID, "dkim_key is set and dkim_selector is not");
    BIO *file = BIO_new_file(settings->dkim_key, "r");
    if (file == NULL)
        return ctx_fail(ctx, ERR_INVALID, "the file of dkim_key cannot be read");
    EVP_PKEY *key = PEM_read_bio_PrivateKey(file, NULL, NULL, (void *)(size_t) "");
    BIO_free(file);
    if (key == NULL)
        return ctx_fail(ctx, ERR_INVALID, "the file of dkim_key holds no private key in PEM");
    mem_at_end(ctx->mem, let_go, key);
    bool is_ed25519 = EVP_PKEY_is_a(key, "ED25519");
    if (!is_ed25519 && !(EVP_PKEY_is_a(key, "RSA") && EVP_PKEY_bits(key) >= RSA_BITS_LEAST))
        return ctx_fail(ctx, ERR_INVALID,
                        "dkim_key must be an Ed25519 key, or an RSA key of at least 2048 bits");
    struct dkim *dkim = mem_new(ctx->mem, struct dkim);
    *dkim = (struct dkim){key, is_ed25519, mem_text(ctx->mem, settings->dkim_selector),
                          mem_text(ctx->mem, strchr(settings->mail_from, '@') + 1)};
    *out = dkim;
    return OK;
}

static const char *base64(struct ctx *ctx, const unsigned char *bytes, size_t length_bytes)
{
    unsigned char *text = mem_room(ctx->mem, length_bytes / 3 * 4 + 8);
    EVP_EncodeBlock(text, bytes, (int)length_bytes);
    return (const char *)text;
}

enum status dkim_record(struct ctx *ctx, const struct dkim *dkim, const char **out)
{
    unsigned char *der = NULL;
    int length_bytes = i2d_PUBKEY(dkim->key, &der);
    unsigned char raw[DIGEST_BYTES];
    size_t raw_bytes = sizeof raw;
    if (length_bytes <= 0)
        return ctx_fail(ctx, ERR_FAULT, "the public half of dkim_key cannot be written");
    const char *whole = base64(ctx, der, (size_t)length_bytes);
    OPENSSL_free(der);
    if (!dkim->is_ed25519) {
        *out = mem_format(ctx->mem, "v=DKIM1; k=rsa; p=%s", whole);
        return OK;
    }
    if (EVP_PKEY_get_raw_public_key(dkim->key, raw, &raw_bytes) != 1)
        return ctx_fail(ctx, ERR_FAULT, "the public half of dkim_key cannot be written");
    *out = mem_format(ctx->mem, "v=DKIM1; k=ed25519; p=%s", base64(ctx, raw, raw_bytes));
    return OK;
}

/* ---- the canonical form ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* One line of the body without its end: runs of spaces become one, those at the end go. */
static size_t relax_line(char *to, const char *line, size_t length_bytes)
{
    size_t n = 0;
    while (length_bytes > 0 && is_space(line[length_bytes - 1]))
        length_bytes--;
    for (size_t i = 0; i < length_bytes; i++)
        if (!is_space(line[i]))
            to[n++] = line[i];
        else if (i == 0 || !is_space(line[i - 1]))
            to[n++] = ' ';
    return n;
}

/* Section 3.4.4: empty lines at the end do not count. */
static size_t relax_body(char *to, const char *body, size_t length_bytes)
{
    size_t n = 0, counted = 0;
    const char *end = body + length_bytes;
    while (body < end) {
        const char *next = memchr(body, '\n', (size_t)(end - body));
        const char *stop = next == NULL ? end : next;
        size_t line_bytes = (size_t)(stop - body);
        if (line_bytes > 0 && body[line_bytes - 1] == '\r')
            line_bytes--;
        size_t added = relax_line(to + n, body, line_bytes);
        n += added;
        memcpy(to + n, "\r\n", 2);
        n += 2;
        if (added > 0)
            counted = n;
        body = next == NULL ? end : next + 1;
    }
    return counted;
}

/* Where a header of that name begins, and its length with its end and its folded lines. */
static const char *find_header(struct text_span header, const char *name, size_t *length_out)
{
    size_t name_bytes = strlen(name);
    const char *end = header.bytes + header.length_bytes;
    const char *found = NULL;
    for (const char *at = header.bytes; at < end;) {
        const char *line_end = at;
        do {
            line_end = memchr(line_end, '\n', (size_t)(end - line_end));
            line_end = line_end == NULL ? end : line_end + 1;
        } while (line_end < end && is_space(*line_end));
        if ((size_t)(line_end - at) > name_bytes && at[name_bytes] == ':' &&
            strncasecmp(at, name, name_bytes) == 0) {
            found = at; /* the last of that name is the one that is signed */
            *length_out = (size_t)(line_end - at);
        }
        at = line_end;
    }
    return found;
}

/* Section 3.4.2: name in small letters, unfolded, runs of spaces as one, none at the ends. */
static void relax_header(struct text_builder *to, const char *header, size_t length_bytes)
{
    bool is_name = true, is_gap = false, has_value = false;
    for (size_t i = 0; i < length_bytes; i++) {
        char c = header[i];
        if (c == '\r' || c == '\n')
            continue;
        if (is_name) {
            c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
            if (!is_space(c))
                text_add_part(to, &c, 1);
            is_name = c != ':';
            continue;
        }
        if (is_space(c)) {
            is_gap = has_value;
            continue;
        }
        if (is_gap)
            text_add(to, " ");
        text_add_part(to, &c, 1);
        has_value = true;
        is_gap = false;
    }
}

/* ---- the signature ---- */

static bool sign_data(const struct dkim *dkim, const char *data, unsigned char *signature,
                      size_t *length_bytes)
{
    unsigned char digest[DIGEST_BYTES];
    const unsigned char *bytes = (const unsigned char *)data;
    size_t data_bytes = strlen(data);
    if (dkim->is_ed25519) {
        if (EVP_Digest(data, data_bytes, digest, NULL, EVP_sha256(), NULL) != 1)
            return false;
        bytes = digest;
        data_bytes = sizeof digest;
    }
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    bool is_done = md != NULL &&
                   EVP_DigestSignInit(md, NULL, dkim->is_ed25519 ? NULL : EVP_sha256(), NULL,
                                      dkim->key) == 1 &&
                   EVP_DigestSign(md, signature, length_bytes, bytes, data_bytes) == 1;
    EVP_MD_CTX_free(md);
    return is_done;
}

/* The header that signs, without its last value and without an end. */
static const char *unsigned_header(struct ctx *ctx, const struct dkim *dkim, int64_t signed_at,
                                   const char *names, const char *body_hash)
{
    return mem_format(ctx->mem,
                      "DKIM-Signature: v=1; a=%s; c=relaxed/relaxed; d=%s;\r\n"
                      " s=%s; t=%lld; h=%s;\r\n bh=%s;\r\n b=",
                      dkim->is_ed25519 ? "ed25519-sha256" : "rsa-sha256", dkim->domain,
                      dkim->selector, (long long)signed_at, names, body_hash);
}

/* A long value in lines of 72 characters. */
static void add_folded(struct text_builder *to, const char *value)
{
    for (size_t left = strlen(value); left > 0;) {
        size_t now = left > 72 ? 72 : left;
        text_add_part(to, value, now);
        value += now;
        left -= now;
        if (left > 0)
            text_add(to, "\r\n ");
    }
}

enum status dkim_sign(struct ctx *ctx, const struct dkim *dkim, int64_t signed_at,
                      struct text_span *message)
{
    unsigned char digest[DIGEST_BYTES], signature[SIGNATURE_BYTES_MAX];
    size_t signature_bytes = sizeof signature, header_bytes = 0;
    if (dkim == NULL)
        return OK;
    const char *gap = memmem(message->bytes, message->length_bytes, "\r\n\r\n", 4);
    if (gap == NULL)
        return ctx_fail(ctx, ERR_FAULT, "a message without the end of its header cannot be signed");
    struct text_span header = {message->bytes, (size_t)(gap - message->bytes) + 2};
    const char *body = gap + 4;
    size_t body_bytes = message->length_bytes - header.length_bytes - 2;
    char *relaxed = mem_room(ctx->mem, body_bytes + 3);
    size_t relaxed_bytes = relax_body(relaxed, body, body_bytes);
    if (EVP_Digest(relaxed, relaxed_bytes, digest, NULL, EVP_sha256(), NULL) != 1)
        return ctx_fail(ctx, ERR_FAULT, "a message cannot be hashed");

    struct text_builder names = text_build(ctx->mem, HEADER_BYTES_MAX);
    struct text_builder data = text_build(ctx->mem, HEADER_BYTES_MAX);
    for (size_t i = 0; i < SIGNED_COUNT; i++) {
        const char *at = find_header(header, signed_headers[i], &header_bytes);
        if (at == NULL)
            continue;
        text_add_format(&names, "%s%s", names.length_bytes > 0 ? ":" : "", signed_headers[i]);
        relax_header(&data, at, header_bytes);
        text_add(&data, "\r\n");
    }
    const char *name_list, *signed_data, *whole;
    TRY(text_build_end(&names, &name_list));
    const char *own =
        unsigned_header(ctx, dkim, signed_at, name_list, base64(ctx, digest, sizeof digest));
    relax_header(&data, own, strlen(own));
    TRY(text_build_end(&data, &signed_data));
    if (!sign_data(dkim, signed_data, signature, &signature_bytes))
        return ctx_fail(ctx, ERR_FAULT, "a message cannot be signed");

    struct text_builder to = text_build(ctx->mem, message->length_bytes + HEADER_BYTES_MAX);
    text_add(&to, own);
    add_folded(&to, base64(ctx, signature, signature_bytes));
    text_add(&to, "\r\n");
    text_add_part(&to, message->bytes, message->length_bytes);
    size_t length_bytes = to.length_bytes;
    TRY(text_build_end(&to, &whole));
    *message = (struct text_span){whole, length_bytes};
    return OK;
}
