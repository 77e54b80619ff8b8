/* SPDX-License-Identifier: MIT */
/*
 * ledger_web.c - the public log for people and for programs that check it.
 *
 *   /pledges/log                    all entries, also as .json .csv .xlsx
 *   /pledges/log/heads              the log as it was signed, the same
 *   /pledges/log/entries/:number    one entry, and that it is in the log
 *   /pledges/log/log.jsonl          the whole log as a file
 *   /pledges/log/proof.json         inclusion proof of an entry (?entry=, ?size=)
 *   /pledges/log/consistency.json   that one head goes on from another (?from=, ?to=)
 *   /pledges/log/check              how to check it; .../check_log.mjs and .../log.md beside it
 *   /keys.json                      the keys that sign
 */
#include "programme/ledger/ledger_web.h"

#include "platform/base/embedded.h"
#include "platform/base/json_text.h"
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/ledger/ledger_file.h"
#include "programme/ledger/ledger_files.h"
#include "programme/ledger/ledger_internal.h"
#include "programme/ledger/ledger_page.html.h"

#include <jansson.h>
#include <string.h>

/* Takes the JSON. */
static enum status give(struct web_request *request, struct web_answer *answer, json_t *json)
{
    answer->is_public = true;
    return web_json(answer, json_text_taken(request->ctx->mem, json, JSON_COMPACT));
}

/* A number of the query, or what stands for none.  ERR_NOT_FOUND: there can be nothing of it. */
static enum status asked_number(struct web_request *request, const char *name, int64_t usual,
                                int64_t *out)
{
    const char *typed = web_query(request, name);
    *out = usual;
    if (typed[0] != '\0' && text_number(typed, 0, INT64_MAX, out) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "\"%s\" is no number of the log", typed);
    return OK;
}

/* ---- keys and proofs ---- */

#define NUMBER "{\"type\":\"integer\"}"
#define TEXT "{\"type\":\"string\"}"
#define TEXTS "{\"type\":\"array\",\"items\":" TEXT "}"
#define OBJECT "{\"type\":\"object\",\"additionalProperties\":false,"
#define ENTRY                                                                                      \
    OBJECT "\"required\":[\"number\",\"kind\",\"subject\",\"digest\",\"at\"],\"properties\":{"     \
           "\"number\":" NUMBER ",\"kind\":" TEXT ",\"subject\":" TEXT ",\"digest\":" TEXT         \
           ",\"at\":" NUMBER "}}"
#define HEAD                                                                                       \
    OBJECT "\"required\":[\"number\",\"size\",\"root\",\"at\",\"previous\",\"digest\",\"key_id\"," \
           "\"signature\"],\"properties\":{\"number\":" NUMBER ",\"size\":" NUMBER                 \
           ",\"root\":" TEXT ",\"at\":" NUMBER ",\"previous\":" TEXT ",\"digest\":" TEXT           \
           ",\"key_id\":" TEXT ",\"signature\":" TEXT "}}"

static const char keys_schema[] =
    OBJECT "\"required\":[\"format\",\"keys\"],\"properties\":{\"format\":" TEXT
           ",\"keys\":{\"type\":\"array\",\"items\":" OBJECT
           "\"required\":[\"number\",\"id\",\"public_key\",\"from\",\"signed_by\",\"signature\"],"
           "\"properties\":{\"number\":" NUMBER ",\"id\":" TEXT ",\"public_key\":" TEXT
           ",\"from\":" NUMBER ",\"signed_by\":" TEXT ",\"signature\":" TEXT "}}}}}";

static enum status keys(struct web_request *request, struct web_answer *answer)
{
    json_t *list;
    TRY(ledger_keys_json(request->ctx, &list));
    return give(request, answer, json_pack("{s:s,s:o}", "format", "onward keys 1", "keys", list));
}

static const char proof_schema[] =
    OBJECT "\"required\":[\"proof\",\"head\"],\"properties\":{\"proof\":" OBJECT
           "\"required\":[\"entry\",\"path\"],\"properties\":{\"entry\":" ENTRY ",\"path\":" TEXTS
           "}},\"head\":" HEAD "}}";

static enum status proof(struct web_request *request, struct web_answer *answer)
{
    struct ledger_head head;
    struct ledger_proof it;
    int64_t number, size;
    TRY(ledger_head_newest(request->ctx, &head));
    TRY(asked_number(request, "entry", 0, &number));
    TRY(asked_number(request, "size", head.size, &size));
    TRY(ledger_head_at(request->ctx, size, &head));
    TRY(ledger_prove_number(request->ctx, number, &head, &it));
    return give(
        request, answer,
        json_pack("{s:o,s:o}", "proof", ledger_proof_json(&it), "head", ledger_head_json(&head)));
}

static const char consistency_schema[] =
    OBJECT "\"required\":[\"from\",\"to\",\"path\"],\"properties\":{\"from\":" HEAD ",\"to\":" HEAD
           ",\"path\":" TEXTS "}}";

static enum status consistency(struct web_request *request, struct web_answer *answer)
{
    struct ledger_head from, to;
    const char **path;
    size_t count;
    int64_t from_size, to_size;
    TRY(ledger_head_newest(request->ctx, &to));
    TRY(asked_number(request, "from", to.size, &from_size));
    TRY(asked_number(request, "to", to.size, &to_size));
    if (from_size > to_size)
        return web_sorry(request, answer, 400, "A log only grows",
                         "Give the smaller size as “from” and the greater one as “to”.");
    TRY(ledger_head_at(request->ctx, from_size, &from));
    TRY(ledger_head_at(request->ctx, to_size, &to));
    TRY(ledger_prove_growth(request->ctx, &from, &to, &path, &count));
    return give(request, answer,
                json_pack("{s:o,s:o,s:o}", "from", ledger_head_json(&from), "to",
                          ledger_head_json(&to), "path", ledger_path_json(path, count)));
}

/* ---- lists ---- */

static const struct form_option kinds[] = {{"pledge", "An organisation's pledge", NULL, NULL},
                                           {"pledge-text", "The words of a pledge", NULL, NULL},
                                           {"individual", "One person's pledge", NULL, NULL},
                                           {"snapshot", "The monthly register", NULL, NULL},
                                           {0}};

static const struct listing_column columns[] = {
    {.name = "number",
     .heading = "Entry",
     .format = LISTING_NUMBER,
     .link = "/pledges/log/entries/:number"},
    {.name = "at", .heading = "When", .format = LISTING_TIME},
    {.name = "kind", .heading = "What", .format = LISTING_CODE, .options = kinds},
    {.name = "subject", .heading = "About", .link = "/pledges/log?subject=:subject"},
    {.name = "digest", .heading = "Fingerprint", .is_in_files_only = true},
    {0}};

/* As a reference stands in the log, however it was typed. */
static const char *as_subject(struct mem *mem, const char *typed)
{
    char *text = mem_text(mem, typed);
    for (char *at = text; *at != '\0'; at++)
        if (*at >= 'a' && *at <= 'z')
            *at = (char)(*at - 'a' + 'A');
    return text;
}

static const struct listing_filter filters[] = {
    {.argument = "subject", .label = "Reference", .kind = LISTING_TYPED, .key = as_subject},
    {.argument = "kind",
     .label = "What",
     .kind = LISTING_CHOICE,
     .options = kinds,
     .column = "kind"},
    {0}};
static const struct listing_order orders[] = {
    {"newest", "Newest first"}, {"oldest", "Oldest first"}, {0}};

static enum status intro(struct web_request *request, struct view *out)
{
    (void)request;
    ledger_intro(out);
    return OK;
}

static enum status empty(struct web_request *request, struct view *out)
{
    (void)request;
    ledger_empty(out);
    return OK;
}

#define CRUMBS                                                                                     \
    {                                                                                              \
        {"Home", "/"},                                                                             \
        {                                                                                          \
            "Pledges", "/pledges"                                                                  \
        }                                                                                          \
    }

static const struct listing log_listing = {.title = "Public log of pledges",
                                           .section = "/pledges",
                                           .query = &ledger_list_query,
                                           .columns = columns,
                                           .filters = filters,
                                           .orders = orders,
                                           .one = "entry",
                                           .many = "entries",
                                           .file_name = "log",
                                           .crumbs = CRUMBS,
                                           .intro = intro,
                                           .empty = empty};

static const struct listing_column head_columns[] = {
    {.name = "number", .heading = "Number", .format = LISTING_NUMBER},
    {.name = "at", .heading = "Signed", .format = LISTING_TIME},
    {.name = "size", .heading = "Entries", .format = LISTING_NUMBER},
    {.name = "root", .heading = "Fingerprint of the log"},
    {.name = "previous", .heading = "Signed before it", .is_in_files_only = true},
    {.name = "digest", .heading = "Digest", .is_in_files_only = true},
    {.name = "key_id", .heading = "Key", .is_in_files_only = true},
    {.name = "signature", .heading = "Signature", .is_in_files_only = true},
    {0}};

/* Of ledger_heads_list. */
enum { HEAD_AT = 1, HEAD_SIZE, HEAD_ROOT };

/* Fingerprints are too long for a table. */
static void head_card(struct view *out, const struct store_value *row)
{
    ledger_head_card(out, &(const struct ledger_head_line){time_show(out->mem, row[HEAD_AT].n),
                                                           row[HEAD_SIZE].n, row[HEAD_ROOT].text});
}

static enum status heads_intro(struct web_request *request, struct view *out)
{
    (void)request;
    ledger_heads_intro(out);
    return OK;
}

static enum status heads_empty(struct web_request *request, struct view *out)
{
    (void)request;
    ledger_heads_empty(out);
    return OK;
}

static const struct listing heads_listing = {
    .title = "The log as it was signed",
    .section = "/pledges",
    .query = &ledger_heads_list_query,
    .columns = head_columns,
    .orders = orders,
    .one = "signature",
    .many = "signatures",
    .file_name = "heads",
    .crumbs = {{"Home", "/"}, {"Pledges", "/pledges"}, {"Public log", "/pledges/log"}},
    .card = head_card,
    .intro = heads_intro,
    .empty = heads_empty};

/* ---- pages ---- */

static const struct web_page page = {
    .section = "/pledges",
    .crumbs = {{"Home", "/"}, {"Pledges", "/pledges"}, {"Public log", "/pledges/log"}}};

static const char *kind_words(const char *kind)
{
    for (const struct form_option *option = kinds; option->code != NULL; option++)
        if (strcmp(option->code, kind) == 0)
            return option->label;
    return kind;
}

static enum status show_entry(struct web_request *request, struct web_answer *answer)
{
    struct mem *mem = request->ctx->mem;
    struct ledger_head head;
    struct ledger_proof it;
    int64_t number;
    if (text_number(web_value(request, "number"), 0, INT64_MAX, &number) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "an entry has a number");
    TRY(ledger_head_newest(request->ctx, &head));
    TRY(ledger_prove_number(request->ctx, number, &head, &it));
    const struct ledger_entry *entry = &it.entry;
    answer->page = page;
    answer->page.title = mem_format(mem, "Entry %lld of the public log", (long long)number);
    answer->is_public = answer->is_same_all_day = true;
    ledger_entry_show(&answer->body,
                      &(const struct ledger_entry_page){
                          .entry = entry,
                          .head = &head,
                          .what = kind_words(entry->kind),
                          .happened = time_show(mem, entry->at),
                          .signed_at = time_show(mem, head.at),
                          .about_href = strncmp(entry->kind, "pledge", 6) == 0
                                            ? mem_join(mem, "/pledges/", entry->subject, "")
                                            : NULL,
                          .path = it.path,
                          .path_count = it.path_count});
    return OK;
}

static enum status show_check(struct web_request *request, struct web_answer *answer)
{
    struct ledger_head head;
    struct ledger_check_page shown = {NULL};
    enum status status = ledger_head_newest(request->ctx, &head);
    if (status == OK)
        shown = (struct ledger_check_page){&head, time_show(request->ctx->mem, head.at),
                                           head.signature.key_id};
    else if (status != ERR_NOT_FOUND)
        return status;
    answer->page = page;
    answer->page.title = "Check the public log";
    answer->is_public = answer->is_same_all_day = true;
    ledger_check_show(&answer->body, &shown);
    return OK;
}

/* ---- what stands in doc/verify/ ---- */

static enum status give_file(struct web_answer *answer, const char *name, const char *type)
{
    const struct embedded_file *file = embedded_find(ledger_files, ledger_files_count, name);
    view_raw(&answer->body, (const char *)file->bytes, file->size_bytes);
    answer->content_type = type;
    answer->download_name = name;
    answer->is_public = answer->is_same_all_day = true;
    return OK;
}

static enum status give_checker(struct web_request *request, struct web_answer *answer)
{
    (void)request;
    return give_file(answer, "check_log.mjs", "text/javascript; charset=utf-8");
}

static enum status give_formats(struct web_request *request, struct web_answer *answer)
{
    (void)request;
    return give_file(answer, "log.md", "text/markdown; charset=utf-8");
}

const struct web_route ledger_routes[] = {
    WEB_LISTING("/pledges/log", WEB_PUBLIC, &log_listing,
                "The public log: what happened to pledges, in order."),
    WEB_LISTING("/pledges/log/heads", WEB_PUBLIC, &heads_listing,
                "The log as it was signed, time by time."),
    {"GET", "/pledges/log/entries/:number", WEB_PUBLIC, show_entry,
     "One entry, and that it is in the log."},
    {"GET", "/pledges/log/log.jsonl", WEB_PUBLIC, ledger_file_send, "The whole log as a file."},
    {.method = "GET",
     .path = "/pledges/log/proof.json",
     .access = WEB_PUBLIC,
     .handler = proof,
     .summary = "That an entry is under a head: an inclusion proof.",
     .asks = "entry size",
     .answers = proof_schema},
    {.method = "GET",
     .path = "/pledges/log/consistency.json",
     .access = WEB_PUBLIC,
     .handler = consistency,
     .summary = "That a head goes on from an earlier one: a consistency proof.",
     .asks = "from to",
     .answers = consistency_schema},
    {"GET", "/pledges/log/check", WEB_PUBLIC, show_check, "How to check the log."},
    {"GET", "/pledges/log/check_log.mjs", WEB_PUBLIC, give_checker, "The program that checks it."},
    {"GET", "/pledges/log/log.md", WEB_PUBLIC, give_formats, "The formats of the log."},
    {.method = "GET",
     .path = "/keys.json",
     .access = WEB_PUBLIC,
     .handler = keys,
     .summary = "The keys that sign the log and receipts.",
     .answers = keys_schema},
    {0},
};
