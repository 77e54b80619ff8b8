/* SPDX-License-Identifier: MIT */
/*
 * pledge_dispute_web.c - "this was not us".
 *
 *   /verify/:code/not-us               from the page of a pledge and from mails; POST begins
 *   /pledges/dispute ...               the journey: see journey.h
 *   /desk/disputes                     all of them, the first due first
 *   /desk/disputes/:reference          one; .../decide: what came of it, POST decides
 */
#include "platform/base/time.h"
#include "platform/web/journey.h"
#include "platform/web/listing.h"
#include "programme/access/access.h"
#include "programme/pledge/pledge_dispute.sql.h"
#include "programme/pledge/pledge_party_page.html.h"
#include "programme/pledge/pledge_routes.h"
#include "programme/pledge/pledge_show_web.h"

#include <string.h>

/* ---- the journey ---- */

static enum status why_options(struct ctx *ctx, const void *form, const struct form_option **out)
{
    size_t count = 0;
    (void)form;
    while (pledge_dispute_whys[count].code != NULL)
        count++;
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct form_option){.code = pledge_dispute_whys[i].code,
                                          .label = pledge_dispute_whys[i].text};
    *out = options;
    return OK;
}

static const struct form_field pledge_fields[] = {
    FORM_TEXT(pledge_dispute_draft, pledge, .label = "Which pledge is it?", .short_label = "Pledge",
              .length_most = 40,
              .hint = "The code or the reference that stands on it, such as PL-7K3M-9Q2P",
              .missing = "Enter the code or the reference of the pledge"),
    FORM_END};

static const struct form_field what_fields[] = {
    FORM_ONE_OF(pledge_dispute_draft, why, .options_from = why_options, .label = "What is wrong?",
                .missing = "Choose what is wrong"),
    FORM_LONG_TEXT(pledge_dispute_draft, words, .label = "What happened?", .length_most = 2000,
                   .hint = "How do you know of the pledge, and who can tell us that nobody agreed?",
                   .missing = "Enter what happened"),
    FORM_END};

static const struct form_field who_fields[] = {
    FORM_NAME(pledge_dispute_draft, name, .label = "Your full name", .autocomplete = "name",
              .missing = "Enter your name"),
    FORM_TEXT(pledge_dispute_draft, job_title, .label = "What do you do in the organisation?",
              .short_label = "What you do", .hint = "For example, board secretary",
              .missing = "Enter what you do in the organisation"),
    FORM_EMAIL(pledge_dispute_draft, email, .label = "Your email address", .autocomplete = "email",
               .hint = "We write to you there. It is not shown to those who sent the pledge.",
               .missing = "Enter your email address"),
    FORM_PHONE(pledge_dispute_draft, phone, .label = "Your phone number", .is_optional = true,
               .autocomplete = "tel"),
    FORM_END};

static enum status check_pledge(struct ctx *ctx, const void *draft, struct form_problems *problems)
{
    return pledge_dispute_check(ctx, draft, problems);
}

static enum status about_words(struct ctx *ctx, const void *draft, struct view *out)
{
    struct pledge pledge;
    enum status status =
        pledge_dispute_pledge(ctx, ((const struct pledge_dispute_draft *)draft)->pledge, &pledge);
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    pledge_dispute_about(
        out, &(const struct pledge_dispute_intro){pledge.organisation_name, pledge.reference});
    return OK;
}

static enum status start_words(struct ctx *ctx, struct view *out)
{
    (void)ctx;
    pledge_dispute_start(out);
    return OK;
}

static enum status next_words(struct ctx *ctx, const char *reference, struct view *out)
{
    (void)ctx, (void)reference;
    pledge_dispute_next(out);
    return OK;
}

static enum status send(struct ctx *ctx, const void *draft, struct form_problems *problems,
                        struct journey_done *done)
{
    return pledge_dispute_raise(ctx, draft, problems, &done->reference);
}

static const struct journey_step steps[] = {
    {.name = "pledge", .fields = pledge_fields, .check = check_pledge},
    {.name = "what",
     .fields = what_fields,
     .title = "What happened?",
     .short_title = "What happened",
     .intro = about_words},
    {.name = "who", .fields = who_fields, .title = "Who are you?", .short_title = "Who you are"},
    {0}};

static const struct journey disputing = {
    .name = "pledge-dispute",
    .title = "This was not us",
    .send_button = "Send",
    .draft_bytes = sizeof(struct pledge_dispute_draft),
    .steps = steps,
    .keep_days = 7,
    .section = "/pledges",
    .kept = "pledge-dispute",
    .start = start_words,
    .finish = send,
    .next = next_words,
};

/* ---- from a pledge ---- */

static enum status find_pledge(struct web_request *request, struct pledge *out)
{
    return pledge_dispute_pledge(request->ctx, web_value(request, "code"), out);
}

static enum status show_not_us(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    TRY(find_pledge(request, &pledge));
    struct pledge_not_us_page page = {.pledge = &pledge,
                                      .form_token = web_token(request),
                                      .is_over = pledge_state_is_over(pledge.state)};
    answer->page = (struct web_page){.title = "This was not us",
                                     .section = "/pledges",
                                     .crumbs = {{"Home", "/"}, {"Check a pledge", "/verify"}}};
    pledge_not_us_show(&answer->body, &page);
    return OK;
}

static enum status begin_not_us(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    struct form_answers answers = {0};
    TRY(find_pledge(request, &pledge));
    answers_add(request->ctx->mem, &answers, "pledge", pledge.code);
    return journey_begin_with(request, answer, &disputing, "/pledges/dispute", &answers);
}

/* ---- the desk ---- */

static const struct form_option states[] = {
    {"open", "To be decided", "nhsuk-tag--yellow", NULL},
    {"no-ground", "No ground was found", "nhsuk-tag--grey", NULL},
    {"not-made", "Not made by the organisation", "nhsuk-tag--red", NULL},
    {0}};

static const struct listing_column columns[] = {
    {.name = "reference", .heading = "Dispute", .link = "/desk/disputes/:reference"},
    {.name = "organisation", .heading = "Organisation"},
    {.name = "pledge", .heading = "Pledge"},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = states},
    {.name = "raised_at", .heading = "Came", .format = LISTING_TIME},
    {.name = "due_on", .heading = "Decide by", .format = LISTING_DATE},
    {.name = "organisation_code", .heading = "Organisation code", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {{.argument = "state",
                                                 .label = "State",
                                                 .kind = LISTING_CHOICE,
                                                 .options = states,
                                                 .column = "state"},
                                                {0}};

static const struct listing_order orders[] = {
    {"due", "First due first"}, {"newest", "Newest first"}, {0}};

static const struct listing listing = {
    .title = "Pledges that an organisation says it did not make",
    .section = "/desk",
    .query = &pledge_dispute_queue_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .one = "dispute",
    .many = "disputes",
    .file_name = "pledge-disputes",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
};

static enum status count_open(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct pledge_dispute_waiting_row row;
    TRY(pledge_dispute_waiting(ctx, time_day_of(ctx->mem, ctx->now_secs), scope, &row));
    *out = (struct desk_load){row.disputes, row.oldest_at == NULL ? 0 : *row.oldest_at};
    return OK;
}

const struct desk_queue pledge_dispute_queues[] = {
    {"“This was not us”", "/desk/disputes?state=open", "Decide within 10 days.", MAY_WORK_PLEDGES,
     count_open},
    {0},
};

/* One with its pledge, in the scope of the role. */
struct found {
    struct pledge_dispute dispute;
    struct pledge pledge;
};

static enum status find(struct web_request *request, struct found *out)
{
    bool holds;
    TRY(pledge_dispute_find(request->ctx, web_value(request, "reference"), &out->dispute));
    TRY(pledge_find(request->ctx, out->dispute.pledge, PLEDGE_FOR_STAFF, &out->pledge));
    TRY(access_scope_holds(request->ctx, request->grant.scope, out->pledge.organisation_code,
                           &holds));
    return holds ? OK : ERR_NOT_FOUND;
}

static const char *address(struct web_request *request, const struct found *found, const char *tail)
{
    return mem_format(request->ctx->mem, "/desk/disputes/%s%s", found->dispute.reference, tail);
}

static void fill(struct web_request *request, const struct found *found,
                 struct pledge_dispute_page *out)
{
    struct ctx *ctx = request->ctx;
    const struct pledge_dispute *dispute = &found->dispute;
    const struct pledge *pledge = &found->pledge;
    bool is_open = dispute->decided_at == 0;
    *out = (struct pledge_dispute_page){
        .dispute = dispute,
        .pledge = pledge,
        .why = pledge_dispute_text(pledge_dispute_whys, dispute->why),
        .state = pledge_dispute_text(pledge_dispute_states, dispute->state),
        .raised_at = time_show(ctx->mem, dispute->raised_at),
        .due_on = time_show_day(ctx->mem, dispute->due_on),
        .decided_at = is_open ? "" : time_show(ctx->mem, dispute->decided_at),
        .is_open = is_open,
        .is_late = is_open && strcmp(dispute->due_on, time_day_of(ctx->mem, ctx->now_secs)) < 0,
        .is_over = pledge_state_is_over(pledge->state),
        .stage = pledge_stage_of(pledge->state),
        .decide_href = address(request, found, "/decide")};
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct found found;
    struct pledge_dispute_page page;
    TRY(find(request, &found));
    TRY(audit_note(request->ctx,
                   &(const struct audit_deed){.what = "pledge.dispute_seen",
                                              .organisation = found.pledge.organisation_code,
                                              .thing = found.dispute.reference}));
    fill(request, &found, &page);
    answer->page = (struct web_page){
        .title = mem_format(request->ctx->mem, "Dispute %s", found.dispute.reference),
        .section = "/desk",
        .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Disputes", "/desk/disputes"}}};
    pledge_dispute_show(&answer->body, &page);
    return OK;
}

struct decide_form {
    const char *outcome, *answer;
};

static const struct form_option outcomes[] = {
    {"no-ground", "There is no ground: the pledge stays", NULL, NULL},
    {"not-made", "It was not made by the organisation: withdraw it", NULL, NULL},
    {0}};

static const struct form_field decide_fields[] = {
    FORM_ONE_OF(decide_form, outcome, .options = outcomes, .label = "What did you find?",
                .missing = "Choose what you found"),
    FORM_LONG_TEXT(decide_form, answer, .label = "Your answer, in plain words",
                   .short_label = "Answer", .length_most = 2000,
                   .hint = "Whoever told us gets this by email. The public does not see it.",
                   .missing = "Write an answer"),
    FORM_END};

static enum status sorry(struct web_request *request, struct web_answer *answer)
{
    return web_sorry(request, answer, 409, "This cannot be done now",
                     "Somebody may have decided it since you opened it. Go back and look at it "
                     "again.");
}

static enum status show_decide(struct web_request *request, struct web_answer *answer,
                               const struct found *found, const struct form_problems *problems)
{
    struct view intro = {.mem = request->ctx->mem};
    struct pledge_dispute_page page;
    fill(request, found, &page);
    if (!page.is_open)
        return sorry(request, answer);
    pledge_decide_words(&intro, &page);
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Decide about this dispute",
                                  .action = page.decide_href,
                                  .button = "Decide",
                                  .intro = view_html(&intro),
                                  .back_href = address(request, found, ""),
                                  .is_warning = true,
                                  .shown = {.fields = decide_fields,
                                            .answers = problems != NULL ? request->sent : NULL,
                                            .problems = problems}});
}

static enum status ask_decide(struct web_request *request, struct web_answer *answer)
{
    struct found found;
    TRY(find(request, &found));
    return show_decide(request, answer, &found, NULL);
}

static enum status decide(struct web_request *request, struct web_answer *answer)
{
    struct found found;
    struct decide_form form = {"", ""};
    struct form_problems problems = {.count = 0};
    TRY(find(request, &found));
    enum status status = form_read(request->ctx, decide_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_decide(request, answer, &found, &problems);
    TRY(status);
    status = pledge_dispute_decide(
        request->ctx, found.dispute.reference,
        &(const struct pledge_decision){strcmp(form.outcome, "not-made") == 0, form.answer});
    if (status == ERR_CONFLICT)
        return sorry(request, answer);
    TRY(status);
    return web_see_other(answer, address(request, &found, ""));
}

const struct web_route pledge_dispute_routes[] = {
    {"GET", "/verify/:code/not-us", WEB_PUBLIC, show_not_us,
     "Says that an organisation did not make its pledge."},
    {"POST", "/verify/:code/not-us", WEB_PUBLIC, begin_not_us, "Begins the journey for it."},
    WEB_JOURNEY("/pledges/dispute", WEB_PUBLIC, &disputing,
                "Somebody made a pledge in an organisation's name."),
    WEB_LISTING("/desk/disputes", MAY_WORK_PLEDGES, &listing,
                "Pledges that an organisation says it did not make."),
    {"GET", "/desk/disputes/:reference", MAY_WORK_PLEDGES, show, "One of them."},
    {"GET", "/desk/disputes/:reference/decide", MAY_WORK_PLEDGES, ask_decide, "What came of it?"},
    {"POST", "/desk/disputes/:reference/decide", MAY_WORK_PLEDGES, decide,
     "Decides it. Safe to repeat."},
    {0},
};
