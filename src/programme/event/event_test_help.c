/* SPDX-License-Identifier: MIT */
/* event_test_help.c - for tests: events, and people who book them. */
#include "programme/event/event_test_help.h"

#include "platform/base/test.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"
#include "programme/event/event_internal.h"

struct event_draft event_test_draft(int64_t room_seats, int64_t online_seats)
{
    return (struct event_draft){.title = "Meet the apprentices",
                                .summary = "Apprentices tell how they began.",
                                .text = "## What happens\n\nThey *talk*.",
                                .stage = "get-in",
                                .on = "2026-06-08",
                                .starts = "10am",
                                .ends_on = "",
                                .ends = "midday",
                                .hour = "",
                                .mode = room_seats == 0     ? "online"
                                        : online_seats == 0 ? "person"
                                                            : "both",
                                .place = "The old library, 1 High Street, Leeds",
                                .access_words = "No steps.",
                                .room_seats = {room_seats > 0, room_seats},
                                .link = EVENT_TEST_LINK,
                                .online_seats = {online_seats > 0, online_seats},
                                .carers_count = FORM_NO,
                                .area = {.key = "", .label = "", .detail = ""}};
}

struct event event_test_get(struct ctx *ctx, const char *reference)
{
    struct event event;
    CHECK(event_get(ctx, reference, &event) == OK);
    return event;
}

const char *event_test_make(struct ctx *ctx, int64_t room_seats, int64_t online_seats)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    struct event_draft draft = event_test_draft(room_seats, online_seats);
    CHECK(event_make(ctx, &draft, NULL, &problems, &reference) == OK);
    struct event event = event_test_get(ctx, reference);
    CHECK(event_publish(ctx, &event) == OK);
    return reference;
}

struct event_booking_draft event_test_booking(const char *event, const char *email, int64_t people)
{
    return (struct event_booking_draft){.event = event,
                                        .way = "person",
                                        .people = {true, people},
                                        .carers = {false, 0},
                                        .needs = "",
                                        .name = "Zoë O’Neill",
                                        .email = email};
}

const char *event_test_send(struct ctx *ctx, const struct event_booking_draft *draft)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    CHECK(event_book(ctx, draft, &problems, &reference) == OK);
    return reference;
}

struct event_booking event_test_book(struct ctx *ctx, const char *event, const char *email,
                                     int64_t people)
{
    struct proof_typed typed;
    struct event_booking booking;
    struct event_booking_draft draft = event_test_booking(event, email, people);
    const char *reference = event_test_send(ctx, &draft);
    const struct proof_typing typing = {reference, help_newest_code(ctx), "caller"};
    CHECK(proof_type(ctx, &event_proof, &typing, &typed) == OK && typed.outcome == PROOF_RIGHT);
    CHECK(event_link_open(ctx, typed.token, &booking) == OK);
    return booking;
}

struct event_booking event_test_now(struct ctx *ctx, const struct event_booking *booking)
{
    struct event_booking now;
    CHECK(event_booking_find(ctx, booking->reference, &now) == OK);
    return now;
}

int64_t event_test_mails(struct ctx *ctx, const char *kind)
{
    size_t count;
    int64_t found = 0;
    struct mail_outbox_row *rows;
    struct store_choice newest = {.at_most = 2000};
    CHECK(mail_outbox(ctx, NULL, NULL, NULL, &newest, &rows, &count) == OK);
    for (size_t i = 0; i < count; i++)
        found += strcmp(rows[i].kind, kind) == 0;
    return found;
}

bool event_test_has(const char *text, const char *part)
{
    return text != NULL && strstr(text, part) != NULL;
}

void event_test_work(struct ctx *ctx)
{
    static const struct job_kind *const jobs[] = {event_job_kinds, NULL};
    bool did = true;
    for (int i = 0; i < 100 && did; i++)
        CHECK(job_work_once(ctx, jobs, &did) == OK);
    CHECK(!did);
}
