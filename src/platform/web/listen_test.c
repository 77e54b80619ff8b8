/* SPDX-License-Identifier: MIT */
/* listen_test.c - the service on a real socket, and people who do not speak as they should. */
#include "platform/web/listen.h"

#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "platform/web/web_migrations.h"
#include "platform/web/web_test_app.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { READ_BYTES_MAX = 8 * 1024 * 1024, WAIT_MS = 10000 };

/* ---- a service of its own for each test, on a database in a file ---- */

struct place {
    struct ctx ctx;
    struct settings settings;
    struct web_server *server;
    struct listener *listener;
    char folder[32];
};

static void end_place(void *arg)
{
    static const char *const files[] = {"db", "db-wal", "db-shm"};
    struct place *place = arg;
    char name[64];
    if (place->listener != NULL)
        listener_stop(place->listener);
    mem_end(place->ctx.mem);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        snprintf(name, sizeof name, "%s/%s", place->folder, files[i]);
        (void)unlink(name);
    }
    (void)rmdir(place->folder);
}

static struct place *start(struct ctx *ctx)
{
    int applied;
    static const struct store_migration_set *const sets[] = {&web_migrations};
    struct place *place = mem_new(ctx->mem, struct place);
    place->ctx = *ctx;
    place->ctx.mem = mem_root();
    mem_at_end(ctx->mem, end_place, place);
    place->settings = settings_built_in(ctx->mem);
    place->settings.listen = "127.0.0.1:0";
    place->settings.workers_count = 2;
    place->ctx.settings = &place->settings;
    memcpy(place->folder, "/tmp/onward-listen-XXXXXX", sizeof "/tmp/onward-listen-XXXXXX");
    CHECK(mkdtemp(place->folder) != NULL);
    const char *name = mem_format(ctx->mem, "sqlite:%s/db", place->folder);
    if (store_open(&place->ctx, name, &place->ctx.store) != OK ||
        store_migrate(&place->ctx, sets, 1, &applied) != OK ||
        web_server_new(&place->ctx, &web_test_app, &place->server) != OK ||
        listener_start(&place->ctx, place->server, &place->listener) != OK)
        fail_msg("no service: %s", place->ctx.fault);
    return place;
}

static int call(struct place *place)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)listener_port(place->listener)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval wait = {.tv_sec = WAIT_MS / 1000};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
        fail_msg("no connection: %s", strerror(errno));
    return fd;
}

static bool say_bytes(int fd, const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t sent = send(fd, bytes, count, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        count -= (size_t)sent;
    }
    return true;
}

static void say(int fd, const char *text)
{
    if (!say_bytes(fd, text, strlen(text)))
        fail_msg("could not send: %s", strerror(errno));
}

/* Everything until the other side closes. */
static const char *hear_all(struct ctx *ctx, int fd)
{
    char *heard = mem_bytes(ctx->mem, READ_BYTES_MAX + 1);
    size_t count = 0;
    for (ssize_t got = 1; got > 0 && count < READ_BYTES_MAX;) {
        got = recv(fd, heard + count, READ_BYTES_MAX - count, 0);
        count += got > 0 ? (size_t)got : 0;
    }
    close(fd);
    return heard;
}

static const char *ask(struct ctx *ctx, struct place *place, const char *text)
{
    int fd = call(place);
    say(fd, text);
    return hear_all(ctx, fd);
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0, length = strlen(part);
    for (; *text != '\0'; text++)
        count += *text == *part && strncmp(text, part, length) == 0;
    return count;
}

static void wait_until_idle(struct place *place)
{
    int64_t until_ms = time_running_ms() + WAIT_MS;
    while (listener_busy(place->listener) > 0 || atomic_load(&place->server->counts->streams) > 0) {
        if (time_running_ms() > until_ms)
            fail_msg("%lld are still busy", listener_busy(place->listener));
        usleep(20000);
        listener_sweep(place->listener, time_now_secs());
    }
}

#define GET(path, more) "GET " path " HTTP/1.1\r\nHost: x\r\n" more "\r\n"
#define CLOSE "Connection: close\r\n"

/* ---- speaking well ---- */

TEST(requests_in_one_go_are_answered_in_order_on_one_connection)
{
    struct place *place = start(ctx);
    const char *heard =
        ask(ctx, place, GET("/values/one", "") GET("/values/two", "") GET("/values/three", CLOSE));
    CHECK(count_of(heard, "HTTP/1.1 200 OK\r\n") == 3);
    const char *one = strstr(heard, "\r\n\r\none|"), *two = strstr(heard, "\r\n\r\ntwo|");
    const char *three = strstr(heard, "\r\n\r\nthree|");
    CHECK(one != NULL && two != NULL && three != NULL && one < two && two < three);
}

TEST(head_is_sent_without_a_body)
{
    struct place *place = start(ctx);
    const char *heard =
        ask(ctx, place, "HEAD /values/abc HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    CHECK(strstr(heard, "HTTP/1.1 200 OK\r\n") == heard);
    CHECK(strstr(heard, "Content-Length: 4\r\n") != NULL);
    CHECK_TEXT(strstr(heard, "\r\n\r\n"), "\r\n\r\n");
    heard = ask(ctx, place,
                "HEAD /lines.csv?count=10 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    CHECK(strstr(heard, "HTTP/1.1 200 OK\r\n") == heard);
    CHECK_TEXT(strstr(heard, "\r\n\r\n"), "\r\n\r\n");
    wait_until_idle(place);
}

TEST(a_body_may_come_in_chunks_and_in_single_bytes)
{
    struct place *place = start(ctx);
    int fd = call(place);
    const char *text = "POST /measure HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                       "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                       "4\r\n{\"a\"\r\n7\r\n:\"bcd\"}\r\n0\r\n\r\n";
    for (; *text != '\0'; text++)
        CHECK(say_bytes(fd, text, 1));
    const char *heard = hear_all(ctx, fd);
    CHECK(strstr(heard, "a:3\n") != NULL);
}

TEST(a_large_body_comes_whole)
{
    struct place *place = start(ctx);
    size_t bytes = 900 * 1000;
    char *value = mem_bytes(ctx->mem, bytes + 1);
    memset(value, 'v', bytes);
    const char *head = mem_format(ctx->mem,
                                  "POST /measure HTTP/1.1\r\nHost: x\r\nContent-Type: "
                                  "application/json\r\nContent-Length: %zu\r\n" CLOSE "\r\n",
                                  bytes + 8);
    int fd = call(place);
    say(fd, head);
    say(fd, "{\"a\":\"");
    say(fd, value);
    say(fd, "\"}");
    CHECK(strstr(hear_all(ctx, fd), "a:900000\n") != NULL);
    wait_until_idle(place);
    CHECK(atomic_load(&place->server->counts->body_memory_bytes) == 0);
}

TEST(an_answer_can_be_streamed)
{
    struct place *place = start(ctx);
    const char *heard = ask(ctx, place, GET("/lines.csv?count=100000", CLOSE));
    CHECK(count_of(heard, "line\n") > 99000); /* chunks part some lines */
    CHECK(strcmp(heard + strlen(heard) - 7, "\r\n0\r\n\r\n") == 0);
    wait_until_idle(place);
}

TEST(a_stream_that_fails_does_not_look_whole)
{
    struct place *place = start(ctx);
    const char *heard = ask(ctx, place, GET("/lines.csv?count=5000&broken=1", CLOSE));
    CHECK(count_of(heard, "line\n") > 4000);
    CHECK(strstr(heard, "\r\n0\r\n\r\n") == NULL);
    wait_until_idle(place);
}

/* ---- speaking badly ---- */

TEST(a_large_upload_hears_a_clear_answer_and_no_broken_connection)
{
    enum { PARTS = 50, PART_BYTES = 1024 * 1024 };
    struct place *place = start(ctx);
    char *part = mem_bytes(ctx->mem, PART_BYTES);
    int fd = call(place);
    say(fd, mem_format(ctx->mem,
                       "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; "
                       "boundary=X\r\nContent-Length: %d\r\nConnection: close\r\n\r\n",
                       PARTS * PART_BYTES));
    for (int i = 0; i < PARTS; i++)
        CHECK(say_bytes(fd, part, PART_BYTES));
    const char *heard = hear_all(ctx, fd);
    CHECK(strstr(heard, "HTTP/1.1 413 ") == heard);
    CHECK(strstr(heard, "That is too big") != NULL);

    /* The same without saying so before. */
    fd = call(place);
    say(fd, "POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    for (int i = 0; i < 3; i++) {
        say(fd, "100000\r\n");
        CHECK(say_bytes(fd, part, PART_BYTES));
        say(fd, "\r\n");
    }
    say(fd, "0\r\n\r\n");
    CHECK(strstr(hear_all(ctx, fd), "HTTP/1.1 413 ") != NULL);
    wait_until_idle(place);
    CHECK(atomic_load(&place->server->counts->body_memory_bytes) == 0);
}

TEST(who_asks_before_a_large_upload_hears_no_at_once)
{
    struct place *place = start(ctx);
    const char *heard =
        ask(ctx, place,
            "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=X\r\n"
            "Content-Length: 52428800\r\nExpect: 100-continue\r\n\r\n");
    CHECK(strstr(heard, "HTTP/1.1 413 ") == heard);
    int fd = call(place);
    say(fd, "POST /measure HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            "Content-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
    char go_on[26] = "";
    CHECK(recv(fd, go_on, 25, MSG_WAITALL) == 25);
    CHECK_TEXT(go_on, "HTTP/1.1 100 Continue\r\n\r\n");
    say(fd, "{}");
    CHECK(strstr(hear_all(ctx, fd), "HTTP/1.1 200 ") != NULL);
}

TEST(half_a_request_leaves_nothing_behind)
{
    static const char *const halves[] = {
        "",
        "G",
        "GET / HTTP/1.1",
        "GET / HTTP/1.1\r\nHost: x\r\n",
        "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc",
        "POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "GET /lines.csv?count=1000000 HTTP/1.1\r\nHost: x\r\n\r\n"};
    struct place *place = start(ctx);
    for (size_t i = 0; i < sizeof halves / sizeof halves[0]; i++) {
        int fd = call(place);
        say(fd, halves[i]);
        usleep(20000);
        close(fd);
    }
    wait_until_idle(place);
    CHECK(atomic_load(&place->server->counts->body_memory_bytes) == 0);
    CHECK(strstr(ask(ctx, place, GET("/values/x", CLOSE)), "x|") != NULL);
}

TEST(a_request_with_two_readings_is_not_read)
{
    static const char *const junk[] = {
        "POST /measure HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n"
        "\r\n0\r\n\r\nGET /values/smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /measure HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 30\r\n\r\n{}"
        "GET /values/smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /measure HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"
        "GET /values/smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /measure HTTP/1.1\r\nHost: x\r\nContent-Length: 2x\r\n\r\n{}"
        "GET /values/smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
        /* folded headers: where the body ends hangs on who unfolds them */
        "POST /measure HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n 46\r\n\r\n"
        "GET /values/smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /measure HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\t6\r\n\r\n"
        "GET /values/smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /measure HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n chunked\r\n\r\n"
        "GET /values/smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /measure HTTP/1.1\r\nHost: x\r\nX-Y: a\r\n Content-Length: 46\r\n\r\n"
        "GET /values/smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /values/smuggled HTTP/1.1\r\n\r\n",
        "GET /values/smuggled HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "\0\1\2\3\r\n\r\n",
        "GET\r\n\r\n",
    };
    struct place *place = start(ctx);
    for (size_t i = 0; i < sizeof junk / sizeof junk[0]; i++) {
        int fd = call(place);
        struct timeval wait = {.tv_usec = 200 * 1000}; /* some are left waiting for the rest */
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
        say(fd, junk[i]);
        const char *heard = hear_all(ctx, fd);
        if (strstr(heard, "smuggled|") != NULL || strstr(heard, " 500 ") != NULL)
            fail_msg("%s was answered: %s", junk[i], heard);
    }
}

TEST(headers_without_end_are_refused)
{
    struct place *place = start(ctx);
    int fd = call(place);
    char *big = mem_bytes(ctx->mem, 64 * 1024 + 1);
    memset(big, 'a', 64 * 1024);
    say(fd, "GET / HTTP/1.1\r\nHost: x\r\nX-Big: ");
    (void)say_bytes(fd, big, 64 * 1024);
    const char *heard = hear_all(ctx, fd);
    CHECK(strstr(heard, "HTTP/1.1 4") == heard || heard[0] == '\0');
    CHECK(strstr(ask(ctx, place, GET("/values/x", CLOSE)), "x|") != NULL);
}

TEST(who_is_too_slow_is_cut_off)
{
    struct place *place = start(ctx);
    int idle = call(place), header = call(place), body = call(place);
    say(header, "GET / HTTP/1.1\r\nHost: x\r\nX-");
    say(body, "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
    int64_t until_ms = time_running_ms() + WAIT_MS;
    while (listener_busy(place->listener) < 2 && time_running_ms() < until_ms)
        usleep(2000);
    listener_sweep(place->listener, time_now_secs() + LISTEN_HEADER_SECS - 2);
    CHECK(listener_busy(place->listener) == 2);
    listener_sweep(place->listener, time_now_secs() + LISTEN_HEADER_SECS + 2);
    CHECK_TEXT(hear_all(ctx, header), "");
    listener_sweep(place->listener, time_now_secs() + LISTEN_IDLE_SECS + 2);
    CHECK_TEXT(hear_all(ctx, idle), "");
    listener_sweep(place->listener, time_now_secs() + 24 * 3600);
    CHECK_TEXT(hear_all(ctx, body), "");
    wait_until_idle(place);
}

TEST(there_are_only_so_many_streams_at_once)
{
    int fds[LISTEN_STREAMS_MAX];
    struct place *place = start(ctx);
    for (int i = 0; i < LISTEN_STREAMS_MAX; i++) {
        fds[i] = call(place);
        say(fds[i], GET("/lines.csv?count=100000000", CLOSE));
    }
    int64_t until_ms = time_running_ms() + WAIT_MS;
    while (atomic_load(&place->server->counts->streams) < LISTEN_STREAMS_MAX &&
           time_running_ms() < until_ms)
        usleep(2000);
    const char *heard = ask(ctx, place, GET("/lines.csv?count=1", CLOSE));
    CHECK(strstr(heard, "HTTP/1.1 503 ") == heard);
    CHECK(strstr(heard, "Retry-After: ") != NULL);
    CHECK(strstr(ask(ctx, place, GET("/values/x", CLOSE)), "x|") != NULL);
    for (int i = 0; i < LISTEN_STREAMS_MAX; i++)
        close(fds[i]);
    wait_until_idle(place);
    heard = ask(ctx, place, GET("/lines.csv?count=1", CLOSE));
    CHECK(strstr(heard, "HTTP/1.1 200 ") == heard);
}

/* ---- stopping ---- */

TEST(stopping_finishes_what_was_begun)
{
    struct place *place = start(ctx);
    int fd = call(place), kept = call(place);
    char first[1] = "";
    say(fd, GET("/lines.csv?count=1000000", CLOSE));
    CHECK(recv(fd, first, 1, 0) == 1);
    say(kept, "GET /values/last HTTP/1.1\r\n");
    int64_t until_ms = time_running_ms() + WAIT_MS;
    while (listener_busy(place->listener) < 2 && time_running_ms() < until_ms)
        usleep(2000);

    int port = listener_port(place->listener);
    listener_quiesce(place->listener);
    say(kept, "Host: x\r\n\r\n");
    const char *heard = hear_all(ctx, kept);
    CHECK(strstr(heard, "last|") != NULL);
    CHECK(strstr(heard, "Connection: close\r\n") != NULL);
    heard = hear_all(ctx, fd);
    CHECK(count_of(heard, "line\n") > 990000);
    CHECK(strcmp(heard + strlen(heard) - 7, "\r\n0\r\n\r\n") == 0);
    wait_until_idle(place);

    int late = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    CHECK(connect(late, (struct sockaddr *)&address, sizeof address) != 0);
    close(late);
}

/* ---- addresses ---- */

static void check_listen(struct ctx *ctx, const char *listen, enum status wanted, size_t least)
{
    int sockets[LISTEN_SOCKETS_MAX];
    size_t count = 0;
    ctx->fault = NULL;
    if (listen_sockets(ctx, listen, sockets, &count) != wanted || count < least)
        fail_msg("listen \"%s\": %zu sockets (%s)", listen, count, ctx->fault);
    for (size_t i = 0; wanted == OK && i < count; i++)
        close(sockets[i]);
}

TEST(each_way_to_name_an_address_is_understood)
{
    check_listen(ctx, "0", OK, 1);
    check_listen(ctx, ":0", OK, 1);
    check_listen(ctx, "*:0", OK, 1);
    check_listen(ctx, "127.0.0.1:0", OK, 1);
    check_listen(ctx, "localhost:0", OK, 1);
    check_listen(ctx, "127.0.0.1:", ERR_INVALID, 0);
    check_listen(ctx, "127.0.0.1:http", ERR_INVALID, 0);
    check_listen(ctx, "192.0.2.1:0", ERR_INVALID, 0);
    check_listen(ctx, "", ERR_INVALID, 0);
    check_listen(ctx, "[::1:0", ERR_INVALID, 0);
}

TEST(an_address_that_is_taken_is_said_so)
{
    struct place *place = start(ctx);
    const char *same = mem_format(ctx->mem, "127.0.0.1:%d", listener_port(place->listener));
    check_listen(ctx, same, ERR_BUSY, 0);
    CHECK(strstr(ctx->fault, "in use") != NULL);
}
