/* SPDX-License-Identifier: MIT */
/* import_test_file.h - gives tests a file to import, and what the import said. */
#ifndef PROGRAMME_DIRECTORY_IMPORT_TEST_FILE_H
#define PROGRAMME_DIRECTORY_IMPORT_TEST_FILE_H

#include "programme/directory/directory.h"

struct embedded_file;

/* An open file with these bytes; closed with ctx->mem. */
int import_test_file(struct ctx *ctx, const void *bytes, size_t size_bytes);

/* A file in memory, which describes the day as_at (NULL: today). */
struct import_test_bytes {
    const void *bytes;
    size_t size_bytes;
    const char *as_at;
};

enum status import_test_bytes(struct ctx *ctx, enum directory_import_kind kind,
                              struct import_test_bytes file,
                              struct directory_import_report *report);

/* The same with text; fails the test unless the file is understood. */
struct directory_import_report *import_test_text(struct ctx *ctx, enum directory_import_kind kind,
                                                 const char *text, const char *as_at);

/* A file of test_data. */
const struct embedded_file *import_test_sample(struct ctx *ctx, const char *name);

#endif
