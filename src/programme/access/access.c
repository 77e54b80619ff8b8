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

#include <string.h>

enum { NAME_CHARS_MAX = 200 };

/* ---- reading ---- */

static enum status read_grants(struct ctx *ctx, struct person_id id, struct access_person *out)
{
    struct access_grant_rows_row *rows;
    size_t count;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    TRY(access_grant_rows(ctx, id.n, today, ACCESS_GRANTS_MAX, &rows, &count));
    out->grants = mem_array(ctx->mem, struct access_grant, count);
    out->grant_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct access_role *role = policy_role(rows[i].role);
        if (role == NULL)
            continue; /* of another release of the program: it allows nothing here */
        out->grants[out->grant_count++] = (struct access_grant){
            .id = rows[i].id,
            .role = role,
            .area = rows[i].area,
            .area_name = rows[i].area_name != NULL ? rows[i].area_name : rows[i].area,
            .from_on = rows[i].from_on,
        };
    }
    return OK;
}

static int64_t or_zero(const int64_t *at)
{
    return at != NULL ? *at : 0;
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

enum status access_note(struct ctx *ctx, const struct access_deed *deed)
{
    int64_t changes;
    const int64_t *actor = ctx->person.n != 0 ? &ctx->person.n : NULL;
    return access_event_insert(ctx, id_new(ctx), ctx->now_secs, deed->what, actor, &deed->person.n,
                               deed->role != NULL ? deed->role : "",
                               deed->area != NULL ? deed->area : "", &changes);
}

enum status access_note_signed_out(struct ctx *ctx)
{
    if (ctx->person.n == 0)
        return OK;
    return access_note(ctx, &(const struct access_deed){"signed_out", ctx->person, NULL, NULL});
}

enum status access_event_list(struct ctx *ctx, struct person_id person, int at_most,
                              struct access_event **out, size_t *count_out)
{
    struct access_event_rows_row *rows;
    size_t count;
    TRY(access_event_rows(ctx, person.n, at_most, &rows, &count));
    struct access_event *events = mem_array(ctx->mem, struct access_event, count);
    for (size_t i = 0; i < count; i++)
        events[i] = (struct access_event){.at = rows[i].at,
                                          .what = rows[i].what,
                                          .actor = {or_zero(rows[i].actor_id)},
                                          .role = rows[i].role,
                                          .area = rows[i].area};
    *out = events;
    *count_out = count;
    return OK;
}

/* ---- adding ---- */

struct adding {
    const char *email, *email_key;
    const char *name; /* "": none was given */
    const struct access_role *role;
    const char *area;
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
    return access_note(ctx, &(const struct access_deed){"created", adding->person.id, NULL, NULL});
}

static enum status mend_person(struct ctx *ctx, struct adding *adding)
{
    int64_t changes = 0;
    struct access_person *person = &adding->person;
    if (adding->name[0] != '\0')
        TRY(access_person_set_name(ctx, person->id.n, adding->name, &changes));
    adding->has_changed = changes > 0;
    if (person->closed_at == 0)
        return OK;
    adding->has_changed = true;
    TRY(access_person_set_closed(ctx, person->id.n, NULL, &changes));
    return access_note(ctx, &(const struct access_deed){"opened", person->id, NULL, NULL});
}

static enum status give_role(struct ctx *ctx, struct adding *adding)
{
    int64_t changes;
    const struct access_person *person = &adding->person;
    for (size_t i = 0; i < person->grant_count; i++) {
        if (person->grants[i].role != adding->role)
            continue;
        if (strcmp(person->grants[i].area, adding->area) == 0)
            return OK;
        return ctx_fail(ctx, ERR_CONFLICT, "has the role \"%s\" for \"%s\", which must end first",
                        adding->role->code, person->grants[i].area);
    }
    const int64_t *actor = ctx->person.n != 0 ? &ctx->person.n : NULL;
    TRY(access_grant_insert(ctx, id_new(ctx), person->id.n, adding->role->code, adding->area,
                            time_day_of(ctx->mem, ctx->now_secs), ctx->now_secs, actor, &changes));
    adding->has_changed = true;
    return access_note(
        ctx, &(const struct access_deed){"granted", person->id, adding->role->code, adding->area});
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
    TRY(give_role(ctx, adding));
    return access_person_get(ctx, adding->person.id, &adding->person);
}

static enum status read_area(struct ctx *ctx, const struct access_new *wanted,
                             struct adding *adding)
{
    struct access_region_row region;
    const char *area = wanted->area != NULL ? wanted->area : "";
    if (!adding->role->is_of_area && area[0] != '\0')
        return ctx_fail(ctx, ERR_INVALID, "the role \"%s\" counts everywhere and takes no region",
                        wanted->role);
    if (!adding->role->is_of_area) {
        adding->area = "";
        return OK;
    }
    if (area[0] == '\0')
        return ctx_fail(ctx, ERR_INVALID, "the role \"%s\" needs the code of a region",
                        wanted->role);
    enum status status = access_region(ctx, area, &region);
    if (status == ERR_NOT_FOUND)
        return ctx_fail(ctx, ERR_INVALID, "there is no region \"%s\"", area);
    adding->area = area;
    return status;
}

static enum status read_wanted(struct ctx *ctx, const struct access_new *wanted,
                               struct adding *adding)
{
    const char *name = wanted->name != NULL ? wanted->name : "";
    if (!text_is_email(wanted->email))
        return ctx_fail(ctx, ERR_INVALID, "\"%s\" is no email address", wanted->email);
    if (text_clean(ctx->mem, name, strlen(name), TEXT_LINE, &adding->name) != OK ||
        text_length_chars(adding->name) > NAME_CHARS_MAX)
        return ctx_fail(ctx, ERR_INVALID, "the name is too long or holds what no name does");
    adding->role = policy_role(wanted->role);
    if (adding->role == NULL)
        return ctx_fail(ctx, ERR_INVALID, "there is no role \"%s\"", wanted->role);
    adding->email = wanted->email;
    adding->email_key = text_email_key(ctx->mem, wanted->email);
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
        ctx, &(const struct access_deed){"ended", person, grant->role->code, grant->area});
}

struct ending {
    const char *email, *role;
};

static enum status end_once(struct ctx *ctx, void *arg)
{
    const struct ending *ending = arg;
    struct access_person person;
    bool had_role = false;
    TRY(access_person_find(ctx, ending->email, &person));
    for (size_t i = 0; i < person.grant_count; i++) {
        if (strcmp(person.grants[i].role->code, ending->role) != 0)
            continue;
        had_role = true;
        TRY(end_grant(ctx, person.id, &person.grants[i]));
    }
    return had_role ? OK : ERR_NOT_FOUND;
}

enum status access_person_end_role(struct ctx *ctx, const char *email, const char *role)
{
    struct ending ending = {email, role};
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
    return access_note(ctx, &(const struct access_deed){"closed", person.id, NULL, NULL});
}

/* ---- what somebody may do ---- */

enum status access_check_of(const struct access_person *person, enum access access,
                            struct access_granted *out)
{
    return policy_may(person->grants, person->grant_count, access, out);
}

enum status access_check(struct ctx *ctx, enum access access, struct access_granted *out)
{
    struct access_person person = {.id = ctx->person};
    if (person.id.n == 0)
        return ERR_FORBIDDEN;
    TRY(read_grants(ctx, person.id, &person));
    return access_check_of(&person, access, out);
}
