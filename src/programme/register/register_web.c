/* SPDX-License-Identifier: MIT */
/*
 * register_web.c - the register as figures.
 *
 *   /pledges/map        tiles of regions and boards with the table; also .csv .json
 *   /pledges/progress   the programme a quarter; also .csv .json
 */
#include "programme/register/register_web.h"

#include "platform/base/json_text.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/register/register_page.html.h"
#include "programme/register/register_routes.h"

#include <inttypes.h>
#include <string.h>

/* ---- what several of these pages need ---- */

void register_csv_send(struct web_answer *answer, const struct csv_writer *csv, const char *name)
{
    view_raw(&answer->body, csv->text, csv->length_bytes);
    answer->content_type = "text/csv; charset=utf-8";
    answer->download_name = name;
    answer->is_public = answer->is_same_all_day = true;
}

enum status register_json_send(struct web_request *request, struct web_answer *answer, json_t *json)
{
    answer->is_public = answer->is_same_all_day = true;
    return web_json(answer, json_text_taken(request->ctx->mem, json, JSON_COMPACT));
}

const char *register_number(struct mem *mem, int64_t n)
{
    return mem_format(mem, "%" PRId64, n);
}

/* ---- the map ---- */

enum { TILES_A_ROW = 4, TILE_STEP_X = 81, TILE_STEP_Y = 66 };

/* From white for none to the darkest for as many as the board with most. */
static void choose_shades(struct ctx *ctx, int64_t most, struct register_shade *shades)
{
    static const char *const fills[REGISTER_TILE_STEPS] = {"#ffffff", "#e0f0f2", "#a9d4da",
                                                           "#6fb3bd", "#0b5563"};
    int64_t from = 1;
    for (int i = 0; i < REGISTER_TILE_STEPS; i++) {
        int64_t to = i == 0 ? 0 : most * i / (REGISTER_TILE_STEPS - 1);
        shades[i] = (struct register_shade){
            .fill = fills[i], .ink = i == REGISTER_TILE_STEPS - 1 ? "#ffffff" : "#212b32"};
        if (i == 0)
            shades[i].words = "none";
        else if (to >= from)
            shades[i].words = to == from
                                  ? register_number(ctx->mem, to)
                                  : mem_format(ctx->mem, "%" PRId64 " to %" PRId64, from, to);
        from = i > 0 && to >= from ? to + 1 : from;
    }
}

static const struct register_shade *shade_of(const struct register_shade *shades, int64_t most,
                                             int64_t pledges)
{
    int i = 0;
    while (i + 1 < REGISTER_TILE_STEPS && pledges > most * i / (REGISTER_TILE_STEPS - 1))
        i++;
    return &shades[i];
}

static const char *share_text(struct mem *mem, int64_t pledges, int64_t organisations)
{
    int percent = register_share_percent(pledges, organisations);
    return percent < 0                   ? ""
           : percent == 0 && pledges > 0 ? "under 1%"
                                         : mem_format(mem, "%d%%", percent);
}

static const char *tile_label(struct mem *mem, const struct register_board *board)
{
    return mem_format(mem, "%s: %" PRId64 " in force",
                      board->code[0] != '\0' ? board->name : "Other organisations of the region",
                      board->pledges);
}

static void fill_tiles(struct ctx *ctx, struct register_map_page *page, int64_t most,
                       const struct register_region *region, struct register_tiles *out)
{
    *out = (struct register_tiles){
        .region = region,
        .share = share_text(ctx->mem, region->pledges, region->organisations),
        .label = mem_format(ctx->mem, "Boards of %s", region->name),
        .tiles = mem_array(ctx->mem, struct register_tile, region->board_count)};
    for (size_t i = 0; i < region->board_count; i++) {
        const struct register_board *board = &region->boards[i];
        int at = (int)out->tile_count;
        if (board->code[0] == '\0' && board->pledges == 0)
            continue;
        out->tiles[out->tile_count++] =
            (struct register_tile){.board = board,
                                   .shade = shade_of(page->shades, most, board->pledges),
                                   .x = 1 + at % TILES_A_ROW * TILE_STEP_X,
                                   .y = 1 + at / TILES_A_ROW * TILE_STEP_Y,
                                   .has_link = board->code[0] != '\0',
                                   .label = tile_label(ctx->mem, board)};
    }
    int rows = ((int)out->tile_count + TILES_A_ROW - 1) / TILES_A_ROW;
    out->height = rows > 0 ? rows * TILE_STEP_Y : 1;
}

static struct register_area area_of(const char *argument, const char *code, const char *name)
{
    return (struct register_area){.is_region = strcmp(argument, "region") == 0,
                                  .argument = argument,
                                  .code = code,
                                  .name = name};
}

static void add_area(struct ctx *ctx, struct register_map_page *page, struct register_area area,
                     int64_t pledges, int64_t organisations)
{
    area.pledges = pledges;
    area.organisations =
        page->counted_on[0] != '\0' ? register_number(ctx->mem, organisations) : NULL;
    area.share = share_text(ctx->mem, pledges, organisations);
    page->areas[page->area_count++] = area;
}

static void fill_areas(struct ctx *ctx, struct register_map_page *page)
{
    size_t room = page->map->region_count;
    for (size_t r = 0; r < page->map->region_count; r++)
        room += page->map->regions[r].board_count;
    page->areas = mem_array(ctx->mem, struct register_area, room);
    for (size_t r = 0; r < page->map->region_count; r++) {
        const struct register_region *region = &page->map->regions[r];
        add_area(ctx, page, area_of("region", region->code, region->name), region->pledges,
                 region->organisations);
        for (size_t b = 0; b < region->board_count; b++) {
            const struct register_board *board = &region->boards[b];
            add_area(ctx, page,
                     area_of("board", board->code,
                             board->code[0] != '\0' ? board->name : "Board not known"),
                     board->pledges, board->organisations);
        }
    }
}

static int64_t most_of(const struct register_map *map)
{
    int64_t most = 0;
    for (size_t r = 0; r < map->region_count; r++)
        for (size_t b = 0; b < map->regions[r].board_count; b++)
            if (map->regions[r].boards[b].pledges > most)
                most = map->regions[r].boards[b].pledges;
    return most;
}

static enum status show_map(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct register_map map;
    struct register_map_page page = {.map = &map};
    TRY(register_map(ctx, &map));
    int64_t most = most_of(&map);
    choose_shades(ctx, most, page.shades);
    page.counted_on = map.counted_on[0] != '\0' ? time_show_day(ctx->mem, map.counted_on) : "";
    page.share = share_text(ctx->mem, map.pledges, map.organisations);
    page.regions = mem_array(ctx->mem, struct register_tiles, map.region_count);
    for (size_t i = 0; i < map.region_count; i++)
        fill_tiles(ctx, &page, most, &map.regions[i], &page.regions[page.region_count++]);
    fill_areas(ctx, &page);
    answer->page =
        (struct web_page){.title = "Where pledges are in force",
                          .section = "/pledges",
                          .is_wide = true,
                          .crumbs = {{"Home", "/"}, {"Partnership Pledges", "/pledges"}}};
    answer->is_public = answer->is_same_all_day = true;
    register_map_show(&answer->body, &page);
    return OK;
}

/* What was never counted is not 0. */
static void write_organisations(struct csv_writer *csv, const struct register_map *map, int64_t n)
{
    if (map->counted_on[0] != '\0')
        csv_write_int(csv, n);
    else
        csv_write_text(csv, "");
}

static json_t *json_of_organisations(const struct register_map *map, int64_t n)
{
    return map->counted_on[0] != '\0' ? json_integer(n) : json_null();
}

static enum status map_csv(struct web_request *request, struct web_answer *answer)
{
    static const char *const heads[] = {
        "Region",   "Name of the region", "Board",     "Name of the board",
        "In force", "Can sign",           "Counted on"};
    struct register_map map;
    struct csv_writer csv;
    TRY(register_map(request->ctx, &map));
    csv_write_begin(&csv, request->ctx->mem, true);
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        csv_write_text(&csv, heads[i]);
    csv_write_row_end(&csv);
    for (size_t r = 0; r < map.region_count; r++)
        for (size_t b = 0; b < map.regions[r].board_count; b++) {
            const struct register_board *board = &map.regions[r].boards[b];
            csv_write_text(&csv, map.regions[r].code);
            csv_write_text(&csv, map.regions[r].name);
            csv_write_text(&csv, board->code);
            csv_write_text(&csv, board->name);
            csv_write_int(&csv, board->pledges);
            write_organisations(&csv, &map, board->organisations);
            csv_write_text(&csv, map.counted_on);
            csv_write_row_end(&csv);
        }
    register_csv_send(answer, &csv, "pledges-by-board.csv");
    return OK;
}

static json_t *json_of_boards(const struct register_map *map, const struct register_region *region)
{
    json_t *boards = json_array();
    for (size_t b = 0; b < region->board_count; b++)
        json_array_append_new(
            boards,
            json_pack("{s:s,s:s,s:I,s:o}", "code", region->boards[b].code, "name",
                      region->boards[b].name, "in_force", (json_int_t)region->boards[b].pledges,
                      "can_sign", json_of_organisations(map, region->boards[b].organisations)));
    return boards;
}

static enum status map_json(struct web_request *request, struct web_answer *answer)
{
    struct register_map map;
    TRY(register_map(request->ctx, &map));
    json_t *regions = json_array();
    for (size_t r = 0; r < map.region_count; r++) {
        const struct register_region *region = &map.regions[r];
        json_array_append_new(regions, json_pack("{s:s,s:s,s:I,s:o,s:o}", "code", region->code,
                                                 "name", region->name, "in_force",
                                                 (json_int_t)region->pledges, "can_sign",
                                                 json_of_organisations(&map, region->organisations),
                                                 "boards", json_of_boards(&map, region)));
    }
    return register_json_send(request, answer,
                              json_pack("{s:I,s:o,s:s,s:o}", "in_force", (json_int_t)map.pledges,
                                        "can_sign", json_of_organisations(&map, map.organisations),
                                        "counted_on", map.counted_on, "regions", regions));
}

#define PLACE_MEMBERS                                                                              \
    "\"code\":{\"type\":\"string\"},\"name\":{\"type\":\"string\"},"                               \
    "\"in_force\":{\"type\":\"integer\"},\"can_sign\":{\"type\":[\"integer\",\"null\"]}"

static const char map_schema[] =
    "{\"type\":\"object\",\"required\":[\"in_force\",\"can_sign\",\"counted_on\",\"regions\"],"
    "\"properties\":{\"in_force\":{\"type\":\"integer\"},\"can_sign\":{\"type\":[\"integer\","
    "\"null\"]},"
    "\"counted_on\":{\"type\":\"string\"},\"regions\":{\"type\":\"array\",\"items\":"
    "{\"type\":\"object\",\"required\":[\"code\",\"name\",\"in_force\",\"can_sign\",\"boards\"],"
    "\"properties\":{" PLACE_MEMBERS ",\"boards\":{\"type\":\"array\",\"items\":"
    "{\"type\":\"object\",\"required\":[\"code\",\"name\",\"in_force\",\"can_sign\"],"
    "\"properties\":{" PLACE_MEMBERS "}}}}}}}}";

const struct web_route register_routes[] = {
    {"GET", "/pledges/map", WEB_PUBLIC, show_map, "Where pledges are in force."},
    {"GET", "/pledges/map.csv", WEB_PUBLIC, map_csv, "The same as a spreadsheet."},
    {"GET", "/pledges/map.json", WEB_PUBLIC, map_json, "The same as data.", .answers = map_schema},
    {"GET", "/pledges/progress", WEB_PUBLIC, register_progress_page, "The programme a quarter.",
     .asks = "quarter"},
    {"GET", "/pledges/progress.csv", WEB_PUBLIC, register_progress_csv,
     "The same as a spreadsheet."},
    {"GET", "/pledges/progress.json", WEB_PUBLIC, register_progress_json, "The same as data.",
     .answers = register_progress_schema},
    {0},
};
