/* SPDX-License-Identifier: MIT */
/*
 * pledge_chain.c - the events of a pledge, chained by hash, and the state that follows from them.
 *
 * The digest of event n is the SHA-256, in lower-case hexadecimal, of these lines, each ended by
 * LF:
 *
 *     onward pledge event 1
 *     reference            PL-XXXX-XXXX
 *     number               from 1
 *     kind                 code
 *     revision             number
 *     at                   UTC seconds
 *     role                 code
 *     text digest          of the text that the event is about
 *     reason digest        SHA-256 of the reason in UTF-8, or empty when there is none
 *     previous digest      of event n - 1; empty for the first
 *
 * An event that says more than its kind has the first line "onward pledge event 2", and before the
 * previous digest one line more: SHA-256 of its detail, which is public lines "key=value".
 *
 * No name of a person goes into it: a person can be forgotten and the chain still holds.
 */
#include "platform/base/hash.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/pledge/pledge_internal.h"

#include <inttypes.h>
#include <string.h>

const char *pledge_digest(struct mem *mem, const char *text)
{
    return hash_sha256(mem, text, strlen(text));
}

const char *pledge_event_digest(struct mem *mem, const char *reference,
                                const struct pledge_events_row *event)
{
    const char *reason = event->reason[0] == '\0' ? "" : pledge_digest(mem, event->reason);
    bool has_detail = event->detail[0] != '\0';
    const char *detail =
        has_detail ? mem_format(mem, "%s\n", pledge_digest(mem, event->detail)) : "";
    return pledge_digest(mem, mem_format(mem,
                                         "onward pledge event %d\n%s\n%" PRId64 "\n%s\n%" PRId64
                                         "\n%" PRId64 "\n%s\n%s\n%s\n%s%s\n",
                                         has_detail ? 2 : 1, reference, event->number, event->kind,
                                         event->revision, event->at, event->role,
                                         event->text_digest, reason, detail, event->previous));
}

/* Runs the events through the rules.  False: they do not follow them.  Who has to sign is said by
 * each revision for itself. */
static bool derive(struct pledge_file *file, const struct pledge_revision_unions_row *unions,
                   size_t union_count)
{
    file->standing = (struct pledge_standing){0};
    for (size_t i = 0; i < file->event_count; i++) {
        for (size_t k = 0; k < union_count; k++) {
            if (unions[k].revision == file->events[i].revision)
                file->standing.needs_cosigner = unions[k].has_union != 0;
        }
        if (!pledge_state_after(&file->standing, pledge_event_of(file->events[i].kind)))
            return false;
    }
    return true;
}

enum status pledge_file_open(struct ctx *ctx, const char *reference, struct pledge_file *out)
{
    struct pledge_revision_unions_row *unions;
    size_t union_count;
    *out = (struct pledge_file){0};
    TRY(pledge_by_reference(ctx, reference, &out->row));
    TRY(pledge_events(ctx, out->row.organisation_id, out->row.id, PLEDGE_EVENTS_MAX, &out->events,
                      &out->event_count));
    if (out->row.revision > 0)
        TRY(pledge_revision_of(ctx, out->row.organisation_id, out->row.id, out->row.revision,
                               &out->sent));
    TRY(pledge_revision_unions(ctx, out->row.organisation_id, out->row.id, PLEDGE_EVENTS_MAX,
                               &unions, &union_count));
    if (!derive(out, unions, union_count))
        return ctx_fail(ctx, ERR_FAULT, "events of pledge \"%s\" do not follow the rules",
                        reference);
    return OK;
}

/* The days of signing and of the next review. */
static enum status move_days(struct ctx *ctx, struct pledge_file *file, enum pledge_event_kind kind)
{
    struct pledge_by_reference_row *row = &file->row;
    bool is_renewed =
        file->standing.state == PLEDGE_RENEWED && row->period > 0 &&
        (kind == PLEDGE_REVIEW_LEADER_SIGNED || kind == PLEDGE_REVIEW_COSIGNER_SIGNED);
    if (file->standing.state == PLEDGE_SIGNED && row->signed_on == NULL) {
        row->signed_on = time_day_of(ctx->mem, ctx->now_secs);
        row->period = 1;
    } else if (file->standing.state == PLEDGE_AWAITING) {
        row->signed_on = row->review_on = NULL;
        row->period = 0;
    }
    row->period += is_renewed;
    if (row->signed_on == NULL)
        return OK;
    return time_day_add(ctx->mem, row->signed_on,
                        (struct time_step){.months = (int)row->period * PLEDGE_REVIEW_MONTHS},
                        &row->review_on);
}

/* Writes what follows from the newest event into the pledge's row. */
static enum status move(struct ctx *ctx, struct pledge_file *file, enum pledge_event_kind kind)
{
    struct pledge_by_reference_row *row = &file->row;
    int64_t changes;
    TRY(move_days(ctx, file, kind));
    if (kind == PLEDGE_WAS_PUBLISHED && row->published_at == NULL) {
        row->published_at = mem_copy(ctx->mem, &ctx->now_secs, sizeof ctx->now_secs);
        row->is_public = 1;
    }
    row->state = pledge_state_code(file->standing.state);
    return pledge_move(ctx, row->organisation_id, row->id, row->state, ctx->now_secs,
                       pledge_state_is_live(file->standing.state), row->is_public, row->signed_on,
                       row->published_at, row->period, row->review_on, &changes);
}

enum status pledge_file_add(struct ctx *ctx, struct pledge_file *file,
                            const struct pledge_happening *happening)
{
    int64_t changes;
    if (file->event_count >= PLEDGE_EVENTS_MAX)
        return ctx_fail(ctx, ERR_CONFLICT, "pledge \"%s\" has too many events",
                        file->row.reference);
    if (!pledge_state_after(&file->standing, happening->kind))
        return ctx_fail(ctx, ERR_CONFLICT, "\"%s\" is not allowed while pledge \"%s\" is \"%s\"",
                        pledge_event_code(happening->kind), file->row.reference, file->row.state);
    struct pledge_events_row event = {
        .number = (int64_t)file->event_count + 1,
        .kind = pledge_event_code(happening->kind),
        .revision = file->row.revision,
        .at = ctx->now_secs,
        .role = happening->role,
        .person_id = ctx->person.n,
        .reason = happening->reason,
        .text_digest =
            happening->text_digest != NULL ? happening->text_digest : file->sent.text_digest,
        .detail = happening->detail != NULL ? happening->detail : "",
        .previous = file->event_count == 0 ? "" : file->events[file->event_count - 1].digest,
    };
    event.digest = pledge_event_digest(ctx->mem, file->row.reference, &event);
    TRY(pledge_event_add(ctx, file->row.organisation_id, file->row.id, event.number, event.kind,
                         event.revision, event.at, event.role, event.person_id, event.reason,
                         event.text_digest, event.detail, event.previous, event.digest, &changes));
    struct pledge_events_row *events =
        mem_array(ctx->mem, struct pledge_events_row, file->event_count + 1);
    if (file->event_count > 0)
        memcpy(events, file->events, file->event_count * sizeof *events);
    events[file->event_count++] = event;
    file->events = events;
    TRY(move(ctx, file, happening->kind));
    TRY(pledge_log_event(ctx, file, &event));
    return pledge_search_event(ctx, file, happening->kind);
}

/* Whether numbers, digests, the text and the kept state all agree. */
static enum status check_one(struct ctx *ctx, const char *reference, bool *holds_out)
{
    struct pledge_file file;
    const char *previous = "";
    *holds_out = false;
    enum status status = pledge_file_open(ctx, reference, &file);
    if (status == ERR_FAULT && ctx->fault != NULL &&
        strstr(ctx->fault, "do not follow the rules") != NULL) {
        ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    for (size_t i = 0; i < file.event_count; i++) {
        const struct pledge_events_row *event = &file.events[i];
        if (event->number != (int64_t)i + 1 || strcmp(event->previous, previous) != 0 ||
            strcmp(event->digest, pledge_event_digest(ctx->mem, reference, event)) != 0)
            return OK;
        previous = event->digest;
    }
    *holds_out = strcmp(file.row.state, pledge_state_code(file.standing.state)) == 0 &&
                 strcmp(file.sent.text_digest, pledge_digest(ctx->mem, file.sent.text)) == 0;
    return OK;
}

enum status pledge_check_chains(struct ctx *ctx, int64_t *checked_out, const char **broken_out)
{
    struct mem *whole = ctx->mem;
    int64_t last = 0;
    *checked_out = 0;
    *broken_out = NULL;
    for (;;) {
        struct pledge_after_row *rows;
        size_t count;
        bool holds = true;
        ctx->mem = mem_child(whole);
        enum status status = pledge_after(ctx, last, 200, &rows, &count);
        for (size_t i = 0; status == OK && i < count && holds; i++) {
            status = check_one(ctx, rows[i].reference, &holds);
            if (status == OK && !holds)
                *broken_out = mem_text(whole, rows[i].reference);
            *checked_out += holds;
            last = rows[i].id;
        }
        if (ctx->fault != NULL)
            ctx->fault = mem_text(whole, ctx->fault);
        mem_end(ctx->mem);
        ctx->mem = whole;
        TRY(status);
        if (count == 0 || !holds)
            return OK;
    }
}
