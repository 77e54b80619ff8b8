/* SPDX-License-Identifier: MIT */
/*
 * mail_send.c - the jobs of the outbox: sending, looking for what was left, forgetting.
 *
 * Sending one message is: note that it begins (commit), hand it to the server, note the end
 * together with the end of the job (commit).  Between the two commits the message may or may not
 * be with the server; see "Once" in mail.h.
 */
#include "platform/mail/mail.h"

#include "platform/base/log.h"
#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/mail/dkim.h"
#include "platform/mail/mail.sql.h"
#include "platform/mail/mail_line.h"
#include "platform/mail/mail_mime.h"
#include "platform/store/store.h"

#include <stdlib.h>
#include <string.h>

enum {
    SEND_LEASE_SECS = SMTP_MESSAGE_SECS + 120,
    SEND_JOB_ATTEMPTS = MAIL_ATTEMPTS_MAX + 3, /* the count of the message itself decides */
    RECORD_TRIES = 3,
    LOOK_EVERY_SECS = 300,
    LEFT_AFTER_SECS = 60, /* younger messages have their job on the way */
    LOOK_ROWS = 500,
    FORGET_EVERY_SECS = 3600,
    FORGET_ROWS = 1000,
    SHORT_LEASE_SECS = 120
};

/* ---- the line ---- */

const char *mail_our_name(struct ctx *ctx)
{
    const char *host = strstr(ctx->settings->base_url, "://") + 3;
    size_t length_bytes = strcspn(host, ":/");
    if (length_bytes == 0 || host[0] == '[')
        return "localhost";
    return mem_text_part(ctx->mem, host, length_bytes);
}

enum status mail_line_open(struct ctx *ctx, struct smtp **out)
{
    return smtp_open(ctx, ctx->settings->smtp, mail_our_name(ctx), out);
}

enum status mail_check_settings(struct ctx *ctx)
{
    struct smtp *smtp;
    struct dkim *dkim;
    if (!text_is_email(ctx->settings->mail_from))
        return ctx_fail(ctx, ERR_INVALID, "the setting mail_from is no address");
    TRY(dkim_open(ctx, &dkim));
    return mail_is_sent(ctx) ? mail_line_open(ctx, &smtp) : OK;
}

/* ---- the end of a message ---- */

enum end { END_SENT, END_FAILED, END_CANCELLED, END_NOT_YET };

struct ending {
    const struct job *job;
    int64_t id;
    enum end end;
    const char *reason;
};

static enum status change_mail(struct ctx *ctx, const struct ending *ending)
{
    int64_t changes;
    switch (ending->end) {
    case END_SENT:
        return mail_set_sent(ctx, ending->id, ctx->now_secs, &changes);
    case END_FAILED:
        return mail_set_failed(ctx, ending->id, ctx->now_secs, ending->reason, &changes);
    case END_CANCELLED:
        return mail_set_cancelled(ctx, ending->id, ctx->now_secs, ending->reason, &changes);
    case END_NOT_YET:
    default:
        return mail_note_delay(ctx, ending->id, ending->reason, &changes);
    }
}

static enum status end_once(struct ctx *ctx, void *arg)
{
    const struct ending *ending = arg;
    TRY(change_mail(ctx, ending));
    if (ending->end == END_NOT_YET)
        return OK;
    /* The message has ended even if the lease ran out meanwhile: another worker will see that. */
    enum status status = job_finish(ctx, ending->job);
    if (status == ERR_CONFLICT)
        ctx->fault = NULL;
    return status == ERR_CONFLICT ? OK : status;
}

/* Tried again although the store failed: a message that is with the server must not go twice for
 * a connection to the store that broke just now. */
static enum status record(struct ctx *ctx, const struct ending *ending)
{
    enum status status = ERR_FAULT;
    for (int i = 0; i < RECORD_TRIES && status != OK; i++) {
        ctx->fault = NULL;
        status = store_transact(ctx, "mail_end", end_once, (void *)(size_t)ending);
    }
    return status;
}

/* ---- sending ---- */

/* The line that this worker keeps: a greeting and an encrypted line a message would cost more than
 * the message. */
static enum status line_at_hand(struct ctx *ctx, struct job_desk *desk, struct smtp **out)
{
    if (desk->thing == NULL) {
        struct ctx lasting = *ctx;
        lasting.mem = desk->mem;
        struct smtp *smtp;
        enum status status = mail_line_open(&lasting, &smtp);
        ctx->fault = lasting.fault;
        TRY(status);
        desk->thing = smtp;
    }
    *out = desk->thing;
    return OK;
}

struct beginning {
    int64_t id;
    int64_t changes;
};

static enum status begin_once(struct ctx *ctx, void *arg)
{
    struct beginning *beginning = arg;
    return mail_begin(ctx, beginning->id, ctx->now_secs, &beginning->changes);
}

static enum status hand_over(struct ctx *ctx, struct smtp *smtp, const struct mail_kept *mail,
                             struct smtp_reply *reply)
{
    struct mail_shown shown;
    TRY(mail_show(ctx, mail, &shown));
    struct mail_letter letter = {
        .from_address = ctx->settings->mail_from,
        .from_name = ctx->settings->service_name,
        .to_address = mail->to_address,
        .to_name = mail->to_name,
        .reply_to = mail->reply_to,
        .subject = shown.subject,
        .text = shown.text,
        .html = shown.html,
        .message_id = mail->message_id,
        .unsubscribe_url = mail->unsubscribe_url,
        .dated_at = mail->created_at,
    };
    struct smtp_message message = {
        .from_address = letter.from_address,
        .to_address = letter.to_address,
    };
    struct dkim *dkim;
    TRY(mail_mime(ctx, &letter, &message.bytes));
    TRY(dkim_open(ctx, &dkim));
    TRY(dkim_sign(ctx, dkim, ctx->now_secs, &message.bytes));
    return smtp_send(ctx, smtp, &message, reply);
}

/* Records what came of it.  ERR_BUSY: the job is to be tried again. */
static enum status conclude(struct ctx *ctx, struct ending *ending, int attempt,
                            const struct smtp_reply *reply)
{
    ending->reason = reply->is_uncertain
                         ? mem_format(ctx->mem, "%s, it may have arrived", reply->reason)
                         : reply->reason;
    if (reply->outcome == SMTP_ACCEPTED)
        ending->end = END_SENT;
    else if (reply->outcome == SMTP_REFUSED || attempt >= MAIL_ATTEMPTS_MAX)
        ending->end = END_FAILED;
    else
        ending->end = END_NOT_YET;
    TRY(record(ctx, ending));
    if (ending->end == END_FAILED)
        log_event(ctx, LOG_WARN, "mail failed", LOG_INT(id, ending->id),
                  LOG_TEXT(reason, ending->reason));
    if (ending->end == END_NOT_YET)
        return ctx_fail(ctx, ERR_BUSY, "mail not taken: %s", ending->reason);
    return OK;
}

/* Whether there is something to send; else *ending says how it ends, if it has not. */
static enum status may_send(struct ctx *ctx, const struct mail_kept *mail, struct ending *ending,
                            bool *out)
{
    *out = false;
    if (strcmp(mail->state, "waiting") != 0)
        return OK;
    if (mail->expires_at != 0 && mail->expires_at <= ctx->now_secs) {
        ending->end = END_CANCELLED;
        ending->reason = "too late to be of use";
        return record(ctx, ending);
    }
    if (mail->attempts >= MAIL_ATTEMPTS_MAX) {
        ending->end = END_FAILED;
        ending->reason = "tried too often";
        return record(ctx, ending);
    }
    *out = mail_is_sent(ctx); /* without a server it stays; look_for_left finds it later */
    return OK;
}

static enum status send_mail(struct ctx *ctx, const struct job *job)
{
    struct mail_kept mail;
    struct ending ending = {.job = job, .id = strtoll(job->key, NULL, 10)};
    enum status status = mail_find(ctx, ending.id, &mail);
    if (status == ERR_NOT_FOUND)
        return OK;
    TRY(status);
    bool may;
    TRY(may_send(ctx, &mail, &ending, &may));
    if (!may)
        return OK;

    struct smtp *smtp;
    struct smtp_reply reply;
    struct beginning beginning = {.id = mail.id};
    TRY(line_at_hand(ctx, job->desk, &smtp));
    TRY(store_transact(ctx, "mail_begin", begin_once, &beginning));
    if (beginning.changes == 0)
        return OK; /* cancelled since it was read */
    TRY(hand_over(ctx, smtp, &mail, &reply));
    return conclude(ctx, &ending, mail.attempts + 1, &reply);
}

/* ---- what recurs ---- */

struct left {
    const struct mail_idle_row *rows;
    size_t count;
};

static enum status put_jobs(struct ctx *ctx, void *arg)
{
    const struct left *left = arg;
    for (size_t i = 0; i < left->count; i++)
        TRY(job_put(ctx, MAIL_SEND_KIND, mem_format(ctx->mem, "%lld", (long long)left->rows[i].id),
                    "", 0));
    return OK;
}

/* Messages from before there was a mail server, and those whose job was given up. */
static enum status look_for_left(struct ctx *ctx, const struct job *job)
{
    struct mail_idle_row *rows;
    size_t count;
    if (!mail_is_sent(ctx))
        return OK;
    TRY(mail_idle(ctx, ctx->now_secs - LEFT_AFTER_SECS, LOOK_ROWS, &rows, &count));
    if (count == 0)
        return OK;
    TRY(store_transact(ctx, "mail_left", put_jobs, &(struct left){rows, count}));
    return count < LOOK_ROWS ? OK : job_put(ctx, job->kind, job->key, "", 0);
}

/* In pieces, so that no transaction holds up the others for long. */
static enum status forget(struct ctx *ctx, const struct job *job)
{
    int64_t late, forgotten;
    TRY(mail_cancel_late(ctx, ctx->now_secs, ctx->now_secs - MAIL_WAITS_SECS,
                         "too late to be of use", FORGET_ROWS, &late));
    TRY(mail_forget(ctx, ctx->now_secs, ctx->now_secs - MAIL_KEPT_SECS, FORGET_ROWS, &forgotten));
    if (late == FORGET_ROWS || forgotten == FORGET_ROWS)
        return job_put(ctx, job->kind, job->key, "", 0);
    return OK;
}

const struct job_kind mail_job_kinds[] = {
    {MAIL_SEND_KIND, send_mail, SEND_JOB_ATTEMPTS, SEND_LEASE_SECS},
    {"mail.look", look_for_left, 3, SHORT_LEASE_SECS, .every_secs = LOOK_EVERY_SECS},
    {"mail.forget", forget, 3, SHORT_LEASE_SECS, .every_secs = FORGET_EVERY_SECS},
    {0},
};
