/* SPDX-License-Identifier: MIT */
/*
 * home_web.c - the front page, and what a public service must say about itself.
 *
 *   GET /               the front page
 *   GET /accessibility  the accessibility statement
 */
#include "programme/home/home_web.h"

#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "programme/home/home.h"
#include "programme/home/home.html.h"

#include <string.h>

/* What this programme works towards; which version is in force is the pack's to say. */
static const char framework_code[] = "talent-for-care";

bool home_is_in(const struct framework_intention *intention, const struct framework_stage *stage)
{
    return strcmp(intention->stage, stage->code) == 0;
}

static struct home_about about(const struct web_request *request)
{
    const struct settings *settings = request->ctx->settings;
    return (struct home_about){settings->service_name, settings->contact_email,
                               settings->demonstration};
}

static enum status front(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct home_page page = {.is_demonstration = ctx->settings->demonstration};
    enum status status =
        framework_on(ctx, framework_code, time_day_of(ctx->mem, ctx->now_secs), &page.framework);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    ctx->fault = NULL;
    page.has_framework = status == OK;
    answer->page.title = "Get ready, get in, get on and go further";
    answer->page.section = "/";
    answer->page.is_wide = true;
    answer->is_public = true;
    home_front(&answer->body, &page);
    return OK;
}

static enum status accessibility(struct web_request *request, struct web_answer *answer)
{
    struct home_about page = about(request);
    answer->page.title = "Accessibility statement";
    answer->is_public = true;
    home_accessibility(&answer->body, &page);
    return OK;
}

const struct web_route home_routes[] = {
    {"GET", "/", WEB_PUBLIC, front, "The front page."},
    {"GET", "/accessibility", WEB_PUBLIC, accessibility, "The accessibility statement."},
    {0},
};
