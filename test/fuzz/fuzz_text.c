/* SPDX-License-Identifier: MIT */
/*
 * fuzz_text.c - any bytes at the border, folded, cut, and read as what has a form of its own.
 *
 * Reading twice must change nothing, and what comes out must pass the border.
 */
#include "platform/base/text.h"

#include <assert.h>
#include <string.h>

/* Longer text shows nothing new, and folding it under a sanitiser takes its time. */
enum { BYTES_MAX = 600 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size_bytes);

static void clean(struct mem *mem, const char *bytes, size_t size_bytes, enum text_kind kind)
{
    const char *once, *twice;
    if (text_clean(mem, bytes, size_bytes, kind, &once) != OK)
        return;
    assert(text_problem(once, strlen(once)) == TEXT_FINE);
    assert(text_clean(mem, once, strlen(once), kind, &twice) == OK && strcmp(once, twice) == 0);
    size_t chars = 1 + size_bytes % 20;
    const char *cut = text_cut(mem, once, chars);
    assert(text_length_chars(cut) <= chars && text_problem(cut, strlen(cut)) == TEXT_FINE);
}

static void fold(struct mem *mem, const char *text)
{
    const char *folded = text_fold(mem, text);
    size_t length = strlen(folded);
    assert(strcmp(folded, text_fold(mem, folded)) == 0);
    assert(text_problem(folded, length) == TEXT_FINE && strstr(folded, "  ") == NULL);
    assert(length == 0 || (folded[0] != ' ' && folded[length - 1] != ' '));
    const char *key = text_sort_key(mem, text);
    assert(text_problem(key, strlen(key)) == TEXT_FINE);
}

static void read_twice(struct mem *mem, const char *typed,
                       enum status (*read)(struct mem *mem, const char *typed, const char **out))
{
    const char *once, *twice;
    if (read(mem, typed, &once) == OK)
        assert(read(mem, once, &twice) == OK && strcmp(once, twice) == 0);
}

static void decode(struct mem *mem, const char *text, struct text_span coded)
{
    struct text_span out;
    if (text_percent_read(mem, coded, TEXT_PERCENT_FORM, &out) == OK)
        assert(out.length_bytes <= coded.length_bytes);
    if (text_base64url_read(mem, text, &out) == OK)
        assert(strcmp(text_base64url(mem, out.bytes, out.length_bytes), text) == 0);
    if (text_hex_read(mem, text, &out) == OK)
        assert(strlen(text_hex(mem, out.bytes, out.length_bytes)) == strlen(text));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size_bytes)
{
    struct mem *mem = mem_root();
    size_bytes = size_bytes > BYTES_MAX ? BYTES_MAX : size_bytes;
    const char *text = mem_text_part(mem, (const char *)bytes, size_bytes);
    clean(mem, (const char *)bytes, size_bytes, TEXT_LINE);
    clean(mem, (const char *)bytes, size_bytes, TEXT_LONG);
    fold(mem, text);
    read_twice(mem, text, text_postcode);
    read_twice(mem, text, text_phone);
    if (text_is_email(text))
        assert(text_is_email(text_email_key(mem, text)));
    decode(mem, text, (struct text_span){(const char *)bytes, size_bytes});
    mem_end(mem);
    return 0;
}
