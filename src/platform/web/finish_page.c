/* SPDX-License-Identifier: MIT */
/* finish_page.c - the layout around what a handler wrote. */
#include "platform/web/finish.h"

#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/document/picture_shared.h"
#include "platform/view/layout.h"

#include <string.h>

enum { CRUMBS_MAX = sizeof((struct web_page *)0)->crumbs / sizeof(struct web_crumb) };
enum { FEEDS_MAX = sizeof((struct web_page *)0)->feeds / sizeof(char *) };

static const struct layout_link *links(struct web_request *request, const struct web_link *from,
                                       const char *current, size_t *count_out)
{
    size_t count = 0;
    while (from != NULL && from[count].text != NULL)
        count++;
    struct layout_link *to = mem_array(request->ctx->mem, struct layout_link, count);
    for (size_t i = 0; i < count; i++)
        to[i] = (struct layout_link){.text = from[i].text,
                                     .href = from[i].href,
                                     .is_current = current && strcmp(current, from[i].href) == 0};
    *count_out = count;
    return to;
}

static void add_crumbs(struct web_request *request, const struct web_page *page,
                       struct layout *layout)
{
    struct layout_link *crumbs = mem_array(request->ctx->mem, struct layout_link, CRUMBS_MAX);
    while (layout->crumb_count < CRUMBS_MAX && page->crumbs[layout->crumb_count].text != NULL) {
        const struct web_crumb *crumb = &page->crumbs[layout->crumb_count];
        crumbs[layout->crumb_count++] = (struct layout_link){crumb->text, crumb->href, false};
    }
    layout->crumbs = crumbs;
}

static const char *type_of_feed(const char *href)
{
    static const struct {
        const char *ending, *type;
    } types[] = {{".atom", "application/atom+xml"},
                 {".json", "application/json"},
                 {".csv", "text/csv"},
                 {".ics", "text/calendar"}};
    size_t path_bytes = strcspn(href, "?");
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        size_t length = strlen(types[i].ending);
        if (path_bytes > length && memcmp(href + path_bytes - length, types[i].ending, length) == 0)
            return types[i].type;
    }
    return "application/octet-stream";
}

static void add_feeds(struct web_request *request, const struct web_page *page,
                      struct layout *layout)
{
    struct layout_alternate *feeds =
        mem_array(request->ctx->mem, struct layout_alternate, FEEDS_MAX);
    while (layout->alternate_count < FEEDS_MAX && page->feeds[layout->alternate_count] != NULL) {
        const char *href = page->feeds[layout->alternate_count];
        feeds[layout->alternate_count++] =
            (struct layout_alternate){.type = type_of_feed(href), .href = href};
    }
    layout->alternates = feeds;
}

static void add_person(struct web_request *request, struct layout *layout)
{
    const struct web_app *app = request->app;
    layout->person_name = request->person_name;
    layout->account_href = app->account_path;
    layout->sign_in_href = app->sign_in_path;
    if (request->person_name[0] == '\0' || app->sign_out_path == NULL)
        return;
    layout->sign_out_action = app->sign_out_path;
    layout->form_token = web_token(request);
}

static void add_phase(struct web_request *request, struct layout *layout)
{
    const struct web_app *app = request->app;
    layout->phase_tag = app->phase_text != NULL ? app->phase_tag : NULL;
    layout->phase_text = app->phase_text;
    if (!request->ctx->settings->demonstration)
        return;
    layout->phase_tag = "Demonstration";
    layout->phase_text = "The people and pledges here are invented.";
}

static void add_shared(struct web_request *request, const struct web_shared *shared,
                       struct layout *layout)
{
    struct mem *mem = request->ctx->mem;
    const char *base = request->ctx->settings->base_url;
    if (shared->path == NULL)
        return;
    layout->shared = (struct layout_shared){
        .path = shared->path,
        .url = mem_join(mem, base, shared->path, ""),
        .image = mem_join(mem, base, shared->picture, ""),
        .image_alternative = shared->alternative,
        .image_width_px = PICTURE_SHARED_WIDTH_PX,
        .image_height_px = PICTURE_SHARED_HEIGHT_PX,
    };
}

void finish_page(struct web_request *request, struct web_answer *answer)
{
    const struct web_page *page = &answer->page;
    const struct web_app *app = request->app;
    if (answer->content_type != NULL || answer->stream != NULL)
        return;
    answer->content_type = "text/html";
    if (answer->body.length_bytes == 0)
        return;
    bool is_search = app->search_path != NULL && strcmp(app->search_path, request->path) == 0;
    struct layout whole = {
        .title = page->title,
        .has_problem = page->has_problem,
        .description = page->description,
        .service_name = request->ctx->settings->service_name,
        .service_href = "/",
        .search_action = app->search_path,
        .search_value = is_search ? web_query(request, "q") : NULL,
        .back_href = page->back_href,
        .linked_data = page->linked_data,
        .body = view_html(&answer->body),
        .is_wide = page->is_wide,
        .footer_text = app->footer_text,
    };
    whole.navigation = links(request, app->navigation, page->section, &whole.navigation_count);
    bool is_in = request->person_name[0] != '\0' && app->footer_signed_in != NULL;
    whole.footer =
        links(request, is_in ? app->footer_signed_in : app->footer, NULL, &whole.footer_count);
    add_crumbs(request, page, &whole);
    add_feeds(request, page, &whole);
    add_person(request, &whole);
    add_phase(request, &whole);
    add_shared(request, &page->shared, &whole);
    struct view out = {.mem = request->ctx->mem};
    view_grow(&out, answer->body.length_bytes + 16 * 1024);
    layout(&out, &whole);
    answer->body = out;
}
