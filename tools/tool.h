/* SPDX-License-Identifier: MIT */
/*
 * tool.h - what the build's own programs share: refusing an input, reading it, writing text.
 *
 * A tool reads everything into memory, then writes.  A refusal leaves through tool_refuse, which
 * jumps to the tool's one setjmp: main prints the message, a fuzz target drops it.  Memory hangs
 * on tool->mem and is ended there.
 */
#ifndef TOOLS_TOOL_H
#define TOOLS_TOOL_H

#include "platform/base/mem.h"

#include <setjmp.h>
#include <stdbool.h>

struct tool {
    struct mem *mem;
    const char *file;    /* what is being read, for messages */
    const char *message; /* why it was refused: "FILE:LINE: reason" */
    jmp_buf escape;
};

/* A growing text.  Start with {.mem = mem}; bytes is NULL while empty. */
struct tool_text {
    struct mem *mem;
    char *bytes; /* ends with a zero byte */
    size_t size_bytes;
    size_t room_bytes;
};

typedef void tool_work(struct tool *tool, void *arg);

/* Runs work to its end or to its refusal.  True when it was not refused; else tool->message. */
bool tool_try(struct tool *tool, tool_work *work, void *arg);

/* A tool with memory of its own; end both with mem_end(tool->mem). */
struct tool *tool_new(void);

/* Runs work and says on stderr why it was refused.  Returns the exit status: 0 or 1. */
int tool_run(tool_work *work, void *arg);

/* Records "FILE:LINE: reason" and jumps to tool->escape. */
void tool_refuse(struct tool *tool, int line, const char *format, ...)
    __attribute__((noreturn, format(printf, 3, 4)));

/* An array with room for one more thing of size bytes: `x = tool_room(mem, x, sizeof *x, count,
 * &room)`. */
void *tool_room(struct mem *mem, void *array, size_t size_bytes, int count, int *room);

/* The whole file, ended with a zero byte that size_bytes_out does not count. */
char *tool_read(struct tool *tool, const char *path, size_t *size_bytes_out);

/* Writes the whole file.  A text that was never printed to writes an empty file. */
void tool_save(struct tool *tool, const char *path, const struct tool_text *text);

void tool_print(struct tool_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The text as the inside of a C string literal.  With breaks each line of it becomes a literal of
 * its own, indented by four. */
void tool_print_literal(struct tool_text *text, const char *value, bool breaks);

/* The name of a file as the tree knows it: from "src/" or "tools/" on, however deep the build
 * folder is.  Other names stay as they are. */
const char *tool_place(const char *path);

/* The name that #include uses for a file under src/ (also of the build folder), else its last
 * part. */
const char *tool_include_name(const char *path);

/* "programme/pledge/pledge.sql.h" -> "PROGRAMME_PLEDGE_PLEDGE_SQL_H" */
char *tool_guard(struct mem *mem, const char *include_name);

#endif
