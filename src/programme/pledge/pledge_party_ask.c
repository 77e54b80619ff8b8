/* SPDX-License-Identifier: MIT */
/*
 * pledge_party_ask.c - handing a side of a pledge over: who may ask whom, and what the one who was
 * asked says.
 *
 * The reason stands with the asking, where it can be forgotten, and not in the chain.
 */
#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/pledge/pledge_internal.h"
#include "programme/pledge/pledge_party.sql.h"

#include <string.h>

static bool is_leader(const char *role)
{
    return strcmp(role, "leader") == 0;
}

/* Who has to sign stands in its words until all have; what is over has nobody to sign. */
static bool can_change(enum pledge_state state)
{
    return pledge_state_is_live(state) && state != PLEDGE_NONE && state != PLEDGE_AWAITING;
}

/* ---- who may ---- */

struct asker {
    struct access_person person;
    bool is_programme, is_lead;
};

static enum status read_person(struct ctx *ctx, const struct pledge_file *file,
                               struct person_id person, struct asker *out)
{
    *out = (struct asker){.is_programme = false};
    TRY(access_person_get(ctx, person, &out->person));
    for (size_t i = 0; i < out->person.grant_count; i++) {
        const struct access_grant *grant = &out->person.grants[i];
        out->is_lead |= strcmp(grant->role->code, "lead") == 0 &&
                        strcmp(grant->area, file->row.organisation_code) == 0;
    }
    return OK;
}

static enum status read_asker(struct ctx *ctx, const struct pledge_file *file, bool is_programme,
                              struct asker *out)
{
    *out = (struct asker){.is_programme = is_programme};
    return is_programme ? OK : read_person(ctx, file, ctx->person, out);
}

/* The staff side is handed over by who signs for it, never by the employer. */
static bool may_hand_over(struct ctx *ctx, const struct asker *asker,
                          const struct pledge_party *party)
{
    return asker->is_programme || (asker->is_lead && is_leader(party->role)) ||
           pledge_party_is(ctx, party, "", asker->person.email);
}

/* ---- who signs ---- */

static enum status fill_side(struct ctx *ctx, const struct pledge_file *file,
                             const struct pledge_party *party, struct pledge_side *out)
{
    struct pledge_party_newest_row *rows;
    size_t count;
    *out = (struct pledge_side){.party = *party, .asked_name = "", .asked_title = ""};
    TRY(pledge_party_newest(ctx, file->row.organisation_id, file->row.id, party->role, &rows,
                            &count));
    if (count == 0 || rows[0].ended_at != NULL)
        return OK;
    if (rows[0].confirmed_at != NULL) {
        out->since_at = *rows[0].confirmed_at >= file->sent.sent_at ? *rows[0].confirmed_at : 0;
        return OK;
    }
    out->asked_name = rows[0].name;
    out->asked_title = rows[0].title;
    out->asked_at = rows[0].asked_at;
    out->is_asked_in_vain = rows[0].expires_at < ctx->now_secs;
    return OK;
}

enum status pledge_sides(struct ctx *ctx, const char *reference, bool is_programme,
                         struct pledge_sides *out)
{
    struct pledge_file file;
    struct pledge_parties parties;
    struct asker asker;
    bool is_any = false;
    TRY(pledge_file_open(ctx, reference, &file));
    TRY(read_asker(ctx, &file, is_programme, &asker));
    TRY(pledge_file_parties(ctx, &file, &parties));
    *out = (struct pledge_sides){.reference = file.row.reference,
                                 .organisation_name = file.row.name,
                                 .organisation_code = file.row.organisation_code,
                                 .state = file.standing.state,
                                 .can_be_handed_over = can_change(file.standing.state),
                                 .count = parties.count};
    for (size_t i = 0; i < parties.count; i++) {
        TRY(fill_side(ctx, &file, &parties.party[i], &out->side[i]));
        out->side[i].may_hand_over = may_hand_over(ctx, &asker, &parties.party[i]);
        is_any |= out->side[i].may_hand_over;
    }
    return is_any ? OK
                  : ctx_fail(ctx, ERR_NOT_FOUND, "no side of pledge \"%s\" is theirs", reference);
}

/* ---- asking ---- */

struct handing {
    const char *reference;
    const struct pledge_successor *to;
    bool is_programme;
    struct form_problems *problems;
};

static const struct pledge_party *other_side(const struct pledge_parties *parties, const char *role)
{
    for (size_t i = 0; i < parties->count; i++)
        if (strcmp(parties->party[i].role, role) != 0)
            return &parties->party[i];
    return NULL;
}

static enum status check(struct ctx *ctx, const struct handing *h, struct pledge_parties *parties)
{
    const struct pledge_successor *to = h->to;
    const struct pledge_party *now = pledge_party_of(parties, to->role);
    const struct pledge_party *other = other_side(parties, to->role);
    h->problems->count = 0;
    if (pledge_party_is(ctx, now, "", to->email))
        form_wrong(h->problems, "email", "Enter another email address: this person signs already");
    if (other != NULL && pledge_party_is(ctx, other, "", to->email))
        form_wrong(h->problems, "email",
                   "Enter another email address: this person signs for the other side, and two "
                   "people must sign");
    else if (other != NULL && pledge_party_is(ctx, other, to->name, ""))
        form_wrong(h->problems, "name",
                   "Enter another name: this is who signs for the other side, and two people must "
                   "sign");
    return h->problems->count == 0 ? OK : ctx_fail(ctx, ERR_INVALID, "a side cannot go to them");
}

/* The very same was asked a moment ago. */
static bool is_same(struct ctx *ctx, const struct pledge_party_newest_row *asked,
                    const struct pledge_successor *to)
{
    return asked->confirmed_at == NULL && asked->ended_at == NULL &&
           ctx->now_secs < asked->asked_at + PLEDGE_SAME_ASKING_SECS &&
           strcmp(asked->email_key, text_email_key(ctx->mem, to->email)) == 0 &&
           strcmp(asked->name, to->name) == 0 && strcmp(asked->title, to->title) == 0 &&
           strcmp(asked->reason, to->reason) == 0;
}

static enum status ask(struct ctx *ctx, const struct pledge_file *file,
                       const struct pledge_successor *to)
{
    const struct pledge_by_reference_row *row = &file->row;
    struct pledge_party_newest_row *rows;
    size_t count;
    int64_t changes;
    const char *token = random_token(ctx->mem);
    TRY(pledge_party_newest(ctx, row->organisation_id, row->id, to->role, &rows, &count));
    if (count > 0 && is_same(ctx, &rows[0], to))
        return OK;
    TRY(pledge_party_end(ctx, row->organisation_id, row->id, to->role, ctx->now_secs, &changes));
    int64_t number = count == 0 ? 1 : rows[0].number + 1;
    TRY(pledge_party_add(ctx, row->organisation_id, row->id, to->role, number, to->name, to->title,
                         to->email, text_email_key(ctx->mem, to->email), ctx->now_secs, to->reason,
                         &changes));
    TRY(pledge_party_link_set(ctx, row->organisation_id, row->id, to->role, number,
                              hash_token(ctx->mem, token), ctx->now_secs + PLEDGE_LINK_KEPT_SECS,
                              ctx->person.n, &changes));
    TRY(pledge_note(ctx, row, "pledge.handover_asked", to->reason));
    return pledge_mail_asked(ctx, file, to, token);
}

static enum status hand_over_once(struct ctx *ctx, void *arg)
{
    struct handing *h = arg;
    struct pledge_file file;
    struct pledge_parties parties;
    struct asker asker;
    TRY(pledge_file_open(ctx, h->reference, &file));
    TRY(read_asker(ctx, &file, h->is_programme, &asker));
    TRY(pledge_file_parties(ctx, &file, &parties));
    const struct pledge_party *party = pledge_party_of(&parties, h->to->role);
    if (party == NULL || !may_hand_over(ctx, &asker, party))
        return ctx_fail(ctx, ERR_NOT_FOUND, "no such side of pledge \"%s\" is theirs",
                        h->reference);
    if (!can_change(file.standing.state))
        return ctx_fail(ctx, ERR_CONFLICT, "pledge \"%s\" is \"%s\": no side is handed over",
                        h->reference, file.row.state);
    TRY(check(ctx, h, &parties));
    return ask(ctx, &file, h->to);
}

enum status pledge_hand_over(struct ctx *ctx, const char *reference,
                             const struct pledge_successor *successor, bool is_programme,
                             struct form_problems *problems)
{
    struct handing h = {reference, successor, is_programme, problems};
    return store_transact(ctx, "pledge_hand_over", hand_over_once, &h);
}

/* ---- answering ---- */

struct taking {
    struct pledge_party_by_link_row asked;
    struct pledge_file file;
    struct pledge_parties parties;
};

static enum status find(struct ctx *ctx, const char *token, struct taking *out)
{
    struct pledge_by_id_row named;
    TRY(pledge_party_by_link(ctx, hash_token(ctx->mem, token), &out->asked));
    TRY(pledge_by_id(ctx, out->asked.organisation_id, out->asked.pledge_id, &named));
    TRY(pledge_file_open(ctx, named.reference, &out->file));
    return pledge_file_parties(ctx, &out->file, &out->parties);
}

static enum status still_works(struct ctx *ctx, const struct taking *taking)
{
    const struct pledge_party_by_link_row *asked = &taking->asked;
    if (asked->confirmed_at != NULL)
        return OK;
    if (asked->ended_at != NULL || asked->expires_at < ctx->now_secs ||
        asked->asked_at < taking->file.sent.sent_at || !can_change(taking->file.standing.state))
        return ctx_fail(ctx, ERR_CONFLICT, "the link to take over pledge \"%s\" has ended",
                        taking->file.row.reference);
    return OK;
}

enum status pledge_taking_open(struct ctx *ctx, const char *token, struct pledge_taking *out)
{
    struct taking taking;
    TRY(find(ctx, token, &taking));
    const struct pledge_by_reference_row *row = &taking.file.row;
    *out = (struct pledge_taking){.reference = row->reference,
                                  .organisation_name = row->name,
                                  .role = taking.asked.role,
                                  .name = taking.asked.name,
                                  .title = taking.asked.title,
                                  .reason = taking.asked.reason,
                                  .text = taking.file.sent.text,
                                  .is_public = row->is_public != 0,
                                  .is_taken = taking.asked.confirmed_at != NULL};
    return still_works(ctx, &taking);
}

static enum status take_once(struct ctx *ctx, void *arg)
{
    struct taking taking;
    int64_t changes;
    TRY(find(ctx, arg, &taking));
    const struct pledge_party_by_link_row *asked = &taking.asked;
    TRY(still_works(ctx, &taking));
    if (asked->confirmed_at != NULL)
        return OK;
    const struct pledge_party *other = other_side(&taking.parties, asked->role);
    if (other != NULL && pledge_party_is(ctx, other, asked->name, asked->email))
        return ctx_fail(ctx, ERR_CONFLICT, "they sign for the other side of pledge \"%s\"",
                        taking.file.row.reference);
    TRY(pledge_party_confirm(ctx, asked->organisation_id, asked->pledge_id, asked->role,
                             asked->number, ctx->now_secs, &changes));
    TRY(pledge_file_add(ctx, &taking.file,
                        &(const struct pledge_happening){
                            .kind = PLEDGE_HANDED_OVER,
                            .role = asked->role,
                            .reason = "",
                            .detail = mem_format(ctx->mem, "role=%s\n", asked->role)}));
    TRY(pledge_note(ctx, &taking.file.row, "pledge.handed_over", NULL));
    return pledge_mail_taken(ctx, &taking.file, &taking.parties, asked->role);
}

enum status pledge_take_over(struct ctx *ctx, const char *token)
{
    return store_transact(ctx, "pledge_take_over", take_once, (void *)(uintptr_t)token);
}

/* Whoever asked is told; at the desk, when the side is not their own to hand over. */
static enum status tell_who_asked(struct ctx *ctx, struct taking *taking)
{
    struct asker asker;
    enum status status =
        read_person(ctx, &taking->file, (struct person_id){taking->asked.asked_by}, &asker);
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    const struct pledge_party *party = pledge_party_of(&taking->parties, taking->asked.role);
    bool is_desk = party == NULL || !may_hand_over(ctx, &asker, party);
    return pledge_mail_refused(ctx, &taking->file, &taking->asked, &asker.person, is_desk);
}

static enum status refuse_once(struct ctx *ctx, void *arg)
{
    struct taking taking;
    int64_t changes;
    TRY(find(ctx, arg, &taking));
    const struct pledge_party_by_link_row *asked = &taking.asked;
    if (asked->confirmed_at == NULL && asked->ended_at != NULL)
        return OK; /* said twice, or of no more use */
    TRY(still_works(ctx, &taking));
    if (asked->confirmed_at != NULL)
        return ctx_fail(ctx, ERR_CONFLICT, "who has taken over hands over, and does not refuse");
    TRY(pledge_party_end(ctx, asked->organisation_id, asked->pledge_id, asked->role, ctx->now_secs,
                         &changes));
    TRY(pledge_note(ctx, &taking.file.row, "pledge.handover_refused", NULL));
    return tell_who_asked(ctx, &taking);
}

enum status pledge_take_over_refuse(struct ctx *ctx, const char *token)
{
    return store_transact(ctx, "pledge_take_over_refuse", refuse_once, (void *)(uintptr_t)token);
}
