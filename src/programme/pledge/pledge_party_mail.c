/* SPDX-License-Identifier: MIT */
/*
 * pledge_party_mail.c - the messages about a pledge in other hands.  As in pledge_mail.c, what
 * somebody typed stands in paragraphs of its own.
 */
#include "platform/base/hash.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "programme/access/access.h"
#include "programme/pledge/pledge_dispute.sql.h"
#include "programme/pledge/pledge_internal.h"
#include "programme/pledge/pledge_party.sql.h"

#include <inttypes.h>
#include <string.h>

enum { DESK_MAX = 20 };

enum status pledge_mail_asked(struct ctx *ctx, const struct pledge_file *file,
                              const struct pledge_successor *successor, const char *token)
{
    const char *side = pledge_side_text(successor->role);
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "pledge.take_over",
            .key = mem_format(ctx->mem, "pledge/%s/take-over/%.16s", file->row.reference,
                              hash_token(ctx->mem, token)),
            .about = file->row.reference,
            .to_address = successor->email,
            .to_name = successor->name,
            .subject =
                mem_format(ctx->mem, "Will you sign the pledge of %s from now on?", file->row.name),
            .expires_at = ctx->now_secs + PLEDGE_LINK_KEPT_SECS,
            .parts = (const struct mail_part[]){
                MAIL_TEXT(mem_format(ctx->mem,
                                     "You have been named as the person who signs the Partnership "
                                     "Pledge of %s for %s from now on.",
                                     file->row.name, side)),
                MAIL_TEXT("What was signed stays as it is. You would sign the next yearly review, "
                          "and you could work on the action plan."),
                MAIL_HEADING("The reason"), MAIL_TEXT(successor->reason),
                MAIL_BUTTON("Read it and say yes or no",
                            mem_format(ctx->mem, "/pledges/take-over/%s", token)),
                MAIL_TEXT("The link works for 21 days and is meant for you alone. Nothing happens "
                          "until you press a button on the page."),
                MAIL_END}});
}

/* One message to several people, with a line and a button. */
struct letter {
    const char *kind, *subject;
    const char *text, *more; /* more: a second paragraph; NULL for none */
    const char *button, *href;
};

struct recipient {
    const char *email, *name;
    const char *which; /* tells them apart, without naming anybody */
};

static enum status send(struct ctx *ctx, const struct pledge_file *file,
                        const struct letter *letter, const struct recipient *to)
{
    struct mail_part parts[4] = {MAIL_TEXT(letter->text)};
    size_t count = 1;
    if (to->email[0] == '\0') /* it was erased: see pledge_privacy.c */
        return OK;
    if (letter->more != NULL)
        parts[count++] = (struct mail_part)MAIL_TEXT(letter->more);
    if (letter->button != NULL)
        parts[count++] = (struct mail_part)MAIL_BUTTON(letter->button, letter->href);
    parts[count] = (struct mail_part)MAIL_END;
    return mail_put(ctx, &(const struct mail){
                             .kind = letter->kind,
                             .key = mem_format(ctx->mem, "pledge/%s/%zu/%s/%s", file->row.reference,
                                               file->event_count, letter->kind, to->which),
                             .about = file->row.reference,
                             .to_address = to->email,
                             .to_name = to->name[0] != '\0' ? to->name : NULL,
                             .subject = letter->subject,
                             .parts = parts});
}

static enum status send_party(struct ctx *ctx, const struct pledge_file *file,
                              const struct letter *letter, const struct pledge_party *party)
{
    return send(ctx, file, letter,
                &(const struct recipient){party->email, party->name, party->role});
}

static enum status send_parties(struct ctx *ctx, const struct pledge_file *file,
                                const struct letter *letter)
{
    struct pledge_parties parties;
    TRY(pledge_file_parties(ctx, file, &parties));
    for (size_t i = 0; i < parties.count; i++)
        TRY(send_party(ctx, file, letter, &parties.party[i]));
    return OK;
}

static enum status send_desk(struct ctx *ctx, const struct pledge_file *file,
                             const struct letter *letter)
{
    struct access_holder *holders;
    size_t count;
    TRY(access_holders(ctx, &(const struct access_post){"national", ""}, DESK_MAX, &holders,
                       &count));
    for (size_t i = 0; i < count; i++)
        TRY(send(ctx, file, letter,
                 &(const struct recipient){holders[i].email, holders[i].name,
                                           mem_format(ctx->mem, "%" PRId64, holders[i].person.n)}));
    return OK;
}

static const char *desk_href(struct ctx *ctx, const struct pledge_file *file)
{
    return mem_format(ctx->mem, "/desk/pledges/%s", file->row.reference);
}

enum status pledge_mail_taken(struct ctx *ctx, const struct pledge_file *file,
                              const struct pledge_parties *before, const char *role)
{
    const char *subject =
        mem_format(ctx->mem, "Another person signs the pledge of %s now", file->row.name);
    const char *text =
        mem_format(ctx->mem, "From today another person signs the Partnership Pledge of %s for %s.",
                   file->row.name, pledge_side_text(role));
    const struct letter theirs = {
        .kind = "pledge.taken",
        .subject = subject,
        .text = text,
        .more = "What was signed before stays as it was signed. If this is not right, tell the "
                "programme.",
        .button = "Tell the programme that this is not right",
        .href = mem_format(ctx->mem, "/verify/%s/not-us", file->row.code)};
    for (size_t i = 0; i < before->count; i++)
        if (strcmp(before->party[i].role, role) == 0)
            TRY(send_party(ctx, file, &theirs, &before->party[i]));
    return send_desk(ctx, file,
                     &(const struct letter){.kind = "pledge.taken_desk",
                                            .subject = subject,
                                            .text = text,
                                            .button = "See the pledge",
                                            .href = desk_href(ctx, file)});
}

enum status pledge_mail_refused(struct ctx *ctx, const struct pledge_file *file,
                                const struct pledge_party_by_link_row *asked,
                                const struct access_person *person, bool is_desk)
{
    return send(
        ctx, file,
        &(const struct letter){
            .kind = "pledge.refused",
            .subject = mem_format(ctx->mem, "The pledge of %s still waits for a new person",
                                  file->row.name),
            .text = mem_format(ctx->mem,
                               "The person whom you asked to sign the pledge of %s for %s said "
                               "no. Whoever signed until now still does. You can ask another one.",
                               file->row.name, pledge_side_text(asked->role)),
            .button = "Ask another person",
            .href = is_desk ? desk_href(ctx, file)
                            : mem_format(ctx->mem, "/pledges/%s/hand-over", file->row.reference)},
        &(const struct recipient){person->email, person->name,
                                  mem_format(ctx->mem, "%s/%" PRId64, asked->role, asked->number)});
}

enum status pledge_mail_orphan(struct ctx *ctx, const struct pledge_file *file, const char *role)
{
    return send_desk(
        ctx, file,
        &(const struct letter){
            .kind = "pledge.orphan",
            .subject = mem_format(ctx->mem, "Who signs the pledge of %s now?", file->row.name),
            .text = mem_format(ctx->mem,
                               "Whoever signed the Partnership Pledge of %s for %s has left, and "
                               "the colleague who takes over cannot sign for that side. Please "
                               "find out who does now, and ask them.",
                               file->row.name, pledge_side_text(role)),
            .button = "See the pledge",
            .href = desk_href(ctx, file)});
}

enum status pledge_mail_carried(struct ctx *ctx, const struct pledge_file *file,
                                const struct pledge_passing *passing)
{
    return send_parties(
        ctx, file,
        &(const struct letter){
            .kind = "pledge.carried",
            .subject =
                mem_format(ctx->mem, "Your pledge is now the pledge of %s", passing->to->name),
            .text = mem_format(ctx->mem,
                               "The directory says that %s took over from %s on %s. So the pledge "
                               "goes on as the pledge of %s, with all its history.",
                               passing->to->name, passing->from->name,
                               time_show_day(ctx->mem, passing->on), passing->to->name),
            .more = "You still sign for it. If somebody else does now, please hand it over.",
            .button = "Say who signs now",
            .href = mem_format(ctx->mem, "/pledges/%s/hand-over", file->row.reference)});
}

/* To those of the one that stays: their page shows more now. */
static enum status tell_whole(struct ctx *ctx, const struct pledge_file *file,
                              const struct pledge_file *into)
{
    struct pledge_parties parties;
    const struct letter letter = {
        .kind = "pledge.merged_into",
        .subject =
            mem_format(ctx->mem, "Another pledge is now a part of that of %s", into->row.name),
        .text = mem_format(ctx->mem,
                           "The pledge %s of %s is now a part of your pledge %s. Nothing changes "
                           "in what you signed. Your page shows the history of both.",
                           file->row.reference, file->row.name, into->row.reference),
        .button = "See your pledge",
        .href = mem_format(ctx->mem, "/verify/%s", into->row.code)};
    TRY(pledge_file_parties(ctx, into, &parties));
    for (size_t i = 0; i < parties.count; i++)
        TRY(send(ctx, into, &letter,
                 &(const struct recipient){
                     parties.party[i].email, parties.party[i].name,
                     mem_format(ctx->mem, "%s/%s", file->row.reference, parties.party[i].role)}));
    return OK;
}

enum status pledge_mail_merged(struct ctx *ctx, const struct pledge_file *file,
                               const struct pledge_file *into)
{
    const struct letter letter = {
        .kind = "pledge.merged",
        .subject = mem_format(ctx->mem, "The pledge of %s goes on in another one", file->row.name),
        .text =
            mem_format(ctx->mem,
                       "The pledge %s of %s is now a part of the pledge %s of %s. Its history "
                       "stays, and both pages show it.",
                       file->row.reference, file->row.name, into->row.reference, into->row.name),
        .button = "See what became of it",
        .href = mem_format(ctx->mem, "/verify/%s", file->row.code)};
    TRY(send_parties(ctx, file, &letter));
    return tell_whole(ctx, file, into);
}

/* ---- disputes ---- */

enum status pledge_mail_disputed(struct ctx *ctx, const struct pledge_file *file,
                                 const char *reference, const char *email, const char *due_on)
{
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "pledge.disputed",
            .key = mem_format(ctx->mem, "pledge/dispute/%s", reference),
            .about = reference,
            .to_address = email,
            .subject = mem_format(ctx->mem, "We look at the pledge of %s", file->row.name),
            .parts = (const struct mail_part[]){
                MAIL_TEXT(mem_format(
                    ctx->mem,
                    "Thank you. You told us that the pledge %s was not made by %s. "
                    "We look at it and write to you by %s.",
                    file->row.reference, file->row.name, time_show_day(ctx->mem, due_on))),
                MAIL_TEXT(mem_format(ctx->mem, "The reference of your message is %s.", reference)),
                MAIL_TEXT("If you did not write to us, you need do nothing."), MAIL_END}});
}

enum status pledge_mail_decided(struct ctx *ctx, const struct pledge_file *file,
                                const struct pledge_dispute_row_row *dispute,
                                const struct pledge_decision *decision)
{
    const char *text =
        decision->was_not_made
            ? mem_format(ctx->mem,
                         "We looked at the pledge %s. It was not made by %s, and we have withdrawn "
                         "it. The organisation is free to sign a pledge of its own.",
                         file->row.reference, file->row.name)
            : mem_format(ctx->mem,
                         "We looked at the pledge %s of %s, and found that it stays as it is.",
                         file->row.reference, file->row.name);
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "pledge.dispute_decided",
            .key = mem_format(ctx->mem, "pledge/dispute/%s/decided", dispute->reference),
            .about = dispute->reference,
            .to_address = dispute->email,
            .to_name = dispute->name,
            .subject = mem_format(ctx->mem, "What became of your message about %s", file->row.name),
            .parts = (const struct mail_part[]){MAIL_TEXT(text), MAIL_HEADING("Our answer"),
                                                MAIL_TEXT(decision->answer), MAIL_END}});
}

enum status pledge_mail_not_made(struct ctx *ctx, const struct pledge_file *file)
{
    return send_parties(
        ctx, file,
        &(const struct letter){
            .kind = "pledge.not_made",
            .subject = mem_format(ctx->mem, "The pledge of %s was withdrawn", file->row.name),
            .text = mem_format(ctx->mem,
                               "Somebody told us that the pledge %s was not made by %s. We looked "
                               "at it and found the same. It is withdrawn, and its page says: not "
                               "made by the organisation.",
                               file->row.reference, file->row.name),
            .more = "The organisation is free to sign a pledge of its own. If you think that we "
                    "are wrong, please contact the programme.",
            .button = "See the pledge",
            .href = mem_format(ctx->mem, "/verify/%s", file->row.code)});
}
