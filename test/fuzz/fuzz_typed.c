/* SPDX-License-Identifier: MIT */
/* fuzz_typed.c - any bytes as a reference, a code, a day, an instant, a period. */
#include "platform/base/id.h"
#include "platform/base/time.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size_bytes);

static void read_reference(struct mem *mem, const char *typed, const char *prefix)
{
    const char *once, *twice;
    if (id_reference_read(mem, typed, prefix, &once) == OK)
        assert(id_reference_read(mem, once, prefix, &twice) == OK && strcmp(once, twice) == 0);
}

static void read_code(struct mem *mem, const char *typed)
{
    const char *once, *twice;
    if (id_code_read(mem, typed, &once) == OK)
        assert(id_code_read(mem, once, &twice) == OK && strcmp(once, twice) == 0);
}

static void read_time(struct mem *mem, const char *text)
{
    int64_t at, again;
    if (time_http_read(text, &at) == OK)
        assert(time_http_read(time_http(mem, at), &again) == OK && again == at);
    if (time_rfc3339_read(text, &at) == OK)
        assert(time_day_is_valid(time_day_of(mem, at)));
    struct time_parts parts;
    const char *on;
    if (time_day_parts(text, &parts) == OK)
        assert(time_day(mem, parts.year, parts.month, parts.day, &on) == OK &&
               strcmp(on, text) == 0);
}

static void read_period(struct mem *mem, enum time_period_kind kind, const char *name)
{
    struct time_period once, again;
    if (time_period_read(mem, kind, name, &once) == OK)
        assert(time_period_of(mem, kind, once.last_on, &again) == OK &&
               strcmp(once.name, again.name) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size_bytes)
{
    struct mem *mem = mem_root();
    const char *text = mem_text_part(mem, (const char *)bytes, size_bytes);
    read_reference(mem, text, NULL);
    read_reference(mem, text, "PL");
    read_code(mem, text);
    read_time(mem, text);
    for (int kind = TIME_CALENDAR_YEAR; kind <= TIME_FINANCIAL_QUARTER; kind++)
        read_period(mem, (enum time_period_kind)kind, text);
    mem_end(mem);
    return 0;
}
