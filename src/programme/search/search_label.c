/* SPDX-License-Identifier: MIT */
/* search_label.c - what people read for the codes of kinds, stages, pillars and regions. */
#include "programme/search/search_web.h"

#include <ctype.h>
#include <string.h>

#include "platform/base/time.h"
#include "programme/pack/pack.h"
#include "programme/search/search_internal.h"

#define FRAMEWORK "talent-for-care"

struct label {
    const char *code, *text, *plural;
};

static const struct label kinds[] = {
    {SEARCH_GUIDANCE, "Guidance", "Guidance"},
    {SEARCH_RESOURCE, "Resource", "Resources"},
    {SEARCH_CASE_STUDY, "Case study", "Case studies"},
    {SEARCH_EVENT, "Event", "Events"},
    {SEARCH_NEWS, "News", "News"},
    {SEARCH_PLEDGE, "Pledge", "Pledges"},
    {0},
};

static const struct label pillars[] = {
    {"apprenticeships", "Apprenticeships", NULL},
    {"widening-participation", "Widening access and participation", NULL},
    {"widening-access", "Widening access and participation", NULL},
    {"volunteering", "Volunteering", NULL},
    {0},
};

static const struct label *label_of(const struct label *labels, const char *code)
{
    for (; labels->code != NULL; labels++)
        if (strcmp(labels->code, code) == 0)
            return labels;
    return NULL;
}

/* "get-ready" as "Get ready": for a code that no list here knows. */
static const char *words_of_code(struct mem *mem, const char *code)
{
    char *words = mem_text(mem, code);
    words[0] = (char)toupper((unsigned char)words[0]);
    for (char *at = words; *at != '\0'; at++)
        if (*at == '-')
            *at = ' ';
    return words;
}

const char *search_kind_name(const char *kind)
{
    const struct label *label = label_of(kinds, kind);
    return label == NULL ? kind : label->text;
}

static enum status stage_label(struct ctx *ctx, const char *code, const char **out)
{
    struct framework framework;
    enum status status =
        framework_on(ctx, FRAMEWORK, time_day_of(ctx->mem, ctx->now_secs), &framework);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    const struct framework_stage *stage =
        status == OK ? framework_stage_of(&framework, code) : NULL;
    *out = stage != NULL ? stage->name : words_of_code(ctx->mem, code);
    return OK;
}

static enum status region_label(struct ctx *ctx, const char *code, const char **out)
{
    struct organisation region;
    enum status status = directory_find(ctx, code, &region);
    *out = status == OK ? region.name : code;
    ctx->fault = NULL;
    return status == ERR_NOT_FOUND ? OK : status;
}

enum status search_label(struct ctx *ctx, enum search_facet facet, const char *code,
                         const char **out)
{
    if (facet == SEARCH_BY_STAGE)
        return stage_label(ctx, code, out);
    if (facet == SEARCH_BY_REGION)
        return region_label(ctx, code, out);
    const struct label *label = label_of(facet == SEARCH_BY_KIND ? kinds : pillars, code);
    *out = label == NULL           ? words_of_code(ctx->mem, code)
           : label->plural != NULL ? label->plural
                                   : label->text;
    return OK;
}
