/* SPDX-License-Identifier: MIT */
/* audit_test.c - what the record of deeds promises. */
#include "programme/audit/audit.h"

#include "platform/base/test.h"
#include "platform/store/store.h"
#include "platform/store/store_nodes.h"
#include "programme/audit/audit_test.sql.h"

#define KIND "access.granted"

static enum status note(struct ctx *ctx, const char *organisation, const char *after)
{
    return audit_note(
        ctx, &(const struct audit_deed){
                 .what = KIND, .organisation = organisation, .subject = {7}, .after = after});
}

static const char *broken(struct ctx *ctx)
{
    int64_t checked;
    const char *where = NULL;
    CHECK(audit_check_chains(ctx, &checked, &where) == OK);
    return where;
}

TEST(each_organisation_has_a_chain_and_the_programme_its_own)
{
    int64_t checked;
    const char *where;
    ctx->person = (struct person_id){5};
    ctx->role = "lead";
    CHECK(note(ctx, "R0A", "Coordinator") == OK && note(ctx, NULL, NULL) == OK);
    CHECK(note(ctx, "R0A", NULL) == OK && note(ctx, "RW3", NULL) == OK);
    CHECK(audit_check_chains(ctx, &checked, &where) == OK);
    CHECK(checked == 3 && where == NULL);
    struct audit_event *events;
    size_t count;
    CHECK(audit_about(ctx, (struct person_id){7}, 10, &events, &count) == OK);
    CHECK(count == 4);
    CHECK_TEXT(events[0].organisation, "RW3");
    CHECK_TEXT(events[3].detail, "{\"after\":\"Coordinator\"}");
    CHECK_TEXT(events[3].role, "lead");
    CHECK(events[3].actor.n == 5);
}

TEST(an_event_that_was_changed_left_out_or_cut_off_is_found)
{
    int64_t changes;
    for (int i = 0; i < 4; i++)
        CHECK(note(ctx, "R0A", "x") == OK);
    CHECK(broken(ctx) == NULL);
    CHECK(audit_test_set_actor(ctx, 2, 9, &changes) == OK && changes == 1);
    CHECK_TEXT(broken(ctx), "event 2 of R0A");
    CHECK(audit_test_set_actor(ctx, 2, 0, &changes) == OK);
    CHECK(broken(ctx) == NULL);
    CHECK(audit_test_set_detail(ctx, 3, "{}", &changes) == OK);
    CHECK_TEXT(broken(ctx), "event 3 of R0A");
    CHECK(audit_test_remove(ctx, 3, 3, &changes) == OK);
    CHECK_TEXT(broken(ctx), "event 3 of R0A");
    CHECK(audit_test_remove(ctx, 3, 4, &changes) == OK);
    CHECK_TEXT(broken(ctx), "event 3 of R0A");
}

TEST(a_detail_can_be_forgotten_and_the_chain_still_holds)
{
    int64_t changed;
    CHECK(note(ctx, "R0A", "Ada Lovelace") == OK && note(ctx, "R0A", NULL) == OK);
    CHECK(audit_forget_about(ctx, (struct person_id){7}, &changed) == OK && changed == 1);
    CHECK(broken(ctx) == NULL);
}

TEST(a_detail_reads_as_words)
{
    static const char *const details[][2] = {
        {"", ""},
        {"{\"purpose\":\"to help\"}", "What for: to help"},
        {"{\"before\":\"Member\",\"after\":\"Coordinator\"}", "Before: Member. After: Coordinator"},
        {"{\"after\":7}", ""},
    };
    for (size_t i = 0; i < 4; i++)
        CHECK_TEXT(audit_detail_text(ctx->mem, details[i][0]), details[i][1]);
}

TEST(an_event_of_no_declared_kind_is_refused)
{
    CHECK(audit_note(ctx, &(const struct audit_deed){.what = "nobody.knows"}) == ERR_FAULT);
    CHECK(audit_kind_find("access.granted") != NULL);
}

TEST(a_failed_note_leaves_the_chain_as_it_was)
{
    CHECK(note(ctx, "R0A", "first") == OK);
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = note(ctx, "R0A", "second");
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(broken(ctx) == NULL);
        if (status == OK)
            break;
        CHECK(status == ERR_FAULT && nth < 20);
    }
}

/* ---- several at once ---- */

enum { NODES = 8, EACH = 60 };

static enum status note_many(struct ctx *ctx, int number, void *arg)
{
    (void)arg;
    for (int i = 0; i < EACH; i++) {
        enum status status =
            note(ctx, i % 2 == 0 ? NULL : "R0A", mem_format(ctx->mem, "%d", number));
        i -= status == ERR_BUSY; /* as whoever is told so does it again */
        if (status != OK && status != ERR_BUSY)
            return status;
    }
    return OK;
}

TEST(notes_of_many_at_the_same_instant_stand_in_one_line_and_none_is_refused)
{
    struct audit_event *events;
    size_t count;
    store_nodes_run(ctx, NODES, note_many, NULL);
    CHECK(broken(ctx) == NULL);
    CHECK(audit_about(ctx, (struct person_id){7}, 2 * NODES * EACH, &events, &count) == OK);
    CHECK(count == NODES * EACH);
}
