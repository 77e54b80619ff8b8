/* SPDX-License-Identifier: MIT */
/*
 * audit.c - adding events, and checking that the chains hold.
 *
 * The digest of an event is the SHA-256, in lower-case hexadecimal, of these lines, each ended by
 * LF:
 *
 *     onward audit event 1
 *     chain                code of the organisation, or empty
 *     number               from 1
 *     at                   UTC seconds
 *     what                 code
 *     actor                number, 0 for none
 *     role                 code, or empty
 *     subject              number, 0 for none
 *     thing                or empty
 *     detail digest        SHA-256 of salt, LF and detail; empty when there was none
 *     previous digest      of the event before; empty for the first
 */
#include "programme/audit/audit.h"

#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/json_text.h"
#include "platform/base/random.h"
#include "platform/store/store.h"
#include "programme/audit/audit.sql.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

enum { ROWS_AT_ONCE = 500 };

const struct audit_kind *audit_kind_find(const char *code)
{
    for (size_t i = 0; audit_kinds[i] != NULL; i++)
        for (const struct audit_kind *kind = audit_kinds[i]; kind->code != NULL; kind++)
            if (strcmp(kind->code, code) == 0)
                return kind;
    return NULL;
}

static const char *digest_of(struct mem *mem, const char *text)
{
    return hash_sha256(mem, text, strlen(text));
}

static const char *event_digest(struct mem *mem, const char *chain,
                                const struct audit_event_rows_row *event)
{
    return digest_of(mem, mem_format(mem,
                                     "onward audit event 1\n%s\n%" PRId64 "\n%" PRId64
                                     "\n%s\n%" PRId64 "\n%s\n%" PRId64 "\n%s\n%s\n%s\n",
                                     chain, event->number, event->at, event->what, event->actor_id,
                                     event->role, event->subject_id, event->thing,
                                     event->detail_digest, event->previous));
}

static const char *detail_digest(struct mem *mem, const char *salt, const char *detail)
{
    return digest_of(mem, mem_format(mem, "%s\n%s", salt, detail));
}

/* ---- adding ---- */

static void set_member(json_t *object, const char *name, const char *text)
{
    if (text != NULL)
        json_object_set_new(object, name, json_string(text));
}

/* "" when the deed has none. */
static const char *detail_of(struct mem *mem, const struct audit_deed *deed)
{
    if (deed->purpose == NULL && deed->before == NULL && deed->after == NULL)
        return "";
    json_t *object = json_object();
    set_member(object, "purpose", deed->purpose);
    set_member(object, "before", deed->before);
    set_member(object, "after", deed->after);
    return json_text_taken(mem, object, JSON_COMPACT);
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static enum status read_end(struct ctx *ctx, const char *chain, struct audit_chain_end_row *end)
{
    int64_t changes;
    enum status status = audit_chain_end(ctx, chain, end);
    if (status != ERR_NOT_FOUND)
        return status;
    *end = (struct audit_chain_end_row){0, ""};
    return audit_chain_begin(ctx, chain, &changes);
}

/* Runs inside a transaction, perhaps more than once. */
static enum status note_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const struct audit_deed *deed = arg;
    const char *chain = or_empty(deed->organisation);
    struct audit_chain_end_row end;
    TRY(read_end(ctx, chain, &end));
    struct audit_event_rows_row event = {
        .number = end.number + 1,
        .at = ctx->now_secs,
        .what = deed->what,
        .actor_id = ctx->person.n,
        .role = or_empty(ctx->role),
        .subject_id = deed->subject.n,
        .thing = or_empty(deed->thing),
        .detail = detail_of(ctx->mem, deed),
        .detail_salt = "",
        .detail_digest = "",
        .previous = end.digest,
    };
    if (event.detail[0] != '\0') {
        event.detail_salt = random_token(ctx->mem);
        event.detail_digest = detail_digest(ctx->mem, event.detail_salt, event.detail);
    }
    event.digest = event_digest(ctx->mem, chain, &event);
    /* The end first: of several who add at the same instant the database lets one change it and
     * tells the others to come again.  A number taken twice would look like a duplicate. */
    TRY(audit_chain_move(ctx, chain, event.number, event.digest, &changes));
    if (changes != 1)
        return ctx_fail(ctx, ERR_BUSY, "audit chain \"%s\" moved", chain);
    return audit_event_add(ctx, chain, event.number, id_new(ctx), event.at, event.what,
                           event.actor_id, event.role, event.subject_id, event.thing, event.detail,
                           event.detail_salt, event.detail_digest, event.previous, event.digest,
                           &changes);
}

enum status audit_note(struct ctx *ctx, const struct audit_deed *deed)
{
    struct audit_deed copy = *deed;
    if (audit_kind_find(deed->what) == NULL)
        return ctx_fail(ctx, ERR_FAULT, "no capability declares events of the kind \"%s\"",
                        deed->what);
    return store_transact(ctx, "audit_note", note_once, &copy);
}

/* ---- reading ---- */

static const char *member(struct mem *mem, const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text != NULL ? mem_text(mem, text) : "";
}

struct audit_detail audit_detail_read(struct mem *mem, const char *detail)
{
    json_t *object = json_loads(detail, 0, NULL);
    struct audit_detail out = {member(mem, object, "purpose"), member(mem, object, "before"),
                               member(mem, object, "after")};
    json_decref(object);
    return out;
}

const char *audit_detail_text(struct mem *mem, const char *detail)
{
    const struct audit_detail it = audit_detail_read(mem, detail);
    const char *const parts[][2] = {
        {"What for", it.purpose}, {"Before", it.before}, {"After", it.after}};
    const char *text = "";
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i][1][0] != '\0')
            text = mem_format(mem, "%s%s%s: %s", text, text[0] != '\0' ? ". " : "", parts[i][0],
                              parts[i][1]);
    return text;
}

enum status audit_about(struct ctx *ctx, struct person_id subject, int at_most,
                        struct audit_event **out, size_t *count_out)
{
    struct audit_subject_rows_row *rows;
    size_t count;
    TRY(audit_subject_rows(ctx, subject.n, at_most, &rows, &count));
    struct audit_event *events = mem_array(ctx->mem, struct audit_event, count);
    for (size_t i = 0; i < count; i++)
        events[i] = (struct audit_event){.at = rows[i].at,
                                         .what = rows[i].what,
                                         .actor = {rows[i].actor_id},
                                         .role = rows[i].role,
                                         .organisation = rows[i].chain,
                                         .thing = rows[i].thing,
                                         .detail = rows[i].detail};
    *out = events;
    *count_out = count;
    return OK;
}

enum status audit_forget_about(struct ctx *ctx, struct person_id subject, int64_t *changed_out)
{
    return audit_forget(ctx, subject.n, changed_out);
}

/* ---- checking ---- */

static bool event_holds(struct mem *mem, const char *chain, int64_t number, const char *previous,
                        const struct audit_event_rows_row *event)
{
    bool is_forgotten = event->detail[0] == '\0';
    return event->number == number && strcmp(event->previous, previous) == 0 &&
           strcmp(event->digest, event_digest(mem, chain, event)) == 0 &&
           (is_forgotten || strcmp(event->detail_digest,
                                   detail_digest(mem, event->detail_salt, event->detail)) == 0);
}

/* Reads a chain in portions, each in memory of its own.  breaks_at_out: 0 when it holds. */
static enum status check_chain(struct ctx *ctx, const struct audit_chain_rows_row *chain,
                               int64_t *breaks_at_out)
{
    struct mem *whole = ctx->mem;
    char previous[HASH_CHARS + 1] = "";
    int64_t number = 0;
    bool holds = true, is_end = false;
    while (holds && !is_end) {
        struct audit_event_rows_row *rows;
        size_t count = 0;
        ctx->mem = mem_child(whole);
        enum status status =
            audit_event_rows(ctx, chain->chain, number, ROWS_AT_ONCE, &rows, &count);
        for (size_t i = 0; status == OK && holds && i < count; i++) {
            holds = event_holds(ctx->mem, chain->chain, ++number, previous, &rows[i]);
            if (holds)
                memcpy(previous, rows[i].digest, HASH_CHARS + 1);
        }
        if (ctx->fault != NULL)
            ctx->fault = mem_text(whole, ctx->fault);
        is_end = count < ROWS_AT_ONCE;
        mem_end(ctx->mem);
        ctx->mem = whole;
        TRY(status);
    }
    if (holds && (number != chain->number || strcmp(previous, chain->digest) != 0)) {
        holds = false;
        number++;
    }
    *breaks_at_out = holds ? 0 : number;
    return OK;
}

static enum status check_one(struct ctx *ctx, const struct audit_chain_rows_row *chain,
                             int64_t *checked, const char **broken_out)
{
    int64_t breaks_at;
    TRY(check_chain(ctx, chain, &breaks_at));
    *checked += breaks_at == 0;
    if (breaks_at != 0)
        *broken_out = mem_format(ctx->mem, "event %" PRId64 " of %s", breaks_at,
                                 chain->chain[0] != '\0' ? chain->chain : "the programme");
    return OK;
}

enum status audit_check_chains(struct ctx *ctx, int64_t *checked_out, const char **broken_out)
{
    struct audit_chain_end_row own;
    struct audit_chain_rows_row *rows;
    size_t count;
    const char *after = "";
    *checked_out = 0;
    *broken_out = NULL;
    enum status status = audit_chain_end(ctx, "", &own);
    if (status == OK)
        status = check_one(ctx, &(const struct audit_chain_rows_row){"", own.number, own.digest},
                           checked_out, broken_out);
    else if (status == ERR_NOT_FOUND)
        status = OK;
    TRY(status);
    do {
        TRY(audit_chain_rows(ctx, after, ROWS_AT_ONCE, &rows, &count));
        for (size_t i = 0; i < count && *broken_out == NULL; i++) {
            TRY(check_one(ctx, &rows[i], checked_out, broken_out));
            after = rows[i].chain;
        }
    } while (count == ROWS_AT_ONCE && *broken_out == NULL);
    return OK;
}
