/* SPDX-License-Identifier: MIT */
/*
 * demo_lead.c - invented local leads and questions, in every state: one who is shown, one away, one
 * who did not confirm, one whose area has ended, one still to begin; questions new, open, late,
 * answered and closed.
 */
#include "platform/base/time.h"
#include "programme/access/access.h"
#include "programme/demo/demo_internal.h"
#include "programme/lead/lead.h"

#include <string.h>

static const char ended_area[] = "QMJ", ended_said_on[] = "2026-03-02",
                  kept_from_on[] = "2026-02-20";

enum { HIDDEN_DAYS_AGO = LEAD_CONFIRM_DAYS + 10 };

struct named {
    const char *email, *area, *theme, *job_title;
    int days_ago;  /* when it was said                        */
    int from_days; /* first day, from when it was said         */
};

static enum status leave(struct ctx *ctx, struct ctx *then, enum status status)
{
    ctx->fault = then->fault;
    return status;
}

static struct ctx at(const struct ctx *ctx, int64_t secs_ago, struct person_id person)
{
    struct ctx then = *ctx;
    then.now_secs -= secs_ago;
    then.id_last = 0; /* ids tell when something was made */
    then.person = person;
    then.role = person.n != 0 ? "national" : NULL;
    return then;
}

static enum status add_lead(struct ctx *then, const struct named *it, struct lead *out)
{
    struct form_problems problems = {.count = 0};
    struct lead_draft draft = {.area = {.key = it->area},
                               .email = it->email,
                               .theme = it->theme,
                               .job_title = it->job_title,
                               .to_on = ""};
    int64_t id;
    TRY(time_day_add(then->mem, time_day_of(then->mem, then->now_secs),
                     (struct time_step){.days = it->from_days}, &draft.from_on));
    TRY(lead_add(then, &draft, &problems, &id));
    return lead_find(then, id, out);
}

static enum status name_lead(struct ctx *ctx, struct person_id who, const struct named *it,
                             struct lead *out)
{
    struct ctx then = at(ctx, (int64_t)it->days_ago * TIME_DAY_SECS, who);
    return leave(ctx, &then, add_lead(&then, it, out));
}

static enum status add_person(struct ctx *then, const char *email, const char *name,
                              const char *area)
{
    struct access_person added;
    return access_person_add(then, &(const struct access_new){email, name, "local", area}, &added,
                             NULL);
}

/* Said before the area ended. */
static enum status name_ended(struct ctx *ctx, struct person_id who)
{
    struct lead lead;
    struct ctx then = at(ctx, 0, who);
    const struct named it = {"london@demo.example", ended_area, "all", "Careers lead", 0, -60};
    TRY(time_at(ended_said_on, 10, 0, &then.now_secs));
    enum status status = add_person(&then, it.email, "Priya Nair", "Y56");
    return leave(ctx, &then, status == OK ? add_lead(&then, &it, &lead) : status);
}

/* Did not confirm for more than half a year. */
static enum status name_hidden(struct ctx *ctx, struct person_id who)
{
    struct lead lead;
    struct ctx then = at(ctx, (int64_t)HIDDEN_DAYS_AGO * TIME_DAY_SECS, who);
    const struct named it = {"south-west@demo.example", "Y58", "all", "Programme lead", 0, -200};
    enum status status = add_person(&then, it.email, "Craig Dawson", "Y58");
    return leave(ctx, &then, status == OK ? add_lead(&then, &it, &lead) : status);
}

static enum status name_leads(struct ctx *ctx, struct person_id who,
                              const struct demo_employer *trust)
{
    const struct named local = {
        "local@demo.example", trust->board, "all", "Talent and careers lead", 0, -90};
    const struct named theme = {
        "local@demo.example", trust->board, "apprenticeships", "Talent and careers lead", 0, -90};
    const struct named region = {"north-west@demo.example", "Y62", "all", "Regional lead", 5, -300};
    const struct named coming = {"north-west@demo.example", "Y62", "schools",
                                 "Regional lead",           1,     40};
    struct lead lead;
    struct form_problems problems = {.count = 0};
    struct lead_away_draft away = {.email = "north-west@demo.example"};
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    TRY(name_lead(ctx, who, &local, &lead));
    TRY(name_lead(ctx, who, &theme, &lead));
    away.days.first_on = today;
    TRY(time_day_add(ctx->mem, today, (struct time_step){.days = 6}, &away.days.last_on));
    if (strcmp(trust->region, "Y62") != 0)
        away.email = "";
    TRY(lead_away_put(ctx, &lead, &away, &problems));
    TRY(name_lead(ctx, who, &region, &lead));
    TRY(name_lead(ctx, who, &coming, &lead));
    TRY(name_ended(ctx, who));
    return name_hidden(ctx, who);
}

/* ---- questions ---- */

enum { ASKED, OPEN, ANSWERED, CLOSED };

static const struct {
    const char *name, *email, *theme, *question, *answer;
    int hours_ago, answer_hours, until;
} questions[] = {
    {"Hodan Warsame", "hodan@home.example", "apprenticeships",
     "I am 17. Which apprenticeship can I begin without science?",
     "Several. Healthcare support and administration ask for none. Come to our open day.", 700, 20,
     CLOSED},
    {"Rhys Prosser", "rhys@school.example", "schools",
     "Who could come to our careers week and talk about caring for people?",
     "Two of our ambassadors can. I have sent you their names.", 600, 30, ANSWERED},
    {"Selam Tesfaye", "selam@home.example", "all",
     "I was a nurse in another country. Where do I begin here?",
     "Begin with our team for people trained abroad. They ring you this week.", 500, 50, ANSWERED},
    {"Joanne Entwistle", "joanne@care.example", "pledge",
     "We run a small care home. May we sign the pledge without a trade union?",
     "Yes. You say why, and your staff are asked in another way.", 400, 6, ANSWERED},
    {"Łukasz Dvořák", "lukasz@home.example", "volunteering", "Can I volunteer at weekends only?",
     "Yes, on two wards and in the garden.", 300, 70, ANSWERED},
    {"Nia Gwynne", "nia@home.example", "widening",
     "My daughter left care last year. Is there work experience for her?", NULL, 240, 0, OPEN},
    {"Thiago Santos", "thiago@home.example", "all", "When is the next open day?", NULL, 30, 0,
     OPEN},
    {"Olena Koval", "olena@home.example", "all", "Do you help with writing an application?", NULL,
     5, 0, ASKED},
};

static enum status go_through(struct ctx *then, const char *place, size_t n)
{
    struct form_problems problems = {.count = 0};
    struct enquiry enquiry;
    struct access_person local;
    const char *reference;
    const struct enquiry_draft draft = {.place = {.key = place},
                                        .theme = questions[n].theme,
                                        .question = questions[n].question,
                                        .name = questions[n].name,
                                        .email = questions[n].email};
    TRY(enquiry_ask(then, &draft, &problems, &reference));
    TRY(enquiry_find(then, reference, &enquiry));
    if (questions[n].until >= OPEN)
        TRY(enquiry_confirm(then, &enquiry));
    if (questions[n].until < ANSWERED)
        return OK;
    TRY(access_person_find(then, "local@demo.example", &local));
    then->person = local.id;
    then->role = "local";
    then->now_secs += (int64_t)questions[n].answer_hours * TIME_HOUR_SECS;
    TRY(enquiry_answer(then, &enquiry, questions[n].answer));
    return questions[n].until == CLOSED ? enquiry_close(then, &enquiry) : OK;
}

/* Who named the first leads: a role counts from the day on which it is given. */
static enum status add_keeper(struct ctx *ctx, struct access_person *out)
{
    struct ctx then =
        at(ctx, (int64_t)(HIDDEN_DAYS_AGO + 1) * TIME_DAY_SECS, (struct person_id){0});
    int64_t first_at;
    TRY(time_at(kept_from_on, 9, 0, &first_at));
    if (first_at < then.now_secs)
        then.now_secs = first_at;
    enum status status = access_person_add(&then,
                                           &(const struct access_new){.email = "leads@demo.example",
                                                                      .name = "Meera Sharma",
                                                                      .role = "national"},
                                           out, NULL);
    return leave(ctx, &then, status);
}

enum status demo_leads(struct ctx *ctx, const struct demo_employer *trust)
{
    struct access_person lead;
    if (trust == NULL)
        return OK; /* so small that there is nobody to lead */
    TRY(add_keeper(ctx, &lead));
    struct ctx now = at(ctx, 0, lead.id);
    enum status status = name_leads(&now, lead.id, trust);
    for (size_t i = 0; status == OK && i < sizeof questions / sizeof questions[0]; i++) {
        struct ctx then =
            at(ctx, (int64_t)questions[i].hours_ago * TIME_HOUR_SECS, (struct person_id){0});
        status = leave(&now, &then, go_through(&then, trust->code, i));
    }
    if (status == OK) {
        now = at(ctx, 0, (struct person_id){0});
        status = lead_job_kinds[0].fn(&now, NULL);
    }
    return leave(ctx, &now, status);
}
