/* SPDX-License-Identifier: MIT */
/* lead_test.c - who is the lead of a place on a day, and what is said of leads. */
#include "programme/lead/lead.h"

#include "platform/base/id.h"
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "programme/directory/directory_test_help.h"
#include "programme/lead/lead.sql.h"
#include "programme/lead/lead_test_help.h"

/* The areas in which what was typed lies on a day, in their order: "QOP QYG". */
static const char *areas_of(struct ctx *ctx, const char *typed, const char *day)
{
    struct lead_place *places;
    size_t count;
    const char *out = "";
    CHECK(lead_places(ctx, typed, day, &places, &count) == OK);
    for (size_t i = 0; i < count; i++)
        out = mem_join(ctx->mem, out, i > 0 ? " " : "", places[i].area);
    return out;
}

/* Who leads there: the names of all areas, the narrowest first. */
static const char *leads_of(struct ctx *ctx, const char *area, const char *day)
{
    struct lead_answer answer;
    const char *out = "";
    CHECK(lead_answer_on(ctx, area, day, &answer) == OK);
    for (size_t i = 0; i < answer.area_count; i++)
        for (size_t k = 0; k < answer.areas[i].lead_count; k++)
            out =
                mem_join(ctx->mem, out, out[0] != '\0' ? ", " : "", answer.areas[i].leads[k].name);
    return out;
}

TEST(a_postcode_or_a_sector_says_its_area_and_one_in_two_areas_is_asked_about)
{
    lead_test_begin(ctx);
    CHECK_TEXT(areas_of(ctx, "M13 9WL", "2026-03-09"), "QOP");
    CHECK_TEXT(areas_of(ctx, "m13 9", "2026-03-09"), "QOP");
    CHECK_TEXT(areas_of(ctx, "pe13 3", "2025-03-09"), "QUE QMM");
    CHECK_TEXT(areas_of(ctx, "EH1 1YZ", "2026-03-09"), "");
    CHECK_TEXT(areas_of(ctx, "R0A", "2026-03-09"), "R0A");
    CHECK_TEXT(areas_of(ctx, "zzyzzx", "2026-03-09"), "");
    struct lead_place place;
    CHECK(lead_place_find(ctx, "PE13 3/QMM", "2025-03-09", &place) == OK);
    CHECK_TEXT(place.area, "QMM");
    CHECK(lead_place_find(ctx, "PE13 3/QOP", "2025-03-09", &place) == ERR_NOT_FOUND);
    CHECK(lead_place_find(ctx, "x/QOP", "2025-03-09", &place) == ERR_NOT_FOUND);
}

TEST(a_postcode_lies_where_it_lay_on_each_side_of_july_2022_and_april_2026)
{
    lead_test_begin(ctx);
    CHECK_TEXT(areas_of(ctx, "NW1 2BU", "2022-06-30"), "Y56"); /* no boards yet */
    CHECK_TEXT(areas_of(ctx, "NW1 2BU", "2022-07-01"), "QMJ");
    CHECK_TEXT(areas_of(ctx, "NW1 2BU", "2026-03-31"), "QMJ");
    CHECK_TEXT(areas_of(ctx, "NW1 2BU", "2026-04-01"), "Z9B2Z"); /* merged */
    CHECK_TEXT(areas_of(ctx, "GU9 7", "2026-03-31"), "QNQ");
    CHECK_TEXT(areas_of(ctx, "GU9 7", "2026-04-01"), "QRL S0E4D S9B9J"); /* split: they choose */
    CHECK_TEXT(areas_of(ctx, "pe13 3", "2026-04-01"), "S1Y5D T6Y0W");
}

TEST(who_led_a_place_is_known_for_each_side_of_both_days)
{
    static const char *const emails[] = {"old@nhs.example", "new@nhs.example",
                                         "region@nhs.example"};
    lead_test_day(ctx, "2022-06-01"); /* roles begin when they are given */
    lead_test_begin(ctx);
    lead_test_person(ctx, emails[2], "regional", "Y56");
    lead_test_add(ctx, &(const struct lead_test_new){
                           .email = emails[2], .area = "Y56", .from_on = "2022-01-01"});
    lead_test_day(ctx, "2022-07-02");
    lead_test_person(ctx, emails[0], "local", "Y56");
    lead_test_add(ctx, &(const struct lead_test_new){
                           .email = emails[0], .area = "QMJ", .from_on = "2022-07-01"});
    lead_test_day(ctx, "2026-04-02");
    lead_test_person(ctx, emails[1], "local", "Z9B2Z");
    lead_test_add(ctx, &(const struct lead_test_new){
                           .email = emails[1], .area = "Z9B2Z", .from_on = "2026-04-01"});

    /* A postcode, by the areas of the day. */
    CHECK_TEXT(leads_of(ctx, areas_of(ctx, "NW1 2BU", "2022-06-30"), "2022-06-30"),
               "Name of region@nhs.example");
    CHECK_TEXT(leads_of(ctx, areas_of(ctx, "NW1 2BU", "2022-07-01"), "2022-07-01"),
               "Name of old@nhs.example, Name of region@nhs.example");
    CHECK_TEXT(leads_of(ctx, areas_of(ctx, "NW1 2BU", "2026-03-31"), "2026-03-31"),
               "Name of old@nhs.example, Name of region@nhs.example");
    CHECK_TEXT(leads_of(ctx, areas_of(ctx, "NW1 2BU", "2026-04-01"), "2026-04-01"),
               "Name of new@nhs.example, Name of region@nhs.example");
    /* A trust, by its links: University College London Hospitals. */
    CHECK_TEXT(leads_of(ctx, "RRV", "2022-06-30"), "Name of region@nhs.example");
    CHECK_TEXT(leads_of(ctx, "RRV", "2022-07-01"),
               "Name of old@nhs.example, Name of region@nhs.example");
    CHECK_TEXT(leads_of(ctx, "RRV", "2026-03-31"),
               "Name of old@nhs.example, Name of region@nhs.example");
    CHECK_TEXT(leads_of(ctx, "RRV", "2026-04-01"),
               "Name of new@nhs.example, Name of region@nhs.example");
}

TEST(a_school_lies_where_its_postcode_does_and_one_in_two_areas_is_asked_about)
{
    struct lead_answer answer;
    lead_test_begin(ctx);
    lead_test_person(ctx, "east@nhs.example", "regional", "Y61");
    lead_test_add(ctx, &(const struct lead_test_new){
                           .email = "east@nhs.example", .area = "Y61", .from_on = "2026-01-01"});
    import_test_text(ctx, DIRECTORY_IMPORT_SCHOOLS,
                     "urn,name,postcode,status\n"
                     "900001,Oxford Road School,M13 9WL,open\n"
                     "900002,Border School,PE13 3AA,open\n",
                     "2026-03-01");
    CHECK(lead_answer_on(ctx, "900001", "2026-03-09", &answer) == OK && answer.area_count == 3);
    CHECK_TEXT(answer.areas[1].code, "QOP");
    CHECK_TEXT(answer.areas[2].code, "Y62");
    CHECK(answer.choice_count == 0);
    CHECK(lead_answer_on(ctx, "900002", "2026-03-09", &answer) == OK && answer.choice_count == 2);
    CHECK_TEXT(answer.choices[1].key, "PE13 3AA/QMM");
    CHECK_TEXT(leads_of(ctx, "900002", "2026-03-09"), "Name of east@nhs.example"); /* of both */
}

/* ---- what is said ---- */

static const char *why_not(struct ctx *ctx, const struct lead_draft *draft)
{
    struct form_problems problems = {.count = 0};
    int64_t id;
    CHECK(lead_add(ctx, draft, &problems, &id) == ERR_INVALID && problems.count > 0);
    ctx->fault = NULL;
    return problems.items[0].field;
}

TEST(a_lead_must_be_able_to_answer_in_an_area_that_there_is)
{
    lead_test_begin(ctx);
    lead_test_person(ctx, "ada@nhs.example", "local", "QOP");
    struct lead_draft draft = {.area = {.key = "QOP"},
                               .email = "ada@nhs.example",
                               .theme = "all",
                               .job_title = "",
                               .from_on = "2026-03-01",
                               .to_on = "2026-02-01"};
    CHECK_TEXT(why_not(ctx, &draft), "to_on");
    draft.to_on = "";
    draft.email = "nobody@nhs.example";
    CHECK_TEXT(why_not(ctx, &draft), "email");
    draft.email = "ada@nhs.example";
    draft.area.key = "QYG"; /* not her area */
    CHECK_TEXT(why_not(ctx, &draft), "email");
    draft.area.key = "QMJ"; /* ended the day before */
    draft.from_on = "2026-04-01";
    CHECK_TEXT(why_not(ctx, &draft), "area");
    draft.area.key = "QOP";
    ctx->person = lead_test_person(ctx, "reg@nhs.example", "regional", "Y56");
    CHECK_TEXT(why_not(ctx, &draft), "area"); /* not the area of who says it */
}

TEST(a_lead_who_is_away_is_covered_and_the_theme_decides)
{
    struct lead_holder holder;
    struct lead lead;
    struct form_problems problems = {.count = 0};
    lead_test_begin(ctx);
    lead_test_person(ctx, "ada@nhs.example", "local", "QOP");
    lead_test_person(ctx, "bo@nhs.example", "local", "QOP");
    lead_test_person(ctx, "cy@nhs.example", "regional", "Y62");
    int64_t id =
        lead_test_add(ctx, &(const struct lead_test_new){"ada@nhs.example", "QOP",
                                                         "apprenticeships", "2026-01-01", ""});
    lead_test_add(ctx,
                  &(const struct lead_test_new){"cy@nhs.example", "Y62", "all", "2026-01-01", ""});
    CHECK(lead_holder_of(ctx, "R0A", "apprenticeships", &holder) == OK);
    CHECK_TEXT(holder.name, "Name of ada@nhs.example");
    CHECK(lead_holder_of(ctx, "R0A", "volunteering", &holder) == OK);
    CHECK_TEXT(holder.name, "Name of cy@nhs.example");
    CHECK(lead_find(ctx, id, &lead) == OK);
    struct lead_away_draft away = {{"2026-03-08", "2026-03-20"}, "bo@nhs.example"};
    CHECK(lead_away_put(ctx, &lead, &away, &problems) == OK);
    CHECK(lead_holder_of(ctx, "R0A", "apprenticeships", &holder) == OK);
    CHECK_TEXT(holder.name, "Name of bo@nhs.example");
    CHECK(lead_away_put(ctx, &lead, &away, &problems) == ERR_INVALID);
    CHECK_TEXT(problems.items[0].field, "days");
    CHECK(lead_away_end(ctx, &lead, 1) == OK);
    problems.count = 0;
    away.email = ""; /* nobody stands in: the next lead has it */
    CHECK(lead_away_put(ctx, &lead, &away, &problems) == OK);
    CHECK(lead_holder_of(ctx, "R0A", "apprenticeships", &holder) == OK);
    CHECK_TEXT(holder.name, "Name of cy@nhs.example");
    CHECK(lead_holder_of(ctx, "RRV", "all", &holder) == ERR_NOT_FOUND);
}

TEST(a_lead_confirms_twice_a_year_or_is_hidden_and_the_supervisor_is_told)
{
    struct lead_moved moved;
    struct lead lead;
    struct mail_kept mail;
    lead_test_begin(ctx);
    struct person_id ada = lead_test_person(ctx, "ada@nhs.example", "local", "QOP");
    lead_test_person(ctx, "reg@nhs.example", "regional", "Y62");
    int64_t id = lead_test_add(
        ctx, &(const struct lead_test_new){"ada@nhs.example", "QOP", NULL, "2026-01-01", NULL});
    const int64_t began = ctx->now_secs;
    ctx->now_secs = began + (LEAD_CONFIRM_DAYS - LEAD_ASK_DAYS - 1) * 86400;
    CHECK(lead_upkeep(ctx, &moved) == OK && moved.asked_count == 0);
    ctx->now_secs += 86400;
    CHECK(lead_upkeep(ctx, &moved) == OK && moved.asked_count == 1);
    CHECK(lead_upkeep(ctx, &moved) == OK && moved.asked_count == 0);
    CHECK(lead_test_mails(ctx, "lead.ask", &mail) == 1);
    CHECK_TEXT(mail.to_address, "ada@nhs.example");
    ctx->now_secs = began + (int64_t)LEAD_CONFIRM_DAYS * 86400;
    CHECK(lead_upkeep(ctx, &moved) == OK && moved.hidden_count == 0);
    ctx->now_secs += 86400;
    CHECK(lead_upkeep(ctx, &moved) == OK && moved.hidden_count == 1);
    CHECK(lead_test_mails(ctx, "lead.hidden", &mail) == 1);
    CHECK_TEXT(mail.to_address, "reg@nhs.example");
    CHECK_TEXT(leads_of(ctx, "QOP", "2026-12-01"), "");
    CHECK_TEXT(leads_of(ctx, "QOP", "2026-03-09"), "Name of ada@nhs.example"); /* as it was */
    CHECK(lead_find(ctx, id, &lead) == OK && lead.is_hidden);
    ctx->person = ada;
    CHECK(lead_confirm(ctx, &lead) == OK);
    CHECK_TEXT(leads_of(ctx, "QOP", "2026-12-01"), "Name of ada@nhs.example");
    CHECK(lead_upkeep(ctx, &moved) == OK && moved.hidden_count == 0);
}

TEST(a_lead_whose_last_day_is_far_ahead_confirms_too_and_one_that_has_ended_does_not)
{
    struct lead_moved moved;
    struct mail_kept mail;
    lead_test_begin(ctx);
    lead_test_person(ctx, "ada@nhs.example", "local", "QOP");
    lead_test_person(ctx, "bo@nhs.example", "local", "QOP");
    lead_test_add(ctx, &(const struct lead_test_new){"ada@nhs.example", "QOP", NULL, "2026-01-01",
                                                     "2029-12-31"});
    lead_test_add(ctx, &(const struct lead_test_new){"bo@nhs.example", "QOP", NULL, "2026-01-01",
                                                     "2026-04-30"});
    ctx->now_secs += (LEAD_CONFIRM_DAYS - 1) * 86400;
    CHECK(lead_upkeep(ctx, &moved) == OK && moved.asked_count == 1 && moved.hidden_count == 0);
    CHECK(lead_test_mails(ctx, "lead.ask", &mail) == 1);
    CHECK_TEXT(mail.to_address, "ada@nhs.example");
    ctx->now_secs += (int64_t)2 * 86400;
    CHECK(lead_upkeep(ctx, &moved) == OK && moved.asked_count == 0 && moved.hidden_count == 1);
    CHECK_TEXT(leads_of(ctx, "QOP", "2026-12-01"), "");
}

TEST(an_address_is_shown_by_its_owner_alone)
{
    struct lead lead;
    struct lead_answer answer;
    lead_test_begin(ctx);
    struct person_id ada = lead_test_person(ctx, "ada@nhs.example", "local", "QOP");
    int64_t id = lead_test_add(
        ctx, &(const struct lead_test_new){"ada@nhs.example", "QOP", NULL, "2026-01-01", NULL});
    CHECK(lead_find(ctx, id, &lead) == OK);
    CHECK(lead_show_email(ctx, &lead, true) == ERR_FORBIDDEN);
    CHECK(lead_answer_on(ctx, "QOP", "2026-03-09", &answer) == OK);
    CHECK_TEXT(answer.areas[0].leads[0].email, "");
    ctx->person = ada;
    CHECK(lead_show_email(ctx, &lead, true) == OK);
    CHECK(lead_answer_on(ctx, "QOP", "2026-03-09", &answer) == OK);
    CHECK_TEXT(answer.areas[0].leads[0].email, "ada@nhs.example");
    CHECK(lead_answer_on(ctx, "QOP", "2026-03-08", &answer) == OK);
    CHECK_TEXT(answer.areas[0].leads[0].email, ""); /* of a day that has passed */
    ctx->person = lead_test_person(ctx, "bo@nhs.example", "local", "QOP");
    CHECK(lead_confirm(ctx, &lead) == ERR_FORBIDDEN);
}

TEST(a_lead_brings_the_own_end_nearer_and_does_not_put_it_off)
{
    struct lead lead;
    struct form_problems problems = {.count = 0};
    lead_test_begin(ctx);
    struct person_id keeper = ctx->person;
    struct person_id ada = lead_test_person(ctx, "ada@nhs.example", "local", "QOP");
    int64_t id = lead_test_add(ctx, &(const struct lead_test_new){"ada@nhs.example", "QOP", NULL,
                                                                  "2026-01-01", "2026-03-01"});
    CHECK(lead_find(ctx, id, &lead) == OK && lead.is_over);
    ctx->person = ada;
    CHECK(lead_end(ctx, &lead, "2029-12-31", &problems) == ERR_INVALID);
    CHECK_TEXT(form_problem_of(&problems, "last_on"),
               "It ends on 1 March 2026. Whoever looks after local leads in your region can put "
               "that off");
    ctx->fault = NULL;
    problems.count = 0;
    CHECK(lead_end(ctx, &lead, "2026-02-01", &problems) == OK);
    ctx->person = keeper;
    CHECK(lead_end(ctx, &lead, "2026-06-30", &problems) == OK);
}

/* ---- the role ---- */

TEST(a_lead_is_shown_while_the_role_holds_and_the_clock_ends_it_with_the_role)
{
    struct lead_moved moved;
    struct lead lead;
    struct mail_kept mail;
    struct form_problems problems = {.count = 0};
    lead_test_begin(ctx);
    lead_test_person(ctx, "ada@nhs.example", "local", "Y62");
    lead_test_person(ctx, "reg@nhs.example", "regional", "Y62");
    int64_t id = lead_test_add(
        ctx, &(const struct lead_test_new){"ada@nhs.example", "QOP", NULL, "2026-01-01", NULL});
    lead_test_day(ctx, "2026-05-10");
    CHECK(lead_upkeep(ctx, &moved) == OK && moved.lost_count == 0);
    CHECK(access_person_end_role(ctx, "ada@nhs.example", "local", NULL) == OK);
    for (int i = 0; i < 2; i++) { /* before the clock saw it, and after */
        CHECK_TEXT(leads_of(ctx, "QOP", "2026-05-09"), "Name of ada@nhs.example");
        CHECK_TEXT(leads_of(ctx, "QOP", "2026-02-01"), "Name of ada@nhs.example"); /* no role yet */
        CHECK_TEXT(leads_of(ctx, "QOP", "2026-05-10"), "");
        CHECK_TEXT(leads_of(ctx, "QOP", "2026-06-01"), "");
        CHECK(lead_find(ctx, id, &lead) == OK && lead.is_lost && lead.is_over == (i == 1));
        CHECK(lead_confirm(ctx, &lead) == ERR_CONFLICT);
        ctx->fault = NULL;
        CHECK(lead_upkeep(ctx, &moved) == OK && moved.lost_count == (i == 0));
    }
    CHECK_TEXT(lead.to_on, "2026-05-09");
    CHECK(lead_test_mails(ctx, "lead.lost", &mail) == 1);
    CHECK_TEXT(mail.to_address, "reg@nhs.example");
    CHECK(lead_end(ctx, &lead, "2027-05-10", &problems) == ERR_INVALID); /* the role first */
    ctx->fault = NULL;
    lead_test_day(ctx, "2026-05-20");
    lead_test_person(ctx, "ada@nhs.example", "local", "QOP");
    CHECK(lead_end(ctx, &lead, "2027-05-10", &problems) == OK);
    CHECK_TEXT(leads_of(ctx, "QOP", "2026-05-20"), "Name of ada@nhs.example");
    CHECK_TEXT(leads_of(ctx, "QOP", "2026-05-15"), ""); /* between the two roles */
    CHECK_TEXT(leads_of(ctx, "QOP", "2026-05-09"), "Name of ada@nhs.example");
}

TEST(who_is_erased_while_leading_is_forgotten_when_the_clock_ends_it)
{
    struct privacy_erasure *lines = mem_array(ctx->mem, struct privacy_erasure, PRIVACY_COPIES_MAX);
    struct lead_moved moved;
    size_t count;
    lead_test_begin(ctx);
    struct person_id ada = lead_test_person(ctx, "ada@nhs.example", "local", "QOP");
    lead_test_add(
        ctx, &(const struct lead_test_new){"ada@nhs.example", "QOP", NULL, "2026-01-01", NULL});
    lead_test_day(ctx, "2026-05-10");
    CHECK(privacy_erase(ctx,
                        &(const struct privacy_subject){ada, "ada@nhs.example", "ada@nhs.example"},
                        lines, &count) == OK);
    CHECK_TEXT(leads_of(ctx, "QOP", "2026-05-10"), "");
    CHECK(lead_upkeep(ctx, &moved) == OK && moved.lost_count == 1);
    CHECK_TEXT(leads_of(ctx, "QOP", "2026-05-09"), "");
}

TEST(who_stands_in_is_shown_while_the_own_role_holds)
{
    struct lead lead;
    struct lead_holder holder;
    struct form_problems problems = {.count = 0};
    struct lead_answer answer;
    lead_test_begin(ctx);
    lead_test_person(ctx, "ada@nhs.example", "local", "QOP");
    lead_test_person(ctx, "bo@nhs.example", "local", "QOP");
    int64_t id = lead_test_add(
        ctx, &(const struct lead_test_new){"ada@nhs.example", "QOP", NULL, "2026-01-01", NULL});
    CHECK(lead_find(ctx, id, &lead) == OK);
    const struct lead_away_draft away = {{"2026-03-08", "2026-03-20"}, "bo@nhs.example"};
    CHECK(lead_away_put(ctx, &lead, &away, &problems) == OK);
    lead_test_day(ctx, "2026-03-10");
    CHECK(access_person_end_role(ctx, "bo@nhs.example", "local", NULL) == OK);
    CHECK(lead_answer_on(ctx, "QOP", "2026-03-10", &answer) == OK);
    CHECK_TEXT(answer.areas[0].leads[0].cover_name, "");
    CHECK(answer.areas[0].leads[0].is_away && answer.areas[0].leads[0].cover.n == 0);
    CHECK(lead_holder_of(ctx, "QOP", "all", &holder) == ERR_NOT_FOUND);
}

/* Where each role can be given; all of these reach R0A. */
static const char *area_for(const struct access_role *role)
{
    if ((role->levels & 1u << ACCESS_ORGANISATION) != 0)
        return "R0A";
    return (role->levels & 1u << ACCESS_REGION) != 0 ? "Y62" : "";
}

TEST(the_queries_know_the_roles_that_may_answer_as_the_policy_says)
{
    struct directory_place place;
    struct organisation trust;
    lead_test_begin(ctx);
    CHECK(directory_find(ctx, "R0A", &trust) == OK);
    CHECK(directory_region_on(ctx, trust.id, "2026-03-09", &place) == OK);
    CHECK_TEXT(place.code, "Y62");
    for (const struct access_role *role = access_roles(); role->code != NULL; role++) {
        struct lead_to_lose_row *rows;
        size_t count;
        int64_t changes, id = id_new(ctx);
        const char *email = mem_format(ctx->mem, "%s-role@nhs.example", role->code);
        struct person_id person = lead_test_person(ctx, email, role->code, area_for(role));
        CHECK(lead_add_row(ctx, trust.id.n, id, "R0A", "all", person.n, "N", "", 0, "2026-03-09",
                           "", ctx->now_secs, "2026-09-01", &changes) == OK);
        CHECK(lead_to_lose(ctx, "2026-03-09", 100, &rows, &count) == OK);
        bool is_lost = false;
        for (size_t i = 0; i < count; i++)
            is_lost = is_lost || rows[i].id == id;
        if (is_lost != (access_reach(role->code, MAY_ANSWER_ENQUIRIES) == ACCESS_NOTHING))
            fail_msg("lead_role and the policy differ about \"%s\"", role->code);
    }
}

/* ---- whatever breaks ---- */

struct acting {
    struct lead lead;
    struct lead_draft draft;
    int step;
};

static enum status act(struct ctx *ctx, struct acting *acting)
{
    struct form_problems problems = {.count = 0};
    const struct lead_away_draft away = {{"2026-03-10", "2026-03-12"}, ""};
    int64_t id;
    switch (acting->step) {
    case 0:
        return lead_add(ctx, &acting->draft, &problems, &id);
    case 1:
        return lead_confirm(ctx, &acting->lead);
    case 2:
        return lead_away_put(ctx, &acting->lead, &away, &problems);
    case 3:
        return lead_end(ctx, &acting->lead, "2026-03-31", &problems);
    default:
        return lead_upkeep(ctx, NULL);
    }
}

TEST(a_failed_change_of_a_lead_can_be_done_again)
{
    lead_test_begin(ctx);
    lead_test_person(ctx, "ada@nhs.example", "local", "QOP");
    struct acting acting = {.draft = {.area = {.key = "QOP"},
                                      .email = "ada@nhs.example",
                                      .theme = "all",
                                      .job_title = "",
                                      .from_on = "2026-03-01",
                                      .to_on = ""}};
    for (acting.step = 0; acting.step < 5; acting.step++) {
        enum status status = ERR_FAULT;
        if (acting.step == 4)
            ctx->now_secs += (int64_t)(LEAD_CONFIRM_DAYS - 1) * 86400;
        for (int nth = 1; status != OK; nth++) {
            CHECK(nth < 200);
            store_fail_on_call(ctx->store, nth);
            status = act(ctx, &acting);
            store_fail_on_call(ctx->store, 0);
            CHECK(status == OK || status == ERR_FAULT);
            ctx->fault = NULL;
        }
        struct lead *own;
        size_t count;
        struct access_person ada;
        CHECK(access_person_find(ctx, "ada@nhs.example", &ada) == OK);
        struct person_id before = ctx->person;
        ctx->person = ada.id;
        CHECK(lead_own(ctx, &own, &count) == OK);
        CHECK(count == (acting.step < 4 ? 1 : 0)); /* once, however often it failed */
        ctx->person = before;
        if (count == 1)
            acting.lead = own[0];
    }
}

/* The clock, with a role that has ended and a question that waits: each step once. */
TEST(a_clock_that_fails_on_the_way_tells_and_gives_on_once)
{
    struct mail_kept mail;
    lead_test_begin(ctx);
    lead_test_person(ctx, "ada@nhs.example", "local", "QOP");
    lead_test_person(ctx, "reg@nhs.example", "regional", "Y62");
    lead_test_add(
        ctx, &(const struct lead_test_new){"ada@nhs.example", "QOP", NULL, "2026-01-01", NULL});
    struct enquiry enquiry = lead_test_enquiry(ctx, lead_test_ask(ctx));
    CHECK(enquiry_confirm(ctx, &enquiry) == OK);
    ctx->now_secs += (int64_t)(ENQUIRY_ANSWER_DAYS + ENQUIRY_PRESS_DAYS + 1) * 86400;
    CHECK(access_person_end_role(ctx, "ada@nhs.example", "local", NULL) == OK);
    enum status status = ERR_FAULT;
    for (int nth = 1; status != OK; nth++) {
        CHECK(nth < 400);
        store_fail_on_call(ctx->store, nth);
        status = lead_job_kinds[0].fn(ctx, NULL);
        store_fail_on_call(ctx->store, 0);
        CHECK(status == OK || status == ERR_FAULT);
        ctx->fault = NULL;
    }
    static const char *const once[] = {"lead.lost", "enquiry.passed", "enquiry.late",
                                       "enquiry.pressed"};
    for (size_t i = 0; i < sizeof once / sizeof once[0]; i++)
        CHECK(lead_test_mails(ctx, once[i], &mail) == 1);
    CHECK_TEXT(lead_test_enquiry(ctx, enquiry.reference).holder_name, "");
}
