/* SPDX-License-Identifier: MIT */
/* library_version.c - pages and versions: reading them, adding to them. */
#include "programme/library/library_internal.h"

#include <stdlib.h>
#include <string.h>

#include "platform/base/id.h"
#include "platform/store/store.h"

/* ---- reading ---- */

enum status library_page_get(struct ctx *ctx, int64_t id, struct library_page *out)
{
    struct library_page_row_row row;
    TRY(library_page_row(ctx, id, &row));
    *out = (struct library_page){.id = row.id,
                                 .path = row.path,
                                 .title = row.title,
                                 .live_number = row.live_number,
                                 .last_number = row.last_number,
                                 .went_live_at = row.went_live_at,
                                 .pack_waits = row.pack_waits};
    return OK;
}

enum status library_version_get(struct ctx *ctx, int64_t page_id, int64_t number,
                                struct library_version *out)
{
    struct library_version_row_row row;
    TRY(library_version_row(ctx, page_id, number, &row));
    *out =
        (struct library_version){.number = row.number,
                                 .draft = {.path = row.path,
                                           .title = row.title,
                                           .summary = row.summary,
                                           .stage = row.stage,
                                           .pillar = row.pillar,
                                           .position = {true, row.position},
                                           .body = row.body,
                                           .steps = row.steps,
                                           .related = row.related,
                                           .sources = row.sources,
                                           .checked_on = row.checked_on,
                                           .check_by_on = row.check_by_on,
                                           .note = row.note},
                                 .origin = row.origin,
                                 .origin_note = row.origin_note,
                                 .made_by = row.name != NULL ? row.name : "",
                                 .made_at = row.made_at,
                                 .publish_at = row.publish_at != NULL ? *row.publish_at : 0,
                                 .published_at = row.published_at != NULL ? *row.published_at : 0};
    return OK;
}

enum status library_version_own_get(struct ctx *ctx, const struct library_page *page,
                                    struct library_version *out)
{
    struct library_version_own_row row;
    TRY(library_version_own(ctx, page->id, page->live_number, &row));
    return library_version_get(ctx, page->id, row.number != NULL ? *row.number : page->last_number,
                               out);
}

enum status library_find(struct ctx *ctx, const char *path, struct library_page *page,
                         struct library_version *version, const char **moved_out)
{
    struct library_page_at_row at;
    struct library_redirect_at_row redirect;
    *moved_out = NULL;
    enum status status = library_page_at(ctx, path, &at);
    if (status == OK && at.live_number > 0) {
        TRY(library_page_get(ctx, at.id, page));
        return library_version_get(ctx, at.id, at.live_number, version);
    }
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    TRY(library_redirect_at(ctx, path, &redirect));
    if (redirect.live_number == 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "the page that was here is not public");
    *moved_out = redirect.path;
    return OK;
}

enum status library_version_list(struct ctx *ctx, int64_t page_id, struct library_version **out,
                                 size_t *count_out)
{
    struct library_versions_row *rows;
    TRY(library_versions(ctx, page_id, LIBRARY_VERSIONS_SHOWN, &rows, count_out));
    *out = mem_array(ctx->mem, struct library_version, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct library_version){
            .number = rows[i].number,
            .draft = {.title = rows[i].title, .note = rows[i].note},
            .origin = rows[i].origin,
            .origin_note = rows[i].origin_note,
            .made_by = rows[i].name != NULL ? rows[i].name : "",
            .made_at = rows[i].made_at,
            .publish_at = rows[i].publish_at != NULL ? *rows[i].publish_at : 0,
            .published_at = rows[i].published_at != NULL ? *rows[i].published_at : 0};
    return OK;
}

static int compare_lines(const void *a, const void *b)
{
    const struct library_line *x = a, *y = b;
    if (x->position != y->position)
        return x->position < y->position ? -1 : 1;
    int order = strcmp(x->title, y->title);
    return order != 0 ? order : (x->id > y->id) - (x->id < y->id);
}

enum status library_live_list(struct ctx *ctx, struct library_line **out, size_t *count_out)
{
    struct library_live_row *rows;
    TRY(library_live(ctx, LIBRARY_PAGES_MAX, &rows, count_out));
    *out = mem_array(ctx->mem, struct library_line, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct library_line){.id = rows[i].id,
                                          .position = rows[i].position,
                                          .went_live_at = rows[i].went_live_at,
                                          .path = rows[i].path,
                                          .title = rows[i].title,
                                          .summary = rows[i].summary,
                                          .stage = rows[i].stage,
                                          .pillar = rows[i].pillar};
    if (*count_out > 0)
        qsort(*out, *count_out, sizeof **out, compare_lines);
    return OK;
}

/* ---- adding ---- */

/* A page that was public once keeps leading from where it was. */
static enum status keep_address(struct ctx *ctx, const struct library_page *page,
                                const char *new_path)
{
    int64_t changes;
    if (page->live_number != 0 || page->went_live_at == 0 || strcmp(page->path, new_path) == 0)
        return OK;
    TRY(library_redirect_remove(ctx, new_path, page->id, &changes));
    return library_redirect_add(ctx, page->path, page->id, ctx->now_secs, &changes);
}

enum status library_version_put(struct ctx *ctx, const struct library_adding *adding)
{
    const struct library_draft *draft = adding->draft;
    struct library_page page;
    int64_t changes;
    TRY(library_page_get(ctx, adding->page_id, &page));
    const char *path = adding->is_address_taken ? page.path : draft->path;
    TRY(keep_address(ctx, &page, path));
    TRY(library_page_numbered(ctx, page.id, adding->number, adding->number - 1, draft->title, path,
                              ctx->now_secs, &changes));
    if (changes == 0)
        return ctx_fail(ctx, ERR_CONFLICT, "another version came first");
    return library_version_add(
        ctx, adding->page_id, adding->number, draft->path, draft->title, draft->summary,
        draft->stage, draft->pillar, draft->position.n, draft->body, draft->steps, draft->related,
        draft->sources, draft->checked_on, draft->check_by_on, adding->origin, adding->origin_note,
        draft->note, ctx->person.n, ctx->now_secs, &changes);
}

struct saving {
    const struct library_edit *edit;
    struct form_problems *problems;
    struct library_page *out;
};

static enum status note(struct ctx *ctx, const char *what, const char *title)
{
    return audit_note(ctx, &(const struct audit_deed){.what = what, .thing = title});
}

static bool has_same_words(const struct library_draft *a, const struct library_draft *b)
{
    const char *const pairs[][2] = {{a->path, b->path},
                                    {a->title, b->title},
                                    {a->summary, b->summary},
                                    {a->stage, b->stage},
                                    {a->pillar, b->pillar},
                                    {a->body, b->body},
                                    {a->steps, b->steps},
                                    {a->related, b->related},
                                    {a->sources, b->sources},
                                    {a->checked_on, b->checked_on},
                                    {a->check_by_on, b->check_by_on},
                                    {a->note, b->note}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (strcmp(pairs[i][0], pairs[i][1]) != 0)
            return false;
    return a->position.n == b->position.n;
}

/* Whether the version that came meanwhile says just this: the form was sent twice. */
static enum status is_sent_twice(struct ctx *ctx, const struct library_edit *edit,
                                 const struct library_page *page, bool *out)
{
    struct library_version last;
    *out = false;
    if (page->last_number != edit->based_on + 1)
        return OK;
    TRY(library_version_get(ctx, page->id, page->last_number, &last));
    *out = has_same_words(&last.draft, &edit->draft);
    return OK;
}

/* The page that has the address already, when a new one was sent twice; else its id is 0. */
static enum status find_made(struct ctx *ctx, const struct library_edit *edit,
                             struct library_page *out)
{
    struct library_page_at_row row;
    bool is_again = false;
    *out = (struct library_page){.id = 0};
    enum status status = library_page_at(ctx, edit->draft.path, &row);
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    TRY(library_page_get(ctx, row.id, out));
    TRY(is_sent_twice(ctx, edit, out, &is_again));
    out->id = is_again ? out->id : 0;
    return OK;
}

static enum status save_once(struct ctx *ctx, void *arg)
{
    struct saving *saving = arg;
    const struct library_edit *edit = saving->edit;
    struct library_page page = {.id = edit->page_id};
    int64_t changes;
    saving->problems->count = 0;
    TRY(library_draft_check(ctx, &edit->draft, saving->problems));
    if (edit->page_id == 0 && edit->based_on == 0 && saving->problems->count == 0)
        TRY(find_made(ctx, edit, &page));
    if (page.id != edit->page_id) {
        *saving->out = page;
        return OK;
    }
    TRY(library_path_check(ctx, edit->page_id, edit->draft.path, saving->problems));
    if (saving->problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the draft has problems");
    if (edit->page_id == 0) {
        page.id = id_new(ctx);
        TRY(library_page_add(ctx, page.id, edit->draft.path, edit->draft.title, "", ctx->now_secs,
                             &changes));
        if (changes == 0)
            return ctx_fail(ctx, ERR_CONFLICT, "the address was taken meanwhile");
    } else {
        TRY(library_page_get(ctx, edit->page_id, &page));
        bool is_again = false;
        TRY(is_sent_twice(ctx, edit, &page, &is_again));
        if (is_again) {
            *saving->out = page;
            return OK;
        }
        if (page.last_number != edit->based_on)
            return ctx_fail(ctx, ERR_CONFLICT, "another version came since");
    }
    TRY(library_version_put(ctx, &(const struct library_adding){.page_id = page.id,
                                                                .number = page.last_number + 1,
                                                                .draft = &edit->draft,
                                                                .origin = "editor",
                                                                .origin_note = ""}));
    TRY(note(ctx, "library.edited", edit->draft.title));
    return library_page_get(ctx, page.id, saving->out);
}

enum status library_save(struct ctx *ctx, const struct library_edit *edit,
                         struct form_problems *problems, struct library_page *out)
{
    struct saving saving = {edit, problems, out};
    return store_transact(ctx, "library_save", save_once, &saving);
}
