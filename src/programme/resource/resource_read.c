/* SPDX-License-Identifier: MIT */
/* resource_read.c - a document as it is shown, and what follows from its files. */
#include "platform/base/time.h"
#include "programme/resource/resource_internal.h"
#include "programme/search/search.h"

#include <inttypes.h>
#include <string.h>

enum { LIST_BYTES = 1000 };

/* ---- reading ---- */

static enum status read_files(struct ctx *ctx, int64_t id, struct resource_version *version)
{
    struct resource_files_row *rows;
    TRY(resource_files(ctx, id, version->number, RESOURCE_FILES_MOST, &rows, &version->file_count));
    version->files = mem_array(ctx->mem, struct resource_file, version->file_count + 1);
    for (size_t i = 0; i < version->file_count; i++) {
        version->files[i] = (struct resource_file){
            .number = rows[i].number,
            .role = rows[i].role,
            .name = rows[i].name,
            .format = rows[i].format,
            .sha256 = rows[i].sha256,
            .language = rows[i].language,
            .upload_id = rows[i].upload_id,
            .size_bytes = rows[i].size_bytes,
            .added_at = rows[i].added_at,
            .removed_at = rows[i].removed_at != NULL ? *rows[i].removed_at : 0,
            .is_accessible = rows[i].is_accessible == 1};
        version->is_accessible |= version->files[i].is_accessible;
    }
    return OK;
}

enum status resource_open(struct ctx *ctx, const char *reference, int64_t version,
                          struct resource *out)
{
    struct resource_row_row row;
    struct resource_version_row_row past;
    TRY(resource_row(ctx, reference, &row));
    *out = (struct resource){
        .id = row.id,
        .reference = row.reference,
        .words = {row.title, row.summary, row.kind, row.stage, row.pillar, row.review_on},
        .checked_on = row.checked_on,
        .revision = row.revision,
        .published_at = row.published_at,
        .changed_at = row.changed_at,
        .withdrawn_at = row.withdrawn_at != NULL ? *row.withdrawn_at : 0,
        .withdrawn_reason = row.withdrawn_reason,
        .newest = row.version,
        .shown = {.number = version == 0 ? row.version : version}};
    TRY(resource_version_row(ctx, row.id, out->shown.number, &past));
    out->shown.at = past.at;
    out->shown.changes = past.changes;
    bool is_newest = out->shown.number == out->newest;
    out->shown.title = is_newest ? row.title : past.title;
    out->shown.summary = is_newest ? row.summary : past.summary;
    return read_files(ctx, row.id, &out->shown);
}

enum status resource_history(struct ctx *ctx, const struct resource *resource,
                             struct resource_past **out, size_t *count_out)
{
    struct resource_versions_row *rows;
    TRY(resource_versions(ctx, resource->id, RESOURCE_VERSIONS_MOST, &rows, count_out));
    *out = mem_array(ctx->mem, struct resource_past, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] =
            (struct resource_past){rows[i].number, rows[i].at, rows[i].downloads, rows[i].changes};
    return OK;
}

/* ---- what follows from the files ---- */

/* Adds a label that is not there yet: "PDF, Word". */
static void add_label(struct text_builder *to, const char *label, bool is_known)
{
    if (is_known)
        return;
    if (to->length_bytes > 0)
        text_add(to, ", ");
    text_add(to, label);
}

static enum status gather(struct ctx *ctx, const struct resource_version *version,
                          const char **formats_out, const char **languages_out)
{
    struct text_builder formats = text_build(ctx->mem, LIST_BYTES);
    struct text_builder languages = text_build(ctx->mem, LIST_BYTES);
    for (size_t i = 0; i < version->file_count; i++) {
        const struct resource_file *file = &version->files[i];
        bool has_format = file->removed_at != 0, has_language = has_format;
        for (size_t k = 0; k < i; k++) {
            if (version->files[k].removed_at != 0)
                continue;
            has_format |= strcmp(version->files[k].format, file->format) == 0;
            has_language |= strcmp(version->files[k].language, file->language) == 0;
        }
        add_label(&formats, resource_label(resource_formats, file->format), has_format);
        add_label(&languages, resource_label(resource_languages, file->language), has_language);
    }
    TRY(text_build_end(&formats, formats_out));
    return text_build_end(&languages, languages_out);
}

static enum status write_words(struct ctx *ctx, const struct resource *resource)
{
    const char *text =
        text_fold(ctx->mem, mem_format(ctx->mem, "%s %s %s", resource->words.title,
                                       resource->words.summary, resource->reference));
    TRY(resource_words_drop(ctx, resource->id, NULL));
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        if (length > 0)
            TRY(resource_word_add(ctx, mem_text_part(ctx->mem, text, length), resource->id, NULL));
        text += length + (text[length] == ' ');
    }
    return OK;
}

/* A withdrawn document is found no more. */
static enum status tell_search(struct ctx *ctx, const struct resource *resource,
                               const char *formats, const char *languages)
{
    if (resource->withdrawn_at != 0)
        return search_drop(ctx, SEARCH_RESOURCE, resource->reference);
    return search_put(ctx,
                      &(const struct search_document){
                          .kind = SEARCH_RESOURCE,
                          .key = resource->reference,
                          .href = mem_format(ctx->mem, "/resources/%s", resource->reference),
                          .title = resource->words.title,
                          .summary = resource->words.summary,
                          .body = mem_format(ctx->mem, "%s. %s. %s. %s", resource->shown.changes,
                                             resource_label(resource_kinds, resource->words.kind),
                                             formats, languages),
                          .stage = resource->words.stage,
                          .pillar = resource->words.pillar,
                          .published_on = time_day_of(ctx->mem, resource->changed_at)});
}

enum status resource_settle(struct ctx *ctx, const char *reference)
{
    struct resource resource;
    const char *formats, *languages;
    TRY(resource_open(ctx, reference, 0, &resource));
    TRY(gather(ctx, &resource.shown, &formats, &languages));
    TRY(resource_follow(ctx, resource.id, formats, languages, resource.shown.is_accessible, NULL));
    TRY(write_words(ctx, &resource));
    TRY(tell_search(ctx, &resource, formats, languages));
    return links_follow(ctx, &resource_linked, reference);
}
