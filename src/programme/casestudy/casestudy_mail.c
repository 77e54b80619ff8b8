/* SPDX-License-Identifier: MIT */
/*
 * casestudy_mail.c - messages about case studies.
 *
 * Whoever typed an address may not be its owner, and who is shown never wrote to us: no message
 * holds anything that the author typed.
 */
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "programme/casestudy/casestudy_internal.h"

static const char *own_page(struct mem *mem, const char *reference, const char *token)
{
    return mem_format(mem, "/case-studies/%s/%s",
                      casestudy_reference_is_reuse(reference) ? "reused" : "mine", token);
}

enum status casestudy_mail_confirm(struct ctx *ctx, const struct casestudy_letter *letter)
{
    bool is_reuse = casestudy_reference_is_reuse(letter->reference);
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "casestudy.confirm",
            .key = mem_format(ctx->mem, "casestudy/%s/sent", letter->reference),
            .about = letter->reference,
            .to_address = letter->to_address,
            .subject = is_reuse ? "Confirm that you did this too" : "Confirm your case study",
            .expires_at = ctx->now_secs + CASESTUDY_CONFIRM_SECS,
            .parts = (const struct mail_part[]){
                MAIL_TEXT(is_reuse ? "Somebody said, with this address, that their organisation "
                                     "did what a case study tells. If it was you, type this code "
                                     "into the page that is open:"
                                   : "Somebody sent us a case study with this address. If it was "
                                     "you, type this code into the page that is open:"),
                MAIL_CODE(letter->code),
                MAIL_TEXT("It works for 1 hour. Or open your page within 7 days, and press the "
                          "button there:"),
                MAIL_BUTTON("Open my page", own_page(ctx->mem, letter->reference, letter->token)),
                MAIL_TEXT("Keep this message. With the link you can come back later, change what "
                          "you sent or take it back. Do not give it to anyone."),
                MAIL_TEXT("If it was not you, you do not need to do anything. Nothing happens "
                          "without the code or the button, and we delete what was sent after 7 "
                          "days."),
                MAIL_END}});
}

enum status casestudy_mail_asked(struct ctx *ctx, const struct casestudy_letter *letter,
                                 bool is_guardian)
{
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "casestudy.asked",
            .key = mem_format(ctx->mem, "casestudy/%s/asked/%d", letter->reference, is_guardian),
            .about = letter->reference,
            .to_address = letter->to_address,
            .subject = "May we show this picture?",
            .parts = (const struct mail_part[]){
                MAIL_TEXT(is_guardian
                              ? "Somebody wrote a case study about their work. A picture in it "
                                "shows a child or young person, and you were named as their parent "
                                "or guardian. We show it only if you agree."
                              : "Somebody wrote a case study about their work, and told us that "
                                "you can be seen in a picture. We show it only if you agree."),
                MAIL_TEXT("Open this page to see the picture and what would stand beside it. "
                          "Opening it agrees to nothing: there are two buttons, yes and no."),
                MAIL_BUTTON("See the picture",
                            mem_format(ctx->mem, "/case-studies/shown/%s", letter->token)),
                MAIL_TEXT("If you do nothing, the picture is not shown. Keep this message: with "
                          "the same link you can change your mind at any time, and the picture "
                          "then goes at once."),
                MAIL_END}});
}

/* To the author, unless erased. */
static enum status to_author(struct ctx *ctx, const struct casestudy *study, const char *kind,
                             const char *subject, const struct mail_part *parts)
{
    if (study->email[0] == '\0')
        return OK;
    return mail_put(ctx, &(const struct mail){.kind = mem_format(ctx->mem, "casestudy.%s", kind),
                                              .key = mem_format(ctx->mem, "casestudy/%s/%s/%lld",
                                                                study->reference, kind,
                                                                (long long)study->event_count),
                                              .about = study->reference,
                                              .to_address = study->email,
                                              .subject = subject,
                                              .parts = parts});
}

enum status casestudy_mail_published(struct ctx *ctx, const struct casestudy *study)
{
    return to_author(
        ctx, study, "published", "Your case study is published",
        (const struct mail_part[]){
            MAIL_TEXT("Thank you. An editor looked over your case study and published it. Please "
                      "read it, and tell us by your own page if something is not right."),
            MAIL_BUTTON("Read the case study",
                        mem_format(ctx->mem, "/case-studies/%s", study->reference)),
            MAIL_TEXT("A year from now we ask you whether it is still right."), MAIL_END});
}

enum status casestudy_mail_returned(struct ctx *ctx, const struct casestudy *study,
                                    const char *reason)
{
    const char *token;
    TRY(casestudy_link_new(ctx, study, &token));
    return to_author(
        ctx, study, "returned", "Your case study needs another look from you",
        (const struct mail_part[]){
            MAIL_TEXT("An editor read your case study and asks you to change something:"),
            MAIL_TEXT(reason), MAIL_TEXT("Nothing that you wrote is lost. Change it here:"),
            MAIL_BUTTON("Open my case study", own_page(ctx->mem, study->reference, token)),
            MAIL_END});
}

enum status casestudy_mail_taken_down(struct ctx *ctx, const struct casestudy *study)
{
    return to_author(
        ctx, study, "taken-down", "Your case study is not public until an editor has looked at it",
        (const struct mail_part[]){
            MAIL_TEXT("Somebody who is shown in it took back their consent. The picture is gone, "
                      "and nobody can read the case study until an editor has looked at its words "
                      "again. You do not need to do anything."),
            MAIL_END});
}

enum status casestudy_mail_paper_refused(struct ctx *ctx, const struct casestudy *study,
                                         const char *reason)
{
    const char *token;
    TRY(casestudy_link_new(ctx, study, &token));
    return to_author(
        ctx, study, "paper-refused", "A consent on paper cannot count yet",
        (const struct mail_part[]){
            MAIL_TEXT("An editor looked at a consent on paper for your case study, and it cannot "
                      "count as it is:"),
            MAIL_TEXT(reason),
            MAIL_TEXT("Until then the picture is not shown. Write it down again on your "
                      "page:"),
            MAIL_BUTTON("Open my case study", own_page(ctx->mem, study->reference, token)),
            MAIL_END});
}

enum status casestudy_mail_review(struct ctx *ctx, const struct casestudy *study)
{
    const char *token;
    TRY(casestudy_link_new(ctx, study, &token));
    return to_author(
        ctx, study, mem_format(ctx->mem, "review.%s", study->review_on),
        "Is your case study still right?",
        (const struct mail_part[]){
            MAIL_TEXT(mem_format(ctx->mem,
                                 "We show your case study to others. Please tell us by %s whether "
                                 "it is still right: one button if it is, a form if something "
                                 "changed.",
                                 time_show_day(ctx->mem, study->review_on))),
            MAIL_BUTTON("Open my case study", own_page(ctx->mem, study->reference, token)),
            MAIL_TEXT("If we hear nothing, an editor looks at it."), MAIL_END});
}
