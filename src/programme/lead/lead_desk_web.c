/* SPDX-License-Identifier: MIT */
/*
 * lead_desk_web.c - who leads where, at the desk.
 *
 *   /desk/leads               those of one's scope
 *   /desk/leads/new           names one
 *   /desk/leads/mine          one's own
 *   /desk/leads/:id           one; .../end .../away: forms
 *   POST .../confirm .../email .../away/:number/end
 */
#include "programme/lead/lead_web.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/lead/lead.sql.h"
#include "programme/lead/lead_page.html.h"
#include "programme/lead/lead_routes.h"

#include <string.h>

/* ---- all of them ---- */

static const struct form_option state_options[] = {
    {"shown", "Shown", "nhsuk-tag--green", NULL},
    {"coming", "Not begun", "nhsuk-tag--blue", NULL},
    {"hidden", "Not confirmed, hidden", "nhsuk-tag--red", NULL},
    {"gone", "The area has ended", "nhsuk-tag--orange", NULL},
    {"ended", "Ended", "nhsuk-tag--grey", NULL},
    {0}};

static const struct listing_column columns[] = {
    {.name = "name", .heading = "Local lead", .link = "/desk/leads/:id"},
    {.name = "area_name", .heading = "Area"},
    {.name = "theme",
     .heading = "Helps with",
     .format = LISTING_CODE,
     .options_from = lead_theme_choices},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = state_options},
    {.name = "from_on", .heading = "From", .format = LISTING_DATE},
    {.name = "to_on", .heading = "To", .format = LISTING_DATE},
    {.name = "confirm_by_on", .heading = "Confirm by", .format = LISTING_DATE},
    {.name = "job_title", .heading = "Job title", .is_in_files_only = true},
    {.name = "area", .heading = "Code of the area", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {{.argument = "state",
                                                 .label = "State",
                                                 .kind = LISTING_CHOICE,
                                                 .options = state_options,
                                                 .column = "state"},
                                                {.argument = "theme",
                                                 .label = "Helps with",
                                                 .kind = LISTING_CHOICE,
                                                 .options_from = lead_theme_choices,
                                                 .column = "theme"},
                                                {0}};

static const struct listing_order orders[] = {
    {"area", "By area"}, {"confirm", "First to confirm first"}, {"newest", "Newest first"}, {0}};

static enum status intro(struct web_request *request, struct view *out)
{
    (void)request;
    lead_desk_intro(out);
    return OK;
}

static const struct listing listing = {
    .title = "Local leads",
    .section = "/desk",
    .query = &lead_list_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .one = "local lead",
    .many = "local leads",
    .file_name = "local-leads-desk",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
    .intro = intro,
};

/* ---- naming one ---- */

static const struct form_field new_fields[] = {
    FORM_LOOKUP(lead_draft, area, .in = &lead_area_lookup, .label = "Which area?",
                .hint = "A region, an integrated care board, an organisation or a school",
                .missing = "Enter the area"),
    FORM_ONE_OF(lead_draft, theme, .options_from = lead_theme_options,
                .label = "What do they help with?", .missing = "Choose what they help with"),
    FORM_EMAIL(lead_draft, email, .label = "Their email address",
               .hint = "Of their account here. The public does not see it, unless they choose so.",
               .missing = "Enter their email address"),
    FORM_TEXT(lead_draft, job_title, .label = "Their job title", .is_optional = true,
              .length_most = 100),
    FORM_DATE(lead_draft, from_on, .label = "First day", .missing = "Enter the first day"),
    FORM_DATE(lead_draft, to_on, .label = "Last day", .hint = "Leave it empty when it goes on",
              .is_optional = true),
    FORM_END};

static enum status show_new(struct web_request *request, struct web_answer *answer,
                            const struct form_problems *problems)
{
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Name a local lead",
                                  .action = "/desk/leads/new",
                                  .button = "Name them",
                                  .back_href = "/desk/leads",
                                  .shown = {.fields = new_fields,
                                            .answers = problems != NULL ? request->sent : NULL,
                                            .problems = problems}});
}

static enum status ask_new(struct web_request *request, struct web_answer *answer)
{
    return show_new(request, answer, NULL);
}

static const char *page_of(struct web_request *request, int64_t id)
{
    return mem_format(request->ctx->mem, "/desk/leads/%lld", (long long)id);
}

static enum status add(struct web_request *request, struct web_answer *answer)
{
    struct lead_draft draft = {.email = NULL};
    struct form_problems problems = {.count = 0};
    int64_t id = 0;
    enum status status = form_read(request->ctx, new_fields, request->sent, &draft, &problems);
    if (status == OK)
        status = lead_add(request->ctx, &draft, &problems, &id);
    if (status == ERR_INVALID)
        return show_new(request, answer, &problems);
    TRY(status);
    return web_see_other(answer, page_of(request, id));
}

/* ---- one of them ---- */

/* In the own scope, or one's own. */
static enum status find(struct web_request *request, struct lead *out)
{
    int64_t id;
    if (text_number(web_value(request, "id"), 1, INT64_MAX, &id) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "no number of a lead");
    TRY(lead_find(request->ctx, id, out));
    enum status status = lead_check_change(request->ctx, out);
    return status == ERR_FORBIDDEN ? ERR_NOT_FOUND : status;
}

static enum status fill(struct web_request *request, const struct lead *lead, struct lead_show *out)
{
    struct ctx *ctx = request->ctx;
    struct lead_away *aways;
    TRY(lead_away_list(ctx, lead, &aways, &out->away_count));
    size_t count = out->away_count;
    *out = (struct lead_show){.lead = lead,
                              .theme = lead_theme_name(lead->theme),
                              .from_on = time_show_day(ctx->mem, lead->from_on),
                              .to_on = time_show_day(ctx->mem, lead->to_on),
                              .confirm_by_on = time_show_day(ctx->mem, lead->confirm_by_on),
                              .confirmed_at = time_show(ctx->mem, lead->confirmed_at),
                              .aways = mem_array(ctx->mem, struct lead_away_line, count),
                              .away_count = count,
                              .is_own = lead->person.n == ctx->person.n,
                              .form_token = web_token(request)};
    for (size_t i = 0; i < count; i++)
        out->aways[i] =
            (struct lead_away_line){&aways[i], time_show_day(ctx->mem, aways[i].from_on),
                                    time_show_day(ctx->mem, aways[i].to_on)};
    return OK;
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct lead lead;
    struct lead_show page = {.lead = &lead};
    TRY(find(request, &lead));
    TRY(fill(request, &lead, &page));
    answer->page = (struct web_page){
        .title = "Local lead",
        .section = "/desk",
        .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Local leads", "/desk/leads"}}};
    lead_desk_show(&answer->body, &page);
    return OK;
}

static enum status show_mine(struct web_request *request, struct web_answer *answer)
{
    struct lead *leads;
    struct lead_mine_page page = {.count = 0};
    TRY(lead_own(request->ctx, &leads, &page.count));
    page.leads = mem_array(request->ctx->mem, struct lead_show, page.count);
    for (size_t i = 0; i < page.count; i++)
        TRY(fill(request, &leads[i], &page.leads[i]));
    answer->page = (struct web_page){.title = "Where I am the local lead",
                                     .section = "/desk",
                                     .crumbs = {{"Home", "/"}, {"Desk", "/desk"}}};
    lead_mine_show(&answer->body, &page);
    return OK;
}

/* Where one comes from and goes back to: one's own are on one page. */
static const char *home_of(struct web_request *request, const struct lead *lead)
{
    bool is_own = lead->person.n == request->ctx->person.n;
    return is_own ? "/desk/leads/mine" : page_of(request, lead->id);
}

static enum status go_back(struct web_request *request, struct web_answer *answer,
                           const struct lead *lead)
{
    return web_see_other(answer, home_of(request, lead));
}

static enum status confirm(struct web_request *request, struct web_answer *answer)
{
    struct lead lead;
    TRY(find(request, &lead));
    enum status status = lead_confirm(request->ctx, &lead);
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "This has ended",
                         "The role for this area has ended, or the last day has passed. Whoever "
                         "looks after local leads in the region can name a lead again.");
    TRY(status);
    return go_back(request, answer, &lead);
}

static enum status set_email(struct web_request *request, struct web_answer *answer)
{
    struct lead lead;
    TRY(find(request, &lead));
    enum status status = lead_show_email(request->ctx, &lead,
                                         strcmp(answers_get(request->sent, "shows"), "yes") == 0);
    if (status == ERR_FORBIDDEN)
        return web_sorry(request, answer, 404, "Only they can do that",
                         "Whether an address is shown is the choice of the local lead alone.");
    TRY(status);
    return go_back(request, answer, &lead);
}

/* ---- its end ---- */

struct end_form {
    const char *last_on;
};

static const struct form_field end_fields[] = {
    FORM_DATE(end_form, last_on, .label = "What is the last day?", .missing = "Enter the last day"),
    FORM_END};

static const struct form_field away_fields[] = {
    FORM_DAYS(lead_away_draft, days, .label = "Which days?", .missing = "Enter the days"),
    FORM_EMAIL(lead_away_draft, email, .label = "Email address of who stands in",
               .hint = "Of their account here. Leave it empty when nobody does: questions then go "
                       "to the next lead.",
               .is_optional = true),
    FORM_END};

/* A form about one lead. */
struct lead_form {
    const struct lead *lead;
    const char *title;
    const struct form_field *fields;
};

static enum status show_form(struct web_request *request, struct web_answer *answer,
                             const struct lead_form *form, const struct form_problems *problems)
{
    struct form_page page = {.title = form->title, .shown = {.fields = form->fields}};
    page.button = "Save";
    page.action = request->path;
    page.back_href = home_of(request, form->lead);
    page.shown.answers = problems != NULL ? request->sent : NULL;
    page.shown.problems = problems;
    answer->page.section = "/desk";
    return form_answer(request, answer, &page);
}

static enum status show_end(struct web_request *request, struct web_answer *answer,
                            const struct lead *lead, const struct form_problems *problems)
{
    return show_form(request, answer,
                     &(const struct lead_form){lead, "When does it end?", end_fields}, problems);
}

static enum status show_away(struct web_request *request, struct web_answer *answer,
                             const struct lead *lead, const struct form_problems *problems)
{
    return show_form(request, answer, &(const struct lead_form){lead, "Days away", away_fields},
                     problems);
}

static enum status ask_end(struct web_request *request, struct web_answer *answer)
{
    struct lead lead;
    TRY(find(request, &lead));
    return show_end(request, answer, &lead, NULL);
}

static enum status end(struct web_request *request, struct web_answer *answer)
{
    struct lead lead;
    struct end_form form = {""};
    struct form_problems problems = {.count = 0};
    TRY(find(request, &lead));
    enum status status = form_read(request->ctx, end_fields, request->sent, &form, &problems);
    if (status == OK)
        status = lead_end(request->ctx, &lead, form.last_on, &problems);
    if (status == ERR_INVALID)
        return show_end(request, answer, &lead, &problems);
    TRY(status);
    return go_back(request, answer, &lead);
}

/* ---- away ---- */

static enum status ask_away(struct web_request *request, struct web_answer *answer)
{
    struct lead lead;
    TRY(find(request, &lead));
    return show_away(request, answer, &lead, NULL);
}

static enum status add_away(struct web_request *request, struct web_answer *answer)
{
    struct lead lead;
    struct lead_away_draft draft = {.email = NULL};
    struct form_problems problems = {.count = 0};
    TRY(find(request, &lead));
    enum status status = form_read(request->ctx, away_fields, request->sent, &draft, &problems);
    if (status == OK)
        status = lead_away_put(request->ctx, &lead, &draft, &problems);
    if (status == ERR_INVALID)
        return show_away(request, answer, &lead, &problems);
    TRY(status);
    return go_back(request, answer, &lead);
}

static enum status end_away(struct web_request *request, struct web_answer *answer)
{
    struct lead lead;
    int64_t number = 0;
    TRY(find(request, &lead));
    if (text_number(web_value(request, "number"), 1, INT64_MAX, &number) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "no number of days away");
    TRY(lead_away_end(request->ctx, &lead, number));
    return go_back(request, answer, &lead);
}

const struct web_route lead_desk_routes[] = {
    WEB_LISTING("/desk/leads", MAY_KEEP_LEADS, &listing, "Local leads, with what is to do."),
    {"GET", "/desk/leads/new", MAY_KEEP_LEADS, ask_new, "Names a local lead."},
    {"POST", "/desk/leads/new", MAY_KEEP_LEADS, add, "Names a local lead."},
    {"GET", "/desk/leads/mine", MAY_ANSWER_ENQUIRIES, show_mine, "Where I am the local lead."},
    {"GET", "/desk/leads/:id", MAY_ANSWER_ENQUIRIES, show, "One local lead."},
    {"POST", "/desk/leads/:id/confirm", MAY_ANSWER_ENQUIRIES, confirm,
     "Says that it is still so. Safe to repeat."},
    {"POST", "/desk/leads/:id/email", MAY_ANSWER_ENQUIRIES, set_email,
     "Shows the own address, or not. Safe to repeat."},
    {"GET", "/desk/leads/:id/end", MAY_ANSWER_ENQUIRIES, ask_end, "When does it end?"},
    {"POST", "/desk/leads/:id/end", MAY_ANSWER_ENQUIRIES, end, "Ends it. Safe to repeat."},
    {"GET", "/desk/leads/:id/away", MAY_ANSWER_ENQUIRIES, ask_away, "Days away."},
    {"POST", "/desk/leads/:id/away", MAY_ANSWER_ENQUIRIES, add_away, "Adds days away."},
    {"POST", "/desk/leads/:id/away/:number/end", MAY_ANSWER_ENQUIRIES, end_away,
     "Takes days away back. Safe to repeat."},
    {0},
};
