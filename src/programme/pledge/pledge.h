/* SPDX-License-Identifier: MIT */
/*
 * pledge.h - Partnership Pledges: a public promise by an employer together with its staff side.
 *
 * Owns the tables whose names begin with pledge.  Others may read pledge.  Reads organisation,
 * organisation_record and organisation_succession (directory.h).  Frameworks, wordings and standard
 * actions come from packs (framework.h).
 *
 * What happened to a pledge is an append-only list of events, chained by hash; its state is derived
 * from them (pledge_state_after) and kept beside them only so that queries can use it.  Nothing is
 * overwritten: a pledge that was returned and sent again has a new revision, with its own text,
 * plan and signatures, and the earlier ones stay.
 *
 *   send -> AWAITING --leader and staff side sign--> SIGNED -> ACKNOWLEDGED -> PUBLISHED
 *                \--decline--> RETURNED <--return--/      |          |          |
 *                                 \--send again--> AWAITING        \--withdraw--+--> WITHDRAWN
 *
 *   PUBLISHED --review opens--> UNDER_REVIEW --both sign the review--> RENEWED --opens--> ...
 *                                    \--nobody did, after the grace--> LAPSED
 *   any live one --merge--> MERGED; handing over and carrying over leave the state as it is
 *
 * Rule, who signs: employer and staff side both, or the employer alone when it says why there is
 * no staff side (small providers may have no recognised union).  Then the programme countersigns.
 * Source: the three parties of the Talent for Care Partnership Pledge of 2014 (public pages of
 * Health Education England); the states are ours.
 */
#ifndef PROGRAMME_PLEDGE_PLEDGE_H
#define PROGRAMME_PLEDGE_PLEDGE_H

#include "platform/base/filled.h"
#include "programme/privacy/privacy.h"

struct framework;

enum {
    PLEDGE_ACTIONS_MAX = 40,
    PLEDGE_LINK_KEPT_SECS = 21 * 24 * 60 * 60, /* how long a link to sign works     */
    PLEDGE_DRAFT_KEPT_DAYS = 60,               /* after the last answer that was sent             */
    PLEDGE_REVIEW_MONTHS = 12                  /* the yearly review, after signing  */
};

enum pledge_state {
    PLEDGE_NONE, /* no event yet: still a draft */
    PLEDGE_AWAITING,
    PLEDGE_SIGNED,
    PLEDGE_ACKNOWLEDGED,
    PLEDGE_PUBLISHED,
    PLEDGE_RETURNED,
    PLEDGE_WITHDRAWN,
    PLEDGE_UNDER_REVIEW,
    PLEDGE_RENEWED,
    PLEDGE_LAPSED,
    PLEDGE_MERGED /* into another pledge of the same organisation */
};

enum pledge_event_kind {
    PLEDGE_SENT,
    PLEDGE_LEADER_SIGNED,
    PLEDGE_COSIGNER_SIGNED,
    PLEDGE_DECLINED,
    PLEDGE_WAS_ACKNOWLEDGED,
    PLEDGE_WAS_PUBLISHED,
    PLEDGE_WAS_RETURNED,
    PLEDGE_SENT_AGAIN,
    PLEDGE_WAS_WITHDRAWN,
    PLEDGE_REVIEW_OPENED,
    PLEDGE_REVIEW_SENT, /* the words of the review, to be signed; again: those before are void */
    PLEDGE_REVIEW_LEADER_SIGNED,
    PLEDGE_REVIEW_COSIGNER_SIGNED,
    PLEDGE_HAS_LAPSED,
    PLEDGE_HANDED_OVER,  /* another person signs for one side from now on */
    PLEDGE_CARRIED_OVER, /* another organisation holds it, by a succession */
    PLEDGE_WAS_MERGED,   /* into another pledge, which goes on */
    PLEDGE_EVENT_KINDS
};

/* "awaiting", "signed" ... as kept, and in addresses; and as people read it. */
const char *pledge_state_code(enum pledge_state state);
const char *pledge_state_text(enum pledge_state state);
enum pledge_state pledge_state_of(const char *code); /* PLEDGE_NONE: no such code */
const char *pledge_event_code(enum pledge_event_kind kind);
enum pledge_event_kind pledge_event_of(const char *code); /* PLEDGE_EVENT_KINDS: no such code */

/* Where a pledge stands; start with {.needs_cosigner = ...} and the rest zero. */
struct pledge_standing {
    enum pledge_state state;
    bool needs_cosigner;
    bool leader_signed, cosigner_signed; /* the pledge, or while UNDER_REVIEW its review */
    bool review_sent;
};

/* In force: PUBLISHED, UNDER_REVIEW, RENEWED. */
bool pledge_state_stands(enum pledge_state state);

/* Keeps another pledge of the organisation out. */
bool pledge_state_is_live(enum pledge_state state);

/* Nothing more can happen to it: WITHDRAWN, LAPSED, MERGED. */
bool pledge_state_is_over(enum pledge_state state);

/* Takes one event.  False: the rules refuse it in this state, and nothing changes. */
bool pledge_state_after(struct pledge_standing *standing, enum pledge_event_kind kind);

/* ---- signing: the draft and its rules ---- */

struct pledge_action_draft {
    const char *intention; /* code */
    const char *standard;  /* code of the library's action it was made from; "" for none */
    const char *baseline, *action, *measure, *target, *lead, *partners;
    const char *start_on, *due_on;
};

struct pledge_draft {
    const char *amends; /* reference of a returned pledge that this one mends; "" for a new one */
    struct form_found organisation;
    const char *leader_name, *leader_title, *leader_email;
    enum form_yes_no has_union;
    const char *union_code; /* of the framework's list; "other" */
    const char *union_other;
    const char *cosigner_name, *cosigner_title, *cosigner_email;
    const char *no_union_reason;
    struct form_several intentions;
    struct form_list actions;  /* of struct pledge_action_draft */
    const char *statement;     /* may be "" */
    struct form_several shown; /* "leader", "cosigner", "leads": names shown to the public */
    struct form_file plan_file;
    const char *wording; /* code of the words on a paper; NULL or "": those in force today */
};

/* Rules of each part, across fields and against the store: add problems by field name.  Not OK: the
 * store failed.  pledge_send runs all of them again. */
MUST_CHECK enum status pledge_check_organisation(struct ctx *ctx, const struct pledge_draft *draft,
                                                 struct form_problems *problems);
MUST_CHECK enum status pledge_check_union(struct ctx *ctx, const struct pledge_draft *draft,
                                          struct form_problems *problems);
MUST_CHECK enum status pledge_check_plan(struct ctx *ctx, const struct pledge_draft *draft,
                                         struct form_problems *problems);

/*
 * Sends the pledge for signing: records it with the exact text, its plan and its first event, and
 * puts the mails with the links into the outbox.  Call inside a transaction or let it make one.
 *
 *   reference_out  PL-XXXX-XXXX, its public name from now on
 *
 * ERR_INVALID   problems says what is wrong
 * ERR_CONFLICT  the organisation has a live pledge (also in problems)
 * ERR_FAULT     the store failed; nothing was recorded
 *
 * Rule: one live pledge an organisation (every state but RETURNED and those that are over is live).
 */
MUST_CHECK enum status pledge_send(struct ctx *ctx, const struct pledge_draft *draft,
                                   struct form_problems *problems, const char **reference_out);

/* Something that happened to a pledge at a time that has passed. */
struct pledge_past {
    enum pledge_event_kind kind;
    int64_t at;              /* UTC seconds                          */
    struct person_id person; /* who was signed in; n 0: nobody       */
    const char *reason;      /* "" for none                          */
    const char *detail;      /* public lines "key=value\n"; NULL for none */
};

struct pledge_history {
    const struct framework *framework; /* in force when it was sent; NULL: looked up */
    const struct pledge_past *events;  /* the first is PLEDGE_SENT, times never go back */
    size_t event_count;
};

/*
 * Records a pledge together with what has happened to it already, by the same rules and in the same
 * chain, but without links and mails: those times are over.  Where a signature is still missing,
 * pledge_remind sends links.  For what was signed on paper, demonstrations and measurements.
 *
 * ERR_INVALID   problems says what is wrong; or the first event is another, times go back, or one
 *               lies ahead of ctx->now_secs
 * ERR_CONFLICT  the rules refuse the events in this order
 * ERR_FAULT     the store failed; nothing was recorded
 */
MUST_CHECK enum status pledge_record(struct ctx *ctx, const struct pledge_draft *draft,
                                     const struct pledge_history *history,
                                     struct form_problems *problems, const char **reference_out);

/* The draft's text as it will be signed: the wording in force today with names, intentions and
 * plan filled in; without all_names, as the public will read it.  Lines end with LF. */
MUST_CHECK enum status pledge_text(struct ctx *ctx, const struct pledge_draft *draft,
                                   bool all_names, const char **out);

/* ---- reading ---- */

struct pledge_action {
    const char *intention, *intention_name; /* code and name */
    const char *baseline, *action, *measure, *target;
    const char *lead; /* "" unless shown */
    const char *partners, *start_on, *due_on;
};

struct pledge_signature {
    const char *role;     /* "leader", "cosigner", "programme"                             */
    const char *office;   /* "Chief executive", "Branch secretary, UNISON"                 */
    const char *name;     /* "" when it is not shown to this reader                        */
    int64_t signed_at;    /* UTC seconds; 0: not yet                                       */
    const char *paper_on; /* day that was written beside it on paper; "": signed here    */
};

struct pledge_event {
    int64_t number; /* from 1, without gaps */
    enum pledge_event_kind kind;
    int64_t at;              /* UTC seconds */
    const char *reason;      /* only for those who may read it; "" else */
    const char *detail;      /* public lines "key=value", each ended by LF; "" for none */
    const char *text_digest; /* of the words that it is about */
    const char *digest;      /* of this event and all before it */
};

/* A pledge as one reader may see it. */
struct pledge {
    int64_t id, organisation_id;  /* of who signed it: its key for ever */
    int64_t holder_id;            /* of who holds it today: another after a succession */
    const char *reference, *code; /* code: for /verify/CODE */
    const char *organisation_code, *organisation_name; /* of who holds it         */
    const char *region;                                /* code; "" when not known */
    int64_t plan_upload_id; /* their own plan; 0: none, or not for this reader */
    enum pledge_state state;
    int64_t revision;
    const char *framework, *framework_version, *wording;
    const char *statement;
    const char *no_union_reason; /* "" when the staff side signs */
    const char *text;            /* exactly as signed, names left out unless shown */
    const char *text_digest;     /* SHA-256 of what was signed, in hexadecimal      */
    const char *signed_on;       /* YYYY-MM-DD in London; "" until then             */
    int64_t period;              /* 0 until signed, 1 in its first year, one more a renewal */
    const char *review_on;       /* by when the review of this period is due; "" until signed */
    const char *into;            /* reference of the pledge that it became a part of; "" */
    int64_t published_at;        /* 0: not (yet) */
    const char **intentions;     /* codes */
    const char **intention_names;
    size_t intention_count;
    struct pledge_signature signatures[3];
    size_t signature_count;
    struct pledge_action *actions;
    size_t action_count;
    struct pledge_event *events; /* oldest first */
    size_t event_count;
};

enum pledge_reader { PLEDGE_FOR_PUBLIC, PLEDGE_FOR_STAFF };

/*
 * Finds a pledge by its reference.  The public finds only what was ever published, with the names
 * that signatories chose to show and without reasons.
 *
 * ERR_NOT_FOUND  no such pledge, or not for this reader.   Five queries.
 */
MUST_CHECK enum status pledge_find(struct ctx *ctx, const char *reference,
                                   enum pledge_reader reader, struct pledge *out);

/* The same by its verification code, typed in any way; also before publication, then without text,
 * plan and names: what was signed, by which offices, when, and whether it stands. */
MUST_CHECK enum status pledge_verify(struct ctx *ctx, const char *typed_code, struct pledge *out);

/* Notes that somebody of staff looks at a pledge with all its names: before it is shown.  is_plan:
 * at the file that they sent with it. */
MUST_CHECK enum status pledge_note_look(struct ctx *ctx, const struct pledge *pledge, bool is_plan);

/* The file that they sent with it, for staff.  ERR_NOT_FOUND: there is none. */
struct text_span;
struct upload;
MUST_CHECK enum status pledge_plan_file(struct ctx *ctx, const struct pledge *pledge,
                                        struct upload *out, struct text_span *bytes_out);

/* Whether it is in force: published, and not withdrawn or lapsed since. */
bool pledge_stands(const struct pledge *pledge);

/* Whether an intention, by its code, is one of the pledge's; and what it is called: the code itself
 * when it is not. */
bool pledge_covers(const struct pledge *pledge, const char *code);
const char *pledge_intention_name(const struct pledge *pledge, const char *code);

/* The public pledge of an organisation, the newest; ERR_NOT_FOUND: it has none.  One query. */
MUST_CHECK enum status pledge_of_organisation(struct ctx *ctx, int64_t organisation_id,
                                              const char **reference_out,
                                              enum pledge_state *state_out);

/* How many organisations have a pledge that is published and stands; counts no further than
 * at_most.  One query. */
MUST_CHECK enum status pledge_count_published(struct ctx *ctx, int64_t at_most, int64_t *out);

/* ---- signing by a mailed link ---- */

struct pledge_to_sign {
    const char *reference, *organisation_name;
    const char *role; /* "leader" or "cosigner" */
    const char *name, *office;
    const char *text; /* exactly what is signed */
    const char *text_digest;
    bool is_signed; /* by this person already: then signing again changes nothing */
    enum pledge_state state;
};

/*
 * What the holder of a link is asked to sign.  Reading changes nothing.
 *
 * ERR_NOT_FOUND  no such link
 * ERR_CONFLICT   the link is too old, or the pledge went another way since; out is filled as far as
 *                the page needs to say so
 */
MUST_CHECK enum status pledge_link_open(struct ctx *ctx, const char *token,
                                        struct pledge_to_sign *out);

/* Signs with the link, once however often; the last signature makes the pledge SIGNED.
 * Statuses as pledge_link_open. */
MUST_CHECK enum status pledge_link_sign(struct ctx *ctx, const char *token);

/* Says no with the link, with a reason for the sender: the pledge becomes RETURNED. */
MUST_CHECK enum status pledge_link_decline(struct ctx *ctx, const char *token, const char *reason);

/* ---- the programme's own acts; the caller's access is checked by the route ---- */

/*
 * Each adds one event.  Doing the same twice is OK and adds nothing.
 *
 * ERR_NOT_FOUND  no such pledge
 * ERR_CONFLICT   its state does not allow it
 */
MUST_CHECK enum status pledge_acknowledge(struct ctx *ctx, const char *reference);
MUST_CHECK enum status pledge_publish(struct ctx *ctx, const char *reference);
/* Back to those who sent it, with a reason (1 to 2,000 characters) mailed to the leader. */
MUST_CHECK enum status pledge_return(struct ctx *ctx, const char *reference, const char *reason);
MUST_CHECK enum status pledge_withdraw(struct ctx *ctx, const char *reference, const char *reason);
/* Mails new links to those who have not signed; the old links stop.  ERR_CONFLICT unless
 * AWAITING. */
MUST_CHECK enum status pledge_remind(struct ctx *ctx, const char *reference);

/* What was sent with a returned pledge, to be mended, by the link in the mail that says so: fills a
 * draft whose `amends` is set.  ERR_NOT_FOUND: no such link.  ERR_CONFLICT: not RETURNED any more.
 * */
MUST_CHECK enum status pledge_amend(struct ctx *ctx, const char *token, struct pledge_draft *out);

/* ---- what other capabilities do with a pledge ---- */

/* Who signs for a side today: whoever signed, or the one to whom that was handed over. */
struct pledge_party {
    const char *role;                 /* "leader" or "cosigner" */
    const char *name, *title, *email; /* for work and mail, never for the public */
    const char *email_key;            /* in small letters */
};

struct pledge_parties {
    struct pledge_party party[2]; /* the leader first */
    size_t count;                 /* 1 without a staff side */
};

/* ERR_NOT_FOUND: no such pledge.  At most five queries. */
MUST_CHECK enum status pledge_parties(struct ctx *ctx, const char *reference,
                                      struct pledge_parties *out);

/* The side for which a person signs today, by their address: "leader", "cosigner", or NULL.  A
 * person can sign for both only where no other is there; then "leader". */
const char *pledge_side_of(const struct pledge_parties *parties, const char *email_key);

struct pledge_news {
    enum pledge_event_kind kind;
    const char *role;        /* "leader", "cosigner", "sender", "programme" */
    const char *reason;      /* for those who may read it; NULL for none */
    const char *detail;      /* public lines "key=value", each ended by LF; NULL for none */
    const char *text_digest; /* SHA-256 of the words that it is about, hexadecimal; NULL: the
                                pledge's own */
};

/*
 * Adds an event to the chain, if the rules allow it, in the caller's transaction, and fills out
 * with the pledge as staff see it then; out may be NULL.
 *
 * ERR_NOT_FOUND  no such pledge
 * ERR_CONFLICT   its state does not allow it
 */
MUST_CHECK enum status pledge_happen(struct ctx *ctx, const char *reference,
                                     const struct pledge_news *news, struct pledge *out);

/* Tells those who sign that all have signed, in the caller's transaction; for signatures that came
 * by another way than a link.  ERR_NOT_FOUND: no such pledge. */
MUST_CHECK enum status pledge_tell_signed(struct ctx *ctx, const char *reference);

/* Parts of a pledge on paper (document/pdf.h): the words with their label, and the plan. */
struct framework_wording;
struct pdf;
void pledge_print_words(struct pdf *pdf, const struct framework_wording *wording);
void pledge_print_plan(struct ctx *ctx, struct pdf *pdf, const struct pledge *pledge);

/* What pledges keep about people. */
extern const struct privacy_holding pledge_holdings[];

/* ---- upkeep ---- */

/* Recomputes every chain of events and every kept state.  broken_out: reference of the first pledge
 * that does not hold, or NULL. */
MUST_CHECK enum status pledge_check_chains(struct ctx *ctx, int64_t *checked_out,
                                           const char **broken_out);

/* Adds what happened to pledges that were published before there was a public log. */
MUST_CHECK enum status pledge_log_missing(struct ctx *ctx, int64_t *added_out);

/* Makes searches find the pledges that none finds, from before there was one. */
MUST_CHECK enum status pledge_search_missing(struct ctx *ctx);

/* Brings names, boards and regions on the register up to the directory of today. */
MUST_CHECK enum status pledge_register_refresh(struct ctx *ctx, int64_t *changed_out);

#include "programme/pledge/pledge_party.h"

#endif
