/* SPDX-License-Identifier: MIT */
/*
 * pledge_privacy.c - what pledges keep about people: who signs, who leads an action, who did what.
 *
 * A signed text and the events about it are a record that anyone may check by its code, so they
 * stay as they are.  Addresses stand in neither, and go when they are of no more use.
 */
#include "programme/pledge/pledge.h"

#include "programme/access/access.h"
#include "programme/pledge/pledge.sql.h"
#include "programme/pledge/pledge_dispute.sql.h"

static const char record_stays[] =
    "A signed pledge is a public record that anyone may check, so the words that were signed stay.";

/* Of pledge_dispute_copy: what is wrong, and where it stands. */
static enum status dispute_words(struct ctx *ctx, struct store_value *cells, size_t row_count)
{
    (void)ctx;
    enum { COLUMNS = 14, WHAT = 5, STATE = 11 };
    for (size_t i = 0; i < row_count; i++) {
        struct store_value *row = &cells[i * COLUMNS];
        privacy_say(&row[WHAT], pledge_dispute_text(pledge_dispute_whys, row[WHAT].text));
        privacy_say(&row[STATE], pledge_dispute_text(pledge_dispute_states, row[STATE].text));
    }
    return OK;
}

const struct privacy_holding pledge_holdings[] = {
    {.table = "pledge_revision",
     .name = "Pledges that you sign",
     .what = "your name, your job title and your work email address",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that the right people sign, and everyone can see later who did",
     .source = "the person in your organisation who filled in the pledge",
     .recipients = "the public sees your job title, and your name where your organisation says so; "
                   "never your email address",
     .access = MAY_SEE_PLEDGES,
     .rule = "pledge-address",
     .rows = &pledge_signatory_copy_query,
     .erase = &pledge_signatory_erase_query,
     .kept_because = "Your name and job title are part of a signed pledge, a public record that "
                     "anyone may check. Your email address stays while the pledge is in force, so "
                     "that we can tell you what happens to it.",
     .retain = &pledge_signatory_retain_query},
    {.table = "pledge_party",
     .name = "Pledges for which you sign now",
     .what = "your name, your job title and your work email address, and who asked you since when",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that somebody signs the next review when a leader or representative changes",
     .source = "whoever signed before you, or your organisation's lead",
     .recipients = "the public sees your name only where your organisation shows that side's name; "
                   "never your email address",
     .access = MAY_SEE_PLEDGES,
     .rule = "pledge-address",
     .rows = &pledge_party_copy_query,
     .erase = &pledge_party_erase_query,
     .kept_because =
         "It stays while you sign for a pledge that is in force, so that we can ask you "
         "to sign its review.",
     .retain = &pledge_party_retain_query},
    {.table = "pledge_keeper",
     .name = "Pledges that you took over",
     .what = "your email address, and since when you mend a pledge that was returned",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that a pledge is mended although its leader has left",
     .source = "the person who left and named you",
     .access = MAY_SEE_PLEDGES,
     .rule = "pledge-address",
     .rows = &pledge_keeper_copy_query,
     .erase = &pledge_keeper_erase_query,
     .retain = &pledge_keeper_retain_query},
    {.table = "pledge_dispute",
     .name = "What you told us about a pledge",
     .what =
         "your name, your job title, your email address, your phone number if you gave one, and "
         "what you wrote",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that we can find out whether an organisation made its pledge, and answer you",
     .source = "you",
     .access = MAY_WORK_PLEDGES,
     .rule = "pledge-dispute",
     .rows = &pledge_dispute_copy_query,
     .words = dispute_words,
     .erase = &pledge_dispute_erase_query,
     .kept_because = "While we look at it, it stays, so that we can answer you.",
     .retain = &pledge_dispute_retain_query},
    {.table = "pledge_action",
     .name = "Who leads an action",
     .what = "the name or post of whoever leads an action of a plan",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that an action has somebody who answers for it",
     .source = "the person in your organisation who filled in the pledge",
     .recipients = "the public, where your organisation says so",
     .access = MAY_SEE_PLEDGES,
     .rule = "pledge-record",
     .listed_with = "the pledge whose plan it is, and found by its reference",
     .kept_because = record_stays},
    {.table = "pledge_event",
     .name = "What you did with a pledge",
     .what = "who signed, countersigned or returned a pledge, and when",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that nobody can change afterwards what was signed",
     .source = "what you did here",
     .access = MAY_SEE_PLEDGES,
     .rule = "pledge-record",
     .rows = &pledge_event_copy_query,
     .kept_because = record_stays},
    {.table = "pledge_link",
     .name = "Links to sign",
     .what = "that a link was made for you, and when it was used",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that only you can sign in your name",
     .source = "made by this service",
     .rule = "pledge-link",
     .listed_with = "the pledge that it is for",
     .kept_because = "It holds no name and no address.",
     .retain = &pledge_link_retain_query},
    {0},
};
