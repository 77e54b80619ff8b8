/* SPDX-License-Identifier: MIT */
/*
 * pledge_state.c - where a pledge may go from where it stands.
 *
 * One table says which event is allowed in which state; everything else that moves a pledge asks
 * it.  If you add a state or an event, also extend the walk in pledge_test.c.
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
    [PLEDGE_MERGED] = {"merged", "Part of another pledge"},
};

enum { STATE_COUNT = sizeof states / sizeof states[0] };

/* In force: what can happen to a pledge that stands. */
#define STANDING (IN(PLEDGE_PUBLISHED) | IN(PLEDGE_UNDER_REVIEW) | IN(PLEDGE_RENEWED))
#define LIVE (IN(PLEDGE_AWAITING) | IN(PLEDGE_SIGNED) | IN(PLEDGE_ACKNOWLEDGED) | STANDING)

enum effect {
    GOES,  /* to the state that is named                                      */
    SIGNS, /* to the state that is named once all have signed, else it stays */
    STAYS
};

static const struct {
    const char *code;
    unsigned allowed_in; /* states in which it may happen */
    enum effect effect;
    enum pledge_state next;
} events[PLEDGE_EVENT_KINDS] = {
    [PLEDGE_SENT] = {"sent", IN(PLEDGE_NONE), GOES, PLEDGE_AWAITING},
    [PLEDGE_LEADER_SIGNED] = {"leader-signed", IN(PLEDGE_AWAITING), SIGNS, PLEDGE_SIGNED},
    [PLEDGE_COSIGNER_SIGNED] = {"cosigner-signed", IN(PLEDGE_AWAITING), SIGNS, PLEDGE_SIGNED},
    [PLEDGE_DECLINED] = {"declined", IN(PLEDGE_AWAITING), GOES, PLEDGE_RETURNED},
    [PLEDGE_WAS_ACKNOWLEDGED] = {"acknowledged", IN(PLEDGE_SIGNED), GOES, PLEDGE_ACKNOWLEDGED},
    [PLEDGE_WAS_PUBLISHED] = {"published", IN(PLEDGE_ACKNOWLEDGED), GOES, PLEDGE_PUBLISHED},
    [PLEDGE_WAS_RETURNED] = {"returned",
                             IN(PLEDGE_AWAITING) | IN(PLEDGE_SIGNED) | IN(PLEDGE_ACKNOWLEDGED),
                             GOES, PLEDGE_RETURNED},
    [PLEDGE_SENT_AGAIN] = {"sent-again", IN(PLEDGE_RETURNED), GOES, PLEDGE_AWAITING},
    [PLEDGE_WAS_WITHDRAWN] = {"withdrawn", LIVE | IN(PLEDGE_RETURNED), GOES, PLEDGE_WITHDRAWN},
    [PLEDGE_REVIEW_OPENED] = {"review-opened", IN(PLEDGE_PUBLISHED) | IN(PLEDGE_RENEWED), GOES,
                              PLEDGE_UNDER_REVIEW},
    [PLEDGE_REVIEW_SENT] = {"review-sent", IN(PLEDGE_UNDER_REVIEW), STAYS, PLEDGE_NONE},
    [PLEDGE_REVIEW_LEADER_SIGNED] = {"review-leader-signed", IN(PLEDGE_UNDER_REVIEW), SIGNS,
                                     PLEDGE_RENEWED},
    [PLEDGE_REVIEW_COSIGNER_SIGNED] = {"review-cosigner-signed", IN(PLEDGE_UNDER_REVIEW), SIGNS,
                                       PLEDGE_RENEWED},
    [PLEDGE_HAS_LAPSED] = {"lapsed", IN(PLEDGE_UNDER_REVIEW), GOES, PLEDGE_LAPSED},
    [PLEDGE_HANDED_OVER] = {"handed-over", LIVE, STAYS, PLEDGE_NONE},
    [PLEDGE_CARRIED_OVER] = {"carried-over", LIVE | IN(PLEDGE_RETURNED), STAYS, PLEDGE_NONE},
    [PLEDGE_WAS_MERGED] = {"merged", LIVE | IN(PLEDGE_RETURNED), GOES, PLEDGE_MERGED},
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

static bool is_of_cosigner(enum pledge_event_kind kind)
{
    return kind == PLEDGE_COSIGNER_SIGNED || kind == PLEDGE_REVIEW_COSIGNER_SIGNED;
}

/* A signature that is there already, that nobody asked for, or under a review that was not sent, is
 * refused. */
static bool takes_signature(struct pledge_standing *standing, enum pledge_event_kind kind)
{
    bool is_cosigner = is_of_cosigner(kind);
    bool *is_signed = is_cosigner ? &standing->cosigner_signed : &standing->leader_signed;
    if (*is_signed || (is_cosigner && !standing->needs_cosigner) ||
        (standing->state == PLEDGE_UNDER_REVIEW && !standing->review_sent))
        return false;
    *is_signed = true;
    return true;
}

/* What is to be signed anew begins without signatures. */
static void begin_signing(struct pledge_standing *standing, enum pledge_event_kind kind)
{
    if (kind != PLEDGE_SENT_AGAIN && kind != PLEDGE_REVIEW_OPENED && kind != PLEDGE_REVIEW_SENT)
        return;
    standing->leader_signed = standing->cosigner_signed = false;
    standing->review_sent = kind == PLEDGE_REVIEW_SENT;
}

bool pledge_state_after(struct pledge_standing *standing, enum pledge_event_kind kind)
{
    if (kind >= PLEDGE_EVENT_KINDS || (events[kind].allowed_in & IN(standing->state)) == 0)
        return false;
    if (events[kind].effect == SIGNS && !takes_signature(standing, kind))
        return false;
    begin_signing(standing, kind);
    bool is_whole =
        standing->leader_signed && (standing->cosigner_signed || !standing->needs_cosigner);
    if (events[kind].effect == GOES || (events[kind].effect == SIGNS && is_whole))
        standing->state = events[kind].next;
    return true;
}

bool pledge_state_stands(enum pledge_state state)
{
    return (STANDING & IN(state)) != 0;
}

bool pledge_state_is_live(enum pledge_state state)
{
    return (LIVE & IN(state)) != 0 || state == PLEDGE_NONE;
}

bool pledge_state_is_over(enum pledge_state state)
{
    return !pledge_state_is_live(state) && state != PLEDGE_RETURNED;
}
