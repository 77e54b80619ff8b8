/* SPDX-License-Identifier: MIT */
/*
 * casestudy_desk_web.c - the editors' work on case studies.
 *
 *   /desk/case-studies                          all that were confirmed, by state
 *   /desk/case-studies/:reference               one, with its author, pictures, claims, history
 *   .../edit                                    casestudy_edit_web.c
 *   POST .../publish, .../right                 the newest words become public; it is still right
 *   .../review                                  asks for another day to look at it again
 *   .../return, .../withdraw                    asks for a reason; POST does it
 *   .../pictures/:number                        POST .../remove takes it away
 *   POST .../reuses/:reuse/remove               an organisation did not do it too
 *   .../people/..., .../papers/...              casestudy_paper_web.c
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/casestudy/casestudy.sql.h"
#include "programme/casestudy/casestudy_page.html.h"
#include "programme/casestudy/casestudy_routes.h"
#include "programme/casestudy/casestudy_web.h"
#include "programme/links/links_web.h"

#include <inttypes.h>
#include <string.h>

/* ---- the queue ---- */

static const struct form_option states[] = {
    {"submitted", "Waits for an editor", "nhsuk-tag--yellow", NULL},
    {"editing", "In edit", "nhsuk-tag--blue", NULL},
    {"published", "Published", "nhsuk-tag--green", NULL},
    {"returned", "Returned to the author", "nhsuk-tag--orange", NULL},
    {"withdrawn", "Withdrawn", "nhsuk-tag--grey", NULL},
    {0}};

static const struct listing_column columns[] = {
    {.name = "title", .heading = "Title", .link = "/desk/case-studies/:reference"},
    {.name = "organisation", .heading = "Organisation"},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = states},
    {.name = "state_at", .heading = "Since", .format = LISTING_TIME},
    {.name = "review_on", .heading = "Look again by", .format = LISTING_DATE},
    {.name = "version", .heading = "Versions", .format = LISTING_NUMBER},
    {.name = "reference", .heading = "Reference", .is_in_files_only = true},
    {.name = "organisation_code", .heading = "Organisation code", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {
    {.argument = "state",
     .label = "State",
     .kind = LISTING_CHOICE,
     .options = states,
     .column = "state"},
    {.argument = "due", .label = "Only those to be looked at again", .kind = LISTING_CHECK},
    {.argument = "paper",
     .label = "Only those with a consent on paper to look at",
     .kind = LISTING_CHECK},
    {0}};

static const struct listing_order orders[] = {
    {"oldest", "Longest in their state first"}, {"newest", "Newest first"}, {0}};

static enum status queue_intro(struct web_request *request, struct view *out)
{
    (void)request;
    casestudy_queue_intro(out);
    return OK;
}

static const struct listing queue = {
    .title = "Case studies at the desk",
    .section = "/desk",
    .query = &casestudy_queue_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .one = "case study",
    .many = "case studies",
    .file_name = "case-studies-at-the-desk",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
    .intro = queue_intro,
};

static enum status count_in(struct ctx *ctx, const char *state, struct desk_load *out)
{
    struct casestudy_waiting_row row;
    TRY(casestudy_waiting(ctx, state, &row));
    *out = (struct desk_load){row.studies, row.oldest_at == NULL ? 0 : *row.oldest_at};
    return OK;
}

static enum status count_sent(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    (void)scope;
    return count_in(ctx, "submitted", out);
}

static enum status count_editing(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    (void)scope;
    return count_in(ctx, "editing", out);
}

static enum status count_due(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    int64_t oldest_at = 0;
    struct casestudy_review_waiting_row row;
    (void)scope;
    TRY(casestudy_review_waiting(ctx, time_day_of(ctx->mem, ctx->now_secs), &row));
    if (row.oldest_on != NULL)
        TRY(time_day_start(row.oldest_on, &oldest_at));
    *out = (struct desk_load){row.studies, oldest_at};
    return OK;
}

static enum status count_consents(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct casestudy_unproved_consent_row row;
    (void)scope;
    TRY(casestudy_unproved_consent(ctx, &row));
    *out = (struct desk_load){row.studies, row.oldest_at == NULL ? 0 : *row.oldest_at};
    return OK;
}

static enum status count_papers(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct casestudy_papers_waiting_row row;
    (void)scope;
    TRY(casestudy_papers_waiting(ctx, &row));
    *out = (struct desk_load){row.papers, row.oldest_at == NULL ? 0 : *row.oldest_at};
    return OK;
}

const struct desk_queue casestudy_queues[] = {
    {"Case studies to read", "/desk/case-studies?state=submitted",
     "Sent by their authors, and waiting for an editor.", MAY_EDIT_CONTENT, count_sent},
    {"Case studies in edit", "/desk/case-studies?state=editing",
     "Begun by an editor, and not published yet.", MAY_EDIT_CONTENT, count_editing},
    {"Case studies to look at again", "/desk/case-studies?due=1",
     "Published a year ago or more, and nobody has said that they are still right.",
     MAY_EDIT_CONTENT, count_due},
    {"Case studies that a consent took down", "/desk/case-studies?state=withdrawn",
     "A picture is gone. Look whether the words still name somebody.", MAY_EDIT_CONTENT,
     count_consents},
    {"Consents on paper to look at", "/desk/case-studies?paper=1",
     "Written down by somebody else. The picture is shown when you say that it counts.",
     MAY_EDIT_CONTENT, count_papers},
    {0},
};

/* ---- one ---- */

static const char *tag_of(enum casestudy_state state)
{
    const char *code = casestudy_state_code(state);
    for (const struct form_option *option = states; option->code != NULL; option++)
        if (strcmp(option->code, code) == 0)
            return option->hint;
    return "";
}

/* What was never confirmed is nobody's to read. */
enum status casestudy_desk_find(struct web_request *request, struct casestudy *out)
{
    TRY(casestudy_find(request->ctx, web_value(request, "reference"), out));
    return out->state != CASESTUDY_UNCONFIRMED
               ? OK
               : ctx_fail(request->ctx, ERR_NOT_FOUND, "the case study is not confirmed");
}

static enum status fill(struct web_request *request, const struct casestudy *study,
                        struct casestudy_desk_page *page)
{
    struct ctx *ctx = request->ctx;
    struct casestudy_version version;
    enum casestudy_end end;
    bool waits = study->state == CASESTUDY_SUBMITTED || study->state == CASESTUDY_EDITING;
    TRY(casestudy_end_of(ctx, study, &end));
    TRY(casestudy_version_find(ctx, study, study->version, &version));
    *page = (struct casestudy_desk_page){
        .study = study,
        .base = mem_format(ctx->mem, "/desk/case-studies/%s", study->reference),
        .form_token = web_token(request),
        .state = casestudy_state_text(study->state),
        .state_class = tag_of(study->state),
        .review_on = study->review_on[0] != '\0' ? time_show_day(ctx->mem, study->review_on) : "",
        .sent_on = time_show_day(ctx->mem, time_day_of(ctx->mem, study->sent_at)),
        .reason = version.words.reason,
        .base_version = study->version,
        .may_publish = waits,
        .may_return = waits,
        .may_withdraw = end == CASESTUDY_STANDS || end == CASESTUDY_ENDED_BY_CONSENT,
        .may_edit = end != CASESTUDY_ENDED_BY_AUTHOR,
        .may_say_right = study->is_live,
        .is_by_author = version.made_by == 0};
    TRY(casestudy_fill_text(ctx, &version, version.made_by != 0, &page->text));
    TRY(casestudy_fill_pictures(ctx, study, page->base, true, &page->text));
    casestudy_fill_claims(ctx->mem, &version.words, &page->claims, &page->claim_count);
    TRY(casestudy_fill_people(ctx, study, page->base, CASESTUDY_BY_EDITOR, &page->people));
    TRY(casestudy_fill_reusers(ctx, study, true, &page->reusers, &page->reuser_count));
    return casestudy_fill_lines(ctx, study, CASESTUDY_BY_EDITOR, &page->lines, &page->line_count);
}

static enum status show_with(struct web_request *request, struct web_answer *answer,
                             const struct casestudy *study, const char *problem)
{
    struct casestudy_desk_page page;
    TRY(fill(request, study, &page));
    page.problem = problem;
    TRY(audit_note(request->ctx,
                   &(const struct audit_deed){.what = "casestudy.seen",
                                              .organisation = study->organisation_code,
                                              .thing = study->reference}));
    answer->page = (struct web_page){
        .title = page.text.title,
        .section = "/desk",
        .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Case studies", "/desk/case-studies"}},
        .has_problem = problem != NULL};
    casestudy_desk(&answer->body, &page);
    return problem != NULL ? ERR_INVALID : OK;
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct casestudy study;
    TRY(casestudy_desk_find(request, &study));
    TRY(show_with(request, answer, &study, NULL));
    return links_mend_write(request->ctx, &casestudy_linked, study.reference, &answer->body);
}

static enum status show_picture(struct web_request *request, struct web_answer *answer)
{
    struct casestudy study;
    TRY(casestudy_desk_find(request, &study));
    return casestudy_picture_answer(request, answer, &study, false);
}

/* ---- deeds ---- */

enum status casestudy_desk_back(struct web_request *request, struct web_answer *answer,
                                enum status status)
{
    if (status == ERR_CONFLICT)
        return casestudy_say_moved(request, answer);
    TRY(status);
    return web_see_other(answer, mem_format(request->ctx->mem, "/desk/case-studies/%s",
                                            web_value(request, "reference")));
}

static enum status publish(struct web_request *request, struct web_answer *answer)
{
    int64_t base = 0;
    struct casestudy study;
    struct form_problems problems = {.count = 0};
    TRY(casestudy_desk_find(request, &study));
    if (text_number(answers_get(request->sent, "base_version"), 1, INT64_MAX, &base) != OK)
        base = 0; /* of no version: it is then found to have moved */
    request->ctx->fault = NULL;
    enum status status = casestudy_publish(request->ctx, study.reference, base, &problems);
    if (status == ERR_INVALID && problems.count > 0)
        return show_with(request, answer, &study, problems.items[0].text);
    return casestudy_desk_back(request, answer, status);
}

static enum status say_right(struct web_request *request, struct web_answer *answer)
{
    struct casestudy study;
    TRY(casestudy_desk_find(request, &study));
    return casestudy_desk_back(
        request, answer, casestudy_still_right(request->ctx, study.reference, CASESTUDY_BY_EDITOR));
}

static enum status drop_picture(struct web_request *request, struct web_answer *answer)
{
    int64_t number = 0;
    struct casestudy study;
    TRY(casestudy_desk_find(request, &study));
    if (text_number(web_value(request, "number"), 1, CASESTUDY_PICTURES_MAX, &number) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "no picture of that number");
    return casestudy_desk_back(
        request, answer,
        casestudy_picture_drop(request->ctx, study.reference, number, CASESTUDY_BY_EDITOR));
}

static enum status drop_reuse(struct web_request *request, struct web_answer *answer)
{
    struct casestudy study;
    struct casestudy_reuse reuse;
    TRY(casestudy_desk_find(request, &study));
    TRY(casestudy_reuse_find(request->ctx, web_value(request, "reuse"), &reuse));
    if (strcmp(reuse.study, study.reference) != 0)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "the reuse is of another case study");
    return casestudy_desk_back(
        request, answer,
        casestudy_reuse_withdraw(request->ctx, reuse.reference, CASESTUDY_BY_EDITOR));
}

struct review_form {
    const char *review_on;
};

static const struct form_field review_fields[] = {
    FORM_DATE(review_form, review_on, .label = "When should it be looked at again?",
              .short_label = "Day to look again",
              .hint = "In 1 to 24 months. We ask the author 30 days before",
              .missing = "Enter the day on which it should be looked at again"),
    FORM_END};

static enum status ask_review_with(struct web_request *request, struct web_answer *answer,
                                   const struct casestudy *study,
                                   const struct form_problems *problems)
{
    struct mem *mem = request->ctx->mem;
    struct form_answers now = {.count = 0};
    const char *base = mem_format(mem, "/desk/case-studies/%s", study->reference);
    answers_add(mem, &now, "review_on", study->review_on);
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Look at it again on another day",
                                  .action = mem_join(mem, base, "/review", ""),
                                  .button = "Choose this day",
                                  .back_href = base,
                                  .shown = {.fields = review_fields,
                                            .answers = problems != NULL ? request->sent : &now,
                                            .problems = problems}});
}

static enum status ask_review(struct web_request *request, struct web_answer *answer)
{
    struct casestudy study;
    TRY(casestudy_desk_find(request, &study));
    return study.is_live ? ask_review_with(request, answer, &study, NULL)
                         : casestudy_say_moved(request, answer);
}

static enum status choose_review(struct web_request *request, struct web_answer *answer)
{
    struct casestudy study;
    struct review_form form = {""};
    struct form_problems problems = {.count = 0};
    TRY(casestudy_desk_find(request, &study));
    enum status status = form_read(request->ctx, review_fields, request->sent, &form, &problems);
    if (status == OK)
        status = casestudy_review_choose(request->ctx, study.reference, form.review_on, &problems);
    if (status == ERR_INVALID)
        return ask_review_with(request, answer, &study, &problems);
    return casestudy_desk_back(request, answer, status);
}

struct reason_form {
    const char *reason;
};

static const struct form_field return_fields[] = {
    FORM_LONG_TEXT(reason_form, reason, .label = "What should the author change?", .rows = 4,
                   .length_most = CASESTUDY_REASON_CHARS, .hint = "We mail this to the author",
                   .missing = "Enter what the author should change"),
    FORM_END};
static const struct form_field withdraw_fields[] = {
    FORM_LONG_TEXT(reason_form, reason, .label = "Why is it withdrawn?", .rows = 4,
                   .length_most = CASESTUDY_REASON_CHARS,
                   .hint = "The author reads this on their page",
                   .missing = "Enter why it is withdrawn"),
    FORM_END};

/* Two deeds that need a reason. */
static const struct deed {
    const char *place, *title, *button;
    const struct form_field *fields;
    bool is_return;
} returning = {"return", "Return it to the author", "Return it", return_fields, true},
  withdrawing = {"withdraw", "Withdraw a case study", "Withdraw it", withdraw_fields, false};

static enum status ask(struct web_request *request, struct web_answer *answer,
                       const struct deed *deed, const struct form_problems *problems)
{
    struct mem *mem = request->ctx->mem;
    const char *base = mem_format(mem, "/desk/case-studies/%s", web_value(request, "reference"));
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = deed->title,
                                  .action = mem_format(mem, "%s/%s", base, deed->place),
                                  .button = deed->button,
                                  .back_href = base,
                                  .is_warning = !deed->is_return,
                                  .shown = {.fields = deed->fields,
                                            .answers = problems != NULL ? request->sent : NULL,
                                            .problems = problems}});
}

static enum status do_it(struct web_request *request, struct web_answer *answer,
                         const struct deed *deed)
{
    struct casestudy study;
    struct reason_form form = {""};
    struct form_problems problems = {.count = 0};
    TRY(casestudy_desk_find(request, &study));
    enum status status = form_read(request->ctx, deed->fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return ask(request, answer, deed, &problems);
    TRY(status);
    return casestudy_desk_back(
        request, answer,
        deed->is_return
            ? casestudy_return(request->ctx, study.reference, form.reason)
            : casestudy_withdraw(request->ctx, study.reference, CASESTUDY_BY_EDITOR, form.reason));
}

static enum status ask_return(struct web_request *request, struct web_answer *answer)
{
    struct casestudy study;
    TRY(casestudy_desk_find(request, &study));
    return ask(request, answer, &returning, NULL);
}

static enum status do_return(struct web_request *request, struct web_answer *answer)
{
    return do_it(request, answer, &returning);
}

static enum status ask_withdraw(struct web_request *request, struct web_answer *answer)
{
    struct casestudy study;
    TRY(casestudy_desk_find(request, &study));
    return ask(request, answer, &withdrawing, NULL);
}

static enum status do_withdraw(struct web_request *request, struct web_answer *answer)
{
    return do_it(request, answer, &withdrawing);
}

const struct web_route casestudy_desk_routes[] = {
    WEB_LISTING("/desk/case-studies", MAY_EDIT_CONTENT, &queue, "Case studies at the desk."),
    {"GET", "/desk/case-studies/:reference", MAY_EDIT_CONTENT, show, "One, to work on."},
    {"GET", "/desk/case-studies/:reference/edit", MAY_EDIT_CONTENT, casestudy_edit_show,
     "Its words beside the author's."},
    {"POST", "/desk/case-studies/:reference/edit", MAY_EDIT_CONTENT, casestudy_edit_save,
     "Saves them as a new version."},
    {"POST", "/desk/case-studies/:reference/publish", MAY_EDIT_CONTENT, publish,
     "Publishes the newest version."},
    {"POST", "/desk/case-studies/:reference/right", MAY_EDIT_CONTENT, say_right,
     "Says that it is still right."},
    {"GET", "/desk/case-studies/:reference/review", MAY_EDIT_CONTENT, ask_review,
     "Asks on which day to look at it again."},
    {"POST", "/desk/case-studies/:reference/review", MAY_EDIT_CONTENT, choose_review,
     "Chooses the day on which to look at it again. Safe to repeat."},
    {"GET", "/desk/case-studies/:reference/return", MAY_EDIT_CONTENT, ask_return,
     "Asks what the author should change."},
    {"POST", "/desk/case-studies/:reference/return", MAY_EDIT_CONTENT, do_return,
     "Returns it to the author."},
    {"GET", "/desk/case-studies/:reference/withdraw", MAY_EDIT_CONTENT, ask_withdraw,
     "Asks why it is withdrawn."},
    {"POST", "/desk/case-studies/:reference/withdraw", MAY_EDIT_CONTENT, do_withdraw,
     "Withdraws it. Safe to repeat."},
    {"GET", "/desk/case-studies/:reference/pictures/:number", MAY_EDIT_CONTENT, show_picture,
     "A picture of it, shown or not."},
    {"POST", "/desk/case-studies/:reference/pictures/:number/remove", MAY_EDIT_CONTENT,
     drop_picture, "Takes a picture away for good. Safe to repeat."},
    {"POST", "/desk/case-studies/:reference/reuses/:reuse/remove", MAY_EDIT_CONTENT, drop_reuse,
     "Says that an organisation did not do it too. Safe to repeat."},
    {0},
};
