/* SPDX-License-Identifier: MIT */
/* mail_hand.c - the file of marks, mapped. */
#include "platform/mail/mail_hand.h"

#include "platform/base/hash.h"
#include "platform/base/settings.h"
#include "platform/base/text.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BOOT_BYTES = 40, NAME_HASH_CHARS = 12 };

struct half {
    int64_t batch;
    unsigned char marks[MAIL_HAND_SLOTS];
};

/* The file as it is. */
struct sheet {
    char boot[BOOT_BYTES]; /* which start of this machine wrote it */
    struct half halves[2];
};

struct mail_hand {
    int file;
    struct sheet *sheet;
    struct half *now;
};

/* Another one after each start of the machine. */
static void read_boot(char *out)
{
    int file = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    memset(out, 0, BOOT_BYTES);
    if (file < 0)
        return;
    ssize_t got = read(file, out, BOOT_BYTES - 1);
    close(file);
    out[got > 0 ? got : 0] = '\0';
}

static const char *path_of(struct ctx *ctx)
{
    const struct settings *settings = ctx->settings;
    const char *database = settings->database;
    const char *hash =
        mem_text_part(ctx->mem, hash_sha256(ctx->mem, database, strlen(database)), NAME_HASH_CHARS);
    if (settings->hand_folder[0] != '\0')
        return mem_format(ctx->mem, "%s/onward-%s.hand", settings->hand_folder, hash);
    if (text_begins(database, "sqlite:") && strcmp(database, "sqlite::memory:") != 0)
        return mem_format(ctx->mem, "%s.hand", database + strlen("sqlite:"));
    return mem_format(ctx->mem, "/var/tmp/onward-%s.hand", hash);
}

/* /var/tmp is everybody's: a file or a link that another user put there is none of ours. */
static bool is_ours(int file)
{
    struct stat it;
    return fstat(file, &it) == 0 && S_ISREG(it.st_mode) && it.st_uid == geteuid() &&
           it.st_nlink == 1 && (it.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

static void close_hand(void *arg)
{
    struct mail_hand *hand = arg;
    if (hand->sheet != NULL)
        munmap(hand->sheet, sizeof *hand->sheet);
    close(hand->file);
}

enum status mail_hand_open(struct ctx *ctx, struct mail_hand **out)
{
    char boot[BOOT_BYTES];
    struct mail_hand *hand = mem_new(ctx->mem, struct mail_hand);
    hand->file = open(path_of(ctx), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (hand->file < 0)
        return ctx_fail(ctx, ERR_FAULT, "the file of what is in hand cannot be opened");
    mem_at_end(ctx->mem, close_hand, hand);
    if (!is_ours(hand->file))
        return ctx_fail(ctx, ERR_FAULT, "the file of what is in hand belongs to somebody else");
    if (flock(hand->file, LOCK_EX | LOCK_NB) != 0)
        return ctx_fail(ctx, ERR_BUSY, "another process hands the newsletter over");
    if (ftruncate(hand->file, sizeof *hand->sheet) != 0)
        return ctx_fail(ctx, ERR_FAULT, "the file of what is in hand cannot be written");
    void *sheet =
        mmap(NULL, sizeof *hand->sheet, PROT_READ | PROT_WRITE, MAP_SHARED, hand->file, 0);
    if (sheet == MAP_FAILED)
        return ctx_fail(ctx, ERR_FAULT, "the file of what is in hand cannot be mapped");
    hand->sheet = sheet;
    read_boot(boot);
    if (memcmp(boot, hand->sheet->boot, BOOT_BYTES) != 0) {
        memset(hand->sheet, 0, sizeof *hand->sheet);
        memcpy(hand->sheet->boot, boot, BOOT_BYTES);
    }
    *out = hand;
    return OK;
}

void mail_hand_begin(struct mail_hand *hand, int64_t batch)
{
    struct half *halves = hand->sheet->halves;
    hand->now = hand->now == &halves[0] ? &halves[1] : &halves[0];
    hand->now->batch = 0;
    atomic_signal_fence(memory_order_seq_cst);
    memset(hand->now->marks, MAIL_HAND_NOT, sizeof hand->now->marks);
    atomic_signal_fence(memory_order_seq_cst);
    hand->now->batch = batch;
    atomic_signal_fence(memory_order_seq_cst);
}

/* The compiler may not move the store behind what follows: after a kill the memory is as the
 * instructions left it. */
void mail_hand_set(struct mail_hand *hand, int slot, enum mail_hand_mark mark)
{
    hand->now->marks[slot] = (unsigned char)mark;
    atomic_signal_fence(memory_order_seq_cst);
}

const unsigned char *mail_hand_find(const struct mail_hand *hand, int64_t batch)
{
    for (int i = 0; i < 2; i++)
        if (hand->sheet->halves[i].batch == batch && batch != 0)
            return hand->sheet->halves[i].marks;
    return NULL;
}
