/* SPDX-License-Identifier: MIT */
/* member_page.h - what the views of member_page.html need, and nothing else. */
#ifndef PROGRAMME_MEMBER_MEMBER_PAGE_H
#define PROGRAMME_MEMBER_MEMBER_PAGE_H

#include "platform/view/components.h"
#include "programme/member/member.h"

/* ---- what each role may see ---- */

struct member_words {
    const char **items;
    size_t count;
};

struct member_role_show {
    const struct access_role *role;
    const char *levels;           /* "organisation, site" */
    struct member_words own, all; /* what may be done in the area, and everywhere */
};

struct member_roles_page {
    struct member_role_show *roles;
    const struct table_cell *access_head;
    struct table_row *accesses;
    size_t role_count, access_head_count, access_count;
};

/* ---- people ---- */

struct member_role_line {
    int64_t grant_id;
    const char *post, *days; /* "Lead for R0A", "from 9 March 2026" */
    bool may_end, has_ended;
};

struct member_person_page {
    int64_t person_id;
    const char *name, *email, *form_token;
    bool is_self, may_give;
    struct member_role_line *roles;
    size_t role_count;
    struct member_role_line *areas; /* one for each that can be left */
    size_t area_count;
};

/* A link of a few words. */
struct web_link_line {
    const char *text, *href;
};

struct member_links {
    const struct web_link_line *links;
    size_t count;
};

struct member_leave_page {
    const char *name, *place;
    bool is_self;
    struct member_role_line *roles;
    size_t role_count;
    const struct member_thing *things;
    size_t thing_count;
    const char *last; /* a role that only they have here; NULL: none */
    bool has_nobody;  /* who could take over */
};

/* ---- invitations and claims ---- */

struct member_invitation_page {
    const char *reference, *email, *post, *summary, *inviter, *ends, *days;
    const char *state, *tag_class;
    const char *form_token, *token;
    bool is_open, can_be_sent, is_signed_in;
    struct html problems, form; /* the name, for who is not signed in */
};

struct member_claim_page {
    const char *reference, *organisation, *organisation_code, *name, *job_title, *email, *about;
    const char *role, *summary, *state, *tag_class, *due, *proven, *reason;
    const char *form_token, *token;
    bool is_domain, waits, is_overdue, is_own;
};

struct member_domain_line {
    const char *domain, *source, *since;
};

struct member_domains_page {
    const char *organisation, *organisation_code, *form_token;
    struct member_domain_line *domains;
    size_t domain_count;
};

struct member_account_claim {
    const char *reference, *organisation, *role, *state, *tag_class, *due, *reason;
    bool waits;
};

struct member_account_page {
    const char *form_token;
    struct member_role_line *roles;
    size_t role_count;
    struct member_account_claim *claims;
    size_t claim_count;
    struct member_invitation_page *invitations;
    size_t invitation_count;
    size_t waiting_count; /* of the claims */
};

#endif
