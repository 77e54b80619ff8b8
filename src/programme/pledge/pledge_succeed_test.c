/* SPDX-License-Identifier: MIT */
/* pledge_succeed_test.c - pledges of organisations that merged, split or were one twice. */
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"
#include "programme/directory/directory_test_help.h"
#include "programme/pledge/pledge_internal.h"
#include "programme/pledge/pledge_test.h"

/* Three that close at the end of March, and two that stay. */
static const char places[] = "code,name,kind,town,postcode,opened_on,closed_on,board\n"
                             "ZA1,Alder Trust,nhs-trust,Leeds,LS1 1AA,2010-04-01,2026-03-31,QWO\n"
                             "ZA2,Birch Trust,nhs-trust,Leeds,LS1 1AA,2010-04-01,2026-03-31,QWO\n"
                             "ZA3,Cedar Trust,nhs-trust,Leeds,LS1 1AA,2010-04-01,2026-03-31,QWO\n"
                             "ZB1,Elm Trust,nhs-trust,Leeds,LS1 1AA,2010-04-01,,QWO\n"
                             "ZB2,Fir Trust,nhs-trust,Leeds,LS1 1AA,2010-04-01,,QWO\n";

static void begin(struct ctx *ctx)
{
    directory_test_packs(ctx);
    import_test_text(ctx, DIRECTORY_IMPORT_ORGANISATIONS, places, NULL);
}

/* The pledge of one, up to the public register. */
static const char *publish(struct ctx *ctx, const char *code)
{
    const char *reference = pledge_test_send(ctx, code);
    pledge_test_sign(ctx);
    CHECK(pledge_acknowledge(ctx, reference) == OK && pledge_publish(ctx, reference) == OK);
    ctx->now_secs++;
    return reference;
}

static struct directory_import_id succession(struct ctx *ctx, const char *rows)
{
    const char *text = mem_format(ctx->mem, "predecessor,successor,on,kind\n%s", rows);
    return import_test_text(ctx, DIRECTORY_IMPORT_SUCCESSIONS, text, NULL)->id;
}

static void come_april(struct ctx *ctx)
{
    ctx->now_secs += 30 * TIME_DAY_SECS;
}

static int64_t succeed(struct ctx *ctx)
{
    int64_t moved;
    CHECK(pledge_succeed_all(ctx, &moved) == OK);
    return moved;
}

static struct pledge look(struct ctx *ctx, const char *reference)
{
    struct pledge pledge;
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    return pledge;
}

static const struct pledge_event *last(const struct pledge *pledge)
{
    return &pledge->events[pledge->event_count - 1];
}

static void check_chains(struct ctx *ctx)
{
    int64_t checked;
    const char *broken;
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK && broken == NULL && checked > 0);
}

TEST(a_pledge_goes_over_to_the_one_that_took_over)
{
    enum pledge_state state;
    const char *found;
    begin(ctx);
    const char *reference = publish(ctx, "ZA1");
    struct pledge before = look(ctx, reference);
    succession(ctx, "ZA1,ZB1,2026-04-01,merger\n");
    CHECK(succeed(ctx) == 0); /* it is open still */
    come_april(ctx);
    CHECK(succeed(ctx) == 1 && succeed(ctx) == 0);
    struct pledge after = look(ctx, reference);
    CHECK_TEXT(after.organisation_code, "ZB1");
    CHECK_TEXT(after.organisation_name, "Elm Trust");
    CHECK(after.organisation_id == before.organisation_id && after.holder_id != before.holder_id);
    CHECK(after.state == PLEDGE_PUBLISHED && after.event_count == before.event_count + 1);
    CHECK_TEXT(last(&after)->detail, "from=ZA1\nto=ZB1\non=2026-04-01\n");
    CHECK(pledge_of_organisation(ctx, after.holder_id, &found, &state) == OK);
    CHECK_TEXT(found, reference);
    CHECK(pledge_of_organisation(ctx, before.holder_id, &found, &state) == ERR_NOT_FOUND);
    check_chains(ctx);
}

TEST(a_pledge_becomes_a_part_of_that_of_the_one_that_took_over)
{
    const char **parts;
    size_t count;
    begin(ctx);
    const char *old = publish(ctx, "ZA1"), *whole = publish(ctx, "ZB1");
    succession(ctx, "ZA1,ZB1,2026-04-01,acquisition\n");
    come_april(ctx);
    CHECK(succeed(ctx) == 1 && succeed(ctx) == 0);
    struct pledge part = look(ctx, old), found;
    CHECK(part.state == PLEDGE_MERGED && !pledge_stands(&part));
    CHECK_TEXT(part.into, whole);
    CHECK_TEXT(last(&part)->detail, mem_format(ctx->mem, "into=%s\nwhy=succession\n", whole));
    CHECK(pledge_whole_of(ctx, &part, &found) == OK);
    CHECK_TEXT(found.reference, whole);
    CHECK(pledge_parts_of(ctx, whole, &parts, &count) == OK && count == 1);
    CHECK_TEXT(parts[0], old);
    check_chains(ctx);
}

TEST(two_that_merge_into_a_new_one_become_one_pledge)
{
    begin(ctx);
    const char *first = publish(ctx, "ZA1"), *second = publish(ctx, "ZA2");
    succession(ctx, "ZA1,ZB1,2026-04-01,merger\nZA2,ZB1,2026-04-01,merger\n");
    come_april(ctx);
    CHECK(succeed(ctx) == 2);
    struct pledge pledge = look(ctx, first);
    CHECK_TEXT(pledge.organisation_code, "ZB1");
    pledge = look(ctx, second);
    CHECK_TEXT(pledge.into, first);
}

TEST(one_in_force_waits_until_the_other_is_in_force)
{
    begin(ctx);
    const char *old = publish(ctx, "ZA1"), *fresh = pledge_test_send(ctx, "ZB1");
    succession(ctx, "ZA1,ZB1,2026-04-01,merger\n");
    pledge_test_sign(ctx);
    come_april(ctx);
    CHECK(succeed(ctx) == 0 && look(ctx, old).state == PLEDGE_PUBLISHED);
    CHECK(pledge_acknowledge(ctx, fresh) == OK && pledge_publish(ctx, fresh) == OK);
    CHECK(succeed(ctx) == 1 && look(ctx, old).state == PLEDGE_MERGED);
}

TEST(a_chain_of_successions_is_followed_and_a_circle_is_not)
{
    begin(ctx);
    const char *reference = publish(ctx, "ZA1");
    succession(ctx, "ZA1,ZA2,2026-04-01,merger\nZA2,ZA3,2026-04-01,merger\n"
                    "ZA3,ZA1,2026-04-01,merger\n");
    come_april(ctx);
    CHECK(succeed(ctx) == 1 && succeed(ctx) == 0);
    struct pledge pledge = look(ctx, reference);
    CHECK_TEXT(pledge.organisation_code, "ZA3");
    CHECK(pledge.event_count == 7);
}

TEST(a_returned_pledge_goes_over_so_that_it_can_be_mended)
{
    struct pledge_draft draft;
    struct form_problems problems = {.count = 0};
    const char *again;
    begin(ctx);
    const char *reference = pledge_test_send(ctx, "ZA1");
    succession(ctx, "ZA1,ZB1,2026-04-01,merger\n");
    come_april(ctx);
    CHECK(pledge_return(ctx, reference, "Too late") == OK);
    const char *mend = pledge_test_token(ctx, "ada@trust.example");
    CHECK(succeed(ctx) == 1 && look(ctx, reference).state == PLEDGE_RETURNED);
    CHECK(pledge_amend(ctx, mend, &draft) == OK);
    draft.organisation.id = look(ctx, reference).holder_id; /* as the form finds it by its code */
    CHECK_TEXT(draft.organisation.key, "ZB1");
    CHECK(pledge_send(ctx, &draft, &problems, &again) == OK);
    CHECK_TEXT(again, reference);
    CHECK(look(ctx, reference).state == PLEDGE_AWAITING);
}

TEST(when_several_took_over_staff_choose)
{
    struct pledge_heir *heirs;
    size_t count;
    begin(ctx);
    const char *reference = publish(ctx, "ZA1"), *other = publish(ctx, "ZB2");
    succession(ctx, "ZA1,ZB1,2026-04-01,split\nZA1,ZB2,2026-04-01,split\n");
    come_april(ctx);
    CHECK(succeed(ctx) == 0);
    struct pledge pledge = look(ctx, reference);
    CHECK(pledge_heirs_of(ctx, &pledge, &heirs, &count) == OK && count == 2);
    CHECK_TEXT(heirs[0].code, "ZB1");
    CHECK_TEXT(heirs[1].live_reference, other);
    CHECK(pledge_choose_heir(ctx, reference, "ZA3", "A guess") == ERR_INVALID);
    ctx->fault = NULL;
    CHECK(pledge_choose_heir(ctx, reference, "ZB1", "Most wards went there") == OK);
    CHECK(pledge_choose_heir(ctx, reference, "ZB1", "Most wards went there") == OK);
    CHECK(pledge_choose_heir(ctx, reference, "ZB2", "No, there") == ERR_CONFLICT);
    ctx->fault = NULL;
    pledge = look(ctx, reference);
    CHECK_TEXT(pledge.organisation_code, "ZB1");
    CHECK_TEXT(pledge_detail(ctx->mem, last(&pledge)->detail, "why"), "split");
}

TEST(an_import_that_was_undone_moves_nothing_back_by_itself)
{
    struct pledge_undone undone;
    bool is_any;
    begin(ctx);
    const char *reference = publish(ctx, "ZA1");
    struct directory_import_id id = succession(ctx, "ZA1,ZB1,2026-04-01,merger\n");
    come_april(ctx);
    CHECK(succeed(ctx) == 1);
    struct pledge pledge = look(ctx, reference);
    CHECK(pledge_undone_of(ctx, &pledge, &undone, &is_any) == OK && !is_any);
    CHECK(pledge_settle(ctx, reference, true, "None") == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(directory_import_undo(ctx, id) == OK);
    CHECK(succeed(ctx) == 0);
    pledge = look(ctx, reference);
    CHECK_TEXT(pledge.organisation_code, "ZB1");
    CHECK(pledge_undone_of(ctx, &pledge, &undone, &is_any) == OK && is_any && undone.can_go_back);
    CHECK_TEXT(undone.from_code, "ZA1");
    CHECK(pledge_settle(ctx, reference, true, "The file was wrong") == OK);
    pledge = look(ctx, reference);
    CHECK_TEXT(pledge.organisation_code, "ZA1");
    CHECK_TEXT(pledge_detail(ctx->mem, last(&pledge)->detail, "why"), "undone");
    CHECK(pledge_undone_of(ctx, &pledge, &undone, &is_any) == OK && !is_any);
    check_chains(ctx);
}

TEST(an_organisation_that_is_open_again_is_shown_to_the_desk_as_well)
{
    struct pledge_undone undone;
    bool is_any;
    begin(ctx);
    const char *reference = publish(ctx, "ZB1");
    struct directory_import_id id =
        import_test_text(ctx, DIRECTORY_IMPORT_ORGANISATIONS,
                         "code,name,kind,opened_on,closed_on\n"
                         "ZB1,Elm Trust,nhs-trust,2010-04-01,2026-03-31\n",
                         NULL)
            ->id;
    succession(ctx, "ZB1,ZB2,2026-04-01,merger\n");
    come_april(ctx);
    CHECK(succeed(ctx) == 1);
    CHECK(directory_import_undo(ctx, id) == OK);
    struct pledge pledge = look(ctx, reference);
    CHECK(pledge_undone_of(ctx, &pledge, &undone, &is_any) == OK && is_any && undone.can_go_back);
    CHECK(pledge_settle(ctx, reference, true, "It never closed") == OK);
    pledge = look(ctx, reference);
    CHECK_TEXT(pledge.organisation_code, "ZB1");
    CHECK(succeed(ctx) == 0); /* it is open */
}

TEST(an_import_that_brought_who_holds_a_pledge_now_is_not_undone)
{
    begin(ctx);
    const char *reference = publish(ctx, "ZA1");
    struct directory_import_id id =
        import_test_text(ctx, DIRECTORY_IMPORT_ORGANISATIONS,
                         "code,name,kind,opened_on\nZC1,Gorse Trust,nhs-trust,2026-04-01\n", NULL)
            ->id;
    struct directory_import_id rows = succession(ctx, "ZA1,ZC1,2026-04-01,merger\n");
    come_april(ctx);
    CHECK(succeed(ctx) == 1);
    CHECK(directory_import_undo(ctx, rows) == OK);
    CHECK(directory_import_undo(ctx, id) == ERR_CONFLICT);
    CHECK(strstr(ctx->fault, "refers to an organisation") != NULL);
    ctx->fault = NULL;
    CHECK_TEXT(look(ctx, reference).organisation_code, "ZC1");
}

TEST(a_pledge_that_was_merged_by_an_undone_import_can_only_stay)
{
    struct pledge_undone undone;
    bool is_any;
    begin(ctx);
    const char *old = publish(ctx, "ZA1");
    publish(ctx, "ZB1");
    struct directory_import_id id = succession(ctx, "ZA1,ZB1,2026-04-01,merger\n");
    come_april(ctx);
    CHECK(succeed(ctx) == 1);
    CHECK(directory_import_undo(ctx, id) == OK);
    struct pledge pledge = look(ctx, old);
    CHECK(pledge_undone_of(ctx, &pledge, &undone, &is_any) == OK && is_any && !undone.can_go_back);
    CHECK(pledge_settle(ctx, old, true, "Back") == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(pledge_settle(ctx, old, false, "It stays") == OK);
    CHECK(pledge_undone_of(ctx, &pledge, &undone, &is_any) == OK && !is_any);
}

TEST(a_failed_succession_leaves_no_trace)
{
    begin(ctx);
    const char *first = publish(ctx, "ZA1");
    succession(ctx, "ZA1,ZB1,2026-04-01,merger\n");
    come_april(ctx);
    for (int nth = 1;; nth++) {
        bool moved;
        CHECK(nth < 300);
        store_fail_on_call(ctx->store, nth);
        enum status status = pledge_succeed(ctx, first, &moved);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        if (status == OK)
            break;
        struct pledge pledge = look(ctx, first);
        bool is_whole = pledge.event_count == 6 && strcmp(pledge.organisation_code, "ZB1") == 0;
        bool is_before = pledge.event_count == 5 && strcmp(pledge.organisation_code, "ZA1") == 0;
        CHECK(status == ERR_FAULT && (is_whole || is_before));
    }
    check_chains(ctx);
}

/* Either as it was, or all of it: the pledge, its register line and what the desk is shown. */
TEST(a_failed_choice_leaves_no_trace)
{
    begin(ctx);
    const char *reference = publish(ctx, "ZA1");
    struct directory_import_id id =
        succession(ctx, "ZA1,ZB1,2026-04-01,split\nZA1,ZB2,2026-04-01,split\n");
    come_april(ctx);
    for (int nth = 1;; nth++) {
        CHECK(nth < 300);
        store_fail_on_call(ctx->store, nth);
        enum status status = pledge_choose_heir(ctx, reference, "ZB1", "Most went there");
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        if (status == OK)
            break;
        CHECK(status == ERR_FAULT && look(ctx, reference).event_count == 5);
        CHECK_TEXT(look(ctx, reference).organisation_code, "ZA1");
    }
    CHECK(directory_import_undo(ctx, id) == OK);
    for (int nth = 1;; nth++) {
        CHECK(nth < 300);
        store_fail_on_call(ctx->store, nth);
        enum status status = pledge_settle(ctx, reference, true, "The file was wrong");
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        if (status == OK)
            return;
        CHECK(status == ERR_FAULT && look(ctx, reference).event_count == 6);
        CHECK_TEXT(look(ctx, reference).organisation_code, "ZB1");
    }
}

/* ---- duplicates ---- */

static enum status merge(struct ctx *ctx, const char *goes, const char *stays)
{
    struct form_problems problems = {.count = 0};
    enum status status =
        pledge_merge(ctx, &(const struct pledge_merge){goes, stays, "One twice"}, &problems);
    CHECK((status == ERR_INVALID) == (problems.count > 0));
    ctx->fault = NULL;
    return status;
}

TEST(duplicates_become_one_and_a_chain_of_them_ends_at_the_last)
{
    struct pledge whole;
    const char **parts;
    size_t count;
    begin(ctx);
    const char *a = publish(ctx, "ZA1"), *b = publish(ctx, "ZA2"), *c = publish(ctx, "ZB1");
    CHECK(merge(ctx, a, b) == OK);
    CHECK(merge(ctx, b, c) == OK);
    struct pledge part = look(ctx, a);
    CHECK_TEXT(part.into, b);
    CHECK(pledge_whole_of(ctx, &part, &whole) == OK);
    CHECK_TEXT(whole.reference, c);
    CHECK(pledge_whole_of(ctx, &whole, &part) == ERR_NOT_FOUND);
    CHECK(pledge_parts_of(ctx, c, &parts, &count) == OK && count == 2);
    CHECK(look(ctx, c).event_count == 5);
    check_chains(ctx);
}

TEST(what_cannot_be_merged_is_refused)
{
    begin(ctx);
    const char *a = publish(ctx, "ZA1"), *b = publish(ctx, "ZB1"), *c = publish(ctx, "ZB2");
    CHECK(merge(ctx, a, a) == ERR_INVALID);
    CHECK(merge(ctx, a, "PL-NONE") == ERR_INVALID);
    CHECK(merge(ctx, a, "") == ERR_INVALID);
    CHECK(merge(ctx, "PL-NONE", a) == ERR_NOT_FOUND);
    CHECK(pledge_withdraw(ctx, b, "Over") == OK);
    CHECK(merge(ctx, a, b) == ERR_INVALID);
    CHECK(merge(ctx, b, a) == ERR_CONFLICT);
    CHECK(merge(ctx, a, c) == OK);
    CHECK(merge(ctx, a, c) == ERR_CONFLICT);
    CHECK(merge(ctx, c, a) == ERR_INVALID);
}

TEST(a_failed_merge_leaves_no_trace)
{
    begin(ctx);
    const char *a = publish(ctx, "ZA1"), *b = publish(ctx, "ZB1");
    size_t mails = help_mail_count(ctx);
    for (int nth = 1;; nth++) {
        CHECK(nth < 300);
        store_fail_on_call(ctx->store, nth);
        enum status status = merge(ctx, a, b);
        store_fail_on_call(ctx->store, 0);
        if (status == OK)
            return;
        struct pledge pledge = look(ctx, a);
        CHECK(status == ERR_FAULT && pledge.state == PLEDGE_PUBLISHED && pledge.into[0] == '\0');
        CHECK(help_mail_count(ctx) == mails);
    }
}
