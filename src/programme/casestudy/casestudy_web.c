/* SPDX-License-Identifier: MIT */
/*
 * casestudy_web.c - public pages of case studies, and what their other pages share.
 *
 *   /case-studies                               those that are published; .json .csv .atom
 *   /case-studies/send ...                      the journey: casestudy_send_web.c
 *   /case-studies/reuse ...                     "we did this too": casestudy_reuse_web.c
 *   /case-studies/confirm/:reference            where the code of the mail is typed
 *   /case-studies/consent.pdf                   the form of consent, to print
 *   /case-studies/:reference                    one
 *   /case-studies/:reference/picture.png        for its shared address: casestudy_shared_web.c
 *   /case-studies/:reference/pictures/:number   a picture of it, while it may be shown
 *   POST /case-studies/:reference/reuse         begins the journey of reuse for it
 */
#include "programme/casestudy/casestudy_web.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/markdown.h"
#include "programme/casestudy/casestudy.sql.h"
#include "programme/casestudy/casestudy_page.html.h"
#include "programme/casestudy/casestudy_routes.h"
#include "programme/library/library.h"
#include "programme/pack/pack.h"
#include "programme/pack/pack_web.h"

#include <inttypes.h>
#include <string.h>

enum { REUSERS_SHOWN = 200, SECTION_SHOWN = 20, LINES_MAX = 200 };

/* ---- the list ---- */

/* In the order of the columns of casestudy_list. */
enum {
    TITLE,
    SUMMARY,
    ORGANISATION,
    STAGE,
    PILLAR,
    EVIDENCE,
    REGION,
    KIND,
    REUSES,
    PUBLISHED_AT,
    REFERENCE,
    CODE,
    STAGE_NAME
};

static const struct form_option *options_of(struct mem *mem, const struct directory_choice *choices,
                                            size_t count)
{
    struct form_option *options = mem_array(mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct form_option){.code = choices[i].code, .label = choices[i].name};
    return options;
}

static enum status region_options(struct ctx *ctx, const struct form_option **out)
{
    size_t count;
    struct directory_choice *choices;
    TRY(directory_places(ctx, "region", time_day_of(ctx->mem, ctx->now_secs), &choices, &count));
    *out = options_of(ctx->mem, choices, count);
    return OK;
}

static enum status kind_options(struct ctx *ctx, const struct form_option **out)
{
    size_t count;
    struct directory_choice *choices;
    TRY(directory_kinds(ctx, DIRECTORY_ORGANISATIONS, &choices, &count));
    *out = options_of(ctx->mem, choices, count);
    return OK;
}

static const struct listing_column columns[] = {
    {.name = "title", .heading = "Title", .link = "/case-studies/:reference"},
    {.name = "summary", .heading = "Summary"},
    {.name = "organisation", .heading = "Organisation"},
    {.name = "stage", .heading = "Stage", .format = LISTING_CODE, .options_from = stage_options},
    {.name = "pillar", .heading = "Pillar", .format = LISTING_CODE, .options_from = pillar_options},
    {.name = "evidence",
     .heading = "Evidence",
     .format = LISTING_CODE,
     .options_from = casestudy_evidence_options},
    {.name = "region", .heading = "Region", .format = LISTING_CODE, .options_from = region_options},
    {.name = "kind",
     .heading = "Kind of organisation",
     .format = LISTING_CODE,
     .options_from = kind_options},
    {.name = "reuse_count", .heading = "Others who did it too", .format = LISTING_NUMBER},
    {.name = "published_at", .heading = "Published", .format = LISTING_TIME},
    {.name = "review_on",
     .heading = "To be looked at again by",
     .format = LISTING_DATE,
     .is_in_files_only = true},
    {.name = "reference", .heading = "Reference", .is_in_files_only = true},
    {.name = "organisation_code", .heading = "Organisation code", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {{.argument = "stage",
                                                 .label = "Stage",
                                                 .kind = LISTING_CHOICE,
                                                 .options_from = stage_options,
                                                 .column = "stage"},
                                                {.argument = "pillar",
                                                 .label = "Pillar",
                                                 .kind = LISTING_CHOICE,
                                                 .options_from = pillar_options,
                                                 .column = "pillar"},
                                                {.argument = "evidence",
                                                 .label = "Evidence",
                                                 .kind = LISTING_CHOICE,
                                                 .options_from = casestudy_evidence_options,
                                                 .column = "evidence"},
                                                {.argument = "region",
                                                 .label = "Region",
                                                 .kind = LISTING_CHOICE,
                                                 .options_from = region_options,
                                                 .column = "region"},
                                                {.argument = "kind",
                                                 .label = "Kind of organisation",
                                                 .kind = LISTING_CHOICE,
                                                 .options_from = kind_options,
                                                 .column = "kind"},
                                                {0}};

static const struct listing_order orders[] = {
    {"newest", "Newest first"}, {"oldest", "Oldest first"}, {"reused", "Most done too"}, {0}};

static void show_card(struct view *out, const struct store_value *row)
{
    casestudy_card(out,
                   &(const struct casestudy_card){
                       .title = row[TITLE].text,
                       .summary = row[SUMMARY].text,
                       .reference = row[REFERENCE].text,
                       .organisation = row[ORGANISATION].text,
                       .stage = row[STAGE_NAME].text,
                       .pillar = framework_pillar_name(row[PILLAR].text),
                       .evidence = casestudy_choice_name(casestudy_evidences, row[EVIDENCE].text),
                       .when = time_show_day(out->mem, time_day_of(out->mem, row[PUBLISHED_AT].n)),
                       .reuse_count = row[REUSES].n});
}

static enum status list_intro(struct web_request *request, struct view *out)
{
    (void)request;
    casestudy_list_intro(out);
    return OK;
}

static enum status list_empty(struct web_request *request, struct view *out)
{
    (void)request;
    casestudy_list_empty(out);
    return OK;
}

static const struct listing list = {
    .title = "Case studies",
    .section = "/case-studies",
    .query = &casestudy_list_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .one = "case study",
    .many = "case studies",
    .file_name = "case-studies",
    .crumbs = {{"Home", "/"}},
    .intro = list_intro,
    .empty = list_empty,
    .card = show_card,
    .dated_column = "published_at",
    .title_column = "title",
};

/* ---- words and pictures, for all pages ---- */

static const char *meaning_of(const char *evidence)
{
    for (const struct casestudy_choice *c = casestudy_evidences; c->code != NULL; c++)
        if (strcmp(c->code, evidence) == 0)
            return c->meaning;
    return "";
}

/* What nobody looked over yet may hold anything. */
static enum status as_html(struct ctx *ctx, const char *text, bool is_looked_over, struct html *out)
{
    static const struct markdown_options of_strangers = {.heading_level = 3};
    enum status status = is_looked_over ? library_markdown(ctx, text, out)
                                        : markdown_html(ctx, text, &of_strangers, out);
    if (status != ERR_INVALID)
        return status;
    struct view plain = {.mem = ctx->mem};
    ctx->fault = NULL;
    view_text(&plain, text);
    *out = view_html(&plain);
    return OK;
}

enum status casestudy_fill_text(struct ctx *ctx, const struct casestudy_version *version,
                                bool is_looked_over, struct casestudy_text *out)
{
    const struct casestudy_words *words = &version->words;
    *out = (struct casestudy_text){.title = words->title,
                                   .summary = words->summary,
                                   .cost = words->cost,
                                   .contact = words->contact,
                                   .contact_email = words->contact_email,
                                   .pillar = framework_pillar_name(words->pillar),
                                   .evidence =
                                       casestudy_choice_name(casestudy_evidences, words->evidence),
                                   .evidence_meaning = meaning_of(words->evidence),
                                   .intentions = version->intention_names};
    TRY(framework_stage_name(ctx, words->stage, &out->stage));
    TRY(as_html(ctx, words->problem, is_looked_over, &out->problem));
    TRY(as_html(ctx, words->done, is_looked_over, &out->done));
    return as_html(ctx, words->result, is_looked_over, &out->result);
}

enum status casestudy_fill_pictures(struct ctx *ctx, const struct casestudy *study,
                                    const char *base, bool all, struct casestudy_text *out)
{
    size_t count;
    struct casestudy_picture *pictures;
    TRY(casestudy_pictures_of(ctx, study, &pictures, &count));
    out->figures = mem_array(ctx->mem, struct casestudy_figure, count);
    out->figure_count = 0;
    for (size_t i = 0; i < count; i++)
        if (!pictures[i].is_gone && (all || pictures[i].is_free))
            out->figures[out->figure_count++] = (struct casestudy_figure){
                .src = mem_format(ctx->mem, "%s/pictures/%" PRId64, base, pictures[i].number),
                .alternative = pictures[i].alternative,
                .state = !all                  ? NULL
                         : pictures[i].is_free ? "It may be shown"
                                               : "It is not shown yet: not everybody in it agrees",
                .number = pictures[i].number,
                .width_px = pictures[i].width_px,
                .height_px = pictures[i].height_px};
    return OK;
}

enum status casestudy_fill_reusers(struct ctx *ctx, const struct casestudy *study, bool with_words,
                                   struct casestudy_reuser **out, size_t *count_out)
{
    struct casestudy_reuses_row *rows;
    TRY(casestudy_reuses(ctx, study->organisation_id, study->id, REUSERS_SHOWN, &rows, count_out));
    *out = mem_array(ctx->mem, struct casestudy_reuser, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct casestudy_reuser){
            .code = rows[i].reuser_code,
            .name = rows[i].reuser,
            .words = with_words ? rows[i].words : "",
            .reference = rows[i].reference,
            .when = rows[i].counted_at == NULL
                        ? ""
                        : time_show_day(ctx->mem, time_day_of(ctx->mem, *rows[i].counted_at))};
    return OK;
}

enum status casestudy_picture_answer(struct web_request *request, struct web_answer *answer,
                                     const struct casestudy *study, bool must_be_free)
{
    int64_t number;
    struct casestudy_picture picture = {.number = 0};
    if (text_number(web_value(request, "number"), 1, CASESTUDY_PICTURES_MAX, &number) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "no picture of that number");
    TRY(casestudy_picture_read(request->ctx, study, number, must_be_free, &picture));
    answer->content_type = picture.type;
    view_raw(&answer->body, picture.bytes.bytes, picture.bytes.length_bytes);
    return OK;
}

void casestudy_answers_of(struct mem *mem, const struct casestudy_words *words,
                          struct form_answers *out)
{
    answers_add(mem, out, "title", words->title);
    answers_add(mem, out, "summary", words->summary);
    answers_add(mem, out, "stage", words->stage);
    answers_add(mem, out, "pillar", words->pillar);
    for (size_t i = 0; i < words->intentions.count; i++)
        answers_add(mem, out, "intentions", words->intentions.codes[i]);
    answers_add(mem, out, "problem", words->problem);
    answers_add(mem, out, "done", words->done);
    answers_add(mem, out, "result", words->result);
    answers_add(mem, out, "evidence", words->evidence);
    answers_add(mem, out, "cost", words->cost);
    answers_add(mem, out, "contact", words->contact);
    answers_add(mem, out, "contact_email", words->contact_email);
    answers_add(mem, out, "reason", words->reason);
}

enum status casestudy_say_moved(struct web_request *request, struct web_answer *answer)
{
    return web_sorry(request, answer, 409, "This has changed meanwhile",
                     "Somebody else was faster, or it cannot be done now. Go back, load the page "
                     "again and see how it stands. What you typed is still on the page that you "
                     "came from.");
}

void casestudy_fill_claims(struct mem *mem, const struct casestudy_words *words,
                           struct casestudy_claim_line **out, size_t *count_out)
{
    struct casestudy_claim *claims;
    casestudy_claims(mem, words, &claims, count_out);
    *out = mem_array(mem, struct casestudy_claim_line, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] =
            (struct casestudy_claim_line){claims[i].words, claims[i].sentence, claims[i].needs,
                                          form_upper_first(mem, claims[i].field)};
}

static const struct {
    const char *what, *for_editors, *for_author;
} happenings[] = {
    {"sent", "Sent", "You sent it"},
    {"confirmed", "The author confirmed the address", "You confirmed your address"},
    {"mended", "The author changed the words", "You changed your words"},
    {"edited", "Words were edited", "An editor worked on the words"},
    {"published", "Published", "It was published"},
    {"returned", "Returned to the author", "An editor returned it to you"},
    {"withdrawn", "Withdrawn", "An editor withdrew it"},
    {"taken-back", "The author took it back", "You took it back"},
    {"consent", "Somebody who is shown does not agree any more",
     "Somebody who is shown does not agree any more"},
    {"checked", "Found to be still right", "It was found to be still right"},
    {"review", "Another day was chosen to look at it again",
     "An editor chose another day to look at it again"},
    {"picture", "A picture was taken away", "A picture was taken away"},
    {"paper", "A consent on paper was written down", "A consent on paper was written down"},
    {"paper-counted", "A consent on paper counts",
     "An editor looked at a consent on paper: it counts"},
    {"paper-refused", "A consent on paper cannot count",
     "An editor looked at a consent on paper: it cannot count"}};

static const char *happening(const char *what, bool is_editor)
{
    for (size_t i = 0; i < sizeof happenings / sizeof happenings[0]; i++)
        if (strcmp(happenings[i].what, what) == 0)
            return is_editor ? happenings[i].for_editors : happenings[i].for_author;
    return what;
}

/* The reason of an edit, and what somebody told an editor, are between editors. */
static bool is_for_author(const char *what)
{
    return strcmp(what, "returned") == 0 || strcmp(what, "withdrawn") == 0 ||
           strcmp(what, "paper-refused") == 0;
}

enum status casestudy_fill_lines(struct ctx *ctx, const struct casestudy *study,
                                 enum casestudy_by reader, struct casestudy_line **out,
                                 size_t *count_out)
{
    struct casestudy_events_row *rows;
    bool is_editor = reader == CASESTUDY_BY_EDITOR;
    TRY(casestudy_events(ctx, study->organisation_id, study->id, LINES_MAX, &rows, count_out));
    *out = mem_array(ctx->mem, struct casestudy_line, *count_out);
    for (size_t i = 0; i < *count_out; i++) {
        const char *what = happening(rows[i].what, is_editor);
        if (is_editor)
            what = mem_format(ctx->mem, "%s (version %" PRId64 ")", what, rows[i].version);
        (*out)[i] = (struct casestudy_line){
            .when = time_show(ctx->mem, rows[i].at),
            .what = what,
            .who = is_editor && rows[i].name != NULL ? rows[i].name : "",
            .reason = is_editor || is_for_author(rows[i].what) ? rows[i].reason : ""};
    }
    return OK;
}

/* ---- one ---- */

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct casestudy study;
    struct casestudy_version version;
    struct casestudy_show_page page = {.study = &study};
    TRY(casestudy_find_live(request, &study));
    TRY(casestudy_version_find(ctx, &study, study.published_version, &version));
    TRY(casestudy_fill_text(ctx, &version, true, &page.text));
    TRY(casestudy_fill_pictures(
        ctx, &study, mem_format(ctx->mem, "/case-studies/%s", study.reference), false, &page.text));
    TRY(casestudy_fill_reusers(ctx, &study, false, &page.reusers, &page.reuser_count));
    page.form_token = web_token(request);
    page.published_on = time_show_day(ctx->mem, time_day_of(ctx->mem, study.published_at));
    page.checked_by = time_show_day(ctx->mem, study.review_on);
    page.is_stale = strcmp(study.review_on, time_day_of(ctx->mem, ctx->now_secs)) < 0;
    answer->page = (struct web_page){.title = version.words.title,
                                     .description = version.words.summary,
                                     .section = "/case-studies",
                                     .crumbs = {{"Home", "/"}, {"Case studies", "/case-studies"}}};
    TRY(casestudy_shared(ctx, &study, &answer->page.shared));
    casestudy_show(&answer->body, &page);
    return OK;
}

static enum status show_picture(struct web_request *request, struct web_answer *answer)
{
    struct casestudy study;
    TRY(casestudy_find_live(request, &study));
    TRY(casestudy_picture_answer(request, answer, &study, true));
    answer->is_public = true;
    return OK;
}

static enum status print_consent(struct web_request *request, struct web_answer *answer)
{
    TRY(casestudy_print_consent(request->ctx, &answer->body));
    answer->content_type = "application/pdf";
    answer->download_name = "consent-to-a-picture.pdf";
    answer->is_public = answer->is_same_all_day = true;
    return OK;
}

static enum status begin_reuse(struct web_request *request, struct web_answer *answer)
{
    struct casestudy study;
    struct form_answers answers = {.count = 0};
    TRY(casestudy_find_live(request, &study));
    answers_add(request->ctx->mem, &answers, "case_study", study.reference);
    return journey_begin_with(request, answer, &casestudy_reusing, "/case-studies/reuse", &answers);
}

/* ---- on the page of an organisation ---- */

static enum status write_section(struct web_request *request, struct organisation_id id,
                                 struct view *out)
{
    struct ctx *ctx = request->ctx;
    struct casestudy_of_organisation_row *own;
    struct casestudy_reused_by_row *reused;
    struct casestudy_section_page page = {.own_count = 0};
    TRY(casestudy_of_organisation(ctx, id.n, SECTION_SHOWN, &own, &page.own_count));
    TRY(casestudy_reused_by(ctx, id.n, SECTION_SHOWN, &reused, &page.reused_count));
    if (page.own_count == 0 && page.reused_count == 0)
        return OK;
    page.own = mem_array(ctx->mem, struct casestudy_card, page.own_count);
    page.reused = mem_array(ctx->mem, struct casestudy_card, page.reused_count);
    for (size_t i = 0; i < page.own_count; i++)
        page.own[i] = (struct casestudy_card){
            .title = own[i].title, .summary = own[i].summary, .reference = own[i].reference};
    for (size_t i = 0; i < page.reused_count; i++)
        page.reused[i] =
            (struct casestudy_card){.title = reused[i].title, .reference = reused[i].reference};
    casestudy_section(out, &page);
    return OK;
}

const struct directory_section casestudy_directory_section = {write_section};

const struct web_route casestudy_routes[] = {
    WEB_LISTING("/case-studies", WEB_PUBLIC, &list, "Case studies that are published."),
    WEB_JOURNEY("/case-studies/send", WEB_PUBLIC, &casestudy_sending, "Send a case study."),
    WEB_JOURNEY("/case-studies/reuse", WEB_PUBLIC, &casestudy_reusing,
                "Say that an organisation did what a case study tells."),
    {"GET", "/case-studies/confirm/:reference", WEB_PUBLIC, casestudy_code_ask,
     "Where the code is typed."},
    {"POST", "/case-studies/confirm/:reference", WEB_PUBLIC, casestudy_code_take,
     "Confirms by a code. Safe to repeat."},
    {"GET", "/case-studies/consent.pdf", WEB_PUBLIC, print_consent,
     "The form for who is shown in a picture, to print and sign."},
    {"GET", "/case-studies/:reference", WEB_PUBLIC, show, "One case study."},
    {"GET", "/case-studies/:reference/picture.png", WEB_PUBLIC, casestudy_show_shared,
     "The picture beside a shared address."},
    {"GET", "/case-studies/:reference/pictures/:number", WEB_PUBLIC, show_picture,
     "A picture of a case study, while everybody in it agrees."},
    {"POST", "/case-studies/:reference/reuse", WEB_PUBLIC, begin_reuse,
     "Begins to say that this was done too."},
    {0},
};
