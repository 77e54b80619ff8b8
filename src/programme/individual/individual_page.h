/* SPDX-License-Identifier: MIT */
/* individual_page.h - what the views of individual_page.html need, and nothing else. */
#ifndef PROGRAMME_INDIVIDUAL_INDIVIDUAL_PAGE_H
#define PROGRAMME_INDIVIDUAL_INDIVIDUAL_PAGE_H

#include "platform/view/components.h"
#include "programme/individual/individual.h"

/* What the public reads of one, with its day in words. */
struct individual_card_page {
    struct individual_face face;
    const char *signed_on; /* "9 March 2026"; "" not yet */
    bool is_empty;
};

struct individual_preview_page {
    const char *text;
    struct individual_card_page card;
};

struct individual_mine_page {
    const struct individual *it;
    struct individual_card_page card;
    const char *base; /* address of this page; the others stand below it */
    const char *form_token;
    const char *signed_on, *remind_on, *withdrawn_on; /* in words; "" for none */
    bool is_reminded;
};

struct individual_desk_page {
    const struct individual *it;
    struct individual_card_page card; /* what the person chose, hidden or not */
    const char *hidden_on;            /* in words; "" it is not */
};

struct individual_receipt_page {
    const struct individual *it;
    const char *base, *signed_at;
    bool is_logged;
};

struct individual_verify_page {
    const struct individual *it;
    struct individual_card_page card;
    const char *signed_on, *withdrawn_on;
};

struct individual_people_page {
    const char *count; /* "1,204 people have" */
    bool is_none;
};

#endif
