/* SPDX-License-Identifier: MIT */
/* programme_site_test.c - a site is a part of its organisation, also for whoever works there. */
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/web/web_test_client.h"
#include "programme/directory/directory_test_help.h"
#include "programme/directory/import_test_file.h"
#include "programme/member/member_test_help.h"
#include "programme/pledge/pledge_test.h"
#include "programme/programme.h"

#define SITE "R0A-WYTH"

/* Wythenshawe Hospital, a site of Manchester University NHS Foundation Trust. */
static struct organisation take_site(struct ctx *ctx)
{
    struct organisation it;
    directory_test_packs(ctx);
    struct directory_import_report *report = import_test_text(
        ctx, DIRECTORY_IMPORT_ORGANISATIONS,
        "code,name,kind,town,parent\n" SITE ",WYTHENSHAWE HOSPITAL,site,Manchester,R0A\n"
        "R0A-LOST,LOST SITE,site,Manchester,NOWHERE\n",
        NULL);
    CHECK(report->added_count == 2 && report->remark_count == 1);
    CHECK(directory_find(ctx, SITE, &it) == OK);
    return it;
}

static bool holds(struct ctx *ctx, const char *scope, const char *what)
{
    bool is_held;
    CHECK(access_scope_holds(ctx, scope, what, &is_held) == OK);
    return is_held;
}

TEST(a_site_lies_where_its_organisation_lies)
{
    struct directory_place place;
    struct organisation site = take_site(ctx);
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    CHECK(directory_organisation_on(ctx, site.id, today, &place) == OK);
    CHECK_TEXT(place.code, "R0A");
    CHECK(directory_board_on(ctx, site.id, today, &place) == OK);
    CHECK_TEXT(place.code, "QOP");
    CHECK(directory_region_on(ctx, site.id, today, &place) == OK);
    CHECK_TEXT(place.code, "Y62");
    CHECK(holds(ctx, "R0A", SITE) && holds(ctx, "QOP", SITE));
    CHECK(holds(ctx, "Y62", SITE) && holds(ctx, SITE, SITE));
    CHECK(!holds(ctx, "RJ1", SITE) && !holds(ctx, "Y56", SITE));
    CHECK(!holds(ctx, SITE, "R0A"));
    CHECK(!holds(ctx, "R0A", "R0A-LOST"));
    struct directory_import_report *again = import_test_text(
        ctx, DIRECTORY_IMPORT_ORGANISATIONS,
        "code,name,kind,town,parent\n" SITE ",WYTHENSHAWE HOSPITAL,site,Manchester,R0A\n", NULL);
    CHECK(again->same_count == 1 && again->id.n == 0);
}

static struct web_client *as(struct ctx *ctx, const char *email, const char *role, const char *area)
{
    struct web_client *c = web_client(ctx, &programme_app);
    struct person_id person = member_test_person(ctx, email, role, area);
    client_sign_in(c, person);
    return c;
}

TEST(a_lead_sees_who_works_at_the_sites_and_a_coordinator_of_a_site_sees_the_site)
{
    take_site(ctx);
    struct access_person person;
    member_test_person(ctx, "site@trust.example", "member", SITE);
    member_test_person(ctx, "whole@trust.example", "member", "R0A");
    struct web_client *lead = as(ctx, "lead@trust.example", "lead", "R0A");
    client_get(lead, "/desk/people.json");
    CHECK(client_has(lead, "site@trust.example") && client_has(lead, "whole@trust.example"));
    struct web_client *other = as(ctx, "other@trust.example", "lead", "RJ1");
    client_get(other, "/desk/people.json");
    CHECK(!client_has(other, "site@trust.example"));
    struct web_client *here = as(ctx, "here@trust.example", "coordinator", SITE);
    client_get(here, "/desk/people.json");
    CHECK(client_has(here, "site@trust.example") && !client_has(here, "whole@trust.example"));
    const char *reference = pledge_test_send(ctx, "R0A");
    client_get(lead, "/desk/pledges.json");
    CHECK(client_has(lead, reference));
    client_get(here, "/desk/pledges.json"); /* pledges are of organisations, not of their sites */
    CHECK(!client_has(here, reference));
    client_get(here, mem_format(ctx->mem, "/desk/pledges/%s", reference));
    CHECK_CODE(here, 404);
    CHECK(access_person_find(ctx, "site@trust.example", &person) == OK);
    CHECK(person.grants[0].level == ACCESS_SITE);
    client_get(lead, "/organisations/" SITE);
    CHECK(client_has(lead, "Part of") && client_has(lead, "href=\"/organisations/R0A\""));
}

TEST(who_works_in_an_organisation_that_moves_is_seen_where_it_belongs_now_at_once)
{
    directory_test_packs(ctx);
    member_test_person(ctx, "bob@trust.example", "member", "R0A");
    struct web_client *old = as(ctx, "old@board.example", "local", "QOP");
    struct web_client *new = as(ctx, "new@board.example", "local", "QYG");
    client_get(old, "/desk/people.json");
    CHECK(client_has(old, "bob@trust.example"));
    client_get(new, "/desk/people.json");
    CHECK(!client_has(new, "bob@trust.example"));
    const char *file = "code,name,board\nR0A,MANCHESTER UNIVERSITY NHS FOUNDATION TRUST,QYG\n";
    CHECK(import_test_text(ctx, DIRECTORY_IMPORT_ORGANISATIONS, file, NULL)->changed_count == 1);
    client_get(old, "/desk/people.json");
    CHECK(!client_has(old, "bob@trust.example"));
    client_get(new, "/desk/people.json");
    CHECK(client_has(new, "bob@trust.example"));
    CHECK(!holds(ctx, "QOP", "R0A") && holds(ctx, "QYG", "R0A") && holds(ctx, "Y62", "R0A"));
}
