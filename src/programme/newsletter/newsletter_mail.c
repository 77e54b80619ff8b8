/* SPDX-License-Identifier: MIT */
/*
 * newsletter_mail.c - the mail that proves an address.
 *
 * Whoever types an address may not be its owner, so it holds nothing else that was typed.
 */
#include "platform/mail/mail.h"
#include "programme/newsletter/newsletter_internal.h"

static const char nothing_to_do[] =
    "If it was not you, you do not need to do anything. Nothing happens without the code or the "
    "button, and we delete what was typed after 5 days.";

enum status newsletter_mail_ask(struct ctx *ctx, const struct newsletter_letter *letter)
{
    const char *first =
        letter->is_reader
            ? "Somebody asked for our newsletter with this address. You get it already, and you "
              "still do. If it was you and you want other topics or another region, type this code "
              "into the page that is open:"
            : "Somebody asked for our newsletter with this address. If it was you, type this code "
              "into the page that is open:";
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "newsletter.ask",
            .key = mem_format(ctx->mem, "newsletter/%s", letter->reference),
            .about = letter->reference,
            .to_address = letter->to_address,
            .subject = letter->is_reader ? "You get our newsletter already"
                                         : "Confirm that you want our newsletter",
            .expires_at = ctx->now_secs + NEWSLETTER_LINK_SECS,
            .parts = (const struct mail_part[]){
                MAIL_TEXT(first), MAIL_CODE(letter->code),
                MAIL_TEXT("It works for 1 hour. Or open this page within 5 days, and press "
                          "the button there:"),
                MAIL_BUTTON("Confirm", mem_format(ctx->mem, "/newsletter/join/%s", letter->link)),
                MAIL_TEXT(nothing_to_do), MAIL_END}});
}
