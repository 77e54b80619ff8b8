/* SPDX-License-Identifier: MIT */
/* demo_words.c - what invented people write: titles, reasons, statements, figures. */
#include "programme/demo/demo_internal.h"

#include <string.h>

enum { CHOICES_MAX = 12 };

static const char *const words[DEMO_WORDS_END][CHOICES_MAX] = {
    [DEMO_LEADER_TITLES] = {"Chief executive", "Chief people officer", "Chief nurse",
                            "Director of workforce", "Deputy chief executive",
                            "Executive director of people and culture"},
    [DEMO_SMALL_LEADER_TITLES] = {"Registered manager", "Owner", "Managing director",
                                  "Practice manager", "Chief executive"},
    [DEMO_COSIGNER_TITLES] = {"Branch secretary", "Staff side chair", "Workplace representative",
                              "Union learning representative", "Regional officer", "Convenor"},
    [DEMO_ACTION_LEADS] = {"Head of learning and development", "Widening participation lead",
                           "Apprenticeship manager", "Head of recruitment",
                           "Practice education lead", "Volunteer services manager",
                           "Head of widening access", "Careers and engagement officer",
                           "Associate director of education", "Care Certificate coordinator"},
    [DEMO_PARTNERS] = {"", "", "", "The local further education college",
                       "Jobcentre Plus and the council", "The careers hub and six schools",
                       "Our union learning representatives", "A local charity for young carers",
                       "The university’s school of nursing", "Other employers in our area"},
    [DEMO_NO_UNION_REASONS] =
        {"We have 23 staff and no union is recognised here. Staff voted for the plan at a team "
         "meeting.",
         "No trade union has members here that we know of. Two members of staff were chosen by "
         "their colleagues to speak for them.",
         "We are a family business with 14 staff. We talked it through with everyone on both "
         "shifts.",
         "Our staff forum does this work. It asked to see the plan each spring and to comment "
         "first."},
    [DEMO_RETURN_REASONS] =
        {"The first action has no figure for today. Please say how many placements you had last "
         "year, even if it was none.",
         "Two actions have the same measure. Please say how you will tell them apart, or make one "
         "action of both.",
         "The target for apprentices is lower than the figure that you give for today. Is that "
         "meant?"},
    [DEMO_WITHDRAW_REASONS] = {"The organisation has asked for this: it is writing one plan "
                               "together with its new partner.",
                               "Signed by mistake for the whole group. Each site signs for itself.",
                               "The service closes next spring and its staff move to another "
                               "employer."},
};

const char *demo_word(struct random_seeded *random, enum demo_words which)
{
    size_t count = 0;
    while (count < CHOICES_MAX && words[which][count] != NULL)
        count++;
    return words[which][random_seeded_below(random, count)];
}

static const char *const begins[] = {
    "Where you grew up should not decide whether you can work in care.",
    "Most of our support workers live within three miles of where they work. We want to hear from "
    "more of their neighbours.",
    "Many of our best nurses began as cleaners, porters and healthcare assistants.",
    "We asked our staff what had helped them to get on. They said: time, somebody who believed in "
    "me, and a fair chance.",
    "Last year one in five of our jobs stayed empty, and many people near us had no job.",
    "A care job can be the start of a long career. We have not always made that easy to see.",
    "Young people told us that they did not know whom to ask. That is ours to put right.",
};
static const char *const middles[] = {
    "This plan is small enough to do and large enough to matter.",
    "We wrote this plan together with the people whom it is about.",
    "We will start with entry-level jobs and with the schools that we have never visited.",
    "Managers and union representatives will look at the figures together twice a year.",
    "We will pay for the time that it takes, and we will say so in our budget.",
    "We know that we start from a low figure, and we would rather show it than hide it.",
};
static const char *const ends[] = {
    "If it does not work, we will say so and try something else.",
    "Please hold us to it.",
    "We look forward to sharing what we learn.",
    "Come and see us: our doors are open to any school or college nearby.",
    "",
    "Every member of staff got a copy of this pledge.",
};

#define ONE_OF(random, list) (list)[random_seeded_below(random, sizeof(list) / sizeof(list)[0])]

const char *demo_statement(struct mem *mem, struct random_seeded *random,
                           const struct demo_employer *employer)
{
    if (random_seeded_chance(random, 15))
        return "";
    const char *begin = ONE_OF(random, begins), *middle = ONE_OF(random, middles);
    const char *end = ONE_OF(random, ends);
    if (employer->town[0] != '\0' && random_seeded_chance(random, 40))
        middle = mem_format(mem, "%s People in %s deserve no less.", middle, employer->town);
    return mem_format(mem, "%s %s%s%s", begin, middle, end[0] != '\0' ? "\n\n" : "", end);
}

const char *demo_baseline(struct mem *mem, struct random_seeded *random, const char *unit)
{
    int number = 2 + (int)random_seeded_below(random, 38);
    bool is_small = strcmp(unit, "people") != 0 && strcmp(unit, "hours") != 0;
    if (random_seeded_chance(random, 15))
        return "None yet";
    if (random_seeded_chance(random, 10))
        return "We have not counted so far. We start to count this month.";
    if (strcmp(unit, "percent") == 0)
        return mem_format(mem, "%d percent last year", number + 10);
    if (strcmp(unit, "pounds") == 0)
        return mem_format(mem, "£%d,000 last year", number * 3);
    return mem_format(mem, "%d %s last year", is_small ? 2 + number % 7 : number, unit);
}
