/* SPDX-License-Identifier: MIT */
/*
 * newsletter_web.c - getting the newsletter, choosing, leaving.
 *
 *   /newsletter/subscribe ...         the journey
 *   /newsletter/confirm/:reference    where the code of the mail is typed
 *   /newsletter/join/:link            the mailed link's page, with one button
 *   /newsletter/mine/:token           what one gets, by one's own link
 *   /newsletter/stop/:token           leaving: a page with a button, and one click (RFC 8058)
 *
 * No GET changes anything.  The page of a code shows nothing, so its address need not be a secret.
 */
#include "programme/newsletter/newsletter_web.h"

#include "platform/base/time.h"
#include "platform/web/journey.h"
#include "programme/directory/directory.h"
#include "programme/newsletter/newsletter_page.html.h"
#include "programme/proof/proof_web.h"

enum { DRAFT_KEPT_DAYS = 2 };

/* ---- fields ---- */

/* In the order of newsletter_topics. */
const struct form_option newsletter_topic_options[] = {
    {"news", "News of the programme", NULL, NULL},
    {"get-ready", "Get Ready: schools, work experience, first steps", NULL, NULL},
    {"get-in", "Get In: apprenticeships and other ways into a job", NULL, NULL},
    {"get-on", "Get On: learning at work", NULL, NULL},
    {"go-further", "Go Further: the way to a registered profession", NULL, NULL},
    {"volunteering", "Volunteering", NULL, NULL},
    {"case-studies", "What others have done: case studies", NULL, NULL},
    {"events", "Events", NULL, NULL},
    {0}};

enum status newsletter_region_options(struct ctx *ctx, const void *form,
                                      const struct form_option **out)
{
    struct directory_choice *regions;
    size_t count;
    (void)form;
    TRY(directory_places(ctx, "region", time_day_of(ctx->mem, ctx->now_secs), &regions, &count));
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct form_option){.code = regions[i].code, .label = regions[i].name};
    *out = options;
    return OK;
}

void newsletter_topics_add(struct mem *mem, struct form_answers *answers, int64_t bits)
{
    for (size_t n = 0; newsletter_topics[n].code != NULL; n++)
        if (newsletter_topic_is_in(bits, n))
            answers_add(mem, answers, "topics", newsletter_topics[n].code);
}

#define TOPICS(type_)                                                                              \
    FORM_SEVERAL_OF(type_, topics, .options = newsletter_topic_options, .items_least = 1,          \
                    .label = "What do you want to read about?", .hint = "Choose one or more.",     \
                    .short_label = "Topics", .missing = "Choose at least one topic")
#define REGION(type_)                                                                              \
    FORM_ONE_OF(type_, region, .options_from = newsletter_region_options, .is_select = true,       \
                .is_optional = true, .label = "Where are you?", .short_label = "Region",           \
                .hint = "Leave it empty for news from all of England.")

static const struct form_field age_fields[] = {
    FORM_YES_NO(newsletter_wish, is_old_enough, .label = "Are you 13 or older?",
                .short_label = "13 or older", .missing = "Say whether you are 13 or older"),
    FORM_END};
static const struct form_field topic_fields[] = {TOPICS(newsletter_wish), FORM_END};
static const struct form_field region_fields[] = {REGION(newsletter_wish), FORM_END};
static const struct form_field email_fields[] = {
    FORM_EMAIL(newsletter_wish, email, .label = "Your email address", .autocomplete = "email",
               .missing = "Enter your email address"),
    FORM_END};

static enum status check_age(struct ctx *ctx, const void *draft, struct form_problems *problems)
{
    (void)ctx;
    newsletter_check_age(draft, problems);
    return OK;
}

static enum status start_words(struct ctx *ctx, struct view *out)
{
    (void)ctx;
    newsletter_start(out);
    return OK;
}

static enum status email_words(struct ctx *ctx, const void *draft, struct view *out)
{
    (void)ctx, (void)draft;
    newsletter_email_words(out);
    return OK;
}

static enum status declaration_words(struct ctx *ctx, const void *draft, struct view *out)
{
    (void)ctx, (void)draft;
    newsletter_declaration(out);
    return OK;
}

static enum status finish(struct ctx *ctx, const void *draft, struct form_problems *problems,
                          struct journey_done *done)
{
    return newsletter_ask(ctx, draft, problems, &done->reference);
}

static const char *onward(struct mem *mem, const char *reference)
{
    return mem_format(mem, "/newsletter/confirm/%s", reference);
}

static const struct journey_step steps[] = {
    {.name = "age", .fields = age_fields, .check = check_age, .short_title = "Your age"},
    {.name = "topics", .fields = topic_fields},
    {.name = "region", .fields = region_fields},
    {.name = "email",
     .fields = email_fields,
     .title = "Your email address",
     .short_title = "Your address",
     .intro = email_words},
    {0}};

static const struct journey subscribing = {
    .name = "newsletter",
    .title = "Get the newsletter",
    .draft_bytes = sizeof(struct newsletter_wish),
    .steps = steps,
    .keep_days = DRAFT_KEPT_DAYS,
    .section = "/newsletter",
    .kept = "newsletter",
    .start = start_words,
    .declaration = declaration_words,
    .finish = finish,
    .onward = onward,
};

/* ---- the code ---- */

static const char *own_page(struct mem *mem, const char *token)
{
    return mem_format(mem, "/newsletter/mine/%s?saved=1", token);
}

static const struct proof_page proof_page = {
    .kind = &newsletter_proof,
    .section = "/newsletter",
    .button = "Confirm",
    .again = "ask again",
    .again_href = "/newsletter/subscribe",
    .leads_to = own_page,
    .over_title = "This link can no longer be used",
    .over = newsletter_over_page,
};

static enum status ask_code(struct web_request *request, struct web_answer *answer)
{
    return proof_page_show(request, answer, &proof_page);
}

static enum status type_code(struct web_request *request, struct web_answer *answer)
{
    return proof_page_type(request, answer, &proof_page);
}

/* ---- the link ---- */

static enum status show_join(struct web_request *request, struct web_answer *answer)
{
    struct newsletter_join_page page = {.link = web_value(request, "link"),
                                        .form_token = web_token(request)};
    enum status status = newsletter_link_open(request->ctx, page.link, &page.offer);
    if (status == ERR_CONFLICT)
        return proof_page_over(request, answer, &proof_page);
    TRY(status);
    answer->page.title = "Confirm that you want our newsletter";
    newsletter_join_page(&answer->body, &page);
    return OK;
}

static enum status press_join(struct web_request *request, struct web_answer *answer)
{
    const char *token;
    enum status status = newsletter_link_confirm(request->ctx, web_value(request, "link"), &token);
    if (status == ERR_CONFLICT)
        return proof_page_over(request, answer, &proof_page);
    TRY(status);
    return web_see_other(answer, own_page(request->ctx->mem, token));
}

/* ---- one's own page ---- */

static const struct form_field choice_fields[] = {TOPICS(newsletter_choice),
                                                  REGION(newsletter_choice), FORM_END};

static enum status show_mine(struct web_request *request, struct web_answer *answer,
                             const struct form_problems *problems)
{
    struct newsletter_reader reader;
    struct form_answers now = {.count = 0};
    struct mem *mem = request->ctx->mem;
    struct view intro = {.mem = mem};
    const char *token = web_value(request, "token");
    TRY(newsletter_reader_open(request->ctx, token, &reader));
    newsletter_topics_add(mem, &now, reader.topics);
    answers_add(mem, &now, "region", reader.region);
    newsletter_mine_intro(&intro,
                          &(const struct newsletter_mine_page){
                              .token = token,
                              .since = time_show_day(mem, time_day_of(mem, reader.since_at)),
                              .is_saved = answers_has(request->query, "saved")});
    answer->page.section = "/newsletter";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Your newsletter",
                                  .action = request->path,
                                  .button = "Save",
                                  .intro = view_html(&intro),
                                  .shown = {.fields = choice_fields,
                                            .answers = problems != NULL ? request->sent : &now,
                                            .problems = problems}});
}

static enum status open_mine(struct web_request *request, struct web_answer *answer)
{
    return show_mine(request, answer, NULL);
}

static enum status save_mine(struct web_request *request, struct web_answer *answer)
{
    struct newsletter_choice choice = {.region = ""};
    struct form_problems problems = {.count = 0};
    enum status status = form_read(request->ctx, choice_fields, request->sent, &choice, &problems);
    if (status == ERR_INVALID && request->wants == WEB_JSON)
        return form_problems_answer(answer, &problems, status);
    if (status == ERR_INVALID)
        return show_mine(request, answer, &problems);
    TRY(status);
    TRY(newsletter_choose(request->ctx, web_value(request, "token"), &choice));
    return web_see_other(answer, mem_format(request->ctx->mem, "%s?saved=1", request->path));
}

static enum status ask_stop(struct web_request *request, struct web_answer *answer)
{
    struct newsletter_reader reader;
    struct newsletter_mine_page page = {.token = web_value(request, "token"),
                                        .form_token = web_token(request)};
    TRY(newsletter_token_check(request->ctx, page.token));
    answer->page.title = "Stop the newsletter";
    enum status status = newsletter_reader_open(request->ctx, page.token, &reader);
    if (status == ERR_NOT_FOUND) {
        newsletter_stopped_page(&answer->body);
        return OK;
    }
    TRY(status);
    newsletter_stop_page(&answer->body, &page);
    return OK;
}

static enum status do_stop(struct web_request *request, struct web_answer *answer)
{
    TRY(newsletter_leave(request->ctx, web_value(request, "token")));
    answer->page.title = "You get no newsletter any more";
    newsletter_stopped_page(&answer->body);
    return OK;
}

const struct web_route newsletter_routes[] = {
    WEB_JOURNEY("/newsletter/subscribe", WEB_PUBLIC, &subscribing, "Asks for the newsletter."),
    {"GET", "/newsletter/confirm/:reference", WEB_PUBLIC, ask_code, "Where the code is typed."},
    {"POST", "/newsletter/confirm/:reference", WEB_PUBLIC, type_code,
     "Confirms by a code. Safe to repeat."},
    {"GET", "/newsletter/join/:link", WEB_PUBLIC, show_join, "Asks whether to get it."},
    {"POST", "/newsletter/join/:link", WEB_PUBLIC, press_join,
     "Confirms by the mailed link. Safe to repeat."},
    {"GET", "/newsletter/mine/:token", WEB_PUBLIC, open_mine, "What one gets."},
    {"POST", "/newsletter/mine/:token", WEB_PUBLIC, save_mine, "Other topics. Safe to repeat."},
    {"GET", "/newsletter/stop/:token", WEB_PUBLIC, ask_stop, "Asks whether to leave."},
    {"POST", "/newsletter/stop/:token", WEB_PUBLIC, do_stop,
     "Leaves the newsletter. Safe to repeat.", .is_one_click = true},
    {0},
};
