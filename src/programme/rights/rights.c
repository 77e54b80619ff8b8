/* SPDX-License-Identifier: MIT */
/*
 * rights.c - requests and complaints about personal data: their clocks, and what follows from them.
 *
 * A request is loaded, changed in memory and put back whole within its transaction, so that each
 * rule is a few lines; a closed one is never changed.
 */
#include "programme/rights/rights.h"

#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/rights/rights.sql.h"
#include "programme/rights/rights_mail.h"

#include <string.h>

enum { MONTHS = 1, MONTHS_EXTENDED = 3 };

const struct rights_words rights_kinds[] = {
    {"see", "See what is kept about me"},
    {"correct", "Have something put right"},
    {"object", "Object to how my data is used"},
    {"restrict", "Have my data kept but not used"},
    {"erase", "Have my data deleted"},
    {"complaint", "Complain about how my data is used"},
    {0},
};

const struct rights_words rights_outcomes[] = {
    {"done", "Done as asked"}, {"part", "Done in part"}, {"refused", "Refused"}, {0}};

/* Source: UK GDPR, articles 12(5), 15(4), 17(3), 21(1); Data Protection Act 2018, schedules 2-4. */
const struct rights_words rights_reasons[] = {
    {"must-keep", "We must keep it for our public task or by law"},
    {"others", "It would tell about other people"},
    {"hold", "It is needed for a court or an inquiry"},
    {"identity", "We could not be sure who asks"},
    {"not-held", "We keep nothing of that kind"},
    {"correct", "What we keep is right"},
    {"excessive", "It was asked and answered before, and nothing has changed"},
    {0},
};

const struct audit_kind rights_audit_kinds[] = {
    {"rights.asked", "Asked about personal data", false},
    {"rights.proven", "Proved the address of a request", false},
    {"rights.extended", "Needs two months more for a request", false},
    {"rights.paused", "Asked who a request is from", false},
    {"rights.acknowledged", "Acknowledged a complaint", false},
    {"rights.closed", "Answered a request", false},
    {"rights.looked", "Looked at a request", true},
    {"rights.copied", "Took a copy of their own data", false},
    {0},
};

static const struct rights_words *find_words(const struct rights_words *table, const char *code)
{
    for (; table->code != NULL; table++)
        if (strcmp(table->code, code) == 0)
            return table;
    return NULL;
}

const char *rights_name(const struct rights_words *table, const char *code)
{
    const struct rights_words *words = find_words(table, code);
    return words != NULL ? words->name : code;
}

/* ---- clocks ---- */

enum status rights_due_on(struct mem *mem, const char *clock_on, bool is_extended,
                          int64_t paused_days, const char **out)
{
    const char *month_on;
    TRY(time_day_add(mem, clock_on,
                     (struct time_step){.months = is_extended ? MONTHS_EXTENDED : MONTHS},
                     &month_on));
    return time_day_add(mem, month_on, (struct time_step){.days = (int)paused_days}, out);
}

static const char *today(const struct ctx *ctx)
{
    return time_day_of(ctx->mem, ctx->now_secs);
}

static enum status put_due(struct ctx *ctx, struct rights_row_row *row)
{
    return rights_due_on(ctx->mem, row->clock_on, row->extended_reason[0] != '\0', row->paused_days,
                         &row->due_on);
}

static enum status save(struct ctx *ctx, const struct rights_row_row *row)
{
    int64_t changes;
    return rights_set(ctx, row->id, row->state, row->person_id, row->clock_on, row->due_on,
                      row->paused_on, row->paused_days, row->extended_reason, row->acknowledged_at,
                      &changes);
}

static struct privacy_subject subject_of(const struct rights_row_row *row)
{
    return (struct privacy_subject){
        {row->person_id != NULL ? *row->person_id : 0}, row->email, row->email_key};
}

static enum status note(struct ctx *ctx, const struct rights_row_row *row, const char *what,
                        const char *purpose)
{
    return audit_note(ctx, &(const struct audit_deed){.what = what,
                                                      .organisation = row->organisation,
                                                      .subject = subject_of(row).person,
                                                      .thing = row->reference,
                                                      .purpose = purpose});
}

/* ---- asking ---- */

enum status rights_subject(struct ctx *ctx, struct privacy_subject *out)
{
    struct access_person person;
    TRY(access_person_get(ctx, ctx->person, &person));
    *out =
        (struct privacy_subject){person.id, person.email, text_email_key(ctx->mem, person.email)};
    return OK;
}

/* A link to prove the address, and the mail with it. */
static enum status send_link(struct ctx *ctx, const struct rights_row_row *row)
{
    const char *token = random_token(ctx->mem);
    int64_t changes;
    TRY(rights_link_add(ctx, hash_token(ctx->mem, token), row->id, ctx->now_secs,
                        ctx->now_secs + RIGHTS_LINK_SECS, &changes));
    return rights_mail_link(ctx, row, token);
}

static enum status check_ask(struct ctx *ctx, const struct rights_ask *ask)
{
    bool needs_words = strcmp(ask->kind, "see") != 0 && strcmp(ask->kind, "erase") != 0;
    if (find_words(rights_kinds, ask->kind) == NULL)
        return ctx_fail(ctx, ERR_INVALID, "there is no request of the kind \"%s\"", ask->kind);
    if (needs_words && ask->what[0] == '\0')
        return ctx_fail(ctx, ERR_INVALID, "the request does not say what is asked");
    if (text_length_chars(ask->what) > RIGHTS_TEXT_CHARS_MAX)
        return ctx_fail(ctx, ERR_INVALID, "the request is too long");
    if (ctx->person.n == 0 && (ask->name[0] == '\0' || !text_is_email(ask->email)))
        return ctx_fail(ctx, ERR_INVALID, "the request has no name or no address");
    return OK;
}

struct asking {
    const struct rights_ask *ask;
    struct rights_row_row row;
};

/* Runs inside a transaction, perhaps more than once. */
static enum status ask_once(struct ctx *ctx, void *arg)
{
    struct asking *asking = arg;
    const struct rights_ask *ask = asking->ask;
    struct access_person person = {.id = ctx->person, .email = ask->email, .name = ask->name};
    struct rights_row_row *row = &asking->row;
    int64_t changes;
    bool is_proven = ctx->person.n != 0;
    if (is_proven)
        TRY(access_person_get(ctx, ctx->person, &person));
    *row = (struct rights_row_row){.id = id_new(ctx),
                                   .reference = id_reference_new(ctx->mem, "RQ"),
                                   .kind = ask->kind,
                                   .state = is_proven ? "open" : "unproven",
                                   .person_id = is_proven ? &person.id.n : NULL,
                                   .email = person.email,
                                   .email_key = text_email_key(ctx->mem, person.email),
                                   .name = person.name,
                                   .organisation = ask->organisation,
                                   .clock_on = is_proven ? today(ctx) : "",
                                   .due_on = "",
                                   .extended_reason = "",
                                   .acknowledge_on = ""};
    if (is_proven)
        TRY(put_due(ctx, row));
    if (strcmp(ask->kind, "complaint") == 0)
        TRY(time_day_add(ctx->mem, today(ctx), (struct time_step){.days = RIGHTS_ACKNOWLEDGE_DAYS},
                         &row->acknowledge_on));
    TRY(rights_add(ctx, row->id, row->reference, row->kind, row->state, row->person_id, row->email,
                   row->email_key, row->name, row->organisation, ask->what, ctx->now_secs,
                   today(ctx), row->clock_on, row->due_on, row->acknowledge_on, &changes));
    TRY(note(ctx, row, "rights.asked", NULL));
    row->reference = mem_text(ctx->mem, row->reference);
    return is_proven ? OK : send_link(ctx, row);
}

enum status rights_ask(struct ctx *ctx, const struct rights_ask *ask, const char **reference_out)
{
    struct asking asking = {.ask = ask};
    TRY(check_ask(ctx, ask));
    TRY(store_transact(ctx, "rights_ask", ask_once, &asking));
    *reference_out = asking.row.reference;
    return OK;
}

/* ---- finding ---- */

static void fill(const struct rights_row_row *row, struct rights_request *out)
{
    *out = (struct rights_request){
        .reference = row->reference,
        .kind = row->kind,
        .state = row->state,
        .email = row->email,
        .name = row->name,
        .organisation = row->organisation,
        .what = row->what,
        .subject = subject_of(row),
        .received_at = row->received_at,
        .closed_at = row->closed_at != NULL ? *row->closed_at : 0,
        .acknowledged_at = row->acknowledged_at != NULL ? *row->acknowledged_at : 0,
        .received_on = row->received_on,
        .due_on = row->due_on,
        .paused_on = row->paused_on,
        .extended_reason = row->extended_reason,
        .acknowledge_on = row->acknowledge_on,
        .outcome = row->outcome,
        .reason = row->reason,
        .answer = row->answer,
    };
}

enum status rights_find(struct ctx *ctx, const char *reference, const char *scope,
                        struct rights_request *out)
{
    bool holds;
    struct rights_row_row row;
    TRY(rights_row(ctx, reference, &row));
    TRY(access_scope_holds(ctx, scope, row.organisation, &holds));
    if (!holds)
        return ctx_fail(ctx, ERR_NOT_FOUND, "the request is outside the scope of the role");
    fill(&row, out);
    return OK;
}

static enum status row_by_link(struct ctx *ctx, const char *token, struct rights_row_row *out)
{
    struct rights_link_row_row link;
    TRY(rights_link_row(ctx, hash_token(ctx->mem, token), &link));
    if (link.expires_at <= ctx->now_secs)
        return ctx_fail(ctx, ERR_NOT_FOUND, "the time of the link is over");
    return rights_row(ctx, link.reference, out);
}

enum status rights_find_by_link(struct ctx *ctx, const char *token, struct rights_request *out)
{
    struct rights_row_row row;
    TRY(row_by_link(ctx, token, &row));
    fill(&row, out);
    return OK;
}

/* ---- proving ---- */

/* The account of an address that is proven, and the clock that now runs. */
static enum status start_clock(struct ctx *ctx, struct rights_row_row *row)
{
    struct rights_person_row person;
    int64_t days = 0;
    enum status status = rights_person(ctx, row->email_key, &person);
    if (status == OK)
        row->person_id = mem_copy(ctx->mem, &person.person_id, sizeof person.person_id);
    else if (status != ERR_NOT_FOUND)
        return status;
    if (row->clock_on[0] == '\0')
        row->clock_on = today(ctx);
    if (row->paused_on[0] != '\0')
        TRY(time_days_between(row->paused_on, today(ctx), &days));
    row->paused_days += days;
    row->paused_on = "";
    row->state = "open";
    return put_due(ctx, row);
}

/* Runs inside a transaction, perhaps more than once. */
static enum status prove_once(struct ctx *ctx, void *arg)
{
    const char *token = arg;
    struct rights_row_row row;
    int64_t changes;
    TRY(row_by_link(ctx, token, &row));
    if (strcmp(row.state, "unproven") != 0 && strcmp(row.state, "paused") != 0)
        return OK;
    TRY(start_clock(ctx, &row));
    TRY(save(ctx, &row));
    TRY(note(ctx, &row, "rights.proven", NULL));
    if (strcmp(row.kind, "see") != 0)
        return rights_mail_taken(ctx, &row);
    return rights_end(ctx, row.id, "done", "", "You were shown your data by the link that we sent.",
                      ctx->now_secs, 0, &changes);
}

enum status rights_prove(struct ctx *ctx, const char *token)
{
    return store_transact(ctx, "rights_prove", prove_once, mem_text(ctx->mem, token));
}

/* ---- the desk ---- */

struct act {
    const char *reference, *reason;
    enum status (*fn)(struct ctx *ctx, struct rights_row_row *row, const struct act *act);
    const struct rights_close *close;
};

/* Runs inside a transaction, perhaps more than once. */
static enum status act_once(struct ctx *ctx, void *arg)
{
    const struct act *act = arg;
    struct rights_row_row row;
    TRY(rights_row(ctx, act->reference, &row));
    if (row.closed_at != NULL || strcmp(row.state, "unproven") == 0)
        return ctx_fail(ctx, ERR_CONFLICT, "request \"%s\" is \"%s\"", row.reference, row.state);
    return act->fn(ctx, &row, act);
}

static enum status extend(struct ctx *ctx, struct rights_row_row *row, const struct act *act)
{
    if (row->extended_reason[0] != '\0')
        return ctx_fail(ctx, ERR_CONFLICT, "the request was extended before");
    row->extended_reason = act->reason;
    TRY(put_due(ctx, row));
    TRY(save(ctx, row));
    TRY(note(ctx, row, "rights.extended", act->reason));
    return rights_mail_extended(ctx, row);
}

enum status rights_extend(struct ctx *ctx, const char *reference, const char *reason)
{
    struct act act = {reference, reason, extend, NULL};
    if (reason[0] == '\0' || text_length_chars(reason) > RIGHTS_TEXT_CHARS_MAX)
        return ctx_fail(ctx, ERR_INVALID, "two months more need a reason of some length");
    return store_transact(ctx, "rights_extend", act_once, &act);
}

static enum status pause_clock(struct ctx *ctx, struct rights_row_row *row, const struct act *act)
{
    (void)act;
    if (strcmp(row->state, "paused") == 0)
        return OK;
    row->state = "paused";
    row->paused_on = today(ctx);
    TRY(save(ctx, row));
    TRY(note(ctx, row, "rights.paused", NULL));
    return send_link(ctx, row);
}

enum status rights_pause(struct ctx *ctx, const char *reference)
{
    struct act act = {reference, NULL, pause_clock, NULL};
    return store_transact(ctx, "rights_pause", act_once, &act);
}

static enum status acknowledge(struct ctx *ctx, struct rights_row_row *row, const struct act *act)
{
    (void)act;
    if (row->acknowledged_at != NULL)
        return OK;
    if (strcmp(row->kind, "complaint") != 0)
        return ctx_fail(ctx, ERR_CONFLICT, "only complaints are acknowledged");
    row->acknowledged_at = &ctx->now_secs;
    TRY(save(ctx, row));
    TRY(note(ctx, row, "rights.acknowledged", NULL));
    return rights_mail_acknowledged(ctx, row);
}

enum status rights_acknowledge(struct ctx *ctx, const char *reference)
{
    struct act act = {reference, NULL, acknowledge, NULL};
    return store_transact(ctx, "rights_acknowledge", act_once, &act);
}

/* ---- answering ---- */

/* What was agreed is done.  erased: the lines for the mail, when something was erased. */
static enum status carry_out(struct ctx *ctx, const struct rights_row_row *row,
                             struct rights_erased *erased)
{
    const struct privacy_subject subject = subject_of(row);
    if (strcmp(row->kind, "restrict") == 0 || strcmp(row->kind, "object") == 0)
        return privacy_restrict(ctx, &subject, strcmp(row->kind, "object") == 0, "",
                                row->reference);
    if (strcmp(row->kind, "erase") != 0)
        return OK;
    erased->lines = mem_array(ctx->mem, struct privacy_erasure, PRIVACY_COPIES_MAX);
    return privacy_erase(ctx, &subject, erased->lines, &erased->count);
}

static enum status close_it(struct ctx *ctx, struct rights_row_row *row, const struct act *act)
{
    struct rights_erased erased = {0};
    int64_t changes;
    row->outcome = act->close->outcome;
    row->reason = act->close->reason;
    row->answer = act->close->answer;
    if (strcmp(row->outcome, "refused") != 0)
        TRY(carry_out(ctx, row, &erased));
    TRY(rights_end(ctx, row->id, row->outcome, row->reason, row->answer, ctx->now_secs,
                   ctx->person.n, &changes));
    TRY(note(ctx, row, "rights.closed", NULL));
    return rights_mail_closed(ctx, row, &erased);
}

enum status rights_close(struct ctx *ctx, const char *reference, const struct rights_close *close)
{
    struct act act = {reference, NULL, close_it, close};
    if (find_words(rights_outcomes, close->outcome) == NULL || close->answer[0] == '\0' ||
        text_length_chars(close->answer) > RIGHTS_TEXT_CHARS_MAX)
        return ctx_fail(ctx, ERR_INVALID, "an answer has an outcome and words of some length");
    if (strcmp(close->outcome, "done") != 0 && find_words(rights_reasons, close->reason) == NULL)
        return ctx_fail(ctx, ERR_INVALID, "what is refused has a reason of the list");
    return store_transact(ctx, "rights_close", act_once, &act);
}

/* ---- what is kept of all this ---- */

const struct privacy_holding rights_holdings[] = {
    {.table = "rights_request",
     .name = "What you asked about your data",
     .what = "your name, your email address, what you asked and what we answered",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC | PRIVACY_OF_CHILDREN,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_LEGAL_DUTY,
     .purpose = "so that we answer you in time, and can show that we did",
     .source = "you",
     .access = MAY_ANSWER_RIGHTS,
     .rule = "rights",
     .rows = &rights_copy_query,
     .kept_because = "We must be able to show that we answered you. It goes in its time.",
     .retain = &rights_retain_query},
    {.table = "rights_link",
     .name = "Links to prove your address",
     .what = "that a link was made for a request",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC | PRIVACY_OF_CHILDREN,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_LEGAL_DUTY,
     .purpose = "so that nobody else asks in your name",
     .source = "made by this service",
     .rule = "rights-link",
     .listed_with = "the request that it is for",
     .kept_because = "It holds no name and no address, and goes in its time.",
     .retain = &rights_link_retain_query,
     .is_passing = true,
     .fixed_secs = RIGHTS_LINK_SECS},
    {0},
};
