/* SPDX-License-Identifier: MIT */
/* programme_event_test.c - the pages of events: booking, the link for some alone, the desk. */
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access_test_help.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"
#include "programme/event/event_internal.h"
#include "programme/event/event_test_help.h"
#include "programme/programme.h"

#define ADA "ada@home.example"

static const char *path(struct ctx *ctx, const char *before, const char *value, const char *after)
{
    return mem_join(ctx->mem, before, value, after);
}

static const char *page_of(struct ctx *ctx, const struct event_booking *booking)
{
    const char *token;
    CHECK(event_token(ctx, booking->id, &token) == OK);
    return path(ctx, "/events/mine/", token, "");
}

static struct web_client *organiser(struct ctx *ctx)
{
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, help_person(ctx, "national@programme.example", "national"));
    client_token(c);
    return c;
}

static struct event_booking book_online(struct ctx *ctx, const char *reference, const char *email)
{
    const char *token;
    struct event_booking it;
    struct event_booking_draft draft = event_test_booking(reference, email, 1);
    draft.way = "online";
    CHECK(event_booking_find(ctx, event_test_send(ctx, &draft), &it) == OK);
    CHECK(event_token(ctx, it.id, &token) == OK && event_link_confirm(ctx, token) == OK);
    return event_test_now(ctx, &it);
}

TEST(the_link_to_join_is_read_by_those_who_have_a_place_and_nowhere_else)
{
    static const char *const open[] = {
        "/events",     "/events.json",     "/events.csv",           "/events.atom",
        "/events.ics", "/events?online=1", "/search?q=apprentices", "/openapi.json"};
    struct web_client *c = web_client(ctx, &programme_app);
    const char *reference = event_test_make(ctx, 0, 1);
    struct event_booking ada = book_online(ctx, reference, ADA),
                         bob = book_online(ctx, reference, "bob@home.example");
    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++) {
        client_get(c, open[i]);
        CHECK(!client_has(c, "secret-room"));
    }
    client_get(c, path(ctx, "/events/", reference, ""));
    CHECK(c->code == 200 && client_has(c, "Meet the apprentices") && !client_has(c, "secret-room"));
    client_get(c, path(ctx, "/events/", reference, "/calendar.ics"));
    CHECK(c->code == 200 && client_has(c, "BEGIN:VEVENT") && !client_has(c, "secret-room"));
    client_get(c, page_of(ctx, &bob)); /* waits */
    CHECK(client_has(c, "You are number 1 on the list") && !client_has(c, "secret-room"));
    client_get(c, page_of(ctx, &ada));
    CHECK(client_has(c, "You have a place") && client_has(c, "secret-room"));
    client_get(c, path(ctx, "", page_of(ctx, &ada), "/calendar.ics"));
    CHECK(client_has(c, "secret-room"));
    CHECK(event_leave(ctx, &ada) == OK);
    client_get(c, page_of(ctx, &ada));
    CHECK(client_has(c, "Your booking is cancelled") && !client_has(c, "secret-room"));
    client_get(c, page_of(ctx, &bob)); /* has an offer, not yet a place */
    CHECK(client_has(c, "There is a place for you") && !client_has(c, "secret-room"));
    client_post(c, path(ctx, "", page_of(ctx, &bob), "/accept"), NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "secret-room"));
}

TEST(an_event_is_booked_from_its_page_by_a_journey)
{
    struct web_client *c = web_client(ctx, &programme_app);
    const char *reference = event_test_make(ctx, 3, 0);
    client_get(c, path(ctx, "/events/", reference, ""));
    CHECK(client_has(c, "3 places left") && client_has(c, "Monday 8 June 2026, 10am to midday"));
    client_post(c, path(ctx, "/events/", reference, "/book"), NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    const char *step = c->location;
    client_follow(c);
    CHECK(client_has(c, "Who comes, and how?"));
    client_post(c, step, "way", "person", "people", "9", "carers", "1", NULL);
    CHECK(c->code == 422 && client_has(c, "There are only 3 places in all") &&
          client_has(c, "value=\"9\"")); /* what was typed stays */
    client_post(c, step, "way", "person", "people", "2", "carers", "3", NULL);
    CHECK(c->code == 422 && client_has(c, "one carer for each person"));
    client_post(c, step, "way", "person", "people", "2", "carers", "1", NULL);
    step = c->location;
    client_follow(c);
    client_post(c, step, "needs", "A ramp", NULL);
    step = c->location;
    client_follow(c);
    client_post(c, step, "name", "Ada", "email", ADA, NULL);
    step = c->location;
    client_follow(c);
    CHECK(client_has(c, "Check your answers") && client_has(c, "A ramp"));
    client_post(c, step, NULL);
    CHECK_CODE(c, 303);
    step = c->location;
    client_follow(c);
    client_post(c, step, "code", help_newest_code(ctx), NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "You have a place") && client_has(c, "2 people and 1 carer") &&
          client_has(c, "A ramp"));
    CHECK(event_test_get(ctx, reference).room_left == 1);
}

TEST(one_post_of_json_books_and_the_account_needs_no_code)
{
    struct access_person person;
    struct web_client *c = web_client(ctx, &programme_app);
    const char *reference = event_test_make(ctx, 3, 0);
    const char *json =
        mem_format(ctx->mem,
                   "{\"event\": \"%s\", \"way\": \"person\", \"people\": 2, \"name\": \"Ada\", "
                   "\"email\": \"" ADA "\"}",
                   reference);
    client_set_header(c, "Idempotency-Key", "event-test-key-0001");
    client_post_json(c, "/events/book", json);
    CHECK_CODE(c, 201);
    CHECK(event_test_get(ctx, reference).room_left == 3); /* a stranger confirms first */
    struct person_id ada = help_person(ctx, ADA, "national");
    client_sign_in(c, ada);
    client_token(c);
    client_set_header(c, "Idempotency-Key", "event-test-key-0002");
    client_post_json(c, "/events/book", json);
    CHECK_CODE(c, 201);
    CHECK(event_test_get(ctx, reference).room_left == 1);
    client_set_header(c, "Idempotency-Key", "event-test-key-0003");
    client_post_json(c, "/events/book", json);
    CHECK(c->code == 422 && client_has(c, "booked this event already"));
    CHECK(access_person_get(ctx, ada, &person) == OK);
    client_get(c, "/account");
    CHECK(client_has(c, "Meet the apprentices") && client_has(c, "you have a place"));
    client_set_header(c, "Idempotency-Key", "event-test-key-0004");
    client_post_json(c, "/events/book", "{\"event\": \"EV-NONE\", \"people\": 0}");
    CHECK_CODE(c, 422);
}

TEST(the_calendar_keeps_its_uid_and_says_what_changed)
{
    struct form_problems problems = {.count = 0};
    struct web_client *c = web_client(ctx, &programme_app);
    const char *reference = event_test_make(ctx, 3, 0);
    struct event event = event_test_get(ctx, reference);
    struct event_draft draft = event_test_draft(3, 0);
    client_get(c, "/events.ics?month=2026-06");
    const char *uid = client_between(c, "UID:", "\r\nDTSTAMP");
    CHECK(uid[0] != '\0' && client_has(c, "DTSTART:20260608T090000Z") &&
          !client_has(c, "SEQUENCE:"));
    draft.starts = "9am";
    CHECK(event_change(ctx, &event, &draft, &problems) == OK);
    client_get(c, "/events.ics?month=2026-06");
    CHECK_TEXT(client_between(c, "UID:", "\r\nDTSTAMP"), uid);
    CHECK(client_has(c, "SEQUENCE:1") && client_has(c, "DTSTART:20260608T080000Z"));
    CHECK(event_cancel(ctx, &event, "No room.") == OK);
    client_get(c, path(ctx, "/events/", reference, "/calendar.ics"));
    CHECK_TEXT(client_between(c, "UID:", "\r\nDTSTAMP"), uid);
    CHECK(client_has(c, "SEQUENCE:2") && client_has(c, "STATUS:CANCELLED"));
    client_get(c, "/events.ics?month=2026-07");
    CHECK(!client_has(c, "BEGIN:VEVENT"));
    client_get(c, "/events.json?online=1");
    CHECK(!client_has(c, reference));
}

TEST(an_organiser_plans_publishes_changes_and_cancels)
{
    struct web_client *c = organiser(ctx);
    client_get(c, "/desk/events/new");
    CHECK_CODE(c, 200);
    CHECK(!client_has(c, "comes twice"));
    const char *typed[] = {"1:30am", "2pm"};
    for (int i = 0; i < 2; i++) {
        client_post(c, "/desk/events/new", "title", "A night walk", "summary", "We walk.", "on-day",
                    "25", "on-month", "10", "on-year", "2026", "starts", typed[i], "ends",
                    i == 0 ? "3am" : "4pm", "mode", "person", "place", "The gate", "room_seats",
                    "5", NULL);
        CHECK(c->code == (i == 0 ? 422 : 303));
        if (i == 0)
            CHECK(client_has(c, "Which one do you mean?") && client_has(c, "A night walk"));
    }
    const char *base = c->location;
    client_follow(c);
    CHECK(client_has(c, "Draft"));
    const char *reference = strrchr(base, '/') + 1;
    client_get(c, path(ctx, "/events/", reference, ""));
    CHECK_CODE(c, 404);
    client_post(c, path(ctx, "", base, "/publish"), NULL);
    CHECK_CODE(c, 303);
    event_test_book(ctx, reference, ADA, 4);
    client_get(c, path(ctx, "", base, "/edit"));
    CHECK(client_has(c, "value=\"14:00\""));
    client_post(c, path(ctx, "", base, "/edit"), "title", "A night walk", "summary", "We walk.",
                "on-day", "25", "on-month", "10", "on-year", "2026", "starts", "2pm", "ends", "4pm",
                "mode", "person", "place", "The gate", "room_seats", "3", NULL);
    CHECK(c->code == 422 && client_has(c, "4 seats are booked"));
    client_post(c, path(ctx, "", base, "/cancel"), "reason", "", NULL);
    CHECK(c->code == 422 && client_has(c, "Enter why it does not take place"));
    client_post(c, path(ctx, "", base, "/cancel"), "reason", "Ice on the path.", NULL);
    CHECK_CODE(c, 303);
    client_get(c, path(ctx, "/events/", reference, ""));
    CHECK(client_has(c, "This event is cancelled") && client_has(c, "Ice on the path."));
}

TEST(the_second_of_two_organisers_overwrites_nothing_and_keeps_what_they_typed)
{
    struct web_client *c = organiser(ctx);
    struct form_problems problems = {.count = 0};
    struct event_draft hers = event_test_draft(3, 0);
    const char *reference = event_test_make(ctx, 3, 0);
    struct event event = event_test_get(ctx, reference);
    client_get(c, path(ctx, "/desk/events/", reference, "/edit"));
    hers.title = "Hers";
    CHECK(event_change(ctx, &event, &hers, &problems) == OK);
    for (int told = 0; told < 2; told++) {
        const char *edit =
            path(ctx, "/desk/events/", client_between(c, "action=\"/desk/events/", "\""), "");
        client_post(c, edit, "title", "Mine", "summary", "We walk.", "on-day", "8", "on-month", "6",
                    "on-year", "2026", "starts", "10am", "ends", told == 0 ? "soon" : "midday",
                    "mode", "person", "place", "The gate", "room_seats", "3", NULL);
        CHECK(c->code == (told == 0 ? 422 : 303));
        if (told == 0)
            CHECK(client_has(c, "Somebody else changed this event") && client_has(c, "Mine"));
        CHECK_TEXT(event_test_get(ctx, reference).title, told == 0 ? "Hers" : "Mine");
    }
    hers.seen = event_seen(ctx->mem, &event); /* and no race is lost either */
    CHECK(event_change(ctx, &event, &hers, &problems) == ERR_INVALID);
    CHECK_TEXT(event_test_get(ctx, reference).title, "Mine");
}

TEST(who_booked_is_for_the_organisers_of_the_area_and_each_look_is_noted)
{
    const char *reference;
    struct access_person near, far;
    struct form_problems problems = {.count = 0};
    struct event_draft draft = event_test_draft(5, 0);
    directory_test_packs(ctx);
    struct web_client *c = web_client(ctx, &programme_app), *d = client_other(c);
    CHECK(access_person_add(ctx,
                            &(const struct access_new){
                                .email = "near@nhs.example", .role = "coordinator", .area = "R0A"},
                            &near, NULL) == OK);
    CHECK(access_person_add(ctx,
                            &(const struct access_new){
                                .email = "far@nhs.example", .role = "coordinator", .area = "RJ1"},
                            &far, NULL) == OK);
    CHECK(event_make(ctx, &draft, "R0A", &problems, &reference) == OK);
    struct event event = event_test_get(ctx, reference);
    CHECK_TEXT(event.area, "R0A");
    CHECK(event_publish(ctx, &event) == OK);
    struct event_booking_draft booking = event_test_booking(reference, ADA, 2);
    booking.needs = "A signer";
    struct event_booking it;
    CHECK(event_booking_find(ctx, event_test_send(ctx, &booking), &it) == OK);
    client_get(c, page_of(ctx, &it));
    client_post(c, page_of(ctx, &it), NULL);
    const char *list = path(ctx, "/desk/events/bookings.csv?reference=", reference, "");
    client_sign_in(c, near.id);
    client_sign_in(d, far.id);
    client_get(c, list);
    CHECK(c->code == 200 && client_has(c, "A signer") && client_has(c, ADA));
    client_get(d, list);
    CHECK(!client_has(d, "A signer") && !client_has(d, ADA));
    const char *sheet = path(ctx, "/desk/events/bookings?reference=", reference, "");
    client_get(c, sheet);
    CHECK(client_has(c, "<strong>Meet the apprentices</strong>") && client_has(c, "A signer"));
    client_get(d, sheet);
    CHECK(d->code == 200 && !client_has(d, "Meet the apprentices"));
    client_get(d, path(ctx, "/desk/events/", reference, ""));
    CHECK_CODE(d, 404);
    client_get(d, "/desk/events");
    CHECK(!client_has(d, "Meet the apprentices"));
    struct web_client *e = client_other(c);
    client_sign_in(e, help_person(ctx, "reader@programme.example", "national"));
    client_get(e, path(ctx, "/desk/record.csv?thing=", reference, ""));
    CHECK(client_has(e, path(ctx, "event.looked,", reference, ",near@nhs.example,coordinator")));
}

TEST(attendance_is_noted_and_what_is_no_number_is_said)
{
    const char *reference = event_test_make(ctx, 5, 0);
    struct web_client *c = organiser(ctx);
    struct event_booking ada = event_test_book(ctx, reference, ADA, 2);
    const char *page = path(ctx, "/desk/events/", reference, "/attendance");
    const char *field = path(ctx, "came-", ada.reference, "");
    client_get(c, page);
    CHECK_CODE(c, 404); /* it has not begun */
    ctx->now_secs = event_test_get(ctx, reference).ends_at + 60;
    client_sign_in(c, help_person(ctx, "later@programme.example", "national"));
    client_token(c);
    client_get(c, page);
    CHECK_CODE(c, 200);
    client_post(c, page, field, "7", NULL);
    CHECK(c->code == 422 && client_has(c, "Enter a number from 0 to 2") &&
          client_has(c, "value=\"7\""));
    client_post(c, page, field, "2", NULL);
    CHECK_CODE(c, 303);
    client_get(c, page_of(ctx, &ada));
    CHECK(client_has(c, "certificate of attendance") && client_has(c, "Say how it was"));
    client_get(c, path(ctx, "", page_of(ctx, &ada), "/certificate.pdf"));
    CHECK_CODE(c, 200);
    client_get(c, path(ctx, "/verify/", event_test_now(ctx, &ada).code, ""));
    CHECK(client_has(c, "This certificate is real") && client_has(c, "Zoë O’Neill, with 1 more"));
    client_get(c, path(ctx, "", page_of(ctx, &ada), "/feedback"));
    client_post(c, path(ctx, "", page_of(ctx, &ada), "/feedback"), "said", "Well done", NULL);
    CHECK(c->code == 422 && client_has(c, "Choose how the event was") &&
          client_has(c, "Well done"));
    client_post(c, path(ctx, "", page_of(ctx, &ada), "/feedback"), "stars", "4", "said",
                "Well done", NULL);
    CHECK_CODE(c, 303);
    client_get(c, path(ctx, "/desk/events/", reference, ""));
    CHECK(client_has(c, "at least 5 people") && !client_has(c, "Well done"));
}
