/* SPDX-License-Identifier: MIT */
/*
 * checkstyle.c - holds the rules of the house that a program can check.
 *
 * usage: checkstyle PATH...     (from the top of the tree: checkstyle src tools test)
 *
 * Prints `file:line: message` for each offence and ends with 1 if there is any.  What it checks
 * stands in the checkstyle_*.c beside it, a file a group of rules.
 */
#include "checkstyle.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char usage[] =
    "usage: checkstyle PATH...\n"
    "Checks the .c, .h and .sql files below each PATH, which is written from the top of the\n"
    "tree (checkstyle src tools test): directions of includes, sizes, functions that are not used\n"
    "here, state that outlives a call.  Prints `file:line: message`; ends with 1 if there is "
    "any.\n";

struct request {
    int count;
    char **paths;
    int found;
};

struct names {
    const char **at;
    int count;
    int room;
};

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Hidden ones, and inputs that tests of the tools refuse, are no part of the program. */
static bool is_skipped(const char *name)
{
    return name[0] == '.' || strcmp(name, "samples") == 0 || strcmp(name, "node_modules") == 0;
}

static struct names list_folder(struct tool *tool, const char *path)
{
    struct names names = {0};
    DIR *folder = opendir(path);
    tool->file = path;
    if (folder == NULL)
        tool_refuse(tool, 0, "cannot be read: %s", strerror(errno));
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (is_skipped(entry->d_name))
            continue;
        names.at =
            tool_room(tool->mem, (void *)names.at, sizeof *names.at, names.count, &names.room);
        names.at[names.count++] = mem_format(tool->mem, "%s/%s", path, entry->d_name);
    }
    closedir(folder);
    if (names.count > 0)
        qsort((void *)names.at, (size_t)names.count, sizeof *names.at, by_name);
    return names;
}

static void add_path(struct tool *tool, struct style *style, const char *path)
{
    struct stat status;
    tool->file = path;
    if (stat(path, &status) != 0)
        tool_refuse(tool, 0, "cannot be read: %s", strerror(errno));
    if (S_ISDIR(status.st_mode)) {
        struct names names = list_folder(tool, path);
        for (int i = 0; i < names.count; i++)
            add_path(tool, style, names.at[i]);
    } else if (style_ends(path, ".c") || style_ends(path, ".h") || style_ends(path, ".sql")) {
        size_t size_bytes;
        char *text = tool_read(tool, path, &size_bytes);
        style_add(style, path, text, size_bytes);
    }
}

/* "./src/" -> "src" */
static char *tidy(struct mem *mem, const char *path)
{
    path += style_begins(path, "./") ? 2 : 0;
    char *tidied = mem_text(mem, path);
    size_t length = strlen(tidied);
    while (length > 1 && tidied[length - 1] == '/')
        tidied[--length] = '\0';
    return tidied;
}

static void check(struct tool *tool, void *arg)
{
    struct request *request = arg;
    struct style style = {.mem = tool->mem};
    for (int i = 0; i < request->count; i++)
        add_path(tool, &style, tidy(tool->mem, request->paths[i]));
    style_finish(&style);
    for (int i = 0; i < style.finding_count; i++)
        printf("%s:%d: %s\n", style.findings[i].path, style.findings[i].line,
               style.findings[i].message);
    request->found = style.finding_count;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return 0;
    }
    if (argc < 2) {
        fputs(usage, stderr);
        return 2;
    }
    struct request request = {argc - 1, argv + 1, 0};
    int result = tool_run(check, &request);
    return result != 0 || request.found > 0;
}
