/* SPDX-License-Identifier: MIT */
/* import_places_test.c - schools and postcodes, as published and as found. */
#include "platform/base/embedded.h"
#include "platform/base/test.h"
#include "programme/directory/directory_test_help.h"
#include "programme/directory/import.h"
#include "programme/directory/import_test_file.h"
#include "programme/directory/osgb.h"

#include <math.h>

static const enum directory_import_kind SCHOOLS = DIRECTORY_IMPORT_SCHOOLS;
static const enum directory_import_kind POSTCODES = DIRECTORY_IMPORT_POSTCODES;

static bool is_near(const double *a, double b, double within)
{
    return a != NULL && fabs(*a - b) < within;
}

static struct directory_import_report *take_sample(struct ctx *ctx, enum directory_import_kind kind,
                                                   const char *name)
{
    struct directory_import_report *report = mem_new(ctx->mem, struct directory_import_report);
    const struct embedded_file *file = import_test_sample(ctx, name);
    CHECK(import_test_bytes(ctx, kind,
                            (struct import_test_bytes){file->bytes, file->size_bytes, NULL},
                            report) == OK);
    return report;
}

/* ---- schools ---- */

TEST(the_published_layout_of_schools_is_read_row_by_row)
{
    struct school school;
    struct directory_import_report *report =
        take_sample(ctx, SCHOOLS, "gias_edubasealldata_layout_sample.csv");
    CHECK(report->row_count == 19 && report->added_count == 19 && report->refused_count == 0);
    CHECK(directory_school(ctx, "100000", &school) == OK);
    CHECK_TEXT(school.organisation.name, "Sir John Cass's Foundation Primary School");
    CHECK_TEXT(school.organisation.postcode, "EC3A 5DE");
    CHECK_TEXT(school.phase, "Primary");
    CHECK_TEXT(school.type, "Voluntary aided school");
    CHECK_TEXT(school.laestab, "201/3614");
    CHECK(*school.low_age == 3 && *school.high_age == 11 && *school.pupil_count == 276);
    CHECK(is_near(school.free_meals_percent, 12, 0.01));
    CHECK(is_near(school.latitude, 51.5138, 0.0005) && is_near(school.longitude, -0.0775, 0.0005));
    CHECK(school.organisation.is_open);
    CHECK_TEXT(school.organisation.shelf, DIRECTORY_SCHOOLS);
    CHECK(directory_school(ctx, "100004", &school) == OK);
    CHECK(!school.organisation.is_open);
    CHECK_TEXT(school.organisation.closed_on, "1992-08-31");
    CHECK(directory_school(ctx, "100001", &school) == OK);
    CHECK_TEXT(school.ukprn, "10013279");
    CHECK_TEXT(school.phase, ""); /* not applicable */
}

TEST(a_row_of_a_later_layout_has_its_address_in_the_right_place)
{
    struct school school;
    take_sample(ctx, SCHOOLS, "gias_edubasealldata_layout_sample.csv");
    CHECK(directory_school(ctx, "124930", &school) == OK);
    CHECK_TEXT(school.organisation.name, "Coachman's Cottage Tuition Centre");
    CHECK_TEXT(school.organisation.town, "Camberley");
    CHECK_TEXT(school.organisation.postcode, "GU15 3QB");
    CHECK_TEXT(school.organisation.closed_on, "1997-11-01");
    CHECK(school.latitude == NULL); /* its columns cannot be told */
}

TEST(the_same_schools_twice_change_nothing_and_can_be_undone)
{
    struct school school;
    struct directory_import_report *first =
        take_sample(ctx, SCHOOLS, "gias_edubasealldata_layout_sample.csv");
    struct directory_import_report *second =
        take_sample(ctx, SCHOOLS, "gias_edubasealldata_layout_sample.csv");
    CHECK(second->same_count == 19 && second->id.n == 0);
    struct directory_import_report *third = import_test_text(
        ctx, SCHOOLS, "URN,EstablishmentName,NumberOfPupils\n100000,The Aldgate School,280\n",
        "2026-02-01");
    CHECK(third->changed_count == 1);
    CHECK(directory_school(ctx, "100000", &school) == OK && *school.pupil_count == 280);
    CHECK(directory_import_undo(ctx, third->id) == OK);
    CHECK(directory_school(ctx, "100000", &school) == OK && *school.pupil_count == 276);
    CHECK_TEXT(school.organisation.name, "Sir John Cass's Foundation Primary School");
    CHECK(directory_import_undo(ctx, first->id) == OK);
    CHECK(directory_school(ctx, "100000", &school) == ERR_NOT_FOUND);
}

TEST(bad_schools_are_told_with_line_and_column)
{
    struct directory_import_report *report =
        import_test_text(ctx, SCHOOLS,
                         "URN,EstablishmentName,EstablishmentStatus (name),OpenDate,UKPRN\n"
                         "ABC,Letters,Open,,\n"
                         "100001,Good,Open,01-09-2001,10013279\n"
                         "100002,No such state,Ajar,,\n"
                         "100003,No such day,Open,31-02-2001,\n"
                         "100004,No UKPRN,Open,,999\n"
                         "100005,Planned,Proposed to open,,\n"
                         ",Nameless,,,\n",
                         NULL);
    struct school school;
    CHECK(report->added_count == 3 && report->refused_count == 4 && report->remark_count == 1);
    CHECK(report->problems[0].line == 2 && report->problems[0].column == 1);
    CHECK(report->problems[1].line == 4 && report->problems[1].column == 3);
    CHECK_TEXT(report->problems[1].reason, "\"Ajar\" is no state of a school");
    CHECK(report->problems[2].line == 5 && report->problems[2].column == 4);
    CHECK(report->problems[3].line == 6 && report->problems[3].was_taken);
    CHECK(directory_school(ctx, "100005", &school) == OK && !school.organisation.is_open);
}

TEST(a_school_is_found_by_typing)
{
    struct directory_found *found;
    size_t count;
    take_sample(ctx, SCHOOLS, "gias_edubasealldata_layout_sample.csv");
    CHECK(directory_search(ctx,
                           &(struct directory_asked){"saint pauls cathedral", DIRECTORY_SCHOOLS, 5},
                           &found, &count) == OK);
    CHECK(count == 1);
    CHECK_TEXT(found[0].code, "100002");
    CHECK(directory_search(ctx, &(struct directory_asked){"ec4m 9ad", DIRECTORY_SCHOOLS, 5}, &found,
                           &count) == OK);
    CHECK(count == 1);
}

TEST(an_employer_comes_before_a_school_of_a_like_name)
{
    struct directory_found *found;
    size_t count;
    directory_test_packs(ctx);
    import_test_text(ctx, SCHOOLS, "URN,EstablishmentName\n141200,Kings College Guildford\n", NULL);
    const struct directory_asked asked = {"kings college", NULL, 5};
    CHECK(directory_search(ctx, &asked, &found, &count) == OK && count == 2);
    CHECK_TEXT(found[0].code, "RJZ");
    CHECK_TEXT(found[1].code, "141200");
}

/* ---- postcodes ---- */

TEST(code_point_open_is_taken_as_published)
{
    struct directory_postcode postcode;
    struct directory_import_report *report =
        take_sample(ctx, POSTCODES, "codepoint_open_sample.csv");
    CHECK(report->added_count == 40 && report->refused_count == 0);
    CHECK_TEXT(report->layout, "Code-Point Open, 10 columns without header");
    CHECK(directory_postcode(ctx, "wc1a1ab", &postcode) == OK);
    CHECK_TEXT(postcode.postcode, "WC1A 1AB");
    CHECK_TEXT(postcode.district_code, "E09000007");
    CHECK(is_near(postcode.latitude, 51.51657, 0.0001));
    CHECK(is_near(postcode.longitude, -0.12517, 0.0001));
}

TEST(the_national_statistics_lookup_is_taken_by_its_headings)
{
    struct directory_postcode postcode;
    struct directory_import_report *report = take_sample(ctx, POSTCODES, "nspl_2021-11_sample.csv");
    CHECK(report->added_count == 40 && report->refused_count == 0);
    CHECK(directory_postcode(ctx, "WN1 1AA", &postcode) == OK);
    CHECK_TEXT(postcode.district_code, "E08000010");
    CHECK_TEXT(postcode.area_code, "E01006369");
    CHECK_TEXT(postcode.ended_in, "");
    CHECK(is_near(postcode.latitude, 53.546967, 0.0000001));
    CHECK(directory_postcode(ctx, "WN1 1AB", &postcode) == OK);
    CHECK_TEXT(postcode.ended_in, "2008-01");
}

TEST(headings_of_another_edition_are_found)
{
    struct directory_postcode postcode;
    import_test_text(
        ctx, POSTCODES,
        "pcd7,pcd8,pcds,dointr,doterm,east1m,north1m,lad26cd,lsoa11cd,lsoa21cd,lat,long\n"
        "WC1A1AB,WC1A 1AB,WC1A 1AB,198001,,530185,181405,E09000007,E01OLD,E01NEW,"
        "51.5,-0.1\n"
        "ZZ99 3VZ,,ZZ99 3VZ,,,,,,,,,\n"
        "BT1 1AA,BT1  1AA,BT1 1AA,,,,,N09000003,,,54.6,-5.9\n"
        "JE2 3AB,JE2  3AB,JE2 3AB,,,,,,,,99.999999,0\n",
        NULL);
    CHECK(directory_postcode(ctx, "WC1A 1AB", &postcode) == OK);
    CHECK_TEXT(postcode.area_code, "E01NEW");
    CHECK_TEXT(postcode.district_code, "E09000007");
    CHECK(directory_postcode(ctx, "BT1 1AA", &postcode) == OK && postcode.latitude != NULL);
    CHECK(directory_postcode(ctx, "JE2 3AB", &postcode) == OK && postcode.latitude == NULL);
}

TEST(postcodes_twice_change_nothing_and_changes_can_be_undone)
{
    struct directory_postcode postcode;
    struct directory_import_report *first =
        take_sample(ctx, POSTCODES, "codepoint_open_sample.csv");
    struct directory_import_report *again =
        take_sample(ctx, POSTCODES, "codepoint_open_sample.csv");
    CHECK(again->same_count == 40 && again->id.n == 0);
    struct directory_import_report *second =
        import_test_text(ctx, POSTCODES,
                         "pcds,lat,long,laua\nWC1A 1AB,51.6,-0.2,E09000008\n"
                         "N1 1AA,51.53,-0.1,E09000019\n",
                         NULL);
    CHECK(second->changed_count == 1 && second->added_count == 1);
    CHECK(directory_import_undo(ctx, first->id) == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(directory_postcode(ctx, "WC1A 1AB", &postcode) == OK);
    CHECK_TEXT(postcode.district_code, "E09000008");
    CHECK(directory_import_undo(ctx, second->id) == OK);
    CHECK(directory_postcode(ctx, "WC1A 1AB", &postcode) == OK);
    CHECK_TEXT(postcode.district_code, "E09000007");
    CHECK(directory_postcode(ctx, "N1 1AA", &postcode) == ERR_NOT_FOUND);
    CHECK(directory_import_undo(ctx, first->id) == OK);
    CHECK(directory_postcode(ctx, "WC1A 1AB", &postcode) == ERR_NOT_FOUND);
}

TEST(bad_postcodes_are_told)
{
    struct directory_import_report *report = import_test_text(ctx, POSTCODES,
                                                              "pcds,lat,long,laua,doterm\n"
                                                              "NOT ONE,51.6,-0.2,E09000008,\n"
                                                              "N1 1AA,north,-0.1,E09000019,\n"
                                                              "N1 1AB,51.5,-0.1,E09000019,200813\n"
                                                              "N1 1AD,51.5,-0.1,E09000019,200812\n"
                                                              "N1 1AD,51.5,-0.1,E09000018,200812\n",
                                                              NULL);
    CHECK(report->added_count == 1 && report->refused_count == 4);
    CHECK(report->problems[0].column == 1 && report->problems[1].column == 2);
    CHECK_TEXT(report->problems[2].reason, "\"200813\" is not a month");
    CHECK_TEXT(report->problems[3].reason,
               "This postcode stands in the file before, in another place");
    struct directory_import_report refused;
    static const char no_place[] = "pcds,laua\nN1 1AA,E09000019\n";
    CHECK(import_test_bytes(ctx, POSTCODES,
                            (struct import_test_bytes){no_place, sizeof no_place - 1, NULL},
                            &refused) == ERR_INVALID);
    struct directory_postcode postcode;
    CHECK(directory_postcode(ctx, "not one", &postcode) == ERR_INVALID);
}

TEST(the_grid_is_turned_into_degrees)
{
    double latitude, longitude;
    /* The Ordnance Survey's own worked example, near Caister water tower, moved to WGS84. */
    osgb_to_degrees(651409.903, 313177.270, &latitude, &longitude);
    CHECK(fabs(latitude - 52.657977) < 0.0001 && fabs(longitude - 1.716074) < 0.0001);
    CHECK(osgb_is_in_grid(651409, 313177) && !osgb_is_in_grid(0, 0));
    CHECK(!osgb_is_in_grid(5e9, 1));
}
