/* SPDX-License-Identifier: MIT */
/* look_site.c - one connection after the other, one question each, under one lock. */
#include "platform/net/look_site.h"

#include "platform/base/test.h"
#include "platform/base/text.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEARD_BYTES = 64 * 1024, QUESTION_BYTES = 8000, ANSWER_BYTES = 8000 };

struct look_site {
    pthread_t thread;
    pthread_mutex_t lock;
    int listener, stop[2], port; /* stop: a pipe; closing its end stops the thread */
    int count, code;
    char heard[HEARD_BYTES];
};

/* Waits until the socket has something.  False: it is time to stop, or nobody speaks. */
static bool wait_for(struct look_site *site, int descriptor)
{
    struct pollfd two[] = {{descriptor, POLLIN, 0}, {site->stop[0], POLLIN, 0}};
    return poll(two, 2, -1) > 0 && two[1].revents == 0;
}

/* ---- answers ---- */

static void say(int socket, const char *text)
{
    size_t length = strlen(text);
    (void)!send(socket, text, length, MSG_NOSIGNAL);
}

static void say_code(int socket, int code, const char *more)
{
    char answer[ANSWER_BYTES];
    (void)snprintf(answer, sizeof answer,
                   "HTTP/1.1 %d Words\r\nContent-Length: 0\r\nConnection: close\r\n%s\r\n", code,
                   more);
    say(socket, answer);
}

static void say_without_end(int socket)
{
    char bytes[ANSWER_BYTES];
    memset(bytes, 'x', sizeof bytes);
    say(socket, "HTTP/1.1 200 Words\r\nConnection: close\r\n\r\n");
    while (send(socket, bytes, sizeof bytes, MSG_NOSIGNAL) > 0)
        continue;
}

static bool asks(const char *question, const char *path)
{
    const char *at = strchr(question, ' ');
    size_t length = strlen(path);
    return at != NULL && strncmp(at + 1, path, length) == 0 && strchr(" ?", at[1 + length]) != NULL;
}

static void lead_away(int socket, const char *question)
{
    char more[QUESTION_BYTES / 2];
    const char *to = strchr(question, '?') + 1;
    (void)snprintf(more, sizeof more, "Set-Cookie: a=b; Path=/\r\nLocation: %.*s\r\n",
                   (int)strcspn(to, " "), to);
    say_code(socket, 302, more);
}

static void answer(struct look_site *site, int socket, const char *question)
{
    bool is_head = text_begins(question, "HEAD ");
    if (asks(question, "/silent"))
        (void)wait_for(site, socket);
    else if (site->code != 0)
        say_code(socket, site->code, "");
    else if (asks(question, "/fine"))
        say_code(socket, 200, "");
    else if (asks(question, "/gone"))
        say_code(socket, 404, "");
    else if (asks(question, "/refuses"))
        say_code(socket, 403, "");
    else if (asks(question, "/moved"))
        say_code(socket, 301, "Location: /fine\r\n");
    else if (asks(question, "/round"))
        say_code(socket, 302, "Location: /round\r\n");
    else if (asks(question, "/no-head"))
        say_code(socket, is_head ? 405 : 200, "");
    else if (asks(question, "/endless") && !is_head)
        say_without_end(socket);
    else if (asks(question, "/endless"))
        say_code(socket, 405, "");
    else if (asks(question, "/to") && strchr(question, '?') != NULL)
        lead_away(socket, question);
    else
        say_code(socket, 500, "");
}

/* ---- connections ---- */

static void serve_one(struct look_site *site, int socket)
{
    char question[QUESTION_BYTES] = "";
    size_t length = 0;
    while (strstr(question, "\r\n\r\n") == NULL && length + 1 < sizeof question &&
           wait_for(site, socket)) {
        ssize_t got = recv(socket, question + length, sizeof question - length - 1, 0);
        if (got <= 0)
            break;
        length += (size_t)got;
        question[length] = '\0';
    }
    pthread_mutex_lock(&site->lock);
    size_t heard = strlen(site->heard);
    (void)snprintf(site->heard + heard, sizeof site->heard - heard, "%s", question);
    site->count++;
    answer(site, socket, question);
    pthread_mutex_unlock(&site->lock);
}

static void *run(void *arg)
{
    struct look_site *site = arg;
    while (wait_for(site, site->listener)) {
        int socket = accept(site->listener, NULL, NULL);
        if (socket < 0)
            continue;
        serve_one(site, socket);
        close(socket);
    }
    return NULL;
}

static void stop(void *arg)
{
    struct look_site *site = arg;
    close(site->stop[1]);
    pthread_join(site->thread, NULL);
    close(site->stop[0]);
    close(site->listener);
}

struct look_site *look_site_open(struct ctx *ctx)
{
    struct look_site *site = mem_new(ctx->mem, struct look_site);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    site->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(bind(site->listener, (struct sockaddr *)&address, size) == 0);
    CHECK(listen(site->listener, 16) == 0);
    CHECK(getsockname(site->listener, (struct sockaddr *)&address, &size) == 0);
    site->port = ntohs(address.sin_port);
    CHECK(pipe(site->stop) == 0 && pthread_mutex_init(&site->lock, NULL) == 0);
    CHECK(pthread_create(&site->thread, NULL, run, site) == 0);
    mem_at_end(ctx->mem, stop, site);
    return site;
}

/* ---- what it tells ---- */

int look_site_port(struct look_site *site)
{
    return site->port;
}

const char *look_site_url_as(struct look_site *site, struct mem *mem, const char *host,
                             const char *path)
{
    return mem_format(mem, "http://%s:%d%s", host, site->port, path);
}

const char *look_site_url(struct look_site *site, struct mem *mem, const char *path)
{
    return look_site_url_as(site, mem, "127.0.0.1", path);
}

int look_site_count(struct look_site *site)
{
    pthread_mutex_lock(&site->lock);
    int count = site->count;
    pthread_mutex_unlock(&site->lock);
    return count;
}

const char *look_site_heard(struct look_site *site, struct mem *mem)
{
    pthread_mutex_lock(&site->lock);
    const char *heard = mem_text(mem, site->heard);
    pthread_mutex_unlock(&site->lock);
    return heard;
}

void look_site_answer(struct look_site *site, int code)
{
    pthread_mutex_lock(&site->lock);
    site->code = code;
    pthread_mutex_unlock(&site->lock);
}
