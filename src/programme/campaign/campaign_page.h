/* SPDX-License-Identifier: MIT */
/* campaign_page.h - what the views of campaign_page.html need, and nothing else. */
#ifndef PROGRAMME_CAMPAIGN_CAMPAIGN_PAGE_H
#define PROGRAMME_CAMPAIGN_CAMPAIGN_PAGE_H

#include "platform/mail/mail.h"
#include "platform/view/components.h"
#include "programme/campaign/campaign.h"

/* One region and kind. */
struct campaign_count_line {
    const char *region, *kind; /* names */
    int64_t organisations, missing;
    const char *href; /* of who they are; NULL: the list cannot be narrowed so */
};

struct campaign_home {
    struct campaign_count_line *lines;
    size_t count;
    int64_t organisations, missing;
};

struct campaign_contact_line {
    const struct campaign_contact *contact;
    const char *state;    /* "Has signed", "Wants no letters", or "" */
    const char *source;   /* where the address is from, in words     */
    const char *waiting;  /* "Waits for 16 days", or ""              */
    const char *lettered; /* a time, or ""                           */
    const char *reminded; /* a time, or ""                           */
};

struct campaign_letter_line {
    const char *reference, *subject, *state, *when;
    int64_t sent;
};

struct campaign_list_page {
    const struct campaign_list *list;
    const char *made;
    struct campaign_contact_line *lines;
    struct campaign_letter_line *letters;
    size_t letter_count;
};

struct campaign_address_page {
    struct html problems, form;
    const struct campaign_list *list;
    const struct campaign_contact *contact;
    const char *form_token;
};

struct campaign_sample {
    const char *organisation, *to, *subject;
    const struct mail_part *parts;
    size_t part_count;
};

struct campaign_recipient_line {
    const char *organisation, *who, *when;
};

struct campaign_letter_page {
    const struct campaign_letter *letter;
    const char *state, *begun, *ended, *form_token;
    bool is_draft, is_sending;
    struct html problems;
    bool has_problems;
    int64_t getting; /* how many would get it */
    struct campaign_sample samples[3];
    size_t sample_count;
    struct campaign_recipient_line *recipients;
    size_t recipient_count;
};

struct campaign_stop_page {
    const char *organisation, *token, *form_token;
};

struct campaign_quarter_line {
    const struct campaign_quarter *quarter;
    const char *days; /* "12.5", or "–" */
    const char *first, *last;
};

struct campaign_figures_page {
    struct campaign_quarter_line lines[CAMPAIGN_QUARTERS];
    size_t count;
};

struct campaign_pledge_page {
    const char **reminders;
    size_t reminder_count;
    struct campaign_letter_line *letters;
    size_t letter_count;
};

#endif
