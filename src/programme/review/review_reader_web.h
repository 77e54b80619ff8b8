/* SPDX-License-Identifier: MIT */
/* review_reader_web.h - who reads the pages of a review; for the pages of this folder. */
#ifndef PROGRAMME_REVIEW_REVIEW_READER_WEB_H
#define PROGRAMME_REVIEW_REVIEW_READER_WEB_H

#include "platform/web/web.h"
#include "programme/review/review.h"

/* Who reads the pages of a review. */
struct review_reader {
    struct pledge pledge; /* without names: these pages show offices alone */
    struct review review;
    const char *side; /* "leader", "cosigner"; NULL: keeps the plan */
    bool is_open;
};

/* The review that the address names.  ERR_NOT_FOUND also for whoever neither signs for the pledge
 * nor keeps its plan. */
MUST_CHECK enum status review_reader_open(struct web_request *request, struct review_reader *out);

/* Of the review's pages: tail "", "/check" ... */
const char *review_path(struct web_request *request, const struct review_reader *reader,
                        const char *tail);

/* A number of the query; 0: none. */
int64_t review_number(struct web_request *request, const char *name);

/* Whether the page was of another year than the review that is open. */
bool review_is_of_another_year(struct web_request *request, const struct review_reader *reader);

/* Says why nothing can be written or sent now. */
enum status review_say_closed(struct web_request *request, struct web_answer *answer,
                              const struct review_reader *reader);

#endif
