/* SPDX-License-Identifier: MIT */
/* routes.c - `onward routes`: every address that the program answers, and who may ask for it. */
#include "command/list.h"

#include "platform/web/web.h"
#include "programme/programme.h"

static void show(void *arg, const struct web_route *route)
{
    FILE *out = arg;
    fprintf(out, "%-5s %-55s %-15s %s\n", route->method, route->path,
            programme_access_name(route->access), route->summary);
}

static enum status routes(struct ctx *ctx, struct command_run *run)
{
    return web_routes_each(ctx, &programme_app, show, run->io.out);
}

const struct command command_routes = {
    .words = {"routes", "Lists every address that is answered, with who may ask for it.", "", 0, 0,
              NULL},
    .run = routes,
};
