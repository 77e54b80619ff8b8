/* SPDX-License-Identifier: MIT */
/* pledge_test.c - what a pledge promises: its rules, its chain, its links. */
#include "programme/pledge/pledge_test.h"
#include "platform/base/hash.h"
#include "platform/base/test.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"
#include "programme/pledge/pledge.h"
#include "programme/pledge/pledge.sql.h"

void pledge_test_draft(struct ctx *ctx, const char *code, struct pledge_draft *out)
{
    struct organisation organisation;
    static const char *intentions[] = {"tfc-1", "tfc-3"};
    static struct pledge_action_draft action = {
        .intention = "tfc-1",
        .standard = "",
        .baseline = "None yet",
        .action = "Open two new ways in",
        .measure = "Ways in",
        .target = "2 by next spring",
        .lead = "Head of learning",
        .partners = "",
        .start_on = "2026-04-01",
        .due_on = "2027-03-31",
    };
    directory_test_packs(ctx);
    CHECK(directory_find(ctx, code, &organisation) == OK);
    *out = (struct pledge_draft){
        .amends = "",
        .organisation = {organisation.code, organisation.name, "", organisation.id.n},
        .leader_name = "Ada Leader",
        .leader_title = "Chief executive",
        .leader_email = "ada@trust.example",
        .has_union = FORM_YES,
        .union_code = "unison",
        .union_other = "",
        .cosigner_name = "Bo Branch",
        .cosigner_title = "Branch secretary",
        .cosigner_email = "bo@union.example",
        .no_union_reason = "",
        .intentions = {intentions, 2},
        .actions = {&action, 1},
        .statement = "We mean it.",
        .shown = {NULL, 0},
        .plan_file = {0, "", 0, ""},
    };
}

/* The token in the newest waiting mail to that address; "" when there is none. */
const char *pledge_test_button(struct ctx *ctx, const char *address)
{
    struct mail_outbox_row *rows;
    size_t count;
    struct store_choice newest = {.at_most = 100};
    CHECK(mail_outbox(ctx, NULL, NULL, NULL, &newest, &rows, &count) == OK);
    for (size_t i = 0; i < count; i++) {
        struct mail_kept mail;
        if (rows[i].to_address == NULL || strcmp(rows[i].to_address, address) != 0)
            continue;
        CHECK(mail_find(ctx, rows[i].id, &mail) == OK);
        for (const struct mail_part *part = mail.parts; part->kind != MAIL_PARTS_END; part++) {
            if (part->kind == MAIL_PART_BUTTON && strstr(part->href, "/pledges/") != NULL)
                return part->href;
        }
    }
    return "";
}

const char *pledge_test_token(struct ctx *ctx, const char *address)
{
    const char *href = pledge_test_button(ctx, address);
    return href[0] == '\0' ? "" : strrchr(href, '/') + 1;
}

const char *pledge_test_send(struct ctx *ctx, const char *code)
{
    struct pledge_draft draft;
    struct form_problems problems = {.count = 0};
    const char *reference = NULL;
    pledge_test_draft(ctx, code, &draft);
    CHECK(pledge_send(ctx, &draft, &problems, &reference) == OK);
    return reference;
}

void pledge_test_sign(struct ctx *ctx)
{
    CHECK(pledge_link_sign(ctx, pledge_test_token(ctx, "ada@trust.example")) == OK);
    CHECK(pledge_link_sign(ctx, pledge_test_token(ctx, "bo@union.example")) == OK);
}

static enum pledge_state state_of(struct ctx *ctx, const char *reference)
{
    struct pledge pledge;
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    return pledge.state;
}

static const char *problem(struct ctx *ctx, const struct pledge_draft *draft, const char *field)
{
    struct form_problems problems = {.count = 0};
    const char *reference;
    CHECK(pledge_send(ctx, draft, &problems, &reference) == ERR_INVALID);
    ctx->fault = NULL;
    const char *text = form_problem_of(&problems, field);
    return text != NULL ? text : "";
}

TEST(a_pledge_goes_from_signature_to_the_public_register)
{
    struct pledge pledge;
    const char *reference = pledge_test_send(ctx, "R0A");
    CHECK(state_of(ctx, reference) == PLEDGE_AWAITING);
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_PUBLIC, &pledge) == ERR_NOT_FOUND);
    CHECK(pledge_link_sign(ctx, pledge_test_token(ctx, "ada@trust.example")) == OK);
    CHECK(state_of(ctx, reference) == PLEDGE_AWAITING);
    CHECK(pledge_link_sign(ctx, pledge_test_token(ctx, "bo@union.example")) == OK);
    CHECK(state_of(ctx, reference) == PLEDGE_SIGNED);
    CHECK(pledge_acknowledge(ctx, reference) == OK && pledge_publish(ctx, reference) == OK);
    ctx->fault = NULL;
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_PUBLIC, &pledge) == OK);
    CHECK(pledge_stands(&pledge) && pledge.signature_count == 3 && pledge.action_count == 1);
    CHECK_TEXT(pledge.signed_on, "2026-03-09");
    CHECK_TEXT(pledge.review_on, "2027-03-09");
    CHECK(pledge.event_count == 5);
}

TEST(the_public_reads_no_name_that_was_not_to_be_shown)
{
    struct pledge pledge;
    const char *reference = pledge_test_send(ctx, "R0A");
    pledge_test_sign(ctx);
    CHECK(pledge_acknowledge(ctx, reference) == OK && pledge_publish(ctx, reference) == OK);
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_PUBLIC, &pledge) == OK);
    CHECK(strstr(pledge.text, "Ada") == NULL && strstr(pledge.text, "Head of learning") == NULL);
    CHECK_TEXT(pledge.signatures[0].name, "");
    CHECK_TEXT(pledge.signatures[0].office, "Chief executive");
    CHECK_TEXT(pledge.actions[0].lead, "");
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    CHECK(strstr(pledge.text, "Ada Leader") != NULL);
    CHECK_TEXT(pledge.text_digest, hash_sha256(ctx->mem, pledge.text, strlen(pledge.text)));
}

TEST(its_intentions_are_known_by_their_codes)
{
    struct pledge pledge;
    CHECK(pledge_find(ctx, pledge_test_send(ctx, "R0A"), PLEDGE_FOR_STAFF, &pledge) == OK);
    CHECK(pledge_covers(&pledge, "tfc-3") && !pledge_covers(&pledge, "tfc-2"));
    CHECK_TEXT(pledge_intention_name(&pledge, "tfc-3"), pledge.intention_names[1]);
    CHECK(strcmp(pledge.intention_names[1], "tfc-3") != 0);
    CHECK_TEXT(pledge_intention_name(&pledge, "tfc-2"), "tfc-2");
}

TEST(an_organisation_has_one_live_pledge)
{
    struct pledge_draft draft;
    const char *reference = pledge_test_send(ctx, "R0A");
    pledge_test_draft(ctx, "R0A", &draft);
    CHECK(strstr(problem(ctx, &draft, "organisation"), "has a pledge already") != NULL);
    CHECK(pledge_withdraw(ctx, reference, "Asked for") == OK);
    CHECK(pledge_test_send(ctx, "R0A") != NULL);
}

TEST(a_closed_organisation_cannot_sign)
{
    struct pledge_draft draft;
    pledge_test_draft(ctx, "RW6", &draft); /* Pennine Acute Hospitals, closed in 2021 */
    CHECK(strstr(problem(ctx, &draft, "organisation"), "is closed") != NULL);
}

TEST(two_people_must_sign)
{
    struct pledge_draft draft;
    pledge_test_draft(ctx, "R0A", &draft);
    draft.cosigner_email = "ADA@trust.example";
    CHECK(strstr(problem(ctx, &draft, "cosigner_email"), "two people must sign") != NULL);
    draft.cosigner_email = "other@trust.example";
    draft.cosigner_name = "ada  leader";
    CHECK(strstr(problem(ctx, &draft, "cosigner_name"), "two people must sign") != NULL);
}

TEST(dates_of_an_action_are_in_order)
{
    struct pledge_draft draft;
    struct pledge_action_draft action;
    pledge_test_draft(ctx, "R0A", &draft);
    action = *(struct pledge_action_draft *)draft.actions.items;
    draft.actions.items = &action;
    action.due_on = "2026-03-31";
    CHECK(strstr(problem(ctx, &draft, "actions-0-due_on"), "after the start date") != NULL);
    action.due_on = "2099-01-01";
    CHECK(strstr(problem(ctx, &draft, "actions-0-due_on"), "next 10 years") != NULL);
    action.due_on = "2027-01-01";
    action.intention = "tfc-9";
    CHECK(strstr(problem(ctx, &draft, "actions-0-intention"), "your pledge covers") != NULL);
}

TEST(signing_twice_counts_once)
{
    struct pledge pledge;
    const char *reference = pledge_test_send(ctx, "R0A");
    const char *token = pledge_test_token(ctx, "ada@trust.example");
    CHECK(pledge_link_sign(ctx, token) == OK && pledge_link_sign(ctx, token) == OK);
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    CHECK(pledge.event_count == 2);
}

TEST(a_link_that_is_only_read_changes_nothing)
{
    struct pledge_to_sign ask;
    struct pledge pledge;
    const char *reference = pledge_test_send(ctx, "R0A");
    const char *token = pledge_test_token(ctx, "ada@trust.example");
    CHECK(pledge_link_open(ctx, token, &ask) == OK && pledge_link_open(ctx, token, &ask) == OK);
    CHECK(!ask.is_signed);
    CHECK_TEXT(ask.office, "Chief executive");
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    CHECK(pledge.event_count == 1);
}

TEST(an_old_a_replaced_and_a_made_up_link_do_not_sign)
{
    struct pledge_to_sign ask;
    const char *reference = pledge_test_send(ctx, "R0A");
    const char *first = pledge_test_token(ctx, "ada@trust.example");
    CHECK(pledge_link_sign(ctx, "made-up") == ERR_NOT_FOUND);
    ctx->now_secs += 60;
    ctx->fault = NULL;
    CHECK(pledge_remind(ctx, reference) == OK);
    const char *second = pledge_test_token(ctx, "ada@trust.example");
    CHECK(strcmp(first, second) != 0);
    CHECK(pledge_link_sign(ctx, first) == ERR_CONFLICT);
    ctx->now_secs += PLEDGE_LINK_KEPT_SECS + 1;
    CHECK(pledge_link_open(ctx, second, &ask) == ERR_CONFLICT);
    CHECK(pledge_link_sign(ctx, second) == ERR_CONFLICT);
    CHECK(state_of(ctx, reference) == PLEDGE_AWAITING);
}

TEST(without_a_staff_side_the_leader_signs_alone)
{
    struct pledge_draft draft;
    struct form_problems problems = {.count = 0};
    const char *reference;
    pledge_test_draft(ctx, "R0A", &draft);
    draft.has_union = FORM_NO;
    draft.no_union_reason = "We are six people";
    CHECK(pledge_send(ctx, &draft, &problems, &reference) == OK);
    CHECK_TEXT(pledge_test_token(ctx, "bo@union.example"), "");
    CHECK(pledge_link_sign(ctx, pledge_test_token(ctx, "ada@trust.example")) == OK);
    CHECK(state_of(ctx, reference) == PLEDGE_SIGNED);
}

TEST(a_refusal_sends_it_back_and_it_can_be_mended_and_sent_again)
{
    struct pledge_draft draft;
    struct pledge pledge;
    struct form_problems problems = {.count = 0};
    const char *reference = pledge_test_send(ctx, "R0A"), *again;
    CHECK(pledge_link_sign(ctx, pledge_test_token(ctx, "ada@trust.example")) == OK);
    const char *bo = pledge_test_token(ctx, "bo@union.example");
    CHECK(pledge_link_decline(ctx, bo, "The plan is thin") == OK);
    CHECK(pledge_link_decline(ctx, bo, "The plan is thin") == OK);
    CHECK(state_of(ctx, reference) == PLEDGE_RETURNED);
    const char *mend = pledge_test_token(ctx, "ada@trust.example");
    CHECK(pledge_amend(ctx, mend, &draft) == OK);
    CHECK_TEXT(draft.amends, reference);
    CHECK(draft.actions.count == 1 && draft.intentions.count == 2);
    draft.statement = "Now with more";
    CHECK(pledge_send(ctx, &draft, &problems, &again) == OK);
    CHECK_TEXT(again, reference);
    CHECK(pledge_amend(ctx, mend, &draft) == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    CHECK(pledge.revision == 2 && pledge.state == PLEDGE_AWAITING);
    CHECK(pledge.signatures[0].signed_at == 0); /* the new words are not signed yet */
    CHECK(pledge_link_sign(ctx, bo) == ERR_CONFLICT);
    ctx->fault = NULL;
    pledge_test_sign(ctx);
    CHECK(state_of(ctx, reference) == PLEDGE_SIGNED);
}

TEST(verifying_an_unpublished_pledge_shows_offices_and_no_names)
{
    struct pledge pledge, found;
    const char *reference = pledge_test_send(ctx, "R0A");
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    CHECK(pledge_verify(ctx, pledge.code, &found) == OK);
    CHECK(!pledge_stands(&found) && found.action_count == 0 && found.event_count == 0);
    CHECK_TEXT(found.text, "");
    CHECK_TEXT(found.signatures[0].name, "");
    CHECK_TEXT(found.signatures[0].office, "Chief executive");
    CHECK(pledge_verify(ctx, "0000-0000-0000", &found) == ERR_NOT_FOUND);
}

TEST(a_withdrawn_pledge_no_longer_stands_and_keeps_its_history)
{
    struct pledge pledge;
    const char *reference = pledge_test_send(ctx, "R0A");
    pledge_test_sign(ctx);
    CHECK(pledge_acknowledge(ctx, reference) == OK && pledge_publish(ctx, reference) == OK);
    CHECK(pledge_withdraw(ctx, reference, "Private reason") == OK);
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_PUBLIC, &pledge) == OK);
    CHECK(!pledge_stands(&pledge) && pledge.event_count == 6);
    CHECK_TEXT(pledge.events[5].reason, "");
}

TEST(chains_hold_and_a_quiet_change_is_noticed)
{
    int64_t checked, changes;
    const char *broken, *reference = pledge_test_send(ctx, "R0A");
    struct pledge pledge;
    CHECK(pledge_test_send(ctx, "RJ1") != NULL);
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK && checked == 2 && broken == NULL);
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    CHECK(pledge_move(ctx, pledge.organisation_id, pledge.id, "published", ctx->now_secs, 1, 1,
                      "2026-03-09", NULL, 1, "2027-03-09", &changes) == OK);
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK);
    CHECK_TEXT(broken, reference);
}

/* Fails each store call in turn: whatever breaks, no pledge, no link and no mail is left. */
TEST(a_failed_sending_leaves_no_trace)
{
    struct pledge_draft draft;
    struct mail_counts mails;
    struct pledge_live_row live;
    const char *reference;
    pledge_test_draft(ctx, "R0A", &draft);
    for (int nth = 1;; nth++) {
        struct form_problems problems = {.count = 0};
        CHECK(nth < 200);
        store_fail_on_call(ctx->store, nth);
        enum status status = pledge_send(ctx, &draft, &problems, &reference);
        store_fail_on_call(ctx->store, 0);
        if (status == OK)
            return;
        CHECK(status == ERR_FAULT);
        ctx->fault = NULL;
        CHECK(pledge_live(ctx, draft.organisation.id, &live) == ERR_NOT_FOUND);
        ctx->fault = NULL;
        CHECK(mail_count(ctx, &mails) == OK && mails.waiting_count == 0);
    }
}

TEST(a_failed_signature_leaves_no_trace)
{
    struct pledge pledge;
    const char *reference = pledge_test_send(ctx, "R0A");
    CHECK(pledge_link_sign(ctx, pledge_test_token(ctx, "bo@union.example")) == OK);
    const char *token = pledge_test_token(ctx, "ada@trust.example");
    for (int nth = 1;; nth++) {
        CHECK(nth < 200);
        store_fail_on_call(ctx->store, nth);
        enum status status = pledge_link_sign(ctx, token);
        store_fail_on_call(ctx->store, 0);
        if (status == OK)
            return;
        CHECK(status == ERR_FAULT);
        ctx->fault = NULL;
        CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
        CHECK(pledge.event_count == 2 && pledge.state == PLEDGE_AWAITING);
    }
}

TEST(the_register_follows_the_directory)
{
    int64_t changed;
    CHECK(pledge_test_send(ctx, "R0A") != NULL);
    CHECK(pledge_register_refresh(ctx, &changed) == OK && changed == 0);
}

/* ---- the walk of states ---- */

TEST(no_order_of_events_reaches_a_state_past_the_rules)
{
    (void)ctx;
    for (unsigned order = 0; order < 9 * 9 * 9 * 9 * 9 * 9; order++) {
        struct pledge_standing standing = {.needs_cosigner = true};
        bool acknowledged = false, leader = false, cosigner = false;
        unsigned rest = order;
        for (int i = 0; i < 6; i++, rest /= 9) {
            enum pledge_event_kind kind = (enum pledge_event_kind)(rest % 9);
            if (!pledge_state_after(&standing, kind))
                continue;
            if (kind == PLEDGE_SENT_AGAIN || kind == PLEDGE_SENT)
                leader = cosigner = acknowledged = false;
            leader |= kind == PLEDGE_LEADER_SIGNED;
            cosigner |= kind == PLEDGE_COSIGNER_SIGNED;
            acknowledged |= kind == PLEDGE_WAS_ACKNOWLEDGED;
        }
        if (standing.state == PLEDGE_SIGNED || standing.state == PLEDGE_ACKNOWLEDGED ||
            standing.state == PLEDGE_PUBLISHED)
            CHECK(leader && cosigner);
        if (standing.state == PLEDGE_PUBLISHED)
            CHECK(acknowledged);
    }
}

/* All kinds, from a pledge in force. */
TEST(a_review_is_renewed_only_by_all_who_sign_what_was_sent)
{
    (void)ctx;
    enum { KINDS = PLEDGE_EVENT_KINDS, ORDERS = KINDS * KINDS * KINDS * KINDS * KINDS };
    int renewed = 0;
    for (int order = 0; order < ORDERS; order++) {
        struct pledge_standing standing = {.state = PLEDGE_PUBLISHED,
                                           .needs_cosigner = true,
                                           .leader_signed = true,
                                           .cosigner_signed = true};
        bool is_sent = false, leader = false, cosigner = false, is_over = false;
        for (int i = 0, rest = order; i < 5; i++, rest /= KINDS) {
            enum pledge_event_kind kind = (enum pledge_event_kind)(rest % KINDS);
            if (!pledge_state_after(&standing, kind))
                continue;
            CHECK(!is_over);
            if (kind == PLEDGE_REVIEW_OPENED || kind == PLEDGE_REVIEW_SENT) {
                is_sent = kind == PLEDGE_REVIEW_SENT;
                leader = cosigner = false;
            }
            leader |= kind == PLEDGE_REVIEW_LEADER_SIGNED;
            cosigner |= kind == PLEDGE_REVIEW_COSIGNER_SIGNED;
            is_over = standing.state == PLEDGE_LAPSED || standing.state == PLEDGE_MERGED ||
                      standing.state == PLEDGE_WITHDRAWN;
        }
        if (standing.state != PLEDGE_RENEWED)
            continue;
        CHECK(is_sent && leader && cosigner);
        renewed++;
    }
    CHECK(renewed > 0);
}
