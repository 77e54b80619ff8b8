/* SPDX-License-Identifier: MIT */
/* demo_library.c - guidance in every state that editors meet: due, planned, draft, waiting. */
#include "platform/base/time.h"
#include "programme/access/access.h"
#include "programme/demo/demo_internal.h"
#include "programme/library/library.h"

#include <string.h>

enum { PLANNED_DAYS = 7 };

/* The newest words of a page, to go on from. */
static enum status open_page(struct ctx *ctx, const char *path, struct library_edit *out)
{
    struct library_page page;
    struct library_version version;
    const char *moved;
    TRY(library_find(ctx, path, &page, &version, &moved));
    *out = (struct library_edit){page.id, page.last_number, version.draft};
    return OK;
}

static enum status save(struct ctx *ctx, struct library_edit *edit, int64_t publish_at,
                        bool publishes)
{
    struct form_problems problems = {.count = 0};
    struct library_page page;
    TRY(library_save(ctx, edit, &problems, &page));
    return publishes ? library_publish(ctx, page.id, page.last_number, publish_at, &problems) : OK;
}

/* Its day to be checked has come. */
static enum status make_due(struct ctx *ctx)
{
    struct library_edit edit;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    TRY(open_page(ctx, "/guidance/t-levels", &edit));
    TRY(time_day_add(ctx->mem, today, (struct time_step){.years = -1}, &edit.draft.checked_on));
    TRY(time_day_add(ctx->mem, today, (struct time_step){.days = -3}, &edit.draft.check_by_on));
    edit.draft.note = "An invented example: its check is late";
    return save(ctx, &edit, 0, true);
}

static enum status make_planned(struct ctx *ctx)
{
    struct library_edit edit;
    TRY(open_page(ctx, "/guidance/work-experience", &edit));
    edit.draft.summary = "Some days in a real place of work, to see what people do there all day.";
    edit.draft.note = "An invented example: it becomes public next week";
    return save(ctx, &edit, ctx->now_secs + PLANNED_DAYS * TIME_DAY_SECS, true);
}

static enum status make_draft(struct ctx *ctx)
{
    struct library_edit edit;
    TRY(open_page(ctx, "/guidance/volunteering", &edit));
    edit.page_id = edit.based_on = 0;
    edit.draft.path = "/guidance/returning";
    edit.draft.title = "Coming back to work";
    edit.draft.summary = "An invented draft: for people who left care and think of coming back.";
    edit.draft.body = "You know more than you think.\n\n::: do\n- ask what has changed\n:::\n";
    edit.draft.note = "An invented example: not ready yet";
    return save(ctx, &edit, 0, false);
}

/* An editor changed a page, and then a newer pack came with other words for it. */
static enum status make_waiting(struct ctx *ctx)
{
    static const char *const path = "/guidance/functional-skills";
    static const char file_name[] = "functional-skills.md";
    struct library_edit edit;
    struct pack pack;
    TRY(open_page(ctx, path, &edit));
    edit.draft.note = "An invented example: our own words";
    edit.draft.summary = "Reading, writing, numbers and computers: the skills that open doors.";
    TRY(save(ctx, &edit, 0, true));
    TRY(pack_newest(ctx, "content", &pack));
    const struct pack_file *file;
    TRY(pack_file(ctx, &pack, file_name, &file));
    const char *text = mem_format(ctx->mem, "%.*s\nAn invented line of a newer pack.\n",
                                  (int)file->size_bytes, file->bytes);
    struct pack_file newer = {file_name, file->what, text, strlen(text)};
    pack.files = &newer;
    pack.file_count = 1;
    pack.version = "2026.2";
    return library_pack_readers[0].take(ctx, &pack);
}

enum status demo_library(struct ctx *ctx)
{
    struct ctx as_editor = *ctx;
    struct access_person editor;
    TRY(access_person_find(ctx, "editor@demo.example", &editor));
    as_editor.person = editor.id;
    as_editor.role = "editor";
    enum status status = library_take_packs(&as_editor);
    if (status == OK)
        status = make_due(&as_editor);
    if (status == OK)
        status = make_planned(&as_editor);
    if (status == OK)
        status = make_draft(&as_editor);
    if (status == OK)
        status = make_waiting(&as_editor);
    ctx->id_last = as_editor.id_last;
    ctx->fault = as_editor.fault;
    return status;
}
