/* SPDX-License-Identifier: MIT */
/*
 * pledge_state.c - where a pledge may go from where it stands.
 *
 * One table says which event is allowed in which state; everything else that moves a pledge asks
 * it.  If you add a state or an event, also extend the walk in pledge_state_test.c.
 */
#include "programme/pledge/pledge.h"

#include <string.h>

#define IN(state) (1u << (state))

static const struct {
    const char *code, *text;
} states[] = {
    [PLEDGE_NONE] = {"none", "Not sent yet"},
    [PLEDGE_AWAITING] = {"awaiting", "Waiting for signatures"},
    [PLEDGE_SIGNED] = {"signed", "Signed"},
    [PLEDGE_ACKNOWLEDGED] = {"acknowledged", "Countersigned"},
    [PLEDGE_PUBLISHED] = {"published", "In force"},
    [PLEDGE_RETURNED] = {"returned", "Returned"},
    [PLEDGE_WITHDRAWN] = {"withdrawn", "Withdrawn"},
    [PLEDGE_UNDER_REVIEW] = {"under-review", "Under review"},
    [PLEDGE_RENEWED] = {"renewed", "Renewed"},
    [PLEDGE_LAPSED] = {"lapsed", "Lapsed"},
};

enum { STATE_COUNT = sizeof states / sizeof states[0] };

static const struct {
    const char *code;
    unsigned allowed_in;    /* states in which it may happen                              */
    enum pledge_state next; /* PLEDGE_NONE: follows from who has signed (after_signature) */
} events[PLEDGE_EVENT_KINDS] = {
    [PLEDGE_SENT] = {"sent", IN(PLEDGE_NONE), PLEDGE_AWAITING},
    [PLEDGE_LEADER_SIGNED] = {"leader-signed", IN(PLEDGE_AWAITING), PLEDGE_NONE},
    [PLEDGE_COSIGNER_SIGNED] = {"cosigner-signed", IN(PLEDGE_AWAITING), PLEDGE_NONE},
    [PLEDGE_DECLINED] = {"declined", IN(PLEDGE_AWAITING), PLEDGE_RETURNED},
    [PLEDGE_WAS_ACKNOWLEDGED] = {"acknowledged", IN(PLEDGE_SIGNED), PLEDGE_ACKNOWLEDGED},
    [PLEDGE_WAS_PUBLISHED] = {"published", IN(PLEDGE_ACKNOWLEDGED), PLEDGE_PUBLISHED},
    [PLEDGE_WAS_RETURNED] = {"returned",
                             IN(PLEDGE_AWAITING) | IN(PLEDGE_SIGNED) | IN(PLEDGE_ACKNOWLEDGED),
                             PLEDGE_RETURNED},
    [PLEDGE_SENT_AGAIN] = {"sent-again", IN(PLEDGE_RETURNED), PLEDGE_AWAITING},
    [PLEDGE_WAS_WITHDRAWN] = {"withdrawn",
                              IN(PLEDGE_AWAITING) | IN(PLEDGE_SIGNED) | IN(PLEDGE_ACKNOWLEDGED) |
                                  IN(PLEDGE_PUBLISHED) | IN(PLEDGE_RETURNED),
                              PLEDGE_WITHDRAWN},
};

const char *pledge_state_code(enum pledge_state state)
{
    return states[state].code;
}

const char *pledge_state_text(enum pledge_state state)
{
    return states[state].text;
}

enum pledge_state pledge_state_of(const char *code)
{
    for (int state = 0; state < STATE_COUNT; state++) {
        if (strcmp(states[state].code, code) == 0)
            return (enum pledge_state)state;
    }
    return PLEDGE_NONE;
}

const char *pledge_event_code(enum pledge_event_kind kind)
{
    return events[kind].code;
}

enum pledge_event_kind pledge_event_of(const char *code)
{
    int kind = 0;
    while (kind < PLEDGE_EVENT_KINDS && strcmp(events[kind].code, code) != 0)
        kind++;
    return (enum pledge_event_kind)kind;
}

static enum pledge_state after_signature(const struct pledge_standing *standing)
{
    bool is_whole =
        standing->leader_signed && (standing->cosigner_signed || !standing->needs_cosigner);
    return is_whole ? PLEDGE_SIGNED : PLEDGE_AWAITING;
}

/* A signature that is there already, or that nobody asked for, is refused. */
static bool takes_signature(struct pledge_standing *standing, enum pledge_event_kind kind)
{
    bool *is_signed =
        kind == PLEDGE_LEADER_SIGNED ? &standing->leader_signed : &standing->cosigner_signed;
    if (*is_signed || (kind == PLEDGE_COSIGNER_SIGNED && !standing->needs_cosigner))
        return false;
    *is_signed = true;
    return true;
}

bool pledge_state_after(struct pledge_standing *standing, enum pledge_event_kind kind)
{
    if (kind >= PLEDGE_EVENT_KINDS || (events[kind].allowed_in & IN(standing->state)) == 0)
        return false;
    if (events[kind].next != PLEDGE_NONE) {
        standing->state = events[kind].next;
        if (kind == PLEDGE_SENT_AGAIN)
            standing->leader_signed = standing->cosigner_signed = false;
        return true;
    }
    if (!takes_signature(standing, kind))
        return false;
    standing->state = after_signature(standing);
    return true;
}
