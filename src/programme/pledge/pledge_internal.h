/* SPDX-License-Identifier: MIT */
/* pledge_internal.h - what the parts of pledge share; nobody else includes it. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_INTERNAL_H
#define PROGRAMME_PLEDGE_PLEDGE_INTERNAL_H

#include "programme/directory/directory.h"
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

/* Makes searches find it as it stands, in the caller's transaction; of an event, when it changes
 * what is found. */
MUST_CHECK enum status pledge_search_write(struct ctx *ctx, const char *reference);
MUST_CHECK enum status pledge_search_event(struct ctx *ctx, const struct pledge_file *file,
                                           enum pledge_event_kind kind);

/* The index of the first event that is in the log. */
size_t pledge_log_begins(const struct pledge_file *file);

/* Notes in the record of deeds what was done with a pledge: what is a code of pledge_audit_kinds,
 * reason NULL for none.  In the caller's transaction. */
MUST_CHECK enum status pledge_note(struct ctx *ctx, const struct pledge_by_reference_row *row,
                                   const char *what, const char *reason);

/* Who signs for each side today, of a pledge that was read. */
MUST_CHECK enum status pledge_file_parties(struct ctx *ctx, const struct pledge_file *file,
                                           struct pledge_parties *out);

/* One side among them; NULL: there is none of this role. */
struct pledge_party *pledge_party_of(struct pledge_parties *parties, const char *role);

/* A person stands on both sides already, by address or by name. */
bool pledge_party_is(struct ctx *ctx, const struct pledge_party *party, const char *name,
                     const char *email);

/* Where a pledge goes, and why: see pledge_passage in pledge_0006.sql. */
struct pledge_passing {
    const char *why;
    const struct organisation *from, *to;
    const char *on;     /* YYYY-MM-DD                */
    const char *reason; /* of staff; "" for a rule's */
};

/* Another organisation holds the pledge from now on.  Inside a transaction.  ERR_CONFLICT: it has a
 * live one, or this pledge is over. */
MUST_CHECK enum status pledge_carry(struct ctx *ctx, struct pledge_file *file,
                                    const struct pledge_passing *passing);

/* It becomes a part of the other pledge.  Inside a transaction. */
MUST_CHECK enum status pledge_put_into(struct ctx *ctx, struct pledge_file *file,
                                       const struct pledge_file *into,
                                       const struct pledge_passing *passing);

/* Brings one pledge on the register up to the directory, after its holder has changed. */
MUST_CHECK enum status pledge_register_follow(struct ctx *ctx,
                                              const struct pledge_by_reference_row *row);

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

/* Mails of pledge_party.h. */
struct access_person;
struct pledge_party_by_link_row;
struct pledge_dispute_row_row;
MUST_CHECK enum status pledge_mail_asked(struct ctx *ctx, const struct pledge_file *file,
                                         const struct pledge_successor *successor,
                                         const char *token);
MUST_CHECK enum status pledge_mail_taken(struct ctx *ctx, const struct pledge_file *file,
                                         const struct pledge_parties *before, const char *role);
/* To the person who asked; is_desk: who did it for the programme. */
MUST_CHECK enum status pledge_mail_refused(struct ctx *ctx, const struct pledge_file *file,
                                           const struct pledge_party_by_link_row *asked,
                                           const struct access_person *person, bool is_desk);
/* To the desk: nobody was found to whom that side could go. */
MUST_CHECK enum status pledge_mail_orphan(struct ctx *ctx, const struct pledge_file *file,
                                          const char *role);
MUST_CHECK enum status pledge_mail_carried(struct ctx *ctx, const struct pledge_file *file,
                                           const struct pledge_passing *passing);
MUST_CHECK enum status pledge_mail_merged(struct ctx *ctx, const struct pledge_file *file,
                                          const struct pledge_file *into);
MUST_CHECK enum status pledge_mail_disputed(struct ctx *ctx, const struct pledge_file *file,
                                            const char *reference, const char *email,
                                            const char *due_on);
MUST_CHECK enum status pledge_mail_decided(struct ctx *ctx, const struct pledge_file *file,
                                           const struct pledge_dispute_row_row *dispute,
                                           const struct pledge_decision *decision);
MUST_CHECK enum status pledge_mail_not_made(struct ctx *ctx, const struct pledge_file *file);

/* Writes the words by which the register finds a pledge. */
MUST_CHECK enum status pledge_words_write(struct ctx *ctx, const struct pledge_after_row *row);

#endif
