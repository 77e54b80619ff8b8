/* SPDX-License-Identifier: MIT */
/*
 * mem.c - lifetimes over talloc.
 *
 * A root is a talloc pool, so that it makes one malloc in the usual case, and a request none: its
 * pool was that of an earlier request.  Built with MEM_NO_POOL every allocation is a malloc of its
 * own: a pool hides an overflow from one allocation into the next from AddressSanitizer.
 */
#include "platform/base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

/* A page with all that is made on the way to it fits into SPARE_POOL_BYTES. */
enum { POOL_BYTES = 64 * 1024, SPARE_POOL_BYTES = 256 * 1024, SPARE_POOLS = 4 };

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

/* ---- lifetimes that come and go ---- */

/* Pools without anything in them; a pool that loses its last allocation begins anew. */
struct mem_spare {
    void *pools[SPARE_POOLS];
    size_t count;
};

static int end_spare(struct mem_spare *spare)
{
    while (spare->count > 0)
        talloc_free(spare->pools[--spare->count]);
    return 0;
}

struct mem_spare *mem_spare_new(struct mem *mem)
{
    struct mem_spare *spare = checked(talloc_zero(mem, struct mem_spare));
    talloc_set_destructor(spare, end_spare);
    return spare;
}

struct mem *mem_spare_root(struct mem_spare *spare)
{
#if defined(MEM_NO_POOL)
    (void)spare;
    return mem_root();
#else
    void *pool = spare->count > 0 ? spare->pools[--spare->count]
                                  : checked(talloc_pool(NULL, SPARE_POOL_BYTES));
    return checked(talloc_new(pool));
#endif
}

void mem_spare_end(struct mem_spare *spare, struct mem *mem)
{
    void *pool = talloc_parent(mem);
    talloc_free(mem);
    if (pool == NULL)
        return;
    if (spare->count < SPARE_POOLS)
        spare->pools[spare->count++] = pool;
    else
        talloc_free(pool);
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

char *mem_join(struct mem *mem, const char *a, const char *b, const char *c)
{
    size_t a_bytes = strlen(a), b_bytes = strlen(b), c_bytes = strlen(c);
    char *joined = mem_room(mem, a_bytes + b_bytes + c_bytes + 1);
    memcpy(joined, a, a_bytes);
    memcpy(joined + a_bytes, b, b_bytes);
    memcpy(joined + a_bytes + b_bytes, c, c_bytes + 1);
    return joined;
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
