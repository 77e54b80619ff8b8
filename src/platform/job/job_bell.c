/* SPDX-License-Identifier: MIT */
/*
 * job_bell.c - one descriptor that can be waited for, and rung from anywhere.
 *
 * An eventfd, because write() is allowed in a signal handler and a condition variable is not.
 */
#include "platform/job/job_bell.h"

#include <poll.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct job_bell {
    int descriptor;
    atomic_bool is_stopped;
};

static void close_bell(void *arg)
{
    struct job_bell *bell = arg;
    close(bell->descriptor);
}

enum status job_bell_open(struct ctx *ctx, struct job_bell **out)
{
    struct job_bell *bell = mem_new(ctx->mem, struct job_bell);
    bell->descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (bell->descriptor < 0)
        return ctx_fail(ctx, ERR_FAULT, "no descriptor for waking workers");
    mem_at_end(ctx->mem, close_bell, bell);
    *out = bell;
    return OK;
}

void job_bell_ring(struct job_bell *bell)
{
    /* It fails only when it has been rung 2^64 times unheard. */
    ssize_t written = write(bell->descriptor, &(uint64_t){1}, sizeof(uint64_t));
    (void)written;
}

void job_bell_stop(struct job_bell *bell)
{
    atomic_store(&bell->is_stopped, true);
    job_bell_ring(bell);
}

bool job_bell_is_stopped(struct job_bell *bell)
{
    return atomic_load(&bell->is_stopped);
}

void job_bell_wait(struct job_bell *bell, int at_most_ms)
{
    struct pollfd one = {bell->descriptor, POLLIN, 0};
    if (poll(&one, 1, at_most_ms) <= 0)
        return;
    uint64_t rings;
    ssize_t got = read(bell->descriptor, &rings, sizeof rings);
    (void)got;
    if (job_bell_is_stopped(bell))
        job_bell_ring(bell); /* for the other workers that wait for this bell */
}
