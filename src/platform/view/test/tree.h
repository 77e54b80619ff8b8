/* SPDX-License-Identifier: MIT */
/*
 * tree.h - compares two pieces of HTML as the trees that a browser makes of them.
 */
#ifndef PLATFORM_VIEW_TEST_TREE_H
#define PLATFORM_VIEW_TEST_TREE_H

#include "platform/base/mem.h"

/* NULL when both are the same: element for element, attribute for attribute (in any order), text
 * but for white space.  Else the first difference, in one line. */
const char *tree_difference(struct mem *mem, const char *wanted, const char *got);

#endif
