/* SPDX-License-Identifier: MIT */
/* event_book.c - a booking is sent, and its address is proven by a code, a button or a session. */
#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/event/event_internal.h"

#include <inttypes.h>

enum { CODES_COUNT = 1000000, REFERENCE_ATTEMPTS = 8, TOKEN_CHARS = 32 };

/* ---- secrets that follow from the number of a booking ---- */

static enum status keyed(struct ctx *ctx, const char *what, int64_t id, const char *more,
                         const char **out)
{
    unsigned char key[HASH_KEY_BYTES];
    TRY(access_key(ctx, key));
    const char *text = mem_format(ctx->mem, "event %s %" PRId64 " %s", what, id, more);
    *out = hash_keyed(ctx->mem, key, text, strlen(text));
    return OK;
}

enum status event_token(struct ctx *ctx, int64_t booking_id, const char **out)
{
    TRY(keyed(ctx, "link", booking_id, "", out));
    *out = mem_format(ctx->mem, "%.*s", TOKEN_CHARS, *out);
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
    struct event_booking_before_row row;
    TRY(event_booking_before(ctx, it->organisation_id, it->event_id, it->email_key, INT64_MAX,
                             INT64_MAX, &row));
    if (row.live_id == NULL || *row.live_id == it->id)
        return ERR_NOT_FOUND;
    return event_booking_get(ctx, it->organisation_id, it->event_id, *row.live_id, out);
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
    const char *way, *reference, *code;
    struct event_booking kept;
};

static enum status add_row(struct ctx *ctx, struct booking *b, int64_t id)
{
    const char *token, *code_hash;
    const struct event_booking_draft *d = b->draft;
    int64_t seats = event_seats_for(&b->event, d->people.n, d->carers.n);
    b->code = mem_format(ctx->mem, "%0*u", EVENT_CODE_DIGITS, random_below(CODES_COUNT));
    TRY(event_token(ctx, id, &token));
    TRY(keyed(ctx, "code", id, b->code, &code_hash));
    for (int attempt = 0; attempt < REFERENCE_ATTEMPTS; attempt++) {
        int64_t changes;
        b->reference = id_reference_new(ctx->mem, "EB");
        TRY(event_booking_add(ctx, b->event.organisation_id, b->event.id, id, b->reference, b->way,
                              d->people.n, d->carers.n, seats, d->name, d->email,
                              text_email_key(ctx->mem, d->email), ctx->now_secs,
                              hash_token(ctx->mem, token), code_hash, b->event.sequence, &changes));
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
    struct event_booking_before_row before;
    TRY(event_booking_before(
        ctx, b->event.organisation_id, b->event.id, text_email_key(ctx->mem, b->draft->email),
        ctx->now_secs - TIME_HOUR_SECS, ctx->now_secs - TIME_DAY_SECS, &before));
    *has_live = before.live_id != NULL;
    if (is_own_address && *has_live)
        form_wrong(b->problems, "email",
                   "You have booked this event already. You find it in your account");
    else if (before.hour_count >= EVENT_MAILS_AN_HOUR || before.day_count >= EVENT_MAILS_A_DAY)
        form_wrong(b->problems, "email",
                   "Too many messages went to this address. Wait an hour, and send it again");
    return b->problems->count == 0 ? OK : ctx_fail(ctx, ERR_INVALID, "the address cannot book now");
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
                                          &b->event, &b->kept, b->code});
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
    if (out->sent_at + EVENT_CONFIRM_SECS <= ctx->now_secs)
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

struct typed {
    const struct event_typing *typing;
    const char *code, *token;
    enum event_outcome outcome;
};

static enum event_outcome outlook(const struct ctx *ctx, const struct event_booking_row_row *row)
{
    if (row->code_hash[0] == '\0' || row->sent_at + EVENT_CODE_SECS <= ctx->now_secs)
        return EVENT_OVER;
    return row->code_tries >= EVENT_CODE_TRIES ? EVENT_TOO_OFTEN : EVENT_RIGHT;
}

/* The code is right. */
static enum status take_code(struct ctx *ctx, struct typed *typed,
                             const struct event_booking *booking)
{
    struct event event;
    struct event_booking counts;
    TRY(event_of(ctx, booking, &event));
    typed->outcome = booking->state == EVENT_UNCONFIRMED && !event_is_bookable(ctx, &event)
                         ? EVENT_OVER
                         : EVENT_RIGHT;
    if (typed->outcome == EVENT_OVER)
        return OK;
    TRY(event_enter(ctx, booking, &counts));
    return event_token(ctx, counts.id, &typed->token);
}

/* Runs inside a transaction, perhaps more than once.  A wrong code is OK: the try must stay. */
static enum status type_once(struct ctx *ctx, void *arg)
{
    const char *hash;
    struct typed *typed = arg;
    struct event_booking booking;
    struct event_booking_row_row row;
    struct event_tries_of_row tries;
    struct event_booking_by_reference_row found;
    TRY(event_booking_by_reference(ctx, typed->typing->reference, &found));
    TRY(event_tries_of(ctx, typed->typing->caller, ctx->now_secs - TIME_HOUR_SECS, &tries));
    typed->outcome = EVENT_WAIT;
    if (tries.wrong >= EVENT_CALLER_WRONG_AN_HOUR)
        return OK;
    TRY(event_booking_row(ctx, found.organisation_id, found.event_id, found.id, &row));
    typed->outcome = outlook(ctx, &row);
    if (typed->outcome != EVENT_RIGHT)
        return OK;
    TRY(keyed(ctx, "code", row.id, typed->code, &hash));
    if (!hash_is_equal(hash, row.code_hash)) {
        typed->outcome = row.code_tries + 1 < EVENT_CODE_TRIES ? EVENT_WRONG : EVENT_TOO_OFTEN;
        return event_note_wrong(ctx, row.organisation_id, row.event_id, row.id,
                                typed->typing->caller, ctx->now_secs, NULL);
    }
    TRY(event_booking_get(ctx, row.organisation_id, row.event_id, row.id, &booking));
    return take_code(ctx, typed, &booking);
}

enum status event_type(struct ctx *ctx, const struct event_typing *typing, enum event_outcome *out,
                       const char **token_out)
{
    char code[EVENT_CODE_DIGITS + 1];
    struct typed typed = {.typing = typing, .code = code};
    if (!text_squeeze(typing->code, code, sizeof code) ||
        strspn(code, "0123456789") != EVENT_CODE_DIGITS)
        return ctx_fail(ctx, ERR_INVALID, "a code has %d digits", EVENT_CODE_DIGITS);
    TRY(store_transact(ctx, "event_type", type_once, &typed));
    *out = typed.outcome;
    *token_out = typed.token;
    return OK;
}
