/* SPDX-License-Identifier: MIT */
/* links_test_help.c - see the header. */
#include "programme/links/links_test_help.h"

#include "platform/base/test.h"
#include "programme/links/links_internal.h"

#include <string.h>

enum { LISTED_MOST = 1000 };

static size_t list(struct ctx *ctx, struct links_list_row **out)
{
    size_t count;
    CHECK(links_list(ctx, NULL, NULL, &(const struct store_choice){.at_most = LISTED_MOST}, out,
                     &count) == OK);
    return count;
}

const char *links_test_stands(struct ctx *ctx, const char *href)
{
    struct links_list_row *rows;
    size_t count = list(ctx, &rows);
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].href, href) == 0)
            return mem_format(ctx->mem, "%s: %s", rows[i].state, rows[i].detail);
    return "not listed";
}

const char *links_test_not_ok(struct ctx *ctx, size_t *count_out)
{
    struct links_list_row *rows;
    *count_out = list(ctx, &rows);
    for (size_t i = 0; i < *count_out; i++)
        if (strcmp(rows[i].state, "ok") != 0)
            return mem_format(ctx->mem, "%s on the page %s is %s", rows[i].href, rows[i].title,
                              rows[i].state);
    return "";
}

int64_t links_test_uses(struct ctx *ctx, const char *href)
{
    struct links_held_use_row row;
    CHECK(links_held_use(ctx, href, &row) == OK);
    return row.links;
}
