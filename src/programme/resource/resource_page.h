/* SPDX-License-Identifier: MIT */
/* resource_page.h - what the views of resource_page.html need, and nothing else. */
#ifndef PROGRAMME_RESOURCE_RESOURCE_PAGE_H
#define PROGRAMME_RESOURCE_RESOURCE_PAGE_H

#include "platform/view/components.h"
#include "programme/resource/resource.h"

struct resource_card {
    const char *reference, *title, *summary, *kind, *formats, *languages, *changed;
    bool is_accessible;
};

struct resource_file_line {
    const struct resource_file *file;
    const char *href, *what, *format, *size, *language;
    const char *removed, *remove_href; /* the day that it was taken away; "" it is there */
};

struct resource_past_line {
    const struct resource_past *past;
    const char *href, *when;
    bool is_shown, is_newest;
};

struct resource_page {
    const struct resource *resource;
    const char *kind, *stage, *pillar; /* names; "" for none */
    const char *when;                  /* of the version that is shown */
    const char *checked, *next_check;
    const char *newest_href;
    const char *contact_email, *contact_href; /* email "": the page of contact */
    bool is_newest, is_due;
    struct resource_file_line *files;
    bool has_file; /* one that was not taken away */
    struct resource_past_line *past;
    size_t past_count;
    const char *form_token; /* of the desk's page */
    const char *withdrawn;  /* day, ""            */
};

struct resource_gone_page {
    const struct resource *resource;
    const char *when, *contact_email, *contact_href;
};

struct resource_edit_page {
    struct html problems, form;
    const struct resource *resource;
    const char *form_token;
    const char *seen;                   /* revision that this form began with   */
    const struct resource_words *other; /* what somebody else wrote; NULL: none */
};

#endif
