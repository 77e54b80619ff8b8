/* SPDX-License-Identifier: MIT */
/* programme_plan_test.c - the pages of plans: who gets in, what is told, what the public reads. */
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access_test_help.h"
#include "programme/plan/plan_test_help.h"
#include "programme/programme.h"

#define NOTE "The first way in is open."

struct scene {
    struct web_client *c;
    const char *reference, *plan, *action, *update;
};

/* A plan, and a browser in which its leader is signed in. */
static struct scene begin(struct ctx *ctx)
{
    struct scene s;
    help_demonstration(ctx, true);
    s.reference = plan_test_publish(ctx);
    s.plan = mem_format(ctx->mem, "/plans/%s", s.reference);
    s.action = mem_format(ctx->mem, "%s/1/actions/1", s.plan);
    s.update = mem_format(ctx->mem, "%s/update", s.action);
    s.c = web_client(ctx, &programme_app);
    client_sign_in(s.c, plan_test_person(ctx, "ada@trust.example", NULL));
    client_token(s.c);
    return s;
}

static struct web_client *as(struct ctx *ctx, const struct scene *s, const char *email,
                             const char *role)
{
    struct web_client *c = client_other(s->c);
    client_sign_in(c, plan_test_person(ctx, email, role));
    client_token(c);
    return c;
}

static void write_update(struct scene *s, const char *note, const char *state)
{
    client_post(s->c, s->update, "state", state, "rag", "green", "happened_on", "2026-03-09",
                "note", note, NULL);
}

TEST(who_signs_and_who_keeps_plans_works_who_sees_pledges_reads_and_nobody_else)
{
    static const struct {
        const char *email, *role;
        int read, form;
    } people[] = {{"bo@union.example", NULL, 200, 200},
                  {"coordinator@x.example", "coordinator", 200, 200},
                  {"union@x.example", "union", 200, 200},
                  {"local@x.example", "local", 200, 404},
                  {"member@x.example", "member", 404, 404},
                  {"nobody@x.example", NULL, 404, 404}};
    struct scene s = begin(ctx);
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
        struct web_client *c = as(ctx, &s, people[i].email, people[i].role);
        client_get(c, s.plan);
        CHECK_CODE(c, people[i].read);
        client_get(c, s.action);
        CHECK_CODE(c, people[i].read);
        client_get(c, s.update);
        CHECK_CODE(c, people[i].form);
        client_post(c, s.update, "state", "planned", NULL);
        CHECK_CODE(c, people[i].form == 200 ? 422 : 404);
    }
    struct web_client *stranger = client_other(s.c);
    client_get(stranger, s.plan);
    CHECK_CODE(stranger, 303);
}

TEST(what_is_wrong_with_an_update_is_told_and_what_was_typed_stays)
{
    struct scene s = begin(ctx);
    client_get(s.c, s.update);
    CHECK_CODE(s.c, 200);
    client_post(s.c, s.update, "state", "stopped", "rag", "red", "happened_on-day", "9",
                "happened_on-month", "3", "happened_on-year", "2026", "note", "We stop here.",
                "link", "ftp://example.org/x", NULL);
    CHECK_CODE(s.c, 422);
    CHECK(client_has(s.c, "Enter why the action was stopped"));
    CHECK(client_has(s.c, "We stop here."));
    client_post(s.c, s.update, "state", "stopped", "reason", "No room", "rag", "red", "happened_on",
                "2026-03-09", "note", "We stop here.", "link", "ftp://example.org/x", NULL);
    CHECK_CODE(s.c, 422);
    CHECK(client_has(s.c, "begins with https:// or http://"));
    CHECK(client_has(s.c, "ftp://example.org/x"));
    client_post(s.c, s.update, "state", "stopped", "reason", "No room", "rag", "red", "happened_on",
                "2026-03-09", "note", "We stop here.", "link", "https://u:p@example.org/x", NULL);
    CHECK(client_has(s.c, "Take the user name or password out"));
}

TEST(a_file_stays_when_the_rest_is_wrong_and_is_given_to_those_who_work_on_it)
{
    struct scene s = begin(ctx);
    static const char text[] = "Ten people came.\n", fake[] = "GIF89a but not a picture";
    const struct client_file file = {"file", "people.txt", "text/plain", text, sizeof text - 1};
    const struct client_file wrong = {"file", "report.pdf", "application/pdf", fake,
                                      sizeof fake - 1};
    client_upload(s.c, s.update, &wrong, "state", "planned", "rag", "green", "happened_on",
                  "2026-03-09", "note", NOTE, NULL);
    CHECK_CODE(s.c, 422);
    CHECK(client_has(s.c, NOTE));
    client_upload(s.c, s.update, &file, "state", "planned", "rag", "green", "happened_on",
                  "2026-03-09", "note", "", NULL);
    CHECK_CODE(s.c, 422);
    CHECK(client_has(s.c, "people.txt"));
    write_update(&s, NOTE, "planned");
    CHECK_CODE(s.c, 303);
    client_follow(s.c);
    CHECK(client_has(s.c, "people.txt"));
    const char *id = client_between(s.c, "/evidence/", "\"");
    const char *path = mem_format(ctx->mem, "%s/evidence/%s", s.plan, id);
    client_get(s.c, path);
    CHECK_CODE(s.c, 200);
    CHECK_TEXT(s.c->body, text);
    CHECK(strstr(client_header(s.c, "Content-Disposition"), "attachment") != NULL);
    struct web_client *other = as(ctx, &s, "nobody@x.example", NULL);
    client_get(other, path);
    CHECK_CODE(other, 404);
    client_get(other, mem_format(ctx->mem, "/pledges/%s/plan", s.reference));
    CHECK(client_has(other, NOTE) && !client_has(other, "people.txt"));
    /* The next form does not have it any more. */
    client_get(s.c, s.update);
    CHECK(!client_has(s.c, "people.txt"));
}

TEST(a_file_that_is_not_wanted_any_more_is_not_taken)
{
    struct scene s = begin(ctx);
    const struct client_file file = {"file", "people.txt", "text/plain", "Ten\n", 4};
    client_upload(s.c, s.update, &file, "note", "", NULL);
    CHECK_CODE(s.c, 422);
    client_post(s.c, s.update, "state", "planned", "rag", "green", "happened_on", "2026-03-09",
                "note", NOTE, "file-remove", "yes", NULL);
    CHECK_CODE(s.c, 303);
    client_follow(s.c);
    CHECK(!client_has(s.c, "people.txt"));
}

TEST(what_others_wrote_meanwhile_is_shown_before_mine_is_taken)
{
    struct scene s = begin(ctx);
    const char *mine = mem_format(ctx->mem, "%s?seen=0", s.update);
    client_get(s.c, s.update);
    CHECK(client_has(s.c, "/update?seen=0\""));
    struct scene his = s;
    his.c = as(ctx, &s, "bo@union.example", NULL);
    write_update(&his, "A room was found.", "in-progress");
    CHECK_CODE(his.c, 303);
    client_post(s.c, mine, "state", "planned", "rag", "red", "happened_on", "2026-03-09", "note",
                NOTE, NULL);
    CHECK_CODE(s.c, 422);
    CHECK(client_has(s.c, "A room was found.") && client_has(s.c, NOTE));
    CHECK(client_has(s.c, "/update?seen=1\""));
    client_post(s.c, mem_format(ctx->mem, "%s?seen=1", s.update), "state", "planned", "rag", "red",
                "happened_on", "2026-03-09", "note", NOTE, NULL);
    CHECK_CODE(s.c, 303);
    CHECK(plan_test_read(ctx, s.reference, 0).actions[0].update_count == 2);
}

TEST(a_correction_begins_with_what_it_corrects)
{
    struct scene s = begin(ctx);
    const char *path = mem_format(ctx->mem, "%s/updates/1/correct", s.action);
    client_get(s.c, path);
    CHECK_CODE(s.c, 404);
    write_update(&s, NOTE, "in-progress");
    client_get(s.c, path);
    CHECK_CODE(s.c, 200);
    CHECK(client_has(s.c, NOTE));
    client_post(s.c, path, "state", "planned", "rag", "amber", "happened_on", "2026-03-09", "note",
                "It opens in May.", NULL);
    CHECK_CODE(s.c, 303);
    client_follow(s.c);
    CHECK(client_has(s.c, "This corrects update 1.") && client_has(s.c, NOTE));
    CHECK(client_count(s.c, "/correct\"") == 1);
}

TEST(a_plan_of_another_period_says_that_it_is_over)
{
    struct scene s = begin(ctx);
    write_update(&s, NOTE, "in-progress");
    plan_test_renew(ctx, s.reference);
    client_get(s.c, s.update);
    CHECK_CODE(s.c, 409);
    CHECK(client_has(s.c, "This plan cannot be changed any more"));
    write_update(&s, "Late", "planned");
    CHECK_CODE(s.c, 409);
    client_get(s.c, s.action);
    CHECK(client_has(s.c, NOTE) && !client_has(s.c, "Write an update"));
    client_get(s.c, mem_format(ctx->mem, "%s/3", s.plan));
    CHECK_CODE(s.c, 404);
    client_get(s.c, mem_format(ctx->mem, "%s/1/actions/99", s.plan));
    CHECK_CODE(s.c, 404);
    client_get(s.c, mem_format(ctx->mem, "/pledges/%s/plan?period=2&with=1", s.reference));
    CHECK_CODE(s.c, 200);
    CHECK(client_has(s.c, "Two periods side by side") && client_has(s.c, "In progress"));
    client_get(s.c, mem_format(ctx->mem, "/pledges/%s/plan?period=3", s.reference));
    CHECK_CODE(s.c, 404);
    client_get(s.c, mem_format(ctx->mem, "/pledges/%s/plan?period=x", s.reference));
    CHECK_CODE(s.c, 404);
}

TEST(the_public_reads_how_it_goes_on_the_pledge_and_no_name)
{
    struct scene s = begin(ctx);
    write_update(&s, NOTE, "in-progress");
    struct web_client *public = client_other(s.c);
    client_get(public, mem_format(ctx->mem, "/pledges/%s", s.reference));
    CHECK_CODE(public, 200);
    CHECK(client_has(public, "How it goes today") && client_has(public, "In progress"));
    client_get(public, mem_format(ctx->mem, "/pledges/%s/plan", s.reference));
    CHECK(client_has(public, NOTE) && !client_has(public, "Name of ada"));
    CHECK(!client_has(public, "Overdue</strong>"));
    client_get(public, mem_format(ctx->mem, "/pledges/%s/plan.json", s.reference));
    CHECK(client_has(public, "\"state\":\"in-progress\"") && !client_has(public, "Name of ada"));
    CHECK(time_day_start("2027-04-01", &ctx->now_secs) == OK);
    client_get(public, mem_format(ctx->mem, "/pledges/%s/plan", s.reference));
    CHECK(client_has(public, "Overdue</strong>"));
}

TEST(a_day_is_moved_on_the_page_with_a_reason_that_the_public_reads_beside_the_promised_day)
{
    struct scene s = begin(ctx);
    client_post(s.c, s.update, "state", "in-progress", "rag", "amber", "happened_on", "2026-03-09",
                "note", NOTE, "due_on-day", "30", "due_on-month", "6", "due_on-year", "2027", NULL);
    CHECK_CODE(s.c, 422);
    CHECK(client_has(s.c, "Enter why the day moves") && client_has(s.c, "value=\"2027\""));
    client_post(s.c, s.update, "state", "in-progress", "rag", "amber", "happened_on", "2026-03-09",
                "note", NOTE, "due_on-day", "30", "due_on-month", "6", "due_on-year", "2027",
                "due_reason", "The ward moves <first>.", NULL);
    CHECK_CODE(s.c, 303);
    client_follow(s.c);
    CHECK(client_has(s.c, "The day moves to 30 June 2027, because: The ward moves &lt;first&gt;."));
    struct web_client *public = client_other(s.c);
    client_get(public, mem_format(ctx->mem, "/pledges/%s/plan", s.reference));
    CHECK(client_has(public, "30 June 2027 (moved from 31 March 2027)"));
    CHECK(client_has(public, "moved because: The ward moves &lt;first&gt;."));
    client_get(public, mem_format(ctx->mem, "/pledges/%s/plan.json", s.reference));
    CHECK(client_has(public, "\"promised_on\":\"2027-03-31\""));
    client_get(s.c, mem_format(ctx->mem, "%s/updates/1/correct", s.action));
    CHECK(client_has(s.c, "The ward moves &lt;first&gt;."));
    client_post(s.c, s.update, "state", "in-progress", "rag", "amber", "happened_on", "2026-03-09",
                "note", "Words for few", "only", "workers", "due_on-day", "1", "due_on-month", "9",
                "due_on-year", "2027", "due_reason", "Not for all.", NULL);
    CHECK_CODE(s.c, 303);
    client_get(public, mem_format(ctx->mem, "/pledges/%s/plan", s.reference));
    CHECK(client_has(public, "1 September 2027 (moved from") && !client_has(public, "Not for all"));
}

TEST(an_update_is_taken_as_json_once_however_often_it_is_sent)
{
    struct scene s = begin(ctx);
    const char *json =
        "{\"state\":\"in-progress\",\"rag\":\"green\",\"happened_on\":\"2026-03-09\","
        "\"note\":\"By a program.\",\"only\":[\"workers\"]}";
    client_post_json(s.c, s.update, json);
    CHECK_CODE(s.c, 303);
    client_post_json(s.c, s.update, json);
    CHECK_CODE(s.c, 303);
    client_get(s.c, mem_format(ctx->mem, "%s/plan.json", s.plan));
    CHECK(client_count(s.c, "By a program.") == 1 && client_has(s.c, "\"public\":false"));
    client_post_json(s.c, s.update, "{\"state\":\"stopped\"}");
    CHECK_CODE(s.c, 422);
    CHECK(client_has(s.c, "\"field\":\"reason\""));
}

TEST(papers_of_a_plan_are_given_to_those_who_may_see_it)
{
    struct scene s = begin(ctx);
    write_update(&s, NOTE, "in-progress");
    client_get(s.c, mem_format(ctx->mem, "%s/plan.pdf", s.plan));
    CHECK_CODE(s.c, 200);
    CHECK(s.c->body_bytes > 1000 && memcmp(s.c->body, "%PDF", 4) == 0);
    client_get(s.c, mem_format(ctx->mem, "%s/plan.xlsx", s.plan));
    CHECK_CODE(s.c, 200);
    CHECK(s.c->body_bytes > 1000 && memcmp(s.c->body, "PK", 2) == 0);
    struct web_client *other = as(ctx, &s, "nobody@x.example", NULL);
    client_get(other, mem_format(ctx->mem, "%s/plan.pdf", s.plan));
    CHECK_CODE(other, 404);
}

TEST(what_is_overdue_or_quiet_waits_at_the_desk_of_its_organisation_only)
{
    struct scene s = begin(ctx);
    int64_t begun;
    CHECK(plan_begin_all(ctx, 0, &begun) == OK && begun == 1);
    struct web_client *c = as(ctx, &s, "lead@x.example", "lead");
    client_get(c, "/desk/plans");
    CHECK_CODE(c, 200);
    CHECK(!client_has(c, "Open two new ways in"));
    CHECK(time_day_start("2026-06-30", &ctx->now_secs) == OK); /* it begins on 1 April */
    client_sign_in(c, plan_test_person(ctx, "lead@x.example", NULL));
    client_get(c, "/desk/plans?why=quiet");
    CHECK(client_has(c, "Open two new ways in") && client_has(c, "No update for 90 days"));
    client_get(c, "/desk");
    CHECK(client_has(c, "Actions that wait for an update"));
    CHECK(time_day_start("2027-04-01", &ctx->now_secs) == OK);
    client_sign_in(c, plan_test_person(ctx, "lead@x.example", NULL));
    client_get(c, "/desk/plans.csv?why=overdue");
    CHECK(client_has(c, "Open two new ways in"));
    client_get(c, "/account");
    CHECK(client_has(c, "1 action overdue"));
    struct access_person elsewhere;
    const struct access_new wanted = {
        .email = "lead@y.example", .name = "Y", .role = "lead", .area = "RJ1"};
    CHECK(access_person_add(ctx, &wanted, &elsewhere, NULL) == OK);
    struct web_client *far = client_other(s.c);
    client_sign_in(far, elsewhere.id);
    client_get(far, "/desk/plans");
    CHECK_CODE(far, 200);
    CHECK(!client_has(far, "Open two new ways in"));
}

TEST(a_new_action_a_lead_and_people_go_by_their_pages)
{
    struct scene s = begin(ctx);
    const char *people = mem_format(ctx->mem, "%s/people", s.plan);
    client_post(s.c, mem_format(ctx->mem, "%s/add", s.plan), "action", "Mentors", NULL);
    CHECK_CODE(s.c, 422);
    CHECK(client_has(s.c, "Mentors"));
    client_post(s.c, mem_format(ctx->mem, "%s/add", s.plan), "intention", "tfc-1", "action",
                "Mentors", "baseline", "None", "measure", "People", "target", "10", "lead", "Bo",
                "start_on", "2026-05-01", "due_on", "2026-12-01", NULL);
    CHECK_CODE(s.c, 303);
    client_follow(s.c);
    CHECK(client_has(s.c, "Mentors"));
    client_get(s.c, mem_format(ctx->mem, "%s/lead", s.action));
    CHECK_CODE(s.c, 200);
    client_post(s.c, mem_format(ctx->mem, "%s/lead", s.action), "email", "no address", NULL);
    CHECK_CODE(s.c, 422);
    client_post(s.c, mem_format(ctx->mem, "%s/lead", s.action), "name", "Cy", "email",
                "cy@x.example", NULL);
    CHECK_CODE(s.c, 303);
    client_post(s.c, people, "name", "Di", "email", "di@x.example", NULL);
    CHECK_CODE(s.c, 303);
    client_follow(s.c);
    CHECK(client_has(s.c, "di@x.example") && client_has(s.c, "cy@x.example"));
    struct web_client *di = client_other(s.c);
    const char *join = mem_format(ctx->mem, "/plans/join/%s", plan_test_token(ctx, "di@x.example"));
    client_get(di, join);
    CHECK_CODE(di, 200);
    client_post(di, join, NULL);
    CHECK_CODE(di, 303);
    CHECK_TEXT(di->location, mem_format(ctx->mem, "/sign-in?next=%s", s.plan));
    client_post(s.c, mem_format(ctx->mem, "%s/2/end", people), NULL);
    CHECK_CODE(s.c, 303);
    client_get(di, join);
    CHECK(client_has(di, "This link can no longer be used"));
    client_post(di, join, NULL);
    CHECK_CODE(di, 409);
    client_get(di, "/plans/join/nothing");
    CHECK_CODE(di, 404);
}
