/* SPDX-License-Identifier: MIT */
/* library_found.c - tells the index of what can be found which pages are public. */
#include "programme/library/library_internal.h"

#include <inttypes.h>
enum status library_announce(struct ctx *ctx, const struct library_page *page,
                             const struct library_version *version)
{
    (void)ctx;
    (void)page;
    (void)version;
    return OK;
}

enum status library_renounce(struct ctx *ctx, const struct library_page *page)
{
    (void)ctx;
    (void)page;
    return OK;
}
