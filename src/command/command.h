/* SPDX-License-Identifier: MIT */
/*
 * command.h - what a command of the program is, and what runs one.
 *
 * A command is a file of this folder and a line in commands.c.  The runner reads the words behind
 * its name, the settings and the log level, opens the store and looks at its schema as far as the
 * command needs them, calls it, and turns what it returns into an exit code:
 *
 *   0  done
 *   1  what was given was refused: a file, an address, a database of another schema
 *   2  wrong usage, or settings that cannot be
 *   3  something it needs is not there: the database, the disk, an address to listen on
 */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include "platform/base/args.h"
#include "platform/base/ctx.h"

#include <stdio.h>

enum { COMMAND_DONE = 0, COMMAND_REFUSED = 1, COMMAND_USAGE = 2, COMMAND_AWAY = 3 };

/* Where a command writes: its results, and what it tells the operator meanwhile. */
struct command_io {
    FILE *out;
    FILE *err;
    FILE *in;        /* what a command reads that reads one; NULL: nothing */
    bool is_watched; /* a person looks at err: progress is shown */
};

/* What a run of a command is given. */
struct command_run {
    const struct args *args;
    struct command_io io;
    bool is_wrong_usage; /* set by command_wrong_usage */
    int code;            /* set by a command that has exit codes of its own; 0: as above */
};

enum command_needs {
    COMMAND_NEEDS_NOTHING,
    COMMAND_NEEDS_SETTINGS, /* and no store, or one that the command opens by itself        */
    COMMAND_NEEDS_STORE,    /* the settings, and the store whatever is in it                     */
    COMMAND_NEEDS_SCHEMA    /* and that its schema is that of this program                       */
};

struct command {
    struct args_command words; /* a name of two words, "user create", is found before one */
    enum command_needs needs;
    bool is_service; /* logs from the level of the settings on; others from "warn" on */
    enum status (*run)(struct ctx *ctx, struct command_run *run);
    int failed_code; /* of all that goes wrong but for run->code; 0: as above */
};

/* Every command, in the order of `onward --help`; ends with NULL. */
extern const struct command *const commands[];

/* Runs the command that the line names; returns the exit code.  The line is without the name of
 * the program. */
int command_main(const struct command *const *list, struct args_line line, struct command_io io);

/* For a command that finds its own words wrong: `return command_wrong_usage(...)`, exit code 2. */
enum status command_wrong_usage(struct ctx *ctx, struct command_run *run, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The one positional word of that number. */
const char *command_word(const struct command_run *run, size_t number);

/* ---- progress, shown only to a person who is watching ---- */

/* Writes over the line of progress; "" wipes it. */
void command_progress(const struct command_run *run, const char *text);

/* For calls that take fn(arg, percent); arg is the struct command_run. */
void command_progress_percent(void *run, int percent);

#endif
