/* SPDX-License-Identifier: MIT */
/*
 * review_topic_web.c - what a review is written from: a page an intention, and a page each for how
 * the year went, what changes, and why it is late.
 */
#include "programme/review/review_topic_web.h"

#include "platform/base/text.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_CHARS_MAX = 4000, REASON_CHARS_MAX = 2000 };

/* ---- the fields ---- */

/* clang-format off */
#define DONE_AND_NEXT                                                                              \
    FORM_LONG_TEXT(review_part, done, .label = "What have you done?",                              \
                   .hint = "In the past year, for this intention. Figures help.",                  \
                   .length_most = WORDS_CHARS_MAX, .rows = 8,                                      \
                   .missing = "Enter what you have done"),                                         \
    FORM_LONG_TEXT(review_part, next, .label = "What comes next?",                                 \
                   .length_most = WORDS_CHARS_MAX, .rows = 6, .missing = "Enter what comes next")
/* clang-format on */

static const struct form_field part_fields[] = {DONE_AND_NEXT, FORM_END};

static const struct form_field item_fields[] = {
    FORM_TEXT(review_part, intention, .label = "Intention", .hint = "Its code",
              .missing = "Enter the code of the intention"),
    DONE_AND_NEXT, FORM_END};

#define STATEMENT_FIELD                                                                            \
    FORM_LONG_TEXT(review_words, statement, .label = "How did the year go?",                       \
                   .hint = "In your own words, about the pledge as a whole.",                      \
                   .length_most = WORDS_CHARS_MAX, .rows = 8,                                      \
                   .missing = "Enter how the year went")
#define CHANGES_FIELD                                                                              \
    FORM_LONG_TEXT(review_words, changes, .label = "What changes next year?",                      \
                   .hint = "If nothing changes, say so.", .length_most = WORDS_CHARS_MAX,          \
                   .rows = 6, .missing = "Enter what changes next year")

static const struct form_field statement_fields[] = {STATEMENT_FIELD, FORM_END};
static const struct form_field changes_fields[] = {CHANGES_FIELD, FORM_END};
static const struct form_field late_fields[] = {
    FORM_LONG_TEXT(review_words, late_reason, .label = "Why is the review late?",
                   .hint = "The public reads the reason.", .length_most = REASON_CHARS_MAX,
                   .rows = 4, .missing = "Enter why the review is late"),
    FORM_END};

/* All at once, for other programs. */
const struct form_field review_whole_fields[] = {
    FORM_NUMBER(review_words, period, .is_optional = true, .label = "Year of the pledge",
                .at_least = 1, .at_most = 1000),
    FORM_GROUP(review_words, parts, review_part, item_fields, .label = "Intentions",
               .missing = "Write about each intention", .items_most = REVIEW_PARTS_MAX),
    STATEMENT_FIELD,
    CHANGES_FIELD,
    FORM_LONG_TEXT(review_words, late_reason, .is_optional = true,
                   .label = "Why is the review late?", .length_most = REASON_CHARS_MAX),
    FORM_END};

/* ---- reading what was typed ---- */

static const struct review_draft *draft_of(const struct review_draft *drafts, size_t count,
                                           const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(drafts[i].part, code) == 0)
            return &drafts[i];
    return NULL;
}

/* Fills the form with what was typed; what is not right stays empty. */
static enum status read_topic(struct ctx *ctx, const struct review_topic *topic, void *form)
{
    struct form_answers answers = {NULL, 0, 0};
    struct form_problems problems = {.count = 0};
    if (topic->draft == NULL)
        return OK;
    TRY(answers_unpack(ctx, topic->draft->answers, &answers));
    enum status status = form_read(ctx, topic->fields, &answers, form, &problems);
    if (status != ERR_INVALID)
        return status;
    ctx->fault = NULL;
    return OK;
}

static void list_topics(struct ctx *ctx, const struct review_reader *reader,
                        struct review_topics *out)
{
    const struct pledge *pledge = &reader->pledge;
    out->items = mem_array(ctx->mem, struct review_topic, pledge->intention_count + 3);
    for (size_t i = 0; i < pledge->intention_count; i++)
        out->items[out->count++] = (struct review_topic){.code = pledge->intentions[i],
                                                         .title = pledge->intention_names[i],
                                                         .fields = part_fields};
    out->items[out->count++] = (struct review_topic){
        .code = "statement", .title = "How the year went", .fields = statement_fields};
    out->items[out->count++] = (struct review_topic){
        .code = "changes", .title = "What changes next year", .fields = changes_fields};
    if (reader->review.is_late)
        out->items[out->count++] = (struct review_topic){
            .code = "late", .title = "Why the review is late", .fields = late_fields};
}

enum status review_topics_read(struct ctx *ctx, const struct review_reader *reader,
                               struct review_topics *out)
{
    struct review_draft *drafts;
    size_t count, written = reader->pledge.intention_count;
    struct review_part *parts = mem_array(ctx->mem, struct review_part, written);
    *out = (struct review_topics){.words = {.period = {true, reader->review.period},
                                            .parts = {parts, written},
                                            .statement = "",
                                            .changes = "",
                                            .late_reason = ""}};
    TRY(review_draft_list(ctx, &reader->pledge, &drafts, &count));
    list_topics(ctx, reader, out);
    for (size_t i = 0; i < out->count; i++) {
        struct review_topic *topic = &out->items[i];
        topic->draft = draft_of(drafts, count, topic->code);
        if (i < written)
            parts[i] = (struct review_part){topic->code, "", ""};
        TRY(read_topic(ctx, topic, i < written ? (void *)&parts[i] : (void *)&out->words));
    }
    return OK;
}

/* Which part a problem of review_check is about; count: none. */
size_t review_topic_of(const struct review_topics *topics, const struct form_problem *problem)
{
    size_t at = 0;
    if (text_begins(problem->field, "parts-"))
        return (size_t)strtoul(problem->field + strlen("parts-"), NULL, 10);
    const char *code = strcmp(problem->field, "late_reason") == 0 ? "late" : problem->field;
    while (at < topics->count && strcmp(topics->items[at].code, code) != 0)
        at++;
    return at;
}

const char *review_topic_path(struct web_request *request, const struct review_reader *reader,
                              const struct review_topic *topic)
{
    return review_path(request, reader, mem_format(request->ctx->mem, "/write/%s", topic->code));
}

bool review_topic_is_right(const struct review_topics *topics, size_t at,
                           const struct form_problems *problems)
{
    for (size_t i = 0; i < problems->count; i++)
        if (review_topic_of(topics, &problems->items[i]) == at)
            return false;
    return true;
}
