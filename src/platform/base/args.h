/* SPDX-License-Identifier: MIT */
/*
 * args.h - what stands behind a command: options by a table, help from the same table.
 *
 *     static const struct args_option import_options[] = {
 *         {"dry-run", NULL, "say what would change, change nothing"},
 *         {"from", "DAY", "the day from which the file holds, such as 2026-04-01"},
 *         {0},
 *     };
 *     const struct args_command import_command = {
 *         "import", "Reads organisations, schools or postcodes from a file.",
 *         "KIND FILE", 2, 2, import_options};
 *
 * An option is --name, --name VALUE or --name=VALUE; "--" ends the options; --help and -h are
 * always there.  Given twice, the last counts.
 */
#ifndef PLATFORM_BASE_ARGS_H
#define PLATFORM_BASE_ARGS_H

#include "platform/base/ctx.h"

#include <stddef.h>

struct args_option {
    const char *name;  /* without the dashes in front */
    const char *value; /* what help calls its value; NULL: a switch, which has none */
    const char *help;  /* small first letter, no full stop */
};

struct args_command {
    const char *name;
    const char *summary;    /* a sentence */
    const char *positional; /* "KIND FILE"; "" for none */
    size_t positional_least, positional_most;
    const struct args_option *options; /* ends with a NULL name; NULL: none */
};

/* The words behind the name of the command. */
struct args_line {
    int count;
    char *const *words;
};

struct args_given {
    const char *name;
    const char *value; /* "" for a switch */
};

struct args {
    bool is_help; /* --help was among them: nothing else was checked */
    const char **positional;
    size_t positional_count;
    struct args_given *given;
    size_t given_count;
};

/*
 * Reads line by the options of the command and, when common is not NULL, by those too.
 *
 * ERR_INVALID  wrong usage: ctx->fault is a sentence for the operator, who then gets exit code 2
 */
MUST_CHECK enum status args_read(struct ctx *ctx, const struct args_command *command,
                                 const struct args_option *common, struct args_line line,
                                 struct args *out);

/* The value of an option as given, or NULL. */
const char *args_value(const struct args *args, const char *name);

bool args_has(const struct args *args, const char *name);

/* The text of --help: usage, summary, options, and common ones under their own heading. */
const char *args_help(struct mem *mem, const struct args_command *command,
                      const struct args_option *common);

/* The text of `onward --help`: each command with its summary. */
const char *args_help_all(struct mem *mem, const struct args_command *const *commands,
                          size_t count);

/* The name that was probably meant: at most two letters off; NULL when none is near. */
const char *args_nearest(const char *typed, const char *const *names, size_t count);

#endif
