/* SPDX-License-Identifier: MIT */
/* review_reader_web.c - who reads the pages of a review, and where they lead. */
#include "programme/review/review_reader_web.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/access/access.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS_MAX = 9 };

static enum status find_side(struct web_request *request, struct review_reader *out)
{
    struct ctx *ctx = request->ctx;
    struct pledge_parties parties;
    struct access_person person;
    struct access_granted granted;
    TRY(pledge_parties(ctx, out->pledge.reference, &parties));
    TRY(access_person_get(ctx, ctx->person, &person));
    out->side = pledge_side_of(&parties, text_email_key(ctx->mem, person.email));
    if (out->side != NULL)
        return OK;
    enum status status =
        access_check_for(ctx, MAY_WORK_PLANS, out->pledge.organisation_code, &granted);
    if (status == ERR_FORBIDDEN)
        return ERR_NOT_FOUND;
    TRY(status);
    ctx->role = granted.role;
    return OK;
}

enum status review_reader_open(struct web_request *request, struct review_reader *out)
{
    struct ctx *ctx = request->ctx;
    *out = (struct review_reader){.side = NULL};
    TRY(pledge_find(ctx, web_value(request, "reference"), PLEDGE_FOR_STAFF, &out->pledge));
    TRY(find_side(request, out));
    for (size_t i = 0; i < out->pledge.signature_count; i++)
        out->pledge.signatures[i].name = "";
    enum status status = review_find(ctx, &out->pledge, 0, &out->review);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    out->is_open = status == OK && out->review.is_open;
    return OK;
}

const char *review_path(struct web_request *request, const struct review_reader *reader,
                        const char *tail)
{
    return mem_format(request->ctx->mem, "/reviews/%s%s", reader->pledge.reference, tail);
}

int64_t review_number(struct web_request *request, const char *name)
{
    const char *typed = web_query(request, name);
    size_t length = strspn(typed, "0123456789");
    bool is_number = length > 0 && length <= DIGITS_MAX && typed[length] == '\0';
    return is_number ? strtol(typed, NULL, 10) : 0;
}

enum status review_say_closed(struct web_request *request, struct web_answer *answer,
                              const struct review_reader *reader)
{
    const char *opens_on;
    struct ctx *ctx = request->ctx;
    const char *sentence = "The pledge is not in force, or its review has ended. Nothing was sent.";
    if (pledge_stands(&reader->pledge) && reader->pledge.state != PLEDGE_UNDER_REVIEW) {
        TRY(review_opens_on(ctx, &reader->pledge, &opens_on));
        sentence =
            mem_format(ctx->mem, "The review opens on %s. Send it then. Nothing was sent now.",
                       time_show_day(ctx->mem, opens_on));
    }
    return web_sorry(request, answer, 409, "The review is not open", sentence);
}

bool review_is_of_another_year(struct web_request *request, const struct review_reader *reader)
{
    int64_t period = review_number(request, "period");
    return period != 0 && period != reader->review.period;
}
