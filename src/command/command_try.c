/* SPDX-License-Identifier: MIT */
/* command_try.c - runs commands in this process, on databases in files of their own. */
#include "command/command_try.h"

#include "command/command.h"
#include "platform/base/test.h"

enum { WORDS_MAX = 20, OUTPUT_BYTES_MAX = 200000 };

static const char *read_back(struct ctx *ctx, FILE *file)
{
    char *text = mem_bytes(ctx->mem, OUTPUT_BYTES_MAX);
    rewind(file);
    size_t length = fread(text, 1, OUTPUT_BYTES_MAX - 1, file);
    text[length] = '\0';
    fclose(file);
    return text;
}

struct command_tried command_try(struct ctx *ctx, ...)
{
    char *words[WORDS_MAX];
    struct args_line line = {0, words};
    va_list ap;
    va_start(ap, ctx);
    for (const char *word; (word = va_arg(ap, const char *)) != NULL;) {
        CHECK(line.count < WORDS_MAX);
        words[line.count++] = mem_text(ctx->mem, word);
    }
    va_end(ap);
    struct command_io io = {.out = tmpfile(), .err = tmpfile()};
    CHECK(io.out != NULL && io.err != NULL);
    struct command_tried tried = {.code = command_main(commands, line, io)};
    tried.out = read_back(ctx, io.out);
    tried.err = read_back(ctx, io.err);
    return tried;
}
