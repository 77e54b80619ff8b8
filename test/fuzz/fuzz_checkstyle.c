/* SPDX-License-Identifier: MIT */
/* fuzz_checkstyle.c - any bytes as a source file, in one of four folders. */
#include "checkstyle.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size_bytes);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size_bytes)
{
    static const char *const paths[] = {"src/programme/pledge/pledge.c",
                                        "src/programme/access/access.h", "src/main.c",
                                        "tools/tool.c"};
    struct style style = {.mem = mem_root()};
    char *text = mem_bytes(style.mem, size_bytes + 1);
    if (size_bytes > 0)
        memcpy(text, bytes, size_bytes);
    style_add(&style, paths[size_bytes % 4], text, size_bytes);
    style_finish(&style);
    mem_end(style.mem);
    return 0;
}
