/* SPDX-License-Identifier: MIT */
/*
 * programme_campaign_kill_test.c - kill -9 at any instant while a letter goes out: each recipient
 * has it once.
 *
 * Each life of the process is a child that opens the store for itself.  This process has the file
 * open only when no child lives: SQLite does not bear a connection across a fork.
 */
#include "platform/base/random.h"
#include "platform/base/test.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"
#include "programme/campaign/campaign.h"
#include "programme/campaign/campaign.sql.h"
#include "programme/directory/directory.h"
#include "programme/programme.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { KILLS = 8, LIFE_APART_SECS = 1000, LONGEST_LIFE_MS = 60, RECIPIENTS_LEAST = 60 };

struct life {
    struct ctx *ctx;
    const char *store; /* NULL: the store of ctx, which is a server */
    enum status (*fn)(struct ctx *ctx);
};

static enum status open_store(struct ctx *ctx, const struct life *life)
{
    int applied;
    if (life->store == NULL)
        return store_open_again(ctx, life->ctx->store, &ctx->store);
    TRY(store_open(ctx, life->store, &ctx->store));
    return store_migrate(ctx, programme_migrations, programme_migration_count, &applied);
}

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

static enum status prepare(struct ctx *ctx)
{
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
static enum status send_and_work(struct ctx *ctx)
{
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

/* Lives at most at_most_ms; 0: to its end.  True: it came to its end, and well. */
static bool live(const struct life *life, uint32_t at_most_ms)
{
    int state;
    pid_t child = fork();
    if (child == 0) {
        struct ctx ctx = *life->ctx;
        ctx.mem = mem_root();
        bool is_well = open_store(&ctx, life) == OK && life->fn(&ctx) == OK;
        kill(getpid(), is_well ? SIGTERM : SIGABRT); /* nothing more of this program runs in it */
    }
    if (at_most_ms > 0) {
        nanosleep(&(struct timespec){.tv_nsec = (long)at_most_ms * 1000000}, NULL);
        kill(child, SIGKILL);
    }
    waitpid(child, &state, 0);
    return WIFSIGNALED(state) && WTERMSIG(state) == SIGTERM;
}

struct files {
    const char *folder;
    const char *names[3];
};

static void remove_files(void *arg)
{
    const struct files *files = arg;
    for (int i = 0; i < 3; i++)
        unlink(files->names[i]);
    rmdir(files->folder);
}

/* A store that several processes can open one after another; NULL: that of ctx is one. */
static const char *store_for_lives(struct ctx *ctx)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    char folder[] = "/tmp/onward-campaign-XXXXXX";
    if (store_is_postgresql(ctx->store))
        return NULL;
    CHECK(mkdtemp(folder) != NULL);
    struct files *files = mem_new(ctx->mem, struct files);
    files->folder = mem_text(ctx->mem, folder);
    for (int i = 0; i < 3; i++)
        files->names[i] = mem_format(ctx->mem, "%s/kill.db%s", folder, endings[i]);
    mem_at_end(ctx->mem, remove_files, files);
    return mem_format(ctx->mem, "sqlite:%s", files->names[0]);
}

TEST(a_process_killed_while_a_letter_goes_out_sends_it_once_to_each)
{
    struct campaign_letter letter;
    struct mail_outbox_row *rows;
    struct store_choice choice = {.at_most = CAMPAIGN_LIST_MOST + 1};
    size_t count;
    help_demonstration(ctx, true);
    struct life life = {ctx, store_for_lives(ctx), prepare};
    CHECK(live(&life, 0));
    life.fn = send_and_work;
    for (int i = 0; i < KILLS; i++) {
        ctx->now_secs += LIFE_APART_SECS; /* the lease of the dead runs out */
        (void)live(&life, 1 + random_below(LONGEST_LIFE_MS));
    }
    ctx->now_secs += LIFE_APART_SECS;
    CHECK(live(&life, 0));

    CHECK(open_store(ctx, &life) == OK);
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
