/* SPDX-License-Identifier: MIT */
/*
 * services_web.c - signing in with an account at another service (oidc.h).
 *
 *   GET  /sign-in/with/:provider            goes there
 *   GET  /sign-in/with/:provider/back       comes back
 *   GET  /account/services                  what is linked
 *   GET  /account/services/:provider        goes there to link
 *   POST /account/services/:provider/remove
 *
 * Going is a GET because a form may only be sent to this service itself (form-action).
 */
#include "platform/base/time.h"
#include "platform/web/session.h"
#include "programme/access/access_web.h"
#include "programme/account/account.sql.h"
#include "programme/account/account_page.html.h"
#include "programme/account/account_pages.h"
#include "programme/account/account_web.h"
#include "programme/account/oidc.h"

#include <string.h>

static enum status sorry_away(struct web_request *request, struct web_answer *answer)
{
    return web_sorry(request, answer, 503, "The other service does not answer",
                     "Wait a minute and try again, or sign in by a code from an email.");
}

static enum status go(struct web_request *request, struct web_answer *answer,
                      struct person_id linking, const char *goes_to)
{
    const char *url;
    const struct oidc_provider *provider;
    TRY(oidc_provider_find(request->ctx, web_value(request, "provider"), &provider));
    const struct oidc_going going = {request->browser, goes_to, linking};
    enum status status = oidc_go(request->ctx, provider, &going, &url);
    if (status == ERR_BUSY)
        return sorry_away(request, answer);
    TRY(status);
    return web_go_away(answer, url);
}

static enum status sign_in_with(struct web_request *request, struct web_answer *answer)
{
    /* A browser without a cookie gets one on the page of signing in. */
    if (request->browser[0] == '\0')
        return web_see_other(answer, account_with_next(request, ACCESS_SIGN_IN_PATH));
    return go(request, answer, (struct person_id){0}, account_next(request, ""));
}

static enum status refuse(struct web_request *request, struct web_answer *answer,
                          enum status status)
{
    switch (status) {
    case ERR_BUSY:
        return sorry_away(request, answer);
    case ERR_NOT_FOUND:
        return web_sorry(request, answer, 403, "You have no account here yet",
                         "The other service let you in, but its email address for you is not one "
                         "that we know. Sign in by a code from an email, then link the service in "
                         "your account. Or ask the person who looks after accounts where you "
                         "work.");
    case ERR_CONFLICT:
        return web_sorry(request, answer, 409, "Somebody else has linked that account",
                         "Sign in as them, or unlink it there first.");
    case ERR_FORBIDDEN:
        return web_sorry(request, answer, 400, "That did not work",
                         "Nobody was signed in. Go to the page to sign in and start again.");
    default:
        return status;
    }
}

static enum status back(struct web_request *request, struct web_answer *answer)
{
    struct oidc_known known;
    const struct oidc_provider *provider;
    TRY(oidc_provider_find(request->ctx, web_value(request, "provider"), &provider));
    const struct oidc_return returned = {.browser = request->browser,
                                         .state = web_query(request, "state"),
                                         .code = web_query(request, "code"),
                                         .issuer = web_query(request, "iss"),
                                         .error = web_query(request, "error")};
    enum status status = oidc_back(request->ctx, provider, &returned, &known);
    if (status != OK)
        return refuse(request, answer, status);
    if (known.is_linking)
        return web_see_other(answer, "/account/services");
    return account_enter(request, answer, known.person,
                         known.has_two_factors ? SESSION_TWO_FACTORS : SESSION_ONE_FACTOR,
                         known.goes_to[0] != '\0' ? known.goes_to : "/account");
}

/* ---- linking ---- */

static const char *linked_on(struct ctx *ctx, const struct account_link_rows_row *rows,
                             size_t count, const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].provider, code) == 0)
            return time_show_day(ctx->mem, time_day_of(ctx->mem, rows[i].linked_at));
    return "";
}

static enum status services(struct web_request *request, struct web_answer *answer)
{
    size_t count, linked;
    struct ctx *ctx = request->ctx;
    struct account_link_rows_row *rows;
    const struct oidc_provider *providers;
    struct account_services_page page = {.form_token = web_token(request)};
    TRY(account_providers(ctx, &providers, &count));
    TRY(account_link_rows(ctx, ctx->person.n, OIDC_PROVIDERS_MAX, &rows, &linked));
    struct account_service *items = mem_array(ctx->mem, struct account_service, count);
    for (size_t i = 0; i < count; i++)
        items[i] = (struct account_service){
            .code = providers[i].code,
            .label = providers[i].label,
            .href = mem_format(ctx->mem, "/account/services/%s", providers[i].code),
            .since = linked_on(ctx, rows, linked, providers[i].code)};
    page.services = (struct account_services){items, count};
    answer->page.title = "Other services";
    answer->page.back_href = "/account";
    account_services_show(&answer->body, &page);
    return OK;
}

static enum status link_with(struct web_request *request, struct web_answer *answer)
{
    return go(request, answer, request->ctx->person, "");
}

static enum status unlink_from(struct web_request *request, struct web_answer *answer)
{
    TRY(oidc_unlink(request->ctx, web_value(request, "provider")));
    return web_see_other(answer, "/account/services");
}

const struct web_route account_service_routes[] = {
    {"GET", "/sign-in/with/:provider", WEB_PUBLIC, sign_in_with,
     "Goes to another service to sign in."},
    {"GET", "/sign-in/with/:provider/back", WEB_PUBLIC, back, "Comes back from there."},
    {"GET", "/account/services", WEB_SIGNED_IN, services, "Other services that I can sign in with.",
     .needs_proof = true},
    {"GET", "/account/services/:provider", WEB_SIGNED_IN, link_with, "Goes there to link it.",
     .needs_proof = true},
    {"POST", "/account/services/:provider/remove", WEB_SIGNED_IN, unlink_from, "Unlinks it.",
     .needs_proof = true},
    {0},
};
