/* SPDX-License-Identifier: MIT */
/* lead_find.c - who is the lead of a place on a day, and who watches over leads. */
#include "platform/base/time.h"
#include "programme/lead/lead.sql.h"
#include "programme/lead/lead_internal.h"

#include <string.h>

const struct lead_theme lead_themes[] = {{"all", "Everything"},
                                         {"pledge", "The Partnership Pledge"},
                                         {"apprenticeships", "Apprenticeships"},
                                         {"widening", "Widening access and participation"},
                                         {"volunteering", "Volunteering"},
                                         {"schools", "Schools and Health Ambassadors"},
                                         {0}};

const char *lead_theme_name(const char *code)
{
    for (const struct lead_theme *theme = lead_themes; theme->code != NULL; theme++)
        if (strcmp(theme->code, code) == 0)
            return theme->name;
    return code;
}

/* ---- areas ---- */

enum status lead_can_answer(struct ctx *ctx, struct person_id person, const char *area)
{
    struct access_granted granted;
    struct person_id before = ctx->person;
    ctx->person = person;
    enum status status = access_check_for(ctx, MAY_ANSWER_ENQUIRIES, area, &granted);
    ctx->person = before;
    return status;
}

/* Nobody stands in any more when the role of who did has ended. */
static enum status check_cover(struct ctx *ctx, const char *area, struct lead_shown *lead)
{
    if (lead->cover.n == 0)
        return OK;
    enum status status = lead_can_answer(ctx, lead->cover, area);
    if (status != ERR_FORBIDDEN)
        return status;
    ctx->fault = NULL;
    lead->cover.n = 0;
    lead->cover_name = "";
    return OK;
}

static enum status read_leads(struct ctx *ctx, const char *day, struct lead_area *area)
{
    struct lead_rows_on_row *rows;
    size_t count;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    TRY(lead_rows_on(ctx, area->code, day, today, LEAD_LEADS_MAX, &rows, &count));
    area->leads = mem_array(ctx->mem, struct lead_shown, count);
    /* Who leads no more is known by name; their address is nobody's business any more. */
    bool is_past = strcmp(day, today) < 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && rows[i].id == rows[i - 1].id)
            continue; /* a second time away on the same day */
        area->leads[area->lead_count++] =
            (struct lead_shown){.id = rows[i].id,
                                .person = {rows[i].person_id},
                                .name = rows[i].name,
                                .job_title = rows[i].job_title,
                                .theme = rows[i].theme,
                                .email = rows[i].shows_email == 1 && !is_past ? rows[i].email : "",
                                .is_away = rows[i].back_on != NULL,
                                .cover = {rows[i].cover_id != NULL ? *rows[i].cover_id : 0},
                                .cover_name = rows[i].cover_name != NULL ? rows[i].cover_name : "",
                                .back_on = rows[i].back_on != NULL ? rows[i].back_on : ""};
        if (!is_past)
            TRY(check_cover(ctx, area->code, &area->leads[area->lead_count - 1]));
    }
    return OK;
}

static enum status add_area(struct ctx *ctx, const struct directory_place *place, const char *day,
                            struct lead_answer *out)
{
    if (place->known == DIRECTORY_NOT_KNOWN)
        out->is_board_unknown = true;
    if (place->known != DIRECTORY_KNOWN || out->area_count == LEAD_AREAS_MAX)
        return OK;
    for (size_t i = 0; i < out->area_count; i++)
        if (strcmp(out->areas[i].code, place->code) == 0)
            return OK;
    struct lead_area *area = &out->areas[out->area_count++];
    *area = (struct lead_area){.code = place->code, .name = place->name};
    TRY(read_leads(ctx, day, area));
    out->has_any = out->has_any || area->lead_count > 0;
    return OK;
}

/* The region; before there were boards, the one in which it came to lie. */
static enum status region_on(struct ctx *ctx, struct organisation_id id, const char *day,
                             struct directory_place *out)
{
    const char *begin_on;
    TRY(directory_region_on(ctx, id, day, out));
    if (out->known == DIRECTORY_KNOWN)
        return OK;
    TRY(lead_boards_begin(ctx, &begin_on));
    return strcmp(day, begin_on) < 0 ? directory_region_on(ctx, id, begin_on, out) : OK;
}

static enum status area_of(struct ctx *ctx, const char *code, const char *day,
                           struct directory_place *out)
{
    struct organisation it;
    TRY(directory_find(ctx, code, &it));
    *out = (struct directory_place){.known = DIRECTORY_KNOWN, .id = it.id, .code = it.code};
    return directory_name_on(ctx, it.id, day, &out->name);
}

/* The board, when it is one, and the region that all share. */
static enum status add_by_postcode(struct ctx *ctx, const struct organisation *school,
                                   const char *day, struct lead_answer *out)
{
    struct lead_place *places;
    struct directory_place place, region = {.code = ""};
    size_t count;
    bool is_shared = true;
    TRY(lead_places(ctx, school->postcode, day, &places, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(area_of(ctx, places[i].area, day, &place));
        if (count == 1)
            TRY(add_area(ctx, &place, day, out));
        TRY(region_on(ctx, place.id, day, &place));
        is_shared = is_shared && place.known == DIRECTORY_KNOWN &&
                    (i == 0 || strcmp(place.code, region.code) == 0);
        region = place;
    }
    out->choices = places;
    out->choice_count = count > 1 ? count : 0;
    return count > 0 && is_shared ? add_area(ctx, &region, day, out) : OK;
}

enum status lead_answer_on(struct ctx *ctx, const char *area, const char *day,
                           struct lead_answer *out)
{
    struct organisation it;
    struct directory_place place = {.known = DIRECTORY_KNOWN};
    *out = (struct lead_answer){.area_count = 0};
    TRY(directory_find(ctx, area, &it));
    place.id = it.id;
    place.code = it.code;
    TRY(directory_name_on(ctx, it.id, day, &place.name));
    TRY(add_area(ctx, &place, day, out));
    TRY(directory_organisation_on(ctx, it.id, day, &place));
    if (place.known == DIRECTORY_KNOWN)
        TRY(add_area(ctx, &place, day, out));
    TRY(directory_board_on(ctx, it.id, day, &place));
    if (place.known != DIRECTORY_KNOWN && strcmp(it.shelf, DIRECTORY_SCHOOLS) == 0)
        return add_by_postcode(ctx, &it, day, out);
    TRY(add_area(ctx, &place, day, out));
    TRY(region_on(ctx, it.id, day, &place));
    if (place.known == DIRECTORY_KNOWN)
        TRY(add_area(ctx, &place, day, out));
    return OK;
}

/* ---- who answers ---- */

static bool fits(const struct lead_shown *lead, const char *theme)
{
    return strcmp(lead->theme, theme) == 0 && (!lead->is_away || lead->cover.n != 0);
}

/* What a question is about. */
struct wanted {
    const char *area, *theme;
};

/* The lead with just this theme who is there, or has somebody who is, and may read the question.
 * ERR_NOT_FOUND: this area has none. */
static enum status choose(struct ctx *ctx, const struct lead_area *area,
                          const struct wanted *wanted, struct lead_holder *out)
{
    for (size_t i = 0; i < area->lead_count; i++) {
        const struct lead_shown *lead = &area->leads[i];
        if (!fits(lead, wanted->theme))
            continue;
        *out = lead->is_away ? (struct lead_holder){lead->cover, lead->cover_name}
                             : (struct lead_holder){lead->person, lead->name};
        enum status status = lead_can_answer(ctx, out->person, wanted->area);
        if (status != ERR_FORBIDDEN)
            return status;
        ctx->fault = NULL;
    }
    return ERR_NOT_FOUND;
}

enum status lead_holder_of(struct ctx *ctx, const char *area, const char *theme,
                           struct lead_holder *out)
{
    struct lead_answer answer;
    *out = (struct lead_holder){.name = ""};
    TRY(lead_answer_on(ctx, area, time_day_of(ctx->mem, ctx->now_secs), &answer));
    const struct wanted themes[] = {{area, theme}, {area, "all"}};
    for (size_t i = 0; i < (size_t)2 * answer.area_count; i++) {
        enum status status = choose(ctx, &answer.areas[i / 2], &themes[i % 2], out);
        if (status != ERR_NOT_FOUND)
            return status;
    }
    *out = (struct lead_holder){.name = ""};
    return ctx_fail(ctx, ERR_NOT_FOUND, "nobody leads \"%s\"", area);
}

enum status lead_supervisors(struct ctx *ctx, const char *area, struct access_holder **out,
                             size_t *count_out)
{
    struct organisation it;
    struct directory_place region;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    *count_out = 0;
    TRY(directory_find(ctx, area, &it));
    TRY(directory_region_on(ctx, it.id, today, &region));
    if (region.known == DIRECTORY_KNOWN && strcmp(region.code, area) != 0)
        TRY(access_holders(ctx, &(const struct access_post){"regional", region.code},
                           LEAD_SUPERVISORS_MAX, out, count_out));
    if (*count_out > 0)
        return OK;
    return access_holders(ctx, &(const struct access_post){"national", ""}, LEAD_SUPERVISORS_MAX,
                          out, count_out);
}
