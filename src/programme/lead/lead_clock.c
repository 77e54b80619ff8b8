/* SPDX-License-Identifier: MIT */
/*
 * lead_clock.c - what the clock does: asks leads whether it is still so, hides those who do not
 * say, and goes on with questions.  Each in a transaction of its own, found once.
 */
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/lead/lead.sql.h"
#include "programme/lead/lead_internal.h"

#include <string.h>

enum { AT_ONCE = 100 };

/* ---- mails ---- */

static enum status mail_ask(struct ctx *ctx, const struct lead *lead)
{
    if (lead->email[0] == '\0')
        return OK; /* the account has closed */
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "lead.ask",
            .key =
                mem_format(ctx->mem, "lead/%lld/ask/%s", (long long)lead->id, lead->confirm_by_on),
            .to_address = lead->email,
            .to_name = lead->name,
            .subject = "Are you still the local lead?",
            .parts = (const struct mail_part[]){
                MAIL_TEXT(mem_format(ctx->mem,
                                     "People find you on this service as the local lead for %s. "
                                     "Twice a year we ask whether that is still so.",
                                     lead->area_name)),
                MAIL_TEXT(mem_format(ctx->mem,
                                     "Please open your page and press the button there by %s. "
                                     "After that day we no longer show you, and tell whoever looks "
                                     "after local leads in your area.",
                                     time_show_day(ctx->mem, lead->confirm_by_on))),
                MAIL_BUTTON("Open my page", "/desk/leads/mine"), MAIL_END}});
}

/* Why a lead is no longer shown. */
struct why {
    const char *what; /* of the kind of the mail      */
    const char *on;   /* tells one time from another  */
    const char *text, *then, *href;
};

static enum status mail_supervisor(struct ctx *ctx, const struct lead *lead, const struct why *why,
                                   const struct access_holder *to)
{
    return mail_put(
        ctx, &(const struct mail){
                 .kind = mem_join(ctx->mem, "lead.", why->what, ""),
                 .key = mem_format(ctx->mem, "lead/%lld/%s/%s/%lld", (long long)lead->id, why->what,
                                   why->on, (long long)to->person.n),
                 .to_address = to->email,
                 .to_name = to->name,
                 .subject = "A local lead is no longer shown",
                 .parts = (const struct mail_part[]){MAIL_TEXT(why->text), MAIL_TEXT(why->then),
                                                     MAIL_BUTTON("See local leads", why->href),
                                                     MAIL_END}});
}

static enum status mail_supervisors(struct ctx *ctx, const struct lead *lead, const struct why *why)
{
    struct access_holder *holders;
    size_t count;
    TRY(lead_supervisors(ctx, lead->area, &holders, &count));
    for (size_t i = 0; i < count; i++)
        TRY(mail_supervisor(ctx, lead, why, &holders[i]));
    return OK;
}

static enum status mail_hidden(struct ctx *ctx, const struct lead *lead)
{
    return mail_supervisors(
        ctx, lead,
        &(const struct why){
            "hidden", lead->confirm_by_on,
            mem_format(ctx->mem,
                       "A local lead for %s did not say that this is still so. We no longer show "
                       "them, and new questions go to others.",
                       lead->area_name),
            "Please ask them, or say who leads there now.", "/desk/leads?state=hidden"});
}

static enum status mail_lost(struct ctx *ctx, const struct lead *lead, const char *last_on)
{
    return mail_supervisors(
        ctx, lead,
        &(const struct why){
            "lost", last_on,
            mem_format(ctx->mem,
                       "A local lead for %s no longer has a role that lets them answer questions "
                       "there. We no longer show them, and their questions go to others.",
                       lead->area_name),
            "Please say who leads there now. If it is still them, give them the role again and put "
            "off their last day.",
            mem_format(ctx->mem, "/desk/leads/%lld", (long long)lead->id)});
}

/* ---- the clock ---- */

struct moving {
    int64_t id;
    bool done;
};

static enum status ask_once(struct ctx *ctx, void *arg)
{
    struct moving *moving = arg;
    struct lead lead;
    int64_t changes;
    TRY(lead_find(ctx, moving->id, &lead));
    TRY(lead_asked_row(ctx, lead.organisation_id, lead.id, &changes));
    moving->done = changes == 1;
    return changes == 1 && !lead.is_area_closed ? mail_ask(ctx, &lead) : OK;
}

static enum status hide_once(struct ctx *ctx, void *arg)
{
    struct moving *moving = arg;
    struct lead lead;
    int64_t changes;
    TRY(lead_find(ctx, moving->id, &lead));
    TRY(lead_hide_row(ctx, lead.organisation_id, lead.id, time_day_of(ctx->mem, ctx->now_secs),
                      &changes));
    moving->done = changes == 1;
    if (changes != 1)
        return OK;
    TRY(audit_note(ctx, &(const struct audit_deed){.what = "lead.hidden",
                                                   .organisation = lead.area,
                                                   .subject = lead.person,
                                                   .thing = lead.area}));
    return lead.is_area_closed ? OK : mail_hidden(ctx, &lead);
}

/* The last day on which a role let them answer there; the day before, when no role tells. */
static enum status last_day(struct ctx *ctx, const struct lead *lead, const char **out)
{
    struct lead_lost_until_row row;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    enum { DAY_CHARS = 10 };
    TRY(lead_lost_until(ctx, lead->person.n, lead->area, today, &row));
    const char *until_on = row.until_on != NULL ? row.until_on : today;
    if (strlen(until_on) > DAY_CHARS) { /* a last day: see lead.sql */
        *out = mem_text_part(ctx->mem, until_on, DAY_CHARS);
        return OK;
    }
    return time_day_add(ctx->mem, until_on, (struct time_step){.days = -1}, out);
}

static enum status lose_once(struct ctx *ctx, void *arg)
{
    struct moving *moving = arg;
    struct lead lead;
    const char *last_on;
    int64_t changes;
    TRY(lead_find(ctx, moving->id, &lead));
    moving->done = lead.is_lost && !lead.is_over;
    if (!moving->done)
        return OK; /* the role was given again */
    TRY(last_day(ctx, &lead, &last_on));
    TRY(lead_lose_row(ctx, lead.organisation_id, lead.id, last_on, &changes));
    TRY(audit_note(ctx, &(const struct audit_deed){.what = "lead.lost",
                                                   .organisation = lead.area,
                                                   .subject = lead.person,
                                                   .thing = lead.area,
                                                   .after = time_show_day(ctx->mem, last_on)}));
    return mail_lost(ctx, &lead, last_on);
}

static enum status lose_due(struct ctx *ctx, struct lead_moved *out, bool *again_out)
{
    struct lead_to_lose_row *rows;
    size_t count;
    TRY(lead_to_lose(ctx, time_day_of(ctx->mem, ctx->now_secs), AT_ONCE, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct moving moving = {.id = rows[i].id};
        TRY(store_transact(ctx, "lead_lose", lose_once, &moving));
        out->lost_count += moving.done;
    }
    *again_out = *again_out || count == AT_ONCE;
    return OK;
}

static enum status ask_due(struct ctx *ctx, struct lead_moved *out, bool *again_out)
{
    struct lead_to_ask_row *rows;
    size_t count;
    const char *today = time_day_of(ctx->mem, ctx->now_secs), *by_on;
    TRY(time_day_add(ctx->mem, today, (struct time_step){.days = LEAD_ASK_DAYS}, &by_on));
    TRY(lead_to_ask(ctx, by_on, today, AT_ONCE, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct moving moving = {.id = rows[i].id};
        TRY(store_transact(ctx, "lead_ask", ask_once, &moving));
        out->asked_count += moving.done;
    }
    *again_out = *again_out || count == AT_ONCE;
    return OK;
}

static enum status hide_due(struct ctx *ctx, struct lead_moved *out, bool *again_out)
{
    struct lead_to_hide_row *rows;
    size_t count;
    TRY(lead_to_hide(ctx, time_day_of(ctx->mem, ctx->now_secs), AT_ONCE, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct moving moving = {.id = rows[i].id};
        TRY(store_transact(ctx, "lead_hide", hide_once, &moving));
        out->hidden_count += moving.done;
    }
    *again_out = *again_out || count == AT_ONCE;
    return OK;
}

enum status lead_upkeep(struct ctx *ctx, struct lead_moved *out)
{
    bool again = true;
    struct lead_moved counts = {0};
    while (again) {
        again = false;
        TRY(lose_due(ctx, &counts, &again));
        TRY(hide_due(ctx, &counts, &again));
        TRY(ask_due(ctx, &counts, &again));
    }
    if (out != NULL)
        *out = counts;
    return OK;
}

static enum status upkeep(struct ctx *ctx, const struct job *job)
{
    (void)job;
    TRY(lead_upkeep(ctx, NULL));
    return enquiry_upkeep_all(ctx);
}

const struct job_kind lead_job_kinds[] = {
    {.name = "lead.upkeep",
     .fn = upkeep,
     .at_most_attempts = 5,
     .lease_secs = 600,
     .every_secs = TIME_HOUR_SECS},
    {0},
};
