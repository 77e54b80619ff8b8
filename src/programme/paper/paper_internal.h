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

/* The owner of a paper's scan, see upload.h. */
const char *paper_owner(struct mem *mem, const char *reference);

/* The messages; nothing is sent where no address is known. */
MUST_CHECK enum status paper_mail_counted(struct ctx *ctx, const struct paper *paper);
MUST_CHECK enum status paper_mail_refused(struct ctx *ctx, const struct paper *paper,
                                          const char *reason);

#endif
