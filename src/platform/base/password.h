/* SPDX-License-Identifier: MIT */
/*
 * password.h - passwords as they are stored: argon2id, slow and hungry on purpose.
 *
 * One takes PASSWORD_MEMORY_BYTES and some hundredths of a second.  So that nobody can take all the
 * machine's memory, or keep every worker from answering, by sending many, at most
 * PASSWORD_AT_ONCE are computed at the same time in this process; who comes then waits a moment,
 * and is told to come again.
 */
#ifndef PLATFORM_BASE_PASSWORD_H
#define PLATFORM_BASE_PASSWORD_H

#include "platform/base/ctx.h"

/* 19 MiB and two rounds: the least that OWASP's Password Storage Cheat Sheet asks of argon2id. */
enum {
    PASSWORD_MEMORY_BYTES = 19 * 1024 * 1024,
    PASSWORD_ROUNDS = 2,
    PASSWORD_AT_ONCE = 2,
    PASSWORD_WAIT_MS = 200
};

/* What to store: the hash with its salt and measures.  ERR_BUSY  too many are computed now. */
MUST_CHECK enum status password_hash(struct ctx *ctx, const char *password, const char **out);

/*
 * Whether the password is the one of the hash.  NULL, where there is none to compare with: false,
 * after the same work.
 *
 * ERR_BUSY  too many are computed now
 */
MUST_CHECK enum status password_fits(struct ctx *ctx, const char *hash, const char *password,
                                     bool *out);

/* How many were computed since the program started: for tests, which cannot measure time. */
int64_t password_work_count(void);

#endif
