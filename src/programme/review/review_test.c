/* SPDX-License-Identifier: MIT */
/* review_test.c - what a yearly review promises: when it opens, who signs, what is late. */
#include "programme/review/review_test_help.h"

#include "platform/base/test.h"

static struct review_moved upkeep(struct ctx *ctx)
{
    struct review_moved moved;
    CHECK(review_upkeep(ctx, &moved) == OK);
    return moved;
}

static void check_chain(struct ctx *ctx)
{
    const char *broken;
    int64_t checked;
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK && broken == NULL);
}

/* ---- the clock ---- */

TEST(a_review_opens_sixty_days_before_its_day_once_and_tells_both)
{
    const char *reference = review_test_pledge(ctx, true);
    review_test_day(ctx, "2027-01-07");
    CHECK(upkeep(ctx).opened_count == 0);
    CHECK(review_test_state(ctx, reference) == PLEDGE_PUBLISHED);
    review_test_day(ctx, REVIEW_TEST_OPENS_ON);
    CHECK(upkeep(ctx).opened_count == 1 && upkeep(ctx).opened_count == 0);
    CHECK(review_test_state(ctx, reference) == PLEDGE_UNDER_REVIEW);
    struct review review = review_test_find(ctx, reference, 0);
    CHECK(review.period == 1 && review.is_open && !review.is_late);
    CHECK_TEXT(review.due_on, REVIEW_TEST_DUE_ON);
    CHECK_TEXT(review.lapses_on, REVIEW_TEST_LAPSES_ON);
    CHECK(review_test_mails(ctx, "review.opened") == 2);
    check_chain(ctx);
}

TEST(a_review_that_opens_too_late_still_gives_its_sixty_days)
{
    const char *reference = review_test_pledge(ctx, true);
    review_test_day(ctx, "2027-09-01");
    struct review_moved moved = upkeep(ctx);
    CHECK(moved.opened_count == 1 && moved.lapsed_count == 0);
    struct review review = review_test_find(ctx, reference, 0);
    CHECK_TEXT(review.due_on, "2027-10-31");
    CHECK_TEXT(review.lapses_on, "2028-01-29");
}

TEST(a_pledge_lapses_behind_the_grace_once_after_two_warnings)
{
    const char *reference = review_test_open(ctx);
    review_test_day(ctx, "2027-05-07");
    CHECK(upkeep(ctx).warned_count == 0);
    review_test_day(ctx, "2027-05-08");
    CHECK(upkeep(ctx).warned_count == 1 && upkeep(ctx).warned_count == 0);
    review_test_day(ctx, "2027-05-31");
    CHECK(upkeep(ctx).warned_count == 1 && upkeep(ctx).warned_count == 0);
    CHECK(review_test_mails(ctx, "review.lapses_in_a_month") == 2);
    CHECK(review_test_mails(ctx, "review.lapses_in_a_week") == 2);
    review_test_day(ctx, REVIEW_TEST_LAPSES_ON);
    CHECK(upkeep(ctx).lapsed_count == 0);
    review_test_day(ctx, "2027-06-08");
    CHECK(upkeep(ctx).lapsed_count == 1 && upkeep(ctx).lapsed_count == 0);
    CHECK(review_test_state(ctx, reference) == PLEDGE_LAPSED);
    CHECK(review_test_mails(ctx, "review.lapsed") == 2);
    check_chain(ctx);
}

TEST(behind_the_last_day_nobody_sends_or_signs_even_before_the_clock_was_asked)
{
    const char *reference = review_test_open(ctx);
    CHECK(review_test_send(ctx, reference) == OK);
    review_test_day(ctx, "2027-06-08");
    CHECK(review_test_sign(ctx, reference, 1, "leader") == ERR_CONFLICT);
    CHECK(review_test_send(ctx, reference) == ERR_CONFLICT);
    CHECK(review_test_state(ctx, reference) == PLEDGE_UNDER_REVIEW);
}

TEST(a_review_is_not_sent_before_it_opens)
{
    const char *reference = review_test_pledge(ctx, true);
    CHECK(review_test_send(ctx, reference) == ERR_CONFLICT);
    CHECK(review_test_sign(ctx, reference, 1, "leader") == ERR_CONFLICT);
    CHECK(review_remind(ctx, reference) == ERR_CONFLICT);
}

/* ---- the words ---- */

static const char *problem(struct ctx *ctx, const char *reference, const struct review_words *words,
                           const char *field)
{
    struct form_problems problems = {.count = 0};
    CHECK(review_send(ctx, reference, words, &problems) == ERR_INVALID);
    ctx->fault = NULL;
    const char *text = form_problem_of(&problems, field);
    return text != NULL ? text : "";
}

TEST(every_intention_has_its_narrative_and_no_other_has_one)
{
    const char *reference = review_test_open(ctx);
    struct review_words words = review_test_words(ctx);
    struct review_part *parts = words.parts.items;
    parts[0].done = "";
    CHECK_TEXT(problem(ctx, reference, &words, "parts-0-done"), "Enter what you have done");
    words = review_test_words(ctx);
    words.parts.count = 1;
    CHECK(strstr(problem(ctx, reference, &words, "parts"), "tfc-3") != NULL);
    words = review_test_words(ctx);
    ((struct review_part *)words.parts.items)[1].intention = "tfc-1";
    CHECK_TEXT(problem(ctx, reference, &words, "parts-1-intention"),
               "Write about each intention once");
    words = review_test_words(ctx);
    ((struct review_part *)words.parts.items)[1].intention = "tfc-2";
    CHECK(strstr(problem(ctx, reference, &words, "parts-1-intention"), "no intention") != NULL);
    words = review_test_words(ctx);
    words.statement = "";
    CHECK_TEXT(problem(ctx, reference, &words, "statement"), "Enter how the year went");
    CHECK(review_test_find(ctx, reference, 0).version.version == 0);
}

TEST(words_for_another_year_are_refused)
{
    const char *reference = review_test_open(ctx);
    struct review_words words = review_test_words(ctx);
    words.period = (struct form_number){true, 2};
    CHECK_TEXT(problem(ctx, reference, &words, "period"),
               "These are words for year 2. The review that is open is of year 1");
}

TEST(the_same_words_sent_twice_are_one_version_and_look_the_same)
{
    const char *reference = review_test_open(ctx);
    CHECK(review_test_send(ctx, reference) == OK && review_test_send(ctx, reference) == OK);
    struct review review = review_test_find(ctx, reference, 0);
    CHECK(review.version.version == 1 && review.version.signature_count == 2);
    CHECK(review_test_mails(ctx, "review.sign") == 2);
    CHECK(strstr(review.version.text, "Two ways in are open.") != NULL);
    CHECK(strstr(review.version.text, "For the staff side signs: Branch secretary") != NULL);
    CHECK(strstr(review.version.text, "Bo Branch") == NULL); /* nobody is named */
}

TEST(a_late_review_says_why_and_the_reason_is_in_its_words)
{
    const char *reference = review_test_open(ctx);
    struct review_words words = review_test_words(ctx);
    struct form_problems problems;
    review_test_day(ctx, REVIEW_TEST_DUE_ON);
    CHECK(!review_test_find(ctx, reference, 0).is_late);
    review_test_day(ctx, "2027-03-10");
    CHECK(review_test_find(ctx, reference, 0).is_late);
    CHECK_TEXT(problem(ctx, reference, &words, "late_reason"), "Enter why the review is late");
    words.late_reason = "We moved house.";
    CHECK(review_send(ctx, reference, &words, &problems) == OK);
    CHECK(review_test_sign(ctx, reference, 1, "leader") == OK &&
          review_test_sign(ctx, reference, 1, "cosigner") == OK);
    struct review review = review_test_find(ctx, reference, 1);
    CHECK(review.is_signed && review.is_late);
    CHECK(strstr(review.version.text, "We moved house.") != NULL);
}

TEST(a_reason_is_not_kept_when_the_review_is_in_time)
{
    const char *reference = review_test_open(ctx);
    struct review_words words = review_test_words(ctx);
    struct form_problems problems;
    words.late_reason = "We are early.";
    CHECK(review_send(ctx, reference, &words, &problems) == OK);
    CHECK_TEXT(review_test_find(ctx, reference, 0).version.words.late_reason, "");
}

/* ---- signing ---- */

TEST(when_both_have_signed_the_pledge_is_renewed_for_a_year)
{
    struct pledge pledge;
    struct review *reviews;
    size_t count;
    const char *reference = review_test_open(ctx);
    CHECK(review_test_send(ctx, reference) == OK);
    CHECK(review_link_sign(ctx, review_test_token(ctx, REVIEW_TEST_LEADER)) == OK);
    CHECK(review_test_state(ctx, reference) == PLEDGE_UNDER_REVIEW);
    CHECK(review_link_sign(ctx, review_test_token(ctx, REVIEW_TEST_COSIGNER)) == OK);
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_PUBLIC, &pledge) == OK);
    CHECK(pledge.state == PLEDGE_RENEWED && pledge.period == 2);
    CHECK_TEXT(pledge.review_on, "2028-03-09");
    CHECK(review_test_mails(ctx, "review.renewed") == 2);
    CHECK(review_list_signed(ctx, &pledge, &reviews, &count) == OK && count == 1);
    CHECK(reviews[0].period == 1 && reviews[0].is_signed && !reviews[0].is_late);
    CHECK_TEXT(reviews[0].version.signatures[0].office, "Chief executive");
    CHECK_TEXT(reviews[0].version.signatures[1].role, "cosigner");
    check_chain(ctx);
    /* And the next opens a year later, of the second year. */
    review_test_day(ctx, "2028-01-09");
    CHECK(upkeep(ctx).opened_count == 1);
    CHECK(review_test_find(ctx, reference, 0).period == 2);
}

TEST(the_same_side_twice_counts_once_and_looks_the_same)
{
    const char *reference = review_test_open(ctx);
    CHECK(review_test_send(ctx, reference) == OK);
    const char *token = review_test_token(ctx, REVIEW_TEST_LEADER);
    CHECK(review_link_sign(ctx, token) == OK && review_link_sign(ctx, token) == OK);
    CHECK(review_test_sign(ctx, reference, 1, "leader") == OK);
    struct pledge pledge;
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    CHECK(pledge.events[pledge.event_count - 1].kind == PLEDGE_REVIEW_LEADER_SIGNED);
    CHECK(pledge.events[pledge.event_count - 2].kind == PLEDGE_REVIEW_SENT);
    CHECK(review_test_sign(ctx, reference, 1, "cosigner") == OK);
    CHECK(review_test_sign(ctx, reference, 1, "cosigner") == OK); /* also when it is renewed */
    CHECK(review_link_sign(ctx, token) == OK);
}

TEST(changed_words_are_another_version_and_void_what_was_signed)
{
    struct form_problems problems;
    const char *reference = review_test_open(ctx);
    struct review_words words = review_test_words(ctx);
    CHECK(review_test_send(ctx, reference) == OK);
    const char *old = review_test_token(ctx, REVIEW_TEST_COSIGNER);
    CHECK(review_test_sign(ctx, reference, 1, "leader") == OK);
    words.statement = "A better year.";
    CHECK(review_send(ctx, reference, &words, &problems) == OK);
    struct review review = review_test_find(ctx, reference, 0);
    CHECK(review.version.version == 2 && review.version.signatures[0].signed_at == 0);
    CHECK(review_link_sign(ctx, old) == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(review_test_sign(ctx, reference, 1, "cosigner") == ERR_CONFLICT);
    CHECK(review_test_sign(ctx, reference, 2, "cosigner") == OK &&
          review_test_sign(ctx, reference, 2, "leader") == OK);
    CHECK(review_test_state(ctx, reference) == PLEDGE_RENEWED);
    check_chain(ctx);
}

TEST(a_side_sends_it_back_and_it_is_changed_and_sent_again)
{
    const char *reference = review_test_open(ctx);
    CHECK(review_test_send(ctx, reference) == OK);
    const char *token = review_test_token(ctx, REVIEW_TEST_COSIGNER);
    CHECK(review_test_sign(ctx, reference, 1, "leader") == OK);
    CHECK(review_test_decline(ctx, reference, 1, "leader") == ERR_CONFLICT); /* who has signed */
    CHECK(review_link_decline(ctx, token, "Please say more") == OK);
    CHECK(review_link_decline(ctx, token, "Please say more") == OK);
    CHECK(review_test_mails(ctx, "review.declined") == 2);
    CHECK(review_test_sign(ctx, reference, 1, "cosigner") == ERR_CONFLICT);
    ctx->now_secs += 60;
    CHECK(review_remind(ctx, reference) == OK); /* to change it */
    CHECK(review_test_mails(ctx, "review.opened") == 4 &&
          review_test_mails(ctx, "review.sign") == 2);
    struct review review = review_test_find(ctx, reference, 0);
    CHECK(!review.is_signed && review.version.declined_at != 0);
    CHECK_TEXT(review.version.declined_reason, "Please say more");
    CHECK(review_test_send(ctx, reference) == OK); /* the same words, once more */
    CHECK(review_test_find(ctx, reference, 0).version.version == 2);
    CHECK(review_test_sign(ctx, reference, 2, "leader") == OK &&
          review_test_sign(ctx, reference, 2, "cosigner") == OK);
    CHECK(review_test_state(ctx, reference) == PLEDGE_RENEWED);
}

TEST(a_link_to_sign_works_for_twenty_one_days_and_a_new_one_takes_its_place)
{
    struct review_to_sign ask;
    const char *reference = review_test_open(ctx);
    CHECK(review_test_send(ctx, reference) == OK);
    const char *old = review_test_token(ctx, REVIEW_TEST_LEADER);
    CHECK(review_link_open(ctx, old, &ask) == OK && !ask.is_signed);
    CHECK_TEXT(ask.name, "Ada Leader");
    ctx->now_secs += REVIEW_LINK_KEPT_SECS + 1;
    CHECK(review_link_open(ctx, old, &ask) == ERR_CONFLICT);
    CHECK(review_remind(ctx, reference) == OK);
    ctx->fault = NULL;
    CHECK(review_link_sign(ctx, old) == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(review_link_sign(ctx, review_test_token(ctx, REVIEW_TEST_LEADER)) == OK);
    CHECK(review_link_open(ctx, "none", &ask) == ERR_NOT_FOUND);
}

TEST(without_a_staff_side_the_leader_renews_alone)
{
    const char *reference = review_test_pledge(ctx, false);
    review_test_day(ctx, REVIEW_TEST_OPENS_ON);
    CHECK(upkeep(ctx).opened_count == 1);
    CHECK(review_test_send(ctx, reference) == OK);
    CHECK(review_test_sign(ctx, reference, 1, "cosigner") == ERR_CONFLICT);
    CHECK(review_test_sign(ctx, reference, 1, "leader") == OK);
    CHECK(review_test_state(ctx, reference) == PLEDGE_RENEWED);
    CHECK(review_test_find(ctx, reference, 1).version.signature_count == 1);
}

TEST(a_pledge_that_is_withdrawn_has_no_review_to_send_or_sign)
{
    const char *reference = review_test_open(ctx);
    CHECK(review_test_send(ctx, reference) == OK);
    CHECK(pledge_withdraw(ctx, reference, "no more") == OK);
    CHECK(review_test_sign(ctx, reference, 1, "leader") == ERR_CONFLICT);
    CHECK(review_test_send(ctx, reference) == ERR_CONFLICT);
    review_test_day(ctx, "2027-08-01");
    CHECK(upkeep(ctx).lapsed_count == 0);
}

/* ---- more time ---- */

static const char *extend(struct ctx *ctx, const char *reference, const char *until_on,
                          const char *reason)
{
    struct form_problems problems = {.count = 0};
    const struct review_extension extension = {until_on, reason};
    enum status status = review_extend(ctx, reference, &extension, &problems);
    if (status != ERR_FAULT)
        ctx->fault = NULL;
    return status == OK ? "given" : status == ERR_CONFLICT ? "refused" : problems.items[0].field;
}

TEST(the_programme_gives_more_time_once_with_a_reason)
{
    const char *reference = review_test_open(ctx);
    review_test_day(ctx, "2027-06-01");
    CHECK(upkeep(ctx).warned_count == 1);
    CHECK_TEXT(extend(ctx, reference, REVIEW_TEST_LAPSES_ON, "A flood"), "until_on");
    CHECK_TEXT(extend(ctx, reference, "2027-12-05", "A flood"), "until_on");
    CHECK_TEXT(extend(ctx, reference, "2027-08-01", ""), "reason");
    CHECK_TEXT(extend(ctx, reference, "2027-08-01", "A flood"), "given");
    CHECK_TEXT(extend(ctx, reference, "2027-09-01", "Another"), "refused");
    struct review review = review_test_find(ctx, reference, 0);
    CHECK_TEXT(review.lapses_on, "2027-08-01");
    CHECK_TEXT(review.extended_reason, "A flood");
    review_test_day(ctx, "2027-06-20");
    CHECK(upkeep(ctx).lapsed_count == 0);
    review_test_day(ctx, "2027-07-10");
    CHECK(upkeep(ctx).warned_count == 1); /* anew, for the new day */
    review_test_day(ctx, "2027-08-02");
    CHECK(upkeep(ctx).lapsed_count == 1);
}

/* ---- what is being written ---- */

TEST(two_who_write_the_same_part_do_not_write_over_each_other)
{
    struct pledge pledge;
    struct review_draft *drafts;
    size_t count;
    const char *reference = review_test_open(ctx);
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    const struct review_draft first = {"tfc-1", "[[\"done\",\"A\"]]", 0, 0};
    const struct review_draft second = {"tfc-1", "[[\"done\",\"B\"]]", 0, 0};
    CHECK(review_draft_save(ctx, &pledge, &first) == OK);
    CHECK(review_draft_save(ctx, &pledge, &first) == OK); /* sent twice */
    CHECK(review_draft_save(ctx, &pledge, &second) == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(review_draft_list(ctx, &pledge, &drafts, &count) == OK && count == 1);
    CHECK_TEXT(drafts[0].answers, first.answers);
    const struct review_draft both = {"tfc-1", "[[\"done\",\"A and B\"]]", drafts[0].number, 0};
    CHECK(review_draft_save(ctx, &pledge, &both) == OK);
}
