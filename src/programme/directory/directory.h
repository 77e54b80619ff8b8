/* SPDX-License-Identifier: MIT */
/*
 * directory.h - organisations, their place in the structure over time, schools and postcodes.
 *
 * Everything is dated.  An organisation belongs to a board, a board to a region, from a day to a
 * day; boards merge and split; names change.  "Which board was this trust in on day D" is answered
 * for any D, or said not to be known.  Codes are whatever their register makes of them: nothing
 * here assumes a width or a first letter.
 *
 * Data comes in by packs and by imports of published files; each is a batch that can be undone.
 *
 * Owns the tables directory_import, organisation_kind, organisation, organisation_record,
 * organisation_name, organisation_link, organisation_succession, organisation_word, school,
 * postcode, postcode_before, search_word and search_piece.  Others may read organisation,
 * organisation_kind, organisation_record, organisation_link, organisation_succession and school
 * where dropped_by is null, and the view organisation_within.
 */
#ifndef PROGRAMME_DIRECTORY_DIRECTORY_H
#define PROGRAMME_DIRECTORY_DIRECTORY_H

#include "platform/base/ctx.h"
#include "platform/store/store.h"
#include "programme/pack/pack.h"

struct organisation_id {
    int64_t n;
};

/* ---- organisations ---- */

struct organisation {
    struct organisation_id id;
    const char *code;
    const char *name;
    const char *kind; /* code of its kind */
    const char *kind_name;
    const char *shelf; /* DIRECTORY_ORGANISATIONS, DIRECTORY_SCHOOLS or DIRECTORY_AREAS */
    const char
        *stands_for; /* "board" or "region" when others belong to it so; DIRECTORY_SITE; "" */
    bool is_employer;
    const char *address;               /* lines parted by line feeds                   */
    const char *town, *postcode;       /* "" when not known                            */
    const char *opened_on, *closed_on; /* first and last day; "" when not known        */
    bool is_open;                      /* on the London day of ctx->now_secs           */
};

#define DIRECTORY_ORGANISATIONS "organisation"
#define DIRECTORY_SCHOOLS "school"
#define DIRECTORY_AREAS "area"

/* What a site stands for, and the relation that it has to its organisation. */
#define DIRECTORY_SITE "site"
#define DIRECTORY_PART_OF "organisation"

/* By code; one typed in small letters is found too.  ERR_NOT_FOUND: there is none. */
MUST_CHECK enum status directory_find(struct ctx *ctx, const char *code, struct organisation *out);
MUST_CHECK enum status directory_get(struct ctx *ctx, struct organisation_id id,
                                     struct organisation *out);

/* Whether what is known of an organisation (as in its record) says that it is open on a day. */
bool directory_is_open_on(const char *state, const char *opened_on, const char *closed_on,
                          const char *day);

/* The name that it had on a day (YYYY-MM-DD): its earliest name before the first day known. */
MUST_CHECK enum status directory_name_on(struct ctx *ctx, struct organisation_id id,
                                         const char *day, const char **out);

struct directory_name {
    const char *name;
    const char *from_on, *to_on; /* "": not known, or still its name */
};

/* All its names, newest first; at most DIRECTORY_ROWS_MAX. */
enum { DIRECTORY_ROWS_MAX = 200 };
MUST_CHECK enum status directory_names(struct ctx *ctx, struct organisation_id id,
                                       struct directory_name **out, size_t *count_out);

/* ---- the structure over time ---- */

enum directory_known {
    DIRECTORY_NOT_KNOWN, /* it was somewhere, but the data cannot tell where            */
    DIRECTORY_NONE,      /* it did not exist then, or there were no boards, or it has none */
    DIRECTORY_KNOWN
};

/* Where an organisation belonged on a day. */
struct directory_place {
    enum directory_known known;
    struct organisation_id id; /* these three when known                            */
    const char *code;
    const char *name;   /* on that day                                             */
    bool is_worked_out; /* not said by a source, but the only place that is possible */
};

/*
 * The board that the organisation was in on a day (YYYY-MM-DD).  A link that holds on the day
 * decides.  Without one, the next later board answers for the day when a single board went before
 * it, and the last earlier one when a single board followed by merger; otherwise it is not known.
 * A board is in itself.
 *
 * ERR_NOT_FOUND  no such organisation
 */
MUST_CHECK enum status directory_board_on(struct ctx *ctx, struct organisation_id id,
                                          const char *day, struct directory_place *out);

/* The region, by way of the board; when the board is not known, the region that all boards share
 * that it can have been in; without boards, its own link to a region.  A region is in itself. */
MUST_CHECK enum status directory_region_on(struct ctx *ctx, struct organisation_id id,
                                           const char *day, struct directory_place *out);

/* The organisation that a site was a part of on a day; none for what is no site, or for a site of
 * which no file says it.  A site lies in the board and the region of its organisation. */
MUST_CHECK enum status directory_organisation_on(struct ctx *ctx, struct organisation_id id,
                                                 const char *day, struct directory_place *out);

/*
 * Whether an organisation, school or site (code) lies in an area on a day: in itself, in the
 * organisation that it is part of, in its board, in its region (codes).  Links that hold on the day
 * decide, nothing is worked out.  Lists are narrowed by the same: see organisation_within in
 * directory_0002.sql, which others may read.  One query.
 */
MUST_CHECK enum status directory_lies_in(struct ctx *ctx, const char *code, const char *area,
                                         const char *day, bool *out);

/* One period in one place, for the history on its page. */
struct directory_period {
    const char *relation; /* "board", "region" or DIRECTORY_PART_OF */
    const char *code, *name;
    const char *from_on, *to_on; /* to_on "": still */
};

/* All periods, newest first; periods that follow each other in one place are one. */
MUST_CHECK enum status directory_periods(struct ctx *ctx, struct organisation_id id,
                                         struct directory_period **out, size_t *count_out);

struct directory_succession {
    bool is_successor; /* the other took over from this one; false: went before it */
    const char *code, *name;
    const char *on;   /* the first day of the one that took over */
    const char *kind; /* "merger", "split", "acquisition"        */
};

MUST_CHECK enum status directory_successions(struct ctx *ctx, struct organisation_id id,
                                             struct directory_succession **out, size_t *count_out);

/* A code and a name, for lists of choices. */
struct directory_choice {
    const char *code, *name;
};

/* Kinds of organisation on a shelf (NULL: on any), in their order. */
MUST_CHECK enum status directory_kinds(struct ctx *ctx, const char *shelf,
                                       struct directory_choice **out, size_t *count_out);

/* What organisations belong to on a day by that relation ("board", "region"), by name. */
MUST_CHECK enum status directory_places(struct ctx *ctx, const char *relation, const char *day,
                                        struct directory_choice **out, size_t *count_out);

/* The name beside a code; NULL: none has it. */
const char *directory_choice_name(const struct directory_choice *choices, size_t count,
                                  const char *code);

/* ---- search ---- */

/* One answer of a search. */
struct directory_found {
    struct organisation_id id;
    const char *code, *name, *kind_name, *town, *postcode;
    const char *detail; /* what tells it from its like: "Manchester, M13 9WL. Code R0A" */
    bool is_open;
};

enum { DIRECTORY_FOUND_MAX = 50 };

struct directory_asked {
    const char *typed;
    const char *shelf; /* NULL: any                        */
    size_t at_most;    /* itself at most DIRECTORY_FOUND_MAX */
    bool is_exact;     /* no wrong letter is forgiven        */
};

/*
 * Organisations that fit what was typed: part of a name (today's or an earlier one), a town, a
 * postcode or a code, in any order.  Letter case, accents and punctuation do not matter; "St" is
 * "Saint", "&" is "and"; the last word may be unfinished, and others from three letters on.
 *
 * When nothing fits as typed, one letter in a word of at least four may be wrong, missing, too many
 * or swapped with its neighbour.
 *
 * In this order: open before closed; a code that is just what was typed; others before schools;
 * names that begin with what was typed; more of the words found whole; words found in the name
 * before town, postcode and earlier names, and earlier in the name; shorter names; the order of
 * names.
 *
 * A single letter finds nothing.  A query for each word and one more, all by index; when nothing
 * fits as typed, one more for each letter of the words that are mended.
 */
MUST_CHECK enum status directory_search(struct ctx *ctx, const struct directory_asked *asked,
                                        struct directory_found **out, size_t *count_out);

/* What tells an organisation from its like: "Manchester, M13 9WL. Code R0A". */
const char *directory_detail(struct mem *mem, const struct organisation *it);

/* ---- schools and postcodes ---- */

struct school {
    struct organisation organisation;
    const char *phase, *type, *gender; /* as published; "" when not known */
    const int64_t *low_age, *high_age; /* years; NULL when not known      */
    const char *laestab, *ukprn;
    const int64_t *pupil_count;
    const double *free_meals_percent;
    const double *latitude, *longitude; /* WGS84 degrees; both or neither  */
};

/* By URN.  ERR_NOT_FOUND: there is no such school. */
MUST_CHECK enum status directory_school(struct ctx *ctx, const char *urn, struct school *out);

struct directory_postcode {
    const char *postcode;               /* "M13 9WL"                                  */
    const double *latitude, *longitude; /* WGS84 degrees; NULL when it has no place   */
    const char *district_code, *area_code;
    const char *ended_in; /* "2008-01"; "" while in use                 */
};

/*
 * ERR_INVALID    what was typed has not the form of a postcode
 * ERR_NOT_FOUND  no import brought it
 */
MUST_CHECK enum status directory_postcode(struct ctx *ctx, const char *typed,
                                          struct directory_postcode *out);

/* ---- imports ---- */

struct directory_import_id {
    int64_t n;
};

enum directory_import_kind {
    DIRECTORY_IMPORT_ORGANISATIONS, /* ODS files of 27 columns ("etr"), or with a header */
    DIRECTORY_IMPORT_SCHOOLS,     /* GIAS "edubasealldata", or any table with its headings        */
    DIRECTORY_IMPORT_POSTCODES,   /* Code-Point Open, ONSPD, NSPL of any edition                  */
    DIRECTORY_IMPORT_BOARDS,      /* as packs/boards/boards.csv                                   */
    DIRECTORY_IMPORT_REGIONS,     /* as packs/regions/regions.csv                                 */
    DIRECTORY_IMPORT_SUCCESSIONS, /* as packs/boards/successions.csv                              */
    DIRECTORY_IMPORT_LINKS,       /* as packs/trusts/board_2022.csv                               */
    DIRECTORY_IMPORT_KINDS_COUNT
};

/* "organisations" ...; ERR_INVALID: no kind has this name. */
const char *directory_import_name(enum directory_import_kind kind);
MUST_CHECK enum status directory_import_kind_of(struct ctx *ctx, const char *name,
                                                enum directory_import_kind *out);

struct directory_import_options {
    const char *source; /* what the file is called, for the list of imports              */
    const char *as_at;  /* the day that the file describes; NULL: today                  */
    const char *kind;   /* code of the kind that its organisations are; NULL: by the file */
    /* Called now and then; percent is -1 when it is not known.  May be NULL. */
    void (*progress)(void *arg, int64_t rows, int percent);
    void *arg;
};

enum { DIRECTORY_PROBLEMS_MAX = 100 };

struct directory_problem {
    int64_t line;
    int column;         /* from 1; 0: the row as a whole                   */
    const char *reason; /* a sentence for people                           */
    bool was_taken;     /* the row was taken all the same, without this part */
};

struct directory_import_report {
    struct directory_import_id id; /* 0: nothing changed, and no batch was kept */
    const char *layout;            /* what the file was read as, for people     */
    int64_t row_count;             /* rows read                                 */
    int64_t added_count;           /* organisations, postcodes ... that are new */
    int64_t changed_count;         /* that were known and changed               */
    int64_t same_count;            /* that were known and are as they were      */
    int64_t refused_count;         /* rows that could not be taken              */
    int64_t remark_count;          /* parts of rows that could not be taken     */
    struct directory_problem problems[DIRECTORY_PROBLEMS_MAX]; /* the first of both */
    size_t problem_count;
    const char *file_problem; /* after ERR_INVALID: why the file cannot be read */
};

/*
 * Takes in the open file, which stays the caller's.  Good rows are taken and bad ones listed.  Runs
 * in batches of some thousand rows, each a transaction, so that the service goes on meanwhile; an
 * import that is broken off can be run again, or undone.  A file that brings nothing new leaves no
 * batch.  Nothing is deleted: an organisation that closed, merged or changed its name keeps its
 * history.
 *
 * ERR_INVALID  this is not such a file: report->file_problem
 * ERR_FAULT    the store or the file failed; the batches before are kept, under report->id
 */
MUST_CHECK enum status directory_import(struct ctx *ctx, enum directory_import_kind kind, int file,
                                        const struct directory_import_options *options,
                                        struct directory_import_report *report);

/*
 * Undoes an import: what it added goes, what it changed is as it was before.  One transaction.
 *
 * ERR_NOT_FOUND  no such import, or it was undone before
 * ERR_CONFLICT   a later import changed what this one brought, or something else (a pledge) refers
 *                to an organisation that would go: ctx->fault says which
 */
MUST_CHECK enum status directory_import_undo(struct ctx *ctx, struct directory_import_id id);

struct directory_import {
    struct directory_import_id id;
    const char *kind, *source, *as_at;
    int64_t started_at, finished_at, undone_at; /* UTC seconds; 0: not (yet) */
    int64_t row_count, added_count, changed_count, refused_count;
};

/* Newest first. */
MUST_CHECK enum status directory_imports(struct ctx *ctx, size_t at_most,
                                         struct directory_import **out, size_t *count_out);

/* ---- packs ---- */

/* For packs that hold organisation-kinds, regions, boards or organisations. */
extern const struct pack_reader directory_pack_readers[];

/* Takes the packs of kinds, regions, boards and trusts that are in force, in this order.  Taking
 * them again changes nothing. */
MUST_CHECK enum status directory_take_packs(struct ctx *ctx);

#endif
