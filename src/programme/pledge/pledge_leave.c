/* SPDX-License-Identifier: MIT */
/*
 * pledge_leave.c - what of a pledge waits for somebody who leaves the organisation, and who has it
 * then.
 *
 * A pledge names who signs it, in the very text that is signed.  So when a signatory leaves before
 * signing, it comes back and names another; the successor gets the link to mend it.  What was
 * signed stays as it was signed.
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
    bool to_sign; /* their signature is still missing        */
    bool to_mend; /* it was returned, and they have the link */
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
    return OK;
}

static enum status list(struct ctx *ctx, const struct access_person *person,
                        const struct access_area *area, struct member_thing **out,
                        size_t *count_out)
{
    struct hanging hanging;
    TRY(look(ctx, person, area, &hanging));
    *count_out = hanging.to_sign || hanging.to_mend;
    *out = mem_array(ctx->mem, struct member_thing, 1);
    (*out)[0] = (struct member_thing){
        .title = hanging.to_sign ? "The Partnership Pledge waits for their signature"
                                 : "The Partnership Pledge was returned, and waits to be changed"};
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

static enum status reassign(struct ctx *ctx, const struct member_handover *handover)
{
    int64_t changes;
    struct hanging hanging;
    TRY(look(ctx, handover->from, handover->area, &hanging));
    struct pledge_file *file = &hanging.file;
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
