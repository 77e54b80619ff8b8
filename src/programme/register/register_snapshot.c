/* SPDX-License-Identifier: MIT */
/*
 * register_snapshot.c - the whole public register at the end of each month, signed and kept.
 *
 * The file is JSON with sorted members and no spaces, a pledge a line, in the order of their
 * references, so that any tool can compare two:
 *
 *     {"counts":{...},"format":"onward register snapshot 1","month":"2026-10","pledges":[
 *     {"digest":"...","name":"...","organisation":"R0A","period":1,"reference":"PL-...",
 *      "signed_on":"...","state":"published"},
 *     ...
 *     ]}
 *
 * (each pledge in one line).  Nothing in it depends on when it was made.  A line that stays the
 * same from month to month is kept once; the head of each file is kept with its digest.  States
 * follow from the chains, names of organisations are those of the day on which it was made.
 */
#include "platform/base/hash.h"
#include "platform/base/json_text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/ledger/ledger.h"
#include "programme/register/register.h"
#include "programme/register/register.sql.h"

#include <jansson.h>
#include <string.h>

enum { MONTHS_MAX = 1200, LINES_AT_ONCE = 1000, STATES = PLEDGE_MERGED + 1 };
#define OPEN_MONTH "9999-12"
#define PURPOSE "snapshot"

/* ---- reading ---- */

enum status register_snapshot_find(struct ctx *ctx, const char *month,
                                   struct register_snapshot *out)
{
    struct register_snapshot_get_row row;
    TRY(register_snapshot_get(ctx, month, &row));
    *out = (struct register_snapshot){month,           row.made_at, row.pledges,    row.in_force,
                                      row.individuals, row.digest,  row.size_bytes, row.key_id,
                                      row.signature,   row.head};
    return OK;
}

static void raw(struct view *out, const char *text)
{
    view_raw(out, text, strlen(text));
}

enum status register_snapshot_part(struct ctx *ctx, const struct register_snapshot *snapshot,
                                   const char *after, struct view *out, const char **after_out)
{
    struct register_entries_row *rows;
    size_t count;
    bool is_first = after[0] == '\0';
    TRY(register_entries(ctx, snapshot->month, after, LINES_AT_ONCE, &rows, &count));
    if (is_first)
        raw(out, snapshot->head);
    for (size_t i = 0; i < count; i++) {
        if (!is_first || i > 0)
            raw(out, ",\n");
        raw(out, rows[i].line);
    }
    *after_out = count < LINES_AT_ONCE ? NULL : rows[count - 1].reference;
    if (*after_out == NULL)
        raw(out, "\n]}\n");
    return OK;
}

/* ---- what is to be written ---- */

/* One line from a month on. */
struct entry {
    struct entry *next;
    const char *reference, *from_month, *to_month, *line;
};

/* A line of the store whose time is over. */
struct ending {
    struct ending *next;
    const char *reference, *to_month;
};

struct month {
    const char *name;
    int64_t until;
    int64_t pledges, in_force, individuals;
    int64_t by_state[STATES];
};

struct making {
    struct mem *mem;       /* of the whole work */
    const char *made_last; /* the newest snapshot that there was; "" for none */
    struct month *months;  /* that are missing, oldest first */
    size_t month_count;
    struct entry *entries;
    struct ending *endings;
};

static const char *dump(struct mem *mem, json_t *json)
{
    return json_text_taken(mem, json, JSON_COMPACT | JSON_SORT_KEYS);
}

static const char *line_of(struct mem *mem, const struct register_history *history,
                           const struct register_then *then)
{
    return dump(mem,
                json_pack("{s:s,s:s,s:s,s:I,s:s,s:s,s:s}", "digest", then->digest, "name",
                          history->name, "organisation", history->organisation_code, "period",
                          (json_int_t)then->period, "reference", history->reference, "signed_on",
                          then->signed_on, "state", pledge_state_code(then->state)));
}

/* Everything of a file before its pledges. */
static const char *head_of(struct mem *mem, const struct month *month)
{
    json_t *by_state = json_object();
    for (int i = 0; i < STATES; i++)
        if (month->by_state[i] > 0)
            json_object_set_new(by_state, pledge_state_code((enum pledge_state)i),
                                json_integer(month->by_state[i]));
    const char *text = dump(
        mem, json_pack("{s:{s:o,s:I,s:I,s:I},s:s,s:s,s:[]}", "counts", "by_state", by_state,
                       "in_force", (json_int_t)month->in_force, "individuals",
                       (json_int_t)month->individuals, "pledges", (json_int_t)month->pledges,
                       "format", "onward register snapshot 1", "month", month->name, "pledges"));
    return mem_format(mem, "%.*s\n", (int)strlen(text) - 2, text); /* without the closing ]} */
}

static enum status first_missing(struct ctx *ctx, struct making *making, const char **out)
{
    struct register_snapshot_newest_row *newest;
    struct register_first_published_at_row *first;
    size_t count;
    *out = NULL;
    making->made_last = "";
    TRY(register_snapshot_newest(ctx, &newest, &count));
    if (count > 0) {
        making->made_last = newest[0].month;
        return register_month_add(ctx->mem, newest[0].month, 1, out);
    }
    TRY(register_first_published_at(ctx, &first, &count));
    if (count > 0)
        *out = mem_text_part(ctx->mem, time_day_of(ctx->mem, first[0].published_at), 7);
    return OK;
}

static enum status choose_months(struct ctx *ctx, struct making *making)
{
    struct register_people_at_row people;
    const char *month, *now = register_month_now(ctx);
    TRY(first_missing(ctx, making, &month));
    making->months = mem_array(ctx->mem, struct month, MONTHS_MAX);
    while (month != NULL && strcmp(month, now) < 0 && making->month_count < MONTHS_MAX) {
        struct month *one = &making->months[making->month_count++];
        one->name = month;
        TRY(register_month_end(ctx->mem, month, &one->until));
        TRY(register_people_at(ctx, one->until, &people));
        one->individuals = people.people;
        TRY(register_month_add(ctx->mem, month, 1, &month));
    }
    return OK;
}

/* Ends the line before a month: the one made just now, or the one in the store. */
static void end_line(struct making *making, struct entry *current, const char *reference,
                     const char *to_month)
{
    if (current != NULL) {
        current->to_month = to_month;
        return;
    }
    struct ending *ending = mem_new(making->mem, struct ending);
    *ending = (struct ending){making->endings, mem_text(making->mem, reference), to_month};
    making->endings = ending;
}

static struct entry *begin_line(struct making *making, const struct register_history *history,
                                const char *month, const char *line)
{
    struct entry *entry = mem_new(making->mem, struct entry);
    *entry = (struct entry){making->entries, mem_text(making->mem, history->reference), month,
                            OPEN_MONTH, mem_text(making->mem, line)};
    making->entries = entry;
    return entry;
}

static void count_into(struct month *month, const struct register_then *then)
{
    month->pledges++;
    month->in_force += pledge_state_stands(then->state);
    month->by_state[then->state]++;
}

static enum status take_one(struct ctx *ctx, const struct register_history *history, void *arg)
{
    struct making *making = arg;
    struct register_entry_newest_row *stored;
    struct entry *current = NULL;
    size_t count;
    const char *digest = "", *last_month = making->made_last;
    TRY(register_entry_newest(ctx, history->reference, &stored, &count));
    const char *line = count > 0 ? stored[0].line : "";
    for (size_t i = 0; i < making->month_count; i++) {
        struct month *month = &making->months[i];
        struct register_then then;
        register_as_of(ctx->mem, history, month->until, &then);
        if (then.was_published) {
            count_into(month, &then);
            const char *now =
                strcmp(then.digest, digest) == 0 ? line : line_of(ctx->mem, history, &then);
            if (strcmp(now, line) != 0) {
                if (line[0] != '\0')
                    end_line(making, current, history->reference, last_month);
                current = begin_line(making, history, month->name, now);
            }
            line = now;
            digest = then.digest;
        }
        last_month = month->name;
    }
    return OK;
}

/* ---- writing it ---- */

static enum status write_lines(struct ctx *ctx, const struct making *making)
{
    int64_t changes;
    for (const struct ending *e = making->endings; e != NULL; e = e->next)
        TRY(register_entry_close(ctx, e->reference, e->to_month, &changes));
    for (const struct entry *e = making->entries; e != NULL; e = e->next)
        TRY(register_entry_add(ctx, e->reference, e->from_month, e->to_month, e->line, &changes));
    return OK;
}

/* The file as everybody will download it. */
static enum status write_file(struct ctx *ctx, const struct register_snapshot *snapshot,
                              struct view *out)
{
    *out = (struct view){.mem = ctx->mem};
    for (const char *after = ""; after != NULL;)
        TRY(register_snapshot_part(ctx, snapshot, after, out, &after));
    return OK;
}

static enum status write_month(struct ctx *ctx, const struct month *month)
{
    const struct register_snapshot snapshot = {.month = month->name,
                                               .head = head_of(ctx->mem, month)};
    struct view file;
    struct ledger_signature signature;
    int64_t changes;
    TRY(write_file(ctx, &snapshot, &file));
    const char *digest = hash_sha256(ctx->mem, file.text, file.length_bytes);
    TRY(ledger_sign(ctx, PURPOSE, file.text, file.length_bytes, &signature));
    TRY(register_snapshot_add(ctx, month->name, ctx->now_secs, month->pledges, month->in_force,
                              month->individuals, snapshot.head, digest, (int64_t)file.length_bytes,
                              signature.key_id, signature.signature, &changes));
    return ledger_add(ctx,
                      &(const struct ledger_fact){PURPOSE, month->name, digest, ctx->now_secs});
}

static enum status write_month_apart(struct ctx *ctx, const struct month *month)
{
    struct mem *whole = ctx->mem;
    ctx->mem = mem_child(whole);
    enum status status = write_month(ctx, month);
    ctx->fault = mem_text(whole, ctx->fault);
    mem_end(ctx->mem);
    ctx->mem = whole;
    return status;
}

static enum status was_another_quicker(struct ctx *ctx, const struct making *making, bool *out)
{
    struct register_snapshot_newest_row *newest;
    size_t count;
    TRY(register_snapshot_newest(ctx, &newest, &count));
    *out = strcmp(count > 0 ? newest[0].month : "", making->made_last) != 0;
    return OK;
}

static enum status write_all(struct ctx *ctx, void *arg)
{
    const struct making *making = arg;
    bool is_made;
    TRY(was_another_quicker(ctx, making, &is_made));
    if (is_made)
        return OK;
    TRY(write_lines(ctx, making));
    for (size_t i = 0; i < making->month_count; i++)
        TRY(write_month_apart(ctx, &making->months[i]));
    return OK;
}

enum status register_snapshot_make(struct ctx *ctx)
{
    struct making making = {.mem = ctx->mem};
    TRY(choose_months(ctx, &making));
    if (making.month_count == 0)
        return OK;
    TRY(register_walk(ctx, making.months[making.month_count - 1].until, take_one, &making));
    enum status status = store_transact(ctx, "register_snapshot", write_all, &making);
    if (status != ERR_CONFLICT)
        return status;
    /* On PostgreSQL two can look at once, and the one that writes later is refused. */
    bool is_made;
    TRY(was_another_quicker(ctx, &making, &is_made));
    if (!is_made)
        return status;
    ctx->fault = NULL;
    return OK;
}

/* ---- whether they hold ---- */

static enum status holds(struct ctx *ctx, const char *month, bool *out)
{
    struct register_snapshot snapshot;
    struct view file;
    TRY(register_snapshot_find(ctx, month, &snapshot));
    TRY(write_file(ctx, &snapshot, &file));
    const struct ledger_signature signature = {snapshot.key_id, snapshot.signature};
    const struct text_span bytes = {file.text, file.length_bytes};
    enum status status = ledger_signature_holds(ctx, PURPOSE, &bytes, &signature, out);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    *out = *out && (int64_t)file.length_bytes == snapshot.size_bytes &&
           strcmp(hash_sha256(ctx->mem, file.text, file.length_bytes), snapshot.digest) == 0;
    return OK;
}

enum status register_snapshot_check(struct ctx *ctx, int64_t *checked_out, const char **broken_out)
{
    struct mem *whole = ctx->mem;
    struct register_snapshot_months_row *months;
    enum status status = OK;
    size_t count;
    *checked_out = 0;
    *broken_out = NULL;
    TRY(register_snapshot_months(ctx, MONTHS_MAX, &months, &count));
    for (size_t i = 0; status == OK && *broken_out == NULL && i < count; i++) {
        bool is_whole = false;
        ctx->mem = mem_child(whole);
        status = holds(ctx, months[i].month, &is_whole);
        ctx->fault = mem_text(whole, ctx->fault);
        mem_end(ctx->mem);
        ctx->mem = whole;
        if (status == OK && !is_whole)
            *broken_out = months[i].month;
        *checked_out += status == OK;
    }
    if (status == OK)
        ctx->fault = NULL;
    return status;
}
