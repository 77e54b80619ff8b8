/* SPDX-License-Identifier: MIT */
/* demo_search.c - what people searched and did not find, some of it often enough to be shown. */
#include "programme/demo/demo_internal.h"

#include "platform/base/time.h"
#include "programme/search/search.h"

enum status demo_search(struct ctx *ctx)
{
    enum { DAYS = 3 };
    static const struct {
        const char *words;
        int callers; /* a day */
    } missed[] = {{"podiatry assistant", 7}, {"driving licence", 4}, {"pension", 3}, {"visa", 2}};
    struct ctx then = *ctx;
    for (int day = DAYS; day >= 0; day--) {
        then.now_secs = ctx->now_secs - day * (int64_t)TIME_DAY_SECS;
        for (size_t i = 0; i < sizeof missed / sizeof missed[0]; i++)
            for (int n = 0; n < missed[i].callers; n++)
                TRY(search_missed_note(&then, missed[i].words,
                                       mem_format(ctx->mem, "demonstration %d", n)));
    }
    return OK;
}
