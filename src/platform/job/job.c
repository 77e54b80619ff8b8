/* SPDX-License-Identifier: MIT */
/*
 * job.c - putting, finishing and counting jobs.  Taking and doing them is in job_work.c.
 *
 * The life of a row: put (lease null, due_at) -> taken (lease, leased_until, attempts + 1) ->
 * finished_at, or back to waiting with a later due_at, or given_up_at.  Each step is one
 * conditional update that names the lease, so a worker that lost its lease changes nothing.
 */
#include "platform/job/job.h"

#include "platform/base/id.h"
#include "platform/job/job.sql.h"
#include "platform/job/job_kind.h"
#include "platform/store/store.h"

#include <string.h>

enum { PURGE_ROWS = 1000, PURGE_EVERY_SECS = 3600, PURGE_LEASE_SECS = 120 };

enum status job_put(struct ctx *ctx, const char *kind, const char *key, const char *payload,
                    int64_t due_at)
{
    if (!job_kind_is_name(kind))
        return ctx_fail(ctx, ERR_INVALID, "\"%s\" is no name of a kind of job", kind);
    if (strlen(key) > JOB_KEY_BYTES_MAX || strlen(payload) > JOB_PAYLOAD_BYTES_MAX)
        return ctx_fail(ctx, ERR_INVALID, "key or payload of a job %s is too long", kind);
    int64_t changes;
    return job_insert(ctx, id_new(ctx), kind, key, payload, due_at, ctx->now_secs, &changes);
}

enum status job_cancel(struct ctx *ctx, const char *kind, const char *key)
{
    int64_t changes;
    return job_remove_waiting(ctx, kind, key, &changes);
}

enum status job_finish(struct ctx *ctx, const struct job *job)
{
    int64_t changes;
    TRY(job_end(ctx, job->id, job->lease, job->puts, ctx->now_secs, &changes));
    if (changes == 0)
        TRY(job_again(ctx, job->id, job->lease, job->puts, ctx->now_secs, &changes));
    if (changes == 0)
        return ctx_fail(ctx, ERR_CONFLICT, "the lease of a job %s ran out", job->kind);
    return OK;
}

enum status job_count(struct ctx *ctx, struct job_counts *out)
{
    struct job_count_waiting_row waiting;
    struct job_count_given_up_row given_up;
    TRY(job_count_waiting(ctx, ctx->now_secs, &waiting));
    TRY(job_count_given_up(ctx, &given_up));
    *out = (struct job_counts){
        .waiting_count = waiting.waiting,
        .overdue_count = waiting.overdue,
        .given_up_count = given_up.given_up,
        .overdue_secs = waiting.oldest_due_at != NULL ? ctx->now_secs - *waiting.oldest_due_at : 0,
    };
    return OK;
}

enum status job_given_up_list(struct ctx *ctx, int at_most, struct job_given_up **out,
                              size_t *count_out)
{
    struct job_given_up_newest_row *rows;
    size_t count;
    TRY(job_given_up_newest(ctx, at_most, &rows, &count));
    struct job_given_up *list = mem_array(ctx->mem, struct job_given_up, count);
    for (size_t i = 0; i < count; i++)
        list[i] =
            (struct job_given_up){rows[i].id,      rows[i].kind,        rows[i].key,
                                  rows[i].failure, rows[i].given_up_at, (int)rows[i].attempts};
    *out = list;
    *count_out = count;
    return OK;
}

struct retrying {
    int64_t id;
    int64_t changes;
};

static enum status retry_once(struct ctx *ctx, void *arg)
{
    struct retrying *retrying = arg;
    return job_revive(ctx, retrying->id, ctx->now_secs, &retrying->changes);
}

enum status job_retry(struct ctx *ctx, int64_t id)
{
    struct retrying retrying = {.id = id};
    TRY(store_transact(ctx, "job_retry", retry_once, &retrying));
    if (retrying.changes == 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "no given-up job has the id %lld", (long long)id);
    return OK;
}

/* Deletes in pieces, so that no transaction holds up the others for long. */
static enum status purge(struct ctx *ctx, const struct job *job)
{
    int64_t changes;
    TRY(job_purge(ctx, ctx->now_secs - JOB_FINISHED_KEPT_SECS, PURGE_ROWS, &changes));
    if (changes == PURGE_ROWS)
        return job_put(ctx, job->kind, job->key, "", 0); /* there may be more: once again */
    return OK;
}

const struct job_kind job_kinds[] = {
    {"job.purge", purge, 3, PURGE_LEASE_SECS, .every_secs = PURGE_EVERY_SECS},
    {0},
};
