/* SPDX-License-Identifier: MIT */
/* web_test_app.h - a small program for the tests of this folder; its routes stand in the .c. */
#ifndef PLATFORM_WEB_WEB_TEST_APP_H
#define PLATFORM_WEB_WEB_TEST_APP_H

#include "platform/web/web.h"

/* Who has a name in it, and who has none any more. */
enum { ADA = 7, BOB = 8, GONE = 9 };

extern const struct web_app web_test_app;

#endif
