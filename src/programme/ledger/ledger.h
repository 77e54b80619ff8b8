/* SPDX-License-Identifier: MIT */
/*
 * ledger.h - the public log: what happened in public, in a form that nobody can change quietly.
 *
 * Whoever does something public adds a fact in the transaction of the deed.  A job takes what waits
 * into a Merkle tree (RFC 9162) and signs one head for all of it, within a minute.  A proof of a
 * few hashes then shows that an entry is under a head, and another that a head goes on from an
 * earlier one.  doc/verify/log.md has every format, and beside it is a program that checks them.
 *
 * A fact holds digests, references and times, never anything about a person.
 *
 * Owns the tables whose names begin with ledger.  Others may read ledger_entry and ledger_head.
 */
#ifndef PROGRAMME_LEDGER_LEDGER_H
#define PROGRAMME_LEDGER_LEDGER_H

#include "platform/base/ctx.h"
#include "platform/base/text.h"
#include "platform/job/job.h"

#include <stddef.h>

struct json_t;

/* ---- adding ---- */

struct ledger_fact {
    const char *kind;    /* small letters: "pledge", "individual", "snapshot"                   */
    const char *subject; /* public reference: "PL-7K3M-9Q2P"; capitals, digits, dashes      */
    const char *digest;  /* SHA-256 of what happened, of an event of a chain say; hexadecimal   */
    int64_t at;          /* UTC seconds, when it happened                                    */
};

/*
 * Adds a fact, in the caller's transaction.  The same fact twice is one entry.
 *
 * ERR_FAULT  it is not of the form above, or the store failed
 *
 * One query.
 */
MUST_CHECK enum status ledger_add(struct ctx *ctx, const struct ledger_fact *fact);

/* Takes what waits into the tree, in batches with a head each: what the job of ledger_job_kinds
 * does within a minute.  is_left: there were more than so many batches. */
MUST_CHECK enum status ledger_take(struct ctx *ctx, int at_most_batches, bool *is_left_out);

extern const struct job_kind ledger_job_kinds[];

/* ---- signing ---- */

struct ledger_key {
    const char *id, *public_key;
    int64_t from_at, until_at; /* UTC seconds; until_at 0: it signs now */
};

/* All keys, from the first on. */
MUST_CHECK enum status ledger_keys(struct ctx *ctx, struct ledger_key **out, size_t *count_out);

/*
 * Another key takes over: it signs from now on, the old one stays to verify, and its secret is
 * wiped.
 *
 * ERR_FAULT, ERR_BUSY  the store failed; nothing changed
 */
MUST_CHECK enum status ledger_key_renew(struct ctx *ctx, const char **id_out);

struct ledger_signature {
    const char *key_id;
    const char *signature; /* Ed25519, base64url */
};

/*
 * Signs bytes with the key of the service, which is made the first time.  What is signed is
 *
 *     onward signature 1
 *     purpose              small letters and spaces, so that none passes for another
 *     digest               SHA-256 of the bytes, hexadecimal
 *
 * each line ended by LF.
 *
 * ERR_FAULT  the store failed, or the key in it is damaged
 *
 * One query; four the first time ever.
 */
MUST_CHECK enum status ledger_sign(struct ctx *ctx, const char *purpose, const void *bytes,
                                   size_t length_bytes, struct ledger_signature *out);

/*
 * Whether it is the signature of these bytes for this purpose.
 *
 * ERR_NOT_FOUND  there is no such key here, which is another thing than a wrong signature
 */
MUST_CHECK enum status ledger_signature_holds(struct ctx *ctx, const char *purpose,
                                              const struct text_span *bytes,
                                              const struct ledger_signature *signature,
                                              bool *holds_out);

/* ---- reading ---- */

struct ledger_entry {
    int64_t number; /* from 0, without gaps */
    const char *kind, *subject, *digest;
    int64_t at;
};

/* The tree as it was signed when it had so many entries. */
struct ledger_head {
    int64_t number; /* from 1, without gaps                            */
    int64_t size;
    const char *root; /* hexadecimal                                   */
    int64_t at;
    const char *previous, *digest; /* of the head before, "" for the first; of this one */
    struct ledger_signature signature;
};

/* That an entry is under a head: an inclusion proof (RFC 9162, 2.1.3). */
struct ledger_proof {
    struct ledger_entry entry;
    const char **path; /* hexadecimal */
    size_t path_count;
};

/* ERR_NOT_FOUND: there is none yet.  One query. */
MUST_CHECK enum status ledger_head_newest(struct ctx *ctx, struct ledger_head *out);

/*
 * Proves that the fact (its kind, subject and digest; at does not matter) is under the head.
 *
 * ERR_NOT_FOUND  it is not: it waits still, came later, or never was
 *
 * As many queries as the tree is high, and one.
 */
MUST_CHECK enum status ledger_prove(struct ctx *ctx, const struct ledger_fact *fact,
                                    const struct ledger_head *head, struct ledger_proof *out);

/*
 * Proves everything that is under the head about a subject, in order.
 *
 * The same for each entry; LEDGER_ABOUT_MAX at most.
 */
enum { LEDGER_ABOUT_MAX = 1000, LEDGER_KEYS_MAX = 1000 };
MUST_CHECK enum status ledger_prove_about(struct ctx *ctx, const char *subject,
                                          const struct ledger_head *head, struct ledger_proof **out,
                                          size_t *count_out);

/* What the log has about a subject. */
struct ledger_place {
    int64_t entry_count;
    int64_t last_at; /* UTC seconds; 0 when there is none */
};

/* One query. */
MUST_CHECK enum status ledger_place(struct ctx *ctx, const char *subject, struct ledger_place *out);

/* ---- the same as JSON, for receipts (doc/verify/log.md) ---- */

/* KEY, all of them; HEAD; PROOF. */
MUST_CHECK enum status ledger_keys_json(struct ctx *ctx, struct json_t **out);
struct json_t *ledger_head_json(const struct ledger_head *head);
struct json_t *ledger_proof_json(const struct ledger_proof *proof);

/*
 * Ends the receipt of one fact: sets "proof" and "head" (both null while it waits) and "keys".
 *
 * ERR_FAULT  the store failed
 */
MUST_CHECK enum status ledger_receipt_end(struct ctx *ctx, const struct ledger_fact *fact,
                                          struct json_t *receipt);

/* ---- upkeep ---- */

struct ledger_checked {
    int64_t entry_count, head_count, waiting_count;
    bool is_late;       /* something has waited longer than it should */
    const char *broken; /* the first thing that does not hold, "head 7"; NULL: all holds */
};

/* Makes the whole tree again from its entries and compares every hash and signature. */
MUST_CHECK enum status ledger_check(struct ctx *ctx, struct ledger_checked *out);

/* The digest of an individual's pledge, which its fact and its receipt have. */
const char *ledger_individual_digest(struct mem *mem, const char *reference,
                                     const char *text_digest, int64_t signed_at);

#endif
