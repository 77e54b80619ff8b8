/* SPDX-License-Identifier: MIT */
/*
 * sign_in_web.c - the first step of signing in, and signing out.
 *
 *   GET  /sign-in       an address, and a password if there is one
 *   POST /sign-in       by the password, or asks for a code by email
 *   GET  /sign-in/code  where the code is typed
 *   POST /sign-in/code  signs in
 *   POST /sign-out      signs out
 *   GET  /signed-out    that it is done
 *
 * Neither page nor number of calls tells whether an address is known.
 */
#include "platform/base/settings.h"
#include "platform/web/session.h"
#include "programme/access/access_web.h"
#include "programme/account/account_page.html.h"
#include "programme/account/account_pages.h"
#include "programme/account/account_web.h"
#include "programme/account/oidc.h"

#define CODE_PATH ACCESS_SIGN_IN_PATH "/code"

/* ---- an address, and perhaps a password ---- */

struct address_form {
    const char *email, *password;
};

static const struct form_field address_fields[] = {
    FORM_EMAIL(address_form, email, .label = "Your email address", .autocomplete = "username",
               .missing = "Enter your email address"),
    FORM_TEXT(address_form, password, .label = "Password", .is_optional = true, .is_secret = true,
              .hint = "If you have none, leave this empty. We send you a code by email.",
              .autocomplete = "current-password", .length_most = ACCOUNT_PASSWORD_CHARS_MOST),
    FORM_END};

/* The services that the operator set, as links. */
static enum status services_of(struct web_request *request, struct account_services *out)
{
    struct mem *mem = request->ctx->mem;
    const struct oidc_provider *providers;
    TRY(account_providers(request->ctx, &providers, &out->count));
    struct account_service *items = mem_array(mem, struct account_service, out->count);
    for (size_t i = 0; i < out->count; i++)
        items[i] = (struct account_service){
            .label = providers[i].label,
            .href = account_with_next(
                request, mem_format(mem, ACCESS_SIGN_IN_PATH "/with/%s", providers[i].code))};
    out->items = items;
    return OK;
}

static enum status show_address(struct web_request *request, struct web_answer *answer,
                                const struct form_problems *problems)
{
    struct view intro = {.mem = request->ctx->mem};
    struct account_services services;
    struct form_page page = {
        .title = "Sign in",
        .action = account_with_next(request, ACCESS_SIGN_IN_PATH),
        .button = "Continue",
        .shown = {.fields = address_fields, .answers = request->sent, .problems = problems}};
    TRY(services_of(request, &services));
    account_sign_in_intro(&intro, &services);
    page.intro = view_html(&intro);
    return form_answer(request, answer, &page);
}

static enum status sign_in(struct web_request *request, struct web_answer *answer)
{
    if (request->ctx->person.n != 0)
        return web_see_other(answer, account_next(request, "/account"));
    return show_address(request, answer, NULL);
}

static enum status ask_for_code(struct web_request *request, struct web_answer *answer,
                                const char *email)
{
    struct access_caller caller = account_caller(request);
    enum status status = access_code_ask(request->ctx, &caller, email, account_next(request, ""));
    if (status == ERR_BUSY)
        return web_sorry(request, answer, 429, "Too many codes were asked for",
                         "Wait an hour, then ask for a code again. If you have a code that is less "
                         "than 10 minutes old, you can still use it.");
    TRY(status);
    return web_see_other(answer, CODE_PATH);
}

static enum status try_password(struct web_request *request, struct web_answer *answer,
                                const struct address_form *form)
{
    struct account_result result;
    struct form_problems problems = {.count = 0};
    struct access_caller caller = account_caller(request);
    TRY(account_password_sign_in(request->ctx, &caller, form->email, form->password, &result));
    if (result.outcome == ACCOUNT_WAIT)
        return account_wait(request, answer, result.wait_secs);
    if (result.outcome == ACCOUNT_RIGHT)
        return account_enter(request, answer, result.person, SESSION_ONE_FACTOR,
                             account_next(request, "/account"));
    form_wrong(&problems, "password",
               "This address and password do not go together. Try again, or leave the password "
               "empty to get a code");
    return show_address(request, answer, &problems);
}

static enum status take_address(struct web_request *request, struct web_answer *answer)
{
    struct address_form form = {"", ""};
    struct form_problems problems = {.count = 0};
    enum status status = form_read(request->ctx, address_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_address(request, answer, &problems);
    TRY(status);
    return form.password[0] != '\0' ? try_password(request, answer, &form)
                                    : ask_for_code(request, answer, form.email);
}

/* ---- the code ---- */

static const struct form_field code_fields[] = {
    FORM_TEXT(account_typed_form, code, .label = "Code", .hint = "6 digits", .length_most = 40,
              .is_digits = true, .autocomplete = "one-time-code",
              .missing = "Enter the code from the email"),
    FORM_END};

static enum status show_code(struct web_request *request, struct web_answer *answer,
                             const char *email, const struct form_problems *problems)
{
    struct view intro = {.mem = request->ctx->mem};
    struct account_code_page about = {.email = email,
                                      .has_outbox = request->ctx->settings->demonstration};
    struct form_page page = {.title = "Enter the code",
                             .action = CODE_PATH,
                             .button = "Sign in",
                             .back_href = ACCESS_SIGN_IN_PATH,
                             .shown = {.fields = code_fields, .problems = problems}};
    account_code_intro(&intro, &about);
    page.intro = view_html(&intro);
    return form_answer(request, answer, &page);
}

static enum status ask_code(struct web_request *request, struct web_answer *answer)
{
    const char *email;
    enum status status = access_code_awaited(request->ctx, request->browser, &email);
    if (status == ERR_NOT_FOUND)
        return web_see_other(answer, ACCESS_SIGN_IN_PATH);
    TRY(status);
    return show_code(request, answer, email, NULL);
}

/* The page again, with what is wrong with the code. */
static enum status refuse_code(struct web_request *request, struct web_answer *answer,
                               const char *sentence)
{
    const char *email = "";
    struct form_problems problems = {.count = 0};
    enum status status = access_code_awaited(request->ctx, request->browser, &email);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    form_wrong(&problems, "code", sentence);
    return show_code(request, answer, email, &problems);
}

static const char *const sentences[] = {
    [ACCESS_CODE_WRONG] = "That is not the code. Check the newest email and type it again",
    [ACCESS_CODE_TOO_OFTEN] = "A wrong code was typed too often. Ask for a new code",
    [ACCESS_CODE_OVER] = "This code can no longer be used. Ask for a new code",
};

static enum status type_code(struct web_request *request, struct web_answer *answer)
{
    const char *typed;
    struct access_entry entry;
    struct form_problems problems = {.count = 0};
    struct access_caller caller = account_caller(request);
    enum status status = account_read(request, code_fields, &typed, &problems);
    if (status == ERR_INVALID)
        return refuse_code(request, answer, problems.items[0].text);
    TRY(status);
    status = access_code_type(request->ctx, &caller, typed, &entry);
    if (status == ERR_INVALID)
        return refuse_code(request, answer, "Enter the 6 digits of the code");
    TRY(status);
    if (entry.outcome == ACCESS_WAIT)
        return web_sorry(request, answer, 429, "Too many wrong codes",
                         "Wait an hour, then ask for a new code.");
    if (entry.outcome != ACCESS_SIGNED_IN)
        return refuse_code(request, answer, sentences[entry.outcome]);
    return account_enter(request, answer, entry.person, SESSION_ONE_FACTOR, entry.goes_to);
}

/* ---- signing out ---- */

static enum status sign_out(struct web_request *request, struct web_answer *answer)
{
    TRY(access_note_signed_out(request->ctx));
    TRY(session_end(request, answer));
    return web_see_other(answer, "/signed-out");
}

static enum status signed_out(struct web_request *request, struct web_answer *answer)
{
    (void)request;
    answer->page.title = "You have signed out";
    answer->is_public = true;
    account_signed_out(&answer->body);
    return OK;
}

const struct web_route account_sign_in_routes[] = {
    {"GET", "/sign-in", WEB_PUBLIC, sign_in, "Sign in with an email address."},
    {"POST", "/sign-in", WEB_PUBLIC, take_address,
     "Signs in by a password, or asks for a code by email."},
    {"GET", "/sign-in/code", WEB_PUBLIC, ask_code, "Where the code is typed."},
    {"POST", "/sign-in/code", WEB_PUBLIC, type_code, "Signs in. A code works once."},
    {"POST", "/sign-out", WEB_PUBLIC, sign_out, "Signs out. Safe to repeat."},
    {"GET", "/signed-out", WEB_PUBLIC, signed_out, "That one has signed out."},
    {0},
};
