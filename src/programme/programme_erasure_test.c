/* SPDX-License-Identifier: MIT */
/*
 * programme_erasure_test.c - whoever is erased is in no table any more, but where it is said why.
 *
 * Every text column of every table is searched for the address and the name, whatever the
 * declarations say of it: the tables are those of the database itself.
 */
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/audit/audit.h"
#include "programme/concern/concern_test.sql.h"
#include "programme/pledge/pledge.h"
#include "programme/privacy/privacy.h"
#include "programme/programme_fill.h"

enum { COLUMNS_MAX = 2000 };

/* ---- the tables of the database ---- */

struct text_columns {
    struct mem *mem;
    const char *tables[COLUMNS_MAX], *columns[COLUMNS_MAX];
    size_t count;
};

static enum status take_column(void *arg, const struct store_value *values)
{
    struct text_columns *all = arg;
    if (all->count == COLUMNS_MAX)
        return ERR_FAULT;
    all->tables[all->count] = mem_text_part(all->mem, values[0].text, values[0].size_bytes);
    all->columns[all->count++] = mem_text_part(all->mem, values[1].text, values[1].size_bytes);
    return OK;
}

/* Each engine has its own catalogue. */
static struct text_columns *all_columns(struct ctx *ctx)
{
    static const struct store_column columns[] = {{"t", STORE_TEXT, false},
                                                  {"c", STORE_TEXT, false}};
    const struct store_piece piece = {
        -1, store_is_postgresql(ctx->store)
                ? "select table_name::text, column_name::text from information_schema.columns "
                  "where table_schema = current_schema() and data_type = 'text' order by 1, 2"
                : "select m.name, p.name from sqlite_master m, pragma_table_info(m.name) p "
                  "where m.type = 'table' and lower(p.type) = 'text' order by 1, 2"};
    const struct store_query query = {.name = "test_columns",
                                      .place = "here",
                                      .kind = STORE_MANY,
                                      .columns = columns,
                                      .column_count = 2,
                                      .pieces = &piece,
                                      .piece_count = 1,
                                      .scans = ""};
    struct text_columns *all = mem_new(ctx->mem, struct text_columns);
    all->mem = ctx->mem;
    CHECK(store_run(ctx, &query, NULL, NULL, take_column, all, NULL) == OK);
    CHECK(all->count > 100);
    return all;
}

static enum status take_number(void *arg, const struct store_value *values)
{
    *(int64_t *)arg = values[0].n;
    return OK;
}

/* A query for itself: the store knows its statements by the query they were made of. */
static int64_t count_by(struct ctx *ctx, const char *text)
{
    static const struct store_column columns[] = {{"n", STORE_INT, false}};
    const struct store_piece piece = {-1, text};
    const struct store_query query = {.name = "test_count",
                                      .place = "here",
                                      .kind = STORE_ONE,
                                      .columns = columns,
                                      .column_count = 1,
                                      .pieces = mem_copy(ctx->mem, &piece, sizeof piece),
                                      .piece_count = 1,
                                      .scans = ""};
    int64_t count = 0;
    CHECK(store_run(ctx, mem_copy(ctx->mem, &query, sizeof query), NULL, NULL, take_number, &count,
                    NULL) == OK);
    return count;
}

#define HER_NAME "lovelace-king" /* of FILL_NAME, in small letters */

/* In how many rows of a column her address or her name stands, in small or large letters. */
static int64_t rows_with_her(struct ctx *ctx, const char *table, const char *column)
{
    return count_by(ctx, mem_format(ctx->mem,
                                    "select count(*) from %s where lower(\"%s\") like "
                                    "'%%" FILL_ADA "%%' or lower(\"%s\") like '%%" HER_NAME "%%'",
                                    table, column, column));
}

TEST(the_story_of_the_tests_has_a_row_in_every_table_that_holds_people)
{
    programme_fill(ctx);
    for (size_t i = 0; privacy_holdings[i] != NULL; i++)
        for (const struct privacy_holding *at = privacy_holdings[i]; at->table != NULL; at++)
            if (count_by(ctx, mem_format(ctx->mem, "select count(*) from %s", at->table)) == 0)
                fail_msg("%s: programme_fill.c puts no row into it", at->table);
}

/* ---- where a name or an address may stay ---- */

/* The reasons are those that the person is told: kept_because of each table. */
static const char *const stays[] = {
    "concern.about",    /* as it was typed when a concern was raised                */
    "concern.contact",  /* so that the safeguarding lead can ask her                */
    "mail.to_address",  /* of mail that waits to go; forgotten 14 days behind that  */
    "plan_action.lead", /* as the pledge named who leads, a record of what was promised */
    "rights_request.email", "rights_request.email_key", /* her own request, to show that it */
    "rights_request.name",                              /* was answered; gone after 3 years */
};
enum { STAYS = sizeof stays / sizeof stays[0] };

static bool may_stay(struct ctx *ctx, const char *table, const char *column)
{
    const struct privacy_holding *holding = privacy_holding_find(table);
    const char *name = mem_format(ctx->mem, "%s.%s", table, column);
    for (size_t i = 0; i < STAYS; i++)
        if (strcmp(stays[i], name) == 0)
            return holding != NULL && holding->kept_because != NULL;
    return false;
}

static void check_chains(struct ctx *ctx)
{
    int64_t checked;
    const char *broken;
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK && broken == NULL && checked > 0);
    CHECK(audit_check_chains(ctx, &checked, &broken) == OK && broken == NULL && checked > 0);
}

/* In how many columns she stands, and in how many of them she may not. */
static size_t columns_with_her(struct ctx *ctx, const struct text_columns *all, size_t *wrong_out)
{
    size_t found = 0;
    *wrong_out = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (rows_with_her(ctx, all->tables[i], all->columns[i]) == 0)
            continue;
        found++;
        *wrong_out += !may_stay(ctx, all->tables[i], all->columns[i]);
    }
    return found;
}

/* The first column in which she may not stand, to be told of. */
static const char *first_wrong(struct ctx *ctx, const struct text_columns *all)
{
    for (size_t i = 0; i < all->count; i++)
        if (!may_stay(ctx, all->tables[i], all->columns[i]) &&
            rows_with_her(ctx, all->tables[i], all->columns[i]) > 0)
            return mem_format(ctx->mem, "%s.%s", all->tables[i], all->columns[i]);
    return "nothing";
}

TEST(who_is_erased_is_in_no_table_but_where_it_is_said_why)
{
    const struct privacy_subject ada = {programme_fill(ctx), FILL_ADA, FILL_ADA};
    struct privacy_erasure *lines = mem_array(ctx->mem, struct privacy_erasure, PRIVACY_COPIES_MAX);
    const struct text_columns *all = all_columns(ctx);
    size_t count, wrong;
    CHECK(columns_with_her(ctx, all, &wrong) == wrong + STAYS && wrong >= 14);
    CHECK(privacy_erase(ctx, &ada, lines, &count) == OK);
    CHECK(columns_with_her(ctx, all, &wrong) == wrong + STAYS); /* no exception is idle */
    if (wrong > 0)
        fail_msg("%s still holds who was erased", first_wrong(ctx, all));
    CHECK(count_by(ctx, "select count(*) from mail where to_address = '" FILL_ADA
                        "' and (sent_at is not null or cancelled_at is not null)") == 0);
    check_chains(ctx);
}

TEST(what_stays_of_who_was_erased_is_told_line_by_line)
{
    static const char *const wanted[] = {"concern",         "audit_event",    "rights_request",
                                         "member_domain",   "access_grant",   "member_invitation",
                                         "oversight_glass", "pledge_revision"};
    static const char *const gone[] = {"account_password", "account_phone", "account_recovery",
                                       "account_link",     "account_move",  "account_loss",
                                       "account_visit",    "member_claim",  "pledge_keeper",
                                       "equality_answer",  "oversight_look"};
    const struct privacy_subject ada = {programme_fill(ctx), FILL_ADA, FILL_ADA};
    struct privacy_erasure *lines = mem_array(ctx->mem, struct privacy_erasure, PRIVACY_COPIES_MAX);
    size_t count, kept = 0, erased = 0;
    CHECK(privacy_erase(ctx, &ada, lines, &count) == OK);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < sizeof wanted / sizeof wanted[0]; k++)
            kept +=
                strcmp(lines[i].holding->table, wanted[k]) == 0 && lines[i].kept_because != NULL;
        for (size_t k = 0; k < sizeof gone / sizeof gone[0]; k++)
            erased += strcmp(lines[i].holding->table, gone[k]) == 0 &&
                      lines[i].kept_because == NULL && lines[i].row_count > 0;
    }
    CHECK(kept == sizeof wanted / sizeof wanted[0]);
    CHECK(erased == sizeof gone / sizeof gone[0]);
    for (size_t k = 0; k < sizeof gone / sizeof gone[0]; k++)
        if (count_by(ctx, mem_format(ctx->mem, "select count(*) from %s", gone[k])) != 0)
            fail_msg("%s: not all of it went", gone[k]);
}

/* ---- copies ---- */

static const struct privacy_copy *copy_of(const struct privacy_copy *copies, size_t count,
                                          const char *table)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(copies[i].holding->table, table) == 0)
            return &copies[i];
    return NULL;
}

TEST(no_copy_holds_a_secret_nor_what_others_wrote_of_a_concern)
{
    static const char *const there[] = {"account_password", "account_phone",   "account_recovery",
                                        "account_link",     "account_move",    "account_loss",
                                        "account_visit",    "member_claim",    "concern",
                                        "pledge_keeper",    "equality_answer", "member_invitation",
                                        "member_domain",    "oversight_glass"};
    const struct privacy_subject ada = {programme_fill(ctx), FILL_ADA, FILL_ADA};
    const struct privacy_subject ines = {{0}, FILL_INES, FILL_INES};
    struct privacy_copy *copies = mem_array(ctx->mem, struct privacy_copy, PRIVACY_COPIES_MAX);
    size_t count;
    ctx->person = ada.person; /* she reads what another raised */
    CHECK(audit_note(ctx, &(const struct audit_deed){.what = "concern.seen",
                                                     .organisation = AUDIT_APART "R0A",
                                                     .thing = "SC-0000-0009",
                                                     .purpose = "to help"}) == OK);
    CHECK(audit_note(ctx, &(const struct audit_deed){.what = "access.granted",
                                                     .subject = ada.person,
                                                     .before = "Member",
                                                     .after = "Coordinator"}) == OK);
    CHECK(privacy_copy(ctx, &ada, copies, &count) == OK);
    for (size_t i = 0; i < sizeof there / sizeof there[0]; i++)
        if (copy_of(copies, count, there[i]) == NULL)
            fail_msg("%s is not in the copy", there[i]);
    CHECK(copy_of(copies, count, "concern_event") == NULL);
    CHECK(copy_of(copies, count, "concern_reading") == NULL);
    const char *json = privacy_copy_json(ctx, copies, count);
    CHECK(strstr(json, "\"details\": \"Before: Member. After: Coordinator\"") != NULL);
    CHECK(strstr(json, "\\\"after\\\":") == NULL);
    CHECK(strstr(json, "never-shown") == NULL && strstr(json, "SC-0000-0009") == NULL);
    CHECK(strstr(json, "All done") == NULL && strstr(json, "to decide") == NULL);
    CHECK(strstr(json, "I saw it") != NULL);
    CHECK(strstr(json, "\"question\": \"What is your ethnic group?\"") != NULL);
    CHECK(strstr(json, "\"answer\": \"Roma\"") != NULL && strstr(json, "\"w4\"") == NULL);
    CHECK(strstr(json, "\"answer\": \"Prefer not to say\"") != NULL);
    CHECK(strstr(json, "\"what\": \"A safeguarding") == NULL);
    const char *csv = privacy_copy_csv(ctx, copy_of(copies, count, "equality_answer"));
    CHECK(strstr(csv, "What is your ethnic group?,Roma,") != NULL);
    CHECK(strstr(json, "other@trust.example") == NULL); /* whom she invited */
    CHECK(privacy_copy(ctx, &ines, copies, &count) == OK);
    CHECK(copy_of(copies, count, "concern") == NULL && copy_of(copies, count, "person") == NULL);
    CHECK(copy_of(copies, count, "equality_answer") == NULL);
}

/* ---- concerns ---- */

static int64_t rows_of_concerns(struct ctx *ctx)
{
    return count_by(ctx, "select (select count(*) from concern) + (select count(*) from "
                         "concern_event) + (select count(*) from concern_told) + (select count(*) "
                         "from concern_reading) + (select count(*) from concern_kept_from)");
}

static void retain_in(struct ctx *ctx, const char *day)
{
    bool has_more;
    CHECK(time_at(day, 9, 0, &ctx->now_secs) == OK);
    CHECK(privacy_retain(ctx, false, &has_more) == OK && !has_more);
}

TEST(a_concern_goes_whole_in_its_time_and_never_while_it_is_open_or_held)
{
    int64_t id, changes;
    programme_fill(ctx);
    CHECK(rows_of_concerns(ctx) == 5);
    retain_in(ctx, "2051-03-09");
    CHECK(rows_of_concerns(ctx) == 5);
    CHECK(privacy_hold_place(
              ctx, &(const struct privacy_hold_new){PRIVACY_HOLD_THING, "SC-0000-0001", "Inquiry"},
              &id) == OK);
    retain_in(ctx, "2060-01-01");
    CHECK(rows_of_concerns(ctx) == 5);
    CHECK(privacy_hold_release(ctx, id, "Over") == OK);
    CHECK(concern_test_set_state(ctx, "open", &changes) == OK && changes == 1);
    retain_in(ctx, "2060-01-02");
    CHECK(rows_of_concerns(ctx) == 5);
    CHECK(concern_test_set_state(ctx, "closed", &changes) == OK);
    retain_in(ctx, "2060-01-03");
    CHECK(rows_of_concerns(ctx) == 0);
}

TEST(a_retention_that_fails_anywhere_leaves_each_concern_whole_or_gone)
{
    bool has_more;
    programme_fill(ctx);
    CHECK(time_at("2060-01-01", 9, 0, &ctx->now_secs) == OK);
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = privacy_retain(ctx, false, &has_more);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        int64_t rows = rows_of_concerns(ctx);
        CHECK(rows == 5 || rows == 0);
        if (status == OK) {
            CHECK(nth > 30 && rows == 0);
            return;
        }
    }
}
