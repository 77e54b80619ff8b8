/* SPDX-License-Identifier: MIT */
/*
 * newsletter_sink.c - the mail server of the kill test: a child with poll, and shared counts.
 *
 * What counts is a message whose last dot came, also when nobody is there any more to hear that it
 * was taken: that is what a mail server does.
 */
#include "programme/newsletter/newsletter_sink.h"

#include "platform/base/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LINES = 64, BYTES = 65536, WAIT_MS = 10, WAITS_MOST = 3000 };

/* What parent and child share; counts has a place for each recipient. */
struct shared {
    volatile int open_count; /* lines */
    int64_t recipients;
    unsigned char counts[];
};

struct newsletter_sink {
    pid_t child;
    int port;
    struct shared *shared;
    size_t shared_bytes;
};

struct talk {
    int socket;
    bool is_data;
    int64_t reader;
    char bytes[BYTES];
    size_t length;
};

static void answer(struct talk *talk, const char *words)
{
    (void)!send(talk->socket, words, strlen(words), MSG_NOSIGNAL); /* nobody may hear it */
}

static void take_line(struct shared *shared, struct talk *talk, const char *line)
{
    if (talk->is_data) {
        if (strcmp(line, ".\r\n") != 0)
            return;
        talk->is_data = false;
        if (talk->reader > 0 && talk->reader <= shared->recipients)
            shared->counts[talk->reader]++;
        answer(talk, "250 2.0.0 taken\r\n");
    } else if (strncmp(line, "EHLO", 4) == 0) {
        answer(talk, "250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n");
    } else if (strncmp(line, "RCPT TO:<reader-", 16) == 0) {
        talk->reader = strtoll(line + 16, NULL, 10);
        answer(talk, "250 2.1.5 ok\r\n");
    } else if (strncmp(line, "DATA", 4) == 0) {
        talk->is_data = true;
        answer(talk, "354 go on\r\n");
    } else {
        answer(talk, "250 2.0.0 ok\r\n");
    }
}

static bool hear(struct shared *shared, struct talk *talk)
{
    ssize_t got = recv(talk->socket, talk->bytes + talk->length, BYTES - 1 - talk->length, 0);
    if (got <= 0)
        return false;
    talk->length += (size_t)got;
    char *at = talk->bytes, *end;
    while ((end = memchr(at, '\n', talk->length - (size_t)(at - talk->bytes))) != NULL) {
        char after = end[1];
        end[1] = '\0';
        take_line(shared, talk, at);
        end[1] = after;
        at = end + 1;
    }
    talk->length -= (size_t)(at - talk->bytes);
    memmove(talk->bytes, at, talk->length);
    return talk->length < BYTES - 1;
}

static void serve(struct shared *shared, int listener)
{
    struct talk *talks = mem_array(mem_root(), struct talk, LINES);
    struct pollfd polls[LINES + 1];
    int count = 0;
    for (;;) {
        polls[0] = (struct pollfd){listener, (short)(count < LINES ? POLLIN : 0), 0};
        for (int i = 0; i < count; i++)
            polls[i + 1] = (struct pollfd){talks[i].socket, POLLIN, 0};
        poll(polls, (nfds_t)count + 1, -1);
        for (int i = count - 1; i >= 0; i--) {
            if (polls[i + 1].revents == 0 || hear(shared, &talks[i]))
                continue;
            close(talks[i].socket);
            talks[i] = talks[--count];
            polls[i + 1] = polls[count + 1];
            shared->open_count = count;
        }
        if ((polls[0].revents & POLLIN) != 0) {
            talks[count] = (struct talk){.socket = accept(listener, NULL, NULL)};
            setsockopt(talks[count].socket, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
            answer(&talks[count++], "220 sink\r\n");
            shared->open_count = count;
        }
    }
}

static void end_sink(void *arg)
{
    struct newsletter_sink *sink = arg;
    kill(sink->child, SIGKILL);
    waitpid(sink->child, NULL, 0);
    munmap(sink->shared, sink->shared_bytes);
}

struct newsletter_sink *newsletter_sink_open(struct ctx *ctx, int64_t recipients)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(bind(listener, (struct sockaddr *)&address, size) == 0 && listen(listener, LINES) == 0);
    CHECK(getsockname(listener, (struct sockaddr *)&address, &size) == 0);
    struct newsletter_sink *sink = mem_new(ctx->mem, struct newsletter_sink);
    sink->port = ntohs(address.sin_port);
    sink->shared_bytes = sizeof(struct shared) + (size_t)recipients + 1;
    sink->shared =
        mmap(NULL, sink->shared_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(sink->shared != MAP_FAILED);
    sink->shared->recipients = recipients;
    sink->child = fork();
    if (sink->child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        serve(sink->shared, listener);
    }
    close(listener);
    mem_at_end(ctx->mem, end_sink, sink);
    return sink;
}

const char *newsletter_sink_url(const struct newsletter_sink *sink, struct mem *mem)
{
    return mem_format(mem, "smtp://127.0.0.1:%d", sink->port);
}

struct newsletter_sunk newsletter_sink_count(struct newsletter_sink *sink)
{
    struct newsletter_sunk sunk = {0};
    for (int i = 0; i < WAITS_MOST && sink->shared->open_count > 0; i++)
        nanosleep(&(struct timespec){.tv_nsec = WAIT_MS * 1000000L}, NULL);
    for (int64_t n = 1; n <= sink->shared->recipients; n++) {
        sunk.once += sink->shared->counts[n] == 1;
        sunk.twice += sink->shared->counts[n] > 1;
        sunk.missed += sink->shared->counts[n] == 0;
    }
    return sunk;
}
