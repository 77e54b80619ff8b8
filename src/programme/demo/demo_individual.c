/* SPDX-License-Identifier: MIT */
/*
 * demo_individual.c - invented people who signed a pledge of their own: named, anonymous, showing
 * nothing, withdrawn, and some whose mails wait in the outbox.
 */
#include "platform/base/time.h"
#include "programme/demo/demo_internal.h"
#include "programme/individual/individual.h"

#include <string.h>

enum { SHOWN_MAX = 6, CHOSEN_MAX = 3 };

/* What becomes of one. */
enum demo_end { COUNTS, WITHDRAWN, WAITS, SIGNED_AGAIN };

static const struct demo_signer {
    int days_ago;
    const char *email, *name, *role, *band;
    bool works_there; /* for the employer */
    const char *elsewhere, *statement;
    const char *intentions[CHOSEN_MAX + 1], *shown[SHOWN_MAX + 1];
    int remind_days; /* after it was signed; 0: no reminder */
    enum demo_end end;
} signers[] = {
    {40,
     "zoe@demo.example",
     "Zoë Example",
     "Healthcare assistant",
     "Band 3",
     true,
     "",
     "I will take one pupil a month round our ward, and tell them how I started.",
     {"tfc-2", "tfc-3"},
     {"name", "role", "band", "employer", "statement", "intentions"},
     90,
     COUNTS},
    {33,
     "north-west@demo.example",
     "Regional Example",
     "Regional lead",
     "",
     false,
     "",
     "",
     {"tfc-10"},
     {"name", "role"},
     0,
     COUNTS},
    {26,
     "li@demo.example",
     "李",
     "Porter",
     "Band 2",
     false,
     "A hospice by the sea",
     "I learnt to read at 30. I will help colleagues who are afraid of forms.",
     {"tfc-4"},
     {"role", "statement"},
     0,
     COUNTS},
    {19,
     "quiet@demo.example",
     "Quiet Example",
     "",
     "",
     false,
     "",
     "",
     {"ready-1"},
     {NULL},
     0,
     COUNTS},
    {12,
     "noor@demo.example",
     "نور الهدى",
     "Student nurse",
     "",
     false,
     "A university",
     "I will speak at my old school every spring.",
     {"ready-1", "tfc-7"},
     {"name", "statement", "intentions"},
     30,
     COUNTS},
    {9,
     "changed@demo.example",
     "Changed Example",
     "Manager",
     "Band 7",
     true,
     "",
     "",
     {"tfc-9"},
     {"name"},
     0,
     WITHDRAWN},
    {2,
     "twice@demo.example",
     "Twice Example",
     "Radiographer",
     "Band 6",
     true,
     "",
     "",
     {"tfc-3"},
     {"name", "role"},
     0,
     SIGNED_AGAIN},
    {0,
     "waits@demo.example",
     "Waiting Example",
     "Volunteer",
     "",
     false,
     "",
     "",
     {"tfc-2"},
     {"name"},
     0,
     WAITS},
};

static struct form_several several(const char *const *codes)
{
    size_t count = 0;
    while (codes[count] != NULL)
        count++;
    return (struct form_several){(const char **)codes, count};
}

static enum status fill(struct ctx *then, const struct demo_signer *who,
                        const struct demo_employer *employer, struct individual_draft *out)
{
    *out = (struct individual_draft){
        .name = who->name,
        .role = who->role,
        .band = who->band,
        .employer_kind = who->works_there            ? "listed"
                         : who->elsewhere[0] != '\0' ? "other"
                                                     : "none",
        .employer = {.key = employer->code, .label = employer->name, .id = employer->id},
        .employer_other = who->elsewhere,
        .intentions = several(who->intentions),
        .statement = who->statement,
        .shown = several(who->shown),
        .remind_on = "",
        .email = who->email};
    if (who->remind_days == 0)
        return OK;
    return time_day_add(then->mem, time_day_of(then->mem, then->now_secs),
                        (struct time_step){.days = who->remind_days}, &out->remind_on);
}

static enum status sign(struct ctx *ctx, const struct demo_signer *who,
                        const struct demo_employer *employer)
{
    struct individual it;
    const char *reference;
    struct individual_draft draft;
    struct form_problems problems = {.count = 0};
    struct ctx then = *ctx;
    then.id_last = 0;
    then.now_secs -= who->days_ago * TIME_DAY_SECS;
    TRY(fill(&then, who, employer, &draft));
    if (who->end != WAITS)
        TRY(individual_record(&then, &draft, &problems, &reference));
    then.id_last = 0;
    then.now_secs = ctx->now_secs;
    if (who->end == WAITS || who->end == SIGNED_AGAIN)
        return individual_sign(&then, &draft, &problems, &reference);
    TRY(individual_find(&then, reference, &it));
    return who->end == WITHDRAWN ? individual_withdraw(&then, &it) : OK;
}

enum status demo_individuals(struct ctx *ctx, const struct demo_employer *employer)
{
    for (size_t i = 0; i < sizeof signers / sizeof signers[0]; i++) {
        enum status status = sign(ctx, &signers[i], employer);
        if (status != OK)
            return status;
    }
    return OK;
}
