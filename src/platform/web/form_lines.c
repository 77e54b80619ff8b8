/* SPDX-License-Identifier: MIT */
/*
 * form_lines.c - answers as people read them, and the table as a JSON Schema.
 */
#include "platform/base/json_text.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/upload.h"
#include "platform/web/form_internal.h"

#include <jansson.h>
#include <string.h>

/* ---- lines of a check-your-answers page ---- */

static const char *date_text(struct ctx *ctx, const struct form_answers *answers, const char *name)
{
    const char *day = form_date_read(ctx->mem, answers, name, "").day;
    if (day[0] == '\0')
        return "";
    return time_show_day(ctx->mem, day);
}

static const char *choices_text(struct ctx *ctx, const struct form_shown *shown,
                                const struct form_field *field, const char *name,
                                const struct form_option *options)
{
    const char *text = "";
    (void)field;
    for (const struct form_option *o = options; o->code != NULL; o++) {
        if (form_holds(shown->answers, name, o->code))
            text = mem_format(ctx->mem, "%s%s%s", text, text[0] == '\0' ? "" : "\n", o->label);
    }
    return text;
}

static const char *address_text(struct ctx *ctx, const struct form_answers *answers,
                                const char *name)
{
    static const char *const parts[] = {"line_1", "line_2", "town", "county", "postcode"};
    const char *text = "";
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const char *part = form_value(ctx->mem, answers, name, parts[i]);
        if (!form_is_blank(part))
            text = mem_format(ctx->mem, "%s%s%s", text, text[0] == '\0' ? "" : "\n", part);
    }
    return text;
}

static const char *number_text(struct ctx *ctx, const struct form_field *field, const char *typed)
{
    int64_t n;
    if (!form_number_read(typed, field->kind, &n))
        return typed;
    const char *text = form_number_text(ctx->mem, field->kind, n);
    return field->suffix == NULL ? text : mem_format(ctx->mem, "%s %s", text, field->suffix);
}

static const char *days_text(struct ctx *ctx, const struct form_answers *answers, const char *name)
{
    const char *first = date_text(ctx, answers, mem_format(ctx->mem, "%s-first", name));
    const char *last = date_text(ctx, answers, mem_format(ctx->mem, "%s-last", name));
    return first[0] == '\0' ? "" : mem_format(ctx->mem, "%s to %s", first, last);
}

static enum status lookup_text(struct ctx *ctx, const struct form_field *field, const char *key,
                               const char **out)
{
    struct form_found found;
    *out = "";
    if (key[0] == '\0')
        return OK;
    enum status status = field->in->find(ctx, key, &found);
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    *out = found.detail[0] == '\0' ? found.label
                                   : mem_format(ctx->mem, "%s\n%s", found.label, found.detail);
    return OK;
}

static enum status line_text(struct ctx *ctx, const struct form_shown *shown,
                             const struct form_field *field, const char *name, const char **out)
{
    const struct form_option *options;
    const char *typed = form_value(ctx->mem, shown->answers, name, NULL);
    switch (field->kind) {
    case FORM_KIND_ONE_OF:
    case FORM_KIND_SEVERAL_OF:
        TRY(form_options(ctx, field, shown->form, &options));
        *out = choices_text(ctx, shown, field, name, options);
        return OK;
    case FORM_KIND_YES_NO:
        *out = strcmp(typed, "yes") == 0 ? "Yes" : strcmp(typed, "no") == 0 ? "No" : "";
        return OK;
    case FORM_KIND_DATE:
        *out = date_text(ctx, shown->answers, name);
        return OK;
    case FORM_KIND_DAYS:
        *out = days_text(ctx, shown->answers, name);
        return OK;
    case FORM_KIND_ADDRESS:
        *out = address_text(ctx, shown->answers, name);
        return OK;
    case FORM_KIND_NUMBER:
    case FORM_KIND_MONEY:
    case FORM_KIND_PERCENT:
        *out = number_text(ctx, field, typed);
        return OK;
    case FORM_KIND_FILE:
        *out = form_value(ctx->mem, shown->answers, name, "name");
        return OK;
    case FORM_KIND_LOOKUP:
        return lookup_text(ctx, field, typed, out);
    default:
        *out = typed;
        return OK;
    }
}

enum status form_lines(struct ctx *ctx, const struct form_shown *shown, struct form_line **out,
                       size_t *count_out)
{
    size_t count = 0;
    for (const struct form_field *field = shown->fields; field->kind != FORM_KIND_END; field++)
        count++;
    struct form_line *lines = mem_array(ctx->mem, struct form_line, count + 1);
    count = 0;
    for (const struct form_field *field = shown->fields; field->kind != FORM_KIND_END; field++) {
        const char *name = form_name(ctx->mem, shown->prefix, field->name);
        const char *text;
        if (field->kind == FORM_KIND_GROUP || field->kind == FORM_KIND_HIDDEN ||
            !form_applies(ctx->mem, shown->fields, field, shown->answers, shown->prefix))
            continue;
        TRY(line_text(ctx, shown, field, name, &text));
        lines[count++] = (struct form_line){
            .field = name,
            .label = field->short_label != NULL ? field->short_label : field->label,
            .text = form_is_blank(text) ? (field->is_optional ? "Not given" : "") : text,
        };
    }
    *out = lines;
    *count_out = count;
    return OK;
}

/* ---- JSON Schema ---- */

static json_t *schema_of_fields(const struct form_field *fields);

static json_t *typed_schema(const char *type, const char *format)
{
    json_t *schema = json_pack("{s:s}", "type", type);
    if (format != NULL)
        json_object_set_new(schema, "format", json_string(format));
    return schema;
}

static json_t *choice_schema(const struct form_field *field)
{
    json_t *schema = typed_schema("string", NULL);
    if (field->options == NULL)
        return schema;
    json_t *codes = json_array();
    for (const struct form_option *o = field->options; o->code != NULL; o++)
        json_array_append_new(codes, json_string(o->code));
    json_object_set_new(schema, "enum", codes);
    return schema;
}

static json_t *text_schema(const struct form_field *field)
{
    json_t *schema = typed_schema("string", field->kind == FORM_KIND_EMAIL ? "email" : NULL);
    json_object_set_new(schema, "maxLength", json_integer((json_int_t)form_length_most(field)));
    if (!field->is_optional)
        json_object_set_new(schema, "minLength", json_integer(1));
    return schema;
}

static json_t *number_schema(const struct form_field *field)
{
    json_t *schema = typed_schema(field->kind == FORM_KIND_MONEY ? "string" : "integer", NULL);
    if (field->kind == FORM_KIND_MONEY) {
        json_object_set_new(schema, "pattern", json_string("^[0-9]+(\\.[0-9]{1,2})?$"));
    } else if (field->at_least != 0 || field->at_most != 0) {
        json_object_set_new(schema, "minimum", json_integer(field->at_least));
        json_object_set_new(schema, "maximum", json_integer(field->at_most));
    }
    return schema;
}

static json_t *parts_schema(const char *const *parts, const char *format)
{
    json_t *properties = json_object();
    for (; *parts != NULL; parts++)
        json_object_set_new(properties, *parts, typed_schema("string", format));
    return json_pack("{s:s, s:o}", "type", "object", "properties", properties);
}

static json_t *list_schema(json_t *items, int least, int most)
{
    json_t *schema = json_pack("{s:s, s:o}", "type", "array", "items", items);
    if (least > 0)
        json_object_set_new(schema, "minItems", json_integer(least));
    if (most > 0)
        json_object_set_new(schema, "maxItems", json_integer(most));
    return schema;
}

static json_t *endings_text(const struct form_field *field)
{
    const char *const *ending = field->file_types != NULL ? field->file_types : upload_all_endings;
    json_t *text = json_string("Its name, with one of these endings:");
    for (; *ending != NULL; ending++) {
        json_t *longer = json_sprintf("%s %s", json_string_value(text), *ending);
        json_decref(text);
        text = longer;
    }
    return text;
}

static json_t *file_schema(const struct form_field *field)
{
    json_int_t most = field->file_bytes_most > 0 ? field->file_bytes_most : UPLOAD_BYTES;
    json_int_t most_chars = (most + 2) / 3 * 4;
    json_t *properties =
        json_pack("{s:{s:s, s:o}, s:{s:s, s:s}, s:{s:s, s:s, s:I, s:s}}", "name", "type", "string",
                  "description", endings_text(field), "type", "type", "string", "description",
                  "Its media type. What the bytes are counts.", "content", "type", "string",
                  "contentEncoding", "base64", "maxLength", most_chars, "description",
                  "Its bytes, with padding and without line breaks.");
    return json_pack("{s:s, s:o, s:[s,s], s:b}", "type", "object", "properties", properties,
                     "required", "name", "content", "additionalProperties", 0);
}

static json_t *field_schema(const struct form_field *field)
{
    static const char *const address[] = {"line_1", "line_2", "town", "county", "postcode", NULL};
    static const char *const days[] = {"first", "last", NULL};
    switch (field->kind) {
    case FORM_KIND_DATE:
        return typed_schema("string", "date");
    case FORM_KIND_DAYS:
        return parts_schema(days, "date");
    case FORM_KIND_ADDRESS:
        return parts_schema(address, NULL);
    case FORM_KIND_NUMBER:
    case FORM_KIND_MONEY:
    case FORM_KIND_PERCENT:
        return number_schema(field);
    case FORM_KIND_YES_NO:
        return json_pack("{s:[s,s]}", "enum", "yes", "no");
    case FORM_KIND_ONE_OF:
        return choice_schema(field);
    case FORM_KIND_SEVERAL_OF:
        return list_schema(choice_schema(field), field->items_least, 0);
    case FORM_KIND_GROUP:
        return list_schema(schema_of_fields(field->fields), field->items_least,
                           field->items_most > 0 ? field->items_most : 50);
    case FORM_KIND_LOOKUP:
        return typed_schema("string", NULL);
    case FORM_KIND_FILE:
        return file_schema(field);
    default:
        return text_schema(field);
    }
}

void form_schema_members(const struct form_field *fields, json_t *properties, json_t *required)
{
    for (const struct form_field *field = fields; field->kind != FORM_KIND_END; field++) {
        if (field->kind == FORM_KIND_HIDDEN)
            continue;
        json_t *schema = field_schema(field);
        if (field->label != NULL)
            json_object_set_new(schema, "title", json_string(field->label));
        if (field->hint != NULL || field->in_json != NULL)
            json_object_set_new(
                schema, "description",
                json_sprintf("%s%s%s", field->hint != NULL ? field->hint : "",
                             field->hint != NULL && field->in_json != NULL ? ". " : "",
                             field->in_json != NULL ? field->in_json : ""));
        json_object_set_new(properties, field->name, schema);
        if (required != NULL && !field->is_optional && field->when == NULL)
            json_array_append_new(required, json_string(field->name));
    }
}

static json_t *schema_of_fields(const struct form_field *fields)
{
    json_t *properties = json_object(), *required = json_array();
    form_schema_members(fields, properties, required);
    return json_pack("{s:s, s:o, s:o, s:b}", "type", "object", "properties", properties, "required",
                     required, "additionalProperties", 0);
}

const char *form_schema(struct mem *mem, const struct form_field *fields)
{
    return json_text_taken(mem, schema_of_fields(fields), JSON_COMPACT);
}
