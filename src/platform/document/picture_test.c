/* SPDX-License-Identifier: MIT */
/* picture_test.c - what a picture of words promises. */
#include "platform/document/picture.h"

#include "platform/base/test.h"

static const char long_name[] =
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch and Districts Community, Mental "
    "Health, Learning Disability and Children’s Services Partnership NHS Foundation Trust";

static struct picture_words words(const char *text)
{
    return (struct picture_words){.text = text,
                                  .colour = "#ffffff",
                                  .is_bold = true,
                                  .size_px = 60,
                                  .least_px = 20,
                                  .box = {10, 10, 600, 200}};
}

static struct text_span drawn(struct ctx *ctx, const char *text)
{
    struct text_span out;
    const struct picture_words wanted = words(text);
    struct picture *picture = picture_begin(ctx, 620, 220, "#0b5563");
    CHECK(picture_write(picture, &wanted) <= wanted.box.height);
    CHECK(picture_end(picture, &out) == OK);
    return out;
}

TEST(the_same_words_make_the_same_picture)
{
    struct text_span one = drawn(ctx, "A trust"), same = drawn(ctx, "A trust");
    struct text_span other = drawn(ctx, "B trust");
    CHECK(one.length_bytes > 100 && memcmp(one.bytes, "\x89PNG\r\n\x1A\n", 8) == 0);
    CHECK(one.length_bytes == same.length_bytes &&
          memcmp(one.bytes, same.bytes, one.length_bytes) == 0);
    CHECK(one.length_bytes != other.length_bytes ||
          memcmp(one.bytes, other.bytes, one.length_bytes) != 0);
}

TEST(a_long_name_in_any_script_stays_in_its_box)
{
    static const char *const names[] = {
        long_name,
        "Gorwelion Newydd – Ymddiriedolaeth",
        "مستشفى الأمل الجامعي للصحة والرعاية",
        "東京都立病院機構東京都立病院機構東京都立病院機構東京都立病院機構東京都立病院機構",
        "X",
        "\xff\xfe broken",
        ""};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        drawn(ctx, names[i]); /* which checks the height */
}

TEST(lines_are_no_wider_than_asked_and_the_last_says_that_there_is_more)
{
    struct picture_line lines[3];
    struct picture_words wanted = words(long_name);
    int count;
    wanted.size_px = 20;
    wanted.box.width = 200;
    picture_lines(ctx, &wanted, 3, lines, &count);
    CHECK(count == 3);
    for (int i = 0; i < count; i++)
        CHECK(lines[i].width_px > 0 && lines[i].width_px <= 200);
    CHECK(text_ends(lines[2].text, "…"));
    wanted.text = "A trust";
    picture_lines(ctx, &wanted, 3, lines, &count);
    CHECK(count == 1);
    CHECK_TEXT(lines[0].text, "A trust");
}

TEST(a_word_is_set_smaller_before_it_is_broken)
{
    struct picture_words wanted = words("Llanfairpwllgwyngyllgogerych");
    struct picture *picture = picture_begin(ctx, 620, 220, "#0b5563");
    CHECK(picture_height(picture, &wanted) < wanted.size_px); /* one line, and a smaller one */
    CHECK(picture_height(picture, &wanted) == picture_write(picture, &wanted));
    wanted.box.width = 120; /* not even at the least size */
    CHECK(picture_height(picture, &wanted) > 2 * wanted.least_px);
}

TEST(a_letter_that_no_font_has_is_left_out)
{
    struct text_span with = drawn(ctx, "Come \U0010FFFD in\U0010FFFD"),
                     without = drawn(ctx, "Come in");
    CHECK(with.length_bytes == without.length_bytes &&
          memcmp(with.bytes, without.bytes, with.length_bytes) == 0);
    drawn(ctx, "\U0010FFFD"); /* there is nothing else */
}
