/* SPDX-License-Identifier: MIT */
/*
 * equality.h - equality monitoring: what people say of themselves, kept so that nobody who decides
 * about them can read it.
 *
 * Answers are kept under a pseudonym, a keyed hash of the person (or of the draft or reference of
 * somebody without an account).  No other capability reads the tables, and no role reads a person's
 * answers; MAY_SEE_EQUALITY will give figures behind disclosure control, which is not there yet, so
 * there is no page of figures (doc/decisions/0005).
 *
 * Four values: an answer, "prefer not to say" (an answer too), and no row: not asked, or left out.
 * Only the last is missing.
 *
 * The questions are those of equality_fields; the answers to choose from are a pack, "equality",
 * whose version is kept with each answer.
 *
 * A person deletes their own at any time, and erasure does; the rest goes by the retention rule
 * "equality".  A legal hold on a person holds theirs: the pseudonyms of those who are held are made
 * anew each time, so that no hold says here whose answers are whose.
 *
 * Owns the tables equality_answer and equality_secret.  Nobody else reads them.  Reads person and
 * privacy_hold.
 */
#ifndef PROGRAMME_EQUALITY_EQUALITY_H
#define PROGRAMME_EQUALITY_EQUALITY_H

#include "platform/base/filled.h"
#include "platform/job/job.h"
#include "programme/pack/pack.h"
#include "programme/privacy/privacy.h"

#define EQUALITY_PACK "equality"
#define EQUALITY_PREFER_NOT "prefer-not"

enum {
    EQUALITY_ANSWERS_MAX = 40,
    EQUALITY_DRAFT_KEPT_DAYS = 90 /* longer than any draft of a journey */
};

/* Whose answers. */
enum equality_whose { EQUALITY_OF_PERSON, EQUALITY_OF_DRAFT, EQUALITY_OF_REFERENCE };

struct equality_owner {
    enum equality_whose whose;
    const char *name; /* number of the person, code of the draft, reference */
};

/* The person who asks. */
struct equality_owner equality_me(struct ctx *ctx);

struct equality_answer {
    const char *question, *answer; /* codes */
};

/* What an owner answered, by question. */
MUST_CHECK enum status equality_find(struct ctx *ctx, const struct equality_owner *owner,
                                     struct equality_answer **out, size_t *count_out);

/* Answers in place of all earlier ones of the owner.  ERR_INVALID: one is not in the pack.  One
 * transaction. */
MUST_CHECK enum status equality_set(struct ctx *ctx, const struct equality_owner *owner,
                                    const struct equality_answer *answers, size_t count);

/* The answers of one owner become those of another, in place of what that one answered before; OK
 * also when there are none. */
MUST_CHECK enum status equality_move(struct ctx *ctx, const struct equality_owner *from,
                                     const struct equality_owner *to);

/* All answers of an owner go. */
MUST_CHECK enum status equality_forget(struct ctx *ctx, const struct equality_owner *owner);

/* ---- the pack ---- */

struct equality_option {
    const char *question, *code, *label, *group; /* group: "" for none */
};

/* What can be answered on the day of ctx->now_secs, in the order of the pack. */
MUST_CHECK enum status equality_options(struct ctx *ctx, struct equality_option **out,
                                        size_t *count_out, const char **edition_out);

/*
 * The NHS ethnic category (16+1) of an answer by the groups of 2021.  One way only: several groups
 * of 2021 share a category, which then cannot be turned back (lossy).
 *
 * ERR_NOT_FOUND  there is no such answer
 */
MUST_CHECK enum status equality_ethnicity_nhs(struct ctx *ctx, const char *answer,
                                              const char **category_out, bool *lossy_out);

extern const struct pack_reader equality_pack_readers[];
extern const struct job_kind equality_job_kinds[];
extern const struct privacy_holding equality_holdings[];

#endif
