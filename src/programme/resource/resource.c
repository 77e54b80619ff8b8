/* SPDX-License-Identifier: MIT */
/* resource.c - what editors do with documents, and what must hold. */
#include "programme/resource/resource.h"

#include "platform/base/id.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/audit/audit.h"
#include "programme/resource/resource_internal.h"

#include <inttypes.h>
#include <string.h>

const struct audit_kind resource_audit_kinds[] = {
    {"resource.published", "A document was given out", false},
    {"resource.file_added", "A file was added to a document", false},
    {"resource.file_removed", "A file of a document was taken away for good", false},
    {"resource.described", "A document was described in other words", false},
    {"resource.checked", "A document was looked at again and is still right", false},
    {"resource.withdrawn", "A document was withdrawn", false},
    {"resource.restored", "A document was given out again", false},
    {0}};

static enum status note(struct ctx *ctx, const char *what, const char *reference, const char *after)
{
    return audit_note(ctx,
                      &(const struct audit_deed){.what = what, .thing = reference, .after = after});
}

/* One that can be changed: it is there and live. */
static enum status find_live(struct ctx *ctx, const char *reference, struct resource_row_row *out)
{
    TRY(resource_row(ctx, reference, out));
    if (out->withdrawn_at != NULL)
        return ctx_fail(ctx, ERR_NOT_FOUND, "document %s is withdrawn", reference);
    return OK;
}

/* A row that another wrote at the same time: the transaction is to run again. */
static enum status wrote(struct ctx *ctx, int64_t changes)
{
    return changes == 1 ? OK : ctx_fail(ctx, ERR_BUSY, "somebody changed this document just now");
}

/* ---- problems ---- */

enum status resource_check_review(struct ctx *ctx, const char *review_on,
                                  struct form_problems *problems)
{
    const char *last, *today = time_day_of(ctx->mem, ctx->now_secs);
    TRY(time_day_add(ctx->mem, today, (struct time_step){.years = RESOURCE_REVIEW_YEARS}, &last));
    if (review_on[0] == '\0')
        return OK;
    if (strcmp(review_on, today) <= 0)
        form_wrong(problems, "review_on", "The next check must be a day that is still to come");
    else if (strcmp(review_on, last) > 0)
        form_wrong(problems, "review_on", "The next check must be within the next 3 years");
    return OK;
}

static enum status check_words(struct ctx *ctx, const struct resource_words *words,
                               struct form_problems *problems)
{
    if (text_equal_fold(ctx->mem, words->title, words->summary))
        form_wrong(problems, "summary", "Say more than the title does: what is it for?");
    return resource_check_review(ctx, words->review_on, problems);
}

/* ---- giving out ---- */

struct publishing {
    const struct resource_draft *draft;
    struct form_problems *problems;
    const char *reference;
};

static enum status open_or_add(struct ctx *ctx, struct publishing *p, struct resource_row_row *out)
{
    const struct resource_draft *draft = p->draft;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    if (draft->reference[0] != '\0') {
        p->reference = draft->reference;
        return find_live(ctx, p->reference, out);
    }
    p->reference = id_reference_new(ctx->mem, "RE");
    TRY(resource_add(ctx, id_new(ctx), p->reference, draft->title,
                     text_sort_key(ctx->mem, draft->title), draft->summary, draft->kind,
                     draft->stage, draft->pillar, draft->review_on, today, ctx->now_secs, NULL));
    return resource_row(ctx, p->reference, out);
}

static enum status describe_row(struct ctx *ctx, const struct resource_row_row *row,
                                const struct resource_words *words, int64_t *changes_out)
{
    return resource_describe_row(ctx, row->id, row->revision, words->title,
                                 text_sort_key(ctx->mem, words->title), words->summary, words->kind,
                                 words->stage, words->pillar, words->review_on, changes_out);
}

static enum status put_files(struct ctx *ctx, const struct resource_draft *draft,
                             const struct resource_row_row *row, int64_t version)
{
    const struct resource_putting document = {&draft->document, "document", draft->language,
                                              strcmp(draft->accessible, "itself") == 0};
    const struct resource_putting beside = {&draft->alternative, "accessible", draft->language,
                                            true};
    TRY(resource_put_file(ctx, row, version, &document));
    return strcmp(draft->accessible, "beside") == 0 ? resource_put_file(ctx, row, version, &beside)
                                                    : OK;
}

static enum status publish(struct ctx *ctx, void *arg)
{
    struct publishing *p = arg;
    struct resource_row_row row;
    const struct resource_draft *draft = p->draft;
    const struct resource_words words = {draft->title, draft->summary, draft->kind,
                                         draft->stage, draft->pillar,  draft->review_on};
    int64_t changes;
    TRY(open_or_add(ctx, p, &row));
    TRY(check_words(ctx, &words, p->problems));
    TRY(resource_check_files(ctx, draft, p->problems));
    if (p->problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the document is not right yet");
    int64_t version = row.version + 1;
    TRY(resource_version_add(ctx, row.id, version, ctx->now_secs, draft->title, draft->summary,
                             row.version > 0 ? draft->changes : "", NULL));
    TRY(put_files(ctx, draft, &row, version));
    TRY(describe_row(ctx, &row, &words, &changes));
    TRY(wrote(ctx, changes));
    TRY(resource_version_set(ctx, row.id, row.revision + 1, version,
                             time_day_of(ctx->mem, ctx->now_secs), ctx->now_secs, &changes));
    TRY(wrote(ctx, changes));
    TRY(resource_settle(ctx, p->reference));
    return note(ctx, "resource.published", p->reference,
                mem_format(ctx->mem, "Version %" PRId64 ": %s", version, draft->title));
}

enum status resource_publish(struct ctx *ctx, const struct resource_draft *draft,
                             struct form_problems *problems, const char **reference_out)
{
    struct publishing p = {.draft = draft, .problems = problems};
    TRY(store_transact(ctx, "resource_publish", publish, &p));
    *reference_out = p.reference;
    return OK;
}

/* ---- one more file ---- */

struct adding {
    const struct resource_addition *addition;
    struct form_problems *problems;
};

static enum status check_addition(struct ctx *ctx, const struct resource_addition *addition,
                                  const struct resource_version *version,
                                  struct form_problems *problems)
{
    const char *ending = resource_ending(ctx->mem, addition->file.name);
    bool is_accessible =
        addition->is_accessible == FORM_YES || strcmp(addition->role, "accessible") == 0;
    TRY(resource_check_file(ctx, &addition->file, "file", problems));
    if (is_accessible && resource_is_picture(ending))
        form_wrong(problems, "file",
                   "A picture cannot be the accessible version: a screen reader finds no words in "
                   "it. Send a document");
    if (strcmp(addition->role, "translation") == 0 &&
        strcmp(addition->language, version->files[0].language) == 0)
        form_wrong(problems, "language", "A translation is in another language than the document");
    if (version->file_count == RESOURCE_FILES_MOST)
        form_wrong(problems, "file", "This version has 30 files: it can have no more");
    return problems->count == 0 ? OK : ctx_fail(ctx, ERR_INVALID, "the file is not right yet");
}

static enum status add_file(struct ctx *ctx, void *arg)
{
    const struct adding *adding = arg;
    const struct resource_addition *addition = adding->addition;
    struct resource_row_row row;
    struct resource resource;
    const struct resource_putting putting = {&addition->file, addition->role, addition->language,
                                             addition->is_accessible == FORM_YES ||
                                                 strcmp(addition->role, "accessible") == 0};
    TRY(find_live(ctx, addition->reference, &row));
    TRY(resource_open(ctx, addition->reference, row.version, &resource));
    TRY(check_addition(ctx, addition, &resource.shown, adding->problems));
    TRY(resource_put_file(ctx, &row, row.version, &putting));
    TRY(resource_settle(ctx, row.reference));
    return note(ctx, "resource.file_added", row.reference,
                mem_format(ctx->mem, "Version %" PRId64 ": %s", row.version, addition->file.name));
}

enum status resource_file_add(struct ctx *ctx, const struct resource_addition *addition,
                              struct form_problems *problems)
{
    struct adding adding = {addition, problems};
    return store_transact(ctx, "resource_file_add", add_file, &adding);
}

/* ---- other words ---- */

struct changing {
    const char *reference, *text;
    int64_t seen;
    const struct resource_words *words;
    struct form_problems *problems;
};

static enum status describe(struct ctx *ctx, void *arg)
{
    const struct changing *c = arg;
    struct resource_row_row row;
    int64_t changes;
    TRY(find_live(ctx, c->reference, &row));
    if (row.revision != c->seen)
        return ctx_fail(ctx, ERR_CONFLICT, "somebody changed this document meanwhile");
    TRY(check_words(ctx, c->words, c->problems));
    if (c->problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the words are not right yet");
    TRY(describe_row(ctx, &row, c->words, &changes));
    TRY(wrote(ctx, changes));
    TRY(resource_settle(ctx, row.reference));
    return audit_note(
        ctx, &(const struct audit_deed){
                 .what = "resource.described",
                 .thing = row.reference,
                 .before = mem_format(ctx->mem, "%s: %s", row.title, row.summary),
                 .after = mem_format(ctx->mem, "%s: %s", c->words->title, c->words->summary)});
}

enum status resource_describe(struct ctx *ctx, const char *reference, int64_t seen,
                              const struct resource_words *words, struct form_problems *problems)
{
    struct changing changing = {
        .reference = reference, .seen = seen, .words = words, .problems = problems};
    return store_transact(ctx, "resource_describe", describe, &changing);
}

static enum status check_again(struct ctx *ctx, void *arg)
{
    const struct changing *c = arg;
    struct resource_row_row row;
    TRY(find_live(ctx, c->reference, &row));
    TRY(resource_check_review(ctx, c->text, c->problems));
    if (c->problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the day is not right yet");
    TRY(resource_checked_set(ctx, row.id, time_day_of(ctx->mem, ctx->now_secs), c->text, NULL));
    return note(ctx, "resource.checked", row.reference,
                mem_format(ctx->mem, "Next check %s", time_show_day(ctx->mem, c->text)));
}

enum status resource_checked(struct ctx *ctx, const char *reference, const char *review_on,
                             struct form_problems *problems)
{
    struct changing changing = {.reference = reference, .text = review_on, .problems = problems};
    return store_transact(ctx, "resource_checked", check_again, &changing);
}

/* ---- back, and out again ---- */

static enum status withdraw(struct ctx *ctx, void *arg)
{
    const struct changing *c = arg;
    struct resource_row_row row;
    TRY(resource_row(ctx, c->reference, &row));
    if (row.withdrawn_at != NULL)
        return OK;
    TRY(resource_state_set(ctx, row.id, "withdrawn", &ctx->now_secs, c->text, NULL));
    TRY(resource_settle(ctx, row.reference));
    return note(ctx, "resource.withdrawn", row.reference, c->text);
}

enum status resource_withdraw(struct ctx *ctx, const char *reference, const char *reason)
{
    struct changing changing = {.reference = reference, .text = reason};
    return store_transact(ctx, "resource_withdraw", withdraw, &changing);
}

static enum status restore(struct ctx *ctx, void *arg)
{
    const struct changing *c = arg;
    struct resource_row_row row;
    TRY(resource_row(ctx, c->reference, &row));
    if (row.withdrawn_at == NULL)
        return OK;
    TRY(resource_state_set(ctx, row.id, "live", NULL, "", NULL));
    TRY(resource_settle(ctx, row.reference));
    return note(ctx, "resource.restored", row.reference, NULL);
}

enum status resource_restore(struct ctx *ctx, const char *reference)
{
    struct changing changing = {.reference = reference};
    return store_transact(ctx, "resource_restore", restore, &changing);
}
