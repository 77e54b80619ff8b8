/* SPDX-License-Identifier: MIT */
/*
 * privacy.h - what the service keeps about people, why, how long, and what may be done about it.
 *
 * Holdings
 *   Each capability declares what it holds about people in a table of struct privacy_holding, a row
 *   a table of the database, and all tables stand in one list of the program (privacy_holdings).
 *   From them come the privacy notice, a person's own copy, erasure and retention.  A table of the
 *   database that is in no holding must be in privacy_nobody, the list of those without people;
 *   programme_privacy_test.c fails otherwise, so that none is forgotten.
 *
 *       static const struct privacy_holding idea_holdings[] = {
 *           {.table = "idea", .name = "Ideas you sent", .what = "your name and what you wrote",
 *            .whose = PRIVACY_OF_PUBLIC, .kind = PRIVACY_OPERATIONAL,
 *            .basis = PRIVACY_PUBLIC_TASK, .purpose = "to answer you", .source = "you",
 *            .access = MAY_SEE_IDEAS, .rule = "idea",
 *            .rows = &idea_of_person_query, .erase = &idea_erase_query,
 *            .retain = &idea_retain_query},
 *           {0}};
 *
 *   Queries are bound by the names of their arguments, so most capabilities write no function:
 *
 *     rows, erase   person_id (0: has no account), email (as typed), email_key (small letters),
 *                   pseudonym (where the holding makes one), now, at_most
 *     retain        before (UTC seconds: what began before it is due), before_on (a day: the same),
 *                   now, at_most
 *
 *   rows is a `many` query; its columns become the person's copy: name them for people.  A column
 *   that ends in _at is a time, in _on a day.  The codes and references by which its organisation
 *   and itself may be held are columns: a hold on them stops erasure.  erase and retain are
 *   `changes` queries.  retain takes at_most rows, and leaves out what is held: it reads
 *   privacy_hold, as in
 *
 *       and not exists (select 1 from privacy_hold h
 *                       where h.released_at is null and h.person_id = i.person_id)
 *
 * Retention
 *   How long is the word of a pack, packs/retention: rules with a code, a period, the event that it
 *   counts from, and what happens then.  A recurring job applies them in bounded batches, and keeps
 *   counts of what went.
 *
 * Owns the tables privacy_hold, privacy_removal, privacy_run, privacy_restriction, privacy_consent.
 * Reads person.  Others may read privacy_hold.
 */
#ifndef PROGRAMME_PRIVACY_PRIVACY_H
#define PROGRAMME_PRIVACY_PRIVACY_H

#include "platform/base/ctx.h"
#include "platform/job/job.h"
#include "platform/store/store.h"
#include "programme/audit/audit.h"
#include "programme/pack/pack.h"

/* ---- what is held ---- */

/* The three kinds of data that are kept apart. */
enum privacy_kind { PRIVACY_OPERATIONAL = 1, PRIVACY_EQUALITY, PRIVACY_SAFEGUARDING };

/* Why it may be held. */
enum privacy_basis {
    PRIVACY_PUBLIC_TASK = 1, /* UK GDPR, article 6(1)(e)                                     */
    PRIVACY_LEGAL_DUTY,      /* 6(1)(c)                                                      */
    PRIVACY_CONSENT,         /* 6(1)(a)                                                      */
    PRIVACY_EQUALITY_DUTY    /* 9(2)(g) with Data Protection Act 2018, schedule 1, paragraph 8 */
};

/* Whose data: any of them together. */
enum { PRIVACY_OF_STAFF = 1, PRIVACY_OF_PUBLIC = 2, PRIVACY_OF_CHILDREN = 4 };

/* A person that data is about, by account or by address alone. */
struct privacy_subject {
    struct person_id person; /* n 0: has no account             */
    const char *email;       /* as typed                        */
    const char *email_key;   /* in small letters                */
};

struct privacy_holding {
    const char *table; /* of the database; NULL ends a list                          */
    const char *name;  /* heading, seen by the person: "Your account"               */
    const char *what;  /* part of a sentence: "your name and your email address"    */
    unsigned whose;    /* PRIVACY_OF_..., any of them                               */
    enum privacy_kind kind;
    enum privacy_basis basis;
    const char *purpose;    /* "to know who may do what here"                          */
    const char *source;     /* "you, or whoever invited you"                           */
    const char *recipients; /* who else gets it, "the public, if you said so"; NULL: nobody */
    int access;             /* enum access whose roles see it; 0: nobody in their daily work  */
    const char *rule;       /* code in the retention pack                                     */

    const struct store_query *rows; /* one person's; NULL: listed_with                   */
    const char *listed_with;        /* no rows of its own: "the pledge it belongs to"    */
    /* Puts words in place of codes in what `rows` gave, row after row; NULL: it has no codes. */
    enum status (*words)(struct ctx *ctx, struct store_value *cells, size_t row_count);
    const char *kept_back; /* what a copy leaves out and why, sentences; NULL: nothing */
    /* Rows that name nobody: under what they stand, for the argument "pseudonym"; "" for nobody. */
    enum status (*pseudonym)(struct ctx *ctx, const struct privacy_subject *subject,
                             const char **out);

    /* What erasure does to one person's rows: a query or a function, and what then stays. */
    const struct store_query *erase;
    enum status (*erase_by)(struct ctx *ctx, const struct privacy_subject *subject,
                            int64_t *changed_out);
    const char *kept_because; /* what stays and why, a sentence; NULL: nothing stays     */

    /* What the retention rule does: a query or a function, or nothing where the rows hang on those
     * of another holding (on delete cascade) and go with them; all NULL: the rule has no end. */
    const struct store_query *retain;
    enum status (*retain_by)(struct ctx *ctx, int64_t *changed_out);
    const char *goes_with; /* its table */
    /* It goes within days, looked for every hour, and is evidence of nothing: no hold stops it. */
    bool is_passing;
    int64_t fixed_secs; /* the program's own period, which the pack may not change; 0: none */
};

/* The lists, NULL-ended: one for the program, in programme_privacy.c. */
extern const struct privacy_holding *const privacy_holdings[];

/* Tables that hold nothing about people, NULL-ended; there too. */
extern const char *const privacy_nobody[];

/* Holdings of the platform, of the audit and of this folder. */
extern const struct privacy_holding privacy_platform_holdings[];
extern const struct privacy_holding privacy_audit_holdings[];
extern const struct privacy_holding privacy_own_holdings[];

/* Calls fn for each holding, in the order of the lists, until one is not OK. */
MUST_CHECK enum status privacy_each(struct ctx *ctx,
                                    enum status (*fn)(struct ctx *ctx, void *arg,
                                                      const struct privacy_holding *holding),
                                    void *arg);

/* NULL: no table of this name holds anything about people. */
const struct privacy_holding *privacy_holding_find(const char *table);

/* "it is part of our public task": part of a sentence. */
const char *privacy_basis_words(enum privacy_basis basis);

/* ---- one person's copy ---- */

/* What one holding has about a person. */
struct privacy_copy {
    const struct privacy_holding *holding;
    const struct store_column *columns; /* as the query declares them */
    int column_count;
    const struct store_value *cells; /* row after row                       */
    size_t row_count;
    bool is_cut; /* there is more than PRIVACY_ROWS_MAX */
};

enum { PRIVACY_ROWS_MAX = 2000, PRIVACY_COPIES_MAX = 100 };

/*
 * Everything that is held about the subject and can be listed, in the order of the holdings; those
 * without a row are left out.  One query a holding.
 */
MUST_CHECK enum status privacy_copy(struct ctx *ctx, const struct privacy_subject *subject,
                                    struct privacy_copy *out, size_t *count_out);

/* Puts words into a cell, for the function `words` of a holding. */
void privacy_say(struct store_value *cell, const char *text);

/* A column's heading, "created_at" as "Created", and a cell as people read it. */
const char *privacy_heading(struct mem *mem, const char *column);
const char *privacy_cell(struct mem *mem, const struct store_column *column,
                         const struct store_value *value);

/* The same as JSON, an object with a member a table, and as CSV, one table. */
const char *privacy_copy_json(struct ctx *ctx, const struct privacy_copy *copies, size_t count);
const char *privacy_copy_csv(struct ctx *ctx, const struct privacy_copy *copy);

/* ---- erasure ---- */

/* What erasure will do, or did, to one holding. */
struct privacy_erasure {
    const struct privacy_holding *holding;
    const char *kept_because; /* NULL: nothing stays                                    */
    int64_t row_count;        /* before: rows that there are; after: rows erased or changed */
};

/*
 * What would happen, line by line; nothing is changed.
 *
 *   held_out  why nothing may be erased now: a legal hold on the person, or on an organisation or a
 *             thing whose code stands in the person's copy; NULL: it may
 */
MUST_CHECK enum status privacy_erasure_plan(struct ctx *ctx, const struct privacy_subject *subject,
                                            struct privacy_erasure *out, size_t *count_out,
                                            const char **held_out);

/*
 * Erases or pseudonymises what need not be kept, in one transaction, and notes it.  Chains hold
 * afterwards.  Repeating it changes nothing.
 *
 * ERR_CONFLICT  there is a legal hold, as above
 */
MUST_CHECK enum status privacy_erase(struct ctx *ctx, const struct privacy_subject *subject,
                                     struct privacy_erasure *out, size_t *count_out);

#include "programme/privacy/consent.h"
#include "programme/privacy/hold.h"
#include "programme/privacy/retention.h"

#endif
