/* SPDX-License-Identifier: MIT */
/* review_document.c - a signed review as a paper, for a board or a wall. */
#include "programme/review/review_document.h"

#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/document/pdf.h"

#include <inttypes.h>

static void write_words(struct pdf *pdf, const struct review_show *show)
{
    const struct review_words *words = &show->review->version.words;
    for (size_t i = 0; i < show->story_count; i++) {
        const struct review_story *story = &show->stories[i];
        pdf_heading(pdf, 2, story->intention);
        pdf_heading(pdf, 3, "What we have done");
        pdf_paragraph(pdf, story->done);
        pdf_heading(pdf, 3, "What comes next");
        pdf_paragraph(pdf, story->next);
    }
    pdf_heading(pdf, 2, "How the year went");
    pdf_paragraph(pdf, words->statement);
    pdf_heading(pdf, 2, "What changes next year");
    pdf_paragraph(pdf, words->changes);
}

static void write_late(struct ctx *ctx, struct pdf *pdf, const struct review_show *show)
{
    const struct review_version *version = &show->review->version;
    if (!show->review->is_late)
        return;
    pdf_inset(pdf,
              mem_format(ctx->mem, "This review is late. It was due by %s.", show->dates.due_on));
    if (version->words.late_reason[0] != '\0')
        pdf_paragraph(pdf, mem_format(ctx->mem, "The reason: %s", version->words.late_reason));
}

static void write_signatures(struct ctx *ctx, struct pdf *pdf, const struct review_show *show)
{
    struct pdf_signature signatures[2];
    for (size_t i = 0; i < show->side_count; i++) {
        const struct review_side *side = &show->sides[i];
        signatures[i] = (struct pdf_signature){
            .role = mem_format(ctx->mem, "%s, for %s", side->office, side->side),
            .name = side->name[0] != '\0' ? side->name : "Signed; the name is not shown",
            .signed_on = time_show_day(
                ctx->mem, time_day_of(ctx->mem, show->review->version.signatures[i].signed_at))};
    }
    pdf_heading(pdf, 2, "Signed by");
    pdf_signatures(pdf, signatures, (int)show->side_count);
}

enum status review_print(struct ctx *ctx, const struct review_show *show, struct view *out)
{
    struct text_span bytes;
    const struct pledge *pledge = show->pledge;
    struct pdf *pdf = pdf_begin(
        ctx,
        &(const struct pdf_about){
            .title = mem_format(ctx->mem, "Yearly review, year %" PRId64, show->review->period),
            .subtitle = pledge->organisation_name,
            .language = "en-GB",
            .service = ctx->settings->service_name,
            .kind = "Review",
            .foot = mem_format(ctx->mem, "%s, year %" PRId64, pledge->reference,
                               show->review->period)});
    write_late(ctx, pdf, show);
    write_words(pdf, show);
    write_signatures(ctx, pdf, show);
    pdf_link(pdf, "Read it on the public register",
             mem_format(ctx->mem, "%s/pledges/%s/reviews/%" PRId64, ctx->settings->base_url,
                        pledge->reference, show->review->period));
    pdf_small(pdf, mem_format(ctx->mem, "Fingerprint of the words that were signed (SHA-256): %s",
                              show->review->version.text_digest));
    TRY(pdf_end(pdf, &bytes));
    view_raw(out, bytes.bytes, bytes.length_bytes);
    return OK;
}
