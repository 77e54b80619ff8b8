/* SPDX-License-Identifier: MIT */
/*
 * dispatch.c - the order in which a request is checked, and what becomes of each failure.
 *
 * headers, target, route, rate of the address, session, rate of the person, origin, size and type
 * of the body, form token, access, handler, layout, headers of the answer.
 *
 * Each check returns 0 or the code of the answer.  A handler is reached only when all gave 0.
 */
#include "platform/web/body.h"
#include "platform/web/finish.h"
#include "platform/web/guard.h"
#include "platform/web/server.h"
#include "platform/web/session_inner.h"
#include "platform/web/sorry.h"

#include "platform/base/log.h"
#include "platform/base/text.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

enum { HEADERS_MAX = 100, ANSWERED = -1 };

static bool is_write(const struct web_request *request)
{
    return strcmp(request->method, "GET") != 0;
}

/* ---- before the route ---- */

int web_headers_code(const struct web_raw *raw)
{
    size_t bytes = 0;
    int count = 0, hosts = 0;
    for (const char *const *header = raw->header; header != NULL && *header != NULL; header += 2) {
        bytes += strlen(header[0]) + strlen(header[1]);
        hosts += strcasecmp(header[0], "host") == 0;
        for (const char *c = header[1]; *c != '\0'; c++)
            if (((unsigned char)*c < ' ' && *c != '\t') || *c == 0x7f)
                return 400;
        if (++count > HEADERS_MAX)
            return 431;
    }
    if (bytes > WEB_HEADER_BYTES_MAX)
        return 431;
    return hosts > 1 ? 400 : 0;
}

static int read_target(struct web_request *request, struct form_answers *query)
{
    struct web_inner *inner = request->inner;
    struct target *target = &inner->target;
    switch (target_read(request->ctx, inner->raw->target, target)) {
    case OK:
        break;
    case ERR_NOT_FOUND:
        return 414;
    default:
        return 400;
    }
    request->path = target->path;
    request->target = target->raw;
    if (text_ends(target->path, ".json"))
        request->wants = WEB_JSON;
    if (target->query.length_bytes == 0)
        return 0;
    return answers_from_urlencoded(request->ctx, target->query.bytes, target->query.length_bytes,
                                   query) == OK
               ? 0
               : 400;
}

/* An address is known without the slash behind it; with it, the reader is sent there. */
static int redirect_slash(struct web_request *request, struct web_answer *answer)
{
    struct mem *mem = request->ctx->mem;
    const struct target *target = &request->inner->target;
    const char *query = strchr(target->raw, '?');
    size_t path_bytes = query != NULL ? (size_t)(query - target->raw) : strlen(target->raw);
    answer->code = 301;
    answer->location =
        mem_format(mem, "%.*s%s", (int)path_bytes - 1, target->raw, query != NULL ? query : "");
    return ANSWERED;
}

static int find_route(struct web_request *request, struct web_answer *answer)
{
    struct route_found found;
    struct web_inner *inner = request->inner;
    enum status status = web_routes_find(request->ctx->mem, inner->server->routes,
                                         inner->raw->method, &inner->target, &found);
    if (status == ERR_NOT_FOUND)
        return 404;
    if (status == ERR_CONFLICT) {
        web_header(answer, "Allow", found.allow);
        return 405;
    }
    request->route = answer->route = found.row;
    answer->route_number = found.number;
    request->values = found.values;
    if (inner->target.ends_with_slash)
        return is_write(request) ? 404 : redirect_slash(request, answer);
    return 0;
}

/* ---- before the handler ---- */

static int limited(struct web_answer *answer, int wait_secs)
{
    answer->retry_secs = wait_secs;
    return wait_secs > 0 ? 429 : 0;
}

/* The key that another program showed; NULL: none, or this program knows no keys. */
static const char *bearer(const struct web_request *request)
{
    static const char scheme[] = "Bearer ";
    const char *sent = caller_header(request->inner->raw, "authorization");
    if (sent == NULL || request->app->key == NULL ||
        strncasecmp(sent, scheme, sizeof scheme - 1) != 0)
        return NULL;
    return sent + sizeof scheme - 1;
}

static int refuse_key(struct web_request *request, struct web_answer *answer)
{
    request->wants = WEB_JSON;
    (void)web_sorry(request, answer, 401, "This key does not work",
                    "It is none, it has ended, or somebody took it back. Ask the lead of your "
                    "organisation for a new one.");
    web_header(answer, "WWW-Authenticate", "Bearer error=\"invalid_token\"");
    return ANSWERED;
}

static int check_session(struct web_request *request, struct web_answer *answer)
{
    int code = limited(answer, guard_wait_secs(request->inner->server, &request->inner->caller,
                                               request->ctx->now_secs, is_write(request)));
    if (code != 0)
        return code;
    const char *key = bearer(request);
    enum status status = key != NULL ? request->app->key(request, key) : session_read(request);
    if (key != NULL && status == ERR_FORBIDDEN)
        return refuse_key(request, answer);
    if (status != OK)
        return sorry_code(status);
    return is_write(request) ? limited(answer, guard_wait_secs_of_person(request)) : 0;
}

static int refuse_origin(struct web_request *request, struct web_answer *answer)
{
    (void)web_sorry(request, answer, 403, "That did not come from this website",
                    "Another website sent this, so we did not take it. Open the page here and send "
                    "it from there.");
    return ANSWERED;
}

static int refuse_token(struct web_request *request, struct web_answer *answer)
{
    (void)web_sorry(request, answer, 403, "This page was open for too long",
                    "Nothing was sent. Go back, reload the page, check what you typed and send it "
                    "again. If it still does not work, allow cookies for this website.");
    return ANSWERED;
}

static int check_sent(struct web_request *request, struct web_answer *answer,
                      struct form_answers *sent)
{
    const struct web_raw *raw = request->inner->raw;
    enum body_type type = body_type(caller_header(raw, "content-type"), raw->body_bytes);
    if (raw->body_refused != 0)
        return raw->body_refused;
    if (raw->body_bytes > body_limit(request->route, type))
        return 413;
    if (!is_write(request))
        return 0;
    if (!request->route->is_one_click && !guard_is_same_origin(request))
        return refuse_origin(request, answer);
    if (type == BODY_OTHER)
        return 415;
    if (body_read(request, type, sent) != OK)
        return 400;
    if (!request->route->is_one_click && !guard_has_token(request, type == BODY_JSON))
        return refuse_token(request, answer);
    answers_remove(sent, "form_token");
    session_seen(request);
    return 0;
}

static int go_and_sign_in(struct web_request *request, struct web_answer *answer)
{
    struct mem *mem = request->ctx->mem;
    if (is_write(request) || request->wants == WEB_JSON || request->app->sign_in_path == NULL)
        return 403;
    (void)web_see_other(answer, mem_format(mem, "%s?next=%s", request->app->sign_in_path,
                                           text_percent(mem, request->target)));
    return ANSWERED;
}

/* A step comes before this route: a reader is sent there and back again, and who sent a form to the
 * page that it stands on. */
static int go_first(struct web_request *request, struct web_answer *answer, const char *path)
{
    struct mem *mem = request->ctx->mem;
    if (path == NULL)
        return 403;
    const char *back = is_write(request) ? guard_page_before(request) : request->target;
    if (back == NULL || request->wants == WEB_JSON) {
        (void)web_sorry(request, answer, 403, "First show that it is you",
                        mem_format(mem,
                                   "Nothing was changed. Open the page %s in this browser, do what "
                                   "it asks, then come back and send this again.",
                                   path));
        return ANSWERED;
    }
    (void)web_see_other(answer, mem_format(mem, "%s?next=%s", path, text_percent(mem, back)));
    return ANSWERED;
}

static bool is_proved(const struct web_request *request)
{
    return request->ctx->now_secs - request->session.proved_at <= WEB_PROOF_SECS;
}

/* Who asks is somebody, and strongly enough signed in for any page of theirs. */
static int check_person(struct web_request *request, struct web_answer *answer)
{
    const struct web_session *session = &request->session;
    if (request->route->access == WEB_PUBLIC)
        return 0;
    if (request->route->access == WEB_SIGNED_IN && request->key_id != 0)
        return 403;
    if (request->ctx->person.n == 0 && request->key_id == 0)
        return go_and_sign_in(request, answer);
    if (session->strength < session->needs && !request->route->any_strength)
        return go_first(request, answer, request->app->second_path);
    return 0;
}

static int check_access(struct web_request *request, struct web_answer *answer)
{
    int access = request->route->access;
    enum status status = OK;
    request->grant = (struct web_grant){.role = ""};
    int code = check_person(request, answer);
    if (code != 0)
        return code;
    if (access >= WEB_ACCESS_FIRST)
        status = request->app->may != NULL ? request->app->may(request, access, &request->grant)
                                           : ERR_FORBIDDEN;
    request->ctx->role = request->grant.role;
    if (status == ERR_FORBIDDEN && request->grant.go_first != NULL)
        return go_first(request, answer, request->grant.go_first);
    if (status == OK && request->route->needs_proof && !is_proved(request))
        return go_first(request, answer, request->app->proof_path);
    return status == OK ? 0 : sorry_code(status);
}

/* ---- the handler ---- */

static bool is_local(const char *location)
{
    return location[0] == '/' && location[1] != '/' && strpbrk(location, "\\\r\n") == NULL;
}

static int run_handler(struct web_request *request, struct web_answer *answer)
{
    enum status status = request->route->handler(request, answer);
    bool has_body = answer->body.length_bytes > 0 &&
                    (answer->page.title != NULL || answer->content_type != NULL);
    if (status == ERR_FORBIDDEN && request->ctx->person.n == 0 && !has_body)
        return go_and_sign_in(request, answer);
    if (status != OK && !has_body)
        return sorry_code(status);
    if (answer->code == 0)
        answer->code = sorry_code(status);
    bool is_away = answer->is_away && (text_begins(answer->location, "https://") ||
                                       text_begins(answer->location, "http://"));
    if (answer->location != NULL && !is_away && !is_local(answer->location)) {
        (void)ctx_fail(request->ctx, ERR_FAULT, "the answer leads to no path of this service");
        return 500;
    }
    return 0;
}

static int run(struct web_request *request, struct web_answer *answer, struct form_answers *query,
               struct form_answers *sent)
{
    int code = web_headers_code(request->inner->raw);
    if (code == 0)
        code = read_target(request, query);
    if (code == 0)
        code = find_route(request, answer);
    if (code == 0)
        code = check_session(request, answer);
    if (code == 0)
        code = check_sent(request, answer, sent);
    if (code == 0)
        code = check_access(request, answer);
    if (code == 0)
        code = run_handler(request, answer);
    return code;
}

/* ---- the whole ---- */

uint64_t web_address_key(const struct web_server *server, const struct address *address)
{
    uint64_t key;
    unsigned char hash[crypto_shorthash_BYTES];
    struct address household = address_of_household(address);
    crypto_shorthash(hash, household.bytes, sizeof household.bytes, server->short_key);
    memcpy(&key, hash, sizeof key);
    return key;
}

bool web_accepts_json(const struct web_raw *raw)
{
    const char *accept = caller_header(raw, "accept");
    return accept != NULL && strcasestr(accept, "json") != NULL &&
           strcasestr(accept, "text/html") == NULL;
}

/* What is counted of a download must not keep anybody from it. */
static void note_taken(struct ctx *ctx, const struct web_answer *answer)
{
    if (answer->taken == NULL || !answer->is_taken)
        return;
    enum status status = answer->taken(ctx, answer->taken_arg);
    if (status != OK)
        log_fault(ctx, LOG_ERROR, "a download was not counted");
}

static void log_failure(struct web_request *request, const struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    if (ctx->fault == NULL || answer->code < 400)
        return;
    log_event(ctx, answer->code >= 500 ? LOG_ERROR : LOG_INFO, "refused",
              LOG_INT(status, answer->code), LOG_TEXT(fault, ctx->fault));
}

size_t web_body_limit(struct ctx *ctx, struct web_server *server, const struct web_raw *raw)
{
    struct target target;
    struct route_found found = {0};
    enum body_type type = body_type(caller_header(raw, "content-type"), 1);
    if ((type == BODY_MULTIPART || type == BODY_JSON) &&
        target_read(ctx, raw->target, &target) == OK)
        if (web_routes_find(ctx->mem, server->routes, raw->method, &target, &found) != OK)
            found.row = NULL;
    ctx->fault = NULL;
    return body_limit(found.row, type);
}

void web_dispatch(struct ctx *ctx, struct web_server *server, const struct web_raw *raw,
                  struct web_answer *answer)
{
    struct form_answers query = {0}, sent = {0};
    struct web_inner inner = {.server = server, .raw = raw};
    bool is_json = body_type(caller_header(raw, "content-type"), raw->body_bytes) == BODY_JSON;
    struct web_request request = {
        .ctx = ctx,
        .app = server->app,
        .method = strcmp(raw->method, "HEAD") == 0 ? "GET" : raw->method,
        .path = "/",
        .target = "/",
        .query = &query,
        .sent = &sent,
        .wants = web_accepts_json(raw) || is_json ? WEB_JSON : WEB_HTML,
        .browser = "",
        .person_name = "",
        .grant = {.role = ""},
        .inner = &inner,
    };
    *answer = (struct web_answer){.body = {.mem = ctx->mem},
                                  .route_number = web_routes_count(server->routes)};
    ctx->person = (struct person_id){0};
    ctx->role = "";
    inner.caller = caller_find(ctx->mem, server->proxies, raw);
    inner.is_secure = server->is_https || inner.caller.is_https;
    uint64_t address_key = web_address_key(server, &inner.caller.address);
    request.address = text_hex(ctx->mem, &address_key, sizeof address_key);

    int code = run(&request, answer, &query, &sent);
    if (code > 0)
        sorry_for_code(&request, answer, code);
    if (answer->stream == NULL && answer->stream_ctx != NULL) {
        mem_end(answer->stream_ctx->mem);
        answer->stream_ctx = NULL;
    }
    log_failure(&request, answer);
    finish_page(&request, answer);
    finish_headers(&request, answer);
    note_taken(ctx, answer);
}
