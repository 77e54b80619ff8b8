/* SPDX-License-Identifier: MIT */
/*
 * casestudy.h - case studies: what somebody did, what came of it, and how well that is known.
 *
 *   send -> UNCONFIRMED --code or button--> SUBMITTED --an editor changes words--> EDITING
 *                \--nobody confirms it within 7 days--> deleted
 *   SUBMITTED, EDITING --publish--> PUBLISHED        --return, with a reason--> RETURNED
 *   any but UNCONFIRMED --withdraw--> WITHDRAWN      (also when a consent is taken back)
 *   RETURNED, PUBLISHED, EDITING, WITHDRAWN --the author changes words--> SUBMITTED
 *                                           --an editor does--> EDITING
 *
 * Anyone sends one.  Words are versions that nothing overwrites: the first is the author's, and an
 * editor always sees the author's newest words beside their own.  Publishing needs a person; a
 * script, a link in a mail and the clock never publish.  While newer words are worked on, the
 * public goes on reading the version that was published (is_live).
 *
 * Evidence
 *   Each case study says its type: 1, a reasoned story; 2, figures with and without or before and
 *   after, which show that things went together; 3, a comparison with a like group, which shows
 *   that one brought about the other.  Source: the standards of evidence that the Office for
 *   Students and TASO publish (three types).  From them follows the rule of casestudy_claims: words
 *   of change ("fell", "improved") need type 2, words of cause ("led to", "thanks to") need type 3.
 *   The editor changes them or writes down why they may stay.  The list of words is ours.
 *
 * Pictures
 *   Are shown only while everybody who can be known in them agrees, by the wording "story" of
 *   packs/consent: who is as old as it says for themselves, below the age it says also, or only, a
 *   parent or guardian.  Each gets a link of their own when the author's address is proven.  Who
 *   takes a consent back takes the picture away at once, and the case study off the page until an
 *   editor has looked at its words again.
 *
 * Consent on paper
 *   For who has no email address: they, and a parent or guardian, sign the printed form.  The
 *   author or an editor writes down on which days and where the paper is kept, perhaps with a scan.
 *   It counts when an editor has looked at it who did not write it down (the rule of two people is
 *   that of paper.h).  An editor takes a consent back at the word of whoever gave it, with the same
 *   effects as by a link, and forgets somebody who has no address to ask for it.
 *
 * "We did this too"
 *   Another organisation counts once a case study, when who says so has proven an address.
 *
 * A live case study is looked at again a year after it was published or found right, or on another
 * day that an editor chooses: its author is asked by mail 30 days before, and editors have a queue
 * of those whose day has come.
 *
 * Owns the tables casestudy, casestudy_version, casestudy_event, casestudy_picture,
 * casestudy_person, casestudy_paper, casestudy_shown, casestudy_reuse and casestudy_proof; others
 * may read casestudy where is_live = 1.  Reads person, organisation, privacy_hold.
 */
#ifndef PROGRAMME_CASESTUDY_CASESTUDY_H
#define PROGRAMME_CASESTUDY_CASESTUDY_H

#include "platform/base/filled.h"
#include "platform/base/text.h"
#include "platform/document/upload.h"
#include "platform/job/job.h"
#include "platform/view/view.h"
#include "programme/audit/audit.h"
#include "programme/links/links.h"
#include "programme/privacy/privacy.h"
#include "programme/proof/proof.h"

enum {
    CASESTUDY_CONFIRM_SECS = 7 * 24 * 60 * 60, /* how long the link of the first mail confirms */
    CASESTUDY_ASKED_A_DAY = 20, /* people for whom one address is asked, whoever names it */
    CASESTUDY_REVIEW_MONTHS = 12,
    CASESTUDY_REVIEW_MONTHS_LEAST = 1, /* the days that an editor may choose: of our own making */
    CASESTUDY_REVIEW_MONTHS_MOST = 24,
    CASESTUDY_PAPERS_MAX = 100, /* that are written down for one case study */
    CASESTUDY_KEPT_AT_CHARS = 200,
    CASESTUDY_ASK_DAYS = 30, /* before the day of review */
    CASESTUDY_PICTURES_MAX = 5,
    CASESTUDY_PEOPLE_MAX = 12,
    CASESTUDY_PICTURE_BYTES = 8 * 1000 * 1000,
    CASESTUDY_TITLE_CHARS = 120,
    CASESTUDY_SUMMARY_CHARS = 300,
    CASESTUDY_TEXT_CHARS = 6000,
    CASESTUDY_REASON_CHARS = 1000
};

/* The three pillars of the programme, and the types of evidence, for forms and lists; end with {0}.
 * Source of the pillars: the programme's own pages (domain facts, section 1). */
struct casestudy_choice {
    const char *code, *name;
    const char *hint;    /* for who writes          */
    const char *meaning; /* for readers; NULL: none */
};
extern const struct casestudy_choice casestudy_evidences[];

/* The name of a code of one of the two; the code itself when it is none. */
const char *casestudy_choice_name(const struct casestudy_choice *choices, const char *code);

/* ---- words ---- */

struct casestudy_words {
    const char *title, *summary;
    const char *problem, *done, *result; /* Markdown */
    const char *cost;                    /* "" when not said */
    const char *contact, *contact_email; /* who to ask, public */
    const char *stage, *pillar, *evidence;
    struct form_several intentions;
    const char *reason; /* of an editor, for claims that stay; "" */
};

struct casestudy_picture_draft {
    const char *key; /* of the item in the journey; "" in one call */
    struct form_file picture;
    const char *alternative;
    enum form_yes_no shows_people;
};

struct casestudy_person_draft {
    const char *name, *age;
    const char *way;   /* how they agree: "email" or "paper" */
    const char *email; /* "" on paper, as is guardian_email  */
    const char *guardian_name, *guardian_email;
    struct form_several pictures; /* codes as below */
};

struct casestudy_draft {
    struct casestudy_words words; /* first, so that fields of casestudy_words fit */
    struct form_found organisation;
    struct form_list pictures; /* of casestudy_picture_draft */
    struct form_list people;   /* of casestudy_person_draft  */
    const char *author_name, *author_role, *email;
};

/* By which people name a picture of a draft: the key of its item, else its number from 1. */
const char *casestudy_picture_code(struct mem *mem, const struct casestudy_draft *draft,
                                   size_t picture);

/* Rules of pictures and of who can be known in them: adds problems by field name. */
MUST_CHECK enum status casestudy_check_people(struct ctx *ctx, const struct casestudy_draft *draft,
                                              struct form_problems *problems);

/* A claim that is stronger than the evidence. */
struct casestudy_claim {
    const char *field;    /* "title", "summary" or "result"         */
    const char *words;    /* that claim it, "led to"                */
    const char *sentence; /* in which they stand                    */
    const char *needs;    /* the type of evidence that they need: "2" or "3" */
};

/* The claims of words that need more than their evidence; none for type 3. */
void casestudy_claims(struct mem *mem, const struct casestudy_words *words,
                      struct casestudy_claim **out, size_t *count_out);

/*
 * Keeps what was sent, and puts the mail with code and link into the outbox.
 *
 *   reference_out  CS-XXXX-XXXX: with it the code is typed
 *
 * ERR_INVALID  problems says what is wrong, or too many mails went to this address, or would to one
 *              of those who are shown
 *
 * One transaction; in the caller's, if there is one.
 */
MUST_CHECK enum status casestudy_send(struct ctx *ctx, const struct casestudy_draft *draft,
                                      struct form_problems *problems, const char **reference_out);

/* ---- one case study ---- */

enum casestudy_state {
    CASESTUDY_UNCONFIRMED,
    CASESTUDY_SUBMITTED,
    CASESTUDY_EDITING,
    CASESTUDY_PUBLISHED,
    CASESTUDY_RETURNED,
    CASESTUDY_WITHDRAWN
};

const char *casestudy_state_code(enum casestudy_state state); /* "submitted" */
const char *casestudy_state_text(enum casestudy_state state); /* "Waits for an editor" */

struct casestudy {
    int64_t organisation_id, id;
    const char *reference;
    enum casestudy_state state;
    int64_t state_at;
    bool is_live;
    const char *organisation_code, *organisation, *kind, *region;
    const char *author_name, *author_role, *email; /* never public; "" once erased */
    int64_t sent_at, version, event_count;
    int64_t published_version, published_at; /* 0: not yet */
    const char *title;                       /* as published; "" before */
    const char *review_on;                   /* "" when it is not live */
    const char *asked_on;
    int64_t reuse_count;
};

/* By its reference, whatever its state.  ERR_NOT_FOUND. */
MUST_CHECK enum status casestudy_find(struct ctx *ctx, const char *reference,
                                      struct casestudy *out);

/* One version of its words. */
struct casestudy_version {
    int64_t version, made_at, made_by; /* made_by 0: the author */
    struct casestudy_words words;
    const char *intention_names; /* parted by "; " */
};
MUST_CHECK enum status casestudy_version_find(struct ctx *ctx, const struct casestudy *study,
                                              int64_t version, struct casestudy_version *out);

/* The author's newest words. */
MUST_CHECK enum status casestudy_version_by_author(struct ctx *ctx, const struct casestudy *study,
                                                   struct casestudy_version *out);

struct casestudy_picture {
    int64_t number, upload_id;
    const char *type;
    int64_t width_px, height_px;
    const char *alternative;
    bool shows_people, is_free, is_gone;
    struct text_span bytes; /* of casestudy_picture_read alone */
};
MUST_CHECK enum status casestudy_pictures_of(struct ctx *ctx, const struct casestudy *study,
                                             struct casestudy_picture **out, size_t *count_out);

/* A picture that is not gone, with its bytes.  must_be_free: as for the public.  ERR_NOT_FOUND. */
MUST_CHECK enum status casestudy_picture_read(struct ctx *ctx, const struct casestudy *study,
                                              int64_t number, bool must_be_free,
                                              struct casestudy_picture *out);

/* ---- proving the address of a case study or of a reuse ---- */

/* The code that is typed.  Right: the token is of the sender's private page. */
extern const struct proof_kind casestudy_proof;

/* What a mailed link opens: the reference of a case study or of a reuse.  Reading changes nothing.
 * ERR_NOT_FOUND: no such link.  ERR_CONFLICT: nobody confirmed it in time. */
MUST_CHECK enum status casestudy_link_open(struct ctx *ctx, const char *token,
                                           const char **reference_out);

/* The button of the mailed link; safe to repeat.  Statuses as casestudy_link_open. */
MUST_CHECK enum status casestudy_link_confirm(struct ctx *ctx, const char *token);

/* ---- the author, by a link that was opened ---- */

/* New words of the author, in any state but UNCONFIRMED: they wait for an editor.
 * ERR_CONFLICT: base is not the newest version. */
MUST_CHECK enum status casestudy_mend(struct ctx *ctx, const char *reference, int64_t base,
                                      const struct casestudy_words *words);

/* Who does something that both may do: the author, by the link, or an editor, ctx->person. */
enum casestudy_by { CASESTUDY_BY_AUTHOR, CASESTUDY_BY_EDITOR };

/* It is still right, and reviewed again CASESTUDY_REVIEW_MONTHS on.
 * ERR_CONFLICT: it is not live. */
MUST_CHECK enum status casestudy_still_right(struct ctx *ctx, const char *reference,
                                             enum casestudy_by by);

/* By whom one was ended that is withdrawn.  One query. */
enum casestudy_end {
    CASESTUDY_STANDS,           /* it is not withdrawn                                */
    CASESTUDY_ENDED_BY_AUTHOR,  /* only the author can send it again                  */
    CASESTUDY_ENDED_BY_EDITOR,  /* author and editors can                             */
    CASESTUDY_ENDED_BY_CONSENT, /* the same, and it waits for an editor to look at it */
};
MUST_CHECK enum status casestudy_end_of(struct ctx *ctx, const struct casestudy *study,
                                        enum casestudy_end *out);

/* The public reads it no more; after the author's word only the author can send it again, whatever
 * those who are shown say later.  Again: OK.  ERR_CONFLICT: it was never confirmed. */
MUST_CHECK enum status casestudy_withdraw(struct ctx *ctx, const char *reference,
                                          enum casestudy_by by, const char *reason);

/* Takes a picture away for good.  Again: OK.  ERR_NOT_FOUND: there is none of that number. */
MUST_CHECK enum status casestudy_picture_drop(struct ctx *ctx, const char *reference,
                                              int64_t number, enum casestudy_by by);

/* ---- editors, of ctx->person ---- */

/*
 * An editor's words, as a new version.
 *
 * ERR_INVALID    problems says what is wrong: also claims (above) without a reason
 * ERR_CONFLICT   base is not the newest version any more, it is not confirmed, or its author took
 *                it back
 * ERR_FORBIDDEN  nobody is signed in; so for all below
 */
MUST_CHECK enum status casestudy_edit(struct ctx *ctx, const char *reference, int64_t base,
                                      const struct casestudy_words *words,
                                      struct form_problems *problems);

/* The newest words become public, and can be found.  The author is told.
 * ERR_INVALID: problems says which claims have no reason.  ERR_CONFLICT: base, as above, or it is
 * not confirmed. */
MUST_CHECK enum status casestudy_publish(struct ctx *ctx, const char *reference, int64_t base,
                                         struct form_problems *problems);

/* A live one is looked at again on another day, from CASESTUDY_REVIEW_MONTHS_LEAST to _MOST on.
 * ERR_INVALID: problems says what is wrong with "review_on".  ERR_CONFLICT: it is not live. */
MUST_CHECK enum status casestudy_review_choose(struct ctx *ctx, const char *reference,
                                               const char *review_on,
                                               struct form_problems *problems);

/* Back to the author, who is told the reason.  ERR_CONFLICT: it does not wait for an editor. */
MUST_CHECK enum status casestudy_return(struct ctx *ctx, const char *reference, const char *reason);

/* ---- who is shown ---- */

/* Somebody who is asked, by their own link or by their guardian's. */
struct casestudy_asked {
    struct casestudy study;
    int64_t number;
    bool is_guardian;
    const char *name;       /* of who is shown; for their guardian to know whom it is about */
    const char *age;        /* "grown", "young", "child"                                   */
    const char *said;       /* by who holds this link: "", "yes", "no"                      */
    const char *other_said; /* by the other of the two; "" also when there is none        */
    bool is_off;            /* it is withdrawn: its words are nobody's to read                */
    bool is_ended; /* by its author or an editor: nor is the picture, and yes is not asked */
    struct casestudy_picture *pictures; /* with them, not gone; none when it is ended */
    size_t picture_count;
};

/* Reading changes nothing.  ERR_NOT_FOUND: no such link. */
MUST_CHECK enum status casestudy_asked_open(struct ctx *ctx, const char *token,
                                            struct casestudy_asked *out);

/* They agree, or do not, or no more.  Again the same: OK.  Saying yes after no asks an editor for
 * the picture anew: what is gone stays gone.  ERR_CONFLICT: yes to one that is ended.  One
 * transaction. */
MUST_CHECK enum status casestudy_asked_say(struct ctx *ctx, const char *token, bool yes);

/* For editors: who is shown, and what they said. */
struct casestudy_person {
    int64_t number;
    const char *reference, *name, *email, *age, *guardian_name, *guardian_email;
    const char *said, *guardian_said;
    bool agrees; /* all that are needed */
};
MUST_CHECK enum status casestudy_people_of(struct ctx *ctx, const struct casestudy *study,
                                           struct casestudy_person **out, size_t *count_out);

/* ---- consent on paper ---- */

/* As it was written down. */
struct casestudy_paper {
    int64_t id, person;                         /* person: number of who is shown      */
    const char *signed_on, *guardian_signed_on; /* YYYY-MM-DD; "" for who need not sign */
    const char *kept_at;                        /* "" once erased                      */
    int64_t upload_id;                          /* of the scan; 0: none                */
    const char *state;                          /* "waiting", "counted", "refused", "replaced" */
    int64_t recorded_at, recorded_by;           /* by a person.id; 0: the author       */
    int64_t checked_at;
    const char *note; /* why it was refused; "" */
};

/* The newest first. */
MUST_CHECK enum status casestudy_papers_of(struct ctx *ctx, const struct casestudy *study,
                                           struct casestudy_paper **out, size_t *count_out);

struct casestudy_paper_draft {
    const char *signed_on, *guardian_signed_on, *kept_at; /* days: "" for who need not sign */
    struct form_file scan;                                /* may be none                   */
    int64_t person;                                       /* number of who is shown        */
    enum casestudy_by by;
};

/*
 * Writes down what somebody who is shown, and their parent or guardian under age, signed.  What
 * waits for an editor already is replaced.
 *
 * ERR_INVALID    problems says which day is missing, or lies ahead or more than 2 years back
 * ERR_NOT_FOUND  nobody of that number
 * ERR_CONFLICT   they agree already, said no, were forgotten, or the author took the study back
 * ERR_FORBIDDEN  by an editor, and nobody is signed in
 *
 * One transaction.
 */
MUST_CHECK enum status casestudy_paper_record(struct ctx *ctx, const char *reference,
                                              const struct casestudy_paper_draft *draft,
                                              struct form_problems *problems);

/* The person who asks has looked at it, and it counts as their word, and a guardian's, on the days
 * of signing.  ERR_FORBIDDEN: nobody is signed in, or they wrote it down themselves.
 * ERR_CONFLICT: it does not wait any more.  One transaction. */
MUST_CHECK enum status casestudy_paper_count(struct ctx *ctx, const char *reference, int64_t paper);

/* It cannot count: the author is told the reason, and the scan goes.  Statuses as above; who wrote
 * it down may refuse it. */
MUST_CHECK enum status casestudy_paper_refuse(struct ctx *ctx, const char *reference, int64_t paper,
                                              const char *reason);

/* Its scan; that it is looked at is noted first.  ERR_NOT_FOUND: there is none. */
MUST_CHECK enum status casestudy_paper_scan(struct ctx *ctx, const struct casestudy *study,
                                            int64_t paper, struct upload *out,
                                            struct text_span *bytes_out);

/* Somebody who is shown, or their guardian, told an editor that they agree no more. */
struct casestudy_told {
    int64_t person;
    bool is_guardian;
    enum consent_channel channel; /* how they said so */
    const char *reason;           /* what they said, for the record */
    bool forget;                  /* they want their name gone too */
};

/* The same effects as by their own link.  Again: OK.
 * ERR_INVALID: they are to be forgotten and a legal hold stands, says problems.
 * ERR_FORBIDDEN: nobody is signed in.  ERR_NOT_FOUND: nobody of that number.  One transaction. */
MUST_CHECK enum status casestudy_told_no(struct ctx *ctx, const char *reference,
                                         const struct casestudy_told *told,
                                         struct form_problems *problems);

/* The form to print and sign, as a PDF: the words in force, with lines to write on. */
MUST_CHECK enum status casestudy_print_consent(struct ctx *ctx, struct view *out);

/* ---- reuse ---- */

struct casestudy_reuse_draft {
    const char *case_study; /* reference, as typed */
    struct form_found organisation;
    const char *words; /* "" */
    const char *name, *email;
};

/* "We did this too", kept until its address is proven.  ERR_INVALID: problems. */
MUST_CHECK enum status casestudy_reuse_send(struct ctx *ctx,
                                            const struct casestudy_reuse_draft *draft,
                                            struct form_problems *problems,
                                            const char **reference_out);

struct casestudy_reuse {
    int64_t organisation_id, casestudy_id, id, reuser_id;
    const char *reference, *state; /* "unconfirmed", "counted", "again", "withdrawn" */
    const char *reuser, *study, *title;
};
MUST_CHECK enum status casestudy_reuse_find(struct ctx *ctx, const char *reference,
                                            struct casestudy_reuse *out);

/* It counts no more, by the word of who said so, or of an editor, ctx->person, who found that it
 * was not so; a colleague who also said so stands in its place.  Again: OK.
 * ERR_FORBIDDEN: nobody is signed in. */
MUST_CHECK enum status casestudy_reuse_withdraw(struct ctx *ctx, const char *reference,
                                                enum casestudy_by by);

/* ---- the clock ---- */

/* Asks authors of live ones whose review comes near, and lets go of the bytes of pictures that are
 * gone.  For the job, and for demonstrations. */
MUST_CHECK enum status casestudy_upkeep(struct ctx *ctx);

/* A live one is looked at again on that day: for demonstrations, whose packs are too young for a
 * publication a year ago. */
MUST_CHECK enum status casestudy_review_by(struct ctx *ctx, const char *reference,
                                           const char *review_on);

extern const struct job_kind casestudy_job_kinds[];
extern const struct privacy_holding casestudy_holdings[];
extern const struct audit_kind casestudy_audit_kinds[];
extern const struct links_kind casestudy_linked;

#endif
