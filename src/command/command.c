/* SPDX-License-Identifier: MIT */
/*
 * command.c - runs a command: words, settings, log, store, schema, the command, the exit code.
 *
 * A fault is read here by the operator, so it is written out; services log it as well.
 */
#include "command/command.h"

#include "command/schema.h"
#include "platform/base/log.h"
#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"

#include <stdarg.h>
#include <string.h>

enum { COMMANDS_MAX = 100 };

/* ---- which command ---- */

static size_t count_of(const struct command *const *list)
{
    size_t count = 0;
    while (list[count] != NULL)
        count++;
    return count;
}

/* How many words of the line are the name: 0 when the line does not begin with it. */
static int words_of_name(const char *name, struct args_line line)
{
    int words = 0;
    for (const char *at = name;; at += strcspn(at, " ") + 1) {
        size_t length = strcspn(at, " ");
        if (words == line.count || strncmp(line.words[words], at, length) != 0 ||
            line.words[words][length] != '\0')
            return 0;
        words++;
        if (at[length] == '\0')
            return words;
    }
}

static const struct command *find(const struct command *const *list, struct args_line *line)
{
    const struct command *found = NULL;
    int most = 0;
    for (size_t i = 0; list[i] != NULL; i++) {
        int words = words_of_name(list[i]->words.name, *line);
        if (words > most) {
            found = list[i];
            most = words;
        }
    }
    line->words += most;
    line->count -= most;
    return found;
}

/* "user" of "user create" and "user list". */
static bool is_family(const char *word, const char *name)
{
    return text_begins(name, word) && name[strlen(word)] == ' ';
}

static void show_commands(struct mem *mem, const struct command *const *list, const char *family,
                          FILE *to)
{
    const struct args_command *shown[COMMANDS_MAX];
    size_t count = 0;
    for (size_t i = 0; list[i] != NULL && count < COMMANDS_MAX; i++) {
        const char *name = list[i]->words.name;
        if (family == NULL || is_family(family, name) || strcmp(family, name) == 0)
            shown[count++] = &list[i]->words;
    }
    fputs(args_help_all(mem, shown, count), to);
}

static bool is_family_of(const struct command *const *list, const char *word)
{
    for (size_t i = 0; list[i] != NULL; i++)
        if (is_family(word, list[i]->words.name))
            return true;
    return false;
}

/* The line names no command: help when asked for, else what was probably meant. */
static int without_command(struct mem *mem, const struct command *const *list,
                           struct args_line line, struct command_io io)
{
    const char *word = line.count > 0 ? line.words[0] : "";
    const char *last = line.count > 0 ? line.words[line.count - 1] : "";
    bool asks = strcmp(last, "--help") == 0 || strcmp(last, "-h") == 0;
    if (line.count == 0 || word[0] == '-' || is_family_of(list, word)) {
        bool is_all = line.count == 0 || word[0] == '-';
        show_commands(mem, list, is_all ? NULL : word, asks ? io.out : io.err);
        return asks ? COMMAND_DONE : COMMAND_USAGE;
    }
    if (strcmp(word, "help") == 0) {
        show_commands(mem, list, NULL, io.out);
        return COMMAND_DONE;
    }
    size_t count = count_of(list);
    const char **names = mem_array(mem, const char *, count);
    for (size_t i = 0; i < count; i++)
        names[i] = list[i]->words.name;
    const char *nearest = args_nearest(word, names, count);
    fprintf(io.err, "onward: there is no command \"%s\"", word);
    if (nearest != NULL)
        fprintf(io.err, "; did you mean \"%s\"?", nearest);
    fputs("\nTry `onward --help`.\n", io.err);
    return COMMAND_USAGE;
}

/* ---- running it ---- */

static const char *const said[] = {
    [ERR_NOT_FOUND] = "there is no such thing",
    [ERR_INVALID] = "that was refused",
    [ERR_FORBIDDEN] = "that is not allowed",
    [ERR_CONFLICT] = "that does not fit what is there",
    [ERR_BUSY] = "something that is needed is busy or away; try again later",
    [ERR_FAULT] = "something failed",
};

static void say(const struct ctx *ctx, const struct command_run *run, const char *name,
                enum status status)
{
    command_progress(run, "");
    fprintf(run->io.err, "onward %s: %s\n", name, ctx->fault != NULL ? ctx->fault : said[status]);
}

static int code_of(enum status status)
{
    if (status == OK)
        return COMMAND_DONE;
    return status == ERR_BUSY || status == ERR_FAULT ? COMMAND_AWAY : COMMAND_REFUSED;
}

static enum status open_store(struct ctx *ctx, const struct command *command)
{
    if (command->needs == COMMAND_NEEDS_NOTHING || command->needs == COMMAND_NEEDS_SETTINGS)
        return OK;
    TRY(store_open(ctx, ctx->settings->database, &ctx->store));
    if (command->needs != COMMAND_NEEDS_SCHEMA)
        return OK;
    return schema_check(ctx);
}

static enum status run_with_store(struct ctx *ctx, const struct command *command,
                                  struct command_run *run)
{
    TRY(open_store(ctx, command));
    TRY(command->run(ctx, run));
    if (fflush(run->io.out) != 0 || ferror(run->io.out))
        return ctx_fail(ctx, ERR_FAULT, "what was to be written could not be written");
    return OK;
}

static int run_command(struct ctx *ctx, const struct command *command, struct args_line line,
                       struct command_io io)
{
    const struct args_option *common =
        command->needs == COMMAND_NEEDS_NOTHING ? NULL : settings_options(ctx->mem);
    struct settings *settings = mem_new(ctx->mem, struct settings);
    struct args args;
    struct command_run run = {.args = &args, .io = io};
    enum status status = args_read(ctx, &command->words, common, line, &args);
    *settings = settings_built_in(ctx->mem);
    ctx->settings = settings;
    if (status == OK && args.is_help) {
        fputs(args_help(ctx->mem, &command->words, common), io.out);
        return COMMAND_DONE;
    }
    if (status == OK && common != NULL)
        status = settings_read(ctx, &args, settings);
    if (status != OK) {
        say(ctx, &run, command->words.name, status);
        fprintf(io.err, "Try `onward %s --help`.\n", command->words.name);
        return command->failed_code != 0 ? command->failed_code
               : status == ERR_FAULT     ? COMMAND_AWAY
                                         : COMMAND_USAGE;
    }
    enum log_level least = log_level_of(settings->log_level);
    if (!command->is_service && least < LOG_WARN)
        least = LOG_WARN;
    ctx->log = log_open(ctx->mem, fileno(io.err), least);
    status = run_with_store(ctx, command, &run);
    if (status == OK)
        return run.code;
    say(ctx, &run, command->words.name, status);
    if (!run.is_wrong_usage)
        return command->failed_code != 0 ? command->failed_code : code_of(status);
    fprintf(io.err, "Try `onward %s --help`.\n", command->words.name);
    return COMMAND_USAGE;
}

int command_main(const struct command *const *list, struct args_line line, struct command_io io)
{
    struct ctx ctx = {.mem = mem_root(), .now_secs = time_now_secs(), .request_id = ""};
    const struct command *command = find(list, &line);
    int code = command == NULL ? without_command(ctx.mem, list, line, io)
                               : run_command(&ctx, command, line, io);
    mem_end(ctx.mem);
    return code;
}

/* ---- for commands ---- */

enum status command_wrong_usage(struct ctx *ctx, struct command_run *run, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    const char *text = mem_vformat(ctx->mem, format, ap);
    va_end(ap);
    run->is_wrong_usage = true;
    return ctx_fail(ctx, ERR_INVALID, "%s", text);
}

const char *command_word(const struct command_run *run, size_t number)
{
    return number < run->args->positional_count ? run->args->positional[number] : "";
}

void command_progress(const struct command_run *run, const char *text)
{
    if (!run->io.is_watched)
        return;
    fprintf(run->io.err, "\r\033[K%s", text);
    fflush(run->io.err);
}

void command_progress_percent(void *arg, int percent)
{
    const struct command_run *run = arg;
    char text[16];
    snprintf(text, sizeof text, "%d %%", percent);
    command_progress(run, text);
}
