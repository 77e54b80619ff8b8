/* SPDX-License-Identifier: MIT */
/*
 * exchange.c - one request and its answer, as libmicrohttpd calls it:
 *
 *   exchange_begin   the request line is there
 *   exchange_handle  once with the headers, once for each part of the body, once at its end
 *   exchange_end     the answer was sent, or the other side is gone
 *
 * A body that is too long is read to its end and dropped, so that a browser, which sends all before
 * it reads anything, sees the page that says so instead of a broken connection.  A program that
 * asks first (Expect: 100-continue) hears no at once.  The bytes of the answer are sent from where
 * the dispatcher left them: nothing is copied.
 */
#include "platform/web/listen.h"

#include "platform/base/log.h"
#include "platform/base/time.h"
#include "platform/store/store.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEADERS_MAX = 101, REQUEST_ID_CHARS = 12, FIRST_ROOM_BYTES = 16 * 1024 };

struct exchange {
    struct ctx ctx;
    struct worker *worker;
    struct connection *connection;
    struct web_raw raw;
    struct web_answer answer;
    const char *header[2 * HEADERS_MAX + 1];
    size_t header_count;
    int64_t began_usecs;
    bool has_headers, is_answered;

    struct mem *body_mem; /* of the body alone, which grows */
    char *body;
    size_t body_bytes, body_room, body_limit;
    size_t dropped_bytes;
    char request_id[REQUEST_ID_CHARS + 1];
};

/* Unlike any other, also of another node, and without asking the system for randomness. */
static void make_request_id(struct worker *worker, char *out)
{
    static const char symbols[] = "0123456789abcdefghjkmnpqrstvwxyz";
    unsigned char hash[crypto_shorthash_BYTES];
    uint64_t bits,
        seed[2] = {worker->listener->request_salt,
                   ++worker->request_count << 8 | (uint64_t)(worker - worker->listener->workers)};
    crypto_shorthash(hash, (const unsigned char *)seed, sizeof seed,
                     worker->listener->server->short_key);
    memcpy(&bits, hash, sizeof bits);
    for (int i = 0; i < REQUEST_ID_CHARS; i++, bits >>= 5)
        out[i] = symbols[bits & 31];
    out[REQUEST_ID_CHARS] = '\0';
}

static struct connection *connection_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info != NULL ? info->socket_context : NULL;
}

static void wait_until(struct exchange *exchange, int64_t more_secs)
{
    if (exchange->connection != NULL)
        atomic_store_explicit(&exchange->connection->deadline_secs,
                              more_secs > 0 ? time_now_secs() + more_secs : 0,
                              memory_order_relaxed);
}

void *exchange_begin(void *cls, const char *target, struct MHD_Connection *connection)
{
    struct worker *worker = cls;
    struct mem *mem = mem_spare_root(worker->spare);
    struct exchange *exchange = mem_new(mem, struct exchange);
    exchange->worker = worker;
    exchange->connection = connection_of(connection);
    exchange->ctx = worker->ctx;
    exchange->ctx.mem = mem;
    exchange->ctx.now_secs = time_now_secs();
    exchange->began_usecs = time_running_usecs();
    make_request_id(worker, exchange->request_id);
    exchange->ctx.request_id = exchange->request_id;
    exchange->raw.target = mem_text(mem, target);
    exchange->raw.peer = exchange->connection != NULL ? exchange->connection->peer : "";
    atomic_fetch_add_explicit(&worker->listener->server->counts->in_flight, 1,
                              memory_order_relaxed);
    wait_until(exchange, LISTEN_HEADER_SECS);
    return exchange;
}

/* ---- answering ---- */

static enum MHD_Result queue(struct exchange *exchange, struct MHD_Connection *connection)
{
    struct web_answer *answer = &exchange->answer;
    bool is_head = strcmp(exchange->raw.method, "HEAD") == 0;
    struct MHD_Response *response =
        answer->stream != NULL
            ? streams_response(answer, is_head)
            : MHD_create_response_from_buffer(answer->body.length_bytes, answer->body.text,
                                              MHD_RESPMEM_PERSISTENT);
    if (response == NULL)
        return MHD_NO;
    for (int i = 0; i < answer->header_count; i++)
        (void)MHD_add_response_header(response, answer->headers[i].name, answer->headers[i].value);
    if (atomic_load_explicit(&exchange->worker->listener->is_stopping, memory_order_relaxed))
        (void)MHD_add_response_header(response, "Connection", "close");
    enum MHD_Result result = MHD_queue_response(connection, (unsigned int)answer->code, response);
    MHD_destroy_response(response);
    return result;
}

static void dispatch(struct exchange *exchange)
{
    struct web_server *server = exchange->worker->listener->server;
    int64_t calls = store_calls(exchange->ctx.store);
    web_dispatch(&exchange->ctx, server, &exchange->raw, &exchange->answer);
    atomic_fetch_add_explicit(&server->counts->store_calls,
                              store_calls(exchange->ctx.store) - calls, memory_order_relaxed);
}

static enum MHD_Result queue_kept(struct exchange *exchange, struct MHD_Connection *connection,
                                  const struct kept_page *page, bool is_known)
{
    struct counts *counts = exchange->worker->listener->server->counts;
    exchange->answer.code = is_known ? 304 : 200;
    exchange->answer.route = page->route;
    exchange->answer.route_number = page->route_number;
    exchange->answer.body.length_bytes = is_known ? 0 : page->body_bytes;
    atomic_fetch_add_explicit(&counts->kept_pages, 1, memory_order_relaxed);
    return MHD_queue_response(connection, (unsigned int)exchange->answer.code,
                              is_known ? page->response_known : page->response);
}

static enum MHD_Result answer(struct exchange *exchange, struct MHD_Connection *connection)
{
    struct worker *worker = exchange->worker;
    struct kept_question question = {0};
    exchange->raw.body = exchange->body;
    exchange->raw.body_bytes = exchange->body_bytes;
    exchange->is_answered = true;
    wait_until(exchange, 0);
    if (!atomic_load_explicit(&worker->listener->is_stopping, memory_order_relaxed)) {
        const struct kept_page *page = kept_find(
            &exchange->ctx, worker->kept, worker->listener->server, &exchange->raw, &question);
        if (page != NULL)
            return queue_kept(exchange, connection, page, question.is_known);
    }
    dispatch(exchange);
    kept_put(&exchange->ctx, worker->kept, &question, &exchange->answer);
    return queue(exchange, connection);
}

/* ---- collecting ---- */

static enum MHD_Result keep_header(void *cls, enum MHD_ValueKind kind, const char *name,
                                   const char *value)
{
    struct exchange *exchange = cls;
    (void)kind;
    if (exchange->header_count == HEADERS_MAX)
        return MHD_NO;
    exchange->header[2 * exchange->header_count] = name;
    exchange->header[2 * exchange->header_count + 1] = value != NULL ? value : "";
    exchange->header_count++;
    return MHD_YES;
}

/*
 * libmicrohttpd 0.9.75 adds the text of a folded line to the name of its header instead of to the
 * value: "Content-Length:\r\n 5" is then no length at all, though a proxy may read one.
 */
static bool is_folded(const char *name)
{
    static const char token[] = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const char *const ends[] = {"content-length", "transfer-encoding"};
    if (name[0] == '\0' || name[strspn(name, token)] != '\0')
        return true;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (strncasecmp(name, ends[i], strlen(ends[i])) == 0 && name[strlen(ends[i])] != '\0')
            return true;
    return false;
}

/* One that two readers could take for two different ones is taken for none (request smuggling). */
static bool is_ambiguous(const struct exchange *exchange)
{
    int lengths = 0, codings = 0;
    for (size_t i = 0; i < exchange->header_count; i++) {
        if (is_folded(exchange->header[2 * i]))
            return true;
        lengths += strcasecmp(exchange->header[2 * i], "content-length") == 0;
        codings += strcasecmp(exchange->header[2 * i], "transfer-encoding") == 0;
    }
    return lengths + codings > 1;
}

static enum MHD_Result take_headers(struct exchange *exchange, struct MHD_Connection *connection,
                                    const char *method)
{
    (void)MHD_get_connection_values(connection, MHD_HEADER_KIND, keep_header, exchange);
    exchange->has_headers = true;
    exchange->raw.method = mem_text(exchange->ctx.mem, method);
    exchange->raw.header = exchange->header;
    if (is_ambiguous(exchange))
        return MHD_NO;
    const char *length = caller_header(&exchange->raw, "content-length");
    const char *coding = caller_header(&exchange->raw, "transfer-encoding");
    if (length == NULL && coding == NULL)
        return MHD_YES;

    uint64_t bytes = length != NULL ? strtoull(length, NULL, 10) : 0;
    exchange->body_limit =
        web_body_limit(&exchange->ctx, exchange->worker->listener->server, &exchange->raw);
    wait_until(exchange,
               LISTEN_BODY_SECS + (int64_t)((length != NULL && bytes < LISTEN_DRAIN_BYTES_MAX
                                                 ? bytes
                                                 : exchange->body_limit) /
                                            LISTEN_BODY_BYTES_A_SEC));
    if (bytes <= exchange->body_limit)
        return MHD_YES;
    exchange->raw.body_refused = 413;
    bool asks_first = caller_header(&exchange->raw, "expect") != NULL;
    if (asks_first || bytes > LISTEN_DRAIN_BYTES_MAX)
        return answer(exchange, connection);
    return MHD_YES;
}

static void drop_body(struct exchange *exchange, int code)
{
    struct counts *counts = exchange->worker->listener->server->counts;
    exchange->raw.body_refused = code;
    atomic_fetch_sub(&counts->body_memory_bytes, (long long)exchange->body_room);
    if (exchange->body_mem != NULL)
        mem_end(exchange->body_mem);
    exchange->body_mem = NULL;
    exchange->body = NULL;
    exchange->body_bytes = exchange->body_room = 0;
}

static bool grow(struct exchange *exchange, size_t wanted_bytes)
{
    struct counts *counts = exchange->worker->listener->server->counts;
    size_t room = exchange->body_room == 0 ? FIRST_ROOM_BYTES : exchange->body_room;
    while (room <= wanted_bytes)
        room *= 2;
    long long more = (long long)(room - exchange->body_room);
    if (atomic_fetch_add(&counts->body_memory_bytes, more) + more > LISTEN_BODY_MEMORY_BYTES_MAX) {
        atomic_fetch_sub(&counts->body_memory_bytes, more);
        return false;
    }
    struct mem *mem = mem_child(exchange->ctx.mem);
    char *body = mem_room(mem, room);
    if (exchange->body_bytes > 0)
        memcpy(body, exchange->body, exchange->body_bytes);
    if (exchange->body_mem != NULL)
        mem_end(exchange->body_mem);
    exchange->body_mem = mem;
    exchange->body = body;
    exchange->body_room = room;
    return true;
}

static enum MHD_Result take_body(struct exchange *exchange, const char *bytes, size_t count)
{
    size_t whole = exchange->body_bytes + count;
    if (exchange->raw.body_refused != 0) {
        exchange->dropped_bytes += count;
        return exchange->dropped_bytes <= LISTEN_DRAIN_BYTES_MAX ? MHD_YES : MHD_NO;
    }
    if (whole > exchange->body_limit)
        drop_body(exchange, 413);
    else if (whole >= exchange->body_room && !grow(exchange, whole))
        drop_body(exchange, 503);
    if (exchange->raw.body_refused != 0)
        return MHD_YES;
    memcpy(exchange->body + exchange->body_bytes, bytes, count);
    exchange->body_bytes = whole;
    exchange->body[whole] = '\0';
    return MHD_YES;
}

enum MHD_Result exchange_handle(void *worker, struct MHD_Connection *connection, const char *url,
                                const char *method, const char *version, const char *upload_data,
                                size_t *upload_data_size, void **cls)
{
    struct exchange *exchange = *cls;
    (void)worker;
    (void)url;
    (void)version;
    if (exchange == NULL)
        return MHD_NO;
    if (!exchange->has_headers)
        return take_headers(exchange, connection, method);
    if (*upload_data_size > 0) {
        enum MHD_Result result = take_body(exchange, upload_data, *upload_data_size);
        *upload_data_size = 0;
        return result;
    }
    return exchange->is_answered ? MHD_YES : answer(exchange, connection);
}

/* ---- the end ---- */

static void report(struct exchange *exchange)
{
    static const char *const known[] = {"GET", "HEAD", "POST"};
    const struct web_answer *given = &exchange->answer;
    const char *method = "other";
    int64_t usecs = time_running_usecs() - exchange->began_usecs;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(exchange->raw.method, known[i]) == 0)
            method = known[i];
    counts_answer(exchange->worker->listener->server->counts, given->route_number, given->code,
                  usecs, (int64_t)given->body.length_bytes);
    log_event(&exchange->ctx, LOG_INFO, "answered", LOG_TEXT(method, method),
              LOG_TEXT(route, given->route != NULL ? given->route->path : "none"),
              LOG_INT(status, given->code), LOG_INT(ms, usecs / 1000),
              LOG_INT(bytes, (int64_t)given->body.length_bytes));
}

void exchange_end(void *cls, struct MHD_Connection *connection, void **con_cls,
                  enum MHD_RequestTerminationCode how)
{
    struct worker *worker = cls;
    struct exchange *exchange = *con_cls;
    struct counts *counts = worker->listener->server->counts;
    (void)connection;
    (void)how;
    if (exchange == NULL)
        return;
    *con_cls = NULL;
    if (exchange->is_answered)
        report(exchange);
    wait_until(exchange, LISTEN_IDLE_SECS);
    atomic_fetch_sub(&counts->body_memory_bytes, (long long)exchange->body_room);
    atomic_fetch_sub_explicit(&counts->in_flight, 1, memory_order_relaxed);
    mem_spare_end(worker->spare, exchange->ctx.mem);
}
