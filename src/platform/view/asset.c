/* SPDX-License-Identifier: MIT */
/*
 * asset.c - finds assets: names and addresses in one table, their bytes in another.
 */
#include "platform/view/asset.h"

#include "platform/base/embedded.h"
#include "platform/view/asset_names.h"
#include "platform/view/assets/asset_files.h"

#include <assert.h>
#include <string.h>

const char *asset_href(const char *name)
{
    for (size_t i = 0; i < asset_name_count; i++)
        if (strcmp(asset_names[i].name, name) == 0)
            return asset_names[i].href;
    assert(false && "an asset of this name");
    return "";
}

static struct asset filled(const struct asset_name *found)
{
    struct asset asset = {found->name, found->href, found->content_type, NULL, 0, NULL, 0};
    const struct embedded_file *file = embedded_find(asset_files, asset_files_count, found->name);
    assert(file != NULL);
    asset.bytes = file->bytes;
    asset.size_bytes = file->size_bytes;
    if (found->gzip_name == NULL)
        return asset;
    file = embedded_find(asset_files, asset_files_count, found->gzip_name);
    assert(file != NULL);
    asset.gzip_bytes = file->bytes;
    asset.gzip_size_bytes = file->size_bytes;
    return asset;
}

bool asset_find(const char *path, struct asset *out)
{
    for (size_t i = 0; i < asset_name_count; i++) {
        if (strcmp(asset_names[i].href, path) == 0) {
            *out = filled(&asset_names[i]);
            return true;
        }
    }
    return false;
}
