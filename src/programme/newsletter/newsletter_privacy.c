/* SPDX-License-Identifier: MIT */
/* newsletter_privacy.c - what the newsletter keeps about people. */
#include "programme/access/access.h"
#include "programme/newsletter/newsletter.sql.h"
#include "programme/newsletter/newsletter_internal.h"
#include "programme/newsletter/newsletter_send.sql.h"

/* Who is erased gets nothing any more, and no import brings them back. */
static enum status erase_reader(struct ctx *ctx, const struct privacy_subject *subject,
                                int64_t *changed_out)
{
    struct newsletter_reader_of_row row;
    enum status status = newsletter_reader_of(ctx, subject->email_key, &row);
    *changed_out = status == OK;
    if (status == ERR_NOT_FOUND)
        return OK;
    TRY(status);
    return newsletter_stop(ctx, &(const struct newsletter_stopping){
                                    .reader_id = row.id, .why = "erased", .outcome = "left"});
}

const struct privacy_holding newsletter_holdings[] = {
    {.table = "newsletter_reader",
     .name = "The newsletter",
     .what = "your email address, the topics and the region that you chose, and since when",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC | PRIVACY_OF_CHILDREN,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_CONSENT,
     .purpose = "to send you the newsletter that you asked for",
     .source = "you, or a list that you agreed to be on",
     .rule = "newsletter",
     .rows = &newsletter_reader_copy_query,
     .erase_by = erase_reader,
     .kept_because = "So that nobody puts your address back by mistake, a code made from it stays "
                     "that cannot be turned back into it."},
    {.table = "newsletter_ask",
     .name = "Asking for the newsletter",
     .what = "the email address that was typed, and what was chosen with it; for a day, a mark "
             "made from the internet address where a wrong code was typed",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC | PRIVACY_OF_CHILDREN,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_CONSENT,
     .purpose = "to make sure that the address is yours",
     .source = "you, or whoever typed your address",
     .rule = "newsletter-ask",
     .rows = &newsletter_ask_copy_query,
     .erase = &newsletter_ask_erase_query,
     .retain = &newsletter_ask_retain_query,
     .is_passing = true,
     .fixed_secs = NEWSLETTER_LINK_SECS},
    {.table = "newsletter_delivery",
     .name = "Newsletters that went to you",
     .what = "which newsletters we sent you, and whether they came back",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC | PRIVACY_OF_CHILDREN,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_CONSENT,
     .purpose = "so that each comes once, and addresses that no longer work get no more",
     .source = "our mail server",
     .rule = "newsletter-delivery",
     .rows = &newsletter_delivery_copy_query,
     .kept_because = "That a newsletter went to somebody stays until its time is over, without "
                     "anything that says to whom.",
     .retain = &newsletter_delivery_retain_query},
    {.table = "newsletter_version",
     .name = "Newsletters that you wrote",
     .what = "your account number beside what you wrote in a newsletter",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that nobody approves what they wrote themselves",
     .source = "you",
     .access = MAY_SEND_NEWSLETTER,
     .rule = "newsletter-issue",
     .rows = &newsletter_written_copy_query,
     .kept_because = "A newsletter that was sent is public and stays."},
    {.table = "newsletter_issue",
     .name = "Newsletters that you approved",
     .what = "your account number beside a newsletter that you began or approved",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that it is known who approved it",
     .source = "you",
     .access = MAY_SEND_NEWSLETTER,
     .rule = "newsletter-issue",
     .listed_with = "what you wrote in it",
     .kept_because = "A newsletter that was sent is public and stays."},
    {0},
};
