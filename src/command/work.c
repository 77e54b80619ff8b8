/* SPDX-License-Identifier: MIT */
/*
 * work.c - `onward work`: the work put off for later, without answering people.
 *
 * The worker is a thread of its own, and this one waits for the signal that ends it, so that
 * nothing happens inside a signal handler.
 */
#include "command/list.h"

#include "platform/base/log.h"
#include "platform/base/time.h"
#include "platform/job/job.h"
#include "platform/mail/mail.h"
#include "programme/programme.h"

#include <pthread.h>
#include <signal.h>

struct worker {
    struct ctx *ctx;
    struct job_bell *bell;
    enum status status;
    pthread_t waiting; /* who waits for the signal */
};

static void *work_on(void *arg)
{
    struct worker *worker = arg;
    worker->status = job_work(worker->ctx, programme_jobs, worker->bell);
    /* It is blocked and waited for there, so it ends no thread. */
    pthread_kill(worker->waiting, SIGTERM); /* NOLINT(bugprone-bad-signal-to-kill-thread) */
    return NULL;
}

static enum status work_until_told(struct ctx *ctx)
{
    struct worker worker = {.ctx = ctx, .status = OK, .waiting = pthread_self()};
    sigset_t signals, before;
    pthread_t thread;
    int signal;
    TRY(job_bell_open(ctx, &worker.bell));
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, &before);
    log_event(ctx, LOG_INFO, "working");
    if (pthread_create(&thread, NULL, work_on, &worker) != 0)
        return ctx_fail(ctx, ERR_FAULT, "cannot start a thread");
    sigwait(&signals, &signal);
    job_bell_stop(worker.bell);
    pthread_join(thread, NULL);
    log_event(ctx, LOG_INFO, "stopped");
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return worker.status;
}

static enum status work_what_is_due(struct ctx *ctx, struct command_run *run)
{
    bool did = true;
    int64_t count = 0;
    for (; did; count += did) {
        ctx->now_secs = time_now_secs();
        TRY(job_work_once(ctx, programme_jobs, &did));
    }
    fprintf(run->io.out, "Did %lld job%s.\n", (long long)count, count == 1 ? "" : "s");
    return OK;
}

static enum status work(struct ctx *ctx, struct command_run *run)
{
    TRY(mail_check_settings(ctx));
    TRY(job_check_kinds(ctx, programme_jobs));
    return args_has(run->args, "once") ? work_what_is_due(ctx, run) : work_until_told(ctx);
}

static const struct args_option options[] = {
    {"once", NULL, "do what is due now, and stop when there is no more"}, {0}};

const struct command command_work = {
    .words = {"work",
              "Does the work put off for later, such as sending mail, beside `onward serve` or on "
              "another machine.",
              "", 0, 0, options},
    .needs = COMMAND_NEEDS_SCHEMA,
    .is_service = true,
    .run = work,
};
