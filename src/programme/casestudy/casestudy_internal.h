/* SPDX-License-Identifier: MIT */
/* casestudy_internal.h - what the files of casestudy/ share and nobody else sees. */
#ifndef PROGRAMME_CASESTUDY_CASESTUDY_INTERNAL_H
#define PROGRAMME_CASESTUDY_CASESTUDY_INTERNAL_H

#include "programme/casestudy/casestudy.h"

#include "programme/casestudy/casestudy.sql.h"

/* The wording of packs/consent that people who are shown agree to. */
#define CASESTUDY_WORDING "story"

/* The owner of the files of a case study. */
const char *casestudy_owner(struct mem *mem, const char *reference);

/* ---- in a transaction ---- */

/* Something happens to a case study: an event, its next state, and a line in the audit. */
struct casestudy_step {
    const char *what; /* code of casestudy_event.what */
    enum casestudy_state next;
    enum casestudy_by by;
    const char *reason; /* NULL: none */
};
MUST_CHECK enum status casestudy_go(struct ctx *ctx, struct casestudy *study,
                                    const struct casestudy_step *step);

/* More words: study->version is theirs afterwards.  ERR_CONFLICT: somebody else was faster. */
MUST_CHECK enum status casestudy_write(struct ctx *ctx, struct casestudy *study,
                                       const struct casestudy_words *words, enum casestudy_by by);

/* The public reads it no more, and nobody finds it. */
MUST_CHECK enum status casestudy_take_down(struct ctx *ctx, const struct casestudy *study);

/* The bytes of pictures that are gone go too, unless a legal hold stands on them. */
MUST_CHECK enum status casestudy_forget_pictures(struct ctx *ctx);

/* Links are mailed to who is shown, and to guardians: the author's address is proven. */
MUST_CHECK enum status casestudy_ask_people(struct ctx *ctx, const struct casestudy *study);

/* Somebody who is shown, with the others and their pictures. */
struct casestudy_looking {
    struct casestudy study;
    struct casestudy_person *people, *person;
    size_t people_count;
    bool is_guardian; /* it is their guardian who speaks */
    struct casestudy_shown_in_row *shown;
    size_t shown_count;
};
MUST_CHECK enum status casestudy_look_at(struct ctx *ctx,
                                         const struct casestudy_person_by_link_row *whose,
                                         struct casestudy_looking *out);

/* What is said, and how it came here. */
struct casestudy_saying {
    bool yes;
    enum consent_channel channel;
    int64_t said_at;      /* UTC seconds; 0: now                                       */
    enum casestudy_by by; /* an editor wrote it down; else they said it here themselves */
    const char *reason;   /* of an editor; NULL                                         */
};
MUST_CHECK enum status casestudy_say(struct ctx *ctx, struct casestudy_looking *looking,
                                     const struct casestudy_saying *saying);

/* Scans of papers that came to nothing go, unless a legal hold stands on them; and all that papers
 * say of somebody who is forgotten. */
MUST_CHECK enum status casestudy_forget_scans(struct ctx *ctx);
MUST_CHECK enum status casestudy_forget_papers(struct ctx *ctx, const struct casestudy *study,
                                               int64_t person);

/* Whoever has this address is shown no more, and their names go. */
MUST_CHECK enum status casestudy_forget_person(struct ctx *ctx, const char *email_key,
                                               int64_t *changed_out);

/* A reuse is proven.  ERR_NOT_FOUND: there is none of that reference. */
MUST_CHECK enum status casestudy_reuse_confirm(struct ctx *ctx, const char *reference);

bool casestudy_reference_is_reuse(const char *reference);

/* ---- proofs ---- */

struct casestudy_proving {
    int64_t organisation_id, casestudy_id;
    const char *reference, *email;
};

/* Makes code and link, and mails them.  ERR_INVALID: too many mails went to this address, which
 * problems says. */
MUST_CHECK enum status casestudy_prove_begin(struct ctx *ctx, const struct casestudy_proving *of,
                                             struct form_problems *problems);

/* Another link to the sender's page, beside the first. */
MUST_CHECK enum status casestudy_link_new(struct ctx *ctx, const struct casestudy *study,
                                          const char **token_out);

/* ---- mails, in the transaction of their cause ---- */

struct casestudy_letter {
    const char *reference, *to_address, *token, *code;
};
MUST_CHECK enum status casestudy_mail_confirm(struct ctx *ctx,
                                              const struct casestudy_letter *letter);
MUST_CHECK enum status casestudy_mail_asked(struct ctx *ctx, const struct casestudy_letter *letter,
                                            bool is_guardian);
MUST_CHECK enum status casestudy_mail_published(struct ctx *ctx, const struct casestudy *study);
MUST_CHECK enum status casestudy_mail_returned(struct ctx *ctx, const struct casestudy *study,
                                               const char *reason);
MUST_CHECK enum status casestudy_mail_taken_down(struct ctx *ctx, const struct casestudy *study);
MUST_CHECK enum status casestudy_mail_paper_refused(struct ctx *ctx, const struct casestudy *study,
                                                    const char *reason);
MUST_CHECK enum status casestudy_mail_review(struct ctx *ctx, const struct casestudy *study);

#endif
