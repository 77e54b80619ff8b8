/* SPDX-License-Identifier: MIT */
/*
 * oversight_glass.c - opening one record in an emergency.
 *
 * What was typed is looked up at once and only the number or reference of what was found is kept.
 * That nothing was found shows when the leads have been told already, so nobody can try out
 * addresses unseen.  The page asks for a fresh proof of who it is (needs_proof of its routes).
 */
#include "programme/oversight/oversight.h"

#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/oversight/oversight.sql.h"

#include <inttypes.h>
#include <string.h>

enum { LEADS_MAX = 50 };

#define NOTHING "none"

void glass_add(struct glass_record *record, const char *label, const char *text)
{
    if (record->line_count < GLASS_LINES_MAX && text != NULL && text[0] != '\0')
        record->lines[record->line_count++] = (struct glass_line){label, text};
}

static const struct glass_kind *kind_of(const char *code)
{
    for (size_t i = 0; glass_kinds[i] != NULL; i++)
        if (strcmp(glass_kinds[i]->code, code) == 0)
            return glass_kinds[i];
    return NULL;
}

/* ---- looking for it ---- */

struct opening {
    const struct glass_request *wanted;
    const char *kind, *thing;
    const char *organisation;
    struct person_id subject;
    const char *reference;
};

static bool says_enough(const char *reason)
{
    int words = 0;
    for (const char *at = reason; *at != '\0'; at++)
        words += *at != ' ' && *at != '\n' && (at == reason || at[-1] == ' ' || at[-1] == '\n');
    return words >= OVERSIGHT_REASON_WORDS_LEAST &&
           text_length_chars(reason) >= OVERSIGHT_REASON_CHARS_LEAST;
}

static enum status find_thing(struct ctx *ctx, struct opening *opening)
{
    struct glass_record record = {0};
    opening->kind = NOTHING;
    opening->thing = "";
    opening->organisation = "";
    for (size_t i = 0; glass_kinds[i] != NULL; i++) {
        enum status status = glass_kinds[i]->find(ctx, opening->wanted->what, &opening->thing);
        if (status == OK)
            status = glass_kinds[i]->read(ctx, opening->thing, &record);
        if (status == OK) {
            opening->kind = glass_kinds[i]->code;
            opening->organisation = record.organisation;
            opening->subject = record.subject;
            return OK;
        }
        if (status != ERR_NOT_FOUND)
            return status;
        opening->thing = "";
        ctx->fault = NULL;
    }
    return OK;
}

/* ---- reading how it stands ---- */

enum status glass_find(struct ctx *ctx, const char *reference, struct glass *out)
{
    struct oversight_glass_row_row row;
    TRY(oversight_glass_row(ctx, reference, &row));
    *out = (struct glass){.id = row.id,
                          .reference = reference,
                          .actor = row.actor,
                          .reason = row.reason,
                          .actor_id = {row.actor_id},
                          .kind = row.kind,
                          .thing = row.thing,
                          .is_open = ctx->now_secs < row.ends_at,
                          .opened_at = row.opened_at,
                          .ends_at = row.ends_at,
                          .reviewed_at = row.reviewed_at != NULL ? *row.reviewed_at : 0,
                          .reviewer = row.reviewer != NULL ? row.reviewer : "",
                          .review = row.review};
    return OK;
}

static enum status find_own(struct ctx *ctx, const char *reference, struct glass *out)
{
    TRY(glass_find(ctx, reference, out));
    return out->actor_id.n == ctx->person.n && ctx->person.n != 0
               ? OK
               : ctx_fail(ctx, ERR_NOT_FOUND, "somebody else asked for \"%s\"", reference);
}

/* What the record is; ERR_NOT_FOUND also when nothing was found. */
static enum status read_record(struct ctx *ctx, const struct glass *glass, struct glass_record *out)
{
    const struct glass_kind *kind = kind_of(glass->kind);
    *out = (struct glass_record){.title = "", .organisation = ""};
    if (kind == NULL)
        return ctx_fail(ctx, ERR_NOT_FOUND, "there is no such record");
    return kind->read(ctx, glass->thing, out);
}

/* Notes something about it; the record may be gone. */
static enum status note(struct ctx *ctx, const struct glass *glass, const char *what,
                        const char *after)
{
    struct glass_record record;
    enum status status = read_record(ctx, glass, &record);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    ctx->fault = NULL;
    return audit_note(ctx, &(const struct audit_deed){.what = what,
                                                      .organisation = record.organisation,
                                                      .subject = record.subject,
                                                      .thing = glass->reference,
                                                      .purpose = glass->reason,
                                                      .after = after});
}

/* ---- opening ---- */

static enum status tell_lead(struct ctx *ctx, const char *reference,
                             const struct oversight_leads_row *lead)
{
    const char *sentence =
        mem_format(ctx->mem, "An operator opened a record of this service in an emergency, on %s.",
                   time_show(ctx->mem, ctx->now_secs));
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "oversight_glass",
            .key = mem_format(ctx->mem, "oversight/glass/%s/%" PRId64, reference, lead->id),
            .about = reference,
            .to_address = lead->email,
            .to_name = lead->name,
            .subject = "A record was opened in an emergency",
            .parts = (const struct mail_part[]){
                MAIL_TEXT(sentence),
                MAIL_TEXT("It can be read for 30 minutes. The reason and what was seen are in the "
                          "service. Please look it over and say what you found."),
                MAIL_BUTTON("Look it over",
                            mem_format(ctx->mem, "/desk/emergencies/%s", reference)),
                MAIL_END}});
}

static enum status tell_leads(struct ctx *ctx, const char *reference)
{
    struct oversight_leads_row *leads;
    size_t count;
    TRY(oversight_leads(ctx, time_day_of(ctx->mem, ctx->now_secs), LEADS_MAX, &leads, &count));
    for (size_t i = 0; i < count; i++)
        TRY(tell_lead(ctx, reference, &leads[i]));
    return OK;
}

/* Runs inside a transaction, perhaps more than once. */
static enum status open_once(struct ctx *ctx, void *arg)
{
    struct opening *opening = arg;
    struct oversight_glass_recent_row recent;
    struct oversight_glass_same_row same;
    int64_t changes;
    TRY(find_thing(ctx, opening));
    enum status status = oversight_glass_same(ctx, ctx->person.n, opening->kind, opening->thing,
                                              opening->wanted->reason, ctx->now_secs, &same);
    if (status == OK)
        opening->reference = same.reference; /* sent twice */
    if (status != ERR_NOT_FOUND)
        return status;
    ctx->fault = NULL;
    TRY(oversight_glass_recent(ctx, ctx->person.n, ctx->now_secs - TIME_DAY_SECS, &recent));
    if (recent.opened >= OVERSIGHT_GLASS_A_DAY)
        return ctx_fail(ctx, ERR_BUSY, "records were opened too often");
    opening->reference = id_reference_new(ctx->mem, "BG");
    TRY(oversight_glass_add(ctx, id_new(ctx), opening->reference, ctx->person.n, opening->kind,
                            opening->thing, opening->wanted->reason, ctx->now_secs,
                            ctx->now_secs + OVERSIGHT_GLASS_SECS, &changes));
    TRY(tell_leads(ctx, opening->reference));
    return audit_note(ctx, &(const struct audit_deed){.what = "oversight.glass_opened",
                                                      .organisation = opening->organisation,
                                                      .subject = opening->subject,
                                                      .thing = opening->reference,
                                                      .purpose = opening->wanted->reason});
}

enum status glass_open(struct ctx *ctx, const struct glass_request *wanted,
                       const char **reference_out)
{
    struct opening opening = {.wanted = wanted};
    if (!says_enough(wanted->reason))
        return ctx_fail(ctx, ERR_INVALID, "the reason says too little");
    TRY(store_transact(ctx, "glass_open", open_once, &opening));
    *reference_out = opening.reference;
    return OK;
}

/* ---- reading, closing, reviewing ---- */

enum status glass_read(struct ctx *ctx, const char *reference, struct glass_record *out)
{
    struct glass glass;
    TRY(find_own(ctx, reference, &glass));
    if (!glass.is_open)
        return ctx_fail(ctx, ERR_CONFLICT, "\"%s\" is not open", reference);
    TRY(note(ctx, &glass, "oversight.glass_seen", NULL));
    return read_record(ctx, &glass, out);
}

static enum status close_once(struct ctx *ctx, void *arg)
{
    struct glass glass;
    int64_t changes;
    TRY(find_own(ctx, arg, &glass));
    if (!glass.is_open)
        return OK;
    TRY(oversight_glass_close(ctx, glass.id, ctx->now_secs, &changes));
    return note(ctx, &glass, "oversight.glass_closed", NULL);
}

enum status glass_close(struct ctx *ctx, const char *reference)
{
    return store_transact(ctx, "glass_close", close_once, mem_text(ctx->mem, reference));
}

struct reviewing {
    const char *reference, *review;
};

static enum status review_once(struct ctx *ctx, void *arg)
{
    const struct reviewing *reviewing = arg;
    struct glass glass;
    int64_t changes;
    TRY(glass_find(ctx, reviewing->reference, &glass));
    if (glass.actor_id.n == ctx->person.n)
        return ctx_fail(ctx, ERR_CONFLICT, "\"%s\" is not for this person to review",
                        glass.reference);
    TRY(oversight_glass_review(ctx, glass.id, ctx->person.n, reviewing->review, ctx->now_secs,
                               &changes));
    return changes == 0 ? OK : note(ctx, &glass, "oversight.glass_reviewed", reviewing->review);
}

enum status glass_review(struct ctx *ctx, const char *reference, const char *review)
{
    struct reviewing reviewing = {reference, review};
    return store_transact(ctx, "glass_review", review_once, &reviewing);
}

/* ---- the account of a person ---- */

static enum status find_person(struct ctx *ctx, const char *typed, const char **thing_out)
{
    struct access_person person;
    TRY(access_person_find(ctx, typed, &person));
    *thing_out = mem_format(ctx->mem, "%" PRId64, person.id.n);
    return OK;
}

static enum status read_person(struct ctx *ctx, const char *thing, struct glass_record *out)
{
    struct access_person person;
    int64_t id;
    if (text_number(thing, 1, INT64_MAX, &id) != OK)
        return ERR_NOT_FOUND;
    TRY(access_person_get(ctx, (struct person_id){id}, &person));
    *out = (struct glass_record){.title = mem_format(ctx->mem, "Account of %s", person.name),
                                 .organisation = "",
                                 .subject = person.id};
    glass_add(out, "Name", person.name);
    glass_add(out, "Email address", person.email);
    glass_add(out, "Account made", time_show(ctx->mem, person.created_at));
    if (person.closed_at != 0)
        glass_add(out, "Account closed", time_show(ctx->mem, person.closed_at));
    for (size_t i = 0; i < person.grant_count; i++) {
        const struct access_grant *grant = &person.grants[i];
        glass_add(out, "Role",
                  mem_format(ctx->mem, "%s%s%s, since %s", grant->role->name,
                             grant->area[0] != '\0' ? ", " : "", grant->area_name,
                             time_show_day(ctx->mem, grant->from_on)));
    }
    return OK;
}

const struct glass_kind oversight_person_kind = {"person", "Account", find_person, read_person};
