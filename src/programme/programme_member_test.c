/* SPDX-License-Identifier: MIT */
/* programme_member_test.c - the pages: roles, people, invitations, claims, leaving. */
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "platform/web/web_test_client.h"
#include "programme/member/member_test_help.h"
#include "programme/oversight/oversight.h"
#include "programme/oversight/oversight_test.sql.h"
#include "programme/programme.h"

#define BOB "bob@trust.example"

static struct web_client *as(struct ctx *ctx, const char *email, const char *role, const char *area)
{
    struct person_id person = member_test_person(ctx, email, role, area);
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, person);
    return c;
}

static const char *person_path(struct ctx *ctx, struct person_id person, const char *tail)
{
    return mem_format(ctx->mem, "/desk/people/%lld%s", (long long)person.n, tail);
}

static size_t looks_at(struct ctx *ctx, struct person_id person)
{
    struct audit_event *events;
    size_t count, looks = 0;
    CHECK(audit_about(ctx, person, 100, &events, &count) == OK);
    for (size_t i = 0; i < count; i++)
        looks += strcmp(events[i].what, "member.looked") == 0;
    return looks;
}

/* ---- what each role may see ---- */

TEST(the_page_of_roles_says_what_the_policy_says)
{
    struct web_client *c = web_client(ctx, &programme_app);
    client_get(c, "/roles");
    CHECK_CODE(c, 200);
    for (const struct access_role *role = access_roles(); role->code != NULL; role++) {
        size_t reaches = 1; /* its own row; one more for each access that it has */
        for (int access = MAY_SEE_DESK; access < ACCESS_END; access++)
            reaches += access_reach(role->code, (enum access)access) != ACCESS_NOTHING;
        CHECK(client_has(c, role->name));
        CHECK(strchr(role->summary, '\'') != NULL || client_has(c, role->summary));
        if (strcmp(role->code, "member") != 0 && strcmp(role->code, "equality") != 0)
            CHECK(client_count(c, role->name) >= reaches);
    }
    for (int access = MAY_SEE_DESK; access < ACCESS_END; access++)
        CHECK(client_has(c, access_name(access)));
    CHECK(c->store_calls <= 1);
}

/* ---- people ---- */

TEST(a_lead_sees_the_people_of_the_organisation_and_no_others)
{
    struct web_client *c = as(ctx, "lead@trust.example", "lead", TRUST);
    struct person_id bob = member_test_person(ctx, BOB, "member", TRUST);
    struct person_id eve = member_test_person(ctx, "eve@x.example", "member", OTHER_TRUST);
    client_get(c, "/desk/people");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, BOB) && !client_has(c, "eve@x.example"));
    client_get(c, "/desk/people.json?scope=RJ1&role=member");
    CHECK(client_has(c, BOB) && !client_has(c, "eve@x.example"));
    CHECK(looks_at(ctx, bob) == 0);
    client_get(c, person_path(ctx, bob, ""));
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "End this role") && looks_at(ctx, bob) == 1);
    client_get(c, person_path(ctx, eve, ""));
    CHECK_CODE(c, 404);
    CHECK(looks_at(ctx, eve) == 0);
    static const char *const odd[] = {"0", "-1", "x", "99999999999999999999", "%00", "4711"};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        client_get(c, mem_format(ctx->mem, "/desk/people/%s", odd[i]));
        CHECK(c->code == 404 || c->code == 400);
    }
}

TEST(leads_of_a_board_and_a_region_see_the_people_of_their_organisations)
{
    static const struct {
        const char *email, *role, *area;
        bool sees_bob, sees_eve;
    } who[] = {{"l@x.example", "local", "QOP", true, false},
               {"r@x.example", "regional", "Y62", true, false},
               {"s@x.example", "regional", "Y56", false, true},
               {"t@x.example", "regional", "Y60", false, false},
               {"n@x.example", "national", NULL, true, true}};
    member_test_person(ctx, BOB, "member", TRUST);
    member_test_person(ctx, "eve@x.example", "member", OTHER_TRUST);
    for (size_t i = 0; i < sizeof who / sizeof who[0]; i++) {
        struct web_client *c = as(ctx, who[i].email, who[i].role, who[i].area);
        client_get(c, "/desk/people.json");
        CHECK_CODE(c, 200);
        CHECK(client_has(c, BOB) == who[i].sees_bob);
        CHECK(client_has(c, "eve@x.example") == who[i].sees_eve);
    }
}

TEST(a_look_that_cannot_be_noted_is_not_shown)
{
    struct web_client *c = as(ctx, "lead@trust.example", "lead", TRUST);
    struct person_id bob = member_test_person(ctx, BOB, "member", TRUST);
    client_get(c, person_path(ctx, bob, ""));
    int64_t calls = c->store_calls;
    store_fail_on_call(ctx->store, (int)calls);
    client_get(c, person_path(ctx, bob, ""));
    store_fail_on_call(ctx->store, 0);
    CHECK_CODE(c, 500);
    CHECK(!client_has(c, BOB));
}

/* How many events of a kind there are. */
static int64_t listed(struct ctx *ctx, const char *what)
{
    struct oversight_test_count_row row;
    CHECK(oversight_test_count(ctx, what, &row) == OK);
    return row.events;
}

TEST(who_reads_a_list_of_people_is_noted_once_a_search_and_sees_none_when_that_fails)
{
    static const struct {
        const char *path, *event;
    } lists[] = {{"/desk/people", "member.people_listed"},
                 {"/desk/invitations", "member.invitations_listed"},
                 {"/desk/claims", "member.claims_listed"}};
    struct web_client *c = as(ctx, "lead@trust.example", "lead", TRUST);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        client_get(c, lists[i].path);
        client_get(c, mem_format(ctx->mem, "%s.csv", lists[i].path));
        CHECK_CODE(c, 200);
        CHECK(listed(ctx, lists[i].event) == 1);
    }
    client_get(c, "/desk/people?role=lead");
    CHECK(listed(ctx, "member.people_listed") == 2);
    ctx->now_secs += OVERSIGHT_LOOK_SECS;
    client_get(c, "/desk/people");
    int64_t calls = c->store_calls;
    CHECK(listed(ctx, "member.people_listed") == 3);
    ctx->now_secs += OVERSIGHT_LOOK_SECS;
    for (int64_t nth = 1; nth <= calls; nth++) {
        store_fail_on_call(ctx->store, (int)nth);
        client_get(c, "/desk/people");
        store_fail_on_call(ctx->store, 0);
        CHECK(c->code != 200 || listed(ctx, "member.people_listed") == 4);
    }
}

TEST(a_role_is_given_and_ended_by_the_pages)
{
    struct web_client *c = as(ctx, "lead@trust.example", "lead", TRUST);
    struct person_id bob = member_test_person(ctx, BOB, "member", TRUST);
    client_get(c, person_path(ctx, bob, "/give"));
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Coordinator") && !client_has(c, "National lead"));
    client_post(c, person_path(ctx, bob, "/give"), "role", "coordinator", "organisation", "RJ1",
                "area", "RJ1", "region", "Y56", NULL);
    CHECK_CODE(c, 303); /* fields that the form does not have are not there */
    struct access_person person;
    CHECK(access_person_get(ctx, bob, &person) == OK && person.grant_count == 2);
    CHECK_TEXT(person.grants[1].area, TRUST);
    client_post(c, person_path(ctx, bob, "/give"), "role", "national", NULL);
    CHECK_CODE(c, 422);
    long long grant = (long long)member_test_grant(ctx, bob, "coordinator");
    client_post(c, person_path(ctx, bob, mem_format(ctx->mem, "/roles/%lld/end", grant)), NULL);
    CHECK_CODE(c, 303);
    CHECK(member_test_grant(ctx, bob, "coordinator") == 0);
    grant = (long long)member_test_grant(ctx, bob, "member");
    client_post(c, person_path(ctx, bob, mem_format(ctx->mem, "/roles/%lld/end", grant)), NULL);
    CHECK_TEXT(c->location, person_path(ctx, bob, mem_format(ctx->mem, "/left/%lld", grant)));
    struct web_client *his = client_other(c);
    client_sign_in(his, bob);
    client_get(his, "/account");
    CHECK_CODE(his, 200);
    client_follow(c);
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Nothing waits"));
    client_post(c, person_path(ctx, bob, mem_format(ctx->mem, "/left/%lld", grant)), NULL);
    CHECK_CODE(c, 303);
    client_get(his, "/account");
    CHECK_CODE(his, 303); /* no role is left anywhere: signed out */
}

/* ---- invitations ---- */

TEST(somebody_is_invited_and_accepts_by_the_pages)
{
    struct web_client *c = as(ctx, "lead@trust.example", "lead", TRUST);
    client_get(c, "/desk/invite");
    CHECK_CODE(c, 200);
    client_post(c, "/desk/invite", "email", BOB, "role", "coordinator", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, BOB) && client_has(c, "Not answered yet"));
    client_get(c, "/desk/invitations");
    CHECK(client_has(c, BOB) && client_has(c, "1 invitation<"));
    client_get(c, "/desk");
    CHECK(client_has(c, "Invitations without an answer"));
    const char *token = member_test_token(ctx, "member.invitation", BOB);
    const char *link = mem_format(ctx->mem, "/invitations/%s", token);
    struct web_client *newcomer = client_other(c);
    client_get(newcomer, link);
    CHECK_CODE(newcomer, 200);
    CHECK(client_has(newcomer, "You are invited"));
    client_post(newcomer, mem_format(ctx->mem, "%s/accept", link), "name", "Bob Builder", NULL);
    CHECK_CODE(newcomer, 200);
    CHECK(client_has(newcomer, "You have accepted"));
    client_get(newcomer, "/account");
    CHECK_CODE(newcomer, 303); /* the link signs nobody in */
    client_get(newcomer, link);
    CHECK_CODE(newcomer, 409);
    client_post(newcomer, mem_format(ctx->mem, "%s/accept", link), NULL);
    CHECK_CODE(newcomer, 409);
    client_post(newcomer, mem_format(ctx->mem, "%s/decline", link), NULL);
    CHECK_CODE(newcomer, 409);
    client_get(c, "/desk/invitations?state=accepted");
    CHECK(client_has(c, "1 invitation<"));
}

TEST(a_national_lead_invites_to_any_area)
{
    static const struct {
        const char *role, *organisation, *region;
        int code;
    } cases[] = {{"regional", "", "Y56", 303}, {"local", "QOP", "", 303},
                 {"lead", TRUST, "", 303},     {"editor", "", "", 303},
                 {"lead", "", "", 422},        {"regional", TRUST, "", 422},
                 {"operator", "", "", 422}};
    struct web_client *c = as(ctx, "n@x.example", "national", NULL);
    client_get(c, "/desk/invite");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        client_post(c, "/desk/invite", "email", mem_format(ctx->mem, "p%zu@x.example", i), "role",
                    cases[i].role, "organisation", cases[i].organisation, "region", cases[i].region,
                    NULL);
        CHECK_CODE(c, cases[i].code);
    }
    client_get(c, "/desk/invitations");
    CHECK(client_has(c, "4 invitations<"));
    const char *reference = client_between(c, "href=\"/desk/invitations/", "\"");
    client_get(c, mem_format(ctx->mem, "/desk/invitations/%s", reference));
    CHECK_CODE(c, 200);
    for (int i = 1; i < MEMBER_SENDS_MAX; i++) {
        CHECK(client_has(c, "Send it again"));
        client_post(c, mem_format(ctx->mem, "/desk/invitations/%s/again", reference), NULL);
        CHECK_CODE(c, 303);
        client_follow(c);
        CHECK_CODE(c, 200);
    }
    CHECK(client_has(c, "as often as it can be") && !client_has(c, "Send it again"));
    client_post(c, mem_format(ctx->mem, "/desk/invitations/%s/again", reference), NULL);
    CHECK_CODE(c, 409);
    client_post(c, mem_format(ctx->mem, "/desk/invitations/%s/withdraw", reference), NULL);
    CHECK_CODE(c, 303);
    client_post(c, mem_format(ctx->mem, "/desk/invitations/%s/again", reference), NULL);
    CHECK_CODE(c, 409);
    client_post(c, mem_format(ctx->mem, "/desk/invitations/%s/withdraw", reference), NULL);
    CHECK_CODE(c, 409);
    struct web_client *lead = as(ctx, "lead@trust.example", "lead", TRUST);
    client_get(lead, mem_format(ctx->mem, "/desk/invitations/%s", reference));
    CHECK_CODE(lead, 404);
}

/* ---- claims ---- */

/* To the page where the journey goes on. */
static void go_on(struct web_client *c)
{
    while (c->code == 303)
        client_follow(c);
}

/* The address of the page that was shown last; path begins with the method. */
static const char *here(const struct web_client *c)
{
    return strchr(c->path, '/');
}

static void claim(struct web_client *c, const char *email, const char *role)
{
    client_get(c, "/claim");
    client_post(c, "/claim", NULL);
    go_on(c);
    client_post(c, here(c), "organisation", TRUST, "organisation-typed", TRUST, NULL);
    go_on(c);
    client_post(c, here(c), "role", role, NULL);
    go_on(c);
    client_post(c, here(c), "name", "Cleo", "job_title", "Nurse", "email", email, NULL);
    go_on(c);
    client_post(c, here(c), NULL);
    go_on(c);
}

TEST(a_claim_is_made_proven_decided_and_followed_by_the_pages)
{
    struct web_client *lead = as(ctx, "lead@trust.example", "lead", TRUST);
    struct web_client *c = client_other(lead);
    claim(c, "cleo@trust.example", "coordinator");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "What happens next"));
    const char *token = member_test_token(ctx, "member.claim_proof", "cleo@trust.example");
    const char *link = mem_format(ctx->mem, "/claims/%s", token);
    client_get(c, link);
    CHECK(client_has(c, "Confirm your address"));
    client_get(lead, "/desk/claims");
    CHECK(!client_has(lead, "Cleo")); /* opening the link changes nothing */
    client_get(c, link);
    client_post(c, link, NULL);
    client_follow(c);
    CHECK(client_has(c, "Your address is confirmed") && client_has(c, "16 March 2026"));
    client_get(lead, "/desk/claims");
    CHECK(client_has(lead, "Cleo") && client_has(lead, "In time"));
    const char *path =
        mem_format(ctx->mem, "/desk/claims/%s", client_between(lead, "href=\"/desk/claims/", "\""));
    client_get(lead, path);
    CHECK_CODE(lead, 200);
    CHECK(client_has(lead, "I vouch for this person"));
    client_get(lead, mem_format(ctx->mem, "%s/refuse", path));
    CHECK_CODE(lead, 200);
    client_post(lead, mem_format(ctx->mem, "%s/refuse", path), "reason", "", NULL);
    CHECK_CODE(lead, 422);
    client_post(lead, mem_format(ctx->mem, "%s/confirm", path), "role", "national", NULL);
    CHECK_CODE(lead, 303);
    client_post(lead, mem_format(ctx->mem, "%s/confirm", path), NULL);
    CHECK_CODE(lead, 409);
    struct access_person cleo;
    CHECK(access_person_find(ctx, "cleo@trust.example", &cleo) == OK && cleo.grant_count == 1);
    CHECK_TEXT(cleo.grants[0].role->code, "coordinator");
    client_sign_in(c, cleo.id);
    client_get(c, "/account/claims");
    CHECK(client_has(c, "Confirmed"));
    client_get(c, "/account/roles");
    CHECK(client_has(c, "Coordinator for"));
}

TEST(domains_are_kept_by_the_lead)
{
    struct web_client *c = as(ctx, "lead@trust.example", "lead", TRUST);
    client_get(c, "/desk/domains/" TRUST "/add");
    CHECK_CODE(c, 200);
    client_post(c, "/desk/domains/" TRUST "/add", "domain", "nhs.net", "source", "web", NULL);
    CHECK_CODE(c, 422);
    client_post(c, "/desk/domains/" TRUST "/add", "domain", "trust.example", "source", "web", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "trust.example"));
    client_post(c, "/desk/domains/" TRUST "/trust.example/remove", NULL);
    CHECK_CODE(c, 303);
    client_post(c, "/desk/domains/" TRUST "/trust.example/remove", NULL);
    CHECK_CODE(c, 404);
    client_get(c, "/desk/domains/" OTHER_TRUST);
    CHECK_CODE(c, 403);
    client_post(c, "/desk/domains/" OTHER_TRUST "/add", "domain", "a.example", "source", "w", NULL);
    CHECK_CODE(c, 403);
}

/* ---- leaving ---- */

TEST(a_lead_leaves_by_the_account_and_is_signed_out)
{
    struct web_client *c = as(ctx, "lead@trust.example", "lead", TRUST);
    struct person_id boss = member_test_person(ctx, "lead@trust.example", "lead", TRUST);
    struct person_id bob = member_test_person(ctx, BOB, "member", TRUST);
    const char *path = mem_format(ctx->mem, "/account/leave/%lld",
                                  (long long)member_test_grant(ctx, boss, "lead"));
    client_get(c, "/account/roles");
    CHECK(client_has(c, path));
    client_get(c, path);
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Nobody else has this role here") && client_has(c, BOB));
    client_post(c, path, NULL);
    CHECK_CODE(c, 422);
    client_post(c, path, "successor", "4711", NULL);
    CHECK_CODE(c, 422);
    client_post(c, path, "successor", mem_format(ctx->mem, "%lld", (long long)bob.n), NULL);
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, "/account/left");
    client_follow(c);
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "You have left"));
    client_get(c, "/account/roles");
    CHECK_CODE(c, 303);
    CHECK(member_test_grant(ctx, bob, "lead") != 0);
}
