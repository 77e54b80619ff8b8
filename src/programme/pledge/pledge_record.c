/* SPDX-License-Identifier: MIT */
/*
 * pledge_record.c - a pledge whose events lie in the past, recorded at once.
 *
 * Each event is added by the same function as when it happens, under a context whose clock stands
 * at its time.  So the chain, the state and the register cannot differ from those of a pledge that
 * went this way day by day.
 */
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/pack/pack.h"
#include "programme/pledge/pledge_internal.h"

static const char *const roles[PLEDGE_EVENT_KINDS] = {
    [PLEDGE_SENT] = "sender",
    [PLEDGE_LEADER_SIGNED] = "leader",
    [PLEDGE_COSIGNER_SIGNED] = "cosigner",
    [PLEDGE_DECLINED] = "leader",
    [PLEDGE_WAS_ACKNOWLEDGED] = "programme",
    [PLEDGE_WAS_PUBLISHED] = "programme",
    [PLEDGE_WAS_RETURNED] = "programme",
    [PLEDGE_SENT_AGAIN] = NULL, /* is a revision of its own: not recorded in one go */
    [PLEDGE_WAS_WITHDRAWN] = "programme",
};

struct recording {
    const struct pledge_draft *draft;
    const struct pledge_history *history;
    const struct framework *framework;
    struct form_problems *problems;
    const char *reference;
};

static enum status check_history(struct ctx *ctx, const struct pledge_history *history)
{
    if (history->event_count == 0 || history->events[0].kind != PLEDGE_SENT)
        return ctx_fail(ctx, ERR_INVALID, "what happened to a pledge begins with its sending");
    for (size_t i = 0; i < history->event_count; i++) {
        const struct pledge_past *event = &history->events[i];
        if (event->kind >= PLEDGE_EVENT_KINDS || roles[event->kind] == NULL)
            return ctx_fail(ctx, ERR_INVALID, "event %zu of a pledge is of no such kind", i + 1);
        if (event->at > ctx->now_secs || (i > 0 && event->at < event[-1].at))
            return ctx_fail(ctx, ERR_INVALID, "event %zu of a pledge is out of its time", i + 1);
    }
    return OK;
}

static enum status add_all(struct ctx *then, const struct recording *r, struct pledge_file *file)
{
    const struct pledge_past *events = r->history->events;
    then->now_secs = events[0].at;
    then->person = events[0].person;
    TRY(pledge_file_new(then, r->draft, r->framework, r->problems, file));
    for (size_t i = 1; i < r->history->event_count; i++) {
        then->now_secs = events[i].at;
        then->person = events[i].person;
        TRY(pledge_file_add(then, file,
                            &(const struct pledge_happening){events[i].kind, roles[events[i].kind],
                                                             events[i].reason, events[i].detail}));
    }
    return OK;
}

static enum status record_once(struct ctx *ctx, void *arg)
{
    struct recording *r = arg;
    struct pledge_file file;
    struct ctx then = *ctx;
    then.id_last = 0; /* ids tell when something was made */
    enum status status = add_all(&then, r, &file);
    ctx->fault = then.fault;
    r->reference = status == OK ? file.row.reference : NULL;
    return status;
}

enum status pledge_record(struct ctx *ctx, const struct pledge_draft *draft,
                          const struct pledge_history *history, struct form_problems *problems,
                          const char **reference_out)
{
    struct framework framework;
    struct recording r = {draft, history, history->framework, problems, NULL};
    TRY(check_history(ctx, history));
    if (r.framework == NULL) {
        const char *on = time_day_of(ctx->mem, history->events[0].at);
        TRY(framework_on(ctx, PROGRAMME_FRAMEWORK, on, &framework));
        r.framework = &framework;
    }
    TRY(store_transact(ctx, "pledge_record", record_once, &r));
    *reference_out = r.reference;
    return OK;
}
