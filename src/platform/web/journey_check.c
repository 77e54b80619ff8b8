/* SPDX-License-Identifier: MIT */
/*
 * journey_check.c - the check-your-answers page, and the whole journey as one JSON call.
 */
#include "platform/base/hash.h"
#include "platform/store/store.h"
#include "platform/web/journey.sql.h"
#include "platform/web/journey_internal.h"
#include "platform/web/journey_page.html.h"

#include <string.h>

static enum status part_of(const struct trip *trip, size_t at, struct journey_part *out)
{
    const struct journey_step *step = &trip->journey->steps[at];
    struct form_shown shown = {
        .fields = step->fields, .answers = &trip->answers, .form = trip->draft};
    struct form_line *lines;
    out->title = step->short_title != NULL ? step->short_title : trip_step_title(step);
    if (trip_is_group(step)) {
        out->items_href = mem_format(trip->ctx->mem, "%s?change=yes", trip_step_address(trip, at));
        return trip_items(trip, at, &out->items, &out->item_count);
    }
    TRY(form_lines(trip->ctx, &shown, &lines, &out->line_count));
    out->lines = mem_array(trip->ctx->mem, struct journey_line, out->line_count);
    for (size_t i = 0; i < out->line_count; i++) {
        out->lines[i] = (struct journey_line){
            .label = lines[i].label,
            .text = lines[i].text,
            .change_href = mem_format(trip->ctx->mem, "%s?change=yes#%s",
                                      trip_step_address(trip, at), lines[i].field),
            .change_hidden = form_lower_first(trip->ctx->mem, lines[i].label),
        };
    }
    return OK;
}

size_t trip_step_of_field(const struct trip *trip, const char *field)
{
    for (size_t i = 0; i < trip->step_count; i++) {
        const struct form_field *own = trip->journey->steps[i].fields;
        for (; own != NULL && own->kind != FORM_KIND_END; own++) {
            size_t length = strlen(own->name);
            if (strncmp(field, own->name, length) == 0 &&
                (field[length] == '\0' || field[length] == '-'))
                return i;
        }
        if (strcmp(trip->journey->steps[i].name, field) == 0)
            return i;
    }
    return 0;
}

/* The problems of finish, each a link to the page where it is put right. */
static void show_problems(const struct trip *trip, const struct form_problems *problems,
                          struct view *out)
{
    if (problems == NULL || problems->count == 0)
        return;
    struct journey_line *lines = mem_array(trip->ctx->mem, struct journey_line, problems->count);
    for (size_t i = 0; i < problems->count; i++) {
        size_t at = trip_step_of_field(trip, problems->items[i].field);
        lines[i] = (struct journey_line){.text = problems->items[i].text,
                                         .change_href = mem_format(trip->ctx->mem, "%s?change=yes",
                                                                   trip_step_address(trip, at))};
    }
    journey_problems(out, lines, problems->count);
}

enum status trip_show_check(struct trip *trip, const struct form_problems *problems)
{
    struct view top = {.mem = trip->ctx->mem}, declaration = {.mem = trip->ctx->mem};
    struct journey_check_page page = {
        .title = "Check your answers",
        .parts = mem_array(trip->ctx->mem, struct journey_part, trip->step_count),
        .action = trip_address(trip, "check"),
        .token = web_token(trip->request),
        .button = trip->journey->send_button != NULL ? trip->journey->send_button : "Send",
        .save_href = trip_address(trip, "save"),
    };
    size_t last = 0;
    for (size_t i = 0; i < trip->step_count; i++) {
        if (!trip->standing[i].applies)
            continue;
        last = i;
        if (trip->journey->steps[i].fields != NULL)
            TRY(part_of(trip, i, &page.parts[page.part_count++]));
    }
    show_problems(trip, problems, &top);
    page.problems = view_html(&top);
    if (trip->journey->declaration != NULL)
        TRY(trip->journey->declaration(trip->ctx, trip->draft, &declaration));
    page.declaration = view_html(&declaration);
    trip_page(trip, page.title,
              trip->journey->is_task_list ? trip_address(trip, "") : trip_step_address(trip, last));
    trip->answer->page.has_problem = problems != NULL && problems->count > 0;
    journey_check(&trip->answer->body, &page);
    return OK;
}

/* ---- the whole journey as one JSON call ---- */

struct whole {
    struct trip *trip;
    const char *request_key; /* NULL: none was sent */
    struct form_problems *problems;
    bool was_there;
};

static enum status whole_once(struct ctx *ctx, void *arg)
{
    struct whole *whole = arg;
    struct trip *trip = whole->trip;
    struct web_draft_by_request_row before;
    whole->problems->count = 0;
    if (whole->request_key != NULL) {
        enum status found =
            web_draft_by_request(ctx, trip->journey->name, whole->request_key, &before);
        if (found == OK && before.reference != NULL) {
            trip->reference = before.reference;
            whole->was_there = true;
            return OK;
        }
        if (found != ERR_NOT_FOUND)
            return found;
        ctx->fault = NULL;
    }
    TRY(trip_add(trip, "", whole->request_key));
    return trip_finish(trip, whole->problems);
}

/* What the caller sent, as the steps keep it; every step counts as sent. */
static void take_all(struct trip *trip)
{
    for (size_t i = 0; i < trip->step_count; i++) {
        const struct journey_step *step = &trip->journey->steps[i];
        if (step->fields != NULL)
            form_pick(trip->ctx, step->fields, trip->request->sent, &trip->answers);
        answers_add(trip->ctx->mem, &trip->answers,
                    mem_format(trip->ctx->mem, "step-%s", step->name), "sent");
    }
}

enum status journey_whole(struct web_request *request, struct web_answer *answer)
{
    struct trip trip;
    struct form_problems problems = {.count = 0};
    const char *key = web_asked(request, "Idempotency-Key");
    trip_begin(request, answer, 0, &trip);
    take_all(&trip);
    struct whole whole = {
        .trip = &trip,
        .request_key = key[0] == '\0' ? NULL
                                      : hash_token(trip.ctx->mem,
                                                   mem_format(trip.ctx->mem, "%lld %s",
                                                              (long long)trip.ctx->person.n, key)),
        .problems = &problems};
    enum status status = store_transact(trip.ctx, "journey_whole", whole_once, &whole);
    if (problems.count > 0 && (status == ERR_INVALID || status == ERR_CONFLICT))
        return form_problems_answer(answer, &problems, status);
    TRY(status);
    answer->code = whole.was_there ? 200 : 201;
    return web_json(answer, mem_format(trip.ctx->mem, "{\"reference\":\"%s\"}\n", trip.reference));
}
