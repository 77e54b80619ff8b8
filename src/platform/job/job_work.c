/* SPDX-License-Identifier: MIT */
/*
 * job_work.c - workers: what recurs is put, what is due is taken, done and ended.
 *
 * Taking is two steps.  A plain read lists some jobs that are due; then an update on the key of
 * one of them takes it as it was read, or changes no row because another worker was first.  So a
 * worker that finds nothing writes nothing, and on PostgreSQL the write depends on one row only,
 * which keeps serialisable transactions out of each other's way.
 */
#include "platform/job/job.h"

#include "platform/base/log.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/job/job.sql.h"
#include "platform/job/job_bell.h"
#include "platform/job/job_kind.h"
#include "platform/store/store.h"

#include <string.h>

enum { CANDIDATES_COUNT = 8, PERIODS_MAX = 1000, TROUBLE_WAIT_MS = 5000 };

int64_t job_delay_secs(int attempt, uint32_t random)
{
    int64_t delay_secs = JOB_FIRST_DELAY_SECS;
    for (int i = 1; i < attempt && delay_secs < JOB_LONGEST_DELAY_SECS; i++)
        delay_secs *= 2;
    if (delay_secs > JOB_LONGEST_DELAY_SECS)
        delay_secs = JOB_LONGEST_DELAY_SECS;
    int64_t half_secs = delay_secs / 2;
    return delay_secs - half_secs + random % (half_secs + 1);
}

/* ---- what recurs ---- */

struct recurring {
    const char *kind;
    int64_t period_at;
};

static enum status begin_period(struct ctx *ctx, void *arg)
{
    const struct recurring *recurring = arg;
    int64_t changes;
    TRY(job_period_begin(ctx, recurring->kind, recurring->period_at, &changes));
    return changes == 0 ? OK : job_put(ctx, recurring->kind, "", "", 0);
}

static bool is_begun(const struct recurring *recurring, const struct job_periods_row *rows,
                     size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].kind, recurring->kind) == 0)
            return rows[i].period_at >= recurring->period_at;
    return false;
}

static enum status put_one(struct ctx *ctx, const struct job_kind *kind,
                           struct recurring *recurring)
{
    bool is_wanted = true;
    if (kind->is_wanted != NULL)
        TRY(kind->is_wanted(ctx, &is_wanted));
    return is_wanted ? store_transact(ctx, "job_period", begin_period, recurring) : OK;
}

static enum status put_what_recurs(struct ctx *ctx, const struct job_kind *const *tables)
{
    struct job_periods_row *rows;
    size_t count;
    TRY(job_periods(ctx, PERIODS_MAX, &rows, &count));
    for (; *tables != NULL; tables++)
        for (const struct job_kind *kind = *tables; kind->name != NULL; kind++) {
            if (kind->every_secs == 0)
                continue;
            int64_t since_secs = (ctx->now_secs - kind->offset_secs) % kind->every_secs;
            struct recurring recurring = {kind->name, ctx->now_secs - since_secs};
            if (!is_begun(&recurring, rows, count))
                TRY(put_one(ctx, kind, &recurring));
        }
    return OK;
}

/* ---- desks ---- */

struct desk {
    struct job_desk desk;
    const struct job_kind *kind;
    struct desk *next;
};

/* The desks of one worker. */
struct room {
    struct mem *mem;
    struct desk *first;
};

static struct job_desk *desk_of(struct room *room, const struct job_kind *kind)
{
    struct desk *desk = room->first;
    while (desk != NULL && desk->kind != kind)
        desk = desk->next;
    if (desk == NULL) {
        desk = mem_new(room->mem, struct desk);
        *desk = (struct desk){{room->mem, NULL}, kind, room->first};
        room->first = desk;
    }
    return &desk->desk;
}

/* ---- taking ---- */

/* ERR_NOT_FOUND: another worker was first. */
static enum status take(struct ctx *ctx, const struct job_candidates_row *row,
                        const struct job_kind *kind, struct job *out)
{
    const char *lease = random_token(ctx->mem);
    int64_t changes;
    enum status status = job_take(ctx, row->id, row->attempts, row->puts, lease,
                                  ctx->now_secs + kind->lease_secs, ctx->now_secs, &changes);
    if (status == ERR_BUSY || (status == OK && changes == 0)) {
        ctx->fault = NULL;
        return ERR_NOT_FOUND;
    }
    TRY(status);
    *out = (struct job){
        .id = row->id,
        .kind = kind->name,
        .key = row->key,
        .payload = row->payload,
        .due_at = row->due_at,
        .attempt = (int)row->attempts + 1,
        .at_most_attempts = kind->at_most_attempts,
        .puts = row->puts,
        .lease = lease,
    };
    return OK;
}

/* *kind_out is NULL when there is nothing to do. */
static enum status take_next(struct ctx *ctx, const struct job_kind *const *tables,
                             const struct job_kind **kind_out, struct job *out)
{
    struct job_candidates_row *rows;
    size_t count;
    *kind_out = NULL;
    TRY(job_candidates(ctx, job_kind_names(ctx->mem, tables), ctx->now_secs, CANDIDATES_COUNT,
                       &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const struct job_kind *kind = job_kind_find(tables, rows[i].kind);
        enum status status = take(ctx, &rows[i], kind, out);
        if (status == ERR_NOT_FOUND)
            continue;
        TRY(status);
        *kind_out = kind;
        return OK;
    }
    return OK;
}

/* ---- doing ---- */

struct ending {
    const struct job *job;
    const char *failure; /* NULL: it went well */
    int64_t due_at;      /* of the next attempt; 0: give up */
};

/* Nothing changes when the handler itself finished the job, or when the lease was lost. */
static enum status end_once(struct ctx *ctx, void *arg)
{
    const struct ending *ending = arg;
    const struct job *job = ending->job;
    int64_t changes;
    if (ending->failure == NULL) {
        TRY(job_end(ctx, job->id, job->lease, job->puts, ctx->now_secs, &changes));
        return changes != 0
                   ? OK
                   : job_again(ctx, job->id, job->lease, job->puts, ctx->now_secs, &changes);
    }
    if (ending->due_at == 0)
        return job_give_up(ctx, job->id, job->lease, ctx->now_secs, ending->failure, &changes);
    return job_put_off(ctx, job->id, job->lease, ending->due_at, ctx->now_secs, ending->failure,
                       &changes);
}

/* The cause without what it quotes: values can be personal, words of ours are not. */
static const char *without_values(struct mem *mem, const char *fault)
{
    char *text = mem_text(mem, fault);
    char *to = text;
    bool is_quoted = false;
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"')
            is_quoted = !is_quoted;
        if (*c == '"' || !is_quoted)
            *to++ = *c;
    }
    *to = '\0';
    return text_cut(mem, text, JOB_FAILURE_CHARS_MAX);
}

static const char *failure_of(const struct ctx *run, enum status status)
{
    static const char *const names[] = {
        [ERR_NOT_FOUND] = "not found", [ERR_INVALID] = "invalid", [ERR_FORBIDDEN] = "forbidden",
        [ERR_CONFLICT] = "conflict",   [ERR_BUSY] = "busy",       [ERR_FAULT] = "fault",
    };
    if (run->fault == NULL)
        return names[status];
    return mem_format(run->mem, "%s: %s", names[status], without_values(run->mem, run->fault));
}

static enum status do_job(struct ctx *run, const struct job_kind *kind, const struct job *job)
{
    struct ending ending = {.job = job};
    if (job->attempt > kind->at_most_attempts) {
        ending.failure = "its worker ended each time before it did";
        return store_transact(run, "job_end", end_once, &ending);
    }
    enum status status = kind->fn(run, job);
    if (status != OK) {
        ending.failure = failure_of(run, status);
        if (job->attempt < kind->at_most_attempts)
            ending.due_at = run->now_secs + job_delay_secs(job->attempt, random_below(UINT32_MAX));
        run->fault = NULL;
    }
    return store_transact(run, "job_end", end_once, &ending);
}

/* room: NULL when there is none that outlasts this job. */
static enum status work_once(struct ctx *ctx, const struct job_kind *const *tables,
                             struct room *room, bool *did_out)
{
    const struct job_kind *kind;
    struct job job;
    *did_out = false;
    TRY(put_what_recurs(ctx, tables));
    TRY(take_next(ctx, tables, &kind, &job));
    if (kind == NULL)
        return OK;
    *did_out = true;

    struct ctx run = *ctx;
    run.mem = mem_root();
    run.person = (struct person_id){0};
    run.fault = NULL;
    run.request_id = mem_format(run.mem, "job-%lld-%d", (long long)job.id, job.attempt);
    struct room own = {.mem = run.mem};
    job.desk = desk_of(room != NULL ? room : &own, kind);
    enum status status = do_job(&run, kind, &job);
    ctx->id_last = run.id_last; /* the next job in this second counts on */
    if (status != OK)
        status =
            ctx_fail(ctx, status, "%s", run.fault != NULL ? run.fault : "a job cannot be ended");
    mem_end(run.mem);
    return status;
}

enum status job_work_once(struct ctx *ctx, const struct job_kind *const *tables, bool *did_out)
{
    return work_once(ctx, tables, NULL, did_out);
}

enum status job_work(struct ctx *ctx, const struct job_kind *const *tables, struct job_bell *bell)
{
    struct room room = {.mem = mem_root()};
    while (!job_bell_is_stopped(bell)) {
        struct ctx round = *ctx;
        bool did = false;
        round.mem = mem_root();
        round.fault = NULL;
        round.now_secs = time_now_secs();
        enum status status = work_once(&round, tables, &room, &did);
        if (status != OK)
            log_fault(&round, LOG_WARN, "no work because of the store");
        mem_end(round.mem);
        if (status != OK)
            job_bell_wait(bell, TROUBLE_WAIT_MS);
        else if (!did)
            job_bell_wait(bell, JOB_LOOK_MS);
    }
    mem_end(room.mem);
    return OK;
}
