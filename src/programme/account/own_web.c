/* SPDX-License-Identifier: MIT */
/*
 * own_web.c - one's own account: what I do here, how I sign in, where I am signed in.
 *
 *   GET  /account                      all of it, and what other capabilities add
 *   GET  /account/devices              where I am signed in
 *   POST /account/devices/:id/end      signs out there
 *   POST /account/sign-out-everywhere  signs out on all devices
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "platform/web/session.h"
#include "programme/account/account_internal.h"
#include "programme/account/account_page.html.h"
#include "programme/account/account_pages.h"
#include "programme/account/account_web.h"
#include "programme/account/oidc.h"
#include "programme/audit/audit.h"

#include <inttypes.h>

enum { LINES_MAX = 5, SECTIONS_MAX = 40 };

/* ---- the whole ---- */

static const char *since(struct mem *mem, const char *what, bool is_there, int64_t at)
{
    return is_there ? mem_format(mem, "%s on %s", what, time_show_day(mem, time_day_of(mem, at)))
                    : "None";
}

static const char *counted(struct mem *mem, size_t count, const char *one, const char *many)
{
    return mem_format(mem, "%zu %s", count, count == 1 ? one : many);
}

/* The rows of "Signing in". */
static enum status fill_lines(struct ctx *ctx, struct account_own_page *page)
{
    struct mem *mem = ctx->mem;
    struct account_ways ways;
    struct session_place *places;
    const struct oidc_provider *providers;
    size_t place_count, provider_count;
    struct account_line *lines = mem_array(mem, struct account_line, LINES_MAX);
    TRY(account_ways_of(ctx, ctx->person, &ways));
    TRY(session_list(ctx, ctx->person, &places, &place_count));
    TRY(account_providers(ctx, &providers, &provider_count));
    page->lines = lines;
    lines[page->line_count++] = (struct account_line){
        "Password", since(mem, "Set", ways.has_password, ways.password_at), "/account/password",
        ways.has_password ? "Change" : "Set", "password"};
    lines[page->line_count++] = (struct account_line){
        "Code from a phone", since(mem, "Added", ways.has_phone, ways.phone_at), "/account/phone",
        ways.has_phone ? "Change" : "Add", "phone"};
    if (ways.has_phone)
        lines[page->line_count++] = (struct account_line){
            "Recovery codes", mem_format(mem, "%" PRId64 " left", ways.recovery_count),
            "/account/phone", "Make new ones", "recovery codes"};
    if (provider_count > 0)
        lines[page->line_count++] =
            (struct account_line){"Other services", "Sign in with an account from elsewhere",
                                  "/account/services", "Change", "other services"};
    lines[page->line_count++] =
        (struct account_line){"Devices", counted(mem, place_count, "device", "devices"),
                              "/account/devices", "See", "devices"};
    return OK;
}

static enum status fill_sections(struct web_request *request, struct account_own_page *page)
{
    struct mem *mem = request->ctx->mem;
    struct account_own_section *shown = mem_array(mem, struct account_own_section, SECTIONS_MAX);
    page->sections = shown;
    for (size_t i = 0; account_sections[i] != NULL; i++) {
        for (const struct account_section *section = account_sections[i]; section->title != NULL;
             section++) {
            struct view inside = {.mem = mem};
            TRY(section->render(request, &inside));
            if (inside.length_bytes == 0 || page->section_count >= SECTIONS_MAX)
                continue;
            shown[page->section_count++] =
                (struct account_own_section){section->title, view_html(&inside)};
        }
    }
    return OK;
}

static enum status show_signing_in(struct web_request *request, struct view *out)
{
    struct account_own_page page = {.line_count = 0};
    TRY(fill_lines(request->ctx, &page));
    account_signing_in(out, &page);
    return OK;
}

/* All mail of today is needed; a kind that people may switch off gets its choice here. */
static enum status show_mail(struct web_request *request, struct view *out)
{
    (void)request;
    account_mail(out);
    return OK;
}

const struct account_section account_own_sections[] = {
    {"Signing in", show_signing_in}, {"Your emails", show_mail}, {0}};

static enum status account(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct access_person person;
    struct access_granted granted;
    struct account_ways ways;
    struct account_own_page page = {.person = &person, .form_token = web_token(request)};
    TRY(access_person_get(ctx, ctx->person, &person));
    TRY(account_ways_of(ctx, ctx->person, &ways));
    page.loss_due = ways.loss_due_at > 0 ? time_show(ctx->mem, ways.loss_due_at) : "";
    TRY(fill_sections(request, &page));
    page.has_desk = access_check_of(&person, MAY_SEE_DESK, &granted) == OK;
    answer->page.title = "Your account";
    answer->page.crumbs[0] = (struct web_crumb){"Home", "/"};
    account_own(&answer->body, &page);
    return OK;
}

/* ---- devices ---- */

static enum status devices(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct session_place *places;
    struct account_devices_page page = {.form_token = web_token(request)};
    TRY(session_list(ctx, ctx->person, &places, &page.count));
    struct account_device *shown = mem_array(ctx->mem, struct account_device, page.count);
    for (size_t i = 0; i < page.count; i++)
        shown[i] = (struct account_device){
            .id = places[i].id,
            .label = places[i].device[0] != '\0' ? places[i].device : "A browser",
            .network = places[i].network,
            .began = time_show(ctx->mem, places[i].began_at),
            .seen = time_show_ago(ctx->mem, places[i].seen_at, ctx->now_secs),
            .is_this = places[i].id == request->session.id};
    page.devices = shown;
    answer->page.title = "Your devices";
    answer->page.back_href = "/account";
    account_devices(&answer->body, &page);
    return OK;
}

static enum status end_one_once(struct ctx *ctx, void *arg)
{
    const int64_t *id = arg;
    TRY(session_end_one(ctx, ctx->person, *id));
    return account_tell(
        ctx, &(const struct account_news){.what = "account.device_ended", .person = ctx->person});
}

static enum status end_device(struct web_request *request, struct web_answer *answer)
{
    int64_t id;
    if (text_number(web_value(request, "id"), 1, INT64_MAX, &id) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "that is no session");
    TRY(store_transact(request->ctx, "account_device_end", end_one_once, &id));
    return web_see_other(answer, "/account/devices");
}

static enum status end_all_once(struct ctx *ctx, void *arg)
{
    (void)arg;
    TRY(session_end_all(ctx, ctx->person));
    return account_tell(ctx, &(const struct account_news){.what = "account.ended_everywhere",
                                                          .person = ctx->person});
}

static enum status sign_out_everywhere(struct web_request *request, struct web_answer *answer)
{
    TRY(store_transact(request->ctx, "account_end_all", end_all_once, NULL));
    TRY(session_end(request, answer));
    return web_see_other(answer, "/signed-out");
}

const struct web_route account_own_routes[] = {
    {"GET", "/account", WEB_SIGNED_IN, account, "Who I am, what I may do and how I sign in."},
    {"GET", "/account/devices", WEB_SIGNED_IN, devices, "Where I am signed in."},
    {"POST", "/account/devices/:id/end", WEB_SIGNED_IN, end_device, "Signs out there."},
    {"POST", "/account/sign-out-everywhere", WEB_SIGNED_IN, sign_out_everywhere,
     "Signs out on all devices.", .any_strength = true},
    {0},
};
