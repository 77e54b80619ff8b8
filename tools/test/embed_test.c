/* SPDX-License-Identifier: MIT */
/* embed_test.c - what embed compiles in, and what it refuses. */
#include "platform/base/test.h"

#include "embed.h"
#include "platform/base/embedded.h"
#include "platform/store/store.h"
#include "sample_files.h"
#include "sample_migrations.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

TEST(embedded_bytes_are_those_of_the_file)
{
    const struct embedded_file *bytes =
        embedded_find(sample_files, sample_files_count, "deep/bytes.bin");
    CHECK(bytes != NULL && bytes->size_bytes == 4);
    CHECK(memcmp(bytes->bytes, "a\0b\xff", 5) == 0); /* and the zero byte that follows */
    const struct embedded_file *empty =
        embedded_find(sample_files, sample_files_count, "empty.txt");
    CHECK(empty != NULL && empty->size_bytes == 0 && empty->bytes[0] == '\0');
}

TEST(embedded_digest_is_that_of_the_bytes)
{
    (void)ctx;
    CHECK(sample_files_count == 3);
    for (size_t i = 0; i < sample_files_count; i++) {
        unsigned char digest[crypto_hash_sha256_BYTES];
        char hex[2 * sizeof digest + 1];
        crypto_hash_sha256(digest, sample_files[i].bytes, sample_files[i].size_bytes);
        sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
        CHECK_TEXT(sample_files[i].sha256_hex, hex);
    }
}

TEST(an_embedded_file_is_found_by_its_whole_path_only)
{
    CHECK(embedded_find(sample_files, sample_files_count, "hello.txt") != NULL);
    CHECK(embedded_find(sample_files, sample_files_count, "bytes.bin") == NULL);
    CHECK(embedded_find(sample_files, sample_files_count, "") == NULL);
    CHECK(embedded_find(NULL, 0, "hello.txt") == NULL);
}

TEST(migrations_come_in_order_with_their_text)
{
    CHECK(pledge_migrations.count == 2);
    CHECK(pledge_migrations.migrations[0].number == 1 &&
          pledge_migrations.migrations[1].number == 2);
    CHECK_TEXT(pledge_migrations.capability, "pledge");
    CHECK(strstr(pledge_migrations.migrations[0].text, "\"what we promise\"; it's shown\n") !=
          NULL);
    CHECK_TEXT(pledge_migrations.migrations[1].text,
               "alter table pledge add column note text; -- any words\n");
}

struct attempt {
    const char *folder;
    const char *const *names;
    int count;
    const char *base;
    bool is_files;
    struct embed_order order;
};

static void work(struct tool *tool, void *arg)
{
    struct attempt *attempt = arg;
    const char **paths = mem_array(tool->mem, const char *, (size_t)attempt->count);
    for (int i = 0; i < attempt->count; i++)
        paths[i] = mem_format(tool->mem, "%s/%s", attempt->folder, attempt->names[i]);
    attempt->order = (struct embed_order){.name = "pledge",
                                          .include_name = "pledge.h",
                                          .bases = &attempt->base,
                                          .base_count = attempt->base != NULL,
                                          .paths = paths,
                                          .path_count = attempt->count,
                                          .header = {.mem = tool->mem},
                                          .code = {.mem = tool->mem}};
    if (attempt->is_files)
        embed_files(tool, &attempt->order);
    else
        embed_migrations(tool, &attempt->order);
}

static void end_folder(void *arg)
{
    static const char *const names[] = {"pledge_0001.sql",    "pledge_0002.sql", "pledge_0003.sql",
                                        "pledge_1.sql",       "a\"\\b.txt",      "empty_0001.sql",
                                        "sub/pledge_0001.sql"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", (const char *)arg, names[i]);
        unlink(path);
    }
    rmdir(arg);
}

/* A folder that holds the named files, each with a line of text, until the test ends. */
static const char *make_folder(struct ctx *ctx, const char *const *names, int count)
{
    char *folder = mem_text(ctx->mem, "/tmp/onward-embed-XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    mem_at_end(ctx->mem, end_folder, folder);
    for (int i = 0; i < count; i++) {
        FILE *out = fopen(mem_format(ctx->mem, "%s/%s", folder, names[i]), "w");
        CHECK(out != NULL);
        CHECK(fputs("drop table a;\n", out) >= 0);
        CHECK(fclose(out) == 0);
    }
    return folder;
}

/* What embed says, without the folder; "" when it did its work. */
static const char *say(struct ctx *ctx, struct attempt *attempt)
{
    struct tool *tool = mem_new(ctx->mem, struct tool);
    tool->mem = ctx->mem;
    if (tool_try(tool, work, attempt))
        return "";
    size_t length = strlen(attempt->folder);
    bool is_below = strncmp(tool->message, attempt->folder, length) == 0;
    return is_below ? tool->message + length + 1 : tool->message;
}

#define REFUSED(wanted, ...)                                                                       \
    do {                                                                                           \
        const char *const names_[] = {__VA_ARGS__};                                                \
        const int count_ = sizeof names_ / sizeof names_[0];                                       \
        struct attempt attempt_ = {                                                                \
            make_folder(ctx, names_, count_), names_, count_, NULL, false, {NULL}};                \
        CHECK_TEXT(say(ctx, &attempt_), wanted);                                                   \
    } while (0)

TEST(migrations_with_gaps_or_other_names_are_refused)
{
    REFUSED("", "pledge_0002.sql", "pledge_0001.sql");
    REFUSED("pledge_0003.sql: migration 2 is missing before this one", "pledge_0001.sql",
            "pledge_0003.sql");
    REFUSED("pledge_0002.sql: migration 1 is missing before this one", "pledge_0002.sql");
    REFUSED("pledge_0001.sql: migration 1 is there twice", "pledge_0001.sql", "pledge_0001.sql");
    REFUSED("pledge_1.sql: a migration is named pledge_0001.sql and so on", "pledge_1.sql");
    REFUSED("empty_0001.sql: a migration is named pledge_0001.sql and so on", "empty_0001.sql");
}

TEST(an_empty_or_binary_migration_is_refused)
{
    static const char *const names[] = {"pledge_0001.sql"};
    struct attempt attempt = {make_folder(ctx, names, 1), names, 1, NULL, false, {NULL}};
    const char *path = mem_format(ctx->mem, "%s/pledge_0001.sql", attempt.folder);
    CHECK(truncate(path, 0) == 0);
    CHECK_TEXT(say(ctx, &attempt), "pledge_0001.sql: is empty or holds a zero byte");
    CHECK(truncate(path, 3) == 0);
    CHECK_TEXT(say(ctx, &attempt), "pledge_0001.sql: is empty or holds a zero byte");
    CHECK(unlink(path) == 0);
    CHECK_TEXT(say(ctx, &attempt), "pledge_0001.sql: cannot be read: No such file or directory");
}

TEST(a_file_outside_the_folder_or_there_twice_is_refused)
{
    static const char *const names[] = {"pledge_0001.sql", "pledge_0001.sql"};
    struct attempt attempt = {make_folder(ctx, names, 2), names, 1, CASES, true, {NULL}};
    CHECK_TEXT(say(ctx, &attempt), "pledge_0001.sql: is below no --base");
    attempt.base = NULL;
    CHECK_TEXT(say(ctx, &attempt), "");
    attempt.count = 2;
    CHECK_TEXT(say(ctx, &attempt), "pledge_0001.sql: \"pledge_0001.sql\" is there twice");
}

TEST(a_file_name_with_quotes_reaches_the_assembler_whole)
{
    static const char *const names[] = {"a\"\\b.txt"};
    struct attempt attempt = {make_folder(ctx, names, 1), names, 1, NULL, true, {NULL}};
    CHECK_TEXT(say(ctx, &attempt), "");
    CHECK(strstr(attempt.order.code.bytes, "/a\\\\\\\"\\\\\\\\b.txt\\\"\\n.byte 0") != NULL);
    CHECK(strstr(attempt.order.code.bytes, "{\"a\\\"\\\\b.txt\", pledge_bytes_0, 14,") != NULL);
}
