/* SPDX-License-Identifier: MIT */
/* enquiry.c - what may happen to a question, and reading it. */
#include "programme/lead/enquiry.h"

#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/lead/enquiry_internal.h"

#include <string.h>

enum { TOKEN_CHARS = 32 };

/* ---- secrets ---- */

enum status enquiry_token(struct ctx *ctx, int64_t id, enum enquiry_side side, const char **out)
{
    unsigned char key[HASH_KEY_BYTES] = {0};
    TRY(access_key(ctx, key));
    const char *what = mem_format(ctx->mem, "enquiry %s %lld",
                                  side == ENQUIRY_ASKER ? "asker" : "holder", (long long)id);
    *out = mem_text_part(ctx->mem, hash_keyed(ctx->mem, key, what, strlen(what)), TOKEN_CHARS);
    return OK;
}

static enum status token_hash(struct ctx *ctx, int64_t id, enum enquiry_side side, const char **out)
{
    const char *token;
    TRY(enquiry_token(ctx, id, side, &token));
    *out = hash_token(ctx->mem, token);
    return OK;
}

/* ---- events ---- */

static const char *or_none(const char *text)
{
    return text != NULL ? text : "";
}

enum status enquiry_add_event(struct ctx *ctx, const struct enquiry *enquiry,
                              const struct enquiry_happening *h)
{
    int64_t changes;
    return lead_enquiry_event_add(
        ctx, enquiry->organisation_id, enquiry->id, ctx->now_secs, h->kind, or_none(h->by_whom),
        h->person.n != 0 ? &h->person.n : NULL, or_none(h->text), or_none(h->whole),
        or_none(h->sender), or_none(h->digest), &changes);
}

/* ---- reading ---- */

static int64_t at_or_0(const int64_t *at)
{
    return at != NULL ? *at : 0;
}

static enum status read_events(struct ctx *ctx, struct enquiry *out)
{
    struct lead_enquiry_events_row *rows;
    TRY(lead_enquiry_events(ctx, out->organisation_id, out->id, ENQUIRY_EVENTS_MAX, &rows,
                            &out->event_count));
    out->events = mem_array(ctx->mem, struct enquiry_event, out->event_count);
    for (size_t i = 0; i < out->event_count; i++)
        out->events[i] = (struct enquiry_event){.at = rows[i].at,
                                                .kind = rows[i].kind,
                                                .by_whom = rows[i].by_whom,
                                                .text = rows[i].text,
                                                .whole = rows[i].whole,
                                                .sender = rows[i].sender};
    return OK;
}

enum status enquiry_find(struct ctx *ctx, const char *reference, struct enquiry *out)
{
    struct lead_enquiry_row_row row;
    struct organisation area;
    TRY(lead_enquiry_row(ctx, reference, &row));
    TRY(directory_find(ctx, row.area, &area));
    *out = (struct enquiry){.organisation_id = row.organisation_id,
                            .id = row.id,
                            .reference = row.reference,
                            .area = row.area,
                            .area_name = area.name,
                            .place = row.place,
                            .theme = row.theme,
                            .question = row.question,
                            .name = row.name,
                            .email = row.email,
                            .state = row.state,
                            .holder = {at_or_0(row.holder_id)},
                            .holder_name = row.holder_name,
                            .due_on = row.due_on,
                            .asked_at = row.asked_at,
                            .began_at = at_or_0(row.began_at),
                            .late_at = at_or_0(row.late_at),
                            .answered_at = at_or_0(row.answered_at),
                            .closed_at = at_or_0(row.closed_at)};
    out->is_late = strcmp(row.state, "open") == 0 &&
                   strcmp(row.due_on, time_day_of(ctx->mem, ctx->now_secs)) < 0;
    return read_events(ctx, out);
}

enum status enquiry_of_asker(struct ctx *ctx, const char *token, struct enquiry *out)
{
    struct lead_enquiry_by_asker_row row;
    TRY(lead_enquiry_by_asker(ctx, hash_token(ctx->mem, token), &row));
    return enquiry_find(ctx, row.reference, out);
}

/* Read again in the transaction that changes it. */
static enum status again(struct ctx *ctx, const struct enquiry *known, struct enquiry *out)
{
    return enquiry_find(ctx, known->reference, out);
}

static bool is_in(const struct enquiry *enquiry, const char *state)
{
    return strcmp(enquiry->state, state) == 0;
}

/* ---- the clock begins ---- */

static enum status due_on(struct ctx *ctx, const char **out)
{
    return time_day_add(ctx->mem, time_day_of(ctx->mem, ctx->now_secs),
                        (struct time_step){.days = ENQUIRY_ANSWER_DAYS}, out);
}

/* Gives it to the lead of the day. */
static enum status give(struct ctx *ctx, const struct enquiry *enquiry)
{
    struct lead_holder holder;
    int64_t changes;
    enum status status = lead_holder_of(ctx, enquiry->area, enquiry->theme, &holder);
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        TRY(lead_enquiry_hold_row(ctx, enquiry->organisation_id, enquiry->id, NULL, "", &changes));
        return enquiry_add_event(ctx, enquiry, &(const struct enquiry_happening){.kind = "unheld"});
    }
    TRY(status);
    TRY(lead_enquiry_hold_row(ctx, enquiry->organisation_id, enquiry->id, &holder.person.n,
                              holder.name, &changes));
    return enquiry_add_event(ctx, enquiry,
                             &(const struct enquiry_happening){
                                 .kind = "held", .by_whom = holder.name, .person = holder.person});
}

enum status enquiry_give_on(struct ctx *ctx, const struct enquiry *enquiry, bool *changed_out)
{
    *changed_out = false;
    if (enquiry->holder.n == 0)
        return OK; /* with whoever looks after the area */
    enum status status = lead_can_answer(ctx, enquiry->holder, enquiry->area);
    if (status != ERR_FORBIDDEN)
        return status;
    ctx->fault = NULL;
    *changed_out = true;
    return give(ctx, enquiry);
}

enum status enquiry_begin(struct ctx *ctx, const struct enquiry *enquiry)
{
    struct enquiry now;
    const char *day;
    int64_t changes;
    TRY(due_on(ctx, &day));
    TRY(lead_enquiry_begin_row(ctx, enquiry->organisation_id, enquiry->id, ctx->now_secs, day,
                               &changes));
    TRY(enquiry_add_event(ctx, enquiry, &(const struct enquiry_happening){.kind = "began"}));
    TRY(give(ctx, enquiry));
    TRY(again(ctx, enquiry, &now));
    TRY(enquiry_mail_begun(ctx, &now));
    return enquiry_mail_holder(ctx, &now, ENQUIRY_IS_NEW);
}

static enum status confirm_once(struct ctx *ctx, void *arg)
{
    struct enquiry enquiry;
    TRY(again(ctx, arg, &enquiry));
    return is_in(&enquiry, "unconfirmed") ? enquiry_begin(ctx, &enquiry) : OK;
}

enum status enquiry_confirm(struct ctx *ctx, const struct enquiry *enquiry)
{
    struct enquiry copy = *enquiry;
    return store_transact(ctx, "enquiry_confirm", confirm_once, &copy);
}

/* ---- asking ---- */

static enum status check_sender(struct ctx *ctx, const char *email, struct form_problems *problems)
{
    struct lead_enquiry_since_row row;
    TRY(lead_enquiry_since(ctx, text_email_key(ctx->mem, email), ctx->now_secs - TIME_DAY_SECS,
                           &row));
    if (row.enquiries >= ENQUIRY_A_DAY)
        form_wrong(problems, "email",
                   "You have sent several questions today. Please come again tomorrow");
    return OK;
}

static enum status check_place(struct ctx *ctx, const struct enquiry_draft *draft,
                               struct form_problems *problems, struct lead_place *out)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    enum status status = lead_place_find(ctx, draft->place.key, today, out);
    if (status != ERR_NOT_FOUND)
        return status;
    ctx->fault = NULL;
    form_wrong(problems, "place", "Choose the place again: its area has changed");
    return OK;
}

/* The account of the person who asks, when the address is its own; n 0 otherwise. */
static enum status own_account(struct ctx *ctx, const char *email, struct person_id *out)
{
    struct access_person person;
    out->n = 0;
    if (ctx->person.n == 0)
        return OK;
    TRY(access_person_get(ctx, ctx->person, &person));
    if (strcmp(text_email_key(ctx->mem, person.email), text_email_key(ctx->mem, email)) == 0)
        *out = person.id;
    return OK;
}

static bool has_lead_for(const struct lead_area *area, const char *theme)
{
    for (size_t i = 0; i < area->lead_count; i++)
        if (strcmp(area->leads[i].theme, theme) == 0 || strcmp(area->leads[i].theme, "all") == 0)
            return true;
    return false;
}

/* Whose question it is.  A school without a lead of its own for it is its board's or region's, for
 * no role of an area reaches a school that is not linked to it. */
static enum status area_of(struct ctx *ctx, const struct lead_place *place, const char *theme,
                           struct organisation *out)
{
    struct lead_answer *answer = mem_new(ctx->mem, struct lead_answer);
    TRY(directory_find(ctx, place->area, out));
    if (strcmp(out->shelf, DIRECTORY_SCHOOLS) != 0)
        return OK;
    TRY(lead_answer_on(ctx, out->code, time_day_of(ctx->mem, ctx->now_secs), answer));
    if (answer->area_count < 2 || has_lead_for(&answer->areas[0], theme))
        return OK;
    return directory_find(ctx, answer->areas[1].code, out);
}

static enum status add(struct ctx *ctx, const struct enquiry_draft *draft,
                       const struct lead_place *place, const char **reference_out)
{
    struct organisation area;
    struct enquiry enquiry;
    struct person_id person;
    const char *asker, *holder;
    int64_t id = id_new(ctx), changes;
    TRY(area_of(ctx, place, draft->theme, &area));
    TRY(own_account(ctx, draft->email, &person));
    TRY(token_hash(ctx, id, ENQUIRY_ASKER, &asker));
    TRY(token_hash(ctx, id, ENQUIRY_HOLDER, &holder));
    *reference_out = id_reference_new(ctx->mem, "EN");
    TRY(lead_enquiry_add_row(
        ctx, area.id.n, id, *reference_out, area.code, place->label, draft->theme, draft->question,
        draft->name, draft->email, text_email_key(ctx->mem, draft->email),
        person.n != 0 ? &person.n : NULL, asker, holder, ctx->now_secs, &changes));
    TRY(enquiry_find(ctx, *reference_out, &enquiry));
    TRY(enquiry_add_event(ctx, &enquiry, &(const struct enquiry_happening){.kind = "asked"}));
    return person.n != 0 ? enquiry_begin(ctx, &enquiry) : enquiry_mail_confirm(ctx, &enquiry);
}

enum status enquiry_ask(struct ctx *ctx, const struct enquiry_draft *draft,
                        struct form_problems *problems, const char **reference_out)
{
    struct lead_place place = {.key = ""};
    problems->count = 0;
    TRY(check_place(ctx, draft, problems, &place));
    TRY(check_sender(ctx, draft->email, problems));
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "a question is not right");
    return add(ctx, draft, &place, reference_out);
}

/* ---- writing ---- */

struct writing {
    const struct enquiry *enquiry;
    const char *text;
    struct access_person person;
};

static bool is_last(const struct enquiry *enquiry, const char *kind, const char *text)
{
    return enquiry->event_count > 0 &&
           strcmp(enquiry->events[enquiry->event_count - 1].kind, kind) == 0 &&
           strcmp(enquiry->events[enquiry->event_count - 1].text, text) == 0;
}

enum status enquiry_check_room(struct ctx *ctx, const struct enquiry *enquiry, const char *kind)
{
    size_t said = 0;
    for (size_t i = 0; i < enquiry->event_count; i++)
        said += strcmp(enquiry->events[i].kind, kind) == 0;
    return said < ENQUIRY_SAID_MAX
               ? OK
               : ctx_fail(ctx, ERR_CONFLICT, "too much was said about \"%s\"", enquiry->reference);
}

enum status enquiry_add_more(struct ctx *ctx, const struct enquiry *enquiry,
                             const struct enquiry_happening *happening)
{
    const char *day;
    int64_t changes;
    struct enquiry now;
    bool is_given_on;
    if (is_in(enquiry, "unconfirmed"))
        return ctx_fail(ctx, ERR_CONFLICT, "\"%s\" is not confirmed", enquiry->reference);
    TRY(enquiry_check_room(ctx, enquiry, happening->kind));
    TRY(due_on(ctx, &day));
    if (!is_in(enquiry, "open"))
        TRY(lead_enquiry_begin_row(ctx, enquiry->organisation_id, enquiry->id, ctx->now_secs, day,
                                   &changes));
    TRY(enquiry_add_event(ctx, enquiry, happening));
    TRY(enquiry_give_on(ctx, enquiry, &is_given_on));
    TRY(again(ctx, enquiry, &now));
    return enquiry_mail_holder(ctx, &now, ENQUIRY_SAYS_MORE);
}

static enum status more_once(struct ctx *ctx, void *arg)
{
    const struct writing *writing = arg;
    struct enquiry enquiry;
    TRY(again(ctx, writing->enquiry, &enquiry));
    if (is_last(&enquiry, "more", writing->text))
        return OK; /* said twice */
    return enquiry_add_more(ctx, &enquiry,
                            &(const struct enquiry_happening){
                                .kind = "more", .by_whom = enquiry.name, .text = writing->text});
}

enum status enquiry_more(struct ctx *ctx, const struct enquiry *enquiry, const char *text)
{
    struct writing writing = {.enquiry = enquiry, .text = text};
    return store_transact(ctx, "enquiry_more", more_once, &writing);
}

enum status enquiry_add_answer(struct ctx *ctx, const struct enquiry *enquiry,
                               const struct enquiry_happening *happening)
{
    int64_t changes;
    struct enquiry now;
    TRY(lead_enquiry_answer_row(ctx, enquiry->organisation_id, enquiry->id, ctx->now_secs,
                                &changes));
    if (changes == 0)
        return ctx_fail(ctx, ERR_CONFLICT, "\"%s\" waits for no answer", enquiry->reference);
    TRY(enquiry_add_event(ctx, enquiry, happening));
    TRY(audit_note(ctx, &(const struct audit_deed){.what = "enquiry.answered",
                                                   .organisation = enquiry->area,
                                                   .thing = enquiry->reference}));
    TRY(again(ctx, enquiry, &now));
    return enquiry_mail_answer(ctx, &now, happening->text);
}

static enum status answer_once(struct ctx *ctx, void *arg)
{
    const struct writing *writing = arg;
    struct enquiry enquiry;
    TRY(again(ctx, writing->enquiry, &enquiry));
    if (is_last(&enquiry, "answered", writing->text))
        return OK;
    return enquiry_add_answer(ctx, &enquiry,
                              &(const struct enquiry_happening){.kind = "answered",
                                                                .by_whom = writing->person.name,
                                                                .person = writing->person.id,
                                                                .text = writing->text});
}

enum status enquiry_answer(struct ctx *ctx, const struct enquiry *enquiry, const char *text)
{
    struct writing writing = {.enquiry = enquiry, .text = text};
    TRY(access_person_get(ctx, ctx->person, &writing.person));
    return store_transact(ctx, "enquiry_answer", answer_once, &writing);
}

static enum status close_once(struct ctx *ctx, void *arg)
{
    struct enquiry enquiry;
    int64_t changes;
    TRY(again(ctx, arg, &enquiry));
    TRY(lead_enquiry_close_row(ctx, enquiry.organisation_id, enquiry.id, ctx->now_secs, &changes));
    if (changes == 0)
        return OK; /* it is closed, or was never confirmed */
    return enquiry_add_event(ctx, &enquiry, &(const struct enquiry_happening){.kind = "closed"});
}

enum status enquiry_close(struct ctx *ctx, const struct enquiry *enquiry)
{
    struct enquiry copy = *enquiry;
    return store_transact(ctx, "enquiry_close", close_once, &copy);
}

static enum status end_once(struct ctx *ctx, void *arg)
{
    const struct writing *writing = arg;
    struct enquiry enquiry;
    int64_t changes;
    TRY(again(ctx, writing->enquiry, &enquiry));
    TRY(lead_enquiry_close_row(ctx, enquiry.organisation_id, enquiry.id, ctx->now_secs, &changes));
    if (changes == 0)
        return OK;
    TRY(enquiry_add_event(ctx, &enquiry,
                          &(const struct enquiry_happening){.kind = "closed",
                                                            .by_whom = writing->person.name,
                                                            .person = writing->person.id}));
    TRY(audit_note(ctx, &(const struct audit_deed){.what = "enquiry.closed",
                                                   .organisation = enquiry.area,
                                                   .thing = enquiry.reference}));
    TRY(again(ctx, &enquiry, &enquiry));
    return enquiry_mail_closed(ctx, &enquiry, writing->person.name);
}

enum status enquiry_end(struct ctx *ctx, const struct enquiry *enquiry)
{
    struct writing writing = {.enquiry = enquiry};
    TRY(access_person_get(ctx, ctx->person, &writing.person));
    return store_transact(ctx, "enquiry_end", end_once, &writing);
}

/* ---- passing on ---- */

static enum status pass_once(struct ctx *ctx, void *arg)
{
    const struct writing *writing = arg;
    struct enquiry enquiry;
    int64_t changes;
    TRY(again(ctx, writing->enquiry, &enquiry));
    if (enquiry.holder.n == writing->person.id.n)
        return OK;
    TRY(lead_enquiry_hold_row(ctx, enquiry.organisation_id, enquiry.id, &writing->person.id.n,
                              writing->person.name, &changes));
    TRY(enquiry_add_event(ctx, &enquiry,
                          &(const struct enquiry_happening){.kind = "passed",
                                                            .by_whom = writing->person.name,
                                                            .person = writing->person.id}));
    TRY(audit_note(ctx, &(const struct audit_deed){.what = "enquiry.passed",
                                                   .organisation = enquiry.area,
                                                   .subject = writing->person.id,
                                                   .thing = enquiry.reference}));
    TRY(again(ctx, &enquiry, &enquiry));
    return is_in(&enquiry, "open") ? enquiry_mail_holder(ctx, &enquiry, ENQUIRY_IS_PASSED) : OK;
}

enum status enquiry_pass(struct ctx *ctx, const struct enquiry *enquiry, const char *email,
                         struct form_problems *problems)
{
    struct writing writing = {.enquiry = enquiry};
    enum status status = access_person_find(ctx, email, &writing.person);
    if (status == OK)
        status = lead_can_answer(ctx, writing.person.id, enquiry->area);
    if (status == ERR_NOT_FOUND || status == ERR_FORBIDDEN) {
        ctx->fault = NULL;
        form_wrong(problems, "email", "This person cannot answer questions of this area");
        return ctx_fail(ctx, ERR_INVALID, "a question cannot be passed to them");
    }
    TRY(status);
    return store_transact(ctx, "enquiry_pass", pass_once, &writing);
}

/* ---- how long answers take ---- */

enum status enquiry_figure(struct ctx *ctx, struct enquiry_figure *out)
{
    struct lead_enquiry_waits_row row;
    TRY(lead_enquiry_waits(ctx, ctx->now_secs - (int64_t)ENQUIRY_FIGURE_DAYS * TIME_DAY_SECS,
                           &row));
    *out = (struct enquiry_figure){.answer_count = row.answers,
                                   .is_shown = row.answers >= ENQUIRY_FIGURE_LEAST};
    if (out->is_shown)
        out->median_secs = at_or_0(row.median_secs);
    return OK;
}
