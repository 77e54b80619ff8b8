/* SPDX-License-Identifier: MIT */
/*
 * shapes_page.c - the shapes of what frames a page.
 */
#include "platform/view/test/shapes.h"

static const struct shape_member back_link_members[] = {
    WORDS(back_link),
    OUTER(back_link),
    TEXT(back_link, "visuallyHiddenText", visually_hidden_text),
    TEXT(back_link, "href", href),
    TEXT(back_link, "type", type),
    TEXT(back_link, "variant", variant),
    END,
};
PLAIN_SHAPE(shape_back_link, back_link, back_link_members);

static const struct shape_member breadcrumb_item_members[] = {
    WORDS(breadcrumb_item),
    TEXT(breadcrumb_item, "href", href),
    ATTRIBUTES(breadcrumb_item),
    IGNORED("classes"),
    END,
};
static PLAIN_SHAPE(shape_breadcrumb_item, breadcrumb_item, breadcrumb_item_members);

static const struct shape_member breadcrumb_members[] = {
    ARRAY(SHAPE_ARRAY, breadcrumb, "items", items, &shape_breadcrumb_item, item_count),
    TEXT(breadcrumb, "ariaLabel", aria_label),
    STRUCT(breadcrumb, "backLink", back_link, &shape_back_link),
    TEXT(breadcrumb, "variant", variant),
    OUTER(breadcrumb),
    END,
};
PLAIN_SHAPE(shape_breadcrumb, breadcrumb, breadcrumb_members);

static const struct shape_member footer_link_members[] = {
    WORDS(footer_link),
    TEXT(footer_link, "href", href),
    ATTRIBUTES(footer_link),
    END,
};
static PLAIN_SHAPE(shape_footer_link, footer_link, footer_link_members);

static const struct shape_member footer_group_members[] = {
    STRUCT(footer_group, "heading", heading, &shape_heading),
    ARRAY(SHAPE_ARRAY, footer_group, "items", items, &shape_footer_link, item_count),
    WORDS(footer_group),
    TEXT(footer_group, "width", width),
    END,
};
static PLAIN_SHAPE(shape_footer_group, footer_group, footer_group_members);

static const struct shape_member shape_footer_meta_members[] = {
    WORDS(footer_meta),
    ARRAY(SHAPE_ARRAY, footer_meta, "items", items, &shape_footer_link, item_count),
    TEXT(footer_meta, "visuallyHiddenText", visually_hidden_text),
    END,
};
static SHAPE_OF_WORDS(shape_footer_meta, footer_meta);

static const struct shape_member copyright_members[] = {
    TEXT(footer, "text", copyright),
    HTML(footer, "html", copyright_html),
    END,
};
static const struct shape shape_copyright = {0, copyright_members, NULL, NULL, NULL};

static const struct shape_member footer_members[] = {
    ARRAY(SHAPE_ARRAY, footer, "navigation", navigation, &shape_footer_group, group_count),
    ARRAY(SHAPE_ONE, footer, "navigation", navigation, &shape_footer_group, group_count),
    INT(footer, "columns", columns),
    STRUCT(footer, "meta", meta, &shape_footer_meta),
    HTML(footer, "html", meta.html), /* the block of a call */
    TEXT(footer, "copyright", copyright),
    INLINE("copyright", &shape_copyright),
    OUTER(footer),
    END,
};
PLAIN_SHAPE(shape_footer, footer, footer_members);

static const struct shape_member header_logo_members[] = {
    TEXT(header_logo, "href", href),
    TEXT(header_logo, "src", src),
    TEXT(header_logo, "alt", alt),
    TEXT(header_logo, "ariaLabel", aria_label),
    END,
};
static PLAIN_SHAPE(shape_header_logo, header_logo, header_logo_members);

static const struct shape_member header_service_members[] = {
    TEXT(header, "text", service_text),
    TEXT(header, "href", service_href),
    END,
};
static const struct shape shape_header_service = {0, header_service_members, NULL, NULL, NULL};

static const struct shape_member search_field_members[] = {
    TEXT(header_search, "placeholder", placeholder),
    END,
};
static const struct shape shape_search_field = {0, search_field_members, NULL, NULL, NULL};

static const struct shape_member search_label_members[] = {
    TEXT(header_search, "visuallyHiddenText", label),
    END,
};
static const struct shape shape_search_label = {0, search_label_members, NULL, NULL, NULL};

static const struct shape_member header_search_members[] = {
    TEXT(header_search, "action", action), TEXT(header_search, "method", method),
    TEXT(header_search, "name", name),     INLINE("input", &shape_search_field),
    INLINE("label", &shape_search_label),  END,
};
static PLAIN_SHAPE(shape_header_search, header_search, header_search_members);

static const struct shape_member header_link_members[] = {
    WORDS(header_link),
    TEXT(header_link, "href", href),
    TEXT(header_link, "action", action),
    TEXT(header_link, "method", method),
    BOOL(header_link, "icon", icon),
    BOOL(header_link, "active", active),
    BOOL(header_link, "current", current),
    TEXT(header_link, "classes", classes),
    ATTRIBUTES(header_link),
    END,
};
static PLAIN_SHAPE(shape_header_link, header_link, header_link_members);

static const struct shape_member header_account_members[] = {
    ARRAY(SHAPE_ARRAY, header_account, "items", items, &shape_header_link, item_count),
    TEXT(header_account, "ariaLabel", aria_label),
    TEXT(header_account, "classes", classes),
    ATTRIBUTES(header_account),
    END,
};
static PLAIN_SHAPE(shape_header_account, header_account, header_account_members);

static const struct shape_member header_navigation_members[] = {
    ARRAY(SHAPE_ARRAY, header_navigation, "items", items, &shape_header_link, item_count),
    TEXT(header_navigation, "ariaLabel", aria_label),
    TEXT(header_navigation, "colour", colour),
    BOOL(header_navigation, "justified", justified),
    TEXT(header_navigation, "classes", classes),
    ATTRIBUTES(header_navigation),
    END,
};
static PLAIN_SHAPE(shape_header_navigation, header_navigation, header_navigation_members);

static const struct shape_member header_organisation_members[] = {
    TEXT(header_organisation, "name", name),
    TEXT(header_organisation, "split", split),
    TEXT(header_organisation, "descriptor", descriptor),
    END,
};
static PLAIN_SHAPE(shape_header_organisation, header_organisation, header_organisation_members);

static const struct shape_member header_members[] = {
    STRUCT(header, "logo", logo, &shape_header_logo),
    INLINE("service", &shape_header_service),
    STRUCT(header, "organisation", organisation, &shape_header_organisation),
    POINTER(header, "search", search, &shape_header_search),
    POINTER(header, "account", account, &shape_header_account),
    STRUCT(header, "navigation", navigation, &shape_header_navigation),
    TEXT(header, "colour", colour),
    BOOL(header, "inline", is_inline),
    OUTER(header),
    END,
};
PLAIN_SHAPE(shape_header, header, header_members);

static const struct shape_member skip_link_members[] = {
    WORDS(skip_link),
    OUTER(skip_link),
    TEXT(skip_link, "href", href),
    END,
};
PLAIN_SHAPE(shape_skip_link, skip_link, skip_link_members);
