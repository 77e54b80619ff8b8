/* SPDX-License-Identifier: MIT */
/*
 * sqlgen.h - the parts of sqlgen: a file is cut into tokens, read into queries, checked against
 * the shared dialect, and written as C.
 *
 * The format is fixed by doc/decisions/0001-queries-and-views.md.
 */
#ifndef TOOLS_SQLGEN_H
#define TOOLS_SQLGEN_H

#include "platform/store/store.h"
#include "tool.h"

/* ---- tokens (sqlgen_token.c) ---- */

enum token_kind {
    TOKEN_END,
    TOKEN_WORD,
    TOKEN_NUMBER,
    TOKEN_STRING,   /* with its quotes */
    TOKEN_ARGUMENT, /* text without the colon */
    TOKEN_SYMBOL
};

enum token_gap { GAP_NONE, GAP_SPACE, GAP_LINE };

struct token {
    enum token_kind kind;
    enum token_gap gap; /* what stands before it; comments count as space */
    const char *text;
    int line;
    int depth; /* brackets around it; a bracket stands outside itself */
    /* The optional argument whose [[name: ... ]] holds it; NULL outside.  One pointer a fragment:
     * two fragments of one argument have different pointers. */
    const char *fragment;
};

struct tokens {
    struct token *at;
    int count;
    int room;
};

enum token_stop { STOP_END, STOP_SEMICOLON, STOP_POSTGRESQL };

struct source {
    struct tool *tool;
    const char *p; /* the rest of the file, ended with a zero byte */
    int line;
};

/* Reads one statement, to its semicolon, to a line `-- on postgresql`, or to the end. */
enum token_stop sql_tokens(struct source *source, struct tokens *out);

/* The nth token; before the first and after the last stands one of kind TOKEN_END. */
const struct token *token_at(const struct tokens *tokens, int n);
bool token_is(const struct token *token, const char *text); /* a word or symbol with this text */

struct owned_tables {
    const char **names;
    int count;
    int room;
};

/* Adds the names of tables that a migration creates to owned. */
void sql_owned_tables(struct source *source, struct owned_tables *owned);

/* ---- queries (sqlgen_read.c) ---- */

enum { SORTS_MAX = 16 };

struct field {
    const char *name;
    enum store_type type;
    bool is_nullable;
    bool is_optional;
    bool is_used;
};

struct sort {
    const char *name;
    int line;
    bool is_descending;
    const char *keys[STORE_KEYS_MAX]; /* "p.signed_on" */
    int columns[STORE_KEYS_MAX];
    int key_count;
};

struct query {
    const char *name;
    int line;
    enum store_kind kind;
    bool gives_rows; /* has columns */
    bool writes;
    struct field arguments[STORE_ARGUMENTS_MAX];
    int argument_count;
    struct field columns[STORE_COLUMNS_MAX];
    int column_count;
    struct sort sorts[SORTS_MAX];
    int sort_count;
    const char *scans; /* " a b " or "" */
    struct tool_text note;
    struct tokens body;
    struct tokens postgresql_body;
    bool has_postgresql;
};

struct query_file {
    struct query **queries;
    int count;
    int room;
};

/* Reads all queries of a file; text ends with a zero byte. */
void sql_read(struct tool *tool, const char *text, struct query_file *out);

/* ---- what is refused (sqlgen_dialect.c, sqlgen_check.c) ---- */

/* Who reads a text: where a query has a second text, the first is SQLite's alone. */
enum sql_text { SQL_SHARED, SQL_SQLITE, SQL_POSTGRESQL };

/* Refuses what the two engines understand differently. */
void sql_check_dialect(struct tool *tool, const struct tokens *body, enum sql_text text);

/* Refuses what does not fit the header, and writes to tables of others. */
void sql_check(struct tool *tool, struct query *query, const struct owned_tables *owned);

/* Refuses a write to a table that is not owned.  True when the statement writes at all. */
bool sql_check_writes(struct tool *tool, const struct tokens *body,
                      const struct owned_tables *owned);

/* Refuses a migration that is not in the shared dialect; adds the tables it creates to owned.
 * (sqlgen_migration.c) */
void sql_check_migration(struct tool *tool, const char *text, struct owned_tables *owned);

/* ---- C (sqlgen_constant.c, sqlgen_write.c) ---- */

const char *sql_type_name(enum store_type type); /* "STORE_INT" */

/* The struct store_query of a query with its tables, and its place on the program's list. */
void sql_write_constant(struct tool_text *out, const struct query *query, const char *place);

struct sql_output {
    const char *source_name;  /* "src/programme/pledge/pledge.sql" */
    const char *include_name; /* "programme/pledge/pledge.sql.h" */
    struct tool_text header;
    struct tool_text code;
};

/* header and code begin as {.mem = mem}. */
void sql_write(struct sql_output *out, const struct query_file *file);

/* Reads, checks and writes the queries in text, which ends with a zero byte. */
void sql_generate(struct tool *tool, const char *text, const struct owned_tables *owned,
                  struct sql_output *out);

#endif
