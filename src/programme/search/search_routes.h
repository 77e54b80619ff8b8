/* SPDX-License-Identifier: MIT */
/* search_routes.h - what this capability gives the lists of the program. */
#ifndef PROGRAMME_SEARCH_SEARCH_ROUTES_H
#define PROGRAMME_SEARCH_SEARCH_ROUTES_H

#include "platform/job/job.h"
#include "platform/web/web.h"
#include "programme/access/access_web.h"
#include "programme/pack/pack.h"

#define SEARCH_PATH "/search"

extern const struct web_route search_routes[];
extern const struct desk_queue search_queues[];
extern const struct job_kind search_job_kinds[];
extern const struct pack_reader search_pack_readers[];

#endif
