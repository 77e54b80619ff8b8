/* SPDX-License-Identifier: MIT */
/* programme_review_test.c - reviews through their pages: who gets in, what stays, what shows. */
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access.h"
#include "programme/access/access_test_help.h"
#include "programme/programme.h"
#include "programme/review/review_test_help.h"

struct scene {
    struct ctx *ctx;
    struct web_client *c;
    const char *reference;
};

static struct person_id person(struct ctx *ctx, const char *email, const char *role,
                               const char *area)
{
    struct access_person out;
    const struct access_new wanted = {.email = email, .role = role, .area = area};
    CHECK(access_person_add(ctx, &wanted, &out, NULL) == OK);
    return out.id;
}

static struct web_client *as(const struct scene *scene, const char *email, const char *role,
                             const char *area)
{
    struct ctx *ctx = scene->ctx;
    struct web_client *c = client_other(scene->c);
    ctx->person = (struct person_id){0};
    client_sign_in(c, person(ctx, email, role, area));
    client_token(c);
    return c;
}

static struct scene begin(struct ctx *ctx)
{
    struct scene scene = {.ctx = ctx, .reference = review_test_open(ctx)};
    scene.c = web_client(ctx, &programme_app);
    return scene;
}

static const char *at(const struct scene *scene, const char *tail)
{
    return mem_format(scene->ctx->mem, "/reviews/%s%s", scene->reference, tail);
}

static const char *public_at(const struct scene *scene, const char *tail)
{
    return mem_format(scene->ctx->mem, "/pledges/%s%s", scene->reference, tail);
}

/* Writes all parts of the review by their pages, from the first on. */
static void write_all(const struct scene *scene, struct web_client *c)
{
    client_post(c, at(scene, "/write/tfc-1"), "done", "Two ways in.", "next", "A third.", NULL);
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, at(scene, "/write/tfc-3"));
    client_post(c, c->location, "done", "Twelve people.", "next", "Twenty.", NULL);
    CHECK_TEXT(c->location, at(scene, "/write/statement"));
    client_post(c, c->location, "statement", "A good year.", NULL);
    CHECK_TEXT(c->location, at(scene, "/write/changes"));
    client_post(c, c->location, "changes", "More places.", NULL);
    CHECK_TEXT(c->location, at(scene, "/check"));
}

TEST(a_review_is_there_for_those_who_sign_and_those_who_keep_the_plan_and_for_nobody_else)
{
    struct scene scene = begin(ctx);
    static const struct {
        const char *email, *role, *area;
        int code;
    } people[] = {{REVIEW_TEST_LEADER, NULL, NULL, 200},
                  {REVIEW_TEST_COSIGNER, NULL, NULL, 200},
                  {"coordinator@trust.example", "coordinator", "R0A", 200},
                  {"union@trust.example", "union", "R0A", 200},
                  {"member@trust.example", "member", "R0A", 404},
                  {"lead@else.example", "lead", "RJ1", 404},
                  {"national@x.example", "national", NULL, 404}};
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
        struct web_client *c = as(&scene, people[i].email, people[i].role, people[i].area);
        client_get(c, at(&scene, ""));
        CHECK_CODE(c, people[i].code);
        client_get(c, at(&scene, "/write/tfc-1"));
        CHECK_CODE(c, people[i].code);
        client_get(c, at(&scene, "/check"));
        CHECK_CODE(c, people[i].code);
        if (people[i].code == 404) {
            client_post(c, at(&scene, "/send"), NULL);
            CHECK_CODE(c, 404);
            client_post(c, at(&scene, "/sign?period=1&version=1"), NULL);
            CHECK_CODE(c, 404);
        }
    }
    client_get(scene.c, at(&scene, ""));
    CHECK_CODE(scene.c, 303); /* to sign in */
}

TEST(a_review_is_written_part_by_part_read_whole_sent_signed_by_both_and_public)
{
    struct scene scene = begin(ctx);
    struct web_client *c = as(&scene, "coordinator@trust.example", "coordinator", "R0A");
    client_get(c, "/account");
    CHECK(client_has(c, "Reviews to write and sign") && client_has(c, at(&scene, "")));
    client_get(c, at(&scene, ""));
    CHECK(client_count(c, "Not started") == 4 && client_has(c, "The plan as it stands"));
    client_get(c, at(&scene, "/write/tfc-1"));
    CHECK(client_has(c, "Open two new ways in: Planned"));
    client_post(c, at(&scene, "/send"), NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "There is more to write") && client_has(c, "/write/statement"));
    write_all(&scene, c);
    client_follow(c);
    CHECK(client_has(c, "Two ways in.") && client_has(c, "Send it to be signed"));
    client_post(c, at(&scene, "/send?period=1"), NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "Version 1") && !client_has(c, "I sign this review"));
    client_post(c, at(&scene, "/sign?period=1&version=1"), NULL);
    CHECK_CODE(c, 404); /* who keeps the plan signs for nobody */
    /* One side signs while signed in, the other by its link. */
    c = as(&scene, REVIEW_TEST_LEADER, NULL, NULL);
    client_get(c, at(&scene, ""));
    CHECK(client_has(c, "I sign this review") && client_has(c, "for the employer"));
    for (int i = 0; i < 2; i++) {
        client_post(c, at(&scene, "/sign?period=1&version=1"), NULL);
        CHECK_CODE(c, 303);
    }
    client_follow(c);
    CHECK(client_has(c, "You have signed this version for the employer"));
    client_get(scene.c, public_at(&scene, ""));
    CHECK(client_has(scene.c, "The review is due by 9 March 2027"));
    client_get(scene.c, public_at(&scene, "/reviews/1"));
    CHECK_CODE(scene.c, 404);
    const char *link =
        mem_format(ctx->mem, "/reviews/confirm/%s", review_test_token(ctx, REVIEW_TEST_COSIGNER));
    client_get(scene.c, link);
    CHECK(client_has(scene.c, "You sign as <strong>Branch secretary</strong>"));
    CHECK(review_test_state(ctx, scene.reference) ==
          PLEDGE_UNDER_REVIEW); /* a GET changes nothing */
    client_post(scene.c, link, NULL);
    client_follow(scene.c);
    CHECK(client_has(scene.c, "The pledge goes on for another year"));
    client_get(scene.c, public_at(&scene, ""));
    CHECK(client_has(scene.c, "Review of year 1") && client_has(scene.c, "Twelve people."));
    CHECK(client_has(scene.c, "The next review is due by 9 March 2028"));
    client_get(scene.c, public_at(&scene, "/reviews/1"));
    CHECK_CODE(scene.c, 200);
    CHECK(client_has(scene.c, "Chief executive, for the employer"));
    CHECK(!client_has(scene.c, "Ada Leader")); /* the pledge shows no names */
    client_get(scene.c, public_at(&scene, "/reviews/1/review.pdf"));
    CHECK_CODE(scene.c, 200);
    CHECK_TEXT(client_header(scene.c, "Content-Type"), "application/pdf");
    client_get(c, at(&scene, ""));
    CHECK(client_has(c, "opens on 9 January 2028"));
}

TEST(what_was_typed_stays_also_when_it_is_not_right)
{
    struct scene scene = begin(ctx);
    struct web_client *c = as(&scene, REVIEW_TEST_LEADER, NULL, NULL);
    client_post(c, at(&scene, "/write/tfc-1"), "done", "Two ways in.", "next", "", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Enter what comes next") && client_has(c, "Two ways in."));
    client_get(c, at(&scene, ""));
    CHECK(client_has(c, "Needs more"));
    c = as(&scene, REVIEW_TEST_COSIGNER, NULL, NULL); /* the other side goes on from there */
    client_get(c, at(&scene, "/write/tfc-1"));
    CHECK(client_has(c, "Two ways in."));
    client_post(c, at(&scene, "/write/tfc-1?period=1&number=1"), "done", "Two ways in.", "next",
                "A third.", NULL);
    CHECK_CODE(c, 303);
    client_get(c, at(&scene, "/write/nothing"));
    CHECK_CODE(c, 404);
    client_get(c, at(&scene, "/write/parts-0-done"));
    CHECK_CODE(c, 404);
}

TEST(who_saves_second_sees_what_the_other_wrote_and_keeps_their_own)
{
    struct scene scene = begin(ctx);
    struct web_client *a = as(&scene, REVIEW_TEST_LEADER, NULL, NULL);
    struct web_client *b = as(&scene, REVIEW_TEST_COSIGNER, NULL, NULL);
    client_post(a, at(&scene, "/write/changes?period=1&number=0"), "changes", "From Ada.", NULL);
    CHECK_CODE(a, 303);
    client_post(b, at(&scene, "/write/changes?period=1&number=0"), "changes", "From Bo.", NULL);
    CHECK_CODE(b, 422);
    CHECK(client_has(b, "Somebody else saved this page") && client_has(b, "From Ada."));
    CHECK(client_has(b, "From Bo.") && client_has(b, "number=1"));
    client_post(b, at(&scene, "/write/changes?period=1&number=1"), "changes", "From both.", NULL);
    CHECK_CODE(b, 303);
}

TEST(words_for_another_year_are_shown_again_and_not_kept)
{
    struct scene scene = begin(ctx);
    struct web_client *c = as(&scene, REVIEW_TEST_LEADER, NULL, NULL);
    client_post(c, at(&scene, "/write/changes?period=2&number=0"), "changes", "Of old.", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "You wrote this for another year") && client_has(c, "Of old."));
    client_get(c, at(&scene, "/write/changes"));
    CHECK(!client_has(c, "Of old."));
    write_all(&scene, c);
    client_post(c, at(&scene, "/send?period=2"), NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "These are words for year 2"));
}

TEST(a_review_that_is_not_open_says_when_it_opens)
{
    struct scene scene = {.ctx = ctx, .reference = review_test_pledge(ctx, true)};
    scene.c = web_client(ctx, &programme_app);
    struct web_client *c = as(&scene, REVIEW_TEST_LEADER, NULL, NULL);
    client_get(c, at(&scene, ""));
    CHECK(client_has(c, "opens on 8 January 2027"));
    client_post(c, at(&scene, "/send"), NULL);
    CHECK_CODE(c, 409);
    CHECK(client_has(c, "The review opens on 8 January 2027"));
    client_post(c, at(&scene, "/write/tfc-1"), "done", "x", "next", "y", NULL);
    CHECK_CODE(c, 409);
}

TEST(one_person_who_signs_for_both_sides_is_told_so)
{
    struct scene scene = begin(ctx);
    CHECK(review_test_send(ctx, scene.reference) == OK);
    struct web_client *c = as(&scene, REVIEW_TEST_LEADER, NULL, NULL);
    client_post(
        c,
        mem_format(ctx->mem, "/reviews/confirm/%s", review_test_token(ctx, REVIEW_TEST_COSIGNER)),
        NULL);
    CHECK_CODE(c, 409);
    CHECK(client_has(c, "One person cannot sign for both sides"));
}

TEST(a_review_goes_back_by_a_link_and_the_page_says_why)
{
    struct scene scene = begin(ctx);
    CHECK(review_test_send(ctx, scene.reference) == OK);
    const char *link =
        mem_format(ctx->mem, "/reviews/confirm/%s", review_test_token(ctx, REVIEW_TEST_COSIGNER));
    client_token(scene.c);
    client_post(scene.c, mem_format(ctx->mem, "%s/decline", link), "reason", "", NULL);
    CHECK_CODE(scene.c, 422);
    CHECK(client_has(scene.c, "Enter the reason"));
    client_post(scene.c, mem_format(ctx->mem, "%s/decline", link), "reason", "Say more", NULL);
    client_follow(scene.c);
    CHECK(client_has(scene.c, "You have not signed"));
    client_post(scene.c, link, NULL);
    CHECK_CODE(scene.c, 200);
    CHECK(client_has(scene.c, "You have not signed"));
    struct web_client *c = as(&scene, REVIEW_TEST_LEADER, NULL, NULL);
    client_get(c, at(&scene, ""));
    CHECK(client_has(c, "Sent back to be changed") && client_has(c, "Say more"));
    CHECK(client_has(c, "Somebody for the staff side") && !client_has(c, "I sign this review"));
    client_post(c, at(&scene, "/sign?period=1&version=1"), NULL);
    CHECK_CODE(c, 409);
    client_get(
        c, mem_format(ctx->mem, "/reviews/confirm/%s", review_test_token(ctx, REVIEW_TEST_LEADER)));
    CHECK_CODE(c, 409);
    CHECK(client_has(c, "This link can no longer be used"));
    /* Both can be called to change it; sent again, the version before is shown as void. */
    client_post(c, at(&scene, "/remind"), NULL);
    CHECK_CODE(c, 303);
    CHECK(review_test_send(ctx, scene.reference) == OK);
    client_follow(c);
    CHECK(client_has(c, "Version 1, sent on 8 January 2027, sent back"));
    CHECK(client_has(c, "They are void") && client_has(c, "I sign this review"));
}

TEST(another_program_sends_a_whole_review_as_json)
{
    struct scene scene = begin(ctx);
    struct web_client *c = as(&scene, "coordinator@trust.example", "coordinator", "R0A");
    client_post_json(c, at(&scene, "/send"), "{\"period\":1,\"statement\":\"A good year.\"}");
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "parts") && client_has(c, "changes"));
    client_post_json(
        c, at(&scene, "/send"),
        "{\"period\":1,\"statement\":\"A good year.\",\"changes\":\"More.\",\"parts\":["
        "{\"intention\":\"tfc-1\",\"done\":\"Two.\",\"next\":\"Three.\"},"
        "{\"intention\":\"tfc-3\",\"done\":\"Twelve.\",\"next\":\"Twenty.\"}]}");
    CHECK_CODE(c, 303);
    CHECK(review_test_find(ctx, scene.reference, 0).version.version == 1);
}

TEST(a_late_review_and_its_reason_are_public_and_the_desk_gives_more_time)
{
    struct scene scene = begin(ctx);
    review_test_day(ctx, "2027-03-20");
    struct web_client *c = as(&scene, "national@x.example", "national", NULL);
    client_get(c, "/desk");
    CHECK(client_has(c, "Reviews that are late") && client_has(c, "/desk/reviews?state=late"));
    client_get(c, "/desk/reviews?state=late");
    CHECK(client_has(c, scene.reference));
    client_get(c, "/desk/reviews.csv?state=lapsing");
    CHECK(!client_has(c, scene.reference));
    const char *extend = mem_format(ctx->mem, "/desk/reviews/%s/extend", scene.reference);
    client_get(c, mem_format(ctx->mem, "/desk/pledges/%s", scene.reference));
    CHECK(client_has(c, extend) && client_has(c, "Nothing was sent to be signed"));
    client_get(c, extend);
    client_post(c, extend, "until_on-day", "1", "until_on-month", "3", "until_on-year", "2027",
                "reason", "A flood", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Enter a day after 7 June 2027") && client_has(c, "A flood"));
    client_post(c, extend, "until_on-day", "1", "until_on-month", "8", "until_on-year", "2027",
                "reason", "A flood", NULL);
    CHECK_CODE(c, 303);
    client_get(c, extend);
    CHECK_CODE(c, 409);
    client_get(scene.c, public_at(&scene, ""));
    CHECK(client_has(scene.c, "was due by 9 March 2027 and is late"));
    CHECK(client_has(scene.c, "until 1 August 2027. The reason: A flood"));
    c = as(&scene, REVIEW_TEST_LEADER, NULL, NULL);
    client_get(c, at(&scene, ""));
    CHECK(client_has(c, "Why the review is late"));
    /* And when nobody signs it, the page says that it lapsed. */
    review_test_day(ctx, "2027-08-02");
    struct review_moved moved;
    CHECK(review_upkeep(ctx, &moved) == OK && moved.lapsed_count == 1);
    client_get(scene.c, public_at(&scene, ""));
    CHECK(client_has(scene.c, "so this pledge is no longer in force"));
    c = as(&scene, REVIEW_TEST_LEADER, NULL, NULL);
    client_get(c, at(&scene, ""));
    CHECK(client_has(c, "the pledge has lapsed"));
}

TEST(who_may_only_see_pledges_gives_no_more_time_and_nobody_outside_the_scope_sees_the_review)
{
    struct scene scene = begin(ctx);
    const char *extend = mem_format(ctx->mem, "/desk/reviews/%s/extend", scene.reference);
    struct web_client *c = as(&scene, "here@x.example", "regional", "Y62");
    client_get(c, "/desk/reviews");
    CHECK(client_has(c, scene.reference));
    client_get(c, extend);
    CHECK_CODE(c, 403);
    c = as(&scene, "elsewhere@x.example", "regional", "Y56");
    client_get(c, "/desk/reviews");
    CHECK_CODE(c, 200);
    CHECK(!client_has(c, scene.reference));
}

TEST(who_has_no_account_comes_to_write_by_the_mailed_link_and_a_fetch_makes_none)
{
    struct access_person found;
    struct scene scene = begin(ctx);
    const char *link = mem_format(ctx->mem, "/reviews/begin/%s",
                                  review_test_link(ctx, "review.opened", REVIEW_TEST_LEADER));
    client_get(scene.c, link);
    CHECK_CODE(scene.c, 200);
    CHECK(access_person_find(ctx, REVIEW_TEST_LEADER, &found) == ERR_NOT_FOUND);
    for (int i = 0; i < 2; i++) {
        client_post(scene.c, link, NULL);
        CHECK_CODE(scene.c, 303);
        CHECK_TEXT(scene.c->location, at(&scene, ""));
    }
    CHECK(access_person_find(ctx, REVIEW_TEST_LEADER, &found) == OK && found.grant_count == 0);
    CHECK_TEXT(found.name, "Ada Leader");
    client_follow(scene.c);
    CHECK(strstr(scene.c->location, "/sign-in?next=") != NULL); /* the link itself opens nothing */
    struct web_client *c = as(&scene, REVIEW_TEST_LEADER, NULL, NULL);
    client_get(c, at(&scene, ""));
    CHECK_CODE(c, 200);
    /* It is none to sign with, and it ends with the review. */
    client_get(scene.c, mem_format(ctx->mem, "/reviews/confirm/%s", strrchr(link, '/') + 1));
    CHECK_CODE(scene.c, 404);
    CHECK(pledge_withdraw(ctx, scene.reference, "no more") == OK);
    client_get(scene.c, link);
    CHECK_CODE(scene.c, 409);
    client_post(scene.c, link, NULL);
    CHECK_CODE(scene.c, 409);
}
