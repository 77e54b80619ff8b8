/* SPDX-License-Identifier: MIT */
/* lead_race_test.c - two who keep leads say the same at the same instant, and it counts once. */
#include "platform/base/test.h"
#include "platform/store/store_nodes.h"
#include "programme/lead/lead_test_help.h"

enum { NODES = 2, ROUNDS = 5 };

struct saying {
    int64_t lead_id; /* 0: adds one; else adds days away */
    int round;
    enum status said[NODES];
};

static enum status say(struct ctx *ctx, int number, void *arg)
{
    (void)number;
    const struct saying *saying = arg;
    struct form_problems problems = {.count = 0};
    struct lead lead;
    int64_t id;
    if (saying->lead_id == 0)
        return lead_add(ctx,
                        &(const struct lead_draft){.area = {.key = "QOP"},
                                                   .email = "ada@nhs.example",
                                                   .theme = lead_themes[saying->round].code,
                                                   .job_title = "",
                                                   .from_on = "2026-03-01",
                                                   .to_on = ""},
                        &problems, &id);
    TRY(lead_find(ctx, saying->lead_id, &lead));
    const char *day = mem_format(ctx->mem, "2026-04-%02d", saying->round + 1);
    return lead_away_put(ctx, &lead, &(const struct lead_away_draft){{day, day}, ""}, &problems);
}

static enum status say_once(struct ctx *ctx, int number, void *arg)
{
    struct saying *saying = arg;
    saying->said[number] = store_node_again(ctx, say, number, arg);
    return OK;
}

/* One of the two is refused each time. */
static void both_at_once(struct ctx *ctx, int64_t lead_id)
{
    for (int round = 0; round < ROUNDS; round++) {
        struct saying saying = {lead_id, round, {OK}};
        store_nodes_run(ctx, NODES, say_once, &saying);
        CHECK((saying.said[0] == OK && saying.said[1] == ERR_INVALID) ||
              (saying.said[0] == ERR_INVALID && saying.said[1] == OK));
    }
}

TEST(a_lead_and_days_away_that_two_say_at_the_same_instant_count_once)
{
    lead_test_begin(ctx);
    lead_test_person(ctx, "ada@nhs.example", "local", "QOP");
    lead_test_person(ctx, "bo@nhs.example", "local", "QOP");
    int64_t id = lead_test_add(
        ctx, &(const struct lead_test_new){"bo@nhs.example", "QOP", NULL, "2026-01-01", NULL});
    both_at_once(ctx, 0);
    both_at_once(ctx, id);
}
