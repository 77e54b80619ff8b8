/* SPDX-License-Identifier: MIT */
/* programme_member.c - what can wait for somebody who leaves, by capability, in the order shown. */
#include "programme/member/member.h"
#include "programme/pledge/pledge_routes.h"

const struct member_waiting *const member_waitings[] = {
    pledge_waitings,
    member_own_waitings,
    NULL,
};
