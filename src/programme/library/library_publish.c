/* SPDX-License-Identifier: MIT */
/*
 * library_publish.c - what the public reads: now, at a time, again, or not any more.
 *
 * A planned publication is a time on the version and a job; the job looks at the version when it
 * comes, so that stopping needs no more than forgetting the time.
 */
#include "programme/library/library_internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "platform/store/store.h"

static enum status note(struct ctx *ctx, const char *what, const char *title)
{
    return audit_note(ctx, &(const struct audit_deed){.what = what, .thing = title});
}

/* The address that the page had leads to the one that it has now. */
static enum status move(struct ctx *ctx, const struct library_page *page, const char *path)
{
    int64_t changes;
    if (strcmp(page->path, path) == 0)
        return OK;
    TRY(library_redirect_remove(ctx, path, page->id, &changes));
    if (page->went_live_at == 0)
        return OK;
    return library_redirect_add(ctx, page->path, page->id, ctx->now_secs, &changes);
}

enum status library_go_live(struct ctx *ctx, int64_t page_id, int64_t number,
                            struct form_problems *problems)
{
    struct library_page page;
    struct library_version version;
    int64_t changes;
    TRY(library_page_get(ctx, page_id, &page));
    TRY(library_version_get(ctx, page_id, number, &version));
    const struct library_draft *draft = &version.draft;
    TRY(library_path_check(ctx, page_id, draft->path, problems));
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the address of the page is not free");
    TRY(move(ctx, &page, draft->path));
    TRY(library_page_live(ctx, page_id, number, draft->path, draft->title, draft->check_by_on,
                          ctx->now_secs, &changes));
    TRY(library_version_went(ctx, page_id, number, ctx->now_secs, &changes));
    TRY(library_versions_forget_asked(ctx, page_id, number, &changes));
    if (page.pack_waits != 0 && number >= page.pack_waits)
        TRY(library_page_decided(ctx, page_id, &changes));
    TRY(library_page_get(ctx, page_id, &page));
    return library_announce(ctx, &page, &version);
}

/* The same as a deed. */
static enum status go_live(struct ctx *ctx, int64_t page_id, int64_t number,
                           struct form_problems *problems)
{
    struct library_page page;
    TRY(library_go_live(ctx, page_id, number, problems));
    TRY(library_page_get(ctx, page_id, &page));
    return note(ctx, "library.published", page.title);
}

struct publishing {
    int64_t page_id, number, at;
    struct form_problems *problems;
};

static enum status plan(struct ctx *ctx, const struct publishing *p)
{
    struct library_version version;
    int64_t changes;
    TRY(library_version_get(ctx, p->page_id, p->number, &version));
    TRY(library_path_check(ctx, p->page_id, version.draft.path, p->problems));
    if (p->problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the version cannot be published then");
    TRY(library_version_ask(ctx, p->page_id, p->number, &p->at, &changes));
    const char *key = mem_format(ctx->mem, "%" PRId64 ":%" PRId64, p->page_id, p->number);
    TRY(job_cancel(ctx, LIBRARY_PUBLISH_JOB, key));
    TRY(job_put(ctx, LIBRARY_PUBLISH_JOB, key, "", p->at));
    return note(ctx, "library.planned", version.draft.title);
}

static enum status publish_once(struct ctx *ctx, void *arg)
{
    struct publishing *p = arg;
    struct library_page page;
    struct library_version version;
    p->problems->count = 0;
    TRY(library_page_get(ctx, p->page_id, &page));
    TRY(library_version_get(ctx, p->page_id, p->number, &version));
    if (p->number == page.live_number && p->at <= ctx->now_secs)
        return OK; /* the form was sent twice */
    if (version.published_at != 0) {
        form_wrong(p->problems, "when",
                   "This version was public before. Choose “Bring these words back” instead.");
        return ctx_fail(ctx, ERR_INVALID, "the version was published before");
    }
    if (p->at > ctx->now_secs)
        return plan(ctx, p);
    return go_live(ctx, p->page_id, p->number, p->problems);
}

enum status library_publish(struct ctx *ctx, int64_t page_id, int64_t number, int64_t at,
                            struct form_problems *problems)
{
    struct publishing publishing = {page_id, number, at, problems};
    return store_transact(ctx, "library_publish", publish_once, &publishing);
}

static enum status stop_once(struct ctx *ctx, void *arg)
{
    const struct publishing *p = arg;
    struct library_version version;
    int64_t changes;
    TRY(library_version_get(ctx, p->page_id, p->number, &version));
    if (version.publish_at == 0)
        return OK;
    TRY(library_version_ask(ctx, p->page_id, p->number, NULL, &changes));
    TRY(job_cancel(ctx, LIBRARY_PUBLISH_JOB,
                   mem_format(ctx->mem, "%" PRId64 ":%" PRId64, p->page_id, p->number)));
    return note(ctx, "library.stopped", version.draft.title);
}

enum status library_publish_stop(struct ctx *ctx, int64_t page_id, int64_t number)
{
    struct publishing publishing = {.page_id = page_id, .number = number};
    return store_transact(ctx, "library_publish_stop", stop_once, &publishing);
}

/* Whether the public reads the words of that version again already: the form was sent twice. */
static enum status is_back(struct ctx *ctx, const struct library_page *page, const char *number,
                           bool *out)
{
    struct library_version live;
    *out = false;
    if (page->live_number == 0)
        return OK;
    TRY(library_version_get(ctx, page->id, page->live_number, &live));
    *out = strcmp(live.origin, "back") == 0 && strcmp(live.origin_note, number) == 0;
    return OK;
}

static enum status roll_back_once(struct ctx *ctx, void *arg)
{
    struct publishing *p = arg;
    struct library_page page;
    struct library_version old;
    p->problems->count = 0;
    TRY(library_page_get(ctx, p->page_id, &page));
    TRY(library_version_get(ctx, p->page_id, p->number, &old));
    old.draft.note = "";
    const char *of = mem_format(ctx->mem, "%" PRId64, p->number);
    bool is_sent_twice;
    TRY(is_back(ctx, &page, of, &is_sent_twice));
    if (is_sent_twice)
        return OK;
    const struct library_adding adding = {.page_id = page.id,
                                          .number = page.last_number + 1,
                                          .draft = &old.draft,
                                          .origin = "back",
                                          .origin_note = of};
    TRY(library_path_check(ctx, page.id, old.draft.path, p->problems));
    if (p->problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the old address is not free");
    TRY(library_version_put(ctx, &adding));
    return go_live(ctx, page.id, adding.number, p->problems);
}

enum status library_roll_back(struct ctx *ctx, int64_t page_id, int64_t number,
                              struct form_problems *problems)
{
    struct publishing publishing = {.page_id = page_id, .number = number, .problems = problems};
    return store_transact(ctx, "library_roll_back", roll_back_once, &publishing);
}

static enum status take_down_once(struct ctx *ctx, void *arg)
{
    const int64_t *id = arg;
    struct library_page page;
    int64_t changes;
    TRY(library_page_get(ctx, *id, &page));
    TRY(library_page_down(ctx, *id, ctx->now_secs, &changes));
    if (changes == 0)
        return OK;
    TRY(library_versions_forget_asked(ctx, *id, page.last_number + 1, &changes));
    TRY(library_renounce(ctx, &page));
    return note(ctx, "library.taken_down", page.title);
}

enum status library_take_down(struct ctx *ctx, int64_t page_id)
{
    return store_transact(ctx, "library_take_down", take_down_once, &page_id);
}

static enum status leave_once(struct ctx *ctx, void *arg)
{
    const int64_t *id = arg;
    struct library_page page;
    int64_t changes;
    TRY(library_page_get(ctx, *id, &page));
    TRY(library_page_decided(ctx, *id, &changes));
    return changes == 0 ? OK : note(ctx, "library.kept", page.title);
}

enum status library_leave_pack(struct ctx *ctx, int64_t page_id)
{
    return store_transact(ctx, "library_leave_pack", leave_once, &page_id);
}

/* ---- by a job ---- */

static enum status publish_due(struct ctx *ctx, void *arg)
{
    const struct job *job = arg;
    struct form_problems problems = {.count = 0};
    struct library_version version;
    char *end;
    int64_t page_id = strtoll(job->key, &end, 10);
    int64_t number = *end == ':' ? strtoll(end + 1, NULL, 10) : 0;
    TRY(job_finish(ctx, job));
    enum status status = library_version_get(ctx, page_id, number, &version);
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    if (version.publish_at == 0 || version.publish_at > ctx->now_secs)
        return OK;
    status = go_live(ctx, page_id, number, &problems);
    if (status != ERR_INVALID)
        return status;
    ctx->fault = NULL; /* its time stays on the version, and the desk says that it could not be */
    return OK;
}

static enum status publish_job(struct ctx *ctx, const struct job *job)
{
    struct job copy = *job;
    return store_transact(ctx, "library_publish_due", publish_due, &copy);
}

const struct job_kind library_job_kinds[] = {
    {.name = LIBRARY_PUBLISH_JOB, .fn = publish_job, .at_most_attempts = 10, .lease_secs = 60},
    {0},
};
