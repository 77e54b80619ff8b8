/* SPDX-License-Identifier: MIT */
/*
 * casestudy_paper.c - consent that was signed on paper, and consent that an editor is told of.
 *
 * What counts in the end is said like anything that is said by a link (casestudy_consent.c).
 */
#include "platform/base/id.h"
#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/document/pdf.h"
#include "platform/store/store.h"
#include "programme/casestudy/casestudy_internal.h"
#include "programme/paper/paper.h"

#include <string.h>

static bool is(const char *text, const char *word)
{
    return strcmp(text, word) == 0;
}

enum status casestudy_papers_of(struct ctx *ctx, const struct casestudy *study,
                                struct casestudy_paper **out, size_t *count_out)
{
    struct casestudy_papers_row *rows;
    TRY(casestudy_papers(ctx, study->organisation_id, study->id, CASESTUDY_PAPERS_MAX, &rows,
                         count_out));
    *out = mem_array(ctx->mem, struct casestudy_paper, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct casestudy_paper){.id = rows[i].id,
                                             .person = rows[i].person,
                                             .signed_on = rows[i].signed_on,
                                             .guardian_signed_on = rows[i].guardian_signed_on,
                                             .kept_at = rows[i].kept_at,
                                             .upload_id = rows[i].upload_id,
                                             .state = rows[i].state,
                                             .recorded_at = rows[i].recorded_at,
                                             .recorded_by = rows[i].recorded_by,
                                             .checked_at = rows[i].checked_at,
                                             .note = rows[i].note};
    return OK;
}

/* ---- the deeds, each in a transaction ---- */

struct papering {
    const char *reference, *reason;
    int64_t paper;
    enum casestudy_by by;
    const struct casestudy_paper_draft *draft;
    const struct casestudy_told *told;
    struct form_problems *problems;
    struct casestudy study;
    struct casestudy_looking looking;
};

static enum status open_study(struct ctx *ctx, struct papering *p)
{
    TRY(casestudy_find(ctx, p->reference, &p->study));
    if (p->by == CASESTUDY_BY_EDITOR && ctx->person.n == 0)
        return ctx_fail(ctx, ERR_FORBIDDEN, "nobody is signed in");
    return p->study.state != CASESTUDY_UNCONFIRMED
               ? OK
               : ctx_fail(ctx, ERR_CONFLICT, "the address of the case study is not proven");
}

static enum status open_person(struct ctx *ctx, struct papering *p, int64_t person)
{
    const struct casestudy_person_by_link_row whose = {
        .organisation_id = p->study.organisation_id, .casestudy_id = p->study.id, .number = person};
    return casestudy_look_at(ctx, &whose, &p->looking);
}

static enum status go(struct ctx *ctx, struct papering *p, const char *what)
{
    TRY(casestudy_find(ctx, p->reference, &p->study)); /* as it stands after what was said */
    return casestudy_go(
        ctx, &p->study,
        &(const struct casestudy_step){
            .what = what, .next = p->study.state, .by = p->by, .reason = p->reason});
}

/* ---- writing down ---- */

static enum status check_day(struct ctx *ctx, const char *field, const char *on,
                             struct form_problems *problems)
{
    if (on[0] == '\0')
        form_wrong(problems, field, "Enter the day of signing");
    return paper_check_day(ctx,
                           &(const struct paper_day){
                               .field = field,
                               .on = on,
                               .latest_on = time_day_of(ctx->mem, ctx->now_secs),
                               .too_late = "The day of signing must not lie ahead",
                               .too_early = "The day of signing must be within the last 2 years"},
                           problems);
}

static enum status check_days(struct ctx *ctx, const struct papering *p)
{
    const struct casestudy_person *person = p->looking.person;
    p->problems->count = 0;
    if (!is(person->age, "child"))
        TRY(check_day(ctx, "signed_on", p->draft->signed_on, p->problems));
    if (!is(person->age, "grown"))
        TRY(check_day(ctx, "guardian_signed_on", p->draft->guardian_signed_on, p->problems));
    return p->problems->count == 0 ? OK : ctx_fail(ctx, ERR_INVALID, "a day of signing is wrong");
}

/* Whether a paper could change anything. */
static enum status check_open(struct ctx *ctx, const struct papering *p)
{
    enum casestudy_end end = CASESTUDY_STANDS;
    const struct casestudy_person *person = p->looking.person;
    TRY(casestudy_end_of(ctx, &p->study, &end));
    if (end == CASESTUDY_ENDED_BY_AUTHOR)
        return ctx_fail(ctx, ERR_CONFLICT, "the author took the case study back");
    if (person->agrees || is(person->said, "no") || is(person->guardian_said, "no"))
        return ctx_fail(ctx, ERR_CONFLICT, "they have given their word");
    return person->name[0] != '\0' ? OK : ctx_fail(ctx, ERR_CONFLICT, "they were forgotten");
}

static enum status record_once(struct ctx *ctx, void *arg)
{
    struct papering *p = arg;
    size_t count;
    int64_t changes;
    struct casestudy_paper *papers;
    const struct casestudy_paper_draft *draft = p->draft;
    TRY(open_study(ctx, p));
    TRY(open_person(ctx, p, draft->person));
    TRY(check_open(ctx, p));
    TRY(check_days(ctx, p));
    TRY(casestudy_papers_of(ctx, &p->study, &papers, &count));
    if (count >= CASESTUDY_PAPERS_MAX)
        return ctx_fail(ctx, ERR_CONFLICT, "too many papers were written down");
    const char *age = p->looking.person->age;
    TRY(casestudy_paper_replace(ctx, p->study.organisation_id, p->study.id, draft->person,
                                &changes));
    if (draft->scan.upload_id > 0)
        TRY(upload_claim(ctx, draft->scan.upload_id, draft->scan.owner,
                         casestudy_owner(ctx->mem, p->reference)));
    TRY(casestudy_paper_add(ctx, p->study.organisation_id, p->study.id, id_new(ctx), draft->person,
                            is(age, "child") ? "" : draft->signed_on,
                            is(age, "grown") ? "" : draft->guardian_signed_on, draft->kept_at,
                            draft->scan.upload_id, ctx->now_secs,
                            p->by == CASESTUDY_BY_EDITOR ? ctx->person.n : 0, &changes));
    TRY(casestudy_forget_scans(ctx));
    return go(ctx, p, "paper");
}

enum status casestudy_paper_record(struct ctx *ctx, const char *reference,
                                   const struct casestudy_paper_draft *draft,
                                   struct form_problems *problems)
{
    struct papering p = {
        .reference = reference, .by = draft->by, .draft = draft, .problems = problems};
    return store_transact(ctx, "casestudy_paper_record", record_once, &p);
}

/* ---- looking at it ---- */

static enum status find_paper(struct ctx *ctx, const struct casestudy *study, int64_t id,
                              struct casestudy_paper *out)
{
    size_t count;
    struct casestudy_paper *papers;
    TRY(casestudy_papers_of(ctx, study, &papers, &count));
    for (size_t i = 0; i < count; i++) {
        if (papers[i].id != id)
            continue;
        *out = papers[i];
        return OK;
    }
    return ctx_fail(ctx, ERR_NOT_FOUND, "the case study has no such paper");
}

static enum status settle(struct ctx *ctx, const struct papering *p, const char *state)
{
    int64_t changes;
    TRY(casestudy_paper_settle(ctx, p->study.organisation_id, p->study.id, p->paper, state,
                               ctx->now_secs, ctx->person.n, p->reason != NULL ? p->reason : "",
                               &changes));
    return changes == 1 ? OK : ctx_fail(ctx, ERR_CONFLICT, "the paper does not wait any more");
}

/* They agreed on the day on which they signed. */
static enum status say_yes(struct ctx *ctx, struct papering *p, const char *signed_on,
                           bool is_guardian)
{
    struct casestudy_saying saying = {
        .yes = true, .channel = CONSENT_PAPER, .by = CASESTUDY_BY_EDITOR};
    if (signed_on[0] == '\0')
        return OK;
    TRY(time_day_start(signed_on, &saying.said_at));
    p->looking.is_guardian = is_guardian;
    return casestudy_say(ctx, &p->looking, &saying);
}

static enum status count_once(struct ctx *ctx, void *arg)
{
    struct papering *p = arg;
    struct casestudy_paper paper = {.id = 0};
    TRY(open_study(ctx, p));
    TRY(find_paper(ctx, &p->study, p->paper, &paper));
    if (paper.recorded_by == ctx->person.n)
        return ctx_fail(ctx, ERR_FORBIDDEN, "who wrote a paper down does not check it");
    TRY(open_person(ctx, p, paper.person));
    TRY(check_open(ctx, p));
    TRY(settle(ctx, p, "counted"));
    TRY(say_yes(ctx, p, paper.signed_on, false));
    TRY(say_yes(ctx, p, paper.guardian_signed_on, true));
    return go(ctx, p, "paper-counted");
}

enum status casestudy_paper_count(struct ctx *ctx, const char *reference, int64_t paper)
{
    struct papering p = {.reference = reference, .paper = paper, .by = CASESTUDY_BY_EDITOR};
    return store_transact(ctx, "casestudy_paper_count", count_once, &p);
}

static enum status refuse_once(struct ctx *ctx, void *arg)
{
    struct papering *p = arg;
    struct casestudy_paper paper = {.id = 0};
    TRY(open_study(ctx, p));
    TRY(find_paper(ctx, &p->study, p->paper, &paper));
    TRY(settle(ctx, p, "refused"));
    TRY(casestudy_forget_scans(ctx));
    TRY(go(ctx, p, "paper-refused"));
    return casestudy_mail_paper_refused(ctx, &p->study, p->reason);
}

enum status casestudy_paper_refuse(struct ctx *ctx, const char *reference, int64_t paper,
                                   const char *reason)
{
    struct papering p = {
        .reference = reference, .paper = paper, .by = CASESTUDY_BY_EDITOR, .reason = reason};
    return store_transact(ctx, "casestudy_paper_refuse", refuse_once, &p);
}

enum status casestudy_paper_scan(struct ctx *ctx, const struct casestudy *study, int64_t paper,
                                 struct upload *out, struct text_span *bytes_out)
{
    struct casestudy_paper found = {.id = 0};
    TRY(find_paper(ctx, study, paper, &found));
    if (found.upload_id == 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "the paper has no scan");
    TRY(audit_note(ctx, &(const struct audit_deed){.what = "casestudy.scan-seen",
                                                   .organisation = study->organisation_code,
                                                   .thing = study->reference}));
    return upload_read(ctx, found.upload_id, casestudy_owner(ctx->mem, study->reference), out,
                       bytes_out);
}

/* ---- an editor is told ---- */

static enum status forget_person(struct ctx *ctx, const struct papering *p)
{
    int64_t changes;
    TRY(casestudy_forget_papers(ctx, &p->study, p->told->person));
    return casestudy_person_forget(ctx, p->study.organisation_id, p->study.id, p->told->person,
                                   &changes);
}

static enum status told_once(struct ctx *ctx, void *arg)
{
    struct papering *p = arg;
    struct casestudy_held_row held;
    const struct casestudy_saying saying = {
        .channel = p->told->channel, .by = CASESTUDY_BY_EDITOR, .reason = p->told->reason};
    p->problems->count = 0;
    TRY(open_study(ctx, p));
    TRY(open_person(ctx, p, p->told->person));
    TRY(casestudy_held(ctx, p->study.organisation_id, p->study.id, p->told->person, &held));
    if (p->told->forget && held.holds > 0) {
        form_wrong(p->problems, "forget",
                   "A legal hold stands, so nobody can be forgotten. Choose no");
        return ctx_fail(ctx, ERR_INVALID, "a legal hold stands on who is to be forgotten");
    }
    p->looking.is_guardian = p->told->is_guardian;
    TRY(casestudy_say(ctx, &p->looking, &saying));
    return p->told->forget ? forget_person(ctx, p) : OK;
}

enum status casestudy_told_no(struct ctx *ctx, const char *reference,
                              const struct casestudy_told *told, struct form_problems *problems)
{
    struct papering p = {
        .reference = reference, .by = CASESTUDY_BY_EDITOR, .told = told, .problems = problems};
    return store_transact(ctx, "casestudy_told_no", told_once, &p);
}

/* ---- what goes ---- */

enum status casestudy_forget_scans(struct ctx *ctx)
{
    enum { AT_ONCE = 100 };
    size_t count;
    int64_t changes;
    struct casestudy_papers_over_row *rows;
    TRY(casestudy_papers_over(ctx, AT_ONCE, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(upload_remove(ctx, rows[i].upload_id, casestudy_owner(ctx->mem, rows[i].reference)));
        TRY(casestudy_paper_scan_gone(ctx, rows[i].organisation_id, rows[i].casestudy_id,
                                      rows[i].id, &changes));
    }
    return OK;
}

enum status casestudy_forget_papers(struct ctx *ctx, const struct casestudy *study, int64_t person)
{
    size_t count;
    int64_t changes;
    struct casestudy_paper *papers;
    TRY(casestudy_papers_of(ctx, study, &papers, &count));
    for (size_t i = 0; i < count; i++)
        if (papers[i].person == person && papers[i].upload_id > 0)
            TRY(upload_remove(ctx, papers[i].upload_id,
                              casestudy_owner(ctx->mem, study->reference)));
    return casestudy_paper_forget(ctx, study->organisation_id, study->id, person, &changes);
}

/* ---- the form to print ---- */

static void write_signing(struct ctx *ctx, struct pdf *pdf, const struct consent_wording *wording)
{
    const struct pdf_signature own = {.role = "Who is in the picture"};
    const struct pdf_signature guardian = {.role = "Parent or guardian"};
    pdf_heading(pdf, 2, "Your signature");
    pdf_signatures(pdf, &own, 1);
    pdf_heading(pdf, 2, "For somebody under age");
    pdf_paragraph(pdf,
                  mem_format(ctx->mem,
                             "Under %lld a parent or guardian signs too; under %lld a parent or "
                             "guardian alone signs.",
                             (long long)wording->guardian_below_years,
                             (long long)wording->own_from_years));
    pdf_signatures(pdf, &guardian, 1);
}

enum status casestudy_print_consent(struct ctx *ctx, struct view *out)
{
    struct text_span bytes;
    struct consent_wording wording;
    TRY(consent_wording_find(ctx, CASESTUDY_WORDING, &wording));
    struct pdf *pdf = pdf_begin(
        ctx, &(const struct pdf_about){
                 .title = "May we show this picture?",
                 .subtitle = "A form to fill in and sign by hand",
                 .language = "en-GB",
                 .service = ctx->settings->service_name,
                 .kind = "Form",
                 .foot = mem_format(ctx->mem, "Words %s of %s", wording.code, wording.version)});
    pdf_paragraph(pdf, "Somebody wrote a case study about their work, and you can be known in a "
                       "picture of it. Look at the picture and read the case study first.");
    pdf_blank(pdf, "Title of the case study", 1);
    pdf_blank(pdf, "Organisation", 1);
    pdf_blank(pdf, "What the picture shows", 1);
    pdf_blank(pdf, "Name of who is in the picture", 1);
    pdf_heading(pdf, 2, "What you agree to");
    pdf_inset(pdf, wording.text);
    write_signing(ctx, pdf, &wording);
    pdf_heading(pdf, 2, "If you change your mind");
    pdf_paragraph(pdf, "Tell whoever gave you this form, or us. The picture is then deleted at "
                       "once. You do not have to say why.");
    pdf_link(pdf, "How to reach us", mem_format(ctx->mem, "%s/contact", ctx->settings->base_url));
    TRY(pdf_end(pdf, &bytes));
    view_raw(out, bytes.bytes, bytes.length_bytes);
    return OK;
}
