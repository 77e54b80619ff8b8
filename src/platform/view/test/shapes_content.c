/* SPDX-License-Identifier: MIT */
/*
 * shapes_content.c - the shapes of what pages show.
 */
#include "platform/view/test/shapes.h"

static const struct shape_member action_link_members[] = {
    WORDS(action_link),
    OUTER(action_link),
    TEXT(action_link, "href", href),
    TEXT(action_link, "type", type),
    TEXT(action_link, "variant", variant),
    BOOL(action_link, "openInNewWindow", open_in_new_window),
    END,
};
PLAIN_SHAPE(shape_action_link, action_link, action_link_members);

static const struct shape_member card_action_members[] = {
    WORDS(card_action),
    OUTER(card_action),
    TEXT(card_action, "visuallyHiddenText", visually_hidden_text),
    TEXT(card_action, "href", href),
    TEXT(card_action, "type", type),
    TEXT(card_action, "name", name),
    TEXT(card_action, "value", value),
    END,
};
PLAIN_SHAPE(shape_card_action, card_action, card_action_members);

static const struct shape_member card_image_members[] = {
    TEXT(card_image, "src", src),
    TEXT(card_image, "alt", alt),
    HTML(card_image, "html", html),
    END,
};
static PLAIN_SHAPE(shape_card_image, card_image, card_image_members);

static const struct shape_member card_actions_members[] = {
    ARRAY(SHAPE_ARRAY, card, "items", actions, &shape_card_action, action_count),
    TEXT(card, "classes", actions_classes),
    END,
};
static const struct shape shape_card_actions = {0, card_actions_members, NULL, NULL, NULL};

static const struct shape_member card_members[] = {
    STRUCT(card, "heading", heading, &shape_heading),
    STRUCT(card, "description", description, &shape_part),
    HTML(card, "html", description.html), /* the block of a call */
    STRUCT(card, "image", image, &shape_card_image),
    TEXT(card, "href", href),
    BOOL(card, "clickable", clickable),
    TEXT(card, "variant", variant),
    ARRAY(SHAPE_ARRAY, card, "actions", actions, &shape_card_action, action_count),
    INLINE("actions", &shape_card_actions),
    OUTER(card),
    END,
};
PLAIN_SHAPE(shape_card, card, card_members);

static const struct shape_member code_button_members[] = {
    SAID(code, "preventDoubleClick", button_prevent_double_click),
    END,
};
static const struct shape shape_code_button = {0, code_button_members, NULL, NULL, NULL};

static const struct shape_member code_members[] = {
    WORDS(code),
    OUTER(code),
    TEXT(code, "variant", variant),
    TEXT(code, "background", background),
    SAID(code, "border", border),
    BOOL(code, "button", has_button),
    PLAIN(SHAPE_PRESENT, code, "button", has_button),
    INLINE("button", &shape_code_button),
    PLAIN(SHAPE_CLASSES, code, "copyButtonClassList", copy_button_classes),
    TEXT(code, "copyButtonText", copy_button_text),
    TEXT(code, "copiedButtonText", copied_button_text),
    TEXT(code, "copiedAnnouncementText", copied_announcement_text),
    END,
};
PLAIN_SHAPE(shape_code, code, code_members);

static const struct shape shape_contents_item;
static const struct shape_member contents_item_members[] = {
    WORDS(contents_item),
    TEXT(contents_item, "href", href),
    BOOL(contents_item, "current", current),
    ARRAY(SHAPE_ARRAY, contents_item, "items", items, &shape_contents_item, item_count),
    TEXT(contents_item, "classes", classes),
    ATTRIBUTES(contents_item),
    END,
};
static PLAIN_SHAPE(shape_contents_item, contents_item, contents_item_members);

static const struct shape_member contents_list_members[] = {
    ARRAY(SHAPE_ARRAY, contents_list, "items", items, &shape_contents_item, item_count),
    TEXT(contents_list, "ariaLabel", aria_label),
    TEXT(contents_list, "visuallyHiddenText", visually_hidden_text),
    OUTER(contents_list),
    END,
};
PLAIN_SHAPE(shape_contents_list, contents_list, contents_list_members);

static const struct shape_member details_members[] = {
    WORDS(details),
    OUTER(details),
    STRUCT(details, "summary", summary, &shape_part),
    BOOL(details, "open", open),
    TEXT(details, "variant", variant),
    END,
};
PLAIN_SHAPE(shape_details, details, details_members);

static const struct shape_member do_dont_item_members[] = {
    WORDS(part),
    TEXT(part, "item", text), /* deprecated */
    END,
};
static PLAIN_SHAPE(shape_do_dont_item, part, do_dont_item_members);

static const struct shape_member do_dont_list_members[] = {
    STRUCT(do_dont_list, "heading", heading, &shape_heading),
    TEXT(do_dont_list, "title", heading.text), /* deprecated */
    TEXT(do_dont_list, "icon", icon),
    ARRAY(SHAPE_ARRAY, do_dont_list, "items", items, &shape_do_dont_item, item_count),
    TEXT(do_dont_list, "prefixText", prefix_text),
    BOOL(do_dont_list, "hidePrefix", hide_prefix),
    OUTER(do_dont_list),
    END,
};
PLAIN_SHAPE(shape_do_dont_list, do_dont_list, do_dont_list_members);

static const struct shape_member image_members[] = {
    TEXT(image, "src", src),
    TEXT(image, "alt", alt),
    TEXT(image, "sizes", sizes),
    TEXT(image, "srcset", srcset),
    HTML(image, "html", html),
    STRUCT(image, "caption", caption, &shape_part),
    TEXT(image, "width", width),
    SAID(image, "border", border),
    SAID(image, "background", background),
    OUTER(image),
    END,
};
PLAIN_SHAPE(shape_image, image, image_members);

static const struct shape_member hero_content_members[] = {
    STRUCT(hero_content, "heading", heading, &shape_heading),
    TEXT(hero_content, "text", text),
    HTML(hero_content, "html", html),
    POINTER(hero_content, "image", image, &shape_image),
    TEXT(hero_content, "width", width),
    TEXT(hero_content, "classes", classes),
    END,
};
static PLAIN_SHAPE(shape_hero_content, hero_content, hero_content_members);

static const struct shape_member hero_image_members[] = {TEXT(hero, "src", image_src), END};
static const struct shape shape_hero_image = {0, hero_image_members, NULL, NULL, NULL};

static const struct shape_member hero_members[] = {
    WORDS(hero),
    OUTER(hero),
    STRUCT(hero, "heading", heading, &shape_heading),
    TEXT(hero, "width", width),
    INLINE("image", &shape_hero_image),
    SAID(hero, "border", border),
    ARRAY(SHAPE_ARRAY, hero, "content", content, &shape_hero_content, content_count),
    END,
};
PLAIN_SHAPE(shape_hero, hero, hero_members);

static const struct shape_member inset_text_members[] = {
    WORDS(inset_text),
    OUTER(inset_text),
    TEXT(inset_text, "visuallyHiddenText", visually_hidden_text),
    END,
};
PLAIN_SHAPE(shape_inset_text, inset_text, inset_text_members);

static const struct shape_member notification_banner_members[] = {
    WORDS(notification_banner),
    OUTER(notification_banner),
    STRUCT(notification_banner, "title", title, &shape_heading),
    STRUCT(notification_banner, "heading", heading, &shape_heading),
    TEXT(notification_banner, "variant", variant),
    TEXT(notification_banner, "role", role),
    SAID(notification_banner, "disableAutoFocus", disable_auto_focus),
    END,
};
PLAIN_SHAPE(shape_notification_banner, notification_banner, notification_banner_members);

static const struct shape_member pagination_link_members[] = {
    TEXT(pagination_link, "href", href),
    WORDS(pagination_link),
    STRUCT(pagination_link, "label", label, &shape_part),
    ATTRIBUTES(pagination_link),
    END,
};
static PLAIN_SHAPE(shape_pagination_link, pagination_link, pagination_link_members);

static const struct shape_member pagination_item_members[] = {
    TEXT(pagination_item, "number", number),
    TEXT(pagination_item, "href", href),
    BOOL(pagination_item, "current", current),
    BOOL(pagination_item, "ellipsis", ellipsis),
    TEXT(pagination_item, "ariaLabel", aria_label),
    TEXT(pagination_item, "classes", classes),
    ATTRIBUTES(pagination_item),
    END,
};
static PLAIN_SHAPE(shape_pagination_item, pagination_item, pagination_item_members);

static const struct shape_member pagination_members[] = {
    STRUCT(pagination, "previous", previous, &shape_pagination_link),
    STRUCT(pagination, "next", next, &shape_pagination_link),
    TEXT(pagination, "previousUrl", previous.href), /* four deprecated names */
    TEXT(pagination, "previousPage", previous.label.text),
    TEXT(pagination, "nextUrl", next.href),
    TEXT(pagination, "nextPage", next.label.text),
    ARRAY(SHAPE_ARRAY, pagination, "items", items, &shape_pagination_item, item_count),
    TEXT(pagination, "ariaLabel", aria_label),
    OUTER(pagination),
    END,
};
PLAIN_SHAPE(shape_pagination, pagination, pagination_members);

static const struct shape_member panel_members[] = {
    WORDS(panel),
    OUTER(panel),
    STRUCT(panel, "heading", heading, &shape_heading),
    TEXT(panel, "variant", variant),
    END,
};
PLAIN_SHAPE(shape_panel, panel, panel_members);

static const struct shape_member scroll_members[] = {
    WORDS(scroll),
    OUTER(scroll),
    TEXT(scroll, "labelledBy", labelled_by),
    TEXT(scroll, "variant", variant),
    END,
};
PLAIN_SHAPE(shape_scroll, scroll, scroll_members);

static const struct shape_member tabs_item_members[] = {
    TEXT(tabs_item, "label", label),
    TEXT(tabs_item, "id", id),
    STRUCT(tabs_item, "panel", panel, &shape_part),
    ATTRIBUTES(tabs_item),
    END,
};
static PLAIN_SHAPE(shape_tabs_item, tabs_item, tabs_item_members);

static const struct shape_member tabs_members[] = {
    ARRAY(SHAPE_ARRAY, tabs, "items", items, &shape_tabs_item, item_count),
    TEXT(tabs, "idPrefix", id_prefix),
    TEXT(tabs, "visuallyHiddenText", visually_hidden_text),
    OUTER(tabs),
    END,
};
PLAIN_SHAPE(shape_tabs, tabs, tabs_members);

static const struct shape_member tag_members[] = {
    WORDS(tag),
    OUTER(tag),
    TEXT(tag, "colour", colour),
    PLAIN(SHAPE_NOT, tag, "colour", no_colour),
    SAID(tag, "border", border),
    END,
};
PLAIN_SHAPE(shape_tag, tag, tag_members);

static const struct shape_member task_status_members[] = {
    TEXT(task_list_item, "text", status.text),
    HTML(task_list_item, "html", status.html),
    TEXT(task_list_item, "classes", status.classes),
    POINTER(task_list_item, "tag", status_tag, &shape_tag),
    END,
};
static const struct shape shape_task_status = {0, task_status_members, NULL, NULL, NULL};

static const struct shape_member task_list_item_members[] = {
    STRUCT(task_list_item, "heading", heading, &shape_heading),
    STRUCT(task_list_item, "title", heading, &shape_heading), /* deprecated */
    TEXT(task_list_item, "href", href),
    STRUCT(task_list_item, "hint", hint, &shape_part),
    TEXT(task_list_item, "status", status.text),
    INLINE("status", &shape_task_status),
    TEXT(task_list_item, "classes", classes),
    END,
};
static PLAIN_SHAPE(shape_task_list_item, task_list_item, task_list_item_members);

static const struct shape_member task_list_members[] = {
    ARRAY(SHAPE_HOLES, task_list, "items", items, &shape_task_list_item, item_count),
    TEXT(task_list, "idPrefix", id_prefix),
    OUTER(task_list),
    END,
};
PLAIN_SHAPE(shape_task_list, task_list, task_list_members);

static const struct shape_member warning_callout_members[] = {
    WORDS(warning_callout),
    OUTER(warning_callout),
    STRUCT(warning_callout, "heading", heading, &shape_heading),
    END,
};
PLAIN_SHAPE(shape_warning_callout, warning_callout, warning_callout_members);
