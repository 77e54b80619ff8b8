/* SPDX-License-Identifier: MIT */
/* casestudy_test.c - what case studies promise, without any page. */
#include "programme/casestudy/casestudy.h"

#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"
#include "programme/casestudy/casestudy.sql.h"
#include "programme/casestudy/casestudy_test_help.h"
#include "programme/directory/directory.h"
#include "programme/search/search.h"

static void begin(struct ctx *ctx)
{
    help_demonstration(ctx, true);
    CHECK(directory_take_packs(ctx) == OK);
}

static void sign_in_editor(struct ctx *ctx)
{
    ctx->person = help_person(ctx, "editor@programme.example", "editor");
}

static const char *live(struct ctx *ctx, bool has_pictures)
{
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    if (has_pictures)
        casestudy_test_add_pictures(ctx, &draft);
    const char *reference = casestudy_test_confirmed(ctx, &draft);
    casestudy_test_publish(ctx, reference);
    return reference;
}

static size_t found_count(struct ctx *ctx)
{
    size_t count;
    struct search_found *rows;
    const struct search_since ever = {.kind = SEARCH_CASE_STUDY, .at_most = 100};
    CHECK(search_recent(ctx, &ever, &rows, &count) == OK);
    return count;
}

static size_t free_pictures(struct ctx *ctx, const char *reference)
{
    size_t count, shown = 0;
    struct casestudy_picture *pictures;
    struct casestudy study = casestudy_test_found(ctx, reference);
    CHECK(casestudy_pictures_of(ctx, &study, &pictures, &count) == OK);
    for (size_t i = 0; i < count; i++)
        shown += pictures[i].is_free;
    return shown;
}

static void say(struct ctx *ctx, const char *address, bool yes)
{
    CHECK(casestudy_asked_say(ctx, casestudy_test_token(ctx, address), yes) == OK);
}

/* ---- sending ---- */

TEST(a_case_study_waits_for_its_address_and_then_for_an_editor)
{
    begin(ctx);
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    const char *reference = casestudy_test_send(ctx, &draft);
    CHECK(casestudy_test_found(ctx, reference).state == CASESTUDY_UNCONFIRMED);
    CHECK(casestudy_link_confirm(ctx, casestudy_test_token(ctx, TEST_AUTHOR)) == OK);
    CHECK(casestudy_link_confirm(ctx, casestudy_test_token(ctx, TEST_AUTHOR)) == OK);
    struct casestudy study = casestudy_test_found(ctx, reference);
    CHECK(study.state == CASESTUDY_SUBMITTED && !study.is_live && study.event_count == 2);
    CHECK_TEXT(study.region, "Y62");
}

TEST(a_link_that_nobody_used_in_a_week_confirms_nothing)
{
    begin(ctx);
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    const char *reference = casestudy_test_send(ctx, &draft);
    const char *token = casestudy_test_token(ctx, TEST_AUTHOR);
    ctx->now_secs += CASESTUDY_CONFIRM_SECS;
    CHECK(casestudy_link_confirm(ctx, token) == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(casestudy_test_found(ctx, reference).state == CASESTUDY_UNCONFIRMED);
}

TEST(a_failed_sending_leaves_no_trace)
{
    begin(ctx);
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    casestudy_test_add_pictures(ctx, &draft);
    for (int nth = 1;; nth++) {
        const char *reference;
        struct casestudy_proof_mails_row before;
        struct form_problems problems = {.count = 0};
        store_fail_on_call(ctx->store, nth);
        enum status status = casestudy_send(ctx, &draft, &problems, &reference);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(casestudy_proof_mails(ctx, TEST_AUTHOR, 0, 0, &before) == OK);
        if (status == OK) {
            CHECK(nth > 15 && before.day_count == 1);
            return;
        }
        CHECK(status == ERR_FAULT && help_mail_count(ctx) == 0 && before.day_count == 0);
    }
}

TEST(who_can_be_known_in_a_picture_must_be_named_and_a_guardian_for_who_is_under_age)
{
    begin(ctx);
    const char *reference;
    struct form_problems problems = {.count = 0};
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    casestudy_test_add_pictures(ctx, &draft);
    struct casestudy_person_draft *people = draft.people.items;
    people[0].pictures = people[1].pictures;
    people[0].email = "";
    people[1].guardian_email = TEST_YOUNG;
    people[1].guardian_name = "";
    CHECK(casestudy_send(ctx, &draft, &problems, &reference) == ERR_INVALID);
    ctx->fault = NULL;
    CHECK(strstr(form_problem_of(&problems, "people"), "A nurse and a porter") != NULL);
    CHECK(form_problem_of(&problems, "people-0-email") != NULL);
    CHECK(form_problem_of(&problems, "people-1-guardian_name") != NULL);
    CHECK(strstr(form_problem_of(&problems, "people-1-guardian_email"), "not the young") != NULL);
}

TEST(too_many_mails_to_one_address_are_refused)
{
    begin(ctx);
    const char *reference;
    struct form_problems problems = {.count = 0};
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    for (int i = 0; i < PROOF_MAILS_AN_HOUR; i++)
        casestudy_test_send(ctx, &draft);
    CHECK(casestudy_send(ctx, &draft, &problems, &reference) == ERR_INVALID);
    CHECK(strstr(form_problem_of(&problems, "email"), "Too many") != NULL);
}

/* ---- claims ---- */

static size_t claims_in(struct ctx *ctx, const char *evidence, const char *result)
{
    size_t count;
    struct casestudy_claim *claims;
    const struct casestudy_words words = {
        .title = "A title", .summary = "A summary", .result = result, .evidence = evidence};
    casestudy_claims(ctx->mem, &words, &claims, &count);
    return count;
}

TEST(claims_stronger_than_the_evidence_are_found_whole_and_in_their_sentence)
{
    size_t count;
    struct casestudy_claim *claims;
    CHECK(claims_in(ctx, "1", "Fewer people left. This LED  to savings of 2.5 days.") == 2);
    CHECK(claims_in(ctx, "2", "Fewer people left. This led to savings.") == 1);
    CHECK(claims_in(ctx, "3", "Fewer people left. This led to savings.") == 0);
    CHECK(claims_in(ctx, "1", "We had a feller who rose-tinted the prose.") == 1); /* "rose" */
    CHECK(claims_in(ctx, "1", "Unimproved. The leadership wallet told.") == 0);
    const struct casestudy_words words = {.title = "Thanks to mentors, all stayed",
                                          .summary = "A visit of 2.5 hours led to more. Fine.",
                                          .result = "",
                                          .evidence = "2"};
    casestudy_claims(ctx->mem, &words, &claims, &count);
    CHECK(count == 2);
    CHECK_TEXT(claims[0].field, "title");
    CHECK_TEXT(claims[0].words, "thanks to");
    CHECK_TEXT(claims[1].sentence, "A visit of 2.5 hours led to more");
    CHECK_TEXT(claims[1].needs, "3");
}

TEST(an_editor_changes_a_claim_or_gives_a_reason_and_nobody_publishes_without)
{
    begin(ctx);
    struct form_problems problems = {.count = 0};
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    draft.words.result = "The visits led to 12 applications.";
    const char *reference = casestudy_test_confirmed(ctx, &draft);
    sign_in_editor(ctx);
    CHECK(casestudy_publish(ctx, reference, 1, &problems) == ERR_INVALID);
    ctx->fault = NULL;
    CHECK(strstr(form_problem_of(&problems, "reason"), "“led to”") != NULL);
    CHECK(!casestudy_test_found(ctx, reference).is_live && found_count(ctx) == 0);
    problems.count = 0;
    CHECK(casestudy_edit(ctx, reference, 1, &draft.words, &problems) == ERR_INVALID);
    ctx->fault = NULL;
    CHECK(casestudy_test_found(ctx, reference).version == 1);
    draft.words.reason = "The pupils said so themselves, and the text says who did.";
    problems.count = 0;
    CHECK(casestudy_edit(ctx, reference, 1, &draft.words, &problems) == OK);
    CHECK(casestudy_publish(ctx, reference, 2, &problems) == OK);
    CHECK(casestudy_test_found(ctx, reference).is_live);
}

/* ---- editing and publishing ---- */

TEST(the_author_s_words_stay_beside_those_of_editors_and_none_are_overwritten)
{
    begin(ctx);
    struct casestudy_version author, newest;
    struct form_problems problems = {.count = 0};
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    const char *reference = casestudy_test_confirmed(ctx, &draft);
    sign_in_editor(ctx);
    draft.words.title = "Mornings on a ward";
    CHECK(casestudy_edit(ctx, reference, 1, &draft.words, &problems) == OK);
    CHECK(casestudy_edit(ctx, reference, 1, &draft.words, &problems) == ERR_CONFLICT);
    ctx->fault = NULL;
    struct casestudy study = casestudy_test_found(ctx, reference);
    CHECK(study.state == CASESTUDY_EDITING && study.version == 2);
    CHECK(casestudy_version_by_author(ctx, &study, &author) == OK && author.version == 1);
    CHECK(casestudy_version_find(ctx, &study, 2, &newest) == OK);
    CHECK_TEXT(author.words.title, "Ward visits for pupils");
    CHECK_TEXT(newest.words.title, "Mornings on a ward");
    CHECK(newest.made_by == ctx->person.n && newest.words.intentions.count == 2);
}

TEST(only_a_person_publishes_and_what_is_published_is_found_until_it_is_withdrawn)
{
    begin(ctx);
    struct form_problems problems = {.count = 0};
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    const char *reference = casestudy_test_confirmed(ctx, &draft);
    CHECK(casestudy_publish(ctx, reference, 1, &problems) == ERR_FORBIDDEN);
    ctx->fault = NULL;
    casestudy_test_publish(ctx, reference);
    struct casestudy study = casestudy_test_found(ctx, reference);
    CHECK(study.state == CASESTUDY_PUBLISHED && study.is_live && found_count(ctx) == 1);
    CHECK_TEXT(study.review_on, "2027-03-09");
    sign_in_editor(ctx);
    CHECK(casestudy_withdraw(ctx, reference, CASESTUDY_BY_EDITOR, "It was a mistake") == OK);
    CHECK(casestudy_withdraw(ctx, reference, CASESTUDY_BY_EDITOR, "It was a mistake") == OK);
    study = casestudy_test_found(ctx, reference);
    CHECK(study.state == CASESTUDY_WITHDRAWN && !study.is_live && found_count(ctx) == 0);
    CHECK(casestudy_edit(ctx, reference, 1, &draft.words, &problems) == OK);
}

TEST(what_its_author_took_back_no_editor_publishes_again_but_the_author_can_send_it_anew)
{
    begin(ctx);
    struct form_problems problems = {.count = 0};
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    const char *reference = live(ctx, false);
    CHECK(casestudy_withdraw(ctx, reference, CASESTUDY_BY_AUTHOR, NULL) == OK);
    sign_in_editor(ctx);
    CHECK(casestudy_edit(ctx, reference, 1, &draft.words, &problems) == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(casestudy_publish(ctx, reference, 1, &problems) == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(casestudy_mend(ctx, reference, 1, &draft.words) == OK);
    CHECK(casestudy_test_found(ctx, reference).state == CASESTUDY_SUBMITTED);
    CHECK(casestudy_publish(ctx, reference, 2, &problems) == OK);
}

TEST(what_its_author_took_back_stays_so_whatever_those_who_are_shown_say)
{
    begin(ctx);
    struct form_problems problems = {.count = 0};
    struct casestudy_unproved_consent_row waiting;
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    const char *reference = live(ctx, true);
    say(ctx, TEST_GROWN, true);
    CHECK(casestudy_withdraw(ctx, reference, CASESTUDY_BY_AUTHOR, NULL) == OK);
    say(ctx, TEST_GROWN, false);
    sign_in_editor(ctx);
    CHECK(casestudy_picture_drop(ctx, reference, 2, CASESTUDY_BY_EDITOR) == OK);
    CHECK(casestudy_unproved_consent(ctx, &waiting) == OK && waiting.studies == 0);
    CHECK(casestudy_edit(ctx, reference, 1, &draft.words, &problems) == ERR_CONFLICT);
}

TEST(an_editor_ends_what_a_consent_took_down_and_it_waits_no_more)
{
    begin(ctx);
    struct casestudy_unproved_consent_row waiting;
    const char *reference = live(ctx, true);
    say(ctx, TEST_GROWN, true);
    say(ctx, TEST_GROWN, false);
    sign_in_editor(ctx);
    CHECK(casestudy_picture_drop(ctx, reference, 2, CASESTUDY_BY_EDITOR) == OK);
    CHECK(casestudy_unproved_consent(ctx, &waiting) == OK && waiting.studies == 1);
    CHECK(casestudy_withdraw(ctx, reference, CASESTUDY_BY_EDITOR, "It names her") == OK);
    CHECK(casestudy_unproved_consent(ctx, &waiting) == OK && waiting.studies == 0);
}

TEST(words_that_were_mended_are_no_news)
{
    begin(ctx);
    size_t count;
    struct search_found *rows;
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    const char *reference = live(ctx, false);
    const char *first = time_day_of(ctx->mem, ctx->now_secs);
    ctx->now_secs += (int64_t)60 * TIME_DAY_SECS;
    CHECK(casestudy_mend(ctx, reference, 1, &draft.words) == OK);
    casestudy_test_publish(ctx, reference);
    const struct search_since ever = {.kind = SEARCH_CASE_STUDY, .at_most = 100};
    CHECK(search_recent(ctx, &ever, &rows, &count) == OK && count == 1);
    CHECK_TEXT(rows[0].published_on, first);
}

TEST(the_public_reads_the_published_words_while_newer_ones_are_worked_on)
{
    begin(ctx);
    struct form_problems problems = {.count = 0};
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    const char *reference = live(ctx, false);
    draft.words.title = "Something newer";
    sign_in_editor(ctx);
    CHECK(casestudy_edit(ctx, reference, 1, &draft.words, &problems) == OK);
    struct casestudy study = casestudy_test_found(ctx, reference);
    CHECK(study.is_live && study.state == CASESTUDY_EDITING && study.published_version == 1);
    CHECK_TEXT(study.title, "Ward visits for pupils");
    CHECK(casestudy_return(ctx, reference, "Say how many visits") == OK);
    CHECK(casestudy_test_found(ctx, reference).state == CASESTUDY_RETURNED);
    CHECK(casestudy_test_token(ctx, TEST_AUTHOR)[0] != '\0');
}

/* Fails each store call in turn: whatever breaks, nothing is half done. */
TEST(a_failed_publication_leaves_it_as_it_was)
{
    begin(ctx);
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    const char *reference = casestudy_test_confirmed(ctx, &draft);
    sign_in_editor(ctx);
    for (int nth = 1;; nth++) {
        struct form_problems problems = {.count = 0};
        store_fail_on_call(ctx->store, nth);
        enum status status = casestudy_publish(ctx, reference, 1, &problems);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        struct casestudy study = casestudy_test_found(ctx, reference);
        if (status == OK) {
            CHECK(nth > 10 && study.is_live);
            return;
        }
        CHECK(status == ERR_FAULT && !study.is_live && study.event_count == 2);
        CHECK(study.state == CASESTUDY_SUBMITTED && found_count(ctx) == 0);
    }
}

/* ---- who is shown ---- */

TEST(a_picture_is_shown_only_when_everybody_in_it_and_each_guardian_agrees)
{
    begin(ctx);
    const char *reference = live(ctx, true);
    CHECK(free_pictures(ctx, reference) == 0);
    say(ctx, TEST_GROWN, true);
    CHECK(free_pictures(ctx, reference) == 1);
    say(ctx, TEST_YOUNG, true);
    CHECK(free_pictures(ctx, reference) == 1);
    say(ctx, TEST_GUARDIAN, true);
    CHECK(free_pictures(ctx, reference) == 2);
}

TEST(who_takes_a_consent_back_takes_picture_and_page_away_at_once)
{
    begin(ctx);
    struct casestudy_picture picture;
    struct casestudy_unproved_consent_row waiting;
    const char *reference = live(ctx, true);
    say(ctx, TEST_GROWN, true);
    say(ctx, TEST_YOUNG, true);
    say(ctx, TEST_GUARDIAN, true);
    say(ctx, TEST_GUARDIAN, false);
    say(ctx, TEST_GUARDIAN, false);
    struct casestudy study = casestudy_test_found(ctx, reference);
    CHECK(study.state == CASESTUDY_WITHDRAWN && !study.is_live && found_count(ctx) == 0);
    CHECK(free_pictures(ctx, reference) == 1);
    CHECK(casestudy_picture_read(ctx, &study, 2, false, &picture) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    CHECK(casestudy_picture_read(ctx, &study, 1, true, &picture) == OK);
    CHECK(casestudy_unproved_consent(ctx, &waiting) == OK && waiting.studies == 1);
    say(ctx, TEST_GUARDIAN, true); /* what is gone stays gone */
    CHECK(free_pictures(ctx, reference) == 1);
}

TEST(who_never_agreed_takes_the_picture_away_and_leaves_the_page)
{
    begin(ctx);
    const char *reference = live(ctx, true);
    say(ctx, TEST_GROWN, false);
    CHECK(casestudy_test_found(ctx, reference).is_live);
    CHECK(free_pictures(ctx, reference) == 0);
}

/* Fails each store call in turn: a consent that could not be taken back stands whole. */
TEST(a_failed_taking_back_leaves_page_and_picture)
{
    begin(ctx);
    const char *reference = live(ctx, true);
    say(ctx, TEST_GROWN, true);
    const char *token = casestudy_test_token(ctx, TEST_GROWN);
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = casestudy_asked_say(ctx, token, false);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        if (status == OK) {
            CHECK(nth > 10 && free_pictures(ctx, reference) == 0);
            return;
        }
        CHECK(status == ERR_FAULT && casestudy_test_found(ctx, reference).is_live);
        CHECK(free_pictures(ctx, reference) == 1 && found_count(ctx) == 1);
    }
}

/* ---- reuse ---- */

TEST(an_organisation_counts_once_and_a_colleague_stands_in_when_it_is_taken_back)
{
    begin(ctx);
    const char *study = live(ctx, false);
    const char *first = casestudy_test_reuse(ctx, study, "RJ1", "bo@other.example");
    CHECK(casestudy_test_found(ctx, study).reuse_count == 1);
    casestudy_test_reuse(ctx, study, "RJ1", "jo@other.example");
    CHECK(casestudy_test_found(ctx, study).reuse_count == 1);
    CHECK(casestudy_reuse_withdraw(ctx, first, CASESTUDY_BY_AUTHOR) == OK);
    CHECK(casestudy_reuse_withdraw(ctx, first, CASESTUDY_BY_AUTHOR) == OK);
    CHECK(casestudy_test_found(ctx, study).reuse_count == 1);
}

TEST(nobody_did_again_what_is_not_published_or_is_their_own)
{
    begin(ctx);
    const char *reference;
    struct form_problems problems = {.count = 0};
    const char *study = live(ctx, false);
    struct casestudy_reuse_draft draft = {.case_study = "CS-0000-0000",
                                          .organisation = {.key = "RJ1"},
                                          .words = "",
                                          .name = "Bo",
                                          .email = "bo@other.example"};
    CHECK(casestudy_reuse_send(ctx, &draft, &problems, &reference) == ERR_INVALID);
    CHECK(form_problem_of(&problems, "case_study") != NULL);
    ctx->fault = NULL;
    problems.count = 0;
    draft.case_study = study;
    draft.organisation.key = "R0A";
    CHECK(casestudy_reuse_send(ctx, &draft, &problems, &reference) == ERR_INVALID);
    CHECK(form_problem_of(&problems, "organisation") != NULL);
}

/* ---- the clock ---- */

TEST(the_author_is_asked_once_before_the_day_of_review_and_one_word_is_good_for_a_year)
{
    begin(ctx);
    struct casestudy_review_waiting_row waiting;
    const char *reference = live(ctx, false);
    CHECK(casestudy_upkeep(ctx) == OK);
    size_t before = help_mail_count(ctx);
    ctx->now_secs += (int64_t)340 * TIME_DAY_SECS;
    CHECK(casestudy_upkeep(ctx) == OK && casestudy_upkeep(ctx) == OK);
    CHECK(help_mail_count(ctx) == before + 1);
    const char *opened;
    CHECK(casestudy_link_open(ctx, casestudy_test_token(ctx, TEST_AUTHOR), &opened) == OK);
    CHECK_TEXT(opened, reference);
    ctx->now_secs += (int64_t)30 * TIME_DAY_SECS;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    CHECK(casestudy_review_waiting(ctx, today, &waiting) == OK && waiting.studies == 1);
    CHECK(casestudy_still_right(ctx, reference, CASESTUDY_BY_AUTHOR) == OK);
    CHECK(casestudy_review_waiting(ctx, today, &waiting) == OK && waiting.studies == 0);
}

TEST(what_nobody_confirmed_and_what_was_withdrawn_long_ago_goes_with_its_pictures)
{
    begin(ctx);
    bool has_more;
    struct casestudy study;
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    casestudy_test_add_pictures(ctx, &draft);
    const char *forgotten = casestudy_test_send(ctx, &draft);
    const char *kept = live(ctx, false);
    ctx->now_secs += CASESTUDY_CONFIRM_SECS + TIME_DAY_SECS;
    CHECK(privacy_retain(ctx, false, &has_more) == OK);
    CHECK(casestudy_find(ctx, forgotten, &study) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    CHECK(casestudy_find(ctx, kept, &study) == OK);
    CHECK(casestudy_withdraw(ctx, kept, CASESTUDY_BY_AUTHOR, NULL) == OK);
    ctx->now_secs += (int64_t)3 * 366 * TIME_DAY_SECS;
    CHECK(privacy_retain(ctx, false, &has_more) == OK);
    CHECK(casestudy_find(ctx, kept, &study) == ERR_NOT_FOUND);
}
