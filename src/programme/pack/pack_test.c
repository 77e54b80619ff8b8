/* SPDX-License-Identifier: MIT */
/* pack_test.c - what packs promise: found by day, refused with a reason, installed once. */
#include "programme/pack/pack.h"

#include <stdio.h>
#include <unistd.h>

#include "platform/base/test.h"
#include "platform/base/test_folder.h"
#include "programme/pack/framework.h"

static const struct pack_reader *const readers[] = {framework_pack_readers, NULL};

static const char good_manifest[] =
    "{\"name\": \"sample\", \"version\": \"1\", \"title\": \"A sample\", \"holds\": \"sample\","
    "\"valid_from\": \"2026-01-01\", \"valid_until\": \"2026-12-31\", \"as_at\": \"2026-01-01\","
    "\"source\": \"us\", \"licence\": \"MIT\", \"attribution\": \"\","
    "\"files\": [{\"path\": \"one.csv\", \"what\": \"One\"}]}";

static enum status take_nothing(struct ctx *ctx, const struct pack *pack)
{
    (void)pack;
    ctx->request_id = "taken";
    return OK;
}

static const struct pack_reader sample_readers[] = {{.holds = "sample", .take = take_nothing}, {0}};
static const struct pack_reader *const with_sample[] = {sample_readers, NULL};

static void write_file(struct ctx *ctx, const char *folder, const char *name, const char *text)
{
    FILE *file = fopen(mem_format(ctx->mem, "%s/%s", folder, name), "wbe");
    CHECK(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
}

/* A folder with a pack in it, which goes with the test. */
static const char *make_folder(struct ctx *ctx, const char *manifest, const char *content)
{
    const char *folder = test_folder(ctx);
    if (manifest != NULL)
        write_file(ctx, folder, "pack.json", manifest);
    if (content != NULL)
        write_file(ctx, folder, "one.csv", content);
    return folder;
}

TEST(every_built_in_pack_is_whole)
{
    struct pack *packs, pack;
    size_t count;
    CHECK(pack_list(ctx, &packs, &count) == OK);
    CHECK(count >= 5);
    for (size_t i = 0; i < count; i++) {
        CHECK(packs[i].is_built_in);
        CHECK(pack_find(ctx, packs[i].name, packs[i].version, &pack) == OK);
        CHECK(pack.licence[0] != '\0' && pack.source[0] != '\0');
        for (size_t j = 0; j < pack.file_count; j++)
            CHECK(pack.files[j].size_bytes > 0);
    }
}

TEST(a_pack_is_found_by_the_day_it_is_in_force)
{
    struct pack pack;
    CHECK(pack_on(ctx, "boards", "2026-04-01", &pack) == OK);
    CHECK_TEXT(pack.version, "2026.1");
    CHECK(pack_on(ctx, "boards", "2026-03-31", &pack) == ERR_NOT_FOUND);
    CHECK(pack_on(ctx, "no-such-pack", "2026-04-01", &pack) == ERR_NOT_FOUND);
}

TEST(a_file_of_a_pack_can_be_read_as_a_file)
{
    struct pack pack;
    int file;
    char bytes[8] = "";
    CHECK(pack_on(ctx, "boards", "2026-04-01", &pack) == OK);
    CHECK(pack_file_open(ctx, &pack, "boards.csv", &file) == OK);
    CHECK(read(file, bytes, 5) == 5);
    CHECK_TEXT(bytes, "code,");
    CHECK(pack_file_open(ctx, &pack, "nothing.csv", &file) == ERR_NOT_FOUND);
}

TEST(versions_compare_by_their_numbers)
{
    CHECK(pack_version_compare("2026.9", "2026.10") < 0);
    CHECK(pack_version_compare("2026.10", "2026.9") > 0);
    CHECK(pack_version_compare("2026", "2026.1") < 0);
    CHECK(pack_version_compare("2026.1", "2026.01") == 0);
}

TEST(an_installed_pack_is_kept_and_taken_and_found)
{
    struct pack pack, found;
    const char *folder = make_folder(ctx, good_manifest, "a,b\r\n1,2\r\n");
    CHECK(pack_read(ctx, folder, &pack) == OK);
    CHECK(pack_install(ctx, with_sample, &pack) == OK);
    CHECK_TEXT(ctx->request_id, "taken");
    CHECK(pack_on(ctx, "sample", "2026-06-01", &found) == OK);
    CHECK(!found.is_built_in && found.files[0].size_bytes == 10);
    CHECK(memcmp(found.files[0].bytes, "a,b\r\n1,2\r\n", 10) == 0);
    CHECK(pack_on(ctx, "sample", "2027-01-01", &found) == ERR_NOT_FOUND);
}

TEST(installing_a_pack_twice_changes_nothing_but_another_content_is_refused)
{
    struct pack pack;
    const char *folder = make_folder(ctx, good_manifest, "a\n");
    CHECK(pack_read(ctx, folder, &pack) == OK);
    CHECK(pack_install(ctx, with_sample, &pack) == OK);
    CHECK(pack_install(ctx, with_sample, &pack) == OK);
    pack.files[0].bytes = "b\n";
    CHECK(pack_install(ctx, with_sample, &pack) == ERR_CONFLICT);
}

TEST(a_built_in_pack_can_be_installed_as_it_is)
{
    struct pack pack;
    CHECK(pack_on(ctx, "talent-for-care", "2026-03-09", &pack) == OK);
    CHECK(pack_install(ctx, readers, &pack) == OK);
    CHECK(pack_on(ctx, "talent-for-care", "2026-03-09", &pack) == OK);
    CHECK(pack.is_built_in);
}

TEST(a_pack_that_nobody_reads_is_refused)
{
    struct pack pack;
    const char *folder = make_folder(ctx, good_manifest, "a\n");
    CHECK(pack_read(ctx, folder, &pack) == OK);
    CHECK(pack_install(ctx, readers, &pack) == ERR_INVALID);
    CHECK_TEXT(ctx->fault, "sample/pack.json: holds: nothing here reads \"sample\"");
}

TEST(a_folder_without_its_files_is_refused)
{
    struct pack pack;
    CHECK(pack_read(ctx, "/tmp/onward-no-such-folder", &pack) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    CHECK(pack_read(ctx, make_folder(ctx, good_manifest, NULL), &pack) == ERR_INVALID);
    CHECK(strstr(ctx->fault, "one.csv: is missing") != NULL);
}

/* Replaces one part of the good manifest and expects the refusal. */
static void check_refused(struct ctx *ctx, const char *part, const char *by, const char *wanted)
{
    struct pack pack;
    const char *at = strstr(good_manifest, part);
    CHECK(at != NULL);
    const char *manifest = mem_format(ctx->mem, "%.*s%s%s", (int)(at - good_manifest),
                                      good_manifest, by, at + strlen(part));
    ctx->fault = NULL;
    CHECK(pack_read(ctx, make_folder(ctx, manifest, "a\n"), &pack) == ERR_INVALID);
    if (strstr(ctx->fault, wanted) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", ctx->fault, wanted);
}

TEST(a_wrong_manifest_is_refused_with_its_place)
{
    check_refused(ctx, "\"A sample\"", "12", "pack.json: title: is not a text");
    check_refused(ctx, "\"title\"", "\"titel\"", "pack.json: titel: is not a member");
    check_refused(ctx, "\"version\": \"1\"", "\"version\": \"one\"", "version: \"one\" is not");
    check_refused(ctx, "2026-01-01", "2026-02-30", "valid_from: \"2026-02-30\" is not a day");
    check_refused(ctx, "2026-12-31", "2025-12-31", "valid_until: comes before valid_from");
    check_refused(ctx, "one.csv", "../one.csv", "files[0].path: \"../one.csv\" is not the plain");
    check_refused(ctx, "one.csv", "pack.json", "files[0].path: \"pack.json\" is not the plain");
    check_refused(ctx, "\"files\": [", "\"files\": {", "line 1, column");
    check_refused(ctx, "\"sample\", \"version\"", "\"Sam ple\", \"version\"", "name: \"Sam ple\"");
    check_refused(ctx, "\"source\": \"us\"", "\"source\": \"\"", "source: is empty");
    check_refused(ctx, "\"licence\": \"MIT\",", "", "licence: is missing");
    check_refused(ctx, "\"name\"", "\"name\": \"a\", \"name\"", "duplicate");
    check_refused(ctx, "A sample", "A\\u0000sample", "pack.json: ");
}
