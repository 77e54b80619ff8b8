/* SPDX-License-Identifier: MIT */
/*
 * sqlgen_write.c - writes the header and the code of a file of queries: a struct a row and a
 * typed function a query, around the constants of sqlgen_constant.c.
 *
 * Everything refused has been refused before: nothing here can fail.
 */
#include "sqlgen.h"

#include <string.h>

static bool may_be_null(const struct field *field)
{
    return field->is_nullable || field->is_optional;
}

/* The C type, ready to stand before a name. */
static const char *c_type(const struct field *field)
{
    bool is_null = may_be_null(field);
    switch (field->type) {
    case STORE_INT:
        return is_null ? "const int64_t *" : "int64_t ";
    case STORE_REAL:
        return is_null ? "const double *" : "double ";
    case STORE_BLOB:
        return "struct store_value ";
    case STORE_TEXT:
        break;
    }
    return "const char *";
}

static void write_row(struct tool_text *out, const struct query *query)
{
    tool_print(out, "struct %s_row {\n", query->name);
    for (int i = 0; i < query->column_count; i++) {
        const struct field *field = &query->columns[i];
        tool_print(out, "    %s%s;%s\n", c_type(field), field->name,
                   !field->is_nullable         ? ""
                   : field->type == STORE_BLOB ? " /* may be null */"
                                               : " /* NULL: null */");
    }
    tool_print(out, "};\n");
}

static void write_prototype(struct tool_text *out, const struct query *query)
{
    tool_print(out, "enum status %s(struct ctx *ctx", query->name);
    for (int i = 0; i < query->argument_count; i++)
        tool_print(out, ",\n    %s%s", c_type(&query->arguments[i]), query->arguments[i].name);
    if (query->kind == STORE_CHANGES)
        tool_print(out, ",\n    int64_t *changes_out");
    else if (query->kind == STORE_ONE)
        tool_print(out, ",\n    struct %s_row *out", query->name);
    else
        tool_print(out, "%s,\n    struct %s_row **rows_out, size_t *count_out",
                   query->kind == STORE_PAGE ? ",\n    const struct store_choice *choice" : "",
                   query->name);
    tool_print(out, ")");
}

/* One member of a row, copied out of the store's. */
static void write_member(struct tool_text *out, const struct field *field, int n)
{
    tool_print(out, "        .%s = ", field->name);
    if (field->is_nullable && field->type != STORE_BLOB)
        tool_print(out, "columns[%d].is_null ? NULL : ", n);
    if (field->type == STORE_TEXT)
        tool_print(out, "mem_text_part(mem, columns[%d].text, columns[%d].size_bytes),\n", n, n);
    else if (field->type == STORE_BLOB)
        tool_print(
            out,
            "columns[%d].is_null\n"
            "            ? store_null(STORE_BLOB)\n"
            "            : store_blob(mem_copy(mem, columns[%d].text, columns[%d].size_bytes),"
            "\n                         columns[%d].size_bytes),\n",
            n, n, n, n);
    else if (field->is_nullable)
        tool_print(out, "mem_copy(mem, &columns[%d].%s, sizeof columns[%d].%s),\n", n,
                   field->type == STORE_INT ? "n" : "real", n,
                   field->type == STORE_INT ? "n" : "real");
    else
        tool_print(out, "columns[%d].%s,\n", n, field->type == STORE_INT ? "n" : "real");
}

static bool needs_memory(const struct query *query)
{
    bool needs = query->kind != STORE_ONE;
    for (int i = 0; i < query->column_count; i++) {
        const struct field *field = &query->columns[i];
        needs =
            needs || field->is_nullable || field->type == STORE_TEXT || field->type == STORE_BLOB;
    }
    return needs;
}

/* The callback that takes one row: the only one of `one`, the next of the others. */
static void write_take(struct tool_text *out, const struct query *query)
{
    const char *name = query->name;
    bool is_one = query->kind == STORE_ONE;
    tool_print(out,
               "\nstruct %s_sink {\n    struct ctx *ctx;\n    struct %s_row *rows;\n"
               "    size_t count;\n%s};\n",
               name, name, is_one ? "" : "    size_t room;\n");
    tool_print(out,
               "\nstatic enum status %s_take(void *arg, const struct store_value *columns)\n{\n"
               "    struct %s_sink *sink = arg;\n%s",
               name, name, needs_memory(query) ? "    struct mem *mem = sink->ctx->mem;\n" : "");
    if (is_one)
        tool_print(out,
                   "    if (sink->count > 0)\n"
                   "        return ctx_fail(sink->ctx, ERR_FAULT, "
                   "\"query %s gave more than one row\");\n",
                   name);
    else
        tool_print(out,
                   "    if (sink->count == sink->room) {\n"
                   "        sink->room = sink->room > 0 ? sink->room * 2 : 8;\n"
                   "        struct %s_row *more = mem_array(mem, struct %s_row, sink->room);\n"
                   "        if (sink->count > 0)\n"
                   "            memcpy(more, sink->rows, sink->count * sizeof *more);\n"
                   "        sink->rows = more;\n    }\n",
                   name, name);
    tool_print(out, "    sink->rows[sink->count++] = (struct %s_row){\n", name);
    for (int i = 0; i < query->column_count; i++)
        write_member(out, &query->columns[i], i);
    tool_print(out, "    };\n    return OK;\n}\n");
}

static void write_null_check(struct tool_text *out, const struct query *query, int n)
{
    const struct field *field = &query->arguments[n];
    if (field->type == STORE_BLOB)
        tool_print(out, "    if (%s.type != STORE_BLOB%s%s%s)\n", field->name,
                   may_be_null(field) ? "" : " || ", may_be_null(field) ? "" : field->name,
                   may_be_null(field) ? "" : ".is_null");
    else if (field->type == STORE_TEXT && !may_be_null(field))
        tool_print(out, "    if (%s == NULL)\n", field->name);
    else
        return;
    tool_print(out, "        return ctx_fail(ctx, ERR_FAULT, \"query %s: argument %s %s\");\n",
               query->name, field->name, field->type == STORE_BLOB ? "is no blob" : "is null");
}

static void write_params(struct tool_text *out, const struct query *query)
{
    if (query->argument_count == 0)
        return;
    tool_print(out, "    const struct store_value params[] = {\n");
    for (int i = 0; i < query->argument_count; i++) {
        const struct field *field = &query->arguments[i];
        const char *maker = field->type == STORE_INT    ? "store_int"
                            : field->type == STORE_REAL ? "store_real"
                                                        : "store_text";
        if (field->type == STORE_BLOB)
            tool_print(out, "        %s,\n", field->name);
        else if (field->type == STORE_TEXT || !may_be_null(field))
            tool_print(out, "        %s(%s),\n", maker, field->name);
        else
            tool_print(out, "        %s == NULL ? store_null(%s) : %s(*%s),\n", field->name,
                       sql_type_name(field->type), maker, field->name);
    }
    tool_print(out, "    };\n");
}

static void write_function(struct tool_text *out, const struct query *query)
{
    const char *name = query->name;
    const char *params = query->argument_count > 0 ? "params" : "NULL";
    bool is_one = query->kind == STORE_ONE;
    if (query->gives_rows)
        write_take(out, query);
    tool_print(out, "\n");
    write_prototype(out, query);
    tool_print(out, "\n{\n");
    for (int i = 0; i < query->argument_count; i++)
        write_null_check(out, query, i);
    write_params(out, query);
    if (!query->gives_rows) {
        tool_print(out,
                   "    return store_run(ctx, &%s_query, NULL, %s, NULL, NULL, changes_out);\n}\n",
                   name, params);
        return;
    }
    tool_print(out, "    struct %s_sink sink = {.ctx = ctx%s};\n", name,
               is_one ? ", .rows = out" : "");
    tool_print(out, "    TRY(store_run(ctx, &%s_query, %s, %s, %s_take, &sink, NULL));\n", name,
               query->kind == STORE_PAGE ? "choice" : "NULL", params, name);
    if (is_one)
        tool_print(out, "    return sink.count > 0 ? OK : ERR_NOT_FOUND;\n}\n");
    else
        tool_print(out, "    *rows_out = sink.rows;\n    *count_out = sink.count;\n"
                        "    return OK;\n}\n");
}

/* ---- the two files ---- */

static const char *const contracts[] = {
    "One row; ERR_NOT_FOUND when there is none, ERR_FAULT when there are two.",
    "rows_out points to count_out rows in ctx->mem; NULL when there are none.",
    "changes_out gets the number of rows changed; NULL when nobody asks.",
    "One page of rows, in ctx->mem: choice says the sort, the place and at_most.",
};

/* The note as the inside of a C comment, which it can neither end nor open. */
static void write_note(struct tool_text *out, const struct query *query)
{
    const char *note = query->note.bytes != NULL ? query->note.bytes : "";
    char before = '\n';
    tool_print(out, "\n/*\n");
    for (const char *p = note; *p != '\0'; p++) {
        if (before == '\n')
            tool_print(out, " *");
        if ((before == '*' && *p == '/') || (before == '/' && *p == '*') ||
            (before == '\n' && *p == '/'))
            tool_print(out, " ");
        tool_print(out, "%c", *p);
        before = *p;
    }
    tool_print(out, " *\n * %s\n */\n", contracts[query->kind]);
}

static void write_top(struct tool_text *out, const char *source_name)
{
    tool_print(out, "/* SPDX-License-Identifier: MIT */\n");
    tool_print(out, "/* Written by tools/sqlgen from %s: edit that file, not this one. */\n",
               source_name);
}

static bool file_has_rows(const struct query_file *file)
{
    for (int i = 0; i < file->count; i++) {
        if (file->queries[i]->kind == STORE_MANY || file->queries[i]->kind == STORE_PAGE)
            return true;
    }
    return false;
}

void sql_write(struct sql_output *out, const struct query_file *file)
{
    struct tool_text *header = &out->header;
    struct tool_text *code = &out->code;
    const char *guard = tool_guard(header->mem, out->include_name);
    write_top(header, out->source_name);
    tool_print(header, "#ifndef %s\n#define %s\n\n#include \"platform/store/store.h\"\n", guard,
               guard);
    write_top(code, out->source_name);
    tool_print(code, "#include \"%s\"\n%s", out->include_name,
               file_has_rows(file) ? "\n#include <string.h>\n" : "");
    for (int i = 0; i < file->count; i++) {
        const struct query *query = file->queries[i];
        write_note(header, query);
        if (query->gives_rows)
            write_row(header, query);
        tool_print(header, "MUST_CHECK ");
        write_prototype(header, query);
        tool_print(header, ";\nextern const struct store_query %s_query;\n", query->name);
        sql_write_constant(code, query, out->source_name);
        write_function(code, query);
    }
    tool_print(header, "\n#endif\n");
}

void sql_generate(struct tool *tool, const char *text, const struct owned_tables *owned,
                  struct sql_output *out)
{
    struct query_file file;
    sql_read(tool, text, &file);
    for (int i = 0; i < file.count; i++)
        sql_check(tool, file.queries[i], owned);
    sql_write(out, &file);
}
