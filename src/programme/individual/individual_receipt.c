/* SPDX-License-Identifier: MIT */
/* individual_receipt.c - the receipt of a person's pledge, for programs and on paper. */
#include "platform/base/json_text.h"
#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/document/pdf.h"
#include "programme/individual/individual_internal.h"
#include "programme/pack/pack.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

static struct ledger_fact fact_of(const struct individual *it)
{
    return (struct ledger_fact){"individual", it->reference, it->digest, it->confirmed_at};
}

enum status individual_is_logged(struct ctx *ctx, const struct individual *it, bool *out)
{
    struct ledger_head head;
    struct ledger_proof proof;
    struct ledger_fact fact = fact_of(it);
    enum status status = ledger_head_newest(ctx, &head);
    if (status == OK)
        status = ledger_prove(ctx, &fact, &head, &proof);
    *out = status == OK;
    if (status != ERR_NOT_FOUND)
        return status;
    ctx->fault = NULL;
    return OK;
}

static void release(void *arg)
{
    json_decref(*(json_t **)arg);
}

enum status individual_receipt(struct ctx *ctx, const struct individual *it, const char **out)
{
    struct ledger_fact fact = fact_of(it);
    json_t **receipt = mem_new(ctx->mem, json_t *);
    *receipt = json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:s, s:{s:s, s:s}}", "format",
                         "onward receipt 1", "kind", "individual", "reference", it->reference,
                         "text", it->text, "text_digest", it->text_digest, "signed_at",
                         (json_int_t)it->confirmed_at, "digest", it->digest, "signature", "key_id",
                         it->signature.key_id, "signature", it->signature.signature);
    if (*receipt == NULL)
        return ctx_fail(ctx, ERR_FAULT, "the receipt cannot be written as JSON");
    mem_at_end(ctx->mem, release, receipt);
    TRY(ledger_receipt_end(ctx, &fact, *receipt));
    *out = mem_join(ctx->mem, json_text(ctx->mem, *receipt, JSON_INDENT(1)), "\n", "");
    return OK;
}

enum status individual_print(struct ctx *ctx, const struct individual *it, struct view *out)
{
    struct qr qr;
    struct text_span bytes;
    const char *url = mem_format(ctx->mem, "%s/verify/%s", ctx->settings->base_url, it->code);
    TRY(qr_make(ctx, url, &qr));
    struct pdf *pdf =
        pdf_begin(ctx, &(const struct pdf_about){
                           .title = "Receipt of a pledge",
                           .subtitle = it->name,
                           .language = "en-GB",
                           .service = ctx->settings->service_name,
                           .kind = "Receipt",
                           .foot = mem_format(ctx->mem, "%s  ·  %s", it->reference, it->code)});
    pdf_lead(pdf, mem_format(ctx->mem, "Signed on %s.", time_show_day(ctx->mem, it->signed_on)));
    pdf_heading(pdf, 2, "The words that you signed");
    pdf_inset(pdf, it->text);
    pdf_code(pdf, &(const struct pdf_code){
                      .qr = qr,
                      .alternative = mem_format(ctx->mem, "A code to scan that leads to %s", url),
                      .heading = "Check that this pledge is real",
                      .text = mem_format(ctx->mem, "Scan the code, or go to %s/verify and type %s",
                                         ctx->settings->base_url, it->code)});
    pdf_small(pdf, mem_format(ctx->mem, "Fingerprint of the words (SHA-256): %s", it->text_digest));
    pdf_small(pdf, mem_format(ctx->mem, "Entry in the public log (SHA-256): %s", it->digest));
    pdf_small(pdf, mem_format(ctx->mem, "Signature of this service (Ed25519, key %s): %s",
                              it->signature.key_id, it->signature.signature));
    TRY(pdf_end(pdf, &bytes));
    view_raw(out, bytes.bytes, bytes.length_bytes);
    return OK;
}
