/* SPDX-License-Identifier: MIT */
/*
 * enquiry_web.c - asking a local lead, and the page of who asked.
 *
 *   /enquiries/ask ...                 the journey: see journey.h
 *   /enquiries/mine/:token             the page behind the mailed link
 *   POST .../confirm .../more .../close
 */
#include "programme/lead/lead_web.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/lead/lead_page.html.h"
#include "programme/lead/lead_routes.h"
#include "programme/privacy/privacy.h"

#include <string.h>

/* ---- the journey ---- */

static const struct form_field place_fields[] = {
    FORM_LOOKUP(enquiry_draft, place, .in = &lead_place_lookup, .label = "Where is it?",
                .hint = "Your postcode, organisation or school",
                .missing = "Enter your postcode, organisation or school"),
    FORM_END};

static const struct form_field question_fields[] = {
    FORM_ONE_OF(enquiry_draft, theme, .options_from = lead_theme_options,
                .label = "What is it about?", .missing = "Choose what it is about"),
    FORM_LONG_TEXT(enquiry_draft, question, .label = "Your question", .rows = 8,
                   .length_most = ENQUIRY_CHARS_MAX,
                   .hint = "Leave out what nobody needs to know, such as health or money",
                   .missing = "Enter your question"),
    FORM_END};

static const struct form_field you_fields[] = {
    FORM_NAME(enquiry_draft, name, .label = "Your name", .autocomplete = "name",
              .missing = "Enter your name"),
    FORM_EMAIL(enquiry_draft, email, .label = "Your email address", .autocomplete = "email",
               .hint = "We use it to answer this question only. The people who answer questions "
                       "in the area can see it.",
               .missing = "Enter your email address"),
    FORM_END};

static enum status start(struct ctx *ctx, struct view *out)
{
    (void)ctx;
    enquiry_start(out, ENQUIRY_ANSWER_DAYS);
    return OK;
}

static enum status finish(struct ctx *ctx, const void *draft, struct form_problems *problems,
                          struct journey_done *done)
{
    return enquiry_ask(ctx, draft, problems, &done->reference);
}

static enum status next(struct ctx *ctx, const char *reference, struct view *out)
{
    struct enquiry enquiry;
    enum status status = enquiry_find(ctx, reference, &enquiry);
    if (status == ERR_NOT_FOUND) { /* it went with its time */
        ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    enquiry_next_words(out, &enquiry);
    return OK;
}

static const struct journey_step steps[] = {
    {.name = "place", .fields = place_fields, .short_title = "Place"},
    {.name = "question",
     .fields = question_fields,
     .title = "What do you want to know?",
     .short_title = "Question"},
    {.name = "you", .fields = you_fields, .title = "Who are you?", .short_title = "You"},
    {0}};

const struct journey enquiry_asking = {.name = "enquiry",
                                       .title = "Ask a local lead",
                                       .send_button = "Send the question",
                                       .draft_bytes = sizeof(struct enquiry_draft),
                                       .steps = steps,
                                       .keep_days = 14,
                                       .section = "/local-lead",
                                       .kept = "enquiry",
                                       .start = start,
                                       .finish = finish,
                                       .next = next};

/* ---- what both sides see ---- */

static const struct {
    const char *state, *asker, *desk, *css;
} states[] = {{"unconfirmed", "To be confirmed by you", "Not confirmed", "nhsuk-tag--yellow"},
              {"open", "Waiting for an answer", "To be answered", "nhsuk-tag--blue"},
              {"answered", "Answered", "Answered", "nhsuk-tag--green"},
              {"closed", "Closed", "Closed", "nhsuk-tag--grey"}};

static const struct {
    const char *kind, *name;
} kinds[] = {{"asked", "Sent"},
             {"began", "Confirmed"},
             {"held", "Given to a local lead"},
             {"unheld", "There is no local lead: given to whoever looks after the area"},
             {"passed", "Passed on"},
             {"answered", "Answered"},
             {"more", "Written again"},
             {"reminded", "The local lead was reminded"},
             {"late", "Late: whoever looks after the area was told"},
             {"pressed", "Late for long: the national leads were told"},
             {"apart", "Mail from another address, kept apart"},
             {"automatic", "An automatic mail came, and was not taken for an answer"},
             {"given-up", "Closed without an answer"},
             {"closed", "Closed"}};

static const char *event_name(const char *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i].name;
    return kind;
}

/* What is for those who answer alone. */
static bool is_for_desk(const struct enquiry_event *event)
{
    return strcmp(event->kind, "apart") == 0 || strcmp(event->kind, "automatic") == 0 ||
           strcmp(event->kind, "reminded") == 0;
}

static void fill_lines(struct ctx *ctx, const struct enquiry *enquiry, bool is_desk,
                       struct enquiry_show *out)
{
    out->lines = mem_array(ctx->mem, struct enquiry_line, enquiry->event_count);
    for (size_t i = 0; i < enquiry->event_count; i++) {
        const struct enquiry_event *event = &enquiry->events[i];
        if (!is_desk && is_for_desk(event))
            continue;
        bool is_more = is_desk && strcmp(event->whole, event->text) != 0;
        out->lines[out->line_count++] = (struct enquiry_line){.event = event,
                                                              .what = event_name(event->kind),
                                                              .at = time_show(ctx->mem, event->at),
                                                              .text = event->text,
                                                              .whole = is_more ? event->whole : ""};
    }
}

enum status enquiry_fill(struct web_request *request, const struct enquiry *enquiry, bool is_desk,
                         struct enquiry_show *out)
{
    struct ctx *ctx = request->ctx;
    *out = (struct enquiry_show){.enquiry = enquiry,
                                 .theme = lead_theme_name(enquiry->theme),
                                 .asked_at = time_show(ctx->mem, enquiry->asked_at),
                                 .due_on = time_show_day(ctx->mem, enquiry->due_on),
                                 .state = enquiry->state,
                                 .state_class = "",
                                 .kept = "",
                                 .silent_days = ENQUIRY_SILENT_DAYS,
                                 .end_days = ENQUIRY_END_DAYS,
                                 .form_token = web_token(request),
                                 .problem = "",
                                 .typed = "",
                                 .email_problem = "",
                                 .email = ""};
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (strcmp(states[i].state, enquiry->state) == 0) {
            out->state = is_desk ? states[i].desk : states[i].asker;
            out->state_class = states[i].css;
        }
    out->is_unconfirmed = strcmp(enquiry->state, "unconfirmed") == 0;
    out->is_open = strcmp(enquiry->state, "open") == 0;
    if (!out->is_open)
        out->due_on = "";
    out->is_closed = strcmp(enquiry->state, "closed") == 0;
    fill_lines(ctx, enquiry, is_desk, out);
    return privacy_rule_words(ctx, enquiry_asking.kept, &out->kept);
}

const char *enquiry_words_problem(const char *text)
{
    if (text[0] == '\0')
        return "Write something first";
    return text_length_chars(text) > ENQUIRY_CHARS_MAX ? "Write at most 3,000 characters" : "";
}

/* ---- the page of who asked ---- */

static const char *own_page(struct web_request *request)
{
    return mem_join(request->ctx->mem, "/enquiries/mine/", web_value(request, "token"), "");
}

static enum status show_page(struct web_request *request, struct web_answer *answer,
                             const struct enquiry *enquiry, const char *problem)
{
    struct enquiry_show page;
    TRY(enquiry_fill(request, enquiry, false, &page));
    page.base = own_page(request);
    page.problem = problem;
    page.typed = problem[0] != '\0' ? answers_get(request->sent, "text") : "";
    answer->page =
        (struct web_page){.title = "Your question to a local lead",
                          .section = "/local-lead",
                          .has_problem = problem[0] != '\0',
                          .crumbs = {{"Home", "/"}, {"Find your local lead", "/local-lead"}}};
    enquiry_asker_show(&answer->body, &page);
    return problem[0] != '\0' ? ERR_INVALID : OK;
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct enquiry enquiry;
    TRY(enquiry_of_asker(request->ctx, web_value(request, "token"), &enquiry));
    return show_page(request, answer, &enquiry, "");
}

static enum status confirm(struct web_request *request, struct web_answer *answer)
{
    struct enquiry enquiry;
    TRY(enquiry_of_asker(request->ctx, web_value(request, "token"), &enquiry));
    TRY(enquiry_confirm(request->ctx, &enquiry));
    return web_see_other(answer, own_page(request));
}

static enum status more(struct web_request *request, struct web_answer *answer)
{
    struct enquiry enquiry;
    const char *text = answers_get(request->sent, "text"), *problem = enquiry_words_problem(text);
    TRY(enquiry_of_asker(request->ctx, web_value(request, "token"), &enquiry));
    if (problem[0] != '\0')
        return show_page(request, answer, &enquiry, problem);
    enum status status = enquiry_more(request->ctx, &enquiry, text);
    if (status == ERR_CONFLICT && strcmp(enquiry.state, "unconfirmed") != 0)
        return web_sorry(
            request, answer, 409, "There is no room for more",
            "A great deal has been written about this question. Please ask a new one.");
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "Confirm your question first",
                         "Open the page behind the link that we mailed you, and press the button.");
    TRY(status);
    return web_see_other(answer, own_page(request));
}

static enum status end(struct web_request *request, struct web_answer *answer)
{
    struct enquiry enquiry;
    TRY(enquiry_of_asker(request->ctx, web_value(request, "token"), &enquiry));
    TRY(enquiry_close(request->ctx, &enquiry));
    return web_see_other(answer, own_page(request));
}

const struct web_route enquiry_routes[] = {
    WEB_JOURNEY("/enquiries/ask", WEB_PUBLIC, &enquiry_asking, "Ask a local lead."),
    {"GET", "/enquiries/mine/:token", WEB_PUBLIC, show, "A question, for who asked it."},
    {"POST", "/enquiries/mine/:token/confirm", WEB_PUBLIC, confirm, "Confirms it. Safe to repeat."},
    {"POST", "/enquiries/mine/:token/more", WEB_PUBLIC, more, "Writes again."},
    {"POST", "/enquiries/mine/:token/close", WEB_PUBLIC, end, "Closes it. Safe to repeat."},
    {0},
};
