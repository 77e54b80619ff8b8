/* SPDX-License-Identifier: MIT */
/*
 * mem.c - lifetimes over talloc.
 *
 * A root is a talloc pool, so that a request makes one malloc in the usual case.  Built with
 * MEM_NO_POOL every allocation is a malloc of its own: a pool hides an overflow from one
 * allocation into the next from AddressSanitizer.
 */
#include "platform/base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <talloc.h>

enum { POOL_BYTES = 64 * 1024 };

struct at_end {
    void (*fn)(void *arg);
    void *arg;
};

static void *checked(void *p)
{
    if (p == NULL) {
        fputs("{\"level\":\"fatal\",\"event\":\"out of memory\"}\n", stderr);
        abort();
    }
    return p;
}

struct mem *mem_root(void)
{
#if defined(MEM_NO_POOL)
    return checked(talloc_new(NULL));
#else
    return checked(talloc_pool(NULL, POOL_BYTES));
#endif
}

struct mem *mem_child(struct mem *parent)
{
    return checked(talloc_new(parent));
}

void mem_end(struct mem *mem)
{
    talloc_free(mem);
}

void *mem_bytes(struct mem *mem, size_t size_bytes)
{
    return checked(talloc_zero_size(mem, size_bytes));
}

void *mem_room(struct mem *mem, size_t size_bytes)
{
    return checked(talloc_size(mem, size_bytes));
}

void *mem_bytes_many(struct mem *mem, size_t size_bytes, size_t count)
{
    if (count != 0 && size_bytes > SIZE_MAX / count)
        return checked(NULL);
    return mem_bytes(mem, size_bytes * count);
}

char *mem_text(struct mem *mem, const char *text)
{
    return text == NULL ? NULL : checked(talloc_strdup(mem, text));
}

char *mem_text_part(struct mem *mem, const char *text, size_t length_bytes)
{
    return checked(talloc_strndup(mem, text, length_bytes));
}

char *mem_text_taken(struct mem *mem, void *given, size_t length_bytes)
{
    char *text = mem_text_part(mem, checked(given), length_bytes);
    free(given);
    return text;
}

void *mem_copy(struct mem *mem, const void *bytes, size_t size_bytes)
{
    return checked(talloc_memdup(mem, bytes, size_bytes));
}

char *mem_vformat(struct mem *mem, const char *format, va_list ap)
{
    return checked(talloc_vasprintf(mem, format, ap));
}

char *mem_format(struct mem *mem, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    char *text = mem_vformat(mem, format, ap);
    va_end(ap);
    return text;
}

size_t mem_size_bytes(struct mem *mem)
{
    return talloc_total_size(mem);
}

static int run_at_end(struct at_end *end)
{
    end->fn(end->arg);
    return 0;
}

void mem_at_end(struct mem *mem, void (*fn)(void *arg), void *arg)
{
    struct at_end *end = checked(talloc(mem, struct at_end));
    end->fn = fn;
    end->arg = arg;
    talloc_set_destructor(end, run_at_end);
}
