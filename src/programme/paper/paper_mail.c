/* SPDX-License-Identifier: MIT */
/* paper_mail.c - what is mailed about a paper, to whoever signed it. */
#include "platform/mail/mail.h"
#include "programme/paper/paper_internal.h"

enum status paper_mail_counted(struct ctx *ctx, const struct paper *paper)
{
    if (paper->email[0] == '\0')
        return OK;
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "paper.counted",
            .key = mem_format(ctx->mem, "paper/%s/counted", paper->reference),
            .about = paper->pledge,
            .to_address = paper->email,
            .subject = mem_format(ctx->mem, "Your signature on paper for %s counts", paper->name),
            .parts = (const struct mail_part[]){
                MAIL_TEXT("Two people have looked at the paper that you signed. Your "
                          "signature counts like one that is given online."),
                MAIL_TEXT(
                    mem_format(ctx->mem, "The reference of the pledge is %s.", paper->pledge)),
                MAIL_END}});
}

enum status paper_mail_refused(struct ctx *ctx, const struct paper *paper, const char *reason)
{
    if (paper->email[0] == '\0')
        return OK;
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "paper.refused",
            .key = mem_format(ctx->mem, "paper/%s/refused", paper->reference),
            .about = paper->pledge,
            .to_address = paper->email,
            .subject =
                mem_format(ctx->mem, "Your pledge on paper for %s needs another look", paper->name),
            .parts = (const struct mail_part[]){
                MAIL_TEXT("We have looked at the paper that you signed, and it cannot count as it "
                          "is."),
                MAIL_HEADING("The reason"), MAIL_TEXT(reason),
                MAIL_TEXT(paper->is_whole
                              ? "Please put it right and send it again, by email or by post."
                              : "You can send another scan from the link in the email that asked "
                                "you to sign, or sign there with a button."),
                MAIL_BUTTON("Print the forms", "/pledges/paper"), MAIL_END}});
}
