/* SPDX-License-Identifier: MIT */
/*
 * campaign_list_web.c - chase lists.
 *
 *   /desk/campaign/lists                            chase lists
 *   /desk/campaign/lists/new                        makes one of a choice
 *   /desk/campaign/lists/:list                      one, with whom letters go to
 *   /desk/campaign/lists/:list/:code                an address for one organisation
 *   POST .../:code/remove                           takes it off
 */
#include "programme/campaign/campaign_list_web.h"

#include "platform/base/time.h"
#include "platform/web/form.h"
#include "platform/web/listing.h"
#include "programme/campaign/campaign.sql.h"
#include "programme/campaign/campaign_page.html.h"
#include "programme/campaign/campaign_web.h"

#include <inttypes.h>
#include <string.h>

enum { LETTERS_MOST = 100 };

/* ---- all of them ---- */

static const struct listing_column list_columns[] = {
    {.name = "name", .heading = "List", .link = "/desk/campaign/lists/:reference"},
    {.name = "organisations", .heading = "Organisations", .format = LISTING_NUMBER},
    {.name = "made_at", .heading = "Made", .format = LISTING_TIME},
    {.name = "lettered_at", .heading = "Last letter", .format = LISTING_TIME},
    {.name = "reference", .heading = "Reference", .is_in_files_only = true},
    {0}};

static const struct listing_order list_orders[] = {{"newest", "Newest first"}, {0}};

static enum status lists_intro(struct web_request *request, struct view *out)
{
    (void)request;
    campaign_lists_intro(out);
    return OK;
}

static const struct listing lists_listing = {
    .title = "Chase lists",
    .section = "/desk",
    .query = &campaign_lists_query,
    .columns = list_columns,
    .orders = list_orders,
    .one = "list",
    .many = "lists",
    .file_name = "chase-lists",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Who has not signed", "/desk/campaign"}},
    .intro = lists_intro,
};

static enum status choice_regions(struct ctx *ctx, const void *form, const struct form_option **out)
{
    (void)form;
    return campaign_region_options(ctx, out);
}

static enum status choice_boards(struct ctx *ctx, const void *form, const struct form_option **out)
{
    (void)form;
    return campaign_board_options(ctx, out);
}

static enum status choice_kinds(struct ctx *ctx, const void *form, const struct form_option **out)
{
    (void)form;
    return campaign_kind_options(ctx, out);
}

static const struct form_option choice_pledges[] = {
    {"none", "They have none", NULL, NULL},
    {"awaiting", "It waits for a signature", NULL, NULL},
    {"returned", "It was returned", NULL, NULL},
    {0}};

static const struct form_field choice_fields[] = {
    FORM_TEXT(campaign_choice, name, .label = "What do you call this list?",
              .hint = "For example “Trusts in the North West, spring”", .length_most = 100,
              .missing = "Enter a name for the list"),
    FORM_ONE_OF(campaign_choice, region, .label = "Region", .options_from = choice_regions,
                .is_select = true, .is_optional = true, .invalid = "Choose a region from the list"),
    FORM_ONE_OF(campaign_choice, board, .label = "Integrated care board",
                .options_from = choice_boards, .is_select = true, .is_optional = true,
                .invalid = "Choose a board from the list"),
    FORM_ONE_OF(campaign_choice, kind, .label = "Kind of organisation",
                .options_from = choice_kinds, .is_select = true, .is_optional = true,
                .invalid = "Choose a kind from the list"),
    FORM_ONE_OF(campaign_choice, pledge, .label = "Their pledge", .options = choice_pledges,
                .is_select = true, .is_optional = true, .invalid = "Choose one from the list"),
    FORM_DATE(campaign_choice, quiet_on, .label = "Only who had no letter since",
              .is_optional = true),
    FORM_DATE(campaign_choice, chased_on, .label = "Only who had a letter since",
              .is_optional = true),
    FORM_END};

static enum status ask_choice(struct web_request *request, struct web_answer *answer,
                              const struct form_answers *typed,
                              const struct form_problems *problems)
{
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = "Make a chase list",
            .action = "/desk/campaign/lists/new",
            .button = "Make the list",
            .back_href = "/desk/campaign/lists",
            .shown = {.fields = choice_fields, .answers = typed, .problems = problems}});
}

/* A day of the address, in the three boxes of a field. */
static void add_day(struct web_request *request, struct form_answers *to, const char *from,
                    const char *field)
{
    struct time_parts parts;
    struct mem *mem = request->ctx->mem;
    if (time_day_parts(web_query(request, from), &parts) != OK)
        return;
    answers_add(mem, to, mem_join(mem, field, "-day", ""), mem_format(mem, "%d", parts.day));
    answers_add(mem, to, mem_join(mem, field, "-month", ""), mem_format(mem, "%d", parts.month));
    answers_add(mem, to, mem_join(mem, field, "-year", ""), mem_format(mem, "%d", parts.year));
}

/* Filled in with what was chosen on the list of organisations. */
static enum status new_list(struct web_request *request, struct web_answer *answer)
{
    static const char *const same[] = {"name", "region", "board", "kind", "pledge"};
    struct form_answers chosen = {0};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        answers_add(request->ctx->mem, &chosen, same[i], web_query(request, same[i]));
    add_day(request, &chosen, "quiet_from", "quiet_on");
    add_day(request, &chosen, "chased_from", "chased_on");
    return ask_choice(request, answer, &chosen, NULL);
}

static enum status make_list(struct web_request *request, struct web_answer *answer)
{
    struct campaign_choice choice = {"", "", "", "", "", "", ""};
    struct form_problems problems = {.count = 0};
    const char *reference;
    enum status status = form_read(request->ctx, choice_fields, request->sent, &choice, &problems);
    if (status == OK)
        status =
            campaign_list_make(request->ctx, &choice, request->grant.scope, &problems, &reference);
    if (status == ERR_INVALID && problems.count > 0)
        return ask_choice(request, answer, request->sent, &problems);
    TRY(status);
    return web_see_other(answer,
                         mem_format(request->ctx->mem, "/desk/campaign/lists/%s", reference));
}

/* ---- one list ---- */

static enum status find(struct web_request *request, struct campaign_list *out)
{
    TRY(campaign_list_open(request->ctx, web_value(request, "list"), request->grant.scope, out));
    return audit_note(request->ctx, &(const struct audit_deed){.what = "campaign.looked",
                                                               .thing = out->reference});
}

static const char *source_text(struct mem *mem, const struct campaign_contact *contact)
{
    if (strcmp(contact->source, "typed") == 0)
        return mem_format(mem, "Typed. From: %s", contact->typed_source);
    return strcmp(contact->source, "lead") == 0 ? "Leads for it here" : "Named by its pledge";
}

static void fill_contacts(struct ctx *ctx, const struct campaign_list *list,
                          struct campaign_list_page *page)
{
    struct mem *mem = ctx->mem;
    page->lines = mem_array(mem, struct campaign_contact_line, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const struct campaign_contact *contact = &list->contacts[i];
        const int64_t *days = contact->days_waiting;
        page->lines[i] = (struct campaign_contact_line){
            .contact = contact,
            .state = contact->has_signed   ? "Has signed"
                     : contact->is_stopped ? "Wants no letters"
                                           : "",
            .source = source_text(mem, contact),
            .waiting = days == NULL ? ""
                                    : mem_format(mem, "Waits for %" PRId64 " %s", *days,
                                                 *days == 1 ? "day" : "days"),
            .reminded = contact->reminded_at == 0 ? "" : time_show(mem, contact->reminded_at),
            .lettered = contact->lettered_at == 0 ? "" : time_show(mem, contact->lettered_at)};
    }
}

static enum status fill_letters(struct ctx *ctx, struct campaign_list_page *page)
{
    struct campaign_letters_of_row *rows;
    TRY(campaign_letters_of(ctx, page->list->id, LETTERS_MOST, &rows, &page->letter_count));
    page->letters = mem_array(ctx->mem, struct campaign_letter_line, page->letter_count);
    for (size_t i = 0; i < page->letter_count; i++)
        page->letters[i] = (struct campaign_letter_line){
            .reference = rows[i].reference,
            .subject = rows[i].subject,
            .state = mem_format(ctx->mem, "%s, %" PRId64 " sent",
                                campaign_state_text(rows[i].state), rows[i].sent),
            .when = rows[i].begun_at != NULL ? time_show(ctx->mem, *rows[i].begun_at) : "",
            .sent = rows[i].sent};
    return OK;
}

static enum status show_list(struct web_request *request, struct web_answer *answer)
{
    struct campaign_list list;
    TRY(find(request, &list));
    struct campaign_list_page page = {.list = &list,
                                      .made = time_show(request->ctx->mem, list.made_at)};
    fill_contacts(request->ctx, &list, &page);
    TRY(fill_letters(request->ctx, &page));
    answer->page = (struct web_page){
        .title = list.name,
        .section = "/desk",
        .is_wide = true,
        .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Chase lists", "/desk/campaign/lists"}}};
    campaign_list_show(&answer->body, &page);
    return OK;
}

/* ---- an address ---- */

static const struct form_field address_fields[] = {
    FORM_NAME(campaign_address, contact_name, .label = "Who is it?",
              .missing = "Enter the name of the person"),
    FORM_EMAIL(campaign_address, email, .label = "Work email address", .kept = "letter-address",
               .autocomplete = "off", .missing = "Enter the email address"),
    FORM_TEXT(campaign_address, source, .label = "Where is the address from?",
              .hint = "For example “their website, page of the board”",
              .missing = "Enter where the address is from", .length_most = 200),
    FORM_END};

static enum status find_contact(struct web_request *request, struct campaign_list *list,
                                const struct campaign_contact **out)
{
    TRY(find(request, list));
    *out = campaign_contact_of(list, web_value(request, "code"));
    return *out != NULL ? OK : ctx_fail(request->ctx, ERR_NOT_FOUND, "it is not on the list");
}

static const char *list_href(struct web_request *request, const struct campaign_list *list)
{
    return mem_format(request->ctx->mem, "/desk/campaign/lists/%s", list->reference);
}

static enum status ask_address(struct web_request *request, struct web_answer *answer,
                               const struct form_problems *problems)
{
    struct campaign_list list;
    const struct campaign_contact *contact;
    struct form_answers now = {0};
    struct mem *mem = request->ctx->mem;
    struct view top = {.mem = mem}, form = {.mem = mem};
    TRY(find_contact(request, &list, &contact));
    if (strcmp(contact->source, "typed") == 0) {
        answers_add(mem, &now, "contact_name", contact->contact_name);
        answers_add(mem, &now, "email", contact->email);
        answers_add(mem, &now, "source", contact->typed_source);
    }
    const struct form_shown shown = {.fields = address_fields,
                                     .answers = problems != NULL ? request->sent : &now,
                                     .problems = problems,
                                     .kept = request->app->kept};
    form_show_problems(&top, &shown);
    TRY(form_show(request->ctx, &form, &shown));
    answer->page = (struct web_page){.title = mem_format(mem, "An address for %s", contact->name),
                                     .section = "/desk",
                                     .has_problem = problems != NULL,
                                     .back_href = list_href(request, &list)};
    campaign_address_show(
        &answer->body, &(const struct campaign_address_page){view_html(&top), view_html(&form),
                                                             &list, contact, web_token(request)});
    return problems != NULL ? ERR_INVALID : OK;
}

static enum status show_address(struct web_request *request, struct web_answer *answer)
{
    return ask_address(request, answer, NULL);
}

static enum status save_address(struct web_request *request, struct web_answer *answer)
{
    struct campaign_list list;
    const struct campaign_contact *contact;
    struct campaign_address address = {"", "", ""};
    struct form_problems problems = {.count = 0};
    TRY(find_contact(request, &list, &contact));
    enum status status =
        form_read(request->ctx, address_fields, request->sent, &address, &problems);
    if (status == OK)
        status = campaign_address_set(request->ctx, &list, contact, &address, &problems);
    if (status == ERR_INVALID && problems.count > 0 && request->wants == WEB_JSON)
        return form_problems_answer(answer, &problems, status);
    if (status == ERR_INVALID && problems.count > 0)
        return ask_address(request, answer, &problems);
    TRY(status);
    return web_see_other(answer, list_href(request, &list));
}

static enum status remove_one(struct web_request *request, struct web_answer *answer)
{
    struct campaign_list list;
    TRY(find(request, &list));
    const struct campaign_contact *contact = campaign_contact_of(&list, web_value(request, "code"));
    if (contact != NULL)
        TRY(campaign_take_off(request->ctx, &list, contact));
    return web_see_other(answer, list_href(request, &list));
}

const struct web_route campaign_list_routes[] = {
    WEB_LISTING("/desk/campaign/lists", MAY_CHASE_PLEDGES, &lists_listing, "Chase lists."),
    {"GET", "/desk/campaign/lists/new", MAY_CHASE_PLEDGES, new_list, "Asks for a choice."},
    {"POST", "/desk/campaign/lists/new", MAY_CHASE_PLEDGES, make_list, "Makes a chase list."},
    {"GET", "/desk/campaign/lists/:list", MAY_CHASE_PLEDGES, show_list, "One chase list."},
    {"GET", "/desk/campaign/lists/:list/:code", MAY_CHASE_PLEDGES, show_address,
     "Asks for an address for letters."},
    {"POST", "/desk/campaign/lists/:list/:code", MAY_CHASE_PLEDGES, save_address,
     "Notes an address for letters. Safe to repeat."},
    {"POST", "/desk/campaign/lists/:list/:code/remove", MAY_CHASE_PLEDGES, remove_one,
     "Takes an organisation off a list. Safe to repeat."},
    {0},
};
