/* SPDX-License-Identifier: MIT */
/* lead_privacy.c - what leads and questions keep about people, and what the record is told. */
#include "programme/lead/enquiry_internal.h"
#include "programme/lead/lead.sql.h"

const struct audit_kind lead_audit_kinds[] = {
    {"lead.added", "Was named as a local lead", false},
    {"lead.changed", "What a local lead shows, or days away, were changed", false},
    {"lead.confirmed", "It was said that a local lead is still so", false},
    {"lead.hidden", "A local lead did not confirm, and is no longer shown", false},
    {"lead.lost", "Is no longer a local lead, as the role there has ended", false},
    {"lead.ended", "Is no longer a local lead", false},
    {"enquiry.seen", "A question to a local lead was read", true},
    {"enquiry.answered", "A question to a local lead was answered", false},
    {"enquiry.passed", "A question to a local lead was passed on", false},
    {"enquiry.closed", "A question to a local lead was closed by who answers", false},
    {0},
};

/* The names of who answers, and what came from an address that nobody knew. */
static enum status erase_events(struct ctx *ctx, const struct privacy_subject *subject,
                                int64_t *changed_out)
{
    int64_t written = 0, held = 0, mailed = 0;
    TRY(lead_enquiry_event_erase(ctx, subject->person.n, &written));
    TRY(lead_enquiry_holder_erase(ctx, subject->person.n, &held));
    TRY(lead_enquiry_sender_erase(ctx, subject->email_key, &mailed));
    *changed_out = written + held + mailed;
    return OK;
}

const struct privacy_holding lead_holdings[] = {
    {.table = "lead",
     .name = "Areas that you lead",
     .what = "your name, your job title, which area you lead and from when to when",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that people find who helps them in their area",
     .source = "whoever named you as local lead",
     .recipients = "the public sees your name and job title, and your email address if you choose "
                   "to show it",
     .access = MAY_KEEP_LEADS,
     .rule = "lead",
     .rows = &lead_copy_query,
     .erase = &lead_erase_query,
     .kept_because = "While you lead an area your name stays, so that people know whom they ask. "
                     "End it first to have it forgotten.",
     .retain = &lead_retain_query},
    {.table = "lead_away",
     .name = "Days on which you stand in",
     .what = "for which days you stand in for a local lead",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that questions reach somebody while a lead is away",
     .source = "the lead, or whoever looks after leads in the area",
     .recipients = "the public sees your name on those days",
     .access = MAY_KEEP_LEADS,
     .rule = "lead",
     .rows = &lead_cover_copy_query,
     .erase = &lead_cover_erase_query,
     .goes_with = "lead"},
    {.table = "enquiry",
     .name = "Questions that you asked",
     .what = "your name, your email address and what you asked a local lead",
     .whose = PRIVACY_OF_PUBLIC | PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "to answer you",
     .source = "you",
     .access = MAY_ANSWER_ENQUIRIES,
     .rule = "enquiry",
     .rows = &lead_enquiry_copy_query,
     .erase = &lead_enquiry_erase_query,
     .retain = &lead_enquiry_retain_query},
    {.table = "enquiry_event",
     .name = "Questions that you were given, and mail about questions",
     .what = "your name, which questions you were given and what you answered; and mail about a "
             "question that came from your address when we did not know whose it is",
     .whose = PRIVACY_OF_PUBLIC | PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that who asked can read the answer again",
     .source = "you, or who passed a question to you",
     .recipients = "who asked sees your answers",
     .access = MAY_ANSWER_ENQUIRIES,
     .rule = "enquiry",
     .rows = &lead_enquiry_event_copy_query,
     .erase_by = erase_events,
     .kept_because = "The words of an answer stay with the question, without your name.",
     .goes_with = "enquiry"},
    {0},
};
