/* SPDX-License-Identifier: MIT */
/*
 * access.c - people, the roles that they have, and what was done about them.
 *
 * Days are those of London: a role that is given today counts from today's first minute there.
 */
#include "programme/access/access.h"

#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access.sql.h"
#include "programme/access/access_internal.h"
#include "programme/access/policy.h"
#include "programme/audit/audit.h"
#include "programme/directory/directory.h"

#include <string.h>

static const struct {
    const char *code, *name;
} levels[] = {
    [ACCESS_NATIONAL] = {"national", "Everywhere"},
    [ACCESS_REGION] = {"region", "Region"},
    [ACCESS_BOARD] = {"board", "Integrated care board"},
    [ACCESS_ORGANISATION] = {"organisation", "Organisation"},
    [ACCESS_SITE] = {"site", "Site"},
};
#define LEVELS (sizeof levels / sizeof levels[0])

const char *access_level_name(enum access_level level)
{
    return levels[level].name;
}

const char *access_level_code(enum access_level level)
{
    return levels[level].code;
}

enum access_level access_level_of(const char *code)
{
    for (size_t level = 0; level < LEVELS; level++)
        if (strcmp(levels[level].code, code) == 0)
            return (enum access_level)level;
    return ACCESS_SITE;
}

const char *access_role_name(const char *code)
{
    const struct access_role *role = access_role_of(code);
    return role != NULL ? role->name : code;
}

const char *access_post_text(struct mem *mem, const char *role, const char *area_name)
{
    const char *name = access_role_name(role);
    return area_name[0] == '\0' ? name : mem_format(mem, "%s for %s", name, area_name);
}

/* ---- reading ---- */

static int64_t or_zero(const int64_t *at)
{
    return at != NULL ? *at : 0;
}

static enum status read_grants(struct ctx *ctx, struct person_id id, struct access_person *out)
{
    struct access_grant_rows_row *rows;
    size_t count;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    TRY(access_grant_rows(ctx, id.n, today, ACCESS_GRANTS_MAX, &rows, &count));
    out->grants = mem_array(ctx->mem, struct access_grant, count);
    out->grant_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct access_role *role = access_role_of(rows[i].role);
        out->works_as = or_zero(rows[i].works_as);
        if (role == NULL)
            continue; /* of another release of the program: it allows nothing here */
        out->grants[out->grant_count++] = (struct access_grant){
            .id = rows[i].id,
            .role = role,
            .level = access_level_of(rows[i].level),
            .area = rows[i].area,
            .area_name = rows[i].area_name != NULL ? rows[i].area_name : rows[i].area,
            .from_on = rows[i].from_on,
            .until_on = rows[i].until_on != NULL ? rows[i].until_on : "",
        };
    }
    return OK;
}

enum status access_person_find(struct ctx *ctx, const char *email, struct access_person *out)
{
    struct access_person_row_row row;
    TRY(access_person_row(ctx, text_email_key(ctx->mem, email), &row));
    *out = (struct access_person){.id = {row.id},
                                  .email = row.email,
                                  .name = row.name,
                                  .created_at = row.created_at,
                                  .closed_at = or_zero(row.closed_at)};
    return read_grants(ctx, out->id, out);
}

enum status access_person_get(struct ctx *ctx, struct person_id id, struct access_person *out)
{
    struct access_person_by_id_row row;
    TRY(access_person_by_id(ctx, id.n, &row));
    *out = (struct access_person){.id = id,
                                  .email = row.email,
                                  .name = row.name,
                                  .created_at = row.created_at,
                                  .closed_at = or_zero(row.closed_at)};
    return read_grants(ctx, id, out);
}

enum status access_person_list(struct ctx *ctx, const char *after_email, int at_most,
                               struct access_person **out, size_t *count_out)
{
    struct access_person_rows_row *rows;
    size_t count;
    TRY(access_person_rows(ctx, text_email_key(ctx->mem, after_email), at_most, &rows, &count));
    struct access_person *people = mem_array(ctx->mem, struct access_person, count);
    for (size_t i = 0; i < count; i++) {
        people[i] = (struct access_person){.id = {rows[i].id},
                                           .email = rows[i].email,
                                           .name = rows[i].name,
                                           .created_at = rows[i].created_at,
                                           .closed_at = or_zero(rows[i].closed_at)};
        TRY(read_grants(ctx, people[i].id, &people[i]));
    }
    *out = people;
    *count_out = count;
    return OK;
}

/* ---- events ---- */

const struct audit_kind access_audit_kinds[] = {
    {"access.created", "An account was made", false},
    {"access.opened", "The account was opened again", false},
    {"access.renamed", "The name of the account was changed", false},
    {"access.closed", "The account was closed", false},
    {"access.granted", "A role was given", false},
    {"access.ended", "A role ended", false},
    {"access.code_sent", "A code to sign in was sent", false},
    {"access.signed_in", "Signed in", false},
    {"access.signed_out", "Signed out", false},
    {"access.people_listed", "All accounts were listed by command", true},
    {"access.mails_listed", "The emails of the demonstration were listed", true},
    {"access.mail_seen", "An email of the demonstration was read", true},
    {0},
};

enum status access_note(struct ctx *ctx, const struct access_deed *deed)
{
    return audit_note(ctx, &(const struct audit_deed){.what = deed->what,
                                                      .organisation = deed->area,
                                                      .subject = deed->person,
                                                      .thing = deed->role});
}

enum status access_note_signed_in(struct ctx *ctx, struct person_id person)
{
    struct person_id before = ctx->person;
    ctx->person = person;
    enum status status =
        access_note(ctx, &(const struct access_deed){"access.signed_in", person, NULL, NULL});
    ctx->person = before;
    return status;
}

enum status access_note_signed_out(struct ctx *ctx)
{
    if (ctx->person.n == 0)
        return OK;
    return access_note(ctx,
                       &(const struct access_deed){"access.signed_out", ctx->person, NULL, NULL});
}

bool access_sees_many(const struct access_person *person)
{
    for (size_t i = 0; i < person->grant_count; i++)
        if (person->grants[i].role->sees_many)
            return true;
    return false;
}

/* ---- adding ---- */

struct adding {
    const char *email, *email_key;
    const char *name; /* "": none was given */
    const struct access_role *role;
    enum access_level level;
    const char *area;
    const char *from_on;
    const char *until_on; /* NULL: no end */
    struct access_person person;
    bool has_changed;
};

static enum status add_person(struct ctx *ctx, struct adding *adding)
{
    int64_t changes;
    const char *name = adding->name[0] != '\0' ? adding->name : adding->email;
    TRY(access_person_insert(ctx, id_new(ctx), adding->email, adding->email_key, name,
                             ctx->now_secs, &changes));
    TRY(access_person_find(ctx, adding->email, &adding->person));
    adding->has_changed = true;
    return access_note(
        ctx, &(const struct access_deed){"access.created", adding->person.id, NULL, NULL});
}

static enum status mend_person(struct ctx *ctx, struct adding *adding)
{
    int64_t changes;
    struct access_person *person = &adding->person;
    if (adding->name[0] != '\0')
        TRY(access_person_rename(ctx, person->id, adding->name, &adding->has_changed));
    if (person->closed_at == 0)
        return OK;
    adding->has_changed = true;
    TRY(access_person_set_closed(ctx, person->id.n, NULL, &changes));
    return access_note(ctx, &(const struct access_deed){"access.opened", person->id, NULL, NULL});
}

static enum status give_role(struct ctx *ctx, struct adding *adding)
{
    int64_t changes, id = id_new(ctx);
    const struct access_person *person = &adding->person;
    struct access_grant_count_same_row same;
    TRY(access_grant_count_same(ctx, person->id.n, adding->role->code, adding->area,
                                adding->from_on, &same));
    if (same.grants > 0)
        return OK;
    if (person->grant_count >= ACCESS_GRANTS_MAX)
        return ctx_fail(ctx, ERR_INVALID, "nobody has more than %d roles", ACCESS_GRANTS_MAX);
    const int64_t *actor = ctx->person.n != 0 ? &ctx->person.n : NULL;
    TRY(access_grant_insert(ctx, id, person->id.n, adding->role->code, levels[adding->level].code,
                            adding->area, adding->from_on, adding->until_on, ctx->now_secs, actor,
                            &changes));
    adding->has_changed = true;
    return access_note(ctx, &(const struct access_deed){"access.granted", person->id,
                                                        adding->role->code, adding->area});
}

/* Runs inside a transaction, perhaps more than once. */
static enum status add_once(struct ctx *ctx, void *arg)
{
    struct adding *adding = arg;
    adding->has_changed = false;
    enum status status = access_person_find(ctx, adding->email, &adding->person);
    if (status == ERR_NOT_FOUND)
        TRY(add_person(ctx, adding));
    else if (status != OK)
        return status;
    else
        TRY(mend_person(ctx, adding));
    if (adding->role != NULL)
        TRY(give_role(ctx, adding));
    return access_person_get(ctx, adding->person.id, &adding->person);
}

static enum status read_area(struct ctx *ctx, const struct access_new *wanted,
                             struct adding *adding)
{
    struct access_area area;
    adding->area = wanted->area != NULL ? wanted->area : "";
    enum status status = access_area_find(ctx, adding->area, &area);
    if (status == ERR_NOT_FOUND)
        return ctx_fail(ctx, ERR_INVALID, "there is no organisation or area \"%s\"", adding->area);
    TRY(status);
    adding->level = area.level;
    if ((adding->role->levels & (1u << adding->level)) != 0)
        return OK;
    if (adding->level == ACCESS_NATIONAL)
        return ctx_fail(ctx, ERR_INVALID, "the role \"%s\" needs the code of its area",
                        wanted->role);
    return ctx_fail(ctx, ERR_INVALID, "the role \"%s\" cannot be given for %s, which is no fit",
                    wanted->role, adding->area);
}

static enum status read_days(struct ctx *ctx, const struct access_new *wanted,
                             struct adding *adding)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    adding->from_on = wanted->from_on != NULL ? wanted->from_on : today;
    adding->until_on = wanted->until_on;
    if (!time_day_is_valid(adding->from_on) || strcmp(adding->from_on, today) < 0)
        return ctx_fail(ctx, ERR_INVALID, "a role begins today or later, not on \"%s\"",
                        wanted->from_on);
    if (wanted->until_on == NULL)
        return OK;
    if (!time_day_is_valid(wanted->until_on) || strcmp(wanted->until_on, adding->from_on) <= 0)
        return ctx_fail(ctx, ERR_INVALID, "a role ends on a day to come, not on \"%s\"",
                        wanted->until_on);
    return OK;
}

static enum status read_wanted(struct ctx *ctx, const struct access_new *wanted,
                               struct adding *adding)
{
    const char *name = wanted->name != NULL ? wanted->name : "";
    if (!text_is_email(wanted->email))
        return ctx_fail(ctx, ERR_INVALID, "\"%s\" is no email address", wanted->email);
    if (text_clean(ctx->mem, name, strlen(name), TEXT_LINE, &adding->name) != OK ||
        text_length_chars(adding->name) > ACCESS_NAME_CHARS_MAX)
        return ctx_fail(ctx, ERR_INVALID, "the name is too long or holds what no name does");
    adding->email = wanted->email;
    adding->email_key = text_email_key(ctx->mem, wanted->email);
    if (wanted->role == NULL)
        return OK;
    adding->role = access_role_of(wanted->role);
    if (adding->role == NULL)
        return ctx_fail(ctx, ERR_INVALID, "there is no role \"%s\"", wanted->role);
    TRY(read_days(ctx, wanted, adding));
    return read_area(ctx, wanted, adding);
}

enum status access_person_add(struct ctx *ctx, const struct access_new *wanted,
                              struct access_person *out, bool *changed_out)
{
    struct adding adding = {0};
    TRY(read_wanted(ctx, wanted, &adding));
    TRY(store_transact(ctx, "access_person_add", add_once, &adding));
    *out = adding.person;
    if (changed_out != NULL)
        *changed_out = adding.has_changed;
    return OK;
}

/* ---- ending ---- */

static enum status end_grant(struct ctx *ctx, struct person_id person,
                             const struct access_grant *grant)
{
    int64_t changes;
    TRY(access_grant_end(ctx, grant->id, time_day_of(ctx->mem, ctx->now_secs), &changes));
    return access_note(
        ctx, &(const struct access_deed){"access.ended", person, grant->role->code, grant->area});
}

struct ending {
    const char *email, *role;
    const char *area; /* NULL: wherever */
};

static enum status end_once(struct ctx *ctx, void *arg)
{
    const struct ending *ending = arg;
    struct access_person person;
    bool had_role = false;
    TRY(access_person_find(ctx, ending->email, &person));
    for (size_t i = 0; i < person.grant_count; i++) {
        const struct access_grant *grant = &person.grants[i];
        if (strcmp(grant->role->code, ending->role) != 0 ||
            (ending->area != NULL && strcmp(grant->area, ending->area) != 0))
            continue;
        had_role = true;
        TRY(end_grant(ctx, person.id, grant));
    }
    return had_role ? OK : ERR_NOT_FOUND;
}

enum status access_person_end_role(struct ctx *ctx, const char *email, const char *role,
                                   const char *area)
{
    struct ending ending = {email, role, area};
    return store_transact(ctx, "access_person_end_role", end_once, &ending);
}

enum status access_close(struct ctx *ctx, const char *email, struct person_id *out)
{
    int64_t changes;
    struct access_person person;
    TRY(access_person_find(ctx, email, &person));
    *out = person.id;
    if (person.closed_at != 0)
        return OK;
    for (size_t i = 0; i < person.grant_count; i++)
        TRY(end_grant(ctx, person.id, &person.grants[i]));
    TRY(access_person_set_closed(ctx, person.id.n, &ctx->now_secs, &changes));
    return access_note(ctx, &(const struct access_deed){"access.closed", person.id, NULL, NULL});
}

/* ---- where something counts ---- */

enum status access_scope_holds(struct ctx *ctx, const char *scope, const char *code, bool *out)
{
    struct organisation it;
    *out = scope == NULL || strcmp(scope, code) == 0;
    if (*out)
        return OK;
    TRY(directory_find(ctx, code, &it));
    return directory_lies_in(ctx, it.code, scope, time_day_of(ctx->mem, ctx->now_secs), out);
}

/* ---- what somebody may do ---- */

enum status access_check_of(const struct access_person *person, enum access access,
                            struct access_granted *out)
{
    return policy_may(person->grants, person->grant_count, person->works_as, access, out);
}

enum status access_asker_roles(struct ctx *ctx, struct access_person *out)
{
    *out = (struct access_person){.id = ctx->person};
    return ctx->person.n == 0 ? ERR_FORBIDDEN : read_grants(ctx, ctx->person, out);
}

enum status access_check(struct ctx *ctx, enum access access, struct access_granted *out)
{
    struct access_person person;
    TRY(access_asker_roles(ctx, &person));
    return access_check_of(&person, access, out);
}

enum status access_check_for(struct ctx *ctx, enum access access, const char *code,
                             struct access_granted *out)
{
    struct access_person person;
    TRY(access_asker_roles(ctx, &person));
    for (size_t i = 0; i < person.grant_count; i++) {
        bool holds;
        if (policy_may(&person.grants[i], 1, 0, access, out) != OK)
            continue;
        TRY(access_scope_holds(ctx, out->scope, code, &holds));
        if (holds)
            return OK;
    }
    return ERR_FORBIDDEN;
}

struct choosing {
    int64_t grant_id;
};

static enum status work_as_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const struct choosing *choosing = arg;
    struct access_person person;
    bool has_it = choosing->grant_id == 0;
    TRY(access_asker_roles(ctx, &person));
    for (size_t i = 0; i < person.grant_count; i++)
        has_it = has_it || person.grants[i].id == choosing->grant_id;
    if (!has_it)
        return ERR_NOT_FOUND;
    return access_person_works_as(ctx, person.id.n,
                                  choosing->grant_id == 0 ? NULL : &choosing->grant_id, &changes);
}

enum status access_work_as(struct ctx *ctx, int64_t grant_id)
{
    struct choosing choosing = {grant_id};
    return store_transact(ctx, "access_work_as", work_as_once, &choosing);
}
