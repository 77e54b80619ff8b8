/* SPDX-License-Identifier: MIT */
/* time_london.h - an instant as London's clock shows it, for the files behind time.h only. */
#ifndef PLATFORM_BASE_TIME_LONDON_H
#define PLATFORM_BASE_TIME_LONDON_H

#include "platform/base/time.h"

struct time_shown {
    struct time_parts parts;
    int hour, minute, second;
    int offset_secs; /* ahead of UTC */
};

struct time_shown time_in_london(int64_t at_secs);

/* The instant, or the nearest end of our years. */
int64_t time_within(int64_t at_secs);

#endif
