/* SPDX-License-Identifier: MIT */
/*
 * consent.c - consent as a list of events, the wordings of its pack, and who must speak at which
 * age.
 */
#include "programme/privacy/consent.h"

#include "platform/base/id.h"
#include "platform/base/text.h"
#include "programme/privacy/consent_pack.h"
#include "programme/privacy/privacy.sql.h"

#include <string.h>

enum { EVENTS_MAX = 500, AGE_MOST = 120 };

enum column { CODE, PURPOSE, OWN_FROM, GUARDIAN_BELOW, EMPLOYER, TEXT, COLUMNS };

static const char *const headings[COLUMNS + 1] = {
    "code", "purpose", "own_from_years", "guardian_below_years", "needs_employer", "text"};

static const char *const capacities[] = {
    [CONSENT_SELF] = "self", [CONSENT_GUARDIAN] = "guardian", [CONSENT_EMPLOYER] = "employer"};
static const char *const channels[] = {[CONSENT_WEB] = "web",
                                       [CONSENT_PAPER] = "paper",
                                       [CONSENT_PHONE] = "phone",
                                       [CONSENT_EMAIL] = "email"};

/* ---- the wordings ---- */

static enum status read_wording(struct pack_table *table, const char *const *cells,
                                struct consent_wording *out)
{
    out->code = cells[CODE];
    out->purpose = cells[PURPOSE];
    out->text = cells[TEXT];
    out->needs_employer = strcmp(cells[EMPLOYER], "yes") == 0;
    if (out->code[0] == '\0' || out->purpose[0] == '\0' || out->text[0] == '\0')
        return pack_table_refuse(table, "code, purpose or text is missing");
    if (!out->needs_employer && strcmp(cells[EMPLOYER], "no") != 0)
        return pack_table_refuse(table, "needs_employer is not yes or no");
    if (text_number(cells[OWN_FROM], 0, AGE_MOST, &out->own_from_years) != OK ||
        text_number(cells[GUARDIAN_BELOW], 0, AGE_MOST, &out->guardian_below_years) != OK)
        return pack_table_refuse(table, "an age is no number");
    return OK;
}

/* Looks through a pack for a code; NULL: checks every line. */
static enum status look(struct ctx *ctx, const struct pack *pack, const char *code,
                        struct consent_wording *out)
{
    struct pack_table *table;
    const char *const *cells;
    enum status status;
    TRY(pack_table_open(ctx, pack, "wordings.csv", headings, &table));
    while ((status = pack_table_next(table, &cells)) == OK) {
        *out = (struct consent_wording){.version = pack->version};
        TRY(read_wording(table, cells, out));
        if (code != NULL && strcmp(out->code, code) == 0)
            return OK;
    }
    return status;
}

enum status consent_pack_check(struct ctx *ctx, const struct pack *pack)
{
    struct consent_wording wording;
    enum status status = look(ctx, pack, NULL, &wording);
    return status == ERR_NOT_FOUND ? OK : status;
}

enum status consent_wording_find(struct ctx *ctx, const char *code, struct consent_wording *out)
{
    struct pack pack;
    TRY(pack_on(ctx, "consent", time_day_of(ctx->mem, ctx->now_secs), &pack));
    return look(ctx, &pack, code, out);
}

enum status consent_wording_of(struct ctx *ctx, const char *code, const char *version,
                               struct consent_wording *out)
{
    struct pack pack;
    TRY(pack_find(ctx, "consent", version, &pack));
    return look(ctx, &pack, code, out);
}

/* ---- who must speak ---- */

enum status consent_needed(const struct consent_wording *wording, const char *born_on,
                           const char *on, struct consent_need *out)
{
    int years;
    TRY(time_age(born_on, on, &years));
    bool is_own = years >= wording->own_from_years;
    *out = (struct consent_need){.self = is_own,
                                 .guardian = !is_own || years < wording->guardian_below_years,
                                 .employer = wording->needs_employer};
    return OK;
}

/* ---- what was said ---- */

struct saying {
    const struct consent_said *said;
    const char *what;
};

/* The newest event of a capacity; "" for none. */
static const char *newest(const struct privacy_consent_rows_row *rows, size_t count,
                          enum consent_capacity capacity, const char **version_out)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].capacity, capacities[capacity]) == 0) {
            *version_out = rows[i].version;
            return rows[i].what;
        }
    *version_out = "";
    return "";
}

static const char *key_of(struct ctx *ctx, const char *email)
{
    return email == NULL || email[0] == '\0' ? "" : text_email_key(ctx->mem, email);
}

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

/* Runs inside a transaction, perhaps more than once. */
static enum status say_once(struct ctx *ctx, void *arg)
{
    const struct saying *saying = arg;
    const struct consent_said *said = saying->said;
    struct consent_wording wording;
    struct privacy_consent_rows_row *rows;
    size_t count;
    int64_t changes;
    const char *version;
    TRY(consent_wording_find(ctx, said->wording, &wording));
    TRY(privacy_consent_rows(ctx, said->thing, said->wording, EVENTS_MAX, &rows, &count));
    const char *before = newest(rows, count, said->capacity, &version);
    bool is_given = strcmp(before, "given") == 0;
    bool gives = strcmp(saying->what, "given") == 0;
    if (gives ? is_given && strcmp(version, wording.version) == 0 : !is_given)
        return OK;
    TRY(privacy_consent_add(
        ctx, id_new(ctx), said->said_at != 0 ? said->said_at : ctx->now_secs, saying->what,
        said->wording, gives ? wording.version : version, said->thing,
        said->about.n != 0 ? &said->about.n : NULL, or_empty(said->about_name),
        key_of(ctx, said->about_email), capacities[said->capacity], or_empty(said->by_name),
        key_of(ctx, said->by_email), channels[said->channel], ctx->person.n, &changes));
    return audit_note(
        ctx, &(const struct audit_deed){.what = gives ? "privacy.agreed" : "privacy.withdrew",
                                        .subject = said->about,
                                        .thing = said->thing,
                                        .after = said->wording});
}

static enum status say(struct ctx *ctx, const struct consent_said *said, const char *what)
{
    struct saying saying = {said, what};
    bool has_name = said->by_name != NULL && said->by_name[0] != '\0';
    bool has_about = said->about.n != 0 || or_empty(said->about_name)[0] != '\0';
    if (or_empty(said->thing)[0] == '\0' || !has_about)
        return ctx_fail(ctx, ERR_INVALID, "a consent is about nobody or for nothing");
    if (said->capacity != CONSENT_SELF && !has_name)
        return ctx_fail(ctx, ERR_INVALID, "who speaks for another gives a name");
    if (said->said_at > ctx->now_secs)
        return ctx_fail(ctx, ERR_INVALID, "consent cannot be of a time to come");
    return store_transact(ctx, "consent", say_once, &saying);
}

enum status consent_give(struct ctx *ctx, const struct consent_said *said)
{
    return say(ctx, said, "given");
}

enum status consent_withdraw(struct ctx *ctx, const struct consent_said *said)
{
    return say(ctx, said, "withdrawn");
}

enum status consent_standing(struct ctx *ctx, const char *wording, const char *thing,
                             struct consent_standing *out)
{
    struct privacy_consent_rows_row *rows;
    size_t count;
    *out = (struct consent_standing){.version = ""};
    TRY(privacy_consent_rows(ctx, thing, wording, EVENTS_MAX, &rows, &count));
    bool *const stands[] = {[CONSENT_SELF] = &out->self,
                            [CONSENT_GUARDIAN] = &out->guardian,
                            [CONSENT_EMPLOYER] = &out->employer};
    for (enum consent_capacity as = CONSENT_SELF; as <= CONSENT_EMPLOYER; as++) {
        const char *version;
        *stands[as] = strcmp(newest(rows, count, as, &version), "given") == 0;
        if (*stands[as] && strcmp(version, out->version) > 0)
            out->version = version;
    }
    return OK;
}

enum status consent_is_enough(struct ctx *ctx, const char *wording, const char *thing,
                              const char *born_on, bool *out)
{
    struct consent_wording words;
    struct consent_standing standing;
    struct consent_need need = {.self = true};
    *out = false;
    TRY(consent_wording_find(ctx, wording, &words));
    TRY(consent_standing(ctx, wording, thing, &standing));
    need.employer = words.needs_employer;
    if (born_on[0] == '\0' && (words.own_from_years > 0 || words.guardian_below_years > 0))
        return OK;
    if (born_on[0] != '\0')
        TRY(consent_needed(&words, born_on, time_day_of(ctx->mem, ctx->now_secs), &need));
    *out = (!need.self || standing.self) && (!need.guardian || standing.guardian) &&
           (!need.employer || standing.employer);
    return OK;
}
