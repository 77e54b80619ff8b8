/* SPDX-License-Identifier: MIT */
/*
 * pledge_dispute.c - "this was not us": somebody says that a pledge was not made by its
 * organisation, and staff decide.
 *
 * Nothing of a dispute is public while it is open: anybody can raise one, also without ground.
 */
#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/pledge/pledge_dispute.sql.h"
#include "programme/pledge/pledge_internal.h"

#include <string.h>

enum { LISTED_MAX = 200 };

static const char no_ground_code[] = "no-ground", not_made_code[] = "not-made";

const struct pledge_dispute_word pledge_dispute_whys[] = {
    {"not-authorised", "Whoever sent it does not speak for the organisation"},
    {"not-known", "The people who should sign know nothing of it"},
    {"wrong-organisation", "It is meant for another organisation"},
    {"other", "Something else"},
    {0}};

const struct pledge_dispute_word pledge_dispute_states[] = {
    {"open", "To be decided"},
    {no_ground_code, "No ground was found"},
    {not_made_code, "Not made by the organisation"},
    {0}};

const char *pledge_dispute_text(const struct pledge_dispute_word *words, const char *code)
{
    for (; words->code != NULL; words++)
        if (strcmp(words->code, code) == 0)
            return words->text;
    return code;
}

/* ---- raising ---- */

static enum status by_code(struct ctx *ctx, const char *typed, struct pledge *out)
{
    struct pledge_by_code_row named;
    const char *code;
    enum status status = id_code_read(ctx->mem, typed, &code);
    if (status == OK)
        status = pledge_by_code(ctx, code, &named);
    if (status != OK)
        return status == ERR_INVALID ? ERR_NOT_FOUND : status;
    return pledge_find(ctx, named.reference, PLEDGE_FOR_STAFF, out);
}

/* What was never public is not known by its reference to people outside. */
static enum status by_reference(struct ctx *ctx, const char *typed, struct pledge *out)
{
    const char *reference;
    enum status status = id_reference_read(ctx->mem, typed, "PL", &reference);
    if (status != OK)
        return status == ERR_INVALID ? ERR_NOT_FOUND : status;
    TRY(pledge_find(ctx, reference, PLEDGE_FOR_PUBLIC, out));
    return pledge_find(ctx, reference, PLEDGE_FOR_STAFF, out);
}

enum status pledge_dispute_pledge(struct ctx *ctx, const char *typed, struct pledge *out)
{
    enum status status = by_code(ctx, typed, out);
    if (status != ERR_NOT_FOUND)
        return status;
    ctx->fault = NULL;
    return by_reference(ctx, typed, out);
}

/* The dispute that this address has open already; NULL in out for none. */
static enum status find_own(struct ctx *ctx, const struct pledge *pledge, const char *email_key,
                            struct form_problems *problems, const char **out)
{
    struct pledge_disputes_open_row *rows;
    size_t count;
    *out = NULL;
    TRY(pledge_disputes_open(ctx, pledge->organisation_id, pledge->id, LISTED_MAX, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].email_key, email_key) == 0)
            *out = rows[i].reference;
    if (*out == NULL && count >= PLEDGE_DISPUTES_OPEN_MAX)
        form_wrong(problems, "pledge",
                   "Many people have told us about this pledge already, and we are looking at it");
    return OK;
}

/* out->reference stays NULL when there is no such pledge. */
static enum status check_pledge(struct ctx *ctx, const struct pledge_dispute_draft *draft,
                                struct form_problems *problems, struct pledge *out)
{
    *out = (struct pledge){.reference = NULL};
    enum status status = pledge_dispute_pledge(ctx, draft->pledge, out);
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        form_wrong(problems, "pledge",
                   "Enter the code or the reference that stands on the pledge, such as "
                   "PL-7K3M-9Q2P");
        return OK;
    }
    TRY(status);
    if (pledge_state_is_over(out->state))
        form_wrong(problems, "pledge", "This pledge is over already, and in force no more");
    return OK;
}

enum status pledge_dispute_check(struct ctx *ctx, const struct pledge_dispute_draft *draft,
                                 struct form_problems *problems)
{
    struct pledge pledge;
    if (draft->pledge == NULL || draft->pledge[0] == '\0')
        return OK; /* the field says that it is missing */
    return check_pledge(ctx, draft, problems, &pledge);
}

static enum status check_sender(struct ctx *ctx, const struct pledge_dispute_draft *draft,
                                struct form_problems *problems)
{
    struct pledge_disputes_since_row row;
    TRY(pledge_disputes_since(ctx, text_email_key(ctx->mem, draft->email),
                              ctx->now_secs - TIME_DAY_SECS, &row));
    if (row.disputes >= PLEDGE_DISPUTES_A_DAY)
        form_wrong(problems, "email",
                   "You have told us about several pledges today. Please come again tomorrow");
    return OK;
}

static enum status add(struct ctx *ctx, const struct pledge *pledge,
                       const struct pledge_dispute_draft *draft, const char **reference_out)
{
    struct pledge_file file;
    const char *due_on;
    int64_t changes;
    TRY(time_day_add(ctx->mem, time_day_of(ctx->mem, ctx->now_secs),
                     (struct time_step){.days = PLEDGE_DISPUTE_DAYS}, &due_on));
    TRY(pledge_file_open(ctx, pledge->reference, &file));
    *reference_out = id_reference_new(ctx->mem, "DP");
    TRY(pledge_dispute_add(ctx, pledge->organisation_id, pledge->id, id_new(ctx), *reference_out,
                           ctx->now_secs, due_on, draft->why, draft->words, draft->name,
                           draft->job_title, draft->email, text_email_key(ctx->mem, draft->email),
                           draft->phone, &changes));
    TRY(pledge_note(ctx, &file.row, "pledge.disputed", NULL));
    return pledge_mail_disputed(ctx, &file, *reference_out, draft->email, due_on);
}

enum status pledge_dispute_raise(struct ctx *ctx, const struct pledge_dispute_draft *draft,
                                 struct form_problems *problems, const char **reference_out)
{
    struct pledge pledge;
    const char *own = NULL;
    problems->count = 0;
    TRY(check_pledge(ctx, draft, problems, &pledge));
    TRY(check_sender(ctx, draft, problems));
    if (pledge.reference != NULL && !pledge_state_is_over(pledge.state))
        TRY(find_own(ctx, &pledge, text_email_key(ctx->mem, draft->email), problems, &own));
    if (own != NULL) {
        problems->count = 0;
        *reference_out = own;
        return OK;
    }
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "a dispute is not right");
    return add(ctx, &pledge, draft, reference_out);
}

/* ---- reading ---- */

enum status pledge_dispute_find(struct ctx *ctx, const char *reference, struct pledge_dispute *out)
{
    struct pledge_dispute_row_row row;
    TRY(pledge_dispute_row(ctx, reference, &row));
    *out = (struct pledge_dispute){.reference = row.reference,
                                   .pledge = row.pledge,
                                   .state = row.state,
                                   .why = row.why,
                                   .words = row.words,
                                   .name = row.name,
                                   .job_title = row.job_title,
                                   .email = row.email,
                                   .phone = row.phone,
                                   .due_on = row.due_on,
                                   .answer = row.answer,
                                   .raised_at = row.raised_at,
                                   .decided_at = row.decided_at != NULL ? *row.decided_at : 0};
    return OK;
}

enum status pledge_disputes(struct ctx *ctx, const struct pledge *pledge,
                            struct pledge_dispute **out, size_t *count_out)
{
    struct pledge_disputes_of_row *rows;
    TRY(pledge_disputes_of(ctx, pledge->organisation_id, pledge->id, LISTED_MAX, &rows, count_out));
    *out = mem_array(ctx->mem, struct pledge_dispute, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct pledge_dispute){.reference = rows[i].reference,
                                            .pledge = pledge->reference,
                                            .state = rows[i].state,
                                            .due_on = rows[i].due_on,
                                            .raised_at = rows[i].raised_at};
    return OK;
}

/* ---- deciding ---- */

struct deciding {
    const char *reference;
    const struct pledge_decision *decision;
};

static enum status end_one(struct ctx *ctx, const struct pledge_file *file,
                           const struct pledge_dispute_row_row *dispute,
                           const struct pledge_decision *decision)
{
    int64_t changes;
    TRY(pledge_dispute_decide_row(ctx, dispute->organisation_id, dispute->pledge_id, dispute->id,
                                  decision->was_not_made ? not_made_code : no_ground_code,
                                  decision->answer, ctx->now_secs, &changes));
    if (changes == 0)
        return ctx_fail(ctx, ERR_CONFLICT, "dispute \"%s\" was decided", dispute->reference);
    return pledge_mail_decided(ctx, file, dispute, decision);
}

/* The public reason stands in the detail of the event; staff's own words go to who asked. */
static enum status withdraw(struct ctx *ctx, struct pledge_file *file)
{
    if (pledge_state_is_over(file->standing.state))
        return OK;
    TRY(pledge_file_add(ctx, file,
                        &(const struct pledge_happening){.kind = PLEDGE_WAS_WITHDRAWN,
                                                         .role = "programme",
                                                         .reason = "",
                                                         .detail = "why=not-made\n"}));
    TRY(pledge_note(ctx, &file->row, "pledge.withdrawn", "Not made by the organisation"));
    return pledge_mail_not_made(ctx, file);
}

/* All others that are open about the same pledge. */
static enum status end_others(struct ctx *ctx, const struct pledge_file *file,
                              const struct pledge_decision *decision)
{
    struct pledge_disputes_open_row *rows;
    size_t count;
    TRY(pledge_disputes_open(ctx, file->row.organisation_id, file->row.id, LISTED_MAX, &rows,
                             &count));
    for (size_t i = 0; i < count; i++) {
        struct pledge_dispute_row_row other;
        TRY(pledge_dispute_row(ctx, rows[i].reference, &other));
        TRY(end_one(ctx, file, &other, decision));
    }
    return OK;
}

static enum status decide_once(struct ctx *ctx, void *arg)
{
    const struct deciding *deciding = arg;
    const struct pledge_decision *decision = deciding->decision;
    struct pledge_dispute_row_row dispute;
    struct pledge_file file;
    TRY(pledge_dispute_row(ctx, deciding->reference, &dispute));
    const char *state = decision->was_not_made ? not_made_code : no_ground_code;
    if (strcmp(dispute.state, state) == 0)
        return OK; /* said twice */
    TRY(pledge_file_open(ctx, dispute.pledge, &file));
    TRY(end_one(ctx, &file, &dispute, decision));
    TRY(pledge_note(ctx, &file.row, "pledge.dispute_decided",
                    pledge_dispute_text(pledge_dispute_states, state)));
    if (!decision->was_not_made)
        return OK;
    TRY(withdraw(ctx, &file));
    return end_others(ctx, &file, decision);
}

enum status pledge_dispute_decide(struct ctx *ctx, const char *reference,
                                  const struct pledge_decision *decision)
{
    struct deciding deciding = {reference, decision};
    return store_transact(ctx, "pledge_dispute_decide", decide_once, &deciding);
}
