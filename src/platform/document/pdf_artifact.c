/* SPDX-License-Identifier: MIT */
/*
 * pdf_artifact.c - marks what has no tag on a page as decoration.
 *
 * cairo 1.16 can tag, but cannot say of a line, a band or the foot of a page that it has no
 * meaning (an "artifact", ISO 32000-1, 14.8.2.2), so that checks take it for forgotten text.  The
 * operators of a page are unpacked here, and what stands between two tagged runs is put between
 * `/Artifact BMC` and `EMC`.
 *
 * cairo writes these operators on lines of their own, and never inside a text object.  A line of
 * the same letters inside a string is not possible: cairo breaks a string only behind a backslash.
 */
#include "platform/document/pdf_draw.h"

#include <string.h>
#include <zlib.h>

enum { PAGE_BYTES = 16 * 1024 * 1024, FIRST_ROOM_BYTES = 64 * 1024 };

/* The operators of a page; NULL: they are not packed as cairo packs them. */
static const char *unpack(struct mem *mem, const char *packed, size_t length)
{
    for (size_t room = FIRST_ROOM_BYTES; room <= PAGE_BYTES; room *= 4) {
        unsigned char *out = mem_bytes(mem, room + 1);
        z_stream stream = {.next_in = (unsigned char *)(uintptr_t)packed,
                           .avail_in = (unsigned)length,
                           .next_out = out,
                           .avail_out = (unsigned)room};
        if (inflateInit(&stream) != Z_OK)
            return NULL;
        int result = inflate(&stream, Z_FINISH);
        inflateEnd(&stream);
        if (result == Z_STREAM_END)
            return (const char *)out;
        if (result != Z_BUF_ERROR && result != Z_OK)
            return NULL;
    }
    return NULL;
}

static bool is_tag_begin(const char *line, size_t length)
{
    return length > 4 && line[0] == '/' && strncmp(line + length - 4, " BDC", 4) == 0;
}

static bool is_tag_end(const char *line, size_t length)
{
    return length == 3 && strncmp(line, "EMC", 3) == 0;
}

/* What stands between two tags; nothing at all needs no marks. */
static void add_untagged(struct text_builder *out, const char *text, size_t length)
{
    if (length == 0)
        return;
    text_add(out, "/Artifact BMC\n");
    text_add_part(out, text, length);
    if (text[length - 1] != '\n')
        text_add(out, "\n");
    text_add(out, "EMC\n");
}

static void mark(struct text_builder *out, const char *operators)
{
    int depth = 0;
    const char *untagged = operators;
    const char *line = operators;
    while (*line != '\0') {
        size_t length = strcspn(line, "\n");
        const char *next = line + length + (line[length] == '\n');
        bool is_begin = is_tag_begin(line, length);
        bool is_end = is_tag_end(line, length);
        if (is_begin && depth == 0)
            add_untagged(out, untagged, (size_t)(line - untagged));
        depth += is_begin;
        if (depth > 0)
            text_add_part(out, line, (size_t)(next - line));
        depth -= is_end && depth > 0;
        if (depth == 0 && is_end)
            untagged = next;
        line = next;
    }
    if (depth == 0)
        add_untagged(out, untagged, (size_t)(line - untagged));
}

bool pdf_mark_artifacts(struct mem *mem, const char *packed, size_t length, struct text_span *out)
{
    struct mem *own = mem_child(mem);
    const char *operators = unpack(own, packed, length);
    bool is_marked = false;
    if (operators != NULL) {
        struct text_builder marked = text_build(own, PDF_BYTES);
        mark(&marked, operators);
        uLongf size = compressBound(marked.length_bytes);
        unsigned char *bytes = mem_bytes(mem, size);
        is_marked = !marked.is_over && compress(bytes, &size, (unsigned char *)marked.bytes,
                                                marked.length_bytes) == Z_OK;
        *out = (struct text_span){(const char *)bytes, size};
    }
    mem_end(own);
    return is_marked;
}
