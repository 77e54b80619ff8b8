/* SPDX-License-Identifier: MIT */
/*
 * policy.c - the policy: one table, an access a row, a role a column.
 *
 * What is not in the table is not allowed.  The own area is what the role was given for: a region
 * with all in it, a board with all in it, an organisation, a site.  From this table come the checks
 * of routes, the desk, and the public page that says what each role may see; access_test.c holds
 * what was agreed a second time, written by hand.
 */
#include "programme/access/policy.h"

#include <stdbool.h>
#include <string.h>

#define AT(level) (1u << (level))
#define EVERYWHERE AT(ACCESS_NATIONAL)
#define OF_REGION AT(ACCESS_REGION)
#define OF_AREA (OF_REGION | AT(ACCESS_BOARD))
#define OF_PLACE (AT(ACCESS_ORGANISATION) | AT(ACCESS_SITE))
#define OF_ORGANISATION AT(ACCESS_ORGANISATION)

enum {
    MEMBER,
    COORDINATOR,
    ASSESSOR,
    SELECTOR,
    SAFEGUARDING,
    EQUALITY,
    LEAD,
    UNION,
    SCHOOL,
    LOCAL,
    REGIONAL,
    EDITOR,
    ANALYST,
    NATIONAL,
    OPERATOR,
    ROLES
};

/* clang-format off */
static const struct access_role roles[ROLES + 1] = {
    [MEMBER] = {"member", "Member",
        "takes part in the organisation's work on the programme", OF_PLACE, false},
    [COORDINATOR] = {"coordinator", "Coordinator",
        "runs the programme's work in the organisation", OF_PLACE, true},
    [ASSESSOR] = {"assessor", "Assessor",
        "watches practice and signs off standards", OF_PLACE, false},
    [SELECTOR] = {"selector", "Selector",
        "chooses among people who apply", OF_PLACE, false},
    [SAFEGUARDING] = {"safeguarding", "Safeguarding lead",
        "looks after safeguarding concerns", OF_ORGANISATION | OF_AREA | EVERYWHERE, true},
    [EQUALITY] = {"equality", "Equality analyst",
        "reads equality figures, never a person's answers",
        OF_ORGANISATION | OF_AREA | EVERYWHERE, true},
    [LEAD] = {"lead", "Organisation lead",
        "answers for the organisation here", OF_ORGANISATION, true},
    [UNION] = {"union", "Trade union representative",
        "speaks for the staff side", OF_ORGANISATION, false},
    [SCHOOL] = {"school", "School contact",
        "asks for visits and places for a school or college", OF_ORGANISATION, false},
    [LOCAL] = {"local", "Local lead",
        "helps the organisations of an area", OF_ORGANISATION | OF_AREA, true},
    [REGIONAL] = {"regional", "Regional lead",
        "leads the programme in a region", OF_REGION, true},
    [EDITOR] = {"editor", "National editor",
        "writes what the public reads", EVERYWHERE, false},
    [ANALYST] = {"analyst", "National analyst",
        "reports on the programme", EVERYWHERE, true},
    [NATIONAL] = {"national", "National lead",
        "leads the programme", EVERYWHERE, true},
    [OPERATOR] = {"operator", "Operator",
        "keeps the service running", EVERYWHERE, true},
};

/* A letter a role, in the order above: . not at all, o in the own area, A everywhere. */
static const struct {
    enum access access;
    const char *name;
    char reach[2 * ROLES];
} policy[] = {
    /*                                                             m c a s s e l u s l r e a n o
                                                                   e o s e a q e n c o e d n a p
                                                                   m o s l f u a i h c g i a t e */
    {MAY_SEE_DESK,      "see the desk",                           "o o o o o o o o o o o A A A A"},
    {MAY_SEE_PLEDGES,   "see pledges not yet public",             ". o . . . . o o . o o . A A ."},
    {MAY_WORK_PLEDGES,  "countersign and publish pledges",        ". . . . . . . . . . . . . A ."},
    {MAY_SEE_OUTBOX,    "see how mail goes",                      ". . . . . . . . . . . . . A A"},
    {MAY_SEE_IMPORTS,   "see imports",                            ". . . . . . . . . . . . . A A"},
    {MAY_SEE_PEOPLE,    "see who has which role",                 ". o . . o . o . . o o . . A ."},
    {MAY_GIVE_ROLES,    "invite people, give and end roles",      ". . . . . . o . . . o . . A ."},
    {MAY_DECIDE_CLAIMS, "decide who speaks for an organisation",  ". . . . . . o . . o o . . A ."},
    {MAY_READ_AUDIT,    "read the record of what was done",       ". . . . o . o . . . o . . A ."},
    {MAY_SEE_CONCERNS,  "see safeguarding concerns",              ". . . . o . . . . . . . . . ."},
    {MAY_SEE_EQUALITY,  "see equality figures",                   ". . . . . o . . . . . . . . ."},
    {MAY_ANSWER_RIGHTS, "answer requests about personal data",    ". . . . . . o . . . . . . A ."},
    {MAY_KEEP_RECORDS,  "see retention rules and hold records",   ". . . . . . . . . . . . . A A"},
    {MAY_MAKE_TOKENS,   "make keys for other programs",           ". . . . . . o . . . . . . A ."},
    {MAY_BREAK_GLASS,   "open a record in an emergency",          ". . . . . . . . . . . . . . A"},
    {MAY_CHASE_CONCERNS, "know of concerns that reached nobody",  ". . . . . . . . . . . . . A ."},
    {MAY_REVIEW_GLASS,  "look over opened records",               ". . . . . . . . . . . . . A ."},
    {MAY_WORK_PLANS,    "keep the action plan of a pledge",       ". o . . . . o o . . . . . . ."},
    {MAY_RECORD_PAPER,  "record what was signed on paper",        ". . . . . . . . . o o . . A ."},
    {MAY_CHASE_PLEDGES, "see who has not signed, write letters",  ". . . . . . . . . o o . . A ."},
    {MAY_EDIT_CONTENT,  "write and publish what the public reads", ". . . . . . . . . . . A . A ."},
    {MAY_RUN_EVENTS,    "run events, see who has booked",         ". o . . . . o . . o o . . A ."},
    {MAY_KEEP_LEADS,    "say who is the local lead where",        ". . . . . . . . . . o . . A ."},
    {MAY_ANSWER_ENQUIRIES, "read and answer enquiries",           ". . . . . . . . . o o . . A ."},
    {MAY_SEND_NEWSLETTER, "compose and send the newsletter",      ". . . . . . . . . . . A . A ."},
};

/* Who gives which role, within the own area: x may.  Nobody gives themselves one, and an operator
 * is made on the machine alone (`onward user create`). */
static const struct {
    int giver;
    char given[2 * ROLES];
} gives[] = {
    /*           m c a s s e l u s l r e a n o */
    {LEAD,      "x x x x x x x x x . . . . . ."},
    {REGIONAL,  "x x x x x x x x x x . . . . ."},
    {NATIONAL,  "x x x x x x x x x x x x x x ."},
};
/* clang-format on */

enum { ROWS = sizeof policy / sizeof policy[0] };

const struct access_role *access_roles(void)
{
    return roles;
}

const struct access_role *access_role_of(const char *code)
{
    for (const struct access_role *role = roles; role->code != NULL; role++)
        if (strcmp(role->code, code) == 0)
            return role;
    return NULL;
}

const char *access_name(int access)
{
    for (size_t i = 0; i < ROWS; i++)
        if ((int)policy[i].access == access)
            return policy[i].name;
    return "?";
}

enum access_reach access_reach(const char *role, enum access access)
{
    const struct access_role *found = access_role_of(role);
    if (found == NULL)
        return ACCESS_NOTHING;
    for (size_t i = 0; i < ROWS; i++)
        if (policy[i].access == access) {
            char letter = policy[i].reach[2 * (found - roles)];
            return letter == 'A' ? ACCESS_ALL : letter == 'o' ? ACCESS_OWN : ACCESS_NOTHING;
        }
    return ACCESS_NOTHING;
}

bool access_gives(const char *giver, const char *role)
{
    const struct access_role *from = access_role_of(giver), *to = access_role_of(role);
    if (from == NULL || to == NULL)
        return false;
    for (size_t i = 0; i < sizeof gives / sizeof gives[0]; i++)
        if (gives[i].giver == from - roles)
            return gives[i].given[2 * (to - roles)] == 'x';
    return false;
}

/* How far a grant reaches: the lower, the wider.  -1: not at all. */
static int width(const struct access_grant *grant, enum access access)
{
    enum access_reach reach = access_reach(grant->role->code, access);
    if (reach == ACCESS_ALL)
        return ACCESS_NATIONAL;
    /* A role for an area that was given without one reaches nowhere. */
    bool is_of_area = grant->level != ACCESS_NATIONAL && grant->area[0] != '\0';
    bool is_national = grant->level == ACCESS_NATIONAL && grant->area[0] == '\0' &&
                       (grant->role->levels & EVERYWHERE) != 0;
    return reach == ACCESS_OWN && (is_of_area || is_national) ? (int)grant->level : -1;
}

enum status policy_may(const struct access_grant *grants, size_t count, int64_t preferred,
                       enum access access, struct access_granted *out)
{
    const struct access_grant *best = NULL;
    int widest = -1;
    for (size_t i = 0; i < count; i++) {
        int reach = width(&grants[i], access);
        if (reach < 0 || (best != NULL && best->id == preferred))
            continue;
        if (best == NULL || reach < widest || grants[i].id == preferred) {
            widest = reach;
            best = &grants[i];
        }
    }
    if (best == NULL)
        return ERR_FORBIDDEN;
    *out = (struct access_granted){.role = best->role->code, .grant_id = best->id};
    out->scope = widest == ACCESS_NATIONAL ? NULL : best->area;
    return OK;
}
