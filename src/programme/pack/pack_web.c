/* SPDX-License-Identifier: MIT */
/* pack_web.c - stages and pillars as choices. */
#include "programme/pack/pack_web.h"

#include "programme/pack/pack.h"

enum { PILLARS = 3 };

enum status stage_options(struct ctx *ctx, const struct form_option **out)
{
    struct framework framework = {.stage_count = 0};
    enum status status = framework_today(ctx, &framework);
    if (status == ERR_NOT_FOUND)
        ctx->fault = NULL;
    else
        TRY(status);
    struct form_option *options =
        mem_array(ctx->mem, struct form_option, framework.stage_count + 1);
    for (size_t i = 0; i < framework.stage_count; i++)
        options[i] = (struct form_option){.code = framework.stages[i].code,
                                          .label = framework.stages[i].name,
                                          .hint = framework.stages[i].summary};
    *out = options;
    return OK;
}

enum status pillar_options(struct ctx *ctx, const struct form_option **out)
{
    struct form_option *options = mem_array(ctx->mem, struct form_option, PILLARS + 1);
    for (size_t i = 0; i < PILLARS; i++)
        options[i] = (struct form_option){.code = framework_pillars[i].code,
                                          .label = framework_pillars[i].name,
                                          .hint = framework_pillars[i].about};
    *out = options;
    return OK;
}

enum status stage_choices(struct ctx *ctx, const void *form, const struct form_option **out)
{
    (void)form;
    return stage_options(ctx, out);
}

enum status pillar_choices(struct ctx *ctx, const void *form, const struct form_option **out)
{
    (void)form;
    return pillar_options(ctx, out);
}
