/* SPDX-License-Identifier: MIT */
/* ledger_test.c - what the public log promises: each fact once, in one tree, provably. */
#include "programme/ledger/ledger.h"

#include "platform/base/test.h"
#include "platform/store/store.h"
#include "platform/store/store_nodes.h"
#include "programme/ledger/ledger_internal.h"
#include "programme/ledger/ledger_test.sql.h"
#include "programme/ledger/ledger_test_help.h"

/* ---- taking in ---- */

TEST(facts_wait_until_they_are_taken_and_are_then_proved)
{
    struct ledger_head head;
    struct ledger_proof proof;
    struct ledger_fact fact = ledger_test_fact(ctx, 3);
    struct ledger_checked checked;
    ledger_test_add(ctx, 0, 11);
    CHECK(ledger_head_newest(ctx, &head) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    CHECK(ledger_check(ctx, &checked) == OK && checked.waiting_count == 11);
    ledger_test_take(ctx);
    CHECK(ledger_head_newest(ctx, &head) == OK && head.size == 11 && head.number == 1);
    CHECK_TEXT(head.previous, "");
    CHECK(ledger_prove(ctx, &fact, &head, &proof) == OK && proof.entry.number == 3);
    CHECK(ledger_test_proves(ctx, &proof, &head));
    proof.entry.at++;
    CHECK(!ledger_test_proves(ctx, &proof, &head));
    CHECK(ledger_check(ctx, &checked) == OK);
    CHECK(checked.entry_count == 11 && checked.head_count == 1 && checked.waiting_count == 0);
    CHECK(checked.broken == NULL && !checked.is_late);
}

TEST(every_entry_is_proved_to_every_head_that_covers_it)
{
    struct ledger_head heads[9];
    for (int i = 0; i < 9; i++) {
        ctx->now_secs += 60;
        ledger_test_add(ctx, i * i, (i + 1) * (i + 1));
        ledger_test_take(ctx);
        CHECK(ledger_head_newest(ctx, &heads[i]) == OK && heads[i].size == (i + 1) * (i + 1));
        CHECK_TEXT(heads[i].previous, i == 0 ? "" : heads[i - 1].digest);
    }
    for (int i = 0; i < 9; i++)
        for (int64_t number = 0; number < 81; number++) {
            struct ledger_proof proof;
            enum status status = ledger_prove_number(ctx, number, &heads[i], &proof);
            CHECK(status == (number < heads[i].size ? OK : ERR_NOT_FOUND));
            CHECK(status != OK || ledger_test_proves(ctx, &proof, &heads[i]));
            ctx->fault = NULL;
        }
    CHECK(ledger_test_broken(ctx) == NULL);
}

TEST(the_same_fact_twice_is_one_entry_and_makes_no_head_of_its_own)
{
    struct ledger_head head;
    ledger_test_add(ctx, 0, 3);
    ledger_test_add(ctx, 0, 3);
    ledger_test_take(ctx);
    CHECK(ledger_head_newest(ctx, &head) == OK && head.size == 3);
    ledger_test_add(ctx, 1, 2);
    ledger_test_take(ctx);
    CHECK(ledger_head_newest(ctx, &head) == OK && head.number == 1 && head.size == 3);
    CHECK(ledger_test_broken(ctx) == NULL);
}

TEST(more_than_a_batch_comes_in_batch_by_batch)
{
    struct ledger_head head;
    bool is_left;
    ledger_test_add(ctx, 0, LEDGER_ROWS_AT_ONCE + 7);
    CHECK(ledger_take(ctx, 1, &is_left) == OK && is_left);
    CHECK(ledger_head_newest(ctx, &head) == OK && head.size == LEDGER_ROWS_AT_ONCE);
    CHECK(ledger_take(ctx, 1, &is_left) == OK && !is_left);
    CHECK(ledger_head_newest(ctx, &head) == OK && head.size == LEDGER_ROWS_AT_ONCE + 7);
    CHECK(ledger_test_broken(ctx) == NULL);
}

TEST(a_proof_of_what_is_not_in_the_log_is_not_there)
{
    struct ledger_head head;
    struct ledger_proof proof;
    struct ledger_fact fact = ledger_test_fact(ctx, 1);
    ledger_test_add(ctx, 0, 1);
    ledger_test_take(ctx);
    CHECK(ledger_head_newest(ctx, &head) == OK);
    CHECK(ledger_prove(ctx, &fact, &head, &proof) == ERR_NOT_FOUND);
    ledger_test_add(ctx, 1, 2);
    CHECK(ledger_prove(ctx, &fact, &head, &proof) == ERR_NOT_FOUND);
    ledger_test_take(ctx);
    CHECK(ledger_prove(ctx, &fact, &head, &proof) == ERR_NOT_FOUND); /* came after that head */
    CHECK(ledger_head_newest(ctx, &head) == OK && ledger_prove(ctx, &fact, &head, &proof) == OK);
    fact.kind = "individual";
    CHECK(ledger_prove(ctx, &fact, &head, &proof) == ERR_NOT_FOUND);
}

/* ---- keys and clocks ---- */

TEST(heads_lie_within_the_time_of_their_key_whatever_the_clocks_say)
{
    struct ledger_head first, second, third;
    struct ledger_key *keys;
    size_t count;
    const char *id;
    ledger_test_add(ctx, 0, 1);
    ledger_test_take(ctx);
    CHECK(ledger_head_newest(ctx, &first) == OK);
    ctx->now_secs -= 100; /* another node, whose clock is behind */
    ledger_test_add(ctx, 1, 2);
    ledger_test_take(ctx);
    CHECK(ledger_head_newest(ctx, &second) == OK && second.at == first.at);
    CHECK(ledger_key_renew(ctx, &id) == OK);
    ctx->now_secs -= 100;
    ledger_test_add(ctx, 2, 3);
    ledger_test_take(ctx);
    CHECK(ledger_head_newest(ctx, &third) == OK);
    CHECK_TEXT(third.signature.key_id, id);
    CHECK(ledger_keys(ctx, &keys, &count) == OK && count == 2);
    CHECK(keys[0].until_at == keys[1].from_at && keys[1].from_at >= second.at &&
          third.at >= keys[1].from_at);
    CHECK(ledger_test_broken(ctx) == NULL);
}

/* ---- all or nothing ---- */

TEST(a_batch_comes_in_wholly_or_not_at_all)
{
    struct ledger_checked checked;
    bool is_left;
    ledger_test_add(ctx, 0, 5);
    ledger_test_take(ctx);
    ledger_test_add(ctx, 5, 9);
    for (int nth = 1;; nth++) {
        CHECK(nth < 100);
        store_fail_on_call(ctx->store, nth);
        enum status status = ledger_take(ctx, 1, &is_left);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(ledger_check(ctx, &checked) == OK && checked.broken == NULL);
        CHECK(checked.entry_count == (status == OK ? 9 : 5));
        CHECK(checked.waiting_count == (status == OK ? 0 : 4));
        if (status == OK) {
            CHECK(nth > 4 * 3);
            return;
        }
        CHECK(status == ERR_FAULT);
    }
}

TEST(a_fact_stands_or_falls_with_the_deed)
{
    struct ledger_checked checked;
    struct ledger_fact fact = ledger_test_fact(ctx, 0);
    store_fail_on_call(ctx->store, 1);
    CHECK(ledger_add(ctx, &fact) == ERR_FAULT);
    store_fail_on_call(ctx->store, 0);
    ctx->fault = NULL;
    CHECK(ledger_check(ctx, &checked) == OK && checked.waiting_count == 0);
}

/* ---- two at once ---- */

enum { NODES = 3, EACH = 60 };

static enum status add_fact(struct ctx *ctx, int number, void *arg)
{
    (void)arg;
    struct ledger_fact fact = ledger_test_fact(ctx, number);
    return ledger_add(ctx, &fact);
}

/* Adds facts and takes in what waits, all the time. */
static enum status add_and_take(struct ctx *ctx, int number, void *arg)
{
    bool is_left;
    for (int i = 0; i < EACH; i++) {
        TRY(store_node_again(ctx, add_fact, number * EACH + i, arg));
        if (i % 5 != number)
            continue;
        enum status status = ledger_take(ctx, 1, &is_left);
        if (status != OK && status != ERR_BUSY)
            return status;
    }
    return OK;
}

TEST(nodes_at_the_same_time_never_fork_the_tree)
{
    struct ledger_checked checked;
    struct ledger_signature signature;
    CHECK(ledger_sign(ctx, "receipt", "x", 1, &signature) == OK); /* the first key */
    store_nodes_run(ctx, NODES, add_and_take, NULL);
    ledger_test_take(ctx);
    CHECK(ledger_check(ctx, &checked) == OK);
    CHECK(checked.broken == NULL && checked.entry_count == NODES * EACH);
    CHECK(checked.head_count > 1 && checked.waiting_count == 0);
}

/* ---- the job ---- */

TEST(the_job_is_put_only_when_something_waits_and_takes_it_within_a_minute)
{
    static const struct job_kind *const tables[] = {ledger_job_kinds, NULL};
    struct job_counts counts;
    struct ledger_head head;
    bool did;
    for (int i = 0; i < 5; i++, ctx->now_secs += 60)
        CHECK(job_work_once(ctx, tables, &did) == OK && !did);
    ledger_test_add(ctx, 0, 2);
    CHECK(job_work_once(ctx, tables, &did) == OK && did);
    CHECK(ledger_head_newest(ctx, &head) == OK && head.size == 2);
    ctx->now_secs++;
    ledger_test_add(ctx, 2, 3);
    CHECK(job_work_once(ctx, tables, &did) == OK && !did); /* one head a minute */
    CHECK(job_count(ctx, &counts) == OK && counts.waiting_count == 0);
    ctx->now_secs += 60;
    CHECK(job_work_once(ctx, tables, &did) == OK && did);
    CHECK(ledger_head_newest(ctx, &head) == OK && head.size == 3);
}

/* ---- meddling ---- */

static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";

TEST(the_check_finds_whatever_was_changed_and_where)
{
    int64_t changes;
    struct ledger_entry_at_row entry;
    struct ledger_node_at_row node;
    ledger_test_add(ctx, 0, 6);
    ledger_test_take(ctx);
    ledger_test_add(ctx, 6, 9);
    ledger_test_take(ctx);
    CHECK(ledger_test_broken(ctx) == NULL);
    CHECK(ledger_entry_at(ctx, 4, &entry) == OK && ledger_node_at(ctx, 1, 2, &node) == OK);
    CHECK(ledger_test_set_entry(ctx, 4, zeros, &changes) == OK && changes == 1);
    CHECK_TEXT(ledger_test_broken(ctx), "entry 4");
    CHECK(ledger_test_set_entry(ctx, 4, entry.digest, &changes) == OK);
    CHECK(ledger_test_set_leaf(ctx, 4, zeros, &changes) == OK);
    CHECK_TEXT(ledger_test_broken(ctx), "entry 4");
    CHECK(ledger_test_set_leaf(ctx, 4, entry.leaf, &changes) == OK);
    CHECK(ledger_test_set_node(ctx, 1, 2, zeros, &changes) == OK);
    CHECK_TEXT(ledger_test_broken(ctx), "a subtree that ends at entry 5");
    CHECK(ledger_test_set_node(ctx, 1, 2, node.hash, &changes) == OK);
    CHECK(ledger_test_broken(ctx) == NULL);
    CHECK(ledger_test_drop_entry(ctx, 8, &changes) == OK && changes == 1);
    CHECK_TEXT(ledger_test_broken(ctx), "entry 8");
    CHECK(ledger_test_drop_head(ctx, 2, &changes) == OK && changes == 1);
    CHECK_TEXT(ledger_test_broken(ctx), "something behind entry 6");
}

TEST(the_check_tells_an_unknown_key_from_a_wrong_signature)
{
    int64_t changes;
    struct ledger_head head;
    ledger_test_add(ctx, 0, 2);
    ledger_test_take(ctx);
    ledger_test_add(ctx, 2, 4);
    ledger_test_take(ctx);
    CHECK(ledger_head_newest(ctx, &head) == OK);
    CHECK(ledger_test_set_key(ctx, 2, "0000000000000000", &changes) == OK);
    CHECK_TEXT(ledger_test_broken(ctx), "the key of head 2");
    CHECK(ledger_test_set_key(ctx, 2, head.signature.key_id, &changes) == OK);
    CHECK(ledger_test_set_signature(ctx, 2, "AAAA", &changes) == OK);
    CHECK_TEXT(ledger_test_broken(ctx), "the signature of head 2");
    CHECK(ledger_test_set_signature(ctx, 2, head.signature.signature, &changes) == OK);
    CHECK(ledger_test_set_root(ctx, 1, zeros, &changes) == OK);
    CHECK_TEXT(ledger_test_broken(ctx), "head 1");
    CHECK(ledger_test_set_from(ctx, 1, 1, &changes) == OK);
    CHECK_TEXT(ledger_test_broken(ctx), "key 1");
}

TEST(the_check_says_when_something_waits_too_long)
{
    struct ledger_checked checked;
    ledger_test_add(ctx, 0, 1);
    CHECK(ledger_check(ctx, &checked) == OK && !checked.is_late);
    ctx->now_secs += 20 * 60;
    CHECK(ledger_check(ctx, &checked) == OK && checked.is_late && checked.waiting_count == 1);
}
