/* SPDX-License-Identifier: MIT */
/*
 * change_web.c - changing how one signs in, which needs a fresh proof of who it is, and one's name.
 *
 *   /account/password           sets or changes it; /remove
 *   /account/phone              what there is; /add, /remove, /keep
 *   /account/recovery-codes     POST makes new ones and shows them once
 *   /account/address            another address; /code where its code is typed
 *   /account/name               another name
 *   /sign-in/undo/:token        a mailed link to the old address: the button takes the change back
 */
#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/document/qr.h"
#include "platform/web/session.h"
#include "programme/account/account_page.html.h"
#include "programme/account/account_pages.h"
#include "programme/account/account_web.h"

#include <inttypes.h>

enum { QR_WIDTH_PX = 220 };

static const char *day_of(struct mem *mem, int64_t at)
{
    return at > 0 ? time_show_day(mem, time_day_of(mem, at)) : "";
}

/* Whoever else is signed in as this person is out: they may be why it was changed. */
static enum status end_others(struct web_request *request)
{
    return session_end_others(request->ctx, request->ctx->person, request->session.id);
}

/* ---- the password ---- */

static const struct form_field new_password_fields[] = {
    FORM_TEXT(account_typed_form, password, .label = "New password", .is_secret = true,
              .hint = "At least 15 characters. You can paste it.", .autocomplete = "new-password",
              .length_most = ACCOUNT_PASSWORD_CHARS_MOST, .missing = "Enter a new password"),
    FORM_END};

static enum status show_password(struct web_request *request, struct web_answer *answer,
                                 const struct form_problems *problems)
{
    struct ctx *ctx = request->ctx;
    struct account_ways ways;
    struct view intro = {.mem = ctx->mem};
    struct account_own_page about = {.form_token = web_token(request)};
    struct form_page page = {.title = "Your password",
                             .action = "/account/password",
                             .button = "Save",
                             .back_href = "/account",
                             .shown = {.fields = new_password_fields, .problems = problems}};
    TRY(account_ways_of(ctx, ctx->person, &ways));
    about.password_since = day_of(ctx->mem, ways.password_at);
    account_password_intro(&intro, &about);
    page.intro = view_html(&intro);
    return form_answer(request, answer, &page);
}

static enum status password(struct web_request *request, struct web_answer *answer)
{
    return show_password(request, answer, NULL);
}

static enum status set_password(struct web_request *request, struct web_answer *answer)
{
    const char *typed;
    struct access_person person;
    struct form_problems problems = {.count = 0};
    TRY(access_person_get(request->ctx, request->ctx->person, &person));
    enum status status = account_read(request, new_password_fields, &typed, &problems);
    const char *wrong =
        status == OK ? account_password_problem(request->ctx, &person, typed) : NULL;
    if (wrong != NULL)
        form_wrong(&problems, "password", wrong);
    if (problems.count > 0)
        return show_password(request, answer, &problems);
    TRY(status);
    TRY(account_password_set(request->ctx, typed));
    TRY(end_others(request));
    return web_see_other(answer, "/account");
}

static enum status remove_password(struct web_request *request, struct web_answer *answer)
{
    TRY(account_password_remove(request->ctx));
    return web_see_other(answer, "/account");
}

/* ---- the phone ---- */

static enum status phone(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct account_ways ways;
    struct account_own_page page = {.form_token = web_token(request)};
    TRY(account_ways_of(ctx, ctx->person, &ways));
    page.phone_since = day_of(ctx->mem, ways.phone_at);
    page.codes_text = mem_format(ctx->mem,
                                 "You have %" PRId64 " recovery code%s left. If you make new ones, "
                                 "these do not work any more.",
                                 ways.recovery_count, ways.recovery_count == 1 ? "" : "s");
    answer->page.title = "Your phone";
    answer->page.back_href = "/account";
    account_phone_show(&answer->body, &page);
    return OK;
}

static const struct form_field add_fields[] = {
    FORM_TEXT(account_typed_form, code, .label = "Code that the app shows", .hint = "6 digits",
              .length_most = 40, .is_digits = true, .autocomplete = "one-time-code",
              .missing = "Enter the code that the app shows"),
    FORM_END};

static enum status show_add(struct web_request *request, struct web_answer *answer,
                            const struct account_offer *offer, const struct form_problems *problems)
{
    struct qr qr;
    struct ctx *ctx = request->ctx;
    struct view intro = {.mem = ctx->mem};
    struct access_person person;
    struct account_phone_page about = {.typed = offer->typed, .now = ""};
    struct form_page page = {.title = "Add your phone",
                             .action = account_with_next(request, "/account/phone/add"),
                             .button = "Add this phone",
                             .shown = {.fields = add_fields, .problems = problems}};
    TRY(access_person_get(ctx, ctx->person, &person));
    TRY(qr_make(ctx, offer->uri, &qr));
    about.qr = qr_svg(ctx, &qr, "QR code of the key for the app on your phone", QR_WIDTH_PX);
    about.is_required = access_sees_many(&person);
    if (ctx->settings->demonstration)
        TRY(account_offer_now(ctx, offer, &about.now));
    account_phone_intro(&intro, &about);
    page.intro = view_html(&intro);
    return form_answer(request, answer, &page);
}

static enum status offer_of(struct web_request *request, struct account_offer *out)
{
    const struct web_session *session = &request->session;
    return account_phone_offer(request->ctx, session->id, session->proved_at, out);
}

static enum status add_phone(struct web_request *request, struct web_answer *answer)
{
    struct account_offer offer;
    TRY(offer_of(request, &offer));
    return show_add(request, answer, &offer, NULL);
}

static enum status show_codes(struct web_answer *answer, const char *const *codes, const char *next)
{
    answer->page.title = "Your recovery codes";
    account_codes(&answer->body,
                  &(const struct account_codes_page){codes, ACCOUNT_RECOVERY_CODES, next});
    return OK;
}

static enum status take_phone(struct web_request *request, struct web_answer *answer)
{
    const char *typed, **codes;
    struct account_offer offer;
    struct account_result result;
    struct form_problems problems = {.count = 0};
    TRY(offer_of(request, &offer));
    enum status status = account_read(request, add_fields, &typed, &problems);
    if (status == ERR_INVALID)
        return show_add(request, answer, &offer, &problems);
    TRY(status);
    TRY(account_phone_add(request->ctx, &offer, typed, &result, &codes));
    if (result.outcome == ACCOUNT_WAIT)
        return account_wait(request, answer, result.wait_secs);
    if (result.outcome != ACCOUNT_RIGHT) {
        form_wrong(&problems, "code", "That is not the code. Type the one that the app shows now");
        return show_add(request, answer, &offer, &problems);
    }
    TRY(end_others(request));
    TRY(session_prove(request, answer, SESSION_TWO_FACTORS));
    return show_codes(answer, codes, account_next(request, "/account"));
}

static enum status remove_phone(struct web_request *request, struct web_answer *answer)
{
    TRY(account_phone_remove(request->ctx));
    return web_see_other(answer, "/account/phone");
}

static enum status keep_phone(struct web_request *request, struct web_answer *answer)
{
    TRY(account_loss_keep(request->ctx));
    return web_see_other(answer, "/account");
}

static enum status make_codes(struct web_request *request, struct web_answer *answer)
{
    const char **codes;
    TRY(account_recovery_make(request->ctx, &codes));
    return show_codes(answer, codes, "/account");
}

/* ---- the address ---- */

struct address_form {
    const char *email;
};

static const struct form_field address_fields[] = {
    FORM_EMAIL(address_form, email, .label = "New email address", .autocomplete = "email",
               .missing = "Enter your new email address"),
    FORM_END};

static enum status show_address(struct web_request *request, struct web_answer *answer,
                                const struct form_problems *problems)
{
    struct ctx *ctx = request->ctx;
    struct access_person person;
    struct view intro = {.mem = ctx->mem};
    struct form_page page = {.title = "Change your email address",
                             .action = "/account/address",
                             .button = "Send a code there",
                             .back_href = "/account",
                             .shown = {address_fields, request->sent, problems}};
    TRY(access_person_get(ctx, ctx->person, &person));
    account_address_intro(&intro, person.email);
    page.intro = view_html(&intro);
    return form_answer(request, answer, &page);
}

static enum status address(struct web_request *request, struct web_answer *answer)
{
    return show_address(request, answer, NULL);
}

static enum status ask_address(struct web_request *request, struct web_answer *answer)
{
    struct address_form form = {""};
    struct form_problems problems = {.count = 0};
    enum status status = form_read(request->ctx, address_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_address(request, answer, &problems);
    TRY(status);
    status = account_move_ask(request->ctx, form.email);
    if (status == ERR_BUSY)
        return web_sorry(request, answer, 429, "Too many addresses were asked for",
                         "Wait a day, then change your email address again.");
    TRY(status);
    return web_see_other(answer, "/account/address/code");
}

static const struct form_field move_fields[] = {
    FORM_TEXT(account_typed_form, code, .label = "Code", .hint = "6 digits", .length_most = 40,
              .is_digits = true, .autocomplete = "one-time-code",
              .missing = "Enter the code from the message"),
    FORM_END};

static enum status show_move(struct web_request *request, struct web_answer *answer,
                             const struct form_problems *problems)
{
    struct view intro = {.mem = request->ctx->mem};
    struct account_code_page about = {.has_outbox = request->ctx->settings->demonstration};
    struct form_page page = {.title = "Enter the code",
                             .action = "/account/address/code",
                             .button = "Change my email address",
                             .back_href = "/account/address",
                             .shown = {.fields = move_fields, .problems = problems}};
    enum status status = account_move_awaited(request->ctx, &about.email);
    if (status == ERR_NOT_FOUND)
        return web_see_other(answer, "/account/address");
    TRY(status);
    account_move_code_intro(&intro, &about);
    page.intro = view_html(&intro);
    return form_answer(request, answer, &page);
}

static enum status ask_move_code(struct web_request *request, struct web_answer *answer)
{
    return show_move(request, answer, NULL);
}

static enum status type_move_code(struct web_request *request, struct web_answer *answer)
{
    const char *typed;
    struct account_result result;
    struct form_problems problems = {.count = 0};
    enum status status = account_read(request, move_fields, &typed, &problems);
    if (status == ERR_INVALID)
        return show_move(request, answer, &problems);
    TRY(status);
    TRY(account_move_type(request->ctx, typed, &result));
    if (result.outcome != ACCOUNT_RIGHT) {
        form_wrong(&problems, "code", "That is not the code. Check the message, or ask again");
        return show_move(request, answer, &problems);
    }
    TRY(end_others(request));
    return web_see_other(answer, "/account");
}

/* ---- the name ---- */

struct name_form {
    const char *name;
};

static const struct form_field name_fields[] = {
    FORM_NAME(name_form, name, .label = "Your name", .autocomplete = "name", .kept = "account",
              .length_most = ACCESS_NAME_CHARS_MAX, .missing = "Enter your name"),
    FORM_END};

static enum status show_name(struct web_request *request, struct web_answer *answer,
                             const struct form_problems *problems)
{
    struct ctx *ctx = request->ctx;
    struct view intro = {.mem = ctx->mem};
    struct access_person person;
    struct form_answers now = {0};
    struct form_page page = {.title = "Change your name",
                             .action = "/account/name",
                             .button = "Save",
                             .back_href = "/account",
                             .shown = {.fields = name_fields, .problems = problems}};
    TRY(access_person_get(ctx, ctx->person, &person));
    answers_add(ctx->mem, &now, "name", person.name);
    page.shown.answers = problems != NULL ? request->sent : &now;
    account_name_intro(&intro);
    page.intro = view_html(&intro);
    return form_answer(request, answer, &page);
}

static enum status name(struct web_request *request, struct web_answer *answer)
{
    return show_name(request, answer, NULL);
}

static enum status set_name(struct web_request *request, struct web_answer *answer)
{
    bool has_changed;
    struct name_form form = {""};
    struct form_problems problems = {.count = 0};
    enum status status = form_read(request->ctx, name_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_name(request, answer, &problems);
    TRY(status);
    TRY(access_person_rename(request->ctx, request->ctx->person, form.name, &has_changed));
    return web_see_other(answer, "/account");
}

/* ---- back again ---- */

static enum status undo_ask(struct web_request *request, struct web_answer *answer)
{
    struct account_undo undo;
    struct mem *mem = request->ctx->mem;
    const char *token = web_value(request, "token");
    TRY(account_undo_open(request->ctx, token, &undo));
    answer->page.title = "Take back the new email address";
    account_confirm(
        &answer->body,
        &(const struct account_confirm_page){
            .heading = "Take back the new email address",
            .text = mem_format(mem,
                               "You sign in with %s again. Everybody who is signed in to your "
                               "account is signed out, and its password is removed.",
                               undo.old_email),
            .action = mem_format(mem, "/sign-in/undo/%s", token),
            .button = "Take it back",
            .form_token = web_token(request)});
    return OK;
}

static enum status undo(struct web_request *request, struct web_answer *answer)
{
    TRY(account_undo(request->ctx, web_value(request, "token")));
    return web_see_other(answer, "/sign-in");
}

const struct web_route account_change_routes[] = {
    {"GET", "/account/password", WEB_SIGNED_IN, password, "My password.", .needs_proof = true},
    {"POST", "/account/password", WEB_SIGNED_IN, set_password, "Sets or changes it.",
     .needs_proof = true},
    {"POST", "/account/password/remove", WEB_SIGNED_IN, remove_password, "Removes it.",
     .needs_proof = true},
    {"GET", "/account/phone", WEB_SIGNED_IN, phone, "My phone and recovery codes.",
     .needs_proof = true},
    {"GET", "/account/phone/add", WEB_SIGNED_IN, add_phone, "Adding a phone.", .needs_proof = true},
    {"POST", "/account/phone/add", WEB_SIGNED_IN, take_phone,
     "Adds it by a code that it shows; answers the recovery codes.", .needs_proof = true},
    {"POST", "/account/phone/remove", WEB_SIGNED_IN, remove_phone, "Removes it.",
     .needs_proof = true},
    {"POST", "/account/phone/keep", WEB_SIGNED_IN, keep_phone, "It is not lost."},
    {"POST", "/account/recovery-codes", WEB_SIGNED_IN, make_codes, "Makes new recovery codes.",
     .needs_proof = true},
    {"GET", "/account/address", WEB_SIGNED_IN, address, "Another email address.",
     .needs_proof = true},
    {"POST", "/account/address", WEB_SIGNED_IN, ask_address, "Sends a code there.",
     .needs_proof = true},
    {"GET", "/account/address/code", WEB_SIGNED_IN, ask_move_code, "Where it is typed."},
    {"POST", "/account/address/code", WEB_SIGNED_IN, type_move_code, "Changes the address."},
    {"GET", "/account/name", WEB_SIGNED_IN, name, "Another name."},
    {"POST", "/account/name", WEB_SIGNED_IN, set_name, "Changes it. Safe to repeat."},
    {"GET", "/sign-in/undo/:token", WEB_PUBLIC, undo_ask, "A mailed link: the change was not me."},
    {"POST", "/sign-in/undo/:token", WEB_PUBLIC, undo, "Takes the change back."},
    {0},
};
