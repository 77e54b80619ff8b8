/* SPDX-License-Identifier: MIT */
/* directory_test_help.h - for the tests of others: organisations and successions from a file. */
#ifndef PROGRAMME_DIRECTORY_DIRECTORY_TEST_HELP_H
#define PROGRAMME_DIRECTORY_DIRECTORY_TEST_HELP_H

#include "programme/directory/import_test_file.h"

/* Takes the packs of the directory into the store of the test; again is nothing. */
void directory_test_packs(struct ctx *ctx);

#endif
