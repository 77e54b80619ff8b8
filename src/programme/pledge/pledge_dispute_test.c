/* SPDX-License-Identifier: MIT */
/* pledge_dispute_test.c - "this was not us": what is taken, and what a decision does. */
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"
#include "programme/pledge/pledge_internal.h"
#include "programme/pledge/pledge_test.h"

static const struct pledge_dispute_draft usual = {
    .pledge = "",
    .why = "not-authorised",
    .words = "Nobody here asked for it.",
    .name = "Dara Doe",
    .job_title = "Head of staff",
    .email = "dara@trust.example",
    .phone = "",
};

static const char *publish(struct ctx *ctx)
{
    const char *reference = pledge_test_send(ctx, "R0A");
    pledge_test_sign(ctx);
    CHECK(pledge_acknowledge(ctx, reference) == OK && pledge_publish(ctx, reference) == OK);
    return reference;
}

static enum status raise(struct ctx *ctx, const char *pledge, const char *email,
                         const char **reference_out, const char **problem_out)
{
    struct pledge_dispute_draft draft = usual;
    struct form_problems *problems = mem_new(ctx->mem, struct form_problems);
    draft.pledge = pledge;
    draft.email = email;
    enum status status = pledge_dispute_raise(ctx, &draft, problems, reference_out);
    ctx->fault = NULL;
    *problem_out = problems->count > 0 ? problems->items[0].text : "";
    CHECK((status == ERR_INVALID) == (problems->count > 0));
    return status;
}

static const char *raised(struct ctx *ctx, const char *pledge, const char *email)
{
    const char *reference, *problem;
    CHECK(raise(ctx, pledge, email, &reference, &problem) == OK);
    return reference;
}

static struct pledge look(struct ctx *ctx, const char *reference)
{
    struct pledge pledge;
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_STAFF, &pledge) == OK);
    return pledge;
}

static const char *state_of(struct ctx *ctx, const char *reference)
{
    struct pledge_dispute dispute;
    CHECK(pledge_dispute_find(ctx, reference, &dispute) == OK);
    return dispute.state;
}

TEST(a_dispute_has_a_clock_and_changes_nothing_by_itself)
{
    struct pledge_dispute dispute;
    const char *pledge = publish(ctx);
    struct pledge before = look(ctx, pledge);
    const char *reference = raised(ctx, pledge, "dara@trust.example");
    CHECK(pledge_dispute_find(ctx, reference, &dispute) == OK);
    CHECK_TEXT(dispute.due_on, "2026-03-19");
    CHECK_TEXT(dispute.state, "open");
    CHECK_TEXT(dispute.pledge, pledge);
    struct pledge after = look(ctx, pledge);
    CHECK(after.event_count == before.event_count && after.state == before.state);
}

TEST(a_pledge_is_named_by_its_code_or_when_public_by_its_reference)
{
    struct pledge found;
    const char *reference, *problem, *pledge = pledge_test_send(ctx, "R0A");
    CHECK(raise(ctx, pledge, "a@x.example", &reference, &problem) == ERR_INVALID);
    CHECK(strstr(problem, "code or the reference") != NULL);
    CHECK(raise(ctx, "rubbish", "a@x.example", &reference, &problem) == ERR_INVALID);
    CHECK(raise(ctx, "", "a@x.example", &reference, &problem) == ERR_INVALID);
    CHECK(raise(ctx, look(ctx, pledge).code, "a@x.example", &reference, &problem) == OK);
    CHECK(pledge_dispute_pledge(ctx, look(ctx, pledge).code, &found) == OK);
    CHECK_TEXT(found.reference, pledge);
}

TEST(saying_it_twice_is_one_dispute_and_too_many_a_day_are_refused)
{
    const char *reference, *problem, *pledge = publish(ctx);
    const char *first = raised(ctx, pledge, "dara@trust.example");
    CHECK_TEXT(raised(ctx, pledge, "DARA@trust.example"), first);
    for (int i = 1; i < PLEDGE_DISPUTES_A_DAY; i++) {
        const struct pledge_decision no = {false, "It is right."};
        CHECK(pledge_dispute_decide(ctx, raised(ctx, pledge, "dara@trust.example"), &no) == OK);
    }
    const struct pledge_decision no = {false, "It is right."};
    CHECK(pledge_dispute_decide(ctx, raised(ctx, pledge, "dara@trust.example"), &no) == OK);
    CHECK(raise(ctx, pledge, "dara@trust.example", &reference, &problem) == ERR_INVALID);
    CHECK(strstr(problem, "tomorrow") != NULL);
    ctx->now_secs += TIME_DAY_SECS + 1;
    CHECK(raise(ctx, pledge, "dara@trust.example", &reference, &problem) == OK);
}

TEST(one_pledge_takes_no_endless_number_of_disputes)
{
    const char *reference, *problem, *pledge = publish(ctx);
    for (int i = 0; i < PLEDGE_DISPUTES_OPEN_MAX; i++)
        raised(ctx, pledge, mem_format(ctx->mem, "person-%d@x.example", i));
    CHECK(raise(ctx, pledge, "late@x.example", &reference, &problem) == ERR_INVALID);
    CHECK(strstr(problem, "already") != NULL);
}

TEST(what_was_decided_long_ago_hides_nothing_that_is_open)
{
    enum { MANY = 205 }; /* more than are listed of one pledge */
    const struct pledge_decision no = {false, "It is right."}, yes = {true, "You are right."};
    const char *pledge = publish(ctx);
    for (int i = 0; i < MANY; i++)
        CHECK(pledge_dispute_decide(
                  ctx, raised(ctx, pledge, mem_format(ctx->mem, "person-%d@x.example", i)), &no) ==
              OK);
    const char *first = raised(ctx, pledge, "dara@trust.example");
    CHECK_TEXT(raised(ctx, pledge, "dara@trust.example"), first);
    const char *second = raised(ctx, pledge, "edda@trust.example");
    CHECK(pledge_dispute_decide(ctx, second, &yes) == OK);
    CHECK_TEXT(state_of(ctx, first), "not-made");
}

TEST(without_ground_the_pledge_stays)
{
    const struct pledge_decision no = {false, "The board agreed in public."};
    const struct pledge_decision yes = {true, "You are right."};
    const char *pledge = publish(ctx), *reference = raised(ctx, pledge, "dara@trust.example");
    CHECK(pledge_dispute_decide(ctx, reference, &no) == OK);
    CHECK(pledge_dispute_decide(ctx, reference, &no) == OK);
    CHECK_TEXT(state_of(ctx, reference), "no-ground");
    CHECK(look(ctx, pledge).state == PLEDGE_PUBLISHED);
    CHECK(pledge_dispute_decide(ctx, reference, &yes) == ERR_CONFLICT);
    CHECK(pledge_dispute_decide(ctx, "DP-NONE", &yes) == ERR_NOT_FOUND);
}

TEST(a_pledge_that_was_not_made_by_the_organisation_is_withdrawn_in_public)
{
    const struct pledge_decision yes = {true, "You are right, and we are sorry."};
    const char *reference, *problem, *pledge = publish(ctx);
    const char *first = raised(ctx, pledge, "dara@trust.example");
    const char *second = raised(ctx, pledge, "eli@trust.example");
    size_t mails = help_mail_count(ctx);
    CHECK(pledge_dispute_decide(ctx, first, &yes) == OK);
    CHECK(help_mail_count(ctx) == mails + 4); /* two who said so, two who signed */
    CHECK_TEXT(state_of(ctx, first), "not-made");
    CHECK_TEXT(state_of(ctx, second), "not-made");
    struct pledge after = look(ctx, pledge);
    CHECK(after.state == PLEDGE_WITHDRAWN);
    CHECK_TEXT(after.events[after.event_count - 1].detail, "why=not-made\n");
    CHECK(raise(ctx, pledge, "fay@trust.example", &reference, &problem) == ERR_INVALID);
    CHECK(strstr(problem, "over already") != NULL);
    CHECK(pledge_test_send(ctx, "R0A") != NULL); /* free to sign again */
    int64_t checked;
    const char *broken;
    CHECK(pledge_check_chains(ctx, &checked, &broken) == OK && broken == NULL);
}

TEST(a_failed_decision_leaves_no_trace)
{
    const struct pledge_decision yes = {true, "You are right."};
    const char *pledge = publish(ctx), *reference = raised(ctx, pledge, "dara@trust.example");
    size_t mails = help_mail_count(ctx);
    for (int nth = 1;; nth++) {
        CHECK(nth < 300);
        store_fail_on_call(ctx->store, nth);
        enum status status = pledge_dispute_decide(ctx, reference, &yes);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        if (status == OK)
            return;
        CHECK(status == ERR_FAULT && look(ctx, pledge).state == PLEDGE_PUBLISHED);
        CHECK_TEXT(state_of(ctx, reference), "open");
        CHECK(help_mail_count(ctx) == mails);
    }
}

static enum status raise_once(struct ctx *ctx, void *arg)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    struct pledge_dispute_draft draft = usual;
    draft.pledge = arg;
    return pledge_dispute_raise(ctx, &draft, &problems, &reference);
}

TEST(a_failed_dispute_leaves_no_trace)
{
    char *pledge = mem_text(ctx->mem, publish(ctx));
    struct pledge found = look(ctx, pledge);
    size_t mails = help_mail_count(ctx), count;
    for (int nth = 1;; nth++) {
        struct pledge_dispute *list;
        CHECK(nth < 300);
        store_fail_on_call(ctx->store, nth);
        enum status status = store_transact(ctx, "test", raise_once, pledge);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(pledge_disputes(ctx, &found, &list, &count) == OK && count == (status == OK));
        if (status == OK)
            return;
        CHECK(status == ERR_FAULT && help_mail_count(ctx) == mails);
    }
}
