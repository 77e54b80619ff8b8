/* SPDX-License-Identifier: MIT */
/* demo_concern.c - invented safeguarding concerns: one that nobody has read, one looked into. */
#include "platform/base/time.h"
#include "programme/access/access.h"
#include "programme/concern/concern.h"
#include "programme/demo/demo_internal.h"

enum { DAYS_AGO = 3 };

static enum status raise(struct ctx *ctx, const struct demo_employer *employer, const char *about,
                         const char **reference_out)
{
    struct form_problems problems = {.count = 0};
    const struct concern_draft draft = {
        .in_danger = FORM_NO,
        .organisation = {.key = employer->code, .label = employer->name, .id = employer->id},
        .about = about,
        .happened = "Last week, on a late shift",
        .may_contact = FORM_YES,
        .contact = "01632 960077, after 5pm",
        .about_lead = "no"};
    return concern_raise(ctx, &draft, &problems, reference_out);
}

/* Some days ago the lead read it and wrote down what was done. */
static enum status look_into(struct ctx *then, const char *reference)
{
    struct concern concern;
    struct access_person lead;
    TRY(access_person_find(then, "safeguarding@demo.example", &lead));
    then->person = lead.id;
    then->role = "safeguarding";
    then->now_secs += TIME_HOUR_SECS;
    TRY(concern_read(then, NULL, reference, "to decide what to do", &concern));
    return concern_add_step(
        then, NULL, reference,
        &(const struct concern_step){"action", "",
                                     "Spoke to the ward manager. They work side by side now."});
}

enum status demo_concerns(struct ctx *ctx, const struct demo_employer *employer)
{
    struct ctx then = *ctx;
    struct access_person raiser;
    const char *reference;
    TRY(access_person_find(&then, "north-west@demo.example", &raiser));
    then.person = raiser.id;
    then.role = NULL;
    then.id_last = 0;
    then.now_secs = ctx->now_secs - DAYS_AGO * TIME_DAY_SECS;
    enum status status = raise(&then, employer,
                               "An invented example: a learner of 17 told me that she works nights "
                               "alone and is afraid to say so.",
                               &reference);
    if (status == OK)
        status = look_into(&then, reference);
    then.person = raiser.id;
    then.role = NULL;
    then.now_secs = ctx->now_secs;
    then.id_last = 0;
    if (status == OK)
        status = raise(&then, employer,
                       "An invented example: a volunteer asks young people for their private "
                       "phone numbers.",
                       &reference);
    ctx->fault = then.fault;
    return status;
}
