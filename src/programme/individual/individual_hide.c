/* SPDX-License-Identifier: MIT */
/* individual_hide.c - the programme hides what must not stand in public, and shows it again. */
#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/individual/individual_internal.h"

struct hiding {
    const char *reference, *reason; /* reason NULL: it is shown again */
};

/* In the record of the programme, about the person if they have an account. */
static enum status note(struct ctx *ctx, const struct individual *it, const char *reason)
{
    struct access_person writer = {.id = {0}};
    enum status status = access_person_find(ctx, it->email, &writer);
    if (status == ERR_NOT_FOUND)
        ctx->fault = NULL;
    else
        TRY(status);
    return audit_note(ctx, &(const struct audit_deed){
                               .what = reason != NULL ? "individual.hidden" : "individual.unhidden",
                               .subject = writer.id,
                               .thing = it->reference,
                               .purpose = reason});
}

/* is_listed is what follows from what the person chose. */
static enum status set(struct ctx *ctx, const struct individual *it, const char *reason,
                       const char *later_hash)
{
    int64_t changes;
    struct individual_face face = individual_chosen_face(it);
    TRY(reason != NULL
            ? individual_set_hidden(ctx, it->id, ctx->now_secs, reason, later_hash, &changes)
            : individual_set_shown(ctx, it->id, !individual_face_is_empty(&face), later_hash,
                                   &changes));
    return changes == 1 ? OK : ctx_fail(ctx, ERR_BUSY, "another hid or showed it at the same time");
}

static enum status hide_once(struct ctx *ctx, void *arg)
{
    const struct hiding *hiding = arg;
    struct individual it;
    const char *token = random_token(ctx->mem);
    TRY(individual_find(ctx, hiding->reference, &it));
    if (it.state != INDIVIDUAL_CONFIRMED)
        return ctx_fail(ctx, ERR_CONFLICT, "the pledge does not count");
    if ((it.hidden_at != 0) == (hiding->reason != NULL))
        return OK;
    TRY(set(ctx, &it, hiding->reason, hash_token(ctx->mem, token)));
    TRY(note(ctx, &it, hiding->reason));
    return individual_mail_hidden(
        ctx, &(const struct individual_letter){it.reference, it.email, token, NULL},
        hiding->reason);
}

enum status individual_hide(struct ctx *ctx, const char *reference, const char *reason)
{
    struct hiding hiding = {reference, reason};
    return store_transact(ctx, "individual_hide", hide_once, &hiding);
}

enum status individual_unhide(struct ctx *ctx, const char *reference)
{
    struct hiding hiding = {reference, NULL};
    return store_transact(ctx, "individual_unhide", hide_once, &hiding);
}
