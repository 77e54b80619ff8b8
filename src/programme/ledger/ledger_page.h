/* SPDX-License-Identifier: MIT */
/* ledger_page.h - what the views of ledger_page.html need, and nothing else. */
#ifndef PROGRAMME_LEDGER_LEDGER_PAGE_H
#define PROGRAMME_LEDGER_LEDGER_PAGE_H

#include "platform/view/components.h"
#include "programme/ledger/ledger.h"

struct ledger_entry_page {
    const struct ledger_entry *entry;
    const struct ledger_head *head;   /* the newest, which covers it       */
    const char *what;                 /* its kind in words                 */
    const char *happened, *signed_at; /* as people write times            */
    const char *about_href;           /* of what it is about; NULL: no page that is known */
    const char *const *path;
    size_t path_count;
};

/* A head in their list. */
struct ledger_head_line {
    const char *signed_at; /* as people write times */
    int64_t size;
    const char *root;
};

struct ledger_check_page {
    const struct ledger_head *head; /* NULL: there is none yet */
    const char *signed_at;
    const char *key_id; /* of the key that signs now; "" before the first */
};

#endif
