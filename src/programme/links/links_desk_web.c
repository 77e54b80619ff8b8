/* SPDX-License-Identifier: MIT */
/*
 * links_desk_web.c - where public pages lead, as editors see it.
 *
 *   /desk/links    links of every kind of page, as the last look found them
 *
 * and, on the page of each, those to mend.
 */
#include "programme/links/links_web.h"

#include "platform/web/listing.h"
#include "programme/links/links_internal.h"
#include "programme/links/links_page.html.h"
#include "programme/search/search.h"

static const struct form_option states[] = {
    {"broken", "Broken", "nhsuk-tag--red", NULL},
    {"moved", "Has moved", "nhsuk-tag--yellow", NULL},
    {"once", "Failed on one day", "nhsuk-tag--orange", NULL},
    {"unclear", "Answers people only", "nhsuk-tag--grey", NULL},
    {"ok", "Works", "nhsuk-tag--green", NULL},
    {"new", "Looked at soon", "nhsuk-tag--grey", NULL},
    {"unchecked", "Not checked", "nhsuk-tag--grey", NULL},
    {0}};

static const struct form_option kinds[] = {{SEARCH_GUIDANCE, "Guidance", NULL, NULL},
                                           {SEARCH_CASE_STUDY, "Case study", NULL, NULL},
                                           {SEARCH_NEWS, "News", NULL, NULL},
                                           {SEARCH_RESOURCE, "Document", NULL, NULL},
                                           {0}};

static const struct listing_column columns[] = {
    {.name = "href", .heading = "Link"},
    {.name = "state", .heading = "How it stands", .format = LISTING_TAG, .options = states},
    {.name = "detail", .heading = "What was found"},
    {.name = "title", .heading = "On the page", .link = ":edit_href"},
    {.name = "kind", .heading = "Kind of page", .format = LISTING_CODE, .options = kinds},
    {.name = "looked_at", .heading = "Looked at", .format = LISTING_TIME},
    {.name = "page", .heading = "Number", .is_in_files_only = true},
    {.name = "edit_href", .heading = "Where to mend it", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {{.argument = "state",
                                                 .label = "How it stands",
                                                 .kind = LISTING_CHOICE,
                                                 .options = states,
                                                 .column = "state"},
                                                {.argument = "kind",
                                                 .label = "Kind of page",
                                                 .kind = LISTING_CHOICE,
                                                 .options = kinds,
                                                 .column = "kind"},
                                                {0}};

static const struct listing_order orders[] = {{"state", "Broken first"}, {0}};

static enum status intro(struct web_request *request, struct view *out)
{
    (void)request;
    links_intro(out);
    return OK;
}

static const struct listing list = {.title = "Check of links",
                                    .section = "/desk",
                                    .query = &links_list_query,
                                    .columns = columns,
                                    .filters = filters,
                                    .orders = orders,
                                    .one = "link",
                                    .many = "links",
                                    .file_name = "links",
                                    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
                                    .intro = intro};

/* ---- on the page of each ---- */

enum status links_mend_write(struct ctx *ctx, const struct links_kind *kind, const char *key,
                             struct view *out)
{
    struct links_wrong_row *rows;
    struct links_mend mend = {.count = 0};
    TRY(links_wrong(ctx, links_name(ctx->mem, kind->kind, key), LINKS_MOST, &rows, &mend.count));
    mend.links = rows;
    if (mend.count > 0)
        links_mend_show(out, &mend);
    return OK;
}

/* ---- the desk ---- */

static enum status count_broken(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct links_broken_count_row row;
    (void)scope;
    TRY(links_broken_count(ctx, &row));
    *out = (struct desk_load){row.links, row.oldest_at};
    return OK;
}

const struct desk_queue links_queues[] = {
    {"Broken links", "/desk/links?state=broken", "They lead to a page that is not there.",
     MAY_EDIT_CONTENT, count_broken},
    {0},
};

const struct web_route links_routes[] = {
    WEB_LISTING("/desk/links", MAY_EDIT_CONTENT, &list,
                "Links of public pages, as the last look found them."),
    {0},
};
