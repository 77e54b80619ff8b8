/* SPDX-License-Identifier: MIT */
/* pledge_internal.h - what the parts of pledge share; nobody else includes it. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_INTERNAL_H
#define PROGRAMME_PLEDGE_PLEDGE_INTERNAL_H

#include "programme/pledge/pledge.h"
#include "programme/pledge/pledge.sql.h"

enum { PLEDGE_EVENTS_MAX = 500, PLEDGE_INTENTIONS_MAX = 50 };

/* A pledge with its chain, read for changing it. */
struct pledge_file {
    struct pledge_by_reference_row row;
    struct pledge_events_row *events;
    size_t event_count;
    struct pledge_revision_of_row sent; /* of the newest revision; zero before the first */
    struct pledge_standing standing;    /* derived from the events */
};

/* Reads all of it and derives where it stands.  ERR_NOT_FOUND: no such pledge.
 * ERR_FAULT  its events do not follow the rules */
MUST_CHECK enum status pledge_file_open(struct ctx *ctx, const char *reference,
                                        struct pledge_file *out);

/*
 * Checks a draft as pledge_send does and records it with its first event, PLEDGE_SENT, without any
 * mail.  Inside a transaction.  framework: that in force.
 *
 * ERR_INVALID   problems says what is wrong
 * ERR_CONFLICT  it amends a pledge that was not returned
 */
MUST_CHECK enum status pledge_file_new(struct ctx *ctx, const struct pledge_draft *draft,
                                       const struct framework *framework,
                                       struct form_problems *problems, struct pledge_file *out);

struct pledge_happening {
    enum pledge_event_kind kind;
    const char *role;        /* "leader", "cosigner", "sender", "programme" */
    const char *reason;      /* "" for none                              */
    const char *detail;      /* public lines "key=value\n"; NULL for none */
    const char *text_digest; /* of what it is about; NULL: the pledge    */
};

/*
 * Adds an event to the chain, if the rules allow it, and writes what follows from it into the
 * pledge's row.  Inside a transaction.  file is brought up to date.
 *
 * ERR_CONFLICT  the state does not allow it, or another event came at the same time
 */
MUST_CHECK enum status pledge_file_add(struct ctx *ctx, struct pledge_file *file,
                                       const struct pledge_happening *happening);

/* Adds an event to the public log when the pledge is public, in the caller's transaction. */
#define PLEDGE_LOG_KIND "pledge"
MUST_CHECK enum status pledge_log_event(struct ctx *ctx, const struct pledge_file *file,
                                        const struct pledge_events_row *event);

/* The index of the first event that is in the log. */
size_t pledge_log_begins(const struct pledge_file *file);

/* Notes in the record of deeds what was done with a pledge: what is a code of pledge_audit_kinds,
 * reason NULL for none.  In the caller's transaction. */
MUST_CHECK enum status pledge_note(struct ctx *ctx, const struct pledge_by_reference_row *row,
                                   const char *what, const char *reason);

/* SHA-256 of a text, in lower-case hexadecimal. */
const char *pledge_digest(struct mem *mem, const char *text);

/* The digest of an event, given the digest before it; see pledge_chain.c. */
const char *pledge_event_digest(struct mem *mem, const char *reference,
                                const struct pledge_events_row *event);

/* Makes a link for a role, ends the earlier ones, and gives its token. */
MUST_CHECK enum status pledge_link_make(struct ctx *ctx, const struct pledge_file *file,
                                        const char *role, const char **token_out);

/* Mails that ask to sign: to the leader, and to the co-signatory when there is one. */
MUST_CHECK enum status pledge_mail_to_sign(struct ctx *ctx, const struct pledge_file *file,
                                           bool to_leader, bool to_cosigner);
MUST_CHECK enum status pledge_mail_signed(struct ctx *ctx, const struct pledge_file *file);
MUST_CHECK enum status pledge_mail_returned(struct ctx *ctx, const struct pledge_file *file,
                                            const char *reason);
MUST_CHECK enum status pledge_mail_published(struct ctx *ctx, const struct pledge_file *file);
MUST_CHECK enum status pledge_mail_withdrawn(struct ctx *ctx, const struct pledge_file *file,
                                             const char *reason);

/* Writes the words by which the register finds a pledge. */
MUST_CHECK enum status pledge_words_write(struct ctx *ctx, const struct pledge_after_row *row);

#endif
