/* SPDX-License-Identifier: MIT */
/*
 * casestudy_fail_test.c - each deed with each of its store calls failing in turn: whatever breaks,
 * nothing is half done.  Sending, publishing and taking a consent back: casestudy_test.c.
 */
#include "programme/casestudy/casestudy_test_help.h"

#include "platform/base/test.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"

#include <inttypes.h>

struct failing {
    const char *reference, *token;
    struct casestudy_words words;
    enum status (*act)(struct ctx *ctx, struct failing *failing);
};

/* Everything that a deed here could change, as one text. */
static const char *snapshot(struct ctx *ctx, const char *reference)
{
    size_t count, gone = 0;
    struct casestudy_picture *pictures;
    struct casestudy study = casestudy_test_found(ctx, reference);
    CHECK(casestudy_pictures_of(ctx, &study, &pictures, &count) == OK);
    for (size_t i = 0; i < count; i++)
        gone += pictures[i].is_gone;
    return mem_format(ctx->mem,
                      "%s live %d version %" PRId64 " events %" PRId64
                      " review %s asked %s reuses %" PRId64 " mails %zu gone %zu",
                      casestudy_state_code(study.state), study.is_live, study.version,
                      study.event_count, study.review_on, study.asked_on, study.reuse_count,
                      help_mail_count(ctx), gone);
}

static void fail_each(struct ctx *ctx, struct failing *failing)
{
    const char *before = snapshot(ctx, failing->reference);
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = failing->act(ctx, failing);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        const char *after = snapshot(ctx, failing->reference);
        if (status == OK) {
            CHECK(nth > 4 && strcmp(before, after) != 0);
            return;
        }
        CHECK(status == ERR_FAULT);
        CHECK_TEXT(after, before);
    }
}

static enum status act_confirm(struct ctx *ctx, struct failing *f)
{
    return casestudy_link_confirm(ctx, f->token);
}

static enum status act_edit(struct ctx *ctx, struct failing *f)
{
    struct form_problems problems = {.count = 0};
    return casestudy_edit(ctx, f->reference, 1, &f->words, &problems);
}

static enum status act_return(struct ctx *ctx, struct failing *f)
{
    return casestudy_return(ctx, f->reference, "How many?");
}

static enum status act_mend(struct ctx *ctx, struct failing *f)
{
    return casestudy_mend(ctx, f->reference, 2, &f->words);
}

static enum status act_publish(struct ctx *ctx, struct failing *f)
{
    struct form_problems problems = {.count = 0};
    return casestudy_publish(ctx, f->reference, 3, &problems);
}

static enum status act_drop(struct ctx *ctx, struct failing *f)
{
    return casestudy_picture_drop(ctx, f->reference, 1, CASESTUDY_BY_EDITOR);
}

static enum status act_reuse_send(struct ctx *ctx, struct failing *f)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    const struct casestudy_reuse_draft draft = {.case_study = f->reference,
                                                .organisation = {.key = "RJ1"},
                                                .words = "",
                                                .name = "Bo",
                                                .email = "bo@other.example"};
    return casestudy_reuse_send(ctx, &draft, &problems, &reference);
}

static enum status act_reuse_remove(struct ctx *ctx, struct failing *f)
{
    const char *reuse;
    TRY(casestudy_link_open(ctx, f->token, &reuse));
    return casestudy_reuse_withdraw(ctx, reuse, CASESTUDY_BY_EDITOR);
}

static enum status act_right(struct ctx *ctx, struct failing *f)
{
    return casestudy_still_right(ctx, f->reference, CASESTUDY_BY_AUTHOR);
}

static enum status act_withdraw(struct ctx *ctx, struct failing *f)
{
    return casestudy_withdraw(ctx, f->reference, CASESTUDY_BY_EDITOR, "Over");
}

static enum status (*const acts[])(struct ctx *, struct failing *) = {
    act_confirm, act_edit, act_return, act_mend, act_publish, act_drop, act_reuse_send};

TEST(a_deed_that_fails_at_any_call_leaves_everything_as_it_was)
{
    help_demonstration(ctx, true);
    directory_test_packs(ctx);
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    casestudy_test_add_pictures(ctx, &draft);
    struct failing f = {.reference = casestudy_test_send(ctx, &draft), .words = draft.words};
    f.token = casestudy_test_token(ctx, TEST_AUTHOR);
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        if (acts[i] == act_edit)
            ctx->person = help_person(ctx, "editor@programme.example", "editor");
        f.act = acts[i];
        fail_each(ctx, &f);
    }
    f.token = casestudy_test_token(ctx, "bo@other.example");
    f.act = act_confirm;
    fail_each(ctx, &f);
    CHECK(casestudy_test_found(ctx, f.reference).reuse_count == 1);
    f.act = act_reuse_remove;
    fail_each(ctx, &f);
    CHECK(casestudy_test_found(ctx, f.reference).reuse_count == 0);
    ctx->now_secs += (int64_t)340 * 86400; /* so that it is right for another year */
    f.act = act_right;
    fail_each(ctx, &f);
    f.act = act_withdraw;
    fail_each(ctx, &f);
}
