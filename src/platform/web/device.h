/* SPDX-License-Identifier: MIT */
/*
 * device.h - by what people tell apart where they are signed in.  Within platform/web/ only.
 */
#ifndef PLATFORM_WEB_DEVICE_H
#define PLATFORM_WEB_DEVICE_H

#include "platform/web/caller.h"

/* "Firefox on Windows", from a User-Agent header: only names that are known here, never its words.
 */
const char *device_label(struct mem *mem, const char *user_agent);

/* "192.0.2.x", "2001:db8:1::x": enough to know one's own place by, without the whole address; ""
 * when it is not known. */
const char *device_network(struct mem *mem, const struct address *address);

#endif
