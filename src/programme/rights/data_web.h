/* SPDX-License-Identifier: MIT */
/* data_web.h - a person's copy as a page and as a .zip, for the pages of this folder. */
#ifndef PROGRAMME_RIGHTS_DATA_WEB_H
#define PROGRAMME_RIGHTS_DATA_WEB_H

#include "platform/web/web.h"
#include "programme/rights/rights.h"

struct data_showing {
    const char *title, *zip_action;
    bool is_own;
};

MUST_CHECK enum status data_web_show(struct web_request *request, struct web_answer *answer,
                                     const struct privacy_subject *subject,
                                     const struct data_showing *showing);

/* The same as a download, which the audit notes. */
MUST_CHECK enum status data_web_zip(struct web_request *request, struct web_answer *answer,
                                    const struct privacy_subject *subject);

/* The lines of an erasure as people read them. */
MUST_CHECK enum status data_web_erasure(struct ctx *ctx, const struct privacy_subject *subject,
                                        const char ***lines_out, size_t *count_out,
                                        const char **held_out);

#endif
