/* SPDX-License-Identifier: MIT */
/* store_writers_test.c - what the line of writers promises. */
#include "platform/base/test.h"

#include <pthread.h>

#include "platform/store/store_writers.h"

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
