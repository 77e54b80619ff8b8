/* SPDX-License-Identifier: MIT */
/*
 * store_writers.c - the connections of this process to one SQLite file write in the order in which
 * they came.
 *
 * SQLite lets one write at a time, and one that finds the file taken can only try again and again:
 * whoever has just committed begins anew before the others wake.  Standing in line costs nothing
 * and wakes the next at once.  Other processes are waited for by store_sqlite.c as ever.
 *
 * The disk is waited for outside the line: while one asks it for what was written, others write,
 * and whoever asks next asks for all of them.  So those who write at once wait for it together.
 */
#include "platform/store/store_writers.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct waiter {
    pthread_cond_t turn;
    bool is_next;
    struct waiter *behind;
};

struct store_writers {
    pthread_mutex_t lock;
    int connection_count;
    bool is_taken;
    struct waiter *first;
    struct waiter *last;
    uint64_t written; /* commits so far                    */
    uint64_t settled; /* of these are on disk              */
    bool is_settling; /* somebody asks the disk            */
    bool has_refused; /* the disk, the last time           */
    pthread_cond_t was_settled;
};

struct store_writers *store_writers_new(void)
{
    struct store_writers *writers = calloc(1, sizeof *writers);
    if (writers == NULL)
        abort();
    pthread_mutex_init(&writers->lock, NULL);
    pthread_cond_init(&writers->was_settled, NULL);
    writers->connection_count = 1;
    return writers;
}

struct store_writers *store_writers_join(struct store_writers *writers)
{
    pthread_mutex_lock(&writers->lock);
    writers->connection_count++;
    pthread_mutex_unlock(&writers->lock);
    return writers;
}

void store_writers_part(struct store_writers *writers)
{
    pthread_mutex_lock(&writers->lock);
    bool is_last = --writers->connection_count == 0;
    pthread_mutex_unlock(&writers->lock);
    if (!is_last)
        return;
    pthread_cond_destroy(&writers->was_settled);
    pthread_mutex_destroy(&writers->lock);
    free(writers);
}

static void append(struct store_writers *writers, struct waiter *waiter)
{
    if (writers->last != NULL)
        writers->last->behind = waiter;
    else
        writers->first = waiter;
    writers->last = waiter;
}

static void remove_waiter(struct store_writers *writers, struct waiter *waiter)
{
    struct waiter *before = NULL;
    for (struct waiter *at = writers->first; at != waiter; at = at->behind)
        before = at;
    if (before != NULL)
        before->behind = waiter->behind;
    else
        writers->first = waiter->behind;
    if (writers->last == waiter)
        writers->last = before;
}

/* Called and left with the lock held. */
static bool stand_in_line(struct store_writers *writers, int wait_secs)
{
    struct waiter waiter = {.turn = PTHREAD_COND_INITIALIZER};
    struct timespec until;
    int late = 0;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += wait_secs;
    append(writers, &waiter);
    while (!waiter.is_next && late == 0)
        late = pthread_cond_clockwait(&waiter.turn, &writers->lock, CLOCK_MONOTONIC, &until);
    if (!waiter.is_next)
        remove_waiter(writers, &waiter);
    pthread_cond_destroy(&waiter.turn);
    return waiter.is_next;
}

bool store_writers_enter(struct store_writers *writers, int wait_secs)
{
    pthread_mutex_lock(&writers->lock);
    bool may = !writers->is_taken || stand_in_line(writers, wait_secs);
    writers->is_taken = true;
    pthread_mutex_unlock(&writers->lock);
    return may;
}

/* The turn is handed on: nobody who comes meanwhile can take it. */
void store_writers_leave(struct store_writers *writers)
{
    pthread_mutex_lock(&writers->lock);
    struct waiter *next = writers->first;
    writers->is_taken = next != NULL;
    if (next != NULL) {
        remove_waiter(writers, next);
        next->is_next = true;
        pthread_cond_signal(&next->turn);
    }
    pthread_mutex_unlock(&writers->lock);
}

uint64_t store_writers_written(struct store_writers *writers)
{
    pthread_mutex_lock(&writers->lock);
    uint64_t number = ++writers->written;
    pthread_mutex_unlock(&writers->lock);
    return number;
}

/* Called and left with the lock held, which others have meanwhile. */
static bool ask_disk(struct store_writers *writers, store_writers_sync_fn *sync, void *arg)
{
    uint64_t until = writers->written;
    bool has_refused = writers->has_refused;
    writers->is_settling = true;
    pthread_mutex_unlock(&writers->lock);
    bool is_done = sync(arg, has_refused);
    pthread_mutex_lock(&writers->lock);
    writers->is_settling = false;
    writers->has_refused = !is_done;
    if (is_done)
        writers->settled = until;
    pthread_cond_broadcast(&writers->was_settled);
    return is_done;
}

bool store_writers_settle(struct store_writers *writers, uint64_t number,
                          store_writers_sync_fn *sync, void *arg)
{
    bool is_done = true;
    pthread_mutex_lock(&writers->lock);
    while (is_done && writers->settled < number) {
        if (writers->is_settling)
            pthread_cond_wait(&writers->was_settled, &writers->lock);
        else
            is_done = ask_disk(writers, sync, arg);
    }
    pthread_mutex_unlock(&writers->lock);
    return is_done;
}
