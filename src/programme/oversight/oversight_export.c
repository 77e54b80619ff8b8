/* SPDX-License-Identifier: MIT */
/*
 * oversight_export.c - the record as a file that can be checked without this program.
 *
 * JSON lines: the first says the format, then for each chain its events in order and a line that
 * says where the chain ends.  CSV: the same columns, the end of each chain as a row with the number
 * and digest only.  Numbers of people are text, for they do not fit a JavaScript number.
 *
 * Days bound events by their time.  Times of a chain need not rise strictly, so what is left out
 * can lie between what is written; the checker tells gaps from breaks by the digest before.
 */
#include "programme/oversight/oversight.h"

#include "platform/base/json_text.h"
#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/document/csv.h"
#include "programme/oversight/oversight.sql.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

enum { ROWS_AT_ONCE = 500 };

struct exporting {
    const struct oversight_export *wanted;
    enum status (*write)(void *arg, const char *text);
    void *arg;
    int64_t from_at, until_at; /* until_at is not in it */
    struct oversight_exported *done;
};

static enum status write_object(struct ctx *ctx, const struct exporting *e, json_t *object)
{
    const char *text = json_text_taken(ctx->mem, object, JSON_COMPACT);
    return e->write(e->arg, mem_join(ctx->mem, text, "\n", ""));
}

static const char *number_text(struct mem *mem, int64_t n)
{
    return mem_format(mem, "%" PRId64, n);
}

/* ---- the first line ---- */

static const char *const cell_names[] = {
    "chain", "number", "at",          "what",          "actor",    "role",  "subject",
    "thing", "detail", "detail_salt", "detail_digest", "previous", "digest"};
enum { CELLS = sizeof cell_names / sizeof cell_names[0] };

static enum status write_row(struct ctx *ctx, const struct exporting *e, const char *const *cells)
{
    struct csv_writer csv;
    csv_write_begin(&csv, ctx->mem, false);
    for (size_t i = 0; i < CELLS; i++)
        csv_write_text(&csv, cells[i]);
    csv_write_row_end(&csv);
    return e->write(e->arg, mem_text_part(ctx->mem, csv.text, csv.length_bytes));
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static enum status write_head(struct ctx *ctx, const struct exporting *e)
{
    const struct oversight_export *wanted = e->wanted;
    if (wanted->is_csv)
        return write_row(ctx, e, cell_names);
    return write_object(ctx, e,
                        json_pack("{s:s,s:i,s:s,s:s,s:s,s:s}", "format", "onward audit export",
                                  "version", 1, "made_at", time_rfc3339(ctx->mem, ctx->now_secs),
                                  "service", or_empty(ctx->settings->base_url), "from",
                                  or_empty(wanted->from_on), "until", or_empty(wanted->until_on)));
}

/* ---- a chain ---- */

static enum status write_event(struct ctx *ctx, const struct exporting *e, const char *chain,
                               const struct oversight_chain_events_row *event)
{
    bool is_apart = strncmp(chain, AUDIT_APART, strlen(AUDIT_APART)) == 0;
    const char *number = number_text(ctx->mem, event->number);
    const char *at = number_text(ctx->mem, event->at);
    const char *actor = number_text(ctx->mem, event->actor_id);
    const char *subject = number_text(ctx->mem, event->subject_id);
    const char *detail = is_apart ? "" : event->detail;
    const char *salt = is_apart ? "" : event->detail_salt;
    e->done->event_count++;
    if (e->wanted->is_csv) {
        const char *cells[CELLS] = {chain,
                                    number,
                                    at,
                                    event->what,
                                    actor,
                                    event->role,
                                    subject,
                                    event->thing,
                                    detail,
                                    salt,
                                    event->detail_digest,
                                    event->previous,
                                    event->digest};
        return write_row(ctx, e, cells);
    }
    return write_object(
        ctx, e,
        json_pack("{s:s,s:I,s:I,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "chain", chain, "number",
                  (json_int_t)event->number, "at", (json_int_t)event->at, "what", event->what,
                  "actor", actor, "role", event->role, "subject", subject, "thing", event->thing,
                  "detail", detail, "detail_salt", salt, "detail_digest", event->detail_digest,
                  "previous", event->previous, "digest", event->digest));
}

static enum status write_end(struct ctx *ctx, const struct exporting *e,
                             const struct oversight_chains_row *chain)
{
    const char *number = number_text(ctx->mem, chain->number);
    e->done->chain_count++;
    if (e->wanted->is_csv) {
        const char *cells[CELLS] = {chain->chain, number, "", "", "", "",           "",
                                    "",           "",     "", "", "", chain->digest};
        return write_row(ctx, e, cells);
    }
    return write_object(ctx, e,
                        json_pack("{s:s,s:I,s:s}", "end_of", chain->chain, "number",
                                  (json_int_t)chain->number, "digest", chain->digest));
}

static enum status write_portion(struct ctx *ctx, const struct exporting *e,
                                 const struct oversight_chains_row *chain, int64_t *after,
                                 size_t *count_out)
{
    struct oversight_chain_events_row *rows;
    TRY(oversight_chain_events(ctx, chain->chain, *after, ROWS_AT_ONCE, &rows, count_out));
    for (size_t i = 0; i < *count_out; i++) {
        *after = rows[i].number;
        /* What came behind the end that is told belongs to the next export. */
        if (rows[i].number <= chain->number && rows[i].at >= e->from_at && rows[i].at < e->until_at)
            TRY(write_event(ctx, e, chain->chain, &rows[i]));
    }
    return OK;
}

/* In portions, each in memory of its own. */
static enum status write_chain(struct ctx *ctx, const struct exporting *e,
                               const struct oversight_chains_row *chain)
{
    struct mem *whole = ctx->mem;
    int64_t after = 0;
    size_t count = ROWS_AT_ONCE;
    enum status status = OK;
    while (status == OK && count == ROWS_AT_ONCE) {
        ctx->mem = mem_child(whole);
        status = write_portion(ctx, e, chain, &after, &count);
        if (ctx->fault != NULL)
            ctx->fault = mem_text(whole, ctx->fault);
        mem_end(ctx->mem);
        ctx->mem = whole;
    }
    TRY(status);
    return write_end(ctx, e, chain);
}

/* ---- all of it ---- */

static enum status write_one(struct ctx *ctx, const struct exporting *e, const char *chain)
{
    struct oversight_chain_row end;
    TRY(oversight_chain(ctx, chain, &end));
    return write_chain(ctx, e, &(const struct oversight_chains_row){chain, end.number, end.digest});
}

static enum status write_all(struct ctx *ctx, const struct exporting *e)
{
    struct oversight_chains_row *rows;
    size_t count;
    const char *after = "";
    enum status status = write_one(ctx, e, "");
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    do {
        TRY(oversight_chains(ctx, after, ROWS_AT_ONCE, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            TRY(write_chain(ctx, e, &rows[i]));
            after = rows[i].chain;
        }
    } while (count == ROWS_AT_ONCE);
    return OK;
}

static enum status read_days(struct ctx *ctx, struct exporting *e)
{
    const char *from_on = e->wanted->from_on, *behind_on = e->wanted->until_on;
    e->from_at = INT64_MIN;
    e->until_at = INT64_MAX;
    if (from_on != NULL && time_day_start(from_on, &e->from_at) != OK)
        return ctx_fail(ctx, ERR_INVALID, "\"%s\" is no day, as 2026-03-09 is", from_on);
    if (behind_on != NULL &&
        (time_day_add(ctx->mem, behind_on, (struct time_step){.days = 1}, &behind_on) != OK ||
         time_day_start(behind_on, &e->until_at) != OK))
        return ctx_fail(ctx, ERR_INVALID, "\"%s\" is no day, as 2026-03-09 is",
                        e->wanted->until_on);
    return OK;
}

enum status oversight_export(struct ctx *ctx, const struct oversight_export *wanted,
                             enum status (*write)(void *arg, const char *text), void *arg,
                             struct oversight_exported *out)
{
    struct exporting e = {.wanted = wanted, .write = write, .arg = arg, .done = out};
    *out = (struct oversight_exported){0};
    TRY(read_days(ctx, &e));
    TRY(write_head(ctx, &e));
    if (wanted->organisation != NULL)
        TRY(write_one(ctx, &e, wanted->organisation));
    else
        TRY(write_all(ctx, &e));
    return audit_note(
        ctx, &(const struct audit_deed){
                 .what = "oversight.exported",
                 .thing = wanted->organisation,
                 .after = mem_format(ctx->mem,
                                     "%" PRId64 " events of %" PRId64 " chains, from %s until %s",
                                     out->event_count, out->chain_count,
                                     wanted->from_on != NULL ? wanted->from_on : "the first",
                                     wanted->until_on != NULL ? wanted->until_on : "the last")});
}
