/* SPDX-License-Identifier: MIT */
/* lead_race_test.c - two who keep leads say the same at the same instant, and it counts once. */
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "programme/lead/lead_test_help.h"

#include <pthread.h>

enum { NODES = 2, ROUNDS = 5 };

struct node {
    struct ctx ctx;
    pthread_barrier_t *start;
    int64_t lead_id; /* 0: adds one; else adds days away */
    int added, refused;
};

static void end_memory(void *mem)
{
    mem_end(mem);
}

static enum status act(struct node *node, int round)
{
    struct ctx *ctx = &node->ctx;
    struct form_problems problems = {.count = 0};
    struct lead lead;
    int64_t id;
    if (node->lead_id == 0)
        return lead_add(ctx,
                        &(const struct lead_draft){.area = {.key = "QOP"},
                                                   .email = "ada@nhs.example",
                                                   .theme = lead_themes[round].code,
                                                   .job_title = "",
                                                   .from_on = "2026-03-01",
                                                   .to_on = ""},
                        &problems, &id);
    TRY(lead_find(ctx, node->lead_id, &lead));
    const char *day = mem_format(ctx->mem, "2026-04-%02d", round + 1);
    return lead_away_put(ctx, &lead, &(const struct lead_away_draft){{day, day}, ""}, &problems);
}

static void *work(void *arg)
{
    struct node *node = arg;
    for (int round = 0; round < ROUNDS; round++) {
        enum status status = ERR_BUSY;
        (void)pthread_barrier_wait(node->start);
        while (status == ERR_BUSY) {
            node->ctx.fault = NULL;
            status = act(node, round);
        }
        node->added += status == OK;
        node->refused += status == ERR_INVALID;
    }
    return node->added + node->refused == ROUNDS ? NULL : arg;
}

static void both_at_once(struct ctx *ctx, int64_t lead_id)
{
    struct node nodes[NODES];
    pthread_t threads[NODES];
    pthread_barrier_t start;
    CHECK(pthread_barrier_init(&start, NULL, NODES) == 0);
    for (int i = 0; i < NODES; i++) {
        nodes[i] = (struct node){*ctx, &start, lead_id, 0, 0};
        nodes[i].ctx.mem = mem_root();
        nodes[i].ctx.id_last = ctx->id_last + (i + 1) * 1000000;
        mem_at_end(ctx->mem, end_memory, nodes[i].ctx.mem);
        CHECK(store_open_again(&nodes[i].ctx, ctx->store, &nodes[i].ctx.store) == OK);
    }
    for (int i = 0; i < NODES; i++)
        CHECK(pthread_create(&threads[i], NULL, work, &nodes[i]) == 0);
    for (int i = 0; i < NODES; i++) {
        void *failed;
        CHECK(pthread_join(threads[i], &failed) == 0);
        if (failed != NULL)
            fail_msg("node %d failed: %s", i, nodes[i].ctx.fault);
    }
    pthread_barrier_destroy(&start);
    ctx->id_last = nodes[NODES - 1].ctx.id_last;
    CHECK(nodes[0].added + nodes[1].added == ROUNDS);
    CHECK(nodes[0].refused + nodes[1].refused == ROUNDS);
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
