/* SPDX-License-Identifier: MIT */
/* register_race_test.c - several make the snapshots at the same instant, and each is made once. */
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/store/store_nodes.h"
#include "programme/pledge/pledge_test_help.h"
#include "programme/register/register.h"
#include "programme/register/register.sql.h"
#include "programme/register/register_test.sql.h"

enum { NODES = 3, MONTHS_MAX = 100, LINES_MAX = 100 };

static enum status make(struct ctx *ctx, int number, void *arg)
{
    (void)number, (void)arg;
    return register_snapshot_make(ctx);
}

/* Each month is there, is once in the log, and its file is the one that was signed. */
static void check_months(struct ctx *ctx, size_t wanted)
{
    struct register_snapshot_months_row *months;
    size_t count;
    CHECK(register_snapshot_months(ctx, MONTHS_MAX, &months, &count) == OK && count == wanted);
    for (size_t i = 0; i < count; i++) {
        struct register_snapshot snapshot;
        struct register_test_logged_row *logged;
        struct register_entries_row *lines;
        size_t logged_count, line_count;
        CHECK(register_snapshot_find(ctx, months[i].month, &snapshot) == OK);
        CHECK(register_test_logged(ctx, months[i].month, &logged, &logged_count) == OK);
        CHECK(logged_count == 1);
        CHECK_TEXT(logged[0].digest, snapshot.digest);
        CHECK(register_entries(ctx, months[i].month, "", LINES_MAX, &lines, &line_count) == OK);
        CHECK((int64_t)line_count == snapshot.pledges);
    }
}

TEST(workers_at_the_same_instant_make_each_month_once)
{
    const char *reference = pledge_test_send(ctx, "R0A"); /* on 9 March */
    pledge_test_sign(ctx);
    CHECK(pledge_acknowledge(ctx, reference) == OK && pledge_publish(ctx, reference) == OK);
    CHECK(time_at("2026-06-01", 12, 0, &ctx->now_secs) == OK);
    store_nodes_run(ctx, NODES, make, NULL);
    check_months(ctx, 3);
    CHECK(pledge_withdraw(ctx, reference, "It is over") == OK);
    CHECK(time_at("2026-08-01", 12, 0, &ctx->now_secs) == OK);
    store_nodes_run(ctx, NODES, make, NULL);
    check_months(ctx, 5);
}
