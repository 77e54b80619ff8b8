/* SPDX-License-Identifier: MIT */
/* individual_keep.c - a pledge once it was sent: found, shown, changed, reminded of, withdrawn. */
#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/individual/individual_internal.h"
#include "programme/pledge/pledge.h"

#include <inttypes.h>
#include <string.h>

enum { AT_ONCE = 200, JOB_ATTEMPTS = 5, JOB_LEASE_SECS = 600, JOB_EVERY_SECS = 3600 };

/* ---- reading ---- */

const char *individual_end_digest(struct mem *mem, const struct individual *it, int64_t at)
{
    const char *lines = mem_format(mem, "onward individual withdrawal 1\n%s\n%s\n%" PRId64 "\n",
                                   it->reference, it->text_digest, at);
    return hash_sha256(mem, lines, strlen(lines));
}

static enum individual_state state_of(const char *code)
{
    return strcmp(code, "confirmed") == 0   ? INDIVIDUAL_CONFIRMED
           : strcmp(code, "withdrawn") == 0 ? INDIVIDUAL_WITHDRAWN
                                            : INDIVIDUAL_UNCONFIRMED;
}

void individual_fill(struct mem *mem, const struct individual_row_row *row, struct individual *out)
{
    *out = (struct individual){
        .id = row->id,
        .reference = row->reference,
        .code = row->code,
        .framework = row->framework,
        .framework_version = row->framework_version,
        .wording = row->wording,
        .state = state_of(row->state),
        .email = row->email,
        .email_key = row->email_key,
        .name = row->name,
        .role = row->role,
        .band = row->band,
        .employer_code = row->employer_code,
        .employer = row->employer,
        .statement = row->statement,
        .intentions = row->intentions,
        .intention_names = row->intention_names,
        .shows = {[INDIVIDUAL_NAME] = row->shows_name != 0,
                  [INDIVIDUAL_ROLE] = row->shows_role != 0,
                  [INDIVIDUAL_BAND] = row->shows_band != 0,
                  [INDIVIDUAL_EMPLOYER] = row->shows_employer != 0,
                  [INDIVIDUAL_STATEMENT] = row->shows_statement != 0,
                  [INDIVIDUAL_INTENTIONS] = row->shows_intentions != 0},
        .remind_on = row->remind_on != NULL ? row->remind_on : "",
        .reminded_at = row->reminded_at != NULL ? *row->reminded_at : 0,
        .text = row->text,
        .text_digest = row->text_digest,
        .sent_at = row->sent_at,
        .confirmed_at = row->confirmed_at != NULL ? *row->confirmed_at : 0,
        .withdrawn_at = row->withdrawn_at != NULL ? *row->withdrawn_at : 0,
        .signed_on = row->signed_on,
        .signature = {row->key_id, row->signature},
        .hidden_at = row->hidden_at != NULL ? *row->hidden_at : 0,
        .hidden_reason = row->hidden_reason,
    };
    out->digest =
        out->confirmed_at == 0
            ? ""
            : ledger_individual_digest(mem, out->reference, out->text_digest, out->confirmed_at);
    out->end_digest =
        out->withdrawn_at == 0 ? "" : individual_end_digest(mem, out, out->withdrawn_at);
}

enum status individual_get(struct ctx *ctx, int64_t id, struct individual *out)
{
    struct individual_row_row row;
    TRY(individual_row(ctx, id, &row));
    individual_fill(ctx->mem, &row, out);
    return OK;
}

enum status individual_of(struct ctx *ctx, const char *email, struct individual *out)
{
    struct individual_of_email_row row;
    TRY(individual_of_email(ctx, text_email_key(ctx->mem, email), PROGRAMME_FRAMEWORK, &row));
    return individual_get(ctx, row.id, out);
}

enum status individual_find(struct ctx *ctx, const char *reference, struct individual *out)
{
    struct individual_by_reference_row row;
    TRY(individual_by_reference(ctx, reference, &row));
    return individual_get(ctx, row.id, out);
}

enum status individual_verify(struct ctx *ctx, const char *typed_code, struct individual *out)
{
    const char *code;
    struct individual_by_code_row row;
    enum status status = id_code_read(ctx->mem, typed_code, &code);
    if (status == ERR_INVALID)
        return ERR_NOT_FOUND;
    TRY(status);
    TRY(individual_by_code(ctx, code, &row));
    TRY(individual_get(ctx, row.id, out));
    return out->confirmed_at != 0 ? OK : ERR_NOT_FOUND;
}

struct individual_face individual_face_of(const struct individual *it)
{
    struct individual hidden = *it;
    if (it->hidden_at == 0)
        return individual_chosen_face(it);
    memset(hidden.shows, 0, sizeof hidden.shows);
    return individual_chosen_face(&hidden);
}

struct individual_face individual_chosen_face(const struct individual *it)
{
    return (struct individual_face){
        .name = it->shows[INDIVIDUAL_NAME] ? it->name : "",
        .role = it->shows[INDIVIDUAL_ROLE] ? it->role : "",
        .band = it->shows[INDIVIDUAL_BAND] ? it->band : "",
        .employer = it->shows[INDIVIDUAL_EMPLOYER] ? it->employer : "",
        .statement = it->shows[INDIVIDUAL_STATEMENT] ? it->statement : "",
        .intentions = it->shows[INDIVIDUAL_INTENTIONS] ? it->intention_names : "",
        .signed_on = it->signed_on,
    };
}

bool individual_face_is_empty(const struct individual_face *face)
{
    const char *const values[] = {face->name,     face->role,      face->band,
                                  face->employer, face->statement, face->intentions};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        if (values[i][0] != '\0')
            return false;
    return true;
}

enum status individual_count(struct ctx *ctx, int64_t at_most, int64_t *out)
{
    struct individual_count_confirmed_row row;
    TRY(individual_count_confirmed(ctx, at_most, &row));
    *out = row.people;
    return OK;
}

/* ---- changing ---- */

static enum status note(struct ctx *ctx, const struct individual *it, const char *what)
{
    return audit_note(ctx, &(const struct audit_deed){
                               .what = what, .subject = ctx->person, .thing = it->reference});
}

struct choosing {
    int64_t id;
    const struct individual_choice *choice;
};

static enum status choose_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    struct choosing *choosing = arg;
    struct individual it;
    TRY(individual_get(ctx, choosing->id, &it)); /* as it is now: it may have been hidden */
    const char *remind_on = choosing->choice->remind_on;
    for (int part = 0; part < INDIVIDUAL_PARTS; part++)
        it.shows[part] = individual_is_chosen(&choosing->choice->shown, (enum individual_part)part);
    struct individual_face face = individual_face_of(&it);
    TRY(individual_change(ctx, it.id, it.shows[INDIVIDUAL_NAME], it.shows[INDIVIDUAL_ROLE],
                          it.shows[INDIVIDUAL_BAND], it.shows[INDIVIDUAL_EMPLOYER],
                          it.shows[INDIVIDUAL_STATEMENT], it.shows[INDIVIDUAL_INTENTIONS],
                          !individual_face_is_empty(&face), remind_on[0] != '\0' ? remind_on : NULL,
                          &changes));
    if (changes != 1)
        return ctx_fail(ctx, ERR_CONFLICT, "the pledge does not count");
    return note(ctx, &it, "individual.changed");
}

enum status individual_choose(struct ctx *ctx, const struct individual *it,
                              const struct individual_choice *choice,
                              struct form_problems *problems)
{
    struct choosing choosing = {it->id, choice};
    if (strcmp(choice->remind_on, it->remind_on) != 0) /* a day that is past may stay */
        TRY(individual_check_reminder(ctx, choice->remind_on, problems));
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the day of the reminder cannot be");
    return store_transact(ctx, "individual_choose", choose_once, &choosing);
}

static enum status withdraw_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    struct individual it;
    const int64_t *id = arg;
    TRY(individual_get(ctx, *id, &it));
    if (it.state == INDIVIDUAL_WITHDRAWN)
        return OK;
    TRY(individual_end(ctx, it.id, ctx->now_secs, &changes));
    if (changes != 1)
        return ctx_fail(ctx, ERR_CONFLICT, "the pledge was never confirmed");
    TRY(individual_forget(ctx, it.id, &changes)); /* unless it is held: then forget_rest does */
    TRY(note(ctx, &it, "individual.withdrawn"));
    return ledger_add(ctx, &(const struct ledger_fact){
                               "individual", it.reference,
                               individual_end_digest(ctx->mem, &it, ctx->now_secs), ctx->now_secs});
}

enum status individual_withdraw(struct ctx *ctx, const struct individual *it)
{
    int64_t id = it->id;
    return store_transact(ctx, "individual_withdraw", withdraw_once, &id);
}

const struct audit_kind individual_audit_kinds[] = {
    {"individual.changed", "Changed what the public reads of their own pledge", false},
    {"individual.withdrawn", "Withdrew their own pledge", false},
    {"individual.hidden", "Hid what the public read of a person's pledge", false},
    {"individual.unhidden", "Showed a person's pledge to the public again", false},
    {"individual.listed", "Looked through what people show of their pledges", true},
    {"individual.looked", "Looked at what a person shows of a pledge", true},
    {0},
};

/* ---- reminding ---- */

static enum status remind_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    bool is_restricted;
    struct individual it;
    const int64_t *id = arg;
    const char *token = random_token(ctx->mem);
    TRY(individual_get(ctx, *id, &it));
    const struct privacy_subject writer = {{0}, it.email, it.email_key};
    TRY(privacy_is_restricted(ctx, &writer, &is_restricted));
    TRY(individual_reminded(ctx, it.id, ctx->now_secs, hash_token(ctx->mem, token), &changes));
    if (changes == 0 ||
        is_restricted) /* withdrawn or reminded meanwhile, or they asked for a limit */
        return OK;
    return individual_mail_reminder(
        ctx, &(const struct individual_letter){it.reference, it.email, token, NULL});
}

/* Does a deed to each that a query names, in a transaction of its own. */
static enum status each(struct ctx *ctx, const int64_t *ids, size_t count,
                        enum status (*once)(struct ctx *ctx, void *arg))
{
    struct mem *whole = ctx->mem;
    for (size_t i = 0; i < count; i++) {
        int64_t id = ids[i];
        ctx->mem = mem_child(whole);
        enum status status = store_transact(ctx, "individual_each", once, &id);
        ctx->fault = mem_text(whole, ctx->fault);
        mem_end(ctx->mem);
        ctx->mem = whole;
        TRY(status);
    }
    return OK;
}

static enum status remind(struct ctx *ctx, const struct job *job)
{
    struct individual_due_row *due;
    int64_t ids[AT_ONCE];
    size_t count;
    (void)job;
    do {
        TRY(individual_due(ctx, time_day_of(ctx->mem, ctx->now_secs), AT_ONCE, &due, &count));
        for (size_t i = 0; i < count; i++)
            ids[i] = due[i].id;
        TRY(each(ctx, ids, count, remind_once));
    } while (count == AT_ONCE);
    return OK;
}

static enum status forget_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const int64_t *id = arg;
    return individual_forget(ctx, *id, &changes);
}

/* What was withdrawn while a legal hold stood, once that has ended. */
static enum status forget_rest(struct ctx *ctx, const struct job *job)
{
    struct individual_to_forget_row *rest;
    int64_t ids[AT_ONCE];
    size_t count;
    (void)job;
    do {
        TRY(individual_to_forget(ctx, AT_ONCE, &rest, &count));
        for (size_t i = 0; i < count; i++)
            ids[i] = rest[i].id;
        TRY(each(ctx, ids, count, forget_once));
    } while (count == AT_ONCE);
    return OK;
}

const struct job_kind individual_job_kinds[] = {
    {"individual.remind", remind, JOB_ATTEMPTS, JOB_LEASE_SECS, JOB_EVERY_SECS, 0},
    {"individual.forget", forget_rest, JOB_ATTEMPTS, JOB_LEASE_SECS, JOB_EVERY_SECS, 0},
    {0},
};
