/* SPDX-License-Identifier: MIT */
/*
 * links_outside.c - links to other websites, looked at one at a time.
 *
 * Before a look begins it is noted, with the next one a day later: so two workers do not ask at
 * once, and a worker that dies while it waits is not sent there again and again.
 */
#include "programme/links/links_internal.h"

#include <string.h>

#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/net/look.h"
#include "platform/store/store.h"

enum {
    DAY_SECS = 86400,
    WORKING_SECS = 7 * DAY_SECS, /* until what works is looked at again */
    HOST_SECS = 60,              /* one host is asked once in           */
    DAYS_TO_BREAK = 2,
    CODE_BAD = 400,
    CODE_NOT_FOUND = 404,
    CODE_GONE = 410,
    CODE_TOO_MANY = 429,
    CODE_FAULT = 500,
    CODE_ROBOT = 999 /* of a large network, to whom it takes for a robot */
};

enum status links_outside_state(struct ctx *ctx, const char *href, const char **state_out,
                                int64_t *looked_at_out)
{
    struct links_outside_row_row row;
    int64_t changes;
    const char *host = net_host(ctx->mem, href);
    if (host == NULL)
        return OK;
    TRY(links_outside_add(ctx, href, host, ctx->now_secs, &changes));
    TRY(links_outside_row(ctx, href, &row));
    *state_out = row.state;
    *looked_at_out = row.looked_at != 0 ? row.looked_at : *looked_at_out;
    return OK;
}

static enum status find_due(struct ctx *ctx, struct links_outside_due_row *out, bool *found_out)
{
    enum status status = links_outside_due(ctx, ctx->now_secs, ctx->now_secs - HOST_SECS, out);
    *found_out = status == OK;
    ctx->fault = status == ERR_NOT_FOUND ? NULL : ctx->fault;
    return status == ERR_NOT_FOUND ? OK : status;
}

enum status links_outside_wanted(struct ctx *ctx, bool *out)
{
    struct links_outside_due_row row;
    *out = false;
    return ctx->settings->check_links ? find_due(ctx, &row, out) : OK;
}

/* ---- what was found ---- */

struct finding {
    const char *href;
    struct net_looked looked;
};

static const char *words_of(struct mem *mem, const struct net_looked *looked)
{
    switch (looked->end) {
    case NET_NO_ANSWER:
        return "Nobody answers there";
    case NET_NOT_ALLOWED:
        return "It leads to an address that is not on the open web";
    case NET_TOO_MANY_HOPS:
        return "It leads on and on";
    case NET_ANSWERED:
        break;
    }
    if (looked->code == CODE_NOT_FOUND || looked->code == CODE_GONE)
        return mem_format(mem, "The page is gone (%ld)", looked->code);
    if (looked->code >= CODE_BAD)
        return mem_format(mem, "It answers with %ld", looked->code);
    return looked->moved_to[0] != '\0' ? mem_format(mem, "Moved to %s", looked->moved_to) : "";
}

/* Of those that answer: who refuses a program may well answer people. */
static const char *state_of(const struct net_looked *looked)
{
    long code = looked->code;
    bool is_gone = code == CODE_NOT_FOUND || code == CODE_GONE;
    if (looked->end != NET_ANSWERED || is_gone || (code >= CODE_FAULT && code != CODE_ROBOT))
        return "broken";
    if (code >= CODE_BAD)
        return "unclear";
    return looked->moved_to[0] != '\0' ? "moved" : "ok";
}

static enum status keep(struct ctx *ctx, void *arg)
{
    const struct finding *finding = arg;
    const struct net_looked *looked = &finding->looked;
    struct links_outside_row_row row;
    struct links_held_use_row used;
    const char *today = time_day_of(ctx->mem, ctx->now_secs), *state = state_of(looked);
    bool is_failed = strcmp(state, "broken") == 0;
    int64_t changes;
    TRY(links_held_use(ctx, finding->href, &used));
    if (used.links == 0) /* no page leads there any more */
        return links_outside_forget(ctx, finding->href, &changes);
    TRY(links_outside_row(ctx, finding->href, &row));
    int64_t days = is_failed ? row.failed_days + (strcmp(row.failed_on, today) != 0) : 0;
    state = is_failed && days < DAYS_TO_BREAK ? "once" : state;
    TRY(links_outside_found(ctx, finding->href,
                            ctx->now_secs + (is_failed ? DAY_SECS : WORKING_SECS), ctx->now_secs,
                            state, words_of(ctx->mem, looked), looked->moved_to,
                            is_failed ? today : "", days, &changes));
    return links_held_found(ctx, finding->href, state, ctx->now_secs, &changes);
}

enum status links_outside_look(struct ctx *ctx, bool (*may_connect)(const struct sockaddr *))
{
    struct links_outside_due_row row;
    struct finding finding;
    bool found;
    int64_t changes;
    TRY(find_due(ctx, &row, &found));
    if (!found)
        return OK;
    TRY(links_outside_take(ctx, row.href, row.next_at, ctx->now_secs + DAY_SECS, ctx->now_secs,
                           &changes));
    if (changes == 0)
        return OK;
    const struct net_looking looking = {.url = row.href, .may_connect = may_connect};
    finding.href = row.href;
    TRY(net_look(ctx, &looking, &finding.looked));
    return store_transact(ctx, "links_outside", keep, &finding);
}
