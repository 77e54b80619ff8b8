/* SPDX-License-Identifier: MIT */
/*
 * member_invite.c - invitations by mail.
 *
 * Nothing here asks whether the address has an account before it is accepted, so neither rows nor
 * mails nor timing tell the inviter.  The link proves the address and begins no session: one that
 * was forwarded gives the role to the account of the address, and to nobody else.
 */
#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/member/member_internal.h"

#include <string.h>

static const char *const states[] = {
    [MEMBER_OPEN] = "open",         [MEMBER_ACCEPTED] = "accepted",
    [MEMBER_DECLINED] = "declined", [MEMBER_WITHDRAWN] = "withdrawn",
    [MEMBER_OVER] = "over",
};

/* ---- inviting ---- */

struct inviting {
    const char *email, *email_key;
    const struct member_offer *offer;
    const char *until_on;
    const char *reference;
    bool are_too_many;
};

static enum status mail_link(struct ctx *ctx, const struct inviting *inviting,
                             const struct access_area *area, const char *token)
{
    const struct access_role *role = access_role_of(inviting->offer->role);
    return member_mail(
        ctx,
        &(const struct member_letter){
            .kind = "member.invitation",
            .key = mem_format(ctx->mem, "member/invitation/%.16s", hash_token(ctx->mem, token)),
            .about = inviting->reference,
            .to_address = inviting->email,
            .subject = mem_format(ctx->mem, "You are invited: %s",
                                  access_post_text(ctx->mem, role->code, area->name)),
            .text = {mem_format(ctx->mem,
                                "Somebody who works with you invites you to be %s. A person "
                                "in this role %s.",
                                access_post_text(ctx->mem, role->code, area->name), role->summary),
                     "The page says who invites you. Nothing happens until you press the "
                     "button there.",
                     "The link works for 14 days and is meant for you alone. If this is not "
                     "for you, say so on the same page."},
            .button = "Read the invitation",
            .href = mem_format(ctx->mem, "/invitations/%s", token),
            .expires_at = ctx->now_secs + MEMBER_INVITATION_SECS});
}

static enum status add_new(struct ctx *ctx, struct inviting *inviting,
                           const struct access_area *area, const char *token)
{
    int64_t changes;
    const struct member_offer *offer = inviting->offer;
    inviting->reference = id_reference_new(ctx->mem, "IN");
    TRY(member_invitation_add(ctx, area->organisation_id, id_new(ctx), inviting->reference,
                              hash_token(ctx->mem, token), inviting->email, inviting->email_key,
                              offer->role, area->code, area->name, offer->from_on,
                              inviting->until_on, ctx->person.n, ctx->now_secs,
                              ctx->now_secs + MEMBER_INVITATION_SECS, &changes));
    if (changes == 0)
        return ctx_fail(ctx, ERR_BUSY, "the same invitation was sent at the same time");
    TRY(member_note(ctx, &(const struct member_deed){
                             .what = "member.invited",
                             .area = area->code,
                             .thing = inviting->reference,
                             .after = access_post_text(ctx->mem, offer->role, area->name)}));
    return mail_link(ctx, inviting, area, token);
}

/* Runs inside a transaction, perhaps more than once. */
static enum status invite_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    struct inviting *inviting = arg;
    const struct member_offer *offer = inviting->offer;
    struct access_area area;
    struct member_invitation_open_of_row open;
    struct member_invitations_count_row mine;
    const char *token = random_token(ctx->mem);
    TRY(access_area_find(ctx, offer->area, &area));
    TRY(member_invitations_count(ctx, ctx->person.n, &mine));
    inviting->are_too_many = mine.invitations >= MEMBER_INVITATIONS_MAX;
    enum status status =
        member_invitation_open_of(ctx, inviting->email_key, offer->role, offer->area, &open);
    if (status == ERR_NOT_FOUND && inviting->are_too_many)
        return OK;
    if (status == ERR_NOT_FOUND)
        return add_new(ctx, inviting, &area, token);
    TRY(status);
    inviting->are_too_many = false;
    inviting->reference = open.reference;
    if (open.sent_count >= MEMBER_SENDS_MAX)
        return OK; /* looks the same; the last link still works */
    TRY(member_invitation_renew(ctx, open.id, open.organisation_id, hash_token(ctx->mem, token),
                                offer->from_on, inviting->until_on, ctx->person.n,
                                ctx->now_secs + MEMBER_INVITATION_SECS, &changes));
    TRY(member_note(ctx, &(const struct member_deed){.what = "member.invited_again",
                                                     .area = area.code,
                                                     .thing = inviting->reference}));
    return mail_link(ctx, inviting, &area, token);
}

static enum status check_address(struct ctx *ctx, const struct inviting *inviting,
                                 struct form_problems *problems)
{
    struct access_person asker;
    if (!text_is_email(inviting->email)) {
        form_wrong(problems, "email", "Enter an email address, like name@example.org");
        return OK;
    }
    TRY(access_person_get(ctx, ctx->person, &asker));
    if (strcmp(text_email_key(ctx->mem, asker.email), inviting->email_key) == 0)
        form_wrong(problems, "email", "You cannot invite yourself. Ask somebody else");
    return OK;
}

enum status member_invite(struct ctx *ctx, const char *email, const struct member_offer *offer,
                          struct form_problems *problems, const char **reference_out)
{
    struct inviting inviting = {
        .email = email, .email_key = text_email_key(ctx->mem, email), .offer = offer};
    if (ctx->person.n == 0)
        return ctx_fail(ctx, ERR_FORBIDDEN, "inviting needs a signed-in person");
    TRY(check_address(ctx, &inviting, problems));
    TRY(member_check_offer(ctx, offer, problems));
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the invitation has problems");
    TRY(member_until(ctx, offer->last_on, &inviting.until_on));
    TRY(store_transact(ctx, "member_invite", invite_once, &inviting));
    if (inviting.are_too_many) {
        form_wrong(problems, "email",
                   "You have 200 invitations without an answer. Take some back first");
        return ctx_fail(ctx, ERR_INVALID, "too many invitations are open");
    }
    *reference_out = inviting.reference;
    return OK;
}

/* ---- reading ---- */

static enum member_invitation_state state_of(const char *code)
{
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (strcmp(states[i], code) == 0)
            return (enum member_invitation_state)i;
    return MEMBER_OVER;
}

static enum status fill(struct ctx *ctx, const struct member_invitation_by_reference_row *row,
                        struct member_invitation *out)
{
    *out = (struct member_invitation){.reference = row->reference,
                                      .email = row->email,
                                      .role = access_role_of(row->role),
                                      .area = row->area,
                                      .area_name = row->area_name,
                                      .from_on = row->from_on,
                                      .until_on = row->until_on,
                                      .expires_at = row->expires_at,
                                      .can_be_sent = row->sent_count < MEMBER_SENDS_MAX,
                                      .invited_by = {row->invited_by},
                                      .state = state_of(row->state)};
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    bool is_past = row->expires_at <= ctx->now_secs ||
                   (row->until_on[0] != '\0' && strcmp(row->until_on, today) <= 0);
    if (out->state == MEMBER_OPEN && is_past)
        out->state = MEMBER_OVER;
    return out->role != NULL ? OK : ERR_NOT_FOUND;
}

/* The row behind a link. */
static enum status find_by_token(struct ctx *ctx, const char *token,
                                 struct member_invitation_by_reference_row *out)
{
    struct member_invitation_by_token_row row;
    TRY(member_invitation_by_token(ctx, hash_token(ctx->mem, token), &row));
    return member_invitation_by_reference(ctx, row.reference, out);
}

enum status member_invitation_open(struct ctx *ctx, const char *token,
                                   struct member_invitation *out)
{
    struct member_invitation_by_reference_row row;
    TRY(find_by_token(ctx, token, &row));
    return fill(ctx, &row, out);
}

enum status member_invitation_find(struct ctx *ctx, const char *reference,
                                   struct member_invitation *out)
{
    struct member_invitation_by_reference_row row;
    TRY(member_invitation_by_reference(ctx, reference, &row));
    return fill(ctx, &row, out);
}

/* ---- accepting ---- */

struct accepting {
    const char *token, *reference; /* one of them */
    const char *name;
};

static enum status is_for_asker(struct ctx *ctx, const char *email_key, bool must_be_signed_in)
{
    struct access_person asker;
    if (ctx->person.n == 0)
        return must_be_signed_in ? ERR_FORBIDDEN : OK;
    TRY(access_person_get(ctx, ctx->person, &asker));
    if (strcmp(text_email_key(ctx->mem, asker.email), email_key) != 0)
        return ctx_fail(ctx, ERR_FORBIDDEN, "the invitation is for another address");
    return OK;
}

static enum status end(struct ctx *ctx, const struct member_invitation_by_reference_row *row,
                       enum member_invitation_state state, struct person_id subject)
{
    int64_t changes;
    TRY(member_invitation_end(ctx, row->organisation_id, row->id, states[state], ctx->now_secs,
                              &changes));
    if (changes == 0)
        return ctx_fail(ctx, ERR_CONFLICT, "the invitation has ended");
    return member_note(ctx, &(const struct member_deed){.what = state == MEMBER_ACCEPTED
                                                                    ? "member.joined"
                                                                    : "member.invitation_ended",
                                                        .area = row->area,
                                                        .subject = subject,
                                                        .thing = row->reference,
                                                        .after = states[state]});
}

/* The role, from the later of today and the day that was offered. */
static enum status give(struct ctx *ctx, const struct member_invitation_by_reference_row *row,
                        const char *name, struct access_person *person)
{
    enum status status = access_person_find(ctx, row->email, person);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    const struct access_new wanted = {
        .email = row->email,
        .name = status == ERR_NOT_FOUND && name[0] != '\0' ? name : NULL,
        .role = row->role,
        .area = row->area,
        .from_on = strcmp(row->from_on, today) > 0 ? row->from_on : NULL,
        .until_on = row->until_on[0] != '\0' ? row->until_on : NULL};
    status = member_grant_as(ctx, (struct person_id){row->invited_by}, &wanted, person);
    if (status == ERR_INVALID) /* the organisation has closed, or the name is none */
        return ERR_CONFLICT;
    return status;
}

static enum status accept_once(struct ctx *ctx, void *arg)
{
    const struct accepting *accepting = arg;
    struct member_invitation_by_reference_row row;
    struct member_invitation invitation;
    struct access_person person;
    if (accepting->token != NULL)
        TRY(find_by_token(ctx, accepting->token, &row));
    else
        TRY(member_invitation_by_reference(ctx, accepting->reference, &row));
    TRY(fill(ctx, &row, &invitation));
    enum status status = is_for_asker(ctx, row.email_key, accepting->token == NULL);
    if (status == ERR_FORBIDDEN && accepting->token == NULL)
        return ERR_NOT_FOUND; /* somebody else's does not exist */
    TRY(status);
    if (invitation.state != MEMBER_OPEN)
        return ctx_fail(ctx, ERR_CONFLICT, "the invitation has ended");
    TRY(give(ctx, &row, accepting->name, &person));
    return end(ctx, &row, MEMBER_ACCEPTED, person.id);
}

enum status member_invitation_accept_by(struct ctx *ctx, const char *token, const char *name)
{
    struct accepting accepting = {.token = token, .name = name};
    return store_transact(ctx, "member_invitation_accept", accept_once, &accepting);
}

enum status member_invitation_accept_own(struct ctx *ctx, const char *reference)
{
    struct accepting accepting = {.reference = reference, .name = ""};
    return store_transact(ctx, "member_invitation_accept", accept_once, &accepting);
}

/* ---- saying no ---- */

static enum status decline_once(struct ctx *ctx, void *arg)
{
    struct member_invitation_by_reference_row row;
    TRY(find_by_token(ctx, arg, &row));
    if (strcmp(row.state, states[MEMBER_DECLINED]) == 0)
        return OK;
    return end(ctx, &row, MEMBER_DECLINED, (struct person_id){0});
}

enum status member_invitation_decline(struct ctx *ctx, const char *token)
{
    return store_transact(ctx, "member_invitation_decline", decline_once,
                          mem_text(ctx->mem, token));
}

/* ---- sending again, and taking back ---- */

/* The row of an invitation that the one who asks could have sent. */
static enum status find_own(struct ctx *ctx, const char *reference,
                            struct member_invitation_by_reference_row *out)
{
    struct access_granted granted;
    TRY(member_invitation_by_reference(ctx, reference, out));
    const struct access_post post = {out->role, out->area};
    return access_check_give(ctx, &post, &granted);
}

static enum status again_once(struct ctx *ctx, void *arg)
{
    struct member_invitation invitation;
    struct member_invitation_by_reference_row row;
    TRY(find_own(ctx, arg, &row));
    row.expires_at = ctx->now_secs + MEMBER_INVITATION_SECS;
    TRY(fill(ctx, &row, &invitation));
    if (invitation.state != MEMBER_OPEN || !invitation.can_be_sent)
        return ctx_fail(ctx, ERR_CONFLICT, "the invitation has ended, or was sent too often");
    const struct member_offer offer = {row.role, row.area, row.from_on, ""};
    struct inviting inviting = {
        .email = row.email, .email_key = row.email_key, .offer = &offer, .until_on = row.until_on};
    return invite_once(ctx, &inviting);
}

enum status member_invitation_send_again(struct ctx *ctx, const char *reference)
{
    return store_transact(ctx, "member_invitation_send_again", again_once,
                          mem_text(ctx->mem, reference));
}

static enum status withdraw_once(struct ctx *ctx, void *arg)
{
    struct member_invitation_by_reference_row row;
    TRY(find_own(ctx, arg, &row));
    return end(ctx, &row, MEMBER_WITHDRAWN, (struct person_id){0});
}

enum status member_invitation_withdraw(struct ctx *ctx, const char *reference)
{
    return store_transact(ctx, "member_invitation_withdraw", withdraw_once,
                          mem_text(ctx->mem, reference));
}

enum status member_invitations_end_of(struct ctx *ctx, struct person_id person, int64_t *ended_out)
{
    size_t count = MEMBER_ROWS_MAX;
    *ended_out = 0;
    while (count == MEMBER_ROWS_MAX) {
        struct member_invitations_by_row *rows;
        TRY(member_invitations_by(ctx, person.n, "", time_day_of(ctx->mem, ctx->now_secs),
                                  MEMBER_ROWS_MAX, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            struct member_invitation_by_reference_row row;
            TRY(member_invitation_by_reference(ctx, rows[i].reference, &row));
            TRY(end(ctx, &row, MEMBER_WITHDRAWN, (struct person_id){0}));
        }
        *ended_out += (int64_t)count;
    }
    return OK;
}
