/* SPDX-License-Identifier: MIT */
/* photo_test.c - what is left of a picture that somebody sent, and what is refused. */
#include "platform/document/photo.h"

#include "platform/base/test.h"
#include "platform/document/photo_test_help.h"
#include "platform/document/picture.h"
#include "platform/document/upload.h"

static bool holds(const struct text_span *bytes, const char *text)
{
    return memmem(bytes->bytes, bytes->length_bytes, text, strlen(text)) != NULL;
}

TEST(a_photo_keeps_nothing_of_where_it_was_taken_and_stands_upright)
{
    int width, height;
    const char *problem;
    struct photo photo;
    struct text_span sent = photo_test_jpeg(ctx, 40, 20, 6, "GPS 51.5 -0.1");
    CHECK(holds(&sent, "GPS 51.5") && holds(&sent, "Exif"));
    CHECK(photo_clean(ctx, "image/jpeg", sent, &photo, &problem) == OK);
    CHECK(!holds(&photo.bytes, "GPS 51.5") && !holds(&photo.bytes, "Exif"));
    CHECK(photo.width_px == 20 && photo.height_px == 40);
    CHECK(photo_measure(ctx, "image/jpeg", photo.bytes, &width, &height) == OK);
    CHECK(width == 20 && height == 40);
}

TEST(a_photo_of_each_orientation_shows_its_dark_corner_where_it_was_seen)
{
    /* The dark quarter is at the top left of what the camera's own program would show. */
    for (int orientation = 1; orientation <= 8; orientation++) {
        const char *problem;
        struct photo photo;
        struct text_span sent = photo_test_jpeg(ctx, 64, 32, orientation, "");
        CHECK(photo_clean(ctx, "image/jpeg", sent, &photo, &problem) == OK);
        CHECK(photo_test_corner(ctx, photo.bytes) == 0);
    }
}

TEST(a_large_photo_becomes_as_large_as_a_page_needs)
{
    const char *problem;
    struct photo photo;
    struct text_span sent = photo_test_jpeg(ctx, 4000, 100, 1, "");
    CHECK(photo_clean(ctx, "image/jpeg", sent, &photo, &problem) == OK);
    CHECK(photo.width_px <= PHOTO_EDGE_PX && photo.width_px > PHOTO_EDGE_PX / 2);
    struct picture *picture = picture_begin(ctx, 2400, 600, "#0b5563");
    CHECK(picture_end(picture, &sent) == OK);
    CHECK(photo_clean(ctx, "image/png", sent, &photo, &problem) == OK);
    CHECK(photo.width_px == PHOTO_EDGE_PX && photo.height_px == 300);
}

TEST(a_photo_that_is_damaged_or_far_too_large_is_refused_with_a_sentence)
{
    const char *problem = NULL;
    struct photo photo;
    struct text_span sent = photo_test_jpeg(ctx, 9601, 1, 1, "");
    CHECK(photo_clean(ctx, "image/jpeg", sent, &photo, &problem) == ERR_INVALID);
    CHECK(strstr(problem, "9,600 pixels") != NULL);
    ctx->fault = NULL;
    sent = photo_test_jpeg(ctx, 40, 40, 1, "");
    sent.length_bytes = 30;
    CHECK(photo_clean(ctx, "image/jpeg", sent, &photo, &problem) == ERR_INVALID);
    CHECK(strstr(problem, "damaged") != NULL);
    ctx->fault = NULL;
    CHECK(photo_clean(ctx, "image/png", (struct text_span){"\x89PNG", 4}, &photo, &problem) ==
          ERR_INVALID);
    CHECK(problem != NULL);
}

/* A few bytes that say: so large, in several scans, all of which have to be held. */
static struct text_span huge_in_scans(struct ctx *ctx, unsigned edge)
{
    struct text_span sent = photo_test_scans(ctx, 64, 32);
    unsigned char *bytes = mem_array(ctx->mem, unsigned char, sent.length_bytes);
    memcpy(bytes, sent.bytes, sent.length_bytes);
    unsigned char *frame = memmem(bytes, sent.length_bytes, "\xff\xc2", 2);
    CHECK(frame != NULL);
    for (int i = 0; i < 2; i++) { /* height, then width */
        frame[5 + 2 * i] = (unsigned char)(edge >> 8);
        frame[6 + 2 * i] = (unsigned char)edge;
    }
    return (struct text_span){(const char *)bytes, sent.length_bytes};
}

TEST(a_photo_in_many_scans_takes_no_more_memory_than_others)
{
    const char *problem = NULL;
    struct photo photo;
    CHECK(photo_clean(ctx, "image/jpeg", photo_test_scans(ctx, 64, 32), &photo, &problem) == OK);
    CHECK(photo.width_px == 64 && photo_test_corner(ctx, photo.bytes) == 0);
    CHECK(photo_clean(ctx, "image/jpeg", huge_in_scans(ctx, 9600), &photo, &problem) ==
          ERR_INVALID);
    CHECK(problem != NULL && strstr(problem, "4,000 by 4,000") != NULL);
}

TEST(what_is_kept_of_an_upload_by_the_rule_of_photos_is_the_clean_picture)
{
    static const char *const types[] = {".jpg", NULL};
    const char *problem;
    struct upload kept;
    struct text_span sent = photo_test_jpeg(ctx, 40, 20, 1, "GPS 51.5 -0.1"), bytes;
    const struct upload_sent file = {"Ward.JPG", sent.bytes, sent.length_bytes, "draft/x"};
    const struct upload_rules rules = {.endings = types, .is_photo = true};
    CHECK(upload_keep(ctx, &file, &rules, &kept, &problem) == OK);
    CHECK(upload_read(ctx, kept.id, "draft/x", &kept, &bytes) == OK);
    CHECK(!holds(&bytes, "GPS") && bytes.length_bytes == (size_t)kept.size_bytes);
}
