/* SPDX-License-Identifier: MIT */
/*
 * upload_look.c - what a file is, and whether it is taken.
 *
 * The table of types stands first: what an ending promises, and how the promise is checked beyond
 * what libmagic says.  Office documents are archives; the names of what they hold stand in them
 * unpacked, so macros are found without unpacking anything.
 */
#include "platform/document/upload.h"

#include <magic.h>
#include <string.h>
#include <strings.h>

#include "platform/base/hash.h"
#include "platform/document/upload_check.h"

enum { SNIFFED_BYTES = 1 << 20 };

enum content { CONTENT_PDF, CONTENT_PICTURE, CONTENT_TEXT, CONTENT_OFFICE };

struct known_type {
    const char *ending;
    const char *other_ending; /* NULL: there is only one        */
    const char *type;         /* what libmagic calls it, and how it is sent back */
    const char *called;       /* in "must be a …"               */
    enum content content;
    const char *part; /* an office document holds a part of this name */
};

#define OOXML "application/vnd.openxmlformats-officedocument."

static const struct known_type known_types[] = {
    {".pdf", NULL, "application/pdf", "PDF", CONTENT_PDF, NULL},
    {".png", NULL, "image/png", "PNG", CONTENT_PICTURE, NULL},
    {".jpg", ".jpeg", "image/jpeg", "JPG", CONTENT_PICTURE, NULL},
    {".txt", ".text", "text/plain", "text file (.txt)", CONTENT_TEXT, NULL},
    {".csv", NULL, "text/csv", "CSV", CONTENT_TEXT, NULL},
    {".docx", NULL, OOXML "wordprocessingml.document", "Word document (.docx)", CONTENT_OFFICE,
     "word/document"},
    {".xlsx", NULL, OOXML "spreadsheetml.sheet", "spreadsheet (.xlsx)", CONTENT_OFFICE,
     "xl/workbook"},
    {".pptx", NULL, OOXML "presentationml.presentation", "PowerPoint (.pptx)", CONTENT_OFFICE,
     "ppt/presentation"},
    {".odt", NULL, "application/vnd.oasis.opendocument.text", "text document (.odt)",
     CONTENT_OFFICE, "content.xml"},
    {".ods", NULL, "application/vnd.oasis.opendocument.spreadsheet", "spreadsheet (.ods)",
     CONTENT_OFFICE, "content.xml"},
};

enum { KNOWN_TYPES = sizeof known_types / sizeof known_types[0] };

const char *const upload_all_endings[] = {".pdf",  ".png",  ".jpg", ".txt", ".csv", ".docx",
                                          ".xlsx", ".pptx", ".odt", ".ods", NULL};

/* ---- names ---- */

/* Where the ending begins, with its dot; the end of the name when it has none. */
static const char *ending_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    bool is_ending = dot != NULL && dot != name && dot[1] != '\0' && strlen(dot) <= 8 &&
                     strchr(dot, ' ') == NULL;
    return is_ending ? dot : name + strlen(name);
}

static const char *without_path(const char *name)
{
    const char *last = name;
    for (const char *c = name; *c != '\0'; c++)
        if (*c == '/' || *c == '\\')
            last = c + 1;
    return last;
}

static const char *clean(struct mem *mem, const char *name)
{
    char *kept = mem_text(mem, text_repair(mem, name, strlen(name)));
    kept = mem_text(mem, without_path(kept));
    size_t length = 0;
    for (const char *c = kept; *c != '\0'; c++)
        if ((unsigned char)*c >= ' ' && *c != 0x7F && strchr("<>:\"|?*", *c) == NULL)
            kept[length++] = *c;
    kept[length] = '\0';
    const char *out;
    if (text_clean(mem, kept, length, TEXT_LINE, &out) != OK)
        return ""; /* code points that are never in use */
    while (*out == '.' || *out == ' ' || *out == '-')
        out++;
    return out;
}

const char *upload_clean_name(struct mem *mem, const char *name, const char *ending)
{
    const char *whole = clean(mem, name);
    const char *stem = mem_text_part(mem, whole, (size_t)(ending_of(whole) - whole));
    stem = text_cut(mem, stem, UPLOAD_NAME_CHARS - strlen(ending));
    return mem_format(mem, "%s%s", *stem != '\0' ? stem : "file", ending);
}

/* ---- types ---- */

static bool is_allowed(const struct known_type *type, const struct upload_rules *rules)
{
    for (const char *const *ending = rules->endings; *ending != NULL; ending++)
        if (strcmp(*ending, type->ending) == 0)
            return true;
    return false;
}

static const struct known_type *type_by_ending(const char *ending, const struct upload_rules *rules)
{
    for (int i = 0; i < KNOWN_TYPES; i++) {
        const struct known_type *type = &known_types[i];
        bool is_other = type->other_ending != NULL && strcasecmp(type->other_ending, ending) == 0;
        if ((is_other || strcasecmp(type->ending, ending) == 0) && is_allowed(type, rules))
            return type;
    }
    return NULL;
}

/* For a name without ending.  Text could be anything, so it is not guessed. */
static const struct known_type *type_by_content(const char *sniffed,
                                                const struct upload_rules *rules)
{
    for (int i = 0; i < KNOWN_TYPES; i++)
        if (strcmp(known_types[i].type, sniffed) == 0 && is_allowed(&known_types[i], rules) &&
            known_types[i].content != CONTENT_TEXT)
            return &known_types[i];
    return NULL;
}

/* "a PDF, Word document (.docx) or JPG" */
static const char *allowed_names(struct mem *mem, const struct upload_rules *rules)
{
    const char *names[KNOWN_TYPES];
    int count = 0;
    for (int i = 0; i < KNOWN_TYPES; i++)
        if (is_allowed(&known_types[i], rules))
            names[count++] = known_types[i].called;
    const char *text = count > 0 ? mem_format(mem, "a %s", names[0]) : "of another kind";
    for (int i = 1; i < count; i++)
        text = mem_format(mem, "%s%s%s", text, i + 1 == count ? " or " : ", ", names[i]);
    return text;
}

static void close_magic(void *cookie)
{
    magic_close(cookie);
}

static enum status sniff(struct ctx *ctx, const struct upload_sent *sent, const char **out)
{
    const int flags =
        MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_APPTYPE;
    struct mem *mem = mem_child(ctx->mem);
    magic_t cookie = magic_open(flags);
    if (cookie == NULL)
        return ctx_fail(ctx, ERR_FAULT, "libmagic could not be opened");
    mem_at_end(mem, close_magic, cookie);
    if (magic_load(cookie, NULL) != 0)
        return ctx_fail(ctx, ERR_FAULT, "libmagic has no data: %s", magic_error(cookie));
    size_t length = sent->size_bytes < SNIFFED_BYTES ? sent->size_bytes : SNIFFED_BYTES;
    const char *type = magic_buffer(cookie, sent->bytes, length);
    *out = mem_text(ctx->mem, type != NULL ? type : "application/octet-stream");
    mem_end(mem);
    return OK;
}

/* ---- contents ---- */

static bool holds(const struct upload_sent *sent, const char *text)
{
    return memmem(sent->bytes, sent->size_bytes, text, strlen(text)) != NULL;
}

static bool begins(const struct upload_sent *sent, const char *text)
{
    size_t length = strlen(text);
    return sent->size_bytes >= length && memcmp(sent->bytes, text, length) == 0;
}

/* Text in UTF-8 or Windows-1252: no byte that neither has any use for. */
static bool is_text(const struct upload_sent *sent)
{
    const unsigned char *bytes = sent->bytes;
    for (size_t i = 0; i < sent->size_bytes; i++) {
        bool is_control = bytes[i] < ' ' || bytes[i] == 0x7F;
        if (is_control && memchr("\t\n\r\f", bytes[i], 4) == NULL)
            return false;
    }
    return true;
}

static bool ends_as_pdf(const struct upload_sent *sent)
{
    enum { END_BYTES = 2048 };
    struct upload_sent tail = *sent;
    if (tail.size_bytes > END_BYTES) {
        tail.bytes = (const char *)sent->bytes + sent->size_bytes - END_BYTES;
        tail.size_bytes = END_BYTES;
    }
    return holds(&tail, "%%EOF");
}

static bool is_program(const struct upload_sent *sent, const char *sniffed)
{
    static const char *const types[] = {"application/x-dosexec",
                                        "application/vnd.microsoft.portable-executable",
                                        "application/x-executable",
                                        "application/x-pie-executable",
                                        "application/x-sharedlib",
                                        "application/x-object",
                                        "application/x-mach-binary",
                                        "application/x-msi",
                                        "application/x-ms-shortcut",
                                        "application/java-archive",
                                        "application/x-java-applet",
                                        "application/x-wine-extension-ini",
                                        NULL};
    for (const char *const *type = types; *type != NULL; type++)
        if (strcmp(*type, sniffed) == 0)
            return true;
    bool is_windows = begins(sent, "MZ") && !is_text(sent);
    return is_windows || begins(sent, "#!") ||
           begins(sent, "\x7F"
                        "ELF");
}

static bool has_macros(const struct upload_sent *sent)
{
    return holds(sent, "vbaProject") || holds(sent, "Basic/script") || holds(sent, "macrosheets/");
}

/* Whether the bytes are what the type promises; *problem_out is set when there is more to say. */
static bool is_as_promised(const struct upload_sent *sent, const struct known_type *type,
                           const char *sniffed, const char **problem_out)
{
    bool is_sniffed = strcmp(type->type, sniffed) == 0;
    switch (type->content) {
    case CONTENT_PDF:
        if (is_sniffed && begins(sent, "%PDF-") && !ends_as_pdf(sent)) {
            *problem_out = "The selected PDF is damaged or not complete. Save it again and try "
                           "once more";
            return false;
        }
        return is_sniffed && begins(sent, "%PDF-");
    case CONTENT_PICTURE:
        return is_sniffed;
    case CONTENT_TEXT:
        return is_text(sent);
    case CONTENT_OFFICE:
        if (begins(sent, "\xD0\xCF\x11\xE0"))
            *problem_out = "The selected file is protected by a password or in an old format. "
                           "Save it without a password in today’s format";
        else if (has_macros(sent))
            *problem_out = "The selected file has macros. Save it without macros";
        return *problem_out == NULL && begins(sent, "PK\x03\x04") && holds(sent, type->part);
    }
    return false;
}

/* ---- the look ---- */

/* 10,000,000 bytes are "10MB". */
static const char *size_text(struct mem *mem, int64_t bytes)
{
    const int64_t mega = 1000 * 1000;
    if (bytes % mega == 0)
        return mem_format(mem, "%lldMB", (long long)(bytes / mega));
    return mem_format(mem, "%lldKB", (long long)(bytes / 1000));
}

static const char *size_problem(struct mem *mem, const struct upload_sent *sent,
                                const struct upload_rules *rules)
{
    int64_t most = rules->size_bytes_most != 0 ? rules->size_bytes_most : UPLOAD_BYTES;
    if (sent->size_bytes == 0)
        return "The selected file is empty";
    if (sent->size_bytes > (uint64_t)most)
        return mem_format(mem, "The selected file must be smaller than %s", size_text(mem, most));
    return NULL;
}

/* The type of the file among the allowed ones; NULL with the problem said. */
static const struct known_type *find_type(struct mem *mem, const struct upload_sent *sent,
                                          const struct upload_rules *rules, const char *sniffed,
                                          const char **problem_out)
{
    const char *wanted = allowed_names(mem, rules);
    if (is_program(sent, sniffed)) {
        *problem_out = mem_format(mem, "The selected file is a program. It must be %s", wanted);
        return NULL;
    }
    const char *ending = ending_of(clean(mem, sent->name));
    const struct known_type *type =
        *ending != '\0' ? type_by_ending(ending, rules) : type_by_content(sniffed, rules);
    if (type == NULL) {
        *problem_out = mem_format(mem, "The selected file must be %s", wanted);
        return NULL;
    }
    if (is_as_promised(sent, type, sniffed, problem_out))
        return type;
    if (*problem_out == NULL)
        *problem_out = mem_format(mem,
                                  "The selected file is called %s but holds something else. It "
                                  "must be %s",
                                  ending, wanted);
    return NULL;
}

enum status upload_look(struct ctx *ctx, const struct upload_sent *sent,
                        const struct upload_rules *rules, struct upload *out,
                        const char **problem_out)
{
    struct upload_sent file = *sent;
    file.name = sent->name != NULL ? sent->name : "";
    const struct known_type *type = NULL;
    const char *sniffed = "";
    *problem_out = size_problem(ctx->mem, &file, rules);
    if (*problem_out == NULL) {
        TRY(sniff(ctx, &file, &sniffed));
        type = find_type(ctx->mem, &file, rules, sniffed, problem_out);
    }
    if (type == NULL)
        return ctx_fail(ctx, ERR_INVALID, "a file of %zu bytes, \"%s\", was refused: %s",
                        file.size_bytes, sniffed, *problem_out);
    *out = (struct upload){.sha256 = hash_sha256(ctx->mem, file.bytes, file.size_bytes),
                           .name = upload_clean_name(ctx->mem, file.name, type->ending),
                           .type = type->type,
                           .size_bytes = (int64_t)file.size_bytes,
                           .owner = ""};
    if (type->content == CONTENT_PDF)
        upload_look_into_pdf(ctx, file.bytes, file.size_bytes, out);
    return OK;
}
