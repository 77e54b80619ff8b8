/* SPDX-License-Identifier: MIT */
/*
 * access_web.c - the pages of signing in and of one's own account, and what the dispatcher asks.
 *
 *   /sign-in                      an address; POST asks for a code
 *   /sign-in/code                 the code; POST signs in
 *   /sign-out                     POST
 *   /signed-out                   that it is done
 *   /account                      who I am and what I may do
 *   /account/sign-out-everywhere  POST
 *   /desk                         what needs me today: desk_web.c
 *   /desk/messages                what became of each email, without what it says
 *   /desk/outbox ...              the emails of a demonstration: outbox_web.c
 */
#include "programme/access/access_web.h"

#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "platform/web/form.h"
#include "platform/web/listing.h"
#include "platform/web/session.h"
#include "programme/access/access.sql.h"
#include "programme/access/access_internal.h"
#include "programme/access/access_page.html.h"
#include "programme/access/desk_web.h"
#include "programme/access/outbox_web.h"

#include <string.h>

_Static_assert((int)MAY_SEE_DESK == (int)WEB_ACCESS_FIRST, "accesses begin where the web's end");

#define CODE_PATH ACCESS_SIGN_IN_PATH "/code"

/* ---- what the dispatcher asks ---- */

/* The argument by which queries are narrowed at each level. */
static const char *const scope_arguments[] = {
    [ACCESS_REGION] = "scope_region",
    [ACCESS_BOARD] = "scope_board",
    [ACCESS_ORGANISATION] = "scope_organisation",
    [ACCESS_SITE] = "scope_site",
};

enum status access_may(struct web_request *request, int access, struct web_grant *grant_out)
{
    struct access_granted granted;
    struct ctx *ctx = request->ctx;
    const char *organisation = web_value(request, "organisation");
    if (access < MAY_SEE_DESK || access >= ACCESS_END)
        return ctx_fail(ctx, ERR_FORBIDDEN, "there is no access %d", access);
    if (organisation[0] != '\0')
        TRY(access_check_for(ctx, (enum access)access, organisation, &granted));
    else
        TRY(access_check(ctx, (enum access)access, &granted));
    *grant_out = (struct web_grant){.role = granted.role};
    if (granted.scope.level != ACCESS_NATIONAL) {
        grant_out->scope = granted.scope.code;
        grant_out->scope_argument = scope_arguments[granted.scope.level];
    }
    return OK;
}

struct access_scope access_scope_of(const struct web_request *request)
{
    const struct web_grant *grant = &request->grant;
    for (enum access_level level = ACCESS_REGION; level <= ACCESS_SITE; level++)
        if (grant->scope != NULL && strcmp(grant->scope_argument, scope_arguments[level]) == 0)
            return (struct access_scope){level, grant->scope};
    return (struct access_scope){ACCESS_NATIONAL, ""};
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

/* ---- an address ---- */

struct address_form {
    const char *email;
};

static const struct form_field address_fields[] = {
    FORM_EMAIL(address_form, email, .label = "Your email address", .autocomplete = "email",
               .missing = "Enter your email address"),
    FORM_END};

/* Where to go when signed in; "" when none was said or it leads elsewhere. */
static const char *next_of(const struct web_request *request)
{
    const char *next = web_query(request, "next");
    return access_path_is_ours(next) ? next : "";
}

static struct access_caller caller_of(const struct web_request *request)
{
    return (struct access_caller){request->browser, request->address};
}

static enum status show_address(struct web_request *request, struct web_answer *answer,
                                const struct form_problems *problems)
{
    struct mem *mem = request->ctx->mem;
    struct view intro = {.mem = mem};
    const char *next = next_of(request);
    struct form_page page = {
        .title = "Sign in",
        .action = next[0] != '\0'
                      ? mem_format(mem, ACCESS_SIGN_IN_PATH "?next=%s", text_percent(mem, next))
                      : ACCESS_SIGN_IN_PATH,
        .button = "Send me a code",
        .shown = {.fields = address_fields, .answers = request->sent, .problems = problems}};
    access_sign_in_intro(&intro);
    page.intro = view_html(&intro);
    return form_answer(request, answer, &page);
}

static enum status sign_in(struct web_request *request, struct web_answer *answer)
{
    const char *next = next_of(request);
    if (request->ctx->person.n != 0)
        return web_see_other(answer, next[0] != '\0' ? next : "/account");
    return show_address(request, answer, NULL);
}

static enum status ask_for_code(struct web_request *request, struct web_answer *answer)
{
    struct address_form form = {""};
    struct form_problems problems = {.count = 0};
    struct access_caller caller = caller_of(request);
    enum status status = form_read(request->ctx, address_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_address(request, answer, &problems);
    TRY(status);
    status = access_code_ask(request->ctx, &caller, form.email, next_of(request));
    if (status == ERR_BUSY)
        return web_sorry(request, answer, 429, "Too many codes were asked for",
                         "Wait an hour, then ask for a code again. If you have a code that is less "
                         "than 10 minutes old, you can still use it.");
    TRY(status);
    return web_see_other(answer, CODE_PATH);
}

/* ---- the code ---- */

struct code_form {
    const char *code;
};

static const struct form_field code_fields[] = {
    FORM_TEXT(code_form, code, .label = "Code", .hint = "6 digits", .length_most = 40,
              .is_digits = true, .autocomplete = "one-time-code",
              .missing = "Enter the code from the email"),
    FORM_END};

static enum status show_code(struct web_request *request, struct web_answer *answer,
                             const char *email, const struct form_problems *problems)
{
    struct view intro = {.mem = request->ctx->mem};
    struct access_code_page about = {.email = email,
                                     .has_outbox = request->ctx->settings->demonstration};
    struct form_page page = {.title = "Enter the code",
                             .action = CODE_PATH,
                             .button = "Sign in",
                             .back_href = ACCESS_SIGN_IN_PATH,
                             .shown = {.fields = code_fields, .problems = problems}};
    access_code_intro(&intro, &about);
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

static enum status type_code(struct web_request *request, struct web_answer *answer)
{
    static const char *const sentences[] = {
        [ACCESS_CODE_WRONG] = "That is not the code. Check the newest email and type it again",
        [ACCESS_CODE_TOO_OFTEN] = "A wrong code was typed too often. Ask for a new code",
        [ACCESS_CODE_OVER] = "This code can no longer be used. Ask for a new code",
    };
    struct code_form form = {""};
    struct form_problems problems = {.count = 0};
    struct access_caller caller = caller_of(request);
    struct access_entry entry;
    enum status status = form_read(request->ctx, code_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return refuse_code(request, answer, problems.items[0].text);
    TRY(status);
    status = access_code_type(request->ctx, &caller, form.code, &entry);
    if (status == ERR_INVALID)
        return refuse_code(request, answer, "Enter the 6 digits of the code");
    TRY(status);
    if (entry.outcome == ACCESS_WAIT)
        return web_sorry(request, answer, 429, "Too many wrong codes",
                         "Wait an hour, then ask for a new code.");
    if (entry.outcome != ACCESS_SIGNED_IN)
        return refuse_code(request, answer, sentences[entry.outcome]);
    TRY(session_begin(request, answer, entry.person));
    return web_see_other(answer, entry.goes_to);
}

/* ---- signing out ---- */

static enum status sign_out(struct web_request *request, struct web_answer *answer)
{
    TRY(access_note_signed_out(request->ctx));
    TRY(session_end(request, answer));
    return web_see_other(answer, "/signed-out");
}

static enum status sign_out_everywhere(struct web_request *request, struct web_answer *answer)
{
    TRY(session_end_all(request->ctx, request->ctx->person));
    return sign_out(request, answer);
}

static enum status signed_out(struct web_request *request, struct web_answer *answer)
{
    (void)request;
    answer->page.title = "You have signed out";
    answer->is_public = true;
    access_signed_out(&answer->body);
    return OK;
}

/* ---- one's own account ---- */

static enum status account(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct access_person person;
    struct access_granted granted;
    struct access_account_page page = {.person = &person, .form_token = web_token(request)};
    TRY(access_person_get(ctx, ctx->person, &person));
    page.has_desk = access_check_of(&person, MAY_SEE_DESK, &granted) == OK;
    page.since = mem_array(ctx->mem, const char *, person.grant_count);
    for (size_t i = 0; i < person.grant_count; i++)
        page.since[i] = time_show_day(ctx->mem, person.grants[i].from_on);
    answer->page.title = "Your account";
    access_account(&answer->body, &page);
    return OK;
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

static enum status count_unsent(struct ctx *ctx, const struct access_scope *scope,
                                struct desk_load *out)
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
    {"GET", "/sign-in", WEB_PUBLIC, sign_in, "Sign in with an email address."},
    {"POST", "/sign-in", WEB_PUBLIC, ask_for_code, "Asks for a code by email."},
    {"GET", "/sign-in/code", WEB_PUBLIC, ask_code, "Where the code is typed."},
    {"POST", "/sign-in/code", WEB_PUBLIC, type_code, "Signs in. A code works once."},
    {"POST", "/sign-out", WEB_PUBLIC, sign_out, "Signs out. Safe to repeat."},
    {"GET", "/signed-out", WEB_PUBLIC, signed_out, "That one has signed out."},
    {"GET", "/account", WEB_SIGNED_IN, account, "Who I am and what I may do."},
    {"POST", "/account/sign-out-everywhere", WEB_SIGNED_IN, sign_out_everywhere,
     "Signs out on all devices."},
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
