/* SPDX-License-Identifier: MIT */
/* programme_desk.c - what waits for people at /desk, by capability, in the order it is shown. */
#include "programme/access/access_web.h"
#include "programme/campaign/campaign_web.h"
#include "programme/casestudy/casestudy_routes.h"
#include "programme/concern/concern_web.h"
#include "programme/event/event_routes.h"
#include "programme/individual/individual_routes.h"
#include "programme/lead/lead_routes.h"
#include "programme/library/library_web.h"
#include "programme/links/links_web.h"
#include "programme/member/member_routes.h"
#include "programme/news/news_web.h"
#include "programme/newsletter/newsletter_web.h"
#include "programme/oversight/oversight_web.h"
#include "programme/paper/paper_web.h"
#include "programme/plan/plan_routes.h"
#include "programme/pledge/pledge_routes.h"
#include "programme/resource/resource_web.h"
#include "programme/review/review_routes.h"
#include "programme/rights/rights_web.h"
#include "programme/search/search_routes.h"
#include "programme/token/token_web.h"

/* A capability a line, so that a new one is a line of its own. */
/* clang-format off */
const struct desk_queue *const desk_queues[] = {
    member_queues,
    pledge_queues,
    pledge_dispute_queues,
    pledge_passage_queues,
    individual_queues,
    plan_queues,
    paper_queues,
    review_queues,
    campaign_queues,
    casestudy_queues,
    event_queues,
    library_queues,
    links_queues,
    resource_queues,
    news_queues,
    lead_queues,
    newsletter_queues,
    access_queues,
    token_queues,
    concern_queues,
    oversight_queues,
    rights_queues,
    search_queues,
    NULL,
};
/* clang-format on */
