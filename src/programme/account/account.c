/* SPDX-License-Identifier: MIT */
/* account.c - what the ways in have in common: looking and telling. */
#include "programme/account/account.h"

#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/mail/mail.h"
#include "programme/account/account.sql.h"
#include "programme/account/account_internal.h"
#include "programme/audit/audit.h"

#include <inttypes.h>
#include <string.h>

enum { LEASE_SECS = 60 };

const struct audit_kind account_audit_kinds[] = {
    {"account.password_set", "A password was set", false},
    {"account.password_removed", "The password was removed", false},
    {"account.phone_added", "A phone for one-time codes was added", false},
    {"account.phone_removed", "The phone for one-time codes was removed", false},
    {"account.second_step", "Signed in by a second factor", false},
    {"account.recovery_made", "Recovery codes were made", false},
    {"account.recovery_used", "A recovery code was used", false},
    {"account.loss_asked", "Said that the phone is lost", false},
    {"account.loss_kept", "Said that the phone is not lost", false},
    {"account.loss_done", "A lost phone stopped counting", false},
    {"account.moved", "Moved to another email address", false},
    {"account.move_undone", "Moved back to the email address from before", false},
    {"account.linked", "Another service was linked", false},
    {"account.unlinked", "Another service was unlinked", false},
    {"account.device_ended", "Signed out on another device", false},
    {"account.ended_everywhere", "Signed out on all devices", false},
    {0},
};

static int64_t or_zero(const int64_t *at)
{
    return at != NULL ? *at : 0;
}

enum status account_ways_of(struct ctx *ctx, struct person_id person, struct account_ways *out)
{
    struct account_ways_row row;
    TRY(account_ways(ctx, person.n, &row));
    *out = (struct account_ways){
        .has_password = row.password_at != NULL,
        .has_phone = row.phone_at != NULL,
        .password_at = or_zero(row.password_at),
        .phone_at = or_zero(row.phone_at),
        .recovery_count = row.recovery_count,
        .recovery_at = or_zero(row.recovery_at),
        .loss_due_at = or_zero(row.loss_due_at),
    };
    return OK;
}

/* ---- telling ---- */

static enum status mail_news(struct ctx *ctx, const struct account_news *news)
{
    struct access_person person;
    TRY(access_person_get(ctx, news->person, &person));
    return mail_put(
        ctx, &(const struct mail){
                 .kind = "account_news",
                 .key = mem_format(ctx->mem, "account/news/%" PRId64, id_new(ctx)),
                 .to_address = person.email,
                 .to_name = strcmp(person.name, person.email) != 0 ? person.name : NULL,
                 .subject = news->subject,
                 .parts = (const struct mail_part[]){
                     MAIL_TEXT(news->sentence),
                     MAIL_TEXT("If that was you, you do not need to do anything."),
                     MAIL_TEXT("If it was not you, sign in by a code from an email, look at your "
                               "devices and sign out everywhere."),
                     MAIL_BUTTON("Look at your account", "/account"), MAIL_END}});
}

enum status account_tell(struct ctx *ctx, const struct account_news *news)
{
    TRY(audit_note(ctx, &(const struct audit_deed){
                            .what = news->what, .subject = news->person, .thing = news->thing}));
    return news->subject != NULL ? mail_news(ctx, news) : OK;
}

enum status account_code_hash(struct ctx *ctx, const char *purpose, const char *code,
                              const char **out)
{
    unsigned char key[HASH_KEY_BYTES];
    TRY(access_key(ctx, key));
    const char *text = mem_format(ctx->mem, "account %s %s", purpose, code);
    *out = hash_keyed(ctx->mem, key, text, strlen(text));
    return OK;
}

const struct job_kind account_job_kinds[] = {
    {ACCOUNT_LOSS_JOB, account_loss_due, 10, LEASE_SECS},
    {0},
};
