/* SPDX-License-Identifier: MIT */
/*
 * proof_test.c - what mailed codes promise, whatever was sent with the address: each test holds for
 * each kind in the list, so a new capability is a line there.
 */
#include "platform/base/hash.h"
#include "platform/base/test.h"
#include "programme/access/access.h"
#include "programme/access/access_test_help.h"
#include "programme/casestudy/casestudy_test_help.h"
#include "programme/directory/directory.h"
#include "programme/event/event_test_help.h"
#include "programme/individual/individual_test_help.h"
#include "programme/newsletter/newsletter.h"
#include "programme/proof/proof.h"

#include <string.h>

/* ---- each kind, and how somebody sends one ---- */

static enum status send_pledge(struct ctx *ctx, const char *email, struct form_problems *problems,
                               const char **out)
{
    const struct individual_draft draft = individual_test_draft(email);
    return individual_sign(ctx, &draft, problems, out);
}

static enum status send_wish(struct ctx *ctx, const char *email, struct form_problems *problems,
                             const char **out)
{
    static const char *topics[] = {"news"};
    const struct newsletter_wish wish = {FORM_YES, {topics, 1}, "", email};
    return newsletter_ask(ctx, &wish, problems, out);
}

static enum status send_booking(struct ctx *ctx, const char *email, struct form_problems *problems,
                                const char **out)
{
    struct event_choice *events;
    size_t count;
    TRY(event_choices(ctx, &events, &count));
    const char *event = count > 0 ? events[0].reference : event_test_make(ctx, 200, 0);
    const struct event_booking_draft draft = event_test_booking(event, email, 1);
    return event_book(ctx, &draft, problems, out);
}

static enum status send_case_study(struct ctx *ctx, const char *email,
                                   struct form_problems *problems, const char **out)
{
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    draft.email = email;
    return casestudy_send(ctx, &draft, problems, out);
}

static const struct sample {
    const struct proof_kind *kind;
    enum status (*send)(struct ctx *ctx, const char *email, struct form_problems *problems,
                        const char **out);
    const char *sealed; /* what is hashed of the code 123456 for the thing 7: for ever */
    bool has_own_key;
} samples[] = {{&individual_proof, send_pledge, "individual 7 ", false},
               {&newsletter_proof, send_wish, "code 7 ", true},
               {&event_proof, send_booking, "event code 7 ", false},
               {&casestudy_proof, send_case_study, "casestudy 7 ", false}};

enum { SAMPLES_COUNT = sizeof samples / sizeof samples[0] };

/* ---- words of the tests ---- */

#define ADA "ada@home.example"

struct sent {
    const char *reference, *right, *wrong; /* codes */
};

static struct sent send(struct ctx *ctx, const struct sample *sample, const char *email)
{
    struct sent sent;
    struct form_problems problems = {.count = 0};
    CHECK(sample->send(ctx, email, &problems, &sent.reference) == OK);
    sent.right = help_newest_code(ctx);
    sent.wrong = help_other_code(ctx->mem, sent.right);
    return sent;
}

static enum proof_outcome type(struct ctx *ctx, const struct sample *sample,
                               const struct proof_typing *typing)
{
    struct proof_typed typed;
    CHECK(proof_type(ctx, sample->kind, typing, &typed) == OK);
    CHECK((typed.outcome == PROOF_RIGHT) == (typed.token[0] != '\0'));
    return typed.outcome;
}

#define TYPE(reference_, code_) type(ctx, it, &(const struct proof_typing){reference_, code_, "me"})

/* Runs what follows for each kind, in `it`. */
#define EACH_KIND for (const struct sample *it = samples; it < samples + SAMPLES_COUNT; it++)

static void begin(struct ctx *ctx)
{
    help_demonstration(ctx, true);
    CHECK(directory_take_packs(ctx) == OK);
}

/* ---- codes ---- */

TEST(the_code_of_the_mail_is_right_however_it_is_spaced_and_nothing_else_is_a_try)
{
    static const char *const none[] = {"", "12345", "1234567", "12345a", "+123456"};
    begin(ctx);
    EACH_KIND
    {
        struct proof_typed typed;
        struct sent sent = send(ctx, it, ADA);
        for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
            CHECK(proof_type(ctx, it->kind,
                             &(const struct proof_typing){sent.reference, none[i], "me"},
                             &typed) == ERR_INVALID);
        CHECK(proof_type(ctx, it->kind, &(const struct proof_typing){"XX-0", "123456", "me"},
                         &typed) == ERR_NOT_FOUND);
        CHECK(proof_exists(ctx, it->kind, "XX-0") == ERR_NOT_FOUND);
        CHECK(proof_exists(ctx, it->kind, sent.reference) == OK);
        for (int i = 1; i < PROOF_CODE_TRIES; i++)
            CHECK(TYPE(sent.reference, sent.wrong) == PROOF_WRONG);
        CHECK(TYPE(sent.reference, mem_format(ctx->mem, " %.3s-%s ", sent.right, sent.right + 3)) ==
              PROOF_RIGHT);
    }
}

TEST(a_code_typed_wrong_too_often_is_right_no_more)
{
    begin(ctx);
    EACH_KIND
    {
        struct sent sent = send(ctx, it, ADA);
        for (int i = 1; i < PROOF_CODE_TRIES; i++)
            CHECK(TYPE(sent.reference, sent.wrong) == PROOF_WRONG);
        CHECK(TYPE(sent.reference, sent.wrong) == PROOF_TOO_OFTEN);
        CHECK(TYPE(sent.reference, sent.right) == PROOF_TOO_OFTEN);
    }
}

TEST(a_code_is_of_one_thing_and_for_an_hour)
{
    begin(ctx);
    EACH_KIND
    {
        struct sent old = send(ctx, it, ADA);
        int64_t old_at = ctx->now_secs++;
        struct sent first = send(ctx, it, ADA), other = send(ctx, it, "bob@home.example");
        if (strcmp(first.right, other.right) != 0)
            CHECK(TYPE(other.reference, first.right) == PROOF_WRONG);
        ctx->now_secs = old_at + PROOF_CODE_SECS;
        CHECK(TYPE(old.reference, old.right) == PROOF_OVER);
        CHECK(TYPE(first.reference, first.right) == PROOF_RIGHT);
        CHECK(!proof_link_is_old(ctx, it->kind, ctx->now_secs - it->kind->link_secs + 1));
        CHECK(proof_link_is_old(ctx, it->kind, ctx->now_secs - it->kind->link_secs));
    }
}

TEST(one_caller_guesses_so_often_an_hour_at_whatever_was_sent_and_others_go_on)
{
    begin(ctx);
    EACH_KIND
    {
        int64_t began = ctx->now_secs;
        for (int n = 0; n < PROOF_CALLER_WRONG_AN_HOUR / PROOF_CODE_TRIES; n++) {
            struct sent sent = send(ctx, it, mem_format(ctx->mem, "p%d@home.example", n));
            for (int i = 0; i < PROOF_CODE_TRIES; i++)
                CHECK(TYPE(sent.reference, sent.wrong) != PROOF_WAIT);
        }
        struct sent sent = send(ctx, it, ADA);
        CHECK(TYPE(sent.reference, sent.right) == PROOF_WAIT);
        CHECK(type(ctx, it, &(const struct proof_typing){sent.reference, sent.right, "another"}) ==
              PROOF_RIGHT);
        ctx->now_secs = began + 3600;
        sent = send(ctx, it, ADA);
        CHECK(TYPE(sent.reference, sent.right) == PROOF_RIGHT);
    }
}

/* ---- who typed it ---- */

static enum status take_number(void *arg, const struct store_value *columns)
{
    int64_t *out = arg;
    *out = columns[0].n;
    return OK;
}

/* How many wrong codes of a kind are known to be a caller's, however long ago. */
static int64_t known(struct ctx *ctx, const struct sample *it, const char *caller)
{
    int64_t wrong_count = -1;
    const struct store_value arguments[] = {store_text(caller), store_int(0)};
    CHECK_TEXT(it->kind->tries->arguments[0].name, "caller");
    CHECK(store_run(ctx, it->kind->tries, NULL, arguments, take_number, &wrong_count, NULL) == OK);
    return wrong_count;
}

TEST(who_typed_a_wrong_code_is_known_for_a_day)
{
    const struct job job = {.kind = "proof.forget", .key = "", .payload = ""};
    size_t kinds = 0;
    begin(ctx);
    EACH_KIND
    {
        struct sent sent = send(ctx, it, ADA);
        CHECK(proof_kinds[kinds++] != NULL);
        CHECK(TYPE(sent.reference, sent.wrong) == PROOF_WRONG);
        CHECK(TYPE(sent.reference, sent.right) == PROOF_RIGHT); /* the thing itself stays */
    }
    CHECK(proof_kinds[kinds] == NULL);
    ctx->now_secs += PROOF_CALLER_KEPT_SECS - 1;
    CHECK(proof_job_kinds[0].fn(ctx, &job) == OK);
    EACH_KIND
    CHECK(known(ctx, it, "me") == 1);
    ctx->now_secs++;
    enum status status = ERR_FAULT;
    for (int nth = 1; status != OK; nth++) {
        CHECK(nth < 30);
        store_fail_on_call(ctx->store, nth);
        status = proof_job_kinds[0].fn(ctx, &job);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
    }
    EACH_KIND
    CHECK(known(ctx, it, "me") == 0);
}

/* ---- mails ---- */

static const char *refusal(struct ctx *ctx, const struct sample *it)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    CHECK(it->send(ctx, ADA, &problems, &reference) == ERR_INVALID);
    ctx->fault = NULL;
    return form_problem_of(&problems, "email");
}

TEST(one_address_gets_so_many_mails_an_hour_and_a_day_whatever_is_sent)
{
    begin(ctx);
    EACH_KIND
    {
        int sent = 0;
        int64_t began = ctx->now_secs;
        for (; sent < PROOF_MAILS_AN_HOUR; sent++)
            (void)send(ctx, it, ADA);
        CHECK(strstr(refusal(ctx, it), "Wait an hour") != NULL);
        for (; sent < PROOF_MAILS_A_DAY; sent++) {
            ctx->now_secs += 3600;
            (void)send(ctx, it, ADA);
        }
        ctx->now_secs += 3600;
        CHECK(strstr(refusal(ctx, it), "tomorrow") != NULL);
        (void)send(ctx, it, "bob@home.example");
        ctx->now_secs = began + 2 * 86400;
        (void)send(ctx, it, ADA);
    }
}

/* ---- what must stay ---- */

/* A code that was mailed before an upgrade is right after it: what is hashed never changes. */
TEST(a_code_that_waits_in_a_database_stays_right)
{
    begin(ctx);
    EACH_KIND
    {
        struct proof_code code;
        unsigned char key[HASH_KEY_BYTES];
        CHECK((it->kind->key != NULL) == it->has_own_key);
        CHECK((it->has_own_key ? it->kind->key(ctx, key) : access_key(ctx, key)) == OK);
        CHECK(proof_code_new(ctx, it->kind, "7", &code) == OK);
        const char *text = mem_join(ctx->mem, it->sealed, code.code, "");
        CHECK_TEXT(hash_keyed(ctx->mem, key, text, strlen(text)), code.hash);
    }
}

/* Whatever breaks, the right code is right afterwards, and a wrong one was typed or was not. */
TEST(a_failed_typing_leaves_the_code_as_it_was)
{
    begin(ctx);
    EACH_KIND
    {
        struct proof_typed typed;
        enum status status = ERR_FAULT;
        struct sent sent = send(ctx, it, ADA);
        struct proof_typing typing = {sent.reference, sent.wrong, "me"};
        for (int nth = 1; status != OK; nth++) {
            CHECK(nth < 20);
            store_fail_on_call(ctx->store, nth);
            status = proof_type(ctx, it->kind, &typing, &typed);
            store_fail_on_call(ctx->store, 0);
            ctx->fault = NULL;
        }
        for (int i = 2; i < PROOF_CODE_TRIES; i++) /* that one was the first */
            CHECK(TYPE(sent.reference, sent.wrong) == PROOF_WRONG);
        CHECK(TYPE(sent.reference, sent.right) == PROOF_RIGHT);
    }
}
