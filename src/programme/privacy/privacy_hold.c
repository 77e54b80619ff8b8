/* SPDX-License-Identifier: MIT */
/* privacy_hold.c - legal holds, and what people asked not to be done with their data. */
#include "programme/privacy/privacy.h"

#include "platform/base/id.h"
#include "platform/base/text.h"
#include "programme/privacy/privacy.sql.h"

#include <string.h>

enum { NAME_CHARS_MAX = 254, ROWS_MAX = 100 };

static const char *const kind_codes[] = {[PRIVACY_HOLD_PERSON] = "person",
                                         [PRIVACY_HOLD_ORGANISATION] = "organisation",
                                         [PRIVACY_HOLD_THING] = "thing"};

const struct audit_kind privacy_audit_kinds[] = {
    {"privacy.held", "A legal hold was placed", false},
    {"privacy.released", "A legal hold was released", false},
    {"privacy.restricted", "Use of the data was limited", false},
    {"privacy.lifted", "A limit on the use of the data ended", false},
    {"privacy.erased", "Data was erased on request", false},
    {"privacy.agreed", "Consent was given", false},
    {"privacy.withdrew", "Consent was withdrawn", false},
    {0},
};

/* ---- holds ---- */

struct placing {
    const char *kind, *email_key, *code, *reason;
    bool is_person;
    int64_t id;
};

/* Runs inside a transaction, perhaps more than once. */
static enum status place_once(struct ctx *ctx, void *arg)
{
    struct placing *placing = arg;
    struct privacy_hold_person_row person = {0};
    int64_t changes;
    if (placing->is_person) {
        enum status status = privacy_hold_person(ctx, placing->email_key, &person);
        if (status != ERR_NOT_FOUND)
            TRY(status);
    }
    placing->id = id_new(ctx);
    TRY(privacy_hold_add(ctx, placing->id, placing->kind,
                         person.person_id != 0 ? &person.person_id : NULL, placing->email_key,
                         placing->code, placing->reason, ctx->person.n, ctx->now_secs, &changes));
    return audit_note(ctx, &(const struct audit_deed){.what = "privacy.held",
                                                      .subject = {person.person_id},
                                                      .thing = placing->code,
                                                      .purpose = placing->reason});
}

enum status privacy_hold_place(struct ctx *ctx, const struct privacy_hold_new *wanted,
                               int64_t *id_out)
{
    struct placing placing = {.kind = kind_codes[wanted->kind],
                              .reason = wanted->reason,
                              .is_person = wanted->kind == PRIVACY_HOLD_PERSON};
    if (wanted->name[0] == '\0' || text_length_chars(wanted->name) > NAME_CHARS_MAX ||
        wanted->reason[0] == '\0' || text_length_chars(wanted->reason) > PRIVACY_REASON_CHARS_MAX)
        return ctx_fail(ctx, ERR_INVALID, "a hold needs a name and a reason of some length");
    if (placing.is_person && !text_is_email(wanted->name))
        return ctx_fail(ctx, ERR_INVALID, "a person is held by an address");
    if (placing.is_person)
        placing.email_key = text_email_key(ctx->mem, wanted->name);
    else
        placing.code = wanted->name;
    TRY(store_transact(ctx, "privacy_hold_place", place_once, &placing));
    *id_out = placing.id;
    return OK;
}

enum status privacy_hold_find(struct ctx *ctx, int64_t id, struct privacy_hold_shown *out)
{
    struct privacy_hold_get_row row;
    TRY(privacy_hold_get(ctx, id, &row));
    const char *name = row.email_key != NULL ? row.email_key : row.code;
    *out =
        (struct privacy_hold_shown){name != NULL ? name : "", row.reason, row.released_at != NULL};
    return OK;
}

struct releasing {
    int64_t id;
    const char *reason;
};

static enum status release_once(struct ctx *ctx, void *arg)
{
    const struct releasing *releasing = arg;
    struct privacy_hold_get_row row;
    int64_t changes;
    TRY(privacy_hold_get(ctx, releasing->id, &row));
    if (row.released_at != NULL)
        return ctx_fail(ctx, ERR_CONFLICT, "the hold was released before");
    TRY(privacy_hold_end(ctx, releasing->id, ctx->person.n, releasing->reason, ctx->now_secs,
                         &changes));
    return audit_note(
        ctx, &(const struct audit_deed){.what = "privacy.released",
                                        .subject = {row.person_id != NULL ? *row.person_id : 0},
                                        .thing = row.code,
                                        .purpose = releasing->reason});
}

enum status privacy_hold_release(struct ctx *ctx, int64_t id, const char *reason)
{
    struct releasing releasing = {id, reason};
    if (reason[0] == '\0' || text_length_chars(reason) > PRIVACY_REASON_CHARS_MAX)
        return ctx_fail(ctx, ERR_INVALID, "releasing a hold needs a reason of some length");
    return store_transact(ctx, "privacy_hold_release", release_once, &releasing);
}

enum status privacy_hold_of(struct ctx *ctx, const struct privacy_subject *subject,
                            const char **reason_out)
{
    struct privacy_hold_for_row *rows;
    size_t count;
    TRY(privacy_hold_for(ctx, subject->person.n, subject->email_key, 1, &rows, &count));
    *reason_out = count > 0 ? rows[0].reason : NULL;
    return OK;
}

/* ---- restrictions ---- */

static enum status restrictions_of(struct ctx *ctx, const struct privacy_subject *subject,
                                   struct privacy_restriction_of_row **out, size_t *count_out)
{
    return privacy_restriction_of(ctx, subject->person.n, subject->email_key, ROWS_MAX, out,
                                  count_out);
}

enum status privacy_is_restricted(struct ctx *ctx, const struct privacy_subject *subject, bool *out)
{
    struct privacy_restriction_of_row *rows;
    size_t count;
    *out = false;
    TRY(restrictions_of(ctx, subject, &rows, &count));
    for (size_t i = 0; i < count; i++)
        *out = *out || strcmp(rows[i].kind, "restrict") == 0;
    return OK;
}

enum status privacy_has_objected(struct ctx *ctx, const struct privacy_subject *subject,
                                 const char *table, bool *out)
{
    struct privacy_restriction_of_row *rows;
    size_t count;
    *out = false;
    TRY(restrictions_of(ctx, subject, &rows, &count));
    for (size_t i = 0; i < count; i++)
        *out = *out || rows[i].purpose[0] == '\0' || strcmp(rows[i].purpose, table) == 0;
    return OK;
}

enum status privacy_restriction_stands(struct ctx *ctx, const char *reference, bool *out)
{
    struct privacy_restriction_standing_row *rows;
    size_t count;
    TRY(privacy_restriction_standing(ctx, reference, 1, &rows, &count));
    *out = count > 0;
    return OK;
}

static const char *hold_reason(struct ctx *ctx, const char *reference)
{
    return mem_format(ctx->mem, "The person asked us not to use their data: %s", reference);
}

struct restricting {
    const struct privacy_subject *subject;
    const char *kind, *purpose, *reference;
};

static enum status restrict_once(struct ctx *ctx, void *arg)
{
    const struct restricting *r = arg;
    const struct privacy_subject *subject = r->subject;
    int64_t changes, id;
    TRY(privacy_restriction_add(
        ctx, id_new(ctx), subject->person.n != 0 ? &subject->person.n : NULL, subject->email_key,
        r->kind, r->purpose, r->reference, ctx->now_secs, &changes));
    if (strcmp(r->kind, "restrict") == 0)
        TRY(privacy_hold_place(ctx,
                               &(const struct privacy_hold_new){PRIVACY_HOLD_PERSON, subject->email,
                                                                hold_reason(ctx, r->reference)},
                               &id));
    return audit_note(ctx, &(const struct audit_deed){.what = "privacy.restricted",
                                                      .subject = subject->person,
                                                      .thing = r->reference});
}

enum status privacy_restrict(struct ctx *ctx, const struct privacy_subject *subject,
                             bool is_objection, const char *purpose, const char *reference)
{
    struct restricting restricting = {subject, is_objection ? "object" : "restrict", purpose,
                                      reference};
    return store_transact(ctx, "privacy_restrict", restrict_once, &restricting);
}

static enum status lift_once(struct ctx *ctx, void *arg)
{
    const char *reference = arg;
    struct privacy_restriction_holds_row *holds;
    size_t count;
    int64_t changes;
    TRY(privacy_restriction_end(ctx, reference, ctx->now_secs, &changes));
    TRY(privacy_restriction_holds(ctx, hold_reason(ctx, reference), ROWS_MAX, &holds, &count));
    for (size_t i = 0; i < count; i++)
        TRY(privacy_hold_release(ctx, holds[i].id, "The limit on the use of the data ended"));
    if (changes == 0)
        return OK;
    return audit_note(ctx,
                      &(const struct audit_deed){.what = "privacy.lifted", .thing = reference});
}

enum status privacy_restriction_lift(struct ctx *ctx, const char *reference)
{
    return store_transact(ctx, "privacy_restriction_lift", lift_once,
                          mem_text(ctx->mem, reference));
}
