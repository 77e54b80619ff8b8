/* SPDX-License-Identifier: MIT */
/*
 * campaign_figures.c - what happened in a quarter.
 *
 * A quarter is one of the financial year, by London days.  Days from sending to signing count
 * midnights between, so that a pledge signed the day it was sent took 0 days.
 */
#include "platform/base/time.h"
#include "programme/campaign/campaign.h"
#include "programme/campaign/campaign.sql.h"

#include <stdlib.h>
#include <string.h>

enum { KINDS_MOST = 10 };

struct reading {
    const char *today, *scope;
    int64_t from_at, until_at;
};

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static double median_of(int64_t *numbers, size_t count)
{
    const size_t half = count / 2;
    qsort(numbers, count, sizeof *numbers, by_number);
    return count % 2 == 1 ? (double)numbers[half] : (double)(numbers[half - 1] + numbers[half]) / 2;
}

static enum status read_signed(struct ctx *ctx, const struct reading *reading,
                               struct campaign_quarter *out)
{
    struct campaign_figure_signed_row *rows;
    size_t count, known = 0;
    TRY(campaign_figure_signed(ctx, reading->today, reading->scope, out->first_on, out->last_on,
                               CAMPAIGN_SIGNED_MOST, &rows, &count));
    int64_t *days = mem_array(ctx->mem, int64_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct campaign_figure_signed_row *row = &rows[i];
        if (row->signed_at == NULL)
            continue;
        TRY(time_days_between(time_day_of(ctx->mem, row->sent_at),
                              time_day_of(ctx->mem, *row->signed_at), &days[known]));
        known++;
        out->after_letter_count +=
            row->lettered_at != NULL &&
            *row->signed_at - *row->lettered_at <= CAMPAIGN_AFTER_LETTER_DAYS * TIME_DAY_SECS;
    }
    out->signed_count = (int64_t)count;
    out->has_median = known > 0;
    out->median_days = known > 0 ? median_of(days, known) : 0;
    return OK;
}

static enum status read_events(struct ctx *ctx, const struct reading *reading,
                               struct campaign_quarter *out)
{
    struct campaign_figure_events_row *rows;
    size_t count;
    TRY(campaign_figure_events(ctx, reading->today, reading->scope, reading->from_at,
                               reading->until_at, KINDS_MOST, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        bool is_countersigned = strcmp(rows[i].kind, "acknowledged") == 0;
        *(is_countersigned ? &out->countersigned_count : &out->returned_count) += rows[i].events;
    }
    return OK;
}

static enum status read_quarter(struct ctx *ctx, struct reading *reading,
                                struct campaign_quarter *out)
{
    const char *next_on;
    struct campaign_figure_sent_row sent;
    struct campaign_figure_reminders_row reminders;
    struct campaign_figure_letters_row letters;
    TRY(time_day_add(ctx->mem, out->last_on, (struct time_step){.days = 1}, &next_on));
    TRY(time_day_start(out->first_on, &reading->from_at));
    TRY(time_day_start(next_on, &reading->until_at));
    TRY(campaign_figure_sent(ctx, reading->today, reading->scope, reading->from_at,
                             reading->until_at, &sent));
    TRY(campaign_figure_reminders(ctx, reading->today, reading->scope, reading->from_at,
                                  reading->until_at, &reminders));
    TRY(campaign_figure_letters(ctx, reading->today, reading->scope, reading->from_at,
                                reading->until_at, &letters));
    out->sent_count = sent.pledges;
    out->reminder_count = reminders.reminders;
    out->letter_count = letters.letters;
    TRY(read_events(ctx, reading, out));
    return read_signed(ctx, reading, out);
}

enum status campaign_figures(struct ctx *ctx, const char *scope,
                             struct campaign_quarter out[CAMPAIGN_QUARTERS])
{
    struct reading reading = {.today = time_day_of(ctx->mem, ctx->now_secs), .scope = scope};
    struct time_period period;
    TRY(time_period_of(ctx->mem, TIME_FINANCIAL_QUARTER, reading.today, &period));
    for (int i = 0; i < CAMPAIGN_QUARTERS; i++) {
        out[i] = (struct campaign_quarter){
            .name = period.name, .first_on = period.first_on, .last_on = period.last_on};
        TRY(read_quarter(ctx, &reading, &out[i]));
        TRY(time_period_next(ctx->mem, &period, -1, &period));
    }
    return OK;
}
