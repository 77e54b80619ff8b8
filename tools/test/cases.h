/* SPDX-License-Identifier: MIT */
/*
 * cases.h - runs a file of inputs and what a tool must say about each.
 *
 *     #### NAME: accepted
 *     an input
 *     #### NAME:2: the reason that is expected, to the letter
 *     another input, which NAME:2 counts from its own first line
 *
 * What stands before the first case is for its reader.  NAME is the file name that the tool is
 * told.  `\x00` and the like stand for a byte.
 */
#ifndef TOOLS_TEST_CASES_H
#define TOOLS_TEST_CASES_H

#include "tool.h"

struct case_input {
    const char *name;
    const char *text; /* ends with a zero byte */
    size_t size_bytes;
};

/* What the tool says about one input: "" when it accepts it, else its messages, a line each. */
typedef const char *case_fn(struct mem *mem, const struct case_input *input);

/* Prints every case that came out otherwise.  Returns how many did; count_out: cases in all. */
int cases_run(struct mem *mem, const char *path, case_fn *fn, int *count_out);

#endif
