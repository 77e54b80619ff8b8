/* SPDX-License-Identifier: MIT */
/*
 * listen_socket.c - sockets for "8080", ":8080", "127.0.0.1:8080", "[::1]:8080", "localhost:8080".
 *
 * Without a host one IPv6 socket takes IPv4 too; where there is no IPv6, an IPv4 one.  A name that
 * has several addresses, as localhost has, gets a socket for each.
 */
#include "platform/web/listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

static bool begin(int fd, const struct sockaddr *address, socklen_t length)
{
    int on = 1, off = 0;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (address->sa_family == AF_INET6)
        (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY,
                         IN6_IS_ADDR_UNSPECIFIED(&((const struct sockaddr_in6 *)address)->sin6_addr)
                             ? &off
                             : &on,
                         sizeof on);
    return bind(fd, address, length) == 0 && listen(fd, LISTEN_BACKLOG) == 0;
}

/* A listening socket, or -1 with errno. */
static int listen_on(const struct addrinfo *info)
{
    int fd = socket(info->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || begin(fd, info->ai_addr, info->ai_addrlen))
        return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static enum status split(struct ctx *ctx, const char *listen, const char **host, const char **port)
{
    const char *colon = strrchr(listen, ':');
    *port = colon != NULL ? colon + 1 : listen;
    *host = colon != NULL ? mem_text_part(ctx->mem, listen, (size_t)(colon - listen)) : "";
    size_t length = strlen(*host);
    if (length >= 2 && (*host)[0] == '[' && (*host)[length - 1] == ']')
        *host = mem_text_part(ctx->mem, *host + 1, length - 2);
    if (**port == '\0' || (*port)[strspn(*port, "0123456789")] != '\0')
        return ctx_fail(ctx, ERR_INVALID, "listen \"%s\" has no port", listen);
    return OK;
}

/* Port 0 is any port, but the same for each address of a name. */
static void same_port(const int *sockets, size_t count, struct addrinfo *info)
{
    struct sockaddr_in first = {0}; /* cut off where it is longer, behind the port */
    socklen_t length = sizeof first;
    if (count == 0 || getsockname(sockets[0], (struct sockaddr *)&first, &length) != 0)
        return;
    /* The port stands at the same place in both kinds of address. */
    ((struct sockaddr_in *)info->ai_addr)->sin_port = first.sin_port;
}

static enum status open_all(struct ctx *ctx, const char *listen, struct addrinfo *infos,
                            int *sockets, size_t *count_out)
{
    int why = 0;
    size_t count = 0;
    for (struct addrinfo *info = infos; info && count < LISTEN_SOCKETS_MAX; info = info->ai_next) {
        same_port(sockets, count, info);
        int fd = listen_on(info);
        if (fd >= 0)
            sockets[count++] = fd;
        else if (errno != EAFNOSUPPORT && errno != EADDRNOTAVAIL)
            why = errno;
    }
    *count_out = count;
    if (why != 0 || count == 0) {
        for (size_t i = 0; i < count; i++)
            close(sockets[i]);
        return ctx_fail(ctx, why == EADDRINUSE ? ERR_BUSY : ERR_INVALID,
                        "cannot listen on \"%s\": %s", listen,
                        strerror(why != 0 ? why : EADDRNOTAVAIL));
    }
    return OK;
}

static enum status find_all(struct ctx *ctx, const char *listen, const char *host, const char *port,
                            struct addrinfo **out)
{
    struct addrinfo wanted = {
        .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
    const char *name = host;
    if (host[0] == '\0' || strcmp(host, "*") == 0)
        name = "::";
    if (strcmp(host, "localhost") == 0)
        name = NULL; /* its addresses are known without asking (RFC 6761, section 6.3) */
    int failed = getaddrinfo(name, port, &wanted, out);
    if (failed != 0)
        return ctx_fail(ctx, ERR_INVALID, "cannot listen on \"%s\": %s", listen,
                        gai_strerror(failed));
    return OK;
}

enum status listen_sockets(struct ctx *ctx, const char *listen, int *sockets, size_t *count_out)
{
    const char *host, *port;
    struct addrinfo *infos = NULL;
    TRY(split(ctx, listen, &host, &port));
    bool is_any = host[0] == '\0' || strcmp(host, "*") == 0;
    TRY(find_all(ctx, listen, host, port, &infos));
    enum status status = open_all(ctx, listen, infos, sockets, count_out);
    freeaddrinfo(infos);
    if (status != ERR_INVALID || !is_any)
        return status;
    /* A machine without IPv6. */
    ctx->fault = NULL;
    TRY(find_all(ctx, listen, "0.0.0.0", port, &infos));
    status = open_all(ctx, listen, infos, sockets, count_out);
    freeaddrinfo(infos);
    return status;
}
