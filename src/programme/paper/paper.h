/* SPDX-License-Identifier: MIT */
/*
 * paper.h - pledges and signatures that came on paper, equal to those that are given here.
 *
 * A paper is a scan and what is known of how it came.  One person of the programme writes down what
 * is on it; another one compares that with the scan, line by line.  Only then does it count, by the
 * same events as a signature by a link (pledge.h), each with public lines that say so:
 *
 *     method=paper  signed_on=DAY  received_on=DAY  came_by=upload|mail|post  scan=SHA-256
 *
 *   come -> waiting --recorded by one--> recorded --checked by another--> counted
 *              ^  \                        |    \
 *              |   \-- refused             |     \-- refused, with a reason mailed to who signed
 *              \------- sent back ---------/
 *   waiting, recorded --another scan by the same link--> replaced
 *
 * Rule, two people: nobody checks or sends back what they recorded, in whichever role.  The rule is
 * ours (doc/decisions/0006); no source was found.
 *
 * Owns the table paper.  Reads pledge (pledge.h), organisation (directory.h).
 */
#ifndef PROGRAMME_PAPER_PAPER_H
#define PROGRAMME_PAPER_PAPER_H

#include "platform/base/filled.h"
#include "platform/base/text.h"
#include "platform/view/view.h"
#include "programme/pledge/pledge.h"

struct upload;

/* A paper as staff see it. */
struct paper {
    int64_t organisation_id, id;
    const char *reference;     /* PA-XXXX-XXXX                                        */
    bool is_whole;             /* a whole pledge; else one signature                  */
    const char *organisation;  /* code                                                */
    const char *name;          /* of the organisation, when it came                   */
    const char *pledge;        /* reference; "" until a whole pledge counts           */
    int64_t came_at, added_by; /* put in here, UTC seconds, by a person.id; 0: by the link */
    int64_t revision;          /* of the pledge that was signed; 0 for a whole one    */
    const char *side;          /* "leader" or "cosigner"; "" for a whole pledge       */
    const char *came_by;       /* "upload", "mail" or "post"                          */
    const char *received_on;   /* YYYY-MM-DD                                          */
    const char *email;         /* of whom to write to; "" when not known              */
    int64_t upload_id;         /* the scan */
    const char *digest;        /* SHA-256 of the scan, hexadecimal                    */
    int64_t page_count;
    const char *state;              /* "waiting", "recorded", "counted", "refused", "replaced" */
    int64_t state_at;               /* UTC seconds                                         */
    int64_t version;                /* of what is written down: 0 before the first time    */
    const char *signer, *signed_on; /* as written on it; "" for a whole pledge             */
    const char *transcript;         /* of a whole pledge, in the words of paper_web        */
    int64_t recorded_by, recorded_at, checked_by, checked_at; /* person.id, UTC seconds; 0 */
    const char *note;                                         /* why it came back; "" for none */
};

/* ERR_NOT_FOUND: there is none.  Whether its organisation lies in the scope of who asks is the
 * caller's to know.  One query. */
MUST_CHECK enum status paper_find(struct ctx *ctx, const char *reference, struct paper *out);

bool paper_is(const struct paper *paper, const char *state);

/* ---- it comes ---- */

/*
 * The holder of a link to sign sends a scan of the page that they signed by hand.  The same scan
 * again changes nothing; another one takes the place of the one that waits, whose scan goes.  The
 * scan becomes the paper's own.
 *
 * ERR_INVALID    problems says what is wrong with "scan"
 * ERR_NOT_FOUND  no such link
 * ERR_CONFLICT   the link is over, or that side has signed
 */
MUST_CHECK enum status paper_send(struct ctx *ctx, const char *token, const struct form_file *scan,
                                  struct form_problems *problems, const char **reference_out);

/* The paper of the link's side that waits or is checked.  ERR_NOT_FOUND: there is none. */
struct paper_sent {
    const char *reference, *received_on;
};
MUST_CHECK enum status paper_sent_by(struct ctx *ctx, const struct pledge_to_sign *ask,
                                     struct paper_sent *out);

/* What came by mail or post, as staff put it in. */
struct paper_new {
    const char *about;              /* "signature" or "pledge"                             */
    const char *pledge;             /* reference or code, as typed; of a signature         */
    const char *side;               /* "leader" or "cosigner"; of a signature              */
    struct form_found organisation; /* of a whole pledge                                   */
    const char *came_by;            /* "mail" or "post" */
    const char *received_on;
    struct form_file scan;
};

/*
 * Puts a paper in.  For the person who asks, within what they may record.  The same scan again for
 * the same side or organisation is the same paper, as long as that is not settled.
 *
 * ERR_INVALID    problems says what is wrong, by field
 * ERR_FORBIDDEN  nobody is signed in
 */
MUST_CHECK enum status paper_add(struct ctx *ctx, const struct paper_new *coming,
                                 struct form_problems *problems, const char **reference_out);

/* ---- one person writes down what is on it ---- */

/* A signature, as it is written on the paper. */
struct paper_signature {
    const char *signer;
    const char *signed_on;
};

/* A whole pledge: the draft of the journey of signing, and what only paper has. */
struct paper_pledge {
    struct pledge_draft
        pledge;        /* first, so that fields of a pledge_draft fit. wording is set; email
                                   addresses may be "" */
    const char *paper; /* reference, as typed */
    const char *leader_signed_on, *cosigner_signed_on;
};

/*
 * Write down what is on it; again while nobody has checked it, by the same person, or by anybody
 * after it was sent back.
 *
 * ERR_INVALID    problems says what is wrong, by field
 * ERR_FORBIDDEN  nobody is signed in, or another person has recorded it
 * ERR_NOT_FOUND  no such paper
 * ERR_CONFLICT   it is of the other kind, or settled
 */
MUST_CHECK enum status paper_record_signature(struct ctx *ctx, const char *reference,
                                              const struct paper_signature *written,
                                              struct form_problems *problems);
/* The same; transcript is the draft as text, given back to whoever checks. */
MUST_CHECK enum status paper_record_pledge(struct ctx *ctx, const struct paper_pledge *written,
                                           const char *transcript, struct form_problems *problems);

/* What paper_record_pledge checks, by parts: adds problems.  Not OK: the store failed. */
MUST_CHECK enum status paper_check_reference(struct ctx *ctx, const struct paper_pledge *written,
                                             struct form_problems *problems);
MUST_CHECK enum status paper_check_organisation(struct ctx *ctx, const struct paper_pledge *written,
                                                struct form_problems *problems);
MUST_CHECK enum status paper_check_leader(struct ctx *ctx, const struct paper_pledge *written,
                                          struct form_problems *problems);
MUST_CHECK enum status paper_check_union(struct ctx *ctx, const struct paper_pledge *written,
                                         struct form_problems *problems);

/* ---- another person compares ---- */

/* What was compared. */
struct paper_compared {
    int64_t version;
    const struct paper_pledge *whole; /* its draft; NULL for a signature */
};

/*
 * What is written down is as on the paper: it counts.
 *
 *   pledge_out  reference of the pledge
 *
 * ERR_INVALID    a whole pledge breaks a rule by now: problems says which
 * ERR_FORBIDDEN  nobody is signed in, or it is the person who recorded it
 * ERR_CONFLICT   it was written anew or settled since, or the pledge waits for no such signature
 */
MUST_CHECK enum status paper_count(struct ctx *ctx, const char *reference,
                                   const struct paper_compared *compared,
                                   struct form_problems *problems, const char **pledge_out);

/* Something differs: back to be recorded again, with a reason.  Statuses as above. */
MUST_CHECK enum status paper_send_back(struct ctx *ctx, const char *reference, int64_t version,
                                       const char *reason);

/* It cannot count, such as a page without a signature: the reason is mailed to whoever signed,
 * where an address is known.
 *
 * ERR_FORBIDDEN  nobody is signed in
 * ERR_CONFLICT   it was written anew or settled since */
MUST_CHECK enum status paper_refuse(struct ctx *ctx, const char *reference, int64_t version,
                                    const char *reason);

/* ---- looking ---- */

/* Notes that somebody looks at a paper, or at its scan, before it is shown. */
MUST_CHECK enum status paper_note_look(struct ctx *ctx, const struct paper *paper, bool is_scan);

/* The scan.  ERR_NOT_FOUND: it was removed. */
MUST_CHECK enum status paper_scan(struct ctx *ctx, const struct paper *paper, struct upload *out,
                                  struct text_span *bytes_out);

/* ---- forms to print (paper_document.c): tagged PDFs; the same day gives the same bytes ---- */

/* The form of an organisation, with lines to write on: the words in force with their code, and a
 * place for all that the journey asks. */
MUST_CHECK enum status paper_print_blank(struct ctx *ctx, struct view *out);

/* The pledge that a link asks to sign, filled in, with a place to sign for that side, and a code to
 * scan by which the paper is found again. */
MUST_CHECK enum status paper_print_filled(struct ctx *ctx, const struct pledge_to_sign *ask,
                                          struct view *out);

/* ---- for other papers ---- */

/* A day that is written on a paper, or on which one came: latest_on, or in the 2 years before. */
struct paper_day {
    const char *field, *on; /* "" for none: the field says that it is missing */
    const char *latest_on;
    const char *too_late, *too_early; /* what is wrong then */
};

/* Adds a problem of its field. */
MUST_CHECK enum status paper_check_day(struct ctx *ctx, const struct paper_day *day,
                                       struct form_problems *problems);

/* ---- lists ---- */

extern const struct privacy_holding paper_holdings[];
extern const struct audit_kind paper_audit_kinds[];

#endif
