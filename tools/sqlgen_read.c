/* SPDX-License-Identifier: MIT */
/*
 * sqlgen_read.c - reads a file into queries: header, comment and directives, text.
 *
 * Between queries comments are free.  A comment line that reads `-- name (` begins a query; its
 * header may go on over several such lines until it is complete.
 */
#include "sqlgen.h"

#include <string.h>

#define NAME_FIRST "abcdefghijklmnopqrstuvwxyz"
#define NAME_CHARACTERS NAME_FIRST "0123456789_"

enum { NAME_MAX_BYTES = 60 };

/* Names that would not compile, or that the generated function uses itself. */
static const char taken[] =
    " auto break case char const continue default do double else enum extern float for goto if "
    "inline int long register restrict return short signed sizeof static struct switch typedef "
    "union unsigned void volatile while bool true false "
    "ctx out rows_out count_out changes_out choice params sink ";

static bool is_taken(const char *name)
{
    size_t length = strlen(name);
    for (const char *p = strstr(taken, name); p != NULL; p = strstr(p + 1, name)) {
        if (p[-1] == ' ' && p[length] == ' ')
            return true;
    }
    return false;
}

/* Blanks, and the turn to the next comment line of an unfinished header. */
static void pass_blank(struct source *source)
{
    for (;;) {
        source->p += strspn(source->p, " \t\r");
        if (*source->p != '\n')
            return;
        source->p++;
        source->line++;
        source->p += strspn(source->p, " \t");
        if (strncmp(source->p, "--", 2) != 0)
            tool_refuse(source->tool, source->line - 1, "the header of the query is not complete");
        source->p += 2;
    }
}

static bool take(struct source *source, const char *what)
{
    pass_blank(source);
    size_t length = strlen(what);
    if (strncmp(source->p, what, length) != 0)
        return false;
    source->p += length;
    return true;
}

static void expect(struct source *source, const char *what)
{
    if (!take(source, what))
        tool_refuse(source->tool, source->line, "expected \"%s\" before \"%.*s\"", what,
                    (int)strcspn(source->p, "\n"), source->p);
}

/* A name of small letters, digits and underscores, or NULL. */
static const char *maybe_name(struct source *source)
{
    pass_blank(source);
    size_t length = strspn(source->p, NAME_CHARACTERS);
    if (length == 0 || strchr(NAME_FIRST, *source->p) == NULL)
        return NULL;
    if (length > NAME_MAX_BYTES)
        tool_refuse(source->tool, source->line, "a name is longer than %d characters",
                    NAME_MAX_BYTES);
    source->p += length;
    return mem_text_part(source->tool->mem, source->p - length, length);
}

static const char *name_of(struct source *source, const char *what)
{
    const char *name = maybe_name(source);
    if (name == NULL)
        tool_refuse(source->tool, source->line, "expected %s before \"%.*s\"", what,
                    (int)strcspn(source->p, "\n"), source->p);
    return name;
}

static enum store_type type_of(struct source *source, const char *field)
{
    static const char *const names[] = {"int", "text", "real", "blob"};
    static const enum store_type types[] = {STORE_INT, STORE_TEXT, STORE_REAL, STORE_BLOB};
    const char *name = maybe_name(source);
    if (name == NULL)
        tool_refuse(source->tool, source->line, "\"%s\" needs a type: int, text, real or blob",
                    field);
    for (int i = 0; i < 4; i++) {
        if (strcmp(name, names[i]) == 0)
            return types[i];
    }
    tool_refuse(source->tool, source->line, "unknown type \"%s\": int, text, real or blob", name);
}

static void read_field(struct source *source, struct field *field, bool is_argument)
{
    field->name = name_of(source, "a name");
    if (is_taken(field->name))
        tool_refuse(source->tool, source->line, "the name \"%s\" is taken", field->name);
    field->type = type_of(source, field->name);
    field->is_nullable = take(source, "?");
    const char *word = maybe_name(source);
    if (word == NULL)
        return;
    if (!is_argument || strcmp(word, "optional") != 0)
        tool_refuse(source->tool, source->line, "unexpected \"%s\" after \"%s\"", word,
                    field->name);
    if (field->is_nullable)
        tool_refuse(source->tool, source->line,
                    "\"%s\" is either optional or may be null, not both", field->name);
    field->is_optional = true;
}

/* `(name type, ...)`; returns how many. */
static int read_fields(struct source *source, struct field *fields, int room, bool is_argument)
{
    int count = 0;
    expect(source, "(");
    if (take(source, ")"))
        return 0;
    do {
        if (count == room)
            tool_refuse(source->tool, source->line, "more than %d %s", room,
                        is_argument ? "arguments" : "columns");
        read_field(source, &fields[count], is_argument);
        for (int i = 0; i < count; i++) {
            if (strcmp(fields[i].name, fields[count].name) == 0)
                tool_refuse(source->tool, source->line, "\"%s\" is declared twice",
                            fields[count].name);
        }
        count++;
    } while (take(source, ","));
    expect(source, ")");
    return count;
}

static enum store_kind kind_of(struct source *source)
{
    static const char *const names[] = {"one", "many", "changes", "page"};
    static const enum store_kind kinds[] = {STORE_ONE, STORE_MANY, STORE_CHANGES, STORE_PAGE};
    const char *name = name_of(source, "one, many, changes or page");
    for (int i = 0; i < 4; i++) {
        if (strcmp(name, names[i]) == 0)
            return kinds[i];
    }
    tool_refuse(source->tool, source->line, "unknown kind \"%s\": one, many, changes or page",
                name);
}

/* At the name in the first header line. */
static void read_header(struct source *source, struct query *query)
{
    query->line = source->line;
    query->name = name_of(source, "the name of the query");
    query->argument_count = read_fields(source, query->arguments, STORE_ARGUMENTS_MAX, true);
    expect(source, "->");
    query->kind = kind_of(source);
    query->gives_rows = query->kind != STORE_CHANGES;
    if (query->gives_rows) {
        query->column_count = read_fields(source, query->columns, STORE_COLUMNS_MAX, false);
        if (query->column_count == 0)
            tool_refuse(source->tool, source->line, "query \"%s\" gives no columns", query->name);
    }
    source->p += strspn(source->p, " \t\r");
    if (*source->p != '\n' && *source->p != '\0')
        tool_refuse(source->tool, source->line, "unexpected \"%.*s\" after the header",
                    (int)strcspn(source->p, "\n"), source->p);
}

/* `p.signed_on desc`; the column is found by the name after the dot. */
static bool read_key(struct source *source, struct query *query, struct sort *sort)
{
    if (sort->key_count == STORE_KEYS_MAX)
        tool_refuse(source->tool, source->line, "sort \"%s\" has more than %d keys", sort->name,
                    STORE_KEYS_MAX);
    const char *column = name_of(source, "a column to sort by");
    const char *key = column;
    if (*source->p == '.') {
        source->p++;
        column = name_of(source, "a column to sort by");
        key = mem_format(source->tool->mem, "%s.%s", key, column);
    }
    int found = 0;
    while (found < query->column_count && strcmp(query->columns[found].name, column) != 0)
        found++;
    if (found == query->column_count)
        tool_refuse(source->tool, source->line, "sort key \"%s\" is not a column of the query",
                    key);
    if (query->columns[found].is_nullable || query->columns[found].type == STORE_BLOB)
        tool_refuse(source->tool, source->line, "sort key \"%s\" may be null or is a blob", key);
    sort->keys[sort->key_count] = key;
    sort->columns[sort->key_count++] = found;
    bool is_descending = take(source, "desc");
    if (!is_descending)
        (void)take(source, "asc");
    return is_descending;
}

/* After `-- sort `, on a copy of the line. */
static void read_sort(struct source *source, struct query *query)
{
    if (query->kind != STORE_PAGE)
        tool_refuse(source->tool, source->line, "only a page query has sorts");
    if (query->sort_count == SORTS_MAX)
        tool_refuse(source->tool, source->line, "more than %d sorts", SORTS_MAX);
    struct sort *sort = &query->sorts[query->sort_count];
    sort->line = source->line;
    sort->name = name_of(source, "the name of a sort");
    expect(source, ":");
    for (int i = 0; i < query->sort_count; i++) {
        if (strcmp(query->sorts[i].name, sort->name) == 0)
            tool_refuse(source->tool, source->line, "sort \"%s\" is declared twice", sort->name);
    }
    do {
        bool is_descending = read_key(source, query, sort);
        if (sort->key_count > 1 && is_descending != sort->is_descending)
            tool_refuse(source->tool, source->line, "the keys of sort \"%s\" go in two directions",
                        sort->name);
        sort->is_descending = is_descending;
    } while (take(source, ","));
    pass_blank(source);
    if (*source->p != '\0')
        tool_refuse(source->tool, source->line, "unexpected \"%s\" in sort \"%s\"", source->p,
                    sort->name);
    query->sort_count++;
}

/* After `-- scans `: names of tables, a dash, the reason. */
static void read_scans(struct source *source, struct query *query)
{
    struct tool_text scans = {.mem = source->tool->mem};
    const char *name;
    tool_print(&scans, "%s", query->scans[0] != '\0' ? query->scans : " ");
    while ((name = maybe_name(source)) != NULL) {
        tool_print(&scans, "%s ", name);
        (void)take(source, ",");
    }
    bool has_dash = take(source, "-") || take(source, "\xe2\x80\x93") || /* en and em dash */
                    take(source, "\xe2\x80\x94");
    pass_blank(source);
    if (scans.size_bytes < 2 || !has_dash || *source->p == '\0')
        tool_refuse(source->tool, source->line,
                    "`-- scans` names tables, then a dash and the reason");
    query->scans = scans.bytes;
}

/* One comment line under the header: a directive or a line of the note. */
static void read_note(struct source *source, struct query *query)
{
    size_t length = strcspn(source->p, "\r\n");
    char *text = mem_text_part(source->tool->mem, source->p, length);
    source->p += strcspn(source->p, "\n");
    const char *said = text + strspn(text, " \t");
    struct source line = {source->tool, said, source->line};
    size_t word = strspn(said, NAME_CHARACTERS);
    size_t second = strspn(said + word, " ");
    size_t second_length = strspn(said + word + second, NAME_CHARACTERS);
    line.p = said + word + second;
    if (word == 4 && strncmp(said, "sort", 4) == 0 && second > 0 &&
        (query->kind == STORE_PAGE || line.p[second_length] == ':'))
        read_sort(&line, query);
    else if (word == 5 && strncmp(said, "scans", 5) == 0 && second > 0)
        read_scans(&line, query);
    else
        tool_print(&query->note, "%s\n", text);
}

static void read_notes(struct source *source, struct query *query)
{
    for (;;) {
        source->p += strspn(source->p, " \t\r");
        if (*source->p == '\n') {
            source->p++;
            source->line++;
        } else if (strncmp(source->p, "--", 2) == 0) {
            source->p += 2;
            read_note(source, query);
        } else {
            return;
        }
    }
}

/* The rest of the line after a semicolon. */
static void pass_line_end(struct source *source)
{
    source->p += strspn(source->p, " \t\r");
    if (*source->p != '\n' && *source->p != '\0' && strncmp(source->p, "--", 2) != 0)
        tool_refuse(source->tool, source->line, "more than one statement in a query");
}

/* True, and passes the line, when the next line that says anything is `-- on postgresql`. */
static bool take_turn(struct source *source)
{
    struct source ahead = *source;
    struct tokens nothing = {0};
    ahead.p += strspn(ahead.p, " \t\r\n");
    if (strncmp(ahead.p, "-- on postgresql", strlen("-- on postgresql")) != 0)
        return false;
    for (const char *p = source->p; p < ahead.p; p++)
        ahead.line += *p == '\n';
    char *line = mem_text_part(source->tool->mem, ahead.p, strcspn(ahead.p, "\n"));
    struct source only = {source->tool, line, ahead.line};
    if (sql_tokens(&only, &nothing) != STOP_POSTGRESQL)
        return false;
    ahead.p += strlen(line);
    *source = ahead;
    return true;
}

static void read_body(struct source *source, struct query *query)
{
    enum token_stop stop = sql_tokens(source, &query->body);
    if (query->body.count == 0)
        tool_refuse(source->tool, query->line, "query \"%s\" has no text", query->name);
    if (stop == STOP_SEMICOLON) {
        pass_line_end(source);
        query->has_postgresql = take_turn(source);
    } else {
        query->has_postgresql = stop == STOP_POSTGRESQL;
    }
    if (query->has_postgresql) {
        stop = sql_tokens(source, &query->postgresql_body);
        if (query->postgresql_body.count == 0)
            tool_refuse(source->tool, query->line, "query \"%s\" has no text for PostgreSQL",
                        query->name);
        if (stop == STOP_SEMICOLON)
            pass_line_end(source);
    }
    if (stop != STOP_SEMICOLON)
        tool_refuse(source->tool, query->line, "query \"%s\" does not end in \";\"", query->name);
}

/* At "--" between queries: does a query begin here, or is it free comment? */
static bool begins_query(const char *p)
{
    const char *name = p + 2 + strspn(p + 2, " ");
    size_t length = strspn(name, NAME_CHARACTERS);
    size_t blank = strspn(name + length, " ");
    if (length == 0 || name[length + blank] != '(')
        return false;
    const char *arrow = strstr(name, "->");
    return memchr(name, '_', length) != NULL ||
           (arrow != NULL && arrow < name + strcspn(name, "\n"));
}

/* The name of a query says where it is: it begins with its folder's. */
static void check_name(struct tool *tool, const struct query *query, const struct query_file *file)
{
    const char *end = strrchr(tool->file, '/');
    const char *start = end;
    while (start != NULL && start > tool->file && start[-1] != '/')
        start--;
    size_t length = end != NULL ? (size_t)(end - start) : 0;
    if (end != NULL && (strncmp(query->name, start, length) != 0 || query->name[length] != '_'))
        tool_refuse(tool, query->line, "query \"%s\" must begin with the folder's name, \"%.*s_\"",
                    query->name, (int)length, start);
    for (int i = 0; i < file->count; i++) {
        if (strcmp(file->queries[i]->name, query->name) == 0)
            tool_refuse(tool, query->line, "query \"%s\" stands in line %d already", query->name,
                        file->queries[i]->line);
    }
}

static void keep(struct tool *tool, struct query_file *file, struct query *query)
{
    file->queries = tool_room(tool->mem, (void *)file->queries, sizeof *file->queries, file->count,
                              &file->room);
    file->queries[file->count++] = query;
}

static void read_query(struct source *source, struct query_file *out)
{
    struct query *query = mem_new(source->tool->mem, struct query);
    query->scans = "";
    query->note.mem = source->tool->mem;
    source->p += 2;
    read_header(source, query);
    check_name(source->tool, query, out);
    read_notes(source, query);
    read_body(source, query);
    keep(source->tool, out, query);
}

void sql_read(struct tool *tool, const char *text, struct query_file *out)
{
    struct source source = {tool, text, 1};
    *out = (struct query_file){0};
    for (;;) {
        source.p += strspn(source.p, " \t\r");
        if (*source.p == '\0')
            return;
        if (*source.p == '\n') {
            source.p++;
            source.line++;
        } else if (strncmp(source.p, "--", 2) != 0) {
            tool_refuse(tool, source.line, "no header line `-- name (...) -> ...` above this text");
        } else if (begins_query(source.p)) {
            read_query(&source, out);
        } else {
            source.p += strcspn(source.p, "\n");
        }
    }
}
