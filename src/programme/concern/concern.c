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

const struct concern_choice concern_about_leads[] = {
    {"no", "No"},
    {"organisation", "Yes, the lead of this organisation"},
    {"board", "Yes, the lead of its integrated care board"},
    {"region", "Yes, the lead of its region"},
    {"national", "Yes, the lead of the whole programme"},
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

const char *concern_event_title(struct mem *mem, const struct concern_event *event)
{
    const char *kind = concern_name(concern_kinds, event->kind);
    return event->body[0] == '\0'
               ? kind
               : mem_format(mem, "%s: %s", kind, concern_name(concern_bodies, event->body));
}

const char *concern_kept_from_text(struct mem *mem, const struct concern *concern)
{
    const char *text = "";
    for (size_t i = 0; i < concern->kept_from_count; i++)
        text = mem_format(mem, "%s%s%s", text, i > 0 ? ", " : "", concern->kept_from[i]);
    return text;
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

static enum status tell(struct ctx *ctx, const struct raising *raising,
                        const struct access_holder *to, const char *key, bool is_lead)
{
    static const char *const words[2][2] = {
        {"A safeguarding concern needs a lead",
         "Somebody raised a safeguarding concern, and there is no safeguarding lead whom we could "
         "tell. Please make sure that somebody has this role at once."},
        {"A safeguarding concern was raised",
         "Somebody raised a safeguarding concern for which you are the lead. Please read it now."},
    };
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "concern_raised",
            .key = key,
            .about = raising->reference,
            .to_address = to->email,
            .subject = words[is_lead][0],
            .parts = (const struct mail_part[]){
                MAIL_TEXT(words[is_lead][1]),
                MAIL_TEXT("What it says is not in this email. You need to sign in to read it."),
                MAIL_BUTTON(is_lead ? "Read the concern" : "See what is missing",
                            is_lead ? mem_format(ctx->mem, "/desk/concerns/%s", raising->reference)
                                    : "/desk/concerns-not-seen"),
                MAIL_END}});
}

/* Those who have a role in just this area, but for those from whom the concern is kept; *told_out:
 * whether there are any. */
static enum status tell_holders(struct ctx *ctx, const struct raising *raising,
                                const struct access_post *post, bool *told_out)
{
    struct access_holder *holders;
    size_t count;
    TRY(access_holders(ctx, post, LEADS_MAX, &holders, &count));
    for (size_t i = 0; i < count; i++) {
        int64_t changes;
        const char *key =
            mem_format(ctx->mem, "concern/%s/%" PRId64, raising->reference, holders[i].person.n);
        TRY(concern_told_add(ctx, raising->id, holders[i].person.n, key, &changes));
        if (changes == 0)
            continue;
        TRY(tell(ctx, raising, &holders[i], key, strcmp(post->role, "safeguarding") == 0));
        *told_out = true;
    }
    return OK;
}

/* The areas whose leads come into question, the nearest first; "" for the whole programme. */
struct reach {
    const char *level;
    const char *area; /* NULL: there is none */
};

enum { REACHES = 5 };

static const char *code_of(const struct directory_place *place)
{
    return place->known == DIRECTORY_KNOWN ? place->code : NULL;
}

static enum status find_reaches(struct ctx *ctx, const struct organisation *it, struct reach *out)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    struct directory_place whole, board, region;
    TRY(directory_organisation_on(ctx, it->id, today, &whole));
    TRY(directory_board_on(ctx, it->id, today, &board));
    TRY(directory_region_on(ctx, it->id, today, &region));
    out[0] = (struct reach){"organisation", it->code};
    out[1] = (struct reach){"organisation", code_of(&whole)}; /* of a site */
    out[2] = (struct reach){"board", code_of(&board)};
    out[3] = (struct reach){"region", code_of(&region)};
    out[4] = (struct reach){"national", ""};
    return OK;
}

/* From the leads whom it may be about, before anybody is told. */
static enum status keep_from(struct ctx *ctx, const struct raising *raising,
                             const struct reach *reaches)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    int64_t changes;
    for (size_t i = 0; i < REACHES; i++)
        if (reaches[i].area != NULL && strcmp(reaches[i].level, raising->draft->about_lead) == 0)
            TRY(concern_keep_from(ctx, raising->id, reaches[i].area, today, &changes));
    return OK;
}

/* From the nearest outwards; when there is no lead, the programme is. */
static enum status tell_nearest(struct ctx *ctx, const struct raising *raising,
                                const char **told_out)
{
    struct reach reaches[REACHES];
    bool was_told = false;
    *told_out = "none";
    TRY(find_reaches(ctx, &raising->organisation, reaches));
    TRY(keep_from(ctx, raising, reaches));
    for (size_t i = 0; i < REACHES && !was_told; i++) {
        if (reaches[i].area == NULL)
            continue;
        TRY(tell_holders(ctx, raising, &(const struct access_post){"safeguarding", reaches[i].area},
                         &was_told));
        if (was_told)
            *told_out = reaches[i].level;
    }
    if (was_told)
        return OK;
    return tell_holders(ctx, raising, &(const struct access_post){"national", ""}, &was_told);
}

/* ---- raising ---- */

static enum status check_draft(struct ctx *ctx, const struct concern_draft *draft,
                               struct form_problems *problems)
{
    if (draft->organisation.id == 0)
        form_wrong(problems, "organisation", "Choose the organisation");
    if (draft->about == NULL || draft->about[0] == '\0')
        form_wrong(problems, "about", "Enter who or what you are worried about");
    if (draft->about_lead == NULL || place_of(concern_about_leads, draft->about_lead) < 0)
        form_wrong(problems, "about_lead", "Say whether it is about a safeguarding lead");
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
    return concern_add(
        ctx, raising->organisation.id.n, raising->id, raising->reference,
        raising->organisation.code, ctx->person.n, ctx->now_secs, d->in_danger == FORM_YES,
        d->about, or_empty(d->happened), d->may_contact == FORM_YES,
        d->may_contact == FORM_YES ? or_empty(d->contact) : "", d->about_lead, told, &changes);
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

enum status concern_find_sent(struct ctx *ctx, const char *reference, struct concern_sent *out)
{
    struct concern_sent_row row;
    TRY(concern_sent(ctx, reference, &row));
    *out = (struct concern_sent){strcmp(row.told, "none") != 0, strcmp(row.about_lead, "no") != 0};
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
        .about_lead = row->about_lead,
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
    TRY(concern_row(ctx, reference, ctx->person.n, &row));
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

static enum status read_kept_from(struct ctx *ctx, struct concern *out)
{
    struct concern_kept_from_rows_row *rows;
    TRY(concern_kept_from_rows(ctx, out->id, CONCERN_KEPT_FROM_MAX, &rows, &out->kept_from_count));
    out->kept_from = mem_array(ctx->mem, const char *, out->kept_from_count);
    for (size_t i = 0; i < out->kept_from_count; i++)
        out->kept_from[i] = rows[i].name;
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
    TRY(read_kept_from(ctx, it));
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
