/* SPDX-License-Identifier: MIT */
/*
 * upload_scan.c - asks clamd whether there is a virus in some bytes.
 *
 * The protocol is INSTREAM of clamd(8): "zINSTREAM", a zero byte, then parts with their length
 * before them (four bytes, most significant first), then a part of length 0.  The answer is one
 * line that ends with a zero byte: "stream: OK", "stream: NAME FOUND" or "... ERROR".  Anything
 * but OK and FOUND counts as no answer: a file that was not scanned is not kept.
 */
#include "platform/document/upload_check.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { PART_BYTES = 64 * 1024, ANSWER_BYTES = 512, WAIT_SECS = 30 };

struct scanner {
    int socket;
};

static void close_scanner(void *arg)
{
    struct scanner *scanner = arg;
    if (scanner->socket >= 0)
        close(scanner->socket);
}

static bool connect_to(struct scanner *scanner, const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path)
        return false;
    memcpy(address.sun_path, path, strlen(path));
    scanner->socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (scanner->socket < 0)
        return false;
    struct timeval wait = {.tv_sec = WAIT_SECS};
    setsockopt(scanner->socket, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    setsockopt(scanner->socket, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    return connect(scanner->socket, (struct sockaddr *)&address, sizeof address) == 0;
}

static bool send_all(const struct scanner *scanner, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(scanner->socket, bytes, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        bytes += sent;
        length -= (size_t)sent;
    }
    return true;
}

static bool send_length(const struct scanner *scanner, size_t length)
{
    const char four[4] = {(char)(length >> 24), (char)(length >> 16), (char)(length >> 8),
                          (char)length};
    return send_all(scanner, four, sizeof four);
}

static bool send_file(const struct scanner *scanner, const char *bytes, size_t length)
{
    static const char command[] = "zINSTREAM"; /* with its zero byte */
    if (!send_all(scanner, command, sizeof command))
        return false;
    for (size_t at = 0; at < length;) {
        size_t part = length - at < PART_BYTES ? length - at : PART_BYTES;
        if (!send_length(scanner, part) || !send_all(scanner, bytes + at, part))
            return false;
        at += part;
    }
    return send_length(scanner, 0);
}

/* The answer without its zero byte; "" when none came. */
static void read_answer(const struct scanner *scanner, char answer[ANSWER_BYTES])
{
    size_t length = 0;
    while (length < ANSWER_BYTES - 1) {
        ssize_t got = recv(scanner->socket, answer + length, ANSWER_BYTES - 1 - length, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        length += (size_t)got;
        if (answer[length - 1] == '\0')
            break;
    }
    answer[length] = '\0';
}

enum status upload_scan(struct ctx *ctx, const char *path, const char *bytes, size_t length)
{
    struct mem *mem = mem_child(ctx->mem);
    struct scanner *scanner = mem_new(mem, struct scanner);
    scanner->socket = -1;
    mem_at_end(mem, close_scanner, scanner);
    char answer[ANSWER_BYTES] = "";
    bool is_connected = connect_to(scanner, path);
    bool is_sent = is_connected && send_file(scanner, bytes, length);
    if (is_connected) /* clamd answers before the end of a file that is too large for it */
        read_answer(scanner, answer);
    mem_end(mem);
    const char *safe = text_repair(ctx->mem, answer, strlen(answer));
    if (is_sent && strcmp(answer, "stream: OK") == 0)
        return OK;
    if (text_ends(answer, " FOUND"))
        return ctx_fail(ctx, ERR_INVALID, "a virus scanner refused a file: \"%s\"", safe);
    return ctx_fail(ctx, ERR_BUSY, "the virus scanner at \"%s\" did not answer: \"%s\"", path,
                    safe);
}
