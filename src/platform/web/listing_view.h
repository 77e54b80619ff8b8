/* SPDX-License-Identifier: MIT */
/* listing_view.h - what the views of listing_view.html need, and nothing else. */
#ifndef PLATFORM_WEB_LISTING_VIEW_H
#define PLATFORM_WEB_LISTING_VIEW_H

#include "platform/view/components.h"

struct listing_cell {
    const char *text, *href, *tag_class;
    bool is_number;
};

struct listing_line {
    struct listing_cell *cells;
    const char *const *headings;
    size_t cell_count;
};

struct listing_file {
    const char *text, *href;
};

struct listing_page {
    const char *title;
    struct html intro, filters, empty, cards;
    const char *total; /* "47 pledges" */
    const char *const *headings;
    const bool *is_number;
    size_t heading_count;
    struct listing_line *lines;
    size_t line_count;
    bool has_cards, is_filtered;
    const char *clear_href;
    const char *before_href, *after_href; /* NULL: none */
    struct listing_file files[5];
    size_t file_count;
    const char *many;
};

struct listing_choice {
    const char *name, *label, *value;
    const char *input; /* "text", "date": a box instead of a choice; NULL */
    bool is_checkbox;  /* ticked while value is "1" */
    const struct select_item *items;
    size_t item_count;
};

struct listing_chosen {
    const char *label, *text, *remove_href;
};

struct listing_filter_page {
    const char *action;
    const char *search_name, *search_label, *search_value; /* name NULL: no search box */
    struct listing_choice *choices;
    size_t choice_count;
    struct listing_chosen *chosen;
    size_t chosen_count;
    bool is_open;
    const char *clear_href;
};

#endif
