/* SPDX-License-Identifier: MIT */
/* programme_register_test.c - the pages of the register as a whole, as people meet them. */
#include "platform/base/hash.h"
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/web/web_test_client.h"
#include "programme/demo/demo.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"
#include "programme/individual/individual_test_help.h"
#include "programme/plan/plan.sql.h"
#include "programme/pledge/pledge_test.h"
#include "programme/programme.h"
#include "programme/register/register.h"

static struct web_client *visitor(struct ctx *ctx)
{
    struct settings *settings = mem_new(ctx->mem, struct settings);
    *settings = settings_built_in(ctx->mem);
    ctx->settings = settings;
    return web_client(ctx, &programme_app);
}

static const char *published(struct ctx *ctx, const char *code)
{
    const char *reference = pledge_test_send(ctx, code);
    pledge_test_sign(ctx);
    CHECK(pledge_acknowledge(ctx, reference) == OK && pledge_publish(ctx, reference) == OK);
    return reference;
}

static void move_to(struct ctx *ctx, const char *day)
{
    CHECK(time_at(day, 12, 0, &ctx->now_secs) == OK);
}

/* R0A since 9 March, R0B since 30 April, and it is June. */
static void live_till_june(struct ctx *ctx, const char **first, const char **second)
{
    *first = published(ctx, "R0A");
    move_to(ctx, "2026-04-30");
    *second = published(ctx, "R0B");
    move_to(ctx, "2026-06-01");
    CHECK(register_count_places(ctx) == OK && register_count_quarters(ctx) == OK);
    CHECK(register_snapshot_make(ctx) == OK);
}

static void get(struct web_client *c, const char *target, int code)
{
    client_get(c, target);
    CHECK_CODE(c, code);
}

TEST(every_page_of_the_register_says_so_while_there_is_nothing)
{
    static const char *const pages[] = {"/pledges/map",
                                        "/pledges/map.csv",
                                        "/pledges/map.json",
                                        "/pledges/progress",
                                        "/pledges/progress.csv",
                                        "/pledges/progress.json",
                                        "/pledges/compare",
                                        "/pledges/snapshots",
                                        "/pledges/snapshots.json",
                                        "/pledges/snapshots.csv",
                                        "/pledges/snapshots/difference"};
    directory_test_packs(ctx);
    struct web_client *c = visitor(ctx);
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
        get(c, pages[i], 200);
    get(c, "/pledges/progress", 200);
    CHECK(client_has(c, "Nothing has been counted yet"));
    get(c, "/pledges/map", 200);
    CHECK(client_has(c, "0 pledges are in force today") && client_has(c, "not been counted yet"));
    get(c, "/pledges/map.json", 200);
    CHECK(client_has(c, "\"can_sign\":null") && !client_has(c, "\"can_sign\":0"));
    get(c, "/pledges/snapshots/difference.csv", 404);
    CHECK(client_has(c, "not two snapshots yet"));
}

TEST(the_tiles_and_the_table_say_the_same)
{
    const char *first, *second;
    live_till_june(ctx, &first, &second);
    struct web_client *c = visitor(ctx);
    get(c, "/pledges/map", 200);
    CHECK(client_has(c, "2 pledges are in force today"));
    CHECK(client_has(c, "href=\"/pledges?board=QOP\" aria-label=\"NHS Greater Manchester "
                        "Integrated Care Board: 1 in force\""));
    CHECK(client_has(c, "href=\"/pledges?region=Y62\""));
    CHECK(client_has(c, "North West</a></th>"));
    get(c, "/pledges?board=QOP", 200);
    CHECK(client_has(c, "1 pledge<"));
    get(c, "/pledges/map.json", 200);
    CHECK(client_has(c, "\"in_force\":2,") && client_has(c, "\"counted_on\":\"2026-06-01\""));
    get(c, "/pledges/map.csv", 200);
    CHECK(client_has(c, "Y62,North West,QOP,"));
}

TEST(pages_of_the_register_cost_the_same_number_of_queries_for_any_number_of_pledges)
{
    const char *first, *second;
    live_till_june(ctx, &first, &second);
    struct web_client *c = visitor(ctx);
    get(c, "/pledges/map", 200);
    CHECK(c->store_calls <= 8);
    get(c, "/pledges/progress", 200);
    CHECK(c->store_calls <= 4);
    get(c, "/pledges/snapshots/2026-05", 200);
    CHECK(c->store_calls <= 4);
}

TEST(progress_shows_each_quarter_and_refuses_nonsense)
{
    static const char *const bad[] = {"2030-31-q1", "2026", "abc", "2026-27-q9", "%F0%9F%98%80"};
    const char *first, *second;
    live_till_june(ctx, &first, &second);
    struct web_client *c = visitor(ctx);
    get(c, "/pledges/progress", 200);
    CHECK(client_has(c, "2026/27 Q1 (April to June 2026)") && client_has(c, "31 May 2026"));
    CHECK(client_has(c, "This quarter still runs"));
    get(c, "/pledges/progress?quarter=2025-26-q4", 200);
    CHECK(!client_has(c, "This quarter still runs"));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        get(c, mem_format(ctx->mem, "/pledges/progress?quarter=%s", bad[i]), 404);
        CHECK(client_has(c, "There are no figures for this quarter"));
    }
    get(c, "/pledges/progress.json", 200);
    CHECK(client_has(c, "\"quarter\":\"2025/26 Q4\""));
    get(c, "/pledges/progress.csv", 200);
    CHECK(client_has(c, "2025/26 Q4,2026-01-01,2026-03-31,Y62,North West,1,1,0,0,0,0,1,"));
}

TEST(a_snapshot_can_be_read_downloaded_and_compared)
{
    struct register_snapshot snapshot;
    const char *first, *second;
    live_till_june(ctx, &first, &second);
    struct web_client *c = visitor(ctx);
    CHECK(register_snapshot_find(ctx, "2026-05", &snapshot) == OK);
    get(c, "/pledges/snapshots", 200);
    CHECK(client_has(c, "May 2026") && client_has(c, "/pledges/snapshots/2026-05"));
    get(c, "/pledges/snapshots/2026-05", 200);
    CHECK(client_has(c, snapshot.digest) && client_has(c, snapshot.signature));
    CHECK(client_has(c, "See what changed since April 2026"));
    get(c, "/pledges/snapshots/2026-05.json", 200);
    CHECK_TEXT(hash_sha256(ctx->mem, c->body, c->body_bytes), snapshot.digest);
    get(c, "/pledges/snapshots/difference?from=2026-03&to=2026-05", 200);
    CHECK(client_has(c, "From March 2026 to May 2026") && client_has(c, second));
    CHECK(client_has(c, "<strong>1</strong> came onto the register"));
    get(c, "/pledges/snapshots/difference?from=2026-04&to=2026-05", 200);
    CHECK(client_has(c, "Nothing changed"));
    get(c, "/pledges/snapshots/difference", 200);
    CHECK(client_has(c, "From April 2026 to May 2026"));
    get(c, "/pledges/snapshots/difference.csv?from=2026-03&to=2026-05", 200);
    CHECK(client_has(c, "R0B") && client_has(c, ",New,,published,0,1"));
    get(c, "/pledges/snapshots/difference.json?from=2026-03&to=2026-05", 200);
    CHECK(client_has(c, "\"change\":\"added\",\"before\":null"));
}

TEST(months_that_there_are_not_are_refused_with_the_reason)
{
    static const struct {
        const char *target, *says;
        int code;
    } asked[] = {
        {"2026-06", "June 2026 is not over yet", 404},
        {"2031-01", "January 2031 is not over yet", 404},
        {"2026-02", "There is no snapshot of February 2026", 404},
        {"2026-13", "This is not a month", 404},
        {"soon", "This is not a month", 404},
        {"2026-06.json", "June 2026 is not over yet", 404},
        {"difference?from=2026-05&to=2026-03", "must be earlier", 422},
        {"difference?from=2026-05&to=2026-05", "must be earlier", 422},
        {"difference?from=2026-05&to=2026-06", "June 2026 is not over yet", 404},
        {"difference?from=2025-01&to=2026-05", "There is no snapshot of January 2025", 404},
        {"difference?from=2026-04", "Choose two months", 422},
        {"difference?from=x&to=y", "Choose two months", 422},
        {"difference.csv?from=2026-05&to=2026-03", "must be earlier", 404},
        {"difference.json?from=2026-05&to=2027-03", "is not over yet", 404},
    };
    const char *first, *second;
    live_till_june(ctx, &first, &second);
    struct web_client *c = visitor(ctx);
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        get(c, mem_format(ctx->mem, "/pledges/snapshots/%s", asked[i].target), asked[i].code);
        CHECK(client_has(c, asked[i].says));
    }
    get(c, "/pledges/snapshots/2026-06", 404);
    CHECK(client_has(c, "Its snapshot is made on 1 July 2026"));
    get(c, "/pledges/snapshots/difference?from=2026-05&to=2026-03", 422);
    CHECK(client_has(c, "<option value=\"2026-05\" selected>")); /* what was chosen stays */
}

TEST(people_are_counted_when_they_confirm_and_by_no_region)
{
    struct register_progress progress;
    struct register_snapshot april, may;
    struct individual ada;
    (void)published(ctx, "R0A");
    move_to(ctx, "2026-04-20");
    (void)individual_test_sign(ctx, "ada@trust.example");
    (void)individual_test_sign(ctx, "bo@trust.example");
    (void)individual_test_send(ctx, "not-yet@trust.example");
    move_to(ctx, "2026-05-20");
    CHECK(individual_of(ctx, "ada@trust.example", &ada) == OK);
    CHECK(individual_withdraw(ctx, &ada) == OK);
    move_to(ctx, "2026-07-01");
    CHECK(register_count_quarters(ctx) == OK && register_snapshot_make(ctx) == OK);
    CHECK(register_progress(ctx, &progress) == OK && progress.quarter_count == 2);
    CHECK(progress.quarters[0].individuals == 2 && progress.quarters[1].individuals == 0);
    CHECK(register_snapshot_find(ctx, "2026-04", &april) == OK && april.individuals == 2);
    CHECK(register_snapshot_find(ctx, "2026-05", &may) == OK && may.individuals == 1);
    struct web_client *c = visitor(ctx);
    get(c, "/pledges/progress.csv", 200);
    CHECK(client_has(c, "2026/27 Q1,2026-04-01,2026-06-30,,All,0,0,0,0,0,0,1,2"));
    CHECK(client_has(c, ",Y62,North West,0,0,0,0,0,0,1,\r\n"));
}

/* Two actions of its plan: one embedded, one overdue. */
static void plan_begins(struct ctx *ctx, const char *reference)
{
    struct pledge pledge;
    int64_t changes;
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_PUBLIC, &pledge) == OK);
    CHECK(plan_add(ctx, pledge.organisation_id, pledge.id, 1, ctx->now_secs, &changes) == OK);
    for (int i = 1; i <= 2; i++)
        CHECK(plan_action_add(ctx, pledge.organisation_id, pledge.id, 1, i, 0, "tfc-1", "None",
                              "Mentors", "People", "10", "A post", "", "2026-01-01", "2026-02-01",
                              ctx->now_secs, "planned", "", "2026-07-01", "2026-07-01",
                              &changes) == OK);
    CHECK(plan_action_follow(ctx, pledge.organisation_id, pledge.id, 1, 1, "embedded", "",
                             "2026-02-01", 1, 0, "", "", &changes) == OK);
}

TEST(living_plans_are_compared_by_what_is_embedded_and_overdue)
{
    static const char *const codes[] = {"R0A", "R0B", "R0D", "RA2", "RA7"};
    struct register_group group;
    const char *reference = NULL;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        plan_begins(ctx, reference = published(ctx, codes[i]));
    CHECK(register_group_of(ctx, reference, &group) == OK);
    CHECK(group.own.embedded_percent == 50 && group.own.overdue_percent == 50);
    CHECK(group.middle.embedded_percent == 50 && group.middle.overdue_percent == 50);
    struct web_client *c = visitor(ctx);
    get(c, mem_format(ctx->mem, "/pledges/compare?with=%s", reference), 200);
    CHECK(client_has(c, "50% (middle: 50%)") && client_has(c, "the whole country: 5 pledges"));
}

TEST(up_to_four_stand_side_by_side)
{
    const char *first, *second;
    live_till_june(ctx, &first, &second);
    struct web_client *c = visitor(ctx);
    get(c, mem_format(ctx->mem, "/pledges/%s", first), 200);
    CHECK(client_has(c, mem_format(ctx->mem, "/pledges/compare?with=%s", first)));
    get(c, mem_format(ctx->mem, "/pledges/compare?with=%s&with=r0b&with=", first), 200);
    CHECK(client_has(c, "Side by side") && client_has(c, second) && client_has(c, first));
    CHECK(client_has(c, "None: only 2 of the kind"));
    CHECK(client_has(c, "does not know the size of organisations"));
    CHECK(client_has(c, "value=\"r0b\"")); /* to go on from */
    get(c, "/pledges/compare?with=manchester+university", 200);
    CHECK(client_has(c, first));
}

TEST(what_stands_side_by_side_is_there_as_data_too)
{
    static const char *const codes[] = {"R0A", "R0B", "R0D", "RA2", "RA7"};
    const char *reference = NULL;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        plan_begins(ctx, reference = published(ctx, codes[i]));
    struct web_client *c = visitor(ctx);
    get(c, "/pledges/compare.json", 200);
    CHECK(client_has(c, "{\"pledges\":[]}"));
    get(c, mem_format(ctx->mem, "/pledges/compare.json?with=%s&with=R0A", reference), 200);
    CHECK(client_has(c, mem_format(ctx->mem, "\"reference\":\"%s\"", reference)));
    CHECK(client_has(c, "\"state\":\"published\"") &&
          client_has(c, "\"region\":\"\",\"pledges\":5"));
    CHECK(client_has(c, "\"embedded_percent\":50,\"overdue_percent\":50"));
    CHECK(!client_has(c, "\"group\":null"));
    get(c, "/pledges/compare.json?with=R0A&with=R0A", 422);
    CHECK(client_has(c, "is there twice"));
    get(c, "/pledges/compare.json?with=a&with=b&with=c&with=d&with=e", 422);
    CHECK(client_has(c, "Choose at most 4 pledges"));
}

TEST(a_group_that_is_too_small_is_null)
{
    const char *first, *second;
    live_till_june(ctx, &first, &second);
    struct web_client *c = visitor(ctx);
    get(c, mem_format(ctx->mem, "/pledges/compare.json?with=%s", first), 200);
    CHECK(client_has(c, "\"group\":null") && client_has(c, "\"embedded_percent\":null"));
}

TEST(what_cannot_be_compared_is_said_and_kept)
{
    const char *first, *second;
    live_till_june(ctx, &first, &second);
    struct web_client *c = visitor(ctx);
    get(c, mem_format(ctx->mem, "/pledges/compare?with=%s&with=R0A", first), 422);
    CHECK(client_has(c, "is there twice") && client_has(c, "value=\"R0A\""));
    CHECK(client_has(c, "Side by side")); /* what is right is shown all the same */
    get(c, "/pledges/compare?with=PL-0000-0000&with=nobody", 422);
    CHECK(client_has(c, "Not one public pledge fits what is in box 1"));
    CHECK(client_has(c, "box 2") && client_has(c, "value=\"nobody\""));
    get(c, "/pledges/compare?with=a&with=b&with=c&with=d&with=e", 422);
    CHECK(client_has(c, "Choose at most 4 pledges") && client_has(c, "value=\"e\""));
    CHECK(client_count(c, "name=\"with\"") == 5);
    const char *hidden = pledge_test_send(ctx, "RA2"); /* not public */
    get(c, mem_format(ctx->mem, "/pledges/compare?with=%s", hidden), 422);
    get(c, "/pledges/compare?with=%3Cscript%3E", 422);
    CHECK(!client_has(c, "<script>"));
}

TEST(an_organisation_shows_all_its_pledges_over_time)
{
    const char *first = published(ctx, "R0A");
    move_to(ctx, "2026-04-30");
    CHECK(pledge_withdraw(ctx, first, "secret reason") == OK);
    move_to(ctx, "2026-05-30");
    const char *second = published(ctx, "R0A");
    struct web_client *c = visitor(ctx);
    get(c, "/organisations/R0A", 200);
    CHECK(client_has(c, "Its pledges over time") && client_has(c, first) && client_has(c, second));
    CHECK(client_has(c, "Signed on 9 March 2026, ended on 30 April 2026"));
    CHECK(client_has(c, "in force since 30 May 2026") && !client_has(c, "secret reason"));
    get(c, "/organisations/R0B", 200);
    CHECK(!client_has(c, "Its pledges over time"));
}

/* Both sides sign the review at noon of a day. */
static void review(struct ctx *ctx, const char *reference)
{
    static const enum pledge_event_kind kinds[] = {PLEDGE_REVIEW_OPENED, PLEDGE_REVIEW_SENT,
                                                   PLEDGE_REVIEW_LEADER_SIGNED,
                                                   PLEDGE_REVIEW_COSIGNER_SIGNED};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        CHECK(pledge_happen(ctx, reference,
                            &(const struct pledge_news){.kind = kinds[i], .role = "programme"},
                            NULL) == OK);
}

TEST(renewals_and_lapses_are_counted_and_told)
{
    static const struct pledge_news opens = {.kind = PLEDGE_REVIEW_OPENED, .role = "programme"};
    static const struct pledge_news lapses = {.kind = PLEDGE_HAS_LAPSED, .role = "programme"};
    struct register_progress progress;
    struct register_difference d;
    const char *first = published(ctx, "R0A"), *second = published(ctx, "R0B");
    move_to(ctx, "2027-03-01");
    review(ctx, first);
    CHECK(pledge_happen(ctx, second, &opens, NULL) == OK);
    move_to(ctx, "2027-06-20");
    CHECK(pledge_happen(ctx, second, &lapses, NULL) == OK);
    move_to(ctx, "2027-07-01");
    CHECK(register_count_quarters(ctx) == OK && register_snapshot_make(ctx) == OK);
    CHECK(register_progress(ctx, &progress) == OK && progress.quarter_count == 6);
    CHECK(progress.quarters[0].all.lapsed == 1 && progress.quarters[0].all.in_force == 1);
    CHECK(progress.quarters[1].all.renewed == 1 && progress.quarters[1].all.in_force == 2);
    CHECK(register_difference(ctx, "2027-02", "2027-06", &d) == OK);
    CHECK(d.count == 2 && d.changed == 1 && d.left == 1);
    struct web_client *c = visitor(ctx);
    get(c, "/organisations/R0A", 200);
    CHECK(client_has(c, "Review signed on 1 March 2027."));
    get(c, "/pledges/snapshots/difference?from=2027-02&to=2027-06", 200);
    CHECK(client_has(c, "Renewed, year 2") && client_has(c, "Lapsed"));
}

TEST(the_register_links_to_its_figures_and_its_months)
{
    (void)published(ctx, "R0A");
    struct web_client *c = visitor(ctx);
    get(c, "/pledges", 200);
    CHECK(client_has(c, "/pledges/map") && client_has(c, "/pledges/snapshots"));
}
