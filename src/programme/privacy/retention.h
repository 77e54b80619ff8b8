/* SPDX-License-Identifier: MIT */
/*
 * retention.h - how long things are kept: the rules of the pack in force, and their application.
 * Comes with privacy.h.
 */
#ifndef PROGRAMME_PRIVACY_RETENTION_H
#define PROGRAMME_PRIVACY_RETENTION_H

#include "platform/base/time.h"
#include "programme/privacy/privacy.h"

enum privacy_end { PRIVACY_DELETE, PRIVACY_PSEUDONYMISE, PRIVACY_KEEP };

/* One rule of packs/retention. */
struct privacy_rule {
    const char *code;        /* "account"                                                */
    const char *name;        /* "Accounts"                                               */
    struct time_step period; /* all 0 with PRIVACY_KEEP                                  */
    const char *period_text; /* "6 years"; "" with PRIVACY_KEEP                          */
    const char *from;        /* the event, part of a sentence: "the account was closed"  */
    enum privacy_end end;
    const char *words; /* one sentence for people: "We keep your account for ..."  */
    const char *source;
};

/* The rules in force on the day of ctx->now_secs, in the order of the pack. */
MUST_CHECK enum status privacy_rules(struct ctx *ctx, struct privacy_rule **out, size_t *count_out,
                                     struct pack *pack_out);

/* ERR_NOT_FOUND  the pack in force has no such rule */
MUST_CHECK enum status privacy_rule_find(struct ctx *ctx, const char *code,
                                         struct privacy_rule *out);

/* For struct web_app: the sentence of a rule, shown beside what collects. */
enum status privacy_rule_words(struct ctx *ctx, const char *code, const char **out);

/*
 * Before when something must have begun to be due now: periods in days count by the clock, those
 * of months and years by the calendar of London (kept through the whole last day).
 */
MUST_CHECK enum status privacy_rule_before(struct ctx *ctx, const struct privacy_rule *rule,
                                           int64_t *before_out, const char **before_on_out);

enum { PRIVACY_BATCH_ROWS = 200, PRIVACY_BATCHES_MAX = 20 };

/*
 * Applies the rules of the holdings that are passing, or of all others; each batch in a transaction
 * of its own with its count.
 *
 *   more_out  some holding had more than PRIVACY_BATCHES_MAX batches: go on soon
 */
MUST_CHECK enum status privacy_retain(struct ctx *ctx, bool passing, bool *more_out);

/* The recurring jobs that do so: what passes every hour, the rest every night. */
extern const struct job_kind privacy_job_kinds[];

/* For the programme's list: packs of retention rules and of consent wordings. */
extern const struct pack_reader privacy_pack_readers[];

/* For `onward check`. */
struct privacy_standing {
    int64_t ran_at;        /* UTC seconds of the last whole run; 0: never */
    int64_t removed_count; /* of the last 30 days                         */
    int64_t hold_count;    /* that stand                                  */
    bool is_late;          /* the last run is longer ago than PRIVACY_LATE_SECS */
};
enum { PRIVACY_LATE_SECS = 2 * 86400 };
MUST_CHECK enum status privacy_standing(struct ctx *ctx, struct privacy_standing *out);

#endif
