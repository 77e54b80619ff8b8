/* SPDX-License-Identifier: MIT */
/* openapi.c - `onward openapi`: the API document, as /openapi.json gives it. */
#include "command/list.h"

#include "platform/web/openapi.h"
#include "programme/programme.h"

static enum status openapi(struct ctx *ctx, struct command_run *run)
{
    const char *text;
    TRY(web_openapi(ctx, &programme_app, &text));
    fprintf(run->io.out, "%s\n", text);
    return OK;
}

const struct command command_openapi = {
    .words = {"openapi", "Writes the API document (OpenAPI 3.1) that programs can read.", "", 0, 0,
              NULL},
    .run = openapi,
};
