/* SPDX-License-Identifier: MIT */
/* newsletter_bounce.c - reports that come back: mail that was not delivered, and complaints. */
#include "platform/store/store.h"
#include "programme/newsletter/newsletter.sql.h"
#include "programme/newsletter/newsletter_internal.h"
#include "programme/newsletter/newsletter_send.h"
#include "programme/newsletter/newsletter_send.sql.h"

#include <string.h>

struct report {
    int64_t issue_id, reader_id;
    bool is_hard;
};

bool newsletter_is_hard(const char *status)
{
    static const char *const hard[] = {"5.1.1", "5.1.2",  "5.1.3", "5.1.6",
                                       "5.2.1", "5.1.10", "5.4.4", NULL};
    for (size_t i = 0; hard[i] != NULL; i++)
        if (strcmp(status, hard[i]) == 0)
            return true;
    return false;
}

static enum status take_soft(struct ctx *ctx, const struct report *report)
{
    int64_t changes;
    struct newsletter_reader_soft_count_row row;
    TRY(newsletter_reader_soft(ctx, report->reader_id, report->issue_id, &changes));
    TRY(newsletter_outcome(ctx, report->issue_id, report->reader_id, "soft", ctx->now_secs,
                           &changes));
    enum status status = newsletter_reader_soft_count(ctx, report->reader_id, &row);
    if (status == ERR_NOT_FOUND || (status == OK && row.soft_count < NEWSLETTER_SOFT_MOST))
        return OK;
    TRY(status);
    return newsletter_stop(ctx, &(const struct newsletter_stopping){
                                    report->reader_id, report->issue_id, "bounced", "hard"});
}

/* Runs inside a transaction, perhaps more than once. */
static enum status take_once(struct ctx *ctx, void *arg)
{
    const struct report *report = arg;
    if (!report->is_hard)
        return take_soft(ctx, report);
    return newsletter_stop(ctx, &(const struct newsletter_stopping){
                                    report->reader_id, report->issue_id, "bounced", "hard"});
}

/* A mail that is no report, such as "I am on holiday", says nothing about the address. */
static enum status take_bounce(struct ctx *ctx, const struct mail_received *mail)
{
    struct report report = {.is_hard = false};
    bool has_failed = false;
    TRY(newsletter_report_read(ctx, mail->token, &report.issue_id, &report.reader_id));
    for (size_t i = 0; mail->is_report && i < mail->reported_count; i++) {
        const struct mail_reported *one = &mail->reported[i];
        bool is_failed = strcmp(one->action, "failed") == 0;
        has_failed = has_failed || is_failed || strcmp(one->action, "delayed") == 0;
        report.is_hard = report.is_hard || (is_failed && newsletter_is_hard(one->status));
    }
    return has_failed ? store_transact(ctx, "newsletter_bounce", take_once, &report) : OK;
}

static enum status complain_once(struct ctx *ctx, void *arg)
{
    return newsletter_stop(ctx, arg);
}

/* A report of a mail service that somebody called the newsletter unwanted.  It holds our message,
 * whose id says which it was and proves that it was ours. */
static enum status take_complaint(struct ctx *ctx, const struct mail_received *mail)
{
    struct newsletter_stopping stopping = {.why = "complained", .outcome = "complained"};
    const char *id = mem_text_part(ctx->mem, mail->about_id, strcspn(mail->about_id, "@"));
    TRY(newsletter_report_read(ctx, id, &stopping.issue_id, &stopping.reader_id));
    return store_transact(ctx, "newsletter_complaint", complain_once, &stopping);
}

const struct mail_receiver newsletter_receivers[] = {
    {"bounce", take_bounce}, {"complaint", take_complaint}, {0}};
