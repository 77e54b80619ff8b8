/* SPDX-License-Identifier: MIT */
/* picture_shared_test.c - what a picture beside a shared address promises. */
#include "platform/document/picture_shared.h"

#include "platform/base/test.h"

#include <cairo.h>
#include <string.h>

enum { WIDTH = PICTURE_SHARED_WIDTH_PX, HEIGHT = PICTURE_SHARED_HEIGHT_PX };

/* Words of 200 letters and of few, in many scripts. */
static const char *const odd[] = {
    "X",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "Gwasanaeth gofal ŵyl a thŷ i’r teulu: sut y gwnaethom agor drysau i bobl ifanc ym mhob "
    "cwr o’r wlad, ac i’w rhieni a’u gofalwyr hwythau, heb ofyn am ddim ond eu hamser ac ychydig "
    "o amynedd eto",
    "Zażółć gęślą jaźń",
    "مستشفى الأمل الجامعي للصحة والرعاية يفتح أبوابه للشباب من جميع الخلفيات ليجدوا طريقهم إلى "
    "العمل في الصحة والرعاية مع فرق تستمع إليهم وتساعدهم كل يوم من الأسبوع في كل مدينة وقرية في "
    "البلاد كلها",
    "עבודה ראשונה במחלקה",
    "🎉 Come 👩🏽‍⚕️ and see "
    "🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥🏥",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"
    "WW",
    "語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語"
    "語"
    "語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語"
    "語",
    "\xff\xfe broken\nand in two lines",
    ""};

struct reading {
    struct text_span left;
};

static cairo_status_t give(void *arg, unsigned char *bytes, unsigned length)
{
    struct reading *reading = arg;
    if (reading->left.length_bytes < length)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(bytes, reading->left.bytes, length);
    reading->left.bytes += length;
    reading->left.length_bytes -= length;
    return CAIRO_STATUS_SUCCESS;
}

static uint32_t pixel(cairo_surface_t *surface, int x, int y)
{
    uint32_t value;
    memcpy(&value,
           cairo_image_surface_get_data(surface) +
               (ptrdiff_t)y * cairo_image_surface_get_stride(surface) + (ptrdiff_t)x * 4,
           sizeof value);
    return value & 0xffffff;
}

/* Whether all of a box is the ground: nothing was written there. */
static bool is_bare(cairo_surface_t *surface, int x, int y, int width, int height)
{
    uint32_t ground = pixel(surface, WIDTH - 1, 0);
    for (int down = y; down < y + height; down++)
        for (int right = x; right < x + width; right++)
            if (pixel(surface, right, down) != ground)
                return false;
    return true;
}

/* Every word is inside its margins, above the rule or below it. */
static void check_margins(struct ctx *ctx, const struct picture_shared *shared)
{
    struct text_span bytes;
    CHECK(picture_shared_draw(ctx, shared, &bytes) == OK);
    struct reading reading = {bytes};
    cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(give, &reading);
    CHECK(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS);
    CHECK(cairo_image_surface_get_width(surface) == WIDTH);
    CHECK(cairo_image_surface_get_height(surface) == HEIGHT);
    bool fits = is_bare(surface, 24, 0, WIDTH - 24, 64) && is_bare(surface, 24, 0, 44, HEIGHT) &&
                is_bare(surface, WIDTH - 68, 0, 68, HEIGHT) &&
                is_bare(surface, 24, 512, WIDTH - 24, 10) &&
                is_bare(surface, 24, HEIGHT - 36, WIDTH - 24, 36);
    cairo_surface_destroy(surface);
    if (!fits)
        fail_msg("\"%s\" does not fit", shared->title);
}

TEST(words_of_any_length_and_script_stay_inside_the_margins)
{
    size_t count = sizeof odd / sizeof odd[0];
    for (size_t i = 0; i < count; i++)
        check_margins(ctx, &(const struct picture_shared){
                               .kind = "News", .title = odd[i], .line = "9 March 2026"});
    for (size_t i = 0; i < count; i += 4) /* many of them at once */
        check_margins(ctx, &(const struct picture_shared){.kind = odd[i],
                                                          .title = odd[(i + 1) % count],
                                                          .line = odd[(i + 2) % count],
                                                          .second_line = odd[(i + 3) % count],
                                                          .is_over = true});
}

TEST(the_same_words_make_the_same_bytes_and_other_words_others)
{
    struct text_span one, same, other;
    struct picture_shared shared = {.kind = "Event", .title = "Meet us", .line = "Monday"};
    CHECK(picture_shared_draw(ctx, &shared, &one) == OK);
    CHECK(picture_shared_draw(ctx, &shared, &same) == OK);
    CHECK(one.length_bytes == same.length_bytes &&
          memcmp(one.bytes, same.bytes, one.length_bytes) == 0);
    shared.second_line = "Leeds";
    CHECK(picture_shared_draw(ctx, &shared, &other) == OK);
    CHECK(one.length_bytes != other.length_bytes ||
          memcmp(one.bytes, other.bytes, one.length_bytes) != 0);
}

TEST(what_a_picture_says_is_read_aloud_as_sentences)
{
    struct picture_shared shared = {
        .kind = "Event", .title = "Who are we?", .line = "Monday", .second_line = "Leeds"};
    CHECK_TEXT(picture_shared_words(ctx->mem, &shared), "Event: Who are we? Monday. Leeds.");
    shared.line = shared.second_line = NULL;
    CHECK_TEXT(picture_shared_words(ctx->mem, &shared), "Event: Who are we?");
}
