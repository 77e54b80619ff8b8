/* SPDX-License-Identifier: MIT */
/*
 * newsletter_record.h - readers and issues as if they had come the usual way, for demonstrations,
 * tests and measurements.
 */
#ifndef PROGRAMME_NEWSLETTER_NEWSLETTER_RECORD_H
#define PROGRAMME_NEWSLETTER_NEWSLETTER_RECORD_H

#include "programme/newsletter/newsletter_issue.h"

/* A reader of topics (a set of bits) in a region whose address was proven at ctx->now_secs. */
MUST_CHECK enum status newsletter_record_reader(struct ctx *ctx, const char *email, int64_t topics,
                                                const char *region);

struct newsletter_recorded {
    struct newsletter_head head;
    const struct newsletter_block *blocks;
    size_t count;
    struct person_id writer, second; /* who wrote it, who approved it */
    bool is_sent;                    /* false: sending has begun      */
};

/* An issue whose sending began at ctx->now_secs; or that was sent then to all readers whom it is
 * for, at most MAIL_HAND_SLOTS of them. */
MUST_CHECK enum status newsletter_record_issue(struct ctx *ctx,
                                               const struct newsletter_recorded *recorded,
                                               const char **reference_out);

#endif
