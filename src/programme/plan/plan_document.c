/* SPDX-License-Identifier: MIT */
/* plan_document.c - a plan as a paper for the board, and as a workbook. */
#include "programme/plan/plan_show.h"

#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/pdf.h"
#include "platform/document/xlsx.h"

#include <string.h>

/* ---- the paper ---- */

static void write_summary(struct ctx *ctx, struct pdf *pdf, const struct plan *plan,
                          const struct plan_lines *lines)
{
    const struct pdf_pair pairs[] = {
        {"Where they stand", lines->states},
        {"How they go", lines->rags[0] != '\0' ? lines->rags : "Nothing is open"},
        {"Overdue", lines->overdue},
        {"Period", plan_period_name(ctx, plan)},
        {"Next review due by", time_show_day(ctx->mem, plan->pledge->review_on)},
    };
    pdf_heading(pdf, 2, "In short");
    pdf_pairs(pdf, pairs, (int)(sizeof pairs / sizeof pairs[0]));
}

static const char *standing(struct ctx *ctx, const struct plan_line *line)
{
    const char *late = line->action->is_overdue ? ", overdue" : "";
    if (!line->has_rag)
        return line->state.text;
    return mem_format(ctx->mem, "%s, %s%s", line->state.text,
                      plan_lower_first(ctx->mem, line->rag.text), late);
}

static void write_overview(struct ctx *ctx, struct pdf *pdf, const struct plan_lines *lines)
{
    static const struct pdf_column columns[] = {
        {"Action", 50, false}, {"Where it stands", 28, false}, {"Due by", 22, false}};
    const char **cells = mem_array(ctx->mem, const char *, lines->count * 3);
    for (size_t i = 0; i < lines->count; i++) {
        cells[i * 3] = mem_format(ctx->mem, "%d. %s", (int)lines->items[i].action->number,
                                  lines->items[i].action->action);
        cells[i * 3 + 1] = standing(ctx, &lines->items[i]);
        cells[i * 3 + 2] = lines->items[i].due;
    }
    pdf_table(pdf, &(const struct pdf_table){.caption = "All actions",
                                             .columns = columns,
                                             .column_count = 3,
                                             .cells = cells,
                                             .row_count = (int)lines->count});
}

static void write_note(struct ctx *ctx, struct pdf *pdf, const struct plan_line *line)
{
    const struct plan_update *newest = line->action->newest;
    if (newest == NULL) {
        pdf_paragraph(pdf, "No update in this period yet.");
        return;
    }
    pdf_paragraph(pdf, mem_format(ctx->mem, "%s%s: %s", line->note_on,
                                  newest->is_public ? "" : " (not public)", newest->note));
    if (newest->reason[0] != '\0')
        pdf_paragraph(pdf, mem_format(ctx->mem, "Stopped because: %s", newest->reason));
    for (size_t i = 0; i < newest->evidence_count; i++) {
        const struct plan_evidence *e = &newest->evidence[i];
        if (strcmp(e->kind, "link") == 0)
            pdf_link(pdf, e->text, e->text);
        else
            pdf_small(pdf,
                      mem_format(ctx->mem, "%s: %s",
                                 strcmp(e->kind, "file") == 0 ? "File" : "What shows it", e->text));
    }
}

static void write_action(struct ctx *ctx, struct pdf *pdf, const struct plan_line *line)
{
    const struct plan_action *a = line->action;
    const struct pdf_pair pairs[] = {
        {"Where it stands", standing(ctx, line)},
        {"Intention", a->intention_name},
        {"Where it began", a->baseline},
        {"Measure and target", mem_format(ctx->mem, "%s\n%s", a->measure, a->target)},
        {"Lead", a->lead},
        {"When", mem_format(ctx->mem, "%s to %s", line->starts, line->due)},
    };
    pdf_heading(pdf, 3, mem_format(ctx->mem, "%d. %s", (int)a->number, a->action));
    pdf_pairs(pdf, pairs, (int)(sizeof pairs / sizeof pairs[0]));
    if (a->moved != NULL)
        pdf_paragraph(pdf,
                      mem_format(ctx->mem, "The day was moved because: %s", a->moved->due_reason));
    write_note(ctx, pdf, line);
}

enum status plan_print(struct ctx *ctx, const struct plan *plan, struct view *out)
{
    struct text_span bytes;
    struct plan_lines lines;
    plan_lines_fill(ctx, plan, NULL, &lines);
    const char *day = time_show_day(ctx->mem, plan->as_on);
    struct pdf *pdf =
        pdf_begin(ctx, &(const struct pdf_about){.title = "Action plan: how it goes",
                                                 .subtitle = plan->pledge->organisation_name,
                                                 .language = "en-GB",
                                                 .service = ctx->settings->service_name,
                                                 .kind = "Board paper",
                                                 .foot = mem_format(ctx->mem, "%s  ·  as on %s",
                                                                    plan->pledge->reference, day)});
    pdf_lead(pdf,
             mem_format(ctx->mem, "The Partnership Pledge, its plan as it stands on %s.", day));
    write_summary(ctx, pdf, plan, &lines);
    write_overview(ctx, pdf, &lines);
    pdf_new_page(pdf);
    pdf_heading(pdf, 2, "Each action");
    for (size_t i = 0; i < lines.count; i++)
        write_action(ctx, pdf, &lines.items[i]);
    TRY(pdf_end(pdf, &bytes));
    view_raw(out, bytes.bytes, bytes.length_bytes);
    return OK;
}

/* ---- the workbook ---- */

static const struct xlsx_column columns[] = {
    {"Action number", 8},     {"Goes on from", 8}, {"Intention", 24},    {"Action", 40},
    {"Where it began", 30},   {"Measure", 24},     {"Target", 24},       {"Lead", 20},
    {"Partners", 20},         {"Starts", 12},      {"Due by", 12},       {"State now", 12},
    {"Rating now", 12},       {"Overdue", 10},     {"Update", 8},        {"About", 12},
    {"Written", 20},          {"By", 20},          {"State then", 12},   {"Rating then", 12},
    {"Why stopped", 30},      {"Note", 50},        {"Who may read", 14}, {"Corrects", 10},
    {"Corrected by", 10},     {"Evidence", 50},    {"Promised by", 12},  {"Moves the day to", 12},
    {"Why the day moves", 30}};

static const char *evidence_text(struct ctx *ctx, const struct plan_update *update)
{
    const char *text = "";
    for (size_t i = 0; i < update->evidence_count; i++)
        text = mem_format(ctx->mem, "%s%s%s", text, i > 0 ? "\n" : "", update->evidence[i].text);
    return text;
}

static void put_number(struct xlsx *xlsx, int64_t number)
{
    if (number != 0)
        xlsx_int(xlsx, number);
    else
        xlsx_text(xlsx, "");
}

static void put_action(struct xlsx *xlsx, const struct plan_action *a)
{
    xlsx_int(xlsx, a->number);
    put_number(xlsx, a->continues);
    xlsx_text(xlsx, a->intention_name);
    xlsx_text(xlsx, a->action);
    xlsx_text(xlsx, a->baseline);
    xlsx_text(xlsx, a->measure);
    xlsx_text(xlsx, a->target);
    xlsx_text(xlsx, a->lead);
    xlsx_text(xlsx, a->partners);
    xlsx_date(xlsx, a->start_on);
    xlsx_date(xlsx, a->due_on);
    xlsx_text(xlsx, plan_state_text(a->state));
    xlsx_text(xlsx, plan_rag_text(a->rag));
    xlsx_text(xlsx, a->is_overdue ? "Yes" : "No");
}

static void put_update(struct ctx *ctx, struct xlsx *xlsx, const struct plan_update *u,
                       const char *promised_on)
{
    xlsx_int(xlsx, u->number);
    xlsx_date(xlsx, u->happened_on);
    xlsx_text(xlsx, time_show(ctx->mem, u->at));
    xlsx_text(xlsx, u->by);
    xlsx_text(xlsx, plan_state_text(u->state));
    xlsx_text(xlsx, plan_rag_text(u->rag));
    xlsx_text(xlsx, u->reason);
    xlsx_text(xlsx, u->note);
    xlsx_text(xlsx, u->is_public ? "Everyone" : "Workers");
    put_number(xlsx, u->corrects);
    put_number(xlsx, u->corrected_by);
    xlsx_text(xlsx, evidence_text(ctx, u));
    xlsx_date(xlsx, promised_on);
    if (u->due_on[0] != '\0')
        xlsx_date(xlsx, u->due_on);
    else
        xlsx_text(xlsx, "");
    xlsx_text(xlsx, u->due_reason);
}

enum status plan_workbook(struct ctx *ctx, const struct plan *plan, struct view *out)
{
    struct xlsx *xlsx;
    struct text_span bytes;
    TRY(xlsx_open(ctx,
                  &(const struct xlsx_about){
                      .title = mem_format(ctx->mem, "Action plan of %s, as on %s",
                                          plan->pledge->organisation_name, plan->as_on),
                      .creator = ctx->settings->service_name,
                      .sheet = "Action plan"},
                  columns, (int)(sizeof columns / sizeof columns[0]), &xlsx));
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_action *action = &plan->actions[i];
        for (size_t k = 0; k < action->update_count; k++) {
            put_action(xlsx, action);
            put_update(ctx, xlsx, &action->updates[k], action->promised_on);
            xlsx_row_end(xlsx);
        }
        if (action->update_count == 0) {
            put_action(xlsx, action);
            xlsx_row_end(xlsx);
        }
    }
    TRY(xlsx_bytes(xlsx, &bytes));
    view_raw(out, bytes.bytes, bytes.length_bytes);
    return OK;
}
