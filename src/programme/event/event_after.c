/* SPDX-License-Identifier: MIT */
/*
 * event_after.c - who came, and how it was.
 *
 * What somebody says of an event has a number by chance and no time, and nothing leads from it to a
 * booking unless its writer put their name to it: the booking only notes that an answer was given.
 * Figures are shown from EVENT_ANSWERS_LEAST answers on, and words with them.
 */
#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/store/store.h"
#include "programme/event/event_internal.h"

enum { WORDS_MOST = 200 };

enum status event_attendees(struct ctx *ctx, const struct event *event, int64_t after_turn,
                            struct event_attendee **out, size_t *count_out)
{
    struct event_booked_row *rows;
    TRY(event_booked(ctx, event->organisation_id, event->id, after_turn, EVENT_ATTENDEES_MOST,
                     &rows, count_out));
    *out = mem_array(ctx->mem, struct event_attendee, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct event_attendee){.id = rows[i].id,
                                            .people = rows[i].people,
                                            .carers = rows[i].carers,
                                            .reference = rows[i].reference,
                                            .name = rows[i].name,
                                            .way = rows[i].way,
                                            .came = rows[i].came,
                                            .turn = rows[i].turn};
    return OK;
}

enum status event_set_came(struct ctx *ctx, const struct event *event,
                           const struct event_attendee *attendee, const int64_t *came)
{
    return event_came(ctx, event->organisation_id, event->id, attendee->id, came,
                      came != NULL && *came > 0 ? id_code_new(ctx->mem) : NULL, NULL);
}

enum status event_count(struct ctx *ctx, const struct event *event, struct event_counts *out)
{
    struct event_count_in_row row;
    TRY(event_count_in(ctx, event->organisation_id, event->id, &row));
    *out = (struct event_counts){row.booked, row.waiting, row.offered, row.came, row.said};
    return OK;
}

/* ---- how it was ---- */

bool event_may_answer(const struct ctx *ctx, const struct event *event,
                      const struct event_booking *booking)
{
    return event->state == EVENT_PUBLISHED && event->ends_at <= ctx->now_secs &&
           ctx->now_secs < event->ends_at + EVENT_FEEDBACK_SECS && booking->state == EVENT_BOOKED &&
           !booking->has_answered && (booking->came == NULL || *booking->came > 0);
}

struct answering {
    const struct event_booking *booking;
    const struct event_opinion *opinion;
};

static enum status answer_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    uint64_t number;
    struct event event;
    struct event_booking it;
    const struct answering *a = arg;
    const struct event_booking *asked = a->booking;
    TRY(event_booking_get(ctx, asked->organisation_id, asked->event_id, asked->id, &it));
    TRY(event_of(ctx, &it, &event));
    if (!event_may_answer(ctx, &event, &it))
        return ctx_fail(ctx, ERR_CONFLICT, "nothing is to be said of \"%s\"", event.reference);
    TRY(event_answered(ctx, it.organisation_id, it.event_id, it.id, &changes));
    if (changes != 1)
        return ctx_fail(ctx, ERR_CONFLICT, "it was said before");
    random_bytes(&number, sizeof number);
    return event_feedback_add(ctx, it.organisation_id, it.event_id, (int64_t)(number >> 1),
                              a->opinion->stars[0] - '0', a->opinion->said,
                              a->opinion->is_named == FORM_YES ? &it.id : NULL, NULL);
}

enum status event_answer(struct ctx *ctx, const struct event_booking *booking,
                         const struct event_opinion *opinion)
{
    struct answering a = {booking, opinion};
    return store_transact(ctx, "event_answer", answer_once, &a);
}

enum status event_said(struct ctx *ctx, const struct event *event, struct event_said *out)
{
    struct event_feedback_sum_row sum;
    struct event_feedback_words_row *rows;
    TRY(event_feedback_sum(ctx, event->organisation_id, event->id, &sum));
    *out =
        (struct event_said){.answers = sum.answers, .is_shown = sum.answers >= EVENT_ANSWERS_LEAST};
    if (!out->is_shown)
        return OK;
    const int64_t stars[] = {sum.one, sum.two, sum.three, sum.four, sum.five};
    memcpy(out->stars, stars, sizeof stars);
    TRY(event_feedback_words(ctx, event->organisation_id, event->id, WORDS_MOST, &rows,
                             &out->word_count));
    out->words = mem_array(ctx->mem, struct event_words, out->word_count);
    for (size_t i = 0; i < out->word_count; i++)
        out->words[i] = (struct event_words){rows[i].said, rows[i].name};
    return OK;
}
