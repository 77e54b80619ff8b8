/* SPDX-License-Identifier: MIT */
/* paper_record_web.h - writing down what is on a paper, and lines to compare; for this folder. */
#ifndef PROGRAMME_PAPER_PAPER_RECORD_WEB_H
#define PROGRAMME_PAPER_PAPER_RECORD_WEB_H

#include "platform/web/journey.h"
#include "programme/paper/paper.h"

/* The journey of a whole pledge, at PAPER_RECORD_PATH. */
#define PAPER_RECORD_PATH "/desk/paper/record"
extern const struct journey paper_recording;

/* Putting in what came by mail or post (paper_add_web.c). */
enum status paper_add_ask(struct web_request *request, struct web_answer *answer);
enum status paper_add_do(struct web_request *request, struct web_answer *answer);

/* What the journey begins with: nothing but the paper, or what was written down before. */
MUST_CHECK enum status paper_answers(struct ctx *ctx, const struct paper *paper,
                                     struct form_answers *out);

/* The draft in a transcript.  ERR_INVALID: it does not fit the fields of today. */
MUST_CHECK enum status paper_transcript_read(struct ctx *ctx, const struct paper *paper,
                                             struct paper_pledge *out);

/* What is written down, line by line, each an option to tick. */
MUST_CHECK enum status paper_lines(struct ctx *ctx, const struct paper *paper,
                                   struct form_option **out, size_t *count_out);

#endif
