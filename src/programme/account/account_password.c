/* SPDX-License-Identifier: MIT */
/*
 * account_password.c - passwords: which are good, setting and removing one, signing in by one.
 *
 * The slow hash is never computed inside a transaction.
 */
#include "platform/base/password.h"
#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/account/account.sql.h"
#include "programme/account/account_internal.h"

#include <string.h>

enum { OWN_PART_LEAST = 4, OWN_REST_LEAST = 8 };

/* ---- which are good ---- */

/* Takes every occurrence of part out of text. */
static void take_out(char *text, const char *part)
{
    size_t length = strlen(part);
    for (char *found; length >= OWN_PART_LEAST && (found = strstr(text, part)) != NULL;)
        memmove(found, found + length, strlen(found + length) + 1);
}

/* Takes the words of what is folded ("ada lovelace") out of text. */
static void take_words_out(struct mem *mem, char *text, const char *said)
{
    for (const char *word = text_fold(mem, said); *word != '\0';) {
        size_t length = strcspn(word, " ");
        take_out(text, mem_text_part(mem, word, length));
        word += length + (word[length] == ' ');
    }
}

static bool is_own(struct ctx *ctx, const struct access_person *person, const char *password)
{
    struct mem *mem = ctx->mem;
    char *left = mem_text(mem, text_fold(mem, password));
    size_t length = strlen(left);
    take_words_out(mem, left, person->name);
    take_words_out(mem, left, person->email);
    take_words_out(mem, left, ctx->settings->service_name);
    return strlen(left) < length && strlen(left) < OWN_REST_LEAST;
}

const char *account_password_problem(struct ctx *ctx, const struct access_person *person,
                                     const char *password)
{
    if (text_length_chars(password) < ACCOUNT_PASSWORD_CHARS_LEAST)
        return mem_format(ctx->mem, "Use at least %d characters, such as three random words",
                          ACCOUNT_PASSWORD_CHARS_LEAST);
    if (is_own(ctx, person, password))
        return "Choose a password without your name or email address";
    if (account_is_common(ctx->mem, password))
        return "Many people use this password or a pattern like it. Choose three random words";
    return NULL;
}

/* ---- setting and removing ---- */

static enum status set_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    TRY(account_password_put(ctx, ctx->person.n, arg, ctx->now_secs, &changes));
    return account_tell(ctx, &(const struct account_news){
                                 .what = "account.password_set",
                                 .person = ctx->person,
                                 .subject = "Your password was set",
                                 .sentence = "A password to sign in was set for your account, or "
                                             "changed."});
}

enum status account_password_set(struct ctx *ctx, const char *password)
{
    const char *hash;
    TRY(password_hash(ctx, password, &hash));
    return store_transact(ctx, "account_password_set", set_once, mem_text(ctx->mem, hash));
}

static enum status remove_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    (void)arg;
    TRY(account_password_drop(ctx, ctx->person.n, &changes));
    if (changes == 0)
        return OK;
    return account_tell(ctx, &(const struct account_news){
                                 .what = "account.password_removed",
                                 .person = ctx->person,
                                 .subject = "Your password was removed",
                                 .sentence = "Your account has no password any more. You sign in "
                                             "by a code from an email."});
}

enum status account_password_remove(struct ctx *ctx)
{
    return store_transact(ctx, "account_password_remove", remove_once, NULL);
}

/* ---- comparing ---- */

struct trying {
    struct account_try attempt;
    struct person_id person; /* whose password it is */
    bool is_sign_in;
    struct account_result *out;
};

static enum status begin_once(struct ctx *ctx, void *arg)
{
    struct trying *trying = arg;
    return account_try_begin(ctx, &trying->attempt, trying->out);
}

static enum status pass_once(struct ctx *ctx, void *arg)
{
    const struct trying *trying = arg;
    TRY(account_try_right(ctx, &trying->attempt));
    return trying->is_sign_in ? access_note_signed_in(ctx, trying->person) : OK;
}

/* The try is noted; hash is NULL when there is nothing to compare with. */
static enum status compare(struct ctx *ctx, struct trying *trying, const char *hash,
                           const char *password)
{
    bool fits;
    TRY(password_fits(ctx, hash, password, &fits));
    if (!fits)
        return OK;
    *trying->out = (struct account_result){.outcome = ACCOUNT_RIGHT, .person = trying->person};
    return store_transact(ctx, "account_password_right", pass_once, trying);
}

enum status account_password_sign_in(struct ctx *ctx, const struct access_caller *caller,
                                     const char *email, const char *password,
                                     struct account_result *out)
{
    const char *email_key = text_email_key(ctx->mem, email);
    struct trying trying = {
        .attempt = {.person_key = account_try_key(ctx, "address", email_key),
                    .caller_key = account_try_key(ctx, "caller", caller->address)},
        .is_sign_in = true,
        .out = out};
    struct account_password_by_email_row row = {0};
    TRY(store_transact(ctx, "account_try", begin_once, &trying));
    if (out->outcome == ACCOUNT_WAIT)
        return OK;
    enum status status = account_password_by_email(ctx, email_key, &row);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    trying.person = (struct person_id){row.person_id};
    return compare(ctx, &trying, status == OK ? row.hash : NULL, password);
}

enum status account_password_check(struct ctx *ctx, const struct access_caller *caller,
                                   const char *password, struct account_result *out)
{
    struct trying trying = {
        .attempt = {.person_key = account_try_key_of(ctx, "password", ctx->person),
                    .caller_key = account_try_key(ctx, "caller", caller->address)},
        .person = ctx->person,
        .out = out};
    struct account_password_by_person_row row = {0};
    TRY(store_transact(ctx, "account_try", begin_once, &trying));
    if (out->outcome == ACCOUNT_WAIT)
        return OK;
    enum status status = account_password_by_person(ctx, ctx->person.n, &row);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    return compare(ctx, &trying, status == OK ? row.hash : NULL, password);
}
