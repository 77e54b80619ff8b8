/* SPDX-License-Identifier: MIT */
/* store_writers.h - where connections of one process wait to write, and for the disk.  Private to
 * store/. */
#ifndef PLATFORM_STORE_STORE_WRITERS_H
#define PLATFORM_STORE_STORE_WRITERS_H

#include <stdbool.h>
#include <stdint.h>

struct store_writers;

/* A line for one connection; another joins it, each parts from it once, the last ends it. */
struct store_writers *store_writers_new(void);
struct store_writers *store_writers_join(struct store_writers *writers);
void store_writers_part(struct store_writers *writers);

/* Waits for the turn, at most so long; true when it has come.  Then leave must follow. */
bool store_writers_enter(struct store_writers *writers, int wait_secs);
void store_writers_leave(struct store_writers *writers);

/* Before leaving: what was committed in this turn is not on disk yet.  Its number. */
uint64_t store_writers_written(struct store_writers *writers);

/* Asks the disk for all that was written until now.  has_refused: it refused the last time.  What
 * it then dropped it does not tell of again, so it is not enough to ask it for the same once more:
 * all of it must be written anew. */
typedef bool store_writers_sync_fn(void *arg, bool has_refused);

/* After leaving: returns once all up to that number is on disk.  One of those who wait asks the
 * disk; the others wait for that one.  False: the disk refused. */
bool store_writers_settle(struct store_writers *writers, uint64_t number,
                          store_writers_sync_fn *sync, void *arg);

#endif
