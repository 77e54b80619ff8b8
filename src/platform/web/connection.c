/* SPDX-License-Identifier: MIT */
/*
 * connection.c - what is known of a connection beside its requests.
 *
 * libmicrohttpd cuts off a connection on which nothing moves.  One on which a byte moves now and
 * then would live for ever; so each has a time by which the present part of its request must be
 * there, and the main thread shuts down those that are late.  The socket stays open until the
 * worker itself closes it, which it does only after connection_closed took it off the list: the
 * lock makes sure that no other connection's descriptor of the same number is hit.
 */
#include "platform/web/listen.h"

#include "platform/base/time.h"

#include <netinet/in.h>
#include <sodium.h>
#include <string.h>
#include <sys/socket.h>

static struct address address_of(const struct sockaddr *socket_address)
{
    struct address address = {0};
    if (socket_address != NULL && socket_address->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)socket_address;
        address.bytes[10] = address.bytes[11] = 0xff;
        memcpy(address.bytes + 12, &v4->sin_addr, sizeof v4->sin_addr);
    } else if (socket_address != NULL && socket_address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)socket_address;
        memcpy(address.bytes, &v6->sin6_addr, sizeof v6->sin6_addr);
    }
    return address;
}

static unsigned int slot_of(const struct listener *listener, const struct address *address)
{
    unsigned char hash[crypto_shorthash_BYTES];
    struct address household = address_of_household(address);
    crypto_shorthash(hash, household.bytes, sizeof household.bytes, listener->server->short_key);
    return (hash[0] | (unsigned int)hash[1] << 8) % LISTEN_ADDRESS_SLOTS;
}

/* A proxy speaks for many, and this machine is the operator. */
static bool is_limited(const struct listener *listener, const struct address *address)
{
    return !address_is_loopback(address) && !proxies_trust(listener->server->proxies, address);
}

bool connection_is_welcome(struct listener *listener, const struct sockaddr *socket_address)
{
    struct address address = address_of(socket_address);
    return !is_limited(listener, &address) ||
           atomic_load(&listener->by_address[slot_of(listener, &address)]) <
               listener->per_address_max;
}

void connections_new(struct mem *mem, struct worker *worker, size_t count)
{
    struct connection *all = mem_array(mem, struct connection, count);
    for (size_t i = 0; i < count; i++) {
        all[i].after = worker->unused;
        worker->unused = &all[i];
    }
}

static void put_on_list(struct listener *listener, struct connection *known)
{
    pthread_mutex_lock(&listener->lock);
    known->before = NULL;
    known->after = listener->first;
    if (listener->first != NULL)
        listener->first->before = known;
    listener->first = known;
    pthread_mutex_unlock(&listener->lock);
}

static void take_off_list(struct listener *listener, struct connection *known)
{
    pthread_mutex_lock(&listener->lock);
    if (known->before != NULL)
        known->before->after = known->after;
    else
        listener->first = known->after;
    if (known->after != NULL)
        known->after->before = known->before;
    pthread_mutex_unlock(&listener->lock);
}

void connection_started(struct worker *worker, struct MHD_Connection *connection,
                        void **socket_context)
{
    struct listener *listener = worker->listener;
    struct connection *known = worker->unused;
    if (known == NULL)
        return;
    worker->unused = known->after;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const union MHD_ConnectionInfo *fd =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    known->socket = fd != NULL ? fd->connect_fd : -1;
    known->address = address_of(info != NULL ? info->client_addr : NULL);
    inet_ntop(AF_INET6, known->address.bytes, known->peer, sizeof known->peer);
    known->is_peer_closed = false;
    known->is_counted = is_limited(listener, &known->address);
    known->slot = slot_of(listener, &known->address);
    if (known->is_counted)
        atomic_fetch_add(&listener->by_address[known->slot], 1);
    atomic_store(&known->deadline_secs, time_now_secs() + LISTEN_IDLE_SECS);

    put_on_list(listener, known);
    atomic_fetch_add(&listener->server->counts->connections, 1);
    *socket_context = known;
}

void connection_closed(struct worker *worker, void **socket_context)
{
    struct listener *listener = worker->listener;
    struct connection *known = *socket_context;
    if (known == NULL)
        return;
    *socket_context = NULL;
    take_off_list(listener, known);
    if (known->is_counted)
        atomic_fetch_sub(&listener->by_address[known->slot], 1);
    atomic_fetch_sub(&listener->server->counts->connections, 1);
    known->after = worker->unused;
    worker->unused = known;
}

/* libmicrohttpd 0.9.75 does not notice a close that arrives together with the last bytes; without
 * this such a connection would stay until its time is over.  Seen twice, because what was sent
 * before the close may still be on its way to the worker. */
static bool has_peer_left(struct connection *known)
{
    char next;
    ssize_t left = recv(known->socket, &next, 1, MSG_PEEK | MSG_DONTWAIT);
    bool was_closed = known->is_peer_closed;
    known->is_peer_closed = left == 0;
    return was_closed && known->is_peer_closed;
}

void connection_sweep(struct listener *listener, int64_t now_secs)
{
    pthread_mutex_lock(&listener->lock);
    for (struct connection *known = listener->first; known != NULL; known = known->after) {
        int64_t deadline_secs = atomic_load(&known->deadline_secs);
        if (deadline_secs != 0 && (now_secs > deadline_secs || has_peer_left(known)))
            (void)shutdown(known->socket, SHUT_RDWR);
    }
    pthread_mutex_unlock(&listener->lock);
}
