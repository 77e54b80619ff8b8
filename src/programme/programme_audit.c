/* SPDX-License-Identifier: MIT */
/* programme_audit.c - every kind of event that the record of deeds knows, by capability. */
#include "programme/access/access.h"
#include "programme/account/account.h"
#include "programme/audit/audit.h"
#include "programme/campaign/campaign.h"
#include "programme/casestudy/casestudy.h"
#include "programme/concern/concern.h"
#include "programme/event/event.h"
#include "programme/individual/individual.h"
#include "programme/lead/lead.h"
#include "programme/library/library.h"
#include "programme/member/member.h"
#include "programme/news/news.h"
#include "programme/newsletter/newsletter.h"
#include "programme/oversight/oversight.h"
#include "programme/paper/paper.h"
#include "programme/plan/plan.h"
#include "programme/pledge/pledge_routes.h"
#include "programme/privacy/privacy.h"
#include "programme/resource/resource.h"
#include "programme/review/review.h"
#include "programme/rights/rights.h"
#include "programme/token/token.h"

/* A capability a line, so that a new one is a line of its own. */
/* clang-format off */
const struct audit_kind *const audit_kinds[] = {
    access_audit_kinds,
    member_audit_kinds,
    token_audit_kinds,
    account_audit_kinds,
    concern_audit_kinds,
    oversight_audit_kinds,
    pledge_audit_kinds,
    paper_audit_kinds,
    privacy_audit_kinds,
    rights_audit_kinds,
    individual_audit_kinds,
    plan_audit_kinds,
    review_audit_kinds,
    campaign_audit_kinds,
    casestudy_audit_kinds,
    event_audit_kinds,
    library_audit_kinds,
    resource_audit_kinds,
    news_audit_kinds,
    lead_audit_kinds,
    newsletter_audit_kinds,
    NULL,
};
/* clang-format on */
