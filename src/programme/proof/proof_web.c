/* SPDX-License-Identifier: MIT */
/* proof_web.c - the page where the code of a mail is typed. */
#include "programme/proof/proof_web.h"

#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/web/form.h"
#include "programme/proof/proof_page.html.h"

struct code_form {
    const char *code;
};

static const struct form_field fields[] = {
    FORM_TEXT(code_form, code, .label = "Code", .hint = "6 digits", .length_most = 40,
              .is_digits = true, .autocomplete = "one-time-code",
              .missing = "Enter the code from the email"),
    FORM_END};

static struct html intro_of(struct web_request *request, const struct proof_page *page)
{
    struct view intro = {.mem = request->ctx->mem}, more = {.mem = request->ctx->mem};
    if (page->more != NULL)
        page->more(&more);
    proof_intro(&intro, &(const struct proof_intro_page){
                            .again = page->again,
                            .again_href = page->again_href,
                            .link_days = page->kind->link_secs / TIME_DAY_SECS,
                            .more = view_html(&more),
                            .has_outbox = request->ctx->settings->demonstration});
    return view_html(&intro);
}

static enum status show(struct web_request *request, struct web_answer *answer,
                        const struct proof_page *page, const struct form_problems *problems)
{
    answer->page.section = page->section;
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = "Check your email",
            .action = request->path,
            .button = page->button,
            .intro = intro_of(request, page),
            .shown = {.fields = fields, .answers = request->sent, .problems = problems}});
}

enum status proof_page_show(struct web_request *request, struct web_answer *answer,
                            const struct proof_page *page)
{
    TRY(proof_exists(request->ctx, page->kind, web_value(request, "reference")));
    return show(request, answer, page, NULL);
}

/* ---- typing ---- */

/* What is wrong with a code that was not right, as a sentence. */
static const char *sentence_of(struct mem *mem, enum proof_outcome outcome, const char *again)
{
    return outcome == PROOF_WRONG
               ? "That is not the code. Check the newest email and type it again"
               : mem_format(mem, "%s. Use the link in the email, or %s to get a new code",
                            outcome == PROOF_TOO_OFTEN ? "A wrong code was typed too often"
                                                       : "This code can no longer be used",
                            again);
}

/* ERR_INVALID: problems says what is wrong.  OK: it was right, or the caller must wait. */
static enum status read_and_type(struct web_request *request, const struct proof_page *page,
                                 struct proof_typed *typed, struct form_problems *problems)
{
    struct code_form form = {""};
    struct ctx *ctx = request->ctx;
    TRY(form_read(ctx, fields, request->sent, &form, problems));
    const struct proof_typing typing = {web_value(request, "reference"), form.code,
                                        request->address};
    enum status status = proof_type(ctx, page->kind, &typing, typed);
    if (status == ERR_INVALID)
        form_wrong(problems, "code",
                   mem_format(ctx->mem, "Enter the %d digits of the code", PROOF_CODE_DIGITS));
    if (status == ERR_CONFLICT && page->conflict != NULL)
        form_wrong(problems, "code", page->conflict);
    if (status == OK && typed->outcome != PROOF_RIGHT && typed->outcome != PROOF_WAIT)
        form_wrong(problems, "code", sentence_of(ctx->mem, typed->outcome, page->again));
    return problems->count > 0 ? ERR_INVALID : status;
}

enum status proof_page_type(struct web_request *request, struct web_answer *answer,
                            const struct proof_page *page)
{
    struct proof_typed typed = {PROOF_OVER, ""};
    struct form_problems problems = {.count = 0};
    enum status status = read_and_type(request, page, &typed, &problems);
    if (status == ERR_INVALID)
        request->ctx->fault = NULL;
    if (status == ERR_INVALID && request->wants == WEB_JSON)
        return form_problems_answer(answer, &problems, status);
    if (status == ERR_INVALID)
        return show(request, answer, page, &problems);
    TRY(status);
    if (typed.outcome == PROOF_WAIT)
        return web_sorry(request, answer, 429, "Too many wrong codes",
                         "Wait an hour, or use the link in the email.");
    return web_see_other(answer, page->leads_to(request->ctx->mem, typed.token));
}

/* ---- links ---- */

enum status proof_page_over(struct web_request *request, struct web_answer *answer,
                            const struct proof_page *page)
{
    request->ctx->fault = NULL;
    answer->page.title = page->over_title;
    answer->page.section = page->section;
    page->over(&answer->body);
    answer->code = 409;
    return ERR_CONFLICT;
}
