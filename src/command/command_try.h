/* SPDX-License-Identifier: MIT */
/* command_try.h - for tests: a whole run of the program, with what it wrote and its exit code. */
#ifndef COMMAND_COMMAND_TRY_H
#define COMMAND_COMMAND_TRY_H

#include "platform/base/ctx.h"

struct command_tried {
    int code;
    const char *out, *err; /* what it wrote where */
};

/* Runs `onward` with these words, ended by NULL, as from a shell, and nobody watching. */
struct command_tried command_try(struct ctx *ctx, ...) __attribute__((sentinel));

#endif
