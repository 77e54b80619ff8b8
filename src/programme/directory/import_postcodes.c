/* SPDX-License-Identifier: MIT */
/*
 * import_postcodes.c - where postcodes are: Code-Point Open, ONSPD, NSPL.
 *
 * The columns of the statistical files are found by name, for they move and are renamed with every
 * edition.  Code-Point Open comes without a header, in ten columns, with grid references only.
 *
 * There are 1.7 million rows, nearly all of them new the first time and unchanged the next.  A
 * batch is therefore one statement that adds what is new and one that names what differs; only
 * those few are then changed one by one.
 */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "platform/base/text.h"
#include "programme/directory/directory.sql.h"
#include "programme/directory/import.h"
#include "programme/directory/import.sql.h"
#include "programme/directory/osgb.h"

enum column {
    POSTCODE,
    LATITUDE,
    LONGITUDE,
    EASTING,
    NORTHING,
    QUALITY,
    DISTRICT,
    AREA,
    ENDED_IN,
    COLUMNS
};

/* In the order: with one space, as people write it; then the older forms. */
static const struct import_column by_heading[COLUMNS] = {
    [POSTCODE] = {{"pcds", "postcode", "pcd", "pcd#", "pc"}, true},
    [LATITUDE] = {{"lat", "latitude"}, false},
    [LONGITUDE] = {{"long", "longitude", "lng"}, false},
    [EASTING] = {{"oseast1m", "east1m", "eastings", "easting", "ea"}, false},
    [NORTHING] = {{"osnrth1m", "north1m", "northings", "northing", "no"}, false},
    [QUALITY] = {{"quality", "pq", "positional_quality_indicator", "osgrdind", "gridind"}, false},
    [DISTRICT] = {{"lad##cd", "laua", "oslaua", "lad_code", "admin_district_code", "dc"}, false},
    [AREA] = {{"lsoa##cd", "lsoa##", "lsoa##_approx", "lsoa_code"}, false},
    [ENDED_IN] = {{"doterm"}, false},
};

/* Source: Ordnance Survey, Code-Point Open, "Code-Point_Open_Column_Headers.csv". */
enum { CODE_POINT_COLUMNS = 10 };
static const int code_point[COLUMNS] = {
    [POSTCODE] = 0, [LATITUDE] = -1, [LONGITUDE] = -1, [EASTING] = 2,   [NORTHING] = 3,
    [QUALITY] = 1,  [DISTRICT] = 8,  [AREA] = -1,      [ENDED_IN] = -1,
};

enum { ROW_BYTES_MAX = 300 }; /* of one postcode as JSON */

struct postcode_record {
    const char *postcode; /* without its space */
    const double *latitude, *longitude;
    const char *district_code, *area_code, *ended_in;
};

static enum status begin(struct import *import, int file)
{
    const char *const *cells;
    const char *postcode;
    int count;
    TRY(import_peek(import, file, &cells, &count));
    if (count == CODE_POINT_COLUMNS && text_postcode(import->ctx->mem, cells[0], &postcode) == OK) {
        import->report->layout = "Code-Point Open, 10 columns without header";
        return import_open_bare(import, file, code_point, COLUMNS);
    }
    import->report->layout = "Table of postcodes with a header";
    TRY(import_open(import, file, by_heading, COLUMNS));
    bool has_degrees = import->columns[LATITUDE] >= 0 && import->columns[LONGITUDE] >= 0;
    bool has_grid = import->columns[EASTING] >= 0 && import->columns[NORTHING] >= 0;
    if (has_degrees || has_grid)
        return OK;
    import->report->file_problem =
        "The file has neither latitude and longitude nor easting and northing";
    return ctx_fail(import->ctx, ERR_INVALID, "the file of postcodes has no places");
}

static const char *without_space(struct mem *mem, const char *postcode)
{
    char *key = mem_text(mem, postcode), *to = key;
    for (const char *p = postcode; *p != '\0'; p++)
        if (*p != ' ')
            *to++ = *p;
    *to = '\0';
    return key;
}

/* "200801" is January 2008. */
static enum status read_ended_in(struct import *import, const struct csv_row *row, const char **out)
{
    const char *text;
    TRY(import_text(import, row, import->columns[ENDED_IN], 10, &text));
    *out = "";
    if (text[0] == '\0')
        return OK;
    bool is_month = strlen(text) == 6 && strspn(text, "0123456789") == 6;
    int month = is_month ? (text[4] - '0') * 10 + text[5] - '0' : 0;
    if (month < 1 || month > 12)
        return import_refuse(import, import->columns[ENDED_IN], "\"%s\" is not a month", text);
    *out = mem_format(import->ctx->mem, "%.4s-%s", text, text + 4);
    return OK;
}

/* A signed number; NULL when there is none. */
static enum status read_degrees(struct import *import, const struct csv_row *row, int column,
                                const double **out)
{
    const char *text;
    TRY(import_text(import, row, column, 40, &text));
    *out = NULL;
    if (text[0] == '\0')
        return OK;
    double *number = mem_new(import->ctx->mem, double);
    char *end;
    *number = strtod(text, &end);
    if (*end != '\0' || !isfinite(*number) || text[strspn(text, "-+0123456789.eE")] != '\0')
        return import_refuse(import, column, "\"%s\" is not a number of degrees", text);
    *out = number;
    return OK;
}

/* The statistical files put what has no place at 99.999999 degrees north. */
static bool is_on_map(const double *latitude, const double *longitude)
{
    return latitude != NULL && longitude != NULL && *latitude > 49 && *latitude < 61.5 &&
           *longitude > -9 && *longitude < 3;
}

static enum status read_place(struct import *import, const struct csv_row *row,
                              struct postcode_record *out)
{
    const int *columns = import->columns;
    const double *easting, *northing;
    TRY(read_degrees(import, row, columns[LATITUDE], &out->latitude));
    TRY(read_degrees(import, row, columns[LONGITUDE], &out->longitude));
    if (is_on_map(out->latitude, out->longitude))
        return OK;
    out->latitude = out->longitude = NULL;
    if (columns[LATITUDE] >= 0)
        return OK; /* it would say where, if anyone knew */
    TRY(import_number(import, row, columns[EASTING], &easting));
    TRY(import_number(import, row, columns[NORTHING], &northing));
    if (easting == NULL || northing == NULL || !osgb_is_in_grid(*easting, *northing))
        return OK;
    double *degrees = mem_array(import->ctx->mem, double, 2);
    osgb_to_degrees(*easting, *northing, &degrees[0], &degrees[1]);
    for (int i = 0; i < 2; i++)
        degrees[i] = round(degrees[i] * 1e6) / 1e6; /* a tenth of a metre */
    out->latitude = &degrees[0];
    out->longitude = &degrees[1];
    return OK;
}

/* A code of the statistical offices; "" when the file has none. */
static enum status read_area(struct import *import, const struct csv_row *row, int column,
                             const char **out)
{
    *out = "";
    return csv_cell(row, column)[0] == '\0' ? OK : import_code(import, row, column, out);
}

static enum status read_row(struct import *import, const struct csv_row *row, void *record)
{
    struct postcode_record *out = record;
    const char *cell = csv_cell(row, import->columns[POSTCODE]), *postcode;
    if (text_postcode(import->ctx->mem, cell, &postcode) != OK)
        return import_refuse(import, import->columns[POSTCODE], "\"%s\" is not a postcode",
                             text_cut(import->ctx->mem, cell, 20));
    out->postcode = without_space(import->ctx->mem, postcode);
    TRY(read_place(import, row, out));
    TRY(read_area(import, row, import->columns[DISTRICT], &out->district_code));
    TRY(read_area(import, row, import->columns[AREA], &out->area_code));
    return read_ended_in(import, row, &out->ended_in);
}

/* ---- storing ---- */

static void add_number(struct text_builder *to, const char *name, const double *number)
{
    if (number == NULL)
        text_add_format(to, ",\"%s\":null", name);
    else
        text_add_format(to, ",\"%s\":%.10f", name, *number);
}

/* The batch as JSON.  Postcodes, codes and months hold nothing that JSON would have to escape. */
static enum status write_rows(struct import *import, const struct postcode_record *records,
                              size_t count, const char **out)
{
    struct text_builder to = text_build(import->ctx->mem, count * ROW_BYTES_MAX + 2);
    for (size_t i = 0; i < count; i++) {
        const struct postcode_record *it = &records[i];
        text_add_format(&to, "%s{\"n\":%zu,\"p\":\"%s\"", i == 0 ? "[" : ",", i, it->postcode);
        add_number(&to, "a", it->latitude);
        add_number(&to, "o", it->longitude);
        text_add_format(&to, ",\"d\":\"%s\",\"s\":\"%s\",\"e\":\"%s\"}", it->district_code,
                        it->area_code, it->ended_in);
    }
    text_add(&to, "]");
    return text_build_end(&to, out);
}

static enum status change(struct import *import, const struct postcode_record *in)
{
    struct ctx *ctx = import->ctx;
    struct directory_postcode_record_row known;
    int64_t changes;
    TRY(directory_postcode_record(ctx, in->postcode, &known));
    if (known.added_by == import->id)
        return import_refuse(import, import->columns[POSTCODE],
                             "This postcode stands in the file before, in another place");
    TRY(directory_import_postcode_keep(ctx, in->postcode, import->id, &changes));
    TRY(directory_import_postcode_set(ctx, in->postcode, in->latitude, in->longitude,
                                      in->district_code, in->area_code, in->ended_in, import->id,
                                      &changes));
    import->batch.changed_count++;
    return OK;
}

static enum status store_all(struct import *import, const void *records, const int64_t *lines,
                             size_t count)
{
    const struct postcode_record *in = records;
    struct directory_import_postcodes_differ_row *rows;
    size_t row_count;
    const char *json;
    TRY(write_rows(import, in, count, &json));
    TRY(directory_import_postcodes_add(import->ctx, json, import->id, &import->batch.added_count));
    if (import->batch.added_count == (int64_t)count)
        return OK;
    TRY(directory_import_postcodes_differ(import->ctx, json, (int64_t)count, &rows, &row_count));
    import->batch.same_count = (int64_t)count - import->batch.added_count - (int64_t)row_count;
    for (size_t i = 0; i < row_count; i++) {
        import->line = lines[rows[i].place];
        enum status status = change(import, &in[rows[i].place]);
        if (status != OK && status != ERR_INVALID)
            return status;
    }
    return OK;
}

const struct import_kind import_postcodes = {
    .name = "postcodes",
    .record_bytes = sizeof(struct postcode_record),
    .batch_rows = 5000,
    .begin = begin,
    .read = read_row,
    .store_all = store_all,
};
