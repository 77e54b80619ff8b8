/* SPDX-License-Identifier: MIT */
/*
 * campaign_web.c - who has not signed, and what waits.
 *
 *   /desk/campaign                                  counts by region and kind
 *   /desk/campaign/unsigned                         one by one
 *   /desk/campaign/waiting                          pledges that wait for too long
 */
#include "programme/campaign/campaign_web.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/campaign/campaign.sql.h"
#include "programme/campaign/campaign_list_web.h"
#include "programme/campaign/campaign_page.html.h"
#include "programme/directory/directory.h"
#include "programme/pledge/pledge.h"

#include <inttypes.h>
#include <string.h>

enum { COUNTS_MOST = 1000, SHOWN_MOST = 20 };

/* ---- choices ---- */

static const struct form_option *options_of(struct mem *mem, const struct directory_choice *choices,
                                            size_t count)
{
    struct form_option *options = mem_array(mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct form_option){.code = choices[i].code, .label = choices[i].name};
    return options;
}

static enum status places(struct ctx *ctx, const char *relation, const struct form_option **out)
{
    struct directory_choice *choices;
    size_t count;
    TRY(directory_places(ctx, relation, time_day_of(ctx->mem, ctx->now_secs), &choices, &count));
    *out = options_of(ctx->mem, choices, count);
    return OK;
}

enum status campaign_region_options(struct ctx *ctx, const struct form_option **out)
{
    return places(ctx, "region", out);
}

enum status campaign_board_options(struct ctx *ctx, const struct form_option **out)
{
    return places(ctx, "board", out);
}

enum status campaign_kind_options(struct ctx *ctx, const struct form_option **out)
{
    struct directory_choice *choices;
    size_t count;
    TRY(directory_kinds(ctx, DIRECTORY_ORGANISATIONS, &choices, &count));
    *out = options_of(ctx->mem, choices, count);
    return OK;
}

static const struct form_option pledge_options[] = {
    {"none", "None", "nhsuk-tag--grey", NULL},
    {"awaiting", "Waits for a signature", "nhsuk-tag--yellow", NULL},
    {"returned", "Returned", "nhsuk-tag--orange", NULL},
    {0}};

static const char *label_of(const struct form_option *options, const char *code)
{
    for (; options->code != NULL; options++)
        if (strcmp(options->code, code) == 0)
            return options->label;
    return code;
}

/* ---- counts ---- */

static enum status home(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct campaign_counts_row *rows;
    struct campaign_home page = {0};
    const struct form_option *regions, *kinds;
    TRY(campaign_region_options(ctx, &regions));
    TRY(campaign_kind_options(ctx, &kinds));
    TRY(campaign_counts(ctx, time_day_of(ctx->mem, ctx->now_secs), request->grant.scope,
                        COUNTS_MOST, &rows, &page.count));
    page.lines = mem_array(ctx->mem, struct campaign_count_line, page.count);
    for (size_t i = 0; i < page.count; i++) {
        const char *region = rows[i].region;
        page.lines[i] = (struct campaign_count_line){
            .region = region != NULL ? label_of(regions, region) : "Region not known",
            .kind = label_of(kinds, rows[i].kind),
            .organisations = rows[i].organisations,
            .missing = rows[i].missing,
            .href = region != NULL && rows[i].missing > 0
                        ? mem_format(ctx->mem, "/desk/campaign/unsigned?region=%s&kind=%s",
                                     text_percent(ctx->mem, region),
                                     text_percent(ctx->mem, rows[i].kind))
                        : NULL};
        page.organisations += rows[i].organisations;
        page.missing += rows[i].missing;
    }
    answer->page = (struct web_page){.title = "Who has not signed",
                                     .section = "/desk",
                                     .crumbs = {{"Home", "/"}, {"Desk", "/desk"}}};
    campaign_home_show(&answer->body, &page);
    return OK;
}

/* ---- one by one ---- */

static const struct listing_column unsigned_columns[] = {
    {.name = "name", .heading = "Organisation", .link = "/organisations/:code"},
    {.name = "kind",
     .heading = "Kind",
     .format = LISTING_CODE,
     .options_from = campaign_kind_options},
    {.name = "region",
     .heading = "Region",
     .format = LISTING_CODE,
     .options_from = campaign_region_options},
    {.name = "state", .heading = "Pledge", .format = LISTING_TAG, .options = pledge_options},
    {.name = "state_at", .heading = "Since", .format = LISTING_TIME},
    {.name = "lettered_at", .heading = "Last letter", .format = LISTING_TIME},
    {.name = "code", .heading = "Organisation code", .is_in_files_only = true},
    {.name = "town", .heading = "Town", .is_in_files_only = true},
    {.name = "reference", .heading = "Reference of the pledge", .is_in_files_only = true},
    {0}};

static const struct listing_filter unsigned_filters[] = {
    {.argument = "region",
     .label = "Region",
     .kind = LISTING_CHOICE,
     .options_from = campaign_region_options},
    {.argument = "board",
     .label = "Integrated care board",
     .kind = LISTING_CHOICE,
     .options_from = campaign_board_options},
    {.argument = "kind",
     .label = "Kind of organisation",
     .kind = LISTING_CHOICE,
     .options_from = campaign_kind_options,
     .column = "kind"},
    {.argument = "pledge",
     .label = "Pledge",
     .kind = LISTING_CHOICE,
     .options = pledge_options,
     .column = "state"},
    {.argument = "chased_from", .label = "Had a letter since", .kind = LISTING_FROM},
    {.argument = "quiet_from", .label = "Had no letter since", .kind = LISTING_FROM},
    {0}};

static const struct listing_order unsigned_orders[] = {{"name", "By name"}, {0}};

/* What was chosen here is what a list is made of. */
static enum status unsigned_intro(struct web_request *request, struct view *out)
{
    const char *query = strchr(request->target, '?');
    campaign_unsigned_intro(out, mem_join(request->ctx->mem, "/desk/campaign/lists/new",
                                          query != NULL ? query : "", ""));
    return OK;
}

static enum status unsigned_empty(struct web_request *request, struct view *out)
{
    (void)request;
    campaign_unsigned_empty(out);
    return OK;
}

static const struct listing unsigned_listing = {
    .title = "Who has not signed, one by one",
    .section = "/desk",
    .query = &campaign_unsigned_query,
    .columns = unsigned_columns,
    .filters = unsigned_filters,
    .orders = unsigned_orders,
    .one = "organisation",
    .many = "organisations",
    .file_name = "not-signed",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Who has not signed", "/desk/campaign"}},
    .intro = unsigned_intro,
    .empty = unsigned_empty,
};

/* ---- pledges that wait for too long ---- */

static const struct listing_column waiting_columns[] = {
    {.name = "organisation", .heading = "Organisation", .link = "/desk/pledges/:reference"},
    {.name = "reference", .heading = "Reference"},
    {.name = "state_at", .heading = "Waits since", .format = LISTING_TIME},
    {.name = "reminded_at", .heading = "Last reminder", .format = LISTING_TIME},
    {.name = "organisation_code", .heading = "Organisation code", .is_in_files_only = true},
    {0}};

static const struct listing_order waiting_orders[] = {{"waiting", "Longest first"}, {0}};

static enum status waiting_intro(struct web_request *request, struct view *out)
{
    (void)request;
    campaign_waiting_intro(out);
    return OK;
}

static const struct listing waiting_listing = {
    .title = "Pledges that wait for too long",
    .section = "/desk",
    .query = &campaign_waiting_query,
    .columns = waiting_columns,
    .orders = waiting_orders,
    .one = "pledge",
    .many = "pledges",
    .file_name = "waiting-pledges",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Who has not signed", "/desk/campaign"}},
    .intro = waiting_intro,
};

static enum status count_waiting(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    int64_t today_at;
    struct campaign_waiting_count_row row;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    TRY(time_day_start(today, &today_at));
    TRY(campaign_waiting_count(ctx, today, today_at, scope, &row));
    *out = (struct desk_load){row.pledges, row.oldest_at == NULL ? 0 : *row.oldest_at};
    return OK;
}

const struct desk_queue campaign_queues[] = {
    {"Pledges that wait for too long", "/desk/campaign/waiting",
     "More than 14 days without a reminder.", MAY_CHASE_PLEDGES, count_waiting},
    {"Who has not signed", "/desk/campaign", "Chase lists, letters, figures a quarter.",
     MAY_CHASE_PLEDGES, NULL},
    {0},
};

/* ---- letters ---- */

const char *campaign_state_text(const char *state)
{
    return strcmp(state, "draft") == 0       ? "Not sent yet"
           : strcmp(state, "sending") == 0   ? "Being sent"
           : strcmp(state, "cancelled") == 0 ? "Stopped"
                                             : "Sent";
}

/* ---- on the desk's page of a pledge ---- */

static enum status write_section(struct web_request *request, const struct pledge *pledge,
                                 struct view *out)
{
    struct ctx *ctx = request->ctx;
    struct campaign_pledge_page page = {0};
    struct campaign_reminders_of_row *reminders;
    struct campaign_letters_to_row *letters;
    TRY(campaign_reminders_of(ctx, pledge->reference, SHOWN_MOST, &reminders,
                              &page.reminder_count));
    TRY(campaign_letters_to(ctx, pledge->holder_id, SHOWN_MOST, &letters, &page.letter_count));
    page.reminders = mem_array(ctx->mem, const char *, page.reminder_count);
    for (size_t i = 0; i < page.reminder_count; i++)
        page.reminders[i] = time_show(ctx->mem, reminders[i].at);
    page.letters = mem_array(ctx->mem, struct campaign_letter_line, page.letter_count);
    for (size_t i = 0; i < page.letter_count; i++)
        page.letters[i] = (struct campaign_letter_line){
            .reference = letters[i].reference,
            .subject = letters[i].subject,
            .state = letters[i].contact_name[0] != '\0'
                         ? mem_format(ctx->mem, "letter to %s", letters[i].contact_name)
                         : "letter",
            .when = time_show(ctx->mem, letters[i].sent_at)};
    campaign_pledge_show(out, &page);
    return OK;
}

const struct pledge_section campaign_pledge_section = {PLEDGE_AT_DESK, write_section};

const struct web_route campaign_routes[] = {
    {"GET", "/desk/campaign", MAY_CHASE_PLEDGES, home, "Who has not signed, by region and kind."},
    WEB_LISTING("/desk/campaign/unsigned", MAY_CHASE_PLEDGES, &unsigned_listing,
                "Who has not signed."),
    WEB_LISTING("/desk/campaign/waiting", MAY_CHASE_PLEDGES, &waiting_listing,
                "Pledges that wait for too long."),
    {0},
};
