/* SPDX-License-Identifier: MIT */
/*
 * access_code.c - a code that is mailed and typed.
 *
 * A request for a code only writes a row and puts a job, whoever the address belongs to; the job
 * looks the person up, makes the code and mails it.  A row without a code can be typed at like any
 * other, and no code is right.  So what is answered, and how long it takes, is the same.
 *
 * All rows of a browser for the address that it asked for last count together: mails arrive in any
 * order, and people press a button twice.  A wrong code is a try at each of them.
 */
#include "programme/access/access.h"

#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/job/job.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/access/access.sql.h"
#include "programme/access/access_internal.h"

#include <inttypes.h>
#include <string.h>

#define SEND_CODE "access.send_code"

enum {
    HOUR_SECS = 3600,
    DAY_SECS = 86400,
    SEND_ATTEMPTS = 5,
    SEND_LEASE_SECS = 60,
    LOCATE_LEASE_SECS = 1800
};

/* ---- the hash of a code ---- */

/* Another node may be first to make the key: whoever is, all read the same one. */
enum status access_key(struct ctx *ctx, unsigned char *key_out)
{
    struct text_span bytes;
    struct access_secret_get_row row;
    unsigned char fresh[HASH_KEY_BYTES];
    enum status status = access_secret_get(ctx, &row);
    if (status == ERR_NOT_FOUND) {
        int64_t changes;
        random_bytes(fresh, sizeof fresh);
        TRY(access_secret_add(ctx, text_hex(ctx->mem, fresh, sizeof fresh), ctx->now_secs,
                              &changes));
        status = access_secret_get(ctx, &row);
    }
    TRY(status);
    if (text_hex_read(ctx->mem, row.secret, &bytes) != OK || bytes.length_bytes != HASH_KEY_BYTES)
        return ctx_fail(ctx, ERR_FAULT, "the secret in access_secret is not one");
    memcpy(key_out, bytes.bytes, HASH_KEY_BYTES);
    return OK;
}

static const char *hash_of(struct ctx *ctx, const unsigned char *key, int64_t id, const char *code)
{
    const char *text = mem_format(ctx->mem, "%" PRId64 " %s", id, code);
    return hash_keyed(ctx->mem, key, text, strlen(text));
}

/* ---- asking ---- */

struct asking {
    const struct access_caller *caller;
    const char *email_key, *goes_to;
    bool is_too_often;
};

/* Runs inside a transaction, perhaps more than once. */
static enum status ask_once(struct ctx *ctx, void *arg)
{
    struct asking *asking = arg;
    int64_t id = id_new(ctx), now = ctx->now_secs, changes;
    struct access_code_load_of_address_row by_caller;
    struct access_code_load_of_email_row by_email;
    TRY(access_code_load_of_address(ctx, asking->caller->address, now - HOUR_SECS, &by_caller));
    TRY(access_code_load_of_email(ctx, asking->email_key, now - HOUR_SECS, now - DAY_SECS,
                                  &by_email));
    asking->is_too_often = by_caller.asked >= ACCESS_CALLER_ASKS_AN_HOUR ||
                           by_caller.wrong >= ACCESS_CALLER_WRONG_AN_HOUR ||
                           by_email.hour >= ACCESS_CODES_AN_HOUR ||
                           by_email.day >= ACCESS_CODES_A_DAY;
    if (asking->is_too_often)
        return OK;
    TRY(access_code_insert(ctx, id, asking->email_key, asking->caller->browser,
                           asking->caller->address, asking->goes_to, now, now + ACCESS_CODE_SECS,
                           &changes));
    return job_put(ctx, SEND_CODE, mem_format(ctx->mem, "%" PRId64, id), "", 0);
}

enum status access_code_ask(struct ctx *ctx, const struct access_caller *caller, const char *email,
                            const char *goes_to)
{
    struct asking asking = {.caller = caller,
                            .email_key = text_email_key(ctx->mem, email),
                            .goes_to = access_path_is_ours(goes_to) ? goes_to : ""};
    if (caller->browser[0] == '\0')
        return ctx_fail(ctx, ERR_FORBIDDEN, "a code needs a browser to be typed in");
    TRY(store_transact(ctx, "access_code_ask", ask_once, &asking));
    if (asking.is_too_often)
        return ctx_fail(ctx, ERR_BUSY, "too many codes were asked for");
    return OK;
}

/* ---- making and mailing ---- */

static enum status mail_code(struct ctx *ctx, int64_t id, const struct access_code_row_row *row,
                             const struct access_person *person, const char *code)
{
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "access_code",
            .key = mem_format(ctx->mem, "access/code/%" PRId64, id),
            .to_address = person->email,
            .to_name = strcmp(person->name, person->email) != 0 ? person->name : NULL,
            .subject = "Your code to sign in",
            .expires_at = row->expires_at,
            .parts = (const struct mail_part[]){
                MAIL_TEXT("Type this code into the page where you asked for it:"), MAIL_CODE(code),
                MAIL_TEXT("It works for 10 minutes, once, and only in that browser."),
                MAIL_TEXT("Do not give it to anyone. We never ask for it by phone or email."),
                MAIL_TEXT("If you did not ask for a code, you do not need to do anything. "
                          "Nobody can sign in without it."),
                MAIL_END}});
}

static enum status make_code(struct ctx *ctx, int64_t id)
{
    int64_t changes;
    struct access_code_row_row row;
    struct access_person person;
    unsigned char key[HASH_KEY_BYTES];
    enum status status = access_code_row(ctx, id, &row);
    if (status == OK && (row.code_hash != NULL || row.expires_at <= ctx->now_secs))
        return OK;
    if (status == OK)
        status = access_person_find(ctx, row.email_key, &person);
    if (status == ERR_NOT_FOUND || (status == OK && person.closed_at != 0))
        return OK;
    TRY(status);
    TRY(access_key(ctx, key));
    const char *code = random_digits(ctx->mem, ACCESS_CODE_DIGITS);
    TRY(access_code_set_hash(ctx, id, hash_of(ctx, key, id, code), &changes));
    TRY(access_note(ctx, &(const struct access_deed){"access.code_sent", person.id, NULL, NULL}));
    return mail_code(ctx, id, &row, &person, code);
}

static enum status send_once(struct ctx *ctx, void *arg)
{
    int64_t id;
    const struct job *job = arg;
    TRY(text_number(job->key, 1, INT64_MAX, &id));
    TRY(make_code(ctx, id));
    return job_finish(ctx, job);
}

static enum status send_code(struct ctx *ctx, const struct job *job)
{
    struct job copy = *job;
    return store_transact(ctx, SEND_CODE, send_once, &copy);
}

const struct job_kind access_job_kinds[] = {
    {SEND_CODE, send_code, SEND_ATTEMPTS, SEND_LEASE_SECS},
    {0},
};

/* ---- typing ---- */

/* The rows of a browser for the address that it asked for last. */
struct awaited {
    struct access_code_rows_row *rows;
    size_t count;
};

static enum status read_awaited(struct ctx *ctx, const char *browser, struct awaited *out)
{
    struct access_code_rows_row *rows;
    size_t count;
    *out = (struct awaited){0};
    TRY(access_code_rows(ctx, browser, ACCESS_CODES_AN_HOUR, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].email_key, rows[0].email_key) == 0)
            rows[out->count++] = rows[i];
    out->rows = rows;
    return OK;
}

static bool is_over(const struct access_code_rows_row *row, int64_t now_secs)
{
    return row->used_at != NULL || row->expires_at <= now_secs;
}

static bool can_be_typed(const struct access_code_rows_row *row, int64_t now_secs)
{
    return !is_over(row, now_secs) && row->tries < ACCESS_CODE_TRIES;
}

enum status access_code_awaited(struct ctx *ctx, const char *browser, const char **email_out)
{
    struct awaited awaited;
    TRY(read_awaited(ctx, browser, &awaited));
    for (size_t i = 0; i < awaited.count; i++) {
        if (!can_be_typed(&awaited.rows[i], ctx->now_secs))
            continue;
        *email_out = awaited.rows[i].email_key;
        return OK;
    }
    return ERR_NOT_FOUND;
}

struct typing {
    const struct access_caller *caller;
    const char *code;
    struct access_entry *out;
};

/* What the rows allow before any is compared: ACCESS_CODE_WRONG when one can be typed. */
static enum access_outcome outlook(const struct awaited *awaited, int64_t now_secs)
{
    enum access_outcome outcome = ACCESS_CODE_OVER;
    for (size_t i = 0; i < awaited->count; i++) {
        if (can_be_typed(&awaited->rows[i], now_secs))
            return ACCESS_CODE_WRONG;
        if (!is_over(&awaited->rows[i], now_secs))
            outcome = ACCESS_CODE_TOO_OFTEN;
    }
    return outcome;
}

/* How many of the rows could still be typed at after a wrong code. */
static enum access_outcome outlook_after(const struct awaited *awaited, int64_t now_secs)
{
    for (size_t i = 0; i < awaited->count; i++)
        awaited->rows[i].tries++;
    return outlook(awaited, now_secs);
}

/* Compares with every row, whichever fits, so that the time tells nothing. */
static enum status compare(struct ctx *ctx, const struct awaited *awaited, const char *code,
                           bool *fits_out)
{
    unsigned char key[HASH_KEY_BYTES];
    TRY(access_key(ctx, key));
    *fits_out = false;
    for (size_t i = 0; i < awaited->count; i++) {
        const struct access_code_rows_row *row = &awaited->rows[i];
        const char *stored = row->code_hash != NULL ? row->code_hash : "";
        bool fits = hash_is_equal(hash_of(ctx, key, row->id, code), stored);
        *fits_out = *fits_out || (fits && can_be_typed(row, ctx->now_secs));
    }
    return OK;
}

/* The right code: for the person, if the account was not closed in between. */
static enum status enter(struct ctx *ctx, const struct access_caller *caller,
                         const struct access_code_rows_row *row, struct access_entry *out)
{
    struct access_person person;
    struct access_granted granted;
    enum status status = access_person_find(ctx, row->email_key, &person);
    out->outcome = ACCESS_CODE_OVER;
    if (status == ERR_NOT_FOUND || (status == OK && person.closed_at != 0))
        return OK;
    TRY(status);
    if (caller->proves.n == 0)
        TRY(access_note_signed_in(ctx, person.id));
    else if (person.id.n != caller->proves.n)
        return OK;
    bool has_desk = access_check_of(&person, MAY_SEE_DESK, &granted) == OK;
    *out = (struct access_entry){
        .outcome = ACCESS_SIGNED_IN, .person = person.id, .goes_to = row->goes_to};
    if (out->goes_to[0] == '\0')
        out->goes_to = has_desk ? "/desk" : "/account";
    return OK;
}

/* Runs inside a transaction, perhaps more than once.  A wrong code is OK: the try must stay. */
static enum status type_once(struct ctx *ctx, void *arg)
{
    bool fits;
    int64_t changes;
    struct awaited awaited;
    struct typing *typing = arg;
    struct access_entry *out = typing->out;
    struct access_code_load_of_address_row load;
    const struct access_caller *caller = typing->caller;
    *out = (struct access_entry){.outcome = ACCESS_WAIT};
    TRY(access_code_load_of_address(ctx, caller->address, ctx->now_secs - HOUR_SECS, &load));
    if (load.wrong >= ACCESS_CALLER_WRONG_AN_HOUR)
        return OK;
    TRY(read_awaited(ctx, caller->browser, &awaited));
    out->outcome = outlook(&awaited, ctx->now_secs);
    if (out->outcome != ACCESS_CODE_WRONG)
        return OK;
    TRY(compare(ctx, &awaited, typing->code, &fits));
    const char *email_key = awaited.rows[0].email_key;
    if (fits) {
        TRY(access_code_note_right(ctx, caller->browser, email_key, ctx->now_secs, &changes));
        return enter(ctx, caller, &awaited.rows[0], out);
    }
    out->outcome = outlook_after(&awaited, ctx->now_secs);
    return access_code_note_wrong(ctx, caller->browser, email_key, ctx->now_secs, &changes);
}

enum status access_code_type(struct ctx *ctx, const struct access_caller *caller, const char *typed,
                             struct access_entry *out)
{
    char code[ACCESS_CODE_DIGITS + 1];
    struct typing typing = {caller, code, out};
    if (!text_squeeze_digits(typed, code, sizeof code))
        return ctx_fail(ctx, ERR_INVALID, "a code has %d digits", ACCESS_CODE_DIGITS);
    return store_transact(ctx, "access_code_type", type_once, &typing);
}

/* ---- where to go then ---- */

static bool is_at(const char *path, const char *place)
{
    size_t length = strlen(place);
    return strncmp(path, place, length) == 0 && strchr("/?#", path[length]) != NULL;
}

bool access_path_is_ours(const char *path)
{
    size_t length = strlen(path);
    if (path[0] != '/' || path[1] == '/' || length > ACCESS_PATH_BYTES_MAX)
        return false;
    for (const char *c = path; *c != '\0'; c++)
        if (*c <= ' ' || *c > '~' || *c == '\\')
            return false;
    return !is_at(path, "/sign-in") && !is_at(path, "/sign-out");
}
