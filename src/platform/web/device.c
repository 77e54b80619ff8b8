/* SPDX-License-Identifier: MIT */
/* device.c - names for browsers and systems, by the marks that each puts into its User-Agent. */
#include "platform/web/device.h"

#include <string.h>

struct mark {
    const char *mark, *name;
};

/* In this order: each of them carries the marks of those behind it. */
static const struct mark browsers[] = {
    {"Edg", "Edge"},       {"OPR/", "Opera"},       {"SamsungBrowser/", "Samsung Internet"},
    {"FxiOS/", "Firefox"}, {"Firefox/", "Firefox"}, {"CriOS/", "Chrome"},
    {"Chrome/", "Chrome"}, {"Safari/", "Safari"},   {NULL, NULL}};

static const struct mark systems[] = {{"iPhone", "iPhone"},   {"iPad", "iPad"},
                                      {"Android", "Android"}, {"Windows", "Windows"},
                                      {"Macintosh", "a Mac"}, {"CrOS", "a Chromebook"},
                                      {"Linux", "Linux"},     {NULL, NULL}};

static const char *named(const struct mark *marks, const char *text)
{
    while (marks->mark != NULL && strstr(text, marks->mark) == NULL)
        marks++;
    return marks->name;
}

const char *device_label(struct mem *mem, const char *user_agent)
{
    const char *browser = named(browsers, user_agent), *system = named(systems, user_agent);
    if (browser == NULL)
        browser = "A browser";
    return system != NULL ? mem_format(mem, "%s on %s", browser, system) : browser;
}

const char *device_network(struct mem *mem, const struct address *address)
{
    static const unsigned char of_v4[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    static const unsigned char none[16] = {0};
    const unsigned char *b = address->bytes;
    if (memcmp(b, none, sizeof none) == 0)
        return "";
    if (memcmp(b, of_v4, sizeof of_v4) == 0)
        return mem_format(mem, "%d.%d.%d.x", b[12], b[13], b[14]);
    return mem_format(mem, "%x:%x:%x::x", b[0] << 8 | b[1], b[2] << 8 | b[3], b[4] << 8 | b[5]);
}
