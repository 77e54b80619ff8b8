/* SPDX-License-Identifier: MIT */
/* pledge_document.c - the pledge as signed, to print and to hang up. */
#include "programme/pledge/pledge_document.h"

#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/document/pdf.h"
#include "programme/pack/pack.h"

#include <string.h>

/* A line of its own with a word before it; "" for nothing. */
static const char *also(struct ctx *ctx, const char *word, const char *value)
{
    return value[0] == '\0' ? "" : mem_format(ctx->mem, "\n%s: %s", word, value);
}

void pledge_print_words(struct pdf *pdf, const struct framework_wording *wording)
{
    for (size_t i = 0; i < wording->opening_count; i++)
        (i == 0 ? pdf_lead : pdf_paragraph)(pdf, wording->opening[i]);
    for (size_t i = 0; i < wording->party_count; i++) {
        pdf_heading(pdf, 3, wording->parties[i].name);
        pdf_list(pdf, wording->parties[i].promises, (int)wording->parties[i].promise_count, false);
    }
    for (size_t i = 0; i < wording->closing_count; i++)
        pdf_paragraph(pdf, wording->closing[i]);
    pdf_small(pdf, wording->label);
}

static const char *signed_on(struct mem *mem, const struct pledge_signature *signature)
{
    if (signature->signed_at == 0)
        return NULL;
    if (signature->paper_on[0] != '\0')
        return mem_format(mem, "%s, on paper", time_show_day(mem, signature->paper_on));
    return time_show_day(mem, time_day_of(mem, signature->signed_at));
}

static void write_signatures(struct ctx *ctx, struct pdf *pdf, const struct pledge *pledge)
{
    struct pdf_signature signatures[3];
    for (size_t i = 0; i < pledge->signature_count; i++) {
        const struct pledge_signature *s = &pledge->signatures[i];
        signatures[i] = (struct pdf_signature){
            .role = s->office,
            .name = s->name[0] != '\0' ? s->name : NULL,
            .organisation = i == 0 ? pledge->organisation_name : NULL,
            .signed_on = signed_on(ctx->mem, s),
        };
        if (s->signed_at != 0 && s->name[0] == '\0')
            signatures[i].name = "Signed; the name is not shown";
    }
    pdf_heading(pdf, 2, "Signed by");
    pdf_signatures(pdf, signatures, (int)pledge->signature_count);
    if (pledge->no_union_reason[0] != '\0')
        pdf_paragraph(pdf,
                      mem_format(ctx->mem, "No staff side signs. %s", pledge->no_union_reason));
}

void pledge_print_plan(struct ctx *ctx, struct pdf *pdf, const struct pledge *pledge)
{
    static const struct pdf_column columns[] = {{"Action", 34, false},
                                                {"Where we are now", 24, false},
                                                {"Measure and target", 24, false},
                                                {"When", 18, false}};
    const char **cells = mem_array(ctx->mem, const char *, pledge->action_count * 4);
    for (size_t i = 0; i < pledge->action_count; i++) {
        const struct pledge_action *a = &pledge->actions[i];
        cells[i * 4] = mem_format(ctx->mem, "%s\n%s%s%s", a->action, a->intention_name,
                                  also(ctx, "Lead", a->lead), also(ctx, "Partners", a->partners));
        cells[i * 4 + 1] = a->baseline;
        cells[i * 4 + 2] = mem_format(ctx->mem, "%s\nTarget: %s", a->measure, a->target);
        cells[i * 4 + 3] = mem_format(ctx->mem, "%s to %s", time_show_day(ctx->mem, a->start_on),
                                      time_show_day(ctx->mem, a->due_on));
    }
    pdf_new_page(pdf);
    pdf_heading(pdf, 2, "The action plan");
    pdf_table(pdf, &(const struct pdf_table){.columns = columns,
                                             .column_count = 4,
                                             .cells = cells,
                                             .row_count = (int)pledge->action_count});
}

static enum status write_check(struct ctx *ctx, struct pdf *pdf, const struct pledge *pledge)
{
    struct qr qr;
    const char *url = mem_format(ctx->mem, "%s/verify/%s", ctx->settings->base_url, pledge->code);
    TRY(qr_make(ctx, url, &qr));
    pdf_code(pdf, &(const struct pdf_code){
                      .qr = qr,
                      .alternative = mem_format(ctx->mem, "A code to scan that leads to %s", url),
                      .heading = "Check that this pledge is real",
                      .text = mem_format(ctx->mem, "Scan the code, or go to %s/verify and type %s",
                                         ctx->settings->base_url, pledge->code)});
    pdf_small(pdf, mem_format(ctx->mem, "Fingerprint of the words that were signed (SHA-256): %s",
                              pledge->text_digest));
    return OK;
}

enum status pledge_print(struct ctx *ctx, const struct pledge *pledge, struct view *out)
{
    struct framework framework;
    struct text_span bytes;
    TRY(framework_version(ctx, pledge->framework, pledge->framework_version, &framework));
    const struct framework_wording *wording = framework_wording_of(&framework, pledge->wording);
    if (wording == NULL)
        return ctx_fail(ctx, ERR_FAULT, "wording \"%s\" is not in its pack", pledge->wording);
    struct pdf *pdf = pdf_begin(
        ctx, &(const struct pdf_about){
                 .title = wording->title,
                 .subtitle = pledge->organisation_name,
                 .language = "en-GB",
                 .service = ctx->settings->service_name,
                 .kind = "Pledge",
                 .foot = mem_format(ctx->mem, "%s  ·  %s", pledge->reference, pledge->code)});
    pledge_print_words(pdf, wording);
    if (pledge->statement[0] != '\0') {
        pdf_heading(pdf, 3, "In our own words");
        pdf_inset(pdf, pledge->statement);
    }
    pdf_heading(pdf, 2, "What it covers");
    pdf_list(pdf, pledge->intention_names, (int)pledge->intention_count, false);
    write_signatures(ctx, pdf, pledge);
    TRY(write_check(ctx, pdf, pledge));
    pledge_print_plan(ctx, pdf, pledge);
    TRY(pdf_end(pdf, &bytes));
    view_raw(out, bytes.bytes, bytes.length_bytes);
    return OK;
}
