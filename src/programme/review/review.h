/* SPDX-License-Identifier: MIT */
/*
 * review.h - the yearly review of a pledge: what was done, what comes next, signed again by both.
 *
 * A review opens 60 days before its day.  Whoever signs for a side, and those who keep the plan,
 * write it together, a narrative an intention.  Sending it makes a version; sending it again makes
 * another, and the earlier ones are void.  When all sides have signed a version the pledge is
 * renewed for a year.  When they have not by the end of the grace, it lapses.
 *
 *   open --send--> SENT --all sign--> the pledge is RENEWED, its period goes up by one
 *                   |  \--send again--> SENT (another version)
 *                   \--one side sends it back--> to be changed, then sent again
 *   open, SENT --not signed on the last day--> the pledge LAPSES
 *
 * Where a review stands follows from the chain of its pledge (pledge.h), from its newest version
 * and from the day; no state of its own is kept.
 *
 * Rules of ours (no source was found): opens 60 days before its day, can be signed for 90 days
 * after, then it is late and says why; the programme gives more time once, with a reason that is
 * public.  A review that opens later than it should still gives its 60 days.  Nobody signs for two
 * sides.
 *
 * Owns the tables whose names begin with review.  Reads pledge, pledge_revision, pledge_party,
 * access_grant, organisation, organisation_within and privacy_hold.
 */
#ifndef PROGRAMME_REVIEW_REVIEW_H
#define PROGRAMME_REVIEW_REVIEW_H

#include "platform/base/filled.h"
#include "programme/audit/audit.h"
#include "programme/pledge/pledge.h"

enum {
    REVIEW_OPENS_DAYS = 60,      /* before its day                                     */
    REVIEW_GRACE_DAYS = 90,      /* after its day it can still be signed, and is late  */
    REVIEW_EXTENSION_DAYS = 180, /* most that the programme gives, behind the grace    */
    REVIEW_WARN_DAYS = 30,       /* before it lapses both are told, and again          */
    REVIEW_LAST_WARN_DAYS = 7,
    REVIEW_LINK_KEPT_SECS = 21 * 24 * 60 * 60, /* how long a link to sign works         */
    REVIEW_PARTS_MAX = 50,                     /* narratives of one review             */
    REVIEW_PERIODS_MAX = 50,                   /* years of one pledge that are shown   */
    REVIEW_VOIDS_MAX = 20                      /* versions of one review that are shown */
};

/* ---- what is written ---- */

struct review_part {
    const char *intention; /* code                 */
    const char *done;      /* what was done        */
    const char *next;      /* what comes next      */
};

struct review_words {
    struct form_number period; /* the year that it looks back on, if the sender says which  */
    struct form_list parts;    /* of struct review_part                                      */
    const char *statement;     /* how the year went                                          */
    const char *changes;       /* what changes in the next year                              */
    const char *late_reason;   /* why it comes late; "" when it does not                     */
};

/* ---- reading ---- */

struct review_signature {
    const char *role;   /* "leader", "cosigner"                                       */
    const char *office; /* "Chief executive"                                          */
    const char *name;   /* for work; public only where the pledge shows that side's   */
    int64_t signed_at;  /* UTC seconds; 0: not yet                                    */
};

/* What was sent to be signed. */
struct review_version {
    int64_t version; /* from 1; 0: nothing was sent yet */
    int64_t sent_at;
    struct review_words words;
    const char *text;        /* exactly what is signed; names nobody, so that it is public */
    const char *text_digest; /* SHA-256, hexadecimal */
    int64_t declined_at;     /* 0: nobody sent it back */
    const char *declined_role, *declined_reason;
    struct review_signature signatures[2]; /* who signs, or is to: the leader first */
    size_t signature_count;                /* 1 without a staff side                */
};

struct review {
    int64_t period;
    int64_t opened_at;             /* UTC seconds                                         */
    const char *due_on;            /* signed later it is late                             */
    const char *lapses_on;         /* the last day on which it can be signed              */
    int64_t extended_at;           /* 0: the programme gave no more time                  */
    const char *extended_reason;   /* public */
    bool is_open;                  /* it can be written, sent and signed now              */
    bool is_late;                  /* its day has passed, or it was signed behind it      */
    bool is_signed;                /* by all who have to                                  */
    int64_t signed_at;             /* the last signature; 0: is_signed is false           */
    struct review_version version; /* that counts: the newest */
};

/*
 * The review of a period of a pledge (from pledge_find), 0: of that in which the pledge is.
 *
 * ERR_NOT_FOUND  none was opened yet.   Four queries.
 */
MUST_CHECK enum status review_find(struct ctx *ctx, const struct pledge *pledge, int64_t period,
                                   struct review *out);

/* The reviews that were signed, the newest first.  Four queries a year. */
MUST_CHECK enum status review_list_signed(struct ctx *ctx, const struct pledge *pledge,
                                          struct review **out, size_t *count_out);

/* A version before the newest: it is void. */
struct review_void {
    int64_t version, sent_at;
    int64_t declined_at; /* 0: others were sent in its place */
    const char *text;
};

/* They, the newest first, at most REVIEW_VOIDS_MAX.  One query. */
MUST_CHECK enum status review_list_void(struct ctx *ctx, const struct pledge *pledge,
                                        const struct review *review, struct review_void **out,
                                        size_t *count_out);

/* The day on which the review of a pledge that stands opens. */
MUST_CHECK enum status review_opens_on(struct ctx *ctx, const struct pledge *pledge,
                                       const char **out);

/* ---- writing ---- */

/*
 * Rules of the words: every intention has its narrative, and a reason stands with what is late.
 * Problems name the fields parts-N-done, parts-N-next, statement, changes, late_reason and period.
 */
void review_check(struct ctx *ctx, const struct pledge *pledge, const struct review *review,
                  const struct review_words *words, struct form_problems *problems);

/* The words as they would be signed, for a preview. */
MUST_CHECK enum status review_text(struct ctx *ctx, const struct pledge *pledge,
                                   const struct review *review, const struct review_words *words,
                                   const char **out);

/*
 * Sends the words to be signed: a new version, an event in the pledge's chain, and a mail with a
 * link to each side.  The same words once more change nothing and look the same.
 *
 * ERR_INVALID   problems says what is wrong
 * ERR_NOT_FOUND no such pledge
 * ERR_CONFLICT  its review is not open: not yet, or not any more
 *
 * One transaction.  The caller has checked that ctx->person may.
 */
MUST_CHECK enum status review_send(struct ctx *ctx, const char *reference,
                                   const struct review_words *words,
                                   struct form_problems *problems);

/* Mails new links: to sign, to the sides that have not; to write, to both, when no version waits
 * for signatures.  ERR_CONFLICT: it is not open. */
MUST_CHECK enum status review_remind(struct ctx *ctx, const char *reference);

/* ---- what is being written: a part a row, as it was typed ---- */

struct review_draft {
    const char *part; /* code of an intention, "statement", "changes", "late" */
    const char *answers;
    int64_t number; /* how often it was saved; 0: never */
    int64_t saved_at;
};

MUST_CHECK enum status review_draft_list(struct ctx *ctx, const struct pledge *pledge,
                                         struct review_draft **out, size_t *count_out);

/*
 * Keeps a part.  draft->number: of what the writer saw.  ERR_CONFLICT: somebody else saved it in
 * between; nothing is kept.  One transaction.
 */
MUST_CHECK enum status review_draft_save(struct ctx *ctx, const struct pledge *pledge,
                                         const struct review_draft *draft);

/* ---- signing ---- */

/* Which words, by whom. */
struct review_act {
    const char *reference;
    int64_t period, version;
    const char *role; /* "leader" or "cosigner" */
};

/*
 * Signs for the side of the person who is signed in.  Signing again changes nothing.  The last
 * signature renews the pledge.
 *
 * ERR_FORBIDDEN  whoever signs has signed for the other side already
 * ERR_CONFLICT   the version is void, was sent back, or its time is over
 *
 * One transaction.  The caller has checked that ctx->person is that side.
 */
MUST_CHECK enum status review_sign(struct ctx *ctx, const struct review_act *act);

/* Sends it back with a reason, to be changed.  Doing it again changes nothing.  Statuses as above.
 */
MUST_CHECK enum status review_decline(struct ctx *ctx, const struct review_act *act,
                                      const char *reason);

struct review_to_sign {
    struct pledge pledge; /* as staff see it: the page shows the organisation alone */
    struct review_act act;
    const char *name, *office;
    const char *text;
    bool is_signed;   /* by this side already          */
    bool is_declined; /* by this side already          */
    bool is_renewed;  /* all have signed               */
    const char *due_on, *lapses_on;
};

/*
 * What the holder of a mailed link is asked to sign.  Reading changes nothing.
 *
 * ERR_NOT_FOUND  no such link
 * ERR_CONFLICT   it is too old, was replaced, or another person signs for that side now; or as
 *                review_sign.  out->pledge and act are filled
 */
MUST_CHECK enum status review_link_open(struct ctx *ctx, const char *token,
                                        struct review_to_sign *out);
MUST_CHECK enum status review_link_sign(struct ctx *ctx, const char *token);

/*
 * A side comes to write by the link in a mail.  Looking changes nothing.  Beginning makes an
 * account for the address, which the link proves, when there is none, so that they can sign in.
 *
 * ERR_NOT_FOUND  no such link
 * ERR_CONFLICT   the review has ended, or another person signs for that side now
 */
MUST_CHECK enum status review_link_look(struct ctx *ctx, const char *token,
                                        struct pledge *pledge_out);
MUST_CHECK enum status review_link_begin(struct ctx *ctx, const char *token,
                                         struct pledge *pledge_out);
MUST_CHECK enum status review_link_decline(struct ctx *ctx, const char *token, const char *reason);

/* ---- the programme ---- */

/*
 * Gives more time, once: the last day on which the review can be signed.
 *
 * ERR_INVALID   problems says what is wrong with until_on or reason
 * ERR_CONFLICT  it is not open, or was given more time before
 */
struct review_extension {
    const char *until_on, *reason;
};
MUST_CHECK enum status review_extend(struct ctx *ctx, const char *reference,
                                     const struct review_extension *extension,
                                     struct form_problems *problems);

/*
 * What the clock does: opens reviews that are near, says when one lapses soon, lets pledges lapse.
 * Each in a transaction of its own; doing it again the same day changes nothing.
 */
struct review_moved {
    int64_t opened_count, warned_count, lapsed_count;
};
MUST_CHECK enum status review_upkeep(struct ctx *ctx, struct review_moved *out);

/* ---- what happened before: for demonstrations ---- */

enum review_past_kind {
    REVIEW_OPENED,
    REVIEW_WAS_SENT,
    REVIEW_SIGNED_BY_LEADER,
    REVIEW_SIGNED_BY_COSIGNER,
    REVIEW_LAPSED
};

struct review_past {
    enum review_past_kind kind;
    int64_t at;
    const struct review_words *words; /* of REVIEW_WAS_SENT */
};

/* Does these things under their own clock by the same rules, without mails.  Statuses as above. */
MUST_CHECK enum status review_record(struct ctx *ctx, const char *reference,
                                     const struct review_past *events, size_t count);

/* What reviews keep about people, and the kinds of events that they note. */
extern const struct privacy_holding review_holdings[];
extern const struct audit_kind review_audit_kinds[];

#endif
