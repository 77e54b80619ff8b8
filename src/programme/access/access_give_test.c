/* SPDX-License-Identifier: MIT */
/* access_give_test.c - who may give which role where, for every pair of roles; where roles lie. */
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/access/access.sql.h"
#include "programme/access/access_test_help.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"

/* ---- every giver, every role, every area ---- */

/* Manchester's trust lies in Greater Manchester, in the North West; the others elsewhere. */
static const char *const areas[] = {"R0A", "RJ1", "QOP", "Y62", "Y56", ""};

enum { AREAS = sizeof areas / sizeof areas[0] };

/* What was agreed, by hand: who gives what in which areas.  All else is refused. */
static const struct {
    const char *giver, *giver_area, *roles, *areas;
} agreed[] = {
    {"lead", "R0A",
     " member coordinator assessor selector safeguarding equality lead union school ", " R0A "},
    {"regional", "Y62",
     " member coordinator assessor selector safeguarding equality lead union school local ",
     " R0A QOP Y62 "},
    {"national", "",
     " member coordinator assessor selector safeguarding equality lead union school local regional "
     "editor analyst national ",
     " R0A RJ1 QOP Y62 Y56 - "},
};

static bool names(struct ctx *ctx, const char *list, const char *word)
{
    return strstr(list, mem_format(ctx->mem, " %s ", word[0] == '\0' ? "-" : word)) != NULL;
}

static bool fits(const struct access_role *role, const char *area)
{
    unsigned level = area[0] == '\0'  ? 1u << ACCESS_NATIONAL
                     : area[0] == 'Y' ? 1u << ACCESS_REGION
                     : area[0] == 'Q' ? 1u << ACCESS_BOARD
                                      : 1u << ACCESS_ORGANISATION;
    return (role->levels & level) != 0;
}

static enum status wanted_for(struct ctx *ctx, const char *giver, const struct access_role *role,
                              const char *area)
{
    if (!fits(role, area))
        return ERR_INVALID;
    for (size_t i = 0; i < sizeof agreed / sizeof agreed[0]; i++)
        if (strcmp(agreed[i].giver, giver) == 0)
            return names(ctx, agreed[i].roles, role->code) && names(ctx, agreed[i].areas, area)
                       ? OK
                       : ERR_FORBIDDEN;
    return ERR_FORBIDDEN;
}

/* The area for which the giver has the role: the trust, its region, or everywhere. */
static const char *area_of(const struct access_role *role)
{
    return (role->levels & (1u << ACCESS_NATIONAL)) != 0       ? ""
           : (role->levels & (1u << ACCESS_ORGANISATION)) != 0 ? "R0A"
                                                               : "Y62";
}

TEST(who_gives_which_role_where_is_as_agreed_for_every_pair)
{
    int pairs = 0, given = 0;
    directory_test_packs(ctx);
    for (const struct access_role *giver = access_roles(); giver->code != NULL; giver++) {
        struct access_person person;
        struct access_new wanted = {.email = mem_format(ctx->mem, "%s@x.example", giver->code),
                                    .role = giver->code,
                                    .area = area_of(giver)};
        ctx->person = (struct person_id){0};
        CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK);
        ctx->person = person.id;
        for (const struct access_role *role = access_roles(); role->code != NULL; role++)
            for (size_t i = 0; i < AREAS; i++, pairs++) {
                struct access_granted granted;
                const struct access_post post = {role->code, areas[i]};
                enum status got = access_check_give(ctx, &post, &granted);
                if (got != wanted_for(ctx, giver->code, role, areas[i]))
                    fail_msg("%s gives %s in \"%s\": %d", giver->code, role->code, areas[i], got);
                given += got == OK;
            }
    }
    CHECK(pairs == 15 * 15 * AREAS && given > 50);
}

TEST(nobody_gives_a_role_without_being_signed_in_or_after_the_own_role_has_ended)
{
    struct access_granted granted;
    const struct access_post post = {"member", "R0A"};
    directory_test_packs(ctx);
    CHECK(access_check_give(ctx, &post, &granted) == ERR_FORBIDDEN);
    ctx->person = (struct person_id){4711};
    CHECK(access_check_give(ctx, &post, &granted) == ERR_FORBIDDEN);
    ctx->person = (struct person_id){0};
    ctx->person = help_person(ctx, "lead@x.example", "national");
    CHECK(access_check_give(ctx, &post, &granted) == OK);
    CHECK(access_person_end_role(ctx, "lead@x.example", "national", NULL) == OK);
    CHECK(access_check_give(ctx, &post, &granted) == ERR_FORBIDDEN);
    const struct access_post wrong[] = {{"admin", "R0A"}, {"member", "NOWHERE"}, {"", ""}};
    for (size_t i = 0; i < 3; i++)
        CHECK(access_check_give(ctx, &wrong[i], &granted) == ERR_INVALID);
    CHECK(!access_gives("lead", "admin") && !access_gives("admin", "lead"));
    CHECK(!access_gives("national", "operator") && !access_gives("operator", "operator"));
}

/* ---- days ---- */

TEST(a_role_can_be_given_for_days_to_come)
{
    struct access_person person;
    bool has_changed;
    struct access_new wanted = {.email = "ada@x.example",
                                .role = "national",
                                .from_on = "2026-03-10",
                                .until_on = "2026-03-12"};
    CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK && person.grant_count == 0);
    CHECK(access_person_add(ctx, &wanted, &person, &has_changed) == OK && !has_changed);
    ctx->now_secs += 86400;
    CHECK(access_person_get(ctx, person.id, &person) == OK && person.grant_count == 1);
    ctx->now_secs += 2 * 86400;
    CHECK(access_person_get(ctx, person.id, &person) == OK && person.grant_count == 0);
    const char *const wrong[][2] = {{"2026-03-11", NULL},         /* has passed */
                                    {"2026-04-01", "2026-04-01"}, /* no day between */
                                    {"2026-02-30", NULL},
                                    {"soon", NULL}};
    for (size_t i = 0; i < 4; i++) {
        wanted.from_on = wrong[i][0];
        wanted.until_on = wrong[i][1];
        CHECK(access_person_add(ctx, &wanted, &person, NULL) == ERR_INVALID);
    }
}

TEST(an_account_can_be_made_without_a_role)
{
    struct access_person person;
    bool has_changed;
    struct access_new wanted = {.email = "ada@x.example", .name = "Ada"};
    CHECK(access_person_add(ctx, &wanted, &person, &has_changed) == OK && has_changed);
    CHECK(person.grant_count == 0);
    CHECK_TEXT(person.name, "Ada");
    CHECK(access_person_add(ctx, &wanted, &person, &has_changed) == OK && !has_changed);
}

/* ---- one role, and who has it ---- */

TEST(a_role_is_stopped_by_its_number_once)
{
    size_t count;
    struct access_person person;
    struct access_grant grant;
    struct person_id holder;
    struct access_holder *holders;
    const struct access_post post = {"national", ""};
    struct person_id ada = help_person(ctx, "ada@x.example", "national");
    help_person(ctx, "bob@x.example", "national");
    CHECK(access_holders(ctx, &post, 10, &holders, &count) == OK && count == 2);
    CHECK(access_person_get(ctx, ada, &person) == OK);
    CHECK(access_grant_stop(ctx, person.grants[0].id) == OK);
    CHECK(access_grant_stop(ctx, person.grants[0].id) == OK);
    CHECK(access_grant_stop(ctx, 4711) == ERR_NOT_FOUND);
    CHECK(access_grant_get(ctx, person.grants[0].id, &holder, &grant) == OK);
    CHECK(holder.n == ada.n);
    CHECK_TEXT(grant.until_on, "2026-03-09");
    CHECK(access_holders(ctx, &post, 10, &holders, &count) == OK && count == 1);
    CHECK_TEXT(holders[0].email, "bob@x.example");
}

/* ---- where a role lies ---- */

TEST(an_area_lies_in_its_board_and_region)
{
    struct access_area area;
    directory_test_packs(ctx);
    CHECK(access_area_find(ctx, "R0A", &area) == OK && area.level == ACCESS_ORGANISATION);
    CHECK_TEXT(area.board, "QOP");
    CHECK_TEXT(area.region, "Y62");
    CHECK(access_area_find(ctx, "QOP", &area) == OK && area.level == ACCESS_BOARD);
    CHECK_TEXT(area.board, "QOP");
    CHECK(access_area_find(ctx, "Y62", &area) == OK && area.level == ACCESS_REGION);
    CHECK_TEXT(area.board, "");
    CHECK_TEXT(area.region, "Y62");
    CHECK(access_area_find(ctx, "", &area) == OK && area.level == ACCESS_NATIONAL);
    CHECK(access_area_find(ctx, "NOWHERE", &area) == ERR_NOT_FOUND);
}
