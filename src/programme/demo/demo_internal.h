/* SPDX-License-Identifier: MIT */
/* demo_internal.h - what the parts of the demonstration share; nobody else includes it. */
#ifndef PROGRAMME_DEMO_DEMO_INTERNAL_H
#define PROGRAMME_DEMO_DEMO_INTERNAL_H

#include "platform/base/random.h"
#include "programme/demo/demo.h"
#include "programme/pack/pack.h"
#include "programme/pledge/pledge.h"

/* ---- organisations (demo_organisation.c) ---- */

struct demo_employer {
    int64_t id;
    const char *code, *name, *town;
    const char *opened_on;             /* "" when not known        */
    const char *kind, *board, *region; /* codes; "" when not known */
    bool is_invented;
};

struct demo_employers {
    struct demo_employer *items;
    size_t count;
};

/* Real employers that are open: all regions and kinds among the first, otherwise in an order by
 * chance. */
MUST_CHECK enum status demo_employers_real(struct ctx *ctx, struct random_seeded *random,
                                           struct demo_employers *out);

/* Imports that many invented employers, each beside one of the real ones, by the way that an
 * operator's own file would take.  Their names begin with "Example". */
MUST_CHECK enum status demo_employers_invent(struct ctx *ctx, int64_t count,
                                             const struct demo_employers *real);

/* The next invented ones behind a code (""), at most at_most. */
MUST_CHECK enum status demo_employers_invented(struct ctx *ctx, const char *after, int64_t at_most,
                                               struct demo_employers *out);

/* ---- people (demo_people.c) ---- */

/* A full name in one of several scripts. */
const char *demo_name(struct mem *mem, struct random_seeded *random);

MUST_CHECK enum status demo_people_add(struct ctx *ctx, struct person_id *lead_out,
                                       int64_t *count_out);

/* The first trust among the employers, which so has a pledge; NULL: there is none. */
const struct demo_employer *demo_trust(const struct demo_employers *real);

/* People of the trust and others with roles of their own; one claim that waits, one invitation that
 * is open.  Adds to the count. */
MUST_CHECK enum status demo_members_add(struct ctx *ctx, const struct demo_employer *trust,
                                        int64_t *count_out);
/* ---- pledges in other hands (demo_party.c) ---- */

/* Sides handed over, successions, a duplicate and a dispute, among pledges in force. */
struct demo_scene;
MUST_CHECK enum status demo_parties(struct ctx *ctx, const struct demo_scene *scene,
                                    const struct demo_employers *real);

/* ---- a concern (demo_concern.c) ---- */

/* Two invented concerns about an employer: one is new, one is looked into. */
MUST_CHECK enum status demo_concerns(struct ctx *ctx, const struct demo_employer *employer);

/* ---- people's own pledges (demo_individual.c) ---- */

/* Invented people who signed a pledge of their own, in every state; one works for the employer. */
MUST_CHECK enum status demo_individuals(struct ctx *ctx, const struct demo_employer *employer);

/* ---- case studies (demo_casestudy.c) ---- */

/* Case studies in every state, with pictures, consents and who did it too. */
MUST_CHECK enum status demo_case_studies(struct ctx *ctx, const struct demo_scene *scene,
                                         const struct demo_employers *real);

/* ---- living plans (demo_plan.c) ---- */

/* Updates of some of the first pledges, in every state; one has a second period. */
MUST_CHECK enum status demo_plans(struct ctx *ctx);
/* ---- the register as figures (demo_register.c) ---- */

/* The counts of a night, and the snapshots of the months that are over. */
MUST_CHECK enum status demo_register(struct ctx *ctx);

/* ---- guidance (demo_library.c) ---- */

/* Pages that are due, planned, drafts, and one that a newer pack has other words for. */
MUST_CHECK enum status demo_library(struct ctx *ctx);

/* ---- chase lists and letters (demo_campaign.c) ---- */

/* Two lists, one letter that is on its way and one that is a draft.  After the pledges. */
MUST_CHECK enum status demo_campaign(struct ctx *ctx);

/* ---- documents and news (demo_resource.c, demo_news.c) ---- */

/* Documents, and items of news, in every state; editor: who gave them out. */
MUST_CHECK enum status demo_resources(struct ctx *ctx, struct person_id editor);
MUST_CHECK enum status demo_news(struct ctx *ctx, struct person_id editor);
/* ---- events (demo_event.c) ---- */

/* Events in every state, of the employer and of the whole programme. */
MUST_CHECK enum status demo_events(struct ctx *ctx, const struct demo_employer *employer);
/* ---- local leads and questions (demo_lead.c) ---- */

/* In every state, about the trust whose people demo_members_add made; NULL: none. */
MUST_CHECK enum status demo_leads(struct ctx *ctx, const struct demo_employer *trust);
/* ---- the newsletter (demo_newsletter.c) ---- */

/* Some readers, and issues in every state. */
MUST_CHECK enum status demo_newsletter(struct ctx *ctx);

/* ---- words (demo_words.c) ---- */

enum demo_words {
    DEMO_LEADER_TITLES,
    DEMO_SMALL_LEADER_TITLES, /* of a care home, a surgery */
    DEMO_COSIGNER_TITLES,
    DEMO_ACTION_LEADS,
    DEMO_PARTNERS,
    DEMO_NO_UNION_REASONS,
    DEMO_RETURN_REASONS,
    DEMO_WITHDRAW_REASONS,
    DEMO_WORDS_END
};

/* One of them by chance. */
const char *demo_word(struct random_seeded *random, enum demo_words which);

/* What an organisation says in its own words; "" now and then. */
const char *demo_statement(struct mem *mem, struct random_seeded *random,
                           const struct demo_employer *employer);

/* How things stand with what an action counts, "12 people last year". */
const char *demo_baseline(struct mem *mem, struct random_seeded *random, const char *unit);

/* ---- pledges (demo_pledge.c) ---- */

struct demo_scene {
    const struct framework *framework;
    int64_t opens_at; /* no pledge was sent before   */
    struct person_id lead;
    struct random_seeded *random;
};

/* How pledge number i (from 0) ends: every state that there is within the first 20. */
enum pledge_state demo_state(int64_t number);

/* ---- yearly reviews (demo_review.c) ---- */

/* How many days ago pledge number i was sent, so that its review has the state that it shows; 0: it
 * has no review to show. */
int demo_review_age(int64_t number);

/* Records the reviews of that pledge, which is in force. */
MUST_CHECK enum status demo_review(struct ctx *ctx, const struct demo_scene *scene, int64_t number,
                                   const char *reference);

/* Records the review of a pledge in force, opened, sent and signed in the next hours; the clock of
 * then goes on so far. */
MUST_CHECK enum status demo_review_signed(struct ctx *then, const char *reference);

/* Makes pledge number i for the employer.  In a transaction or not. */
MUST_CHECK enum status demo_pledge(struct ctx *ctx, const struct demo_scene *scene, int64_t number,
                                   const struct demo_employer *employer);

/* The token of the link in the newest mail about a pledge to that address.  ERR_NOT_FOUND: no mail
 * went there, as about most of many pledges. */
MUST_CHECK enum status demo_token(struct ctx *ctx, const char *reference, const char *address,
                                  const char **out);

/* ---- papers (demo_paper.c) ---- */

/* Papers in every state, for pledges that wait and for an employer that has none: as many as there
 * are pledges that wait.  spare: NULL when there is none. */
MUST_CHECK enum status demo_papers(struct ctx *ctx, const struct demo_scene *scene,
                                   const struct demo_employer *spare);

/* Takes all of it into the public log: after everything else. */
MUST_CHECK enum status demo_log(struct ctx *ctx);

/* Searches that found nothing. */
MUST_CHECK enum status demo_search(struct ctx *ctx);

#endif
