/* SPDX-License-Identifier: MIT */
/*
 * account_move.c - moving to another address, and back.
 *
 * A code goes to the new address.  When that is somebody's already no code is made and that one is
 * told; the person who asks sees the same either way, and no code is right.
 */
#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/account/account.sql.h"
#include "programme/account/account_internal.h"

#include <inttypes.h>

enum { CODE_DIGITS = 6 };

static const char *purpose_of(struct ctx *ctx, int64_t id)
{
    return mem_format(ctx->mem, "move %" PRId64, id);
}

/* ---- asking ---- */

/* Each is five parts long, so that both mails are as much work. */
static enum status mail_new_address(struct ctx *ctx, int64_t id, const char *email,
                                    const char *code)
{
    const struct mail_part with_code[] = {
        MAIL_TEXT("Type this code into the page where you asked to change your email address:"),
        MAIL_CODE(code), MAIL_TEXT("It works for one hour, once."),
        MAIL_TEXT("If you did not ask for it, you do not need to do anything."), MAIL_END};
    const struct mail_part taken[] = {
        MAIL_TEXT("Somebody who has an account here wanted to move it to your email address."),
        MAIL_TEXT("You have an account with this address already, so nothing was changed."),
        MAIL_TEXT("If that was you, sign in with this address instead."),
        MAIL_TEXT("If it was not you, you do not need to do anything."), MAIL_END};
    return mail_put(ctx,
                    &(const struct mail){.kind = "account_move",
                                         .key = mem_format(ctx->mem, "account/move/%" PRId64, id),
                                         .to_address = email,
                                         .subject = "Your new email address",
                                         .expires_at = ctx->now_secs + ACCOUNT_MOVE_SECS,
                                         .parts = code != NULL ? with_code : taken});
}

static enum status ask_once(struct ctx *ctx, void *arg)
{
    const char *email = arg, *hash, *code;
    int64_t id = id_new(ctx), changes;
    struct access_person person, other;
    struct account_move_count_row load;
    TRY(account_move_count(ctx, ctx->person.n, ctx->now_secs - TIME_DAY_SECS, &load));
    if (load.count >= ACCOUNT_MOVES_A_DAY)
        return ctx_fail(ctx, ERR_BUSY, "asked for too many new addresses");
    TRY(access_person_get(ctx, ctx->person, &person));
    enum status found = access_person_find(ctx, email, &other);
    if (found != OK && found != ERR_NOT_FOUND)
        return found;
    code = random_digits(ctx->mem, CODE_DIGITS);
    TRY(account_code_hash(ctx, purpose_of(ctx, id), code, &hash));
    TRY(account_move_add(ctx, id, person.id.n, person.email, email, found == OK ? NULL : hash,
                         ctx->now_secs, ctx->now_secs + ACCOUNT_MOVE_SECS, &changes));
    return mail_new_address(ctx, id, email, found == OK ? NULL : code);
}

enum status account_move_ask(struct ctx *ctx, const char *email)
{
    return store_transact(ctx, "account_move_ask", ask_once, mem_text(ctx->mem, email));
}

/* The newest move, when a code can still be typed for it. */
static enum status find_waiting(struct ctx *ctx, struct account_move_newest_row *out)
{
    TRY(account_move_newest(ctx, ctx->person.n, out));
    if (out->done_at != NULL || out->expires_at <= ctx->now_secs ||
        out->tries >= ACCOUNT_MOVE_TRIES)
        return ctx_fail(ctx, ERR_NOT_FOUND, "no move waits for a code");
    return OK;
}

enum status account_move_awaited(struct ctx *ctx, const char **email_out)
{
    struct account_move_newest_row row;
    TRY(find_waiting(ctx, &row));
    *email_out = row.new_email;
    return OK;
}

/* ---- typing ---- */

struct typing {
    const char *code;
    struct account_result *out;
};

static enum status mail_old_address(struct ctx *ctx, const struct account_move_newest_row *move,
                                    const char *token)
{
    struct mem *mem = ctx->mem;
    return mail_put(
        ctx, &(const struct mail){
                 .kind = "account_moved",
                 .key = mem_format(mem, "account/moved/%" PRId64, move->id),
                 .to_address = move->old_email,
                 .subject = "Your account has another email address now",
                 .parts = (const struct mail_part[]){
                     MAIL_TEXT("You sign in with another email address from now on."),
                     MAIL_TEXT(mem_format(mem, "If that was not you, take it back before %s:",
                                          time_show(mem, ctx->now_secs + ACCOUNT_UNDO_SECS))),
                     MAIL_BUTTON("Take it back", mem_format(mem, "/sign-in/undo/%s", token)),
                     MAIL_END}});
}

static enum status move(struct ctx *ctx, const struct account_move_newest_row *row,
                        struct account_result *out)
{
    int64_t changes;
    const char *token = random_token(ctx->mem);
    struct access_person other;
    enum status status = access_person_find(ctx, row->new_email, &other);
    if (status != ERR_NOT_FOUND) /* somebody was quicker */
        return status;
    TRY(account_move_done(ctx, row->id, hash_token(ctx->mem, token), ctx->now_secs, &changes));
    TRY(access_person_move(ctx, ctx->person, row->new_email));
    *out = (struct account_result){.outcome = ACCOUNT_RIGHT, .person = ctx->person};
    TRY(account_tell(ctx,
                     &(const struct account_news){.what = "account.moved", .person = ctx->person}));
    return mail_old_address(ctx, row, token);
}

/* Runs inside a transaction, perhaps more than once.  A wrong code is OK: the try must stay. */
static enum status type_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const char *hash;
    struct typing *typing = arg;
    struct account_move_newest_row row;
    *typing->out = (struct account_result){.outcome = ACCOUNT_OVER};
    enum status status = find_waiting(ctx, &row);
    if (status != OK)
        return status == ERR_NOT_FOUND ? OK : status;
    typing->out->outcome = ACCOUNT_WRONG;
    TRY(account_move_try(ctx, row.id, &changes));
    TRY(account_code_hash(ctx, purpose_of(ctx, row.id), typing->code, &hash));
    if (row.code_hash == NULL || !hash_is_equal(hash, row.code_hash))
        return OK;
    return move(ctx, &row, typing->out);
}

enum status account_move_type(struct ctx *ctx, const char *typed, struct account_result *out)
{
    char code[CODE_DIGITS + 1];
    struct typing typing = {code, out};
    *out = (struct account_result){.outcome = ACCOUNT_WRONG};
    if (!text_squeeze_digits(typed, code, sizeof code))
        return OK;
    return store_transact(ctx, "account_move_type", type_once, &typing);
}

/* ---- back again ---- */

static enum status find_undo(struct ctx *ctx, const char *token,
                             struct account_move_by_undo_row *out)
{
    TRY(account_move_by_undo(ctx, hash_token(ctx->mem, token), out));
    if (out->undone_at != NULL || out->done_at + ACCOUNT_UNDO_SECS <= ctx->now_secs)
        return ctx_fail(ctx, ERR_NOT_FOUND, "the move can no longer be undone");
    return OK;
}

enum status account_undo_open(struct ctx *ctx, const char *token, struct account_undo *out)
{
    struct account_move_by_undo_row row;
    TRY(find_undo(ctx, token, &row));
    *out = (struct account_undo){row.old_email, row.new_email, row.done_at + ACCOUNT_UNDO_SECS};
    return OK;
}

/* What whoever moved the account may have added since. */
static enum status drop_since(struct ctx *ctx, struct person_id person, int64_t since_at)
{
    bool had_one;
    int64_t changes;
    struct account_ways ways;
    TRY(account_ways_of(ctx, person, &ways));
    TRY(account_password_drop(ctx, person.n, &changes));
    TRY(account_link_drop_since(ctx, person.n, since_at, &changes));
    if (ways.phone_at >= since_at)
        TRY(account_phone_drop_all(ctx, person, "removed", &had_one));
    return account_sessions_end(ctx, person);
}

static enum status undo_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    struct account_move_by_undo_row row;
    TRY(find_undo(ctx, arg, &row));
    struct person_id person = {row.person_id};
    TRY(account_move_undo(ctx, row.person_id, row.done_at, ctx->now_secs, &changes));
    TRY(drop_since(ctx, person, row.done_at));
    TRY(access_person_move(ctx, person, row.old_email));
    return account_tell(ctx, &(const struct account_news){
                                 .what = "account.move_undone",
                                 .person = person,
                                 .subject = "Your email address is as before",
                                 .sentence = "The change of your email address was taken back. You "
                                             "were signed out everywhere, and your password was "
                                             "removed."});
}

enum status account_undo(struct ctx *ctx, const char *token)
{
    return store_transact(ctx, "account_undo", undo_once, mem_text(ctx->mem, token));
}
