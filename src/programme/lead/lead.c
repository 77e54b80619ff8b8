/* SPDX-License-Identifier: MIT */
/* lead.c - says who leads, ends it, and keeps the days on which a lead is away. */
#include "programme/lead/lead.h"

#include "platform/base/id.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/lead/lead.sql.h"
#include "programme/lead/lead_internal.h"

#include <string.h>

enum { ROWS_MAX = 100 };

static const char *today_of(struct ctx *ctx)
{
    return time_day_of(ctx->mem, ctx->now_secs);
}

static enum status note(struct ctx *ctx, const struct lead *lead, const char *what,
                        const char *after)
{
    return audit_note(ctx, &(const struct audit_deed){.what = what,
                                                      .organisation = lead->area,
                                                      .subject = lead->person,
                                                      .thing = lead->area,
                                                      .after = after});
}

/* ---- adding ---- */

static enum status check_area(struct ctx *ctx, const struct lead_draft *draft,
                              struct form_problems *problems, struct organisation *out)
{
    struct access_granted granted;
    *out = (struct organisation){.code = ""};
    if (draft->area.key == NULL || draft->area.key[0] == '\0')
        return OK; /* the field says that it is missing */
    TRY(directory_find(ctx, draft->area.key, out));
    enum status status = access_check_for(ctx, MAY_KEEP_LEADS, out->code, &granted);
    if (status == ERR_FORBIDDEN) {
        ctx->fault = NULL;
        form_wrong(problems, "area", "You can choose an area that lies in your own area only");
        return OK;
    }
    TRY(status);
    if (out->closed_on[0] != '\0' && strcmp(draft->from_on, out->closed_on) > 0)
        form_wrong(problems, "area",
                   mem_format(ctx->mem, "This area ended on %s. Choose the one that took over",
                              time_show_day(ctx->mem, out->closed_on)));
    return OK;
}

/* Somebody with an account who could answer there; n 0 when it is nobody. */
static enum status check_person(struct ctx *ctx, const char *email, const char *area,
                                struct form_problems *problems, struct access_person *out)
{
    *out = (struct access_person){.email = ""};
    if (email == NULL || email[0] == '\0' || area[0] == '\0')
        return OK;
    enum status status = access_person_find(ctx, email, out);
    if (status == OK)
        status = lead_can_answer(ctx, out->id, area);
    if (status != ERR_NOT_FOUND && status != ERR_FORBIDDEN)
        return status;
    ctx->fault = NULL;
    out->id.n = 0;
    form_wrong(problems, "email",
               "This person cannot answer questions there yet. Give them the role of local lead "
               "for the area first");
    return OK;
}

static void check_days(const struct lead_draft *draft, struct form_problems *problems)
{
    if (draft->to_on[0] != '\0' && strcmp(draft->to_on, draft->from_on) < 0)
        form_wrong(problems, "to_on", "The last day must not be before the first");
}

static enum status check_twice(struct ctx *ctx, const struct lead_draft *draft,
                               struct person_id person, struct form_problems *problems)
{
    struct lead_of_person_row *rows;
    size_t count;
    TRY(lead_of_person(ctx, person.n, today_of(ctx), ROWS_MAX, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].area, draft->area.key) == 0 &&
            strcmp(rows[i].theme, draft->theme) == 0 &&
            (draft->to_on[0] == '\0' || strcmp(rows[i].from_on, draft->to_on) <= 0) &&
            (rows[i].to_on[0] == '\0' || strcmp(draft->from_on, rows[i].to_on) <= 0))
            form_wrong(problems, "email", "This person leads there already");
    return OK;
}

struct adding {
    const struct lead_draft *draft;
    struct form_problems *problems;
    struct organisation area;
    struct access_person person;
    int64_t id;
};

static enum status check_add(struct ctx *ctx, struct adding *adding)
{
    struct form_problems *problems = adding->problems;
    problems->count = 0;
    TRY(check_area(ctx, adding->draft, problems, &adding->area));
    check_days(adding->draft, problems);
    TRY(check_person(ctx, adding->draft->email, adding->area.code, problems, &adding->person));
    if (problems->count == 0)
        TRY(check_twice(ctx, adding->draft, adding->person.id, problems));
    return problems->count == 0 ? OK
                                : ctx_fail(ctx, ERR_INVALID, "what is said of a lead is not right");
}

/* Runs inside a transaction, perhaps more than once: of two who name one at the same instant the
 * second sees the first. */
static enum status add_once(struct ctx *ctx, void *arg)
{
    struct adding *adding = arg;
    const struct lead_draft *draft = adding->draft;
    const char *confirm_by_on;
    int64_t changes;
    TRY(check_add(ctx, adding));
    TRY(time_day_add(ctx->mem, today_of(ctx), (struct time_step){.days = LEAD_CONFIRM_DAYS},
                     &confirm_by_on));
    adding->id = id_new(ctx);
    TRY(lead_add_row(ctx, adding->area.id.n, adding->id, adding->area.code, draft->theme,
                     adding->person.id.n, adding->person.name, draft->job_title, 0, draft->from_on,
                     draft->to_on, ctx->now_secs, confirm_by_on, &changes));
    return note(ctx, &(const struct lead){.area = adding->area.code, .person = adding->person.id},
                "lead.added", lead_theme_name(draft->theme));
}

enum status lead_add(struct ctx *ctx, const struct lead_draft *draft,
                     struct form_problems *problems, int64_t *id_out)
{
    struct adding adding = {.draft = draft, .problems = problems};
    *id_out = 0;
    TRY(store_transact(ctx, "lead_add", add_once, &adding));
    *id_out = adding.id;
    return OK;
}

/* ---- reading ---- */

enum status lead_find(struct ctx *ctx, int64_t id, struct lead *out)
{
    struct lead_row_row row;
    struct organisation area;
    const char *today = today_of(ctx);
    TRY(lead_row(ctx, id, &row));
    TRY(directory_find(ctx, row.area, &area));
    *out = (struct lead){.organisation_id = row.organisation_id,
                         .id = row.id,
                         .area = row.area,
                         .area_name = area.name,
                         .theme = row.theme,
                         .person = {row.person_id},
                         .name = row.name,
                         .job_title = row.job_title,
                         .email = row.is_closed == 1 ? "" : row.email,
                         .shows_email = row.shows_email == 1,
                         .is_hidden = row.hidden_on[0] != '\0',
                         .is_over = row.to_on[0] != '\0' && strcmp(row.to_on, today) < 0,
                         .is_area_closed =
                             area.closed_on[0] != '\0' && strcmp(area.closed_on, today) < 0,
                         .from_on = row.from_on,
                         .to_on = row.to_on,
                         .confirm_by_on = row.confirm_by_on,
                         .confirmed_at = row.confirmed_at};
    enum status status = lead_can_answer(ctx, out->person, out->area);
    out->is_lost = status == ERR_FORBIDDEN;
    if (out->is_lost)
        ctx->fault = NULL;
    return out->is_lost ? OK : status;
}

enum status lead_check_change(struct ctx *ctx, const struct lead *lead)
{
    struct access_granted granted;
    if (ctx->person.n != 0 && ctx->person.n == lead->person.n)
        return OK;
    return access_check_for(ctx, MAY_KEEP_LEADS, lead->area, &granted);
}

enum status lead_own(struct ctx *ctx, struct lead **out, size_t *count_out)
{
    struct lead_of_person_row *rows;
    TRY(lead_of_person(ctx, ctx->person.n, today_of(ctx), ROWS_MAX, &rows, count_out));
    *out = mem_array(ctx->mem, struct lead, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        TRY(lead_find(ctx, rows[i].id, &(*out)[i]));
    return OK;
}

/* ---- changing ---- */

struct changing {
    const struct lead *lead;
    struct form_problems *problems;
    const char *day;
    const struct lead_away_draft *away;
    struct access_person cover;
    int64_t number;
    bool shows;
};

static enum status confirm_once(struct ctx *ctx, void *arg)
{
    const struct changing *changing = arg;
    struct lead now;
    int64_t changes;
    TRY(lead_find(ctx, changing->lead->id, &now));
    if (now.is_lost || now.is_over)
        return ctx_fail(ctx, ERR_CONFLICT, "this lead has ended, or the role has");
    TRY(lead_confirm_row(ctx, changing->lead->organisation_id, changing->lead->id, ctx->now_secs,
                         changing->day, &changes));
    return note(ctx, changing->lead, "lead.confirmed", NULL);
}

enum status lead_confirm(struct ctx *ctx, const struct lead *lead)
{
    struct changing changing = {.lead = lead};
    TRY(lead_check_change(ctx, lead));
    TRY(time_day_add(ctx->mem, today_of(ctx), (struct time_step){.days = LEAD_CONFIRM_DAYS},
                     &changing.day));
    return store_transact(ctx, "lead_confirm", confirm_once, &changing);
}

static enum status show_once(struct ctx *ctx, void *arg)
{
    const struct changing *changing = arg;
    int64_t changes;
    TRY(lead_show_row(ctx, changing->lead->organisation_id, changing->lead->id, changing->shows,
                      &changes));
    return note(ctx, changing->lead, "lead.changed",
                changing->shows ? "The address is shown" : "The address is not shown");
}

enum status lead_show_email(struct ctx *ctx, const struct lead *lead, bool shows)
{
    struct changing changing = {.lead = lead, .shows = shows};
    if (ctx->person.n == 0 || ctx->person.n != lead->person.n)
        return ctx_fail(ctx, ERR_FORBIDDEN, "only a lead may choose to show the own address");
    return store_transact(ctx, "lead_show_email", show_once, &changing);
}

/* Who keeps leads there may put off an end, while a role lets the person answer there. */
static enum status check_later(struct ctx *ctx, const struct lead *lead, const char *last_on,
                               struct form_problems *problems)
{
    struct access_granted granted;
    if (lead->to_on[0] == '\0' || strcmp(last_on, lead->to_on) <= 0)
        return OK;
    enum status status = access_check_for(ctx, MAY_KEEP_LEADS, lead->area, &granted);
    if (status == ERR_FORBIDDEN) {
        ctx->fault = NULL;
        form_wrong(problems, "last_on",
                   mem_format(ctx->mem,
                              "It ends on %s. Whoever looks after local leads in your region can "
                              "put that off",
                              time_show_day(ctx->mem, lead->to_on)));
        return OK;
    }
    TRY(status);
    if (lead->is_lost && strcmp(last_on, today_of(ctx)) >= 0)
        form_wrong(problems, "last_on",
                   "Their role for this area has ended. Give them the role again first");
    return OK;
}

static enum status end_once(struct ctx *ctx, void *arg)
{
    const struct changing *changing = arg;
    struct lead now;
    int64_t changes;
    changing->problems->count = 0;
    TRY(lead_find(ctx, changing->lead->id, &now));
    TRY(check_later(ctx, &now, changing->day, changing->problems));
    if (strcmp(changing->day, now.from_on) < 0)
        form_wrong(changing->problems, "last_on",
                   mem_format(ctx->mem, "The last day must not be before the first, %s",
                              time_show_day(ctx->mem, now.from_on)));
    if (changing->problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "a lead cannot end on that day");
    TRY(lead_end_row(ctx, now.organisation_id, now.id, changing->day, &changes));
    return note(ctx, &now, "lead.ended", time_show_day(ctx->mem, changing->day));
}

enum status lead_end(struct ctx *ctx, const struct lead *lead, const char *last_on,
                     struct form_problems *problems)
{
    struct changing changing = {.lead = lead, .day = last_on, .problems = problems};
    TRY(lead_check_change(ctx, lead));
    return store_transact(ctx, "lead_end", end_once, &changing);
}

/* ---- away ---- */

enum status lead_away_list(struct ctx *ctx, const struct lead *lead, struct lead_away **out,
                           size_t *count_out)
{
    struct lead_aways_row *rows;
    TRY(lead_aways(ctx, lead->organisation_id, lead->id, today_of(ctx), ROWS_MAX, &rows,
                   count_out));
    *out = mem_array(ctx->mem, struct lead_away, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] =
            (struct lead_away){rows[i].number, rows[i].from_on, rows[i].to_on, rows[i].cover_name};
    return OK;
}

static enum status check_away(struct ctx *ctx, struct changing *changing)
{
    const struct form_days *days = &changing->away->days;
    struct form_problems *problems = changing->problems;
    struct lead_away *others;
    size_t count;
    problems->count = 0;
    TRY(check_person(ctx, changing->away->email, changing->lead->area, problems, &changing->cover));
    TRY(lead_away_list(ctx, changing->lead, &others, &count));
    if (strcmp(days->last_on, today_of(ctx)) < 0)
        form_wrong(problems, "days", "These days are over already");
    for (size_t i = 0; i < count; i++)
        if (strcmp(days->first_on, others[i].to_on) <= 0 &&
            strcmp(others[i].from_on, days->last_on) <= 0)
            form_wrong(problems, "days", "Some of these days are among days away already");
    if (changing->cover.id.n != 0 && changing->cover.id.n == changing->lead->person.n)
        form_wrong(problems, "email", "Somebody else must stand in");
    return problems->count == 0
               ? OK
               : ctx_fail(ctx, ERR_INVALID, "the days away of a lead are not right");
}

static enum status away_once(struct ctx *ctx, void *arg)
{
    struct changing *changing = arg;
    const struct form_days *days = &changing->away->days;
    int64_t changes;
    TRY(check_away(ctx, changing));
    TRY(lead_away_add(ctx, changing->lead->organisation_id, changing->lead->id, days->first_on,
                      days->last_on, changing->cover.id.n != 0 ? &changing->cover.id.n : NULL,
                      changing->cover.id.n != 0 ? changing->cover.name : "", &changes));
    return note(ctx, changing->lead, "lead.changed",
                mem_format(ctx->mem, "Away until %s", time_show_day(ctx->mem, days->last_on)));
}

enum status lead_away_put(struct ctx *ctx, const struct lead *lead,
                          const struct lead_away_draft *draft, struct form_problems *problems)
{
    struct changing changing = {.lead = lead, .away = draft, .problems = problems};
    TRY(lead_check_change(ctx, lead));
    return store_transact(ctx, "lead_away", away_once, &changing);
}

static enum status back_once(struct ctx *ctx, void *arg)
{
    const struct changing *changing = arg;
    int64_t changes;
    TRY(lead_away_drop(ctx, changing->lead->organisation_id, changing->lead->id, changing->number,
                       &changes));
    return changes == 0 ? OK : note(ctx, changing->lead, "lead.changed", "Back again");
}

enum status lead_away_end(struct ctx *ctx, const struct lead *lead, int64_t number)
{
    struct changing changing = {.lead = lead, .number = number};
    TRY(lead_check_change(ctx, lead));
    return store_transact(ctx, "lead_away_end", back_once, &changing);
}
