/* SPDX-License-Identifier: MIT */
/* caller_test.c - a caller is who the socket says, or who a trusted proxy says, and nobody else. */
#include "platform/web/caller.h"

#include "platform/base/test.h"

#include <arpa/inet.h>

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const char *text_of(struct ctx *ctx, const struct address *address)
{
    char *text = mem_bytes(ctx->mem, INET6_ADDRSTRLEN);
    inet_ntop(AF_INET6, address->bytes, text, INET6_ADDRSTRLEN);
    return text;
}

TEST(addresses_are_read_in_every_usual_spelling)
{
    static const struct {
        const char *text, *wanted;
    } all[] = {
        {"192.0.2.1", "::ffff:192.0.2.1"},
        {"192.0.2.1:80", "::ffff:192.0.2.1"},
        {"::1", "::1"},
        {"[2001:db8::1]", "2001:db8::1"},
        {"[2001:db8::1]:443", "2001:db8::1"},
        {"fe80::1%eth0", "fe80::1"},
        {"::ffff:192.0.2.1", "::ffff:192.0.2.1"},
    };
    struct address address;
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        CHECK(address_read(all[i].text, &address));
        CHECK_TEXT(text_of(ctx, &address), all[i].wanted);
    }
    static const char *const junk[] = {
        "",       "unknown", "192.0.2", "192.0.2.256", "[::1",
        "[::1]x", "_hidden", ":::",     "192.0.2.1.5", "1.2.3.4, 5.6.7.8"};
    for (size_t i = 0; i < COUNT_OF(junk); i++)
        CHECK(!address_read(junk[i], &address));
}

TEST(ranges_hold_what_they_should)
{
    static const struct {
        const char *list, *address;
        bool is_in;
    } all[] = {
        {"10.0.0.0/8", "10.255.0.1", true},
        {"10.0.0.0/8", "11.0.0.1", false},
        {"192.0.2.128/25", "192.0.2.127", false},
        {"192.0.2.128/25", "192.0.2.129", true},
        {"192.0.2.1", "192.0.2.1", true},
        {"192.0.2.1", "192.0.2.2", false},
        {"0.0.0.0/0", "203.0.113.9", true},
        {"0.0.0.0/0", "2001:db8::1", false},
        {"2001:db8::/33", "2001:db8:7fff::1", true},
        {"2001:db8::/33", "2001:db8:8000::1", false},
        {"::1, 10.0.0.0/8", "10.1.1.1", true},
        {"", "127.0.0.1", false},
        {"::/0", "10.1.1.1", true},
    };
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        struct proxies *proxies;
        struct address address;
        CHECK(proxies_read(ctx, all[i].list, &proxies) == OK);
        CHECK(address_read(all[i].address, &address));
        if (proxies_trust(proxies, &address) != all[i].is_in)
            fail_msg("%s in %s: not %d", all[i].address, all[i].list, all[i].is_in);
    }
    static const char *const junk[] = {
        "x",           "10.0.0.0/33",  "10.0.0.0/",    "::/129",
        "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/0x8", "1.2.3.4 nonsense"};
    for (size_t i = 0; i < COUNT_OF(junk); i++) {
        struct proxies *proxies;
        CHECK(proxies_read(ctx, junk[i], &proxies) == ERR_INVALID);
    }
}

static const char *address_via(struct ctx *ctx, const char *peer, const char *via)
{
    struct proxies *proxies;
    const char *header[] = {"X-Forwarded-For", via, NULL};
    struct web_raw raw = {.peer = peer, .header = header};
    CHECK(proxies_read(ctx, "10.0.0.0/8, ::1", &proxies) == OK);
    struct caller caller = caller_find(ctx->mem, proxies, &raw);
    return text_of(ctx, &caller.address);
}

TEST(forwarded_addresses_are_believed_from_trusted_proxies_only)
{
    CHECK_TEXT(address_via(ctx, "203.0.113.5", "192.0.2.1"), "::ffff:203.0.113.5");
    CHECK_TEXT(address_via(ctx, "10.0.0.1", "192.0.2.1"), "::ffff:192.0.2.1");
    CHECK_TEXT(address_via(ctx, "::1", "192.0.2.1"), "::ffff:192.0.2.1");
    CHECK_TEXT(address_via(ctx, "10.0.0.1", "6.6.6.6, 192.0.2.1"), "::ffff:192.0.2.1");
    CHECK_TEXT(address_via(ctx, "10.0.0.1", "6.6.6.6, 192.0.2.1 ,10.0.0.2"), "::ffff:192.0.2.1");
    CHECK_TEXT(address_via(ctx, "10.0.0.1", "10.0.0.3,10.0.0.2"), "::ffff:10.0.0.3");
    CHECK_TEXT(address_via(ctx, "10.0.0.1", ""), "::ffff:10.0.0.1");
    CHECK_TEXT(address_via(ctx, "10.0.0.1", "junk"), "::ffff:10.0.0.1");
    CHECK_TEXT(address_via(ctx, "10.0.0.1", "192.0.2.1, junk"), "::ffff:10.0.0.1");
    CHECK_TEXT(address_via(ctx, "10.0.0.1", ",,,"), "::ffff:10.0.0.1");
    CHECK_TEXT(address_via(ctx, "junk", "192.0.2.1"), "::");
}

TEST(scheme_and_host_are_believed_from_trusted_proxies_only)
{
    struct proxies *proxies;
    const char *header[] = {"Host",  "inside:8080",      "X-Forwarded-Proto",
                            "https", "X-Forwarded-Host", "onward.example.org",
                            NULL};
    struct web_raw raw = {.peer = "10.0.0.1", .header = header};
    CHECK(proxies_read(ctx, "10.0.0.0/8", &proxies) == OK);
    struct caller caller = caller_find(ctx->mem, proxies, &raw);
    CHECK(caller.is_https);
    CHECK_TEXT(caller.host, "onward.example.org");
    raw.peer = "192.0.2.1";
    caller = caller_find(ctx->mem, proxies, &raw);
    CHECK(!caller.is_https);
    CHECK_TEXT(caller.host, "inside:8080");
    header[5] = "evil\"><script>";
    raw.peer = "10.0.0.1";
    caller = caller_find(ctx->mem, proxies, &raw);
    CHECK_TEXT(caller.host, "inside:8080");
    header[1] = "a b";
    caller = caller_find(ctx->mem, proxies, &raw);
    CHECK_TEXT(caller.host, "");
}
