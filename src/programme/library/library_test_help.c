/* SPDX-License-Identifier: MIT */
/* library_test_help.c - a page of guidance that is right in everything. */
#include "programme/library/library_test_help.h"

struct library_draft library_test_draft(const char *path, const char *title)
{
    return (struct library_draft){.path = path,
                                  .title = title,
                                  .summary = "What it is.",
                                  .stage = "get-in",
                                  .pillar = "",
                                  .position = {true, 5},
                                  .body = "## One\n\nShort words.",
                                  .steps = "[Go](/get-in)",
                                  .related = "",
                                  .sources = "Us",
                                  .checked_on = "2026-01-01",
                                  .check_by_on = "2026-06-01",
                                  .note = ""};
}
