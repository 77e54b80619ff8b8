/* SPDX-License-Identifier: MIT */
/* plan_race_test.c - several write at the same instant, and nothing that was written is lost. */
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/plan/plan_test_help.h"

#include <pthread.h>

enum { NODES = 3, EACH = 8 };

struct node {
    struct ctx ctx;
    const char *reference;
    int number;
};

static void end_memory(void *mem)
{
    mem_end(mem);
}

/* Writes updates of one action, the first of them into a plan that is not begun. */
static void *work(void *arg)
{
    struct node *node = arg;
    struct ctx *ctx = &node->ctx;
    const struct plan_place place = {node->reference, 1, 1};
    for (int i = 0; i < EACH; i++) {
        struct plan_draft draft = plan_test_draft(ctx);
        struct form_problems problems = {.count = 0};
        enum status status = ERR_BUSY;
        int64_t number;
        draft.note = mem_format(ctx->mem, "Node %d, update %d.", node->number, i);
        while (status == ERR_BUSY) {
            ctx->fault = NULL;
            status = plan_tell(ctx, &place, &draft, &problems, &number);
        }
        if (status != OK)
            return arg;
    }
    return NULL;
}

TEST(updates_at_the_same_instant_all_stay_and_are_numbered_without_gaps)
{
    struct node nodes[NODES];
    pthread_t threads[NODES];
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    for (int i = 0; i < NODES; i++) {
        nodes[i] = (struct node){*ctx, reference, i};
        nodes[i].ctx.mem = mem_root();
        nodes[i].ctx.id_last = ctx->id_last + (i + 1) * 1000000;
        mem_at_end(ctx->mem, end_memory, nodes[i].ctx.mem);
        CHECK(store_open_again(&nodes[i].ctx, ctx->store, &nodes[i].ctx.store) == OK);
    }
    for (int i = 0; i < NODES; i++)
        CHECK(pthread_create(&threads[i], NULL, work, &nodes[i]) == 0);
    for (int i = 0; i < NODES; i++) {
        void *failed;
        pthread_join(threads[i], &failed);
        if (failed != NULL)
            fail_msg("node %d failed: %s", i, nodes[i].ctx.fault);
    }
    struct plan plan = plan_test_read(ctx, reference, 0);
    CHECK(plan.count == 1 && plan.actions[0].update_count == NODES * EACH);
    for (int i = 0; i < NODES * EACH; i++)
        CHECK(plan.actions[0].updates[i].number == i + 1);
}

/* ---- nothing is overwritten ---- */

static bool says(const struct store_query *query, const char *text)
{
    for (int i = 0; i < query->piece_count; i++)
        if (strstr(query->pieces[i].text, text) != NULL)
            return true;
    return false;
}

TEST(no_query_changes_or_removes_an_update_but_to_take_a_name_out)
{
    size_t count, found = 0;
    const struct store_query *const *queries = store_queries(&count);
    for (size_t i = 0; i < count; i++) {
        bool is_erasure = strcmp(queries[i]->name, "plan_update_erase") == 0;
        bool changes = says(queries[i], "update plan_update") ||
                       says(queries[i], "update plan_evidence") ||
                       says(queries[i], "delete from plan");
        found += is_erasure && changes ? 1 : 0;
        if (changes && !is_erasure)
            fail_msg("%s changes what was written", queries[i]->name);
    }
    CHECK(found == 1);
}
