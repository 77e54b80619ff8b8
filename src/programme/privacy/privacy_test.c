/* SPDX-License-Identifier: MIT */
/* privacy_test.c - rules, holds and restrictions by themselves; with all tables in programme/. */
#include "programme/privacy/privacy.h"

#include "platform/base/test.h"

static const struct privacy_subject ada = {{0}, "Ada@Trust.example", "ada@trust.example"};

static int64_t hold(struct ctx *ctx)
{
    int64_t id = 0;
    CHECK(privacy_hold_place(ctx,
                             &(const struct privacy_hold_new){PRIVACY_HOLD_PERSON,
                                                              "ADA@trust.example", "An inquiry"},
                             &id) == OK);
    return id;
}

TEST(a_period_counts_by_the_calendar_and_through_its_last_day)
{
    const struct privacy_rule year = {.period = {.years = 1}}, days = {.period = {.days = 14}};
    int64_t before, first;
    const char *before_on;
    CHECK(time_at("2028-02-29", 12, 0, &ctx->now_secs) == OK);
    CHECK(privacy_rule_before(ctx, &year, &before, &before_on) == OK);
    CHECK_TEXT(before_on, "2027-02-28");
    CHECK(time_day_start("2027-02-28", &first) == OK && before == first);
    CHECK(privacy_rule_before(ctx, &days, &before, &before_on) == OK);
    CHECK(before == ctx->now_secs - 14 * TIME_DAY_SECS);
}

TEST(a_hold_stands_until_it_is_released_with_a_reason)
{
    const char *reason;
    struct privacy_standing standing;
    int64_t id = hold(ctx);
    CHECK(privacy_hold_of(ctx, &ada, &reason) == OK);
    CHECK_TEXT(reason, "An inquiry");
    CHECK(privacy_standing(ctx, &standing) == OK && standing.hold_count == 1);
    CHECK(privacy_hold_release(ctx, id, "") == ERR_INVALID);
    CHECK(privacy_hold_release(ctx, id + 1, "Over") == ERR_NOT_FOUND);
    CHECK(privacy_hold_release(ctx, id, "Over") == OK);
    CHECK(privacy_hold_release(ctx, id, "Over") == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(privacy_hold_of(ctx, &ada, &reason) == OK && reason == NULL);
}

TEST(what_cannot_be_held_is_refused)
{
    int64_t id;
    const struct privacy_hold_new wrong[] = {{PRIVACY_HOLD_PERSON, "nobody", "Why"},
                                             {PRIVACY_HOLD_PERSON, "", "Why"},
                                             {PRIVACY_HOLD_ORGANISATION, "R0A", ""}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        CHECK(privacy_hold_place(ctx, &wrong[i], &id) == ERR_INVALID);
}

TEST(restricting_holds_the_data_and_lifting_ends_both)
{
    bool is_restricted, has_objected;
    const char *reason;
    CHECK(privacy_is_restricted(ctx, &ada, &is_restricted) == OK && !is_restricted);
    CHECK(privacy_restrict(ctx, &ada, false, "", "RQ-0000-0001") == OK);
    CHECK(privacy_is_restricted(ctx, &ada, &is_restricted) == OK && is_restricted);
    CHECK(privacy_hold_of(ctx, &ada, &reason) == OK && strstr(reason, "RQ-0000-0001") != NULL);
    CHECK(privacy_restriction_lift(ctx, "RQ-0000-0001") == OK);
    CHECK(privacy_is_restricted(ctx, &ada, &is_restricted) == OK && !is_restricted);
    CHECK(privacy_hold_of(ctx, &ada, &reason) == OK && reason == NULL);
    CHECK(privacy_restrict(ctx, &ada, true, "mail", "RQ-0000-0002") == OK);
    CHECK(privacy_has_objected(ctx, &ada, "mail", &has_objected) == OK && has_objected);
    CHECK(privacy_has_objected(ctx, &ada, "person", &has_objected) == OK && !has_objected);
    CHECK(privacy_is_restricted(ctx, &ada, &is_restricted) == OK && !is_restricted);
}

TEST(a_restriction_that_fails_anywhere_leaves_nothing)
{
    for (int nth = 1;; nth++) {
        bool is_restricted;
        const char *reason;
        store_fail_on_call(ctx->store, nth);
        enum status status = privacy_restrict(ctx, &ada, false, "", "RQ-0000-0001");
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(privacy_is_restricted(ctx, &ada, &is_restricted) == OK);
        CHECK(privacy_hold_of(ctx, &ada, &reason) == OK);
        CHECK(is_restricted == (status == OK) && (reason != NULL) == (status == OK));
        if (status == OK) {
            CHECK(nth > 5);
            return;
        }
    }
}

TEST(a_table_is_read_as_people_and_programs_want_it)
{
    const struct store_column columns[] = {{"created_at", STORE_INT, false},
                                           {"born_on", STORE_TEXT, true},
                                           {"job_title", STORE_TEXT, false}};
    const struct store_value cells[] = {store_int(TEST_NOW_SECS), store_text("2000-02-29"),
                                        store_text("=1+1")};
    const struct privacy_copy copy = {.holding = privacy_holding_find("person"),
                                      .columns = columns,
                                      .column_count = 3,
                                      .cells = cells,
                                      .row_count = 1};
    struct privacy_copy fixed = copy;
    struct store_value sized[3];
    memcpy(sized, cells, sizeof sized);
    for (int i = 1; i < 3; i++)
        sized[i].size_bytes = strlen(sized[i].text);
    fixed.cells = sized;
    CHECK_TEXT(privacy_heading(ctx->mem, "created_at"), "Created");
    CHECK_TEXT(privacy_heading(ctx->mem, "job_title"), "Job title");
    CHECK_TEXT(privacy_cell(ctx->mem, &columns[1], &cells[1]), "29 February 2000");
    const char *csv = privacy_copy_csv(ctx, &fixed), *json = privacy_copy_json(ctx, &fixed, 1);
    CHECK(strstr(csv, "Created,Born,Job title\r\n") != NULL);
    CHECK(strstr(csv, "'=1+1") != NULL);
    CHECK(strstr(json, "\"created_at\": \"2026-03-09T09:00:00Z\"") != NULL);
    CHECK(strstr(json, "\"person\"") != NULL);
}
