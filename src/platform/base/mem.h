/* SPDX-License-Identifier: MIT */
/*
 * mem.h - memory that lives as long as one request, one job, or the program.
 *
 * There is one rule: allocate from the context you were given; never free.  A call that runs out
 * of memory ends the process with a message, so no function here returns NULL.  A thin layer over
 * talloc; nothing outside base/ includes <talloc.h>.
 */
#ifndef PLATFORM_BASE_MEM_H
#define PLATFORM_BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>

struct mem;

/* A new lifetime of its own; end it with mem_end.  Each thread makes its own. */
struct mem *mem_root(void);

/* Memory for lifetimes that come and go quickly, of one thread: what one of them leaves, the next
 * one begins with.  It lasts as long as mem. */
struct mem_spare;
struct mem_spare *mem_spare_new(struct mem *mem);

/* As mem_root, from the spare memory; end it with mem_spare_end. */
struct mem *mem_spare_root(struct mem_spare *spare);
void mem_spare_end(struct mem_spare *spare, struct mem *mem);

/* A lifetime inside another: ends with its parent, or before it by mem_end. */
struct mem *mem_child(struct mem *parent);

/* Frees everything that was allocated from mem and runs what mem_at_end registered. */
void mem_end(struct mem *mem);

/* size_bytes of zeroed memory; 0 bytes is allowed. */
void *mem_bytes(struct mem *mem, size_t size_bytes);

/* size_bytes of memory that holds anything: for a buffer that is written before it is read. */
void *mem_room(struct mem *mem, size_t size_bytes);

/* count zeroed things of size_bytes each; a product that overflows ends the process. */
void *mem_bytes_many(struct mem *mem, size_t size_bytes, size_t count);

/* A copy of the text; NULL gives NULL. */
char *mem_text(struct mem *mem, const char *text);

/* A copy of the first length_bytes bytes, ended with a zero byte. */
char *mem_text_part(struct mem *mem, const char *text, size_t length_bytes);

/* The same from what a library gave by malloc, which is freed; NULL ends the process. */
char *mem_text_taken(struct mem *mem, void *given, size_t length_bytes);

/* A copy of size_bytes bytes. */
void *mem_copy(struct mem *mem, const void *bytes, size_t size_bytes);

/* The three texts as one. */
char *mem_join(struct mem *mem, const char *a, const char *b, const char *c);

/* As printf, into new text. */
char *mem_format(struct mem *mem, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *mem_vformat(struct mem *mem, const char *format, va_list ap)
    __attribute__((format(printf, 2, 0)));

/* How much was allocated from mem and from its children. */
size_t mem_size_bytes(struct mem *mem);

/* Calls fn(arg) when mem ends; the last registered runs first. */
void mem_at_end(struct mem *mem, void (*fn)(void *arg), void *arg);

#define mem_new(mem, type) ((type *)mem_bytes((mem), sizeof(type)))
#define mem_array(mem, type, count) ((type *)mem_bytes_many((mem), sizeof(type), (count)))

#endif
