/* SPDX-License-Identifier: MIT */
/*
 * pledge_mail.c - the messages of a pledge.  Each is put in the outbox in the transaction of its
 * cause; its key names the cause, so a repeated cause sends once.
 *
 * What one person typed is never quoted to another in words that could be taken for ours: names and
 * reasons stand in paragraphs of their own.
 */
#include "platform/base/hash.h"
#include "platform/mail/mail.h"
#include "programme/pledge/pledge_internal.h"

#include <inttypes.h>
#include <string.h>

static const char *key(struct ctx *ctx, const struct pledge_file *file, const char *what)
{
    return mem_format(ctx->mem, "pledge/%s/%zu/%s", file->row.reference, file->event_count, what);
}

static enum status ask_one(struct ctx *ctx, const struct pledge_file *file, bool is_leader)
{
    const struct pledge_revision_of_row *sent = &file->sent;
    const char *token, *other = is_leader ? sent->cosigner_name : sent->leader_name;
    TRY(pledge_link_make(ctx, file, is_leader ? "leader" : "cosigner", &token));
    const char *with = other[0] == '\0'
                           ? "You sign for the employer."
                           : mem_format(ctx->mem, "You sign together with %s (%s).", other,
                                        is_leader ? sent->cosigner_title : sent->leader_title);
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "pledge.sign",
            .key = mem_format(ctx->mem, "pledge/%s/sign/%.16s", file->row.reference,
                              hash_token(ctx->mem, token)),
            .about = file->row.reference,
            .to_address = is_leader ? sent->leader_email : sent->cosigner_email,
            .to_name = is_leader ? sent->leader_name : sent->cosigner_name,
            .subject =
                mem_format(ctx->mem, "Please sign the Partnership Pledge for %s", file->row.name),
            .expires_at = ctx->now_secs + PLEDGE_LINK_KEPT_SECS,
            .parts = (const struct mail_part[]){
                MAIL_TEXT(mem_format(ctx->mem,
                                     "You have been named to sign the Partnership Pledge for %s.",
                                     file->row.name)),
                MAIL_TEXT(with),
                MAIL_TEXT("The page shows the exact words and the action plan. Nothing happens "
                          "until you press the button there."),
                MAIL_BUTTON("Read the pledge and sign",
                            mem_format(ctx->mem, "/pledges/confirm/%s", token)),
                MAIL_TEXT("The link works for 21 days and is meant for you alone. If this is not "
                          "for you, say so on the same page."),
                MAIL_END}});
}

enum status pledge_mail_to_sign(struct ctx *ctx, const struct pledge_file *file, bool to_leader,
                                bool to_cosigner)
{
    if (to_leader)
        TRY(ask_one(ctx, file, true));
    return to_cosigner ? ask_one(ctx, file, false) : OK;
}

struct note {
    const char *kind, *subject, *text, *reason;
    const char
        *cosigner_text; /* what the co-signatory reads instead, without the button; or NULL */
    const char *button, *href;
};

/* To the leader and, when there is one, to the co-signatory. */
static enum status note_both(struct ctx *ctx, const struct pledge_file *file,
                             const struct note *note)
{
    const struct pledge_revision_of_row *sent = &file->sent;
    for (int i = 0; i < 1 + (sent->has_union != 0); i++) {
        const char *to = i == 0 ? sent->leader_email : sent->cosigner_email;
        if (to[0] == '\0') /* it was erased: see pledge_privacy.c */
            continue;
        bool is_other = i == 1 && note->cosigner_text != NULL;
        struct mail_part parts[6] = {MAIL_TEXT(is_other ? note->cosigner_text : note->text)};
        size_t count = 1;
        if (note->reason != NULL && note->reason[0] != '\0') {
            parts[count++] = (struct mail_part)MAIL_HEADING("The reason");
            parts[count++] = (struct mail_part)MAIL_TEXT(note->reason);
        }
        if (note->button != NULL && !is_other)
            parts[count++] = (struct mail_part)MAIL_BUTTON(note->button, note->href);
        parts[count] = (struct mail_part)MAIL_END;
        TRY(mail_put(ctx, &(const struct mail){
                              .kind = note->kind,
                              .key = key(ctx, file, mem_format(ctx->mem, "%s/%d", note->kind, i)),
                              .about = file->row.reference,
                              .to_address = to,
                              .to_name = i == 0 ? sent->leader_name : sent->cosigner_name,
                              .subject = note->subject,
                              .parts = parts}));
    }
    return OK;
}

enum status pledge_mail_signed(struct ctx *ctx, const struct pledge_file *file)
{
    return note_both(
        ctx, file,
        &(const struct note){
            .kind = "pledge.signed",
            .subject = mem_format(ctx->mem, "The pledge of %s is signed", file->row.name),
            .text = mem_format(ctx->mem,
                               "Thank you. Everyone who has to sign the pledge has signed it. Its "
                               "reference is %s. The programme now looks at it and countersigns.",
                               file->row.reference),
            .button = "See what was signed",
            .href = mem_format(ctx->mem, "/verify/%s", file->row.code)});
}

enum status pledge_tell_signed(struct ctx *ctx, const char *reference)
{
    struct pledge_file file;
    TRY(pledge_file_open(ctx, reference, &file));
    return pledge_mail_signed(ctx, &file);
}

enum status pledge_mail_published(struct ctx *ctx, const struct pledge_file *file)
{
    return note_both(
        ctx, file,
        &(const struct note){
            .kind = "pledge.published",
            .subject =
                mem_format(ctx->mem, "The pledge of %s is on the public register", file->row.name),
            .text = "The programme has countersigned your pledge and put it on the public "
                    "register, with its action plan. You can print it from there.",
            .button = "See the pledge",
            .href = mem_format(ctx->mem, "/pledges/%s", file->row.reference)});
}

enum status pledge_mail_returned(struct ctx *ctx, const struct pledge_file *file,
                                 const char *reason)
{
    const char *token;
    TRY(pledge_link_make(ctx, file, "amend", &token));
    return note_both(
        ctx, file,
        &(const struct note){
            .kind = "pledge.returned",
            .subject = mem_format(ctx->mem, "The pledge of %s needs a change", file->row.name),
            .text = "The pledge has come back. Nothing that you sent is lost: change what is "
                    "needed and send it again.",
            .cosigner_text = "The pledge has come back. The employer changes what is needed and "
                             "sends it again. You then get a new link to read and sign.",
            .reason = reason,
            .button = "Change it and send it again",
            .href = mem_format(ctx->mem, "/pledges/mend/%s", token)});
}

enum status pledge_mail_withdrawn(struct ctx *ctx, const struct pledge_file *file,
                                  const char *reason)
{
    return note_both(
        ctx, file,
        &(const struct note){
            .kind = "pledge.withdrawn",
            .subject = mem_format(ctx->mem, "The pledge of %s was withdrawn", file->row.name),
            .text = mem_format(ctx->mem,
                               "The pledge %s is no longer in force. Its history stays, and "
                               "anyone who checks it is told so.",
                               file->row.reference),
            .reason = reason});
}
