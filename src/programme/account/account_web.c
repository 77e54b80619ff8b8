/* SPDX-License-Identifier: MIT */
/* account_web.c - what the page files of account/ share. */
#include "programme/account/account_web.h"

#include "platform/base/log.h"
#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/session.h"
#include "programme/account/account_pages.h"
#include "programme/account/oidc.h"

#include <inttypes.h>

const char *account_next(const struct web_request *request, const char *fallback)
{
    const char *next = web_query(request, "next");
    return access_path_is_ours(next) ? next : fallback;
}

const char *account_with_next(const struct web_request *request, const char *path)
{
    struct mem *mem = request->ctx->mem;
    const char *next = account_next(request, "");
    return next[0] != '\0' ? mem_format(mem, "%s?next=%s", path, text_percent(mem, next)) : path;
}

struct access_caller account_caller(const struct web_request *request)
{
    return (struct access_caller){.browser = request->browser, .address = request->address};
}

enum status account_enter(struct web_request *request, struct web_answer *answer,
                          struct person_id person, int strength, const char *goes_to)
{
    struct ctx *ctx = request->ctx;
    struct account_ways ways;
    struct access_person who;
    struct session_start start = {.person = person, .strength = strength};
    TRY(access_person_get(ctx, person, &who));
    TRY(account_ways_of(ctx, person, &ways));
    start.needs = ways.has_phone ? SESSION_TWO_FACTORS : SESSION_ONE_FACTOR;
    if (access_sees_many(&who)) {
        start.idle_secs = ACCOUNT_MANY_IDLE_SECS;
        start.kept_secs = ACCOUNT_MANY_KEPT_SECS;
    }
    TRY(session_begin(request, answer, &start));
    return web_see_other(answer, goes_to);
}

enum status account_wait(struct web_request *request, struct web_answer *answer, int64_t wait_secs)
{
    struct mem *mem = request->ctx->mem;
    int64_t minutes = (wait_secs + TIME_MINUTE_SECS - 1) / TIME_MINUTE_SECS;
    answer->retry_secs = (int)wait_secs;
    return web_sorry(request, answer, 429, "Too many wrong tries",
                     mem_format(mem,
                                "Wait %" PRId64 " minute%s, then go back and try again. You can "
                                "still sign in by a code from an email.",
                                minutes, minutes == 1 ? "" : "s"));
}

enum status account_read(struct web_request *request, const struct form_field *fields,
                         const char **typed_out, struct form_problems *problems)
{
    struct account_typed_form form = {"", ""};
    enum status status = form_read(request->ctx, fields, request->sent, &form, problems);
    *typed_out = form.code[0] != '\0' ? form.code : form.password;
    return status;
}

enum status account_providers(struct ctx *ctx, const struct oidc_provider **out, size_t *count_out)
{
    enum status status = oidc_providers(ctx, out, count_out);
    if (status != ERR_INVALID)
        return status;
    log_event(ctx, LOG_ERROR, "sign_in_providers", LOG_TEXT(fault, ctx->fault));
    ctx->fault = NULL;
    *count_out = 0;
    return OK;
}

enum status account_now(struct ctx *ctx, const char **out)
{
    *out = "";
    if (!ctx->settings->demonstration)
        return OK;
    enum status status = account_phone_now(ctx, out);
    return status == ERR_NOT_FOUND ? OK : status;
}
