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

WRITER(button)
WRITER(caption)
WRITER(character_count)
WRITER(checkboxes)
WRITER(date_input)
WRITER(error_message)
WRITER(error_summary)
WRITER(fieldset)
WRITER(file_upload)
WRITER(heading)
WRITER(hint)
WRITER(input)
WRITER(label)
WRITER(legend)
WRITER(password_input)
WRITER(radios)
WRITER(search_input)
WRITER(select_input)
WRITER(textarea)

const struct shaped_component shaped_components[] = {
    {"button", &shape_button, write_button, "html"},
    {"caption", &shape_caption, write_caption, "html"},
    {"character-count", &shape_character_count, write_character_count, "html"},
    {"checkboxes", &shape_checkboxes, write_checkboxes, "html"},
    {"date-input", &shape_date_input, write_date_input, "html"},
    {"error-message", &shape_error_message, write_error_message, "html"},
    {"error-summary", &shape_error_summary, write_error_summary, "html"},
    {"fieldset", &shape_fieldset, write_fieldset, "html"},
    {"file-upload", &shape_file_upload, write_file_upload, "html"},
    {"heading", &shape_heading, write_heading, "html"},
    {"hint", &shape_hint, write_hint, "html"},
    {"input", &shape_input, write_input, "html"},
    {"label", &shape_label, write_label, "html"},
    {"legend", &shape_legend, write_legend, "html"},
    {"password-input", &shape_password_input, write_password_input, "html"},
    {"radios", &shape_radios, write_radios, "html"},
    {"search-input", &shape_search_input, write_search_input, "html"},
    {"select", &shape_select, write_select_input, "html"},
    {"textarea", &shape_textarea, write_textarea, "html"},
    {NULL, NULL, NULL, NULL},
};
