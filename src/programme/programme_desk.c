/* SPDX-License-Identifier: MIT */
/* programme_desk.c - what waits for people at /desk, by capability, in the order it is shown. */
#include "programme/access/access_web.h"
#include "programme/pledge/pledge_routes.h"
#include "programme/rights/rights_web.h"
#include "programme/token/token_web.h"

const struct desk_queue *const desk_queues[] = {
    pledge_queues, rights_queues, access_queues, token_queues, NULL,
};
