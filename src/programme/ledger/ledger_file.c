/* SPDX-License-Identifier: MIT */
/*
 * ledger_file.c - the whole log as JSON lines, sent while it is read (doc/verify/log.md).
 *
 * The newest head and the newest key at the beginning say where the file ends.  As nothing is ever
 * changed or taken away below them, the parts need no snapshot in common.
 */
#include "programme/ledger/ledger_file.h"

#include "programme/ledger/ledger_internal.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

struct sending {
    struct ctx *ctx;
    struct ledger_head last; /* where the file ends; number 0: the log is empty */
    int64_t key_count, entry_count, head_number;
    bool has_begun;
    /* Of the head that is next: its entries come first. */
    struct ledger_head next;
    bool has_next;
};

static void write_line(struct view *out, json_t *line)
{
    size_t size_bytes = json_dumpb(line, NULL, 0, JSON_COMPACT);
    view_grow(out, size_bytes + 1);
    json_dumpb(line, out->text + out->length_bytes, size_bytes, JSON_COMPACT);
    out->length_bytes += size_bytes;
    view_raw(out, "\n", 1);
    json_decref(line);
}

static enum status write_keys(struct ctx *ctx, struct sending *s, struct view *out)
{
    struct ledger_key_rows_row *rows;
    size_t count;
    TRY(ledger_key_rows(ctx, 0, LEDGER_KEYS_MAX, &rows, &count));
    write_line(out, json_pack("{s:s}", "format", "onward log 1"));
    for (size_t i = 0; i < count; i++)
        write_line(out, json_pack("{s:o}", "key", ledger_key_json(&rows[i])));
    s->key_count = (int64_t)count;
    s->has_begun = true;
    return OK;
}

static struct ledger_head copy_head(struct mem *mem, const struct ledger_head_rows_row *row)
{
    return (struct ledger_head){row->number,
                                row->size,
                                mem_text(mem, row->root),
                                row->at,
                                mem_text(mem, row->previous),
                                mem_text(mem, row->digest),
                                {mem_text(mem, row->key_id), mem_text(mem, row->signature)}};
}

/* ERR_NOT_FOUND: the last one was written. */
static enum status find_next(struct ctx *ctx, struct sending *s, struct mem *kept)
{
    struct ledger_head_rows_row *rows;
    size_t count;
    if (s->has_next)
        return OK;
    TRY(ledger_head_rows(ctx, s->head_number, s->last.number, 1, &rows, &count));
    if (count == 0)
        return ERR_NOT_FOUND;
    s->next = copy_head(kept, &rows[0]);
    s->has_next = true;
    return OK;
}

static enum status write_part(struct ctx *ctx, struct sending *s, struct view *out)
{
    struct ledger_entry_rows_row *rows;
    size_t count;
    TRY(find_next(ctx, s, s->ctx->mem));
    TRY(ledger_entry_rows(ctx, s->entry_count, s->next.size, LEDGER_ROWS_AT_ONCE, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const struct ledger_entry entry = {rows[i].number, rows[i].kind, rows[i].subject,
                                           rows[i].digest, rows[i].at};
        write_line(out, json_pack("{s:o}", "entry", ledger_entry_json(&entry)));
        s->entry_count = entry.number + 1;
    }
    if (s->entry_count < s->next.size)
        return count > 0
                   ? OK
                   : ctx_fail(ctx, ERR_FAULT, "the log has no entry %" PRId64, s->entry_count);
    write_line(out, json_pack("{s:o}", "head", ledger_head_json(&s->next)));
    s->head_number = s->next.number;
    s->has_next = false;
    return OK;
}

static enum status write_some(struct ctx *ctx, struct sending *s, struct view *out)
{
    if (!s->has_begun)
        return write_keys(ctx, s, out);
    enum status status = write_part(ctx, s, out);
    if (status == ERR_NOT_FOUND)
        write_line(out, json_pack("{s:{s:I,s:I,s:I}}", "end", "keys", (json_int_t)s->key_count,
                                  "entries", (json_int_t)s->entry_count, "heads",
                                  (json_int_t)s->head_number));
    return status;
}

/* A part in memory of its own; heads are small and stay. */
static enum status next(void *arg, struct view *out)
{
    struct sending *s = arg;
    struct ctx portion = *s->ctx;
    portion.mem = mem_child(s->ctx->mem);
    enum status status = write_some(&portion, s, out);
    if (portion.fault != NULL)
        s->ctx->fault = mem_text(s->ctx->mem, portion.fault);
    mem_end(portion.mem);
    return status;
}

enum status ledger_file_send(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx;
    TRY(web_stream(request, answer, &ctx));
    struct sending *s = mem_new(ctx->mem, struct sending);
    s->ctx = ctx;
    enum status status = ledger_head_newest(ctx, &s->last);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    ctx->fault = NULL;
    answer->content_type = "application/jsonl; charset=utf-8";
    answer->download_name = "log.jsonl";
    answer->stream = next;
    answer->stream_arg = s;
    return OK;
}
