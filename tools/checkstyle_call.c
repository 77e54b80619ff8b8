/* SPDX-License-Identifier: MIT */
/*
 * checkstyle_call.c - C functions that the house does not use, and the few places that may.
 *
 * This is the one list of exceptions.  A place is a file or the beginning of its path.
 */
#include "checkstyle.h"

#include <string.h>

enum group { HEAP, TEXT, NUMBER, CLOCK, CHANCE, SHELL, END };

static const struct {
    enum group group;
    const char *name;
} banned[] = {
    {HEAP, "malloc"},        {HEAP, "calloc"},    {HEAP, "realloc"},   {HEAP, "reallocarray"},
    {HEAP, "free"},          {HEAP, "strdup"},    {HEAP, "strndup"},   {HEAP, "asprintf"},
    {HEAP, "vasprintf"},     {HEAP, "alloca"},    {TEXT, "strcpy"},    {TEXT, "strcat"},
    {TEXT, "stpcpy"},        {TEXT, "strncpy"},   {TEXT, "strncat"},   {TEXT, "sprintf"},
    {TEXT, "vsprintf"},      {TEXT, "gets"},      {TEXT, "strtok"},    {TEXT, "strtok_r"},
    {TEXT, "strsep"},        {NUMBER, "atoi"},    {NUMBER, "atol"},    {NUMBER, "atoll"},
    {NUMBER, "atof"},        {NUMBER, "sscanf"},  {CLOCK, "time"},     {CLOCK, "clock_gettime"},
    {CLOCK, "gettimeofday"}, {CLOCK, "gmtime"},   {CLOCK, "gmtime_r"}, {CLOCK, "localtime"},
    {CLOCK, "localtime_r"},  {CLOCK, "ctime"},    {CLOCK, "ctime_r"},  {CLOCK, "asctime"},
    {CLOCK, "asctime_r"},    {CLOCK, "mktime"},   {CLOCK, "timegm"},   {CLOCK, "strftime"},
    {CHANCE, "rand"},        {CHANCE, "rand_r"},  {CHANCE, "srand"},   {CHANCE, "random"},
    {CHANCE, "srandom"},     {CHANCE, "drand48"}, {CHANCE, "lrand48"}, {SHELL, "system"},
    {SHELL, "popen"},        {END, "exit"},       {END, "_exit"},      {END, "quick_exit"},
};

static const char *const why[] = {
    [HEAP] = "memory comes from ctx->mem (platform/base/mem.h)",
    [TEXT] = "text is made by mem_format, or written with a limit",
    [NUMBER] = "numbers are read by platform/base/text.h, which says when it cannot",
    [CLOCK] = "the only clock is ctx->now_secs; days are platform/base/time.h",
    [CHANCE] = "chance comes from platform/base/random.h",
    [SHELL] = "no shell is started",
    [END] = "a failure is returned; only main ends the program",
};

static const struct {
    enum group group;
    const char *place;
} allowed[] = {
    {HEAP, "src/platform/base/"},  /* makes memory what it is */
    {HEAP, "src/platform/store/"}, /* hands back what the engines gave */
    {TEXT, "src/platform/base/"},  /* may count for itself */
    {TEXT, "src/platform/store/"},
    {HEAP, "tools/"},                              /* hands back what realpath gave */
    {CLOCK, "src/platform/base/"},                 /* London time; the clock that fills ctx */
    {CLOCK, "src/platform/web/exchange.c"},        /* measures how long an answer took         */
    {CLOCK, "src/platform/store/store_writers.c"}, /* waits in line so long and no longer */
    {END, "src/main.c"},
    {END, "tools/"},
    {END, "test/"},
    {HEAP, "test/"},
};

static bool may(enum group group, const char *path)
{
    if ((group == HEAP || group == END) && style_is_test(path))
        return true; /* hands back what a library gave; ends a child */
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++) {
        if (allowed[i].group == group && style_begins(path, allowed[i].place))
            return true;
    }
    return false;
}

/* A call, not a member of that name and not a declaration `int time(...)`. */
static bool is_call(const struct style_file *file, int n)
{
    const struct style_token *before = style_at(file, n - 1);
    if (!style_is(style_at(file, n + 1), "(") || style_is(before, ".") || style_is(before, "->"))
        return false;
    return before->kind != STYLE_WORD || style_is(before, "return") || style_is(before, "else") ||
           style_is(before, "do");
}

void style_check_calls(struct style *style, const struct style_file *file)
{
    for (int n = 0; n < file->token_count; n++) {
        const struct style_token *token = style_at(file, n);
        if (token->kind != STYLE_WORD || !is_call(file, n))
            continue;
        for (size_t i = 0; i < sizeof banned / sizeof banned[0]; i++) {
            if (style_is(token, banned[i].name) && !may(banned[i].group, file->path))
                style_find(style, file, token->line, "%s() is not used here: %s", banned[i].name,
                           why[banned[i].group]);
        }
    }
}
