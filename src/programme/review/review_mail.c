/* SPDX-License-Identifier: MIT */
/*
 * review_mail.c - the messages of a review.  Each is put in the outbox in the transaction of its
 * cause; its key names the cause, so a repeated cause sends once.
 *
 * What one person typed stands in a paragraph of its own, below a heading that says whose it is.
 */
#include "platform/base/hash.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "programme/review/review_internal.h"

#include <inttypes.h>

struct note {
    const char *kind, *cause; /* cause: makes the key unique within the review */
    const char *subject;
    const char *text, *more; /* more: a second paragraph, or NULL               */
    const char *reason;      /* typed by somebody; NULL or "" for none          */
    const char *button;
    const char *href; /* NULL: a link to write, another for each side */
    int64_t expires_at;
};

static const char *day(struct ctx *ctx, const char *on)
{
    return time_show_day(ctx->mem, on);
}

static enum status put(struct ctx *ctx, const struct review_file *file,
                       const struct pledge_party *to, const struct note *note)
{
    struct mail_part parts[8] = {MAIL_TEXT(note->text)};
    size_t count = 1;
    if (to->email[0] == '\0') /* it was erased */
        return OK;
    if (note->more != NULL)
        parts[count++] = (struct mail_part)MAIL_TEXT(note->more);
    if (note->reason != NULL && note->reason[0] != '\0') {
        parts[count++] = (struct mail_part)MAIL_HEADING("The reason");
        parts[count++] = (struct mail_part)MAIL_TEXT(note->reason);
    }
    const char *href = note->href, *token;
    if (href == NULL) {
        TRY(review_link_make_to_write(ctx, file, to, &token));
        href = mem_format(ctx->mem, "/reviews/begin/%s", token);
    }
    parts[count++] = (struct mail_part)MAIL_BUTTON(note->button, href);
    parts[count] = (struct mail_part)MAIL_END;
    return mail_put(
        ctx, &(const struct mail){.kind = note->kind,
                                  .key = mem_format(ctx->mem, "review/%s/%" PRId64 "/%s/%s/%s",
                                                    file->pledge.reference, file->review.period,
                                                    note->kind, note->cause, to->role),
                                  .about = file->pledge.reference,
                                  .to_address = to->email,
                                  .to_name = to->name,
                                  .subject = note->subject,
                                  .expires_at = note->expires_at,
                                  .parts = parts});
}

static enum status put_to_both(struct ctx *ctx, const struct review_file *file,
                               const struct note *note)
{
    for (size_t i = 0; i < file->parties.count && !file->is_quiet; i++)
        TRY(put(ctx, file, &file->parties.party[i], note));
    return OK;
}

static const char *subject(struct ctx *ctx, const char *format_begin, const struct review_file *f)
{
    return mem_format(ctx->mem, "%s %s", format_begin, f->pledge.organisation_name);
}

enum status review_mail_opened(struct ctx *ctx, const struct review_file *file)
{
    const char *due = day(ctx, file->review.due_on);
    return put_to_both(
        ctx, file,
        &(const struct note){
            .kind = "review.opened",
            .cause = mem_format(ctx->mem, "%" PRId64, ctx->now_secs),
            .subject = subject(ctx, "Time for the yearly review of the pledge of", file),
            .text = mem_format(ctx->mem,
                               "Your pledge has its yearly review. Say what you have done for each "
                               "intention and what comes next, then sign it again by %s.",
                               due),
            .more = mem_format(ctx->mem,
                               "Sign in with this email address to write it; several people can "
                               "write together. If it is not signed by %s, the pledge lapses.",
                               day(ctx, file->review.lapses_on)),
            .button = "Write the review"});
}

static enum status ask_one(struct ctx *ctx, const struct review_file *file,
                           const struct pledge_party *party)
{
    const char *token;
    TRY(review_link_make(ctx, file, party, &token));
    return put(
        ctx, file, party,
        &(const struct note){
            .kind = "review.sign",
            .cause = mem_format(ctx->mem, "%.16s", hash_token(ctx->mem, token)),
            .subject = subject(ctx, "Please sign the yearly review of the pledge of", file),
            .text = mem_format(ctx->mem,
                               "The yearly review of the pledge of %s is ready to be signed. The "
                               "page shows the exact words. Nothing happens until you press the "
                               "button there.",
                               file->pledge.organisation_name),
            .more = mem_format(
                ctx->mem,
                "Please sign by %s. The link works for 21 days and is meant for you "
                "alone. If the words are not right, send them back on the same page.",
                day(ctx, file->review.is_late ? file->review.lapses_on : file->review.due_on)),
            .button = "Read the review and sign",
            .href = mem_format(ctx->mem, "/reviews/confirm/%s", token),
            .expires_at = ctx->now_secs + REVIEW_LINK_KEPT_SECS});
}

enum status review_mail_to_sign(struct ctx *ctx, const struct review_file *file)
{
    for (size_t i = 0; i < file->parties.count && !file->is_quiet; i++)
        if (review_signed_by(file, file->parties.party[i].role) == NULL)
            TRY(ask_one(ctx, file, &file->parties.party[i]));
    return OK;
}

enum status review_mail_declined(struct ctx *ctx, const struct review_file *file,
                                 const char *reason)
{
    return put_to_both(
        ctx, file,
        &(const struct note){
            .kind = "review.declined",
            .cause = mem_format(ctx->mem, "%" PRId64, file->review.version.version),
            .subject = subject(ctx, "The yearly review needs a change: the pledge of", file),
            .text =
                "One side has sent the review back. Nothing that you wrote is lost. Change what "
                "is needed and send it again. Both sides then sign the new words.",
            .reason = reason,
            .button = "Change the review"});
}

enum status review_mail_renewed(struct ctx *ctx, const struct review_file *file)
{
    return put_to_both(
        ctx, file,
        &(const struct note){
            .kind = "review.renewed",
            .cause = "1",
            .subject = subject(ctx, "Your pledge is renewed:", file),
            .text = mem_format(ctx->mem,
                               "Thank you. Everyone who has to sign the review has signed it. Your "
                               "pledge goes on for another year, and its review is on its public "
                               "page. The next one is due by %s.",
                               day(ctx, file->pledge.review_on)),
            .button = "See the review",
            .href = mem_format(ctx->mem, "/pledges/%s/reviews/%" PRId64, file->pledge.reference,
                               file->review.period)});
}

enum status review_mail_extended(struct ctx *ctx, const struct review_file *file)
{
    return put_to_both(
        ctx, file,
        &(const struct note){
            .kind = "review.extended",
            .cause = "1",
            .subject = subject(ctx, "More time for the yearly review of the pledge of", file),
            .text =
                mem_format(ctx->mem,
                           "The programme has given you more time. The review can now be signed "
                           "until %s. The reason is shown on the public page of the pledge.",
                           day(ctx, file->review.lapses_on)),
            .reason = file->review.extended_reason,
            .button = "Go to the review"});
}

enum status review_mail_soon(struct ctx *ctx, const struct review_file *file, bool is_last)
{
    return put_to_both(
        ctx, file,
        &(const struct note){
            .kind = is_last ? "review.lapses_in_a_week" : "review.lapses_in_a_month",
            .cause = file->review.lapses_on,
            .subject = subject(ctx,
                               is_last ? "One week left to review the pledge of"
                                       : "One month left to review the pledge of",
                               file),
            .text = mem_format(ctx->mem,
                               "The yearly review of your pledge is not signed by everyone yet. If "
                               "it is not signed by %s, the pledge lapses, and the public register "
                               "says so.",
                               day(ctx, file->review.lapses_on)),
            .more = "If you need help or more time, ask the programme before then.",
            .button = "Go to the review"});
}

enum status review_mail_lapsed(struct ctx *ctx, const struct review_file *file)
{
    return put_to_both(
        ctx, file,
        &(const struct note){
            .kind = "review.lapsed",
            .cause = "1",
            .subject = subject(ctx, "The pledge has lapsed:", file),
            .text = mem_format(ctx->mem,
                               "The yearly review was not signed by everyone by %s, so the pledge "
                               "is no longer in force. Its history stays on the public register.",
                               day(ctx, file->review.lapses_on)),
            .more = "You can sign a new pledge at any time.",
            .button = "Sign a new pledge",
            .href = "/pledges/sign"});
}
