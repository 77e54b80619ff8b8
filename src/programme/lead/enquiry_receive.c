/* SPDX-License-Identifier: MIT */
/*
 * enquiry_receive.c - answers by mail.
 *
 * The token says which question and which side; the address that the mail is from must be that
 * side's.  What is from another address is kept apart and told to who answers.  What no person
 * wrote is noted in a word, so that an out-of-office note is no answer, and nothing is sent back.
 */
#include "programme/lead/enquiry_internal.h"

#include "platform/base/hash.h"
#include "platform/base/text.h"
#include "platform/store/store.h"

#include <string.h>

struct arriving {
    const struct mail_received *mail;
    const char *reference;
    enum enquiry_side side;
};

static enum status find_side(struct ctx *ctx, const char *token, struct arriving *arriving)
{
    struct lead_enquiry_by_asker_row asker;
    struct lead_enquiry_by_holder_token_row holder;
    const char *hash = hash_token(ctx->mem, token);
    enum status status = lead_enquiry_by_asker(ctx, hash, &asker);
    if (status == OK) {
        arriving->reference = asker.reference;
        arriving->side = ENQUIRY_ASKER;
        return OK;
    }
    if (status != ERR_NOT_FOUND)
        return status;
    ctx->fault = NULL;
    TRY(lead_enquiry_by_holder_token(ctx, hash, &holder));
    arriving->reference = holder.reference;
    arriving->side = ENQUIRY_HOLDER;
    return OK;
}

/* Whether the mail is from the address of its side. */
static enum status is_own(struct ctx *ctx, const struct enquiry *enquiry,
                          const struct arriving *arriving, struct access_person *person_out,
                          bool *out)
{
    const char *wanted = enquiry->email;
    *person_out = (struct access_person){.name = enquiry->name};
    if (arriving->side == ENQUIRY_HOLDER) {
        if (enquiry->holder.n == 0) {
            *out = false;
            return OK;
        }
        TRY(access_person_get(ctx, enquiry->holder, person_out));
        wanted = person_out->closed_at == 0 ? person_out->email : "";
    }
    *out = wanted[0] != '\0' && strcmp(text_email_key(ctx->mem, wanted),
                                       text_email_key(ctx->mem, arriving->mail->from)) == 0;
    if (*out && arriving->side == ENQUIRY_HOLDER) {
        enum status status = lead_can_answer(ctx, person_out->id, enquiry->area);
        if (status != ERR_FORBIDDEN)
            return status;
        ctx->fault = NULL;
        *out = false;
    }
    return OK;
}

static enum status keep_apart(struct ctx *ctx, const struct enquiry *enquiry,
                              const struct mail_received *mail)
{
    struct enquiry now;
    TRY(enquiry_check_room(ctx, enquiry, "apart"));
    const char *from = text_email_key(ctx->mem, mail->from); /* whose own data it is */
    TRY(enquiry_add_event(ctx, enquiry,
                          &(const struct enquiry_happening){.kind = "apart",
                                                            .text = mail->answer,
                                                            .whole = mail->text,
                                                            .sender = from,
                                                            .digest = mail->digest}));
    TRY(enquiry_find(ctx, enquiry->reference, &now));
    return enquiry_mail_holder(ctx, &now, ENQUIRY_HAS_STRAY);
}

static enum status post(struct ctx *ctx, const struct enquiry *enquiry,
                        const struct arriving *arriving, const struct access_person *person)
{
    const struct mail_received *mail = arriving->mail;
    struct enquiry_happening happening = {
        .kind = arriving->side == ENQUIRY_ASKER ? "more" : "answered",
        .by_whom = person->name,
        .person = person->id,
        .text = text_cut(ctx->mem, mail->answer, ENQUIRY_CHARS_MAX),
        .whole = mail->text,
        .digest = mail->digest};
    if (happening.text[0] == '\0')
        return ctx_fail(ctx, ERR_INVALID, "a mail about \"%s\" says nothing", enquiry->reference);
    if (arriving->side == ENQUIRY_ASKER)
        return enquiry_add_more(ctx, enquiry, &happening);
    struct person_id before = ctx->person;
    ctx->person = person->id;
    enum status status = enquiry_add_answer(ctx, enquiry, &happening);
    ctx->person = before;
    return status;
}

static enum status take_once(struct ctx *ctx, void *arg)
{
    struct arriving *arriving = arg;
    const struct mail_received *mail = arriving->mail;
    struct enquiry enquiry;
    struct access_person person;
    struct lead_enquiry_event_of_mail_row known;
    bool own;
    TRY(find_side(ctx, mail->token, arriving));
    TRY(enquiry_find(ctx, arriving->reference, &enquiry));
    enum status status = lead_enquiry_event_of_mail(ctx, enquiry.id, mail->digest, &known);
    if (status == OK)
        return OK; /* the same mail, handed over twice */
    if (status != ERR_NOT_FOUND)
        return status;
    ctx->fault = NULL;
    if (strcmp(enquiry.state, "unconfirmed") == 0)
        return ctx_fail(ctx, ERR_CONFLICT, "\"%s\" is not confirmed", enquiry.reference);
    if (mail->is_automatic) {
        TRY(enquiry_check_room(ctx, &enquiry, "automatic"));
        return enquiry_add_event(
            ctx, &enquiry,
            &(const struct enquiry_happening){.kind = "automatic", .digest = mail->digest});
    }
    TRY(is_own(ctx, &enquiry, arriving, &person, &own));
    return own ? post(ctx, &enquiry, arriving, &person) : keep_apart(ctx, &enquiry, mail);
}

static enum status take(struct ctx *ctx, const struct mail_received *mail)
{
    struct arriving arriving = {.mail = mail};
    return store_transact(ctx, "enquiry_receive", take_once, &arriving);
}

const struct mail_receiver enquiry_mail_receivers[] = {{"enquiry", take}, {0}};
