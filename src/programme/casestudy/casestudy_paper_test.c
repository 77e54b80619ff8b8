/* SPDX-License-Identifier: MIT */
/*
 * casestudy_paper_test.c - consent on paper, and consent that an editor is told is taken back.
 */
#include "platform/base/test.h"
#include "platform/document/photo_test_help.h"
#include "platform/document/upload.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"
#include "programme/casestudy/casestudy_test_help.h"
#include "programme/directory/directory.h"

#include <inttypes.h>

#define SIGNED "2026-03-01"

/* A public case study of two pictures: of Sam, who is of age, and of Kim, who is not, both without
 * email.  The person who asks is an editor afterwards. */
static const char *on_paper(struct ctx *ctx)
{
    help_demonstration(ctx, true);
    CHECK(directory_take_packs(ctx) == OK);
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    casestudy_test_add_pictures(ctx, &draft);
    struct casestudy_person_draft *people = draft.people.items;
    for (int i = 0; i < 2; i++) {
        people[i].way = "paper";
        people[i].email = people[i].guardian_email = "";
    }
    const char *reference = casestudy_test_confirmed(ctx, &draft);
    ctx->person = help_person(ctx, "editor@programme.example", "editor");
    casestudy_test_publish(ctx, reference);
    return reference;
}

static struct casestudy_paper_draft written(struct ctx *ctx)
{
    static const char *const types[] = {".jpg", NULL};
    const char *problem;
    struct upload kept;
    struct text_span jpeg = photo_test_jpeg(ctx, 64, 32, 1, "scan");
    const struct upload_sent sent = {"scan.jpg", jpeg.bytes, jpeg.length_bytes, "casestudy/new"};
    CHECK(upload_keep(ctx, &sent, &(const struct upload_rules){.endings = types}, &kept,
                      &problem) == OK);
    return (struct casestudy_paper_draft){SIGNED,
                                          "2026-03-02",
                                          "In the file",
                                          {kept.id, kept.name, kept.size_bytes, kept.owner},
                                          1,
                                          CASESTUDY_BY_AUTHOR};
}

static enum status write_down(struct ctx *ctx, const char *reference, int64_t person,
                              enum casestudy_by by)
{
    struct form_problems problems = {.count = 0};
    struct casestudy_paper_draft draft = written(ctx);
    draft.person = person;
    draft.by = by;
    return casestudy_paper_record(ctx, reference, &draft, &problems);
}

static struct casestudy_paper newest(struct ctx *ctx, const char *reference)
{
    size_t count;
    struct casestudy_paper *papers;
    const struct casestudy study = casestudy_test_found(ctx, reference);
    CHECK(casestudy_papers_of(ctx, &study, &papers, &count) == OK && count > 0);
    return papers[0];
}

static size_t free_pictures(struct ctx *ctx, const char *reference)
{
    size_t count, shown = 0;
    struct casestudy_picture *pictures;
    struct casestudy study = casestudy_test_found(ctx, reference);
    CHECK(casestudy_pictures_of(ctx, &study, &pictures, &count) == OK);
    for (size_t i = 0; i < count; i++)
        shown += pictures[i].is_free;
    return shown;
}

static struct casestudy_person who(struct ctx *ctx, const char *reference, size_t at)
{
    size_t count;
    struct casestudy_person *people;
    struct casestudy study = casestudy_test_found(ctx, reference);
    CHECK(casestudy_people_of(ctx, &study, &people, &count) == OK && at < count);
    return people[at];
}

static size_t files(struct ctx *ctx, const char *reference)
{
    size_t count;
    struct upload *all;
    CHECK(upload_list(ctx, mem_format(ctx->mem, "casestudy/%s", reference), 100, &all, &count) ==
          OK);
    return count;
}

TEST(a_consent_on_paper_counts_when_an_editor_who_did_not_write_it_down_has_looked)
{
    const char *reference = on_paper(ctx);
    CHECK(casestudy_test_token(ctx, TEST_GUARDIAN)[0] == '\0'); /* nobody is written to */
    CHECK(write_down(ctx, reference, 2, CASESTUDY_BY_EDITOR) == OK);
    CHECK(free_pictures(ctx, reference) == 0 && !who(ctx, reference, 1).agrees);
    struct casestudy_paper paper = newest(ctx, reference);
    CHECK(casestudy_paper_count(ctx, reference, paper.id) == ERR_FORBIDDEN);
    ctx->fault = NULL;
    ctx->person = help_person(ctx, "other@programme.example", "editor");
    CHECK(casestudy_paper_count(ctx, reference, paper.id) == OK);
    CHECK(who(ctx, reference, 1).agrees && free_pictures(ctx, reference) == 1);
    struct consent_standing standing;
    CHECK(consent_standing(ctx, "story", who(ctx, reference, 1).reference, &standing) == OK);
    CHECK(standing.self && standing.guardian);
    CHECK(casestudy_paper_count(ctx, reference, paper.id) == ERR_CONFLICT);
    CHECK(write_down(ctx, reference, 2, CASESTUDY_BY_AUTHOR) == ERR_CONFLICT);
    CHECK(write_down(ctx, reference, 3, CASESTUDY_BY_AUTHOR) == ERR_NOT_FOUND);
}

TEST(a_paper_needs_each_day_of_signing_that_its_age_asks_for)
{
    const char *reference = on_paper(ctx);
    const struct {
        const char *own, *guardian, *field;
    } wrong[] = {{"", "2026-03-02", "signed_on"},
                 {SIGNED, "", "guardian_signed_on"},
                 {SIGNED, "2199-01-01", "guardian_signed_on"},
                 {"2019-01-01", "2026-03-02", "signed_on"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct form_problems problems = {.count = 0};
        const struct casestudy_paper_draft draft = {
            wrong[i].own, wrong[i].guardian, "In the file", {0, "", 0, ""}, 2, CASESTUDY_BY_AUTHOR};
        CHECK(casestudy_paper_record(ctx, reference, &draft, &problems) == ERR_INVALID);
        CHECK(problems.count == 1);
        CHECK_TEXT(problems.items[0].field, wrong[i].field);
        ctx->fault = NULL;
    }
    struct form_problems problems = {.count = 0};
    const struct casestudy_paper_draft grown = {SIGNED,         "", "In the file",
                                                {0, "", 0, ""}, 1,  CASESTUDY_BY_AUTHOR};
    CHECK(casestudy_paper_record(ctx, reference, &grown, &problems) == OK);
}

TEST(a_paper_is_replaced_or_refused_with_its_scan)
{
    const char *reference = on_paper(ctx);
    CHECK(write_down(ctx, reference, 1, CASESTUDY_BY_AUTHOR) == OK);
    struct casestudy_paper first = newest(ctx, reference);
    CHECK(files(ctx, reference) == 3);
    CHECK(write_down(ctx, reference, 1, CASESTUDY_BY_AUTHOR) == OK);
    CHECK(files(ctx, reference) == 3);
    CHECK(casestudy_paper_count(ctx, reference, first.id) == ERR_CONFLICT);
    ctx->fault = NULL;
    struct casestudy_paper second = newest(ctx, reference);
    size_t mails = help_mail_count(ctx);
    CHECK(casestudy_paper_refuse(ctx, reference, second.id, "Nobody signed it.") == OK);
    CHECK(help_mail_count(ctx) == mails + 1);
    CHECK(files(ctx, reference) == 2 && free_pictures(ctx, reference) == 0);
    CHECK_TEXT(newest(ctx, reference).state, "refused");
    CHECK(write_down(ctx, reference, 1, CASESTUDY_BY_AUTHOR) == OK);
}

/* Sam's consent on paper counts. */
static const char *agreed_on_paper(struct ctx *ctx)
{
    const char *reference = on_paper(ctx);
    CHECK(write_down(ctx, reference, 1, CASESTUDY_BY_AUTHOR) == OK);
    CHECK(casestudy_paper_count(ctx, reference, newest(ctx, reference).id) == OK);
    CHECK(free_pictures(ctx, reference) == 1);
    return reference;
}

TEST(an_editor_takes_a_consent_back_at_their_word_with_the_effects_of_a_link)
{
    const char *reference = agreed_on_paper(ctx);
    struct form_problems problems = {.count = 0};
    const struct casestudy_told told = {
        .person = 1, .channel = CONSENT_PHONE, .reason = "She rang on Monday."};
    CHECK(casestudy_told_no(ctx, reference, &told, &problems) == OK);
    CHECK(free_pictures(ctx, reference) == 0);
    struct casestudy study = casestudy_test_found(ctx, reference);
    CHECK(!study.is_live && study.state == CASESTUDY_WITHDRAWN);
    enum casestudy_end end = CASESTUDY_STANDS;
    CHECK(casestudy_end_of(ctx, &study, &end) == OK && end == CASESTUDY_ENDED_BY_CONSENT);
    struct consent_standing standing;
    CHECK(consent_standing(ctx, "story", who(ctx, reference, 0).reference, &standing) == OK);
    CHECK(!standing.self && who(ctx, reference, 0).name[0] != '\0');
    CHECK(write_down(ctx, reference, 1, CASESTUDY_BY_AUTHOR) == ERR_CONFLICT);
    ctx->fault = NULL;
    int64_t events = study.event_count;
    CHECK(casestudy_told_no(ctx, reference, &told, &problems) == OK);
    CHECK(casestudy_test_found(ctx, reference).event_count == events);
}

TEST(who_has_no_address_is_forgotten_at_their_word_unless_a_hold_stands)
{
    const char *reference = agreed_on_paper(ctx);
    int64_t hold;
    struct form_problems problems = {.count = 0};
    const struct casestudy_told told = {
        .person = 1, .channel = CONSENT_PHONE, .reason = "She rang.", .forget = true};
    const struct privacy_hold_new wanted = {PRIVACY_HOLD_THING, reference, "A complaint"};
    CHECK(privacy_hold_place(ctx, &wanted, &hold) == OK);
    CHECK(casestudy_told_no(ctx, reference, &told, &problems) == ERR_INVALID);
    CHECK_TEXT(problems.items[0].field, "forget");
    CHECK(free_pictures(ctx, reference) == 1);
    ctx->fault = NULL;
    CHECK(privacy_hold_release(ctx, hold, "It is over") == OK);
    CHECK(casestudy_told_no(ctx, reference, &told, &problems) == OK);
    CHECK_TEXT(who(ctx, reference, 0).name, "");
    CHECK_TEXT(newest(ctx, reference).kept_at, "");
    CHECK(newest(ctx, reference).upload_id == 0 && files(ctx, reference) == 1);
}

TEST(an_editor_chooses_the_day_of_review_within_bounds)
{
    const char *reference = on_paper(ctx);
    static const char *const wrong[] = {"2026-03-20", "2028-03-10", "2020-01-01"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct form_problems problems = {.count = 0};
        CHECK(casestudy_review_choose(ctx, reference, wrong[i], &problems) == ERR_INVALID);
        CHECK_TEXT(problems.items[0].field, "review_on");
        ctx->fault = NULL;
    }
    struct form_problems problems = {.count = 0};
    CHECK(casestudy_review_choose(ctx, reference, "2026-06-01", &problems) == OK);
    CHECK_TEXT(casestudy_test_found(ctx, reference).review_on, "2026-06-01");
    CHECK(casestudy_withdraw(ctx, reference, CASESTUDY_BY_EDITOR, "Over") == OK);
    CHECK(casestudy_review_choose(ctx, reference, "2026-06-01", &problems) == ERR_CONFLICT);
}

/* ---- whatever breaks, nothing is half done ---- */

struct failing {
    const char *reference;
    int64_t paper;
    struct casestudy_paper_draft draft;
};

static enum status act_record(struct ctx *ctx, struct failing *f)
{
    struct form_problems problems = {.count = 0};
    return casestudy_paper_record(ctx, f->reference, &f->draft, &problems);
}

static enum status act_count(struct ctx *ctx, struct failing *f)
{
    return casestudy_paper_count(ctx, f->reference, f->paper);
}

static enum status act_refuse(struct ctx *ctx, struct failing *f)
{
    return casestudy_paper_refuse(ctx, f->reference, f->paper, "Nobody signed it.");
}

static enum status act_review(struct ctx *ctx, struct failing *f)
{
    struct form_problems problems = {.count = 0};
    return casestudy_review_choose(ctx, f->reference, "2026-06-01", &problems);
}

static enum status act_told(struct ctx *ctx, struct failing *f)
{
    struct form_problems problems = {.count = 0};
    const struct casestudy_told told = {
        .person = 1, .channel = CONSENT_PHONE, .reason = "She rang.", .forget = true};
    return casestudy_told_no(ctx, f->reference, &told, &problems);
}

static const char *snapshot(struct ctx *ctx, const char *reference)
{
    size_t count;
    const char *text = "";
    struct casestudy_paper *papers;
    struct casestudy study = casestudy_test_found(ctx, reference);
    CHECK(casestudy_papers_of(ctx, &study, &papers, &count) == OK);
    for (size_t i = 0; i < count; i++)
        text = mem_format(ctx->mem, "%s %s", text, papers[i].state);
    return mem_format(
        ctx->mem,
        "%s %s%s live %d events %" PRId64 " review %s said %s files %zu free %zu mails %zu", text,
        casestudy_state_code(study.state), who(ctx, reference, 0).name, study.is_live,
        study.event_count, study.review_on, who(ctx, reference, 0).said, files(ctx, reference),
        free_pictures(ctx, reference), help_mail_count(ctx));
}

TEST(a_deed_with_a_paper_that_fails_at_any_call_leaves_everything_as_it_was)
{
    static enum status (*const acts[])(struct ctx *, struct failing *) = {
        act_record, act_refuse, act_record, act_count, act_review, act_told};
    struct failing f = {.reference = on_paper(ctx)};
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        if (acts[i] == act_record)
            f.draft = written(ctx);
        else if (i < 4)
            f.paper = newest(ctx, f.reference).id;
        const char *before = snapshot(ctx, f.reference);
        for (int nth = 1;; nth++) {
            store_fail_on_call(ctx->store, nth);
            enum status status = acts[i](ctx, &f);
            store_fail_on_call(ctx->store, 0);
            ctx->fault = NULL;
            const char *after = snapshot(ctx, f.reference);
            CHECK(status == OK || status == ERR_FAULT);
            if (status == OK) {
                CHECK(nth > 4 && strcmp(before, after) != 0);
                break;
            }
            CHECK_TEXT(after, before);
        }
    }
}
