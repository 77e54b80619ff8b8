/* SPDX-License-Identifier: MIT */
/*
 * journey_group.c - a repeated group: its list, and each item on a page of its own.
 *
 * Items are numbered in the names of their answers (`actions-2-measure`) but addressed by a key
 * that
 * they keep (`actions-2-key`), so that a form sent twice, or Back after a removal, meets the item
 * it
 * was made for or none.  An item has its key too, when its fields hold a FORM_HIDDEN `key`.
 */
#include "platform/base/random.h"
#include "platform/web/journey_internal.h"
#include "platform/web/journey_page.html.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_CHARS = 10 };

static const struct form_field *group_of(const struct trip *trip, size_t step)
{
    return &trip->journey->steps[step].fields[0];
}

static const char *item_prefix(const struct trip *trip, size_t step, size_t item)
{
    return mem_format(trip->ctx->mem, "%s-%zu-", group_of(trip, step)->name, item);
}

/* An item that came without a key (by the API) goes by its number. */
static const char *key_of(const struct trip *trip, size_t step, size_t item)
{
    const char *key = answers_get(
        &trip->answers, mem_format(trip->ctx->mem, "%skey", item_prefix(trip, step, item)));
    return key[0] != '\0' ? key : mem_format(trip->ctx->mem, "%zu", item);
}

static size_t item_count(const struct trip *trip, size_t step)
{
    return form_items(&trip->answers, group_of(trip, step)->name);
}

/* Which item has that key; item_count when none. */
static size_t item_of(const struct trip *trip, size_t step, const char *key)
{
    size_t item = 0, count = item_count(trip, step);
    while (item < count && strcmp(key_of(trip, step, item), key) != 0)
        item++;
    return item;
}

static const char *item_address(const struct trip *trip, size_t step, const char *tail)
{
    return mem_format(trip->ctx->mem, "%s/%s", trip_step_address(trip, step), tail);
}

static const char *article_of(const char *noun)
{
    return strchr("aeiou", noun[0]) != NULL ? "an" : "a";
}

/* ---- changing the answers ---- */

struct item_change {
    size_t step;
    const char *key;
    const struct form_answers *item; /* names without prefix; NULL: remove */
    size_t item_count;               /* how many items to add, for the library */
    const struct journey_ready *ready;
};

/* Copies all answers but those of one item; the items behind it move up by one. */
static void drop_item(struct trip *trip, size_t step, size_t dropped)
{
    const char *name = group_of(trip, step)->name;
    size_t length = strlen(name);
    struct form_answers kept = {0};
    for (size_t i = 0; i < trip->answers.count; i++) {
        const struct form_answer *answer = &trip->answers.items[i];
        char *rest = NULL;
        size_t item = 0;
        bool is_ours = strncmp(answer->name, name, length) == 0 && answer->name[length] == '-';
        if (is_ours)
            item = strtoul(answer->name + length + 1, &rest, 10);
        is_ours = is_ours && rest != answer->name + length + 1 && *rest == '-';
        if (is_ours && item == dropped)
            continue;
        const char *kept_name = is_ours && item > dropped
                                    ? mem_format(trip->ctx->mem, "%s-%zu%s", name, item - 1, rest)
                                    : answer->name;
        answers_add(trip->ctx->mem, &kept, kept_name, answer->value);
    }
    trip->answers = kept;
}

static void add_item(struct trip *trip, size_t step, size_t item,
                     const struct form_answers *answers, const char *key)
{
    const char *prefix = item_prefix(trip, step, item);
    for (size_t i = 0; i < answers->count; i++)
        answers_add(trip->ctx->mem, &trip->answers,
                    mem_format(trip->ctx->mem, "%s%s", prefix, answers->items[i].name),
                    answers->items[i].value);
    answers_add(trip->ctx->mem, &trip->answers, mem_format(trip->ctx->mem, "%skey", prefix), key);
}

static enum status put_item(struct trip *trip, void *arg)
{
    const struct item_change *change = arg;
    size_t item = item_of(trip, change->step, change->key);
    size_t count = item_count(trip, change->step);
    if (change->item == NULL) {
        if (item < count)
            drop_item(trip, change->step, item);
        return OK;
    }
    answers_remove(&trip->answers,
                   mem_text_part(trip->ctx->mem, item_prefix(trip, change->step, item),
                                 strlen(item_prefix(trip, change->step, item)) - 1));
    add_item(trip, change->step, item, change->item, change->key);
    return OK;
}

static enum status put_ready(struct trip *trip, void *arg)
{
    const struct item_change *change = arg;
    for (size_t i = 0; i < change->item_count; i++) {
        const char *code = change->ready[i].code;
        size_t next = item_count(trip, change->step);
        if (!form_holds(trip->request->sent, "ready", code) ||
            item_of(trip, change->step, code) < next)
            continue;
        add_item(trip, change->step, next, &change->ready[i].answers, code);
    }
    return OK;
}

/* ---- the list ---- */

/* The first thing that is wrong with an item, or NULL. */
static const char *item_problem(const struct trip *trip, size_t step, const char *prefix)
{
    const struct form_problems *problems = &trip->standing[step].problems;
    for (size_t i = 0; i < problems->count; i++) {
        if (strncmp(problems->items[i].field, prefix, strlen(prefix)) == 0)
            return problems->items[i].text;
    }
    return NULL;
}

static enum status item_lines(const struct trip *trip, size_t step, size_t item,
                              struct journey_item *out)
{
    struct form_shown shown = {.fields = group_of(trip, step)->fields,
                               .answers = &trip->answers,
                               .form = trip->draft,
                               .prefix = item_prefix(trip, step, item)};
    struct form_line *lines;
    TRY(form_lines(trip->ctx, &shown, &lines, &out->line_count));
    out->lines = mem_array(trip->ctx->mem, struct journey_line, out->line_count);
    for (size_t i = 0; i < out->line_count; i++)
        out->lines[i] = (struct journey_line){.label = lines[i].label, .text = lines[i].text};
    return OK;
}

static const char *item_title(const struct trip *trip, size_t step, size_t item)
{
    const struct journey_step *declared = &trip->journey->steps[step];
    const struct form_field *group = group_of(trip, step);
    struct form_list items;
    memcpy(&items, (const char *)trip->draft + group->offset, sizeof items);
    if (declared->item_title != NULL && item < items.count) {
        const char *title = declared->item_title(trip->ctx->mem, (const char *)items.items +
                                                                     item * group->item_bytes);
        if (title[0] != '\0')
            return title;
    }
    return mem_format(trip->ctx->mem, "%s %zu", declared->item_noun, item + 1);
}

enum status trip_items(const struct trip *trip, size_t step, struct journey_item **out,
                       size_t *count_out)
{
    size_t count = item_count(trip, step);
    struct journey_item *items = mem_array(trip->ctx->mem, struct journey_item, count);
    for (size_t i = 0; i < count; i++) {
        const char *address = item_address(trip, step, key_of(trip, step, i));
        items[i] = (struct journey_item){
            .title = item_title(trip, step, i),
            .problem = item_problem(trip, step, item_prefix(trip, step, i)),
            .change_href = address,
            .remove_action = mem_format(trip->ctx->mem, "%s/remove", address),
        };
        TRY(item_lines(trip, step, i, &items[i]));
    }
    *out = items;
    *count_out = count;
    return OK;
}

/* Problems of the list itself, and one line an item that is not right, linked to its page. */
static void list_problems(const struct trip *trip, size_t step, struct view *out)
{
    struct form_problems shown = {.count = 0};
    const struct form_problems *problems = &trip->standing[step].problems;
    const char *group = group_of(trip, step)->name;
    for (size_t i = 0; i < problems->count; i++) {
        if (strcmp(problems->items[i].field, group) == 0)
            form_wrong(&shown, "items", problems->items[i].text);
    }
    for (size_t i = 0; i < item_count(trip, step); i++) {
        const char *wrong = item_problem(trip, step, item_prefix(trip, step, i));
        if (wrong != NULL)
            form_wrong(&shown, mem_format(trip->ctx->mem, "item-%s", key_of(trip, step, i)),
                       mem_format(trip->ctx->mem, "%s: %s", item_title(trip, step, i), wrong));
    }
    form_show_problems(out, &(const struct form_shown){.problems = &shown});
}

enum status trip_show_items(struct trip *trip, size_t step, bool with_problems)
{
    const struct journey_step *declared = &trip->journey->steps[step];
    struct view problems = {.mem = trip->ctx->mem}, intro = {.mem = trip->ctx->mem};
    struct journey_items_page page = {
        .title = trip_step_title(declared),
        .new_button = declared->library != NULL
                          ? "Write your own"
                          : mem_format(trip->ctx->mem, "Add %s %s", article_of(declared->item_noun),
                                       declared->item_noun),
        .new_href = item_address(trip, step, "new"),
        .library_href = declared->library != NULL ? item_address(trip, step, "library") : NULL,
        .action = trip_step_address(trip, step),
        .token = web_token(trip->request),
        .save_href = trip_address(trip, "save"),
    };
    if (declared->intro != NULL)
        TRY(declared->intro(trip->ctx, trip->draft, &intro));
    if (with_problems)
        list_problems(trip, step, &problems);
    TRY(trip_items(trip, step, &page.items, &page.item_count));
    page.intro = view_html(&intro);
    page.problems = view_html(&problems);
    trip_page(trip, page.title, trip_back(trip, step));
    trip->answer->page.has_problem = with_problems && trip->standing[step].problems.count > 0;
    journey_items(&trip->answer->body, &page);
    return trip->answer->page.has_problem ? ERR_INVALID : OK;
}

/* ---- the library ---- */

static enum status show_library(struct trip *trip, size_t step)
{
    const struct journey_step *declared = &trip->journey->steps[step];
    const struct journey_ready *ready;
    size_t count;
    TRY(declared->library(trip->ctx, trip->draft, &ready, &count));
    struct form_option *options = mem_array(trip->ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] =
            (struct form_option){ready[i].code, ready[i].label, ready[i].hint, ready[i].group};
    struct form_field *fields = mem_array(trip->ctx->mem, struct form_field, 2);
    fields[0] = (struct form_field){
        .kind = FORM_KIND_SEVERAL_OF,
        .name = "ready",
        .label = mem_format(trip->ctx->mem, "Choose from the library of %ss", declared->item_noun),
        .hint = "Choose as many as you like. You can change each of them afterwards.",
        .options = options};
    struct form_answers chosen = {0};
    for (size_t i = 0; i < count; i++) {
        if (item_of(trip, step, ready[i].code) < item_count(trip, step))
            answers_add(trip->ctx->mem, &chosen, "ready", ready[i].code);
    }
    struct view form = {.mem = trip->ctx->mem};
    struct form_shown shown = {.fields = fields, .answers = &chosen, .is_heading = true};
    TRY(form_show(trip->ctx, &form, &shown));
    trip_page(trip, fields[0].label, trip_step_address(trip, step));
    journey_step(&trip->answer->body, &(const struct journey_step_page){
                                          .form = view_html(&form),
                                          .action = item_address(trip, step, "library"),
                                          .token = web_token(trip->request),
                                          .button = "Add what I chose",
                                      });
    return OK;
}

static enum status add_from_library(struct trip *trip, size_t step)
{
    struct item_change change = {.step = step};
    const struct journey_step *declared = &trip->journey->steps[step];
    TRY(declared->library(trip->ctx, trip->draft, &change.ready, &change.item_count));
    TRY(trip_save(trip, put_ready, &change));
    return web_see_other(trip->answer, trip_step_address(trip, step));
}

/* ---- one item ---- */

static enum status show_item(struct trip *trip, size_t step, const char *key,
                             const struct form_answers *answers,
                             const struct form_problems *problems)
{
    const struct journey_step *declared = &trip->journey->steps[step];
    struct view top = {.mem = trip->ctx->mem}, form = {.mem = trip->ctx->mem};
    struct view intro = {.mem = trip->ctx->mem};
    struct form_shown shown = {.fields = group_of(trip, step)->fields,
                               .answers = answers,
                               .problems = problems,
                               .form = trip->draft,
                               .kept = trip->request->app->kept};
    const char *kept;
    bool is_new = item_of(trip, step, key) == item_count(trip, step);
    const char *title = is_new ? mem_format(trip->ctx->mem, "Add %s %s",
                                            article_of(declared->item_noun), declared->item_noun)
                               : mem_format(trip->ctx->mem, "Change this %s", declared->item_noun);
    if (declared->item_intro != NULL)
        TRY(declared->item_intro(trip->ctx, trip->draft, &intro));
    form_show_problems(&top, &shown);
    TRY(form_show(trip->ctx, &form, &shown));
    TRY(trip_kept(trip, &kept));
    trip_page(trip, title, trip_step_address(trip, step));
    trip->answer->page.has_problem = problems != NULL && problems->count > 0;
    journey_step(&trip->answer->body, &(const struct journey_step_page){
                                          .title = title,
                                          .problems = view_html(&top),
                                          .intro = view_html(&intro),
                                          .form = view_html(&form),
                                          .kept = kept,
                                          .action = item_address(trip, step, is_new ? "new" : key),
                                          .token = web_token(trip->request),
                                          .button = "Save",
                                          .has_files = form_has_files(shown.fields),
                                          .item_key = is_new ? key : NULL,
                                      });
    return trip->answer->page.has_problem ? ERR_INVALID : OK;
}

/* The answers of one item, names without prefix. */
static struct form_answers without_prefix(const struct trip *trip, size_t step, size_t item)
{
    const char *prefix = item_prefix(trip, step, item);
    struct form_answers out = {0};
    for (size_t i = 0; i < trip->answers.count; i++) {
        if (strncmp(trip->answers.items[i].name, prefix, strlen(prefix)) == 0)
            answers_add(trip->ctx->mem, &out, trip->answers.items[i].name + strlen(prefix),
                        trip->answers.items[i].value);
    }
    return out;
}

/* Problems of one item with names as its own form has them. */
static struct form_problems problems_of(const struct trip *trip, size_t step, size_t item)
{
    const char *prefix = item_prefix(trip, step, item);
    const struct form_problems *all = &trip->standing[step].problems;
    struct form_problems own = {.count = 0};
    for (size_t i = 0; i < all->count; i++) {
        if (strncmp(all->items[i].field, prefix, strlen(prefix)) == 0)
            form_wrong(&own, all->items[i].field + strlen(prefix), all->items[i].text);
    }
    return own;
}

/* What the program put into an item (FORM_HIDDEN) stays when the rest is written anew. */
static void keep_hidden(const struct trip *trip, size_t step, size_t item, struct form_answers *to)
{
    struct form_answers before = without_prefix(trip, step, item);
    const struct form_field *field = group_of(trip, step)->fields;
    for (; field->kind != FORM_KIND_END; field++) {
        const char *value = answers_get(&before, field->name);
        if (field->kind == FORM_KIND_HIDDEN && value[0] != '\0' && strcmp(field->name, "key") != 0)
            answers_add(trip->ctx->mem, to, field->name, value);
    }
}

/* ERR_NOT_FOUND: the step has no items. */
static enum status open_group(struct web_request *request, struct web_answer *answer, int tail,
                              struct trip *trip, size_t *step_out)
{
    TRY(trip_open(request, answer, tail, trip));
    *step_out = trip_step(trip, web_value(request, "step"));
    if (trip->reference != NULL || *step_out == trip->step_count ||
        !trip->standing[*step_out].applies || !trip_is_group(&trip->journey->steps[*step_out]))
        return ctx_fail(trip->ctx, ERR_NOT_FOUND, "step has no items");
    return OK;
}

enum status journey_item_show(struct web_request *request, struct web_answer *answer)
{
    struct trip trip;
    size_t step;
    const char *key = web_value(request, "item");
    TRY(open_group(request, answer, 3, &trip, &step));
    if (strcmp(key, "library") == 0 && trip.journey->steps[step].library != NULL)
        return show_library(&trip, step);
    if (strcmp(key, "new") == 0)
        return show_item(&trip, step,
                         mem_text_part(trip.ctx->mem, random_token(trip.ctx->mem), KEY_CHARS), NULL,
                         NULL);
    size_t item = item_of(&trip, step, key);
    if (item == item_count(&trip, step))
        return web_see_other(answer, trip_step_address(&trip, step));
    struct form_answers answers = without_prefix(&trip, step, item);
    struct form_problems problems = problems_of(&trip, step, item);
    enum status status = show_item(&trip, step, key, &answers, &problems);
    if (status == ERR_INVALID)
        answer->code = 200;
    return status == ERR_INVALID ? OK : status;
}

/* The answers of an item as they are kept: its files first, of which refused says what is wrong. */
static enum status pick_item(const struct trip *trip, size_t step, const char *key,
                             struct form_answers *out, struct form_problems *refused)
{
    size_t item = item_of(trip, step, key);
    struct form_answers saved = without_prefix(trip, step, item), sent = {0};
    const struct form_field *fields = group_of(trip, step)->fields;
    enum status status =
        form_keep_files(&(const struct form_keeping){trip->ctx, fields, &saved, trip_files(trip)},
                        trip->request->sent, &sent, refused);
    if (status != OK && status != ERR_INVALID)
        return status;
    form_pick(trip->ctx, fields, &sent, out);
    keep_hidden(trip, step, item, out);
    return OK;
}

/* A refused file stands before "choose a file", which is then wrong too. */
static void put_refused(struct form_problems *problems, const struct form_problems *refused)
{
    struct form_problems all = *refused;
    for (size_t i = 0; i < problems->count; i++)
        form_wrong(&all, problems->items[i].field, problems->items[i].text);
    *problems = all;
}

enum status journey_item_save(struct web_request *request, struct web_answer *answer)
{
    struct trip trip;
    size_t step;
    const char *key = web_value(request, "item");
    TRY(open_group(request, answer, 3, &trip, &step));
    if (strcmp(key, "library") == 0 && trip.journey->steps[step].library != NULL)
        return add_from_library(&trip, step);
    if (strcmp(key, "new") == 0)
        key = answers_get(request->sent, "item_key");
    if (key[0] == '\0' || strlen(key) > 40)
        key = mem_text_part(trip.ctx->mem, random_token(trip.ctx->mem), KEY_CHARS);
    struct form_answers picked = {0};
    struct form_problems refused = {.count = 0};
    TRY(pick_item(&trip, step, key, &picked, &refused));
    TRY(trip_save(&trip, put_item,
                  &(struct item_change){.step = step, .key = key, .item = &picked}));
    struct form_problems problems = problems_of(&trip, step, item_of(&trip, step, key));
    put_refused(&problems, &refused);
    if (problems.count > 0)
        return show_item(&trip, step, key, &picked, &problems);
    return web_see_other(answer, trip_step_address(&trip, step));
}

enum status journey_item_remove(struct web_request *request, struct web_answer *answer)
{
    struct trip trip;
    size_t step;
    TRY(open_group(request, answer, 4, &trip, &step));
    TRY(trip_save(&trip, put_item,
                  &(struct item_change){.step = step, .key = web_value(request, "item")}));
    return web_see_other(answer, trip_step_address(&trip, step));
}
