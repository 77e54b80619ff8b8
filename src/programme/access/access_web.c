/* SPDX-License-Identifier: MIT */
/*
 * access_web.c - what the dispatcher asks, and the pages of the desk.
 *
 *   /desk                         what needs me today: desk_web.c
 *   /desk/messages                what became of each email, without what it says
 *   /desk/outbox ...              the emails of a demonstration: outbox_web.c
 */
#include "programme/access/access_web.h"

#include "platform/base/settings.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "platform/web/listing.h"
#include "platform/web/session.h"
#include "programme/access/access.sql.h"
#include "programme/access/access_internal.h"
#include "programme/access/desk_web.h"
#include "programme/access/outbox_web.h"
#include "programme/access/policy.h"

#include <string.h>

_Static_assert((int)MAY_SEE_DESK == (int)WEB_ACCESS_FIRST, "accesses begin where the web's end");

/* ---- what the dispatcher asks ---- */

static bool needs_second_factor(const struct ctx *ctx, const char *role)
{
    const struct access_role *found = access_role_of(role);
    return found != NULL && found->sees_many &&
           strcmp(ctx->settings->second_factor, "offered") != 0;
}

enum status access_may_for(struct web_request *request, int access, const char *organisation,
                           struct web_grant *grant_out)
{
    struct access_granted granted;
    struct ctx *ctx = request->ctx;
    if (access < MAY_SEE_DESK || access >= ACCESS_END)
        return ctx_fail(ctx, ERR_FORBIDDEN, "there is no access %d", access);
    if (organisation[0] != '\0')
        TRY(access_check_for(ctx, (enum access)access, organisation, &granted));
    else
        TRY(access_check(ctx, (enum access)access, &granted));
    *grant_out = (struct web_grant){.role = granted.role};
    if (needs_second_factor(ctx, granted.role) && request->session.strength < SESSION_TWO_FACTORS) {
        grant_out->go_first = ACCESS_SECOND_PATH;
        return ctx_fail(ctx, ERR_FORBIDDEN, "role \"%s\" needs a second factor", granted.role);
    }
    grant_out->scope = granted.scope;
    return OK;
}

enum status access_may(struct web_request *request, int access, struct web_grant *grant_out)
{
    return access_may_for(request, access, web_value(request, "organisation"), grant_out);
}

enum status access_person_name(struct ctx *ctx, struct person_id person, const char **out)
{
    struct access_person_by_id_row row;
    enum status status = access_person_by_id(ctx, person.n, &row);
    *out = "";
    if (status == ERR_NOT_FOUND)
        return OK;
    TRY(status);
    if (row.closed_at == NULL)
        *out = row.name;
    return OK;
}

static enum status close_once(struct ctx *ctx, void *arg)
{
    const char *email = arg;
    struct person_id person;
    TRY(access_close(ctx, email, &person));
    return session_end_all(ctx, person);
}

enum status access_person_close(struct ctx *ctx, const char *email)
{
    return store_transact(ctx, "access_person_close", close_once, mem_text(ctx->mem, email));
}

/* ---- what became of each email ---- */

static const struct form_option mail_states[] = {
    {"waiting", "Waiting", "nhsuk-tag--yellow", NULL},
    {"sent", "Sent", "nhsuk-tag--green", NULL},
    {"failed", "Failed", "nhsuk-tag--red", NULL},
    {"cancelled", "Cancelled", "nhsuk-tag--grey", NULL},
    {0}};

/* Neither the address nor the subject: whoever keeps mail going does not need them. */
static const struct listing_column mail_columns[] = {
    {.name = "created_at", .heading = "Made", .format = LISTING_TIME},
    {.name = "kind", .heading = "Kind"},
    {.name = "about", .heading = "About"},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = mail_states},
    {.name = "attempts", .heading = "Tries", .format = LISTING_NUMBER},
    {.name = "tried_at", .heading = "Last tried", .format = LISTING_TIME},
    {.name = "reason", .heading = "Reason"},
    {0}};

static const struct listing_filter mail_filters[] = {{.argument = "state",
                                                      .label = "State",
                                                      .kind = LISTING_CHOICE,
                                                      .options = mail_states,
                                                      .column = "state"},
                                                     {0}};

static const struct listing_order mail_orders[] = {
    {"newest", "Newest first"}, {"oldest", "Oldest first"}, {0}};

static const struct listing mail_listing = {
    .title = "Emails",
    .section = "/desk",
    .query = &mail_outbox_query,
    .columns = mail_columns,
    .filters = mail_filters,
    .orders = mail_orders,
    .one = "email",
    .many = "emails",
    .file_name = "emails",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
};

static enum status count_unsent(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct mail_counts counts;
    (void)scope;
    *out = (struct desk_load){0};
    if (!mail_is_sent(ctx))
        return OK;
    TRY(mail_count(ctx, &counts));
    if (counts.waiting_count > 0)
        *out = (struct desk_load){counts.waiting_count, ctx->now_secs - counts.waiting_secs};
    return OK;
}

const struct desk_queue access_queues[] = {
    {"Emails not yet sent", "/desk/messages?state=waiting", NULL, MAY_SEE_OUTBOX, count_unsent},
    {0},
};

const struct web_route access_routes[] = {
    {"GET", "/desk", MAY_SEE_DESK, desk_web_show, "What needs me today."},
    {"GET", "/desk/work-as", MAY_SEE_DESK, desk_web_ask_work_as, "Which role to work in."},
    {"POST", "/desk/work-as", MAY_SEE_DESK, desk_web_work_as, "Chooses it. Safe to repeat."},
    WEB_LISTING("/desk/messages", MAY_SEE_OUTBOX, &mail_listing, "What became of each email."),
    {"GET", "/desk/outbox", WEB_PUBLIC, outbox_web_list, "The emails of a demonstration."},
    {"GET", "/desk/outbox/:id", WEB_PUBLIC, outbox_web_show, "One of them, to read and use."},
    {"GET", "/desk/outbox/:id/message", WEB_PUBLIC, outbox_web_message,
     "The same as an email program shows it."},
    {0},
};
