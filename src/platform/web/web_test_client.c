/* SPDX-License-Identifier: MIT */
/* web_test_client.c - a browser for tests; see web_test_client.h. */
#include "platform/web/web_test_client.h"

#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "platform/web/server.h"
#include "platform/web/session_inner.h"

#include <strings.h>

enum { HEADERS_MAX = 40, VISITED_MAX = 4000, UPLOAD_HEAD_BYTES = 4096 };

struct web_client *web_client(struct ctx *ctx, const struct web_app *app)
{
    struct web_client *client = mem_new(ctx->mem, struct web_client);
    if (ctx->settings == NULL) {
        struct settings *settings = mem_new(ctx->mem, struct settings);
        *settings = settings_built_in(ctx->mem);
        ctx->settings = settings;
    }
    client->ctx = ctx;
    client->peer = "127.0.0.1";
    client->body = client->location = client->fault = client->path = "";
    if (web_server_new(ctx, app, &client->server) != OK)
        fail_msg("no service: %s", ctx->fault);
    return client;
}

struct web_client *client_other(const struct web_client *client)
{
    struct web_client *other = mem_new(client->ctx->mem, struct web_client);
    other->ctx = client->ctx;
    other->server = client->server;
    other->peer = client->peer;
    other->body = other->location = other->fault = other->path = "";
    return other;
}

void client_limits(struct web_client *client, int per_minute)
{
    client->server->rates = rates_new(client->ctx->mem, per_minute, 1);
    client->peer = "192.0.2.1";
}

void client_set_header(struct web_client *client, const char *name, const char *value)
{
    size_t at = 0, room = sizeof client->header / sizeof client->header[0] - 3;
    while (at < room && client->header[at] != NULL && strcasecmp(client->header[at], name) != 0)
        at += 2;
    if (value != NULL) {
        client->header[at] = name;
        client->header[at + 1] = value;
        return;
    }
    for (; client->header[at] != NULL; at += 2) {
        client->header[at] = client->header[at + 2];
        client->header[at + 1] = client->header[at + 3];
    }
}

/* ---- visited routes ---- */

/* Routes are known by method and path, because each test makes a service of its own. */
static struct visits {
    size_t count;
    char routes[VISITED_MAX][160];
} visits;

static bool is_visited(const char *route)
{
    for (size_t i = 0; i < visits.count; i++)
        if (strcmp(visits.routes[i], route) == 0)
            return true;
    return false;
}

static void visit(struct web_client *client)
{
    const struct web_route *route = client->answer.route;
    if (route == NULL || visits.count == VISITED_MAX)
        return;
    const char *name = mem_format(client->ctx->mem, "%s %s", route->method, route->path);
    if (!is_visited(name) && strlen(name) < sizeof visits.routes[0])
        memcpy(visits.routes[visits.count++], name, strlen(name) + 1);
}

struct looking {
    struct ctx *ctx;
    const char *first;
};

static void look(void *arg, const struct web_route *route)
{
    struct looking *looking = arg;
    const char *name = mem_format(looking->ctx->mem, "%s %s", route->method, route->path);
    if (looking->first == NULL && !is_visited(name))
        looking->first = name;
}

const char *client_first_unvisited(struct ctx *ctx, const struct web_app *app)
{
    struct looking looking = {.ctx = ctx};
    if (web_routes_each(ctx, app, look, &looking) != OK)
        return ctx->fault;
    return looking.first;
}

const char *client_path_of(struct mem *mem, const struct web_route *route,
                           const char *(*value_of)(const void *arg, const char *path,
                                                   const char *name),
                           const void *arg)
{
    const char *out = "", *rest = route->path;
    for (;;) {
        size_t plain = strcspn(rest, ":");
        out = mem_join(mem, out, mem_text_part(mem, rest, plain), "");
        if (rest[plain] == '\0')
            return out;
        rest += plain + 1;
        size_t length = strcspn(rest, "/.");
        out = mem_join(mem, out, value_of(arg, route->path, mem_text_part(mem, rest, length)), "");
        rest += length;
    }
}

/* ---- sending ---- */

static const char *const *headers_of(struct web_client *client, const char *content_type)
{
    const char **header = mem_array(client->ctx->mem, const char *, HEADERS_MAX);
    size_t count = 0;
    header[count++] = "Host";
    header[count++] = "localhost:8080";
    if (client->cookie != NULL) {
        header[count++] = "Cookie";
        header[count++] = client->cookie;
    }
    if (content_type != NULL) {
        header[count++] = "Content-Type";
        header[count++] = content_type;
    }
    for (size_t i = 0; client->header[i] != NULL; i++)
        header[count++] = client->header[i];
    return header;
}

static void keep_cookie(struct web_client *client)
{
    struct mem *mem = client->ctx->mem;
    const char *line = client->answer.cookie;
    if (line == NULL)
        return;
    if (strstr(line, "Max-Age=0") != NULL) {
        client->cookie = client->token = NULL;
        return;
    }
    const char *cookie = mem_text_part(mem, line, strcspn(line, ";"));
    size_t token_end = strcspn(cookie, ".");
    if (client->cookie == NULL || strncmp(client->cookie, cookie, token_end) != 0)
        client->token = NULL;
    client->cookie = cookie;
}

static void keep_token(struct web_client *client)
{
    const char *at = strstr(client->body, "name=\"form_token\"");
    const char *value = at != NULL ? strstr(at, "value=\"") : NULL;
    if (value == NULL)
        return;
    value += strlen("value=\"");
    client->token = mem_text_part(client->ctx->mem, value, strcspn(value, "\""));
}

static void read_stream(struct web_client *client)
{
    struct web_answer *answer = &client->answer;
    enum status status = OK;
    while (status == OK)
        status = answer->stream(answer->stream_arg, &answer->body);
    client->is_broken_off = status != ERR_NOT_FOUND;
    mem_end(answer->stream_ctx->mem);
}

static void keep_answer(struct web_client *client, const char *method)
{
    struct web_answer *answer = &client->answer;
    bool is_head = strcmp(method, "HEAD") == 0;
    client->is_broken_off = false;
    if (answer->stream != NULL && is_head)
        mem_end(answer->stream_ctx->mem);
    else if (answer->stream != NULL)
        read_stream(client);
    client->code = answer->code;
    client->body = answer->body.text != NULL && !is_head ? answer->body.text : "";
    client->body_bytes = is_head ? 0 : answer->body.length_bytes;
    client->location = answer->location != NULL ? answer->location : "";
    keep_cookie(client);
    keep_token(client);
    visit(client);
}

void client_send(struct web_client *client, const char *method, const char *target,
                 const struct client_body *body)
{
    static const struct client_body nothing = {0};
    body = body != NULL ? body : &nothing;
    /* A context of its own, as in the service: the test's keeps its person and its fault. */
    struct ctx ctx = *client->ctx;
    struct web_raw raw = {
        .method = method,
        .target = target,
        .header = headers_of(client, body->type),
        .body = body->bytes,
        .body_bytes = body->size_bytes,
        .peer = client->peer,
    };
    int64_t calls = store_calls(ctx.store);
    ctx.fault = NULL;
    client->path = mem_format(ctx.mem, "%s %s", method, target);
    web_dispatch(&ctx, client->server, &raw, &client->answer);
    client->ctx->id_last = ctx.id_last; /* no id comes twice from a clock that stands still */
    keep_answer(client, method);
    client->store_calls = store_calls(ctx.store) - calls;
    client->fault = ctx.fault != NULL ? ctx.fault : "";
}

void client_get(struct web_client *client, const char *target)
{
    client_send(client, "GET", target, NULL);
}

void client_head(struct web_client *client, const char *target)
{
    client_send(client, "HEAD", target, NULL);
}

void client_follow(struct web_client *client)
{
    if (client->location[0] == '\0')
        fail_msg("%s answered %d and points nowhere: %.300s", client->path, client->code,
                 client->body);
    client_get(client, client->location);
}

static const char *token_to_send(const struct web_client *client, const char *target)
{
    if (client->token == NULL)
        fail_msg("POST %s: no page with a form token was shown before", target);
    return client->token;
}

void client_post(struct web_client *client, const char *target, ...)
{
    va_list ap;
    const char *name, *text;
    struct mem *mem = client->ctx->mem;
    struct text_builder body = text_build(mem, (size_t)64 * 1024 * 1024);
    text_add_format(&body, "form_token=%s", token_to_send(client, target));
    va_start(ap, target);
    while ((name = va_arg(ap, const char *)) != NULL) {
        const char *value = va_arg(ap, const char *);
        text_add_format(&body, "&%s=", text_percent(mem, name));
        text_add(&body, text_percent(mem, value));
    }
    va_end(ap);
    if (text_build_end(&body, &text) != OK)
        fail_msg("POST %s: the body is too long for this client", target);
    client_send(client, "POST", target,
                &(struct client_body){"application/x-www-form-urlencoded", text, strlen(text)});
}

void client_post_json(struct web_client *client, const char *target, const char *json)
{
    if (client->cookie != NULL && client->token != NULL)
        client_set_header(client, "X-Form-Token", client->token);
    client_send(client, "POST", target,
                &(struct client_body){"application/json", json, strlen(json)});
    client_set_header(client, "X-Form-Token", NULL);
}

void client_upload(struct web_client *client, const char *target, const struct client_file *file,
                   ...)
{
    va_list ap;
    const char *name, *text;
    struct mem *mem = client->ctx->mem;
    static const char part[] = "--TEST\r\nContent-Disposition: form-data; name=";
    struct text_builder body = text_build(mem, file->size_bytes + (size_t)16 * 1024 * 1024);
    text_add_format(&body, "%s\"form_token\"\r\n\r\n%s\r\n", part, token_to_send(client, target));
    va_start(ap, file);
    while ((name = va_arg(ap, const char *)) != NULL) {
        const char *value = va_arg(ap, const char *);
        text_add_format(&body, "%s\"%s\"\r\n\r\n", part, name);
        text_add(&body, value);
        text_add(&body, "\r\n");
    }
    va_end(ap);
    text_add_format(&body, "%s\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n", part,
                    file->field, file->name, file->type);
    text_add_part(&body, file->bytes, file->size_bytes);
    text_add(&body, "\r\n--TEST--\r\n");
    size_t bytes = body.length_bytes;
    if (text_build_end(&body, &text) != OK)
        fail_msg("POST %s: the body is too long for this client", target);
    client_send(client, "POST", target,
                &(struct client_body){"multipart/form-data; boundary=TEST", text, bytes});
}

/* ---- sessions ---- */

struct outside {
    struct ctx ctx;
    struct web_raw raw;
    struct web_inner inner;
    struct web_request request;
};

/* A request that reaches no route, for what only a request can do. */
static struct outside *outside(struct web_client *client)
{
    struct outside *o = mem_new(client->ctx->mem, struct outside);
    o->ctx = *client->ctx;
    o->ctx.fault = NULL;
    o->ctx.id_last = 0; /* its ids are not those that the test's own context gives next */
    o->raw = (struct web_raw){.method = "GET", .target = "/", .peer = client->peer};
    o->raw.header = headers_of(client, NULL);
    o->inner = (struct web_inner){.server = client->server, .raw = &o->raw};
    o->inner.is_secure = client->server->is_https;
    o->request = (struct web_request){
        .ctx = &o->ctx, .app = client->server->app, .browser = "", .person_name = ""};
    o->request.inner = &o->inner;
    if (session_read(&o->request) != OK)
        fail_msg("no session: %s", o->ctx.fault);
    return o;
}

void client_sign_in(struct web_client *client, struct person_id person)
{
    struct outside *o = outside(client);
    client->answer = (struct web_answer){0};
    if (session_begin(
            &o->request, &client->answer,
            &(const struct session_start){.person = person, .strength = SESSION_TWO_FACTORS}) != OK)
        fail_msg("no session: %s", o->ctx.fault);
    keep_cookie(client);
}

void client_token(struct web_client *client)
{
    struct outside *o = outside(client);
    const char *token = web_token(&o->request);
    client->answer = (struct web_answer){0};
    session_give_cookie(&o->request, &client->answer);
    keep_cookie(client);
    client->token = token;
}

/* ---- looking ---- */

bool client_has(const struct web_client *client, const char *text)
{
    return strstr(client->body, text) != NULL;
}

size_t client_count(const struct web_client *client, const char *text)
{
    size_t count = 0;
    for (const char *at = client->body; (at = strstr(at, text)) != NULL; at += strlen(text))
        count++;
    return count;
}

const char *client_between(const struct web_client *client, const char *before, const char *after)
{
    const char *begin = strstr(client->body, before);
    if (begin == NULL)
        return "";
    begin += strlen(before);
    const char *end = strstr(begin, after);
    return end != NULL ? mem_text_part(client->ctx->mem, begin, (size_t)(end - begin)) : "";
}

const char *client_header(const struct web_client *client, const char *name)
{
    for (int i = 0; i < client->answer.header_count; i++)
        if (strcasecmp(client->answer.headers[i].name, name) == 0)
            return client->answer.headers[i].value;
    return "";
}
