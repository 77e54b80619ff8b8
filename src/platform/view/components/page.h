/* SPDX-License-Identifier: MIT */
/*
 * page.h - components that frame every page: header, footer, ways back.
 */
#ifndef PLATFORM_VIEW_COMPONENTS_PAGE_H
#define PLATFORM_VIEW_COMPONENTS_PAGE_H

#include "platform/view/components/part.h"

struct back_link {
    const char *text; /* "Back" by default */
    struct html html;
    const char *visually_hidden_text;
    const char *href;
    const char *type;    /* makes it a button */
    const char *variant; /* "reverse" */
    const char *element;
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void back_link(struct view *out, const struct back_link *p);

struct breadcrumb_item {
    const char *text;
    struct html html;
    const char *href;
    const struct view_attribute *attributes;
};

struct breadcrumb {
    const struct breadcrumb_item *items;
    size_t item_count;
    const char *aria_label;     /* "Breadcrumb" by default */
    struct back_link back_link; /* shown on narrow screens; to the last item by default */
    const char *variant;        /* "reverse" */
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void breadcrumb(struct view *out, const struct breadcrumb *p);

struct footer_link {
    const char *text;
    struct html html;
    const char *href;
    const struct view_attribute *attributes;
};

struct footer_group {
    struct heading heading;
    const struct footer_link *items;
    size_t item_count;
    const char *text;
    struct html html;
    const char *width; /* of its column; by default from the number of columns */
};

struct footer_meta {
    const struct footer_link *items;
    size_t item_count;
    const char *text;
    struct html html;
    const char *visually_hidden_text; /* "Support links" by default */
};

struct footer {
    const struct footer_group *navigation;
    size_t group_count;
    int columns; /* 1 to 4; 0: 4 */
    struct footer_meta meta;
    const char *copyright; /* NULL: that of the design system's owner; "": none */
    struct html copyright_html;
    const char *container_classes;
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void footer(struct view *out, const struct footer *p);

struct header_logo {
    bool left_out; /* ours: no logo at all, only the name of the service */
    const char *href;
    const char *src; /* instead of the logo of the design system */
    const char *alt;
    const char *aria_label;
};

struct header_search {
    const char *action;
    const char *method;
    const char *name;
    const char *value; /* ours: what was searched for */
    const char *placeholder;
    const char *button_aria_label;
    const char *label; /* for those who hear it */
    const char *classes;
    const struct view_attribute *attributes;
};

struct header_link {
    const char *text;
    struct html html;
    const char *href;
    const char *action; /* of a form with one button, instead of href */
    const char *method;
    struct html fields; /* ours: hidden inputs of that form */
    bool icon;          /* of a person */
    bool active;        /* we are in this part  */
    bool current;       /* we are on this page  */
    const char *classes;
    const struct view_attribute *attributes;
};

struct header_account {
    const struct header_link *items;
    size_t item_count;
    const char *aria_label; /* "Account" by default */
    const char *classes;
    const struct view_attribute *attributes;
};

struct header_navigation {
    const struct header_link *items;
    size_t item_count;
    const char *aria_label; /* "Menu" by default */
    const char *colour;     /* "white" */
    bool justified;
    const char *toggle_menu_text;
    const char *toggle_menu_visually_hidden_text;
    const char *classes;
    const struct view_attribute *attributes;
};

struct header_organisation {
    const char *name; /* NULL: none */
    const char *split;
    const char *descriptor;
};

struct header {
    struct header_logo logo;
    const char *service_text;
    const char *service_href;
    struct header_organisation organisation;
    const struct header_search *search;   /* NULL: none */
    const struct header_account *account; /* NULL: none */
    struct header_navigation navigation;
    const char *colour; /* "white" */
    bool is_inline;
    const char *container_classes;
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void header(struct view *out, const struct header *p);

/* Do logo and service name make one link, and whereto does the logo lead? */
bool header_is_one_link(const struct header *p);
const char *header_logo_href(const struct header *p);
const char *header_logo_label(struct mem *mem, const struct header *p);

struct skip_link {
    const char *text; /* "Skip to main content" by default */
    struct html html;
    const char *href; /* "#maincontent" by default */
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void skip_link(struct view *out, const struct skip_link *p);

#endif
