/* SPDX-License-Identifier: MIT */
/*
 * event_store_test.c - the same acts through the front door and the store, beside a model that does
 * by hand what event_line.h says, booking by booking.
 */
#include "platform/base/random.h"
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/event/event_internal.h"
#include "programme/event/event_test_help.h"

enum { PEOPLE = 40, STEPS = 90, SEEDS = 6, SEATS = 5 };

struct one {
    struct event_booking booking;
    enum event_booking_state state;
    int64_t seats, until;
    bool is_stuck;
};

struct model {
    struct ctx *ctx;
    struct random_seeded chance;
    const char *event;
    int64_t capacity, starts_at;
    struct one people[PEOPLE];
    size_t count;
    int64_t stuck, freed; /* how often somebody was told so */
};

static bool holds_seats(const struct one *one)
{
    return one->state == EVENT_BOOKED || one->state == EVENT_OFFERED;
}

static int64_t left_in(const struct model *m)
{
    int64_t left = m->capacity;
    for (size_t i = 0; i < m->count; i++)
        left -= holds_seats(&m->people[i]) ? m->people[i].seats : 0;
    return left;
}

/* The rule, word by word. */
static void settle_model(struct model *m)
{
    int64_t now = m->ctx->now_secs, two_days = now + 2 * TIME_DAY_SECS;
    int64_t half = now + (m->starts_at - now) / 2;
    for (size_t i = 0; i < m->count; i++)
        if (m->people[i].state == EVENT_OFFERED && m->people[i].until <= now)
            m->people[i].state = EVENT_LAPSED;
    for (size_t i = 0; i < m->count && now < m->starts_at; i++) {
        struct one *one = &m->people[i];
        if (one->state != EVENT_WAITING)
            continue;
        bool was_stuck = one->is_stuck;
        one->is_stuck = one->seats > m->capacity;
        m->stuck += one->is_stuck && !was_stuck;
        m->freed += was_stuck && !one->is_stuck && one->seats > left_in(m);
        if (one->seats > left_in(m))
            continue;
        one->state = EVENT_OFFERED;
        one->until = half < two_days ? half : two_days;
    }
}

/* The store says the same, and adds up. */
static void look(struct model *m)
{
    struct ctx *ctx = m->ctx;
    struct event event = event_test_get(ctx, m->event);
    CHECK(event.room_seats == m->capacity && event.room_left == left_in(m) && event.room_left >= 0);
    for (size_t i = 0; i < m->count; i++) {
        struct event_booking now = event_test_now(ctx, &m->people[i].booking);
        if (now.state != m->people[i].state || now.seats != m->people[i].seats)
            fail_msg("booking %zu is %d of %d seats, not %d of %d", i, (int)now.state,
                     (int)now.seats, (int)m->people[i].state, (int)m->people[i].seats);
        CHECK(event_is_stuck(&event, &now) ==
              (m->people[i].is_stuck && now.state == EVENT_WAITING));
        CHECK(now.state != EVENT_OFFERED || now.offered_until == m->people[i].until);
    }
}

static void come(struct model *m)
{
    struct ctx *ctx = m->ctx;
    int64_t seats = 1 + (int64_t)random_seeded_below(&m->chance, 5);
    if (m->count == PEOPLE || seats > m->capacity)
        return;
    settle_model(m);
    bool has = left_in(m) >= seats;
    struct one *one = &m->people[m->count];
    one->booking =
        event_test_book(ctx, m->event, mem_format(ctx->mem, "p%zu@home.example", m->count), seats);
    one->seats = seats;
    one->state = has ? EVENT_BOOKED : EVENT_WAITING;
    m->count++;
}

static struct one *anybody(struct model *m)
{
    return m->count == 0 ? NULL : &m->people[random_seeded_below(&m->chance, m->count)];
}

static void leave(struct model *m)
{
    struct ctx *ctx = m->ctx;
    struct one *one = anybody(m);
    if (one == NULL)
        return;
    CHECK(event_leave(ctx, &one->booking) == OK); /* also of what is over: nothing happens */
    if (one->state == EVENT_OFFERED && one->until <= ctx->now_secs)
        one->state = EVENT_LEFT;
    if (holds_seats(one) || one->state == EVENT_WAITING)
        one->state = EVENT_LEFT;
}

static void say_yes(struct model *m)
{
    struct ctx *ctx = m->ctx;
    struct one *one = anybody(m);
    if (one == NULL)
        return;
    bool may =
        one->state == EVENT_BOOKED || (one->state == EVENT_OFFERED && one->until > ctx->now_secs);
    CHECK(event_accept(ctx, &one->booking) == (may ? OK : ERR_CONFLICT));
    ctx->fault = NULL;
    if (may)
        one->state = EVENT_BOOKED;
}

static void resize(struct model *m)
{
    struct ctx *ctx = m->ctx;
    struct one *one = anybody(m);
    struct form_problems problems = {.count = 0};
    int64_t seats = 1 + (int64_t)random_seeded_below(&m->chance, 5);
    if (one == NULL || (!holds_seats(one) && one->state != EVENT_WAITING))
        return;
    settle_model(m);
    bool may =
        (holds_seats(one) || one->state == EVENT_WAITING) && seats <= m->capacity &&
        (seats <= one->seats || (one->state == EVENT_BOOKED && left_in(m) >= seats - one->seats));
    const struct event_size size = {{true, seats}, {false, 0}};
    enum status status = event_resize(ctx, &one->booking, &size, &problems);
    CHECK((status == OK) == may);
    ctx->fault = NULL;
    if (may) {
        one->seats = seats;
        one->is_stuck = false;
    }
}

static void change_seats(struct model *m)
{
    struct ctx *ctx = m->ctx;
    struct form_problems problems = {.count = 0};
    settle_model(m);
    int64_t wanted = 1 + (int64_t)random_seeded_below(&m->chance, 9);
    if (random_seeded_below(&m->chance, 2) == 0 && left_in(m) < m->capacity)
        wanted = m->capacity - left_in(m); /* as few as can be */
    struct event_draft draft = event_test_draft(wanted, 0);
    int64_t sticks = 0;
    struct event event = event_test_get(ctx, m->event);
    bool may = wanted >= m->capacity - left_in(m);
    for (size_t i = 0; i < m->count; i++)
        sticks += m->people[i].state == EVENT_WAITING && !m->people[i].is_stuck &&
                  m->people[i].seats > wanted;
    if (may && sticks > 0) { /* not before the organiser says so */
        CHECK(event_change(ctx, &event, &draft, &problems) == ERR_INVALID);
        CHECK(form_problem_of(&problems, "strands") != NULL);
        ctx->fault = NULL;
        problems.count = 0;
        draft.strands = FORM_YES;
    }
    CHECK(event_change(ctx, &event, &draft, &problems) == (may ? OK : ERR_INVALID));
    CHECK(may || form_problem_of(&problems, "room_seats") != NULL);
    ctx->fault = NULL;
    if (may)
        m->capacity = wanted;
}

static enum status settle_store(struct ctx *ctx, void *arg)
{
    return event_settle_all(ctx, arg);
}

static void step(struct model *m)
{
    static void (*const acts[])(struct model * m) = {
        come, come, come, leave, leave, say_yes, resize, change_seats, change_seats, change_seats};
    struct ctx *ctx = m->ctx;
    ctx->now_secs += (int64_t)random_seeded_below(&m->chance, 5) * TIME_HOUR_SECS;
    acts[random_seeded_below(&m->chance, sizeof acts / sizeof acts[0])](m);
    /* What the job does at the end of an offer. */
    struct event event = event_test_get(ctx, m->event);
    CHECK(store_transact(ctx, "settle", settle_store, &event) == OK);
    settle_model(m);
    look(m);
}

TEST(the_store_gives_places_as_the_model_does)
{
    int64_t stuck = 0, freed = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
        struct model m = {.ctx = ctx,
                          .chance = random_seeded(mem_format(ctx->mem, "store %d", seed)),
                          .event = event_test_make(ctx, SEATS, 0),
                          .capacity = SEATS,
                          .stuck = stuck,
                          .freed = freed};
        m.starts_at = event_test_get(ctx, m.event).starts_at;
        for (int i = 0; i < STEPS; i++)
            step(&m);
        stuck = m.stuck, freed = m.freed;
        CHECK(event_test_mails(ctx, "event.stuck") == stuck);
        CHECK(event_test_mails(ctx, "event.freed") == freed);
    }
    CHECK(stuck > 2);
    CHECK(event_test_mails(ctx, "event.offer") > 5 && event_test_mails(ctx, "event.lapsed") > 0);
}
