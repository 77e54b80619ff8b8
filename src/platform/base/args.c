/* SPDX-License-Identifier: MIT */
/*
 * args.c - reads a command line by a table, and writes help from it.
 *
 * A fault here is read by the operator who typed the line, so it says what was typed and, where
 * one is near, what was probably meant.
 */
#include "platform/base/args.h"

#include "platform/base/text.h"

#include <string.h>

enum { HELP_BYTES = 64 * 1024, HELP_COLUMN = 28, NEAR_LETTERS = 2 };

const char *args_nearest(const char *typed, const char *const *names, size_t count)
{
    const char *nearest = NULL;
    size_t least = NEAR_LETTERS + 1;
    for (size_t i = 0; i < count; i++) {
        size_t distance = text_distance(typed, names[i], NEAR_LETTERS);
        if (distance < least && distance < strlen(names[i])) {
            least = distance;
            nearest = names[i];
        }
    }
    return nearest;
}

static size_t option_count(const struct args_option *options)
{
    size_t count = 0;
    while (options != NULL && options[count].name != NULL)
        count++;
    return count;
}

static const struct args_option *find_in(const struct args_option *options, const char *name)
{
    for (size_t i = 0; i < option_count(options); i++)
        if (strcmp(options[i].name, name) == 0)
            return &options[i];
    return NULL;
}

struct reading {
    struct ctx *ctx;
    const struct args_command *command;
    const struct args_option *common;
    struct args_line line;
    int at; /* the word that is read */
    struct args *out;
};

static enum status fail_unknown(const struct reading *reading, const char *name)
{
    struct ctx *ctx = reading->ctx;
    size_t own = option_count(reading->command->options);
    size_t count = own + option_count(reading->common);
    const char **names = mem_array(ctx->mem, const char *, count);
    for (size_t i = 0; i < count; i++)
        names[i] = i < own ? reading->command->options[i].name : reading->common[i - own].name;
    const char *nearest = args_nearest(name, names, count);
    if (nearest != NULL)
        return ctx_fail(ctx, ERR_INVALID, "unknown option \"--%s\"; did you mean \"--%s\"?", name,
                        nearest);
    return ctx_fail(ctx, ERR_INVALID, "unknown option \"--%s\"", name);
}

/* The word at reading->at begins with "--"; its value may be the next word. */
static enum status read_option(struct reading *reading)
{
    struct ctx *ctx = reading->ctx;
    const char *word = reading->line.words[reading->at] + 2;
    size_t length = strcspn(word, "=");
    const char *name = mem_text_part(ctx->mem, word, length);
    const char *value = word[length] == '=' ? word + length + 1 : NULL;
    const struct args_option *option = find_in(reading->command->options, name);
    if (option == NULL)
        option = find_in(reading->common, name);
    if (option == NULL)
        return fail_unknown(reading, name);
    if (option->value == NULL && value != NULL)
        return ctx_fail(ctx, ERR_INVALID, "option \"--%s\" takes no value", name);
    if (option->value != NULL && value == NULL) {
        bool is_last = reading->at + 1 == reading->line.count;
        if (is_last || text_begins(reading->line.words[reading->at + 1], "--"))
            return ctx_fail(ctx, ERR_INVALID, "option \"--%s\" needs a value: --%s %s", name, name,
                            option->value);
        value = reading->line.words[++reading->at];
    }
    struct args *out = reading->out;
    out->given[out->given_count++] = (struct args_given){option->name, value != NULL ? value : ""};
    return OK;
}

static bool asks_for_help(struct args_line line)
{
    for (int i = 0; i < line.count && strcmp(line.words[i], "--") != 0; i++)
        if (strcmp(line.words[i], "--help") == 0 || strcmp(line.words[i], "-h") == 0)
            return true;
    return false;
}

static enum status check_positional(struct ctx *ctx, const struct args_command *command,
                                    const struct args *args)
{
    if (args->positional_count < command->positional_least)
        return ctx_fail(ctx, ERR_INVALID, "something is missing: onward %s %s", command->name,
                        command->positional);
    if (args->positional_count > command->positional_most)
        return ctx_fail(ctx, ERR_INVALID, "\"%s\" is one word too many: onward %s%s%s",
                        args->positional[command->positional_most], command->name,
                        command->positional[0] != '\0' ? " " : "", command->positional);
    return OK;
}

enum status args_read(struct ctx *ctx, const struct args_command *command,
                      const struct args_option *common, struct args_line line, struct args *out)
{
    size_t words = (size_t)line.count;
    *out = (struct args){
        .is_help = asks_for_help(line),
        .positional = mem_array(ctx->mem, const char *, words),
        .given = mem_array(ctx->mem, struct args_given, words),
    };
    if (out->is_help)
        return OK;
    struct reading reading = {ctx, command, common, line, 0, out};
    bool is_past_options = false;
    for (; reading.at < line.count; reading.at++) {
        char *word = line.words[reading.at];
        if (text_problem(word, strlen(word)) != TEXT_FINE)
            return ctx_fail(ctx, ERR_INVALID, "word %d is not plain text in UTF-8", reading.at + 1);
        if (is_past_options || word[0] != '-' || word[1] == '\0')
            out->positional[out->positional_count++] = word;
        else if (strcmp(word, "--") == 0)
            is_past_options = true;
        else if (word[1] != '-')
            return ctx_fail(ctx, ERR_INVALID,
                            "unknown option \"%s\"; options begin with two dashes", word);
        else
            TRY(read_option(&reading));
    }
    return check_positional(ctx, command, out);
}

const char *args_value(const struct args *args, const char *name)
{
    const char *value = NULL;
    for (size_t i = 0; i < args->given_count; i++)
        if (strcmp(args->given[i].name, name) == 0)
            value = args->given[i].value;
    return value;
}

bool args_has(const struct args *args, const char *name)
{
    return args_value(args, name) != NULL;
}

/* A term and what it means; a term that reaches into the second column stands on its own line. */
static void add_line(struct text_builder *help, const char *term, const char *meaning)
{
    int room = HELP_COLUMN - 2;
    if (text_length_chars(term) < (size_t)room)
        text_add_format(help, "  %-*s%s\n", room, term, meaning);
    else
        text_add_format(help, "  %s\n%*s%s\n", term, HELP_COLUMN, "", meaning);
}

static void add_options(struct text_builder *help, const struct args_option *options)
{
    for (size_t i = 0; i < option_count(options); i++) {
        const struct args_option *option = &options[i];
        const char *term =
            mem_format(help->mem, "--%s%s%s", option->name, option->value != NULL ? " " : "",
                       option->value != NULL ? option->value : "");
        add_line(help, term, option->help);
    }
}

/* Help comes from tables in the program, far below the maximum. */
static const char *finished(struct text_builder *help)
{
    const char *text;
    return text_build_end(help, &text) == OK ? text : "";
}

const char *args_help(struct mem *mem, const struct args_command *command,
                      const struct args_option *common)
{
    struct text_builder help = text_build(mem, HELP_BYTES);
    text_add_format(&help, "usage: onward %s [OPTION...]%s%s\n\n%s\n\nOptions:\n", command->name,
                    command->positional[0] != '\0' ? " " : "", command->positional,
                    command->summary);
    add_options(&help, command->options);
    add_line(&help, "--help", "show this and stop");
    if (option_count(common) > 0) {
        text_add(&help, "\nSettings (or ONWARD_NAME in the environment, or in onward.conf):\n");
        add_options(&help, common);
    }
    return finished(&help);
}

const char *args_help_all(struct mem *mem, const struct args_command *const *commands, size_t count)
{
    struct text_builder help = text_build(mem, HELP_BYTES);
    text_add(&help, "usage: onward COMMAND [OPTION...]\n\nCommands:\n");
    for (size_t i = 0; i < count; i++) {
        const char *term = mem_format(mem, "%s %s", commands[i]->name, commands[i]->positional);
        add_line(&help, term, commands[i]->summary);
    }
    text_add(&help, "\n`onward COMMAND --help` says more about each.\n");
    return finished(&help);
}
