/* SPDX-License-Identifier: MIT */
/*
 * embed_write.c - migrations as text, files as bytes.
 *
 * The bytes of a file are taken in by the assembler (.incbin), so that megabytes cost no compile
 * time.  The digest is computed here: the same file gives the same table.
 */
#include "embed.h"

#include "sqlgen.h"

#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_DIGITS = 4, DIGEST_HEX = 2 * crypto_hash_sha256_BYTES };

static void write_top(struct embed_order *order, const char *includes)
{
    const char *top = "/* SPDX-License-Identifier: MIT */\n"
                      "/* Written by tools/embed: edit the files it was made from, not this. */\n";
    const char *guard = tool_guard(order->header.mem, order->include_name);
    tool_print(&order->header, "%s#ifndef %s\n#define %s\n\n#include \"%s\"\n\n", top, guard, guard,
               includes);
    tool_print(&order->code, "%s#include \"%s\"\n", top, order->include_name);
}

/* ---- migrations ---- */

struct migration {
    int number;
    const char *path;
    const char *text;
};

static int by_number(const void *a, const void *b)
{
    const struct migration *x = a;
    const struct migration *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

/* "pledge_0012.sql" -> 12 */
static int number_of(struct tool *tool, const char *name, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *file = slash != NULL ? slash + 1 : path;
    size_t length = strlen(name);
    int number = 0;
    tool->file = path;
    if (strncmp(file, name, length) != 0 || file[length] != '_' ||
        strspn(file + length + 1, "0123456789") != NUMBER_DIGITS ||
        strcmp(file + length + 1 + NUMBER_DIGITS, ".sql") != 0)
        tool_refuse(tool, 0, "a migration is named %s_0001.sql and so on", name);
    for (int i = 0; i < NUMBER_DIGITS; i++)
        number = number * 10 + file[length + 1 + (size_t)i] - '0';
    return number;
}

static struct migration *read_migrations(struct tool *tool, const struct embed_order *order)
{
    struct owned_tables owned = {0};
    struct migration *all = mem_array(tool->mem, struct migration, (size_t)order->path_count);
    for (int i = 0; i < order->path_count; i++) {
        size_t size_bytes;
        const char *path = order->paths[i];
        int number = number_of(tool, order->name, path);
        all[i] = (struct migration){number, path, tool_read(tool, path, &size_bytes)};
        if (size_bytes == 0 || strlen(all[i].text) != size_bytes)
            tool_refuse(tool, 0, "is empty or holds a zero byte");
    }
    qsort(all, (size_t)order->path_count, sizeof *all, by_number);
    for (int i = 0; i < order->path_count; i++) {
        tool->file = all[i].path;
        if (i > 0 && all[i].number == all[i - 1].number)
            tool_refuse(tool, 0, "migration %d is there twice", all[i].number);
        if (all[i].number != i + 1)
            tool_refuse(tool, 0, "migration %d is missing before this one", i + 1);
        sql_check_migration(tool, all[i].text, &owned);
    }
    return all;
}

void embed_migrations(struct tool *tool, struct embed_order *order)
{
    struct migration *all = read_migrations(tool, order);
    write_top(order, "platform/store/store.h");
    tool_print(&order->header, "extern const struct store_migration_set %s_migrations;\n\n#endif\n",
               order->name);
    tool_print(&order->code, "\nstatic const struct store_migration files[] = {\n");
    for (int i = 0; i < order->path_count; i++) {
        tool_print(&order->code, "    {%d,\n    \"", all[i].number);
        tool_print_literal(&order->code, all[i].text, true);
        tool_print(&order->code, "\"},\n");
    }
    tool_print(&order->code,
               "};\n\nconst struct store_migration_set %s_migrations = {\"%s\", files, %d};\n",
               order->name, order->name, order->path_count);
}

/* ---- files ---- */

struct file {
    const char *path; /* below its base */
    const char *full;
    size_t size_bytes;
    char digest[DIGEST_HEX + 1];
};

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct file *)a)->path, ((const struct file *)b)->path);
}

static const char *full_path(struct tool *tool, const char *path)
{
    char *full = realpath(path, NULL);
    tool->file = path;
    if (full == NULL)
        tool_refuse(tool, 0, "is not there");
    const char *kept = mem_text(tool->mem, full);
    free(full);
    return kept;
}

static const char *below_base(struct tool *tool, const struct embed_order *order, const char *full)
{
    for (int i = 0; i < order->base_count; i++) {
        const char *base = full_path(tool, order->bases[i]);
        size_t length = strlen(base);
        if (strncmp(full, base, length) == 0 && full[length] == '/')
            return full + length + 1;
    }
    tool->file = full;
    if (order->base_count > 0)
        tool_refuse(tool, 0, "is below no --base");
    return strrchr(full, '/') + 1;
}

static struct file *read_files(struct tool *tool, const struct embed_order *order)
{
    struct file *all = mem_array(tool->mem, struct file, (size_t)order->path_count);
    for (int i = 0; i < order->path_count; i++) {
        unsigned char digest[crypto_hash_sha256_BYTES];
        const char *full = full_path(tool, order->paths[i]);
        char *bytes = tool_read(tool, full, &all[i].size_bytes);
        all[i].full = full;
        all[i].path = below_base(tool, order, full);
        crypto_hash_sha256(digest, (const unsigned char *)bytes, all[i].size_bytes);
        sodium_bin2hex(all[i].digest, sizeof all[i].digest, digest, sizeof digest);
    }
    qsort(all, (size_t)order->path_count, sizeof *all, by_path);
    for (int i = 1; i < order->path_count; i++) {
        tool->file = all[i].full;
        if (strcmp(all[i].path, all[i - 1].path) == 0)
            tool_refuse(tool, 0, "\"%s\" is there twice", all[i].path);
    }
    return all;
}

/* The name of the file passes two languages: the string of the assembler inside one of C. */
static void write_bytes(struct tool *tool, struct embed_order *order, const struct file *file,
                        int n)
{
    struct tool_text quoted = {.mem = tool->mem};
    for (const char *p = file->full; *p != '\0'; p++)
        tool_print(&quoted, *p == '"' || *p == '\\' ? "\\%c" : "%c", *p);
    tool_print(&order->code,
               "\n__asm__(\".pushsection .rodata\\n.balign 16\\n%s_bytes_%d:\\n.incbin \\\"",
               order->name, n);
    tool_print_literal(&order->code, quoted.bytes, false);
    tool_print(
        &order->code,
        "\\\"\\n.byte 0\\n.popsection\\n\");\n"
        "extern const unsigned char %s_bytes_%d[] __attribute__((visibility(\"hidden\")));\n",
        order->name, n);
}

void embed_files(struct tool *tool, struct embed_order *order)
{
    struct file *all = read_files(tool, order);
    write_top(order, "platform/base/embedded.h");
    tool_print(&order->header,
               "extern const struct embedded_file %s[];\n"
               "extern const size_t %s_count;\n\n#endif\n",
               order->name, order->name);
    for (int i = 0; i < order->path_count; i++)
        write_bytes(tool, order, &all[i], i);
    tool_print(&order->code, "\nconst struct embedded_file %s[] = {\n", order->name);
    for (int i = 0; i < order->path_count; i++) {
        tool_print(&order->code, "    {\"");
        tool_print_literal(&order->code, all[i].path, false);
        tool_print(&order->code, "\", %s_bytes_%d, %zu,\n     \"%s\"},\n", order->name, i,
                   all[i].size_bytes, all[i].digest);
    }
    tool_print(&order->code, "};\nconst size_t %s_count = %d;\n", order->name, order->path_count);
}
