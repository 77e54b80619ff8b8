/* SPDX-License-Identifier: MIT */
/* event_after_test.c - who came, how it was, what is kept, and what a failed call leaves. */
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"
#include "programme/event/event_internal.h"
#include "programme/event/event_test_help.h"

#define ADA "ada@home.example"
#define BOB "bob@home.example"

static void came(struct ctx *ctx, const char *reference, int64_t how_many)
{
    size_t count;
    struct event_attendee *people;
    struct event event = event_test_get(ctx, reference);
    CHECK(event_attendees(ctx, &event, 0, &people, &count) == OK);
    for (size_t i = 0; i < count; i++)
        CHECK(event_set_came(ctx, &event, &people[i], &how_many) == OK);
}

static void end_of(struct ctx *ctx, const char *reference)
{
    ctx->now_secs = event_test_get(ctx, reference).ends_at + 2 * TIME_HOUR_SECS;
}

TEST(a_certificate_is_for_those_who_came_and_anybody_can_check_it)
{
    struct event_booking it;
    struct view pdf = {.mem = ctx->mem};
    const char *reference = event_test_make(ctx, 9, 0);
    struct event_booking ada = event_test_book(ctx, reference, ADA, 3);
    struct event event = event_test_get(ctx, reference);
    CHECK(event_certificate(ctx, &event, &ada, &pdf) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    end_of(ctx, reference);
    came(ctx, reference, 2);
    ada = event_test_now(ctx, &ada);
    CHECK(ada.code[0] != '\0' && *ada.came == 2);
    CHECK(event_booking_verify(ctx, ada.code, &it) == OK);
    CHECK_TEXT(it.reference, ada.reference);
    CHECK(event_certificate(ctx, &event, &ada, &pdf) == OK);
    CHECK(pdf.length_bytes > 1000 && memcmp(pdf.text, "%PDF", 4) == 0);
    const char *code = ada.code;
    came(ctx, reference, 2); /* the code stays */
    CHECK_TEXT(event_test_now(ctx, &ada).code, code);
    came(ctx, reference, 0); /* it was wrong: nobody came */
    CHECK(event_booking_verify(ctx, code, &it) == ERR_NOT_FOUND);
}

TEST(who_came_is_listed_page_by_page_with_nobody_left_out)
{
    size_t count, all = 0;
    int64_t after = 0;
    struct event_attendee *people;
    const char *reference = event_test_make(ctx, 100, 100);
    for (int i = 0; i < EVENT_ATTENDEES_MOST + 5; i++) {
        const char *token;
        struct event_booking it;
        struct event_booking_draft draft =
            event_test_booking(reference, mem_format(ctx->mem, "p%d@home.example", i), 1);
        draft.way = i % 2 == 0 ? "person" : "online";
        CHECK(event_booking_find(ctx, event_test_send(ctx, &draft), &it) == OK);
        CHECK(event_token(ctx, it.id, &token) == OK && event_link_confirm(ctx, token) == OK);
    }
    struct event event = event_test_get(ctx, reference);
    do {
        CHECK(event_attendees(ctx, &event, after, &people, &count) == OK);
        all += count;
        for (size_t i = 0; i < count; i++) {
            CHECK(people[i].turn == after + 1); /* in the order of booking, both ways together */
            after = people[i].turn;
        }
    } while (count == EVENT_ATTENDEES_MOST);
    CHECK(all == EVENT_ATTENDEES_MOST + 5);
}

TEST(figures_are_shown_from_five_answers_and_name_nobody)
{
    struct event_said said;
    const char *reference = event_test_make(ctx, 20, 0);
    struct event event = event_test_get(ctx, reference);
    struct event_opinion opinion = {"5", "Warm welcome", FORM_UNANSWERED};
    struct event_booking bookings[6];
    for (int i = 0; i < 6; i++)
        bookings[i] =
            event_test_book(ctx, reference, mem_format(ctx->mem, "p%d@home.example", i), 1);
    CHECK(event_answer(ctx, &bookings[0], &opinion) == ERR_CONFLICT); /* too early */
    ctx->fault = NULL;
    end_of(ctx, reference);
    event_test_work(ctx);
    event_test_work(ctx);
    CHECK(event_test_mails(ctx, "event.thanks") == 6);
    for (int i = 0; i < 5; i++) {
        CHECK(event_said(ctx, &event, &said) == OK && !said.is_shown && said.word_count == 0);
        opinion.is_named = i == 4 ? FORM_YES : FORM_UNANSWERED;
        CHECK(event_answer(ctx, &bookings[i], &opinion) == OK);
        CHECK(event_answer(ctx, &bookings[i], &opinion) == ERR_CONFLICT); /* once */
        ctx->fault = NULL;
    }
    CHECK(event_said(ctx, &event, &said) == OK && said.is_shown);
    CHECK(said.answers == 5 && said.stars[4] == 5 && said.word_count == 5);
    int named = 0;
    for (size_t i = 0; i < said.word_count; i++)
        named += said.words[i].name[0] != '\0';
    CHECK(named == 1);
    ctx->now_secs += EVENT_FEEDBACK_SECS;
    CHECK(event_answer(ctx, &bookings[5], &opinion) == ERR_CONFLICT); /* too late */
}

TEST(erasing_somebody_frees_their_place_and_keeps_what_was_said)
{
    int64_t changed;
    struct event_booking it;
    const char *reference = event_test_make(ctx, 1, 0);
    struct event_booking ada = event_test_book(ctx, reference, ADA, 1),
                         bob = event_test_book(ctx, reference, BOB, 1);
    const struct privacy_subject subject = {{0}, ADA, ADA};
    CHECK(event_holdings[0].erase_by(ctx, &subject, &changed) == OK && changed == 1);
    CHECK(event_booking_find(ctx, ada.reference, &it) == ERR_NOT_FOUND);
    CHECK(event_test_now(ctx, &bob).state == EVENT_OFFERED);
}

TEST(what_people_need_goes_a_month_after_the_event_and_bookings_a_year_after)
{
    const char *needs;
    struct event_booking it;
    const char *reference = event_test_make(ctx, 9, 0);
    struct event_booking_draft draft = event_test_booking(reference, ADA, 1);
    draft.needs = "A ramp";
    CHECK(event_booking_find(ctx, event_test_send(ctx, &draft), &it) == OK);
    CHECK(event_needs(ctx, &it, &needs) == OK);
    CHECK_TEXT(needs, "A ramp");
    int64_t changes, ends_at = event_test_get(ctx, reference).ends_at, now = ctx->now_secs;
    CHECK(event_need_retain(ctx, ends_at, 100, &changes) == OK && changes == 0);
    CHECK(event_need_retain(ctx, ends_at + 1, 100, &changes) == OK && changes == 1);
    CHECK(event_needs(ctx, &it, &needs) == OK);
    CHECK_TEXT(needs, "");
    CHECK(event_booking_retain(ctx, 0, now + 7 * TIME_DAY_SECS, 100, &changes) == OK &&
          changes == 0);
    CHECK(event_booking_retain(ctx, 0, now + 7 * TIME_DAY_SECS + 1, 100, &changes) == OK &&
          changes == 1); /* nobody confirmed it */
}

/* ---- whatever breaks, nothing is half done ---- */

struct scene {
    const char *event, *token;
    struct event_booking booked, waiting, sent, offered;
    struct event draft;
};

typedef enum status deed(struct ctx *ctx, struct scene *scene);

static enum status do_book(struct ctx *ctx, struct scene *scene)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    struct event_booking_draft draft = event_test_booking(scene->event, "new@home.example", 1);
    draft.needs = "A ramp";
    return event_book(ctx, &draft, &problems, &reference);
}

static enum status do_leave(struct ctx *ctx, struct scene *scene)
{
    return event_leave(ctx, &scene->booked);
}

static enum status do_resize(struct ctx *ctx, struct scene *scene)
{
    struct form_problems problems = {.count = 0};
    return event_resize(ctx, &scene->booked, &(const struct event_size){{true, 1}, {false, 0}},
                        &problems);
}

static enum status do_change(struct ctx *ctx, struct scene *scene)
{
    struct event event;
    struct event_draft draft = event_test_draft(4, 0);
    struct form_problems problems = {.count = 0};
    draft.starts = "11am";
    TRY(event_get(ctx, scene->event, &event));
    return event_change(ctx, &event, &draft, &problems);
}

static enum status do_cancel(struct ctx *ctx, struct scene *scene)
{
    struct event event;
    TRY(event_get(ctx, scene->event, &event));
    return event_cancel(ctx, &event, "The roof leaks.");
}

static enum status do_make(struct ctx *ctx, struct scene *scene)
{
    const char *reference;
    struct event_draft draft = event_test_draft(4, 4);
    struct form_problems problems = {.count = 0};
    (void)scene;
    return event_make(ctx, &draft, NULL, &problems, &reference);
}

static enum status do_publish(struct ctx *ctx, struct scene *scene)
{
    return event_publish(ctx, &scene->draft);
}

static enum status do_confirm(struct ctx *ctx, struct scene *scene)
{
    return event_link_confirm(ctx, scene->token);
}

static enum status do_accept(struct ctx *ctx, struct scene *scene)
{
    return event_accept(ctx, &scene->offered);
}

/* All that a failed deed must leave as it was, in one line. */
static const char *picture(struct ctx *ctx, const struct scene *scene)
{
    size_t mails, count;
    struct event_desk_row *rows;
    const struct store_choice all = {.at_most = 1000};
    struct event event = event_test_get(ctx, scene->event);
    const struct event_booking *bookings[] = {&scene->booked, &scene->waiting, &scene->sent,
                                              &scene->offered};
    mails = help_mail_count(ctx);
    CHECK(event_desk(ctx, "2026-03-09", NULL, NULL, &all, &rows, &count) == OK);
    const char *out =
        mem_format(ctx->mem, "%zu mails, %zu events, %d left, change %d, states %d %d:", mails,
                   count, (int)event.room_left, (int)event.sequence, (int)event.state,
                   (int)event_test_get(ctx, scene->draft.reference).state);
    for (size_t i = 0; i < sizeof bookings / sizeof bookings[0]; i++) {
        struct event_booking now = event_test_now(ctx, bookings[i]);
        out = mem_format(ctx->mem, "%s %d of %d", out, (int)now.state, (int)now.seats);
    }
    return out;
}

/* One who has a place, one who waits and one whose booking is sent; at another event one with an
 * offer; and a draft. */
static void set_scene(struct ctx *ctx, struct scene *out)
{
    const char *reference;
    struct event_draft draft = event_test_draft(4, 0);
    struct form_problems problems = {.count = 0};
    *out = (struct scene){.event = event_test_make(ctx, 2, 0)};
    out->booked = event_test_book(ctx, out->event, ADA, 2);
    out->waiting = event_test_book(ctx, out->event, BOB, 1);
    struct event_booking_draft sent = event_test_booking(out->event, "sent@home.example", 1);
    CHECK(event_booking_find(ctx, event_test_send(ctx, &sent), &out->sent) == OK);
    CHECK(event_token(ctx, out->sent.id, &out->token) == OK);
    const char *other = event_test_make(ctx, 1, 0);
    struct event_booking first = event_test_book(ctx, other, ADA, 1);
    out->offered = event_test_book(ctx, other, BOB, 1);
    CHECK(event_leave(ctx, &first) == OK);
    CHECK(event_make(ctx, &draft, NULL, &problems, &reference) == OK);
    out->draft = event_test_get(ctx, reference);
    ctx->now_secs += 2 * TIME_HOUR_SECS; /* other hours, other mails */
}

TEST(a_deed_that_fails_anywhere_leaves_no_trace)
{
    static deed *const deeds[] = {do_book, do_leave,   do_resize,  do_change, do_cancel,
                                  do_make, do_publish, do_confirm, do_accept};
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++) {
        struct scene scene;
        set_scene(ctx, &scene);
        const char *before = picture(ctx, &scene);
        enum status status = ERR_FAULT;
        int nth = 0;
        while (status != OK) {
            store_fail_on_call(ctx->store, ++nth);
            status = deeds[i](ctx, &scene);
            store_fail_on_call(ctx->store, 0);
            ctx->fault = NULL;
            CHECK(status == OK || status == ERR_FAULT);
            if (status != OK)
                CHECK_TEXT(picture(ctx, &scene), before);
        }
        CHECK(nth > 3 && strcmp(picture(ctx, &scene), before) != 0);
    }
}

/* ---- and afterwards ---- */

TEST(what_is_said_and_noted_afterwards_is_whole_or_not_there)
{
    struct event_said said;
    const char *reference = event_test_make(ctx, 2, 0);
    struct event_booking ada = event_test_book(ctx, reference, ADA, 1);
    struct event event = event_test_get(ctx, reference);
    const struct event_opinion opinion = {"3", "Fine", FORM_UNANSWERED};
    end_of(ctx, reference);
    enum status status = ERR_FAULT;
    for (int nth = 1; status != OK; nth++) {
        store_fail_on_call(ctx->store, nth);
        status = event_answer(ctx, &ada, &opinion);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(event_said(ctx, &event, &said) == OK && said.answers == (status == OK));
        CHECK(event_test_now(ctx, &ada).has_answered == (status == OK));
    }
}
