/* SPDX-License-Identifier: MIT */
/*
 * register_quarter.c - the programme a quarter, from what happened to every pledge.
 *
 * Quarters are those of the financial year, days those of London.  A night counts the quarter that
 * runs up to the evening before; one that is over is counted once more, in whole, and then stays.
 * The region of a pledge is the one that the register says when the quarter is counted.
 */
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/directory/directory.h"
#include "programme/register/register.h"
#include "programme/register/register.sql.h"

#include <stdlib.h>
#include <string.h>

enum { QUARTERS_MAX = 800, ROWS_MAX = 50000, REGIONS_MAX = 100 };

/* ---- counting ---- */

struct counted_quarter {
    const char *first_on, *counted_on;
    int64_t from, until; /* instants; until is not in it */
    int64_t individuals;
};

/* One region: its figures in each of the quarters. */
struct tally {
    const char *region;
    struct register_figures *of;
};

struct counting {
    struct mem *mem; /* of the whole count */
    struct counted_quarter *quarters;
    size_t quarter_count;
    struct tally tallies[REGIONS_MAX];
    size_t tally_count;
};

static enum status add_quarter(struct ctx *ctx, struct counting *c,
                               const struct time_period *period, const char *yesterday)
{
    const char *next;
    struct counted_quarter *q = &c->quarters[c->quarter_count++];
    q->first_on = period->first_on;
    q->counted_on = strcmp(period->last_on, yesterday) < 0 ? period->last_on : yesterday;
    TRY(time_day_add(ctx->mem, q->counted_on, (struct time_step){.days = 1}, &next));
    TRY(time_day_start(q->first_on, &q->from));
    return time_day_start(next, &q->until);
}

/* Where to begin: at the quarter that still ran, behind the last one that is over, or at the first
 * pledge.  NULL: there is nothing to count yet. */
static enum status first_to_count(struct ctx *ctx, const char **out)
{
    struct register_quarter_newest_row *newest;
    struct register_first_at_row first;
    struct time_period period;
    size_t count;
    *out = NULL;
    TRY(register_quarter_newest(ctx, &newest, &count));
    if (count > 0) {
        TRY(time_period_of(ctx->mem, TIME_FINANCIAL_QUARTER, newest[0].first_on, &period));
        if (strcmp(newest[0].counted_on, period.last_on) < 0) {
            *out = newest[0].first_on;
            return OK;
        }
        return time_day_add(ctx->mem, period.last_on, (struct time_step){.days = 1}, out);
    }
    TRY(register_first_at(ctx, &first));
    if (first.at != NULL)
        *out = time_day_of(ctx->mem, *first.at);
    return OK;
}

static enum status choose_quarters(struct ctx *ctx, struct counting *c)
{
    struct time_period period;
    const char *from_on, *yesterday;
    TRY(time_day_add(ctx->mem, time_day_of(ctx->mem, ctx->now_secs), (struct time_step){.days = -1},
                     &yesterday));
    TRY(first_to_count(ctx, &from_on));
    if (from_on == NULL || strcmp(from_on, yesterday) > 0)
        return OK;
    c->quarters = mem_array(ctx->mem, struct counted_quarter, QUARTERS_MAX);
    TRY(time_period_of(ctx->mem, TIME_FINANCIAL_QUARTER, from_on, &period));
    while (strcmp(period.first_on, yesterday) <= 0 && c->quarter_count < QUARTERS_MAX) {
        TRY(add_quarter(ctx, c, &period, yesterday));
        TRY(time_period_next(ctx->mem, &period, 1, &period));
    }
    return OK;
}

static enum status tally_of(struct ctx *ctx, struct counting *c, const char *region,
                            struct tally **out)
{
    for (size_t i = 0; i < c->tally_count; i++)
        if (strcmp(c->tallies[i].region, region) == 0) {
            *out = &c->tallies[i];
            return OK;
        }
    if (c->tally_count == REGIONS_MAX)
        return ctx_fail(ctx, ERR_FAULT, "pledges are in more than %d regions", REGIONS_MAX);
    *out = &c->tallies[c->tally_count++];
    (*out)->region = mem_text(c->mem, region);
    (*out)->of = mem_array(c->mem, struct register_figures, c->quarter_count);
    return OK;
}

static void count_step(const struct register_step *step, bool was_signed,
                       struct register_figures *f)
{
    bool moves = step->before != step->after, stood = pledge_state_stands(step->before);
    f->signed_count += moves && step->after == PLEDGE_SIGNED && !was_signed;
    f->published += step->kind == PLEDGE_WAS_PUBLISHED;
    f->renewed += moves && step->after == PLEDGE_RENEWED;
    f->lapsed += moves && step->after == PLEDGE_LAPSED;
    f->withdrawn += moves && stood && step->after == PLEDGE_WITHDRAWN;
    f->merged += moves && stood && step->after == PLEDGE_MERGED;
}

static void count_quarter(const struct register_history *history, const struct counted_quarter *q,
                          struct register_figures *f)
{
    enum pledge_state state = PLEDGE_NONE;
    bool was_signed = false;
    for (size_t i = 0; i < history->step_count && history->steps[i].at < q->until; i++) {
        const struct register_step *step = &history->steps[i];
        if (step->at >= q->from)
            count_step(step, was_signed, f);
        was_signed |= step->after == PLEDGE_SIGNED;
        state = step->after;
    }
    f->in_force += pledge_state_stands(state);
}

static enum status count_one(struct ctx *ctx, const struct register_history *history, void *arg)
{
    struct counting *c = arg;
    struct tally *tally = NULL;
    TRY(tally_of(ctx, c, history->region, &tally));
    for (size_t i = 0; i < c->quarter_count; i++)
        count_quarter(history, &c->quarters[i], &tally->of[i]);
    return OK;
}

/* ---- keeping ---- */

static enum status keep_one(struct ctx *ctx, const struct counted_quarter *q, const char *region,
                            const struct register_figures *f)
{
    int64_t changes;
    return register_quarter_add(ctx, q->first_on, region, f->signed_count, f->published, f->renewed,
                                f->lapsed, f->withdrawn, f->merged, f->in_force,
                                region[0] == '\0' ? q->individuals : 0, q->counted_on, &changes);
}

static enum status keep(struct ctx *ctx, void *arg)
{
    const struct counting *c = arg;
    int64_t changes;
    for (size_t i = 0; i < c->quarter_count; i++) {
        TRY(register_quarter_drop(ctx, c->quarters[i].first_on, c->quarters[i].counted_on,
                                  &changes));
        for (size_t k = 0; k < c->tally_count; k++)
            TRY(keep_one(ctx, &c->quarters[i], c->tallies[k].region, &c->tallies[k].of[i]));
    }
    return OK;
}

static enum status count_people(struct ctx *ctx, struct counted_quarter *q)
{
    struct register_people_between_row row;
    TRY(register_people_between(ctx, q->from, q->until, &row));
    q->individuals = row.people;
    return OK;
}

enum status register_count_quarters(struct ctx *ctx)
{
    struct counting c = {.mem = ctx->mem};
    struct tally *unknown;
    TRY(choose_quarters(ctx, &c));
    if (c.quarter_count == 0)
        return OK;
    /* So that a quarter in which there was nothing is known to be counted. */
    TRY(tally_of(ctx, &c, "", &unknown));
    TRY(register_walk(ctx, c.quarters[c.quarter_count - 1].until, count_one, &c));
    for (size_t i = 0; i < c.quarter_count; i++)
        TRY(count_people(ctx, &c.quarters[i]));
    return store_transact(ctx, "register_quarters", keep, &c);
}

/* ---- reading ---- */

static void add_figures(struct register_figures *to, const struct register_figures *more)
{
    to->signed_count += more->signed_count;
    to->published += more->published;
    to->renewed += more->renewed;
    to->lapsed += more->lapsed;
    to->withdrawn += more->withdrawn;
    to->merged += more->merged;
    to->in_force += more->in_force;
}

static bool is_nothing(const struct register_figures *f)
{
    return f->signed_count == 0 && f->published == 0 && f->renewed == 0 && f->lapsed == 0 &&
           f->withdrawn == 0 && f->merged == 0 && f->in_force == 0;
}

static enum status begin_quarter(struct ctx *ctx, const struct register_quarters_all_row *row,
                                 struct register_progress *out)
{
    struct time_period period;
    TRY(time_period_of(ctx->mem, TIME_FINANCIAL_QUARTER, row->first_on, &period));
    out->quarters[out->quarter_count++] = (struct register_quarter){
        .first_on = row->first_on,
        .last_on = period.last_on,
        .name = period.name,
        .counted_on = row->counted_on,
        .regions = mem_array(ctx->mem, struct register_region_figures, REGIONS_MAX),
    };
    return OK;
}

static int compare_regions(const void *a, const void *b)
{
    const struct register_region_figures *one = a, *other = b;
    bool is_known = one->code[0] != '\0', other_is_known = other->code[0] != '\0';
    return is_known != other_is_known ? (is_known ? -1 : 1) : strcmp(one->name, other->name);
}

/* Names as of today; a region that is gone keeps its code.  What is not known stands last. */
static void name_regions(struct register_quarter *quarter, const struct directory_choice *names,
                         size_t count)
{
    for (size_t r = 0; r < quarter->region_count; r++) {
        struct register_region_figures *region = &quarter->regions[r];
        const char *name = directory_choice_name(names, count, region->code);
        region->name = region->code[0] == '\0' ? "Not known" : name != NULL ? name : region->code;
    }
    qsort(quarter->regions, quarter->region_count, sizeof *quarter->regions, compare_regions);
}

enum status register_progress(struct ctx *ctx, struct register_progress *out)
{
    struct register_quarters_all_row *rows;
    struct directory_choice *names;
    size_t count, name_count;
    *out = (struct register_progress){0};
    TRY(register_quarters_all(ctx, ROWS_MAX, &rows, &count));
    TRY(directory_places(ctx, "region", time_day_of(ctx->mem, ctx->now_secs), &names, &name_count));
    out->quarters = mem_array(ctx->mem, struct register_quarter, count);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(rows[i].first_on, rows[i - 1].first_on) != 0)
            TRY(begin_quarter(ctx, &rows[i], out));
        struct register_quarter *quarter = &out->quarters[out->quarter_count - 1];
        const struct register_figures f = {rows[i].signed_count, rows[i].published, rows[i].renewed,
                                           rows[i].lapsed,       rows[i].withdrawn, rows[i].merged,
                                           rows[i].in_force};
        add_figures(&quarter->all, &f);
        quarter->individuals += rows[i].individuals;
        if (quarter->region_count < REGIONS_MAX && (rows[i].region[0] != '\0' || !is_nothing(&f)))
            quarter->regions[quarter->region_count++] =
                (struct register_region_figures){.code = rows[i].region, .figures = f};
    }
    for (size_t i = 0; i < out->quarter_count; i++)
        name_regions(&out->quarters[i], names, name_count);
    return OK;
}
