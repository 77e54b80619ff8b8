/* SPDX-License-Identifier: MIT */
/* programme_ledger_test.c - pledges in the public log, through the whole program. */
#include "platform/base/hash.h"
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "platform/web/web_test_client.h"
#include "programme/ledger/ledger_test.sql.h"
#include "programme/ledger/ledger_test_help.h"
#include "programme/pledge/pledge_test.h"
#include "programme/programme.h"

#include <jansson.h>

static const char *acknowledged(struct ctx *ctx, const char *code)
{
    const char *reference = pledge_test_send(ctx, code);
    pledge_test_sign(ctx);
    CHECK(pledge_acknowledge(ctx, reference) == OK);
    return reference;
}

static const char *published(struct ctx *ctx, const char *code)
{
    const char *reference = acknowledged(ctx, code);
    CHECK(pledge_publish(ctx, reference) == OK);
    return reference;
}

static void get_receipt(struct web_client *c, const char *reference)
{
    client_get(c, mem_format(c->ctx->mem, "/pledges/%s/receipt.json", reference));
}

TEST(what_happens_to_a_pledge_is_in_the_log_from_its_publication_on)
{
    struct ledger_place place;
    const char *reference = acknowledged(ctx, "R0A");
    ledger_test_take(ctx);
    CHECK(ledger_place(ctx, reference, &place) == OK && place.entry_count == 0);
    CHECK(pledge_publish(ctx, reference) == OK);
    ledger_test_take(ctx);
    CHECK(ledger_place(ctx, reference, &place) == OK && place.entry_count == 2);
    CHECK(pledge_withdraw(ctx, reference, "It is over") == OK);
    ledger_test_take(ctx);
    CHECK(ledger_place(ctx, reference, &place) == OK && place.entry_count == 3);
    CHECK(ledger_test_broken(ctx) == NULL);
}

TEST(a_publication_that_fails_leaves_nothing_for_the_log)
{
    struct ledger_checked checked;
    const char *reference = acknowledged(ctx, "R0A");
    for (int nth = 1;; nth++) {
        CHECK(nth < 400);
        store_fail_on_call(ctx->store, nth);
        enum status status = pledge_publish(ctx, reference);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(ledger_check(ctx, &checked) == OK);
        CHECK(checked.waiting_count == (status == OK ? 2 : 0));
        if (status == OK)
            return;
    }
}

TEST(the_page_of_a_pledge_says_where_it_stands_in_the_log)
{
    struct web_client *c = web_client(ctx, &programme_app);
    const char *reference = published(ctx, "R0A");
    const char *path = mem_format(ctx->mem, "/pledges/%s", reference);
    client_get(c, path);
    CHECK(client_has(c, "In the public log") && client_has(c, "on its way into the"));
    ledger_test_take(ctx);
    client_get(c, path);
    CHECK(client_has(c, ">2 entries</a>") && client_has(c, "receipt.json"));
    CHECK(!client_has(c, "in about a minute"));
    CHECK(pledge_withdraw(ctx, reference, "It is over") == OK);
    client_get(c, path);
    CHECK(client_has(c, "What came after that will be there in about a minute"));
}

TEST(a_receipt_has_every_event_and_a_proof_each_and_no_name_that_is_hidden)
{
    struct web_client *c = web_client(ctx, &programme_app);
    struct pledge staff;
    json_t *receipt;
    const char *reference = published(ctx, "R0A");
    CHECK(pledge_withdraw(ctx, reference, "Ada told us so") == OK);
    ledger_test_take(ctx);
    get_receipt(c, reference);
    CHECK_CODE(c, 200);
    receipt = json_loads(c->body, 0, NULL);
    CHECK(receipt != NULL);
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &staff) == OK);
    CHECK(json_array_size(json_object_get(receipt, "events")) == staff.event_count);
    CHECK(json_array_size(json_object_get(receipt, "proofs")) == 3);
    CHECK_TEXT(json_string_value(json_object_get(receipt, "text_digest")),
               hash_sha256(ctx->mem, json_string_value(json_object_get(receipt, "text")),
                           json_string_length(json_object_get(receipt, "text"))));
    CHECK(!client_has(c, "told us") && !client_has(c, "@"));
    for (size_t i = 0; i < staff.signature_count; i++)
        CHECK(staff.signatures[i].name[0] == '\0' || !client_has(c, staff.signatures[i].name) ||
              strstr(staff.text, staff.signatures[i].name) != NULL);
    json_decref(receipt);
}

TEST(a_receipt_before_the_first_head_says_that_everything_waits)
{
    struct web_client *c = web_client(ctx, &programme_app);
    get_receipt(c, published(ctx, "R0A"));
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "\"proofs\":[]") && client_has(c, "\"head\":null"));
}

TEST(there_is_no_receipt_and_no_proof_of_what_is_not_public)
{
    static const char *const nothing[] = {
        "/pledges/PL-0000-0000/receipt.json",
        "/pledges/log/entries/0",
        "/pledges/log/entries/x",
        "/pledges/log/entries/-1",
        "/pledges/log/entries/99999999999999999999",
        "/pledges/log/proof.json",
        "/pledges/log/proof.json?entry=0&size=7",
        "/pledges/log/consistency.json",
    };
    struct web_client *c = web_client(ctx, &programme_app);
    get_receipt(c, acknowledged(ctx, "R0A"));
    CHECK_CODE(c, 404);
    for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++) {
        client_get(c, nothing[i]);
        CHECK_CODE(c, 404);
    }
}

TEST(the_log_is_read_as_a_list_by_entry_and_as_a_whole)
{
    struct web_client *c = web_client(ctx, &programme_app);
    client_get(c, "/pledges/log");
    CHECK(client_has(c, "0 entries") && client_has(c, "Nothing public has happened yet"));
    client_get(c, "/pledges/log/heads");
    CHECK(client_has(c, "Nothing is signed yet"));
    client_get(c, "/pledges/log/check");
    CHECK(client_has(c, "the log is empty"));
    client_get(c, "/pledges/log/log.jsonl");
    CHECK_TEXT(c->body, "{\"format\":\"onward log 1\"}\n"
                        "{\"end\":{\"keys\":0,\"entries\":0,\"heads\":0}}\n");
    const char *reference = published(ctx, "R0A");
    ledger_test_take(ctx);
    client_get(c, mem_format(ctx->mem, "/pledges/log?subject=%s", reference));
    CHECK(client_has(c, "2 entries") && client_has(c, "The words of a pledge"));
    client_get(c, "/pledges/log?kind=pledge");
    CHECK(client_has(c, "1 entry<"));
    client_get(c, "/pledges/log.csv");
    CHECK(client_count(c, reference) == 2);
    client_get(c, "/pledges/log/heads.json");
    CHECK(client_has(c, "\"size\":2"));
    client_get(c, "/pledges/log/entries/1");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Entry 1") && client_has(c, "/pledges/log/proof.json?entry=1&amp;size=2"));
    client_get(c, "/pledges/log/proof.json?entry=1&size=2");
    CHECK(client_has(c, "\"path\":[\"") && client_has(c, reference));
    client_get(c, "/pledges/log/check");
    CHECK(client_has(c, "with 2 entries"));
    client_get(c, "/keys.json");
    CHECK(client_has(c, "\"format\":\"onward keys 1\"") && !client_has(c, "secret"));
    client_get(c, "/pledges/log/check_log.mjs");
    CHECK(client_has(c, "SPDX-License-Identifier"));
    client_get(c, "/pledges/log/log.md");
    CHECK(client_has(c, "# The public log"));
}

TEST(a_consistency_proof_is_between_two_heads_and_never_backwards)
{
    struct web_client *c = web_client(ctx, &programme_app);
    ledger_test_add(ctx, 0, 3);
    ledger_test_take(ctx);
    ledger_test_add(ctx, 3, 7);
    ledger_test_take(ctx);
    client_get(c, "/pledges/log/consistency.json?from=3&to=7");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "\"size\":3") && client_has(c, "\"size\":7"));
    CHECK(client_has(c, "\"path\":[\""));
    client_get(c, "/pledges/log/consistency.json?from=7&to=3");
    CHECK_CODE(c, 400);
    CHECK(client_has(c, "A log only grows"));
    client_get(c, "/pledges/log/consistency.json?from=4&to=7");
    CHECK_CODE(c, 404);
    client_get(c, "/pledges/log/consistency.json?from=x");
    CHECK_CODE(c, 404);
}

TEST(a_stream_that_fails_is_not_taken_for_the_whole_log)
{
    int64_t changes;
    struct web_client *c = web_client(ctx, &programme_app);
    ledger_test_add(ctx, 0, 3);
    ledger_test_take(ctx);
    client_get(c, "/pledges/log/log.jsonl");
    CHECK(client_has(c, "{\"end\":{\"keys\":1,\"entries\":3,\"heads\":1}}\n"));
    CHECK(client_count(c, "\n") == 7 && !c->is_broken_off);
    CHECK(ledger_test_drop_entry(ctx, 2, &changes) == OK && changes == 1);
    client_get(c, "/pledges/log/log.jsonl");
    CHECK(c->is_broken_off && !client_has(c, "\"end\""));
}

TEST(pledges_from_before_there_was_a_log_are_added_once)
{
    struct ledger_place place;
    struct ledger_checked checked;
    int64_t added;
    const char *reference = published(ctx, "R0A");
    ledger_test_take(ctx);
    CHECK(pledge_log_missing(ctx, &added) == OK && added == 0);
    CHECK(ledger_test_forget(ctx) == OK);
    CHECK(pledge_log_missing(ctx, &added) == OK && added == 1);
    CHECK(pledge_log_missing(ctx, &added) == OK && added == 1); /* still waits: does no harm */
    ledger_test_take(ctx);
    CHECK(ledger_place(ctx, reference, &place) == OK && place.entry_count == 2);
    CHECK(pledge_log_missing(ctx, &added) == OK && added == 0);
    CHECK(ledger_check(ctx, &checked) == OK && checked.broken == NULL);
}
