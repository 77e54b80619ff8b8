/* SPDX-License-Identifier: MIT */
/*
 * rights_desk_web.c - answering what people ask about their data.
 *
 *   /desk/rights                        the queue, the first due first
 *   /desk/rights/:reference             one request
 *   POST .../acknowledge .../pause .../lift
 *   .../extend                          asks for a reason; POST acts
 *   .../answer                          outcome, reason and words; POST answers
 */
#include "programme/rights/rights_web.h"

#include "platform/base/time.h"
#include "platform/web/form.h"
#include "platform/web/listing.h"
#include "programme/rights/data_web.h"
#include "programme/rights/rights.sql.h"
#include "programme/rights/rights_page.html.h"

#include <string.h>

/* ---- the queue ---- */

static const struct form_option states[] = {
    {"open", "Waits", "nhsuk-tag--yellow", NULL},
    {"paused", "Clock stands still", "nhsuk-tag--grey", NULL},
    {"closed", "Answered", "nhsuk-tag--green", NULL},
    {0}};

static const struct form_option kinds[] = {{"see", "See", NULL, NULL},
                                           {"correct", "Correct", NULL, NULL},
                                           {"object", "Object", NULL, NULL},
                                           {"restrict", "Restrict", NULL, NULL},
                                           {"erase", "Erase", NULL, NULL},
                                           {"complaint", "Complaint", NULL, NULL},
                                           {0}};

static const struct listing_column columns[] = {
    {.name = "reference", .heading = "Request", .link = "/desk/rights/:reference"},
    {.name = "kind", .heading = "Kind", .format = LISTING_CODE, .options = kinds},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = states},
    {.name = "received_at", .heading = "Came", .format = LISTING_TIME},
    {.name = "due_on", .heading = "Answer by", .format = LISTING_DATE},
    {.name = "acknowledge_on", .heading = "Acknowledge by", .format = LISTING_DATE},
    {.name = "organisation", .heading = "Organisation", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {{.argument = "state",
                                                 .label = "State",
                                                 .kind = LISTING_CHOICE,
                                                 .options = states,
                                                 .column = "state"},
                                                {.argument = "kind",
                                                 .label = "Kind",
                                                 .kind = LISTING_CHOICE,
                                                 .options = kinds,
                                                 .column = "kind"},
                                                {0}};

static const struct listing_order orders[] = {
    {"due", "First due first"}, {"newest", "Newest first"}, {0}};

static const struct listing queue = {
    .title = "Requests about personal data",
    .section = "/desk",
    .query = &rights_queue_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .one = "request",
    .many = "requests",
    .file_name = "data-requests",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
};

static enum status count_waiting(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct rights_waiting_row row;
    TRY(rights_waiting(ctx, time_day_of(ctx->mem, ctx->now_secs), scope, &row));
    *out = (struct desk_load){row.requests, row.oldest_at == NULL ? 0 : *row.oldest_at};
    return OK;
}

const struct desk_queue rights_queues[] = {
    {"Requests about personal data", "/desk/rights", "Answer within one month.", MAY_ANSWER_RIGHTS,
     count_waiting},
    {"Records and legal holds", "/desk/records", "How long things are kept, and what was removed.",
     MAY_KEEP_RECORDS, NULL},
    {0},
};

/* ---- one request ---- */

static enum status find(struct web_request *request, struct rights_request *out)
{
    return rights_find(request->ctx, web_value(request, "reference"), request->grant.scope, out);
}

static const char *address(struct web_request *request, const struct rights_request *found,
                           const char *tail)
{
    return mem_format(request->ctx->mem, "/desk/rights/%s%s", found->reference, tail);
}

static void add_act(struct web_request *request, struct desk_request_page *page, const char *tail,
                    const char *label, bool is_link)
{
    page->acts[page->act_count] = (struct desk_act){address(request, page->request, tail), label,
                                                    is_link, page->act_count == 0};
    page->act_count++;
}

static const char limit_stands[] = "Stands";

/* What was agreed not to be done, until somebody ends it. */
static enum status fill_limit(struct ctx *ctx, struct desk_request_page *page)
{
    const struct rights_request *found = page->request;
    bool is_limit = strcmp(found->kind, "restrict") == 0 || strcmp(found->kind, "object") == 0;
    bool stands;
    if (!is_limit || found->closed_at == 0 || strcmp(found->outcome, "refused") == 0)
        return OK;
    TRY(privacy_restriction_stands(ctx, found->reference, &stands));
    page->limit = stands ? limit_stands : "Has ended";
    return OK;
}

static void fill_acts(struct web_request *request, struct desk_request_page *page)
{
    const struct rights_request *found = page->request;
    if (page->limit == limit_stands)
        add_act(request, page, "/lift", "End this limit", false);
    if (found->closed_at != 0 || strcmp(found->state, "unproven") == 0)
        return;
    add_act(request, page, "/answer", "Answer", true);
    if (found->acknowledge_on[0] != '\0' && found->acknowledged_at == 0)
        add_act(request, page, "/acknowledge", "Acknowledge it by email", false);
    if (strcmp(found->state, "open") == 0)
        add_act(request, page, "/pause", "Ask them to prove who they are", false);
    if (found->extended_reason[0] == '\0')
        add_act(request, page, "/extend", "Take two months more", true);
}

/* An empty day stays empty. */
static const char *day(struct mem *mem, const char *on)
{
    return on[0] == '\0' ? "" : time_show_day(mem, on);
}

static void fill(struct web_request *request, struct desk_request_page *page)
{
    struct mem *mem = request->ctx->mem;
    const struct rights_request *found = page->request;
    const char *today = time_day_of(mem, request->ctx->now_secs);
    bool waits = strcmp(found->state, "open") == 0;
    page->kind = rights_name(rights_kinds, found->kind);
    page->received = day(mem, found->received_on);
    page->due = day(mem, found->due_on);
    page->paused = day(mem, found->paused_on);
    page->acknowledge = found->acknowledged_at == 0 ? day(mem, found->acknowledge_on) : "";
    page->outcome = rights_name(rights_outcomes, found->outcome);
    page->reason = rights_name(rights_reasons, found->reason);
    page->is_late = waits && strcmp(found->due_on, today) < 0;
    page->has_account = found->subject.person.n != 0;
    page->form_token = web_token(request);
}

/* A look at another person's record is noted before it is shown. */
static enum status note_look(struct ctx *ctx, const struct rights_request *found)
{
    return audit_note(ctx, &(const struct audit_deed){.what = "rights.looked",
                                                      .organisation = found->organisation,
                                                      .subject = found->subject.person,
                                                      .thing = found->reference});
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct rights_request found;
    struct desk_request_page page = {.request = &found};
    TRY(find(request, &found));
    TRY(note_look(request->ctx, &found));
    fill(request, &page);
    TRY(fill_limit(request->ctx, &page));
    fill_acts(request, &page);
    if (strcmp(found.kind, "erase") == 0 && found.closed_at == 0)
        TRY(data_web_erasure(request->ctx, &found.subject, &page.erasure, &page.erasure_count,
                             &page.held));
    answer->page = (struct web_page){
        .title = mem_format(request->ctx->mem, "Request %s", found.reference),
        .section = "/desk",
        .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Requests", "/desk/rights"}}};
    desk_request_show(&answer->body, &page);
    return OK;
}

/* ---- acts ---- */

static enum status conflict(struct web_request *request, struct web_answer *answer)
{
    return web_sorry(
        request, answer, 409, "This cannot be done now",
        "The request may be answered already, or a legal hold stands. Go back and look "
        "at it again.");
}

static enum status act(struct web_request *request, struct web_answer *answer,
                       enum status (*fn)(struct ctx *ctx, const char *reference))
{
    struct rights_request found;
    TRY(find(request, &found));
    enum status status = fn(request->ctx, found.reference);
    if (status == ERR_CONFLICT)
        return conflict(request, answer);
    TRY(status);
    return web_see_other(answer, address(request, &found, ""));
}

static enum status acknowledge(struct web_request *request, struct web_answer *answer)
{
    return act(request, answer, rights_acknowledge);
}

static enum status pause_clock(struct web_request *request, struct web_answer *answer)
{
    return act(request, answer, rights_pause);
}

static enum status lift(struct web_request *request, struct web_answer *answer)
{
    return act(request, answer, privacy_restriction_lift);
}

/* ---- forms ---- */

struct answer_form {
    const char *outcome, *reason, *answer;
};

static const struct form_option *options_of(struct mem *mem, const struct rights_words *table)
{
    size_t count = 0;
    while (table[count].code != NULL)
        count++;
    struct form_option *options = mem_array(mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct form_option){table[i].code, table[i].name, NULL, NULL};
    return options;
}

static enum status outcome_options(struct ctx *ctx, const void *form,
                                   const struct form_option **out)
{
    (void)form;
    *out = options_of(ctx->mem, rights_outcomes);
    return OK;
}

static enum status reason_options(struct ctx *ctx, const void *form, const struct form_option **out)
{
    (void)form;
    *out = options_of(ctx->mem, rights_reasons);
    return OK;
}

static const struct form_field answer_fields[] = {
    FORM_ONE_OF(answer_form, outcome, .options_from = outcome_options, .label = "What came of it?",
                .missing = "Choose what came of it"),
    FORM_ONE_OF(answer_form, reason, .options_from = reason_options, .is_optional = true,
                .is_select = true, .label = "Why is it refused, or done in part?"),
    FORM_LONG_TEXT(answer_form, answer, .label = "Your answer, in plain words",
                   .hint = "They get this by email.", .missing = "Write an answer"),
    FORM_END};

static const struct form_field extend_fields[] = {
    FORM_LONG_TEXT(answer_form, answer, .label = "Why does it take longer?",
                   .hint = "They get this by email.", .missing = "Write why it takes longer"),
    FORM_END};

struct asking {
    const char *title, *tail, *button;
    const struct form_field *fields;
};

static const struct asking answering = {"Answer this request", "/answer", "Send the answer",
                                        answer_fields};
static const struct asking extending = {"Take two months more", "/extend", "Tell them",
                                        extend_fields};

static enum status show_form(struct web_request *request, struct web_answer *answer,
                             const struct asking *asking, const struct form_problems *problems)
{
    struct rights_request found;
    TRY(find(request, &found));
    answer->page.section = "/desk";
    return form_answer(request, answer,
                       &(const struct form_page){
                           .title = asking->title,
                           .action = address(request, &found, asking->tail),
                           .button = asking->button,
                           .back_href = address(request, &found, ""),
                           .is_warning = asking == &answering && strcmp(found.kind, "erase") == 0,
                           .shown = {.fields = asking->fields,
                                     .answers = problems != NULL ? request->sent : NULL,
                                     .problems = problems}});
}

static enum status ask_answer(struct web_request *request, struct web_answer *answer)
{
    return show_form(request, answer, &answering, NULL);
}

static enum status ask_extend(struct web_request *request, struct web_answer *answer)
{
    return show_form(request, answer, &extending, NULL);
}

/* Reads the form; ERR_INVALID: the page with its problems is the answer. */
static enum status read_form(struct web_request *request, struct web_answer *answer,
                             const struct asking *asking, struct answer_form *form)
{
    struct form_problems problems = {.count = 0};
    *form = (struct answer_form){"", "", ""};
    enum status status = form_read(request->ctx, asking->fields, request->sent, form, &problems);
    if (status == OK && asking == &answering && strcmp(form->outcome, "done") != 0 &&
        form->reason[0] == '\0') {
        form_wrong(&problems, "reason", "Choose why");
        status = ERR_INVALID;
    }
    return status == ERR_INVALID ? show_form(request, answer, asking, &problems) : status;
}

static enum status do_answer(struct web_request *request, struct web_answer *answer)
{
    struct rights_request found;
    struct answer_form form;
    TRY(find(request, &found));
    TRY(read_form(request, answer, &answering, &form));
    enum status status = rights_close(
        request->ctx, found.reference,
        &(const struct rights_close){
            form.outcome, strcmp(form.outcome, "done") == 0 ? "" : form.reason, form.answer});
    if (status == ERR_CONFLICT)
        return conflict(request, answer);
    TRY(status);
    return web_see_other(answer, address(request, &found, ""));
}

static enum status do_extend(struct web_request *request, struct web_answer *answer)
{
    struct rights_request found;
    struct answer_form form;
    TRY(find(request, &found));
    TRY(read_form(request, answer, &extending, &form));
    enum status status = rights_extend(request->ctx, found.reference, form.answer);
    if (status == ERR_CONFLICT)
        return conflict(request, answer);
    TRY(status);
    return web_see_other(answer, address(request, &found, ""));
}

const struct web_route rights_desk_routes[] = {
    WEB_LISTING("/desk/rights", MAY_ANSWER_RIGHTS, &queue, "Requests about personal data."),
    {"GET", "/desk/rights/:reference", MAY_ANSWER_RIGHTS, show, "One request."},
    {"POST", "/desk/rights/:reference/acknowledge", MAY_ANSWER_RIGHTS, acknowledge,
     "Tells that a complaint came. Safe to repeat."},
    {"POST", "/desk/rights/:reference/pause", MAY_ANSWER_RIGHTS, pause_clock,
     "Asks who it is from; the clock stands still. Safe to repeat."},
    {"POST", "/desk/rights/:reference/lift", MAY_ANSWER_RIGHTS, lift,
     "Ends what a request limited. Safe to repeat."},
    {"GET", "/desk/rights/:reference/extend", MAY_ANSWER_RIGHTS, ask_extend, "Asks for a reason."},
    {"POST", "/desk/rights/:reference/extend", MAY_ANSWER_RIGHTS, do_extend, "Two months more."},
    {"GET", "/desk/rights/:reference/answer", MAY_ANSWER_RIGHTS, ask_answer,
     "Asks for the answer."},
    {"POST", "/desk/rights/:reference/answer", MAY_ANSWER_RIGHTS, do_answer,
     "Answers, and does what was agreed."},
    {0},
};
