/* SPDX-License-Identifier: MIT */
/*
 * journey_internal.h - one request on a journey, shared by the parts of journey; nobody else
 * includes it.
 */
#ifndef PLATFORM_WEB_JOURNEY_INTERNAL_H
#define PLATFORM_WEB_JOURNEY_INTERNAL_H

#include "platform/web/form_internal.h"
#include "platform/web/journey.h"

enum { JOURNEY_STEPS_MAX = 32 };

/* How one step stands. */
struct journey_standing {
    bool applies;
    bool was_sent;
    struct form_problems problems; /* of its answers as they are now */
    struct form_answers apart;     /* of a step whose answers are kept elsewhere */
    void *apart_form;              /* the struct that they fill                  */
};

struct trip {
    struct web_request *request;
    struct web_answer *answer;
    struct ctx *ctx;
    const struct journey *journey;
    const char *base; /* address of the journey, without the draft */
    const char *code; /* of the draft; "" before there is one      */
    int64_t draft_id;
    const char *reference; /* NULL until finished */
    const char *resume_hash;
    const char *digest; /* of a whole journey as one call sent it; NULL: not so */
    struct form_answers answers;
    void *draft; /* the struct, filled from the answers that are good */
    struct journey_standing *standing;
    size_t step_count;
};

/* Loads the draft that the address names and fills trip.  tail_segments: how many segments of the
 * address stand behind the journey's base.
 * ERR_NOT_FOUND  no such draft, it is over, or it belongs to somebody else */
MUST_CHECK enum status trip_open(struct web_request *request, struct web_answer *answer,
                                 int tail_segments, struct trip *out);

/* The same without a draft, for the start page. */
void trip_begin(struct web_request *request, struct web_answer *answer, int tail_segments,
                struct trip *out);

/* Adds a new draft with the given answers to the store; request_key NULL but for API callers, who
 * have a digest. */
MUST_CHECK enum status trip_add(struct trip *trip, const char *browser, const char *request_key);

/* Reads all steps from trip->answers into trip->draft and says how each stands. */
MUST_CHECK enum status trip_read(struct trip *trip);

/* Saves trip->answers, changed by `change`, in one transaction that reads them again first: two
 * windows on one draft do not undo each other. */
MUST_CHECK enum status trip_save(struct trip *trip,
                                 enum status (*change)(struct trip *trip, void *arg), void *arg);

/* The step of that name, or step_count. */
size_t trip_step(const struct trip *trip, const char *name);
bool trip_is_done(const struct trip *trip, size_t step);

/* The first step that applies and is not done; step_count when all are. */
size_t trip_first_open(const struct trip *trip);

/* Addresses of this draft's pages. */
const char *trip_address(const struct trip *trip, const char *tail);
const char *trip_step_address(const struct trip *trip, size_t step);

/* Where the answers of a step are, and the struct that they fill. */
const struct form_answers *trip_answers(const struct trip *trip, size_t step);
void *trip_form(const struct trip *trip, size_t step);

/* The step that a field belongs to. */
size_t trip_step_of_field(const struct trip *trip, const char *field);

/* The page before a step. */
const char *trip_back(const struct trip *trip, size_t step);

/* Whether the step is a list of a repeated group's items, each on a page of its own. */
bool trip_is_group(const struct journey_step *step);

/* Heading of a step. */
const char *trip_step_title(const struct journey_step *step);

/* All problems of all steps, or OK when every step that applies was sent and is right. */
MUST_CHECK enum status trip_whole(const struct trip *trip, struct form_problems *problems);

/* The owner of the files of this draft. */
const char *trip_files(const struct trip *trip);

/* Gives the draft its code, when it has none yet. */
void trip_name(struct trip *trip);

/* Finishes once; OK fills trip->reference.  ERR_INVALID: problems says what is wrong. */
MUST_CHECK enum status trip_finish(struct trip *trip, struct form_problems *problems);

/* A page in the journey's frame: back link, title, section. */
void trip_page(const struct trip *trip, const char *title, const char *back_href);

/* Shows a step with its problems (422) or without. */
MUST_CHECK enum status trip_show_step(struct trip *trip, size_t step, bool with_problems);
MUST_CHECK enum status trip_kept(const struct trip *trip, const char **out);

/* The whole journey in one JSON body. */
MUST_CHECK enum status journey_whole(struct web_request *request, struct web_answer *answer);

/* Coming back later. */
MUST_CHECK enum status journey_save_show(struct web_request *request, struct web_answer *answer);
MUST_CHECK enum status journey_save_send(struct web_request *request, struct web_answer *answer);
MUST_CHECK enum status journey_open_show(struct web_request *request, struct web_answer *answer);
MUST_CHECK enum status journey_open_here(struct web_request *request, struct web_answer *answer);

/* The pages of a group's items. */
MUST_CHECK enum status journey_item_show(struct web_request *request, struct web_answer *answer);
MUST_CHECK enum status journey_item_save(struct web_request *request, struct web_answer *answer);
MUST_CHECK enum status journey_item_remove(struct web_request *request, struct web_answer *answer);
struct journey_item;
MUST_CHECK enum status trip_items(const struct trip *trip, size_t step, struct journey_item **out,
                                  size_t *count_out);
MUST_CHECK enum status trip_show_items(struct trip *trip, size_t step, bool with_problems);

/* The check page, with problems of finish or none. */
MUST_CHECK enum status trip_show_check(struct trip *trip, const struct form_problems *problems);

#endif
