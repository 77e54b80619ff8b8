/* SPDX-License-Identifier: MIT */
/*
 * account_loss.c - a phone that is lost together with the recovery codes.
 *
 * Whoever can read the person's mail can ask; so there is a wait, all devices and those who lead
 * are told, and the person can call it off from any of them.
 */
#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/job/job.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/account/account.sql.h"
#include "programme/account/account_internal.h"

#include <inttypes.h>

/* ---- asking ---- */

static enum status mail_person(struct ctx *ctx, const struct access_person *person, int64_t id,
                               const char *token, int64_t due_at)
{
    struct mem *mem = ctx->mem;
    return mail_put(
        ctx, &(const struct mail){
                 .kind = "account_loss",
                 .key = mem_format(mem, "account/loss/%" PRId64, id),
                 .to_address = person->email,
                 .subject = "Your phone will be removed from your account",
                 .parts = (const struct mail_part[]){
                     MAIL_TEXT("Somebody who can read your email said that you lost your phone and "
                               "your recovery codes."),
                     MAIL_TEXT(mem_format(mem,
                                          "On %s the phone stops counting. Then you can sign in by "
                                          "a code from an email, and add a new phone.",
                                          time_show(mem, due_at))),
                     MAIL_TEXT("If that was not you, or you found the phone, stop it:"),
                     MAIL_BUTTON("Keep my phone", mem_format(mem, "/sign-in/keep/%s", token)),
                     MAIL_END}});
}

/* What a stranger to them could have typed stands in none of it but the name that they know. */
static enum status mail_leads(struct ctx *ctx, const struct access_person *person, int64_t id,
                              int64_t due_at)
{
    size_t count;
    struct mem *mem = ctx->mem;
    struct account_leads_row *leads;
    TRY(account_leads(ctx, person->id.n, time_day_of(mem, ctx->now_secs), ACCOUNT_LEADS_MAX, &leads,
                      &count));
    for (size_t i = 0; i < count; i++)
        TRY(mail_put(
            ctx,
            &(const struct mail){
                .kind = "account_loss_lead",
                .key = mem_format(mem, "account/loss/%" PRId64 "/%" PRId64, id, leads[i].id),
                .to_address = leads[i].email,
                .to_name = leads[i].name,
                .subject = "Somebody who works with you lost a phone",
                .parts = (const struct mail_part[]){
                    MAIL_TEXT(mem_format(mem,
                                         "%s said that the phone to sign in with is lost. On %s it "
                                         "stops counting, and they can add a new one.",
                                         person->name, time_show(mem, due_at))),
                    MAIL_TEXT("You do not need to do anything if you know about it. If it seems "
                              "wrong, speak to them, not by email."),
                    MAIL_END}}));
    return OK;
}

static enum status ask_once(struct ctx *ctx, void *arg)
{
    int64_t changes, *due_at = arg, id = id_new(ctx);
    struct access_person person;
    struct account_phone_row_row phone;
    struct account_loss_waiting_row waiting;
    TRY(account_phone_row(ctx, ctx->person.n, &phone));
    enum status status = account_loss_waiting(ctx, ctx->person.n, &waiting);
    if (status == OK)
        *due_at = waiting.due_at;
    if (status != ERR_NOT_FOUND)
        return status;
    *due_at = ctx->now_secs + ACCOUNT_LOSS_SECS;
    const char *token = random_token(ctx->mem);
    TRY(access_person_get(ctx, ctx->person, &person));
    TRY(account_loss_add(ctx, id, person.id.n, ctx->now_secs, *due_at, hash_token(ctx->mem, token),
                         &changes));
    TRY(job_put(ctx, ACCOUNT_LOSS_JOB, mem_format(ctx->mem, "%" PRId64, id), "", *due_at));
    TRY(account_tell(
        ctx, &(const struct account_news){.what = "account.loss_asked", .person = person.id}));
    TRY(mail_person(ctx, &person, id, token, *due_at));
    return mail_leads(ctx, &person, id, *due_at);
}

enum status account_loss_ask(struct ctx *ctx, int64_t *due_at_out)
{
    return store_transact(ctx, "account_loss_ask", ask_once, due_at_out);
}

/* ---- calling it off ---- */

static enum status keep_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const struct person_id *person = arg;
    TRY(account_loss_end(ctx, person->n, "kept", ctx->now_secs, &changes));
    if (changes == 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "no loss waits");
    return account_tell(
        ctx, &(const struct account_news){.what = "account.loss_kept",
                                          .person = *person,
                                          .subject = "Your phone stays in your account",
                                          .sentence = "The removal of your phone was called off."});
}

enum status account_loss_keep(struct ctx *ctx)
{
    struct person_id person = ctx->person;
    return store_transact(ctx, "account_loss_keep", keep_once, &person);
}

static enum status find(struct ctx *ctx, const char *token, struct account_loss_by_keep_row *out)
{
    TRY(account_loss_by_keep(ctx, hash_token(ctx->mem, token), out));
    return out->ended_at == NULL ? OK : ctx_fail(ctx, ERR_NOT_FOUND, "the loss has ended");
}

enum status account_loss_keep_by(struct ctx *ctx, const char *token)
{
    struct account_loss_by_keep_row row;
    TRY(find(ctx, token, &row));
    struct person_id person = {row.person_id};
    return store_transact(ctx, "account_loss_keep", keep_once, &person);
}

enum status account_loss_open(struct ctx *ctx, const char *token, int64_t *due_at_out)
{
    struct account_loss_by_keep_row row;
    TRY(find(ctx, token, &row));
    *due_at_out = row.due_at;
    return OK;
}

/* ---- when the time is over ---- */

static enum status end_phone(struct ctx *ctx, struct person_id person)
{
    bool had_one;
    TRY(account_phone_drop_all(ctx, person, "removed", &had_one));
    TRY(account_sessions_end(ctx, person));
    return account_tell(ctx, &(const struct account_news){
                                 .what = "account.loss_done",
                                 .person = person,
                                 .subject = "Your lost phone no longer counts",
                                 .sentence = "You can sign in by a code from an email, and add a "
                                             "new phone. You were signed out everywhere."});
}

static enum status due_once(struct ctx *ctx, void *arg)
{
    int64_t id;
    const struct job *job = arg;
    struct account_loss_by_id_row row;
    TRY(text_number(job->key, 1, INT64_MAX, &id));
    enum status status = account_loss_by_id(ctx, id, &row);
    if (status == OK && row.ended_at == NULL && row.due_at <= ctx->now_secs)
        TRY(end_phone(ctx, (struct person_id){row.person_id}));
    else if (status != OK && status != ERR_NOT_FOUND)
        return status;
    return job_finish(ctx, job);
}

enum status account_loss_due(struct ctx *ctx, const struct job *job)
{
    struct job copy = *job;
    return store_transact(ctx, ACCOUNT_LOSS_JOB, due_once, &copy);
}
