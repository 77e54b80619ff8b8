/* SPDX-License-Identifier: MIT */
/*
 * web_test_client.h - for tests: a browser in the same process, without a port.
 *
 *     struct web_client *c = web_client(ctx, &app);
 *     client_get(c, "/pledges");
 *     CHECK(c->code == 200);
 *     client_post(c, "/pledges/sign", "name", "Ada", "day", "9", NULL);
 *     client_follow(c);
 *     CHECK(client_has(c, "Thank you"));
 *
 * It keeps its cookie and the form token of the last page that had one; a POST without one to send
 * fails the test (a page that was forgotten its token would not work for people either), unless
 * client_token was called.  Requests see the test's clock, ctx->now_secs.
 */
#ifndef PLATFORM_WEB_WEB_TEST_CLIENT_H
#define PLATFORM_WEB_WEB_TEST_CLIENT_H

#include "platform/web/web.h"

struct web_client {
    struct ctx *ctx;
    struct web_server *server;
    const char *cookie;     /* "name=value"; NULL: none                        */
    const char *token;      /* NULL: no page with a form was shown yet         */
    const char *peer;       /* address; "127.0.0.1", which has no rate limits  */
    const char *header[20]; /* more headers to send: name, value ..., NULL */

    /* The last answer. */
    struct web_answer answer;
    int code;
    const char *body; /* decoded; "" when there is none */
    size_t body_bytes;
    const char *location; /* "" when there is none */
    const char *fault;    /* the cause that was logged; "" for none          */
    bool is_broken_off;   /* a stream that failed before its end             */
    int64_t store_calls;  /* how many this request made                      */
    const char *path;     /* that was asked for */
};

/* Fails the test when the routes are not right.  Limits of rates are off; see client_limits. */
struct web_client *web_client(struct ctx *ctx, const struct web_app *app);

/* Another browser, of the same service. */
struct web_client *client_other(const struct web_client *client);

void client_get(struct web_client *client, const char *target);
void client_head(struct web_client *client, const char *target);

/* Names and values, ended by NULL, as a form. */
void client_post(struct web_client *client, const char *target, ...) __attribute__((sentinel));
void client_post_json(struct web_client *client, const char *target, const char *json);

struct client_file {
    const char *field, *name, *type;
    const void *bytes;
    size_t size_bytes;
};

/* The same as multipart with one file. */
void client_upload(struct web_client *client, const char *target, const struct client_file *file,
                   ...) __attribute__((sentinel));

struct client_body {
    const char *type; /* NULL: no Content-Type */
    const char *bytes;
    size_t size_bytes;
};

/* Any method and body; NULL: none. */
void client_send(struct web_client *client, const char *method, const char *target,
                 const struct client_body *body);

/* GETs where the last answer points; fails the test when it points nowhere. */
void client_follow(struct web_client *client);

/* Begins a session of two factors, just proved, without the pages of signing in. */
void client_sign_in(struct web_client *client, struct person_id person);

/* Makes a form token for the cookie, and a cookie if there is none. */
void client_token(struct web_client *client);

/* Turns the limits of rates on; the caller is then at 192.0.2.1. */
void client_limits(struct web_client *client, int per_minute);

/* Sends this header from now on; NULL value: no more. */
void client_set_header(struct web_client *client, const char *name, const char *value);

/* ---- looking at the last answer ---- */

bool client_has(const struct web_client *client, const char *text);
size_t client_count(const struct web_client *client, const char *text);

/* What stands between the first `before` and the next `after`; "" when they are not there. */
const char *client_between(const struct web_client *client, const char *before, const char *after);

/* A header of the answer; "" when it is not there. */
const char *client_header(const struct web_client *client, const char *name);

/* Like CHECK(code == wanted), and shows the page when it is another. */
#define CHECK_CODE(client, wanted)                                                                 \
    do {                                                                                           \
        if ((client)->code != (wanted))                                                            \
            fail_msg("%s:%d: %s answered %d, not %d: %.600s (fault: %s)", __FILE__, __LINE__,      \
                     (client)->path, (client)->code, (wanted), (client)->body, (client)->fault);   \
    } while (0)

/* ---- every route is visited ---- */

/* The first route that no client of this process has reached, as "GET /path"; NULL: none. */
const char *client_first_unvisited(struct ctx *ctx, const struct web_app *app);

/* The path of a route, "/pledges/:reference.json", with what value_of says for each name. */
const char *client_path_of(struct mem *mem, const struct web_route *route,
                           const char *(*value_of)(const void *arg, const char *path,
                                                   const char *name),
                           const void *arg);

#endif
