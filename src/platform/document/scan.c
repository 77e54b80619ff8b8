/* SPDX-License-Identifier: MIT */
/*
 * scan.c - looks through a PDF for its pages, and for all that could act.
 *
 * A PDF is read from front to back as text and streams.  Outside streams, and in the streams that
 * hold objects once they are unpacked, every name is looked at (ISO 32000-1, 7.3.5 and 12.6).  In
 * other streams, which are pictures and the like, only names that are too long to stand there by
 * chance: so objects that are hidden in a stream, and found by a viewer through a false table of
 * places, are found here too.  Nothing is believed: pages are counted one by one, the number that
 * the file says counts when it is greater.
 */
#include "platform/document/scan.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

#include "platform/document/upload_check.h"

enum {
    STREAM_BYTES = 4 * 1024 * 1024, /* unpacked of one stream  */
    ALL_STREAM_BYTES = 32 * 1024 * 1024,
    LONG_NAME_BYTES = 6 /* stands in a picture by chance once in 28,000 of 10 MB */
};

const char *const scan_endings[] = {".pdf", ".png", ".jpg", NULL};

struct looking {
    char *room; /* STREAM_BYTES */
    size_t spent_bytes;
    int pages, said_pages;
    bool acts, is_locked, is_dark; /* dark: nobody can look into it */
};

/* A stretch of text, and what its names say of the stream that follows it. */
struct stretch {
    const char *from, *to;
    bool is_objects, is_flate, is_packed_otherwise;
};

static bool is_space(char c)
{
    return c == '\0' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
}

static bool is_among(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

static bool is_acting(const char *name)
{
    static const char *const names[] = {
        "JavaScript", "JS",         "Launch",   "RichMedia", "EmbeddedFile", "EmbeddedFiles",
        "ImportData", "SubmitForm", "XFA",      "GoToR",     "GoToE",        "Movie",
        "Sound",      "Rendition",  "Filespec", NULL};
    return is_among(name, names);
}

/* The number after a name; 0 when there is none. */
static int number_after(const char *at, const char *end)
{
    long number = 0;
    while (at < end && is_space(*at))
        at++;
    for (; at < end && *at >= '0' && *at <= '9' && number < INT_MAX / 10; at++)
        number = number * 10 + (*at - '0');
    return (int)number;
}

/* Whether the value of a name is the name wanted: "/Type /Page". */
static bool is_valued(const char *at, const char *end, const char *wanted)
{
    char name[UPLOAD_PDF_NAME_BYTES];
    while (at < end && is_space(*at))
        at++;
    if (at == end || *at != '/')
        return false;
    upload_pdf_name(at + 1, (size_t)(end - at - 1), name);
    return strcmp(name, wanted) == 0;
}

/* Behind a name as it was written, #xx and all. */
static const char *name_end(const char *at, const char *end)
{
    while (at < end && !is_space(*at) && strchr("()<>[]{}/%", *at) == NULL)
        at++;
    return at;
}

static void take_name(struct looking *l, const char *name, const char *after, const char *end)
{
    l->acts = l->acts || is_acting(name);
    l->is_locked = l->is_locked || strcmp(name, "Encrypt") == 0;
    if (strcmp(name, "Type") == 0 && is_valued(after, end, "Page"))
        l->pages++;
    if (strcmp(name, "Count") == 0 && number_after(after, end) > l->said_pages)
        l->said_pages = number_after(after, end);
}

static void look_at_text(struct looking *l, struct stretch *stretch)
{
    static const char *const otherwise[] = {
        "LZWDecode", "LZW",   "ASCIIHexDecode", "AHx", "ASCII85Decode", "A85", "RunLengthDecode",
        "RL",        "Crypt", "Predictor",      NULL};
    const char *end = stretch->to;
    for (const char *at = stretch->from;
         at < end && (at = memchr(at, '/', (size_t)(end - at))) != NULL;) {
        char name[UPLOAD_PDF_NAME_BYTES];
        at++;
        upload_pdf_name(at, (size_t)(end - at), name);
        at = name_end(at, end);
        take_name(l, name, at, end);
        stretch->is_objects =
            stretch->is_objects || strcmp(name, "ObjStm") == 0 || strcmp(name, "First") == 0;
        stretch->is_flate = stretch->is_flate || strcmp(name, "FlateDecode") == 0;
        stretch->is_packed_otherwise = stretch->is_packed_otherwise || is_among(name, otherwise);
    }
}

static void look_at_picture(struct looking *l, const char *from, const char *end)
{
    for (const char *at = from; at < end && (at = memchr(at, '/', (size_t)(end - at))) != NULL;) {
        char name[UPLOAD_PDF_NAME_BYTES];
        at++;
        upload_pdf_name(at, (size_t)(end - at), name);
        l->acts = l->acts || (strlen(name) >= LONG_NAME_BYTES && is_acting(name));
    }
}

/* What a stream of objects holds; one that cannot be unpacked whole makes the file a dark one. */
static void look_at_objects(struct looking *l, const char *from, const char *end)
{
    z_stream stream = {.next_in = (unsigned char *)(uintptr_t)from,
                       .avail_in = (unsigned)(end - from),
                       .next_out = (unsigned char *)l->room,
                       .avail_out = STREAM_BYTES};
    if (inflateInit(&stream) != Z_OK) {
        l->is_dark = true;
        return;
    }
    int result = inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    size_t got = STREAM_BYTES - stream.avail_out;
    l->spent_bytes += got;
    l->is_dark = l->is_dark || result != Z_STREAM_END || l->spent_bytes > ALL_STREAM_BYTES;
    struct stretch inside = {l->room, l->room + got, false, false, false};
    look_at_text(l, &inside);
}

/* The keyword that begins a stream, from a place on; NULL: there is no other. */
static const char *stream_after(const char *at, const char *end)
{
    static const char word[] = "stream";
    const size_t length = sizeof word - 1;
    for (const char *from = at; (at = memmem(at, (size_t)(end - at), word, length)) != NULL;
         at += length) {
        bool is_end = at - from >= 3 && memcmp(at - 3, "end", 3) == 0;
        if (!is_end && at + length < end && (at[length] == '\n' || at[length] == '\r'))
            return at + length;
    }
    return NULL;
}

/* What the last object of a stretch says: the dictionary of the stream that follows. */
static struct stretch last_object(const char *from, const char *to)
{
    struct stretch last = {from, to, false, false, false};
    for (const char *at = from; (at = memmem(at, (size_t)(to - at), "obj", 3)) != NULL; at += 3)
        last.from = at;
    return last;
}

static void look_at_stream(struct looking *l, const char *before, const char *from, const char *end)
{
    struct looking ignored = {.room = l->room};
    struct stretch dictionary = last_object(before, from);
    look_at_text(&ignored, &dictionary);
    while (from < end && (*from == '\r' || *from == '\n'))
        from++;
    if (!dictionary.is_objects)
        look_at_picture(l, from, end);
    else if (dictionary.is_packed_otherwise)
        l->is_dark = true;
    else if (dictionary.is_flate)
        look_at_objects(l, from, end);
    else
        look_at_text(l, &(struct stretch){from, end, false, false, false});
}

static void look_at_pdf(struct looking *l, const char *bytes, size_t size_bytes)
{
    const char *end = bytes + size_bytes, *at = bytes;
    while (at < end && !l->is_dark) {
        const char *stream = stream_after(at, end);
        struct stretch text = {at, stream != NULL ? stream : end, false, false, false};
        look_at_text(l, &text);
        if (stream == NULL)
            return;
        const char *stop = memmem(stream, (size_t)(end - stream), "endstream", 9);
        look_at_stream(l, at, stream, stop != NULL ? stop : end);
        at = stop != NULL ? stop + 9 : end;
    }
}

/* What is wrong with what was seen; NULL: nothing. */
static const char *wrong_with(struct mem *mem, const struct looking *l, int pages)
{
    if (l->is_locked)
        return "The scan has a password. Save it without one and send it again";
    if (l->acts)
        return "The scan is a PDF that can run something or that holds other files. Scan the "
               "pages again, or send a picture of them";
    if (l->is_dark || pages == 0)
        return "We cannot look into this PDF. Scan the pages again, or send a picture of them";
    if (pages > SCAN_PAGES_MOST)
        return mem_format(mem,
                          "The scan has %d pages. Send only the pages with writing on them, %d at "
                          "most",
                          pages, SCAN_PAGES_MOST);
    return NULL;
}

enum status scan_look(struct ctx *ctx, const struct scan_sent *sent, int *pages_out,
                      const char **problem_out)
{
    *pages_out = 1;
    *problem_out = NULL;
    if (strcmp(sent->type, "application/pdf") != 0)
        return OK;
    struct mem *mem = mem_child(ctx->mem);
    struct looking l = {.room = mem_room(mem, STREAM_BYTES)};
    look_at_pdf(&l, sent->bytes, sent->size_bytes);
    mem_end(mem);
    *pages_out = l.pages > l.said_pages ? l.pages : l.said_pages;
    *problem_out = wrong_with(ctx->mem, &l, *pages_out);
    if (*problem_out == NULL)
        return OK;
    return ctx_fail(ctx, ERR_INVALID, "a scan is refused: %s", *problem_out);
}
