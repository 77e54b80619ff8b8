/* SPDX-License-Identifier: MIT */
/* consent_test.c - who must agree at what age, and what was said. */
#include "programme/privacy/consent.h"

#include "platform/base/test.h"
#include "programme/privacy/privacy.sql.h"

static struct consent_said said(const char *wording, enum consent_capacity capacity)
{
    return (struct consent_said){.wording = wording,
                                 .thing = "ST-0000-0001",
                                 .about_name = "Ines",
                                 .about_email = "Ines@Home.example",
                                 .capacity = capacity,
                                 .by_name = capacity == CONSENT_SELF ? "" : "Ada",
                                 .by_email = "",
                                 .channel = CONSENT_WEB};
}

TEST(age_on_the_day_decides_whose_consent_is_needed)
{
    struct consent_wording news, story, placement;
    struct consent_need need;
    const struct {
        const char *born_on, *on;
        bool self, guardian;
    } stories[] = {
        {"2013-03-09", "2026-03-08", false, true}, /* 12, the day before a birthday */
        {"2013-03-09", "2026-03-09", true, true},  /* 13 on the day                 */
        {"2008-03-10", "2026-03-09", true, true},  /* 17                            */
        {"2008-03-09", "2026-03-09", true, false}, /* 18 on the day                 */
        {"2012-02-29", "2025-02-28", false, true}, /* a leap day: 13 on 1 March      */
        {"2012-02-29", "2025-03-01", true, true},  {"2012-02-29", "2030-02-28", true, true},
        {"2012-02-29", "2030-03-01", true, false}, {"2012-02-29", "2032-02-29", true, false},
    };
    CHECK(consent_wording_find(ctx, "news-by-email", &news) == OK);
    CHECK(consent_wording_find(ctx, "story", &story) == OK);
    CHECK(consent_wording_find(ctx, "placement", &placement) == OK);
    for (size_t i = 0; i < sizeof stories / sizeof stories[0]; i++) {
        CHECK(consent_needed(&story, stories[i].born_on, stories[i].on, &need) == OK);
        if (need.self != stories[i].self || need.guardian != stories[i].guardian || need.employer)
            fail_msg("born %s, on %s: self %d, guardian %d", stories[i].born_on, stories[i].on,
                     need.self, need.guardian);
    }
    CHECK(consent_needed(&news, "2013-03-09", "2026-03-09", &need) == OK);
    CHECK(need.self && !need.guardian);
    CHECK(consent_needed(&news, "2013-03-10", "2026-03-09", &need) == OK);
    CHECK(!need.self && need.guardian);
    CHECK(consent_needed(&placement, "1990-01-01", "2026-03-09", &need) == OK);
    CHECK(need.self && !need.guardian && need.employer);
    CHECK(consent_needed(&story, "2026-03-10", "2026-03-09", &need) == ERR_INVALID);
    CHECK(consent_needed(&story, "2026-02-29", "2026-03-09", &need) == ERR_INVALID);
}

TEST(consent_stands_until_it_is_withdrawn_and_each_capacity_by_itself)
{
    struct consent_standing standing;
    struct consent_said self = said("story", CONSENT_SELF);
    struct consent_said guardian = said("story", CONSENT_GUARDIAN);
    bool is_enough;
    CHECK(consent_give(ctx, &self) == OK);
    CHECK(consent_give(ctx, &self) == OK); /* adds nothing */
    CHECK(consent_standing(ctx, "story", "ST-0000-0001", &standing) == OK);
    CHECK(standing.self && !standing.guardian && !standing.employer);
    CHECK_TEXT(standing.version, "2026.1");
    CHECK(consent_is_enough(ctx, "story", "ST-0000-0001", "2000-01-01", &is_enough) == OK);
    CHECK(is_enough);
    CHECK(consent_is_enough(ctx, "story", "ST-0000-0001", "2010-01-01", &is_enough) == OK);
    CHECK(!is_enough);
    CHECK(consent_is_enough(ctx, "story", "ST-0000-0001", "", &is_enough) == OK && !is_enough);
    CHECK(consent_give(ctx, &guardian) == OK);
    CHECK(consent_is_enough(ctx, "story", "ST-0000-0001", "2010-01-01", &is_enough) == OK);
    CHECK(is_enough);
    CHECK(consent_withdraw(ctx, &guardian) == OK);
    CHECK(consent_standing(ctx, "story", "ST-0000-0001", &standing) == OK);
    CHECK(standing.self && !standing.guardian);
    CHECK(consent_standing(ctx, "story", "ST-0000-0002", &standing) == OK);
    CHECK(!standing.self && standing.version[0] == '\0');
}

TEST(names_go_from_a_consent_in_its_time_unless_who_spoke_is_held)
{
    struct consent_said guardian = said("story", CONSENT_GUARDIAN);
    const struct privacy_hold_new wanted = {PRIVACY_HOLD_PERSON, "Ada@home.example", "An inquiry"};
    int64_t hold, changes, before = ctx->now_secs + 1;
    guardian.by_email = "ada@home.example";
    CHECK(consent_give(ctx, &guardian) == OK);
    CHECK(privacy_hold_place(ctx, &wanted, &hold) == OK);
    CHECK(privacy_consent_retain(ctx, before, 10, &changes) == OK && changes == 0);
    CHECK(privacy_hold_release(ctx, hold, "Over") == OK);
    CHECK(privacy_consent_retain(ctx, before, 10, &changes) == OK && changes == 1);
    CHECK(privacy_consent_retain(ctx, before, 10, &changes) == OK && changes == 0);
}

TEST(what_is_no_consent_is_refused)
{
    struct consent_said wrong = said("story", CONSENT_GUARDIAN);
    struct consent_wording wording;
    wrong.by_name = "";
    CHECK(consent_give(ctx, &wrong) == ERR_INVALID);
    wrong = said("story", CONSENT_SELF);
    wrong.thing = "";
    CHECK(consent_give(ctx, &wrong) == ERR_INVALID);
    wrong = said("story", CONSENT_SELF);
    wrong.said_at = ctx->now_secs + 1;
    CHECK(consent_give(ctx, &wrong) == ERR_INVALID);
    wrong = said("nothing", CONSENT_SELF);
    ctx->fault = NULL;
    CHECK(consent_give(ctx, &wrong) == ERR_NOT_FOUND);
    CHECK(consent_wording_of(ctx, "story", "2026.1", &wording) == OK);
    CHECK(strstr(wording.text, "take this back") != NULL);
    CHECK(consent_wording_of(ctx, "story", "1999.1", &wording) == ERR_NOT_FOUND);
}

TEST(a_consent_that_fails_anywhere_leaves_nothing)
{
    const struct consent_said self = said("story", CONSENT_SELF);
    struct consent_standing standing;
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = consent_give(ctx, &self);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(consent_standing(ctx, "story", self.thing, &standing) == OK);
        CHECK(standing.self == (status == OK));
        if (status == OK) {
            CHECK(nth > 3);
            return;
        }
    }
}
