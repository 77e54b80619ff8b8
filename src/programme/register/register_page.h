/* SPDX-License-Identifier: MIT */
/* register_page.h - what the views of register_page.html need, and nothing else. */
#ifndef PROGRAMME_REGISTER_REGISTER_PAGE_H
#define PROGRAMME_REGISTER_REGISTER_PAGE_H

#include "platform/view/components.h"
#include "programme/register/register.h"

/* ---- tiles ---- */

enum { REGISTER_TILE_STEPS = 5 };

/* How a tile looks: the more pledges, the darker; the number stands in each. */
struct register_shade {
    const char *fill, *ink;
    const char *words; /* "4 to 6" */
};

struct register_tile {
    const struct register_board *board;
    const struct register_shade *shade;
    int x, y;          /* in the figure of its region */
    bool has_link;     /* a board that is known       */
    const char *label; /* said instead of what is drawn */
};

struct register_tiles {
    const struct register_region *region;
    const char *share;
    const char *label;
    struct register_tile *tiles;
    size_t tile_count;
    int height;
};

/* A row of the table. */
struct register_area {
    bool is_region;
    const char *argument; /* "region" or "board": the filter of the register */
    const char *code, *name;
    int64_t pledges;
    const char *organisations, *share; /* NULL and "" where they are not known */
};

struct register_map_page {
    const struct register_map *map;
    struct register_shade shades[REGISTER_TILE_STEPS];
    struct register_tiles *regions;
    size_t region_count;
    struct register_area *areas;
    size_t area_count;
    const char *share, *counted_on;
};

/* ---- progress ---- */

struct register_bar {
    const char *name;
    int y, width, signed_width; /* of 200 */
    int64_t in_force, signed_count;
};

struct register_progress_page {
    const struct register_progress *progress;
    struct register_bar *bars; /* oldest first */
    size_t bar_count;
    int height;
    const char **names, **slugs; /* of each quarter: as shown, as in addresses */
    const struct register_quarter *chosen;
    const char *chosen_name, *counted_on;
    bool chosen_is_over;
    struct html quarters, regions; /* tables */
};

/* ---- beside each other ---- */

struct register_compare_page {
    struct html problems, form, pledges, groups;
    bool has_pledges;
};

/* ---- snapshots ---- */

struct register_snapshot_page {
    const struct register_snapshot *snapshot;
    const char *month, *made_at;
    const char *before_month, *before; /* the one before it: as in addresses, as shown; NULL */
};

struct register_difference_page {
    struct html problem, from, to; /* the two selects */
    bool is_shown;
    const char *from_month, *to_month; /* as in addresses */
    const char *from_text, *to_text;
    const struct register_difference *difference;
    size_t shown_count; /* rows in the table; the rest is in the files */
    struct html rows;
};

/* ---- on the pages of others ---- */

struct register_time_line {
    const char *reference, *state, *tag_class, *when;
    const char *role;    /* "", "Signed by it, held by another now", ... */
    const char *moments; /* "Renewed on ..." ; "" */
    const char *into;
};

struct register_over_time {
    struct register_time_line *lines;
    size_t count;
};

#endif
