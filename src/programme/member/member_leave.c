/* SPDX-License-Identifier: MIT */
/*
 * member_leave.c - somebody leaves an organisation or area, and nothing that waited for them is
 * left hanging.
 *
 * What waits is asked of the tables of all capabilities (member_waitings).  The successor is a
 * colleague, or whoever answers for the area from further up.  An organisation's last lead, and the
 * last regional or national lead, cannot go without one.
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/member/member_internal.h"

#include <inttypes.h>
#include <string.h>

/* Roles of which an area must not lose the last holder unseen. */
static const char *const needed_roles[] = {"lead", "regional", "national", NULL};

/* ---- what it means ---- */

/* An organisation that has closed can still be left. */
static enum status find_area(struct ctx *ctx, const struct access_grant *grant,
                             struct access_area *out)
{
    enum status status = access_area_find(ctx, grant->area, out);
    if (status != ERR_NOT_FOUND)
        return status;
    *out = (struct access_area){
        .code = grant->area, .name = grant->area, .level = grant->level, .board = "", .region = ""};
    return OK;
}

static enum status read_roles(struct ctx *ctx, struct member_leaving *leaving)
{
    struct member_grants_in_row *rows;
    size_t count;
    TRY(member_grants_in(ctx, leaving->person.id.n, leaving->area.code,
                         time_day_of(ctx->mem, ctx->now_secs), ACCESS_GRANTS_MAX, &rows, &count));
    leaving->roles = mem_array(ctx->mem, const struct access_role *, count);
    leaving->grant_ids = mem_array(ctx->mem, int64_t, count);
    for (size_t i = 0; i < count; i++) {
        const struct access_role *role = access_role_of(rows[i].role);
        if (role == NULL)
            continue;
        leaving->grant_ids[leaving->role_count] = rows[i].id;
        leaving->roles[leaving->role_count++] = role;
    }
    return leaving->role_count > 0 ? OK : ERR_NOT_FOUND;
}

static enum status may_ask(struct ctx *ctx, const struct member_leaving *leaving)
{
    struct access_granted granted;
    if (ctx->person.n == leaving->person.id.n)
        return OK;
    for (size_t i = 0; i < leaving->role_count; i++) {
        const struct access_post post = {leaving->roles[i]->code, leaving->area.code};
        enum status status = access_check_give(ctx, &post, &granted);
        if (status != OK)
            return status == ERR_INVALID ? ERR_FORBIDDEN : status;
    }
    return OK;
}

static enum status find_last(struct ctx *ctx, struct member_leaving *leaving)
{
    for (size_t i = 0; i < leaving->role_count; i++)
        for (size_t k = 0; needed_roles[k] != NULL; k++) {
            struct access_holder *holders;
            size_t count;
            const struct access_post post = {leaving->roles[i]->code, leaving->area.code};
            if (strcmp(post.role, needed_roles[k]) != 0)
                continue;
            TRY(access_holders(ctx, &post, 2, &holders, &count));
            if (count == 1 && holders[0].person.n == leaving->person.id.n)
                leaving->last = leaving->roles[i];
        }
    return OK;
}

static enum status read_things(struct ctx *ctx, struct member_leaving *leaving)
{
    leaving->things = mem_array(ctx->mem, struct member_thing, MEMBER_ROWS_MAX);
    for (size_t t = 0; member_waitings[t] != NULL; t++)
        for (const struct member_waiting *w = member_waitings[t]; w->title != NULL; w++) {
            struct member_thing *found;
            size_t count;
            TRY(w->list(ctx, &leaving->person, &leaving->area, &found, &count));
            for (size_t i = 0; i < count && leaving->thing_count < MEMBER_ROWS_MAX; i++)
                leaving->things[leaving->thing_count++] = found[i];
        }
    return OK;
}

static void add_colleague(struct member_leaving *leaving, const struct member_colleague *one)
{
    bool is_there = one->person.n == leaving->person.id.n;
    for (size_t i = 0; i < leaving->colleague_count; i++)
        is_there = is_there || leaving->colleagues[i].person.n == one->person.n;
    if (!is_there && leaving->colleague_count < MEMBER_ROWS_MAX)
        leaving->colleagues[leaving->colleague_count++] = *one;
}

static enum status read_colleagues(struct ctx *ctx, struct member_leaving *leaving)
{
    static const char *const as[MEMBER_RUNGS] = {"a colleague", "local lead", "regional lead",
                                                 "national lead"};
    struct member_colleagues_row *rows;
    size_t count;
    leaving->colleagues = mem_array(ctx->mem, struct member_colleague, MEMBER_ROWS_MAX);
    TRY(member_colleagues(ctx, leaving->area.code, time_day_of(ctx->mem, ctx->now_secs),
                          leaving->person.id.n, MEMBER_ROWS_MAX / 2, &rows, &count));
    for (size_t i = 0; i < count; i++)
        add_colleague(leaving,
                      &(const struct member_colleague){{rows[i].id}, rows[i].name, as[0], true});
    for (enum member_rung rung = MEMBER_LOCAL; rung < MEMBER_RUNGS; rung++) {
        struct access_holder *holders;
        TRY(member_rung(ctx, &leaving->area, rung, &holders, &count));
        for (size_t i = 0; i < count; i++)
            add_colleague(leaving, &(const struct member_colleague){holders[i].person,
                                                                    holders[i].name, as[rung]});
    }
    return OK;
}

enum status member_leave_look(struct ctx *ctx, struct person_id person, int64_t grant_id,
                              struct member_leaving *out)
{
    struct person_id holder;
    struct access_grant grant;
    *out = (struct member_leaving){0};
    TRY(access_grant_get(ctx, grant_id, &holder, &grant));
    if (holder.n != person.n)
        return ERR_NOT_FOUND;
    TRY(access_person_get(ctx, person, &out->person));
    TRY(find_area(ctx, &grant, &out->area));
    TRY(read_roles(ctx, out));
    TRY(may_ask(ctx, out));
    TRY(find_last(ctx, out));
    TRY(read_things(ctx, out));
    out->needs_successor = out->last != NULL || out->thing_count > 0;
    return read_colleagues(ctx, out);
}

/* ---- doing it ---- */

static const struct member_colleague *colleague_of(const struct member_leaving *leaving,
                                                   struct person_id person)
{
    for (size_t i = 0; i < leaving->colleague_count; i++)
        if (leaving->colleagues[i].person.n == person.n)
            return &leaving->colleagues[i];
    return NULL;
}

/* A colleague becomes what nobody else is here; who helps from further up has the reach already. */
static bool takes_role(const struct member_leaving *leaving, const struct member_colleague *to)
{
    return leaving->last != NULL && to->is_here;
}

static enum status pass_role(struct ctx *ctx, const struct member_leaving *leaving,
                             const struct member_colleague *to, struct access_person *successor)
{
    if (!takes_role(leaving, to))
        return OK;
    const struct access_new wanted = {
        .email = successor->email, .role = leaving->last->code, .area = leaving->area.code};
    enum status status = access_person_add(ctx, &wanted, successor, NULL);
    return status == ERR_INVALID ? ERR_CONFLICT : status; /* the organisation has closed */
}

/* What they have from the one who left, in sentences; "" for nothing of the kind. */
static const char *things_text(struct mem *mem, size_t count)
{
    if (count == 0)
        return "";
    return mem_format(mem, " What waited for them now waits for you: %zu thing%s.", count,
                      count == 1 ? "" : "s");
}

static enum status tell_successor(struct ctx *ctx, const struct member_leaving *leaving,
                                  const struct member_colleague *to,
                                  const struct access_person *successor)
{
    struct mem *mem = ctx->mem;
    const char *place = leaving->area.name[0] != '\0' ? leaving->area.name : "the programme";
    const char *role = takes_role(leaving, to)
                           ? mem_format(mem, " You now have the role %s.", leaving->last->name)
                           : "";
    return member_mail(
        ctx, &(const struct member_letter){
                 .kind = "member.handed_over",
                 .key = mem_format(mem, "member/left/%" PRId64 "/%" PRId64, leaving->grant_ids[0],
                                   successor->id.n),
                 .to_address = successor->email,
                 .to_name = successor->name,
                 .subject = mem_format(mem, "You take over for %s", place),
                 .text = {mem_format(mem, "Somebody has left %s, and you take over.%s%s", place,
                                     role, things_text(mem, leaving->thing_count))},
                 .button = "Go to your desk",
                 .href = "/desk"});
}

static enum status hand_over(struct ctx *ctx, const struct member_leaving *leaving,
                             const struct member_colleague *to)
{
    struct access_person successor;
    TRY(access_person_get(ctx, to->person, &successor));
    TRY(pass_role(ctx, leaving, to, &successor));
    const struct member_handover handover = {&leaving->person, &successor, &leaving->area};
    for (size_t t = 0; member_waitings[t] != NULL; t++)
        for (const struct member_waiting *w = member_waitings[t]; w->title != NULL; w++)
            TRY(w->reassign(ctx, &handover));
    TRY(member_note(ctx, &(const struct member_deed){
                             .what = "member.handed_over",
                             .area = leaving->area.code,
                             .subject = successor.id,
                             .after = mem_format(ctx->mem, "%zu", leaving->thing_count)}));
    return tell_successor(ctx, leaving, to, &successor);
}

static enum status tell_leaver(struct ctx *ctx, const struct member_leaving *leaving)
{
    const char *place = leaving->area.name[0] != '\0' ? leaving->area.name : "the programme";
    if (ctx->person.n == leaving->person.id.n)
        return OK;
    return member_mail(
        ctx, &(const struct member_letter){
                 .kind = "member.left",
                 .key = mem_format(ctx->mem, "member/left/%" PRId64, leaving->grant_ids[0]),
                 .to_address = leaving->person.email,
                 .to_name = leaving->person.name,
                 .subject = mem_format(ctx->mem, "Your roles for %s have ended", place),
                 .text = {mem_format(ctx->mem,
                                     "Somebody said that you have left %s. Your roles there have "
                                     "ended.",
                                     place),
                          "If this is not right, speak with your organisation."}});
}

struct leave {
    struct person_id person, successor;
    int64_t grant_id;
    bool has_none;
};

static enum status leave_once(struct ctx *ctx, void *arg)
{
    struct leave *leave = arg;
    struct member_leaving leaving;
    struct access_person after;
    TRY(member_leave_look(ctx, leave->person, leave->grant_id, &leaving));
    const struct member_colleague *to = colleague_of(&leaving, leave->successor);
    if (to == NULL && (leaving.needs_successor || leave->successor.n != 0))
        return ctx_fail(ctx, ERR_INVALID, "a successor is needed, and is a colleague");
    if (to != NULL)
        TRY(hand_over(ctx, &leaving, to));
    for (size_t i = 0; i < leaving.role_count; i++)
        TRY(access_grant_stop(ctx, leaving.grant_ids[i]));
    TRY(member_note(
        ctx, &(const struct member_deed){"member.left", leaving.area.code, leaving.person.id}));
    TRY(tell_leaver(ctx, &leaving));
    TRY(access_person_get(ctx, leave->person, &after));
    leave->has_none = after.grant_count == 0;
    return OK;
}

enum status member_leave(struct ctx *ctx, struct person_id person, int64_t grant_id,
                         struct person_id successor, bool *has_none_out)
{
    struct leave leave = {.person = person, .successor = successor, .grant_id = grant_id};
    TRY(store_transact(ctx, "member_leave", leave_once, &leave));
    *has_none_out = leave.has_none;
    return OK;
}

/* ---- what waits in this folder ---- */

static enum status list_invitations(struct ctx *ctx, const struct access_person *person,
                                    const struct access_area *area, struct member_thing **out,
                                    size_t *count_out)
{
    struct member_invitations_by_row *rows;
    TRY(member_invitations_by(ctx, person->id.n, area->code, time_day_of(ctx->mem, ctx->now_secs),
                              MEMBER_ROWS_MAX, &rows, count_out));
    *out = mem_array(ctx->mem, struct member_thing, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] =
            (struct member_thing){mem_format(ctx->mem, "The invitation of %s", rows[i].email),
                                  mem_format(ctx->mem, "/desk/invitations/%s", rows[i].reference)};
    return OK;
}

static enum status hand_invitations(struct ctx *ctx, const struct member_handover *handover)
{
    int64_t changes;
    return member_invitations_hand(ctx, handover->from->id.n, handover->to->id.n,
                                   handover->area->code, time_day_of(ctx->mem, ctx->now_secs),
                                   &changes);
}

static enum status list_claims(struct ctx *ctx, const struct access_person *person,
                               const struct access_area *area, struct member_thing **out,
                               size_t *count_out)
{
    struct member_claims_with_row *rows;
    TRY(member_claims_with(ctx, person->id.n, area->code, time_day_of(ctx->mem, ctx->now_secs),
                           MEMBER_ROWS_MAX, &rows, count_out));
    *out = mem_array(ctx->mem, struct member_thing, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct member_thing){
            mem_format(ctx->mem, "A request for the role %s", access_role_name(rows[i].role)),
            mem_format(ctx->mem, "/desk/claims/%s/%s", rows[i].organisation_code,
                       rows[i].reference)};
    return OK;
}

/* The clock tells whoever can decide now; the successor may be somebody who cannot. */
static enum status hand_claims(struct ctx *ctx, const struct member_handover *handover)
{
    int64_t changes;
    struct access_granted granted;
    bool may = access_check_of(handover->to, MAY_DECIDE_CLAIMS, &granted) == OK;
    return member_claims_hand(ctx, handover->from->id.n, may ? &handover->to->id.n : NULL,
                              handover->area->code, time_day_of(ctx->mem, ctx->now_secs),
                              ctx->now_secs, &changes);
}

const struct member_waiting member_own_waitings[] = {
    {"Invitations", list_invitations, hand_invitations},
    {"Requests to decide", list_claims, hand_claims},
    {0},
};

enum status member_person_closed(struct ctx *ctx, struct person_id person, int64_t *ended_out)
{
    int64_t changes;
    TRY(member_invitations_end_of(ctx, person, ended_out));
    return member_claims_hand(ctx, person.n, NULL, "", time_day_of(ctx->mem, ctx->now_secs),
                              ctx->now_secs, &changes);
}
