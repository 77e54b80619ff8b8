/* SPDX-License-Identifier: MIT */
/* register_group.c - the pledges with which one is fairly compared, and their middle values. */
#include "platform/base/time.h"
#include "programme/directory/directory.h"
#include "programme/register/register.h"
#include "programme/register/register.sql.h"

#include <stdlib.h>
#include <string.h>

enum { GROUP_MAX = 200000 };

static const struct register_measures not_known = {-1, -1, -1, -1, -1};

static int compare_numbers(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;
    return (one > other) - (one < other);
}

/* The middle one of what is known; of two middle ones the mean, rounded down.  Too few: -1. */
static int64_t median(int64_t *numbers, size_t count)
{
    size_t known = 0;
    for (size_t i = 0; i < count; i++)
        if (numbers[i] >= 0)
            numbers[known++] = numbers[i];
    if (known < REGISTER_GROUP_LEAST)
        return -1;
    qsort(numbers, known, sizeof *numbers, compare_numbers);
    return known % 2 == 1 ? numbers[known / 2] : (numbers[known / 2 - 1] + numbers[known / 2]) / 2;
}

/* Of a plan that has begun. */
static int64_t percent(int64_t part, int64_t planned)
{
    return planned == 0 ? -1 : (100 * part + planned / 2) / planned;
}

static enum status age_of(struct ctx *ctx, const char *signed_on, int64_t *out)
{
    return time_days_between(signed_on, time_day_of(ctx->mem, ctx->now_secs), out);
}

static enum status fill_middle(struct ctx *ctx, const struct register_group_pledges_row *rows,
                               size_t count, struct register_measures *out)
{
    int64_t *actions = mem_array(ctx->mem, int64_t, count);
    int64_t *intentions = mem_array(ctx->mem, int64_t, count);
    int64_t *ages = mem_array(ctx->mem, int64_t, count);
    int64_t *embedded = mem_array(ctx->mem, int64_t, count);
    int64_t *overdue = mem_array(ctx->mem, int64_t, count);
    for (size_t i = 0; i < count; i++) {
        actions[i] = rows[i].action_count;
        intentions[i] = rows[i].intentions;
        embedded[i] = percent(rows[i].embedded, rows[i].planned);
        overdue[i] = percent(rows[i].overdue, rows[i].planned);
        TRY(age_of(ctx, rows[i].signed_on, &ages[i]));
    }
    *out = (struct register_measures){median(actions, count), median(intentions, count),
                                      median(ages, count), median(embedded, count),
                                      median(overdue, count)};
    return OK;
}

static const char *name_in(const struct directory_choice *choices, size_t count, const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(choices[i].code, code) == 0)
            return choices[i].name;
    return code;
}

static enum status name_group(struct ctx *ctx, const char *today, struct register_group *group)
{
    struct directory_choice *choices;
    size_t count;
    TRY(directory_kinds(ctx, NULL, &choices, &count));
    group->kind_name = name_in(choices, count, group->kind);
    TRY(directory_places(ctx, "region", today, &choices, &count));
    group->region_name = name_in(choices, count, group->region);
    return OK;
}

static enum status fill_own(struct ctx *ctx, const struct register_measure_row *row,
                            struct register_measures *out)
{
    *out = (struct register_measures){row->action_count, row->intentions, -1,
                                      percent(row->embedded, row->planned),
                                      percent(row->overdue, row->planned)};
    return row->signed_on == NULL ? OK : age_of(ctx, row->signed_on, &out->age_days);
}

enum status register_group_of(struct ctx *ctx, const char *reference, struct register_group *out)
{
    struct register_measure_row own;
    struct register_group_pledges_row *rows;
    size_t count = 0;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    TRY(register_measure(ctx, reference, today, &own));
    *out = (struct register_group){.kind = own.kind, .region = "", .middle = not_known};
    TRY(fill_own(ctx, &own, &out->own));
    if (own.region[0] != '\0') {
        TRY(register_group_pledges(ctx, own.kind, today, own.region, GROUP_MAX, &rows, &count));
        out->region = count >= REGISTER_GROUP_LEAST ? own.region : "";
    }
    if (count < REGISTER_GROUP_LEAST)
        TRY(register_group_pledges(ctx, own.kind, today, NULL, GROUP_MAX, &rows, &count));
    out->count = (int64_t)count;
    TRY(name_group(ctx, today, out));
    return count < REGISTER_GROUP_LEAST ? OK : fill_middle(ctx, rows, count, &out->middle);
}
