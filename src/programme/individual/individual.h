/* SPDX-License-Identifier: MIT */
/*
 * individual.h - the pledge of one person, at any level, for themselves.
 *
 *   sign -> UNCONFIRMED --code or button--> CONFIRMED --withdraw--> WITHDRAWN
 *                \--nobody confirms it within 7 days--> deleted
 *
 * It counts once its address is proven: by the code of the mail, typed into the page that is open,
 * or by the button of the page that the mail's link opens.  Fetching that page changes nothing.
 * One pledge counts an address and framework.  Who signs again meets the same pages and gets
 * another mail, which leads to the pledge that there is: nobody learns from a page whether an
 * address has signed.  After withdrawing one may sign again.
 *
 * What was signed is the wording of the framework's pack with the person's own answers below it,
 * kept word for word.  What the public reads of it is chosen field by field, and can be changed.
 *
 * The public log gets a digest of the signing and of the withdrawal (doc/verify/log.md); both
 * follow from the reference, the digest of the text and the time, so they name nobody.  The text
 * ends with a random mark, so that nobody can find out by guessing what a person signed.  The
 * service signs the digest of the signing (ledger_sign, purpose "receipt").
 *
 * Signing is noted in the public log and not in the audit, whose one chain would make everybody who
 * signs at the same time wait for each other; what people do with it later is noted in the audit.
 *
 * Owns the table individual, which others may read.  Reads person, privacy_hold.
 */
#ifndef PROGRAMME_INDIVIDUAL_INDIVIDUAL_H
#define PROGRAMME_INDIVIDUAL_INDIVIDUAL_H

#include "platform/base/filled.h"
#include "platform/job/job.h"
#include "programme/audit/audit.h"
#include "programme/ledger/ledger.h"
#include "programme/privacy/privacy.h"
#include "programme/proof/proof.h"

enum {
    INDIVIDUAL_CONFIRM_SECS = 7 * 24 * 60 * 60, /* how long the link of the first mail confirms */
    INDIVIDUAL_REMIND_YEARS_MOST = 2,
    INDIVIDUAL_STATEMENT_CHARS_MAX = 1500
};

/* What a person can show to the public, in the order of individual_parts. */
enum individual_part {
    INDIVIDUAL_NAME,
    INDIVIDUAL_ROLE,
    INDIVIDUAL_BAND,
    INDIVIDUAL_EMPLOYER,
    INDIVIDUAL_STATEMENT,
    INDIVIDUAL_INTENTIONS,
    INDIVIDUAL_PARTS
};

/* "name", "role" ...: as forms name them; ends with NULL. */
extern const char *const individual_parts[];

struct individual_draft {
    const char *name, *role, *band; /* role and band may be "" */
    const char *employer_kind;      /* "listed", "other", "none"; "" counts as none */
    struct form_found employer;     /* listed */
    const char *employer_other;     /* other  */
    struct form_several intentions; /* codes in the framework of today */
    const char *statement;          /* may be "" */
    struct form_several shown;      /* of individual_parts: what the public may read */
    const char *remind_on;          /* a day to come; "" for none */
    const char *email;
};

/* Rules across fields: adds problems by field name. */
MUST_CHECK enum status individual_check_reminder(struct ctx *ctx, const char *remind_on,
                                                 struct form_problems *problems);

/* The draft's text as it will be signed, before its mark.  Lines end with LF. */
MUST_CHECK enum status individual_text(struct ctx *ctx, const struct individual_draft *draft,
                                       const char **out);

/* What the public reads of a pledge; what is not shown is "". */
struct individual_face {
    const char *name, *role, *band, *employer, *statement;
    const char *intentions; /* names, parted by "; " */
    const char *signed_on;  /* YYYY-MM-DD; "" not yet */
};

/* The same of a draft, for its preview. */
MUST_CHECK enum status individual_draft_face(struct ctx *ctx, const struct individual_draft *draft,
                                             struct individual_face *out);

/*
 * Records what was sent, and puts the mail with code and link into the outbox: for an address that
 * has not signed, or another one for an address that has.  The same calls either way.
 *
 *   reference_out  IP-XXXX-XXXX: with it the code is typed
 *
 * ERR_INVALID  problems says what is wrong, or too many mails went to this address
 * ERR_FAULT    the store failed; nothing was recorded
 *
 * One transaction; in the caller's, if there is one.
 */
MUST_CHECK enum status individual_sign(struct ctx *ctx, const struct individual_draft *draft,
                                       struct form_problems *problems, const char **reference_out);

/*
 * Records a pledge that was signed and confirmed at ctx->now_secs, by the same rules, but without
 * mails: that time is over.  For demonstrations and measurements.  Statuses as individual_sign;
 * ERR_CONFLICT: the address has a pledge that counts.
 */
MUST_CHECK enum status individual_record(struct ctx *ctx, const struct individual_draft *draft,
                                         struct form_problems *problems,
                                         const char **reference_out);

/* ---- one pledge ---- */

enum individual_state { INDIVIDUAL_UNCONFIRMED, INDIVIDUAL_CONFIRMED, INDIVIDUAL_WITHDRAWN };

struct individual {
    int64_t id;
    const char *reference, *code; /* code: for /verify/CODE */
    const char *framework, *framework_version, *wording;
    enum individual_state state;
    const char *email, *email_key;
    const char *name, *role, *band, *employer_code, *employer, *statement;
    const char *intentions;      /* codes, parted by spaces */
    const char *intention_names; /* as they were called then, parted by "; " */
    bool shows[INDIVIDUAL_PARTS];
    const char *remind_on;          /* "" for none */
    int64_t reminded_at;            /* 0: not yet */
    const char *text, *text_digest; /* as it was signed; "" once withdrawn; and its SHA-256 */
    int64_t sent_at, confirmed_at, withdrawn_at;
    const char *signed_on;             /* YYYY-MM-DD in London; "" until confirmed */
    const char *digest;                /* of its signing, in the public log; "" until confirmed */
    struct ledger_signature signature; /* of that digest; "" until confirmed */
    const char *end_digest;            /* of its withdrawal, in the public log; "" until then */
    int64_t hidden_at;                 /* since when the programme hides it; 0: it does not */
    const char *hidden_reason;         /* which the person reads too; "" for none           */
};

/* The pledge that counts for this address.  ERR_NOT_FOUND: there is none.  Two queries. */
MUST_CHECK enum status individual_of(struct ctx *ctx, const char *email, struct individual *out);

/* By its code for checking, typed in any way; only what was ever confirmed.  ERR_NOT_FOUND. */
MUST_CHECK enum status individual_verify(struct ctx *ctx, const char *typed_code,
                                         struct individual *out);

/* By its reference, as it was sent.  ERR_NOT_FOUND. */
MUST_CHECK enum status individual_find(struct ctx *ctx, const char *reference,
                                       struct individual *out);

/*
 * What a mailed link opens: what waits for its button (UNCONFIRMED), or the pledge that counts for
 * its address, or that was withdrawn.  Reading changes nothing.
 *
 * ERR_NOT_FOUND  no such link
 * ERR_CONFLICT   nobody confirmed it in time
 */
MUST_CHECK enum status individual_link_open(struct ctx *ctx, const char *token,
                                            struct individual *out);

/* What the public reads of it: what the person chose, and nothing while it is hidden. */
struct individual_face individual_face_of(const struct individual *it);

/* What the person chose, hidden or not. */
struct individual_face individual_chosen_face(const struct individual *it);

/* ---- confirming ---- */

/* The button of the mailed link; safe to repeat.  Statuses as individual_link_open; ERR_CONFLICT
 * also when it was withdrawn. */
MUST_CHECK enum status individual_link_confirm(struct ctx *ctx, const char *token);

/* The code that is typed.  Right: the token is of the private page of the pledge that counts for
 * the address now. */
extern const struct proof_kind individual_proof;

/* ---- later ---- */

struct individual_choice {
    struct form_several shown; /* of individual_parts */
    const char *remind_on;     /* "" for none */
};

/* Changes what the public reads, and the day of the reminder.  ERR_INVALID: problems says what is
 * wrong.  ERR_CONFLICT: it does not count. */
MUST_CHECK enum status individual_choose(struct ctx *ctx, const struct individual *it,
                                         const struct individual_choice *choice,
                                         struct form_problems *problems);

/* It counts no more, and all that the person wrote is forgotten: at once or, under a legal hold,
 * when that ends.  Again: OK.  ERR_CONFLICT: it was
 * never confirmed. */
MUST_CHECK enum status individual_withdraw(struct ctx *ctx, const struct individual *it);

/*
 * The programme hides what must not stand in public: an insult, another person's name.  It counts
 * all the same; whoever signed it is told the reason, and with a choice of theirs it stays hidden.
 * Hiding again changes nothing.  Who withdraws and signs again is not hidden.
 *
 * ERR_NOT_FOUND  no such reference
 * ERR_CONFLICT   it does not count
 *
 * One transaction.  The caller has checked that ctx->person may.
 */
MUST_CHECK enum status individual_hide(struct ctx *ctx, const char *reference, const char *reason);

/* The public reads again what the person chose; they are told.  Statuses as individual_hide. */
MUST_CHECK enum status individual_unhide(struct ctx *ctx, const char *reference);

/* Whether the public reads nothing of it. */
bool individual_face_is_empty(const struct individual_face *face);

/* How many people have a pledge that counts, named or not; no further than at_most.  One query. */
MUST_CHECK enum status individual_count(struct ctx *ctx, int64_t at_most, int64_t *out);

/* The receipt as JSON, "onward receipt 1" (doc/verify/log.md). */
MUST_CHECK enum status individual_receipt(struct ctx *ctx, const struct individual *it,
                                          const char **out);

/* What the program knows of it: reminders, holdings, kinds of events. */
extern const struct job_kind individual_job_kinds[];
extern const struct privacy_holding individual_holdings[];
extern const struct audit_kind individual_audit_kinds[];

#endif
