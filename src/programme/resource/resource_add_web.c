/* SPDX-License-Identifier: MIT */
/*
 * resource_add_web.c - the journeys of editors: a new document or its next version, and one more
 * file.  Being journeys, they keep what was typed and the files that were sent.
 */
#include "platform/base/time.h"
#include "platform/document/upload.h"
#include "programme/pack/pack_web.h"
#include "programme/resource/resource_page.html.h"
#include "programme/resource/resource_web.h"

#include <inttypes.h>
#include <string.h>

/* ---- a document ---- */

static const struct form_field about_fields[] = {
    FORM_HIDDEN(resource_draft, reference),
    FORM_TEXT(resource_draft, title, .label = "Title", .length_most = RESOURCE_TITLE_CHARS,
              .hint = "What people would search for", .missing = "Enter the title"),
    FORM_LONG_TEXT(resource_draft, summary, .label = "What is it for?",
                   .hint = "One or two sentences: who needs it, and for what",
                   .length_most = RESOURCE_SUMMARY_CHARS, .rows = 3,
                   .missing = "Enter what it is for"),
    FORM_ONE_OF(resource_draft, kind, .label = "What kind of document is it?",
                .short_label = "Kind", .options_from = resource_kind_choices,
                .missing = "Choose what kind it is"),
    FORM_ONE_OF(resource_draft, stage, .label = "For one stage alone?", .short_label = "Stage",
                .options_from = stage_choices, .is_select = true, .is_optional = true,
                .hint = "Leave it empty when it is for all"),
    FORM_ONE_OF(resource_draft, pillar, .label = "For one part of the programme alone?",
                .short_label = "Part of the programme", .options_from = pillar_choices,
                .is_select = true, .is_optional = true,
                .hint = "Leave it empty when it is for all"),
    FORM_END};

static const struct form_option accessible_options[] = {
    {"itself", "Yes", "It has real headings, an order of reading, and words for its pictures",
     NULL},
    {"beside", "No, but I have an accessible version to go with it", NULL, NULL},
    {"none", "No, and there is no other version yet",
     "Its page then says so, and whom to ask for another format", NULL},
    {0}};

static const struct form_field document_fields[] = {
    FORM_FILE(resource_draft, document, .label = "The document", .file_types = upload_all_endings,
              .hint = "PDF, Word, Excel, PowerPoint, OpenDocument, text, CSV or a picture. Up to "
                      "10 MB",
              .missing = "Choose the document"),
    FORM_ONE_OF(resource_draft, language, .label = "Which language is it in?",
                .short_label = "Language", .options_from = resource_language_choices,
                .is_select = true, .missing = "Choose its language"),
    FORM_ONE_OF(resource_draft, accessible, .label = "Does it work with a screen reader?",
                .short_label = "Screen reader", .options = accessible_options,
                .missing = "Say whether it works with a screen reader"),
    FORM_FILE(resource_draft, alternative, .label = "The accessible version",
              .file_types = upload_all_endings, .when = "accessible", .is = "beside",
              .hint = "The same content as a document with headings, or as plain text",
              .missing = "Choose the accessible version"),
    FORM_END};

static const struct form_field changes_fields[] = {
    FORM_LONG_TEXT(resource_draft, changes, .label = "What is new in this version?",
                   .short_label = "What is new", .length_most = RESOURCE_CHANGES_CHARS, .rows = 3,
                   .missing = "Enter what is new, so that people know whether they need it"),
    FORM_END};

static const struct form_field review_fields[] = {
    FORM_DATE(resource_draft, review_on, .label = "When will somebody look at it again?",
              .short_label = "Next check",
              .hint = "Within 3 years. From that day on it waits at the desk",
              .missing = "Enter the day of the next check"),
    FORM_END};

static bool is_version(const void *draft)
{
    return ((const struct resource_draft *)draft)->reference[0] != '\0';
}

static enum status check_files(struct ctx *ctx, const void *draft, struct form_problems *problems)
{
    return resource_check_files(ctx, draft, problems);
}

static enum status check_review(struct ctx *ctx, const void *draft, struct form_problems *problems)
{
    return resource_check_review(ctx, ((const struct resource_draft *)draft)->review_on, problems);
}

static enum status start(struct ctx *ctx, struct view *out)
{
    (void)ctx;
    resource_add_start(out);
    return OK;
}

/* What will happen, as it stands now: also when another version came meanwhile. */
static enum status declare(struct ctx *ctx, const void *draft, struct view *out)
{
    struct resource resource;
    if (is_version(draft)) {
        TRY(resource_open(ctx, ((const struct resource_draft *)draft)->reference, 0, &resource));
        resource_version_words(out, &resource, time_show(ctx->mem, resource.changed_at));
    }
    resource_now_public(out);
    return OK;
}

static enum status finish(struct ctx *ctx, const void *draft, struct form_problems *problems,
                          struct journey_done *done)
{
    return resource_publish(ctx, draft, problems, &done->reference);
}

static enum status next(struct ctx *ctx, const char *reference, struct view *out)
{
    (void)ctx;
    resource_done(out, reference);
    return OK;
}

static const struct journey_step steps[] = {
    {.name = "about", .fields = about_fields, .title = "What is it?"},
    {.name = "document", .fields = document_fields, .title = "The document", .check = check_files},
    {.name = "changes", .fields = changes_fields, .applies = is_version},
    {.name = "review", .fields = review_fields, .check = check_review},
    {0}};

const struct journey resource_adding = {.name = "resource",
                                        .title = "Add a document",
                                        .send_button = "Make it public",
                                        .draft_bytes = sizeof(struct resource_draft),
                                        .steps = steps,
                                        .section = "/desk",
                                        .start = start,
                                        .declaration = declare,
                                        .finish = finish,
                                        .next = next};

/* A live document that the path names. */
static enum status find(struct web_request *request, struct resource *out)
{
    TRY(resource_open(request->ctx, web_value(request, "reference"), 0, out));
    return out->withdrawn_at == 0
               ? OK
               : ctx_fail(request->ctx, ERR_NOT_FOUND, "document %s is withdrawn", out->reference);
}

enum status resource_begin_version(struct web_request *request, struct web_answer *answer)
{
    struct resource resource;
    struct form_answers now = {0};
    struct mem *mem = request->ctx->mem;
    TRY(find(request, &resource));
    answers_add(mem, &now, "reference", resource.reference);
    answers_add(mem, &now, "title", resource.words.title);
    answers_add(mem, &now, "summary", resource.words.summary);
    answers_add(mem, &now, "kind", resource.words.kind);
    answers_add(mem, &now, "stage", resource.words.stage);
    answers_add(mem, &now, "pillar", resource.words.pillar);
    return journey_begin_partly(request, answer, &resource_adding, RESOURCE_ADD_PATH, &now);
}

/* ---- one more file ---- */

static const struct form_option role_options[] = {
    {"accessible", "An accessible version", "It works with a screen reader", NULL},
    {"format", "Another format", "The same in Word, as plain text and so on", NULL},
    {"translation", "A translation", NULL, NULL},
    {0}};

static const struct form_field which_fields[] = {
    FORM_HIDDEN(resource_addition, reference),
    FORM_ONE_OF(resource_addition, role, .label = "What do you add?", .short_label = "What it is",
                .options = role_options, .missing = "Choose what you add"),
    FORM_FILE(resource_addition, file, .label = "The file", .file_types = upload_all_endings,
              .hint = "Up to 10 MB", .missing = "Choose the file"),
    FORM_ONE_OF(resource_addition, language, .label = "Which language is it in?",
                .short_label = "Language", .options_from = resource_language_choices,
                .is_select = true, .missing = "Choose its language"),
    FORM_YES_NO(resource_addition, is_accessible, .label = "Does it work with a screen reader?",
                .short_label = "Screen reader",
                .missing = "Say whether it works with a screen reader"),
    FORM_END};

static enum status finish_file(struct ctx *ctx, const void *draft, struct form_problems *problems,
                               struct journey_done *done)
{
    const struct resource_addition *addition = draft;
    done->reference = addition->reference;
    if (addition->reference[0] == '\0') {
        form_wrong(problems, "file", "Begin at the page of the document that the file is for");
        return ctx_fail(ctx, ERR_INVALID, "no document was named");
    }
    return resource_file_add(ctx, addition, problems);
}

static enum status declare_file(struct ctx *ctx, const void *draft, struct view *out)
{
    (void)ctx, (void)draft;
    resource_now_public(out);
    return OK;
}

static const struct journey_step file_steps[] = {
    {.name = "file", .fields = which_fields, .title = "The file"}, {0}};

const struct journey resource_file_adding = {.name = "resource-file",
                                             .title = "Add a format or language",
                                             .send_button = "Make it public",
                                             .draft_bytes = sizeof(struct resource_addition),
                                             .steps = file_steps,
                                             .section = "/desk",
                                             .declaration = declare_file,
                                             .finish = finish_file,
                                             .next = next};

enum status resource_begin_file(struct web_request *request, struct web_answer *answer)
{
    struct resource resource;
    struct form_answers now = {0};
    TRY(find(request, &resource));
    answers_add(request->ctx->mem, &now, "reference", resource.reference);
    return journey_begin_partly(request, answer, &resource_file_adding, RESOURCE_FILE_PATH, &now);
}
