/* SPDX-License-Identifier: MIT */
/*
 * event_mail.c - messages about a booking.
 *
 * Whoever types an address may not be its owner, so no message holds what was typed by them.  The
 * link to join online stands on the page of the booking alone: a message that is passed on gives
 * it to nobody, and a link that changes is right everywhere at once.
 */
#include "platform/base/id.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "programme/event/event_internal.h"

#include <inttypes.h>

static const char nothing_to_do[] =
    "If it was not you, you do not need to do anything. Nothing happens without the code or the "
    "button, and we delete what was sent after 7 days.";

/* What each message says: {kind, name in the key, subject, first words, button}. */
static const struct words {
    const char *kind, *subject, *first, *last, *button;
} words[] = {
    [EVENT_LETTER_CONFIRM] = {"event.confirm", "Confirm your booking",
                              "Somebody booked this event with this address. If it was you, type "
                              "the code into the page that is open. It works for 1 hour. Your "
                              "place is only yours when you have done so.",
                              nothing_to_do, "Open my booking"},
    [EVENT_LETTER_AGAIN] = {"event.again", "You have booked this event already",
                            "Somebody booked this event again with this address. The booking that "
                            "you have stays as it is. If it was you and the page still asks for a "
                            "code, type this one. It works for 1 hour.",
                            nothing_to_do, "Open my booking"},
    [EVENT_LETTER_BOOKED] = {"event.booked", "You have a place", "Your booking is confirmed.",
                             "On the page of your booking you find all that you need, also how to "
                             "join if you come online. If you cannot come, tell us there, so that "
                             "somebody else can have your place.",
                             "Open my booking"},
    [EVENT_LETTER_WAITING] = {"event.waiting", "You are on the waiting list",
                              "The event is full at the moment. You are on the waiting list.",
                              "As soon as there is room for your whole booking, we send you an "
                              "email. You then have some time to say yes.",
                              "Open my booking"},
    [EVENT_LETTER_STUCK] = {"event.stuck", "Your group is larger than the event now", "",
                            "Or cancel your booking there, and choose another event.",
                            "Open my booking"},
    [EVENT_LETTER_FREED] = {"event.freed", "There is room for your group again",
                            "The organiser has made this event larger. It has room for your whole "
                            "group again, and you have kept your turn on the waiting list.",
                            "As soon as there is a place for you, we send you an email. You then "
                            "have some time to say yes.",
                            "Open my booking"},
    [EVENT_LETTER_OFFER] = {"event.offer", "There is a place for you now", "",
                            "If you do not take it by then, we offer it to the next person.",
                            "Say yes or no"},
    [EVENT_LETTER_LAPSED] = {"event.lapsed", "Your offer of a place has ended",
                             "We offered you a place and did not hear from you in time, so it went "
                             "to the next person.",
                             "If you still want to come, you can book again.", "Open my booking"},
    [EVENT_LETTER_LEFT] = {"event.left", "You have cancelled your booking",
                           "We have cancelled your booking. Thank you for telling us.",
                           "If you change your mind, you can book again.", "Open my booking"},
    [EVENT_LETTER_CHANGED] = {"event.changed", "Your event has changed",
                              "The organiser has changed this event. This is how it is now:",
                              "If you cannot come any more, please cancel on the page of your "
                              "booking.",
                              "Open my booking"},
    [EVENT_LETTER_CANCELLED] = {"event.cancelled", "Your event is cancelled",
                                "We are sorry: this event does not take place.", "",
                                "Open my booking"},
    [EVENT_LETTER_WEEK] = {"event.week", "Your event is in a week",
                           "You have a place at this event, and it is soon.",
                           "If you cannot come, tell us on the page of your booking, so that "
                           "somebody else can have your place.",
                           "Open my booking"},
    [EVENT_LETTER_DAY] = {"event.day", "Your event is about to start",
                          "You have a place at this event.",
                          "On the page of your booking you find where it is, and how to join if "
                          "you come online.",
                          "Open my booking"},
    [EVENT_LETTER_THANKS] = {"event.thanks", "How was it?",
                             "Thank you for coming to this event. Tell us how it was: it takes a "
                             "minute, and nobody sees who said what.",
                             "There you also find your certificate, as soon as the organiser has "
                             "noted that you came.",
                             "Say how it was"},
};

/* Names the cause: what can happen to a booking more than once carries what tells it apart.  Seats
 * can go down and up as often as an organiser likes: event_booking.is_stuck turns in the same
 * transaction, so each turn is told once. */
static const char *key_of(struct ctx *ctx, const struct event_letter *letter)
{
    const struct event_booking *booking = letter->booking;
    const char *kind = words[letter->kind].kind;
    bool is_of_version = letter->kind == EVENT_LETTER_CHANGED ||
                         letter->kind == EVENT_LETTER_WEEK || letter->kind == EVENT_LETTER_DAY;
    if (letter->kind == EVENT_LETTER_STUCK || letter->kind == EVENT_LETTER_FREED)
        return mem_format(ctx->mem, "%s/%s/%" PRId64, kind, booking->reference, id_new(ctx));
    return is_of_version ? mem_format(ctx->mem, "%s/%s/%" PRId64, kind, booking->reference,
                                      letter->event->sequence)
                         : mem_format(ctx->mem, "%s/%s", kind, booking->reference);
}

static struct mail_part paragraph(const char *text)
{
    return (struct mail_part)MAIL_TEXT(text);
}

static int64_t expires_at(const struct event_letter *letter)
{
    return letter->code != NULL ? letter->booking->sent_at + EVENT_CONFIRM_SECS : 0;
}

/* What a group can do that is larger than the event. */
static const char *stuck_words(struct mem *mem, const struct event_letter *letter)
{
    const char *way = letter->booking->way;
    const char *other = event_is_online_way(way) ? "person" : "online";
    return mem_format(
        mem,
        "The organiser has made this event smaller. It has %" PRId64 " %s in all, and your "
        "booking takes %" PRId64 ". On its page you can make it fewer people: you keep "
        "your turn on the waiting list.%s",
        event_seats(letter->event, way), event_seats(letter->event, way) == 1 ? "place" : "places",
        letter->booking->seats,
        !event_has_way(letter->event, other) ? ""
        : event_is_online_way(way)
            ? " You can also come in person: cancel your booking there, and book again."
            : " You can also join online: cancel your booking there, and book again.");
}

enum { PARTS_MOST = 12 };

/* The parts in their order; without those that are empty. */
static const struct mail_part *parts_of(struct ctx *ctx, const struct event_letter *letter,
                                        const char *token)
{
    struct mem *mem = ctx->mem;
    const struct event *event = letter->event;
    const struct words *w = &words[letter->kind];
    struct mail_part *parts = mem_array(mem, struct mail_part, PARTS_MOST);
    int count = 0;
    if (w->first[0] != '\0')
        parts[count++] = paragraph(w->first);
    if (letter->code != NULL)
        parts[count++] = (struct mail_part)MAIL_CODE(letter->code);
    parts[count++] = (struct mail_part)MAIL_HEADING(event->title);
    parts[count++] = paragraph(event_when(mem, event->starts_at, event->ends_at));
    if (!event_is_online_way(letter->booking->way))
        parts[count++] = paragraph(event->place);
    if (letter->kind == EVENT_LETTER_OFFER)
        parts[count++] = paragraph(mem_format(mem, "We keep it for you until %s.",
                                              time_show(mem, letter->booking->offered_until)));
    if (letter->kind == EVENT_LETTER_STUCK)
        parts[count++] = paragraph(stuck_words(mem, letter));
    if (letter->kind == EVENT_LETTER_CANCELLED)
        parts[count++] = paragraph(event->cancel_reason);
    parts[count++] = (struct mail_part)MAIL_BUTTON(
        w->button, mem_format(mem, "/events/mine/%s%s", token,
                              letter->kind == EVENT_LETTER_THANKS ? "/feedback" : ""));
    if (w->last[0] != '\0')
        parts[count++] = paragraph(w->last);
    parts[count] = (struct mail_part)MAIL_END;
    return parts;
}

enum status event_mail(struct ctx *ctx, const struct event_letter *letter)
{
    const char *token;
    const struct words *w = &words[letter->kind];
    TRY(event_token(ctx, letter->booking->id, &token));
    return mail_put(ctx, &(const struct mail){.kind = w->kind,
                                              .key = key_of(ctx, letter),
                                              .about = letter->booking->reference,
                                              .to_address = letter->booking->email,
                                              .subject = mem_format(ctx->mem, "%s: %s", w->subject,
                                                                    letter->event->title),
                                              .expires_at = expires_at(letter),
                                              .parts = parts_of(ctx, letter, token)});
}
