/* SPDX-License-Identifier: MIT */
/*
 * resource_web.c - what anybody may read and download.
 *
 *   /resources                                 all documents, with filters
 *   /resources/:reference                      one, in its newest version; 410 when it is withdrawn
 *   /resources/:reference/:version             an earlier version
 *   /resources/:reference/:version/:file       a file of it
 */
#include "programme/resource/resource_web.h"

#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/pack/pack.h"
#include "programme/pack/pack_web.h"
#include "programme/resource/resource.sql.h"
#include "programme/resource/resource_page.html.h"

#include <inttypes.h>
#include <string.h>

/* ---- the list ---- */

/* In the order of the columns of resource_list. */
enum {
    REFERENCE,
    TITLE,
    SUMMARY,
    KIND,
    STAGE,
    PILLAR,
    VERSION,
    FORMATS,
    LANGUAGES,
    ACCESSIBLE,
    CHANGED_AT
};

static const struct listing_column columns[] = {
    {.name = "title", .heading = "Title", .link = "/resources/:reference"},
    {.name = "summary", .heading = "What it is for"},
    {.name = "kind",
     .heading = "Kind",
     .format = LISTING_CODE,
     .options_from = resource_kind_options},
    {.name = "stage", .heading = "Stage", .format = LISTING_CODE, .options_from = stage_options},
    {.name = "pillar",
     .heading = "Part of the programme",
     .format = LISTING_CODE,
     .options_from = pillar_options},
    {.name = "version", .heading = "Version", .format = LISTING_NUMBER},
    {.name = "formats", .heading = "Formats"},
    {.name = "languages", .heading = "Languages"},
    {.name = "is_accessible", .heading = "Accessible", .format = LISTING_NUMBER},
    {.name = "changed_at", .heading = "Since", .format = LISTING_TIME},
    {.name = "review_on", .heading = "Next check", .format = LISTING_DATE},
    {.name = "reference", .heading = "Number", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {
    {.argument = "q", .label = "Search documents", .kind = LISTING_SEARCH},
    {.argument = "kind",
     .label = "Kind",
     .kind = LISTING_CHOICE,
     .options_from = resource_kind_options,
     .column = "kind"},
    {.argument = "stage",
     .label = "Stage",
     .kind = LISTING_CHOICE,
     .options_from = stage_options,
     .column = "stage"},
    {.argument = "pillar",
     .label = "Part of the programme",
     .kind = LISTING_CHOICE,
     .options_from = pillar_options,
     .column = "pillar"},
    {.argument = "language",
     .label = "Language",
     .kind = LISTING_CHOICE,
     .options_from = resource_language_options},
    {.argument = "format",
     .label = "Format",
     .kind = LISTING_CHOICE,
     .options_from = resource_format_options},
    {.argument = "accessible", .label = "Only with an accessible version", .kind = LISTING_CHECK},
    {0}};

static const struct listing_order orders[] = {
    {"newest", "Newest first"}, {"title", "By title"}, {0}};

static enum status intro(struct web_request *request, struct view *out)
{
    (void)request;
    resource_intro(out);
    return OK;
}

static enum status empty(struct web_request *request, struct view *out)
{
    (void)request;
    resource_empty(out);
    return OK;
}

static void show_card(struct view *out, const struct store_value *row)
{
    resource_card_show(
        out, &(const struct resource_card){
                 .reference = row[REFERENCE].text,
                 .title = row[TITLE].text,
                 .summary = row[SUMMARY].text,
                 .kind = resource_label(resource_kinds, row[KIND].text),
                 .formats = row[FORMATS].text,
                 .languages = row[LANGUAGES].text,
                 .is_accessible = row[ACCESSIBLE].n == 1,
                 .changed = time_show_day(out->mem, time_day_of(out->mem, row[CHANGED_AT].n))});
}

static const struct listing list = {.title = "Documents to download",
                                    .section = "/resources",
                                    .query = &resource_list_query,
                                    .columns = columns,
                                    .filters = filters,
                                    .orders = orders,
                                    .one = "document",
                                    .many = "documents",
                                    .file_name = "documents",
                                    .crumbs = {{"Home", "/"}},
                                    .intro = intro,
                                    .empty = empty,
                                    .card = show_card,
                                    .dated_column = "changed_at",
                                    .title_column = "title"};

/* ---- one ---- */

static const char *what_of(const struct resource_file *file)
{
    return strcmp(file->role, "accessible") == 0    ? "the accessible version"
           : strcmp(file->role, "translation") == 0 ? "a translation"
           : strcmp(file->role, "format") == 0      ? "another format"
                                                    : "the document";
}

static void fill_files(struct mem *mem, const struct resource *resource, struct resource_page *out)
{
    out->files = mem_array(mem, struct resource_file_line, resource->shown.file_count + 1);
    for (size_t i = 0; i < resource->shown.file_count; i++) {
        const struct resource_file *file = &resource->shown.files[i];
        out->has_file |= file->removed_at == 0;
        out->files[i] = (struct resource_file_line){
            .file = file,
            .href = mem_format(mem, "/resources/%s/%" PRId64 "/%" PRId64, resource->reference,
                               resource->shown.number, file->number),
            .what = what_of(file),
            .format = resource_label(resource_formats, file->format),
            .size = resource_size(mem, file->size_bytes),
            .language = resource_label(resource_languages, file->language),
            .removed =
                file->removed_at == 0 ? "" : time_show_day(mem, time_day_of(mem, file->removed_at)),
            .remove_href =
                mem_format(mem, "/desk/resources/%s/versions/%" PRId64 "/files/%" PRId64 "/remove",
                           resource->reference, resource->shown.number, file->number)};
    }
}

static enum status fill_past(struct ctx *ctx, const struct resource *resource,
                             struct resource_page *out)
{
    struct mem *mem = ctx->mem;
    struct resource_past *past;
    TRY(resource_history(ctx, resource, &past, &out->past_count));
    out->past = mem_array(mem, struct resource_past_line, out->past_count + 1);
    for (size_t i = 0; i < out->past_count; i++)
        out->past[i] = (struct resource_past_line){
            .past = &past[i],
            .href = past[i].number == resource->newest
                        ? mem_format(mem, "/resources/%s", resource->reference)
                        : mem_format(mem, "/resources/%s/%" PRId64, resource->reference,
                                     past[i].number),
            .when = time_show_day(mem, time_day_of(mem, past[i].at)),
            .is_shown = past[i].number == resource->shown.number};
    return OK;
}

enum status resource_page_fill(struct ctx *ctx, const struct resource *resource,
                               struct resource_page *out)
{
    struct mem *mem = ctx->mem;
    const struct resource_words *words = &resource->words;
    const char *email = ctx->settings->contact_email;
    *out = (struct resource_page){
        .resource = resource,
        .kind = resource_label(resource_kinds, words->kind),
        .pillar = framework_pillar_name(words->pillar),
        .when = time_show_day(mem, time_day_of(mem, resource->shown.at)),
        .checked = time_show_day(mem, resource->checked_on),
        .next_check = time_show_day(mem, words->review_on),
        .newest_href = mem_format(mem, "/resources/%s", resource->reference),
        .contact_email = email,
        .contact_href = mem_format(mem, "mailto:%s?subject=%s", email, resource->reference),
        .is_newest = resource->shown.number == resource->newest,
        .is_due = strcmp(words->review_on, time_day_of(mem, ctx->now_secs)) <= 0,
        .form_token = "",
        .withdrawn = resource->withdrawn_at == 0
                         ? ""
                         : time_show_day(mem, time_day_of(mem, resource->withdrawn_at))};
    fill_files(mem, resource, out);
    TRY(framework_stage_name(ctx, words->stage, &out->stage));
    return fill_past(ctx, resource, out);
}

static void set_page(struct web_answer *answer, const char *title)
{
    answer->page =
        (struct web_page){.title = title,
                          .section = "/resources",
                          .crumbs = {{"Home", "/"}, {"Documents to download", "/resources"}}};
    answer->is_public = answer->is_same_all_day = true;
}

static enum status show_gone(struct web_request *request, struct web_answer *answer,
                             const struct resource *resource)
{
    struct mem *mem = request->ctx->mem;
    const char *email = request->ctx->settings->contact_email;
    if (request->wants == WEB_JSON)
        return web_sorry(request, answer, 410, "This document was withdrawn",
                         resource->withdrawn_reason);
    set_page(answer, "This document was withdrawn");
    answer->code = 410;
    resource_gone(&answer->body,
                  &(const struct resource_gone_page){
                      resource, time_show_day(mem, time_day_of(mem, resource->withdrawn_at)), email,
                      mem_format(mem, "mailto:%s?subject=%s", email, resource->reference)});
    return OK;
}

/* The version that the path names; the newest when it names none. */
static enum status find(struct web_request *request, struct resource *out)
{
    int64_t version = 0;
    const char *typed = web_value(request, "version");
    if (typed[0] != '\0' && text_number(typed, 1, RESOURCE_VERSIONS_MOST, &version) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "\"%s\" is no version", typed);
    return resource_open(request->ctx, web_value(request, "reference"), version, out);
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct resource resource;
    struct resource_page page;
    TRY(find(request, &resource));
    if (resource.withdrawn_at != 0)
        return show_gone(request, answer, &resource);
    TRY(resource_page_fill(request->ctx, &resource, &page));
    set_page(answer, resource.shown.title);
    answer->page.description = resource.shown.summary;
    resource_show(&answer->body, &page);
    return OK;
}

/* ---- a file ---- */

struct taken {
    int64_t id, version;
};

static enum status count(struct ctx *ctx, void *arg)
{
    const struct taken *taken = arg;
    return resource_count(ctx, taken->id, taken->version);
}

static void give(struct mem *mem, struct web_answer *answer, const struct resource *resource,
                 const struct resource_bytes *file)
{
    struct taken *taken = mem_new(mem, struct taken);
    *taken = (struct taken){resource->id, resource->shown.number};
    view_raw(&answer->body, file->bytes.bytes, file->bytes.length_bytes);
    answer->content_type = file->type;
    answer->download_name = file->name;
    answer->is_public = true;
    answer->taken = count;
    answer->taken_arg = taken;
}

/* A file that was taken away for good, while the document stays. */
static enum status show_file_gone(struct web_request *request, struct web_answer *answer,
                                  const struct resource *resource, const struct resource_file *file)
{
    struct mem *mem = request->ctx->mem;
    const char *when = time_show_day(mem, time_day_of(mem, file->removed_at));
    if (request->wants == WEB_JSON)
        return web_sorry(request, answer, 410, "This file was taken away",
                         mem_format(mem, "It was taken away on %s.", when));
    set_page(answer, "This file was taken away");
    answer->code = 410;
    resource_file_gone(&answer->body, &(const struct resource_gone_page){resource, when, "", ""});
    return OK;
}

static enum status download(struct web_request *request, struct web_answer *answer)
{
    struct resource resource;
    struct resource_bytes file;
    int64_t number;
    TRY(find(request, &resource));
    if (resource.withdrawn_at != 0)
        return show_gone(request, answer, &resource);
    if (text_number(web_value(request, "file"), 1, RESOURCE_FILES_MOST, &number) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "it is no number of a file");
    if (number <= (int64_t)resource.shown.file_count &&
        resource.shown.files[number - 1].removed_at != 0)
        return show_file_gone(request, answer, &resource, &resource.shown.files[number - 1]);
    TRY(resource_read(request->ctx, &resource, number, &file));
    give(request->ctx->mem, answer, &resource, &file);
    answer->modified_at = resource.shown.files[number - 1].added_at;
    return OK;
}

const struct web_route resource_routes[] = {
    WEB_LISTING("/resources", WEB_PUBLIC, &list, "Documents to download."),
    {"GET", "/resources/:reference", WEB_PUBLIC, show, "One document, in its newest version."},
    {"GET", "/resources/:reference/:version", WEB_PUBLIC, show, "A version of a document."},
    {"GET", "/resources/:reference/:version/:file", WEB_PUBLIC, download,
     "A file of a version: whole, or a part of it."},
    {0},
};
