/* SPDX-License-Identifier: MIT */
/* demo_search.c - what people searched and did not find, some of it often enough to be shown. */
#include "programme/demo/demo_internal.h"
#include "programme/search/search.h"

enum status demo_search(struct ctx *ctx)
{
    static const struct {
        const char *words;
        int times;
    } missed[] = {{"podiatry assistant", 7}, {"driving licence", 4}, {"pension", 3}, {"visa", 2}};
    for (size_t i = 0; i < sizeof missed / sizeof missed[0]; i++)
        for (int n = 0; n < missed[i].times; n++)
            TRY(search_missed_note(ctx, missed[i].words));
    return OK;
}
