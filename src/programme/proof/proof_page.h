/* SPDX-License-Identifier: MIT */
/* proof_page.h - what the view of proof_page.html needs, and nothing else. */
#ifndef PROGRAMME_PROOF_PROOF_PAGE_H
#define PROGRAMME_PROOF_PROOF_PAGE_H

#include "platform/view/view.h"

struct proof_intro_page {
    const char *again, *again_href;
    int64_t link_days;
    struct html more; /* may be empty */
    bool has_outbox;  /* a demonstration, where mail is read on a page */
};

#endif
