/* SPDX-License-Identifier: MIT */
/* campaign_privacy.c - what letters keep about people, and what the record of deeds is told. */
#include "programme/campaign/campaign.h"

#include "programme/campaign/campaign.sql.h"

static enum status pseudonym(struct ctx *ctx, const struct privacy_subject *subject,
                             const char **out)
{
    return campaign_stop_hash(ctx, subject->email_key, out);
}

const struct privacy_holding campaign_holdings[] = {
    {.table = "campaign_entry",
     .name = "Addresses for letters",
     .what = "your name, your work email address, and where we have it from",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "to ask your organisation whether it wants to sign the pledge",
     .source = "whoever works for the programme and noted where the address is from",
     .access = MAY_CHASE_PLEDGES,
     .rule = "letter-address",
     .rows = &campaign_entry_copy_query,
     .erase = &campaign_entry_erase_query,
     .retain = &campaign_entry_retain_query},
    {.table = "campaign_recipient",
     .name = "Letters to you",
     .what = "your name, your work email address, and which letter we sent when",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that nobody gets a letter twice, and we know whom we asked",
     .source = "your account, the pledge that names you, or an address noted for letters",
     .access = MAY_CHASE_PLEDGES,
     .rule = "letter",
     .rows = &campaign_recipient_copy_query,
     .erase = &campaign_recipient_erase_query,
     .kept_because = "That your organisation got a letter stays, without your name and address.",
     .retain = &campaign_recipient_retain_query},
    {.table = "campaign_stopped",
     .name = "No more letters",
     .what = "that you want no more letters, under a number made from your address",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that you get none",
     .source = "you",
     .rule = "letter-stop",
     .rows = &campaign_stopped_copy_query,
     .pseudonym = pseudonym,
     .kept_because = "Without it we could write to you again. It holds no address."},
    {0},
};

const struct audit_kind campaign_audit_kinds[] = {
    {"campaign.listed", "A list of organisations that have not signed was made", false},
    {"campaign.looked", "A list with addresses for letters was read", true},
    {"campaign.addressed", "An address for letters was noted", false},
    {"campaign.taken_off", "An organisation was taken off a list for letters", false},
    {"campaign.written", "A letter was written", false},
    {"campaign.sent", "A letter was sent", false},
    {"campaign.cancelled", "A letter was stopped before all of it was sent", false},
    {"campaign.stopped", "Somebody wants no more letters", false},
    {0},
};
