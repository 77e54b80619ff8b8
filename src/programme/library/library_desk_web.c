/* SPDX-License-Identifier: MIT */
/*
 * library_desk_web.c - guidance as editors see it.
 *
 *   /desk/library                            every page, and what it needs
 *   /desk/library/:id                        one page and its versions
 *   /desk/library/:id/versions/:number       one version: preview, differences, what can be done
 *   POST .../back, .../stop, /leave, /down   what is done with one press
 */
#include "programme/library/library_web.h"

#include <inttypes.h>
#include <string.h>

#include "platform/base/time.h"
#include "platform/web/form.h"
#include "platform/web/listing.h"
#include "programme/library/library_desk.h"
#include "programme/library/library_page.html.h"
#include "programme/links/links_web.h"

enum { STUCK_SECS = 3600, ADULT_YEARS = 5 };

/* ---- what there is ---- */

static const struct form_option states[] = {
    {"waits", "Pack brought other words", "nhsuk-tag--orange", NULL},
    {"due", "Check is due", "nhsuk-tag--yellow", NULL},
    {"newer", "Live, with a newer draft", "nhsuk-tag--blue", NULL},
    {"live", "Live", "nhsuk-tag--green", NULL},
    {"draft", "Not public", "nhsuk-tag--grey", NULL},
    {0}};

/* A page can be several of these, and is found by each. */
static const struct form_option narrowings[] = {{"waits", "Pack brought other words", NULL, NULL},
                                                {"due", "Check is due", NULL, NULL},
                                                {"planned", "A version is planned", NULL, NULL},
                                                {"newer", "Live, with a newer draft", NULL, NULL},
                                                {"live", "Live", NULL, NULL},
                                                {"draft", "Not public", NULL, NULL},
                                                {0}};

static const struct listing_column columns[] = {
    {.name = "title", .heading = "Page", .link = "/desk/library/:id"},
    {.name = "state", .heading = "How it stands", .format = LISTING_TAG, .options = states},
    {.name = "check_by_on", .heading = "Next check", .format = LISTING_DATE},
    {.name = "updated_at", .heading = "Last change", .format = LISTING_TIME},
    {.name = "path", .heading = "Address"},
    {.name = "id", .heading = "Number", .format = LISTING_NUMBER, .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {{.argument = "state",
                                                 .label = "How it stands",
                                                 .kind = LISTING_CHOICE,
                                                 .options = narrowings,
                                                 .counts = &library_list_states_query},
                                                {0}};

static const struct listing_order orders[] = {
    {"title", "By title"}, {"check", "By next check"}, {"newest", "Changed last"}, {0}};

static enum status list_intro(struct web_request *request, struct view *out)
{
    (void)request;
    library_desk_intro(out);
    return OK;
}

static const struct listing pages_listing = {.title = "Guidance",
                                             .section = "/desk",
                                             .query = &library_list_query,
                                             .columns = columns,
                                             .filters = filters,
                                             .orders = orders,
                                             .one = "page",
                                             .many = "pages",
                                             .file_name = "guidance",
                                             .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
                                             .intro = list_intro};

/* ---- one page ---- */

enum status library_desk_find(struct web_request *request, struct library_page *out)
{
    int64_t id;
    if (text_number(web_value(request, "id"), 1, INT64_MAX, &id) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "a page has no such number");
    return library_page_get(request->ctx, id, out);
}

enum status library_desk_find_version(struct web_request *request, struct library_page *page,
                                      struct library_version *out)
{
    int64_t number;
    TRY(library_desk_find(request, page));
    if (text_number(web_value(request, "number"), 1, INT64_MAX, &number) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "a version has no such number");
    return library_version_get(request->ctx, page->id, number, out);
}

void library_desk_head(struct web_request *request, struct web_answer *answer, const char *title,
                       const struct library_page *page)
{
    answer->page = (struct web_page){
        .title = title,
        .section = "/desk",
        .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Guidance", "/desk/library"}}};
    if (page != NULL)
        answer->page.crumbs[3] = (struct web_crumb){
            page->title, mem_format(request->ctx->mem, "/desk/library/%" PRId64, page->id)};
}

static const char *what_text(struct mem *mem, const struct library_version *version)
{
    if (strcmp(version->origin, "pack") == 0)
        return mem_format(mem, "From the pack %s", version->origin_note);
    if (strcmp(version->origin, "back") == 0)
        return mem_format(mem, "The words of version %s again", version->origin_note);
    return "Written";
}

static struct library_version_line line_of(struct ctx *ctx, const struct library_page *page,
                                           const struct library_version *version)
{
    struct mem *mem = ctx->mem;
    struct library_version_line line = {.number = version->number,
                                        .what = what_text(mem, version),
                                        .who = version->made_by,
                                        .when = time_show(mem, version->made_at),
                                        .note = version->draft.note,
                                        .state = "Draft",
                                        .colour = "grey"};
    if (version->number == page->live_number) {
        line.state = "Live";
        line.colour = "green";
    } else if (version->published_at != 0) {
        line.state = "Was public";
        line.colour = "white";
    } else if (version->publish_at != 0) {
        line.state = version->publish_at + STUCK_SECS < ctx->now_secs
                         ? "Could not be published"
                         : mem_format(mem, "Planned for %s", time_show(mem, version->publish_at));
        line.colour = version->publish_at + STUCK_SECS < ctx->now_secs ? "red" : "blue";
    }
    return line;
}

static enum status show_page(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct library_page page;
    struct library_version *versions, live;
    struct view mend = {.mem = ctx->mem};
    struct library_desk_page shown = {.page = &page, .check_by = ""};
    TRY(library_desk_find(request, &page));
    TRY(library_version_list(ctx, page.id, &versions, &shown.count));
    shown.lines = mem_array(ctx->mem, struct library_version_line, shown.count);
    for (size_t i = 0; i < shown.count; i++)
        shown.lines[i] = line_of(ctx, &page, &versions[i]);
    if (page.live_number != 0) {
        TRY(library_version_get(ctx, page.id, page.live_number, &live));
        shown.check_by = time_show_day(ctx->mem, live.draft.check_by_on);
        shown.is_late = strcmp(live.draft.check_by_on, time_day_of(ctx->mem, ctx->now_secs)) <= 0;
    }
    TRY(links_mend_write(ctx, &library_linked, web_value(request, "id"), &mend));
    shown.mend = view_html(&mend);
    library_desk_head(request, answer, page.title, NULL);
    library_desk_show(&answer->body, &shown);
    return OK;
}

/* ---- one version ---- */

/* What it is best compared with: what is live, else the one before. */
static int64_t against_of(const struct library_page *page, const struct library_version *version)
{
    if (page->live_number != 0 && page->live_number != version->number)
        return page->live_number;
    return version->number - 1;
}

static enum status fill_differences(struct ctx *ctx, struct library_version_page *out)
{
    struct library_version other;
    struct library_difference *rows;
    out->against = against_of(out->page, out->version);
    if (out->against == 0)
        return OK;
    TRY(library_version_get(ctx, out->page->id, out->against, &other));
    TRY(library_differences(ctx, &other.draft, &out->version->draft, &rows, &out->count));
    out->lines = library_difference_show(ctx->mem, rows, out->count);
    return OK;
}

static enum status answer_version(struct web_request *request, struct web_answer *answer,
                                  struct library_version_page *page,
                                  const struct form_problems *problems)
{
    struct ctx *ctx = request->ctx;
    struct library_line *lines;
    struct library_shown *shown = mem_new(ctx->mem, struct library_shown);
    struct view top = {.mem = ctx->mem};
    size_t count;
    int grade;
    const struct library_version *version = page->version;
    TRY(library_live_list(ctx, &lines, &count));
    TRY(library_shown_fill(ctx, &version->draft, lines, count, shown));
    TRY(library_grade(ctx, version->draft.body, &grade));
    TRY(fill_differences(ctx, page));
    form_show_problems(&top, &(const struct form_shown){.problems = problems});
    grade = grade < 0 ? 0 : grade;
    page->shown = shown;
    page->problems = view_html(&top);
    page->grade = mem_format(ctx->mem, "%d.%d", grade / 10, grade % 10);
    page->age = mem_format(ctx->mem, "%d", (grade + 5) / 10 + ADULT_YEARS);
    page->planned = version->publish_at != 0 ? time_show(ctx->mem, version->publish_at) : "";
    page->is_live = page->page->live_number == version->number;
    page->was_live = version->published_at != 0;
    page->is_waiting = page->page->pack_waits == version->number;
    page->form_token = web_token(request);
    library_desk_head(
        request, answer,
        mem_format(ctx->mem, "%s, version %" PRId64, page->page->title, version->number),
        page->page);
    library_version_show(&answer->body, page);
    return OK;
}

static enum status show_version(struct web_request *request, struct web_answer *answer)
{
    struct library_page page;
    struct library_version version;
    struct library_version_page shown = {.page = &page, .version = &version};
    TRY(library_desk_find_version(request, &page, &version));
    return answer_version(request, answer, &shown, NULL);
}

static enum status go_to(struct web_request *request, struct web_answer *answer, int64_t id)
{
    return web_see_other(answer, mem_format(request->ctx->mem, "/desk/library/%" PRId64, id));
}

static enum status bring_back(struct web_request *request, struct web_answer *answer)
{
    struct library_page page;
    struct library_version version;
    struct form_problems problems = {.count = 0};
    struct library_version_page shown = {.page = &page, .version = &version};
    TRY(library_desk_find_version(request, &page, &version));
    enum status status = library_roll_back(request->ctx, page.id, version.number, &problems);
    if (status == ERR_INVALID && request->wants == WEB_JSON)
        return form_problems_answer(answer, &problems, status);
    if (status == ERR_INVALID) {
        TRY(answer_version(request, answer, &shown, &problems));
        return ERR_INVALID;
    }
    TRY(status);
    return go_to(request, answer, page.id);
}

static enum status stop(struct web_request *request, struct web_answer *answer)
{
    struct library_page page;
    struct library_version version;
    TRY(library_desk_find_version(request, &page, &version));
    TRY(library_publish_stop(request->ctx, page.id, version.number));
    return go_to(request, answer, page.id);
}

static enum status leave(struct web_request *request, struct web_answer *answer)
{
    struct library_page page;
    TRY(library_desk_find(request, &page));
    TRY(library_leave_pack(request->ctx, page.id));
    return go_to(request, answer, page.id);
}

/* ---- taking down ---- */

static const struct form_field no_fields[] = {FORM_END};

static enum status ask_down(struct web_request *request, struct web_answer *answer)
{
    struct library_page page;
    struct mem *mem = request->ctx->mem;
    TRY(library_desk_find(request, &page));
    struct view intro = {.mem = mem};
    inset_text(&intro,
               &(const struct inset_text){
                   .text = "The public then finds nothing at this address, and links to it "
                           "break. A version that is planned will not come out. All versions stay "
                           "here, and you can publish one again."});
    answer->page.section = "/desk";
    return form_answer(request, answer,
                       &(const struct form_page){
                           .title = mem_format(mem, "Take down “%s”", page.title),
                           .action = mem_format(mem, "/desk/library/%" PRId64 "/down", page.id),
                           .button = "Take it down",
                           .is_warning = true,
                           .intro = view_html(&intro),
                           .back_href = mem_format(mem, "/desk/library/%" PRId64, page.id),
                           .shown = {.fields = no_fields}});
}

static enum status take_down(struct web_request *request, struct web_answer *answer)
{
    struct library_page page;
    TRY(library_desk_find(request, &page));
    TRY(library_take_down(request->ctx, page.id));
    return go_to(request, answer, page.id);
}

/* ---- what waits ---- */

static enum status count_due(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct library_due_count_row row;
    (void)scope;
    TRY(library_due_count(ctx, time_day_of(ctx->mem, ctx->now_secs), &row));
    *out = (struct desk_load){.waiting_count = row.pages};
    return row.pages > 0 ? time_day_start(row.first_on, &out->oldest_at) : OK;
}

static enum status count_waits(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct library_waits_count_row row;
    (void)scope;
    TRY(library_waits_count(ctx, &row));
    *out = (struct desk_load){row.pages, row.oldest_at};
    return OK;
}

static enum status count_stuck(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct library_stuck_count_row row;
    (void)scope;
    TRY(library_stuck_count(ctx, ctx->now_secs - STUCK_SECS, &row));
    *out = (struct desk_load){row.versions, row.oldest_at};
    return OK;
}

const struct desk_queue library_queues[] = {
    {"Guidance to check again", "/desk/library?state=due", "The day to check its facts has come.",
     MAY_EDIT_CONTENT, count_due},
    {"Guidance with newer words from a pack", "/desk/library?state=waits",
     "Editors had changed the page, so it was left as it is.", MAY_EDIT_CONTENT, count_waits},
    {"Guidance that did not come out", "/desk/library?state=planned",
     "At its time another page had its address.", MAY_EDIT_CONTENT, count_stuck},
    {"Guidance", "/desk/library", "Write, publish, compare and bring back pages.", MAY_EDIT_CONTENT,
     NULL},
    {0},
};

const struct web_route library_desk_routes[] = {
    WEB_LISTING("/desk/library", MAY_EDIT_CONTENT, &pages_listing, "Pages of guidance."),
    {"GET", "/desk/library/:id", MAY_EDIT_CONTENT, show_page, "One page and its versions."},
    {"GET", "/desk/library/:id/versions/:number", MAY_EDIT_CONTENT, show_version,
     "One version: preview and differences."},
    {"POST", "/desk/library/:id/versions/:number/back", MAY_EDIT_CONTENT, bring_back,
     "Publishes the words of an old version again."},
    {"POST", "/desk/library/:id/versions/:number/stop", MAY_EDIT_CONTENT, stop,
     "Stops a planned publication. Safe to repeat."},
    {"POST", "/desk/library/:id/leave", MAY_EDIT_CONTENT, leave,
     "Leaves the words of a pack aside. Safe to repeat."},
    {"GET", "/desk/library/:id/down", MAY_EDIT_CONTENT, ask_down, "Asks before taking down."},
    {"POST", "/desk/library/:id/down", MAY_EDIT_CONTENT, take_down,
     "Takes a page down. Safe to repeat."},
    {0},
};
