/* SPDX-License-Identifier: MIT */
/* test_folder.c - made under /tmp, emptied and removed at the end. */
#include "platform/base/test_folder.h"

#include "platform/base/test.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

static void remove_folder(void *arg)
{
    const char *folder = arg;
    DIR *files = opendir(folder);
    for (struct dirent *file; files != NULL && (file = readdir(files)) != NULL;)
        unlinkat(dirfd(files), file->d_name, 0);
    if (files != NULL)
        closedir(files);
    rmdir(folder);
}

const char *test_folder(struct ctx *ctx)
{
    char *folder = mem_text(ctx->mem, "/tmp/onward-test-XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    mem_at_end(ctx->mem, remove_folder, folder);
    return folder;
}
