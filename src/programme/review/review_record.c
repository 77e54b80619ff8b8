/* SPDX-License-Identifier: MIT */
/*
 * review_record.c - reviews of years that have passed, recorded at once.
 *
 * Each step is done by the same function as when it happens, under a context whose clock stands at
 * its time, and without mails.
 */
#include "platform/store/store.h"
#include "programme/review/review_internal.h"

struct recording {
    const char *reference;
    const struct review_past *events;
    size_t count;
};

static enum status sign_one(struct ctx *then, struct review_file *file, const char *role)
{
    const struct review_act act = {file->pledge.reference, file->review.period,
                                   file->review.version.version, role};
    return review_file_sign(then, file, &act);
}

static enum status add_one(struct ctx *then, const char *reference, const struct review_past *past)
{
    struct review_file file;
    TRY(review_file_open(then, reference, 0, &file));
    file.is_quiet = true;
    switch (past->kind) {
    case REVIEW_OPENED:
        return review_file_begin(then, &file);
    case REVIEW_WAS_SENT:
        return review_file_send(then, &file, past->words);
    case REVIEW_SIGNED_BY_LEADER:
        return sign_one(then, &file, "leader");
    case REVIEW_SIGNED_BY_COSIGNER:
        return sign_one(then, &file, "cosigner");
    case REVIEW_LAPSED:
        return review_file_lapse(then, &file);
    }
    return ctx_fail(then, ERR_INVALID, "no such event of a review");
}

static enum status record_once(struct ctx *ctx, void *arg)
{
    const struct recording *recording = arg;
    struct ctx then = *ctx;
    enum status status = OK;
    then.person = (struct person_id){0};
    for (size_t i = 0; i < recording->count && status == OK; i++) {
        then.now_secs = recording->events[i].at;
        then.id_last = 0; /* ids tell when something was made */
        status = add_one(&then, recording->reference, &recording->events[i]);
    }
    ctx->fault = then.fault;
    return status;
}

enum status review_record(struct ctx *ctx, const char *reference, const struct review_past *events,
                          size_t count)
{
    struct recording recording = {reference, events, count};
    return store_transact(ctx, "review_record", record_once, &recording);
}
