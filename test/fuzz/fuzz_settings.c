/* SPDX-License-Identifier: MIT */
/* fuzz_settings.c - any bytes as a file of settings. */
#include "platform/base/settings.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size_bytes);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size_bytes)
{
    struct ctx ctx = {.mem = mem_root(), .request_id = ""};
    struct settings settings = settings_built_in(ctx.mem);
    if (settings_read_file(&ctx, "f", (const char *)bytes, size_bytes, &settings) != OK) {
        assert(ctx.fault != NULL);
        mem_end(ctx.mem);
        return 0;
    }
    /* What is shown is a file that says the same, but for passwords. */
    const char *shown = settings_show(ctx.mem, &settings);
    struct settings again = settings_built_in(ctx.mem);
    enum status status = settings_read_file(&ctx, "f", shown, strlen(shown), &again);
    assert(status == OK && strcmp(settings_show(ctx.mem, &again), shown) == 0);
    mem_end(ctx.mem);
    return 0;
}
