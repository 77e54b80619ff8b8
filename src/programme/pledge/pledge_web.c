/* SPDX-License-Identifier: MIT */
/*
 * pledge_web.c - the public pages of pledges.
 *
 *   /pledges                          the register, also as .json .csv .xlsx .atom
 *   /pledges/sign ...                 the journey of signing
 *   /pledges/:reference               one pledge
 *   /pledges/:reference/pledge.pdf    to print
 *   /pledges/confirm/:token           read and sign, by a mailed link; POST signs
 *   /pledges/confirm/:token/decline   POST: sent back, with a reason
 *   /pledges/mend/:token              change a returned pledge; POST opens the answers
 *   /verify, /verify/:code            check a pledge
 */
#include "programme/pledge/pledge_web.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "platform/web/web.h"
#include "programme/directory/directory.h"
#include "programme/pack/pack.h"
#include "programme/pledge/pledge.sql.h"
#include "programme/pledge/pledge_document.h"
#include "programme/pledge/pledge_mend_web.h"
#include "programme/pledge/pledge_page.html.h"
#include "programme/pledge/pledge_show_web.h"
#include "programme/pledge/pledge_sign_web.h"

#include <string.h>

const struct form_field pledge_reason_fields[] = {
    FORM_LONG_TEXT(pledge_reason, reason, .label = "What is the reason?", .length_most = 2000,
                   .hint = "The people who signed or sent it read this. Be kind and clear about "
                           "what to change.",
                   .short_label = "Reason", .missing = "Enter the reason"),
    FORM_END};

/* ---- the register ---- */

static enum status choice_options(struct ctx *ctx, const struct directory_choice *choices,
                                  size_t count, const struct form_option **out)
{
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct form_option){.code = choices[i].code, .label = choices[i].name};
    *out = options;
    return OK;
}

static enum status region_options(struct ctx *ctx, const struct form_option **out)
{
    struct directory_choice *choices;
    size_t count;
    TRY(directory_places(ctx, "region", time_day_of(ctx->mem, ctx->now_secs), &choices, &count));
    return choice_options(ctx, choices, count, out);
}

static enum status board_options(struct ctx *ctx, const struct form_option **out)
{
    struct directory_choice *choices;
    size_t count;
    TRY(directory_places(ctx, "board", time_day_of(ctx->mem, ctx->now_secs), &choices, &count));
    return choice_options(ctx, choices, count, out);
}

static enum status kind_options(struct ctx *ctx, const struct form_option **out)
{
    struct directory_choice *choices;
    size_t count;
    TRY(directory_kinds(ctx, DIRECTORY_ORGANISATIONS, &choices, &count));
    return choice_options(ctx, choices, count, out);
}

static enum status intention_options(struct ctx *ctx, const struct form_option **out)
{
    struct framework framework;
    TRY(framework_today(ctx, &framework));
    struct form_option *options =
        mem_array(ctx->mem, struct form_option, framework.intention_count + 1);
    for (size_t i = 0; i < framework.intention_count; i++)
        options[i] = (struct form_option){.code = framework.intentions[i].code,
                                          .label = framework.intentions[i].name};
    *out = options;
    return OK;
}

static enum status year_options(struct ctx *ctx, const struct form_option **out)
{
    enum { YEARS = 10 };
    struct form_option *options = mem_array(ctx->mem, struct form_option, YEARS + 1);
    const char *day = time_day_of(ctx->mem, ctx->now_secs);
    for (int i = 0; i < YEARS; i++) {
        const char *then;
        TRY(time_day_add(ctx->mem, day, (struct time_step){.years = -i}, &then));
        const char *year = mem_text_part(ctx->mem, then, 4);
        options[i] = (struct form_option){.code = year, .label = year};
    }
    *out = options;
    return OK;
}

static enum status register_intro(struct web_request *request, struct view *out)
{
    struct html sections;
    pledge_register_intro(out);
    TRY(pledge_sections_write(request, NULL, PLEDGE_AT_REGISTER, &sections));
    view_text_html(out, sections);
    return OK;
}

static enum status register_empty(struct web_request *request, struct view *out)
{
    (void)request;
    pledge_register_empty(out);
    return OK;
}

static const struct form_option state_options[] = {
    {"published", "In force", "nhsuk-tag--green", NULL},
    {"under-review", "Under review", "nhsuk-tag--blue", NULL},
    {"renewed", "Renewed", "nhsuk-tag--green", NULL},
    {"lapsed", "Lapsed", "nhsuk-tag--red", NULL},
    {"withdrawn", "Withdrawn", "nhsuk-tag--grey", NULL},
    {"merged", "Part of another pledge", "nhsuk-tag--grey", NULL},
    {0}};

static const struct listing_column register_columns[] = {
    {.name = "organisation", .heading = "Organisation", .link = "/pledges/:reference"},
    {.name = "town", .heading = "Town"},
    {.name = "region", .heading = "Region", .format = LISTING_CODE, .options_from = region_options},
    {.name = "signed_on", .heading = "Signed", .format = LISTING_DATE},
    {.name = "action_count", .heading = "Actions", .format = LISTING_NUMBER},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = state_options},
    {.name = "reference", .heading = "Reference", .is_in_files_only = true},
    {.name = "organisation_code", .heading = "Organisation code", .is_in_files_only = true},
    {.name = "kind", .heading = "Kind", .is_in_files_only = true},
    {.name = "board", .heading = "Board", .is_in_files_only = true},
    {0}};

static const struct listing_filter register_filters[] = {
    {.argument = "q", .label = "Name, town or code", .kind = LISTING_SEARCH},
    {.argument = "region",
     .label = "Region",
     .kind = LISTING_CHOICE,
     .options_from = region_options,
     .column = "region"},
    {.argument = "board",
     .label = "Integrated care board",
     .kind = LISTING_CHOICE,
     .options_from = board_options,
     .column = "board"},
    {.argument = "kind",
     .label = "Kind of organisation",
     .kind = LISTING_CHOICE,
     .options_from = kind_options,
     .column = "kind"},
    {.argument = "intention",
     .label = "Intention",
     .kind = LISTING_CHOICE,
     .options_from = intention_options,
     .counts = &pledge_register_intentions_query},
    {.argument = "state",
     .label = "State",
     .kind = LISTING_CHOICE,
     .options = state_options,
     .column = "state"},
    {.argument = "year",
     .label = "Year of signing",
     .kind = LISTING_CHOICE,
     .options_from = year_options,
     .column = "year"},
    {0}};

static const struct listing_order register_orders[] = {
    {"newest", "Newest first"}, {"oldest", "Oldest first"}, {"name", "By name"}, {0}};

static const struct listing pledge_register_listing = {
    .title = "Partnership Pledges",
    .section = "/pledges",
    .query = &pledge_register_query,
    .columns = register_columns,
    .filters = register_filters,
    .orders = register_orders,
    .one = "pledge",
    .many = "pledges",
    .file_name = "pledges",
    .crumbs = {{"Home", "/"}},
    .intro = register_intro,
    .empty = register_empty,
    .dated_column = "published_at",
    .title_column = "organisation",
};

/* ---- one pledge ---- */

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    struct pledge_show page;
    TRY(pledge_find(request->ctx, web_value(request, "reference"), PLEDGE_FOR_PUBLIC, &pledge));
    pledge_show_fill(request->ctx, &pledge, &page);
    TRY(pledge_show_whole(request->ctx, &pledge, false, &page.whole));
    TRY(pledge_sections_write(request, &pledge, PLEDGE_AT_TOP, &page.at_top));
    TRY(pledge_sections_write(request, &pledge, PLEDGE_AT_PLAN, &page.at_plan));
    TRY(pledge_sections_write(request, &pledge, PLEDGE_AT_HISTORY, &page.at_history));
    TRY(pledge_sections_write(request, &pledge, PLEDGE_AT_END, &page.at_end));
    answer->page = (struct web_page){
        .title = mem_format(request->ctx->mem, "The pledge of %s", pledge.organisation_name),
        .section = "/pledges",
        .crumbs = {{"Home", "/"}, {"Partnership Pledges", "/pledges"}}};
    pledge_show_shared(request->ctx, &page, &answer->page);
    answer->is_public = answer->is_same_all_day = true;
    pledge_show_page(&answer->body, &page);
    return OK;
}

static enum status print(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    TRY(pledge_find(request->ctx, web_value(request, "reference"), PLEDGE_FOR_PUBLIC, &pledge));
    TRY(pledge_print(request->ctx, &pledge, &answer->body));
    answer->content_type = "application/pdf";
    answer->download_name = mem_format(request->ctx->mem, "pledge-%s.pdf", pledge.reference);
    answer->is_public = true;
    return OK;
}

/* ---- signing by a mailed link ---- */

static enum status show_over(struct web_request *request, struct web_answer *answer,
                             const struct pledge_to_sign *ask)
{
    request->ctx->fault = NULL;
    answer->page.title = "This link can no longer be used";
    pledge_link_over(&answer->body, ask);
    answer->code = 409;
    return ERR_CONFLICT;
}

static enum status show_confirm(struct web_request *request, struct web_answer *answer,
                                const struct form_answers *typed,
                                const struct form_problems *problems)
{
    struct pledge_confirm_page page = {.token = web_value(request, "token"),
                                       .form_token = web_token(request)};
    struct form_shown shown = {
        .fields = pledge_reason_fields, .answers = typed, .problems = problems};
    struct view top = {.mem = request->ctx->mem}, form = {.mem = request->ctx->mem};
    enum status status = pledge_link_open(request->ctx, page.token, &page.ask);
    if (status == ERR_CONFLICT)
        return show_over(request, answer, &page.ask);
    TRY(status);
    answer->page.title = "Sign the Partnership Pledge";
    if (page.ask.is_signed) {
        pledge_confirm_done(&answer->body, &page.ask);
        return OK;
    }
    form_show_problems(&top, &shown);
    TRY(form_show(request->ctx, &form, &shown));
    page.problems = view_html(&top);
    page.form = view_html(&form);
    TRY(pledge_sections_write(request, &(const struct pledge){.reference = page.ask.reference},
                              PLEDGE_AT_SIGNING, &page.sections));
    answer->page.has_problem = problems != NULL;
    pledge_confirm(&answer->body, &page);
    return problems != NULL ? ERR_INVALID : OK;
}

static enum status confirm(struct web_request *request, struct web_answer *answer)
{
    return show_confirm(request, answer, NULL, NULL);
}

static enum status sign(struct web_request *request, struct web_answer *answer)
{
    const char *token = web_value(request, "token");
    struct pledge_to_sign ask;
    enum status status = pledge_link_sign(request->ctx, token);
    if (status == ERR_CONFLICT && pledge_link_open(request->ctx, token, &ask) == ERR_CONFLICT)
        return show_over(request, answer, &ask);
    TRY(status);
    return web_see_other(answer, mem_format(request->ctx->mem, "/pledges/confirm/%s", token));
}

static enum status decline(struct web_request *request, struct web_answer *answer)
{
    const char *token = web_value(request, "token");
    struct pledge_reason form = {""};
    struct form_problems problems = {.count = 0};
    struct pledge_to_sign ask;
    enum status status =
        form_read(request->ctx, pledge_reason_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_confirm(request, answer, request->sent, &problems);
    TRY(status);
    status = pledge_link_decline(request->ctx, token, form.reason);
    if (pledge_link_open(request->ctx, token, &ask) == ERR_CONFLICT && status == ERR_CONFLICT)
        return show_over(request, answer, &ask);
    TRY(status);
    request->ctx->fault = NULL;
    answer->page.title = "You have not signed";
    pledge_declined(&answer->body, &ask);
    return OK;
}

/* ---- checking ---- */

static enum status verify_form(struct web_request *request, struct web_answer *answer)
{
    const char *code = web_query(request, "code");
    if (code[0] != '\0')
        return web_see_other(answer, mem_format(request->ctx->mem, "/verify/%s",
                                                text_percent(request->ctx->mem, code)));
    answer->page.title = "Check a pledge";
    answer->is_public = answer->is_same_all_day = true;
    pledge_verify_form(&answer->body);
    return OK;
}

/* Whether something else than a pledge of an organisation has the code; then it is shown. */
static enum status verify_others(struct web_request *request, struct web_answer *answer,
                                 const char *code)
{
    for (size_t i = 0; pledge_verifiers[i] != NULL; i++) {
        enum status status = pledge_verifiers[i]->show(request, answer, code);
        if (status != ERR_NOT_FOUND)
            return status;
    }
    return web_sorry(request, answer, 404, "No pledge has this code",
                     "Check the code and type it again. It has 12 letters and numbers.");
}

static enum status verify(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    struct pledge_show page;
    enum status status = pledge_verify(request->ctx, web_value(request, "code"), &pledge);
    if (status == ERR_NOT_FOUND)
        return verify_others(request, answer, web_value(request, "code"));
    TRY(status);
    pledge_show_fill(request->ctx, &pledge, &page);
    TRY(pledge_show_whole(request->ctx, &pledge, false, &page.whole));
    answer->page.title = "Check a pledge";
    answer->page.crumbs[0] = (struct web_crumb){"Home", "/"};
    answer->page.crumbs[1] = (struct web_crumb){"Check a pledge", "/verify"};
    pledge_verify_page(&answer->body, &page);
    return OK;
}

const struct web_route pledge_routes[] = {
    WEB_LISTING("/pledges", WEB_PUBLIC, &pledge_register_listing, "Who has signed."),
    WEB_JOURNEY("/pledges/sign", WEB_PUBLIC, &pledge_signing, "An organisation signs."),
    {"GET", "/pledges/confirm/:token", WEB_PUBLIC, confirm, "Read and sign, by a mailed link."},
    {"POST", "/pledges/confirm/:token", WEB_PUBLIC, sign, "Signs. Safe to repeat."},
    {"POST", "/pledges/confirm/:token/decline", WEB_PUBLIC, decline, "Says no, with a reason."},
    {"GET", "/pledges/mend/:token", WEB_PUBLIC, pledge_mend_show, "Change a returned pledge."},
    {"POST", "/pledges/mend/:token", WEB_PUBLIC, pledge_mend_open, "Opens its answers."},
    {"GET", "/pledges/:reference", WEB_PUBLIC, show, "One pledge, its plan and history."},
    {"GET", "/pledges/:reference/pledge.pdf", WEB_PUBLIC, print, "The pledge as signed, to print."},
    {"GET", "/verify", WEB_PUBLIC, verify_form, "Check a pledge by its code."},
    {"GET", "/verify/:code", WEB_PUBLIC, verify, "What was signed, and whether it stands."},
    {0},
};
