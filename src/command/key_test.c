/* SPDX-License-Identifier: MIT */
/* key_test.c - the keys that sign, as an operator meets them. */
#include "command/command.h"

#include "command/command_try.h"
#include "platform/base/test.h"
#include "platform/base/test_folder.h"
#include "platform/store/store.h"
#include "programme/ledger/ledger_test.sql.h"
#include "programme/ledger/ledger_test_help.h"

TEST(an_operator_lists_the_keys_and_lets_another_take_over)
{
    struct ledger_signature first, second;
    struct ctx other = *ctx;
    const char *database = mem_format(ctx->mem, "sqlite:%s/a.db", test_folder(ctx));
    CHECK(command_try(ctx, "migrate", "--database", database, NULL).code == COMMAND_DONE);
    struct command_tried tried = command_try(ctx, "key", "list", "--database", database, NULL);
    CHECK(strstr(tried.out, "no key yet") != NULL);
    CHECK(store_open(&other, database, &other.store) == OK);
    CHECK(ledger_sign(&other, "receipt", "x", 1, &first) == OK);
    tried = command_try(ctx, "key", "renew", "--database", database, NULL);
    CHECK(tried.code == COMMAND_DONE);
    CHECK(ledger_sign(&other, "receipt", "x", 1, &second) == OK);
    CHECK(strstr(tried.out, second.key_id) != NULL && strstr(tried.out, first.key_id) == NULL);
    tried = command_try(ctx, "key", "list", "--database", database, NULL);
    const char *old = strstr(tried.out, first.key_id), *new = strstr(tried.out, second.key_id);
    CHECK(old != NULL && new != NULL &&old < new);
    CHECK(strstr(old, " until ") != NULL && strstr(new, "signs now") != NULL);
    tried = command_try(ctx, "check", "--database", database, NULL);
    CHECK(strstr(tried.out, "ok    log       0 entries and 0 heads hold, 0 wait\n") != NULL);
    CHECK(strstr(tried.out, "ok    months    the register of 0 months holds\n") != NULL);
}

TEST(the_check_says_what_of_the_log_was_changed)
{
    struct ctx other = *ctx;
    int64_t changes;
    const char *database = mem_format(ctx->mem, "sqlite:%s/a.db", test_folder(ctx));
    CHECK(command_try(ctx, "migrate", "--database", database, NULL).code == COMMAND_DONE);
    CHECK(store_open(&other, database, &other.store) == OK);
    ledger_test_add(&other, 0, 4);
    ledger_test_take(&other);
    struct command_tried tried = command_try(ctx, "check", "--database", database, NULL);
    CHECK(strstr(tried.out, "ok    log       4 entries and 1 heads hold, 0 wait\n") != NULL);
    CHECK(ledger_test_drop_entry(&other, 3, &changes) == OK && changes == 1);
    tried = command_try(ctx, "check", "--database", database, NULL);
    CHECK(tried.code == COMMAND_REFUSED);
    CHECK(strstr(tried.out, "WRONG log       entry 3 does not hold: the log was changed\n") !=
          NULL);
}
