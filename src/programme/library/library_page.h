/* SPDX-License-Identifier: MIT */
/* library_page.h - what the views of library_page.html need, and nothing else. */
#ifndef PROGRAMME_LIBRARY_LIBRARY_PAGE_H
#define PROGRAMME_LIBRARY_LIBRARY_PAGE_H

#include "platform/view/components.h"
#include "programme/library/library.h"
#include "programme/library/library.sql.h"

struct library_way {
    const char *text, *href;
};

/* Pages under one heading. */
struct library_group {
    const char *heading;
    const struct library_line **lines;
    size_t count;
};

struct library_shown {
    const char *title, *summary, *stage; /* name of the stage; "" none, or it is the stage's page */
    struct html body;
    struct library_way *steps, *related;
    size_t step_count, related_count;
    const char **sources;
    size_t source_count;
    const char *checked, *check_by;
    bool is_late; /* the day of the next check has passed */
    struct library_group group;
};

struct library_front {
    const struct library_shown *page;
    struct library_group stages, pillars, programmes;
};

struct library_rung {
    int number;
    const char *title;
    struct html facts, text;
    int heading_level;
};

struct library_version_line {
    int64_t number;
    const char *what; /* "Written", "From the pack content 2026.1", "Version 2 again" */
    const char *who, *when, *note;
    const char *state; /* "Live", "Planned for ...", "Was public", "Draft" */
    const char *colour;
};

struct library_desk_page {
    const struct library_page *page;
    struct library_version_line *lines;
    size_t count;
    const char *check_by;
    bool is_late;
    struct html mend; /* its links that are broken, or have moved */
};

struct library_difference_line {
    const char *mark, *what, *text, *class_name;
};

struct library_version_page {
    const struct library_page *page;
    const struct library_version *version;
    const struct library_shown *shown;
    struct library_difference_line *lines;
    size_t count;
    int64_t against; /* the version that it is compared with; 0: none */
    const char *planned, *grade, *age, *form_token;
    bool is_live, was_live, is_waiting; /* waiting: it is what the pack brought */
    struct html problems;
};

struct library_conflict {
    struct library_difference_line *lines;
    size_t count;
    const char *who, *when;
};

struct library_edit_page {
    struct html problems, form;
    const struct library_conflict *conflict; /* NULL: none */
    const char *title, *action, *button, *form_token;
    int64_t based_on;
};

struct library_picture_card {
    int64_t id;
    const char *alt, *when, *markdown;
};

/* The form that adds a picture. */
struct library_picture_page {
    struct html problems, form;
    const char *form_token;
};

#endif
