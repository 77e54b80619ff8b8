/* SPDX-License-Identifier: MIT */
/*
 * plan_write_web.c - writing on a plan; each page has a form, and its POST takes JSON as well.
 *
 *   /plans/:reference/add                                         a new action
 *   /plans/:reference/:period/actions/:action/update              an update
 *   /plans/:reference/:period/actions/:action/updates/:update/correct
 *   /plans/:reference/:period/actions/:action/lead                who is reminded
 *
 * The address of a form says how many updates there were when it was shown (?seen=).  When there
 * are more by the time it is sent, they are shown first, with all that was typed.  A file that was
 * sent with a form that has problems is kept for the person, as the newest of its owner.
 */
#include "programme/plan/plan_routes.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/upload.h"
#include "platform/web/form.h"
#include "programme/plan/plan_page.html.h"
#include "programme/plan/plan_show.h"

#include <inttypes.h>
#include <string.h>

/* ---- the form of an update ---- */

static const struct form_option states[] = {
    {"planned", "Planned", "It has not begun", NULL},
    {"in-progress", "In progress", NULL, NULL},
    {"embedded", "Embedded", "It is done, and has become a part of how you work", NULL},
    {"stopped", "Stopped", "You do not go on with it", NULL},
    {0}};
static const struct form_option rags[] = {{"green", "Green", "It goes as planned", NULL},
                                          {"amber", "Amber", "It may be late or fall short", NULL},
                                          {"red", "Red", "It is late or falls short", NULL},
                                          {0}};
static const struct form_option only[] = {
    {"workers", "Only those who work on the plan may read this",
     "The public then sees the state and the colour, and none of the words", NULL},
    {0}};

static const struct form_field update_fields[] = {
    FORM_ONE_OF(plan_draft, state, .options = states, .label = "Where does the action stand?",
                .missing = "Choose where the action stands"),
    FORM_LONG_TEXT(plan_draft, reason, .label = "Why was it stopped?", .length_most = 1000,
                   .when = "state", .is = "stopped", .missing = "Enter why the action was stopped"),
    FORM_ONE_OF(plan_draft, rag, .options = rags, .label = "How does it go?",
                .missing = "Choose red, amber or green"),
    FORM_DATE(plan_draft, happened_on, .label = "Which day is this about?",
              .missing = "Enter the day that the update is about"),
    FORM_LONG_TEXT(plan_draft, note, .label = "What happened?", .length_most = 2000,
                   .hint = "Anyone may read it unless you say otherwise below. Write no names of "
                           "patients or staff.",
                   .missing = "Enter what happened"),
    FORM_LONG_TEXT(plan_draft, evidence, .label = "What shows it?", .is_optional = true,
                   .length_most = 2000, .hint = "For example figures, or what people said",
                   .rows = 3),
    FORM_TEXT(plan_draft, link, .label = "A link to more", .is_optional = true,
              .length_most = PLAN_URL_CHARS_MAX,
              .hint = "It begins with https:// or http:// and holds no password"),
    FORM_FILE(plan_draft, file, .label = "A file that shows it", .is_optional = true,
              .hint =
                  "PDF, picture, text, document, slides or spreadsheet, up to 10 MB. Only those "
                  "who work on the plan and the programme can open it."),
    FORM_DATE(plan_draft, due_on, .label = "A new day by which it is done", .is_optional = true,
              .hint = "Only if the day moves. The day that was promised stays on the page"),
    FORM_TEXT(plan_draft, due_reason, .label = "Why does the day move?", .is_optional = true,
              .length_most = 500),
    FORM_SEVERAL_OF(plan_draft, only, .options = only, .label = "Who may read it?",
                    .is_optional = true),
    FORM_END};

/* An update in the making. */
struct writing {
    struct web_request *request;
    struct plan_visit visit;
    struct form_answers answers;
    struct form_problems problems;
    const char *owner; /* of its file until it is written */
    int64_t corrects;  /* 0: it corrects none */
    int64_t seen;      /* how many updates there were when the form was shown; -1: not said */
};

static enum status open_writing(struct web_request *request, struct web_answer *answer,
                                struct writing *w)
{
    struct ctx *ctx = request->ctx;
    *w = (struct writing){.request = request, .seen = -1};
    TRY(plan_visit_to_work(request, answer, &w->visit));
    if (web_query(request, "seen")[0] != '\0' &&
        text_number(web_query(request, "seen"), 0, PLAN_UPDATES_MAX, &w->seen) != OK)
        w->seen = -1;
    if (web_value(request, "update")[0] != '\0' &&
        (text_number(web_value(request, "update"), 1, PLAN_UPDATES_MAX, &w->corrects) != OK ||
         plan_update_of(w->visit.action, w->corrects) == NULL))
        return ctx_fail(ctx, ERR_NOT_FOUND, "there is no such update");
    w->owner = mem_format(ctx->mem, "plan-draft/%s/%d/%d/%" PRId64, w->visit.pledge.reference,
                          (int)w->visit.plan.period, (int)w->visit.action->number, ctx->person.n);
    return OK;
}

static void put(struct writing *w, const char *name, const char *value)
{
    answers_add(w->request->ctx->mem, &w->answers, name, value);
}

/* The file that was kept when the form was sent before, the newest. */
static enum status put_file(struct writing *w, struct form_answers *out)
{
    struct mem *mem = w->request->ctx->mem;
    struct upload *files;
    size_t count;
    TRY(upload_list(w->request->ctx, w->owner, 100, &files, &count));
    if (count == 0)
        return OK;
    const struct upload *file = &files[count - 1];
    answers_add(mem, out, "file", mem_format(mem, "%" PRId64, file->id));
    answers_add(mem, out, "file-name", file->name);
    answers_add(mem, out, "file-bytes", mem_format(mem, "%" PRId64, file->size_bytes));
    answers_add(mem, out, "file-owner", file->owner);
    return OK;
}

/* What stands in a form that was not sent yet: the state of today, or what is corrected. */
static enum status begin_answers(struct writing *w)
{
    const struct plan_action *action = w->visit.action;
    const struct plan_update *u = plan_update_of(action, w->corrects);
    const char *today = time_day_of(w->request->ctx->mem, w->request->ctx->now_secs);
    put(w, "state", plan_state_code(u != NULL ? u->state : action->state));
    put(w, "rag", plan_rag_code(u != NULL ? u->rag : action->rag));
    put(w, "happened_on", u != NULL ? u->happened_on : today);
    for (size_t i = 0; u != NULL && i < u->evidence_count; i++)
        if (strcmp(u->evidence[i].kind, "file") != 0)
            put(w, strcmp(u->evidence[i].kind, "link") == 0 ? "link" : "evidence",
                u->evidence[i].text);
    if (u != NULL) {
        put(w, "reason", u->reason);
        put(w, "note", u->note);
        put(w, "due_on", u->due_on);
        put(w, "due_reason", u->due_reason);
    }
    if (u != NULL && !u->is_public)
        put(w, "only", "workers");
    return put_file(w, &w->answers);
}

static enum status show_writing(struct writing *w, struct web_answer *answer)
{
    struct ctx *ctx = w->request->ctx;
    struct view intro = {.mem = ctx->mem};
    const struct plan_visit *visit = &w->visit;
    int64_t count = (int64_t)visit->action->update_count;
    struct plan_action_page page = {.plan = &visit->plan,
                                    .line = plan_line_of(ctx, visit->action, NULL)};
    plan_update_lines(ctx, visit->action, w->seen >= 0 ? w->seen : count, NULL, &page);
    if (w->corrects != 0)
        plan_correct_intro(&intro, &page, w->corrects);
    else
        plan_form_intro(&intro, &page);
    const char *base =
        mem_format(ctx->mem, "%s/actions/%d", visit->base, (int)visit->action->number);
    const char *tail =
        w->corrects != 0 ? mem_format(ctx->mem, "updates/%d/correct", (int)w->corrects) : "update";
    return form_answer(
        w->request, answer,
        &(const struct form_page){
            .title = w->corrects != 0 ? "Correct an update" : "Write an update",
            .action = mem_format(ctx->mem, "%s/%s?seen=%d", base, tail, (int)count),
            .button = w->corrects != 0 ? "Save the correction" : "Save the update",
            .back_href = base,
            .intro = view_html(&intro),
            .shown = {.fields = update_fields, .answers = &w->answers, .problems = &w->problems}});
}

static enum status ask_update(struct web_request *request, struct web_answer *answer)
{
    struct writing w;
    TRY(open_writing(request, answer, &w));
    w.seen = -1;
    TRY(begin_answers(&w));
    return show_writing(&w, answer);
}

/* Reads what was sent; a file is kept first, so that it stays when something else is wrong. */
static enum status read_sent(struct writing *w, struct plan_draft *draft)
{
    struct form_answers saved = {0};
    struct ctx *ctx = w->request->ctx;
    TRY(put_file(w, &saved));
    enum status kept =
        form_keep_files(&(const struct form_keeping){ctx, update_fields, &saved, w->owner},
                        w->request->sent, &w->answers, &w->problems);
    if (kept != OK && kept != ERR_INVALID)
        return kept;
    *draft =
        (struct plan_draft){"", "", "", "", "", "", "", {NULL, 0}, "", "", {0, "", 0, ""}, 0, -1};
    enum status status = form_read(ctx, update_fields, &w->answers, draft, &w->problems);
    draft->corrects = w->corrects;
    draft->seen = w->seen;
    if (status != OK && status != ERR_INVALID)
        return status;
    plan_check(ctx, draft, &w->problems); /* so that all that is wrong is told at once */
    return w->problems.count > 0 ? ERR_INVALID : OK;
}

/* A file that was sent before and is not wanted any more. */
static enum status drop_file(struct writing *w)
{
    struct upload *files;
    size_t count;
    TRY(upload_list(w->request->ctx, w->owner, 100, &files, &count));
    for (size_t i = 0; i < count; i++)
        TRY(upload_remove(w->request->ctx, files[i].id, w->owner));
    return OK;
}

static enum status write_update(struct web_request *request, struct web_answer *answer)
{
    struct writing w;
    struct plan_draft draft;
    int64_t number;
    TRY(open_writing(request, answer, &w));
    enum status status = read_sent(&w, &draft);
    if (status == OK)
        status = plan_tell(request->ctx,
                           &(const struct plan_place){w.visit.pledge.reference, w.visit.plan.period,
                                                      w.visit.action->number},
                           &draft, &w.problems, &number);
    if (status == ERR_INVALID && w.problems.count > 0) {
        TRY(plan_visit(request, answer, &w.visit)); /* what others wrote meanwhile */
        return show_writing(&w, answer);
    }
    if (status == ERR_CONFLICT)
        return plan_sorry_over(request, answer);
    TRY(status);
    TRY(drop_file(&w));
    return web_see_other(answer, mem_format(request->ctx->mem, "%s/actions/%d", w.visit.base,
                                            (int)w.visit.action->number));
}

/* ---- a new action ---- */

struct action_form {
    const struct pledge *pledge; /* what may be chosen follows from it */
    const char *intention, *action, *baseline, *measure, *target, *lead, *partners;
    const char *start_on, *due_on;
};

static enum status intention_options(struct ctx *ctx, const void *form,
                                     const struct form_option **out)
{
    const struct pledge *pledge = ((const struct action_form *)form)->pledge;
    struct form_option *options =
        mem_array(ctx->mem, struct form_option, pledge->intention_count + 1);
    for (size_t i = 0; i < pledge->intention_count; i++)
        options[i] = (struct form_option){.code = pledge->intentions[i],
                                          .label = pledge->intention_names[i]};
    *out = options;
    return OK;
}

static const struct form_field action_fields[] = {
    FORM_ONE_OF(action_form, intention, .options_from = intention_options,
                .label = "Which intention does it serve?", .missing = "Choose an intention"),
    FORM_LONG_TEXT(action_form, action, .label = "What will you do?", .length_most = 500, .rows = 3,
                   .missing = "Enter what you will do"),
    FORM_LONG_TEXT(action_form, baseline, .label = "Where are you now?", .length_most = 500,
                   .rows = 3, .missing = "Enter where you are now"),
    FORM_TEXT(action_form, measure, .label = "What will you count?",
              .missing = "Enter what you will count"),
    FORM_TEXT(action_form, target, .label = "What is the target?", .missing = "Enter the target"),
    FORM_TEXT(action_form, lead, .label = "Who leads it?", .hint = "A person or a post",
              .missing = "Enter who leads it"),
    FORM_TEXT(action_form, partners, .label = "Partners", .is_optional = true),
    FORM_DATE(action_form, start_on, .label = "When does it start?",
              .missing = "Enter the day it starts"),
    FORM_DATE(action_form, due_on, .label = "By when is it done?",
              .missing = "Enter the day by which it is done"),
    FORM_END};

static struct pledge_action_draft draft_of(const struct action_form *form)
{
    return (struct pledge_action_draft){.intention = form->intention,
                                        .standard = "",
                                        .baseline = form->baseline,
                                        .action = form->action,
                                        .measure = form->measure,
                                        .target = form->target,
                                        .lead = form->lead,
                                        .partners = form->partners,
                                        .start_on = form->start_on,
                                        .due_on = form->due_on};
}

static enum status show_add(struct web_request *request, struct web_answer *answer,
                            const struct plan_visit *visit, const struct form_problems *problems)
{
    const char *path = mem_format(request->ctx->mem, "/plans/%s", visit->pledge.reference);
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Add an action",
                                  .action = mem_format(request->ctx->mem, "%s/add", path),
                                  .button = "Add the action",
                                  .back_href = path,
                                  .shown = {.fields = action_fields,
                                            .form = &(const struct action_form){&visit->pledge},
                                            .answers = problems != NULL ? request->sent : NULL,
                                            .problems = problems}});
}

static enum status ask_add(struct web_request *request, struct web_answer *answer)
{
    struct plan_visit visit;
    TRY(plan_visit_to_work(request, answer, &visit));
    return show_add(request, answer, &visit, NULL);
}

static enum status add(struct web_request *request, struct web_answer *answer)
{
    struct plan_visit visit;
    struct action_form form = {.pledge = &visit.pledge};
    struct form_problems problems = {.count = 0};
    int64_t number;
    TRY(plan_visit_to_work(request, answer, &visit));
    const struct plan_place place = {visit.pledge.reference, visit.plan.period, 0};
    enum status status = form_read(request->ctx, action_fields, request->sent, &form, &problems);
    const struct pledge_action_draft draft = draft_of(&form);
    if (status == OK)
        status = plan_action_new(request->ctx, &place, &draft, &problems, &number);
    if (status == ERR_INVALID && problems.count > 0)
        return show_add(request, answer, &visit, &problems);
    if (status == ERR_CONFLICT)
        return plan_sorry_over(request, answer);
    TRY(status);
    return web_see_other(answer,
                         mem_format(request->ctx->mem, "%s/actions/%d", visit.base, (int)number));
}

/* ---- who is reminded ---- */

struct lead_form {
    const char *name, *email;
};

static const struct form_field lead_fields[] = {
    FORM_NAME(lead_form, name, .label = "Name", .is_optional = true),
    FORM_EMAIL(lead_form, email, .label = "Work email address", .is_optional = true,
               .hint = "We remind them 30 days before the day, on the day, and each month that it "
                       "is late. Leave it empty to remind nobody."),
    FORM_END};

static enum status show_lead(struct web_request *request, struct web_answer *answer,
                             const struct plan_visit *visit, const struct form_problems *problems)
{
    struct ctx *ctx = request->ctx;
    struct form_answers now = {0};
    const char *base =
        mem_format(ctx->mem, "%s/actions/%d", visit->base, (int)visit->action->number);
    answers_add(ctx->mem, &now, "name", visit->action->lead_name);
    answers_add(ctx->mem, &now, "email", visit->action->lead_email);
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Who leads this action?",
                                  .action = mem_format(ctx->mem, "%s/lead", base),
                                  .button = "Save",
                                  .back_href = base,
                                  .shown = {.fields = lead_fields,
                                            .answers = problems != NULL ? request->sent : &now,
                                            .problems = problems}});
}

static enum status ask_lead(struct web_request *request, struct web_answer *answer)
{
    struct plan_visit visit;
    TRY(plan_visit_to_work(request, answer, &visit));
    return show_lead(request, answer, &visit, NULL);
}

static enum status set_lead(struct web_request *request, struct web_answer *answer)
{
    struct plan_visit visit;
    struct lead_form form = {"", ""};
    struct form_problems problems = {.count = 0};
    TRY(plan_visit_to_work(request, answer, &visit));
    const struct plan_place place = {visit.pledge.reference, visit.plan.period,
                                     visit.action->number};
    enum status status = form_read(request->ctx, lead_fields, request->sent, &form, &problems);
    if (status == OK)
        status = plan_lead_set(request->ctx, &place, form.name, form.email, &problems);
    if (status == ERR_INVALID && problems.count > 0)
        return show_lead(request, answer, &visit, &problems);
    if (status == ERR_CONFLICT)
        return plan_sorry_over(request, answer);
    TRY(status);
    return web_see_other(answer, mem_format(request->ctx->mem, "%s/actions/%d", visit.base,
                                            (int)visit.action->number));
}

#define ACTION "/plans/:reference/:period/actions/:action"

const struct web_route plan_write_routes[] = {
    {"GET", "/plans/:reference/add", WEB_SIGNED_IN, ask_add, "The form of a new action."},
    {"POST", "/plans/:reference/add", WEB_SIGNED_IN, add, "Adds an action. Safe to repeat."},
    {.method = "GET",
     .path = ACTION "/update",
     .access = WEB_SIGNED_IN,
     .handler = ask_update,
     .summary = "The form of an update."},
    {.method = "POST",
     .path = ACTION "/update",
     .access = WEB_SIGNED_IN,
     .handler = write_update,
     .summary = "Writes an update. Safe to repeat.",
     .takes_files = true},
    {"GET", ACTION "/updates/:update/correct", WEB_SIGNED_IN, ask_update,
     "The form that corrects an update."},
    {.method = "POST",
     .path = ACTION "/updates/:update/correct",
     .access = WEB_SIGNED_IN,
     .handler = write_update,
     .summary = "Writes a correction. Safe to repeat.",
     .takes_files = true},
    {"GET", ACTION "/lead", WEB_SIGNED_IN, ask_lead, "Who is reminded of an action."},
    {"POST", ACTION "/lead", WEB_SIGNED_IN, set_lead, "Says who is. Safe to repeat."},
    {0},
};
