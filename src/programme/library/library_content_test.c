/* SPDX-License-Identifier: MIT */
/* library_content_test.c - what a file of a pack must be; and our own are easy to read. */
#include "platform/base/test.h"

#include "platform/store/store.h"
#include "programme/library/library_internal.h"
#include "programme/links/links_test_help.h"

static void check_front(struct ctx *ctx, const char *text, const char *wanted)
{
    struct library_draft draft;
    ctx->fault = NULL;
    CHECK(library_front_read(ctx, "x.md", text, strlen(text), &draft) == ERR_INVALID);
    if (strstr(ctx->fault, wanted) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", ctx->fault, wanted);
    ctx->fault = NULL;
}

TEST(broken_front_matter_says_file_line_and_reason)
{
    check_front(ctx, "title: x\n", "x.md: line 1: the front matter begins");
    check_front(ctx, "---\ntitle: x\n", "does not end");
    check_front(ctx, "---\ntitle: x\nnonsense\n---\n",
                "line 3: is not \"name: value\": \"nonsense\"");
    check_front(ctx, "---\ntitel: x\n---\n",
                "line 2: is not a name of the front matter: \"titel\"");
    check_front(ctx, "---\ntitle: x\ntitle: y\n---\n", "line 3: stands twice: \"title\"");
    check_front(ctx, "---\nposition: one\n---\n", "is not a whole number");
    check_front(ctx, "---\n\xff\n---\n", "is not UTF-8");
    static const char text[] = "---\ntitle: One\n---\nwords";
    struct pack_file file = {"one.md", "One", text, sizeof text - 1};
    const struct pack pack = {
        .name = "content", .version = "1", .holds = "guidance", .files = &file, .file_count = 1};
    CHECK(library_pack_readers[0].check(ctx, &pack) == ERR_INVALID);
    CHECK(strstr(ctx->fault, "one.md: path: Enter an address") != NULL);
}

/* ---- our own words ---- */

enum { GRADE_MOST_TENTHS = 60 };

/* A reading age of about 11 is grade 6. */
TEST(our_own_pages_are_easy_to_read)
{
    struct library_line *lines;
    size_t count;
    int sum = 0, most = 0;
    CHECK(library_take_packs(ctx) == OK && library_take_packs(ctx) == OK);
    CHECK(library_live_list(ctx, &lines, &count) == OK && count >= 19);
    for (size_t i = 0; i < count; i++) {
        struct library_version version;
        int grade;
        CHECK(library_version_get(ctx, lines[i].id, 1, &version) == OK);
        CHECK(library_grade(ctx, version.draft.body, &grade) == OK);
        if (grade > GRADE_MOST_TENTHS)
            fail_msg("%s has grade %d.%d", lines[i].path, grade / 10, grade % 10);
        sum += grade;
        most = grade > most ? grade : most;
    }
    print_message("           reading grade of %zu pages: %.1f on average, %.1f at most\n", count,
                  sum / (double)count / 10, most / 10.0);
}

TEST(our_own_pages_lead_somewhere)
{
    size_t count;
    CHECK(library_take_packs(ctx) == OK && links_check(ctx) == OK);
    CHECK_TEXT(links_test_not_ok(ctx, &count), "");
    CHECK(count > 100);
}

TEST(the_grade_follows_the_length_of_words_and_sentences)
{
    int easy, hard;
    CHECK(library_grade(ctx, "The cat sat. It was fat.", &easy) == OK);
    CHECK(library_grade(ctx,
                        "Organisational accountability necessitates comprehensive documentation.",
                        &hard) == OK);
    CHECK(easy < 10 && hard > 200);
    /* 9 words, 1 sentence, 10 syllables: 0.39 * 9 + 11.8 * 10 / 9 - 15.59 = 1.03 */
    CHECK(library_grade(ctx, "We help people to get well in the town.", &easy) == OK);
    CHECK(easy == 10);
    CHECK(library_grade(ctx, "", &easy) == OK && easy == 0);
}
