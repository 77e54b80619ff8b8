/* SPDX-License-Identifier: MIT */
/* job_work_test.c - several workers, lost leases, deaths, and what recurs. */
#include "platform/job/job.h"
#include "platform/store/store.h"

#include "platform/base/id.h"
#include "platform/base/test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum { LEASE_SECS = 60 };

static void work_until_idle(struct ctx *ctx, const struct job_kind *const *tables)
{
    bool did = true;
    while (did)
        CHECK(job_work_once(ctx, tables, &did) == OK);
}

static void end_memory(void *arg)
{
    mem_end(arg);
}

/* Another worker: its own memory, its own connection to the same store. */
static struct ctx other_worker(struct ctx *ctx)
{
    struct ctx other = *ctx;
    other.fault = NULL;
    other.mem = mem_root();
    mem_at_end(ctx->mem, end_memory, other.mem);
    CHECK(store_open_again(&other, ctx->store, &other.store) == OK);
    return other;
}

/* Handlers find what a test gave them by the payload. */
static const char *as_payload(struct ctx *ctx, const void *thing)
{
    return mem_format(ctx->mem, "%llx", (unsigned long long)(uintptr_t)thing);
}

static void *given(const struct job *job)
{
    return (void *)(uintptr_t)strtoull(job->payload, NULL, 16);
}

/* ---- leases ---- */

struct held {
    struct ctx *other;
    const struct job_kind *const *tables;
    int runs;
    bool could_take_at_once, could_take_late;
    enum status finish;
};

/* While it runs, another worker looks for work: within the lease, and after it. */
static enum status hold(struct ctx *ctx, const struct job *job)
{
    struct held *held = given(job);
    if (held->runs++ > 0)
        return OK;
    TRY(job_work_once(held->other, held->tables, &held->could_take_at_once));
    held->other->now_secs += LEASE_SECS - 1;
    TRY(job_work_once(held->other, held->tables, &held->could_take_at_once));
    held->other->now_secs += 1;
    TRY(job_work_once(held->other, held->tables, &held->could_take_late));
    held->finish = job_finish(ctx, job);
    return held->finish;
}

TEST(a_leased_job_is_nobody_elses_until_its_lease_runs_out)
{
    static const struct job_kind kinds[] = {{"test.hold", hold, 3, LEASE_SECS}, {0}};
    static const struct job_kind *const tables[] = {kinds, NULL};
    struct ctx other = other_worker(ctx);
    bool did;
    struct held held = {.other = &other, .tables = tables};
    CHECK(job_put(ctx, "test.hold", "", as_payload(ctx, &held), 0) == OK);
    CHECK(job_work_once(ctx, tables, &did) == OK && did);
    CHECK(!held.could_take_at_once);
    CHECK(held.could_take_late);
    CHECK(held.runs == 2);
    CHECK(held.finish == ERR_CONFLICT);

    /* the other finished it, and the first worker's failure came too late to matter */
    ctx->now_secs += 86400;
    CHECK(job_work_once(ctx, tables, &did) == OK && !did);
    struct job_counts counts;
    CHECK(job_count(ctx, &counts) == OK && counts.waiting_count == 0 && counts.given_up_count == 0);
}

static enum status never_called(struct ctx *ctx, const struct job *job)
{
    (void)job;
    return ctx_fail(ctx, ERR_FAULT, "called");
}

/* Stands for a handler that kills its process: the job is taken and nothing is ever recorded. */
static enum status vanish(struct ctx *ctx, const struct job *job)
{
    (void)job;
    store_fail_on_call(ctx->store, 1);
    return OK;
}

TEST(a_job_that_kills_its_worker_each_time_is_given_up_without_another_try)
{
    static const struct job_kind deadly[] = {{"test.deadly", vanish, 2, LEASE_SECS}, {0}};
    static const struct job_kind mild[] = {{"test.deadly", never_called, 2, LEASE_SECS}, {0}};
    static const struct job_kind *const tables[] = {deadly, NULL};
    static const struct job_kind *const later[] = {mild, NULL};
    bool did;
    CHECK(job_put(ctx, "test.deadly", "", "", 0) == OK);
    for (int i = 0; i < 2; i++, ctx->now_secs += LEASE_SECS) {
        CHECK(job_work_once(ctx, tables, &did) == ERR_FAULT && did);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(job_work_once(ctx, tables, &did) == OK && !did);
    }
    CHECK(job_work_once(ctx, later, &did) == OK && did);
    struct job_given_up *list;
    size_t count;
    CHECK(job_given_up_list(ctx, 10, &list, &count) == OK && count == 1);
    CHECK_TEXT(list[0].failure, "its worker ended each time before it did");
}

static enum status fine(struct ctx *ctx, const struct job *job)
{
    (void)ctx;
    (void)job;
    return OK;
}

static bool something_to_do;

static enum status ask(struct ctx *ctx, bool *out)
{
    (void)ctx;
    *out = something_to_do;
    return OK;
}

static enum status ask_in_vain(struct ctx *ctx, bool *out)
{
    *out = true;
    return ctx_fail(ctx, ERR_FAULT, "nobody knows");
}

TEST(what_recurs_only_when_wanted_is_put_once_a_period_as_soon_as_it_is)
{
    static const struct job_kind picky[] = {
        {"test.picky", fine, 2, LEASE_SECS, .every_secs = 60, .is_wanted = ask}, {0}};
    static const struct job_kind lost[] = {
        {"test.lost", fine, 2, LEASE_SECS, .every_secs = 60, .is_wanted = ask_in_vain}, {0}};
    static const struct job_kind *const tables[] = {picky, NULL};
    static const struct job_kind *const failing[] = {lost, NULL};
    bool did;
    something_to_do = false;
    for (int i = 0; i < 3; i++, ctx->now_secs += 60)
        CHECK(job_work_once(ctx, tables, &did) == OK && !did);
    something_to_do = true;
    CHECK(job_work_once(ctx, tables, &did) == OK && did);
    CHECK(job_work_once(ctx, tables, &did) == OK && !did);
    ctx->now_secs += 60;
    CHECK(job_work_once(ctx, tables, &did) == OK && did);
    CHECK(job_work_once(ctx, failing, &did) == ERR_FAULT && !did);
}

/* ---- many workers ---- */

enum { CROWD_JOBS = 120, CROWD_WORKERS = 4 };

struct crowd {
    atomic_int running[CROWD_JOBS];
    atomic_int runs[CROWD_JOBS];
    atomic_int at_once_worst;
};

static enum status run_in_crowd(struct ctx *ctx, const struct job *job)
{
    (void)ctx;
    struct crowd *crowd = given(job);
    long n = strtol(job->key, NULL, 10);
    int at_once = atomic_fetch_add(&crowd->running[n], 1) + 1;
    if (at_once > atomic_load(&crowd->at_once_worst))
        atomic_store(&crowd->at_once_worst, at_once);
    atomic_fetch_add(&crowd->runs[n], 1);
    atomic_fetch_sub(&crowd->running[n], 1);
    return OK;
}

static const struct job_kind crowd_kinds[] = {{"test.crowd", run_in_crowd, 9, LEASE_SECS}, {0}};
static const struct job_kind *const crowd_tables[] = {crowd_kinds, NULL};

/* Works until everything is done; what others were in the way of is tried again. */
static void *work_in_crowd(void *arg)
{
    struct ctx *ctx = arg;
    for (int idle = 0; idle < 50;) {
        bool did = false;
        ctx->fault = NULL;
        enum status status = job_work_once(ctx, crowd_tables, &did);
        idle = status == OK && !did ? idle + 1 : 0;
    }
    return NULL;
}

TEST(workers_at_the_same_time_do_each_job_once)
{
    struct ctx workers[CROWD_WORKERS];
    pthread_t threads[CROWD_WORKERS];
    struct crowd *crowd = mem_new(ctx->mem, struct crowd);
    for (int i = 0; i < CROWD_JOBS; i++)
        CHECK(job_put(ctx, "test.crowd", mem_format(ctx->mem, "%d", i), as_payload(ctx, crowd),
                      0) == OK);
    for (int i = 0; i < CROWD_WORKERS; i++)
        workers[i] = other_worker(ctx);
    for (int i = 0; i < CROWD_WORKERS; i++)
        CHECK(pthread_create(&threads[i], NULL, work_in_crowd, &workers[i]) == 0);
    for (int i = 0; i < CROWD_WORKERS; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < CROWD_JOBS; i++)
        CHECK(atomic_load(&crowd->runs[i]) == 1);
    CHECK(atomic_load(&crowd->at_once_worst) == 1);
}

/* ---- effects in the store ---- */

/* The effect is a row of its own each time, so that a second one would show. */
static enum status have_effect(struct ctx *ctx, void *arg)
{
    const struct job *job = arg;
    const char *key = mem_format(ctx->mem, "%lld", (long long)id_new(ctx));
    TRY(job_put(ctx, "test.effect", key, "", 0));
    return job_finish(ctx, job);
}

static enum status effect(struct ctx *ctx, const struct job *job)
{
    return store_transact(ctx, "effect", have_effect, (void *)(size_t)job);
}

static const struct job_kind effect_kinds[] = {{"test.cause", effect, 9, LEASE_SECS}, {0}};
static const struct job_kind *const effect_tables[] = {effect_kinds, NULL};

static int64_t waiting(struct ctx *ctx)
{
    struct job_counts counts;
    CHECK(job_count(ctx, &counts) == OK);
    return counts.waiting_count;
}

TEST(whichever_call_of_the_store_fails_the_effect_of_a_job_comes_once)
{
    for (int nth = 1;; nth++) {
        bool did = false;
        CHECK(job_put(ctx, "test.cause", "", "", 0) == OK);
        int64_t before = waiting(ctx);
        store_fail_on_call(ctx->store, nth);
        enum status status = job_work_once(ctx, effect_tables, &did);
        store_fail_on_call(ctx->store, 0);
        bool went_well = status == OK && waiting(ctx) == before;
        ctx->fault = NULL;
        for (int i = 0; i < 5; i++, ctx->now_secs += LEASE_SECS)
            work_until_idle(ctx, effect_tables);
        CHECK(waiting(ctx) == before); /* one cause gone, one effect there */
        if (went_well && did && nth > 8)
            return;
        CHECK(nth < 40);
    }
}

/* ---- what recurs ---- */

/* Each run leaves a row that no worker takes. */
static enum status recur(struct ctx *ctx, const struct job *job)
{
    (void)job;
    const char *key = mem_format(ctx->mem, "%lld", (long long)id_new(ctx));
    return job_put(ctx, "test.recurred", key, "", 0);
}

static const struct job_kind recurring_kinds[] = {
    {"test.hourly", recur, 3, LEASE_SECS, .every_secs = 3600, .offset_secs = 600}, {0}};
static const struct job_kind *const recurring_tables[] = {recurring_kinds, NULL};

TEST(a_recurring_job_runs_once_in_each_period_whichever_worker_looks)
{
    struct ctx other = other_worker(ctx);
    work_until_idle(ctx, recurring_tables); /* 09:00: the period from 08:10 */
    work_until_idle(&other, recurring_tables);
    CHECK(waiting(ctx) == 1);
    ctx->now_secs += 599;
    other.now_secs = ctx->now_secs;
    work_until_idle(ctx, recurring_tables);
    work_until_idle(&other, recurring_tables);
    CHECK(waiting(ctx) == 1);
    other.now_secs += 1;
    work_until_idle(&other, recurring_tables);
    work_until_idle(ctx, recurring_tables); /* its clock is a second behind */
    ctx->now_secs += 2;
    work_until_idle(ctx, recurring_tables);
    CHECK(waiting(ctx) == 2);
}

TEST(periods_that_were_missed_are_made_up_for_once)
{
    work_until_idle(ctx, recurring_tables);
    ctx->now_secs += 100 * 3600;
    work_until_idle(ctx, recurring_tables);
    CHECK(waiting(ctx) == 2);
}

/* ---- the loop ---- */

static enum status count_run(struct ctx *ctx, const struct job *job)
{
    (void)ctx;
    atomic_int *runs = given(job);
    atomic_fetch_add(runs, 1);
    return OK;
}

static const struct job_kind loop_kinds[] = {{"test.loop", count_run, 3, LEASE_SECS}, {0}};
static const struct job_kind *const loop_tables[] = {loop_kinds, NULL};

struct looping {
    struct ctx ctx;
    struct job_bell *bell;
    enum status status;
};

static void *work_in_loop(void *arg)
{
    struct looping *looping = arg;
    looping->status = job_work(&looping->ctx, loop_tables, looping->bell);
    return NULL;
}

TEST(a_worker_wakes_for_the_bell_and_stops_by_it)
{
    enum { WORKERS = 2 };
    struct job_bell *bell;
    struct looping loops[WORKERS];
    pthread_t threads[WORKERS];
    atomic_int runs = 0;
    CHECK(job_bell_open(ctx, &bell) == OK);
    for (int i = 0; i < WORKERS; i++) {
        loops[i] = (struct looping){other_worker(ctx), bell, ERR_FAULT};
        CHECK(pthread_create(&threads[i], NULL, work_in_loop, &loops[i]) == 0);
    }
    CHECK(job_put(ctx, "test.loop", "", as_payload(ctx, &runs), 0) == OK);
    job_bell_ring(bell);
    for (int i = 0; i < 1000 && atomic_load(&runs) == 0; i++)
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    CHECK(atomic_load(&runs) == 1);
    job_bell_stop(bell);
    for (int i = 0; i < WORKERS; i++) {
        pthread_join(threads[i], NULL);
        CHECK(loops[i].status == OK);
    }
    CHECK(job_put(ctx, "test.loop", "", as_payload(ctx, &runs), 0) == OK);
    CHECK(job_work(ctx, loop_tables, bell) == OK); /* a stopped bell stays stopped */
    CHECK(atomic_load(&runs) == 1);
}
