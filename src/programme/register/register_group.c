/* SPDX-License-Identifier: MIT */
/* register_group.c - the pledges with which one is fairly compared, and their middle values. */
#include "platform/base/time.h"
#include "programme/directory/directory.h"
#include "programme/register/register.h"
#include "programme/register/register.sql.h"

#include <stdlib.h>
#include <string.h>

enum { GROUP_MAX = 200000 };

static int compare_numbers(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;
    return (one > other) - (one < other);
}

/* The middle one; of two middle ones the mean, rounded down. */
static int64_t median(int64_t *numbers, size_t count)
{
    qsort(numbers, count, sizeof *numbers, compare_numbers);
    return count % 2 == 1 ? numbers[count / 2]
                          : (numbers[count / 2 - 1] + numbers[count / 2]) / 2;
}

static enum status fill_medians(struct ctx *ctx, const struct register_group_pledges_row *rows,
                                struct register_group *out)
{
    size_t count = (size_t)out->count;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    int64_t *actions = mem_array(ctx->mem, int64_t, count);
    int64_t *intentions = mem_array(ctx->mem, int64_t, count);
    int64_t *ages = mem_array(ctx->mem, int64_t, count);
    for (size_t i = 0; i < count; i++) {
        actions[i] = rows[i].action_count;
        intentions[i] = rows[i].intentions;
        TRY(time_days_between(rows[i].signed_on, today, &ages[i]));
    }
    out->actions_median = median(actions, count);
    out->intentions_median = median(intentions, count);
    out->age_days_median = median(ages, count);
    return OK;
}

static const char *name_in(const struct directory_choice *choices, size_t count, const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(choices[i].code, code) == 0)
            return choices[i].name;
    return code;
}

static enum status name_group(struct ctx *ctx, struct register_group *group)
{
    struct directory_choice *choices;
    size_t count;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    TRY(directory_kinds(ctx, NULL, &choices, &count));
    group->kind_name = name_in(choices, count, group->kind);
    TRY(directory_places(ctx, "region", today, &choices, &count));
    group->region_name = name_in(choices, count, group->region);
    return OK;
}

enum status register_group_of(struct ctx *ctx, const char *reference, struct register_group *out)
{
    struct register_kind_of_row of;
    struct register_group_pledges_row *rows;
    size_t count = 0;
    *out = (struct register_group){.kind = "", .region = ""};
    TRY(register_kind_of(ctx, reference, &of));
    out->kind = of.kind;
    if (of.region[0] != '\0') {
        TRY(register_group_pledges(ctx, of.kind, of.region, GROUP_MAX, &rows, &count));
        out->region = count >= REGISTER_GROUP_LEAST ? of.region : "";
    }
    if (count < REGISTER_GROUP_LEAST)
        TRY(register_group_pledges(ctx, of.kind, NULL, GROUP_MAX, &rows, &count));
    TRY(name_group(ctx, out));
    out->count = (int64_t)count;
    if (count < REGISTER_GROUP_LEAST)
        return ERR_NOT_FOUND;
    return fill_medians(ctx, rows, out);
}
