/* SPDX-License-Identifier: MIT */
/* fuzz_viewgen.c - any bytes as a file of views. */
#include "viewgen.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size_bytes);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size_bytes)
{
    static FILE *nowhere;
    if (nowhere == NULL)
        nowhere = fopen("/dev/null", "w");
    char *text = calloc(1, size_bytes + 1);
    if (text == NULL || nowhere == NULL)
        abort();
    if (size_bytes > 0)
        memcpy(text, bytes, size_bytes);
    (void)gen_views(&(struct gen_files){.name = "sample.html",
                                        .text = text,
                                        .header = "",
                                        .h = nowhere,
                                        .c = nowhere,
                                        .complaints = nowhere});
    free(text);
    return 0;
}
