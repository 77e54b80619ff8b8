/* SPDX-License-Identifier: MIT */
/*
 * job.h - work done later, and reliably.
 *
 * A job is a row: a kind that names its handler, a key, a payload and the time before which it is
 * not done.  job_put writes it inside the caller's transaction, so the work is put exactly when
 * its cause is kept.  Any worker of any node takes the next job that is due under a lease, runs
 * its handler and finishes it; a handler that fails is tried again later and later, and after
 * at_most_attempts given up: kept, counted, and shown by `onward check`.
 *
 * At least once
 *   A worker can die at any instant, also after a handler did its work and before that was
 *   recorded.  The lease then runs out and another worker does the job again.  So a handler whose
 *   effect is in the store calls job_finish in the transaction that commits the effect: both or
 *   neither, and the effect comes once.  A handler whose effect is outside (mail) records what it
 *   is about to do, does it, and finishes; what it does must bear repetition.
 *
 * Once at a time
 *   Of one kind and key at most one job waits or runs.  Putting it while it waits adds nothing;
 *   putting it while it runs makes it run once more, since the handler may have read the state
 *   from before.  The payload stays that of the first put: what can change between two puts
 *   belongs in the table of the capability, not in the payload.
 *
 * A lease is taken by a conditional update of one row, so it needs no lock that SQLite or a
 * distributed engine lacks.
 *
 * Owns the tables job and job_period.  Neither key nor payload may hold personal data.
 */
#ifndef PLATFORM_JOB_JOB_H
#define PLATFORM_JOB_JOB_H

#include "platform/base/ctx.h"

enum {
    JOB_KIND_BYTES_MAX = 60,
    JOB_KEY_BYTES_MAX = 200,
    JOB_PAYLOAD_BYTES_MAX = 8000,
    JOB_FAILURE_CHARS_MAX = 200,
    JOB_FIRST_DELAY_SECS = 30, /* after the first failure; doubled after each further  */
    JOB_LONGEST_DELAY_SECS = 6 * 3600,
    JOB_FINISHED_KEPT_SECS = 7 * 86400, /* then a recurring job of this folder removes them     */
    JOB_LOOK_MS = 1000                  /* an idle worker looks for work this often             */
};

/* A place that lasts from one job of a kind to the next on the same worker, for what is dear to
 * open: a line to a mail server.  Nothing may depend on its being there. */
struct job_desk {
    struct mem *mem; /* ends with the worker                          */
    void *thing;     /* what a handler of this kind left; NULL at first */
};

/* What a handler is given. */
struct job {
    int64_t id;
    const char *kind;
    const char *key;
    const char *payload;
    int64_t due_at;        /* UTC seconds                                             */
    int attempt;           /* 1 the first time                                        */
    int at_most_attempts;  /* of its kind: with attempt equal to it, this is the last */
    int64_t puts;          /* for job_finish                                          */
    const char *lease;     /* for job_finish                                          */
    struct job_desk *desk; /* of this kind on this worker; never NULL                */
};

/*
 * Does one job.  ctx has memory of its own for this run, nobody signed in, now_secs of the start
 * and a request_id of the job.  OK: done, and finished if the handler has not itself done so.
 * Anything else: done again after a delay; ERR_BUSY is logged as a passing trouble, the rest as a
 * failure.  Must end within lease_secs of its kind: what takes longer puts its own next part.
 */
typedef enum status job_fn(struct ctx *ctx, const struct job *job);

/* A row of a capability's table of handlers; a NULL name ends the table. */
struct job_kind {
    const char *name; /* "mail.send": small letters, digits, dots and _            */
    job_fn *fn;
    int at_most_attempts; /* at least 1                                                */
    int lease_secs;       /* how long one attempt may take; at least 1                 */
    int64_t every_secs;   /* 0: only when put.  Else put by the workers in each period */
    int64_t offset_secs;  /* a recurring kind: how long after the start of its period  */
    /* A recurring kind: whether there is anything to do, by one cheap read.  Asked each time that
     * workers look, until the job of the period is put.  NULL: always. */
    enum status (*is_wanted)(struct ctx *ctx, bool *out);
};

/* The jobs of this folder: the purge of finished ones. */
extern const struct job_kind job_kinds[];

/*
 * Puts one job, in the caller's transaction when there is one.  due_at: UTC seconds; in the past
 * or 0 means as soon as a worker is free.  When one of this kind and key waits already, the
 * earlier of the two times counts, unless it waits after a failure: then its delay stands.
 *
 * ERR_INVALID  kind, key or payload is longer than its limit, or kind is not a name
 * ERR_FAULT    the store failed
 *
 * One query.
 */
MUST_CHECK enum status job_put(struct ctx *ctx, const char *kind, const char *key,
                               const char *payload, int64_t due_at);

/* Takes back a job that waits and that no worker holds.  A job that is not there is fine: OK. */
MUST_CHECK enum status job_cancel(struct ctx *ctx, const char *kind, const char *key);

/*
 * Inside a handler's transaction: records that this job is done, together with its effect.  The
 * handler returns OK afterwards.
 *
 * ERR_CONFLICT  the lease ran out and another worker took the job: roll back and return this
 */
MUST_CHECK enum status job_finish(struct ctx *ctx, const struct job *job);

/* ---- workers ---- */

/*
 * tables: the tables of handlers of the program, ended by NULL.  ERR_FAULT: a row lacks its
 * handler, attempts or lease, two have one name, a name is not a name, or is_wanted stands at one
 * that does not recur; the text says which.
 * Called at the start of the program; workers rely on it.
 */
MUST_CHECK enum status job_check_kinds(struct ctx *ctx, const struct job_kind *const *tables);

/*
 * Puts what recurs and is due at ctx->now_secs, then does at most one job, with memory of its own.
 * A job of a kind that the tables do not hold is left for a node that knows it.  *did_out: whether
 * there was one, so that the caller asks again at once.  A handler's failure is recorded and is
 * not one of this call.
 *
 * ERR_BUSY, ERR_FAULT  the store failed; nothing is lost
 */
MUST_CHECK enum status job_work_once(struct ctx *ctx, const struct job_kind *const *tables,
                                     bool *did_out);

/* Wakes and stops a worker from another thread or from a signal handler. */
struct job_bell;

/* Closed when mem ends, which must be after the workers that use it.  ERR_FAULT: no descriptor. */
MUST_CHECK enum status job_bell_open(struct ctx *ctx, struct job_bell **out);

/* Look now: there may be work.  Never needed, but sooner than JOB_LOOK_MS.  Signal-safe. */
void job_bell_ring(struct job_bell *bell);

/* End after the job in hand.  Signal-safe; for good. */
void job_bell_stop(struct job_bell *bell);

/*
 * Works until the bell stops it: takes the time before each job, waits when there is none, and
 * goes on after troubles of the store.  A thread inside `serve` calls it with a ctx and store of
 * its own, and `onward work` with that of the process.  OK: it was stopped.
 */
MUST_CHECK enum status job_work(struct ctx *ctx, const struct job_kind *const *tables,
                                struct job_bell *bell);

/* How long after the given failed attempt (1, 2, ...) the next begins: JOB_FIRST_DELAY_SECS doubled
 * each time up to JOB_LONGEST_DELAY_SECS, and of that between a half and the whole, by random
 * (any number), so that jobs which failed together do not come back together. */
int64_t job_delay_secs(int attempt, uint32_t random);

/* ---- for `onward check`, /metrics and the desk ---- */

struct job_counts {
    int64_t waiting_count;  /* not finished, not given up      */
    int64_t overdue_count;  /* of these: due, and nobody's yet */
    int64_t given_up_count; /* until retried or forgotten      */
    int64_t overdue_secs;   /* how long the oldest is overdue  */
};
MUST_CHECK enum status job_count(struct ctx *ctx, struct job_counts *out);

struct job_given_up {
    int64_t id;
    const char *kind, *key;
    const char *failure; /* no personal data */
    int64_t given_up_at;
    int attempts;
};
/* The newest first. */
MUST_CHECK enum status job_given_up_list(struct ctx *ctx, int at_most, struct job_given_up **out,
                                         size_t *count_out);

/* Puts a given-up job again, with all its attempts ahead.  ERR_NOT_FOUND: there is none such.
 * ERR_CONFLICT: another of its kind and key waits meanwhile. */
MUST_CHECK enum status job_retry(struct ctx *ctx, int64_t id);

#endif
