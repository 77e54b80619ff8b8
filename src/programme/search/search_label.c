/* SPDX-License-Identifier: MIT */
/* search_label.c - what people read for the codes of kinds, stages, pillars and regions. */
#include "programme/search/search_web.h"

#include <ctype.h>
#include <string.h>

#include "platform/base/time.h"
#include "platform/store/store_note.h"
#include "programme/pack/pack.h"
#include "programme/search/search_internal.h"

#define FRAMEWORK "talent-for-care"

enum { REGIONS_KEPT_SECS = 60 };

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

struct regions {
    struct directory_choice *choice;
    size_t count;
};

static const void *copy_regions(struct mem *mem, const void *value)
{
    const struct regions *from = value;
    struct regions *to = mem_new(mem, struct regions);
    to->count = from->count;
    to->choice = mem_array(mem, struct directory_choice, from->count);
    for (size_t i = 0; i < from->count; i++)
        to->choice[i] = (struct directory_choice){mem_text(mem, from->choice[i].code),
                                                  mem_text(mem, from->choice[i].name)};
    return to;
}

/* The regions of today, which every search names. */
static enum status find_regions(struct ctx *ctx, const struct regions **out)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    struct store_note note = {.key = mem_format(ctx->mem, "search.regions %s", today),
                              .secs = REGIONS_KEPT_SECS};
    struct regions *regions = mem_new(ctx->mem, struct regions);
    *out = store_note_find(ctx, &note);
    if (*out != NULL)
        return OK;
    TRY(directory_places(ctx, "region", today, &regions->choice, &regions->count));
    store_note_write(ctx, &note, copy_regions, regions);
    *out = regions;
    return OK;
}

static enum status region_label(struct ctx *ctx, const char *code, const char **out)
{
    const struct regions *regions = NULL;
    TRY(find_regions(ctx, &regions));
    *out = code;
    for (size_t i = 0; i < regions->count; i++)
        if (strcmp(regions->choice[i].code, code) == 0)
            *out = regions->choice[i].name;
    return OK;
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
