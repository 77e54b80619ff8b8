/* SPDX-License-Identifier: MIT */
/* test_folder.h - for tests only: a folder of its own for whoever asks. */
#ifndef PLATFORM_BASE_TEST_FOLDER_H
#define PLATFORM_BASE_TEST_FOLDER_H

#include "platform/base/ctx.h"

/* A new folder, which goes with ctx->mem and the files in it; the test fails when there can be
 * none. */
const char *test_folder(struct ctx *ctx);

#endif
