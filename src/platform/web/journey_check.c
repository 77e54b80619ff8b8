/* SPDX-License-Identifier: MIT */
/*
 * journey_check.c - the check-your-answers page, and the whole journey as one JSON call.
 */
#include "platform/base/hash.h"
#include "platform/document/upload.h"
#include "platform/store/store.h"
#include "platform/web/journey.sql.h"
#include "platform/web/journey_internal.h"
#include "platform/web/journey_page.html.h"

#include <inttypes.h>
#include <string.h>

static enum status part_of(const struct trip *trip, size_t at, struct journey_part *out)
{
    const struct journey_step *step = &trip->journey->steps[at];
    struct form_shown shown = {
        .fields = step->fields, .answers = trip_answers(trip, at), .form = trip_form(trip, at)};
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
    const char *request_key;
    struct form_problems *problems, refused; /* refused: files */
    bool was_there, is_other; /* the key was used before: for the same call, or for another */
};

/* ERR_NOT_FOUND  this key was not used yet */
static enum status find_before(struct ctx *ctx, struct whole *whole)
{
    struct trip *trip = whole->trip;
    struct web_draft_by_request_row before;
    TRY(web_draft_by_request(ctx, trip->journey->name, whole->request_key, &before));
    whole->is_other =
        before.request_digest == NULL || !hash_is_equal(before.request_digest, trip->digest);
    whole->was_there = !whole->is_other;
    trip->reference = before.reference;
    if (before.reference == NULL)
        return ctx_fail(ctx, ERR_FAULT, "a whole journey was kept without its end");
    return OK;
}

/* What the caller sent for steps whose answers are kept elsewhere. */
static enum status save_apart(struct ctx *ctx, const struct trip *trip)
{
    for (size_t i = 0; i < trip->step_count; i++) {
        const struct journey_step *step = &trip->journey->steps[i];
        struct form_answers picked = {0};
        if (step->apart == NULL)
            continue;
        form_pick(ctx, step->fields, trip->request->sent, &picked);
        TRY(step->apart->save(ctx, trip->code, &picked));
    }
    return OK;
}

static enum status whole_once(struct ctx *ctx, void *arg)
{
    struct whole *whole = arg;
    *whole->problems = whole->refused;
    enum status status = find_before(ctx, whole);
    if (status != ERR_NOT_FOUND)
        return status;
    ctx->fault = NULL;
    TRY(trip_add(whole->trip, "", whole->request_key));
    TRY(save_apart(ctx, whole->trip));
    if (whole->refused.count == 0)
        return trip_finish(whole->trip, whole->problems);
    TRY(trip_read(whole->trip));
    TRY(trip_whole(whole->trip, whole->problems));
    return ctx_fail(ctx, ERR_INVALID, "a file was refused");
}

/* What the caller sent, as the steps keep it, files apart; every step counts as sent. */
static void take_all(struct trip *trip, struct form_taken *files)
{
    for (size_t i = 0; i < trip->step_count; i++) {
        const struct journey_step *step = &trip->journey->steps[i];
        if (step->fields != NULL && step->apart == NULL)
            form_pick(trip->ctx, step->fields, trip->request->sent, &trip->answers);
        answers_add(trip->ctx->mem, &trip->answers,
                    mem_format(trip->ctx->mem, "step-%s", step->name), "sent");
    }
    for (size_t i = 0; i < trip->step_count; i++) {
        const struct journey_step *step = &trip->journey->steps[i];
        if (step->fields != NULL && step->apart == NULL)
            form_take_files(trip->ctx, step->fields, "", &trip->answers, files);
    }
}

/* What tells this call from others: the answers, and of each file its name and its bytes. */
static const char *digest_of(struct mem *mem, const struct form_answers *answers,
                             const struct form_taken *files)
{
    const char *text = answers_pack(mem, answers);
    for (size_t i = 0; i < files->count; i++) {
        const struct form_answer *sent = &files->items[i].sent;
        text = mem_format(mem, "%s %s %s %s", hash_sha256(mem, text, strlen(text)),
                          files->items[i].name, sent->value,
                          hash_sha256(mem, sent->file, sent->file_bytes));
    }
    return hash_sha256(mem, text, strlen(text));
}

/* Nothing came of the call: its files are nobody's. */
static enum status drop_files(const struct trip *trip, size_t count)
{
    struct upload *files;
    TRY(upload_list(trip->ctx, trip_files(trip), (int64_t)count, &files, &count));
    for (size_t i = 0; i < count; i++)
        TRY(upload_remove(trip->ctx, files[i].id, trip_files(trip)));
    return OK;
}

/* Files are kept before the transaction, for clamd may be asked, and only when the call is new. */
static enum status do_whole(struct whole *whole, const struct form_taken *files)
{
    struct trip *trip = whole->trip;
    enum status status = find_before(trip->ctx, whole);
    if (status != ERR_NOT_FOUND)
        return status;
    trip->ctx->fault = NULL;
    trip_name(trip);
    status = form_keep_taken(trip->ctx, trip_files(trip), files, &trip->answers, &whole->refused);
    if (status == OK || status == ERR_INVALID)
        status = store_transact(trip->ctx, "journey_whole", whole_once, whole);
    if (files->count > 0 && (status != OK || whole->was_there || whole->is_other)) {
        const char *cause = trip->ctx->fault;
        TRY(drop_files(trip, files->count));
        trip->ctx->fault = cause;
    }
    return status;
}

enum { KEY_CHARS_LEAST = 16, KEY_CHARS_MOST = 200 };

/* A key counts for one caller: the person, or the other program, that is signed in by it. */
static const char *key_of(const struct web_request *request, const char *sent)
{
    struct mem *mem = request->ctx->mem;
    return hash_token(mem, mem_format(mem, "%" PRId64 " %" PRId64 " %s", request->ctx->person.n,
                                      request->key_id, sent));
}

enum status journey_whole(struct web_request *request, struct web_answer *answer)
{
    struct trip trip;
    struct form_problems problems = {.count = 0};
    struct form_taken files = {.count = 0};
    const char *sent = web_asked(request, "Idempotency-Key");
    if (strlen(sent) < KEY_CHARS_LEAST || strlen(sent) > KEY_CHARS_MOST)
        return web_sorry(request, answer, 400, "An Idempotency-Key is needed",
                         "Send a header Idempotency-Key with a random text of 16 to 200 "
                         "characters, another one for each new call, so that a call that is "
                         "repeated counts once.");
    trip_begin(request, answer, 0, &trip);
    take_all(&trip, &files);
    trip.digest = digest_of(trip.ctx->mem, &trip.answers, &files);
    struct whole whole = {
        .trip = &trip, .request_key = key_of(request, sent), .problems = &problems};
    enum status status = do_whole(&whole, &files);
    if (problems.count > 0 && (status == ERR_INVALID || status == ERR_CONFLICT))
        return form_problems_answer(answer, &problems, status);
    TRY(status);
    if (whole.is_other)
        return web_sorry(request, answer, 422, "This Idempotency-Key was used before",
                         "It came with other answers. Use a new key for a new call.");
    answer->code = whole.was_there ? 200 : 201;
    return web_json(answer, mem_format(trip.ctx->mem, "{\"reference\":\"%s\"}\n", trip.reference));
}
