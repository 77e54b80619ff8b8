/* SPDX-License-Identifier: MIT */
/*
 * caller.h - who is at the other end: the address, the scheme and the host that a browser used,
 * through proxies that are trusted and no others.  Within platform/web/ only.
 */
#ifndef PLATFORM_WEB_CALLER_H
#define PLATFORM_WEB_CALLER_H

#include "platform/web/web.h"

/* An IPv6 address; IPv4 as ::ffff:a.b.c.d. */
struct address {
    unsigned char bytes[16];
};

/* Reads "192.0.2.1", "192.0.2.1:80", "2001:db8::1", "[2001:db8::1]:443", with a zone or without.
 * False when it is none of these. */
bool address_read(const char *text, struct address *out);

bool address_is_loopback(const struct address *address);

/* What stands for one caller: the address, or the /64 of an IPv6 address, which one home has. */
struct address address_of_household(const struct address *address);

struct proxies;

/* Reads "10.0.0.0/8, 2001:db8::/32 127.0.0.1".  Lives as long as ctx->mem.
 * ERR_INVALID  an entry is no address or no range; ctx->fault names it */
MUST_CHECK enum status proxies_read(struct ctx *ctx, const char *list, struct proxies **out);

bool proxies_trust(const struct proxies *proxies, const struct address *address);

struct caller {
    struct address address; /* all zero when the peer's is unreadable, e.g. a unix socket */
    const char *host;       /* as the browser named it, "example.org:8080"; "" when not said */
    bool is_https;          /* as a trusted proxy says; false else */
};

/* X-Forwarded-For is read from its right end as far as trusted proxies wrote it; X-Forwarded-Proto
 * and -Host count only when the peer itself is trusted. */
struct caller caller_find(struct mem *mem, const struct proxies *proxies,
                          const struct web_raw *raw);

/* The first header of that name, in any case; NULL when there is none. */
const char *caller_header(const struct web_raw *raw, const char *name);

#endif
