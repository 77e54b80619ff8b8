/* SPDX-License-Identifier: MIT */
/*
 * concern_privacy.c - what safeguarding concerns keep about people, and when they go.
 *
 * A concern goes whole: its events, who was told, from whom it is kept and its readings hang on it.
 */
#include "programme/concern/concern.h"

#include "programme/concern/concern.sql.h"

static const char stays[] =
    "A safeguarding concern stays for its time, so that a child or an adult at risk is protected "
    "and an inquiry can read what was known. Nobody can have it deleted before.";

static const char only_raised[] =
    "Your copy has the concerns that you raised, as you typed them. A concern that somebody else "
    "raised about you is not in it, nor what was noted or who read it: that could put a child at "
    "risk, and it is the data of the person who spoke up (Data Protection Act 2018, schedule 2, "
    "paragraph 16, and schedule 3, paragraph 21). You can complain about that like about "
    "everything else.";

static const char with_concern[] =
    "the concern itself, which only those read who must in order to protect somebody";

/* What all of them say alike. */
#define SAFEGUARDING                                                                               \
    .kind = PRIVACY_SAFEGUARDING, .basis = PRIVACY_PUBLIC_TASK, .access = MAY_SEE_CONCERNS,        \
    .purpose = "to protect children and adults at risk", .rule = "concern", .kept_because = stays

/* What hangs on a concern. */
#define OF_CONCERN SAFEGUARDING, .listed_with = with_concern, .goes_with = "concern"

const struct privacy_holding concern_holdings[] = {
    {.table = "concern",
     .name = "Safeguarding concerns",
     .what = "what somebody is worried about, who raised it and how to reach them",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC | PRIVACY_OF_CHILDREN,
     .source = "whoever raised it",
     .recipients = "the police, the local authority or another body, where somebody must be "
                   "protected",
     .rows = &concern_copy_query,
     .kept_back = only_raised,
     .retain = &concern_retain_query,
     SAFEGUARDING},
    {.table = "concern_event",
     .name = "What was done about a concern",
     .what = "notes, actions and referrals, who wrote them and when",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC | PRIVACY_OF_CHILDREN,
     .source = "the safeguarding lead",
     .recipients = "the body that a concern is referred to",
     OF_CONCERN},
    {.table = "concern_told",
     .name = "Who was told of a concern",
     .what = "that a safeguarding lead was told by email that there is a concern",
     .whose = PRIVACY_OF_STAFF,
     .source = "made by this service",
     OF_CONCERN},
    {.table = "concern_kept_from",
     .name = "From whom a concern is kept",
     .what = "that a concern may be about a safeguarding lead, who then sees nothing of it",
     .whose = PRIVACY_OF_STAFF,
     .source = "whoever raised it",
     OF_CONCERN},
    {.table = "concern_reading",
     .name = "Who reads a concern",
     .what = "who reads it, what for and until when",
     .whose = PRIVACY_OF_STAFF,
     .source = "whoever reads it",
     OF_CONCERN},
    {0},
};
