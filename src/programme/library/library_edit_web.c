/* SPDX-License-Identifier: MIT */
/*
 * library_edit_web.c - writing a page, and saying when it becomes public.
 *
 *   /desk/library/new                               a new page
 *   /desk/library/:id/edit                          a version more
 *   /desk/library/:id/versions/:number/publish      now, or on a day at a time
 *
 * The form says which version it began from.  When another came meanwhile, it is shown again with
 * all that was typed, what the other version says otherwise, and the number of that one: saving
 * again is then a decision.
 */
#include "programme/library/library_web.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "platform/base/clock.h"
#include "platform/base/time.h"
#include "platform/web/form.h"
#include "programme/library/library_desk.h"
#include "programme/library/library_page.html.h"
#include "programme/pack/pack_web.h"

enum { BODY_ROWS = 24, LINE_ROWS = 4, POSITION_MOST = 100000, CHECK_AFTER_MONTHS = 6 };

/* ---- the form ---- */

static const struct form_field fields[] = {
    FORM_TEXT(library_draft, title, .label = "Title", .length_most = LIBRARY_TITLE_CHARS,
              .missing = "Enter a title"),
    FORM_TEXT(library_draft, path, .label = "Address", .length_most = 100,
              .hint = "For example /guidance/t-levels. Its old address will lead here.",
              .missing = "Enter an address"),
    FORM_LONG_TEXT(library_draft, summary, .label = "Summary",
                   .hint = "One or two sentences, for lists and for people who search.",
                   .length_most = LIBRARY_SUMMARY_CHARS, .rows = 3, .missing = "Enter a summary"),
    FORM_LONG_TEXT(library_draft, body, .label = "Words of the page",
                   .hint = "Markdown. Short words and sentences, for a reading age of 9 to 11.",
                   .length_most = LIBRARY_BODY_CHARS, .rows = BODY_ROWS,
                   .missing = "Enter the words of the page"),
    FORM_LONG_TEXT(library_draft, steps, .label = "What to do next",
                   .hint = "A link a line: [Find your local lead](/local-lead)", .rows = LINE_ROWS,
                   .missing = "Enter at least one thing to do next"),
    FORM_LONG_TEXT(library_draft, related, .label = "Related pages",
                   .hint = "An address a line: /get-in", .rows = LINE_ROWS, .is_optional = true),
    FORM_LONG_TEXT(library_draft, sources, .label = "Where the facts are from",
                   .hint = "A source a line", .rows = LINE_ROWS,
                   .missing = "Enter where the facts are from"),
    FORM_ONE_OF(library_draft, stage, .options_from = stage_choices, .label = "Stage",
                .is_select = true, .is_optional = true),
    FORM_ONE_OF(library_draft, pillar, .options_from = pillar_choices, .label = "Pillar",
                .is_select = true, .is_optional = true),
    FORM_NUMBER(library_draft, position, .label = "Place in lists",
                .hint = "Small numbers come first", .at_least = 0, .at_most = POSITION_MOST,
                .missing = "Enter its place in lists"),
    FORM_DATE(library_draft, checked_on, .label = "When were the facts checked?",
              .missing = "Enter the day the facts were checked"),
    FORM_DATE(library_draft, check_by_on, .label = "When must they be checked again?",
              .missing = "Enter the day to check them again"),
    FORM_TEXT(library_draft, note, .label = "What did you change?", .hint = "For other editors",
              .is_optional = true, .length_most = 200),
    FORM_END};

static void add_day(struct mem *mem, struct form_answers *to, const char *field, const char *day)
{
    struct time_parts parts;
    if (time_day_parts(day, &parts) != OK)
        return;
    answers_add(mem, to, mem_join(mem, field, "-day", ""), mem_format(mem, "%d", parts.day));
    answers_add(mem, to, mem_join(mem, field, "-month", ""), mem_format(mem, "%d", parts.month));
    answers_add(mem, to, mem_join(mem, field, "-year", ""), mem_format(mem, "%d", parts.year));
}

static void add_draft(struct mem *mem, struct form_answers *to, const struct library_draft *draft)
{
    const struct {
        const char *name, *value;
    } texts[] = {{"title", draft->title},     {"path", draft->path},   {"summary", draft->summary},
                 {"body", draft->body},       {"steps", draft->steps}, {"related", draft->related},
                 {"sources", draft->sources}, {"stage", draft->stage}, {"pillar", draft->pillar}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        answers_add(mem, to, texts[i].name, texts[i].value);
    answers_add(mem, to, "position", mem_format(mem, "%" PRId64, draft->position.n));
    add_day(mem, to, "checked_on", draft->checked_on);
    add_day(mem, to, "check_by_on", draft->check_by_on);
}

struct asking {
    int64_t page_id, based_on; /* 0: a new page */
    const struct form_answers *answers;
    const struct form_problems *problems;
    const struct library_conflict *conflict;
};

static enum status ask(struct web_request *request, struct web_answer *answer,
                       const struct asking *asking)
{
    struct mem *mem = request->ctx->mem;
    struct view top = {.mem = mem}, form = {.mem = mem};
    const struct form_shown shown = {.fields = fields,
                                     .answers = asking->answers,
                                     .problems = asking->problems,
                                     .kept = request->app->kept};
    bool is_new = asking->page_id == 0;
    form_show_problems(&top, &shown);
    TRY(form_show(request->ctx, &form, &shown));
    const char *title = is_new ? "Write a new page" : "Change this page";
    library_desk_head(request, answer, title, NULL);
    answer->page.has_problem = asking->problems != NULL || asking->conflict != NULL;
    library_edit_show(
        &answer->body,
        &(const struct library_edit_page){
            .problems = view_html(&top),
            .form = view_html(&form),
            .conflict = asking->conflict,
            .title = title,
            .action = is_new ? "/desk/library/new"
                             : mem_format(mem, "/desk/library/%" PRId64 "/edit", asking->page_id),
            .button = asking->conflict != NULL ? "Save my words as the newest version"
                                               : "Save as a draft and look at it",
            .form_token = web_token(request),
            .based_on = asking->based_on});
    return asking->conflict != NULL ? ERR_CONFLICT : asking->problems != NULL ? ERR_INVALID : OK;
}

static enum status ask_new(struct web_request *request, struct web_answer *answer)
{
    struct mem *mem = request->ctx->mem;
    struct form_answers begun = {0};
    const char *today = time_day_of(mem, request->ctx->now_secs), *then;
    TRY(time_day_add(mem, today, (struct time_step){.months = CHECK_AFTER_MONTHS}, &then));
    answers_add(mem, &begun, "path", "/guidance/");
    answers_add(mem, &begun, "position", "500");
    add_day(mem, &begun, "checked_on", today);
    add_day(mem, &begun, "check_by_on", then);
    return ask(request, answer, &(const struct asking){.answers = &begun});
}

static enum status ask_edit(struct web_request *request, struct web_answer *answer)
{
    struct library_page page;
    struct library_version own;
    struct form_answers before = {0};
    TRY(library_desk_find(request, &page));
    TRY(library_version_own_get(request->ctx, &page, &own));
    add_draft(request->ctx->mem, &before, &own.draft);
    return ask(request, answer,
               &(const struct asking){
                   .page_id = page.id, .based_on = page.last_number, .answers = &before});
}

/* ---- saving ---- */

/* Another came first: what it says otherwise, and the number to go on from. */
static enum status ask_again(struct web_request *request, struct web_answer *answer,
                             const struct library_edit *edit)
{
    struct ctx *ctx = request->ctx;
    struct library_page page;
    struct library_version newest;
    struct library_difference *rows;
    struct library_conflict conflict;
    ctx->fault = NULL;
    if (request->wants == WEB_JSON)
        return web_sorry(request, answer, 409, "Somebody changed this page meanwhile",
                         "Read the newest version, then send yours again with its number.");
    TRY(library_page_get(ctx, edit->page_id, &page));
    TRY(library_version_get(ctx, page.id, page.last_number, &newest));
    TRY(library_differences(ctx, &edit->draft, &newest.draft, &rows, &conflict.count));
    conflict.lines = library_difference_show(ctx->mem, rows, conflict.count);
    conflict.who = newest.made_by;
    conflict.when = time_show_ago(ctx->mem, newest.made_at, ctx->now_secs);
    return ask(request, answer,
               &(const struct asking){.page_id = page.id,
                                      .based_on = page.last_number,
                                      .answers = request->sent,
                                      .conflict = &conflict});
}

static enum status save(struct web_request *request, struct web_answer *answer, int64_t page_id)
{
    struct ctx *ctx = request->ctx;
    struct form_problems problems = {.count = 0};
    struct library_edit edit = {
        .page_id = page_id, .draft = {"", "", "", "", "", {false, 0}, "", "", "", "", "", "", ""}};
    struct library_page page;
    if (text_number(answers_get(request->sent, "based_on"), 0, INT64_MAX, &edit.based_on) != OK)
        edit.based_on = 0;
    enum status status = form_read(ctx, fields, request->sent, &edit.draft, &problems);
    if (status == OK)
        status = library_save(ctx, &edit, &problems, &page);
    if (status == ERR_INVALID && request->wants == WEB_JSON)
        return form_problems_answer(answer, &problems, status);
    if (status == ERR_INVALID)
        return ask(request, answer,
                   &(const struct asking){page_id, edit.based_on, request->sent, &problems, NULL});
    if (status == ERR_CONFLICT && page_id != 0)
        return ask_again(request, answer, &edit);
    TRY(status);
    return web_see_other(answer, mem_format(ctx->mem, "/desk/library/%" PRId64 "/versions/%" PRId64,
                                            page.id, page.last_number));
}

static enum status save_new(struct web_request *request, struct web_answer *answer)
{
    return save(request, answer, 0);
}

static enum status save_edit(struct web_request *request, struct web_answer *answer)
{
    struct library_page page;
    TRY(library_desk_find(request, &page));
    return save(request, answer, page.id);
}

/* ---- publishing ---- */

struct publishing {
    const char *when, *on, *at;
};

static const struct form_option when_options[] = {
    {"now", "Now", NULL, NULL}, {"later", "On a day, at a time", NULL, NULL}, {0}};

static const struct form_field publish_fields[] = {
    FORM_ONE_OF(publishing, when, .options = when_options, .label = "When should it be public?",
                .missing = "Choose when it should be public"),
    FORM_DATE(publishing, on, .label = "Day", .when = "when", .is = "later",
              .missing = "Enter the day"),
    FORM_TEXT(publishing, at, .label = "Time",
              .hint = "For example 7:30am or 14:00, as clocks in London show it", .when = "when",
              .is = "later", .length_most = 20, .missing = "Enter the time"),
    FORM_END};

static enum status ask_when(struct web_request *request, struct web_answer *answer,
                            const struct form_problems *problems)
{
    struct library_page page;
    struct library_version version;
    struct mem *mem = request->ctx->mem;
    TRY(library_desk_find_version(request, &page, &version));
    const char *back =
        mem_format(mem, "/desk/library/%" PRId64 "/versions/%" PRId64, page.id, version.number);
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = mem_format(mem, "Publish “%s”, version %" PRId64,
                                                      version.draft.title, version.number),
                                  .action = mem_join(mem, back, "/publish", ""),
                                  .button = "Publish",
                                  .back_href = back,
                                  .shown = {.fields = publish_fields,
                                            .answers = problems != NULL ? request->sent : NULL,
                                            .problems = problems}});
}

static enum status show_when(struct web_request *request, struct web_answer *answer)
{
    return ask_when(request, answer, NULL);
}

/* The time that was meant; ERR_INVALID: problems says what is wrong. */
static enum status read_time(struct ctx *ctx, const struct publishing *form,
                             struct form_problems *problems, int64_t *at_out)
{
    const struct clock_moment moment = {form->on, form->at, CLOCK_HOUR_ANY, "at", false};
    *at_out = 0;
    if (strcmp(form->when, "later") != 0)
        return OK;
    TRY(clock_instant(ctx, &moment, problems, at_out));
    if (*at_out <= ctx->now_secs)
        form_wrong(problems, "on", "This time has passed. Enter a later one, or choose now");
    return problems->count > 0 ? ERR_INVALID : OK;
}

static enum status publish(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct library_page page;
    struct library_version version;
    struct publishing form = {"", "", ""};
    struct form_problems problems = {.count = 0};
    int64_t at;
    TRY(library_desk_find_version(request, &page, &version));
    enum status status = form_read(ctx, publish_fields, request->sent, &form, &problems);
    if (status == OK)
        status = read_time(ctx, &form, &problems, &at);
    if (status == OK)
        status = library_publish(ctx, page.id, version.number, at, &problems);
    if (status == ERR_INVALID)
        return ask_when(request, answer, &problems);
    TRY(status);
    return web_see_other(answer, mem_format(ctx->mem, "/desk/library/%" PRId64, page.id));
}

const struct web_route library_edit_routes[] = {
    {"GET", "/desk/library/new", MAY_EDIT_CONTENT, ask_new, "Asks for a new page."},
    {"POST", "/desk/library/new", MAY_EDIT_CONTENT, save_new, "Saves a new page as a draft."},
    {"GET", "/desk/library/:id/edit", MAY_EDIT_CONTENT, ask_edit, "Asks for a version more."},
    {"POST", "/desk/library/:id/edit", MAY_EDIT_CONTENT, save_edit, "Saves a version as a draft."},
    {"GET", "/desk/library/:id/versions/:number/publish", MAY_EDIT_CONTENT, show_when,
     "Asks when a version becomes public."},
    {"POST", "/desk/library/:id/versions/:number/publish", MAY_EDIT_CONTENT, publish,
     "Publishes a version, now or later."},
    {0},
};
