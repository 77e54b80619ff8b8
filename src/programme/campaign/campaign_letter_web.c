/* SPDX-License-Identifier: MIT */
/*
 * campaign_letter_web.c - letters to the organisations of a chase list.
 *
 *   /desk/campaign/lists/:list/letter         writes one
 *   /desk/campaign/letters/:letter            how it reads, or how far it is
 *   /desk/campaign/letters/:letter/edit       other words
 *   POST .../send .../cancel
 *   /letters/stop/:token                      no more letters, by the link in one; POST stops
 */
#include "platform/base/time.h"
#include "platform/web/form.h"
#include "programme/campaign/campaign.sql.h"
#include "programme/campaign/campaign_list_web.h"
#include "programme/campaign/campaign_page.html.h"
#include "programme/campaign/campaign_web.h"

#include <string.h>

enum {
    SAMPLES_MOST =
        sizeof((struct campaign_letter_page *)0)->samples / sizeof(struct campaign_sample)
};

static const struct form_field words_fields[] = {
    FORM_TEXT(campaign_words, subject, .label = "Subject",
              .hint = "For example “Will {organisation} sign the Partnership Pledge?”",
              .length_most = CAMPAIGN_SUBJECT_CHARS, .missing = "Enter a subject"),
    FORM_LONG_TEXT(campaign_words, body, .label = "Letter", .rows = 14,
                   .missing = "Write the letter"),
    FORM_END};

/* Who it is about is looked at: each page shows addresses. */
static enum status note_look(struct web_request *request, const char *thing)
{
    return audit_note(request->ctx,
                      &(const struct audit_deed){.what = "campaign.looked", .thing = thing});
}

static const char *href(struct web_request *request, const char *reference, const char *tail)
{
    return mem_format(request->ctx->mem, "/desk/campaign/letters/%s%s", reference, tail);
}

/* ---- writing ---- */

static enum status ask_words(struct web_request *request, struct web_answer *answer,
                             const struct campaign_list *list, const char *back,
                             const struct form_shown *shown)
{
    struct view intro = {.mem = request->ctx->mem};
    campaign_words_intro(&intro, list);
    answer->page.section = "/desk";
    return form_answer(request, answer,
                       &(const struct form_page){.title = "Write a letter",
                                                 .action = request->path,
                                                 .button = "See how it reads",
                                                 .intro = view_html(&intro),
                                                 .back_href = back,
                                                 .shown = *shown});
}

/* The letter is NULL for a new one. */
static enum status save_words(struct web_request *request, struct web_answer *answer,
                              const struct campaign_list *list,
                              const struct campaign_letter *letter)
{
    struct campaign_words words = {"", ""};
    struct form_problems problems = {.count = 0};
    const char *reference;
    enum status status = form_read(request->ctx, words_fields, request->sent, &words, &problems);
    if (status == OK)
        status = campaign_letter_write(request->ctx, &(const struct campaign_writing){list, letter},
                                       &words, &problems, &reference);
    if (status == ERR_INVALID && problems.count > 0)
        return ask_words(request, answer, list, "/desk/campaign/lists",
                         &(const struct form_shown){.fields = words_fields,
                                                    .answers = request->sent,
                                                    .problems = &problems});
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "This letter was sent",
                         "Its words can no longer be changed. Write another one.");
    TRY(status);
    return web_see_other(answer, href(request, reference, ""));
}

static enum status new_letter(struct web_request *request, struct web_answer *answer)
{
    struct campaign_list list;
    TRY(campaign_list_open(request->ctx, web_value(request, "list"), request->grant.scope, &list));
    return ask_words(request, answer, &list,
                     mem_format(request->ctx->mem, "/desk/campaign/lists/%s", list.reference),
                     &(const struct form_shown){.fields = words_fields});
}

static enum status make_letter(struct web_request *request, struct web_answer *answer)
{
    struct campaign_list list;
    TRY(campaign_list_open(request->ctx, web_value(request, "list"), request->grant.scope, &list));
    return save_words(request, answer, &list, NULL);
}

static enum status find(struct web_request *request, struct campaign_letter *out)
{
    return campaign_letter_open(request->ctx, web_value(request, "letter"), request->grant.scope,
                                out);
}

static enum status edit_letter(struct web_request *request, struct web_answer *answer)
{
    struct campaign_letter letter;
    struct form_answers now = {0};
    struct mem *mem = request->ctx->mem;
    TRY(find(request, &letter));
    answers_add(mem, &now, "subject", letter.subject);
    answers_add(mem, &now, "body", letter.body);
    return ask_words(request, answer, &letter.list, href(request, letter.reference, ""),
                     &(const struct form_shown){.fields = words_fields, .answers = &now});
}

static enum status change_letter(struct web_request *request, struct web_answer *answer)
{
    struct campaign_letter letter;
    TRY(find(request, &letter));
    return save_words(request, answer, &letter.list, &letter);
}

/* ---- one letter ---- */

static enum status add_sample(struct ctx *ctx, const struct campaign_contact *contact,
                              struct campaign_letter_page *page)
{
    struct campaign_sample *sample = &page->samples[page->sample_count++];
    const struct campaign_values values = campaign_values_of(ctx, contact);
    *sample = (struct campaign_sample){
        .organisation = contact->name,
        .to = mem_format(ctx->mem, "%s, %s", contact->contact_name, contact->email),
        .subject = campaign_fill(ctx->mem, page->letter->subject, &values)};
    TRY(campaign_parts(ctx, page->letter->body, &values, &sample->parts));
    while (sample->parts[sample->part_count].kind != MAIL_PARTS_END)
        sample->part_count++;
    return OK;
}

static enum status fill_draft(struct ctx *ctx, struct campaign_letter_page *page,
                              struct form_problems *problems)
{
    const struct campaign_list *list = &page->letter->list;
    campaign_letter_check(ctx, page->letter, problems);
    for (size_t i = 0; i < list->count; i++) {
        if (!campaign_gets(&list->contacts[i]))
            continue;
        page->getting++;
        if (page->sample_count < SAMPLES_MOST && list->contacts[i].email[0] != '\0')
            TRY(add_sample(ctx, &list->contacts[i], page));
    }
    page->has_problems = problems->count > 0;
    return OK;
}

static enum status fill_begun(struct ctx *ctx, struct campaign_letter_page *page)
{
    struct campaign_recipients_row *rows;
    TRY(campaign_recipients(ctx, page->letter->id, CAMPAIGN_LIST_MOST, &rows,
                            &page->recipient_count));
    page->recipients = mem_array(ctx->mem, struct campaign_recipient_line, page->recipient_count);
    for (size_t i = 0; i < page->recipient_count; i++)
        page->recipients[i] = (struct campaign_recipient_line){
            .organisation = rows[i].organisation_name,
            .who = rows[i].email[0] != '\0'
                       ? mem_format(ctx->mem, "%s, %s", rows[i].contact_name, rows[i].email)
                       : "No longer kept",
            .when = rows[i].sent_at != NULL       ? time_show(ctx->mem, *rows[i].sent_at)
                    : rows[i].left_out_at != NULL ? "Left out"
                                                  : "Not yet"};
    return OK;
}

/* refused: somebody pressed "send" and it could not be. */
static enum status show_page(struct web_request *request, struct web_answer *answer,
                             bool is_refused)
{
    struct ctx *ctx = request->ctx;
    struct campaign_letter letter;
    struct form_problems problems = {.count = 0};
    struct view top = {.mem = ctx->mem};
    TRY(find(request, &letter));
    TRY(note_look(request, letter.reference));
    struct campaign_letter_page page = {
        .letter = &letter,
        .state = campaign_state_text(letter.state),
        .begun = letter.begun_at != 0 ? time_show(ctx->mem, letter.begun_at) : "",
        .ended = letter.ended_at != 0 ? time_show(ctx->mem, letter.ended_at) : "",
        .is_draft = strcmp(letter.state, "draft") == 0,
        .is_sending = strcmp(letter.state, "sending") == 0,
        .form_token = web_token(request)};
    TRY(page.is_draft ? fill_draft(ctx, &page, &problems) : fill_begun(ctx, &page));
    form_show_problems(&top,
                       &(const struct form_shown){.fields = words_fields, .problems = &problems});
    page.problems = view_html(&top);
    answer->page = (struct web_page){
        .title = letter.subject,
        .section = "/desk",
        .has_problem = is_refused,
        .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Chase lists", "/desk/campaign/lists"}}};
    campaign_letter_show(&answer->body, &page);
    return is_refused ? ERR_INVALID : OK;
}

static enum status show_letter(struct web_request *request, struct web_answer *answer)
{
    return show_page(request, answer, false);
}

static enum status send_letter(struct web_request *request, struct web_answer *answer)
{
    struct form_problems problems = {.count = 0};
    const char *reference = web_value(request, "letter");
    enum status status =
        campaign_letter_send(request->ctx, reference, request->grant.scope, &problems);
    if (status == ERR_INVALID && problems.count > 0 && request->wants == WEB_JSON)
        return form_problems_answer(answer, &problems, status);
    if (status == ERR_INVALID && problems.count > 0)
        return show_page(request, answer, true);
    TRY(status);
    return web_see_other(answer, href(request, reference, ""));
}

static enum status cancel_letter(struct web_request *request, struct web_answer *answer)
{
    const char *reference = web_value(request, "letter");
    TRY(campaign_letter_cancel(request->ctx, reference, request->grant.scope));
    return web_see_other(answer, href(request, reference, ""));
}

/* ---- no more letters ---- */

static enum status ask_stop(struct web_request *request, struct web_answer *answer)
{
    struct campaign_stop_page page = {.token = web_value(request, "token")};
    TRY(campaign_stop_open(request->ctx, page.token, &page.organisation));
    page.form_token = web_token(request);
    answer->page.title = "No more letters";
    campaign_stop_show(&answer->body, &page);
    return OK;
}

static enum status do_stop(struct web_request *request, struct web_answer *answer)
{
    TRY(campaign_stop(request->ctx, web_value(request, "token")));
    answer->page.title = "You get no more letters";
    campaign_stopped_show(&answer->body);
    return OK;
}

const struct web_route campaign_letter_routes[] = {
    {"GET", "/desk/campaign/lists/:list/letter", MAY_CHASE_PLEDGES, new_letter,
     "Asks for the words of a letter."},
    {"POST", "/desk/campaign/lists/:list/letter", MAY_CHASE_PLEDGES, make_letter,
     "Keeps a letter that is not sent yet."},
    {"GET", "/desk/campaign/letters/:letter", MAY_CHASE_PLEDGES, show_letter,
     "A letter as it reads, or how far it is."},
    {"GET", "/desk/campaign/letters/:letter/edit", MAY_CHASE_PLEDGES, edit_letter,
     "Asks for other words."},
    {"POST", "/desk/campaign/letters/:letter/edit", MAY_CHASE_PLEDGES, change_letter,
     "Other words. Safe to repeat."},
    {"POST", "/desk/campaign/letters/:letter/send", MAY_CHASE_PLEDGES, send_letter,
     "Sends it, once. Safe to repeat."},
    {"POST", "/desk/campaign/letters/:letter/cancel", MAY_CHASE_PLEDGES, cancel_letter,
     "Stops what has not gone. Safe to repeat."},
    {"GET", "/letters/stop/:token", WEB_PUBLIC, ask_stop, "Asks whether to stop letters."},
    {"POST", "/letters/stop/:token", WEB_PUBLIC, do_stop, "No more letters. Safe to repeat.",
     .is_one_click = true},
    {0},
};
