/* SPDX-License-Identifier: MIT */
/*
 * shape.c - reads JSON into structs by tables.
 */
#include "platform/view/test/shape.h"

static void *at(void *base, size_t offset)
{
    return (char *)base + offset;
}

static bool is_nothing(const json_t *json)
{
    return json == NULL || json_is_null(json) || json_is_false(json);
}

static const char *text_of(struct mem *mem, const json_t *json)
{
    if (json_is_string(json))
        return mem_text(mem, json_string_value(json));
    if (json_is_integer(json))
        return mem_format(mem, "%lld", (long long)json_integer_value(json));
    return json_is_true(json) ? "true" : NULL;
}

static const struct view_attribute *attributes_of(struct mem *mem, const json_t *json)
{
    struct part_attributes list = {.mem = mem};
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(size_t)json, name, value)
        part_attribute(&list, mem_text(mem, name), text_of(mem, value));
    return list.items;
}

static const char *classes_of(struct mem *mem, const json_t *json)
{
    const char *all = "";
    for (size_t i = 0; i < json_array_size(json); i++)
        all = mem_format(mem, "%s%s%s", all, i > 0 ? " " : "",
                         json_string_value(json_array_get(json, i)));
    return all;
}

static const char *read_pointer(struct mem *mem, const struct shape_member *member,
                                const json_t *json, void *out)
{
    if (is_nothing(json))
        return NULL;
    void **place = at(out, member->offset);
    if (*place == NULL)
        *place = mem_bytes(mem, member->shape->size_bytes);
    return shape_read(mem, member->shape, json, *place);
}

static const char *read_array(struct mem *mem, const struct shape_member *member,
                              const json_t *json, void *out)
{
    size_t count = 0;
    size_t size_bytes = member->shape->size_bytes;
    char *items = mem_bytes_many(mem, size_bytes, json_array_size(json) + 1);
    for (size_t i = 0; i < json_array_size(json); i++) {
        const json_t *item = json_array_get(json, i);
        if (!is_nothing(item)) {
            const char *wrong = shape_read(mem, member->shape, item, items + count * size_bytes);
            if (wrong != NULL)
                return wrong;
        }
        count += !is_nothing(item) || member->kind == SHAPE_HOLES;
    }
    *(void **)at(out, member->offset) = items;
    *(size_t *)at(out, member->count_offset) = count;
    return NULL;
}

static const char *read_one(struct mem *mem, const struct shape_member *member, const json_t *json,
                            void *out)
{
    *(size_t *)at(out, member->count_offset) = 1;
    return read_pointer(mem, member, json, out);
}

static void read_texts(struct mem *mem, const struct shape_member *member, const json_t *json,
                       void *out)
{
    size_t count = json_array_size(json);
    const char **texts = mem_array(mem, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        texts[i] = text_of(mem, json_array_get(json, i));
    *(const char ***)at(out, member->offset) = texts;
    *(size_t *)at(out, member->count_offset) = count;
}

static const char *read_member(struct mem *mem, const struct shape_member *member,
                               const json_t *json, void *out)
{
    void *place = at(out, member->offset);
    switch (member->kind) {
    case SHAPE_TEXT:
        *(const char **)place = text_of(mem, json);
        return NULL;
    case SHAPE_HTML:
        ((struct html *)place)->trusted = text_of(mem, json);
        return NULL;
    case SHAPE_BOOL:
        *(bool *)place = !is_nothing(json);
        return NULL;
    case SHAPE_NOT:
        *(bool *)place = json_is_false(json);
        return NULL;
    case SHAPE_SAID:
        *(enum said *)place = json_is_true(json) ? YES : json_is_false(json) ? NO : UNSAID;
        return NULL;
    case SHAPE_PRESENT:
        *(bool *)place = true;
        return NULL;
    case SHAPE_NONE:
        *(const char **)place = json_is_true(json) ? "none" : NULL;
        return NULL;
    case SHAPE_ONE:
        return read_one(mem, member, json, out);
    case SHAPE_NAME:
        *(const char **)place = json_is_true(json) ? member->name : NULL;
        return NULL;
    case SHAPE_INT:
        *(int *)place = (int)json_integer_value(json);
        return NULL;
    case SHAPE_ATTRIBUTES:
        *(const struct view_attribute **)place = attributes_of(mem, json);
        return NULL;
    case SHAPE_CLASSES:
        *(const char **)place = classes_of(mem, json);
        return NULL;
    case SHAPE_STRUCT:
        return shape_read(mem, member->shape, json, place);
    case SHAPE_INLINE:
        return shape_read(mem, member->shape, json, out);
    case SHAPE_POINTER:
        return read_pointer(mem, member, json, out);
    case SHAPE_ARRAY:
    case SHAPE_HOLES:
        return read_array(mem, member, json, out);
    case SHAPE_TEXTS:
        read_texts(mem, member, json, out);
        return NULL;
    case SHAPE_IGNORED:
        return NULL;
    }
    return "a kind that nobody reads";
}

/* May a member of this kind be read from such JSON? */
static bool fits(enum shape_kind kind, const json_t *json)
{
    switch (kind) {
    case SHAPE_ARRAY:
    case SHAPE_HOLES:
    case SHAPE_TEXTS:
    case SHAPE_CLASSES:
        return json_is_array(json);
    case SHAPE_NOT:
        return json_is_false(json);
    case SHAPE_TEXT:
        return !json_is_object(json) && !json_is_array(json) && !json_is_boolean(json);
    case SHAPE_BOOL:
    case SHAPE_SAID:
    case SHAPE_NAME:
    case SHAPE_NONE:
        return json_is_boolean(json) || json_is_null(json);
    case SHAPE_INLINE:
    case SHAPE_ATTRIBUTES:
    case SHAPE_PRESENT:
    case SHAPE_ONE:
        return json_is_object(json);
    case SHAPE_STRUCT:
    case SHAPE_POINTER:
        return !json_is_array(json);
    case SHAPE_INT:
        return json_is_integer(json);
    case SHAPE_HTML:
    case SHAPE_IGNORED:
        return true;
    }
    return false;
}

static const char *read_named(struct mem *mem, const struct shape *shape, const char *name,
                              const json_t *json, void *out)
{
    for (const struct shape_member *member = shape->members; member->name != NULL; member++)
        if (strcmp(member->name, name) == 0 && fits(member->kind, json)) {
            const char *wrong = read_member(mem, member, json, out);
            if (member->kind != SHAPE_PRESENT)
                return wrong;
        }
    return mem_format(mem, "parameter \"%s\" has no place", name);
}

const char *shape_read(struct mem *mem, const struct shape *shape, const json_t *json, void *out)
{
    if (json_is_object(json)) {
        const char *name;
        json_t *value;
        json_object_foreach((json_t *)(size_t)json, name, value)
        {
            const char *wrong = read_named(mem, shape, name, value, out);
            if (wrong != NULL)
                return wrong;
        }
        return NULL;
    }
    if (json_is_array(json) && shape->for_text != NULL)
        return read_named(mem, shape, shape->for_text, json, out);
    if ((json_is_string(json) || json_is_integer(json)) && shape->for_text != NULL)
        return read_named(mem, shape, shape->for_text, json, out);
    if (json_is_true(json) && shape->for_true != NULL)
        return read_named(mem, shape, shape->for_true, json, out);
    if (json_is_false(json) && shape->for_false != NULL)
        return read_named(mem, shape, shape->for_false, json, out);
    return json_is_string(json) || json_is_array(json) ? "a text where none can be" : NULL;
}
