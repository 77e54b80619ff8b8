/* SPDX-License-Identifier: MIT */
/* plan_show.h - what the pages and papers of plans share. */
#ifndef PROGRAMME_PLAN_PLAN_SHOW_H
#define PROGRAMME_PLAN_PLAN_SHOW_H

#include "platform/web/web.h"
#include "programme/plan/plan_page.h"

/* ---- for reading: plan_show.c ---- */

/* base: "/plans/PL-.../2" before the links of actions; NULL: no links. */
void plan_lines_fill(struct ctx *ctx, const struct plan *plan, const char *base,
                     struct plan_lines *out);
struct plan_line plan_line_of(struct ctx *ctx, const struct plan_action *action, const char *base);

/* The updates behind a number, the newest first.  base NULL: none can be corrected. */
void plan_update_lines(struct ctx *ctx, const struct plan_action *action, int64_t behind,
                       const char *base, struct plan_action_page *out);

/* "Period 2, from 9 March 2027". */
const char *plan_period_name(struct ctx *ctx, const struct plan *plan);

/* The periods of the pledge, by page->base and page->tail around its reference. */
void plan_periods_fill(struct ctx *ctx, const struct plan *plan, struct plan_page *page);

/* "Not rated yet" as it stands within a sentence. */
const char *plan_lower_first(struct mem *mem, const char *text);

/* A period in an address; ERR_NOT_FOUND: it can be none. */
MUST_CHECK enum status plan_period_of(const char *text, int64_t *out);

/* ---- who comes: plan_web.c ---- */

struct plan_visit {
    struct pledge pledge;
    struct plan plan;                 /* of the period in the path; else the newest */
    const struct plan_action *action; /* of the number in the path; else NULL */
    const char *base;                 /* "/plans/PL-.../2" */
    bool may_work;                    /* false: only reads                    */
    bool may_invite;                  /* signs for the pledge, or has a role; who was invited not */
    bool is_staff;                    /* reads as somebody of the programme */
};

/*
 * The plan that the path names, for who may see it; for everybody else it is not there.  Notes the
 * look of who does not work on it.
 *
 * ERR_FORBIDDEN  a second factor is needed first, and the answer says so
 */
MUST_CHECK enum status plan_visit(struct web_request *request, struct web_answer *answer,
                                  struct plan_visit *out);

/* The same for writing: ERR_NOT_FOUND for who only reads; a plan that is over is answered with 409
 * and a sentence. */
MUST_CHECK enum status plan_visit_to_work(struct web_request *request, struct web_answer *answer,
                                          struct plan_visit *out);

/* The page that says that a plan cannot be changed any more. */
enum status plan_sorry_over(struct web_request *request, struct web_answer *answer);

/* ---- papers and JSON ---- */

/* The board paper, a tagged PDF; out gets the bytes. */
MUST_CHECK enum status plan_print(struct ctx *ctx, const struct plan *plan, struct view *out);

/* The whole plan, a row an update, as a workbook. */
MUST_CHECK enum status plan_workbook(struct ctx *ctx, const struct plan *plan, struct view *out);

/* The plan as its reader was given it. */
const char *plan_json(struct ctx *ctx, const struct plan *plan);
extern const char plan_json_schema[];

#endif
