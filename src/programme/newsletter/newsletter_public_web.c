/* SPDX-License-Identifier: MIT */
/*
 * newsletter_public_web.c - every issue that was sent, for everybody.
 *
 *   /newsletter, .atom ...      all of them but those that were stopped
 *   /newsletter/:reference      one; of one that was stopped it says so
 */
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/newsletter/newsletter.h"
#include "programme/newsletter/newsletter_issue.sql.h"
#include "programme/newsletter/newsletter_page.html.h"
#include "programme/newsletter/newsletter_web.h"

/* In the order of the columns of newsletter_archive. */
enum { REFERENCE, SUBJECT, PREVIEW, BEGUN_AT };

static const struct listing_column columns[] = {
    {.name = "subject", .heading = "Newsletter", .link = "/newsletter/:reference"},
    {.name = "preview", .heading = "About"},
    {.name = "begun_at", .heading = "Sent", .format = LISTING_TIME},
    {.name = "reference", .heading = "Reference", .is_in_files_only = true},
    {0}};
static const struct listing_order orders[] = {
    {"newest", "Newest first"}, {"oldest", "Oldest first"}, {0}};

static void show_card(struct view *out, const struct store_value *row)
{
    newsletter_archive_card(out, row[REFERENCE].text, row[SUBJECT].text, row[PREVIEW].text,
                            time_show_day(out->mem, time_day_of(out->mem, row[BEGUN_AT].n)));
}

static enum status intro(struct web_request *request, struct view *out)
{
    (void)request;
    newsletter_archive_intro(out);
    return OK;
}

static enum status empty(struct web_request *request, struct view *out)
{
    (void)request;
    newsletter_archive_empty(out);
    return OK;
}

static const struct listing archive = {
    .title = "Newsletter",
    .section = "/newsletter",
    .query = &newsletter_archive_query,
    .columns = columns,
    .orders = orders,
    .one = "newsletter",
    .many = "newsletters",
    .file_name = "newsletter",
    .crumbs = {{"Home", "/"}},
    .intro = intro,
    .empty = empty,
    .card = show_card,
    .dated_column = "begun_at",
    .title_column = "subject",
};

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct newsletter_public_page page;
    struct newsletter_issue *issue = mem_new(ctx->mem, struct newsletter_issue);
    TRY(newsletter_issue_public(ctx, web_value(request, "reference"), issue));
    page.issue = issue;
    page.sent_on = time_show_day(ctx->mem, time_day_of(ctx->mem, issue->begun_at));
    TRY(newsletter_page_html(ctx, issue, &page.inside));
    answer->page = (struct web_page){.title = issue->subject,
                                     .description = issue->preview,
                                     .section = "/newsletter",
                                     .crumbs = {{"Home", "/"}, {"Newsletter", "/newsletter"}},
                                     .feeds = {"/newsletter.atom"}};
    answer->is_public = true;
    answer->is_same_all_day = true;
    if (issue->is_stopped)
        web_header(answer, "X-Robots-Tag", "noindex");
    newsletter_public_page(&answer->body, &page);
    return OK;
}

const struct web_route newsletter_public_routes[] = {
    WEB_LISTING("/newsletter", WEB_PUBLIC, &archive, "Every newsletter that was sent."),
    {"GET", "/newsletter/:reference", WEB_PUBLIC, show, "One newsletter."},
    {0},
};
