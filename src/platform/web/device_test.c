/* SPDX-License-Identifier: MIT */
/* device_test.c - what people read about where they are signed in. */
#include "platform/web/device.h"

#include "platform/base/test.h"

TEST(a_device_is_named_by_what_is_known_and_never_by_what_it_says)
{
    static const struct {
        const char *agent, *label;
    } all[] = {
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0 "
         "Safari/537.36 Edg/130.0.0.0",
         "Edge on Windows"},
        {"Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
         "Firefox on Linux"},
        {"Mozilla/5.0 (Linux; Android 14) Chrome/130.0.0.0 Mobile Safari/537.36",
         "Chrome on Android"},
        {"Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
         "Safari on iPad"},
        {"<script>alert(1)</script>", "A browser"},
        {"", "A browser"},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        CHECK_TEXT(device_label(ctx->mem, all[i].agent), all[i].label);
}

TEST(a_network_is_shown_without_its_last_part)
{
    struct address address;
    CHECK(address_read("192.0.2.77", &address));
    CHECK_TEXT(device_network(ctx->mem, &address), "192.0.2.x");
    CHECK(address_read("2001:db8:1:2:3:4:5:6", &address));
    CHECK_TEXT(device_network(ctx->mem, &address), "2001:db8:1::x");
    address = (struct address){{0}};
    CHECK_TEXT(device_network(ctx->mem, &address), "");
}
