/* SPDX-License-Identifier: MIT */
/*
 * concern_web.c - the pages of safeguarding concerns.
 *
 *   /concern ...                     raising one, by anybody who is signed in
 *   /account/concerns                what I raised, and how it stands
 *   /desk/concerns                   those of one's scope, without what they say
 *   /desk/concerns/:reference        one of them; asks what for, before it is shown
 *   POST .../purpose .../step        says what for; adds what was done
 *   .../concern.pdf .../concern.json for the authorities
 *   /desk/concerns-not-seen          those that may have reached nobody, for the national lead
 */
#include "programme/concern/concern_web.h"

#include "platform/base/time.h"
#include "platform/web/journey.h"
#include "platform/web/listing.h"
#include "programme/concern/concern.h"
#include "programme/concern/concern.sql.h"
#include "programme/concern/concern_page.html.h"
#include "programme/directory/directory_web.h"

#include <string.h>

enum { OWN_MAX = 100, DRAFT_KEPT_DAYS = 2 };

static struct form_option *options_of(struct mem *mem, const struct concern_choice *choices)
{
    size_t count = 0;
    while (choices[count].code != NULL)
        count++;
    struct form_option *options = mem_array(mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct form_option){choices[i].code, choices[i].name, NULL, NULL};
    options[count] = (struct form_option){0};
    return options;
}

/* ---- raising ---- */

static const struct form_field danger_fields[] = {
    FORM_YES_NO(concern_draft, in_danger, .label = "Is anybody in danger right now?",
                .missing = "Say whether anybody is in danger right now"),
    FORM_END};

static const struct form_field organisation_fields[] = {
    FORM_LOOKUP(concern_draft, organisation, .in = &directory_organisations,
                .label = "Which organisation is it about?",
                .hint = "Where it happened, or where the person works or learns",
                .missing = "Choose the organisation that it is about"),
    FORM_END};

static enum status about_lead_options(struct ctx *ctx, const void *form,
                                      const struct form_option **out)
{
    (void)form;
    *out = options_of(ctx->mem, concern_about_leads);
    return OK;
}

static const struct form_field about_lead_fields[] = {
    FORM_ONE_OF(concern_draft, about_lead, .label = "Is it about a safeguarding lead?",
                .hint = "They are the people who read concerns. If you choose yes, that lead is "
                        "not told and cannot see it. Another lead reads it.",
                .short_label = "Is it about a safeguarding lead?",
                .options_from = about_lead_options,
                .missing = "Say whether it is about a safeguarding lead"),
    FORM_END};

static const struct form_field what_fields[] = {
    FORM_LONG_TEXT(concern_draft, about, .label = "Who or what are you worried about?",
                   .hint = "Write what you saw or heard, in your own words",
                   .missing = "Enter who or what you are worried about", .length_most = 8000,
                   .rows = 8),
    FORM_TEXT(concern_draft, happened, .label = "When did it happen?",
              .hint = "For example yesterday at 3pm, or since the summer",
              .missing = "Enter when it happened, or that you do not know", .length_most = 300),
    FORM_END};

static const struct form_field contact_fields[] = {
    FORM_YES_NO(concern_draft, may_contact, .label = "May the safeguarding lead contact you?",
                .missing = "Say whether we may contact you"),
    FORM_TEXT(concern_draft, contact, .label = "How can they reach you safely?",
              .hint = "A phone number, or when not to call", .when = "may_contact", .is = "yes",
              .missing = "Enter how they can reach you", .length_most = 300),
    FORM_END};

static bool is_danger(const void *draft)
{
    return ((const struct concern_draft *)draft)->in_danger == FORM_YES;
}

static enum status danger_intro(struct ctx *ctx, const void *draft, struct view *out)
{
    (void)ctx;
    (void)draft;
    concern_danger(out);
    return OK;
}

static enum status start(struct ctx *ctx, struct view *out)
{
    (void)ctx;
    concern_start(out);
    return OK;
}

static enum status declaration(struct ctx *ctx, const void *draft, struct view *out)
{
    (void)ctx;
    concern_declaration(out, strcmp(((const struct concern_draft *)draft)->about_lead, "no") != 0);
    return OK;
}

static enum status next(struct ctx *ctx, const char *reference, struct view *out)
{
    struct concern_sent sent;
    TRY(concern_find_sent(ctx, reference, &sent));
    concern_next(out, &sent);
    return OK;
}

static enum status finish(struct ctx *ctx, const void *draft, struct form_problems *problems,
                          struct journey_done *done)
{
    return concern_raise(ctx, draft, problems, &done->reference);
}

static const struct journey_step steps[] = {
    {.name = "danger", .fields = danger_fields, .short_title = "Danger"},
    {.name = "call-999", .title = "Call 999 first", .applies = is_danger, .intro = danger_intro},
    {.name = "organisation", .fields = organisation_fields, .short_title = "Organisation"},
    {.name = "lead", .fields = about_lead_fields, .short_title = "Who reads it"},
    {.name = "what", .fields = what_fields, .title = "What are you worried about?"},
    {.name = "contact", .fields = contact_fields, .title = "Contact with you"},
    {0}};

static const struct journey raising = {.name = "concern",
                                       .title = "Raise a safeguarding concern",
                                       .send_button = "Send it now",
                                       .draft_bytes = sizeof(struct concern_draft),
                                       .steps = steps,
                                       .keep_days = DRAFT_KEPT_DAYS,
                                       .kept = "concern",
                                       .start = start,
                                       .declaration = declaration,
                                       .finish = finish,
                                       .next = next};

static enum status show_own(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct concern_own_rows_row *rows;
    struct concern_own_page page;
    TRY(concern_own_rows(ctx, ctx->person.n, OWN_MAX, &rows, &page.line_count));
    page.lines = mem_array(ctx->mem, struct concern_own_line, page.line_count);
    for (size_t i = 0; i < page.line_count; i++)
        page.lines[i] =
            (struct concern_own_line){rows[i].reference, time_show(ctx->mem, rows[i].raised_at),
                                      concern_state_text(rows[i].state), rows[i].organisation_name};
    answer->page = (struct web_page){.title = "Concerns that you raised",
                                     .crumbs = {{"Home", "/"}, {"Your account", "/account"}}};
    concern_own_show(&answer->body, &page);
    return OK;
}

/* ---- the list ---- */

static const struct form_option states[] = {
    {"new", "Not read yet", "nhsuk-tag--red", NULL},
    {"open", "Being looked into", "nhsuk-tag--yellow", NULL},
    {"closed", "Closed", "nhsuk-tag--grey", NULL},
    {0}};
static const struct form_option dangers[] = {
    {"danger", "Yes", NULL, NULL}, {"", "No", NULL, NULL}, {0}};
static const struct form_option whys[] = {
    {"none", "There is no safeguarding lead for it", "nhsuk-tag--red", NULL},
    {"mail", "An email could not be delivered", "nhsuk-tag--orange", NULL},
    {0}};

static const struct listing_column columns[] = {
    {.name = "reference", .heading = "Reference", .link = "/desk/concerns/:reference"},
    {.name = "organisation_name", .heading = "Organisation"},
    {.name = "raised_at", .heading = "Raised", .format = LISTING_TIME},
    {.name = "danger", .heading = "In danger", .format = LISTING_CODE, .options = dangers},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = states},
    {0}};

static const struct listing_filter filters[] = {{.argument = "state",
                                                 .label = "State",
                                                 .kind = LISTING_CHOICE,
                                                 .options = states,
                                                 .column = "state"},
                                                {0}};

static const struct listing_order orders[] = {
    {"oldest", "Oldest first"}, {"newest", "Newest first"}, {0}};

static const struct listing concern_listing = {
    .title = "Safeguarding concerns",
    .section = "/desk",
    .query = &concern_list_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .one = "concern",
    .many = "concerns",
    .file_name = "concerns",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
};

static const struct listing_column trouble_columns[] = {
    {.name = "reference", .heading = "Reference"},
    {.name = "organisation_name", .heading = "Organisation"},
    {.name = "raised_at", .heading = "Raised", .format = LISTING_TIME},
    {.name = "why", .heading = "Why", .format = LISTING_TAG, .options = whys},
    {0}};

static const struct listing trouble_listing = {
    .title = "Concerns that may have reached nobody",
    .section = "/desk",
    .query = &concern_trouble_list_query,
    .columns = trouble_columns,
    .orders = orders,
    .one = "concern",
    .many = "concerns",
    .file_name = "concerns-not-seen",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
};

/* ---- one concern ---- */

struct purpose_form {
    const char *purpose;
};

static const struct form_field purpose_fields[] = {
    FORM_TEXT(purpose_form, purpose, .kept = "concern", .label = "What do you need to read it for?",
              .hint = "For example: to decide what to do, or to write to the council",
              .missing = "Enter what you need to read it for", .length_most = 300),
    FORM_END};

struct step_form {
    const char *state; /* of the concern that it is shown for; "": reading takes all kinds */
    const char *kind, *body, *text;
};

/* "Open it again" is last, and all that a closed concern takes. */
static enum status kind_options(struct ctx *ctx, const void *form, const struct form_option **out)
{
    const char *state = form != NULL ? ((const struct step_form *)form)->state : "";
    struct form_option *options = options_of(ctx->mem, concern_kinds);
    size_t last = 0;
    while (options[last + 1].code != NULL)
        last++;
    if (strcmp(state, "closed") == 0)
        options += last;
    else if (state[0] != '\0')
        options[last] = (struct form_option){0};
    *out = options;
    return OK;
}

static enum status body_options(struct ctx *ctx, const void *form, const struct form_option **out)
{
    (void)form;
    *out = options_of(ctx->mem, concern_bodies);
    return OK;
}

static const struct form_field step_fields[] = {
    FORM_ONE_OF(step_form, kind, .label = "What do you want to write down?",
                .options_from = kind_options, .missing = "Choose what you want to write down"),
    FORM_ONE_OF(step_form, body, .label = "Whom was it referred to?", .options_from = body_options,
                .when = "kind", .is = "referral", .missing = "Choose whom it was referred to"),
    FORM_LONG_TEXT(step_form, text, .label = "What happened, and why?", .kept = "concern",
                   .missing = "Enter what happened", .length_most = 4000),
    FORM_END};

static const char *path_of(struct web_request *request, const char *tail)
{
    return mem_format(request->ctx->mem, "/desk/concerns/%s%s", web_value(request, "reference"),
                      tail);
}

static enum status ask_purpose(struct web_request *request, struct web_answer *answer,
                               const struct form_problems *problems)
{
    struct view intro = {.mem = request->ctx->mem};
    TRY(concern_exists(request->ctx, request->grant.scope, web_value(request, "reference")));
    request->ctx->fault = NULL;
    concern_purpose_intro(&intro);
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Before you read this concern",
                                  .action = path_of(request, "/purpose"),
                                  .button = "Read the concern",
                                  .back_href = "/desk/concerns",
                                  .intro = view_html(&intro),
                                  .shown = {.fields = purpose_fields, .problems = problems}});
}

static void fill_lines(struct ctx *ctx, const struct concern *concern, struct concern_page *page)
{
    page->line_count = concern->event_count;
    page->lines = mem_array(ctx->mem, struct concern_line, page->line_count);
    for (size_t i = 0; i < page->line_count; i++) {
        const struct concern_event *e = &concern->events[i];
        page->lines[i] = (struct concern_line){.when = time_show(ctx->mem, e->at),
                                               .what = concern_event_title(ctx->mem, e),
                                               .who = e->person,
                                               .text = e->text};
    }
}

static const char *time_or_none(struct mem *mem, int64_t at)
{
    return at != 0 ? time_show(mem, at) : "";
}

static enum status show_concern(struct web_request *request, struct web_answer *answer,
                                const struct concern *concern, const struct form_problems *problems)
{
    struct ctx *ctx = request->ctx;
    struct view intro = {.mem = ctx->mem};
    struct concern_page page = {
        .concern = concern,
        .raised = time_show(ctx->mem, concern->raised_at),
        .seen = time_or_none(ctx->mem, concern->seen_at),
        .closed = time_or_none(ctx->mem, concern->closed_at),
        .state = concern_state_text(concern->state),
        .kept_from = concern_kept_from_text(ctx->mem, concern),
        .report_by = concern->was_referred ? "" : time_show(ctx->mem, concern->report_by_at),
        .is_late = !concern->was_referred && concern->closed_at == 0 &&
                   ctx->now_secs > concern->report_by_at};
    fill_lines(ctx, concern, &page);
    concern_show_lines(&intro, &page);
    answer->page.section = "/desk";
    return form_answer(request, answer,
                       &(const struct form_page){
                           .title = mem_format(ctx->mem, "Concern %s", concern->reference),
                           .action = path_of(request, "/step"),
                           .button = "Write it down",
                           .back_href = "/desk/concerns",
                           .intro = view_html(&intro),
                           .shown = {.fields = step_fields,
                                     .form = &(const struct step_form){concern->state, "", "", ""},
                                     .answers = problems != NULL ? request->sent : NULL,
                                     .problems = problems}});
}

/* Reads it for the purpose that was said; asks for one when none was. */
static enum status show_with(struct web_request *request, struct web_answer *answer,
                             const struct form_problems *problems)
{
    struct concern concern;
    enum status status = concern_read(request->ctx, request->grant.scope,
                                      web_value(request, "reference"), NULL, &concern);
    if (status == ERR_INVALID)
        return ask_purpose(request, answer, NULL);
    TRY(status);
    return show_concern(request, answer, &concern, problems);
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    return show_with(request, answer, NULL);
}

static enum status say_purpose(struct web_request *request, struct web_answer *answer)
{
    struct purpose_form form = {""};
    struct form_problems problems = {.count = 0};
    struct concern concern;
    enum status status = form_read(request->ctx, purpose_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return ask_purpose(request, answer, &problems);
    TRY(status);
    TRY(concern_read(request->ctx, request->grant.scope, web_value(request, "reference"),
                     form.purpose, &concern));
    return web_see_other(answer, path_of(request, ""));
}

static enum status add_step(struct web_request *request, struct web_answer *answer)
{
    struct step_form form = {"", "", "", ""};
    struct form_problems problems = {.count = 0};
    const char *reference = web_value(request, "reference");
    TRY(concern_exists(request->ctx, request->grant.scope, reference));
    enum status status = form_read(request->ctx, step_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_with(request, answer, &problems);
    TRY(status);
    status = concern_add_step(request->ctx, request->grant.scope, reference,
                              &(const struct concern_step){form.kind, form.body, form.text});
    if (status == ERR_INVALID)
        return ask_purpose(request, answer, NULL);
    if (status == ERR_CONFLICT) {
        form_wrong(&problems, "kind", "A closed concern can only be opened again, and only then");
        request->ctx->fault = NULL;
        return show_with(request, answer, &problems);
    }
    TRY(status);
    return web_see_other(answer, path_of(request, ""));
}

/* A paper for the authorities, or the same as JSON; without a purpose of late the page asks. */
static enum status export_file(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    const char *ending = strrchr(request->route->path, '.');
    struct concern concern;
    enum status status =
        concern_export(ctx, request->grant.scope, web_value(request, "reference"), &concern);
    if (status == ERR_INVALID)
        return web_see_other(answer, path_of(request, ""));
    TRY(status);
    answer->download_name = mem_format(ctx->mem, "%s%s", concern.reference, ending);
    if (strcmp(ending, ".json") == 0)
        return web_json(answer, concern_json(ctx, &concern));
    answer->content_type = "application/pdf";
    return concern_print(ctx, &concern, &answer->body);
}

/* ---- what waits ---- */

static enum status count_in(struct ctx *ctx, const char *state, const char *scope,
                            struct desk_load *out)
{
    struct concern_waiting_row row;
    TRY(concern_waiting(ctx, time_day_of(ctx->mem, ctx->now_secs), ctx->person.n, state, scope,
                        &row));
    *out = (struct desk_load){row.concerns, row.oldest_at != NULL ? *row.oldest_at : 0};
    return OK;
}

static enum status count_new(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    return count_in(ctx, "new", scope, out);
}

static enum status count_open(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    return count_in(ctx, "open", scope, out);
}

static enum status count_trouble(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct concern_trouble_count_row row;
    (void)scope;
    TRY(concern_trouble_count(ctx, ctx->person.n, &row));
    *out = (struct desk_load){row.concerns, row.oldest_at != NULL ? *row.oldest_at : 0};
    return OK;
}

const struct desk_queue concern_queues[] = {
    {"Safeguarding concerns not read yet", "/desk/concerns?state=new", "Read them now.",
     MAY_SEE_CONCERNS, count_new},
    {"Safeguarding concerns being looked into", "/desk/concerns?state=open",
     "Refer within seven days where you must.", MAY_SEE_CONCERNS, count_open},
    {"Concerns that may have reached nobody", "/desk/concerns-not-seen",
     "Make sure that there is a safeguarding lead who gets mail.", MAY_CHASE_CONCERNS,
     count_trouble},
    {0},
};

const struct web_route concern_routes[] = {
    WEB_JOURNEY("/concern", WEB_SIGNED_IN, &raising, "Raise a safeguarding concern."),
    {"GET", "/account/concerns", WEB_SIGNED_IN, show_own, "The concerns that I raised."},
    WEB_LISTING("/desk/concerns", MAY_SEE_CONCERNS, &concern_listing,
                "Safeguarding concerns, without what they say."),
    {"GET", "/desk/concerns/:reference", MAY_SEE_CONCERNS, show, "One concern, for a purpose."},
    {"POST", "/desk/concerns/:reference/purpose", MAY_SEE_CONCERNS, say_purpose,
     "Says what it is read for."},
    {"POST", "/desk/concerns/:reference/step", MAY_SEE_CONCERNS, add_step,
     "Adds a note, an action, a referral; closes it."},
    {"GET", "/desk/concerns/:reference/concern.pdf", MAY_SEE_CONCERNS, export_file,
     "The concern for the authorities."},
    {"GET", "/desk/concerns/:reference/concern.json", MAY_SEE_CONCERNS, export_file,
     "The same as JSON."},
    WEB_LISTING("/desk/concerns-not-seen", MAY_CHASE_CONCERNS, &trouble_listing,
                "Concerns that may have reached nobody."),
    {0},
};
