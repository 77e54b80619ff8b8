/* SPDX-License-Identifier: MIT */
/* job_test.c - what putting and doing jobs promises to whoever puts them. */
#include "platform/job/job.h"
#include "platform/store/store.h"

#include "platform/base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the handlers below were called with: the payload says where it is kept. */
struct seen {
    int runs;
    char key[JOB_KEY_BYTES_MAX + 1];
    int attempt;
};

static const char *kept_in(struct ctx *ctx, struct seen *seen)
{
    return mem_format(ctx->mem, "%llx words", (unsigned long long)(uintptr_t)seen);
}

static struct seen *seen_of(const struct job *job)
{
    struct seen *seen = (struct seen *)(uintptr_t)strtoull(job->payload, NULL, 16); /* NOLINT */
    seen->runs++;
    seen->attempt = job->attempt;
    snprintf(seen->key, sizeof seen->key, "%s", job->key);
    return seen;
}

static enum status note(struct ctx *ctx, const struct job *job)
{
    (void)ctx;
    return seen_of(job)->runs > 0 ? OK : ERR_FAULT;
}

static enum status fail_each_time(struct ctx *ctx, const struct job *job)
{
    seen_of(job);
    return ctx_fail(ctx, ERR_INVALID, "the address \"ana@trust.example\" of \"Ana\" is odd");
}

/* Puts itself the first time, as another request might while it runs. */
static enum status put_meanwhile(struct ctx *ctx, const struct job *job)
{
    return seen_of(job)->runs == 1 ? job_put(ctx, job->kind, job->key, job->payload, 0) : OK;
}

static enum status check_payload(struct ctx *ctx, const struct job *job)
{
    return strcmp(job->payload, "some words") == 0 ? OK
                                                   : ctx_fail(ctx, ERR_FAULT, "another payload");
}

static const struct job_kind kinds[] = {
    {"test.note", note, 3, 60},
    {"test.fail", fail_each_time, 3, 60},
    {"test.meanwhile", put_meanwhile, 3, 60},
    {"test.payload", check_payload, 1, 60},
    {0},
};
static const struct job_kind *const tables[] = {kinds, NULL};

static bool work(struct ctx *ctx)
{
    bool did;
    CHECK(job_work_once(ctx, tables, &did) == OK);
    return did;
}

/* Puts a job of which the handlers note in *seen what they saw. */
static void put(struct ctx *ctx, const char *kind, const char *key, struct seen *seen)
{
    CHECK(job_put(ctx, kind, key, kept_in(ctx, seen), 0) == OK);
}

static struct job_counts counted(struct ctx *ctx)
{
    struct job_counts counts;
    CHECK(job_count(ctx, &counts) == OK);
    return counts;
}

TEST(a_job_is_done_once_with_what_it_was_given)
{
    struct seen seen = {0};
    put(ctx, "test.note", "PL-1", &seen);
    CHECK(counted(ctx).waiting_count == 1);
    CHECK(work(ctx));
    CHECK(!work(ctx));
    CHECK(seen.runs == 1 && seen.attempt == 1);
    CHECK_TEXT(seen.key, "PL-1");
    CHECK(counted(ctx).waiting_count == 0);
}

TEST(the_payload_of_the_first_put_stands)
{
    CHECK(job_put(ctx, "test.payload", "", "some words", 0) == OK);
    CHECK(job_put(ctx, "test.payload", "", "other words", 0) == OK);
    CHECK(work(ctx) && !work(ctx));
    CHECK(counted(ctx).given_up_count == 0);
}

TEST(a_job_put_twice_while_it_waits_is_done_once)
{
    struct seen seen = {0};
    for (int i = 0; i < 3; i++)
        put(ctx, "test.note", "PL-1", &seen);
    CHECK(work(ctx));
    CHECK(!work(ctx));
    CHECK(seen.runs == 1);
    put(ctx, "test.note", "PL-1", &seen);
    CHECK(work(ctx));
    CHECK(seen.runs == 2);
}

TEST(another_key_is_another_job)
{
    struct seen seen = {0};
    put(ctx, "test.note", "PL-1", &seen);
    put(ctx, "test.note", "PL-2", &seen);
    CHECK(work(ctx) && work(ctx) && !work(ctx));
    CHECK(seen.runs == 2);
}

TEST(a_job_put_while_it_runs_is_done_once_more)
{
    struct seen seen = {0};
    put(ctx, "test.meanwhile", "PL-1", &seen);
    CHECK(work(ctx) && work(ctx) && !work(ctx));
    CHECK(seen.runs == 2);
}

TEST(a_job_waits_until_it_is_due_and_the_earlier_put_counts)
{
    struct seen seen = {0};
    CHECK(job_put(ctx, "test.note", "PL-1", kept_in(ctx, &seen), ctx->now_secs + 100) == OK);
    CHECK(job_put(ctx, "test.note", "PL-1", kept_in(ctx, &seen), ctx->now_secs + 50) == OK);
    CHECK(job_put(ctx, "test.note", "PL-1", kept_in(ctx, &seen), ctx->now_secs + 200) == OK);
    ctx->now_secs += 49;
    CHECK(!work(ctx));
    ctx->now_secs += 1;
    CHECK(work(ctx) && !work(ctx));
}

TEST(the_longest_due_job_comes_first)
{
    struct seen seen = {0};
    CHECK(job_put(ctx, "test.note", "second", kept_in(ctx, &seen), 200) == OK);
    CHECK(job_put(ctx, "test.note", "first", kept_in(ctx, &seen), 100) == OK);
    CHECK(work(ctx));
    CHECK_TEXT(seen.key, "first");
}

TEST(a_job_taken_back_is_not_done)
{
    struct seen seen = {0};
    put(ctx, "test.note", "PL-1", &seen);
    CHECK(job_cancel(ctx, "test.note", "PL-1") == OK);
    CHECK(job_cancel(ctx, "test.note", "PL-1") == OK);
    CHECK(!work(ctx));
}

TEST(a_job_that_fails_comes_back_later_and_later_and_is_given_up_in_the_end)
{
    struct seen seen = {0};
    put(ctx, "test.fail", "PL-1", &seen);
    CHECK(work(ctx) && !work(ctx));
    ctx->now_secs += JOB_FIRST_DELAY_SECS / 2 - 1;
    CHECK(!work(ctx));
    ctx->now_secs += JOB_FIRST_DELAY_SECS / 2 + 1;
    CHECK(work(ctx) && !work(ctx));
    CHECK(seen.attempt == 2);
    ctx->now_secs += JOB_FIRST_DELAY_SECS - 1;
    CHECK(!work(ctx));
    ctx->now_secs += JOB_FIRST_DELAY_SECS + 1;
    CHECK(work(ctx) && !work(ctx));
    CHECK(seen.attempt == 3);
    ctx->now_secs += 100 * 86400;
    CHECK(!work(ctx));
    CHECK(seen.runs == 3);

    struct job_counts counts = counted(ctx);
    CHECK(counts.waiting_count == 0 && counts.given_up_count == 1);
}

TEST(what_a_job_failed_of_is_kept_without_the_values_in_it)
{
    struct job_given_up *list;
    size_t count;
    struct seen seen = {0};
    put(ctx, "test.fail", "PL-1", &seen);
    for (int i = 0; i < 3; i++, ctx->now_secs += 3600)
        CHECK(work(ctx));
    CHECK(job_given_up_list(ctx, 10, &list, &count) == OK);
    CHECK(count == 1 && list[0].attempts == 3);
    CHECK_TEXT(list[0].kind, "test.fail");
    CHECK_TEXT(list[0].key, "PL-1");
    CHECK_TEXT(list[0].failure, "invalid: the address \"\" of \"\" is odd");
}

TEST(a_given_up_job_can_be_put_again_by_its_cause_or_by_an_operator)
{
    struct job_given_up *list;
    size_t count;
    struct seen seen = {0};
    put(ctx, "test.fail", "PL-1", &seen);
    for (int i = 0; i < 3; i++, ctx->now_secs += 3600)
        CHECK(work(ctx));
    CHECK(job_given_up_list(ctx, 10, &list, &count) == OK && count == 1);
    CHECK(job_retry(ctx, list[0].id + 1) == ERR_NOT_FOUND);
    put(ctx, "test.fail", "PL-1", &seen);
    CHECK(job_retry(ctx, list[0].id) == ERR_CONFLICT);
    CHECK(job_cancel(ctx, "test.fail", "PL-1") == OK);
    CHECK(job_retry(ctx, list[0].id) == OK);
    CHECK(counted(ctx).given_up_count == 0);
    CHECK(work(ctx));
    CHECK(seen.runs == 4 && seen.attempt == 1);
}

TEST(a_new_cause_does_not_shorten_the_delay_after_a_failure)
{
    struct seen seen = {0};
    put(ctx, "test.fail", "PL-1", &seen);
    CHECK(work(ctx));
    put(ctx, "test.fail", "PL-1", &seen);
    CHECK(!work(ctx));
}

TEST(delays_double_up_to_the_longest_and_are_spread)
{
    int64_t whole = JOB_FIRST_DELAY_SECS;
    bool differ = false;
    for (int attempt = 1; attempt <= 40; attempt++) {
        for (uint32_t random = 0; random < 5000; random += 7) {
            int64_t delay = job_delay_secs(attempt, random);
            CHECK(delay >= whole / 2 && delay <= whole);
            differ = differ || delay != job_delay_secs(attempt, random + 1);
        }
        CHECK(job_delay_secs(attempt, UINT32_MAX) <= whole);
        whole = whole * 2 > JOB_LONGEST_DELAY_SECS ? JOB_LONGEST_DELAY_SECS : whole * 2;
    }
    CHECK(differ);
}

TEST(a_job_of_a_kind_that_this_program_does_not_know_is_left_for_another)
{
    struct seen seen = {0};
    CHECK(job_put(ctx, "test.newer", "PL-1", "", 0) == OK);
    for (int i = 0; i < 20; i++)
        CHECK(job_put(ctx, "test.newer", mem_format(ctx->mem, "%d", i), "", 0) == OK);
    CHECK(!work(ctx));
    put(ctx, "test.note", "PL-1", &seen);
    CHECK(work(ctx) && !work(ctx));
    CHECK(counted(ctx).waiting_count == 21);
}

TEST(a_job_that_cannot_be_is_refused)
{
    char *long_text = mem_bytes(ctx->mem, JOB_PAYLOAD_BYTES_MAX + 2);
    memset(long_text, 'a', JOB_PAYLOAD_BYTES_MAX + 1);
    CHECK(job_put(ctx, "", "k", "", 0) == ERR_INVALID);
    CHECK(job_put(ctx, "Test Note", "k", "", 0) == ERR_INVALID);
    CHECK(job_put(ctx, long_text, "k", "", 0) == ERR_INVALID);
    CHECK(job_put(ctx, "test.note", long_text, "", 0) == ERR_INVALID);
    CHECK(job_put(ctx, "test.note", "k", long_text, 0) == ERR_INVALID);
    CHECK(job_put(ctx, "test.note", "k", long_text + 1, 0) == OK);
}

TEST(tables_of_kinds_that_cannot_work_are_told_at_the_start)
{
    static const struct job_kind no_fn[] = {{"a", NULL, 1, 1}, {0}};
    static const struct job_kind no_attempts[] = {{"a", note, 0, 1}, {0}};
    static const struct job_kind no_lease[] = {{"a", note, 1, 0}, {0}};
    static const struct job_kind no_name[] = {{"A b", note, 1, 1}, {0}};
    static const struct job_kind odd_period[] = {{"a", note, 1, 1, 60, 60}, {0}};
    static const struct job_kind fine[] = {{"a", note, 1, 1, 60, 59}, {0}};
    static const struct job_kind again[] = {{"a", note, 1, 1}, {0}};
    const struct job_kind *const bad[] = {no_fn, no_attempts, no_lease, no_name, odd_period};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const struct job_kind *const one[] = {bad[i], NULL};
        CHECK(job_check_kinds(ctx, one) == ERR_FAULT);
    }
    const struct job_kind *const twice[] = {fine, kinds, again, NULL};
    CHECK(job_check_kinds(ctx, twice) == ERR_FAULT);
    const struct job_kind *const good[] = {fine, kinds, job_kinds, NULL};
    CHECK(job_check_kinds(ctx, good) == OK);
}

TEST(finished_jobs_are_removed_after_a_while_and_given_up_ones_stay)
{
    static const struct job_kind *const both[] = {kinds, job_kinds, NULL};
    bool did;
    struct seen seen = {0};
    for (int i = 0; i < 5; i++)
        put(ctx, "test.note", mem_format(ctx->mem, "%d", i), &seen);
    put(ctx, "test.fail", "PL-1", &seen);
    do {
        CHECK(job_work_once(ctx, both, &did) == OK);
        ctx->now_secs += 60;
    } while (did);
    int64_t calls = store_calls(ctx->store);
    ctx->now_secs += JOB_FINISHED_KEPT_SECS + 3600;
    do {
        CHECK(job_work_once(ctx, both, &did) == OK);
    } while (did);
    CHECK(store_calls(ctx->store) > calls);
    CHECK(counted(ctx).given_up_count == 1);
}

TEST(an_idle_look_for_work_makes_two_queries_and_writes_nothing)
{
    int64_t calls = store_calls(ctx->store);
    CHECK(!work(ctx));
    CHECK(store_calls(ctx->store) - calls == 2);
}

TEST(what_is_overdue_is_counted_with_its_age)
{
    CHECK(job_put(ctx, "test.note", "now", "", ctx->now_secs) == OK);
    CHECK(job_put(ctx, "test.note", "later", "", ctx->now_secs + 1000) == OK);
    ctx->now_secs += 90;
    struct job_counts counts = counted(ctx);
    CHECK(counts.waiting_count == 2 && counts.overdue_count == 1 && counts.overdue_secs == 90);
}
