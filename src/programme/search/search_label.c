/* SPDX-License-Identifier: MIT */
/* search_label.c - what people read for the codes of kinds, stages, pillars and regions. */
#include "programme/search/search_web.h"

#include <ctype.h>
#include <string.h>

#include "platform/base/time.h"
#include "platform/store/store_note.h"
#include "programme/pack/pack.h"
#include "programme/search/search_internal.h"

enum { NAMES_KEPT_SECS = 60 };

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

/* Codes of stages and regions with what people read. */
struct names {
    struct directory_choice *name;
    size_t count;
};

static const void *copy_names(struct mem *mem, const void *value)
{
    const struct names *from = value;
    struct names *to = mem_new(mem, struct names);
    to->count = from->count;
    to->name = mem_array(mem, struct directory_choice, from->count);
    for (size_t i = 0; i < from->count; i++)
        to->name[i] = (struct directory_choice){mem_text(mem, from->name[i].code),
                                                mem_text(mem, from->name[i].name)};
    return to;
}

/* Of stages before regions, as their codes differ. */
static enum status read_names(struct ctx *ctx, const char *today, struct names *out)
{
    struct framework framework = {.stage_count = 0};
    struct directory_choice *regions = NULL;
    size_t count = 0;
    enum status status = framework_on(ctx, PROGRAMME_FRAMEWORK, today, &framework);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    TRY(directory_places(ctx, "region", today, &regions, &count));
    out->name = mem_array(ctx->mem, struct directory_choice, framework.stage_count + count);
    for (size_t i = 0; i < framework.stage_count; i++)
        out->name[out->count++] =
            (struct directory_choice){framework.stages[i].code, framework.stages[i].name};
    for (size_t i = 0; i < count; i++)
        out->name[out->count++] = regions[i];
    return OK;
}

/* Those of today, which every search shows. */
static enum status find_names(struct ctx *ctx, const struct names **out)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    struct store_note note = {.key = mem_join(ctx->mem, "search.names ", today, ""),
                              .secs = NAMES_KEPT_SECS};
    struct names *names = mem_new(ctx->mem, struct names);
    *out = store_note_find(ctx, &note);
    if (*out != NULL)
        return OK;
    TRY(read_names(ctx, today, names));
    store_note_write(ctx, &note, copy_names, names);
    *out = names;
    return OK;
}

/* What a facet's code is called by a pack or the directory; NULL: by neither. */
static enum status name_of(struct ctx *ctx, const char *code, const char **out)
{
    const struct names *names = NULL;
    TRY(find_names(ctx, &names));
    *out = NULL;
    for (size_t i = 0; i < names->count && *out == NULL; i++)
        if (strcmp(names->name[i].code, code) == 0)
            *out = names->name[i].name;
    return OK;
}

enum status search_label(struct ctx *ctx, enum search_facet facet, const char *code,
                         const char **out)
{
    if (facet == SEARCH_BY_STAGE || facet == SEARCH_BY_REGION) {
        TRY(name_of(ctx, code, out));
        if (*out == NULL)
            *out = words_of_code(ctx->mem, code);
        return OK;
    }
    if (facet == SEARCH_BY_PILLAR) {
        *out = framework_pillar_name(code);
        return OK;
    }
    const struct label *label = label_of(kinds, code);
    *out = label == NULL           ? words_of_code(ctx->mem, code)
           : label->plural != NULL ? label->plural
                                   : label->text;
    return OK;
}
