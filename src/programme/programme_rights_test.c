/* SPDX-License-Identifier: MIT */
/* programme_rights_test.c - clocks of requests, what proves who asks, and what an answer does. */
#include "programme/rights/rights.h"

#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "programme/access/access_test_help.h"

#include <zip.h>

#define ADA "ada@trust.example"

/* ---- clocks ---- */

TEST(a_month_is_a_month_of_the_calendar)
{
    const struct {
        const char *from, *due;
        bool is_extended;
        int64_t paused_days;
    } cases[] = {
        {"2026-03-09", "2026-04-09", false, 0}, {"2026-01-31", "2026-02-28", false, 0},
        {"2028-01-31", "2028-02-29", false, 0}, {"2026-12-31", "2027-01-31", false, 0},
        {"2026-05-31", "2026-06-30", false, 0}, {"2026-11-30", "2027-02-28", true, 0},
        {"2026-03-09", "2026-06-09", true, 0},  {"2026-01-31", "2026-03-05", false, 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *due;
        CHECK(rights_due_on(ctx->mem, cases[i].from, cases[i].is_extended, cases[i].paused_days,
                            &due) == OK);
        CHECK_TEXT(due, cases[i].due);
    }
}

/* ---- asking ---- */

static const char *ask(struct ctx *ctx, const char *kind, const char *organisation)
{
    const char *reference = NULL;
    const struct rights_ask wanted = {kind, "Ada", "Ada@Trust.example", organisation, "Because"};
    CHECK(rights_ask(ctx, &wanted, &reference) == OK);
    return reference;
}

static struct rights_request found(struct ctx *ctx, const char *reference)
{
    struct rights_request out;
    CHECK(rights_find(ctx, reference, NULL, &out) == OK);
    return out;
}

/* The token in the newest mail with a link. */
static const char *newest_token(struct ctx *ctx)
{
    struct mail_kept mail;
    CHECK(mail_find(ctx, help_newest_mail(ctx), &mail) == OK);
    for (const struct mail_part *part = mail.parts; part->kind != MAIL_PARTS_END; part++)
        if (part->kind == MAIL_PART_BUTTON)
            return strrchr(part->href, '/') + 1;
    fail_msg("the newest mail has no link");
    return "";
}

TEST(the_clock_starts_when_the_address_is_proven)
{
    help_demonstration(ctx, true);
    const char *reference = ask(ctx, "correct", "");
    struct rights_request request = found(ctx, reference);
    CHECK_TEXT(request.state, "unproven");
    CHECK_TEXT(request.due_on, "");
    const char *token = newest_token(ctx);
    CHECK(rights_extend(ctx, reference, "Much to do") == ERR_CONFLICT);
    ctx->fault = NULL;
    ctx->now_secs += 3 * TIME_DAY_SECS;
    CHECK(rights_prove(ctx, "none") == ERR_NOT_FOUND);
    CHECK(rights_prove(ctx, token) == OK);
    CHECK_TEXT(found(ctx, reference).due_on, "2026-04-12");
    ctx->now_secs += TIME_DAY_SECS;
    CHECK(rights_prove(ctx, token) == OK); /* repeating it moves nothing */
    CHECK_TEXT(found(ctx, reference).due_on, "2026-04-12");
    ctx->now_secs += RIGHTS_LINK_SECS;
    CHECK(rights_find_by_link(ctx, token, &request) == ERR_NOT_FOUND);
}

TEST(the_clock_stands_still_while_somebody_proves_who_they_are)
{
    help_demonstration(ctx, true);
    ctx->person = help_person(ctx, ADA, "national");
    const char *reference = ask(ctx, "correct", "");
    CHECK_TEXT(found(ctx, reference).due_on, "2026-04-09");
    CHECK(rights_pause(ctx, reference) == OK);
    CHECK(rights_pause(ctx, reference) == OK);
    const char *token = newest_token(ctx);
    CHECK_TEXT(found(ctx, reference).state, "paused");
    ctx->now_secs += 10 * TIME_DAY_SECS;
    CHECK(rights_prove(ctx, token) == OK);
    CHECK_TEXT(found(ctx, reference).due_on, "2026-04-19");
    CHECK(rights_extend(ctx, reference, "") == ERR_INVALID);
    CHECK(rights_extend(ctx, reference, "Much to do") == OK);
    CHECK_TEXT(found(ctx, reference).due_on, "2026-06-19");
    CHECK(rights_extend(ctx, reference, "More to do") == ERR_CONFLICT);
}

TEST(a_complaint_is_acknowledged_within_thirty_days)
{
    help_demonstration(ctx, true);
    ctx->person = help_person(ctx, ADA, "national");
    const char *complaint = ask(ctx, "complaint", ""), *other = ask(ctx, "correct", "");
    CHECK_TEXT(found(ctx, complaint).acknowledge_on, "2026-04-08");
    CHECK(rights_acknowledge(ctx, other) == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(rights_acknowledge(ctx, complaint) == OK);
    size_t mails = help_mail_count(ctx);
    CHECK(rights_acknowledge(ctx, complaint) == OK && help_mail_count(ctx) == mails);
    CHECK(found(ctx, complaint).acknowledged_at == ctx->now_secs);
}

TEST(what_is_no_request_is_refused)
{
    const char *reference;
    const struct rights_ask wrong[] = {{"everything", "Ada", ADA, "", ""},
                                       {"correct", "Ada", ADA, "", ""},
                                       {"see", "", ADA, "", ""},
                                       {"see", "Ada", "nobody", "", ""}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        CHECK(rights_ask(ctx, &wrong[i], &reference) == ERR_INVALID);
}

TEST(the_same_rows_and_the_same_mail_whether_the_address_is_known)
{
    help_demonstration(ctx, true);
    const char *reference;
    const struct rights_ask wanted = {"see", "Ada", ADA, "", ""};
    int64_t calls = store_calls(ctx->store), known;
    CHECK(rights_ask(ctx, &wanted, &reference) == OK);
    int64_t unknown = store_calls(ctx->store) - calls;
    size_t mails = help_mail_count(ctx);
    help_person(ctx, ADA, "national");
    calls = store_calls(ctx->store);
    CHECK(rights_ask(ctx, &wanted, &reference) == OK);
    known = store_calls(ctx->store) - calls;
    /* The first event of a chain needs one call more. */
    CHECK(unknown == known || unknown == known + 1);
    CHECK(help_mail_count(ctx) == 2 * mails);
}

TEST(what_was_never_proven_goes_after_thirty_days_and_no_sooner)
{
    help_demonstration(ctx, true);
    const char *reference = ask(ctx, "correct", "");
    struct rights_request request;
    bool has_more;
    ctx->now_secs += 30 * TIME_DAY_SECS;
    CHECK(privacy_retain(ctx, false, &has_more) == OK);
    CHECK(rights_find(ctx, reference, NULL, &request) == OK);
    ctx->now_secs += 1;
    CHECK(privacy_retain(ctx, false, &has_more) == OK);
    CHECK(rights_find(ctx, reference, NULL, &request) == ERR_NOT_FOUND);
}

/* ---- answering ---- */

TEST(a_refusal_needs_a_reason_of_the_list_and_is_final)
{
    help_demonstration(ctx, true);
    ctx->person = help_person(ctx, ADA, "national");
    const char *reference = ask(ctx, "erase", "");
    struct rights_close close = {"refused", "", "We must keep it."};
    struct access_person person;
    CHECK(rights_close(ctx, reference, &close) == ERR_INVALID);
    close.reason = "because";
    CHECK(rights_close(ctx, reference, &close) == ERR_INVALID);
    close.reason = "must-keep";
    CHECK(rights_close(ctx, reference, &close) == OK);
    ctx->fault = NULL;
    CHECK(rights_close(ctx, reference, &close) == ERR_CONFLICT);
    CHECK(access_person_get(ctx, ctx->person, &person) == OK);
    CHECK_TEXT(person.email, ADA);
}

TEST(what_is_agreed_is_done)
{
    help_demonstration(ctx, true);
    ctx->person = help_person(ctx, ADA, "national");
    const struct rights_close done = {"done", "", "Done."};
    struct privacy_subject ada;
    struct access_person person;
    bool is;
    CHECK(rights_subject(ctx, &ada) == OK);
    CHECK(rights_close(ctx, ask(ctx, "object", ""), &done) == OK);
    CHECK(privacy_has_objected(ctx, &ada, "mail", &is) == OK && is);
    const char *restriction = ask(ctx, "restrict", "");
    CHECK(rights_close(ctx, restriction, &done) == OK);
    CHECK(privacy_is_restricted(ctx, &ada, &is) == OK && is);
    const char *erasure = ask(ctx, "erase", "");
    CHECK(rights_close(ctx, erasure, &done) == ERR_CONFLICT); /* held while it is restricted */
    ctx->fault = NULL;
    CHECK(privacy_restriction_lift(ctx, restriction) == OK);
    CHECK(rights_close(ctx, erasure, &done) == OK);
    CHECK(access_person_get(ctx, ctx->person, &person) == OK);
    CHECK_TEXT(person.email, "");
    CHECK(person.closed_at != 0 && person.grant_count == 0);
}

TEST(a_lead_sees_the_requests_of_the_organisation_only)
{
    help_demonstration(ctx, true);
    ctx->person = help_person(ctx, ADA, "national");
    struct rights_request request;
    const char *reference = ask(ctx, "correct", "R0A");
    CHECK(rights_find(ctx, reference, "R0A", &request) == OK);
    CHECK(rights_find(ctx, reference, NULL, &request) == OK);
    CHECK(rights_find(ctx, reference, "RJ1", &request) == ERR_NOT_FOUND);
    CHECK(rights_find(ctx, reference, "QYG", &request) == ERR_NOT_FOUND);
    /* One that is about no organisation is the programme's alone. */
    const char *unplaced = ask(ctx, "object", "");
    CHECK(rights_find(ctx, unplaced, NULL, &request) == OK);
    CHECK(rights_find(ctx, unplaced, "R0A", &request) == ERR_NOT_FOUND);
}

TEST(an_answer_that_fails_anywhere_leaves_the_request_open)
{
    help_demonstration(ctx, true);
    ctx->person = help_person(ctx, ADA, "national");
    const struct rights_close done = {"done", "", "Done."};
    const char *reference = ask(ctx, "restrict", "");
    struct privacy_subject ada;
    CHECK(rights_subject(ctx, &ada) == OK);
    size_t mails = help_mail_count(ctx);
    for (int nth = 1;; nth++) {
        bool is_restricted;
        store_fail_on_call(ctx->store, nth);
        enum status status = rights_close(ctx, reference, &done);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(privacy_is_restricted(ctx, &ada, &is_restricted) == OK);
        CHECK(is_restricted == (status == OK));
        CHECK((help_mail_count(ctx) > mails) == (status == OK));
        if (status == OK) {
            CHECK(nth > 8);
            return;
        }
    }
}

/* ---- the copy ---- */

/* One file of a .zip; NULL: it is not there. */
static const char *file_of(struct ctx *ctx, const void *bytes, size_t size, const char *name)
{
    zip_source_t *source = zip_source_buffer_create(bytes, size, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
    zip_stat_t stat;
    CHECK(zip != NULL);
    if (zip_stat(zip, name, 0, &stat) != 0) {
        zip_discard(zip);
        return NULL;
    }
    char *text = mem_bytes(ctx->mem, stat.size + 1);
    zip_file_t *file = zip_fopen(zip, name, 0);
    CHECK(file != NULL && zip_fread(file, text, stat.size) == (zip_int64_t)stat.size);
    zip_fclose(file);
    zip_discard(zip);
    return text;
}

TEST(the_zip_holds_everything_as_json_and_csv)
{
    help_demonstration(ctx, true);
    ctx->person = help_person(ctx, ADA, "national");
    struct privacy_subject ada;
    struct privacy_copy *copies = mem_array(ctx->mem, struct privacy_copy, PRIVACY_COPIES_MAX);
    const void *bytes;
    size_t count, size;
    CHECK(rights_subject(ctx, &ada) == OK);
    CHECK(privacy_copy(ctx, &ada, copies, &count) == OK && count >= 3);
    CHECK(rights_zip(ctx, copies, count, &bytes, &size) == OK);
    CHECK(strstr(file_of(ctx, bytes, size, "data.json"), ADA) != NULL);
    CHECK(strstr(file_of(ctx, bytes, size, "person.csv"), ADA) != NULL);
    CHECK(strstr(file_of(ctx, bytes, size, "access_grant.csv"), "national") != NULL);
    CHECK(file_of(ctx, bytes, size, "web_draft.csv") == NULL);
}
