/* SPDX-License-Identifier: MIT */
/*
 * paper_desk_web.c - the programme's work on papers.
 *
 *   /desk/paper                       the queue, the longest untouched first
 *   /desk/paper/add                   puts in what came by mail or post
 *   /desk/paper/record ...            the journey of a whole pledge (paper_record_web.c)
 *   /desk/paper/:reference            one paper; another one compares it here
 *   /desk/paper/:reference/scan       its scan, as an attachment
 *   POST .../transcribe               opens the journey with what is known (paper_act_web.c)
 *   .../signature .../back .../refuse ask; POST acts (paper_act_web.c)
 *   POST .../check                    it counts
 */
#include "platform/base/time.h"
#include "platform/document/upload.h"
#include "platform/web/listing.h"
#include "programme/paper/paper.sql.h"
#include "programme/paper/paper_act_web.h"
#include "programme/paper/paper_page.html.h"
#include "programme/paper/paper_record_web.h"
#include "programme/paper/paper_web.h"

#include <string.h>

/* ---- the queue ---- */

static const struct form_option states[] = {
    {"waiting", "To be recorded", "nhsuk-tag--yellow", NULL},
    {"recorded", "To be checked", "nhsuk-tag--blue", NULL},
    {"counted", "Counts", "nhsuk-tag--green", NULL},
    {"refused", "Refused", "nhsuk-tag--orange", NULL},
    {"replaced", "Replaced by another scan", "nhsuk-tag--grey", NULL},
    {0}};

static const struct form_option abouts[] = {
    {"signature", "One signature", NULL, NULL}, {"pledge", "A whole pledge", NULL, NULL}, {0}};

static const struct form_option ways[] = {{"upload", "Sent from the link to sign", NULL, NULL},
                                          {"mail", "By email", NULL, NULL},
                                          {"post", "By post", NULL, NULL},
                                          {0}};

static const struct listing_column columns[] = {
    {.name = "organisation", .heading = "Organisation", .link = "/desk/paper/:reference"},
    {.name = "reference", .heading = "Paper"},
    {.name = "about", .heading = "What", .format = LISTING_CODE, .options = abouts},
    {.name = "came_by", .heading = "How it came", .format = LISTING_CODE, .options = ways},
    {.name = "received_on", .heading = "Came on", .format = LISTING_DATE},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = states},
    {.name = "state_at", .heading = "Since", .format = LISTING_TIME},
    {.name = "pledge", .heading = "Pledge", .is_in_files_only = true},
    {.name = "side", .heading = "Side", .is_in_files_only = true},
    {.name = "organisation_code", .heading = "Organisation code", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {{.argument = "state",
                                                 .label = "State",
                                                 .kind = LISTING_CHOICE,
                                                 .options = states,
                                                 .column = "state"},
                                                {0}};

static const struct listing_order orders[] = {
    {"waiting", "Longest untouched first"}, {"newest", "Newest first"}, {0}};

static enum status queue_intro(struct web_request *request, struct view *out)
{
    (void)request;
    paper_queue_intro(out);
    return OK;
}

static enum status queue_empty(struct web_request *request, struct view *out)
{
    (void)request;
    paper_queue_empty(out);
    return OK;
}

static const struct listing queue = {
    .title = "Pledges on paper",
    .section = "/desk",
    .query = &paper_queue_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .one = "paper",
    .many = "papers",
    .file_name = "papers",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
    .intro = queue_intro,
    .empty = queue_empty,
};

static enum status count_in(struct ctx *ctx, const char *state, const char *scope,
                            struct desk_load *out)
{
    struct paper_waiting_row row;
    TRY(paper_waiting(ctx, time_day_of(ctx->mem, ctx->now_secs), state, scope, &row));
    *out = (struct desk_load){row.papers, row.oldest_at == NULL ? 0 : *row.oldest_at};
    return OK;
}

static enum status count_waiting(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    return count_in(ctx, "waiting", scope, out);
}

static enum status count_recorded(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    return count_in(ctx, "recorded", scope, out);
}

const struct desk_queue paper_queues[] = {
    {"Papers to record", "/desk/paper?state=waiting", "Signed by hand. Write down what is on them.",
     MAY_RECORD_PAPER, count_waiting},
    {"Papers to check", "/desk/paper?state=recorded", "Compare what somebody else wrote down.",
     MAY_RECORD_PAPER, count_recorded},
    {"All papers", "/desk/paper", "Put in what came by email or post.", MAY_RECORD_PAPER, NULL},
    {0},
};

/* ---- one paper ---- */

static const char *label_of(const struct form_option *options, const char *code)
{
    const struct form_option *option = form_option_of(options, code);
    return option != NULL ? option->label : code;
}

static const char *side_text(const char *side)
{
    return strcmp(side, "leader") == 0     ? "signature for the employer"
           : strcmp(side, "cosigner") == 0 ? "signature for the staff side"
                                           : "whole pledge";
}

/* "Ada Lovelace, 9 March 2026 at 9am"; "" for nobody. */
static enum status who_when(struct ctx *ctx, int64_t person, int64_t at, const char **out)
{
    struct access_person found;
    *out = "";
    if (person == 0)
        return OK;
    enum status status = access_person_get(ctx, (struct person_id){person}, &found);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    const char *name = status == OK ? found.name : "Somebody who has left";
    ctx->fault = NULL;
    *out = mem_format(ctx->mem, "%s, %s", name, time_show(ctx->mem, at));
    return OK;
}

static enum status fill(struct web_request *request, const struct paper *paper,
                        struct paper_desk_page *page)
{
    struct ctx *ctx = request->ctx;
    page->paper = paper;
    const struct form_option *state = form_option_of(states, paper->state);
    page->state = state != NULL ? state->label : paper->state;
    page->tag_class = state != NULL ? state->hint : NULL;
    page->what = form_upper_first(ctx->mem, side_text(paper->side));
    page->came = mem_format(ctx->mem, "%s, on %s", label_of(ways, paper->came_by),
                            time_show_day(ctx->mem, paper->received_on));
    page->scan_href = paper->upload_id != 0 ? paper_web_address(request, paper, "/scan") : NULL;
    page->form_token = web_token(request);
    page->is_own = paper_is(paper, "recorded") && paper->recorded_by == ctx->person.n;
    TRY(who_when(ctx, paper->added_by, paper->came_at, &page->added_by));
    TRY(who_when(ctx, paper->recorded_by, paper->recorded_at, &page->recorded_by));
    TRY(who_when(ctx, paper->checked_by, paper->checked_at, &page->checked_by));
    return OK;
}

static void add_act(struct paper_desk_page *page, const struct paper_act *act)
{
    page->acts[page->act_count++] = *act;
}

/* What may be done next, most likely first. */
static void fill_acts(struct web_request *request, const struct paper *paper,
                      struct paper_desk_page *page)
{
    bool waits = paper_is(paper, "waiting"), is_recorded = paper_is(paper, "recorded");
    if (waits || page->is_own)
        add_act(page, &(const struct paper_act){
                          paper_web_address(request, paper,
                                            paper->is_whole ? "/transcribe" : "/signature"),
                          page->is_own ? "Change what you recorded" : "Record what is on it",
                          paper->is_whole, waits});
    if (is_recorded && !page->is_own)
        add_act(page, &(const struct paper_act){paper_web_address_at(request, paper, "/back"),
                                                "Something differs: send it back", false, false});
    if (waits || is_recorded)
        add_act(page, &(const struct paper_act){paper_web_address_at(request, paper, "/refuse"),
                                                "The paper cannot count: refuse it", false, false});
}

/* ---- comparing ---- */

struct comparing {
    const struct form_option *lines;
    size_t line_count;
    struct form_several compared;
};

static enum status line_options(struct ctx *ctx, const void *form, const struct form_option **out)
{
    static const struct form_option none[] = {{0}};
    const struct comparing *comparing = form;
    (void)ctx;
    *out = comparing != NULL && comparing->lines != NULL ? comparing->lines : none;
    return OK;
}

static const struct form_field compare_fields[] = {
    FORM_SEVERAL_OF(comparing, compared, .options_from = line_options,
                    .label = "Is each line just so on the paper?",
                    .missing = "Tick each line that you have compared, or send it back"),
    FORM_END};

static enum status begin_comparing(struct ctx *ctx, const struct paper *paper,
                                   struct comparing *out)
{
    struct form_option *lines;
    TRY(paper_lines(ctx, paper, &lines, &out->line_count));
    out->lines = lines;
    return OK;
}

static enum status fill_comparing(struct web_request *request, const struct paper *paper,
                                  const struct form_problems *problems,
                                  struct paper_desk_page *page)
{
    struct comparing comparing = {0};
    struct view top = {.mem = request->ctx->mem}, form = {.mem = request->ctx->mem};
    TRY(begin_comparing(request->ctx, paper, &comparing));
    struct form_shown shown = {.fields = compare_fields,
                               .answers = problems != NULL ? request->sent : NULL,
                               .problems = problems,
                               .form = &comparing};
    form_show_problems(&top, &shown);
    TRY(form_show(request->ctx, &form, &shown));
    page->problems = view_html(&top);
    page->form = view_html(&form);
    page->check_action = paper_web_address_at(request, paper, "/check");
    return OK;
}

static enum status show_with(struct web_request *request, struct web_answer *answer,
                             const struct paper *paper, const struct form_problems *problems)
{
    struct paper_desk_page page = {0};
    TRY(fill(request, paper, &page));
    fill_acts(request, paper, &page);
    if (paper_is(paper, "recorded") && !page.is_own)
        TRY(fill_comparing(request, paper, problems, &page));
    TRY(paper_note_look(request->ctx, paper, false));
    answer->page =
        (struct web_page){.title = mem_format(request->ctx->mem, "Paper %s", paper->reference),
                          .section = "/desk",
                          .has_problem = problems != NULL,
                          .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Papers", "/desk/paper"}}};
    paper_desk_show(&answer->body, &page);
    return problems != NULL ? ERR_INVALID : OK;
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct paper paper;
    TRY(paper_web_find(request, &paper));
    return show_with(request, answer, &paper, NULL);
}

static enum status give_scan(struct web_request *request, struct web_answer *answer)
{
    struct paper paper;
    struct upload upload;
    struct text_span bytes;
    TRY(paper_web_find(request, &paper));
    TRY(paper_scan(request->ctx, &paper, &upload, &bytes));
    TRY(paper_note_look(request->ctx, &paper, true));
    view_raw(&answer->body, bytes.bytes, bytes.length_bytes);
    answer->content_type = upload.type;
    answer->download_name = upload.name;
    return OK;
}

static enum status read_compared(struct web_request *request, const struct paper *paper,
                                 struct form_problems *problems)
{
    struct comparing comparing = {0};
    TRY(begin_comparing(request->ctx, paper, &comparing));
    TRY(form_read(request->ctx, compare_fields, request->sent, &comparing, problems));
    if (comparing.compared.count == comparing.line_count)
        return OK;
    form_wrong(
        problems, "compared",
        mem_format(request->ctx->mem,
                   "You have ticked %zu of %zu lines. Tick each line that you have compared, "
                   "or send it back",
                   comparing.compared.count, comparing.line_count));
    return ERR_INVALID;
}

static enum status count_it(struct web_request *request, const struct paper *paper,
                            struct form_problems *problems)
{
    struct paper_pledge whole;
    const char *pledge;
    if (paper->is_whole)
        TRY(paper_transcript_read(request->ctx, paper, &whole));
    const struct paper_compared compared = {paper_web_version(request),
                                            paper->is_whole ? &whole : NULL};
    return paper_count(request->ctx, paper->reference, &compared, problems, &pledge);
}

/* A rule that a whole pledge breaks by now, such as another pledge that came in between, is shown
 * above its lines. */
static void gather(struct form_problems *problems, struct form_problems *out)
{
    form_wrong(out, "compared",
               problems->count > 0 ? problems->items[0].text
                                   : "What was recorded does not fit any more. Send it back");
}

static enum status check(struct web_request *request, struct web_answer *answer)
{
    struct paper paper;
    struct form_problems problems = {.count = 0}, found = {.count = 0};
    TRY(paper_web_find(request, &paper));
    if (!paper_is(&paper, "recorded"))
        return paper_web_sorry(request, answer, ERR_CONFLICT);
    if (paper.recorded_by == request->ctx->person.n)
        return paper_web_sorry(request, answer, ERR_FORBIDDEN);
    enum status status = read_compared(request, &paper, &problems);
    if (status == ERR_INVALID)
        return show_with(request, answer, &paper, &problems);
    TRY(status);
    status = count_it(request, &paper, &found);
    if (status == ERR_INVALID) {
        request->ctx->fault = NULL;
        gather(&found, &problems);
        return show_with(request, answer, &paper, &problems);
    }
    TRY(paper_web_sorry(request, answer, status));
    return web_see_other(answer, paper_web_address(request, &paper, ""));
}

const struct web_route paper_desk_routes[] = {
    WEB_LISTING("/desk/paper", MAY_RECORD_PAPER, &queue, "Papers to record and to check."),
    {"GET", "/desk/paper/add", MAY_RECORD_PAPER, paper_add_ask, "Asks for a paper that came."},
    {"POST", "/desk/paper/add", MAY_RECORD_PAPER, paper_add_do, "Puts a paper in.",
     .takes_files = true},
    WEB_JOURNEY(PAPER_RECORD_PATH, MAY_RECORD_PAPER, &paper_recording,
                "Writes down a whole pledge from a paper."),
    {"GET", "/desk/paper/:reference", MAY_RECORD_PAPER, show, "One paper."},
    {"GET", "/desk/paper/:reference/scan", MAY_RECORD_PAPER, give_scan, "Its scan."},
    {"POST", "/desk/paper/:reference/transcribe", MAY_RECORD_PAPER, paper_act_transcribe,
     "Opens the journey with what is known."},
    {"GET", "/desk/paper/:reference/signature", MAY_RECORD_PAPER, paper_act_ask_signature,
     "Asks what is on the paper of one signature."},
    {"POST", "/desk/paper/:reference/signature", MAY_RECORD_PAPER, paper_act_record_signature,
     "Records a signature, to be checked by another person."},
    {"POST", "/desk/paper/:reference/check", MAY_RECORD_PAPER, check,
     "It is as on the paper and counts: by another person.", .asks = "version"},
    {"GET", "/desk/paper/:reference/back", MAY_RECORD_PAPER, paper_act_ask_back,
     "Asks what differs.", .asks = "version"},
    {"POST", "/desk/paper/:reference/back", MAY_RECORD_PAPER, paper_act_send_back,
     "Back to be recorded again: by another person.", .asks = "version"},
    {"GET", "/desk/paper/:reference/refuse", MAY_RECORD_PAPER, paper_act_ask_refuse,
     "Asks why it cannot count.", .asks = "version"},
    {"POST", "/desk/paper/:reference/refuse", MAY_RECORD_PAPER, paper_act_refuse,
     "It cannot count; whoever signed is told.", .asks = "version"},
    {0},
};
