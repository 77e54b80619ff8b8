/* SPDX-License-Identifier: MIT */
/*
 * journey.c - the draft behind a journey: found, read, saved, finished.
 *
 * What is kept is the answers as they were typed.  trip_read runs them through the tables of this
 * program each time, so "how far is this draft" is never stored and cannot go stale.
 */
#include "platform/web/journey.h"

#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/store/store.h"
#include "platform/web/journey.sql.h"
#include "platform/web/journey_internal.h"

#include <assert.h>
#include <string.h>

enum { DAY_SECS = 24 * 60 * 60, KEEP_DAYS_USUAL = 30, DRAFT_CODE_CHARS = 12 };

static int64_t expires_at(const struct trip *trip)
{
    int days = trip->journey->keep_days > 0 ? trip->journey->keep_days : KEEP_DAYS_USUAL;
    return trip->ctx->now_secs + (int64_t)days * DAY_SECS;
}

static const char *without_tail(struct mem *mem, const char *path, int segments)
{
    size_t length = strlen(path);
    for (; segments > 0; segments--) {
        while (length > 0 && path[length - 1] != '/')
            length--;
        length -= length > 0;
    }
    return mem_text_part(mem, path, length);
}

void trip_begin(struct web_request *request, struct web_answer *answer, int tail_segments,
                struct trip *out)
{
    const struct journey *journey = request->route->journey;
    size_t steps = 0;
    while (journey->steps[steps].name != NULL)
        steps++;
    assert(steps < JOURNEY_STEPS_MAX);
    *out = (struct trip){
        .request = request,
        .answer = answer,
        .ctx = request->ctx,
        .journey = journey,
        .base = without_tail(request->ctx->mem, request->path, tail_segments),
        .code = "",
        .draft = mem_bytes(request->ctx->mem, journey->draft_bytes),
        .standing = mem_array(request->ctx->mem, struct journey_standing, steps + 1),
        .step_count = steps,
    };
}

static bool is_owner(const struct web_request *request, const struct web_draft_by_code_row *row)
{
    int64_t person = request->ctx->person.n;
    return (request->browser[0] != '\0' && hash_is_equal(request->browser, row->browser)) ||
           (person != 0 && person == row->person_id);
}

enum status trip_open(struct web_request *request, struct web_answer *answer, int tail_segments,
                      struct trip *out)
{
    struct web_draft_by_code_row row;
    trip_begin(request, answer, tail_segments, out);
    out->code = web_value(request, "draft");
    TRY(web_draft_by_code(out->ctx, out->code, out->journey->name, &row));
    if (row.expires_at < out->ctx->now_secs)
        return ctx_fail(out->ctx, ERR_NOT_FOUND, "draft is over");
    out->resume_hash = row.resume_hash;
    out->draft_id = row.id;
    if (!is_owner(request, &row))
        return ctx_fail(out->ctx, ERR_NOT_FOUND, "draft belongs to somebody else");
    if (row.finished_at != NULL)
        out->reference = row.reference;
    TRY(answers_unpack(out->ctx, row.answers, &out->answers));
    return trip_read(out);
}

void trip_name(struct trip *trip)
{
    if (trip->code[0] == '\0')
        trip->code = mem_text_part(trip->ctx->mem, random_token(trip->ctx->mem), DRAFT_CODE_CHARS);
}

const char *trip_files(const struct trip *trip)
{
    return mem_format(trip->ctx->mem, "draft/%s", trip->code);
}

enum status trip_add(struct trip *trip, const char *browser, const char *request_key)
{
    int64_t changes;
    trip->draft_id = id_new(trip->ctx);
    trip_name(trip);
    return web_draft_add(trip->ctx, trip->draft_id, trip->code, trip->journey->name, browser,
                         trip->ctx->person.n, answers_pack(trip->ctx->mem, &trip->answers),
                         trip->ctx->now_secs, expires_at(trip), request_key, trip->digest,
                         &changes);
}

static const char *sent_mark(const struct trip *trip, size_t step)
{
    return mem_format(trip->ctx->mem, "step-%s", trip->journey->steps[step].name);
}

const struct form_answers *trip_answers(const struct trip *trip, size_t step)
{
    return trip->journey->steps[step].apart != NULL ? &trip->standing[step].apart : &trip->answers;
}

void *trip_form(const struct trip *trip, size_t step)
{
    return trip->journey->steps[step].apart != NULL ? trip->standing[step].apart_form : trip->draft;
}

/* A struct of its own, so that finish never sees what it is filled with. */
static enum status load_apart(struct trip *trip, size_t at)
{
    const struct journey_apart *apart = trip->journey->steps[at].apart;
    trip->standing[at].apart_form = mem_bytes(trip->ctx->mem, apart->form_bytes);
    return trip->code[0] == '\0' ? OK
                                 : apart->load(trip->ctx, trip->code, &trip->standing[at].apart);
}

enum status trip_read(struct trip *trip)
{
    memset(trip->draft, 0, trip->journey->draft_bytes);
    memset(trip->standing, 0, trip->step_count * sizeof *trip->standing);
    for (size_t i = 0; i < trip->step_count; i++) {
        if (trip->journey->steps[i].fields != NULL && trip->journey->steps[i].apart == NULL)
            form_clear(trip->journey->steps[i].fields, trip->draft);
    }
    for (size_t i = 0; i < trip->step_count; i++) {
        const struct journey_step *step = &trip->journey->steps[i];
        struct journey_standing *standing = &trip->standing[i];
        standing->applies = step->applies == NULL || step->applies(trip->draft);
        standing->was_sent = answers_has(&trip->answers, sent_mark(trip, i));
        if (!standing->applies)
            continue;
        enum status status = step->apart != NULL ? load_apart(trip, i) : OK;
        TRY(status);
        if (step->fields != NULL)
            status = form_read(trip->ctx, step->fields, trip_answers(trip, i), trip_form(trip, i),
                               &standing->problems);
        if (status != OK && status != ERR_INVALID)
            return status;
        if (step->check != NULL)
            TRY(step->check(trip->ctx, trip->draft, &standing->problems));
    }
    return OK;
}

size_t trip_step(const struct trip *trip, const char *name)
{
    size_t step = 0;
    while (step < trip->step_count && strcmp(trip->journey->steps[step].name, name) != 0)
        step++;
    return step;
}

bool trip_is_done(const struct trip *trip, size_t step)
{
    const struct journey_standing *standing = &trip->standing[step];
    return !standing->applies || (standing->was_sent && standing->problems.count == 0);
}

size_t trip_first_open(const struct trip *trip)
{
    size_t step = 0;
    while (step < trip->step_count && trip_is_done(trip, step))
        step++;
    return step;
}

const char *trip_address(const struct trip *trip, const char *tail)
{
    return mem_format(trip->ctx->mem, "%s/%s%s%s", trip->base, trip->code,
                      tail[0] == '\0' ? "" : "/", tail);
}

const char *trip_step_address(const struct trip *trip, size_t step)
{
    return trip_address(trip, step < trip->step_count ? trip->journey->steps[step].name : "check");
}

bool trip_is_group(const struct journey_step *step)
{
    return step->fields != NULL && step->fields[0].kind == FORM_KIND_GROUP &&
           step->fields[1].kind == FORM_KIND_END;
}

const char *trip_step_title(const struct journey_step *step)
{
    const struct form_field *field = step->fields;
    if (step->title != NULL)
        return step->title;
    while (field->kind == FORM_KIND_HIDDEN)
        field++;
    return field->label;
}

struct saving {
    struct trip *trip;
    enum status (*change)(struct trip *trip, void *arg);
    void *arg;
};

static enum status save_once(struct ctx *ctx, void *arg)
{
    struct saving *saving = arg;
    struct trip *trip = saving->trip;
    struct web_draft_by_code_row row;
    int64_t changes;
    TRY(web_draft_by_code(ctx, trip->code, trip->journey->name, &row));
    trip->answers = (struct form_answers){0};
    TRY(answers_unpack(ctx, row.answers, &trip->answers));
    TRY(saving->change(trip, saving->arg));
    TRY(web_draft_save(ctx, trip->draft_id, answers_pack(ctx->mem, &trip->answers), ctx->now_secs,
                       expires_at(trip), &changes));
    return changes == 1 ? OK : ctx_fail(ctx, ERR_CONFLICT, "draft is finished");
}

enum status trip_save(struct trip *trip, enum status (*change)(struct trip *trip, void *arg),
                      void *arg)
{
    struct saving saving = {trip, change, arg};
    TRY(store_transact(trip->ctx, "journey_save", save_once, &saving));
    return trip_read(trip);
}

struct finishing {
    struct trip *trip;
    struct form_problems *problems;
};

enum status trip_whole(const struct trip *trip, struct form_problems *problems)
{
    for (size_t i = 0; i < trip->step_count; i++) {
        const struct journey_standing *standing = &trip->standing[i];
        if (trip_is_done(trip, i))
            continue;
        for (size_t k = 0; k < standing->problems.count; k++)
            form_wrong(problems, standing->problems.items[k].field,
                       standing->problems.items[k].text);
        if (standing->problems.count == 0)
            form_wrong(problems, trip->journey->steps[i].name,
                       mem_format(trip->ctx->mem, "Finish this part first: %s",
                                  trip_step_title(&trip->journey->steps[i])));
    }
    return problems->count == 0 ? OK : ERR_INVALID;
}

static enum status finish_once(struct ctx *ctx, void *arg)
{
    struct finishing *finishing = arg;
    struct trip *trip = finishing->trip;
    struct web_draft_by_code_row row;
    struct journey_done done = {NULL};
    int64_t changes;
    finishing->problems->count = 0;
    TRY(web_draft_by_code(ctx, trip->code, trip->journey->name, &row));
    if (row.finished_at != NULL) {
        trip->reference = row.reference;
        return OK;
    }
    trip->answers = (struct form_answers){0};
    TRY(answers_unpack(ctx, row.answers, &trip->answers));
    TRY(trip_read(trip));
    TRY(trip_whole(trip, finishing->problems));
    TRY(trip->journey->finish(ctx, trip->draft, finishing->problems, &done));
    for (size_t i = 0; i < trip->step_count; i++)
        if (trip->journey->steps[i].apart != NULL)
            TRY(trip->journey->steps[i].apart->finish(ctx, trip->code, done.reference));
    TRY(web_draft_finish(ctx, trip->draft_id, done.reference, ctx->now_secs, &changes));
    if (changes != 1)
        return ctx_fail(ctx, ERR_BUSY, "draft was finished at the same time");
    trip->reference = done.reference;
    return OK;
}

enum status trip_finish(struct trip *trip, struct form_problems *problems)
{
    struct finishing finishing = {trip, problems};
    return store_transact(trip->ctx, "journey_finish", finish_once, &finishing);
}

enum status journey_purge(struct ctx *ctx, int64_t *removed_out)
{
    return web_draft_purge(ctx, ctx->now_secs, removed_out);
}
