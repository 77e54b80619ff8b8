/* SPDX-License-Identifier: MIT */
/*
 * demo_resource.c - documents of the demonstration: one with two versions, three files and two
 * languages; one without an accessible version; one whose check is late; one that was withdrawn.
 */
#include "platform/base/time.h"
#include "platform/document/pdf.h"
#include "platform/document/upload.h"
#include "programme/demo/demo_internal.h"
#include "programme/resource/resource.h"

static const char owner[] = "draft:demonstration";

static enum status keep(struct ctx *ctx, const struct upload_sent *sent, struct form_file *out)
{
    struct upload upload;
    const char *problem;
    TRY(upload_keep(ctx, sent, &(const struct upload_rules){.endings = upload_all_endings}, &upload,
                    &problem));
    *out = (struct form_file){upload.id, upload.name, upload.size_bytes, owner};
    return OK;
}

static enum status text_file(struct ctx *ctx, const char *name, const char *text,
                             struct form_file *out)
{
    return keep(ctx, &(const struct upload_sent){name, text, strlen(text), owner}, out);
}

/* A page with a title and the words of a document. */
static enum status pdf_file(struct ctx *ctx, const struct resource_draft *draft,
                            struct form_file *out)
{
    struct text_span bytes;
    struct pdf *pdf = pdf_begin(
        ctx, &(const struct pdf_about){.title = draft->title, .language = draft->language});
    pdf_paragraph(pdf, draft->summary);
    pdf_paragraph(pdf, draft->changes[0] != '\0' ? draft->changes : "The first version.");
    pdf_paragraph(pdf, "This is an invented example of a document of the programme.");
    TRY(pdf_end(pdf, &bytes));
    return keep(ctx,
                &(const struct upload_sent){mem_format(ctx->mem, "%s.pdf", draft->title),
                                            bytes.bytes, bytes.length_bytes, owner},
                out);
}

/* Some days before now, as it was then; the day of review is that many months after now. */
struct moment {
    int days_ago, review_months;
};

static enum status give_out(struct ctx *ctx, struct moment moment, struct resource_draft draft,
                            const char **reference_out)
{
    struct ctx then = *ctx;
    struct form_problems problems = {.count = 0};
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    then.id_last = 0; /* ids tell when something was made */
    then.now_secs -= (int64_t)moment.days_ago * TIME_DAY_SECS;
    TRY(time_day_add(ctx->mem, today, (struct time_step){.months = moment.review_months},
                     &draft.review_on));
    TRY(pdf_file(&then, &draft, &draft.document));
    enum status status = resource_publish(&then, &draft, &problems, reference_out);
    ctx->fault = then.fault;
    return status;
}

/* ---- with everything ---- */

static enum status add_whole(struct ctx *ctx)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    struct resource_draft draft = {
        .reference = "",
        .title = "Work experience on a ward: a week that works",
        .summary = "For wards that have a pupil for the first time: what to plan, whom to tell, "
                   "and what the pupil may do.",
        .kind = "guide",
        .stage = "get-ready",
        .pillar = "widening-access",
        .language = "en",
        .accessible = "none",
        .changes = ""};
    struct resource_addition welsh = {"", {0}, "translation", "cy", FORM_YES};
    TRY(give_out(ctx, (struct moment){200, 10}, draft, &reference));
    draft.reference = reference;
    draft.accessible = "beside";
    draft.changes = "A page on what to wear, and a list for the first day.";
    TRY(text_file(ctx, "a week that works.txt",
                  "Work experience on a ward: a week that works\n\nPlan the week with the pupil. "
                  "Say who looks after them. On the first day, show them round.\n",
                  &draft.alternative));
    TRY(give_out(ctx, (struct moment){20, 10}, draft, &reference));
    TRY(text_file(ctx, "wythnos ar ward.txt",
                  "Profiad gwaith ar ward\n\nCynlluniwch yr wythnos gyda'r disgybl.\n",
                  &welsh.file));
    welsh.reference = reference;
    return resource_file_add(ctx, &welsh, &problems);
}

/* ---- the others ---- */

static enum status add_poster(struct ctx *ctx)
{
    const char *reference;
    const struct resource_draft draft = {.reference = "",
                                         .title = "Poster: your first step into care",
                                         .summary = "For notice boards of schools and libraries.",
                                         .kind = "poster",
                                         .stage = "get-in",
                                         .pillar = "",
                                         .language = "en",
                                         .accessible = "none",
                                         .changes = ""};
    return give_out(ctx, (struct moment){60, 18}, draft, &reference);
}

/* Its check was due 2 months ago: given out when that was still to come. */
static enum status add_late(struct ctx *ctx)
{
    const char *reference;
    const struct resource_draft draft = {
        .reference = "",
        .title = "Checklist: a volunteer becomes a colleague",
        .summary = "Step by step from the first day as a volunteer to an application for a job.",
        .kind = "form",
        .stage = "get-in",
        .pillar = "volunteering",
        .language = "en",
        .accessible = "itself",
        .changes = ""};
    return give_out(ctx, (struct moment){400, -2}, draft, &reference);
}

static enum status add_withdrawn(struct ctx *ctx)
{
    const char *reference;
    const struct resource_draft draft = {.reference = "",
                                         .title = "Letter to parents about work experience",
                                         .summary =
                                             "A letter that a ward can send before the first day.",
                                         .kind = "form",
                                         .stage = "get-ready",
                                         .pillar = "widening-access",
                                         .language = "en",
                                         .accessible = "itself",
                                         .changes = ""};
    TRY(give_out(ctx, (struct moment){300, 6}, draft, &reference));
    return resource_withdraw(ctx, reference,
                             "It asked for more about a pupil's health than a ward needs. Use the "
                             "guide “Work experience on a ward” instead.");
}

enum status demo_resources(struct ctx *ctx, struct person_id editor)
{
    struct ctx own = *ctx;
    own.person = editor;
    enum status status = add_whole(&own);
    if (status == OK)
        status = add_poster(&own);
    if (status == OK)
        status = add_late(&own);
    if (status == OK)
        status = add_withdrawn(&own);
    ctx->fault = own.fault;
    ctx->id_last = own.id_last;
    return status;
}
