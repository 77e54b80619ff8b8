/* SPDX-License-Identifier: MIT */
/* register_test.c - what the register as a whole promises: its figures, its months, its groups. */
#include "platform/base/hash.h"
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/demo/demo.h"
#include "programme/directory/directory_test_help.h"
#include "programme/ledger/ledger.h"
#include "programme/pledge/pledge_test_help.h"
#include "programme/register/register.h"
#include "programme/register/register.sql.h"
#include "programme/register/register_test.sql.h"

static void move_to(struct ctx *ctx, const char *day)
{
    CHECK(time_at(day, 12, 0, &ctx->now_secs) == OK);
}

static const char *signed_one(struct ctx *ctx, const char *code)
{
    const char *reference = pledge_test_send(ctx, code);
    pledge_test_sign(ctx);
    return reference;
}

static const char *published(struct ctx *ctx, const char *code)
{
    const char *reference = signed_one(ctx, code);
    CHECK(pledge_acknowledge(ctx, reference) == OK && pledge_publish(ctx, reference) == OK);
    return reference;
}

static void file_of(struct ctx *ctx, const struct register_snapshot *snapshot, struct view *out)
{
    *out = (struct view){.mem = ctx->mem};
    for (const char *after = ""; after != NULL;)
        CHECK(register_snapshot_part(ctx, snapshot, after, out, &after) == OK);
}

/* R0A from March, withdrawn in May; RXV from April. */
static void live_three_months(struct ctx *ctx)
{
    const char *first = published(ctx, "R0A"); /* on 9 March */
    move_to(ctx, "2026-04-30");
    (void)published(ctx, "RXV");
    move_to(ctx, "2026-05-31");
    CHECK(pledge_withdraw(ctx, first, "It is over") == OK);
    ctx->fault = NULL;
}

/* ---- snapshots ---- */

TEST(a_snapshot_is_signed_logged_and_says_what_the_register_was)
{
    struct register_snapshot march, may;
    struct view file;
    struct register_test_logged_row *logged;
    size_t count;
    bool holds = false;
    live_three_months(ctx);
    move_to(ctx, "2026-06-01");
    CHECK(register_snapshot_make(ctx) == OK);
    CHECK(register_snapshot_find(ctx, "2026-02", &march) == ERR_NOT_FOUND);
    CHECK(register_snapshot_find(ctx, "2026-06", &march) == ERR_NOT_FOUND);
    CHECK(register_snapshot_find(ctx, "2026-03", &march) == OK);
    CHECK(register_snapshot_find(ctx, "2026-05", &may) == OK);
    CHECK(march.pledges == 1 && march.in_force == 1 && may.pledges == 2 && may.in_force == 1);
    file_of(ctx, &may, &file);
    CHECK_TEXT(hash_sha256(ctx->mem, file.text, file.length_bytes), may.digest);
    CHECK((int64_t)file.length_bytes == may.size_bytes);
    CHECK(strstr(file.text, "\"state\":\"withdrawn\"}") != NULL);
    CHECK(strstr(file.text, "Ada") == NULL);
    const struct ledger_signature signature = {may.key_id, may.signature};
    const struct text_span bytes = {file.text, file.length_bytes};
    CHECK(ledger_signature_holds(ctx, "snapshot", &bytes, &signature, &holds) == OK && holds);
    CHECK(register_test_logged(ctx, "2026-05", &logged, &count) == OK);
    CHECK(count == 1);
    CHECK_TEXT(logged[0].kind, "snapshot");
    CHECK_TEXT(logged[0].digest, may.digest);
}

TEST(a_month_that_is_made_late_is_as_if_made_in_time)
{
    struct register_snapshot in_time, late;
    static const char *const months[] = {"2026-03", "2026-04", "2026-05"};
    const char *digests[3];
    int64_t changes;
    const char *first = published(ctx, "R0A");
    move_to(ctx, "2026-04-01");
    CHECK(register_snapshot_make(ctx) == OK);
    (void)published(ctx, "RXV");
    move_to(ctx, "2026-05-01");
    CHECK(register_snapshot_make(ctx) == OK);
    CHECK(pledge_withdraw(ctx, first, "It is over") == OK);
    move_to(ctx, "2026-06-01");
    CHECK(register_snapshot_make(ctx) == OK);
    for (size_t i = 0; i < 3; i++) {
        CHECK(register_snapshot_find(ctx, months[i], &in_time) == OK);
        digests[i] = in_time.digest;
    }
    CHECK(register_test_forget_lines(ctx, &changes) == OK && changes == 3);
    CHECK(register_test_forget(ctx, &changes) == OK && changes == 3);
    CHECK(register_snapshot_make(ctx) == OK);
    for (size_t i = 0; i < 3; i++) {
        CHECK(register_snapshot_find(ctx, months[i], &late) == OK);
        CHECK_TEXT(late.digest, digests[i]);
    }
}

TEST(a_month_is_made_once_and_stays_whatever_comes)
{
    struct register_snapshot before, after;
    struct register_snapshot_months_row *months;
    size_t count;
    live_three_months(ctx);
    move_to(ctx, "2026-06-01");
    CHECK(register_snapshot_make(ctx) == OK);
    CHECK(register_snapshot_find(ctx, "2026-05", &before) == OK);
    (void)published(ctx, "R0A");
    ctx->now_secs += 5;
    CHECK(register_snapshot_make(ctx) == OK);
    move_to(ctx, "2026-07-02");
    CHECK(register_snapshot_make(ctx) == OK);
    CHECK(register_snapshot_find(ctx, "2026-05", &after) == OK);
    CHECK_TEXT(after.digest, before.digest);
    CHECK(after.made_at == before.made_at);
    struct view file;
    file_of(ctx, &after, &file);
    CHECK_TEXT(hash_sha256(ctx->mem, file.text, file.length_bytes), before.digest);
    CHECK(register_snapshot_months(ctx, 100, &months, &count) == OK);
    CHECK(count == 4);
}

static const char *broken(struct ctx *ctx, int64_t wanted)
{
    int64_t checked;
    const char *month;
    CHECK(register_snapshot_check(ctx, &checked, &month) == OK && checked == wanted);
    CHECK(ctx->fault == NULL);
    return month;
}

TEST(the_check_finds_a_month_that_was_changed)
{
    struct register_snapshot april;
    struct register_entries_row *lines;
    int64_t changes;
    size_t count;
    CHECK(broken(ctx, 0) == NULL);
    live_three_months(ctx);
    move_to(ctx, "2026-06-01");
    CHECK(register_snapshot_make(ctx) == OK);
    CHECK(broken(ctx, 3) == NULL);
    CHECK(register_snapshot_find(ctx, "2026-04", &april) == OK);
    CHECK(register_test_set_head(ctx, "2026-04", "{\"pledges\":[", &changes) == OK && changes == 1);
    CHECK_TEXT(broken(ctx, 2), "2026-04");
    CHECK(register_test_set_head(ctx, "2026-04", april.head, &changes) == OK);
    CHECK(register_test_set_key(ctx, "2026-04", "0000000000000000", &changes) == OK);
    CHECK_TEXT(broken(ctx, 2), "2026-04");
    CHECK(register_test_set_key(ctx, "2026-04", april.key_id, &changes) == OK);
    CHECK(broken(ctx, 3) == NULL);
    CHECK(register_entries(ctx, "2026-04", "", 10, &lines, &count) == OK && count == 2);
    CHECK(register_test_set_line(ctx, lines[0].reference, "{}", &changes) == OK && changes > 0);
    CHECK_TEXT(broken(ctx, 1), "2026-05");
    store_fail_on_call(ctx->store, 2);
    CHECK(register_snapshot_check(ctx, &changes, &(const char *){NULL}) == ERR_FAULT);
    store_fail_on_call(ctx->store, 0);
}

TEST(nothing_public_makes_no_snapshot)
{
    struct register_snapshot_months_row *months;
    size_t count;
    CHECK(register_snapshot_make(ctx) == OK);
    (void)signed_one(ctx, "R0A");
    move_to(ctx, "2026-06-01");
    CHECK(register_snapshot_make(ctx) == OK);
    CHECK(register_snapshot_months(ctx, 100, &months, &count) == OK);
    CHECK(count == 0);
}

TEST(a_failed_snapshot_leaves_no_trace)
{
    struct register_snapshot_months_row *months;
    struct register_entries_row *lines;
    size_t count;
    live_three_months(ctx);
    move_to(ctx, "2026-06-01");
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = register_snapshot_make(ctx);
        store_fail_on_call(ctx->store, 0);
        if (status == OK) {
            CHECK(nth > 15);
            break;
        }
        CHECK(status == ERR_FAULT);
        ctx->fault = NULL;
        CHECK(register_snapshot_months(ctx, 100, &months, &count) == OK && count == 0);
        CHECK(register_entries(ctx, "2026-05", "", 100, &lines, &count) == OK && count == 0);
    }
    CHECK(register_snapshot_months(ctx, 100, &months, &count) == OK && count == 3);
}

TEST(the_difference_of_two_months_is_what_came_changed_and_left)
{
    struct register_difference d;
    live_three_months(ctx);
    move_to(ctx, "2026-06-01");
    CHECK(register_snapshot_make(ctx) == OK);
    CHECK(register_difference(ctx, "2026-03", "2026-04", &d) == OK);
    CHECK(d.count == 1 && d.added == 1 && d.changed == 0 && d.left == 0);
    CHECK_TEXT(d.rows[0].after.organisation_code, "RXV");
    CHECK(d.rows[0].before.reference == NULL);
    CHECK(register_difference(ctx, "2026-04", "2026-05", &d) == OK);
    CHECK(d.count == 1 && d.left == 1);
    CHECK_TEXT(d.rows[0].before.state, "published");
    CHECK_TEXT(d.rows[0].after.state, "withdrawn");
    CHECK(register_difference(ctx, "2026-03", "2026-05", &d) == OK);
    CHECK(d.count == 2 && d.added == 1 && d.left == 1);
}

TEST(an_event_that_leaves_the_state_is_a_change)
{
    struct register_difference d;
    const char *reference = published(ctx, "R0A");
    const struct pledge_news news = {PLEDGE_REVIEW_OPENED, "programme", NULL, NULL, NULL};
    move_to(ctx, "2026-04-02");
    CHECK(pledge_happen(ctx, reference, &news, NULL) == OK);
    move_to(ctx, "2026-05-02");
    CHECK(register_snapshot_make(ctx) == OK);
    CHECK(register_difference(ctx, "2026-03", "2026-04", &d) == OK);
    CHECK(d.count == 1 && d.changed == 1 && d.left == 0);
    CHECK_TEXT(d.rows[0].after.state, "under-review");
}

TEST(months_are_read_and_named)
{
    static const char *const bad[] = {"",           "2026",    "2026-13", "2026-1",
                                      "2026-10-01", "abcd-ef", "1800-01"};
    const char *month;
    int64_t until;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(!register_month_is_valid(bad[i]));
    CHECK(register_month_is_valid("2026-10"));
    CHECK_TEXT(register_month_text(ctx->mem, "2026-10"), "October 2026");
    CHECK(register_month_add(ctx->mem, "2026-12", 1, &month) == OK);
    CHECK_TEXT(month, "2027-01");
    /* Summer time ends in October: the month ends at midnight in London, 23:00 before. */
    CHECK(register_month_end(ctx->mem, "2026-06", &until) == OK);
    CHECK_TEXT(time_rfc3339(ctx->mem, until), "2026-06-30T23:00:00Z");
}

/* ---- histories ---- */

static enum status compare_with_now(struct ctx *ctx, const struct register_history *history,
                                    void *arg)
{
    struct register_then then;
    struct pledge pledge;
    int *count = arg;
    register_as_of(ctx->mem, history, ctx->now_secs + 1, &then);
    CHECK(pledge_find(ctx, history->reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    CHECK(then.state == pledge.state && then.period == pledge.period);
    CHECK(then.was_published == (pledge.published_at != 0));
    CHECK_TEXT(then.signed_on, pledge.signed_on);
    CHECK_TEXT(then.digest, pledge.events[pledge.event_count - 1].digest);
    ++*count;
    return OK;
}

static void fill(struct ctx *ctx, int64_t count)
{
    struct demo_made made;
    const struct demo_options options = {.seed = "register", .pledge_count = count};
    directory_test_packs(ctx);
    CHECK(demo_fill(ctx, &options, &made) == OK);
}

TEST(what_follows_from_a_history_is_what_the_pledge_says_today)
{
    int count = 0;
    fill(ctx, 24);
    CHECK(register_walk(ctx, ctx->now_secs + 1, compare_with_now, &count) == OK);
    CHECK(count == 24);
}

/* ---- quarters ---- */

static const struct register_quarter *quarter(struct ctx *ctx, const char *name,
                                              struct register_progress *progress)
{
    CHECK(register_progress(ctx, progress) == OK);
    for (size_t i = 0; i < progress->quarter_count; i++)
        if (strcmp(progress->quarters[i].name, name) == 0)
            return &progress->quarters[i];
    return NULL;
}

TEST(a_quarter_counts_what_happened_in_it_and_then_stays)
{
    struct register_progress progress;
    (void)published(ctx, "R0A"); /* on 9 March */
    move_to(ctx, "2026-03-31");
    const char *second = signed_one(ctx, "RXV"); /* counts as signed in the old quarter */
    move_to(ctx, "2026-04-01");
    CHECK(pledge_acknowledge(ctx, second) == OK && pledge_publish(ctx, second) == OK);
    CHECK(register_count_quarters(ctx) == OK);
    const struct register_quarter *q4 = quarter(ctx, "2025/26 Q4", &progress);
    CHECK(q4 != NULL && q4->all.signed_count == 2 && q4->all.published == 1);
    CHECK(q4->all.in_force == 1 && q4->region_count == 1);
    CHECK_TEXT(q4->counted_on, "2026-03-31");
    CHECK(quarter(ctx, "2026/27 Q1", &progress) == NULL); /* no day of it is over */

    move_to(ctx, "2026-05-10");
    CHECK(pledge_withdraw(ctx, second, "It is over") == OK);
    CHECK(register_count_quarters(ctx) == OK);
    const struct register_quarter *q1 = quarter(ctx, "2026/27 Q1", &progress);
    CHECK(q1 != NULL && q1->all.published == 1 && q1->all.withdrawn == 0 && q1->all.in_force == 2);
    CHECK_TEXT(q1->counted_on, "2026-05-09");

    move_to(ctx, "2026-08-01");
    CHECK(register_count_quarters(ctx) == OK && register_count_quarters(ctx) == OK);
    q1 = quarter(ctx, "2026/27 Q1", &progress);
    CHECK(q1->all.published == 1 && q1->all.withdrawn == 1 && q1->all.in_force == 1);
    CHECK_TEXT(q1->counted_on, "2026-06-30");
    q4 = quarter(ctx, "2025/26 Q4", &progress);
    CHECK(q4->all.signed_count == 2 && q4->all.in_force == 1);
    CHECK(progress.quarter_count == 3);
}

TEST(what_is_in_force_follows_from_what_came_and_went)
{
    struct register_progress progress;
    fill(ctx, 60);
    CHECK(register_progress(ctx, &progress) == OK);
    CHECK(progress.quarter_count > 0 && progress.quarters[0].all.in_force > 20);
    for (size_t i = 0; i < progress.quarter_count; i++) {
        const struct register_figures *f = &progress.quarters[i].all;
        int64_t before = i + 1 < progress.quarter_count ? progress.quarters[i + 1].all.in_force : 0;
        CHECK(f->in_force == before + f->published - f->lapsed - f->withdrawn - f->merged);
    }
}

TEST(a_failed_count_of_quarters_leaves_the_one_before)
{
    struct register_progress progress;
    (void)published(ctx, "R0A");
    move_to(ctx, "2026-03-20");
    CHECK(register_count_quarters(ctx) == OK);
    move_to(ctx, "2026-05-20");
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = register_count_quarters(ctx);
        store_fail_on_call(ctx->store, 0);
        if (status == OK) {
            CHECK(nth > 6);
            break;
        }
        CHECK(status == ERR_FAULT);
        ctx->fault = NULL;
        CHECK(register_progress(ctx, &progress) == OK && progress.quarter_count == 1);
        CHECK_TEXT(progress.quarters[0].counted_on, "2026-03-19");
    }
    CHECK(register_progress(ctx, &progress) == OK && progress.quarter_count == 2);
}

/* ---- places ---- */

TEST(the_map_has_every_region_and_its_numbers_add_up)
{
    struct register_map map;
    fill(ctx, 60);
    CHECK(register_map(ctx, &map) == OK);
    int64_t of_regions = 0, of_boards = 0, organisations = 0, standing;
    for (size_t r = 0; r < map.region_count; r++) {
        of_regions += map.regions[r].pledges;
        organisations += map.regions[r].organisations;
        for (size_t b = 0; b < map.regions[r].board_count; b++)
            of_boards += map.regions[r].boards[b].pledges;
    }
    CHECK(pledge_count_published(ctx, 1000, &standing) == OK);
    CHECK(map.pledges == standing && of_regions == standing && of_boards == standing);
    CHECK(organisations == map.organisations && map.organisations > standing);
    CHECK_TEXT(map.counted_on, "2026-03-09");
}

TEST(the_map_needs_no_count_of_organisations)
{
    struct register_map map;
    (void)published(ctx, "R0A");
    CHECK(register_map(ctx, &map) == OK);
    CHECK(map.pledges == 1 && map.organisations == 0 && map.counted_on[0] == '\0');
    CHECK(map.region_count == 7);
    CHECK(register_share_percent(1, 0) == -1 && register_share_percent(3, 2) == -1);
    CHECK(register_share_percent(1, 2) == 50 && register_share_percent(0, 2) == 0);
}

TEST(a_failed_count_of_places_leaves_the_one_before)
{
    struct register_places_all_row *rows;
    size_t count, before;
    directory_test_packs(ctx);
    CHECK(register_count_places(ctx) == OK);
    CHECK(register_places_all(ctx, 1000, &rows, &before) == OK && before > 30);
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = register_count_places(ctx);
        store_fail_on_call(ctx->store, 0);
        if (status == OK)
            break;
        ctx->fault = NULL;
        CHECK(register_places_all(ctx, 1000, &rows, &count) == OK && count == before);
    }
}

/* ---- groups ---- */

enum { ALIKE_MAX = 200 };

/* Pledges in force, by what groups are chosen by. */
struct alike {
    struct mem *mem;
    struct register_measure_row of[ALIKE_MAX];
    const char *reference[ALIKE_MAX];
    size_t count;
};

static enum status collect(struct ctx *ctx, const struct register_history *history, void *arg)
{
    struct alike *all = arg;
    struct register_measure_row of;
    struct register_then then;
    register_as_of(ctx->mem, history, ctx->now_secs, &then);
    if (!pledge_state_stands(then.state))
        return OK;
    CHECK(register_measure(ctx, history->reference, "2026-03-09", &of) == OK);
    CHECK(all->count < ALIKE_MAX);
    all->reference[all->count] = mem_text(all->mem, history->reference);
    of.kind = mem_text(all->mem, of.kind);
    of.region = mem_text(all->mem, of.region);
    all->of[all->count++] = of;
    return OK;
}

static int64_t count_alike(const struct alike *all, size_t i, bool in_region)
{
    int64_t count = 0;
    for (size_t k = 0; k < all->count; k++)
        count += strcmp(all->of[k].kind, all->of[i].kind) == 0 &&
                 (!in_region || strcmp(all->of[k].region, all->of[i].region) == 0);
    return count;
}

TEST(a_group_is_of_the_kind_and_region_or_wider_until_it_has_five)
{
    struct alike all = {.mem = ctx->mem};
    int with_region = 0, in_country = 0, without = 0;
    fill(ctx, 160);
    CHECK(register_walk(ctx, ctx->now_secs, collect, &all) == OK);
    for (size_t i = 0; i < all.count; i++) {
        struct register_group group;
        int64_t in_region = count_alike(&all, i, true), in_kind = count_alike(&all, i, false);
        bool has_region = in_region >= REGISTER_GROUP_LEAST && all.of[i].region[0] != '\0';
        bool is_group = in_kind >= REGISTER_GROUP_LEAST;
        CHECK(register_group_of(ctx, all.reference[i], &group) == OK);
        CHECK(is_group ? group.middle.actions > 0 : group.middle.actions == -1);
        CHECK(group.count == (has_region ? in_region : in_kind));
        CHECK_TEXT(group.region, has_region ? all.of[i].region : "");
        with_region += has_region;
        in_country += !has_region && is_group;
        without += !is_group;
    }
    CHECK(with_region > 0 && in_country > 0 && without > 0);
}

TEST(the_middle_is_that_of_the_group)
{
    static const char *const codes[] = {"R0A", "R0B", "R0D", "RA2", "RA7"};
    struct register_group group;
    const char *reference = NULL;
    size_t made = 0;
    struct organisation trust;
    directory_test_packs(ctx);
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (directory_find(ctx, codes[i], &trust) == OK &&
            strcmp(trust.kind, "foundation-trust") == 0) {
            reference = published(ctx, codes[i]);
            made++;
            ctx->now_secs += TIME_DAY_SECS;
        }
    ctx->fault = NULL;
    CHECK(made == 5);
    CHECK(register_group_of(ctx, reference, &group) == OK);
    CHECK(group.count == 5 && group.middle.actions == 1 && group.middle.intentions == 2);
    CHECK(group.middle.age_days == 3 && group.own.age_days == 1); /* 5, 4, 3, 2, 1 days ago */
    CHECK(group.middle.embedded_percent == -1);                   /* no plan has begun */
    CHECK(register_group_of(ctx, "PL-0000-0000", &group) == ERR_NOT_FOUND);
}
