/* SPDX-License-Identifier: MIT */
/* individual_privacy.c - what people's pledges keep about them. */
#include "programme/individual/individual_internal.h"

enum { OF_PERSON_MAX = 1000 };

static enum status erase(struct ctx *ctx, const struct privacy_subject *subject,
                         int64_t *changed_out)
{
    size_t count;
    int64_t changes;
    struct individual_of_person_row *rows;
    TRY(individual_of_person(ctx, subject->email_key, OF_PERSON_MAX, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct individual it;
        TRY(individual_get(ctx, rows[i].id, &it));
        if (it.state == INDIVIDUAL_CONFIRMED)
            TRY(individual_withdraw(ctx, &it));
        else
            TRY(individual_remove(ctx, it.id, &changes));
    }
    *changed_out = (int64_t)count;
    return OK;
}

const struct privacy_holding individual_holdings[] = {
    {.table = "individual",
     .name = "A pledge of your own",
     .what = "your name and email address, what you do and where you work if you say so, what you "
             "wrote, what of it the public may read, and why we hide it if we do; for a day, a "
             "mark made from the internet address where a wrong code was typed",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_CONSENT,
     .purpose = "so that your pledge counts once, and you can check, change or withdraw it",
     .source = "you",
     .recipients = "the public sees what you chose to show, and nothing else",
     .rule = "individual",
     .rows = &individual_copy_query,
     .erase_by = erase,
     .kept_because = "That a pledge was signed and withdrawn stays, with its dates and digests and "
                     "nothing that you wrote, so that the public log can be checked.",
     .retain = &individual_retain_query},
    {0},
};
