/* SPDX-License-Identifier: MIT */
/*
 * listen.h - from sockets to web_dispatch, on libmicrohttpd.  Within platform/web/ only.
 *
 * Each worker is a thread of its own: an epoll loop of libmicrohttpd over connections that it
 * accepted itself, with its own store connection.  It handles one request at a time, so nothing
 * that belongs to a worker needs a lock.  Streams hold store connections of their own (stream.c),
 * since they go on between other requests of the same worker.
 *
 *   serve.c       starts, waits for the signal, sweeps, stops
 *   listen.c      sockets and workers
 *   exchange.c    one request: collecting it, dispatching it, sending the answer
 *   connection.c  what is known of a connection: its address, and how long it may take
 *   kept.c        public pages that need not be made again
 *   stream.c      answers that are made while they are sent
 */
#ifndef PLATFORM_WEB_LISTEN_H
#define PLATFORM_WEB_LISTEN_H

#include "platform/web/kept.h"
#include "platform/web/server.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <pthread.h>

enum {
    LISTEN_BACKLOG = 1024,
    LISTEN_SOCKETS_MAX = 8,
    LISTEN_STREAMS_MAX = 16, /* at once: each holds a store connection          */
    LISTEN_IDLE_SECS = 60,   /* a connection without a request                  */
    LISTEN_HEADER_SECS = 20, /* from the first line of a request to its headers' end */
    LISTEN_BODY_SECS = 30,   /* and for its body, and a second more for each    */
    LISTEN_BODY_BYTES_A_SEC = 16 * 1024,
    LISTEN_QUIET_SECS = 30, /* a connection on which nothing moves             */
    LISTEN_DRAIN_BYTES_MAX = 128 * 1024 * 1024,       /* read and dropped of a body too long */
    LISTEN_BODY_MEMORY_BYTES_MAX = 256 * 1024 * 1024, /* of all bodies being read    */
    LISTEN_STOP_SECS = 60, /* for what was begun when told to stop            */
    LISTEN_ADDRESS_SLOTS = 4096
};

struct listener;

struct worker {
    struct listener *listener;
    struct ctx ctx; /* memory and store of this thread; each request copies it */
    struct MHD_Daemon *daemon;
    struct connection *unused; /* room for connections */
    struct kept *kept;
    struct mem_spare *spare; /* memory of requests that are over */
    uint64_t request_count;
};

/* A connection: begun and ended by the worker's thread, swept by the main thread. */
struct connection {
    struct connection *before, *after;
    int socket;
    struct address address;
    char peer[INET6_ADDRSTRLEN];
    unsigned int slot; /* of listener->by_address */
    bool is_counted;
    bool is_peer_closed;           /* when last swept */
    _Atomic int64_t deadline_secs; /* 0: none */
};

struct streams;

struct listener {
    struct web_server *server;
    struct mem *mem;
    struct worker *workers;
    size_t worker_count;
    int sockets[LISTEN_SOCKETS_MAX];
    size_t socket_count;
    struct streams *streams;
    atomic_bool is_stopping;
    uint64_t request_salt;
    int per_address_max;
    _Atomic int by_address[LISTEN_ADDRESS_SLOTS]; /* connections, by a hash of the address */
    pthread_mutex_t lock;                         /* of the list */
    struct connection *first;
};

/* Binds what `listen` names and starts the workers.  Statuses as web_serve. */
MUST_CHECK enum status listener_start(struct ctx *ctx, struct web_server *server,
                                      struct listener **out);

/* The port of the first socket, for tests that listen on port 0. */
int listener_port(const struct listener *listener);

/* Cuts off connections that took too long.  Called about once a second. */
void listener_sweep(struct listener *listener, int64_t now_secs);

/* No new connections; answers from now on close theirs. */
void listener_quiesce(struct listener *listener);

/* How many requests and streams are being worked on. */
long long listener_busy(const struct listener *listener);

/* Ends the workers; what is still being sent is cut off. */
void listener_stop(struct listener *listener);

/* ---- between the files ---- */

/* Sockets that listen where the setting says.  ERR_BUSY: the address is taken.  ERR_INVALID: it is
 * no address of this machine. */
MUST_CHECK enum status listen_sockets(struct ctx *ctx, const char *listen, int *sockets,
                                      size_t *count_out);

void connections_new(struct mem *mem, struct worker *worker, size_t count);
void connection_started(struct worker *worker, struct MHD_Connection *connection,
                        void **socket_context);
void connection_closed(struct worker *worker, void **socket_context);
bool connection_is_welcome(struct listener *listener, const struct sockaddr *address);
void connection_sweep(struct listener *listener, int64_t now_secs);

void *exchange_begin(void *worker, const char *target, struct MHD_Connection *connection);
enum MHD_Result exchange_handle(void *worker, struct MHD_Connection *connection, const char *url,
                                const char *method, const char *version, const char *upload_data,
                                size_t *upload_data_size, void **exchange);
void exchange_end(void *worker, struct MHD_Connection *connection, void **exchange,
                  enum MHD_RequestTerminationCode how);

/* Store connections for streams, opened when first needed, like that of ctx->store. */
struct streams *streams_new(struct ctx *ctx, struct counts *counts);
MUST_CHECK enum status streams_take(void *streams, struct ctx *request_ctx, struct ctx **out);
struct MHD_Response *streams_response(struct web_answer *answer, bool is_head);
void streams_close(struct streams *streams);

#endif
