/* SPDX-License-Identifier: MIT */
/*
 * shapes.h - how the tables of shapes are written, and those that others use.
 */
#ifndef PLATFORM_VIEW_TEST_SHAPES_H
#define PLATFORM_VIEW_TEST_SHAPES_H

#include "platform/view/test/shape.h"

#include <stddef.h>

#define PLAIN(kind, type, json, member)                                                            \
    {                                                                                              \
        json, kind, offsetof(struct type, member), NULL, 0                                         \
    }
#define TEXT(type, json, member) PLAIN(SHAPE_TEXT, type, json, member)
#define HTML(type, json, member) PLAIN(SHAPE_HTML, type, json, member)
#define BOOL(type, json, member) PLAIN(SHAPE_BOOL, type, json, member)
#define SAID(type, json, member) PLAIN(SHAPE_SAID, type, json, member)
#define INT(type, json, member) PLAIN(SHAPE_INT, type, json, member)
#define ATTRIBUTES(type) PLAIN(SHAPE_ATTRIBUTES, type, "attributes", attributes)
#define STRUCT(type, json, member, shape)                                                          \
    {                                                                                              \
        json, SHAPE_STRUCT, offsetof(struct type, member), shape, 0                                \
    }
#define POINTER(type, json, member, shape)                                                         \
    {                                                                                              \
        json, SHAPE_POINTER, offsetof(struct type, member), shape, 0                               \
    }
#define INLINE(json, shape)                                                                        \
    {                                                                                              \
        json, SHAPE_INLINE, 0, shape, 0                                                            \
    }
#define ARRAY(kind, type, json, member, shape, count)                                              \
    {                                                                                              \
        json, kind, offsetof(struct type, member), shape, offsetof(struct type, count)             \
    }
#define IGNORED(json)                                                                              \
    {                                                                                              \
        json, SHAPE_IGNORED, 0, NULL, 0                                                            \
    }
#define PLAIN_SHAPE(name, type, members)                                                           \
    const struct shape name = {sizeof(struct type), members, NULL, NULL, NULL}
#define END                                                                                        \
    {                                                                                              \
        NULL, 0, 0, NULL, 0                                                                        \
    }

/* The members that nearly every struct has. */
#define WORDS(type) TEXT(type, "text", text), HTML(type, "html", html)
#define OUTER(type) TEXT(type, "id", id), TEXT(type, "classes", classes), ATTRIBUTES(type)

/* Of fields: the error may be words or only true. */
#define FIELD_TOP(type)                                                                            \
    STRUCT(type, "hint", hint, &shape_hint), BOOL(type, "errorMessage", is_error),                 \
        STRUCT(type, "errorMessage", error_message, &shape_error_message),                         \
        STRUCT(type, "formGroup", form_group, &shape_field_group)
#define FIELD(type)                                                                                \
    FIELD_TOP(type), STRUCT(type, "label", label, &shape_label), TEXT(type, "name", name),         \
        TEXT(type, "value", value), BOOL(type, "disabled", disabled),                              \
        TEXT(type, "describedBy", described_by), OUTER(type)

/* A shape whose bare text is the member "text". */
#define SHAPE_OF_WORDS(name, type)                                                                 \
    const struct shape name = {sizeof(struct type), name##_members, "text", NULL, NULL}

extern const struct shape shape_action_link;
extern const struct shape shape_back_link;
extern const struct shape shape_breadcrumb;
extern const struct shape shape_button;
extern const struct shape shape_caption;
extern const struct shape shape_card;
extern const struct shape shape_card_action;
extern const struct shape shape_character_count;
extern const struct shape shape_checkboxes;
extern const struct shape shape_code;
extern const struct shape shape_contents_list;
extern const struct shape shape_date_input;
extern const struct shape shape_details;
extern const struct shape shape_do_dont_list;
extern const struct shape shape_error_message;
extern const struct shape shape_error_summary;
extern const struct shape shape_fieldset;
extern const struct shape shape_file_upload;
extern const struct shape shape_footer;
extern const struct shape shape_field_group;
extern const struct shape shape_header;
extern const struct shape shape_heading;
extern const struct shape shape_hero;
extern const struct shape shape_hint;
extern const struct shape shape_image;
extern const struct shape shape_input;
extern const struct shape shape_inset_text;
extern const struct shape shape_label;
extern const struct shape shape_legend;
extern const struct shape shape_notification_banner;
extern const struct shape shape_pagination;
extern const struct shape shape_panel;
extern const struct shape shape_part;
extern const struct shape shape_password_input;
extern const struct shape shape_radios;
extern const struct shape shape_scroll;
extern const struct shape shape_search_input;
extern const struct shape shape_select_input;
extern const struct shape shape_skip_link;
extern const struct shape shape_summary_list;
extern const struct shape shape_table;
extern const struct shape shape_tabs;
extern const struct shape shape_tag;
extern const struct shape shape_task_list;
extern const struct shape shape_textarea;
extern const struct shape shape_warning_callout;

#endif
