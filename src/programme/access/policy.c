/* SPDX-License-Identifier: MIT */
/*
 * policy.c - the policy: one table, an access a row, a role a column.
 *
 * What is not in the table is not allowed.  A role whose column says AREA sees and does this only
 * in the area that it was given for.
 */
#include "programme/access/policy.h"

#include <string.h>

#define NO POLICY_NOTHING
#define AREA POLICY_AREA
#define ALL POLICY_ALL

enum { NATIONAL, REGIONAL, OPERATOR, ROLES };

static const struct access_role roles[ROLES + 1] = {
    [NATIONAL] = {"national", "National lead", false},
    [REGIONAL] = {"regional", "Regional lead", true},
    [OPERATOR] = {"operator", "Operator", false},
};

/* clang-format off */
static const struct {
    enum access access;
    const char *name;
    enum policy_reach reach[ROLES];
} policy[] = {
    /*                                          national  regional  operator */
    {MAY_SEE_DESK,     "see the desk",         {ALL,      AREA,     ALL}},
    {MAY_SEE_PLEDGES,  "see all pledges",      {ALL,      AREA,     NO}},
    {MAY_WORK_PLEDGES, "work pledges",         {ALL,      NO,       NO}},
    {MAY_SEE_OUTBOX,   "see how mail goes",    {ALL,      NO,       ALL}},
    {MAY_SEE_IMPORTS,  "see imports",          {ALL,      NO,       ALL}},
};
/* clang-format on */

const struct access_role *access_roles(void)
{
    return roles;
}

const struct access_role *policy_role(const char *code)
{
    for (const struct access_role *role = roles; role->code != NULL; role++)
        if (strcmp(role->code, code) == 0)
            return role;
    return NULL;
}

const char *access_name(int access)
{
    for (size_t i = 0; i < sizeof policy / sizeof policy[0]; i++)
        if ((int)policy[i].access == access)
            return policy[i].name;
    return "?";
}

enum policy_reach policy_reach(const char *role, enum access access)
{
    const struct access_role *found = policy_role(role);
    if (found == NULL)
        return POLICY_NOTHING;
    for (size_t i = 0; i < sizeof policy / sizeof policy[0]; i++)
        if (policy[i].access == access)
            return policy[i].reach[found - roles];
    return POLICY_NOTHING;
}

enum status policy_may(const struct access_grant *grants, size_t count, enum access access,
                       struct access_granted *out)
{
    const struct access_grant *best = NULL;
    enum policy_reach widest = POLICY_NOTHING;
    for (size_t i = 0; i < count; i++) {
        enum policy_reach reach = policy_reach(grants[i].role->code, access);
        /* A role for an area that was given without one reaches nowhere. */
        if (reach == POLICY_AREA && grants[i].area[0] == '\0')
            continue;
        if (reach > widest) {
            widest = reach;
            best = &grants[i];
        }
    }
    if (best == NULL)
        return ERR_FORBIDDEN;
    out->role = best->role->code;
    out->area = widest == POLICY_ALL ? NULL : best->area;
    return OK;
}
