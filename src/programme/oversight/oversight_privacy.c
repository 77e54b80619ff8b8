/* SPDX-License-Identifier: MIT */
/* oversight_privacy.c - what watching keeps about those who look. */
#include "programme/oversight/oversight.h"

#include "programme/oversight/oversight.sql.h"

const struct privacy_holding oversight_holdings[] = {
    {.table = "oversight_glass",
     .name = "Records that you opened in an emergency",
     .what = "which record you opened, why, and what was found when it was looked over",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_LEGAL_DUTY,
     .purpose = "so that nobody opens a record unseen",
     .source = "you, and the national lead who looked it over",
     .access = MAY_REVIEW_GLASS,
     .rule = "glass",
     .rows = &oversight_glass_copy_query,
     .kept_back =
         "Your copy does not say whose record it was: that is their data. Whose record was "
         "opened stands in their own copy, under what was done and seen.",
     .kept_because = "That a record was opened in an emergency, and why, stays for its time, so "
                     "that we can show it. It holds a number and not your name.",
     .retain = &oversight_glass_retain_query},
    {.table = "oversight_look",
     .name = "Searches of what was done",
     .what = "that you searched the record of what was done, and when",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_LEGAL_DUTY,
     .purpose = "so that one search is noted once and not once a page",
     .source = "what you do here",
     .rule = "look",
     .rows = &oversight_look_copy_query,
     .erase = &oversight_look_erase_query,
     .retain = &oversight_look_purge_query,
     .is_passing = true,
     .fixed_secs = OVERSIGHT_LOOKS_KEPT_SECS},
    {0},
};
