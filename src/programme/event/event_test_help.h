/* SPDX-License-Identifier: MIT */
/* event_test_help.h - for tests: events, and people who book them. */
#ifndef PROGRAMME_EVENT_EVENT_TEST_HELP_H
#define PROGRAMME_EVENT_EVENT_TEST_HELP_H

#include "programme/event/event.h"

#define EVENT_TEST_LINK "https://meet.example/secret-room"

/* A right draft of an event in a room and online, on 8 June 2026 from 10am to midday, for the whole
 * programme; the test's clock stands at 9 March 2026. */
struct event_draft event_test_draft(int64_t room_seats, int64_t online_seats);

/* Makes and publishes it; gives its reference. */
const char *event_test_make(struct ctx *ctx, int64_t room_seats, int64_t online_seats);
struct event event_test_get(struct ctx *ctx, const char *reference);

/* Books so many people and types the code; the booking that counts. */
struct event_booking event_test_book(struct ctx *ctx, const char *event, const char *email,
                                     int64_t people);

/* Sends only; gives the reference. */
const char *event_test_send(struct ctx *ctx, const struct event_booking_draft *draft);
struct event_booking_draft event_test_booking(const char *event, const char *email, int64_t people);

/* A booking as it is now. */
struct event_booking event_test_now(struct ctx *ctx, const struct event_booking *booking);

/* How many mails of that kind there are. */
int64_t event_test_mails(struct ctx *ctx, const char *kind);

/* Does the work of events that is due. */
void event_test_work(struct ctx *ctx);

/* Whether the text holds the part. */
bool event_test_has(const char *text, const char *part);

#endif
