/* SPDX-License-Identifier: MIT */
/* programme_privacy_test.c - that no table with people in it is forgotten, nor any rule. */
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/web/journey.h"
#include "programme/privacy/privacy.h"
#include "programme/programme.h"

enum { TABLES_MAX = 500 };

struct tables {
    const char *names[TABLES_MAX];
    size_t count;
};

static bool is_declared_twice(const char *table)
{
    int count = 0;
    for (size_t i = 0; privacy_holdings[i] != NULL; i++)
        for (const struct privacy_holding *at = privacy_holdings[i]; at->table != NULL; at++)
            count += strcmp(at->table, table) == 0;
    for (size_t i = 0; privacy_nobody[i] != NULL; i++)
        count += strcmp(privacy_nobody[i], table) == 0;
    return count > 1;
}

static bool is_nobody(const char *table)
{
    for (size_t i = 0; privacy_nobody[i] != NULL; i++)
        if (strcmp(privacy_nobody[i], table) == 0)
            return true;
    return false;
}

static void drop(struct tables *tables, const char *name)
{
    for (size_t i = 0; i < tables->count; i++)
        if (strcmp(tables->names[i], name) == 0)
            tables->names[i] = tables->names[--tables->count];
}

/* Follows each "create table" and "drop table" of the migrations, in their order. */
static void read_tables(struct mem *mem, const char *sql, struct tables *out)
{
    for (const char *at = sql; *at != '\0'; at++) {
        bool creates = text_begins(at, "create table "), drops = text_begins(at, "drop table ");
        if ((!creates && !drops) || (at > sql && at[-1] != '\n'))
            continue;
        at += strlen(creates ? "create table " : "drop table ");
        const char *name = mem_text_part(mem, at, strcspn(at, " ;(\n"));
        if (drops)
            drop(out, name);
        else if (out->count < TABLES_MAX)
            out->names[out->count++] = name;
    }
}

static void all_tables(struct ctx *ctx, struct tables *out)
{
    out->count = 0;
    for (size_t i = 0; i < programme_migration_count; i++)
        for (size_t j = 0; j < programme_migrations[i]->count; j++)
            read_tables(ctx->mem, programme_migrations[i]->migrations[j].text, out);
}

TEST(every_table_is_declared_to_hold_people_or_nobody)
{
    struct tables *tables = mem_new(ctx->mem, struct tables);
    all_tables(ctx, tables);
    CHECK(tables->count > 30 && tables->count < TABLES_MAX);
    for (size_t i = 0; i < tables->count; i++) {
        const char *table = tables->names[i];
        if (privacy_holding_find(table) == NULL && !is_nobody(table))
            fail_msg("table %s: say in programme_privacy.c what it holds about people", table);
        if (is_declared_twice(table))
            fail_msg("table %s stands in programme_privacy.c twice", table);
    }
}

static enum status check_exists(struct ctx *ctx, void *arg, const struct privacy_holding *holding)
{
    const struct tables *tables = arg;
    for (size_t i = 0; i < tables->count; i++)
        if (strcmp(tables->names[i], holding->table) == 0)
            return OK;
    return ctx_fail(ctx, ERR_FAULT, "there is no table \"%s\"", holding->table);
}

TEST(what_is_declared_is_there)
{
    struct tables *tables = mem_new(ctx->mem, struct tables);
    all_tables(ctx, tables);
    CHECK(privacy_each(ctx, check_exists, tables) == OK);
}

static bool reads_holds(const struct store_query *query)
{
    for (int i = 0; i < query->piece_count; i++)
        if (strstr(query->pieces[i].text, "privacy_hold") != NULL)
            return true;
    return false;
}

/* What a holding must say to be shown and listed; NULL: it says it all. */
static const char *missing_words(const struct privacy_holding *holding)
{
    if (holding->name == NULL || holding->what == NULL || holding->purpose == NULL ||
        holding->source == NULL || holding->rule == NULL)
        return "says too little";
    if (holding->whose == 0 || holding->kind == 0 || holding->basis == 0)
        return "does not say whose, which kind or why";
    if ((holding->rows == NULL) == (holding->listed_with == NULL))
        return "has neither rows nor where they are listed, or both";
    return NULL;
}

/* Whether what it goes with has an end of its own, by the same rule. */
static bool goes_with_what_ends(const struct privacy_holding *holding)
{
    const struct privacy_holding *whole = privacy_holding_find(holding->goes_with);
    return whole != NULL && (whole->retain != NULL || whole->retain_by != NULL) &&
           strcmp(whole->rule, holding->rule) == 0 && holding->retain == NULL &&
           holding->retain_by == NULL;
}

/* The same to be removed. */
static const char *missing_end(const struct privacy_holding *holding)
{
    if (holding->erase == NULL && holding->erase_by == NULL && holding->kept_because == NULL)
        return "is not erased and does not say why";
    if (holding->retain != NULL && !holding->is_passing && !reads_holds(holding->retain))
        return "removes without looking for legal holds";
    if (holding->goes_with != NULL && !goes_with_what_ends(holding))
        return "goes with something that does not go so";
    if (holding->is_passing && holding->fixed_secs == 0)
        return "is passing and does not say how long it stays";
    return NULL;
}

static enum status check_words(struct ctx *ctx, void *arg, const struct privacy_holding *holding)
{
    struct privacy_rule rule;
    const char *missing = missing_words(holding);
    (void)arg;
    if (missing == NULL)
        missing = missing_end(holding);
    if (missing != NULL)
        return ctx_fail(ctx, ERR_FAULT, "table \"%s\" %s", holding->table, missing);
    if (privacy_rule_find(ctx, holding->rule, &rule) != OK)
        return ctx_fail(ctx, ERR_FAULT, "there is no rule \"%s\"", holding->rule);
    return OK;
}

TEST(every_holding_says_what_people_must_be_told)
{
    CHECK(privacy_each(ctx, check_words, NULL) == OK);
}

TEST(the_built_in_packs_fit_what_is_held)
{
    struct pack pack;
    CHECK(pack_newest(ctx, "retention", &pack) == OK);
    CHECK(pack_check(ctx, programme_pack_readers, &pack) == OK);
    CHECK(pack_newest(ctx, "consent", &pack) == OK);
    CHECK(pack_check(ctx, programme_pack_readers, &pack) == OK);
}

static void check_draft(void *arg, const struct web_route *route)
{
    const struct privacy_holding *drafts = privacy_holding_find("web_draft");
    (void)arg;
    if (route->journey != NULL &&
        (int64_t)route->journey->keep_days * TIME_DAY_SECS > drafts->fixed_secs)
        fail_msg("%s: a draft is kept longer than the retention rule says", route->path);
}

TEST(no_draft_is_kept_longer_than_the_notice_says)
{
    CHECK(web_routes_each(ctx, &programme_app, check_draft, NULL) == OK);
}

static void check_rule(void *arg, const struct web_route *route)
{
    struct ctx *ctx = arg;
    struct privacy_rule rule;
    if (route->journey != NULL && route->journey->kept != NULL)
        CHECK(privacy_rule_find(ctx, route->journey->kept, &rule) == OK);
}

TEST(every_journey_that_names_a_rule_names_one_that_is_in_force)
{
    CHECK(web_routes_each(ctx, &programme_app, check_rule, ctx) == OK);
}
