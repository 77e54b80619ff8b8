/* SPDX-License-Identifier: MIT */
/*
 * newsletter_desk_web.c - issues on the desk: seen, approved, sent.  Writing them:
 * newsletter_write_web.c
 *
 *   /desk/newsletter                              all issues
 *   /desk/newsletter/:issue                       one: what it says, hints, how it goes
 *   /desk/newsletter/:issue/preview .../mail      how it reads
 *   /desk/newsletter/:issue/ask                   asks for approval, now or for a time
 *   POST .../test .../approve .../back .../stop
 */
#include "programme/newsletter/newsletter_desk_web.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/web/listing.h"
#include "programme/newsletter/newsletter.h"
#include "programme/newsletter/newsletter.sql.h"
#include "programme/newsletter/newsletter_issue.sql.h"
#include "programme/newsletter/newsletter_page.html.h"

#include <string.h>

enum { TITLE_CHARS = 80, WAITING_MAX = 1000, HOURS = 24 };

#define CSP_MAIL                                                                                   \
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "         \
    "frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox "                 \
    "allow-top-navigation-by-user-activation"

/* ---- all issues ---- */

static const struct form_option states[] = {
    {"draft", "Draft", "nhsuk-tag--grey", NULL},
    {"asked", "Waits for approval", "nhsuk-tag--yellow", NULL},
    {"approved", "Approved", "nhsuk-tag--blue", NULL},
    {"sending", "On its way", "nhsuk-tag--blue", NULL},
    {"sent", "Sent", "nhsuk-tag--green", NULL},
    {"stopped", "Stopped", "nhsuk-tag--red", NULL},
    {0}};

static const char *state_words(const char *state)
{
    for (size_t i = 0; states[i].code != NULL; i++)
        if (strcmp(states[i].code, state) == 0)
            return states[i].label;
    return state;
}

static const struct listing_column columns[] = {
    {.name = "subject", .heading = "Newsletter", .link = "/desk/newsletter/:reference"},
    {.name = "state", .heading = "Where it stands", .format = LISTING_TAG, .options = states},
    {.name = "made_at", .heading = "Begun", .format = LISTING_TIME},
    {.name = "begun_at", .heading = "Sent from", .format = LISTING_TIME},
    {.name = "reference", .heading = "Reference", .is_in_files_only = true},
    {0}};
static const struct listing_filter filters[] = {{.argument = "state",
                                                 .label = "Where it stands",
                                                 .kind = LISTING_CHOICE,
                                                 .options = states,
                                                 .column = "state"},
                                                {0}};
static const struct listing_order orders[] = {
    {"newest", "Newest first"}, {"oldest", "Oldest first"}, {0}};

static enum status intro(struct web_request *request, struct view *out)
{
    struct newsletter_reader_count_row row;
    TRY(newsletter_reader_count(request->ctx, &row));
    newsletter_desk_intro(out, &(const struct newsletter_desk_intro_page){row.readers});
    return OK;
}

static enum status empty(struct web_request *request, struct view *out)
{
    (void)request;
    newsletter_desk_empty(out);
    return OK;
}

static const struct listing issues = {.title = "Newsletter",
                                      .section = "/desk",
                                      .query = &newsletter_issues_query,
                                      .columns = columns,
                                      .filters = filters,
                                      .orders = orders,
                                      .one = "issue",
                                      .many = "issues",
                                      .file_name = "newsletter-issues",
                                      .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
                                      .intro = intro,
                                      .empty = empty};

static enum status count_asked(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    size_t count;
    struct newsletter_waiting_row *rows;
    (void)scope;
    TRY(newsletter_waiting(ctx, WAITING_MAX, &rows, &count));
    out->waiting_count = (int64_t)count;
    for (size_t i = 0; i < count; i++)
        if (rows[i].asked_at != NULL && (out->oldest_at == 0 || *rows[i].asked_at < out->oldest_at))
            out->oldest_at = *rows[i].asked_at;
    return OK;
}

const struct desk_queue newsletter_queues[] = {
    {"Newsletters to approve", "/desk/newsletter?state=asked",
     "By somebody who did not write them.", MAY_SEND_NEWSLETTER, count_asked},
    {"Newsletter", "/desk/newsletter", "Write, approve and send it.", MAY_SEND_NEWSLETTER, NULL},
    {0},
};

/* ---- one issue ---- */

static const char *name_of(struct ctx *ctx, int64_t person)
{
    const char *name = "";
    if (person == 0)
        return "";
    if (access_person_name(ctx, (struct person_id){person}, &name) != OK || name[0] == '\0') {
        ctx->fault = NULL;
        return "Somebody who has left";
    }
    return name;
}

static const char *when(struct mem *mem, int64_t at)
{
    return at != 0 ? time_show(mem, at) : "";
}

static void fill_blocks(struct mem *mem, struct newsletter_desk_page *page)
{
    const struct newsletter_issue *issue = page->issue;
    for (size_t i = 0; i < issue->block_count; i++) {
        const struct newsletter_block *block = &issue->blocks[i];
        const char *words = block->is_item ? block->title : block->text;
        page->blocks[i] = (struct newsletter_block_line){
            .nth = i + 1,
            .title = text_cut(mem, mem_text_part(mem, words, strcspn(words, "\n")), TITLE_CHARS),
            .kind = block->is_item ? "Published" : "Words",
            .is_first = i == 0,
            .is_last = i + 1 == issue->block_count};
    }
}

static void fill_states(const struct ctx *ctx, struct newsletter_desk_page *page)
{
    const struct newsletter_issue *issue = page->issue;
    page->is_draft = strcmp(issue->state, "draft") == 0;
    page->is_asked = strcmp(issue->state, "asked") == 0;
    page->is_approved = strcmp(issue->state, "approved") == 0;
    page->is_sending = strcmp(issue->state, "sending") == 0;
    page->is_begun = issue->begun_at != 0;
    page->may_change = page->is_draft || page->is_asked || page->is_approved;
    page->is_own = page->is_own || issue->asked_by == ctx->person.n;
    page->may_approve = page->is_asked && !page->is_own;
}

static enum status fill(struct web_request *request, const struct newsletter_issue *issue,
                        struct newsletter_desk_page *page)
{
    size_t wrote_count;
    struct ctx *ctx = request->ctx;
    struct mem *mem = ctx->mem;
    struct newsletter_wrote_row *wrote;
    struct newsletter_audience_row audience;
    TRY(newsletter_wrote(ctx, issue->id, ctx->person.n, 1, &wrote, &wrote_count));
    TRY(newsletter_audience(ctx, issue->topics, issue->region, &audience));
    TRY(newsletter_hints(ctx, issue, page->hints, &page->hint_count));
    TRY(newsletter_region_name(ctx, issue->region, &page->region));
    if (issue->begun_at != 0)
        TRY(newsletter_issue_figures(ctx, issue->id, &page->figures));
    page->issue = issue;
    page->base = newsletter_base_of(request);
    page->form_token = web_token(request);
    page->state = state_words(issue->state);
    page->topics = issue->topics != 0 ? newsletter_topic_words(mem, issue->topics) : "All";
    page->audience_count = audience.readers;
    page->is_own = wrote_count > 0;
    page->changed_by = name_of(ctx, issue->changed_by);
    page->asked = when(mem, issue->asked_at);
    page->asked_by = name_of(ctx, issue->asked_by);
    page->send_at =
        issue->send_at != 0 ? time_show(mem, issue->send_at) : "As soon as it is approved";
    page->approved = when(mem, issue->approved_at);
    page->approved_by = name_of(ctx, issue->approved_by);
    page->begun = when(mem, issue->begun_at);
    page->ended = when(mem, issue->ended_at);
    page->has_server = mail_is_sent(ctx);
    page->is_tested = answers_has(request->query, "tested");
    fill_states(ctx, page);
    fill_blocks(mem, page);
    return OK;
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct newsletter_issue *issue;
    struct newsletter_desk_page *page = mem_new(request->ctx->mem, struct newsletter_desk_page);
    TRY(newsletter_open_issue(request, &issue));
    TRY(fill(request, issue, page));
    newsletter_set_page(answer, issue->subject);
    newsletter_desk_show(&answer->body, page);
    return OK;
}

static enum status preview(struct web_request *request, struct web_answer *answer)
{
    struct newsletter_issue *issue;
    const struct newsletter_links links = {"(your own link)", "(your own link)", "(this page)"};
    struct newsletter_preview_page page = {.base = newsletter_base_of(request)};
    TRY(newsletter_open_issue(request, &issue));
    page.issue = issue;
    TRY(newsletter_page_html(request->ctx, issue, &page.inside));
    TRY(newsletter_mail_text(request->ctx, issue, &links, &page.text));
    newsletter_set_page(answer, "How it reads");
    newsletter_preview_show(&answer->body, &page);
    return OK;
}

static enum status show_mail(struct web_request *request, struct web_answer *answer)
{
    const char *html;
    struct newsletter_issue *issue;
    const struct newsletter_links links = {"/newsletter", "/newsletter", "/newsletter"};
    TRY(newsletter_open_issue(request, &issue));
    TRY(newsletter_mail_html(request->ctx, issue, &links, &html));
    answer->content_type = "text/html";
    web_header(answer, "Content-Security-Policy", CSP_MAIL);
    view_raw(&answer->body, html, strlen(html));
    return OK;
}

/* ---- the way to the readers ---- */

struct ask_form {
    const char *send_on, *send_hour;
};

static enum status hour_options(struct ctx *ctx, const void *form, const struct form_option **out)
{
    struct form_option *options = mem_array(ctx->mem, struct form_option, HOURS + 1);
    (void)form;
    for (int i = 0; i < HOURS; i++)
        options[i] = (struct form_option){.code = mem_format(ctx->mem, "%d", i),
                                          .label = mem_format(ctx->mem, "%02d:00", i)};
    *out = options;
    return OK;
}

static const struct form_field ask_fields[] = {
    FORM_DATE(ask_form, send_on, .is_optional = true, .label = "On which day shall it go out?",
              .hint = "Leave it empty to send it as soon as it is approved."),
    FORM_ONE_OF(ask_form, send_hour, .options_from = hour_options, .is_select = true,
                .is_optional = true, .label = "At what time?",
                .hint = "Of that day, in London. Empty means 09:00."),
    FORM_END};

/* version: that was read, which goes with what is typed. */
static enum status show_ask(struct web_request *request, struct web_answer *answer,
                            const struct form_problems *problems, int64_t version)
{
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = "Ask for approval",
            .action =
                mem_format(request->ctx->mem, "%s?version=%lld", request->path, (long long)version),
            .button = "Ask for approval",
            .back_href = newsletter_base_of(request),
            .shown = {.fields = ask_fields, .answers = request->sent, .problems = problems}});
}

static enum status open_ask(struct web_request *request, struct web_answer *answer)
{
    struct newsletter_issue *issue;
    TRY(newsletter_open_issue(request, &issue));
    return show_ask(request, answer, NULL, newsletter_version_of(request, issue));
}

static enum status send_at_of(const struct ask_form *form, int64_t *out)
{
    int64_t hour = 9;
    *out = 0;
    if (form->send_on[0] == '\0')
        return OK;
    if (form->send_hour[0] != '\0')
        TRY(text_number(form->send_hour, 0, HOURS - 1, &hour));
    return time_at(form->send_on, (int)hour, 0, out);
}

static enum status do_ask(struct web_request *request, struct web_answer *answer)
{
    struct newsletter_issue *issue;
    struct ask_form form = {"", ""};
    struct form_problems problems = {.count = 0};
    struct newsletter_asking asking = {0, 0};
    TRY(newsletter_open_issue(request, &issue));
    asking.version = newsletter_version_of(request, issue);
    enum status status = form_read(request->ctx, ask_fields, request->sent, &form, &problems);
    if (status == OK)
        status = send_at_of(&form, &asking.send_at);
    if (status == OK)
        status = newsletter_issue_ask_for(request->ctx, issue->reference, &asking, &problems);
    if (status == ERR_INVALID && request->wants == WEB_JSON)
        return form_problems_answer(answer, &problems, status);
    if (status == ERR_INVALID)
        return show_ask(request, answer, &problems, asking.version);
    return newsletter_back_to(request, answer, status);
}

static enum status approve(struct web_request *request, struct web_answer *answer)
{
    struct newsletter_issue *issue;
    TRY(newsletter_open_issue(request, &issue));
    bool is_said = answers_has(request->sent, "version") || answers_has(request->query, "version");
    enum status status = newsletter_issue_approve_it(
        request->ctx, issue->reference, /* who approves says what they read */
        is_said ? newsletter_version_of(request, issue) : 0);
    if (status == ERR_FORBIDDEN)
        return web_sorry(request, answer, 403, "Another person has to approve this",
                         "You wrote in this newsletter, or asked for its approval. Somebody else "
                         "who may send it reads and approves it.");
    return newsletter_back_to(request, answer, status);
}

static enum status take_back(struct web_request *request, struct web_answer *answer)
{
    return newsletter_back_to(
        request, answer, newsletter_issue_take_back(request->ctx, web_value(request, "issue")));
}

static enum status stop(struct web_request *request, struct web_answer *answer)
{
    return newsletter_back_to(request, answer,
                              newsletter_issue_halt(request->ctx, web_value(request, "issue")));
}

static enum status send_test(struct web_request *request, struct web_answer *answer)
{
    TRY(newsletter_issue_test(request->ctx, web_value(request, "issue")));
    return web_see_other(answer,
                         mem_join(request->ctx->mem, newsletter_base_of(request), "?tested=1", ""));
}

#define ISSUE NEWSLETTER_ISSUE_PATH

const struct web_route newsletter_desk_routes[] = {
    WEB_LISTING("/desk/newsletter", MAY_SEND_NEWSLETTER, &issues, "All issues of the newsletter."),
    {"GET", ISSUE, MAY_SEND_NEWSLETTER, show, "One issue."},
    {"GET", ISSUE "/preview", MAY_SEND_NEWSLETTER, preview, "How it reads."},
    {"GET", ISSUE "/mail", MAY_SEND_NEWSLETTER, show_mail, "The mail by itself."},
    {"POST", ISSUE "/test", MAY_SEND_NEWSLETTER, send_test, "Mails it to who asks, as a test."},
    {"GET", ISSUE "/ask", MAY_SEND_NEWSLETTER, open_ask, "Asks when it goes out."},
    {"POST", ISSUE "/ask", MAY_SEND_NEWSLETTER, do_ask, "Asks a second person for approval.",
     .asks = "version"},
    {"POST", ISSUE "/approve", MAY_SEND_NEWSLETTER, approve,
     "A second person approves the version that they read. Safe to repeat.", .asks = "version"},
    {"POST", ISSUE "/back", MAY_SEND_NEWSLETTER, take_back, "A draft again. Safe to repeat."},
    {"POST", ISSUE "/stop", MAY_SEND_NEWSLETTER, stop, "Stops what has not gone. Safe to repeat."},
    {0},
};
