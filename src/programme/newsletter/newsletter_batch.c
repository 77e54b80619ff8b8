/* SPDX-License-Identifier: MIT */
/*
 * newsletter_batch.c - batches of recipients: taken, settled, found again after a kill.
 *
 * The marks of a batch say what came of it, to this process as to the one that comes after it, so
 * both settle it by the same function.
 */
#include "programme/newsletter/newsletter_batch.h"

#include "platform/base/id.h"
#include "platform/job/job.h"
#include "platform/store/store.h"
#include "programme/newsletter/newsletter_internal.h"
#include "programme/newsletter/newsletter_send.h"

#include <string.h>

enum { BATCHES_MAX = 100, SETTLE_TRIES = 5 };

/* ---- settling ---- */

struct settling {
    struct newsletter_issue *issue;
    int64_t batch;
    const unsigned char *marks; /* NULL: nobody knows; all go again */
    const char *const *reasons; /* by slot; NULL: not known         */
};

bool newsletter_is_nobody(const char *reason)
{
    const char *last = strrchr(reason, ' ');
    return strncmp(reason, "recipient", 9) == 0 && last != NULL && newsletter_is_hard(last + 1);
}

static enum status settle_one(struct ctx *ctx, const struct settling *settling,
                              const struct newsletter_in_hand_row *row)
{
    int64_t changes, now = ctx->now_secs, due_at = now, untried = 0, unanswered = 0;
    const char *state = "later";
    const int64_t *sent_at = NULL;
    unsigned char mark = settling->marks != NULL ? settling->marks[row->slot] : MAIL_HAND_NOT;
    const char *reason = settling->reasons != NULL ? settling->reasons[row->slot] : NULL;
    reason = settling->marks == NULL ? "in doubt: the machine went down" : reason;
    if (mark == MAIL_HAND_TAKEN)
        return OK; /* with all others, below */
    if (row->email == NULL && mark == MAIL_HAND_NOT) {
        state = "left";
    } else if (mark == MAIL_HAND_GOES) {
        state = "sent";
        sent_at = &now;
        unanswered = 1;
    } else if (mark == MAIL_HAND_REFUSED) {
        state = "refused";
    } else if (mark == MAIL_HAND_LATER) {
        due_at = now + job_delay_secs((int)row->attempts, (uint32_t)row->reader_id);
        state = row->attempts >= NEWSLETTER_TRIES_MAX ? "given_up" : state;
    } else {
        untried = 1;
    }
    TRY(newsletter_set_one(ctx, settling->issue->id, row->reader_id, settling->batch, state, due_at,
                           sent_at, unanswered, untried, reason != NULL ? reason : "", &changes));
    if (mark == MAIL_HAND_REFUSED && reason != NULL && newsletter_is_nobody(reason))
        return newsletter_stop(ctx, &(const struct newsletter_stopping){
                                        row->reader_id, settling->issue->id, "bounced", "hard"});
    return OK;
}

static enum status settle(struct ctx *ctx, const struct settling *settling)
{
    size_t count;
    int64_t changes;
    struct newsletter_issue_state_row state;
    struct newsletter_in_hand_row *rows;
    TRY(newsletter_in_hand(ctx, settling->issue->id, settling->batch, MAIL_HAND_SLOTS, &rows,
                           &count));
    for (size_t i = 0; i < count; i++)
        TRY(settle_one(ctx, settling, &rows[i]));
    TRY(newsletter_set_sent(ctx, settling->issue->id, settling->batch, ctx->now_secs, &changes));
    TRY(newsletter_issue_state(ctx, settling->issue->id, &state));
    return strcmp(state.state, "stopped") != 0
               ? OK
               : newsletter_drop_later(ctx, settling->issue->id, &changes); /* nothing waits */
}

static enum status settle_once(struct ctx *ctx, void *arg)
{
    return settle(ctx, arg);
}

/* ---- taking ---- */

struct turning {
    struct newsletter_issue *issue;
    struct newsletter_batch *batch; /* in hand now */
    int64_t next;                   /* the id of the one to take */
    struct newsletter_in_hand_row *rows;
    size_t count;
    struct mem *mem;
    int64_t reached_id;
    bool is_stopped;
};

static enum status take_new(struct ctx *ctx, struct turning *turning)
{
    int64_t changes;
    struct newsletter_last_taken_row last;
    const struct newsletter_issue *issue = turning->issue;
    TRY(newsletter_take(ctx, issue->id, turning->next, issue->reached_id, issue->begun_at,
                        issue->topics, issue->region, ctx->now_secs, MAIL_HAND_SLOTS, &changes));
    if (changes == 0)
        return OK;
    TRY(newsletter_last_taken(ctx, issue->id, turning->next, &last));
    turning->reached_id = last.reader_id != NULL ? *last.reader_id : issue->reached_id;
    return newsletter_reach(ctx, issue->id, turning->reached_id, &changes);
}

static enum status take_due(struct ctx *ctx, struct turning *turning)
{
    size_t count;
    int64_t changes;
    struct newsletter_due_again_row *due;
    TRY(newsletter_due_again(ctx, turning->issue->id, ctx->now_secs, MAIL_HAND_SLOTS, &due,
                             &count));
    for (size_t i = 0; i < count; i++)
        TRY(newsletter_take_again(ctx, turning->issue->id, due[i].reader_id, turning->next,
                                  (int64_t)i, ctx->now_secs, &changes));
    return OK;
}

/* Runs inside a transaction, perhaps more than once. */
static enum status turn_once(struct ctx *ctx, void *arg)
{
    struct turning *turning = arg;
    struct newsletter_issue *issue = turning->issue;
    struct newsletter_issue_state_row state;
    const struct settling settling = {issue, turning->batch->id,
                                      mail_hand_find(turning->batch->hand, turning->batch->id),
                                      turning->batch->reasons};
    turning->count = 0;
    turning->reached_id = issue->reached_id;
    if (turning->batch->id != 0)
        TRY(settle(ctx, &settling));
    TRY(newsletter_issue_state(ctx, issue->id, &state));
    if (strcmp(state.state, "sending") != 0)
        return OK; /* it was stopped meanwhile */
    TRY(take_new(ctx, turning));
    struct ctx own = *ctx;
    own.mem = turning->mem;
    TRY(newsletter_in_hand(&own, issue->id, turning->next, MAIL_HAND_SLOTS, &turning->rows,
                           &turning->count));
    if (turning->count > 0)
        return OK;
    TRY(take_due(ctx, turning));
    return newsletter_in_hand(&own, issue->id, turning->next, MAIL_HAND_SLOTS, &turning->rows,
                              &turning->count);
}

/* What was sent must be noted, also when the store has a bad moment. */
static enum status transact(struct ctx *ctx, const char *name,
                            enum status (*fn)(struct ctx *ctx, void *arg), void *arg)
{
    enum status status = ERR_FAULT;
    struct mem *whole = ctx->mem;
    for (int i = 0; i < SETTLE_TRIES && status != OK; i++) {
        ctx->fault = NULL;
        ctx->mem = mem_child(whole);
        status = store_transact(ctx, name, fn, arg);
        ctx->fault = mem_text(whole, ctx->fault);
        mem_end(ctx->mem);
        ctx->mem = whole;
    }
    return status;
}

enum status newsletter_batch_turn(struct ctx *ctx, struct newsletter_issue *issue,
                                  struct newsletter_batch *batch)
{
    struct turning turning = {
        .issue = issue, .batch = batch, .next = id_new(ctx), .mem = mem_child(ctx->mem)};
    mail_hand_begin(batch->hand, turning.next);
    enum status status = transact(ctx, "newsletter_turn", turn_once, &turning);
    if (batch->mem != NULL)
        mem_end(batch->mem);
    struct mail_hand *hand = batch->hand;
    *batch = (struct newsletter_batch){.hand = hand, .mem = turning.mem};
    TRY(status);
    batch->id = turning.next;
    batch->rows = turning.rows;
    batch->count = turning.count;
    issue->reached_id = turning.reached_id;
    return OK;
}

enum status newsletter_batch_end(struct ctx *ctx, struct newsletter_issue *issue,
                                 struct newsletter_batch *batch)
{
    struct settling settling = {issue, batch->id, mail_hand_find(batch->hand, batch->id),
                                batch->reasons};
    return batch->id == 0 ? OK : transact(ctx, "newsletter_settle", settle_once, &settling);
}

/* ---- after a kill ---- */

enum status newsletter_batch_begin(struct ctx *ctx, struct newsletter_issue *issue,
                                   struct newsletter_batch *batch)
{
    size_t count;
    struct newsletter_batches_row *left;
    TRY(mail_hand_open(ctx, &batch->hand));
    TRY(newsletter_batches(ctx, issue->id, BATCHES_MAX, &left, &count));
    for (size_t i = 0; i < count; i++) {
        struct settling settling = {.issue = issue, .batch = left[i].batch};
        settling.marks = mail_hand_find(batch->hand, left[i].batch);
        bool is_others = settling.marks == NULL && store_is_postgresql(ctx->store) &&
                         left[i].since + NEWSLETTER_DOUBT_SECS > ctx->now_secs;
        if (!is_others) /* else the machine that has it may come back and say */
            TRY(transact(ctx, "newsletter_found", settle_once, &settling));
    }
    return OK;
}
