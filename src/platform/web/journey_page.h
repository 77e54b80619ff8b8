/* SPDX-License-Identifier: MIT */
/* journey_page.h - what the views of journey.html need, and nothing else. */
#ifndef PLATFORM_WEB_JOURNEY_PAGE_H
#define PLATFORM_WEB_JOURNEY_PAGE_H

#include "platform/view/components.h"
#include "platform/view/view.h"

#include <stddef.h>

/* A page that asks to press a button: the start page, and the page of a mailed link. */
struct journey_button_page {
    const char *title;
    struct html words;
    const char *action, *token, *button;
    const char *key; /* of a mailed link; NULL: none */
    bool is_start;   /* the green button with the arrow */
};

struct journey_step_page {
    const char *title; /* NULL: the form's label is the heading */
    const char *caption;
    struct html problems, intro, form;
    const char *kept; /* how long the answers are kept; NULL: is not said */
    const char *action, *token, *button;
    const char *item_key;  /* of a group's new item; NULL: none */
    const char *save_href; /* come back later; NULL: not offered */
    bool has_files;
};

struct journey_line {
    const char *label, *text, *change_href, *change_hidden;
};

struct journey_item {
    const char *title;
    const char *problem; /* NULL: complete */
    const char *change_href, *remove_action;
    struct journey_line *lines;
    size_t line_count;
};

struct journey_items_page {
    const char *title, *caption;
    struct html problems, intro;
    const char *new_button; /* "Add a picture" */
    struct journey_item *items;
    size_t item_count;
    const char *new_href, *library_href; /* NULL: not offered */
    const char *action, *token, *save_href;
};

struct journey_part {
    const char *title;
    struct journey_line *lines;
    size_t line_count;
    struct journey_item *items;
    size_t item_count;
    const char *items_href;
};

struct journey_check_page {
    const char *title;
    struct html problems, declaration;
    struct journey_part *parts;
    size_t part_count;
    const char *action, *token, *button, *save_href;
};

struct journey_done_page {
    const char *title, *reference;
    struct html next;
};

struct journey_task {
    const char *title, *href, *state;
    bool is_done, is_open;
};

struct journey_tasks_page {
    const char *title;
    struct journey_task *tasks;
    size_t task_count, done_count;
    const char *check_href; /* NULL: not yet */
};

#endif
