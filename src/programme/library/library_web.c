/* SPDX-License-Identifier: MIT */
/*
 * library_web.c - what the public reads.
 *
 *   GET /get-ready, /get-in, /get-on, /go-further   the pages of the stages
 *   GET /guidance                                   the front page of guidance
 *   GET /guidance/:page, /guidance/:section/:page   every other page
 *   GET /guidance/pictures/:id                      a picture of a page
 *   GET /guidance/covers/:id                        the picture beside a shared address
 *   GET /sitemap.xml                                every public page, for search engines
 *
 * A GET publishes nothing: what is planned becomes live by a job.
 */
#include "programme/library/library_web.h"

#include <inttypes.h>
#include <string.h>

#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/document/upload.h"
#include "programme/library/library_page.html.h"
#include "programme/library/library_shown.h"
#include "programme/search/search.h"

static const char front_path[] = "/guidance", pillar_paths[] = "/guidance/pillars/";

/* ---- one page ---- */

static enum status fill_head(struct ctx *ctx, const struct library_page *page,
                             const struct library_draft *draft, struct web_answer *answer)
{
    struct picture_shared picture;
    TRY(library_picture_shared(ctx, draft, &picture));
    bool is_below = text_begins(page->path, "/guidance/");
    answer->page.title = draft->title;
    answer->page.description = draft->summary;
    answer->page.section = front_path;
    answer->page.crumbs[0] = (struct web_crumb){"Home", "/"};
    if (is_below)
        answer->page.crumbs[1] = (struct web_crumb){"Guidance", front_path};
    answer->page.shared =
        (struct web_shared){.path = page->path,
                            .picture = mem_format(ctx->mem, "/guidance/covers/%" PRId64, page->id),
                            .alternative = picture_shared_words(ctx->mem, &picture)};
    answer->page.linked_data = library_linked_data(ctx, page, draft);
    answer->is_public = answer->is_same_all_day = true;
    return OK;
}

static bool is_stage_page(const struct library_line *line)
{
    return !text_begins(line->path, front_path);
}

static bool is_pillar_page(const struct library_line *line)
{
    return text_begins(line->path, pillar_paths);
}

static bool is_programme(const struct library_line *line)
{
    return !is_stage_page(line) && !is_pillar_page(line) && strcmp(line->path, front_path) != 0;
}

static struct library_group group_of(struct mem *mem, const char *heading, size_t count)
{
    return (struct library_group){heading, mem_array(mem, const struct library_line *, count), 0};
}

/* What belongs to a stage or a pillar stands on its page. */
static void fill_group(struct ctx *ctx, const struct library_draft *draft,
                       const struct library_line *lines, size_t count, struct library_shown *out)
{
    bool is_stage = !text_begins(draft->path, front_path);
    bool is_pillar = text_begins(draft->path, pillar_paths);
    if (!is_stage && !is_pillar)
        return;
    out->group =
        group_of(ctx->mem, is_stage ? "Guides for this stage" : "Guides of this pillar", count);
    for (size_t i = 0; i < count; i++) {
        const char *of = is_stage ? lines[i].stage : lines[i].pillar;
        const char *wanted = is_stage ? draft->stage : draft->pillar;
        if (is_programme(&lines[i]) && wanted[0] != '\0' && strcmp(of, wanted) == 0)
            out->group.lines[out->group.count++] = &lines[i];
    }
}

static void add_if(struct library_group *group, bool is_in, const struct library_line *line)
{
    if (is_in)
        group->lines[group->count++] = line;
}

static void show_front(struct ctx *ctx, const struct library_shown *shown,
                       const struct library_line *lines, size_t count, struct web_answer *answer)
{
    struct library_front front = {.page = shown,
                                  .stages = group_of(ctx->mem, "Where are you now?", count),
                                  .pillars =
                                      group_of(ctx->mem, "The three pillars of the work", count),
                                  .programmes = group_of(ctx->mem, "All guides", count)};
    for (size_t i = 0; i < count; i++) {
        add_if(&front.stages, is_stage_page(&lines[i]), &lines[i]);
        add_if(&front.pillars, is_pillar_page(&lines[i]), &lines[i]);
        add_if(&front.programmes, is_programme(&lines[i]), &lines[i]);
    }
    answer->page.is_wide = true;
    library_front_show(&answer->body, &front);
}

/* The navigation leads here, whatever is public. */
static enum status show_nothing(struct web_request *request, struct web_answer *answer)
{
    request->ctx->fault = NULL;
    answer->page =
        (struct web_page){.title = "Guidance", .section = front_path, .crumbs = {{"Home", "/"}}};
    answer->is_public = answer->is_same_all_day = true;
    library_nothing_show(&answer->body);
    return OK;
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct library_page page;
    struct library_version version;
    struct library_line *lines;
    struct library_shown shown;
    const char *moved;
    size_t count;
    enum status status = library_find(ctx, request->path, &page, &version, &moved);
    if (status == ERR_NOT_FOUND && strcmp(request->path, front_path) == 0)
        return show_nothing(request, answer);
    TRY(status);
    if (moved != NULL) {
        TRY(web_see_other(answer, moved));
        answer->code = 301;
        return OK;
    }
    TRY(library_live_list(ctx, &lines, &count));
    TRY(library_shown_fill(ctx, &version.draft, lines, count, &shown));
    fill_group(ctx, &version.draft, lines, count, &shown);
    TRY(fill_head(ctx, &page, &version.draft, answer));
    if (strcmp(page.path, front_path) == 0)
        show_front(ctx, &shown, lines, count, answer);
    else
        library_show(&answer->body, &shown);
    return OK;
}

/* ---- pictures ---- */

static enum status read_id(struct web_request *request, int64_t *out)
{
    if (text_number(web_value(request, "id"), 1, INT64_MAX, out) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "there is no such number");
    return OK;
}

static enum status show_cover(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct library_page page;
    struct library_version version;
    struct picture_shared picture;
    int64_t id;
    TRY(read_id(request, &id));
    TRY(library_page_get(ctx, id, &page));
    TRY(library_version_get(ctx, id, page.live_number, &version));
    TRY(library_picture_shared(ctx, &version.draft, &picture));
    return web_shared_picture(request, answer, &picture);
}

/* As an attachment: a browser shows it inside a page of ours, and saves it when it is opened.  It
 * is asked for again each time, so that one that was removed is seen no more. */
static enum status show_picture(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct library_picture_row_row row;
    struct upload upload;
    struct text_span bytes;
    int64_t id;
    TRY(read_id(request, &id));
    TRY(library_picture_row(ctx, id, &row));
    TRY(upload_read(ctx, id, LIBRARY_PICTURES, &upload, &bytes));
    view_raw(&answer->body, bytes.bytes, bytes.length_bytes);
    answer->content_type = upload.type;
    answer->download_name = upload.name;
    answer->is_public = answer->is_same_all_day = true;
    return OK;
}

/* ---- for search engines ---- */

/* A sitemap holds 50,000 addresses at most (sitemaps.org); the first ones are ours. */
enum { FOUND_MOST = 50000 - LIBRARY_PAGES_MAX - 100 };

static void add_address(struct web_request *request, struct view *out, const char *path,
                        const char *changed_on)
{
    static const char open[] = "  <url><loc>", date[] = "</loc><lastmod>",
                      end[] = "</lastmod></url>\n";
    static const char end_undated[] = "</loc></url>\n";
    view_raw(out, open, sizeof open - 1);
    view_text_str(out, request->ctx->settings->base_url);
    view_text_str(out, path);
    if (changed_on[0] == '\0') {
        view_raw(out, end_undated, sizeof end_undated - 1);
        return;
    }
    view_raw(out, date, sizeof date - 1);
    view_text_str(out, changed_on);
    view_raw(out, end, sizeof end - 1);
}

/* What other capabilities have published. */
static enum status add_found(struct web_request *request, struct view *out)
{
    struct search_address *rows = NULL;
    size_t count = 0;
    TRY(search_addresses(request->ctx, FOUND_MOST, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].kind, SEARCH_GUIDANCE) != 0)
            add_address(request, out, rows[i].href, rows[i].published_on);
    return OK;
}

static enum status show_sitemap(struct web_request *request, struct web_answer *answer)
{
    static const char begin[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset "
                                "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
    static const char end[] = "</urlset>\n";
    struct library_line *lines;
    size_t count;
    TRY(library_live_list(request->ctx, &lines, &count));
    view_raw(&answer->body, begin, sizeof begin - 1);
    for (const struct web_link *link = request->app->navigation; link->text != NULL; link++)
        if (strcmp(link->href, front_path) != 0)
            add_address(request, &answer->body, link->href, "");
    for (size_t i = 0; i < count; i++)
        add_address(request, &answer->body, lines[i].path,
                    time_day_of(request->ctx->mem, lines[i].went_live_at));
    TRY(add_found(request, &answer->body));
    view_raw(&answer->body, end, sizeof end - 1);
    answer->content_type = "application/xml";
    answer->is_public = answer->is_same_all_day = true;
    return OK;
}

const struct web_route library_routes[] = {
    {"GET", "/get-ready", WEB_PUBLIC, show, "The stage Get Ready."},
    {"GET", "/get-in", WEB_PUBLIC, show, "The stage Get In."},
    {"GET", "/get-on", WEB_PUBLIC, show, "The stage Get On."},
    {"GET", "/go-further", WEB_PUBLIC, show, "The stage Go Further."},
    {"GET", "/guidance", WEB_PUBLIC, show, "The front page of guidance."},
    {"GET", "/guidance/:page", WEB_PUBLIC, show, "A page of guidance."},
    {"GET", "/guidance/:section/:page", WEB_PUBLIC, show, "A page of guidance within a section."},
    {"GET", "/guidance/pictures/:id", WEB_PUBLIC, show_picture, "A picture of a page."},
    {"GET", "/guidance/covers/:id", WEB_PUBLIC, show_cover, "The picture beside a shared address."},
    {"GET", "/sitemap.xml", WEB_PUBLIC, show_sitemap, "Every public page, for search engines."},
    {0},
};
