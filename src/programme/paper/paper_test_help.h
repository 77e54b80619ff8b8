/* SPDX-License-Identifier: MIT */
/* paper_test_help.h - for tests: scans, and people who record and check. */
#ifndef PROGRAMME_PAPER_PAPER_TEST_HELP_H
#define PROGRAMME_PAPER_PAPER_TEST_HELP_H

#include "programme/paper/paper.h"

/* A PDF of so many pages; another number tells it from others. */
const char *paper_test_pdf(struct ctx *ctx, int page_count, int number);

/* A scan of one page, kept as a form would. */
struct form_file paper_test_scan(struct ctx *ctx, int number);

/* Two regional leads of the place of R0A, and one of elsewhere. */
struct paper_test_people {
    struct person_id first, second, elsewhere;
};
struct paper_test_people paper_test_people(struct ctx *ctx);

/* A whole pledge of R0A as it was written down from a paper. */
void paper_test_written(struct ctx *ctx, const char *paper, struct paper_pledge *out);

/* A paper of a whole pledge of R0A that waits. */
const char *paper_test_whole(struct ctx *ctx, struct person_id by);

#endif
