/* SPDX-License-Identifier: MIT */
/* answers_test.c - whatever shape it is sent in, the same pairs come out; junk does not. */
#include "platform/web/answers.h"

#include "platform/base/test.h"

#include <stdio.h>

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static enum status urlencoded(struct ctx *ctx, const char *text, struct form_answers *out)
{
    return answers_from_urlencoded(ctx, text, strlen(text), out);
}

static enum status json(struct ctx *ctx, const char *text, struct form_answers *out)
{
    return answers_from_json(ctx, text, strlen(text), out);
}

static enum status multipart(struct ctx *ctx, const char *body, struct form_answers *out)
{
    return answers_from_multipart(ctx, "multipart/form-data; boundary=XX", body, strlen(body), out);
}

TEST(urlencoded_pairs_come_out_as_typed)
{
    struct form_answers sent = {0};
    CHECK(urlencoded(ctx, "name=Zo%C3%AB+M&&text=one%0D%0Atwo&empty=&flag&a=1&a=2", &sent) == OK);
    CHECK(sent.count == 6);
    CHECK_TEXT(answers_get(&sent, "name"), "Zo\xC3\xAB M");
    CHECK_TEXT(answers_get(&sent, "text"), "one\ntwo");
    CHECK(answers_has(&sent, "empty") && answers_has(&sent, "flag"));
    CHECK_TEXT(answers_get(&sent, "a"), "1");
    CHECK_TEXT(sent.items[5].value, "2");
    CHECK_TEXT(answers_get(&sent, "absent"), "");
    CHECK(answers_find(&sent, "absent") == NULL);
}

TEST(urlencoded_junk_is_refused_and_what_stood_before_it_is_kept)
{
    const char *const junk[] = {"ok=1&a=%",     "ok=1&a=%4",    "ok=1&a=%zz", "ok=1&a=%00",
                                "ok=1&a=x%00y", "ok=1&a=%ff",   "ok=1&a=%c3", "ok=1&a=%ed%a0%80",
                                "ok=1&%00=a",   "ok=1&a=%c0%af"};
    for (size_t i = 0; i < COUNT_OF(junk); i++) {
        struct form_answers sent = {0};
        ctx->fault = NULL;
        CHECK(urlencoded(ctx, junk[i], &sent) == ERR_INVALID);
        CHECK(ctx->fault != NULL);
        CHECK(sent.count == 1);
        CHECK_TEXT(answers_get(&sent, "ok"), "1");
    }
}

TEST(a_control_character_from_a_word_processor_loses_nothing)
{
    struct form_answers sent = {0};
    CHECK(urlencoded(ctx, "a=one%0Btwo&b=x%07y&c=x%7Fy", &sent) == OK);
    CHECK_TEXT(answers_get(&sent, "a"), "one\ntwo");
    CHECK_TEXT(answers_get(&sent, "b"), "x y");
    CHECK_TEXT(answers_get(&sent, "c"), "x y");
}

TEST(there_is_a_limit_to_pairs_names_and_values)
{
    struct form_answers sent = {0};
    char *many = mem_bytes(ctx->mem, 4 * (size_t)ANSWERS_COUNT_MAX + 5);
    for (int i = 0; i <= ANSWERS_COUNT_MAX; i++)
        memcpy(many + 4 * i, "a=1&", 4);
    CHECK(urlencoded(ctx, many, &sent) == ERR_INVALID);
    CHECK(sent.count == ANSWERS_COUNT_MAX);

    sent = (struct form_answers){0};
    char *name = mem_bytes(ctx->mem, ANSWERS_NAME_BYTES_MAX + 2);
    memset(name, 'n', ANSWERS_NAME_BYTES_MAX);
    CHECK(urlencoded(ctx, name, &sent) == OK);
    name[ANSWERS_NAME_BYTES_MAX] = 'n';
    CHECK(urlencoded(ctx, name, &sent) == ERR_INVALID);

    char *value = mem_bytes(ctx->mem, ANSWERS_VALUE_BYTES_MAX + 4);
    memset(value, 'v', ANSWERS_VALUE_BYTES_MAX + 3);
    memcpy(value, "a=", 2);
    sent = (struct form_answers){0};
    CHECK(urlencoded(ctx, value, &sent) == ERR_INVALID);
    CHECK(answers_from_urlencoded(ctx, value, ANSWERS_VALUE_BYTES_MAX + 2, &sent) == OK);
}

TEST(removing_takes_a_name_and_its_parts_and_no_other)
{
    struct form_answers sent = {0};
    CHECK(urlencoded(ctx, "on=1&on-day=2&on-month=3&only=4&on=5&b=6", &sent) == OK);
    answers_remove(&sent, "on");
    CHECK(sent.count == 2);
    CHECK_TEXT(answers_get(&sent, "only"), "4");
    CHECK_TEXT(answers_get(&sent, "b"), "6");
}

TEST(packed_answers_come_back_the_same)
{
    struct form_answers sent = {0}, back = {0};
    answers_add(ctx->mem, &sent, "name", "\"quote\" \\ \n Zo\xC3\xAB \xF0\x9F\x98\x80");
    answers_add(ctx->mem, &sent, "empty", "");
    answers_add(ctx->mem, &sent, "name", "twice");
    const char *packed = answers_pack(ctx->mem, &sent);
    CHECK(strchr(packed, '\n') == NULL);
    CHECK(answers_unpack(ctx, packed, &back) == OK);
    CHECK(back.count == 3);
    for (size_t i = 0; i < back.count; i++) {
        CHECK_TEXT(back.items[i].name, sent.items[i].name);
        CHECK_TEXT(back.items[i].value, sent.items[i].value);
    }
    CHECK_TEXT(answers_pack(ctx->mem, &(struct form_answers){0}), "[]");
}

TEST(saved_answers_that_are_no_pairs_are_refused)
{
    const char *const junk[] = {"", "{}", "[1]", "[[\"a\"]]", "[[\"a\",1]]", "[[", "null"};
    for (size_t i = 0; i < COUNT_OF(junk); i++) {
        struct form_answers back = {0};
        CHECK(answers_unpack(ctx, junk[i], &back) == ERR_INVALID);
    }
}

TEST(json_members_become_the_names_of_a_form)
{
    struct form_answers sent = {0};
    CHECK(json(ctx,
               "{\"name\":\"A\",\"yes\":true,\"no\":false,\"n\":12,\"r\":0.1,\"nothing\":null,"
               "\"several\":[\"a\",\"b\"],\"day\":{\"year\":2026},"
               "\"actions\":[{\"measure\":\"m0\"},{\"measure\":\"m1\",\"days\":{\"first\":1}}]}",
               &sent) == OK);
    CHECK_TEXT(answers_get(&sent, "name"), "A");
    CHECK_TEXT(answers_get(&sent, "yes"), "yes");
    CHECK_TEXT(answers_get(&sent, "no"), "no");
    CHECK_TEXT(answers_get(&sent, "n"), "12");
    CHECK_TEXT(answers_get(&sent, "r"), "0.1");
    CHECK(!answers_has(&sent, "nothing"));
    CHECK_TEXT(answers_get(&sent, "day-year"), "2026");
    CHECK_TEXT(answers_get(&sent, "actions-0-measure"), "m0");
    CHECK_TEXT(answers_get(&sent, "actions-1-measure"), "m1");
    CHECK_TEXT(answers_get(&sent, "actions-1-days-first"), "1");
    CHECK_TEXT(sent.items[5].name, "several");
    CHECK_TEXT(sent.items[6].value, "b");
}

TEST(json_junk_is_refused_with_a_place)
{
    const char *const junk[] = {
        "",
        "[]",
        "1",
        "{",
        "{\"a\":}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\":\"\xff\"}",
        "{\"a\":[[1]]}",
        "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}",
        "{\"a\":1} x",
        "{\"a\":99999999999999999999999}",
        "{\"\\u0000\":1}",
    };
    for (size_t i = 0; i < COUNT_OF(junk); i++) {
        struct form_answers sent = {0};
        ctx->fault = NULL;
        CHECK(json(ctx, junk[i], &sent) == ERR_INVALID);
        CHECK(ctx->fault != NULL);
    }
    char *deep = mem_bytes(ctx->mem, 200001);
    memset(deep, '[', 200000);
    struct form_answers sent = {0};
    CHECK(json(ctx, deep, &sent) == ERR_INVALID);
}

TEST(multipart_gives_fields_and_files)
{
    const char *body = "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\ntwo\r\n"
                       "--XX\r\ncontent-disposition: form-data; name=\"doc\"; "
                       "filename=\"my %22plan%22.pdf\"\r\n"
                       "Content-Type: application/pdf\r\n\r\n%PDF\r\n--X\r\n"
                       "--XX\r\nContent-Disposition: form-data; name=\"none\"; filename=\"\"\r\n"
                       "Content-Type: application/octet-stream\r\n\r\n\r\n"
                       "--XX--\r\n";
    struct form_answers sent = {0};
    CHECK(multipart(ctx, body, &sent) == OK);
    CHECK(sent.count == 3);
    CHECK_TEXT(answers_get(&sent, "a"), "one\ntwo");
    const struct form_answer *file = answers_find(&sent, "doc");
    CHECK_TEXT(file->value, "my \"plan\".pdf");
    CHECK_TEXT(file->file_type, "application/pdf");
    CHECK(file->file_bytes == 9 && memcmp(file->file, "%PDF\r\n--X", 9) == 0);
    CHECK(answers_find(&sent, "none")->file == NULL);
    CHECK_TEXT(answers_get(&sent, "none"), "");
}

TEST(a_file_may_hold_any_bytes)
{
    static const char body[] =
        "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n\0\xff\r\n\0"
        "\r\n--XX--";
    struct form_answers sent = {0};
    CHECK(answers_from_multipart(ctx, "multipart/form-data; boundary=\"XX\"", body, sizeof body - 1,
                                 &sent) == OK);
    CHECK(answers_find(&sent, "f")->file_bytes == 5);
}

TEST(multipart_junk_is_refused)
{
    const char *const junk[] = {
        "",
        "--XX",
        "--XX\r\n",
        "--XXX\r\n\r\n--XX--",
        "preamble\r\n--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--XX--",
        "--XX\r\n\r\nno head\r\n--XX--",
        "--XX\r\nContent-Type: text/plain\r\n\r\n1\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--",
        "--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\nnonsense\r\n\r\n1\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n",
        "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--XX",
        "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\n1\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\xff\"\r\n\r\n1\r\n--XX--",
        ("--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n"
         "Content-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n--XX--"),
    };
    for (size_t i = 0; i < COUNT_OF(junk); i++) {
        struct form_answers sent = {0};
        ctx->fault = NULL;
        if (multipart(ctx, junk[i], &sent) != ERR_INVALID)
            fail_msg("taken: %s", junk[i]);
        CHECK(ctx->fault != NULL);
    }
}

TEST(a_boundary_must_be_one)
{
    const char *const types[] = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=a\rb",
        "multipart/form-data; boundary=\"a \"",
        "multipart/form-data; boundary="
        "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggggg"
        "ggg1"};
    for (size_t i = 0; i < COUNT_OF(types); i++) {
        struct form_answers sent = {0};
        CHECK(answers_from_multipart(ctx, types[i], "--a\r\n", 5, &sent) == ERR_INVALID);
    }
}

TEST(a_multipart_body_cut_anywhere_is_refused_and_nothing_is_read_beyond_it)
{
    static const char body[] =
        "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"
        "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n2\r\n--XX--";
    for (size_t bytes = 0; bytes < sizeof body - 1; bytes++) {
        struct form_answers sent = {0};
        char *cut = mem_copy(ctx->mem, body, bytes);
        CHECK(answers_from_multipart(ctx, "multipart/form-data; boundary=XX", cut, bytes, &sent) ==
              ERR_INVALID);
    }
}
