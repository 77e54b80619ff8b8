/* SPDX-License-Identifier: MIT */
/*
 * consent.h - what somebody agreed to: in which words, as what, by which way, and when it was taken
 * back.  Comes with privacy.h.
 *
 * The words stand in packs/consent; a consent names the code and the version of the pack, so that
 * the exact words can always be shown.  Consent is a list of events: a later one never changes an
 * earlier one, and an import may add none.
 */
#ifndef PROGRAMME_PRIVACY_CONSENT_H
#define PROGRAMME_PRIVACY_CONSENT_H

#include "programme/privacy/privacy.h"

#include <stdbool.h>

enum consent_capacity { CONSENT_SELF, CONSENT_GUARDIAN, CONSENT_EMPLOYER };
enum consent_channel { CONSENT_WEB, CONSENT_PAPER, CONSENT_PHONE, CONSENT_EMAIL };

/* One wording of the pack. */
struct consent_wording {
    const char *code;       /* "news-by-email" */
    const char *version;    /* of the pack     */
    const char *purpose;    /* part of a sentence: "to send you news" */
    const char *text;       /* what the person agrees to, in full     */
    int64_t own_from_years; /* from this age one's own consent counts; 0: at any age          */
    int64_t guardian_below_years; /* below this age a parent or guardian must agree; 0: never */
    bool needs_employer;          /* the employer must agree too                              */
};

/* The wording in force today.  ERR_NOT_FOUND: there is none. */
MUST_CHECK enum status consent_wording_find(struct ctx *ctx, const char *code,
                                            struct consent_wording *out);

/* The words of a consent that was given.  version: of the pack then. */
MUST_CHECK enum status consent_wording_of(struct ctx *ctx, const char *code, const char *version,
                                          struct consent_wording *out);

/* Whose consent is needed for somebody of an age on a day. */
struct consent_need {
    bool self;     /* their own */
    bool guardian; /* of a parent or guardian */
    bool employer;
};

/*
 * born_on: YYYY-MM-DD.  Who was born on 29 February is a year older on 1 March of other years.
 * Under own_from_years one's own consent is not asked and counts for nothing; then a guardian
 * speaks for the child, also where the wording says nothing of guardians.
 *
 * ERR_INVALID  no such day, or the birth lies after it
 *
 * Source of 13 for online services: Data Protection Act 2018, section 9.
 */
MUST_CHECK enum status consent_needed(const struct consent_wording *wording, const char *born_on,
                                      const char *on, struct consent_need *out);

/* Whom a consent is about and who said it. */
struct consent_said {
    const char *wording; /* code; the version in force counts */
    const char *thing;   /* reference of what it is for       */
    struct person_id about;
    const char *about_name, *about_email; /* "" when not known */
    enum consent_capacity capacity;
    const char *by_name, *by_email; /* who said it; for SELF the same as about: "" will do */
    enum consent_channel channel;
    int64_t said_at; /* UTC seconds; 0: now.  Paper and phone are written down later */
};

/*
 * Consent is given, or withdrawn, for a thing.  Giving what stands given by the same, or
 * withdrawing what is not given, adds nothing.
 *
 * ERR_NOT_FOUND  the wording is not in force
 * ERR_INVALID    no thing, nobody named, a guardian or employer without a name, or a time to come
 *
 * One transaction.
 */
MUST_CHECK enum status consent_give(struct ctx *ctx, const struct consent_said *said);
MUST_CHECK enum status consent_withdraw(struct ctx *ctx, const struct consent_said *said);

/* Where a consent stands: the newest event of each capacity. */
struct consent_standing {
    bool self, guardian, employer; /* given and not withdrawn */
    const char *version;           /* of the words of the newest that stands; "" for none */
};
MUST_CHECK enum status consent_standing(struct ctx *ctx, const char *wording, const char *thing,
                                        struct consent_standing *out);

/* Whether all that is needed on a day stands.  born_on "": is not known, so it never does where an
 * age matters. */
MUST_CHECK enum status consent_is_enough(struct ctx *ctx, const char *wording, const char *thing,
                                         const char *born_on, bool *out);

#endif
