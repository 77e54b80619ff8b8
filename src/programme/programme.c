/* SPDX-License-Identifier: MIT */
/*
 * programme.c - the lists of what this program is made of: tables, routes, navigation, who may do
 * what.  Jobs stand in programme_jobs.c.
 */
#include "programme/programme.h"

#include "platform/document/document_migrations.h"
#include "platform/job/job_migrations.h"
#include "platform/mail/mail_migrations.h"
#include "platform/web/journey_migrations.h"
#include "platform/web/web_migrations.h"
#include "programme/access/access_migrations.h"
#include "programme/access/access_web.h"
#include "programme/account/account_migrations.h"
#include "programme/account/account_web.h"
#include "programme/audit/audit_migrations.h"
#include "programme/campaign/campaign_migrations.h"
#include "programme/campaign/campaign_web.h"
#include "programme/casestudy/casestudy_migrations.h"
#include "programme/casestudy/casestudy_routes.h"
#include "programme/concern/concern_migrations.h"
#include "programme/concern/concern_web.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_migrations.h"
#include "programme/directory/directory_web.h"
#include "programme/equality/equality.h"
#include "programme/equality/equality_migrations.h"
#include "programme/equality/equality_web.h"
#include "programme/event/event_migrations.h"
#include "programme/event/event_routes.h"
#include "programme/home/home_web.h"
#include "programme/individual/individual_migrations.h"
#include "programme/individual/individual_routes.h"
#include "programme/lead/lead.h"
#include "programme/lead/lead_migrations.h"
#include "programme/lead/lead_routes.h"
#include "programme/ledger/ledger_migrations.h"
#include "programme/ledger/ledger_web.h"
#include "programme/library/library_migrations.h"
#include "programme/library/library_web.h"
#include "programme/links/links_migrations.h"
#include "programme/links/links_web.h"
#include "programme/member/member_migrations.h"
#include "programme/member/member_routes.h"
#include "programme/news/news_migrations.h"
#include "programme/news/news_web.h"
#include "programme/newsletter/newsletter_migrations.h"
#include "programme/newsletter/newsletter_web.h"
#include "programme/oversight/oversight_migrations.h"
#include "programme/oversight/oversight_web.h"
#include "programme/pack/pack_migrations.h"
#include "programme/paper/paper_migrations.h"
#include "programme/paper/paper_web.h"
#include "programme/plan/plan_migrations.h"
#include "programme/plan/plan_routes.h"
#include "programme/pledge/pledge_migrations.h"
#include "programme/pledge/pledge_receipt_web.h"
#include "programme/pledge/pledge_routes.h"
#include "programme/privacy/privacy.h"
#include "programme/privacy/privacy_migrations.h"
#include "programme/register/register_migrations.h"
#include "programme/register/register_routes.h"
#include "programme/resource/resource_migrations.h"
#include "programme/resource/resource_web.h"
#include "programme/review/review_migrations.h"
#include "programme/review/review_routes.h"
#include "programme/rights/rights_migrations.h"
#include "programme/rights/rights_web.h"
#include "programme/search/search_migrations.h"
#include "programme/search/search_routes.h"
#include "programme/share/share_web.h"
#include "programme/token/token_migrations.h"
#include "programme/token/token_web.h"

/* ---- tables ---- */

/* A part a line, so that a new one is a line of its own.  Ends with NULL, which is not counted, so
 * that an empty list is C too. */
/* clang-format off */
const struct store_migration_set *const programme_migrations[] = {
    &document_migrations,
    &job_migrations,
    &mail_migrations,
    &web_migrations,
    &journey_migrations,
    &pack_migrations,
    &directory_migrations,
    &search_migrations,
    &audit_migrations,
    &privacy_migrations,
    &access_migrations,
    &member_migrations,
    &account_migrations,
    &ledger_migrations,
    &pledge_migrations,
    &paper_migrations,
    &individual_migrations,
    &plan_migrations,
    &register_migrations,
    &review_migrations,
    &rights_migrations,
    &token_migrations,
    &oversight_migrations,
    &concern_migrations,
    &equality_migrations,
    &campaign_migrations,
    &casestudy_migrations,
    &event_migrations,
    &library_migrations,
    &links_migrations,
    &resource_migrations,
    &news_migrations,
    &lead_migrations,
    &newsletter_migrations,
    NULL,
};
/* clang-format on */

enum { MIGRATION_COUNT = sizeof programme_migrations / sizeof programme_migrations[0] - 1 };

const size_t programme_migration_count = MIGRATION_COUNT;

const struct pack_reader *const programme_pack_readers[] = {
    framework_pack_readers, directory_pack_readers, equality_pack_readers, lead_pack_readers,
    privacy_pack_readers,   library_pack_readers,   search_pack_readers,   NULL,
};

/* ---- what visitors meet ---- */

/* clang-format off */
static const struct web_route *const routes[] = {
    home_routes,
    library_routes,
    library_desk_routes,
    library_edit_routes,
    library_picture_routes,
    links_routes,
    directory_routes,
    access_routes,
    member_routes,
    member_role_routes,
    member_invitation_routes,
    member_claim_routes,
    member_desk_routes,
    member_account_routes,
    account_sign_in_routes,
    account_second_routes,
    account_own_routes,
    account_change_routes,
    account_service_routes,
    oversight_routes,
    concern_routes,
    equality_routes,
    ledger_routes,
    pledge_routes,
    pledge_desk_routes,
    pledge_party_routes,
    pledge_passage_routes,
    pledge_dispute_routes,
    paper_routes,
    paper_desk_routes,
    individual_routes,
    individual_desk_routes,
    pledge_receipt_routes,
    plan_routes,
    plan_write_routes,
    plan_people_routes,
    plan_public_routes,
    plan_desk_routes,
    register_routes,
    register_compare_routes,
    register_snapshot_routes,
    review_routes,
    review_sign_routes,
    review_public_routes,
    review_desk_routes,
    share_routes,
    campaign_routes,
    campaign_list_routes,
    campaign_letter_routes,
    campaign_figure_routes,
    casestudy_routes,
    casestudy_mine_routes,
    casestudy_desk_routes,
    casestudy_paper_routes,
    resource_routes,
    resource_desk_routes,
    resource_remove_routes,
    news_routes,
    news_desk_routes,
    event_routes,
    event_mine_routes,
    event_desk_routes,
    lead_routes,
    enquiry_routes,
    lead_desk_routes,
    enquiry_desk_routes,
    newsletter_routes,
    newsletter_public_routes,
    newsletter_desk_routes,
    newsletter_write_routes,
    rights_routes,
    rights_desk_routes,
    records_routes,
    search_routes,
    token_routes,
    web_own_routes,
    NULL,
};
/* clang-format on */

static const struct web_link navigation[] = {
    {"Home", "/"},
    {"Guidance", "/guidance"},
    {"Case studies", "/case-studies"},
    {"News", "/news"},
    {"Events", "/events"},
    {"Documents", "/resources"},
    {"Local leads", "/local-lead"},
    {"Pledges", "/pledges"},
    {"Organisations", "/organisations"},
    {"Check a pledge", "/verify"},
    {0},
};

/* The same, and what anybody who is signed in may need from any page. */
static const struct web_link footer_signed_in[] = {
    {"Raise a safeguarding concern", "/concern"},
    {"Get the newsletter", "/newsletter/subscribe"},
    {"Accessibility statement", "/accessibility"},
    {"Privacy", "/privacy"},
    {"Cookies", "/cookies"},
    {"Terms", "/terms"},
    {"Contact us", "/contact"},
    {0},
};

static const struct web_link footer[] = {
    {"Get the newsletter", "/newsletter/subscribe"},
    {"Accessibility statement", "/accessibility"},
    {"Privacy", "/privacy"},
    {"Cookies", "/cookies"},
    {"Terms", "/terms"},
    {"Contact us", "/contact"},
    {0},
};

const struct web_app programme_app = {
    .routes = routes,
    .navigation = navigation,
    .footer = footer,
    .footer_signed_in = footer_signed_in,
    .phase_text = "This is a new service. Your feedback helps us to improve it.",
    .may = token_may,
    .key = token_key,
    .key_may = token_key_may,
    .access_name = programme_access_name,
    .person_name = access_person_name,
    .kept = privacy_rule_words,
    .sign_in_path = ACCESS_SIGN_IN_PATH,
    .second_path = ACCESS_SECOND_PATH,
    .proof_path = ACCESS_PROOF_PATH,
    .sign_out_path = "/sign-out",
    .account_path = "/account",
    .sitemap_path = "/sitemap.xml",
    .search_path = SEARCH_PATH,
    .jobs = programme_jobs,
    .migrations = programme_migrations,
    .migration_count = MIGRATION_COUNT,
};

const struct web_app *const links_site = &programme_app;

const char *programme_access_name(int access)
{
    return access == WEB_PUBLIC      ? "everyone"
           : access == WEB_SIGNED_IN ? "signed in"
                                     : access_name(access);
}
