/* SPDX-License-Identifier: MIT */
/*
 * framework.h - what a programme works towards: stages, intentions, actions, and a pledge's words.
 *
 * Read from a pack that holds a framework: framework.json, wording.json and actions.json.  Nothing
 * of it is known to the code.  A pledge remembers the name and version of its framework and reads
 * that one for ever; new ones use what is in force on the day.
 */
#ifndef PROGRAMME_PACK_FRAMEWORK_H
#define PROGRAMME_PACK_FRAMEWORK_H

#include "programme/pack/pack.h"

/* A stage of life or work that intentions are grouped by: "get-in". */
struct framework_stage {
    const char *code, *name, *summary;
    const char *note; /* "" for none */
};

struct framework_intention {
    const char *code;   /* "tfc-1"                                             */
    const char *number; /* as in the official text, "1"; "" when it has none   */
    const char *stage;  /* code                                                */
    const char *name;   /* short                                               */
    const char *text;   /* one sentence, in our words                          */
    bool is_ours;       /* written for this service, not part of the framework */
    const char *note;   /* to be shown with it; "" for none                    */
};

/* A goal of the second framework that a pledge serves; actions name those they help. */
struct framework_goal {
    const char *code, *name, *text;
};

struct framework_union {
    const char *code, *name;
};

/* One of the library that action plans are built from. */
struct framework_action {
    const char *code;              /* "tfc-1.2"                                   */
    const char *intention;         /* code                                        */
    const char *action;            /* what to do                                  */
    const char *measure;           /* what is counted                             */
    const char *unit;              /* "people", "percent"                         */
    const char *baseline_question; /* asked for the figure of today               */
    const char *suggested_target;
    int64_t months;     /* how long it usually takes                   */
    const char **goals; /* codes */
    size_t goal_count;
};

struct framework_party {
    const char *code; /* "employer", "union", "programme" */
    const char *name;
    const char **promises;
    size_t promise_count;
};

/* What a pledge says from a day on. */
struct framework_wording {
    const char *code;
    const char *valid_from, *valid_until; /* days; until "": no end is known               */
    const char *title;
    const char *label; /* where the words come from: always shown with them  */
    const char **opening;
    size_t opening_count;
    struct framework_party *parties;
    size_t party_count;
    const char **closing;
    size_t closing_count;
};

struct framework {
    const char *code, *version; /* of its pack */
    const char *title, *summary, *note;
    struct framework_stage *stages;
    size_t stage_count;
    struct framework_intention *intentions;
    size_t intention_count;
    struct framework_goal *goals;
    size_t goal_count;
    struct framework_union *unions;
    size_t union_count;
    struct framework_action *actions;
    size_t action_count;
    struct framework_wording *wordings; /* oldest first */
    size_t wording_count;
    struct framework_wording *own_wordings; /* of the pledge of one person, oldest first; a pack
                                               from before there was one has none */
    size_t own_wording_count;
};

/*
 * Reads and checks the framework in a pack: every member known and of its type, codes told apart,
 * what refers to a code finds it, no two wordings in force on one day.
 *
 * ERR_INVALID  ctx->fault names the file, the place in it and what is wrong
 */
MUST_CHECK enum status framework_read(struct ctx *ctx, const struct pack *pack,
                                      struct framework *out);

/* The framework of that code in force on a day (YYYY-MM-DD).  ERR_NOT_FOUND: none is. */
MUST_CHECK enum status framework_on(struct ctx *ctx, const char *code, const char *day,
                                    struct framework *out);

/* One version, for what was made under it.  ERR_NOT_FOUND: it is not installed here. */
MUST_CHECK enum status framework_version(struct ctx *ctx, const char *code, const char *version,
                                         struct framework *out);

/* The wording in force on a day, or the one with a code; NULL: there is none. */
const struct framework_wording *framework_wording_on(const struct framework *framework,
                                                     const char *day);
const struct framework_wording *framework_wording_of(const struct framework *framework,
                                                     const char *code);

/* The same for the pledge of one person. */
const struct framework_wording *framework_own_wording_on(const struct framework *framework,
                                                         const char *day);
const struct framework_wording *framework_own_wording_of(const struct framework *framework,
                                                         const char *code);

/* By code; NULL: there is none. */
const struct framework_stage *framework_stage_of(const struct framework *framework,
                                                 const char *code);
const struct framework_intention *framework_intention_of(const struct framework *framework,
                                                         const char *code);
const struct framework_action *framework_action_of(const struct framework *framework,
                                                   const char *code);

/*
 * The whole wording as plain text, for hashing and for plain-text mail: title, opening, each
 * party with its promises, closing, label.  Paragraphs are parted by one empty line, promises
 * begin with "- ", lines end with LF, the last too.  The same wording gives the same bytes always.
 */
const char *framework_wording_text(struct mem *mem, const struct framework_wording *wording);

/* ---- this programme (framework_today.c) ---- */

/* What this service's programme works towards; which version is in force is the pack's to say. */
#define PROGRAMME_FRAMEWORK "talent-for-care"

/* The one in force today.  ERR_NOT_FOUND: none is. */
MUST_CHECK enum status framework_today(struct ctx *ctx, struct framework *out);

/* What a stage is called today; the code itself when it is none of today's, or none is in force. */
MUST_CHECK enum status framework_stage_name(struct ctx *ctx, const char *code, const char **out);

/* The three pillars of the programme's work.  Guidance, documents, case studies and what is found
 * name them by these codes. */
struct framework_pillar {
    const char *code, *name, *about;
};
extern const struct framework_pillar framework_pillars[]; /* ended by one without a code */

bool framework_is_pillar(const char *code);

/* What a pillar is called; for a code that is none, the code. */
const char *framework_pillar_name(const char *code);

#endif
