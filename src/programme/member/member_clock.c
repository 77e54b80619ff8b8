/* SPDX-License-Identifier: MIT */
/*
 * member_clock.c - the clocks of claims and invitations: who is told when, and who is told next.
 *
 *   step 0  at once            the leads of the organisation
 *   step 1  3 working days     the leads again
 *   step 2  5, when it is due  the local leads
 *   step 3  7                  the regional leads
 *   step 4  10, then every 5   the national leads
 *
 * Where nobody has the role but the claimant, the next people up are told at once.
 */
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/member/member_internal.h"

#include <inttypes.h>
#include <string.h>

enum { DUE_AT_ONCE = 50, HOUR_SECS = 3600, CLOCK_LEASE_SECS = 300, MORNING_SECS = 8 * 3600 };

/* Who is told at a step, and how many working days later somebody is told again. */
static const struct {
    enum member_rung rung;
    int wait_days;
} steps[] = {
    {MEMBER_LEADS, 3},    {MEMBER_LEADS, 2},    {MEMBER_LOCAL, 2},
    {MEMBER_REGIONAL, 3}, {MEMBER_NATIONAL, 5},
};
enum { LAST_STEP = sizeof steps / sizeof steps[0] - 1 };

/* ---- who answers for an area ---- */

static bool is_among(const struct access_holder *list, size_t count, struct person_id person)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].person.n == person.n)
            return true;
    return false;
}

static enum status add_holders(struct ctx *ctx, const struct access_post *post,
                               struct access_holder *list, size_t *count)
{
    struct access_holder *found;
    size_t found_count;
    TRY(access_holders(ctx, post, MEMBER_DECIDERS_MAX, &found, &found_count));
    for (size_t i = 0; i < found_count && *count < MEMBER_DECIDERS_MAX; i++)
        if (!is_among(list, *count, found[i].person))
            list[(*count)++] = found[i];
    return OK;
}

enum status member_rung(struct ctx *ctx, const struct access_area *area, enum member_rung rung,
                        struct access_holder **out, size_t *count_out)
{
    const struct access_post posts[MEMBER_RUNGS][3] = {
        [MEMBER_LEADS] = {{"lead", area->code}},
        [MEMBER_LOCAL] = {{"local", area->code}, {"local", area->board}, {"local", area->region}},
        [MEMBER_REGIONAL] = {{"regional", area->region}},
        [MEMBER_NATIONAL] = {{"national", ""}},
    };
    *out = mem_array(ctx->mem, struct access_holder, MEMBER_DECIDERS_MAX);
    *count_out = 0;
    for (size_t i = 0; i < 3 && posts[rung][i].role != NULL; i++)
        if (rung == MEMBER_NATIONAL || posts[rung][i].area[0] != '\0')
            TRY(add_holders(ctx, &posts[rung][i], *out, count_out));
    return OK;
}

static struct access_area area_of(const struct member_claim_row_row *row)
{
    return (struct access_area){.code = row->organisation_code,
                                .name = row->organisation_name,
                                .level = ACCESS_ORGANISATION,
                                .organisation_id = row->organisation_id,
                                .board = row->board,
                                .region = row->region};
}

/* ---- telling ---- */

static enum status mail_decider(struct ctx *ctx, const struct member_claim_row_row *row,
                                const struct access_holder *to, int64_t step)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    bool is_overdue = strcmp(row->due_on, today) < 0;
    return member_mail(
        ctx, &(const struct member_letter){
                 .kind = "member.claim_waits",
                 .key = mem_format(ctx->mem, "member/claim/%s/%" PRId64 "/%" PRId64, row->reference,
                                   step, to->person.n),
                 .about = row->reference,
                 .to_address = to->email,
                 .to_name = to->name,
                 .subject =
                     mem_format(ctx->mem, "Somebody wants to speak for %s", row->organisation_name),
                 .text = {mem_format(ctx->mem,
                                     "Somebody says that they work for %s and asks for the role "
                                     "%s. Please look whether you know them, and decide.",
                                     row->organisation_name, access_role_name(row->role)),
                          mem_format(ctx->mem, "An answer %s due by %s.", is_overdue ? "was" : "is",
                                     time_show_day(ctx->mem, row->due_on)),
                          row->is_domain != 0
                              ? "Their address is of a domain of the organisation, so they are a "
                                "member already."
                              : "Do you not know them? Then refuse, and say why."},
                 .button = "Look at the request",
                 .href = mem_format(ctx->mem, "/desk/claims/%s/%s", row->organisation_code,
                                    row->reference)});
}

/* The morning of the day that lies so many working days ahead. */
static enum status next_time(struct ctx *ctx, int wait_days, int64_t *out)
{
    const char *day;
    TRY(member_working_days_after(ctx->mem, time_day_of(ctx->mem, ctx->now_secs), wait_days, &day));
    TRY(time_day_start(day, out));
    *out += MORNING_SECS;
    return OK;
}

/* The people of a rung who can decide a claim: all but the claimant. */
static enum status deciders_of(struct ctx *ctx, const struct member_claim_row_row *row,
                               enum member_rung rung, struct access_holder **out, size_t *count_out)
{
    size_t found;
    struct access_area area = area_of(row);
    TRY(member_rung(ctx, &area, rung, out, &found));
    *count_out = 0;
    for (size_t i = 0; i < found; i++)
        if (row->person_id == NULL || (*out)[i].person.n != *row->person_id)
            (*out)[(*count_out)++] = (*out)[i];
    return OK;
}

enum status member_claim_tell(struct ctx *ctx, const struct member_claim_row_row *row)
{
    int64_t next_at, changes, step = row->step;
    size_t count = 0, at = (size_t)(step < LAST_STEP ? step : LAST_STEP);
    struct access_holder *holders;
    for (;; at++) {
        TRY(deciders_of(ctx, row, steps[at].rung, &holders, &count));
        if (count > 0 || at == LAST_STEP)
            break;
    }
    step = step > (int64_t)at ? step : (int64_t)at;
    for (size_t i = 0; i < count; i++)
        TRY(mail_decider(ctx, row, &holders[i], step));
    TRY(next_time(ctx, steps[at].wait_days, &next_at));
    return member_claim_told(ctx, row->organisation_id, row->id, step + 1, next_at,
                             count > 0 ? &holders[0].person.n : NULL, &changes);
}

enum status member_claim_tell_joined(struct ctx *ctx, const struct member_claim_row_row *row)
{
    size_t count;
    struct access_holder *leads;
    struct access_area area = area_of(row);
    TRY(member_rung(ctx, &area, MEMBER_LEADS, &leads, &count));
    for (size_t i = 0; i < count; i++)
        TRY(member_mail(
            ctx, &(const struct member_letter){
                     .kind = "member.joined",
                     .key = mem_format(ctx->mem, "member/claim/%s/joined/%" PRId64, row->reference,
                                       leads[i].person.n),
                     .about = row->reference,
                     .to_address = leads[i].email,
                     .to_name = leads[i].name,
                     .subject = mem_format(ctx->mem, "Somebody joined %s", row->organisation_name),
                     .text = {mem_format(ctx->mem,
                                         "Somebody with an address of your organisation is now a "
                                         "member of %s here.",
                                         row->organisation_name),
                              "If you do not know them, you can end the role."},
                     .button = "See your people",
                     .href = "/desk/people"}));
    return OK;
}

/* ---- the jobs ---- */

static enum status tell_once(struct ctx *ctx, void *arg)
{
    struct member_claim_row_row row;
    TRY(member_claim_row(ctx, arg, &row));
    return strcmp(row.state, "waiting") == 0 ? member_claim_tell(ctx, &row) : OK;
}

/* Each claim in a transaction of its own.  What is told once is due again only days later. */
static enum status remind(struct ctx *ctx, const struct job *job)
{
    size_t count = DUE_AT_ONCE;
    (void)job;
    while (count == DUE_AT_ONCE) {
        struct member_claims_due_row *rows;
        TRY(member_claims_due(ctx, ctx->now_secs, DUE_AT_ONCE, &rows, &count));
        for (size_t i = 0; i < count; i++)
            TRY(store_transact(ctx, "member_remind", tell_once,
                               mem_text(ctx->mem, rows[i].reference)));
    }
    return OK;
}

/* What nobody answered in time. */
static enum status end_old(struct ctx *ctx, const struct job *job)
{
    int64_t changes;
    (void)job;
    TRY(member_invitations_over(ctx, ctx->now_secs, &changes));
    return member_claims_over(ctx, ctx->now_secs, &changes);
}

const struct job_kind member_job_kinds[] = {
    {"member.remind", remind, 3, CLOCK_LEASE_SECS, .every_secs = HOUR_SECS},
    {"member.end_old", end_old, 3, CLOCK_LEASE_SECS, .every_secs = HOUR_SECS},
    {0},
};
