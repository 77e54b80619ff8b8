/* SPDX-License-Identifier: MIT */
/*
 * register_place.c - where pledges are in force, and how many could be.
 *
 * Pledges are counted as they are now, from one index.  Organisations that can sign are counted at
 * night: the directory changes only by imports.
 */
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/directory/directory.h"
#include "programme/register/register.h"
#include "programme/register/register.sql.h"

#include <string.h>

enum { PLACES_MAX = 2000, GROUPS_MAX = 50000 };

struct names {
    struct directory_choice *items;
    size_t count;
};

static const char *name_of(const struct names *names, const char *code)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->items[i].code, code) == 0)
            return names->items[i].name;
    return code[0] == '\0' ? "Not known" : code;
}

struct drawing {
    struct names regions, boards;
    struct register_map *map;
};

static struct register_region *region_at(struct ctx *ctx, struct drawing *d, const char *code)
{
    struct register_map *map = d->map;
    for (size_t i = 0; i < map->region_count; i++)
        if (strcmp(map->regions[i].code, code) == 0)
            return &map->regions[i];
    struct register_region *more =
        mem_array(ctx->mem, struct register_region, map->region_count + 1);
    if (map->region_count > 0)
        memcpy(more, map->regions, map->region_count * sizeof *more);
    more[map->region_count] =
        (struct register_region){.code = code, .name = name_of(&d->regions, code)};
    map->regions = more;
    return &more[map->region_count++];
}

static struct register_board *board_at(struct ctx *ctx, struct drawing *d,
                                       struct register_region *region, const char *code)
{
    for (size_t i = 0; i < region->board_count; i++)
        if (strcmp(region->boards[i].code, code) == 0)
            return &region->boards[i];
    struct register_board *more =
        mem_array(ctx->mem, struct register_board, region->board_count + 1);
    if (region->board_count > 0)
        memcpy(more, region->boards, region->board_count * sizeof *more);
    more[region->board_count] =
        (struct register_board){.code = code, .name = name_of(&d->boards, code)};
    region->boards = more;
    return &more[region->board_count++];
}

/* Every region and board of today, also where nobody has signed. */
static enum status begin(struct ctx *ctx, struct drawing *d)
{
    struct register_boards_row *rows;
    size_t count;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    TRY(directory_places(ctx, "region", today, &d->regions.items, &d->regions.count));
    TRY(directory_places(ctx, "board", today, &d->boards.items, &d->boards.count));
    TRY(register_boards(ctx, today, PLACES_MAX, &rows, &count));
    for (size_t i = 0; i < d->regions.count; i++)
        (void)region_at(ctx, d, d->regions.items[i].code);
    for (size_t b = 0; b < d->boards.count; b++)
        for (size_t i = 0; i < count; i++)
            if (strcmp(rows[i].board, d->boards.items[b].code) == 0)
                (void)board_at(ctx, d, region_at(ctx, d, rows[i].region), rows[i].board);
    return OK;
}

static enum status add_pledges(struct ctx *ctx, struct drawing *d)
{
    struct register_standing_row *rows;
    size_t count;
    TRY(register_standing(ctx, GROUPS_MAX, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct register_region *region = region_at(ctx, d, rows[i].region);
        board_at(ctx, d, region, rows[i].board)->pledges += rows[i].pledges;
        region->pledges += rows[i].pledges;
        d->map->pledges += rows[i].pledges;
    }
    return OK;
}

static enum status add_organisations(struct ctx *ctx, struct drawing *d)
{
    struct register_places_all_row *rows;
    size_t count;
    TRY(register_places_all(ctx, PLACES_MAX, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct register_region *region = region_at(ctx, d, rows[i].region);
        board_at(ctx, d, region, rows[i].board)->organisations += rows[i].organisations;
        region->organisations += rows[i].organisations;
        d->map->organisations += rows[i].organisations;
        d->map->counted_on = rows[i].counted_on;
    }
    return OK;
}

/* A region that is not known stands last. */
static void put_unknown_last(struct register_map *map)
{
    for (size_t i = 0; i + 1 < map->region_count; i++)
        if (map->regions[i].code[0] == '\0') {
            struct register_region unknown = map->regions[i];
            memmove(&map->regions[i], &map->regions[i + 1],
                    (map->region_count - i - 1) * sizeof unknown);
            map->regions[map->region_count - 1] = unknown;
            return;
        }
}

enum status register_map(struct ctx *ctx, struct register_map *out)
{
    *out = (struct register_map){.counted_on = ""};
    struct drawing d = {.map = out};
    TRY(begin(ctx, &d));
    TRY(add_pledges(ctx, &d));
    TRY(add_organisations(ctx, &d));
    put_unknown_last(out);
    return OK;
}

int register_share_percent(int64_t pledges, int64_t organisations)
{
    if (organisations <= 0 || pledges > organisations)
        return -1;
    return (int)((100 * pledges + organisations / 2) / organisations);
}

static enum status count_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    (void)arg;
    TRY(register_places_drop(ctx, &changes));
    return register_places_count(ctx, time_day_of(ctx->mem, ctx->now_secs), &changes);
}

enum status register_count_places(struct ctx *ctx)
{
    return store_transact(ctx, "register_places", count_once, NULL);
}
