/* SPDX-License-Identifier: MIT */
/* paper_internal.h - what the parts of paper share; nobody else includes it. */
#ifndef PROGRAMME_PAPER_PAPER_INTERNAL_H
#define PROGRAMME_PAPER_PAPER_INTERNAL_H

#include "programme/paper/paper.h"
#include "programme/paper/paper.sql.h"

/* Notes a deed in the caller's transaction: what is a code of paper_audit_kinds. */
MUST_CHECK enum status paper_note(struct ctx *ctx, const struct paper *paper, const char *what,
                                  const char *purpose);

/* ERR_FORBIDDEN  nobody is signed in */
MUST_CHECK enum status paper_need_person(struct ctx *ctx);

/* A day that is written on a paper, or on which one came: latest_on, or in the 2 years before. */
struct paper_day {
    const char *field, *on; /* "" for none: the field says that it is missing */
    const char *latest_on;
    const char *too_late, *too_early; /* what is wrong then */
};

/* Adds a problem of its field. */
MUST_CHECK enum status paper_check_day(struct ctx *ctx, const struct paper_day *day,
                                       struct form_problems *problems);

/* The owner of a paper's scan, see upload.h. */
const char *paper_owner(struct mem *mem, const char *reference);

/* The messages; nothing is sent where no address is known. */
MUST_CHECK enum status paper_mail_counted(struct ctx *ctx, const struct paper *paper);
MUST_CHECK enum status paper_mail_refused(struct ctx *ctx, const struct paper *paper,
                                          const char *reason);

#endif
