/* SPDX-License-Identifier: MIT */
/* look_test.c - what a look at an address promises, above all what it never calls. */
#include "platform/net/look.h"

#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/net/address.h"
#include "platform/net/look_site.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static bool is_public(struct ctx *ctx, const char *text)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        return net_address_is_public((const struct sockaddr *)&v4);
    CHECK(inet_pton(AF_INET6, text, &v6.sin6_addr) == 1);
    return net_address_is_public((const struct sockaddr *)&v6);
}

static const char *const public_addresses[] = {
    "1.1.1.1",         "9.255.255.255",   "11.0.0.0",       "100.63.255.255",  "100.128.0.0",
    "126.255.255.255", "169.253.255.255", "172.15.255.255", "172.32.0.0",      "192.0.1.0",
    "192.167.255.255", "198.17.255.255",  "198.20.0.0",     "223.255.255.255", "168.63.129.15",
    "2a00:1450::1",    "2606:4700::11",   "2001:200::1",    "::ffff:1.1.1.1",  "64:ff9b::1.1.1.1",
};
static const char *const closed_addresses[] = {
    "0.0.0.0",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:a00:1::",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "4000::1",
};

TEST(only_addresses_of_the_open_internet_are_public)
{
    const struct sockaddr_un other = {.sun_family = AF_UNIX};
    for (size_t i = 0; i < sizeof public_addresses / sizeof public_addresses[0]; i++)
        if (!is_public(ctx, public_addresses[i]))
            fail_msg("%s is public", public_addresses[i]);
    for (size_t i = 0; i < sizeof closed_addresses / sizeof closed_addresses[0]; i++)
        if (is_public(ctx, closed_addresses[i]))
            fail_msg("%s is not public", closed_addresses[i]);
    CHECK(!net_address_is_public((const struct sockaddr *)&other));
}

TEST(only_plain_addresses_of_the_web_are_looked_at)
{
    CHECK_TEXT(net_host(ctx->mem, "https://WWW.Example.org/a?b#c"), "www.example.org");
    CHECK_TEXT(net_host(ctx->mem, "http://example.org:8080"), "example.org");
    static const char *const no[] = {
        "ftp://example.org/",       "file:///etc/passwd",
        "https://a:b@example.org/", "https://a@example.org/",
        "//example.org/",           "http://example.org:25/",
        "gopher://example.org/",    "http://example.org:99999/",
        "https://example.org/ a",   "https://exa\r\nmple.org",
        "javascript:alert(1)",      "",
    };
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
        if (net_host(ctx->mem, no[i]) != NULL)
            fail_msg("\"%s\" is looked at", no[i]);
}

static bool is_loopback(const struct sockaddr *address)
{
    struct sockaddr_in v4;
    if (address->sa_family != AF_INET)
        return false;
    memcpy(&v4, address, sizeof v4);
    return v4.sin_addr.s_addr == htonl(INADDR_LOOPBACK);
}

static struct net_looked look(struct ctx *ctx, const char *url)
{
    struct net_looked looked;
    const struct net_looking looking = {.url = url, .may_connect = is_loopback};
    CHECK(net_look(ctx, &looking, &looked) == OK);
    return looked;
}

static void set_up(struct ctx *ctx)
{
    struct settings *settings = mem_new(ctx->mem, struct settings);
    *settings = settings_built_in(ctx->mem);
    ctx->settings = settings;
}

TEST(a_look_says_what_answers_and_where_it_moved_to)
{
    set_up(ctx);
    struct look_site *site = look_site_open(ctx);
    static const struct {
        const char *path;
        enum net_end end;
        long code;
    } cases[] = {
        {"/fine", NET_ANSWERED, 200},       {"/gone", NET_ANSWERED, 404},
        {"/no-head", NET_ANSWERED, 200},    {"/endless", NET_ANSWERED, 200},
        {"/refuses", NET_ANSWERED, 403},    {"/moved", NET_ANSWERED, 200},
        {"/round", NET_TOO_MANY_HOPS, 302}, {"/other", NET_ANSWERED, 500},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct net_looked looked = look(ctx, look_site_url(site, ctx->mem, cases[i].path));
        if (looked.end != cases[i].end || looked.code != cases[i].code)
            fail_msg("%s: %d, %ld", cases[i].path, looked.end, looked.code);
    }
    struct net_looked moved = look(ctx, look_site_url(site, ctx->mem, "/moved"));
    CHECK_TEXT(moved.moved_to, look_site_url(site, ctx->mem, "/fine"));
    moved = look(ctx, look_site_url(site, ctx->mem, "/to?/fine"));
    CHECK(moved.end == NET_ANSWERED && moved.code == 200);
    CHECK_TEXT(moved.moved_to, ""); /* not for good */
    const char *heard = look_site_heard(site, ctx->mem);
    CHECK(strstr(heard, "User-Agent: Onward link check (+http://localhost:8080)") != NULL);
    CHECK(strstr(heard, "Cookie:") == NULL && strstr(heard, "Authorization:") == NULL);
}

TEST(a_look_waits_only_so_long_and_needs_somebody_there)
{
    set_up(ctx);
    struct look_site *site = look_site_open(ctx);
    struct net_looked looked;
    struct net_looking looking = {.url = look_site_url(site, ctx->mem, "/silent"),
                                  .may_connect = is_loopback,
                                  .most_ms = 100};
    CHECK(net_look(ctx, &looking, &looked) == OK && looked.end == NET_NO_ANSWER);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int nobody = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); /* a port where nobody listens */
    CHECK(bind(nobody, (struct sockaddr *)&address, size) == 0);
    CHECK(getsockname(nobody, (struct sockaddr *)&address, &size) == 0);
    looking.url = mem_format(ctx->mem, "http://127.0.0.1:%d/fine", ntohs(address.sin_port));
    looking.most_ms = 0;
    CHECK(net_look(ctx, &looking, &looked) == OK && looked.end == NET_NO_ANSWER);
    CHECK(close(nobody) == 0);
}

TEST(what_is_inside_is_never_called_by_address_name_or_redirect)
{
    set_up(ctx);
    struct mem *mem = ctx->mem;
    struct look_site *site = look_site_open(ctx), *inside = look_site_open(ctx);
    struct net_looked looked;
    const char *const urls[] = {
        look_site_url(inside, mem, "/fine"),
        look_site_url_as(inside, mem, "localhost", "/fine"),
        look_site_url_as(inside, mem, "[::1]", "/fine"),
        look_site_url_as(inside, mem, "[::ffff:127.0.0.1]", "/fine"),
        look_site_url_as(inside, mem, "2130706433", "/fine"),
        look_site_url_as(inside, mem, "0x7f.1", "/fine"),
        look_site_url_as(inside, mem, "0", "/fine"),
        look_site_url_as(inside, mem, "rebound.example", "/fine"),
    };
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        const struct net_looking looking = {
            .url = urls[i],
            .resolve = mem_format(mem, "rebound.example:%d:127.0.0.1", look_site_port(inside))};
        CHECK(net_look(ctx, &looking, &looked) == OK);
        if (looked.end != NET_NOT_ALLOWED)
            fail_msg("%s: %d", urls[i], looked.end);
    }
    /* Only 127.0.0.1 may be called here: each of these leads from there to somewhere else. */
    static const char *const leads[] = {"/to?http://127.0.0.2:%d/fine", "/to?http://[::1]:%d/fine",
                                        "/to?http://rebound.example:%d/fine",
                                        "/to?file:///etc/passwd?%d",
                                        "/to?http://a:b@127.0.0.1:%d/fine"};
    for (size_t i = 0; i < sizeof leads / sizeof leads[0]; i++) {
        int port = look_site_port(inside);
        const char *left = mem_text_part(mem, leads[i], strcspn(leads[i], "%"));
        const char *path = mem_format(mem, "%s%d%s", left, port, strchr(leads[i], '%') + 2);
        const struct net_looking looking = {
            .url = look_site_url(site, mem, path),
            .may_connect = is_loopback,
            .resolve = mem_format(mem, "rebound.example:%d:127.0.0.2", port)};
        CHECK(net_look(ctx, &looking, &looked) == OK);
        if (looked.end != NET_NOT_ALLOWED)
            fail_msg("%s: %d", path, looked.end);
    }
    CHECK(look_site_count(site) > 0 && look_site_count(inside) == 0);
}
