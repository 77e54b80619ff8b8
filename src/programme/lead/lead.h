/* SPDX-License-Identifier: MIT */
/*
 * lead.h - local leads: who helps in which area, in which theme, from which day to which.
 *
 * An area is a region, a board, an organisation or a school, by its code.  Who was the lead for a
 * place on a day is answered for any day: the place says in which areas it lay then (directory.h),
 * and the lead says from when to when.  When an area ends its leads end with it: no place lies in
 * it any more.
 *
 * A school has no link to a board in its register: its postcode says in which it lies.
 *
 * A place is what people type: a postcode or a sector of one ("M13 9"), an organisation, a school,
 * an area.  A sector can lie in two boards, and a board that was split has several successors: then
 * there are several places, and people choose.  Which sectors lie in which boards is the pack
 * local-areas; where a whole postcode was imported, its district narrows it.
 *
 * A lead is shown and asked only on days on which a role lets them answer there (the view
 * lead_role); a role that has ended ends the lead.  The clock
 * writes that down as the last day, within the hour, tells whoever watches over the area, and gives
 * what waits with them to the next in line.
 *
 * A lead says twice a year that it is still so.  Who does not is hidden, and whoever watches over
 * the area is told: the regional leads of its region, for a region the national leads.
 *
 * Questions to leads are in enquiry.h.
 *
 * Owns the tables lead and lead_away.  Reads person, access_grant, organisation, organisation_link,
 * organisation_record and organisation_within.
 */
#ifndef PROGRAMME_LEAD_LEAD_H
#define PROGRAMME_LEAD_LEAD_H

#include "platform/base/filled.h"
#include "programme/access/access.h"
#include "programme/directory/directory.h"
#include "programme/pack/pack.h"
#include "programme/privacy/privacy.h"

/* ---- places ---- */

struct lead_place {
    const char *key;    /* "R0A"; "M13 9WL/QOP": a postcode and one of its boards          */
    const char *label;  /* "Manchester University NHS Foundation Trust"; "M13 9WL"         */
    const char *detail; /* the area in which a postcode lies; what tells others apart      */
    const char *area;   /* code of the narrowest area                                      */
};

enum { LEAD_PLACES_MAX = 20, LEAD_AREAS_MAX = 4, LEAD_LEADS_MAX = 20 };

/* Places that fit what was typed, as they lay on a day (YYYY-MM-DD).  Before the first day of
 * boards a postcode is in a region alone.  None for a postcode outside England. */
MUST_CHECK enum status lead_places(struct ctx *ctx, const char *typed, const char *day,
                                   struct lead_place **out, size_t *count_out);

/* A place by its key.  ERR_NOT_FOUND: there is none, or it did not lie there on that day. */
MUST_CHECK enum status lead_place_find(struct ctx *ctx, const char *key, const char *day,
                                       struct lead_place *out);

/* ---- who is the lead ---- */

struct lead_theme {
    const char *code, *name;
};

/* What leads help with, ended by a NULL code; the first, "all", is everything. */
extern const struct lead_theme lead_themes[];
const char *lead_theme_name(const char *code);

struct lead_shown {
    int64_t id;
    struct person_id person;
    const char *name, *job_title, *theme;
    const char *email;      /* "": not shown, as on any day before today                     */
    bool is_away;           /* on that day                                                   */
    struct person_id cover; /* who stands in; n 0: nobody                                    */
    const char *cover_name; /* "" for nobody                                                 */
    const char *back_on;    /* the last day away; "" when not away                           */
};

struct lead_area {
    const char *code, *name; /* the name of that day */
    struct lead_shown *leads;
    size_t lead_count;
};

/* Who leads where for one place on one day, the narrowest area first. */
struct lead_answer {
    struct lead_area areas[LEAD_AREAS_MAX];
    size_t area_count;
    bool is_board_unknown; /* it was in some board, and the data cannot tell in which         */
    bool has_any;          /* some area has a lead                                            */
    struct lead_place *choices; /* the postcode of a school that lies in several boards: which?   */
    size_t choice_count;
};

/* A query an area and some for the place.  ERR_NOT_FOUND: there is no such area. */
MUST_CHECK enum status lead_answer_on(struct ctx *ctx, const char *area, const char *day,
                                      struct lead_answer *out);

/* Who is to answer a question about an area today: the lead of the narrowest area who has the theme
 * or, there, everything; who stands in for them when they are away.  Whose role has ended, so that
 * they could not read it, is passed over.  ERR_NOT_FOUND: nobody. */
struct lead_holder {
    struct person_id person;
    const char *name;
};
MUST_CHECK enum status lead_holder_of(struct ctx *ctx, const char *area, const char *theme,
                                      struct lead_holder *out);

/* Who watches over the leads of an area: see above. */
enum { LEAD_SUPERVISORS_MAX = 10 };
MUST_CHECK enum status lead_supervisors(struct ctx *ctx, const char *area,
                                        struct access_holder **out, size_t *count_out);

/* ---- keeping ---- */

enum {
    LEAD_CONFIRM_DAYS = 182, /* a word counts so long: twice a year */
    LEAD_ASK_DAYS = 14       /* so long before, they are asked      */
};

struct lead_draft {
    struct form_found area;
    const char *email, *theme, *job_title, *from_on, *to_on;
};

/*
 * Says that somebody leads an area.  The person who asks must keep leads there (MAY_KEEP_LEADS),
 * and the one who is named must be able to answer questions there (MAY_ANSWER_ENQUIRIES).
 *
 * ERR_INVALID  problems says what is wrong
 * One transaction.
 */
MUST_CHECK enum status lead_add(struct ctx *ctx, const struct lead_draft *draft,
                                struct form_problems *problems, int64_t *id_out);

struct lead {
    int64_t organisation_id, id;
    const char *area, *area_name, *theme;
    struct person_id person;
    const char *name, *job_title, *email;
    bool shows_email, is_hidden, is_over, is_area_closed;
    bool is_lost;                /* no role lets them answer there today                        */
    const char *from_on, *to_on; /* to_on "": it goes on */
    const char *confirm_by_on;
    int64_t confirmed_at;
};

/* ERR_NOT_FOUND: there is none. */
MUST_CHECK enum status lead_find(struct ctx *ctx, int64_t id, struct lead *out);

/* Whether the person who asks may change it: it is their own, or they keep leads there.
 * ERR_FORBIDDEN: no. */
MUST_CHECK enum status lead_check_change(struct ctx *ctx, const struct lead *lead);

/* What the person who asks leads, today or later. */
MUST_CHECK enum status lead_own(struct ctx *ctx, struct lead **out, size_t *count_out);

/* Says that it is still so; a hidden lead is shown again.  Safe to repeat.  ERR_CONFLICT: it has
 * ended, or the role has. */
MUST_CHECK enum status lead_confirm(struct ctx *ctx, const struct lead *lead);

/* Whether the address is shown: the lead's own choice alone.  ERR_FORBIDDEN: somebody else asks. */
MUST_CHECK enum status lead_show_email(struct ctx *ctx, const struct lead *lead, bool shows);

/* The last day; it may lie ahead.  Leads may bring their own end nearer; only who keeps leads there
 * puts off an end, and only while the role holds.  ERR_INVALID: before the first day, or later than
 * they may say. */
MUST_CHECK enum status lead_end(struct ctx *ctx, const struct lead *lead, const char *last_on,
                                struct form_problems *problems);

struct lead_away {
    int64_t number;
    const char *from_on, *to_on, *cover_name; /* cover_name "": nobody */
};
struct lead_away_draft {
    struct form_days days;
    const char *email; /* of who stands in; "" nobody */
};

/* Days away that have not passed. */
MUST_CHECK enum status lead_away_list(struct ctx *ctx, const struct lead *lead,
                                      struct lead_away **out, size_t *count_out);
/* ERR_INVALID: the days overlap others or are over, or who stands in could not answer there. */
MUST_CHECK enum status lead_away_put(struct ctx *ctx, const struct lead *lead,
                                     const struct lead_away_draft *draft,
                                     struct form_problems *problems);
MUST_CHECK enum status lead_away_end(struct ctx *ctx, const struct lead *lead, int64_t number);

/* What the clock does to leads: ends those whose role has ended, asks the others, hides those who
 * did not answer, and tells who watches over them.  counts may be NULL. */
struct lead_moved {
    int64_t asked_count, hidden_count, lost_count;
};
MUST_CHECK enum status lead_upkeep(struct ctx *ctx, struct lead_moved *out);

/* ---- for the lists of the program ---- */

extern const struct pack_reader lead_pack_readers[];
extern const struct job_kind lead_job_kinds[];
extern const struct audit_kind lead_audit_kinds[];
extern const struct privacy_holding lead_holdings[];

#include "programme/lead/enquiry.h"

#endif
