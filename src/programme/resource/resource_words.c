/* SPDX-License-Identifier: MIT */
/* resource_words.c - the codes of documents, and how people read them. */
#include "programme/resource/resource.h"

#include <inttypes.h>
#include <string.h>

const struct resource_code resource_kinds[] = {{"guide", "Guide"},
                                               {"toolkit", "Toolkit"},
                                               {"form", "Form or template"},
                                               {"poster", "Poster or leaflet"},
                                               {"slides", "Slides"},
                                               {"report", "Report"},
                                               {"data", "Data"},
                                               {0}};

/* The languages that most people in England and Wales speak at home, by their codes (BCP 47). */
const struct resource_code resource_languages[] = {{"en", "English"},
                                                   {"cy", "Welsh"},
                                                   {"ar", "Arabic"},
                                                   {"bn", "Bengali"},
                                                   {"zh", "Chinese"},
                                                   {"fa", "Persian"},
                                                   {"fr", "French"},
                                                   {"gu", "Gujarati"},
                                                   {"pl", "Polish"},
                                                   {"pa", "Punjabi"},
                                                   {"pt", "Portuguese"},
                                                   {"ro", "Romanian"},
                                                   {"so", "Somali"},
                                                   {"es", "Spanish"},
                                                   {"ta", "Tamil"},
                                                   {"tr", "Turkish"},
                                                   {"uk", "Ukrainian"},
                                                   {"ur", "Urdu"},
                                                   {0}};

const struct resource_code resource_formats[] = {{".pdf", "PDF"},
                                                 {".docx", "Word"},
                                                 {".xlsx", "Excel"},
                                                 {".pptx", "PowerPoint"},
                                                 {".odt", "OpenDocument text"},
                                                 {".ods", "OpenDocument spreadsheet"},
                                                 {".txt", "plain text"},
                                                 {".csv", "CSV"},
                                                 {".png", "PNG picture"},
                                                 {".jpg", "JPG picture"},
                                                 {0}};

const char *resource_label(const struct resource_code *codes, const char *code)
{
    for (; codes->code != NULL; codes++)
        if (strcmp(codes->code, code) == 0)
            return codes->label;
    return code;
}

const char *resource_size(struct mem *mem, int64_t size_bytes)
{
    if (size_bytes < 1000)
        return mem_format(mem, "%" PRId64 " byte%s", size_bytes, size_bytes == 1 ? "" : "s");
    if (size_bytes < 999500)
        return mem_format(mem, "%" PRId64 " KB", (size_bytes + 500) / 1000);
    int64_t tenths = (size_bytes + 50000) / 100000;
    return mem_format(mem, "%" PRId64 ".%" PRId64 " MB", tenths / 10, tenths % 10);
}

const char *resource_ending(struct mem *mem, const char *name)
{
    const char *dot = strrchr(name, '.');
    char *ending = mem_text(mem, dot != NULL ? dot : "");
    for (char *c = ending; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return ending;
}
