/* SPDX-License-Identifier: MIT */
/* newsletter_record.c - what a demonstration shows of the newsletter. */
#include "programme/newsletter/newsletter_record.h"

#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/mail/mail_hand.h"
#include "platform/store/store.h"
#include "programme/newsletter/newsletter.sql.h"
#include "programme/newsletter/newsletter_issue.sql.h"
#include "programme/newsletter/newsletter_send.sql.h"

enum status newsletter_record_reader(struct ctx *ctx, const char *email, int64_t topics,
                                     const char *region)
{
    int64_t changes;
    return newsletter_reader_put(ctx, id_new(ctx), email, text_email_key(ctx->mem, email), topics,
                                 region, ctx->now_secs, "page", "", &changes);
}

/* All at once: taken and sent. */
static enum status send_once(struct ctx *ctx, void *arg)
{
    const struct newsletter_issue *issue = arg;
    int64_t changes, batch = id_new(ctx);
    TRY(newsletter_take(ctx, issue->id, batch, 0, ctx->now_secs, issue->topics, issue->region,
                        ctx->now_secs, MAIL_HAND_SLOTS, &changes));
    TRY(newsletter_set_sent(ctx, issue->id, batch, ctx->now_secs, &changes));
    return newsletter_issue_end(ctx, issue->id, ctx->now_secs, &changes);
}

static enum status begin_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const struct newsletter_issue *issue = arg;
    return newsletter_issue_begin(ctx, issue->id, ctx->now_secs, &changes);
}

static enum status record(struct ctx *ctx, const struct newsletter_recorded *recorded,
                          const char **reference_out)
{
    struct form_problems problems = {.count = 0};
    struct newsletter_issue *issue = mem_new(ctx->mem, struct newsletter_issue);
    ctx->person = recorded->writer;
    TRY(newsletter_issue_make(ctx, &recorded->head, reference_out));
    TRY(newsletter_issue_blocks(ctx, *reference_out, 1, recorded->blocks, recorded->count));
    TRY(newsletter_issue_ask_for(ctx, *reference_out, &(const struct newsletter_asking){2, 0},
                                 &problems));
    ctx->person = recorded->second;
    TRY(newsletter_issue_approve_it(ctx, *reference_out, 2));
    TRY(newsletter_issue_open(ctx, *reference_out, issue));
    TRY(store_transact(ctx, "newsletter_record", begin_once, issue));
    return recorded->is_sent ? store_transact(ctx, "newsletter_record", send_once, issue) : OK;
}

enum status newsletter_record_issue(struct ctx *ctx, const struct newsletter_recorded *recorded,
                                    const char **reference_out)
{
    struct person_id before = ctx->person;
    enum status status = record(ctx, recorded, reference_out);
    ctx->person = before;
    return status;
}
