/* SPDX-License-Identifier: MIT */
/* programme_jobs.c - every table of work done later, and every kind of mailed code. */
#include "programme/programme.h"

#include "platform/mail/mail.h"
#include "programme/access/access.h"
#include "programme/account/account.h"
#include "programme/campaign/campaign.h"
#include "programme/casestudy/casestudy.h"
#include "programme/equality/equality.h"
#include "programme/event/event.h"
#include "programme/individual/individual.h"
#include "programme/lead/lead.h"
#include "programme/ledger/ledger.h"
#include "programme/library/library.h"
#include "programme/links/links.h"
#include "programme/member/member.h"
#include "programme/news/news.h"
#include "programme/newsletter/newsletter.h"
#include "programme/plan/plan.h"
#include "programme/pledge/pledge_routes.h"
#include "programme/privacy/privacy.h"
#include "programme/proof/proof.h"
#include "programme/register/register_routes.h"
#include "programme/review/review_routes.h"
#include "programme/search/search_routes.h"

/* A capability a line, so that a new one is a line of its own. */
/* clang-format off */
const struct job_kind *const programme_jobs[] = {
    job_kinds,
    mail_job_kinds,
    access_job_kinds,
    account_job_kinds,
    member_job_kinds,
    pledge_job_kinds,
    equality_job_kinds,
    privacy_job_kinds,
    proof_job_kinds,
    ledger_job_kinds,
    individual_job_kinds,
    plan_job_kinds,
    register_job_kinds,
    review_job_kinds,
    campaign_job_kinds,
    casestudy_job_kinds,
    event_job_kinds,
    library_job_kinds,
    links_job_kinds,
    news_job_kinds,
    search_job_kinds,
    lead_job_kinds,
    newsletter_job_kinds,
    NULL,
};

const struct proof_kind *const proof_kinds[] = {
    &individual_proof,
    &newsletter_proof,
    &event_proof,
    &casestudy_proof,
    NULL,
};
/* clang-format on */
