/* SPDX-License-Identifier: MIT */
/*
 * framework.c - reads frameworks from packs and answers what is in them.
 *
 * One function a kind of thing, in the order of the files; each checks what it reads at once, so
 * that whoever holds a struct framework need not check again.
 */
#include "programme/pack/framework.h"

#include "platform/base/text.h"
#include "platform/store/store_note.h"
#include "programme/pack/pack.sql.h"
#include "programme/pack/pack_json.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#define HAS(array, count, wanted)                                                                  \
    static bool has_##array(const struct framework *in, const char *code)                          \
    {                                                                                              \
        for (size_t i = 0; i < in->count; i++)                                                     \
            if (strcmp(in->wanted[i].code, code) == 0)                                             \
                return true;                                                                       \
        return false;                                                                              \
    }
HAS(stage, stage_count, stages)
HAS(intention, intention_count, intentions)
HAS(goal, goal_count, goals)
HAS(union, union_count, unions)
HAS(action, action_count, actions)
#undef HAS

static enum status read_stages(const struct json_at *file, struct framework *out)
{
    struct json_at list;
    size_t count;
    TRY(json_at_list(file, "stages", 1, &list, &count));
    out->stages = mem_array(file->ctx->mem, struct framework_stage, count);
    for (size_t i = 0; i < count; i++) {
        struct framework_stage *stage = &out->stages[i];
        struct json_at at;
        TRY(json_at_object(&list, i, &at));
        TRY(json_at_only(&at, (const char *const[]){"code", "name", "summary", "note", NULL}));
        TRY(json_at_code(&at, "code", &stage->code));
        TRY(json_at_text(&at, "name", &stage->name));
        TRY(json_at_text(&at, "summary", &stage->summary));
        TRY(json_at_text_if_any(&at, "note", &stage->note));
        if (has_stage(out, stage->code))
            return json_at_refuse(&at, "code", "\"%s\" stands here twice", stage->code);
        out->stage_count++;
    }
    return OK;
}

static enum status read_intentions(const struct json_at *file, struct framework *out)
{
    struct json_at list;
    size_t count;
    TRY(json_at_list(file, "intentions", 1, &list, &count));
    out->intentions = mem_array(file->ctx->mem, struct framework_intention, count);
    for (size_t i = 0; i < count; i++) {
        struct framework_intention *intention = &out->intentions[i];
        struct json_at at;
        TRY(json_at_object(&list, i, &at));
        TRY(json_at_only(&at, (const char *const[]){"code", "number", "stage", "name", "text",
                                                    "is_ours", "note", NULL}));
        TRY(json_at_code(&at, "code", &intention->code));
        TRY(json_at_text_if_any(&at, "number", &intention->number));
        TRY(json_at_code(&at, "stage", &intention->stage));
        TRY(json_at_text(&at, "name", &intention->name));
        TRY(json_at_text(&at, "text", &intention->text));
        TRY(json_at_flag(&at, "is_ours", &intention->is_ours));
        TRY(json_at_text_if_any(&at, "note", &intention->note));
        if (has_intention(out, intention->code))
            return json_at_refuse(&at, "code", "\"%s\" stands here twice", intention->code);
        if (!has_stage(out, intention->stage))
            return json_at_refuse(&at, "stage", "there is no stage \"%s\"", intention->stage);
        out->intention_count++;
    }
    return OK;
}

static enum status read_goals(const struct json_at *file, struct framework *out)
{
    struct json_at list;
    size_t count;
    TRY(json_at_list(file, "goals", 0, &list, &count));
    out->goals = mem_array(file->ctx->mem, struct framework_goal, count);
    for (size_t i = 0; i < count; i++) {
        struct framework_goal *goal = &out->goals[i];
        struct json_at at;
        TRY(json_at_object(&list, i, &at));
        TRY(json_at_only(&at, (const char *const[]){"code", "name", "text", NULL}));
        TRY(json_at_code(&at, "code", &goal->code));
        TRY(json_at_text(&at, "name", &goal->name));
        TRY(json_at_text(&at, "text", &goal->text));
        if (has_goal(out, goal->code))
            return json_at_refuse(&at, "code", "\"%s\" stands here twice", goal->code);
        out->goal_count++;
    }
    return OK;
}

static enum status read_unions(const struct json_at *file, struct framework *out)
{
    struct json_at list;
    size_t count;
    TRY(json_at_list(file, "unions", 0, &list, &count));
    out->unions = mem_array(file->ctx->mem, struct framework_union, count);
    for (size_t i = 0; i < count; i++) {
        struct framework_union *one = &out->unions[i];
        struct json_at at;
        TRY(json_at_object(&list, i, &at));
        TRY(json_at_only(&at, (const char *const[]){"code", "name", NULL}));
        TRY(json_at_code(&at, "code", &one->code));
        TRY(json_at_text(&at, "name", &one->name));
        if (has_union(out, one->code))
            return json_at_refuse(&at, "code", "\"%s\" stands here twice", one->code);
        out->union_count++;
    }
    return OK;
}

static enum status read_action(const struct json_at *at, struct framework *out,
                               struct framework_action *action)
{
    TRY(json_at_only(at, (const char *const[]){"code", "intention", "action", "measure", "unit",
                                               "baseline_question", "suggested_target", "months",
                                               "goals", NULL}));
    TRY(json_at_code(at, "code", &action->code));
    TRY(json_at_code(at, "intention", &action->intention));
    TRY(json_at_text(at, "action", &action->action));
    TRY(json_at_text(at, "measure", &action->measure));
    TRY(json_at_text(at, "unit", &action->unit));
    TRY(json_at_text(at, "baseline_question", &action->baseline_question));
    TRY(json_at_text(at, "suggested_target", &action->suggested_target));
    TRY(json_at_count(at, "months", 1, 120, &action->months));
    TRY(json_at_texts(at, "goals", 0, &action->goals, &action->goal_count));
    if (has_action(out, action->code))
        return json_at_refuse(at, "code", "\"%s\" stands here twice", action->code);
    if (!has_intention(out, action->intention))
        return json_at_refuse(at, "intention", "there is no intention \"%s\"", action->intention);
    for (size_t i = 0; i < action->goal_count; i++)
        if (!has_goal(out, action->goals[i]))
            return json_at_refuse(at, "goals", "there is no goal \"%s\"", action->goals[i]);
    return OK;
}

static enum status read_actions(const struct json_at *file, struct framework *out)
{
    struct json_at list;
    size_t count;
    const char *note;
    TRY(json_at_only(file, (const char *const[]){"note", "actions", NULL}));
    TRY(json_at_text_if_any(file, "note", &note));
    TRY(json_at_list(file, "actions", 1, &list, &count));
    out->actions = mem_array(file->ctx->mem, struct framework_action, count);
    for (size_t i = 0; i < count; i++) {
        struct json_at at;
        TRY(json_at_object(&list, i, &at));
        TRY(read_action(&at, out, &out->actions[i]));
        out->action_count++;
    }
    return OK;
}

static enum status read_parties(const struct json_at *wording_at, struct framework_wording *wording)
{
    struct json_at list;
    TRY(json_at_list(wording_at, "parties", 1, &list, &wording->party_count));
    wording->parties =
        mem_array(wording_at->ctx->mem, struct framework_party, wording->party_count);
    for (size_t i = 0; i < wording->party_count; i++) {
        struct framework_party *party = &wording->parties[i];
        struct json_at at;
        TRY(json_at_object(&list, i, &at));
        TRY(json_at_only(&at, (const char *const[]){"code", "name", "promises", NULL}));
        TRY(json_at_code(&at, "code", &party->code));
        TRY(json_at_text(&at, "name", &party->name));
        TRY(json_at_texts(&at, "promises", 1, &party->promises, &party->promise_count));
        for (size_t j = 0; j < i; j++)
            if (strcmp(wording->parties[j].code, party->code) == 0)
                return json_at_refuse(&at, "code", "\"%s\" stands here twice", party->code);
    }
    return OK;
}

static enum status read_wording(const struct json_at *at, struct framework_wording *wording)
{
    TRY(json_at_only(at, (const char *const[]){"code", "valid_from", "valid_until", "title",
                                               "label", "opening", "parties", "closing", NULL}));
    TRY(json_at_code(at, "code", &wording->code));
    TRY(json_at_day(at, "valid_from", &wording->valid_from));
    TRY(json_at_day_if_any(at, "valid_until", &wording->valid_until));
    TRY(json_at_text(at, "title", &wording->title));
    TRY(json_at_text(at, "label", &wording->label));
    TRY(json_at_texts(at, "opening", 1, &wording->opening, &wording->opening_count));
    TRY(json_at_texts(at, "closing", 0, &wording->closing, &wording->closing_count));
    return read_parties(at, wording);
}

/* A wording and the one before it. */
static enum status check_wording(const struct json_at *at, const struct framework_wording *wording,
                                 const struct framework_wording *before)
{
    if (before != NULL &&
        (before->valid_until[0] == '\0' || strcmp(before->valid_until, wording->valid_from) >= 0))
        return json_at_refuse(at, "valid_from", "the wording before is still in force then");
    if (wording->valid_until[0] != '\0' && strcmp(wording->valid_until, wording->valid_from) < 0)
        return json_at_refuse(at, "valid_until", "comes before valid_from");
    return OK;
}

static enum status read_list_of_wordings(const struct json_at *list, size_t count,
                                         struct framework_wording **out, size_t *count_out)
{
    struct framework_wording *wordings = mem_array(list->ctx->mem, struct framework_wording, count);
    for (size_t i = 0; i < count; i++) {
        struct json_at at;
        TRY(json_at_object(list, i, &at));
        TRY(read_wording(&at, &wordings[i]));
        for (size_t j = 0; j < i; j++)
            if (strcmp(wordings[j].code, wordings[i].code) == 0)
                return json_at_refuse(&at, "code", "\"%s\" stands here twice", wordings[i].code);
        TRY(check_wording(&at, &wordings[i], i > 0 ? &wordings[i - 1] : NULL));
    }
    *out = wordings;
    *count_out = count;
    return OK;
}

static enum status read_wordings(const struct json_at *file, struct framework *out)
{
    static const char own[] = "individual_wordings";
    struct json_at list;
    size_t count;
    TRY(json_at_only(file, (const char *const[]){"wordings", own, NULL}));
    TRY(json_at_list(file, "wordings", 1, &list, &count));
    TRY(read_list_of_wordings(&list, count, &out->wordings, &out->wording_count));
    if (json_object_get(file->value, own) == NULL)
        return OK;
    TRY(json_at_list(file, own, 1, &list, &count));
    return read_list_of_wordings(&list, count, &out->own_wordings, &out->own_wording_count);
}

static enum status open_json(struct ctx *ctx, const struct pack *pack, const char *path,
                             struct json_at *out)
{
    const struct pack_file *file;
    const char *name = mem_format(ctx->mem, "%s/%s", pack->name, path);
    if (pack_file(ctx, pack, path, &file) != OK) {
        ctx->fault = NULL;
        return ctx_fail(ctx, ERR_INVALID, "%s: is missing", name);
    }
    return json_at_begin(ctx, name, file->bytes, file->size_bytes, out);
}

enum status framework_read(struct ctx *ctx, const struct pack *pack, struct framework *out)
{
    struct json_at file;
    *out = (struct framework){.version = mem_text(ctx->mem, pack->version)};
    TRY(open_json(ctx, pack, "framework.json", &file));
    TRY(json_at_only(&file, (const char *const[]){"code", "title", "summary", "note", "stages",
                                                  "intentions", "goals", "unions", NULL}));
    TRY(json_at_code(&file, "code", &out->code));
    if (strcmp(out->code, pack->name) != 0)
        return json_at_refuse(&file, "code", "is not the pack's name, \"%s\"", pack->name);
    TRY(json_at_text(&file, "title", &out->title));
    TRY(json_at_text(&file, "summary", &out->summary));
    TRY(json_at_text_if_any(&file, "note", &out->note));
    TRY(read_stages(&file, out));
    TRY(read_intentions(&file, out));
    TRY(read_goals(&file, out));
    TRY(read_unions(&file, out));

    TRY(open_json(ctx, pack, "wording.json", &file));
    TRY(read_wordings(&file, out));
    TRY(open_json(ctx, pack, "actions.json", &file));
    return read_actions(&file, out);
}

/* ---- the same again ---- */

/*
 * Reading the files of a framework takes longer than all else that a page or a signature does with
 * it, so each connection notes what it read.  The key of a note holds what tells that packs were
 * installed since.
 */
static const char **copy_texts(struct mem *mem, const char **texts, size_t count)
{
    const char **out = mem_array(mem, const char *, count);
    for (size_t i = 0; i < count; i++)
        out[i] = mem_text(mem, texts[i]);
    return out;
}

static void *copy_bytes(struct mem *mem, const void *list, size_t bytes)
{
    return bytes == 0 ? NULL : memcpy(mem_bytes(mem, bytes), list, bytes);
}

#define COPY_ARRAY(mem, type, list, count) copy_bytes(mem, list, sizeof(type) * (count))
#define COPY_TEXT(mem, member) ((member) = mem_text(mem, member))

static struct framework_wording *copy_wordings(struct mem *mem, struct framework_wording *list,
                                               size_t count)
{
    struct framework_wording *out = COPY_ARRAY(mem, struct framework_wording, list, count);
    for (size_t i = 0; i < count; i++) {
        struct framework_wording *w = &out[i];
        COPY_TEXT(mem, w->code), COPY_TEXT(mem, w->title), COPY_TEXT(mem, w->label);
        COPY_TEXT(mem, w->valid_from), COPY_TEXT(mem, w->valid_until);
        w->opening = copy_texts(mem, w->opening, w->opening_count);
        w->closing = copy_texts(mem, w->closing, w->closing_count);
        w->parties = COPY_ARRAY(mem, struct framework_party, w->parties, w->party_count);
        for (size_t j = 0; j < w->party_count; j++) {
            struct framework_party *party = &w->parties[j];
            COPY_TEXT(mem, party->code), COPY_TEXT(mem, party->name);
            party->promises = copy_texts(mem, party->promises, party->promise_count);
        }
    }
    return out;
}

static struct framework_action *copy_actions(struct mem *mem, struct framework_action *list,
                                             size_t count)
{
    struct framework_action *out = COPY_ARRAY(mem, struct framework_action, list, count);
    for (size_t i = 0; i < count; i++) {
        struct framework_action *a = &out[i];
        COPY_TEXT(mem, a->code), COPY_TEXT(mem, a->intention), COPY_TEXT(mem, a->action);
        COPY_TEXT(mem, a->measure), COPY_TEXT(mem, a->unit), COPY_TEXT(mem, a->baseline_question);
        COPY_TEXT(mem, a->suggested_target);
        a->goals = copy_texts(mem, a->goals, a->goal_count);
    }
    return out;
}

/* All of it, so that every part belongs to mem. */
static const void *copy_framework(struct mem *mem, const void *value)
{
    struct framework *out = mem_new(mem, struct framework);
    *out = *(const struct framework *)value;
    COPY_TEXT(mem, out->code), COPY_TEXT(mem, out->version), COPY_TEXT(mem, out->title);
    COPY_TEXT(mem, out->summary), COPY_TEXT(mem, out->note);
    out->stages = COPY_ARRAY(mem, struct framework_stage, out->stages, out->stage_count);
    for (size_t i = 0; i < out->stage_count; i++) {
        struct framework_stage *s = &out->stages[i];
        COPY_TEXT(mem, s->code), COPY_TEXT(mem, s->name), COPY_TEXT(mem, s->summary);
        COPY_TEXT(mem, s->note);
    }
    out->intentions =
        COPY_ARRAY(mem, struct framework_intention, out->intentions, out->intention_count);
    for (size_t i = 0; i < out->intention_count; i++) {
        struct framework_intention *s = &out->intentions[i];
        COPY_TEXT(mem, s->code), COPY_TEXT(mem, s->number), COPY_TEXT(mem, s->stage);
        COPY_TEXT(mem, s->name), COPY_TEXT(mem, s->text), COPY_TEXT(mem, s->note);
    }
    out->goals = COPY_ARRAY(mem, struct framework_goal, out->goals, out->goal_count);
    for (size_t i = 0; i < out->goal_count; i++) {
        struct framework_goal *g = &out->goals[i];
        COPY_TEXT(mem, g->code), COPY_TEXT(mem, g->name), COPY_TEXT(mem, g->text);
    }
    out->unions = COPY_ARRAY(mem, struct framework_union, out->unions, out->union_count);
    for (size_t i = 0; i < out->union_count; i++)
        COPY_TEXT(mem, out->unions[i].code), COPY_TEXT(mem, out->unions[i].name);
    out->actions = copy_actions(mem, out->actions, out->action_count);
    out->wordings = copy_wordings(mem, out->wordings, out->wording_count);
    out->own_wordings = copy_wordings(mem, out->own_wordings, out->own_wording_count);
    return out;
}

/* Of a pack, by one of the functions that find one by its name and something else. */
static enum status find(struct ctx *ctx, const char *code, const char *by,
                        enum status (*pack_by)(struct ctx *, const char *, const char *,
                                               struct pack *),
                        struct framework *out)
{
    struct pack pack;
    struct pack_stamp_row stamp = {0};
    struct store_note note = {.is_fixed = true};
    if (ctx->store != NULL) {
        TRY(pack_stamp(ctx, &stamp));
        note.key = mem_format(ctx->mem, "framework %s %s %s %" PRId64 " %" PRId64,
                              pack_by == pack_on ? "on" : "version", code, by, stamp.packs,
                              stamp.newest_at);
        const void *noted = store_note_find(ctx, &note);
        if (noted != NULL) {
            *out = *(const struct framework *)copy_framework(ctx->mem, noted);
            return OK;
        }
    }
    TRY(pack_by(ctx, code, by, &pack));
    TRY(framework_read(ctx, &pack, out));
    if (ctx->store != NULL)
        store_note_write(ctx, &note, copy_framework, out);
    return OK;
}

enum status framework_on(struct ctx *ctx, const char *code, const char *day, struct framework *out)
{
    return find(ctx, code, day, pack_on, out);
}

enum status framework_version(struct ctx *ctx, const char *code, const char *version,
                              struct framework *out)
{
    return find(ctx, code, version, pack_find, out);
}

static const struct framework_wording *in_force(const struct framework_wording *wordings,
                                                size_t count, const char *day)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(wordings[i].valid_from, day) <= 0 &&
            (wordings[i].valid_until[0] == '\0' || strcmp(day, wordings[i].valid_until) <= 0))
            return &wordings[i];
    return NULL;
}

const struct framework_wording *framework_wording_on(const struct framework *framework,
                                                     const char *day)
{
    return in_force(framework->wordings, framework->wording_count, day);
}

const struct framework_wording *framework_own_wording_on(const struct framework *framework,
                                                         const char *day)
{
    return in_force(framework->own_wordings, framework->own_wording_count, day);
}

#define BY_CODE(type, function, array, count)                                                      \
    const struct type *function(const struct framework *framework, const char *code)               \
    {                                                                                              \
        for (size_t i = 0; i < framework->count; i++)                                              \
            if (strcmp(framework->array[i].code, code) == 0)                                       \
                return &framework->array[i];                                                       \
        return NULL;                                                                               \
    }
BY_CODE(framework_wording, framework_wording_of, wordings, wording_count)
BY_CODE(framework_wording, framework_own_wording_of, own_wordings, own_wording_count)
BY_CODE(framework_stage, framework_stage_of, stages, stage_count)
BY_CODE(framework_intention, framework_intention_of, intentions, intention_count)
BY_CODE(framework_action, framework_action_of, actions, action_count)

static void add_paragraphs(struct text_builder *to, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_add_format(to, "\n%s\n", texts[i]);
}

const char *framework_wording_text(struct mem *mem, const struct framework_wording *wording)
{
    /* Each text stands in a pack's file, so that twice the size of one always suffices. */
    struct text_builder to = text_build(mem, 2 * PACK_FILE_BYTES_MAX);
    text_add_format(&to, "%s\n", wording->title);
    add_paragraphs(&to, wording->opening, wording->opening_count);
    for (size_t i = 0; i < wording->party_count; i++) {
        const struct framework_party *party = &wording->parties[i];
        text_add_format(&to, "\n%s\n\n", party->name);
        for (size_t j = 0; j < party->promise_count; j++)
            text_add_format(&to, "- %s\n", party->promises[j]);
    }
    add_paragraphs(&to, wording->closing, wording->closing_count);
    text_add_format(&to, "\n%s\n", wording->label);
    const char *text;
    enum status status = text_build_end(&to, &text);
    assert(status == OK);
    return text;
}

static enum status check(struct ctx *ctx, const struct pack *pack)
{
    struct framework framework;
    return framework_read(ctx, pack, &framework);
}

const struct pack_reader framework_pack_readers[] = {
    {.holds = "framework", .check = check},
    {0},
};
