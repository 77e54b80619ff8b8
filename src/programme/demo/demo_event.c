/* SPDX-License-Identifier: MIT */
/*
 * demo_event.c - invented events in every state: a draft, with places, full with people who wait
 * and one who has an offer, online, both, cancelled, and over with who came and what they said.
 */
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/demo/demo_internal.h"
#include "programme/event/event.h"

enum { MADE_DAYS_AGO = 40, BOOKERS = 9 };

enum demo_fate { DRAFTED, OPEN, FULL, CALLED_OFF, PAST };

static const struct demo_event {
    int days_ahead; /* of the day of the demonstration */
    const char *title, *summary, *stage, *mode, *starts, *ends, *place;
    int64_t room_seats, online_seats;
    bool is_national;
    enum demo_fate fate;
    int bookings;
} events[] = {
    {-20, "Care careers evening", "Support workers tell how they began, and what came next.",
     "get-in", "person", "6pm", "8pm", "The old library, High Street", 30, 0, false, PAST, 7},
    {6, "Ask us about apprenticeships", "Bring your questions. Three apprentices answer them.",
     "get-on", "online", "12:30pm", "1:30pm", "", 0, 200, true, OPEN, 5},
    {12, "A day in the kitchen", "See how a hospital feeds a thousand people. Wear flat shoes.",
     "get-ready", "person", "9:30am", "2pm", "Hospital kitchen, north entrance", 3, 0, false, FULL,
     5},
    {15, "Volunteers’ breakfast", "Tea, toast, and time to say thank you.", "", "person", "8:30am",
     "10am", "The canteen", 40, 0, false, CALLED_OFF, 2},
    {20, "Open morning for schools", "Groups meet porters, nurses and the people who keep records.",
     "get-ready", "person", "10am", "midday", "Education centre, room 2", 60, 0, false, OPEN, 4},
    {33, "From support worker to nurse", "Every step, what it asks and what it costs.",
     "go-further", "both", "2pm", "4:30pm", "Education centre, hall", 50, 300, true, OPEN, 3},
    {50, "Summer school for young carers", "Two days in health and care.", "get-in", "person",
     "10am", "3pm", "To be agreed", 20, 0, false, DRAFTED, 0},
};

static const char text[] = "## What happens\n\n- You meet people who do the work.\n- You can ask "
                           "anything.\n- There is tea.\n\n"
                           "## Who it is for\n\nEverybody. You do not need to know anything yet.";

static enum status fill(struct ctx *ctx, const struct demo_event *it,
                        const struct demo_employer *employer, struct event_draft *out)
{
    *out = (struct event_draft){
        .title = it->title,
        .summary = it->summary,
        .text = text,
        .stage = it->stage,
        .starts = it->starts,
        .ends_on = "",
        .ends = it->ends,
        .hour = "",
        .mode = it->mode,
        .place = it->place,
        .access_words = "No steps. There is a hearing loop, and a quiet room next door.",
        .room_seats = {it->room_seats > 0, it->room_seats},
        .link = "https://meet.example/talent-for-care",
        .online_seats = {it->online_seats > 0, it->online_seats},
        .carers_count = FORM_NO,
        .area = {.key = it->is_national ? "" : employer->code, .label = "", .detail = ""}};
    return time_day_add(ctx->mem, time_day_of(ctx->mem, ctx->now_secs),
                        (struct time_step){.days = it->days_ahead}, &out->on);
}

/* ---- people ---- */

static const struct {
    const char *email, *name;
    int64_t people, carers;
    const char *needs;
} bookers[BOOKERS] = {
    {"zoe@demo.example", "Zoë Example", 1, 0, ""},
    {"school@demo.example", "Sam Teacher", 2, 1, "One of us uses a wheelchair"},
    {"noor@demo.example", "نور الهدى", 1, 0, "A hearing loop"},
    {"li@demo.example", "李", 2, 0, ""},
    {"ines@demo.example", "Inês Example", 1, 1, "My carer signs for me"},
    {"tom@demo.example", "Tom Example", 1, 0, ""},
    {"amy@demo.example", "Amy Example", 1, 0, ""},
    {"raj@demo.example", "Raj Example", 1, 0, ""},
    {"joy@demo.example", "Joy Example", 1, 0, ""},
};

static enum status book(struct ctx *then, const char *event, const char *way, int who,
                        struct event_booking *out)
{
    const char *reference, *token;
    struct form_problems problems = {.count = 0};
    const struct event_booking_draft draft = {.event = event,
                                              .way = way,
                                              .people = {true, bookers[who].people},
                                              .carers = {true, bookers[who].carers},
                                              .needs = bookers[who].needs,
                                              .name = bookers[who].name,
                                              .email = bookers[who].email};
    TRY(event_book(then, &draft, &problems, &reference));
    TRY(event_booking_find(then, reference, out));
    TRY(event_token(then, out->id, &token));
    TRY(event_link_confirm(then, token));
    return event_booking_find(then, reference, out);
}

static enum status came(struct ctx *ctx, const struct event *event,
                        const struct event_booking *bookings, int count)
{
    size_t people_count;
    struct event_attendee *people;
    const int64_t nobody = 0;
    TRY(event_attendees(ctx, event, 0, &people, &people_count));
    for (size_t i = 0; i < people_count; i++)
        TRY(event_set_came(ctx, event, &people[i], i == 3 ? &nobody : &people[i].people));
    for (int i = 0; i < count; i++) {
        struct event_booking now;
        TRY(event_booking_find(ctx, bookings[i].reference, &now));
        if (event_may_answer(ctx, event, &now))
            TRY(event_answer(ctx, &now,
                             &(const struct event_opinion){i % 3 == 0 ? "4" : "5",
                                                           i == 0 ? "I did not know how many ways "
                                                                    "in there are."
                                                           : i == 2 ? "More time for questions, "
                                                                      "please."
                                                                    : "",
                                                           FORM_UNANSWERED}));
    }
    return OK;
}

/* ---- one event ---- */

static enum status finish(struct ctx *ctx, const struct demo_event *it, const struct event *event,
                          const struct event_booking *bookings)
{
    if (it->fate == FULL) /* somebody goes, and the next has an offer */
        return event_leave(ctx, &bookings[0]);
    if (it->fate == CALLED_OFF)
        return event_cancel(ctx, event,
                            "The canteen is being painted. We will try again in spring.");
    return it->fate == PAST ? came(ctx, event, bookings, it->bookings) : OK;
}

static enum status make(struct ctx *ctx, const struct demo_event *it,
                        const struct demo_employer *employer)
{
    struct event event;
    const char *reference;
    struct event_draft draft;
    struct event_booking bookings[BOOKERS];
    struct form_problems problems = {.count = 0};
    struct ctx then = *ctx;
    then.id_last = 0;
    then.now_secs -= (int64_t)MADE_DAYS_AGO * TIME_DAY_SECS;
    TRY(fill(ctx, it, employer, &draft));
    TRY(event_make(&then, &draft, NULL, &problems, &reference));
    TRY(event_open(&then, reference, NULL, &event));
    if (it->fate == DRAFTED)
        return OK;
    TRY(event_publish(&then, &event));
    TRY(event_find(&then, reference, &event));
    for (int i = 0; i < it->bookings; i++) {
        bool is_online = event_has_way(&event, "online") && (i != 1 || it->room_seats == 0);
        then.now_secs += TIME_HOUR_SECS;
        TRY(book(&then, reference, is_online ? "online" : "person", i, &bookings[i]));
    }
    then.id_last = 0;
    then.now_secs = ctx->now_secs;
    return finish(&then, it, &event, bookings);
}

struct making {
    const struct demo_employer *employer;
};

static enum status make_all(struct ctx *ctx, void *arg)
{
    const struct making *making = arg;
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
        TRY(make(ctx, &events[i], making->employer));
    return OK;
}

enum status demo_events(struct ctx *ctx, const struct demo_employer *employer)
{
    struct making making = {employer};
    return store_transact(ctx, "demo_events", make_all, &making);
}
