/* SPDX-License-Identifier: MIT */
/*
 * journey_page.c - the pages of a journey; its routes are the table at the end.
 */
#include "platform/web/journey_page.h"

#include "platform/web/journey_internal.h"
#include "platform/web/journey_page.html.h"

#include <stdio.h>
#include <string.h>

void trip_page(const struct trip *trip, const char *title, const char *back_href)
{
    trip->answer->page.title = mem_format(trip->ctx->mem, "%s – %s", title, trip->journey->title);
    trip->answer->page.back_href = back_href;
    trip->answer->page.section = trip->journey->section;
}

static enum status show_start(struct web_request *request, struct web_answer *answer)
{
    struct trip trip;
    trip_begin(request, answer, 0, &trip);
    struct view words = {.mem = trip.ctx->mem};
    if (trip.journey->start != NULL)
        TRY(trip.journey->start(trip.ctx, &words));
    answer->page.title = trip.journey->title;
    answer->page.section = trip.journey->section;
    journey_button(&answer->body, &(const struct journey_button_page){
                                      .title = trip.journey->title,
                                      .words = view_html(&words),
                                      .action = trip.base,
                                      .token = web_token(request),
                                      .button = "Start now",
                                      .is_start = true,
                                  });
    return OK;
}

static enum status begin(struct web_request *request, struct web_answer *answer)
{
    struct trip trip;
    if (request->wants == WEB_JSON)
        return journey_whole(request, answer);
    trip_begin(request, answer, 0, &trip);
    TRY(trip_add(&trip, request->browser, NULL));
    return web_see_other(answer, trip_address(&trip, ""));
}

/* Whether a field of the step is among the answers, and all that it cannot do without. */
static bool is_answered(const struct journey_step *step, const struct form_answers *answers)
{
    bool is_begun = false;
    for (const struct form_field *f = step->fields; f != NULL && f->kind != FORM_KIND_END; f++) {
        bool is_given = answers_has(answers, f->name);
        if (!is_given && !f->is_optional)
            return false;
        is_begun = is_begun || is_given;
    }
    return is_begun;
}

struct beginning {
    const struct journey *journey;
    const char *base;
    const struct form_answers *answers;
    bool is_whole; /* nothing else is asked but what is wrong or missing */
};

static enum status begin_with(struct web_request *request, struct web_answer *answer,
                              const struct beginning *it)
{
    const struct form_answers *answers = it->answers;
    struct web_route route = {.journey = it->journey};
    struct web_request own = *request;
    struct trip trip;
    own.route = &route;
    own.path = it->base;
    trip_begin(&own, answer, 0, &trip);
    trip.answers = *answers;
    for (size_t i = 0; i < trip.step_count; i++)
        if (it->is_whole || is_answered(&trip.journey->steps[i], answers))
            answers_add(trip.ctx->mem, &trip.answers,
                        mem_format(trip.ctx->mem, "step-%s", trip.journey->steps[i].name), "sent");
    TRY(trip_add(&trip, request->browser, NULL));
    return web_see_other(answer, trip_address(&trip, ""));
}

enum status journey_begin_with(struct web_request *request, struct web_answer *answer,
                               const struct journey *journey, const char *base,
                               const struct form_answers *answers)
{
    return begin_with(request, answer, &(const struct beginning){journey, base, answers, true});
}

enum status journey_begin_partly(struct web_request *request, struct web_answer *answer,
                                 const struct journey *journey, const char *base,
                                 const struct form_answers *answers)
{
    return begin_with(request, answer, &(const struct beginning){journey, base, answers, false});
}

/* The step before, that applies; the start page before the first. */
const char *trip_back(const struct trip *trip, size_t step)
{
    while (step > 0) {
        step--;
        if (trip->standing[step].applies)
            return trip_step_address(trip, step);
    }
    return trip->journey->is_task_list ? trip_address(trip, "") : trip->base;
}

static size_t after(const struct trip *trip, size_t step)
{
    do
        step++;
    while (step < trip->step_count && !trip->standing[step].applies);
    return step;
}

static bool is_changing(const struct trip *trip)
{
    return web_query(trip->request, "change")[0] != '\0';
}

/* Where to go when a step is done: back to the check page after a change, else onwards. */
static const char *onwards(const struct trip *trip, size_t step)
{
    if (trip->journey->is_task_list)
        return trip_address(trip, "");
    size_t open = trip_first_open(trip);
    if (is_changing(trip) || open < step)
        return trip_step_address(trip, open);
    return trip_step_address(trip, after(trip, step));
}

static enum status show_tasks(const struct trip *trip)
{
    struct journey_task *tasks = mem_array(trip->ctx->mem, struct journey_task, trip->step_count);
    struct journey_tasks_page page = {.title = trip->journey->title, .tasks = tasks};
    for (size_t i = 0; i < trip->step_count; i++) {
        const struct journey_step *step = &trip->journey->steps[i];
        if (!trip->standing[i].applies)
            continue;
        bool is_done = trip_is_done(trip, i);
        tasks[page.task_count++] = (struct journey_task){
            .title = step->short_title != NULL ? step->short_title : trip_step_title(step),
            .href = trip_step_address(trip, i),
            .state = is_done                      ? "Completed"
                     : trip->standing[i].was_sent ? "Needs a change"
                                                  : "Not yet started",
            .is_done = is_done,
            .is_open = true,
        };
        page.done_count += is_done;
    }
    if (page.done_count == page.task_count)
        page.check_href = trip_address(trip, "check");
    trip_page(trip, "Your tasks", trip->base);
    journey_tasks(&trip->answer->body, &page);
    return OK;
}

/* Where a finished draft leads. */
static const char *done_address(const struct trip *trip)
{
    return trip->journey->onward != NULL ? trip->journey->onward(trip->ctx->mem, trip->reference)
                                         : trip_address(trip, "done");
}

static enum status show_draft(struct web_request *request, struct web_answer *answer)
{
    struct trip trip;
    TRY(trip_open(request, answer, 1, &trip));
    if (trip.reference != NULL)
        return web_see_other(answer, done_address(&trip));
    if (trip.journey->is_task_list)
        return show_tasks(&trip);
    return web_see_other(answer, trip_step_address(&trip, trip_first_open(&trip)));
}

/* ---- one step ---- */

static struct html intro_of(struct trip *trip, const struct journey_step *step,
                            enum status *status_out)
{
    struct view words = {.mem = trip->ctx->mem};
    *status_out = step->intro == NULL ? OK : step->intro(trip->ctx, trip->draft, &words);
    return view_html(&words);
}

/* One field only: its label or legend carries the page's heading. */
static bool is_heading(const struct journey_step *step)
{
    size_t shown = 0;
    for (const struct form_field *field = step->fields;
         field != NULL && field->kind != FORM_KIND_END; field++)
        shown += field->kind != FORM_KIND_HIDDEN;
    return step->title == NULL && shown == 1;
}

static const char *self_address(const struct trip *trip, size_t step)
{
    return mem_format(trip->ctx->mem, "%s%s", trip_step_address(trip, step),
                      is_changing(trip) ? "?change=yes" : "");
}

/* How long the answers are kept, as a sentence; NULL: is not said. */
enum status trip_kept(const struct trip *trip, const char **out)
{
    const struct web_app *app = trip->request->app;
    *out = NULL;
    if (trip->journey->kept == NULL || app->kept == NULL)
        return OK;
    TRY(app->kept(trip->ctx, trip->journey->kept, out));
    if ((*out)[0] == '\0')
        *out = NULL;
    return OK;
}

enum status trip_show_step(struct trip *trip, size_t step_at, bool with_problems)
{
    const struct journey_step *step = &trip->journey->steps[step_at];
    struct web_answer *answer = trip->answer;
    struct form_shown shown = {
        .fields = step->fields,
        .answers = trip_answers(trip, step_at),
        .problems = with_problems ? &trip->standing[step_at].problems : NULL,
        .form = trip_form(trip, step_at),
        .is_heading = is_heading(step),
        .kept = trip->request->app->kept,
    };
    struct view problems = {.mem = trip->ctx->mem}, form = {.mem = trip->ctx->mem};
    enum status status;
    const char *kept = NULL;
    struct html intro = intro_of(trip, step, &status);
    TRY(status);
    if (step->fields != NULL) {
        form_show_problems(&problems, &shown);
        TRY(form_show(trip->ctx, &form, &shown));
        TRY(trip_kept(trip, &kept));
    }
    trip_page(trip, trip_step_title(step),
              is_changing(trip) ? trip_address(trip, "check") : trip_back(trip, step_at));
    answer->page.has_problem = with_problems && trip->standing[step_at].problems.count > 0;
    journey_step(&answer->body, &(const struct journey_step_page){
                                    .title = is_heading(step) ? NULL : trip_step_title(step),
                                    .problems = view_html(&problems),
                                    .intro = intro,
                                    .form = view_html(&form),
                                    .kept = kept,
                                    .action = self_address(trip, step_at),
                                    .token = web_token(trip->request),
                                    .button = "Continue",
                                    .save_href = trip_address(trip, "save"),
                                    .has_files = form_has_files(step->fields),
                                });
    return answer->page.has_problem ? ERR_INVALID : OK;
}

/* Opens the draft and finds the step that the address names.  A later step than the first open one
 * is not shown: *location_out says where to go instead. */
static enum status open_step(struct web_request *request, struct web_answer *answer,
                             struct trip *trip, size_t *step_out, const char **location_out)
{
    *location_out = NULL;
    TRY(trip_open(request, answer, 2, trip));
    *step_out = trip_step(trip, web_value(request, "step"));
    if (*step_out == trip->step_count)
        return ctx_fail(trip->ctx, ERR_NOT_FOUND, "journey has no such step");
    if (trip->reference != NULL)
        *location_out = done_address(trip);
    else if (!trip->standing[*step_out].applies ||
             (!trip->journey->is_task_list && *step_out > trip_first_open(trip)))
        *location_out = trip_step_address(trip, trip_first_open(trip));
    return OK;
}

/* Shown again after it was left wrong: its problems with it.  Not for a search that still waits
 * for a choice: its results are the page. */
static bool shows_problems(const struct trip *trip, size_t step)
{
    const struct form_field *fields = trip->journey->steps[step].fields;
    return trip->standing[step].was_sent &&
           (fields == NULL || form_to_choose(fields, &trip->answers) == NULL);
}

static enum status show_step(struct web_request *request, struct web_answer *answer)
{
    struct trip trip;
    size_t step;
    const char *location;
    TRY(open_step(request, answer, &trip, &step, &location));
    if (location != NULL)
        return web_see_other(answer, location);
    enum status status = trip_is_group(&trip.journey->steps[step])
                             ? trip_show_items(&trip, step, trip.standing[step].was_sent)
                             : trip_show_step(&trip, step, shows_problems(&trip, step));
    if (status == ERR_INVALID)
        answer->code = 200; /* it was only asked for, not sent */
    return status == ERR_INVALID ? OK : status;
}

struct step_change {
    size_t step;
    struct form_answers picked;
};

static enum status put_step(struct trip *trip, void *arg)
{
    const struct step_change *change = arg;
    const struct journey_step *step = &trip->journey->steps[change->step];
    const char *mark = mem_format(trip->ctx->mem, "step-%s", step->name);
    for (const struct form_field *field = step->fields;
         field != NULL && field->kind != FORM_KIND_END && !trip_is_group(step); field++) {
        if (field->kind != FORM_KIND_HIDDEN)
            answers_remove(&trip->answers, field->name);
    }
    if (step->apart != NULL)
        TRY(step->apart->save(trip->ctx, trip->code, &change->picked));
    for (size_t i = 0; step->apart == NULL && i < change->picked.count; i++)
        answers_add(trip->ctx->mem, &trip->answers, change->picked.items[i].name,
                    change->picked.items[i].value);
    answers_remove(&trip->answers, mark);
    answers_add(trip->ctx->mem, &trip->answers, mark, "sent");
    return OK;
}

/* Keeps what was sent for the step; files first, so that a refused file is told of and the rest of
 * the answers stay. */
static enum status keep_step(struct trip *trip, size_t step_at, struct form_problems *file_problems)
{
    const struct journey_step *step = &trip->journey->steps[step_at];
    struct step_change change = {.step = step_at};
    if (step->fields != NULL && !trip_is_group(step)) {
        struct form_answers sent = {0};
        enum status status = form_keep_files(
            &(const struct form_keeping){trip->ctx, step->fields, &trip->answers, trip_files(trip)},
            trip->request->sent, &sent, file_problems);
        if (status != OK && status != ERR_INVALID)
            return status;
        form_pick(trip->ctx, step->fields, &sent, &change.picked);
    }
    return trip_save(trip, put_step, &change);
}

static enum status save_step(struct web_request *request, struct web_answer *answer)
{
    struct trip trip;
    struct form_problems refused = {.count = 0};
    size_t at;
    const char *location;
    TRY(open_step(request, answer, &trip, &at, &location));
    if (location != NULL)
        return web_see_other(answer, location);
    TRY(keep_step(&trip, at, &refused));
    const struct journey_step *step = &trip.journey->steps[at];
    struct form_problems *problems = &trip.standing[at].problems;
    for (size_t i = 0; i < refused.count; i++)
        form_wrong(problems, refused.items[i].field, refused.items[i].text);
    if (step->fields != NULL && form_to_choose(step->fields, &trip.answers) != NULL)
        return web_see_other(answer, self_address(&trip, at));
    if (problems->count > 0)
        return trip_is_group(step) ? trip_show_items(&trip, at, true)
                                   : trip_show_step(&trip, at, true);
    return web_see_other(answer, onwards(&trip, at));
}

/* ---- check, finish, done ---- */

static enum status show_check(struct web_request *request, struct web_answer *answer)
{
    struct trip trip;
    TRY(trip_open(request, answer, 2, &trip));
    if (trip.reference != NULL)
        return web_see_other(answer, done_address(&trip));
    if (trip_first_open(&trip) < trip.step_count)
        return web_see_other(answer, trip_step_address(&trip, trip_first_open(&trip)));
    return trip_show_check(&trip, NULL);
}

static enum status finish(struct web_request *request, struct web_answer *answer)
{
    struct trip trip;
    struct form_problems problems = {.count = 0};
    TRY(trip_open(request, answer, 2, &trip));
    enum status status = trip_finish(&trip, &problems);
    if ((status == ERR_INVALID || status == ERR_CONFLICT) && problems.count > 0) {
        enum status shown = trip_show_check(&trip, &problems);
        return shown == OK ? status : shown;
    }
    TRY(status);
    return web_see_other(answer, done_address(&trip));
}

static enum status show_done(struct web_request *request, struct web_answer *answer)
{
    struct trip trip;
    struct view next = {.mem = request->ctx->mem};
    TRY(trip_open(request, answer, 2, &trip));
    if (trip.reference == NULL)
        return web_see_other(answer, trip_address(&trip, ""));
    if (trip.journey->onward != NULL)
        return web_see_other(answer, done_address(&trip));
    if (trip.journey->next != NULL)
        TRY(trip.journey->next(trip.ctx, trip.reference, &next));
    trip_page(&trip, "Sent", NULL);
    journey_done(&answer->body, &(const struct journey_done_page){.title = "Sent",
                                                                  .reference = trip.reference,
                                                                  .next = view_html(&next)});
    return OK;
}

/* A row: what every one of these says; access is that of the journey's own row. */
#define ROUTE(method_, path_, handler_, summary_)                                                  \
    {                                                                                              \
        .method = (method_), .path = (path_), .handler = (handler_), .summary = (summary_)         \
    }

const struct web_route journey_routes[] = {
    ROUTE("GET", "", show_start, "The start page."),
    ROUTE("POST", "", begin, "Begins; with a JSON body does the whole journey."),
    ROUTE("GET", "/:draft", show_draft, "On to the first step that is not done."),
    ROUTE("GET", "/:draft/check", show_check, "Check your answers."),
    ROUTE("POST", "/:draft/check", finish, "Sends. Safe to repeat."),
    ROUTE("GET", "/:draft/done", show_done, "The reference, and what happens next."),
    ROUTE("GET", "/:draft/save", journey_save_show, "Save and come back later."),
    ROUTE("POST", "/:draft/save", journey_save_send, "Mails a link to the draft."),
    ROUTE("GET", "/:draft/open", journey_open_show, "The page of a mailed link."),
    ROUTE("POST", "/:draft/open", journey_open_here, "Opens the draft in this browser."),
    ROUTE("GET", "/:draft/:step", show_step, "One step."),
    {.method = "POST",
     .path = "/:draft/:step",
     .handler = save_step,
     .summary = "Saves one step. Safe to repeat.",
     .takes_files = true},
    ROUTE("GET", "/:draft/:step/:item", journey_item_show, "One item of a group."),
    ROUTE("POST", "/:draft/:step/:item", journey_item_save, "Saves one item."),
    ROUTE("POST", "/:draft/:step/:item/remove", journey_item_remove, "Removes one item."),
    {0},
};
