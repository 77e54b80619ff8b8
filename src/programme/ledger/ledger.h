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

/* ---- signing ---- */

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

#endif
