/* SPDX-License-Identifier: MIT */
/* paper_document.c - the forms to print: blank, and filled for one who signs. */
#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/document/pdf.h"
#include "programme/pack/pack.h"
#include "programme/paper/paper_internal.h"

#include <string.h>

enum { BLANK_ACTIONS = 4 };

/* ---- parts of both ---- */

static void write_where(struct ctx *ctx, struct pdf *pdf)
{
    const struct settings *settings = ctx->settings;
    pdf_heading(pdf, 2, "Where to send it");
    pdf_paragraph(pdf,
                  "Sign in ink. Then send all pages with writing on them, as a scan or a photo "
                  "by email, or by post. Keep a copy.");
    if (settings->contact_email[0] != '\0')
        pdf_paragraph(pdf, mem_format(ctx->mem, "By email: %s", settings->contact_email));
    if (settings->postal_address[0] != '\0')
        pdf_paragraph(pdf, mem_format(ctx->mem, "By post: %s", settings->postal_address));
    if (settings->contact_email[0] == '\0' && settings->postal_address[0] == '\0')
        pdf_link(pdf, "Ask us where to send it",
                 mem_format(ctx->mem, "%s/contact", settings->base_url));
    pdf_small(pdf, "Two people look at what you send. We keep the scan, and the public never sees "
                   "it.");
}

static enum status finish(struct pdf *pdf, struct view *out)
{
    struct text_span bytes;
    TRY(pdf_end(pdf, &bytes));
    view_raw(out, bytes.bytes, bytes.length_bytes);
    return OK;
}

static enum status words_today(struct ctx *ctx, struct framework *framework,
                               const struct framework_wording **out)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    TRY(framework_on(ctx, PROGRAMME_FRAMEWORK, today, framework));
    *out = framework_wording_on(framework, today);
    return *out != NULL ? OK : ctx_fail(ctx, ERR_FAULT, "no wording is in force on %s", today);
}

static void write_words(struct ctx *ctx, struct pdf *pdf, const struct framework_wording *wording)
{
    pledge_print_words(pdf, wording);
    pdf_small(pdf, mem_format(ctx->mem, "Code of these words: %s", wording->code));
}

/* ---- the blank form ---- */

static void write_organisation(struct pdf *pdf)
{
    pdf_heading(pdf, 2, "1. Who signs");
    pdf_blank(pdf, "Name of the organisation", 1);
    pdf_blank(pdf, "Its ODS code, if you know it, and its postcode", 1);
    pdf_heading(pdf, 3, "For the employer: the chief executive, or who has the same duty");
    pdf_blank(pdf, "Full name", 1);
    pdf_blank(pdf, "Job title", 1);
    pdf_blank(pdf, "Work email address, so that we can tell you when it counts", 1);
    pdf_heading(pdf, 3, "For the staff side: a trade union or other representative");
    pdf_blank(pdf, "Name of the trade union or staff side", 1);
    pdf_blank(pdf, "Full name of the representative", 1);
    pdf_blank(pdf, "Role, for example branch secretary", 1);
    pdf_blank(pdf, "Email address", 1);
    pdf_blank(pdf, "If no trade union or staff side signs: why? This is shown with the pledge", 3);
}

static void write_intentions(struct ctx *ctx, struct pdf *pdf, const struct framework *framework)
{
    const char *last = "";
    pdf_heading(pdf, 2, "2. What your pledge covers");
    pdf_paragraph(pdf, "Tick each intention that you will work on.");
    for (size_t i = 0; i < framework->intention_count; i++) {
        const struct framework_intention *one = &framework->intentions[i];
        const struct framework_stage *stage = framework_stage_of(framework, one->stage);
        if (strcmp(last, one->stage) != 0)
            pdf_heading(pdf, 3, stage != NULL ? stage->name : one->stage);
        last = one->stage;
        pdf_tick(pdf, mem_format(ctx->mem, "%s (%s)", one->name, one->code));
    }
}

static void write_actions(struct ctx *ctx, struct pdf *pdf)
{
    pdf_new_page(pdf);
    pdf_heading(pdf, 2, "3. Your action plan");
    pdf_paragraph(pdf, mem_format(ctx->mem,
                                  "At least one action. There is room for %d; for more, print this "
                                  "page again.",
                                  BLANK_ACTIONS));
    for (int i = 1; i <= BLANK_ACTIONS; i++) {
        if (i % 2 == 1 && i > 1)
            pdf_new_page(pdf);
        pdf_heading(pdf, 3, mem_format(ctx->mem, "Action %d", i));
        pdf_blank(pdf, "Code of the intention, as in part 2, and from which day to which day", 1);
        pdf_blank(pdf, "What will you do?", 2);
        pdf_blank(pdf, "Where are you now? A figure of today", 1);
        pdf_blank(pdf, "What will you count, and what is your target?", 1);
        pdf_blank(pdf, "Who leads it, and who are your partners?", 1);
    }
}

static void write_shown(struct pdf *pdf)
{
    pdf_new_page(pdf);
    pdf_heading(pdf, 2, "4. What the public sees");
    pdf_blank(pdf, "A statement in your own words, if you like", 3);
    pdf_paragraph(pdf, "Which names may the public see? Job titles are always shown. Ask each "
                       "person first.");
    pdf_tick(pdf, "The name of the leader who signs");
    pdf_tick(pdf, "The name of the staff side’s representative");
    pdf_tick(pdf, "Who leads each action");
}

static void write_signing(struct pdf *pdf)
{
    const struct pdf_signature signatures[] = {{"For the employer", NULL, NULL, NULL},
                                               {"For the staff side", NULL, NULL, NULL}};
    pdf_heading(pdf, 2, "5. Your signatures");
    pdf_paragraph(pdf,
                  "We sign the words of the pledge that are printed on this form, with what is "
                  "written in parts 1 to 4.");
    pdf_signatures(pdf, signatures, 2);
}

enum status paper_print_blank(struct ctx *ctx, struct view *out)
{
    struct framework framework;
    const struct framework_wording *wording;
    TRY(words_today(ctx, &framework, &wording));
    struct pdf *pdf =
        pdf_begin(ctx, &(const struct pdf_about){
                           .title = wording->title,
                           .subtitle = "A form to fill in and sign by hand",
                           .language = "en-GB",
                           .service = ctx->settings->service_name,
                           .kind = "Form",
                           .foot = mem_format(ctx->mem, "Words of the pledge: %s", wording->code)});
    write_words(ctx, pdf, wording);
    write_organisation(pdf);
    write_intentions(ctx, pdf, &framework);
    write_actions(ctx, pdf);
    write_shown(pdf);
    write_signing(pdf);
    write_where(ctx, pdf);
    return finish(pdf, out);
}

/* ---- filled, for one who signs ---- */

static void write_place(struct pdf *pdf, const struct pledge_to_sign *ask)
{
    bool is_leader = strcmp(ask->role, "leader") == 0;
    const struct pdf_signature signature = {
        .role = ask->office, .name = ask->name, .organisation = ask->organisation_name};
    pdf_new_page(pdf);
    pdf_heading(pdf, 2, is_leader ? "Sign here for the employer" : "Sign here for the staff side");
    pdf_paragraph(pdf,
                  "I sign the pledge in the words that are printed here, with the action plan.");
    pdf_signatures(pdf, &signature, 1);
}

static enum status write_code(struct ctx *ctx, struct pdf *pdf, const struct pledge *pledge,
                              const struct pledge_to_sign *ask)
{
    struct qr qr;
    const char *url = mem_format(ctx->mem, "%s/verify/%s", ctx->settings->base_url, pledge->code);
    TRY(qr_make(ctx, url, &qr));
    pdf_code(pdf,
             &(const struct pdf_code){
                 .qr = qr,
                 .alternative = mem_format(ctx->mem, "A code to scan that leads to %s", url),
                 .heading = "So that we find your pledge again",
                 .text = mem_format(ctx->mem,
                                    "Send this page with the others. Reference %s, code %s, "
                                    "%s.",
                                    ask->reference, pledge->code,
                                    strcmp(ask->role, "leader") == 0 ? "employer" : "staff side")});
    pdf_small(pdf, mem_format(ctx->mem, "Fingerprint of the words that you sign (SHA-256): %s",
                              ask->text_digest));
    return OK;
}

static void write_who(struct pdf *pdf, const struct pledge *pledge)
{
    struct pdf_pair pairs[3];
    int count = 0;
    for (size_t i = 0; i + 1 < pledge->signature_count; i++)
        pairs[count++] =
            (struct pdf_pair){pledge->signatures[i].office, pledge->signatures[i].name};
    if (pledge->no_union_reason[0] != '\0')
        pairs[count++] = (struct pdf_pair){"No staff side signs", pledge->no_union_reason};
    pdf_heading(pdf, 2, "Who signs");
    pdf_pairs(pdf, pairs, count);
}

enum status paper_print_filled(struct ctx *ctx, const struct pledge_to_sign *ask, struct view *out)
{
    struct pledge pledge;
    struct framework framework;
    TRY(pledge_find(ctx, ask->reference, PLEDGE_FOR_STAFF, &pledge));
    TRY(framework_version(ctx, pledge.framework, pledge.framework_version, &framework));
    const struct framework_wording *wording = framework_wording_of(&framework, pledge.wording);
    if (wording == NULL)
        return ctx_fail(ctx, ERR_FAULT, "wording \"%s\" is not in its pack", pledge.wording);
    struct pdf *pdf =
        pdf_begin(ctx, &(const struct pdf_about){
                           .title = wording->title,
                           .subtitle = pledge.organisation_name,
                           .language = "en-GB",
                           .service = ctx->settings->service_name,
                           .kind = "To sign by hand",
                           .foot = mem_format(ctx->mem, "%s  ·  %s  ·  words %s", pledge.reference,
                                              pledge.code, wording->code)});
    write_words(ctx, pdf, wording);
    if (pledge.statement[0] != '\0') {
        pdf_heading(pdf, 3, "In our own words");
        pdf_inset(pdf, pledge.statement);
    }
    pdf_heading(pdf, 2, "What it covers");
    pdf_list(pdf, pledge.intention_names, (int)pledge.intention_count, false);
    write_who(pdf, &pledge);
    pledge_print_plan(ctx, pdf, &pledge);
    write_place(pdf, ask);
    TRY(write_code(ctx, pdf, &pledge, ask));
    write_where(ctx, pdf);
    return finish(pdf, out);
}
