/* SPDX-License-Identifier: MIT */
/* pledge_routes.h - the routes of pledges, for the list of the program. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_ROUTES_H
#define PROGRAMME_PLEDGE_PLEDGE_ROUTES_H

#include "platform/job/job.h"
#include "platform/web/web.h"
#include "programme/access/access_web.h"
#include "programme/account/account_web.h"
#include "programme/directory/directory_web.h"
#include "programme/member/member.h"
#include "programme/oversight/oversight.h"

extern const struct web_route pledge_routes[];
extern const struct web_route pledge_desk_routes[];

/* What waits for the programme: pledges to countersign, to publish, and without all signatures. */
extern const struct desk_queue pledge_queues[];

/* The pledge of an organisation, on its page. */
extern const struct directory_section pledge_section;

/* At /account: the pledges that one leads or signs. */
extern const struct account_section pledge_own_sections[];

/* What of a pledge waits for somebody who leaves. */
extern const struct member_waiting pledge_waitings[];
/* The kinds of events that pledges note, and a pledge opened in an emergency. */
extern const struct audit_kind pledge_audit_kinds[];
extern const struct glass_kind pledge_glass_kind;

/* The nightly refresh of the register. */
extern const struct job_kind pledge_job_kinds[];

#endif
