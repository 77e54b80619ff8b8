/* SPDX-License-Identifier: MIT */
/* review_topic_web.h - the parts that a review is written from; for the pages of this folder. */
#ifndef PROGRAMME_REVIEW_REVIEW_TOPIC_WEB_H
#define PROGRAMME_REVIEW_REVIEW_TOPIC_WEB_H

#include "platform/web/form.h"
#include "programme/review/review_reader_web.h"

struct review_topic {
    const char *code, *title;
    const struct form_field *fields;
    const struct review_draft *draft; /* NULL: nothing was typed yet */
};

struct review_topics {
    struct review_topic *items;
    size_t count;
    struct review_words words; /* what is right of them */
};

/* Reads what was typed of all of them. */
MUST_CHECK enum status review_topics_read(struct ctx *ctx, const struct review_reader *reader,
                                          struct review_topics *out);

/* Which of them a problem of review_check is about; topics->count: none. */
size_t review_topic_of(const struct review_topics *topics, const struct form_problem *problem);

const char *review_topic_path(struct web_request *request, const struct review_reader *reader,
                              const struct review_topic *topic);

/* Whether none of the problems is about topic number at. */
bool review_topic_is_right(const struct review_topics *topics, size_t at,
                           const struct form_problems *problems);

/* All words at once, for other programs: of struct review_words. */
extern const struct form_field review_whole_fields[];

#endif
