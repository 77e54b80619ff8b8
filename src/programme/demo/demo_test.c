/* SPDX-License-Identifier: MIT */
/* demo_test.c - the demonstration shows every state, holds by its own checks, and repeats. */
#include "platform/base/random.h"
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "programme/access/access.h"
#include "programme/demo/demo.sql.h"
#include "programme/demo/demo_internal.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"
#include "programme/member/member.h"
#include "programme/pledge/pledge.h"
#include "programme/review/review.h"

enum { FEW = 24 };

static void fill(struct ctx *ctx, const char *seed, int64_t count, struct demo_made *made)
{
    const struct demo_options options = {.seed = seed, .pledge_count = count};
    directory_test_packs(ctx);
    CHECK(demo_fill(ctx, &options, made) == OK);
}

static size_t all(struct ctx *ctx, struct demo_pledges_row **out)
{
    size_t count;
    CHECK(demo_pledges(ctx, 0, 1000, out, &count) == OK);
    return count;
}

TEST(the_demonstration_shows_every_state_and_its_chains_hold)
{
    static const char *const states[] = {"awaiting",  "signed",       "acknowledged",
                                         "published", "returned",     "withdrawn",
                                         "renewed",   "under-review", "lapsed"};
    struct demo_made made;
    struct demo_pledges_row *rows;
    int64_t checked;
    const char *broken;
    fill(ctx, "demo", FEW, &made);
    size_t count = all(ctx, &rows);
    CHECK(count == FEW && made.pledge_count == FEW && made.invented_count == FEW / 4);
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        size_t found = 0;
        for (size_t k = 0; k < count; k++)
            found += strcmp(rows[k].state, states[i]) == 0;
        CHECK(found > 0);
    }
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK);
    CHECK(checked == FEW && broken == NULL);
}

TEST(the_demonstration_shows_pledges_in_other_hands)
{
    struct demo_made made;
    struct demo_pledges_row *rows;
    int handed = 0, carried = 0, merged = 0, split = 0;
    size_t disputes = 0;
    fill(ctx, "hands", FEW, &made);
    size_t count = all(ctx, &rows);
    for (size_t i = 0; i < count; i++) {
        struct pledge pledge;
        struct pledge_dispute *list;
        struct pledge_heir *heirs;
        size_t more, heir_count;
        CHECK(pledge_find(ctx, rows[i].reference, PLEDGE_FOR_STAFF, &pledge) == OK);
        CHECK(pledge_disputes(ctx, &pledge, &list, &more) == OK);
        CHECK(pledge_heirs_of(ctx, &pledge, &heirs, &heir_count) == OK);
        disputes += more;
        split += heir_count == 2;
        enum pledge_event_kind last = pledge.events[pledge.event_count - 1].kind;
        handed += last == PLEDGE_HANDED_OVER;
        carried += last == PLEDGE_CARRIED_OVER;
        merged += pledge.state == PLEDGE_MERGED;
    }
    CHECK(handed == 1 && carried == 1 && merged == 1 && split == 1 && disputes == 1);
}

TEST(reviews_of_the_demonstration_are_in_every_state)
{
    struct demo_made made;
    struct demo_pledges_row *rows;
    struct review review, *signed_ones;
    size_t sent = 0, back = 0, late = 0, extended = 0, half = 0, twice = 0, open = 0, years;
    fill(ctx, "demo", 2 * FEW, &made);
    size_t count = all(ctx, &rows);
    for (size_t i = 0; i < count; i++) {
        struct pledge pledge;
        CHECK(pledge_find(ctx, rows[i].reference, PLEDGE_FOR_STAFF, &pledge) == OK);
        CHECK(review_list_signed(ctx, &pledge, &signed_ones, &years) == OK);
        twice += years == 2 && signed_ones[1].is_late && !signed_ones[0].is_late;
        if (pledge.state != PLEDGE_UNDER_REVIEW)
            continue;
        CHECK(review_find(ctx, &pledge, 0, &review) == OK && review.is_open);
        const struct review_version *version = &review.version;
        open += version->version == 0;
        sent += version->version != 0;
        back += version->declined_at != 0;
        late += review.is_late && version->words.late_reason[0] != '\0';
        extended += review.extended_at != 0;
        half += version->version != 0 && version->signatures[0].signed_at != 0;
    }
    CHECK(open > 0 && sent > 0 && back > 0 && late > 0 && extended > 0 && half > 0 && twice > 0);
}

TEST(pledges_of_the_demonstration_are_in_every_region)
{
    struct demo_made made;
    struct demo_pledges_row *rows;
    struct directory_choice *regions;
    size_t region_count;
    fill(ctx, "demo", FEW, &made);
    size_t count = all(ctx, &rows);
    CHECK(directory_places(ctx, "region", "2026-03-09", &regions, &region_count) == OK);
    CHECK(region_count == 7);
    for (size_t i = 0; i < region_count; i++) {
        size_t found = 0;
        for (size_t k = 0; k < count; k++)
            found += strcmp(rows[k].region, regions[i].code) == 0;
        CHECK(found > 0);
    }
}

static const char *summary(struct ctx *ctx)
{
    struct text_builder text = text_build(ctx->mem, 1 << 20);
    struct demo_employers list;
    struct random_seeded random = random_seeded("seed");
    const char *out;
    CHECK(demo_employers_real(ctx, &random, &list) == OK);
    for (size_t i = 0; i < list.count && i < 30; i++)
        text_add_format(&text, "%s %s;", list.items[i].code, list.items[i].region);
    CHECK(text_build_end(&text, &out) == OK);
    return out;
}

TEST(the_same_seed_gives_the_same_organisations_in_the_same_order)
{
    directory_test_packs(ctx);
    CHECK_TEXT(summary(ctx), summary(ctx));
}

TEST(everything_in_the_demonstration_lies_in_the_past)
{
    struct demo_made made;
    struct demo_pledges_row *rows;
    fill(ctx, "past", FEW, &made);
    size_t count = all(ctx, &rows);
    for (size_t i = 0; i < count; i++) {
        struct pledge pledge;
        CHECK(pledge_find(ctx, rows[i].reference, PLEDGE_FOR_STAFF, &pledge) == OK);
        for (size_t k = 0; k < pledge.event_count; k++) {
            CHECK(pledge.events[k].at <= ctx->now_secs);
            CHECK(k == 0 || pledge.events[k].at >= pledge.events[k - 1].at);
        }
    }
}

TEST(a_newcomer_can_sign_by_a_link_in_the_outbox)
{
    struct demo_made made;
    struct mail_outbox_row *rows;
    size_t count, asked = 0;
    struct store_choice newest = {.at_most = 100};
    fill(ctx, "demo", FEW, &made);
    CHECK(mail_outbox(ctx, "waiting", "pledge.sign", NULL, &newest, &rows, &count) == OK);
    for (size_t i = 0; i < count; i++) {
        struct mail_kept mail;
        struct pledge_to_sign ask;
        CHECK(text_ends(rows[i].to_address, ".example"));
        CHECK(mail_find(ctx, rows[i].id, &mail) == OK);
        for (const struct mail_part *part = mail.parts; part->kind != MAIL_PARTS_END; part++)
            if (part->kind == MAIL_PART_BUTTON && strstr(part->href, "/pledges/") != NULL) {
                CHECK(pledge_link_open(ctx, strrchr(part->href, '/') + 1, &ask) == OK);
                asked += !ask.is_signed;
            }
    }
    CHECK(asked >= 3 && count < 20);
}

TEST(people_of_the_demonstration_may_do_what_their_role_says)
{
    struct demo_made made;
    struct access_person person;
    struct access_granted granted;
    bool is_here;
    CHECK(demo_is_here(ctx, &is_here) == OK && !is_here);
    fill(ctx, "demo", 1, &made);
    CHECK(demo_is_here(ctx, &is_here) == OK && is_here);
    CHECK(access_person_find(ctx, "lead@demo.example", &person) == OK);
    CHECK(access_check_of(&person, MAY_WORK_PLEDGES, &granted) == OK && granted.scope == NULL);
    CHECK(access_person_find(ctx, "north-west@demo.example", &person) == OK);
    CHECK(access_check_of(&person, MAY_SEE_PLEDGES, &granted) == OK);
    CHECK_TEXT(granted.scope, "Y62");
}

TEST(the_demonstration_has_people_in_many_roles_a_claim_and_an_invitation)
{
    static const char *const roles[] = {"lead@demo.example",   "trust@demo.example",
                                        "union@demo.example",  "safeguarding@demo.example",
                                        "local@demo.example",  "editor@demo.example",
                                        "analyst@demo.example"};
    struct demo_made made;
    struct access_person person;
    struct member_leaving leaving;
    fill(ctx, "demo", FEW, &made);
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        CHECK(access_person_find(ctx, roles[i], &person) == OK && person.grant_count == 1);
    CHECK(access_person_find(ctx, "trust@demo.example", &person) == OK);
    ctx->person = person.id;
    CHECK(member_leave_look(ctx, person.id, person.grants[0].id, &leaving) == OK);
    CHECK(leaving.thing_count == 2); /* the invitation and the claim */
    CHECK(access_person_find(ctx, "newcomer@demo.example", &person) == OK);
    CHECK(person.grant_count == 0);
}

TEST(more_pledges_than_real_organisations_are_made_with_invented_ones)
{
    struct demo_made made;
    struct demo_pledges_row *rows;
    size_t invented = 0;
    fill(ctx, "many", 420, &made);
    size_t count = all(ctx, &rows);
    for (size_t i = 0; i < count; i++)
        invented += text_begins(rows[i].name, "Example ");
    CHECK(count == 420 && (int64_t)invented == made.invented_count && invented >= 105);
}

TEST(a_demonstration_can_be_made_a_minute_after_midnight)
{
    struct demo_made made;
    ctx->now_secs -= ctx->now_secs % TIME_DAY_SECS - TIME_MINUTE_SECS;
    fill(ctx, "demo", FEW, &made);
    CHECK(made.pledge_count == FEW);
}

TEST(a_demonstration_without_pledges_is_refused)
{
    struct demo_made made;
    const struct demo_options options = {.seed = "x", .pledge_count = 0};
    CHECK(demo_fill(ctx, &options, &made) == ERR_INVALID);
}
