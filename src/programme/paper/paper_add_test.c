/* SPDX-License-Identifier: MIT */
/* paper_add_test.c - what staff put in is there once, and whatever breaks, nothing is half done. */
#include "platform/base/test.h"
#include "platform/document/upload.h"
#include "platform/store/store.h"
#include "programme/directory/directory.h"
#include "programme/paper/paper_test_help.h"
#include "programme/pledge/pledge_test_help.h"

enum { CALLS_MAX = 300, CALLS_LEAST = 6 };

static struct paper find(struct ctx *ctx, const char *reference)
{
    struct paper paper;
    CHECK(paper_find(ctx, reference, &paper) == OK);
    return paper;
}

static struct paper_new a_signature(struct ctx *ctx, const char *pledge)
{
    return (struct paper_new){.about = "signature",
                              .pledge = pledge,
                              .side = "cosigner",
                              .came_by = "post",
                              .received_on = "2026-03-05",
                              .scan = paper_test_scan(ctx, 1)};
}

static struct paper_new a_whole_pledge(struct ctx *ctx)
{
    struct organisation trust;
    CHECK(directory_find(ctx, "R0A", &trust) == OK);
    return (struct paper_new){.about = "pledge",
                              .pledge = "",
                              .side = "",
                              .organisation = {trust.code, trust.name, "", trust.id.n},
                              .came_by = "post",
                              .received_on = "2026-03-06",
                              .scan = paper_test_scan(ctx, 1)};
}

static const char *add(struct ctx *ctx, const struct paper_new *coming)
{
    struct form_problems problems = {.count = 0};
    const char *reference = "";
    CHECK(paper_add(ctx, coming, &problems, &reference) == OK && problems.count == 0);
    return reference;
}

/* Whether a file is still kept for whom a form keeps it. */
static bool is_left(struct ctx *ctx, const struct form_file *file)
{
    struct upload upload;
    enum status status = upload_find(ctx, file->upload_id, file->owner, &upload);
    ctx->fault = NULL;
    return status == OK;
}

/* ---- pressed twice: the form keeps the file anew, under another number ---- */

static void check_twice(struct ctx *ctx, struct paper_new *coming)
{
    const char *first = add(ctx, coming);
    coming->scan = paper_test_scan(ctx, 1);
    CHECK_TEXT(add(ctx, coming), first);
    CHECK(!is_left(ctx, &coming->scan) && find(ctx, first).version == 0);
}

TEST(the_same_signature_put_in_twice_is_one_paper)
{
    struct paper_test_people people = paper_test_people(ctx);
    const char *pledge = pledge_test_send(ctx, "R0A");
    struct paper_new coming = a_signature(ctx, pledge);
    ctx->person = people.first;
    check_twice(ctx, &coming);
}

TEST(the_same_whole_pledge_put_in_twice_is_one_paper_and_another_scan_is_another)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct paper_new coming = a_whole_pledge(ctx);
    ctx->person = people.first;
    check_twice(ctx, &coming);
    coming.scan = paper_test_scan(ctx, 1);
    const char *first = add(ctx, &coming);
    coming.scan = paper_test_scan(ctx, 2);
    CHECK(strcmp(add(ctx, &coming), first) != 0);
}

TEST(a_whole_pledge_that_was_refused_may_come_again_as_it_was)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct paper_new coming = a_whole_pledge(ctx);
    ctx->person = people.first;
    const char *first = add(ctx, &coming);
    CHECK(paper_refuse(ctx, first, 0, "A page is missing") == OK);
    coming.scan = paper_test_scan(ctx, 1);
    CHECK(strcmp(add(ctx, &coming), first) != 0);
}

/* ---- whatever breaks, nothing is half done ---- */

/* Puts it in with each store call failing in turn: until it has come, the file is the form's. */
static void fail_each_adding(struct ctx *ctx, const struct paper_new *coming)
{
    for (int nth = 1; nth < CALLS_MAX; nth++) {
        struct form_problems problems = {.count = 0};
        const char *reference;
        store_fail_on_call(ctx->store, nth);
        enum status status = paper_add(ctx, coming, &problems, &reference);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(is_left(ctx, &coming->scan) == (status != OK));
        if (status == OK) {
            CHECK(nth > CALLS_LEAST && find(ctx, reference).upload_id == coming->scan.upload_id);
            return;
        }
        CHECK(status == ERR_FAULT && problems.count == 0);
    }
    fail_msg("it never came");
}

TEST(a_signature_whose_putting_in_fails_anywhere_is_no_paper)
{
    struct paper_test_people people = paper_test_people(ctx);
    const char *pledge = pledge_test_send(ctx, "R0A");
    struct paper_new coming = a_signature(ctx, pledge);
    ctx->person = people.first;
    fail_each_adding(ctx, &coming);
}

TEST(a_whole_pledge_whose_putting_in_fails_anywhere_is_no_paper)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct paper_new coming = a_whole_pledge(ctx);
    ctx->person = people.first;
    fail_each_adding(ctx, &coming);
}

TEST(a_whole_pledge_whose_recording_fails_anywhere_still_waits)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct paper_pledge written;
    const char *paper = paper_test_whole(ctx, people.first);
    paper_test_written(ctx, paper, &written);
    for (int nth = 1; nth < CALLS_MAX; nth++) {
        struct form_problems problems = {.count = 0};
        store_fail_on_call(ctx->store, nth);
        enum status status = paper_record_pledge(ctx, &written, "[]", &problems);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        struct paper now = find(ctx, paper);
        CHECK_TEXT(now.state, status == OK ? "recorded" : "waiting");
        CHECK(now.version == (status == OK) && problems.count == 0);
        if (status == OK) {
            CHECK(nth > CALLS_LEAST);
            return;
        }
        CHECK(status == ERR_FAULT);
        CHECK_TEXT(now.transcript, "");
    }
    fail_msg("it was never recorded");
}
