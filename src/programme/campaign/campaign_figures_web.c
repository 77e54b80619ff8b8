/* SPDX-License-Identifier: MIT */
/*
 * campaign_figures_web.c - figures a quarter.
 *
 *   /desk/campaign/figures      the table
 *   /desk/campaign/figures.csv  the same to download
 */
#include "platform/base/time.h"
#include "platform/document/csv.h"
#include "programme/campaign/campaign_page.html.h"
#include "programme/campaign/campaign_web.h"

#include <inttypes.h>

static const char *days_text(struct mem *mem, const struct campaign_quarter *quarter,
                             const char *nothing)
{
    return quarter->has_median ? mem_format(mem, "%.1f", quarter->median_days) : nothing;
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct campaign_quarter quarters[CAMPAIGN_QUARTERS];
    struct campaign_figures_page page = {.count = CAMPAIGN_QUARTERS};
    struct mem *mem = request->ctx->mem;
    TRY(campaign_figures(request->ctx, request->grant.scope, quarters));
    for (size_t i = 0; i < page.count; i++)
        page.lines[i] =
            (struct campaign_quarter_line){.quarter = &quarters[i],
                                           .days = days_text(mem, &quarters[i], "–"),
                                           .first = time_show_day(mem, quarters[i].first_on),
                                           .last = time_show_day(mem, quarters[i].last_on)};
    answer->page = (struct web_page){
        .title = "Figures a quarter",
        .section = "/desk",
        .is_wide = true,
        .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Who has not signed", "/desk/campaign"}}};
    campaign_figures_show(&answer->body, &page);
    return OK;
}

static void write_quarter(struct csv_writer *csv, struct mem *mem,
                          const struct campaign_quarter *quarter)
{
    csv_write_text(csv, quarter->name);
    csv_write_text(csv, quarter->first_on);
    csv_write_text(csv, quarter->last_on);
    csv_write_int(csv, quarter->sent_count);
    csv_write_int(csv, quarter->signed_count);
    csv_write_text(csv, days_text(mem, quarter, ""));
    csv_write_int(csv, quarter->countersigned_count);
    csv_write_int(csv, quarter->returned_count);
    csv_write_int(csv, quarter->reminder_count);
    csv_write_int(csv, quarter->letter_count);
    csv_write_int(csv, quarter->after_letter_count);
    csv_write_row_end(csv);
}

static enum status download(struct web_request *request, struct web_answer *answer)
{
    static const char *const headings[] = {"quarter",
                                           "first_on",
                                           "last_on",
                                           "sent",
                                           "signed",
                                           "median_days_to_sign",
                                           "countersigned",
                                           "returned",
                                           "reminders",
                                           "letters",
                                           "signed_within_30_days_of_a_letter"};
    struct campaign_quarter quarters[CAMPAIGN_QUARTERS];
    struct csv_writer csv;
    TRY(campaign_figures(request->ctx, request->grant.scope, quarters));
    csv_write_begin(&csv, request->ctx->mem, true);
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++)
        csv_write_text(&csv, headings[i]);
    csv_write_row_end(&csv);
    for (int i = 0; i < CAMPAIGN_QUARTERS; i++)
        write_quarter(&csv, request->ctx->mem, &quarters[i]);
    view_raw(&answer->body, csv.text, csv.length_bytes);
    answer->content_type = "text/csv";
    answer->download_name = "pledge-figures.csv";
    return OK;
}

const struct web_route campaign_figure_routes[] = {
    {"GET", "/desk/campaign/figures", MAY_CHASE_PLEDGES, show, "Figures a quarter."},
    {"GET", "/desk/campaign/figures.csv", MAY_CHASE_PLEDGES, download, "The same as CSV."},
    {0},
};
