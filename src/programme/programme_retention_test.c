/* SPDX-License-Identifier: MIT */
/*
 * programme_retention_test.c - the clock runs through every retention rule, over all tables; holds
 * stop it, and erasure leaves every chain whole.
 */
#include "platform/base/id.h"
#include "platform/base/test.h"
#include "programme/access/access.h"
#include "programme/audit/audit.h"
#include "programme/oversight/oversight_test.sql.h"
#include "programme/pledge/pledge.h"
#include "programme/privacy/privacy.h"
#include "programme/privacy/privacy.sql.h"
#include "programme/programme_fill.h"

enum { HOLDINGS_MAX = 100, LISTED_MAX = 500 };

/* ---- what went ---- */

static int64_t removed(struct ctx *ctx, const char *table)
{
    struct privacy_removal_list_row *rows;
    struct store_choice all = {.at_most = LISTED_MAX};
    size_t count;
    int64_t sum = 0;
    CHECK(privacy_removal_list(ctx, &all, &rows, &count) == OK && count < LISTED_MAX);
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].table_name, table) == 0)
            sum += rows[i].row_count;
    return sum;
}

static void apply(struct ctx *ctx)
{
    bool has_more;
    CHECK(privacy_retain(ctx, true, &has_more) == OK && !has_more);
    CHECK(privacy_retain(ctx, false, &has_more) == OK && !has_more);
}

/* When what began at start_secs is due, by the rule of a holding; 0: never. */
static int64_t due_at(struct ctx *ctx, const struct privacy_holding *holding, int64_t start_secs)
{
    struct privacy_rule rule;
    const char *on, *start_on = time_day_of(ctx->mem, start_secs);
    int64_t due;
    CHECK(privacy_rule_find(ctx, holding->rule, &rule) == OK);
    if (rule.end == PRIVACY_KEEP)
        return 0;
    struct time_step step = rule.period;
    if (strcmp(holding->table, "pledge_link") == 0) /* it works for a while first */
        step.days += PLEDGE_LINK_KEPT_SECS / TIME_DAY_SECS;
    CHECK(time_day_add(ctx->mem, start_on, step, &on) == OK);
    CHECK(time_day_start(on, &due) == OK);
    return due + start_secs - start_secs / TIME_DAY_SECS * TIME_DAY_SECS;
}

struct due {
    const struct privacy_holding *holding;
    int64_t at;
};

static size_t all_due(struct ctx *ctx, struct due *out)
{
    size_t count = 0;
    for (size_t i = 0; privacy_holdings[i] != NULL; i++)
        for (const struct privacy_holding *at = privacy_holdings[i]; at->table != NULL; at++) {
            struct due due = {at, due_at(ctx, at, ctx->now_secs)};
            size_t place = count;
            if (due.at == 0 || at->goes_with != NULL)
                continue; /* what goes with another is not counted by itself */
            for (; place > 0 && out[place - 1].at > due.at; place--)
                out[place] = out[place - 1];
            out[place] = due;
            count++;
            CHECK(count < HOLDINGS_MAX);
        }
    return count;
}

TEST(the_clock_runs_through_every_retention_rule)
{
    struct due *due = mem_array(ctx->mem, struct due, HOLDINGS_MAX);
    programme_fill(ctx);
    size_t count = all_due(ctx, due), next;
    CHECK(count > 10);
    for (size_t i = 0; i < count; i = next) {
        for (next = i; next < count && due[next].at == due[i].at; next++)
            ;
        ctx->now_secs = due[i].at - TIME_DAY_SECS;
        apply(ctx);
        for (size_t j = i; j < next; j++)
            if (removed(ctx, due[j].holding->table) != 0)
                fail_msg("%s: something went before its time", due[j].holding->table);
        ctx->now_secs = due[i].at + 2 * TIME_DAY_SECS;
        apply(ctx);
        for (size_t j = i; j < next; j++)
            if (removed(ctx, due[j].holding->table) == 0)
                fail_msg("%s: nothing went in its time", due[j].holding->table);
    }
}

/* ---- holds ---- */

static int64_t place(struct ctx *ctx, enum privacy_hold_kind kind, const char *name)
{
    int64_t id;
    CHECK(privacy_hold_place(ctx, &(const struct privacy_hold_new){kind, name, "An inquiry"},
                             &id) == OK);
    return id;
}

TEST(a_legal_hold_stops_every_rule_and_its_end_lets_them_go_on)
{
    static const char *const held[] = {
        "person",           "access_grant",        "pledge_revision",  "pledge_link",
        "rights_request",   "privacy_restriction", "privacy_consent",  "token",
        "account_password", "account_phone",       "account_recovery", "account_link",
        "account_loss",     "member_invitation",   "member_claim",     "equality_answer",
        "concern",          "oversight_glass",     "individual",       "paper"};
    int64_t ids[4];
    programme_fill(ctx);
    ids[0] = place(ctx, PRIVACY_HOLD_PERSON, FILL_ADA);
    ids[1] = place(ctx, PRIVACY_HOLD_ORGANISATION, "R0A");
    ids[2] = place(ctx, PRIVACY_HOLD_PERSON, FILL_INES);
    ids[3] = place(ctx, PRIVACY_HOLD_THING, "ST-0000-0001");
    CHECK(time_at("2056-03-09", 9, 0, &ctx->now_secs) == OK);
    apply(ctx);
    for (size_t i = 0; i < sizeof held / sizeof held[0]; i++)
        if (removed(ctx, held[i]) != 0)
            fail_msg("%s: went although it is held", held[i]);
    CHECK(removed(ctx, "mail") > 0 && removed(ctx, "privacy_hold") > 0);
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        CHECK(privacy_hold_release(ctx, ids[i], "Over") == OK);
    apply(ctx);
    for (size_t i = 0; i < sizeof held / sizeof held[0]; i++)
        if (removed(ctx, held[i]) == 0)
            fail_msg("%s: stayed although nothing holds it", held[i]);
}

TEST(a_hold_on_an_organisation_holds_what_is_kept_apart_of_it_too)
{
    struct oversight_test_newest_row event;
    const struct audit_deed deed = {.what = "concern.seen",
                                    .organisation = AUDIT_APART "R0A",
                                    .thing = "SC-0000-0001",
                                    .purpose = "to decide"};
    CHECK(audit_note(ctx, &deed) == OK);
    int64_t id = place(ctx, PRIVACY_HOLD_ORGANISATION, "R0A");
    CHECK(time_at("2056-03-09", 9, 0, &ctx->now_secs) == OK);
    apply(ctx);
    CHECK(oversight_test_newest(ctx, "concern.seen", &event) == OK);
    CHECK(strstr(event.detail, "to decide") != NULL);
    CHECK(privacy_hold_release(ctx, id, "Over") == OK);
    apply(ctx);
    CHECK(oversight_test_newest(ctx, "concern.seen", &event) == OK);
    CHECK_TEXT(event.detail, "");
}

/* ---- batches ---- */

TEST(many_rows_go_in_batches_and_the_count_is_right)
{
    enum { MANY = PRIVACY_BATCH_ROWS * 2 + 7 };
    bool has_more;
    int64_t changes;
    for (int i = 0; i < MANY; i++)
        CHECK(privacy_hold_add(ctx, id_new(ctx), "thing", NULL, NULL, "PL-1", "Why", 0,
                               ctx->now_secs, &changes) == OK);
    struct privacy_hold_list_row *rows;
    struct store_choice all = {.at_most = MANY + 1};
    size_t count;
    CHECK(privacy_hold_list(ctx, NULL, &all, &rows, &count) == OK && count == MANY);
    for (size_t i = 0; i < count; i++)
        CHECK(privacy_hold_end(ctx, rows[i].id, 0, "Over", ctx->now_secs, &changes) == OK);
    CHECK(time_at("2036-03-09", 9, 0, &ctx->now_secs) == OK);
    CHECK(privacy_retain(ctx, false, &has_more) == OK && !has_more);
    CHECK(removed(ctx, "privacy_hold") == MANY);
}

/* ---- erasure ---- */

static void check_chains(struct ctx *ctx)
{
    int64_t checked;
    const char *broken;
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK && broken == NULL && checked > 0);
    CHECK(audit_check_chains(ctx, &checked, &broken) == OK && broken == NULL && checked > 0);
}

static bool has_table(const struct privacy_copy *copies, size_t count, const char *table)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(copies[i].holding->table, table) == 0)
            return true;
    return false;
}

TEST(erasure_removes_what_may_go_says_why_the_rest_stays_and_breaks_no_chain)
{
    const struct privacy_subject ada = {programme_fill(ctx), "Ada@trust.example", FILL_ADA};
    struct privacy_copy *copies = mem_array(ctx->mem, struct privacy_copy, PRIVACY_COPIES_MAX);
    struct privacy_erasure *lines = mem_array(ctx->mem, struct privacy_erasure, PRIVACY_COPIES_MAX);
    struct access_person person;
    const char *held;
    size_t count, kept = 0;
    CHECK(privacy_copy(ctx, &ada, copies, &count) == OK);
    CHECK(has_table(copies, count, "person") && has_table(copies, count, "pledge_revision"));
    CHECK(has_table(copies, count, "audit_event") && has_table(copies, count, "rights_request"));
    CHECK(privacy_erasure_plan(ctx, &ada, lines, &count, &held) == OK && held == NULL);
    CHECK(privacy_erase(ctx, &ada, lines, &count) == OK);
    for (size_t i = 0; i < count; i++)
        kept += lines[i].kept_because != NULL;
    CHECK(count > 5 && kept > 2 && kept < count);
    check_chains(ctx);
    CHECK(access_person_get(ctx, ada.person, &person) == OK);
    CHECK_TEXT(person.name, "Someone who has left");
    CHECK_TEXT(person.email, "");
    CHECK(access_person_find(ctx, FILL_ADA, &person) == ERR_NOT_FOUND);
    CHECK(privacy_copy(ctx, &ada, copies, &count) == OK);
    CHECK(!has_table(copies, count, "pledge_revision") && !has_table(copies, count, "web_draft"));
    CHECK(privacy_erase(ctx, &ada, lines, &count) == OK); /* changes nothing more */
    check_chains(ctx);
}

TEST(who_is_held_is_not_erased)
{
    const struct privacy_subject ada = {programme_fill(ctx), FILL_ADA, FILL_ADA};
    struct privacy_erasure *lines = mem_array(ctx->mem, struct privacy_erasure, PRIVACY_COPIES_MAX);
    struct access_person person;
    size_t count;
    place(ctx, PRIVACY_HOLD_PERSON, FILL_ADA);
    CHECK(privacy_erase(ctx, &ada, lines, &count) == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(access_person_get(ctx, ada.person, &person) == OK);
    CHECK_TEXT(person.email, FILL_ADA);
}

/* The reference of the pledge that she signed. */
static const char *pledge_of(struct ctx *ctx, const struct privacy_subject *ada)
{
    struct privacy_copy *copies = mem_array(ctx->mem, struct privacy_copy, PRIVACY_COPIES_MAX);
    size_t count;
    CHECK(privacy_copy(ctx, ada, copies, &count) == OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(copies[i].holding->table, "pledge_revision") == 0)
            return copies[i].cells[0].text;
    fail_msg("she signed no pledge");
    return "";
}

TEST(who_belongs_to_what_is_held_is_not_erased)
{
    const struct privacy_subject ada = {programme_fill(ctx), FILL_ADA, FILL_ADA};
    const struct privacy_subject without_account = {{0}, FILL_ADA, FILL_ADA};
    struct privacy_erasure *lines = mem_array(ctx->mem, struct privacy_erasure, PRIVACY_COPIES_MAX);
    const char *reference = pledge_of(ctx, &ada), *held;
    size_t count;
    const struct privacy_hold_new holds[] = {{PRIVACY_HOLD_ORGANISATION, "R0A", "An inquiry"},
                                             {PRIVACY_HOLD_THING, reference, "An inquiry"}};
    for (size_t i = 0; i < sizeof holds / sizeof holds[0]; i++) {
        int64_t id = place(ctx, holds[i].kind, holds[i].name);
        CHECK(privacy_erasure_plan(ctx, &ada, lines, &count, &held) == OK);
        CHECK_TEXT(held, mem_format(ctx->mem, "It belongs to %s, which is under a legal hold.",
                                    holds[i].name));
        CHECK(privacy_erase(ctx, &ada, lines, &count) == ERR_CONFLICT);
        CHECK(privacy_erase(ctx, &without_account, lines, &count) == ERR_CONFLICT);
        ctx->fault = NULL;
        CHECK(privacy_hold_release(ctx, id, "Over") == OK);
    }
    place(ctx, PRIVACY_HOLD_ORGANISATION, "R0B");
    CHECK(privacy_erase(ctx, &ada, lines, &count) == OK);
}

TEST(an_erasure_that_fails_anywhere_changes_nothing)
{
    const struct privacy_subject ada = {programme_fill(ctx), FILL_ADA, FILL_ADA};
    struct privacy_erasure *lines = mem_array(ctx->mem, struct privacy_erasure, PRIVACY_COPIES_MAX);
    struct privacy_copy *copies = mem_array(ctx->mem, struct privacy_copy, PRIVACY_COPIES_MAX);
    size_t before, after, count;
    CHECK(privacy_copy(ctx, &ada, copies, &before) == OK);
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = privacy_erase(ctx, &ada, lines, &count);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(privacy_copy(ctx, &ada, copies, &after) == OK);
        if (status == OK) {
            CHECK(nth > 20 && after < before);
            return;
        }
        CHECK(after == before);
    }
}
