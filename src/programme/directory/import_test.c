/* SPDX-License-Identifier: MIT */
/* import_test.c - files of organisations: good rows taken, bad ones told, history kept, undone. */
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "programme/directory/import.h"
#include "programme/directory/import_test_file.h"

static const enum directory_import_kind ORGANISATIONS = DIRECTORY_IMPORT_ORGANISATIONS;

static const char header[] = "code,name,kind,address,town,postcode,opened_on,closed_on,board\n";

static struct directory_import_report *take_rows(struct ctx *ctx, const char *rows,
                                                 const char *as_at)
{
    return import_test_text(ctx, ORGANISATIONS, mem_format(ctx->mem, "%s%s", header, rows), as_at);
}

static struct organisation find(struct ctx *ctx, const char *code)
{
    struct organisation it;
    CHECK(directory_find(ctx, code, &it) == OK);
    return it;
}

static const char *board_on(struct ctx *ctx, const char *code, const char *day)
{
    struct directory_place place;
    CHECK(directory_board_on(ctx, find(ctx, code).id, day, &place) == OK);
    return place.known == DIRECTORY_KNOWN ? place.code : "";
}

/* Everything that the directory knows, as one text: imports must not leave it changed. */
static const char *everything(struct ctx *ctx)
{
    static const char *const codes[] = {"R0A", "RAL", "RDU", "RRP", "QNQ", "Z9B2Z", "Y56", "A1"};
    struct text_builder to = text_build(ctx->mem, 1 << 20);
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct organisation it;
        struct directory_name *names;
        struct directory_period *periods;
        struct directory_found *found;
        size_t name_count, period_count, found_count;
        if (directory_find(ctx, codes[i], &it) != OK)
            continue;
        CHECK(directory_names(ctx, it.id, &names, &name_count) == OK);
        CHECK(directory_periods(ctx, it.id, &periods, &period_count) == OK);
        CHECK(directory_search(ctx, &(struct directory_asked){it.name, NULL, 50}, &found,
                               &found_count) == OK);
        text_add_format(&to, "%lld %s %s %s %s %s %s %s\n", (long long)it.id.n, it.code, it.name,
                        it.kind, it.address, it.postcode, it.opened_on, it.closed_on);
        for (size_t n = 0; n < name_count; n++)
            text_add_format(&to, " %s %s-%s", names[n].name, names[n].from_on, names[n].to_on);
        for (size_t n = 0; n < period_count; n++)
            text_add_format(&to, " %s %s-%s", periods[n].code, periods[n].from_on,
                            periods[n].to_on);
        for (size_t n = 0; n < found_count; n++)
            text_add_format(&to, " %s", found[n].code);
    }
    const char *text;
    CHECK(text_build_end(&to, &text) == OK);
    return text;
}

TEST(the_published_file_is_understood_and_taken_whole)
{
    struct pack pack;
    const struct pack_file *etr;
    struct directory_import_report report;
    CHECK(pack_newest(ctx, "trusts", &pack) == OK);
    CHECK(pack_file(ctx, &pack, "etr.csv", &etr) == OK);
    CHECK(import_test_bytes(ctx, ORGANISATIONS,
                            (struct import_test_bytes){etr->bytes, etr->size_bytes, "2026-04-09"},
                            &report) == OK);
    CHECK(report.row_count == 274 && report.added_count == 274 && report.refused_count == 0);
    CHECK_TEXT(report.layout, "Organisation Data Service file, 27 columns without header");
    CHECK(report.remark_count == 271); /* no boards and regions here yet; Wales has none */
    CHECK(report.problem_count == DIRECTORY_PROBLEMS_MAX);
    CHECK(report.problems[0].was_taken && report.problems[0].line == 1);
    CHECK(report.problems[0].column == 4);
    CHECK_TEXT(report.problems[0].reason,
               "There is no board with the code Z9B2Z here; it was left out");
    CHECK_TEXT(find(ctx, "RT4").town, "St. Asaph");
    CHECK_TEXT(find(ctx, "RJ1").name, "Guy's and St Thomas' NHS Foundation Trust");
    CHECK_TEXT(find(ctx, "G6V2S").address, "4th Floor, East Wing\nSt. Pancras Hospital\n"
                                           "4 St. Pancras Way");
}

TEST(the_same_file_twice_changes_nothing)
{
    struct pack pack;
    const struct pack_file *etr;
    struct directory_import_report report;
    CHECK(directory_take_packs(ctx) == OK);
    const char *before = everything(ctx);
    CHECK(pack_newest(ctx, "trusts", &pack) == OK);
    CHECK(pack_file(ctx, &pack, "etr.csv", &etr) == OK);
    CHECK(import_test_bytes(ctx, ORGANISATIONS,
                            (struct import_test_bytes){etr->bytes, etr->size_bytes, "2026-06-01"},
                            &report) == OK);
    CHECK(report.added_count == 0 && report.changed_count == 0 && report.same_count == 274);
    CHECK(report.id.n == 0);
    CHECK_TEXT(everything(ctx), before);
}

TEST(bad_rows_are_told_and_good_ones_taken)
{
    struct directory_import_report *report =
        take_rows(ctx,
                  "A1,First,nhs-trust,,,M13 9WL,2020-01-01,,\n"
                  ",No code,nhs-trust,,,,,,\n"
                  "A2,,nhs-trust,,,,,,\n"
                  "A3,Bad day,nhs-trust,,,,2020-02-30,,\n"
                  "A4,Closed early,nhs-trust,,,,2020-01-01,2019-12-31,\n"
                  "A5,No such kind,castle,,,,,,\n"
                  "A 6,Bad code,nhs-trust,,,,,,\n"
                  "A7,Bad postcode,nhs-trust,,,NOWHERE,,,\n"
                  "A1,First again,nhs-trust,,,,,,\n"
                  "A8,Too few\n"
                  "A9,No such board,nhs-trust,,,,,,QZZ\n",
                  "2026-01-01");
    CHECK(report->row_count == 11 && report->added_count == 3);
    CHECK(report->refused_count == 8 && report->remark_count == 2);
    static const struct {
        int64_t line;
        int column;
        const char *reason;
    } wanted[] = {
        {3, 1, "This is needed, and there is nothing"},
        {4, 2, "This is needed, and there is nothing"},
        {5, 7, "\"2020-02-30\" is not a day"},
        {6, 8, "It closed before it opened"},
        {8, 1, "\"A 6\" is not a code of letters and digits"},
        {9, 6, "\"NOWHERE\" is not a postcode and was left out"},
        {10, 1, "The code A1 stands in this file before"},
        {11, 0, "This row has 2 cells, but it should have 9"},
        {7, 3, "There is no kind \"castle\""}, /* found while storing */
        {12, 9, "There is no board with the code QZZ here; it was left out"},
    };
    CHECK(report->problem_count == sizeof wanted / sizeof wanted[0]);
    for (size_t i = 0; i < report->problem_count; i++) {
        CHECK_TEXT(report->problems[i].reason, wanted[i].reason);
        CHECK(report->problems[i].line == wanted[i].line);
        CHECK(report->problems[i].column == wanted[i].column);
    }
    CHECK_TEXT(find(ctx, "A7").postcode, "");
}

TEST(a_file_of_one_kind_of_organisation_is_taken_as_that_kind)
{
    struct directory_import_report report;
    static const char rows[] = "code,name\nA81001,THE DENSHAM SURGERY\n";
    struct directory_import_options options = {.source = "epraccur.csv", .kind = "gp-practice"};
    int file = import_test_file(ctx, rows, sizeof rows - 1);
    CHECK(directory_import(ctx, ORGANISATIONS, file, &options, &report) == OK);
    CHECK_TEXT(find(ctx, "A81001").kind, "gp-practice");
    CHECK_TEXT(find(ctx, "A81001").name, "The Densham Surgery");
    options.kind = "castle";
    CHECK(directory_import(ctx, ORGANISATIONS, file, &options, &report) == ERR_INVALID);
    CHECK_TEXT(report.file_problem, "There is no kind of organisation \"castle\"");
}

TEST(a_pack_with_a_file_that_nobody_reads_is_refused)
{
    static const struct pack_reader *const readers[] = {directory_pack_readers, NULL};
    struct pack pack;
    CHECK(pack_newest(ctx, "regions", &pack) == OK);
    CHECK(pack_check(ctx, readers, &pack) == OK);
    pack.files[0].path = "castles.csv";
    CHECK(pack_check(ctx, readers, &pack) == ERR_INVALID);
    CHECK(strstr(ctx->fault, "files[0].path: \"castles.csv\" is not read") != NULL);
}

TEST(a_pack_with_a_bad_row_is_refused_and_leaves_nothing)
{
    static const struct pack_reader *const readers[] = {directory_pack_readers, NULL};
    struct pack pack;
    struct organisation it;
    CHECK(directory_take_packs(ctx) == OK);
    CHECK(pack_newest(ctx, "regions", &pack) == OK);
    pack.version = "2027.1";
    pack.manifest = "{}"; /* could not be read again */
    pack.files[0].bytes = "code,name,status\nY99,New Region,open\nY98,Odd Region,ajar\n";
    pack.files[0].size_bytes = strlen(pack.files[0].bytes);
    CHECK(pack_install(ctx, readers, &pack) == ERR_INVALID);
    CHECK_TEXT(ctx->fault, "regions/regions.csv: line 3, column 3: \"ajar\" is none of open, "
                           "closed and planned");
    ctx->fault = NULL;
    CHECK(directory_find(ctx, "Y99", &it) == ERR_NOT_FOUND);
    CHECK(pack_newest(ctx, "regions", &pack) == OK);
    CHECK_TEXT(pack.version, "2026.1");
}

TEST(text_that_is_no_table_is_refused_whole)
{
    struct directory_import_report report;
    static const struct {
        const char *bytes;
        size_t size;
    } files[] = {
        {"", 0},
        {"hello", 5},
        {"code;name\nA1;First\n", 19},
        {"\xff\xfe\x61\x00\x62\x00", 6},
        {"PK\x03\x04\x14\x00", 6},
        {"name,town\nFirst,Leeds\n", 22},
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        ctx->fault = NULL;
        CHECK(import_test_bytes(ctx, ORGANISATIONS,
                                (struct import_test_bytes){files[i].bytes, files[i].size, NULL},
                                &report) == ERR_INVALID);
        CHECK(report.file_problem != NULL && report.file_problem[0] != '\0');
        CHECK(report.id.n == 0);
    }
    struct directory_import *imports;
    size_t count;
    CHECK(directory_imports(ctx, 10, &imports, &count) == OK && count == 0);
}

TEST(odd_bytes_spoil_their_row_and_no_other)
{
    struct directory_import_report report;
    static const char bytes[] = "code,name\n"
                                "A1,Good\n"
                                "A2,Nul\0here\n"
                                "A3,\"Never closed\n"
                                "A4,Also good\n"
                                "A5,\"Bell \a\"\n"
                                "A6,\"Two\nlines\"\n";
    CHECK(import_test_bytes(ctx, ORGANISATIONS,
                            (struct import_test_bytes){bytes, sizeof bytes - 1, NULL},
                            &report) == OK);
    CHECK_TEXT(find(ctx, "A1").name, "Good");
    CHECK_TEXT(find(ctx, "A4").name, "Also good");
    CHECK_TEXT(find(ctx, "A6").name, "Two lines");
    struct organisation it;
    CHECK(directory_find(ctx, "A2", &it) == ERR_NOT_FOUND);
    CHECK(directory_find(ctx, "A5", &it) == ERR_NOT_FOUND);
    CHECK(report.added_count == 3 && report.refused_count == 3);
}

TEST(windows_1252_is_read_as_such)
{
    struct directory_import_report report;
    static const char bytes[] = "code,name\nA1,Sant\xe9 \x96 Caf\xe9\n";
    CHECK(import_test_bytes(ctx, ORGANISATIONS,
                            (struct import_test_bytes){bytes, sizeof bytes - 1, NULL},
                            &report) == OK);
    CHECK_TEXT(find(ctx, "A1").name, "Santé – Café");
}

TEST(a_huge_cell_is_refused)
{
    char *name = mem_bytes(ctx->mem, 10 * 1024 * 1024 + 1);
    memset(name, 'x', 10 * 1024 * 1024);
    const char *row = mem_format(ctx->mem, "A1,Good,,,,,,,\nA2,%.300s,,,,,,,\n", name);
    struct directory_import_report *report = take_rows(ctx, row, NULL);
    CHECK(report->added_count == 1);
    CHECK_TEXT(report->problems[0].reason, "This is longer than 200 characters");
    report = take_rows(ctx, mem_format(ctx->mem, "A3,Good,,,,,,,\nA4,%s,,,,,,,\n", name), NULL);
    CHECK(report->added_count == 1 && report->refused_count >= 1);
}

TEST(a_renamed_organisation_keeps_its_history)
{
    struct directory_name *names;
    struct directory_found *found;
    size_t count;
    take_rows(ctx, "A1,Old Name Trust,nhs-trust,,,,2010-04-01,,\n", "2020-01-01");
    struct directory_import_report *report =
        take_rows(ctx, "A1,New Name Trust,nhs-trust,,,,2010-04-01,,\n", "2024-10-01");
    CHECK(report->changed_count == 1);
    struct organisation it = find(ctx, "A1");
    CHECK_TEXT(it.name, "New Name Trust");
    CHECK(directory_names(ctx, it.id, &names, &count) == OK && count == 2);
    CHECK_TEXT(names[1].name, "Old Name Trust");
    CHECK_TEXT(names[1].from_on, "2010-04-01");
    CHECK_TEXT(names[1].to_on, "2024-09-30");
    const char *name;
    CHECK(directory_name_on(ctx, it.id, "2024-09-30", &name) == OK);
    CHECK_TEXT(name, "Old Name Trust");
    CHECK(directory_name_on(ctx, it.id, "2024-10-01", &name) == OK);
    CHECK_TEXT(name, "New Name Trust");
    CHECK(directory_name_on(ctx, it.id, "1999-01-01", &name) == OK);
    CHECK_TEXT(name, "Old Name Trust");
    CHECK(directory_search(ctx, &(struct directory_asked){"old name", NULL, 5}, &found, &count) ==
              OK &&
          count == 1);
}

TEST(another_writing_of_a_name_is_a_correction_and_no_new_name)
{
    struct directory_name *names;
    size_t count;
    take_rows(ctx, "A1,St Marys Trust,,,,,2010-04-01,,\n", "2020-01-01");
    take_rows(ctx, "A1,St. Mary's Trust,,,,,2010-04-01,,\n", "2024-10-01");
    CHECK(directory_names(ctx, find(ctx, "A1").id, &names, &count) == OK && count == 1);
    CHECK_TEXT(names[0].name, "St. Mary's Trust");
    CHECK_TEXT(names[0].from_on, "2010-04-01");
}

TEST(a_closed_organisation_keeps_what_is_known_of_it)
{
    CHECK(directory_take_packs(ctx) == OK);
    take_rows(ctx, "A1,First Trust,nhs-trust,,,M13 9WL,2010-04-01,,QOP\n", "2026-05-01");
    CHECK(find(ctx, "A1").is_open);
    ctx->now_secs += 400 * 86400ll;
    take_rows(ctx, "A1,First Trust,nhs-trust,,,M13 9WL,2010-04-01,2026-12-31,QOP\n", "2027-01-01");
    struct organisation it = find(ctx, "A1");
    CHECK(!it.is_open);
    CHECK_TEXT(it.closed_on, "2026-12-31");
    CHECK_TEXT(board_on(ctx, "A1", "2024-01-01"), "QOP");
    CHECK_TEXT(board_on(ctx, "A1", "2026-12-31"), "QOP");
    CHECK_TEXT(board_on(ctx, "A1", "2027-01-01"), "");
}

TEST(an_organisation_that_moves_was_in_its_old_board_until_the_day_before)
{
    CHECK(directory_take_packs(ctx) == OK);
    take_rows(ctx, "A1,First Trust,nhs-trust,,,,2010-04-01,,QOP\n", "2026-05-01");
    struct directory_import_report *report =
        take_rows(ctx, "A1,First Trust,nhs-trust,,,,2010-04-01,,QYG\n", "2026-07-01");
    CHECK(report->changed_count == 1);
    CHECK_TEXT(board_on(ctx, "A1", "2026-06-30"), "QOP");
    CHECK_TEXT(board_on(ctx, "A1", "2026-07-01"), "QYG");
    report = take_rows(ctx, "A1,First Trust,nhs-trust,,,,2010-04-01,,QOP\n", "2026-06-01");
    CHECK(report->changed_count == 0 && report->remark_count == 1);
    CHECK_TEXT(report->problems[0].reason, "A newer file says that it belongs to QYG");
    CHECK_TEXT(board_on(ctx, "A1", "2026-07-01"), "QYG");
}

TEST(the_mergers_of_april_2026_move_what_was_imported_before_them)
{
    CHECK(directory_take_packs(ctx) == OK);
    take_rows(ctx, "A1,First Trust,nhs-trust,,,,2010-04-01,,QMJ\n", "2025-01-01");
    CHECK_TEXT(board_on(ctx, "A1", "2026-03-31"), "QMJ");
    CHECK_TEXT(board_on(ctx, "A1", "2026-04-01"), "Z9B2Z"); /* its only successor */
    take_rows(ctx, "A1,First Trust,nhs-trust,,,,2010-04-01,,Z9B2Z\n", "2026-06-01");
    CHECK_TEXT(board_on(ctx, "A1", "2026-03-31"), "QMJ");
    CHECK_TEXT(board_on(ctx, "A1", "2026-04-01"), "Z9B2Z");
    take_rows(ctx, "A2,Second Trust,nhs-trust,,,,2010-04-01,,QNQ\n", "2025-01-01");
    CHECK_TEXT(board_on(ctx, "A2", "2026-04-01"), ""); /* split: its own link decides */
}

/* ---- undoing ---- */

TEST(undoing_an_import_leaves_everything_as_it_was)
{
    CHECK(directory_take_packs(ctx) == OK);
    const char *before = everything(ctx);
    struct directory_import_report *report =
        take_rows(ctx,
                  "A1,New One,nhs-trust,,Leeds,LS1 4AP,2020-01-01,,QWO\n"
                  "R0A,Manchester Renamed,nhs-trust,Elsewhere,Leeds,LS1 4AP,2017-10-01,,QWO\n"
                  "RAL,Royal Free London NHS Foundation Trust,,,,,1991-04-01,2026-10-31,QKK\n",
                  "2026-07-01");
    CHECK(report->added_count == 1 && report->changed_count == 2);
    CHECK(strcmp(everything(ctx), before) != 0);
    CHECK_TEXT(board_on(ctx, "R0A", "2026-07-01"), "QWO");
    CHECK(directory_import_undo(ctx, report->id) == OK);
    CHECK_TEXT(everything(ctx), before);
    CHECK(directory_import_undo(ctx, report->id) == ERR_NOT_FOUND);
    CHECK(directory_import_undo(ctx, (struct directory_import_id){12345}) == ERR_NOT_FOUND);
}

TEST(an_import_that_others_built_on_is_undone_after_them)
{
    struct directory_import_report *first =
        take_rows(ctx, "A1,First,nhs-trust,,,,,,\nA2,Second,nhs-trust,,,,,,\n", "2026-01-01");
    struct directory_import_report *second =
        take_rows(ctx, "A1,First Renamed,nhs-trust,,,,,,\n", "2026-02-01");
    CHECK(directory_import_undo(ctx, first->id) == ERR_CONFLICT);
    CHECK(strstr(ctx->fault, "undo it first") != NULL);
    CHECK_TEXT(find(ctx, "A2").name, "Second");
    ctx->fault = NULL;
    CHECK(directory_import_undo(ctx, second->id) == OK);
    CHECK_TEXT(find(ctx, "A1").name, "First");
    CHECK(directory_import_undo(ctx, first->id) == OK);
    struct organisation it;
    CHECK(directory_find(ctx, "A1", &it) == ERR_NOT_FOUND);
}

TEST(an_organisation_that_others_refer_to_is_not_undone_away)
{
    struct directory_import *imports;
    size_t count;
    CHECK(directory_take_packs(ctx) == OK);
    CHECK(directory_imports(ctx, 10, &imports, &count) == OK);
    const char *before = everything(ctx);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(imports[i].kind, "boards") != 0)
            continue;
        CHECK(directory_import_undo(ctx, imports[i].id) == ERR_CONFLICT);
        CHECK(strstr(ctx->fault, "something refers to an organisation") != NULL);
    }
    CHECK_TEXT(everything(ctx), before);
}

TEST(an_undone_import_can_be_done_again)
{
    struct directory_import_report *report = take_rows(ctx, "A1,First,,,,,,,\n", "2026-01-01");
    CHECK(directory_import_undo(ctx, report->id) == OK);
    report = take_rows(ctx, "A1,First,,,,,,,\n", "2026-01-01");
    CHECK(report->added_count == 1);
    CHECK_TEXT(find(ctx, "A1").name, "First");
}

/* Fails each store call in turn: whatever breaks, no batch is half done. */
TEST(an_import_that_fails_leaves_no_half_batch)
{
    static const char rows[] = "A1,First,nhs-trust,,Leeds,LS1 4AP,2020-01-01,,\n"
                               "A2,Second,nhs-trust,,Leeds,LS1 4AP,2020-01-01,,\n";
    const char *text = mem_format(ctx->mem, "%s%s", header, rows);
    take_rows(ctx, "A0,Zero,nhs-trust,,,,,,\n", NULL); /* so that there are kinds */
    for (int nth = 1;; nth++) {
        struct directory_import_report report;
        struct organisation a1, a2;
        store_fail_on_call(ctx->store, nth);
        enum status status = import_test_bytes(
            ctx, ORGANISATIONS, (struct import_test_bytes){text, strlen(text), NULL}, &report);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        enum status has_a1 = directory_find(ctx, "A1", &a1);
        enum status has_a2 = directory_find(ctx, "A2", &a2);
        CHECK(has_a1 == has_a2);
        if (status == OK) {
            CHECK(has_a1 == OK && nth > 20);
            return;
        }
        CHECK(status == ERR_FAULT);
        if (has_a1 == OK) { /* only its last mark is missing: it can be undone, or run again */
            CHECK(directory_import_undo(ctx, report.id) == OK);
            CHECK(directory_find(ctx, "A1", &a1) == ERR_NOT_FOUND);
        }
    }
}

TEST(a_row_of_another_register_does_not_take_a_schools_code)
{
    import_test_text(ctx, DIRECTORY_IMPORT_SCHOOLS, "URN,EstablishmentName\n100000,A School\n",
                     NULL);
    struct directory_import_report *report =
        take_rows(ctx, "100000,A Trust,nhs-trust,,,,,,\n", NULL);
    CHECK(report->refused_count == 1);
    CHECK_TEXT(find(ctx, "100000").name, "A School");
}

TEST(progress_is_told_and_reaches_the_end)
{
    struct directory_import_report report;
    const struct directory_import_options options = {.source = "x", .as_at = "2026-02-30"};
    int file = import_test_file(ctx, "code,name\nA1,First\n", 19);
    CHECK(directory_import(ctx, ORGANISATIONS, file, &options, &report) == ERR_INVALID);
    CHECK_TEXT(report.file_problem,
               "The day that the file describes is not a day, such as 2026-04-01");
}

TEST(names_in_capitals_become_readable)
{
    static const char *const pairs[][2] = {
        {"ST GEORGE'S UNIVERSITY HOSPITALS NHS FOUNDATION TRUST",
         "St George's University Hospitals NHS Foundation Trust"},
        {"THE QUEEN ELIZABETH HOSPITAL, KING'S LYNN, NHS FOUNDATION TRUST",
         "The Queen Elizabeth Hospital, King's Lynn, NHS Foundation Trust"},
        {"UNIVERSITY HOSPITALS OF NORTH MIDLANDS NHS TRUST",
         "University Hospitals of North Midlands NHS Trust"},
        {"STOKE-ON-TRENT", "Stoke-on-Trent"},
        {"4TH FLOOR", "4th Floor"},
        {"O'NEILL HOUSE", "O'Neill House"},
        {"Already Written BY Hand", "Already Written BY Hand"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        CHECK_TEXT(import_readable(ctx->mem, pairs[i][0]), pairs[i][1]);
}

TEST(kinds_of_import_have_names)
{
    enum directory_import_kind kind;
    for (int i = 0; i < DIRECTORY_IMPORT_KINDS_COUNT; i++) {
        const char *name = directory_import_name((enum directory_import_kind)i);
        CHECK(directory_import_kind_of(ctx, name, &kind) == OK && (int)kind == i);
    }
    CHECK(directory_import_kind_of(ctx, "castles", &kind) == ERR_INVALID);
}
