/* SPDX-License-Identifier: MIT */
/* pledge_receipt.h - what the view of pledge_receipt.html needs, and nothing else. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_RECEIPT_H
#define PROGRAMME_PLEDGE_PLEDGE_RECEIPT_H

#include "platform/view/components.h"

struct pledge_receipt_page {
    const char *reference;
    int64_t entry_count; /* in the log                              */
    const char *last_at; /* as people write times; ""               */
    bool waits;          /* the newest of it is not in the log yet  */
};

#endif
