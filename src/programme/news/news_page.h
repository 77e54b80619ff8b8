/* SPDX-License-Identifier: MIT */
/* news_page.h - what the views of news_page.html need, and nothing else. */
#ifndef PROGRAMME_NEWS_NEWS_PAGE_H
#define PROGRAMME_NEWS_NEWS_PAGE_H

#include "platform/view/components.h"
#include "programme/news/news.h"

struct news_card {
    const char *slug, *title, *summary, *category, *when;
    bool is_corrected;
};

struct news_cards {
    struct news_card *items;
    size_t count;
};

struct news_month {
    const char *month, *name; /* "2026-03", "March 2026" */
};

struct news_months_page {
    struct news_month *items;
    size_t count;
};

struct news_correction {
    const char *when, *text;
};

struct news_page {
    const struct news_item *item;
    const char *category, *when, *withdrawn;
    struct html body;
    struct news_correction *corrections;
    size_t correction_count;
};

struct news_past_line {
    const struct news_past *past;
    const char *when, *note; /* note: what becomes of it; "" */
};

struct news_desk_page {
    struct news_page page;
    const char *state, *state_class, *publish_at, *form_token;
    int64_t kept_version; /* that is out, or comes out, whatever is saved since; 0: none */
    const char *kept_words;
    struct news_past_line *past;
    size_t past_count;
};

struct news_edit_page {
    const char *title, *action, *seen, *form_token, *button;
    struct html problems, form, preview;
    bool has_preview;
    const struct news_words *other; /* what somebody else wrote meanwhile; NULL: nobody did */
    bool is_out;
};

#endif
