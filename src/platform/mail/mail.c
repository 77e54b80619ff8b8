/* SPDX-License-Identifier: MIT */
/*
 * mail.c - the outbox: putting, cancelling, finding, counting.  Sending is in mail_send.c.
 *
 * A message waits, and then ends in one of three ways.  Every change of a row says "while it still
 * waits" in its where, so none of the three can follow another, whoever comes first.
 */
#include "platform/mail/mail.h"

#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/mail/mail.sql.h"
#include "platform/mail/mail_body.h"
#include "platform/mail/mail_line.h"
#include "platform/mail/mail_render.h"
#include "platform/store/store.h"

#include <string.h>

/* ---- putting ---- */

/* A message as it will be written. */
struct putting {
    const struct mail *mail;
    const char *to_name;
    const char *subject;
    const char *body;
    const char *unsubscribe_url;
    const char *message_id;
};

static enum status check_name(struct ctx *ctx, const char *what, const char *name,
                              size_t least_bytes, size_t most_bytes)
{
    size_t length_bytes = name != NULL ? strlen(name) : 0;
    if (length_bytes < least_bytes || length_bytes > most_bytes)
        return ctx_fail(ctx, ERR_INVALID, "the %s of a mail is missing or too long", what);
    return OK;
}

/* One line of at most so many characters, for a header. */
static enum status header_text(struct ctx *ctx, const char *what, const char *text,
                               size_t chars_max, const char **out)
{
    const char *clean;
    if (text_clean(ctx->mem, text, strlen(text), TEXT_LINE, &clean) != OK)
        return ctx_fail(ctx, ERR_INVALID, "the %s of a mail is no text", what);
    *out = text_cut(ctx->mem, clean, chars_max);
    return OK;
}

static enum status check_mail(struct ctx *ctx, const struct mail *mail)
{
    TRY(check_name(ctx, "kind", mail->kind, 1, MAIL_KIND_BYTES_MAX));
    TRY(check_name(ctx, "key", mail->key, 1, MAIL_KEY_BYTES_MAX));
    TRY(check_name(ctx, "reference", mail->about, 0, MAIL_ABOUT_BYTES_MAX));
    if (mail->to_address == NULL || !text_is_email(mail->to_address))
        return ctx_fail(ctx, ERR_INVALID, "a mail %s has no address to go to", mail->kind);
    if (mail->reply_to != NULL && !text_is_email(mail->reply_to))
        return ctx_fail(ctx, ERR_INVALID, "answers to a mail %s have nowhere to go", mail->kind);
    if (mail->subject == NULL)
        return ctx_fail(ctx, ERR_INVALID, "a mail %s has no subject", mail->kind);
    if (mail->expires_at != 0 && mail->expires_at <= ctx->now_secs)
        return ctx_fail(ctx, ERR_INVALID, "a mail %s is of no use any more", mail->kind);
    return OK;
}

static enum status put_once(struct ctx *ctx, void *arg)
{
    const struct putting *putting = arg;
    const struct mail *mail = putting->mail;
    int64_t id = id_new(ctx);
    int64_t changes;
    TRY(mail_insert(ctx, id, mail->key, mail->kind, mail->about != NULL ? mail->about : "",
                    mail->to_address, putting->to_name, putting->subject, putting->body,
                    putting->unsubscribe_url, mail->reply_to, putting->message_id,
                    mail->expires_at != 0 ? &mail->expires_at : NULL, ctx->now_secs, &changes));
    if (changes == 0 || !mail_is_sent(ctx))
        return OK;
    return job_put(ctx, MAIL_SEND_KIND, mem_format(ctx->mem, "%lld", (long long)id), "", 0);
}

enum status mail_put(struct ctx *ctx, const struct mail *mail)
{
    const struct settings *settings = ctx->settings;
    struct putting putting = {.mail = mail, .to_name = ""};
    TRY(check_mail(ctx, mail));
    TRY(header_text(ctx, "subject", mail->subject, MAIL_SUBJECT_CHARS_MAX, &putting.subject));
    if (putting.subject[0] == '\0')
        return ctx_fail(ctx, ERR_INVALID, "a mail %s has no subject", mail->kind);
    if (mail->to_name != NULL)
        TRY(header_text(ctx, "name", mail->to_name, MAIL_NAME_CHARS_MAX, &putting.to_name));
    TRY(mail_body_pack(ctx, mail->parts, settings->base_url, &putting.body));
    if (mail->unsubscribe_url != NULL)
        TRY(mail_body_href(ctx, mail->unsubscribe_url, settings->base_url,
                           &putting.unsubscribe_url));
    putting.message_id = mem_format(ctx->mem, "%s@%s", random_token(ctx->mem),
                                    strrchr(settings->mail_from, '@') + 1);
    return store_transact(ctx, "mail_put", put_once, &putting);
}

struct cancelling {
    const char *key;
};

static enum status cancel_once(struct ctx *ctx, void *arg)
{
    const struct cancelling *cancelling = arg;
    int64_t changes;
    return mail_cancel_key(ctx, cancelling->key, ctx->now_secs, "not wanted any more", &changes);
}

enum status mail_cancel(struct ctx *ctx, const char *key)
{
    struct cancelling cancelling = {key};
    return store_transact(ctx, "mail_cancel", cancel_once, &cancelling);
}

/* ---- reading ---- */

static int64_t at_or_0(const int64_t *at)
{
    return at != NULL ? *at : 0;
}

enum status mail_find(struct ctx *ctx, int64_t id, struct mail_kept *out)
{
    struct mail_by_id_row row;
    TRY(mail_by_id(ctx, id, &row));
    *out = (struct mail_kept){
        .id = row.id,
        .kind = row.kind,
        .about = row.about,
        .state = row.sent_at != NULL        ? "sent"
                 : row.failed_at != NULL    ? "failed"
                 : row.cancelled_at != NULL ? "cancelled"
                                            : "waiting",
        .to_address = row.to_address,
        .to_name = row.to_name,
        .subject = row.subject,
        .unsubscribe_url = row.unsubscribe_url,
        .reply_to = row.reply_to != NULL ? row.reply_to : "",
        .message_id = row.message_id,
        .reason = row.reason != NULL ? row.reason : "",
        .created_at = row.created_at,
        .expires_at = at_or_0(row.expires_at),
        .tried_at = at_or_0(row.tried_at),
        .sent_at = at_or_0(row.sent_at),
        .failed_at = at_or_0(row.failed_at),
        .cancelled_at = at_or_0(row.cancelled_at),
        .attempts = (int)row.attempts,
    };
    return row.body == NULL ? OK : mail_body_unpack(ctx, row.body, &out->parts);
}

enum status mail_show(struct ctx *ctx, const struct mail_kept *mail, struct mail_shown *out)
{
    if (mail->parts == NULL || mail->subject == NULL)
        return ctx_fail(ctx, ERR_CONFLICT, "what an ended mail said is gone");
    struct mail_frame frame = {
        .service_name = ctx->settings->service_name,
        .base_url = ctx->settings->base_url,
        .subject = mail->subject,
        .unsubscribe_url = mail->unsubscribe_url,
    };
    out->subject = mail->subject;
    TRY(mail_render_text(ctx, &frame, mail->parts, &out->text));
    return mail_render_html(ctx, &frame, mail->parts, &out->html);
}

bool mail_is_sent(const struct ctx *ctx)
{
    return ctx->settings->smtp[0] != '\0';
}

enum status mail_count(struct ctx *ctx, struct mail_counts *out)
{
    struct mail_count_state_row waiting;
    struct mail_count_failed_row failed;
    TRY(mail_count_state(ctx, &waiting));
    TRY(mail_count_failed(ctx, ctx->now_secs - MAIL_KEPT_SECS, &failed));
    *out = (struct mail_counts){
        .waiting_count = waiting.waiting,
        .waiting_secs =
            waiting.oldest_created_at != NULL ? ctx->now_secs - *waiting.oldest_created_at : 0,
        .failed_count = failed.failed,
    };
    return OK;
}
