/* SPDX-License-Identifier: MIT */
/*
 * form_choice.c - fields that are chosen: radios, selects, checkboxes, and the fields that a choice
 * reveals.
 */
#include "platform/web/form_showing.h"

#include <string.h>

/* The fields that depend on this choice, as markup for its conditional part. */
static enum status conditional_of(struct showing *s, const struct form_field *field,
                                  const char *code, struct html *out)
{
    struct view inside = {.mem = s->ctx->mem};
    struct showing inner = *s;
    inner.out = &inside;
    inner.is_heading = false;
    for (const struct form_field *other = s->shown->fields; other->kind != FORM_KIND_END; other++) {
        if (other->when == NULL || strcmp(other->when, field->name) != 0 ||
            strcmp(other->is, code) != 0)
            continue;
        struct form_field one[2] = {*other, FORM_END};
        one[0].when = NULL;
        TRY(form_show_fields(&inner, one, field->name));
    }
    *out = view_html(&inside);
    return OK;
}

static enum status choices_of(struct showing *s, const struct form_field *field,
                              const struct form_option *options, struct choice **out,
                              size_t *count_out)
{
    size_t count = 0;
    while (options[count].code != NULL)
        count++;
    struct choice *items = mem_array(s->ctx->mem, struct choice, count + 1);
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct choice){
            .value = options[i].code, .text = options[i].label, .hint = {.text = options[i].hint}};
        TRY(conditional_of(s, field, options[i].code, &items[i].conditional));
    }
    *out = items;
    *count_out = count;
    return OK;
}

static enum status show_radios(struct showing *s, const struct form_field *field,
                               const struct form_option *options)
{
    struct shared shared = form_share(s, field);
    struct fieldset set = form_fieldset(s, &shared);
    struct choice *items;
    size_t count;
    TRY(choices_of(s, field, options, &items, &count));
    radios(s->out, &(const struct radios){
                       .fieldset = &set,
                       .hint = shared.hint,
                       .error_message = shared.error,
                       .name = shared.name,
                       .value = shared.value,
                       .items = items,
                       .item_count = count,
                   });
    return OK;
}

enum status form_show_yes_no(struct showing *s, const struct form_field *field)
{
    static const struct form_option yes_no[] = {
        {"yes", "Yes", NULL, NULL}, {"no", "No", NULL, NULL}, {0}};
    return show_radios(s, field, yes_no);
}

static void show_select(struct showing *s, const struct form_field *field,
                        const struct form_option *options)
{
    struct shared shared = form_share(s, field);
    size_t count = 0;
    while (options[count].code != NULL)
        count++;
    struct select_item *items = mem_array(s->ctx->mem, struct select_item, count + 1);
    items[0] = (struct select_item){.text = "Choose one", .value = ""};
    for (size_t i = 0; i < count; i++)
        items[i + 1] = (struct select_item){.text = options[i].label, .value = options[i].code};
    select_input(s->out, &(const struct select_input){
                             .label = shared.label,
                             .hint = shared.hint,
                             .error_message = shared.error,
                             .name = shared.name,
                             .value = shared.value,
                             .items = items,
                             .item_count = count + 1,
                         });
}

enum status form_show_one_of(struct showing *s, const struct form_field *field)
{
    const struct form_option *options;
    TRY(form_options(s->ctx, field, s->shown->form, &options));
    if (!field->is_select)
        return show_radios(s, field, options);
    show_select(s, field, options);
    return OK;
}

struct ticked {
    const char **codes;
    size_t count;
};

static struct ticked ticked_of(const struct showing *s, const char *name)
{
    const struct form_answers *answers = s->shown->answers;
    size_t all = answers == NULL ? 0 : answers->count;
    struct ticked ticked = {mem_array(s->ctx->mem, const char *, all + 1), 0};
    for (size_t i = 0; i < all; i++) {
        if (strcmp(answers->items[i].name, name) == 0)
            ticked.codes[ticked.count++] = answers->items[i].value;
    }
    return ticked;
}

/* The id of a list's own hint or error; NULL when there is none. */
static const char *notes_id(const struct showing *s, const struct shared *shared, const char *what)
{
    const char *text = what[0] == 'h' ? shared->hint.text : shared->error.text;
    return text == NULL ? NULL : mem_format(s->ctx->mem, "%s-%s", shared->name, what);
}

/* The hint and the error of a list that has several parts stand above them all. */
static void show_parts_notes(const struct showing *s, struct view *out, const struct shared *shared)
{
    if (shared->hint.text != NULL)
        hint(out,
             &(const struct hint){.id = notes_id(s, shared, "hint"), .text = shared->hint.text});
    if (shared->error.text != NULL)
        error_message(out, &(const struct error_message){.id = notes_id(s, shared, "error"),
                                                         .text = shared->error.text});
}

/* One list of checkboxes for each heading among the options; the first keeps the field's id. */
enum status form_show_several_of(struct showing *s, const struct form_field *field)
{
    struct shared shared = form_share(s, field);
    struct ticked ticked = ticked_of(s, shared.name);
    const struct form_option *options;
    struct choice *items;
    size_t count, from = 0, part = 0;
    TRY(form_options(s->ctx, field, s->shown->form, &options));
    TRY(choices_of(s, field, options, &items, &count));
    struct view inside = {.mem = s->ctx->mem};
    bool has_parts = count > 0 && options[0].group != NULL;
    if (has_parts)
        show_parts_notes(s, &inside, &shared);
    while (from < count || part == 0) {
        size_t to = from + (count > 0);
        while (to < count && (options[to].group == NULL || !has_parts))
            to++;
        struct fieldset set = form_fieldset(s, &shared);
        struct fieldset part_set = {
            .legend = {.text = has_parts ? options[from].group : "", .size = "m"}};
        struct checkboxes p = {
            .fieldset = has_parts ? &part_set : &set,
            .name = shared.name,
            .id_prefix = part == 0 ? shared.name
                                   : mem_format(s->ctx->mem, "%s-part-%zu", shared.name, part + 1),
            .values = ticked.codes,
            .value_count = ticked.count,
            .items = items + from,
            .item_count = to - from,
        };
        if (!has_parts) {
            p.hint = shared.hint;
            p.error_message = shared.error;
        }
        checkboxes(has_parts ? &inside : s->out, &p);
        from = to;
        part++;
    }
    if (has_parts) {
        struct fieldset set = form_fieldset(s, &shared);
        set.html = view_html(&inside);
        set.described_by = part_ids(s->ctx->mem, notes_id(s, &shared, "hint"),
                                    notes_id(s, &shared, "error"), NULL);
        fieldset(s->out, &set);
    }
    return OK;
}
