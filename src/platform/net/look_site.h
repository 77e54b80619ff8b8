/* SPDX-License-Identifier: MIT */
/*
 * look_site.h - a website for tests, on a free port of 127.0.0.1 in a thread of its own.
 *
 *   /fine        200                       /no-head     405 to HEAD, else 200
 *   /gone        404                       /refuses     403
 *   /moved       301 to /fine              /endless     405 to HEAD, else bytes without end
 *   /round       302 to itself             /silent      never answers
 *   /to?URL      302 to that, with a cookie            any other: 500
 */
#ifndef PLATFORM_NET_LOOK_SITE_H
#define PLATFORM_NET_LOOK_SITE_H

#include "platform/base/ctx.h"

struct look_site;

/* Starts it; it ends with ctx->mem.  Fails the test when it cannot. */
struct look_site *look_site_open(struct ctx *ctx);

/* "http://127.0.0.1:PORT" and the path, or with another host. */
const char *look_site_url(struct look_site *site, struct mem *mem, const char *path);
const char *look_site_url_as(struct look_site *site, struct mem *mem, const char *host,
                             const char *path);
int look_site_port(struct look_site *site);

/* How often somebody connected, and every line that was said. */
int look_site_count(struct look_site *site);
const char *look_site_heard(struct look_site *site, struct mem *mem);

/* From now on each path answers with this code; 0: as above. */
void look_site_answer(struct look_site *site, int code);

#endif
