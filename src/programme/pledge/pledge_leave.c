/* SPDX-License-Identifier: MIT */
/*
 * pledge_leave.c - what of a pledge waits for somebody who leaves the organisation, and who has it
 * then.
 *
 * A pledge names who signs it, in the very text that is signed.  So when a signatory leaves before
 * signing, it comes back and names another; the successor gets the link to mend it.  What was
 * signed stays as it was signed, and the successor is asked to sign for that side from then on.
 */
#include "platform/base/hash.h"
#include "platform/base/text.h"
#include "platform/mail/mail.h"
#include "programme/member/member.h"
#include "programme/pledge/pledge_internal.h"
#include "programme/pledge/pledge_routes.h"

#include <string.h>

/* What waits for a person in the newest pledge of an organisation. */
struct hanging {
    struct pledge_file file;
    bool to_sign;     /* their signature is still missing        */
    bool to_mend;     /* it was returned, and they have the link */
    const char *side; /* they sign for it, and nobody is asked yet; NULL: none */
};

static bool is_same(struct ctx *ctx, const char *email, const struct access_person *person)
{
    return email[0] != '\0' &&
           strcmp(text_email_key(ctx->mem, email), text_email_key(ctx->mem, person->email)) == 0;
}

/* Who can mend it: whoever took over, or its leader. */
static enum status read_mender(struct ctx *ctx, const struct pledge_file *file, const char **out)
{
    struct pledge_keeper_of_row row;
    enum status status =
        pledge_keeper_of(ctx, file->row.organisation_id, file->row.id, file->row.revision, &row);
    *out = status == OK ? row.email : file->sent.leader_email;
    return status == ERR_NOT_FOUND ? OK : status;
}

/* The side for which they sign from now on, unless another one is asked already. */
static enum status look_at_sides(struct ctx *ctx, const struct access_person *person,
                                 struct hanging *out)
{
    struct pledge_sides sides;
    TRY(pledge_sides(ctx, out->file.row.reference, true, &sides));
    for (size_t i = 0; i < sides.count && sides.can_be_handed_over; i++)
        if (is_same(ctx, sides.side[i].party.email, person) && sides.side[i].asked_name[0] == '\0')
            out->side = sides.side[i].party.role;
    return OK;
}

static enum status look(struct ctx *ctx, const struct access_person *person,
                        const struct access_area *area, struct hanging *out)
{
    size_t count;
    const char *mender;
    struct pledge_newest_row *rows;
    *out = (struct hanging){0};
    if (area->level != ACCESS_ORGANISATION || area->organisation_id == 0)
        return OK;
    TRY(pledge_newest(ctx, area->organisation_id, &rows, &count));
    if (count == 0)
        return OK;
    TRY(pledge_file_open(ctx, rows[0].reference, &out->file));
    const struct pledge_standing *standing = &out->file.standing;
    const struct pledge_revision_of_row *sent = &out->file.sent;
    TRY(read_mender(ctx, &out->file, &mender));
    out->to_mend = standing->state == PLEDGE_RETURNED && is_same(ctx, mender, person);
    out->to_sign = standing->state == PLEDGE_AWAITING &&
                   ((!standing->leader_signed && is_same(ctx, sent->leader_email, person)) ||
                    (!standing->cosigner_signed && is_same(ctx, sent->cosigner_email, person)));
    return look_at_sides(ctx, person, out);
}

static enum status list(struct ctx *ctx, const struct access_person *person,
                        const struct access_area *area, struct member_thing **out,
                        size_t *count_out)
{
    struct hanging hanging;
    TRY(look(ctx, person, area, &hanging));
    *count_out = hanging.to_sign || hanging.to_mend || hanging.side != NULL;
    *out = mem_array(ctx->mem, struct member_thing, 1);
    (*out)[0] = (struct member_thing){
        .title = hanging.to_sign   ? "The Partnership Pledge waits for their signature"
                 : hanging.to_mend ? "The Partnership Pledge was returned, and waits to be changed"
                 : hanging.side == NULL                ? ""
                 : strcmp(hanging.side, "leader") == 0 ? "They sign the Partnership Pledge for the "
                                                         "employer"
                                                       : "They sign the Partnership Pledge for the "
                                                         "staff side"};
    return OK;
}

static enum status mail_mender(struct ctx *ctx, const struct pledge_file *file,
                               const struct access_person *to)
{
    const char *token;
    TRY(pledge_link_make(ctx, file, "amend", &token));
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "pledge.handed_over",
            .key = mem_format(ctx->mem, "pledge/%s/handed/%.16s", file->row.reference,
                              hash_token(ctx->mem, token)),
            .about = file->row.reference,
            .to_address = to->email,
            .to_name = to->name,
            .subject = mem_format(ctx->mem, "The pledge of %s is yours to finish", file->row.name),
            .parts = (const struct mail_part[]){
                MAIL_TEXT("Somebody who was to sign or change the pledge has left, and you have "
                          "taken over. Nothing that was sent is lost."),
                MAIL_TEXT("Say who signs now, change what is needed, and send it again."),
                MAIL_BUTTON("Change it and send it again",
                            mem_format(ctx->mem, "/pledges/mend/%s", token)),
                MAIL_END}});
}

/* What they are in the area, for the public: "Organisation lead". */
static const char *post_of(const struct access_person *person, const struct access_area *area)
{
    for (size_t i = 0; i < person->grant_count; i++)
        if (strcmp(person->grants[i].area, area->code) == 0)
            return person->grants[i].role->name;
    return person->grant_count > 0 ? person->grants[0].role->name : "Successor";
}

/* Who takes over may not be able to sign: they do for the other side, or help from further up.
 * Then the programme finds somebody; leaving is held up by nothing. */
static enum status hand_side(struct ctx *ctx, const struct member_handover *handover,
                             const struct hanging *hanging)
{
    struct form_problems problems = {.count = 0};
    const struct pledge_successor to = {hanging->side, handover->to->name,
                                        post_of(handover->to, handover->area), handover->to->email,
                                        "Whoever signed until now has left the organisation"};
    enum status status = pledge_hand_over(ctx, hanging->file.row.reference, &to, true, &problems);
    if (status != ERR_INVALID)
        return status;
    ctx->fault = NULL;
    return pledge_mail_orphan(ctx, &hanging->file, hanging->side);
}

static enum status reassign(struct ctx *ctx, const struct member_handover *handover)
{
    int64_t changes;
    struct hanging hanging;
    TRY(look(ctx, handover->from, handover->area, &hanging));
    struct pledge_file *file = &hanging.file;
    if (hanging.side != NULL)
        return hand_side(ctx, handover, &hanging);
    if (!hanging.to_sign && !hanging.to_mend)
        return OK;
    if (hanging.to_sign)
        TRY(pledge_file_add(ctx, file,
                            &(const struct pledge_happening){
                                PLEDGE_WAS_RETURNED, "sender",
                                "Somebody who was to sign has left the organisation."}));
    TRY(pledge_keeper_set(ctx, file->row.organisation_id, file->row.id, file->row.revision,
                          handover->to->email, ctx->now_secs, &changes));
    return mail_mender(ctx, file, handover->to);
}

const struct member_waiting pledge_waitings[] = {
    {"The Partnership Pledge", list, reassign},
    {0},
};
