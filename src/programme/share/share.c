/* SPDX-License-Identifier: MIT */
/* share.c - the words by which a pledge is shared. */
#include "programme/share/share.h"

#include "platform/base/settings.h"
#include "platform/base/time.h"

#include <ctype.h>

enum { MESSAGE_BYTES_MAX = 20000 };

const char *share_stand(struct mem *mem, const struct pledge *pledge)
{
    if (pledge_stands(pledge))
        return mem_format(mem, "In force since %s", time_show_day(mem, pledge->signed_on));
    char *state = mem_text(mem, pledge_state_text(pledge->state));
    state[0] = (char)tolower((unsigned char)state[0]);
    return mem_format(mem, "No longer in force: %s", state);
}

const char *share_picture_words(struct mem *mem, const struct pledge *pledge)
{
    return mem_format(mem, "%s. The Partnership Pledge. %s.", pledge->organisation_name,
                      share_stand(mem, pledge));
}

static const char *address(struct ctx *ctx, const char *path, const char *last)
{
    return mem_format(ctx->mem, "%s%s%s", ctx->settings->base_url, path, last);
}

const char *share_message(struct ctx *ctx, const struct pledge *pledge)
{
    const char *text;
    struct text_builder to = text_build(ctx->mem, MESSAGE_BYTES_MAX);
    text_add_format(&to, "%s has signed the Partnership Pledge.\n\n", pledge->organisation_name);
    text_add(&to, "It is a public promise to help people of every background get ready for work "
                  "in health and care, get in, get on and go further.");
    if (pledge->no_union_reason[0] == '\0')
        text_add(&to, " The employer and the staff side made it together.");
    text_add(&to, "\n\nThis is what we promise to work on:\n");
    for (size_t i = 0; i < pledge->intention_count; i++)
        text_add_format(&to, "- %s\n", pledge->intention_names[i]);
    text_add_format(&to, "\nRead the pledge and its action plan:\n%s\n",
                    address(ctx, "/pledges/", pledge->reference));
    text_add_format(&to, "\nAnyone can check that it is real:\n%s\n",
                    address(ctx, "/verify/", pledge->code));
    if (text_build_end(&to, &text) != OK)
        return ""; /* names of intentions are a pack's, and short */
    return text;
}
