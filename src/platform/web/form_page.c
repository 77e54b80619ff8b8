/* SPDX-License-Identifier: MIT */
/*
 * form_page.c - a page of one form for handlers, and problems for API callers.
 */
#include "platform/base/json_text.h"
#include "platform/web/form_internal.h"
#include "platform/web/form_lookup.html.h"
#include "platform/web/web.h"

#include <jansson.h>
#include <string.h>

enum status form_answer(struct web_request *request, struct web_answer *answer,
                        const struct form_page *page)
{
    struct view problems = {.mem = request->ctx->mem}, form = {.mem = request->ctx->mem};
    bool is_wrong = page->shown.problems != NULL && page->shown.problems->count > 0;
    if (is_wrong && request->wants == WEB_JSON)
        return form_problems_answer(answer, page->shown.problems, ERR_INVALID);
    form_show_problems(&problems, &page->shown);
    struct form_shown shown = page->shown;
    shown.kept = request->app->kept;
    TRY(form_show(request->ctx, &form, &shown));
    answer->page.title = page->title;
    answer->page.back_href = page->back_href;
    answer->page.has_problem = is_wrong;
    form_page_view(&answer->body, &(const struct form_page_view){
                                      .title = page->title,
                                      .intro = page->intro,
                                      .problems = view_html(&problems),
                                      .form = view_html(&form),
                                      .action = page->action,
                                      .token = web_token(request),
                                      .button = page->button,
                                      .is_warning = page->is_warning,
                                      .has_files = form_has_files(page->shown.fields),
                                  });
    return is_wrong ? ERR_INVALID : OK;
}

enum status form_problems_answer(struct web_answer *answer, const struct form_problems *problems,
                                 enum status status)
{
    json_t *errors = json_array();
    for (size_t i = 0; i < problems->count; i++)
        json_array_append_new(errors, json_pack("{s:s, s:s}", "field", problems->items[i].field,
                                                "detail", problems->items[i].text));
    int code = status == ERR_CONFLICT ? 409 : 422;
    json_t *body =
        json_pack("{s:s, s:s, s:i, s:o}", "type", "about:blank", "title",
                  code == 409 ? "This can no longer be done" : "Some answers need a change",
                  "status", code, "errors", errors);
    const char *text = json_text_taken(answer->body.mem, body, JSON_COMPACT);
    view_raw(&answer->body, text, strlen(text));
    answer->content_type = "application/problem+json";
    answer->code = code;
    return status;
}
