/* SPDX-License-Identifier: MIT */
/* newsletter_test_help.c - readers and issues for tests and measurements. */
#include "programme/newsletter/newsletter_test_help.h"

#include "platform/base/id.h"
#include "platform/store/store.h"
#include "programme/newsletter/newsletter.sql.h"
#include "programme/newsletter/newsletter_internal.h"
#include "programme/newsletter/newsletter_record.h"
#include "programme/newsletter/newsletter_send.h"

#include <inttypes.h>

enum { AT_ONCE = 20000, ALL_TOPICS = 255, RUN_SECS = 600 };

struct filling {
    int64_t from, to;
};

static enum status fill_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const struct filling *filling = arg;
    struct mem *whole = ctx->mem;
    for (int64_t n = filling->from; n < filling->to; n++) {
        ctx->mem = mem_child(whole);
        const char *email = mem_format(ctx->mem, "reader-%" PRId64 "@mail.example", n);
        enum status status = newsletter_reader_put(ctx, id_new(ctx), email, email, ALL_TOPICS, "",
                                                   ctx->now_secs, "page", "", &changes);
        mem_end(ctx->mem);
        ctx->mem = whole;
        TRY(status);
    }
    return OK;
}

enum status newsletter_try_readers(struct ctx *ctx, int64_t count)
{
    for (int64_t n = 1; n <= count; n += AT_ONCE) {
        struct filling filling = {n, n + AT_ONCE <= count + 1 ? n + AT_ONCE : count + 1};
        TRY(store_transact(ctx, "newsletter_fill", fill_once, &filling));
    }
    return OK;
}

enum status newsletter_try_issue(struct ctx *ctx, const char *words, const char **reference_out)
{
    const struct newsletter_block block = {.title = "", .text = words, .href = ""};
    return newsletter_record_issue(
        ctx,
        &(const struct newsletter_recorded){
            .head = {"News of the programme", "What is new", {NULL, 0}, ""},
            .blocks = &block,
            .count = 1,
            .writer = {7},
            .second = {8}},
        reference_out);
}

enum status newsletter_try_send(struct ctx *ctx, const char *reference, int parts)
{
    int64_t more_at = 1;
    for (int i = 0; i < parts && more_at != 0 && more_at <= ctx->now_secs; i++)
        TRY(newsletter_send_part(ctx, reference, RUN_SECS, &more_at));
    return OK;
}

enum status newsletter_try_report(struct ctx *ctx, int64_t issue_id, int64_t reader_id,
                                  const char **out)
{
    struct newsletter_key key;
    TRY(newsletter_key(ctx, &key));
    *out = newsletter_report_token(ctx->mem, &key, issue_id, reader_id);
    return OK;
}
