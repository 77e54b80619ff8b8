/* SPDX-License-Identifier: MIT */
/*
 * newsletter.h - the newsletter: who gets it, what it says, and that each gets it once.
 *
 * Readers
 *   ask -> (code or button) -> reader -> (leaves, or mail comes back) -> stopped
 *
 *   Somebody who types an address asks; nothing follows from that but one mail.  The address is
 *   proven by the code of the mail, typed into the page that is open, or by the button of the page
 *   that its link opens.  Fetching a page changes nothing, so programs that follow links confirm
 *   nobody and unsubscribe nobody.  Asking again for an address that has the newsletter meets the
 *   same pages and changes nothing until it is proven again.  Children under 13 are refused before
 *   an address is asked for (Data Protection Act 2018, section 9: at 13 a child may consent to an
 *   online service).
 *
 *   Who leaves is deleted.  What stays is a keyed hash of the address, so that no import brings it
 *   back; only the reader does, by asking again and proving the address.
 *
 * Issues: newsletter_issue.h.  Sending: newsletter_send.h.
 *
 * Owns the tables newsletter_secret, newsletter_ask, newsletter_reader, newsletter_stop,
 * newsletter_issue, newsletter_version, newsletter_delivery.
 */
#ifndef PROGRAMME_NEWSLETTER_NEWSLETTER_H
#define PROGRAMME_NEWSLETTER_NEWSLETTER_H

#include "platform/base/filled.h"
#include "platform/job/job.h"
#include "programme/audit/audit.h"
#include "programme/privacy/privacy.h"
#include "programme/proof/proof.h"

enum {
    NEWSLETTER_LINK_SECS = 5 * 24 * 60 * 60, /* how long the mailed link confirms; then all goes */
    NEWSLETTER_TOKEN_CHARS = 48,
    NEWSLETTER_AGE_LEAST = 13,
    NEWSLETTER_SOFT_MOST = 3 /* issues in a row that come back for now; then no more            */
};

/* ---- topics and regions ---- */

struct newsletter_topic {
    const char *code, *name;
};

/* What one can choose; the nth is bit n of a stored set.  Ends with a NULL code.  Never reordered,
 * only added to. */
extern const struct newsletter_topic newsletter_topics[];

/* The codes as a stored set, and back as codes or as names parted by ", ". */
int64_t newsletter_topic_bits(const struct form_several *codes);
bool newsletter_topic_is_in(int64_t bits, size_t nth);
const char *newsletter_topic_words(struct mem *mem, int64_t bits);

/* "London"; "all of England" for "".  A region that is no more reads as its code. */
MUST_CHECK enum status newsletter_region_name(struct ctx *ctx, const char *code, const char **out);

/* ---- asking ---- */

struct newsletter_wish {
    enum form_yes_no is_old_enough;
    struct form_several topics;
    const char *region; /* code; "": all of England */
    const char *email;
};

/* Adds the problem when somebody says that they are under 13. */
void newsletter_check_age(const struct newsletter_wish *wish, struct form_problems *problems);

/*
 * Keeps the wish and puts the mail with code and link into the outbox: other words for who has the
 * newsletter, the same calls either way.
 *
 *   reference_out  NA-XXXX-XXXX: with it the code is typed
 *
 * ERR_INVALID  problems says what is wrong, or too many mails went to this address
 *
 * One transaction; in the caller's, if there is one.
 */
MUST_CHECK enum status newsletter_ask(struct ctx *ctx, const struct newsletter_wish *wish,
                                      struct form_problems *problems, const char **reference_out);

/* The code that is typed, once.  Right: the token is of the reader's own page. */
extern const struct proof_kind newsletter_proof;

/* What the mailed link of an ask would do. */
struct newsletter_offer {
    const char *topics, *region; /* in words */
};

/* Reading changes nothing.  ERR_NOT_FOUND: no such link.  ERR_CONFLICT: it is too old. */
MUST_CHECK enum status newsletter_link_open(struct ctx *ctx, const char *link,
                                            struct newsletter_offer *out);

/* Its button.  Safe to repeat.  ERR_CONFLICT also when the reader left since. */
MUST_CHECK enum status newsletter_link_confirm(struct ctx *ctx, const char *link,
                                               const char **token_out);

/* ---- one reader ---- */

struct newsletter_reader {
    int64_t id;
    const char *email, *email_key;
    int64_t topics;
    const char *region;
    int64_t since_at;
};

/* By the token of their own links.  ERR_NOT_FOUND: it is none, or they have left. */
MUST_CHECK enum status newsletter_reader_open(struct ctx *ctx, const char *token,
                                              struct newsletter_reader *out);

/* The reader of an address.  ERR_NOT_FOUND. */
MUST_CHECK enum status newsletter_reader_find(struct ctx *ctx, const char *email,
                                              struct newsletter_reader *out);

/* The token of a reader's own links.  It lasts as long as the reader. */
MUST_CHECK enum status newsletter_token(struct ctx *ctx, int64_t reader_id, const char **out);

struct newsletter_choice {
    struct form_several topics;
    const char *region;
};

/* Other topics, another region.  ERR_NOT_FOUND as above. */
MUST_CHECK enum status newsletter_choose(struct ctx *ctx, const char *token,
                                         const struct newsletter_choice *choice);

/* Whether a token is one that we made, of a reader or of one who has left.  ERR_NOT_FOUND: no. */
MUST_CHECK enum status newsletter_token_check(struct ctx *ctx, const char *token);

/* They leave, by one click or by the button of the page.  Again: OK.  ERR_NOT_FOUND: we never made
 * that token. */
MUST_CHECK enum status newsletter_leave(struct ctx *ctx, const char *token);

/* ---- taken over from elsewhere ---- */

enum { NEWSLETTER_IMPORT_PROBLEMS = 100 };

struct newsletter_import_report {
    int64_t row_count;
    int64_t added_count;   /* new readers, whose consent the file proves         */
    int64_t known_count;   /* readers already: nothing of them was changed       */
    int64_t stopped_count; /* they left, or mail to them came back: nothing is done */
    int64_t refused_count; /* without consent, or not readable                   */
    struct newsletter_import_problem {
        int64_t line;
        const char *reason;
    } problems[NEWSLETTER_IMPORT_PROBLEMS];
    size_t problem_count;
};

/*
 * Takes readers over from a CSV file with the columns email, topics (codes parted by spaces),
 * region (code or empty), consented_on (YYYY-MM-DD), consent (how they agreed, in words).  It never
 * changes what somebody here agreed to or left: it only adds addresses that nobody here knows,
 * and only with the day and the way of their consent.
 *
 * ERR_INVALID  the file is no CSV, or lacks a column: ctx->fault says which
 */
MUST_CHECK enum status newsletter_import(struct ctx *ctx, int file,
                                         struct newsletter_import_report *out);

/* What the program knows of it. */
extern const struct job_kind newsletter_job_kinds[];
extern const struct privacy_holding newsletter_holdings[];
extern const struct audit_kind newsletter_audit_kinds[];

#include "programme/newsletter/newsletter_issue.h"
#include "programme/newsletter/newsletter_record.h"

#endif
