/* SPDX-License-Identifier: MIT */
/*
 * import_schools.c - schools and colleges: the "edubasealldata" file of Get Information About
 * Schools, and tables with the same or simpler headings.
 *
 * The published file is written in Windows-1252 and is ragged: rows of a later layout stand among
 * those of the header's.  Up to the inspection columns the layouts agree; behind them the address
 * block is moved as a whole.  Such a row is known by a cell that is a postcode where none should
 * be, and its address is read that many columns away.  What cannot be placed is left out, with a
 * remark.
 */
#include <stdlib.h>
#include <string.h>

#include "platform/base/text.h"
#include "programme/directory/directory.sql.h"
#include "programme/directory/import.h"
#include "programme/directory/import.sql.h"
#include "programme/directory/osgb.h"

enum { NAME_CHARS_MAX = 200, LINE_CHARS_MAX = 150, TOWN_CHARS_MAX = 80, MOVED_MOST = 12 };

enum column {
    URN,
    NAME,
    STATUS,
    OPENED_ON,
    CLOSED_ON,
    PHASE,
    TYPE,
    GENDER,
    LOW_AGE,
    HIGH_AGE,
    COUNCIL,
    NUMBER,
    UKPRN,
    PUPILS,
    FREE_MEALS,
    STREET,
    LOCALITY,
    ADDRESS_3,
    TOWN,
    POSTCODE,
    EASTING,
    NORTHING,
    LATITUDE,
    LONGITUDE,
    COLUMNS
};

static const struct import_column by_heading[COLUMNS] = {
    [URN] = {{"URN"}, true},
    [NAME] = {{"EstablishmentName", "name"}, true},
    [STATUS] = {{"EstablishmentStatus (name)", "status"}, false},
    [OPENED_ON] = {{"OpenDate", "open_date"}, false},
    [CLOSED_ON] = {{"CloseDate", "close_date"}, false},
    [PHASE] = {{"PhaseOfEducation (name)", "phase"}, false},
    [TYPE] = {{"TypeOfEstablishment (name)", "type", "school_type_2018_19"}, false},
    [GENDER] = {{"Gender (name)", "gender", "gender_2018_19"}, false},
    [LOW_AGE] = {{"StatutoryLowAge"}, false},
    [HIGH_AGE] = {{"StatutoryHighAge"}, false},
    [COUNCIL] = {{"LA (code)"}, false},
    [NUMBER] = {{"EstablishmentNumber"}, false},
    [UKPRN] = {{"UKPRN"}, false},
    [PUPILS] = {{"NumberOfPupils"}, false},
    [FREE_MEALS] = {{"PercentageFSM", "fsm_pct_2022_23"}, false},
    [STREET] = {{"Street", "address"}, false},
    [LOCALITY] = {{"Locality"}, false},
    [ADDRESS_3] = {{"Address3"}, false},
    [TOWN] = {{"Town"}, false},
    [POSTCODE] = {{"Postcode"}, false},
    [EASTING] = {{"Easting"}, false},
    [NORTHING] = {{"Northing"}, false},
    [LATITUDE] = {{"latitude"}, false},
    [LONGITUDE] = {{"longitude"}, false},
};

struct school_record {
    struct import_record organisation;
    const char *phase, *type, *gender, *laestab, *ukprn;
    const int64_t *low_age, *high_age, *pupil_count;
    const double *free_meals_percent, *latitude, *longitude;
};

static enum status begin(struct import *import, int file)
{
    import->is_ragged = true;
    import->report->layout = "Table of schools with a header (GIAS)";
    TRY(import_kinds_load(import));
    TRY(import_kind_for(import, NULL, DIRECTORY_SCHOOLS, &import->default_kind));
    return import_open(import, file, by_heading, COLUMNS);
}

/* ---- reading ---- */

static bool is_postcode(struct import *import, const struct csv_row *row, int column)
{
    const char *postcode, *cell = csv_cell(row, column);
    return cell[0] != '\0' && strlen(cell) < 12 &&
           text_postcode(import->ctx->mem, cell, &postcode) == OK;
}

/* How many columns the row's address is moved: 0 for a row as the header says, 0 too when no
 * postcode or several are found near. */
static int find_moved(struct import *import, const struct csv_row *row)
{
    int column = import->columns[POSTCODE], found = 0;
    if (column < 0 || is_postcode(import, row, column))
        return 0;
    for (int by = -MOVED_MOST; by <= MOVED_MOST; by++) {
        if (column + by < 0 || column + by >= row->cell_count ||
            !is_postcode(import, row, column + by))
            continue;
        if (found != 0)
            return 0;
        found = by;
    }
    return found;
}

static int moved(const struct import *import, enum column column, int by)
{
    return import->columns[column] < 0 ? -1 : import->columns[column] + by;
}

static enum status read_address(struct import *import, const struct csv_row *row, int by,
                                struct import_record *out)
{
    out->address = "";
    for (enum column line = STREET; line <= ADDRESS_3; line++) {
        const char *text;
        TRY(import_text(import, row, moved(import, line, by), LINE_CHARS_MAX, &text));
        if (text[0] != '\0')
            out->address = mem_format(import->ctx->mem, "%s%s%s", out->address,
                                      out->address[0] != '\0' ? "\n" : "", text);
    }
    TRY(import_text(import, row, moved(import, TOWN, by), TOWN_CHARS_MAX, &out->town));
    return import_postcode(import, row, moved(import, POSTCODE, by), &out->postcode);
}

/* A row of another layout whose postcode is not found either: its address cells hold anything. */
static bool is_unplaced(struct import *import, const struct csv_row *row, int by)
{
    return by == 0 && row->found_count > row->cell_count &&
           !is_postcode(import, row, import->columns[POSTCODE]);
}

static enum status read_state(struct import *import, const struct csv_row *row,
                              struct import_record *out)
{
    /* By the first word: "Open, but proposed to close" is open. */
    static const struct {
        const char *published, *state;
    } states[] = {{"open", "open"}, {"closed", "closed"}, {"proposed", "planned"}};
    const char *text;
    TRY(import_text(import, row, import->columns[STATUS], 60, &text));
    out->state = out->closed_on[0] != '\0' ? "closed" : "open";
    if (text[0] == '\0')
        return OK;
    const char *folded = text_fold(import->ctx->mem, text);
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (text_begins(folded, states[i].published)) {
            out->state = states[i].state;
            return OK;
        }
    return import_refuse(import, import->columns[STATUS], "\"%s\" is no state of a school", text);
}

static enum status read_organisation(struct import *import, const struct csv_row *row,
                                     struct import_record *out)
{
    const int *columns = import->columns;
    int by = find_moved(import, row);
    out->line = import->line;
    TRY(import_code(import, row, columns[URN], &out->code));
    if (out->code[strspn(out->code, "0123456789")] != '\0')
        return import_refuse(import, columns[URN], "\"%s\" is not a URN, which has only digits",
                             out->code);
    TRY(import_text_needed(import, row, columns[NAME], NAME_CHARS_MAX, &out->name));
    out->name = import_readable(import->ctx->mem, out->name);
    TRY(import_day(import, row, columns[OPENED_ON], &out->opened_on));
    TRY(import_day(import, row, columns[CLOSED_ON], &out->closed_on));
    if (out->opened_on[0] != '\0' && out->closed_on[0] != '\0' &&
        strcmp(out->closed_on, out->opened_on) < 0)
        return import_refuse(import, columns[CLOSED_ON], "It closed before it opened");
    TRY(read_state(import, row, out));
    if (is_unplaced(import, row, by)) {
        out->address = out->town = out->postcode = "";
        import_remark(import, -1,
                      "This row has %d cells, but the header %d: its address was left out",
                      row->found_count, row->cell_count);
    } else {
        TRY(read_address(import, row, by, out));
    }
    if (!import_code_is_new(import, out->code))
        return import_refuse(import, columns[URN], "The URN %s stands in this file before",
                             out->code);
    return OK;
}

static enum status read_ukprn(struct import *import, const struct csv_row *row, const char **out)
{
    int column = import->columns[UKPRN];
    TRY(import_text(import, row, column, 40, out));
    bool is_ukprn = strlen(*out) == 8 && (*out)[0] == '1' && strspn(*out, "0123456789") == 8;
    if ((*out)[0] != '\0' && !is_ukprn) {
        import_remark(import, column, "\"%s\" is not a UKPRN and was left out", *out);
        *out = "";
    }
    return OK;
}

/* "" as well when the file says that it does not apply. */
static enum status read_word(struct import *import, const struct csv_row *row, enum column column,
                             const char **out)
{
    TRY(import_text(import, row, import->columns[column], 80, out));
    if (text_equal_fold(import->ctx->mem, *out, "not applicable"))
        *out = "";
    return OK;
}

static enum status read_place(struct import *import, const struct csv_row *row,
                              struct school_record *out)
{
    const int *columns = import->columns;
    const double *easting, *northing;
    if (row->found_count != row->cell_count)
        return OK; /* the columns of its grid reference cannot be told */
    if (columns[LATITUDE] >= 0 && columns[LONGITUDE] >= 0) {
        char *end;
        const char *latitude = csv_cell(row, columns[LATITUDE]);
        const char *longitude = csv_cell(row, columns[LONGITUDE]);
        double *degrees = mem_array(import->ctx->mem, double, 2);
        degrees[0] = strtod(latitude, &end);
        degrees[1] = strtod(longitude, &end);
        if (degrees[0] > 49 && degrees[0] < 61.5 && degrees[1] > -9 && degrees[1] < 3) {
            out->latitude = &degrees[0];
            out->longitude = &degrees[1];
        }
        return OK;
    }
    TRY(import_number(import, row, columns[EASTING], &easting));
    TRY(import_number(import, row, columns[NORTHING], &northing));
    if (easting == NULL || northing == NULL || !osgb_is_in_grid(*easting, *northing))
        return OK;
    double *degrees = mem_array(import->ctx->mem, double, 2);
    osgb_to_degrees(*easting, *northing, &degrees[0], &degrees[1]);
    out->latitude = &degrees[0];
    out->longitude = &degrees[1];
    return OK;
}

static enum status read_row(struct import *import, const struct csv_row *row, void *record)
{
    struct school_record *out = record;
    const int *columns = import->columns;
    const char *council, *number;
    TRY(read_organisation(import, row, &out->organisation));
    TRY(read_word(import, row, PHASE, &out->phase));
    TRY(read_word(import, row, TYPE, &out->type));
    TRY(read_word(import, row, GENDER, &out->gender));
    TRY(import_count(import, row, columns[LOW_AGE], &out->low_age));
    TRY(import_count(import, row, columns[HIGH_AGE], &out->high_age));
    TRY(import_text(import, row, columns[COUNCIL], 10, &council));
    TRY(import_text(import, row, columns[NUMBER], 10, &number));
    out->laestab = council[0] != '\0' && number[0] != '\0'
                       ? mem_format(import->ctx->mem, "%s/%s", council, number)
                       : "";
    TRY(read_ukprn(import, row, &out->ukprn));
    TRY(import_count(import, row, columns[PUPILS], &out->pupil_count));
    TRY(import_number(import, row, columns[FREE_MEALS], &out->free_meals_percent));
    return read_place(import, row, out);
}

/* ---- storing ---- */

static bool is_same_count(const int64_t *a, const int64_t *b)
{
    return a == NULL || b == NULL ? a == b : *a == *b;
}

static bool is_same_number(const double *a, const double *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    double difference = *a - *b;
    return difference < 1e-9 && difference > -1e-9;
}

static bool is_same(const struct school_record *in, const struct directory_school_record_row *known)
{
    return strcmp(in->phase, known->phase) == 0 && strcmp(in->type, known->type) == 0 &&
           strcmp(in->gender, known->gender) == 0 && strcmp(in->laestab, known->laestab) == 0 &&
           strcmp(in->ukprn, known->ukprn) == 0 && is_same_count(in->low_age, known->low_age) &&
           is_same_count(in->high_age, known->high_age) &&
           is_same_count(in->pupil_count, known->pupil_count) &&
           is_same_number(in->free_meals_percent, known->free_meals_percent) &&
           is_same_number(in->latitude, known->latitude) &&
           is_same_number(in->longitude, known->longitude);
}

static enum status store_row(struct import *import, const void *record, enum import_outcome *out)
{
    const struct school_record *in = record;
    struct ctx *ctx = import->ctx;
    struct directory_school_record_row known;
    int64_t id, changes;
    TRY(import_record_store(import, &in->organisation, &id, out));
    if (*out != IMPORT_ADDED) {
        enum status status = directory_school_record(ctx, id, &known);
        if (status == OK && is_same(in, &known))
            return OK;
        if (status != OK && status != ERR_NOT_FOUND)
            return status;
        *out = IMPORT_CHANGED;
        TRY(directory_import_school_drop(ctx, id, import->id, &changes));
    }
    return directory_import_school_add(
        ctx, id, in->phase, in->type, in->gender, in->low_age, in->high_age, in->laestab, in->ukprn,
        in->pupil_count, in->free_meals_percent, in->latitude, in->longitude, import->id, &changes);
}

const struct import_kind import_schools = {
    "schools", sizeof(struct school_record), 500, begin, read_row, store_row};
