/* SPDX-License-Identifier: MIT */
/* newsletter_page.h - what the views of newsletter_page.html need, and nothing else. */
#ifndef PROGRAMME_NEWSLETTER_NEWSLETTER_PAGE_H
#define PROGRAMME_NEWSLETTER_NEWSLETTER_PAGE_H

#include "platform/view/components.h"
#include "programme/newsletter/newsletter.h"

struct newsletter_mail_view {
    const char *service_name, *base_url, *postal_address;
    const struct newsletter_issue *issue;
    const struct newsletter_links *links; /* NULL: none */
    struct html inside;
};

struct newsletter_join_page {
    const char *link, *form_token;
    struct newsletter_offer offer;
};

struct newsletter_mine_page {
    const char *token, *form_token, *since;
    bool is_saved;
};

struct newsletter_public_page {
    const struct newsletter_issue *issue;
    const char *sent_on;
    struct html inside;
};

/* A block on the desk. */
struct newsletter_block_line {
    size_t nth;
    const char *title; /* the first words */
    const char *kind;
    bool is_first, is_last;
};

struct newsletter_desk_page {
    const struct newsletter_issue *issue;
    const char *state, *topics, *region, *base, *form_token;
    const char *asked, *asked_by, *approved, *approved_by, *send_at, *begun, *ended, *changed_by;
    int64_t audience_count;
    struct newsletter_block_line blocks[NEWSLETTER_BLOCKS_MAX];
    struct newsletter_hint hints[NEWSLETTER_HINTS_MAX];
    size_t hint_count;
    struct newsletter_figures figures;
    struct html problems;
    bool may_change, is_draft, is_asked, is_approved, is_sending, is_begun;
    bool may_approve, is_own; /* is_own: this person wrote in it */
    bool has_server;          /* mail is sent at all             */
    bool is_tested;
};

struct newsletter_preview_page {
    const struct newsletter_issue *issue;
    const char *base, *text;
    struct html inside;
};

struct newsletter_choose_line {
    const char *href, *title, *text;
};

struct newsletter_choose_page {
    const char *action, *form_token;
    int64_t version;
    struct newsletter_choose_line *lines;
    size_t count;
};

struct newsletter_desk_intro_page {
    int64_t reader_count;
};

#endif
