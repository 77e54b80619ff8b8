/* SPDX-License-Identifier: MIT */
/* queries.c - `onward queries`: every query of the program, and where it stands. */
#include "command/list.h"

#include "platform/store/store.h"

static const char *const kinds[] = {
    [STORE_ONE] = "one", [STORE_MANY] = "many", [STORE_CHANGES] = "changes", [STORE_PAGE] = "page"};

static enum status queries(struct ctx *ctx, struct command_run *run)
{
    (void)ctx;
    size_t count;
    const struct store_query *const *all = store_queries(&count);
    for (size_t i = 0; i < count; i++)
        fprintf(run->io.out, "%-45s %-8s %-11s %s\n", all[i]->name, kinds[all[i]->kind],
                all[i]->postgresql_pieces != NULL ? "two texts" : "", all[i]->place);
    fprintf(run->io.out, "%zu queries\n", count);
    return OK;
}

const struct command command_queries = {
    .words = {"queries", "Lists every query; \"two texts\" marks what differs on PostgreSQL.", "",
              0, 0, NULL},
    .run = queries,
};
