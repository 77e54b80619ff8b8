/* SPDX-License-Identifier: MIT */
/* ledger_key_test.c - keys that sign, and one that takes over. */
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "programme/ledger/ledger.h"
#include "programme/ledger/ledger.sql.h"

static const struct text_span words = {"words", 5};

static bool holds(struct ctx *ctx, const char *purpose, const struct ledger_signature *signature)
{
    bool is_held;
    CHECK(ledger_signature_holds(ctx, purpose, &words, signature, &is_held) == OK);
    return is_held;
}

TEST(what_the_service_signed_holds_for_its_purpose_and_its_bytes_alone)
{
    struct ledger_signature first, second;
    bool is_held;
    CHECK(ledger_sign(ctx, "receipt", "words", 5, &first) == OK);
    CHECK(ledger_sign(ctx, "receipt", "words", 5, &second) == OK);
    CHECK_TEXT(first.key_id, second.key_id);
    CHECK(holds(ctx, "receipt", &first) && !holds(ctx, "log head", &first));
    CHECK(ledger_signature_holds(ctx, "receipt", &(struct text_span){"Words", 5}, &first,
                                 &is_held) == OK &&
          !is_held);
    CHECK(!holds(ctx, "receipt", &(struct ledger_signature){first.key_id, "AAAA"}));
    CHECK(!holds(ctx, "receipt", &(struct ledger_signature){first.key_id, "?"}));
}

TEST(an_unknown_key_is_another_thing_than_a_wrong_signature)
{
    struct ledger_signature signature;
    bool is_held = true;
    CHECK(ledger_sign(ctx, "receipt", "words", 5, &signature) == OK);
    signature.key_id = "0000000000000000";
    CHECK(ledger_signature_holds(ctx, "receipt", &words, &signature, &is_held) == ERR_NOT_FOUND);
    CHECK(!is_held);
}

TEST(a_key_that_takes_over_signs_and_what_the_old_one_signed_still_holds)
{
    struct ledger_signature old, new;
    const char *id;
    struct ledger_key_rows_row *rows;
    size_t count;
    struct ledger_key_now_row now;
    CHECK(ledger_sign(ctx, "receipt", "words", 5, &old) == OK);
    ctx->now_secs += 60;
    CHECK(ledger_key_renew(ctx, &id) == OK);
    CHECK(ledger_sign(ctx, "receipt", "words", 5, &new) == OK);
    CHECK_TEXT(new.key_id, id);
    CHECK(strcmp(old.key_id, id) != 0 && holds(ctx, "receipt", &old) &&
          holds(ctx, "receipt", &new));
    CHECK(ledger_key_rows(ctx, 0, 9, &rows, &count) == OK && count == 2);
    CHECK(rows[0].until_at != NULL && *rows[0].until_at == rows[1].from_at);
    CHECK_TEXT(rows[0].signed_by, rows[0].id);
    CHECK_TEXT(rows[1].signed_by, rows[0].id);
    const char *text = mem_format(ctx->mem, "onward log key 1\n2\n%s\n%lld\n", rows[1].public_key,
                                  (long long)rows[1].from_at);
    const struct ledger_signature let_in = {rows[1].signed_by, rows[1].signature};
    bool is_held;
    CHECK(ledger_signature_holds(ctx, "log key", &(struct text_span){text, strlen(text)}, &let_in,
                                 &is_held) == OK &&
          is_held);
    CHECK(ledger_key_now(ctx, &now) == OK && now.secret[0] != '\0');
}

/* Each call of the store fails once: a key takes over wholly or not at all. */
TEST(a_key_takes_over_wholly_or_not_at_all)
{
    struct ledger_signature signature;
    const char *id;
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = ledger_key_renew(ctx, &id);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(ledger_sign(ctx, "receipt", "words", 5, &signature) == OK);
        if (status == OK) {
            CHECK_TEXT(signature.key_id, id);
            CHECK(nth > 4);
            return;
        }
    }
}

TEST(a_fact_of_another_form_is_refused)
{
    const char *digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const struct ledger_fact wrong[] = {
        {"Pledge", "PL-1", digest, 1},   {"", "PL-1", digest, 1},
        {"pledge", "PL-1\n", digest, 1}, {"pledge", "", digest, 1},
        {"pledge", "PL-1", "e3b0", 1},   {"pledge", "PL-1", "", 1},
        {"pledge", "Ada", digest, 1},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        CHECK(ledger_add(ctx, &wrong[i]) == ERR_FAULT);
        ctx->fault = NULL;
    }
    CHECK(ledger_add(ctx, &(const struct ledger_fact){"pledge", "PL-1", digest, 1}) == OK);
}
