/* SPDX-License-Identifier: MIT */
/*
 * part.h - what the components are made of: words, captions, headings, icons, and how a component
 * reads its own parameters.
 *
 * Members are named after the parameters of nhsuk-frontend's macros, in our spelling; `for` is
 * for_id.  A text that is NULL or "" counts as not given, as in the macros.  Where there are text
 * and html, html wins.  Every struct may be zero apart from the members that a comment asks for.
 * Nothing is kept: a component reads its struct while it writes.
 */
#ifndef PLATFORM_VIEW_COMPONENTS_PART_H
#define PLATFORM_VIEW_COMPONENTS_PART_H

#include "platform/view/view.h"

/* Words with an element of their own. */
struct part {
    const char *id;
    const char *text;
    struct html html;
    const char *classes;
    const struct view_attribute *attributes;
};

void part_words(struct view *out, const struct part *p);

static inline bool part_is_given(const struct part *p)
{
    return (p->text != NULL && p->text[0] != '\0') ||
           (p->html.trusted != NULL && p->html.trusted[0] != '\0');
}

struct caption {
    const char *id;
    const char *text;
    struct html html;
    const char
        *placement;   /* in the heading: "start" (the default), "end"; outside: "before", "after" */
    const char *size; /* "m", "l", "xl", "xxl" */
    const char *classes;
    const struct view_attribute *attributes;
    const char *element; /* "span" by default */
};
void caption(struct view *out, const struct caption *p);

struct heading {
    const char *id;
    const char *text;
    struct html html;
    const char *visually_hidden_text;
    struct caption caption;
    const char *href;
    const char *size; /* "xxs" to "xl" */
    int level;        /* 1 to 6; 0: 1  */
    const char *classes;
    const struct view_attribute *attributes;
    const char *element; /* instead of the one that level names */
    /* For components that are headings of another kind: */
    const char *class_name;   /* "nhsuk-heading" by default; "": none      */
    const char *class_prefix; /* class_name and "-" by default             */
    const char *sizes;        /* those allowed, each with a space around   */
    const char *for_id;       /* of a label                                */
    const char *link;         /* the address of the element when it is "a" */
    const char *described_by;
};
void heading(struct view *out, const struct heading *p);

/* What a heading comes to. */
struct heading_parts {
    const char *element;
    const char *classes;
    struct caption caption;
    const char *placement; /* of the caption; NULL: none */
};
/* The heading, at this level unless it says another. */
struct heading heading_at(const struct heading *p, int level);
const char *heading_element(const struct heading *p);
struct heading_parts heading_parts(struct mem *mem, const struct heading *p);

/* An SVG of the design system: "arrow-right-circle", "search", "tick", ... */
struct icon {
    const char *name;
    const char *title; /* its accessible name; NULL: hidden from assistive technology */
    const char *size;  /* in percent more: "25", "50", "75", "100" */
    const char *classes;
    const struct view_attribute *attributes;
};
void icon(struct view *out, const struct icon *p);

/* --- how a component reads its parameters --- */

static inline bool is_given(const char *text)
{
    return text != NULL && text[0] != '\0';
}

static inline bool is_same(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* The text, or what stands for it when it is NULL (an empty text stays). */
static inline const char *or_else(const char *text, const char *otherwise)
{
    return text != NULL ? text : otherwise;
}

/* Is the class among the classes?  As the macros do, a part of a class counts. */
static inline bool has_class(const char *classes, const char *name)
{
    return classes != NULL && strstr(classes, name) != NULL;
}

/* Shall the class `prefix` + `choice` be written: choice is one of choices (" a b c ") and classes
 * name none of them already. */
bool part_varies(const char *classes, const char *prefix, const char *choices, const char *choice);

/* The three texts, one behind the other. */
const char *part_join(struct mem *mem, const char *a, const char *b, const char *c);

/* The ids that are given, with a space between; NULL when there is none. */
const char *part_ids(struct mem *mem, const char *a, const char *b, const char *c);

/* The id, or when it is NULL the prefix with the suffix. */
const char *part_id(struct mem *mem, const char *id, const char *prefix, const char *suffix);

/* The number as text; 0 gives NULL. */
const char *part_number(struct mem *mem, int number);

/* "a b" as the JSON text ["a","b"]; NULL gives NULL. */
const char *part_json_words(struct mem *mem, const char *words);

/* The text with its first letter (ASCII) large. */
const char *part_capital(struct mem *mem, const char *text);

/* A list of attributes that grows; items ends with a NULL name.  Start with {.mem = mem}. */
struct part_attributes {
    struct mem *mem;
    struct view_attribute *items;
    size_t count;
    size_t room;
};

/* Adds one; value NULL: nothing. */
void part_attribute(struct part_attributes *list, const char *name, const char *value);

/* Adds all of an array that ends with a NULL name; NULL: nothing. */
void part_attributes(struct part_attributes *list, const struct view_attribute *attributes);

/* Words that follow a number, by the plural rules of CLDR; most languages need one and other. */
struct plural {
    const char *zero;
    const char *one;
    const char *two;
    const char *few;
    const char *many;
    const char *other;
};

/* Adds data-i18n.KEY.one and so on. */
void part_plural(struct part_attributes *list, const char *key, const struct plural *plural);

#endif
