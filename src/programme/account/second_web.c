/* SPDX-License-Identifier: MIT */
/*
 * second_web.c - the second step of signing in, and proving once more who one is.
 *
 *   /sign-in/second          a code of the phone; who has none is led to add one
 *   /sign-in/recovery        a recovery code instead
 *   /sign-in/lost-phone      neither: POST sends a code by email
 *   /sign-in/lost-phone/code the code; then the phone stops counting after some days
 *   /sign-in/keep/:token     a mailed link: the button calls that off
 *   /sign-in/prove           by the phone, the password or a mailed code, whichever the person has
 *   /sign-in/prove/mail      POST sends a code by email
 */
#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/session.h"
#include "programme/access/access_web.h"
#include "programme/account/account_page.html.h"
#include "programme/account/account_pages.h"
#include "programme/account/account_web.h"

#include <string.h>

static const struct form_field phone_fields[] = {
    FORM_TEXT(account_typed_form, code, .label = "Code from your phone", .hint = "6 digits",
              .length_most = 40, .is_digits = true, .autocomplete = "one-time-code",
              .missing = "Enter the code that your phone shows"),
    FORM_END};
static const struct form_field mail_fields[] = {
    FORM_TEXT(account_typed_form, code, .label = "Code from the email", .hint = "6 digits",
              .length_most = 40, .is_digits = true, .autocomplete = "one-time-code",
              .missing = "Enter the code from the email"),
    FORM_END};
static const struct form_field password_fields[] = {
    FORM_TEXT(account_typed_form, password, .label = "Your password", .is_secret = true,
              .autocomplete = "current-password", .length_most = ACCOUNT_PASSWORD_CHARS_MOST,
              .missing = "Enter your password"),
    FORM_END};
static const struct form_field recovery_fields[] = {
    FORM_TEXT(account_typed_form, code, .label = "Recovery code",
              .hint = "For example, 7K3M9-Q2P4X", .length_most = 40, .autocomplete = "off",
              .missing = "Enter a recovery code"),
    FORM_END};

/* ---- the phone ---- */

static enum status show_second(struct web_request *request, struct web_answer *answer,
                               const struct form_problems *problems)
{
    struct view intro = {.mem = request->ctx->mem};
    struct account_second_page about;
    struct form_page page = {.title = "Enter the code from your phone",
                             .action = account_with_next(request, ACCESS_SECOND_PATH),
                             .button = "Continue",
                             .shown = {.fields = phone_fields, .problems = problems}};
    TRY(account_now(request->ctx, &about.now));
    account_second_intro(&intro, &about);
    page.intro = view_html(&intro);
    return form_answer(request, answer, &page);
}

static enum status second(struct web_request *request, struct web_answer *answer)
{
    struct account_ways ways;
    TRY(account_ways_of(request->ctx, request->ctx->person, &ways));
    if (!ways.has_phone)
        return web_see_other(answer, account_with_next(request, "/account/phone/add"));
    if (request->session.strength >= SESSION_TWO_FACTORS)
        return web_see_other(answer, account_next(request, "/account"));
    return show_second(request, answer, NULL);
}

/* What to say of a try that was not right. */
static const char *sentence_of(const struct account_result *result)
{
    return result->outcome == ACCOUNT_OVER ? "There is no phone in your account. Go back"
                                           : "That is not right, or it was used before. Try again";
}

static enum status type_second(struct web_request *request, struct web_answer *answer)
{
    const char *typed;
    struct account_result result;
    struct form_problems problems = {.count = 0};
    struct access_caller caller = account_caller(request);
    enum status status = account_read(request, phone_fields, &typed, &problems);
    if (status == ERR_INVALID)
        return show_second(request, answer, &problems);
    TRY(status);
    TRY(account_phone_check(request->ctx, &caller, typed, &result));
    if (result.outcome == ACCOUNT_WAIT)
        return account_wait(request, answer, result.wait_secs);
    if (result.outcome != ACCOUNT_RIGHT) {
        form_wrong(&problems, "code", sentence_of(&result));
        return show_second(request, answer, &problems);
    }
    TRY(session_prove(request, answer, SESSION_TWO_FACTORS));
    return web_see_other(answer, account_next(request, "/account"));
}

/* ---- a recovery code ---- */

static enum status show_recovery(struct web_request *request, struct web_answer *answer,
                                 const struct form_problems *problems)
{
    struct view intro = {.mem = request->ctx->mem};
    struct form_page page = {.title = "Use a recovery code",
                             .action = account_with_next(request, "/sign-in/recovery"),
                             .button = "Continue",
                             .back_href = account_with_next(request, ACCESS_SECOND_PATH),
                             .shown = {.fields = recovery_fields, .problems = problems}};
    account_recovery_intro(&intro);
    page.intro = view_html(&intro);
    return form_answer(request, answer, &page);
}

static enum status recovery(struct web_request *request, struct web_answer *answer)
{
    return show_recovery(request, answer, NULL);
}

static enum status type_recovery(struct web_request *request, struct web_answer *answer)
{
    const char *typed;
    struct account_result result;
    struct form_problems problems = {.count = 0};
    struct access_caller caller = account_caller(request);
    enum status status = account_read(request, recovery_fields, &typed, &problems);
    if (status == ERR_INVALID)
        return show_recovery(request, answer, &problems);
    TRY(status);
    TRY(account_recovery_type(request->ctx, &caller, typed, &result));
    if (result.outcome == ACCOUNT_WAIT)
        return account_wait(request, answer, result.wait_secs);
    if (result.outcome != ACCOUNT_RIGHT) {
        form_wrong(&problems, "code", sentence_of(&result));
        return show_recovery(request, answer, &problems);
    }
    TRY(session_prove(request, answer, SESSION_TWO_FACTORS));
    return web_see_other(answer, account_next(request, "/account/phone"));
}

/* ---- neither ---- */

/* Sends a code to the person's own address, which is then awaited by this browser. */
static enum status mail_own_code(struct web_request *request)
{
    struct access_person person;
    struct access_caller caller = account_caller(request);
    TRY(access_person_get(request->ctx, request->ctx->person, &person));
    return access_code_ask(request->ctx, &caller, person.email, "");
}

static enum status sorry_many_codes(struct web_request *request, struct web_answer *answer)
{
    return web_sorry(request, answer, 429, "Too many codes were asked for",
                     "Wait an hour, then ask for a code again.");
}

static enum status show_lost(struct web_request *request, struct web_answer *answer,
                             const char *email, const struct form_problems *problems)
{
    static const struct form_field none[] = {FORM_END};
    struct view intro = {.mem = request->ctx->mem};
    bool is_sent = email[0] != '\0';
    struct account_code_page about = {email, request->ctx->settings->demonstration};
    struct form_page page = {
        .title = "You lost your phone",
        .action = is_sent ? "/sign-in/lost-phone/code" : "/sign-in/lost-phone",
        .button = is_sent ? "Remove my phone after 3 days" : "Send me a code",
        .back_href = "/sign-in/recovery",
        .is_warning = is_sent,
        .shown = {.fields = is_sent ? mail_fields : none, .problems = problems}};
    account_lost_intro(&intro, &about);
    page.intro = view_html(&intro);
    return form_answer(request, answer, &page);
}

static enum status lost(struct web_request *request, struct web_answer *answer)
{
    return show_lost(request, answer, "", NULL);
}

static enum status lost_send(struct web_request *request, struct web_answer *answer)
{
    enum status status = mail_own_code(request);
    if (status == ERR_BUSY)
        return sorry_many_codes(request, answer);
    TRY(status);
    return web_see_other(answer, "/sign-in/lost-phone/code");
}

static enum status lost_ask_code(struct web_request *request, struct web_answer *answer)
{
    struct access_person person;
    TRY(access_person_get(request->ctx, request->ctx->person, &person));
    return show_lost(request, answer, person.email, NULL);
}

/* Compares a mailed code as a proof of the person who is signed in; NULL: it was right. */
static enum status check_mailed(struct web_request *request, const char *typed,
                                const char **wrong_out)
{
    struct access_entry entry = {.outcome = ACCESS_CODE_WRONG};
    struct access_caller caller = account_caller(request);
    caller.proves = request->ctx->person;
    enum status status = access_code_type(request->ctx, &caller, typed, &entry);
    *wrong_out = status == OK && entry.outcome == ACCESS_SIGNED_IN
                     ? NULL
                     : "That is not the newest code. Check the email, or ask for a new code";
    return status == ERR_INVALID ? OK : status;
}

static enum status lost_type(struct web_request *request, struct web_answer *answer)
{
    const char *typed, *wrong;
    int64_t due_at;
    struct ctx *ctx = request->ctx;
    struct access_person person;
    struct form_problems problems = {.count = 0};
    TRY(access_person_get(ctx, ctx->person, &person));
    enum status status = account_read(request, mail_fields, &typed, &problems);
    if (status == ERR_INVALID)
        return show_lost(request, answer, person.email, &problems);
    TRY(status);
    TRY(check_mailed(request, typed, &wrong));
    if (wrong != NULL) {
        form_wrong(&problems, "code", wrong);
        return show_lost(request, answer, person.email, &problems);
    }
    TRY(account_loss_ask(ctx, &due_at));
    answer->page.title = "Your phone will be removed";
    account_lost_done(&answer->body, time_show(ctx->mem, due_at));
    return OK;
}

static enum status keep_ask(struct web_request *request, struct web_answer *answer)
{
    int64_t due_at;
    struct mem *mem = request->ctx->mem;
    const char *token = web_value(request, "token");
    TRY(account_loss_open(request->ctx, token, &due_at));
    answer->page.title = "Keep your phone";
    account_confirm(
        &answer->body,
        &(const struct account_confirm_page){
            .heading = "Keep your phone",
            .text = mem_format(mem, "The phone would stop counting on %s.", time_show(mem, due_at)),
            .action = mem_format(mem, "/sign-in/keep/%s", token),
            .button = "Keep my phone",
            .form_token = web_token(request)});
    return OK;
}

static enum status keep(struct web_request *request, struct web_answer *answer)
{
    TRY(account_loss_keep_by(request->ctx, web_value(request, "token")));
    return web_see_other(answer, "/account");
}

/* ---- proving once more ---- */

enum proof { BY_PHONE, BY_PASSWORD, BY_MAIL };

static const struct form_field *const proof_fields[] = {phone_fields, password_fields, mail_fields};

/* A phone counts more than anything else; a mailed code does where it was asked for. */
static enum status proof_of(struct web_request *request, enum proof *out)
{
    struct account_ways ways;
    TRY(account_ways_of(request->ctx, request->ctx->person, &ways));
    bool wants_mail = strcmp(web_query(request, "by"), "mail") == 0;
    *out = ways.has_phone ? BY_PHONE : ways.has_password && !wants_mail ? BY_PASSWORD : BY_MAIL;
    return OK;
}

static const char *proof_path(const struct web_request *request, bool by_mail)
{
    struct mem *mem = request->ctx->mem;
    const char *path = account_with_next(request, ACCESS_PROOF_PATH);
    if (!by_mail)
        return path;
    return mem_format(mem, "%s%sby=mail", path, strchr(path, '?') != NULL ? "&" : "?");
}

static enum status show_send(struct web_request *request, struct web_answer *answer)
{
    static const struct form_field none[] = {FORM_END};
    struct view intro = {.mem = request->ctx->mem};
    struct account_prove_page about = {.now = "", .mail_href = "", .email = ""};
    struct form_page page = {.title = "Show that it is you",
                             .action = account_with_next(request, "/sign-in/prove/mail"),
                             .button = "Send me a code",
                             .shown = {.fields = none}};
    account_prove_intro(&intro, &about);
    page.intro = view_html(&intro);
    return form_answer(request, answer, &page);
}

static enum status show_proof(struct web_request *request, struct web_answer *answer,
                              enum proof proof, const struct form_problems *problems)
{
    struct ctx *ctx = request->ctx;
    struct view intro = {.mem = ctx->mem};
    struct access_person person;
    struct account_prove_page about = {
        .now = "", .mail_href = "", .email = "", .has_outbox = ctx->settings->demonstration};
    struct form_page page = {.title = "Show that it is you",
                             .action = proof_path(request, proof == BY_MAIL),
                             .button = "Continue",
                             .shown = {.fields = proof_fields[proof], .problems = problems}};
    TRY(access_person_get(ctx, ctx->person, &person));
    if (proof == BY_PHONE)
        TRY(account_now(ctx, &about.now));
    if (proof == BY_PASSWORD)
        about.mail_href = proof_path(request, true);
    if (proof == BY_MAIL)
        about.email = person.email;
    account_prove_intro(&intro, &about);
    page.intro = view_html(&intro);
    return form_answer(request, answer, &page);
}

static enum status prove(struct web_request *request, struct web_answer *answer)
{
    enum proof proof;
    TRY(proof_of(request, &proof));
    bool is_sent = strcmp(web_query(request, "sent"), "1") == 0;
    if (proof == BY_MAIL && !is_sent)
        return show_send(request, answer);
    return show_proof(request, answer, proof, NULL);
}

static enum status prove_mail(struct web_request *request, struct web_answer *answer)
{
    enum status status = mail_own_code(request);
    if (status == ERR_BUSY)
        return sorry_many_codes(request, answer);
    TRY(status);
    return web_see_other(answer,
                         mem_format(request->ctx->mem, "%s&sent=1", proof_path(request, true)));
}

static enum status check_proof(struct web_request *request, enum proof proof, const char *typed,
                               struct account_result *out)
{
    const char *wrong;
    struct access_caller caller = account_caller(request);
    if (proof == BY_PHONE)
        return account_phone_check(request->ctx, &caller, typed, out);
    if (proof == BY_PASSWORD)
        return account_password_check(request->ctx, &caller, typed, out);
    TRY(check_mailed(request, typed, &wrong));
    *out = (struct account_result){.outcome = wrong == NULL ? ACCOUNT_RIGHT : ACCOUNT_WRONG};
    return OK;
}

static enum status prove_type(struct web_request *request, struct web_answer *answer)
{
    const char *typed;
    enum proof proof;
    struct account_result result;
    struct form_problems problems = {.count = 0};
    TRY(proof_of(request, &proof));
    enum status status = account_read(request, proof_fields[proof], &typed, &problems);
    if (status == ERR_INVALID)
        return show_proof(request, answer, proof, &problems);
    TRY(status);
    TRY(check_proof(request, proof, typed, &result));
    if (result.outcome == ACCOUNT_WAIT)
        return account_wait(request, answer, result.wait_secs);
    if (result.outcome != ACCOUNT_RIGHT) {
        form_wrong(&problems, proof_fields[proof]->name, sentence_of(&result));
        return show_proof(request, answer, proof, &problems);
    }
    TRY(session_prove(request, answer,
                      proof == BY_PHONE ? SESSION_TWO_FACTORS : SESSION_ONE_FACTOR));
    return web_see_other(answer, account_next(request, "/account"));
}

const struct web_route account_second_routes[] = {
    {"GET", ACCESS_SECOND_PATH, WEB_SIGNED_IN, second, "The second step of signing in.",
     .any_strength = true},
    {"POST", ACCESS_SECOND_PATH, WEB_SIGNED_IN, type_second, "Takes a code of the phone, once.",
     .any_strength = true},
    {"GET", "/sign-in/recovery", WEB_SIGNED_IN, recovery, "A recovery code instead of the phone.",
     .any_strength = true},
    {"POST", "/sign-in/recovery", WEB_SIGNED_IN, type_recovery, "Takes a recovery code, once.",
     .any_strength = true},
    {"GET", "/sign-in/lost-phone", WEB_SIGNED_IN, lost, "Neither phone nor recovery codes.",
     .any_strength = true},
    {"POST", "/sign-in/lost-phone", WEB_SIGNED_IN, lost_send, "Sends a code by email.",
     .any_strength = true},
    {"GET", "/sign-in/lost-phone/code", WEB_SIGNED_IN, lost_ask_code, "Where it is typed.",
     .any_strength = true},
    {"POST", "/sign-in/lost-phone/code", WEB_SIGNED_IN, lost_type,
     "The phone stops counting after some days.", .any_strength = true},
    {"GET", "/sign-in/keep/:token", WEB_PUBLIC, keep_ask, "A mailed link: the phone is not lost."},
    {"POST", "/sign-in/keep/:token", WEB_PUBLIC, keep, "Keeps the phone."},
    {"GET", ACCESS_PROOF_PATH, WEB_SIGNED_IN, prove, "Show once more that it is you."},
    {"POST", ACCESS_PROOF_PATH, WEB_SIGNED_IN, prove_type, "Takes the proof."},
    {"POST", "/sign-in/prove/mail", WEB_SIGNED_IN, prove_mail, "Sends a code by email."},
    {0},
};
