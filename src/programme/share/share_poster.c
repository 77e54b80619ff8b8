/* SPDX-License-Identifier: MIT */
/* share_poster.c - the poster: who promised what, and a code to scan that leads to the check. */
#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/document/pdf.h"
#include "programme/share/share.h"

static enum status write_code(struct ctx *ctx, struct pdf *pdf, const struct pledge *pledge)
{
    struct qr qr;
    const char *url = mem_format(ctx->mem, "%s/verify/%s", ctx->settings->base_url, pledge->code);
    TRY(qr_make(ctx, url, &qr));
    pdf_code(pdf, &(const struct pdf_code){
                      .qr = qr,
                      .alternative = mem_format(ctx->mem, "A code to scan that leads to %s", url),
                      .heading = "See whether it still holds",
                      .text = mem_format(ctx->mem,
                                         "Scan the code, or go to %s/verify and type %s. There you "
                                         "can also read our action plan.",
                                         ctx->settings->base_url, pledge->code)});
    return OK;
}

enum status share_poster(struct ctx *ctx, const struct pledge *pledge, struct text_span *out)
{
    if (!pledge_stands(pledge))
        return ctx_fail(ctx, ERR_CONFLICT, "pledge \"%s\" does not stand", pledge->reference);
    struct pdf *pdf = pdf_begin(
        ctx, &(const struct pdf_about){
                 .title = "We have signed the Partnership Pledge",
                 .subtitle = pledge->organisation_name,
                 .language = "en-GB",
                 .service = ctx->settings->service_name,
                 .kind = "A public promise",
                 .is_certificate = true,
                 .foot = mem_format(ctx->mem, "%s  ·  %s", pledge->reference, pledge->code)});
    pdf_lead(pdf, "We promise in public to help people of every background get ready for work in "
                  "health and care, get in, get on and go further.");
    pdf_heading(pdf, 2, "What we work on");
    pdf_list(pdf, pledge->intention_names, (int)pledge->intention_count, false);
    pdf_paragraph(pdf,
                  mem_format(ctx->mem, "Signed on %s%s", time_show_day(ctx->mem, pledge->signed_on),
                             pledge->no_union_reason[0] == '\0'
                                 ? " by the employer and the staff side together."
                                 : "."));
    TRY(write_code(ctx, pdf, pledge));
    return pdf_end(pdf, out);
}
