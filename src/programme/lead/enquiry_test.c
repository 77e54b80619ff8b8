/* SPDX-License-Identifier: MIT */
/* enquiry_test.c - what a question to a local lead promises to both sides. */
#include "programme/lead/enquiry.h"

#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/directory/directory_test_help.h"
#include "programme/lead/lead_test_help.h"
#include "programme/privacy/privacy.h"

static void begin(struct ctx *ctx)
{
    lead_test_begin(ctx);
    lead_test_person(ctx, "ada@nhs.example", "local", "QOP");
    lead_test_person(ctx, "reg@nhs.example", "regional", "Y62");
    lead_test_add(
        ctx, &(const struct lead_test_new){"ada@nhs.example", "QOP", NULL, "2026-01-01", NULL});
}

static const char *confirmed(struct ctx *ctx)
{
    const char *reference = lead_test_ask(ctx);
    struct enquiry enquiry = lead_test_enquiry(ctx, reference);
    CHECK(enquiry_confirm(ctx, &enquiry) == OK);
    return reference;
}

static enum status job(struct ctx *ctx)
{
    return lead_job_kinds[0].fn(ctx, NULL);
}

static size_t events_of(const struct enquiry *enquiry, const char *kind)
{
    size_t count = 0;
    for (size_t i = 0; i < enquiry->event_count; i++)
        count += strcmp(enquiry->events[i].kind, kind) == 0;
    return count;
}

static const char *address_in(struct ctx *ctx, const char *kind)
{
    struct mail_kept mail;
    CHECK(lead_test_mails(ctx, kind, &mail) > 0);
    return mail.reply_to;
}

static enum status receive(struct ctx *ctx, const char *to, const char *from, const char *rest)
{
    static const struct mail_receiver *const receivers[] = {enquiry_mail_receivers, NULL};
    const char *bytes =
        mem_format(ctx->mem, "From: %s\r\nTo: %s\r\nSubject: Re\r\n%s", from, to, rest);
    ctx->person.n = 0;
    ctx->fault = NULL;
    return mail_receive(ctx, receivers, (struct text_span){bytes, strlen(bytes)},
                        &(const struct mail_envelope){NULL, NULL});
}

TEST(a_question_goes_to_the_lead_of_the_day_once_it_is_confirmed)
{
    struct mail_kept mail;
    begin(ctx);
    const char *reference = lead_test_ask(ctx);
    struct enquiry enquiry = lead_test_enquiry(ctx, reference);
    CHECK_TEXT(enquiry.state, "unconfirmed");
    CHECK(enquiry.holder.n == 0 && lead_test_mails(ctx, "enquiry.new", NULL) == 0);
    CHECK(lead_test_mails(ctx, "enquiry.confirm", &mail) == 1);
    CHECK_TEXT(mail.to_address, "Ana@home.example");
    CHECK(enquiry_confirm(ctx, &enquiry) == OK);
    CHECK(enquiry_confirm(ctx, &enquiry) == OK); /* pressed twice */
    enquiry = lead_test_enquiry(ctx, reference);
    CHECK_TEXT(enquiry.state, "open");
    CHECK_TEXT(enquiry.holder_name, "Name of ada@nhs.example");
    CHECK_TEXT(enquiry.due_on, "2026-03-16");
    CHECK(lead_test_mails(ctx, "enquiry.new", &mail) == 1);
    CHECK_TEXT(mail.to_address, "ada@nhs.example");
    CHECK(text_begins(mail.reply_to, "answers+enquiry-"));
    for (const struct mail_part *part = mail.parts; part->kind != MAIL_PARTS_END; part++)
        CHECK(strstr(part->text, "How do I begin") == NULL); /* what a stranger typed */
    CHECK(lead_test_mails(ctx, "enquiry.begun", NULL) == 1);
}

TEST(who_is_signed_in_with_the_address_needs_no_mail_to_confirm)
{
    struct form_problems problems = {.count = 0};
    const char *reference;
    begin(ctx);
    const struct enquiry_draft draft = {.place = {.key = "R0A"},
                                        .theme = "all",
                                        .question = "What next?",
                                        .name = "N",
                                        .email = "National@nhs.example"};
    CHECK(enquiry_ask(ctx, &draft, &problems, &reference) == OK);
    CHECK_TEXT(lead_test_enquiry(ctx, reference).state, "open");
}

TEST(a_question_about_a_school_is_its_boards)
{
    struct form_problems problems = {.count = 0};
    const char *reference;
    begin(ctx);
    import_test_text(ctx, DIRECTORY_IMPORT_SCHOOLS,
                     "urn,name,postcode,status\n900001,Oxford Road School,M13 9WL,open\n",
                     "2026-03-01");
    const struct enquiry_draft draft = {.place = {.key = "900001"},
                                        .theme = "schools",
                                        .question = "Who visits?",
                                        .name = "N",
                                        .email = "national@nhs.example"};
    CHECK(enquiry_ask(ctx, &draft, &problems, &reference) == OK);
    struct enquiry enquiry = lead_test_enquiry(ctx, reference);
    CHECK_TEXT(enquiry.area, "QOP");
    CHECK_TEXT(enquiry.place, "Oxford Road School");
    CHECK_TEXT(enquiry.holder_name, "Name of ada@nhs.example");
}

TEST(a_lead_whose_role_has_ended_is_given_no_question_and_no_mail_about_one)
{
    struct mail_kept mail;
    begin(ctx);
    struct enquiry before = lead_test_enquiry(ctx, confirmed(ctx));
    CHECK_TEXT(before.holder_name, "Name of ada@nhs.example");
    ctx->now_secs += 86400;
    CHECK(access_person_end_role(ctx, "ada@nhs.example", "local", NULL) == OK);
    CHECK(enquiry_more(ctx, &before, "Anybody?") == OK);
    CHECK(lead_test_mails(ctx, "enquiry.more", &mail) == 1);
    CHECK_TEXT(mail.to_address, "reg@nhs.example");
    struct enquiry after = lead_test_enquiry(ctx, confirmed(ctx));
    CHECK(after.holder.n == 0 && events_of(&after, "unheld") == 1);
    CHECK(lead_test_mails(ctx, "enquiry.new", &mail) == 2);
    CHECK_TEXT(mail.to_address, "reg@nhs.example");
}

TEST(an_address_asks_so_many_a_day_and_a_place_that_changed_is_chosen_again)
{
    struct form_problems problems = {.count = 0};
    const char *reference;
    begin(ctx);
    for (int i = 0; i < ENQUIRY_A_DAY; i++)
        lead_test_ask(ctx);
    const struct enquiry_draft draft = {.place = {.key = "M13 9WL/QYG"},
                                        .theme = "all",
                                        .question = "What next?",
                                        .name = "N",
                                        .email = "ana@home.example"};
    CHECK(enquiry_ask(ctx, &draft, &problems, &reference) == ERR_INVALID && problems.count == 2);
    CHECK_TEXT(problems.items[0].field, "place");
    CHECK_TEXT(problems.items[1].field, "email");
}

TEST(an_answer_is_mailed_and_writing_again_starts_a_new_clock)
{
    struct mail_kept mail;
    begin(ctx);
    struct enquiry enquiry = lead_test_enquiry(ctx, confirmed(ctx));
    ctx->now_secs += 2 * 86400;
    CHECK(enquiry_answer(ctx, &enquiry, "Come on Monday.") == OK);
    CHECK(enquiry_answer(ctx, &enquiry, "Come on Monday.") == OK); /* sent twice */
    enquiry = lead_test_enquiry(ctx, enquiry.reference);
    CHECK_TEXT(enquiry.state, "answered");
    CHECK(events_of(&enquiry, "answered") == 1 &&
          lead_test_mails(ctx, "enquiry.answer", &mail) == 1);
    CHECK_TEXT(mail.to_address, "Ana@home.example");
    CHECK(enquiry_more(ctx, &enquiry, "Which Monday?") == OK);
    enquiry = lead_test_enquiry(ctx, enquiry.reference);
    CHECK_TEXT(enquiry.state, "open");
    CHECK_TEXT(enquiry.due_on, "2026-03-18");
    CHECK(enquiry_close(ctx, &enquiry) == OK && enquiry_close(ctx, &enquiry) == OK);
    CHECK(enquiry_answer(ctx, &enquiry, "Any") == ERR_CONFLICT);
}

TEST(a_question_is_reminded_of_then_late_and_its_asker_and_the_supervisor_know)
{
    struct mail_kept mail;
    begin(ctx);
    struct enquiry enquiry = lead_test_enquiry(ctx, confirmed(ctx));
    ctx->now_secs += (int64_t)(ENQUIRY_ANSWER_DAYS - ENQUIRY_REMIND_DAYS) * 86400;
    CHECK(job(ctx) == OK && job(ctx) == OK);
    CHECK(lead_test_mails(ctx, "enquiry.due", &mail) == 1);
    CHECK_TEXT(mail.to_address, "ada@nhs.example");
    ctx->now_secs += (int64_t)ENQUIRY_REMIND_DAYS * 86400;
    CHECK(job(ctx) == OK && lead_test_mails(ctx, "enquiry.late", NULL) == 0);
    ctx->now_secs += 86400;
    CHECK(job(ctx) == OK && job(ctx) == OK);
    CHECK(lead_test_mails(ctx, "enquiry.late", &mail) == 1);
    CHECK_TEXT(mail.to_address, "reg@nhs.example");
    CHECK(lead_test_mails(ctx, "enquiry.late-asker", NULL) == 1);
    enquiry = lead_test_enquiry(ctx, enquiry.reference);
    CHECK(enquiry.is_late && events_of(&enquiry, "late") == 1);
}

TEST(what_waits_with_a_lead_whose_role_has_ended_goes_to_the_next_in_line_and_then_to_the_region)
{
    struct mail_kept mail;
    begin(ctx);
    lead_test_person(ctx, "bo@nhs.example", "local", "QOP");
    lead_test_add(ctx,
                  &(const struct lead_test_new){"bo@nhs.example", "QOP", NULL, "2026-01-01", NULL});
    struct enquiry enquiry = lead_test_enquiry(ctx, confirmed(ctx));
    CHECK_TEXT(enquiry.holder_name, "Name of ada@nhs.example");
    ctx->now_secs += 86400;
    CHECK(job(ctx) == OK && lead_test_mails(ctx, "enquiry.passed", NULL) == 0);
    CHECK(access_person_end_role(ctx, "ada@nhs.example", "local", NULL) == OK);
    CHECK(job(ctx) == OK && job(ctx) == OK);
    enquiry = lead_test_enquiry(ctx, enquiry.reference);
    CHECK_TEXT(enquiry.holder_name, "Name of bo@nhs.example");
    CHECK(lead_test_mails(ctx, "enquiry.passed", &mail) == 1);
    CHECK_TEXT(mail.to_address, "bo@nhs.example");
    CHECK(access_person_end_role(ctx, "bo@nhs.example", "local", NULL) == OK);
    CHECK(job(ctx) == OK && job(ctx) == OK);
    enquiry = lead_test_enquiry(ctx, enquiry.reference);
    CHECK(enquiry.holder.n == 0 && events_of(&enquiry, "unheld") == 1);
    CHECK(lead_test_mails(ctx, "enquiry.passed", &mail) == 2);
    CHECK_TEXT(mail.to_address, "reg@nhs.example");
    CHECK(events_of(&enquiry, "held") == 2);
}

/* The days behind the day of the answer, a week at a time. */
TEST(a_question_that_nobody_answers_is_pressed_for_then_closed_then_deleted)
{
    struct enquiry found;
    struct mail_kept mail;
    bool more;
    enum { LAST = ENQUIRY_ANSWER_DAYS + ENQUIRY_END_DAYS };
    begin(ctx);
    struct enquiry enquiry = lead_test_enquiry(ctx, confirmed(ctx));
    const int64_t began = ctx->now_secs;
    for (int day = 0; day <= LAST; day += ENQUIRY_ANSWER_DAYS) {
        ctx->now_secs = began + (int64_t)day * 86400;
        CHECK(job(ctx) == OK);
        CHECK_TEXT(lead_test_enquiry(ctx, enquiry.reference).state, "open"); /* seen at the desk */
        CHECK(lead_test_mails(ctx, "enquiry.pressed", &mail) ==
              (day > ENQUIRY_ANSWER_DAYS + ENQUIRY_PRESS_DAYS));
    }
    CHECK_TEXT(mail.to_address, "national@nhs.example");
    CHECK(lead_test_mails(ctx, "enquiry.given-up", NULL) == 0);
    ctx->now_secs = began + (int64_t)(LAST + 1) * 86400;
    CHECK(job(ctx) == OK && job(ctx) == OK);
    enquiry = lead_test_enquiry(ctx, enquiry.reference);
    CHECK_TEXT(enquiry.state, "closed");
    CHECK(events_of(&enquiry, "given-up") == 1);
    CHECK(lead_test_mails(ctx, "enquiry.given-up", &mail) == 1);
    CHECK_TEXT(mail.to_address, "Ana@home.example");
    const int64_t closed = ctx->now_secs;
    CHECK(enquiry_more(ctx, &enquiry, "Still nobody?") ==
          OK); /* it opens again, with a new clock */
    CHECK_TEXT(lead_test_enquiry(ctx, enquiry.reference).state, "open");
    CHECK(enquiry_close(ctx, &enquiry) == OK);
    ctx->now_secs = closed + (int64_t)729 * 86400;
    CHECK(privacy_retain(ctx, false, &more) == OK);
    CHECK(enquiry_find(ctx, enquiry.reference, &found) == OK);
    ctx->now_secs = closed + (int64_t)733 * 86400;
    CHECK(privacy_retain(ctx, false, &more) == OK);
    CHECK(enquiry_find(ctx, enquiry.reference, &found) == ERR_NOT_FOUND);
}

TEST(mail_of_others_does_not_keep_an_answered_question_open)
{
    begin(ctx);
    struct enquiry enquiry = lead_test_enquiry(ctx, confirmed(ctx));
    const char *to = address_in(ctx, "enquiry.new");
    CHECK(enquiry_answer(ctx, &enquiry, "Yes.") == OK);
    ctx->now_secs += (int64_t)(ENQUIRY_SILENT_DAYS - 1) * 86400;
    CHECK(receive(ctx, to, "eve@evil.example", "\r\nBuy this.\r\n") == OK);
    ctx->now_secs += (int64_t)2 * 86400;
    CHECK(job(ctx) == OK);
    CHECK_TEXT(lead_test_enquiry(ctx, enquiry.reference).state, "closed");
}

TEST(a_question_is_passed_only_to_who_could_answer_it)
{
    struct form_problems problems = {.count = 0};
    struct mail_kept mail;
    begin(ctx);
    lead_test_person(ctx, "far@nhs.example", "local", "QYG");
    struct enquiry enquiry = lead_test_enquiry(ctx, confirmed(ctx));
    CHECK(enquiry_pass(ctx, &enquiry, "far@nhs.example", &problems) == ERR_INVALID);
    CHECK(enquiry_pass(ctx, &enquiry, "nobody@nhs.example", &problems) == ERR_INVALID);
    CHECK(enquiry_pass(ctx, &enquiry, "reg@nhs.example", &problems) == OK);
    CHECK(enquiry_pass(ctx, &enquiry, "reg@nhs.example", &problems) == OK);
    CHECK(lead_test_mails(ctx, "enquiry.passed", &mail) == 1);
    CHECK_TEXT(mail.to_address, "reg@nhs.example");
}

TEST(how_long_answers_take_is_shown_from_five_on)
{
    struct enquiry_figure figure;
    begin(ctx);
    for (int i = 1; i <= ENQUIRY_FIGURE_LEAST; i++) {
        CHECK(enquiry_figure(ctx, &figure) == OK && !figure.is_shown && figure.median_secs == 0);
        struct enquiry enquiry = lead_test_enquiry(ctx, confirmed(ctx));
        ctx->now_secs += i * 3600;
        CHECK(enquiry_answer(ctx, &enquiry, "Yes.") == OK);
        ctx->now_secs += 86400;
    }
    CHECK(enquiry_figure(ctx, &figure) == OK && figure.is_shown);
    CHECK(figure.median_secs == 3 * 3600 && figure.answer_count == 5);
    struct enquiry sixth = lead_test_enquiry(ctx, confirmed(ctx));
    ctx->now_secs += 20 * 3600;
    CHECK(enquiry_answer(ctx, &sixth, "Yes.") == OK);
    CHECK(enquiry_figure(ctx, &figure) == OK && figure.answer_count == 6);
    CHECK(figure.median_secs == 7 * 1800); /* between 3 hours and 4 */
}

TEST(silence_closes_an_answered_question_and_drops_an_unconfirmed_one)
{
    struct enquiry found;
    begin(ctx);
    const char *unconfirmed = lead_test_ask(ctx);
    struct enquiry enquiry = lead_test_enquiry(ctx, confirmed(ctx));
    CHECK(enquiry_answer(ctx, &enquiry, "Yes.") == OK);
    ctx->now_secs += (int64_t)ENQUIRY_SILENT_DAYS * 86400 - 60;
    CHECK(job(ctx) == OK);
    CHECK_TEXT(lead_test_enquiry(ctx, enquiry.reference).state, "answered");
    CHECK(enquiry_find(ctx, unconfirmed, &found) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    ctx->now_secs += 120;
    CHECK(job(ctx) == OK);
    CHECK_TEXT(lead_test_enquiry(ctx, enquiry.reference).state, "closed");
}

/* ---- by mail ---- */

TEST(a_question_is_answered_by_mail_once)
{
    begin(ctx);
    struct enquiry enquiry = lead_test_enquiry(ctx, confirmed(ctx));
    const char *to = address_in(ctx, "enquiry.new");
    const char *answer = "\r\nCome on Monday.\r\n\r\n> " MAIL_ANSWER_ABOVE "\r\n> Hello\r\n";
    CHECK(receive(ctx, to, "Ada <ADA@nhs.example>", answer) == OK);
    CHECK(receive(ctx, to, "Ada <ADA@nhs.example>", answer) == OK); /* handed over twice */
    enquiry = lead_test_enquiry(ctx, enquiry.reference);
    CHECK_TEXT(enquiry.state, "answered");
    CHECK(events_of(&enquiry, "answered") == 1);
    const struct enquiry_event *event = &enquiry.events[enquiry.event_count - 1];
    CHECK_TEXT(event->text, "Come on Monday.");
    CHECK(strstr(event->whole, "> Hello") != NULL);
    CHECK_TEXT(event->by_whom, "Name of ada@nhs.example");
    const char *back = address_in(ctx, "enquiry.answer");
    CHECK(strcmp(back, to) != 0);
    CHECK(receive(ctx, back, "ana@home.example", "\r\nThank you. Where?\r\n") == OK);
    enquiry = lead_test_enquiry(ctx, enquiry.reference);
    CHECK_TEXT(enquiry.state, "open");
    CHECK(events_of(&enquiry, "more") == 1);
}

TEST(mail_from_another_address_is_kept_apart_and_told_to_the_lead)
{
    struct mail_kept mail;
    begin(ctx);
    struct enquiry enquiry = lead_test_enquiry(ctx, confirmed(ctx));
    const char *lead_side = address_in(ctx, "enquiry.new");
    const char *asker_side = address_in(ctx, "enquiry.begun");
    CHECK(receive(ctx, lead_side, "eve@evil.example", "\r\nPay here.\r\n") == OK);
    CHECK(receive(ctx, lead_side, "ana@home.example", "\r\nI am the lead.\r\n") == OK);
    CHECK(receive(ctx, asker_side, "ada@nhs.example", "\r\nI am the asker.\r\n") == OK);
    enquiry = lead_test_enquiry(ctx, enquiry.reference);
    CHECK(events_of(&enquiry, "apart") == 3 && events_of(&enquiry, "answered") == 0);
    CHECK_TEXT(enquiry.state, "open");
    CHECK(lead_test_mails(ctx, "enquiry.apart", &mail) == 3);
    CHECK_TEXT(mail.to_address, "ada@nhs.example");
    CHECK(lead_test_mails(ctx, "enquiry.answer", NULL) == 0);
}

TEST(automatic_mail_is_no_answer_and_gets_none)
{
    struct mail_counts before, after;
    begin(ctx);
    struct enquiry enquiry = lead_test_enquiry(ctx, confirmed(ctx));
    const char *to = address_in(ctx, "enquiry.new");
    CHECK(mail_count(ctx, &before) == OK);
    CHECK(receive(ctx, to, "ada@nhs.example", "Auto-Submitted: auto-replied\r\n\r\nAway.\r\n") ==
          OK);
    CHECK(receive(ctx, to, "ada@nhs.example", "Precedence: bulk\r\n\r\nNews.\r\n") == OK);
    CHECK(mail_count(ctx, &after) == OK && after.waiting_count == before.waiting_count);
    enquiry = lead_test_enquiry(ctx, enquiry.reference);
    CHECK_TEXT(enquiry.state, "open");
    CHECK(events_of(&enquiry, "automatic") == 2);
    CHECK(receive(ctx, "answers+enquiry-none@service.example", "a@b.example", "\r\nx\r\n") ==
          ERR_NOT_FOUND);
    CHECK(receive(ctx, to, "ada@nhs.example", "\r\n> only\r\n> quoted\r\n") == ERR_INVALID);
}

TEST(one_question_is_no_way_to_send_a_lead_mail_without_end)
{
    begin(ctx);
    struct enquiry enquiry = lead_test_enquiry(ctx, confirmed(ctx));
    const char *to = address_in(ctx, "enquiry.new");
    for (int i = 0; i < ENQUIRY_SAID_MAX; i++)
        CHECK(receive(ctx, to, "eve@evil.example", mem_format(ctx->mem, "\r\nNo %d.\r\n", i)) ==
              OK);
    struct mail_counts before, after;
    CHECK(mail_count(ctx, &before) == OK);
    CHECK(receive(ctx, to, "eve@evil.example", "\r\nOne more.\r\n") == ERR_CONFLICT);
    CHECK(mail_count(ctx, &after) == OK && after.waiting_count == before.waiting_count);
    CHECK(receive(ctx, to, "ada@nhs.example", "\r\nCome on Monday.\r\n") == OK);
    CHECK_TEXT(lead_test_enquiry(ctx, enquiry.reference).state, "answered");
}

TEST(who_answers_and_who_mails_unknown_are_forgotten_when_they_are_erased)
{
    struct privacy_erasure *lines = mem_array(ctx->mem, struct privacy_erasure, PRIVACY_COPIES_MAX);
    size_t count;
    begin(ctx);
    struct enquiry enquiry = lead_test_enquiry(ctx, confirmed(ctx));
    struct person_id ada = enquiry.holder;
    CHECK(receive(ctx, address_in(ctx, "enquiry.new"), "Eve <EVE@evil.example>",
                  "\r\nI am Eve.\r\n") == OK);
    CHECK(privacy_erase(ctx,
                        &(const struct privacy_subject){ada, "ada@nhs.example", "ada@nhs.example"},
                        lines, &count) == OK);
    CHECK(privacy_erase(
              ctx, &(const struct privacy_subject){{0}, "Eve@evil.example", "eve@evil.example"},
              lines, &count) == OK);
    enquiry = lead_test_enquiry(ctx, enquiry.reference);
    CHECK(enquiry.holder.n == 0 && events_of(&enquiry, "apart") == 1);
    CHECK_TEXT(enquiry.holder_name, "");
    CHECK_TEXT(enquiry.question, "How do I begin?"); /* of somebody else */
    for (size_t i = 0; i < enquiry.event_count; i++) {
        CHECK(strstr(enquiry.events[i].by_whom, "ada") == NULL);
        CHECK_TEXT(enquiry.events[i].sender, "");
        CHECK_TEXT(enquiry.events[i].whole, "");
    }
}

/* ---- whatever breaks ---- */

static enum status act(struct ctx *ctx, int step, const char *reference, const char *to)
{
    struct enquiry enquiry;
    struct form_problems problems = {.count = 0};
    TRY(enquiry_find(ctx, reference, &enquiry));
    switch (step) {
    case 0:
        return enquiry_confirm(ctx, &enquiry);
    case 1:
        return enquiry_answer(ctx, &enquiry, "Yes.");
    case 2:
        return enquiry_more(ctx, &enquiry, "Where?");
    case 3:
        return enquiry_pass(ctx, &enquiry, "reg@nhs.example", &problems);
    case 4:
        return receive(ctx, to, "ada@nhs.example", "\r\nHere.\r\n");
    default:
        return enquiry_close(ctx, &enquiry);
    }
}

TEST(a_failed_step_of_a_question_leaves_no_trace)
{
    begin(ctx);
    const char *reference = lead_test_ask(ctx), *to = "";
    struct person_id person = ctx->person;
    for (int step = 0; step <= 5; step++) {
        struct enquiry before = lead_test_enquiry(ctx, reference), after = before;
        size_t mails = lead_test_mails(ctx, NULL, NULL);
        enum status status = ERR_FAULT;
        for (int nth = 1; status != OK; nth++) {
            CHECK(nth < 200);
            ctx->person = person;
            store_fail_on_call(ctx->store, nth);
            status = act(ctx, step, reference, to);
            store_fail_on_call(ctx->store, 0);
            ctx->fault = NULL;
            after = lead_test_enquiry(ctx, reference);
            CHECK(status == OK || (status == ERR_FAULT && after.event_count == before.event_count &&
                                   lead_test_mails(ctx, NULL, NULL) == mails));
        }
        CHECK(after.event_count > before.event_count);
        if (step == 0)
            to = address_in(ctx, "enquiry.new");
    }
}
