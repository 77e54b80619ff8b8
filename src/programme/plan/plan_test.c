/* SPDX-License-Identifier: MIT */
/* plan_test.c - what a plan promises: where actions stand, what is kept, how periods follow. */
#include "programme/plan/plan_test_help.h"

#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/document/upload.h"
#include "platform/store/store.h"

enum { DAY = 86400 };

static const char *problem(struct ctx *ctx, const char *reference, const struct plan_draft *draft,
                           const char *field)
{
    int64_t number;
    struct form_problems problems = {.count = 0};
    CHECK(plan_tell(ctx, &(const struct plan_place){reference, 1, 1}, draft, &problems, &number) ==
          ERR_INVALID);
    ctx->fault = NULL;
    const char *text = form_problem_of(&problems, field);
    return text != NULL ? text : "";
}

static void say(struct ctx *ctx, const char *reference, int64_t corrects, const char *state,
                const char *note)
{
    struct plan_draft draft = plan_test_draft(ctx);
    draft.state = state;
    draft.note = note;
    draft.corrects = corrects;
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
}

TEST(a_plan_is_there_before_its_rows_and_begins_once_with_what_was_signed)
{
    int64_t begun;
    const char *reference = plan_test_publish(ctx);
    struct plan plan = plan_test_read(ctx, reference, 0);
    CHECK(!plan.is_begun && plan.is_live && plan.period == 1 && plan.count == 1);
    CHECK_TEXT(plan.actions[0].action, "Open two new ways in");
    CHECK(plan.actions[0].state == PLAN_PLANNED && plan.actions[0].rag == PLAN_NOT_RATED);
    CHECK(plan_begin_all(ctx, ctx->now_secs - DAY, &begun) == OK && begun == 1);
    CHECK(plan_begin_all(ctx, ctx->now_secs - DAY, &begun) == OK && begun == 0);
    CHECK(plan_begin_all(ctx, 0, &begun) == OK && begun == 0);
    plan = plan_test_read(ctx, reference, 0);
    CHECK(plan.is_begun && plan.count == 1);
    CHECK_TEXT(plan.actions[0].lead, "Head of learning");
}

TEST(a_pledge_that_is_not_on_the_register_has_no_plan)
{
    struct pledge pledge;
    struct plan plan;
    int64_t begun;
    CHECK(plan_begin_all(ctx, 0, &begun) == OK && begun == 0);
    plan_test_as_leader(ctx);
    const char *reference = plan_test_publish(ctx);
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    CHECK(plan_read(ctx, &(const struct plan_wanted){&pledge, 2, PLAN_FOR_PUBLIC}, &plan) ==
          ERR_NOT_FOUND);
    pledge.published_at = 0;
    CHECK(plan_read(ctx, &(const struct plan_wanted){&pledge, 0, PLAN_FOR_PUBLIC}, &plan) ==
          ERR_NOT_FOUND);
}

TEST(an_update_moves_the_action_and_stays_for_ever)
{
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    struct plan_draft draft = plan_test_draft(ctx);
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    ctx->now_secs += DAY;
    draft.state = "embedded";
    draft.rag = "amber";
    draft.note = "Both are open.";
    draft.evidence = "12 people came.";
    draft.link = "https://trust.example/ways-in?x=1#y";
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    struct plan plan = plan_test_read(ctx, reference, 0);
    const struct plan_action *action = &plan.actions[0];
    CHECK(action->state == PLAN_EMBEDDED && action->rag == PLAN_AMBER && action->update_count == 2);
    CHECK_TEXT(action->updates[0].note, "The first way in is open.");
    CHECK_TEXT(action->newest->note, "Both are open.");
    CHECK_TEXT(action->newest->by, "Name of ada@trust.example");
    CHECK(action->newest->evidence_count == 2 && action->updates[0].evidence_count == 0);
    CHECK(plan.summary.state[PLAN_EMBEDDED] == 1 && plan.summary.rag[PLAN_AMBER] == 0);
}

TEST(the_same_update_sent_twice_is_one)
{
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    struct plan_draft draft = plan_test_draft(ctx);
    draft.seen = 0;
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    CHECK(plan_test_read(ctx, reference, 0).actions[0].update_count == 1);
    ctx->now_secs += 2 * 3600;
    draft.seen = 1;
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    CHECK(plan_test_read(ctx, reference, 0).actions[0].update_count == 2);
}

/* A file as the form keeps it for somebody who writes. */
static struct form_file kept_file(struct ctx *ctx, const char *text)
{
    struct upload upload;
    const char *problem;
    CHECK(upload_keep(ctx,
                      &(const struct upload_sent){"people.txt", text, strlen(text), "plan-draft/x"},
                      &(const struct upload_rules){.endings = upload_all_endings}, &upload,
                      &problem) == OK);
    return (struct form_file){upload.id, upload.name, upload.size_bytes, upload.owner};
}

/* Sent again, a file is kept anew, under another number. */
TEST(the_same_update_with_its_file_sent_twice_is_one)
{
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    struct plan_draft draft = plan_test_draft(ctx);
    draft.file = kept_file(ctx, "Ten\n");
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    draft.file = kept_file(ctx, "Ten\n");
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    CHECK(plan_test_read(ctx, reference, 0).actions[0].update_count == 1);
    draft.file = kept_file(ctx, "Eleven\n");
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    CHECK(plan_test_read(ctx, reference, 0).actions[0].update_count == 2);
}

/* A link that was forgotten is not lost when the rest is sent again as it was. */
TEST(an_update_with_another_link_or_proof_is_another_update)
{
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    struct plan_draft draft = plan_test_draft(ctx);
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    draft.link = "https://www.example.org/report";
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    draft.evidence = "Ten people came.";
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    struct plan plan = plan_test_read(ctx, reference, 0);
    CHECK(plan.actions[0].update_count == 3 && plan.actions[0].newest->evidence_count == 2);
}

TEST(two_who_write_at_once_read_each_other_and_both_stay)
{
    const char *reference = plan_test_publish(ctx);
    struct plan_draft hers = plan_test_draft(ctx), his = hers;
    hers.seen = his.seen = 0;
    his.note = "A room was found.";
    plan_test_as_leader(ctx);
    CHECK(plan_test_tell(ctx, reference, &hers) == OK);
    ctx->person = plan_test_person(ctx, "bo@union.example", NULL);
    CHECK(strstr(problem(ctx, reference, &his, "note"), "while you were writing") != NULL);
    his.seen = 1;
    CHECK(plan_test_tell(ctx, reference, &his) == OK);
    struct plan plan = plan_test_read(ctx, reference, 0);
    CHECK(plan.actions[0].update_count == 2);
    CHECK_TEXT(plan.actions[0].newest->note, "A room was found.");
}

TEST(a_correction_says_what_it_corrects_and_takes_its_place_only)
{
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    say(ctx, reference, 0, "planned", "It begins in may.");
    say(ctx, reference, 0, "in-progress", "It has begun.");
    /* The older one is corrected: where the action stands does not move. */
    say(ctx, reference, 1, "planned", "It begins in June.");
    struct plan plan = plan_test_read(ctx, reference, 0);
    const struct plan_action *action = &plan.actions[0];
    CHECK(action->update_count == 3 && action->state == PLAN_IN_PROGRESS);
    CHECK_TEXT(action->newest->note, "It has begun.");
    CHECK(action->updates[0].corrected_by == 3 && action->updates[2].corrects == 1);
}

TEST(a_correction_of_the_newest_counts_and_is_itself_corrected_next)
{
    struct plan_draft draft;
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    say(ctx, reference, 0, "in-progress", "It has begun.");
    say(ctx, reference, 1, "embedded", "It is done.");
    struct plan plan = plan_test_read(ctx, reference, 0);
    CHECK(plan.actions[0].state == PLAN_EMBEDDED);
    draft = plan_test_draft(ctx);
    draft.corrects = 1;
    CHECK(strstr(problem(ctx, reference, &draft, "note"), "corrected by update 2") != NULL);
    say(ctx, reference, 2, "in-progress", "It is nearly done.");
    plan = plan_test_read(ctx, reference, 0);
    CHECK(plan.actions[0].state == PLAN_IN_PROGRESS && plan.actions[0].newest->number == 3);
    draft.corrects = 9;
    CHECK(plan_test_tell(ctx, reference, &draft) == ERR_NOT_FOUND);
}

TEST(bad_updates_are_told_apart)
{
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    struct plan_draft draft = plan_test_draft(ctx);
    draft.state = "stopped";
    CHECK_TEXT(problem(ctx, reference, &draft, "reason"), "Enter why the action was stopped");
    draft.state = "paused";
    CHECK_TEXT(problem(ctx, reference, &draft, "state"), "Choose where the action stands");
    draft = plan_test_draft(ctx);
    draft.rag = "blue";
    CHECK_TEXT(problem(ctx, reference, &draft, "rag"), "Choose red, amber or green");
    draft = plan_test_draft(ctx);
    draft.happened_on = "2026-03-10";
    CHECK_TEXT(problem(ctx, reference, &draft, "happened_on"),
               "The day must be today or in the past");
    draft = plan_test_draft(ctx);
    draft.link = "javascript:alert(1)";
    CHECK(strstr(problem(ctx, reference, &draft, "link"), "https://") != NULL);
    CHECK(plan_test_read(ctx, reference, 0).actions[0].update_count == 0);
}

TEST(a_stopped_action_says_why_and_others_have_no_reason)
{
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    struct plan_draft draft = plan_test_draft(ctx);
    draft.reason = "Left over from another answer";
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    CHECK_TEXT(plan_test_read(ctx, reference, 0).actions[0].newest->reason, "");
    draft.state = "stopped";
    draft.reason = "The ward closed.";
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    CHECK_TEXT(plan_test_read(ctx, reference, 0).actions[0].newest->reason, "The ward closed.");
}

TEST(only_links_that_are_safe_to_open_are_evidence)
{
    static const char *const good[] = {"https://example.org", "http://www.example.org:8080/a?b=c#d",
                                       "https://example.org/a@b"};
    static const char *const bad[] = {"",
                                      "ftp://example.org/x",
                                      "data:text/html,x",
                                      "//example.org",
                                      "https://",
                                      "https://user@example.org",
                                      "https://a:b@example.org",
                                      "https://localhost/x",
                                      "https:/x.y",
                                      "https://exa mple.org",
                                      "https://.example.org/",
                                      "https://example.org:/",
                                      "file:///x",
                                      "https://example.org:99a",
                                      "https://[::1]/",
                                      "https://ex\\ample.org",
                                      "vbscript:x",
                                      "https://example.org:123456"};
    char longest[PLAN_URL_CHARS_MAX + 40] = "https://example.org/";
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        if (plan_link_problem(good[i]) != NULL)
            fail_msg("refused: %s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (plan_link_problem(bad[i]) == NULL)
            fail_msg("taken: %s", bad[i]);
    memset(longest + strlen(longest), 'x', PLAN_URL_CHARS_MAX - 20);
    CHECK(strlen(longest) == PLAN_URL_CHARS_MAX && plan_link_problem(longest) == NULL);
    longest[PLAN_URL_CHARS_MAX] = 'x';
    CHECK(strstr(plan_link_problem(longest), "500") != NULL);
}

TEST(overdue_follows_from_the_day)
{
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    CHECK(time_day_start("2027-03-31", &ctx->now_secs) == OK);
    CHECK(plan_test_read(ctx, reference, 0).summary.overdue == 0);
    ctx->now_secs += DAY;
    struct plan plan = plan_test_read(ctx, reference, 0);
    CHECK(plan.summary.overdue == 1 && plan.actions[0].is_overdue);
    struct plan_draft draft = plan_test_draft(ctx);
    draft.state = "embedded";
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    CHECK(plan_test_read(ctx, reference, 0).summary.overdue == 0);
}

TEST(an_update_moves_the_day_with_a_reason_and_the_promised_day_stays)
{
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    CHECK(time_day_start("2027-04-02", &ctx->now_secs) == OK); /* due on 31 March */
    struct plan_draft draft = plan_test_draft(ctx);
    draft.due_on = "2027-06-30";
    CHECK(problem(ctx, reference, &draft, "due_reason")[0] != '\0');
    draft.due_reason = "The ward moves first.";
    draft.due_on = "2027-04-01";
    CHECK(strstr(problem(ctx, reference, &draft, "due_on"), "today or later") != NULL);
    draft.due_on = "2027-06-31";
    CHECK(strstr(problem(ctx, reference, &draft, "due_on"), "the new day") != NULL);
    draft.due_on = "";
    CHECK(problem(ctx, reference, &draft, "due_on")[0] != '\0');
    draft.due_on = "2027-06-30";
    CHECK(plan_test_tell(ctx, reference, &draft) == OK &&
          plan_test_tell(ctx, reference, &draft) == OK);
    struct plan plan = plan_test_read(ctx, reference, 0);
    CHECK(plan.summary.overdue == 0 && plan.actions[0].update_count == 1);
    CHECK_TEXT(plan.actions[0].due_on, "2027-06-30");
    CHECK_TEXT(plan.actions[0].promised_on, "2027-03-31");
    say(ctx, reference, 0, "in-progress", "It goes on."); /* the day stays as it was moved */
    plan = plan_test_read(ctx, reference, 0);
    CHECK_TEXT(plan.actions[0].due_on, "2027-06-30");
    CHECK_TEXT(plan.actions[0].moved->due_reason, "The ward moves first.");
    CHECK(time_day_start("2027-07-01", &ctx->now_secs) == OK);
    CHECK(plan_test_read(ctx, reference, 0).summary.overdue == 1);
    struct plan_draft taken_back = plan_test_draft(ctx);
    taken_back.corrects = 1;
    CHECK(plan_test_tell(ctx, reference, &taken_back) == OK);
    plan = plan_test_read(ctx, reference, 0);
    CHECK_TEXT(plan.actions[0].due_on, "2027-03-31");
    CHECK_TEXT(plan.actions[0].updates[0].due_on, "2027-06-30"); /* nothing is overwritten */
}

TEST(the_next_plan_goes_on_with_what_is_open_and_the_earlier_one_is_kept)
{
    int64_t number, begun;
    struct form_problems problems = {.count = 0};
    struct plan_pair *pairs;
    size_t count;
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    const struct pledge_action_draft more = {"tfc-3", "",   "None", "Mentors",    "People",
                                             "10",    "Bo", "",     "2026-05-01", "2026-12-01"};
    CHECK(plan_action_new(ctx, &(const struct plan_place){reference, 1, 0}, &more, &problems,
                          &number) == OK);
    CHECK(number == 2);
    CHECK(plan_lead_set(ctx, &(const struct plan_place){reference, 1, 2}, "Bo", "bo@union.example",
                        &problems) == OK);
    say(ctx, reference, 0, "embedded", "Both are open.");
    ctx->now_secs += 360 * (int64_t)DAY;
    plan_test_renew(ctx, reference);
    struct plan will = plan_test_read(ctx, reference, 0);
    CHECK(!will.is_begun && will.period == 2 && will.count == 1);
    CHECK(plan_begin_all(ctx, ctx->now_secs - DAY, &begun) == OK && begun == 1);
    struct plan plans[2] = {plan_test_read(ctx, reference, 1), plan_test_read(ctx, reference, 2)};
    CHECK(!plans[0].is_live && plans[1].is_live && plans[1].is_begun && plans[1].count == 1);
    CHECK_TEXT(plans[1].actions[0].action, "Mentors");
    CHECK_TEXT(plans[1].actions[0].lead_email, "bo@union.example");
    CHECK(plans[1].actions[0].continues == 2 && plans[1].actions[0].number == 1);
    CHECK(plans[0].count == 2 && plans[0].actions[0].update_count == 1);
    CHECK(plan_compare(ctx, plans, 2, &pairs, &count) == OK && count == 2);
    CHECK(pairs[0].before == &plans[0].actions[1] && pairs[0].after == &plans[1].actions[0]);
    CHECK(pairs[1].before == &plans[0].actions[0] && pairs[1].after == NULL);
}

TEST(an_update_to_a_plan_of_another_period_is_refused)
{
    int64_t number;
    struct form_problems problems = {.count = 0};
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    struct plan_draft draft = plan_test_draft(ctx);
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    plan_test_renew(ctx, reference);
    const struct plan_place past = {reference, 1, 1}, ahead = {reference, 3, 1},
                            now = {reference, 2, 1}, none = {reference, 2, 9};
    draft.note = "Once more";
    CHECK(plan_tell(ctx, &past, &draft, &problems, &number) == ERR_CONFLICT);
    CHECK(plan_tell(ctx, &ahead, &draft, &problems, &number) == ERR_NOT_FOUND);
    CHECK(plan_tell(ctx, &none, &draft, &problems, &number) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    CHECK(plan_tell(ctx, &now, &draft, &problems, &number) == OK && number == 1);
    CHECK(plan_test_read(ctx, reference, 1).actions[0].update_count == 1);
    CHECK(pledge_withdraw(ctx, reference, "It is over") == OK);
    CHECK(plan_tell(ctx, &now, &draft, &problems, &number) == ERR_CONFLICT);
}

TEST(a_new_action_is_of_the_pledge_and_its_days_fit)
{
    int64_t number, again;
    struct form_problems problems = {.count = 0};
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    const struct plan_place place = {reference, 1, 0};
    struct pledge_action_draft draft = {"tfc-5", "",   "None", "Mentors",    "People",
                                        "10",    "Bo", "",     "2026-12-01", "2026-05-01"};
    CHECK(plan_action_new(ctx, &place, &draft, &problems, &number) == ERR_INVALID);
    CHECK(form_problem_of(&problems, "intention") != NULL);
    CHECK(form_problem_of(&problems, "due_on") != NULL);
    draft.intention = "tfc-1";
    draft.due_on = "2027-05-01";
    CHECK(plan_action_new(ctx, &place, &draft, &problems, &number) == OK && number == 2);
    CHECK(plan_action_new(ctx, &place, &draft, &problems, &again) == OK && again == 2);
    CHECK(plan_test_read(ctx, reference, 0).count == 2);
}

TEST(the_public_reads_states_and_public_words_alone)
{
    struct pledge pledge;
    struct plan plan;
    const char *workers = "workers";
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    struct plan_draft draft = plan_test_draft(ctx);
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    draft.note = "Between us: it goes badly.";
    draft.rag = "red";
    draft.only = (struct form_several){&workers, 1};
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_PUBLIC, &pledge) == OK);
    CHECK(plan_read(ctx, &(const struct plan_wanted){&pledge, 0, PLAN_FOR_PUBLIC}, &plan) == OK);
    const struct plan_action *action = &plan.actions[0];
    CHECK(action->rag == PLAN_RED && action->update_count == 0 && action->updates == NULL);
    CHECK_TEXT(action->newest->note, "The first way in is open.");
    CHECK_TEXT(action->newest->by, "");
    CHECK_TEXT(action->lead, "");
    /* What was public, and is corrected by what is not, is not shown either. */
    draft.corrects = 1;
    draft.note = "Between us: it was not open.";
    CHECK(plan_test_tell(ctx, reference, &draft) == OK);
    CHECK(plan_read(ctx, &(const struct plan_wanted){&pledge, 0, PLAN_FOR_PUBLIC}, &plan) == OK);
    CHECK(plan.actions[0].newest == NULL);
}

TEST(an_update_that_fails_leaves_nothing)
{
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    struct plan_draft draft = plan_test_draft(ctx);
    draft.link = "https://trust.example/x";
    enum status status = ERR_FAULT;
    int64_t number;
    struct form_problems problems = {.count = 0};
    for (int nth = 1; nth < 60 && status != OK; nth++) {
        store_fail_on_call(ctx->store, nth);
        status =
            plan_tell(ctx, &(const struct plan_place){reference, 1, 1}, &draft, &problems, &number);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        struct plan plan = plan_test_read(ctx, reference, 0);
        CHECK(status == OK || (!plan.is_begun && plan.actions[0].update_count == 0));
    }
    CHECK(status == OK && plan_test_read(ctx, reference, 0).actions[0].update_count == 1);
}

TEST(a_new_action_that_fails_leaves_nothing)
{
    int64_t number;
    struct form_problems problems = {.count = 0};
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    const struct pledge_action_draft draft = {"tfc-3", "",   "None", "Mentors",    "People",
                                              "10",    "Bo", "",     "2026-05-01", "2026-12-01"};
    enum status status = ERR_FAULT;
    for (int nth = 1; nth < 60 && status != OK; nth++) {
        store_fail_on_call(ctx->store, nth);
        status = plan_action_new(ctx, &(const struct plan_place){reference, 1, 0}, &draft,
                                 &problems, &number);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(status == OK || !plan_test_read(ctx, reference, 0).is_begun);
    }
    CHECK(status == OK && plan_test_read(ctx, reference, 0).count == 2);
}
