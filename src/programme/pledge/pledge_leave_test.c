/* SPDX-License-Identifier: MIT */
/* pledge_leave_test.c - when a signatory leaves, the pledge comes back to whoever takes over. */
#include "platform/base/test.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "programme/member/member.h"
#include "programme/pledge/pledge_routes.h"
#include "programme/pledge/pledge_test.h"

struct scene {
    struct access_person leader, bob;
    struct access_area area;
    struct pledge_draft draft;
    const char *reference;
};

static struct access_person person(struct ctx *ctx, const char *email, const char *role)
{
    struct access_person out;
    const struct access_new wanted = {.email = email, .role = role, .area = "R0A"};
    CHECK(access_person_add(ctx, &wanted, &out, NULL) == OK);
    return out;
}

static void begin(struct ctx *ctx, struct scene *scene)
{
    pledge_test_draft(ctx, "R0A", &scene->draft);
    scene->reference = pledge_test_send(ctx, "R0A");
    scene->leader = person(ctx, scene->draft.leader_email, "lead");
    scene->bob = person(ctx, "bob@trust.example", "member");
    CHECK(access_area_find(ctx, "R0A", &scene->area) == OK);
}

static size_t waits(struct ctx *ctx, const struct scene *scene, const struct access_person *who)
{
    size_t count;
    struct member_thing *things;
    CHECK(pledge_waitings[0].list(ctx, who, &scene->area, &things, &count) == OK);
    return count;
}

static enum pledge_state state(struct ctx *ctx, const char *reference)
{
    struct pledge pledge;
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    return pledge.state;
}

static enum status leave(struct ctx *ctx, const struct access_person *from,
                         const struct access_person *to)
{
    bool has_none;
    ctx->person = from->id;
    enum status status = member_leave(ctx, from->id, from->grants[0].id, to->id, &has_none);
    ctx->person = (struct person_id){0};
    return status;
}

TEST(a_pledge_whose_leader_leaves_before_signing_comes_back_to_the_successor)
{
    struct scene scene;
    struct pledge_draft draft;
    begin(ctx, &scene);
    CHECK(waits(ctx, &scene, &scene.leader) == 1 && waits(ctx, &scene, &scene.bob) == 0);
    const char *old = pledge_test_token(ctx, scene.draft.leader_email);
    CHECK(leave(ctx, &scene.leader, &scene.bob) == OK);
    CHECK(state(ctx, scene.reference) == PLEDGE_RETURNED);
    CHECK(waits(ctx, &scene, &scene.leader) == 0 && waits(ctx, &scene, &scene.bob) == 1);
    CHECK(pledge_link_sign(ctx, old) == ERR_CONFLICT);
    ctx->fault = NULL;
    /* The link to mend it is in the mail to the successor and in none to who left. */
    CHECK(pledge_amend(ctx, pledge_test_token(ctx, "bob@trust.example"), &draft) == OK);
    CHECK_TEXT(draft.amends, scene.reference);
    CHECK(pledge_amend(ctx, pledge_test_token(ctx, scene.draft.leader_email), &draft) != OK);
    ctx->fault = NULL;
    /* And goes on when the successor leaves as well. */
    struct access_person eve = person(ctx, "eve@trust.example", "member");
    struct access_person bob;
    CHECK(access_person_get(ctx, scene.bob.id, &bob) == OK);
    CHECK(leave(ctx, &bob, &eve) == OK);
    CHECK(waits(ctx, &scene, &bob) == 0 && waits(ctx, &scene, &eve) == 1);
}

TEST(a_pledge_whose_representative_leaves_before_signing_comes_back)
{
    struct scene scene;
    begin(ctx, &scene);
    struct access_person cosigner = person(ctx, scene.draft.cosigner_email, "union");
    CHECK(waits(ctx, &scene, &cosigner) == 1);
    CHECK(leave(ctx, &cosigner, &scene.leader) == OK);
    CHECK(state(ctx, scene.reference) == PLEDGE_RETURNED);
    CHECK(waits(ctx, &scene, &cosigner) == 0 && waits(ctx, &scene, &scene.leader) == 1);
    const char *broken;
    int64_t checked;
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK && broken == NULL);
}

TEST(who_leaves_after_signing_hands_their_side_over_and_the_pledge_stays_signed)
{
    struct scene scene;
    struct pledge_parties parties;
    begin(ctx, &scene);
    pledge_test_sign(ctx);
    CHECK(waits(ctx, &scene, &scene.leader) == 1 && waits(ctx, &scene, &scene.bob) == 0);
    CHECK(leave(ctx, &scene.leader, &scene.bob) == OK);
    CHECK(state(ctx, scene.reference) == PLEDGE_SIGNED);
    CHECK(waits(ctx, &scene, &scene.leader) == 0);
    CHECK(pledge_take_over(ctx, pledge_test_token(ctx, "bob@trust.example")) == OK);
    CHECK(pledge_parties(ctx, scene.reference, &parties) == OK);
    CHECK_TEXT(pledge_side_of(&parties, "bob@trust.example"), "leader");
    CHECK(waits(ctx, &scene, &scene.bob) == 1);
    CHECK(state(ctx, scene.reference) == PLEDGE_SIGNED);
}

TEST(a_successor_who_signs_for_the_other_side_is_not_asked_and_the_desk_is_told)
{
    struct scene scene;
    struct pledge_parties parties;
    begin(ctx, &scene);
    pledge_test_sign(ctx);
    struct access_person cosigner = person(ctx, scene.draft.cosigner_email, "union"), desk;
    const struct access_new wanted = {.email = "desk@programme.example", .role = "national"};
    CHECK(access_person_add(ctx, &wanted, &desk, NULL) == OK);
    CHECK(leave(ctx, &cosigner, &scene.leader) == OK);
    CHECK(pledge_parties(ctx, scene.reference, &parties) == OK);
    CHECK_TEXT(pledge_side_of(&parties, scene.draft.leader_email), "leader");
    struct mail_outbox_row *rows;
    size_t count;
    const struct store_choice newest = {.at_most = 10};
    CHECK(mail_outbox(ctx, NULL, "pledge.orphan", NULL, &newest, &rows, &count) == OK);
    CHECK(count == 1);
}

TEST(a_failed_handing_over_leaves_the_pledge_as_it_was)
{
    struct scene scene;
    begin(ctx, &scene);
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = leave(ctx, &scene.leader, &scene.bob);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        bool waits_still = state(ctx, scene.reference) == PLEDGE_AWAITING;
        CHECK(waits(ctx, &scene, &scene.leader) == (size_t)(status != OK));
        if (status == OK) {
            CHECK(nth > 20 && !waits_still);
            return;
        }
        CHECK(status == ERR_FAULT && waits_still);
    }
}
