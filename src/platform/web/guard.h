/* SPDX-License-Identifier: MIT */
/*
 * guard.h - what a request must pass before any handler.  Within platform/web/ only.
 */
#ifndef PLATFORM_WEB_GUARD_H
#define PLATFORM_WEB_GUARD_H

#include "platform/web/server.h"

/* Whether a request that writes was made by a page of ours, as far as its headers say.  Those who
 * say nothing (curl, old browsers) pass: the form token is what they must have. */
bool guard_is_same_origin(const struct web_request *request);

/* The page of ours that the request was sent from, path and query; NULL: not said, or another's. */
const char *guard_page_before(const struct web_request *request);

/* Whether it carries the form token that it must.  Callers of the API who send JSON and no cookie
 * act for nobody but themselves and need none. */
bool guard_has_token(const struct web_request *request, bool is_json);

/* 0, or how many seconds this caller must wait. */
int guard_wait_secs(const struct web_server *server, const struct caller *caller, int64_t now_secs,
                    bool is_write);
int guard_wait_secs_of_person(const struct web_request *request);

#endif
