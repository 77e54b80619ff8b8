/* SPDX-License-Identifier: MIT */
/* import_test.c - what `onward import` tells, and how it ends. */
#include "command/list.h"

#include <stdlib.h>
#include <unistd.h>

#include "platform/base/test.h"
#include "programme/directory/directory.h"

enum { OUTPUT_BYTES_MAX = 20000, WORDS_MAX = 8 };

struct said {
    char out[OUTPUT_BYTES_MAX], err[OUTPUT_BYTES_MAX];
    bool is_wrong_usage;
};

static void read_back(FILE *file, char *into)
{
    rewind(file);
    size_t length = fread(into, 1, OUTPUT_BYTES_MAX - 1, file);
    into[length] = '\0';
    fclose(file);
}

/* Runs a command with words, ended by NULL. */
static enum status run(struct ctx *ctx, const struct command *command, struct said *said, ...)
{
    char *words[WORDS_MAX];
    struct args_line line = {0, words};
    va_list ap;
    va_start(ap, said);
    for (char *word; (word = va_arg(ap, char *)) != NULL;)
        words[line.count++] = word;
    va_end(ap);
    struct args args;
    CHECK(args_read(ctx, &command->words, NULL, line, &args) == OK);
    struct command_run run = {.args = &args, .io = {tmpfile(), tmpfile(), false}};
    CHECK(run.io.out != NULL && run.io.err != NULL);
    enum status status = command->run(ctx, &run);
    read_back(run.io.out, said->out);
    read_back(run.io.err, said->err);
    said->is_wrong_usage = run.is_wrong_usage;
    return status;
}

static void remove_file(void *path)
{
    unlink(path);
}

/* A file that goes with the test. */
static char *file_of(struct ctx *ctx, const char *text)
{
    char *path = mem_text(ctx->mem, "/tmp/onward-import-XXXXXX");
    int file = mkstemp(path);
    CHECK(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text));
    close(file);
    mem_at_end(ctx->mem, remove_file, path);
    return path;
}

TEST(an_import_tells_what_it_took_and_what_not)
{
    struct said said;
    char *path = file_of(ctx, "code,name,opened_on\nA1,First,2020-01-01\nA2,Second,soon\n");
    CHECK(run(ctx, &command_import, &said, "organisations", path, NULL) == OK);
    CHECK(strstr(said.out, "2 rows: 1 new, 0 changed, 0 as they were, 1 not taken") != NULL);
    CHECK(strstr(said.out, "onward import undo ") != NULL);
    CHECK(strstr(said.err, "line 3, column 3: \"soon\" is not a day. This row was not taken.") !=
          NULL);
    CHECK(run(ctx, &command_import, &said, "organisations", path, NULL) == OK);
    CHECK(strstr(said.out, "Nothing changed.") != NULL);
}

TEST(several_files_are_imported_one_after_the_other)
{
    struct said said;
    struct organisation it;
    char *first = file_of(ctx, "code,name\nA1,First\n");
    char *second = file_of(ctx, "code,name\nA2,Second\n");
    CHECK(run(ctx, &command_import, &said, "organisations", first, second, NULL) == OK);
    CHECK(directory_find(ctx, "A1", &it) == OK && directory_find(ctx, "A2", &it) == OK);
}

TEST(a_file_that_cannot_be_read_is_refused_with_its_name)
{
    struct said said;
    CHECK(run(ctx, &command_import, &said, "schools", "/nonexistent/file", NULL) == ERR_INVALID);
    CHECK(strstr(ctx->fault, "/nonexistent/file cannot be opened") != NULL);
    ctx->fault = NULL;
    char *path = file_of(ctx, "a,b\n1,2\n");
    CHECK(run(ctx, &command_import, &said, "schools", path, NULL) == ERR_INVALID);
    CHECK(strstr(ctx->fault, "The file has no column \"URN\"") != NULL);
}

TEST(a_wrong_kind_or_day_is_wrong_usage)
{
    struct said said;
    CHECK(run(ctx, &command_import, &said, "castles", "x", NULL) != OK && said.is_wrong_usage);
    ctx->fault = NULL;
    CHECK(run(ctx, &command_import, &said, "boards", "x", NULL) != OK && said.is_wrong_usage);
    ctx->fault = NULL;
    CHECK(run(ctx, &command_import, &said, "schools", "x", "--as-at", "soon", NULL) != OK);
    CHECK(said.is_wrong_usage);
}

TEST(an_import_is_listed_and_undone_by_its_number)
{
    struct said said;
    struct organisation it;
    struct directory_import *imports;
    size_t count;
    CHECK(run(ctx, &command_import_list, &said, NULL) == OK);
    CHECK_TEXT(said.out, "Nothing was imported yet.\n");
    char *path = file_of(ctx, "code,name\nA1,First\n");
    CHECK(run(ctx, &command_import, &said, "organisations", path, "--as-at", "2026-01-02", NULL) ==
          OK);
    CHECK(directory_imports(ctx, 5, &imports, &count) == OK && count == 1);
    CHECK_TEXT(imports[0].as_at, "2026-01-02");
    char *number = mem_format(ctx->mem, "%lld", (long long)imports[0].id.n);
    CHECK(run(ctx, &command_import_list, &said, NULL) == OK);
    CHECK(strstr(said.out, number) != NULL && strstr(said.out, "1 new") != NULL);
    CHECK(run(ctx, &command_import_undo, &said, number, NULL) == OK);
    CHECK(directory_find(ctx, "A1", &it) == ERR_NOT_FOUND);
    CHECK(run(ctx, &command_import_undo, &said, number, NULL) == ERR_NOT_FOUND);
    CHECK(run(ctx, &command_import_list, &said, NULL) == OK);
    CHECK(strstr(said.out, "undone on ") != NULL);
    ctx->fault = NULL;
    CHECK(run(ctx, &command_import_undo, &said, "12x", NULL) != OK && said.is_wrong_usage);
}
