/* SPDX-License-Identifier: MIT */
/*
 * account_web.h - the pages of signing in and of one's own account, and how others add to them.
 */
#ifndef PROGRAMME_ACCOUNT_ACCOUNT_WEB_H
#define PROGRAMME_ACCOUNT_ACCOUNT_WEB_H

#include "platform/web/web.h"

/* Something that a capability shows at /account: "My roles", "My mail choices".  A capability
 * declares a table of them, ended by a NULL title. */
struct account_section {
    const char *title;
    /* Writes what stands below the title; nothing at all: the title is left out too. */
    enum status (*render)(struct web_request *request, struct view *out);
};

/* The tables in their order, ended by NULL: one list for the program, in programme_account.c. */
extern const struct account_section *const account_sections[];

/* Those of this folder: signing in, and mail. */
extern const struct account_section account_own_sections[];

extern const struct web_route account_sign_in_routes[], account_second_routes[],
    account_own_routes[], account_change_routes[], account_service_routes[];

#endif
