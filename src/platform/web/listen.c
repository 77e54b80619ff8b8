/* SPDX-License-Identifier: MIT */
/*
 * listen.c - the workers.
 *
 * All workers of an address wait on the same socket; whichever is free takes the next connection.
 * Further addresses of one name (localhost has two) get a worker of their own.
 */
#include "platform/web/listen.h"

#include "platform/base/log.h"
#include "platform/base/random.h"
#include "platform/base/settings.h"
#include "platform/store/store.h"

#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { CONNECTION_MEMORY_BYTES = 12 * 1024, SPARE_CONNECTIONS = 16, LEAST_PER_ADDRESS = 64 };

static enum MHD_Result accept_or_not(void *cls, const struct sockaddr *address, socklen_t length)
{
    struct worker *worker = cls;
    (void)length;
    return connection_is_welcome(worker->listener, address) ? MHD_YES : MHD_NO;
}

static void notify_connection(void *cls, struct MHD_Connection *connection, void **socket_context,
                              enum MHD_ConnectionNotificationCode what)
{
    if (what == MHD_CONNECTION_NOTIFY_STARTED)
        connection_started(cls, connection, socket_context);
    else
        connection_closed(cls, socket_context);
}

/* Targets are decoded by us, strictly and once. */
static size_t leave_coded(void *cls, struct MHD_Connection *connection, char *text)
{
    (void)cls;
    (void)connection;
    return strlen(text);
}

__attribute__((format(printf, 2, 0))) static void log_library(void *cls, const char *format,
                                                              va_list ap)
{
    struct worker *worker = cls;
    char text[300];
    /* A context of its own: libmicrohttpd may say something at any time. */
    struct ctx ctx = {.mem = mem_root(), .log = worker->ctx.log, .settings = worker->ctx.settings};
    vsnprintf(text, sizeof text, format, ap);
    text[strcspn(text, "\n")] = '\0';
    log_event(&ctx, LOG_DEBUG, "libmicrohttpd", LOG_TEXT(reason, text));
    mem_end(ctx.mem);
}

static enum status start_worker(struct listener *listener, struct ctx *ctx, int listening,
                                unsigned int connections)
{
    struct worker *worker = &listener->workers[listener->worker_count];
    worker->listener = listener;
    worker->ctx = *ctx;
    worker->ctx.mem = mem_root();
    TRY(store_open_again(&worker->ctx, ctx->store, &worker->ctx.store));
    worker->kept = kept_new(worker->ctx.mem);
    worker->spare = mem_spare_new(worker->ctx.mem);
    connections_new(worker->ctx.mem, worker, connections + SPARE_CONNECTIONS);
    /* libmicrohttpd closes the socket that it was given. */
    int own = dup(listening);
    worker->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_ERROR_LOG, 0, accept_or_not, worker,
        exchange_handle, worker, MHD_OPTION_EXTERNAL_LOGGER, log_library, worker,
        MHD_OPTION_LISTEN_SOCKET, own, MHD_OPTION_CONNECTION_LIMIT, connections,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned int)LISTEN_QUIET_SECS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY_BYTES,
        MHD_OPTION_URI_LOG_CALLBACK, exchange_begin, worker, MHD_OPTION_NOTIFY_COMPLETED,
        exchange_end, worker, MHD_OPTION_NOTIFY_CONNECTION, notify_connection, worker,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_coded, NULL, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
    listener->worker_count++;
    if (worker->daemon != NULL)
        return OK;
    close(own);
    return ctx_fail(ctx, ERR_FAULT, "cannot start a worker");
}

/* As many descriptors as the system allows, since each connection takes one. */
static void raise_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static size_t wanted_workers(const struct settings *settings)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int64_t wanted = settings->workers_count > 0 ? settings->workers_count : processors;
    return wanted < 2 && settings->workers_count == 0 ? 2 : (size_t)wanted;
}

static enum status start_workers(struct ctx *ctx, struct listener *listener)
{
    size_t count = wanted_workers(ctx->settings), extra = listener->socket_count - 1;
    unsigned int connections = (unsigned int)((size_t)ctx->settings->connections_count / count) + 1;
    listener->workers = mem_array(ctx->mem, struct worker, count + extra);
    for (size_t i = 0; i < count; i++)
        TRY(start_worker(listener, ctx, listener->sockets[0], connections));
    for (size_t i = 1; i < listener->socket_count; i++)
        TRY(start_worker(listener, ctx, listener->sockets[i], connections));
    return OK;
}

enum status listener_start(struct ctx *ctx, struct web_server *server, struct listener **out)
{
    struct listener *listener = mem_new(ctx->mem, struct listener);
    int most = (int)ctx->settings->connections_count / 4;
    raise_limit();
    listener->server = server;
    listener->per_address_max = most < LEAST_PER_ADDRESS ? LEAST_PER_ADDRESS : most;
    random_bytes(&listener->request_salt, sizeof listener->request_salt);
    pthread_mutex_init(&listener->lock, NULL);
    TRY(listen_sockets(ctx, ctx->settings->listen, listener->sockets, &listener->socket_count));
    listener->streams = streams_new(ctx, server->counts);
    server->stream_ctx = streams_take;
    server->stream_arg = listener->streams;
    enum status status = start_workers(ctx, listener);
    if (status != OK) {
        listener_stop(listener);
        return status;
    }
    *out = listener;
    return OK;
}

int listener_port(const struct listener *listener)
{
    struct sockaddr_in address = {0}; /* cut off where it is longer, behind the port */
    socklen_t length = sizeof address;
    if (getsockname(listener->sockets[0], (struct sockaddr *)&address, &length) != 0)
        return 0;
    return ntohs(address.sin_port);
}

void listener_sweep(struct listener *listener, int64_t now_secs)
{
    connection_sweep(listener, now_secs);
}

void listener_quiesce(struct listener *listener)
{
    atomic_store(&listener->is_stopping, true);
    for (size_t i = 0; i < listener->worker_count; i++)
        if (listener->workers[i].daemon != NULL) {
            int own = MHD_quiesce_daemon(listener->workers[i].daemon);
            if (own != MHD_INVALID_SOCKET)
                close(own);
        }
    for (size_t i = 0; i < listener->socket_count; i++)
        close(listener->sockets[i]);
    listener->socket_count = 0;
}

long long listener_busy(const struct listener *listener)
{
    return atomic_load(&listener->server->counts->in_flight);
}

void listener_stop(struct listener *listener)
{
    listener_quiesce(listener);
    for (size_t i = 0; i < listener->worker_count; i++)
        if (listener->workers[i].daemon != NULL)
            MHD_stop_daemon(listener->workers[i].daemon);
    for (size_t i = 0; i < listener->worker_count; i++)
        mem_end(listener->workers[i].ctx.mem);
    streams_close(listener->streams);
    pthread_mutex_destroy(&listener->lock);
    listener->server->stream_ctx = NULL;
}
