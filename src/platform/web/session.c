/* SPDX-License-Identifier: MIT */
/*
 * session.c - cookies, form tokens and rows of sessions.
 *
 * A form token is 16 random bytes and the first 16 of HMAC(secret, cookie token) xor them.  The
 * random half changes with every page, so that a page which is compressed together with something
 * that a stranger chose does not give the secret half away (the BREACH attack).
 */
#include "platform/web/session.h"

#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "platform/web/device.h"
#include "platform/web/server.h"
#include "platform/web/session_inner.h"
#include "platform/web/target.h"
#include "platform/web/web.sql.h"

#include <stdlib.h>
#include <string.h>

enum {
    MASK_BYTES = 16,
    CODE_CHARS = 32,
    TOKEN_CHARS = 1 + RANDOM_TOKEN_CHARS,
    MINUTE_CHARS_MAX = 12
};

/* ---- the secret ---- */

enum status session_secret(struct ctx *ctx, unsigned char *secret_out)
{
    struct text_span bytes;
    struct web_secret_get_row row;
    unsigned char fresh[HASH_KEY_BYTES];
    enum status status = web_secret_get(ctx, &row);
    if (status == ERR_NOT_FOUND) {
        /* Another node may be first: whoever is, all read the same one. */
        int64_t changes;
        random_bytes(fresh, sizeof fresh);
        const char *secret = text_hex(ctx->mem, fresh, sizeof fresh);
        TRY(web_secret_add(ctx, secret, ctx->now_secs, &changes));
        status = web_secret_get(ctx, &row);
    }
    TRY(status);
    if (text_hex_read(ctx->mem, row.secret, &bytes) != OK || bytes.length_bytes != HASH_KEY_BYTES)
        return ctx_fail(ctx, ERR_FAULT, "the secret in web_secret is not one");
    memcpy(secret_out, bytes.bytes, HASH_KEY_BYTES);
    return OK;
}

/* ---- cookies ---- */

static const char *code_of_minute(const struct web_request *request, const char *token,
                                  const char *minute)
{
    struct mem *mem = request->ctx->mem;
    const char *text = mem_format(mem, "minute %s %s", token, minute);
    const char *code = hash_keyed(mem, request->inner->server->secret, text, strlen(text));
    return mem_text_part(mem, code, CODE_CHARS);
}

static bool is_token(const char *token)
{
    return (token[0] == 'a' || token[0] == 's') &&
           strspn(token + 1, "abcdefghijklmnopqrstuvwxyz0123456789") == RANDOM_TOKEN_CHARS &&
           token[TOKEN_CHARS] == '\0';
}

static const char *cookie_name(const struct web_request *request)
{
    return request->inner->is_secure ? "__Host-onward" : "onward";
}

struct sent_cookie {
    const char *token; /* NULL: none of the right form */
    int64_t used_secs; /* 0 for an anonymous one       */
};

static struct sent_cookie read_cookie(struct web_request *request)
{
    struct sent_cookie none = {0}, sent = {0};
    struct mem *mem = request->ctx->mem;
    struct text_span found =
        target_cookie(caller_header(request->inner->raw, "cookie"), cookie_name(request));
    request->inner->has_sent_cookie = found.bytes != NULL;
    if (found.bytes == NULL || found.length_bytes < TOKEN_CHARS ||
        found.length_bytes > TOKEN_CHARS + MINUTE_CHARS_MAX + CODE_CHARS + 2)
        return none;
    char *token = mem_text_part(mem, found.bytes, found.length_bytes);
    char *minute = strchr(token, '.');
    if (minute != NULL)
        *minute++ = '\0';
    if (!is_token(token) || (token[0] == 's') != (minute != NULL))
        return none;
    sent.token = token;
    if (minute == NULL)
        return sent;
    char *code = strchr(minute, '.');
    if (code == NULL)
        return none;
    *code++ = '\0';
    if (!hash_is_equal(code_of_minute(request, token, minute), code))
        return none;
    sent.used_secs = strtoll(minute, NULL, 10) * TIME_MINUTE_SECS;
    return sent;
}

static const char *set_cookie(struct web_request *request, const char *token, int64_t kept_secs)
{
    struct mem *mem = request->ctx->mem;
    const char *value = token;
    if (token[0] == 's') {
        const char *minute =
            mem_format(mem, "%lld", (long long)(request->ctx->now_secs / TIME_MINUTE_SECS));
        value = mem_format(mem, "%s.%s.%s", token, minute, code_of_minute(request, token, minute));
    }
    return mem_format(mem, "%s=%s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Lax%s",
                      cookie_name(request), value, (long long)kept_secs,
                      request->inner->is_secure ? "; Secure" : "");
}

void session_give_cookie(struct web_request *request, struct web_answer *answer)
{
    struct web_inner *inner = request->inner;
    if (answer->cookie != NULL)
        return;
    if (inner->new_cookie != NULL)
        answer->cookie = set_cookie(request, inner->new_cookie, SESSION_BROWSER_SECS);
    else if (inner->needs_fresh_minute)
        answer->cookie = set_cookie(request, inner->cookie, SESSION_KEPT_SECS);
}

/* ---- who is signed in ---- */

static enum status sign_in_by(struct web_request *request, const struct web_session_find_row *row)
{
    struct ctx *ctx = request->ctx;
    const char *name = "";
    struct person_id person = {row->person_id};
    if (request->app->person_name != NULL)
        TRY(request->app->person_name(ctx, person, &name));
    if (name[0] == '\0')
        return OK;
    ctx->person = person;
    request->person_name = name;
    request->browser = row->browser;
    request->session =
        (struct web_session){row->id, (int)row->strength, (int)row->needs, row->proved_at};
    return OK;
}

enum status session_read(struct web_request *request)
{
    struct ctx *ctx = request->ctx;
    struct sent_cookie sent = read_cookie(request);
    request->inner->cookie = sent.token;
    if (sent.token == NULL)
        return OK;
    if (sent.token[0] == 'a') {
        request->browser = hash_token(ctx->mem, sent.token);
        return OK;
    }
    struct web_session_find_row row;
    enum status status = web_session_find(ctx, hash_token(ctx->mem, sent.token), &row);
    if (status == ERR_NOT_FOUND)
        return OK;
    TRY(status);
    int64_t unused_secs = ctx->now_secs - sent.used_secs;
    if (row.expires_at <= ctx->now_secs || unused_secs > row.idle_secs)
        return OK;
    TRY(sign_in_by(request, &row));
    request->inner->needs_fresh_minute = ctx->person.n != 0 && unused_secs >= SESSION_FRESH_SECS;
    request->inner->needs_row_seen = ctx->now_secs - row.seen_at >= SESSION_FRESH_SECS;
    return OK;
}

void session_seen(struct web_request *request)
{
    int64_t changes;
    struct ctx *ctx = request->ctx;
    if (ctx->person.n == 0 || !request->inner->needs_row_seen)
        return;
    /* Not worth failing for: the request itself will say what is wrong with the store. */
    if (web_session_see(ctx, hash_token(ctx->mem, request->inner->cookie), ctx->now_secs,
                        device_network(ctx->mem, &request->inner->caller.address), &changes) != OK)
        ctx->fault = NULL;
}

/* ---- form tokens ---- */

/* The first MASK_BYTES bytes that stand for this cookie. */
static void token_bytes(const struct web_request *request, const char *cookie, unsigned char *out)
{
    struct text_span bytes;
    struct mem *mem = request->ctx->mem;
    const char *text = mem_format(mem, "form %s", cookie);
    const char *code = hash_keyed(mem, request->inner->server->secret, text, strlen(text));
    if (text_hex_read(mem, code, &bytes) != OK)
        abort();
    memcpy(out, bytes.bytes, MASK_BYTES);
}

const char *web_token(struct web_request *request)
{
    unsigned char bytes[2 * MASK_BYTES];
    struct web_inner *inner = request->inner;
    struct mem *mem = request->ctx->mem;
    const char *cookie = inner->new_cookie != NULL ? inner->new_cookie : inner->cookie;
    bool is_over = cookie != NULL && cookie[0] == 's' && request->ctx->person.n == 0;
    if (cookie == NULL || is_over)
        cookie = inner->new_cookie = mem_format(mem, "a%s", random_token(mem));
    inner->is_token_asked = true;
    random_bytes(bytes, MASK_BYTES);
    token_bytes(request, cookie, bytes + MASK_BYTES);
    for (int i = 0; i < MASK_BYTES; i++)
        bytes[MASK_BYTES + i] ^= bytes[i];
    return text_hex(mem, bytes, sizeof bytes);
}

bool session_token_fits(const struct web_request *request, const char *token)
{
    unsigned char wanted[MASK_BYTES], got[MASK_BYTES];
    struct text_span sent;
    struct mem *mem = request->ctx->mem;
    if (request->inner->cookie == NULL || strlen(token) != 4 * MASK_BYTES ||
        text_hex_read(mem, token, &sent) != OK)
        return false;
    for (int i = 0; i < MASK_BYTES; i++)
        got[i] = (unsigned char)(sent.bytes[i] ^ sent.bytes[MASK_BYTES + i]);
    token_bytes(request, request->inner->cookie, wanted);
    return hash_is_equal(text_hex(mem, wanted, MASK_BYTES), text_hex(mem, got, MASK_BYTES));
}

/* ---- beginning, proving and ending ---- */

struct beginning {
    const char *old_hash; /* NULL: none */
    const char *hash, *browser, *device, *network;
    const struct session_start *start;
    int64_t idle_secs, kept_secs;
};

static enum status begin_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const struct beginning *begin = arg;
    const struct session_start *start = begin->start;
    if (begin->old_hash != NULL)
        TRY(web_session_remove(ctx, begin->old_hash, &changes));
    return web_session_add(ctx, id_new(ctx), begin->hash, start->person.n, begin->browser,
                           ctx->now_secs, ctx->now_secs + begin->kept_secs, start->strength,
                           start->needs, begin->idle_secs, begin->device, begin->network, &changes);
}

static int64_t at_most(int64_t wanted_secs, int64_t usual_secs)
{
    return wanted_secs > 0 && wanted_secs < usual_secs ? wanted_secs : usual_secs;
}

enum status session_begin(struct web_request *request, struct web_answer *answer,
                          const struct session_start *start)
{
    struct ctx *ctx = request->ctx;
    struct web_inner *inner = request->inner;
    const char *token = mem_format(ctx->mem, "s%s", random_token(ctx->mem));
    struct beginning begin = {
        .hash = hash_token(ctx->mem, token),
        .device = device_label(ctx->mem, web_asked(request, "user-agent")),
        .network = device_network(ctx->mem, &inner->caller.address),
        .start = start,
        .idle_secs = at_most(start->idle_secs, SESSION_IDLE_SECS),
        .kept_secs = at_most(start->kept_secs, SESSION_KEPT_SECS),
    };
    begin.browser = request->browser[0] != '\0' ? request->browser : begin.hash;
    if (inner->cookie != NULL && inner->cookie[0] == 's')
        begin.old_hash = hash_token(ctx->mem, inner->cookie);
    TRY(store_transact(ctx, "session_begin", begin_once, &begin));
    answer->cookie = set_cookie(request, token, SESSION_KEPT_SECS);
    return OK;
}

enum status session_prove(struct web_request *request, struct web_answer *answer, int strength)
{
    int64_t changes;
    struct ctx *ctx = request->ctx;
    const char *old = request->inner->cookie;
    if (ctx->person.n == 0 || old == NULL)
        return ctx_fail(ctx, ERR_FORBIDDEN, "nobody is signed in");
    const char *token = mem_format(ctx->mem, "s%s", random_token(ctx->mem));
    TRY(web_session_prove(ctx, hash_token(ctx->mem, old), hash_token(ctx->mem, token), strength,
                          ctx->now_secs, &changes));
    if (changes == 0)
        return ctx_fail(ctx, ERR_FORBIDDEN, "the session has ended");
    answer->cookie = set_cookie(request, token, SESSION_KEPT_SECS);
    return OK;
}

enum status session_need(struct ctx *ctx, struct person_id person, int needs)
{
    int64_t changes;
    return web_session_need(ctx, person.n, needs, &changes);
}

enum status session_end(struct web_request *request, struct web_answer *answer)
{
    int64_t changes;
    struct ctx *ctx = request->ctx;
    const char *cookie = request->inner->cookie;
    if (cookie != NULL && cookie[0] == 's')
        TRY(web_session_remove(ctx, hash_token(ctx->mem, cookie), &changes));
    answer->cookie = mem_format(ctx->mem, "%s=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax%s",
                                cookie_name(request), request->inner->is_secure ? "; Secure" : "");
    return OK;
}

enum status session_end_all(struct ctx *ctx, struct person_id person)
{
    int64_t changes;
    return web_session_remove_all(ctx, person.n, &changes);
}

enum status session_end_others(struct ctx *ctx, struct person_id person, int64_t id)
{
    int64_t changes;
    return web_session_remove_others(ctx, person.n, id, &changes);
}

enum status session_end_one(struct ctx *ctx, struct person_id person, int64_t id)
{
    int64_t changes;
    TRY(web_session_remove_one(ctx, person.n, id, &changes));
    return changes > 0 ? OK : ctx_fail(ctx, ERR_NOT_FOUND, "there is no such session");
}

enum status session_list(struct ctx *ctx, struct person_id person, struct session_place **out,
                         size_t *count_out)
{
    struct web_session_rows_row *rows;
    size_t count;
    TRY(web_session_rows(ctx, person.n, ctx->now_secs, SESSION_LIST_MAX, &rows, &count));
    *out = mem_array(ctx->mem, struct session_place, count);
    *count_out = 0;
    for (size_t i = 0; i < count; i++)
        (*out)[(*count_out)++] = (struct session_place){
            rows[i].id, rows[i].began_at, rows[i].seen_at, rows[i].device, rows[i].network};
    return OK;
}

enum status session_purge(struct ctx *ctx, int64_t *removed_out)
{
    int64_t changes;
    TRY(web_session_purge(ctx, ctx->now_secs, &changes));
    if (removed_out != NULL)
        *removed_out = changes;
    return OK;
}
