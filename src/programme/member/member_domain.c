/* SPDX-License-Identifier: MIT */
/*
 * member_domain.c - domains whose mailboxes only people of one organisation have.
 *
 * An address counts when what stands behind its @ is the domain itself: a part of it is often
 * another organisation's.
 */
#include "platform/base/text.h"
#include "programme/directory/directory.h"
#include "programme/member/member_internal.h"

#include <string.h>

/* Where anybody, or anybody in health and care, can have a mailbox. */
static const char *const shared[] = {
    "nhs.net",        "nhs.uk",          "gov.uk",         "ac.uk",          "sch.uk",
    "org.uk",         "co.uk",           "doctors.org.uk", "doctors.net.uk", "gmail.com",
    "googlemail.com", "outlook.com",     "hotmail.com",    "hotmail.co.uk",  "live.com",
    "live.co.uk",     "msn.com",         "yahoo.com",      "yahoo.co.uk",    "icloud.com",
    "me.com",         "mac.com",         "aol.com",        "btinternet.com", "btopenworld.com",
    "sky.com",        "virginmedia.com", "ntlworld.com",   "talktalk.net",   "proton.me",
    "protonmail.com", "gmx.com",         "gmx.co.uk",      "mail.com",       "zoho.com",
};

bool member_domain_is_shared(const char *domain)
{
    for (size_t i = 0; i < sizeof shared / sizeof shared[0]; i++)
        if (strcmp(shared[i], domain) == 0)
            return true;
    return false;
}

enum status member_domain_of(struct ctx *ctx, int64_t organisation_id, const char *email_key,
                             bool *out)
{
    struct member_domain_is_of_row row;
    const char *at = strrchr(email_key, '@');
    *out = false;
    if (at == NULL || member_domain_is_shared(at + 1))
        return OK;
    TRY(member_domain_is_of(ctx, organisation_id, at + 1, &row));
    *out = row.domains > 0;
    return OK;
}

/* As typed: with an @ or capitals, perhaps; as kept: the bare domain. */
static const char *domain_key(struct mem *mem, const char *typed)
{
    const char *at = strrchr(typed, '@');
    return text_email_key(mem, at != NULL ? at + 1 : typed);
}

static bool can_be_a_domain(struct mem *mem, const char *domain)
{
    return text_is_email(mem_format(mem, "a@%s", domain));
}

enum status member_domain_say(struct ctx *ctx, const char *organisation,
                              const struct member_domain_draft *draft,
                              struct form_problems *problems)
{
    int64_t changes;
    struct organisation it;
    const char *domain = domain_key(ctx->mem, draft->domain);
    TRY(directory_find(ctx, organisation, &it));
    if (!can_be_a_domain(ctx->mem, domain))
        form_wrong(problems, "domain", "Enter a domain, like trust.nhs.uk");
    else if (member_domain_is_shared(domain))
        form_wrong(problems, "domain",
                   "Many organisations use this domain, so it proves nothing about one of them");
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the domain has problems");
    TRY(member_domain_add(ctx, it.id.n, domain, it.code, draft->source, ctx->person.n,
                          ctx->now_secs, &changes));
    if (changes == 0)
        return OK;
    return member_note(ctx, &(const struct member_deed){
                                .what = "member.domain_added", .area = it.code, .after = domain});
}

enum status member_domain_unsay(struct ctx *ctx, const char *organisation, const char *domain)
{
    int64_t changes;
    struct organisation it;
    TRY(directory_find(ctx, organisation, &it));
    TRY(member_domain_remove(ctx, it.id.n, domain, &changes));
    if (changes == 0)
        return ERR_NOT_FOUND;
    return member_note(ctx, &(const struct member_deed){
                                .what = "member.domain_removed", .area = it.code, .thing = domain});
}
