/* SPDX-License-Identifier: MIT */
/* newsletter_mould.c - composes the message of an issue, fills it in, and sends it as a test. */
#include "programme/newsletter/newsletter_mould.h"

#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/mail/mail.h"
#include "platform/mail/receive.h"
#include "platform/store/store.h"
#include "programme/access/access.h"

#include <stdlib.h>
#include <string.h>

enum status newsletter_mould_make(struct ctx *ctx, const struct newsletter_issue *issue,
                                  struct newsletter_mould *out)
{
    const char *text, *html;
    struct mem *mem = ctx->mem;
    const struct settings *settings = ctx->settings;
    const struct mail_mould_marks marks = mail_mould_marks(mem);
    const struct newsletter_links links = {
        .own_url = mem_format(mem, "%s/newsletter/mine/%s", settings->base_url, marks.secret),
        .stop_url = mem_format(mem, "%s/newsletter/stop/%s", settings->base_url, marks.secret),
        .page_url = mem_format(mem, "%s/newsletter/%s", settings->base_url, issue->reference)};
    out->issue_id = issue->id;
    TRY(newsletter_key(ctx, &out->key));
    TRY(dkim_open(ctx, &out->dkim));
    TRY(newsletter_mail_text(ctx, issue, &links, &text));
    TRY(newsletter_mail_html(ctx, issue, &links, &html));
    return mail_mould_make(
        ctx, &marks,
        &(const struct mail_mould_source){
            .from_address = settings->mail_from,
            .from_name = settings->service_name,
            .subject = issue->subject,
            .text = text,
            .html = html,
            .message_id = mem_join(mem, marks.id, "@", strchr(settings->mail_from, '@') + 1),
            .unsubscribe_url = links.stop_url,
            .dated_at = issue->begun_at != 0 ? issue->begun_at : ctx->now_secs},
        &out->mould);
}

enum status newsletter_mould_fill(struct ctx *ctx, const struct newsletter_mould *mould,
                                  int64_t reader_id, const char *email, struct smtp_message *out)
{
    const char *report = newsletter_report_token(ctx->mem, &mould->key, mould->issue_id, reader_id);
    const char *returns_to = mail_receive_address(ctx, "bounce", report);
    out->from_address = returns_to != NULL ? returns_to : ctx->settings->mail_from;
    out->to_address = email;
    out->bytes =
        mail_mould_fill(ctx->mem, mould->mould,
                        &(const struct mail_mould_person){
                            email, report, newsletter_token_of(ctx->mem, &mould->key, reader_id)});
    return dkim_sign(ctx, mould->dkim, ctx->now_secs, &out->bytes);
}

/* ---- a test ---- */

static enum status test_once(struct ctx *ctx, void *arg)
{
    const char *reference = arg;
    TRY(audit_note(ctx,
                   &(const struct audit_deed){.what = "newsletter.tested", .thing = reference}));
    return job_put(ctx, "newsletter.test",
                   mem_format(ctx->mem, "%s/%lld", reference, (long long)ctx->person.n), "", 0);
}

enum status newsletter_issue_test(struct ctx *ctx, const char *reference)
{
    struct newsletter_issue *issue = mem_new(ctx->mem, struct newsletter_issue);
    TRY(newsletter_issue_open(ctx, reference, issue));
    return store_transact(ctx, "newsletter_issue_test", test_once, mem_text(ctx->mem, reference));
}

/* The links of a test lead to nobody's page: reader 1 is none. */
enum status newsletter_test_job(struct ctx *ctx, const struct job *job)
{
    struct smtp *smtp;
    struct smtp_reply reply;
    struct smtp_message message;
    struct access_person person;
    struct newsletter_mould mould;
    struct newsletter_issue *issue = mem_new(ctx->mem, struct newsletter_issue);
    const char *slash = strchr(job->key, '/');
    if (!mail_is_sent(ctx) || slash == NULL)
        return OK;
    TRY(newsletter_issue_open(ctx, mem_text_part(ctx->mem, job->key, (size_t)(slash - job->key)),
                              issue));
    TRY(access_person_get(ctx, (struct person_id){strtoll(slash + 1, NULL, 10)}, &person));
    issue->subject = mem_join(ctx->mem, "Test: ", issue->subject, "");
    TRY(newsletter_mould_make(ctx, issue, &mould));
    TRY(newsletter_mould_fill(ctx, &mould, 1, person.email, &message));
    message.from_address = ctx->settings->mail_from;
    TRY(smtp_open(ctx, ctx->settings->smtp, mail_our_name(ctx), &smtp));
    TRY(smtp_send(ctx, smtp, &message, &reply));
    return reply.outcome == SMTP_ACCEPTED
               ? OK
               : ctx_fail(ctx, ERR_BUSY, "test not taken: %s", reply.reason);
}
