/* SPDX-License-Identifier: MIT */
/* main.c - starts the clock and chance, and picks the command. */
#include "command/command.h"
#include "platform/base/random.h"
#include "platform/base/time.h"

#include <unistd.h>

int main(int argc, char **argv)
{
    struct args_line line = {.count = argc > 0 ? argc - 1 : 0, .words = argv + 1};
    struct command_io io = {
        .out = stdout, .err = stderr, .in = stdin, .is_watched = isatty(STDERR_FILENO)};
    if (time_start() != OK || random_start() != OK) {
        fputs("onward: there is no time zone data for Europe/London (Debian's package tzdata), "
              "or no randomness\n",
              stderr);
        return COMMAND_AWAY;
    }
    return command_main(commands, line, io);
}
