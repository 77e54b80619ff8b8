/* SPDX-License-Identifier: MIT */
/* library_test_help.h - pages of guidance for tests. */
#ifndef PROGRAMME_LIBRARY_LIBRARY_TEST_HELP_H
#define PROGRAMME_LIBRARY_LIBRARY_TEST_HELP_H

#include "programme/library/library.h"

/* What an editor could publish as it is, to be looked at again in June 2026. */
struct library_draft library_test_draft(const char *path, const char *title);

#endif
