/* SPDX-License-Identifier: MIT */
/* rights_page.h - what the views of rights_page.html need, and nothing else. */
#ifndef PROGRAMME_RIGHTS_RIGHTS_PAGE_H
#define PROGRAMME_RIGHTS_RIGHTS_PAGE_H

#include "platform/view/components.h"
#include "programme/rights/rights.h"

/* One thing that is kept, for the privacy notice. */
struct notice_line {
    const struct privacy_holding *holding;
    const char *what, *purpose, *source, *basis, *seen_by, *kept, *whose;
};

struct notice_contact {
    const char *email, *href; /* "" when none is set */
};

struct notice_page {
    const char *service_name;
    bool is_demonstration;
    const struct notice_line *lines;
    size_t line_count;
    const struct pack *pack;
    const char *pack_from;
    struct html contact;
};

/* One person's copy: a table for each holding. */
struct data_table {
    const struct privacy_holding *holding;
    bool is_cut;
    struct html table;
};

struct data_page {
    const char *title;
    const struct data_table *tables;
    size_t table_count;
    const char *zip_action, *form_token; /* NULL: a link of GET */
    bool is_own;                         /* of who is signed in */
};

struct erase_page {
    const char **lines;
    size_t line_count;
    const char *held; /* why nothing can be deleted now; NULL: it can */
    const char *form_token;
};

struct requests_page {
    const struct rights_line {
        const char *reference, *kind, *state, *due, *answer;
    } * lines;
    size_t line_count;
    const char *form_token;
};

struct prove_page {
    const struct rights_request *request;
    const char *kind, *due;
    const char *action, *form_token;
    bool is_unproven;
};

struct desk_act {
    const char *href, *label;
    bool is_link; /* to a page that asks more; else a button that acts */
    bool is_main;
};

struct desk_request_page {
    const struct rights_request *request;
    const char *kind, *received, *due, *acknowledge, *paused, *outcome, *reason;
    bool is_late, has_account;
    const char *limit; /* whether what was agreed not to be done still stands; NULL: nothing was */
    struct desk_act acts[4];
    size_t act_count;
    const char *form_token;
    const char **erasure;
    size_t erasure_count;
    const char *held;
};

struct records_page {
    const struct privacy_rule *rules;
    size_t rule_count;
    const struct pack *pack;
    const char *ran;
    bool is_late;
    const char *removed, *holds;
};

struct hold_page {
    const char *name, *reason;
};

#endif
