/* SPDX-License-Identifier: MIT */
/* event_web.h - what the page files of event/ share. */
#ifndef PROGRAMME_EVENT_EVENT_WEB_H
#define PROGRAMME_EVENT_EVENT_WEB_H

#include "platform/web/form.h"
#include "platform/web/journey.h"
#include "programme/event/event.h"
#include "programme/proof/proof_web.h"

#define EVENT_BOOK_PATH "/events/book"

extern const struct journey event_booking_journey;
extern const struct proof_page event_proof_page;

/* "person" as "In person". */
extern const struct form_option event_mode_options[];
const char *event_mode_words(const char *mode);

/* Stages of the framework, and regions. */
MUST_CHECK enum status event_stage_options(struct ctx *ctx, const struct form_option **out);
MUST_CHECK enum status event_region_options(struct ctx *ctx, const struct form_option **out);

/* "" for all stages. */
MUST_CHECK enum status event_stage_name(struct ctx *ctx, const char *stage, const char **out);

/* "3 people and 1 carer" */
const char *event_who(struct mem *mem, int64_t people, int64_t carers);

/* A calendar with one event; with_link: for who has a place online. */
MUST_CHECK enum status event_calendar(struct web_request *request, struct web_answer *answer,
                                      const struct event *event, bool with_link);

/* A date, by name of its field, as a form takes it. */
enum status event_book_code_show(struct web_request *request, struct web_answer *answer);
enum status event_book_code_type(struct web_request *request, struct web_answer *answer);

#endif
