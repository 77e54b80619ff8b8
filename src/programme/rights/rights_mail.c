/* SPDX-License-Identifier: MIT */
/*
 * rights_mail.c - the messages about a request, each put in the outbox in the transaction of its
 * cause.
 *
 * What a stranger typed is not quoted in mail to the address that he gave: only we speak there.
 */
#include "programme/rights/rights_mail.h"

#include "platform/base/hash.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"

static const char commissioner[] =
    "If you are not happy with this, tell us on our privacy page, or complain to the Information "
    "Commissioner’s Office: ico.org.uk, telephone 0303 123 1113.";

static enum status put(struct ctx *ctx, const struct rights_row_row *row, const char *what,
                       const char *subject, const struct mail_part *parts)
{
    return mail_put(
        ctx, &(const struct mail){.kind = mem_format(ctx->mem, "rights.%s", what),
                                  .key = mem_format(ctx->mem, "rights/%s/%s", row->reference, what),
                                  .about = row->reference,
                                  .to_address = row->email,
                                  .subject = subject,
                                  .parts = parts});
}

enum status rights_mail_link(struct ctx *ctx, const struct rights_row_row *row, const char *token)
{
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "rights.link",
            .key = mem_format(ctx->mem, "rights/%s/link/%.16s", row->reference,
                              hash_token(ctx->mem, token)),
            .about = row->reference,
            .to_address = row->email,
            .subject = "Please confirm your request about your data",
            .expires_at = ctx->now_secs + RIGHTS_LINK_SECS,
            .parts = (const struct mail_part[]){
                MAIL_TEXT(mem_format(ctx->mem,
                                     "Somebody sent us a request about personal data with this "
                                     "email address. Its reference is %s.",
                                     row->reference)),
                MAIL_TEXT("If it was you, open the page and press the button there. Nothing "
                          "happens before."),
                MAIL_BUTTON("Confirm my request",
                            mem_format(ctx->mem, "/privacy/request/%s", token)),
                MAIL_TEXT("If it was not you, you need do nothing. The link works for 30 days."),
                MAIL_END}});
}

enum status rights_mail_taken(struct ctx *ctx, const struct rights_row_row *row)
{
    return put(ctx, row,
               mem_format(ctx->mem, "taken/%s/%lld", row->clock_on, (long long)row->paused_days),
               mem_format(ctx->mem, "We have your request %s", row->reference),
               (const struct mail_part[]){
                   MAIL_TEXT("Thank you. We know now that the request comes from you."),
                   MAIL_TEXT(mem_format(ctx->mem, "We will answer by %s.",
                                        time_show_day(ctx->mem, row->due_on))),
                   MAIL_END});
}

enum status rights_mail_extended(struct ctx *ctx, const struct rights_row_row *row)
{
    return put(ctx, row, "extended",
               mem_format(ctx->mem, "We need more time for your request %s", row->reference),
               (const struct mail_part[]){
                   MAIL_TEXT(mem_format(ctx->mem, "We will answer by %s.",
                                        time_show_day(ctx->mem, row->due_on))),
                   MAIL_HEADING("Why it takes longer"), MAIL_TEXT(row->extended_reason),
                   MAIL_TEXT(commissioner), MAIL_END});
}

enum status rights_mail_acknowledged(struct ctx *ctx, const struct rights_row_row *row)
{
    return put(ctx, row, "acknowledged",
               mem_format(ctx->mem, "We have your complaint %s", row->reference),
               (const struct mail_part[]){
                   MAIL_TEXT("Thank you for telling us. We are looking at your complaint and will "
                             "tell you what comes of it as soon as we can."),
                   MAIL_TEXT(mem_format(ctx->mem, "You will hear from us by %s.",
                                        time_show_day(ctx->mem, row->due_on))),
                   MAIL_END});
}

const char *rights_erased_words(struct mem *mem, const struct privacy_erasure *line)
{
    const struct privacy_holding *holding = line->holding;
    bool is_erased = holding->erase != NULL || holding->erase_by != NULL;
    if (line->kept_because == NULL)
        return mem_format(mem, "%s: deleted.", holding->name);
    return mem_format(mem, "%s: %s %s", holding->name, is_erased ? "deleted in part." : "kept.",
                      line->kept_because);
}

enum status rights_mail_closed(struct ctx *ctx, const struct rights_row_row *row,
                               const struct rights_erased *erased)
{
    struct mail_part *parts = mem_array(ctx->mem, struct mail_part, erased->count + 8);
    size_t n = 0;
    parts[n++] = (struct mail_part)MAIL_TEXT(
        mem_format(ctx->mem, "%s: %s.", rights_name(rights_kinds, row->kind),
                   rights_name(rights_outcomes, row->outcome)));
    if (row->reason[0] != '\0') {
        parts[n++] = (struct mail_part)MAIL_HEADING("Why");
        parts[n++] = (struct mail_part)MAIL_TEXT(rights_name(rights_reasons, row->reason));
    }
    parts[n++] = (struct mail_part)MAIL_HEADING("Our answer");
    parts[n++] = (struct mail_part)MAIL_TEXT(row->answer);
    for (size_t i = 0; i < erased->count; i++)
        parts[n++] =
            (struct mail_part)MAIL_BULLET(rights_erased_words(ctx->mem, &erased->lines[i]));
    parts[n++] = (struct mail_part)MAIL_TEXT(commissioner);
    parts[n] = (struct mail_part)MAIL_END;
    return put(ctx, row, "closed", mem_format(ctx->mem, "Our answer to %s", row->reference), parts);
}
