/* SPDX-License-Identifier: MIT */
/*
 * review_privacy.c - what reviews keep about people, and what the record of deeds is told of them.
 *
 * The words that were signed name offices and nobody; who signed stays with them, as with a pledge.
 */
#include "programme/access/access.h"
#include "programme/review/review_internal.h"

const struct audit_kind review_audit_kinds[] = {
    {"review.sent", "The yearly review of a pledge was sent to be signed", false},
    {"review.signed", "The yearly review of a pledge was signed for one side", false},
    {"review.declined", "The yearly review of a pledge was sent back with a reason", false},
    {"review.reminded", "New links to sign a yearly review were sent", false},
    {"review.extended", "More time was given for the yearly review of a pledge", false},
    {0},
};

enum status review_note(struct ctx *ctx, const struct review_file *file, const char *what,
                        const char *reason)
{
    return audit_note(ctx,
                      &(const struct audit_deed){.what = what,
                                                 .organisation = file->pledge.organisation_code,
                                                 .thing = file->pledge.reference,
                                                 .purpose = reason});
}

const struct privacy_holding review_holdings[] = {
    {.table = "review_signature",
     .name = "Yearly reviews that you sign",
     .what = "your name, your job title and your work email address",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that everyone can see later who signed, and nobody signs for both sides",
     .source = "the pledge, or whoever handed its side over to you",
     .recipients = "the public sees your job title, and your name where your organisation says so; "
                   "never your email address",
     .access = MAY_SEE_PLEDGES,
     .rule = "pledge-address",
     .rows = &review_signed_copy_query,
     .erase = &review_signed_erase_query,
     .kept_because = "Your job title is part of a signed review, a public record that anyone may "
                     "check. Your name and address stay while that review is open, so that nobody "
                     "signs for both sides.",
     .retain = &review_signed_retain_query},
    {.table = "review_version",
     .name = "Yearly reviews that you sent",
     .what = "that you sent a review to be signed, and when",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that nobody can change afterwards what was signed",
     .source = "what you did here",
     .recipients = "the public reads the words of a signed review, without who sent it",
     .access = MAY_SEE_PLEDGES,
     .rule = "pledge-record",
     .rows = &review_sent_copy_query,
     .kept_because =
         "A signed review is a public record that anyone may check, so its words stay."},
    {.table = "review_draft",
     .name = "Yearly reviews that you write",
     .what = "what you typed for a review that is not signed yet",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that nothing is lost while several people write together",
     .source = "you",
     .access = MAY_WORK_PLANS,
     .rule = "draft",
     .rows = &review_draft_copy_query,
     .erase = &review_draft_erase_query,
     .kept_because = "The words are your organisation’s. Who typed them is forgotten.",
     .retain = &review_draft_retain_query},
    {.table = "review_link",
     .name = "Links to sign a yearly review",
     .what = "that a link was made for you",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that only you can sign in your name",
     .source = "made by this service",
     .rule = "pledge-link",
     .listed_with = "the review that it is for",
     .kept_because = "It holds no name and no address.",
     .retain = &review_link_retain_query},
    {0},
};
