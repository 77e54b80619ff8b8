/* SPDX-License-Identifier: MIT */
/*
 * form_value.c - names of answers, and values as people type and read them.
 *
 * A date is three inputs, `due_on-day`, `-month`, `-year`, or one YYYY-MM-DD under the field's own
 * name (how the API sends it).  A month may be typed as a word.
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/form_internal.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *form_name(struct mem *mem, const char *prefix, const char *name)
{
    return prefix == NULL || prefix[0] == '\0' ? name : mem_format(mem, "%s%s", prefix, name);
}

const char *form_value(struct mem *mem, const struct form_answers *answers, const char *name,
                       const char *part)
{
    if (answers == NULL)
        return "";
    return answers_get(answers, part == NULL ? name : mem_format(mem, "%s-%s", name, part));
}

bool form_holds(const struct form_answers *answers, const char *name, const char *value)
{
    for (size_t i = 0; answers != NULL && i < answers->count; i++) {
        if (strcmp(answers->items[i].name, name) == 0 &&
            strcmp(answers->items[i].value, value) == 0)
            return true;
    }
    return false;
}

bool form_is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

const char *form_lower_first(struct mem *mem, const char *text)
{
    char *lower = mem_text(mem, text);
    if (isupper((unsigned char)lower[0]) && !isupper((unsigned char)lower[1]))
        lower[0] = (char)tolower((unsigned char)lower[0]);
    return lower;
}

const char *form_upper_first(struct mem *mem, const char *text)
{
    char *upper = mem_text(mem, text);
    upper[0] = (char)toupper((unsigned char)upper[0]);
    return upper;
}

bool form_applies(struct mem *mem, const struct form_field *fields, const struct form_field *field,
                  const struct form_answers *answers, const char *prefix)
{
    if (field->when == NULL)
        return true;
    if (!form_holds(answers, form_name(mem, prefix, field->when), field->is))
        return false;
    for (const struct form_field *other = fields; other->kind != FORM_KIND_END; other++) {
        if (other != field && strcmp(other->name, field->when) == 0)
            return form_applies(mem, fields, other, answers, prefix);
    }
    return true;
}

enum status form_options(struct ctx *ctx, const struct form_field *field, const void *form,
                         const struct form_option **out)
{
    static const struct form_option no_options[] = {{0}};
    if (field->options_from != NULL)
        return field->options_from(ctx, form, out);
    *out = field->options != NULL ? field->options : no_options;
    return OK;
}

const struct form_option *form_option_of(const struct form_option *options, const char *code)
{
    for (; options != NULL && options->code != NULL; options++) {
        if (strcmp(options->code, code) == 0)
            return options;
    }
    return NULL;
}

size_t form_items(const struct form_answers *answers, const char *name)
{
    size_t items = 0, length = strlen(name);
    for (size_t i = 0; answers != NULL && i < answers->count; i++) {
        const char *at = answers->items[i].name;
        if (strncmp(at, name, length) != 0 || at[length] != '-' ||
            !isdigit((unsigned char)at[length + 1]))
            continue;
        size_t index = strtoul(at + length + 1, NULL, 10);
        if (index >= items && index < ANSWERS_COUNT_MAX)
            items = index + 1;
    }
    return items;
}

const char *form_subject(const struct form_field *field)
{
    const char *label = field->short_label != NULL ? field->short_label : field->label;
    return label == NULL || strchr(label, '?') != NULL ? "Your answer" : label;
}

size_t form_length_most(const struct form_field *field)
{
    if (field->length_most > 0)
        return (size_t)field->length_most;
    switch (field->kind) {
    case FORM_KIND_LONG_TEXT:
        return 4000;
    case FORM_KIND_EMAIL:
        return 254; /* RFC 5321, 4.5.3.1.3, less the angle brackets */
    case FORM_KIND_PHONE:
        return 30;
    case FORM_KIND_POSTCODE:
        return 12;
    default:
        return 200;
    }
}

/* A month as a number or an English word of at least three letters; 0: neither. */
static int month_of(const char *typed)
{
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    char word[12] = "";
    size_t length = strlen(typed);
    if (isdigit((unsigned char)typed[0]))
        return length <= 2 && strspn(typed, "0123456789") == length ? (int)strtol(typed, NULL, 10)
                                                                    : 0;
    if (length < 3 || length >= sizeof word)
        return 0;
    for (size_t i = 0; i < length; i++)
        word[i] = (char)tolower((unsigned char)typed[i]);
    for (int month = 0; month < 12; month++) {
        if (strncmp(months[month], word, length) == 0)
            return month + 1;
    }
    return 0;
}

/* What people type without the white space around it. */
static const char *trimmed(struct mem *mem, const char *typed)
{
    typed += strspn(typed, " \t\r\n");
    size_t length = strlen(typed);
    while (length > 0 && strchr(" \t\r\n", typed[length - 1]) != NULL)
        length--;
    return mem_text_part(mem, typed, length);
}

static int digits_of(const char *typed, size_t most)
{
    size_t length = strlen(typed);
    return length == 0 || length > most || strspn(typed, "0123456789") != length
               ? -1
               : (int)strtol(typed, NULL, 10);
}

/* Which of the three is missing while another is there; NULL: none. */
static const char *lacking(const char *day, const char *month, const char *year)
{
    return day[0] == '\0'     ? "a day"
           : month[0] == '\0' ? "a month"
           : year[0] == '\0'  ? "a year"
                              : NULL;
}

static struct form_date wrong_date(const char *problem)
{
    return (struct form_date){"", problem};
}

struct form_date form_date_read(struct mem *mem, const struct form_answers *answers,
                                const char *name, const char *subject)
{
    const char *whole = trimmed(mem, form_value(mem, answers, name, NULL));
    const char *day = trimmed(mem, form_value(mem, answers, name, "day"));
    const char *month = trimmed(mem, form_value(mem, answers, name, "month"));
    const char *year = trimmed(mem, form_value(mem, answers, name, "year"));
    const char *on;
    if (whole[0] != '\0')
        return time_day_is_valid(whole)
                   ? (struct form_date){whole, NULL}
                   : wrong_date(
                         mem_format(mem, "%s must be a real date, like 2026-03-09", subject));
    if (day[0] == '\0' && month[0] == '\0' && year[0] == '\0')
        return (struct form_date){"", NULL};
    if (lacking(day, month, year) != NULL)
        return wrong_date(
            mem_format(mem, "%s must include %s", subject, lacking(day, month, year)));
    if (digits_of(year, 9) >= 0 && strlen(year) != 4)
        return wrong_date(mem_format(mem, "%s must have a year of 4 numbers, like 2026", subject));
    if (time_day(mem, digits_of(year, 4), month_of(month), digits_of(day, 2), &on) != OK)
        return wrong_date(mem_format(mem, "%s must be a real date, like 9 3 2026", subject));
    return (struct form_date){on, NULL};
}

/* A number while it is read, sign by sign. */
struct number_reading {
    char digits[24];
    size_t length, decimals;
    bool has_point, is_negative;
};

/* Takes what a person may type around and between the digits; gives how many bytes it took. */
static size_t take_mark(struct number_reading *n, const char *at, enum form_kind kind)
{
    if (strchr(" ,\t\r\n", *at) != NULL || (kind == FORM_KIND_PERCENT && strcmp(at, "%") == 0))
        return 1;
    if (*at == '-' && n->length == 0 && !n->has_point && !n->is_negative) {
        n->is_negative = true;
        return 1;
    }
    if (kind != FORM_KIND_MONEY)
        return 0;
    if (strncmp(at, "£", 2) == 0)
        return 2;
    if (*at == '.' && !n->has_point) {
        n->has_point = true;
        return 1;
    }
    return 0;
}

bool form_number_read(const char *typed, enum form_kind kind, int64_t *out)
{
    struct number_reading n = {.length = 0};
    while (*typed != '\0') {
        size_t taken = take_mark(&n, typed, kind);
        if (taken == 0 && (!isdigit((unsigned char)*typed) || n.length >= 15 || n.decimals >= 2))
            return false;
        if (taken == 0) {
            n.digits[n.length++] = *typed;
            n.decimals += n.has_point;
        }
        typed += taken == 0 ? 1 : taken;
    }
    if (n.length == 0)
        return false;
    for (; kind == FORM_KIND_MONEY && n.decimals < 2; n.decimals++)
        n.digits[n.length++] = '0';
    n.digits[n.length] = '\0';
    *out = strtoll(n.digits, NULL, 10) * (n.is_negative ? -1 : 1);
    return true;
}

/* 1234567 as "1,234,567". */
static const char *with_commas(struct mem *mem, int64_t n)
{
    const char *plain = mem_format(mem, "%" PRId64, n < 0 ? -n : n);
    char text[40];
    size_t length = strlen(plain), at = 0;
    if (n < 0)
        text[at++] = '-';
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            text[at++] = ',';
        text[at++] = plain[i];
    }
    return mem_text_part(mem, text, at);
}

const char *form_number_text(struct mem *mem, enum form_kind kind, int64_t n)
{
    if (kind == FORM_KIND_MONEY) {
        int64_t pence = (n < 0 ? -n : n) % 100;
        const char *pounds = with_commas(mem, n / 100);
        return pence == 0 ? mem_format(mem, "£%s", pounds)
                          : mem_format(mem, "£%s.%02" PRId64, pounds, pence);
    }
    return mem_format(mem, kind == FORM_KIND_PERCENT ? "%s%%" : "%s", with_commas(mem, n));
}
