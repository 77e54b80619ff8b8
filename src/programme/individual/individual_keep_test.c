/* SPDX-License-Identifier: MIT */
/* individual_keep_test.c - once it was signed: what the public reads, withdrawing, the log. */
#include "programme/individual/individual_test_help.h"

#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"
#include "programme/individual/individual.sql.h"
#include "programme/individual/individual_internal.h"
#include "programme/pledge/pledge.h"

#define ADA "ada@home.example"
#define BOB "bob@home.example"

static int64_t counted(struct ctx *ctx)
{
    int64_t count;
    CHECK(individual_count(ctx, 1000, &count) == OK);
    return count;
}

static struct individual found(struct ctx *ctx, const char *reference)
{
    struct individual it;
    CHECK(individual_find(ctx, reference, &it) == OK);
    return it;
}

static struct individual opened(struct ctx *ctx, const char *token)
{
    struct individual it;
    CHECK(individual_link_open(ctx, token, &it) == OK);
    return it;
}

/* ---- what the public reads ---- */

static size_t people(struct ctx *ctx, struct individual_people_row **rows)
{
    size_t count;
    struct store_choice all = {.at_most = 100};
    CHECK(individual_people(ctx, &all, rows, &count) == OK);
    return count;
}

TEST(the_public_reads_just_what_each_person_chose)
{
    struct individual_people_row *rows;
    struct form_problems problems = {.count = 0};
    struct individual it = opened(ctx, individual_test_sign(ctx, ADA));
    CHECK(people(ctx, &rows) == 1);
    CHECK_TEXT(rows[0].name, "Zoë O’Neill");
    CHECK(rows[0].statement[0] != '\0' && rows[0].role[0] == '\0' && rows[0].band[0] == '\0');
    CHECK(rows[0].employer[0] == '\0' && rows[0].intentions[0] == '\0');
    for (int part = 0; part < INDIVIDUAL_PARTS; part++) {
        const char *one[] = {individual_parts[part]};
        const struct individual_choice choice = {{one, 1}, ""};
        CHECK(individual_choose(ctx, &it, &choice, &problems) == OK && people(ctx, &rows) == 1);
        const char *const shown[] = {[INDIVIDUAL_NAME] = rows[0].name,
                                     [INDIVIDUAL_ROLE] = rows[0].role,
                                     [INDIVIDUAL_BAND] = rows[0].band,
                                     [INDIVIDUAL_EMPLOYER] = rows[0].employer,
                                     [INDIVIDUAL_STATEMENT] = rows[0].statement,
                                     [INDIVIDUAL_INTENTIONS] = rows[0].intentions};
        for (int other = 0; other < INDIVIDUAL_PARTS; other++)
            CHECK((shown[other][0] != '\0') == (other == part));
    }
    const struct individual_choice nothing = {{NULL, 0}, ""};
    CHECK(individual_choose(ctx, &it, &nothing, &problems) == OK);
    CHECK(people(ctx, &rows) == 0 && counted(ctx) == 1);
}

TEST(who_did_not_confirm_is_neither_counted_nor_listed)
{
    struct individual_people_row *rows;
    struct individual it;
    const char *reference = individual_test_send(ctx, ADA);
    CHECK(people(ctx, &rows) == 0 && counted(ctx) == 0);
    CHECK(individual_verify(ctx, found(ctx, reference).code, &it) == ERR_NOT_FOUND);
}

/* ---- withdrawing ---- */

TEST(what_is_withdrawn_counts_no_more_and_says_nothing_of_its_writer)
{
    struct individual_people_row *rows;
    const char *token = individual_test_sign(ctx, ADA);
    struct individual it = opened(ctx, token), after;
    CHECK(individual_withdraw(ctx, &it) == OK && individual_withdraw(ctx, &it) == OK);
    CHECK(counted(ctx) == 0 && people(ctx, &rows) == 0);
    after = opened(ctx, token);
    CHECK(after.state == INDIVIDUAL_WITHDRAWN && after.withdrawn_at == ctx->now_secs);
    CHECK(after.name[0] == '\0' && after.email[0] == '\0' && after.email_key[0] == '\0');
    CHECK(after.text[0] == '\0' && after.statement[0] == '\0' && after.employer[0] == '\0');
    CHECK_TEXT(after.digest, it.digest);
    CHECK(individual_verify(ctx, it.code, &after) == OK && after.state == INDIVIDUAL_WITHDRAWN);
    CHECK(individual_link_confirm(ctx, token) == ERR_CONFLICT);
    ctx->now_secs += 60;
    individual_test_sign(ctx, ADA);
    CHECK(counted(ctx) == 1);
}

TEST(what_is_withdrawn_under_a_legal_hold_is_forgotten_when_that_ends)
{
    int64_t hold;
    const struct job job = {.kind = "individual.forget", .key = "", .payload = ""};
    struct individual it = opened(ctx, individual_test_sign(ctx, ADA));
    CHECK(privacy_hold_place(
              ctx, &(const struct privacy_hold_new){PRIVACY_HOLD_PERSON, ADA, "An inquiry"},
              &hold) == OK);
    CHECK(individual_withdraw(ctx, &it) == OK);
    CHECK(individual_job_kinds[1].fn(ctx, &job) == OK);
    struct individual held = found(ctx, it.reference);
    CHECK(held.state == INDIVIDUAL_WITHDRAWN && counted(ctx) == 0);
    CHECK_TEXT(held.text, it.text);
    CHECK(privacy_hold_release(ctx, hold, "Over") == OK);
    CHECK(individual_job_kinds[1].fn(ctx, &job) == OK);
    held = found(ctx, it.reference);
    CHECK(held.text[0] == '\0' && held.name[0] == '\0' && held.email[0] == '\0');
}

TEST(what_was_not_confirmed_cannot_be_withdrawn)
{
    struct individual it = found(ctx, individual_test_send(ctx, ADA));
    CHECK(individual_withdraw(ctx, &it) == ERR_CONFLICT);
}

TEST(erasure_withdraws_what_counts_and_removes_the_rest)
{
    int64_t changed;
    struct individual it;
    const struct privacy_subject subject = {{0}, ADA, ADA};
    const char *token = individual_test_sign(ctx, ADA), *waits = individual_test_send(ctx, ADA);
    CHECK(individual_holdings[0].erase_by(ctx, &subject, &changed) == OK && changed == 2);
    CHECK(opened(ctx, token).state == INDIVIDUAL_WITHDRAWN && counted(ctx) == 0);
    CHECK(individual_find(ctx, waits, &it) == ERR_NOT_FOUND);
}

/* ---- reminding ---- */

static void remind(struct ctx *ctx)
{
    const struct job job = {.kind = "individual.remind", .key = "", .payload = ""};
    CHECK(individual_job_kinds[0].fn(ctx, &job) == OK);
}

TEST(a_reminder_comes_once_on_its_day_and_its_link_works)
{
    const char *on, *reference;
    struct form_problems problems = {.count = 0};
    struct individual_draft draft = individual_test_draft(ADA);
    CHECK(time_day_add(ctx->mem, time_day_of(ctx->mem, ctx->now_secs),
                       (struct time_step){.days = 2}, &on) == OK);
    draft.remind_on = on;
    CHECK(individual_sign(ctx, &draft, &problems, &reference) == OK);
    const char *first = individual_test_token(ctx, ADA);
    individual_test_type(ctx, reference);
    size_t mails = help_mail_count(ctx);
    ctx->now_secs += 86400;
    remind(ctx);
    CHECK(help_mail_count(ctx) == mails);
    ctx->now_secs += 86400;
    remind(ctx);
    remind(ctx);
    CHECK(help_mail_count(ctx) == mails + 1);
    const char *token = individual_test_token(ctx, ADA);
    CHECK(strcmp(token, first) != 0 && opened(ctx, token).reminded_at != 0);
    CHECK_TEXT(opened(ctx, first).reference, reference); /* the first link stays */
}

TEST(nobody_is_reminded_of_what_was_withdrawn_or_not_confirmed)
{
    const char *on, *reference;
    struct form_problems problems = {.count = 0};
    struct individual_draft draft = individual_test_draft(ADA);
    CHECK(time_day_add(ctx->mem, time_day_of(ctx->mem, ctx->now_secs),
                       (struct time_step){.days = 1}, &on) == OK);
    draft.remind_on = on;
    CHECK(individual_sign(ctx, &draft, &problems, &reference) == OK);
    draft.email = BOB;
    CHECK(individual_sign(ctx, &draft, &problems, &reference) == OK);
    struct individual it = opened(ctx, individual_test_type(ctx, reference));
    CHECK(individual_withdraw(ctx, &it) == OK);
    size_t mails = help_mail_count(ctx);
    ctx->now_secs += 2 * 86400;
    remind(ctx);
    CHECK(help_mail_count(ctx) == mails);
}

/* ---- the receipt and the log ---- */

TEST(the_receipt_holds_what_was_signed_and_its_proof_when_it_is_in_the_log)
{
    bool holds, is_left, is_logged;
    const char *json;
    struct individual it = opened(ctx, individual_test_sign(ctx, ADA));
    const struct text_span digest = {it.digest, strlen(it.digest)};
    CHECK_TEXT(it.digest,
               ledger_individual_digest(ctx->mem, it.reference, it.text_digest, it.confirmed_at));
    CHECK(ledger_signature_holds(ctx, "receipt", &digest, &it.signature, &holds) == OK && holds);
    CHECK(individual_is_logged(ctx, &it, &is_logged) == OK && !is_logged);
    CHECK(individual_receipt(ctx, &it, &json) == OK);
    CHECK(strstr(json, "\"format\": \"onward receipt 1\"") && strstr(json, "\"proof\": null"));
    CHECK(ledger_take(ctx, 10, &is_left) == OK && !is_left);
    CHECK(individual_is_logged(ctx, &it, &is_logged) == OK && is_logged);
    CHECK(individual_receipt(ctx, &it, &json) == OK);
    CHECK(strstr(json, "\"proof\": {") && strstr(json, it.digest) && strstr(json, "My own pledge"));
    CHECK(strstr(json, ADA) == NULL);
}

TEST(the_log_gets_the_withdrawal_too_and_names_nobody)
{
    bool is_left;
    size_t count;
    struct ledger_head head;
    struct ledger_proof *proofs;
    struct individual it = opened(ctx, individual_test_sign(ctx, ADA));
    ctx->now_secs += 60;
    CHECK(individual_withdraw(ctx, &it) == OK);
    CHECK(ledger_take(ctx, 10, &is_left) == OK && ledger_head_newest(ctx, &head) == OK);
    CHECK(ledger_prove_about(ctx, it.reference, &head, &proofs, &count) == OK && count == 2);
    CHECK_TEXT(proofs[0].entry.digest, it.digest);
    CHECK_TEXT(proofs[1].entry.digest, found(ctx, it.reference).end_digest);
    CHECK(proofs[1].entry.at == ctx->now_secs);
}
