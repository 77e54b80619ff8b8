/* SPDX-License-Identifier: MIT */
/* newsletter.c - an issue of an ordinary length, sent to every reader of a database. */
#include "bench/newsletter.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/newsletter/newsletter.sql.h"
#include "programme/newsletter/newsletter_mould.h"
#include "programme/newsletter/newsletter_send.h"
#include "programme/newsletter/newsletter_test_help.h"
#include "programme/programme.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { PARTS = 12, PART_SECS = 10, WORDS_BYTES = 6000 };

enum status bench_readers(struct ctx *ctx, int64_t count)
{
    int applied;
    struct newsletter_reader_count_row row;
    TRY(store_migrate(ctx, programme_migrations, programme_migration_count, &applied));
    TRY(newsletter_reader_count(ctx, &row));
    return row.readers < count ? newsletter_try_readers(ctx, count) : OK;
}

/* Memory that is resident and the process's own, now. */
static int64_t resident_mb(void)
{
    char line[256];
    long long kb = 0;
    FILE *file = fopen("/proc/self/status", "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, "VmRSS:", 6) == 0)
            sscanf(line + 6, "%lld", &kb);
    if (file != NULL)
        fclose(file);
    return kb / 1024;
}

/* A dozen short articles. */
static const char *words_of_issue(struct ctx *ctx)
{
    const char *text;
    struct text_builder to = text_build(ctx->mem, WORDS_BYTES);
    for (int i = 1; i <= PARTS; i++)
        text_add_format(
            &to,
            "## What is new in place number %d\n\nPeople of every background try out work "
            "in health and care here. Each of them has somebody who shows them round, "
            "answers questions and says what comes next.\n\n"
            "- [Read how they did it](/case-studies)\n- Ask them about it\n\n",
            i);
    return text_build_end(&to, &text) == OK ? text : "Words";
}

static enum status tell_size(struct ctx *ctx, const char *reference, size_t *bytes)
{
    struct smtp_message message;
    struct newsletter_mould mould;
    struct newsletter_issue *issue = mem_new(ctx->mem, struct newsletter_issue);
    TRY(newsletter_issue_open(ctx, reference, issue));
    TRY(newsletter_mould_make(ctx, issue, &mould));
    TRY(newsletter_mould_fill(ctx, &mould, 1, "reader-1@mail.example", &message));
    *bytes = message.bytes.length_bytes;
    return OK;
}

enum status bench_newsletter(struct ctx *ctx)
{
    size_t bytes = 0;
    const char *reference;
    int64_t more_at = 1, early_mb = 0, late_mb = 0;
    struct mem *whole = ctx->mem;
    struct newsletter_reader_count_row readers;
    TRY(newsletter_reader_count(ctx, &readers));
    TRY(newsletter_try_issue(ctx, words_of_issue(ctx), &reference));
    TRY(tell_size(ctx, reference, &bytes));
    int64_t began = time_running_ms();
    while (more_at != 0) {
        ctx->mem = mem_child(whole);
        enum status status = newsletter_send_part(ctx, reference, PART_SECS, &more_at);
        late_mb = resident_mb();
        early_mb = early_mb != 0 ? early_mb : late_mb;
        ctx->fault = mem_text(whole, ctx->fault);
        mem_end(ctx->mem);
        ctx->mem = whole;
        TRY(status);
    }
    int64_t took_ms = time_running_ms() - began;
    printf("%.1f %zu %" PRId64 " %" PRId64 "\n",
           (double)readers.readers * 1000 / (double)(took_ms > 0 ? took_ms : 1), bytes, early_mb,
           late_mb);
    return OK;
}
