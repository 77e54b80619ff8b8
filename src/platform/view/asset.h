/* SPDX-License-Identifier: MIT */
/*
 * asset.h - the stylesheet, the script and the icons, compiled into the program.
 *
 * Their addresses hold a hash of their content: what is found at one never changes, so an answer
 * may be cached for good.  What there is: "site.css", "site.js" (a module), "favicon.svg",
 * "icon-180.png", and the images that the stylesheet names.
 */
#ifndef PLATFORM_VIEW_ASSET_H
#define PLATFORM_VIEW_ASSET_H

#include <stdbool.h>
#include <stddef.h>

struct asset {
    const char *name;
    const char *href;
    const char *content_type;
    const unsigned char *bytes;
    size_t size_bytes;
    const unsigned char *gzip_bytes; /* NULL: there is none */
    size_t gzip_size_bytes;
};

/* The address of an asset, "/assets/site-0123456789abcdef.css".  The name must be one of those
 * above: another ends the program, since only a slip in a view can ask for it. */
const char *asset_href(const char *name);

/* Fills *out and returns true when path is the address of an asset; the path of an older build's
 * asset, or any other, is false. */
bool asset_find(const char *path, struct asset *out);

#endif
