/* SPDX-License-Identifier: MIT */
/* import_test_file.c - gives tests a file to import, and what the import said. */
#include "programme/directory/import_test_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include "platform/base/embedded.h"
#include "platform/base/test.h"
#include "programme/directory/directory_test_data.h"

static void close_file(void *arg)
{
    close(*(int *)arg);
}

int import_test_file(struct ctx *ctx, const void *bytes, size_t size_bytes)
{
    int *file = mem_new(ctx->mem, int);
    *file = memfd_create("onward-test", MFD_CLOEXEC);
    CHECK(*file >= 0);
    mem_at_end(ctx->mem, close_file, file);
    for (size_t done = 0; done < size_bytes;) {
        ssize_t wrote = write(*file, (const char *)bytes + done, size_bytes - done);
        CHECK(wrote > 0);
        done += (size_t)wrote;
    }
    CHECK(lseek(*file, 0, SEEK_SET) == 0);
    return *file;
}

enum status import_test_bytes(struct ctx *ctx, enum directory_import_kind kind,
                              struct import_test_bytes file, struct directory_import_report *report)
{
    const struct directory_import_options options = {.source = "test.csv", .as_at = file.as_at};
    int open = import_test_file(ctx, file.bytes, file.size_bytes);
    return directory_import(ctx, kind, open, &options, report);
}

struct directory_import_report *import_test_text(struct ctx *ctx, enum directory_import_kind kind,
                                                 const char *text, const char *as_at)
{
    struct directory_import_report *report = mem_new(ctx->mem, struct directory_import_report);
    const struct import_test_bytes file = {text, strlen(text), as_at};
    CHECK(import_test_bytes(ctx, kind, file, report) == OK);
    return report;
}

const struct embedded_file *import_test_sample(struct ctx *ctx, const char *name)
{
    const struct embedded_file *file =
        embedded_find(directory_test_data, directory_test_data_count, name);
    CHECK(file != NULL);
    return file;
}
