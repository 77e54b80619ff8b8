/* SPDX-License-Identifier: MIT */
/*
 * kept.c - a small table of answers, each good for some time and one version of the store.
 *
 * A page is kept when it is asked for the second time within its time, or was kept before, so that
 * a robot that reads every page once costs nothing.  Each question has a few places; the one there
 * that was asked for longest ago gives way, first of what was asked for only once.
 */
#include "platform/web/kept.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "platform/web/finish.h"
#include "platform/web/guard.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { SETS = 64, WAYS = 8, SLOTS = SETS * WAYS };
enum { KEY_BYTES = 256, BODY_BYTES_MAX = 256 * 1024, ALL_BYTES_MAX = 4 * 1024 * 1024 };

struct slot {
    char key[KEY_BYTES];
    int64_t from_secs, until_secs; /* when the answer is good */
    uint64_t version;
    uint64_t used;         /* which question asked for it last */
    struct kept_page page; /* without response: asked for once */
};

struct kept {
    struct slot slots[SLOTS];
    size_t bytes;
    uint64_t questions;                    /* that were answered from here or put here so far */
    int64_t day_from_secs, day_until_secs; /* of the London day that was last looked up */
};

static void drop(struct kept *kept, struct slot *slot)
{
    if (slot->page.response == NULL)
        return;
    MHD_destroy_response(slot->page.response);
    MHD_destroy_response(slot->page.response_known);
    kept->bytes -= slot->page.body_bytes;
    slot->page = (struct kept_page){0};
}

static void drop_all(void *arg)
{
    struct kept *kept = arg;
    for (int i = 0; i < SLOTS; i++)
        drop(kept, &kept->slots[i]);
}

struct kept *kept_new(struct mem *mem)
{
    struct kept *kept = mem_new(mem, struct kept);
    mem_at_end(mem, drop_all, kept);
    return kept;
}

/* The first instant after the London day of now; now itself at the end of our years. */
static int64_t end_of_day(struct ctx *ctx, struct kept *kept)
{
    if (ctx->now_secs >= kept->day_from_secs && ctx->now_secs < kept->day_until_secs)
        return kept->day_until_secs;
    const char *today = time_day_of(ctx->mem, ctx->now_secs), *tomorrow;
    if (time_day_start(today, &kept->day_from_secs) != OK ||
        time_day_add(ctx->mem, today, (struct time_step){.days = 1}, &tomorrow) != OK ||
        time_day_start(tomorrow, &kept->day_until_secs) != OK)
        kept->day_until_secs = ctx->now_secs;
    return kept->day_until_secs;
}

static bool is_in_time(const struct slot *slot, int64_t now_secs)
{
    return now_secs >= slot->from_secs && now_secs < slot->until_secs;
}

static bool is_older(const struct slot *slot, const struct slot *than)
{
    bool is_page = slot->page.response != NULL, is_than_page = than->page.response != NULL;
    return is_page != is_than_page ? is_than_page : slot->used < than->used;
}

/* Where the question stands; else where it would, which holds another one or none. */
static struct slot *slot_of(struct kept *kept, const char *key)
{
    struct slot *set = &kept->slots[XXH3_64bits(key, strlen(key)) % SETS * WAYS];
    struct slot *oldest = set;
    for (int i = 0; i < WAYS; i++) {
        if (strcmp(set[i].key, key) == 0)
            return &set[i];
        if (is_older(&set[i], oldest))
            oldest = &set[i];
    }
    return oldest;
}

/* The page that was asked for longest ago; NULL when there is none. */
static struct slot *oldest_page(struct kept *kept)
{
    struct slot *oldest = NULL;
    for (int i = 0; i < SLOTS; i++) {
        struct slot *slot = &kept->slots[i];
        if (slot->page.response != NULL && (oldest == NULL || slot->used < oldest->used))
            oldest = slot;
    }
    return oldest;
}

static void make_room(struct kept *kept, size_t bytes)
{
    while (kept->bytes + bytes > ALL_BYTES_MAX) {
        struct slot *oldest = oldest_page(kept);
        if (oldest == NULL)
            return;
        drop(kept, oldest);
    }
}

/* Whether somebody may be signed in: their cookies begin with s (session.h). */
static bool may_be_signed_in(const struct web_raw *raw)
{
    static const char *const names[] = {"onward", "__Host-onward"};
    const char *header = caller_header(raw, "cookie");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct text_span cookie = target_cookie(header, names[i]);
        if (cookie.length_bytes > 0 && cookie.bytes[0] == 's')
            return true;
    }
    return false;
}

/* What the answer depends on, as text; NULL when it depends on more. */
static const char *key_of(struct ctx *ctx, const struct web_server *server,
                          const struct web_raw *raw, const struct caller *caller)
{
    static const char *const others[] = {"if-modified-since", "content-length", "transfer-encoding",
                                         "authorization", "range"};
    if (strcmp(raw->method, "GET") != 0 || strlen(raw->target) + 5 > KEY_BYTES ||
        web_headers_code(raw) != 0 || may_be_signed_in(raw))
        return NULL;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (caller_header(raw, others[i]) != NULL)
            return NULL;
    return mem_format(ctx->mem, "%c%c%c %s", finish_takes_gzip(raw) ? 'z' : '-',
                      web_accepts_json(raw) ? 'j' : '-',
                      server->is_https || caller->is_https ? 's' : '-', raw->target);
}

const struct kept_page *kept_find(struct ctx *ctx, struct kept *kept, struct web_server *server,
                                  const struct web_raw *raw, struct kept_question *question)
{
    struct caller caller = caller_find(ctx->mem, server->proxies, raw);
    *question = (struct kept_question){.key = key_of(ctx, server, raw, &caller)};
    if (question->key == NULL)
        return NULL;
    if (store_version(ctx, &question->version) != OK) {
        ctx->fault = NULL;
        question->key = NULL;
        return NULL;
    }
    struct slot *slot = slot_of(kept, question->key);
    if (slot->page.response == NULL || !is_in_time(slot, ctx->now_secs) ||
        slot->version != question->version || strcmp(slot->key, question->key) != 0)
        return NULL;
    slot->used = ++kept->questions;
    const char *known = caller_header(raw, "if-none-match");
    question->is_known =
        known != NULL && slot->page.etag != NULL && finish_is_known(known, slot->page.etag);
    /* One who comes too often takes the long way, to hear so. */
    return guard_wait_secs(server, &caller, ctx->now_secs, false) == 0 ? &slot->page : NULL;
}

static bool may_be_kept(const struct web_answer *answer)
{
    return answer->is_for_all && answer->code == 200 && answer->stream == NULL &&
           answer->taken == NULL && answer->route != NULL &&
           answer->body.length_bytes <= BODY_BYTES_MAX;
}

/* What is said of a body that is not sent. */
static bool is_of_body(const char *name)
{
    return strcmp(name, "Content-Type") == 0 || strcmp(name, "Content-Encoding") == 0;
}

/* The answer with its whole body, or without any: that of 304. */
static struct MHD_Response *response_of(const struct web_answer *answer, size_t body_bytes)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(body_bytes, answer->body.text, MHD_RESPMEM_MUST_COPY);
    for (int i = 0; response != NULL && i < answer->header_count; i++) {
        const struct web_header *header = &answer->headers[i];
        if (body_bytes > 0 || !is_of_body(header->name))
            (void)MHD_add_response_header(response, header->name, header->value);
    }
    return response;
}

static struct kept_page page_of(const struct web_answer *answer)
{
    struct kept_page page = {
        .response = response_of(answer, answer->body.length_bytes),
        .response_known = response_of(answer, 0),
        .route = answer->route,
        .route_number = answer->route_number,
        .body_bytes = answer->body.length_bytes,
    };
    if (page.response != NULL && page.response_known != NULL) {
        page.etag = MHD_get_response_header(page.response, "ETag");
        return page;
    }
    if (page.response != NULL)
        MHD_destroy_response(page.response);
    if (page.response_known != NULL)
        MHD_destroy_response(page.response_known);
    return (struct kept_page){0};
}

void kept_put(struct ctx *ctx, struct kept *kept, const struct kept_question *question,
              const struct web_answer *answer)
{
    if (question->key == NULL || !may_be_kept(answer))
        return;
    struct slot *slot = slot_of(kept, question->key);
    bool is_known = strcmp(slot->key, question->key) == 0 &&
                    (is_in_time(slot, ctx->now_secs) || slot->page.response != NULL);
    drop(kept, slot);
    memcpy(slot->key, question->key, strlen(question->key) + 1);
    slot->used = ++kept->questions;
    slot->from_secs = ctx->now_secs;
    slot->until_secs = answer->is_same_all_day ? end_of_day(ctx, kept) : ctx->now_secs + 1;
    slot->version = question->version;
    if (!is_known)
        return;
    make_room(kept, answer->body.length_bytes);
    slot->page = page_of(answer);
    kept->bytes += slot->page.body_bytes;
}
