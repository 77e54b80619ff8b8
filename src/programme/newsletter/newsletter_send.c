/* SPDX-License-Identifier: MIT */
/*
 * newsletter_send.c - sends an issue, batch by batch.
 *
 * There is one run in the whole service: one job sends all issues in turn, its lease holds off the
 * workers of all machines, and a run owns the file of marks of its machine.  So the rate of the
 * settings, which a run keeps, is that of the service.
 */
#include "programme/newsletter/newsletter_send.h"

#include "platform/base/id.h"
#include "platform/base/log.h"
#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/mail/dkim.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail_hand.h"
#include "platform/mail/smtp_bulk.h"
#include "platform/store/store.h"
#include "programme/newsletter/newsletter_batch.h"
#include "programme/newsletter/newsletter_issue.sql.h"
#include "programme/newsletter/newsletter_mould.h"
#include "programme/newsletter/newsletter_send.sql.h"

#include <string.h>

enum {
    AWAY_SECS = 60,
    DRAIN_MS = 1000,
    DUE_MAX = 50,
    SENDING_MAX = 50,
    JOB_ATTEMPTS = 20,
    REFUSED_MOST = 10,
    LEASE_SECS = 300,
    LOOK_SECS = 60,
    LOOK_LEASE_SECS = 60
};

struct run {
    struct newsletter_issue *issue;
    struct newsletter_mould mould;
    struct newsletter_batch batch;
    int64_t ends_ms, began_ms;
    int64_t given_count;   /* in this run */
    int64_t taken_count;   /* of these, by the mail server */
    int64_t doubted_count; /* refused, and perhaps not for what they are */
    bool is_done;          /* nobody is left to be taken now */
};

/* ---- what smtp_bulk asks ---- */

int newsletter_wait_ms(int64_t per_second_count, int64_t given_count, int64_t passed_ms)
{
    if (per_second_count == 0)
        return 0;
    /* The first waits too, else each new run would send one too many. */
    int64_t due_ms = ((given_count + 1) * 1000 + per_second_count - 1) / per_second_count;
    return due_ms > passed_ms ? (int)(due_ms - passed_ms) : 0;
}

/* The next of the batch that has an address; the batch after it when all of it has ended. */
static enum status next_of(struct ctx *ctx, struct run *run, size_t *nth, int *wait)
{
    struct newsletter_batch *batch = &run->batch;
    for (;;) {
        while (batch->next < batch->count && batch->rows[batch->next].email == NULL)
            batch->next++; /* they have left since */
        if (batch->next < batch->count) {
            *nth = batch->next;
            return OK;
        }
        *wait = DRAIN_MS;
        if (batch->ended_count < batch->given_count)
            return ERR_BUSY;
        TRY(newsletter_batch_turn(ctx, run->issue, batch));
        run->is_done = batch->count == 0;
        if (run->is_done)
            return ERR_NOT_FOUND;
    }
}

/* It has refused the first messages of this run, and taken none: it may not be ours to use. */
static bool is_shut(const struct run *run)
{
    return run->taken_count == 0 && run->doubted_count >= REFUSED_MOST;
}

static enum status next(struct ctx *ctx, void *arg, struct smtp_bulk_letter *out, int *wait)
{
    size_t nth = 0;
    struct run *run = arg;
    struct ctx own = *ctx;
    if (run->is_done || is_shut(run) || time_running_ms() >= run->ends_ms)
        return ERR_NOT_FOUND;
    *wait = newsletter_wait_ms(ctx->settings->bulk_per_second_count, run->given_count,
                               time_running_ms() - run->began_ms);
    if (*wait > 0)
        return ERR_BUSY;
    TRY(next_of(ctx, run, &nth, wait));
    const struct newsletter_in_hand_row *row = &run->batch.rows[nth];
    out->number = (int)nth;
    out->mem = own.mem = mem_child(ctx->mem);
    enum status status =
        newsletter_mould_fill(&own, &run->mould, row->reader_id, row->email, &out->message);
    if (status != OK) {
        ctx->fault = mem_text(ctx->mem, own.fault);
        mem_end(out->mem);
        return status;
    }
    run->batch.next++;
    run->batch.given_count++;
    run->given_count++;
    return OK;
}

static void goes(void *arg, int number, bool does)
{
    struct run *run = arg;
    mail_hand_set(run->batch.hand, (int)run->batch.rows[number].slot,
                  does ? MAIL_HAND_GOES : MAIL_HAND_NOT);
}

static void ended(void *arg, int number, const struct smtp_reply *reply)
{
    struct run *run = arg;
    struct newsletter_batch *batch = &run->batch;
    int slot = (int)batch->rows[number].slot;
    batch->ended_count++;
    if (reply->outcome == SMTP_ACCEPTED) {
        run->taken_count++;
        mail_hand_set(batch->hand, slot, MAIL_HAND_TAKEN);
        return;
    }
    batch->reasons[slot] = mem_text(batch->mem, reply->reason);
    bool is_doubted = reply->outcome == SMTP_REFUSED && run->taken_count == 0 &&
                      !newsletter_is_nobody(reply->reason);
    run->doubted_count += is_doubted;
    if (reply->outcome == SMTP_REFUSED && !is_doubted)
        mail_hand_set(batch->hand, slot, MAIL_HAND_REFUSED);
    else if (!reply->is_uncertain) /* else its dot went, and the mark stays */
        mail_hand_set(batch->hand, slot, MAIL_HAND_LATER);
}

/* ---- a run ---- */

/* When there is more to do: 0 when the issue has ended, which is noted. */
static enum status conclude(struct ctx *ctx, struct run *run, const char *away, int64_t *more_at)
{
    int64_t changes;
    size_t count;
    struct newsletter_later_row later;
    struct newsletter_batches_row *others;
    *more_at = ctx->now_secs + (away != NULL ? AWAY_SECS : 0);
    if (away != NULL)
        log_event(ctx, LOG_WARN, "newsletter waits for the mail server", LOG_TEXT(reason, away));
    if (away != NULL || !run->is_done)
        return OK;
    TRY(newsletter_later(ctx, run->issue->id, &later));
    TRY(newsletter_batches(ctx, run->issue->id, 1, &others, &count));
    if (later.due_at != NULL || count > 0) {
        *more_at = later.due_at != NULL && count == 0 ? *later.due_at : ctx->now_secs + AWAY_SECS;
        return OK;
    }
    *more_at = 0;
    return newsletter_issue_end(ctx, run->issue->id, ctx->now_secs, &changes);
}

static enum status send_part(struct ctx *ctx, const char *reference, int run_secs,
                             int64_t *more_at_out)
{
    const char *away = NULL;
    struct run *run = mem_new(ctx->mem, struct run);
    *more_at_out = 0;
    run->issue = mem_new(ctx->mem, struct newsletter_issue);
    TRY(newsletter_issue_open(ctx, reference, run->issue));
    bool is_stopped = strcmp(run->issue->state, "stopped") == 0;
    if (!is_stopped && strcmp(run->issue->state, "sending") != 0)
        return OK;
    TRY(newsletter_batch_begin(ctx, run->issue, &run->batch));
    if (is_stopped)
        return OK; /* what a killed run had in hand is settled, and that is all */
    TRY(newsletter_mould_make(ctx, run->issue, &run->mould));
    run->began_ms = time_running_ms();
    run->ends_ms = run->began_ms + (int64_t)run_secs * 1000;
    const struct smtp_bulk_plan plan = {.url = ctx->settings->smtp,
                                        .our_name = mail_our_name(ctx),
                                        .lines = NEWSLETTER_LINES,
                                        .arg = run,
                                        .next = next,
                                        .goes = goes,
                                        .ended = ended};
    enum status status = smtp_bulk_send(ctx, &plan, &away);
    const char *fault = ctx->fault;
    if (away == NULL && is_shut(run))
        away = "it refuses every message";
    TRY(newsletter_batch_end(ctx, run->issue, &run->batch));
    if (status != OK) {
        ctx->fault = fault;
        return status;
    }
    return conclude(ctx, run, away, more_at_out);
}

/* In memory of its own, with which the file of marks is let go. */
enum status newsletter_send_part(struct ctx *ctx, const char *reference, int run_secs,
                                 int64_t *more_at_out)
{
    struct ctx own = *ctx;
    own.mem = mem_child(ctx->mem);
    enum status status = send_part(&own, reference, run_secs, more_at_out);
    ctx->fault = mem_text(ctx->mem, own.fault);
    mem_end(own.mem);
    return status;
}

/* ---- jobs ---- */

static enum status go_on(struct ctx *ctx, int64_t at)
{
    return job_put(ctx, "newsletter.send", "", "", at);
}

/* One part of one issue; each time another issue is the first to be asked whether it has any.  The
 * lease is that of one part, so that the rest is for the next job. */
static enum status send(struct ctx *ctx, const struct job *job)
{
    size_t count;
    struct newsletter_issue_sending_row *rows;
    int64_t next_at = 0;
    if (!mail_is_sent(ctx))
        return OK; /* the look finds it once there is a server */
    TRY(newsletter_issue_sending(ctx, SENDING_MAX, &rows, &count));
    const int64_t ends_ms = time_running_ms() + (int64_t)NEWSLETTER_RUN_SECS * 1000;
    for (size_t i = 0; i < count; i++) {
        int64_t more_at;
        const struct newsletter_issue_sending_row *row = &rows[((uint64_t)job->puts + i) % count];
        if (time_running_ms() >= ends_ms)
            return go_on(ctx, ctx->now_secs);
        TRY(newsletter_send_part(ctx, row->reference, NEWSLETTER_RUN_SECS, &more_at));
        if (more_at != 0 && (next_at == 0 || more_at < next_at))
            next_at = more_at;
        if (next_at != 0 && next_at <= ctx->now_secs)
            return go_on(ctx, ctx->now_secs);
    }
    return next_at != 0 ? go_on(ctx, next_at) : OK;
}

static enum status begin_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const struct newsletter_issue_due_row *due = arg;
    TRY(newsletter_issue_begin(ctx, due->id, ctx->now_secs, &changes));
    return changes == 1 ? go_on(ctx, 0) : OK;
}

static enum status begin(struct ctx *ctx, const struct job *job)
{
    size_t count;
    struct newsletter_issue_due_row *due;
    (void)job;
    TRY(newsletter_issue_due(ctx, ctx->now_secs, DUE_MAX, &due, &count));
    for (size_t i = 0; i < count; i++)
        TRY(store_transact(ctx, "newsletter_begin", begin_once, &due[i]));
    return OK;
}

/* Issues whose time has come, and those whose job was given up or that waited for a mail server. */
static enum status look(struct ctx *ctx, const struct job *job)
{
    size_t count;
    struct newsletter_issue_sending_row *sending;
    TRY(begin(ctx, job));
    TRY(newsletter_issue_sending(ctx, 1, &sending, &count));
    return count > 0 && mail_is_sent(ctx) ? go_on(ctx, 0) : OK;
}

static enum status is_anything_on(struct ctx *ctx, bool *out)
{
    size_t due_count, sending_count;
    struct newsletter_issue_due_row *due;
    struct newsletter_issue_sending_row *sending;
    TRY(newsletter_issue_due(ctx, ctx->now_secs, 1, &due, &due_count));
    TRY(newsletter_issue_sending(ctx, 1, &sending, &sending_count));
    *out = due_count > 0 || sending_count > 0;
    return OK;
}

const struct job_kind newsletter_job_kinds[] = {
    {"newsletter.send", send, JOB_ATTEMPTS, LEASE_SECS},
    {"newsletter.begin", begin, JOB_ATTEMPTS, LOOK_LEASE_SECS},
    {"newsletter.test", newsletter_test_job, 3, LOOK_LEASE_SECS},
    {"newsletter.look", look, 3, LOOK_LEASE_SECS, .every_secs = LOOK_SECS,
     .is_wanted = is_anything_on},
    {0},
};
