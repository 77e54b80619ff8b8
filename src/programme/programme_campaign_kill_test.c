/* SPDX-License-Identifier: MIT */
/*
 * programme_campaign_kill_test.c - kill -9 at any instant while a letter goes out: each recipient
 * has it once.
 */
#include "platform/base/random.h"
#include "platform/base/test.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store_lives.h"
#include "programme/access/access_test_help.h"
#include "programme/campaign/campaign.h"
#include "programme/campaign/campaign.sql.h"
#include "programme/directory/directory.h"
#include "programme/programme.h"

#include <string.h>

enum { KILLS = 8, LIFE_APART_SECS = 1000, LONGEST_LIFE_MS = 60, RECIPIENTS_LEAST = 60 };

/* The letter of the one list; ERR_NOT_FOUND: it is not there. */
static enum status find_letter(struct ctx *ctx, struct campaign_letter *out)
{
    struct campaign_lists_row *lists;
    struct campaign_letters_of_row *letters;
    struct campaign_list list;
    struct store_choice choice = {.at_most = 2};
    size_t count;
    TRY(campaign_lists(ctx, "2026-03-09", NULL, &choice, &lists, &count));
    if (count != 1)
        return ERR_NOT_FOUND;
    TRY(campaign_list_open(ctx, lists[0].reference, NULL, &list));
    TRY(campaign_letters_of(ctx, list.id, 2, &letters, &count));
    if (count != 1)
        return ERR_NOT_FOUND;
    return campaign_letter_open(ctx, letters[0].reference, NULL, out);
}

static enum status prepare(struct ctx *ctx, void *arg)
{
    (void)arg;
    static const struct campaign_choice trusts = {"Trusts", "", "", "foundation-trust", "", "", ""};
    static const struct campaign_words words = {"Hello", "Dear {leader}"};
    struct form_problems problems = {.count = 0};
    struct campaign_list list;
    const char *reference;
    TRY(directory_take_packs(ctx));
    TRY(campaign_list_make(ctx, &trusts, NULL, &problems, &reference));
    TRY(campaign_list_open(ctx, reference, NULL, &list));
    for (size_t i = 0; i < list.count; i++) {
        const struct campaign_address address = {
            "Ines", mem_format(ctx->mem, "ines%zu@trust.example", i), "Website"};
        TRY(campaign_address_set(ctx, &list, &list.contacts[i], &address, &problems));
    }
    return campaign_letter_write(ctx, &(const struct campaign_writing){&list, NULL}, &words,
                                 &problems, &reference);
}

/* Presses "send" once more in each life, and does the work. */
static enum status send_and_work(struct ctx *ctx, void *arg)
{
    (void)arg;
    static const struct job_kind *const jobs[] = {campaign_job_kinds, NULL};
    struct form_problems problems = {.count = 0};
    struct campaign_letter letter;
    bool did = true;
    TRY(find_letter(ctx, &letter));
    TRY(campaign_letter_send(ctx, letter.reference, NULL, &problems));
    while (did)
        TRY(job_work_once(ctx, jobs, &did));
    return OK;
}

TEST(a_process_killed_while_a_letter_goes_out_sends_it_once_to_each)
{
    struct campaign_letter letter;
    struct mail_outbox_row *rows;
    struct store_choice choice = {.at_most = CAMPAIGN_LIST_MOST + 1};
    size_t count;
    help_demonstration(ctx, true);
    const struct store_lives lives =
        store_lives_begin(ctx, programme_migrations, programme_migration_count);
    CHECK(store_lives_live(&lives, prepare, NULL, 0));
    for (int i = 0; i < KILLS; i++) {
        ctx->now_secs += LIFE_APART_SECS; /* the lease of the dead runs out */
        (void)store_lives_live(&lives, send_and_work, NULL, 1 + random_below(LONGEST_LIFE_MS));
    }
    ctx->now_secs += LIFE_APART_SECS;
    CHECK(store_lives_live(&lives, send_and_work, NULL, 0));

    CHECK(store_lives_open(&lives, ctx) == OK);
    CHECK(find_letter(ctx, &letter) == OK);
    CHECK_TEXT(letter.state, "sent");
    CHECK(letter.recipient_count >= RECIPIENTS_LEAST);
    CHECK(letter.sent_count == letter.recipient_count);
    CHECK(mail_outbox(ctx, NULL, NULL, NULL, &choice, &rows, &count) == OK);
    CHECK((int64_t)count == letter.recipient_count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            CHECK(strcmp(rows[i].to_address, rows[k].to_address) != 0);
}
