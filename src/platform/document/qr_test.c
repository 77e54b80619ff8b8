/* SPDX-License-Identifier: MIT */
/* qr_test.c - what a QR code promises. */
#include "platform/base/test.h"

#include "platform/document/qr.h"

#include <stdlib.h>

static bool is_dark(const struct qr *qr, int x, int y)
{
    return qr->is_dark[y * qr->size + x];
}

/* The corner pattern: a ring of dark, a ring of light, a dark square of three. */
static bool is_finder(const struct qr *qr, int left, int top)
{
    for (int y = 0; y < 7; y++)
        for (int x = 0; x < 7; x++) {
            int from_middle = abs(x - 3) > abs(y - 3) ? abs(x - 3) : abs(y - 3);
            if (is_dark(qr, left + x, top + y) != (from_middle != 2))
                return false;
        }
    return true;
}

TEST(a_code_has_its_three_corners_and_its_timing_line)
{
    struct qr qr;
    CHECK(qr_make(ctx, "https://onward.example/verify/PL-7K3M-9Q2P", &qr) == OK);
    CHECK(qr.size == 29); /* version 3: 42 bytes at level M */
    CHECK(is_finder(&qr, 0, 0) && is_finder(&qr, qr.size - 7, 0));
    CHECK(is_finder(&qr, 0, qr.size - 7) && !is_finder(&qr, qr.size - 7, qr.size - 7));
    for (int x = 8; x < qr.size - 8; x++)
        CHECK(is_dark(&qr, x, 6) == (x % 2 == 0));
}

TEST(another_text_is_another_code)
{
    struct qr a, b;
    CHECK(qr_make(ctx, "PL-7K3M-9Q2P", &a) == OK);
    CHECK(qr_make(ctx, "PL-7K3M-9Q2Q", &b) == OK);
    CHECK(a.size == b.size);
    CHECK(memcmp(a.is_dark, b.is_dark, (size_t)(a.size * a.size)) != 0);
}

TEST(a_text_without_room_is_refused)
{
    struct qr qr;
    char *text = mem_bytes(ctx->mem, QR_BYTES + 2);
    CHECK(qr_make(ctx, "", &qr) == ERR_INVALID);
    memset(text, 'x', QR_BYTES);
    CHECK(qr_make(ctx, text, &qr) == OK);
    text[QR_BYTES] = 'x';
    CHECK(qr_make(ctx, text, &qr) == ERR_INVALID);
}

TEST(the_picture_covers_exactly_the_dark_modules)
{
    struct qr qr;
    CHECK(qr_make(ctx, "PL-7K3M-9Q2P", &qr) == OK);
    struct html svg = qr_svg(ctx, &qr, "Code of \"PL\" & <more>", 120);
    CHECK(strstr(svg.trusted, "aria-label=\"Code of &quot;PL&quot; &amp; &lt;more&gt;\"") != NULL);
    CHECK(strstr(svg.trusted, "style") == NULL);

    bool *drawn = mem_array(ctx->mem, bool, (size_t)(qr.size * qr.size));
    const char *at = strstr(svg.trusted, "#000");
    while ((at = strchr(at, 'M')) != NULL) {
        char *end;
        long x = strtol(at + 1, &end, 10) - QR_QUIET;
        long y = strtol(end, &end, 10) - QR_QUIET;
        long length = strtol(end + 1, &end, 10);
        for (long i = 0; i < length; i++)
            drawn[y * qr.size + x + i] = true;
        at = end;
    }
    CHECK(memcmp(drawn, qr.is_dark, (size_t)(qr.size * qr.size)) == 0);
}
