/* SPDX-License-Identifier: MIT */
/* programme_test.c - what holds for all parts of the program together. */
#include "platform/base/settings.h"
#include "platform/base/test.h"

#include "programme/programme.h"

/* Queries of tests have tables of their own. */
static bool is_of_program(const struct store_query *query)
{
    return strstr(query->place, "_test.sql:") == NULL;
}

TEST(every_query_of_the_program_prepares_and_reads_by_an_index)
{
    size_t all;
    const struct store_query *const *queries = store_queries(&all);
    const struct store_query **own = mem_array(ctx->mem, const struct store_query *, all);
    size_t count = 0;
    int checked = 0;
    for (size_t i = 0; i < all; i++)
        if (is_of_program(queries[i]))
            own[count++] = queries[i];
    CHECK(count > 0);
    CHECK(store_check_list(ctx, own, count, true, &checked) == OK);
    CHECK(checked == (int)count);
}

TEST(the_schema_of_a_new_database_is_that_of_the_program)
{
    CHECK(store_schema_check(ctx, programme_migrations, programme_migration_count) == OK);
}

TEST(every_kind_of_job_can_work_and_what_recurs_does)
{
    bool did = true;
    struct job_counts counts;
    struct settings settings = settings_built_in(ctx->mem);
    ctx->settings = &settings;
    CHECK(job_check_kinds(ctx, programme_jobs) == OK);
    for (int i = 0; i < 1000 && did; i++)
        CHECK(job_work_once(ctx, programme_jobs, &did) == OK);
    CHECK(!did);
    CHECK(job_count(ctx, &counts) == OK);
    CHECK(counts.waiting_count == 0 && counts.given_up_count == 0);
}
