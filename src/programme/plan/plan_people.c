/* SPDX-License-Identifier: MIT */
/*
 * plan_people.c - who works on a plan: those who sign for the pledge, and whom they ask.
 *
 * A link to join makes an account without a role for its address, so that whoever has the mailbox
 * can sign in; that they may work on the plan follows from the address that they are signed in
 * with.  A party works on it as long as it signs for its side; its link is only a way in.
 */
#include "programme/plan/plan_internal.h"

#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/plan/plan.sql.h"

#include <string.h>

static bool counts(struct ctx *ctx, const struct plan_members_row *row)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    return row->ended_at == NULL && (row->last_on[0] == '\0' || strcmp(row->last_on, today) >= 0);
}

/* ---- who is there ---- */

enum status plan_seat_of(struct ctx *ctx, const struct pledge *pledge, enum plan_seat *out)
{
    struct access_person asker;
    struct pledge_parties parties;
    struct plan_members_row *rows;
    size_t count;
    *out = PLAN_STRANGER;
    if (ctx->person.n == 0)
        return OK;
    TRY(access_person_get(ctx, ctx->person, &asker));
    const char *key = text_email_key(ctx->mem, asker.email);
    TRY(pledge_parties(ctx, pledge->reference, &parties));
    if (pledge_side_of(&parties, key) != NULL) {
        *out = PLAN_PARTY;
        return OK;
    }
    TRY(plan_members(ctx, pledge->organisation_id, pledge->id, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].kind, "guest") == 0 && strcmp(rows[i].email_key, key) == 0 &&
            rows[i].joined_at != NULL && counts(ctx, &rows[i]))
            *out = PLAN_GUEST;
    return OK;
}

enum status plan_is_known(struct ctx *ctx, const struct pledge *pledge, const char *email_key,
                          bool *out)
{
    struct pledge_parties parties;
    struct plan_members_row *rows;
    size_t count;
    TRY(pledge_parties(ctx, pledge->reference, &parties));
    *out = pledge_side_of(&parties, email_key) != NULL;
    TRY(plan_members(ctx, pledge->organisation_id, pledge->id, &rows, &count));
    for (size_t i = 0; i < count; i++)
        *out = *out || (strcmp(rows[i].kind, "guest") == 0 &&
                        strcmp(rows[i].email_key, email_key) == 0 && counts(ctx, &rows[i]) &&
                        (rows[i].joined_at != NULL || rows[i].expires_at > ctx->now_secs));
    return OK;
}

enum status plan_member_list(struct ctx *ctx, const struct pledge *pledge, struct plan_member **out,
                             size_t *count_out)
{
    struct plan_members_row *rows;
    size_t count, n = 0;
    TRY(plan_members(ctx, pledge->organisation_id, pledge->id, &rows, &count));
    struct plan_member *members = mem_array(ctx->mem, struct plan_member, count);
    for (size_t i = count; i-- > 0;)
        if (strcmp(rows[i].kind, "guest") == 0 && rows[i].email[0] != '\0')
            members[n++] = (struct plan_member){
                .number = rows[i].number,
                .name = rows[i].name,
                .email = rows[i].email,
                .last_on = rows[i].last_on,
                .invited_at = rows[i].invited_at,
                .joined_at = rows[i].joined_at != NULL ? *rows[i].joined_at : 0,
                .ended_at = rows[i].ended_at != NULL ? *rows[i].ended_at : 0,
                .counts = counts(ctx, &rows[i])};
    *out = members;
    *count_out = n;
    return OK;
}

/* ---- asking ---- */

static enum status mail_link(struct ctx *ctx, const struct pledge *pledge,
                             const struct plan_asking *asking, const char *token)
{
    bool is_party = strcmp(asking->kind, "party") == 0;
    const char *first =
        is_party ? mem_format(ctx->mem,
                              "The pledge of %s is on the public register. Its action plan is now "
                              "open, so that you can write down how each action goes.",
                              pledge->organisation_name)
                 : mem_format(ctx->mem,
                              "Somebody who works on the action plan of %s asks you to work on it "
                              "too: to write down how actions go, and what shows it.",
                              pledge->organisation_name);
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = is_party ? "plan_welcome" : "plan_invite",
            .key = mem_format(ctx->mem, "plan/%s/join/%.16s", pledge->reference,
                              hash_token(ctx->mem, token)),
            .about = pledge->reference,
            .to_address = asking->email,
            .to_name = asking->name,
            .subject = mem_format(ctx->mem, "The action plan of %s", pledge->organisation_name),
            .parts =
                (const struct mail_part[]){
                    MAIL_TEXT(first),
                    MAIL_TEXT("The page has a button. Press it, then sign in with this address."),
                    MAIL_BUTTON("Work on the action plan",
                                mem_format(ctx->mem, "/plans/join/%s", token)),
                    MAIL_TEXT("The link works for 30 days. If this is not for you, do nothing."),
                    MAIL_END},
            .expires_at = ctx->now_secs + PLAN_LINK_SECS});
}

enum status plan_member_ask(struct ctx *ctx, const struct pledge *pledge,
                            const struct plan_asking *asking)
{
    struct plan_members_row *rows;
    size_t count;
    const char *token = random_token(ctx->mem), *key = text_email_key(ctx->mem, asking->email);
    const char *hash = hash_token(ctx->mem, token);
    int64_t changes, until = ctx->now_secs + PLAN_LINK_SECS;
    TRY(plan_members(ctx, pledge->organisation_id, pledge->id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i].ended_at != NULL || strcmp(rows[i].kind, asking->kind) != 0 ||
            strcmp(rows[i].email_key, key) != 0)
            continue;
        if (rows[i].expires_at > until - TIME_HOUR_SECS &&
            strcmp(rows[i].last_on, asking->last_on) == 0)
            return OK; /* asked within the hour: that link works */
        TRY(plan_member_renew(ctx, pledge->organisation_id, pledge->id, rows[i].number, hash, until,
                              asking->last_on, NULL));
        return mail_link(ctx, pledge, asking, token);
    }
    TRY(plan_member_add(ctx, pledge->organisation_id, pledge->id, (int64_t)count + 1, asking->kind,
                        asking->name, asking->email, key, hash, ctx->person.n, ctx->now_secs, until,
                        asking->last_on, &changes));
    TRY(plan_wrote(ctx, changes));
    return mail_link(ctx, pledge, asking, token);
}

enum status plan_welcome(struct ctx *ctx, const struct pledge *pledge)
{
    struct pledge_parties parties;
    struct plan_members_row *rows;
    size_t count;
    TRY(pledge_parties(ctx, pledge->reference, &parties));
    TRY(plan_members(ctx, pledge->organisation_id, pledge->id, &rows, &count));
    for (size_t i = 0; i < parties.count; i++) {
        const struct pledge_party *party = &parties.party[i];
        bool was_asked = party->email[0] == '\0';
        for (size_t k = 0; k < count; k++)
            was_asked = was_asked || (strcmp(rows[k].kind, "party") == 0 &&
                                      strcmp(rows[k].email_key, party->email_key) == 0);
        if (!was_asked)
            TRY(plan_member_ask(
                ctx, pledge, &(const struct plan_asking){"party", party->name, party->email, ""}));
    }
    return OK;
}

struct inviting {
    const char *reference;
    const struct plan_invitation *invitation;
    struct form_problems *problems;
};

static enum status check_room(struct ctx *ctx, const struct pledge *pledge,
                              const struct plan_invitation *invitation,
                              struct form_problems *problems)
{
    struct pledge_parties parties;
    struct plan_members_row *rows;
    size_t count, open = 0;
    const char *key = text_email_key(ctx->mem, invitation->email);
    TRY(pledge_parties(ctx, pledge->reference, &parties));
    if (pledge_side_of(&parties, key) != NULL)
        form_wrong(problems, "email", "This person signs for the pledge, and works on it already");
    TRY(plan_members(ctx, pledge->organisation_id, pledge->id, &rows, &count));
    for (size_t i = 0; i < count; i++)
        open += strcmp(rows[i].kind, "guest") == 0 && strcmp(rows[i].email_key, key) != 0 &&
                        counts(ctx, &rows[i])
                    ? 1
                    : 0;
    if (open >= PLAN_MEMBERS_MAX)
        form_wrong(problems, "email", "50 people work on this plan. Take somebody off first");
    return OK;
}

static enum status invite_once(struct ctx *ctx, void *arg)
{
    const struct inviting *inviting = arg;
    const struct plan_invitation *it = inviting->invitation;
    struct pledge pledge;
    TRY(pledge_find(ctx, inviting->reference, PLEDGE_FOR_STAFF, &pledge));
    if (!pledge_stands(&pledge))
        return ctx_fail(ctx, ERR_CONFLICT, "pledge \"%s\" is not in force", pledge.reference);
    inviting->problems->count = 0;
    TRY(check_room(ctx, &pledge, it, inviting->problems));
    if (inviting->problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the invitation has problems");
    TRY(plan_member_ask(ctx, &pledge,
                        &(const struct plan_asking){"guest", it->name, it->email, it->last_on}));
    return plan_note(ctx, &pledge, "plan.invited", it->email);
}

enum status plan_invite(struct ctx *ctx, const char *reference,
                        const struct plan_invitation *invitation, struct form_problems *problems)
{
    struct inviting inviting = {reference, invitation, problems};
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    if (!text_is_email(invitation->email))
        form_wrong(problems, "email", "Enter an email address, like name@example.org");
    if (invitation->last_on[0] != '\0' && strcmp(invitation->last_on, today) < 0)
        form_wrong(problems, "last_on", "The last day must be today or later");
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the invitation has problems");
    return store_transact(ctx, "plan_invite", invite_once, &inviting);
}

/* ---- ending ---- */

struct ending {
    const struct pledge *pledge;
    int64_t number;
};

static enum status end_once(struct ctx *ctx, void *arg)
{
    const struct ending *ending = arg;
    const struct pledge *pledge = ending->pledge;
    struct plan_members_row *rows;
    size_t count;
    int64_t ended;
    TRY(plan_members(ctx, pledge->organisation_id, pledge->id, &rows, &count));
    if (ending->number < 1 || (size_t)ending->number > count ||
        strcmp(rows[ending->number - 1].kind, "guest") != 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "the plan has no such member");
    TRY(plan_member_stop(ctx, pledge->organisation_id, pledge->id, ending->number, ctx->now_secs,
                         &ended));
    return ended == 0 ? OK
                      : plan_note(ctx, pledge, "plan.member_ended", rows[ending->number - 1].email);
}

enum status plan_member_end(struct ctx *ctx, const struct pledge *pledge, int64_t number)
{
    struct ending ending = {pledge, number};
    return store_transact(ctx, "plan_member_end", end_once, &ending);
}

/* ---- joining ---- */

static enum status open_link(struct ctx *ctx, const char *token,
                             struct plan_member_by_token_row *row, struct plan_joining *out)
{
    TRY(plan_member_by_token(ctx, hash_token(ctx->mem, token), row));
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    bool is_past = row->last_on[0] != '\0' && strcmp(row->last_on, today) < 0;
    *out = (struct plan_joining){.reference = row->reference,
                                 .organisation_name = row->pledge_name,
                                 .email = row->email,
                                 .has_joined = row->joined_at != NULL,
                                 .is_over = row->ended_at != NULL || is_past ||
                                            row->expires_at <= ctx->now_secs};
    return OK;
}

enum status plan_link_open(struct ctx *ctx, const char *token, struct plan_joining *out)
{
    struct plan_member_by_token_row row;
    return open_link(ctx, token, &row, out);
}

struct joining {
    const char *token;
    struct plan_joining *out;
};

static enum status join_once(struct ctx *ctx, void *arg)
{
    const struct joining *joining = arg;
    struct plan_member_by_token_row row;
    struct access_person person;
    struct pledge pledge;
    int64_t joined;
    TRY(open_link(ctx, joining->token, &row, joining->out));
    if (joining->out->is_over)
        return ctx_fail(ctx, ERR_CONFLICT, "the link to the plan is over");
    TRY(plan_member_join(ctx, row.organisation_id, row.pledge_id, row.number, ctx->now_secs,
                         &joined));
    enum status status = access_person_find(ctx, row.email, &person);
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        const struct access_new wanted = {.email = row.email,
                                          .name = row.name[0] != '\0' ? row.name : NULL};
        status = access_person_add(ctx, &wanted, &person, NULL);
    }
    TRY(status);
    if (joined == 0)
        return OK;
    TRY(pledge_find(ctx, row.reference, PLEDGE_FOR_STAFF, &pledge));
    return plan_note(ctx, &pledge, "plan.joined", row.email);
}

enum status plan_link_join(struct ctx *ctx, const char *token, struct plan_joining *out)
{
    struct joining joining = {token, out};
    return store_transact(ctx, "plan_link_join", join_once, &joining);
}

/* ---- who leads an action ---- */

struct leading {
    const struct plan_place *place;
    const char *name, *email;
    struct form_problems *problems;
};

/* Who cannot work on the plan yet is asked to; by somebody who may. */
static enum status ask_lead(struct ctx *ctx, const struct pledge *pledge,
                            const struct leading *leading)
{
    enum plan_seat seat;
    bool is_known;
    TRY(plan_is_known(ctx, pledge, text_email_key(ctx->mem, leading->email), &is_known));
    if (is_known)
        return OK;
    TRY(plan_seat_of(ctx, pledge, &seat));
    if (seat == PLAN_GUEST) {
        form_wrong(leading->problems, "email",
                   "This person does not work on the plan yet. Ask somebody who signs the pledge "
                   "to invite them first");
        return ctx_fail(ctx, ERR_INVALID, "who was invited does not invite");
    }
    return plan_member_ask(ctx, pledge,
                           &(const struct plan_asking){"guest", leading->name, leading->email, ""});
}

static enum status lead_once(struct ctx *ctx, void *arg)
{
    const struct leading *leading = arg;
    struct pledge pledge;
    struct plan plan;
    int64_t changes;
    TRY(plan_open_live(ctx, leading->place, &pledge, &plan));
    const struct plan_action *action = plan_action_of(&plan, leading->place->action);
    if (action == NULL)
        return ctx_fail(ctx, ERR_NOT_FOUND, "the plan has no action %d",
                        (int)leading->place->action);
    if (strcmp(action->lead_email, leading->email) == 0 &&
        strcmp(action->lead_name, leading->name) == 0)
        return OK;
    const char *key = text_email_key(ctx->mem, leading->email);
    TRY(plan_lead_add(ctx, pledge.organisation_id, pledge.id, plan.period, action->number,
                      action->lead_number + 1, leading->name, leading->email, key, ctx->now_secs,
                      &changes));
    TRY(plan_wrote(ctx, changes));
    if (leading->email[0] != '\0')
        TRY(ask_lead(ctx, &pledge, leading));
    return plan_note(ctx, &pledge, "plan.lead_set",
                     mem_format(ctx->mem, "action %d of period %d: %s", (int)action->number,
                                (int)plan.period,
                                leading->email[0] != '\0' ? leading->email : "nobody"));
}

enum status plan_lead_set(struct ctx *ctx, const struct plan_place *place, const char *name,
                          const char *email, struct form_problems *problems)
{
    struct leading leading = {place, name, email, problems};
    if (email[0] != '\0' && !text_is_email(email))
        form_wrong(problems, "email", "Enter an email address, like name@example.org");
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the lead has problems");
    return store_transact(ctx, "plan_lead_set", lead_once, &leading);
}
