/* SPDX-License-Identifier: MIT */
/*
 * look.h - whether an address of the web answers, without ever calling anything but the open web.
 *
 * What is called was written by people, so it may be a trap: an address inside the own network, a
 * name that stands for one, a page that leads there, or one that never ends.  So only http and
 * https, without a name or password, at the usual ports or above 1023; every hop of a redirect is
 * looked at as the first; and it is the very address that is connected to which must be public
 * (net/address.h), whatever name stood for it.  No proxy, no cookies, nothing of what is there is
 * kept.  HEAD is asked, and where that is not answered well GET, of which a few bytes are read.
 */
#ifndef PLATFORM_NET_LOOK_H
#define PLATFORM_NET_LOOK_H

#include "platform/base/ctx.h"

struct sockaddr;

enum {
    NET_LOOK_MS = 10 * 1000, /* at most, over all hops */
    NET_CONNECT_MS = 4000,
    NET_HOPS_MAX = 5,
    NET_BODY_BYTES_MAX = 16 * 1024,
    NET_URL_BYTES_MAX = 2000
};

struct net_looking {
    const char *url;
    /* Which addresses may be connected to.  NULL: net_address_is_public; tests bring their own. */
    bool (*may_connect)(const struct sockaddr *address);
    const char *resolve; /* for tests: "NAME:PORT:ADDRESS" instead of asking for it; or NULL */
    int most_ms;         /* over all hops; 0: NET_LOOK_MS */
};

enum net_end {
    NET_ANSWERED,     /* code_out says what                            */
    NET_NO_ANSWER,    /* no such name, nobody there, too slow, no valid certificate */
    NET_NOT_ALLOWED,  /* it, or what it leads to, is not on the open web */
    NET_TOO_MANY_HOPS /* more than NET_HOPS_MAX                         */
};

struct net_looked {
    enum net_end end;
    long code;            /* of the last answer; 0: none                              */
    const char *moved_to; /* where it is for good, when it says so; "" it did not say */
};

/* Looks, once, for NET_LOOK_MS at most.  ERR_FAULT: libcurl does not start; else OK. */
MUST_CHECK enum status net_look(struct ctx *ctx, const struct net_looking *looking,
                                struct net_looked *out);

/* The host of an address that may be looked at, in small letters; NULL: it may not. */
const char *net_host(struct mem *mem, const char *url);

#endif
