/* SPDX-License-Identifier: MIT */
/* embedded.c - finds a file among those compiled in. */
#include "platform/base/embedded.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *path, const void *file)
{
    return strcmp(path, ((const struct embedded_file *)file)->path);
}

const struct embedded_file *embedded_find(const struct embedded_file *files, size_t count,
                                          const char *path)
{
    if (count == 0) /* files may be NULL then, which bsearch may not be given */
        return NULL;
    return bsearch(path, files, count, sizeof *files, compare);
}
