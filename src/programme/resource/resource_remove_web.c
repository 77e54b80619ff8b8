/* SPDX-License-Identifier: MIT */
/*
 * resource_remove_web.c - taking one file of a document away for good.
 *
 *   /desk/resources/:reference/versions/:version                      its files, each with a link
 *   /desk/resources/:reference/versions/:version/files/:file/remove   asks; POST does it
 */
#include "programme/resource/resource_page.html.h"
#include "programme/resource/resource_web.h"

#include <inttypes.h>

struct remove_form {
    const char *reason;
};

static const struct form_field remove_fields[] = {
    FORM_LONG_TEXT(
        remove_form, reason, .label = "Why is it taken away?",
        .hint = "For the record of deeds, not for the public. Do not repeat the personal "
                "details that it held",
        .length_most = RESOURCE_REASON_CHARS, .rows = 3, .missing = "Enter why it is taken away"),
    FORM_END};

static enum status find(struct web_request *request, struct resource *out)
{
    int64_t version;
    if (text_number(web_value(request, "version"), 1, RESOURCE_VERSIONS_MOST, &version) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "it is no number of a version");
    return resource_open(request->ctx, web_value(request, "reference"), version, out);
}

static enum status find_file(struct web_request *request, struct resource *out, int64_t *number_out)
{
    TRY(find(request, out));
    if (text_number(web_value(request, "file"), 1, (int64_t)out->shown.file_count, number_out) !=
        OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "it is no number of a file");
    return OK;
}

static const char *version_path(struct web_request *request, const struct resource *resource)
{
    return mem_format(request->ctx->mem, "/desk/resources/%s/versions/%" PRId64,
                      resource->reference, resource->shown.number);
}

static enum status show_version(struct web_request *request, struct web_answer *answer)
{
    struct resource resource;
    struct resource_page page;
    TRY(find(request, &resource));
    TRY(resource_page_fill(request->ctx, &resource, &page));
    answer->page = (struct web_page){
        .title = mem_format(request->ctx->mem, "%s, version %" PRId64, resource.words.title,
                            resource.shown.number),
        .section = "/desk",
        .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Documents", "/desk/resources"}}};
    resource_desk_version_show(&answer->body, &page);
    return OK;
}

static enum status ask(struct web_request *request, struct web_answer *answer,
                       const struct form_problems *problems)
{
    struct resource resource;
    int64_t number;
    struct mem *mem = request->ctx->mem;
    struct view intro = {.mem = mem};
    TRY(find_file(request, &resource, &number));
    const char *path = version_path(request, &resource);
    resource_remove_intro(&intro, &resource, &resource.shown.files[number - 1]);
    answer->page.section = "/desk";
    return form_answer(request, answer,
                       &(const struct form_page){
                           .title = "Take this file away for good",
                           .action = mem_format(mem, "%s/files/%" PRId64 "/remove", path, number),
                           .button = "Take it away for good",
                           .intro = view_html(&intro),
                           .back_href = path,
                           .is_warning = true,
                           .shown = {.fields = remove_fields,
                                     .answers = problems != NULL ? request->sent : NULL,
                                     .problems = problems}});
}

static enum status ask_remove(struct web_request *request, struct web_answer *answer)
{
    return ask(request, answer, NULL);
}

static enum status remove_file(struct web_request *request, struct web_answer *answer)
{
    struct remove_form form = {""};
    struct form_problems problems = {.count = 0};
    struct resource resource;
    struct resource_removal removal = {.number = 0};
    TRY(find_file(request, &resource, &removal.number));
    if (form_read(request->ctx, remove_fields, request->sent, &form, &problems) != OK)
        return ask(request, answer, &problems);
    removal.reference = resource.reference;
    removal.version = resource.shown.number;
    removal.reason = form.reason;
    TRY(resource_file_remove(request->ctx, &removal));
    return web_see_other(answer, version_path(request, &resource));
}

const struct web_route resource_remove_routes[] = {
    {"GET", "/desk/resources/:reference/versions/:version", MAY_EDIT_CONTENT, show_version,
     "The files of one version of a document."},
    {"GET", "/desk/resources/:reference/versions/:version/files/:file/remove", MAY_EDIT_CONTENT,
     ask_remove, "Asks before a file is taken away for good."},
    {"POST", "/desk/resources/:reference/versions/:version/files/:file/remove", MAY_EDIT_CONTENT,
     remove_file, "Takes a file away for good. Safe to repeat."},
    {0},
};
