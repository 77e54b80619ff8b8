/* SPDX-License-Identifier: MIT */
/* member_routes.h - routes and queues of the people of organisations, for the lists. */
#ifndef PROGRAMME_MEMBER_MEMBER_ROUTES_H
#define PROGRAMME_MEMBER_MEMBER_ROUTES_H

#include "platform/web/web.h"
#include "programme/access/access_web.h"
#include "programme/account/account_web.h"
#include "programme/member/member.h"

extern const struct web_route member_routes[];            /* people, giving, ending, leaving */
extern const struct web_route member_role_routes[];       /* what each role may see          */
extern const struct web_route member_invitation_routes[]; /* sent, and accepted              */
extern const struct web_route member_claim_routes[];      /* made, and proven                */
extern const struct web_route member_desk_routes[];       /* claims decided; domains         */
extern const struct web_route member_account_routes[];    /* one's own                       */

/* At /account: one's roles, requests and invitations; and who can see one's data. */
extern const struct account_section member_sections[], member_reader_sections[];

/* Claims to decide, invitations without an answer, people. */
extern const struct desk_queue member_queues[];

#endif
