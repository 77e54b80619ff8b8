/* SPDX-License-Identifier: MIT */
/* pledge_routes.h - the routes of pledges, for the list of the program. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_ROUTES_H
#define PROGRAMME_PLEDGE_PLEDGE_ROUTES_H

#include "platform/job/job.h"
#include "platform/web/journey.h"
#include "platform/web/web.h"
#include "programme/access/access_web.h"
#include "programme/account/account_web.h"
#include "programme/directory/directory_web.h"
#include "programme/member/member.h"
#include "programme/oversight/oversight.h"

extern const struct web_route pledge_routes[];
extern const struct web_route pledge_desk_routes[];
extern const struct web_route pledge_party_routes[], pledge_passage_routes[],
    pledge_dispute_routes[];

/* Where on the pages of a pledge another capability has something to say. */
enum pledge_place {
    PLEDGE_AT_TOP,      /* public page: below the state                          */
    PLEDGE_AT_PLAN,     /* public page: above the plan as it was signed          */
    PLEDGE_AT_HISTORY,  /* public page: below what happened                      */
    PLEDGE_AT_END,      /* public page: below printing and checking              */
    PLEDGE_AT_REGISTER, /* the register: above the list; pledge is NULL          */
    PLEDGE_AT_DESK,     /* the desk's page, for those who may see all pledges    */
    PLEDGE_AT_SIGNING   /* the page of a link to sign, below the button: the pledge has its
                           reference only, and the link is the request's value `token` */
};

struct pledge;

/* On public pages pledge is as the public sees it, and what is written depends on the store and the
 * day alone, never on who asks: the page is kept until either changes. */
struct pledge_section {
    enum pledge_place place;
    /* Writes a heading of level 2 and what stands below; nothing when there is nothing to say. */
    enum status (*write)(struct web_request *request, const struct pledge *pledge,
                         struct view *out);
};

/* The sections in their order, ended by NULL: one list for the program, in programme_sections.c. */
extern const struct pledge_section *const pledge_sections[];

/* Other things than organisations' pledges that /verify/:code knows. */
struct pledge_verifier {
    /* ERR_NOT_FOUND: it has no such code, and the answer is as it was.  code: as typed. */
    enum status (*show)(struct web_request *request, struct web_answer *answer, const char *code);
};

/* The same for these. */
extern const struct pledge_verifier *const pledge_verifiers[];

/* Parts of the journey of signing, over a struct that begins with a struct pledge_draft. */
#define PLEDGE_ASKS_ORGANISATION                                                                   \
    FORM_LOOKUP(pledge_draft, organisation, .in = &directory_organisations,                        \
                .label = "Which organisation is signing?",                                         \
                .hint = "Type its name, town, postcode or ODS code",                               \
                .short_label = "Organisation",                                                     \
                .missing = "Enter the organisation that is signing")
#define PLEDGE_ASKS_UNION                                                                          \
    FORM_ONE_OF(pledge_draft, union_code, .options_from = pledge_union_options, .is_select = true, \
                .when = "has_union", .is = "yes", .label = "Which trade union?",                   \
                .short_label = "Trade union", .missing = "Choose the trade union"),                \
        FORM_TEXT(pledge_draft, union_other, .when = "has_union", .is = "yes",                     \
                  .is_optional = true, .label = "Its name, if it is not in the list",              \
                  .length_most = 100)
extern const struct form_field pledge_intention_fields[];
extern const struct form_field pledge_plan_fields[];
extern const struct form_option pledge_shown_options[];
MUST_CHECK enum status pledge_union_options(struct ctx *ctx, const void *form,
                                            const struct form_option **out);

/* How one action reads in the plan's list, and the actions that there are ready-made. */
const char *pledge_action_title(struct mem *mem, const void *item);
MUST_CHECK enum status pledge_action_library(struct ctx *ctx, const void *draft,
                                             const struct journey_ready **out, size_t *count_out);

/* What a draft holds, but for its file, as the answers of the journey. */
struct pledge_draft;
void pledge_draft_answers(struct mem *mem, const struct pledge_draft *draft,
                          struct form_answers *out);

/* What waits for the programme: pledges to countersign, to publish, and without all signatures. */
extern const struct desk_queue pledge_queues[];
extern const struct desk_queue pledge_dispute_queues[], pledge_passage_queues[];

/* What else belongs to a pledge: histories of others, and at the desk who signs, what is disputed
 * and what staff have to choose. */
extern const struct pledge_section pledge_histories_section, pledge_hands_section;

/* The pledge of an organisation, on its page. */
extern const struct directory_section pledge_directory_section;

/* At /account: the pledges that one leads or signs. */
extern const struct account_section pledge_own_sections[];

/* What of a pledge waits for somebody who leaves. */
extern const struct member_waiting pledge_waitings[];
/* The kinds of events that pledges note, and a pledge opened in an emergency. */
extern const struct audit_kind pledge_audit_kinds[];
extern const struct glass_kind pledge_glass_kind;

/* The nightly refresh of the register. */
extern const struct job_kind pledge_job_kinds[];

#endif
