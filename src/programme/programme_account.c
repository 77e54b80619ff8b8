/* SPDX-License-Identifier: MIT */
/* programme_account.c - what capabilities show people at /account, in the order it is shown. */
#include "programme/account/account_web.h"
#include "programme/equality/equality_web.h"
#include "programme/event/event_routes.h"
#include "programme/individual/individual_routes.h"
#include "programme/member/member_routes.h"
#include "programme/oversight/oversight_web.h"
#include "programme/plan/plan_routes.h"
#include "programme/pledge/pledge_routes.h"
#include "programme/review/review_routes.h"
#include "programme/rights/rights_web.h"

/* A capability a line, so that a new one is a line of its own. */
/* clang-format off */
const struct account_section *const account_sections[] = {
    member_sections,
    pledge_own_sections,
    plan_own_sections,
    review_own_sections,
    account_own_sections,
    rights_sections,
    individual_sections,
    event_sections,
    equality_sections,
    member_reader_sections,
    oversight_sections,
    NULL,
};
/* clang-format on */
