/* SPDX-License-Identifier: MIT */
/* casestudy_edit.c - words are changed, published, returned, withdrawn and found right. */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/upload.h"
#include "platform/store/store.h"
#include "programme/casestudy/casestudy_internal.h"
#include "programme/library/library.h"
#include "programme/pack/pack.h"
#include "programme/search/search.h"

#include <string.h>

/* ---- what happens, as it is kept ---- */

static enum status note(struct ctx *ctx, const struct casestudy *study,
                        const struct casestudy_step *step)
{
    if (strcmp(step->what, "sent") == 0 || strcmp(step->what, "confirmed") == 0)
        return OK; /* nobody waits for a chain that everybody who sends something shares */
    return audit_note(
        ctx, &(const struct audit_deed){.what = mem_format(ctx->mem, "casestudy.%s", step->what),
                                        .organisation = study->organisation_code,
                                        .thing = study->reference,
                                        .purpose = step->reason});
}

enum status casestudy_go(struct ctx *ctx, struct casestudy *study,
                         const struct casestudy_step *step)
{
    int64_t changes;
    TRY(casestudy_event_add(ctx, study->organisation_id, study->id, study->event_count + 1,
                            ctx->now_secs, step->what,
                            step->by == CASESTUDY_BY_EDITOR ? ctx->person.n : 0, study->version,
                            step->reason != NULL ? step->reason : "", &changes));
    TRY(casestudy_move(ctx, study->organisation_id, study->id, casestudy_state_code(study->state),
                       casestudy_state_code(step->next), ctx->now_secs, study->version,
                       study->event_count + 1, &changes));
    if (changes != 1)
        return ctx_fail(ctx, ERR_CONFLICT, "the case study has moved on");
    study->event_count++;
    study->state = step->next;
    return note(ctx, study, step);
}

enum status casestudy_take_down(struct ctx *ctx, const struct casestudy *study)
{
    int64_t changes;
    TRY(casestudy_hide(ctx, study->organisation_id, study->id, &changes));
    TRY(search_drop(ctx, SEARCH_CASE_STUDY, study->reference));
    return links_follow(ctx, &casestudy_linked, study->reference);
}

/* ---- one deed, in a transaction of its own ---- */

struct deed {
    const char *reference, *reason, *review_on;
    int64_t base, number;
    const struct casestudy_words *words;
    struct form_problems *problems;
    enum casestudy_by by;
};

static enum status find_for(struct ctx *ctx, const struct deed *deed, struct casestudy *out)
{
    TRY(casestudy_find(ctx, deed->reference, out));
    if (deed->by == CASESTUDY_BY_EDITOR && ctx->person.n == 0)
        return ctx_fail(ctx, ERR_FORBIDDEN, "nobody is signed in");
    return out->state != CASESTUDY_UNCONFIRMED
               ? OK
               : ctx_fail(ctx, ERR_CONFLICT, "the address of the case study is not proven");
}

static enum status check_base(struct ctx *ctx, const struct casestudy *study, int64_t base)
{
    return study->version == base
               ? OK
               : ctx_fail(ctx, ERR_CONFLICT, "the case study has newer words than were changed");
}

static bool is_blank(const char *text)
{
    return text == NULL || text[strspn(text, " \n\t")] == '\0';
}

/* Claims need other words or a reason. */
static enum status check_claims(struct ctx *ctx, const struct casestudy_words *words,
                                struct form_problems *problems)
{
    size_t count;
    struct casestudy_claim *claims;
    casestudy_claims(ctx->mem, words, &claims, &count);
    if (count == 0 || !is_blank(words->reason))
        return OK;
    const char *found = "";
    for (size_t i = 0; i < count; i++)
        if (strstr(found, mem_format(ctx->mem, "“%s”", claims[i].words)) == NULL)
            found = mem_format(ctx->mem, "%s%s“%s”", found, found[0] != '\0' ? ", " : "",
                               claims[i].words);
    form_wrong(problems, "reason",
               mem_format(ctx->mem,
                          "Evidence of type %s does not show this: %s. Change the words, or say "
                          "why they may stay",
                          words->evidence, found));
    return ctx_fail(ctx, ERR_INVALID, "%zu claims are stronger than the evidence", count);
}

enum status casestudy_end_of(struct ctx *ctx, const struct casestudy *study,
                             enum casestudy_end *out)
{
    struct casestudy_last_deed_row last;
    *out = CASESTUDY_STANDS;
    if (study->state != CASESTUDY_WITHDRAWN)
        return OK;
    TRY(casestudy_last_deed(ctx, study->organisation_id, study->id, &last));
    *out = strcmp(last.what, "taken-back") == 0  ? CASESTUDY_ENDED_BY_AUTHOR
           : strcmp(last.what, "withdrawn") == 0 ? CASESTUDY_ENDED_BY_EDITOR
                                                 : CASESTUDY_ENDED_BY_CONSENT;
    return OK;
}

/* What the author took back, only the author sends again. */
static enum status check_not_taken_back(struct ctx *ctx, const struct casestudy *study)
{
    enum casestudy_end end;
    TRY(casestudy_end_of(ctx, study, &end));
    return end == CASESTUDY_ENDED_BY_AUTHOR
               ? ctx_fail(ctx, ERR_CONFLICT, "the author took the case study back")
               : OK;
}

/* ---- words ---- */

static enum status edit_once(struct ctx *ctx, void *arg)
{
    const struct deed *deed = arg;
    struct casestudy study;
    TRY(find_for(ctx, deed, &study));
    TRY(check_base(ctx, &study, deed->base));
    if (deed->by == CASESTUDY_BY_EDITOR)
        TRY(check_not_taken_back(ctx, &study));
    TRY(casestudy_write(ctx, &study, deed->words, deed->by));
    bool is_editor = deed->by == CASESTUDY_BY_EDITOR;
    return casestudy_go(
        ctx, &study,
        &(const struct casestudy_step){.what = is_editor ? "edited" : "mended",
                                       .next = is_editor ? CASESTUDY_EDITING : CASESTUDY_SUBMITTED,
                                       .by = deed->by,
                                       .reason = is_editor ? deed->words->reason : NULL});
}

enum status casestudy_mend(struct ctx *ctx, const char *reference, int64_t base,
                           const struct casestudy_words *words)
{
    struct deed deed = {
        .reference = reference, .base = base, .words = words, .by = CASESTUDY_BY_AUTHOR};
    return store_transact(ctx, "casestudy_mend", edit_once, &deed);
}

enum status casestudy_edit(struct ctx *ctx, const char *reference, int64_t base,
                           const struct casestudy_words *words, struct form_problems *problems)
{
    struct deed deed = {
        .reference = reference, .base = base, .words = words, .by = CASESTUDY_BY_EDITOR};
    TRY(library_text_check(ctx, words->problem, "problem", problems));
    TRY(library_text_check(ctx, words->done, "done", problems));
    TRY(library_text_check(ctx, words->result, "result", problems));
    enum status status = check_claims(ctx, words, problems);
    if (status != OK && status != ERR_INVALID)
        return status;
    if (problems->count > 0)
        return status != OK ? status : ctx_fail(ctx, ERR_INVALID, "the words need mending");
    return store_transact(ctx, "casestudy_edit", edit_once, &deed);
}

/* ---- publishing ---- */

/* Mended words are no news: it keeps the day on which it first came out. */
static enum status make_found(struct ctx *ctx, const struct casestudy *study,
                              const struct casestudy_words *words)
{
    const char *body;
    int64_t first = study->published_at != 0 ? study->published_at : ctx->now_secs;
    const char *text =
        mem_format(ctx->mem, "%s\n\n%s\n\n%s", words->problem, words->done, words->result);
    TRY(library_markdown_words(ctx, text, &body));
    TRY(search_put(ctx, &(const struct search_document){
                            .kind = SEARCH_CASE_STUDY,
                            .key = study->reference,
                            .href = mem_format(ctx->mem, "/case-studies/%s", study->reference),
                            .title = words->title,
                            .summary = words->summary,
                            .body = body,
                            .region = study->region,
                            .organisation = study->organisation_code,
                            .stage = words->stage,
                            .pillar = words->pillar,
                            .published_on = time_day_of(ctx->mem, first)}));
    return links_follow(ctx, &casestudy_linked, study->reference);
}

static enum status months_on(struct ctx *ctx, int months, const char **out)
{
    return time_day_add(ctx->mem, time_day_of(ctx->mem, ctx->now_secs),
                        (struct time_step){.months = months}, out);
}

static enum status publish_once(struct ctx *ctx, void *arg)
{
    const struct deed *deed = arg;
    int64_t changes;
    const char *review_on, *stage_name;
    struct casestudy study;
    struct casestudy_version version;
    TRY(find_for(ctx, deed, &study));
    TRY(check_base(ctx, &study, deed->base));
    if (study.state != CASESTUDY_SUBMITTED && study.state != CASESTUDY_EDITING)
        return ctx_fail(ctx, ERR_CONFLICT, "the case study does not wait to be published");
    TRY(casestudy_version_find(ctx, &study, study.version, &version));
    deed->problems->count = 0;
    TRY(check_claims(ctx, &version.words, deed->problems));
    TRY(months_on(ctx, CASESTUDY_REVIEW_MONTHS, &review_on));
    TRY(framework_stage_name(ctx, version.words.stage, &stage_name));
    TRY(casestudy_show_to_all(ctx, study.organisation_id, study.id, study.version, ctx->now_secs,
                              version.words.title, version.words.summary, version.words.stage,
                              stage_name, version.words.pillar, version.words.evidence, review_on,
                              &changes));
    TRY(casestudy_go(ctx, &study,
                     &(const struct casestudy_step){.what = "published",
                                                    .next = CASESTUDY_PUBLISHED,
                                                    .by = CASESTUDY_BY_EDITOR}));
    TRY(make_found(ctx, &study, &version.words));
    return casestudy_mail_published(ctx, &study);
}

enum status casestudy_publish(struct ctx *ctx, const char *reference, int64_t base,
                              struct form_problems *problems)
{
    struct deed deed = {
        .reference = reference, .base = base, .problems = problems, .by = CASESTUDY_BY_EDITOR};
    return store_transact(ctx, "casestudy_publish", publish_once, &deed);
}

/* ---- back, and down ---- */

static enum status return_once(struct ctx *ctx, void *arg)
{
    const struct deed *deed = arg;
    struct casestudy study;
    TRY(find_for(ctx, deed, &study));
    if (study.state != CASESTUDY_SUBMITTED && study.state != CASESTUDY_EDITING)
        return ctx_fail(ctx, ERR_CONFLICT, "the case study does not wait for an editor");
    TRY(casestudy_go(ctx, &study,
                     &(const struct casestudy_step){.what = "returned",
                                                    .next = CASESTUDY_RETURNED,
                                                    .by = CASESTUDY_BY_EDITOR,
                                                    .reason = deed->reason}));
    return casestudy_mail_returned(ctx, &study, deed->reason);
}

enum status casestudy_return(struct ctx *ctx, const char *reference, const char *reason)
{
    struct deed deed = {.reference = reference, .reason = reason, .by = CASESTUDY_BY_EDITOR};
    return store_transact(ctx, "casestudy_return", return_once, &deed);
}

static enum status withdraw_once(struct ctx *ctx, void *arg)
{
    const struct deed *deed = arg;
    struct casestudy study;
    enum casestudy_end end;
    TRY(find_for(ctx, deed, &study));
    TRY(casestudy_end_of(ctx, &study, &end));
    bool is_author = deed->by == CASESTUDY_BY_AUTHOR;
    if (end == CASESTUDY_ENDED_BY_AUTHOR || (!is_author && end == CASESTUDY_ENDED_BY_EDITOR))
        return OK;
    TRY(casestudy_take_down(ctx, &study));
    return casestudy_go(
        ctx, &study,
        &(const struct casestudy_step){.what = is_author ? "taken-back" : "withdrawn",
                                       .next = CASESTUDY_WITHDRAWN,
                                       .by = deed->by,
                                       .reason = deed->reason});
}

enum status casestudy_withdraw(struct ctx *ctx, const char *reference, enum casestudy_by by,
                               const char *reason)
{
    struct deed deed = {.reference = reference, .reason = reason, .by = by};
    return store_transact(ctx, "casestudy_withdraw", withdraw_once, &deed);
}

static enum status choose_review(struct ctx *ctx, void *arg)
{
    const struct deed *deed = arg;
    int64_t changes;
    struct casestudy study;
    TRY(find_for(ctx, deed, &study));
    TRY(casestudy_review_set(ctx, study.organisation_id, study.id, deed->review_on, &changes));
    if (changes == 0)
        return ctx_fail(ctx, ERR_CONFLICT, "the public does not read the case study");
    return casestudy_go(ctx, &study,
                        &(const struct casestudy_step){
                            .what = "review", .next = study.state, .by = CASESTUDY_BY_EDITOR});
}

enum status casestudy_review_choose(struct ctx *ctx, const char *reference, const char *review_on,
                                    struct form_problems *problems)
{
    const char *first, *last;
    struct deed deed = {.reference = reference, .review_on = review_on, .by = CASESTUDY_BY_EDITOR};
    TRY(months_on(ctx, CASESTUDY_REVIEW_MONTHS_LEAST, &first));
    TRY(months_on(ctx, CASESTUDY_REVIEW_MONTHS_MOST, &last));
    if (strcmp(review_on, first) < 0 || strcmp(review_on, last) > 0) {
        form_wrong(problems, "review_on",
                   mem_format(ctx->mem, "Choose a day from %s to %s",
                              time_show_day(ctx->mem, first), time_show_day(ctx->mem, last)));
        return ctx_fail(ctx, ERR_INVALID, "the day of review is out of bounds");
    }
    return store_transact(ctx, "casestudy_review_choose", choose_review, &deed);
}

static enum status right_once(struct ctx *ctx, void *arg)
{
    const struct deed *deed = arg;
    int64_t changes;
    const char *review_on;
    struct casestudy study;
    TRY(find_for(ctx, deed, &study));
    if (!study.is_live)
        return ctx_fail(ctx, ERR_CONFLICT, "the public does not read the case study");
    TRY(months_on(ctx, CASESTUDY_REVIEW_MONTHS, &review_on));
    TRY(casestudy_review_set(ctx, study.organisation_id, study.id, review_on, &changes));
    return casestudy_go(
        ctx, &study,
        &(const struct casestudy_step){.what = "checked", .next = study.state, .by = deed->by});
}

enum status casestudy_still_right(struct ctx *ctx, const char *reference, enum casestudy_by by)
{
    struct deed deed = {.reference = reference, .by = by};
    return store_transact(ctx, "casestudy_still_right", right_once, &deed);
}

/* ---- pictures ---- */

static enum status forget(struct ctx *ctx, const struct casestudy_pictures_gone_row *row)
{
    int64_t changes;
    TRY(upload_remove(ctx, row->upload_id, casestudy_owner(ctx->mem, row->reference)));
    return casestudy_picture_forget(ctx, row->organisation_id, row->casestudy_id, row->number,
                                    &changes);
}

enum status casestudy_forget_pictures(struct ctx *ctx)
{
    enum { AT_ONCE = 100 };
    size_t count;
    struct casestudy_pictures_gone_row *rows;
    TRY(casestudy_pictures_gone(ctx, AT_ONCE, &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(forget(ctx, &rows[i]));
    return OK;
}

static enum status drop_once(struct ctx *ctx, void *arg)
{
    const struct deed *deed = arg;
    size_t count;
    int64_t changes;
    struct casestudy study;
    struct casestudy_picture *pictures;
    TRY(find_for(ctx, deed, &study));
    TRY(casestudy_pictures_of(ctx, &study, &pictures, &count));
    if (deed->number < 1 || deed->number > (int64_t)count)
        return ctx_fail(ctx, ERR_NOT_FOUND, "the case study has no such picture");
    TRY(casestudy_picture_set(ctx, study.organisation_id, study.id, deed->number, "gone",
                              &changes));
    if (changes == 0)
        return OK;
    TRY(casestudy_forget_pictures(ctx));
    return casestudy_go(
        ctx, &study,
        &(const struct casestudy_step){.what = "picture", .next = study.state, .by = deed->by});
}

enum status casestudy_picture_drop(struct ctx *ctx, const char *reference, int64_t number,
                                   enum casestudy_by by)
{
    struct deed deed = {.reference = reference, .number = number, .by = by};
    return store_transact(ctx, "casestudy_picture_drop", drop_once, &deed);
}

/* ---- the audit ---- */

const struct audit_kind casestudy_audit_kinds[] = {
    {"casestudy.edited", "An editor changed the words of a case study", false},
    {"casestudy.mended", "The author changed the words of a case study", false},
    {"casestudy.published", "A case study was published", false},
    {"casestudy.returned", "A case study was returned to its author", false},
    {"casestudy.withdrawn", "A case study was withdrawn", false},
    {"casestudy.taken-back", "The author took a case study back", false},
    {"casestudy.consent", "Somebody shown in a case study took back their consent", false},
    {"casestudy.checked", "A case study was found to be still right", false},
    {"casestudy.picture", "A picture of a case study was taken away", false},
    {"casestudy.review", "Another day was chosen to look at a case study again", false},
    {"casestudy.paper", "A consent on paper was written down", false},
    {"casestudy.paper-counted", "A consent on paper was looked at, and counts", false},
    {"casestudy.paper-refused", "A consent on paper was looked at, and cannot count", false},
    {"casestudy.scan-seen", "The scan of a consent on paper was looked at", true},
    {"casestudy.reuse-removed", "An editor found that an organisation did not do it too", false},
    {"casestudy.seen", "A case study was looked at with its author and who is shown", true},
    {0},
};
