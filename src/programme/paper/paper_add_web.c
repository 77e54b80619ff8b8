/* SPDX-License-Identifier: MIT */
/*
 * paper_add_web.c - putting in what came by mail or post, and the papers on the desk's page of a
 * pledge.
 */
#include "platform/base/time.h"
#include "platform/document/scan.h"
#include "platform/document/upload.h"
#include "programme/directory/directory_web.h"
#include "programme/paper/paper.sql.h"
#include "programme/paper/paper_page.html.h"
#include "programme/paper/paper_record_web.h"
#include "programme/paper/paper_web.h"

#include <string.h>

enum { OF_PLEDGE_MAX = 50 };

static const struct form_option abouts[] = {
    {"signature", "One signature, for a pledge that waits", "It has a reference on it.", NULL},
    {"pledge", "A whole pledge", "The blank form, filled in by hand.", NULL},
    {0}};

static const struct form_option sides[] = {
    {"leader", "The employer", NULL, NULL}, {"cosigner", "The staff side", NULL, NULL}, {0}};

static const struct form_option ways[] = {
    {"mail", "By email", NULL, NULL}, {"post", "By post", NULL, NULL}, {0}};

static const struct form_field fields[] = {
    FORM_ONE_OF(paper_new, about, .options = abouts, .label = "What is on the paper?",
                .missing = "Choose what is on the paper"),
    FORM_TEXT(paper_new, pledge, .when = "about", .is = "signature",
              .label = "Reference or code of the pledge", .hint = "It is printed on each page.",
              .missing = "Enter the reference or code of the pledge"),
    FORM_ONE_OF(paper_new, side, .options = sides, .when = "about", .is = "signature",
                .label = "Who has signed?", .missing = "Choose who has signed"),
    FORM_LOOKUP(paper_new, organisation, .in = &directory_organisations, .when = "about",
                .is = "pledge", .label = "Which organisation is it from?",
                .hint = "Type its name, town, postcode or ODS code",
                .missing = "Enter the organisation that it is from"),
    FORM_ONE_OF(paper_new, came_by, .options = ways, .label = "How did it come?",
                .missing = "Choose how it came"),
    FORM_DATE(paper_new, received_on, .label = "On which day did it come?",
              .missing = "Enter the day on which it came"),
    FORM_FILE(paper_new, scan, .file_types = scan_endings, .label = "The scan",
              .hint =
                  "All pages with writing on them, as one PDF, or a JPG or PNG of the one page. "
                  "Up to 10 MB and 20 pages",
              .missing = "Choose the scan of the paper"),
    FORM_END};

static enum status show_form(struct web_request *request, struct web_answer *answer,
                             const struct form_problems *problems)
{
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Put in a paper",
                                  .action = "/desk/paper/add",
                                  .button = "Put it in",
                                  .back_href = "/desk/paper",
                                  .shown = {.fields = fields,
                                            .answers = problems != NULL ? request->sent : NULL,
                                            .problems = problems}});
}

enum status paper_add_ask(struct web_request *request, struct web_answer *answer)
{
    return show_form(request, answer, NULL);
}

enum status paper_add_do(struct web_request *request, struct web_answer *answer)
{
    struct paper_new form = {0};
    struct form_problems problems = {.count = 0};
    const char *reference;
    enum status status = paper_read_form(request, fields, &form, &problems);
    if (status == OK)
        status = paper_add(request->ctx, &form, &problems, &reference);
    if (status == ERR_INVALID) {
        request->ctx->fault = NULL;
        if (form.scan.upload_id != 0)
            TRY(upload_remove(request->ctx, form.scan.upload_id, form.scan.owner));
        return show_form(request, answer, &problems);
    }
    TRY(status);
    return web_see_other(answer, mem_format(request->ctx->mem, "/desk/paper/%s", reference));
}

/* ---- on the desk's page of a pledge ---- */

static const char *what_of(const struct paper_of_pledge_row *row)
{
    return strcmp(row->about, "pledge") == 0  ? "the whole pledge"
           : strcmp(row->side, "leader") == 0 ? "signature for the employer"
                                              : "signature for the staff side";
}

static const char *state_text(const char *state)
{
    return strcmp(state, "waiting") == 0    ? "to be recorded"
           : strcmp(state, "recorded") == 0 ? "to be checked"
           : strcmp(state, "counted") == 0  ? "counts"
                                            : state;
}

static enum status write_papers(struct web_request *request, const struct pledge *pledge,
                                struct view *out)
{
    struct mem *mem = request->ctx->mem;
    struct paper_of_pledge_row *rows;
    struct paper_papers_page page = {0};
    TRY(paper_of_pledge(request->ctx, pledge->reference, OF_PLEDGE_MAX, &rows, &page.count));
    struct paper_of_line *lines = mem_array(mem, struct paper_of_line, page.count);
    for (size_t i = 0; i < page.count; i++)
        lines[i] = (struct paper_of_line){
            mem_format(mem, "/desk/paper/%s", rows[i].reference), rows[i].reference,
            what_of(&rows[i]), state_text(rows[i].state), time_show_day(mem, rows[i].received_on)};
    page.lines = lines;
    if (page.count > 0)
        paper_of_section(out, &page);
    return OK;
}

const struct pledge_section paper_desk_section = {PLEDGE_AT_DESK, write_papers};
