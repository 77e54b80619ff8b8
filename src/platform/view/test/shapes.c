/* SPDX-License-Identifier: MIT */
/*
 * shapes.c - the components that are built, each with its shape and its view.
 */
#include "platform/view/test/shapes.h"

#define WRITER(name)                                                                               \
    static void write_##name(struct view *out, const void *p)                                      \
    {                                                                                              \
        name(out, p);                                                                              \
    }

WRITER(action_link)
WRITER(back_link)
WRITER(breadcrumb)
WRITER(button)
WRITER(caption)
WRITER(card)
WRITER(character_count)
WRITER(checkboxes)
WRITER(code)
WRITER(contents_list)
WRITER(date_input)
WRITER(details)
WRITER(do_dont_list)
WRITER(error_message)
WRITER(error_summary)
WRITER(fieldset)
WRITER(file_upload)
WRITER(footer)
WRITER(header)
WRITER(heading)
WRITER(hero)
WRITER(hint)
WRITER(image)
WRITER(input)
WRITER(inset_text)
WRITER(label)
WRITER(legend)
WRITER(notification_banner)
WRITER(pagination)
WRITER(panel)
WRITER(password_input)
WRITER(radios)
WRITER(scroll)
WRITER(search_input)
WRITER(select_input)
WRITER(skip_link)
WRITER(summary_list)
WRITER(table)
WRITER(tabs)
WRITER(tag)
WRITER(task_list)
WRITER(textarea)
WRITER(warning_callout)

const struct shaped_component shaped_components[] = {
    {"action-link", &shape_action_link, write_action_link, "html"},
    {"back-link", &shape_back_link, write_back_link, "html"},
    {"breadcrumb", &shape_breadcrumb, write_breadcrumb, "html"},
    {"button", &shape_button, write_button, "html"},
    {"caption", &shape_caption, write_caption, "html"},
    {"card", &shape_card, write_card, "html"},
    {"character-count", &shape_character_count, write_character_count, "html"},
    {"checkboxes", &shape_checkboxes, write_checkboxes, "html"},
    {"code", &shape_code, write_code, "html"},
    {"contents-list", &shape_contents_list, write_contents_list, "html"},
    {"date-input", &shape_date_input, write_date_input, "html"},
    {"details", &shape_details, write_details, "html"},
    {"do-dont-list", &shape_do_dont_list, write_do_dont_list, "html"},
    {"error-message", &shape_error_message, write_error_message, "html"},
    {"error-summary", &shape_error_summary, write_error_summary, "html"},
    {"fieldset", &shape_fieldset, write_fieldset, "html"},
    {"file-upload", &shape_file_upload, write_file_upload, "html"},
    {"footer", &shape_footer, write_footer, "html"},
    {"header", &shape_header, write_header, "html"},
    {"heading", &shape_heading, write_heading, "html"},
    {"hero", &shape_hero, write_hero, "html"},
    {"hint", &shape_hint, write_hint, "html"},
    {"images", &shape_image, write_image, "html"},
    {"input", &shape_input, write_input, "html"},
    {"inset-text", &shape_inset_text, write_inset_text, "html"},
    {"label", &shape_label, write_label, "html"},
    {"legend", &shape_legend, write_legend, "html"},
    {"notification-banner", &shape_notification_banner, write_notification_banner, "html"},
    {"pagination", &shape_pagination, write_pagination, "html"},
    {"panel", &shape_panel, write_panel, "html"},
    {"password-input", &shape_password_input, write_password_input, "html"},
    {"radios", &shape_radios, write_radios, "html"},
    {"scroll", &shape_scroll, write_scroll, "html"},
    {"search-input", &shape_search_input, write_search_input, "html"},
    {"select", &shape_select_input, write_select_input, "html"},
    {"skip-link", &shape_skip_link, write_skip_link, "html"},
    {"summary-list", &shape_summary_list, write_summary_list, "html"},
    {"tables", &shape_table, write_table, "html"},
    {"tabs", &shape_tabs, write_tabs, "html"},
    {"tag", &shape_tag, write_tag, "html"},
    {"task-list", &shape_task_list, write_task_list, "html"},
    {"textarea", &shape_textarea, write_textarea, "html"},
    {"warning-callout", &shape_warning_callout, write_warning_callout, "html"},
    {NULL, NULL, NULL, NULL},
};
