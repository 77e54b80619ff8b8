/* SPDX-License-Identifier: MIT */
/* privacy_test.c - what privacy promises. */
#include "programme/privacy/privacy.h"

#include "platform/base/test.h"
