/* SPDX-License-Identifier: MIT */
/*
 * member_claim.c - "I work here and want to speak for it": sending, proving, deciding, withdrawing.
 *
 * Until the address is proven nobody sees the claim, so a stranger's address cannot be used to
 * trouble the leads of an organisation.  What a claimant typed is shown on pages and never mailed
 * to others.
 */
#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/directory/directory.h"
#include "programme/member/member_internal.h"

#include <string.h>

const char *const member_claim_roles[] = {"member", "coordinator", "lead", "union", "school", NULL};

/* What an address of the organisation's own domain is enough for. */
static const char plain_role[] = "member";

static bool can_be_claimed(const char *role)
{
    for (size_t i = 0; member_claim_roles[i] != NULL; i++)
        if (strcmp(member_claim_roles[i], role) == 0)
            return true;
    return false;
}

static enum status note(struct ctx *ctx, const struct member_claim_row_row *row, const char *what,
                        const char *after)
{
    struct person_id subject = {row->person_id != NULL ? *row->person_id : 0};
    return member_note(ctx, &(const struct member_deed){what, row->organisation_code, subject,
                                                        row->reference, after});
}

/* ---- proving ---- */

static enum status give_role(struct ctx *ctx, const struct member_claim_row_row *row,
                             const char *role, struct person_id giver)
{
    struct access_person person;
    const struct access_new wanted = {
        .email = row->email, .role = role, .area = row->organisation_code};
    enum status status = member_grant_as(ctx, giver, &wanted, &person);
    return status == ERR_INVALID ? ERR_CONFLICT : status; /* the organisation has closed */
}

static enum status find_account(struct ctx *ctx, const struct member_claim_row_row *row,
                                struct access_person *out)
{
    enum status status = access_person_find(ctx, row->email, out);
    if (status == OK && out->closed_at == 0)
        return OK;
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    const struct access_new wanted = {.email = row->email,
                                      .name = status == ERR_NOT_FOUND ? row->name : NULL};
    return member_grant_as(ctx, (struct person_id){0}, &wanted, out);
}

/* In a transaction: the address of an unproven claim is proven. */
static enum status prove(struct ctx *ctx, const char *reference)
{
    int64_t changes;
    bool is_domain;
    const char *due_on;
    struct access_person person;
    struct member_claim_row_row row;
    TRY(member_claim_row(ctx, reference, &row));
    TRY(find_account(ctx, &row, &person));
    TRY(member_domain_of(ctx, row.organisation_id, row.email_key, &is_domain));
    TRY(member_working_days_after(ctx->mem, time_day_of(ctx->mem, ctx->now_secs),
                                  MEMBER_DECIDE_WORKING_DAYS, &due_on));
    TRY(member_claim_prove(ctx, row.organisation_id, row.id, person.id.n, is_domain, due_on,
                           ctx->now_secs, &changes));
    TRY(member_claim_row(ctx, reference, &row));
    TRY(note(ctx, &row, "member.claimed", row.role));
    if (is_domain)
        TRY(give_role(ctx, &row, plain_role, (struct person_id){0}));
    if (is_domain && strcmp(row.role, plain_role) == 0) {
        TRY(member_claim_end(ctx, row.organisation_id, row.id, "confirmed", NULL, "", ctx->now_secs,
                             &changes));
        TRY(note(ctx, &row, "member.claim_ended", "confirmed"));
        return member_claim_tell_joined(ctx, &row);
    }
    return member_claim_tell(ctx, &row);
}

/* ---- sending ---- */

static enum status mail_proof(struct ctx *ctx, const struct member_claim_draft *draft,
                              const char *reference, const char *token)
{
    return member_mail(
        ctx, &(const struct member_letter){
                 .kind = "member.claim_proof",
                 .key = mem_format(ctx->mem, "member/claim/%s/proof/%.16s", reference,
                                   hash_token(ctx->mem, token)),
                 .about = reference,
                 .to_address = draft->email,
                 .subject = mem_format(ctx->mem, "Confirm that you work for %s",
                                       draft->organisation.label),
                 .text = {mem_format(ctx->mem,
                                     "Somebody gave this address to speak for %s here. If it was "
                                     "you, open the page and press the button there.",
                                     draft->organisation.label),
                          "The link works for 7 days. If it was not you, you do not need to do "
                          "anything: nothing happens without the button."},
                 .button = "Confirm my address",
                 .href = mem_format(ctx->mem, "/claims/%s", token),
                 .expires_at = ctx->now_secs + MEMBER_PROOF_SECS});
}

/* The one open claim of the address on the organisation, made now or before. */
static enum status keep(struct ctx *ctx, const struct member_claim_draft *draft,
                        const struct access_area *area, struct member_claim_open_of_row *out)
{
    int64_t changes;
    const char *token = random_token(ctx->mem), *hash = hash_token(ctx->mem, token);
    const char *email_key = text_email_key(ctx->mem, draft->email);
    int64_t expires_at = ctx->now_secs + MEMBER_PROOF_SECS;
    enum status status = member_claim_open_of(ctx, area->organisation_id, email_key, out);
    if (status == ERR_NOT_FOUND) {
        TRY(member_claim_add(ctx, area->organisation_id, id_new(ctx),
                             id_reference_new(ctx->mem, "CL"), area->code, area->name, area->board,
                             area->region, hash, expires_at, draft->email, email_key, draft->name,
                             draft->job_title, draft->about, draft->role, ctx->now_secs, &changes));
        TRY(member_claim_open_of(ctx, area->organisation_id, email_key, out));
        return mail_proof(ctx, draft, out->reference, token);
    }
    TRY(status);
    if (strcmp(out->state, "unproven") != 0 || out->sent_count >= MEMBER_SENDS_MAX)
        return OK;
    TRY(member_claim_renew(ctx, area->organisation_id, out->id, hash, expires_at, draft->name,
                           draft->job_title, draft->about, draft->role, &changes));
    return mail_proof(ctx, draft, out->reference, token);
}

static enum status check(struct ctx *ctx, const struct member_claim_draft *draft,
                         struct access_area *area, struct form_problems *problems)
{
    struct organisation it;
    struct member_claims_of_email_row today;
    TRY(directory_find(ctx, draft->organisation.key, &it));
    enum status status = access_area_find(ctx, it.code, area);
    if (!it.is_open || status == ERR_NOT_FOUND)
        form_wrong(problems, "organisation",
                   "This organisation has closed. Choose the one that took over from it");
    else if (status != OK)
        return status;
    else if (area->level == ACCESS_SITE)
        form_wrong(problems, "organisation",
                   "This is a site. Choose the organisation that it is a "
                   "part of");
    else if (area->level != ACCESS_ORGANISATION)
        form_wrong(problems, "organisation",
                   "For an integrated care board, ask your regional lead to invite you");
    if (!can_be_claimed(draft->role))
        form_wrong(problems, "role", "Choose a role from the list");
    TRY(member_claims_of_email(ctx, text_email_key(ctx->mem, draft->email), ctx->now_secs - 86400,
                               &today));
    if (today.claims >= MEMBER_CLAIMS_A_DAY)
        form_wrong(problems, "email", "Too many requests came from this address. Wait a day");
    return OK;
}

static enum status is_askers(struct ctx *ctx, const char *email, bool *out)
{
    struct access_person asker;
    *out = false;
    if (ctx->person.n == 0)
        return OK;
    TRY(access_person_get(ctx, ctx->person, &asker));
    *out = strcmp(text_email_key(ctx->mem, asker.email), text_email_key(ctx->mem, email)) == 0;
    return OK;
}

struct sending {
    const struct member_claim_draft *draft;
    struct access_area area;
    const char *reference;
};

static enum status send_once(struct ctx *ctx, void *arg)
{
    struct sending *sending = arg;
    bool is_own;
    struct member_claim_open_of_row open;
    TRY(keep(ctx, sending->draft, &sending->area, &open));
    sending->reference = open.reference;
    TRY(is_askers(ctx, sending->draft->email, &is_own));
    return is_own && strcmp(open.state, "unproven") == 0 ? prove(ctx, open.reference) : OK;
}

enum status member_claim_send(struct ctx *ctx, const struct member_claim_draft *draft,
                              struct form_problems *problems, const char **reference_out)
{
    struct sending sending = {.draft = draft};
    TRY(check(ctx, draft, &sending.area, problems));
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the claim has problems");
    TRY(store_transact(ctx, "member_claim_send", send_once, &sending));
    *reference_out = sending.reference;
    return OK;
}

/* ---- reading ---- */

static enum status fill(const struct member_claim_row_row *row, struct member_claim *out)
{
    *out = (struct member_claim){.reference = row->reference,
                                 .organisation_code = row->organisation_code,
                                 .organisation_name = row->organisation_name,
                                 .board = row->board,
                                 .region = row->region,
                                 .email = row->email,
                                 .name = row->name,
                                 .job_title = row->job_title,
                                 .about = row->about,
                                 .role = access_role_of(row->role),
                                 .state = row->state,
                                 .proven_at = row->proven_at != NULL ? *row->proven_at : 0,
                                 .person = {row->person_id != NULL ? *row->person_id : 0},
                                 .is_domain = row->is_domain != 0,
                                 .due_on = row->due_on,
                                 .reason = row->reason};
    return out->role != NULL ? OK : ERR_NOT_FOUND;
}

enum status member_claim_find(struct ctx *ctx, const char *reference, struct member_claim *out)
{
    struct member_claim_row_row row;
    TRY(member_claim_row(ctx, reference, &row));
    return fill(&row, out);
}

enum status member_claim_open(struct ctx *ctx, const char *token, struct member_claim *out)
{
    struct member_claim_by_token_row link;
    TRY(member_claim_by_token(ctx, hash_token(ctx->mem, token), &link));
    TRY(member_claim_find(ctx, link.reference, out));
    bool is_proven = out->proven_at != 0 && strcmp(link.state, "withdrawn") != 0;
    bool waits_for_proof =
        strcmp(link.state, "unproven") == 0 && link.token_expires_at > ctx->now_secs;
    if (!is_proven && !waits_for_proof)
        return ctx_fail(ctx, ERR_CONFLICT, "the claim has ended, or its link is too old");
    return OK;
}

static enum status prove_once(struct ctx *ctx, void *arg)
{
    struct member_claim claim;
    TRY(member_claim_open(ctx, arg, &claim));
    return claim.proven_at != 0 ? OK : prove(ctx, claim.reference);
}

enum status member_claim_prove_by(struct ctx *ctx, const char *token)
{
    return store_transact(ctx, "member_claim_prove", prove_once, mem_text(ctx->mem, token));
}

/* ---- deciding ---- */

struct deciding {
    const char *reference;
    const char *reason; /* NULL: vouches */
};

static enum status mail_decided(struct ctx *ctx, const struct member_claim_row_row *row,
                                const char *reason)
{
    const char *post = access_post_text(ctx->mem, row->role, row->organisation_name);
    return member_mail(
        ctx,
        &(const struct member_letter){
            .kind = "member.claim_decided",
            .key = mem_format(ctx->mem, "member/claim/%s/decided", row->reference),
            .about = row->reference,
            .to_address = row->email,
            .subject = mem_format(ctx->mem, "Your request to speak for %s", row->organisation_name),
            .text = {reason == NULL ? mem_format(ctx->mem, "You now have the role %s.", post)
                                    : mem_format(ctx->mem, "You did not get the role %s.", post),
                     reason, /* typed by who decides, to the one it is about */
                     reason == NULL ? NULL : "If this is not right, speak with your organisation."},
            .button = reason == NULL ? "See your roles" : "See your request",
            .href = reason == NULL ? "/account/roles" : "/account/claims"});
}

static enum status decide_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const struct deciding *deciding = arg;
    struct access_granted granted;
    struct member_claim_row_row row;
    bool is_refused = deciding->reason != NULL;
    TRY(member_claim_row(ctx, deciding->reference, &row));
    TRY(access_check_for(ctx, MAY_DECIDE_CLAIMS, row.organisation_code, &granted));
    if (row.person_id == NULL || *row.person_id == ctx->person.n)
        return ctx_fail(ctx, ERR_FORBIDDEN, "nobody decides on their own claim");
    if (strcmp(row.state, "waiting") != 0)
        return ctx_fail(ctx, ERR_CONFLICT, "the claim does not wait");
    TRY(member_claim_end(ctx, row.organisation_id, row.id, is_refused ? "refused" : "confirmed",
                         &ctx->person.n, is_refused ? deciding->reason : "", ctx->now_secs,
                         &changes));
    if (!is_refused)
        TRY(give_role(ctx, &row, row.role, ctx->person));
    TRY(note(ctx, &row, "member.claim_ended", is_refused ? "refused" : "confirmed"));
    return mail_decided(ctx, &row, deciding->reason);
}

enum status member_claim_confirm(struct ctx *ctx, const char *reference)
{
    struct deciding deciding = {reference, NULL};
    return store_transact(ctx, "member_claim_confirm", decide_once, &deciding);
}

enum status member_claim_refuse(struct ctx *ctx, const char *reference, const char *reason)
{
    struct deciding deciding = {reference, reason};
    return store_transact(ctx, "member_claim_refuse", decide_once, &deciding);
}

static enum status withdraw_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    struct member_claim_row_row row;
    TRY(member_claim_row(ctx, arg, &row));
    if (row.person_id == NULL || *row.person_id != ctx->person.n)
        return ERR_NOT_FOUND;
    TRY(member_claim_end(ctx, row.organisation_id, row.id, "withdrawn", NULL, "", ctx->now_secs,
                         &changes));
    if (changes == 0)
        return ctx_fail(ctx, ERR_CONFLICT, "the claim has ended");
    return note(ctx, &row, "member.claim_ended", "withdrawn");
}

enum status member_claim_withdraw(struct ctx *ctx, const char *reference)
{
    return store_transact(ctx, "member_claim_withdraw", withdraw_once,
                          mem_text(ctx->mem, reference));
}
