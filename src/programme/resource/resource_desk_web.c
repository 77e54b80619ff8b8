/* SPDX-License-Identifier: MIT */
/*
 * resource_desk_web.c - what editors do with documents.
 *
 *   /desk/resources                            all of them; ?due=due those to look at
 *   /desk/resources/downloads                  counts a version a day
 *   /desk/resources/add ..., /desk/resources/file ...   the journeys: resource_add_web.c
 *   /desk/resources/:reference                 one, with what can be done
 *   .../edit  .../check  .../withdraw          forms; POST does it
 *   POST .../version  .../file                 begins a journey
 *   POST .../restore                           gives it out again
 */
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/links/links_web.h"
#include "programme/pack/pack_web.h"
#include "programme/resource/resource.sql.h"
#include "programme/resource/resource_page.html.h"
#include "programme/resource/resource_web.h"

#include <inttypes.h>
#include <string.h>

/* ---- all ---- */

static const struct form_option states[] = {{"live", "Live", "nhsuk-tag--green", NULL},
                                            {"withdrawn", "Withdrawn", "nhsuk-tag--red", NULL},
                                            {0}};
static const struct form_option dues[] = {
    {"due", "Due", "nhsuk-tag--orange", NULL}, {"later", "Later", "nhsuk-tag--grey", NULL}, {0}};

static const struct listing_column columns[] = {
    {.name = "title", .heading = "Document", .link = "/desk/resources/:reference"},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = states},
    {.name = "version", .heading = "Version", .format = LISTING_NUMBER},
    {.name = "formats", .heading = "Formats"},
    {.name = "is_due", .heading = "Check", .format = LISTING_TAG, .options = dues},
    {.name = "review_on", .heading = "Next check", .format = LISTING_DATE},
    {.name = "is_accessible",
     .heading = "Accessible",
     .format = LISTING_NUMBER,
     .is_in_files_only = true},
    {.name = "changed_at", .heading = "Newest version", .format = LISTING_TIME},
    {.name = "reference", .heading = "Number", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {{.argument = "due",
                                                 .label = "Check",
                                                 .kind = LISTING_CHOICE,
                                                 .options = dues,
                                                 .column = "is_due"},
                                                {.argument = "state",
                                                 .label = "State",
                                                 .kind = LISTING_CHOICE,
                                                 .options = states,
                                                 .column = "state"},
                                                {0}};

static const struct listing_order orders[] = {
    {"review", "Next check first"}, {"newest", "Newest version first"}, {0}};

static enum status intro(struct web_request *request, struct view *out)
{
    (void)request;
    resource_desk_intro(out);
    return OK;
}

static const struct listing list = {.title = "Documents",
                                    .section = "/desk",
                                    .query = &resource_desk_list_query,
                                    .columns = columns,
                                    .filters = filters,
                                    .orders = orders,
                                    .one = "document",
                                    .many = "documents",
                                    .file_name = "documents-at-the-desk",
                                    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
                                    .intro = intro};

/* ---- downloads ---- */

static const struct listing_column download_columns[] = {
    {.name = "day_on", .heading = "Day", .format = LISTING_DATE},
    {.name = "title", .heading = "Document", .link = "/desk/resources/:reference"},
    {.name = "version", .heading = "Version", .format = LISTING_NUMBER},
    {.name = "downloads", .heading = "Downloads", .format = LISTING_NUMBER},
    {.name = "reference", .heading = "Number", .is_in_files_only = true},
    {0}};

static const struct listing_order download_orders[] = {{"newest", "Newest day first"}, {0}};

static enum status downloads_intro(struct web_request *request, struct view *out)
{
    (void)request;
    resource_downloads_intro(out);
    return OK;
}

static const struct listing downloads = {
    .title = "Downloads a day",
    .section = "/desk",
    .query = &resource_download_list_query,
    .columns = download_columns,
    .orders = download_orders,
    .one = "day of a version",
    .many = "days of versions",
    .file_name = "downloads",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Documents", "/desk/resources"}},
    .intro = downloads_intro};

/* ---- one ---- */

static const char *page_of(struct web_request *request, const struct resource *resource)
{
    return mem_format(request->ctx->mem, "/desk/resources/%s", resource->reference);
}

static enum status find(struct web_request *request, struct resource *out)
{
    return resource_open(request->ctx, web_value(request, "reference"), 0, out);
}

/* One that can be changed. */
static enum status find_live(struct web_request *request, struct resource *out)
{
    TRY(find(request, out));
    return out->withdrawn_at == 0
               ? OK
               : ctx_fail(request->ctx, ERR_NOT_FOUND, "document %s is withdrawn", out->reference);
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct resource resource;
    struct resource_page page;
    TRY(find(request, &resource));
    TRY(resource_page_fill(request->ctx, &resource, &page));
    page.form_token = web_token(request);
    answer->page = (struct web_page){
        .title = resource.words.title,
        .section = "/desk",
        .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Documents", "/desk/resources"}}};
    resource_desk_show(&answer->body, &page);
    return links_mend_write(request->ctx, &resource_linked, resource.reference, &answer->body);
}

/* ---- other words ---- */

static const struct form_field words_fields[] = {
    FORM_TEXT(resource_words, title, .label = "Title", .length_most = RESOURCE_TITLE_CHARS,
              .missing = "Enter the title"),
    FORM_LONG_TEXT(resource_words, summary, .label = "What is it for?",
                   .length_most = RESOURCE_SUMMARY_CHARS, .rows = 3,
                   .missing = "Enter what it is for"),
    FORM_ONE_OF(resource_words, kind, .label = "Kind", .options_from = resource_kind_choices,
                .is_select = true, .missing = "Choose what kind it is"),
    FORM_ONE_OF(resource_words, stage, .label = "Stage", .options_from = stage_choices,
                .is_select = true, .is_optional = true),
    FORM_ONE_OF(resource_words, pillar, .label = "Part of the programme",
                .options_from = pillar_choices, .is_select = true, .is_optional = true),
    FORM_DATE(resource_words, review_on, .label = "Next check",
              .missing = "Enter the day of the next check"),
    FORM_END};

static void add_day(struct mem *mem, struct form_answers *to, const char *name, const char *on)
{
    struct time_parts parts = {0};
    if (time_day_parts(on, &parts) != OK)
        return;
    answers_add(mem, to, mem_join(mem, name, "-day", ""), mem_format(mem, "%d", parts.day));
    answers_add(mem, to, mem_join(mem, name, "-month", ""), mem_format(mem, "%d", parts.month));
    answers_add(mem, to, mem_join(mem, name, "-year", ""), mem_format(mem, "%d", parts.year));
}

static void add_words(struct mem *mem, const struct resource_words *words, struct form_answers *to)
{
    answers_add(mem, to, "title", words->title);
    answers_add(mem, to, "summary", words->summary);
    answers_add(mem, to, "kind", words->kind);
    answers_add(mem, to, "stage", words->stage);
    answers_add(mem, to, "pillar", words->pillar);
    add_day(mem, to, "review_on", words->review_on);
}

struct asking_words {
    const struct form_problems *problems; /* NULL: the form is new           */
    bool is_changed;                      /* somebody else saved meanwhile */
};

static enum status ask_words(struct web_request *request, struct web_answer *answer,
                             const struct asking_words *asking)
{
    struct resource resource;
    struct form_answers now = {0};
    struct mem *mem = request->ctx->mem;
    struct view top = {.mem = mem}, form = {.mem = mem};
    bool was_sent = asking->problems != NULL;
    TRY(find_live(request, &resource));
    add_words(mem, &resource.words, &now);
    const struct form_shown shown = {.fields = words_fields,
                                     .answers = was_sent ? request->sent : &now,
                                     .problems = asking->problems};
    form_show_problems(&top, &shown);
    TRY(form_show(request->ctx, &form, &shown));
    answer->page = (struct web_page){.title = "Change what is said of a document",
                                     .section = "/desk",
                                     .has_problem = was_sent,
                                     .back_href = page_of(request, &resource)};
    /* Who typed something wrong keeps what was seen; who was told of another's words has now. */
    bool is_fresh = !was_sent || asking->is_changed;
    resource_edit_show(&answer->body,
                       &(const struct resource_edit_page){
                           view_html(&top), view_html(&form), &resource, web_token(request),
                           is_fresh ? mem_format(mem, "%" PRId64, resource.revision)
                                    : answers_get(request->sent, "seen"),
                           asking->is_changed ? &resource.words : NULL});
    answer->code = asking->is_changed ? 409 : 0;
    return !was_sent ? OK : asking->is_changed ? ERR_CONFLICT : ERR_INVALID;
}

static enum status ask_edit(struct web_request *request, struct web_answer *answer)
{
    return ask_words(request, answer, &(const struct asking_words){NULL, false});
}

static enum status edit(struct web_request *request, struct web_answer *answer)
{
    struct resource_words words = {"", "", "", "", "", ""};
    struct form_problems problems = {.count = 0};
    const char *reference = web_value(request, "reference");
    int64_t seen;
    if (text_number(answers_get(request->sent, "seen"), 0, INT64_MAX, &seen) != OK)
        seen = -1;
    enum status status = form_read(request->ctx, words_fields, request->sent, &words, &problems);
    if (status == OK)
        status = resource_describe(request->ctx, reference, seen, &words, &problems);
    if (status == ERR_INVALID && request->wants == WEB_JSON)
        return form_problems_answer(answer, &problems, status);
    if (status == ERR_INVALID || (status == ERR_CONFLICT && request->wants != WEB_JSON))
        return ask_words(request, answer,
                         &(const struct asking_words){&problems, status == ERR_CONFLICT});
    TRY(status);
    return web_see_other(answer, mem_format(request->ctx->mem, "/desk/resources/%s", reference));
}

/* ---- looked at again ---- */

struct check_form {
    const char *review_on;
};

static const struct form_field check_fields[] = {
    FORM_DATE(check_form, review_on, .label = "When will somebody look at it again?",
              .hint = "Within 3 years", .missing = "Enter the day of the next check"),
    FORM_END};

struct act_form {
    const char *title, *ending, *button;
    const struct form_field *fields;
    void (*intro)(struct view *out);
    bool is_warning;
};

static enum status ask(struct web_request *request, struct web_answer *answer,
                       const struct act_form *act, const struct form_problems *problems)
{
    struct resource resource;
    struct view intro_words = {.mem = request->ctx->mem};
    TRY(find_live(request, &resource));
    if (act->intro != NULL)
        act->intro(&intro_words);
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = act->title,
            .action = mem_join(request->ctx->mem, page_of(request, &resource), act->ending, ""),
            .button = act->button,
            .intro = view_html(&intro_words),
            .back_href = page_of(request, &resource),
            .is_warning = act->is_warning,
            .shown = {.fields = act->fields,
                      .answers = problems != NULL ? request->sent : NULL,
                      .problems = problems}});
}

static const struct act_form checking = {
    "Checked: it is still right", "/check", "It is still right", check_fields, NULL, false};

static enum status ask_check(struct web_request *request, struct web_answer *answer)
{
    return ask(request, answer, &checking, NULL);
}

static enum status check(struct web_request *request, struct web_answer *answer)
{
    struct check_form form = {""};
    struct form_problems problems = {.count = 0};
    struct resource resource;
    TRY(find_live(request, &resource));
    enum status status = form_read(request->ctx, check_fields, request->sent, &form, &problems);
    if (status == OK)
        status = resource_checked(request->ctx, resource.reference, form.review_on, &problems);
    if (status == ERR_INVALID)
        return ask(request, answer, &checking, &problems);
    TRY(status);
    return web_see_other(answer, page_of(request, &resource));
}

/* ---- back, and out again ---- */

struct withdraw_form {
    const char *reason;
};

static const struct form_field withdraw_fields[] = {
    FORM_LONG_TEXT(withdraw_form, reason, .label = "Why is it withdrawn?",
                   .hint = "Everybody can read this. Say what to use instead",
                   .length_most = RESOURCE_REASON_CHARS, .rows = 3,
                   .missing = "Enter why it is withdrawn"),
    FORM_END};

static const struct act_form withdrawing = {
    "Withdraw this document", "/withdraw", "Withdraw it", withdraw_fields,
    resource_withdraw_intro,  true};

static enum status ask_withdraw(struct web_request *request, struct web_answer *answer)
{
    return ask(request, answer, &withdrawing, NULL);
}

static enum status withdraw(struct web_request *request, struct web_answer *answer)
{
    struct withdraw_form form = {""};
    struct form_problems problems = {.count = 0};
    struct resource resource;
    TRY(find(request, &resource));
    if (form_read(request->ctx, withdraw_fields, request->sent, &form, &problems) != OK)
        return ask(request, answer, &withdrawing, &problems);
    TRY(resource_withdraw(request->ctx, resource.reference, form.reason));
    return web_see_other(answer, page_of(request, &resource));
}

static enum status restore(struct web_request *request, struct web_answer *answer)
{
    struct resource resource;
    TRY(find(request, &resource));
    TRY(resource_restore(request->ctx, resource.reference));
    return web_see_other(answer, page_of(request, &resource));
}

/* ---- what waits ---- */

static enum status count_due(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct resource_due_row row;
    (void)scope;
    TRY(resource_due(ctx, time_day_of(ctx->mem, ctx->now_secs), &row));
    *out = (struct desk_load){.waiting_count = row.resources};
    return row.oldest_on == NULL ? OK : time_day_start(row.oldest_on, &out->oldest_at);
}

const struct desk_queue resource_queues[] = {
    {"Documents to look at again", "/desk/resources?due=due", "Is it still right? Then say so.",
     MAY_EDIT_CONTENT, count_due},
    {"Documents", "/desk/resources", "Give out guides, forms and posters.", MAY_EDIT_CONTENT, NULL},
    {0}};

const struct web_route resource_desk_routes[] = {
    WEB_LISTING("/desk/resources", MAY_EDIT_CONTENT, &list, "Documents, for editors."),
    WEB_LISTING("/desk/resources/downloads", MAY_EDIT_CONTENT, &downloads,
                "Downloads a version a day."),
    WEB_JOURNEY(RESOURCE_ADD_PATH, MAY_EDIT_CONTENT, &resource_adding,
                "Adds a document, or a version."),
    WEB_JOURNEY(RESOURCE_FILE_PATH, MAY_EDIT_CONTENT, &resource_file_adding,
                "Adds a file to a document."),
    {"GET", "/desk/resources/:reference", MAY_EDIT_CONTENT, show, "One document, for editors."},
    {"POST", "/desk/resources/:reference/version", MAY_EDIT_CONTENT, resource_begin_version,
     "Begins the next version of a document."},
    {"POST", "/desk/resources/:reference/file", MAY_EDIT_CONTENT, resource_begin_file,
     "Begins adding a file to a document."},
    {"GET", "/desk/resources/:reference/edit", MAY_EDIT_CONTENT, ask_edit,
     "Asks for other words about a document."},
    {"POST", "/desk/resources/:reference/edit", MAY_EDIT_CONTENT, edit,
     "Changes the words about a document, unless somebody else did meanwhile."},
    {"GET", "/desk/resources/:reference/check", MAY_EDIT_CONTENT, ask_check,
     "Asks when to look at a document again."},
    {"POST", "/desk/resources/:reference/check", MAY_EDIT_CONTENT, check,
     "Notes that a document is still right. Safe to repeat."},
    {"GET", "/desk/resources/:reference/withdraw", MAY_EDIT_CONTENT, ask_withdraw,
     "Asks why a document is withdrawn."},
    {"POST", "/desk/resources/:reference/withdraw", MAY_EDIT_CONTENT, withdraw,
     "Withdraws a document. Safe to repeat."},
    {"POST", "/desk/resources/:reference/restore", MAY_EDIT_CONTENT, restore,
     "Gives out a withdrawn document again. Safe to repeat."},
    {0},
};
