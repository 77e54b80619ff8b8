/* SPDX-License-Identifier: MIT */
/* framework_today.c - the stages of today, and the pillars. */
#include "platform/base/time.h"
#include "programme/pack/pack.h"

#include <string.h>

const struct framework_pillar framework_pillars[] = {
    {"apprenticeships", "Apprenticeships", "Paid jobs with training"},
    {"widening-access", "Widening access and participation",
     "Ways in for people of every background"},
    {"volunteering", "Volunteering", "Giving time, and what it leads on to"},
    {0}};

static const struct framework_pillar *pillar_of(const char *code)
{
    for (const struct framework_pillar *pillar = framework_pillars; pillar->code != NULL; pillar++)
        if (strcmp(pillar->code, code) == 0)
            return pillar;
    return NULL;
}

bool framework_is_pillar(const char *code)
{
    return pillar_of(code) != NULL;
}

const char *framework_pillar_name(const char *code)
{
    const struct framework_pillar *pillar = pillar_of(code);
    return pillar == NULL ? code : pillar->name;
}

enum status framework_today(struct ctx *ctx, struct framework *out)
{
    return framework_on(ctx, PROGRAMME_FRAMEWORK, time_day_of(ctx->mem, ctx->now_secs), out);
}

enum status framework_stage_name(struct ctx *ctx, const char *code, const char **out)
{
    struct framework framework;
    *out = code;
    if (code[0] == '\0')
        return OK;
    enum status status = framework_today(ctx, &framework);
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    const struct framework_stage *stage = framework_stage_of(&framework, code);
    *out = stage != NULL ? stage->name : code;
    return OK;
}
