/* SPDX-License-Identifier: MIT */
/* paper_whole_test.c - a whole pledge on paper keeps the rules of one that is signed online. */
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/paper/paper_test_help.h"
#include "programme/pledge/pledge_test_help.h"

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

static void check_chains(struct ctx *ctx)
{
    int64_t checked;
    const char *broken;
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK && broken == NULL);
    CHECK(audit_check_chains(ctx, &checked, &broken) == OK && broken == NULL && checked > 0);
}

static enum status count_whole(struct ctx *ctx, const struct paper_pledge *written,
                               struct person_id by, struct form_problems *problems,
                               const char **pledge_out)
{
    const struct paper_compared compared = {find(ctx, written->paper).version, written};
    ctx->person = by;
    problems->count = 0;
    enum status status = paper_count(ctx, written->paper, &compared, problems, pledge_out);
    ctx->fault = NULL;
    return status;
}

TEST(a_whole_pledge_on_paper_is_signed_on_the_register_like_any_other)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct form_problems problems = {.count = 0};
    struct paper_pledge written;
    const char *pledge, *paper = paper_test_whole(ctx, people.first);
    paper_test_written(ctx, paper, &written);
    CHECK(paper_record_pledge(ctx, &written, "[]", &problems) == OK);
    CHECK(count_whole(ctx, &written, people.first, &problems, &pledge) == ERR_FORBIDDEN);
    CHECK(count_whole(ctx, &written, people.second, &problems, &pledge) == OK);
    struct pledge now = pledge_now(ctx, pledge);
    CHECK(now.state == PLEDGE_SIGNED && now.event_count == 3);
    CHECK_TEXT(now.signatures[0].paper_on, "2026-03-02");
    CHECK_TEXT(now.signatures[1].paper_on, "2026-03-03");
    CHECK(strstr(now.events[2].detail, "came_by=post\n") != NULL);
    CHECK_TEXT(find(ctx, paper).pledge, pledge);
    CHECK_TEXT(find(ctx, paper).transcript, "");
    CHECK(pledge_acknowledge(ctx, pledge) == OK && pledge_publish(ctx, pledge) == OK);
    check_chains(ctx);
}

static void check_problem(struct ctx *ctx, const struct paper_pledge *written, const char *field,
                          const char *wanted)
{
    struct form_problems problems = {.count = 0};
    CHECK(paper_record_pledge(ctx, written, "[]", &problems) == ERR_INVALID);
    ctx->fault = NULL;
    const char *text = form_problem_of(&problems, field);
    if (text == NULL || strstr(text, wanted) == NULL)
        fail_msg("%s: \"%s\"", field, text != NULL ? text : "");
}

TEST(the_rules_of_a_whole_pledge_hold_on_paper_too)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct paper_pledge written, right;
    const char *paper = paper_test_whole(ctx, people.first);
    paper_test_written(ctx, paper, &right);
    written = right;
    written.leader_signed_on = "2026-03-07";
    check_problem(ctx, &written, "leader_signed_on", "after the paper came, on 6 March 2026");
    written = right;
    written.cosigner_signed_on = "";
    check_problem(ctx, &written, "cosigner_signed_on", "Enter the day");
    written = right;
    written.leader_signed_on = "2025-12-31";
    check_problem(ctx, &written, "leader_signed_on", "The words 2026, which are on the paper");
    written = right;
    written.pledge.wording = "1999";
    check_problem(ctx, &written, "wording", "Choose the code");
    written = right;
    written.pledge.cosigner_name = "ADA LEADER";
    check_problem(ctx, &written, "cosigner_name", "two people must sign");
    written = right;
    written.pledge.organisation.key = "RJ1";
    check_problem(ctx, &written, "organisation", "was put in for Manchester");
}

TEST(an_organisation_that_got_a_pledge_in_between_is_told_when_the_paper_is_checked)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct form_problems problems = {.count = 0};
    struct paper_pledge written;
    const char *pledge, *paper = paper_test_whole(ctx, people.first);
    paper_test_written(ctx, paper, &written);
    CHECK(paper_record_pledge(ctx, &written, "[]", &problems) == OK);
    pledge_test_send(ctx, "R0A");
    CHECK(count_whole(ctx, &written, people.second, &problems, &pledge) == ERR_INVALID);
    CHECK(strstr(form_problem_of(&problems, "organisation"), "has a pledge already") != NULL);
    CHECK_TEXT(find(ctx, paper).state, "recorded");
}

TEST(nobody_of_elsewhere_records_a_whole_pledge)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct form_problems problems = {.count = 0};
    struct paper_pledge written;
    const char *paper = paper_test_whole(ctx, people.first);
    paper_test_written(ctx, paper, &written);
    ctx->person = people.elsewhere;
    CHECK(paper_check_reference(ctx, &written, &problems) == OK);
    CHECK(form_problem_of(&problems, "paper") != NULL);
    CHECK(paper_record_pledge(ctx, &written, "[]", &problems) == ERR_NOT_FOUND);
}

TEST(a_whole_pledge_whose_counting_fails_anywhere_is_no_pledge)
{
    struct paper_test_people people = paper_test_people(ctx);
    struct form_problems problems = {.count = 0};
    struct paper_pledge written;
    const char *pledge, *paper = paper_test_whole(ctx, people.first);
    paper_test_written(ctx, paper, &written);
    CHECK(paper_record_pledge(ctx, &written, "[]", &problems) == OK);
    ctx->person = people.second;
    for (int nth = 1; nth < 300; nth++) {
        const struct pledge_draft draft = {.amends = "",
                                           .organisation = written.pledge.organisation};
        struct form_problems live = {.count = 0};
        store_fail_on_call(ctx->store, nth);
        enum status status = paper_count(ctx, paper, &(const struct paper_compared){1, &written},
                                         &problems, &pledge);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(pledge_check_organisation(ctx, &draft, &live) == OK);
        CHECK((live.count > 0) == (status == OK));
        CHECK_TEXT(find(ctx, paper).state, status == OK ? "counted" : "recorded");
        if (status == OK)
            return;
        CHECK(status == ERR_FAULT);
    }
    fail_msg("it never counted");
}
