/* SPDX-License-Identifier: MIT */
/* pledge_party_test.c - who signs for a side, and what other capabilities add to a chain. */
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "programme/pledge/pledge_internal.h"
#include "programme/pledge/pledge_test.h"

static enum status happen(struct ctx *ctx, void *arg)
{
    struct pledge *out = arg;
    return pledge_happen(ctx, out->reference,
                         &(const struct pledge_news){.kind = PLEDGE_CARRIED_OVER,
                                                     .role = "programme",
                                                     .detail = "to=RX1\n"},
                         out);
}

TEST(whoever_signed_signs_until_it_is_handed_over)
{
    struct pledge_parties parties;
    const char *reference = pledge_test_send(ctx, "R0A");
    pledge_test_sign(ctx);
    CHECK(pledge_parties(ctx, reference, &parties) == OK && parties.count == 2);
    const char *leader = parties.party[0].email_key, *cosigner = parties.party[1].email_key;
    CHECK_TEXT(pledge_side_of(&parties, leader), "leader");
    CHECK_TEXT(pledge_side_of(&parties, cosigner), "cosigner");
    CHECK(pledge_side_of(&parties, "somebody@else.example") == NULL);
    CHECK(pledge_side_of(&parties, "") == NULL);
    CHECK(pledge_parties(ctx, "PL-NONE-NONE", &parties) == ERR_NOT_FOUND);
}

TEST(a_side_that_was_handed_over_is_signed_for_by_who_said_yes)
{
    struct pledge_parties parties;
    struct pledge pledge;
    int64_t changes;
    const char *reference = pledge_test_send(ctx, "R0A");
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    CHECK(pledge_party_add(ctx, pledge.organisation_id, pledge.id, "cosigner", 1, "Cleo Marsh",
                           "Branch chair", "Cleo@union.example", "cleo@union.example",
                           ctx->now_secs, "The secretary has retired", &changes) == OK);
    CHECK(pledge_parties(ctx, reference, &parties) == OK);
    CHECK(pledge_side_of(&parties, "cleo@union.example") == NULL);
    CHECK(pledge_party_confirm(ctx, pledge.organisation_id, pledge.id, "cosigner", 1, ctx->now_secs,
                               &changes) == OK);
    CHECK(pledge_parties(ctx, reference, &parties) == OK);
    CHECK_TEXT(pledge_side_of(&parties, "cleo@union.example"), "cosigner");
    CHECK_TEXT(parties.party[1].title, "Branch chair");
}

TEST(an_event_with_a_detail_stands_in_the_chain)
{
    int64_t checked, changes;
    const char *broken;
    struct pledge pledge = {.reference = pledge_test_send(ctx, "R0A")};
    pledge_test_sign(ctx);
    CHECK(store_transact(ctx, "test", happen, &pledge) == OK);
    CHECK(pledge.state == PLEDGE_SIGNED && pledge.period == 1);
    CHECK_TEXT(pledge.events[pledge.event_count - 1].detail, "to=RX1\n");
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK && broken == NULL && checked == 1);
    struct pledge_events_row *events, more;
    size_t count;
    CHECK(pledge_events(ctx, pledge.organisation_id, pledge.id, 100, &events, &count) == OK);
    more = events[count - 1];
    more.number++;
    more.previous = more.digest;
    more.digest = pledge_event_digest(ctx->mem, pledge.reference, &more);
    CHECK(pledge_event_add(ctx, pledge.organisation_id, pledge.id, more.number, more.kind,
                           more.revision, more.at, more.role, more.person_id, more.reason,
                           more.text_digest, "to=RJ1\n", more.previous, more.digest,
                           &changes) == OK);
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK);
    CHECK_TEXT(broken, pledge.reference);
}
