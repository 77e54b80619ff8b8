/* SPDX-License-Identifier: MIT */
/* member_privacy.c - what joining an organisation keeps about people. */
#include "programme/member/member_internal.h"

/* What they were invited to says no more whom; what they sent ends (member_person_closed). */
static enum status erase_invitations(struct ctx *ctx, const struct privacy_subject *subject,
                                     int64_t *changed_out)
{
    int64_t ended = 0;
    if (subject->person.n != 0)
        TRY(member_person_closed(ctx, subject->person, &ended));
    TRY(member_invitation_erase(ctx, subject->email_key, ctx->now_secs, changed_out));
    *changed_out += ended;
    return OK;
}

const struct privacy_holding member_holdings[] = {
    {.table = "member_invitation",
     .name = "Invitations",
     .what = "your email address, what you were invited to, and by whom",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that the right people join an organisation here",
     .source = "the person who invited you",
     .access = MAY_SEE_PEOPLE,
     .rule = "invitation",
     .rows = &member_invitation_copy_query,
     .kept_back = "Your copy says what you invited others to, and not whom: that is their data.",
     .erase_by = erase_invitations,
     .kept_because = "That somebody was invited stays, without your name or address, so that we "
                     "can show how people came to a role.",
     .retain = &member_invitation_retain_query},
    {.table = "member_claim",
     .name = "Requests to join an organisation",
     .what = "your name, job title, email address and what you wrote of yourself",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that somebody who knows you can vouch for you",
     .source = "you",
     .access = MAY_DECIDE_CLAIMS,
     .rule = "claim",
     .rows = &member_claim_copy_query,
     .erase = &member_claim_erase_query,
     .retain = &member_claim_retain_query},
    {.table = "member_domain",
     .name = "Mail domains that you named",
     .what = "that you said that a mail domain is an organisation's own, and when",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that we can show why people with such an address were let in",
     .source = "what you did here",
     .access = MAY_SEE_PEOPLE,
     .rule = "domain",
     .rows = &member_domain_copy_query,
     .kept_because = "A domain is the organisation's. It holds a number and not your name."},
    {0},
};
