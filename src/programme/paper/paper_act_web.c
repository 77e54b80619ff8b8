/* SPDX-License-Identifier: MIT */
/*
 * paper_act_web.c - what staff do with one paper before and beside comparing it: record, send back,
 * refuse.  The routes stand in paper_desk_web.c.
 */
#include "programme/paper/paper_act_web.h"

#include "platform/base/text.h"
#include "programme/access/access.h"
#include "programme/paper/paper_record_web.h"

#include <inttypes.h>
#include <stdlib.h>

/* The paper that the address names, when it is in the scope of the person's role. */
enum status paper_web_find(struct web_request *request, struct paper *out)
{
    bool holds;
    TRY(paper_find(request->ctx, web_value(request, "reference"), out));
    TRY(access_scope_holds(request->ctx, request->grant.scope, out->organisation, &holds));
    if (!holds)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "paper is outside the scope of the role");
    return OK;
}

const char *paper_web_address(struct web_request *request, const struct paper *paper,
                              const char *tail)
{
    return mem_format(request->ctx->mem, "/desk/paper/%s%s", paper->reference, tail);
}

/* The same with the version that the reader sees, which the act must still find. */
const char *paper_web_address_at(struct web_request *request, const struct paper *paper,
                                 const char *tail)
{
    return mem_format(request->ctx->mem, "/desk/paper/%s%s?version=%" PRId64, paper->reference,
                      tail, paper->version);
}

int64_t paper_web_version(const struct web_request *request)
{
    const char *typed = web_query(request, "version");
    return typed[0] == '\0' ? -1 : strtoll(typed, NULL, 10);
}

/* What a refused act says. */
enum status paper_web_sorry(struct web_request *request, struct web_answer *answer,
                            enum status status)
{
    if (status == ERR_FORBIDDEN)
        return web_sorry(request, answer, 403, "Another person must do this",
                         "Nobody checks what they recorded themselves, and what somebody else "
                         "recorded is for you to check.");
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "This cannot be done now",
                         "Somebody may have worked on the paper since you opened it, or the "
                         "pledge does not wait for this signature any more. Go back and look at "
                         "it again.");
    return status;
}

/* ---- recording ---- */

static const struct form_field signature_fields[] = {
    FORM_NAME(paper_signature, signer, .label = "Name, as it is written on the paper",
              .autocomplete = "off", .missing = "Enter the name as it is written on the paper"),
    FORM_DATE(paper_signature, signed_on, .label = "Day beside the signature",
              .missing = "Enter the day that is written beside the signature"),
    FORM_END};

static enum status show_signature(struct web_request *request, struct web_answer *answer,
                                  const struct paper *paper, const struct form_problems *problems)
{
    struct form_answers before = {0};
    answers_add(request->ctx->mem, &before, "signer", paper->signer);
    answers_add(request->ctx->mem, &before, "signed_on", paper->signed_on);
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Record the signature",
                                  .action = paper_web_address(request, paper, "/signature"),
                                  .button = "Send to be checked",
                                  .back_href = paper_web_address(request, paper, ""),
                                  .shown = {.fields = signature_fields,
                                            .answers = problems != NULL ? request->sent : &before,
                                            .problems = problems}});
}

enum status paper_act_ask_signature(struct web_request *request, struct web_answer *answer)
{
    struct paper paper;
    TRY(paper_web_find(request, &paper));
    if (paper.is_whole)
        return paper_web_sorry(request, answer, ERR_CONFLICT);
    TRY(paper_note_look(request->ctx, &paper, false));
    return show_signature(request, answer, &paper, NULL);
}

enum status paper_act_record_signature(struct web_request *request, struct web_answer *answer)
{
    struct paper paper;
    struct paper_signature form = {"", ""};
    struct form_problems problems = {.count = 0};
    TRY(paper_web_find(request, &paper));
    enum status status = form_read(request->ctx, signature_fields, request->sent, &form, &problems);
    if (status == OK)
        status = paper_record_signature(request->ctx, paper.reference, &form, &problems);
    if (status == ERR_INVALID)
        return show_signature(request, answer, &paper, &problems);
    TRY(paper_web_sorry(request, answer, status));
    return web_see_other(answer, paper_web_address(request, &paper, ""));
}

enum status paper_act_transcribe(struct web_request *request, struct web_answer *answer)
{
    struct paper paper;
    struct form_answers answers = {0};
    TRY(paper_web_find(request, &paper));
    if (!paper.is_whole || (!paper_is(&paper, "waiting") && !paper_is(&paper, "recorded")))
        return paper_web_sorry(request, answer, ERR_CONFLICT);
    if (paper_is(&paper, "recorded") && paper.recorded_by != request->ctx->person.n)
        return paper_web_sorry(request, answer, ERR_FORBIDDEN);
    TRY(paper_note_look(request->ctx, &paper, false));
    TRY(paper_answers(request->ctx, &paper, &answers));
    return journey_begin_with(request, answer, &paper_recording, PAPER_RECORD_PATH, &answers);
}

/* ---- acts with a reason ---- */

struct paper_reason {
    const char *reason;
};

static const struct form_field back_fields[] = {
    FORM_LONG_TEXT(paper_reason, reason, .length_most = 2000, .rows = 4,
                   .label = "What differs from the paper?",
                   .hint = "Whoever recorded it reads this.", .missing = "Enter what differs"),
    FORM_END};

static const struct form_field refuse_fields[] = {
    FORM_LONG_TEXT(paper_reason, reason, .length_most = 2000, .rows = 4,
                   .label = "Why can the paper not count?",
                   .hint = "Whoever signed it gets this by email, where we know their address. "
                           "Be kind and clear about what to do.",
                   .missing = "Enter why it cannot count"),
    FORM_END};

struct reasoned {
    const char *title, *tail, *button;
    const struct form_field *fields;
    enum status (*fn)(struct ctx *ctx, const char *reference, int64_t version, const char *reason);
};

static const struct reasoned sending_back = {"Send it back", "/back", "Send it back", back_fields,
                                             paper_send_back};
static const struct reasoned refusing = {"Refuse this paper", "/refuse", "Refuse it", refuse_fields,
                                         paper_refuse};

static enum status ask_reason(struct web_request *request, struct web_answer *answer,
                              const struct reasoned *reasoned, const struct form_problems *problems)
{
    struct paper paper;
    TRY(paper_web_find(request, &paper));
    const char *version = web_query(request, "version");
    answer->page.section = "/desk";
    return form_answer(request, answer,
                       &(const struct form_page){
                           .title = reasoned->title,
                           .action = mem_format(request->ctx->mem, "%s?version=%s",
                                                paper_web_address(request, &paper, reasoned->tail),
                                                text_percent(request->ctx->mem, version)),
                           .button = reasoned->button,
                           .is_warning = reasoned == &refusing,
                           .back_href = paper_web_address(request, &paper, ""),
                           .shown = {.fields = reasoned->fields,
                                     .answers = problems != NULL ? request->sent : NULL,
                                     .problems = problems}});
}

static enum status act_with_reason(struct web_request *request, struct web_answer *answer,
                                   const struct reasoned *reasoned)
{
    struct paper paper;
    struct paper_reason form = {""};
    struct form_problems problems = {.count = 0};
    TRY(paper_web_find(request, &paper));
    enum status status = form_read(request->ctx, reasoned->fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return ask_reason(request, answer, reasoned, &problems);
    TRY(status);
    status = reasoned->fn(request->ctx, paper.reference, paper_web_version(request), form.reason);
    TRY(paper_web_sorry(request, answer, status));
    return web_see_other(answer, paper_web_address(request, &paper, ""));
}

enum status paper_act_ask_back(struct web_request *request, struct web_answer *answer)
{
    return ask_reason(request, answer, &sending_back, NULL);
}

enum status paper_act_send_back(struct web_request *request, struct web_answer *answer)
{
    return act_with_reason(request, answer, &sending_back);
}

enum status paper_act_ask_refuse(struct web_request *request, struct web_answer *answer)
{
    return ask_reason(request, answer, &refusing, NULL);
}

enum status paper_act_refuse(struct web_request *request, struct web_answer *answer)
{
    return act_with_reason(request, answer, &refusing);
}
