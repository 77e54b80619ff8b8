/* SPDX-License-Identifier: MIT */
/*
 * event_book_web.c - the journey by which people book, and the page where they type the code.
 *
 * The page of a code shows nothing of a booking, so its address need not be a secret.
 */
#include "platform/base/time.h"
#include "programme/event/event_page.html.h"
#include "programme/event/event_web.h"

#include <string.h>

enum { DRAFT_KEPT_DAYS = 7, NEEDS_CHARS_MAX = 1000 };

/* ---- fields ---- */

static enum status event_options(struct ctx *ctx, const void *form, const struct form_option **out)
{
    size_t count;
    struct event_choice *choices;
    (void)form;
    TRY(event_choices(ctx, &choices, &count));
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] =
            (struct form_option){.code = choices[i].reference,
                                 .label = mem_format(ctx->mem, "%s, %s", choices[i].title,
                                                     time_show(ctx->mem, choices[i].starts_at))};
    *out = options;
    return OK;
}

/* The event that was chosen; false: none that there is. */
static enum status find_chosen(struct ctx *ctx, const void *form, struct event *out, bool *found)
{
    const struct event_booking_draft *draft = form;
    *found = draft != NULL && draft->event != NULL && draft->event[0] != '\0';
    if (!*found)
        return OK;
    enum status status = event_find(ctx, draft->event, out);
    *found = status == OK;
    if (status == ERR_NOT_FOUND)
        ctx->fault = NULL;
    return status == ERR_NOT_FOUND ? OK : status;
}

static enum status way_options(struct ctx *ctx, const void *form, const struct form_option **out)
{
    bool found;
    struct event event;
    TRY(find_chosen(ctx, form, &event, &found));
    struct form_option *options = mem_array(ctx->mem, struct form_option, 3);
    size_t count = 0;
    if (!found || event_has_way(&event, "person"))
        options[count++] = (struct form_option){
            .code = "person", .label = "In person", .hint = found ? event.place : NULL};
    if (!found || event_has_way(&event, "online"))
        options[count++] = (struct form_option){.code = "online", .label = "Online"};
    *out = options;
    return OK;
}

static const struct form_field which_fields[] = {
    FORM_ONE_OF(event_booking_draft, event, .options_from = event_options, .is_select = true,
                .label = "Which event do you want to book?", .short_label = "Event",
                .missing = "Choose an event"),
    FORM_END};

static const struct form_field who_fields[] = {
    FORM_ONE_OF(event_booking_draft, way, .options_from = way_options,
                .label = "How will you come?", .short_label = "How you come",
                .missing = "Choose whether you come in person or join online"),
    FORM_NUMBER(event_booking_draft, people, .label = "How many people come?",
                .hint = "Count yourself if you come, and leave out carers", .short_label = "People",
                .at_least = 1, .at_most = EVENT_PEOPLE_MAX,
                .missing = "Enter how many people come"),
    FORM_NUMBER(event_booking_draft, carers, .is_optional = true, .short_label = "Carers",
                .label = "How many carers come with them?",
                .hint = "Somebody who comes to support one of you. Leave it empty for none",
                .at_least = 0, .at_most = EVENT_PEOPLE_MAX),
    FORM_END};

static const struct form_field need_fields[] = {
    FORM_LONG_TEXT(event_booking_draft, needs, .is_optional = true, .length_most = NEEDS_CHARS_MAX,
                   .kept = "event-need", .label = "What do you need to take part?",
                   .short_label = "What you need",
                   .hint = "For example a ramp, a hearing loop, a signer, large print or a quiet "
                           "room. You can leave this out."),
    FORM_END};

static const struct form_field you_fields[] = {
    FORM_NAME(event_booking_draft, name, .label = "Your name", .autocomplete = "name",
              .hint = "As it should stand on a certificate", .missing = "Enter your name"),
    FORM_EMAIL(event_booking_draft, email, .label = "Your email address", .autocomplete = "email",
               .missing = "Enter your email address"),
    FORM_END};

/* ---- words and rules ---- */

static enum status start_words(struct ctx *ctx, struct view *out)
{
    event_start(out, &(const struct event_start_page){.is_signed_in = ctx->person.n != 0});
    return OK;
}

static enum status who_words(struct ctx *ctx, const void *draft, struct view *out)
{
    bool found;
    struct event event;
    TRY(find_chosen(ctx, draft, &event, &found));
    if (found)
        event_carer_words(out, event.carers_count
                                   ? "At this event a carer takes a place too."
                                   : "At this event a carer does not take a place: there is always "
                                     "room for them.");
    return OK;
}

static enum status need_words(struct ctx *ctx, const void *draft, struct view *out)
{
    (void)ctx, (void)draft;
    event_need_words(out);
    return OK;
}

static enum status declaration_words(struct ctx *ctx, const void *draft, struct view *out)
{
    (void)ctx, (void)draft;
    event_declaration(out);
    return OK;
}

static enum status check(struct ctx *ctx, const void *draft, struct form_problems *problems)
{
    return event_check_booking(ctx, draft, problems);
}

static enum status book(struct ctx *ctx, const void *draft, struct form_problems *problems,
                        struct journey_done *done)
{
    return event_book(ctx, draft, problems, &done->reference);
}

/* To the page where the code is typed. */
static const char *onward(struct mem *mem, const char *reference)
{
    return mem_format(mem, "/events/bookings/%s/confirm", reference);
}

static const struct journey_step steps[] = {
    {.name = "event", .fields = which_fields, .short_title = "The event"},
    {.name = "who",
     .fields = who_fields,
     .title = "Who comes, and how?",
     .short_title = "Who comes",
     .intro = who_words,
     .check = check},
    {.name = "needs", .fields = need_fields, .short_title = "What you need", .intro = need_words},
    {.name = "you", .fields = you_fields, .title = "Who are you?", .short_title = "You"},
    {0}};

const struct journey event_booking_journey = {
    .name = "event-booking",
    .title = "Book an event",
    .send_button = "Send my booking",
    .draft_bytes = sizeof(struct event_booking_draft),
    .steps = steps,
    .keep_days = DRAFT_KEPT_DAYS,
    .section = "/events",
    .kept = "event-booking",
    .start = start_words,
    .declaration = declaration_words,
    .finish = book,
    .onward = onward,
};

/* ---- the code ---- */

static const char *own_page(struct mem *mem, const char *token)
{
    return mem_format(mem, "/events/mine/%s", token);
}

const struct proof_page event_proof_page = {
    .kind = &event_proof,
    .section = "/events",
    .button = "Confirm my booking",
    .again = "book again",
    .again_href = EVENT_BOOK_PATH,
    .more = event_code_more,
    .conflict = "This event is full, or is another one than when you booked. Look at it again, and "
                "book anew",
    .leads_to = own_page,
    .over_title = "This can no longer be done",
    .over = event_over_page,
};

enum status event_book_code_show(struct web_request *request, struct web_answer *answer)
{
    struct event_booking it;
    const char *reference = web_value(request, "reference");
    if (request->ctx->person.n != 0 && event_own_open(request->ctx, reference, &it) == OK)
        return web_see_other(answer,
                             mem_format(request->ctx->mem, "/account/events/%s", it.reference));
    request->ctx->fault = NULL;
    return proof_page_show(request, answer, &event_proof_page);
}

enum status event_book_code_type(struct web_request *request, struct web_answer *answer)
{
    return proof_page_type(request, answer, &event_proof_page);
}
