/* SPDX-License-Identifier: MIT */
/*
 * casestudy_code_web.c - where the code of the mail is typed, of a case study or of a reuse.
 *
 * The page shows nothing of what was sent, so its address need not be a secret.
 */
#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "programme/casestudy/casestudy_page.html.h"
#include "programme/casestudy/casestudy_web.h"

struct code_form {
    const char *code;
};

static const struct form_field code_fields[] = {
    FORM_TEXT(code_form, code, .label = "Code", .hint = "6 digits", .length_most = 40,
              .is_digits = true, .autocomplete = "one-time-code",
              .missing = "Enter the code from the email"),
    FORM_END};

static bool is_reuse(const struct web_request *request)
{
    return text_begins(web_value(request, "reference"), "RU-");
}

static enum status show(struct web_request *request, struct web_answer *answer,
                        const struct form_problems *problems)
{
    struct mem *mem = request->ctx->mem;
    struct view intro = {.mem = mem};
    casestudy_code_intro(
        &intro, &(const struct casestudy_code_page){
                    .again_href = is_reuse(request) ? "/case-studies/reuse" : "/case-studies/send",
                    .is_reuse = is_reuse(request),
                    .has_outbox = request->ctx->settings->demonstration});
    answer->page.section = "/case-studies";
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = "Check your email",
            .action = mem_format(mem, "/case-studies/confirm/%s", web_value(request, "reference")),
            .button = "Confirm",
            .intro = view_html(&intro),
            .shown = {.fields = code_fields, .answers = request->sent, .problems = problems}});
}

/* Whether there is such a thing. */
static enum status find(struct web_request *request)
{
    struct casestudy study;
    struct casestudy_reuse reuse;
    const char *reference = web_value(request, "reference");
    return is_reuse(request) ? casestudy_reuse_find(request->ctx, reference, &reuse)
                             : casestudy_find(request->ctx, reference, &study);
}

enum status casestudy_code_ask(struct web_request *request, struct web_answer *answer)
{
    TRY(find(request));
    return show(request, answer, NULL);
}

static enum status refuse(struct web_request *request, struct web_answer *answer,
                          const char *sentence)
{
    struct form_problems problems = {.count = 0};
    form_wrong(&problems, "code", sentence);
    request->ctx->fault = NULL;
    if (request->wants == WEB_JSON)
        return form_problems_answer(answer, &problems, ERR_INVALID);
    return show(request, answer, &problems);
}

static const char *const sentences[] = {
    [CASESTUDY_WRONG] = "That is not the code. Check the newest email and type it again",
    [CASESTUDY_TOO_OFTEN] = "A wrong code was typed too often. Use the link in the email, or send "
                            "it again to get a new code",
    [CASESTUDY_OVER] = "This code can no longer be used. Use the link in the email, or send it "
                       "again to get a new code",
};

enum status casestudy_code_take(struct web_request *request, struct web_answer *answer)
{
    const char *token = "";
    struct code_form form = {""};
    enum casestudy_outcome outcome = CASESTUDY_OVER;
    struct form_problems problems = {.count = 0};
    enum status status = form_read(request->ctx, code_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return refuse(request, answer, problems.items[0].text);
    TRY(status);
    status = casestudy_type(request->ctx,
                            &(const struct casestudy_typing){web_value(request, "reference"),
                                                             form.code, request->address},
                            &outcome, &token);
    if (status == ERR_INVALID)
        return refuse(request, answer, "Enter the 6 digits of the code");
    TRY(status);
    if (outcome == CASESTUDY_WAIT)
        return web_sorry(request, answer, 429, "Too many wrong codes",
                         "Wait an hour, or use the link in the email.");
    if (outcome != CASESTUDY_RIGHT)
        return refuse(request, answer, sentences[outcome]);
    return web_see_other(answer, mem_format(request->ctx->mem, "/case-studies/%s/%s",
                                            is_reuse(request) ? "reused" : "mine", token));
}
