/* SPDX-License-Identifier: MIT */
/*
 * content.h - components that pages show: cards, lists, tables, messages.
 */
#ifndef PLATFORM_VIEW_COMPONENTS_CONTENT_H
#define PLATFORM_VIEW_COMPONENTS_CONTENT_H

#include "platform/view/components/part.h"

struct action_link {
    const char *text;
    struct html html;
    const char *href;
    const char *type;    /* makes it a button: "submit", "button" */
    const char *variant; /* "reverse" */
    bool open_in_new_window;
    const char *element;
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void action_link(struct view *out, const struct action_link *p);

/* A link or button that does something with a card or a row. */
struct card_action {
    const char *text;
    struct html html;
    const char *visually_hidden_text;
    const char *href;
    const char *type; /* makes it a button */
    const char *name;
    const char *value;
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};

/* The action; the words of the heading are added for those who hear it. */
void card_action(struct view *out, const struct card_action *p, const struct heading *heading);

struct card_image {
    const char *src;
    const char *alt;
    struct html html;
};

struct card {
    struct heading heading; /* level 2 by default */
    struct part description;
    struct card_image image;
    const char *href;
    bool clickable;
    const char *variant; /* "feature", "primary", "secondary", "warning"; care cards: "non-urgent",
                            "urgent", "emergency" */
    const struct card_action *actions;
    size_t action_count;
    const char *actions_classes;
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void card(struct view *out, const struct card *p);

/* The card, around this content. */
struct card card_around(const struct card *p, struct html content);

/* Is it a care card: one of the three variants, with a heading? */
bool card_is_care(const struct card *p);

struct code {
    const char *text;
    struct html html;
    const char *variant;    /* "reverse" */
    const char *background; /* a colour of the design system */
    enum said border;
    bool has_button; /* to copy it */
    enum said button_prevent_double_click;
    const char *copy_button_classes;
    const char *copy_button_text;
    const char *copied_button_text;
    const char *copied_announcement_text;
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void code(struct view *out, const struct code *p);

const struct view_attribute *code_attributes(struct mem *mem, const struct code *p);

struct contents_item {
    const char *text;
    struct html html;
    const char *href;
    bool current;
    const struct contents_item *items;
    size_t item_count;
    const char *classes;
    const struct view_attribute *attributes;
};

struct contents_list {
    const struct contents_item *items;
    size_t item_count;
    const char *aria_label;           /* "Pages in this guide" by default */
    const char *visually_hidden_text; /* "Contents" by default */
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void contents_list(struct view *out, const struct contents_list *p);

struct details {
    struct part summary;
    const char *text;
    struct html html;
    bool open;
    const char *variant; /* "reverse"; classes "nhsuk-expander" makes it an expander */
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void details(struct view *out, const struct details *p);

struct do_dont_list {
    struct heading heading; /* level 3 by default */
    const char *icon;       /* "tick" (the default) or "cross" */
    const struct part *items;
    size_t item_count;
    const char *prefix_text; /* "do not" by default, with a cross */
    bool hide_prefix;
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void do_dont_list(struct view *out, const struct do_dont_list *p);

struct image {
    const char *src;
    const char *alt;
    const char *sizes;
    const char *srcset;
    struct html html; /* instead of src */
    struct part caption;
    const char *width; /* "one-half", "two-thirds", ... */
    enum said border;
    enum said background;
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void image(struct view *out, const struct image *p);

struct hero_content {
    struct heading heading;
    const char *text;
    struct html html;
    const struct image *image;
    const char *width; /* of its column */
    const char *classes;
};

/* With image_src it holds a style attribute, which our content-security policy refuses: no page of
 * ours has such a hero. */
struct hero {
    struct heading heading;
    const char *text;
    struct html html;
    const char *width;
    const char *image_src;
    enum said border;
    const struct hero_content *content; /* more columns, two a row */
    size_t content_count;
    const char *container_classes;
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void hero(struct view *out, const struct hero *p);

/* Its columns, the first made of its own heading and words when there are any. */
const struct hero_content *hero_columns(struct mem *mem, const struct hero *p, size_t *count_out);

struct inset_text {
    const char *text;
    struct html html;
    const char *visually_hidden_text; /* "Information" by default */
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void inset_text(struct view *out, const struct inset_text *p);

struct notification_banner {
    struct heading title; /* "Important", or "Success" */
    struct heading heading;
    const char *text;
    struct html html;
    const char *variant; /* "success" */
    const char *role;
    enum said disable_auto_focus;
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void notification_banner(struct view *out, const struct notification_banner *p);

struct pagination_link {
    const char *href; /* NULL: there is no such page */
    const char *text; /* "Previous page", "Next page" by default */
    struct html html;
    struct part label;
    const struct view_attribute *attributes;
};

struct pagination_item {
    const char *number;
    const char *href;
    bool current;
    bool ellipsis;
    const char *aria_label;
    const char *classes;
    const struct view_attribute *attributes;
};

struct pagination {
    struct pagination_link previous;
    struct pagination_link next;
    const struct pagination_item *items;
    size_t item_count;
    const char *aria_label; /* "Pagination" by default */
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void pagination(struct view *out, const struct pagination *p);

struct panel {
    struct heading heading; /* level 1 by default */
    const char *text;
    struct html html;
    const char *variant; /* "interruption" */
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void panel(struct view *out, const struct panel *p);

struct scroll {
    const char *text;
    struct html html;
    const char *labelled_by;
    const char *variant; /* "reverse" */
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void scroll(struct view *out, const struct scroll *p);

struct summary_list_row {
    struct part key;
    const char *key_width;
    struct part value;
    const char *value_width;
    const struct card_action *actions;
    size_t action_count;
    struct part actions_part; /* id, classes and attributes of their cell */
    const char *actions_width;
    enum said border;
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};

struct summary_list {
    const struct summary_list_row *rows;
    size_t row_count;
    struct html html; /* instead of rows */
    enum said border;
    enum said last_row_border;
    const struct card *card; /* NULL: none */
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void summary_list(struct view *out, const struct summary_list *p);

bool summary_list_has_actions(const struct summary_list *p);
bool summary_list_row_is_plain(const struct summary_list *p, size_t at);

/* A cell; the members from sort on are for cells of the head. */
struct table_cell {
    const char *text;
    struct html html;
    const char *visually_hidden_text;
    const char *href;
    const char *format; /* "numeric", "string" */
    const char *align;  /* "left", "centre", "right" */
    const char *width;  /* "one-half", ... */
    const char *colspan;
    const char *rowspan;
    const char *sort_value; /* what the script sorts by instead of the text */
    const char *header;     /* in a responsive table without a head */
    const char *classes;
    const struct view_attribute *attributes;
    const char *sort;      /* "none", "ascending", "descending": the column can be sorted */
    const char *sort_next; /* what a press sorts by first */
};

struct table_row {
    const struct table_cell *cells;
    size_t cell_count;
};

struct table {
    struct heading caption; /* size "s", "m", "l", "xl" */
    const struct table_cell *head;
    size_t head_count;
    const struct table_row *rows;
    size_t row_count;
    bool first_cell_is_header;
    bool compact;
    bool striped;
    bool responsive; /* on a narrow screen each row becomes a list */
    bool scroll;     /* on a narrow screen it scrolls sideways; needs a caption */
    const char *variant;
    enum said border;
    enum said last_row_border;
    const struct card *card; /* NULL: none */
    const char *sort_announcement_text;
    const char *ascending_text;
    const char *descending_text;
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void table(struct view *out, const struct table *p);

bool table_is_sortable(const struct table *p);
bool table_is_sorted_by_server(const struct table *p);
const char *table_caption_id(struct mem *mem, const struct table *p);

/* The caption within its caption: only inside it, in its size. */
struct caption table_inner_caption(const struct table *p);

/* The cell of the head above a cell; a zero one when there is none. */
const struct table_cell *table_header(const struct table *p, size_t column);

/* How a cell is aligned: as it says, or as its column. */
const char *table_align(const struct table_cell *cell, const struct table_cell *header);

struct tabs_item {
    const char *label;
    const char *id;
    struct part panel;
    const struct view_attribute *attributes;
};

struct tabs {
    const struct tabs_item *items;
    size_t item_count;
    const char *id_prefix;            /* id by default */
    const char *visually_hidden_text; /* "Contents" by default */
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void tabs(struct view *out, const struct tabs *p);

const char *tabs_item_id(struct mem *mem, const struct tabs_item *item, const char *prefix,
                         size_t at);

struct tag {
    const char *text;
    struct html html;
    const char *colour; /* "white", "grey", "green", "aqua-green", "blue", "purple", "pink", "red",
                           "orange", "yellow" */
    bool no_colour;
    enum said border;
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void tag(struct view *out, const struct tag *p);

/* A task; one without words in its heading is left out, but counts for the ids. */
struct task_list_item {
    struct heading heading;
    const char *href;
    struct part hint;
    struct part status;
    const struct tag *status_tag; /* instead of the words of status */
    const char *classes;
};

struct task_list {
    const struct task_list_item *items;
    size_t item_count;
    const char *id_prefix; /* "task-list" by default */
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void task_list(struct view *out, const struct task_list *p);

struct warning_callout {
    struct heading heading; /* level 3 by default */
    const char *text;
    struct html html;
    const struct card_action *actions;
    size_t action_count;
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void warning_callout(struct view *out, const struct warning_callout *p);

/* What is said before the heading for those who hear it; NULL when the heading says it. */
const char *warning_callout_hidden(const struct warning_callout *p);

#endif
