/* SPDX-License-Identifier: MIT */
/*
 * casestudy_edit_web.c - the editor: each box with what the author wrote beside it.
 *
 *   /desk/case-studies/:reference/edit      POST saves a new version
 */
#include "platform/base/text.h"
#include "programme/casestudy/casestudy_page.html.h"
#include "programme/casestudy/casestudy_web.h"

#include <string.h>

enum { FIELDS_MAX = 16 };

/* What the author wrote in a field, as people read it. */
static const char *joined(struct mem *mem, const struct form_answers *answers, const char *name)
{
    const char *text = "";
    for (size_t i = 0; i < answers->count; i++)
        if (strcmp(answers->items[i].name, name) == 0)
            text = mem_format(mem, "%s%s%s", text, text[0] != '\0' ? "\n" : "",
                              answers->items[i].value);
    return text;
}

static enum status author_lines(struct ctx *ctx, const struct form_field *field,
                                const struct form_answers *answers, const char **out)
{
    size_t count;
    struct form_line *lines;
    const struct form_field only[] = {*field, FORM_END};
    *out = joined(ctx->mem, answers, field->name);
    if (field->kind != FORM_KIND_ONE_OF && field->kind != FORM_KIND_SEVERAL_OF)
        return OK;
    TRY(form_lines(ctx, &(const struct form_shown){.fields = only, .answers = answers}, &lines,
                   &count));
    if (count == 1)
        *out = lines[0].text;
    return OK;
}

struct editing {
    struct casestudy study;
    struct casestudy_version author;
    const struct form_answers *answers; /* in the boxes */
    const struct form_problems *problems;
    int64_t base;
};

static enum status fill_pairs(struct ctx *ctx, const struct editing *e,
                              struct casestudy_editor_page *page)
{
    struct form_answers author = {.count = 0};
    casestudy_answers_of(ctx->mem, &e->author.words, &author);
    page->pairs = mem_array(ctx->mem, struct casestudy_pair, FIELDS_MAX);
    for (const struct form_field *field = casestudy_editor_fields; field->kind != FORM_KIND_END;
         field++) {
        const struct form_field only[] = {*field, FORM_END};
        struct view input = {.mem = ctx->mem};
        TRY(form_show(ctx, &input,
                      &(const struct form_shown){
                          .fields = only, .answers = e->answers, .problems = e->problems}));
        if (strcmp(field->name, "reason") == 0) {
            page->reason = view_html(&input);
            continue;
        }
        struct casestudy_pair *pair = &page->pairs[page->pair_count++];
        *pair = (struct casestudy_pair){
            .label = field->short_label != NULL ? field->short_label : field->label,
            .input = view_html(&input),
            .is_same = strcmp(joined(ctx->mem, &author, field->name),
                              joined(ctx->mem, e->answers, field->name)) == 0};
        TRY(author_lines(ctx, field, &author, &pair->author));
    }
    return OK;
}

static enum status show(struct web_request *request, struct web_answer *answer,
                        const struct editing *e, const struct casestudy_words *words)
{
    struct ctx *ctx = request->ctx;
    struct view problems = {.mem = ctx->mem};
    const char *base = mem_format(ctx->mem, "/desk/case-studies/%s", e->study.reference);
    struct casestudy_editor_page page = {.study = &e->study,
                                         .action = mem_join(ctx->mem, base, "/edit", ""),
                                         .form_token = web_token(request),
                                         .back_href = base,
                                         .base_version = e->base};
    form_show_problems(&problems, &(const struct form_shown){.fields = casestudy_editor_fields,
                                                             .problems = e->problems});
    page.problems = view_html(&problems);
    casestudy_fill_claims(ctx->mem, words, &page.claims, &page.claim_count);
    TRY(fill_pairs(ctx, e, &page));
    answer->page.title = "Edit a case study";
    answer->page.section = "/desk";
    answer->page.is_wide = true;
    answer->page.back_href = base;
    answer->page.has_problem = e->problems != NULL && e->problems->count > 0;
    casestudy_editor(&answer->body, &page);
    return answer->page.has_problem ? ERR_INVALID : OK;
}

static enum status open_editing(struct web_request *request, struct editing *out)
{
    TRY(casestudy_desk_find(request, &out->study));
    return casestudy_version_by_author(request->ctx, &out->study, &out->author);
}

enum status casestudy_edit_show(struct web_request *request, struct web_answer *answer)
{
    struct editing editing = {.problems = NULL};
    struct casestudy_version newest;
    struct form_answers now = {.count = 0};
    TRY(open_editing(request, &editing));
    TRY(casestudy_version_find(request->ctx, &editing.study, editing.study.version, &newest));
    casestudy_answers_of(request->ctx->mem, &newest.words, &now);
    editing.answers = &now;
    editing.base = editing.study.version;
    return show(request, answer, &editing, &newest.words);
}

enum status casestudy_edit_save(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct form_problems problems = {.count = 0};
    struct casestudy_words words = {.title = "", .summary = "", .result = "", .evidence = "3"};
    struct editing editing = {.answers = request->sent, .problems = &problems};
    TRY(open_editing(request, &editing));
    if (text_number(answers_get(request->sent, "base_version"), 1, INT64_MAX, &editing.base) != OK)
        editing.base = 0; /* of no version: it is then found to have moved */
    ctx->fault = NULL;
    enum status status = form_read(ctx, casestudy_editor_fields, request->sent, &words, &problems);
    if (status == OK)
        status = casestudy_edit(ctx, editing.study.reference, editing.base, &words, &problems);
    if (status == ERR_INVALID)
        return show(request, answer, &editing, &words);
    if (status == ERR_CONFLICT)
        return casestudy_say_moved(request, answer);
    TRY(status);
    return web_see_other(answer,
                         mem_format(ctx->mem, "/desk/case-studies/%s", editing.study.reference));
}
