/* SPDX-License-Identifier: MIT */
/*
 * directory.c - organisations, their names, and schools and postcodes, as they are and were.
 *
 * Where they belonged on a day is in directory_place.c, how they are found in directory_search.c,
 * how they come in in import.c and the files beside it.
 */
#include "programme/directory/directory.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/directory/directory.sql.h"

#include <ctype.h>
#include <string.h>

/* Days decide where they are known, and the source's own word where they are not. */
bool directory_is_open_on(const char *state, const char *opened_on, const char *closed_on,
                          const char *day)
{
    if (opened_on[0] != '\0' && strcmp(day, opened_on) < 0)
        return false;
    if (closed_on[0] != '\0')
        return strcmp(day, closed_on) <= 0;
    if (strcmp(state, "planned") == 0)
        return opened_on[0] != '\0';
    return strcmp(state, "open") == 0;
}

enum status directory_get(struct ctx *ctx, struct organisation_id id, struct organisation *out)
{
    struct directory_record_by_id_row row;
    TRY(directory_record_by_id(ctx, id.n, &row));
    *out = (struct organisation){
        .id = {row.id},
        .code = row.code,
        .name = row.name,
        .kind = row.kind,
        .kind_name = row.kind_name,
        .shelf = row.shelf,
        .stands_for = row.stands_for,
        .is_employer = row.is_employer != 0,
        .address = row.address,
        .town = row.town,
        .postcode = row.postcode,
        .opened_on = row.opened_on,
        .closed_on = row.closed_on,
        .is_open = directory_is_open_on(row.state, row.opened_on, row.closed_on,
                                        time_day_of(ctx->mem, ctx->now_secs)),
    };
    return OK;
}

/* Registers write codes in capitals; people type them as they like. */
static const char *in_capitals(struct mem *mem, const char *code)
{
    char *capitals = mem_text(mem, code);
    for (char *p = capitals; *p != '\0'; p++)
        *p = (char)toupper((unsigned char)*p);
    return capitals;
}

enum status directory_find(struct ctx *ctx, const char *code, struct organisation *out)
{
    struct directory_id_by_code_row row;
    enum status status = directory_id_by_code(ctx, code, &row);
    if (status == ERR_NOT_FOUND) {
        status = directory_id_by_code(ctx, in_capitals(ctx->mem, code), &row);
    }
    TRY(status);
    return directory_get(ctx, (struct organisation_id){row.id}, out);
}

enum status directory_names(struct ctx *ctx, struct organisation_id id, struct directory_name **out,
                            size_t *count_out)
{
    struct directory_name_rows_row *rows;
    TRY(directory_name_rows(ctx, id.n, DIRECTORY_ROWS_MAX, &rows, count_out));
    *out = mem_array(ctx->mem, struct directory_name, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct directory_name){rows[i].name, rows[i].from_on, rows[i].to_on};
    return OK;
}

enum status directory_name_on(struct ctx *ctx, struct organisation_id id, const char *day,
                              const char **out)
{
    struct directory_name *names;
    size_t count;
    TRY(directory_names(ctx, id, &names, &count));
    if (count == 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "there is no organisation %lld", (long long)id.n);
    size_t i = 0; /* newest first: the first that had begun, or else the earliest */
    while (i + 1 < count && strcmp(names[i].from_on, day) > 0)
        i++;
    *out = names[i].name;
    return OK;
}

enum status directory_kinds(struct ctx *ctx, const char *shelf, struct directory_choice **out,
                            size_t *count_out)
{
    struct directory_kind_rows_row *rows;
    TRY(directory_kind_rows(ctx, shelf, DIRECTORY_ROWS_MAX, &rows, count_out));
    *out = mem_array(ctx->mem, struct directory_choice, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct directory_choice){rows[i].code, rows[i].name};
    return OK;
}

enum status directory_school(struct ctx *ctx, const char *urn, struct school *out)
{
    struct directory_school_record_row row;
    *out = (struct school){0};
    TRY(directory_find(ctx, urn, &out->organisation));
    TRY(directory_school_record(ctx, out->organisation.id.n, &row));
    out->phase = row.phase;
    out->type = row.type;
    out->gender = row.gender;
    out->low_age = row.low_age;
    out->high_age = row.high_age;
    out->laestab = row.laestab;
    out->ukprn = row.ukprn;
    out->pupil_count = row.pupil_count;
    out->free_meals_percent = row.free_meals_percent;
    out->latitude = row.latitude;
    out->longitude = row.longitude;
    return OK;
}

enum status directory_postcode(struct ctx *ctx, const char *typed, struct directory_postcode *out)
{
    const char *postcode;
    if (text_postcode(ctx->mem, typed, &postcode) != OK)
        return ctx_fail(ctx, ERR_INVALID, "this has not the form of a postcode");
    const char *space = strchr(postcode, ' ');
    const char *key = mem_format(ctx->mem, "%.*s%s", (int)(space - postcode), postcode, space + 1);
    struct directory_postcode_record_row row;
    TRY(directory_postcode_record(ctx, key, &row));
    *out = (struct directory_postcode){postcode,          row.latitude,  row.longitude,
                                       row.district_code, row.area_code, row.ended_in};
    return OK;
}
