/* SPDX-License-Identifier: MIT */
/*
 * review_write_web.c - one part of a review, as it is typed.
 *
 *   /reviews/:reference/write/:part
 */
#include "programme/review/review_write_web.h"

#include "platform/base/text.h"
#include "programme/review/review_page.html.h"
#include "programme/review/review_show_web.h"
#include "programme/review/review_topic_web.h"

#include <inttypes.h>
#include <string.h>

static enum status find_topic(struct web_request *request, const struct review_reader *reader,
                              struct review_topics *topics, const struct review_topic **out)
{
    const struct form_problem named = {web_value(request, "part"), ""};
    TRY(review_topics_read(request->ctx, reader, topics));
    size_t at = review_topic_of(topics, &named);
    if (at >= topics->count || text_begins(named.field, "parts-"))
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "a review has no such part");
    *out = &topics->items[at];
    return OK;
}

/* What stands above the fields: how the actions of the intention go, and, other not NULL, what
 * somebody else has saved in between. */
static enum status write_intro(struct web_request *request, const struct review_reader *reader,
                               const struct review_topic *topic, const struct form_answers *other,
                               struct html *intro_out)
{
    struct ctx *ctx = request->ctx;
    struct view out = {.mem = ctx->mem};
    struct review_progress progress;
    const char *text = "";
    for (size_t i = 0; other != NULL && i < other->count; i++)
        text = mem_format(ctx->mem, "%s%s%s", text, i == 0 ? "" : "\n\n",
                          answers_get(other, other->items[i].name));
    if (other != NULL)
        review_part_other(&out, text);
    if (strcmp(topic->code, "late") != 0)
        review_part_intro(&out);
    TRY(review_progress_fill(ctx, &reader->pledge, topic->code, &progress));
    review_progress_part(&out, &progress);
    *intro_out = view_html(&out);
    return OK;
}

struct topic_shown {
    const struct form_answers *answers, *other;
    const struct form_problems *problems;
};

static enum status show_topic(struct web_request *request, struct web_answer *answer,
                              const struct review_reader *reader, const struct review_topic *topic,
                              const struct topic_shown *shown)
{
    int64_t number = topic->draft == NULL ? 0 : topic->draft->number;
    const char *action =
        mem_format(request->ctx->mem, "%s?period=%" PRId64 "&number=%" PRId64,
                   review_topic_path(request, reader, topic), reader->review.period, number);
    struct html intro;
    TRY(write_intro(request, reader, topic, shown->other, &intro));
    return form_answer(request, answer,
                       &(const struct form_page){.title = topic->title,
                                                 .action = action,
                                                 .button = "Save and continue",
                                                 .intro = intro,
                                                 .back_href = review_path(request, reader, ""),
                                                 .shown = {.fields = topic->fields,
                                                           .answers = shown->answers,
                                                           .problems = shown->problems}});
}

enum status review_write_show(struct web_request *request, struct web_answer *answer)
{
    struct review_reader reader;
    struct review_topics topics;
    const struct review_topic *topic;
    struct form_answers answers = {NULL, 0, 0};
    TRY(review_reader_open(request, &reader));
    if (!reader.is_open)
        return review_say_closed(request, answer, &reader);
    TRY(find_topic(request, &reader, &topics, &topic));
    if (topic->draft != NULL)
        TRY(answers_unpack(request->ctx, topic->draft->answers, &answers));
    return show_topic(request, answer, &reader, topic, &(const struct topic_shown){&answers});
}

/* After a part that is right: the next that is not, or the whole. */
static enum status go_on(struct web_request *request, struct web_answer *answer,
                         const struct review_reader *reader)
{
    struct review_topics topics;
    struct form_problems missing = {.count = 0};
    TRY(review_topics_read(request->ctx, reader, &topics));
    review_check(request->ctx, &reader->pledge, &reader->review, &topics.words, &missing);
    for (size_t i = 0; i < topics.count; i++)
        if (!review_topic_is_right(&topics, i, &missing))
            return web_see_other(answer, review_topic_path(request, reader, &topics.items[i]));
    return web_see_other(answer, review_path(request, reader, "/check"));
}

/* The part once more, with what was typed, after it was kept or could not be. */
static enum status show_again(struct web_request *request, struct web_answer *answer,
                              const struct review_reader *reader,
                              const struct form_problems *problems, bool with_other)
{
    struct review_topics topics;
    const struct review_topic *topic = NULL;
    struct form_answers other = {NULL, 0, 0};
    request->ctx->fault = NULL;
    TRY(find_topic(request, reader, &topics, &topic));
    if (with_other && topic->draft != NULL)
        TRY(answers_unpack(request->ctx, topic->draft->answers, &other));
    return show_topic(
        request, answer, reader, topic,
        &(const struct topic_shown){request->sent, with_other ? &other : NULL, problems});
}

/* Keeps a part as it was typed, right or not.  ERR_CONFLICT: somebody else was faster. */
static enum status keep(struct web_request *request, const struct review_reader *reader,
                        const struct review_topic *topic)
{
    struct form_answers typed = {NULL, 0, 0};
    form_pick(request->ctx, topic->fields, request->sent, &typed);
    return review_draft_save(request->ctx, &reader->pledge,
                             &(const struct review_draft){topic->code,
                                                          answers_pack(request->ctx->mem, &typed),
                                                          review_number(request, "number"), 0});
}

/* Fills problems with what is wrong with the words of one part. */
static enum status check_topic(struct web_request *request, const struct review_reader *reader,
                               const struct review_topic *topic, struct form_problems *problems)
{
    union {
        struct review_part part;
        struct review_words words;
    } form = {.words = {.statement = ""}};
    struct ctx *ctx = request->ctx;
    enum status status = form_read(ctx, topic->fields, request->sent, &form, problems);
    if (review_is_of_another_year(request, reader))
        form_wrong(problems, topic->fields[0].name,
                   mem_format(ctx->mem,
                              "You wrote this for another year. The review that is open is of year "
                              "%" PRId64 ". Save again if it is meant for this one",
                              reader->review.period));
    return status == ERR_INVALID ? OK : status;
}

enum status review_write_keep(struct web_request *request, struct web_answer *answer)
{
    struct review_reader reader;
    struct review_topics topics;
    const struct review_topic *topic;
    struct form_problems problems = {.count = 0};
    TRY(review_reader_open(request, &reader));
    if (!reader.is_open)
        return review_say_closed(request, answer, &reader);
    TRY(find_topic(request, &reader, &topics, &topic));
    TRY(check_topic(request, &reader, topic, &problems));
    if (review_is_of_another_year(request, &reader))
        return show_again(request, answer, &reader, &problems, false);
    enum status status = keep(request, &reader, topic);
    if (status == ERR_CONFLICT)
        form_wrong(&problems, topic->fields[0].name,
                   "Put your words and theirs together, then save again");
    else
        TRY(status);
    return problems.count > 0
               ? show_again(request, answer, &reader, &problems, status == ERR_CONFLICT)
               : go_on(request, answer, &reader);
}
