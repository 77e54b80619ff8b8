/* SPDX-License-Identifier: MIT */
/*
 * date_input.c - the inputs of a date, each with what it leaves to the date filled in.
 */
#include "platform/view/components/form.h"

enum { DATE_PARTS = 3, DAY_WIDTH = 2, YEAR_WIDTH = 4 };

static bool item_is_error(const struct date_item *item)
{
    return item->error == YES || has_class(item->classes, "nhsuk-input--error");
}

/* The items that are asked, named; out has room for them all. */
static size_t asked(const struct date_input *p, struct date_item *out)
{
    static const char *const names[DATE_PARTS] = {"day", "month", "year"};
    const struct date_item *const parts[DATE_PARTS] = {&p->day, &p->month, &p->year};
    size_t count = 0;
    for (size_t i = 0; p->item_count == 0 && i < DATE_PARTS; i++) {
        out[count] = *parts[i];
        out[count].name = or_else(out[count].name, names[i]);
        count += !parts[i]->left_out;
    }
    for (size_t i = 0; i < p->item_count; i++) {
        out[count] = p->items[i];
        count += !p->items[i].left_out;
    }
    return count;
}

bool date_input_is_error(const struct date_input *p)
{
    bool any = field_is_error(&p->error_message, p->is_error);
    any = any || (p->item_count == 0 &&
                  (item_is_error(&p->day) || item_is_error(&p->month) || item_is_error(&p->year)));
    for (size_t i = 0; i < p->item_count; i++)
        any = any || item_is_error(&p->items[i]);
    return any;
}

static const char *value_of(const struct date_input *p, const struct date_item *item)
{
    if (item->value != NULL)
        return item->value;
    if (is_same(item->name, "day"))
        return p->value_day;
    if (is_same(item->name, "month"))
        return p->value_month;
    return is_same(item->name, "year") ? p->value_year : NULL;
}

/* An item is marked when it is wrong itself, or when the date is and no item says that it is. */
static bool is_marked(const struct date_input *p, const struct date_item *item, bool any_is_error)
{
    if (has_class(item->classes, "nhsuk-input--error"))
        return false; /* its classes mark it */
    return item->error == YES ||
           (item->error != NO && !any_is_error && field_is_error(&p->error_message, p->is_error));
}

static struct input input_of(struct mem *mem, const struct date_input *p,
                             const struct date_item *item, bool any_is_error)
{
    struct label label = item->label;
    if (!is_given(label.html.trusted))
        label.text = or_else(label.text, part_capital(mem, item->name));
    label.classes = is_given(label.classes)
                        ? part_join(mem, "nhsuk-date-input__label ", label.classes, "")
                        : "nhsuk-date-input__label";
    return (struct input){
        .label = label,
        .is_error = is_marked(p, item, any_is_error),
        .id = is_given(item->id) ? item->id
                                 : mem_format(mem, "%s-%s", or_else(p->id, ""), item->name),
        .name = is_given(p->name_prefix) ? mem_format(mem, "%s[%s]", p->name_prefix, item->name)
                                         : item->name,
        .value = value_of(p, item),
        .type = item->type,
        .width = item->width != 0              ? item->width
                 : is_same(item->name, "year") ? YEAR_WIDTH
                                               : DAY_WIDTH,
        .inputmode = is_given(item->inputmode) ? item->inputmode : "numeric",
        .autocomplete = item->autocomplete,
        .pattern = item->pattern,
        .disabled = item->disabled == UNSAID ? p->disabled : item->disabled == YES,
        .classes = is_given(item->classes)
                       ? part_join(mem, "nhsuk-date-input__input ", item->classes, "")
                       : "nhsuk-date-input__input",
        .attributes = item->attributes,
    };
}

const struct input *date_input_items(struct mem *mem, const struct date_input *p, size_t *count_out)
{
    struct date_item *items = mem_array(mem, struct date_item, p->item_count + DATE_PARTS);
    size_t count = asked(p, items);
    bool any_is_error = false;
    for (size_t i = 0; i < count; i++)
        any_is_error = any_is_error || item_is_error(&items[i]);
    struct input *inputs = mem_array(mem, struct input, count);
    for (size_t i = 0; i < count; i++)
        inputs[i] = input_of(mem, p, &items[i], any_is_error);
    *count_out = count;
    return inputs;
}
