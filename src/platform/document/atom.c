/* SPDX-License-Identifier: MIT */
/* atom.c - writes a feed, element by element. */
#include "platform/document/atom.h"

#include <string.h>

#include "platform/base/text.h"
#include "platform/base/time.h"

static void raw(struct view *out, const char *literal)
{
    view_raw(out, literal, strlen(literal));
}

/* How XML 1.0 writes this byte; NULL: as it is; "": it has no place in a document.  Bytes of
 * U+FFFE and U+FFFF, which have none either, are no text of ours. */
static const char *xml_of(unsigned char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\t':
    case '\n':
        return NULL;
    default:
        return byte < ' ' || byte == 0x7F ? "" : NULL;
    }
}

static void write_text(struct view *out, const char *text)
{
    const char *whole = text_repair(out->mem, text, strlen(text));
    const char *run = whole;
    const char *c = whole;
    for (; *c != '\0'; c++) {
        const char *written = xml_of((unsigned char)*c);
        if (written == NULL)
            continue;
        view_raw(out, run, (size_t)(c - run));
        raw(out, written);
        run = c + 1;
    }
    view_raw(out, run, (size_t)(c - run));
}

/* <name>text</name>; nothing for NULL. */
static void write_element(struct view *out, const char *name, const char *text)
{
    if (text == NULL)
        return;
    raw(out, "<");
    raw(out, name);
    raw(out, ">");
    write_text(out, text);
    raw(out, "</");
    raw(out, strncmp(name, "content", 7) == 0 ? "content" : name);
    raw(out, ">\n");
}

static void write_link(struct view *out, const char *relation, const char *type, const char *url)
{
    raw(out, "<link rel=\"");
    raw(out, relation);
    raw(out, "\" type=\"");
    raw(out, type);
    raw(out, "\" href=\"");
    write_text(out, url);
    raw(out, "\"/>\n");
}

static void write_author(struct view *out, const char *name)
{
    if (name == NULL)
        return;
    raw(out, "<author>");
    write_element(out, "name", name);
    raw(out, "</author>\n");
}

void atom_begin(struct view *out, const struct atom_feed *feed)
{
    static const char type[] = "application/atom+xml";
    raw(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
             "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
    write_text(out, feed->language != NULL ? feed->language : "en-GB");
    raw(out, "\">\n");
    write_element(out, "id", feed->self_url);
    write_element(out, "title", feed->title);
    write_element(out, "subtitle", feed->subtitle);
    write_element(out, "updated", time_rfc3339(out->mem, feed->updated_at));
    write_author(out, feed->author);
    write_link(out, "self", type, feed->self_url);
    write_link(out, "alternate", "text/html", feed->page_url);
    if (feed->next_url != NULL)
        write_link(out, "next", type, feed->next_url);
}

void atom_entry(struct view *out, const struct atom_entry *entry)
{
    raw(out, "<entry>\n");
    write_element(out, "id", entry->url);
    write_element(out, "title", entry->title);
    write_element(out, "updated", time_rfc3339(out->mem, entry->updated_at));
    if (entry->published_at != 0)
        write_element(out, "published", time_rfc3339(out->mem, entry->published_at));
    write_author(out, entry->author);
    write_link(out, "alternate", "text/html", entry->url);
    write_element(out, "summary", entry->summary);
    write_element(out, "content type=\"html\"", entry->content.trusted);
    raw(out, "</entry>\n");
}

void atom_end(struct view *out)
{
    raw(out, "</feed>\n");
}
