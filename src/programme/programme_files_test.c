/* SPDX-License-Identifier: MIT */
/*
 * programme_files_test.c - files in a JSON body: a journey with files is one call that is done
 * once, with the same limits as its pages.
 */
#include "platform/base/test.h"
#include "platform/document/document.sql.h"
#include "platform/document/photo_test_help.h"
#include "platform/document/upload.h"
#include "platform/store/store.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access_test_help.h"
#include "programme/casestudy/casestudy_test_help.h"
#include "programme/directory/directory.h"
#include "programme/programme.h"
#include "programme/resource/resource.sql.h"

#include <sodium.h>

#define ADD "/desk/resources/add"
#define KEY "a-key-of-the-caller-"

static struct web_client *editor(struct ctx *ctx)
{
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, help_person(ctx, "editor@programme.example", "editor"));
    client_token(c);
    return c;
}

static const char *base64(struct ctx *ctx, struct text_span bytes)
{
    size_t room = sodium_base64_encoded_len(bytes.length_bytes, sodium_base64_VARIANT_ORIGINAL);
    return sodium_bin2base64(mem_bytes(ctx->mem, room), room, (const unsigned char *)bytes.bytes,
                             bytes.length_bytes, sodium_base64_VARIANT_ORIGINAL);
}

/* A whole document in one body, right but for what the file may be. */
static const char *document(struct ctx *ctx, const char *name, const char *content)
{
    return mem_format(ctx->mem,
                      "{\"title\":\"A guide\",\"summary\":\"How to.\",\"kind\":\"guide\","
                      "\"language\":\"en\",\"accessible\":\"itself\",\"review_on\":\"2027-01-31\","
                      "\"document\":{\"name\":\"%s\",\"type\":\"text/plain\",\"content\":\"%s\"}}",
                      name, content);
}

static void call(struct web_client *c, const char *path, const char *key, const char *body)
{
    client_set_header(c, "Idempotency-Key", mem_join(c->ctx->mem, KEY, key, ""));
    client_post_json(c, path, body);
}

/* How many files there are that nothing came of. */
static size_t waiting_files(struct ctx *ctx)
{
    size_t count;
    struct document_upload_expired_row *rows;
    CHECK(document_upload_expired(ctx, INT64_MAX, 100, &rows, &count) == OK);
    return count;
}

static size_t documents(struct web_client *c)
{
    client_get(c, "/resources.json");
    return client_count(c, "\"reference\"");
}

TEST(a_document_is_added_by_one_json_call_and_once)
{
    struct web_client *c = editor(ctx);
    const struct text_span text = {"A guide to a week of work experience.\n", 38};
    const char *body = document(ctx, "guide.txt", base64(ctx, text));
    call(c, ADD, "1", body);
    CHECK_CODE(c, 201);
    const char *reference = client_between(c, "\"reference\":\"", "\"");
    call(c, ADD, "1", body);
    CHECK_CODE(c, 200);
    CHECK_TEXT(client_between(c, "\"reference\":\"", "\""), reference);
    call(c, ADD, "1", document(ctx, "guide.txt", "T3RoZXIgd29yZHMuCg=="));
    CHECK(c->code == 422 && client_has(c, "used before"));
    call(c, ADD, "1", document(ctx, "other.txt", base64(ctx, text)));
    CHECK(c->code == 422 && client_has(c, "used before"));
    CHECK(documents(c) == 1 && waiting_files(ctx) == 0);
    client_get(c, mem_format(ctx->mem, "/resources/%s", reference));
    CHECK(client_has(c, "Download the document (plain text"));
}

TEST(a_file_in_json_that_will_not_do_is_a_problem_of_its_field)
{
    struct web_client *c = editor(ctx);
    size_t bytes = UPLOAD_BYTES + 1;
    char *large = mem_bytes(ctx->mem, bytes + 1);
    memset(large, 'a', bytes);
    const struct {
        const char *name, *content, *says;
    } wrong[] = {
        {"guide.txt", "not base64!", "send its content in base64"},
        {"guide.txt", "YWJj\\nZGVm", "send its content in base64"},
        {"guide.txt", "", "empty"},
        {"guide.jpg", "QSBndWlkZS4K", "holds something else"},
        {"guide.exe", "QSBndWlkZS4K", "must be a PDF"},
        {"guide.txt", base64(ctx, (struct text_span){large, bytes}), "smaller than 10MB"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        call(c, ADD, "2", document(ctx, wrong[i].name, wrong[i].content));
        CHECK_CODE(c, 422);
        const char *problem = client_between(c, "\"field\":\"document\",\"detail\":\"", "\"");
        if (strstr(problem, wrong[i].says) == NULL)
            fail_msg("%zu: %s", i, c->body);
    }
    call(c, ADD, "2", "{\"document\":{\"name\":\"a.txt\",\"content\":\"x\"}}");
    CHECK(c->code == 422 && client_has(c, "\"field\":\"title\"") && client_has(c, "base64"));
    CHECK(documents(c) == 0 && waiting_files(ctx) == 0);
}

/* Signs between values are few, files or not: what is parsed takes many times its bytes. */
TEST(a_json_body_of_many_values_is_refused_before_it_is_parsed)
{
    struct web_client *c = editor(ctx);
    size_t bytes = 3 * 1000 * 1000;
    char *many = mem_bytes(ctx->mem, bytes + 1);
    memset(many, ',', bytes);
    call(c, ADD, "3", mem_format(ctx->mem, "{\"a\":[0%s]}", many));
    CHECK_CODE(c, 400);
    memset(many, 'a', bytes);
    call(c, ADD, "3", mem_format(ctx->mem, "{\"a\":\"%s\"}", many));
    CHECK_CODE(c, 400); /* too long for a text */
    client_post_json(c, "/privacy/ask", mem_format(ctx->mem, "{\"what\":\"%s\"}", many));
    CHECK_CODE(c, 413); /* takes no files */
}

TEST(a_call_with_a_file_that_fails_at_any_store_call_adds_nothing)
{
    struct web_client *c = editor(ctx);
    const char *body = document(ctx, "guide.txt", "QSBndWlkZS4K");
    for (int nth = 1;; nth++) {
        CHECK(nth < 200);
        store_fail_on_call(ctx->store, nth);
        call(c, ADD, "4", body);
        store_fail_on_call(ctx->store, 0);
        if (c->code == 201)
            break;
        CHECK(c->code >= 500 || c->code == 422 || c->code == 403);
        CHECK(documents(c) == 0);
    }
    CHECK(documents(c) == 1);
}

static const char *study_of(struct ctx *ctx, const char *jpeg, const char *shown_in)
{
    return mem_format(
        ctx->mem,
        "{\"organisation\":\"R0A\",\"title\":\"T\",\"summary\":\"S\",\"stage\":\"get-in\","
        "\"pillar\":\"widening-access\",\"intentions\":[\"tfc-1\"],\"problem\":\"P\",\"done\":"
        "\"D\","
        "\"result\":\"R\",\"evidence\":\"1\",\"contact\":\"C\",\"contact_email\":"
        "\"c@trust.example\",\"author_name\":\"A\",\"email\":\"a@trust.example\",\"pictures\":["
        "{\"picture\":{\"name\":\"a.jpg\",\"content\":\"%s\"},\"alternative\":\"A ward\","
        "\"shows_people\":false},{\"picture\":{\"name\":\"b.jpg\",\"content\":\"%s\"},"
        "\"alternative\":\"A pupil\",\"shows_people\":true}],\"people\":[{\"name\":\"Kim\","
        "\"age\":\"grown\",\"way\":\"email\",\"email\":\"kim@home.example\",\"pictures\":[\"%s\"]}]"
        "}",
        jpeg, jpeg, shown_in);
}

TEST(a_case_study_with_pictures_and_who_is_in_them_is_one_call)
{
    size_t count;
    struct casestudy_picture *pictures;
    help_demonstration(ctx, false);
    CHECK(directory_take_packs(ctx) == OK);
    struct web_client *c = web_client(ctx, &programme_app);
    const char *jpeg = base64(ctx, photo_test_jpeg(ctx, 64, 32, 1, "secret place"));
    call(c, "/case-studies/send", "5", study_of(ctx, jpeg, "1"));
    CHECK(c->code == 422 && client_has(c, "everybody who can be known in the picture “A pupil”"));
    CHECK(waiting_files(ctx) == 0);
    call(c, "/case-studies/send", "5", study_of(ctx, jpeg, "2"));
    CHECK_CODE(c, 201);
    struct casestudy study = casestudy_test_found(ctx, client_between(c, "\"reference\":\"", "\""));
    CHECK(casestudy_pictures_of(ctx, &study, &pictures, &count) == OK && count == 2);
    CHECK(pictures[0].is_free && !pictures[1].is_free && waiting_files(ctx) == 0);
}

TEST(a_form_that_is_no_journey_takes_a_file_from_json_too)
{
    struct web_client *c = editor(ctx);
    const char *jpeg = base64(ctx, photo_test_jpeg(ctx, 64, 32, 1, "secret place"));
    for (int i = 0; i < 2; i++) {
        client_post_json(c, "/desk/library/pictures",
                         mem_format(ctx->mem,
                                    "{\"alt\":\"A ward\",\"file\":{\"name\":\"a.jpg\","
                                    "\"content\":\"%s\"}}",
                                    i == 0 ? "%" : jpeg));
        CHECK_CODE(c, i == 0 ? 422 : 303);
        CHECK(i == 1 || (client_has(c, "\"field\":\"file\"") && client_has(c, "base64")));
    }
}
