/* SPDX-License-Identifier: MIT */
/* programme_privacy.c - what every capability keeps about people, and the tables without people. */
#include "programme/access/access.h"
#include "programme/pledge/pledge.h"
#include "programme/privacy/privacy.h"
#include "programme/rights/rights.h"
#include "programme/token/token.h"

/* clang-format off */
/* In the order in which a person reads of them. */
const struct privacy_holding *const privacy_holdings[] = {
    access_holdings,
    pledge_holdings,
    rights_holdings,
    token_holdings,
    privacy_platform_holdings,
    privacy_own_holdings,
    privacy_audit_holdings,
    NULL,
};

const char *const privacy_nobody[] = {
    "access_secret", /* the key of hashes                                     */
    "audit_chain", /* where each chain ends                                  */
    "directory_import", "organisation", "organisation_kind", "organisation_link",
    "organisation_name", "organisation_record", "organisation_succession", "organisation_word",
    "job", "job_period", /* the rule of jobs: no personal data in key or payload */
    "pack", "pack_file",
    "pledge", "pledge_intention", "pledge_word", /* of the organisation      */
    "postcode", "postcode_before", "school", "search_piece", "search_word",
    "privacy_removal", "privacy_run", /* counts                              */
    "store_schema", /* which migrations there were                           */
    "web_secret",
    NULL,
};
/* clang-format on */
