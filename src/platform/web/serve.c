/* SPDX-License-Identifier: MIT */
/*
 * serve.c - the life of the service: start, wait, sweep, stop.
 *
 * Signals are blocked in every thread and taken by this one alone.  The first SIGTERM or SIGINT
 * stops new connections and waits for what was begun; a second one, or LISTEN_STOP_SECS, ends the
 * wait.
 */
#include "platform/base/log.h"
#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/job/job.h"
#include "platform/store/store.h"
#include "platform/web/listen.h"

#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <time.h>

enum { STOP_LOOK_MS = 50, LAST_BYTES_MS = 200 };

/* What requests free is kept for the next ones up to this much a thread, instead of being given
 * back to the system and asked for again, which costs more than a whole page. */
enum { KEPT_BYTES = 4 * 1024 * 1024, MAPPED_BYTES = 2 * 1024 * 1024 };

struct job_thread {
    struct ctx ctx;
    const struct web_app *app;
    struct job_bell *bell;
    pthread_t thread;
    bool is_running;
};

struct service {
    struct listener *listener;
    struct job_bell *bell;
    struct job_thread *jobs;
    size_t job_count;
};

/* ---- jobs ---- */

static void *work(void *arg)
{
    struct job_thread *thread = arg;
    if (job_work(&thread->ctx, thread->app->jobs, thread->bell) != OK)
        log_fault(&thread->ctx, LOG_ERROR, "job worker ended");
    return NULL;
}

static enum status start_jobs(struct ctx *ctx, const struct web_app *app, struct service *service)
{
    if (app->jobs == NULL || ctx->settings->job_workers_count == 0)
        return OK;
    TRY(job_check_kinds(ctx, app->jobs));
    TRY(job_bell_open(ctx, &service->bell));
    size_t count = (size_t)ctx->settings->job_workers_count;
    service->jobs = mem_array(ctx->mem, struct job_thread, count);
    for (size_t i = 0; i < count; i++) {
        struct job_thread *thread = &service->jobs[service->job_count++];
        *thread = (struct job_thread){.ctx = *ctx, .app = app, .bell = service->bell};
        thread->ctx.mem = mem_root();
        TRY(store_open_again(&thread->ctx, ctx->store, &thread->ctx.store));
        if (pthread_create(&thread->thread, NULL, work, thread) != 0)
            return ctx_fail(ctx, ERR_FAULT, "cannot start a thread for jobs");
        thread->is_running = true;
    }
    return OK;
}

static void stop_jobs(struct service *service)
{
    if (service->bell != NULL)
        job_bell_stop(service->bell);
    for (size_t i = 0; i < service->job_count; i++) {
        if (service->jobs[i].is_running)
            pthread_join(service->jobs[i].thread, NULL);
        mem_end(service->jobs[i].ctx.mem);
    }
}

/* ---- waiting and stopping ---- */

/* The signal that came within ms, or 0. */
static int wait_for_signal(const sigset_t *signals, int64_t ms)
{
    struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    int signal = sigtimedwait(signals, NULL, &time);
    return signal > 0 ? signal : 0;
}

static void finish_begun(struct ctx *ctx, struct listener *listener, const sigset_t *signals)
{
    int64_t until_ms = time_running_ms() + LISTEN_STOP_SECS * (int64_t)1000;
    while (listener_busy(listener) > 0 && time_running_ms() < until_ms) {
        ctx->now_secs = time_now_secs();
        listener_sweep(listener, ctx->now_secs);
        if (wait_for_signal(signals, STOP_LOOK_MS) != 0)
            break;
    }
    if (listener_busy(listener) > 0)
        log_event(ctx, LOG_WARN, "requests cut off", LOG_INT(count, listener_busy(listener)));
    else
        (void)wait_for_signal(signals, LAST_BYTES_MS);
}

static enum status run(struct ctx *ctx, const struct web_app *app, struct service *service,
                       const sigset_t *signals)
{
    struct web_server *server;
    int signal = 0;
    TRY(web_server_new(ctx, app, &server));
    TRY(start_jobs(ctx, app, service));
    TRY(listener_start(ctx, server, &service->listener));
    log_event(ctx, LOG_INFO, "serving", LOG_TEXT(address, ctx->settings->listen),
              LOG_INT(workers, (int64_t)service->listener->worker_count));
    while ((signal = wait_for_signal(signals, 1000)) == 0)
        listener_sweep(service->listener, time_now_secs());
    ctx->now_secs = time_now_secs();
    log_event(ctx, LOG_INFO, "stopping", LOG_INT(signal, signal));
    listener_quiesce(service->listener);
    finish_begun(ctx, service->listener, signals);
    listener_stop(service->listener);
    return OK;
}

enum status web_serve(struct ctx *ctx, const struct web_app *app)
{
    sigset_t signals, before;
    struct service service = {0};
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, &before);
    signal(SIGPIPE, SIG_IGN);
    (void)mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
    (void)mallopt(M_MMAP_THRESHOLD, MAPPED_BYTES);
    enum status status = run(ctx, app, &service, &signals);
    stop_jobs(&service);
    ctx->now_secs = time_now_secs();
    if (status == OK)
        log_event(ctx, LOG_INFO, "stopped");
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return status;
}
