/* SPDX-License-Identifier: MIT */
/* store_writers_test.c - what the line of writers promises. */
#include "platform/store/store_writers.h"

#include "platform/base/test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

TEST(one_writer_at_a_time_has_the_turn)
{
    struct store_writers *writers = store_writers_new();
    CHECK(store_writers_enter(writers, 0));
    CHECK(!store_writers_enter(writers, 0));
    CHECK(!store_writers_enter(writers, 0)); /* who gave up left no trace in the line */
    store_writers_leave(writers);
    CHECK(store_writers_enter(writers, 0));
    store_writers_leave(writers);
    store_writers_part(writers);
}

struct counting {
    struct store_writers *writers;
    int count; /* guarded by the turn alone */
};

static void *count_up(void *arg)
{
    struct counting *counting = arg;
    struct store_writers *writers = store_writers_join(counting->writers);
    for (int i = 0; i < 1000; i++) {
        if (!store_writers_enter(writers, 60))
            return arg;
        counting->count++;
        store_writers_leave(writers);
    }
    store_writers_part(writers);
    return NULL;
}

TEST(writers_in_line_all_come_to_their_turn)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    struct counting counting = {.writers = store_writers_new()};
    for (int i = 0; i < THREADS; i++)
        CHECK(pthread_create(&threads[i], NULL, count_up, &counting) == 0);
    int late = 0;
    for (int i = 0; i < THREADS; i++) {
        void *failed;
        pthread_join(threads[i], &failed);
        late += failed != NULL;
    }
    CHECK(late == 0);
    CHECK(counting.count == THREADS * 1000);
    store_writers_part(counting.writers);
}

/* ---- waiting for the disk ---- */

enum { WRITERS = 6, COMMITS = 200 };

/* A disk: what was written, and how much of it lies there. */
struct disk {
    struct store_writers *writers;
    atomic_uint_fast64_t written, kept;
    atomic_int asked, asked_anew; /* of these, after it had refused */
    bool refuses;
};

static bool keep_all(void *arg, bool has_refused)
{
    struct disk *disk = arg;
    const struct timespec slow = {.tv_nsec = 200000};
    uint64_t written = disk->written; /* what is written while it works is not kept by it */
    disk->asked++;
    disk->asked_anew += has_refused;
    nanosleep(&slow, NULL);
    if (disk->refuses)
        return false;
    disk->kept = written;
    return true;
}

static void *write_much(void *arg)
{
    struct disk *disk = arg;
    for (int i = 0; i < COMMITS; i++) {
        if (!store_writers_enter(disk->writers, 10))
            return arg;
        disk->written++;
        uint64_t number = store_writers_written(disk->writers);
        store_writers_leave(disk->writers);
        if (!store_writers_settle(disk->writers, number, keep_all, disk) || disk->kept < number)
            return arg;
    }
    return NULL;
}

TEST(whoever_settled_is_on_the_disk_and_many_wait_for_it_together)
{
    pthread_t threads[WRITERS];
    struct disk disk = {.writers = store_writers_new()};
    for (int i = 0; i < WRITERS; i++)
        CHECK(pthread_create(&threads[i], NULL, write_much, &disk) == 0);
    for (int i = 0; i < WRITERS; i++) {
        void *failed;
        pthread_join(threads[i], &failed);
        CHECK(failed == NULL);
    }
    CHECK(disk.kept == (uint64_t)WRITERS * COMMITS && disk.asked < WRITERS * COMMITS);
    store_writers_part(disk.writers);
}

TEST(a_disk_that_refuses_is_told_and_asked_again_by_the_next)
{
    struct disk disk = {.writers = store_writers_new(), .refuses = true};
    CHECK(store_writers_enter(disk.writers, 0));
    disk.written = store_writers_written(disk.writers);
    store_writers_leave(disk.writers);
    CHECK(!store_writers_settle(disk.writers, 1, keep_all, &disk) && disk.asked_anew == 0);
    CHECK(!store_writers_settle(disk.writers, 1, keep_all, &disk) && disk.asked_anew == 1);
    disk.refuses = false;
    CHECK(store_writers_settle(disk.writers, 1, keep_all, &disk) && disk.asked == 3);
    CHECK(store_writers_settle(disk.writers, 1, keep_all, &disk) && disk.asked == 3);
    CHECK(disk.asked_anew == 2);
    CHECK(store_writers_settle(disk.writers, store_writers_written(disk.writers), keep_all, &disk));
    CHECK(disk.asked == 4 && disk.asked_anew == 2);
    store_writers_part(disk.writers);
}
