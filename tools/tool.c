/* SPDX-License-Identifier: MIT */
/* tool.c - refusing, reading and writing, for the programs of the build. */
#include "tool.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { ROOM_FIRST = 16, TEXT_FIRST_BYTES = 1024, FILE_MAX_BYTES = 512 * 1024 * 1024 };

bool tool_try(struct tool *tool, tool_work *work, void *arg)
{
    if (setjmp(tool->escape) != 0)
        return false;
    work(tool, arg);
    return true;
}

struct tool *tool_new(void)
{
    struct mem *mem = mem_root();
    struct tool *tool = mem_new(mem, struct tool);
    tool->mem = mem;
    tool->file = "";
    return tool;
}

int tool_run(tool_work *work, void *arg)
{
    struct tool *tool = tool_new();
    bool is_done = tool_try(tool, work, arg);
    if (!is_done)
        fprintf(stderr, "%s\n", tool->message);
    mem_end(tool->mem);
    return is_done ? 0 : 1;
}

void tool_refuse(struct tool *tool, int line, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    char *reason = mem_vformat(tool->mem, format, ap);
    va_end(ap);
    if (line > 0)
        tool->message = mem_format(tool->mem, "%s:%d: %s", tool->file, line, reason);
    else
        tool->message = mem_format(tool->mem, "%s: %s", tool->file, reason);
    longjmp(tool->escape, 1);
}

void *tool_room(struct mem *mem, void *array, size_t size_bytes, int count, int *room)
{
    if (count < *room)
        return array;
    *room = *room == 0 ? ROOM_FIRST : *room * 2;
    void *more = mem_bytes_many(mem, size_bytes, (size_t)*room);
    if (count > 0)
        memcpy(more, array, size_bytes * (size_t)count);
    return more;
}

char *tool_read(struct tool *tool, const char *path, size_t *size_bytes_out)
{
    tool->file = path;
    FILE *in = fopen(path, "rb");
    if (in == NULL)
        tool_refuse(tool, 0, "cannot be read: %s", strerror(errno));
    if (fseek(in, 0, SEEK_END) != 0)
        tool_refuse(tool, 0, "is not a plain file");
    long size_bytes = ftell(in);
    if (size_bytes < 0 || size_bytes > FILE_MAX_BYTES)
        tool_refuse(tool, 0, "is too large");
    rewind(in);
    char *bytes = mem_bytes(tool->mem, (size_t)size_bytes + 1);
    size_t got = fread(bytes, 1, (size_t)size_bytes, in);
    if (fclose(in) != 0 || got != (size_t)size_bytes)
        tool_refuse(tool, 0, "cannot be read to its end");
    *size_bytes_out = got;
    return bytes;
}

void tool_save(struct tool *tool, const char *path, const struct tool_text *text)
{
    tool->file = path;
    FILE *out = fopen(path, "wb");
    if (out == NULL)
        tool_refuse(tool, 0, "cannot be written: %s", strerror(errno));
    size_t put = text->size_bytes > 0 ? fwrite(text->bytes, 1, text->size_bytes, out) : 0;
    if (fclose(out) != 0 || put != text->size_bytes)
        tool_refuse(tool, 0, "cannot be written: %s", strerror(errno));
}

static void make_room(struct tool_text *text, size_t more_bytes)
{
    size_t need = text->size_bytes + more_bytes + 1;
    if (need <= text->room_bytes)
        return;
    size_t room = text->room_bytes == 0 ? TEXT_FIRST_BYTES : text->room_bytes;
    while (room < need)
        room *= 2;
    char *bytes = mem_bytes(text->mem, room);
    if (text->size_bytes > 0)
        memcpy(bytes, text->bytes, text->size_bytes);
    text->bytes = bytes;
    text->room_bytes = room;
}

static void put_char(struct tool_text *text, char c)
{
    make_room(text, 1);
    text->bytes[text->size_bytes++] = c;
    text->bytes[text->size_bytes] = '\0';
}

void tool_print(struct tool_text *text, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int length = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    if (length < 0)
        return;
    make_room(text, (size_t)length);
    va_start(ap, format);
    vsnprintf(text->bytes + text->size_bytes, (size_t)length + 1, format, ap);
    va_end(ap);
    text->size_bytes += (size_t)length;
}

void tool_print_literal(struct tool_text *text, const char *value, bool breaks)
{
    for (const char *p = value; *p != '\0'; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == '\n') {
            tool_print(text, breaks && p[1] != '\0' ? "\\n\"\n    \"" : "\\n");
        } else if (c == '"' || c == '\\' || c == '?') { /* ? because of trigraphs */
            put_char(text, '\\');
            put_char(text, *p);
        } else if (c < ' ' || c == 0x7f) {
            tool_print(text, "\\%03o", c);
        } else {
            put_char(text, *p);
        }
    }
}

/* The last place in path where the folder stands as a part of its own. */
static const char *from_folder(const char *path, const char *folder)
{
    const char *found = NULL;
    for (const char *p = strstr(path, folder); p != NULL; p = strstr(p + 1, folder)) {
        if (p == path || p[-1] == '/')
            found = p;
    }
    return found;
}

const char *tool_place(const char *path)
{
    const char *place = from_folder(path, "src/");
    if (place == NULL)
        place = from_folder(path, "tools/");
    return place != NULL ? place : path;
}

const char *tool_include_name(const char *path)
{
    const char *name = from_folder(path, "src/");
    if (name != NULL)
        return name + strlen("src/");
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

char *tool_guard(struct mem *mem, const char *include_name)
{
    char *guard = mem_text(mem, include_name);
    for (char *p = guard; *p != '\0'; p++)
        *p = isalnum((unsigned char)*p) ? (char)toupper((unsigned char)*p) : '_';
    return guard;
}
