/* SPDX-License-Identifier: MIT */
/* resource_test_help.h - documents for tests. */
#ifndef PROGRAMME_RESOURCE_RESOURCE_TEST_HELP_H
#define PROGRAMME_RESOURCE_RESOURCE_TEST_HELP_H

#include "programme/resource/resource.h"

/* A file that somebody sent, not yet of any document. */
struct form_file resource_test_file(struct ctx *ctx, const char *name, const char *text);

/* A guide as plain text of at least 3,000 bytes, right in everything; number tells its text from
 * that of others. */
struct resource_draft resource_test_draft(struct ctx *ctx, int number);

/* Gives it out and returns its reference. */
const char *resource_test_publish(struct ctx *ctx, const struct resource_draft *draft);

#endif
