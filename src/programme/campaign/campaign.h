/* SPDX-License-Identifier: MIT */
/*
 * campaign.h - who has not signed, and letters to them.
 *
 * A chase list is a choice of organisations that had not signed when it was made.  A letter has
 * words with named fields; whoever gets it, and with which address, is settled when somebody
 * presses "send", and from then on each letter goes into the outbox exactly once: a job takes them
 * in portions, and the row of a recipient is marked in the transaction that puts its mail.
 *
 * Who gets a letter for an organisation, the first that there is: the address typed on the list,
 * the organisation's lead with an account, the leader of its pledge that waits or came back.  Left
 * out are organisations that have signed meanwhile, and addresses that asked for no more letters.
 *
 * Rule (ours): an organisation has not signed while it has no live pledge, or one that still waits
 * for a signature.  A pledge has waited too long after CAMPAIGN_PATIENCE_DAYS without a reminder.
 *
 * Owns the tables whose names begin with campaign_.  Reads organisation, organisation_record,
 * organisation_kind, organisation_link, organisation_within, pledge,
 * person, access_grant and audit_event.
 */
#ifndef PROGRAMME_CAMPAIGN_CAMPAIGN_H
#define PROGRAMME_CAMPAIGN_CAMPAIGN_H

#include "platform/base/filled.h"
#include "platform/base/text.h"
#include "platform/job/job.h"
#include "platform/mail/mail.h"
#include "programme/access/access.h"
#include "programme/privacy/privacy.h"

enum {
    CAMPAIGN_LIST_MOST = 500,        /* organisations on a list            */
    CAMPAIGN_PATIENCE_DAYS = 14,     /* a pledge may wait without reminder */
    CAMPAIGN_PORTION = 25,           /* letters of one transaction         */
    CAMPAIGN_SUBJECT_CHARS = 150,    /* of a letter, with its fields       */
    CAMPAIGN_QUARTERS = 8,           /* that the figures show              */
    CAMPAIGN_AFTER_LETTER_DAYS = 30, /* a signature counts as after a letter */
    CAMPAIGN_SIGNED_MOST = 20000     /* signatures of one quarter          */
};

/* ---- chase lists ---- */

struct campaign_choice {
    const char *name;
    const char *region, *board, *kind; /* codes; "": any */
    const char *pledge;                /* "none", "awaiting", "returned"; "": any */
    const char *quiet_on;              /* had no letter since this day; "": does not matter */
    const char *chased_on;             /* had a letter since this day; "": does not matter  */
};

/*
 * Makes a list of who fits today, within a scope (NULL: everywhere).
 *
 * ERR_INVALID  problems says what is wrong: nobody fits, too many do, an area outside the scope
 * One transaction.
 */
MUST_CHECK enum status campaign_list_make(struct ctx *ctx, const struct campaign_choice *choice,
                                          const char *scope, struct form_problems *problems,
                                          const char **reference_out);

/* An organisation of a list, and whom a letter for it goes to. */
struct campaign_contact {
    int64_t organisation_id;
    const char *code, *name, *region_name;
    const char *contact_name, *email; /* "": nobody is known                     */
    const char *source;               /* "typed", "lead", "signatory"; "" for none */
    const char *typed_source;         /* where a typed address is from           */
    const char *pledge;               /* reference of one that waits or came back; "" */
    const int64_t *days_waiting;      /* since that pledge last moved; NULL: none */
    int64_t reminded_at;              /* when the waiting pledge was; 0: never     */
    int64_t lettered_at;              /* 0: never had a letter                   */
    bool has_signed, is_stopped;
};

struct campaign_list {
    int64_t id;
    const char *reference, *name, *area;
    int64_t made_at;
    struct campaign_contact *contacts;
    size_t count;
};

/* ERR_NOT_FOUND  no such list, or outside the scope.  Some queries, and one a contact. */
MUST_CHECK enum status campaign_list_open(struct ctx *ctx, const char *reference, const char *scope,
                                          struct campaign_list *out);

/* The one of this code; NULL: it is not on the list. */
const struct campaign_contact *campaign_contact_of(const struct campaign_list *list,
                                                   const char *code);

struct campaign_address {
    const char *contact_name, *email, *source;
};

/* Notes an address for letters to one organisation of a list.  ERR_INVALID: it asked for no more
 * letters.  One transaction. */
MUST_CHECK enum status campaign_address_set(struct ctx *ctx, const struct campaign_list *list,
                                            const struct campaign_contact *contact,
                                            const struct campaign_address *address,
                                            struct form_problems *problems);

/* Takes an organisation off a list; also when it was off.  One transaction. */
MUST_CHECK enum status campaign_take_off(struct ctx *ctx, const struct campaign_list *list,
                                         const struct campaign_contact *contact);

/* ---- words with fields (campaign_merge.c) ---- */

/* What stands in the place of each field. */
struct campaign_values {
    const char *organisation, *leader, *region;
    const char *days_waiting; /* NULL: nothing waits */
    const char *link;         /* of the page where an organisation signs, whole */
};

/* "{organisation}, {leader} ...": for hints and messages. */
extern const char campaign_field_names[];

/* What is wrong with the fields of a text, a sentence; NULL: nothing. */
const char *campaign_fields_wrong(struct mem *mem, const char *text);

/* Whether a text has the field "{days waiting}". */
bool campaign_has_days(const char *text);

/* The text with its fields filled in. */
const char *campaign_fill(struct mem *mem, const char *text, const struct campaign_values *values);

/*
 * The parts of a letter: paragraphs parted by empty lines, lines that begin with "- " as a list,
 * with "# " as a heading, "{link}" alone as a button.  Values stand in their part and make none of
 * their own.  ERR_INVALID: more parts, or a longer one, than a mail may have.
 */
MUST_CHECK enum status campaign_parts(struct ctx *ctx, const char *body,
                                      const struct campaign_values *values,
                                      const struct mail_part **out);

/* ---- letters ---- */

struct campaign_words {
    const char *subject, *body;
};

struct campaign_letter {
    int64_t id;
    const char *reference, *subject, *body;
    const char *state;                   /* "draft", "sending", "sent", "cancelled" */
    int64_t made_at, begun_at, ended_at; /* 0: not (yet) */
    int64_t recipient_count, sent_count, left_out_count;
    struct campaign_list list;
};

struct campaign_writing {
    const struct campaign_list *list;     /* to whom */
    const struct campaign_letter *letter; /* that gets other words; NULL: a new one */
};

/* Keeps the words of a letter.
 *
 * ERR_INVALID   problems says what is wrong: an unknown field
 * ERR_CONFLICT  it is no draft any more
 */
MUST_CHECK enum status campaign_letter_write(struct ctx *ctx,
                                             const struct campaign_writing *writing,
                                             const struct campaign_words *words,
                                             struct form_problems *problems,
                                             const char **reference_out);

/* ERR_NOT_FOUND  no such letter, or its list is outside the scope */
MUST_CHECK enum status campaign_letter_open(struct ctx *ctx, const char *reference,
                                            const char *scope, struct campaign_letter *out);

/* Whether a contact gets letters of its list. */
bool campaign_gets(const struct campaign_contact *contact);

/* What stands in the fields for a contact. */
struct campaign_values campaign_values_of(struct ctx *ctx, const struct campaign_contact *contact);

/* What hinders sending a letter, by sentences as problems of the field "list". */
void campaign_letter_check(struct ctx *ctx, const struct campaign_letter *letter,
                           struct form_problems *problems);

/*
 * Settles who gets it and lets the job begin.  OK also when it was begun before: nobody gets it
 * twice.
 *
 * ERR_INVALID   problems says what hinders
 * ERR_NOT_FOUND as campaign_letter_open
 * One transaction.
 */
MUST_CHECK enum status campaign_letter_send(struct ctx *ctx, const char *reference,
                                            const char *scope, struct form_problems *problems);

/* Stops what has not gone into the outbox yet; OK also when nothing is left to stop. */
MUST_CHECK enum status campaign_letter_cancel(struct ctx *ctx, const char *reference,
                                              const char *scope);

/* Puts the letters into the outbox. */
extern const struct job_kind campaign_job_kinds[];

/* ---- no more letters (campaign_stop.c) ---- */

/* The name of the organisation to whose letter the link belongs.  ERR_NOT_FOUND: none. */
MUST_CHECK enum status campaign_stop_open(struct ctx *ctx, const char *token,
                                          const char **organisation_out);

/* Its address gets no more letters.  Safe to repeat. */
MUST_CHECK enum status campaign_stop(struct ctx *ctx, const char *token);

/* Under what an address stands among those; email_key "": "". */
MUST_CHECK enum status campaign_stop_hash(struct ctx *ctx, const char *email_key, const char **out);

/* The key of these, read once for many addresses. */
MUST_CHECK enum status campaign_stop_key(struct ctx *ctx, struct text_span *out);
MUST_CHECK enum status campaign_is_stopped(struct ctx *ctx, const struct text_span *key,
                                           const char *email_key, bool *out);

/* ---- figures ---- */

struct campaign_quarter {
    const char *name; /* "2026/27 Q1" */
    const char *first_on, *last_on;
    int64_t sent_count, signed_count, countersigned_count, returned_count, reminder_count,
        letter_count, after_letter_count;
    bool has_median;
    double median_days; /* from sending to the last signature, in London days */
};

/* The last CAMPAIGN_QUARTERS quarters, this one first, of a scope. */
MUST_CHECK enum status campaign_figures(struct ctx *ctx, const char *scope,
                                        struct campaign_quarter out[CAMPAIGN_QUARTERS]);

/* ---- for the lists of the program ---- */

extern const struct privacy_holding campaign_holdings[];
extern const struct audit_kind campaign_audit_kinds[];

#endif
