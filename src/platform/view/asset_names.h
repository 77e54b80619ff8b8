/* SPDX-License-Identifier: MIT */
/* asset_names.h - the table that assets/assemble.mjs writes: what asset.c finds the files by. */
#ifndef PLATFORM_VIEW_ASSET_NAMES_H
#define PLATFORM_VIEW_ASSET_NAMES_H

#include <stddef.h>

struct asset_name {
    const char *name;
    const char *href;
    const char *content_type;
    const char *gzip_name; /* of the same file gzipped; NULL: it is not smaller */
};

extern const struct asset_name asset_names[];
extern const size_t asset_name_count;

#endif
