/* SPDX-License-Identifier: MIT */
/* concern_document.c - a concern for the authorities, as a paper and as JSON. */
#include "programme/concern/concern.h"

#include "platform/base/json_text.h"
#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/document/pdf.h"
#include "platform/view/view.h"

#include <jansson.h>

static const char *yes_no(bool is_yes)
{
    return is_yes ? "Yes" : "No";
}

static void write_events(struct ctx *ctx, struct pdf *pdf, const struct concern *concern)
{
    static const struct pdf_column columns[] = {
        {"When", 22, false}, {"What", 24, false}, {"Words", 36, false}, {"Who", 18, false}};
    const char **cells = mem_array(ctx->mem, const char *, concern->event_count * 4);
    for (size_t i = 0; i < concern->event_count; i++) {
        const struct concern_event *e = &concern->events[i];
        cells[i * 4] = time_show(ctx->mem, e->at);
        cells[i * 4 + 1] = concern_event_title(ctx->mem, e);
        cells[i * 4 + 2] = e->text;
        cells[i * 4 + 3] = e->person;
    }
    pdf_heading(pdf, 2, "What was done");
    if (concern->event_count == 0)
        pdf_paragraph(pdf, "Nothing is written down yet.");
    else
        pdf_table(pdf, &(const struct pdf_table){.columns = columns,
                                                 .column_count = 4,
                                                 .cells = cells,
                                                 .row_count = (int)concern->event_count});
}

enum status concern_print(struct ctx *ctx, const struct concern *concern, struct view *out)
{
    struct text_span bytes;
    const struct pdf_pair pairs[] = {
        {"Reference", concern->reference},
        {"Organisation",
         mem_format(ctx->mem, "%s, %s", concern->organisation_name, concern->organisation)},
        {"Raised", time_show(ctx->mem, concern->raised_at)},
        {"Raised by", concern->raiser},
        {"Somebody was in immediate danger", yes_no(concern->in_danger)},
        {"When it happened", concern->happened},
        {"About a safeguarding lead", concern_name(concern_about_leads, concern->about_lead)},
        {"Kept from", concern_kept_from_text(ctx->mem, concern)},
        {"May we contact them", yes_no(concern->may_contact)},
        {"How to reach them", concern->contact},
        {"First read by a lead",
         concern->seen_at != 0 ? time_show(ctx->mem, concern->seen_at) : ""},
        {"State", concern_state_text(concern->state)},
    };
    struct pdf *pdf =
        pdf_begin(ctx, &(const struct pdf_about){.title = "Safeguarding concern",
                                                 .subtitle = concern->reference,
                                                 .language = "en-GB",
                                                 .service = ctx->settings->service_name,
                                                 .kind = "Confidential",
                                                 .foot = mem_format(ctx->mem, "%s  ·  Confidential",
                                                                    concern->reference)});
    pdf_pairs(pdf, pairs, sizeof pairs / sizeof pairs[0]);
    pdf_heading(pdf, 2, "Who or what it is about");
    pdf_paragraph(pdf, concern->about);
    write_events(ctx, pdf, concern);
    pdf_small(pdf, mem_format(ctx->mem, "Written on %s for: %s", time_show(ctx->mem, ctx->now_secs),
                              concern->purpose));
    TRY(pdf_end(pdf, &bytes));
    view_raw(out, bytes.bytes, bytes.length_bytes);
    return OK;
}

static json_t *kept_from_json(const struct concern *concern)
{
    json_t *names = json_array();
    for (size_t i = 0; i < concern->kept_from_count; i++)
        json_array_append_new(names, json_string(concern->kept_from[i]));
    return names;
}

static json_t *events_json(struct ctx *ctx, const struct concern *concern)
{
    json_t *events = json_array();
    for (size_t i = 0; i < concern->event_count; i++) {
        const struct concern_event *e = &concern->events[i];
        json_array_append_new(
            events, json_pack("{s:I,s:s,s:s,s:s,s:s,s:s}", "number", (json_int_t)e->number, "at",
                              time_rfc3339(ctx->mem, e->at), "kind", e->kind, "body", e->body,
                              "text", e->text, "person", e->person));
    }
    return events;
}

const char *concern_json(struct ctx *ctx, const struct concern *concern)
{
    json_t *object = json_pack(
        "{s:s,s:s,s:s,s:s,s:s,s:b,s:s,s:s,s:s,s:o,s:b,s:s,s:s,s:s,s:o}", "reference",
        concern->reference, "organisation", concern->organisation, "organisation_name",
        concern->organisation_name, "raised_at", time_rfc3339(ctx->mem, concern->raised_at),
        "raised_by", concern->raiser, "in_danger", concern->in_danger, "about", concern->about,
        "happened", concern->happened, "about_lead", concern->about_lead, "kept_from",
        kept_from_json(concern), "may_contact", concern->may_contact, "contact", concern->contact,
        "state", concern->state, "purpose", concern->purpose, "events", events_json(ctx, concern));
    return mem_join(ctx->mem, json_text_taken(ctx->mem, object, JSON_INDENT(2)), "\n", "");
}
