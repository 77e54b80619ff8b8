/* SPDX-License-Identifier: MIT */
/*
 * view.c - the escaping writer.
 *
 * Nearly every byte of a page is harmless, so escaping looks for runs of harmless bytes and copies
 * each run at once.  One table holds, for each byte, what stands for it: NULL for itself.
 */
#include "platform/view/view.h"

#include "platform/view/allowed.h"

#include <strings.h>

enum { ROOM_BYTES_FIRST = 8192, DIGITS = 20 };

/* Elements that view_element may write: they hold text and nothing of their own happens in them. */
#define NAMED_ELEMENTS                                                                             \
    " a address article aside b button caption dd div dl dt em fieldset figcaption figure footer " \
    "h1 h2 h3 h4 h5 h6 header label legend li main nav ol p section small span strong summary "    \
    "td th ul "

static const char *const escapes[256] = {
    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
};

/* Stop bytes of the scan: those escaped, and the end of the text. */
static const bool stops[256] = {
    ['\0'] = true, ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true,
};

void view_grow(struct view *out, size_t more_bytes)
{
    size_t needed = out->length_bytes + more_bytes + 1;
    size_t room = out->room_bytes != 0 ? out->room_bytes : ROOM_BYTES_FIRST;
    while (room < needed)
        room *= 2;
    char *text = mem_room(out->mem, room);
    if (out->length_bytes != 0)
        memcpy(text, out->text, out->length_bytes);
    text[out->length_bytes] = '\0';
    out->text = text;
    out->room_bytes = room;
}

struct html view_html(const struct view *written)
{
    return (struct html){written->text};
}

struct html view_cut(struct view *out, size_t from_bytes)
{
    size_t length = out->length_bytes - from_bytes;
    if (length == 0)
        return (struct html){""};
    const char *cut = mem_text_part(out->mem, out->text + from_bytes, length);
    out->length_bytes = from_bytes;
    out->text[from_bytes] = '\0';
    return (struct html){cut};
}

void view_text_str(struct view *out, const char *text)
{
    if (text == NULL)
        return;
    for (;;) {
        const char *run = text;
        while (!stops[(unsigned char)*text])
            text++;
        view_raw(out, run, (size_t)(text - run));
        if (*text == '\0')
            return;
        const char *escape = escapes[(unsigned char)*text++];
        view_raw(out, escape, strlen(escape));
    }
}

void view_text_uint(struct view *out, uint64_t number)
{
    char digits[DIGITS];
    size_t at = DIGITS;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    view_raw(out, digits + at, DIGITS - at);
}

void view_text_int(struct view *out, int64_t number)
{
    if (number < 0)
        view_raw(out, "-", 1);
    view_text_uint(out, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
}

void view_text_html(struct view *out, struct html html)
{
    if (html.trusted != NULL)
        view_raw(out, html.trusted, strlen(html.trusted));
}

/* The one style that an attribute may hold: a picture of this site behind an element. */
static bool is_picture(const char *value)
{
    static const char begin[] = "background-image: url('/";
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/";
    if (value == NULL || strncmp(value, begin, sizeof begin - 1) != 0)
        return false;
    const char *path = value + sizeof begin - 1;
    return path[0] != '/' && strcmp(path + strspn(path, plain), "');") == 0;
}

static bool may_write(const struct view_attribute *attribute)
{
    if (strcmp(attribute->name, "style") == 0)
        return is_picture(attribute->value);
    return allowed_attribute(attribute->name);
}

void view_attributes(struct view *out, const struct view_attribute *attributes)
{
    for (; attributes != NULL && attributes->name != NULL; attributes++) {
        if (!may_write(attributes))
            continue;
        view_raw(out, " ", 1);
        view_raw(out, attributes->name, strlen(attributes->name));
        if (attributes->value == NULL)
            continue;
        view_raw(out, "=\"", 2);
        if (allowed_in(ALLOWED_URL_ATTRIBUTES, attributes->name))
            view_url(out, attributes->value);
        else
            view_text_str(out, attributes->value);
        view_raw(out, "\"", 1);
    }
}

void view_element(struct view *out, const char *name)
{
    if (name == NULL || !allowed_in(NAMED_ELEMENTS, name))
        name = "span";
    view_raw(out, name, strlen(name));
}

/* The scheme is what stands before the first colon, if no "/", "?" or "#" comes first.  Browsers
 * drop tabs and line ends from it; here such a scheme is simply none of the four. */
void view_url(struct view *out, const char *url)
{
    if (url == NULL)
        return;
    size_t scheme = strcspn(url, ":/?#");
    if (url[scheme] == ':' && strncasecmp(url, "https:", 6) != 0 &&
        strncasecmp(url, "http:", 5) != 0 && strncasecmp(url, "mailto:", 7) != 0 &&
        strncasecmp(url, "tel:", 4) != 0)
        url = "#";
    view_text_str(out, url);
}

/* Browsers read "\" as "/" and drop tabs and line ends, so "/\t/evil" and "\\evil" name a host. */
void view_path(struct view *out, const char *path)
{
    if (path == NULL || path[strcspn(path, ":/?#")] == ':')
        return;
    for (const char *p = path; *p != '\0'; p++)
        if ((unsigned char)*p <= ' ' || *p == '\\')
            return;
    if (strncmp(path, "//", 2) != 0)
        view_text_str(out, path);
}

void view_url_part_str(struct view *out, const char *part)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    static const char digit[] = "0123456789ABCDEF";
    while (part != NULL && *part != '\0') {
        size_t run = strspn(part, plain);
        view_raw(out, part, run);
        part += run;
        if (*part != '\0') {
            unsigned char byte = (unsigned char)*part++;
            char hex[3] = {'%', digit[byte >> 4], digit[byte & 15]};
            view_raw(out, hex, sizeof hex);
        }
    }
}
