/* SPDX-License-Identifier: MIT */
/* paper_test.c - what papers promise: two people, one scan, and an entry like any other. */
#include "platform/base/test.h"
#include "platform/document/upload.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/audit/audit.h"
#include "programme/paper/paper_test_help.h"
#include "programme/pledge/pledge_test_help.h"

static const struct paper_signature ada_signed = {"Ada Leader", "2026-03-07"};

static struct paper find(struct ctx *ctx, const char *reference)
{
    struct paper paper;
    CHECK(paper_find(ctx, reference, &paper) == OK);
    return paper;
}

static struct pledge pledge_now(struct ctx *ctx, const char *reference)
{
    struct pledge pledge;
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    return pledge;
}

/* Sends a scan by a link. */
static const char *send_by(struct ctx *ctx, const char *token, int number)
{
    struct form_problems problems = {.count = 0};
    struct form_file scan = paper_test_scan(ctx, number);
    const char *reference = NULL;
    ctx->person = (struct person_id){0};
    CHECK(paper_send(ctx, token, &scan, &problems, &reference) == OK);
    return reference;
}

/* The leader does, by the newest link. */
static const char *send_scan(struct ctx *ctx, int number)
{
    return send_by(ctx, pledge_test_token(ctx, "ada@trust.example"), number);
}

static const char *waiting_signature(struct ctx *ctx, const char **pledge_out)
{
    *pledge_out = pledge_test_send(ctx, "R0A");
    return send_scan(ctx, 1);
}

static void record(struct ctx *ctx, const char *reference, struct person_id by)
{
    struct form_problems problems = {.count = 0};
    ctx->person = by;
    CHECK(paper_record_signature(ctx, reference, &ada_signed, &problems) == OK);
}

static enum status count_as(struct ctx *ctx, const char *reference, struct person_id by)
{
    struct form_problems problems = {.count = 0};
    const char *pledge;
    ctx->person = by;
    enum status status = paper_count(
        ctx, reference, &(const struct paper_compared){find(ctx, reference).version, NULL},
        &problems, &pledge);
    ctx->fault = NULL;
    return status;
}

static bool was_mailed(struct ctx *ctx, const char *kind, const char *address)
{
    struct mail_outbox_row *rows;
    size_t count;
    struct store_choice newest = {.at_most = 100};
    CHECK(mail_outbox(ctx, NULL, NULL, NULL, &newest, &rows, &count) == OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].kind, kind) == 0 && rows[i].to_address != NULL &&
            strcmp(rows[i].to_address, address) == 0)
            return true;
    return false;
}

static void check_chains(struct ctx *ctx)
{
    int64_t checked;
    const char *broken;
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK && broken == NULL);
    CHECK(audit_check_chains(ctx, &checked, &broken) == OK && broken == NULL && checked > 0);
}

TEST(a_signature_on_paper_counts_like_one_by_a_link)
{
    struct paper_test_people people = paper_test_people(ctx);
    const char *pledge, *paper = waiting_signature(ctx, &pledge);
    CHECK_TEXT(find(ctx, paper).state, "waiting");
    CHECK_TEXT(find(ctx, paper).side, "leader");
    record(ctx, paper, people.first);
    CHECK(pledge_now(ctx, pledge).signatures[0].signed_at == 0);
    CHECK(count_as(ctx, paper, people.second) == OK);
    CHECK_TEXT(find(ctx, paper).state, "counted");
    struct pledge now = pledge_now(ctx, pledge);
    CHECK(now.state == PLEDGE_AWAITING && now.signatures[0].signed_at == ctx->now_secs);
    CHECK_TEXT(now.signatures[0].paper_on, "2026-03-07");
    CHECK_TEXT(now.events[1].detail,
               mem_format(ctx->mem,
                          "method=paper\nsigned_on=2026-03-07\nreceived_on=2026-03-09\n"
                          "came_by=upload\nscan=%s\n",
                          find(ctx, paper).digest));
    CHECK(was_mailed(ctx, "paper.counted", "ada@trust.example"));
    CHECK(!was_mailed(ctx, "pledge.signed", "ada@trust.example"));
    CHECK(pledge_link_sign(ctx, pledge_test_token(ctx, "bo@union.example")) == OK);
    CHECK(pledge_now(ctx, pledge).state == PLEDGE_SIGNED);
    CHECK_TEXT(pledge_now(ctx, pledge).signatures[1].paper_on, "");
    check_chains(ctx);
}

TEST(the_last_signature_on_paper_tells_everybody_and_the_register_is_the_same)
{
    struct paper_test_people people = paper_test_people(ctx);
    const char *pledge, *paper = waiting_signature(ctx, &pledge);
    CHECK(pledge_link_sign(ctx, pledge_test_token(ctx, "bo@union.example")) == OK);
    record(ctx, paper, people.first);
    CHECK(count_as(ctx, paper, people.second) == OK);
    CHECK(pledge_now(ctx, pledge).state == PLEDGE_SIGNED);
    CHECK(was_mailed(ctx, "pledge.signed", "ada@trust.example"));
    CHECK(was_mailed(ctx, "pledge.signed", "bo@union.example"));
    CHECK(pledge_acknowledge(ctx, pledge) == OK && pledge_publish(ctx, pledge) == OK);
    struct pledge shown;
    CHECK(pledge_find(ctx, pledge, PLEDGE_FOR_PUBLIC, &shown) == OK && pledge_stands(&shown));
    CHECK_TEXT(shown.signed_on, "2026-03-09");
    CHECK_TEXT(shown.signatures[0].paper_on, "2026-03-07");
}

TEST(nobody_checks_or_sends_back_what_they_recorded_in_any_role)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct access_person person;
    const char *pledge, *paper = waiting_signature(ctx, &pledge);
    record(ctx, paper, people.first);
    CHECK(count_as(ctx, paper, people.first) == ERR_FORBIDDEN);
    CHECK(count_as(ctx, paper, (struct person_id){0}) == ERR_FORBIDDEN);
    /* A second role, and working as that one, makes no second person. */
    CHECK(access_person_add(
              ctx, &(const struct access_new){.email = "first@region.example", .role = "national"},
              &person, NULL) == OK);
    ctx->person = people.first;
    CHECK(access_work_as(ctx, person.grants[1].id) == OK);
    ctx->role = "national";
    CHECK(count_as(ctx, paper, people.first) == ERR_FORBIDDEN);
    CHECK(paper_send_back(ctx, paper, 1, "It differs") == ERR_FORBIDDEN);
    ctx->fault = NULL;
    CHECK_TEXT(find(ctx, paper).state, "recorded");
    CHECK(pledge_now(ctx, pledge).event_count == 1);
    CHECK(count_as(ctx, paper, people.second) == OK);
}

TEST(what_differs_goes_back_and_is_recorded_again)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct form_problems problems = {.count = 0};
    const char *pledge, *paper = waiting_signature(ctx, &pledge);
    record(ctx, paper, people.first);
    ctx->person = people.second;
    CHECK(paper_send_back(ctx, paper, 1, "It says 6 March") == OK);
    CHECK_TEXT(find(ctx, paper).state, "waiting");
    CHECK_TEXT(find(ctx, paper).note, "It says 6 March");
    CHECK(count_as(ctx, paper, people.second) == ERR_CONFLICT);
    ctx->person = people.first;
    CHECK(paper_record_signature(ctx, paper,
                                 &(const struct paper_signature){"Ada Leader", "2026-03-06"},
                                 &problems) == OK);
    CHECK_TEXT(find(ctx, paper).note, "");
    /* Whoever compared the first version does not confirm the second without having seen it. */
    const char *reference;
    ctx->person = people.second;
    CHECK(paper_count(ctx, paper, &(const struct paper_compared){1, NULL}, &problems, &reference) ==
          ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(count_as(ctx, paper, people.second) == OK);
    CHECK_TEXT(pledge_now(ctx, pledge).signatures[0].paper_on, "2026-03-06");
    CHECK(count_as(ctx, paper, people.second) == ERR_CONFLICT);
}

TEST(only_who_recorded_it_changes_it_while_it_waits_to_be_checked)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct form_problems problems = {.count = 0};
    const char *pledge, *paper = waiting_signature(ctx, &pledge);
    record(ctx, paper, people.first);
    ctx->person = people.second;
    CHECK(paper_record_signature(ctx, paper, &ada_signed, &problems) == ERR_FORBIDDEN);
    ctx->fault = NULL;
    record(ctx, paper, people.first);
    CHECK(find(ctx, paper).version == 2);
    ctx->person = (struct person_id){0};
    CHECK(paper_record_signature(ctx, paper, &ada_signed, &problems) == ERR_FORBIDDEN);
}

TEST(a_day_that_cannot_be_is_not_recorded)
{
    static const char *const days[] = {"2026-03-10", "2024-03-01", ""};
    struct paper_test_people people = paper_test_people(ctx);
    const char *pledge, *paper = waiting_signature(ctx, &pledge);
    ctx->person = people.first;
    for (size_t i = 0; i < 3; i++) {
        struct form_problems problems = {.count = 0};
        CHECK(paper_record_signature(ctx, paper, &(const struct paper_signature){"Ada", days[i]},
                                     &problems) == ERR_INVALID);
        ctx->fault = NULL;
        CHECK(form_problem_of(&problems, "signed_on") != NULL);
    }
}

TEST(a_refused_paper_is_told_to_who_signed_and_another_may_come)
{
    struct paper_test_people people = paper_test_people(ctx);
    const char *pledge, *paper = waiting_signature(ctx, &pledge);
    const char *token = pledge_test_token(ctx, "ada@trust.example");
    ctx->person = (struct person_id){0};
    CHECK(paper_refuse(ctx, paper, 0, "x") == ERR_FORBIDDEN);
    ctx->fault = NULL;
    ctx->person = people.first;
    CHECK(paper_refuse(ctx, paper, 7, "x") == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(paper_refuse(ctx, paper, 0, "There is no signature on it") == OK);
    CHECK_TEXT(find(ctx, paper).state, "refused");
    CHECK(was_mailed(ctx, "paper.refused", "ada@trust.example"));
    const char *next = send_by(ctx, token, 2);
    CHECK(strcmp(next, paper) != 0);
    CHECK_TEXT(find(ctx, next).state, "waiting");
}

TEST(the_same_scan_twice_is_one_paper_and_another_takes_its_place)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct upload upload;
    struct text_span bytes;
    const char *pledge, *paper = waiting_signature(ctx, &pledge);
    CHECK_TEXT(send_scan(ctx, 1), paper);
    record(ctx, paper, people.first);
    const char *other = send_scan(ctx, 2);
    CHECK(strcmp(other, paper) != 0);
    CHECK_TEXT(find(ctx, paper).state, "replaced");
    struct paper before = find(ctx, paper);
    CHECK(paper_scan(ctx, &before, &upload, &bytes) == ERR_NOT_FOUND); /* nobody fills the store */
    CHECK(count_as(ctx, paper, people.second) == ERR_CONFLICT);
    struct paper kept = find(ctx, other);
    CHECK(paper_scan(ctx, &kept, &upload, &bytes) == OK);
    CHECK_TEXT(upload.sha256, kept.digest);
    CHECK(upload.expires_at == 0); /* it is kept */
}

TEST(a_paper_of_words_that_were_sent_again_does_not_count)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct pledge_draft draft = {0};
    struct form_problems problems = {.count = 0};
    const char *pledge, *again, *paper = waiting_signature(ctx, &pledge);
    record(ctx, paper, people.first);
    CHECK(pledge_return(ctx, pledge, "Add a target") == OK);
    CHECK(pledge_amend(ctx, pledge_test_token(ctx, "ada@trust.example"), &draft) == OK);
    CHECK(pledge_send(ctx, &draft, &problems, &again) == OK);
    CHECK(count_as(ctx, paper, people.second) == ERR_CONFLICT);
    CHECK_TEXT(find(ctx, paper).state, "recorded");
    CHECK(pledge_now(ctx, pledge).state == PLEDGE_AWAITING);
}

TEST(a_side_that_signed_by_the_link_does_not_sign_by_paper_too)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct form_problems problems = {.count = 0};
    const char *pledge, *reference, *paper = waiting_signature(ctx, &pledge);
    const char *token = pledge_test_token(ctx, "ada@trust.example");
    record(ctx, paper, people.first);
    CHECK(pledge_link_sign(ctx, token) == OK);
    CHECK(count_as(ctx, paper, people.second) == ERR_CONFLICT);
    struct form_file scan = paper_test_scan(ctx, 3);
    CHECK(paper_send(ctx, token, &scan, &problems, &reference) == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(paper_send(ctx, "no such token", &scan, &problems, &reference) == ERR_NOT_FOUND);
}

/* ---- put in by staff ---- */

static const char *problem_of(struct ctx *ctx, const struct paper_new *coming, const char *field)
{
    struct form_problems problems = {.count = 0};
    const char *reference;
    CHECK(paper_add(ctx, coming, &problems, &reference) == ERR_INVALID);
    ctx->fault = NULL;
    const char *text = form_problem_of(&problems, field);
    return text != NULL ? text : "";
}

TEST(a_signature_that_came_by_post_is_put_in_by_reference_or_code)
{
    struct paper_test_people people = paper_test_people(ctx);
    const char *pledge = pledge_test_send(ctx, "R0A"), *reference;
    struct pledge before = pledge_now(ctx, pledge);
    struct form_problems problems = {.count = 0};
    struct paper_new coming = {.about = "signature",
                               .pledge = before.code,
                               .side = "cosigner",
                               .came_by = "post",
                               .received_on = "2026-03-05",
                               .scan = paper_test_scan(ctx, 1)};
    CHECK(paper_add(ctx, &coming, &problems, &reference) == ERR_FORBIDDEN);
    ctx->fault = NULL;
    ctx->person = people.elsewhere;
    CHECK(strstr(problem_of(ctx, &coming, "pledge"), "Enter the reference") != NULL);
    ctx->person = people.first;
    coming.received_on = "2026-03-10";
    CHECK(strstr(problem_of(ctx, &coming, "received_on"), "in the past") != NULL);
    coming.received_on = "2026-03-05";
    CHECK(paper_add(ctx, &coming, &problems, &reference) == OK);
    CHECK_TEXT(find(ctx, reference).came_by, "post");
    CHECK_TEXT(find(ctx, reference).email, "bo@union.example");
    coming.pledge = pledge;
    coming.scan = paper_test_scan(ctx, 2);
    CHECK(strstr(problem_of(ctx, &coming, "pledge"), "waits already") != NULL);
    coming.pledge = "PL-0000-0000";
    CHECK(strstr(problem_of(ctx, &coming, "pledge"), "Enter the reference") != NULL);
    coming.scan = (struct form_file){0, "", 0, ""};
    CHECK(problem_of(ctx, &coming, "scan")[0] != '\0');
}

TEST(a_bad_scan_is_refused_with_a_reason_and_not_kept)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct upload upload;
    const char *problem, *script = "%PDF-1.4\n/JavaScript\n3 0 obj << /Type /Page >> %%EOF\n";
    pledge_test_send(ctx, "R0A");
    ctx->person = people.first;
    const char *bad[] = {script, paper_test_pdf(ctx, 50, 1)};
    static const char *const wanted[] = {"can run something", "has 50 pages"};
    for (size_t i = 0; i < 2; i++) {
        struct form_problems problems = {.count = 0};
        const char *reference;
        const struct upload_sent sent = {"a.pdf", bad[i], strlen(bad[i]), "paper/new/y"};
        const struct upload_rules rules = {.endings = upload_all_endings};
        CHECK(upload_keep(ctx, &sent, &rules, &upload, &problem) == OK);
        struct form_file scan = {upload.id, upload.name, upload.size_bytes, "paper/new/y"};
        CHECK(paper_send(ctx, pledge_test_token(ctx, "ada@trust.example"), &scan, &problems,
                         &reference) == ERR_INVALID);
        ctx->fault = NULL;
        CHECK(strstr(form_problem_of(&problems, "scan"), wanted[i]) != NULL);
        CHECK(upload_find(ctx, upload.id, "paper/new/y", &upload) == ERR_NOT_FOUND);
    }
}

/* ---- whatever breaks, nothing is half done ---- */

typedef enum status step(struct ctx *ctx, const char *paper);

static enum status step_record(struct ctx *ctx, const char *paper)
{
    struct form_problems problems = {.count = 0};
    return paper_record_signature(ctx, paper, &ada_signed, &problems);
}

static enum status step_count(struct ctx *ctx, const char *paper)
{
    struct form_problems problems = {.count = 0};
    const char *pledge;
    return paper_count(ctx, paper, &(const struct paper_compared){1, NULL}, &problems, &pledge);
}

static enum status step_refuse(struct ctx *ctx, const char *paper)
{
    return paper_refuse(ctx, paper, 1, "It is not signed");
}

static enum status step_back(struct ctx *ctx, const char *paper)
{
    return paper_send_back(ctx, paper, 1, "The day differs");
}

/* What could be half done: rows, events, mails. */
struct traces {
    int64_t version, mails;
    size_t events;
    const char *state;
};

static struct traces look(struct ctx *ctx, const char *pledge, const char *paper)
{
    struct mail_counts mails;
    struct paper now = find(ctx, paper);
    CHECK(mail_count(ctx, &mails) == OK);
    return (struct traces){now.version, mails.waiting_count, pledge_now(ctx, pledge).event_count,
                           now.state};
}

/* Runs a step with each of its store calls failing in turn. */
static void fail_each(struct ctx *ctx, const char *pledge, const char *paper, step *fn)
{
    struct traces before = look(ctx, pledge, paper);
    for (int nth = 1; nth < 200; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = fn(ctx, paper);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        struct traces after = look(ctx, pledge, paper);
        if (status == OK) {
            CHECK(nth > 3 && strcmp(after.state, before.state) != 0);
            return;
        }
        CHECK(status == ERR_FAULT && after.version == before.version);
        CHECK(after.mails == before.mails && after.events == before.events);
        CHECK_TEXT(after.state, before.state);
    }
    fail_msg("the step never ended");
}

TEST(a_step_that_fails_anywhere_leaves_no_trace)
{
    struct paper_test_people people = paper_test_people(ctx);
    const char *pledge, *paper = waiting_signature(ctx, &pledge);
    ctx->person = people.first;
    fail_each(ctx, pledge, paper, step_record);
    ctx->person = people.second;
    fail_each(ctx, pledge, paper, step_count);
}

TEST(a_refusal_that_fails_anywhere_leaves_no_trace)
{
    struct paper_test_people people = paper_test_people(ctx);
    const char *pledge, *paper = waiting_signature(ctx, &pledge);
    record(ctx, paper, people.first);
    fail_each(ctx, pledge, paper, step_refuse);
}

TEST(a_sending_back_that_fails_anywhere_leaves_no_trace)
{
    struct paper_test_people people = paper_test_people(ctx);
    const char *pledge, *paper = waiting_signature(ctx, &pledge);
    record(ctx, paper, people.first);
    ctx->person = people.second;
    fail_each(ctx, pledge, paper, step_back);
}

TEST(a_scan_whose_sending_fails_anywhere_is_no_paper)
{
    struct pledge_to_sign ask;
    struct paper_sent sent;
    struct form_file scan = paper_test_scan(ctx, 1);
    pledge_test_send(ctx, "R0A");
    const char *token = pledge_test_token(ctx, "ada@trust.example");
    CHECK(pledge_link_open(ctx, token, &ask) == OK);
    for (int nth = 1; nth < 200; nth++) {
        struct form_problems problems = {.count = 0};
        const char *reference;
        store_fail_on_call(ctx->store, nth);
        enum status status = paper_send(ctx, token, &scan, &problems, &reference);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        enum status found = paper_sent_by(ctx, &ask, &sent);
        ctx->fault = NULL;
        CHECK((found == OK) == (status == OK));
        if (status == OK) {
            CHECK(nth > 8);
            return;
        }
        CHECK(status == ERR_FAULT);
    }
    fail_msg("the step never ended");
}
