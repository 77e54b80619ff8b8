/* SPDX-License-Identifier: MIT */
/*
 * journey.h - a table of steps, each a form over one draft struct, and one `finish`.
 *
 * One thing a page, each step at its own address, a back link, a check-your-answers page with a
 * change link a line, a confirmation page with the reference and what happens next.  Every step is
 * saved in the store as it is sent, also what is not valid yet: nothing typed is lost.  The saved
 * draft is the answers as they were typed; they are read again by the table of the program that
 * runs, so a draft begun before a release is asked only for what no longer fits.
 *
 * A draft is opened by the browser that began it, by the person who was signed in, or by a mailed
 * link (a page with a button; the link itself changes nothing).  It is kept for keep_days.
 *
 * The routes of a journey at BASE (WEB_JOURNEY in the route table):
 *
 *   GET  BASE                      the start page                        POST BASE   begins a
 *   draft,
 *                                  or with a JSON body does the whole journey at once
 *   GET  BASE/:draft               the task list, or on to the first step that is not done
 *   GET  BASE/:draft/check         check your answers                    POST        finishes
 *   GET  BASE/:draft/done          the confirmation
 *   GET  BASE/:draft/save          come back later                       POST        mails the link
 *   GET  BASE/:draft/open          the mailed link's page                POST        opens it here
 *   GET  BASE/:draft/:step         one step                              POST        saves it
 *   GET  BASE/:draft/:step/:item   one item of a group, "new", "library" POST        saves it
 *   POST BASE/:draft/:step/:item/remove
 */
#ifndef PLATFORM_WEB_JOURNEY_H
#define PLATFORM_WEB_JOURNEY_H

#include "platform/web/form.h"
#include "platform/web/web.h"

/* Something that can be added to a group ready-made, e.g. a standard action. */
struct journey_ready {
    const char *code, *label, *hint;
    const char *group;           /* heading */
    struct form_answers answers; /* of one item, names without prefix */
};

/*
 * Keeps the answers of a step elsewhere: they are neither in the draft nor in what finish is given.
 * draft is the code of the draft; each function runs in the transaction that saves the draft.
 */
struct journey_apart {
    size_t form_bytes; /* of the struct that the step's fields fill */
    enum status (*load)(struct ctx *ctx, const char *draft, struct form_answers *out);
    enum status (*save)(struct ctx *ctx, const char *draft, const struct form_answers *answers);
    /* The journey is finished: what was saved now belongs to the person who asks, or to the
     * reference when nobody is signed in. */
    enum status (*finish)(struct ctx *ctx, const char *draft, const char *reference);
};

struct journey_step {
    const char *name;  /* in the address: "organisation"                                     */
    const char *title; /* the page's heading; NULL: the label of its only field              */
    const char *short_title;         /* on the check page and the task list; NULL: the title */
    const struct form_field *fields; /* NULL: a page to read, with a button to go on         */

    const struct journey_apart *apart; /* its answers are kept elsewhere; NULL: in the draft */

    /* Whether the step is asked, given the answers so far; NULL: always. */
    bool (*applies)(const void *draft);

    /* Rules across fields, and those that need the store: adds problems.  Not OK: the store
     * failed.  Also run, step by step, before finish. */
    enum status (*check)(struct ctx *ctx, const void *draft, struct form_problems *problems);

    /* Writes what stands above the fields; draft holds the answers so far. */
    enum status (*intro)(struct ctx *ctx, const void *draft, struct view *out);

    /* A step whose only field is a GROUP: how one item reads in the list, and what there is to
     * choose from ready-made (may be NULL). */
    const char *item_noun; /* "action" */
    const char *(*item_title)(struct mem *mem, const void *item);
    enum status (*library)(struct ctx *ctx, const void *draft, const struct journey_ready **out,
                           size_t *count_out);
    /* Writes what stands above one item's fields. */
    enum status (*item_intro)(struct ctx *ctx, const void *draft, struct view *out);
};

/* What finish made. */
struct journey_done {
    const char *reference; /* of the thing that now exists; kept with the draft */
};

struct journey {
    const char *name;        /* kept with drafts: never changed                             */
    const char *title;       /* "Sign the Partnership Pledge"                               */
    const char *send_button; /* on the check page, "Send"; NULL: "Send"                     */
    size_t draft_bytes;      /* sizeof the draft struct                                     */
    const struct journey_step *steps; /* ends with a NULL name                              */
    int keep_days;       /* after the last save; 0: 30                                  */
    bool is_task_list;   /* steps in any order                                          */
    const char *section; /* navigation item that is current                             */
    const char *kept;    /* rule that says how long the answers are kept (struct web_app)   */

    /* The start page's words, above the button; may be NULL. */
    enum status (*start)(struct ctx *ctx, struct view *out);

    /* Above the send button on the check page: what sending means; may be NULL. */
    enum status (*declaration)(struct ctx *ctx, const void *draft, struct view *out);

    /*
     * Makes what the journey is for, inside one transaction that also marks the draft as finished,
     * so it happens once however often it is sent.  ERR_INVALID with problems: the person is taken
     * to the step of the first one.  ERR_CONFLICT: no longer possible; ctx->fault is logged and the
     * problems are shown.
     */
    enum status (*finish)(struct ctx *ctx, const void *draft, struct form_problems *problems,
                          struct journey_done *done);

    /* Where one goes on to from finishing, in place of the confirmation page; may be NULL. */
    const char *(*onward)(struct mem *mem, const char *reference);

    /* What happens next, below the panel with the reference; may be NULL.  Called at any later time
     * too. */
    enum status (*next)(struct ctx *ctx, const char *reference, struct view *out);
};

/*
 * For a handler: begins a draft of the journey at base with answers that are there already, e.g. of
 * something that was sent back, and goes on to the first step that needs a change, or to the check
 * page.  The only way by which FORM_HIDDEN fields get their values.
 */
MUST_CHECK enum status journey_begin_with(struct web_request *request, struct web_answer *answer,
                                          const struct journey *journey, const char *base,
                                          const struct form_answers *answers);

/* The same with some answers only: a step is asked when none of its fields is there, also
 * when all of them are optional, or when one is missing that it needs. */
MUST_CHECK enum status journey_begin_partly(struct web_request *request, struct web_answer *answer,
                                            const struct journey *journey, const char *base,
                                            const struct form_answers *answers);

/* Removes drafts whose time is over; a recurring job calls it.  removed_out: how many. */
MUST_CHECK enum status journey_purge(struct ctx *ctx, int64_t *removed_out);

/* Suffixes of the routes above; web/route.c spreads a WEB_JOURNEY row over them. */
extern const struct web_route journey_routes[];

#endif
