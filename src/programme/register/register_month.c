/* SPDX-License-Identifier: MIT */
/* register_month.c - months of the calendar, in London. */
#include "platform/base/time.h"
#include "programme/register/register.h"

#include <string.h>

bool register_month_is_valid(const char *month)
{
    char first_on[] = "0000-00-01";
    if (strlen(month) != 7)
        return false;
    memcpy(first_on, month, 7);
    return time_day_is_valid(first_on);
}

const char *register_month_text(struct mem *mem, const char *month)
{
    const char *shown = time_show_day(mem, mem_format(mem, "%s-01", month));
    return strncmp(shown, "1 ", 2) == 0 ? shown + 2 : month;
}

enum status register_month_add(struct mem *mem, const char *month, int months, const char **out)
{
    const char *on;
    TRY(time_day_add(mem, mem_format(mem, "%s-01", month), (struct time_step){.months = months},
                     &on));
    *out = mem_text_part(mem, on, 7);
    return OK;
}

enum status register_month_end(struct mem *mem, const char *month, int64_t *out)
{
    const char *next;
    TRY(register_month_add(mem, month, 1, &next));
    return time_day_start(mem_format(mem, "%s-01", next), out);
}

const char *register_month_now(struct ctx *ctx)
{
    return mem_text_part(ctx->mem, time_day_of(ctx->mem, ctx->now_secs), 7);
}
