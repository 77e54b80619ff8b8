/* SPDX-License-Identifier: MIT */
/*
 * event_edit_web.c - planning an event, and changing it: one form.
 *
 * Who runs it is asked only when it is made.  Which of the two hours is meant is asked only when
 * the start lies in the hour that comes twice, on the night on which the clocks go back.  Whether
 * groups that wait may be told that they are too many now is asked only when there are such.
 *
 * The address that a change is sent to says what it began with (?seen=): who is told of another's
 * change begins with that, and keeps what they typed.
 */
#include "platform/base/clock.h"
#include "platform/base/time.h"
#include "programme/directory/directory_web.h"
#include "programme/event/event_desk_web.h"
#include "programme/event/event_internal.h"
#include "programme/event/event_web.h"
#include "programme/pack/pack_web.h"

#include <inttypes.h>
#include <string.h>

enum { TEXT_CHARS_MAX = 20000, SUMMARY_CHARS_MAX = 300, CLOCK_CHARS_MAX = 20 };

static const struct form_option hour_options[] = {
    {"first", "The first one, still in summer time", NULL, NULL},
    {"second", "The second one, an hour later, in winter time", NULL, NULL},
    {0}};

static const struct form_field all_fields[] = {
    FORM_TEXT(event_draft, title, .label = "Title", .length_most = 120, .missing = "Enter a title"),
    FORM_LONG_TEXT(event_draft, summary, .label = "What is it about, in a sentence or two?",
                   .length_most = SUMMARY_CHARS_MAX, .rows = 2, .short_label = "Summary",
                   .missing = "Enter what it is about"),
    FORM_LONG_TEXT(event_draft, text, .label = "All that people should know",
                   .length_most = TEXT_CHARS_MAX, .rows = 10, .is_optional = true,
                   .hint = "Markdown: ## for a heading, - for a list, [words](address) for a link"),
    FORM_LOOKUP(event_draft, area, .in = &directory_organisations, .is_optional = true,
                .label = "Which organisation runs it?",
                .hint = "Leave it empty if it is an event of your own area"),
    FORM_ONE_OF(event_draft, stage, .options_from = stage_choices, .is_select = true,
                .is_optional = true, .label = "Stage",
                .hint = "Leave it empty if it is for everybody"),
    FORM_DATE(event_draft, on, .label = "Day", .missing = "Enter the day"),
    FORM_TEXT(event_draft, starts, .label = "Starts at", .length_most = CLOCK_CHARS_MAX,
              .hint = "For example, 9:30am or 14:00", .missing = "Enter when it starts"),
    FORM_ONE_OF(event_draft, hour, .options = hour_options, .is_optional = true,
                .label = "That time comes twice. Which one do you mean?"),
    FORM_DATE(event_draft, ends_on, .label = "Last day", .is_optional = true,
              .hint = "Leave it empty if it ends on the same day"),
    FORM_TEXT(event_draft, ends, .label = "Ends at", .length_most = CLOCK_CHARS_MAX,
              .missing = "Enter when it ends"),
    FORM_ONE_OF(event_draft, mode, .options = event_mode_options, .label = "How can people come?",
                .missing = "Choose how people can come"),
    FORM_LONG_TEXT(event_draft, place, .label = "Where is the room?", .length_most = 500, .rows = 3,
                   .is_optional = true,
                   .hint = "Name, address and how to find it. Not needed "
                           "for an event online"),
    FORM_NUMBER(event_draft, room_seats, .label = "How many people fit in the room?",
                .is_optional = true, .at_least = 1, .at_most = EVENT_SEATS_MAX,
                .short_label = "Places in the room"),
    FORM_TEXT(event_draft, link, .label = "Link to join online", .length_most = 1000,
              .is_optional = true,
              .hint = "Only people who have a place see it. Not needed for an event in a room"),
    FORM_NUMBER(event_draft, online_seats, .label = "How many people can join online?",
                .is_optional = true, .at_least = 1, .at_most = EVENT_SEATS_MAX,
                .short_label = "Places online"),
    FORM_YES_NO(event_draft, strands, .is_optional = true,
                .label = "May we tell groups that wait that they are too many now?",
                .hint = "They keep their turn, and can come with fewer people"),
    FORM_LONG_TEXT(event_draft, access_words, .label = "What should people know about access?",
                   .length_most = 1000, .rows = 3, .is_optional = true,
                   .hint = "For example steps, lifts, a hearing loop, captions, a signer"),
    FORM_YES_NO(event_draft, carers_count, .label = "Does a carer take a place?",
                .is_optional = true,
                .hint = "If you do not choose, somebody who comes to support another takes none"),
    FORM_END};

enum { FIELDS_MOST = sizeof all_fields / sizeof all_fields[0] };

/* Which of those that are not always asked are asked. */
struct asked {
    bool area, hour, strands;
};

static bool is_asked(const char *name, struct asked asked)
{
    return (asked.area || strcmp(name, "area") != 0) && (asked.hour || strcmp(name, "hour") != 0) &&
           (asked.strands || strcmp(name, "strands") != 0);
}

/* Those that are asked. */
static const struct form_field *fields_for(struct mem *mem, struct asked asked)
{
    struct form_field *fields = mem_array(mem, struct form_field, FIELDS_MOST);
    size_t count = 0;
    for (const struct form_field *f = all_fields; f->kind != FORM_KIND_END; f++)
        if (is_asked(f->name, asked))
            fields[count++] = *f;
    fields[count] = (struct form_field)FORM_END;
    return fields;
}

static enum status show_form(struct web_request *request, struct web_answer *answer,
                             const struct event *event, const struct form_shown *shown)
{
    struct mem *mem = request->ctx->mem;
    const char *base = event == NULL ? "/desk/events" : event_desk_path(request, event);
    const char *place =
        event == NULL ? "/new" : mem_format(mem, "/edit?seen=%s", event_seen(mem, event));
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = event == NULL ? "Plan an event" : "Change the event",
                                  .action = mem_join(mem, base, place, ""),
                                  .button = event == NULL ? "Save as a draft" : "Save",
                                  .back_href = base,
                                  .shown = *shown});
}

/* ---- a new one ---- */

enum status event_new_show(struct web_request *request, struct web_answer *answer)
{
    return show_form(request, answer, NULL,
                     &(const struct form_shown){
                         .fields = fields_for(request->ctx->mem, (struct asked){.area = true})});
}

static struct event_draft empty_draft(void)
{
    return (struct event_draft){.title = "",
                                .summary = "",
                                .text = "",
                                .stage = "",
                                .on = "",
                                .starts = "",
                                .ends_on = "",
                                .ends = "",
                                .hour = "",
                                .mode = "",
                                .place = "",
                                .access_words = "",
                                .link = "",
                                .area = {.key = "", .label = "", .detail = ""}};
}

enum status event_new_save(struct web_request *request, struct web_answer *answer)
{
    const char *reference;
    struct ctx *ctx = request->ctx;
    struct event_draft draft = empty_draft();
    struct form_problems problems = {.count = 0};
    const struct form_field *fields =
        fields_for(ctx->mem, (struct asked){.area = true, .hour = true});
    enum status status = form_read(ctx, fields, request->sent, &draft, &problems);
    if (status == OK)
        status = event_make(ctx, &draft, request->grant.scope, &problems, &reference);
    if (status == ERR_INVALID)
        return show_form(request, answer, NULL,
                         &(const struct form_shown){
                             .fields = fields_for(ctx->mem, (struct asked){.area = true,
                                                                           .hour = event_needs_hour(
                                                                               ctx->mem, &draft)}),
                             .answers = request->sent,
                             .problems = &problems});
    TRY(status);
    return web_see_other(answer, mem_format(ctx->mem, "/desk/events/%s", reference));
}

/* ---- one that there is ---- */

static void add_number(struct mem *mem, struct form_answers *to, const char *name, int64_t n)
{
    if (n > 0)
        answers_add(mem, to, name, mem_format(mem, "%" PRId64, n));
}

static const char *clock_of(struct mem *mem, int64_t at)
{
    return mem_format(mem, "%.5s", time_rfc3339_london(mem, at) + strlen("2026-03-09T"));
}

static struct form_answers answers_of(struct mem *mem, const struct event *event)
{
    struct form_answers to = {.count = 0};
    enum clock_hour hour = clock_hour_of(mem, event->starts_at);
    const char *on = time_day_of(mem, event->starts_at),
               *ends_on = time_day_of(mem, event->ends_at);
    answers_add(mem, &to, "title", event->title);
    answers_add(mem, &to, "summary", event->summary);
    answers_add(mem, &to, "text", event->text);
    answers_add(mem, &to, "stage", event->stage);
    answers_add(mem, &to, "on", on);
    answers_add(mem, &to, "starts", clock_of(mem, event->starts_at));
    if (hour != CLOCK_HOUR_ANY)
        answers_add(mem, &to, "hour", hour == CLOCK_HOUR_FIRST ? "first" : "second");
    if (strcmp(on, ends_on) != 0)
        answers_add(mem, &to, "ends_on", ends_on);
    answers_add(mem, &to, "ends", clock_of(mem, event->ends_at));
    answers_add(mem, &to, "mode", event->mode);
    answers_add(mem, &to, "place", event->place);
    add_number(mem, &to, "room_seats", event->room_seats);
    answers_add(mem, &to, "link", event->link);
    add_number(mem, &to, "online_seats", event->online_seats);
    answers_add(mem, &to, "access_words", event->access_words);
    answers_add(mem, &to, "carers_count", event->carers_count ? "yes" : "no");
    return to;
}

enum status event_edit_show(struct web_request *request, struct web_answer *answer)
{
    struct event event;
    struct mem *mem = request->ctx->mem;
    TRY(event_desk_open(request, &event));
    bool has_hour = clock_hour_of(mem, event.starts_at) != CLOCK_HOUR_ANY;
    struct form_answers now = answers_of(mem, &event);
    return show_form(
        request, answer, &event,
        &(const struct form_shown){.fields = fields_for(mem, (struct asked){.hour = has_hour}),
                                   .answers = &now});
}

/* Also who typed something else wrong is told of another's change, which the form begins with. */
static void tell_of_other(struct ctx *ctx, const struct event *event,
                          const struct event_draft *draft, struct form_problems *problems)
{
    bool is_other = draft->seen[0] != '\0' && strcmp(draft->seen, event_seen(ctx->mem, event)) != 0;
    if (is_other && form_problem_of(problems, "title") == NULL)
        form_wrong(problems, "title", event_was_changed);
}

enum status event_edit_save(struct web_request *request, struct web_answer *answer)
{
    struct event event;
    struct ctx *ctx = request->ctx;
    struct event_draft draft = empty_draft();
    struct form_problems problems = {.count = 0};
    TRY(event_desk_open(request, &event));
    const struct form_field *fields =
        fields_for(ctx->mem, (struct asked){.hour = true, .strands = true});
    enum status status = form_read(ctx, fields, request->sent, &draft, &problems);
    draft.seen = web_query(request, "seen");
    if (status == OK)
        status = event_change(ctx, &event, &draft, &problems);
    if (status == ERR_INVALID) {
        tell_of_other(ctx, &event, &draft, &problems);
        return show_form(
            request, answer, &event,
            &(const struct form_shown){
                .fields = fields_for(
                    ctx->mem,
                    (struct asked){.hour = event_needs_hour(ctx->mem, &draft),
                                   .strands = form_problem_of(&problems, "strands") != NULL ||
                                              draft.strands != FORM_UNANSWERED}),
                .answers = request->sent,
                .problems = &problems});
    }
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "This event cannot be changed",
                         "It was cancelled, or it is over.");
    TRY(status);
    return web_see_other(answer, event_desk_path(request, &event));
}
