/* SPDX-License-Identifier: MIT */
/* pledge_party_ask_test.c - handing a side over: who may, to whom, and what it leaves as it was. */
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/access/access_test_help.h"
#include "programme/pledge/pledge_internal.h"
#include "programme/pledge/pledge_test.h"

#define NEW "nia@trust.example"

struct scene {
    const char *reference;
    struct person_id leader, cosigner, lead, stranger;
};

static struct person_id person(struct ctx *ctx, const char *email, const char *role)
{
    struct access_person out;
    const struct access_new wanted = {.email = email, .role = role, .area = "R0A"};
    CHECK(access_person_add(ctx, &wanted, &out, NULL) == OK);
    return out.id;
}

static void begin(struct ctx *ctx, struct scene *scene)
{
    scene->reference = pledge_test_send(ctx, "R0A");
    pledge_test_sign(ctx);
    scene->leader = person(ctx, "ada@trust.example", "member");
    scene->cosigner = person(ctx, "bo@union.example", "member");
    scene->lead = person(ctx, "lena@trust.example", "lead");
    scene->stranger = person(ctx, "otto@trust.example", "coordinator");
}

static const struct pledge_successor nia = {"leader", "Nia New", "Interim chief executive", NEW,
                                            "Ada has retired"};

static enum status ask(struct ctx *ctx, const struct scene *scene, struct person_id as,
                       const struct pledge_successor *to)
{
    struct form_problems problems = {.count = 0};
    ctx->person = as;
    enum status status = pledge_hand_over(ctx, scene->reference, to, false, &problems);
    ctx->person = (struct person_id){0};
    CHECK((status == ERR_INVALID) == (problems.count > 0));
    ctx->fault = NULL;
    return status;
}

static const char *side_of(struct ctx *ctx, const struct scene *scene, const char *email)
{
    struct pledge_parties parties;
    CHECK(pledge_parties(ctx, scene->reference, &parties) == OK);
    return pledge_side_of(&parties, email);
}

static struct pledge look(struct ctx *ctx, const struct scene *scene)
{
    struct pledge pledge;
    CHECK(pledge_find(ctx, scene->reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    return pledge;
}

TEST(who_signs_hands_over_to_who_says_yes_and_the_signature_stays)
{
    struct scene scene;
    struct pledge_taking taking;
    begin(ctx, &scene);
    struct pledge before = look(ctx, &scene);
    CHECK(ask(ctx, &scene, scene.leader, &nia) == OK);
    const char *token = pledge_test_token(ctx, NEW);
    CHECK(pledge_taking_open(ctx, token, &taking) == OK && !taking.is_taken);
    CHECK_TEXT(taking.reason, "Ada has retired");
    CHECK(side_of(ctx, &scene, NEW) == NULL); /* asked, and no more */
    CHECK(pledge_take_over(ctx, token) == OK && pledge_take_over(ctx, token) == OK);
    CHECK_TEXT(side_of(ctx, &scene, NEW), "leader");
    CHECK(side_of(ctx, &scene, "ada@trust.example") == NULL);
    struct pledge after = look(ctx, &scene);
    CHECK(after.event_count == before.event_count + 1 && after.state == before.state);
    const struct pledge_event *event = &after.events[after.event_count - 1];
    CHECK(event->kind == PLEDGE_HANDED_OVER);
    CHECK_TEXT(event->detail, "role=leader\n");
    CHECK_TEXT(event->reason, "");
    CHECK_TEXT(after.signatures[0].name, "Ada Leader");
    CHECK_TEXT(after.text_digest, before.text_digest);
    int64_t checked;
    const char *broken;
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK && broken == NULL);
}

TEST(a_lead_hands_over_the_employers_side_and_never_the_staff_sides)
{
    struct scene scene;
    struct pledge_successor cleo = {"cosigner", "Cleo Marsh", "Branch chair", "cleo@union.example",
                                    "A new secretary"};
    begin(ctx, &scene);
    CHECK(ask(ctx, &scene, scene.lead, &nia) == OK);
    CHECK(ask(ctx, &scene, scene.lead, &cleo) == ERR_NOT_FOUND);
    CHECK(ask(ctx, &scene, scene.leader, &cleo) == ERR_NOT_FOUND);
    CHECK(ask(ctx, &scene, scene.stranger, &nia) == ERR_NOT_FOUND);
    CHECK(ask(ctx, &scene, scene.cosigner, &nia) == ERR_NOT_FOUND);
    CHECK(ask(ctx, &scene, scene.cosigner, &cleo) == OK);
    CHECK(pledge_take_over(ctx, pledge_test_token(ctx, "cleo@union.example")) == OK);
    /* Whoever has handed over can do it no more. */
    CHECK(ask(ctx, &scene, scene.cosigner, &cleo) == ERR_NOT_FOUND);
    cleo.role = "nobody";
    CHECK(ask(ctx, &scene, scene.leader, &cleo) == ERR_NOT_FOUND);
}

TEST(nobody_signs_for_both_sides)
{
    struct scene scene;
    struct pledge_successor to = nia;
    begin(ctx, &scene);
    to.email = "BO@union.example";
    CHECK(ask(ctx, &scene, scene.leader, &to) == ERR_INVALID);
    to.email = NEW;
    to.name = "bo  branch";
    CHECK(ask(ctx, &scene, scene.leader, &to) == ERR_INVALID);
    to.name = "Ada Leader";
    to.email = "ada@trust.example";
    CHECK(ask(ctx, &scene, scene.leader, &to) == ERR_INVALID);
    /* Both sides ask the same person: only the first yes counts. */
    CHECK(ask(ctx, &scene, scene.leader, &nia) == OK);
    const char *as_leader = pledge_test_token(ctx, NEW);
    ctx->now_secs++;
    to = (struct pledge_successor){"cosigner", "N. New", "Chair", NEW, "Also free"};
    CHECK(ask(ctx, &scene, scene.cosigner, &to) == OK);
    const char *as_cosigner = pledge_test_token(ctx, NEW);
    CHECK(pledge_take_over(ctx, as_cosigner) == OK);
    CHECK(pledge_take_over(ctx, as_leader) == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK_TEXT(side_of(ctx, &scene, NEW), "cosigner");
}

TEST(asking_another_ends_the_first_and_a_refusal_leaves_who_signed)
{
    struct scene scene;
    struct pledge_taking taking;
    struct pledge_sides sides;
    begin(ctx, &scene);
    CHECK(ask(ctx, &scene, scene.leader, &nia) == OK);
    const char *first = pledge_test_token(ctx, NEW);
    struct pledge_successor ola = nia;
    ola.name = "Ola Other", ola.email = "ola@trust.example";
    CHECK(ask(ctx, &scene, scene.lead, &ola) == OK);
    CHECK(pledge_taking_open(ctx, first, &taking) == ERR_CONFLICT);
    CHECK(pledge_take_over(ctx, first) == ERR_CONFLICT);
    ctx->fault = NULL;
    const char *second = pledge_test_token(ctx, "ola@trust.example");
    ctx->person = scene.lead;
    CHECK(pledge_sides(ctx, scene.reference, false, &sides) == OK);
    CHECK_TEXT(sides.side[0].asked_name, "Ola Other");
    CHECK(sides.side[0].may_hand_over && !sides.side[1].may_hand_over);
    ctx->person = (struct person_id){0};
    CHECK(pledge_take_over_refuse(ctx, second) == OK && pledge_take_over_refuse(ctx, second) == OK);
    CHECK(pledge_take_over(ctx, second) == ERR_CONFLICT);
    CHECK(pledge_take_over(ctx, "madeup") == ERR_NOT_FOUND);
    ctx->fault = NULL;
    CHECK_TEXT(side_of(ctx, &scene, "ada@trust.example"), "leader");
    CHECK(look(ctx, &scene).event_count == 3);
}

TEST(asking_the_very_same_twice_sends_one_message_and_later_a_new_link)
{
    struct scene scene;
    struct pledge_taking taking;
    begin(ctx, &scene);
    size_t before = help_mail_count(ctx);
    CHECK(ask(ctx, &scene, scene.leader, &nia) == OK);
    const char *token = pledge_test_token(ctx, NEW);
    ctx->now_secs += PLEDGE_SAME_ASKING_SECS - 1;
    CHECK(ask(ctx, &scene, scene.leader, &nia) == OK);
    CHECK(help_mail_count(ctx) == before + 1);
    CHECK(pledge_taking_open(ctx, token, &taking) == OK);
    /* The message was lost: a new link, and the old one ends. */
    ctx->now_secs++;
    CHECK(ask(ctx, &scene, scene.leader, &nia) == OK);
    CHECK(help_mail_count(ctx) == before + 2);
    CHECK(pledge_taking_open(ctx, token, &taking) == ERR_CONFLICT);
    ctx->fault = NULL;
    /* Another reason is not the same. */
    struct pledge_successor again = nia;
    again.reason = "Ada is ill";
    ctx->now_secs++;
    CHECK(ask(ctx, &scene, scene.leader, &again) == OK);
    CHECK(help_mail_count(ctx) == before + 3);
    /* After a no the same may be asked at once. */
    CHECK(pledge_take_over_refuse(ctx, pledge_test_token(ctx, NEW)) == OK);
    size_t refused = help_mail_count(ctx);
    CHECK(ask(ctx, &scene, scene.leader, &again) == OK);
    CHECK(help_mail_count(ctx) == refused + 1);
}

TEST(a_refusal_leads_who_asked_to_where_they_can_ask_another)
{
    struct scene scene;
    struct form_problems problems = {.count = 0};
    begin(ctx, &scene);
    ctx->now_secs++;
    CHECK(ask(ctx, &scene, scene.leader, &nia) == OK);
    CHECK(pledge_take_over_refuse(ctx, pledge_test_token(ctx, NEW)) == OK);
    CHECK_TEXT(
        pledge_test_button(ctx, "ada@trust.example"),
        mem_format(ctx->mem, "%s/pledges/%s/hand-over", ctx->settings->base_url, scene.reference));
    ctx->now_secs++;
    ctx->person = help_person(ctx, "desk@programme.example", "national");
    CHECK(pledge_hand_over(ctx, scene.reference, &nia, true, &problems) == OK);
    ctx->person = (struct person_id){0};
    CHECK(pledge_take_over_refuse(ctx, pledge_test_token(ctx, NEW)) == OK);
    CHECK_TEXT(
        pledge_test_button(ctx, "desk@programme.example"),
        mem_format(ctx->mem, "%s/desk/pledges/%s", ctx->settings->base_url, scene.reference));
}

TEST(a_link_to_take_over_ends_after_three_weeks)
{
    struct scene scene;
    begin(ctx, &scene);
    CHECK(ask(ctx, &scene, scene.leader, &nia) == OK);
    const char *token = pledge_test_token(ctx, NEW);
    ctx->now_secs += PLEDGE_LINK_KEPT_SECS + 1;
    CHECK(pledge_take_over(ctx, token) == ERR_CONFLICT);
}

TEST(nothing_is_handed_over_while_signatures_are_missing_or_when_it_is_over)
{
    struct scene scene = {.reference = pledge_test_send(ctx, "R0A")};
    scene.leader = person(ctx, "ada@trust.example", "member");
    CHECK(ask(ctx, &scene, scene.leader, &nia) == ERR_CONFLICT);
    pledge_test_sign(ctx);
    CHECK(ask(ctx, &scene, scene.leader, &nia) == OK);
    CHECK(pledge_withdraw(ctx, scene.reference, "Over") == OK);
    CHECK(pledge_take_over(ctx, pledge_test_token(ctx, NEW)) == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(ask(ctx, &scene, scene.leader, &nia) == ERR_CONFLICT);
}

TEST(whoever_took_over_signs_no_longer_when_new_words_name_another)
{
    struct scene scene;
    struct pledge_draft draft;
    struct form_problems problems = {.count = 0};
    const char *again;
    begin(ctx, &scene);
    CHECK(ask(ctx, &scene, scene.leader, &nia) == OK);
    CHECK(pledge_take_over(ctx, pledge_test_token(ctx, NEW)) == OK);
    ctx->now_secs += 60;
    CHECK(pledge_return(ctx, scene.reference, "The plan is thin") == OK);
    CHECK(pledge_amend(ctx, pledge_test_token(ctx, NEW), &draft) == OK);
    CHECK(pledge_send(ctx, &draft, &problems, &again) == OK);
    CHECK_TEXT(side_of(ctx, &scene, "ada@trust.example"), "leader");
    CHECK(side_of(ctx, &scene, NEW) == NULL);
}

TEST(the_one_before_and_the_desk_are_told)
{
    struct scene scene;
    begin(ctx, &scene);
    help_person(ctx, "desk@programme.example", "national");
    CHECK(ask(ctx, &scene, scene.leader, &nia) == OK);
    size_t before = help_mail_count(ctx);
    CHECK(pledge_take_over(ctx, pledge_test_token(ctx, NEW)) == OK);
    CHECK(help_mail_count(ctx) == before + 2);
}

TEST(a_failed_handing_over_leaves_no_trace)
{
    struct scene scene;
    begin(ctx, &scene);
    size_t mails = help_mail_count(ctx);
    for (int nth = 1;; nth++) {
        struct form_problems problems = {.count = 0};
        ctx->person = scene.leader;
        store_fail_on_call(ctx->store, nth);
        enum status status = pledge_hand_over(ctx, scene.reference, &nia, false, &problems);
        store_fail_on_call(ctx->store, 0);
        ctx->person = (struct person_id){0};
        ctx->fault = NULL;
        if (status == OK) {
            CHECK(nth > 10);
            break;
        }
        CHECK(status == ERR_FAULT && help_mail_count(ctx) == mails);
    }
    const char *token = pledge_test_token(ctx, NEW);
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = pledge_take_over(ctx, token);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(nth < 200);
        if (status == OK)
            return;
        CHECK(status == ERR_FAULT && side_of(ctx, &scene, NEW) == NULL);
        CHECK(look(ctx, &scene).event_count == 3);
    }
}

TEST(a_failed_refusal_leaves_no_trace)
{
    struct scene scene;
    struct pledge_taking taking;
    begin(ctx, &scene);
    CHECK(ask(ctx, &scene, scene.leader, &nia) == OK);
    const char *token = pledge_test_token(ctx, NEW);
    size_t mails = help_mail_count(ctx);
    for (int nth = 1;; nth++) {
        CHECK(nth < 200);
        store_fail_on_call(ctx->store, nth);
        enum status status = pledge_take_over_refuse(ctx, token);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        if (status == OK)
            break;
        CHECK(status == ERR_FAULT && help_mail_count(ctx) == mails);
        CHECK(pledge_taking_open(ctx, token, &taking) == OK);
    }
    CHECK(help_mail_count(ctx) == mails + 1); /* whoever asked is told */
    CHECK(pledge_taking_open(ctx, token, &taking) == ERR_CONFLICT);
}
