/* SPDX-License-Identifier: MIT */
/* newsletter_issue.c - an issue and its versions, and its way to the readers. */
#include "programme/newsletter/newsletter_issue.h"

#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/newsletter/newsletter.h"
#include "programme/newsletter/newsletter_issue.sql.h"
#include "programme/newsletter/newsletter_send.sql.h"
#include "programme/search/search.h"

#include <jansson.h>
#include <string.h>

enum { PUBLISHED_MAX = 60, WROTE_MAX = 1 };

static int64_t value(const int64_t *n)
{
    return n != NULL ? *n : 0;
}

/* ---- blocks as they are kept ---- */

static const char *member(struct ctx *ctx, const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text != NULL ? mem_text(ctx->mem, text) : "";
}

static enum status unpack(struct ctx *ctx, const char *packed, struct newsletter_issue *out)
{
    json_t *list = json_loads(packed, 0, NULL);
    size_t count = json_array_size(list);
    if (list == NULL || count > NEWSLETTER_BLOCKS_MAX) {
        json_decref(list);
        return ctx_fail(ctx, ERR_FAULT, "the blocks of an issue cannot be read");
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_array_get(list, i);
        out->blocks[i] =
            (struct newsletter_block){.is_item = strcmp(member(ctx, one, "kind"), "item") == 0,
                                      .title = member(ctx, one, "title"),
                                      .text = member(ctx, one, "text"),
                                      .href = member(ctx, one, "href")};
    }
    out->block_count = count;
    json_decref(list);
    return OK;
}

static enum status pack(struct ctx *ctx, const struct newsletter_block *blocks, size_t count,
                        const char **out)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_pack("{s:s,s:s,s:s,s:s}", "kind",
                                              blocks[i].is_item ? "item" : "words", "title",
                                              blocks[i].title, "text", blocks[i].text, "href",
                                              blocks[i].href));
    char *text = json_dumps(list, JSON_COMPACT);
    json_decref(list);
    if (text == NULL)
        return ctx_fail(ctx, ERR_FAULT, "the blocks of an issue cannot be written");
    *out = mem_text_taken(ctx->mem, text, strlen(text));
    return OK;
}

/* ---- one issue ---- */

enum status newsletter_issue_open(struct ctx *ctx, const char *reference,
                                  struct newsletter_issue *out)
{
    struct newsletter_issue_by_reference_row row;
    TRY(newsletter_issue_by_reference(ctx, reference, &row));
    *out = (struct newsletter_issue){
        .id = row.id,
        .reference = row.reference,
        .state = row.state,
        .version = row.version,
        .subject = row.subject,
        .preview = row.preview,
        .topics = row.topics,
        .region = row.region,
        .made_by = row.made_by,
        .changed_by = row.changed_by,
        .changed_at = row.changed_at,
        .asked_by = value(row.asked_by),
        .asked_at = value(row.asked_at),
        .approved_by = value(row.approved_by),
        .approved_at = value(row.approved_at),
        .send_at = row.send_at,
        .begun_at = value(row.begun_at),
        .ended_at = value(row.ended_at),
        .reached_id = row.reached_id,
    };
    out->is_stopped = strcmp(row.state, "stopped") == 0;
    return unpack(ctx, row.blocks, out);
}

enum status newsletter_issue_public(struct ctx *ctx, const char *reference,
                                    struct newsletter_issue *out)
{
    TRY(newsletter_issue_open(ctx, reference, out));
    return out->begun_at != 0 ? OK : ERR_NOT_FOUND;
}

static enum status note(struct ctx *ctx, const char *what, const char *reference)
{
    return audit_note(ctx, &(const struct audit_deed){.what = what, .thing = reference});
}

/* ---- versions ---- */

/* The next version of an issue. */
struct writing {
    const char *reference;
    int64_t version;                    /* that was changed; 0: a new issue */
    const struct newsletter_head *head; /* NULL: as it was                  */
    const struct newsletter_block *blocks;
    size_t count;
    bool has_blocks; /* false: as they were */
};

static enum status make_row(struct ctx *ctx, struct writing *writing, int64_t *id)
{
    int64_t changes;
    *id = id_new(ctx);
    writing->reference = id_reference_new(ctx->mem, "NL");
    TRY(newsletter_issue_add(ctx, *id, writing->reference, ctx->person.n, ctx->now_secs, &changes));
    return changes == 1 ? OK : ctx_fail(ctx, ERR_BUSY, "the reference of an issue is taken");
}

static enum status write_once(struct ctx *ctx, void *arg)
{
    int64_t changes, id;
    const char *blocks;
    struct writing *writing = arg;
    struct newsletter_issue *now = mem_new(ctx->mem, struct newsletter_issue);
    if (writing->version == 0) {
        TRY(make_row(ctx, writing, &id));
    } else {
        TRY(newsletter_issue_open(ctx, writing->reference, now));
        id = now->id;
    }
    TRY(newsletter_issue_next(ctx, id, writing->version, &changes));
    if (changes != 1)
        return ctx_fail(ctx, ERR_CONFLICT, "the issue was changed, or is being sent");
    const struct newsletter_head *head = writing->head;
    TRY(writing->has_blocks ? pack(ctx, writing->blocks, writing->count, &blocks)
                            : pack(ctx, now->blocks, now->block_count, &blocks));
    TRY(newsletter_version_add(ctx, id, writing->version + 1, head ? head->subject : now->subject,
                               head ? head->preview : now->preview,
                               head ? newsletter_topic_bits(&head->topics) : now->topics,
                               head ? head->region : now->region, blocks, ctx->person.n,
                               ctx->now_secs, &changes));
    return note(ctx, "newsletter.written", writing->reference);
}

enum status newsletter_issue_make(struct ctx *ctx, const struct newsletter_head *head,
                                  const char **reference_out)
{
    struct writing writing = {.head = head, .has_blocks = true};
    TRY(store_transact(ctx, "newsletter_issue_make", write_once, &writing));
    *reference_out = writing.reference;
    return OK;
}

enum status newsletter_issue_head(struct ctx *ctx, const char *reference, int64_t version,
                                  const struct newsletter_head *head)
{
    struct writing writing = {.reference = reference, .version = version, .head = head};
    return version < 1 ? ctx_fail(ctx, ERR_CONFLICT, "there is no such version")
                       : store_transact(ctx, "newsletter_issue_head", write_once, &writing);
}

enum status newsletter_issue_blocks(struct ctx *ctx, const char *reference, int64_t version,
                                    const struct newsletter_block *blocks, size_t count)
{
    struct writing writing = {.reference = reference,
                              .version = version,
                              .blocks = blocks,
                              .count = count,
                              .has_blocks = true};
    if (count > NEWSLETTER_BLOCKS_MAX)
        return ctx_fail(ctx, ERR_INVALID, "an issue has at most %d blocks", NEWSLETTER_BLOCKS_MAX);
    return version < 1 ? ctx_fail(ctx, ERR_CONFLICT, "there is no such version")
                       : store_transact(ctx, "newsletter_issue_blocks", write_once, &writing);
}

enum status newsletter_published(struct ctx *ctx, const char *from_on,
                                 struct newsletter_block **out, size_t *count_out)
{
    /* Pages of guidance and single pledges are no news. */
    static const char *const kinds[] = {"news", "case-study", "event", "resource"};
    enum { KINDS = sizeof kinds / sizeof kinds[0] };
    struct newsletter_block *blocks =
        mem_array(ctx->mem, struct newsletter_block, (size_t)KINDS * PUBLISHED_MAX);
    size_t n = 0;
    for (size_t k = 0; k < KINDS; k++) {
        struct search_found *rows;
        size_t count;
        TRY(search_recent(ctx, &(const struct search_since){kinds[k], from_on, PUBLISHED_MAX},
                          &rows, &count));
        for (size_t i = 0; i < count; i++)
            blocks[n++] = (struct newsletter_block){.is_item = true,
                                                    .title = rows[i].title,
                                                    .text = rows[i].summary,
                                                    .href = rows[i].href};
    }
    *out = blocks;
    *count_out = n;
    return OK;
}

/* ---- the way to the readers ---- */

struct deed {
    const char *reference;
    int64_t version, send_at;
    struct form_problems *problems;
};

static enum status check_ready(struct ctx *ctx, const struct newsletter_issue *issue,
                               int64_t send_at, struct form_problems *problems)
{
    struct newsletter_hint hints[NEWSLETTER_HINTS_MAX];
    size_t count;
    TRY(newsletter_hints(ctx, issue, hints, &count));
    for (size_t i = 0; i < count; i++)
        if (hints[i].is_must)
            form_wrong(problems, "blocks", hints[i].text);
    if (send_at != 0 && send_at <= ctx->now_secs)
        form_wrong(problems, "send_on", "The day and time to send it must be in the future");
    return problems->count == 0 ? OK : ctx_fail(ctx, ERR_INVALID, "the issue is not ready");
}

static enum status ask_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const struct deed *deed = arg;
    struct newsletter_issue *issue = mem_new(ctx->mem, struct newsletter_issue);
    deed->problems->count = 0;
    TRY(newsletter_issue_open(ctx, deed->reference, issue));
    if (issue->version != deed->version)
        return ctx_fail(ctx, ERR_CONFLICT, "the issue was changed since it was read");
    TRY(check_ready(ctx, issue, deed->send_at, deed->problems));
    TRY(newsletter_issue_ask(ctx, issue->id, deed->version, ctx->person.n, deed->send_at,
                             ctx->now_secs, &changes));
    if (changes != 1)
        return ctx_fail(ctx, ERR_CONFLICT, "the issue is no draft");
    return note(ctx, "newsletter.asked", deed->reference);
}

enum status newsletter_issue_ask_for(struct ctx *ctx, const char *reference,
                                     const struct newsletter_asking *asking,
                                     struct form_problems *problems)
{
    struct deed deed = {reference, asking->version, asking->send_at, problems};
    return store_transact(ctx, "newsletter_issue_ask_for", ask_once, &deed);
}

static enum status approve_once(struct ctx *ctx, void *arg)
{
    size_t count;
    int64_t changes;
    const struct deed *deed = arg;
    struct newsletter_wrote_row *wrote;
    struct newsletter_issue *issue = mem_new(ctx->mem, struct newsletter_issue);
    TRY(newsletter_issue_open(ctx, deed->reference, issue));
    TRY(newsletter_wrote(ctx, issue->id, ctx->person.n, WROTE_MAX, &wrote, &count));
    if (count > 0 || issue->asked_by == ctx->person.n || ctx->person.n == 0)
        return ctx_fail(ctx, ERR_FORBIDDEN, "who wrote an issue does not approve it");
    if (issue->approved_by == ctx->person.n && issue->version == deed->version)
        return OK;
    TRY(newsletter_issue_approve(ctx, issue->id, deed->version, ctx->person.n, ctx->now_secs,
                                 &changes));
    if (changes != 1)
        return ctx_fail(ctx, ERR_CONFLICT, "the issue does not wait, or was changed");
    TRY(note(ctx, "newsletter.approved", deed->reference));
    return job_put(ctx, "newsletter.begin", "", "", issue->send_at);
}

enum status newsletter_issue_approve_it(struct ctx *ctx, const char *reference, int64_t version)
{
    struct deed deed = {.reference = reference, .version = version};
    return store_transact(ctx, "newsletter_issue_approve", approve_once, &deed);
}

static enum status back_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const struct deed *deed = arg;
    struct newsletter_issue *issue = mem_new(ctx->mem, struct newsletter_issue);
    TRY(newsletter_issue_open(ctx, deed->reference, issue));
    if (strcmp(issue->state, "draft") == 0)
        return OK;
    TRY(newsletter_issue_back(ctx, issue->id, &changes));
    if (changes != 1)
        return ctx_fail(ctx, ERR_CONFLICT, "the issue is being sent, or was");
    return note(ctx, "newsletter.taken_back", deed->reference);
}

enum status newsletter_issue_take_back(struct ctx *ctx, const char *reference)
{
    struct deed deed = {.reference = reference};
    return store_transact(ctx, "newsletter_issue_back", back_once, &deed);
}

static enum status halt_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const struct deed *deed = arg;
    struct newsletter_issue *issue = mem_new(ctx->mem, struct newsletter_issue);
    TRY(newsletter_issue_open(ctx, deed->reference, issue));
    if (strcmp(issue->state, "stopped") == 0)
        return OK;
    TRY(newsletter_issue_stop(ctx, issue->id, ctx->now_secs, &changes));
    if (changes != 1)
        return ctx_fail(ctx, ERR_CONFLICT, "the issue is not being sent");
    TRY(newsletter_drop_later(ctx, issue->id, &changes));
    return note(ctx, "newsletter.stopped", deed->reference);
}

enum status newsletter_issue_halt(struct ctx *ctx, const char *reference)
{
    struct deed deed = {.reference = reference};
    return store_transact(ctx, "newsletter_issue_halt", halt_once, &deed);
}

enum status newsletter_issue_figures(struct ctx *ctx, int64_t issue_id,
                                     struct newsletter_figures *out)
{
    struct newsletter_counts_row row;
    TRY(newsletter_counts(ctx, issue_id, &row));
    *out = (struct newsletter_figures){row.taken,   row.sent,       row.later,
                                       row.refused, row.unanswered, row.soft,
                                       row.hard,    row.left_count, row.complained};
    return OK;
}

const struct audit_kind newsletter_audit_kinds[] = {
    {"newsletter.written", "Wrote in an issue of the newsletter", false},
    {"newsletter.asked", "Asked for approval of an issue of the newsletter", false},
    {"newsletter.approved", "Approved an issue of the newsletter", false},
    {"newsletter.taken_back", "Made an issue of the newsletter a draft again", false},
    {"newsletter.stopped", "Stopped the sending of an issue of the newsletter", false},
    {"newsletter.tested", "Sent themselves an issue of the newsletter as a test", false},
    {"newsletter.imported", "Took readers of the newsletter over from a file", false},
    {0},
};
