/* SPDX-License-Identifier: MIT */
/* event_test.c - what events and bookings promise, without any page. */
#include "programme/event/event_test_help.h"

#include "platform/base/clock.h"
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"
#include "programme/event/event_internal.h"
#include "programme/search/search.h"

#define ADA "ada@home.example"
#define BOB "bob@home.example"
#define CAT "cat@home.example"

/* ---- clocks ---- */

static const char *problem_of_times(struct ctx *ctx, struct event_draft draft, const char *field)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    CHECK(event_make(ctx, &draft, NULL, &problems, &reference) == ERR_INVALID);
    ctx->fault = NULL;
    const char *text = form_problem_of(&problems, field);
    return text != NULL ? text : "";
}

TEST(the_hour_that_does_not_come_is_refused_and_the_one_that_comes_twice_is_asked)
{
    const char *reference;
    struct event_draft draft = event_test_draft(5, 0);
    struct form_problems problems = {.count = 0};
    draft.on = "2027-03-28"; /* the clocks go forward */
    draft.starts = "1:30am";
    CHECK(event_test_has(problem_of_times(ctx, draft, "starts"), "does not come"));
    CHECK(!event_needs_hour(ctx->mem, &draft));
    draft.on = "2026-10-25"; /* and back */
    CHECK(event_test_has(problem_of_times(ctx, draft, "starts"), "comes twice"));
    CHECK(event_needs_hour(ctx->mem, &draft));
    for (int second = 0; second < 2; second++) {
        draft.hour = second ? "second" : "first";
        CHECK(event_make(ctx, &draft, NULL, &problems, &reference) == OK);
        struct event event = event_test_get(ctx, reference);
        CHECK_TEXT(time_rfc3339(ctx->mem, event.starts_at),
                   second ? "2026-10-25T01:30:00Z" : "2026-10-25T00:30:00Z");
        CHECK_TEXT(clock_show(ctx->mem, event.starts_at),
                   second ? "1:30am (winter time)" : "1:30am (summer time)");
    }
}

TEST(times_are_shown_and_kept_in_local_time)
{
    struct event event = event_test_get(ctx, event_test_make(ctx, 5, 0));
    CHECK_TEXT(time_rfc3339(ctx->mem, event.starts_at), "2026-06-08T09:00:00Z");
    CHECK_TEXT(event_when(ctx->mem, event.starts_at, event.ends_at),
               "Monday 8 June 2026, 10am to midday");
}

TEST(an_event_that_cannot_be_is_refused_with_words)
{
    struct event_draft draft = event_test_draft(5, 5), bad = draft;
    bad.ends = "9am";
    CHECK_TEXT(problem_of_times(ctx, bad, "ends"), "The end must be after the start");
    bad = draft;
    bad.on = "2026-03-08";
    CHECK_TEXT(problem_of_times(ctx, bad, "on"), "The event must start after now");
    bad = draft;
    bad.place = "";
    CHECK_TEXT(problem_of_times(ctx, bad, "place"), "Enter where it is");
    bad = draft;
    bad.link = "javascript:alert(1)";
    CHECK(event_test_has(problem_of_times(ctx, bad, "link"), "https://"));
    bad = draft;
    bad.online_seats = (struct form_number){false, 0};
    CHECK(problem_of_times(ctx, bad, "online_seats")[0] != '\0');
    bad = draft;
    bad.ends_on = "2026-09-01";
    CHECK(event_test_has(problem_of_times(ctx, bad, "ends_on"), "a month"));
}

/* ---- booking ---- */

TEST(a_booking_counts_when_its_address_is_proven)
{
    const char *event = event_test_make(ctx, 2, 0);
    struct event_booking_draft draft = event_test_booking(event, ADA, 2);
    event_test_send(ctx, &draft);
    CHECK(event_test_get(ctx, event).room_left == 2); /* nothing is held for a stranger */
    struct event_booking ada = event_test_book(ctx, event, BOB, 2);
    CHECK(ada.state == EVENT_BOOKED && event_test_get(ctx, event).room_left == 0);
    CHECK(event_test_book(ctx, event, CAT, 1).state == EVENT_WAITING);
    CHECK(event_test_mails(ctx, "event.booked") == 1 &&
          event_test_mails(ctx, "event.waiting") == 1);
}

TEST(the_link_of_the_mail_confirms_by_its_button_alone)
{
    const char *token;
    struct event_booking it;
    struct event_booking_draft draft = event_test_booking(event_test_make(ctx, 2, 0), ADA, 1);
    CHECK(event_booking_find(ctx, event_test_send(ctx, &draft), &it) == OK);
    CHECK(event_token(ctx, it.id, &token) == OK);
    CHECK(event_link_open(ctx, token, &it) == OK && it.state == EVENT_UNCONFIRMED);
    CHECK(event_link_confirm(ctx, token) == OK && event_link_confirm(ctx, token) == OK);
    CHECK(event_link_open(ctx, token, &it) == OK && it.state == EVENT_BOOKED);
    CHECK(event_test_mails(ctx, "event.booked") == 1);
    CHECK(event_link_open(ctx, "nothing", &it) == ERR_NOT_FOUND);
}

TEST(who_books_again_is_led_to_the_booking_there_is)
{
    const char *event = event_test_make(ctx, 9, 0);
    struct event_booking first = event_test_book(ctx, event, ADA, 2);
    int64_t before = store_calls(ctx->store);
    struct event_booking_draft draft = event_test_booking(event, BOB, 3);
    event_test_send(ctx, &draft);
    int64_t calls = store_calls(ctx->store) - before;
    before = store_calls(ctx->store);
    draft.email = "Ada@HOME.example";
    event_test_send(ctx, &draft);
    CHECK(store_calls(ctx->store) - before == calls);
    struct event_booking again = event_test_book(ctx, event, "Ada@HOME.example", 3);
    CHECK_TEXT(again.reference, first.reference);
    CHECK(again.people == 2 && event_test_get(ctx, event).room_left == 7);
    CHECK(event_test_mails(ctx, "event.again") == 2);
}

TEST(codes_are_tried_five_times_and_for_an_hour)
{
    struct proof_typed typed;
    struct event_booking_draft draft = event_test_booking(event_test_make(ctx, 2, 0), ADA, 1);
    struct proof_typing typing = {event_test_send(ctx, &draft), "12345", "caller"};
    CHECK(proof_type(ctx, &event_proof, &typing, &typed) == ERR_INVALID);
    const char *right = help_newest_code(ctx);
    typing.code = help_other_code(ctx->mem, right);
    for (int i = 1; i <= PROOF_CODE_TRIES; i++) {
        CHECK(proof_type(ctx, &event_proof, &typing, &typed) == OK);
        CHECK(typed.outcome == (i < PROOF_CODE_TRIES ? PROOF_WRONG : PROOF_TOO_OFTEN));
    }
    typing.code = right;
    CHECK(proof_type(ctx, &event_proof, &typing, &typed) == OK && typed.outcome == PROOF_TOO_OFTEN);
    typing.reference = event_test_send(ctx, &draft);
    typing.code = help_newest_code(ctx);
    ctx->now_secs += PROOF_CODE_SECS;
    CHECK(proof_type(ctx, &event_proof, &typing, &typed) == OK && typed.outcome == PROOF_OVER);
}

TEST(a_carer_takes_no_place_unless_the_organiser_says_so)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    struct event_draft draft = event_test_draft(2, 0);
    struct event_booking_draft two = event_test_booking(event_test_make(ctx, 2, 0), ADA, 2);
    two.carers = (struct form_number){true, 2};
    struct event_booking it;
    CHECK(event_booking_find(ctx, event_test_send(ctx, &two), &it) == OK && it.seats == 2);
    draft.carers_count = FORM_YES;
    CHECK(event_make(ctx, &draft, NULL, &problems, &reference) == OK);
    struct event event = event_test_get(ctx, reference);
    CHECK(event_publish(ctx, &event) == OK);
    two.event = reference;
    CHECK(event_check_booking(ctx, &two, &problems) == OK);
    CHECK_TEXT(form_problem_of(&problems, "people"), "There are only 2 places in all");
    two.people.n = two.carers.n = 1;
    CHECK(event_booking_find(ctx, event_test_send(ctx, &two), &it) == OK && it.seats == 2);
    two.carers.n = 3;
    problems.count = 0;
    CHECK(event_check_booking(ctx, &two, &problems) == OK);
    CHECK(event_test_has(form_problem_of(&problems, "carers"), "one carer for each"));
    event_test_book(ctx, reference, BOB, 1);
    draft.carers_count = FORM_NO; /* too late to change */
    problems.count = 0;
    CHECK(event_change(ctx, &event, &draft, &problems) == ERR_INVALID);
    CHECK(form_problem_of(&problems, "carers_count") != NULL);
}

/* A booking of so many is sent, the event becomes another one, and the address is proven. */
static enum status confirm_after(struct ctx *ctx, const struct event_booking_draft *sent,
                                 const struct event_draft *changed, struct event_booking *out)
{
    const char *token;
    struct form_problems problems = {.count = 0};
    CHECK(event_booking_find(ctx, event_test_send(ctx, sent), out) == OK);
    struct event event = event_test_get(ctx, sent->event);
    CHECK(event_change(ctx, &event, changed, &problems) == OK);
    CHECK(event_token(ctx, out->id, &token) == OK);
    enum status status = event_link_confirm(ctx, token);
    ctx->fault = NULL;
    *out = event_test_now(ctx, out);
    return status;
}

TEST(a_booking_counts_as_the_event_is_when_its_address_is_proven)
{
    struct event_booking it;
    struct event_draft changed = event_test_draft(2, 0);
    struct event_booking_draft sent = event_test_booking(event_test_make(ctx, 2, 0), ADA, 1);
    sent.carers = (struct form_number){true, 1};
    changed.carers_count = FORM_YES; /* a carer takes a place now */
    CHECK(confirm_after(ctx, &sent, &changed, &it) == OK && it.state == EVENT_BOOKED);
    CHECK(it.seats == 2 && event_test_get(ctx, sent.event).room_left == 0);
    changed = event_test_draft(0, 5); /* there is no room any more */
    sent = event_test_booking(event_test_make(ctx, 5, 5), ADA, 1);
    CHECK(confirm_after(ctx, &sent, &changed, &it) == ERR_CONFLICT &&
          it.state == EVENT_UNCONFIRMED);
    changed = event_test_draft(3, 0); /* nor as large as they are many */
    sent = event_test_booking(event_test_make(ctx, 5, 0), ADA, 4);
    CHECK(confirm_after(ctx, &sent, &changed, &it) == ERR_CONFLICT &&
          it.state == EVENT_UNCONFIRMED);
    CHECK(event_test_mails(ctx, "event.waiting") == 0);
}

TEST(an_offer_that_nobody_takes_goes_to_the_next_by_itself)
{
    const char *event = event_test_make(ctx, 1, 0);
    struct event_booking ada = event_test_book(ctx, event, ADA, 1),
                         bob = event_test_book(ctx, event, BOB, 1),
                         cat = event_test_book(ctx, event, CAT, 1);
    int64_t position;
    CHECK(event_position(ctx, &cat, &position) == OK && position == 2);
    CHECK(event_leave(ctx, &ada) == OK && event_leave(ctx, &ada) == OK);
    bob = event_test_now(ctx, &bob);
    CHECK(bob.state == EVENT_OFFERED && bob.offered_until == ctx->now_secs + EVENT_OFFER_SECS);
    CHECK(event_accept(ctx, &cat) == ERR_CONFLICT);
    ctx->fault = NULL;
    ctx->now_secs += EVENT_OFFER_SECS;
    CHECK(event_accept(ctx, &bob) == ERR_CONFLICT); /* a second too late, job or no job */
    ctx->fault = NULL;
    event_test_work(ctx);
    CHECK(event_test_now(ctx, &bob).state == EVENT_LAPSED);
    CHECK(event_test_now(ctx, &cat).state == EVENT_OFFERED);
    CHECK(event_accept(ctx, &cat) == OK && event_test_now(ctx, &cat).state == EVENT_BOOKED);
    CHECK(event_test_mails(ctx, "event.offer") == 2 && event_test_mails(ctx, "event.lapsed") == 1);
}

/* What the newest message says. */
static const char *newest_mail(struct ctx *ctx)
{
    struct mail_kept mail;
    struct mail_shown shown;
    CHECK(mail_find(ctx, help_newest_mail(ctx), &mail) == OK &&
          mail_show(ctx, &mail, &shown) == OK);
    return mem_format(ctx->mem, "%s %s", mail.subject, shown.text);
}

static enum status give_seats(struct ctx *ctx, const char *event, int64_t seats, bool strands)
{
    struct form_problems problems = {.count = 0};
    struct event before = event_test_get(ctx, event);
    struct event_draft draft = event_test_draft(seats, 3);
    draft.strands = strands ? FORM_YES : FORM_UNANSWERED;
    enum status status = event_change(ctx, &before, &draft, &problems);
    if (status == ERR_INVALID)
        CHECK_TEXT(form_problem_of(&problems, "strands"),
                   "1 booking waits for more places than that, the largest for 4. Choose yes to "
                   "tell them, or give more places");
    ctx->fault = NULL;
    return status;
}

TEST(a_group_that_is_larger_than_the_event_now_is_told_at_once_and_keeps_its_turn)
{
    struct form_problems problems = {.count = 0};
    const char *event = event_test_make(ctx, 5, 3);
    struct event_booking ada = event_test_book(ctx, event, ADA, 2),
                         bob = event_test_book(ctx, event, BOB, 4);
    CHECK(give_seats(ctx, event, 3, false) == ERR_INVALID); /* the organiser says so first */
    CHECK(event_test_get(ctx, event).room_seats == 5 && event_test_mails(ctx, "event.stuck") == 0);
    CHECK(give_seats(ctx, event, 3, true) == OK && event_test_mails(ctx, "event.stuck") == 1);
    CHECK(event_test_has(newest_mail(ctx), "It has 3 places in all, and your booking takes 4") &&
          event_test_has(newest_mail(ctx), "also join online"));
    struct event now = event_test_get(ctx, event);
    bob = event_test_now(ctx, &bob);
    CHECK(event_is_stuck(&now, &bob));
    CHECK(give_seats(ctx, event, 3, false) == OK); /* they know */
    CHECK(event_test_mails(ctx, "event.stuck") == 1);
    CHECK(give_seats(ctx, event, 4, false) == OK && event_test_mails(ctx, "event.freed") == 1);
    CHECK(give_seats(ctx, event, 3, true) == OK && event_test_mails(ctx, "event.stuck") == 2);
    struct event_booking cat = event_test_book(ctx, event, CAT, 2);
    const struct event_size four = {{true, 4}, {false, 0}}, two = {{true, 2}, {false, 0}};
    CHECK(event_resize(ctx, &bob, &four, &problems) == ERR_INVALID);
    ctx->fault = NULL;
    CHECK_TEXT(form_problem_of(&problems, "people"), "There are only 3 places in all");
    CHECK(event_resize(ctx, &bob, &two, &problems) == OK);
    CHECK(event_leave(ctx, &ada) == OK);
    CHECK(event_test_now(ctx, &bob).state == EVENT_OFFERED); /* before Cat, who came later */
    CHECK(event_test_now(ctx, &cat).state == EVENT_WAITING);
    CHECK(event_test_mails(ctx, "event.freed") == 1); /* it was their own act */
}

/* ---- what is told ---- */

TEST(a_change_of_time_and_a_cancellation_are_told_once_each)
{
    struct form_problems problems = {.count = 0};
    const char *reference = event_test_make(ctx, 2, 0);
    event_test_book(ctx, reference, ADA, 1);
    event_test_book(ctx, reference, BOB, 2); /* waits, and is told too */
    struct event event = event_test_get(ctx, reference);
    struct event_draft draft = event_test_draft(2, 0);
    draft.summary = "Other words alone are no news.";
    CHECK(event_change(ctx, &event, &draft, &problems) == OK);
    event_test_work(ctx);
    CHECK(event_test_mails(ctx, "event.changed") == 0);
    draft.starts = "11am";
    CHECK(event_change(ctx, &event, &draft, &problems) == OK);
    event_test_work(ctx);
    event_test_work(ctx);
    CHECK(event_test_mails(ctx, "event.changed") == 2);
    CHECK(event_test_get(ctx, reference).sequence == 1);
    CHECK(event_cancel(ctx, &event, "The roof leaks.") == OK);
    CHECK(event_cancel(ctx, &event, "Again.") == OK);
    event_test_work(ctx);
    event_test_work(ctx);
    CHECK(event_test_mails(ctx, "event.cancelled") == 2);
    event = event_test_get(ctx, reference);
    CHECK(event.state == EVENT_CANCELLED && event.sequence == 2);
    CHECK_TEXT(event.cancel_reason, "The roof leaks.");
    CHECK(event_change(ctx, &event, &draft, &problems) == ERR_CONFLICT);
}

TEST(reminders_come_a_week_and_a_day_before_once_each)
{
    struct form_problems problems = {.count = 0};
    const char *reference = event_test_make(ctx, 3, 0);
    struct event event = event_test_get(ctx, reference);
    event_test_book(ctx, reference, ADA, 1);
    event_test_work(ctx);
    CHECK(event_test_mails(ctx, "event.week") == 0);
    for (int days = 7; days >= 0; days--) {
        ctx->now_secs = event.starts_at - days * TIME_DAY_SECS + (days == 0 ? -600 : 0);
        event_test_work(ctx);
        event_test_work(ctx);
        CHECK(event_test_mails(ctx, "event.week") == 1);
        CHECK(event_test_mails(ctx, "event.day") == (days <= 1 ? 2 : 0));
        if (days == 3)
            event_test_book(ctx, reference, BOB, 1); /* has no reminder of the week any more */
    }
    struct event_draft draft = event_test_draft(3, 0);
    draft.on = "2026-07-08"; /* another month: both are told anew */
    CHECK(event_change(ctx, &event, &draft, &problems) == OK);
    ctx->now_secs = event_test_get(ctx, reference).starts_at - 6 * TIME_DAY_SECS;
    event_test_work(ctx);
    CHECK(event_test_mails(ctx, "event.week") == 3);
}

TEST(nobody_is_reminded_of_what_they_have_just_been_told)
{
    struct form_problems problems = {.count = 0};
    const char *reference = event_test_make(ctx, 1, 0);
    struct event event = event_test_get(ctx, reference);
    struct event_draft draft = event_test_draft(1, 0);
    struct event_booking ada = event_test_book(ctx, reference, ADA, 1),
                         bob = event_test_book(ctx, reference, BOB, 1);
    ctx->now_secs = event.starts_at - 3 * TIME_DAY_SECS;
    CHECK(event_leave(ctx, &ada) == OK && event_accept(ctx, &bob) == OK);
    event_test_work(ctx);
    CHECK(event_test_mails(ctx, "event.booked") == 2 && event_test_mails(ctx, "event.week") == 0);
    draft.starts = "11am";
    CHECK(event_change(ctx, &event, &draft, &problems) == OK);
    event_test_work(ctx);
    CHECK(event_test_mails(ctx, "event.changed") == 1 && event_test_mails(ctx, "event.week") == 0);
    ctx->now_secs += 2 * TIME_DAY_SECS + TIME_HOUR_SECS;
    event_test_work(ctx);
    CHECK(event_test_mails(ctx, "event.day") == 1);
}

TEST(no_mail_holds_the_link_or_what_was_typed)
{
    const char *reference = event_test_make(ctx, 0, 9);
    struct mail_kept mail;
    struct mail_shown shown;
    struct event_booking_draft draft = event_test_booking(reference, ADA, 1);
    draft.way = "online";
    draft.needs = "Captions please";
    event_test_send(ctx, &draft);
    event_test_book(ctx, reference, BOB, 1);
    ctx->now_secs = event_test_get(ctx, reference).starts_at - TIME_HOUR_SECS;
    event_test_work(ctx);
    for (int64_t id = help_newest_mail(ctx), i = 0; i < 1; i++) {
        CHECK(mail_find(ctx, id, &mail) == OK && mail_show(ctx, &mail, &shown) == OK);
        CHECK(!event_test_has(shown.text, "secret-room") &&
              !event_test_has(shown.text, "Captions") && !event_test_has(shown.text, "Zoë") &&
              event_test_has(shown.text, "/events/mine/"));
    }
}

TEST(a_search_finds_what_is_public_and_never_the_link)
{
    size_t count;
    struct search_found *rows;
    const char *reference = event_test_make(ctx, 0, 9);
    const struct search_since all = {.kind = SEARCH_EVENT, .from_on = "", .at_most = 10};
    struct event event = event_test_get(ctx, reference);
    CHECK(search_recent(ctx, &all, &rows, &count) == OK && count == 1);
    CHECK_TEXT(rows[0].key, reference);
    CHECK(!event_test_has(rows[0].summary, "secret-room"));
    ctx->now_secs += 3 * TIME_DAY_SECS; /* a change is not news once more */
    struct form_problems problems = {.count = 0};
    struct event_draft draft = event_test_draft(0, 9);
    draft.title = "Meet the apprentices again";
    CHECK(event_change(ctx, &event, &draft, &problems) == OK);
    const struct search_since since = {
        .kind = SEARCH_EVENT, .from_on = time_day_of(ctx->mem, ctx->now_secs), .at_most = 10};
    CHECK(search_recent(ctx, &since, &rows, &count) == OK && count == 0);
    CHECK(search_recent(ctx, &all, &rows, &count) == OK && count == 1);
    CHECK_TEXT(rows[0].title, draft.title);
    CHECK(event_cancel(ctx, &event, "No room.") == OK);
    CHECK(search_recent(ctx, &all, &rows, &count) == OK && count == 0);
}
