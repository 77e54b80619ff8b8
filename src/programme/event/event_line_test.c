/* SPDX-License-Identifier: MIT */
/*
 * event_line_test.c - the rule of places, against a model that is too simple to be wrong.
 *
 * The model does not know lines of waiters and offers: it keeps every booking that there ever was
 * in one list with a word for its state, and finds by looking at all of them what must hold.
 */
#include "programme/event/event_line.h"

#include "platform/base/random.h"
#include "platform/base/test.h"

enum { PEOPLE = 60, STEPS = 400, SEEDS = 60, LONG_AGO = 1000 };

enum where { NOWHERE, HAS, WAITS, OFFERED, GONE, LAPSED };

struct one {
    enum where where;
    int64_t seats, until, offers;
    bool is_stuck; /* and was told */
    int64_t told;
};

struct model {
    struct ctx *ctx;
    struct random_seeded chance;
    int64_t capacity, now, closes_at;
    struct one people[PEOPLE]; /* in the order in which they came */
    size_t count;
};

static int64_t seats_of(const struct model *m, enum where where)
{
    int64_t seats = 0;
    for (size_t i = 0; i < m->count; i++)
        seats += m->people[i].where == where ? m->people[i].seats : 0;
    return seats;
}

/* The line as the program has it. */
static struct event_line line_of(const struct model *m, struct event_waiter *room)
{
    struct event_line line = {.capacity = m->capacity, .booked = seats_of(m, HAS), .waiters = room};
    for (size_t i = 0; i < m->count; i++)
        if (m->people[i].where == WAITS || m->people[i].where == OFFERED)
            room[line.count++] = (struct event_waiter){.id = (int64_t)i,
                                                       .seats = m->people[i].seats,
                                                       .offered_until = m->people[i].until,
                                                       .is_stuck = m->people[i].is_stuck};
    return line;
}

/* What the rule did to the line happens to the people. */
static void take_back(struct model *m, const struct event_line *line)
{
    struct ctx *ctx = m->ctx;
    for (size_t i = 0; i < line->count; i++) {
        const struct event_waiter *waiter = &line->waiters[i];
        struct one *one = &m->people[waiter->id];
        CHECK(!waiter->is_lapsed || (one->where == OFFERED && one->until <= m->now));
        CHECK(!waiter->is_new_offer || (one->where == WAITS && !waiter->is_lapsed));
        CHECK(!waiter->has_turned || waiter->is_stuck != one->is_stuck);
        CHECK(waiter->has_turned || waiter->is_stuck == one->is_stuck);
        one->told += waiter->has_turned && waiter->is_stuck;
        one->is_stuck = waiter->is_stuck;
        one->offers += waiter->is_new_offer;
        one->where = waiter->is_lapsed ? LAPSED : waiter->offered_until != 0 ? OFFERED : WAITS;
        one->until = waiter->is_lapsed ? 0 : waiter->offered_until;
    }
}

/* Never over capacity; what is free is on offer; nobody twice; nobody lost; nobody waits for what
 * cannot come without knowing it, and nobody is told so who may still hope. */
static void look(const struct model *m)
{
    struct ctx *ctx = m->ctx;
    int64_t left = m->capacity - seats_of(m, HAS) - seats_of(m, OFFERED);
    CHECK(left >= 0);
    for (size_t i = 0; i < m->count; i++) {
        const struct one *one = &m->people[i];
        CHECK(one->where != NOWHERE && one->offers <= 1);
        CHECK((one->where == OFFERED) == (one->until != 0));
        CHECK(one->where != OFFERED || one->until > m->now);
        CHECK(one->where != WAITS || one->seats > left || m->now >= m->closes_at);
        CHECK(one->where != WAITS || one->is_stuck == (one->seats > m->capacity) ||
              m->now >= m->closes_at);
    }
}

/* Whoever got an offer now was the first that fitted: nobody before them waits who would have. */
static void look_at_order(const struct model *m, const struct model *before)
{
    struct ctx *ctx = m->ctx;
    for (size_t i = 0; i < m->count; i++)
        if (m->people[i].offers > before->people[i].offers)
            for (size_t j = 0; j < i; j++)
                CHECK(m->people[j].where != WAITS || m->people[j].seats > m->people[i].seats);
}

static void settle(struct model *m)
{
    struct event_waiter room[PEOPLE];
    struct model before = *m;
    struct event_line line = line_of(m, room);
    event_line_settle(&line, m->now, event_line_offer_end(m->now, m->closes_at));
    take_back(m, &line);
    look(m);
    look_at_order(m, &before);
}

static void somebody_comes(struct model *m)
{
    struct event_waiter room[PEOPLE];
    struct event_line line = line_of(m, room);
    int64_t seats = 1 + (int64_t)random_seeded_below(&m->chance, 6);
    if (m->count == PEOPLE || seats > m->capacity)
        return;
    bool has = event_line_has(&line, seats);
    m->people[m->count++] = (struct one){.where = has ? HAS : WAITS, .seats = seats};
}

static struct one *anybody(struct model *m)
{
    return m->count == 0 ? NULL : &m->people[random_seeded_below(&m->chance, m->count)];
}

static void somebody_leaves(struct model *m)
{
    struct one *one = anybody(m);
    if (one == NULL || (one->where != HAS && one->where != WAITS && one->where != OFFERED))
        return;
    one->where = GONE;
    one->until = 0;
    one->is_stuck = false;
}

static void somebody_says_yes(struct model *m)
{
    struct one *one = anybody(m);
    if (one == NULL || one->where != OFFERED)
        return;
    one->where = HAS;
    one->until = 0;
}

static void a_group_shrinks(struct model *m)
{
    struct one *one = anybody(m);
    if (one == NULL || one->where == GONE || one->where == LAPSED || one->seats == 1)
        return;
    int64_t fewer = 1 + (int64_t)random_seeded_below(&m->chance, (uint32_t)one->seats - 1);
    if (fewer > m->capacity)
        return; /* event_check_people */
    one->seats = fewer;
    one->is_stuck = false;
}

static void seats_change(struct model *m)
{
    struct event_waiter room[PEOPLE];
    struct event_line line = line_of(m, room);
    int64_t wanted = (int64_t)random_seeded_below(&m->chance, 14);
    if (random_seeded_below(&m->chance, 2) == 0) /* as few as can be */
        wanted = seats_of(m, HAS) + seats_of(m, OFFERED);
    if (!event_line_holds(&line, wanted))
        return;
    size_t count = 0;
    for (size_t i = 0; i < m->count; i++)
        count += m->people[i].where == WAITS && m->people[i].seats > wanted &&
                 m->people[i].seats <= m->capacity;
    struct ctx *ctx = m->ctx;
    CHECK(m->now >= m->closes_at || event_line_would_stick(&line, wanted).count == count);
    m->capacity = wanted;
}

static void step(struct model *m)
{
    static void (*const acts[])(struct model * m) = {somebody_comes,  somebody_comes,
                                                     somebody_leaves, somebody_says_yes,
                                                     a_group_shrinks, seats_change};
    m->now += (int64_t)random_seeded_below(&m->chance, 12) * 3600;
    settle(m); /* what is over at this time */
    acts[random_seeded_below(&m->chance, sizeof acts / sizeof acts[0])](m);
    settle(m);
}

TEST(places_are_given_right_in_every_order_of_acts)
{
    int64_t offers = 0, lapsed = 0, waiting = 0, told = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
        struct model m = {.ctx = ctx,
                          .chance = random_seeded(mem_format(ctx->mem, "places %d", seed)),
                          .capacity = 8,
                          .now = LONG_AGO,
                          .closes_at = LONG_AGO + (int64_t)(10 + seed % 60) * 86400};
        for (int i = 0; i < STEPS; i++)
            step(&m);
        for (size_t i = 0; i < m.count; i++)
            offers += m.people[i].offers, told += m.people[i].told;
        lapsed += seats_of(&m, LAPSED);
        waiting += seats_of(&m, WAITS);
    }
    CHECK(offers > 500 && lapsed > 100 && waiting > 10 &&
          told > 20); /* the model went everywhere */
}

TEST(a_free_place_goes_to_the_first_group_that_fits)
{
    struct event_waiter waiters[] = {
        {.id = 1, .seats = 4}, {.id = 2, .seats = 2}, {.id = 3, .seats = 1}, {.id = 4, .seats = 2}};
    struct event_line line = {.capacity = 10, .booked = 7, .waiters = waiters, .count = 4};
    event_line_settle(&line, 100, 200);
    CHECK(!waiters[0].is_new_offer && waiters[1].is_new_offer && waiters[2].is_new_offer);
    CHECK(!waiters[3].is_new_offer && event_line_free(&line) == 0);
    CHECK(event_line_position(&line, 1) == 1 && event_line_position(&line, 4) == 2);
    CHECK(event_line_position(&line, 2) == 0 && event_line_next_end(&line) == 200);
    event_line_settle(&line, 200, 300); /* nobody answered: the next that fit */
    CHECK(waiters[1].is_lapsed && waiters[2].is_lapsed && waiters[3].is_new_offer);
    CHECK(event_line_free(&line) == 1 && !event_line_has(&line, 2) && event_line_has(&line, 1));
    CHECK(event_line_holds(&line, 9) && !event_line_holds(&line, 8));
}

TEST(who_waits_for_more_than_there_is_knows_it_and_keeps_the_turn)
{
    struct event_waiter waiters[] = {{.id = 1, .seats = 4}, {.id = 2, .seats = 2}};
    struct event_line line = {.capacity = 5, .booked = 3, .waiters = waiters + 0, .count = 1};
    CHECK(event_line_would_stick(&line, 3).count == 1 &&
          event_line_would_stick(&line, 3).most == 4);
    line.capacity = 3;
    event_line_settle(&line, 100, 200);
    CHECK(waiters[0].is_stuck && waiters[0].has_turned && event_line_position(&line, 1) == 1);
    CHECK(event_line_would_stick(&line, 2).count == 0); /* it knows already */
    event_line_settle(&line, 110, 200);
    CHECK(waiters[0].is_stuck && !waiters[0].has_turned); /* told once */
    line.count = 2;
    line.capacity = 5;
    event_line_settle(&line, 120, 200);
    CHECK(!waiters[0].is_stuck && waiters[0].has_turned && waiters[1].is_new_offer);
    line.capacity = 2;
    event_line_settle(&line, 200, 200); /* it has begun: nobody is told any more */
    CHECK(!waiters[0].is_stuck);
}

TEST(an_offer_never_stands_longer_than_half_of_the_time_that_is_left)
{
    CHECK(event_line_offer_end(0, 30 * 86400) == EVENT_OFFER_SECS);
    CHECK(event_line_offer_end(1000, 1000 + 7200) == 1000 + 3600);
    CHECK(event_line_offer_end(1000, 1000) == 1000 && event_line_offer_end(1000, 0) == 1000);
}
