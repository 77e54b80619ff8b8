/* SPDX-License-Identifier: MIT */
/* access_test.c - people, their roles, the policy, and codes, without any page. */
#include "programme/access/access.h"

#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access.sql.h"
#include "programme/access/access_test_help.h"
#include "programme/access/access_web.h"
#include "programme/access/policy.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"

#define ADA "ada@trust.example"

/* ---- people and roles ---- */

TEST(a_person_is_found_by_the_address_in_any_case)
{
    struct access_person person;
    struct person_id id = help_person(ctx, "Ada.Lovelace@Trust.example", "national");
    CHECK(access_person_find(ctx, "ADA.LOVELACE@trust.EXAMPLE", &person) == OK);
    CHECK(person.id.n == id.n && person.closed_at == 0);
    CHECK_TEXT(person.email, "Ada.Lovelace@Trust.example");
    CHECK_TEXT(person.name, "Ada.Lovelace@Trust.example");
    CHECK(person.grant_count == 1);
    CHECK_TEXT(person.grants[0].role->code, "national");
    CHECK_TEXT(person.grants[0].from_on, "2026-03-09");
    CHECK(access_person_find(ctx, "ada@trust.example", &person) == ERR_NOT_FOUND);
}

TEST(adding_a_person_twice_changes_nothing)
{
    bool has_changed;
    size_t count;
    struct audit_event *events;
    struct access_person first, second;
    struct access_new wanted = {.email = ADA, .name = " Ada\tLovelace ", .role = "operator"};
    CHECK(access_person_add(ctx, &wanted, &first, &has_changed) == OK && has_changed);
    CHECK_TEXT(first.name, "Ada Lovelace");
    wanted.name = NULL;
    CHECK(access_person_add(ctx, &wanted, &second, &has_changed) == OK && !has_changed);
    CHECK(first.id.n == second.id.n && second.grant_count == 1);
    CHECK_TEXT(second.name, "Ada Lovelace");
    CHECK(audit_about(ctx, first.id, 10, &events, &count) == OK && count == 2);
    CHECK_TEXT(events[0].what, "access.granted");
    CHECK_TEXT(events[0].thing, "operator");
    CHECK_TEXT(events[1].what, "access.created");
    CHECK(events[0].actor.n == 0);
}

TEST(a_person_may_have_several_roles)
{
    struct access_person person;
    help_person(ctx, ADA, "national");
    help_person(ctx, ADA, "operator");
    CHECK(access_person_find(ctx, ADA, &person) == OK && person.grant_count == 2);
    CHECK(access_person_end_role(ctx, ADA, "national", NULL) == OK);
    CHECK(access_person_end_role(ctx, ADA, "national", NULL) == ERR_NOT_FOUND);
    CHECK(access_person_end_role(ctx, "bob@trust.example", "national", NULL) == ERR_NOT_FOUND);
    CHECK(access_person_find(ctx, ADA, &person) == OK && person.grant_count == 1);
    CHECK_TEXT(person.grants[0].role->code, "operator");
}

TEST(what_cannot_be_added_is_said)
{
    struct access_person person;
    const struct access_new wrong[] = {
        {.email = "nobody", .role = "national"},
        {.email = "", .role = "national"},
        {.email = ADA, .role = "admin"},
        {.email = ADA, .role = ""},
        {.email = ADA, .role = "national", .area = "Y56"},
        {.email = ADA, .role = "regional"},
        {.email = ADA, .role = "regional", .area = ""},
        {.email = ADA, .role = "regional", .area = "NOWHERE"},
        {.email = ADA, .role = "national", .name = "a\x01z"},
        {.email = ADA, .role = "national", .name = "\xff"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ctx->fault = NULL;
        CHECK(access_person_add(ctx, &wrong[i], &person, NULL) == ERR_INVALID);
        CHECK(ctx->fault != NULL);
    }
    CHECK(access_person_find(ctx, ADA, &person) == ERR_NOT_FOUND);
}

TEST(a_regional_lead_works_in_regions_that_exist)
{
    bool has_changed;
    struct access_person person;
    struct access_granted granted;
    struct access_new wanted = {.email = ADA, .role = "regional", .area = "Y56"};
    directory_test_packs(ctx);
    CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK);
    CHECK_TEXT(person.grants[0].area_name, "London");
    CHECK(access_check_of(&person, MAY_SEE_PLEDGES, &granted) == OK);
    CHECK_TEXT(granted.scope, "Y56");
    CHECK_TEXT(granted.role, "regional");
    CHECK(access_person_add(ctx, &wanted, &person, &has_changed) == OK && !has_changed);
    wanted.area = "Y58";
    CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK && person.grant_count == 2);
    CHECK(access_person_end_role(ctx, ADA, "regional", "Y56") == OK);
    CHECK(access_person_end_role(ctx, ADA, "regional", "Y56") == ERR_NOT_FOUND);
    CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK);
    CHECK(person.grant_count == 1);
    CHECK_TEXT(person.grants[0].area, "Y58");
    wanted.area = "R0A"; /* a trust is no region */
    wanted.email = "bob@trust.example";
    CHECK(access_person_add(ctx, &wanted, &person, NULL) == ERR_INVALID);
}

TEST(the_wider_of_two_roles_counts)
{
    struct access_granted granted;
    struct access_grant grants[] = {
        {.id = 1, .role = access_role_of("regional"), .level = ACCESS_REGION, .area = "Y56"},
        {.id = 2, .role = access_role_of("national"), .level = ACCESS_NATIONAL, .area = ""},
    };
    CHECK(policy_may(grants, 2, 0, MAY_SEE_PLEDGES, &granted) == OK);
    CHECK(granted.scope == NULL && granted.grant_id == 2);
    CHECK_TEXT(granted.role, "national");
    CHECK(policy_may(grants, 1, 0, MAY_SEE_PLEDGES, &granted) == OK);
    CHECK_TEXT(granted.scope, "Y56");
    CHECK(policy_may(grants, 1, 0, MAY_WORK_PLEDGES, &granted) == ERR_FORBIDDEN);
    grants[0].area = "";
    CHECK(policy_may(grants, 1, 0, MAY_SEE_PLEDGES, &granted) == ERR_FORBIDDEN);
    CHECK(policy_may(grants, 0, 0, MAY_SEE_DESK, &granted) == ERR_FORBIDDEN);
}

TEST(the_role_that_somebody_works_as_decides_where_it_has_the_access)
{
    struct access_granted granted;
    const struct access_grant grants[] = {
        {.id = 1, .role = access_role_of("national"), .level = ACCESS_NATIONAL, .area = ""},
        {.id = 2, .role = access_role_of("lead"), .level = ACCESS_ORGANISATION, .area = "R0A"},
        {.id = 3, .role = access_role_of("lead"), .level = ACCESS_ORGANISATION, .area = "RJ1"},
    };
    CHECK(policy_may(grants, 3, 3, MAY_SEE_PLEDGES, &granted) == OK);
    CHECK_TEXT(granted.scope, "RJ1");
    CHECK(policy_may(grants, 3, 2, MAY_SEE_PLEDGES, &granted) == OK);
    CHECK_TEXT(granted.scope, "R0A");
    CHECK(policy_may(grants, 3, 2, MAY_WORK_PLEDGES, &granted) == OK);
    CHECK_TEXT(granted.role, "national");
    CHECK(policy_may(grants, 3, 99, MAY_SEE_PLEDGES, &granted) == OK);
    CHECK_TEXT(granted.role, "national");
}

TEST(a_scope_holds_what_lies_in_it_today)
{
    bool holds;
    struct access_granted granted;
    struct access_person person;
    directory_test_packs(ctx);
    /* Manchester University NHS Foundation Trust lies in Greater Manchester, in the North West. */
    const struct {
        const char *scope;
        bool holds;
    } cases[] = {{NULL, true},   {"Y62", true}, {"Y56", false}, {"QOP", true},
                 {"QYG", false}, {"R0A", true}, {"RJ1", false}, {"R0A01", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CHECK(access_scope_holds(ctx, cases[i].scope, "R0A", &holds) == OK);
        CHECK(holds == cases[i].holds);
    }
    CHECK(access_scope_holds(ctx, cases[1].scope, "NOWHERE", &holds) == ERR_NOT_FOUND);
    struct access_new wanted = {.email = ADA, .role = "lead", .area = "RJ1"};
    CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK);
    wanted.area = "R0A";
    CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK);
    ctx->person = person.id;
    CHECK(access_check_for(ctx, MAY_GIVE_ROLES, "R0A", &granted) == OK);
    CHECK_TEXT(granted.scope, "R0A");
    CHECK(access_check_for(ctx, MAY_GIVE_ROLES, "QOP", &granted) == ERR_FORBIDDEN);
    CHECK(access_work_as(ctx, 4711) == ERR_NOT_FOUND);
    CHECK(access_work_as(ctx, person.grants[1].id) == OK);
    CHECK(access_check(ctx, MAY_GIVE_ROLES, &granted) == OK);
    CHECK(granted.grant_id == person.grants[1].id);
}

TEST(a_role_counts_by_the_day_in_london)
{
    struct access_granted granted;
    int64_t changes;
    ctx->person = help_person(ctx, ADA, "national");
    CHECK(access_grant_insert(ctx, 5, ctx->person.n, "operator", "national", "", "2026-04-01", NULL,
                              ctx->now_secs, NULL, &changes) == OK);
    CHECK(access_grant_end(ctx, 5, "2026-04-03", &changes) == OK && changes == 1);
    CHECK(access_check(ctx, MAY_WORK_PLEDGES, &granted) == OK);
    CHECK(access_person_end_role(ctx, ADA, "national", NULL) == OK);
    CHECK(access_check(ctx, MAY_SEE_DESK, &granted) == ERR_FORBIDDEN);
    CHECK(time_at("2026-03-31", 23, 59, &ctx->now_secs) == OK);
    CHECK(access_check(ctx, MAY_SEE_DESK, &granted) == ERR_FORBIDDEN);
    ctx->now_secs += 60; /* in UTC it is still 31 March */
    CHECK(access_check(ctx, MAY_SEE_DESK, &granted) == OK);
    CHECK(time_at("2026-04-02", 23, 59, &ctx->now_secs) == OK);
    CHECK(access_check(ctx, MAY_SEE_DESK, &granted) == OK);
    ctx->now_secs += 60;
    CHECK(access_check(ctx, MAY_SEE_DESK, &granted) == ERR_FORBIDDEN);
}

TEST(a_closed_account_has_no_role_no_name_and_can_be_opened_again)
{
    const char *name;
    bool has_changed;
    struct access_person person;
    struct access_new wanted = {.email = ADA, .role = "national"};
    struct person_id id = help_person(ctx, ADA, "national");
    CHECK(access_person_close(ctx, ADA) == OK);
    CHECK(access_person_close(ctx, ADA) == OK);
    CHECK(access_person_close(ctx, "bob@trust.example") == ERR_NOT_FOUND);
    CHECK(access_person_find(ctx, ADA, &person) == OK);
    CHECK(person.grant_count == 0 && person.closed_at == ctx->now_secs);
    CHECK(access_person_name(ctx, id, &name) == OK);
    CHECK_TEXT(name, "");
    CHECK(access_person_add(ctx, &wanted, &person, &has_changed) == OK && has_changed);
    CHECK(person.id.n == id.n && person.closed_at == 0 && person.grant_count == 1);
    CHECK(access_person_name(ctx, id, &name) == OK);
    CHECK_TEXT(name, ADA);
    CHECK(access_person_name(ctx, (struct person_id){4711}, &name) == OK);
    CHECK_TEXT(name, "");
}

TEST(people_are_listed_by_address)
{
    size_t count;
    struct access_person *people;
    help_person(ctx, "cleo@trust.example", "operator");
    help_person(ctx, "Bea@trust.example", "national");
    help_person(ctx, "ada@trust.example", "national");
    CHECK(access_person_list(ctx, "", 2, &people, &count) == OK && count == 2);
    CHECK_TEXT(people[0].email, "ada@trust.example");
    CHECK_TEXT(people[1].email, "Bea@trust.example");
    CHECK(access_person_list(ctx, people[1].email, 2, &people, &count) == OK && count == 1);
    CHECK_TEXT(people[0].email, "cleo@trust.example");
    CHECK_TEXT(people[0].grants[0].role->code, "operator");
}

TEST(a_failed_adding_leaves_no_trace)
{
    for (int nth = 1;; nth++) {
        struct access_person person;
        struct access_new wanted = {.email = ADA, .role = "national"};
        store_fail_on_call(ctx->store, nth);
        enum status status = access_person_add(ctx, &wanted, &person, NULL);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        if (status == OK) {
            CHECK(nth > 5);
            return;
        }
        CHECK(status == ERR_FAULT);
        CHECK(access_person_find(ctx, ADA, &person) == ERR_NOT_FOUND);
    }
}

TEST(a_failed_closing_changes_nothing)
{
    help_person(ctx, ADA, "national");
    for (int nth = 1;; nth++) {
        struct access_person person;
        store_fail_on_call(ctx->store, nth);
        enum status status = access_person_close(ctx, ADA);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(access_person_find(ctx, ADA, &person) == OK);
        if (status == OK) {
            CHECK(nth > 5 && person.closed_at != 0 && person.grant_count == 0);
            return;
        }
        CHECK(status == ERR_FAULT && person.closed_at == 0 && person.grant_count == 1);
    }
}

/* ---- the policy ---- */

TEST(every_role_may_do_what_was_agreed_and_nothing_else)
{
    for (const struct access_role *role = access_roles(); role->code != NULL; role++)
        for (int access = 0; access < ACCESS_END + 10; access++)
            if (access_reach(role->code, (enum access)access) !=
                help_agreed(ctx, role->code, access))
                fail_msg("%s and access %d: not as agreed", role->code, access);
    for (int access = MAY_SEE_DESK; access < ACCESS_END; access++) {
        CHECK(access_reach("admin", (enum access)access) == ACCESS_NOTHING);
        CHECK(access_reach("", (enum access)access) == ACCESS_NOTHING);
        CHECK(strcmp(access_name(access), "?") != 0);
    }
}

TEST(whoever_selects_people_sees_neither_equality_answers_nor_concerns)
{
    CHECK(access_reach("selector", MAY_SEE_EQUALITY) == ACCESS_NOTHING);
    CHECK(access_reach("selector", MAY_SEE_CONCERNS) == ACCESS_NOTHING);
    /* Nor does a role that keeps the service running see what it keeps. */
    CHECK(access_reach("operator", MAY_SEE_PEOPLE) == ACCESS_NOTHING);
    CHECK(access_reach("operator", MAY_SEE_CONCERNS) == ACCESS_NOTHING);
}

TEST(nobody_may_nothing)
{
    struct access_granted granted;
    for (int access = MAY_SEE_DESK; access < ACCESS_END; access++)
        CHECK(access_check(ctx, (enum access)access, &granted) == ERR_FORBIDDEN);
    ctx->person = (struct person_id){4711};
    for (int access = MAY_SEE_DESK; access < ACCESS_END; access++)
        CHECK(access_check(ctx, (enum access)access, &granted) == ERR_FORBIDDEN);
}

TEST(what_somebody_may_is_asked_in_one_query)
{
    struct access_granted granted;
    ctx->person = help_person(ctx, "ada@trust.example", "national");
    int64_t before = store_calls(ctx->store);
    CHECK(access_check(ctx, MAY_SEE_DESK, &granted) == OK);
    CHECK(store_calls(ctx->store) == before + 1);
}
