/* SPDX-License-Identifier: MIT */
/* news.c - what may happen to an item of news. */
#include "programme/news/news.h"

#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/library/library.h"
#include "programme/news/news.sql.h"
#include "programme/search/search.h"

#include <inttypes.h>
#include <string.h>

enum { ADDRESSES_TRIED = 200 };

#define PUBLISH_JOB "news.publish"

const struct audit_kind news_audit_kinds[] = {
    {"news.written", "An item of news was written", false},
    {"news.corrected", "An item of news was corrected", false},
    {"news.scheduled", "An item of news was scheduled", false},
    {"news.unscheduled", "An item of news will not come out at its time", false},
    {"news.published", "An item of news came out", false},
    {"news.withdrawn", "An item of news was withdrawn", false},
    {0}};

static const char *const states[] = {"draft", "scheduled", "published", "withdrawn"};

static enum news_state state_of(const char *code)
{
    int state = NEWS_DRAFT;
    while (state < NEWS_WITHDRAWN && strcmp(states[state], code) != 0)
        state++;
    return (enum news_state)state;
}

static enum status note(struct ctx *ctx, const char *what, const char *slug, const char *after)
{
    return audit_note(ctx, &(const struct audit_deed){.what = what, .thing = slug, .after = after});
}

/* An item with the words of one of its versions. */
static enum status read_words(struct ctx *ctx, const struct news_row_row *row, int64_t number,
                              struct news_item *out)
{
    struct news_version_words_row words;
    TRY(news_version_words(ctx, row->id, number, &words));
    *out = (struct news_item){.id = row->id,
                              .slug = row->slug,
                              .state = state_of(row->state),
                              .version = row->version,
                              .out_version = row->out_version,
                              .due_version = row->due_version,
                              .shown = number,
                              .words = {words.title, words.summary, words.category, words.body, ""},
                              .publish_at = row->publish_at,
                              .published_at = row->published_at,
                              .corrected_at = row->corrected_at,
                              .withdrawn_at = row->withdrawn_at,
                              .changed_at = row->changed_at,
                              .withdrawn_reason = row->withdrawn_reason};
    return OK;
}

enum status news_open(struct ctx *ctx, const char *slug, struct news_item *out)
{
    struct news_row_row row;
    TRY(news_row(ctx, slug, &row));
    return read_words(ctx, &row, row.version, out);
}

enum status news_find(struct ctx *ctx, const char *slug, struct news_item *out)
{
    struct news_row_row row;
    TRY(news_row(ctx, slug, &row));
    return row.out_version != 0 ? read_words(ctx, &row, row.out_version, out)
                                : ctx_fail(ctx, ERR_NOT_FOUND, "\"%s\" is not out yet", slug);
}

/* What is out is found, and its links are looked at. */
static enum status tell_others(struct ctx *ctx, const struct news_item *item)
{
    const char *plain;
    TRY(library_markdown_words(ctx, item->words.body, &plain));
    TRY(search_put(ctx, &(const struct search_document){
                            .kind = SEARCH_NEWS,
                            .key = item->slug,
                            .href = mem_format(ctx->mem, "/news/%s", item->slug),
                            .title = item->words.title,
                            .summary = item->words.summary,
                            .body = plain,
                            .published_on = time_day_of(ctx->mem, item->published_at)}));
    return links_follow(ctx, &news_linked, item->slug);
}

/* A version is what the public reads from now on, in the caller's transaction; what was corrected
 * since it is not. */
static enum status let_out(struct ctx *ctx, const struct news_item *item)
{
    size_t count;
    struct news_corrections_row *rows;
    TRY(news_corrections(ctx, item->id, item->shown, 1, &rows, &count));
    TRY(news_out_set(ctx, item->id, item->shown, count == 0 ? 0 : rows[0].at, NULL));
    TRY(news_list_words(ctx, item->id, item->words.title, item->words.summary, item->words.category,
                        NULL));
    return tell_others(ctx, item);
}

/* ---- writing ---- */

enum status news_check(struct ctx *ctx, const struct news_words *words,
                       struct form_problems *problems)
{
    if (text_equal_fold(ctx->mem, words->title, words->summary))
        form_wrong(problems, "summary", "Say more than the title does");
    return library_text_check(ctx, words->body, "body", problems);
}

struct writing {
    const struct news_place *place;
    const struct news_words *words;
    struct form_problems *problems;
    const char *slug;
};

/* A new item under an address that nobody has. */
static enum status add_item(struct ctx *ctx, const char *title, const char **slug_out)
{
    int64_t changes = 0;
    const char *words = news_slug(ctx->mem, title);
    for (int i = 1; i <= ADDRESSES_TRIED && changes == 0; i++) {
        bool is_taken = i == 1 && strcmp(words, "new") == 0; /* a page of the desk */
        *slug_out = i == 1 ? words : mem_format(ctx->mem, "%s-%d", words, i);
        if (!is_taken)
            TRY(news_add(ctx, id_new(ctx), *slug_out, ctx->now_secs, &changes));
    }
    return changes == 1 ? OK
                        : ctx_fail(ctx, ERR_FAULT, "there is no free address for \"%s\"", words);
}

/* Whether the very same words were just saved as a new item: a form that was sent twice. */
static enum status was_sent_before(struct ctx *ctx, struct writing *w, bool *out)
{
    struct news_item item;
    enum status status = news_open(ctx, news_slug(ctx->mem, w->words->title), &item);
    *out = false;
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    *out = item.version == 1 && item.state == NEWS_DRAFT &&
           strcmp(item.words.title, w->words->title) == 0 &&
           strcmp(item.words.summary, w->words->summary) == 0 &&
           strcmp(item.words.category, w->words->category) == 0 &&
           strcmp(item.words.body, w->words->body) == 0;
    w->slug = item.slug;
    return OK;
}

static enum status check_words(struct ctx *ctx, const struct writing *w, bool was_out)
{
    TRY(news_check(ctx, w->words, w->problems));
    if (was_out && w->words->correction[0] == '\0')
        form_wrong(w->problems, "correction", "Enter what was wrong, for those who read it before");
    return w->problems->count == 0 ? OK : ctx_fail(ctx, ERR_INVALID, "the words are not right yet");
}

static enum status write_version(struct ctx *ctx, const struct news_row_row *row,
                                 const struct news_words *words)
{
    int64_t changes, number = row->version + 1;
    TRY(news_version_add(ctx, row->id, number, ctx->now_secs, words->title, words->summary,
                         words->category, words->body,
                         row->published_at != 0 ? words->correction : "", &changes));
    if (changes == 1)
        TRY(news_follow(ctx, row->id, row->version, number, ctx->now_secs, &changes));
    if (changes == 1 && row->out_version == 0)
        TRY(news_list_words(ctx, row->id, words->title, words->summary, words->category, NULL));
    return changes == 1 ? OK : ctx_fail(ctx, ERR_BUSY, "somebody wrote a version just now");
}

static enum status write_once(struct ctx *ctx, void *arg)
{
    struct writing *w = arg;
    struct news_row_row row;
    struct news_item item;
    bool was_sent = false;
    w->slug = w->place->slug;
    if (w->slug[0] == '\0') {
        TRY(check_words(ctx, w, false));
        TRY(was_sent_before(ctx, w, &was_sent));
        if (was_sent)
            return OK;
        TRY(add_item(ctx, w->words->title, &w->slug));
    }
    TRY(news_row(ctx, w->slug, &row));
    if (row.version != w->place->seen)
        return ctx_fail(ctx, ERR_CONFLICT, "somebody wrote a version of \"%s\"", w->slug);
    bool was_out = row.published_at != 0;
    TRY(check_words(ctx, w, was_out));
    TRY(write_version(ctx, &row, w->words));
    if (state_of(row.state) == NEWS_PUBLISHED) {
        TRY(news_open(ctx, w->slug, &item));
        TRY(let_out(ctx, &item));
    }
    return note(ctx, was_out ? "news.corrected" : "news.written", w->slug, w->words->title);
}

enum status news_write(struct ctx *ctx, const struct news_place *place,
                       const struct news_words *words, struct form_problems *problems,
                       const char **slug_out)
{
    struct writing w = {.place = place, .words = words, .problems = problems};
    TRY(store_transact(ctx, "news_write", write_once, &w));
    *slug_out = w.slug;
    return OK;
}

/* ---- publishing ---- */

struct publishing {
    const struct news_place *place;
    int64_t at;
    struct form_problems *problems;
};

/* A version comes out now, in the caller's transaction; a withdrawn item keeps its first day. */
static enum status bring_out(struct ctx *ctx, const struct news_row_row *row, int64_t version)
{
    struct news_item item;
    TRY(read_words(ctx, row, version, &item));
    if (item.published_at == 0)
        item.published_at = ctx->now_secs;
    const char *month =
        mem_text_part(ctx->mem, time_day_of(ctx->mem, item.published_at), strlen("2026-11"));
    TRY(news_publish_set(ctx, item.id, item.published_at, month, ctx->now_secs, NULL));
    TRY(let_out(ctx, &item));
    return note(ctx, "news.published", item.slug, item.words.title);
}

static enum status schedule(struct ctx *ctx, const struct news_row_row *row,
                            const struct publishing *p)
{
    if (p->at < ctx->now_secs)
        form_wrong(p->problems, "on", "Choose a day and time that is still to come");
    else if (p->at > ctx->now_secs + (int64_t)NEWS_AHEAD_DAYS * TIME_DAY_SECS)
        form_wrong(p->problems, "on", "Choose a day within the next year");
    if (p->problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the time is not right");
    TRY(news_schedule_set(ctx, row->id, "scheduled", p->at, row->version, ctx->now_secs, NULL));
    TRY(job_cancel(ctx, PUBLISH_JOB, row->slug));
    TRY(job_put(ctx, PUBLISH_JOB, row->slug, "", p->at));
    return note(ctx, "news.scheduled", row->slug, time_show(ctx->mem, p->at));
}

static enum status publish_once(struct ctx *ctx, void *arg)
{
    const struct publishing *p = arg;
    struct news_row_row row;
    TRY(news_row(ctx, p->place->slug, &row));
    if (state_of(row.state) == NEWS_PUBLISHED)
        return OK;
    if (row.version != p->place->seen)
        return ctx_fail(ctx, ERR_CONFLICT, "somebody wrote a version of \"%s\"", row.slug);
    if (p->at != 0)
        return schedule(ctx, &row, p);
    TRY(job_cancel(ctx, PUBLISH_JOB, row.slug));
    return bring_out(ctx, &row, row.version);
}

enum status news_publish(struct ctx *ctx, const struct news_place *place, int64_t at,
                         struct form_problems *problems)
{
    struct publishing p = {place, at, problems};
    return store_transact(ctx, "news_publish", publish_once, &p);
}

static enum status unschedule(struct ctx *ctx, void *arg)
{
    struct news_row_row row;
    TRY(news_row(ctx, arg, &row));
    if (state_of(row.state) != NEWS_SCHEDULED)
        return OK;
    TRY(news_schedule_set(ctx, row.id, row.withdrawn_at != 0 ? "withdrawn" : "draft", 0, 0,
                          ctx->now_secs, NULL));
    TRY(job_cancel(ctx, PUBLISH_JOB, row.slug));
    return note(ctx, "news.unscheduled", row.slug, NULL);
}

enum status news_unschedule(struct ctx *ctx, const char *slug)
{
    return store_transact(ctx, "news_unschedule", unschedule, mem_text(ctx->mem, slug));
}

/* What is due comes out; what was put off waits for its new time. */
static enum status publish_due(struct ctx *ctx, void *arg)
{
    const struct job *job = arg;
    struct news_row_row row;
    TRY(news_row(ctx, job->key, &row));
    if (state_of(row.state) != NEWS_SCHEDULED)
        return job_finish(ctx, job);
    if (row.publish_at > ctx->now_secs)
        TRY(job_put(ctx, PUBLISH_JOB, row.slug, "", row.publish_at));
    else
        TRY(bring_out(ctx, &row, row.due_version));
    return job_finish(ctx, job);
}

static enum status publish_job(struct ctx *ctx, const struct job *job)
{
    struct job own = *job;
    return store_transact(ctx, PUBLISH_JOB, publish_due, &own);
}

const struct job_kind news_job_kinds[] = {
    {.name = PUBLISH_JOB, .fn = publish_job, .at_most_attempts = 10, .lease_secs = 60}, {0}};

/* ---- taking back ---- */

struct withdrawing {
    const char *slug, *reason;
};

static enum status withdraw(struct ctx *ctx, void *arg)
{
    const struct withdrawing *w = arg;
    struct news_row_row row;
    TRY(news_row(ctx, w->slug, &row));
    enum news_state state = state_of(row.state);
    if (state == NEWS_WITHDRAWN)
        return OK;
    if (state != NEWS_PUBLISHED)
        return ctx_fail(ctx, ERR_CONFLICT, "\"%s\" is not out", row.slug);
    TRY(news_withdraw_set(ctx, row.id, w->reason, ctx->now_secs, NULL));
    TRY(search_drop(ctx, SEARCH_NEWS, row.slug));
    TRY(links_follow(ctx, &news_linked, row.slug));
    return note(ctx, "news.withdrawn", row.slug, w->reason);
}

enum status news_withdraw(struct ctx *ctx, const char *slug, const char *reason)
{
    struct withdrawing w = {slug, reason};
    return store_transact(ctx, "news_withdraw", withdraw, &w);
}

/* ---- history ---- */

enum status news_history(struct ctx *ctx, const struct news_item *item, struct news_past **out,
                         size_t *count_out)
{
    struct news_versions_row *rows;
    TRY(news_versions(ctx, item->id, NEWS_VERSIONS_MOST, &rows, count_out));
    *out = mem_array(ctx->mem, struct news_past, *count_out + 1);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] =
            (struct news_past){rows[i].number, rows[i].at, rows[i].title, rows[i].correction};
    return OK;
}
