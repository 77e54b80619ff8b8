/* SPDX-License-Identifier: MIT */
/*
 * enquiry.h - questions to local leads: asked by anybody, answered by the lead of the day.
 *
 * Who asks proves the address by a button on a mailed page, or by being signed in with it; then the
 * clock begins.  The question goes to the lead of its area and theme (lead_holder_of).  Both sides
 * see by when an answer should be there.  The holder is reminded; when it is late, whoever watches
 * over the area is told, and so is who asked; when it is late for long, the national leads.  What
 * waits with somebody whose role has ended goes to the next in line.
 *
 * A question has an end.  An answered one closes when both sides are silent; one that nobody
 * answers closes too in the end, and who asked is told and may write again, which opens it.  From
 * closing on the retention rule "enquiry" counts.
 *
 * Each side can answer by mail when the service takes mail (receive.h): the address of each side
 * has a token of its own, and what is not from that side's address is kept apart: the lead reads
 * it, and it is posted as nobody's.  The question itself is never mailed on: a stranger wrote it.
 *
 * Owns the tables enquiry and enquiry_event.  Reads access_grant, organisation and
 * organisation_within.
 */
#ifndef PROGRAMME_LEAD_ENQUIRY_H
#define PROGRAMME_LEAD_ENQUIRY_H

#include "platform/mail/receive.h"
#include "programme/lead/lead.h"

enum {
    ENQUIRY_ANSWER_DAYS = 7,   /* by when an answer should be there               */
    ENQUIRY_REMIND_DAYS = 2,   /* so long before, the holder is reminded          */
    ENQUIRY_PRESS_DAYS = 21,   /* so late, the national leads are told            */
    ENQUIRY_END_DAYS = 182,    /* so late, one that nobody answered closes        */
    ENQUIRY_SILENT_DAYS = 30,  /* after the last word an answered one closes      */
    ENQUIRY_CONFIRM_DAYS = 7,  /* then one that nobody confirmed goes             */
    ENQUIRY_A_DAY = 5,         /* of one address                                  */
    ENQUIRY_SAID_MAX = 100,    /* of a kind that one takes from outside           */
    ENQUIRY_FIGURE_LEAST = 5,  /* answers below which no figure is shown          */
    ENQUIRY_FIGURE_DAYS = 365, /* that it looks back                              */
    ENQUIRY_CHARS_MAX = 3000
};

struct enquiry_draft {
    struct form_found place; /* key of a lead_place */
    const char *theme, *question, *name, *email;
};

/*
 * Keeps a question and mails the page to confirm it on.  With the address of the account that is
 * signed in it is confirmed at once.
 *
 * ERR_INVALID  problems says what is wrong
 * The caller's transaction.
 */
MUST_CHECK enum status enquiry_ask(struct ctx *ctx, const struct enquiry_draft *draft,
                                   struct form_problems *problems, const char **reference_out);

struct enquiry_event {
    int64_t at;
    const char *kind;
    const char *by_whom; /* "" for the service, or forgotten                            */
    const char *text;
    const char *whole;  /* of a mail: all of it, when it says more than text; ""        */
    const char *sender; /* of a mail kept apart; for those who answer alone             */
};

struct enquiry {
    int64_t organisation_id, id;
    const char *reference, *area, *area_name, *place, *theme, *question, *name, *email;
    const char *state; /* "unconfirmed", "open", "answered", "closed" */
    struct person_id holder;
    const char *holder_name;                                     /* "" for nobody          */
    const char *due_on;                                          /* "" before it is confirmed */
    bool is_late;                                                /* open, and due before today */
    int64_t asked_at, began_at, late_at, answered_at, closed_at; /* 0: not */
    struct enquiry_event *events;
    size_t event_count;
};

enum { ENQUIRY_EVENTS_MAX = 500 };

/* With its events.  ERR_NOT_FOUND: there is none. */
MUST_CHECK enum status enquiry_find(struct ctx *ctx, const char *reference, struct enquiry *out);

/* The page of who asked, by the token of its link.  ERR_NOT_FOUND: there is none. */
MUST_CHECK enum status enquiry_of_asker(struct ctx *ctx, const char *token, struct enquiry *out);

/* Confirms it: the clock begins and the lead is told.  Safe to repeat. */
MUST_CHECK enum status enquiry_confirm(struct ctx *ctx, const struct enquiry *enquiry);

/* The asker writes again; a closed or answered one opens again, with a new clock.
 * The same words sent twice count once.
 * ERR_CONFLICT: it is not confirmed, or they wrote ENQUIRY_SAID_MAX times already. */
MUST_CHECK enum status enquiry_more(struct ctx *ctx, const struct enquiry *enquiry,
                                    const char *text);

/* The asker needs nothing more, or nobody wrote for long. */
MUST_CHECK enum status enquiry_close(struct ctx *ctx, const struct enquiry *enquiry);

/* The person who asks closes it for the asker, who is told so and may write again. */
MUST_CHECK enum status enquiry_end(struct ctx *ctx, const struct enquiry *enquiry);

/* The person who asks answers; the same words sent twice are one answer.
 * ERR_CONFLICT: it is not confirmed, or closed. */
MUST_CHECK enum status enquiry_answer(struct ctx *ctx, const struct enquiry *enquiry,
                                      const char *text);

/* Passes it to another who could answer there.  ERR_INVALID: problems says why not. */
MUST_CHECK enum status enquiry_pass(struct ctx *ctx, const struct enquiry *enquiry,
                                    const char *email, struct form_problems *problems);

/* How long first answers took in the last ENQUIRY_FIGURE_DAYS. */
struct enquiry_figure {
    int64_t answer_count;
    bool is_shown;       /* there are ENQUIRY_FIGURE_LEAST */
    int64_t median_secs; /* when shown                     */
};
MUST_CHECK enum status enquiry_figure(struct ctx *ctx, struct enquiry_figure *out);

/* Answers by mail. */
extern const struct mail_receiver enquiry_mail_receivers[];

#endif
