/* SPDX-License-Identifier: MIT */
/*
 * register.h - the public register as a whole: where pledges are in force, how the programme goes a
 * quarter, pledges beside each other, and what the register was at the end of each month.
 *
 * Figures follow from the chains of events (register_history) and never from what was counted
 * before.  A quarter or a month that is over is counted once and stays.
 *
 * Owns the tables whose names begin with register_.  Reads pledge and its events, intentions and
 * revisions, individual, plan_action, and the directory.  Adds one index to pledge.
 */
#ifndef PROGRAMME_REGISTER_REGISTER_H
#define PROGRAMME_REGISTER_REGISTER_H

#include "platform/base/ctx.h"
#include "platform/view/view.h"
#include "programme/pledge/pledge.h"

/* ---- histories (register_history.c) ---- */

/* One event, and where the pledge stood before and after it. */
struct register_step {
    enum pledge_event_kind kind;
    int64_t at; /* UTC seconds */
    enum pledge_state before, after;
    const char *digest;
};

struct register_history {
    const char *reference, *organisation_code, *name, *region; /* as the register says them now */
    struct register_step *steps;                               /* oldest first */
    size_t step_count;
};

/* Where a pledge stood at a time. */
struct register_then {
    bool was_published; /* was on the register already */
    bool was_signed;    /* both sides had signed, ever */
    enum pledge_state state;
    const char *signed_on; /* "" until signed */
    int64_t period;
    const char *digest; /* of its newest event; "" for none */
};

/* Before the instant at. */
void register_as_of(struct mem *mem, const struct register_history *history, int64_t at,
                    struct register_then *out);

/* ctx->mem ends after some calls. */
typedef enum status register_history_fn(struct ctx *ctx, const struct register_history *history,
                                        void *arg);

/*
 * Calls fn for every pledge in the order of their references, with what happened before the
 * instant until.  In portions, two queries each; in a transaction or not: what is past does not
 * change.
 *
 * ERR_FAULT  the store failed, or a chain does not follow the rules
 * other      what fn returned
 */
MUST_CHECK enum status register_walk(struct ctx *ctx, int64_t until, register_history_fn *fn,
                                     void *arg);

/* What happened to one pledge until now; of the rest only the reference is filled.  One query. */
MUST_CHECK enum status register_steps(struct ctx *ctx, const char *reference,
                                      struct register_history *out);

/* ---- where pledges are in force (register_place.c) ---- */

struct register_board {
    const char *code, *name; /* "" for those whose board is not known */
    int64_t pledges;         /* in force now                          */
    int64_t organisations;   /* that can sign, as last counted        */
};

struct register_region {
    const char *code, *name; /* "" when the region is not known */
    int64_t pledges, organisations;
    struct register_board *boards;
    size_t board_count;
};

struct register_map {
    struct register_region *regions; /* by name; the one that is not known last, if any */
    size_t region_count;
    int64_t pledges, organisations;
    const char *counted_on; /* the organisations; "" for not yet */
};

/* Pledges as they are now, from an index; organisations as last counted.  Five queries. */
MUST_CHECK enum status register_map(struct ctx *ctx, struct register_map *out);

/* How many percent of those that can sign have; -1: not known: none was counted, or fewer. */
int register_share_percent(int64_t pledges, int64_t organisations);

/* Counts the organisations that can sign.  One transaction. */
MUST_CHECK enum status register_count_places(struct ctx *ctx);

/* ---- the programme a quarter (register_quarter.c) ---- */

struct register_figures {
    int64_t signed_count, published, renewed, lapsed, withdrawn, merged;
    int64_t in_force; /* at the end */
};

struct register_region_figures {
    const char *code, *name;
    struct register_figures figures;
};

struct register_quarter {
    const char *first_on, *last_on;
    const char *name;       /* "2026/27 Q1"                                          */
    const char *counted_on; /* the last day that is counted: last_on when it is over */
    struct register_figures all;
    int64_t individuals; /* people whose own pledge was confirmed; never by region, where few could
                            be picked out */
    struct register_region_figures *regions; /* by name */
    size_t region_count;
};

struct register_progress {
    struct register_quarter *quarters; /* newest first */
    size_t quarter_count;
};

/* What was counted.  Two queries. */
MUST_CHECK enum status register_progress(struct ctx *ctx, struct register_progress *out);

/*
 * Counts every quarter up to yesterday that is not counted or still runs.  What is over and was
 * counted stays as it is.  Safe to repeat, and at the same time.  Reads every pledge.
 */
MUST_CHECK enum status register_count_quarters(struct ctx *ctx);

/* ---- a fair group (register_group.c) ---- */

enum { REGISTER_GROUP_LEAST = 5 };

/* What is compared of a pledge, or the middle values of a group; -1 for what is not known. */
struct register_measures {
    int64_t actions, intentions, age_days;
    int64_t embedded_percent, overdue_percent; /* of the actions of its living plan */
};

struct register_group {
    const char *kind, *kind_name;     /* code and name of the kind of organisation */
    const char *region, *region_name; /* "": the whole country */
    int64_t count;
    struct register_measures own;    /* of the pledge itself */
    struct register_measures middle; /* medians; all -1 without a group */
};

/*
 * The pledges in force with which a pledge is fairly compared: those of organisations of the same
 * kind in the same region; when these are fewer than REGISTER_GROUP_LEAST, of the same kind
 * anywhere; when these are fewer too, there is no group (middle is -1).  Size would come between
 * kind and region, but the directory holds none.  The pledge itself is in it when it is in force.
 * Shares of plans are the middle of those that have begun, when these are enough.  Rule: ours, said
 * on the page.
 *
 * ERR_NOT_FOUND  no such public pledge
 *
 * Four or five queries.
 */
MUST_CHECK enum status register_group_of(struct ctx *ctx, const char *reference,
                                         struct register_group *out);

/* ---- snapshots (register_snapshot.c) ---- */

struct register_snapshot {
    const char *month; /* "2026-10" */
    int64_t made_at, pledges, in_force, individuals;
    const char *digest; /* SHA-256 of the file */
    int64_t size_bytes;
    const char *key_id, *signature;
    const char *head; /* the file before its pledges */
};

/* Whether it is written as a month is: "2026-10". */
bool register_month_is_valid(const char *month);

/* "October 2026" */
const char *register_month_text(struct mem *mem, const char *month);

/* The month that lies so many after; the first instant behind it, in London. */
MUST_CHECK enum status register_month_add(struct mem *mem, const char *month, int months,
                                          const char **out);
MUST_CHECK enum status register_month_end(struct mem *mem, const char *month, int64_t *out);

/* The month that has not ended yet on the day of ctx->now_secs. */
const char *register_month_now(struct ctx *ctx);

/* ERR_NOT_FOUND: there is none of that month.  One query. */
MUST_CHECK enum status register_snapshot_find(struct ctx *ctx, const char *month,
                                              struct register_snapshot *out);

/*
 * Makes every snapshot that is missing, from the month of the first publication to the last month
 * that is over; each is signed and put in the log.  Safe to repeat, and at the same time.  Reads
 * every pledge once; one transaction.
 */
MUST_CHECK enum status register_snapshot_make(struct ctx *ctx);

/*
 * Writes the file of every month again and looks whether it is the one that was signed.  broken:
 * the newest month that is not; NULL: all hold.  Reads every snapshot once.
 */
MUST_CHECK enum status register_snapshot_check(struct ctx *ctx, int64_t *checked_out,
                                               const char **broken_out);

/* The next lines of the file behind a reference ("" from the beginning), and where it goes on; the
 * end of the file when after_out is NULL.  The first part begins with the head. */
MUST_CHECK enum status register_snapshot_part(struct ctx *ctx,
                                              const struct register_snapshot *snapshot,
                                              const char *after, struct view *out,
                                              const char **after_out);

/* ---- the difference of two (register_difference.c) ---- */

enum register_change { REGISTER_ADDED, REGISTER_CHANGED, REGISTER_LEFT };

/* A line of a file. */
struct register_line {
    const char *reference, *organisation_code, *name;
    const char *state; /* code */
    const char *signed_on, *digest;
    int64_t period;
};

struct register_difference_row {
    enum register_change change;        /* LEFT: it was in force before and is no more */
    struct register_line before, after; /* reference NULL: it was not there      */
};

struct register_difference {
    struct register_difference_row *rows; /* by reference */
    size_t count;
    size_t added, changed, left;
};

/* What is another in the later of two snapshots.  Both must be there.  Reads by index only what
 * changed. */
MUST_CHECK enum status register_difference(struct ctx *ctx, const char *from_month,
                                           const char *to_month, struct register_difference *out);

#endif
