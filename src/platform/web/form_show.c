/* SPDX-License-Identifier: MIT */
/*
 * form_show.c - the inputs of a table of fields, in the design system's components.
 *
 * The id of an input is its full name, so an entry of the error summary leads to it.  A field that
 * depends on a choice of the same form stands inside that choice (conditional reveal) and not again
 * in the row of fields.
 */
#include "platform/base/text.h"
#include "platform/web/form_lookup.html.h"
#include "platform/web/form_showing.h"

#include <string.h>

static const char *optional_label(struct mem *mem, const struct form_field *field)
{
    return field->is_optional ? mem_format(mem, "%s (optional)", field->label) : field->label;
}

/* The hint, and how long the answer is kept. */
static const char *hint_of(const struct showing *s, const struct form_field *field)
{
    if (s->kept == NULL || s->kept[0] == '\0')
        return field->hint;
    if (field->hint == NULL)
        return s->kept;
    size_t length = strlen(field->hint);
    bool is_sentence = length > 0 && strchr(".?!", field->hint[length - 1]) != NULL;
    return mem_format(s->ctx->mem, "%s%s %s", field->hint, is_sentence ? "" : ".", s->kept);
}

struct shared form_share(const struct showing *s, const struct form_field *field)
{
    struct mem *mem = s->ctx->mem;
    const char *name = form_name(mem, s->shown->prefix, field->name);
    return (struct shared){
        .name = name,
        .value = form_value(mem, s->shown->answers, name, NULL),
        .label = {.text = optional_label(mem, field),
                  .size = s->is_heading ? "l" : NULL,
                  .is_page_heading = s->is_heading ? YES : UNSAID},
        .hint = {.text = hint_of(s, field)},
        .error = {.text = form_problem_of(s->shown->problems, name)},
    };
}

struct fieldset form_fieldset(const struct showing *s, const struct shared *shared)
{
    return (struct fieldset){.legend = {.text = shared->label.text,
                                        .size = s->is_heading ? "l" : "s",
                                        .is_page_heading = s->is_heading ? YES : UNSAID}};
}

/* ---- text and numbers ---- */

static const char *autocomplete_of(const struct form_field *field)
{
    if (field->autocomplete != NULL)
        return field->autocomplete;
    return field->kind == FORM_KIND_POSTCODE ? "postal-code" : NULL;
}

/* A password: what was typed is not sent back. */
static enum status show_secret(struct showing *s, const struct form_field *field)
{
    struct shared shared = form_share(s, field);
    password_input(s->out, &(const struct password_input){
                               .label = shared.label,
                               .hint = shared.hint,
                               .error_message = shared.error,
                               .name = shared.name,
                               .autocomplete = autocomplete_of(field),
                           });
    return OK;
}

static enum status show_text(struct showing *s, const struct form_field *field)
{
    if (field->is_secret)
        return show_secret(s, field);
    struct shared shared = form_share(s, field);
    bool is_number = field->kind == FORM_KIND_NUMBER || field->kind == FORM_KIND_MONEY ||
                     field->is_digits || field->kind == FORM_KIND_PERCENT;
    struct input p = {
        .label = shared.label,
        .hint = shared.hint,
        .error_message = shared.error,
        .name = shared.name,
        .value = shared.value,
        .autocomplete = autocomplete_of(field),
        .inputmode = is_number ? (field->kind == FORM_KIND_MONEY ? "decimal" : "numeric") : NULL,
        .width = is_number || field->kind == FORM_KIND_POSTCODE ? 10 : 0,
        .prefix = {.text = field->kind == FORM_KIND_MONEY ? "£" : NULL},
        .suffix = {.text = field->kind == FORM_KIND_PERCENT ? "%" : field->suffix},
        .spellcheck = field->kind == FORM_KIND_NAME || field->kind == FORM_KIND_EMAIL ? NO : UNSAID,
    };
    if (field->kind == FORM_KIND_EMAIL)
        p.type = "email";
    else if (field->kind == FORM_KIND_PHONE)
        p.type = "tel", p.width = 20;
    input(s->out, &p);
    return OK;
}

static enum status show_long_text(struct showing *s, const struct form_field *field)
{
    struct shared shared = form_share(s, field);
    character_count(s->out, &(const struct character_count){
                                .label = shared.label,
                                .hint = shared.hint,
                                .error_message = shared.error,
                                .name = shared.name,
                                .value = shared.value,
                                .rows = field->rows,
                                .maxlength = (int)form_length_most(field),
                                .threshold = 75,
                            });
    return OK;
}

/* ---- dates ---- */

static void show_date_parts(const struct showing *s, const struct shared *shared,
                            const struct fieldset *set)
{
    static const char *const parts[] = {"day", "month", "year"};
    static const char *const words[] = {"Day", "Month", "Year"};
    struct mem *mem = s->ctx->mem;
    const char *whole = form_value(mem, s->shown->answers, shared->name, NULL);
    struct date_item items[3] = {{0}};
    for (int i = 0; i < 3; i++) {
        const char *name = mem_format(mem, "%s-%s", shared->name, parts[i]);
        const char *value = form_value(mem, s->shown->answers, shared->name, parts[i]);
        if (value[0] == '\0' && strlen(whole) == 10) /* YYYY-MM-DD */
            value = i == 0   ? mem_text_part(mem, whole + 8, 2)
                    : i == 1 ? mem_text_part(mem, whole + 5, 2)
                             : mem_text_part(mem, whole, 4);
        items[i] = (struct date_item){.name = name,
                                      .id = name,
                                      .value = value,
                                      .label = {.text = words[i]},
                                      .width = i == 2 ? 4 : 2};
    }
    date_input(s->out, &(const struct date_input){
                           .fieldset = set,
                           .hint = shared->hint,
                           .error_message = shared->error,
                           .id = shared->name,
                           .items = items,
                           .item_count = 3,
                       });
}

static enum status show_date(struct showing *s, const struct form_field *field)
{
    struct shared shared = form_share(s, field);
    struct fieldset set = form_fieldset(s, &shared);
    if (shared.hint.text == NULL)
        shared.hint.text = "For example, 31 3 2027";
    show_date_parts(s, &shared, &set);
    return OK;
}

static enum status show_days(struct showing *s, const struct form_field *field)
{
    static const char *const ends[] = {"first", "last"};
    static const char *const words[] = {"First day", "Last day"};
    struct shared whole = form_share(s, field);
    struct fieldset set = form_fieldset(s, &whole);
    struct view inside = {.mem = s->ctx->mem};
    struct showing inner = *s;
    inner.out = &inside;
    for (int i = 0; i < 2; i++) {
        const char *name = mem_format(s->ctx->mem, "%s-%s", whole.name, ends[i]);
        struct shared end = {.name = name,
                             .error = {.text = form_problem_of(s->shown->problems, name)}};
        struct fieldset end_set = {.legend = {.text = words[i], .size = "s"}};
        show_date_parts(&inner, &end, &end_set);
    }
    set.html = view_html(&inside);
    fieldset(s->out, &set);
    return OK;
}

/* ---- addresses, files, lookups ---- */

static enum status show_address(struct showing *s, const struct form_field *field)
{
    static const struct {
        const char *part, *label, *autocomplete;
        int width;
    } lines[] = {{"line_1", "Address line 1", "address-line1", 0},
                 {"line_2", "Address line 2 (optional)", "address-line2", 0},
                 {"town", "Town or city", "address-level2", 20},
                 {"county", "County (optional)", NULL, 20},
                 {"postcode", "Postcode", "postal-code", 10}};
    struct shared shared = form_share(s, field);
    struct fieldset set = form_fieldset(s, &shared);
    struct view inside = {.mem = s->ctx->mem};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const char *name = mem_format(s->ctx->mem, "%s-%s", shared.name, lines[i].part);
        input(&inside, &(const struct input){
                           .label = {.text = lines[i].label},
                           .error_message = {.text = form_problem_of(s->shown->problems, name)},
                           .name = name,
                           .value = form_value(s->ctx->mem, s->shown->answers, name, NULL),
                           .autocomplete = lines[i].autocomplete,
                           .width = lines[i].width,
                       });
    }
    set.html = view_html(&inside);
    fieldset(s->out, &set);
    return OK;
}

static enum status show_file(struct showing *s, const struct form_field *field)
{
    struct shared shared = form_share(s, field);
    const char *kept = form_value(s->ctx->mem, s->shown->answers, shared.name, "name");
    file_upload(s->out, &(const struct file_upload){
                            .label = shared.label,
                            .hint = shared.hint,
                            .error_message = shared.error,
                            .name = shared.name,
                        });
    if (kept[0] != '\0')
        form_kept_file(s->out, &(const struct form_kept_file){shared.name, kept});
    return OK;
}

/* The results of a search that still waits for a choice. */
static enum status show_results(struct showing *s, const struct form_field *field,
                                const struct shared *shared, const char *typed)
{
    struct form_found *found;
    size_t count;
    TRY(field->in->search(s->ctx, typed, 10, &found, &count));
    if (count == 0) {
        form_nothing_found(s->out, &(const struct form_nothing_found){field->in->noun, typed});
        return OK;
    }
    struct choice *items = mem_array(s->ctx->mem, struct choice, count);
    for (size_t i = 0; i < count; i++)
        items[i] = (struct choice){
            .value = found[i].key, .text = found[i].label, .hint = {.text = found[i].detail}};
    struct fieldset set = {
        .legend = {.text = mem_format(s->ctx->mem, "Which %s do you mean?", field->in->noun),
                   .size = "m"}};
    radios(s->out, &(const struct radios){
                       .fieldset = &set,
                       .hint = {.text = "If it is not here, change the words above and search "
                                        "again."},
                       .error_message = shared->error,
                       .name = mem_format(s->ctx->mem, "%s-pick", shared->name),
                       .items = items,
                       .item_count = count,
                   });
    return OK;
}

static enum status show_lookup(struct showing *s, const struct form_field *field)
{
    struct shared shared = form_share(s, field);
    const char *typed = form_value(s->ctx->mem, s->shown->answers, shared.name, "typed");
    bool waits = shared.value[0] == '\0' && !form_is_blank(typed);
    struct error_message error = shared.error;
    if (waits)
        error = (struct error_message){0};
    const struct view_attribute attributes[] = {{"data-lookup", field->in->path},
                                                {"data-lookup-key", shared.name},
                                                {"data-lookup-noun", field->in->noun},
                                                {NULL, NULL}};
    input(s->out, &(const struct input){
                      .label = shared.label,
                      .hint = shared.hint,
                      .error_message = error,
                      .id = shared.name,
                      .name = mem_format(s->ctx->mem, "%s-typed", shared.name),
                      .value = typed,
                      .autocomplete = "off",
                      .spellcheck = NO,
                      .attributes = attributes,
                  });
    form_lookup_key(s->out, &(const struct form_lookup_key){shared.name, shared.value});
    return waits ? show_results(s, field, &shared, typed) : OK;
}

/* ---- all fields ---- */

static enum status show_field(struct showing *s, const struct form_field *field)
{
    switch (field->kind) {
    case FORM_KIND_LONG_TEXT:
        return show_long_text(s, field);
    case FORM_KIND_ADDRESS:
        return show_address(s, field);
    case FORM_KIND_DATE:
        return show_date(s, field);
    case FORM_KIND_DAYS:
        return show_days(s, field);
    case FORM_KIND_YES_NO:
        return form_show_yes_no(s, field);
    case FORM_KIND_ONE_OF:
        return form_show_one_of(s, field);
    case FORM_KIND_SEVERAL_OF:
        return form_show_several_of(s, field);
    case FORM_KIND_FILE:
        return show_file(s, field);
    case FORM_KIND_LOOKUP:
        return show_lookup(s, field);
    case FORM_KIND_HIDDEN:
    case FORM_KIND_GROUP: /* a step of its own in a journey */
    case FORM_KIND_END:
        return OK;
    default:
        return show_text(s, field);
    }
}

/* Whether the field stands inside a choice of this form. */
static bool is_revealed(const struct form_field *fields, const struct form_field *field)
{
    for (const struct form_field *other = fields; other->kind != FORM_KIND_END; other++) {
        if (field->when != NULL && strcmp(other->name, field->when) == 0)
            return other->kind == FORM_KIND_YES_NO || other->kind == FORM_KIND_SEVERAL_OF ||
                   (other->kind == FORM_KIND_ONE_OF && !other->is_select);
    }
    return false;
}

enum status form_show_fields(struct showing *s, const struct form_field *fields, const char *under)
{
    for (const struct form_field *field = fields; field->kind != FORM_KIND_END; field++) {
        if (under == NULL && is_revealed(fields, field))
            continue;
        s->kept = NULL;
        if (field->kept != NULL && s->shown->kept != NULL)
            TRY(s->shown->kept(s->ctx, field->kept, &s->kept));
        TRY(show_field(s, field));
    }
    return OK;
}

enum status form_show(struct ctx *ctx, struct view *out, const struct form_shown *shown)
{
    struct showing s = {.ctx = ctx, .out = out, .shown = shown, .is_heading = shown->is_heading};
    return form_show_fields(&s, shown->fields, NULL);
}

/* ---- the error summary ---- */

/* The id of the input that a problem is about: the first of several inputs. */
static const char *anchor_of(struct mem *mem, const struct form_shown *shown, const char *problem)
{
    for (const struct form_field *field = shown->fields;
         field != NULL && field->kind != FORM_KIND_END; field++) {
        const char *name = form_name(mem, shown->prefix, field->name);
        size_t length = strlen(name);
        if (strncmp(problem, name, length) != 0)
            continue;
        if (field->kind == FORM_KIND_DAYS && problem[length] == '-')
            return mem_format(mem, "#%s-day", problem);
        if (problem[length] != '\0')
            continue;
        if (field->kind == FORM_KIND_DATE)
            return mem_format(mem, "#%s-day", name);
        if (field->kind == FORM_KIND_ADDRESS)
            return mem_format(mem, "#%s-line_1", name);
    }
    return mem_format(mem, "#%s", problem);
}

void form_show_problems(struct view *out, const struct form_shown *shown)
{
    const struct form_problems *problems = shown->problems;
    if (problems == NULL || problems->count == 0)
        return;
    struct error_summary_item *items =
        mem_array(out->mem, struct error_summary_item, problems->count);
    for (size_t i = 0; i < problems->count; i++)
        items[i] = (struct error_summary_item){
            .text = problems->items[i].text,
            .href = anchor_of(out->mem, shown, problems->items[i].field)};
    error_summary(out, &(const struct error_summary){.heading = {.text = "There is a problem"},
                                                     .error_list = items,
                                                     .error_count = problems->count});
}
