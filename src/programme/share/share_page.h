/* SPDX-License-Identifier: MIT */
/* share_page.h - what the views of share_page.html need, and nothing else. */
#ifndef PROGRAMME_SHARE_SHARE_PAGE_H
#define PROGRAMME_SHARE_SHARE_PAGE_H

#include "platform/view/components.h"

#include <stdbool.h>
#include <stddef.h>

enum { SHARE_BADGE_LINES_MAX = 8 };

struct share_badge_line {
    const char *text;
    int width, x, y, size, weight;
};

struct share_badge_page {
    const char *title, *about;
    int width, height;
    const char *ground, *ink, *edge, *dashes;
    struct share_badge_line lines[SHARE_BADGE_LINES_MAX];
    size_t line_count;
};

/* A service where the address can be shared by a plain link. */
struct share_place {
    const char *name, *href;
};

struct share_page {
    const char *reference, *code, *organisation_name, *organisation_code;
    const char *stand;
    bool stands;
    const char *address; /* whole */
    const char *mail_href;
    const struct share_place *places;
    size_t place_count;
    const char *message, *badge_html, *badge_about, *picture_about;
};

struct share_section_page {
    const char *reference;
    bool stands;
};

#endif
