/* SPDX-License-Identifier: MIT */
/* pledge_test_help.h - what the tests of pledges share with the tests of others. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_TEST_HELP_H
#define PROGRAMME_PLEDGE_PLEDGE_TEST_HELP_H

#include "programme/pledge/pledge_test.h"

#endif
