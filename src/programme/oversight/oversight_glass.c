/* SPDX-License-Identifier: MIT */
/*
 * oversight_glass.c - opening one record in an emergency.
 *
 * What was typed is looked up at once and only the number or reference of what was found is kept;
 * that nothing was found shows behind the proof, where the leads have been told already.  So nobody
 * can try out addresses unseen.
 */
#include "programme/oversight/oversight.h"

#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/oversight/oversight.sql.h"

#include <inttypes.h>
#include <string.h>

enum { CODES_COUNT = 1000000, LEADS_MAX = 50 };

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

/* ---- the hash of a code ---- */

static enum status hash_code(struct ctx *ctx, int64_t id, const char *code, const char **out)
{
    struct oversight_secret_get_row row;
    struct text_span key;
    enum status status = oversight_secret_get(ctx, &row);
    if (status == ERR_NOT_FOUND) {
        int64_t changes;
        unsigned char fresh[HASH_KEY_BYTES];
        random_bytes(fresh, sizeof fresh);
        TRY(oversight_secret_add(ctx, text_hex(ctx->mem, fresh, sizeof fresh), &changes));
        status = oversight_secret_get(ctx, &row);
    }
    TRY(status);
    if (text_hex_read(ctx->mem, row.secret, &key) != OK || key.length_bytes != HASH_KEY_BYTES)
        return ctx_fail(ctx, ERR_FAULT, "the secret in oversight_secret is not one");
    const char *text = mem_format(ctx->mem, "%" PRId64 " %s", id, code);
    *out = hash_keyed(ctx->mem, key.bytes, text, strlen(text));
    return OK;
}

/* ---- asking ---- */

struct asking {
    const struct glass_request *wanted;
    const char *reason;
    const char *kind, *thing;
    const char *organisation;
    struct person_id subject;
    int64_t id;
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

static enum status find_thing(struct ctx *ctx, struct asking *asking)
{
    struct glass_record record = {0};
    asking->kind = NOTHING;
    asking->thing = "";
    asking->organisation = "";
    for (size_t i = 0; glass_kinds[i] != NULL; i++) {
        enum status status = glass_kinds[i]->find(ctx, asking->wanted->what, &asking->thing);
        if (status == OK)
            status = glass_kinds[i]->read(ctx, asking->thing, &record);
        if (status == OK) {
            asking->kind = glass_kinds[i]->code;
            asking->organisation = record.organisation;
            asking->subject = record.subject;
            return OK;
        }
        if (status != ERR_NOT_FOUND)
            return status;
        asking->thing = "";
        ctx->fault = NULL;
    }
    return OK;
}

static enum status mail_code(struct ctx *ctx, const struct asking *asking, const char *code)
{
    struct access_person person;
    TRY(access_person_get(ctx, ctx->person, &person));
    return mail_put(
        ctx, &(const struct mail){
                 .kind = "oversight_code",
                 .key = mem_format(ctx->mem, "oversight/code/%s", asking->reference),
                 .about = asking->reference,
                 .to_address = person.email,
                 .subject = "Your code to open a record",
                 .expires_at = ctx->now_secs + OVERSIGHT_PROOF_SECS,
                 .parts = (const struct mail_part[]){
                     MAIL_TEXT("You asked to open a record in an emergency. Type this code:"),
                     MAIL_CODE(code), MAIL_TEXT("It works for 10 minutes, once."),
                     MAIL_TEXT("When you type it, the national leads of the programme are told."),
                     MAIL_TEXT("If you did not ask for it, tell the national lead at once: "
                               "somebody is using your account."),
                     MAIL_END}});
}

/* Runs inside a transaction, perhaps more than once. */
static enum status ask_once(struct ctx *ctx, void *arg)
{
    struct asking *asking = arg;
    struct oversight_glass_recent_row recent;
    int64_t changes;
    const char *hash;
    TRY(oversight_glass_recent(ctx, ctx->person.n, ctx->now_secs - TIME_DAY_SECS, &recent));
    if (recent.asked >= OVERSIGHT_GLASS_A_DAY)
        return ctx_fail(ctx, ERR_BUSY, "records were asked for too often");
    TRY(find_thing(ctx, asking));
    asking->id = id_new(ctx);
    asking->reference = id_reference_new(ctx->mem, "BG");
    const char *code = mem_format(ctx->mem, "%06" PRIu32, random_below(CODES_COUNT));
    TRY(hash_code(ctx, asking->id, code, &hash));
    TRY(oversight_glass_add(ctx, asking->id, asking->reference, ctx->person.n, asking->kind,
                            asking->thing, asking->reason, ctx->now_secs, hash, &changes));
    TRY(mail_code(ctx, asking, code));
    return audit_note(ctx, &(const struct audit_deed){.what = "oversight.glass_asked",
                                                      .organisation = asking->organisation,
                                                      .subject = asking->subject,
                                                      .thing = asking->reference,
                                                      .purpose = asking->reason});
}

enum status glass_ask(struct ctx *ctx, const struct glass_request *wanted,
                      const char **reference_out)
{
    struct asking asking = {.wanted = wanted, .reason = wanted->reason};
    if (!says_enough(wanted->reason))
        return ctx_fail(ctx, ERR_INVALID, "the reason says too little");
    TRY(store_transact(ctx, "glass_ask", ask_once, &asking));
    *reference_out = asking.reference;
    return OK;
}

/* ---- reading how it stands ---- */

static int64_t or_zero(const int64_t *at)
{
    return at != NULL ? *at : 0;
}

static enum glass_state state_of(const struct ctx *ctx, const struct oversight_glass_row_row *row)
{
    if (row->opened_at != NULL)
        return ctx->now_secs < or_zero(row->ends_at) ? GLASS_OPEN : GLASS_CLOSED;
    return ctx->now_secs < row->asked_at + OVERSIGHT_PROOF_SECS &&
                   row->code_tries < OVERSIGHT_PROOF_TRIES
               ? GLASS_ASKED
               : GLASS_OVER;
}

static enum status read_row(struct ctx *ctx, const char *reference, struct glass *out,
                            struct oversight_glass_row_row *row)
{
    TRY(oversight_glass_row(ctx, reference, row));
    *out = (struct glass){.id = row->id,
                          .reference = reference,
                          .actor = row->actor,
                          .reason = row->reason,
                          .actor_id = {row->actor_id},
                          .kind = row->kind,
                          .thing = row->thing,
                          .state = state_of(ctx, row),
                          .asked_at = row->asked_at,
                          .opened_at = or_zero(row->opened_at),
                          .ends_at = or_zero(row->ends_at),
                          .reviewed_at = or_zero(row->reviewed_at),
                          .reviewer = row->reviewer != NULL ? row->reviewer : "",
                          .review = row->review};
    return OK;
}

enum status glass_find(struct ctx *ctx, const char *reference, struct glass *out)
{
    struct oversight_glass_row_row row;
    return read_row(ctx, reference, out, &row);
}

static enum status find_own(struct ctx *ctx, const char *reference, struct glass *out,
                            struct oversight_glass_row_row *row)
{
    TRY(read_row(ctx, reference, out, row));
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

struct opening {
    const char *reference, *code;
    bool is_wrong; /* noted, so this is not for rolling back */
};

static enum status tell_lead(struct ctx *ctx, const struct glass *glass,
                             const struct oversight_leads_row *lead)
{
    const char *sentence =
        mem_format(ctx->mem, "An operator opened a record of this service in an emergency, on %s.",
                   time_show(ctx->mem, ctx->now_secs));
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "oversight_glass",
            .key = mem_format(ctx->mem, "oversight/glass/%s/%" PRId64, glass->reference, lead->id),
            .about = glass->reference,
            .to_address = lead->email,
            .to_name = lead->name,
            .subject = "A record was opened in an emergency",
            .parts = (const struct mail_part[]){
                MAIL_TEXT(sentence),
                MAIL_TEXT("It can be read for 30 minutes. The reason and what was seen are in the "
                          "service. Please look it over and say what you found."),
                MAIL_BUTTON("Look it over",
                            mem_format(ctx->mem, "/desk/emergencies/%s", glass->reference)),
                MAIL_END}});
}

static enum status tell_leads(struct ctx *ctx, const struct glass *glass)
{
    struct oversight_leads_row *leads;
    size_t count;
    TRY(oversight_leads(ctx, time_day_of(ctx->mem, ctx->now_secs), LEADS_MAX, &leads, &count));
    for (size_t i = 0; i < count; i++)
        TRY(tell_lead(ctx, glass, &leads[i]));
    return OK;
}

/* Runs inside a transaction, perhaps more than once. */
static enum status open_once(struct ctx *ctx, void *arg)
{
    struct opening *opening = arg;
    struct oversight_glass_row_row row;
    struct glass glass;
    const char *hash;
    int64_t changes;
    opening->is_wrong = false;
    TRY(find_own(ctx, opening->reference, &glass, &row));
    if (glass.state == GLASS_OPEN)
        return OK; /* typed twice */
    if (glass.state != GLASS_ASKED)
        return ctx_fail(ctx, ERR_CONFLICT, "\"%s\" can no longer be opened", glass.reference);
    TRY(hash_code(ctx, glass.id, opening->code, &hash));
    if (!hash_is_equal(hash, row.code_hash)) {
        opening->is_wrong = true;
        return oversight_glass_try(ctx, glass.id, &changes);
    }
    TRY(oversight_glass_open(ctx, glass.id, ctx->now_secs, ctx->now_secs + OVERSIGHT_GLASS_SECS,
                             &changes));
    TRY(tell_leads(ctx, &glass));
    return note(ctx, &glass, "oversight.glass_opened", NULL);
}

enum status glass_open(struct ctx *ctx, const char *reference, const char *code)
{
    char digits[12];
    if (!text_squeeze(code, digits, sizeof digits))
        digits[0] = '\0';
    struct opening opening = {reference, digits, false};
    TRY(store_transact(ctx, "glass_open", open_once, &opening));
    return opening.is_wrong ? ctx_fail(ctx, ERR_INVALID, "it is not the code") : OK;
}

/* ---- reading, closing, reviewing ---- */

enum status glass_read(struct ctx *ctx, const char *reference, struct glass_record *out)
{
    struct oversight_glass_row_row row;
    struct glass glass;
    TRY(find_own(ctx, reference, &glass, &row));
    if (glass.state != GLASS_OPEN)
        return ctx_fail(ctx, ERR_CONFLICT, "\"%s\" is not open", reference);
    TRY(note(ctx, &glass, "oversight.glass_seen", NULL));
    return read_record(ctx, &glass, out);
}

static enum status close_once(struct ctx *ctx, void *arg)
{
    struct oversight_glass_row_row row;
    struct glass glass;
    int64_t changes;
    TRY(find_own(ctx, arg, &glass, &row));
    if (glass.state != GLASS_OPEN)
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
    struct oversight_glass_row_row row;
    struct glass glass;
    int64_t changes;
    TRY(read_row(ctx, reviewing->reference, &glass, &row));
    if (glass.opened_at == 0 || glass.actor_id.n == ctx->person.n)
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
