/* SPDX-License-Identifier: MIT */
/* cases.c - splits a file of cases, runs each, and compares to the letter. */
#include "cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARK "#### "

struct case_run {
    case_fn *fn;
    int count;
    int wrong;
};

/* Turns \xNN into its byte, in place. */
static size_t unescape(char *text)
{
    char *to = text;
    for (const char *p = text; *p != '\0'; p++) {
        if (p[0] == '\\' && p[1] == 'x' && p[2] != '\0' && p[3] != '\0') {
            char digits[3] = {p[2], p[3], '\0'};
            *to++ = (char)strtol(digits, NULL, 16);
            p += 3;
        } else {
            *to++ = *p;
        }
    }
    *to = '\0';
    return (size_t)(to - text);
}

/* "NAME: accepted" or "NAME:LINE: reason"; the name ends at the first colon. */
static void run_case(struct mem *mem, struct case_run *run, const char *expected, char *text)
{
    static const char accepted[] = ": accepted";
    size_t name_length = strcspn(expected, ":");
    bool is_accepted = strcmp(expected + name_length, accepted) == 0;
    struct case_input input = {mem_text_part(mem, expected, name_length), text, unescape(text)};
    const char *said = run->fn(mem, &input);
    run->count++;
    if (strcmp(said, is_accepted ? "" : expected) == 0)
        return;
    run->wrong++;
    printf("case:     %s\nthe tool: %s\n%s\n", expected, said[0] != '\0' ? said : "accepted it",
           text);
}

int cases_run(struct mem *mem, const char *path, case_fn *fn, int *count_out)
{
    struct tool tool = {.mem = mem};
    struct case_run run = {.fn = fn};
    size_t size_bytes;
    char *at = strstr(tool_read(&tool, path, &size_bytes), MARK);
    while (at != NULL) {
        char *line_end = strchr(at, '\n');
        char *next = strstr(at, "\n" MARK);
        char *text = line_end != NULL && line_end != next ? line_end + 1 : NULL;
        char *text_end = next != NULL ? next + 1 : at + strlen(at);
        const char *expected =
            mem_text_part(mem, at + strlen(MARK), strcspn(at + strlen(MARK), "\n"));
        size_t length = text != NULL ? (size_t)(text_end - text) : 0;
        run_case(mem, &run, expected, mem_text_part(mem, text != NULL ? text : "", length));
        at = next != NULL ? next + 1 : NULL;
    }
    *count_out = run.count;
    return run.wrong;
}
