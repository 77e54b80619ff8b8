/* SPDX-License-Identifier: MIT */
/*
 * demo_paper.c - papers of the demonstration: one in each state, by the way that people go.
 *
 * The first pledge that waits gets a scan by its link, the others papers that came by mail or post;
 * an employer without a pledge has sent a whole one.
 */
#include "platform/base/time.h"
#include "platform/document/pdf.h"
#include "platform/document/scan.h"
#include "platform/document/upload.h"
#include "programme/access/access.h"
#include "programme/demo/demo.sql.h"
#include "programme/demo/demo_internal.h"
#include "programme/paper/paper.h"

#include <string.h>

enum { LOOKED_AT = 200, HOURS_AGO = 3, DAYS_BEFORE = 2 };

/* What becomes of the papers that were put in, one after the other. */
enum { REFUSED, COUNTED, SENT_BACK, RECORDED, ENDS };

static const char owner[] = "paper/new/demonstration";

struct papers {
    const struct demo_scene *scene;
    struct person_id deputy;
    const char *today, *signed_on;
    int made;     /* of ENDS */
    bool is_sent; /* one by its link */
};

/* ---- scans ---- */

static enum status draw(struct ctx *ctx, const struct pdf_signature *signature,
                        struct text_span *out)
{
    struct pdf *pdf =
        pdf_begin(ctx, &(const struct pdf_about){.title = "An invented example of a signed page",
                                                 .language = "en-GB"});
    pdf_paragraph(pdf, "In the real service this is the scan of a page that was signed in ink.");
    pdf_signatures(pdf, signature, 1);
    return pdf_end(pdf, out);
}

static enum status scan(struct ctx *ctx, const struct pdf_signature *signature,
                        struct form_file *out)
{
    struct text_span bytes;
    struct upload upload;
    const char *problem;
    TRY(draw(ctx, signature, &bytes));
    TRY(upload_keep(
        ctx, &(const struct upload_sent){"signed page.pdf", bytes.bytes, bytes.length_bytes, owner},
        &(const struct upload_rules){.endings = scan_endings}, &upload, &problem));
    *out = (struct form_file){upload.id, upload.name, upload.size_bytes, owner};
    return OK;
}

/* ---- one signature ---- */

/* The side of a pledge that has not signed; NULL: there is none. */
static const struct pledge_signature *side_of(const struct pledge *pledge)
{
    for (size_t i = 0; i + 1 < pledge->signature_count; i++)
        if (pledge->signatures[i].signed_at == 0)
            return &pledge->signatures[i];
    return NULL;
}

static enum status scan_of(struct ctx *ctx, const struct papers *papers,
                           const struct pledge *pledge, struct form_file *out)
{
    const struct pledge_signature *side = side_of(pledge);
    return scan(ctx,
                &(const struct pdf_signature){side->office, side->name, pledge->organisation_name,
                                              time_show_day(ctx->mem, papers->signed_on)},
                out);
}

static enum status send_by_link(struct ctx *ctx, const struct papers *papers,
                                const struct pledge *pledge)
{
    struct pledge_parties parties;
    struct form_problems problems = {.count = 0};
    struct form_file file;
    const char *token, *reference;
    size_t at = strcmp(side_of(pledge)->role, "leader") == 0 ? 0 : 1;
    TRY(pledge_parties(ctx, pledge->reference, &parties));
    TRY(demo_token(ctx, pledge->reference, parties.party[at].email, &token));
    TRY(scan_of(ctx, papers, pledge, &file));
    ctx->person = (struct person_id){0};
    return paper_send(ctx, token, &file, &problems, &reference);
}

static enum status put_in(struct ctx *ctx, const struct papers *papers, const struct pledge *pledge,
                          const char **reference_out)
{
    struct form_problems problems = {.count = 0};
    struct paper_new coming = {.about = "signature",
                               .pledge = pledge->reference,
                               .side = side_of(pledge)->role,
                               .came_by = papers->made % 2 == 0 ? "mail" : "post",
                               .received_on = papers->today};
    TRY(scan_of(ctx, papers, pledge, &coming.scan));
    ctx->person = papers->scene->lead;
    return paper_add(ctx, &coming, &problems, reference_out);
}

static enum status record(struct ctx *ctx, const struct papers *papers, const struct pledge *pledge,
                          const char *reference)
{
    struct form_problems problems = {.count = 0};
    const struct paper_signature written = {side_of(pledge)->name, papers->signed_on};
    ctx->person = papers->scene->lead;
    ctx->now_secs += TIME_HOUR_SECS / 2;
    return paper_record_signature(ctx, reference, &written, &problems);
}

static enum status make_one(struct ctx *ctx, const struct papers *papers,
                            const struct pledge *pledge)
{
    struct form_problems problems = {.count = 0};
    const char *reference, *counted;
    TRY(put_in(ctx, papers, pledge, &reference));
    if (papers->made == REFUSED)
        return paper_refuse(ctx, reference, 0,
                            "The page has no signature. Please sign it in ink and send it again.");
    TRY(record(ctx, papers, pledge, reference));
    ctx->person = papers->deputy;
    ctx->now_secs += TIME_HOUR_SECS / 2;
    if (papers->made == COUNTED)
        return paper_count(ctx, reference, &(const struct paper_compared){1, NULL}, &problems,
                           &counted);
    if (papers->made == SENT_BACK)
        return paper_send_back(ctx, reference, 1,
                               "The day beside the signature is another one. Please look again.");
    return OK; /* it waits to be checked */
}

/* ---- a whole pledge ---- */

static enum status put_whole(struct ctx *ctx, const struct papers *papers,
                             const struct demo_employer *employer)
{
    struct form_problems problems = {.count = 0};
    const char *reference;
    struct paper_new coming = {.about = "pledge",
                               .pledge = "",
                               .side = "",
                               .organisation = {employer->code, employer->name, "", employer->id},
                               .came_by = "post",
                               .received_on = papers->today};
    TRY(scan(ctx,
             &(const struct pdf_signature){"Chief executive", "An example", employer->name,
                                           time_show_day(ctx->mem, papers->signed_on)},
             &coming.scan));
    ctx->person = papers->scene->lead;
    return paper_add(ctx, &coming, &problems, &reference);
}

/* ---- all ---- */

static enum status make_of(struct ctx *then, struct papers *papers, const char *reference)
{
    const int64_t now = then->now_secs;
    struct pledge pledge;
    TRY(pledge_find(then, reference, PLEDGE_FOR_STAFF, &pledge));
    if (side_of(&pledge) == NULL)
        return OK;
    enum status status = papers->is_sent ? ERR_NOT_FOUND : send_by_link(then, papers, &pledge);
    papers->is_sent |= status == OK;
    if (status != ERR_NOT_FOUND || papers->made == ENDS)
        return status == ERR_NOT_FOUND ? OK : status;
    then->fault = NULL; /* it was recorded without mails */
    TRY(make_one(then, papers, &pledge));
    then->now_secs = now;
    papers->made++;
    return OK;
}

static enum status make_all(struct ctx *then, struct papers *papers,
                            const struct demo_employer *spare)
{
    struct demo_pledges_waiting_row *rows;
    size_t count;
    TRY(demo_pledges_waiting(then, LOOKED_AT, &rows, &count));
    for (size_t i = 0; i < count && (papers->made < ENDS || !papers->is_sent); i++)
        TRY(make_of(then, papers, rows[i].reference));
    then->fault = NULL;
    return spare != NULL ? put_whole(then, papers, spare) : OK;
}

enum status demo_papers(struct ctx *ctx, const struct demo_scene *scene,
                        const struct demo_employer *spare)
{
    struct ctx then = *ctx;
    struct papers papers = {.scene = scene};
    struct access_person deputy;
    then.id_last = 0; /* ids tell when something was made */
    then.now_secs -= HOURS_AGO * TIME_HOUR_SECS;
    papers.today = time_day_of(ctx->mem, then.now_secs);
    TRY(time_day_add(ctx->mem, papers.today, (struct time_step){.days = -DAYS_BEFORE},
                     &papers.signed_on));
    TRY(access_person_find(ctx, "deputy@demo.example", &deputy));
    papers.deputy = deputy.id;
    enum status status = make_all(&then, &papers, spare);
    ctx->fault = then.fault;
    return status;
}
