/* SPDX-License-Identifier: MIT */
/* smtp_sink.c - the threads, their lines and what it keeps, under one lock. */
#include "platform/mail/smtp_sink.h"

#include "platform/base/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    SUNK_MAX = 64,
    LINES_MAX = 64,
    HEARD_BYTES = 64 * 1024,
    DATA_BYTES = 4 * 1024 * 1024,
    TEXT_BYTES = 200
};

struct smtp_sink {
    pthread_t thread;
    pthread_mutex_t lock;
    int listener;
    int stop[2]; /* a pipe: closing its end stops the thread */
    int port;
    struct mem *mem; /* used under the lock only */
    struct smtp_sunk sunk[SUNK_MAX];
    int sunk_count;
    pthread_t lines[LINES_MAX];
    int line_count;
    char heard[HEARD_BYTES];
    char offer[TEXT_BYTES];
    char odd_command[TEXT_BYTES];
    char odd_answer[TEXT_BYTES];
    bool is_drop;
    int odd_times;
    int take_then_drop_times;
    char slow[TEXT_BYTES]; /* "": nobody */
    int slow_until_count;
};

/* One connection; only the thread has it. */
struct line {
    struct smtp_sink *sink;
    struct mem *mem;
    int socket;
    int number;
    char in[8192];
    size_t in_start, in_end;
    char from[TEXT_BYTES], to[TEXT_BYTES];
    char *data; /* DATA_BYTES */
    size_t data_bytes;
};

/* Waits until the socket has something.  False: it is time to stop. */
static bool wait_for(struct smtp_sink *sink, int descriptor)
{
    struct pollfd two[] = {{descriptor, POLLIN, 0}, {sink->stop[0], POLLIN, 0}};
    return poll(two, 2, -1) > 0 && two[1].revents == 0;
}

static int next_byte(struct line *line)
{
    if (line->in_start == line->in_end) {
        if (!wait_for(line->sink, line->socket))
            return -1;
        ssize_t got = recv(line->socket, line->in, sizeof line->in, 0);
        if (got <= 0)
            return -1;
        line->in_start = 0;
        line->in_end = (size_t)got;
    }
    return (unsigned char)line->in[line->in_start++];
}

/* Reads up to CR LF, which is left out.  False: the line is gone. */
static bool read_line(struct line *line, char *out, size_t room, size_t *length_out)
{
    size_t n = 0;
    for (;;) {
        int c = next_byte(line);
        if (c < 0)
            return false;
        if (c == '\n' && n > 0 && out[n - 1] == '\r') {
            out[n - 1] = '\0';
            *length_out = n - 1;
            return true;
        }
        if (n + 1 == room)
            return false;
        out[n++] = (char)c;
    }
}

static bool say(struct line *line, const char *answer)
{
    char text[TEXT_BYTES + 4];
    int length = snprintf(text, sizeof text, "%s\r\n", answer);
    return send(line->socket, text, (size_t)length, MSG_NOSIGNAL) == length;
}

/* Answers as told, else with usual.  *is_usual_out: whether it was as usual. */
static bool answer(struct line *line, const char *command, const char *usual, bool *is_usual_out)
{
    struct smtp_sink *sink = line->sink;
    char odd[TEXT_BYTES] = "";
    bool is_odd = false, is_drop = false;
    pthread_mutex_lock(&sink->lock);
    if (sink->odd_times > 0 && strcasecmp(sink->odd_command, command) == 0) {
        sink->odd_times--;
        is_odd = true;
        is_drop = sink->is_drop;
        memcpy(odd, sink->odd_answer, sizeof odd);
    }
    pthread_mutex_unlock(&sink->lock);
    *is_usual_out = !is_odd;
    if (!is_odd)
        return say(line, usual);
    if (is_drop)
        return false;
    return odd[0] == '\0' ? true : say(line, odd);
}

/* Waits while it is a slow recipient's turn to be slow.  False: it is time to stop. */
static bool be_slow(struct line *line)
{
    struct smtp_sink *sink = line->sink;
    struct pollfd stop = {sink->stop[0], POLLIN, 0};
    enum { LOOK_MS = 5 };
    for (bool is_held = true; is_held;) {
        pthread_mutex_lock(&sink->lock);
        is_held = sink->slow[0] != '\0' && strstr(line->to, sink->slow) != NULL &&
                  sink->sunk_count < sink->slow_until_count;
        pthread_mutex_unlock(&sink->lock);
        if (is_held && poll(&stop, 1, LOOK_MS) != 0)
            return false;
    }
    return true;
}

/* Keeps the message.  True: it is to be answered. */
static bool keep(struct line *line)
{
    struct smtp_sink *sink = line->sink;
    pthread_mutex_lock(&sink->lock);
    bool is_drop = sink->take_then_drop_times > 0;
    sink->take_then_drop_times -= is_drop;
    if (sink->sunk_count < SUNK_MAX)
        sink->sunk[sink->sunk_count++] = (struct smtp_sunk){
            mem_text(sink->mem, line->from), mem_text(sink->mem, line->to),
            mem_text_part(sink->mem, line->data, line->data_bytes), line->data_bytes, line->number};
    pthread_mutex_unlock(&sink->lock);
    return !is_drop;
}

/* After "354": reads to the final dot, undoing the doubled ones. */
static bool take_message(struct line *line)
{
    char text[4096];
    size_t length;
    line->data_bytes = 0;
    for (;;) {
        if (!read_line(line, text, sizeof text, &length))
            return false;
        if (strcmp(text, ".") == 0)
            break;
        size_t skip = text[0] == '.';
        if (line->data_bytes + length + 2 > DATA_BYTES)
            return false;
        memcpy(line->data + line->data_bytes, text + skip, length - skip);
        line->data_bytes += length - skip;
        memcpy(line->data + line->data_bytes, "\r\n", 2);
        line->data_bytes += 2;
    }
    pthread_mutex_lock(&line->sink->lock);
    bool is_odd = line->sink->odd_times > 0 && strcmp(line->sink->odd_command, ".") == 0;
    pthread_mutex_unlock(&line->sink->lock);
    bool is_usual;
    if (is_odd)
        return answer(line, ".", "", &is_usual);
    return keep(line) && say(line, "250 2.0.0 taken");
}

static void note_heard(struct smtp_sink *sink, const char *text)
{
    pthread_mutex_lock(&sink->lock);
    size_t used = strlen(sink->heard);
    snprintf(sink->heard + used, HEARD_BYTES - used, "%s\n", text);
    pthread_mutex_unlock(&sink->lock);
}

static bool greet(struct line *line)
{
    bool is_usual;
    char offer[TEXT_BYTES + 20];
    pthread_mutex_lock(&line->sink->lock);
    if (line->sink->offer[0] != '\0')
        snprintf(offer, sizeof offer, "250-sink\r\n250 %s", line->sink->offer);
    else
        snprintf(offer, sizeof offer, "250 sink");
    pthread_mutex_unlock(&line->sink->lock);
    return answer(line, "EHLO", offer, &is_usual);
}

/* AUTH PLAIN without its answer in the same line. */
static bool welcome(struct line *line)
{
    char text[TEXT_BYTES];
    size_t length;
    bool is_usual;
    if (!say(line, "334 ") || !read_line(line, text, sizeof text, &length))
        return false;
    note_heard(line->sink, text);
    return answer(line, "AUTH", "235 2.7.0 welcome", &is_usual);
}

/* One command.  False: the line ends. */
static bool serve_command(struct line *line, char *text)
{
    bool is_usual;
    note_heard(line->sink, text);
    char command[5] = "";
    memcpy(command, text, strnlen(text, 4));
    if (strcasecmp(command, "EHLO") == 0)
        return greet(line);
    if (strcasecmp(command, "MAIL") == 0) {
        snprintf(line->from, sizeof line->from, "%.150s", text + 5);
        return answer(line, "MAIL", "250 2.1.0 fine", &is_usual);
    }
    if (strcasecmp(command, "RCPT") == 0) {
        snprintf(line->to, sizeof line->to, "%.150s", text + 5);
        return be_slow(line) && answer(line, "RCPT", "250 2.1.5 fine", &is_usual);
    }
    if (strcasecmp(command, "DATA") == 0)
        return answer(line, "DATA", "354 go ahead", &is_usual) && (!is_usual || take_message(line));
    if (strcasecmp(command, "AUTH") == 0)
        return welcome(line);
    if (strcasecmp(command, "QUIT") == 0)
        return say(line, "221 bye") && false;
    return say(line, "250 fine");
}

static void *serve(void *arg)
{
    struct line *line = arg;
    char text[4096];
    size_t length;
    bool goes_on = say(line, "220 sink");
    while (goes_on && read_line(line, text, sizeof text, &length))
        goes_on = serve_command(line, text);
    close(line->socket);
    mem_end(line->mem);
    return NULL;
}

/* Each line has a thread, for clients keep theirs open. */
static void *listen_on(void *arg)
{
    struct smtp_sink *sink = arg;
    while (sink->line_count < LINES_MAX && wait_for(sink, sink->listener)) {
        int socket = accept(sink->listener, NULL, NULL);
        if (socket < 0)
            continue;
        struct mem *mem = mem_root();
        struct line *line = mem_new(mem, struct line);
        *line = (struct line){.sink = sink, .socket = socket, .mem = mem};
        line->data = mem_bytes(mem, DATA_BYTES);
        line->number = sink->line_count + 1;
        if (pthread_create(&sink->lines[sink->line_count], NULL, serve, line) == 0)
            sink->line_count++;
    }
    return NULL;
}

static void end(void *arg)
{
    struct smtp_sink *sink = arg;
    close(sink->stop[1]);
    pthread_join(sink->thread, NULL);
    for (int i = 0; i < sink->line_count; i++)
        pthread_join(sink->lines[i], NULL);
    close(sink->stop[0]);
    close(sink->listener);
    pthread_mutex_destroy(&sink->lock);
    mem_end(sink->mem);
}

struct smtp_sink *smtp_sink_open(struct ctx *ctx)
{
    struct smtp_sink *sink = mem_new(ctx->mem, struct smtp_sink);
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    sink->mem = mem_root();
    sink->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(bind(sink->listener, (struct sockaddr *)&address, size) == 0);
    CHECK(listen(sink->listener, 16) == 0);
    CHECK(getsockname(sink->listener, (struct sockaddr *)&address, &size) == 0);
    sink->port = ntohs(address.sin_port);
    CHECK(pipe(sink->stop) == 0);
    CHECK(pthread_mutex_init(&sink->lock, NULL) == 0);
    CHECK(pthread_create(&sink->thread, NULL, listen_on, sink) == 0);
    mem_at_end(ctx->mem, end, sink);
    return sink;
}

const char *smtp_sink_url(struct smtp_sink *sink, struct mem *mem)
{
    return mem_format(mem, "smtp://127.0.0.1:%d", sink->port);
}

void smtp_sink_answer(struct smtp_sink *sink, const char *command, const char *answer_, int times)
{
    pthread_mutex_lock(&sink->lock);
    snprintf(sink->odd_command, sizeof sink->odd_command, "%s", command);
    snprintf(sink->odd_answer, sizeof sink->odd_answer, "%s", answer_ != NULL ? answer_ : "");
    sink->is_drop = answer_ == NULL;
    sink->odd_times = times;
    pthread_mutex_unlock(&sink->lock);
}

void smtp_sink_slow(struct smtp_sink *sink, const char *address, int until_count)
{
    pthread_mutex_lock(&sink->lock);
    snprintf(sink->slow, sizeof sink->slow, "%s", address);
    sink->slow_until_count = until_count;
    pthread_mutex_unlock(&sink->lock);
}

void smtp_sink_take_then_drop(struct smtp_sink *sink, int times)
{
    pthread_mutex_lock(&sink->lock);
    sink->take_then_drop_times = times;
    pthread_mutex_unlock(&sink->lock);
}

void smtp_sink_offer(struct smtp_sink *sink, const char *feature)
{
    pthread_mutex_lock(&sink->lock);
    snprintf(sink->offer, sizeof sink->offer, "%s", feature != NULL ? feature : "");
    pthread_mutex_unlock(&sink->lock);
}

int smtp_sink_count(struct smtp_sink *sink)
{
    pthread_mutex_lock(&sink->lock);
    int count = sink->sunk_count;
    pthread_mutex_unlock(&sink->lock);
    return count;
}

struct smtp_sunk smtp_sink_get(struct smtp_sink *sink, struct mem *mem, int n)
{
    pthread_mutex_lock(&sink->lock);
    struct smtp_sunk sunk = sink->sunk[n];
    sunk.from = mem_text(mem, sunk.from);
    sunk.to = mem_text(mem, sunk.to);
    sunk.data = mem_text_part(mem, sunk.data, sunk.data_bytes);
    pthread_mutex_unlock(&sink->lock);
    return sunk;
}

const char *smtp_sink_heard(struct smtp_sink *sink, struct mem *mem)
{
    pthread_mutex_lock(&sink->lock);
    const char *heard = mem_text(mem, sink->heard);
    pthread_mutex_unlock(&sink->lock);
    return heard;
}
