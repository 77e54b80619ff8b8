/* SPDX-License-Identifier: MIT */
/* programme_casestudy_test.c - case studies as people and programs meet them. */
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/photo_test_help.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access_test_help.h"
#include "programme/casestudy/casestudy_test_help.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"
#include "programme/privacy/hold.h"
#include "programme/programme.h"

#define SEND "/case-studies/send"

static struct web_client *browser(struct ctx *ctx)
{
    help_demonstration(ctx, false);
    directory_test_packs(ctx);
    return web_client(ctx, &programme_app);
}

static struct web_client *editor(struct ctx *ctx, struct web_client *c)
{
    struct web_client *other = client_other(c);
    client_sign_in(other, help_person(ctx, "editor@programme.example", "editor"));
    return other;
}

/* Sends one step, and stands before the next. */
static void step(struct web_client *c, const char *name, const char *value, const char *name_2,
                 const char *value_2)
{
    const char *at = c->location;
    client_follow(c);
    CHECK_CODE(c, 200);
    client_post(c, at, name, value, name_2, value_2, NULL);
    CHECK_CODE(c, 303);
}

/* From the start to the step of pictures. */
static void write_words(struct web_client *c)
{
    client_get(c, SEND);
    client_post(c, SEND, NULL);
    client_follow(c);
    step(c, "organisation", "R0A", "organisation-typed", "");
    step(c, "title", "Ward visits", "summary", "Pupils came.");
    step(c, "stage", "get-ready", "pillar", "widening-access");
    step(c, "intentions", "ready-1", NULL, NULL);
    step(c, "problem", "Few came.", NULL, NULL);
    step(c, "done", "We **opened** a ward.", NULL, NULL);
    step(c, "result", "It led to more pupils.", NULL, NULL);
    step(c, "evidence", "1", NULL, NULL);
    step(c, "cost", "", NULL, NULL);
    step(c, "contact", "The team", "contact_email", "Team@trust.example");
}

static void add_picture(struct web_client *c, const char *list)
{
    struct ctx *ctx = c->ctx;
    struct text_span jpeg = photo_test_jpeg(ctx, 64, 32, 1, "secret place");
    const char *item = mem_format(ctx->mem, "%s/new", list);
    client_get(c, item);
    CHECK(client_has(c, "Add a picture") && client_has(c, "multipart/form-data"));
    const char *key = client_between(c, "name=\"item_key\" value=\"", "\"");
    struct client_file bad = {"picture", "ward.jpg", "image/jpeg", "GIF89a", 6};
    client_upload(c, item, &bad, "item_key", key, "alternative", "A pupil", "shows_people", "yes",
                  NULL);
    CHECK(c->code == 422 && client_has(c, "holds something else") && client_has(c, "A pupil"));
    struct client_file file = {"picture", "ward.jpg", "image/jpeg", jpeg.bytes, jpeg.length_bytes};
    client_upload(c, item, &file, "item_key", key, "alternative", "A pupil", "shows_people", "yes",
                  NULL);
    CHECK_CODE(c, 303);
}

/* The whole journey with a picture of a child, proven by the code; gives the reference. */
static const char *send_all(struct web_client *c)
{
    struct ctx *ctx = c->ctx;
    write_words(c);
    const char *pictures = c->location;
    client_follow(c);
    CHECK(client_has(c, "You have not added one yet"));
    add_picture(c, pictures);
    client_get(c, pictures);
    client_post(c, pictures, NULL);
    const char *people = c->location;
    client_follow(c);
    client_post(c, people, NULL);
    CHECK(c->code == 422 && client_has(c, "Add everybody who can be known"));
    const char *item = mem_format(ctx->mem, "%s/new", people);
    client_get(c, item);
    const char *upload = client_between(c, "name=\"pictures\" type=\"checkbox\" value=\"", "\"");
    client_post(c, item, "item_key", client_between(c, "name=\"item_key\" value=\"", "\""), "name",
                "Kim", "age", "young", "way", "email", "email", TEST_YOUNG, "guardian_name", "",
                "guardian_email", TEST_YOUNG, "pictures", upload, NULL);
    CHECK(c->code == 422 && client_has(c, "parent or guardian, who must agree too"));
    client_get(c, people);
    const char *change =
        client_between(c, "<a class=\"nhsuk-link\" href=\"/case-studies/send/", "\"");
    change = mem_format(ctx->mem, "/case-studies/send/%s", change);
    client_post(c, change, "name", "Kim", "age", "child", "way", "email", "email", "",
                "guardian_name", "Pat", "guardian_email", TEST_GUARDIAN, "pictures", upload, NULL);
    CHECK_CODE(c, 303);
    client_post(c, people, NULL);
    CHECK_CODE(c, 303);
    const char *you = c->location;
    client_follow(c);
    client_post(c, you, "author_name", "Ada", "author_role", "", "email", TEST_AUTHOR, NULL);
    CHECK_CODE(c, 303);
    const char *check = c->location;
    client_follow(c);
    CHECK(client_has(c, "Type 1: a reasoned story") && client_has(c, "A pupil"));
    client_post(c, check, NULL);
    CHECK_CODE(c, 303);
    const char *code_page = c->location;
    client_follow(c);
    client_post(c, code_page, "code", "12345x", NULL);
    CHECK(c->code == 422 && client_has(c, "Enter the 6 digits"));
    client_post(c, code_page, "code", help_newest_code(ctx), NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "Waits for an editor") && client_has(c, "not everybody in it agrees"));
    return client_between(c, "Case study ", "<");
}

/* It is challenged, changed and published. */
static void edit_and_publish(struct web_client *e, const char *reference)
{
    struct ctx *ctx = e->ctx;
    const char *desk = mem_format(ctx->mem, "/desk/case-studies/%s", reference);
    client_get(e, "/desk");
    CHECK(client_has(e, "Case studies to read"));
    client_get(e, desk);
    CHECK(client_has(e, "claim more than the evidence shows") && client_has(e, "led to"));
    client_post(e, mem_format(ctx->mem, "%s/publish", desk), "base_version", "1", NULL);
    CHECK(e->code == 422 && client_has(e, "Evidence of type 1 does not show this"));
    client_get(e, mem_format(ctx->mem, "%s/edit", desk));
    CHECK(client_has(e, "The author: The result") && client_count(e, "It led to more pupils") >= 3);
    const char *const typed = "More pupils came, we think because of the visits.";
    client_post(e, mem_format(ctx->mem, "%s/edit", desk), "base_version", "1", "title",
                "Ward visits", "summary", "Pupils came.", "stage", "get-ready", "pillar",
                "widening-access", "intentions", "ready-1", "problem", "Few came.", "done",
                "We opened.", "result", typed, "evidence", "1", "contact", "The team",
                "contact_email", "team@trust.example", NULL);
    CHECK(e->code == 422 && client_has(e, typed) && client_has(e, "“because of”"));
    client_post(e, mem_format(ctx->mem, "%s/edit", desk), "base_version", "1", "title",
                "Ward visits", "summary", "Pupils came.", "stage", "get-ready", "pillar",
                "widening-access", "intentions", "ready-1", "problem", "Few came.", "done",
                "We opened.", "result", "Pupils tell us that they liked it.", "evidence", "1",
                "contact", "The team", "contact_email", "team@trust.example", NULL);
    CHECK_CODE(e, 303);
    client_post(e, mem_format(ctx->mem, "%s/publish", desk), "base_version", "1", NULL);
    CHECK_CODE(e, 409);
    client_post(e, mem_format(ctx->mem, "%s/publish", desk), "base_version", "2", NULL);
    CHECK_CODE(e, 303);
}

TEST(a_case_study_with_a_picture_goes_from_its_author_to_the_public)
{
    struct web_client *c = browser(ctx), *e = editor(ctx, c);
    const char *reference = send_all(c);
    edit_and_publish(e, reference);
    const char *page = mem_format(ctx->mem, "/case-studies/%s", reference);
    const char *shown = mem_format(ctx->mem, "%s/pictures/1", page);
    struct web_client *reader = client_other(c);
    client_get(reader, page);
    CHECK(client_has(reader, "Pupils tell us") && !client_has(reader, "<img"));
    CHECK(!client_has(reader, TEST_AUTHOR) && !client_has(reader, "Ada"));
    client_get(reader, shown);
    CHECK_CODE(reader, 404);
    const char *asked =
        mem_format(ctx->mem, "/case-studies/shown/%s", casestudy_test_token(ctx, TEST_GUARDIAN));
    client_get(reader, asked);
    CHECK(client_has(reader, "May we show Kim in this picture?"));
    client_get(reader, mem_format(ctx->mem, "%s/pictures/1", asked));
    CHECK_CODE(reader, 200);
    client_get(reader, shown);
    CHECK_CODE(reader, 404); /* looking agrees to nothing */
    client_get(reader, asked);
    client_post(reader, asked, "say", "perhaps", NULL);
    CHECK_CODE(reader, 422);
    client_post(reader, asked, "say", "yes", NULL);
    CHECK_CODE(reader, 303);
    client_get(reader, shown);
    CHECK(reader->code == 200 && memmem(reader->body, reader->body_bytes, "secret", 6) == NULL);
    client_get(reader, page);
    CHECK(client_has(reader, "alt=\"A pupil\""));
    const char *drawn = mem_format(ctx->mem, "%s/picture.png", page);
    CHECK(text_ends(client_between(reader, "og:image\" content=\"", "\""), drawn)); /* no photo */
    client_get(reader, asked);
    client_post(reader, asked, "say", "no", NULL);
    const char *const gone[] = {shown, page, drawn};
    for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++) {
        client_get(reader, gone[i]);
        CHECK_CODE(reader, 404);
    }
    client_get(e, "/desk");
    CHECK(client_has(e, "Case studies that a consent took down"));
}

static const char *live(struct ctx *ctx)
{
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    const char *reference = casestudy_test_confirmed(ctx, &draft);
    casestudy_test_publish(ctx, reference);
    return reference;
}

TEST(readers_filter_case_studies_and_take_them_as_files)
{
    struct web_client *c = browser(ctx);
    live(ctx);
    client_get(c, "/case-studies?stage=get-ready&pillar=widening&evidence=2&region=Y62");
    CHECK(client_has(c, "Ward visits for pupils") && client_has(c, "1 case study<"));
    client_get(c, "/case-studies?stage=get-on");
    CHECK(!client_has(c, "Ward visits for pupils"));
    client_get(c, "/case-studies.json?evidence=2");
    CHECK(client_has(c, "Ward visits for pupils") && !client_has(c, TEST_AUTHOR));
    client_get(c, "/case-studies.csv");
    CHECK(client_has(c, "Ward visits for pupils") && !client_has(c, TEST_AUTHOR));
    client_get(c, "/case-studies.atom");
    CHECK(client_has(c, "<entry>"));
    client_get(c, "/organisations/R0A");
    CHECK(client_has(c, "Ward visits for pupils"));
}

TEST(another_organisation_says_that_it_did_it_too_and_is_named_once)
{
    struct web_client *c = browser(ctx);
    const char *study = live(ctx), *page = mem_format(ctx->mem, "/case-studies/%s", study);
    client_get(c, page);
    client_post(c, mem_format(ctx->mem, "%s/reuse", page), NULL);
    CHECK_CODE(c, 303);
    client_follow(c); /* on to the first step that is not answered */
    CHECK_CODE(c, 303);
    step(c, "organisation", "RJ1", "organisation-typed", "");
    step(c, "words", "Smaller groups", NULL, NULL);
    step(c, "name", "Bo", "email", "bo@other.example");
    const char *check = c->location;
    client_follow(c);
    client_post(c, check, NULL);
    CHECK_CODE(c, 303);
    const char *code_page = c->location;
    client_follow(c);
    client_post(c, code_page, "code", help_newest_code(ctx), NULL);
    CHECK_CODE(c, 303);
    const char *mine = c->location;
    client_follow(c);
    CHECK(client_has(c, "is now named beside the case study"));
    client_get(c, page);
    CHECK(client_has(c, "1 other organisation did this too") && client_has(c, "RJ1"));
    CHECK(!client_has(c, "Smaller groups") && !client_has(c, "bo@other.example"));
    client_get(c, "/organisations/RJ1");
    CHECK(client_has(c, "Ward visits for pupils"));
    client_get(c, mine);
    client_post(c, mem_format(ctx->mem, "%s/withdraw", mine), NULL);
    client_follow(c);
    CHECK(client_has(c, "You took it back"));
    client_get(c, page);
    CHECK(client_has(c, "Nobody has told us yet"));
}

TEST(nobody_is_asked_for_more_people_a_day_than_a_day_can_hold)
{
    browser(ctx);
    const char *reference;
    enum status status = OK;
    for (int sent = 0; sent <= CASESTUDY_ASKED_A_DAY; sent++) {
        struct form_problems problems = {.count = 0};
        struct casestudy_draft draft = casestudy_test_draft(ctx);
        casestudy_test_add_pictures(ctx, &draft);
        draft.email = mem_format(ctx->mem, "author%d@trust.example", sent);
        status = casestudy_send(ctx, &draft, &problems, &reference);
        CHECK((status == OK) == (sent < CASESTUDY_ASKED_A_DAY));
        CHECK(status == OK || strstr(form_problem_of(&problems, "people"), TEST_GROWN) != NULL);
    }
    ctx->fault = NULL;
    ctx->now_secs += TIME_DAY_SECS;
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    casestudy_test_add_pictures(ctx, &draft);
    casestudy_test_send(ctx, &draft);
}

TEST(a_case_study_stays_while_a_hold_stands_on_a_guardian_of_who_is_shown)
{
    int64_t hold;
    bool has_more;
    struct casestudy study;
    browser(ctx);
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    casestudy_test_add_pictures(ctx, &draft);
    const char *reference = casestudy_test_confirmed(ctx, &draft);
    CHECK(casestudy_withdraw(ctx, reference, CASESTUDY_BY_AUTHOR, NULL) == OK);
    CHECK(privacy_hold_place(
              ctx,
              &(const struct privacy_hold_new){PRIVACY_HOLD_PERSON, TEST_GUARDIAN, "An inquiry"},
              &hold) == OK);
    ctx->now_secs += (int64_t)4 * 366 * TIME_DAY_SECS;
    CHECK(privacy_retain(ctx, false, &has_more) == OK);
    CHECK(casestudy_find(ctx, reference, &study) == OK);
    CHECK(privacy_hold_release(ctx, hold, "Over") == OK);
    CHECK(privacy_retain(ctx, false, &has_more) == OK);
    CHECK(casestudy_find(ctx, reference, &study) == ERR_NOT_FOUND);
}

static const char *removal(struct ctx *ctx, const char *study, const char *reuse)
{
    return mem_format(ctx->mem, "/desk/case-studies/%s/reuses/%s/remove", study, reuse);
}

TEST(an_editor_takes_away_the_name_of_an_organisation_that_did_not_do_it)
{
    struct web_client *c = browser(ctx), *e = editor(ctx, c);
    const char *study = live(ctx), *other = live(ctx);
    const char *reuse = casestudy_test_reuse(ctx, study, "RJ1", "bo@other.example");
    const char *desk = mem_format(ctx->mem, "/desk/case-studies/%s", study);
    client_get(e, desk);
    CHECK(client_has(e, removal(ctx, study, reuse)));
    client_post(e, removal(ctx, other, reuse), NULL);
    CHECK_CODE(e, 404);
    CHECK(casestudy_test_found(ctx, study).reuse_count == 1);
    client_get(c, mem_format(ctx->mem, "/case-studies/%s", study));
    client_post(c, removal(ctx, study, reuse), NULL);
    CHECK(casestudy_test_found(ctx, study).reuse_count == 1);
    for (int again = 0; again < 2; again++) {
        client_post(e, removal(ctx, study, reuse), NULL);
        CHECK_CODE(e, 303);
    }
    CHECK(casestudy_test_found(ctx, study).reuse_count == 0);
}

TEST(the_author_changes_words_answers_the_yearly_question_and_takes_it_back)
{
    struct web_client *c = browser(ctx);
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    const char *study = casestudy_test_send(ctx, &draft);
    const char *mine =
        mem_format(ctx->mem, "/case-studies/mine/%s", casestudy_test_token(ctx, TEST_AUTHOR));
    for (int i = 0; i < 3; i++) /* a scanner confirms nothing */
        client_get(c, mine);
    CHECK(client_has(c, "Yes, I sent this"));
    CHECK(casestudy_test_found(ctx, study).state == CASESTUDY_UNCONFIRMED);
    client_post(c, mine, NULL);
    CHECK_CODE(c, 303);
    casestudy_test_publish(ctx, study);
    client_get(c, mem_format(ctx->mem, "%s/change", mine));
    client_post(c, mem_format(ctx->mem, "%s/change/1", mine), "title", "", "summary", "Kept words",
                NULL);
    CHECK(c->code == 422 && client_has(c, "Enter a title") && client_has(c, "Kept words"));
    client_get(c, mine);
    client_post(c, mem_format(ctx->mem, "%s/right", mine), NULL);
    CHECK_CODE(c, 303);
    client_get(c, mem_format(ctx->mem, "%s/withdraw", mine));
    client_post(c, mem_format(ctx->mem, "%s/withdraw", mine), NULL);
    client_follow(c);
    CHECK(client_has(c, "You took it back"));
    client_get(c, mem_format(ctx->mem, "/case-studies/%s", study));
    CHECK_CODE(c, 404);
}

TEST(a_program_sends_a_case_study_in_one_call_and_cannot_name_files_of_others)
{
    struct web_client *c = browser(ctx);
    client_set_header(c, "Idempotency-Key", "0123456789abcdef");
    client_post_json(
        c, SEND,
        "{\"organisation\":\"R0A\",\"title\":\"T\",\"summary\":\"S\",\"stage\":"
        "\"get-in\",\"pillar\":\"widening-access\",\"intentions\":[\"tfc-1\"],\"problem\":"
        "\"P\",\"done\":\"D\",\"result\":\"R\",\"evidence\":\"1\",\"contact\":\"C\","
        "\"contact_email\":\"c@trust.example\",\"author_name\":\"A\",\"email\":"
        "\"a@trust.example\",\"pictures\":[{\"picture\":\"7\",\"picture-owner\":"
        "\"draft/x\",\"alternative\":\"A\",\"shows_people\":\"no\"}]}");
    CHECK(c->code == 422 && client_has(c, "Choose a picture"));
    client_set_header(c, "Idempotency-Key", "0123456789abcdeg");
    client_post_json(
        c, SEND,
        "{\"organisation\":\"R0A\",\"title\":\"T\",\"summary\":\"S\",\"stage\":"
        "\"get-in\",\"pillar\":\"widening-access\",\"intentions\":[\"tfc-1\"],\"problem\":"
        "\"P\",\"done\":\"D\",\"result\":\"R\",\"evidence\":\"1\",\"contact\":\"C\","
        "\"contact_email\":\"c@trust.example\",\"author_name\":\"A\",\"email\":"
        "\"a@trust.example\"}");
    CHECK(c->code == 201 && client_has(c, "CS-"));
}

TEST(an_editor_returns_with_a_reason_that_the_author_reads)
{
    struct web_client *c = browser(ctx);
    struct casestudy_draft draft = casestudy_test_draft(ctx);
    const char *study = casestudy_test_confirmed(ctx, &draft);
    const char *desk = mem_format(ctx->mem, "/desk/case-studies/%s/return", study);
    struct web_client *e = editor(ctx, c);
    client_get(e, desk);
    client_post(e, desk, "reason", "", NULL);
    CHECK(e->code == 422 && client_has(e, "Enter what the author should change"));
    client_post(e, desk, "reason", "How many pupils came?", NULL);
    CHECK_CODE(e, 303);
    client_get(
        c, mem_format(ctx->mem, "/case-studies/mine/%s", casestudy_test_token(ctx, TEST_AUTHOR)));
    CHECK(client_has(c, "How many pupils came?") && client_has(c, "Returned to the author"));
}
