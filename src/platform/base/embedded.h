/* SPDX-License-Identifier: MIT */
/*
 * embedded.h - files that were compiled into the program.
 *
 * tools/embed writes the tables while building; see tools/meson.build for how a folder declares
 * one.  The files of a table are sorted by path.
 */
#ifndef PLATFORM_BASE_EMBEDDED_H
#define PLATFORM_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
    const char *path;           /* below the folder that the table was made from; '/' between */
    const unsigned char *bytes; /* a zero byte follows that size_bytes does not count          */
    size_t size_bytes;
    const char *sha256_hex; /* of bytes: 64 digits, small letters */
};

/* The file with this path, or NULL. */
const struct embedded_file *embedded_find(const struct embedded_file *files, size_t count,
                                          const char *path);

#endif
