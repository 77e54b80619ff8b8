/* SPDX-License-Identifier: MIT */
/* programme_privacy.c - what every capability keeps about people, and the tables without people. */
#include "programme/access/access.h"
#include "programme/account/account.h"
#include "programme/campaign/campaign.h"
#include "programme/casestudy/casestudy.h"
#include "programme/concern/concern.h"
#include "programme/equality/equality.h"
#include "programme/event/event.h"
#include "programme/individual/individual.h"
#include "programme/lead/lead.h"
#include "programme/library/library.h"
#include "programme/member/member.h"
#include "programme/newsletter/newsletter.h"
#include "programme/oversight/oversight.h"
#include "programme/paper/paper.h"
#include "programme/plan/plan.h"
#include "programme/pledge/pledge.h"
#include "programme/privacy/privacy.h"
#include "programme/review/review.h"
#include "programme/rights/rights.h"
#include "programme/search/search.h"
#include "programme/token/token.h"

/* clang-format off */
/* In the order in which a person reads of them. */
const struct privacy_holding *const privacy_holdings[] = {
    access_holdings,
    account_holdings,
    member_holdings,
    pledge_holdings,
    paper_holdings,
    individual_holdings,
    plan_holdings,
    review_holdings,
    campaign_holdings,
    casestudy_holdings,
    event_holdings,
    library_holdings,
    lead_holdings,
    search_holdings,
    newsletter_holdings,
    equality_holdings,
    concern_holdings,
    rights_holdings,
    token_holdings,
    privacy_platform_holdings,
    oversight_holdings,
    privacy_own_holdings,
    privacy_audit_holdings,
    NULL,
};

const char *const privacy_nobody[] = {
    "campaign_letter", "campaign_list", "campaign_secret", /* words, names of lists, a key */
    "access_secret", "equality_secret", /* keys of hashes */
    "account_provider", /* what another service says of itself               */
    "audit_chain", /* where each chain ends                                  */
    "event", /* nobody is named in it */
    "directory_import", "organisation", "organisation_kind", "organisation_link",
    "organisation_name", "organisation_record", "organisation_succession", "organisation_word",
    "library_page", "library_picture", "library_redirect", /* what is public */
    "links_held", "links_outside", "links_page", /* where that leads */
    "ledger_entry", "ledger_head", "ledger_node", "ledger_waiting", /* digests of what is public */
    "ledger_key", /* that sign                                               */
    "newsletter_secret", "newsletter_stop", /* a key, and hashes that cannot be turned back */
    "job", "job_period", /* the rule of jobs: no personal data in key or payload */
    "pack", "pack_file",
    "plan", /* which periods of a pledge have begun          */
    "pledge", "pledge_intention", "pledge_passage", "pledge_word", /* of the organisation      */
    "postcode", "postcode_before", "school", "search_piece", "search_word",
    "privacy_removal", "privacy_run", /* counts                              */
    "register_entry", "register_place", "register_quarter", "register_snapshot", /* organisations */
    "news_item", "news_version", /* what the public reads */
    "resource", "resource_download", "resource_file", "resource_version", "resource_word",
    "review", "review_part", /* of the organisation; the words are public */
    "search_document", "search_known", "search_known_piece", "search_made", "search_missed",
    "search_text", "search_title", /* what is published, its words; what was not found, no people */
    "store_schema", /* which migrations there were                           */
    "web_secret",
    NULL,
};
/* clang-format on */
