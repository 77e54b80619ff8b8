/* SPDX-License-Identifier: MIT */
/*
 * individual_mail.c - messages about the pledge of one person.
 *
 * Whoever types an address may not be its owner, so no message holds anything else that was typed.
 */
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "programme/individual/individual_internal.h"

#include <inttypes.h>

static const char nothing_to_do[] =
    "If it was not you, you do not need to do anything. Nothing happens without the code or the "
    "button, and we delete what was sent after 7 days.";

static const char *page_of(struct ctx *ctx, const struct individual_letter *letter)
{
    return mem_format(ctx->mem, "/pledges/mine/%s", letter->token);
}

static enum status put(struct ctx *ctx, const struct individual_letter *letter,
                       const struct mail *mail)
{
    struct mail whole = *mail;
    whole.to_address = letter->to_address;
    whole.about = letter->reference;
    return mail_put(ctx, &whole);
}

enum status individual_mail_confirm(struct ctx *ctx, const struct individual_letter *letter)
{
    return put(
        ctx, letter,
        &(const struct mail){
            .kind = "individual.confirm",
            .key = mem_format(ctx->mem, "individual/%s/sent", letter->reference),
            .subject = "Confirm your pledge",
            .expires_at = ctx->now_secs + INDIVIDUAL_CONFIRM_SECS,
            .parts = (const struct mail_part[]){
                MAIL_TEXT("Somebody signed a pledge of their own with this address. If it was you, "
                          "type this code into the page that is open:"),
                MAIL_CODE(letter->code),
                MAIL_TEXT("It works for 1 hour. Or open your page within 7 days, and press the "
                          "button there:"),
                MAIL_BUTTON("Open my pledge", page_of(ctx, letter)),
                MAIL_TEXT("Keep this message. With the link you can later see your receipt, change "
                          "what is shown to the public, or withdraw. Do not give it to anyone."),
                MAIL_TEXT(nothing_to_do), MAIL_END}});
}

enum status individual_mail_again(struct ctx *ctx, const struct individual_letter *letter,
                                  const char *signed_on)
{
    return put(
        ctx, letter,
        &(const struct mail){
            .kind = "individual.again",
            .key = mem_format(ctx->mem, "individual/%s/sent", letter->reference),
            .subject = "You have signed a pledge already",
            .expires_at = ctx->now_secs + INDIVIDUAL_CONFIRM_SECS,
            .parts = (const struct mail_part[]){
                MAIL_TEXT(mem_format(ctx->mem,
                                     "Somebody signed a pledge again with this address. You signed "
                                     "one already, on %s. It counts once and stays as it is.",
                                     time_show_day(ctx->mem, signed_on))),
                MAIL_TEXT("If it was you and the page still asks for a code, type this one. It "
                          "leads to the pledge that you have:"),
                MAIL_CODE(letter->code),
                MAIL_TEXT("Or open it here, within 7 days, to see your receipt, change what is "
                          "shown to the public, or withdraw:"),
                MAIL_BUTTON("Open my pledge", page_of(ctx, letter)), MAIL_TEXT(nothing_to_do),
                MAIL_END}});
}

enum status individual_mail_reminder(struct ctx *ctx, const struct individual_letter *letter)
{
    return put(
        ctx, letter,
        &(const struct mail){
            .kind = "individual.reminder",
            .key = mem_format(ctx->mem, "individual/%s/reminder/%s", letter->reference,
                              time_day_of(ctx->mem, ctx->now_secs)),
            .subject = "Your pledge: the reminder that you asked for",
            .parts = (const struct mail_part[]){
                MAIL_TEXT(
                    "You signed a pledge of your own, and asked us to remind you of it today."),
                MAIL_TEXT("What have you done towards it, and what comes next?"),
                MAIL_BUTTON("Open my pledge", page_of(ctx, letter)),
                MAIL_TEXT("There you can also choose another day for a reminder, change what is "
                          "shown to the public, or withdraw."),
                MAIL_END}});
}

enum status individual_mail_hidden(struct ctx *ctx, const struct individual_letter *letter,
                                   const char *reason)
{
    bool is_hidden = reason != NULL;
    const char *first = is_hidden ? "The public cannot read anything of your own pledge any more, "
                                    "because the programme has hidden it. It still counts."
                                  : "The public can again read what you chose to show of your own "
                                    "pledge.";
    const char *next = is_hidden ? "If you think that this is wrong, ask the programme. On your "
                                   "page you can change what you show, or withdraw."
                                 : "On your page you can change what you show, or withdraw.";
    struct mail_part parts[6] = {MAIL_TEXT(first)};
    size_t count = 1;
    if (is_hidden) {
        parts[count++] = (struct mail_part)MAIL_HEADING("The reason");
        parts[count++] = (struct mail_part)MAIL_TEXT(reason);
    }
    parts[count++] = (struct mail_part)MAIL_TEXT(next);
    parts[count++] = (struct mail_part)MAIL_BUTTON("Open my pledge", page_of(ctx, letter));
    parts[count] = (struct mail_part)MAIL_END;
    return put(ctx, letter,
               &(const struct mail){
                   .kind = is_hidden ? "individual.hidden" : "individual.shown",
                   .key = mem_format(ctx->mem, "individual/%s/%s/%" PRId64, letter->reference,
                                     is_hidden ? "hidden" : "shown", ctx->now_secs),
                   .subject = is_hidden ? "Your pledge is not shown to the public"
                                        : "Your pledge is shown to the public again",
                   .parts = parts});
}
