/* SPDX-License-Identifier: MIT */
/*
 * concern.c - raising a concern, telling the nearest lead, reading it for a purpose, and what is
 * done about it.
 */
#include "programme/concern/concern.h"

#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/concern/concern.sql.h"
#include "programme/directory/directory.h"

#include <inttypes.h>
#include <string.h>

enum { LEADS_MAX = 50 };

const struct audit_kind concern_audit_kinds[] = {
    {"concern.raised", "A safeguarding concern was raised", false},
    {"concern.seen", "A safeguarding concern was read", true},
    {"concern.exported", "A safeguarding concern was written to a file for the authorities", true},
    {"concern.noted", "A note was added to a safeguarding concern", false},
    {"concern.acted", "Something was done about a safeguarding concern", false},
    {"concern.referred", "A safeguarding concern was referred", false},
    {"concern.closed", "A safeguarding concern was closed", false},
    {"concern.opened", "A safeguarding concern was opened again", false},
    {0},
};

const struct concern_choice concern_bodies[] = {
    {"police", "Police"},
    {"local-authority", "Local authority, children's or adults' social care"},
    {"lado", "Local authority designated officer (LADO)"},
    {"dbs", "Disclosure and Barring Service (DBS)"},
    {0},
};

const struct concern_choice concern_kinds[] = {
    {"note", "A note"},          {"action", "Something that was done"},
    {"referral", "A referral"},  {"closed", "Close the concern"},
    {"opened", "Open it again"}, {0},
};

/* What each kind is in the record of deeds, in the same order. */
static const char *const deeds[] = {"concern.noted", "concern.acted", "concern.referred",
                                    "concern.closed", "concern.opened"};

const char *concern_name(const struct concern_choice *choices, const char *code)
{
    for (; choices->code != NULL; choices++)
        if (strcmp(choices->code, code) == 0)
            return choices->name;
    return code;
}

static int place_of(const struct concern_choice *choices, const char *code)
{
    for (int i = 0; choices[i].code != NULL; i++)
        if (strcmp(choices[i].code, code) == 0)
            return i;
    return -1;
}

const char *concern_state_text(const char *state)
{
    return strcmp(state, "new") == 0    ? "Received"
           : strcmp(state, "open") == 0 ? "Being looked into"
                                        : "Closed";
}

/* In the chain that is kept apart, about nobody: who is concerned stands in the concern only. */
static enum status note(struct ctx *ctx, const char *organisation, const char *reference,
                        const char *what, const char *purpose)
{
    return audit_note(ctx, &(const struct audit_deed){
                               .what = what,
                               .organisation = mem_format(ctx->mem, AUDIT_APART "%s", organisation),
                               .thing = reference,
                               .purpose = purpose});
}

/* ---- telling ---- */

struct raising {
    const struct concern_draft *draft;
    struct organisation organisation;
    int64_t id;
    const char *reference;
};

static enum status tell(struct ctx *ctx, const struct raising *raising, int64_t person_id,
                        const char *email, bool is_lead)
{
    static const char *const words[2][2] = {
        {"A safeguarding concern needs a lead",
         "Somebody raised a safeguarding concern, and there is no safeguarding lead whom we could "
         "tell. Please make sure that somebody has this role at once."},
        {"A safeguarding concern was raised",
         "Somebody raised a safeguarding concern for which you are the lead. Please read it now."},
    };
    int64_t changes;
    const char *key = mem_format(ctx->mem, "concern/%s/%" PRId64, raising->reference, person_id);
    TRY(concern_told_add(ctx, raising->id, person_id, key, &changes));
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "concern_raised",
            .key = key,
            .about = raising->reference,
            .to_address = email,
            .subject = words[is_lead][0],
            .parts = (const struct mail_part[]){
                MAIL_TEXT(words[is_lead][1]),
                MAIL_TEXT("What it says is not in this email. You need to sign in to read it."),
                MAIL_BUTTON(is_lead ? "Read the concern" : "See what is missing",
                            is_lead ? mem_format(ctx->mem, "/desk/concerns/%s", raising->reference)
                                    : "/desk/concerns-not-seen"),
                MAIL_END}});
}

/* The leads of one area; *told_out: whether there are any. */
static enum status tell_area(struct ctx *ctx, const struct raising *raising, const char *area,
                             bool *told_out)
{
    struct concern_leads_row *leads;
    size_t count;
    TRY(concern_leads(ctx, area, time_day_of(ctx->mem, ctx->now_secs), LEADS_MAX, &leads, &count));
    for (size_t i = 0; i < count; i++)
        TRY(tell(ctx, raising, leads[i].id, leads[i].email, true));
    *told_out = count > 0;
    return OK;
}

static enum status tell_programme(struct ctx *ctx, const struct raising *raising)
{
    struct concern_programme_leads_row *leads;
    size_t count;
    TRY(concern_programme_leads(ctx, time_day_of(ctx->mem, ctx->now_secs), LEADS_MAX, &leads,
                                &count));
    for (size_t i = 0; i < count; i++)
        TRY(tell(ctx, raising, leads[i].id, leads[i].email, false));
    return OK;
}

/* From the nearest outwards. */
static enum status tell_nearest(struct ctx *ctx, const struct raising *raising,
                                const char **told_out)
{
    const struct organisation *it = &raising->organisation;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    struct directory_place board, region;
    TRY(directory_board_on(ctx, it->id, today, &board));
    TRY(directory_region_on(ctx, it->id, today, &region));
    const struct {
        const char *level, *area;
    } areas[] = {
        {"organisation", it->code},
        {"board", board.known == DIRECTORY_KNOWN ? board.code : NULL},
        {"region", region.known == DIRECTORY_KNOWN ? region.code : NULL},
        {"national", ""},
    };
    for (size_t i = 0; i < sizeof areas / sizeof areas[0]; i++) {
        bool was_told = false;
        if (areas[i].area != NULL)
            TRY(tell_area(ctx, raising, areas[i].area, &was_told));
        *told_out = areas[i].level;
        if (was_told)
            return OK;
    }
    *told_out = "none";
    return OK;
}

/* ---- raising ---- */

static enum status check_draft(struct ctx *ctx, const struct concern_draft *draft,
                               struct form_problems *problems)
{
    if (draft->organisation.id == 0)
        form_wrong(problems, "organisation", "Choose the organisation");
    if (draft->about == NULL || draft->about[0] == '\0')
        form_wrong(problems, "about", "Enter who or what you are worried about");
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "a concern lacks something");
    return OK;
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

/* The row is there before who was told of it. */
static enum status add_row(struct ctx *ctx, const struct raising *raising, const char *told)
{
    const struct concern_draft *d = raising->draft;
    int64_t changes;
    return concern_add(ctx, raising->organisation.id.n, raising->id, raising->reference,
                       raising->organisation.code, ctx->person.n, ctx->now_secs,
                       d->in_danger == FORM_YES, d->about, or_empty(d->happened),
                       d->may_contact == FORM_YES,
                       d->may_contact == FORM_YES ? or_empty(d->contact) : "", told, &changes);
}

/* Runs inside a transaction, perhaps more than once. */
static enum status raise_once(struct ctx *ctx, void *arg)
{
    struct raising *raising = arg;
    const char *told;
    int64_t changes;
    TRY(directory_get(ctx, (struct organisation_id){raising->draft->organisation.id},
                      &raising->organisation));
    raising->id = id_new(ctx);
    raising->reference = id_reference_new(ctx->mem, "SC");
    TRY(add_row(ctx, raising, "none"));
    TRY(tell_nearest(ctx, raising, &told));
    if (strcmp(told, "none") == 0)
        TRY(tell_programme(ctx, raising));
    TRY(concern_set_told(ctx, raising->organisation.id.n, raising->id, told, &changes));
    return note(ctx, raising->organisation.code, raising->reference, "concern.raised", NULL);
}

enum status concern_raise(struct ctx *ctx, const struct concern_draft *draft,
                          struct form_problems *problems, const char **reference_out)
{
    struct raising raising = {.draft = draft};
    if (ctx->person.n == 0)
        return ctx_fail(ctx, ERR_FORBIDDEN, "raising a concern needs a signed-in person");
    TRY(check_draft(ctx, draft, problems));
    TRY(store_transact(ctx, "concern_raise", raise_once, &raising));
    *reference_out = raising.reference;
    return OK;
}

/* ---- reading ---- */

static int64_t or_zero(const int64_t *at)
{
    return at != NULL ? *at : 0;
}

static void fill(const struct concern_row_row *row, struct concern *out)
{
    *out = (struct concern){
        .organisation_id = row->organisation_id,
        .id = row->id,
        .reference = row->reference,
        .organisation = row->organisation,
        .organisation_name =
            row->organisation_name != NULL ? row->organisation_name : row->organisation,
        .raiser = row->raiser,
        .raised_at = row->raised_at,
        .in_danger = row->in_danger != 0,
        .may_contact = row->may_contact != 0,
        .about = row->about,
        .happened = row->happened,
        .contact = row->contact,
        .state = row->state,
        .seen_at = or_zero(row->seen_at),
        .closed_at = or_zero(row->closed_at),
        .report_by_at = row->raised_at + CONCERN_REPORT_SECS,
    };
}

static enum status find(struct ctx *ctx, const char *scope, const char *reference,
                        struct concern *out)
{
    struct concern_row_row row;
    bool holds;
    TRY(concern_row(ctx, reference, &row));
    TRY(access_scope_holds(ctx, scope, row.organisation, &holds));
    if (!holds)
        return ctx_fail(ctx, ERR_NOT_FOUND, "concern is outside the scope of the role");
    fill(&row, out);
    return OK;
}

enum status concern_exists(struct ctx *ctx, const char *scope, const char *reference)
{
    struct concern concern;
    return find(ctx, scope, reference, &concern);
}

static enum status read_events(struct ctx *ctx, struct concern *out)
{
    struct concern_event_rows_row *rows;
    TRY(concern_event_rows(ctx, out->id, CONCERN_EVENTS_MAX, &rows, &out->event_count));
    out->events = mem_array(ctx->mem, struct concern_event, out->event_count);
    for (size_t i = 0; i < out->event_count; i++) {
        out->events[i] = (struct concern_event){rows[i].number, rows[i].at,   rows[i].kind,
                                                rows[i].body,   rows[i].text, rows[i].person};
        out->was_referred |= strcmp(rows[i].kind, "referral") == 0;
    }
    return OK;
}

/* What the person reads it for, said now or of late. */
static enum status take_purpose(struct ctx *ctx, struct concern *concern, const char *purpose)
{
    struct concern_reading_row_row row;
    int64_t changes;
    if (purpose != NULL && purpose[0] != '\0') {
        concern->purpose = purpose;
        return concern_reading_set(ctx, concern->id, ctx->person.n, purpose,
                                   ctx->now_secs + CONCERN_READING_SECS, &changes);
    }
    enum status status = concern_reading_row(ctx, concern->id, ctx->person.n, &row);
    if (status == ERR_NOT_FOUND || (status == OK && row.until_at <= ctx->now_secs))
        return ctx_fail(ctx, ERR_INVALID, "nobody said what the concern is read for");
    TRY(status);
    concern->purpose = row.purpose;
    return OK;
}

struct reading {
    const char *scope;
    const char *reference, *purpose, *what;
    struct concern *out;
};

static enum status read_once(struct ctx *ctx, void *arg)
{
    const struct reading *reading = arg;
    struct concern *it = reading->out;
    int64_t changes;
    TRY(find(ctx, reading->scope, reading->reference, it));
    TRY(take_purpose(ctx, it, reading->purpose));
    TRY(concern_set_seen(ctx, it->organisation_id, it->id, ctx->now_secs, &changes));
    if (changes == 1) {
        it->seen_at = ctx->now_secs;
        it->state = strcmp(it->state, "new") == 0 ? "open" : it->state;
    }
    TRY(note(ctx, it->organisation, it->reference, reading->what, it->purpose));
    return read_events(ctx, it);
}

enum status concern_read(struct ctx *ctx, const char *scope, const char *reference,
                         const char *purpose, struct concern *out)
{
    struct reading reading = {scope, reference, purpose, "concern.seen", out};
    return store_transact(ctx, "concern_read", read_once, &reading);
}

enum status concern_export(struct ctx *ctx, const char *scope, const char *reference,
                           struct concern *out)
{
    struct reading reading = {scope, reference, NULL, "concern.exported", out};
    return store_transact(ctx, "concern_export", read_once, &reading);
}

/* ---- what is done about it ---- */

struct stepping {
    const char *scope;
    const char *reference;
    const struct concern_step *step;
};

static enum status step_once(struct ctx *ctx, void *arg)
{
    const struct stepping *stepping = arg;
    const struct concern_step *step = stepping->step;
    struct concern it;
    int64_t changes;
    TRY(find(ctx, stepping->scope, stepping->reference, &it));
    TRY(take_purpose(ctx, &it, NULL));
    TRY(read_events(ctx, &it));
    bool is_closed = strcmp(it.state, "closed") == 0, opens = strcmp(step->kind, "opened") == 0;
    if (is_closed != opens || it.event_count >= CONCERN_EVENTS_MAX)
        return ctx_fail(ctx, ERR_CONFLICT, "concern \"%s\" takes no \"%s\" now", it.reference,
                        step->kind);
    TRY(concern_event_add(ctx, it.id, (int64_t)it.event_count + 1, ctx->now_secs, step->kind,
                          step->body, step->text, ctx->person.n, &changes));
    bool closes = strcmp(step->kind, "closed") == 0;
    TRY(concern_move(ctx, it.organisation_id, it.id, closes ? "closed" : "open",
                     closes ? &ctx->now_secs : NULL, &changes));
    return note(ctx, it.organisation, it.reference, deeds[place_of(concern_kinds, step->kind)],
                it.purpose);
}

enum status concern_add_step(struct ctx *ctx, const char *scope, const char *reference,
                             const struct concern_step *step)
{
    struct stepping stepping = {scope, reference, step};
    bool is_referral = strcmp(step->kind, "referral") == 0;
    if (place_of(concern_kinds, step->kind) < 0 || step->text[0] == '\0' ||
        is_referral != (place_of(concern_bodies, step->body) >= 0))
        return ctx_fail(ctx, ERR_INVALID, "what was done is not whole");
    return store_transact(ctx, "concern_add_step", step_once, &stepping);
}
