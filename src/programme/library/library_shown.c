/* SPDX-License-Identifier: MIT */
/* library_shown.c - a version as people, search engines and other services see it. */
#include "programme/library/library_shown.h"

#include <jansson.h>
#include <string.h>

#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "programme/library/library_block.h"

enum { LINES_MOST = 50 };

/* ---- for people ---- */

static size_t fill_lines(struct mem *mem, const char *text, const char ***out)
{
    size_t count = 0;
    *out = mem_array(mem, const char *, LINES_MOST);
    for (const char *line; (line = library_line_next(mem, &text)) != NULL;)
        if (line[0] != '\0' && count < LINES_MOST)
            (*out)[count++] = line;
    return count;
}

static void fill_steps(struct mem *mem, const char *text, struct library_shown *out)
{
    const char **lines;
    size_t count = fill_lines(mem, text, &lines);
    out->steps = mem_array(mem, struct library_way, count);
    for (size_t i = 0; i < count; i++) {
        struct library_way *way = &out->steps[out->step_count];
        out->step_count += library_step_read(mem, lines[i], &way->text, &way->href);
    }
}

/* Only pages that are public now; others would lead nowhere. */
static void fill_related(struct mem *mem, const char *text, const struct library_line *lines,
                         size_t line_count, struct library_shown *out)
{
    const char **paths;
    size_t count = fill_lines(mem, text, &paths);
    out->related = mem_array(mem, struct library_way, count);
    for (size_t i = 0; i < count; i++)
        for (size_t at = 0; at < line_count; at++)
            if (strcmp(lines[at].path, paths[i]) == 0)
                out->related[out->related_count++] =
                    (struct library_way){lines[at].title, lines[at].path};
}

enum status library_shown_fill(struct ctx *ctx, const struct library_draft *draft,
                               const struct library_line *lines, size_t count,
                               struct library_shown *out)
{
    struct mem *mem = ctx->mem;
    const char *today = time_day_of(mem, ctx->now_secs);
    bool is_of_stage = text_begins(draft->path, "/guidance");
    *out = (struct library_shown){.title = draft->title,
                                  .summary = draft->summary,
                                  .stage = "",
                                  .checked = time_show_day(mem, draft->checked_on),
                                  .check_by = time_show_day(mem, draft->check_by_on),
                                  .is_late = strcmp(draft->check_by_on, today) < 0};
    if (is_of_stage)
        TRY(framework_stage_name(ctx, draft->stage, &out->stage));
    fill_steps(mem, draft->steps, out);
    fill_related(mem, draft->related, lines, count, out);
    out->source_count = fill_lines(mem, draft->sources, &out->sources);
    return library_markdown(ctx, draft->body, &out->body);
}

struct library_difference_line *library_difference_show(struct mem *mem,
                                                        const struct library_difference *rows,
                                                        size_t count)
{
    static const struct library_difference_line kinds[] = {
        [LIBRARY_SAME] = {"", "", "", ""},
        [LIBRARY_ADDED] = {"+", "Added: ", "", " app-difference--added"},
        [LIBRARY_REMOVED] = {"−", "Removed: ", "", " app-difference--removed"}};
    struct library_difference_line *lines = mem_array(mem, struct library_difference_line, count);
    for (size_t i = 0; i < count; i++) {
        lines[i] = kinds[rows[i].change];
        lines[i].text = rows[i].text;
    }
    return lines;
}

/* ---- for search engines ---- */

static json_t *crumb(int position, const char *name, const char *url)
{
    return json_pack("{s:s, s:i, s:s, s:s}", "@type", "ListItem", "position", position, "name",
                     name, "item", url);
}

const char *library_linked_data(struct ctx *ctx, const struct library_page *page,
                                const struct library_draft *draft)
{
    struct mem *mem = ctx->mem;
    const char *base = ctx->settings->base_url;
    const char *url = mem_join(mem, base, page->path, "");
    bool is_below = text_begins(page->path, "/guidance/");
    json_t *crumbs = json_array();
    json_array_append_new(crumbs, crumb(1, "Home", mem_join(mem, base, "/", "")));
    if (is_below)
        json_array_append_new(crumbs, crumb(2, "Guidance", mem_join(mem, base, "/guidance", "")));
    json_array_append_new(crumbs, crumb(is_below ? 3 : 2, draft->title, url));
    json_t *root = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:{s:s, s:s}, s:{s:s, s:o}}",
                             "@context", "https://schema.org", "@type", "WebPage", "name",
                             draft->title, "description", draft->summary, "url", url, "inLanguage",
                             "en-GB", "dateModified", time_day_of(mem, page->went_live_at),
                             "isPartOf", "@type", "WebSite", "name", ctx->settings->service_name,
                             "breadcrumb", "@type", "BreadcrumbList", "itemListElement", crumbs);
    size_t size_bytes = json_dumpb(root, NULL, 0, JSON_COMPACT);
    char *text = mem_bytes(mem, size_bytes + 1);
    json_dumpb(root, text, size_bytes, JSON_COMPACT);
    json_decref(root);
    return text;
}

/* ---- for who shares the address ---- */

enum status library_picture_shared(struct ctx *ctx, const struct library_draft *draft,
                                   struct picture_shared *out)
{
    const char *stage;
    TRY(framework_stage_name(ctx, draft->stage, &stage));
    bool is_of_stage =
        stage[0] != '\0' && strcmp(stage, draft->title) != 0; /* or it is the stage */
    *out = (struct picture_shared){
        .kind = is_of_stage ? mem_format(ctx->mem, "Guidance · %s", stage) : "Guidance",
        .title = draft->title,
        .line = draft->summary};
    return OK;
}
