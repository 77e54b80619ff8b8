/* SPDX-License-Identifier: MIT */
/*
 * pledge_receipt_web.c - what shows that a pledge is in the public log.
 *
 *   /pledges/:reference/receipt.json   for programs that check it: see doc/verify/log.md
 *
 * And a section on the page of the pledge.
 */
#include "programme/pledge/pledge_receipt_web.h"

#include "platform/base/json_text.h"
#include "platform/base/time.h"
#include "programme/ledger/ledger.h"
#include "programme/pledge/pledge_internal.h"
#include "programme/pledge/pledge_receipt.html.h"

#include <jansson.h>
#include <string.h>

/* ---- the receipt ---- */

/* The inputs of the digest of an event.  Of a reason only the digest, of a person nothing. */
static json_t *event_json(struct mem *mem, const struct pledge_events_row *event)
{
    return json_pack("{s:I,s:s,s:I,s:I,s:s,s:s,s:s,s:s,s:s,s:s}", "number",
                     (json_int_t)event->number, "kind", event->kind, "revision",
                     (json_int_t)event->revision, "at", (json_int_t)event->at, "role", event->role,
                     "text_digest", event->text_digest, "reason_digest",
                     event->reason[0] == '\0' ? "" : pledge_digest(mem, event->reason), "detail",
                     event->detail, "previous", event->previous, "digest", event->digest);
}

static json_t *events_json(struct mem *mem, const struct pledge_file *file)
{
    json_t *array = json_array();
    for (size_t i = 0; i < file->event_count; i++)
        json_array_append_new(array, event_json(mem, &file->events[i]));
    return array;
}

/* Sets "proofs" and "head"; without a head there is nothing to prove. */
static enum status add_proofs(struct ctx *ctx, const struct pledge_file *file, json_t *receipt)
{
    struct ledger_head head;
    struct ledger_proof *proofs;
    size_t count = 0;
    json_t *array = json_array();
    enum status status = ledger_head_newest(ctx, &head);
    bool has_head = status == OK;
    json_object_set_new(receipt, "proofs", array);
    json_object_set_new(receipt, "head", has_head ? ledger_head_json(&head) : json_null());
    if (status == ERR_NOT_FOUND)
        return OK;
    TRY(status);
    TRY(ledger_prove_about(ctx, file->row.reference, &head, &proofs, &count));
    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, ledger_proof_json(&proofs[i]));
    return OK;
}

static enum status fill_receipt(struct ctx *ctx, const struct pledge_file *file, json_t *receipt)
{
    json_t *keys;
    TRY(add_proofs(ctx, file, receipt));
    TRY(ledger_keys_json(ctx, &keys));
    json_object_set_new(receipt, "keys", keys);
    return OK;
}

static enum status give_receipt(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct pledge_file file;
    TRY(pledge_file_open(ctx, web_value(request, "reference"), &file));
    if (file.row.is_public == 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "pledge \"%s\" is not public", file.row.reference);
    const char *text = file.sent.public_text;
    json_t *receipt =
        json_pack("{s:s,s:s,s:s,s:s,s:s,s:o}", "format", "onward receipt 1", "kind", "pledge",
                  "reference", file.row.reference, "text", text, "text_digest",
                  pledge_digest(ctx->mem, text), "events", events_json(ctx->mem, &file));
    if (receipt == NULL)
        return ctx_fail(ctx, ERR_FAULT, "the receipt cannot be written as JSON");
    enum status status = fill_receipt(ctx, &file, receipt);
    const char *json = json_text_taken(ctx->mem, receipt, JSON_COMPACT);
    TRY(status);
    answer->is_public = true;
    answer->download_name = mem_format(ctx->mem, "%s-receipt.json", file.row.reference);
    return web_json(answer, json);
}

/* ---- on the page of the pledge ---- */

/* How many entries its events make: one each from the publication on, and the words with each
 * publication. */
static int64_t entries_due(const struct pledge *pledge)
{
    int64_t due = 0;
    for (size_t i = 0; i < pledge->event_count; i++) {
        bool is_publication = pledge->events[i].kind == PLEDGE_WAS_PUBLISHED;
        due += (due > 0 || is_publication) + is_publication;
    }
    return due;
}

static enum status write_section(struct web_request *request, const struct pledge *pledge,
                                 struct view *out)
{
    struct ledger_place place;
    TRY(ledger_place(request->ctx, pledge->reference, &place));
    const struct pledge_receipt_page page = {
        .reference = pledge->reference,
        .entry_count = place.entry_count,
        .last_at = place.entry_count == 0 ? "" : time_show(request->ctx->mem, place.last_at),
        .waits = place.entry_count < entries_due(pledge),
    };
    pledge_receipt_section(out, &page);
    return OK;
}

const struct pledge_section pledge_log_section = {PLEDGE_AT_HISTORY, write_section};

#define NUMBER "{\"type\":\"integer\"}"
#define TEXT "{\"type\":\"string\"}"
#define OBJECTS "{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"

static const char receipt_schema[] =
    "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"format\",\"kind\","
    "\"reference\",\"text\",\"text_digest\",\"events\",\"proofs\",\"head\",\"keys\"],"
    "\"properties\":{\"format\":" TEXT ",\"kind\":" TEXT ",\"reference\":" TEXT ",\"text\":" TEXT
    ",\"text_digest\":" TEXT ",\"events\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
    "\"additionalProperties\":false,\"properties\":{\"number\":" NUMBER ",\"kind\":" TEXT
    ",\"revision\":" NUMBER ",\"at\":" NUMBER ",\"role\":" TEXT ",\"text_digest\":" TEXT
    ",\"reason_digest\":" TEXT ",\"detail\":" TEXT ",\"previous\":" TEXT ",\"digest\":" TEXT
    "}}},\"proofs\":" OBJECTS ",\"head\":{\"type\":[\"object\",\"null\"]},\"keys\":" OBJECTS "}}";

const struct web_route pledge_receipt_routes[] = {
    {.method = "GET",
     .path = "/pledges/:reference/receipt.json",
     .access = WEB_PUBLIC,
     .handler = give_receipt,
     .summary = "Shows that a pledge is in the public log, and every event of it.",
     .answers = receipt_schema},
    {0},
};
