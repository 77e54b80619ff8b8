/* SPDX-License-Identifier: MIT */
/*
 * pdf_finish.c - says in a PDF what cairo 1.16 has no way to say.
 *
 * cairo writes the tree of tags, but neither the language of the document, nor that its title
 * belongs in the window, nor which cells a header is for, nor what a picture shows or where a link
 * leads, nor what on a page is decoration.  These are added the way the format means changes to
 * be made (ISO 32000-1, 7.5.6, incremental updates): the objects concerned are written once more
 * behind the end of the file, with a table of where they are, and every reader takes the newer
 * one.  Nothing that cairo wrote is touched.
 *
 * Also, pictures of emoji that occur twice on a page are named twice in cairo's list of them;
 * the list is written again without the repetition.
 *
 * This reads only what cairo writes (version 1.4: a plain table of offsets, no compressed
 * objects), and refuses anything else; a test would tell when a newer cairo differs.
 */
#include "platform/document/pdf_draw.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

enum { ENTRY_BYTES = 20, TAIL_BYTES = 32 * 1024 * 1024 };

struct file {
    struct ctx *ctx;
    const struct pdf_about *about;
    const char *bytes;
    size_t length;
    size_t xref;         /* where the table is */
    const char *entries; /* the table's first entry */
    long size;           /* objects, with the one of number 0 */
    long root, info;
    const char *scopes;  /* not yet given to a TH     */
    const char *figures; /* not yet given to a Figure */
    const char *figures_end;
};

struct object {
    long number;
    const char *text; /* behind "obj\n" */
    size_t length;    /* up to "endobj" */
};

/* ---- reading what cairo wrote ---- */

/* The number behind a name in the trailer; -1: there is none. */
static long trailer_number(const char *trailer, const char *name)
{
    const char *at = strstr(trailer, name);
    return at == NULL ? -1 : strtol(at + strlen(name), NULL, 10);
}

/* Where the text stands last in the file; NULL: nowhere.  Streams before it may hold zero bytes. */
static const char *find_last(const struct file *file, const char *text)
{
    size_t length = strlen(text);
    for (size_t at = file->length; at >= length; at--)
        if (memcmp(file->bytes + at - length, text, length) == 0)
            return file->bytes + at - length;
    return NULL;
}

static enum status read_file(struct file *file)
{
    const char *end = file->bytes + file->length;
    const char *start = find_last(file, "startxref\n");
    const char *trailer = find_last(file, "trailer\n");
    if (start == NULL || trailer == NULL)
        return ctx_fail(file->ctx, ERR_FAULT, "a paper's file has no table");
    file->xref = strtoul(start + strlen("startxref\n"), NULL, 10);
    file->size = trailer_number(trailer, "/Size ");
    file->root = trailer_number(trailer, "/Root ");
    file->info = trailer_number(trailer, "/Info ");
    char head[32];
    int head_length = snprintf(head, sizeof head, "xref\n0 %ld\n", file->size);
    bool is_table = file->size > 0 && file->root > 0 && file->info > 0 &&
                    file->xref < file->length &&
                    strncmp(file->bytes + file->xref, head, (size_t)head_length) == 0;
    if (!is_table)
        return ctx_fail(file->ctx, ERR_FAULT, "a paper's file has a table of another kind");
    file->entries = file->bytes + file->xref + head_length;
    size_t table_length = (size_t)file->size * ENTRY_BYTES;
    if (table_length > (size_t)(end - file->entries))
        return ctx_fail(file->ctx, ERR_FAULT, "a paper's table is cut short");
    return OK;
}

/* Where an object begins; the end of the file when there is no such object. */
static const char *place_of(const struct file *file, long number)
{
    const char *entry = file->entries + number * ENTRY_BYTES;
    size_t at = strtoul(entry, NULL, 10);
    return file->bytes + (entry[17] == 'n' && at < file->length ? at : file->length);
}

/* False: no such object, or it is a stream. */
static bool read_object(const struct file *file, long number, struct object *out)
{
    char head[32];
    int head_length = snprintf(head, sizeof head, "%ld 0 obj\n", number);
    const char *object = place_of(file, number);
    if (strncmp(object, head, (size_t)head_length) != 0 ||
        strncmp(object + head_length, "<<", 2) != 0)
        return false;
    const char *end = strstr(object, "endobj");
    const char *stream = end == NULL ? NULL : memmem(object, (size_t)(end - object), "stream", 6);
    if (end == NULL || stream != NULL)
        return false;
    *out =
        (struct object){number, object + head_length, (size_t)(end - object) - (size_t)head_length};
    return true;
}

static bool begins(const struct object *object, const char *text)
{
    return strncmp(object->text, text, strlen(text)) == 0;
}

static bool holds(const struct object *object, const char *text)
{
    return memmem(object->text, object->length, text, strlen(text)) != NULL;
}

/* ---- what is added ---- */

/* A text of the format in UTF-16 with its mark, as hexadecimal digits. */
static const char *text_string(struct mem *mem, const char *text)
{
    struct text_builder out = text_build(mem, PDF_BYTES);
    text_add(&out, "<FEFF");
    const char *whole = text_repair(mem, text, strlen(text));
    ucs4_t code;
    for (const uint8_t *at = (const uint8_t *)whole; (at = u8_next(&code, at)) != NULL;) {
        if (code < 0x10000)
            text_add_format(&out, "%04X", (unsigned)code);
        else
            text_add_format(&out, "%04X%04X", (unsigned)(0xD7C0 + (code >> 10)),
                            (unsigned)(0xDC00 + (code & 0x3FF)));
    }
    text_add(&out, ">");
    const char *string;
    return text_build_end(&out, &string) == OK ? string : "()";
}

static const char *for_catalog(const struct file *file)
{
    char language[32] = "";
    size_t length = 0;
    for (const char *c = file->about->language; *c != '\0' && length + 1 < sizeof language; c++)
        if ((*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') ||
            *c == '-')
            language[length++] = *c;
    return mem_format(file->ctx->mem,
                      "   /Lang (%s)\n   /ViewerPreferences << /DisplayDocTitle true >>\n",
                      language);
}

static const char *for_figure(struct file *file)
{
    if (file->figures == file->figures_end)
        return NULL;
    const char *alternative = file->figures;
    file->figures += strlen(alternative) + 1;
    return mem_format(file->ctx->mem, "   /Alt %s\n", text_string(file->ctx->mem, alternative));
}

static const char *for_th(struct file *file)
{
    if (*file->scopes == '\0')
        return NULL;
    bool is_row = *file->scopes++ == 'r';
    return is_row ? "   /A << /O /Table /Scope /Row >>\n"
                  : "   /A << /O /Table /Scope /Column >>\n";
}

/* Where a link leads, in words: the address itself, which draw_link wrote without brackets. */
static const char *for_link(const struct file *file, const struct object *object)
{
    const char *url = memmem(object->text, object->length, "/URI (", 6);
    const char *end = url != NULL ? strchr(url, ')') : NULL;
    if (end == NULL)
        return NULL;
    return mem_format(file->ctx->mem, "   /Contents %.*s\n", (int)(end + 1 - url - 5), url + 5);
}

/* What an object gets; NULL: it stays as it is. */
static const char *addition(struct file *file, const struct object *object)
{
    if (object->number == file->root)
        return for_catalog(file);
    if (begins(object, "<< /Type /Page ") && holds(object, "/Annots"))
        return "   /Tabs /S\n"; /* links are visited in the order of the tags */
    if (begins(object, "<< /Type /Annot") && holds(object, "/Subtype /Link"))
        return for_link(file, object);
    if (!begins(object, "<< /Type /StructElem"))
        return NULL;
    if (holds(object, "/S /TH\n"))
        return for_th(file);
    return holds(object, "/S /Figure\n") ? for_figure(file) : NULL;
}

/* The list of pictures without repetition: "/x7 12 0 R" twice becomes once.  NULL: none is. */
static const char *without_repetition(struct mem *mem, const struct object *object)
{
    const char *list = memmem(object->text, object->length, "/XObject <<", 11);
    if (list == NULL)
        return NULL;
    const char *end = strstr(list, ">>");
    const char *at = list + 11;
    struct text_builder out = text_build(mem, PDF_BYTES);
    text_add_part(&out, object->text, (size_t)(at - object->text));
    size_t kept_from = out.length_bytes;
    while (end != NULL && (at = memchr(at, '/', (size_t)(end - at))) != NULL) {
        const char *entry_end = memmem(at, (size_t)(end - at), " R", 2);
        if (entry_end == NULL)
            return NULL;
        size_t length = (size_t)(entry_end - at) + 2;
        const char *kept = out.bytes + kept_from;
        if (memmem(kept, out.length_bytes - kept_from, at, length) == NULL) {
            text_add(&out, " ");
            text_add_part(&out, at, length);
        }
        at += length;
    }
    if (end == NULL)
        return NULL;
    text_add(&out, " ");
    text_add_part(&out, end, object->length - (size_t)(end - object->text));
    return out.length_bytes + 2 < object->length ? out.bytes : NULL;
}

/* ---- writing ---- */

struct tail {
    struct text_builder objects;
    struct text_builder table;
    size_t begins; /* in the file */
};

static void begin_object(struct tail *tail, long number)
{
    size_t at = tail->begins + tail->objects.length_bytes;
    text_add_format(&tail->table, "%ld 1\n%010zu 00000 n \n", number, at);
    text_add_format(&tail->objects, "%ld 0 obj\n", number);
}

static void write_object(struct tail *tail, long number, const char *text, size_t length)
{
    begin_object(tail, number);
    text_add_part(&tail->objects, text, length);
    text_add(&tail->objects, "endobj\n");
}

/* The operators of a page once more, with the decoration marked. */
static enum status change_page(const struct file *file, struct tail *tail,
                               const struct object *page)
{
    struct mem *mem = file->ctx->mem;
    const char *contents = memmem(page->text, page->length, "/Contents ", 10);
    long number = contents != NULL ? strtol(contents + 10, NULL, 10) : 0;
    const char *end = file->bytes + file->length;
    const char *object = number > 0 && number < file->size ? place_of(file, number) : end;
    const char *packed = memmem(object, (size_t)(end - object), "stream\n", 7);
    struct text_span marked;
    if (packed == NULL || !pdf_mark_artifacts(mem, packed + 7, (size_t)(end - packed) - 7, &marked))
        return ctx_fail(file->ctx, ERR_FAULT, "a paper's page is not as it was expected");
    begin_object(tail, number);
    text_add_format(&tail->objects, "<< /Length %zu /Filter /FlateDecode >>\nstream\n",
                    marked.length_bytes);
    text_add_part(&tail->objects, marked.bytes, marked.length_bytes);
    text_add(&tail->objects, "\nendstream\nendobj\n");
    return OK;
}

static void change_object(struct file *file, struct tail *tail, const struct object *object)
{
    struct mem *mem = file->ctx->mem;
    const char *list = without_repetition(mem, object);
    if (list != NULL)
        write_object(tail, object->number, list, strlen(list));
    const char *added = addition(file, object);
    if (added == NULL)
        return;
    size_t head = object->length;
    while (head > 2 && strncmp(object->text + head - 2, ">>", 2) != 0)
        head--;
    head -= 2;
    const char *text = mem_format(mem, "%.*s%s>>\n", (int)head, object->text, added);
    write_object(tail, object->number, text, strlen(text));
}

/* A name for these bytes, as the format likes each file to have. */
static const char *id_of(struct mem *mem, const struct text_builder *bytes)
{
    unsigned char digest[16];
    crypto_generichash(digest, sizeof digest, (const unsigned char *)bytes->bytes,
                       bytes->length_bytes, NULL, 0);
    return text_hex(mem, digest, sizeof digest);
}

static void write_tail(const struct file *file, struct tail *tail, struct text_builder *bytes)
{
    const char *id = id_of(file->ctx->mem, bytes);
    size_t table_at = tail->begins + tail->objects.length_bytes;
    text_add_part(bytes, tail->objects.bytes, tail->objects.length_bytes);
    text_add(bytes, "xref\n");
    text_add_part(bytes, tail->table.bytes, tail->table.length_bytes);
    text_add_format(bytes,
                    "trailer\n<< /Size %ld\n   /Root %ld 0 R\n   /Info %ld 0 R\n   /Prev %zu\n"
                    "   /ID [<%s> <%s>]\n>>\nstartxref\n%zu\n%%%%EOF\n",
                    file->size, file->root, file->info, file->xref, id, id, table_at);
}

enum status pdf_finish(struct ctx *ctx, const struct pdf_about *about,
                       const struct pdf_notes *notes, struct text_builder *bytes)
{
    struct file file = {.ctx = ctx, .about = about, .bytes = bytes->bytes};
    file.length = bytes->length_bytes;
    file.scopes = notes->th_scopes.bytes != NULL ? notes->th_scopes.bytes : "";
    file.figures = notes->figures.bytes != NULL ? notes->figures.bytes : "";
    file.figures_end = file.figures + notes->figures.length_bytes;
    TRY(read_file(&file));
    struct tail tail = {.objects = text_build(ctx->mem, TAIL_BYTES),
                        .table = text_build(ctx->mem, TAIL_BYTES),
                        .begins = bytes->length_bytes};
    for (long number = 1; number < file.size; number++) {
        struct object object;
        if (!read_object(&file, number, &object))
            continue;
        if (begins(&object, "<< /Type /Page "))
            TRY(change_page(&file, &tail, &object));
        change_object(&file, &tail, &object);
    }
    if (*file.scopes != '\0' || file.figures != file.figures_end)
        return ctx_fail(ctx, ERR_FAULT, "a paper's tags are not where they were expected");
    write_tail(&file, &tail, bytes);
    if (tail.objects.is_over || tail.table.is_over || bytes->is_over)
        return ctx_fail(ctx, ERR_INVALID, "a paper is longer than %d bytes", PDF_BYTES);
    return OK;
}
