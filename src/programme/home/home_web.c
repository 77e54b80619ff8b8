/* SPDX-License-Identifier: MIT */
/*
 * home_web.c - the front page, and what a public service must say about itself.
 *
 *   GET /               the front page
 *   GET /accessibility  the accessibility statement
 *   GET /contact        how to reach those who run the service
 *   GET /cookies        what is kept in the browser
 *   GET /terms          what one may expect, and what is expected
 *
 * The privacy notice is in rights/.
 *
 * The periods on these pages are those that the program keeps, so they cannot become untrue.
 */
#include "programme/home/home_web.h"

#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/session.h"
#include "programme/home/home.h"
#include "programme/home/home.html.h"
#include "programme/library/library.h"
#include "programme/pledge/pledge.h"

#include <inttypes.h>
#include <string.h>

enum { PLEDGES_COUNTED = 10000, PEOPLE_SHOWN = 20 };

/* What this programme works towards; which version is in force is the pack's to say. */
static const char framework_code[] = "talent-for-care";

bool home_is_in(const struct framework_intention *intention, const struct framework_stage *stage)
{
    return strcmp(intention->stage, stage->code) == 0;
}

/* ---- the front page ---- */

static const char *signed_text(struct mem *mem, int64_t count)
{
    if (count == 0)
        return "";
    if (count > PLEDGES_COUNTED)
        return "Over 10,000 organisations have signed so far.";
    return mem_format(mem, "%" PRId64 " organisation%s signed so far.", count,
                      count == 1 ? " has" : "s have");
}

/* The page of guidance that begins a stage has the stage's name as its address. */
static enum status fill_stages(struct ctx *ctx, struct home_page *page)
{
    size_t line_count;
    struct library_line *lines;
    const struct framework *framework = page->framework;
    struct home_stage *stages = mem_array(ctx->mem, struct home_stage, framework->stage_count);
    TRY(library_live_list(ctx, &lines, &line_count));
    for (size_t i = 0; i < framework->stage_count; i++) {
        stages[i] = (struct home_stage){.of = &framework->stages[i], .href = ""};
        for (size_t n = 0; n < line_count; n++)
            if (strcmp(lines[n].stage, stages[i].of->code) == 0 &&
                strcmp(lines[n].path + 1, stages[i].of->code) == 0)
                stages[i].href = lines[n].path;
    }
    page->stages = stages;
    return OK;
}

static enum status fill_framework(struct ctx *ctx, struct home_page *page)
{
    struct framework *framework = mem_new(ctx->mem, struct framework);
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    enum status status = framework_on(ctx, framework_code, today, framework);
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    page->framework = framework;
    return fill_stages(ctx, page);
}

/* Those who lead the work stand first; the others can be opened, so that the page stays short. */
static bool is_shown_first(const struct access_person *person)
{
    const char *role = person->grant_count > 0 ? person->grants[0].role->code : "";
    return strcmp(role, "national") == 0 || strcmp(role, "regional") == 0 ||
           strcmp(role, "lead") == 0;
}

static void split_people(struct mem *mem, const struct access_person *all, size_t count,
                         struct home_page *page)
{
    struct access_person *first = mem_array(mem, struct access_person, count);
    struct access_person *others = mem_array(mem, struct access_person, count);
    for (size_t i = 0; i < count; i++)
        if (is_shown_first(&all[i]))
            first[page->person_count++] = all[i];
        else
            others[page->other_count++] = all[i];
    page->people = first;
    page->others = others;
}

/* What the capabilities wrote, two beside each other. */
static enum status fill_rows(struct ctx *ctx, struct home_page *page)
{
    size_t count = 0, written = 0;
    while (home_sections[count] != NULL)
        count++;
    struct home_row *rows = mem_array(ctx->mem, struct home_row, count / 2 + 1);
    for (size_t i = 0; i < count; i++) {
        struct view section = {.mem = ctx->mem};
        TRY(home_sections[i]->write(ctx, &section));
        struct html html = view_html(&section);
        if (html.trusted == NULL || html.trusted[0] == '\0')
            continue;
        *(written % 2 == 0 ? &rows[written / 2].left : &rows[written / 2].right) = html;
        written++;
    }
    page->rows = rows;
    page->row_count = (written + 1) / 2;
    return OK;
}

static enum status front(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct home_page page = {.is_demonstration = ctx->settings->demonstration};
    struct access_person *people;
    int64_t pledges;
    TRY(fill_framework(ctx, &page));
    TRY(pledge_count_published(ctx, PLEDGES_COUNTED + 1, &pledges));
    TRY(fill_rows(ctx, &page));
    page.signed_text = signed_text(ctx->mem, pledges);
    if (page.is_demonstration) {
        size_t count;
        TRY(access_person_list(ctx, "", PEOPLE_SHOWN, &people, &count));
        split_people(ctx->mem, people, count, &page);
    }
    answer->page.title = "A career in health and care, for everyone";
    answer->page.description = "Employers, trade unions and schools help people to get ready, get "
                               "in, get on and go further in health and care.";
    answer->page.section = "/";
    answer->page.is_wide = true;
    answer->is_public = true;
    answer->is_same_all_day = !page.is_demonstration; /* roles of people may end at any minute */
    home_front(&answer->body, &page);
    return OK;
}

/* ---- the pages of the footer ---- */

static struct home_about about(const struct web_request *request)
{
    const struct settings *settings = request->ctx->settings;
    return (struct home_about){
        .service_name = settings->service_name,
        .contact_email = settings->contact_email,
        .contact_href = mem_format(request->ctx->mem, "mailto:%s", settings->contact_email),
        .is_demonstration = settings->demonstration,
        .cookie_name = text_begins(settings->base_url, "https:") ? "__Host-onward" : "onward",
        .browser_days = SESSION_BROWSER_SECS / TIME_DAY_SECS,
        .idle_hours = SESSION_IDLE_SECS / TIME_HOUR_SECS,
        .session_hours = SESSION_KEPT_SECS / TIME_HOUR_SECS,
    };
}

static enum status show(struct web_request *request, struct web_answer *answer, const char *title,
                        void (*view)(struct view *out, const struct home_about *p))
{
    struct home_about page = about(request);
    answer->page.title = title;
    answer->page.crumbs[0] = (struct web_crumb){"Home", "/"};
    answer->is_public = answer->is_same_all_day = true;
    view(&answer->body, &page);
    return OK;
}

static enum status accessibility(struct web_request *request, struct web_answer *answer)
{
    return show(request, answer, "Accessibility statement", home_accessibility);
}

static enum status contact(struct web_request *request, struct web_answer *answer)
{
    return show(request, answer, "Contact us", home_contact);
}

static enum status cookies(struct web_request *request, struct web_answer *answer)
{
    return show(request, answer, "Cookies", home_cookies);
}

static enum status terms(struct web_request *request, struct web_answer *answer)
{
    return show(request, answer, "Terms", home_terms);
}

const struct web_route home_routes[] = {
    {"GET", "/", WEB_PUBLIC, front, "The front page."},
    {"GET", "/accessibility", WEB_PUBLIC, accessibility, "The accessibility statement."},
    {"GET", "/contact", WEB_PUBLIC, contact, "How to reach those who run the service."},
    {"GET", "/cookies", WEB_PUBLIC, cookies, "What is kept in the browser."},
    {"GET", "/terms", WEB_PUBLIC, terms, "What one may expect, and what is expected."},
    {0},
};
