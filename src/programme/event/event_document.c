/* SPDX-License-Identifier: MIT */
/* event_document.c - the certificate that somebody came, to print and to check. */
#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/document/pdf.h"
#include "programme/event/event_internal.h"

#include <inttypes.h>

static void write_code(struct ctx *ctx, struct pdf *pdf, const char *code, const struct qr *qr)
{
    const char *base = ctx->settings->base_url;
    pdf_code(pdf, &(const struct pdf_code){
                      .qr = *qr,
                      .alternative = mem_format(
                          ctx->mem, "A code to scan that leads to %s/verify/%s", base, code),
                      .heading = "Check that this certificate is real",
                      .text = mem_format(ctx->mem, "Scan the code, or go to %s/verify and type %s",
                                         base, code)});
}

enum status event_certificate(struct ctx *ctx, const struct event *event,
                              const struct event_booking *booking, struct view *out)
{
    struct qr qr;
    struct text_span bytes;
    struct mem *mem = ctx->mem;
    int64_t came = booking->came != NULL ? *booking->came : 0;
    if (came < 1)
        return ctx_fail(ctx, ERR_NOT_FOUND, "nobody noted that they came");
    TRY(qr_make(ctx, mem_format(mem, "%s/verify/%s", ctx->settings->base_url, booking->code), &qr));
    struct pdf *pdf = pdf_begin(
        ctx, &(const struct pdf_about){
                 .title = "Certificate of attendance",
                 .subtitle = booking->name,
                 .language = "en-GB",
                 .service = ctx->settings->service_name,
                 .kind = "Certificate",
                 .is_certificate = true,
                 .foot = mem_format(mem, "%s  ·  %s", booking->reference, booking->code)});
    pdf_lead(pdf, "took part in");
    pdf_lead(pdf, mem_format(mem, "“%s”", event->title));
    pdf_lead(pdf, event_when(mem, event->starts_at, event->ends_at));
    pdf_lead(pdf, event_is_online_way(booking->way) ? "Online" : event->place);
    if (came > 1)
        pdf_lead(pdf, mem_format(mem, "with %" PRId64 " other %s of the same booking", came - 1,
                                 came == 2 ? "person" : "people"));
    if (event->area_name[0] != '\0')
        pdf_lead(pdf, mem_format(mem, "Organised by %s", event->area_name));
    pdf_space(pdf, 8);
    write_code(ctx, pdf, booking->code, &qr);
    TRY(pdf_end(pdf, &bytes));
    view_raw(out, bytes.bytes, bytes.length_bytes);
    return OK;
}
