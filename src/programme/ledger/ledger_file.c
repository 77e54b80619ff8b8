/* SPDX-License-Identifier: MIT */
/*
 * ledger_file.c - the whole log as JSON lines, sent while it is read (doc/verify/log.md).
 *
 * The newest head and the newest key at the beginning say where the file ends.  As nothing is ever
 * changed or taken away below them, the parts need no snapshot in common.
 */
#include "programme/ledger/ledger_file.h"

#include "platform/store/store.h"
#include "programme/ledger/ledger_internal.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

enum { PART_BYTES = 64 * 1024 };

struct sending {
    struct ctx *ctx;
    struct ledger_head last; /* where the file ends; number 0: the log is empty */
    int64_t key_count, entry_count, head_count;
    bool has_begun;
    /* The head in hand: its entries come first.  Its memory ends when it is written. */
    struct ctx in_hand;
    struct ledger_head head;
    struct store_cursor *entries; /* NULL: no head is in hand */
};

static int write_piece(const char *piece, size_t length_bytes, void *out)
{
    view_raw(out, piece, length_bytes);
    return 0;
}

static void write_line(struct view *out, json_t *line)
{
    json_dump_callback(line, write_piece, out, JSON_COMPACT);
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

/* Takes the next head in hand.  ERR_NOT_FOUND: the last one was written. */
static enum status take_head(struct sending *s)
{
    struct ledger_head_rows_row *rows;
    size_t count;
    s->in_hand = *s->ctx;
    s->in_hand.mem = mem_child(s->ctx->mem);
    TRY(ledger_head_rows(&s->in_hand, s->head_count, s->last.number, 1, &rows, &count));
    if (count == 0)
        return ERR_NOT_FOUND;
    s->head = LEDGER_HEAD(rows[0]);
    const struct store_value bounds[] = {store_int(s->entry_count), store_int(s->head.size),
                                         store_int(INT64_MAX)};
    return store_cursor_open(&s->in_hand, &ledger_entry_rows_query, NULL, bounds, &s->entries);
}

/* Columns of ledger_entry_rows. */
enum { NUMBER, KIND, SUBJECT, DIGEST, AT };

/* Some entries of the head in hand.  ERR_NOT_FOUND: that were all. */
static enum status write_entries(struct sending *s, struct view *out)
{
    const struct store_value *row;
    while (out->length_bytes < PART_BYTES) {
        TRY(store_cursor_next(s->entries, &row));
        const struct ledger_entry entry = {row[NUMBER].n, row[KIND].text, row[SUBJECT].text,
                                           row[DIGEST].text, row[AT].n};
        write_line(out, json_pack("{s:o}", "entry", ledger_entry_json(&entry)));
        s->entry_count++;
    }
    return OK;
}

static enum status put_head(struct sending *s, struct view *out)
{
    store_cursor_close(s->entries);
    s->entries = NULL;
    if (s->entry_count != s->head.size)
        return ctx_fail(&s->in_hand, ERR_FAULT, "entries under head %" PRId64 " are missing",
                        s->head.number);
    write_line(out, json_pack("{s:o}", "head", ledger_head_json(&s->head)));
    s->head_count = s->head.number;
    mem_end(s->in_hand.mem);
    return OK;
}

static enum status write_some(struct sending *s, struct view *out)
{
    if (s->entries == NULL)
        TRY(take_head(s));
    enum status status = write_entries(s, out);
    return status == ERR_NOT_FOUND ? put_head(s, out) : status;
}

static enum status next(void *arg, struct view *out)
{
    struct sending *s = arg;
    if (!s->has_begun)
        return write_keys(s->ctx, s, out);
    enum status status = write_some(s, out);
    if (status == ERR_NOT_FOUND)
        write_line(out, json_pack("{s:{s:I,s:I,s:I}}", "end", "keys", (json_int_t)s->key_count,
                                  "entries", (json_int_t)s->entry_count, "heads",
                                  (json_int_t)s->head_count));
    else if (status != OK)
        s->ctx->fault = s->in_hand.fault;
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
