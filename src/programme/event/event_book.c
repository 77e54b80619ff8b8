/* SPDX-License-Identifier: MIT */
/* event_book.c - a booking is sent, and its address is proven by a code, a button or a session. */
#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/event/event_internal.h"

#include <inttypes.h>

enum { REFERENCE_ATTEMPTS = 8, TOKEN_CHARS = 32 };

/* ---- the secret that follows from the number of a booking ---- */

enum status event_token(struct ctx *ctx, int64_t booking_id, const char **out)
{
    unsigned char key[HASH_KEY_BYTES];
    TRY(access_key(ctx, key));
    const char *text = mem_format(ctx->mem, "event link %" PRId64 " ", booking_id);
    *out = mem_text_part(ctx->mem, hash_keyed(ctx->mem, key, text, strlen(text)), TOKEN_CHARS);
    return OK;
}

/* ---- rules ---- */

/* The way that is meant: where there is only one it need not be said. */
static const char *way_of(const struct event *event, const struct event_booking_draft *draft)
{
    return strcmp(event->mode, "both") == 0 ? draft->way : event->mode;
}

static enum status find_bookable(struct ctx *ctx, const char *reference,
                                 struct form_problems *problems, struct event *out)
{
    enum status status = event_find(ctx, reference, out);
    if (status == OK && event_is_bookable(ctx, out))
        return OK;
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    form_wrong(problems, "event", "This event can no longer be booked. Choose another one");
    ctx->fault = NULL;
    return ctx_fail(ctx, ERR_INVALID, "event \"%s\" cannot be booked", reference);
}

void event_check_people(struct ctx *ctx, const struct event *event, const char *way,
                        const struct event_size *size, struct form_problems *problems)
{
    int64_t seats = event_seats_for(event, size->people.n, size->carers.n);
    if (size->carers.n > size->people.n)
        form_wrong(problems, "carers", "There can be one carer for each person at most");
    if (seats > event_seats(event, way))
        form_wrong(problems, "people",
                   mem_format(ctx->mem, "There are only %" PRId64 " places in all",
                              event_seats(event, way)));
}

enum status event_check_booking(struct ctx *ctx, const struct event_booking_draft *draft,
                                struct form_problems *problems)
{
    struct event event;
    enum status status = find_bookable(ctx, draft->event, problems, &event);
    if (status == ERR_INVALID) {
        ctx->fault = NULL;
        return OK; /* the problem says it */
    }
    TRY(status);
    const char *way = way_of(&event, draft);
    if (!event_has_way(&event, way)) {
        form_wrong(problems, "way", "Choose whether you come in person or join online");
        return OK;
    }
    event_check_people(ctx, &event, way, &(const struct event_size){draft->people, draft->carers},
                       problems);
    return OK;
}

/* ---- an address is proven ---- */

/* The booking of its address that counts, if another does.  ERR_NOT_FOUND: none. */
static enum status find_other(struct ctx *ctx, const struct event_booking *it,
                              struct event_booking *out)
{
    struct event_booking_live_row row;
    TRY(event_booking_live(ctx, it->organisation_id, it->event_id, it->email_key, &row));
    return row.id == it->id
               ? ERR_NOT_FOUND
               : event_booking_get(ctx, it->organisation_id, it->event_id, row.id, out);
}

/* A booking gets seats, or joins the line. */
static enum status join(struct ctx *ctx, const struct event *event,
                        const struct event_booking *booking)
{
    struct event_place place;
    TRY(event_place_read(ctx, event, booking->way, &place));
    bool has_seats = event_line_has(&place.line, booking->seats);
    if (!has_seats && place.line.count >= EVENT_WAITERS_MAX)
        return ctx_fail(ctx, ERR_CONFLICT, "the line of \"%s\" is full", event->reference);
    if (has_seats)
        place.line.booked += booking->seats;
    TRY(event_booking_enter(ctx, event->organisation_id, event->id, booking->id,
                            has_seats ? "booked" : "waiting", place.next_turn,
                            event_is_within_week(ctx, event->starts_at),
                            event_is_within_day(ctx, event->starts_at), event->sequence, NULL));
    TRY(event_place_write(ctx, &place));
    return event_mail(
        ctx, &(const struct event_letter){has_seats ? EVENT_LETTER_BOOKED : EVENT_LETTER_WAITING,
                                          event, booking, NULL});
}

/* The event may be another one than when the booking was sent: carers take seats now, a way of
 * coming is gone, the room is smaller.  ERR_CONFLICT: it can never be had. */
static enum status fit(struct ctx *ctx, const struct event *event, struct event_booking *it)
{
    int64_t seats = event_seats_for(event, it->people, it->carers);
    if (!event_is_bookable(ctx, event) || !event_has_way(event, it->way) ||
        seats > event_seats(event, it->way))
        return ctx_fail(ctx, ERR_CONFLICT, "event \"%s\" cannot be booked so", event->reference);
    if (seats == it->seats)
        return OK;
    it->seats = seats;
    return event_booking_resize(ctx, it->organisation_id, it->event_id, it->id, it->people,
                                it->carers, seats, NULL);
}

enum status event_enter(struct ctx *ctx, const struct event_booking *booking,
                        struct event_booking *booking_out)
{
    struct event event;
    struct event_booking it = *booking;
    *booking_out = *booking;
    if (booking->state != EVENT_UNCONFIRMED)
        return OK;
    enum status status = find_other(ctx, booking, booking_out);
    if (status != ERR_NOT_FOUND)
        return status;
    TRY(event_of(ctx, booking, &event));
    TRY(fit(ctx, &event, &it));
    TRY(join(ctx, &event, &it));
    return event_booking_get(ctx, booking->organisation_id, booking->event_id, booking->id,
                             booking_out);
}

/* ---- sending ---- */

struct booking {
    const struct event_booking_draft *draft;
    struct form_problems *problems;
    struct event event;
    const char *way, *reference;
    struct proof_code code;
    struct event_booking kept;
};

static enum status add_row(struct ctx *ctx, struct booking *b, int64_t id)
{
    const char *token;
    const struct event_booking_draft *d = b->draft;
    int64_t seats = event_seats_for(&b->event, d->people.n, d->carers.n);
    TRY(event_token(ctx, id, &token));
    TRY(proof_code_new(ctx, &event_proof, mem_format(ctx->mem, "%" PRId64, id), &b->code));
    for (int attempt = 0; attempt < REFERENCE_ATTEMPTS; attempt++) {
        int64_t changes;
        b->reference = id_reference_new(ctx->mem, "EB");
        TRY(event_booking_add(
            ctx, b->event.organisation_id, b->event.id, id, b->reference, b->way, d->people.n,
            d->carers.n, seats, d->name, d->email, text_email_key(ctx->mem, d->email),
            ctx->now_secs, hash_token(ctx->mem, token), b->code.hash, b->event.sequence, &changes));
        if (changes == 1)
            return OK;
    }
    return ctx_fail(ctx, ERR_BUSY, "no free reference was found");
}

/* Whether the address is that of who is signed in. */
static enum status is_own(struct ctx *ctx, const char *email, bool *out)
{
    struct access_person person;
    *out = false;
    if (ctx->person.n == 0)
        return OK;
    TRY(access_person_get(ctx, ctx->person, &person));
    *out = strcmp(text_email_key(ctx->mem, person.email), text_email_key(ctx->mem, email)) == 0;
    return OK;
}

static enum status check_address(struct ctx *ctx, struct booking *b, bool is_own_address,
                                 bool *has_live)
{
    struct event_booking_live_row live;
    const char *email_key = text_email_key(ctx->mem, b->draft->email);
    enum status status =
        event_booking_live(ctx, b->event.organisation_id, b->event.id, email_key, &live);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    *has_live = status == OK;
    if (!is_own_address || !*has_live)
        return proof_check_mails(ctx, &event_proof, email_key, b->problems);
    form_wrong(b->problems, "email",
               "You have booked this event already. You find it in your account");
    return ctx_fail(ctx, ERR_INVALID, "the address has a booking that counts");
}

/* Runs inside a transaction, perhaps more than once. */
static enum status book_once(struct ctx *ctx, void *arg)
{
    struct booking *b = arg;
    struct event_booking counts;
    bool is_own_address, has_live;
    int64_t id = id_new(ctx);
    TRY(find_bookable(ctx, b->draft->event, b->problems, &b->event));
    b->way = way_of(&b->event, b->draft);
    TRY(is_own(ctx, b->draft->email, &is_own_address));
    TRY(check_address(ctx, b, is_own_address, &has_live));
    TRY(add_row(ctx, b, id));
    if (b->draft->needs[0] != '\0')
        TRY(event_need_add(ctx, b->event.organisation_id, b->event.id, id, b->draft->needs, NULL));
    TRY(event_booking_get(ctx, b->event.organisation_id, b->event.id, id, &b->kept));
    if (is_own_address)
        return event_enter(ctx, &b->kept, &counts);
    return event_mail(
        ctx, &(const struct event_letter){has_live ? EVENT_LETTER_AGAIN : EVENT_LETTER_CONFIRM,
                                          &b->event, &b->kept, b->code.code});
}

enum status event_book(struct ctx *ctx, const struct event_booking_draft *draft,
                       struct form_problems *problems, const char **reference_out)
{
    struct booking b = {.draft = draft, .problems = problems};
    TRY(event_check_booking(ctx, draft, problems));
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "a booking breaks its rules");
    enum status status = store_transact(ctx, "event_book", book_once, &b);
    if (status == ERR_CONFLICT) {
        form_wrong(problems, "event", "This event, and the line for it, are full");
        return ERR_INVALID;
    }
    TRY(status);
    *reference_out = b.reference;
    return OK;
}

/* ---- by the link ---- */

static enum status own_link(struct ctx *ctx, const char *token, struct event_booking *out)
{
    struct event_booking_by_link_row link;
    TRY(event_booking_by_link(ctx, hash_token(ctx->mem, token), &link));
    return event_booking_get(ctx, link.organisation_id, link.event_id, link.id, out);
}

enum status event_link_open(struct ctx *ctx, const char *token, struct event_booking *out)
{
    struct event_booking other;
    TRY(own_link(ctx, token, out));
    if (out->state != EVENT_UNCONFIRMED)
        return OK;
    if (proof_link_is_old(ctx, &event_proof, out->sent_at))
        return ctx_fail(ctx, ERR_CONFLICT, "the link is too old");
    enum status status = find_other(ctx, out, &other);
    if (status == OK)
        *out = other;
    return status == ERR_NOT_FOUND ? OK : status;
}

static enum status press_once(struct ctx *ctx, void *arg)
{
    struct event_booking it, counts;
    TRY(event_link_open(ctx, arg, &it));
    return event_enter(ctx, &it, &counts);
}

enum status event_link_confirm(struct ctx *ctx, const char *token)
{
    return store_transact(ctx, "event_link_confirm", press_once, mem_text(ctx->mem, token));
}

/* ---- by the code ---- */

static enum status take_code(struct ctx *ctx, const char *reference, struct proof_typed *out)
{
    struct event event;
    struct event_booking booking, counts;
    TRY(event_booking_find(ctx, reference, &booking));
    TRY(event_of(ctx, &booking, &event));
    if (booking.state == EVENT_UNCONFIRMED && !event_is_bookable(ctx, &event)) {
        out->outcome = PROOF_OVER;
        return OK;
    }
    TRY(event_enter(ctx, &booking, &counts));
    return event_token(ctx, counts.id, &out->token);
}

const struct proof_kind event_proof = {
    .name = "event_type",
    .sealed_as = "event code",
    .code = &event_code_query,
    .tries = &event_tries_of_query,
    .wrong = &event_note_wrong_query,
    .forget = &event_forget_callers_query,
    .mails = &event_mails_query,
    .link_secs = EVENT_CONFIRM_SECS,
    .right = take_code,
};
