/* SPDX-License-Identifier: MIT */
/* resource_options_web.c - choices of documents, for filters and for fields. */
#include "programme/resource/resource_web.h"

static enum status from_codes(struct ctx *ctx, const struct resource_code *codes,
                              const struct form_option **out)
{
    size_t count = 0;
    while (codes[count].code != NULL)
        count++;
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct form_option){.code = codes[i].code, .label = codes[i].label};
    *out = options;
    return OK;
}

enum status resource_kind_options(struct ctx *ctx, const struct form_option **out)
{
    return from_codes(ctx, resource_kinds, out);
}

enum status resource_language_options(struct ctx *ctx, const struct form_option **out)
{
    return from_codes(ctx, resource_languages, out);
}

enum status resource_format_options(struct ctx *ctx, const struct form_option **out)
{
    return from_codes(ctx, resource_formats, out);
}

enum status resource_kind_choices(struct ctx *ctx, const void *form, const struct form_option **out)
{
    (void)form;
    return resource_kind_options(ctx, out);
}

enum status resource_language_choices(struct ctx *ctx, const void *form,
                                      const struct form_option **out)
{
    (void)form;
    return resource_language_options(ctx, out);
}
