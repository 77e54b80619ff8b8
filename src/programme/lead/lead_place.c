/* SPDX-License-Identifier: MIT */
/*
 * lead_place.c - where a place lies: postcodes by the pack local-areas, the rest by the directory.
 *
 * The pack tells the boards of July 2022.  On a later day each stands for those that took over from
 * it: for one after a merger, for several after a split, and then people choose.
 */
#include "platform/base/text.h"
#include "programme/lead/lead_internal.h"

#include <string.h>

static const char pack_name[] = "local-areas";

enum { CODES_MAX = 12, SUCCESSIONS_DEPTH_MAX = 5 };

/* ---- the tables of the pack ---- */

/* The boards in the row of this key; "" for none.  Rows are in the order of their bytes. */
static enum status boards_in(struct ctx *ctx, const char *file, const char *key, const char **out)
{
    struct pack pack;
    const struct pack_file *table;
    *out = "";
    TRY(pack_newest(ctx, pack_name, &pack));
    TRY(pack_file(ctx, &pack, file, &table));
    size_t low = strcspn(table->bytes, "\n") + 1, high = table->size_bytes;
    while (low < high) {
        size_t at = low + (high - low) / 2;
        while (at > low && table->bytes[at - 1] != '\n')
            at--;
        const char *row = table->bytes + at;
        size_t row_length = strcspn(row, "\n"), cell = strcspn(row, ",\n");
        int order = strcmp(key, mem_text_part(ctx->mem, row, cell));
        if (order == 0) {
            size_t end = strcspn(row, "\r\n");
            *out = mem_text_part(ctx->mem, row + cell + 1, end - cell - 1);
            return OK;
        }
        if (order < 0)
            high = at;
        else
            low = at + row_length + 1;
    }
    return OK;
}

enum status lead_boards_begin(struct ctx *ctx, const char **out)
{
    struct pack pack;
    TRY(pack_newest(ctx, pack_name, &pack));
    *out = pack.valid_from;
    return OK;
}

static enum status check_table(struct ctx *ctx, const struct pack *pack, const char *file,
                               const char *key)
{
    const char *const headings[] = {key, "boards", NULL};
    const char *const *cells;
    const char *before = "";
    struct pack_table *table;
    enum status status;
    TRY(pack_table_open(ctx, pack, file, headings, &table));
    while ((status = pack_table_next(table, &cells)) == OK) {
        if (strcmp(before, cells[0]) >= 0)
            return pack_table_refuse(table, "the rows are not in the order of their bytes");
        if (cells[1][0] == '\0')
            return pack_table_refuse(table, "there is no board");
        before = cells[0];
    }
    return status == ERR_NOT_FOUND ? OK : status;
}

static enum status check_pack(struct ctx *ctx, const struct pack *pack)
{
    TRY(check_table(ctx, pack, "sectors.csv", "sector"));
    return check_table(ctx, pack, "districts.csv", "district");
}

const struct pack_reader lead_pack_readers[] = {{pack_name, check_pack, NULL}, {0}};

/* ---- boards on a day ---- */

struct codes {
    const char *items[CODES_MAX];
    size_t count;
};

static bool has_code(const struct codes *codes, const char *code)
{
    for (size_t i = 0; i < codes->count; i++)
        if (strcmp(codes->items[i], code) == 0)
            return true;
    return false;
}

static void add_code(struct codes *codes, const char *code)
{
    if (!has_code(codes, code) && codes->count < CODES_MAX)
        codes->items[codes->count++] = code;
}

/* Those that took over by a day, in place of one that had ended by then. */
static enum status replace(struct ctx *ctx, struct codes *codes, const char *day, bool *changed_out)
{
    struct codes now = {.count = 0};
    *changed_out = false;
    for (size_t i = 0; i < codes->count; i++) {
        struct organisation board;
        struct directory_succession *rows;
        size_t count;
        enum status status = directory_find(ctx, codes->items[i], &board);
        if (status == ERR_NOT_FOUND) {
            ctx->fault = NULL;
            continue; /* a pack of boards that does not know it */
        }
        TRY(status);
        if (board.closed_on[0] == '\0' || strcmp(day, board.closed_on) <= 0) {
            add_code(&now, board.code);
            continue;
        }
        TRY(directory_successions(ctx, board.id, &rows, &count));
        for (size_t k = 0; k < count; k++)
            if (rows[k].is_successor && strcmp(rows[k].on, day) <= 0)
                add_code(&now, rows[k].code);
        *changed_out = true;
    }
    *codes = now;
    return OK;
}

/* Before there were boards, the regions in which they came to lie. */
static enum status regions_of(struct ctx *ctx, const char *day, struct codes *codes)
{
    struct codes regions = {.count = 0};
    for (size_t i = 0; i < codes->count; i++) {
        struct organisation board;
        struct directory_place region;
        TRY(directory_find(ctx, codes->items[i], &board));
        TRY(directory_region_on(ctx, board.id, day, &region));
        if (region.known == DIRECTORY_KNOWN)
            add_code(&regions, region.code);
    }
    *codes = regions;
    return OK;
}

static struct codes split(struct mem *mem, const char *boards)
{
    struct codes codes = {.count = 0};
    for (const char *at = boards; *at != '\0';) {
        size_t length = strcspn(at, " ");
        add_code(&codes, mem_text_part(mem, at, length));
        at += length + (at[length] == ' ');
    }
    return codes;
}

/* Where the whole postcode is known, its district leaves out boards of its neighbours. */
static enum status narrow(struct ctx *ctx, const char *postcode, struct codes *codes)
{
    struct directory_postcode known;
    struct codes both = {.count = 0};
    const char *boards;
    enum status status = directory_postcode(ctx, postcode, &known);
    if (status == ERR_NOT_FOUND || status == ERR_INVALID) {
        ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    TRY(boards_in(ctx, "districts.csv", known.district_code, &boards));
    struct codes of_district = split(ctx->mem, boards);
    for (size_t i = 0; i < codes->count; i++)
        if (has_code(&of_district, codes->items[i]))
            add_code(&both, codes->items[i]);
    if (both.count > 0)
        *codes = both;
    return OK;
}

/* A postcode, or a sector typed with its space; NULL: neither. */
static const char *sector_of(struct ctx *ctx, const char *typed, const char **shown_out)
{
    const char *whole;
    bool is_postcode = text_postcode(ctx->mem, typed, &whole) == OK;
    size_t length = strlen(typed);
    bool is_sector = !is_postcode && strchr(typed, ' ') != NULL && length > 0 &&
                     strchr("0123456789", typed[length - 1]) != NULL &&
                     text_postcode(ctx->mem, mem_join(ctx->mem, typed, "AA", ""), &whole) == OK;
    if (!is_postcode && !is_sector)
        return NULL;
    const char *sector = mem_text_part(ctx->mem, whole, strlen(whole) - 2);
    *shown_out = is_postcode ? whole : sector;
    return sector;
}

struct typed_postcode {
    const char *shown, *sector; /* "M13 9WL" and "M13 9"; sector NULL: it was none */
};

static enum status postcode_places(struct ctx *ctx, const struct typed_postcode *typed,
                                   const char *day, struct lead_place **out, size_t *count_out)
{
    const char *boards, *begin_on;
    bool changed = true;
    TRY(boards_in(ctx, "sectors.csv", typed->sector, &boards));
    struct codes codes = split(ctx->mem, boards);
    TRY(narrow(ctx, typed->shown, &codes));
    TRY(lead_boards_begin(ctx, &begin_on));
    if (strcmp(day, begin_on) < 0)
        TRY(regions_of(ctx, begin_on, &codes));
    else
        for (int i = 0; changed && i < SUCCESSIONS_DEPTH_MAX; i++)
            TRY(replace(ctx, &codes, day, &changed));
    *out = mem_array(ctx->mem, struct lead_place, codes.count);
    *count_out = codes.count;
    for (size_t i = 0; i < codes.count; i++) {
        struct organisation area;
        TRY(directory_find(ctx, codes.items[i], &area));
        (*out)[i] = (struct lead_place){.key = mem_join(ctx->mem, typed->shown, "/", area.code),
                                        .label = typed->shown,
                                        .detail = area.name,
                                        .area = area.code};
    }
    return OK;
}

/* ---- what people type ---- */

enum status lead_places(struct ctx *ctx, const char *typed, const char *day,
                        struct lead_place **out, size_t *count_out)
{
    struct typed_postcode postcode = {.shown = ""};
    postcode.sector = sector_of(ctx, typed, &postcode.shown);
    if (postcode.sector != NULL)
        return postcode_places(ctx, &postcode, day, out, count_out);
    const struct directory_asked asked = {typed, NULL, LEAD_PLACES_MAX};
    struct directory_found *found;
    TRY(directory_search(ctx, &asked, &found, count_out));
    *out = mem_array(ctx->mem, struct lead_place, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct lead_place){.key = found[i].code,
                                        .label = found[i].name,
                                        .detail = found[i].detail,
                                        .area = found[i].code};
    return OK;
}

enum status lead_place_find(struct ctx *ctx, const char *key, const char *day,
                            struct lead_place *out)
{
    struct organisation it;
    const char *slash = strchr(key, '/');
    if (slash == NULL) {
        TRY(directory_find(ctx, key, &it));
        *out = (struct lead_place){it.code, it.name, directory_detail(ctx->mem, &it), it.code};
        return OK;
    }
    struct typed_postcode postcode = {.shown = ""};
    struct lead_place *places;
    size_t count;
    postcode.sector =
        sector_of(ctx, mem_text_part(ctx->mem, key, (size_t)(slash - key)), &postcode.shown);
    if (postcode.sector == NULL)
        return ctx_fail(ctx, ERR_NOT_FOUND, "no postcode \"%s\"", key);
    TRY(postcode_places(ctx, &postcode, day, &places, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(places[i].area, slash + 1) == 0) {
            *out = places[i];
            return OK;
        }
    return ctx_fail(ctx, ERR_NOT_FOUND, "the postcode \"%s\" does not lie there", postcode.shown);
}
