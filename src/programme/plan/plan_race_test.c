/* SPDX-License-Identifier: MIT */
/* plan_race_test.c - several write at the same instant, and nothing that was written is lost. */
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "platform/store/store_nodes.h"
#include "programme/plan/plan_test_help.h"

enum { NODES = 3, EACH = 8 };

/* Writes an update of the one action. */
static enum status tell(struct ctx *ctx, int number, void *arg)
{
    const struct plan_place place = {arg, 1, 1};
    struct plan_draft draft = plan_test_draft(ctx);
    struct form_problems problems = {.count = 0};
    int64_t update;
    draft.note = mem_format(ctx->mem, "Update %d.", number);
    return plan_tell(ctx, &place, &draft, &problems, &update);
}

/* The first of them is written into a plan that is not begun. */
static enum status tell_many(struct ctx *ctx, int number, void *arg)
{
    for (int i = 0; i < EACH; i++)
        TRY(store_node_again(ctx, tell, number * EACH + i, arg));
    return OK;
}

TEST(updates_at_the_same_instant_all_stay_and_are_numbered_without_gaps)
{
    const char *reference = plan_test_publish(ctx);
    plan_test_as_leader(ctx);
    store_nodes_run(ctx, NODES, tell_many, mem_text(ctx->mem, reference));
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
