/* SPDX-License-Identifier: MIT */
/*
 * upload_pdf.c - looks for what a PDF may do besides being read.
 *
 * This is not a reader of PDF: it looks for the names that the format gives to scripts and the
 * like (ISO 32000-1, 12.6), in the bytes as they are and in the streams that hold objects, which
 * are unpacked for it.  A letter of a name may be written as #xx.  What it finds is told to the
 * people who open the file; what is hidden better is for the virus scanner.
 */
#include "platform/document/upload_check.h"

#include <string.h>
#include <zlib.h>

enum {
    STREAM_BYTES = 4 * 1024 * 1024, /* unpacked of one stream            */
    ALL_STREAM_BYTES = 32 * 1024 * 1024,
    DICTIONARY_BYTES = 400 /* before a stream: is it one of objects? */
};

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool ends_name(char c)
{
    return c == '\0' || strchr(" \t\r\n\f()<>[]{}/%", c) != NULL;
}

void upload_pdf_name(const char *text, size_t length, char name[UPLOAD_PDF_NAME_BYTES])
{
    size_t used = 0;
    for (size_t i = 0; i < length && !ends_name(text[i]) && used + 1 < UPLOAD_PDF_NAME_BYTES; i++) {
        char c = text[i];
        if (c == '#' && i + 2 < length && hex_digit(text[i + 1]) >= 0 &&
            hex_digit(text[i + 2]) >= 0) {
            c = (char)(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        }
        name[used++] = c;
    }
    name[used] = '\0';
}

static bool is_among(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

static void look_at_names(const char *bytes, size_t length, struct upload *out)
{
    static const char *const scripts[] = {"JavaScript",    "JS",         "Launch",     "RichMedia",
                                          "EmbeddedFile",  "ImportData", "SubmitForm", "XFA",
                                          "EmbeddedFiles", "GoToR",      "GoToE",      NULL};
    static const char *const opens[] = {"OpenAction", "AA", NULL};
    const char *end = bytes + length;
    for (const char *at = bytes; (at = memchr(at, '/', (size_t)(end - at))) != NULL;) {
        char name[UPLOAD_PDF_NAME_BYTES];
        at++;
        upload_pdf_name(at, (size_t)(end - at), name);
        out->has_script = out->has_script || is_among(name, scripts);
        out->opens_itself = out->opens_itself || is_among(name, opens);
        out->is_encrypted = out->is_encrypted || strcmp(name, "Encrypt") == 0;
    }
}

/* What a stream holds once unpacked, as far as room goes; 0: it is packed in another way. */
static size_t unpack(const char *bytes, size_t length, char *out, size_t room)
{
    z_stream stream = {.next_in = (unsigned char *)(uintptr_t)bytes,
                       .avail_in = (unsigned)length,
                       .next_out = (unsigned char *)out,
                       .avail_out = (unsigned)room};
    if (inflateInit(&stream) != Z_OK)
        return 0;
    int result = inflate(&stream, Z_SYNC_FLUSH);
    inflateEnd(&stream);
    return result == Z_OK || result == Z_STREAM_END ? room - stream.avail_out : 0;
}

static bool holds(const char *bytes, size_t length, const char *text)
{
    return memmem(bytes, length, text, strlen(text)) != NULL;
}

void upload_look_into_pdf(struct ctx *ctx, const char *bytes, size_t length, struct upload *out)
{
    look_at_names(bytes, length, out);
    struct mem *mem = mem_child(ctx->mem);
    char *room = mem_bytes(mem, STREAM_BYTES);
    size_t spent = 0;
    const char *end = bytes + length;
    const char *at = bytes;
    while (spent < ALL_STREAM_BYTES && (at = memmem(at, (size_t)(end - at), "stream", 6)) != NULL) {
        size_t before = (size_t)(at - bytes);
        size_t dictionary = before < DICTIONARY_BYTES ? before : DICTIONARY_BYTES;
        bool is_objects = holds(at - dictionary, dictionary, "ObjStm");
        at += 6;
        while (at < end && (*at == '\r' || *at == '\n'))
            at++;
        if (!is_objects || at == end)
            continue;
        size_t got = unpack(at, (size_t)(end - at), room, STREAM_BYTES);
        look_at_names(room, got, out);
        spent += got;
    }
    mem_end(mem);
}
