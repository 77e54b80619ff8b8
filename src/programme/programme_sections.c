/* SPDX-License-Identifier: MIT */
/*
 * programme_sections.c - what capabilities show on each other's pages, in their order: a section a
 * line, so that a new one is a line of its own.
 */
#include "programme/campaign/campaign_web.h"
#include "programme/casestudy/casestudy_routes.h"
#include "programme/directory/directory_web.h"
#include "programme/event/event_routes.h"
#include "programme/home/home_web.h"
#include "programme/individual/individual_routes.h"
#include "programme/lead/lead_routes.h"
#include "programme/news/news_web.h"
#include "programme/paper/paper_web.h"
#include "programme/plan/plan_routes.h"
#include "programme/pledge/pledge_receipt_web.h"
#include "programme/pledge/pledge_routes.h"
#include "programme/register/register_routes.h"
#include "programme/review/review_routes.h"
#include "programme/share/share_web.h"

/* clang-format off */
/* On the page of an organisation. */
const struct directory_section *const directory_sections[] = {
    &pledge_directory_section,
    &register_directory_section,
    &casestudy_directory_section,
    &lead_directory_section,
    NULL,
};

/* On the pages of a pledge. */
const struct pledge_section *const pledge_sections[] = {
    &pledge_histories_section,
    &pledge_hands_section,
    &paper_signing_section,
    &paper_desk_section,
    &pledge_log_section,
    &plan_section,
    &plan_desk_section,
    &register_links_section,
    &register_compare_pledge_section,
    &review_top_section,
    &review_history_section,
    &review_desk_section,
    &share_pledge_section,
    &campaign_pledge_section,
    NULL,
};

/* On the front page, side by side. */
const struct home_section *const home_sections[] = {
    &news_home_section,
    &event_home_section,
    NULL,
};

/* What /verify/:code knows besides the pledges of organisations. */
const struct pledge_verifier *const pledge_verifiers[] = {
    &individual_verifier,
    &event_verifier,
    NULL,
};
/* clang-format on */
