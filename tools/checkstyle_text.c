/* SPDX-License-Identifier: MIT */
/*
 * checkstyle_text.c - rules that need no C: sizes, licence line, header comment, promises; and
 * that every table and column of a migration says what it means.
 */
#include "checkstyle.h"

#include <ctype.h>
#include <string.h>

enum { COLUMNS_MAX = 100, LINES_MAX = 500 };

/* UTF-8: every byte but those that go on with a character. */
static int columns_of(const char *line, size_t length)
{
    int columns = 0;
    for (size_t i = 0; i < length; i++)
        columns += ((unsigned char)line[i] & 0xc0) != 0x80;
    return columns;
}

static void check_lines(struct style *style, const struct style_file *file)
{
    int line = 0;
    for (const char *p = file->text; *p != '\0';) {
        size_t length = strcspn(p, "\n");
        int columns = columns_of(p, length);
        line++;
        if (columns > COLUMNS_MAX)
            style_find(style, file, line, "%d columns: at most %d", columns, COLUMNS_MAX);
        p += length + (p[length] == '\n');
    }
    if (line > LINES_MAX)
        style_find(style, file, LINES_MAX + 1, "%d lines: at most %d", line, LINES_MAX);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static void check_top(struct style *style, const struct style_file *file)
{
    static const char licence[] = "/* SPDX-License-Identifier: MIT */\n";
    if (!style_begins(file->text, licence)) {
        style_find(style, file, 1,
                   "the first line is the licence: /* SPDX-License-Identifier: "
                   "MIT */");
        return;
    }
    const char *name = base_name(file->path);
    const char *p = file->text + strlen(licence);
    p += style_begins(p, "/*") ? 2 : 0;
    p += strspn(p, " *\n");
    if (!style_begins(p, name) || !style_begins(p + strlen(name), " - "))
        style_find(style, file, 2, "the header comment begins \"%s - \"", name);
}

/* "#12" somewhere in the comment from p on. */
static bool names_issue(const char *p, const char *end)
{
    for (; p + 1 < end; p++) {
        if (*p == '#' && isdigit((unsigned char)p[1]))
            return true;
    }
    return false;
}

static bool is_word_at(const char *p, const char *start, const char *end, const char *word)
{
    size_t length = strlen(word);
    return (size_t)(end - p) >= length && strncmp(p, word, length) == 0 &&
           (p == start || !isalnum((unsigned char)p[-1])) &&
           (p + length == end || !isalnum((unsigned char)p[length]));
}

static void check_promises(struct style *style, const struct style_file *file,
                           const struct style_comment *comment)
{
    static const char *const words[] = {"TODO", "FIXME", "XXX", "HACK"};
    const char *end = comment->text + comment->length;
    int line = comment->line;
    for (const char *p = comment->text; p < end; p++) {
        line += *p == '\n';
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            const char *rest = memchr(p, '\n', (size_t)(end - p));
            if (is_word_at(p, comment->text, end, words[i]) &&
                !names_issue(p, rest != NULL ? rest : end))
                style_find(style, file, line, "%s without the number of its issue (#12)", words[i]);
        }
    }
}

void style_check_text(struct style *style, const struct style_file *file)
{
    check_lines(style, file);
    check_top(style, file);
    for (int i = 0; i < file->comment_count; i++)
        check_promises(style, file, &file->comments[i]);
}

/* ---- SQL ---- */

struct sql_line {
    const char *text; /* from the first that is not blank */
    size_t length;
    int line;
    bool is_comment;
    bool has_comment;
};

static struct sql_line read_sql_line(const char *p, int line)
{
    size_t blank = strspn(p, " \t");
    struct sql_line read = {p + blank, strcspn(p + blank, "\n"), line, false, false};
    const char *dashes = strstr(read.text, "--");
    read.has_comment = dashes != NULL && dashes < read.text + read.length;
    read.is_comment = dashes == read.text && read.has_comment;
    return read;
}

/* "title text not null": the length of the name, or 0 when this declares no column. */
static size_t column_name(const struct sql_line *line)
{
    static const char *const types[] = {"bigint", "text", "double precision", "bytea"};
    size_t name = strspn(line->text, "abcdefghijklmnopqrstuvwxyz0123456789_");
    const char *type = line->text + name + strspn(line->text + name, " ");
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        size_t length = strlen(types[i]);
        if (name > 0 && type > line->text + name && strncmp(type, types[i], length) == 0 &&
            !isalnum((unsigned char)type[length]) && type[length] != '_')
            return name;
    }
    return 0;
}

static bool has_word(const struct sql_line *line, const char *word)
{
    const char *found = strstr(line->text, word);
    return found != NULL && found < line->text + line->length;
}

/* One column a line; its comment on the line or on the line above.  A reference says itself what
 * it means. */
static void check_migration(struct style *style, const struct style_file *file)
{
    struct sql_line before = {.text = ""};
    bool is_table = false;
    int number = 0;
    for (const char *p = file->text; *p != '\0';) {
        struct sql_line line = read_sql_line(p, ++number);
        bool is_said = line.has_comment || before.is_comment || has_word(&line, " references ");
        bool begins = style_begins(line.text, "create table ");
        size_t column = is_table ? column_name(&line) : 0;
        if (begins && !is_said)
            style_find(style, file, number, "a comment above the table says what it holds");
        if (column > 0 && !is_said)
            style_find(style, file, number,
                       "column \"%.*s\": a comment says what it means, and in "
                       "what unit",
                       (int)column, line.text);
        is_table = (is_table || begins) && !style_begins(line.text, ");");
        before = line;
        p = line.text + line.length + (line.text[line.length] == '\n');
    }
}

/* "pledge_0001.sql" */
static bool is_migration(const char *path)
{
    size_t length = strlen(path);
    return length > 9 && path[length - 9] == '_' && strspn(path + length - 8, "0123456789") == 4 &&
           style_ends(path, ".sql");
}

void style_check_sql(struct style *style, const struct style_file *file)
{
    struct style_comment all = {file->text, strlen(file->text), 1};
    check_promises(style, file, &all);
    if (is_migration(file->path))
        check_migration(style, file);
}
