/* SPDX-License-Identifier: MIT */
/* resource_test.c - what documents promise. */
#include "programme/resource/resource.h"

#include "platform/base/test.h"
#include "platform/document/upload.h"
#include "platform/store/store.h"
#include "programme/resource/resource.sql.h"
#include "programme/resource/resource_test_help.h"
#include "programme/search/search.h"

static const char pdf_begin[] = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R";
static const char pdf_end[] =
    " >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] >>\nendobj\n3 0 obj\n<< /Type /Page "
    "/Parent 2 0 R >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";
static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

static struct resource opened(struct ctx *ctx, const char *reference, int64_t version)
{
    struct resource resource;
    CHECK(resource_open(ctx, reference, version, &resource) == OK);
    return resource;
}

static size_t found_in_search(struct ctx *ctx)
{
    struct search_found *rows;
    size_t count;
    CHECK(search_recent(ctx, &(const struct search_since){.kind = SEARCH_RESOURCE, .at_most = 10},
                        &rows, &count) == OK);
    return count;
}

/* ---- versions ---- */

TEST(the_newest_version_is_shown_and_nothing_overwrites_the_earlier_ones)
{
    struct resource_draft first = resource_test_draft(ctx, 1);
    const char *reference = resource_test_publish(ctx, &first);
    struct resource_draft second = resource_test_draft(ctx, 2);
    struct resource_bytes bytes;
    struct resource_past *past;
    size_t count;
    second.reference = reference;
    second.title = "Work experience in two weeks";
    ctx->now_secs += 86400;
    CHECK_TEXT(resource_test_publish(ctx, &second), reference);

    struct resource now = opened(ctx, reference, 0), before = opened(ctx, reference, 1);
    CHECK(now.newest == 2 && now.shown.number == 2 && before.shown.number == 1);
    CHECK_TEXT(now.shown.title, "Work experience in two weeks");
    CHECK_TEXT(before.shown.title, "Work experience in a week");
    CHECK(resource_read(ctx, &before, 1, &bytes) == OK);
    CHECK(strncmp(bytes.bytes.bytes, "Guide 1,", 8) == 0);
    CHECK(resource_read(ctx, &now, 1, &bytes) == OK);
    CHECK(strncmp(bytes.bytes.bytes, "Guide 2,", 8) == 0);
    CHECK(resource_history(ctx, &now, &past, &count) == OK && count == 2);
    CHECK(past[0].number == 2 && past[1].number == 1);
    CHECK_TEXT(past[0].changes, "A page on clothes.");
    CHECK(resource_open(ctx, reference, 3, &now) == ERR_NOT_FOUND);
    CHECK(found_in_search(ctx) == 1);
}

TEST(formats_and_languages_are_those_of_the_newest_version)
{
    struct resource_draft draft = resource_test_draft(ctx, 1);
    struct resource_row_row row;
    struct form_problems problems = {.count = 0};
    draft.accessible = "none";
    const char *reference = resource_test_publish(ctx, &draft);
    CHECK(!opened(ctx, reference, 0).shown.is_accessible);
    struct resource_addition addition = {reference,
                                         resource_test_file(ctx, "cymraeg.csv", "a,b\n1,2\n"),
                                         "translation", "cy", FORM_YES};
    CHECK(resource_file_add(ctx, &addition, &problems) == OK);
    CHECK(opened(ctx, reference, 0).shown.is_accessible);
    CHECK(resource_row(ctx, reference, &row) == OK);
    CHECK_TEXT(row.formats, "plain text, CSV");
    CHECK_TEXT(row.languages, "English, Welsh");
}

/* ---- what is refused ---- */

struct refused {
    const char *field;
    struct resource_draft draft;
};

static void check_refused(struct ctx *ctx, const struct refused *r)
{
    struct form_problems problems = {.count = 0};
    const char *reference;
    CHECK(resource_publish(ctx, &r->draft, &problems, &reference) == ERR_INVALID);
    if (form_problem_of(&problems, r->field) == NULL)
        fail_msg("%s: not refused", r->field);
    ctx->fault = NULL;
}

TEST(what_would_harm_or_shut_out_readers_is_refused_with_what_to_do)
{
    struct refused r = {"document", resource_test_draft(ctx, 1)};
    r.draft.document = resource_test_file(
        ctx, "act.pdf",
        mem_join(ctx->mem, pdf_begin, " /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>",
                 pdf_end));
    check_refused(ctx, &r);
    r.draft.document = resource_test_file(
        ctx, "locked.pdf", mem_join(ctx->mem, pdf_begin, " /Encrypt 9 0 R", pdf_end));
    check_refused(ctx, &r);

    r = (struct refused){"summary", resource_test_draft(ctx, 1)};
    r.draft.summary = "Work experience, in a week!";
    check_refused(ctx, &r);
    r = (struct refused){"review_on", resource_test_draft(ctx, 1)};
    r.draft.review_on = "2026-03-09"; /* today */
    check_refused(ctx, &r);
    r.draft.review_on = "2029-03-10"; /* more than 3 years */
    check_refused(ctx, &r);
    CHECK(found_in_search(ctx) == 0);
}

static struct form_file picture(struct ctx *ctx)
{
    const char *problem;
    struct upload upload;
    const struct upload_sent sent = {"scan.png", png, sizeof png - 1, "draft:test"};
    CHECK(upload_keep(ctx, &sent, &(const struct upload_rules){.endings = upload_all_endings},
                      &upload, &problem) == OK);
    return (struct form_file){upload.id, upload.name, upload.size_bytes, "draft:test"};
}

TEST(a_picture_is_no_accessible_version)
{
    struct refused r = {"accessible", resource_test_draft(ctx, 1)};
    r.draft.document = picture(ctx);
    check_refused(ctx, &r);
    r = (struct refused){"alternative", resource_test_draft(ctx, 1)};
    r.draft.accessible = "beside";
    r.draft.alternative = picture(ctx);
    check_refused(ctx, &r);
    r.draft.alternative = resource_test_file(ctx, "plain.txt", "The same in plain words.\n");
    CHECK(opened(ctx, resource_test_publish(ctx, &r.draft), 0).shown.file_count == 2);
}

TEST(the_same_file_is_no_new_version_and_the_same_language_no_translation)
{
    struct resource_draft draft = resource_test_draft(ctx, 1);
    struct form_problems problems = {.count = 0};
    const char *reference = resource_test_publish(ctx, &draft);
    struct refused r = {"document", resource_test_draft(ctx, 1)};
    r.draft.reference = reference;
    check_refused(ctx, &r);
    struct resource_addition addition = {reference,
                                         resource_test_file(ctx, "other.txt", "Other words.\n"),
                                         "translation", "en", FORM_YES};
    CHECK(resource_file_add(ctx, &addition, &problems) == ERR_INVALID);
    CHECK(form_problem_of(&problems, "language") != NULL);
    CHECK(opened(ctx, reference, 0).shown.file_count == 1);
}

/* ---- two editors, and taking back ---- */

TEST(the_second_of_two_editors_overwrites_nothing)
{
    struct form_problems problems = {.count = 0};
    struct resource_draft draft = resource_test_draft(ctx, 1);
    const char *reference = resource_test_publish(ctx, &draft);
    struct resource seen = opened(ctx, reference, 0);
    struct resource_words hers = seen.words, his = seen.words;
    hers.title = "Hers";
    his.title = "His";
    CHECK(resource_describe(ctx, reference, seen.revision, &hers, &problems) == OK);
    CHECK(resource_describe(ctx, reference, seen.revision, &his, &problems) == ERR_CONFLICT);
    CHECK_TEXT(opened(ctx, reference, 0).words.title, "Hers");
    ctx->fault = NULL;
    CHECK(resource_describe(ctx, reference, opened(ctx, reference, 0).revision, &his, &problems) ==
          OK);
    CHECK_TEXT(opened(ctx, reference, 0).words.title, "His");
}

TEST(what_is_withdrawn_is_not_found_and_cannot_be_changed_until_it_is_given_out_again)
{
    struct form_problems problems = {.count = 0};
    struct resource_draft draft = resource_test_draft(ctx, 1), next = resource_test_draft(ctx, 2);
    const char *reference = resource_test_publish(ctx, &draft), *same;
    next.reference = reference;
    CHECK(resource_withdraw(ctx, reference, "The law has changed.") == OK);
    CHECK(resource_withdraw(ctx, reference, "Another reason.") == OK); /* the first stands */
    CHECK_TEXT(opened(ctx, reference, 0).withdrawn_reason, "The law has changed.");
    CHECK(found_in_search(ctx) == 0);
    CHECK(resource_publish(ctx, &next, &problems, &same) == ERR_NOT_FOUND);
    CHECK(resource_checked(ctx, reference, "2027-01-01", &problems) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    CHECK(resource_restore(ctx, reference) == OK && resource_restore(ctx, reference) == OK);
    CHECK(found_in_search(ctx) == 1);
    CHECK_TEXT(resource_test_publish(ctx, &next), reference);
}

TEST(a_document_waits_from_its_day_of_review_until_somebody_looked)
{
    struct form_problems problems = {.count = 0};
    struct resource_due_row due;
    struct resource_draft draft = resource_test_draft(ctx, 1);
    const char *reference = resource_test_publish(ctx, &draft);
    CHECK(resource_due(ctx, "2027-03-08", &due) == OK && due.resources == 0);
    CHECK(resource_due(ctx, "2027-03-09", &due) == OK && due.resources == 1);
    CHECK(resource_checked(ctx, reference, "2028-03-09", &problems) == OK);
    CHECK(resource_due(ctx, "2027-03-09", &due) == OK && due.resources == 0);
    CHECK_TEXT(opened(ctx, reference, 0).checked_on, "2026-03-09");
}

/* ---- whatever breaks, nothing is half done ---- */

TEST(giving_out_that_fails_leaves_no_trace)
{
    struct resource_draft draft = resource_test_draft(ctx, 1);
    struct upload upload;
    enum status status = ERR_FAULT;
    int nth = 0;
    while (status != OK && nth < 300) {
        struct form_problems problems = {.count = 0};
        const char *reference;
        store_fail_on_call(ctx->store, ++nth);
        status = resource_publish(ctx, &draft, &problems, &reference);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(status == OK || status == ERR_FAULT);
        CHECK(found_in_search(ctx) == (status == OK ? 1 : 0));
        if (status != OK) /* the file is still the draft's */
            CHECK(upload_find(ctx, draft.document.upload_id, draft.document.owner, &upload) == OK);
    }
    CHECK(status == OK && nth > 10);
}

static enum status do_all(struct ctx *ctx, const char *reference, int which)
{
    struct form_problems problems = {.count = 0};
    struct resource seen;
    const struct resource_addition addition = {
        reference, resource_test_file(ctx, "more.txt", "More words.\n"), "format", "en", FORM_YES};
    TRY(resource_open(ctx, reference, 0, &seen));
    seen.words.title = "Another title";
    ctx->fault = NULL;
    store_fail_on_call(ctx->store, which / 10);
    switch (which % 10) {
    case 0:
        return resource_describe(ctx, reference, seen.revision, &seen.words, &problems);
    case 1:
        return resource_file_add(ctx, &addition, &problems);
    case 2:
        return resource_checked(ctx, reference, "2027-01-01", &problems);
    case 3:
        return resource_withdraw(ctx, reference, "Because");
    default:
        return resource_restore(ctx, reference);
    }
}

TEST(each_deed_of_an_editor_is_done_wholly_or_not_at_all)
{
    struct resource_draft draft = resource_test_draft(ctx, 1);
    const char *reference = resource_test_publish(ctx, &draft);
    for (int deed = 0; deed < 5; deed++) {
        enum status status = ERR_FAULT;
        for (int nth = 1; status != OK && nth < 200; nth++) {
            struct resource before = opened(ctx, reference, 0);
            status = do_all(ctx, reference, nth * 10 + deed);
            store_fail_on_call(ctx->store, 0);
            ctx->fault = NULL;
            CHECK(status == OK || status == ERR_FAULT);
            struct resource after = opened(ctx, reference, 0);
            CHECK((after.revision == before.revision) == (status != OK));
            CHECK(status == OK || after.shown.file_count == before.shown.file_count);
        }
        CHECK(status == OK);
    }
}

static enum status remove_first(struct ctx *ctx, const char *reference)
{
    return resource_file_remove(ctx,
                                &(const struct resource_removal){reference, 1, 1, "Wrong file"});
}

/* Fails each store call in turn: the bytes go with the row, or neither does. */
TEST(a_file_is_taken_away_wholly_or_not_at_all)
{
    struct resource_draft draft = resource_test_draft(ctx, 1);
    const char *reference = resource_test_publish(ctx, &draft);
    const char *owner = mem_format(ctx->mem, "resource/%s", reference);
    struct resource before = opened(ctx, reference, 0);
    struct resource_bytes bytes;
    struct upload *uploads;
    size_t count;
    enum status status = ERR_FAULT;
    CHECK(before.shown.is_accessible);
    for (int nth = 1; status != OK && nth < 100; nth++) {
        store_fail_on_call(ctx->store, nth);
        status = remove_first(ctx, reference);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(upload_list(ctx, owner, 10, &uploads, &count) == OK);
        CHECK((count == 0) == (status == OK));
        CHECK((opened(ctx, reference, 0).shown.files[0].removed_at != 0) == (status == OK));
    }
    CHECK(status == OK && remove_first(ctx, reference) == OK);
    struct resource after = opened(ctx, reference, 0);
    CHECK(after.revision == before.revision + 1 && !after.shown.is_accessible);
    CHECK_TEXT(after.shown.files[0].name, "");
    CHECK_TEXT(after.shown.files[0].sha256, "");
    CHECK(resource_read(ctx, &after, 1, &bytes) == ERR_NOT_FOUND);
    ctx->fault = NULL;
}

TEST(a_size_reads_as_people_count)
{
    CHECK_TEXT(resource_size(ctx->mem, 1), "1 byte");
    CHECK_TEXT(resource_size(ctx->mem, 999), "999 bytes");
    CHECK_TEXT(resource_size(ctx->mem, 240499), "240 KB");
    CHECK_TEXT(resource_size(ctx->mem, 999499), "999 KB");
    CHECK_TEXT(resource_size(ctx->mem, 999500), "1.0 MB");
    CHECK_TEXT(resource_size(ctx->mem, 1249999), "1.2 MB");
}
