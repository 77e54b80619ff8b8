/* SPDX-License-Identifier: MIT */
/* member.c - giving and ending roles as a person, and what all of member/ shares. */
#include "programme/member/member.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/member/member_internal.h"

#include <inttypes.h>
#include <string.h>

const struct audit_kind member_audit_kinds[] = {
    {"member.looked", "Somebody looked at the roles and the address", true},
    {"member.people_listed", "The list of people and their roles was read", true},
    {"member.invitations_listed", "The list of invitations was read", true},
    {"member.claims_listed", "The list of requests to speak for an organisation was read", true},
    {"member.invited", "An invitation was sent", false},
    {"member.invited_again", "An invitation was sent again", false},
    {"member.invitation_ended", "An invitation ended", false},
    {"member.joined", "An invitation was accepted", false},
    {"member.claimed", "A claim on an organisation was made", false},
    {"member.claim_ended", "A claim on an organisation was decided or withdrawn", false},
    {"member.domain_added", "A mail domain was added", false},
    {"member.domain_removed", "A mail domain was removed", false},
    {"member.left", "Left an organisation or area", false},
    {"member.handed_over", "Took over what waited for somebody who left", false},
    {0},
};

bool member_is_of_one(const char *role)
{
    const struct access_role *found = access_role_of(role);
    return found != NULL && found->levels == 1u << ACCESS_ORGANISATION;
}

enum status member_note(struct ctx *ctx, const struct member_deed *deed)
{
    return audit_note(ctx, &(const struct audit_deed){.what = deed->what,
                                                      .organisation = deed->area,
                                                      .subject = deed->subject,
                                                      .thing = deed->thing,
                                                      .after = deed->after});
}

enum status member_note_look(struct ctx *ctx, struct person_id person, const char *area)
{
    if (ctx->person.n == person.n)
        return OK; /* at the own record */
    return member_note(ctx, &(const struct member_deed){"member.looked", area, person});
}

enum status member_mail(struct ctx *ctx, const struct member_letter *letter)
{
    struct mail_part parts[8];
    size_t count = 0;
    for (size_t i = 0; i < 4 && letter->text[i] != NULL; i++)
        parts[count++] = (struct mail_part)MAIL_TEXT(letter->text[i]);
    if (letter->button != NULL)
        parts[count++] = (struct mail_part)MAIL_BUTTON(letter->button, letter->href);
    parts[count] = (struct mail_part)MAIL_END;
    return mail_put(ctx, &(const struct mail){.kind = letter->kind,
                                              .key = letter->key,
                                              .about = letter->about,
                                              .to_address = letter->to_address,
                                              .to_name = letter->to_name,
                                              .subject = letter->subject,
                                              .expires_at = letter->expires_at,
                                              .parts = parts});
}

enum status member_grant_as(struct ctx *ctx, struct person_id giver,
                            const struct access_new *wanted, struct access_person *out)
{
    struct person_id asker = ctx->person;
    const char *role = ctx->role;
    ctx->person = giver;
    ctx->role = giver.n == asker.n ? role : NULL;
    enum status status = access_person_add(ctx, wanted, out, NULL);
    ctx->person = asker;
    ctx->role = role;
    return status;
}

/* ---- offers ---- */

enum status member_until(struct ctx *ctx, const char *last_on, const char **out)
{
    *out = "";
    if (last_on[0] == '\0')
        return OK;
    return time_day_add(ctx->mem, last_on, (struct time_step){.days = 1}, out);
}

static void check_days(struct ctx *ctx, const struct member_offer *offer,
                       struct form_problems *problems)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    const char *first = offer->from_on[0] != '\0' ? offer->from_on : today;
    if (!time_day_is_valid(first) || strcmp(first, today) < 0)
        form_wrong(problems, "from_on", "The first day must be today or later");
    if (offer->last_on[0] != '\0' &&
        (!time_day_is_valid(offer->last_on) || strcmp(offer->last_on, first) < 0))
        form_wrong(problems, "last_on", "The last day must be the first day or later");
}

enum status member_check_offer(struct ctx *ctx, const struct member_offer *offer,
                               struct form_problems *problems)
{
    struct access_granted granted;
    size_t before = problems->count;
    const struct access_post post = {offer->role, offer->area};
    check_days(ctx, offer, problems);
    enum status status = access_check_give(ctx, &post, &granted);
    if (status == ERR_INVALID) {
        ctx->fault = NULL;
        form_wrong(problems, "role",
                   "This role cannot be given there. Choose another role or area");
    } else if (status == ERR_FORBIDDEN) {
        return ctx_fail(ctx, ERR_FORBIDDEN, "the role \"%s\" in \"%s\" is not theirs to give",
                        offer->role, offer->area);
    } else {
        TRY(status);
    }
    if (problems->count > before)
        return ctx_fail(ctx, ERR_INVALID, "the offer of a role has problems");
    return OK;
}

/* ---- giving ---- */

struct giving {
    struct person_id to;
    const struct member_offer *offer;
    const char *until_on;
};

static enum status tell_given(struct ctx *ctx, const struct access_person *person,
                              const struct member_offer *offer)
{
    struct access_area area;
    TRY(access_area_find(ctx, offer->area, &area));
    const char *post = access_post_text(ctx->mem, offer->role, area.name);
    return member_mail(
        ctx, &(const struct member_letter){
                 .kind = "member.given",
                 .key = mem_format(ctx->mem, "member/given/%" PRId64 "/%s/%s/%" PRId64,
                                   person->id.n, offer->role, offer->area, ctx->now_secs),
                 .to_address = person->email,
                 .to_name = person->name,
                 .subject = "You have a new role",
                 .text = {mem_format(ctx->mem, "You now have the role %s.", post),
                          "If this is not right, tell whoever gave it to you, or leave the role on "
                          "your account page."},
                 .button = "See your roles",
                 .href = "/account/roles"});
}

static enum status give_once(struct ctx *ctx, void *arg)
{
    const struct giving *giving = arg;
    struct access_person person;
    bool has_changed;
    TRY(access_person_get(ctx, giving->to, &person));
    if (person.closed_at != 0)
        return ERR_NOT_FOUND;
    const struct access_new wanted = {
        .email = person.email,
        .role = giving->offer->role,
        .area = giving->offer->area,
        .from_on = giving->offer->from_on[0] != '\0' ? giving->offer->from_on : NULL,
        .until_on = giving->until_on[0] != '\0' ? giving->until_on : NULL};
    TRY(access_person_add(ctx, &wanted, &person, &has_changed));
    return has_changed ? tell_given(ctx, &person, giving->offer) : OK;
}

enum status member_give(struct ctx *ctx, struct person_id to, const struct member_offer *offer,
                        struct form_problems *problems)
{
    struct giving giving = {.to = to, .offer = offer};
    if (to.n == ctx->person.n) {
        form_wrong(problems, "role", "You cannot give a role to yourself. Ask somebody else");
        return ctx_fail(ctx, ERR_INVALID, "nobody gives a role to themselves");
    }
    TRY(member_check_offer(ctx, offer, problems));
    TRY(member_until(ctx, offer->last_on, &giving.until_on));
    return store_transact(ctx, "member_give", give_once, &giving);
}

/* ---- ending ---- */

struct ending {
    struct person_id person;
    int64_t grant_id;
};

static bool has_ended(struct ctx *ctx, const struct access_grant *grant)
{
    return grant->until_on[0] != '\0' &&
           strcmp(grant->until_on, time_day_of(ctx->mem, ctx->now_secs)) <= 0;
}

static enum status end_once(struct ctx *ctx, void *arg)
{
    const struct ending *ending = arg;
    struct person_id holder;
    struct access_grant grant;
    struct member_leaving leaving;
    TRY(access_grant_get(ctx, ending->grant_id, &holder, &grant));
    if (holder.n != ending->person.n || has_ended(ctx, &grant))
        return ERR_NOT_FOUND;
    TRY(member_leave_look(ctx, holder, grant.id, &leaving));
    if (leaving.role_count == 1 || leaving.last == grant.role)
        return ctx_fail(ctx, ERR_CONFLICT, "a last role ends by leaving");
    return access_grant_stop(ctx, grant.id);
}

enum status member_end(struct ctx *ctx, struct person_id person, int64_t grant_id)
{
    struct ending ending = {person, grant_id};
    struct person_id holder;
    struct access_grant grant;
    struct access_granted granted;
    TRY(access_grant_get(ctx, grant_id, &holder, &grant));
    const struct access_post post = {grant.role->code, grant.area};
    enum status status = access_check_give(ctx, &post, &granted);
    if (status != OK)
        return status == ERR_INVALID ? ERR_FORBIDDEN : status;
    return store_transact(ctx, "member_end", end_once, &ending);
}
