/* SPDX-License-Identifier: MIT */
/* store_nodes.c - for tests only: threads with a context and a connection each. */
#include "platform/store/store_nodes.h"

#include "platform/base/test.h"
#include "platform/store/store.h"

#include <pthread.h>

enum { NODES_MAX = 16, IDS_APART = 1000000 };

struct node {
    struct ctx ctx;
    pthread_t thread;
    pthread_barrier_t *start;
    store_node_fn *work;
    void *arg;
    int number;
    enum status status;
};

static void end_memory(void *mem)
{
    mem_end(mem);
}

static void *run(void *arg)
{
    struct node *node = arg;
    (void)pthread_barrier_wait(node->start);
    node->status = node->work(&node->ctx, node->number, node->arg);
    return NULL;
}

static void prepare(struct ctx *ctx, struct node *node)
{
    node->ctx = *ctx;
    node->ctx.mem = mem_root();
    node->ctx.id_last = ctx->id_last + (node->number + 1) * IDS_APART;
    mem_at_end(ctx->mem, end_memory, node->ctx.mem);
    CHECK(store_open_again(&node->ctx, ctx->store, &node->ctx.store) == OK);
}

void store_nodes_run(struct ctx *ctx, int count, store_node_fn *work, void *arg)
{
    struct node nodes[NODES_MAX];
    pthread_barrier_t start;
    CHECK(count >= 1 && count <= NODES_MAX);
    CHECK(pthread_barrier_init(&start, NULL, (unsigned)count) == 0);
    for (int i = 0; i < count; i++) {
        nodes[i] = (struct node){.start = &start, .work = work, .arg = arg, .number = i};
        prepare(ctx, &nodes[i]);
    }
    for (int i = 0; i < count; i++)
        CHECK(pthread_create(&nodes[i].thread, NULL, run, &nodes[i]) == 0);
    for (int i = 0; i < count; i++)
        CHECK(pthread_join(nodes[i].thread, NULL) == 0);
    pthread_barrier_destroy(&start);
    ctx->id_last = nodes[count - 1].ctx.id_last;
    for (int i = 0; i < count; i++)
        if (nodes[i].status != OK)
            fail_msg("node %d ended with %d: %s", i, (int)nodes[i].status,
                     nodes[i].ctx.fault != NULL ? nodes[i].ctx.fault : "no cause");
}

enum status store_node_again(struct ctx *ctx, store_node_fn *work, int number, void *arg)
{
    enum status status = ERR_BUSY;
    while (status == ERR_BUSY) {
        ctx->fault = NULL;
        status = work(ctx, number, arg);
    }
    return status;
}
