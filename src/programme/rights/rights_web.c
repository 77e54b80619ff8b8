/* SPDX-License-Identifier: MIT */
/*
 * rights_web.c - what people ask about their data, and their own copy.
 *
 *   /privacy                        the notice: notice_web.c
 *   /privacy/ask ...                the journey: a request, or a complaint
 *   /privacy/request/:token         the page of the mailed link; POST proves the address
 *   /privacy/request/:token/data    POST: the copy as a .zip, once the address is proven
 *   /account/data                   what is kept about me
 *   /account/data/download          POST: the same as a .zip
 *   /account/requests               what I asked, and asking something new
 *   /account/erase                  what deleting would do; POST asks for it
 */
#include "programme/rights/rights_web.h"

#include "platform/base/time.h"
#include "platform/web/journey.h"
#include "programme/directory/directory_web.h"
#include "programme/rights/data_web.h"
#include "programme/rights/notice_web.h"
#include "programme/rights/rights.sql.h"
#include "programme/rights/rights_page.html.h"

#include <string.h>

enum { REQUESTS_SHOWN = 50 };

/* ---- the journey ---- */

struct ask_draft {
    const char *kind, *what, *name, *email;
    struct form_found organisation;
};

/* Those who are signed in see and delete on pages of their own, so theirs begin after these two. */
enum { KINDS_WITH_PAGES = 2 };
static const struct form_option ask_kinds[] = {
    {"see", "See what you keep about me", NULL, NULL},
    {"erase", "Delete my data", NULL, NULL},
    {"correct", "Put something right", NULL, NULL},
    {"restrict", "Keep my data but do not use it", NULL, NULL},
    {"object", "Stop a use that I do not want", NULL, NULL},
    {"complaint", "Complain about how my data is used", NULL, NULL},
    {0}};

static const struct form_field kind_fields[] = {
    FORM_ONE_OF(ask_draft, kind, .options = ask_kinds, .label = "What do you want to ask?",
                .missing = "Choose what you want to ask", .short_label = "You ask us to"),
    FORM_END};

static const struct form_field what_fields[] = {
    FORM_LONG_TEXT(ask_draft, what, .label = "Tell us more", .is_optional = true,
                   .hint = "For example, what is wrong and what would be right"),
    FORM_LOOKUP(ask_draft, organisation, .in = &directory_organisations, .is_optional = true,
                .label = "Is it about one organisation?",
                .hint = "Start typing its name, or leave this empty"),
    FORM_END};

static const struct form_field who_fields[] = {
    FORM_NAME(ask_draft, name, .label = "Your name", .autocomplete = "name",
              .missing = "Enter your name"),
    FORM_EMAIL(ask_draft, email, .label = "Your email address", .autocomplete = "email",
               .hint = "The one that we may know you by. We send a link to it.",
               .missing = "Enter your email address"),
    FORM_END};

/* Where the kind does not say it all, words must. */
static enum status check_what(struct ctx *ctx, const void *form, struct form_problems *problems)
{
    const struct ask_draft *draft = form;
    (void)ctx;
    if (draft->what[0] == '\0' && strcmp(draft->kind, "see") != 0 &&
        strcmp(draft->kind, "erase") != 0)
        form_wrong(problems, "what", "Tell us what you want us to do");
    return OK;
}

static const struct journey_step ask_steps[] = {
    {.name = "kind", .fields = kind_fields},
    {.name = "what", .fields = what_fields, .title = "What is it about?", .check = check_what},
    {.name = "who", .fields = who_fields, .title = "Who are you?"},
    {0}};

static enum status ask_words(struct ctx *ctx, struct view *out)
{
    (void)ctx;
    ask_start(out);
    return OK;
}

static enum status declare_words(struct ctx *ctx, const void *draft, struct view *out)
{
    (void)ctx;
    (void)draft;
    ask_declaration(out);
    return OK;
}

static enum status next_words(struct ctx *ctx, const char *reference, struct view *out)
{
    (void)ctx;
    (void)reference;
    ask_next(out);
    return OK;
}

/* Also of who is signed in the address is proven by mail: it may be another one. */
static enum status finish(struct ctx *ctx, const void *form, struct form_problems *problems,
                          struct journey_done *done)
{
    const struct ask_draft *draft = form;
    const struct person_id person = ctx->person;
    const struct rights_ask ask = {draft->kind, draft->name, draft->email,
                                   draft->organisation.key == NULL ? "" : draft->organisation.key,
                                   draft->what};
    (void)problems;
    ctx->person = (struct person_id){0};
    enum status status = rights_ask(ctx, &ask, &done->reference);
    ctx->person = person;
    return status;
}

static const struct journey asking = {.name = "rights",
                                      .title = "Ask or complain about your data",
                                      .draft_bytes = sizeof(struct ask_draft),
                                      .steps = ask_steps,
                                      .kept = "rights",
                                      .start = ask_words,
                                      .declaration = declare_words,
                                      .finish = finish,
                                      .next = next_words};

/* ---- the mailed link ---- */

static enum status prove_page(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    const char *token = web_value(request, "token");
    const char *address = mem_format(ctx->mem, "/privacy/request/%s", token);
    struct rights_request found;
    TRY(rights_find_by_link(ctx, token, &found));
    bool is_unproven = strcmp(found.state, "unproven") == 0 || strcmp(found.state, "paused") == 0;
    if (!is_unproven && strcmp(found.kind, "see") == 0)
        return data_web_show(
            request, answer, &found.subject,
            &(const struct data_showing){.title = "What we keep about you",
                                         .zip_action = mem_format(ctx->mem, "%s/data", address)});
    answer->page.title = mem_format(ctx->mem, "Your request %s", found.reference);
    prove_show(&answer->body,
               &(const struct prove_page){.request = &found,
                                          .kind = rights_name(rights_kinds, found.kind),
                                          .due = time_show_day(ctx->mem, found.due_on),
                                          .action = address,
                                          .form_token = web_token(request),
                                          .is_unproven = is_unproven});
    return OK;
}

static enum status prove(struct web_request *request, struct web_answer *answer)
{
    const char *token = web_value(request, "token");
    TRY(rights_prove(request->ctx, token));
    return web_see_other(answer, mem_format(request->ctx->mem, "/privacy/request/%s", token));
}

static enum status prove_data(struct web_request *request, struct web_answer *answer)
{
    struct rights_request found;
    TRY(rights_find_by_link(request->ctx, web_value(request, "token"), &found));
    if (strcmp(found.kind, "see") != 0 || found.closed_at == 0)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "nothing may be seen by this link yet");
    return data_web_zip(request, answer, &found.subject);
}

/* ---- one's own account ---- */

static enum status my_data(struct web_request *request, struct web_answer *answer)
{
    struct privacy_subject subject;
    TRY(rights_subject(request->ctx, &subject));
    answer->page.crumbs[0] = (struct web_crumb){"Your account", "/account"};
    return data_web_show(request, answer, &subject,
                         &(const struct data_showing){.title = "What we keep about you",
                                                      .zip_action = "/account/data/download",
                                                      .is_own = true});
}

static enum status my_zip(struct web_request *request, struct web_answer *answer)
{
    struct privacy_subject subject;
    TRY(rights_subject(request->ctx, &subject));
    return data_web_zip(request, answer, &subject);
}

static enum status my_erasure(struct web_request *request, struct web_answer *answer)
{
    struct privacy_subject subject;
    struct erase_page page = {.form_token = web_token(request)};
    TRY(rights_subject(request->ctx, &subject));
    TRY(data_web_erasure(request->ctx, &subject, &page.lines, &page.line_count, &page.held));
    answer->page.title = "Have your data deleted";
    answer->page.back_href = "/account/data";
    erase_show(&answer->body, &page);
    return OK;
}

static enum status ask_erasure(struct web_request *request, struct web_answer *answer)
{
    const char *reference;
    TRY(rights_ask(request->ctx,
                   &(const struct rights_ask){.kind = "erase", .organisation = "", .what = ""},
                   &reference));
    return web_see_other(answer, "/account/requests");
}

static const struct form_field own_fields[] = {
    FORM_ONE_OF(ask_draft, kind, .options = &ask_kinds[KINDS_WITH_PAGES],
                .label = "What do you want to ask?", .missing = "Choose what you want to ask"),
    FORM_LONG_TEXT(ask_draft, what, .label = "Tell us more", .kept = "rights",
                   .missing = "Tell us what you want us to do"),
    FORM_END};

static const char *state_words(struct mem *mem, const struct rights_of_person_row *row)
{
    if (strcmp(row->state, "closed") == 0)
        return mem_format(mem, "%s.", rights_name(rights_outcomes, row->outcome));
    return strcmp(row->state, "open") == 0 ? "We are working on it."
                                           : "We wait for you to press the button in our email.";
}

static enum status list_own(struct web_request *request, struct view *out)
{
    struct ctx *ctx = request->ctx;
    struct rights_of_person_row *rows;
    struct requests_page page = {0};
    TRY(rights_of_person(ctx, ctx->person.n, REQUESTS_SHOWN, &rows, &page.line_count));
    struct rights_line *lines = mem_array(ctx->mem, struct rights_line, page.line_count);
    for (size_t i = 0; i < page.line_count; i++) {
        bool waits = strcmp(rows[i].state, "open") == 0;
        lines[i] = (struct rights_line){.reference = rows[i].reference,
                                        .kind = rights_name(rights_kinds, rows[i].kind),
                                        .state = state_words(ctx->mem, &rows[i]),
                                        .due = waits ? time_show_day(ctx->mem, rows[i].due_on) : "",
                                        .answer = rows[i].answer};
    }
    page.lines = lines;
    requests_lines(out, &page);
    return OK;
}

static enum status show_own(struct web_request *request, struct web_answer *answer,
                            const struct form_problems *problems)
{
    struct view intro = {.mem = request->ctx->mem};
    TRY(list_own(request, &intro));
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Your requests",
                                  .action = "/account/requests",
                                  .button = "Send",
                                  .intro = view_html(&intro),
                                  .back_href = "/account",
                                  .shown = {.fields = own_fields,
                                            .answers = problems != NULL ? request->sent : NULL,
                                            .problems = problems}});
}

static enum status my_requests(struct web_request *request, struct web_answer *answer)
{
    return show_own(request, answer, NULL);
}

static enum status ask_own(struct web_request *request, struct web_answer *answer)
{
    struct ask_draft draft = {0};
    struct form_problems problems = {.count = 0};
    const char *reference;
    enum status status = form_read(request->ctx, own_fields, request->sent, &draft, &problems);
    if (status == ERR_INVALID)
        return show_own(request, answer, &problems);
    TRY(status);
    TRY(rights_ask(
        request->ctx,
        &(const struct rights_ask){.kind = draft.kind, .organisation = "", .what = draft.what},
        &reference));
    return web_see_other(answer, "/account/requests");
}

/* ---- at /account ---- */

static enum status show_section(struct web_request *request, struct view *out)
{
    (void)request;
    rights_section(out);
    return OK;
}

const struct account_section rights_sections[] = {{"Your data", show_section}, {0}};

const struct web_route rights_routes[] = {
    {"GET", "/privacy", WEB_PUBLIC, notice_web_show, "What is kept about people."},
    WEB_JOURNEY("/privacy/ask", WEB_PUBLIC, &asking, "Ask or complain about your data."),
    {"GET", "/privacy/request/:token", WEB_PUBLIC, prove_page, "The page of a mailed link."},
    {"POST", "/privacy/request/:token", WEB_PUBLIC, prove, "Proves the address. Safe to repeat."},
    {"POST", "/privacy/request/:token/data", WEB_PUBLIC, prove_data, "The copy as a .zip."},
    {"GET", "/account/data", WEB_SIGNED_IN, my_data, "What is kept about me."},
    {"POST", "/account/data/download", WEB_SIGNED_IN, my_zip, "The same as a .zip.",
     .needs_proof = true},
    {"GET", "/account/requests", WEB_SIGNED_IN, my_requests, "What I asked about my data."},
    {"POST", "/account/requests", WEB_SIGNED_IN, ask_own, "Asks something about my data."},
    {"GET", "/account/erase", WEB_SIGNED_IN, my_erasure, "What deleting my data would do.",
     .needs_proof = true},
    {"POST", "/account/erase", WEB_SIGNED_IN, ask_erasure, "Asks to have my data deleted.",
     .needs_proof = true},
    {0},
};
