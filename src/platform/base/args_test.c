/* SPDX-License-Identifier: MIT */
/* args_test.c - what a command line may say, and what the operator is told. */
#include "platform/base/args.h"
#include "platform/base/test.h"

static const struct args_option options[] = {
    {"dry-run", NULL, "say what would change, change nothing"},
    {"from", "DAY", "the day from which the file holds"},
    {0},
};
static const struct args_option common[] = {
    {"database", "NAME", "where the data is"},
    {"an-option-with-a-very-long-name", "N", "something"},
    {0},
};
static const struct args_command command = {
    "import", "Reads a file.", "KIND FILE", 1, 2, options,
};

/* Reads up to eight words; the array ends with NULL. */
static enum status read_words(struct ctx *ctx, char *const *words, struct args *out)
{
    struct args_line line = {.words = words};
    while (words[line.count] != NULL)
        line.count++;
    ctx->fault = NULL;
    return args_read(ctx, &command, common, line, out);
}

TEST(options_and_positional_words_are_told_apart)
{
    struct args args;
    char *words[] = {"schools",  "--from", "2026-04-01", "--dry-run", "--database=sqlite:a=b",
                     "file.csv", NULL};
    CHECK(read_words(ctx, words, &args) == OK);
    CHECK(args.positional_count == 2);
    CHECK_TEXT(args.positional[0], "schools");
    CHECK_TEXT(args.positional[1], "file.csv");
    CHECK_TEXT(args_value(&args, "from"), "2026-04-01");
    CHECK_TEXT(args_value(&args, "database"), "sqlite:a=b");
    CHECK(args_has(&args, "dry-run") && !args_has(&args, "help"));
    CHECK(args_value(&args, "unheard-of") == NULL);
}

TEST(what_is_given_twice_counts_as_said_last)
{
    struct args args;
    char *words[] = {"x", "--from=1", "--from", "2", NULL};
    CHECK(read_words(ctx, words, &args) == OK);
    CHECK_TEXT(args_value(&args, "from"), "2");
}

TEST(two_dashes_end_the_options)
{
    struct args args;
    char *words[] = {"--dry-run", "--", "--from", "--help", NULL};
    CHECK(read_words(ctx, words, &args) == OK);
    CHECK(args.positional_count == 2 && !args.is_help);
    CHECK_TEXT(args.positional[0], "--from");
    char *dash[] = {"-", NULL}; /* by custom, standard input */
    CHECK(read_words(ctx, dash, &args) == OK && args.positional_count == 1);
}

TEST(help_is_given_whatever_else_is_wrong)
{
    struct args args;
    char *words[] = {"--unheard-of", "a", "b", "c", "-h", NULL};
    CHECK(read_words(ctx, words, &args) == OK && args.is_help);
}

TEST(wrong_usage_is_explained)
{
    static const struct {
        char *words[5];
        const char *fault;
    } cases[] = {
        {{NULL}, "something is missing: onward import KIND FILE"},
        {{"a", "b", "c", NULL}, "\"c\" is one word too many: onward import KIND FILE"},
        {{"a", "--dry-rnu", NULL}, "unknown option \"--dry-rnu\"; did you mean \"--dry-run\"?"},
        {{"a", "--datbase=x", NULL}, "unknown option \"--datbase\"; did you mean \"--database\"?"},
        {{"a", "--colour", NULL}, "unknown option \"--colour\""},
        {{"a", "--", "-x", "y", NULL}, "\"y\" is one word too many: onward import KIND FILE"},
        {{"a", "-x", NULL}, "unknown option \"-x\"; options begin with two dashes"},
        {{"a", "--from", NULL}, "option \"--from\" needs a value: --from DAY"},
        {{"a", "--from", "--dry-run", NULL}, "option \"--from\" needs a value: --from DAY"},
        {{"a", "--dry-run=yes", NULL}, "option \"--dry-run\" takes no value"},
        {{"a", "\xff", NULL}, "word 2 is not plain text in UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct args args;
        CHECK(read_words(ctx, cases[i].words, &args) == ERR_INVALID);
        CHECK_TEXT(ctx->fault, cases[i].fault);
    }
}

TEST(help_comes_from_the_table)
{
    CHECK_TEXT(args_help(ctx->mem, &command, common),
               "usage: onward import [OPTION...] KIND FILE\n"
               "\n"
               "Reads a file.\n"
               "\n"
               "Options:\n"
               "  --dry-run                 say what would change, change nothing\n"
               "  --from DAY                the day from which the file holds\n"
               "  --help                    show this and stop\n"
               "\n"
               "Settings (or ONWARD_NAME in the environment, or in onward.conf):\n"
               "  --database NAME           where the data is\n"
               "  --an-option-with-a-very-long-name N\n"
               "                            something\n");
    const struct args_command bare = {"check", "Checks all.", "", 0, 0, NULL};
    const struct args_command *const all[] = {&command, &bare};
    CHECK_TEXT(args_help(ctx->mem, &bare, NULL),
               "usage: onward check [OPTION...]\n\nChecks all.\n\nOptions:\n"
               "  --help                    show this and stop\n");
    CHECK_TEXT(args_help_all(ctx->mem, all, 2),
               "usage: onward COMMAND [OPTION...]\n\nCommands:\n"
               "  import KIND FILE          Reads a file.\n"
               "  check                     Checks all.\n"
               "\n`onward COMMAND --help` says more about each.\n");
}

TEST(the_nearest_name_is_proposed_only_when_it_is_near)
{
    static const char *const names[] = {"serve", "check", "import", "x"};
    CHECK_TEXT(args_nearest("sevre", names, 4), "serve");
    CHECK_TEXT(args_nearest("chekc", names, 4), "check");
    CHECK(args_nearest("destroy", names, 4) == NULL);
    CHECK(args_nearest("", names, 4) == NULL);
    CHECK(args_nearest("y", names, 4) == NULL);
}
