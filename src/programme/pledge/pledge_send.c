/* SPDX-License-Identifier: MIT */
/*
 * pledge_send.c - from a draft to a pledge: the rules of each part, the exact text, the record.
 */
#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/upload.h"
#include "platform/store/store.h"
#include "programme/directory/directory.h"
#include "programme/pack/pack.h"
#include "programme/pledge/pledge_internal.h"

#include <string.h>

static const char framework_code[] = PROGRAMME_FRAMEWORK;

enum { TEXT_BYTES_MAX = 1 << 20 };

/* ---- rules ---- */

enum status pledge_check_organisation(struct ctx *ctx, const struct pledge_draft *draft,
                                      struct form_problems *problems)
{
    struct organisation organisation;
    struct pledge_live_row live;
    if (draft->organisation.id == 0)
        return OK; /* the field says that it is missing */
    TRY(directory_get(ctx, (struct organisation_id){draft->organisation.id}, &organisation));
    if (!organisation.is_open)
        form_wrong(problems, "organisation",
                   mem_format(ctx->mem, "%s is closed. Choose the organisation that took its place",
                              organisation.name));
    enum status status = pledge_live(ctx, draft->organisation.id, &live);
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        return OK;
    }
    TRY(status);
    if (strcmp(live.reference, draft->amends) != 0)
        form_wrong(problems, "organisation",
                   mem_format(ctx->mem,
                              "%s has a pledge already. Ask the programme if it should change",
                              organisation.name));
    return OK;
}

static const char *email_key(struct ctx *ctx, const char *email)
{
    return text_email_key(ctx->mem, email);
}

enum status pledge_check_union(struct ctx *ctx, const struct pledge_draft *draft,
                               struct form_problems *problems)
{
    if (draft->has_union != FORM_YES)
        return OK;
    if (draft->cosigner_email[0] != '\0' && /* papers may have none */
        strcmp(email_key(ctx, draft->leader_email), email_key(ctx, draft->cosigner_email)) == 0)
        form_wrong(problems, "cosigner_email",
                   "Enter another email address: this is the address of the leader, and two people "
                   "must sign");
    else if (draft->cosigner_name[0] != '\0' &&
             text_equal_fold(ctx->mem, draft->leader_name, draft->cosigner_name))
        form_wrong(problems, "cosigner_name",
                   "Enter another name: this is the name of the leader, and two people must sign");
    return OK;
}

static bool is_chosen(const struct form_several *several, const char *code)
{
    for (size_t i = 0; i < several->count; i++) {
        if (strcmp(several->codes[i], code) == 0)
            return true;
    }
    return false;
}

static void check_action(struct ctx *ctx, const struct pledge_draft *draft, size_t at,
                         struct form_problems *problems)
{
    const struct pledge_action_draft *action =
        &((const struct pledge_action_draft *)draft->actions.items)[at];
    if (action->start_on[0] != '\0' && action->due_on[0] != '\0' &&
        strcmp(action->due_on, action->start_on) < 0)
        form_wrong(problems, mem_format(ctx->mem, "actions-%zu-due_on", at),
                   "The due date must be the same as or after the start date");
    if (action->intention[0] != '\0' && !is_chosen(&draft->intentions, action->intention))
        form_wrong(problems, mem_format(ctx->mem, "actions-%zu-intention", at),
                   "Choose one of the intentions that your pledge covers");
}

enum status pledge_check_plan(struct ctx *ctx, const struct pledge_draft *draft,
                              struct form_problems *problems)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs), *earliest, *latest;
    TRY(time_day_add(ctx->mem, today, (struct time_step){.years = -2}, &earliest));
    TRY(time_day_add(ctx->mem, today, (struct time_step){.years = 10}, &latest));
    for (size_t i = 0; i < draft->actions.count; i++) {
        const struct pledge_action_draft *action =
            &((const struct pledge_action_draft *)draft->actions.items)[i];
        check_action(ctx, draft, i, problems);
        if (action->start_on[0] != '\0' &&
            (strcmp(action->start_on, earliest) < 0 || strcmp(action->start_on, latest) > 0))
            form_wrong(problems, mem_format(ctx->mem, "actions-%zu-start_on", i),
                       "The start date must be within the last 2 years or the next 10");
        if (action->due_on[0] != '\0' && strcmp(action->due_on, latest) > 0)
            form_wrong(problems, mem_format(ctx->mem, "actions-%zu-due_on", i),
                       "The due date must be within the next 10 years");
    }
    return OK;
}

/* ---- the text ---- */

struct writing {
    struct ctx *ctx;
    const struct pledge_draft *draft;
    const struct framework *framework;
    const struct framework_wording *wording;
    bool with_names; /* all of them; else only those that are shown to the public */
    struct text_builder text;
};

static void line(struct writing *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void line(struct writing *w, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    text_add(&w->text, mem_vformat(w->ctx->mem, format, ap));
    va_end(ap);
    text_add(&w->text, "\n");
}

static const char *union_name(struct ctx *ctx, const struct pledge_draft *draft,
                              const struct framework *framework)
{
    (void)ctx;
    for (size_t i = 0; i < framework->union_count; i++) {
        if (strcmp(framework->unions[i].code, draft->union_code) == 0 &&
            strcmp(draft->union_code, "other") != 0)
            return framework->unions[i].name;
    }
    return draft->union_other;
}

static const char *who(const struct writing *w, const char *name, const char *shown_as)
{
    return w->with_names || is_chosen(&w->draft->shown, shown_as)
               ? mem_format(w->ctx->mem, "%s, ", name)
               : "";
}

static void write_signatories(struct writing *w)
{
    const struct pledge_draft *draft = w->draft;
    line(w, "Signed for the employer by: %s%s", who(w, draft->leader_name, "leader"),
         draft->leader_title);
    if (draft->has_union == FORM_YES)
        line(w, "Signed for the staff side by: %s%s, %s", who(w, draft->cosigner_name, "cosigner"),
             draft->cosigner_title, union_name(w->ctx, draft, w->framework));
    else
        line(w, "No staff side signs, because: %s", draft->no_union_reason);
}

static void write_plan(struct writing *w)
{
    const struct pledge_action_draft *actions = w->draft->actions.items;
    bool shows_leads = w->with_names || is_chosen(&w->draft->shown, "leads");
    line(w, "The action plan");
    for (size_t i = 0; i < w->draft->actions.count; i++) {
        const struct pledge_action_draft *a = &actions[i];
        line(w, "%zu. %s", i + 1, a->action);
        line(w, "   Where we are now: %s", a->baseline);
        line(w, "   Measure: %s", a->measure);
        line(w, "   Target: %s", a->target);
        if (shows_leads)
            line(w, "   Lead: %s", a->lead);
        if (a->partners[0] != '\0')
            line(w, "   Partners: %s", a->partners);
        line(w, "   From %s to %s", a->start_on, a->due_on);
    }
}

static enum status write_text(struct writing *w, const char **out)
{
    w->text = text_build(w->ctx->mem, TEXT_BYTES_MAX);
    text_add(&w->text, framework_wording_text(w->ctx->mem, w->wording));
    line(w, "\nOrganisation: %s (%s)", w->draft->organisation.label, w->draft->organisation.key);
    write_signatories(w);
    if (w->draft->statement[0] != '\0')
        line(w, "\nIn our own words\n%s", w->draft->statement);
    line(w, "\nThis pledge covers");
    for (size_t i = 0; i < w->draft->intentions.count; i++) {
        const struct framework_intention *intention =
            framework_intention_of(w->framework, w->draft->intentions.codes[i]);
        if (intention != NULL)
            line(w, "- %s", intention->text);
    }
    line(w, "%s", "");
    write_plan(w);
    return text_build_end(&w->text, out);
}

static enum status begin_writing_of(struct ctx *ctx, const struct pledge_draft *draft,
                                    struct writing *out, const struct framework *framework)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    bool is_named = draft->wording != NULL && draft->wording[0] != '\0';
    *out = (struct writing){.ctx = ctx,
                            .draft = draft,
                            .framework = framework,
                            .wording = is_named ? framework_wording_of(framework, draft->wording)
                                                : framework_wording_on(framework, today),
                            .with_names = true};
    if (out->wording == NULL && is_named)
        return ctx_fail(ctx, ERR_INVALID, "there is no wording \"%s\"", draft->wording);
    return out->wording != NULL
               ? OK
               : ctx_fail(ctx, ERR_FAULT, "no wording of the pledge is in force on %s", today);
}

static enum status begin_writing(struct ctx *ctx, const struct pledge_draft *draft,
                                 struct writing *out, struct framework *framework)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    TRY(framework_on(ctx, framework_code, today, framework));
    return begin_writing_of(ctx, draft, out, framework);
}

enum status pledge_text(struct ctx *ctx, const struct pledge_draft *draft, bool all_names,
                        const char **out)
{
    struct framework framework;
    struct writing w;
    TRY(begin_writing(ctx, draft, &w, &framework));
    w.with_names = all_names;
    return write_text(&w, out);
}

/* ---- the record ---- */

struct sending {
    const struct pledge_draft *draft;
    struct form_problems *problems;
    struct framework framework;
    struct writing writing;
    struct organisation organisation;
    struct directory_place board, region;
    struct pledge_file file;
};

static enum status add_parts(struct ctx *ctx, const struct sending *s)
{
    const struct pledge_by_reference_row *row = &s->file.row;
    const struct pledge_action_draft *actions = s->draft->actions.items;
    int64_t changes;
    for (size_t i = 0; i < s->draft->intentions.count; i++)
        TRY(pledge_intention_add(ctx, row->organisation_id, row->id, row->revision,
                                 s->draft->intentions.codes[i], (int64_t)i + 1, &changes));
    for (size_t i = 0; i < s->draft->actions.count; i++) {
        const struct pledge_action_draft *a = &actions[i];
        TRY(pledge_action_add(ctx, row->organisation_id, row->id, row->revision, (int64_t)i + 1,
                              a->intention, a->standard, a->baseline, a->action, a->measure,
                              a->target, a->lead, a->partners, a->start_on, a->due_on, &changes));
    }
    return OK;
}

static enum status add_revision(struct ctx *ctx, struct sending *s)
{
    const struct pledge_draft *d = s->draft;
    struct pledge_by_reference_row *row = &s->file.row;
    struct pledge_revision_of_row *sent = &s->file.sent;
    bool has_union = d->has_union == FORM_YES;
    int64_t changes;
    const char *text, *public_text;
    TRY(write_text(&s->writing, &text));
    s->writing.with_names = false;
    TRY(write_text(&s->writing, &public_text));
    row->revision++;
    *sent = (struct pledge_revision_of_row){
        .sent_at = ctx->now_secs,
        .text = text,
        .public_text = public_text,
        .text_digest = pledge_digest(ctx->mem, text),
        .statement = d->statement,
        .leader_name = d->leader_name,
        .leader_title = d->leader_title,
        .leader_email = d->leader_email,
        .has_union = has_union,
        .union_code = has_union ? d->union_code : "",
        .union_name = has_union ? union_name(ctx, d, &s->framework) : "",
        .cosigner_name = has_union ? d->cosigner_name : "",
        .cosigner_title = has_union ? d->cosigner_title : "",
        .cosigner_email = has_union ? d->cosigner_email : "",
        .no_union_reason = has_union ? "" : d->no_union_reason,
        .shows_leader = is_chosen(&d->shown, "leader"),
        .shows_cosigner = has_union && is_chosen(&d->shown, "cosigner"),
        .shows_leads = is_chosen(&d->shown, "leads"),
        .plan_upload_id = d->plan_file.upload_id,
    };
    TRY(pledge_revision_add(
        ctx, row->organisation_id, row->id, row->revision, sent->sent_at, sent->text,
        sent->public_text, sent->text_digest, sent->statement, sent->leader_name,
        sent->leader_title, sent->leader_email, sent->has_union, sent->union_code, sent->union_name,
        sent->cosigner_name, sent->cosigner_title, sent->cosigner_email,
        text_email_key(ctx->mem, sent->leader_email),
        text_email_key(ctx->mem, sent->cosigner_email), sent->no_union_reason, sent->shows_leader,
        sent->shows_cosigner, sent->shows_leads, sent->plan_upload_id, &changes));
    if (d->plan_file.upload_id != 0)
        TRY(upload_claim(ctx, d->plan_file.upload_id, d->plan_file.owner,
                         mem_format(ctx->mem, "pledge/%s", row->reference)));
    s->file.standing.needs_cosigner = has_union;
    TRY(pledge_renew_revision(ctx, row->organisation_id, row->id, row->revision,
                              s->writing.wording->code, s->framework.version,
                              (int64_t)d->actions.count, &changes));
    return add_parts(ctx, s);
}

/* A reference that no pledge has yet; one in 34,000 is taken when there are a million. */
static enum status free_reference(struct ctx *ctx, const char **out)
{
    struct pledge_by_reference_row row;
    for (int attempt = 0; attempt < 8; attempt++) {
        *out = id_reference_new(ctx->mem, "PL");
        enum status status = pledge_by_reference(ctx, *out, &row);
        if (status == ERR_NOT_FOUND) {
            ctx->fault = NULL;
            return OK;
        }
        TRY(status);
    }
    return ctx_fail(ctx, ERR_BUSY, "no free reference was found");
}

static enum status add_new(struct ctx *ctx, struct sending *s)
{
    const struct organisation *o = &s->organisation;
    struct pledge_by_reference_row *row = &s->file.row;
    int64_t changes;
    TRY(free_reference(ctx, &row->reference));
    row->id = id_new(ctx);
    row->organisation_id = o->id.n;
    row->code = id_code_new(ctx->mem);
    row->name = o->name;
    row->organisation_code = o->code;
    row->state = pledge_state_code(PLEDGE_NONE);
    TRY(pledge_add(ctx, o->id.n, row->id, row->reference, row->code, framework_code,
                   s->framework.version, s->writing.wording->code, ctx->now_secs, o->name,
                   text_sort_key(ctx->mem, o->name), o->town, o->code, o->kind, s->board.code,
                   s->region.code, &changes));
    return pledge_words_write(ctx, &(const struct pledge_after_row){.organisation_id = o->id.n,
                                                                    .id = row->id,
                                                                    .reference = row->reference,
                                                                    .name = o->name,
                                                                    .organisation_code = o->code,
                                                                    .town = o->town});
}

/* The organisation and where it belongs today. */
static enum status find_place(struct ctx *ctx, struct sending *s)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    struct organisation_id id = {s->draft->organisation.id};
    TRY(directory_get(ctx, id, &s->organisation));
    TRY(directory_board_on(ctx, id, today, &s->board));
    TRY(directory_region_on(ctx, id, today, &s->region));
    if (s->board.known != DIRECTORY_KNOWN)
        s->board.code = "";
    if (s->region.known != DIRECTORY_KNOWN)
        s->region.code = "";
    return OK;
}

/* Checks and records it, with its first event. */
static enum status put_in_file(struct ctx *ctx, struct sending *s)
{
    s->problems->count = 0;
    s->file = (struct pledge_file){0};
    s->writing.with_names = true;
    TRY(pledge_check_organisation(ctx, s->draft, s->problems));
    TRY(pledge_check_union(ctx, s->draft, s->problems));
    TRY(pledge_check_plan(ctx, s->draft, s->problems));
    if (s->draft->organisation.id == 0 || s->draft->actions.count == 0 ||
        s->draft->intentions.count == 0)
        form_wrong(s->problems, "organisation", "Some answers are missing");
    if (s->problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "pledge breaks its rules");
    TRY(find_place(ctx, s));
    bool is_again = s->draft->amends[0] != '\0';
    if (is_again)
        TRY(pledge_file_open(ctx, s->draft->amends, &s->file));
    else
        TRY(add_new(ctx, s));
    if (is_again && s->file.standing.state != PLEDGE_RETURNED)
        return ctx_fail(ctx, ERR_CONFLICT, "pledge \"%s\" was not returned", s->draft->amends);
    TRY(add_revision(ctx, s));
    return pledge_file_add(
        ctx, &s->file,
        &(const struct pledge_happening){is_again ? PLEDGE_SENT_AGAIN : PLEDGE_SENT, "sender", ""});
}

static enum status send_once(struct ctx *ctx, void *arg)
{
    struct sending *s = arg;
    TRY(put_in_file(ctx, s));
    return pledge_mail_to_sign(ctx, &s->file, true, s->file.standing.needs_cosigner);
}

enum status pledge_send(struct ctx *ctx, const struct pledge_draft *draft,
                        struct form_problems *problems, const char **reference_out)
{
    struct sending s = {.draft = draft, .problems = problems};
    TRY(begin_writing(ctx, draft, &s.writing, &s.framework));
    TRY(store_transact(ctx, "pledge_send", send_once, &s));
    *reference_out = s.file.row.reference;
    return OK;
}

enum status pledge_file_new(struct ctx *ctx, const struct pledge_draft *draft,
                            const struct framework *framework, struct form_problems *problems,
                            struct pledge_file *out)
{
    struct sending s = {.draft = draft, .framework = *framework, .problems = problems};
    TRY(begin_writing_of(ctx, draft, &s.writing, &s.framework));
    TRY(put_in_file(ctx, &s));
    *out = s.file;
    return OK;
}
