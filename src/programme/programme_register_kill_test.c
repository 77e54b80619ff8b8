/* SPDX-License-Identifier: MIT */
/*
 * programme_register_kill_test.c - kill -9 at any instant while the months of the register are
 * made: each month is there whole and once in the log, or not at all.
 */
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/store/store_lives.h"
#include "programme/directory/directory.h"
#include "programme/pledge/pledge_test_help.h"
#include "programme/programme.h"
#include "programme/register/register.h"
#include "programme/register/register.sql.h"
#include "programme/register/register_test.sql.h"

enum { MONTHS = 60, LIFE_FIRST_MS = 2, MONTHS_MAX = 100, LINES_MAX = 100 };

static enum status publish(struct ctx *ctx, void *arg)
{
    (void)arg;
    TRY(directory_take_packs(ctx));
    const char *reference = pledge_test_send(ctx, "R0A"); /* on 9 March */
    pledge_test_sign(ctx);
    TRY(pledge_acknowledge(ctx, reference));
    return pledge_publish(ctx, reference);
}

static enum status make(struct ctx *ctx, void *arg)
{
    (void)arg;
    return register_snapshot_make(ctx);
}

/* Each month that is there is once in the log, as it was signed, and has its lines. */
static enum status check(struct ctx *ctx, size_t *months_out)
{
    struct register_snapshot_months_row *months;
    int64_t checked;
    const char *broken;
    TRY(register_snapshot_months(ctx, MONTHS_MAX, &months, months_out));
    TRY(register_snapshot_check(ctx, &checked, &broken));
    if (broken != NULL || checked != (int64_t)*months_out)
        return ctx_fail(ctx, ERR_INVALID, "%s is broken", broken != NULL ? broken : "a month");
    for (size_t i = 0; i < *months_out; i++) {
        struct register_snapshot snapshot;
        struct register_test_logged_row *logged;
        struct register_entries_row *lines;
        size_t logged_count, line_count;
        TRY(register_snapshot_find(ctx, months[i].month, &snapshot));
        TRY(register_test_logged(ctx, months[i].month, &logged, &logged_count));
        TRY(register_entries(ctx, months[i].month, "", LINES_MAX, &lines, &line_count));
        if (logged_count != 1 || snapshot.pledges != (int64_t)line_count)
            return ctx_fail(ctx, ERR_INVALID, "%s is half there", months[i].month);
    }
    return OK;
}

TEST(a_process_killed_while_it_makes_the_months_leaves_each_whole_or_not_there)
{
    const struct store_lives lives =
        store_lives_begin(ctx, programme_migrations, programme_migration_count);
    CHECK(store_lives_live(&lives, publish, NULL, 0));
    CHECK(time_at("2031-03-01", 12, 0, &ctx->now_secs) == OK);
    bool has_ended = false;
    size_t count = 0, before = 0;
    for (uint32_t ms = LIFE_FIRST_MS; !has_ended; ms += ms / 2) {
        has_ended = store_lives_live(&lives, make, NULL, ms);
        struct ctx after = *ctx;
        after.mem = mem_child(ctx->mem);
        CHECK(store_lives_open(&lives, &after) == OK);
        if (check(&after, &count) != OK)
            fail_msg("after %u ms: %s", ms, after.fault);
        mem_end(after.mem);
        CHECK(count >= before);
        before = count;
    }
    CHECK(count == MONTHS);
}
