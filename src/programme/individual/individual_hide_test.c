/* SPDX-License-Identifier: MIT */
/* individual_hide_test.c - what must not stand in public is hidden, and its writer is told why. */
#include "programme/individual/individual_test_help.h"

#include "platform/base/test.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"
#include "programme/individual/individual.sql.h"
#include "programme/individual/individual_internal.h"

#define ADA "ada@home.example"
#define WHY "It names a patient"

static struct individual found(struct ctx *ctx, const char *reference)
{
    struct individual it;
    CHECK(individual_find(ctx, reference, &it) == OK);
    return it;
}

static const char *signed_by_ada(struct ctx *ctx)
{
    const char *reference = individual_test_send(ctx, ADA);
    individual_test_type(ctx, reference);
    return reference;
}

static size_t listed(struct ctx *ctx)
{
    size_t count;
    struct individual_people_row *rows;
    struct store_choice all = {.at_most = 100};
    CHECK(individual_people(ctx, &all, &rows, &count) == OK);
    return count;
}

static bool public_reads(struct ctx *ctx, const char *reference)
{
    struct individual it = found(ctx, reference);
    struct individual_face face = individual_face_of(&it);
    CHECK((listed(ctx) == 1) == !individual_face_is_empty(&face));
    return listed(ctx) == 1;
}

TEST(what_is_hidden_counts_and_nobody_reads_it_until_it_is_shown_again)
{
    int64_t count;
    const char *reference = signed_by_ada(ctx);
    CHECK(public_reads(ctx, reference));
    CHECK(individual_hide(ctx, reference, WHY) == OK);
    CHECK(!public_reads(ctx, reference));
    struct individual it = found(ctx, reference);
    CHECK(it.hidden_at == ctx->now_secs && individual_chosen_face(&it).statement[0] != '\0');
    CHECK_TEXT(it.hidden_reason, WHY);
    CHECK(individual_count(ctx, 10, &count) == OK && count == 1);
    CHECK(individual_unhide(ctx, reference) == OK);
    CHECK(public_reads(ctx, reference) && found(ctx, reference).hidden_reason[0] == '\0');
}

TEST(the_writer_is_told_once_with_the_reason_and_a_link_that_works)
{
    struct mail_kept mail;
    struct mail_shown shown;
    const char *reference = signed_by_ada(ctx);
    size_t mails = help_mail_count(ctx);
    CHECK(individual_hide(ctx, reference, WHY) == OK);
    CHECK(individual_hide(ctx, reference, "Again") == OK && help_mail_count(ctx) == mails + 1);
    CHECK_TEXT(found(ctx, reference).hidden_reason, WHY);
    CHECK(mail_find(ctx, help_newest_mail(ctx), &mail) == OK);
    CHECK_TEXT(mail.kind, "individual.hidden");
    CHECK(mail_show(ctx, &mail, &shown) == OK && strstr(shown.text, WHY) != NULL);
    struct individual it;
    CHECK(individual_link_open(ctx, individual_test_token(ctx, ADA), &it) == OK);
    CHECK_TEXT(it.reference, reference);
    CHECK(individual_unhide(ctx, reference) == OK && individual_unhide(ctx, reference) == OK);
    CHECK(help_mail_count(ctx) == mails + 2);
    CHECK(individual_link_open(ctx, individual_test_token(ctx, ADA), &it) == OK);
}

TEST(a_choice_of_the_writer_does_not_undo_hiding)
{
    static const char *everything[] = {"name", "role", "band", "statement", "intentions"};
    const struct individual_choice choice = {{everything, 5}, ""};
    struct form_problems problems = {.count = 0};
    const char *reference = signed_by_ada(ctx);
    struct individual before = found(ctx, reference); /* as a page showed it */
    CHECK(individual_hide(ctx, reference, WHY) == OK);
    CHECK(individual_choose(ctx, &before, &choice, &problems) == OK);
    CHECK(!public_reads(ctx, reference));
    CHECK(individual_unhide(ctx, reference) == OK && public_reads(ctx, reference));
    CHECK(found(ctx, reference).shows[INDIVIDUAL_BAND]);
}

TEST(only_what_counts_is_hidden_and_withdrawing_forgets_the_reason)
{
    const char *reference = individual_test_send(ctx, ADA);
    CHECK(individual_hide(ctx, reference, WHY) == ERR_CONFLICT);
    CHECK(individual_hide(ctx, "IP-0000-0000", WHY) == ERR_NOT_FOUND);
    individual_test_type(ctx, reference);
    CHECK(individual_hide(ctx, reference, WHY) == OK);
    struct individual it = found(ctx, reference);
    CHECK(individual_withdraw(ctx, &it) == OK);
    CHECK(found(ctx, reference).hidden_reason[0] == '\0');
    CHECK(individual_unhide(ctx, reference) == ERR_CONFLICT);
}

TEST(a_failed_hiding_leaves_what_the_public_reads_and_mails_nobody)
{
    const char *reference = signed_by_ada(ctx);
    for (int is_hidden = 0; is_hidden < 2; is_hidden++) {
        size_t mails = help_mail_count(ctx);
        enum status status = ERR_FAULT;
        for (int nth = 1; status != OK; nth++) {
            store_fail_on_call(ctx->store, nth);
            status = is_hidden == 0 ? individual_hide(ctx, reference, WHY)
                                    : individual_unhide(ctx, reference);
            store_fail_on_call(ctx->store, 0);
            ctx->fault = NULL;
            CHECK(status == OK ? nth > 5 : status == ERR_FAULT);
            CHECK(help_mail_count(ctx) == mails + (status == OK));
            CHECK(public_reads(ctx, reference) == ((is_hidden == 0) == (status != OK)));
        }
    }
}
