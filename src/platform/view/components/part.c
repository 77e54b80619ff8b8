/* SPDX-License-Identifier: MIT */
/*
 * part.c - how components read their parameters.
 */
#include "platform/view/components/part.h"

#include "platform/view/allowed.h"

#include <ctype.h>

enum { ATTRIBUTES_FIRST = 16 };

/* Does classes hold the prefix with this end right behind it? */
static bool has_varied(const char *classes, const char *prefix, const char *end, size_t end_bytes)
{
    size_t prefix_bytes = strlen(prefix);
    for (; (classes = strstr(classes, prefix)) != NULL; classes++)
        if (strncmp(classes + prefix_bytes, end, end_bytes) == 0)
            return true;
    return false;
}

bool part_varies(const char *classes, const char *prefix, const char *choices, const char *choice)
{
    if (!is_given(choice) || !allowed_in(choices, choice))
        return false;
    if (!is_given(classes))
        return true;
    for (const char *p = choices + 1; *p != '\0';) {
        size_t length = strcspn(p, " ");
        if (has_varied(classes, prefix, p, length))
            return false;
        p += length + 1;
    }
    return true;
}

const char *part_join(struct mem *mem, const char *a, const char *b, const char *c)
{
    size_t a_bytes = strlen(a);
    size_t b_bytes = strlen(b);
    size_t c_bytes = strlen(c);
    char *joined = mem_bytes(mem, a_bytes + b_bytes + c_bytes + 1);
    memcpy(joined, a, a_bytes);
    memcpy(joined + a_bytes, b, b_bytes);
    memcpy(joined + a_bytes + b_bytes, c, c_bytes);
    return joined;
}

const char *part_ids(struct mem *mem, const char *a, const char *b, const char *c)
{
    const char *ids = is_given(a) ? a : NULL;
    if (is_given(b))
        ids = ids == NULL ? b : part_join(mem, ids, " ", b);
    if (is_given(c))
        ids = ids == NULL ? c : part_join(mem, ids, " ", c);
    return ids;
}

const char *part_id(struct mem *mem, const char *id, const char *prefix, const char *suffix)
{
    return id != NULL ? id : part_join(mem, or_else(prefix, ""), suffix, "");
}

const char *part_number(struct mem *mem, int number)
{
    return number != 0 ? mem_format(mem, "%d", number) : NULL;
}

const char *part_json_words(struct mem *mem, const char *words)
{
    if (words == NULL)
        return NULL;
    struct view json = {.mem = mem};
    view_raw(&json, "[", 1);
    while (*(words += strspn(words, " ")) != '\0') {
        size_t length = strcspn(words, " \"\\");
        view_raw(&json, json.length_bytes > 1 ? ",\"" : "\"", json.length_bytes > 1 ? 2 : 1);
        view_raw(&json, words, length);
        view_raw(&json, "\"", 1);
        words += strcspn(words, " ");
    }
    view_raw(&json, "]", 1);
    return json.text;
}

const char *part_capital(struct mem *mem, const char *text)
{
    char *capital = mem_text(mem, or_else(text, ""));
    capital[0] = (char)toupper((unsigned char)capital[0]);
    return capital;
}

void part_attribute(struct part_attributes *list, const char *name, const char *value)
{
    if (value == NULL)
        return;
    if (list->count + 1 >= list->room) {
        size_t room = list->room != 0 ? 2 * list->room : ATTRIBUTES_FIRST;
        struct view_attribute *items = mem_array(list->mem, struct view_attribute, room);
        if (list->count != 0)
            memcpy(items, list->items, list->count * sizeof items[0]);
        list->items = items;
        list->room = room;
    }
    list->items[list->count++] = (struct view_attribute){name, value};
    list->items[list->count] = (struct view_attribute){NULL, NULL};
}

void part_attributes(struct part_attributes *list, const struct view_attribute *attributes)
{
    for (; attributes != NULL && attributes->name != NULL; attributes++) {
        part_attribute(list, attributes->name, or_else(attributes->value, ""));
        list->items[list->count - 1].value = attributes->value;
    }
}

void part_plural(struct part_attributes *list, const char *key, const struct plural *plural)
{
    const struct {
        const char *rule;
        const char *words;
    } rules[] = {{"zero", plural->zero}, {"one", plural->one},   {"two", plural->two},
                 {"few", plural->few},   {"many", plural->many}, {"other", plural->other}};
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i].words != NULL)
            part_attribute(list, mem_format(list->mem, "data-i18n.%s.%s", key, rules[i].rule),
                           rules[i].words);
}

struct heading heading_at(const struct heading *p, int level)
{
    struct heading leveled = *p;
    leveled.level = p->level != 0 ? p->level : level;
    return leveled;
}

const char *heading_element(const struct heading *p)
{
    static const char *const levels[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
    if (p->element != NULL)
        return p->element;
    return levels[p->level >= 1 && p->level <= 6 ? p->level - 1 : 0];
}

/* Where the size replaces the dash of "nhsuk-heading-", rather than adding a class. */
static bool size_replaces(const char *name, const char *prefix)
{
    size_t length = strlen(name);
    return strncmp(prefix, name, length) == 0 && strcmp(prefix + length, "-") == 0;
}

struct heading_parts heading_parts(struct mem *mem, const struct heading *p)
{
    const char *name = or_else(p->class_name, "nhsuk-heading");
    const char *sizes = or_else(p->sizes, " xxs xs s m l xl ");
    struct heading_parts parts = {
        .element = heading_element(p), .classes = name, .caption = p->caption};
    if (is_given(p->size) && allowed_in(sizes, p->size)) {
        const char *prefix =
            p->class_prefix != NULL ? p->class_prefix : part_join(mem, name, "-", "");
        if (part_varies(p->classes, prefix, " xxs xs s m l xl ", p->size)) {
            const char *sized = part_join(mem, prefix, p->size, "");
            parts.classes = size_replaces(name, prefix) ? sized : part_join(mem, name, " ", sized);
            parts.caption.size = or_else(parts.caption.size, p->size);
        }
    }
    if (is_given(p->classes))
        parts.classes = part_join(mem, parts.classes, " ", p->classes);
    if (is_given(p->caption.text) || is_given(p->caption.html.trusted))
        parts.placement = or_else(p->caption.placement, "start");
    return parts;
}
