/* SPDX-License-Identifier: MIT */
/*
 * pledge.c - what the programme does with a pledge: countersign, publish, return, withdraw, remind.
 *
 * Each act is one transaction: read the chain, add one event, put the mails that follow from it in
 * the outbox.  Doing an act a second time finds its own event at the end of the chain and is done.
 */
#include "programme/pledge/pledge.h"

#include "platform/store/store.h"
#include "programme/pledge/pledge_internal.h"

#include <string.h>

struct act {
    const char *reference;
    struct pledge_happening happening;
    enum status (*mail)(struct ctx *ctx, const struct pledge_file *file, const char *reason);
};

static bool was_just_done(const struct pledge_file *file, enum pledge_event_kind kind)
{
    return file->event_count > 0 &&
           strcmp(file->events[file->event_count - 1].kind, pledge_event_code(kind)) == 0;
}

static enum status note_act(struct ctx *ctx, const struct pledge_file *file,
                            const struct pledge_happening *happening)
{
    const char *what = mem_format(ctx->mem, "pledge.%s", pledge_event_code(happening->kind));
    return pledge_note(ctx, &file->row, what,
                       happening->reason[0] != '\0' ? happening->reason : NULL);
}

static enum status act_once(struct ctx *ctx, void *arg)
{
    const struct act *act = arg;
    struct pledge_file file;
    TRY(pledge_file_open(ctx, act->reference, &file));
    if (was_just_done(&file, act->happening.kind))
        return OK;
    TRY(pledge_file_add(ctx, &file, &act->happening));
    TRY(note_act(ctx, &file, &act->happening));
    return act->mail == NULL ? OK : act->mail(ctx, &file, act->happening.reason);
}

static enum status do_act(struct ctx *ctx, const char *reference, enum pledge_event_kind kind,
                          const char *reason,
                          enum status (*mail)(struct ctx *, const struct pledge_file *,
                                              const char *))
{
    struct act act = {reference, {kind, "programme", reason}, mail};
    return store_transact(ctx, pledge_event_code(kind), act_once, &act);
}

static enum status mail_published(struct ctx *ctx, const struct pledge_file *file,
                                  const char *reason)
{
    (void)reason;
    return pledge_mail_published(ctx, file);
}

enum status pledge_acknowledge(struct ctx *ctx, const char *reference)
{
    return do_act(ctx, reference, PLEDGE_WAS_ACKNOWLEDGED, "", NULL);
}

enum status pledge_publish(struct ctx *ctx, const char *reference)
{
    return do_act(ctx, reference, PLEDGE_WAS_PUBLISHED, "", mail_published);
}

enum status pledge_return(struct ctx *ctx, const char *reference, const char *reason)
{
    return do_act(ctx, reference, PLEDGE_WAS_RETURNED, reason, pledge_mail_returned);
}

enum status pledge_withdraw(struct ctx *ctx, const char *reference, const char *reason)
{
    return do_act(ctx, reference, PLEDGE_WAS_WITHDRAWN, reason, pledge_mail_withdrawn);
}

static enum status remind_once(struct ctx *ctx, void *arg)
{
    struct pledge_file file;
    TRY(pledge_file_open(ctx, arg, &file));
    if (file.standing.state != PLEDGE_AWAITING)
        return ctx_fail(ctx, ERR_CONFLICT, "pledge \"%s\" waits for no signature",
                        file.row.reference);
    TRY(pledge_note(ctx, &file.row, "pledge.reminded", NULL));
    return pledge_mail_to_sign(ctx, &file, !file.standing.leader_signed,
                               file.standing.needs_cosigner && !file.standing.cosigner_signed);
}

enum status pledge_remind(struct ctx *ctx, const char *reference)
{
    return store_transact(ctx, "pledge_remind", remind_once, (void *)(uintptr_t)reference);
}

enum status pledge_of_organisation(struct ctx *ctx, int64_t organisation_id,
                                   const char **reference_out, enum pledge_state *state_out)
{
    struct pledge_public_of_organisation_row *rows;
    size_t count;
    TRY(pledge_public_of_organisation(ctx, organisation_id, &rows, &count));
    if (count == 0)
        return ERR_NOT_FOUND;
    *reference_out = rows[0].reference;
    *state_out = pledge_state_of(rows[0].state);
    return OK;
}
