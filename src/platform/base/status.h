/* SPDX-License-Identifier: MIT */
/*
 * status.h - the one list of ways a call can end.
 *
 * Every function that can fail returns an enum status and nothing else; results go through
 * pointers.  The list is short on purpose: it holds the cases a caller treats differently, not
 * every cause.  The cause is text, kept in the context (ctx_fail in ctx.h).
 */
#ifndef PLATFORM_BASE_STATUS_H
#define PLATFORM_BASE_STATUS_H

enum status {
    OK = 0,
    ERR_NOT_FOUND, /* does not exist, or this person may not know it does */
    ERR_INVALID,   /* what was sent breaks a rule the sender can mend     */
    ERR_FORBIDDEN, /* known, but not allowed                              */
    ERR_CONFLICT,  /* true when read, no longer true when written         */
    ERR_BUSY,      /* the same call may succeed if repeated               */
    ERR_FAULT      /* ours: a bug, the disk, the network                  */
};

#define MUST_CHECK __attribute__((warn_unused_result))

/* Returns from the calling function when expr is not OK.  Safe only because everything that is
 * allocated belongs to the request: there is nothing to free. */
#define TRY(expr)                                                                                  \
    do {                                                                                           \
        enum status try_status_ = (expr);                                                          \
        if (try_status_ != OK)                                                                     \
            return try_status_;                                                                    \
    } while (0)

#endif
