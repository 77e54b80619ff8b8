/* SPDX-License-Identifier: MIT */
/*
 * form_read.c - from what was typed to a struct, by the table.
 *
 * One reader a kind.  Each takes the raw answers of its field, adds at most one problem, and writes
 * the member only when the answer is good.  It asks the store only for lookups and for options that
 * depend on it.
 */
#include "platform/base/text.h"
#include "platform/web/form_internal.h"

#include <stdlib.h>
#include <string.h>

struct reading {
    struct ctx *ctx;
    const struct form_answers *answers;
    struct form_problems *problems;
    const char *prefix;
    char *form;        /* the struct that is filled, byte by byte */
    const void *whole; /* the same, or the struct whose group's item it is: for options_from */
};

static enum status read_fields(struct reading *r, const struct form_field *fields);

static void wrong(const struct reading *r, const char *name, const char *text)
{
    form_wrong(r->problems, name, text);
}

static void wrong_by(const struct reading *r, const struct form_field *field, const char *name,
                     const char *usual)
{
    wrong(r, name, field->invalid != NULL ? field->invalid : usual);
}

/* An empty answer: a problem unless the field is optional. */
static void none(const struct reading *r, const struct form_field *field, const char *name)
{
    if (field->is_optional)
        return;
    wrong(r, name,
          field->missing != NULL
              ? field->missing
              : mem_format(r->ctx->mem, "Enter %s", form_lower_first(r->ctx->mem, field->label)));
}

static void put_text(const struct reading *r, const struct form_field *field, const char *text)
{
    memcpy(r->form + field->offset, &text, sizeof text);
}

/* The answer as one line or as paragraphs, or NULL after adding a problem. */
static const char *clean(const struct reading *r, const struct form_field *field, const char *name)
{
    const char *typed = form_value(r->ctx->mem, r->answers, name, NULL);
    enum text_kind kind = field->kind == FORM_KIND_LONG_TEXT ? TEXT_LONG : TEXT_LINE;
    const char *text;
    if (text_clean(r->ctx->mem, typed, strlen(typed), kind, &text) != OK) {
        wrong(
            r, name,
            mem_format(r->ctx->mem, "%s has a character that cannot be used", form_subject(field)));
        return NULL;
    }
    if (text_length_chars(text) > form_length_most(field)) {
        wrong(r, name,
              mem_format(r->ctx->mem, "%s must be %zu characters or fewer", form_subject(field),
                         form_length_most(field)));
        return NULL;
    }
    return text;
}

static enum status read_text(struct reading *r, const struct form_field *field, const char *name)
{
    const char *text = clean(r, field, name);
    if (text == NULL)
        return OK;
    if (text[0] == '\0')
        none(r, field, name);
    put_text(r, field, text);
    return OK;
}

static enum status read_email(struct reading *r, const struct form_field *field, const char *name)
{
    const char *text = clean(r, field, name);
    if (text == NULL)
        return OK;
    if (text[0] == '\0')
        none(r, field, name);
    else if (!text_is_email(text))
        wrong_by(r, field, name, "Enter an email address in the right form, like name@example.com");
    else
        put_text(r, field, text);
    return OK;
}

static enum status read_postcode(struct reading *r, const struct form_field *field,
                                 const char *name)
{
    const char *text = clean(r, field, name);
    if (text == NULL)
        return OK;
    if (text[0] == '\0')
        none(r, field, name);
    else if (text_postcode(r->ctx->mem, text, &text) != OK)
        wrong_by(r, field, name, "Enter a full UK postcode, like LS1 4AP");
    else
        put_text(r, field, text);
    return OK;
}

static enum status read_phone(struct reading *r, const struct form_field *field, const char *name)
{
    const char *text = clean(r, field, name);
    if (text == NULL)
        return OK;
    if (text[0] == '\0')
        none(r, field, name);
    else if (text_phone(r->ctx->mem, text, &text) != OK)
        wrong_by(r, field, name, "Enter a phone number, like 01632 960 001 or +44 808 157 0192");
    else
        put_text(r, field, text);
    return OK;
}

static const struct form_field address_parts[] = {
    FORM_TEXT(form_address, line_1, .label = "Address line 1",
              .missing = "Enter the first line of the address"),
    FORM_TEXT(form_address, line_2, .label = "Address line 2", .is_optional = true),
    FORM_TEXT(form_address, town, .label = "Town or city", .missing = "Enter the town or city"),
    FORM_TEXT(form_address, county, .label = "County", .is_optional = true),
    FORM_POSTCODE(form_address, postcode, .label = "Postcode", .missing = "Enter the postcode"),
    FORM_END};

static enum status read_address(struct reading *r, const struct form_field *field, const char *name)
{
    struct reading inner = *r;
    inner.prefix = mem_format(r->ctx->mem, "%s-", name);
    inner.form = r->form + field->offset;
    bool is_empty = true;
    for (const struct form_field *part = address_parts; part->kind != FORM_KIND_END; part++)
        is_empty &= form_value(r->ctx->mem, r->answers, name, part->name)[0] == '\0';
    if (is_empty && field->is_optional) {
        *(struct form_address *)(void *)inner.form = (struct form_address){"", "", "", "", ""};
        return OK;
    }
    return read_fields(&inner, address_parts);
}

static enum status read_date(struct reading *r, const struct form_field *field, const char *name)
{
    struct form_date date = form_date_read(r->ctx->mem, r->answers, name, form_subject(field));
    if (date.problem != NULL)
        wrong_by(r, field, name, date.problem);
    else if (date.day[0] == '\0')
        none(r, field, name);
    else
        put_text(r, field, date.day);
    return OK;
}

static enum status read_days(struct reading *r, const struct form_field *field, const char *name)
{
    struct mem *mem = r->ctx->mem;
    const char *first_name = mem_format(mem, "%s-first", name);
    const char *last_name = mem_format(mem, "%s-last", name);
    struct form_date first = form_date_read(mem, r->answers, first_name, "The first day");
    struct form_date last = form_date_read(mem, r->answers, last_name, "The last day");
    if (first.problem != NULL)
        wrong(r, first_name, first.problem);
    if (last.problem != NULL)
        wrong(r, last_name, last.problem);
    if (first.problem != NULL || last.problem != NULL)
        return OK;
    if (first.day[0] == '\0' && last.day[0] == '\0')
        none(r, field, first_name);
    else if (first.day[0] == '\0')
        wrong(r, first_name, "Enter the first day");
    else if (last.day[0] == '\0')
        wrong(r, last_name, "Enter the last day");
    else if (strcmp(first.day, last.day) > 0)
        wrong(r, last_name, "The last day must be the same as or after the first day");
    else
        *(struct form_days *)(void *)(r->form + field->offset) =
            (struct form_days){first.day, last.day};
    return OK;
}

static enum status read_number(struct reading *r, const struct form_field *field, const char *name)
{
    const char *typed = form_value(r->ctx->mem, r->answers, name, NULL);
    int64_t least = field->at_least, most = field->at_most, n;
    if (least == 0 && most == 0)
        most = field->kind == FORM_KIND_PERCENT ? 100 : 1000000000;
    if (form_is_blank(typed)) {
        none(r, field, name);
        return OK;
    }
    if (!form_number_read(typed, field->kind, &n)) {
        wrong_by(r, field, name,
                 mem_format(r->ctx->mem, "%s must be a %s", form_subject(field),
                            field->kind == FORM_KIND_MONEY ? "sum of money, like 1,250 or 99.50"
                                                           : "whole number, like 12"));
        return OK;
    }
    if (n < least || n > most) {
        wrong(r, name,
              mem_format(r->ctx->mem, "%s must be between %s and %s", form_subject(field),
                         form_number_text(r->ctx->mem, field->kind, least),
                         form_number_text(r->ctx->mem, field->kind, most)));
        return OK;
    }
    *(struct form_number *)(void *)(r->form + field->offset) = (struct form_number){true, n};
    return OK;
}

static enum status read_yes_no(struct reading *r, const struct form_field *field, const char *name)
{
    const char *typed = form_value(r->ctx->mem, r->answers, name, NULL);
    enum form_yes_no answer = strcmp(typed, "yes") == 0  ? FORM_YES
                              : strcmp(typed, "no") == 0 ? FORM_NO
                                                         : FORM_UNANSWERED;
    if (typed[0] == '\0' && !field->is_optional)
        wrong(r, name, field->missing != NULL ? field->missing : "Choose yes or no");
    else if (typed[0] != '\0' && answer == FORM_UNANSWERED)
        wrong_by(r, field, name, "Choose yes or no");
    memcpy(r->form + field->offset, &answer, sizeof answer);
    return OK;
}

static enum status read_one_of(struct reading *r, const struct form_field *field, const char *name)
{
    const char *typed = form_value(r->ctx->mem, r->answers, name, NULL);
    const struct form_option *options;
    TRY(form_options(r->ctx, field, r->whole, &options));
    if (typed[0] == '\0')
        none(r, field, name);
    else if (form_option_of(options, typed) == NULL)
        wrong_by(r, field, name, "Choose one of the answers in the list");
    else
        put_text(r, field, form_option_of(options, typed)->code);
    return OK;
}

static enum status read_several_of(struct reading *r, const struct form_field *field,
                                   const char *name)
{
    const struct form_option *options;
    struct form_several several = {NULL, 0};
    size_t known = 0, sent = 0;
    TRY(form_options(r->ctx, field, r->whole, &options));
    for (const struct form_option *o = options; o->code != NULL; o++)
        known++;
    several.codes = mem_array(r->ctx->mem, const char *, known + 1);
    for (size_t i = 0; i < r->answers->count; i++) {
        const struct form_answer *answer = &r->answers->items[i];
        if (strcmp(answer->name, name) != 0 || answer->value[0] == '\0')
            continue;
        sent++;
        if (form_option_of(options, answer->value) == NULL) {
            wrong_by(r, field, name, "Choose from the answers in the list");
            return OK;
        }
    }
    for (const struct form_option *o = options; o->code != NULL; o++) {
        if (form_holds(r->answers, name, o->code))
            several.codes[several.count++] = o->code;
    }
    if (sent == 0)
        none(r, field, name);
    else if (several.count < (size_t)field->items_least)
        wrong(r, name, mem_format(r->ctx->mem, "Choose at least %d", field->items_least));
    *(struct form_several *)(void *)(r->form + field->offset) = several;
    return OK;
}

static enum status read_file(struct reading *r, const struct form_field *field, const char *name)
{
    struct form_file file = {
        .upload_id = strtoll(form_value(r->ctx->mem, r->answers, name, NULL), NULL, 10),
        .name = form_value(r->ctx->mem, r->answers, name, "name"),
        .size_bytes = strtoll(form_value(r->ctx->mem, r->answers, name, "bytes"), NULL, 10),
        .owner = form_value(r->ctx->mem, r->answers, name, "owner")};
    if (file.upload_id <= 0)
        none(r, field, name);
    else
        *(struct form_file *)(void *)(r->form + field->offset) = file;
    return OK;
}

static enum status read_group(struct reading *r, const struct form_field *field, const char *name)
{
    size_t count = form_items(r->answers, name);
    size_t most = field->items_most > 0 ? (size_t)field->items_most : 50;
    if (count > most) {
        wrong(r, name, mem_format(r->ctx->mem, "Add %zu or fewer", most));
        return OK;
    }
    char *items = mem_bytes_many(r->ctx->mem, field->item_bytes, count);
    for (size_t i = 0; i < count; i++) {
        struct reading inner = *r;
        inner.prefix = mem_format(r->ctx->mem, "%s-%zu-", name, i);
        inner.form = items + i * field->item_bytes;
        TRY(read_fields(&inner, field->fields));
    }
    if (count == 0 && !field->is_optional)
        none(r, field, name);
    else if (count < (size_t)field->items_least)
        wrong(r, name, mem_format(r->ctx->mem, "Add at least %d", field->items_least));
    *(struct form_list *)(void *)(r->form + field->offset) = (struct form_list){items, count};
    return OK;
}

static enum status read_lookup(struct reading *r, const struct form_field *field, const char *name)
{
    const char *key = form_value(r->ctx->mem, r->answers, name, NULL);
    const char *typed = form_value(r->ctx->mem, r->answers, name, "typed");
    struct form_found found = {"", "", "", 0};
    if (key[0] == '\0' && form_is_blank(typed)) {
        none(r, field, name);
        return OK;
    }
    if (key[0] == '\0') {
        wrong(r, name, mem_format(r->ctx->mem, "Choose the %s from the list", field->in->noun));
        return OK;
    }
    enum status status = field->in->find(r->ctx, key, &found);
    if (status == ERR_NOT_FOUND) {
        r->ctx->fault = NULL;
        wrong_by(r, field, name,
                 mem_format(r->ctx->mem, "We could not find that %s. Search for it again",
                            field->in->noun));
        return OK;
    }
    TRY(status);
    *(struct form_found *)(void *)(r->form + field->offset) = found;
    return OK;
}

static enum status read_field(struct reading *r, const struct form_field *field, const char *name)
{
    switch (field->kind) {
    case FORM_KIND_END:
        break;
    case FORM_KIND_TEXT:
    case FORM_KIND_LONG_TEXT:
    case FORM_KIND_NAME:
    case FORM_KIND_HIDDEN:
        return read_text(r, field, name);
    case FORM_KIND_EMAIL:
        return read_email(r, field, name);
    case FORM_KIND_PHONE:
        return read_phone(r, field, name);
    case FORM_KIND_POSTCODE:
        return read_postcode(r, field, name);
    case FORM_KIND_ADDRESS:
        return read_address(r, field, name);
    case FORM_KIND_DATE:
        return read_date(r, field, name);
    case FORM_KIND_DAYS:
        return read_days(r, field, name);
    case FORM_KIND_NUMBER:
    case FORM_KIND_MONEY:
    case FORM_KIND_PERCENT:
        return read_number(r, field, name);
    case FORM_KIND_YES_NO:
        return read_yes_no(r, field, name);
    case FORM_KIND_ONE_OF:
        return read_one_of(r, field, name);
    case FORM_KIND_SEVERAL_OF:
        return read_several_of(r, field, name);
    case FORM_KIND_FILE:
        return read_file(r, field, name);
    case FORM_KIND_GROUP:
        return read_group(r, field, name);
    case FORM_KIND_LOOKUP:
        return read_lookup(r, field, name);
    }
    return OK;
}

/* What a member holds when its field was not answered: "" rather than NULL, so that nobody who
 * shows it needs to ask. */
static void clear(const struct form_field *field, char *member)
{
    const char *empty = "";
    switch (field->kind) {
    case FORM_KIND_TEXT:
    case FORM_KIND_LONG_TEXT:
    case FORM_KIND_NAME:
    case FORM_KIND_EMAIL:
    case FORM_KIND_PHONE:
    case FORM_KIND_POSTCODE:
    case FORM_KIND_DATE:
    case FORM_KIND_ONE_OF:
    case FORM_KIND_HIDDEN:
        memcpy(member, &empty, sizeof empty);
        break;
    case FORM_KIND_ADDRESS:
        *(struct form_address *)(void *)member = (struct form_address){"", "", "", "", ""};
        break;
    case FORM_KIND_DAYS:
        *(struct form_days *)(void *)member = (struct form_days){"", ""};
        break;
    case FORM_KIND_LOOKUP:
        *(struct form_found *)(void *)member = (struct form_found){"", "", "", 0};
        break;
    case FORM_KIND_FILE:
        *(struct form_file *)(void *)member = (struct form_file){0, "", 0, ""};
        break;
    default:
        break; /* zero already says "not answered" */
    }
}

void form_clear(const struct form_field *fields, void *form)
{
    for (const struct form_field *field = fields; field->kind != FORM_KIND_END; field++)
        clear(field, (char *)form + field->offset);
}

static enum status read_fields(struct reading *r, const struct form_field *fields)
{
    for (const struct form_field *field = fields; field->kind != FORM_KIND_END; field++) {
        clear(field, r->form + field->offset);
        if (!form_applies(r->ctx->mem, fields, field, r->answers, r->prefix))
            continue;
        TRY(read_field(r, field, form_name(r->ctx->mem, r->prefix, field->name)));
    }
    return OK;
}

enum status form_read(struct ctx *ctx, const struct form_field *fields,
                      const struct form_answers *answers, void *form,
                      struct form_problems *problems)
{
    struct reading r = {ctx, answers, problems, "", form, form};
    size_t before = problems->count;
    TRY(read_fields(&r, fields));
    return problems->count == before ? OK : ERR_INVALID;
}
