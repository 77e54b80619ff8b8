/* SPDX-License-Identifier: MIT */
/*
 * layout.h - the page around what a view wrote: head, header, ways back, main, footer.
 *
 * The theme is neutral: the name of the service and no logo, unless the operator sets one.  Nothing
 * is inline and nothing comes from another site.
 */
#ifndef PLATFORM_VIEW_LAYOUT_H
#define PLATFORM_VIEW_LAYOUT_H

#include "platform/view/view.h"

struct layout_link {
    const char *text;
    const char *href;
    bool is_current; /* we are in this part of the service */
};

/* Another form of the same page: a feed, its JSON. */
struct layout_alternate {
    const char *type;  /* "application/atom+xml" */
    const char *title; /* NULL: that of the page */
    const char *href;
};

/* What other services read when somebody shares the page (Open Graph).  Addresses are whole. */
struct layout_shared {
    const char *path;  /* of the page: its one address within this site */
    const char *url;   /* NULL: nothing is said */
    const char *image; /* address of a picture */
    const char *image_alternative;
    int image_width_px, image_height_px;
};

struct layout {
    const char *title; /* of the page; the title is "Page – Service"           */
    bool has_problem;  /* a form came back: the title begins with "Error: "    */
    const char *description;
    struct layout_shared shared;
    const char *linked_data; /* JSON-LD; NULL: none */
    const char *service_name;
    const char *service_href; /* "/" */
    const char *logo_src;     /* the operator's, a path of this site; NULL: none */
    const char *logo_alt;
    bool has_nhs_logo; /* only an operator with the right to it */

    const char *phase_tag; /* "Demonstration", "Beta"; NULL: no banner */
    const char *phase_text;
    struct html phase_html; /* instead of phase_text */

    const struct layout_link *navigation;
    size_t navigation_count;
    const char *search_action; /* "/search"; NULL: no search form */
    const char *search_value;

    const char *person_name; /* NULL or "": nobody is signed in          */
    const char *account_href;
    const char *sign_in_href; /* shown when nobody is; NULL: not shown   */
    const char *sign_out_action;
    const char *form_token; /* that the sign-out form sends as form_token */

    const struct layout_link *crumbs; /* from the top; without the page itself */
    size_t crumb_count;
    const char *back_href; /* instead of crumbs, in journeys */

    struct html body;
    bool is_wide; /* the whole width instead of two thirds */

    const struct layout_link *footer;
    size_t footer_count;
    const char *footer_text; /* who runs the service; NULL: nothing */

    const struct layout_alternate *alternates;
    size_t alternate_count;
};
void layout(struct view *out, const struct layout *p);

#endif
