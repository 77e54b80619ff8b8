/* SPDX-License-Identifier: MIT */
/*
 * store_dialect.c - a migration in the shared dialect, as one engine takes it.
 *
 * Follows SQL only as far as it must: comments, quoted text, words, and where a statement ends.
 */
#include "platform/store/store_engine.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct dialect {
    FILE *out;
    bool is_postgresql;
    int word_count; /* of the statement so far */
    bool is_create; /* its first word is create */
    bool is_table;  /* ... and its second is table */
};

static bool is_word(const char *word, size_t length, const char *is)
{
    return length == strlen(is) && strncasecmp(word, is, length) == 0;
}

static const char *end_of_word(const char *at)
{
    while (isalnum((unsigned char)*at) || *at == '_')
        at++;
    return at;
}

static const char *end_of_quoted(const char *at)
{
    char quote = *at++;
    while (*at != '\0' && *at != quote)
        at++;
    return *at == '\0' ? at : at + 1; /* a doubled quote begins the next piece */
}

static const char *skip_blank(const char *at)
{
    while (isspace((unsigned char)*at))
        at++;
    return at;
}

static const char *translate_word(struct dialect *dialect, const char *at)
{
    const char *end = end_of_word(at);
    size_t length = (size_t)(end - at);
    if (dialect->word_count == 0)
        dialect->is_create = is_word(at, length, "create");
    if (dialect->word_count == 1)
        dialect->is_table = dialect->is_create && is_word(at, length, "table");
    dialect->word_count++;

    if (!dialect->is_postgresql && is_word(at, length, "bigint")) {
        fputs("integer", dialect->out);
    } else if (!dialect->is_postgresql && is_word(at, length, "bytea")) {
        fputs("blob", dialect->out);
    } else if (!dialect->is_postgresql && is_word(at, length, "double")) {
        const char *next = skip_blank(end);
        const char *next_end = end_of_word(next);
        if (!is_word(next, (size_t)(next_end - next), "precision"))
            next_end = end;
        fputs(next_end == end ? "double" : "real", dialect->out);
        end = next_end;
    } else {
        fwrite(at, 1, length, dialect->out);
    }
    return end;
}

static void end_statement(struct dialect *dialect)
{
    if (dialect->is_table && !dialect->is_postgresql)
        fputs(" strict", dialect->out);
    dialect->word_count = 0;
    dialect->is_create = dialect->is_table = false;
}

enum section { SECTION_NONE, SECTION_SQLITE, SECTION_POSTGRESQL, SECTION_BOTH };

/* What the line at `at` begins.  Only these very lines do: others are comments. */
static enum section section_at(const char *at)
{
    static const char *const lines[] = {[SECTION_SQLITE] = "-- on sqlite",
                                        [SECTION_POSTGRESQL] = "-- on postgresql",
                                        [SECTION_BOTH] = "-- on both"};
    size_t length = strcspn(at, "\r\n");
    for (enum section section = SECTION_SQLITE; section <= SECTION_BOTH; section++)
        if (length == strlen(lines[section]) && strncmp(at, lines[section], length) == 0)
            return section;
    return SECTION_NONE;
}

static const char *next_line(const char *at)
{
    at += strcspn(at, "\n");
    return *at == '\n' ? at + 1 : at;
}

/* From the line that begins a section: where this engine's text goes on. */
static const char *choose_section(const struct dialect *dialect, const char *at)
{
    enum section mine = dialect->is_postgresql ? SECTION_POSTGRESQL : SECTION_SQLITE;
    enum section section = section_at(at);
    while (*at != '\0' && section != mine && section != SECTION_BOTH) {
        at = next_line(at);
        section = section_at(at);
    }
    return next_line(at);
}

static const char *translate_piece(struct dialect *dialect, const char *text, const char *at)
{
    if ((at == text || at[-1] == '\n') && section_at(at) != SECTION_NONE)
        return choose_section(dialect, at);
    if (at[0] == '-' && at[1] == '-')
        return at + strcspn(at, "\n");
    if (*at == '\'' || *at == '"') {
        const char *end = end_of_quoted(at);
        fwrite(at, 1, (size_t)(end - at), dialect->out);
        return end;
    }
    if (isalpha((unsigned char)*at) || *at == '_')
        return translate_word(dialect, at);
    if (isdigit((unsigned char)*at)) {
        const char *end = end_of_word(at);
        fwrite(at, 1, (size_t)(end - at), dialect->out);
        return end;
    }
    if (*at == ';')
        end_statement(dialect);
    fputc(*at, dialect->out);
    return at + 1;
}

char *store_dialect(struct mem *mem, const char *text, bool is_postgresql)
{
    char *made = NULL;
    size_t size_bytes = 0;
    struct dialect dialect = {.out = open_memstream(&made, &size_bytes),
                              .is_postgresql = is_postgresql};
    if (dialect.out == NULL)
        return mem_text(mem, "");
    for (const char *at = text; *at != '\0';)
        at = translate_piece(&dialect, text, at);
    end_statement(&dialect);
    fclose(dialect.out);
    char *copy = mem_text(mem, made);
    free(made);
    return copy;
}
