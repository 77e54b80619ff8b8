/* SPDX-License-Identifier: MIT */
/* access_page.h - what the views of access_page.html need, and nothing else. */
#ifndef PROGRAMME_ACCESS_ACCESS_PAGE_H
#define PROGRAMME_ACCESS_ACCESS_PAGE_H

#include "platform/view/components.h"
#include "platform/view/view.h"
#include "programme/access/access.h"

/* ---- the desk ---- */

struct desk_line {
    const char *title, *href, *hint; /* hint: NULL for none */
    int64_t waiting_count;
    int64_t oldest_at; /* 0: nothing waits */
};

struct desk_page {
    const char *name, *role; /* who works here, and as what: "Regional lead, London" */
    bool has_several;        /* roles, of which one can be chosen */
    const struct table_cell *head;
    size_t head_count;
    struct table_row *rows; /* one for each queue */
    struct desk_line *queues;
    size_t queue_count;
    struct desk_line *pages; /* of the desk that have no queue */
    size_t page_count;
};

/* ---- the outbox of a demonstration ---- */

struct outbox_line {
    int64_t id;
    const char *subject, *to, *when;
    const char *state, *tag_class;
};

struct outbox_page {
    const struct table_cell *head;
    size_t head_count;
    struct table_row *rows;
    size_t line_count;
    int64_t older_before; /* 0: these are all */
    bool is_first;
};

enum outbox_kind { OUTBOX_TEXT, OUTBOX_HEADING, OUTBOX_BULLET, OUTBOX_CODE, OUTBOX_BUTTON };

struct outbox_part {
    enum outbox_kind kind;
    const char *text, *href;
    bool begins_list, ends_list;
};

struct outbox_message_page {
    struct outbox_line line;
    struct outbox_part *parts;
    size_t part_count; /* 0: it has ended, and what it said is gone */
    const char *plain_text;
};

#endif
