/* SPDX-License-Identifier: MIT */
/*
 * access.h - people who sign in, and what each may do.
 *
 * The accesses are what routes require; who has which is the one table of policy.c.  A capability
 * that needs an access of its own adds it here and a line there.
 */
#ifndef PROGRAMME_ACCESS_ACCESS_H
#define PROGRAMME_ACCESS_ACCESS_H

/* What a route may require.  The first is WEB_ACCESS_FIRST, which access_web.c asserts. */
enum access {
    MAY_SEE_DESK = 16,
    MAY_SEE_PLEDGES,  /* those not yet public as well, of one's scope                  */
    MAY_WORK_PLEDGES, /* acknowledge, return, publish, withdraw, remind                */
    MAY_SEE_OUTBOX,   /* what waits in the outbox, without what it says                */
    MAY_SEE_IMPORTS,  /* batches of organisations, and what was wrong in them          */
    ACCESS_END        /* one behind the last */
};

#endif
