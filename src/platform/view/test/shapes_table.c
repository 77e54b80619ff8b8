/* SPDX-License-Identifier: MIT */
/*
 * shapes_table.c - the shapes of tables and summary lists.
 */
#include "platform/view/test/shapes.h"

static const struct shape_member row_key_members[] = {
    TEXT(summary_list_row, "id", key.id),       TEXT(summary_list_row, "text", key.text),
    HTML(summary_list_row, "html", key.html),   TEXT(summary_list_row, "classes", key.classes),
    TEXT(summary_list_row, "width", key_width), END,
};
static const struct shape shape_row_key = {0, row_key_members, NULL, NULL, NULL};

static const struct shape_member row_value_members[] = {
    TEXT(summary_list_row, "id", value.id),       TEXT(summary_list_row, "text", value.text),
    HTML(summary_list_row, "html", value.html),   TEXT(summary_list_row, "classes", value.classes),
    TEXT(summary_list_row, "width", value_width), END,
};
static const struct shape shape_row_value = {0, row_value_members, NULL, NULL, NULL};

static const struct shape_member row_actions_members[] = {
    ARRAY(SHAPE_ARRAY, summary_list_row, "items", actions, &shape_card_action, action_count),
    TEXT(summary_list_row, "classes", actions_part.classes),
    TEXT(summary_list_row, "id", actions_part.id),
    TEXT(summary_list_row, "width", actions_width),
    END,
};
static const struct shape shape_row_actions = {0, row_actions_members, NULL, NULL, NULL};

static const struct shape_member summary_list_row_members[] = {
    TEXT(summary_list_row, "key", key.text),
    INLINE("key", &shape_row_key),
    TEXT(summary_list_row, "value", value.text),
    INLINE("value", &shape_row_value),
    ARRAY(SHAPE_ARRAY, summary_list_row, "actions", actions, &shape_card_action, action_count),
    INLINE("actions", &shape_row_actions),
    SAID(summary_list_row, "border", border),
    OUTER(summary_list_row),
    END,
};
static const struct shape shape_summary_list_row = {sizeof(struct summary_list_row),
                                                    summary_list_row_members, NULL, NULL, NULL};

static const struct shape_member summary_list_members[] = {
    ARRAY(SHAPE_ARRAY, summary_list, "rows", rows, &shape_summary_list_row, row_count),
    HTML(summary_list, "html", html),
    SAID(summary_list, "border", border),
    SAID(summary_list, "lastRowBorder", last_row_border),
    POINTER(summary_list, "card", card, &shape_card),
    OUTER(summary_list),
    END,
};
const struct shape shape_summary_list = {sizeof(struct summary_list), summary_list_members, NULL,
                                         NULL, NULL};

static const struct shape_member table_cell_members[] = {
    WORDS(table_cell),
    TEXT(table_cell, "visuallyHiddenText", visually_hidden_text),
    TEXT(table_cell, "href", href),
    TEXT(table_cell, "format", format),
    TEXT(table_cell, "align", align),
    TEXT(table_cell, "width", width),
    TEXT(table_cell, "colspan", colspan),
    TEXT(table_cell, "rowspan", rowspan),
    TEXT(table_cell, "sortValue", sort_value),
    TEXT(table_cell, "header", header),
    TEXT(table_cell, "classes", classes),
    ATTRIBUTES(table_cell),
    TEXT(table_cell, "sort", sort),
    PLAIN(SHAPE_NONE, table_cell, "sort", sort),
    TEXT(table_cell, "sortNext", sort_next),
    END,
};
static const struct shape shape_table_cell = {sizeof(struct table_cell), table_cell_members, "text",
                                              NULL, NULL};

static const struct shape_member table_row_members[] = {
    ARRAY(SHAPE_ARRAY, table_row, "cells", cells, &shape_table_cell, cell_count),
    END,
};
static const struct shape shape_table_row = {sizeof(struct table_row), table_row_members, "cells",
                                             NULL, NULL};

/* Three deprecated parameters of a table say what its card is. */
static const struct shape_member table_card_members[] = {
    STRUCT(card, "heading", heading, &shape_heading),
    INT(card, "level", heading.level),
    PLAIN(SHAPE_NAME, card, "feature", variant),
    END,
};
static const struct shape shape_table_heading = {sizeof(struct card), table_card_members, "heading",
                                                 NULL, NULL};
static const struct shape shape_table_level = {sizeof(struct card), table_card_members, "level",
                                               NULL, NULL};
static const struct shape shape_table_panel = {sizeof(struct card), table_card_members, NULL,
                                               "feature", NULL};

static const struct shape_member table_members[] = {
    POINTER(table, "heading", card, &shape_table_heading),
    POINTER(table, "headingLevel", card, &shape_table_level),
    POINTER(table, "panel", card, &shape_table_panel),
    STRUCT(table, "caption", caption, &shape_heading),
    ARRAY(SHAPE_ARRAY, table, "head", head, &shape_table_cell, head_count),
    ARRAY(SHAPE_ARRAY, table, "rows", rows, &shape_table_row, row_count),
    BOOL(table, "firstCellIsHeader", first_cell_is_header),
    BOOL(table, "compact", compact),
    BOOL(table, "striped", striped),
    BOOL(table, "responsive", responsive),
    BOOL(table, "scroll", scroll),
    TEXT(table, "variant", variant),
    SAID(table, "border", border),
    SAID(table, "lastRowBorder", last_row_border),
    POINTER(table, "card", card, &shape_card),
    OUTER(table),
    END,
};
const struct shape shape_table = {sizeof(struct table), table_members, NULL, NULL, NULL};
