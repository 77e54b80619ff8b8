/* SPDX-License-Identifier: MIT */
/* programme_resource_test.c - documents in a browser: readers, downloads, editors. */
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"
#include "programme/programme.h"
#include "programme/resource/resource.sql.h"
#include "programme/resource/resource_test_help.h"

static struct web_client *editor(struct ctx *ctx)
{
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, help_person(ctx, "editor@nhs.example", "editor"));
    client_token(c);
    return c;
}

static const char *published(struct ctx *ctx, const char *accessible)
{
    struct resource_draft draft = resource_test_draft(ctx, 1);
    draft.accessible = accessible;
    return resource_test_publish(ctx, &draft);
}

/* ---- readers ---- */

TEST(the_page_of_a_document_says_what_one_gets)
{
    struct web_client *c = web_client(ctx, &programme_app);
    const char *reference = published(ctx, "itself");
    client_get(c, mem_format(ctx->mem, "/resources/%s", reference));
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Download the document (plain text, 4 KB)"));
    CHECK(client_has(c, "In English.") && client_has(c, "Works with a screen reader."));
    CHECK(!client_has(c, "No accessible version yet"));
    CHECK(client_has(c, "9 March 2027")); /* the next check */
    client_get(c, "/resources?q=experience&language=en&format=.txt&accessible=1&stage=get-ready");
    CHECK(client_has(c, "Work experience in a week"));
    client_get(c, "/resources?language=cy");
    CHECK_CODE(c, 200);
    CHECK(!client_has(c, "Work experience in a week"));
    client_get(c, "/resources.json");
    CHECK(client_has(c, "\"is_accessible\":1"));
    client_get(c, "/resources.csv");
    CHECK(client_has(c, reference));
}

TEST(where_there_is_no_accessible_version_the_page_says_so_and_whom_to_ask)
{
    struct web_client *c = web_client(ctx, &programme_app);
    const char *reference = published(ctx, "none");
    client_get(c, mem_format(ctx->mem, "/resources/%s", reference));
    CHECK(client_has(c, "No accessible version yet"));
    CHECK(client_has(
        c, mem_format(ctx->mem, "give the number <span class=\"app-reference\">%s<", reference)));
    CHECK(client_has(c, "mailto:") || client_has(c, "href=\"/contact\""));
    client_get(c, "/resources");
    CHECK(client_has(c, "No accessible version yet."));
}

TEST(an_earlier_version_can_be_read_and_says_that_it_is_one)
{
    struct web_client *c = web_client(ctx, &programme_app);
    const char *reference = published(ctx, "itself");
    struct resource_draft next = resource_test_draft(ctx, 2);
    next.reference = reference;
    resource_test_publish(ctx, &next);
    client_get(c, mem_format(ctx->mem, "/resources/%s/1", reference));
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "This is an earlier version."));
    client_get(c, mem_format(ctx->mem, "/resources/%s/1/1", reference));
    CHECK(strncmp(c->body, "Guide 1,", 8) == 0);
    static const char *const wrong[] = {"/3",   "/0",   "/x",   "/-1",
                                        "/1/2", "/1/x", "/1/0", "/99999999999999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        client_get(c, mem_format(ctx->mem, "/resources/%s%s", reference, wrong[i]));
        CHECK_CODE(c, 404);
    }
}

/* ---- downloads ---- */

static int64_t downloads(struct ctx *ctx, const char *reference)
{
    struct resource resource;
    struct resource_past *past;
    size_t count;
    CHECK(resource_open(ctx, reference, 0, &resource) == OK);
    CHECK(resource_history(ctx, &resource, &past, &count) == OK && count == 1);
    return past[0].downloads;
}

TEST(a_download_counts_once_however_it_is_fetched)
{
    struct web_client *c = web_client(ctx, &programme_app);
    const char *reference = published(ctx, "itself");
    const char *path = mem_format(ctx->mem, "/resources/%s/1/1", reference);
    client_get(c, path);
    CHECK_CODE(c, 200);
    CHECK(strstr(client_header(c, "content-disposition"), "guide.txt") != NULL);
    CHECK(downloads(ctx, reference) == 1);
    const char *etag = client_header(c, "etag");

    client_head(c, path); /* only a look */
    client_set_header(c, "If-None-Match", etag);
    client_get(c, path); /* has it already */
    CHECK_CODE(c, 304);
    client_set_header(c, "If-None-Match", NULL);
    CHECK(downloads(ctx, reference) == 1);

    static const char *const ranges[] = {"bytes=0-1", "bytes=0-1499", "bytes=1500-2999",
                                         "bytes=3000-", "bytes=99999-"};
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        client_set_header(c, "Range", ranges[i]);
        client_get(c, path);
        CHECK_CODE(c, i < 4 ? 206 : 416);
    }
    CHECK(downloads(ctx, reference) == 2);
}

TEST(a_download_that_cannot_be_counted_is_given_all_the_same)
{
    struct web_client *c = web_client(ctx, &programme_app);
    const char *reference = published(ctx, "itself");
    const char *path = mem_format(ctx->mem, "/resources/%s/1/1", reference);
    client_get(c, path);
    int calls = (int)c->store_calls;
    store_fail_on_call(ctx->store, calls); /* the last one counts */
    client_get(c, path);
    store_fail_on_call(ctx->store, 0);
    CHECK_CODE(c, 200);
    CHECK(c->body_bytes > 3000);
    CHECK(downloads(ctx, reference) == 1);
}

TEST(a_withdrawn_document_is_gone_and_says_why)
{
    struct web_client *c = editor(ctx), *reader = client_other(c);
    const char *reference = published(ctx, "itself");
    const char *desk = mem_format(ctx->mem, "/desk/resources/%s", reference);
    client_post(c, mem_format(ctx->mem, "%s/withdraw", desk), "reason", "", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Enter why it is withdrawn"));
    client_post(c, mem_format(ctx->mem, "%s/withdraw", desk), "reason", "The law has changed.",
                NULL);
    CHECK_CODE(c, 303);
    static const char *const paths[] = {"", "/1", "/1/1"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        client_get(reader, mem_format(ctx->mem, "/resources/%s%s", reference, paths[i]));
        CHECK_CODE(reader, 410);
        CHECK(client_has(reader, "The law has changed."));
        CHECK(!client_has(reader, "Guide 1,"));
    }
    client_get(c, mem_format(ctx->mem, "%s/edit", desk));
    CHECK_CODE(c, 404);
    client_get(c, desk);
    CHECK(client_has(c, "Give it out again"));
    client_post(c, mem_format(ctx->mem, "%s/restore", desk), NULL);
    client_get(reader, mem_format(ctx->mem, "/resources/%s", reference));
    CHECK_CODE(reader, 200);
}

/* ---- editors ---- */

TEST(an_editor_adds_a_document_by_a_journey_that_keeps_what_was_sent)
{
    struct web_client *c = editor(ctx);
    static const struct client_file file = {"document", "Guide.txt", "text/plain",
                                            "Words of a guide.\n", 18};
    client_post(c, "/desk/resources/add", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    const char *step = c->location;
    client_post(c, step, "title", "", "summary", "For all.", "kind", "guide", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Enter the title") && client_has(c, "For all."));
    client_post(c, step, "title", "A guide", "summary", "For all.", "kind", "guide", NULL);
    CHECK_CODE(c, 303);
    step = c->location;
    client_upload(c, step, &file, "language", "", "accessible", "itself", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Choose its language") && client_has(c, "Guide.txt")); /* it is kept */
    client_post(c, step, "language", "cy", "accessible", "itself", NULL);
    CHECK_CODE(c, 303);
    step = c->location;
    client_post(c, step, "review_on-day", "1", "review_on-month", "2", "review_on-year", "2020",
                NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "still to come") && client_has(c, "value=\"2020\""));
    client_post(c, step, "review_on-day", "1", "review_on-month", "2", "review_on-year", "2027",
                NULL);
    const char *check = c->location;
    client_follow(c);
    client_post(c, check, NULL);
    CHECK_CODE(c, 303);
    client_get(c, "/resources?language=cy");
    CHECK(client_has(c, "A guide"));
}

TEST(a_new_version_begins_with_the_words_of_the_last)
{
    struct web_client *c = editor(ctx);
    const char *reference = published(ctx, "itself");
    client_post(c, mem_format(ctx->mem, "/desk/resources/%s/version", reference), NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    client_follow(c);
    CHECK(strstr(c->path, "/document") != NULL); /* what it is stands already */
    CHECK(!client_has(c, "There is a problem"));
    client_post(c, mem_format(ctx->mem, "/desk/resources/%s/file", reference), NULL);
    CHECK_CODE(c, 303);
    client_get(c, "/desk/resources/file");
    CHECK_CODE(c, 200);
}

TEST(the_second_of_two_editors_is_told_and_loses_nothing)
{
    struct web_client *c = editor(ctx);
    const char *reference = published(ctx, "itself");
    const char *edit = mem_format(ctx->mem, "/desk/resources/%s/edit", reference);
#define REST                                                                                       \
    "summary", "For wards.", "kind", "guide", "review_on-day", "1", "review_on-month", "2",        \
        "review_on-year", "2027", NULL
    client_get(c, edit);
    const char *seen = client_between(c, "name=\"seen\" value=\"", "\"");
    client_post(c, edit, "seen", seen, "title", "Hers", REST);
    CHECK_CODE(c, 303);
    client_post(c, edit, "seen", seen, "title", "His", REST);
    CHECK_CODE(c, 409);
    CHECK(client_has(c, "Somebody else changed this") && client_has(c, "value=\"His\"") &&
          client_has(c, ">Hers<"));
    client_post(c, edit, "seen", client_between(c, "name=\"seen\" value=\"", "\""), "title", "His",
                REST);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "His"));
    client_post(c, edit, "seen", "rubbish", "title", "", REST);
    CHECK_CODE(c, 422);
#undef REST
}

TEST(a_document_that_is_still_right_leaves_the_desk)
{
    struct web_client *c = editor(ctx);
    const char *reference = published(ctx, "itself");
    const char *check = mem_format(ctx->mem, "/desk/resources/%s/check", reference);
    ctx->now_secs += (int64_t)366 * 86400;
    client_sign_in(c, help_person(ctx, "editor@nhs.example", "editor"));
    client_get(c, "/desk/resources?due=due");
    CHECK(client_has(c, "Work experience in a week"));
    client_get(c, check);
    client_post(c, check, "review_on-day", "", "review_on-month", "", "review_on-year", "", NULL);
    CHECK_CODE(c, 422);
    client_post(c, check, "review_on-day", "1", "review_on-month", "2", "review_on-year", "2028",
                NULL);
    CHECK_CODE(c, 303);
    client_get(c, "/desk/resources?due=due");
    CHECK(!client_has(c, "Work experience in a week"));
    client_get(c, "/desk/resources/downloads.csv");
    CHECK_CODE(c, 200);
}

/* ---- a file that should not have been given out ---- */

TEST(one_file_is_taken_away_for_good_and_the_rest_stays)
{
    struct web_client *c = editor(ctx);
    struct web_client *reader = web_client(ctx, &programme_app);
    const char *reference = published(ctx, "itself");
    struct resource_draft next = resource_test_draft(ctx, 2);
    next.reference = reference;
    resource_test_publish(ctx, &next);
    const char *desk = mem_format(ctx->mem, "/desk/resources/%s/versions/1", reference);
    const char *remove = mem_join(ctx->mem, desk, "/files/1/remove", "");
    const char *file = mem_format(ctx->mem, "/resources/%s/1/1", reference);
    client_get(c, desk);
    CHECK(client_has(c, remove) && client_has(c, "guide.txt"));
    client_get(c, remove);
    CHECK(client_has(c, "Nobody can bring it back"));
    client_get(reader, file);
    CHECK_CODE(reader, 200); /* asking takes nothing away */
    client_post(c, remove, "reason", "", NULL);
    CHECK_CODE(c, 422);
    for (int i = 0; i < 2; i++) {
        client_post(c, remove, "reason", "It named Ada", NULL);
        CHECK_CODE(c, 303);
    }
    client_get(reader, file);
    CHECK_CODE(reader, 410);
    CHECK(client_has(reader, "This file was taken away") && !client_has(reader, "named Ada"));
    client_get(reader, mem_format(ctx->mem, "/resources/%s/1", reference));
    CHECK_CODE(reader, 200);
    CHECK(client_has(reader, "A file was taken away on") && !client_has(reader, "named Ada"));
    CHECK(!client_has(reader, "No accessible version yet")); /* there is none of any kind */
    client_get(reader, mem_format(ctx->mem, "/resources/%s/2/1", reference));
    CHECK_CODE(reader, 200);
    client_get(c, desk);
    CHECK(!client_has(c, "guide.txt") && client_has(c, "Taken away on"));
    client_get(c, mem_join(ctx->mem, desk, "/files/2/remove", ""));
    CHECK_CODE(c, 404);
    client_get(reader, "/resources?format=.txt");
    CHECK(client_has(reader, reference)); /* of the newest version */
    client_post(c, mem_format(ctx->mem, "/desk/resources/%s/versions/2/files/1/remove", reference),
                "reason", "Wrong file", NULL);
    client_get(reader, "/resources?format=.txt");
    CHECK(!client_has(reader, reference));
}
